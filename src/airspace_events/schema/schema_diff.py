"""Compare two JSON Schemas, and find the changes that break readers or writers.

The comparison is about the documents that the schemas allow, not about the text of the schemas.
For example, definitions may have other names, and a vocabulary may be an ``enum`` or a ``oneOf``.
A schema that allows more documents breaks readers, and a schema that allows fewer documents breaks
writers. If the effect is unclear, for example with two different patterns, the change may break
both.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any, Literal, NamedTuple, cast

from airspace_events.errors import FormatError
from airspace_events.safe_text import safe, shown
from airspace_events.schema.schema_document import Schema, SchemaDocument, canonical
from airspace_events.schema.schema_forms import NOUNS, FormReader, ValueForm

Broken = Literal["nobody", "readers", "writers", "both"]

Place = tuple[str, ...]
"""The steps to a location in documents, with ``*`` for an item and ``[word]`` for a union
member."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between two schemas.

    Readers expect documents of the old schema, but get documents of the new one. Writers produce
    documents of the old schema, but the new schema checks them.

    Attributes:
        kind: the kind of change, as a stable name such as ``field_added``.
        place: the location in the documents, such as ``incursion/objects/*/category``; empty for
            the document itself.
        message: the rest of a sentence that starts with the place, such as "is now required".
        breaks: the group that the change breaks: readers, writers, both or nobody.
        is_certain: whether the change certainly breaks the group; False if it may break it.
        old: the value in the old schema, or None.
        new: the value in the new schema, or None.
        definition: the name of the changed definition, or an empty string.
        also_at: the other locations that use this definition.
    """

    kind: str
    place: str
    message: str
    breaks: Broken
    is_certain: bool = True
    old: Any = None
    new: Any = None
    definition: str = ""
    also_at: tuple[str, ...] = ()


def is_breaking(changes: Iterable[Change]) -> bool:
    """Return whether any change breaks, or may break, readers or writers."""
    return any(change.breaks != "nobody" for change in changes)


def change_lines(changes: Iterable[Change]) -> Iterator[str]:
    """Yield a line for each change, safe to print, with breaking changes first."""
    order: list[Broken] = ["both", "writers", "readers", "nobody"]
    for change in sorted(changes, key=lambda change: order.index(change.breaks)):
        does = "breaks" if change.is_certain else "may break"
        whom = "readers and writers" if change.breaks == "both" else change.breaks
        line = f"{does} {whom}: {change.place or 'the document'} {change.message}"
        if change.also_at:
            places = "place" if len(change.also_at) == 1 else "places"
            line += f" ({change.definition}, also in {len(change.also_at)} other {places})"
        yield safe(line)


def place_text(parts: Place) -> str:
    """Return a place as text.

    >>> place_text(("[incursion]", "objects", "*", "category"))
    'incursion/objects/*/category'
    >>> place_text(("claims", "*", "[intent]", "value"))
    'claims/*[intent]/value'
    """
    text = ""
    for part in parts:
        is_kind = part.startswith("[")
        text += (part if text else part[1:-1]) if is_kind else f"/{part}" if text else part
    return text


def schema_diff(old: object, new: object) -> list[Change]:
    """Return the changes from one JSON Schema 2020-12 to another, in the order of the documents.

    Args:
        old: the old schema, as parsed JSON; `read_schema` reads a file.
        new: the new schema.

    Raises:
        FormatError: a schema cannot be compared; ``place`` is the location of the problem.
    """
    try:
        documents = SchemaDocument(old, "the old schema"), SchemaDocument(new, "the new schema")
        comparison = _Comparison(FormReader(documents[0]), FormReader(documents[1]), set())
        return list(comparison.run(documents[0].root, documents[1].root))
    except RecursionError as error:
        msg = "a schema is nested too deeply to compare"
        raise FormatError(msg, "the schemas") from error


Pair = tuple[ValueForm, ValueForm]


class _Spot(NamedTuple):
    """A position in the comparison.

    Attributes:
        place: the place in the documents.
        owner: the old and the new definition that contain the place.
        inside: the place within these definitions.
        is_certain: whether the schemas apply to the place unconditionally.
    """

    place: Place = ()
    owner: Pair | None = None
    inside: Place = ()
    is_certain: bool = True

    def at(self, *steps: str) -> "_Spot":
        return self._replace(place=(*self.place, *steps), inside=(*self.inside, *steps))


class _Comparison:
    """A walk through two schemas in parallel that visits each pair of definitions once."""

    def __init__(self, old: FormReader, new: FormReader, asking: set[tuple[int, int]]) -> None:
        self._old, self._new = old, new
        self._todo: deque[tuple[Schema, Schema, _Spot]] = deque()
        self._uses: dict[Pair, list[Place]] = {}
        self._noted: set[tuple[str, int, int]] = set()
        self._found: list[tuple[Change, _Spot]] = []
        # Pairs of schemas that a comparison is already checking.
        self._asking = asking

    def run(self, old: Schema, new: Schema) -> Iterator[Change]:
        """Yield every change."""
        self._todo.append((old, new, _Spot()))
        while self._todo:
            self._compare(*self._todo.popleft())
        told: set[tuple[object, ...]] = set()
        for change, spot in self._found:
            # A condition belongs to each type of value that its schema allows.
            line = change.kind, change.place, change.message, change.breaks, change.is_certain
            if line in told:
                continue
            told.add(line)
            uses = self._uses[spot.owner][1:] if spot.owner else []
            places = (place_text((*use, *spot.inside)) for use in uses)
            name = spot.owner[1].definition or spot.owner[0].definition if spot.owner else ""
            yield replace(change, definition=name, also_at=tuple(dict.fromkeys(places)))

    def _compare(self, old: Schema, new: Schema, spot: _Spot) -> None:
        self._compare_notes(old, new, spot)
        old_forms, new_forms = self._old.forms(old), self._new.forms(new)
        if not old_forms or not new_forms:
            if old_forms:
                self._tell("type_removed", "is no longer allowed", "writers", spot)
            elif new_forms:
                self._tell("type_added", "is now allowed", "readers", spot)
            return
        for kind in dict.fromkeys(form.kind for form in (*old_forms, *new_forms)):
            of_old = [form for form in old_forms if form.kind == kind]
            of_new = [form for form in new_forms if form.kind == kind]
            if not of_old:
                self._tell("type_added", f"can now be {NOUNS[kind]}", "readers", spot, new=kind)
            elif not of_new:
                message = f"can no longer be {NOUNS[kind]}"
                self._tell("type_removed", message, "writers", spot, old=kind)
            else:
                self._compare_forms(of_old, of_new, spot)

    def _compare_forms(
        self, old: Sequence[ValueForm], new: Sequence[ValueForm], spot: _Spot
    ) -> None:
        pairs, gone, added = self._matched(old, new)
        for one, other in pairs:
            name = self._new.name_in_union(other) if len(old) > 1 or len(new) > 1 else ""
            self._visit(one, other, spot.at(f"[{name}]") if name else spot)
        for form in gone:
            message = f"can no longer be {self._old.described(form)}"
            self._tell("member_removed", message, "writers", spot, old=form.definition)
        for form in added:
            message = f"can now be {self._new.described(form)}"
            self._tell("member_added", message, "readers", spot, new=form.definition)

    def _matched(
        self, old: Sequence[ValueForm], new: Sequence[ValueForm]
    ) -> tuple[list[Pair], list[ValueForm], list[ValueForm]]:
        """Pair forms by tags, then name, then limits; two forms that remain may also be a pair."""
        left_old, left_new = list(old), list(new)
        pairs: list[Pair] = []
        signs: tuple[Callable[[FormReader, ValueForm], object], ...] = (
            FormReader.tags,
            lambda _, form: form.definition,
            _by_limits,
        )
        for sign in signs:
            for one in list(left_old):
                mark = sign(self._old, one)
                alike = [form for form in left_new if mark and sign(self._new, form) == mark]
                if alike:
                    pairs.append((one, alike[0]))
                    left_old.remove(one)
                    left_new.remove(alike[0])
        if len(left_old) == len(left_new) == 1:
            have_tags = self._old.tags(left_old[0]) and self._new.tags(left_new[0])
            if len(old) == len(new) == 1 or not have_tags:
                pairs.append((left_old.pop(), left_new.pop()))
        return pairs, left_old, left_new

    def _visit(self, old: ValueForm, new: ValueForm, spot: _Spot) -> None:
        if (old, new) in self._uses:
            self._uses[old, new].append(spot.place)
            return
        self._uses[old, new] = [spot.place]
        if old.definition or new.definition:
            spot = spot._replace(owner=(old, new), inside=())
        self._compare_words(old, new, spot)
        self._compare_limits(old.limits, new.limits, spot)
        if old.kind == "array":
            self._compare_items(old.limits, new.limits, spot)
        if old.kind == "object":
            self._compare_fields(old.limits, new.limits, spot)
        self._compare_conditions(old, new, spot)

    def _compare_words(self, old: ValueForm, new: ValueForm, spot: _Spot) -> None:
        if old.words is None or new.words is None:
            if old.words is not None:
                message = "can now be any value, not only one from a list"
                self._tell("words_opened", message, "readers", spot)
            elif new.words is not None:
                self._tell("words_closed", "must now be a value from a list", "writers", spot)
            return
        for text, word in old.words.items():
            if text not in new.words:
                message = f"can no longer be {shown(word)}"
                self._tell("word_removed", message, "writers", spot, old=word)
            elif old.notes.get(text, "") != new.notes.get(text, ""):
                message = f"has a different description of {shown(word)}"
                self._tell("description", message, "nobody", spot)
        for text, word in new.words.items():
            if text not in old.words:
                self._tell("word_added", f"can now be {shown(word)}", "readers", spot, new=word)

    def _compare_limits(self, old: Mapping[str, Any], new: Mapping[str, Any], spot: _Spot) -> None:
        if old.get("integer") and not new.get("integer"):
            self._tell("type_added", "can now be a fraction", "readers", spot)
        elif new.get("integer") and not old.get("integer"):
            self._tell("type_removed", "must now be a whole number", "writers", spot)
        for name, (verb, words, what) in _BOUNDS.items():
            was, is_ = old.get(name), new.get(name)
            if was == is_:
                continue
            side = -1 if name.startswith("max") else 1
            tighter = was is None or (is_ is not None and side * is_ > side * was)
            message = f"no longer needs to {verb} {words} {was}{what}"
            if is_ is not None:
                message = f"must now {verb} {words} {is_}{what}"
                message += "" if was is None else f", not {was}"
            kind = ("length" if what else "bound") + ("_tightened" if tighter else "_loosened")
            self._tell(kind, message, "writers" if tighter else "readers", spot, was, is_)
        for name in ("pattern", "format"):
            was, is_ = old.get(name), new.get(name)
            if was != is_:
                message = f"now has the {name} {shown(is_)}; it was {shown(was)}"
                if is_ is None:
                    message = f"no longer has a {name}; it was {shown(was)}"
                elif was is None:
                    message = f"now has a {name}: {shown(is_)}"
                self._tell(name, message, _breaks_of(was, is_), spot, was, is_)

    def _compare_items(self, old: Mapping[str, Any], new: Mapping[str, Any], spot: _Spot) -> None:
        firsts = [limits.get("prefixItems", []) for limits in (old, new)]
        rests = [limits.get("items", True) for limits in (old, new)]
        count = max(map(len, firsts))
        for number in range(count + 1):
            if any(number >= limits.get("maxItems", number + 1) for limits in (old, new)):
                return
            was, is_ = (
                first[number] if number < len(first) else rest
                for first, rest in zip(firsts, rests, strict=True)
            )
            at = spot.at("*" if number == count else str(number))
            there = self._old.forms(was) != (), self._new.forms(is_) != ()
            if there == (True, True):
                self._todo.append((was, is_, at))
            elif there[0]:
                self._tell("length_tightened", "is no longer allowed", "writers", at)
            elif there[1]:
                self._tell("length_loosened", "is now allowed", "readers", at)

    def _compare_fields(self, old: Mapping[str, Any], new: Mapping[str, Any], spot: _Spot) -> None:
        fields = [limits.get("properties", {}) for limits in (old, new)]
        required = [limits.get("required", ()) for limits in (old, new)]
        others = [limits.get("additionalProperties", True) for limits in (old, new)]
        for name in dict.fromkeys([*fields[0], *fields[1], *required[0], *required[1]]):
            was, is_ = (known.get(name, rest) for known, rest in zip(fields, others, strict=True))
            may_be = self._old.forms(was) != (), self._new.forms(is_) != ()
            had, has = may_be[0] and name in fields[0], may_be[1] and name in fields[1]
            needed = name in required[0], name in required[1]
            at = spot.at(name)
            if had == has:
                if had or may_be[0] != may_be[1]:
                    self._todo.append((was, is_, at))
                if needed == (False, True):
                    self._tell("field_required", "is now required", "writers", at)
                elif needed == (True, False):
                    self._tell("field_optional", "is no longer required", "readers", at)
            elif has:
                # Old documents may have had a field with this name and any value.
                is_open = may_be[0] and not self._new.is_anything(is_)
                message = "is new, and required" if needed == (False, True) else "is new"
                breaks: Broken = "both" if needed == (False, True) or is_open else "readers"
                certain = needed == (False, True) or not is_open
                self._tell("field_added", message, breaks, at, is_certain=certain)
            else:
                # New documents may have a field with this name and any value.
                is_open = may_be[1] and (needed[0] or not self._old.is_anything(was))
                breaks = "both" if needed[0] or is_open else "writers"
                self._tell("field_removed", "was removed", breaks, at, is_certain=not is_open)
        self._compare_other_fields(old, new, spot)

    def _compare_other_fields(
        self, old: Mapping[str, Any], new: Mapping[str, Any], spot: _Spot
    ) -> None:
        others = [limits.get("additionalProperties", True) for limits in (old, new)]
        may_be = self._old.forms(others[0]) != (), self._new.forms(others[1]) != ()
        if may_be == (False, True):
            message = "can now have fields with other names"
            self._tell("other_fields", message, "readers", spot)
        elif may_be == (True, False):
            message = "can no longer have fields with other names"
            self._tell("other_fields", message, "writers", spot)
        elif may_be == (True, True):
            self._todo.append((others[0], others[1], spot.at("*")))
        if "propertyNames" in old or "propertyNames" in new:
            # A name is always a string, whatever types its schema allows.
            was, is_ = (
                {"type": "string", "allOf": [limits.get("propertyNames", True)]}
                for limits in (old, new)
            )
            self._todo.append((was, is_, spot.at("(name)")))

    def _compare_conditions(self, old: ValueForm, new: ValueForm, spot: _Spot) -> None:
        was, is_ = _conditions(old), _conditions(new)
        maybe = spot._replace(is_certain=False)
        for keyword in dict.fromkeys([*was, *is_]):
            for before, after in _paired(was.get(keyword, []), is_.get(keyword, [])):
                if keyword == "allOf" or keyword.startswith("dependentSchemas"):
                    at = spot if keyword == "allOf" else maybe
                    one, other = (True if part is None else part for part in (before, after))
                    self._todo.append((one, other, at))
                elif before is None or after is None:
                    message = f"{'now has a' if before is None else 'no longer has a'} condition"
                    breaks = _breaks_of(before, after)
                    self._tell("condition", f"{message} ({keyword})", breaks, maybe)
                elif keyword == "if" and not self._broken(before[0], after[0]):
                    self._todo += [(before[n], after[n], maybe) for n in (1, 2)]
                else:
                    self._compare_condition(keyword, before, after, maybe)

    def _compare_condition(self, keyword: str, old: Any, new: Any, spot: _Spot) -> None:
        broken: set[Broken] = {"both"}
        if keyword == "oneOf" and len(old) == len(new):
            broken = {"both"} if any(map(self._broken, old, new)) else set()
        elif keyword in ("not", "contains"):
            broken = self._broken(old, new)
        if broken:
            breaks: Broken = broken.pop() if len(broken) == 1 else "both"
            if keyword == "not" and breaks != "both":
                # To forbid more is to allow less.
                breaks = "writers" if breaks == "readers" else "readers"
            self._tell("condition", f"now has a different condition ({keyword})", breaks, spot)

    def _broken(self, old: Schema, new: Schema) -> set[Broken]:
        """Return the groups that a change breaks; empty if this comparison is already running."""
        asked = id(old), id(new)
        if asked in self._asking:
            return set()
        self._asking.add(asked)
        try:
            changes = _Comparison(self._old, self._new, self._asking).run(old, new)
            return {change.breaks for change in changes if change.breaks != "nobody"}
        finally:
            self._asking.discard(asked)

    def _compare_notes(self, old: Schema, new: Schema, spot: _Spot) -> None:
        """Compare annotation keywords; compare those of a definition only once."""
        (was, holders), (is_, new_holders) = _notes(self._old, old), _notes(self._new, new)
        for name, kind in _NOTES.items():
            asked = name, holders.get(name, 0), new_holders.get(name, 0)
            before, after = was.get(name), is_.get(name)
            if asked in self._noted or _note_text(name, before) == _note_text(name, after):
                continue
            self._noted.add(asked)
            message = f"has a different {name}"
            if kind == "default":
                message = f"now has the default {shown(after)}, not {shown(before)}"
            elif kind == "annotation":
                message = f"now has {shown(after)} as its {name}; it was {shown(before)}"
            breaks: Broken = "both" if kind == "default" else "nobody"
            self._tell(kind, message, breaks, spot, before, after)

    def _tell(  # noqa: PLR0913, PLR0917
        self,
        kind: str,
        message: str,
        breaks: Broken,
        spot: _Spot,
        old: Any = None,
        new: Any = None,
        *,
        is_certain: bool = True,
    ) -> None:
        # Two patterns or formats do not show which one allows more.
        is_unclear = kind in ("pattern", "format", "condition") and breaks == "both"
        change = Change(
            kind=kind,
            place=place_text(spot.place),
            message=message,
            breaks=breaks,
            is_certain=is_certain and (spot.is_certain or breaks == "nobody") and not is_unclear,
            old=old,
            new=new,
        )
        self._found.append((change, spot))


_BOUNDS = {
    "minimum": ("be", "at least", ""),
    "maximum": ("be", "at most", ""),
    "minLength": ("have", "at least", " characters"),
    "maxLength": ("have", "at most", " characters"),
    "minItems": ("have", "at least", " items"),
    "maxItems": ("have", "at most", " items"),
}
_NOTES = {
    **dict.fromkeys(["title", "description", "examples", "$comment"], "description"),
    **dict.fromkeys(["deprecated", "discriminator", "patternErrorMessage"], "annotation"),
    "default": "default",
}


def _breaks_of(old: Any, new: Any) -> Broken:
    """Return the groups that a changed requirement breaks; None stands for no requirement."""
    return "writers" if old is None else "readers" if new is None else "both"


def _conditions(form: ValueForm) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for keyword, value in form.conditions:
        found.setdefault(keyword, []).append(value)
    if "contains" in form.limits:
        found["contains"] = [form.limits["contains"]]
    for name, schema in form.limits.get("dependentSchemas", {}).items():
        found[f"dependentSchemas {name}"] = [schema]
    return found


def _paired(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield pairs: first equal conditions, then the others in order, filled up with None."""
    rest = list(new)
    left: list[Any] = []
    for one in old:
        text = canonical(one)
        same = next((other for other in rest if canonical(other) == text), None)
        if same is None:
            left.append(one)
        else:
            rest.remove(same)
            yield one, same
    yield from zip_longest(left, rest)


def _note_text(name: str, value: Any) -> str:
    text = canonical(value)
    if name == "default" and text in ("[]", "{}"):
        # An empty default and no default mean the same.
        return "null"
    if name == "discriminator" and isinstance(value, dict):
        # Each member of the union gives its own word.
        return canonical(cast("dict[str, Any]", value).get("propertyName"))
    return text


def _notes(reader: FormReader, schema: Schema) -> tuple[dict[str, Any], dict[str, int]]:
    """Return the value of each keyword, and the ``id()`` of the schema that contains it."""
    found: dict[str, Any] = {}
    holders: dict[str, int] = {}
    while isinstance(schema, Mapping):
        for name, value in schema.items():
            if name not in found:
                found[name], holders[name] = value, id(schema)
        schema = reader.document.resolve(schema["$ref"])[1] if "$ref" in schema else True
    return found, holders


def _by_limits(reader: FormReader, form: ValueForm) -> object:
    names = frozenset(form.limits), frozenset(form.limits.get("properties", ()))
    return None if reader.tags(form) else names
