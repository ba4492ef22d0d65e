"""The command line, a thin layer over the library."""

import sys

from airspace_events.cli.output import USAGE, say
from airspace_events.cli.process import documented_end, prepare


def main() -> None:
    """Run ``airspace-events``, and always exit with a documented code."""
    prepare()
    with documented_end():
        code = _run()
    sys.exit(code)


def _run() -> int:
    try:
        from click import ClickException  # noqa: PLC0415

        from airspace_events.cli.commands import airspace_events  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        from airspace_events.errors import MissingExtraError  # noqa: PLC0415

        say(f"airspace-events: {MissingExtraError('cli')}", err=True)
        return USAGE
    try:
        return airspace_events.main(standalone_mode=False) or 0
    except ClickException as error:
        error.show(sys.stderr)
        return error.exit_code
