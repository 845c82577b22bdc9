"""The law, pure: whether information about a child may be held, shared or read, on what ground, and why."""
