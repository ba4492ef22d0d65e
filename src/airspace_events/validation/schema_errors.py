"""Says what is wrong with the shape of a record, in words that a person can act on.

pydantic tells what it refused; here that becomes notices, with the place in the feed, the
name of what is demanded, and what was probably meant.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from pydantic_core import ErrorDetails

from airspace_events.diagnostics import suggestions
from airspace_events.diagnostics.problem import Problem
from airspace_events.feeds.header import FeedHeader
from airspace_events.feeds.locating import RawRecord
from airspace_events.feeds.reading import Entry, json_object, model_of
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.safe_text import safe, shown
from airspace_events.validation.codes import CODES
from airspace_events.validation.notices import Notice, Where
from airspace_events.values.base import Value
from airspace_events.values.structure import FieldShape, fields_of, follow

_LONGEST_KEY = 200
_FEW_WORDS = 10
_SHORT = 40

# What an incursion has no field for, on purpose.
_CLAIMED = frozenset({"intent", "perpetrator", "attribution", "culprit", "responsible", "blame"})

_JSON_TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
    "none_required": "nothing (leave it out)",
    "is_instance_of": "another type",
}


@dataclass(frozen=True, slots=True)
class _Problem:
    """One refusal of pydantic, with what the annotations say of the place."""

    kind: str
    message: str
    input: Any
    context: dict[str, Any]
    parts: tuple[int | str, ...]
    holder: type[Value] | None
    field: FieldShape | None
    is_key: bool


@dataclass(frozen=True, slots=True)
class _Saying:
    """What to say of a problem; what was meant is found out only if it will be listed."""

    code: str
    message: str
    suggest: Callable[[], str | None] | None = None
    at_name: bool = False
    parts: tuple[int | str, ...] | None = None
    without_guess: str = ""


def shape_notices(entry: Entry, file: str, has_room: Callable[[str], bool]) -> Iterator[Notice]:
    """The notices of an entry whose shape is not valid.

    Args:
        entry: the entry.
        file: the feed, as it was named.
        has_room: whether a notice of a code will be listed.
    """
    raw, error = entry.raw, entry.error
    if raw is None or error is None:
        return
    model: type[Value] | None = FeedHeader if entry.is_header else model_of(raw.data)
    record, given = record_id(raw), json_object(raw.data)
    place = Where(file, raw.line, raw)
    for item in error.errors(include_url=False):
        problem = _problem(item, model, given, is_header=entry.is_header)
        if _is_echo(problem):
            continue
        saying = _say(problem)
        where = _shortened(problem.parts if saying.parts is None else saying.parts)
        guess = saying.suggest() if saying.suggest and has_room(saying.code) else None
        message = saying.message + ("" if guess else saying.without_guess)
        context = {"field": str(where[-1])} if where else {}
        told = Problem(saying.code, message, where, guess, context, at_name=saying.at_name)
        yield place.notice(told, record)


def _problem(
    item: ErrorDetails, model: type[Value] | None, given: Any, *, is_header: bool
) -> _Problem:
    location = item["loc"] if is_header else item["loc"][1:]
    context = item.get("ctx", {})
    parts, _, field = follow(model, location, given) if model else ((), None, None)
    holder = follow(model, location[:-1], given)[1] if model else None
    is_key = bool(location) and location[-1] == "[key]"
    parts = (*parts, *context.get("path", ()))
    return _Problem(
        item["type"], item["msg"], item["input"], context, parts, holder, field, is_key
    )


def _shortened(parts: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """The parts of a pointer up to a key that is too long to show."""
    for depth, part in enumerate(parts):
        if isinstance(part, str) and len(part) > _LONGEST_KEY:
            return parts[:depth]
    return parts


def record_id(raw: RawRecord) -> str | None:
    """The id that a record gives itself, if it can be read at all."""
    value = json_object(raw.data)
    name = _first_id(raw.data) if value is None else value.get("id")
    return safe(name[:128]) if isinstance(name, str) else None


def _first_id(data: bytes) -> str | None:
    """The first id in the bytes of a record that is not JSON as a whole."""
    _, found, rest = data.partition(b'"id":')
    quoted = rest.lstrip()
    end = quoted.find(b'"', 1)
    if not found or quoted[:1] != b'"' or not 0 < end < _LONGEST_KEY:
        return None
    return quoted[1:end].decode(errors="replace")


def _is_echo(problem: _Problem) -> bool:
    """Whether a list is called too short only because its items are not valid."""
    return problem.kind == "too_short" and len(problem.input) >= problem.context["min_length"]


def _say(problem: _Problem) -> _Saying:
    if problem.is_key:
        return _malformed_key(problem)
    if problem.kind in _JSON_TYPES:
        return _wrong_type(problem)
    if problem.kind in _SAYINGS:
        return _SAYINGS[problem.kind](problem)
    if problem.kind in CODES:
        return _Saying(problem.kind, safe(problem.message), parts=_at(problem))
    return _Saying("invalid_value", safe(problem.message[:300]))


def _noun(model: type[Value] | None) -> str:
    """What a class of values is called: AerialObject is an "aerial object"."""
    if model is None:
        return "value"
    return "".join(f" {c.lower()}" if c.isupper() else c for c in model.__name__).strip()


def _missing(problem: _Problem) -> _Saying:
    name = str(problem.parts[-1])
    return _Saying("missing_field", f'the {_noun(problem.holder)} has no "{name}"')


def _unknown(problem: _Problem) -> _Saying:
    name = str(problem.parts[-1])
    known = tuple(fields_of(problem.holder)) if problem.holder else ()
    message = f"{shown(name)} is no field of {_article(_noun(problem.holder))}"
    if name in _CLAIMED:
        message += ": record it as a claim or an assessment"
        return _Saying("unknown_field", message, at_name=True)
    if former := suggestions.former_field(name, known):
        message += former.hint
        return _Saying("unknown_field", message, lambda: former.suggestion, at_name=True)
    return _Saying(
        "unknown_field", message, lambda: suggestions.field_of(name, known), at_name=True
    )


def _not_a_word(problem: _Problem) -> _Saying:
    word, field = problem.input, problem.field
    if field is None or field.vocabulary is None:
        message = f"{shown(word)} cannot be here; {_lowered(problem.message)}"
        return _Saying("value_not_in_vocabulary", safe(message[:300]))
    name = field.vocabulary
    vocabulary = suggestions.vocabulary_named(name)
    message = f"{shown(word)} is no {vocabulary.title}"
    if vocabulary.module == "state_codes":
        return _Saying("unknown_state_code", message, _if_text(word, suggestions.state_code))
    if former := suggestions.former_word(name, word):
        return _Saying("value_not_in_vocabulary", message + former.hint, lambda: former.suggestion)
    guess = _if_text(word, lambda text: suggestions.word_of(name, text))
    words = ", ".join(str(word) for word in vocabulary.words)
    few = len(vocabulary.words) <= _FEW_WORDS
    otherwise = f"; it is one of {words}" if few else f"; the codebook lists the words: {name}"
    return _Saying("value_not_in_vocabulary", message, guess, without_guess=otherwise)


def _if_text(value: Any, suggest: Callable[[str], str | None]) -> Callable[[], str | None] | None:
    return (lambda: suggest(value)) if isinstance(value, str) else None


def _unknown_tag(problem: _Problem) -> _Saying:
    name = str(problem.context["discriminator"]).strip("'")
    word: Any = problem.input.get(name, problem.context["tag"])
    parts = (*problem.parts, name)
    if not problem.parts and name == "type":
        words: Any = RECORD_CLASSES
        message = f"{shown(word)} is no type of record"
        code = "unknown_record_type"
    else:
        words = problem.field.models if problem.field else {}
        what = "aspect" if name == "aspect" else f"{name} of {_article(_family(problem))}"
        message = f"{shown(word)} is no {what}"
        code = "value_not_in_vocabulary"
        if name == "aspect" and (former := suggestions.former_aspect(word, problem.input)):
            return _Saying(code, message + former.hint, lambda: former.suggestion, parts=parts)
    guess = _if_text(word, lambda text: suggestions.close_to(text, tuple(words)))
    return _Saying(code, message, guess, parts=parts)


def _missing_tag(problem: _Problem) -> _Saying:
    name = str(problem.context["discriminator"]).strip("'")
    what = _family(problem) if problem.parts else "record"
    return _Saying("missing_field", f'the {what} has no "{name}"', parts=(*problem.parts, name))


def _family(problem: _Problem) -> str:
    models = list(problem.field.models.values()) if problem.field else []
    return _noun(models[0].__bases__[0]) if models else "value"


def _malformed_key(problem: _Problem) -> _Saying:
    message = f"{shown(problem.input)} is no namespace: a domain name that you control"
    return _Saying("malformed_value", message, at_name=True)


def _malformed(problem: _Problem) -> _Saying:
    text, form = problem.input, problem.field.form if problem.field else None
    message = f"{shown(text)} is no {form.name if form else 'valid value'}"
    if not isinstance(text, str):
        return _Saying("malformed_value", message)
    kinds = problem.field.reference.kinds if problem.field and problem.field.reference else ()
    if "state" in kinds and len(text) == len("RO") and text.isupper():
        message = f"{shown(text)} is no state code"
        return _Saying("unknown_state_code", message, lambda: suggestions.state_code(text))
    if kinds or (problem.field and problem.field.name in ("id", "place")):
        return _Saying("malformed_id", message, lambda: suggestions.name_of_record(text, kinds))
    if form and form.standard == "RFC 3339" and _looks_naive(text):
        message = f"{shown(text)} has no offset from UTC: write Z, or one such as +03:00"
        return _Saying("naive_datetime", message)
    if form and form.standard == "IANA tz database":
        return _Saying("unknown_time_zone", message, lambda: suggestions.time_zone(text))
    example = f', such as "{form.example}"' if form else ""
    return _Saying("malformed_value", message + example)


def _mismatched(problem: _Problem) -> _Saying:
    text, form = problem.input, problem.field.form if problem.field else None
    if not isinstance(text, str) or form is None or not form.name.startswith("name of a field"):
        return _malformed(problem)
    message = (
        f"{shown(text)} is not the name of a field; write its name with dots, and items by "
        f'their ids: "{form.example}"'
    )
    return _Saying("malformed_field_name", message, lambda: suggestions.field_name(text))


def _looks_naive(text: str) -> bool:
    """Whether a text ends with a time of day, and so without an offset."""
    day, _, clock = text.replace(" ", "T", 1).partition("T")
    return day.count("-") == 2 and bool(clock) and set(clock) <= set("0123456789:.")  # noqa: PLR2004


def _time_zone(problem: _Problem) -> _Saying:
    message = f"{shown(problem.input)} is no time zone"
    guess = _if_text(problem.input, suggestions.time_zone)
    return _Saying("unknown_time_zone", message, guess)


def _malformed_time(problem: _Problem) -> _Saying:
    guess = problem.context.get("suggestion") or None
    message = f"{shown(problem.input)} is no time: {problem.message}"
    return _Saying(problem.kind, message, lambda: guess)


def _wrong_type(problem: _Problem) -> _Saying:
    value, form = problem.input, problem.field.form if problem.field else None
    if isinstance(value, float) and not math.isfinite(value):
        return _not_finite(problem)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and form and ("date" in form.name or "instant" in form.name):
        message = f"the number {shown(value)} is no {form.name}"
        return _Saying("number_as_date", message)
    demanded = _JSON_TYPES[problem.kind]
    message = f"here must be {demanded}, not {_described(value)}"
    if form and form.name.startswith("id of an item") and isinstance(value, dict):
        message += ": write the place into `places`, with an `id`, and that id here"
    return _Saying("wrong_type", message + _as_it_should_be(problem))


def _as_it_should_be(problem: _Problem) -> str:
    """The value, written as the field demands, if that takes only brackets around it."""
    value, field = problem.input, problem.field
    is_plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    if not is_plain or field is None or len(str(value)) > _SHORT:
        return ""
    if problem.kind == "tuple_type" and not field.models:
        return f": write [{shown(value)}]"
    if problem.kind == "model_type" and list(field.models) == [""]:
        shapes = fields_of(field.models[""])
        key = next((name for name, shape in shapes.items() if shape.required), None)
        if key is None and {"verbatim", "best"} <= shapes.keys():
            key = "verbatim" if isinstance(value, str) else "best"
        return f': write {{"{key}": {shown(value)}}}' if key else ""
    return ""


def _described(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return shown(value)
    if isinstance(value, str):
        return f"the text {shown(value)}"
    if isinstance(value, int | float):
        return f"the number {shown(value)}"
    return shown(value)


def _out_of_range(problem: _Problem) -> _Saying:
    if isinstance(problem.input, float) and not math.isfinite(problem.input):
        return _not_finite(problem)
    name = _what_is_measured(problem)
    bound = next(iter(problem.context.values()))
    relation = {"g": "at least", "l": "at most"}[problem.kind[0]]
    message = f"{shown(problem.input)} is no {name}, which is {relation} {bound:g}"
    return _Saying("out_of_range", message)


def _what_is_measured(problem: _Problem) -> str:
    last = problem.parts[-1]
    if problem.field and problem.field.name == "coordinates" and isinstance(last, int):
        return ("longitude", "latitude", "elevation")[min(last, 2)]
    return problem.field.form.name if problem.field and problem.field.form else "number"


def _wrong_length(problem: _Problem) -> _Saying:
    item = "character" if problem.kind.startswith("string") else "item"
    relation = "at least" if "min_length" in problem.context else "at most"
    bound = problem.context.get("min_length", problem.context.get("max_length"))
    items = item if bound == 1 else item + "s"
    message = f"here must be {relation} {bound} {items}, not {len(problem.input)}"
    return _Saying("wrong_length", message)


def _not_finite(problem: _Problem) -> _Saying:
    what = shown(problem.input) if isinstance(problem.input, float) else "NaN or an infinity"
    return _Saying("not_finite", f"{what} is no number that JSON knows")


def _no_such_instant(problem: _Problem) -> _Saying:
    return _Saying("malformed_value", f"{shown(problem.input)} is no instant: no such day or time")


def _at(problem: _Problem) -> tuple[int | str, ...] | None:
    """Return the parts of the place that the refusal itself names; None if it names none."""
    at = problem.context.get("at")
    if at is None:
        return None
    return tuple(int(part) if part.isdigit() else part for part in at.split("/")[1:])


def _unknown_field_name(problem: _Problem) -> _Saying:
    name = problem.context["name"]
    names = list(cast("dict[str, Any]", problem.input)["fields"])
    return _Saying(
        "unknown_field_name",
        safe(problem.message),
        lambda: suggestions.claimed_name(name, problem.context),
        parts=(*problem.parts, "fields", names.index(name)),
    )


def _dangling_field(problem: _Problem) -> _Saying:
    record, name = problem.input, problem.context["name"]
    return _Saying(
        "dangling_field",
        safe(problem.message),
        lambda: suggestions.name_in(record, name),
        parts=_at(problem),
    )


def _misplaced_value(problem: _Problem) -> _Saying:
    parts = (*problem.parts, *(_at(problem) or ("value",)))
    return _Saying("misplaced_claim_value", safe(problem.message), parts=parts)


def _lowered(message: str) -> str:
    return message[:1].lower() + message[1:]


def _article(noun: str) -> str:
    return ("an " if noun[:1] in "aeiou" else "a ") + noun


_SAYINGS: dict[str, Callable[[_Problem], _Saying]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "literal_error": _not_a_word,
    "union_tag_invalid": _unknown_tag,
    "union_tag_not_found": _missing_tag,
    "string_pattern_mismatch": _mismatched,
    "malformed_time": _malformed_time,
    "naive_datetime": _malformed_time,
    "unknown_time_zone": _time_zone,
    "greater_than": _out_of_range,
    "greater_than_equal": _out_of_range,
    "less_than": _out_of_range,
    "less_than_equal": _out_of_range,
    "string_too_long": _wrong_length,
    "string_too_short": _wrong_length,
    "too_long": _wrong_length,
    "too_short": _wrong_length,
    "finite_number": _not_finite,
    "not_finite": _not_finite,
    "datetime_parsing": _no_such_instant,
    "datetime_from_date_parsing": _no_such_instant,
    "datetime_object_invalid": _no_such_instant,
    "dangling_field": _dangling_field,
    "unknown_field_name": _unknown_field_name,
    "misplaced_claim_value": _misplaced_value,
}
