"""Convert schemas to the forms of values that they allow, to compare schemas by meaning.

Each form has one kind (text, number, list, ...) and the limits for this kind. ``{"type":
["string", "null"]}`` and the equivalent ``anyOf`` have the same two forms. An ``enum`` and a
``oneOf`` of ``const`` have the same form.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any, cast

from airspace_events.errors import FormatError
from airspace_events.safe_text import shown
from airspace_events.schema.schema_document import Schema, SchemaDocument, canonical

NOUNS = {
    "null": "null",
    "boolean": "true or false",
    "number": "a number",
    "string": "text",
    "array": "a list",
    "object": "an object",
}
"""A mapping from kinds of values to their names in messages."""

_MOST_FORMS = 2_000
_MOST_COMPARED = 200


@dataclass(frozen=True, slots=True, eq=False)
class ValueForm:
    """One form that a value may have. Forms are compared by identity.

    Attributes:
        kind: null, boolean, number, string, array or object.
        words: the only allowed values by their canonical JSON, or None if there is no such list.
        limits: the keywords that limit values of this kind, including ``integer``.
        conditions: the keywords that cannot be merged with the limits.
        notes: the description of each word.
        definition: the name of the definition that the form comes from, or an empty string.
    """

    kind: str
    words: Mapping[str, Any] | None = None
    limits: Mapping[str, Any] = field(default_factory=dict[str, Any])
    conditions: tuple[tuple[str, Any], ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict[str, str])
    definition: str = ""

    @property
    def is_plain(self) -> bool:
        """Return whether the form has no limits or conditions besides its words."""
        return not self.limits and not self.conditions

    @property
    def is_open(self) -> bool:
        """Return whether every value of its kind has this form."""
        every = _ONLY_WORDS.get(self.kind)
        is_every = self.words is None or (every is not None and self.words.keys() >= every.keys())
        return is_every and self.is_plain


_OF_KIND: Mapping[str, tuple[str, ...]] = {
    "null": (),
    "boolean": (),
    "number": ("minimum", "maximum", "format"),
    "string": ("minLength", "maxLength", "pattern", "format"),
    "array": ("items", "prefixItems", "minItems", "maxItems", "contains"),
    "object": (
        *("properties", "additionalProperties", "required", "propertyNames", "dependentSchemas"),
    ),
}
_KINDS: Mapping[type, str] = {
    type(None): "null",
    bool: "boolean",
    **dict.fromkeys([int, float], "number"),
    str: "string",
    list: "array",
}
_ONLY_WORDS: Mapping[str, Mapping[str, Any]] = {
    "null": {"null": None},
    "boolean": {"true": True, "false": False},
}
_SAYS_NOTHING: Mapping[str, Any] = {
    **dict.fromkeys(["minLength", "minItems"], 0),
    **dict.fromkeys(["properties", "dependentSchemas"], cast("dict[str, Any]", {})),
    **dict.fromkeys(["additionalProperties", "propertyNames", "items"], True),
    "required": [],
}
_ANYTHING = tuple(ValueForm(kind, _ONLY_WORDS.get(kind)) for kind in NOUNS)


class FormReader:
    """A converter from the schemas of a document to forms, with a cache."""

    def __init__(self, document: SchemaDocument) -> None:
        self.document = document
        self._forms: dict[tuple[str, int], tuple[ValueForm, ...]] = {}
        self._kept: list[Schema] = []

    def forms(self, schema: Schema, definition: str = "") -> tuple[ValueForm, ...]:
        """Return the forms that a schema allows; empty if the schema allows no value.

        Args:
            schema: the schema.
            definition: the name of the definition with this schema, or an empty string.

        Raises:
            FormatError: the schema has too many alternatives.
        """
        if isinstance(schema, bool):
            return _ANYTHING if schema else ()
        key = definition, id(schema)
        if key not in self._forms:
            self._forms[key] = tuple(
                [_named(form, definition) for form in self.forms(schema)]
                if definition
                else self._take_apart(schema)
            )
            self._kept.append(schema)
        return self._forms[key]

    def is_anything(self, schema: Schema) -> bool:
        """Return whether a schema allows every value."""
        return {form.kind for form in self.forms(schema) if form.is_open} == set(NOUNS)

    def tags(self, form: ValueForm) -> dict[str, str]:
        """Return the word of each required field that allows only one word."""
        found: dict[str, str] = {}
        for name in form.limits.get("required", ()):
            words = self._allowed_words(form, name)
            if words is not None and len(words) == 1:
                found[name] = next(iter(words))
        return found

    def name_in_union(self, form: ValueForm) -> str:
        """Return the word that distinguishes a form in a union, or the name of the form."""
        tags = self.tags(form)
        return next(iter(tags.values())).strip('"') if tags else form.definition

    def described(self, form: ValueForm) -> str:
        """Return a description that distinguishes a form from the other forms."""
        if name := self.name_in_union(form):
            return shown(name)
        if form.words is not None:
            return " or ".join(shown(word) for word in form.words.values())
        limits = ", ".join(sorted(form.limits))
        return f"{NOUNS[form.kind]} of a different form" + (f" ({limits})" if limits else "")

    def _allowed_words(self, form: ValueForm, name: str) -> frozenset[str] | None:
        schema: Schema = form.limits.get("properties", {}).get(name, True)
        while isinstance(schema, Mapping):
            listed = _listed(schema)
            if listed is not None:
                return frozenset(listed)
            schema = self.document.resolve(schema["$ref"])[1] if "$ref" in schema else True
        return None

    def _take_apart(self, schema: Mapping[str, Any]) -> Sequence[ValueForm]:
        found: Sequence[ValueForm] = _own_forms(schema)
        if "$ref" in schema:
            name, target = self.document.resolve(schema["$ref"])
            found = _intersection(found, self.forms(target, name))
        for part in schema.get("allOf", ()):
            found = _intersection(found, self.forms(part))
        if "anyOf" in schema:
            found = _intersection(
                found, _joined(form for member in schema["anyOf"] for form in self.forms(member))
            )
        if "oneOf" in schema:
            found = _intersection(found, self._one_of(schema["oneOf"]))
        return _joined(found)

    def _one_of(self, members: Sequence[Schema]) -> Sequence[ValueForm]:
        by_member = [self.forms(member) for member in members]
        found: list[ValueForm] = []
        for kind in NOUNS:
            of_kind = [[form for form in forms if form.kind == kind] for forms in by_member]
            forms = [form for one in of_kind for form in one]
            if all(form.words is not None and form.is_plain for form in forms):
                times = Counter(word for form in forms for word in form.words or ())
                found += [
                    _with_only_words(form, {w for w in times if times[w] == 1}) for form in forms
                ]
            elif self._are_apart([one for one in of_kind if one]):
                found += forms
            else:
                rest = (("oneOf", members),)
                found += [replace(form, conditions=(*form.conditions, *rest)) for form in forms]
        return _joined(form for form in found if form.words is None or form.words)

    def _are_apart(self, by_member: Sequence[Sequence[ValueForm]]) -> bool:
        """Return whether no value can fit two members; False if there are too many to compare."""
        return len(by_member) <= _MOST_COMPARED and all(
            self._differ(one, other)
            for some, others in combinations(by_member, 2)
            for one in some
            for other in others
        )

    def _differ(self, one: ValueForm, other: ValueForm) -> bool:
        if one.words is not None and other.words is not None:
            return not (one.words.keys() & other.words.keys())
        tags = self.tags(one), self.tags(other)
        return any(tags[0][name] != tags[1][name] for name in tags[0].keys() & tags[1].keys())


def _own_forms(schema: Mapping[str, Any]) -> list[ValueForm]:
    """Return the forms for the plain keywords of a schema, without references and unions."""
    given: Any = schema.get("type", list(NOUNS))
    types = cast("list[str]", given if isinstance(given, list) else [given])
    words = _listed(schema)
    notes: dict[str, str] = {}
    if "enum" in schema:
        reported = zip(schema["enum"], schema.get("enumDescriptions", ()), strict=False)
        notes = {canonical(word): note for word, note in reported}
    conditions: list[tuple[str, Any]] = [("not", schema["not"])] if "not" in schema else []
    if "if" in schema and ("then" in schema or "else" in schema):
        parts = (schema["if"], schema.get("then", True), schema.get("else", True))
        conditions.append(("if", parts))
    found: list[ValueForm] = []
    for kind in NOUNS:
        only_whole = kind == "number" and "number" not in types and "integer" in types
        if kind not in types and not only_whole:
            continue
        limits = {
            name: schema[name]
            for name in _OF_KIND[kind]
            if name in schema
            and canonical(schema[name]) != canonical(_SAYS_NOTHING.get(name, "something"))
        }
        if only_whole:
            limits["integer"] = True
        one = ValueForm(kind, _ONLY_WORDS.get(kind), limits, tuple(conditions))
        if words is not None:
            of_kind = {
                text: word
                for text, word in words.items()
                if _KINDS.get(cast("type[object]", type(word)), "object") == kind
            }
            one = replace(one, words=of_kind, notes=notes)
        found.append(one)
    return [form for form in found if form.words is None or form.words]


def _listed(schema: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the values in ``enum`` or ``const`` by canonical text; None if both are missing."""
    listed: dict[str, Any] | None = None
    if "enum" in schema:
        listed = {canonical(word): word for word in schema["enum"]}
    if "const" in schema:
        text = canonical(schema["const"])
        listed = {text: schema["const"]} if listed is None or text in listed else {}
    return listed


def _intersection(some: Sequence[ValueForm], others: Sequence[ValueForm]) -> Sequence[ValueForm]:
    found: list[ValueForm] = []
    for one in some:
        merged = [_common_form(one, other) for other in others if one.kind == other.kind]
        found += [form for form in merged if form.words is None or form.words]
        if len(found) > _MOST_FORMS:
            msg = "a schema has too many alternatives to compare"
            raise FormatError(msg)
    return found


def _common_form(one: ValueForm, other: ValueForm) -> ValueForm:
    if one.is_open or other.is_open:
        return other if one.is_open else one
    words = one.words
    if other.words is not None:
        shared = other.words if words is None else words.keys() & other.words.keys()
        words = {text: word for text, word in other.words.items() if text in shared}
    # No published schema has limits in two places. If one has, the second limits become a
    # condition.
    nothing: Mapping[str, Any] = {}
    limits, more = (one.limits, other.limits) if one.limits else (other.limits, nothing)
    rest = (("allOf", more),) if more and canonical(more) != canonical(limits) else ()
    return ValueForm(
        one.kind,
        words,
        limits,
        (*one.conditions, *other.conditions, *rest),
        {**one.notes, **other.notes},
        one.definition or other.definition,
    )


def _named(form: ValueForm, definition: str) -> ValueForm:
    return form if form.definition or form.is_open else replace(form, definition=definition)


def _with_only_words(form: ValueForm, texts: set[str]) -> ValueForm:
    words = {text: word for text, word in (form.words or {}).items() if text in texts}
    return form if len(words) == len(form.words or ()) else replace(form, words=words)


def _joined(some: Iterable[ValueForm]) -> list[ValueForm]:
    """Drop the forms that other forms include, and merge the plain words of each kind."""
    forms = list(some)
    of_any = {form.kind: form for form in reversed(forms) if form.is_open}
    found: dict[int, ValueForm] = {}
    words: dict[str, list[ValueForm]] = {}
    for form in forms:
        if of_any.get(form.kind, form) is not form:
            continue
        if form.words is not None and form.is_plain:
            words.setdefault(form.kind, []).append(form)
        else:
            found[id(form)] = form
    return [*found.values(), *(_as_one(plain) for plain in words.values())]


def _as_one(forms: Sequence[ValueForm]) -> ValueForm:
    if len(forms) == 1:
        return forms[0]
    names = {form.definition for form in forms}
    return replace(
        forms[0],
        words={text: word for form in forms for text, word in (form.words or {}).items()},
        notes={text: note for form in forms for text, note in form.notes.items()},
        definition=names.pop() if len(names) == 1 else "",
    )
