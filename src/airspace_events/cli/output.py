"""The output of the commands: text for people, and documents for programs."""

import sys

# The exit codes. 0 means valid; codes from 128 upwards stand for a signal.
INVALID = 1
USAGE = 2
UNREADABLE = 3
INTERRUPTED = 130
BROKEN_PIPE = 141
TERMINATED = 143


def say(text: str, *, err: bool = False, end: str = "\n") -> None:
    """Print text for people, and escape characters that the terminal cannot show.

    Args:
        text: the text, without a line break at the end.
        err: whether to print to standard error.
        end: the text to print last, by default a line break.
    """
    stream = sys.stderr if err else sys.stdout
    if stream is None:
        return
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + end)
    stream.flush()


def give(document: str, *, end: str = "\n") -> None:
    """Write a document, or part of one, to standard output, always in UTF-8.

    Args:
        document: the text of the document.
        end: the text to write last, by default a line break.
    """
    if sys.stdout is None:
        return
    sys.stdout.flush()
    sys.stdout.buffer.write((document + end).encode())
    sys.stdout.buffer.flush()
