"""Corroboration: how many sources bear something out, how good they are, and who says what."""

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
from airspace_events.vocabulary.claims import Aspect
from airspace_events.vocabulary.sources import InformationCredibility, SourceReliability

_NO_RELIABILITY: SourceReliability = "F"
_NO_CREDIBILITY: InformationCredibility = 6
_Grades = tuple[SourceReliability | None, InformationCredibility | None]
_Ranks = tuple[int | None, int | None]


class Grading(NamedTuple):
    """How a source was graded where it was cited (Admiralty scale).

    Attributes:
        reliability: A to E, or F: it cannot be judged.
        credibility: 1 to 5, or 6: it cannot be judged.
        sources: the sources that were graded so.
    """

    reliability: SourceReliability | None
    credibility: InformationCredibility | None
    sources: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Corroboration(Answer):
    """What bears an incursion out, and who speaks for and against it.

    Attributes:
        sources: the sources that the record cites, one group for each that is independent:
            with it stand its copies, translations and excerpts.
        best: the gradings that no other beats on both scales; mostly one, none if nothing was
            graded. Reliability and credibility are never made into one number.
        voices: who holds what of it now, for or against.
        publishers: who published the sources, each once: ten independent sources may be of
            seven publishers. A source that is not in the dossier has none.
    """

    sources: tuple[tuple[str, ...], ...]
    best: tuple[Grading, ...]
    voices: tuple[Voice, ...]
    publishers: tuple[str, ...] = ()

    @property
    def independent_sources(self) -> int:
        """How many sources there are that are no copies of one another."""
        return len(self.sources)

    def affirmed_by(self, topic: Aspect | str, value: object = None) -> tuple[str, ...]:
        """Return who affirms a value of an aspect ("intent") or a field ("crossing").

        Args:
            topic: the aspect or the field.
            value: the value that is meant; any value without it.

        Whoever affirms a value of an item, or an item with its id, affirms that there is the item.

        Raises:
            UnknownNameError: there is no such aspect, and no such field.
        """
        return self._by(topic, value, "affirmed")

    def denied_by(self, topic: Aspect | str, value: object = None) -> tuple[str, ...]:
        """Return who denies a value of an aspect or a field. No evidence for it is no denial.

        Who denies an attack and who denies an accident do not agree, so that the answer is for
        one value only. Args are those of `affirmed_by`.

        Raises:
            UnknownNameError: there is no such aspect, and no such field.
            AmbiguousNameError: different values are denied, and none is given.
        """
        return self._by(topic, value, "denied")

    def _by(self, topic: str, value: object, polarity: str) -> tuple[str, ...]:
        check_topic(topic)
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
        # To deny one value says nothing of another.
        if polarity == "denied" and len(held) > 1:
            said = {name: f"{polarity} by {', '.join(actors)}" for name, actors in held.items()}
            raise AmbiguousNameError(topic, said)
        return tuple(dict.fromkeys(actor for voice in fitting for actor in voice.by))


def _is_about_item(voice: Voice, topic: str) -> bool:
    """Return whether a claimed value has the id of an item, or an affirmed one implies an item."""
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
    """What bears a record out, or a field of it.

    A source that was taken back bears nothing out. One that is not there has not been taken back.
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
    """Return whether a citation supports a field of its record, something in it, or its holder.

    Of the whole record, a source of coordinates supports nothing: a gazetteer knows of no event.
    """
    if field is None:
        names = citation.supports
        return not names or not all(name.endswith(".geometry") for name in names)
    return not citation.supports or any(
        f"{one}.".startswith(f"{field}.") or f"{field}.".startswith(f"{one}.")
        for one in citation.supports
    )


def _best_gradings(citations: Iterable[Citation]) -> tuple[Grading, ...]:
    """The gradings among some citations that no other beats.

    One beats another by being better on one scale and worse on none. "Cannot be judged" is
    neither better nor worse than any grade: where one of two was judged on a scale and the other
    was not, neither beats the other.
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
    """Both grades, 1 for the best; None where nothing was judged."""
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
    """Sources in groups, each of which has one origin.

    A source that was made of several others stands with the first of them that is cited: there
    are rather too few groups than too many.

    Args:
        names: the ids of the sources.
        source_of: what gives the source of an id, or None if there is none.
    """
    origins = {name: _origins(name, source_of) for name in names}
    group_of: dict[str, list[str]] = {}
    groups: list[list[str]] = []
    # What has one origin comes first, so that a digest of several finds those that are cited.
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


def _origins(name: str, source_of: Callable[[str], Source | None]) -> tuple[str, ...]:
    """The sources from which one was copied in the end; itself if it is no copy."""
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
    # Sources that are copies of each other, which no feed should say, have no origin.
    return tuple(found) or (min(seen),)
