"""Lines of cards and tables for values, claims, assessments and speech acts.

A line marks unknown values as unknown and does not round numbers. The record has the details that
a line leaves out.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from airspace_events.values.acts import SpeechAct
from airspace_events.values.assessments import Assessment
from airspace_events.values.base import Value
from airspace_events.values.claims import Claim
from airspace_events.values.effects import Effect
from airspace_events.values.field_names import claimed_field
from airspace_events.values.geometry import Point
from airspace_events.values.measures import ReportedCount, ReportedQuantity, Totals
from airspace_events.values.objects import AerialObject, Check, Fate
from airspace_events.values.periods import Period
from airspace_events.values.places import Place, Zone
from airspace_events.values.responses import Response
from airspace_events.values.time import ReportedTime
from airspace_events.views.card import Line, PlaceRef, Ref, Said, joined, listed, quoted

_NO_NUMBER = "number not reported"
_PLAIN_TIME = frozenset("0123456789-/.:TZ+?~%")
_PLAIN_PRECISIONS = frozenset({"instant", "day", "month", "year", None})
_MARKS = {"?": "uncertain", "~": "approximate", "%": "uncertain and approximate"}
_ASPECTS_OF_REFERENCES = frozenset({"attribution", "link"})
_CODE_LENGTH = 2
_FREE_TEXTS = frozenset({"name", "text"})
_BASIS = {
    "resolved": "calculated from the words of the report",
    "imputed": "estimated by the desk",
}


def spoken(word: str) -> str:
    """Return a term of a vocabulary in plain words."""
    return word.replace("_", " ")


def names_line(names: Sequence[str], before: str = "") -> Line:
    """Return introductory text and a list of terms, or an empty line if there are no terms."""
    return (before, *listed(names, lambda name: (spoken(name),), most=12)) if names else ()


def refs_line(names: Sequence[str | None], before: str = "") -> Line:
    """Return introductory text and a list of ids or codes, or an empty line if there are none."""
    refs = [Ref(name) for name in names if name is not None]
    return (before, *listed(refs, lambda ref: (ref,), most=12)) if refs else ()


def given(text: str | None, before: str = "") -> Line:
    """Return introductory text and a term, or an empty line for None."""
    return () if text is None else (before, spoken(text))


def said(text: str | None, before: str = "") -> Line:
    """Return introductory text and quoted words of a report, or an empty line for None."""
    return () if text is None else (before, *quoted(text))


# Times.


def time_line(time: ReportedTime) -> Line:
    """Return a time as text, with its words, expression, time zone and unknown parts."""
    zone = time.timezone or ("" if time.precision == "instant" else "no time zone given")
    return joined(
        (
            said(time.verbatim),
            joined(((time.value,), (zone,) if zone else ()), by=", "),
            *((_MARKS[mark],) for mark in _MARKS if mark in time.value),
            given(time.extent),
            given(_BASIS.get(time.basis or "")),
            () if time.start_is == "known" else (f"start {time.start_is}",),
            () if time.end_is == "known" else (f"end {time.end_is}",),
            _bounds(time),
        )
    )


def _bounds(time: ReportedTime) -> Line:
    """Return the bounds in UTC, or an empty line if the expression already shows them."""
    if _PLAIN_TIME.issuperset(time.value) and time.precision in _PLAIN_PRECISIONS:
        return ()
    earliest = (f"from {instant_text(time.earliest)}",) if time.earliest else ()
    latest = (f"to {instant_text(time.latest)}",) if time.latest else ()
    return (*joined((earliest, latest), by=" "), " UTC") if earliest or latest else ()


def instant_text(instant: datetime) -> str:
    """Return the date and clock time of an instant as text, without the UTC offset."""
    return instant.replace(tzinfo=None).isoformat(" ", "seconds")


def short_time_line(time: ReportedTime) -> Line:
    """Return the expression of a time, with its time zone unless it has an offset."""
    zone = time.timezone or "no time zone given"
    return (time.value if time.precision == "instant" else f"{time.value}, {zone}",)


def period_line(period: Period) -> Line:
    """Return the start and the end of a period."""
    ends = {"known": f"to {period.last_day}", "open": "ongoing", "unknown": "end unknown"}
    end = "ended, date unknown" if period.ongoing is False else ends["unknown"]
    return joined(
        (
            (f"since {period.since}" if period.since else "start unknown",),
            (end if period.end_is == "unknown" else ends[period.end_is],),
        ),
        by=", ",
    )


# Numbers.


def count_line(count: ReportedCount | None) -> Line:
    """Return a count as text, with the words of the report."""
    if count is None:
        return (_NO_NUMBER,)
    return _number_line(count, "", count.as_of)


def quantity_line(quantity: ReportedQuantity) -> Line:
    """Return a quantity as text, with the words of the report."""
    return _number_line(quantity, " ".join(filter(None, (quantity.unit, quantity.datum))), None)


def _number_line(number: ReportedCount | ReportedQuantity, unit: str, as_of: str | None) -> Line:
    least, best, most = (_digits(one) for one in (number.min, number.best, number.max))
    roughly = _digits(number.roughly)
    bounds = ""
    if least is not None and most is not None:
        bounds = least if least == most else f"{least} to {most}"
    elif least is not None or most is not None:
        bounds = f"at least {least}" if most is None else f"at most {most}"
    best_one = f"best {best}" if bounds and best not in (None, bounds) else best
    about = f"about {roughly}" if roughly else None
    numbers = ", ".join(dict.fromkeys(filter(None, (bounds, best_one, about))))
    numbers = f"{numbers} {unit}".rstrip() if numbers else ""
    context = joined((said(number.verbatim), (f"as of {as_of}",) if as_of else ()), by=", ")
    if not numbers:
        return joined((context, ("no number given",)), by=", ")
    return (f"{numbers} (", *context, ")") if context else (numbers,)


def _digits(number: float | None) -> str | None:
    return None if number is None else str(number).removesuffix(".0")


# Places.


def zone_line(zone: Zone) -> Line:
    """Return the type and name of a zone, with the status, count and duration of the entry."""
    return joined(
        (
            (f"{zone.type}, entry {zone.entry}",),
            (Said(zone.name),) if zone.name else (),
            count_line(zone.count) if zone.count else (),
            quantity_line(zone.duration) if zone.duration else (),
        )
    )


def totals_lines(totals: Totals | None) -> tuple[Line, ...]:
    """Return a line for each count, because different kinds of counts are never added up."""
    given_counts = {} if totals is None else vars(totals)
    return tuple(
        (f"{spoken(name)}: ", *count_line(count))
        for name, count in given_counts.items()
        if count is not None
    )


def place_line(place: Place) -> Line:
    """Return the names of a place, or its geometry if it has no name."""
    names = (place.name, place.admin2, place.admin1)
    named: Iterable[Line] = ((Said(name),) if name else () for name in names)
    where = joined((*named, given(place.facility), refs_line((place.state,))), by=", ")
    if place.name is None and isinstance(place.geometry, Point):
        east, north, *_ = place.geometry.coordinates
        where = joined((where, (f"longitude {east}, latitude {north}",)), by=", ")
    detail = joined((given(place.role), given(place.precision)), by=", ")
    return (*(where or ("place not named",)), *((" (", *detail, ")") if detail else ()))


# Objects, effects and responses.


def object_line(flown: AerialObject) -> Line:
    """Return the line for an object or a group, with its count and its fates."""
    is_one = _is_one(flown.count)
    return joined(
        (
            (spoken(flown.category or "kind not reported"), ": ", *count_line(flown.count)),
            given(flown.subcategory),
            refs_line((flown.nationality,), "nationality: "),
            given(flown.role),
            said(flown.designation),
            given(flown.icao_type),
            given(flown.payload, "payload: "),
            listed(flown.fates, lambda fate: fate_line(fate, of_one=is_one), by="; "),
            _check_line(flown.checked) if flown.checked else (),
        )
    )


def _check_line(check: Check) -> Line:
    return (
        f"checked: {spoken(check.result)}",
        *given(check.reported_as, ", reported as "),
        *refs_line(check.by, " by "),
    )


def _is_one(count: ReportedCount | None) -> bool:
    """Return whether the count is exactly one, not only at least or at most one."""
    numbers = (count.min, count.best, count.max) if count else ()
    return {1} == set(numbers) - {None} and numbers not in ((1, None, None), (None, None, 1))


def fate_line(fate: Fate, *, of_one: bool) -> Line:
    """Return the line for the fate of an object or of part of a group."""
    number = () if of_one and fate.count is None else (": ", *count_line(fate.count))
    return (spoken(fate.fate), *number, *refs_line(fate.by, " by "))


def effect_line(effect: Effect) -> Line:
    """Return the line for an effect, with its count, cause and place."""
    number = () if effect.kind == "none_reported" else (": ", *count_line(effect.count))
    return joined(
        (
            (spoken(effect.kind), *number),
            given(effect.cause, "cause: "),
            _at_line(effect.place),
        )
    )


def response_line(response: Response) -> Line:
    """Return the line for a response, with its actors, assets and place."""
    number = () if response.count is None else (": ", *count_line(response.count))
    return joined(
        (
            (spoken(response.kind), *number, *refs_line(response.by, " by ")),
            given(response.stage),
            listed(
                response.assets,
                lambda asset: (Said(asset.designation), ": ", *count_line(asset.count)),
            ),
            refs_line(response.at_request_of, "at the request of "),
            refs_line(response.addressed_to, "addressed to "),
            () if response.article is None else (Said(response.article),),
            _at_line(response.place),
        )
    )


def _at_line(place: str | None) -> Line:
    return () if place is None else ("at ", PlaceRef(place))


def claim_line(claim: Claim) -> Line:
    """Return the line for a claim, with its polarity and value."""
    return joined(
        (
            (spoken(claim.polarity), ": ", *_aspect(claim)),
            _qualifiers(claim),
            time_line(claim.time) if claim.time else (),
            given(claim.as_of, "as of "),
            refs_line(claim.about, "about "),
        )
    )


def _qualifiers(claim: Claim) -> Line:
    count = getattr(claim, "count", None)
    return joined(
        (
            given(claim.likelihood),
            given(claim.confidence, "confidence: "),
            given(getattr(claim, "involvement", None)),
            () if count is None else count_line(count),
            said(getattr(claim, "condition", None), "condition: "),
        )
    )


def assessment_line(assessment: Assessment) -> Line:
    """Return the line for an assessment, with its likelihood and confidence."""
    return joined((_aspect(assessment), _grading(assessment)))


def assessed_value_line(assessment: Assessment) -> Line:
    """Return the value of an assessment, with its likelihood and confidence."""
    field = ", ".join(assessment.fields) or None
    return joined((_held_value(assessment, field, assessment.value), _grading(assessment)))


def _grading(assessment: Assessment) -> Line:
    count = getattr(assessment, "count", None)
    return joined(
        (
            given(getattr(assessment, "involvement", None)),
            () if count is None else count_line(count),
            given(assessment.likelihood),
            given(assessment.confidence, "confidence: "),
            refs_line((assessment.by,), "by "),
        )
    )


def held_line(claim: Claim, field: str | None, value: object) -> Line:
    """Return the polarity and the value of a claim.

    Args:
        claim: the claim.
        field: the field of the value, if any.
        value: the claimed value, if any.
    """
    held = joined(((spoken(claim.polarity),), _held_value(claim, field, value)), by=": ")
    return joined((held, _qualifiers(claim)))


def held_value_line(claim: Claim, field: str | None, value: object) -> Line:
    """Return the value of a claim without its polarity. The arguments are those of `held_line`."""
    return joined((_held_value(claim, field, value), _qualifiers(claim)))


def _aspect(held: Claim | Assessment) -> Line:
    names = ", ".join(held.fields)
    topic = names if held.aspect == "field" else spoken(held.aspect)
    of = f" of {names}" if names and held.aspect != "field" else ""
    if held.value is None:
        return (topic, of)
    field = names if held.aspect == "field" else None
    return (topic, of, " = ", *_held_value(held, field, held.value))


def _held_value(held: Claim | Assessment, field: str | None, value: object) -> Line:
    if isinstance(value, str) and held.aspect != "field":
        return (Ref(value) if held.aspect in _ASPECTS_OF_REFERENCES else spoken(value),)
    return value_line(field, value)


def value_line(field: str | None, value: object) -> Line:
    """Return the line for a recorded or claimed value, or an empty line for None."""
    if value is None:
        return ()
    if isinstance(value, str):
        return _text_line(field, value)
    line = LINES_OF_VALUES.get(type(value))
    kind = getattr(value, "type", "value") if isinstance(value, Value) else str(value)
    return (spoken(str(kind)),) if line is None else line(value)


def _text_line(field: str | None, value: str) -> Line:
    shape = None if field is None else claimed_field(field).shape
    if field is None or shape is None:
        return (spoken(value),)
    if shape.form is not None and shape.form.name in _FREE_TEXTS:
        return quoted(value)
    if shape.name == "place":
        return (PlaceRef(value),)
    is_code = len(value) == _CODE_LENGTH and value.isupper()
    return (Ref(value) if shape.reference or is_code else spoken(value),)


LINES_OF_VALUES: Mapping[type, Callable[[Any], Line]] = MappingProxyType(
    {
        ReportedCount: count_line,
        ReportedQuantity: quantity_line,
        ReportedTime: time_line,
        AerialObject: object_line,
        Fate: lambda fate: fate_line(fate, of_one=True),
        Effect: effect_line,
        Response: response_line,
        Place: place_line,
        Zone: zone_line,
    }
)
"""A mapping from classes of values to the functions that describe a value in one line."""


def act_line(act: SpeechAct) -> Line:
    """Return the line for a speech act, with its force, addressees and condition."""
    force = f" ({act.force})" if act.force else ""
    content = quoted(act.content) if act.quotation == "direct" else (Said(act.content),)
    is_plain = act.modality in (None, "actual") or (
        act.modality == "conditional" and act.condition
    )
    return joined(
        (
            (spoken(act.act), force, ": ", *content),
            () if is_plain else given(act.modality),
            () if act.condition is None else ("condition: ", Said(act.condition)),
            refs_line(act.addressed_to, "to "),
            said(act.addressed_as, "to "),
            refs_line(act.about, "about "),
        )
    )
