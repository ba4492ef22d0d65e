"""What checking and reading feeds costs now, against an earlier commit.

    git worktree add ../earlier 2a9b741
    python tests/benchmarks/earlier_validation.py ../earlier/src [--rounds 10] [task ...]

Two processes, one for each version, do the same small tasks in turn. The least processor time of
each task counts, since other work on the machine only adds to it. There are more records than any
cache remembers, so each task meets its values as if they were new.
"""

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

VERSIONS = ("earlier", "now")
ROOT = Path(__file__).parents[2]
NOW = datetime(2030, 1, 1, tzinfo=UTC)
FEEDS, RECORDS, COPIES = 16, 800, 6
MICROSECONDS = 1e6


def write_feeds(folder: Path) -> None:
    """Write made-up feeds, and feeds of the worked examples with ids of their own.

    The earlier version writes them, because it rejects fields that were added after it.
    """
    import airspace_events  # noqa: PLC0415 (of the earlier version)
    from airspace_events.testing import synthetic_lines  # noqa: PLC0415 (as above)

    examples = Path(airspace_events.__file__).parents[2] / "docs" / "examples"
    for number in range(FEEDS):
        path = folder / f"synthetic-{number}.jsonl"
        path.write_bytes(b"".join(synthetic_lines(RECORDS, number)))
        lines = ['{"type":"feed","schema_version":"1.0"}']
        for copy in range(COPIES):
            for place, example in enumerate(sorted(examples.glob("*-*-*.jsonl"))):
                lines += renamed(example, f"-{number}-{copy}-{place}")
        (folder / f"examples-{number}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


def renamed(example: Path, ending: str) -> Iterator[str]:
    """Yield the records of an example, with an ending at each id of a record."""
    records = [json.loads(line) for line in example.read_text("utf-8").splitlines()[1:]]
    ids = {record["id"] for record in records}

    def change(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: change(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [change(inner, key) for inner in value]
        if isinstance(value, str) and key != "condition":
            name, mark, inner = value.partition("#")
            return name + ending + mark + inner if name in ids else value
        return value

    for record in records:
        yield json.dumps(change(record), ensure_ascii=False, separators=(",", ":"))


def tasks() -> dict[str, Callable[[Path], object]]:
    """Return what is measured, by name."""
    import airspace_events as ae  # noqa: PLC0415 (of either version)
    from airspace_events.feeds.reading import record_adapter  # noqa: PLC0415 (as above)

    parse = record_adapter().validator.validate_json
    return {
        "parse": lambda path: deque(map(parse, path.read_bytes().splitlines()[1:]), maxlen=0),
        "iter_records": lambda path: deque(ae.iter_records(path), maxlen=0),
        "read_feed": ae.read_feed,
        "Dossier.read": ae.Dossier.read,
        "validate": lambda path: ae.validate(path, now=NOW),
    }


def serve() -> None:
    """Do the tasks that the standard input names, and print the processor time of each."""
    known = tasks()
    for line in sys.stdin:
        task, path = json.loads(line)
        gc.collect()
        start = time.process_time()
        result = known[task](Path(path))
        taken = time.process_time() - start
        del result
        sys.stdout.write(f"{taken}\n")
        sys.stdout.flush()


def main() -> None:
    """Measure, and print the microseconds a record and the ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("earlier", type=Path, nargs="?", help="the src folder of that commit")
    parser.add_argument("tasks", nargs="*", help="the tasks to measure, instead of all")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.write:
        write_feeds(chosen.write)
        return
    if chosen.serve:
        serve()
        return
    if chosen.earlier is None:
        parser.error("name the src folder of the earlier commit")
    sources = dict(zip(VERSIONS, (chosen.earlier, ROOT / "src"), strict=True))
    servers = {version: server(source) for version, source in sources.items()}
    least: dict[tuple[str, str, str], float] = {}
    with tempfile.TemporaryDirectory() as name:
        command = [sys.executable, __file__, "--write", name]
        subprocess.run(command, check=True, env=os.environ | {"PYTHONPATH": str(chosen.earlier)})
        feeds = sorted(Path(name).glob("*.jsonl"))
        counts = {feed.stem: feed.read_bytes().count(b"\n") - 1 for feed in feeds}
        names = chosen.tasks or list(tasks())
        for number in range(chosen.rounds):
            for task in names:
                for feed in feeds:
                    for version in VERSIONS if number % 2 else VERSIONS[::-1]:
                        key = task, feed.stem, version
                        least[key] = min(least.get(key, 1e9), asked(servers[version], task, feed))
    sys.stdout.write(f"{'microseconds a record':32} {'earlier':>8} {'now':>8} {'ratio':>6}\n")
    for task in names:
        for kind in ("synthetic", "examples"):
            stems = [stem for stem in counts if stem.startswith(kind)]
            records = sum(counts[stem] for stem in stems)
            earlier, now = (
                sum(least[task, stem, version] for stem in stems) / records * MICROSECONDS
                for version in VERSIONS
            )
            row = f"{task + ', ' + kind:32} {earlier:8.2f} {now:8.2f} {now / earlier:6.3f}"
            sys.stdout.write(row + "\n")


def server(source: Path) -> "subprocess.Popen[str]":
    """Start a process that does tasks with a version."""
    return subprocess.Popen(
        [sys.executable, __file__, "--serve"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(source)},
    )


def asked(process: "subprocess.Popen[str]", task: str, feed: Path) -> float:
    """Return the seconds that a task took in a process."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps([task, str(feed)]) + "\n")
    process.stdin.flush()
    return float(process.stdout.readline())


if __name__ == "__main__":
    main()
