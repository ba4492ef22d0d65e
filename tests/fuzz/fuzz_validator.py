"""Looks for feeds with which the validator breaks its promises, for as long as it is let.

    python tests/fuzz/fuzz_validator.py --minutes 10 --seed 1

Each case is made of the seed and its number alone: ``--case 1234`` runs one again, and
``--keep FOLDER`` writes the feeds of what was found. It checks promises 1 (any bytes end in
notices or a documented error), 4 (a bad record hides no other), 5 (nothing is lost in silence) and
8 (places are right) of docs/architecture.md, that several workers give the same report, and that
the fast visit to a record finds what a slow one finds.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import random
import sys
import tempfile
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import airspace_events as ae
import damaged_feeds as m
import slow_visit
from airspace_events.feeds.reading import record_adapter
from airspace_events.testing import FAULTS, plant, synthetic_lines
from airspace_events.validation import workers
from airspace_events.validation.rendering import RENDERERS

LIMITS = ae.Limits(record_bytes=20_000, document_bytes=2_000_000, unpacked_bytes=5_000_000)
SHAPE_ONLY = ae.Settings.of(select=["feeds", "shape", "reports"])
SLOW = 20.0
DOCUMENTED = ae.AirspaceEventsError
LOST_ON_PURPOSE = frozenset({"byte_order_mark"})


class Broken(Exception):  # noqa: N818 (a promise is)
    """A promise that is broken by a feed."""

    def __init__(self, promise: str, what: str, data: bytes) -> None:
        super().__init__(promise, what)
        self.promise, self.what, self.data = promise, what, data


@cache
def valid_records(seed: int) -> tuple[bytes, ...]:
    """The records of a synthetic feed, without the ends of their lines."""
    return tuple(line.rstrip() for line in synthetic_lines(300, seed))[1:]


def some_records(dice: random.Random, most: int = 30) -> list[bytes]:
    """The first records of a synthetic feed, so that whatever they name is there."""
    return list(valid_records(dice.randrange(60))[: dice.randint(1, most)])


def check(data: bytes, **options: object) -> ae.Report:
    """Check a feed; whatever but a documented error leaves the validator is told."""
    start = time.process_time()
    try:
        report = ae.validate(io.BytesIO(data), limits=LIMITS, **options)  # type: ignore[arg-type]
    except Exception as error:
        raise Broken("1", f"{type(error).__name__}: {_where(error)}", data) from error
    if time.process_time() - start > SLOW:
        raise Broken("3", f"took {time.process_time() - start:.0f} s", data)
    return report


def _where(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{error} at {Path(last.filename).name}:{last.lineno}"


# The cases.


def any_bytes(dice: random.Random) -> None:
    """Feeds with changed bytes, and bytes that were never a feed."""
    records = some_records(dice)
    form = dice.choice((m.as_lines, m.as_document))
    data = form(records, dice)
    if dice.random() < 0.1:
        data = dice.randbytes(dice.randint(0, 300))
    elif dice.random() < 0.1:
        data = b"".join(dice.choice(m._PIECES) for _ in range(dice.randint(1, 12)))
    elif dice.random() < 0.9:
        data = m.changed_bytes(data, dice)
    if dice.random() < 0.05:
        data = b"\xef\xbb\xbf" + data
    data = m.packed_or_not(data, dice)
    report = check(data)
    render_all(report, data)
    read_as_reported(data, report)
    for notice in report.notices:
        if notice.line < 1 or notice.column < 1:
            raise Broken("8", f"{notice.code} at {notice.line}:{notice.column}", data)


def render_all(report: ae.Report, data: bytes) -> None:
    """Every form can be made, and what is read by lines has no line that steers or forges."""
    for form_name, render in RENDERERS.items():
        try:
            lines = list(render(report))
        except Exception as error:
            raise Broken("1", f"{form_name}: {type(error).__name__}: {error}", data) from error
        for line in lines:
            if m.steers(line.replace("\n", "")) and form_name in ("text", "github"):
                raise Broken("9", f"{form_name} {line!r}", data)
        if form_name in ("json", "sarif"):
            json.loads("\n".join(lines))


def read_as_reported(data: bytes, report: ae.Report) -> None:
    """Reading stops with a documented error just where the validator has an error to tell."""
    told = {n.code for n in report.notices if n.severity == "error"} - LOST_ON_PURPOSE
    shape = {n.code for n in check(data, settings=SHAPE_ONLY).notices if n.severity == "error"}
    shape -= {"no_records", *LOST_ON_PURPOSE}
    for read in (ae.read_feed, lambda source, limits: list(ae.iter_records(source, limits))):
        try:
            read(io.BytesIO(data), LIMITS)
        except DOCUMENTED:
            if not told:
                raise Broken("5", "it cannot be read, and there is no error", data) from None
        except Exception as error:
            raise Broken("1", f"reading: {type(error).__name__}: {error}", data) from error
        else:
            if shape:
                raise Broken("5", f"it is read in spite of {sorted(shape)}", data)


def planted_faults(dice: random.Random) -> None:
    """A few known faults among valid records: each is told on its line, and nothing else is."""
    records = some_records(dice, dice.choice((20, 60, 300)))
    as_document = dice.random() < 0.3
    wanted: dict[int, list[str]] = defaultdict(list)
    for number in dice.sample(range(len(records)), k=min(len(records), dice.randint(1, 3))):
        fault = dice.choice(list(FAULTS))
        spoiled = plant(fault, records[number])
        ends_a_document = FAULTS[fault] in (
            "truncated_record", "json_syntax", "wrong_encoding", "nested_too_deeply", "not_finite"
        )  # fmt: skip
        if spoiled is None or (as_document and ends_a_document):
            continue
        records[number] = spoiled
        wanted[number].append(FAULTS[fault])
    made = m.as_document(records, dice) if as_document else m.as_lines(records, dice)
    report = check(made, notices_per_code=10_000)
    if sum(report.records.values()) != len(records):
        raise Broken("4", f"{len(records)} records, told {dict(report.records)}", made)
    text = made.decode(errors="replace").replace("\ufeff", "")
    starts = _starts(text, records)
    told: dict[int, list[str]] = defaultdict(list)
    for notice in report.notices:
        at = m.offset_in(text, notice.line, notice.column)
        number = max((n for n, start in enumerate(starts) if start <= at), default=-1)
        told[number].append(notice.code)
        is_placed = number >= 0 and _is_json(records[number])
        if is_placed and (why := m.misplaced(notice, text, starts[number])):
            raise Broken("8", f"{notice.code}: {why}", made)
    for number in sorted({*told, *wanted}):
        if sorted(told[number]) != sorted(wanted[number]):
            what = f"record {number}: planted {wanted[number]}, told {told[number]}"
            raise Broken("4", what, made)


def _starts(text: str, records: list[bytes]) -> list[int]:
    found, at = [], 0
    for record in records:
        at = text.index(record.decode(errors="replace"), at)
        found.append(at)
        at += 1
    return found


def _is_json(record: bytes) -> bool:
    try:
        m.exactly(record)
    except m.Twice:
        return True
    except (ValueError, RecursionError):
        return False
    return True


def changed_records(dice: random.Random) -> None:
    """A valid record that is changed as JSON or spelt oddly: kept whole, or told at its place."""
    records = some_records(dice, 12)
    number = dice.randrange(len(records))
    value = json.loads(records[number])
    for _ in range(dice.choice((0, 1, 1, 2))):
        value = m.changed_json(value, dice) if isinstance(value, dict) else value
    as_document = dice.random() < 0.4
    strange = dice.choice((0, 0.02, 0.2))
    changed = m.spelled(value, dice, strange, spread=as_document)
    records[number] = changed.encode(errors="surrogatepass")
    form = m.as_document if as_document else m.as_lines
    made = form(records, dice)
    report = check(made, notices_per_code=10_000)
    read_as_reported(made, report)
    is_json = _is_json(records[number])
    text = made.decode(errors="replace")
    start = _starts(text, records)[number] if changed else 0
    rows = range(*_rows(text, start, len(changed)))
    here = [n for n in report.notices if n.line in rows]
    if is_json and not as_document and sum(report.records.values()) != len(records):
        raise Broken("4", f"{len(records)} records, told {dict(report.records)}", made)
    if is_json:
        _check_places(here, text, start, start + len(changed), made)
    if any(n.code in _HARD for n in report.notices):
        return
    try:
        record = record_adapter().validate_json(records[number])
    except ValueError:
        if not report.counts["error"]:
            raise Broken("5", "a record is not valid, and there is no error", made) from None
        return
    shape = check(made, settings=SHAPE_ONLY)
    if not shape.counts["error"] and (lost := m.lost_in(records[number], record)):
        raise Broken("5", f"lost: {lost}", made)
    if ae.to_json(record) != ae.to_json(record_adapter().validate_json(ae.to_json(record))):
        raise Broken("5", "what is written is not written again the same", made)


_HARD = frozenset({"wrong_encoding", "json_syntax", "truncated_record", "nested_too_deeply"})


def _check_places(here: list[ae.Notice], text: str, start: int, end: int, made: bytes) -> None:
    try:
        m.places_in(text, start)
    except (ValueError, IndexError):
        return
    for notice in here:
        at = m.offset_in(text, notice.line, notice.column)
        if not start <= at < end or notice.code in _HARD:
            continue
        if why := m.misplaced(notice, text, start):
            raise Broken("8", f"{notice.code}: {why}", made)


def _rows(text: str, start: int, length: int) -> tuple[int, int]:
    first = text.count("\n", 0, start) + 1
    return first, first + text.count("\n", start, start + length) + 1


def broken_json(dice: random.Random) -> None:
    """A record with a character that does not belong: told on its line, no earlier than it."""
    records = some_records(dice, 12)
    number = dice.randrange(len(records))
    record = records[number].decode()
    at = dice.randrange(1, len(record))
    what = dice.choice(("'", "}", "]", "{", "[", ",", ":", "x", "\x01", "\\", '"', "NaN", "/*"))
    cut = dice.choice((0, 0, 1))
    changed = record[:at] + what + record[at + cut :]
    records[number] = changed.encode()
    made = m.as_lines(records, dice)
    try:
        json.loads(changed)
    except json.JSONDecodeError:
        pass
    else:
        return
    report = check(made)
    if sum(report.records.values()) != len(records):
        raise Broken("4", f"{len(records)} records, told {dict(report.records)}", made)
    text = made.decode()
    start = _starts(text, records)[number]
    row = text.count("\n", 0, start) + 1
    here = [n for n in report.notices if n.line == row]
    if not here:
        raise Broken("5", "a line is not JSON, and there is no notice", made)
    hard = [n for n in here if n.code in _HARD]
    for notice in hard:
        # A parser may point at the token in which the change is, but not before it.
        token = max(record.rfind(char, 0, at) for char in '"{}[],:')
        if not token < notice.column <= len(changed) + 1:
            raise Broken("8", f"{notice.code} at {notice.column}, changed at {at + 1}", made)


def shared_files(dice: random.Random) -> None:
    """A file that several processes share: the report is the same as of one."""
    first = dice.randrange(20)
    share = dice.choice((0, 0.05, 0.5))
    lines = [line.rstrip() for line in synthetic_lines(dice.randint(5, 300), first, share)][1:]
    for _ in range(dice.randrange(4)):
        at = dice.randrange(len(lines) + 1)
        odd = dice.choice(
            (b"", b"x" * 25_000, lines[at % len(lines)], b"\xff", b"{", b"[" * 900, m.HEADER)
        )
        lines.insert(at, odd)
    if dice.random() < 0.2:
        dice.shuffle(lines)
    data = m.as_lines(lines, dice)
    if dice.random() < 0.2:
        data = m.changed_bytes(data, dice)
    per_code = dice.choice((1, 3, 1_000))
    before = workers._SPAN, workers._WORTH_SHARING
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "feed.jsonl")
        path.write_bytes(data)
        try:
            workers._SPAN, workers._WORTH_SHARING = dice.choice((64, 1_000, 20_000)), 1
            alone, shared = (
                ae.validate(path, limits=LIMITS, notices_per_code=per_code, workers=number)
                for number in (1, dice.choice((2, 3)))
            )
        except Exception as error:
            raise Broken("1", f"{type(error).__name__}: {_where(error)}", data) from error
        finally:
            workers._SPAN, workers._WORTH_SHARING = before
    if alone != shared:
        raise Broken("workers", f"the reports differ (per code {per_code})", data)
    for form, render in RENDERERS.items():
        if list(render(alone)) != list(render(shared)):
            raise Broken("workers", f"{form} differs", data)


def visited_records(dice: random.Random) -> None:
    """Changed records: the fast visit finds what a slow one finds."""
    for record in some_records(dice):
        try:
            data = slow_visit.changed(record, dice)
        except ValueError:
            continue
        if found := slow_visit.different(data):
            raise Broken("visit", found, data)


CASES: tuple[tuple[Callable[[random.Random], None], int], ...] = (
    (any_bytes, 30),
    (planted_faults, 20),
    (changed_records, 40),
    (broken_json, 20),
    (shared_files, 4),
    (visited_records, 40),
)


def run(seed: int, number: int) -> Broken | None:
    """Run one case, and tell what it has found."""
    dice = random.Random(f"{seed}:{number}")  # noqa: S311 (it is to be the same again)
    make = dice.choices([case for case, _ in CASES], [weight for _, weight in CASES])[0]
    try:
        make(dice)
    except Broken as broken:
        broken.what = f"{make.__name__}: {broken.what}"
        return broken
    except Exception as error:  # noqa: BLE001 (a fault of the fuzzer must not end it)
        return Broken("fuzzer", f"{make.__name__}: {type(error).__name__}: {_where(error)}", b"")
    return None


def numbers(only: int | None, minutes: float) -> Iterator[int]:
    """The numbers of the cases, until the time is over."""
    if only is not None:
        yield only
        return
    end = time.monotonic() + minutes * 60
    number = 0
    while time.monotonic() < end:
        yield number
        number += 1


def main() -> None:
    """Run cases until the time is over, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--case", type=int, help="run this case only")
    parser.add_argument("--keep", type=Path, help="a folder for the feeds of what was found")
    given = parser.parse_args()
    count, found = 0, Counter[str]()
    with contextlib.suppress(KeyboardInterrupt):
        for number in numbers(given.case, given.minutes):
            count += 1
            broken = run(given.seed, number)
            if broken is None:
                continue
            kind = f"promise {broken.promise}: {broken.what}"[:300]
            found[broken.promise + broken.what[:60]] += 1
            if found[broken.promise + broken.what[:60]] <= 3:
                sys.stdout.write(f"case {number}: {kind}\n")
                sys.stdout.flush()
                if given.keep and broken.data:
                    given.keep.mkdir(parents=True, exist_ok=True)
                    (given.keep / f"{given.seed}-{number}.feed").write_bytes(broken.data)
    sys.stdout.write(f"{count} cases, {found.total()} findings of {len(found)} kinds\n")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
