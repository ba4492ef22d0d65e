"""Takes the schemas of a document apart into the forms that they let through."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from airspace_events.safe_text import shown
from airspace_events.schema.comparison.documents import Schema, SchemaDocument, canonical
from airspace_events.schema.comparison.forms import (
    ANYTHING,
    KINDS,
    NOUNS,
    RANGES,
    ValueForm,
    both,
    is_plain,
    joined,
    keeping,
    note_of,
    own_forms,
    without_doubles,
)

_MOST_COMPARED = 200


class FormReader:
    """Takes the schemas of one document apart; what it was asked once it remembers."""

    def __init__(self, document: SchemaDocument) -> None:
        self.document = document
        self._forms: dict[int, tuple[ValueForm, ...]] = {}
        self._kept: list[Any] = []

    def forms(self, schema: Schema) -> tuple[ValueForm, ...]:
        """The forms that a schema lets through; none if it lets nothing through.

        Raises:
            FormatError: it has too many alternatives.
        """
        if isinstance(schema, bool):
            return ANYTHING if schema else ()
        key = id(schema)
        if key not in self._forms:
            self._forms[key] = tuple(self._take_apart(schema))
            self._kept.append(schema)
        return self._forms[key]

    def is_anything(self, schema: Schema) -> bool:
        """Whether a schema lets every value through."""
        return {form.kind for form in self.forms(schema) if form.is_open} == set(KINDS)

    def words(self, schema: Schema) -> frozenset[str] | None:
        """The only values that a schema lets through, if its own keywords list them."""
        seen: set[int] = set()
        while isinstance(schema, Mapping) and id(schema) not in seen:
            seen.add(id(schema))
            if "const" in schema:
                return frozenset([canonical(schema["const"])])
            if "enum" in schema:
                return frozenset(canonical(word) for word in schema["enum"])
            if "$ref" not in schema:
                return None
            schema = self.document.resolve(schema["$ref"])[1]
        return None

    def tags(self, form: ValueForm) -> dict[str, str]:
        """The fields that must hold one certain word, with that word: they tell objects apart."""
        fields = form.limits.get("properties", {})
        found: dict[str, str] = {}
        for name in form.limits.get("required", ()):
            words = self.words(fields[name]) if name in fields else None
            if words is not None and len(words) == 1:
                found[name] = next(iter(words))
        return found

    def name_in_union(self, form: ValueForm) -> str:
        """What tells a form from others: the word that it must hold, or its name."""
        tags = self.tags(form)
        return next(iter(tags.values())).strip('"') if tags else form.definition

    def described(self, form: ValueForm) -> str:
        """A form in words, as one of several."""
        if name := self.name_in_union(form):
            return shown(name)
        if form.words is not None:
            return " or ".join(shown(word) for word in form.words.values())
        limits = ", ".join(sorted(form.limits))
        return f"{NOUNS[form.kind]} of another form" + (f" ({limits})" if limits else "")

    def _take_apart(self, schema: Mapping[str, Any]) -> Sequence[ValueForm]:
        found: Sequence[ValueForm] = own_forms(schema)
        if "$ref" in schema:
            name, target = self.document.resolve(schema["$ref"])
            found = both(found, self._named(name, target))
        for part in schema.get("allOf", ()):
            found = both(found, self.forms(part))
        if "anyOf" in schema:
            found = both(found, joined(self._members(schema["anyOf"])))
        if "oneOf" in schema:
            found = both(found, self._one_of(schema["oneOf"]))
        return without_doubles(found)

    def _named(self, name: str, target: Schema) -> Sequence[ValueForm]:
        """The forms of a definition, which are the same objects wherever it is named."""
        key = -id(target) - 1
        if key not in self._forms:
            forms = self.forms(target)
            self._forms[key] = tuple(
                form if form.definition or form.is_open else replace(form, definition=name)
                for form in forms
            )
        return self._forms[key]

    def _members(self, members: Iterable[Schema]) -> Iterator[ValueForm]:
        for member in members:
            note = note_of(member)
            for form in self.forms(member):
                if form.words and note and len(form.words) == 1 and not form.notes:
                    yield replace(form, notes=dict.fromkeys(form.words, note))
                else:
                    yield form

    def _one_of(self, members: Sequence[Schema]) -> Sequence[ValueForm]:
        """The forms of which exactly one must fit."""
        by_member = [list(self._members([member])) for member in members]
        found: list[ValueForm] = []
        for kind in KINDS:
            of_kind = [[form for form in forms if form.kind == kind] for forms in by_member]
            forms = [form for one in of_kind for form in one]
            if all(form.words is not None and is_plain(form) for form in forms):
                times = Counter(word for form in forms for word in form.words or ())
                found += [keeping(form, {w for w in times if times[w] == 1}) for form in forms]
            elif self._are_apart([one for one in of_kind if one]):
                found += forms
            else:
                rest = (("oneOf", members),)
                found += [replace(form, further=(*form.further, *rest)) for form in forms]
        return joined(form for form in found if form.words is None or form.words)

    def _are_apart(self, by_member: Sequence[Sequence[ValueForm]]) -> bool:
        if len(by_member) > _MOST_COMPARED:
            return False
        return all(
            self._differ(one, other)
            for some, others in combinations(by_member, 2)
            for one in some
            for other in others
        )

    def _differ(self, one: ValueForm, other: ValueForm) -> bool:
        """Whether no value can have both forms."""
        if one.words is not None and other.words is not None:
            return not (one.words.keys() & other.words.keys())
        for least, most in RANGES:
            for low, high in ((one, other), (other, one)):
                if least in low.limits and most in high.limits:  # noqa: SIM102
                    if low.limits[least] > high.limits[most]:
                        return True
        both = set(one.limits.get("required", ())) & set(other.limits.get("required", ()))
        for name in both:
            here, there = (
                self.words(form.limits.get("properties", {}).get(name, True))
                for form in (one, other)
            )
            if here is not None and there is not None and not here & there:
                return True
        return False
