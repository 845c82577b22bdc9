"""What each command does; cli.py reads the words typed and picks one."""
