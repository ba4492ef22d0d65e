"""Claims about fields of records, compared with what the records say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import count
from typing import Any, NamedTuple

from pydantic_core import from_json

from airspace_events.feeds.id_table import (
    IS_RETRACTED,
    IS_VOUCHED_FOR,
    NO_DAY,
    UNREADABLE,
    IdTable,
)
from airspace_events.models.incursion import Incursion
from airspace_events.reference.reserved import RESERVED_ALLIANCES
from airspace_events.safe_text import shown
from airspace_events.validation.cross_record.claimed_records import (
    ClaimedRecords,
    Event,
    KeptClaim,
    Subject,
)
from airspace_events.validation.facts import Facts, bounds_of, day_of, written
from airspace_events.validation.notices import Notice, Where, notice
from airspace_events.values.field_names import NameTree, claimed_field, name_tree, values_named
from airspace_events.values.measures import ReportedCount
from airspace_events.vocabulary.claims import Polarity

# What may have been said without certainty was said nevertheless.
SAYING: frozenset[Polarity] = frozenset({"affirmed", "suspected", "not_excluded"})
"""The polarities of a claim that another one may deny."""

_HELD = frozenset({"reported", "confirmed"})
_PROPOSITIONS = frozenset({"occurrence", "crossing"})
_OF_A_BORDER = frozenset({"crossing", "entered_from"})
_OF_A_CROSSING = _OF_A_BORDER | {"exited_to", "depth", "totals.crossings"}
_SHOWN = 40


class _Change(NamedTuple):
    """A revision that brought another value of a field, or took the field away."""

    revision: int
    recorded_at: datetime | None
    before: str


class _Said(NamedTuple):
    """What is said about one record by all claims together.

    Attributes:
        kinds: what each claimed name leads to.
        names: the names of fields that somebody claims, for certain or not.
        voices: who flatly affirms something of it.
        crossing_voices: who flatly affirms something of a border that was crossed.
        accused: to whom it is attributed.
        affirmed: for each name that somebody denies, the last day on which each voice flatly
            affirmed it.
    """

    kinds: dict[str, str]
    names: set[str]
    voices: set[str]
    crossing_voices: set[str]
    accused: set[str]
    affirmed: dict[str, dict[str, int]]


class ClaimedFields:
    """Compares each claim about a field with the record that the claim is about.

    Only the newest revisions of claims and records are compared; an earlier revision of a
    record tells which values have changed since.
    """

    def __init__(self, table: IdTable) -> None:
        self._table = table
        self._kept = ClaimedRecords(table)

    def see(self, facts: Facts, row: int, where: Where) -> None:
        """Put a record aside."""
        self._kept.see(facts, row, where)

    def at_the_end(self) -> Iterator[Notice]:
        """Compare what was put aside."""
        for subject in self._kept.subjects():
            flags = self._table.flags[subject.row]
            if flags & (UNREADABLE | IS_RETRACTED):
                continue
            if not subject.numbers:
                yield from self._without_fields(subject)
                continue
            said = _said(subject)
            compared = _Compared(subject, said)
            if isinstance(compared.newest, Incursion) and _is_vouched_for(compared.newest, said):
                self._table.flags[subject.row] |= IS_VOUCHED_FOR
            yield from compared.notices()

    def _without_fields(self, subject: Subject) -> Iterator[Notice]:
        """Yield the claims of fields of what is no event: a state has no depth."""
        for claim in subject.claims():
            name = subject.name(claim)
            kind = self._table.kind_of(subject.row) or _built_in(name)
            for field in claim.names:
                if kind and claim.aspect == "field" and field not in _PROPOSITIONS:
                    yield _missing(claim, name, field, f"{shown(name)} is {_article(kind)}")


def _built_in(name: str) -> str:
    """Return the type of what is built in; empty for any other name."""
    if name in RESERVED_ALLIANCES:
        return "alliance"
    return "state" if name[0].isupper() else ""


def _said(subject: Subject) -> _Said:
    said = _Said({}, set(), set(), set(), set(), {})
    for claim in subject.claims():
        if _is_flat(claim):
            _add_affirmation(claim, said)
        if claim.aspect != "field":
            continue
        for name in claim.names:
            if name not in said.kinds:
                said.kinds[name] = claimed_field(name).kind
        if claim.polarity in SAYING:
            said.names.update(claim.names)
        if claim.polarity == "denied":
            said.affirmed.update((name, {}) for name in claim.names)
    if said.affirmed:
        _add_affirmed(subject, said)
    return said


def _is_flat(claim: KeptClaim) -> bool:
    return claim.polarity == "affirmed" and claim.is_flat


def _add_affirmation(claim: KeptClaim, said: _Said) -> None:
    """Add who affirms something flatly, and who is accused."""
    if claim.aspect == "attribution" and claim.value is not None:
        said.accused.add(claim.value.strip('"'))
    if claim.aspect == "field" and not _claims_none(claim.value):
        said.voices.update(claim.voices)
        if not _OF_A_CROSSING.isdisjoint(claim.names):
            said.crossing_voices.update(claim.voices)


def _claims_none(value: str | None) -> bool:
    """Return whether a claimed value is a count or quantity of zero, which admits nothing."""
    if value is None or not value.startswith("{"):
        return False
    given: dict[str, Any] = from_json(value)
    return 0 in (given.get("max"), given.get("best"))


def _add_affirmed(subject: Subject, said: _Said) -> None:
    """Add who affirms what somebody denies, and when."""
    for claim in subject.claims():
        if claim.aspect == "field" and _is_flat(claim):
            for name in claim.names:
                days = said.affirmed.get(name)
                if days is not None:
                    for voice in claim.voices:
                        days[voice] = max(claim.since, days.get(voice, NO_DAY))


def _is_vouched_for(incursion: Incursion, said: _Said) -> bool:
    """Return whether those in a position to know bear an incursion out: two, or the intruder.

    A state is in such a position if it is concerned, detected or answered the incursion, or is
    said to be behind it. Other states only repeat what they heard.
    """
    intruders = {one.nationality for one in incursion.objects if one.nationality} | said.accused
    known = {incursion.state, *incursion.detected_by, *intruders}
    known.update(actor for response in incursion.responses for actor in response.by)
    for flown in incursion.objects:
        known.update(actor for fate in flown.fates for actor in fate.by)
        known.update(flown.checked.by if flown.checked else ())
    voices = said.crossing_voices if incursion.crossing == "confirmed" else said.voices
    if not voices.isdisjoint(intruders - {incursion.state}):
        return True
    return sum(voice in known or not voice[0].isupper() for voice in voices) > 1


class _Compared:
    """A record with the claims about it."""

    def __init__(self, subject: Subject, said: _Said) -> None:
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
        """Return the last change of each claimed value, and of each item that went."""
        changes: dict[str, _Change] = {}
        # The earliest revision, going back, that has the newest value; and the one just after.
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

    def _lacks_item(self, name: str) -> bool:
        """Return whether the item that a name names, or names a field of, is not there."""
        value: Any = self.newest
        before = ""
        for part in name.split("."):
            if isinstance(value, tuple) and f"{before}{part}" not in self._standing:
                return True
            before += part
            value = self._standing.get(before)
            before += "."
        return False

    def notices(self) -> Iterator[Notice]:
        """Compare each claim, and the record with all of them."""
        may_have_changed = forgets_crossing = False
        for claim in self._subject.claims():
            if not forgets_crossing and self._forgets_crossing(claim):
                forgets_crossing = True
                message = f"this is about a border, but {shown(self.newest.id)} has no `crossing`"
                yield notice("crossing_forgotten", message, claim.at, about=self.newest.id)
            if claim.aspect != "field":
                continue
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
            return not newest.zones
        return claim.aspect == "field" and not _OF_A_BORDER.isdisjoint(claim.names)

    def _affirms_value(self, claim: KeptClaim, name: str) -> bool:
        """Return whether a claim leaves its value to the record, whose revisions may change it."""
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
        message = f"revision {first} is not in these feeds, so a claimed value may have changed"
        yield notice("earlier_revision_missing", message, at, revision=first)

    def _compare(self, claim: KeptClaim, name: str) -> Iterator[Notice]:
        kind, about = self._said.kinds[name], self.newest.id
        if kind == "proposition":
            yield from self._compare_proposition(claim, name)
        elif name.partition(".")[0] not in type(self.newest).model_fields:
            if not _says_where(name, kind):
                reason = f"{shown(about)} is {_article(self.newest.type)}"
                yield _missing(claim, about, name, reason)
        elif self._lacks_item(name):
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
                yield _missing(claim, about, name, f"{shown(about)} has no value there")

    def _compare_proposition(self, claim: KeptClaim, name: str) -> Iterator[Notice]:
        newest = self.newest
        if not isinstance(newest, Incursion):
            return
        if claim.value is not None and newest.state and claim.value != written(newest.state):
            reason = (
                f"{shown(newest.id)} is about {shown(newest.state)}; claim it of another "
                "incursion, or of a series"
            )
            yield _missing(claim, newest.id, name, reason)
            return
        if claim.polarity == "denied":
            yield from self._denied(claim, name, newest.__dict__[name])
        if claim.value is not None and claim.value == written(newest.state):
            yield self._repeated(claim, "state")

    def _compare_zone(self, claim: KeptClaim, name: str) -> Iterator[Notice]:
        """Compare a denial that a zone was entered with the judgement of its entry."""
        if claim.polarity == "denied" and name.startswith("zones."):
            yield from self._denied(claim, name, self._standing[name].entry)

    def _denied(self, claim: KeptClaim, name: str, status: str | None) -> Iterator[Notice]:
        if status in _HELD and not self._is_withdrawn(claim, name):
            about = self.newest.id
            message = f'{shown(name)} of {shown(about)} is denied here, but "{status}" there'
            yield notice("denied_but_not_disputed", message, claim.at, about=about, field=name)

    def _is_withdrawn(self, claim: KeptClaim, name: str) -> bool:
        """Return whether all who deny something affirm it on a later day."""
        days = self._said.affirmed[name]
        later = (days.get(voice, NO_DAY) for voice in claim.voices)
        return NO_DAY < claim.since < min(later, default=NO_DAY)

    def _compare_value(self, claim: KeptClaim, name: str) -> Iterator[Notice]:
        about = self.newest.id
        standing = self._standing.get(name)
        if claim.polarity == "denied" and not standing and name not in self._said.names:
            message = f"nobody is recorded to have claimed {shown(name)} of {shown(about)}"
            context = {"about": about, "aspect": "field", "field": name}
            yield notice("denial_of_nothing_said", message, claim.at, **context)
        if self._said.kinds[name] != "value" or standing is None:
            return
        if claim.value == self._written[name]:
            # A later revision, or one that is not here, may give the field another value.
            if name not in self._changes and self._subject.is_complete:
                yield self._repeated(claim, name)
        elif (
            claim.polarity == "affirmed"
            and NO_DAY != day_of(self.newest.recorded_at) < claim.since
            and _contradicts(claim.value or "", standing, name)
        ):
            message = (
                f"this claim is newer than {shown(about)} and contradicts {shown(name)} there"
            )
            yield notice("headline_overtaken", message, claim.at, about=about, field=name)

    def _repeated(self, claim: KeptClaim, name: str) -> Notice:
        about = self.newest.id
        message = f"this is the value of {shown(name)} in {shown(about)}: leave out `value`"
        return notice("value_repeated", message, claim.at, about=about, field=name)

    def _changed(self, claim: KeptClaim, name: str, change: _Change) -> Notice:
        about = self.newest.id
        now = self._written.get(name, "nothing")
        message = (
            f"revision {change.revision} of {shown(about)} changes {shown(name)} from "
            f"{_short(change.before)} to {_short(now)}: write the claimed one in `value`"
        )
        context = {"about": about, "field": name, "before": change.before, "now": now}
        return notice(
            "affirmed_value_changed", message, claim.at, **context, revision=change.revision
        )

    def _gone(self, claim: KeptClaim, name: str) -> Notice:
        about, change = self.newest.id, self._changes.get(name)
        if change is None or _is_newer(claim, change.recorded_at):
            return _missing(claim, about, name, f"{shown(about)} has no such item")
        of = name.partition(".")[0]
        message = (
            f"revision {change.revision} of {shown(about)} takes {shown(name)} away: claim one of "
            f"{shown(of)}, with the item as `value`"
        )
        context = {"about": about, "field": name, "before": change.before, "now": "nothing"}
        return notice(
            "affirmed_value_changed", message, claim.at, **context, revision=change.revision
        )


def _says_where(name: str, kind: str) -> bool:
    """Return whether a name stands for a proposition that any record may be about."""
    return name == "over" or (kind == "item" and name.startswith("zones."))


def _missing(claim: KeptClaim, about: str, name: str, reason: str) -> Notice:
    message = f"{shown(name)} leads to nothing: {reason}"
    return notice("claimed_field_missing", message, claim.at, about=about, field=name)


def _is_newer(claim: KeptClaim, recorded_at: datetime | None) -> bool:
    """Return whether a claim was recorded when a revision had been, and so is about its values."""
    if recorded_at is None or not claim.recorded_at:
        return False
    return datetime.fromisoformat(claim.recorded_at) >= recorded_at


def _contradicts(value: str, standing: Any, name: str) -> bool:
    """Return whether a claimed count or cause is none that the record allows."""
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


def _article(kind: str) -> str:
    return ("an " if kind[0] in "aeiou" else "a ") + kind
