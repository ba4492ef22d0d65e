"""What reading and validating a feed cost, beside bare parsing and JSON Schema validators.

    pip install orjson fastjsonschema jsonschema-rs jsonschema
    python tests/benchmarks/validation.py [--records 20000] [--rounds 5] [--memory-records [N]]

All contestants look at the same made-up feed, in turn, and each round has a feed of its own, so
that no cache knows it already; each ratio is the median of those of the rounds. It compares
processor time, which says more than the clock on a busy machine; only where several processes
share the work must the clock tell.

The bare twin is the models' own core schema, from which everything was taken that refuses a value
of the right type: functions, patterns, lengths, ranges, lists of words (any text will do), time
zones. What is left makes instances of the same classes, with the same fields.
"""

import argparse
import gc
import importlib
import os
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from typing import Any, NamedTuple

from pydantic import TypeAdapter
from pydantic_core import SchemaValidator

import airspace_events as ae
from airspace_events.feeds.reading import record_adapter

NOW = datetime(2030, 1, 1, tzinfo=UTC)
MILLION = 1_000_000
MICROSECONDS = 1e6
MEGABYTE = 2**20
# No more lines than this for what takes a millisecond a line.
LINES_OF_THE_SLOW = 250

BARE, PARSED, STREAMED, HELD = "bare twin", "parse of lines", "iter_records", "read_feed"
ONE, TWO = "validate", "validate, 2 workers"
FAST, RUST, PYTHON = "orjson + fastjsonschema", "orjson + jsonschema-rs", "jsonschema"


class Budget(NamedTuple):
    """How a ratio should be.

    Attributes:
        name: what is compared.
        of: the contestant.
        against: the other one.
        limit: the ratio of speeds that is needed, or of times that is allowed.
        hoped: the ratio that is hoped for.
        of_times: whether times are compared: then less is better.
        by_clock: whether the clock tells, and not processor time.
    """

    name: str
    of: str
    against: str
    limit: float
    hoped: float
    of_times: bool = False
    by_clock: bool = False


BUDGETS = (
    Budget("parse, against a bare twin", PARSED, BARE, 0.80, 0.95),
    Budget("iter_records, against the parse of its lines", STREAMED, PARSED, 0.70, 0.85),
    Budget("read_feed, time of streaming the same", HELD, STREAMED, 1.6, 1.3, of_times=True),
    Budget("validate, against fastjsonschema", ONE, FAST, 5.0, 8.0),
    Budget("validate, against jsonschema-rs", ONE, RUST, 0.36, 0.5),
    Budget("validate, 2 workers, against jsonschema-rs", TWO, RUST, 0.60, 1.0, by_clock=True),
    Budget("validate, against jsonschema", ONE, PYTHON, 38.0, 50.0),
)
MEMORY_BUDGET, MEMORY_HOPED = 50, 25


# The bare twin.

_CONSTRAINTS = frozenset(
    {"allow_inf_nan", "ge", "gt", "le", "lt", "max_length", "min_length", "pattern", "strict"}
    | {"metadata", "serialization", "tz_constraint"}
)
# What stands for another schema, and where that is.
_WITH_INNER = {
    **dict.fromkeys(("function-after", "function-before", "function-wrap"), "schema"),
    "json-or-python": "json_schema",
}


def bare(schema: Any) -> Any:
    """A core schema without anything that refuses a value of the right type."""
    if isinstance(schema, list | tuple):
        return [bare(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    stripped = _bare(schema)
    # What stands in the place of a definition is found by its name.
    return {**stripped, "ref": schema["ref"]} if "ref" in schema else stripped


def _bare(schema: dict[str, Any]) -> dict[str, Any]:
    match schema.get("type"):
        case str(kind) if kind in _WITH_INNER:
            return bare(schema[_WITH_INNER[kind]])
        case "chain":
            return bare(schema["steps"][-1])
        case "literal":
            return {"type": "str" if isinstance(schema["expected"][0], str) else "int"}
        case "tagged-union" if not isinstance(schema["discriminator"], str):
            choices = [bare(choice) for choice in schema["choices"].values()]
            return {"type": "union", "choices": choices, "mode": "left_to_right"}
        case str():
            return {
                key: value if key == "default" else bare(value)
                for key, value in schema.items()
                if key not in _CONSTRAINTS
            }
        case _:
            return {key: bare(value) for key, value in schema.items()}


# The contestants.


class Feed(NamedTuple):
    """A feed: its file, and the lines of its records."""

    path: Path
    lines: Sequence[bytes]


@dataclass
class Contestant:
    """Something that reads or checks a feed.

    Attributes:
        run: does it once.
        most: how many records of a feed it looks at, at most.
        cpu: the seconds of processor time of each round, a record.
        clock: the seconds by the clock, likewise.
    """

    run: Callable[[Feed], object]
    most: int = sys.maxsize
    cpu: list[float] = field(default_factory=list[float])
    clock: list[float] = field(default_factory=list[float])

    def measure(self, feed: Feed) -> None:
        """Do it once more."""
        feed = feed._replace(lines=sample(feed.lines, self.most))
        gc.collect()
        clock, cpu = time.perf_counter(), time.process_time()
        result = self.run(feed)
        self.cpu.append((time.process_time() - cpu) / len(feed.lines))
        self.clock.append((time.perf_counter() - clock) / len(feed.lines))
        del result


def each(do: Callable[[bytes], object], most: int = sys.maxsize) -> Contestant:
    """Does something to each line."""
    return Contestant(lambda feed: deque(map(do, feed.lines), maxlen=0), most)


def ours() -> dict[str, Contestant]:
    """The ways of this library, and the bare twin."""
    adapter = record_adapter()
    parse = adapter.validator.validate_json
    schema = adapter.core_schema
    return {
        BARE: each(SchemaValidator(bare(schema)).validate_json),
        PARSED: each(parse),
        STREAMED: Contestant(lambda feed: deque(ae.iter_records(feed.path), maxlen=0)),
        HELD: Contestant(lambda feed: ae.read_feed(feed.path)),
        ONE: Contestant(lambda feed: ae.validate(feed.path, now=NOW)),
        TWO: Contestant(lambda feed: ae.validate(feed.path, now=NOW, workers=2)),
    }


def theirs() -> dict[str, Contestant]:
    """The validators of JSON Schema, with the schema that pydantic gives of a record."""
    orjson, fastjsonschema, rust, jsonschema = (
        imported(name) for name in ("orjson", "fastjsonschema", "jsonschema_rs", "jsonschema")
    )
    schema: dict[str, Any] = TypeAdapter(ae.Record).json_schema()
    loads = orjson.loads
    compiled = fastjsonschema.compile(schema)
    in_rust = rust.Draft202012Validator(schema)
    in_python = jsonschema.Draft202012Validator(schema)
    return {
        FAST: each(lambda line: compiled(loads(line)), 10 * LINES_OF_THE_SLOW),
        RUST: each(lambda line: in_rust.validate(loads(line))),
        PYTHON: each(lambda line: in_python.validate(loads(line)), LINES_OF_THE_SLOW),
    }


def imported(name: str) -> Any:
    """A module that only this benchmark needs."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        package = name.replace("_", "-")
        sys.exit(f"this benchmark compares with {package}; pip install {package} ({error})")


def sample(lines: Sequence[bytes], count: int) -> Sequence[bytes]:
    """Some of the lines, from all parts of the feed."""
    return lines[:: max(1, len(lines) // count)]


# Memory.


def peak() -> float:
    """The most memory that this process ever held, in megabytes."""
    # What getrusage tells on Linux includes what the parent held when it started this process.
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / MEGABYTE
    unit = 1 if sys.platform == "darwin" else 1024
    return getrusage(RUSAGE_SELF).ru_maxrss * unit / MEGABYTE


def measure_memory(small: Path, feed: Path) -> None:
    """Validate two feeds, and print the memory that this took: run in a process of its own."""
    validate = ae.validate
    imported_at = peak()
    validate(small, now=NOW)
    first_at = peak()
    validate(feed, now=NOW)
    sys.stdout.write(f"{first_at - imported_at:.1f} {peak() - imported_at:.1f}\n")


def write_feed(path: Path, records: int, seed: int = 0) -> None:
    """Write a feed of so many records."""
    with path.open("wb") as file:
        file.writelines(ae.testing.synthetic_lines(records, seed))


def print_memory(folder: Path, records: int) -> None:
    """Measure the memory that validating so many records takes, above import."""
    feed = folder / "memory.jsonl"
    small = folder / "small.jsonl"
    write_feed(feed, records)
    write_feed(small, 1)
    command = [sys.executable, __file__, "--measure-memory-of", str(small), str(feed)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    first, whole = map(float, told)
    kept = (whole - first) * MEGABYTE / records
    sys.stdout.write(
        f"\nmemory above import, {records:,} records: {whole:.1f} MB "
        f"(at most {MEMORY_BUDGET}, hoped {MEMORY_HOPED}: {verdict(whole <= MEMORY_BUDGET)}); "
        f"{first:.1f} MB of it for the first record, then {kept:.0f} bytes a record\n"
    )


# The report.


def verdict(is_met: bool) -> str:  # noqa: FBT001 (a word for it)
    """A word for it."""
    return "met" if is_met else "MISSED"


def rows(contestants: dict[str, Contestant]) -> Iterator[str]:
    """A row for each budget, then the times in passing."""
    yield f"{'':46} {'ratio':>7} {'budget':>8} {'hoped':>7}"
    for budget in BUDGETS:
        of, against = contestants[budget.of], contestants[budget.against]
        pairs = zip(
            of.clock if budget.by_clock else of.cpu,
            against.clock if budget.by_clock else against.cpu,
            strict=True,
        )
        ratio = median(a / b if budget.of_times else b / a for a, b in pairs)
        is_met = ratio <= budget.limit if budget.of_times else ratio >= budget.limit
        yield f"{budget.name:46} {ratio:7.2f} {budget.limit:8.2f} {budget.hoped:7.2f}  " + verdict(
            is_met
        )
    yield "\nmicroseconds a record: processor (of this process), clock"
    for name, one in contestants.items():
        cpu, clock = median(one.cpu) * MICROSECONDS, median(one.clock) * MICROSECONDS
        yield f"{name:46} {cpu:7.1f} {clock:8.1f}"


def main() -> None:
    """Measure, and print the ratios with their budgets."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory-records", type=int, nargs="?", const=MILLION, default=0)
    parser.add_argument("--measure-memory-of", type=Path, nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure_memory_of:
        measure_memory(*chosen.measure_memory_of)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        contestants = ours() | theirs()
        for seed in range(chosen.rounds):
            path = folder / "feed.jsonl"
            write_feed(path, chosen.records, seed)
            # Those who read no files get the lines behind the header.
            feed = Feed(path, path.read_bytes().splitlines(keepends=True)[1:])
            for contestant in contestants.values():
                contestant.measure(feed)
        sys.stdout.write(
            f"{chosen.records:,} records, {chosen.rounds} rounds; "
            f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n\n"
        )
        sys.stdout.writelines(row + "\n" for row in rows(contestants))
        if chosen.memory_records:
            print_memory(folder, chosen.memory_records)


if __name__ == "__main__":
    main()
