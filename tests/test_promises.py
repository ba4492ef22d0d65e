"""What the library promises: a test or a few for each promise of docs/architecture.md.

They run from end to end, and are quick enough for every change. ``fuzz/fuzz_validator.py`` looks
for what breaks the same promises for as long as it is let.

The severities of the codes, and the fields of a report, are pinned in ``data/codes.toml``. To pin
them anew, for a new major version or after codes were added:

    python tests/test_promises.py --pin
"""

from __future__ import annotations

import ast
import gzip
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.feeds.reading import record_adapter
from airspace_events.formats import FORMATS
from airspace_events.testing import FAULTS, plant, synthetic_lines
from airspace_events.validation.codes import CODES, FAMILIES
from airspace_events.validation.examples import WITHOUT_EXAMPLE, examples
from airspace_events.validation.rendering import RENDERERS
from damaged_feeds import (
    HEADER,
    as_document,
    as_lines,
    changed_bytes,
    changed_json,
    lost_in,
    misplaced,
    offset_in,
    packed_or_not,
    spelled,
)
from growing_feeds import GROWING
from small_feeds import INCURSION, SOURCE, STATEMENT, feed, more

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data"
PINNED = DATA / "codes.toml"
CORPUS = DATA / "corpus"
NOW = datetime(2026, 1, 1, tzinfo=UTC)

# What is said of bytes and of the shape of records, and not of what they mean.
SHAPE = ae.Settings.of(select=["feeds", "shape", "reports"])

dice = st.randoms(use_true_random=False)


def check(data: bytes, **options: Any) -> ae.Report:
    return ae.validate(io.BytesIO(data), **{"now": NOW, **options})


@cache
def valid_records(seed: int) -> tuple[bytes, ...]:
    return tuple(line.rstrip() for line in synthetic_lines(200, seed))[1:]


def some_records(chance: Random, most: int = 8) -> list[bytes]:
    return list(valid_records(chance.randrange(5))[: chance.randint(1, most)])


# 1. Any bytes end in notices or a documented error.


def assert_ends_well(data: bytes) -> None:
    limits = ae.Limits(record_bytes=20_000, document_bytes=1_000_000, unpacked_bytes=2_000_000)
    report = check(data, limits=limits)
    assert set(report.counts) == {"error", "warning", "info"}
    assert all(notice.code in CODES for notice in report.notices)
    for render in RENDERERS.values():
        assert "".join(render(report))
    try:
        feed_of_it = ae.read_feed(io.BytesIO(data), limits)
    except ae.AirspaceEventsError as error:
        said = str(error)
    else:
        assert sum(report.records.values()) == len(feed_of_it.records)
        return
    assert said.isprintable()
    assert report.notices


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300))
def test_1_any_bytes_end_in_notices_or_a_documented_error(data: bytes) -> None:
    for whole in (data, feed(SOURCE) + data, gzip.compress(data, 1), b"\x1f\x8b\x08" + data):
        assert_ends_well(whole)


@settings(max_examples=100, deadline=None)
@given(chance=dice)
def test_1_any_change_of_a_valid_feed_ends_in_notices_or_a_documented_error(
    chance: Random,
) -> None:
    records = some_records(chance)
    made = chance.choice((as_lines, as_document))(records, chance)
    assert_ends_well(packed_or_not(changed_bytes(made, chance), chance))


@settings(max_examples=60, deadline=None)
@given(chance=dice)
def test_1_any_change_of_a_record_ends_in_notices_or_a_documented_error(chance: Random) -> None:
    records = some_records(chance)
    value = changed_json(json.loads(records[-1]), chance)
    records[-1] = spelled(value, chance, 0.05).encode(errors="surrogatepass")
    assert_ends_well(as_lines(records, chance))


# 2. Memory is bounded by limits, not by the input.

_MEASURED = """
import ctypes, gzip, io, resource
from itertools import chain
import airspace_events as ae
from airspace_events.testing import synthetic_lines

HEADER = b'{"type":"feed","schema_version":"1.0"}\\n'
SOURCE = b'{"type":"source","id":"s-%d","kind":"news_report","publisher":"U","language":"en"%s}\\n'
INCURSION = (
    b'{"type":"incursion","id":"lv-%d","state":"LV","crossing":"reported",'
    b'"time":{"value":"2024-09-07","timezone":"%s"},"sources":[{"source":"s"}]}\\n'
)
LIMITS = ae.Limits(record_bytes=2**20, document_bytes=8 * 2**20, unpacked_bytes=2**26)


class Made(io.RawIOBase):
    # A stream of pieces that are made when they are asked for.
    def __init__(self, pieces):
        self.pieces, self.left = iter(pieces), b""

    def readable(self):
        return True

    def readinto(self, buffer):
        while not self.left:
            self.left = next(self.pieces, None)
            if self.left is None:
                return 0
        size = min(len(buffer), len(self.left))
        buffer[:size], self.left = self.left[:size], self.left[size:]
        return size


def check(pieces):
    return ae.validate(io.BufferedReader(Made(pieces)), limits=LIMITS)


def zeros(size):
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9) as file:
        for _ in range(size >> 20):
            file.write(b" " * 2**20)
    return packed.getvalue()


def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024


def forget_the_peak():
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")


def grown(check_something):
    # By how many MB the peak lies above what was there before.
    ctypes.CDLL(None).malloc_trim(0)
    forget_the_peak()
    before = peak()
    found = check_something()
    return peak() - before, found


resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
# Whatever is loaded once, and kept, is there now.
check(synthetic_lines(300, 0, 0.5))
check([HEADER, SOURCE % (1, b',"x":1')])
"""

#: Pieces of feeds, the codes that they give, and how many MB they may take at most.
HOSTILE = {
    "a line of 50 MB": (
        "[HEADER, b'{\"note\":\"', *[b'x' * 2**20] * 50, b'\"}\\n', SOURCE % (1, b'')]",
        {"record_too_large"},
        20,
    ),
    "a first line of 50 MB": ("[b'x' * 2**20] * 50", {"record_too_large"}, 30),
    "a document over its limit": (
        "chain([b'{\"records\":[\\n'], [b' ' * 2**20] * 50)",
        {"feed_too_large"},
        50,
    ),
    "a gzip bomb": ("[zeros(2**28)]", {"feed_too_large"}, 20),
    "a gzip bomb behind a header": (
        "[gzip.compress(HEADER) + zeros(2**27)]",
        {"feed_too_large"},
        20,
    ),
    "200,000 errors": (
        "chain([HEADER], (b'{\\n' for _ in range(200_000)))",
        {"truncated_record", "notices_left_out"},
        20,
    ),
    "20,000 errors of one record": (
        "[HEADER, SOURCE % (1, b''.join(b',\"k%d\":1' % n for n in range(20_000)))]",
        {"unknown_field", "notices_left_out"},
        70,
    ),
    "100,000 open brackets": (
        "[HEADER, *[b'[' * 100_000 + b'\\n'] * 20]",
        {"nested_too_deeply"},
        20,
    ),
    "100,000 open brackets of a document": (
        "[b'{\"records\":[', b'[' * 100_000]",
        {"nested_too_deeply"},
        20,
    ),
    "40 MB of blank lines": ("[HEADER, *[b'\\n' * 2**20] * 40]", {"no_records"}, 20),
    "30 MB of names that nobody knows": (
        (
            "chain([HEADER], (SOURCE % (n, b',\"k%s\":1' % (b'%03d' % n * 100_000))"
            " for n in range(100)))"
        ),
        {"unknown_field"},
        12,
    ),
    "30 MB of words that nobody knows": (
        (
            "chain([HEADER], (SOURCE.replace(b'news_report', b'%03d' % n * 100_000) % (n, b'')"
            " for n in range(100)))"
        ),
        {"value_not_in_vocabulary"},
        12,
    ),
    "30 MB of times that are none": (
        (
            "chain([HEADER], (SOURCE % (n, b',\"published\":\"%s\"' % (b'%03d' % n * 100_000))"
            " for n in range(100)))"
        ),
        {"wrong_length"},
        12,
    ),
    "30 MB of zones that are none": (
        "chain([HEADER], (INCURSION % (n, b'%03d' % n * 50_000) for n in range(200)))",
        {"wrong_length"},
        25,
    ),
    "20 MB of notes": (
        (
            "chain([HEADER], (SOURCE % (n, b',\"note\":\"%s\"' % (b'%05d ' % n * 3_000))"
            " for n in range(1_000)))"
        ),
        set(),
        12,
    ),
    "10 MB of notes that steer a terminal": (
        (
            "chain([HEADER], (SOURCE % (n, b',\"note\":\"%s\"' % (b'%04d\\\\u202e' % n * 3_000))"
            " for n in range(300)))"
        ),
        {"bidirectional_control"},
        25,
    ),
}


def measured() -> dict[str, tuple[float, Any]]:
    """What a process of its own tells of its memory, which is limited to a GB."""
    body = "".join(
        f"found = grown(lambda: {{n.code for n in check({pieces}).notices}})\n"
        f"print({name!r}, *found, sep='\\t')\n"
        for name, (pieces, _, _) in HOSTILE.items()
    )
    return dict(_printed(body))


def _printed(body: str) -> Iterator[tuple[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED + body],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    for line in done.stdout.splitlines():
        name, grown, rest = line.split("\t")
        yield name, (float(grown), ast.literal_eval(rest.replace("set()", "()")))


# /proc reports the peak memory of a process, and can reset the peak before each feed. No other
# system can. The code that these tests measure is the same on every system.
ON_LINUX = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux can reset the peak memory of a process (/proc)"
)


@ON_LINUX
def test_2_memory_is_bounded_by_limits() -> None:
    found = measured()
    assert found.keys() == HOSTILE.keys()
    for name, (_, codes, most) in HOSTILE.items():
        grown, told = found[name]
        assert codes <= set(told), name
        assert grown < most, name


@ON_LINUX
def test_2_memory_of_json_lines_hardly_grows_with_their_number() -> None:
    found = dict(
        _printed("""
def sources(n):
    return chain([HEADER], (SOURCE % (number, b'') for number in range(n)))

def put_aside(n):
    incursion = INCURSION.replace(b'"s"', b'"s-%d"')
    zone = b"Europe/Riga"
    return chain([HEADER], (incursion % (number, zone, number) for number in range(n)))

def claims(n):
    claim = (
        b'{"type":"statement","id":"said-%d","speakers":["LV"],"made":{"value":"2024-09-08"},'
        b'"about":["lv-%d"],"claims":[{"aspect":"field","fields":["time","state"]}]}\\n'
    )
    events = (INCURSION % (number, b"Europe/Riga") for number in range(100))
    return chain([HEADER], events, (claim % (number, number % 100) for number in range(n)))

def records(feed):
    return sum(check(feed).records.values())

for name, make, few, many in (
    ("sources", sources, 21_000, 51_000),
    ("put aside", put_aside, 5_000, 15_000),
    ("claims", claims, 5_000, 15_000),
    ("any", synthetic_lines, 3_000, 10_000),
):
    first, _ = grown(lambda: records(make(few)))
    second, _ = grown(lambda: records(make(many)))
    print(name, (second - first) * 2**20 / (many - few), 0, sep="\\t")
""")
    )
    # Some tens of bytes for each id, and a table that is twice as large as it need be.
    assert found["sources"][0] < 150
    # What waits for its source is on disk; in memory it would take a kilobyte.
    assert found["put aside"][0] < 600
    # Numbers of an index, those of one record at a time as a list.
    assert found["claims"][0] < 300
    # Caches that are not yet full.
    assert found["any"][0] < 2_000


# 3. Time grows linearly with the input; no regular expression runs in Python over input.

# Steps are counted, which are always as many, where a clock tells what else the machine does.
_COUNTED = """
import io, sys
import airspace_events as ae
from growing_feeds import GROWING


def check(data):
    return ae.validate(io.BytesIO(data))


def steps(data):
    count = 0

    def line(*_):
        nonlocal count
        count += 1
        return line

    def call(frame, event, argument):
        nonlocal count
        count += event == "c_call"

    sys.settrace(line)
    sys.setprofile(call)
    check(data)
    sys.setprofile(None)
    sys.settrace(None)
    return count


small, large = GROWING[sys.argv[1]](100), GROWING[sys.argv[1]](800)
# Whatever is loaded once, and kept, is there now.
check(small), check(large)
print(steps(small), steps(large))
"""


@pytest.mark.parametrize("name", GROWING)
def test_3_work_grows_linearly(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _COUNTED, name],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    small, large = map(int, done.stdout.split())
    assert small > 1_000
    assert large < 10 * small


#: Where a regular expression of Python may run, and over what.
_MAY_USE_RE = {
    "cli/rules.py": "sentences of the documentation of codes, which stand in this library",
    "formats/arrow/schema.py": "names of classes of this library",
    "schema/patterns.py": "patterns of this library",
}


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def test_3_no_regular_expression_of_python_runs_over_input() -> None:
    source = ROOT / "src" / "airspace_events"
    users = set()
    for path in source.rglob("*.py"):
        names = set(imported(ast.parse(path.read_text(encoding="utf-8"))))
        if names & {"re", "regex", "fnmatch", "sre_compile", "string.Template", "glob"}:
            users.add(path.relative_to(source).as_posix())
    assert users == set(_MAY_USE_RE)


# 4. A bad record hides no other.


@cache
def clean() -> tuple[bytes, ...]:
    """Records of which each fault finds one that has room for it, and that no other names."""
    return tuple(line.rstrip() for line in synthetic_lines(400, 1))[1:]


@pytest.mark.parametrize("fault", FAULTS)
def test_4_a_bad_record_hides_no_other(fault: str) -> None:
    records = list(clean())
    number = next(n for n in range(300, -1, -1) if plant(fault, records[n]) is not None)
    spoiled = plant(fault, records[number])
    assert spoiled is not None
    records[number] = spoiled
    report = check(b"\n".join([HEADER, *records]))
    assert sum(report.records.values()) == len(records)
    assert [(n.line, n.code) for n in report.notices] == [(number + 2, FAULTS[fault])]


@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_4_one_of_each_fault_gives_one_notice_of_each(place: str) -> None:
    spoiled = [
        next(made for record in reversed(clean()) if (made := plant(fault, record)) is not None)
        for fault in FAULTS
    ]
    at = {"first": 0, "middle": 200, "last": 400}[place]
    records = [*clean()[:at], *spoiled, *clean()[at:]]
    report = check(b"\n".join([HEADER, *records]), settings=SHAPE)
    assert sum(report.records.values()) == 400 + len(FAULTS)
    of_shape = [
        (number, code)
        for number, code in enumerate(FAULTS.values(), at + 2)
        if code not in {code.name for code in FAMILIES["references"]}
    ]
    assert [(n.line, n.code) for n in report.notices] == of_shape


# 5. Nothing is lost in silence.


@settings(max_examples=250, deadline=None)
@given(chance=dice)
def test_5_nothing_is_lost_in_silence(chance: Random) -> None:
    value = json.loads(chance.choice(valid_records(chance.randrange(5))))
    for _ in range(chance.randrange(3)):
        value = changed_json(value, chance) if isinstance(value, dict) else value
    text = spelled(value, chance, chance.choice((0, 0.02, 0.1)))
    data = text.encode(errors="surrogatepass")
    report = check(feed() + data + b"\n", settings=SHAPE)
    if report.counts["error"]:
        return
    record = record_adapter().validate_json(data)
    assert lost_in(data, record) is None
    assert record_adapter().validate_json(ae.to_json(record)) == record


@pytest.mark.parametrize(
    "members",
    [
        '"note":"a","note":"a"',
        '"note":"a","n\\u006fte":"b"',
        '"note" :"a","note":"b"',
        '"note"\t:"a", "note":"b"',
        '"extensions":{"a.example":{"b":1,"b":2}}',
        '"extensions":{"a.example":[{"b":1,"\\u0062":2}]}',
        '"extensions":{"a.example":{"":1,"":2}}',
        '"extensions":{"a.example":0.10000000000000000001}',
        '"extensions":{"a.example":1234567.12345678901234}',
        '"extensions":{"a.example":1e-400}',
        '"extensions":{"a.example":1e400}',
        '"extensions":{"a.example":NaN}',
        '"extensions":{"a.example":-Infinity}',
        '"extensions":{"a.example":"\\ud800"}',
        '"recorded_at":"2024-01-01T00:00:00.1234567Z"',
        '"recorded_at":1725753600',
        '"revision":1.5',
        '"nobody":1',
    ],
)
def test_5_what_cannot_be_kept_is_told(members: str) -> None:
    assert check(feed(more(SOURCE, members))).counts["error"] >= 1


@settings(max_examples=30, deadline=None)
@given(chance=dice)
def test_5_what_is_valid_is_written_again_the_same(chance: Random) -> None:
    records = some_records(chance)
    made = chance.choice((as_lines, as_document))(records, chance)
    written = io.BytesIO()
    ae.write_feed(ae.read_feed(io.BytesIO(made)), written)
    assert written.getvalue().splitlines() == [HEADER, *records]


# 6. Codes, severities and the fields of a report are stable within a major version.


def contract() -> dict[str, Any]:
    """What is pinned, as it is now."""
    report = check(feed(more(SOURCE, '"x":1')))
    told = json.loads("\n".join(RENDERERS["json"](report)))
    return {
        "codes": {name: code.severity for name, code in sorted(CODES.items())},
        "fields": {
            "report": sorted(one.name for one in fields(ae.Report)),
            "notice": sorted(one.name for one in fields(ae.Notice)),
            "json_report": sorted(told),
            "json_notice": sorted(told["notices"][0]),
        },
        "formats": {"names": list(RENDERERS)},
    }


def pin() -> None:
    lines = ["# Written by: python tests/test_promises.py --pin"]
    for table, values in contract().items():
        lines += ["", f"[{table}]"]
        lines += [f"{name} = {json.dumps(value)}" for name, value in values.items()]
    PINNED.write_text("\n".join(lines) + "\n", encoding="utf-8")


@cache
def pinned() -> dict[str, Any]:
    return tomllib.loads(PINNED.read_text(encoding="utf-8"))


def test_6_no_code_vanishes_or_changes_its_severity() -> None:
    now = contract()["codes"]
    assert {name: now.get(name) for name in pinned()["codes"]} == pinned()["codes"]


def test_6_every_code_is_pinned() -> None:
    assert set(CODES) == set(pinned()["codes"]), "pin it: python tests/test_promises.py --pin"


def test_6_no_field_of_a_report_vanishes() -> None:
    now = contract()["fields"]
    for name, known in pinned()["fields"].items():
        assert set(known) <= set(now[name])
    assert set(pinned()["formats"]["names"]) <= set(RENDERERS)


# 7. Every code is documented.


def test_7_every_code_has_a_section_and_a_meaning() -> None:
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert Counter(re.findall(r"^### (.*)$", page, re.MULTILINE)) == Counter(list(CODES))
    assert all(code.meaning.strip() for code in CODES.values())


def test_7_every_code_has_an_example_or_says_why_not() -> None:
    assert set(examples()) | set(WITHOUT_EXAMPLE) == set(CODES)
    assert not set(examples()) & set(WITHOUT_EXAMPLE)


# 8. Locations are right.


def assert_well_placed(report: ae.Report, text: str, start: int, end: int) -> None:
    """Each notice of a record leads to what its pointer names."""
    for notice in report.notices:
        at = offset_in(text, notice.line, notice.column)
        if start <= at < end:
            assert (why := misplaced(notice, text, start)) is None, (notice.code, why)


OF_RECORDS = [
    fault
    for fault, code in FAULTS.items()
    if code
    not in {
        "json_syntax", "truncated_record", "wrong_encoding", "nested_too_deeply", "not_finite",
    }
]  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(chance=dice, fault=st.sampled_from(OF_RECORDS))
def test_8_a_planted_fault_is_told_where_it_is(chance: Random, fault: str) -> None:
    records = list(valid_records(chance.randrange(5))[:60])
    rooms = [number for number in range(60) if plant(fault, records[number]) is not None]
    if not rooms:
        return
    number = chance.choice(rooms)
    spoiled = plant(fault, records[number])
    assert spoiled is not None
    records[number] = spoiled
    is_document = chance.random() < 0.4
    made = (as_document if is_document else as_lines)(records, chance)
    text, changed = made.decode(), spoiled.decode()
    start = text.index(changed)
    report = check(made, settings=ae.Settings.of(select=["feeds", "shape", "references"]))
    assert [notice.code for notice in report.notices] == [FAULTS[fault]]
    at = offset_in(text, report.notices[0].line, report.notices[0].column)
    assert start <= at < start + len(changed)
    assert_well_placed(report, text, start, start + len(changed))


@settings(max_examples=120, deadline=None)
@given(chance=dice)
def test_8_places_are_right_however_a_record_is_spelt(chance: Random) -> None:
    records = some_records(chance, 5)
    value = changed_json(json.loads(records[-1]), chance)
    is_document = chance.random() < 0.5
    text_of_it = spelled(value, chance, 0.05, spread=is_document)
    try:
        json.loads(text_of_it, parse_constant=int)
        records[-1] = text_of_it.encode()
    except (ValueError, UnicodeEncodeError):
        return
    made = (as_document if is_document else as_lines)(records, chance)
    text = made.decode()
    start = text.index(text_of_it, text.rindex(records[-2].decode()) + 1 if records[1:] else 0)
    report = check(made)
    if not any(notice.code in ("json_syntax", "nested_too_deeply") for notice in report.notices):
        assert_well_placed(report, text, start, start + len(text_of_it))


@pytest.mark.parametrize(
    ("record", "column"),
    [
        (SOURCE.replace('"s"', "'s'"), 23),
        (SOURCE.replace('"s"', "é"), 23),
        ('{"id":"éé",' + "'x':1}", 12),
        ('{"id":"\N{AIRPLANE}\N{CROSS MARK}",}', 12),
        (SOURCE + ",", len(SOURCE) + 1),
    ],
)
def test_8_a_syntax_error_is_told_at_its_character(record: str, column: int) -> None:
    (notice,) = check(feed(SOURCE.replace('"s"', '"a"'), record), settings=SHAPE).notices
    assert (notice.line, notice.column) == (3, column)


# 9. Output is safe.

EVIL = (
    "\x1b[2J\x1b]0;owned\x07",
    "\u202ereversed\u2066",
    "\n::error file=x::forged",
    "\r\n::stop-commands::x",
    "%0A::add-mask::x",
    "##vso[task.complete result=Succeeded;]",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "]]></x>\x85\u2028\u2029",
    "\x00\x7f\x9b31m",
    "=cmd|' /C calc'!A0",
    "`$(touch /tmp/owned)`",
)


def hostile_feed() -> bytes:
    """What steers terminals, logs and pages, wherever a feed holds a text."""
    records = []
    for number, evil in enumerate(EVIL):
        text = json.dumps(evil)
        raw = evil.replace("\n", "").replace("\r", "")
        records += [
            more(SOURCE.replace('"s"', f'"s{number}"'), f"{text}:1"),
            SOURCE.replace('"s"', text),
            SOURCE.replace('"UNN"', text).replace('"s"', f'"p{number}"'),
            SOURCE.replace('"news_report"', text),
            SOURCE.replace('"source"', text),
            more(SOURCE, f'"published":{text}'),
            more(SOURCE, f'"extensions":{{{text}:{{{text}:0.10000000000000000001}}}}'),
            more(INCURSION, f'"objects":[{{"category":{text}}}]'),
            INCURSION.replace('"s"', text),
            INCURSION.replace('"value"', f'"timezone":{text},"value"'),
            INCURSION.replace('"s"}', f'"s","supports":[{json.dumps("/" + evil)}]}}'),
            f'{{"id":"{raw}"',
            raw,
        ]
    return feed(*records)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line."""
    return subprocess.run(
        [sys.executable, "-m", "airspace_events", *arguments],
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize("form", RENDERERS)
def test_9_nothing_of_a_feed_leaves_the_command_line_unescaped(form: str, tmp_path: Path) -> None:
    path = tmp_path / "x\u202e<b>\x1b[31m::error::\ny.jsonl"
    path.write_bytes(hostile_feed())
    done = run("validate", "--format", form, str(path), PYTHONIOENCODING="utf-8")
    assert done.returncode == 1
    assert done.stderr == b""
    out = done.stdout.decode()
    assert "owned" in out
    lines = out.replace("\r\n", "\n").split("\n")
    unsafe = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
    assert not [line for line in lines if unsafe.search(line)]
    if form == "github":
        commands = [line for line in lines if line.startswith("::")]
        assert all(re.match(r"::(error|warning|notice) ", line) for line in commands)
        others = [line for line in lines if line and not line.startswith("::")]
        assert len(others) <= 1
        assert not any("##" in line[:2] for line in lines)
    elif form in ("json", "sarif"):
        json.loads(out)
    elif form in ("html", "junit"):
        assert "<script>" not in out
        assert "<img" not in out
        assert "<b>" not in out
    else:
        # Each line is a notice of the file as it is named, or sums up.
        name = lines[0].partition(".jsonl:")[0]
        assert "\\u202e" in name
        assert all(line.startswith(name) for line in lines[:-2])
        assert re.match(r"\d+ records ", lines[-2])


# 10. What is valid stays valid, and the same input gives the same bytes.


def corpus() -> list[Path]:
    return sorted(CORPUS.iterdir())


def test_10_the_corpus_is_there() -> None:
    assert {path.name for path in corpus()} >= {
        "bucharest-nine.jsonl",
        "poland-2025-09-10.jsonl",
        "readme.jsonl",
        "synthetic-200.jsonl",
    }


@pytest.mark.parametrize("path", corpus(), ids=lambda path: path.name)
def test_10_what_is_valid_stays_valid(path: Path) -> None:
    report = ae.validate(path, now=NOW)
    assert [notice for notice in report.notices if notice.severity == "error"] == []
    assert report.is_complete
    assert len(ae.read_feed(path).records) == sum(report.records.values()) > 0


def various(size: int = 300) -> bytes:
    """A feed with notices of many codes, several of many a record, and more than are listed."""
    many = [
        more(
            STATEMENT.replace("said", f"said-{number}"),
            '"about":["x-1","y-2","z-3"],"on_behalf_of":["nobody-a","nobody-b"],'
            '"claims":[{"aspect":"field","fields":["totals.crossings"],"value":{"best":3},'
            '"about":["x-1","q-7"]},{"aspect":"intent","value":"intentional_attack","about":["w-1"]}],'
            '"sources":[{"source":"gone"},{"source":"lost"}]',
        )
        for number in range(size)
    ]
    return b"".join(synthetic_lines(size, 5, 0.4)) + "\n".join(many).encode()


# Each starts from nothing but these, so that no environment has what another lacks. The time zones
# of the machine are written out, since the system may have no database of them.
_BARE = {"PYTHONPATH": os.environ.get("PYTHONPATH", ""), "PYTHONHASHSEED": "0"}
ENVIRONMENTS: dict[str, dict[str, str]] = {
    "plain": {"LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": "/"},
    "another hash": {"PYTHONHASHSEED": "1", "TZ": "NST3:30NDT", "COLUMNS": "20"},
    "an ASCII locale": {
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "utf-8",
    },
    "another language": {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "ro:de", "TZ": "NPT-5:45"},
    "optimized": {"PYTHONOPTIMIZE": "2", "PYTHONUTF8": "1", "PYTHONHASHSEED": "4242"},
    "a terminal": {"COLUMNS": "300", "FORCE_COLOR": "1", "TERM": "xterm", "TZ": "WST-13"},
}


def test_10_the_same_input_gives_the_same_bytes_in_every_environment(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_bytes(various(60))
    told: dict[str, tuple[dict[str, Any], bytes]] = {}
    for number, (name, environment) in enumerate(ENVIRONMENTS.items()):
        folder, elsewhere = tmp_path / "out", tmp_path / f"here-{number}"
        folder.mkdir()
        elsewhere.mkdir()
        done = subprocess.run(
            [sys.executable, ROOT / "tests" / "main_commands.py", feed, folder],
            cwd=elsewhere,
            umask=(0o022, 0o077)[number % 2],
            env=_BARE | environment,
            capture_output=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, (name, done.stderr.decode())
        told[name] = json.loads(done.stdout), done.stderr
        shutil.rmtree(folder)
    plain, told_plain = told.pop("plain")
    assert [code for code, _ in plain["commands"].values()].count(0) > len(FORMATS)
    for name, (written, told_here) in told.items():
        assert written == plain, name
        assert told_here == told_plain, name


_FEW_OF_MANY = """
import sys
from datetime import UTC, datetime
import airspace_events as ae
from airspace_events.validation.rendering import RENDERERS
now = datetime(2026, 1, 1, tzinfo=UTC)
for per_code in (1, *range(500, 504)):
    report = ae.validate(sys.argv[1], notices_per_code=per_code, now=now)
    for line in RENDERERS["json"](report):
        print(line)
"""


def test_10_the_same_notices_are_listed_where_there_are_too_many(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(various())
    assert check(various(), notices_per_code=10_000).counts["error"] > 3_000
    told = [
        subprocess.run(
            [sys.executable, "-c", _FEW_OF_MANY, str(path)],
            capture_output=True,
            check=True,
            timeout=60,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "4")
    ]
    assert told[0] == told[1]


if __name__ == "__main__" and "--pin" in sys.argv:
    pin()
