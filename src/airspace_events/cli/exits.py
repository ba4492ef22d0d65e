"""The exit codes: 0 is valid; from 128 on, they name a signal."""

INVALID = 1
USAGE = 2
UNREADABLE = 3
INTERRUPTED = 130
BROKEN_PIPE = 141
TERMINATED = 143
