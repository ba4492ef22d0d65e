"""The exit codes; 0 is valid."""

INVALID = 1
USAGE = 2
UNREADABLE = 3
INTERRUPTED = 130
