"""The pages and what they need; it knows the use cases and nothing under them."""
