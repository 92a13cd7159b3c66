"""The command line: every command, and what they share."""
