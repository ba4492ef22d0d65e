"""Possible duplicates: pairs and groups of incursions that may be the same.

Two incursions are compared if they concern the same state and their times may overlap. Because
incursions are compared in chronological order, memory holds only the incursions that may overlap
with later ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import Literal

from pydantic import JsonValue

from airspace_events.dossier.corroboration import origins_of
from airspace_events.dossier.histories import Histories
from airspace_events.dossier.positions import SpokenIndex, without_words
from airspace_events.dossier.resemblance import (
    LIKELIHOODS,
    START,
    Reason,
    Traits,
    cannot_be_one,
    likelihood_of,
    reasons,
    traits_of,
)
from airspace_events.models.events import Incursion
from airspace_events.models.source import Source
from airspace_events.values.base import Value, to_json
from airspace_events.viewed import Answer, Answers
from airspace_events.vocabulary.terms import Likelihood

_NEAR = timedelta(days=1)
_WIDEST = timedelta(days=62)
_MOST_AT_ONCE = 1_000


@dataclass(frozen=True, repr=False)
class PossibleDuplicate(Answer):
    """Two incursions that may be the same, with the reasons for and against.

    Attributes:
        first: the incursion that comes first in the input.
        second: the other incursion.
        likelihood: the estimated likelihood that the two are the same (ICD 203).
        reasons: the results of all comparisons that could be made, for and against.
        decided: "unsure" if ``possibly_same_as`` links the two, "different" if the extension data
            of one record contain this decision, and None if nobody has decided.
    """

    first: Incursion
    second: Incursion
    likelihood: Likelihood
    reasons: tuple[Reason, ...]
    decided: Literal["unsure", "different"] | None = None

    @property
    def points(self) -> int:
        """The points of the pair: the base-2 logarithm of the odds that the two are the same."""
        return START + sum(reason.points for reason in self.reasons)

    @property
    def supports(self) -> tuple[Reason, ...]:
        """The reasons to believe that the two are the same, strongest first."""
        found = [reason for reason in self.reasons if reason.points > 0]
        return tuple(sorted(found, key=lambda reason: -reason.points))

    @property
    def against(self) -> tuple[Reason, ...]:
        """The reasons to doubt that the two are the same, strongest first."""
        found = [reason for reason in self.reasons if reason.points < 0]
        return tuple(sorted(found, key=lambda reason: reason.points))


@dataclass(frozen=True, repr=False)
class PossibleDuplicates(Answer):
    """The possible duplicates in a dossier.

    Attributes:
        pairs: the pairs that may be the same, most likely first.
        groups: groups of incursions that are likely to be the same. A group never contains two
            incursions that cannot be the same, or that an editor judged to be different.
        not_compared: the ids of incursions that were not compared, because their time is unknown
            or longer than 62 days, or because more than 1,000 others may have happened at the same
            time.
    """

    pairs: Answers[PossibleDuplicate]
    groups: tuple[tuple[Incursion, ...], ...]
    not_compared: tuple[str, ...]


_GROUPED = LIKELIHOODS[: LIKELIHOODS.index("likely") + 1]


def duplicates_in(
    incursions: Sequence[Incursion],
    histories: Histories,
    spoken: SpokenIndex,
    least: Likelihood,
) -> PossibleDuplicates:
    """Return the possible duplicates among incursions.

    Args:
        incursions: the incursions.
        histories: the records that the incursions cite or refer to.
        spoken: the claims about the incursions.
        least: the lowest likelihood that a returned pair may have.
    """
    comparison = _Comparison(incursions, histories, spoken)
    pairs = Answers(sorted(comparison.pairs(least), key=_place))
    return PossibleDuplicates(pairs, _groups(pairs), tuple(sorted(comparison.not_compared)))


def _place(pair: PossibleDuplicate) -> tuple[int, str, str]:
    return -pair.points, pair.first.id, pair.second.id


class _Comparison:
    def __init__(
        self, incursions: Sequence[Incursion], histories: Histories, spoken: SpokenIndex
    ) -> None:
        self._incursions = incursions
        self._histories = histories
        self._spoken = spoken
        self._origins: dict[str, tuple[str, ...]] = {}
        self.not_compared: list[str] = []
        self._cited: Counter[str] = Counter()

    def pairs(self, least: Likelihood) -> Iterator[PossibleDuplicate]:
        """Yield the pairs with at least the given likelihood, and the pairs with a decision."""
        listed = LIKELIHOODS[: LIKELIHOODS.index(least) + 1]
        spans: list[tuple[datetime, datetime, int]] = []
        for number, one in enumerate(self._incursions):
            self._cited.update(self._sources(one))
            window = one.time.window
            if window.latest - window.earliest > _WIDEST:
                self.not_compared.append(one.id)
                continue
            first = window.earliest if window.start_is_sure else window.earliest - _NEAR
            last = window.latest if window.end_is_sure else window.latest + _NEAR
            spans.append((first, last, number))
        # For each state, a heap of the incursions that may still continue, with the first to end
        # at the top.
        open_ones: dict[str | None, list[tuple[datetime, int, Traits]]] = {}
        for first, last, number in sorted(spans):
            traits = self._traits_of(self._incursions[number])
            states = {traits.state, None} if traits.state is not None else set(open_ones)
            near: list[tuple[datetime, int, Traits]] = []
            for state in states:
                heap = open_ones.get(state, [])
                while heap and heap[0][0] < first:
                    heappop(heap)
                near += heap
            if len(near) > _MOST_AT_ONCE:
                self.not_compared.append(traits.incursion.id)
                continue
            for _, other_number, other in near:
                two = (other, traits) if other_number < number else (traits, other)
                found = self._compared(*two)
                if found is not None and (found.decided or found.likelihood in listed):
                    yield found
            heappush(open_ones.setdefault(traits.state, []), (last, number, traits))

    def _compared(self, one: Traits, other: Traits) -> PossibleDuplicate | None:
        if cannot_be_one(one.incursion, other.incursion):
            return None
        found = reasons(one, other, self._cited)
        likelihood = likelihood_of(START + sum(reason.points for reason in found))
        decided = self._decided(one.incursion, other.incursion)
        return PossibleDuplicate(one.incursion, other.incursion, likelihood, found, decided)

    def _traits_of(self, one: Incursion) -> Traits:
        claims: dict[object, set[str]] = {}
        for each in self._spoken.claims_of([one.id]):
            value = each.claim.value
            if value is not None:
                value = without_words(value)
                key = to_json(value) if isinstance(value, Value) else value
                for actor in each.by:
                    topic = (actor, each.claim.aspect, each.claim.fields, each.claim.polarity, key)
                    claims.setdefault(topic, set()).add(each.record.id)
        return traits_of(
            one,
            frozenset(self._sources(one)),
            {topic: frozenset(records) for topic, records in claims.items()},
        )

    def _decided(self, one: Incursion, other: Incursion) -> Literal["unsure", "different"] | None:
        pair = {one.id, other.id}
        for record in (one, other):
            linked = (link.incursion for link in record.possibly_same_as)
            if any({record.id, self._histories.successor(name)} == pair for name in linked):
                return "unsure"
            for entry in decisions_of(record):
                named = entry.get("incursions")
                names = {str(name) for name in named} if isinstance(named, list) else set[str]()
                is_pair = set(map(self._histories.successor, names)) == pair
                if is_pair and entry.get("decision") == "different":
                    return "different"
        return None

    def _sources(self, one: Incursion) -> Iterable[str]:
        """Return the URL, digest or id of each original source, except sources of coordinates."""
        return {
            origin
            for citation in one.sources
            if not citation.supports or not all(map(_is_geometry, citation.supports))
            for origin in self._origins_of(citation.source)
        }

    def _origins_of(self, name: str) -> tuple[str, ...]:
        found = self._origins.get(name)
        if found is None:
            found = tuple(map(self._address, origins_of(name, self._source)))
            self._origins[name] = found
        return found

    def _source(self, name: str) -> Source | None:
        found = self._histories.latest(name)
        return found if isinstance(found, Source) else None

    def _address(self, name: str) -> str:
        source = self._source(name)
        return name if source is None else source.url or source.sha256 or name


def _is_geometry(name: str) -> bool:
    return name.endswith(".geometry")


NAMESPACE = "duplicates.airspace-events"
"""The key under `extensions` for the decisions of a review."""


def decisions_of(one: Incursion) -> list[dict[str, JsonValue]]:
    """Return the decisions that the extension data of an incursion contain."""
    data = (one.extensions or {}).get(NAMESPACE)
    found = data.get("decisions") if isinstance(data, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _groups(pairs: Iterable[PossibleDuplicate]) -> tuple[tuple[Incursion, ...], ...]:
    """Join the pairs, given most likely first, into groups whose members can all be the same."""
    pairs = list(pairs)
    apart = {frozenset((it.first.id, it.second.id)) for it in pairs if it.decided == "different"}

    def is_possible(mine: Incursion, its: Incursion) -> bool:
        return frozenset((mine.id, its.id)) not in apart and not cannot_be_one(mine, its)

    groups: dict[str, list[Incursion]] = {}
    for pair in pairs:
        if pair.likelihood not in _GROUPED:
            continue
        one, other = (groups.setdefault(each.id, [each]) for each in (pair.first, pair.second))
        if one is other or not all(is_possible(mine, its) for mine in one for its in other):
            continue
        one.extend(other)
        groups.update((each.id, one) for each in other)
    found = {id(group): group for group in groups.values() if len(group) > 1}
    return tuple(map(tuple, found.values()))
