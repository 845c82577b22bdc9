"""What the product promises, asked of it one question at a time."""
