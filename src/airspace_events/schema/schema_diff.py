"""Compares two JSON Schemas: what changed, and whether it breaks readers or writers.

It compares what the schemas let through, not how they are written: definitions may have other
names, and a vocabulary may be an ``enum`` or a ``oneOf``. What lets through more breaks readers
who know the old schema; what lets through less breaks writers. What cannot be told, such as
whether one pattern holds another, is said to break, and not to be certain.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, cast

from airspace_events.errors import FormatError
from airspace_events.safe_text import shown
from airspace_events.schema.comparison.changes import (
    Broken,
    Change,
    ChangeKind,
    Place,
    is_breaking,
    place_text,
)
from airspace_events.schema.comparison.differences import Difference, Effect, Inner
from airspace_events.schema.comparison.documents import Schema, SchemaDocument
from airspace_events.schema.comparison.fields import UNEVALUATED, dependent_schemas, field_changes
from airspace_events.schema.comparison.form_reading import FormReader
from airspace_events.schema.comparison.forms import NOUNS, ValueForm
from airspace_events.schema.comparison.items import item_changes
from airspace_events.schema.comparison.limits import limit_changes
from airspace_events.schema.comparison.notes import note_changes

Pair = tuple[ValueForm, ValueForm, bool]
Causes = Mapping["Pair | None", Sequence[Place]]


def schema_diff(old: object, new: object) -> list[Change]:
    """Tell what changed from one JSON Schema 2020-12 to another, in the order of the documents.

    Args:
        old: the old schema, as JSON is read; `comparison.documents.read_schema` reads a file.
        new: the new one.

    Raises:
        FormatError: one of them is no schema that can be compared; ``place`` says where.
    """
    documents = SchemaDocument(old, "the old schema"), SchemaDocument(new, "the new schema")
    try:
        comparison = _Comparison(FormReader(documents[0]), FormReader(documents[1]))
        return list(comparison.run(documents[0].root, documents[1].root))
    except RecursionError as error:
        msg = "a schema is nested too deeply to compare"
        raise FormatError(msg, "the schemas") from error


class _Spot(NamedTuple):
    """Where the comparison is.

    Attributes:
        place: the place in the documents.
        owner: the pair of definitions that it is in.
        inside: the place within these.
        flipped: whether it is in a ``not``, where to let through more is to let through less.
    """

    place: Place = ()
    owner: Pair | None = None
    inside: Place = ()
    flipped: bool = False

    def at(self, *steps: str) -> "_Spot":
        return self._replace(place=(*self.place, *steps), inside=(*self.inside, *steps))


class _Comparison:
    """Walks through two schemas side by side, through each pair of definitions once."""

    def __init__(
        self, old: FormReader, new: FormReader, asking: set[tuple[int, int]] | None = None
    ) -> None:
        self._old, self._new = old, new
        self._todo: deque[tuple[Schema, Schema, _Spot]] = deque()
        self._uses: dict[Pair, list[Place]] = {}
        self._noted: set[tuple[str, int, int]] = set()
        self._found: list[tuple[Change, _Spot]] = []
        # Where the pairs of definitions that changed a condition stand in it.
        self._causes: dict[int, Causes] = {}
        # Pairs of which it is being asked whether they are the same.
        self._asking: set[tuple[int, int]] = set() if asking is None else asking

    def run(self, old: Schema, new: Schema) -> Iterator[Change]:
        """Everything that differs."""
        self._todo.append((old, new, _Spot()))
        while self._todo:
            self._compare(*self._todo.popleft())
        for change, spot in self._without_told_elsewhere():
            uses = self._uses[spot.owner][1:] if spot.owner else []
            places = (place_text((*use, *spot.inside)) for use in uses)
            also_at = tuple(dict.fromkeys(places))
            name = spot.owner[1].definition or spot.owner[0].definition if spot.owner else ""
            yield replace(change, definition=name, also_at=also_at)

    def _without_told_elsewhere(self) -> list[tuple[Change, _Spot]]:
        """What was found, without conditions that changed only in definitions compared anyway.

        Such a condition is one more place that holds the definition.
        """
        kept: list[tuple[Change, _Spot]] = []
        for number, (change, spot) in enumerate(self._found):
            causes = self._causes.get(number, {})
            if causes and all(pair in self._uses for pair in causes):
                for pair, places in causes.items():
                    if pair is not None:
                        self._uses[pair] += [(*spot.place, *place) for place in places]
            else:
                kept.append((change, spot))
        return kept

    def causes(self) -> Causes:
        """The pairs of definitions in which something differs, with the places that hold each.

        What stands in no definition has None instead.
        """
        found: dict[Pair | None, list[Place]] = {}
        for number, (_, spot) in enumerate(self._found):
            of_condition = self._causes.get(number)
            if of_condition is None:
                held = self._uses[spot.owner] if spot.owner else [spot.place]
                found[spot.owner] = list(held)
                continue
            for pair, places in of_condition.items():
                found.setdefault(pair, []).extend((*spot.place, *place) for place in places)
        return found

    def _compare(self, old: Schema, new: Schema, spot: _Spot) -> None:
        self._take(note_changes(self._old, self._new, old, new, self._noted), spot)
        old_forms, new_forms = self._old.forms(old), self._new.forms(new)
        kinds = dict.fromkeys(form.kind for form in (*old_forms, *new_forms))
        for kind in kinds:
            of_old = [form for form in old_forms if form.kind == kind]
            of_new = [form for form in new_forms if form.kind == kind]
            if not of_old:
                self._tell("type_added", f"may be {NOUNS[kind]} now", "wider", spot, new=kind)
            elif not of_new:
                message = f"must not be {NOUNS[kind]} any more"
                self._tell("type_removed", message, "narrower", spot, old=kind)
            else:
                self._compare_forms_of_kind(of_old, of_new, spot)

    def _compare_forms_of_kind(
        self, old: Sequence[ValueForm], new: Sequence[ValueForm], spot: _Spot
    ) -> None:
        pairs, gone, added = self._matched(old, new)
        is_union = len(old) > 1 or len(new) > 1
        for one, other in pairs:
            name = self._new.name_in_union(other) if is_union else ""
            self._visit(one, other, spot.at(f"[{name}]") if name else spot)
        for form in gone:
            message = f"must not be {self._old.described(form)} any more"
            self._tell("member_removed", message, "narrower", spot, old=form.definition)
        for form in added:
            message = f"may be {self._new.described(form)} now"
            self._tell("member_added", message, "wider", spot, new=form.definition)

    def _matched(
        self, old: Sequence[ValueForm], new: Sequence[ValueForm]
    ) -> tuple[list[tuple[ValueForm, ValueForm]], list[ValueForm], list[ValueForm]]:
        """Which forms are compared with which: by their tags, else by name, else what is left."""
        left_old, left_new = list(old), list(new)
        pairs: list[tuple[ValueForm, ValueForm]] = []
        for sign in (_by_tags, _by_definition, _by_limits):
            for one in list(left_old):
                mark = sign(self._old, one)
                alike = [form for form in left_new if mark and sign(self._new, form) == mark]
                if alike:
                    pairs.append((one, alike[0]))
                    left_old.remove(one)
                    left_new.remove(alike[0])
        if len(left_old) == len(left_new) == 1:
            tags = self._old.tags(left_old[0]), self._new.tags(left_new[0])
            if len(old) == len(new) == 1 or not (tags[0] and tags[1]):
                pairs.append((left_old.pop(), left_new.pop()))
        return pairs, left_old, left_new

    def _visit(self, old: ValueForm, new: ValueForm, spot: _Spot) -> None:
        pair = (old, new, spot.flipped)
        if pair in self._uses:
            self._uses[pair].append(spot.place)
            return
        self._uses[pair] = [spot.place]
        if old.definition or new.definition:
            spot = spot._replace(owner=pair, inside=())
        before = len(self._found)
        self._compare_words(old, new, spot)
        self._take(limit_changes(old.kind, old.limits, new.limits), spot)
        if old.kind == "array":
            self._take(item_changes(self._old, self._new, old.limits, new.limits), spot)
            self._compare_contained(old.limits, new.limits, spot)
        if old.kind == "object":
            self._take(field_changes(self._old, self._new, old.limits, new.limits), spot)
            for one, other in dependent_schemas(old.limits, new.limits):
                self._compare_conditions(one, other, spot)
        self._compare_further(old.further, new.further, spot)
        self._compare_unevaluated(old, new, spot, changed=len(self._found) > before)

    def _take(self, differences: Iterable[Difference | Inner], spot: _Spot) -> None:
        for one in differences:
            at = spot.at(*one.steps)
            if isinstance(one, Inner):
                self._todo.append((one.old, one.new, at))
            else:
                self._tell(one.kind, one.message, one.effect, at, one.old, one.new)

    def _compare_words(self, old: ValueForm, new: ValueForm, spot: _Spot) -> None:
        if old.words is None and new.words is None:
            return
        if old.words is None or new.words is None:
            if new.words is None:
                message = "may be any value now, not only one of certain words"
                self._tell("words_opened", message, "wider", spot)
            else:
                message = "must be one of certain words now"
                self._tell("words_closed", message, "narrower", spot)
            return
        for text, word in old.words.items():
            if text not in new.words:
                message = f"must not be {shown(word)} any more"
                self._tell("word_removed", message, "narrower", spot, old=word)
            elif old.notes.get(text, "") != new.notes.get(text, ""):
                message = f"explains {shown(word)} in other words"
                self._tell("description", message, "nothing", spot)
        for text, word in new.words.items():
            if text not in old.words:
                self._tell("word_added", f"may be {shown(word)} now", "wider", spot, new=word)

    def _compare_contained(
        self, old: Mapping[str, Any], new: Mapping[str, Any], spot: _Spot
    ) -> None:
        names = ("contains", "minContains", "maxContains")
        was, is_ = ({name: one[name] for name in names if name in one} for one in (old, new))
        counted = [{name: one[name] for name in names[1:] if name in one} for one in (was, is_)]
        if "contains" not in was and "contains" not in is_:
            return
        is_same = "contains" in was and "contains" in is_ and counted[0] == counted[1]
        if not (is_same and self._is_same(was["contains"], is_["contains"])):
            message = "must contain other items now"
            self._tell("condition", message, "maybe_both", spot, was or None, is_ or None)

    # What cannot be joined with the rest.

    def _compare_further(
        self, old: Sequence[tuple[str, Any]], new: Sequence[tuple[str, Any]], spot: _Spot
    ) -> None:
        for keyword in dict.fromkeys(name for name, _ in (*old, *new)):
            was = [value for name, value in old if name == keyword]
            is_ = [value for name, value in new if name == keyword]
            for one, other in zip(was, is_, strict=False):
                self._compare_condition(keyword, one, other, spot)
            for value in was[len(is_) :]:
                self._compare_condition(keyword, value, None, spot)
            for value in is_[len(was) :]:
                self._compare_condition(keyword, None, value, spot)

    def _compare_condition(self, keyword: str, old: Any, new: Any, spot: _Spot) -> None:
        flipped = spot._replace(flipped=not spot.flipped)
        if keyword == "not":
            was, is_ = (False if one is None else one for one in (old, new))
            self._compare_conditions(was, is_, flipped)
        elif keyword == "allOf":
            was, is_ = (True if one is None else one for one in (old, new))
            self._compare_conditions(was, is_, spot)
        elif keyword == "if":
            self._compare_branches(old, new, spot)
        elif old is None or new is None or not self._are_same(old, new):
            message = "must fit exactly one of other schemas now"
            self._tell("condition", message, "maybe_both", spot)

    def _compare_branches(self, old: Any, new: Any, spot: _Spot) -> None:
        """Compare an ``if`` with its branches: alone, it is as if the other had no branches."""
        was = old or (new[0], True, True)
        is_ = new or (old[0], True, True)
        if (old is None or new is None) or self._is_same(was[0], is_[0]):
            self._compare_conditions(was[1], is_[1], spot)
            self._compare_conditions(was[2], is_[2], spot)
        else:
            message = "has other conditions for what depends on other fields"
            self._tell("condition", message, "maybe_both", spot)

    def _compare_conditions(self, old: Schema, new: Schema, spot: _Spot) -> None:
        """Compare what holds for the same value, at once: what it breaks must be known here.

        Whether the part of a condition changed is all that is told: what a condition asks is
        asked beside all else that holds, so that its single parts say little.
        """
        found = self._compared(old, new)
        if found is None:
            return
        changes, causes = found
        wider = any(change.breaks in ("readers", "both") for change in changes)
        narrower = any(change.breaks in ("writers", "both") for change in changes)
        effect: Effect = "maybe_both" if wider and narrower else "wider" if wider else "narrower"
        if wider or narrower:
            message = "has other conditions now"
            if len(changes) == 1:
                told = f"{changes[0].place} {changes[0].message}".strip()
                message = f"has another condition now ({told})"
            self._causes[len(self._found)] = causes
            self._tell("condition", message, effect, spot, is_certain=False)

    def _compare_unevaluated(
        self, old: ValueForm, new: ValueForm, spot: _Spot, *, changed: bool
    ) -> None:
        """What is left over depends on all else, so that any change may change it."""
        was, is_ = (
            {name: form.limits[name] for name in UNEVALUATED if name in form.limits}
            for form in (old, new)
        )
        if (was or is_) and (
            changed or not self._are_same(list(was.values()), list(is_.values()))
        ):
            message = "may have other things left over now"
            self._tell("condition", message, "maybe_both", spot)

    def _are_same(self, old: Sequence[Schema], new: Sequence[Schema]) -> bool:
        return len(old) == len(new) and all(map(self._is_same, old, new))

    def _is_same(self, old: Schema, new: Schema) -> bool:
        found = self._compared(old, new)
        return found is None or not is_breaking(found[0])

    def _compared(self, old: Schema, new: Schema) -> tuple[list[Change], Causes] | None:
        """What differs between two schemas by themselves, and in which definitions.

        It is None if that is being asked already: the answer comes from whoever asked first.
        """
        asked = (id(old), id(new))
        if asked in self._asking:
            return None
        self._asking.add(asked)
        try:
            comparison = _Comparison(self._old, self._new, self._asking)
            return list(comparison.run(old, new)), comparison.causes()
        finally:
            self._asking.discard(asked)

    def _tell(  # noqa: PLR0913, PLR0917
        self,
        kind: ChangeKind,
        message: str,
        effect: Effect,
        spot: _Spot,
        old: Any = None,
        new: Any = None,
        *,
        is_certain: bool = True,
    ) -> None:
        breaks = _BREAKS[effect]
        if spot.flipped:
            breaks = cast("Broken", _FLIPPED.get(breaks, breaks))
        change = Change(
            kind=kind,
            place=place_text(spot.place),
            message=message,
            breaks=breaks,
            is_certain=is_certain and effect != "maybe_both",
            old=old,
            new=new,
        )
        self._found.append((change, spot))


_BREAKS: Mapping[Effect, Broken] = {
    "nothing": "nobody",
    "wider": "readers",
    "narrower": "writers",
    "both": "both",
    "maybe_both": "both",
}
_FLIPPED = {"readers": "writers", "writers": "readers"}


def _by_tags(reader: FormReader, form: ValueForm) -> object:
    return reader.tags(form)


def _by_definition(_: FormReader, form: ValueForm) -> object:
    return form.definition


def _by_limits(reader: FormReader, form: ValueForm) -> object:
    names = frozenset(form.limits), frozenset(form.limits.get("properties", ()))
    return None if reader.tags(form) else names
