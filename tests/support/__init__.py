"""Builders, fakes at the ports and readers of the tree that the tests share."""
