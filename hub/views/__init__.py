"""Read models for listing, finding and counting: pointers, dates and codes, each rebuilt from the store at will."""
