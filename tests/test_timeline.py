"""TimelineJS: dates only as precise as they are known, in the days of the place, and safe HTML.

The tests with the software of TimelineJS need Node.js, as those of `test_outsider.py` do.
"""

import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.testing import strategies as aes
from one_incursion import incursion

UNITS = ["year", "month", "day", "hour", "minute", "second"]
EXAMPLES = sorted(Path("docs/examples").glob("*-*.jsonl"))
HOSTILE = "</h2><img src=x onerror=alert(1)>&amp;\u202e"
LARGEST = {"month": 12, "day": 31, "hour": 23, "minute": 59, "second": 59}


def written(records: list[ae.Record], **options: Any) -> dict[str, Any]:
    stream = io.BytesIO()
    ae.formats.write(records, stream, "timeline", **options)
    timeline: dict[str, Any] = json.loads(stream.getvalue())
    return timeline


def slide(*records: ae.Record) -> dict[str, Any]:
    [one] = written(list(records))["events"]
    found: dict[str, Any] = one
    return found


def assert_documented(timeline: dict[str, Any]) -> None:
    """Check the structure that the documentation of TimelineJS describes."""
    assert timeline.keys() <= {"title", "events"}
    ids = [one["unique_id"] for one in timeline["events"]]
    assert all(ids)
    for one in timeline["events"]:
        assert one["text"]["headline"].strip()
        assert one["group"] in {"Incursions", "Series", "Findings", "Statements"}
        for date in filter(None, (one["start_date"], one.get("end_date"))):
            assert list(date) == UNITS[: len(date)]
            assert all(0 <= date[unit] <= most for unit, most in LARGEST.items() if unit in date)
        if "end_date" in one:
            start, end = list(one["start_date"].values()), list(one["end_date"].values())
            shared = min(len(start), len(end))
            assert start[:shared] <= end[:shared]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(aes.records(), max_size=3), aes.values_of(ae.FeedHeader))
def test_any_records_make_a_documented_timeline(
    records: list[ae.Record], header: ae.FeedHeader
) -> None:
    assert_documented(written(records, header=header))


def numbers(date: dict[str, int] | None) -> list[int] | None:
    return None if date is None else list(date.values())


@pytest.mark.parametrize(
    ("time", "start", "end", "text"),
    [
        ("2024-09-07", [2024, 9, 7], None, None),
        ("2024-09", [2024, 9], None, None),
        ("2024", [2024], None, None),
        ("202X", [2020], [2029], "202X"),
        ("20XX", [2000], [2099], "20XX"),
        ("2024-33", [2024, 1], [2024, 3], "2024-33"),
        ("2024-09-07?", [2024, 9, 7], None, "2024-09-07?"),
        ("2024-09-07/2024-09", [2024, 9, 7], [2024, 9], None),
        ("[2024-09-07,2024-09-09]", [2024, 9, 7], [2024, 9, 9], "[2024-09-07,2024-09-09]"),
        ("2024-09-07/..", [2024, 9, 7], None, "2024-09-07 to open"),
        ("2024-09-07/", [2024, 9, 7], None, "2024-09-07 to unknown"),
        ("/2024-09-18?", [2024, 9, 18], None, "unknown to 2024-09-18?"),
    ],
)
def test_a_date_is_only_as_precise_as_it_is_known(
    time: str, start: list[int], end: list[int] | None, text: str | None
) -> None:
    found = slide(incursion(time={"value": time}))
    assert numbers(found["start_date"]) == start
    assert numbers(found.get("end_date")) == end
    assert found.get("display_date") == text


@pytest.mark.parametrize(
    ("zone", "start", "end"),
    [
        ("Europe/Riga", [2024, 9, 8, 0, 30], [2024, 9, 8, 1, 0, 30]),
        ("America/New_York", [2024, 9, 7, 17, 30], [2024, 9, 7, 18, 0, 30]),
        (None, [2024, 9, 7], [2024, 9, 8]),
    ],
)
def test_a_time_of_day_is_that_of_the_place(
    zone: str | None, start: list[int], end: list[int]
) -> None:
    value = "2024-09-07T21:30:00Z/2024-09-07T22:00:30Z"
    found = slide(incursion(time={"value": value, "timezone": zone}))
    assert (numbers(found["start_date"]), numbers(found["end_date"])) == (start, end)
    assert ("display_date" in found) == (zone is None)


def test_texts_of_a_feed_are_only_text() -> None:
    record = incursion(title=HOSTILE, note=HOSTILE, places=[{"name": HOSTILE}])
    header = ae.FeedHeader(schema_version="1.0", title=HOSTILE, publisher=HOSTILE, note=HOSTILE)
    source = ae.Source(
        id="unn-lv", kind="social_post", publisher=HOSTILE, url='https://example.org/"><img>'
    )
    timeline = written([record, source], header=header)
    text = json.dumps(timeline)
    assert "<img" not in text.replace(json.dumps(source.url)[1:-1], "")
    assert timeline["events"][0]["media"]["url"] == source.url


def test_the_speakers_of_a_statement_have_their_names() -> None:
    official = ae.Official(id="a-minister", name="A made-up minister")
    said = ae.Statement(
        id="said", speakers=["a-minister", "RO", "nato"], made={"value": "2024-09-07"}
    )
    assert slide(official, said)["text"]["headline"] == (
        "Statement by A made-up minister, Romania, nato"
    )


def test_a_record_with_a_blank_title_has_its_id() -> None:
    assert slide(incursion(title="  "))["text"]["headline"] == "lv-2024-09-07"


def test_a_series_without_a_time_is_a_loss() -> None:
    series = ae.Series(id="s", title="A made-up series", kind="other")
    losses = ae.formats.write([series], io.BytesIO(), "timeline")
    assert [tuple(loss) for loss in losses] == [
        ("s", "", "a timeline can show only records with a time")
    ]


@pytest.mark.outsider
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_timelinejs_shows_an_example(path: Path, tmp_path: Path) -> None:
    feed = ae.read_feed(path)
    shown = shown_by_timelinejs(list(feed.records), tmp_path, feed.header)
    expected = written(list(feed.records))["events"]
    assert shown["errors"] == []
    assert sorted(shown["slides"]) == sorted(one["unique_id"] for one in expected)


@pytest.mark.outsider
def test_timelinejs_makes_no_elements_of_the_texts_of_a_feed(tmp_path: Path) -> None:
    record = incursion(title=HOSTILE, note=HOSTILE, places=[{"name": HOSTILE}])
    header = ae.FeedHeader(schema_version="1.0", title=HOSTILE, note=HOSTILE)
    shown = shown_by_timelinejs([record], tmp_path, header)
    assert (shown["errors"], shown["images"]) == ([], 0)


def shown_by_timelinejs(
    records: list[ae.Record], folder: Path, header: ae.FeedHeader
) -> dict[str, Any]:
    file = folder / "feed.timeline.json"
    ae.formats.write(records, file, header=header)
    script = Path(__file__).parent / "outsider" / "show_timeline.mjs"
    command = ["node", str(script), str(file)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    shown: dict[str, Any] = json.loads(done.stdout)
    return shown
