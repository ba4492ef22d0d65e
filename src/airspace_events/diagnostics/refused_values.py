"""Messages for each kind of invalid value, with the value and its correction."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as field_
from datetime import date, datetime
from typing import Any, cast

from pydantic import BaseModel

from airspace_events.diagnostics import suggestions
from airspace_events.diagnostics.problem import Parts, Problem
from airspace_events.diagnostics.wording import (
    FEW_WORDS,
    described,
    noun_of,
    unknown_state,
    unknown_word,
    with_article,
)
from airspace_events.safe_text import safe, shown
from airspace_events.spelling import nearest
from airspace_events.values.base import FamilyValue, Value
from airspace_events.values.measures import Totals
from airspace_events.values.scalars import Form
from airspace_events.values.structure import FieldShape, fields_of

_LONGEST_MESSAGE = 300
_SHORT = 40
_DATE_HYPHENS = 2
_ITEM = "id of an item"

# Fields that records deliberately do not have, because they are always claims.
_CLAIMED = frozenset({"intent", "perpetrator", "attribution", "culprit", "responsible", "blame"})

_JSON_TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_parsing_size": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
    "get_attribute_error": "an object",
    "none_required": "null or absent",
    "is_instance_of": "another type",
}

Suggests = Callable[[str], bool]
"""A function that returns whether problems with a given code get a suggestion."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A pydantic error and the field that it concerns.

    Attributes:
        kind: the type of the error.
        message: the message of pydantic or of a validator.
        input: the rejected value.
        context: the facts of the error.
        parts: the parts of the JSON Pointer to the value.
        holder: the class that has the field.
        field: the field.
        is_key: whether the rejected value is a key.
        is_ours: whether a validator of this library rejected the value; `kind` is then a code.
        family: the classes of a union by tag, if the union is the expected type of the whole data.
        in_python: whether hints are Python code, because a constructor was called.
    """

    kind: str
    message: str
    input: Any
    context: Mapping[str, Any]
    parts: Parts
    holder: type[BaseModel] | None
    field: FieldShape | None
    is_key: bool = False
    is_ours: bool = False
    family: Mapping[str, type[Value]] = field_(default_factory=dict[str, type[Value]])
    in_python: bool = False


def problem_of(refusal: Refusal, suggests: Suggests) -> Problem:
    """Return the problem that describes a rejected value.

    Args:
        refusal: the pydantic error and the field that it concerns.
        suggests: a function that returns whether problems with a given code get a suggestion.
    """
    problem = _problem_of(refusal, suggests)
    at = problem.parts or refusal.parts
    return Problem(
        problem.code,
        problem.message,
        at,
        problem.suggestion if suggests(problem.code) else None,
        {"field": str(at[-1])} if at else {},
        at_name=problem.at_name,
    )


def _problem_of(refusal: Refusal, suggests: Suggests) -> Problem:
    if refusal.is_key:
        message = f"{shown(refusal.input)} is not a namespace; use a domain name that you control"
        return Problem("malformed_value", message, at_name=True)
    if refusal.kind in _JSON_TYPES:
        return _wrong_type(refusal)
    if refusal.kind in _SENTENCES:
        return _SENTENCES[refusal.kind](refusal, suggests)
    if refusal.is_ours:
        return Problem(refusal.kind, safe(refusal.message))
    reason = safe(refusal.message[:_LONGEST_MESSAGE])
    message = f"{shown(refusal.input)} is not allowed for {_subject(refusal)}: {reason}"
    return Problem("invalid_value", message)


def _missing(refusal: Refusal, _: Suggests) -> Problem:
    name = str(refusal.parts[-1])
    return Problem("missing_field", f'the {noun_of(refusal.holder)} has no "{name}"')


def _unknown_field(refusal: Refusal, suggests: Suggests) -> Problem:
    return unknown_field(str(refusal.parts[-1]), refusal.holder, suggest=suggests("unknown_field"))


def unknown_field(
    name: str, model: type[BaseModel] | None, *, suggest: bool = True, others: Parts = ()
) -> Problem:
    """Return the problem for a field that a class does not have.

    Args:
        name: the name of the field.
        model: the class.
        suggest: whether to search for the field that was probably meant.
        others: additional names that are allowed in the same object.
    """
    known = tuple(fields_of(cast("type[Value]", model))) if model else ()
    noun = noun_of(model)
    who = f"{noun} have" if noun.endswith("totals") else f"{with_article(noun)} has"
    message = f"{who} no field {shown(name)}"
    code, guess = "unknown_field", None
    if name in _CLAIMED:
        message += ": record it as a claim or an assessment"
    elif former := suggestions.former_field(name, known):
        message, guess = message + former.hint, former.suggestion
    elif suggest:
        guess = suggestions.field_of(name, (*known, *map(str, others)))
    return Problem(code, message, suggestion=guess, at_name=True)


def _unknown_word(refusal: Refusal, suggests: Suggests) -> Problem:
    word, field = refusal.input, refusal.field
    if field is not None and field.vocabulary is not None:
        is_wanted = suggests("value_not_in_vocabulary") or suggests("unknown_state_code")
        return unknown_word(word, field.vocabulary, suggest=is_wanted)
    expected = str(refusal.context.get("expected", ""))
    # pydantic puts each word in quotes.
    words = expected.split("'")[1::2] or [expected]
    guess = nearest(word, words) if isinstance(word, str) else None
    few = f"; use {_one_of(words)}" if not guess and len(words) <= FEW_WORDS else ""
    message = f"{shown(word)} is not allowed for {_subject(refusal)}{few}"
    return Problem("value_not_in_vocabulary", message, suggestion=guess)


def _one_of(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"one of {', '.join(words)}"


def _unknown_tag(refusal: Refusal, suggests: Suggests) -> Problem:
    name = str(refusal.context["discriminator"]).strip("'")
    given = _fields(refusal.input)
    word: Any = given.get(name, refusal.context["tag"])
    parts = (*refusal.parts, name)
    words = _members(refusal)
    if name == "type" and not _is_family(words):
        code, message = "unknown_record_type", f"{shown(word)} is not a type of record"
    else:
        family = _family(words)
        of = family if name == "type" else with_article(family)
        what = "aspect" if name == "aspect" else f"{name} of {of}"
        code, message = "value_not_in_vocabulary", f"{shown(word)} is not {with_article(what)}"
        if name == "aspect" and (former := suggestions.former_aspect(word, given)):
            return Problem(code, message + former.hint, parts, former.suggestion)
    is_wanted = suggests(code) and isinstance(word, str)
    return Problem(code, message, parts, nearest(word, words) if is_wanted else None)


def _fields(value: Any) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return cast("Mapping[str, Any]", value)
    return getattr(value, "__dict__", {})


def _missing_tag(refusal: Refusal, _: Suggests) -> Problem:
    name = str(refusal.context["discriminator"]).strip("'")
    words = _members(refusal)
    what = _family(words) if _is_family(words) else "record"
    return Problem("missing_field", f'the {what} has no "{name}"', (*refusal.parts, name))


def _members(refusal: Refusal) -> Mapping[str, type[Value]]:
    if refusal.field is not None:
        return refusal.field.models
    return refusal.family


def _is_family(words: Mapping[str, type[Value]]) -> bool:
    return any(issubclass(model, FamilyValue) for model in words.values())


def _family(words: Mapping[str, type[Value]]) -> str:
    models = list(words.values())
    return noun_of(cast("type[Value]", models[0].__bases__[0])) if models else "value"


def _malformed(refusal: Refusal, suggests: Suggests) -> Problem:
    text, field = refusal.input, refusal.field
    form = field.form if field else None
    message = f"{shown(text)} is not {with_article(form.name if form else 'valid value')}"
    if not isinstance(text, str) or field is None or form is None:
        return Problem("malformed_value", message)
    kinds = field.reference.kinds if field.reference else ()
    if "state" in kinds and len(text) == len("RO") and text.isupper():
        return unknown_state(text, suggest=suggests("unknown_state_code"))
    if kinds or field.name in ("id", "place"):
        guess = suggestions.name_of_record(text, kinds)
        if guess and not guess[0].isalpha() and form.name.startswith(_ITEM):
            guess = None
        return Problem("malformed_id", message, suggestion=guess)
    return _other_form(refusal, form, message, suggests)


def _other_form(refusal: Refusal, form: Form, message: str, suggests: Suggests) -> Problem:
    """Return the problem for malformed text in a field that does not contain an id."""
    text: str = refusal.input
    if form.standard == "RFC 3339" and _looks_naive(text):
        return _without_offset(text)
    if form.standard == "IANA tz database":
        return _unknown_time_zone(refusal, suggests)
    if form.name.startswith("name of a field"):
        message = (
            f"{shown(text)} is not the name of a field; separate names with dots and identify "
            f'items by their ids, as in "{form.example}"'
        )
        guess = suggestions.field_name(text)
        return Problem("malformed_field_name", message, suggestion=guess)
    return Problem("malformed_value", f'{message}; an example is "{form.example}"')


def _looks_naive(text: str) -> bool:
    day, _, clock = text.replace(" ", "T", 1).partition("T")
    is_clock = bool(clock) and set(clock) <= set("0123456789:.")
    return day.count("-") == _DATE_HYPHENS and is_clock


def _without_offset(value: Any) -> Problem:
    what = shown(value) if isinstance(value, str) else described(value)
    message = f"{what} has no offset from UTC; add Z, or an offset such as +03:00"
    if not isinstance(value, str):
        message = f"{what} without a time zone is not an instant; set its tzinfo"
    return Problem("naive_datetime", message)


def _naive_datetime(refusal: Refusal, suggests: Suggests) -> Problem:
    if refusal.is_ours:
        return _malformed_time(refusal, suggests)
    return _without_offset(refusal.input)


def _unknown_time_zone(refusal: Refusal, suggests: Suggests) -> Problem:
    name, code = refusal.input, "unknown_time_zone"
    guess = suggestions.time_zone(name) if isinstance(name, str) and suggests(code) else None
    return Problem(code, f"{shown(name)} is not a time zone", suggestion=guess)


def _malformed_time(refusal: Refusal, _: Suggests) -> Problem:
    guess = refusal.context.get("suggestion") or None
    message = f"{shown(refusal.input)} is not a valid time: {safe(refusal.message)}"
    return Problem(refusal.kind, message, suggestion=guess)


def _wrong_type(refusal: Refusal) -> Problem:
    value, form = refusal.input, refusal.field.form if refusal.field else None
    if isinstance(value, float) and not math.isfinite(value):
        return _not_finite(refusal)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and form and ("date" in form.name or "instant" in form.name):
        message = f"the number {shown(value)} is not {with_article(form.name)}"
        return Problem("number_as_date", message)
    if isinstance(value, datetime) and value.tzinfo is None:
        return _without_offset(value)
    demanded = _JSON_TYPES[refusal.kind]
    if refusal.field is not None and _is_claimed(refusal):
        demanded += _held(refusal.field)
    message = f"{_subject(refusal)} must be {demanded}, not {described(value)}"
    if form and form.name.startswith(_ITEM) and isinstance(value, dict):
        message += "; add the place to `places` with an `id`, and use the id"
    if refusal.field and Totals in refusal.field.models.values() and isinstance(value, list):
        message += '; write a field for each thing counted: {"crossings": {"best": 19}}'
    return Problem("wrong_type", message + _hint(refusal))


def _is_claimed(refusal: Refusal) -> bool:
    """Return whether the rejected value is the value that a claim gives for a field."""
    field, parts = refusal.field, refusal.parts
    return field is not None and field.name != "value" and parts[-1:] == ("value",)


def _held(field: FieldShape) -> str:
    """Return the type of a claimed value in brackets, or an empty string for a plain value."""
    noun = noun_of(field.models[""]) if list(field.models) == [""] else ""
    if field.many:
        return f" (one {noun or 'item'})"
    return f" ({with_article(noun)})" if noun else ""


def _subject(refusal: Refusal) -> str:
    if refusal.field is not None and _is_claimed(refusal):
        return f"the value of {shown(refusal.field.name)}"
    names = [part for part in refusal.parts if isinstance(part, str)]
    if not names:
        return f"the {noun_of(refusal.holder) if refusal.holder else 'record'}"
    is_item = isinstance(refusal.parts[-1], int)
    return f"an item of {shown(names[-1])}" if is_item else shown(names[-1])


def _hint(refusal: Refusal) -> str:
    """Return a hint that shows the value in the form that the field requires, if possible."""
    value, field = refusal.input, refusal.field
    if isinstance(value, date):
        return _date_hint(refusal, value)
    is_list = refusal.kind == "tuple_type"
    if isinstance(value, Value):
        name = type(value).__name__
        fits = is_list and field is not None and type(value) in field.models.values()
        return f": write {field.name}=[{name}(...)]" if fits and field else ""
    is_plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    if not is_plain or field is None:
        return ""
    # An integer of thousands of digits cannot be written as text.
    is_long = abs(value) >= 10**_SHORT if isinstance(value, int) else len(str(value)) > _SHORT
    if is_long:
        return ""
    written = shown(value) if is_list and not field.models else ""
    if list(field.models) == [""] and refusal.kind in ("tuple_type", "model_type"):
        written = _as_object(value, field.models[""], in_python=refusal.in_python)
    if is_list and written:
        written = f"[{written}]"
    return f": write {written}" if written else ""


def _date_hint(refusal: Refusal, value: date) -> str:
    form = refusal.field.form if refusal.field else None
    if refusal.kind != "string_type" or form is None:
        return ""
    is_instant = form.standard == "RFC 3339" and not isinstance(value, datetime)
    if "instant" in form.name and not is_instant:
        return f": write {shown(value.isoformat())}"
    return f'; an example is "{form.example}"'


def _as_object(value: Any, model: type[Value], *, in_python: bool) -> str:
    """Return JSON or Python code that puts a plain value into an object.

    The result is an empty string if no field of the object can have the value.
    """
    shapes = fields_of(model)
    key = next((name for name, shape in shapes.items() if shape.required), None)
    if key is None and {"verbatim", "best"} <= shapes.keys():
        key = "verbatim" if isinstance(value, str) else "best"
    if key is None or shapes[key].models:
        return ""
    if in_python:
        return f"{model.__name__}({key}={shown(value)})"
    return f'{{"{key}": {shown(value)}}}'


def _out_of_range(refusal: Refusal, _: Suggests) -> Problem:
    if isinstance(refusal.input, float) and not math.isfinite(refusal.input):
        return _not_finite(refusal)
    bound = next(iter(refusal.context.values()))
    relation = {"g": "at least", "l": "at most"}[refusal.kind[0]]
    last = refusal.parts[-1]
    subject = _subject(refusal)
    if refusal.field and refusal.field.name == "coordinates" and isinstance(last, int):
        subject = f"the {('longitude', 'latitude', 'elevation')[min(last, 2)]}"
    message = f"{subject} must be {relation} {bound:.10g}, not {shown(refusal.input)}"
    return Problem("out_of_range", message)


def _wrong_length(refusal: Refusal, _: Suggests) -> Problem:
    item = "character" if refusal.kind.startswith("string") else "item"
    least, most = refusal.context.get("min_length"), refusal.context.get("max_length")
    bound, relation = (least, "at least") if least is not None else (most, "at most")
    items = item if bound == 1 else item + "s"
    has = len(refusal.input) if hasattr(refusal.input, "__len__") else "fewer"
    message = f"{_subject(refusal)} must have {relation} {bound} {items}; it has {has}"
    return Problem("wrong_length", message)


def _not_finite(refusal: Refusal, _: Suggests | None = None) -> Problem:
    what = shown(refusal.input) if isinstance(refusal.input, float) else "NaN or infinity"
    return Problem("not_finite", f"{what} is not a valid JSON number")


def _no_such_instant(refusal: Refusal, _: Suggests) -> Problem:
    message = f"{shown(refusal.input)} is not an instant: the day or the time does not exist"
    return Problem("malformed_value", message)


def _unknown_field_name(refusal: Refusal, suggests: Suggests) -> Problem:
    name, code = refusal.context["name"], "unknown_field_name"
    guess = suggestions.claimed_name(name, refusal.context) if suggests(code) else None
    parts = refusal.parts
    if not isinstance(refusal.input, str):
        # The whole claim was refused.
        parts = (*parts, "fields", list(_fields(refusal.input)["fields"]).index(name))
    return Problem(code, safe(refusal.message), parts, guess)


def _misplaced_value(refusal: Refusal, _: Suggests) -> Problem:
    parts = refusal.parts if "at" in refusal.context else (*refusal.parts, "value")
    return Problem("misplaced_claim_value", safe(refusal.message), parts)


def _dangling_field(refusal: Refusal, suggests: Suggests) -> Problem:
    name, code = refusal.context["name"], "dangling_field"
    guess = suggestions.name_in(refusal.input, name) if suggests(code) else None
    return Problem(code, safe(refusal.message), suggestion=guess)


def _not_unicode(refusal: Refusal, _: Suggests) -> Problem:
    message = (
        f"{shown(refusal.input)} contains an unpaired surrogate, which is not a valid character"
    )
    return Problem("malformed_value", message)


def _endless(refusal: Refusal, _: Suggests) -> Problem:
    return Problem("nested_too_deeply", f"{_subject(refusal)} contains itself")


def _frozen(refusal: Refusal, _: Suggests) -> Problem:
    name = safe(str(refusal.parts[-1]))
    what = with_article(noun_of(refusal.holder))
    message = f"{what} cannot be changed; to make a changed copy, use replace({name}=...)"
    return Problem(refusal.kind, message)


def _not_json(refusal: Refusal, _: Suggests) -> Problem:
    return Problem(
        "json_syntax", safe(f"the text is not valid JSON: {refusal.context.get('error')}")
    )


_SENTENCES: dict[str, Callable[[Refusal, Suggests], Problem]] = {
    "json_invalid": _not_json,
    "missing": _missing,
    "extra_forbidden": _unknown_field,
    "literal_error": _unknown_word,
    "enum": _unknown_word,
    "union_tag_invalid": _unknown_tag,
    "union_tag_not_found": _missing_tag,
    "string_pattern_mismatch": _malformed,
    "string_unicode": _not_unicode,
    "recursion_loop": _endless,
    "frozen_instance": _frozen,
    "malformed_time": _malformed_time,
    "naive_datetime": _naive_datetime,
    "timezone_aware": _naive_datetime,
    "unknown_time_zone": _unknown_time_zone,
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
    "unknown_field_name": _unknown_field_name,
    "misplaced_claim_value": _misplaced_value,
    "dangling_field": _dangling_field,
}
