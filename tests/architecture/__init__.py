"""Does the house still stand as it was drawn: imports, names, sizes, purity and words."""
