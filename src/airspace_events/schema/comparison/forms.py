"""What a schema lets through, taken apart so that two spellings of one meaning look alike.

A schema becomes the list of forms that a value may have: each is of one kind (text, number,
list, ...) and has the limits that hold for it. ``{"type": ["string", "null"]}`` and an
``anyOf`` of both give the same two forms, an ``enum`` the same as a ``oneOf`` of ``const``.
"""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from airspace_events.errors import FormatError
from airspace_events.schema.comparison.documents import Schema, canonical

NOUNS = {
    "null": "null",
    "boolean": "true or false",
    "number": "a number",
    "string": "text",
    "array": "a list",
    "object": "an object",
}
"""What a value of each kind is called."""

KINDS = tuple(NOUNS)

_MOST_FORMS = 2_000


@dataclass(frozen=True, slots=True, eq=False)
class ValueForm:
    """One form that a value may have. Each is itself only, and equal to no other.

    Attributes:
        kind: null, boolean, number, string, array or object.
        words: the only values that it may have, by their canonical text; None if any.
        limits: the keywords that hold for its kind. ``integer`` is one of them.
        further: keywords that hold beside these and cannot be joined with them.
        notes: what is said of a word.
        definition: the name of the definition that it is from.
    """

    kind: str
    words: Mapping[str, Any] | None = None
    limits: Mapping[str, Any] = field(default_factory=dict[str, Any])
    further: tuple[tuple[str, Any], ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict[str, str])
    definition: str = ""

    @property
    def is_open(self) -> bool:
        """Whether every value of its kind has this form."""
        every = _EVERY_WORD.get(self.kind)
        is_every = self.words is None or (every is not None and self.words.keys() >= every)
        return is_every and not self.limits and not self.further


# One schema's own keywords.

_OF_KIND: Mapping[str, frozenset[str]] = {
    "null": frozenset(),
    "boolean": frozenset(),
    "number": frozenset(
        ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "format"]
    ),
    "string": frozenset(["minLength", "maxLength", "pattern", "format"]),
    "array": frozenset(
        [
            "items",
            "prefixItems",
            "minItems",
            "maxItems",
            "uniqueItems",
            "contains",
            "minContains",
            "maxContains",
            "unevaluatedItems",
        ]
    ),
    "object": frozenset(
        [
            "properties",
            "patternProperties",
            "additionalProperties",
            "unevaluatedProperties",
            "required",
            "propertyNames",
            "minProperties",
            "maxProperties",
            "dependentRequired",
            "dependentSchemas",
        ]
    ),
}
_EVERY_WORD = {"null": {"null"}, "boolean": {"true", "false"}}
_ONLY_WORDS: Mapping[str, Mapping[str, Any]] = {
    "null": {"null": None},
    "boolean": {"true": True, "false": False},
}
RANGES = (
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minimum", "maximum"),
)
_NOTHING_SAID: Mapping[str, Any] = {
    "minLength": 0,
    "minItems": 0,
    "minProperties": 0,
    "uniqueItems": False,
    "required": [],
    "properties": {},
    "patternProperties": {},
    "dependentRequired": {},
    "dependentSchemas": {},
    "additionalProperties": True,
    "unevaluatedProperties": True,
    "unevaluatedItems": True,
    "propertyNames": True,
    "items": True,
}

ANYTHING = tuple(ValueForm(kind, _ONLY_WORDS.get(kind)) for kind in KINDS)


def kind_of(value: object) -> str:
    """The kind of a JSON value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object"


def own_forms(schema: Mapping[str, Any]) -> list[ValueForm]:
    """The forms that the plain keywords of one schema leave, references and unions aside."""
    given: Any = schema.get("type", list(KINDS))
    types = cast("list[str]", given if isinstance(given, list) else [given])
    words = _listed(schema)
    further = [(word, schema[word]) for word in ("not",) if word in schema]
    if "if" in schema and ("then" in schema or "else" in schema):
        condition = (schema["if"], schema.get("then", True), schema.get("else", True))
        further.append(("if", condition))
    found: list[ValueForm] = []
    for kind in KINDS:
        only_whole = kind == "number" and "number" not in types and "integer" in types
        if kind not in types and not only_whole:
            continue
        limits = {
            name: schema[name]
            for name in _OF_KIND[kind]
            if name in schema and not _says_nothing(name, schema[name])
        }
        if only_whole:
            limits["integer"] = True
        one = ValueForm(kind, _ONLY_WORDS.get(kind), limits, tuple(further))
        if words is not None:
            one = replace(one, words=_of_kind(words, kind), notes=_notes_of_words(schema))
        found.append(_tidied(one))
    return [form for form in found if form.words is None or form.words]


def _says_nothing(name: str, value: Any) -> bool:
    return name in _NOTHING_SAID and canonical(value) == canonical(_NOTHING_SAID[name])


def _listed(schema: Mapping[str, Any]) -> dict[str, Any] | None:
    """The values that ``enum`` and ``const`` leave, by their canonical text."""
    listed: dict[str, Any] | None = None
    if "enum" in schema:
        listed = {canonical(word): word for word in schema["enum"]}
    if "const" in schema:
        text = canonical(schema["const"])
        listed = {text: schema["const"]} if listed is None or text in listed else {}
    return listed


def _notes_of_words(schema: Mapping[str, Any]) -> dict[str, str]:
    """What ``enumDescriptions`` says of each word; editors know it, JSON Schema does not."""
    told: Any = schema.get("enumDescriptions")
    if "enum" not in schema or not isinstance(told, list):
        return {}
    notes = cast("Sequence[Any]", told)
    return {canonical(word): str(note) for word, note in zip(schema["enum"], notes, strict=False)}


def _of_kind(words: Mapping[str, Any], kind: str) -> dict[str, Any]:
    return {text: word for text, word in words.items() if kind_of(word) == kind}


def note_of(schema: Schema) -> str:
    """What a member of a union says of itself."""
    if isinstance(schema, bool):
        return ""
    return " ".join(str(schema[key]) for key in ("title", "description") if key in schema)


# Joining forms.


def both(some: Sequence[ValueForm], others: Sequence[ValueForm]) -> Sequence[ValueForm]:
    """The forms of the values that have one of these and one of those."""
    found: list[ValueForm] = []
    for one in some:
        for other in others:
            if one.kind == other.kind:
                joined = _merged(one, other)
                if joined.words is None or joined.words:
                    found.append(joined)
        if len(found) > _MOST_FORMS:
            msg = "a schema has too many alternatives to compare"
            raise FormatError(msg)
    return found


def _merged(one: ValueForm, other: ValueForm) -> ValueForm:
    """The form of values that have both."""
    if one.is_open:
        return other
    if other.is_open:
        return one
    words = one.words
    if other.words is not None:
        shared = other.words if words is None else words.keys() & other.words.keys()
        words = {text: word for text, word in other.words.items() if text in shared}
    limits, rest = dict(one.limits), dict[str, Any]()
    groups = {_GROUPS.get(name, name) for name in one.limits}
    for name, value in other.limits.items():
        if name in JOINED_BY and name in limits:
            limits[name] = JOINED_BY[name](limits[name], value)
        elif _GROUPS.get(name, name) not in groups:
            limits[name] = value
        else:
            rest[name] = value
    torn = {_GROUPS.get(name, name) for name in rest}
    same = {name: one.limits[name] for name in one.limits if _GROUPS.get(name, name) in torn}
    if canonical(same) == canonical(rest):
        rest = {}
    further = (*one.further, *other.further, *([("allOf", rest)] if rest else ()))
    notes = {**one.notes, **other.notes}
    definition = one.definition or other.definition
    return _tidied(ValueForm(one.kind, words, limits, further, notes, definition))


def _names_of_both(some: Any, others: Any) -> list[str]:
    return list(dict.fromkeys([*some, *others]))


JOINED_BY: Mapping[str, Any] = {
    **dict.fromkeys(["minLength", "minItems", "minProperties"], max),
    **dict.fromkeys(["maxLength", "maxItems", "maxProperties"], min),
    **dict.fromkeys(["minimum", "exclusiveMinimum"], max),
    **dict.fromkeys(["maximum", "exclusiveMaximum"], min),
    "required": _names_of_both,
    "integer": max,
    "uniqueItems": max,
}

# Keywords of one group look at each other, and mean something else when they are torn apart.
_GROUPS = {
    **dict.fromkeys(["properties", "patternProperties", "additionalProperties"], "fields"),
    **dict.fromkeys(["prefixItems", "items"], "items"),
    **dict.fromkeys(["contains", "minContains", "maxContains"], "contains"),
    **dict.fromkeys(["unevaluatedProperties", "unevaluatedItems"], "unevaluated"),
}


def _tidied(form: ValueForm) -> ValueForm:
    """The form without limits that its words tell already, and without words beyond them."""
    if form.words is None or form.kind not in ("string", "number"):
        return form
    words = {text: word for text, word in form.words.items() if _fits(word, form.limits)}
    limits = {name: limit for name, limit in form.limits.items() if name not in _FITTING}
    return replace(form, words=words, limits=limits)


def _fits(word: Any, limits: Mapping[str, Any]) -> bool:
    return all(_FITTING[name](word, limit) for name, limit in limits.items() if name in _FITTING)


_FITTING: Mapping[str, Callable[[Any, Any], bool]] = {
    "integer": lambda word, _: bool(word == word // 1),
    "minimum": operator.ge,
    "maximum": operator.le,
    "exclusiveMinimum": operator.gt,
    "exclusiveMaximum": operator.lt,
    "minLength": lambda word, limit: len(word) >= limit,
    "maxLength": lambda word, limit: len(word) <= limit,
}


def is_plain(form: ValueForm) -> bool:
    """Whether nothing but its words limits a form."""
    return not form.limits and not form.further


def keeping(form: ValueForm, texts: set[str]) -> ValueForm:
    """The form with only these of its words."""
    words = {text: word for text, word in (form.words or {}).items() if text in texts}
    return form if len(words) == len(form.words or ()) else replace(form, words=words)


def joined(forms: Iterable[ValueForm]) -> list[ValueForm]:
    """The forms of values that have any of these, plain words of a kind taken together."""
    return without_doubles(list(forms))


def without_doubles(forms: Sequence[ValueForm]) -> list[ValueForm]:
    """The forms without those that others hold, and with the plain words of a kind as one."""
    if len(forms) < 2:  # noqa: PLR2004
        return list(forms)
    of_any = {form.kind: form for form in reversed(forms) if form.is_open}
    found: dict[int, ValueForm] = {}
    words: dict[str, list[ValueForm]] = {}
    for form in forms:
        if of_any.get(form.kind, form) is not form:
            continue
        if form.words is not None and is_plain(form):
            words.setdefault(form.kind, []).append(form)
        else:
            found[id(form)] = form
    return [*found.values(), *(_as_one(some) for some in words.values())]


def _as_one(forms: Sequence[ValueForm]) -> ValueForm:
    first = forms[0]
    if len(forms) == 1:
        return first
    words = {text: word for form in forms for text, word in (form.words or {}).items()}
    notes = {text: note for form in forms for text, note in form.notes.items()}
    names = {form.definition for form in forms}
    return replace(
        first, words=words, notes=notes, definition=names.pop() if len(names) == 1 else ""
    )
