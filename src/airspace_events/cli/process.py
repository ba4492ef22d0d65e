"""Standard streams, signals and exit codes of the command-line process."""

import os
import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import NoReturn, TextIO

from airspace_events.cli.output import BROKEN_PIPE, INTERRUPTED, UNREADABLE, say
from airspace_events.errors import AirspaceEventsError, DuplicateRecordError, FeedError
from airspace_events.feeds.atomic_files import remove_unfinished
from airspace_events.feeds.streams import reason_of
from airspace_events.safe_text import safe

_SIGNALS = ("SIGTERM", "SIGHUP")


def prepare() -> None:
    """Replace closed standard streams, and let SIGTERM and SIGHUP end the process cleanly."""
    _open_closed_streams()
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        # A signal that is ignored, as under nohup, stays ignored.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def _open_closed_streams() -> None:
    """Replace each closed standard stream with a stream that cannot be used.

    Otherwise the next file to be opened would get the descriptor of the closed stream, and error
    messages might end up in that file. Text written to a replaced stream is lost.
    """
    for name, flags, mode in (
        ("stdin", os.O_WRONLY, "r"),
        ("stdout", os.O_RDONLY, "w"),
        ("stderr", os.O_WRONLY, "w"),
    ):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, flags)
            setattr(sys, name, open(descriptor, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


def _end(number: int, _: object) -> None:
    """End the process at once without leaving an unfinished file.

    The function raises no exception, because pydantic drops or replaces an exception that is
    raised while it serializes.
    """
    remove_unfinished()
    os._exit(128 + number)


@contextmanager
def documented_end() -> Generator[None]:
    """Report a failed file or stream, or an invalid feed, and exit with the documented code.

    A keyboard interrupt also ends the process with its documented code.
    """
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        _interrupted()
    except BrokenPipeError:
        _discard(sys.stdout)
        _discard(sys.stderr)
        sys.exit(BROKEN_PIPE)
    except (OSError, FeedError, DuplicateRecordError) as error:
        _discard(sys.stdout)
        _say(error)
        sys.exit(UNREADABLE)
    except ValueError as error:
        # pydantic raises this when an interrupt comes while it serializes.
        if "KeyboardInterrupt" not in str(error):
            raise
        _interrupted()


def _interrupted() -> NoReturn:
    say("airspace-events: interrupted", err=True)
    sys.exit(INTERRUPTED)


def _say(error: OSError | AirspaceEventsError) -> None:
    reported = error if isinstance(error, AirspaceEventsError) else _named(error)
    try:
        say(f"airspace-events: {safe(str(reported))}", err=True)
    except OSError:
        _discard(sys.stderr)


def _named(error: OSError) -> str:
    return f"{error.filename or 'cannot write the output'}: {reason_of(error)}"


def _discard(stream: TextIO) -> None:
    """Discard the buffered text of a stream, so that Python does not write it at exit."""
    with suppress(OSError, ValueError):
        number = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)
