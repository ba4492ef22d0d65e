"""The command line, as ``python -m airspace_events``."""

from airspace_events.cli import main

main()
