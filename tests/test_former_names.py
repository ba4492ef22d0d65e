"""Fields and words of drafts of the schema: each is refused, and the notice names the new one."""

import io
import json
from typing import Any

import pytest

import airspace_events as ae

SOURCE = {"type": "source", "id": "s", "kind": "news_report", "publisher": "A newsroom"}
CITED: dict[str, Any] = {"sources": [{"source": "s"}]}
INCURSION = {
    "type": "incursion",
    "id": "x",
    "state": "LV",
    "time": {"value": "2024-09-07"},
    **CITED,
}
SERIES = {"type": "series", "id": "many", "kind": "other", "title": "Many", **CITED}
FINDING = {
    "type": "finding",
    "id": "f",
    "found": {"value": "2024"},
    "place": {"state": "LV"},
    **CITED,
}
STATEMENT = {
    "type": "statement",
    "id": "st",
    "speakers": ["LV"],
    "made": {"value": "2024"},
    "about": ["x"],
    **CITED,
}
LEFT_OUT = "leave out the field if its value is not known"
INLINE = "add the place to `places` with an `id`, and use the id"
COUNTED = 'write a field for each thing counted: {"crossings": {"best": 19}}'

#: A record, a field it had, the pointer to the fault, the suggestion, a part of the message.
FORMER: list[tuple[dict[str, Any], dict[str, Any], str, str | None, str]] = [
    (
        INCURSION,
        {"airspace": {"state": "LV"}},
        "/airspace",
        "state",
        "set `crossing` and `occurrence` to",
    ),
    (
        INCURSION,
        {"airspace": {"over": "land"}},
        "/airspace",
        "state",
        "use `over` and `zones` as fields",
    ),
    (INCURSION, {"crossings": {"best": 2}}, "/crossings", "totals.crossings", ""),
    (INCURSION, {"zone": "ADIZ"}, "/zone", "zones", ""),
    (
        INCURSION,
        {"totals": [{"counted": "crossings", "count": {"best": 2}}]},
        "/totals",
        None,
        COUNTED,
    ),
    (
        SERIES,
        {"totals": [{"counted": "crossings", "count": {"best": 2}}]},
        "/totals",
        None,
        COUNTED,
    ),
    (INCURSION, {"over": "unknown"}, "/over", None, LEFT_OUT),
    (FINDING, {"condition": "unknown"}, "/condition", None, LEFT_OUT),
    (
        INCURSION,
        {"objects": [{"fates": [{"fate": "unknown"}]}]},
        "/objects/0/fates/0/fate",
        None,
        LEFT_OUT,
    ),
    (INCURSION, {"objects": [{"category": "unknown"}]}, "/objects/0/category", "unidentified", ""),
    (INCURSION, {"objects": [{"id": "1st"}]}, "/objects/0/id", None, "a letter, then letters"),
    (
        INCURSION,
        {"zones": [{"type": "FIR", "entry": "reported"}]},
        "/zones/0/type",
        None,
        "write the flight information region in `fir`",
    ),
    (
        INCURSION,
        {"effects": [{"kind": "injury", "place": {"name": "A"}}]},
        "/effects/0/place",
        None,
        INLINE,
    ),
    (
        INCURSION,
        {"responses": [{"kind": "scramble", "place": {"name": "A"}}]},
        "/responses/0/place",
        None,
        INLINE,
    ),
    (
        INCURSION,
        {"objects": [{"fates": [{"fate": "crashed", "place": {"name": "A"}}]}]},
        "/objects/0/fates/0/place",
        None,
        INLINE,
    ),
    (
        INCURSION,
        {"sources": [{"source": "s", "supports": ["/airspace/state"]}]},
        "/sources/0/supports/0",
        "state",
        "separate names with dots",
    ),
    (
        INCURSION,
        {"assessments": [{"aspect": "intent", "value": "reckless", "pointer": "/objects/0"}]},
        "/assessments/0/pointer",
        "fields",
        "",
    ),
    (
        STATEMENT,
        {"claims": [{"aspect": "intent", "value": "reckless", "pointer": "/objects/0"}]},
        "/claims/0/pointer",
        "fields",
        "",
    ),
    (
        STATEMENT,
        {"claims": [{"aspect": "field", "fields": ["totals.finds"], "counted": "finds"}]},
        "/claims/0/counted",
        "fields",
        'use the aspect "field"',
    ),
    (
        STATEMENT,
        {"claims": [{"aspect": "field", "fields": ["crossings"]}]},
        "/claims/0/fields/0",
        "totals.crossings",
        "",
    ),
    (
        STATEMENT,
        {"claims": [{"aspect": "field", "fields": ["airspace"]}]},
        "/claims/0/fields/0",
        "state",
        "",
    ),
]

#: The aspects that became fields, each with the name of its field.
ASPECTS = {
    "occurrence": "occurrence",
    "airspace_crossing": "crossing",
    "object_type": "objects.first.category",
    "designation": "objects.first.designation",
    "payload": "objects.first.payload",
    "entered_from": "entered_from",
    "airspace_over": "over",
    "duration": "duration",
    "depth": "depth",
    "distance": "distance",
    "outcome": "objects.first.fates",
    "damage_cause": "effects.first.cause",
    "response": "responses",
}
COUNTS = ("objects", "crossings", "incidents", "attacks", "finds", "places")


def refused(record: dict[str, Any]) -> ae.Notice:
    lines = [{"type": "feed", "schema_version": "1.0"}, SOURCE]
    others = [] if record["type"] == "incursion" else [INCURSION]
    feed = "\n".join(map(json.dumps, [*lines, *others, record]))
    [notice] = ae.validate(io.BytesIO(feed.encode())).notices
    assert notice.severity == "error"
    return notice


@pytest.mark.parametrize(("record", "field", "pointer", "suggestion", "said"), FORMER)
def test_a_former_field_or_word_is_told_with_the_new_one(
    record: dict[str, Any], field: dict[str, Any], pointer: str, suggestion: str | None, said: str
) -> None:
    notice = refused(record | field)
    assert (notice.pointer, notice.suggestion) == (pointer, suggestion)
    assert said in notice.message


@pytest.mark.parametrize("aspect", ASPECTS)
def test_a_former_aspect_is_told_with_its_field(aspect: str) -> None:
    claim = {"aspect": aspect, "value": "land"}
    for record in (STATEMENT | {"claims": [claim]}, INCURSION | {"assessments": [claim]}):
        notice = refused(record)
        assert notice.suggestion == "field"
        assert notice.message.endswith(
            f'write the name of the field: "fields": ["{ASPECTS[aspect]}"]'
        )


@pytest.mark.parametrize("counted", COUNTS)
def test_a_former_count_is_told_with_its_total(counted: str) -> None:
    notice = refused(
        STATEMENT | {"claims": [{"aspect": "count", "value": {"best": 2}, "counted": counted}]}
    )
    assert notice.message.endswith(f'"fields": ["totals.{counted}"]')


def test_the_names_that_are_told_are_names_of_fields() -> None:
    for name in (*ASPECTS.values(), *(f"totals.{one}" for one in COUNTS)):
        ae.Claim(aspect="field", fields=[name], polarity="undetermined")
