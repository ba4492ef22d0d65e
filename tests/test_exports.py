"""What holds for every format that is only written: golden files, all incidents, and bad input.

`REWRITE_GOLDEN=1 pytest tests/test_exports.py` writes the golden files again.
"""

import gzip
import io
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.cli.commands import airspace_events
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.testing import strategies as aes

FOLDER = Path(__file__).parent / "data" / "formats"
EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
NAMES = ("bucharest-nine", "munich-2025-10", "poland-2025-09-10")
EVENTS = {"incursion", "series", "finding"}
SHOWS = {
    "slim-csv": {"incursion"},
    "timeline": {*EVENTS, "statement"},
    "kml": EVENTS,
    "followthemoney": set(RECORD_CLASSES),
}
"""The formats, and the types of records that each shows."""

MARKS = {
    "slim-csv": "\n{0.id},",
    "timeline": '"unique_id":"{0.type}-{0.id}"',
    "kml": '<Data name="id"><value>{0.id}</value></Data><Data name="type"><value>{0.type}<',
    "followthemoney": '"id":"ae-{0.type}-{0.id}"',
}
"""The formats, and the text with the id of each record that a file has."""

each_form = pytest.mark.parametrize("form", SHOWS)


def written(records: list[ae.Record], form: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    ae.formats.write(records, stream, form, **options)
    return stream.getvalue()


@each_form
@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_as_its_golden_file_has_it(form: str, name: str) -> None:
    feed = ae.read_feed(EXAMPLES / f"{name}.jsonl")
    data = written(list(feed.records), form, header=feed.header)
    golden = FOLDER / f"{name}{ae.formats.FORMATS[form].suffixes[0]}"
    if os.environ.get("REWRITE_GOLDEN") == "1":
        golden.write_bytes(data)
    assert data == golden.read_bytes()


@each_form
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(aes.records(), max_size=4))
def test_each_record_is_in_the_file_or_among_the_losses(
    form: str, records: list[ae.Record]
) -> None:
    stream = io.BytesIO()
    losses = ae.formats.write(records, stream, form)
    text = stream.getvalue().decode()
    assert text.encode() == written(records, form)
    lost = {loss.record for loss in losses if not loss.pointer}
    for record in records:
        assert record.id in lost or MARKS[form].format(record) in text
        if record.type not in SHOWS[form]:
            assert record.id in lost


@each_form
def test_one_incident_is_shown_once_and_a_retracted_one_never(form: str) -> None:
    first = ae.Incursion(
        id="lv-1", state="LV", time={"value": "2024-09-07"}, sources=[{"source": "a-report"}]
    )
    second = first.replace(revision=2, state="EE")
    stream = io.BytesIO()
    losses = ae.formats.write([first, second], stream, form)
    assert stream.getvalue() == written([second], form)
    assert losses.by_reason["the format can hold only the latest revision of a record"] == 1
    mistake = {"at": "2025-01-01T00:00:00Z", "reason": "A made-up mistake"}
    taken_back = first.replace(revision=3, retracted=mistake)
    stream = io.BytesIO()
    losses = ae.formats.write([taken_back, second, first], stream, form)
    assert stream.getvalue() == written([], form)
    assert losses.by_reason["the format cannot hold retracted records"] == 1


@each_form
def test_a_bad_record_of_the_input_is_reported_and_the_others_are_written(
    form: str, tmp_path: Path
) -> None:
    good, bad = (EXAMPLES / f"{name}.jsonl" for name in ("latvia-2024-09-07", "broken"))
    feed = tmp_path / "feed.jsonl"
    feed.write_bytes(good.read_bytes() + bad.read_bytes().splitlines()[2] + b"\n")
    target = tmp_path / f"out{ae.formats.FORMATS[form].suffixes[1]}"
    result = CliRunner().invoke(airspace_events, ["convert", str(feed), str(target)])
    assert result.exit_code == 1, result.output
    assert "lv-2024-09-07" in gzip.decompress(target.read_bytes()).decode()


@each_form
def test_the_format_cannot_be_read(form: str) -> None:
    with pytest.raises(ae.UnknownNameError, match="can be written but not read"):
        ae.formats.read(io.BytesIO(b""), form)
