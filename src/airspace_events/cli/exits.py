"""The exit codes: 0 is valid, 2 is click's for wrong usage."""

INVALID = 1
UNREADABLE = 3
INTERRUPTED = 130
