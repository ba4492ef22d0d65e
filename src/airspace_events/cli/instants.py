"""Instants on the command line."""

from datetime import datetime

import click

from airspace_events.safe_text import safe


def instant(text: str) -> datetime:
    """Parse an RFC 3339 instant from the command line, or exit with a usage error."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        msg = f"{safe(text)} is not a valid instant; write one such as 2024-09-18T12:00:00Z"
        raise click.BadParameter(msg) from None
    if read.tzinfo is None:
        msg = f"{safe(text)} has no offset from UTC; add one such as Z or +03:00"
        raise click.BadParameter(msg)
    return read
