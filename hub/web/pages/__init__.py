"""A page in each pair of files: what it does, and what it shows."""
