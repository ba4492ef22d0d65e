"""Hypothesis strategies for every value and every record.

They are read from the annotations, as the library itself reads them: a new field or class
needs nothing here. What annotations cannot say stands in two places: `_PLAIN` makes the plain
values, by the name of their type, and `_RULES` makes the fields that a class ties together.
Whatever a strategy makes is valid; a type that nobody told of is an error, never a guess.
"""

from __future__ import annotations

import json
import string
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin
from zoneinfo import available_timezones

from hypothesis import strategies as st
from typing_extensions import TypeAliasType

from airspace_events.feeds.writing import to_json
from airspace_events.models.base import BaseRecord
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.values.base import FamilyValue, Value
from airspace_events.values.citations import Quote
from airspace_events.values.claims import Claim
from airspace_events.values.geometry import (
    LineString,
    MultiLineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
)
from airspace_events.values.measures import ReportedCount, ReportedQuantity, Units
from airspace_events.values.periods import Period
from airspace_events.values.structure import FieldShape, fields_of
from airspace_events.vocabulary.codebook import vocabularies
from airspace_events.vocabulary.state_codes import BorderSide, StateCode

V = TypeVar("V", bound=Value)
R = TypeVar("R", bound=BaseRecord)
Fields = dict[str, Any]

#: How many fields that need not be there a value gets at most, and how long a list becomes.
_MOST_FIELDS, _MOST_ITEMS = 5, 2


# What is asked for.


def records() -> st.SearchStrategy[BaseRecord]:
    """Records of every type."""
    return st.one_of([record_of(model) for model in RECORD_CLASSES.values()])


def record_of(model: type[R]) -> st.SearchStrategy[R]:
    """Records of one type; their citations may support parts that are there."""
    return _records_of(model)


@cache
def values_of(model: type[V]) -> st.SearchStrategy[V]:
    """Values of a class; of every member, for the root of a family."""
    if issubclass(model, FamilyValue) and model.is_family_root():
        return st.one_of([values_of(member) for member in model.members().values()])
    if issubclass(model, BaseRecord):
        return record_of(model)
    return _fields_of(model).map(lambda fields: model(**fields))


@cache
def smallest(model: type[V]) -> V:
    """A value with nothing but what it must have, made of the examples in its annotations."""
    if issubclass(model, FamilyValue) and model.is_family_root():
        return smallest(next(iter(model.members().values())))
    fields: Fields = dict(_SMALLEST.get(model, {}))
    if issubclass(model, Claim) and model.value_needed:
        fields["polarity"] = "undetermined"
    for name, info in model.model_fields.items():
        if info.is_required() and len(get_args(info.annotation)) != 1 and name not in fields:
            fields[name] = _example(fields_of(model)[name], info.annotation)
    return model(**fields)


def _example(shape: FieldShape, annotation: Any) -> Any:
    if shape.models:
        example: Any = smallest(next(iter(shape.models.values())))
    elif shape.form is not None:
        example = shape.form.example
    elif shape.vocabulary is not None:
        example = vocabularies()[shape.vocabulary].words[0]
    else:
        example = get_args(annotation)[0]
    return [example] if shape.many else example


def value_classes() -> list[type[Value]]:
    """Every class of value and record that a record may hold, roots of families left out."""
    found: dict[type[Value], None] = {}
    due: list[type[Value]] = list(RECORD_CLASSES.values())
    while due:
        model = due.pop(0)
        if model not in found:
            found[model] = None
            for info in model.model_fields.values():
                due.extend(_classes_in(info.annotation))
    return list(found)


def _classes_in(annotation: Any) -> Iterator[type[Value]]:
    if isinstance(annotation, TypeAliasType):
        yield from _classes_in(annotation.__value__)
    elif isinstance(annotation, type) and issubclass(annotation, Value):
        if issubclass(annotation, FamilyValue) and annotation.is_family_root():
            yield from annotation.members().values()
        else:
            yield annotation
    else:
        for inner in get_args(annotation):
            yield from _classes_in(inner)


# Texts.

_SAMPLE_TEXTS = (
    "Angel Tîlvăr",
    "Дрон упав біля села Плауру",
    "مسيّرة عبرت الحدود",
    "רחפן חצה את הגבול",
    "無人機が領空に入った",
    "e\u0301 n\u0303 a\u0308\u0323",  # combining marks, as they are typed
    "👩🏽‍✈️ 🇷🇴 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "left \u202eright\u202c \u200e\u200f\u2066x\u2069",
    'a quotation", "key": "value',
    "back\\slash \\u0041 \\n",
    "line\nline\r\nline\u2028line\u2029line\x85",
    "\ufeff\x00\x1b[31m\x7f",
    "=HYPERLINK(1)",
    "<b>&amp;</b> | `x` | $y$",
    " ",
    "0",
    "null",
)


def _texts(longest: int) -> st.SearchStrategy[str]:
    return st.one_of(
        st.text(min_size=1, max_size=20),
        st.sampled_from(_SAMPLE_TEXTS),
        st.sampled_from(["x" * longest, "ж" * longest, "😀" * longest]),
    )


def _words_of(alphabet: str, separator: str, longest: int) -> st.SearchStrategy[str]:
    word = st.text(alphabet, min_size=1, max_size=8)
    return st.lists(word, min_size=1, max_size=4).map(separator.join) | st.just(
        alphabet[0] * longest
    )


_slugs = st.one_of(
    st.sampled_from(["nato", "lv-2024-09-07", "0", "ro", "unn-lv", "x-1-y"]),
    _words_of(string.ascii_lowercase + string.digits, "-", 128),
)
_state_codes = st.sampled_from(get_args(StateCode.__value__))
_objects = st.builds("{}#{}".format, _slugs, _slugs)

# At most 25 words, between white space of every kind.
_word = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1, max_size=9
)
_quoted_words = st.builds(
    lambda words, before, between, after: before + between.join(words) + after,
    st.lists(_word, min_size=1, max_size=25) | st.just(["x"] * 25) | st.just(["слово"] * 25),
    st.sampled_from(["", " ", "\n\t"]),
    st.sampled_from([" ", "\n", "\u00a0", "\u3000 ", "\r\n"]),
    st.sampled_from(["", " ", "\u2003"]),
) | st.just("x" * 1000)

_token = st.text(max_size=6) | st.sampled_from(["a/b", "m~n", "0", "-", "", "~1"])
_pointers = st.lists(_token, max_size=4).map(lambda tokens: pointer(*tokens))


def pointer(*parts: object) -> str:
    """The RFC 6901 pointer of some parts."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


_namespaces = st.one_of(
    st.sampled_from(["example.org", "a.b", "-.-", "xn--e1afmkfd.xn--p1ai", "0.1.2"]),
    st.lists(
        st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=9),
        min_size=2,
        max_size=4,
    ).map(".".join),
    st.just("x" * 96 + ".org"),
)

_languages = st.one_of(
    st.sampled_from(["ro", "uk", "zh-Hant-TW", "sr-Latn", "de-CH-1996", "x" * 8, "en-a-bbb-x-1"]),
    st.from_regex(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,2}", fullmatch=True),
)

_urls = st.one_of(
    st.sampled_from(
        [
            "https://www.example.org/report?a=1#b",
            "http://пример.рф/путь",
            "https://[::1]:8080/%20",
            "https://x/" + "y" * 1990,
        ]
    ),
    st.from_regex(r"https?://[a-z0-9.-]{1,12}/[!-~]{0,12}", fullmatch=True),
)

# Instants: every offset that RFC 3339 can write, and the ends of the years that are read.

_offsets = st.one_of(
    st.sampled_from([0, 60, 180, 330, 345, -210, 765, 840, -720, 23 * 60 + 59, -(23 * 60 + 59)]),
    st.integers(-(23 * 60 + 59), 23 * 60 + 59),
)
_clocks = st.one_of(
    st.sampled_from([(0, 0, 0, 0), (23, 59, 59, 999_999), (2, 25, 0, 0), (12, 0, 0, 100_000)]),
    st.tuples(st.integers(0, 23), st.integers(0, 59), st.integers(0, 59), st.integers(0, 999_999)),
)
_days = st.one_of(
    st.dates(date(1900, 1, 1), date(2200, 12, 31)),
    st.sampled_from(
        [
            date(1900, 1, 1),
            date(1900, 2, 28),
            date(2000, 2, 29),
            date(2024, 2, 29),
            date(2018, 11, 4),
            date(2024, 3, 31),
            date(2024, 10, 27),
            date(2100, 3, 1),
            date(2200, 12, 31),
        ]
    ),
)
# In Python an instant is checked against the years in UTC, so the very ends are left out.
_instants = st.builds(
    lambda day, clock, offset: datetime(
        day.year, day.month, day.day, *clock, tzinfo=timezone(timedelta(minutes=offset))
    ),
    _days.filter(lambda day: date(1900, 1, 2) < day < date(2200, 12, 29)),
    _clocks,
    _offsets,
)


# Time expressions, as text.


def _instant_text(day: date, clock: tuple[int, int, int, int], minutes: int, digits: int) -> str:
    hour, minute, second, fraction = clock
    text = f"{day.isoformat()}T{hour:02}:{minute:02}:{second:02}"
    if digits:
        text += "." + f"{fraction:06}"[:digits]
    if minutes == 0:
        return text + "Z"
    sign = "-" if minutes < 0 else "+"
    return f"{text}{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def date_texts_of(day: date) -> list[str]:
    """All the ways to write a date that holds a day: the day, and coarser ones."""
    year, month = f"{day:%Y}", f"{day:%m}"
    texts = [day.isoformat(), f"{year}-{month}", f"{year}-{month}-XX"]
    texts += [year, f"{year}-XX", f"{year}-XX-XX", f"{year}-XX-{day:%d}", f"{year}S4"]
    texts += [f"{year}?-{month}-~{day:%d}", f"{year}-{month[0]}X", f"%{year}-{month}"]
    texts += [f"{year}-{33 + (day.month - 1) // 3}", f"{year}-{40 + (day.month > 6)}"]
    if day.year < 2200:
        texts += [year[:3] + "X", year[:2] + "XX", f"{year[:3]}X-{month}", f"{year}S2"]
    return texts


_marks = st.sampled_from(["", "", "?", "~", "%"])


@st.composite
def date_texts(draw: st.DrawFn, days: st.SearchStrategy[date] = _days) -> str:
    """EDTF dates: days, months, years, quarters, unspecified digits, qualifiers."""
    return draw(st.sampled_from(date_texts_of(draw(days)))) + draw(_marks)


@st.composite
def set_texts(draw: st.DrawFn) -> str:
    """EDTF sets of dates and ranges of days, one or all of which are meant."""
    members = draw(st.lists(date_texts(), min_size=1, max_size=3))
    first, last = sorted(draw(st.tuples(_days, _days)))
    members.append(draw(st.sampled_from([f"{first}..{last}", f"{last}..", f"{first}"])))
    opening, closing = draw(st.sampled_from(["[]", "{}"]))
    return opening + ",".join(members) + closing


@st.composite
def instant_texts(draw: st.DrawFn, days: st.SearchStrategy[date] = _days) -> str:
    """RFC 3339 instants with any offset and 0 to 6 digits of a fraction."""
    return _instant_text(draw(days), draw(_clocks), draw(_offsets), draw(st.integers(0, 6)))


@st.composite
def ordered_points(draw: st.DrawFn) -> tuple[str, str]:
    """Two dates or instants, the first of which does not begin after the second has ended.

    Days apart if one is an instant, so that this holds in every time zone.
    """
    instants = draw(st.tuples(st.booleans(), st.booleans()))
    apart = 5 if any(instants) else 0
    first = draw(_days.filter(lambda day: day < date(2200, 12, 20)))
    last = min(
        first
        + timedelta(days=apart + draw(st.sampled_from([0, 1, 30, 366]) | st.integers(0, 9999))),
        date(2200, 12, 31),
    )
    one, other = (
        draw(instant_texts(st.just(day)) if instant else date_texts(st.just(day)))
        for day, instant in zip((first, last), instants, strict=True)
    )
    return one, other


@st.composite
def interval_texts(draw: st.DrawFn) -> str:
    """Intervals of dates and of instants, with open and unknown ends."""
    first, last = draw(ordered_points())
    either = draw(st.sampled_from(["{0}/{1}", "{0}/..", "../{1}", "{0}/", "/{1}"]))
    return either.format(first, last)


_points = date_texts() | instant_texts()


@cache
def _zone_names() -> list[str]:
    first = ["Europe/Bucharest", "America/Sao_Paulo", "Asia/Beirut", "Pacific/Apia", "UTC"]
    first += ["Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kathmandu", "Africa/Monrovia"]
    return first + sorted(
        name for name in available_timezones() if name[0].isupper() and name not in first
    )


# JSON of the writer's own.

_json_scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**80), 2**80) | st.sampled_from([0, 2**53 + 1, 2**63, -(2**64)]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.sampled_from(_SAMPLE_TEXTS),
)
_json_keys = st.text(max_size=6) | st.sampled_from(["", "a/b", "~", '":', "type", "id", "[key]"])
_json = st.recursive(
    _json_scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_json_keys, inner, max_size=3),
    max_leaves=6,
)


# Numbers and places on Earth.

_numbers = st.one_of(
    st.integers(-(10**9), 10**9).map(float),
    st.floats(-1e9, 1e9),
    st.sampled_from([0.0, 0.1, 1e-9, 1e9, -1e9, 5e-324]),
)


def _degrees(most: float) -> st.SearchStrategy[float]:
    return st.floats(-most, most) | st.sampled_from([-most, 0.0, most, 26.1025, -0.000001])


_positions = st.one_of(
    st.tuples(_degrees(180), _degrees(90)),
    st.tuples(_degrees(180), _degrees(90), st.floats(-1e5, 1e5)),
    st.sampled_from([(180.0, 90.0), (-180.0, -90.0), (180.0, 0.0), (0.0, 0.0), (0.0, 90.0, 0.0)]),
)
_rings = st.one_of(
    st.lists(_positions, min_size=3, max_size=5).map(lambda ring: (*ring, ring[0])),
    # Across the antimeridian.
    st.just(((179.0, 0.0), (-179.0, 0.0), (-179.0, 1.0), (179.0, 1.0), (179.0, 0.0))),
)


_PLAIN: dict[str, st.SearchStrategy[Any]] = {
    "ActorRef": _state_codes | _slugs,
    "AircraftType": st.from_regex(r"[A-Z][A-Z0-9]{1,3}", fullmatch=True),
    "Alpha3": st.text(string.ascii_uppercase, min_size=3, max_size=3),
    "BorderSide": st.sampled_from(
        [word for part in get_args(BorderSide.__value__) for word in (get_args(part) or (part,))]
    ),
    "DateOrInstant": _points,
    "Elevation": st.floats(-1e5, 1e5),
    "EventRef": _slugs,
    "Extensions": st.dictionaries(_namespaces, _json, max_size=2),
    "Flag": st.booleans(),
    "IncursionRef": _slugs,
    "Instant": _instants,
    "LanguageTag": _languages,
    "Latitude": _degrees(90),
    "LocationIndicator": st.text(string.ascii_uppercase, min_size=4, max_size=4),
    "Longitude": _degrees(180),
    "MergedRef": _slugs,
    "Name": _texts(500),
    "Namespace": _namespaces,
    "Number": _numbers,
    "NumericCode": st.text(string.digits, min_size=3, max_size=3),
    "ObjectId": _slugs,
    "ObjectRef": _objects,
    "OrganizationRef": _slugs,
    "PartyRef": _state_codes | _slugs,
    "Pointer": _pointers,
    "Position": _positions,
    "PositiveNumber": st.integers(1, 10**9),
    "QuotedWords": _quoted_words,
    "RecordId": _slugs,
    "Ring": _rings,
    "SchemaVersion": st.builds("{}.{}".format, st.integers(0, 9999), st.integers(0, 9999)),
    "SeriesRef": _slugs,
    "Sha256": st.text("0123456789abcdef", min_size=64, max_size=64),
    "SourceRef": _slugs,
    "SubjectRef": _state_codes | _slugs,
    "Text": _texts(20_000),
    "TimeExpression": _points | interval_texts() | set_texts(),
    "TimeZone": st.deferred(lambda: st.sampled_from(_zone_names())),
    "WebAddress": _urls,
    "WholeNumber": st.integers(0, 10**9),
}
"""The strategies of the plain types, by the name of the type."""


def plain(name: str) -> st.SearchStrategy[Any]:
    """The strategy of a plain type."""
    return _PLAIN[name]


_SMALLEST: dict[type[Value], Fields] = {
    ReportedCount: {"verbatim": "several"},
    ReportedQuantity: {"verbatim": "a few"},
    Point: {"coordinates": (26.1, 44.4)},
    LineString: {"coordinates": ((179.9, 0.0), (-179.9, 0.0))},
    Polygon: {"coordinates": (((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)),)},
    MultiPoint: {"coordinates": ((26.1, 44.4),)},
    MultiLineString: {"coordinates": (((0.0, 90.0), (0.0, -90.0)),)},
    MultiPolygon: {"coordinates": ((((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)),),)},
}
"""What the smallest value of a class needs beyond the examples in its annotations."""


# From annotations to strategies.


def _strategy(annotation: Any, metadata: tuple[Any, ...] = ()) -> st.SearchStrategy[Any]:
    if isinstance(annotation, TypeAliasType):
        known = _PLAIN.get(annotation.__name__)
        return _strategy(annotation.__value__, metadata) if known is None else known
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _strategy(inner, (*more, *metadata))
    if isinstance(annotation, type) and issubclass(annotation, Value):
        units = [item.allowed for item in metadata if isinstance(item, Units)]
        return _quantities(*units) if units else values_of(annotation)
    return _built_in(annotation, metadata)


def _built_in(annotation: Any, metadata: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    match get_origin(annotation) or annotation:
        case origin if origin in (Union, UnionType):
            return st.one_of([_strategy(each, metadata) for each in get_args(annotation)])
        case origin if origin is Literal:
            return st.sampled_from(get_args(annotation))
        case origin if origin is tuple:
            (inner,) = (item for item in get_args(annotation) if item is not Ellipsis)
            least = _least_items(metadata)
            items = st.lists(_strategy(inner), min_size=least, max_size=least + _MOST_ITEMS)
            return items.map(tuple)
        case origin if origin is NoneType or origin is None:
            return st.none()
    msg = f"no strategy for {annotation!r}: tell of it in _PLAIN"
    raise LookupError(msg)


def _least_items(metadata: tuple[Any, ...]) -> int:
    # pydantic keeps `Field(min_length=1)` as it is within an alias, and unpacks it in a field.
    unpacked = [*metadata, *(more for item in metadata for more in getattr(item, "metadata", ()))]
    return max([getattr(item, "min_length", None) or 0 for item in unpacked], default=0)


@cache
def _fields_of(model: type[Value]) -> st.SearchStrategy[Fields]:
    """The arguments that make a value; those that name its class are left to the class."""
    strategies: dict[str, st.SearchStrategy[Any]] = {}
    for name, info in model.model_fields.items():
        if info.is_required() and len(get_args(info.annotation)) == 1:
            continue
        # pydantic takes the outermost metadata off an annotation and keeps it by itself.
        strategies[name] = _strategy(info.annotation, tuple(info.metadata))
    required = [name for name in strategies if model.model_fields[name].is_required()]
    others = [name for name in strategies if name not in required]

    @st.composite
    def build(draw: st.DrawFn) -> Fields:
        chosen = required + (
            draw(st.lists(st.sampled_from(others), unique=True, max_size=_MOST_FIELDS))
            if others
            else []
        )
        fields = {name: draw(strategies[name]) for name in chosen}
        for kind, rule in _RULES.items():
            if issubclass(model, kind):
                fields = rule(draw, model, fields, strategies)
        return fields

    return build()


@st.composite
def _records_of(draw: st.DrawFn, model: type[R]) -> R:
    """A record whose pointers into itself lead somewhere: the rest of it is made before them."""
    fields = draw(_fields_of(model))
    pointing = [name for name in ("sources", "assessments") if fields.get(name)]
    without = {
        name: tuple(one.replace(**_NO_POINTER[name]) for one in fields[name]) for name in pointing
    }
    record = model(**fields | without)
    if all(fields[name] == without[name] for name in pointing):
        return record
    there = [text for text in pointers_into(json.loads(to_json(record))) if len(text) <= 500]
    pointers = st.sampled_from(["", *there])
    found: Fields = {}
    for name in pointing:
        found[name] = tuple(
            one.replace(supports=tuple(draw(pointers) for _ in one.supports))
            if name == "sources"
            else one.replace(pointer=one.pointer and draw(pointers))
            for one in fields[name]
        )
    return record.replace(**found)


_NO_POINTER: dict[str, Fields] = {"sources": {"supports": ()}, "assessments": {"pointer": None}}


def pointers_into(value: Any, *at: object) -> Iterator[str]:
    """The pointers to all that is there in some JSON; null and what is empty is not there."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if inner is None or inner in ([], {}):
            continue
        yield pointer(*at, key)
        if isinstance(inner, dict | list):
            yield from pointers_into(inner, *at, key)


# The rules that classes have beyond their annotations.

Strategies = dict[str, st.SearchStrategy[Any]]
Rule = Callable[[st.DrawFn, type[Value], Fields, Strategies], Fields]


def _bounds(draw: st.DrawFn, fields: Fields, numbers: st.SearchStrategy[Any]) -> Fields:
    """Any of min, best and max, in order; words where there is no number."""
    any_of_them = st.sets(st.sampled_from(["min", "best", "max"]))
    names = sorted(draw(any_of_them), key=["min", "best", "max"].index)
    drawn = [draw(numbers) for _ in names]
    if draw(st.booleans()):
        drawn = drawn[:1] * len(drawn)
    rest = {name: value for name, value in fields.items() if name not in ("min", "best", "max")}
    if not names and rest.get("verbatim") is None:
        rest["verbatim"] = draw(_PLAIN["Name"])
    return rest | dict(zip(names, sorted(drawn), strict=True))


def _count(draw: st.DrawFn, _: type[Value], fields: Fields, __: Strategies) -> Fields:
    return _bounds(draw, fields, _PLAIN["WholeNumber"])


def _quantity(draw: st.DrawFn, _: type[Value], fields: Fields, strategies: Strategies) -> Fields:
    fields = _bounds(draw, fields, _PLAIN["Number"])
    if any(name in fields for name in ("min", "best", "max")) and fields.get("unit") is None:
        fields["unit"] = draw(strategies["unit"].filter(bool))
    return fields


def _period(draw: st.DrawFn, _: type[Value], fields: Fields, __: Strategies) -> Fields:
    if fields.get("since") and fields.get("last_day"):
        fields["since"], fields["last_day"] = draw(ordered_points())
    if fields.get("last_day") and fields.get("ongoing"):
        fields["ongoing"] = draw(st.sampled_from([False, None]))
    return fields


def _quote(draw: st.DrawFn, _: type[Value], fields: Fields, __: Strategies) -> Fields:
    if fields.get("start") is not None and fields.get("end") is not None:
        fields["start"] = draw(st.integers(0, 10**9 - 1))
        fields["end"] = draw(st.integers(fields["start"] + 1, 10**9))
    return fields


def _claim(draw: st.DrawFn, model: type[Value], fields: Fields, strategies: Strategies) -> Fields:
    if (
        issubclass(model, Claim)
        and model.value_needed
        and fields.get("value") is None
        and fields.get("polarity") != "undetermined"
    ):
        if draw(st.booleans()):
            fields["polarity"] = "undetermined"
        else:
            fields["value"] = draw(strategies["value"].filter(lambda value: value is not None))
    return fields


_RULES: dict[type[Value], Rule] = {
    ReportedCount: _count,
    ReportedQuantity: _quantity,
    Period: _period,
    Quote: _quote,
    Claim: _claim,
}


def _quantities(units: tuple[str, ...]) -> st.SearchStrategy[ReportedQuantity]:
    """Quantities in some units only."""

    @st.composite
    def build(draw: st.DrawFn) -> ReportedQuantity:
        fields = draw(_fields_of(ReportedQuantity))
        if fields.get("unit") is not None:
            fields["unit"] = draw(st.sampled_from(units))
        return ReportedQuantity(**fields)

    return build()
