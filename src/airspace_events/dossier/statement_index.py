"""What is said of what: the statements and claims of a dossier, by their subjects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from airspace_events.dossier.attributed_claims import AttributedClaim, subjects_of
from airspace_events.models.records import Record
from airspace_events.models.source import Source
from airspace_events.models.statement import Statement


class SpokenIndex:
    """Statements and claims, by the id of what they are about."""

    def __init__(self, records: Iterable[Record], successor: Callable[[str], str]) -> None:
        # Statements, and sources with claims of their own.
        self._claimants: list[Statement | Source] = []
        # By what they are about: numbers of claimants, and with them the numbers of claims.
        self._statements: dict[str, list[int]] = {}
        self._claims: dict[str, list[tuple[int, int]]] = {}
        for record in records:
            if isinstance(record, Statement):
                self._add(record, record.about, successor)
                for name in subjects_of(record):
                    self._statements.setdefault(successor(name), []).append(
                        len(self._claimants) - 1
                    )
            elif isinstance(record, Source) and record.claims:
                self._add(record, (), successor)

    def is_spoken_of(self, name: str) -> bool:
        """Whether anything is said of what has this id."""
        return name in self._statements or name in self._claims

    def statements_of(self, names: Iterable[str]) -> tuple[Statement, ...]:
        """The statements about any of some subjects, in their order."""
        numbers = {number for name in names for number in self._statements.get(name, ())}
        found = (self._claimants[number] for number in sorted(numbers))
        return tuple(record for record in found if isinstance(record, Statement))

    def claims_of(self, names: Iterable[str]) -> Iterator[AttributedClaim]:
        """The claims about any of some subjects, in their order."""
        places = {place for name in names for place in self._claims.get(name, ())}
        for claimant, number in sorted(places):
            record = self._claimants[claimant]
            claim = record.claims[number]
            yield AttributedClaim(claim, record, number, value=claim.value)

    def _add(
        self, record: Statement | Source, about: tuple[str, ...], successor: Callable[[str], str]
    ) -> None:
        for number, claim in enumerate(record.claims):
            place = (len(self._claimants), number)
            for name in claim.about or about:
                self._claims.setdefault(successor(name), []).append(place)
        self._claimants.append(record)
