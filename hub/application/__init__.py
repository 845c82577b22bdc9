"""The use cases, a file for each: read, decide, keep."""
