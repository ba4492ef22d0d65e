"""Built-in alliances, organizations and informal groups of states, with dated memberships."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from airspace_events.arguments import check_argument
from airspace_events.errors import UnknownNameError
from airspace_events.models.actors import Alliance, checked_code
from airspace_events.models.source import Source
from airspace_events.reference.names import check_readable, key
from airspace_events.reference.tables import RESERVED_ALLIANCES, table
from airspace_events.safe_text import shown
from airspace_events.spelling import near
from airspace_events.values.periods import Day
from airspace_events.vocabulary.state_codes import StateCode
from airspace_events.vocabulary.terms import MembershipStatus


class AllianceDirectory:
    """The built-in alliances. The data of each alliance are loaded on first use.

    >>> alliances = AllianceDirectory()
    >>> len(alliances.get("nato").members(on="2024-09-18"))
    32
    >>> [alliance.id for alliance in alliances.of("UA", on="2024-09-18")]
    ['council-of-europe', 'osce']
    """

    def __init__(self) -> None:
        self._loaded: dict[str, tuple[Alliance, Mapping[str, Source]]] = {}

    def get(self, alliance: str) -> Alliance:
        """Return the alliance with this id.

        Raises:
            UnknownNameError: no built-in alliance has this id.
        """
        return self._entry(alliance)[0]

    def resolve(self, name: str) -> Alliance:
        """Return the alliance with this id, name or abbreviation, ignoring case.

        Raises:
            UnknownNameError: no alliance has this name. The error suggests similar names, or
                explains why the library does not include the named group.
        """
        check_readable(name)
        wanted = key(name)
        if wanted in self._ids:
            return self.get(self._ids[wanted])
        if wanted in self._left_out:
            raise UnknownNameError(name, f"not built in: {self._left_out[wanted]}")
        found = near(wanted, self._ids, most=3)
        suggestions = dict.fromkeys(self._ids[match] for match in found)
        reason = f"no built-in alliance is named {shown(name)}"
        raise UnknownNameError(name, reason, tuple(suggestions))

    def of(
        self, state: StateCode, on: Day, *, status: MembershipStatus = "member"
    ) -> tuple[Alliance, ...]:
        """Return the alliances that a state belonged to on a day or throughout a longer period.

        Args:
            state: the code of the state.
            on: a date, an instant, an EDTF expression or a reported time.
            status: the status of the membership.

        Raises:
            UnknownNameError: the code is not a state code.
            TimeExpressionError: the text is not a time expression.
        """
        code = checked_code(state)
        return tuple(one for one in self if one.is_member(code, on, status=status))

    def sources(self, alliance: str) -> tuple[Source, ...]:
        """Return the sources for the memberships of an alliance.

        Raises:
            UnknownNameError: no built-in alliance has this id.
        """
        return tuple(self._entry(alliance)[1].values())

    def __iter__(self) -> Iterator[Alliance]:
        return (self.get(name) for name in sorted(RESERVED_ALLIANCES))

    def __len__(self) -> int:
        return len(RESERVED_ALLIANCES)

    def _entry(self, alliance: str) -> tuple[Alliance, Mapping[str, Source]]:
        check_argument("alliance", alliance, (str,), "a str with the id of an alliance")
        if alliance not in self._loaded:
            if alliance not in RESERVED_ALLIANCES:
                reason = "no built-in alliance has this id"
                raise UnknownNameError(alliance, reason, near(alliance, RESERVED_ALLIANCES))
            self._loaded[alliance] = _load(alliance)
        return self._loaded[alliance]

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        return {
            key(name): alliance.id
            for alliance in self
            for name in (
                alliance.id,
                alliance.name,
                *(other.name for other in alliance.other_names),
            )
        }

    @cached_property
    def _left_out(self) -> Mapping[str, str]:
        return {
            key(name): group["reason"]
            for title, group in table("no_alliances")["groups"].items()
            for name in (title, *group["other_names"])
        }


def _load(alliance: str) -> tuple[Alliance, Mapping[str, Source]]:
    row = table("alliances", alliance)
    sources = {
        source["id"]: Source.model_validate(
            {"type": "source", "kind": "official_release", "language": "en", **source}
        )
        for source in row.pop("sources")
    }
    return _alliance(row), sources


def _alliance(row: dict[str, Any]) -> Alliance:
    # The tables do not give the language of each name; "und" is the BCP 47 tag for that.
    names = [{"language": "und", "name": name} for name in row.pop("other_names")]
    return Alliance.model_validate({"type": "alliance", "other_names": names, **row})


alliances = AllianceDirectory()
"""The built-in alliances."""
