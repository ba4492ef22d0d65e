"""KML: valid by the schema of OGC, read by fastkml, and no more exact than the record."""

import io
from pathlib import Path
from typing import Any

import fastkml
import pytest
from fastkml.validator import get_schema_parser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

import airspace_events as ae
from airspace_events.testing import strategies as aes
from one_incursion import incursion

KML = "{http://www.opengis.net/kml/2.2}"
EXAMPLES = sorted(Path("docs/examples").glob("*-*.jsonl"))
HOSTILE = "</name><script>alert(1)</script>&amp;]]>\u202e"


def written(records: list[ae.Record], **options: Any) -> bytes:
    stream = io.BytesIO()
    ae.formats.write(records, stream, "kml", **options)
    return stream.getvalue()


def assert_valid(data: bytes) -> None:
    schema = get_schema_parser()
    assert schema.validate(etree.fromstring(data)), schema.error_log


def placemarks(*records: ae.Record) -> list[etree._Element]:
    return list(etree.fromstring(written(list(records))).iter(f"{KML}Placemark"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_valid_and_read_by_fastkml(path: Path) -> None:
    feed = ae.read_feed(path)
    data = written(list(feed.records), header=feed.header)
    assert_valid(data)
    document = fastkml.KML.parse(io.BytesIO(data)).features[0]
    assert [folder.name for folder in document.features] == [
        "Places where the event happened",
        "Other places",
    ]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(aes.records(), max_size=3), aes.values_of(ae.FeedHeader))
def test_any_records_make_a_valid_document(
    records: list[ae.Record], header: ae.FeedHeader
) -> None:
    assert_valid(written(records, header=header))


def test_texts_of_a_feed_are_only_text() -> None:
    place = {"name": HOSTILE, "geometry": {"type": "Point", "coordinates": [27, 56]}}
    record = incursion(title=HOSTILE, note=HOSTILE, places=[place])
    header = ae.FeedHeader(schema_version="1.0", title=HOSTILE, publisher=HOSTILE, note=HOSTILE)
    data = written([record], header=header)
    assert_valid(data)
    root = etree.fromstring(data)
    assert {one.text for one in root.iter(f"{KML}name")} >= {HOSTILE[:-1] + r"\u202e"}
    described = [one.text or "" for one in root.iter(f"{KML}description")]
    assert described
    assert not any("<script" in text or "</name" in text for text in described)


@pytest.mark.parametrize(
    ("time", "begin", "end"),
    [
        ("2024-09-07", "2024-09-06T21:00:00Z", "2024-09-07T20:59:59.999999Z"),
        ("2024-09-07/..", "2024-09-06T21:00:00Z", None),
        ("/2024-09-07", None, "2024-09-07T20:59:59.999999Z"),
        ("2024-09-07T12:00:00Z", "2024-09-07T12:00:00Z", "2024-09-07T12:00:00Z"),
    ],
)
def test_the_time_span_has_the_bounds_of_the_time(
    time: str, begin: str | None, end: str | None
) -> None:
    [one] = placemarks(incursion(time={"value": time, "timezone": "Europe/Riga"}))
    span = one.find(f"{KML}TimeSpan")
    assert span is not None
    assert (span.findtext(f"{KML}begin"), span.findtext(f"{KML}end")) == (begin, end)


@pytest.mark.parametrize("precision", ["country", "international", "withheld"])
def test_a_point_for_a_large_area_is_not_drawn(precision: str) -> None:
    place = {"geometry": {"type": "Point", "coordinates": [25, 46]}, "precision": precision}
    record = incursion(places=[place])
    [one] = placemarks(record)
    assert one.find(f"{KML}Point") is None
    losses = ae.formats.write([record], io.BytesIO(), "kml")
    assert "/places/0/geometry" in [loss.pointer for loss in losses]


def test_precision_and_radius_are_in_words() -> None:
    place = {
        "name": "a made-up field",
        "geometry": {"type": "Point", "coordinates": [27.5, 56.5, 100]},
        "precision": "vicinity",
        "radius": {"roughly": 5, "unit": "km"},
    }
    [one] = placemarks(incursion(places=[place]))
    assert one.findtext(f"{KML}Point/{KML}coordinates") == "27.5,56.5"
    assert "precision: vicinity, within about 5 km of the position" in (
        one.findtext(f"{KML}description") or ""
    )
    data = {item.get("name"): item.findtext(f"{KML}value") for item in one.iter(f"{KML}Data")}
    assert data["precision"] == "vicinity"
    assert data["radius"] == "about 5 km"


def test_a_place_where_it_did_not_happen_is_in_a_folder_of_its_own() -> None:
    geometry = {"type": "Point", "coordinates": [11.8, 48.4]}
    places = [
        {"name": "a made-up airport", "role": "affected", "geometry": geometry},
        {"name": "a made-up runway", "role": "overflown", "geometry": geometry},
    ]
    root = etree.fromstring(written([incursion(title="Drones", places=places)]))
    here, elsewhere = root.iter(f"{KML}Folder")
    assert [one.findtext(f"{KML}name") for one in here.iter(f"{KML}Placemark")] == ["Drones"]
    assert [one.findtext(f"{KML}name") for one in elsewhere.iter(f"{KML}Placemark")] == [
        "Drones: a made-up airport"
    ]


def test_an_area_has_its_holes() -> None:
    outer = [[27, 56], [28, 56], [28, 57], [27, 56]]
    inner = [[27.6, 56.2], [27.8, 56.2], [27.8, 56.4], [27.6, 56.2]]
    area = {"type": "MultiPolygon", "coordinates": [[outer, inner], [outer]]}
    data = written([incursion(places=[{"geometry": area, "precision": "country"}])])
    assert_valid(data)
    root = etree.fromstring(data)
    assert len(list(root.iter(f"{KML}outerBoundaryIs"))) == 2
    assert len(list(root.iter(f"{KML}innerBoundaryIs"))) == 1
