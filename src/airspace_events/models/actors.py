"""Those who act and speak: states, alliances, organizations, officials."""

from datetime import date
from typing import Literal

from airspace_events.errors import UnknownNameError
from airspace_events.models.base import SourcedRecord
from airspace_events.values.base import TAG, Value
from airspace_events.values.periods import Day, Membership, Period, Tenure, days_of
from airspace_events.values.references import OrganizationRef, PartyRef, StateRef
from airspace_events.values.scalars import Alpha3, LanguageTag, Name, NumericCode
from airspace_events.values.time import DateOrInstant
from airspace_events.vocabulary.actors import (
    AllianceKind,
    MembershipStatus,
    OrganizationKind,
    StateStatus,
)
from airspace_events.vocabulary.state_codes import StateCode
from airspace_events.vocabulary.word_lists import words_of

_CODES = frozenset(words_of(StateCode))


def checked_code(code: StateCode) -> StateCode:
    """The code itself, so that what is none never passes for a state that is no member.

    Raises:
        UnknownNameError: it is no state's code.
    """
    if code not in _CODES:
        reason = "no ISO 3166-1 alpha-2 code in upper case; ae.states.resolve takes names"
        raise UnknownNameError(str(code), reason)
    return code


class NameInLanguage(Value, frozen=True):
    """A name, and the language it is in."""

    language: LanguageTag
    """The language (BCP 47)."""
    name: Name
    """The name."""


class State(SourcedRecord, frozen=True):
    """A state or territory that ISO 3166-1 lists, or Kosovo. Others name it by its code."""

    type: Literal["state"] = TAG
    alpha_2: StateCode
    """The code by which records name it: ISO 3166-1 alpha-2, or XK."""
    alpha_3: Alpha3 | None = None
    """ISO 3166-1 alpha-3."""
    numeric: NumericCode | None = None
    """ISO 3166-1 numeric, three digits with leading zeros."""
    name: Name
    """The short English name."""
    official_name: Name | None = None
    """The official English name."""
    other_names: tuple[NameInLanguage, ...] = ()
    """What else it is called, by language."""
    demonyms: tuple[NameInLanguage, ...] = ()
    """What its people and things are called, by language."""
    status: StateStatus | None = None
    """Its standing in the United Nations."""
    dependent_on: StateRef | None = None
    """For a dependent territory, the state that it depends on."""
    valid: Period | None = None
    """When it existed."""


class Alliance(SourcedRecord, frozen=True):
    """An alliance, organization or format of states, with dated memberships."""

    type: Literal["alliance"] = TAG
    name: Name
    """Its name in English."""
    kind: AllianceKind
    """What it is."""
    other_names: tuple[NameInLanguage, ...] = ()
    """What else it is called, by language."""
    founded: DateOrInstant | None = None
    """When it came to be."""
    dissolved: DateOrInstant | None = None
    """When it ceased to be."""
    memberships: tuple[Membership, ...] = ()
    """Which state belonged to it, as what, and when."""

    def members(self, on: Day, *, status: MembershipStatus = "member") -> tuple[StateCode, ...]:
        """The states that belonged to it on a day, or throughout a vague time, sorted.

        Args:
            on: a date, an instant, an EDTF expression or a reported time.
            status: as what they belonged to it.

        Raises:
            TimeExpressionError: the text is no time expression.
        """
        return tuple(sorted(code for code, held in self._held(on, status).items() if held))

    def members_in_part(
        self, on: Day, *, status: MembershipStatus = "member"
    ) -> tuple[StateCode, ...]:
        """The states that belonged to it for a part of a vague time only, or may have, sorted.

        Args and errors are those of `members`.
        """
        held = self._held(on, status)
        return tuple(sorted(code for code, whole in held.items() if whole is None))

    def is_member(
        self, state: StateCode, on: Day, *, status: MembershipStatus = "member"
    ) -> bool | None:
        """Whether a state belonged to it: None for a part of the time only, or perhaps.

        Raises:
            UnknownNameError: it is no state's code.
            TimeExpressionError: the text is no time expression.
        """
        return self._held(on, status).get(checked_code(state), False)

    def memberships_of(self, state: StateCode) -> tuple[Membership, ...]:
        """All memberships of a state, as whatever; one that came back has several.

        Raises:
            UnknownNameError: it is no state's code.
        """
        code = checked_code(state)
        return tuple(one for one in self.memberships if one.state == code)

    def joined_between(
        self, first: Day, last: Day, *, status: MembershipStatus = "member"
    ) -> tuple[Membership, ...]:
        """The memberships that certainly began between two days, both included, in order.

        Raises:
            TimeExpressionError: a text is no time expression.
        """
        span = Period(since=_iso(days_of(first)[0]), last_day=_iso(days_of(last)[1]))
        joined = [
            one
            for one in self.memberships
            if one.status == status and one.since and span.covers(one.since)
        ]
        return tuple(sorted(joined, key=lambda one: (one.since or "", one.state)))

    def _held(self, on: Day, status: MembershipStatus) -> dict[StateCode, bool | None]:
        """Whether each state with that status held it on a day; False left out."""
        held: dict[StateCode, bool | None] = {}
        for one in self.memberships:
            covers = one.covers(on) if one.status == status else False
            if covers or (covers is None and not held.get(one.state)):
                held[one.state] = covers
        return held


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


class Organization(SourcedRecord, frozen=True):
    """A body, or a kind of people that a report names only as such ("smugglers")."""

    type: Literal["organization"] = TAG
    name: Name
    """Its name."""
    kind: OrganizationKind
    """What it is; ``class`` is STIX's identity class for people known only by kind."""
    of: PartyRef | None = None
    """The state or alliance to which it belongs."""
    parent: OrganizationRef | None = None
    """The organization of which it is a part."""
    valid: Period | None = None
    """When it existed."""


class Official(SourcedRecord, frozen=True):
    """A person who holds or held a public post."""

    type: Literal["official"] = TAG
    name: Name
    """The name as it is written at home, in Latin letters."""
    tenures: tuple[Tenure, ...] = ()
    """The posts, with their dates so far as these are known."""
