"""Runs the main commands in one process, and prints the exit code and a hash of what each wrote.

A test runs `python main_commands.py FEED FOLDER` in several environments and compares what it
prints. The hashes are those of the bytes that leave the process, in the encoding of its output.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from airspace_events.cli.commands import airspace_events
from airspace_events.formats import FORMATS
from airspace_events.validation.rendering import RENDERERS

EXAMPLES = Path(__file__).resolve().parents[1] / "docs" / "examples"
SHEET = "tracker-violations"


def commands(feed: str, folder: str) -> Iterator[list[str]]:
    """The arguments of every command whose output must depend on nothing else."""
    for form in RENDERERS:
        yield ["validate", "--format", form, "--now", "2026-01-01T00:00:00Z", feed]
    valid = str(EXAMPLES / "poland-2025-09-10.jsonl")
    for name, form in FORMATS.items():
        yield ["convert", valid, "-", "--to", name]
        if form.write_folder is not None:
            yield ["convert", valid, f"{folder}/{name}/", "--to", name]
    yield ["convert", valid, f"{folder}/feed.jsonl.gz"]
    sheet = str(EXAMPLES / SHEET)
    yield ["convert", f"{sheet}.csv", "-", "--mapping", f"{sheet}.toml", "--to", "jsonl"]
    for name in ("json", "openapi", "codebook", "diagram"):
        yield ["schema", name]
    days = [str(EXAMPLES / f"tracker-{day}.jsonl") for day in ("monday", "tuesday")]
    for changes in ("text", "json", "html"):
        yield ["diff", *days, "--format", changes]
    yield ["page", valid, "-o", "-", "--now", "2026-01-01T00:00:00Z"]
    yield ["rules"]
    yield ["rules", "--format", "json"]
    yield ["rules", "unknown_state_code"]
    yield ["new", "incursion"]
    yield ["states"]
    yield ["states", "Rumänien", "Łotwa", "Румунія"]
    yield ["members", "nato"]
    yield ["time", "overnight", "--reference", "2024-09-08", "--timezone", "Europe/Riga"]


def run(arguments: list[str], output: Path) -> tuple[int, str]:
    """Run a command with its standard output in a file; return its exit code and the hash."""
    with output.open("wb") as file:
        os.dup2(file.fileno(), sys.stdout.fileno())
        try:
            airspace_events.main(arguments, prog_name="airspace-events")
        except SystemExit as end:
            code = int(end.code or 0)
        else:
            code = 0
        sys.stdout.flush()
    return code, hash_of(output)


def hash_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main(feed: str, folder: str) -> None:
    terminal = os.dup(sys.stdout.fileno())
    output = Path(folder) / "stdout"
    written = {" ".join(one): run(one, output) for one in commands(feed, folder)}
    output.unlink()
    files = {
        str(path): hash_of(path) for path in sorted(Path(folder).rglob("*")) if path.is_file()
    }
    os.dup2(terminal, sys.stdout.fileno())
    json.dump({"commands": written, "files": files}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
