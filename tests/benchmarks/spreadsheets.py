"""Measures the rows a second of a sheet, for each form of its dates.

Run `python tests/benchmarks/spreadsheets.py` for 100,000 rows of each form, or add `--rows 5000`.
The ratio compares each form with a sheet of ISO dates. All sheets are read at the same time, some
rows of each in turn, so that other work on the machine slows them all down alike.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from airspace_events.formats import SheetMapping, read_sheet

_TIME = {"field": "time"}
LAYOUTS = {
    "day": {"day": _TIME},
    "day|hour": {"day": _TIME, "hour": {"field": "time.clock"}},
    "start|end": {"time": {"field": "time", "join": "{start} - {end}"}},
    "year|month|date": {"time": {"field": "time", "join": "{year}-{month}-{date}"}},
}
FORMS = (
    ("day", "%Y-%m-%d"),
    ("day", "%Y-%m-%d %H:%M"),
    ("day", "%Y-%m-%d %H:%M:%S"),
    ("day", "%Y-%m-%dT%H:%M:%SZ"),
    ("day", "%d.%m.%Y"),
    ("day", "%d/%m/%Y"),
    ("day", "%d/%m/%Y %H:%M"),
    ("day", "%d %B %Y"),
    ("day", "%d %b %Y"),
    ("day", "%d %b %y"),
    ("day", "%B %d %Y"),
    ("day", "%Y%m%d"),
    ("day", "%d-%b-%Y"),
    ("day", "%Y%m"),
    ("day", "%Y/%m/%d"),
    ("day|hour", "%Y-%m-%d|%H:%M"),
    ("day|hour", "%Y-%m-%d|%H:%M:%S"),
    ("day|hour", "%Y-%m-%d|before %H:%M"),
    ("day|hour", "%Y-%m-%d|around %H:%M"),
    ("day|hour", "%Y-%m-%d|night"),
    ("day|hour", "%Y-%m-%d|early morning"),
    ("day|hour", "%d %B %Y|evening"),
    ("day", "night of %d %B %Y"),
    ("day", "on the morning of %B %d, %Y"),
    ("day", "early %B %Y"),
    ("day", "%Y-%m-%d %H:%M - 23:59"),
    ("day", "%Y-%m-%d 00:00 - %Y-%m-%d %H:%M"),
    ("start|end", "%Y-%m-%d 00:00|%Y-%m-%d %H:%M"),
    ("year|month|date", "%Y|%m|%d"),
)
FIRST = datetime(2015, 1, 1, 3, 17, 5, tzinfo=UTC)
SLICE = 1_000


def mapping_of(layout: str) -> SheetMapping:
    """Return a mapping for the columns of a layout."""
    return SheetMapping.of({
        "record": "incursion",
        "source": {"id": "tracker", "kind": "dataset", "publisher": "P", "language": "en"},
        "timezone": "Europe/Riga",
        "date_order": "day_first",
        "midnight": "time",
        "century": 2000,
        "constants": {"state": "LV"},
        "columns": {
            **LAYOUTS[layout],
            "seen": {"field": "objects.0.count"},
            "kind": {"field": "objects.0.category", "values": {"drone": "uncrewed_aircraft"}},
            "note": {"field": "note"},
        },
    })  # fmt: skip


def sheet(layout: str, form: str, rows: int) -> bytes:
    """Return a sheet with a different time in each row."""
    lines = [f"{layout}|seen|kind|note"]
    for number in range(rows):
        at = FIRST + number * timedelta(minutes=37) + (number % 7) * timedelta(days=1)
        lines.append(f"{at.strftime(form)}|{1 + number % 5}|drone|some text")
    return "\n".join([*lines, ""]).encode()


class Reading:
    """The reading of one sheet, and the processor time that it took so far."""

    def __init__(self, layout: str, form: str, rows: int) -> None:
        self.form = form
        self.seconds = 0.0
        data = io.BytesIO(sheet(layout, form, rows))
        self.records = read_sheet(data, mapping_of(layout), on_problem=_ignore)

    def read_some(self) -> bool:
        """Read some records; return whether there were any."""
        start = time.process_time()
        found = sum(1 for _ in islice(self.records, SLICE))
        self.seconds += time.process_time() - start
        return found > 0


def _ignore(_: object) -> None:
    pass


def read_in_turn(readings: list[Reading]) -> Iterator[Reading]:
    """Read some rows of each sheet in turn, and yield the readings when all are read."""
    going = list(readings)
    while going:
        going = [it for it in going if it.read_some()]
    yield from readings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    rows: int = parser.parse_args().rows
    iso = 0.0
    for it in read_in_turn([Reading(layout, form, rows) for layout, form in FORMS]):
        iso = iso or it.seconds
        speed = f"{rows / it.seconds:8,.0f} rows/s {it.seconds / iso:5.2f}"
        problems = sum(cause.times for cause in it.records.summary.causes)
        sys.stdout.write(f"{it.form:34} {speed} {problems:6,} problems\n")


if __name__ == "__main__":
    main()
