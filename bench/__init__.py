"""Measurements: each prints one JSON line for each figure, with the ratio within the run first where there is one."""
