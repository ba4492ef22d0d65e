"""Rules about objects: their designations, counts, fates and checks."""

from __future__ import annotations

from functools import cache, lru_cache

from airspace_events.diagnostics.problem import Problem
from airspace_events.models.events import Finding
from airspace_events.reference.designations import designations
from airspace_events.reference.names import fold
from airspace_events.safe_text import shown
from airspace_events.validation.rules.rule import Rules, Surroundings
from airspace_events.values.measures import ReportedCount
from airspace_events.values.objects import ONLY_CHECKED, AerialObject, Fate

RULES = Rules()
rule = RULES.rule

# Designations.

_LONGEST_DESIGNATION = 60
_AIRCRAFT = frozenset({"crewed_aircraft", "uncrewed_aircraft"})


def designation_of_another_category(
    value: AerialObject | Finding, _: Surroundings
) -> Problem | None:
    """The category of an object must match the listed category of its designation."""
    if value.designation is None or value.category in (None, "unidentified"):
        return None
    known = _category_of(value.designation)
    if known is None or (value.category == "aircraft" and known in _AIRCRAFT):
        return None
    if known != value.category:
        return Problem(
            "designation_of_another_category",
            f"{shown(value.designation)} is listed as {known}, not {value.category}",
            ("category",),
            suggestion=known,
            context={"designation": value.designation, "listed": known, "given": value.category},
        )
    return None


_HOLDERS: tuple[type[AerialObject | Finding], ...] = (AerialObject, Finding)
for _holder in _HOLDERS:
    rule(_holder, "designation_of_another_category", field="designation")(
        designation_of_another_category
    )


@lru_cache(maxsize=1024)
def _category_of(name: str) -> str | None:
    """Return the category of a designation, without a slow search for similar spellings."""
    if len(name) > _LONGEST_DESIGNATION:
        return None
    return _categories().get(fold(name).replace(" ", ""))


@cache
def _categories() -> dict[str, str]:
    return {
        fold(name).replace(" ", ""): one.category
        for one in designations
        for name in (one.name, *one.aliases)
    }


# Counts.

_NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
_NUMBERS = {word: number for number, word in enumerate(_NUMBER_WORDS.split())} | {"none": 0}
_COUNTED = (
    "aircraft attacks balloon balloons crossings drone drones fighters flights fragments houses "
    "incidents incursions jets missile missiles object objects people uavs violations"
)
_COUNTED_WORDS = frozenset(_COUNTED.split())
_LONGEST_NUMBER, _MOST_DIGITS = 40, 9


@rule(ReportedCount, "count_contradicts_words", field="verbatim")
def count_contradicts_words(count: ReportedCount, _: Surroundings) -> Problem | None:
    """The numbers of a count must agree with the words of the report."""
    said = _number_said(count.verbatim)
    if said is None:
        return None
    for name, number, agrees in (
        ("best", count.best, count.best == said),
        ("roughly", count.roughly, count.roughly == said),
        ("min", count.min, count.min is None or count.min <= said),
        ("max", count.max, count.max is None or count.max >= said),
    ):
        if number is not None and not agrees:
            return Problem(
                "count_contradicts_words",
                f"the words {shown(count.verbatim)} contradict `{name}`, which is {number}",
                (name,),
                suggestion=str(said),
                context={"words": count.verbatim, "said": said, name: number},
            )
    return None


def _number_said(words: str | None) -> int | None:
    """Return the number that words such as "two drones" state, or None if it is unclear."""
    if words is None or len(words) > _LONGEST_NUMBER:
        return None
    first, _, rest = words.casefold().partition(" ")
    if rest and rest not in _COUNTED_WORDS:
        return None
    if first.isascii() and first.isdigit() and len(first) <= _MOST_DIGITS:
        return int(first)
    return _NUMBERS.get(first)


# Word stems in the languages of reports, which indicate the things that a count refers to.
_CROSSINGS = (
    "violation incursion intrusion breach crossings narusze încălc verletzung порушен нарушен "
    "pažeidim pārkāpum rikkumi"
)
_OBJECTS = (
    "dron drohne дрон object obiekt obiect objekt uav uas missile rocket balloon aircraft plane "
    "jet helicopter flyer бпла безпілот беспилот"
)
_CROSSING_WORDS, _OBJECT_WORDS = _CROSSINGS.split(), _OBJECTS.split()


@rule(AerialObject, "crossings_counted_as_objects", field="count")
def crossings_counted_as_objects(flyer: AerialObject, _: Surroundings) -> Problem | None:
    """The count of an object must not be a count of crossings."""
    words = flyer.count.verbatim if flyer.count else None
    if words is None:
        return None
    folded = words.casefold()
    if any(word in folded for word in _CROSSING_WORDS) and not any(
        word in folded for word in _OBJECT_WORDS
    ):
        return Problem(
            "crossings_counted_as_objects",
            f"the words {shown(words)} describe crossings, not objects",
            ("count", "verbatim"),
            context={"words": words},
        )
    return None


@rule(AerialObject, "same_as_between_groups", field="same_as")
def same_as_between_groups(flyer: AerialObject, _: Surroundings) -> Problem | None:
    """A group of objects must not use `same_as`, unless the whole group crossed."""
    least = _at_least(flyer.count) if flyer.same_as and flyer.count else None
    if least is not None and least > 1:
        return Problem(
            "same_as_between_groups",
            f"a group of at least {least} objects is recorded as the same as "
            f"{shown(flyer.same_as[0])}",
            ("same_as", 0),
            context={"at_least": least, "same_as": list(flyer.same_as)},
        )
    return None


# Fates.

_ENDS = frozenset({"crashed", "shot_down"})


@rule(AerialObject, "fate_exceeds_count", "more_fates_than_objects", field="fates")
def fates_exceed_count(flyer: AerialObject, _: Surroundings) -> Problem | None:
    """The counts of fates must not exceed the count of objects.

    One object may have several fates in turn, such as shot down and then recovered. By definition,
    an object cannot both have crashed and have been shot down.
    """
    count = flyer.count
    most = None if count is None else _at_most(count)
    if count is None or most is None:
        return None
    ended = 0
    for number, fate in enumerate(flyer.fates):
        least = _least_of(fate, count)
        context = {"count": most, "at_least": least, "fate": fate.fate}
        if least > most:
            return Problem(
                "fate_exceeds_count",
                f"at least {least} objects have the fate {fate.fate}, "
                f"but the group has at most {most}",
                ("fates", number),
                context=context,
            )
        ended += least if fate.fate in _ENDS else 0
        if ended > most and fate.fate in _ENDS:
            return Problem(
                "more_fates_than_objects",
                f"at least {ended} objects have fates such as crashed and shot_down, but "
                f"the group has at most {most}",
                ("fates", number),
                context={**context, "at_least": ended},
            )
    return None


def _least_of(fate: Fate, whole: ReportedCount) -> int:
    """Return the minimum number of objects with a fate; 0 if the times of the counts differ."""
    as_of = fate.count.as_of if fate.count else None
    if whole.as_of is not None and as_of != whole.as_of:
        return 0
    if fate.count is None:
        return 1
    return _at_least(fate.count) or 0


def _at_least(count: ReportedCount) -> int | None:
    return count.min if count.min is not None else _exactly(count)


def _at_most(count: ReportedCount) -> int | None:
    return count.max if count.max is not None else _exactly(count)


def _exactly(count: ReportedCount) -> int | None:
    """Return the exact number of a count, or None if its words or bounds allow other numbers."""
    best = count.best
    is_sole = count.min in (None, best) and count.max in (None, best)
    if best is None or not is_sole:
        return None
    return best if count.verbatim is None or _number_said(count.verbatim) == best else None


# Checks of sightings.


@rule(AerialObject, "check_contradicts_category", field="checked")
def check_contradicts_category(flyer: AerialObject, _: Surroundings) -> Problem | None:
    """`category` must be the result of the check, and `reported_as` what was first reported."""
    check = flyer.checked
    if check is None or flyer.category is None:
        return None
    reported = None
    if check.result == "something_else" and check.reported_as == flyer.category:
        reported = (
            "the sighting turned out to be something else, but `category` and `reported_as` "
            "are equal"
        )
    elif check.result == "borne_out" and check.reported_as not in {None, flyer.category}:
        reported = (
            "the sighting was confirmed by the check, but `category` and `reported_as` differ"
        )
    elif check.result == "unresolved" and flyer.category in ONLY_CHECKED:
        reported = f"the sighting remained unresolved, but the category is {flyer.category}"
    if reported is not None:
        return Problem(
            "check_contradicts_category",
            reported,
            ("category",),
            context={"category": flyer.category, "result": check.result},
        )
    return None
