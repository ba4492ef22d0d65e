"""The command line: a thin face over the library."""

import sys


def main() -> None:
    """Run ``airspace-events``; without the extra that it needs, say so in one line."""
    from airspace_events.cli.process import documented_end, prepare  # noqa: PLC0415

    prepare()
    try:
        from airspace_events.cli.commands import airspace_events  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        from airspace_events.errors import MissingExtraError  # noqa: PLC0415

        sys.stderr.write(f"airspace-events: {MissingExtraError('cli')}\n")
        sys.exit(2)
    with documented_end():
        airspace_events()
