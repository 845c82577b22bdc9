"""The partners: a folder for each, turning what it sends in its own form into facts, and facts into its own form."""
