"""The resemblance of two incursions: reasons for and against treating them as the same.

Each comparison has one of a few results, called levels, and each level is worth a number of
points. One point doubles the odds that the two incursions are the same, as in the record linkage
of Fellegi and Sunter. Missing information, except a missing state, counts neither for nor against.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import NamedTuple

from airspace_events.dossier.tallies import CountRange, objects_counted
from airspace_events.models.events import ELSEWHERE, Incursion
from airspace_events.reference.geography import kilometres_between, sovereign_of
from airspace_events.values import time_relations
from airspace_events.values.geometry import Point, positions_in
from airspace_events.values.measures import KILOMETRES
from airspace_events.values.places import Place
from airspace_events.vocabulary.terms import IncursionKind, Likelihood


class Reason(NamedTuple):
    """A reason to believe, or to doubt, that two incursions are the same.

    Attributes:
        topic: the topic of the comparison, such as "time".
        level: the result of the comparison, such as "within 3 hours".
        detail: the compared values, in words.
        points: the weight of the result. Each point above 0 doubles the odds, and each point below
            0 halves them.
    """

    topic: str
    level: str
    detail: str
    points: int

    def __str__(self) -> str:
        """Return the reason in words, with its points unless they are 0."""
        detail = f" ({self.detail})" if self.detail else ""
        points = f", {self.points:+}" if self.points else ""
        return f"{self.topic}: {self.level}{detail}{points}"


POINTS: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "state": {"missing": -2},
        "time": {
            "within 3 hours": 3,
            "within 16 hours": 1,
            "within a day": 0,
            "within 2 days": 0,
            "overlap, but vague": -3,
            "no overlap, but a bound is uncertain": -1,
        },
        "place": {
            "the same place": 5,
            "possibly the same place": 3,
            "the same region": 3,
            "the same name": 2,
            "up to 60 km apart": 0,
            "more than 60 km apart": -4,
        },
        "kind": {"the same kind": 1, "different kinds": -1},
        "objects": {"the same category": 1, "different categories": -3},
        "count": {
            "the same number, more than one": 5,
            "the same number, exactly one": 1,
            "possibly the same number": 1,
            "different numbers": -3,
        },
        "outcome": {"the same outcome": 2, "different outcomes": -2},
        "sources": {"a shared source": 3, "a shared source that many incursions cite": 0},
        "claims": {"the same claim by one speaker": 4},
        "ids": {"the same identifier": 6, "different identifiers": -6},
    }
)
"""The points of each result of a comparison, estimated from a synthetic corpus and rounded.

The true duplicates in the corpus are known. The program ``tests/benchmarks/duplicates.py`` makes
the estimates. The points are the base-2 logarithm of a ratio: the share of true duplicates with
this result, divided by the share of other pairs with this result. No comparison gives more than 6
points.
"""

START = -3
"""The points of a pair before any comparison, as if one in nine compared pairs were the same.

In the synthetic corpus, the share is one in two. The lower value is a precaution, because a feed
with more incidents per night has more pairs that only look alike.
"""

# The lowest probability of each likelihood, as defined in ICD 203.
_LIKELIHOODS: Mapping[Likelihood, float] = MappingProxyType(
    {
        "almost_certain": 0.95,
        "very_likely": 0.80,
        "likely": 0.55,
        "roughly_even_chance": 0.45,
        "unlikely": 0.20,
        "very_unlikely": 0.05,
        "almost_no_chance": 0,
    }
)


LIKELIHOODS: tuple[Likelihood, ...] = tuple(_LIKELIHOODS)
"""The likelihoods, highest first."""


def likelihood_of(points: int) -> Likelihood:
    """Return the likelihood (ICD 203) for the base-2 logarithm of the odds."""
    probability = 1 / (1 + 2.0**-points)
    return next(word for word, least in _LIKELIHOODS.items() if probability >= least)


class Area(NamedTuple):
    """A position, and the radius in kilometres within which the true position lies."""

    position: tuple[float, ...]
    radius: float


# The precisions of UCDP GED as distances. UCDP GED defines "vicinity" as 25 km; the other
# distances are generous estimates.
_RADIUS: Mapping[str | None, float] = MappingProxyType(
    {"exact": 5, "vicinity": 25, "admin2": 40, "admin1": 120, "linear_or_fuzzy": 120, None: 25}
)
# A larger area adds hardly any information to the name of the state.
_PRECISE, _VAGUE = 20, 60
_HALF = 2


def area_of(place: Place) -> Area | None:
    """Return the area of a place, or None if its position is unknown or stands for a state."""
    if place.geometry is None or place.precision not in _RADIUS:
        return None
    radius, given = _RADIUS[place.precision], place.radius
    if given is not None and given.unit is not None:
        most = next(filter(None, (given.max, given.best, given.roughly, given.min)), 0)
        radius = most * KILOMETRES[given.unit]
    if isinstance(place.geometry, Point):
        return Area(place.geometry.coordinates[:2], radius)
    x, y = zip(*(position[:2] for position in positions_in(place.geometry)), strict=True)
    middle = (min(x) + max(x)) / _HALF, (min(y) + max(y)) / _HALF
    return Area(middle, radius + kilometres_between(middle, (min(x), min(y))))


class Traits(NamedTuple):
    """The parts of an incursion that a comparison needs.

    Attributes:
        incursion: the incursion.
        state: the sovereign state concerned, or None if the incursion has no state.
        kinds: the kinds of the incursion.
        areas: the areas in which it happened.
        names: the aerodromes and named places in which it happened, each as a comparison key.
        regions: the first-level divisions in which it happened, each as a comparison key.
        categories: the categories of its objects, including those reported before the objects were
            checked.
        counts: a mapping from the things counted to the bounds of each count.
        outcomes: its fates, effects and responses, each as a topic and a word.
        sources: the original sources that it cites, each as a comparison key.
        claims: the claims about it, each as a comparison key, with the statements that make the
            claim.
    """

    incursion: Incursion
    state: str | None
    kinds: frozenset[IncursionKind]
    areas: tuple[Area, ...]
    names: frozenset[str]
    regions: frozenset[str]
    categories: frozenset[str]
    counts: Mapping[str, CountRange]
    outcomes: frozenset[tuple[str, str]]
    sources: frozenset[str]
    claims: Mapping[object, frozenset[str]]


def traits_of(
    one: Incursion, sources: frozenset[str], claims: Mapping[object, frozenset[str]]
) -> Traits:
    """Return the traits of an incursion.

    Args:
        one: the incursion.
        sources: the original sources that it cites, each as a comparison key.
        claims: the claims about it, each as a comparison key, with the statements that make the
            claim.
    """
    places = [place for place in one.places if place.role not in ELSEWHERE]
    categories = {flown.category for flown in one.objects}
    categories |= {flown.checked.reported_as for flown in one.objects if flown.checked}
    totals = vars(one.totals) if one.totals else {}
    counts = {name: CountRange.of(count) for name, count in totals.items() if count is not None}
    counts["objects"] = objects_counted(one)
    return Traits(
        one,
        None if one.state is None else sovereign_of(one.state),
        frozenset(one.kinds),
        tuple(area for area in map(area_of, places) if area is not None),
        frozenset(_keys(places, "facility", "admin2", "name")),
        frozenset(_keys(places, "admin1")),
        frozenset(filter(None, categories)),
        counts,
        frozenset(
            (
                *(("fate", fate.fate) for flown in one.objects for fate in flown.fates),
                *(("effect", effect.kind) for effect in one.effects),
                *(("response", response.kind) for response in one.responses),
            )
        ),
        sources,
        claims,
    )


def _keys(places: Iterable[Place], *fields: str) -> Iterator[str]:
    for place in places:
        for field in fields:
            if getattr(place, field) is not None:
                yield getattr(place, field).casefold()


def cannot_be_one(one: Incursion, other: Incursion) -> bool:
    """Return whether two incursions have different states, or times that cannot overlap."""
    states = {sovereign_of(each.state) for each in (one, other) if each.state is not None}
    if len(states) > 1:
        return True
    time, other_time = one.time, other.time
    if time.expression.members or other_time.expression.members:
        return time.overlaps(other_time) is False
    return time_relations.overlaps(time.window, other_time.window) is False


def reasons(one: Traits, other: Traits, cited: Mapping[str, int]) -> tuple[Reason, ...]:
    """Return the reasons to believe, and to doubt, that two incursions are the same.

    Args:
        one: the first incursion.
        other: the second incursion.
        cited: the number of incursions that cite each source.
    """
    found = (
        _state(one, other),
        _time(one, other),
        _place(one, other),
        _kind(one, other),
        _category(one, other),
        _count(one, other),
        _outcome(one, other),
        _source(one, other, cited),
        _claim(one, other),
        _identifier(one, other),
    )
    return tuple(reason for reason in found if reason is not None)


def _reason(topic: str, level: str, detail: str = "") -> Reason:
    return Reason(topic, level, detail, POINTS[topic][level])


def _both(one: object, other: object) -> str:
    return f"both {one}" if one == other else f"{one} and {other}"


def _state(one: Traits, other: Traits) -> Reason | None:
    return _reason("state", "missing") if None in (one.state, other.state) else None


_WIDTHS = (
    (timedelta(hours=3), "within 3 hours"),
    (timedelta(hours=16), "within 16 hours"),
    (timedelta(hours=25), "within a day"),
    # A day without a time zone lasts 50 hours, from the first zone to the last.
    (timedelta(hours=51), "within 2 days"),
)


def _time(one: Traits, other: Traits) -> Reason:
    time, other_time = one.incursion.time, other.incursion.time
    window, other_window = time.window, other_time.window
    detail = _both(time.value, other_time.value)
    if window.latest < other_window.earliest or other_window.latest < window.earliest:
        return _reason("time", "no overlap, but a bound is uncertain", detail)
    widest = max(each.latest - each.earliest for each in (window, other_window))
    level = next((level for width, level in _WIDTHS if widest <= width), "overlap, but vague")
    return _reason("time", level, detail)


_NEARBY = 60


def _place(one: Traits, other: Traits) -> Reason | None:
    nearest: tuple[float, float, float] | None = None
    for area in one.areas:
        for other_area in other.areas:
            distance = kilometres_between(area.position, other_area.position)
            margin = area.radius + other_area.radius
            found = distance - margin, distance, margin
            nearest = found if nearest is None else min(nearest, found)
    if nearest is not None:
        gap, distance, margin = nearest
        detail = f"{distance:.0f} km between the positions, give or take {margin:.0f} km"
        if gap > 0:
            level = "up to 60 km apart" if gap <= _NEARBY else "more than 60 km apart"
            return _reason("place", level, detail)
        if margin <= _PRECISE:
            return _reason("place", "the same place", detail)
        if margin <= _VAGUE:
            return _reason("place", "possibly the same place", detail)
    for level, names in (
        ("the same name", one.names & other.names),
        ("the same region", one.regions & other.regions),
    ):
        if names:
            return _reason("place", level, min(names))
    return None


def _kind(one: Traits, other: Traits) -> Reason | None:
    if not (one.kinds and other.kinds):
        return None
    common = one.kinds & other.kinds
    return _reason("kind", "the same kind" if common else "different kinds")


_UNSPECIFIC = frozenset({"unidentified", "aircraft"})


def _category(one: Traits, other: Traits) -> Reason | None:
    ours, theirs = one.categories - _UNSPECIFIC, other.categories - _UNSPECIFIC
    if not (ours and theirs):
        return None
    common = ours & theirs
    if common:
        return _reason("objects", "the same category", min(common))
    return _reason("objects", "different categories", _both(min(ours), min(theirs)))


def _count(one: Traits, other: Traits) -> Reason | None:
    best: Reason | None = None
    for name in sorted(one.counts.keys() & other.counts.keys()):
        ours, theirs = one.counts[name], other.counts[name]
        if any(each.max is None and not each.min for each in (ours, theirs)):
            continue
        if _is_less(ours, theirs) or _is_less(theirs, ours):
            detail = f"{name}: {_both(ours, theirs)}"
            return _reason("count", "different numbers", detail)
        level = "possibly the same number"
        if ours.min == ours.max == theirs.min == theirs.max:
            several = ours.min > 1
            level = "the same number, " + ("more than one" if several else "exactly one")
        found = _reason("count", level, f"{name}: {_both(ours, theirs)}")
        best = found if best is None or best.points < found.points else best
    return best


def _is_less(one: CountRange, other: CountRange) -> bool:
    return one.max is not None and one.max < other.min


def _outcome(one: Traits, other: Traits) -> Reason | None:
    common = one.outcomes & other.outcomes
    if common:
        return _reason("outcome", "the same outcome", min(common)[1])
    # A report of a fate does not contradict a report of a response.
    for topic in ("fate", "effect", "response"):
        ours, theirs = (
            [word for about, word in each.outcomes if about == topic] for each in (one, other)
        )
        if ours and theirs:
            return _reason("outcome", "different outcomes", _both(min(ours), min(theirs)))
    return None


# A source of so many incursions is a digest, and not a report about a single incursion.
_MANY = 10


def _source(one: Traits, other: Traits, cited: Mapping[str, int]) -> Reason | None:
    common = one.sources & other.sources
    if not common:
        return None
    rarest = min(common, key=lambda name: (cited[name], name))
    level = "a shared source" + (" that many incursions cite" if cited[rarest] > _MANY else "")
    return _reason("sources", level, rarest)


def _claim(one: Traits, other: Traits) -> Reason | None:
    for claim in one.claims.keys() & other.claims.keys():
        # A statement about both incursions is not evidence that they are the same.
        if one.claims[claim].isdisjoint(other.claims[claim]):
            return _reason("claims", "the same claim by one speaker")
    return None


def _identifier(one: Traits, other: Traits) -> Reason | None:
    # An incursion may have several identifiers from one system.
    ours, theirs = (
        {(each.scheme, each.value) for each in traits.incursion.external_ids}
        for traits in (one, other)
    )
    if common := ours & theirs:
        return _reason("ids", "the same identifier", min(common)[0])
    schemes = {scheme for scheme, _ in ours} & {scheme for scheme, _ in theirs}
    return _reason("ids", "different identifiers", min(schemes)) if schemes else None
