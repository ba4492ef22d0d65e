"""Measures the rows a second of a sheet, for each form of its dates.

Run `python tests/benchmarks/spreadsheets.py` for 100,000 rows of each form, or add `--rows 5000`.
The ratio compares each form with a sheet of ISO dates.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from datetime import UTC, datetime, timedelta

from airspace_events.formats import SheetMapping, read_sheet

FORMS = (
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%SZ",
    "%d.%m.%Y",
    "%d/%m/%Y %H:%M",
    "%d %b %Y",
    "%d %b %y",
    "%B %d %Y",
    "%Y%m%d",
    "%d-%b-%Y",
    "%Y%m",
    "%Y/%m/%d",
    "%Y-%m-%d,%H:%M",
    "%Y-%m-%d,early morning",
    "night of %d %B %Y",
)
FIRST = datetime(2015, 1, 1, 3, 17, 5, tzinfo=UTC)
MAPPING = SheetMapping.of({
    "record": "incursion",
    "source": {"id": "tracker", "kind": "dataset", "publisher": "P", "language": "en"},
    "timezone": "Europe/Riga",
    "date_order": "day_first",
    "midnight": "time",
    "century": 2000,
    "constants": {"state": "LV"},
    "columns": {
        "day": {"field": "time"},
        "hour": {"field": "time.clock"},
        "seen": {"field": "objects.0.count"},
        "kind": {"field": "objects.0.category", "values": {"drone": "uncrewed_aircraft"}},
        "note": {"field": "note"},
    },
})  # fmt: skip


def sheet(form: str, rows: int) -> bytes:
    """Return a sheet with a different time in each row."""
    form = form if "," in form else f"{form},"
    lines = ["day,hour,seen,kind,note"]
    for number in range(rows):
        at = FIRST + number * timedelta(minutes=37) + (number % 7) * timedelta(days=1)
        lines.append(f"{at.strftime(form)},{1 + number % 5},drone,some text")
    return "\n".join([*lines, ""]).encode()


def seconds(data: bytes) -> tuple[float, int]:
    """Return the processor time that reading a sheet takes, and the number of problems."""
    start, records = time.process_time(), read_sheet(io.BytesIO(data), MAPPING, on_problem=_ignore)
    for _ in records:
        pass
    return time.process_time() - start, sum(cause.times for cause in records.summary.causes)


def _ignore(_: object) -> None:
    pass


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    rows: int = parser.parse_args().rows
    iso = 0.0
    for form in FORMS:
        taken, problems = seconds(sheet(form, rows))
        iso = iso or taken
        speed = f"{rows / taken:8,.0f} rows/s {taken / iso:5.2f}"
        sys.stdout.write(f"{form:28} {speed} {problems:6,} problems\n")


if __name__ == "__main__":
    main()
