"""The exit codes. 0 means valid; codes from 128 on stand for a signal."""

INVALID = 1
USAGE = 2
UNREADABLE = 3
INTERRUPTED = 130
BROKEN_PIPE = 141
TERMINATED = 143
