"""Faults that are planted in valid records, each with the code of the notice that it gives.

Each is a small function. Those of the first kind change a record that was read, and say whether
it had room for the fault; those of the second kind change the text of its line.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, cast

Json = dict[str, Any]

_TIMES = ("time", "found", "made")
_TOO_DEEP = 1_000


# Changes of a record that was read.


def _unknown_field(record: Json) -> bool:
    record["made_up_field"] = "made up"
    return True


def _perpetrator(record: Json) -> bool:
    return record["type"] == "incursion" and _set(record, "perpetrator", "somebody made up")


def _missing_field(record: Json) -> bool:
    for name in ("airspace", "publisher", "speakers", "place", "title", "name"):
        if name in record and (name, record["type"]) != ("title", "incursion"):
            del record[name]
            return True
    return False


def _unknown_record_type(record: Json) -> bool:
    return _set(record, "type", "incident")


def _wrong_word(record: Json) -> bool:
    for holder, name in (
        (_first(record, "objects"), "category"),
        (record, "condition"),
        (record, "form"),
        (record, "kind"),
    ):
        if name in holder:
            return _set(holder, name, "made_up_word")
    return False


def _wrong_aspect(record: Json) -> bool:
    return _change(_first(record, "claims"), "aspect", "guilt")


def _number_for_text(record: Json) -> bool:
    return _set(record, "note", 12)


def _text_for_list(record: Json) -> bool:
    return _change(record, "about", "syn-000001")


def _number_for_count(record: Json) -> bool:
    return _change(_first(record, "objects"), "count", 3)


def _malformed_time(record: Json) -> bool:
    return _change(_time(record), "value", "2024-9-7")


def _impossible_day(record: Json) -> bool:
    return _change(_time(record), "value", "2024-02-30")


def _reversed_interval(record: Json) -> bool:
    return _change(_time(record), "value", "2024-09-08/2024-09-07")


def _offset_missing(record: Json) -> bool:
    return _change(_time(record), "value", "2024-09-07T22:10:00")


def _naive_datetime(record: Json) -> bool:
    return _set(record, "recorded_at", "2024-09-10T08:00:00")


def _number_as_date(record: Json) -> bool:
    return _set(record, "recorded_at", 1_725_753_600)


def _misspelt_zone(record: Json) -> bool:
    return _change(_time(record), "timezone", "Europe/Bukarest")


def _unknown_state(record: Json) -> bool:
    return _change(_airspace_or_place(record), "state", "UK")


def _wrong_id_form(record: Json) -> bool:
    return _change(_first(record, "sources"), "source", "Synthetic Wire 7")


def _unresolved_reference(record: Json) -> bool:
    return _change(_first(record, "sources"), "source", "syn-source-that-is-not-there")


def _wrong_kind_of_record(record: Json) -> bool:
    return _change(_first(record, "sources"), "source", record["id"])


def _reserved_id(record: Json) -> bool:
    # Nothing here names a finding, nor this alliance, so that nothing else goes wrong.
    return record["type"] == "finding" and _set(record, "id", "visegrad")


def _latitude_out_of_range(record: Json) -> bool:
    point = _point(record)
    return bool(point) and _set(point, "coordinates", [point["coordinates"][0], 145.2])


def _revision_zero(record: Json) -> bool:
    return _set(record, "revision", 0)


def _position_cut_short(record: Json) -> bool:
    point = _point(record)
    return bool(point) and _set(point, "coordinates", point["coordinates"][:1])


def _open_ring(record: Json) -> bool:
    for geometry in _found(record, "geometry"):
        if geometry["type"] == "Polygon":
            geometry["coordinates"][0][-1] = geometry["coordinates"][0][1]
            return True
    return False


def _empty_text(record: Json) -> bool:
    return _set(record, "note", "")


def _no_sources(record: Json) -> bool:
    return record["type"] == "incursion" and _set(record, "sources", [])


def _bounds_out_of_order(record: Json) -> bool:
    return _change(_first(record, "objects"), "count", {"min": 5, "max": 3})


def _empty_count(record: Json) -> bool:
    return _change(_first(record, "objects"), "count", {})


def _unit_missing(record: Json) -> bool:
    return record["type"] == "incursion" and _set(record, "duration", {"best": 12})


def _wrong_unit(record: Json) -> bool:
    value = {"best": 12, "unit": "km"}
    return record["type"] == "incursion" and _set(record, "duration", value)


def _ended_and_ongoing(record: Json) -> bool:
    for tenure in record.get("tenures", []):
        if tenure.get("ongoing"):
            return _set(tenure, "last_day", "2025")
    return False


def _claim_without_value(record: Json) -> bool:
    return _change(record, "claims", [{"aspect": "intent"}])


def _dangling_pointer(record: Json) -> bool:
    return bool(_first(record, "sources")) and _set(
        _first(record, "sources"), "supports", ["/perpetrator"]
    )


def _malformed_language(record: Json) -> bool:
    return _change(record, "language", "Romanian, mostly")


# Changes of the text of a line.


def _duplicate_key(line: str) -> str | None:
    name = json.loads(line)["type"]
    return f'{{"type":"{name}",' + line[1:]


def _truncated_json(line: str) -> str | None:
    # Behind the id, so that it is known whose line this was, and behind a quotation mark: what
    # ends within a number may be whole, and within "true" it is no JSON at all.
    start = line.index('"id":"') + len('"id":"')
    behind = max(line.index('"', start) + 1, len(line) * 3 // 4)
    return line[: line.rindex('"', 0, behind) + 1]


def _nan(line: str) -> str | None:
    return _with_first(line, '"best":', "NaN")


def _single_quotes(line: str) -> str | None:
    return _inserted(line, "'note':'made up'")


def _trailing_comma(line: str) -> str | None:
    return line + ","


def _nested_too_deeply(line: str) -> str | None:
    deep = "[" * _TOO_DEEP + "]" * _TOO_DEEP
    return _inserted(line, f'"extensions":{{"made-up.example":{{"deep":{deep}}}}}')


def _too_many_digits(line: str) -> str | None:
    return _with_first(line, '"coordinates":[', "26.10000000000000000001")


def _broken_encoding(line: bytes) -> bytes:
    # 0xFF stands nowhere in UTF-8.
    return line[:-2] + b"\xff" + line[-2:]


def _inserted(line: str, text: str) -> str:
    return f"{line[:-1]},{text}}}"


def _with_first(line: str, before: str, number: str) -> str | None:
    """A line in which the first number behind some text is another one."""
    head, found, rest = line.partition(before)
    end = len(rest) - len(rest.lstrip("0123456789."))
    return head + found + number + rest[end:] if found and end else None


# Where in a record.


def _set(holder: Json, name: str, value: object) -> bool:
    holder[name] = value
    return True


def _change(holder: Json, name: str, value: object) -> bool:
    """Set a field, if it is there."""
    return name in holder and _set(holder, name, value)


def _first(record: Json, name: str) -> Json:
    """The first item of a list, or nothing."""
    items = cast("list[Json]", record.get(name, ()))
    return items[0] if items else {}


def _time(record: Json) -> Json:
    for name in _TIMES:
        if name in record:
            return cast("Json", record[name])
    return {}


def _airspace_or_place(record: Json) -> Json:
    return cast("Json", record.get("airspace") or record.get("place") or {})


def _point(record: Json) -> Json:
    for geometry in _found(record, "geometry"):
        if geometry["type"] == "Point":
            return geometry
    return {}


def _found(value: Any, name: str) -> Iterator[Json]:
    """Every object of that name, however deep it stands."""
    if isinstance(value, dict):
        for key, inner in cast("Json", value).items():
            if key == name:
                yield inner
            else:
                yield from _found(inner, name)
    elif isinstance(value, list):
        for inner in cast("list[object]", value):
            yield from _found(inner, name)


# All of them, by name.

_OF_RECORDS: Mapping[str, tuple[str, Callable[[Json], bool]]] = {
    "unknown_field": ("unknown_field", _unknown_field),
    "perpetrator": ("unknown_field", _perpetrator),
    "missing_field": ("missing_field", _missing_field),
    "unknown_record_type": ("unknown_record_type", _unknown_record_type),
    "wrong_word": ("value_not_in_vocabulary", _wrong_word),
    "wrong_aspect": ("value_not_in_vocabulary", _wrong_aspect),
    "number_for_text": ("wrong_type", _number_for_text),
    "text_for_list": ("wrong_type", _text_for_list),
    "number_for_count": ("wrong_type", _number_for_count),
    "malformed_time": ("malformed_time", _malformed_time),
    "impossible_day": ("malformed_time", _impossible_day),
    "reversed_interval": ("malformed_time", _reversed_interval),
    "offset_missing": ("naive_datetime", _offset_missing),
    "naive_datetime": ("naive_datetime", _naive_datetime),
    "number_as_date": ("number_as_date", _number_as_date),
    "misspelt_zone": ("unknown_time_zone", _misspelt_zone),
    "unknown_state": ("unknown_state_code", _unknown_state),
    "wrong_id_form": ("malformed_id", _wrong_id_form),
    "unresolved_reference": ("unresolved_reference", _unresolved_reference),
    "wrong_kind_of_record": ("wrong_kind_of_record", _wrong_kind_of_record),
    "reserved_id": ("reserved_id", _reserved_id),
    "latitude_out_of_range": ("out_of_range", _latitude_out_of_range),
    "revision_zero": ("out_of_range", _revision_zero),
    "position_cut_short": ("malformed_position", _position_cut_short),
    "open_ring": ("ring_not_closed", _open_ring),
    "empty_text": ("wrong_length", _empty_text),
    "no_sources": ("wrong_length", _no_sources),
    "bounds_out_of_order": ("bounds_out_of_order", _bounds_out_of_order),
    "empty_count": ("empty_value", _empty_count),
    "unit_missing": ("unit_missing", _unit_missing),
    "wrong_unit": ("wrong_unit", _wrong_unit),
    "ended_and_ongoing": ("end_contradicted", _ended_and_ongoing),
    "claim_without_value": ("claim_without_value", _claim_without_value),
    "dangling_pointer": ("dangling_pointer", _dangling_pointer),
    "malformed_language": ("malformed_value", _malformed_language),
}
_OF_TEXTS: Mapping[str, tuple[str, Callable[[str], str | None]]] = {
    "duplicate_key": ("duplicate_key", _duplicate_key),
    "truncated_json": ("truncated_record", _truncated_json),
    "nan": ("not_finite", _nan),
    "single_quotes": ("json_syntax", _single_quotes),
    "trailing_comma": ("json_syntax", _trailing_comma),
    "nested_too_deeply": ("nested_too_deeply", _nested_too_deeply),
    "too_many_digits": ("inexact_number", _too_many_digits),
}
_BROKEN_ENCODING = "broken_encoding"

FAULTS: Mapping[str, str] = MappingProxyType(
    {name: code for name, (code, _) in {**_OF_RECORDS, **_OF_TEXTS}.items()}
    | {_BROKEN_ENCODING: "wrong_encoding"}
)
"""The code of the one notice that each fault gives, by the name of the fault."""


def plant(fault: str, line: bytes) -> bytes | None:
    """Plant a fault in a line of a feed.

    Args:
        fault: its name, one of `FAULTS`.
        line: a valid record in JSON, on one line, without its end.

    Returns:
        The line with the fault, or None if the record has no room for it: one that names no
        place has no latitude.

    Raises:
        KeyError: there is no such fault.

    >>> plant("unknown_field", b'{"type":"official","id":"syn-1","name":"Testo Sample"}')
    b'{"type":"official","id":"syn-1","name":"Testo Sample","made_up_field":"made up"}'
    """
    if fault == _BROKEN_ENCODING:
        return _broken_encoding(line)
    if fault in _OF_TEXTS:
        text = _OF_TEXTS[fault][1](line.decode())
    else:
        record: Json = json.loads(line)
        has_room = _OF_RECORDS[fault][1](record)
        text = json.dumps(record, ensure_ascii=False, separators=(",", ":")) if has_room else None
    return None if text is None else text.encode()
