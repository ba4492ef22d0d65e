"""Actors: states, alliances, organizations and officials."""

from datetime import date
from typing import Literal

from airspace_events.arguments import check_argument
from airspace_events.errors import UnknownNameError
from airspace_events.models.base import SourcedRecord
from airspace_events.values.base import TAG, Value
from airspace_events.values.periods import Day, Membership, Period, Tenure, days_of
from airspace_events.values.references import OrganizationRef, PartyRef, StateRef
from airspace_events.values.scalars import Alpha3, LanguageTag, Name, NumericCode
from airspace_events.values.time import DateOrInstant
from airspace_events.vocabulary.state_codes import StateCode
from airspace_events.vocabulary.terms import (
    AllianceKind,
    MembershipStatus,
    OrganizationKind,
    StateStatus,
)
from airspace_events.vocabulary.word_lists import words_of

_CODES = frozenset(words_of(StateCode))


def checked_code(code: StateCode) -> StateCode:
    """Return a state code, or raise an error if the code does not exist.

    Raises:
        UnknownNameError: the text is not a state code.
    """
    check_argument("state", code, (str,), "a str with a state code")
    if code not in _CODES:
        reason = (
            "a state code must be an ISO 3166-1 alpha-2 code in upper case; to look up a name, "
            "use ae.states.resolve"
        )
        raise UnknownNameError(code, reason)
    return code


class NameInLanguage(Value, frozen=True):
    """A name in one language."""

    language: LanguageTag
    """The language of the name (BCP 47)."""
    name: Name
    """The name."""


class State(SourcedRecord, frozen=True):
    """A state or territory listed in ISO 3166-1, or Kosovo.

    Other records refer to the state by its code.
    """

    type: Literal["state"] = TAG
    alpha_2: StateCode
    """The code that other records use for the state: ISO 3166-1 alpha-2, or XK for Kosovo."""
    alpha_3: Alpha3 | None = None
    """The three-letter code (ISO 3166-1 alpha-3)."""
    numeric: NumericCode | None = None
    """The numeric code (ISO 3166-1): three digits, with leading zeros."""
    name: Name
    """The short English name."""
    official_name: Name | None = None
    """The official English name."""
    other_names: tuple[NameInLanguage, ...] = ()
    """Other names of the state, by language."""
    demonyms: tuple[NameInLanguage, ...] = ()
    """Adjectives and names for the people of the state, by language, such as "Romanian"."""
    status: StateStatus | None = None
    """The status of the state in the United Nations."""
    dependent_on: StateRef | None = None
    """The state that a dependent territory belongs to."""
    valid: Period | None = None
    """The period in which the state existed."""


class Alliance(SourcedRecord, frozen=True):
    """An alliance, an organization or an informal group of states, with dated memberships."""

    type: Literal["alliance"] = TAG
    name: Name
    """The English name of the alliance."""
    kind: AllianceKind
    """The kind of alliance."""
    other_names: tuple[NameInLanguage, ...] = ()
    """Other names of the alliance, by language."""
    founded: DateOrInstant | None = None
    """The date on which the alliance was founded."""
    dissolved: DateOrInstant | None = None
    """The date on which the alliance was dissolved."""
    memberships: tuple[Membership, ...] = ()
    """The memberships of states, each with its status and its dates."""

    def members(self, on: Day, *, status: MembershipStatus = "member") -> tuple[StateCode, ...]:
        """Return the codes of the states that were members on a day or throughout a longer period.

        The codes are sorted.

        Args:
            on: a date, an instant, an EDTF expression or a reported time.
            status: the membership status to look for.

        Raises:
            TimeExpressionError: the text is not a time expression.
        """
        return tuple(sorted(code for code, held in self._held(on, status).items() if held))

    def members_in_part(
        self, on: Day, *, status: MembershipStatus = "member"
    ) -> tuple[StateCode, ...]:
        """Return the codes of states that were, or may have been, members for part of the time.

        The arguments, the errors and the order are the same as for `members`.
        """
        held = self._held(on, status)
        return tuple(sorted(code for code, whole in held.items() if whole is None))

    def is_member(
        self, state: StateCode, on: Day, *, status: MembershipStatus = "member"
    ) -> bool | None:
        """Return whether a state was a member; None if unknown, or if only for part of the time.

        Raises:
            UnknownNameError: the text is not a state code.
            TimeExpressionError: the text is not a time expression.
        """
        return self._held(on, status).get(checked_code(state), False)

    def memberships_of(self, state: StateCode) -> tuple[Membership, ...]:
        """Return all memberships of a state, with any status.

        A state that left and rejoined has several memberships.

        Raises:
            UnknownNameError: the text is not a state code.
        """
        code = checked_code(state)
        return tuple(one for one in self.memberships if one.state == code)

    def joined_between(
        self, first: Day, last: Day, *, status: MembershipStatus = "member"
    ) -> tuple[Membership, ...]:
        """Return the memberships that certainly began between two days, in order.

        The range includes both days.

        Raises:
            TimeExpressionError: one of the texts is not a time expression.
        """
        span = Period(since=_iso(days_of(first)[0]), last_day=_iso(days_of(last)[1]))
        joined = [
            one
            for one in self.memberships
            if one.status == status and one.since and span.covers(one.since)
        ]
        return tuple(sorted(joined, key=lambda one: (one.since or "", one.state)))

    def _held(self, on: Day, status: MembershipStatus) -> dict[StateCode, bool | None]:
        """Return the states that may have the status: True for certainly, None for possibly."""
        held: dict[StateCode, bool | None] = {}
        for one in self.memberships:
            covers = one.covers(on) if one.status == status else False
            if covers or (covers is None and not held.get(one.state)):
                held[one.state] = covers
        return held


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


class Organization(SourcedRecord, frozen=True):
    """An organization, or a class of unnamed people, such as "smugglers"."""

    type: Literal["organization"] = TAG
    name: Name
    """The name of the organization."""
    kind: OrganizationKind
    """The kind of organization; ``class`` stands for a class of people, as in STIX."""
    of: PartyRef | None = None
    """The state or alliance that the organization belongs to."""
    parent: OrganizationRef | None = None
    """The larger organization that this organization is part of."""
    valid: Period | None = None
    """The period in which the organization existed."""


class Official(SourcedRecord, frozen=True):
    """A person who holds or held a public post."""

    type: Literal["official"] = TAG
    name: Name
    """The name as spelled in the official's own country, transliterated into Latin letters if
    necessary.
    """
    tenures: tuple[Tenure, ...] = ()
    """The posts that the official held, with their known dates."""
