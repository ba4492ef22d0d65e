"""What is said of what: the statements and claims of a dossier, by their subjects."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from airspace_events.dossier.attributed_claims import subjects_of
from airspace_events.models.records import Record
from airspace_events.models.source import Source
from airspace_events.models.statement import Statement


class SpokenIndex:
    """Statements and claims, by the id of what they are about.

    Attributes:
        claimants: the statements, and the sources with claims of their own.
        statements: the numbers of claimants that are statements, by what they are about.
        claims: numbers of claimants, each with the number of a claim, by what that is about.
    """

    def __init__(self, records: Iterable[Record], successor: Callable[[str], str]) -> None:
        self.claimants: list[Statement | Source] = []
        self.statements: dict[str, list[int]] = {}
        self.claims: dict[str, list[tuple[int, int]]] = {}
        for record in records:
            if isinstance(record, Statement):
                self._add(record, record.about, successor)
                for name in subjects_of(record):
                    self.statements.setdefault(successor(name), []).append(len(self.claimants) - 1)
            elif isinstance(record, Source) and record.claims:
                self._add(record, (), successor)

    def is_spoken_of(self, name: str) -> bool:
        """Whether anything is said of what has this id."""
        return name in self.statements or name in self.claims

    def _add(
        self, record: Statement | Source, about: tuple[str, ...], successor: Callable[[str], str]
    ) -> None:
        for number, claim in enumerate(record.claims):
            place = (len(self.claimants), number)
            for name in claim.about or about:
                self.claims.setdefault(successor(name), []).append(place)
        self.claimants.append(record)
