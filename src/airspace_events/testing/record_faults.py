"""Faults that change a parsed record.

Each function returns the pointer of the notice that its fault causes, or None if the record has
no field for the fault.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from airspace_events.diagnostics.problem import Parts
from airspace_events.testing.json_cursor import Spot, at, named

Change = Callable[[Spot], Parts | None]

_TIMES = ("time", "found", "made")
_KEPT = {"type", "id", "title", "kind", "time", "state", "sources"}
_REQUIRED = ("publisher", "speakers", "place", "title", "name")


def _perpetrator(record: Spot) -> Parts | None:
    return record.put("perpetrator", "somebody made up") if _is(record, "incursion") else None


def _missing_field(record: Spot) -> Parts | None:
    due = ("time",) if _is(record, "incursion") else _REQUIRED
    for name in due:
        if name in record.fields:
            del record.fields[name]
            return (name,)
    return None


def _wrong_word(record: Spot) -> Parts | None:
    for holder, name in (
        (record.first("objects"), "category"),
        (record, "condition"),
        (record, "form"),
        (record, "kind"),
    ):
        if name in holder.fields:
            return holder.put(name, "made_up_word")
    return None


def _unknown_state(record: Spot) -> Parts | None:
    holder = record if _is(record, "incursion") else record.inner("place")
    return holder.change("state", "UK")


def _unresolved_reference(record: Spot) -> Parts | None:
    return record.first("sources").change("source", "syn-source-that-is-not-there")


def _wrong_kind_of_record(record: Spot) -> Parts | None:
    if _is(record, "source"):
        return None
    return record.first("sources").change("source", record.fields["id"])


def _latitude_out_of_range(record: Spot) -> Parts | None:
    for point in _geometries(record, "Point"):
        return (*point.put("coordinates", [point.fields["coordinates"][0], 145.2]), 1)
    return None


def _position_cut_short(record: Spot) -> Parts | None:
    for point in _geometries(record, "Point"):
        return point.put("coordinates", point.fields["coordinates"][:1])
    return None


def _open_ring(record: Spot) -> Parts | None:
    for polygon in _geometries(record, "Polygon"):
        ring = polygon.fields["coordinates"][0]
        if ring[0] != ring[1]:
            ring[-1] = ring[1]
            return polygon.parts
    return None


def _unit_missing(record: Spot) -> Parts | None:
    return record.put("duration", {"best": 12}) if _is(record, "incursion") else None


def _wrong_unit(record: Spot) -> Parts | None:
    value = {"best": 12, "unit": "km"}
    return record.put("duration", value) if _is(record, "incursion") else None


def _ended_and_ongoing(record: Spot) -> Parts | None:
    for tenure in record.items("tenures"):
        if tenure.fields.get("ongoing"):
            tenure.put("last_day", "2025")
            return tenure.parts
    return None


def _claim_without_value(record: Spot) -> Parts | None:
    changed = record.change("claims", [{"aspect": "intent"}])
    return changed and (*changed, 0)


def _dangling_field(record: Spot) -> Parts | None:
    for source in record.items("sources"):
        return (*source.put("supports", ["perpetrator"]), 0)
    return None


def _unknown_field_name(record: Spot) -> Parts | None:
    changed = _claimed(record, "crossings")
    return changed and (*changed, "fields", 0)


def _misplaced_claim_value(record: Spot) -> Parts | None:
    changed = _claimed(record, "occurrence", value="LV")
    return changed and (*changed, "value")


def _suspected_with_likelihood(record: Spot) -> Parts | None:
    return _claimed(record, "occurrence", polarity="suspected", likelihood="likely")


def _claimed_value_of_another_field(record: Spot) -> Parts | None:
    changed = _claimed(record, "totals.crossings", value="19")
    return changed and (*changed, "value")


def _unknown_place(record: Spot) -> Parts | None:
    if not _bare(record, "incursion") or "state" not in record.fields:
        return None
    effect = {"kind": "injury", "place": "a-place-that-is-not-there"}
    return (*record.put("effects", [effect]), 0, "place")


def _duplicate_item_id(record: Spot) -> Parts | None:
    if not _bare(record, "incursion", "series"):
        return None
    place = {"id": "here", "name": "here"}
    return (*record.put("places", [place, place]), 1, "id")


def _nowhere(record: Spot) -> Parts | None:
    if not _bare(record, "incursion"):
        return None
    record.fields.pop("state", None)
    return ()


def _crossing_missing(record: Spot) -> Parts | None:
    if not _bare(record, "incursion"):
        return None
    return record.put("entered_from", ["international"])


def _unchecked_category(record: Spot) -> Parts | None:
    flown = record.first("objects")
    if "checked" in flown.fields:
        return None
    return flown.change("category", "celestial") and flown.parts


# Searches in a record.


def _is(record: Spot, kind: str) -> bool:
    return bool(record.fields["type"] == kind)


def _bare(record: Spot, *kinds: str) -> bool:
    """Return whether a record has one of the given types; if so, remove its optional fields.

    Afterwards, no field refers to a part that a fault removes.
    """
    if record.fields["type"] not in kinds:
        return False
    for name in record.fields.keys() - _KEPT:
        del record.fields[name]
    for source in record.items("sources"):
        source.fields.pop("supports", None)
    return True


def _claimed(record: Spot, name: str, **fields: object) -> Parts | None:
    """Replace the claims of a record, if any, with one claim about a field."""
    changed = record.change("claims", [{"aspect": "field", "fields": [name], **fields}])
    return changed and (*changed, 0)


def _time(record: Spot) -> Spot:
    return next((record.inner(name) for name in _TIMES if name in record.fields), Spot({}))


def _geometries(record: Spot, kind: str) -> Iterator[Spot]:
    for parts in named(record.fields, "geometry"):
        # The contents of extensions are not checked.
        if parts[0] != "extensions":
            geometry = Spot(at(record.fields, parts), parts)
            if geometry.fields["type"] == kind:
                yield geometry


RECORD_FAULTS: Mapping[str, tuple[str, Change]] = MappingProxyType(
    {
        "unknown_field": ("unknown_field", lambda record: record.put("made_up_field", "made up")),
        "perpetrator": ("unknown_field", _perpetrator),
        "missing_field": ("missing_field", _missing_field),
        "unknown_record_type": (
            "unknown_record_type",
            lambda record: record.put("type", "incident"),
        ),
        "wrong_word": ("value_not_in_vocabulary", _wrong_word),
        "wrong_aspect": (
            "value_not_in_vocabulary",
            lambda record: record.first("claims").change("aspect", "guilt"),
        ),
        "number_for_text": ("wrong_type", lambda record: record.put("note", 12)),
        "text_for_list": ("wrong_type", lambda record: record.change("about", "syn-000001")),
        "number_for_count": (
            "wrong_type",
            lambda record: record.first("objects").change("count", 3),
        ),
        "malformed_time": (
            "malformed_time",
            lambda record: _time(record).change("value", "2024-9-7"),
        ),
        "impossible_day": (
            "malformed_time",
            lambda record: _time(record).change("value", "2024-02-30"),
        ),
        "reversed_interval": (
            "malformed_time",
            lambda record: _time(record).change("value", "2024-09-08/2024-09-07"),
        ),
        "offset_missing": (
            "naive_datetime",
            lambda record: _time(record).change("value", "2024-09-07T22:10:00"),
        ),
        "naive_datetime": (
            "naive_datetime",
            lambda record: record.put("recorded_at", "2024-09-10T08:00:00"),
        ),
        "number_as_date": (
            "number_as_date",
            lambda record: record.put("recorded_at", 1_725_753_600),
        ),
        "misspelt_zone": (
            "unknown_time_zone",
            lambda record: _time(record).change("timezone", "Europe/Bukarest"),
        ),
        "unknown_state": ("unknown_state_code", _unknown_state),
        "wrong_id_form": (
            "malformed_id",
            lambda record: record.first("sources").change("source", "Synthetic Wire 7"),
        ),
        "unresolved_reference": ("unresolved_reference", _unresolved_reference),
        "wrong_kind_of_record": ("wrong_kind_of_record", _wrong_kind_of_record),
        "reserved_id": (
            "reserved_id",
            lambda record: record.put("id", "visegrad") if _is(record, "finding") else None,
        ),
        "latitude_out_of_range": ("out_of_range", _latitude_out_of_range),
        "revision_zero": ("out_of_range", lambda record: record.put("revision", 0)),
        "position_cut_short": ("malformed_position", _position_cut_short),
        "open_ring": ("ring_not_closed", _open_ring),
        "empty_text": ("wrong_length", lambda record: record.put("note", "")),
        "no_sources": (
            "wrong_length",
            lambda record: record.put("sources", []) if _is(record, "incursion") else None,
        ),
        "bounds_out_of_order": (
            "bounds_out_of_order",
            lambda record: record.first("objects").change("count", {"min": 5, "max": 3}),
        ),
        "empty_count": ("empty_value", lambda record: record.first("objects").change("count", {})),
        "unit_missing": ("unit_missing", _unit_missing),
        "wrong_unit": ("wrong_unit", _wrong_unit),
        "ended_and_ongoing": ("end_contradicted", _ended_and_ongoing),
        "claim_without_value": ("claim_without_value", _claim_without_value),
        "dangling_field": ("dangling_field", _dangling_field),
        "unknown_field_name": ("unknown_field_name", _unknown_field_name),
        "misplaced_claim_value": ("misplaced_claim_value", _misplaced_claim_value),
        "suspected_with_likelihood": ("suspected_with_likelihood", _suspected_with_likelihood),
        "claimed_value_of_another_field": ("wrong_type", _claimed_value_of_another_field),
        "unknown_place": ("unknown_place", _unknown_place),
        "duplicate_item_id": ("duplicate_item_id", _duplicate_item_id),
        "nowhere": ("nowhere", _nowhere),
        "crossing_missing": ("crossing_missing", _crossing_missing),
        "exact_and_approximate": (
            "exact_and_approximate",
            lambda record: record.first("objects").change("count", {"best": 5, "roughly": 5}),
        ),
        "unchecked_category": ("unchecked_category", _unchecked_category),
        "malformed_language": (
            "malformed_value",
            lambda record: record.change("language", "Romanian, mostly"),
        ),
    }
)
"""A mapping from fault names to the code of the notice and the function that inserts the fault."""
