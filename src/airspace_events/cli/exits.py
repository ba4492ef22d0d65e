"""The exit codes. 0 means valid; codes of 128 or more mean that a signal ended the process."""

INVALID = 1
USAGE = 2
UNREADABLE = 3
INTERRUPTED = 130
BROKEN_PIPE = 141
TERMINATED = 143
