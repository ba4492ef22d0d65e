"""What very large inputs take: memory, time, the last line of the report and the exit code.

    python tests/benchmarks/load.py [CASE ...] [--scale 0.01]

It runs ``airspace-events validate`` on each case in turn. The memory is the most that all its
processes held together, shared pages counted once. Only Linux tells it (``/proc``).
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, repeat
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from airspace_events.testing import synthetic_lines

HEADER = b'{"type":"feed","schema_version":"1.0"}\n'
SOURCE = b'{"type":"source","id":"s","kind":"news_report","publisher":"A desk","language":"en"}\n'
MILLION = 1_000_000
MEGABYTE = 1 << 20
FILES, RECORDS_IN_A_FILE = 10_000, 5
SAMPLED_EVERY = 0.2


def feed_of(size: int) -> Iterable[bytes]:
    """The lines of a feed of so many records."""
    return synthetic_lines(max(1, size))


def long_line(size: int) -> Iterable[bytes]:
    """A feed with a line of so many bytes between two records."""
    long = repeat(b"x" * MEGABYTE, size // MEGABYTE)
    return chain([HEADER, SOURCE, b'{"note":"'], long, [b'"}\n', SOURCE.replace(b'"s"', b'"t"')])


def long_document(size: int) -> Iterable[bytes]:
    """A document of so many bytes on one line."""
    long = repeat(b"x" * MEGABYTE, size // MEGABYTE)
    return chain([HEADER[:-2], b',"records":[{"note":"'], long, [b'"}]}'])


def written(folder: Path, lines: Iterable[bytes]) -> list[str]:
    """Write a file, and give its name as arguments."""
    path = folder / "feed.jsonl"
    with path.open("wb") as file:
        file.writelines(lines)
    return [str(path)]


def many_files(folder: Path, count: int) -> list[str]:
    """Write so many feeds of a few records each."""
    header, *records = synthetic_lines(count * RECORDS_IN_A_FILE)
    paths = [folder / f"{number:05}.jsonl" for number in range(count)]
    for number, path in enumerate(paths):
        at = number * RECORDS_IN_A_FILE
        path.write_bytes(header + b"".join(records[at : at + RECORDS_IN_A_FILE]))
    return list(map(str, paths))


# What is made in a folder, of a size in proportion to the scale, and the arguments for it.
CASES: dict[str, Callable[[Path, float], list[str]]] = {
    "records": lambda folder, scale: written(folder, feed_of(int(MILLION * scale))),
    "workers": lambda folder, scale: [
        "--workers",
        "64",
        *written(folder, feed_of(int(MILLION * scale))),
    ],
    "line": lambda folder, scale: written(folder, long_line(int(1024 * MEGABYTE * scale))),
    "document": lambda folder, scale: written(folder, long_document(int(1024 * MEGABYTE * scale))),
    "files": lambda folder, scale: many_files(folder, max(1, int(FILES * scale))),
}


def processes(pid: int) -> Iterator[int]:
    """A process and all that it started."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            yield from processes(int(child))


def held_by(pid: int) -> tuple[int, int]:
    """The number of processes, and the bytes that they hold; a shared page is split among them."""
    held, count = 0, 0
    try:
        for one in processes(pid):
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
            held += int(rollup.partition("Pss:")[2].split()[0]) << 10
            count += 1
    except (OSError, IndexError):  # it ended meanwhile
        pass
    return count, held


def measure(arguments: list[str]) -> str:
    """Validate, and say what it took."""
    before, clock = getrusage(RUSAGE_CHILDREN), time.monotonic()
    command = [sys.executable, "-m", "airspace_events", "validate", *arguments]
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output)
        most = count = 0
        while process.poll() is None:
            now, held = held_by(process.pid)
            most, count = max(most, held), max(count, now)
            time.sleep(SAMPLED_EVERY)
        output.seek(0)
        last = output.read().decode().splitlines()[-1]
    after = getrusage(RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return (
        f"{most / MEGABYTE:.0f} MB in {count} processes, {cpu:.0f} s of processor time, "
        f"{time.monotonic() - clock:.0f} s by the clock, exit code {process.returncode}: {last}\n"
    )


def main() -> None:
    """Measure each case, and print a line for it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("cases", nargs="*", choices=[*CASES, []], metavar="CASE")
    parser.add_argument("--scale", type=float, default=1.0)
    chosen = parser.parse_args()
    sys.stdout.write(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n")
    for case in chosen.cases or CASES:
        with tempfile.TemporaryDirectory() as folder:
            arguments = CASES[case](Path(folder), chosen.scale)
            sys.stdout.write(f"{case}: {measure(arguments)}")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
