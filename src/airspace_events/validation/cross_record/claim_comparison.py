"""Compare claims about fields with the subjects of these claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import count
from typing import Any, NamedTuple

from airspace_events.diagnostics.wording import with_article
from airspace_events.feeds.id_table import NO_DAY
from airspace_events.models.events import Incursion
from airspace_events.safe_text import shown
from airspace_events.validation.cross_record.claimed_records import Event, KeptClaim, Subject
from airspace_events.validation.cross_record.said_of_record import OF_A_BORDER, Said
from airspace_events.validation.facts import bounds_of, day_of, written
from airspace_events.validation.notices import Notice, notice
from airspace_events.values.field_names import NameTree, lacks_item, name_tree, values_named
from airspace_events.values.measures import ReportedCount

_HELD = frozenset({"reported", "confirmed"})
_SHOWN = 40
_VIOLATION = written("violation")
_EMPTY, _NO_ITEM = "the field is empty", "no item has this id"


class _Change(NamedTuple):
    revision: int
    recorded_at: datetime | None
    before: str


class Comparison:
    """A comparison of one record with the claims about it."""

    def __init__(self, subject: Subject, said: Said) -> None:
        self._subject = subject
        self._said = said
        revisions = subject.revisions()
        self.newest: Event = next(revisions)
        self._names: NameTree = name_tree(said.kinds)
        self._standing = dict(values_named(self.newest, self._names))
        self._written = {
            name: written(value)
            for name, value in self._standing.items()
            if said.kinds.get(name) == "value"
        }
        self._changes = self._changes_since(revisions)

    def _changes_since(self, earlier: Iterator[Event]) -> Mapping[str, _Change]:
        """Return the last change or removal of each claimed value or item."""
        changes: dict[str, _Change] = {}
        # `since` maps each name to the earliest revision with the newest value. `later` is the
        # revision that follows the current one.
        since: dict[str, Event] = {}
        later: Event = self.newest
        for record in earlier:
            for name, value in values_named(record, self._names):
                kind = self._said.kinds.get(name)
                if kind not in {"value", "item"} or name in changes:
                    continue
                is_gone = name not in self._standing
                text = written(value) if kind == "value" or is_gone else ""
                if is_gone or (kind == "value" and text != self._written[name]):
                    by = later if is_gone else since.get(name, self.newest)
                    changes[name] = _Change(by.revision, by.recorded_at, text)
                else:
                    since[name] = record
            later = record
        return changes

    def notices(self) -> Iterator[Notice]:
        """Yield the notices for each claim, and then for the record as a whole."""
        may_have_changed = forgets_crossing = False
        for claim in self._subject.claims():
            if not forgets_crossing and self._forgets_crossing(claim):
                forgets_crossing = True
                message = (
                    f"this claim is about a border, but {shown(self.newest.id)} has no `crossing`"
                )
                yield notice("crossing_forgotten", message, claim.at, about=self.newest.id)
            if claim.aspect != "field":
                for name in claim.names:
                    yield from self._find(claim, name)
                continue
            yield from self._compare_places(claim)
            for name in claim.names:
                yield from self._compare(claim, name)
                may_have_changed |= self._affirms_value(claim, name)
        if may_have_changed:
            yield from self._missing_revision()

    def _forgets_crossing(self, claim: KeptClaim) -> bool:
        newest = self.newest
        if not isinstance(newest, Incursion) or newest.crossing is not None:
            return False
        if claim.aspect == "characterisation":
            return claim.value == _VIOLATION and not newest.zones
        return claim.aspect == "field" and not OF_A_BORDER.isdisjoint(claim.names)

    def _compare_places(self, claim: KeptClaim) -> Iterator[Notice]:
        if not claim.places:
            return
        known = {one.id for one in getattr(self.newest, "places", ())} | self._said.places
        for place in claim.places:
            if place not in known:
                about = self.newest.id
                message = (
                    f"the claimed value refers to the place {shown(place)}, but {shown(about)} "
                    f"has no such place"
                )
                context = {"about": about, "field": claim.names[0], "place": place}
                yield notice("claimed_field_missing", message, claim.at, **context)
                return

    def _affirms_value(self, claim: KeptClaim, name: str) -> bool:
        """Return whether a claim affirms a recorded value without stating it."""
        is_open = claim.value is None and claim.polarity != "undetermined"
        return (
            is_open
            and self._said.kinds[name] == "value"
            and not _is_newer(claim, self.newest.recorded_at)
        )

    def _missing_revision(self) -> Iterator[Notice]:
        at = self._subject.at
        if at is None or self._subject.is_complete:
            return
        has = set(self._subject.numbers)
        first = next(number for number in count(1) if number not in has)
        message = (
            f"revision {first} is not in the feeds, so the value that a claim refers to may "
            "have changed"
        )
        yield notice("earlier_revision_missing", message, at, revision=first)

    def _find(self, claim: KeptClaim, name: str) -> Iterator[Notice]:
        """Report a claim if the record lacks the field or item that the claim names."""
        kind, about = self._said.kinds[name], self.newest.id
        if not self._has_field(name):
            if not _says_where(name, kind):
                yield self._of_another_type(claim, name)
        elif lacks_item(self.newest, self._standing, name):
            yield missing_field(claim, about, name, _NO_ITEM)
        elif not self._standing.get(name) and kind != "proposition":
            yield missing_field(claim, about, name, _EMPTY)

    def _has_field(self, name: str) -> bool:
        return name.partition(".")[0] in type(self.newest).model_fields

    def _of_another_type(self, claim: KeptClaim, name: str) -> Notice:
        return missing_field(
            claim, self.newest.id, name, f"it is {with_article(self.newest.type)}"
        )

    def _compare(self, claim: KeptClaim, name: str) -> Iterator[Notice]:
        kind, about = self._said.kinds[name], self.newest.id
        if kind == "proposition":
            yield from self._compare_proposition(claim, name)
        elif not self._has_field(name):
            if not _says_where(name, kind):
                yield self._of_another_type(claim, name)
        elif lacks_item(self.newest, self._standing, name):
            yield self._gone(claim, name)
        elif claim.value is not None:
            yield from self._compare_value(claim, name)
        elif kind == "item":
            yield from self._compare_zone(claim, name)
        elif kind == "value" and claim.polarity != "undetermined":
            change = self._changes.get(name)
            if change is not None and not _is_newer(claim, change.recorded_at):
                yield self._changed(claim, name, change)
            elif name not in self._standing and not (
                name == "over" and claim.polarity == "denied"
            ):
                yield missing_field(claim, about, name, _EMPTY)

    def _compare_proposition(self, claim: KeptClaim, name: str) -> Iterator[Notice]:
        newest = self.newest
        if not isinstance(newest, Incursion):
            return
        if claim.value is not None and newest.state and claim.value != written(newest.state):
            reason = (
                f"the incursion is in {shown(newest.state)}; in `about`, refer to an incursion "
                f"in {claim.value}, or to a series"
            )
            message = f"{shown(newest.id)} is not about the border of {claim.value}: {reason}"
            context = {"about": newest.id, "field": name}
            yield notice("claimed_field_missing", message, claim.at, **context)
            return
        if claim.polarity == "denied":
            yield from self._denied(claim, name, newest.__dict__[name])
        if claim.value is not None and claim.value == written(newest.state):
            yield self._repeated(claim, "state")

    def _compare_zone(self, claim: KeptClaim, name: str) -> Iterator[Notice]:
        if claim.polarity == "denied" and name.startswith("zones."):
            yield from self._denied(claim, name, self._standing[name].entry)

    def _denied(self, claim: KeptClaim, name: str, status: str | None) -> Iterator[Notice]:
        if status in _HELD and not self._is_withdrawn(claim, name):
            about = self.newest.id
            message = f'this claim denies {shown(name)}, but {shown(about)} says "{status}"'
            yield notice("denied_but_not_disputed", message, claim.at, about=about, field=name)

    def _is_withdrawn(self, claim: KeptClaim, name: str) -> bool:
        """Return whether all speakers of a denial affirm the denied fact on a later day."""
        days = self._said.affirmed[name]
        later = (days.get(voice, NO_DAY) for voice in claim.voices)
        return NO_DAY < claim.since < min(later, default=NO_DAY)

    def _compare_value(self, claim: KeptClaim, name: str) -> Iterator[Notice]:
        about = self.newest.id
        standing = self._standing.get(name)
        if claim.polarity == "denied" and not standing and name not in self._said.names:
            message = (
                f"this claim denies {shown(name)} of {shown(about)}, but no record contains a "
                f"claim that affirms it"
            )
            context = {"about": about, "aspect": "field", "field": name}
            yield notice("denial_of_nothing_said", message, claim.at, **context)
        if self._said.kinds[name] != "value" or standing is None:
            return
        if claim.value == self._written[name]:
            # A later revision, or one missing from the feeds, may give the field another value.
            if name not in self._changes and self._subject.is_complete:
                yield self._repeated(claim, name)
        elif (
            claim.polarity == "affirmed"
            and NO_DAY != day_of(self.newest.recorded_at) < claim.since
            and _contradicts(claim.value or "", standing, name)
        ):
            message = f"this claim is newer than {shown(about)} and contradicts its {shown(name)}"
            yield notice("headline_overtaken", message, claim.at, about=about, field=name)

    def _repeated(self, claim: KeptClaim, name: str) -> Notice:
        about = self.newest.id
        message = (
            f"the claim repeats the recorded value of {shown(name)} in {shown(about)}; leave "
            "out `value`"
        )
        return notice("value_repeated", message, claim.at, about=about, field=name)

    def _changed(self, claim: KeptClaim, name: str, change: _Change) -> Notice:
        about = self.newest.id
        now = self._written.get(name, "nothing")
        message = (
            f"revision {change.revision} of {shown(about)} changes {shown(name)} from "
            f"{_short(change.before)} to {_short(now)}; put the claimed value in `value`"
        )
        context = {"about": about, "field": name, "before": change.before, "now": now}
        return notice(
            "affirmed_value_changed", message, claim.at, **context, revision=change.revision
        )

    def _gone(self, claim: KeptClaim, name: str) -> Notice:
        about, change = self.newest.id, self._changes.get(name)
        if change is None or _is_newer(claim, change.recorded_at):
            return missing_field(claim, about, name, _NO_ITEM)
        of = name.partition(".")[0]
        message = (
            f"revision {change.revision} of {shown(about)} removes {shown(name)}; in `fields`, "
            f"write {shown(of)} instead, and put the item in `value`"
        )
        context = {"about": about, "field": name, "before": change.before, "now": "nothing"}
        return notice(
            "affirmed_value_changed", message, claim.at, **context, revision=change.revision
        )


def _says_where(name: str, kind: str) -> bool:
    """Return whether a claim may use this field name, whatever the type of its subject."""
    is_zone = kind == "item" and name.startswith("zones.")
    return kind == "proposition" or name == "over" or is_zone


def missing_field(claim: KeptClaim, about: str, name: str, reason: str) -> Notice:
    """Return the notice for a claim about a field that its subject does not have."""
    message = f"{shown(about)} has no {shown(name)}: {reason}"
    return notice("claimed_field_missing", message, claim.at, about=about, field=name)


def _is_newer(claim: KeptClaim, recorded_at: datetime | None) -> bool:
    """Return whether a claim is at least as new as a revision, and so refers to its values."""
    if recorded_at is None or not claim.recorded_at:
        return False
    return datetime.fromisoformat(claim.recorded_at) >= recorded_at


def _contradicts(value: str, standing: Any, name: str) -> bool:
    if name.startswith("effects.") and name.endswith(".cause"):
        return True
    if not isinstance(standing, ReportedCount):
        return False
    low, high = bounds_of(ReportedCount.model_validate_json(value))
    least, most = bounds_of(standing)
    above = low is not None and most is not None and low > most
    below = high is not None and least is not None and high < least
    return above or below


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
