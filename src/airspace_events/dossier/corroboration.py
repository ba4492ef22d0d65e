"""Corroboration: independent sources, their gradings, and actors who affirm or deny an event."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from airspace_events.dossier.arguments import check_topic
from airspace_events.dossier.histories import Histories
from airspace_events.dossier.positions import Voice, without_words
from airspace_events.errors import AmbiguousNameError
from airspace_events.models.records import Record
from airspace_events.models.source import Source
from airspace_events.values.citations import Citation
from airspace_events.values.field_names import claimed_field
from airspace_events.values.measures import ReportedCount
from airspace_events.viewed import Answer
from airspace_events.vocabulary.terms import Aspect, InformationCredibility, SourceReliability

_NO_RELIABILITY: SourceReliability = "F"
_NO_CREDIBILITY: InformationCredibility = 6
_Grades = tuple[SourceReliability | None, InformationCredibility | None]
_Ranks = tuple[int | None, int | None]


class Grading(NamedTuple):
    """A grading of cited sources (Admiralty scale).

    Attributes:
        reliability: the grade, from A to E; F means that the reliability cannot be judged.
        credibility: the grade, from 1 to 5; 6 means that the credibility cannot be judged.
        sources: the sources with this grading.
    """

    reliability: SourceReliability | None
    credibility: InformationCredibility | None
    sources: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Corroboration(Answer):
    """The sources that support a record, and the actors who affirm or deny its contents.

    Attributes:
        sources: the cited sources, grouped so that each independent source is in one group with
            its copies, translations and excerpts.
        best: the best gradings; empty if no source was graded. If no grading is best on both
            scales, several are listed. The two scales are never combined into one number.
        voices: the present positions of all actors who affirm or deny the event.
        publishers: the distinct publishers of the sources. Ten independent sources may have only
            seven publishers. A source that is not in the dossier adds no publisher.
    """

    sources: tuple[tuple[str, ...], ...]
    best: tuple[Grading, ...]
    voices: tuple[Voice, ...]
    publishers: tuple[str, ...] = ()

    @property
    def independent_sources(self) -> int:
        """The number of sources that are independent of each other."""
        return len(self.sources)

    def affirmed_by(self, topic: Aspect | str, value: object = None) -> tuple[str, ...]:
        """Return the actors who affirm a value of an aspect ("intent") or a field ("crossing").

        An actor who affirms a list item, or a field of that item, also affirms that the item
        exists.

        Args:
            topic: the aspect or the field.
            value: the value. By default, any value counts.

        Raises:
            UnknownNameError: the topic is neither an aspect nor a field, or cannot have the value.
        """
        return self._by(topic, value, "affirmed")

    def denied_by(self, topic: Aspect | str, value: object = None) -> tuple[str, ...]:
        """Return the actors who deny a value of an aspect or a field.

        A claim that there is no evidence is not a denial. An actor who denies an attack does not
        agree with an actor who denies an accident. Therefore the answer is always about one value.
        The arguments are the same as for `affirmed_by`.

        Raises:
            UnknownNameError: the topic is neither an aspect nor a field, or cannot have the value.
            AmbiguousNameError: actors deny different values, and no value is given.
        """
        return self._by(topic, value, "denied")

    def _by(self, topic: str, value: object, polarity: str) -> tuple[str, ...]:
        check_topic(topic, value)
        fitting = [
            voice
            for voice in self.voices
            if voice.polarity == polarity
            and (topic in (voice.aspect, voice.field) or _is_about_item(voice, topic))
            and value in (None, voice.value)
        ]
        held: dict[str, dict[str, None]] = {}
        for voice in fitting:
            held.setdefault(str(without_words(voice.value)), {}).update(dict.fromkeys(voice.by))
        # The denial of one value does not imply the denial of another value.
        if polarity == "denied" and len(held) > 1:
            said = {name: f"{polarity} by {', '.join(actors)}" for name, actors in held.items()}
            raise AmbiguousNameError(topic, said)
        return tuple(dict.fromkeys(actor for voice in fitting for actor in voice.by))


def _is_about_item(voice: Voice, topic: str) -> bool:
    """Return whether a claim affirms or denies that a list item exists."""
    if voice.field is None or "." not in topic or claimed_field(topic).kind != "item":
        return False
    if voice.field == topic.rpartition(".")[0]:
        return getattr(voice.value, "id", None) == topic.rpartition(".")[2]
    implies = voice.polarity == "affirmed" and voice.field.startswith(f"{topic}.")
    return implies and not _is_none(voice.value)


def _is_none(value: Any) -> bool:
    return isinstance(value, ReportedCount) and 0 in (value.best, value.max)


def corroboration_of(
    record: Record, field: str | None, voices: tuple[Voice, ...], histories: Histories
) -> Corroboration:
    """Return the corroboration of a record or of one of its fields.

    A retracted source does not count. A source that is not in the dossier counts as not retracted.
    """

    def source_of(name: str) -> Source | None:
        found = histories.latest(name)
        return found if isinstance(found, Source) else None

    def stands(name: str) -> bool:
        found = histories.latest(name)
        return found is None or found.retracted is None

    citations = [one for one in record.sources if stands(one.source) and _supports(one, field)]
    cited = dict.fromkeys(histories.successor(one.source) for one in citations)
    found = [source.publisher for source in map(source_of, cited) if source is not None]
    return Corroboration(
        _independent(cited, source_of),
        _best_gradings(citations),
        voices,
        tuple(dict.fromkeys(found)),
    )


def _supports(citation: Citation, field: str | None) -> bool:
    """Return whether a citation supports a field, one of its parts, or its parent.

    Without a field, a citation that supports only coordinates does not count, because its source
    may be a gazetteer, which says nothing about the event.
    """
    if field is None:
        names = citation.supports
        return not names or not all(name.endswith(".geometry") for name in names)
    return not citation.supports or any(
        f"{one}.".startswith(f"{field}.") or f"{field}.".startswith(f"{one}.")
        for one in citation.supports
    )


def _best_gradings(citations: Iterable[Citation]) -> tuple[Grading, ...]:
    """Return the gradings that no other grading beats.

    A grading beats another if it is better on one scale and not worse on the other. If only one of
    two sources could be judged on a scale, neither grading beats the other.
    """
    graded: dict[_Grades, dict[str, None]] = {}
    for one in citations:
        if one.reliability or one.credibility:
            graded.setdefault((one.reliability, one.credibility), {})[one.source] = None
    judged = [grades for grades in graded if _ranks(grades) != (None, None)] or list(graded)
    return tuple(
        Grading(*grades, tuple(graded[grades]))
        for grades in judged
        if not any(_beats(_ranks(other), _ranks(grades)) for other in judged)
    )


def _ranks(grades: _Grades) -> _Ranks:
    """Return both grades as numbers: 1 is the best, and None means that there is no judgement."""
    letter, number = grades
    return (
        "ABCDE".index(letter) + 1 if letter and letter != _NO_RELIABILITY else None,
        number if number != _NO_CREDIBILITY else None,
    )


def _beats(one: _Ranks, other: _Ranks) -> bool:
    if [rank is None for rank in one] != [rank is None for rank in other]:
        return False
    both: list[tuple[int | None, int | None]] = list(zip(one, other, strict=True))
    pairs = [(mine, its) for mine, its in both if mine is not None and its is not None]
    return any(mine < its for mine, its in pairs) and all(mine <= its for mine, its in pairs)


def _independent(
    names: Iterable[str], source_of: Callable[[str], Source | None]
) -> tuple[tuple[str, ...], ...]:
    """Group sources by their common origin.

    A source with several origins is only in the group of the origin that is cited first. Therefore
    the number of groups may be too small, but never too large.
    """
    origins = {name: origins_of(name, source_of) for name in names}
    group_of: dict[str, list[str]] = {}
    groups: list[list[str]] = []
    # Sources with one origin come first, so that a digest of several sources can join them.
    for name, found in sorted(origins.items(), key=lambda item: len(item[1])):
        held = [group_of[origin] for origin in found if origin in group_of]
        if not held:
            groups.append([])
        group = held[0] if held else groups[-1]
        group.append(name)
        for origin in found:
            group_of.setdefault(origin, group)
    place = {name: number for number, name in enumerate(origins)}
    in_order = [tuple(sorted(group, key=place.__getitem__)) for group in groups]
    return tuple(sorted(in_order, key=lambda group: place[group[0]]))


def origins_of(name: str, source_of: Callable[[str], Source | None]) -> tuple[str, ...]:
    """Return the originals that a source was copied from; for an original, the source itself."""
    found: dict[str, None] = {}
    seen = {name: None}
    due = [name]
    for here in due:
        source = source_of(here)
        copied = [one.source for one in source.derived_from if one.is_copy] if source else []
        if not copied:
            found[here] = None
        due.extend(other for other in copied if other not in seen)
        seen.update(dict.fromkeys(copied))
    # In an invalid feed, sources may be copies of each other and have no origin.
    return tuple(found) or (min(seen),)
