"""Words for times: a table written by calendar arithmetic of its own, and what holds for any."""

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.phrases.reading import forms
from airspace_events.phrases.words import MONTHS, NUMBERS, WEEKDAYS, words_of
from generators.phrases_page import conventions, reported_forms

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "data" / "phrase_cases.toml").read_text(encoding="utf-8")
)
OPTIONS = ("reference", "timezone", "date_order", "tense")


def resolved(case: dict[str, Any]) -> ae.ReportedTime:
    return ae.resolve_time(case["text"], **{name: case[name] for name in OPTIONS if name in case})


def label(case: dict[str, Any]) -> str:
    return " | ".join(str(case[name]) for name in ("text", *OPTIONS) if name in case)


@pytest.mark.parametrize("case", CASES["resolved"], ids=label)
def test_words_are_read_by_their_convention(case: dict[str, Any]) -> None:
    time = resolved(case)
    assert time.value == case["value"]
    assert (time.verbatim, time.basis) == (case["text"], "resolved")
    assert (time.reference, time.timezone) == (case.get("reference"), case.get("timezone"))


@pytest.mark.parametrize("case", CASES["refused"], ids=label)
def test_what_is_not_understood_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(ae.TimeExpressionError) as refused:
        resolved(case)
    error = refused.value
    assert error.reason
    assert 0 <= error.position <= max(len(case["text"]), len(error.text))
    if isinstance(error, ae.TimePhraseError):
        assert case["text"].startswith(error.understood)


def test_every_convention_has_cases() -> None:
    shown = {case["convention"] for case in CASES["resolved"]}
    assert shown == set(conventions())


def test_every_form_has_its_convention() -> None:
    known = set(conventions())
    used = {form.convention for form in forms()}
    assert used <= known
    # These tell how all the others are read, and have no words of their own.
    assert known - used == {"reference", "night_without_zone"}


@pytest.mark.parametrize(
    "example",
    [example for each in conventions().values() for example in each.examples],
    ids=lambda example: example.text,
)
def test_the_examples_of_the_documentation_hold(example: Any) -> None:
    time = ae.resolve_time(example.text, reference=example.reference, timezone=example.timezone)
    assert time.value == example.value


LEAST_SHARE = 0.85


def test_most_kinds_of_phrases_from_reports_are_understood() -> None:
    kinds: dict[str, bool] = {}
    for form in reported_forms():
        kinds[form.kind] = kinds.get(form.kind, True) and form.is_understood
    assert sum(kinds.values()) / len(kinds) >= LEAST_SHARE
    missing = {kind for kind, is_understood in kinds.items() if not is_understood}
    # These need a plan of the future, or an event that the words do not date.
    assert missing == {"next week", "the start of a time without a name", "a number of times"}


# What is said of a refusal.


@pytest.mark.parametrize(
    ("text", "position", "understood", "reason"),
    [
        ("on Wednesday maybe", 13, "on Wednesday", "the rest was not understood"),
        ("perhaps on Wednesday", 0, "", "the text contains no known time phrase"),
        ("", 0, "", "the text contains no known time phrase"),
        ("03/04/2024", 0, "03/04/2024", "the date may mean 2024-03-04 or 2024-04-03"),
        ("Tuesday, 18 September 2024", 0, None, "2024-09-18 is a Wednesday, not a Tuesday"),
        ("in summer", 9, "in summer", "the phrase is incomplete"),
        ("20 minutes ago", 0, "20 minutes ago", "to count minutes, use an instant"),
        ("at 2", 0, "at 2", "in the morning or the afternoon"),
        ("x" * 201, 200, "", "longer than 200 characters"),
    ],
)
def test_a_refusal_says_what_was_understood(
    text: str, position: int, understood: str | None, reason: str
) -> None:
    with pytest.raises(ae.TimePhraseError, match=reason) as refused:
        ae.resolve_time(text, reference="2024-09-20", timezone="Europe/Riga")
    assert refused.value.position == position
    assert refused.value.understood == (text if understood is None else understood)


def test_words_that_need_a_reference_say_so() -> None:
    with pytest.raises(ae.TimePhraseError, match="needs a reference"):
        ae.resolve_time("yesterday")


def test_a_time_of_day_needs_a_zone() -> None:
    with pytest.raises(ae.TimePhraseError, match="needs a time zone"):
        ae.resolve_time("at 02:30", reference="2024-09-08")


def test_the_reference_may_be_a_date_of_python() -> None:
    by_text = ae.resolve_time("yesterday", reference="2024-09-08")
    assert ae.resolve_time("yesterday", reference=date(2024, 9, 8)) == by_text
    instant = datetime.fromisoformat("2024-09-08T09:00:00+03:00")
    assert ae.resolve_time("overnight", reference=instant).reference == instant.isoformat()


@pytest.mark.parametrize(
    "options",
    [
        {"reference": "last week"},
        {"reference": datetime(2024, 9, 8)},  # noqa: DTZ001
        {"reference": "2024-09-08", "timezone": "Mars/Olympus"},
    ],
)
def test_a_wrong_reference_or_zone_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ae.TimeExpressionError):
        ae.resolve_time("yesterday", **options)


# Any words at all.

WORDS = sorted(
    {*MONTHS, *WEEKDAYS, *NUMBERS, "7", "08", "2024", "25", "12", "2.30", "02:30", "am", "p.m."}
    | {
        word
        for form in forms()
        for word in form.text.replace("[", " ").replace("]", " ").replace("|", " ").split()
        if word.islower()
    }
)
REFERENCES = ["2024-09-08", "2024-03-31T04:30:00+03:00", "1900-01-01", "2200-12-31", "2024-09-18?"]
ZONES = [None, "Europe/Bucharest", "Asia/Beirut", "Pacific/Apia", "UTC"]


@given(
    st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join) | st.text(max_size=220),
    st.sampled_from(REFERENCES),
    st.sampled_from(ZONES),
)
@settings(max_examples=500, deadline=None)
def test_any_words_end_in_a_time_or_its_error(
    text: str, reference: str, timezone: str | None
) -> None:
    found = outcome(text, reference, timezone)
    if isinstance(found, ae.TimeExpressionError):
        assert 0 <= found.position <= len(text)
        assert str(found).isprintable()
    else:
        assert found.verbatim == text
        # The instant of the reference itself is never the answer.
        assert found.value != reference or "T" not in reference


def outcome(
    text: str, reference: str, timezone: str | None
) -> ae.ReportedTime | ae.TimeExpressionError:
    try:
        return ae.resolve_time(text, reference=reference, timezone=timezone)
    except ae.TimeExpressionError as error:
        return error


# No silent wrong answer.

# Words of the past: a day of the week, a part of the day, a time of day, alone and together.
_DAYS = [f"on {name.capitalize()}" for name in WEEKDAYS if name.endswith("day")]
_PARTS = ["morning", "afternoon", "evening", "night"]
_CLOCKS = ["11:30", "at 2:19", "around 23:30", "at 2 a.m.", "about 9 p.m.", "noon", "around 14:30"]
_PAST = st.one_of(
    st.sampled_from(["last night", "overnight", "yesterday evening", "around midnight", *_CLOCKS]),
    st.sampled_from([f"in the {part}" for part in _PARTS] + _DAYS),
    st.tuples(st.sampled_from(_DAYS), st.sampled_from(_PARTS)).map(" ".join),
    st.tuples(st.sampled_from(_CLOCKS), st.sampled_from([*_DAYS, "last night"])).map(" ".join),
    st.tuples(st.sampled_from(_CLOCKS), st.sampled_from(_DAYS), st.sampled_from(_PARTS)).map(
        " ".join
    ),
    st.sampled_from(["since", "after", "from"]).flatmap(
        lambda word: st.sampled_from(_DAYS).map(lambda day: f"{word} {day.removeprefix('on ')}")
    ),
)
_INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2026, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=ZoneInfo("Europe/Warsaw"), microsecond=0)
)
_REFERENCES = _INSTANTS | _INSTANTS.map(datetime.date)


def read(text: str, reference: date | None, **options: Any) -> ae.ReportedTime | None:
    try:
        return ae.resolve_time(text, reference=reference, timezone="Europe/Warsaw", **options)
    except ae.TimePhraseError:
        return None


@given(_PAST, _REFERENCES, st.sampled_from([None, "past"]))
@settings(max_examples=400, deadline=None)
def test_words_of_the_past_are_never_wholly_after_their_reference(
    text: str, reference: date, tense: str | None
) -> None:
    time = read(text, reference, tense=tense)
    if time is not None and time.earliest is not None:
        told = ae.ReportedTime(value=reference.isoformat(), timezone="Europe/Warsaw")
        assert told.latest is not None
        assert time.earliest <= told.latest


@given(st.sampled_from(_CLOCKS), st.sampled_from(_DAYS), st.sampled_from(_PARTS), _INSTANTS)
@settings(max_examples=300, deadline=None)
def test_a_clock_time_lies_in_its_part_of_the_day(
    clock: str, day: str, part: str, reference: datetime
) -> None:
    time, whole = read(f"{clock} {day} {part}", reference), read(f"{day} {part}", reference)
    if time is not None:
        assert whole is not None
        assert whole.earliest is not None
        assert whole.latest is not None
        assert time.earliest is not None
        assert time.latest is not None
        # A full hour at the edge of the part has half an hour beyond it; "about", a whole one.
        assert whole.earliest - timedelta(hours=1) <= time.earliest
        assert time.latest <= whole.latest + timedelta(hours=1)


@given(
    st.sampled_from(["{}", "{} evening", "at 14:30 {}", "until {}", "from {}", "{} night"]),
    st.sampled_from(_DAYS),
    _REFERENCES,
)
@settings(max_examples=300, deadline=None)
def test_what_may_be_past_or_to_come_holds_both_or_is_refused(
    form: str, day: str, reference: date
) -> None:
    text = form.format(day if form.startswith(("{}", "at")) else day.removeprefix("on "))
    both = read(text, reference)
    if both is None:
        return
    for tense in ("past", "future"):
        one = read(text, reference, tense=tense)
        if one is None:  # an hour of that day which is over is not an hour to come
            assert isinstance(reference, datetime)
            assert tense == "future"
            assert both.latest is not None
            assert both.latest < reference
            continue
        must_be_held = tense == "past" or one.earliest is None or is_ahead_nearer(day, reference)
        if must_be_held:
            assert both.earliest is None or one.earliest is None or both.earliest <= one.earliest
            assert both.latest is None or (one.latest is not None and both.latest >= one.latest)


def is_ahead_nearer(day: str, reference: date) -> bool:
    ahead = (WEEKDAYS[day.removeprefix("on ").lower()] - reference.weekday()) % 7
    return 0 < ahead < 7 - ahead


@given(st.times(), _INSTANTS.map(datetime.date))
@settings(max_examples=200, deadline=None)
def test_a_report_of_a_day_may_speak_of_that_day_or_the_day_before(clock: time, day: date) -> None:
    found = read(f"{clock:%H:%M}", day)
    if found is None:  # the clocks left it out, or it may be of either half of the day
        return
    assert found.earliest is not None
    assert found.latest is not None
    zone = ZoneInfo("Europe/Warsaw")
    named = datetime.combine(day, clock.replace(second=0, microsecond=0), zone)
    assert found.earliest <= named <= found.latest
    before = named - timedelta(days=1)
    existed = before.astimezone(UTC).astimezone(zone).time() == before.time()
    if existed and named.time() > time():
        assert found.earliest <= before


@given(_INSTANTS.map(datetime.date), st.sampled_from(["%d %B %Y", "%d %B"]))
@settings(max_examples=100, deadline=None)
def test_the_night_of_a_date_holds_both_nights_that_touch_it(day: date, form: str) -> None:
    found = read(f"on the night of {day.strftime(form)}", day + timedelta(days=1))
    before = read("overnight", day)
    assert found is not None
    assert before is not None
    assert found.earliest == before.earliest
    assert found.latest is not None
    assert found.latest.date() == day + timedelta(days=1)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
@settings(max_examples=100, deadline=None)
def test_a_date_in_words_is_that_date(day: date) -> None:
    forms = ["%d %B %Y", "%B %d, %Y", "%A, %d %b %Y", "%dth of %B %Y", "%Y-%m-%d"]
    for form in forms:
        assert ae.resolve_time(day.strftime(form)).value == day.isoformat()


@pytest.mark.parametrize("text", ["(" * 10**6, "7" * 10**6, "overnight " * 10**5, "a.m." * 10**5])
def test_a_megabyte_ends_at_once(text: str) -> None:
    with pytest.raises(ae.TimePhraseError):
        ae.resolve_time(text, reference="2024-09-08")


@pytest.mark.parametrize("word", WORDS)
def test_the_longest_repetitions_end_soon(word: str) -> None:
    text = ((word + " ") * 200)[:200]
    with pytest.raises(ae.TimeExpressionError):
        ae.resolve_time(text, reference="2024-09-08", timezone="Europe/Riga")


def test_words_keep_their_places() -> None:
    text = "At  2.30 a.m. on Sept. 7\u20138"
    assert [(word.text, text[word.at : word.end]) for word in words_of(text)] == [
        ("at", "At"), ("2", "2"), (".", "."), ("30", "30"), ("am", "a.m."), ("on", "on"),
        ("sept", "Sept."), ("7", "7"), ("-", "\u2013"), ("8", "8"),
    ]  # fmt: skip


@pytest.mark.parametrize("option", [{"date_order": "dayfirst"}, {"tense": "{x}"}])
def test_an_option_with_another_word_is_refused(option: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="must be one of"):
        ae.resolve_time("yesterday", reference="2024-09-08", **option)
