"""What reading a time costs inside a record, beside a text with a pattern and the edtf package.

    python tests/benchmarks/reported_times.py

Every text is new to the caches, so these are the costs of the first time that it is met.
"""

import json
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Annotated

from pydantic import BaseModel, StringConstraints

from airspace_events.values.time import TimeExpression

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from edtf import parse_edtf

ROUNDS, TEXTS, TEXTS_OF_THE_PACKAGE = 9, 10_000, 100
MICROSECONDS = 1e6
PATTERN = r"^[0-9TZ:+/.-]{4,60}$"


class Timed(BaseModel, frozen=True):
    """A record with a time."""

    value: TimeExpression


class Patterned(BaseModel, frozen=True):
    """The same with a text that has a pattern."""

    value: Annotated[str, StringConstraints(strict=True, pattern=PATTERN)]


def dates(seed: int) -> Iterator[str]:
    """All days of some years, which begin elsewhere for each seed."""
    first = datetime(1900 + 30 * seed, 1, 1, tzinfo=UTC)
    return ((first + timedelta(days=number)).date().isoformat() for number in range(TEXTS))


def intervals(seed: int) -> Iterator[str]:
    """Intervals of instants, each new."""
    first = datetime(2000 + seed, 1, 1, tzinfo=UTC)
    for number in range(TEXTS):
        start = first + timedelta(minutes=number)
        yield f"{start.isoformat()}/{(start + timedelta(minutes=12)).isoformat()}"


def cost(model: type[BaseModel], texts: Iterator[str]) -> float:
    """The microseconds that one record takes."""
    lines = [json.dumps({"value": text}).encode() for text in texts]
    read = model.model_validate_json
    start = time.perf_counter()
    for line in lines:
        read(line)
    return (time.perf_counter() - start) / len(lines) * MICROSECONDS


def cost_of_the_package(texts: Iterator[str]) -> float:
    """The microseconds that the edtf package takes for one expression."""
    some = [text for text, _ in zip(texts, range(TEXTS_OF_THE_PACKAGE), strict=False)]
    start = time.perf_counter()
    for text in some:
        parse_edtf(text)
    return (time.perf_counter() - start) / len(some) * MICROSECONDS


def main() -> None:
    """Print a row for each form."""
    heading = "microseconds a record: with a time, with a pattern, more; the edtf package"
    sys.stdout.write(heading + "\n")
    forms: dict[str, Callable[[int], Iterator[str]]] = {
        "date": dates,
        "interval of instants": intervals,
    }
    for name, texts in forms.items():
        timed, patterned = [], []
        for seed in range(ROUNDS):
            patterned.append(cost(Patterned, texts(seed)))
            timed.append(cost(Timed, texts(seed)))
        ours, theirs = median(timed), median(patterned)
        package = f"{cost_of_the_package(texts(0)):.0f}" if name == "date" else "(cannot say it)"
        row = f"{name:22} {ours:6.2f} {theirs:6.2f} {ours - theirs:6.2f}   {package}"
        sys.stdout.write(row + "\n")


if __name__ == "__main__":
    main()
