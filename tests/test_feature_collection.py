"""GeoJSON: what is written, what is read back, and what is said of a file that is not right.

`REWRITE_GOLDEN=1 pytest tests/test_feature_collection.py` writes the golden files anew: read
what changed.
"""

import gzip
import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import geojson
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.errors import FeedError, FormatError, MissingExtraError
from airspace_events.feeds.header import FeedHeader
from airspace_events.formats.format import Losses
from airspace_events.formats.geojson import feature_reading
from airspace_events.formats.geojson.feature_collection import GEOJSON, NOT_ON_A_MAP, read, write
from airspace_events.formats.geojson.features import ELSEWHERE_ONLY, NO_COORDINATES, is_drawn
from airspace_events.formats.geojson.shapes import OUTLINE_ONLY
from airspace_events.formats.streamed_json import StreamedJson
from airspace_events.formats.tables.definitions import TABLES
from airspace_events.models.base import BaseRecord
from airspace_events.testing import strategies as aes
from airspace_events.values.geometry import Geometry

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "data" / "formats"
WORKED = ["bucharest-nine", "poland-2025-09-10", "korea-japan-2023-12-14", "munich-2025-10"]


def incursion(name: str, *places: dict[str, Any], **fields: Any) -> ae.Incursion:
    given_fields = {
        "id": name,
        "state": "LV",
        "crossing": "reported",
        "time": {"value": "2024-09-07"},
        "places": places,
        "sources": [{"source": "s"}],
    }
    return ae.Incursion(**given_fields | fields)


def point(*coordinates: float, **fields: Any) -> dict[str, Any]:
    return {"geometry": {"type": "Point", "coordinates": coordinates}, **fields}


HEADER = FeedHeader(schema_version="1.0", publisher="Desk")
SOURCE = ae.Source(id="s", kind="news_report", publisher="Știri", language="ro")
# All made up.
NAMED = incursion("named", {"name": "Gaigalava"}, title="O dronă “Geran”")
POINT = incursion("point", point(27.1, 56.7, role="crashed"))
ROUTE = incursion(
    "route",
    {
        "geometry": {
            "type": "LineString",
            "coordinates": [[28.2, 56.4, 900.0], [27.1, 56.7, 700.0]],
        }
    },
    point(27.1, 56.7, role="crashed", radius={"best": 2, "unit": "km"}),
)
PACIFIC = ae.Series(
    id="pacific",
    kind="other",
    title="Balloons over the Bering Sea",
    time={"value": "2023"},
    places=[
        {
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[170, 55], [170, 65], [-170, 65], [-170, 55], [170, 55]]],
            }
        }
    ],
)
FOUND = ae.Finding(id="found", found={"value": "2024-09-09"}, place=point(27.1, 56.71))
RECORDS = [SOURCE, NAMED, POINT, ROUTE, PACIFIC, FOUND]
DRAWN = RECORDS[1:]


def written(given: list[Any], header: FeedHeader | None = None) -> bytes:
    stream = io.BytesIO()
    write(iter(given), stream, header=header)
    return stream.getvalue()


def collection(*given: Any) -> Any:
    return json.loads(written(list(given) or RECORDS, HEADER))


def features(record: Any) -> list[Any]:
    found: list[Any] = collection(record)["features"]
    return found


def feature(record: Any) -> Any:
    """The first feature of a record, which has the record."""
    return features(record)[0]


def as_bytes(value: Any) -> bytes:
    return json.dumps(value).encode()


class Told:
    """What a reader says of a file."""

    def __init__(self, data: bytes) -> None:
        self.headers: list[FeedHeader] = []
        self.problems: list[FeedError] = []
        self.records = list(
            read(io.BytesIO(data), on_problem=self.problems.append, on_header=self.headers.append)
        )

    @property
    def said(self) -> list[str]:
        return [str(problem) for problem in self.problems]

    @property
    def ids(self) -> list[str]:
        return [record.id for record in self.records]


# Writing.


def test_the_format_says_what_it_is() -> None:
    assert GEOJSON.name == "geojson"
    assert "RFC 7946" in GEOJSON.title
    assert GEOJSON.suffixes[0] == ".geojson"
    assert (GEOJSON.write, GEOJSON.read) == (write, read)


@pytest.mark.parametrize("name", WORKED)
def test_the_worked_examples_are_written_like_this(name: str) -> None:
    feed = ae.read_feed(ROOT / "docs" / "examples" / f"{name}.jsonl")
    check_golden(f"{name}.geojson", written(list(feed.records), feed.header))


def test_made_up_places_are_written_like_this() -> None:
    check_golden("made-up-places.geojson", written(RECORDS, HEADER))


def check_golden(name: str, data: bytes) -> None:
    if os.environ.get("REWRITE_GOLDEN") == "1":
        (GOLDEN / name).write_bytes(data)
    assert data == (GOLDEN / name).read_bytes()
    read_by_another = geojson.loads(data)
    assert read_by_another.is_valid, read_by_another.errors()


def test_a_feature_stands_on_a_line_of_its_own() -> None:
    lines = written(RECORDS).splitlines()
    assert lines[0].endswith(b'"features":[')
    assert [json.loads(line.rstrip(b","))["id"] for line in lines[1:-1]] == [
        "named",
        "point",
        "route",
        "route/places/1",
        "pacific",
        "found",
    ]


def test_nothing_but_a_header_is_written_of_no_records() -> None:
    assert json.loads(written([])) == {
        "type": "FeatureCollection",
        "feed": {"type": "feed", "schema_version": "1.0"},
        "features": [],
    }


def test_what_has_no_place_on_a_map_is_lost_and_nothing_else() -> None:
    losses = write(RECORDS, io.BytesIO())
    assert list(losses) == [("s", "", NOT_ON_A_MAP)]
    assert len(losses) == 1


def test_a_feature_has_the_flat_fields_of_its_record_and_the_whole_record() -> None:
    found = feature(ROUTE)
    assert found["id"] == "route"
    properties = found["properties"]
    assert list(properties)[-4:] == ["pointer", "happened_here", "geometry_note", "record"]
    assert properties.pop("record") == json.loads(
        ROUTE.model_dump_json(exclude_defaults=True, exclude_none=True)
    )
    assert properties.pop("geometry_note") is None
    assert properties.pop("pointer") == "/places/0"
    assert properties.pop("happened_here") is True
    (row,) = TABLES["incursions"].rows(ROUTE)
    assert properties == row


def test_features_of_one_type_have_the_same_fields_whether_they_are_known_or_not() -> None:
    assert list(feature(NAMED)["properties"]) == list(feature(ROUTE)["properties"])


@pytest.mark.parametrize(
    "record",
    [
        NAMED,
        incursion("nothing"),
        ae.Series(id="s", kind="other", title="Balloons", time={"value": "2023"}),
        ae.Finding(id="f", found={"value": "2024"}, place={"name": "Gaigalava"}),
    ],
)
def test_where_there_is_no_geometry_it_is_null_and_said_so(record: Any) -> None:
    found = feature(record)
    assert found["geometry"] is None
    assert found["properties"]["geometry_note"] == NO_COORDINATES
    assert "bbox" not in found
    assert "bbox" not in collection(record)


def test_each_place_with_a_geometry_is_a_feature_with_its_role() -> None:
    first, second = features(ROUTE)
    assert second["geometry"] == {"type": "Point", "coordinates": [27.1, 56.7]}
    assert second["id"] == "route/places/1"
    (_, row) = TABLES["places"].rows(ROUTE)
    shared = ["kinds", "occurrence", "crossing", "state", "time", "earliest", "latest"]
    assert second["properties"] == {
        **row,
        **{name: first["properties"][name] for name in shared},
        "pointer": "/places/1",
        "happened_here": True,
        "geometry_note": None,
    }
    assert [one["properties"]["place_role"] for one in (first, second)] == [None, "crashed"]


ELSEWHERE = {
    "origin": {"role": "origin"},
    "destination": {"role": "destination"},
    "base": {"role": "response_base"},
    "closed airport": {"role": "affected"},
    "another state": {"role": "detected", "state": "BY"},
}


@pytest.mark.parametrize("away", ELSEWHERE.values(), ids=ELSEWHERE)
def test_where_it_did_not_happen_is_not_the_place_of_the_incursion(away: dict[str, str]) -> None:
    elsewhere = point(28.6, 55.8, id="away", **away)
    first, second = features(incursion("elsewhere", elsewhere, {"name": "Gaigalava"}))
    assert first["geometry"] is None
    assert first["properties"]["geometry_note"] == ELSEWHERE_ONLY
    assert first["properties"]["happened_here"] is first["properties"]["pointer"] is None
    assert first["properties"]["longitude"] is None
    assert first["properties"]["place_name"] == "Gaigalava"
    assert "bbox" not in first
    assert second["geometry"] == {"type": "Point", "coordinates": [28.6, 55.8]}
    assert second["properties"]["happened_here"] is False
    assert second["properties"]["place_role"] == away["role"]
    crashed = point(27.1, 56.7, role="crashed")
    first, second = features(incursion("both", elsewhere, crashed))
    assert first["geometry"] == {"type": "Point", "coordinates": [27.1, 56.7]}
    assert first["bbox"] == [27.1, 56.7, 27.1, 56.7]
    assert first["properties"]["place_role"] == "crashed"
    assert first["properties"]["geometry_note"] is None
    assert [one["properties"]["happened_here"] for one in (first, second)] == [True, False]
    whole = collection(incursion("both", elsewhere, crashed))
    assert whole["bbox"] == [27.1, 55.8, 28.6, 56.7]


def test_over_another_state_it_happened_there() -> None:
    near = point(28.6, 55.8, role="overflown", state="BY")
    (found,) = features(incursion("near", near, crossing=None, over="another_state"))
    assert found["properties"]["happened_here"] is True


def test_an_affected_place_of_a_series_is_not_its_place() -> None:
    closed = ae.Series(
        id="series",
        kind="other",
        title="made up",
        time={"value": "2023"},
        states=["LV"],
        places=[
            point(1, 1, role="affected"),
            point(2, 2, state="LV"),
            point(3, 3),
            point(4, 4, state="EE"),
        ],
    )
    assert [
        (one["geometry"]["coordinates"], one["properties"]["happened_here"])
        for one in features(closed)
    ] == [([2, 2], True), ([1, 1], False), ([3, 3], True), ([4, 4], False)]


def test_the_only_place_of_an_incursion_without_a_state_stays_in_its_row() -> None:
    closed = incursion("nowhere", point(1, 1, role="affected"), state=None, crossing=None)
    first, second = features(closed)
    assert (first["geometry"], first["properties"]["place_role"]) == (None, "affected")
    assert second["properties"]["happened_here"] is False
    assert Told(written([closed])).records == [closed]


def test_what_was_found_where_something_started_is_drawn_there() -> None:
    launched = ae.Finding(id="f", found={"value": "2024"}, place=point(27.1, 56.7, role="origin"))
    found = feature(launched)
    assert found["geometry"] == {"type": "Point", "coordinates": [27.1, 56.7]}
    assert found["properties"]["happened_here"] is True
    assert found["properties"]["pointer"] == "/place"


def test_kinds_stand_beside_the_judgements() -> None:
    zones = [{"type": "ADIZ", "entry": "suspected"}, {"type": "D", "entry": "discounted"}]
    properties = feature(incursion("zones", crossing="discounted", zones=zones))["properties"]
    at = list(properties).index("kinds")
    assert dict(list(properties.items())[at : at + 5]) == {
        "kinds": "adiz_entry",
        "occurrence": None,
        "crossing": "discounted",
        "zones": "ADIZ; D",
        "zone_entries": "suspected; discounted",
    }
    assert "kinds" not in feature(FOUND)["properties"]


def test_what_is_drawn_otherwise_than_it_was_given_is_noted() -> None:
    bow = [[170, 0], [-170, 0], [170, 5], [-170, 5], [170, 0]]
    place = {"geometry": {"type": "Polygon", "coordinates": [bow]}}
    assert feature(incursion("bow", place))["properties"]["geometry_note"] == OUTLINE_ONLY


def test_features_and_the_collection_have_boxes() -> None:
    whole = collection()
    boxes = {found["id"]: found.get("bbox") for found in whole["features"]}
    assert boxes == {
        "named": None,
        "point": [27.1, 56.7, 27.1, 56.7],
        "route": [27.1, 56.4, 700.0, 28.2, 56.7, 900.0],
        "route/places/1": [27.1, 56.7, 27.1, 56.7],
        "pacific": [170.0, 55.0, -170.0, 65.0],
        "found": [27.1, 56.71, 27.1, 56.71],
    }
    assert whole["bbox"] == [27.1, 55.0, 700.0, -170.0, 65.0, 900.0]


def test_equal_records_give_equal_bytes() -> None:
    again = list(Told(written(RECORDS, HEADER)).records)
    assert written(again, HEADER) == written(DRAWN, HEADER)


def test_records_are_taken_one_at_a_time_and_written_at_once() -> None:
    stream = io.BytesIO()

    def watched() -> Iterator[ae.Incursion]:
        for number in range(3):
            before = len(stream.getvalue())
            yield incursion(f"one-{number}")
            assert len(stream.getvalue()) > before

    write(watched(), stream)


# Reading back.


def check_round_trip(given: list[Any], header: FeedHeader) -> None:
    stream = io.BytesIO()
    losses = write(given, stream, header=header)
    found = Told(stream.getvalue())
    assert found.said == []
    assert found.headers == [header]
    lost = {loss.record for loss in losses}
    assert all(loss.pointer == "" for loss in losses)
    assert found.records == [record for record in given if is_drawn(record)]
    assert [record for record in given if not is_drawn(record)] == [
        record for record in given if record.id in lost and not is_drawn(record)
    ]
    assert len(losses) + len(found.records) == len(given)


def test_what_was_written_is_read_back() -> None:
    check_round_trip(RECORDS, HEADER)


@given(st.lists(aes.records(), max_size=3), aes.values_of(FeedHeader))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_records_of_any_kind_are_read_back_but_for_what_was_lost(
    given: list[BaseRecord], header: FeedHeader
) -> None:
    check_round_trip(given, header.replace(schema_version="1.0"))


@st.composite
def drawn_records(draw: st.DrawFn) -> Any:
    geometry = draw(aes.values_of(Geometry))
    kind = draw(st.sampled_from([ae.Incursion, ae.Series, ae.Finding]))
    record = draw(aes.values_of(kind))
    others = draw(st.lists(aes.values_of(Geometry), max_size=2))
    if isinstance(record, ae.Finding):
        if record.place.geometry is not None:
            # Citations may point into it.
            return record
        return record.replace(place=record.place.replace(geometry=geometry))
    added = tuple({"geometry": one.model_dump()} for one in [geometry, *others])
    return record.replace(places=(*record.places, *added))


@given(st.lists(drawn_records(), min_size=1, max_size=2))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_records_with_any_geometry_are_valid_for_another_library_and_read_back(
    given: list[Any],
) -> None:
    check_round_trip(given, HEADER)
    data = written(given)
    whole = geojson.loads(data)
    assert whole.is_valid, whole.errors()
    located = [one for one in json.loads(data)["features"] if one["geometry"] is not None]
    for one in located:
        assert shapely.from_geojson(flattened(one["geometry"])) is not None
        west, south, *_ = one["bbox"]
        assert -180 <= west <= 180
        assert -90 <= south <= 90


def flattened(geometry: Any) -> str:
    """A geometry without elevations: shapely wants all positions to have one, or none."""

    def flat(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: flat(inner) for name, inner in value.items()}
        if isinstance(value, list):
            is_position = not isinstance(value[0], dict | list)
            return value[:2] if is_position else [flat(inner) for inner in value]
        return value

    return json.dumps(flat(geometry))


@pytest.mark.parametrize("size", [1, 7, 1 << 16])
@pytest.mark.parametrize("indent", [None, 2])
def test_however_it_is_laid_out_and_however_it_flows_it_is_read(
    size: int, indent: int | None
) -> None:
    data = json.dumps(collection(), indent=indent, ensure_ascii=False).encode()
    found: list[FeedHeader] = []

    class Slow(io.BytesIO):
        def read(self, wanted: int | None = -1, /) -> bytes:
            return super().read(size if wanted is None or wanted < 0 else min(wanted, size))

    assert list(read(Slow(data), on_header=found.append)) == DRAWN
    assert found == [HEADER]


@pytest.mark.parametrize(
    "change",
    [
        gzip.compress,
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: b"\r\n\t " + data.replace(b"\n", b"\r\n") + b"\n\n",
    ],
    ids=["gzipped", "byte-order mark", "white space"],
)
def test_what_means_the_same_is_read_the_same(change: Callable[[bytes], bytes]) -> None:
    found = Told(change(written(RECORDS, HEADER)))
    assert (found.records, found.said, found.headers) == (DRAWN, [], [HEADER])


def test_a_feature_by_itself_is_read() -> None:
    found = Told(json.dumps(feature(ROUTE), indent=2).encode())
    assert (found.records, found.said) == ([ROUTE], [])


def test_a_record_that_a_map_tool_made_a_text_of_is_read() -> None:
    whole = collection()
    # It also gives every feature the same properties.
    for one in whole["features"]:
        record = one["properties"].get("record")
        one["properties"]["record"] = None if record is None else json.dumps(record)
    found = Told(as_bytes(whole))
    assert (found.records, found.said) == (DRAWN, [])


def test_fields_that_a_map_tool_left_out_or_added_are_no_problem() -> None:
    whole = collection(ROUTE)
    one = whole["features"][0]
    added = {"marker-color": "#f00", "fid": 7}
    one["properties"] = {"record": one["properties"]["record"], **added}
    del one["id"], one["bbox"]
    found = Told(as_bytes(whole))
    assert (found.records, found.said) == ([ROUTE], [])


def test_coordinates_that_a_map_tool_rounded_and_nested_anew_are_no_problem() -> None:
    exact = incursion("exact", point(27.123456789, 56.7, 900.0))
    whole = collection(exact)
    whole["features"][0]["geometry"] = {"type": "MultiPoint", "coordinates": [[27.1234568, 56.7]]}
    found = Told(as_bytes(whole))
    assert (found.records, found.said) == ([exact], [])


def test_any_record_in_a_feature_is_read() -> None:
    record = json.loads(SOURCE.model_dump_json(exclude_defaults=True))
    given = {"type": "Feature", "geometry": None, "properties": {"record": record}}
    assert Told(as_bytes(given)).records == [SOURCE]


def test_without_the_extra_what_was_cut_is_read_nevertheless(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = written([PACIFIC])
    monkeypatch.setitem(sys.modules, "antimeridian", None)
    with pytest.raises(MissingExtraError):
        written([PACIFIC])
    found = Told(data)
    assert (found.records, found.said) == ([PACIFIC], [])


def test_a_long_file_is_read_in_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    most = 0
    fill = StreamedJson._fill

    def watched(document: StreamedJson, wanted: int) -> bool:
        nonlocal most
        more = fill(document, wanted)
        most = max(most, len(document._text))
        return more

    monkeypatch.setattr(StreamedJson, "_fill", watched)
    data = written([incursion(f"one-{number}") for number in range(1_000)])
    assert sum(1 for _ in read(io.BytesIO(data))) == 1_000
    assert most < 200_000 < len(data)


# What was changed beside the record.


def changed(record: Any, change: Callable[[Any], object]) -> Told:
    whole = collection(record, POINT)
    change(whole["features"][0])
    found = Told(as_bytes(whole))
    # What was changed beside it takes no record away.
    assert found.records == [record, POINT]
    return found


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {"type": "Point", "coordinates": [27.1, 56.8]},
        {"type": "MultiPoint", "coordinates": [[27.1, 56.7], [27.1, 56.7]]},
        {"type": "Point", "coordinates": "here"},
        {"type": "Point", "coordinates": []},
        [1, 2],
    ],
)
def test_a_geometry_that_is_not_that_of_the_record_is_told(geometry: Any) -> None:
    (said,) = changed(FOUND, lambda one: one.update(geometry=geometry)).said
    assert "the geometry differs from the record" in said
    assert said.startswith("-:1: ")
    assert said.endswith("(feature 1)")


def test_a_geometry_that_the_record_does_not_have_is_told() -> None:
    drawn = {"type": "Point", "coordinates": [27.1, 56.8]}
    (said,) = changed(NAMED, lambda one: one.update(geometry=drawn)).said
    assert "the geometry differs from the record" in said


def test_exchanged_coordinates_are_told_as_such() -> None:
    exchanged = {"type": "Point", "coordinates": [56.71, 27.1]}
    (said,) = changed(FOUND, lambda one: one.update(geometry=exchanged)).said
    assert "longitude comes first" in said


def test_properties_that_are_not_as_in_the_record_are_told() -> None:
    def change(one: Any) -> None:
        one["properties"] |= {"kinds": "approach", "state": "LT", "place_name": None}

    (said,) = changed(NAMED, change).said
    assert said.endswith(
        "the properties kinds, state, place_name differ from the record and were ignored "
        "(feature 1)"
    )


def moved(record: Any, number: int, change: Callable[[Any], object]) -> Told:
    whole = collection(record, POINT)
    change(whole["features"][number])
    found = Told(as_bytes(whole))
    assert found.records == [record, POINT]
    return found


def test_a_further_place_that_was_changed_is_told() -> None:
    drawn = {"type": "Point", "coordinates": [27.1, 56.8]}
    (said,) = moved(ROUTE, 1, lambda one: one.update(geometry=drawn)).said
    assert "the geometry differs from the record" in said
    (said,) = moved(ROUTE, 1, lambda one: one["properties"].update(place_role="exit")).said
    assert "the property place_role differs from the record and was ignored" in said
    (said,) = moved(ROUTE, 1, lambda one: one["properties"].update(happened_here=False)).said
    assert "happened_here" in said
    (said,) = moved(ROUTE, 1, lambda one: one["properties"].update(pointer="/places/7")).said
    assert said.endswith(
        '"route" has no place with coordinates at "/places/7", or its first feature already shows '
        "this place (feature 2)"
    )


def test_a_further_place_without_its_record_before_it_is_told_once() -> None:
    places = [point(number, number, role="affected") for number in range(4)]
    whole = collection(incursion("many", *places), POINT)
    record = whole["features"].pop(0)
    found = Told(as_bytes(whole))
    assert found.records == [POINT]
    (said,) = found.said
    assert said.endswith(
        'the feature belongs to the record "many", but does not follow the feature that contains '
        "this record (feature 1)"
    )
    whole["features"].append(record)
    assert Told(as_bytes(whole)).ids == ["point", "many"]


def test_further_places_of_a_bad_record_are_not_told_again() -> None:
    whole = collection(ROUTE, POINT)
    whole["features"][0]["properties"]["record"]["state"] = "lv"
    found = Told(as_bytes(whole))
    assert found.records == [POINT]
    assert len(found.said) == 1
    assert "at /state" in found.said[0]


def test_many_places_make_a_file_that_grows_with_them_and_no_faster() -> None:
    def size(number: int) -> int:
        cited = [{"source": f"source-{at}"} for at in range(number)]
        places = [point(1, 1, role="affected")] * number
        return len(written([incursion("many", *places, sources=cited)]))

    assert size(400) - size(200) < 1.1 * (size(200) - size(10)) * 200 / 190


def test_dates_that_a_map_tool_wrote_in_its_own_form_are_no_problem() -> None:
    """GDAL, and so QGIS, takes such texts for dates and writes them as it likes."""
    written_anew = {"time": "2024/09/07", "earliest": "2024-09-06T10:00:00"}
    assert changed(NAMED, lambda one: one["properties"].update(written_anew)).said == []


def test_many_changed_properties_are_told_in_short() -> None:
    def change(one: Any) -> None:
        one["properties"] = {
            name: "?" if name != "record" else value for name, value in one["properties"].items()
        }

    (said,) = changed(NAMED, change).said
    assert "and others" in said
    assert len(said) < 300


def test_an_id_that_is_not_that_of_the_record_is_told() -> None:
    (said,) = changed(NAMED, lambda one: one.update(id="other")).said
    assert 'the id "other" differs from the id of the record, "named"' in said


# Files that are not right.


def test_without_anybody_to_tell_the_first_problem_is_raised() -> None:
    data = written(RECORDS).replace(b'"state":"LV"', b'"state":"lv"')
    with pytest.raises(FormatError, match=r"-:2: .*at /state") as caught:
        list(read(io.BytesIO(data)))
    assert caught.value.place == "feature 1, properties.record"


def test_a_problem_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "map.geojson"
    path.write_bytes(b"[]")
    with path.open("rb") as stream, pytest.raises(FormatError, match=r"map\.geojson:1: "):
        list(read(stream))


EXPECTED = "a whole record in properties.record"

NO_COLLECTIONS = {
    "empty": (b"", "-:1: the file is empty"),
    "blank": (b" \n\n ", "-:1: the file is empty"),
    "UTF-16": (b'\xff\xfe{\x00"\x00', "UTF-16"),
    "UTF-16 without a mark": (b'\x00{\x00"', "UTF-16"),
    "a list": (b"[]", EXPECTED),
    "a text": (b'"x"', EXPECTED),
    "no JSON": (b"id,time\n1,2\n", EXPECTED),
    "a bare geometry": (b'{"type":"Point","coordinates":[1,2]}', "the file is a single Point"),
    "a bare collection": (
        b'{"type":"GeometryCollection","geometries":[]}',
        "the file is a single GeometryCollection",
    ),
    "no type": (b"{}", EXPECTED),
    "another type": (b'{"type":"Topology","objects":{}}', EXPECTED),
    "a long type": (b'{"type":"' + b"x" * 9999 + b'"}', EXPECTED),
    "a type that is no text": (b'{"type":{}}', EXPECTED),
    "a document of records": (
        b'{"type":"feed","schema_version":"1.0","records":[]}',
        "read it as JSON",
    ),
    "no features": (b'{"type":"FeatureCollection"}', 'in the list "features"'),
    "features are no list": (b'{"type":"FeatureCollection","features":{}}', "in the list"),
    "a foreign Feature": (b'{"type":"Feature","properties":null}', EXPECTED),
    "cut off": (
        b'{"type":"FeatureCollection","features":[',
        "-:1: the file is incomplete: its end is missing",
    ),
    "cut off in a name": (b'{"type', "the file is incomplete: its end is missing (column 7)"),
    "cut off behind a name": (b'{"type"', "the file is incomplete: its end is missing"),
    "no name": (b'{"type":"FeatureCollection",}', 'expected " (column 29)'),
    "no colon": (b'{"type" "Feature"}', "expected :"),
    "no comma": (b'{"type":"Feature" "id":1}', "expected , or }"),
    "deep": (b"{" + b'"a":{' * 100_000, "values are nested too deeply"),
    "deep brackets": (b'{"a":' + b"[" * 100_000, "values are nested too deeply"),
    "NaN": (b'{"a":NaN}', "NaN is not a number"),
    "a member twice": (
        b'{"type":"FeatureCollection","features":[],"features":[]}',
        'the key "features" appears twice',
    ),
    "more behind it": (
        b'{"type":"FeatureCollection","features":[]}{}',
        "followed by additional text",
    ),
    "no FeatureCollection": (b'{"type":"collection","features":[]}', "its type is not"),
    "damaged gzip": (gzip.compress(b"{}", mtime=0)[:-8] + b"\0" * 8, "the gzip data is damaged"),
    "gzip that ends early": (
        gzip.compress(b'{"type":"Feature","properties"', mtime=0)[:-9],
        "the gzip data is incomplete: its end is missing",
    ),
}


@pytest.mark.parametrize(("data", "expected"), NO_COLLECTIONS.values(), ids=NO_COLLECTIONS)
def test_what_is_no_collection_is_told_once(data: bytes, expected: str) -> None:
    found = Told(data)
    assert found.records == []
    assert len(found.said) == 1
    assert expected in found.said[0]


def test_features_of_others_are_told_each_and_what_is_expected_once() -> None:
    foreign = {"type": "Feature", "geometry": None, "properties": {"name": "Riga"}}
    found = Told(as_bytes({"type": "FeatureCollection", "features": [foreign] * 3}))
    assert found.records == []
    assert [problem.reason for problem in found.problems] == [
        f"the properties contain no record: only features with {EXPECTED} can be read",
        "the properties contain no record",
        "the properties contain no record",
    ]
    assert [getattr(problem, "place", "") for problem in found.problems] == [
        "feature 1",
        "feature 2",
        "feature 3",
    ]


BAD_FEATURES: dict[str, tuple[bytes, bytes, str]] = {
    "Latin-1": (
        b"Gaigalava",
        b"Gaigal\xe2va",
        "the bytes are not valid UTF-8 (feature 1, column ",
    ),
    "NaN": (b'"geometry":null', b'"geometry":NaN', "NaN is not a number; use null (feature 1"),
    "infinity": (b'"geometry":null', b'"geometry":-Infinity', "-Infinity is not a number"),
    "a quote is missing": (b'"id":', b'"id:', "invalid JSON: "),
    "a quote too many": (b'"named"', b'"named""', "invalid JSON: "),
    "a brace is missing": (b"}}}", b"}}", "invalid JSON: "),
    "a bracket is missing": (b'"s"}]', b'"s"}', "invalid JSON: "),
    "deep": (b'"id":', b'"x":' + b"[" * 100_000 + b',"id":', "values are nested too deeply"),
    "deep, and closed": (
        b'"record":{',
        b'"record":{"extensions":{"example.org":' + b"[" * 900 + b"]" * 900 + b"},",
        "nested too deeply",
    ),
    "a key twice": (b'"id":', b'"id":"x","id":', 'the key "id" appears twice (feature 1)'),
    "a property twice": (b'"record":', b'"record":{},"record":', "appears twice"),
    "a key of the record twice": (
        b'"record":{',
        b'"record":{"id":"x",',
        "only its last value (feature 1, properties.record)",
    ),
    "another type": (b'"Feature"', b'"feature"', 'the type must be "Feature"'),
    "properties that are no object": (
        b'"properties":{',
        b'"properties":[],"was":{',
        "not a JSON object",
    ),
    "no properties": (b'"properties":', b'"was":', "the properties contain no record"),
    "no record": (b'"record":', b'"was":', "the properties contain no record"),
    "a record that is null": (b'"record":', b'"record":null,"was":', "properties.record)"),
    "a record that is no JSON": (b'"record":', b'"record":"x","was":', "properties.record)"),
    "a record of nothing": (b'"record":', b'"record":" ","was":', "the record is empty"),
    "a record that is no text": (b'"record":', b'"record":"\\ud800","was":', "not valid UTF-8"),
    "a record that is not valid": (b'"LV"', b'"lv"', "(at /state)"),
    "a number that is not kept": (
        b'"record":{',
        b'"record":{"objects":[{"altitude":{"min":0.12345678901234567891,"unit":"m"}}],',
        "more digits than can be stored",
    ),
    "a record that is too long": (
        b'"record":{',
        b'"record":{"note":"' + b"x" * 2**20 + b'",',
        "the record is longer than",
    ),
    "not a JSON object": (
        b'{"type":"Feature"',
        b'7,{"type":"Feature"',
        "the value is not a JSON object (feature 1)",
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), BAD_FEATURES.values(), ids=BAD_FEATURES)
def test_a_bad_feature_is_told_with_its_place_and_hides_no_other(
    old: bytes, new: bytes, expected: str
) -> None:
    first, line, *rest = written([NAMED, POINT, FOUND], HEADER).split(b"\n")
    if old == b'"LV"':
        line = line.replace(b'"state":"LV"', b'"state":null', 1)
    found = Told(b"\n".join([first, replaced_last(line, old, new), *rest]))
    assert found.ids[-2:] == ["point", "found"]
    assert found.headers == [HEADER]
    assert len(found.said) == 1
    assert expected in found.said[0]
    assert found.problems[0].line in (2, 3)
    assert "feature 1" in found.said[0]


def replaced_last(line: bytes, old: bytes, new: bytes) -> bytes:
    """A line with one thing changed: of the record where it is there, which comes last."""
    at = line.rindex(old) if old in (b"}}}", b'"s"}]') else line.index(old)
    return line[:at] + new + line[at + len(old) :]


def test_a_missing_comma_is_told_and_the_next_feature_read() -> None:
    data = written(RECORDS).replace(b"},\n", b"}\n", 1)
    found = Told(data)
    assert found.records == DRAWN
    (said,) = found.said
    assert "expected , or ]" in said


def test_a_comma_too_many_is_told() -> None:
    found = Told(written(RECORDS).replace(b"\n]", b",\n]"))
    assert found.records == DRAWN
    assert len(found.said) == 1
    assert "invalid JSON" in found.said[0]


def test_a_feature_that_is_too_long_is_told_and_the_next_one_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(feature_reading, "LONGEST_FEATURE", 1 << 17)
    long = incursion("long", {"name": "x"}, note="x" * (1 << 14), title="y")
    data = written([POINT, long, FOUND]).replace(b"x" * (1 << 14), b"x" * (1 << 19))
    found = Told(data)
    assert found.ids == ["point", "found"]
    assert found.said == [
        f"-:3: the value is longer than {1 << 17} characters (feature 2, column 1)",
    ]


@pytest.mark.parametrize("form", ["lines", "spread"])
def test_of_a_file_that_is_cut_off_what_was_complete_is_read(form: str) -> None:
    data = written(RECORDS) if form == "lines" else json.dumps(collection(), indent=1).encode()
    for length in range(0, len(data) - 2, 97):
        found = Told(data[:length])
        assert found.records == DRAWN[: len(found.records)]
        assert len(found.said) == 1
        assert ("its end is missing" in found.said[0]) is (length > 0)


def test_a_header_behind_the_features_is_told() -> None:
    whole = collection()
    found = Told(as_bytes({name: whole[name] for name in ("type", "features", "feed")}))
    assert (found.records, found.headers) == (DRAWN, [])
    (said,) = found.said
    assert 'the header in "feed" was ignored because it comes after the features' in said


@pytest.mark.parametrize(
    ("feed", "expected"),
    [
        ({"type": "feed", "schema_version": "9.0"}, "schema version 9.0 is not supported"),
        ({"type": "feed"}, "(at /schema_version)"),
        ("mine", "(feed)"),
    ],
)
def test_a_header_that_is_not_right_is_told_and_the_features_are_read(
    feed: Any, expected: str
) -> None:
    found = Told(as_bytes({**collection(), "feed": feed}))
    assert (found.records, found.headers) == (DRAWN, [])
    assert found.said
    assert expected in found.said[0]


def test_each_broken_feature_is_told_and_reading_goes_on_where_it_was_given_up() -> None:
    line = b'{"type":"Feature",\n'
    good = written([FOUND]).splitlines()[1]
    found = Told(b'{"type":"FeatureCollection","features":[\n' + line * 500 + good + b"]}")
    assert found.records == [FOUND]
    assert [problem.line for problem in found.problems] == [*range(3, 503)]


def test_features_within_features_end_the_reading() -> None:
    """Nobody knows which of them the next one is in."""
    line = b'{"type":"Feature","x":[1,\n'
    found = Told(b'{"type":"FeatureCollection","features":[\n' + line * 5_000)
    assert found.said == ["-:2: values are nested too deeply (feature 1, column 1)"]


@given(data=st.data())
@settings(deadline=None)
def test_any_bytes_end_in_records_and_problems(data: st.DataObject) -> None:
    good = written([ROUTE, FOUND])
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, min(len(good), start + 40)))
    junk = data.draw(st.binary(max_size=12) | st.sampled_from([b"{", b'"', b"]", b"\\", b"\n"]))
    found = Told(good[:start] + junk + good[end:])
    assert all(isinstance(problem, FeedError) for problem in found.problems)
    assert len(found.records) + len(found.problems) >= 1


def test_losses_are_those_of_the_interface() -> None:
    assert isinstance(write([], io.BytesIO()), Losses)
