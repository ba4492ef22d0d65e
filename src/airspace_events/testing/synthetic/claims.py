"""What may be claimed in synthetic records: of the fields of an incursion, and of a series.

Any three claims that follow each other in a list go together, so that one speaker may make them.
"""

from typing import Any

from airspace_events.testing.synthetic.record_builder import Scene
from airspace_events.testing.synthetic.times import Json


def claims_about(record: Json, scene: Scene) -> tuple[Json, ...]:
    """What may be claimed of an incursion, as far as what it tells gives room for that."""
    first: Json = record["objects"][0]
    claims = [
        _field("occurrence"),
        {"aspect": "intent", "value": "unintentional", "likelihood": "likely"},
        _field("objects.first.category"),
        {"aspect": "attribution", "polarity": "undetermined"},
        {"aspect": "cause", "value": "jamming", "polarity": "not_excluded"},
        _field("objects.first.payload", "explosive", polarity="no_evidence"),
    ]
    if "nationality" not in first:
        claims.append(_field("objects.first.nationality", scene.neighbour, polarity="suspected"))
    if "count" in first:
        claims.append(_field("objects.first.count"))
    else:
        claims.append(_field("objects.first.count", {"verbatim": "several"}))
    if "checked" in first:
        claims.append(_field("objects.first.checked.result"))
    if "zones" in record:
        claims.append(_field("zones.adiz"))
        claims.append(_field("zones.adiz.duration", {"verbatim": "a few minutes"}))
    if "totals" in record:
        claims.append(_field("totals." + next(iter(record["totals"]))))
    claims += [
        _field(f"{name}.{record[name][0]['id']}")
        for name in ("effects", "responses")
        if name in record and "id" in record[name][0]
    ]
    if "crossing" not in record or record["crossing"] == "discounted":
        return tuple(claims)
    return (*claims, *_of_crossing(record, scene))


def _of_crossing(record: Json, scene: Scene) -> tuple[Json, ...]:
    from_where = [scene.neighbour] if "entered_from" not in record else []
    return (
        _field("crossing"),
        {"aspect": "intent", "value": "intentional_attack", "polarity": "no_evidence"},
        *(_field("entered_from", side) for side in from_where),
        _field("duration", {"verbatim": "a few minutes"}),
        {"aspect": "characterisation", "value": "violation"},
        {"aspect": "cause", "value": "navigation_error", "polarity": "unsubstantiated"},
        _field("depth", {"verbatim": "some kilometres"}, evidence_offered=["made-up pictures"]),
    )


def claims_about_series(scene: Scene) -> tuple[Json, ...]:
    """What may be claimed of a series."""
    return (
        _field("crossing", scene.state.code),
        _field("totals.incidents", {"verbatim": "more than one"}),
        {"aspect": "intent", "value": "intentional_attack", "polarity": "no_evidence"},
        _field("objects", {"category": "balloon"}, polarity="suspected"),
        {"aspect": "attribution", "polarity": "undetermined"},
        {"aspect": "characterisation", "value": "violation"},
    )


def _field(name: str, value: Any = None, **more: Any) -> Json:
    claimed: Json = {} if value is None else {"value": value}
    return {"aspect": "field", "fields": [name], **claimed, **more}
