"""The facts themselves, a file for each owner, newest version beside the steps that bring older ones up to it."""
