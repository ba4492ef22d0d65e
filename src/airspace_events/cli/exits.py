"""The exit codes: 0 is valid, 2 is click's for wrong usage; from 128 on, they name a signal."""

INVALID = 1
UNREADABLE = 3
INTERRUPTED = 130
BROKEN_PIPE = 141
TERMINATED = 143
