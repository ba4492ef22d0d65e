"""Review files, in which an editor decides whether possible duplicates are the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from pydantic import JsonValue

from airspace_events.dossier.duplicates import NAMESPACE, PossibleDuplicate, decisions_of
from airspace_events.dossier.histories import Histories
from airspace_events.feeds.toml_files import toml_tables, toml_value
from airspace_events.models.events import Incursion, PossibleIncursion
from airspace_events.safe_text import shown
from airspace_events.spelling import nearest
from airspace_events.vocabulary.terms import Likelihood
from airspace_events.vocabulary.word_lists import words_of

WORDS = ("same", "different", "unsure")
"""The decisions that an editor can make."""

_HEAD = """\
# Pairs of incursions that may be the same, the most likely first.
#
# For each pair, write "same", "different" or "unsure" as the decision. A pair without a
# decision stays open. If two incursions are the same, the one named first is kept and replaces the
# other; to keep the other, swap the two ids. If more than two are the same, the first pair
# determines which one is kept. For "unsure", you can add a line such as likelihood = "likely".

# The name of the person who decides. Each changed record will contain it.
by = ""
"""


def review_lines(pairs: Iterable[PossibleDuplicate]) -> Iterator[str]:
    """Yield the lines of a review file for all undecided pairs."""
    yield _HEAD
    for pair in pairs:
        if pair.decided is None:
            yield "[[pair]]"
            # The card is safe, because text from a record cannot break a line.
            yield from (f"# {line}".rstrip() for line in str(pair).splitlines())
            yield f"first = {toml_value(pair.first.id)}"
            yield f"second = {toml_value(pair.second.id)}"
            yield 'decision = ""\nnote = ""\n'


class Decision(NamedTuple):
    """A decision about two incursions.

    Attributes:
        place: the position of the pair in the file, such as "pair 3".
        first: the id of the incursion that is kept if the two are the same.
        second: the id of the other incursion.
        word: "same", "different" or "unsure".
        note: the reason, or an empty string.
        likelihood: the likelihood that the two are the same, if the editor gives one.
    """

    place: str
    first: str
    second: str
    word: str
    note: str
    likelihood: Likelihood | None


class Review(NamedTuple):
    """The contents of a review file.

    Attributes:
        by: the name of the person who decided.
        decisions: the decided pairs.
        problems: the problems in the file, each with its location. A review with problems must not
            be applied.
    """

    by: str
    decisions: tuple[Decision, ...]
    problems: tuple[str, ...]


def read_review(data: bytes, name: str, histories: Histories, at: datetime) -> Review:
    """Read a review file, and check its decisions against the records.

    Args:
        data: the bytes of the file.
        name: the name of the file in messages.
        histories: the records.
        at: the instant of the decisions.

    Raises:
        SettingsError: the file is not UTF-8, or not TOML.
    """
    tables = toml_tables(data, name)
    given: object = tables.pop("pair", [])
    by: object = tables.pop("by", "")
    problems = [f"{shown(key)} is not a key of a review file" for key in tables]
    pairs = cast("list[object]", given) if isinstance(given, list) else [given]
    decisions: list[Decision] = []
    for number, pair in enumerate(pairs, 1):
        found = _decision(pair, f"pair {number}", histories, at)
        if isinstance(found, Decision):
            decisions.append(found)
        else:
            problems += found
    if decisions and not (isinstance(by, str) and by.strip()):
        problems.append("`by` must be the name of the person who decided")
    if not problems:
        problems += _contradictions(decisions)
    return Review(str(by), tuple(decisions), tuple(problems))


_KEYS = ("first", "second", "decision", "note", "likelihood")


def _decision(
    pair: object, place: str, histories: Histories, at: datetime
) -> Decision | list[str]:
    """Return the decision on a pair, or its problems; for an undecided pair, an empty list."""
    if not isinstance(pair, dict):
        return [f"{place} must be a table"]
    fields = cast("dict[str, Any]", pair)
    texts = {key: fields.get(key, "") for key in _KEYS}
    problems = [
        f"{place}: {shown(key)} is not a valid key{_meant(nearest(key, _KEYS))}"
        for key in fields
        if key not in _KEYS
    ]
    problems += [
        f"{place}: `{key}` must be text, not {shown(text)}"
        for key, text in texts.items()
        if not isinstance(text, str)
    ]
    if problems or not texts["decision"]:
        return problems
    place = f"{place} ({texts['first'] or '?'}, {texts['second'] or '?'})"
    for key, words in (("decision", WORDS), ("likelihood", words_of(Likelihood))):
        word = texts[key]
        if word and word not in words:
            hint = _meant(nearest(word, words)) or "."
            problems.append(
                f"{place}: {shown(word)} is not a {key}{hint} Use {', '.join(words[:-1])} or "
                f"{words[-1]}"
            )
    if texts["likelihood"] and texts["decision"] != "unsure":
        problems.append(f'{place}: only a pair with the decision "unsure" can have a likelihood')
    if texts["first"] == texts["second"]:
        problems.append(f"{place}: a pair needs two different incursions")
    for key in ("first", "second"):
        reason = _reason_to_reject(texts[key], histories, at)
        if reason:
            problems.append(f"{place}: {shown(texts[key])} {reason}")
    return problems or Decision(
        place,
        texts["first"],
        texts["second"],
        texts["decision"],
        texts["note"].strip(),
        texts["likelihood"] or None,
    )


def _meant(word: str | None) -> str:
    return f'; did you mean "{word}"?' if word else ""


def _reason_to_reject(name: str, histories: Histories, at: datetime) -> str | None:
    if name not in histories.current:
        return "is not in the feed; it may have been removed since the review was written"
    if histories.successor(name) != name:
        return f"was merged into {shown(histories.successor(name))}"
    record = histories.of(name)
    if record.retracted is not None:
        return "was retracted"
    if record.recorded_at is not None and at < record.recorded_at:
        return f"was recorded after the decision, at {record.recorded_at.isoformat()}"
    return (
        None if isinstance(record, Incursion) else f'has the type "{record.type}", not "incursion"'
    )


class _Groups:
    """Groups of incursions that are the same according to a review.

    The first pair of a group in the file determines which of its incursions is kept.
    """

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self._kept: dict[str, str] = {}
        self.members: dict[str, list[str]] = {}
        places: dict[str, int] = {}
        for number, each in enumerate(decisions):
            if each.word == "same":
                one, other = self.kept(each.first), self.kept(each.second)
                places.setdefault(one, number)
                if places.get(other, number) < places[one]:
                    one, other = other, one
                if one != other:
                    joined = self.members.pop(other, [other])
                    self.members.setdefault(one, [one]).extend(joined)
                    self._kept.update(dict.fromkeys(joined, one))

    def kept(self, name: str) -> str:
        """Return the id of the incursion that is kept in the group of a given incursion."""
        return self._kept.get(name, name)


def _contradictions(decisions: Sequence[Decision]) -> Iterator[str]:
    groups = _Groups(decisions)
    by_pair: dict[frozenset[str], Decision] = {}
    by_group: dict[frozenset[str], Decision] = {}
    for each in decisions:
        pair = frozenset((each.first, each.second))
        groups_of_pair = frozenset(map(groups.kept, pair))
        if pair in by_pair:
            yield f"{each.place} is decided twice; see {by_pair[pair].place}"
        elif len(groups_of_pair) == 1 and each.word != "same":
            yield (
                f'{each.place} has the decision "{each.word}", but other pairs make '
                f"{' and '.join(sorted(pair))} the same"
            )
        else:
            other = by_group.setdefault(groups_of_pair, each)
            if other.word != each.word and len(groups_of_pair) > 1:
                yield (
                    f'{each.place} has the decision "{each.word}", but {other.place}, about the '
                    f'same incidents, has the decision "{other.word}"'
                )
        by_pair.setdefault(pair, each)


def revised(review: Review, histories: Histories, at: datetime) -> tuple[Incursion, ...]:
    """Return the new revisions of the incursions that a review changes.

    Of several records about one incident, one record replaces the others. The field
    ``possibly_same_as`` links an unsure pair. The extension data of each new revision contain the
    decisions.

    Args:
        review: a review without problems.
        histories: the records.
        at: the instant of the decisions.
    """
    groups = _Groups(review.decisions)
    changes: dict[str, list[tuple[Decision, str]]] = {}
    for each in review.decisions:
        one, other = groups.kept(each.first), groups.kept(each.second)
        changes.setdefault(one, []).append((each, other))
        # A link from the other incursion to this one must agree with the decision.
        if one != other and one in _links(_incursion(other, histories), groups):
            changes.setdefault(other, []).append((each, one))
    entries = {each: _entry(each, review.by, at) for each in review.decisions}
    return tuple(
        _revised(
            [_incursion(member, histories) for member in groups.members.get(name, [name])],
            [(entries[each], other, each) for each, other in decided],
            groups,
            at,
        )
        for name, decided in changes.items()
    )


def _revised(
    members: Sequence[Incursion],
    decided: Sequence[tuple[dict[str, JsonValue], str, Decision]],
    groups: _Groups,
    at: datetime,
) -> Incursion:
    """Return a new revision of the first member that replaces the other members."""
    record = members[0]
    replaces = dict.fromkeys(
        (*record.replaces, *(name for one in members[1:] for name in (one.id, *one.replaces)))
    )
    links: dict[str, PossibleIncursion] = {}
    for one in reversed(members):
        links |= _links(one, groups)
    for _, other, each in decided:
        if each.word == "unsure":
            links[other] = PossibleIncursion(incursion=other, likelihood=each.likelihood)
        else:
            links.pop(other, None)
    entries: list[JsonValue] = [entry for one in members for entry in decisions_of(one)]
    entries += [entry for entry, _, _ in decided]
    extensions: dict[str, JsonValue] = {**(record.extensions or {})}
    extensions[NAMESPACE] = {"decisions": entries}
    return record.replace(
        revision=record.revision + 1,
        recorded_at=at,
        replaces=tuple(replaces),
        possibly_same_as=tuple(links.values()),
        extensions=extensions,
    )


def _links(one: Incursion, groups: _Groups) -> dict[str, PossibleIncursion]:
    """Return the ``possibly_same_as`` links of an incursion, keyed by the id that is kept."""
    return {
        groups.kept(link.incursion): link.replace(incursion=groups.kept(link.incursion))
        for link in one.possibly_same_as
    }


def _entry(decision: Decision, by: str, at: datetime) -> dict[str, JsonValue]:
    entry: dict[str, JsonValue] = {
        "incursions": [decision.first, decision.second],
        "decision": decision.word,
        "by": by,
        "at": at.isoformat(),
    }
    return entry | ({"note": decision.note} if decision.note else {})


def _incursion(name: str, histories: Histories) -> Incursion:
    return cast("Incursion", histories.of(name))
