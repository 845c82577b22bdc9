"""Forms that several partners share, parsed once: which partner sends it, and what it means there, is the folder's."""
