"""The same mistake has the same sentence, whichever way it comes in."""

from __future__ import annotations

import copy
import io
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from itertools import pairwise
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter, ValidationError

import airspace_events as ae
from airspace_events.errors import FeedError, SettingsError
from airspace_events.formats import convert
from airspace_events.formats.spreadsheets.mapping import SheetMapping
from airspace_events.formats.spreadsheets.reading import read_sheet
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.spelling import near
from airspace_events.values.structure import fields_of
from airspace_events.vocabulary.codebook import vocabularies
from value_classes import value_classes

HEADER = '{"type":"feed","schema_version":"1.0"}\n'
SOURCE = '{"type":"source","id":"s","kind":"dataset","publisher":"P","language":"en"}\n'
INCURSION: dict[str, Any] = {
    "type": "incursion",
    "id": "a",
    "state": "RO",
    "time": {"value": "2024-09-08"},
    "sources": [{"source": "s"}],
}

# The path, what is written there, and the sentence. None takes the field away. A mapping writes
# the mistakes as constants, since it reads the text of a cell: "UK" in a cell is the name of a
# state. Three mistakes cannot be made in a mapping, and are not here: a text where an object
# belongs ("time": "2024-09-08" is read as a time), a wrong item in `sources` (a mapping writes
# these itself), and an unknown `type` (the key `record` says it).
MISTAKES: dict[str, tuple[str, Any, str]] = {
    "no code of a state": ("state", "UK", '"UK" is not a state code; did you mean "GB"?'),
    "a name of a state": ("state", "Romania", '"Romania" is not a state code; did you mean "RO"?'),
    "a synonym": (
        "objects.0.category",
        "drone",
        '"drone" is not an object category; did you mean "uncrewed_aircraft"?',
    ),
    "a slip in a word": (
        "occurrence",
        "confirmd",
        '"confirmd" is not an event status; did you mean "confirmed"?',
    ),
    "a misspelt field": ("titel", "A", 'an incursion has no field "titel"; did you mean "title"?'),
    "a number for a text": ("title", 9, '"title" must be text, not the number 9'),
    "an empty text": ("title", "", '"title" must have at least 1 character; it has 0'),
    "a number too small": ("totals.crossings.best", -1, '"best" must be at least 0, not -1'),
    "no id": (
        "part_of",
        "Autumn Flights",
        (
            '"Autumn Flights" is not an id (lower-case letters, digits and single hyphens); '
            'did you mean "autumn-flights"?'
        ),
    ),
    "no month": (
        "time.value",
        "2024-13-01",
        (
            '"2024-13-01" is not a valid time: a month must be from 01 to 12, or from 21 to 41 '
            "for a season, quarter"
        ),
    ),
    "no offset": (
        "time.value",
        "2024-09-08T02:25:00",
        (
            '"2024-09-08T02:25:00" is not a valid time: a time of day needs an offset from UTC, '
            "such as +03:00, or Z"
        ),
    ),
    "a space for the T": (
        "time.value",
        "2025-10-02 22:18",
        (
            '"2025-10-02 22:18" is not a valid time: write 2025-10-02T22:18:00 and add its '
            "offset from UTC, such as +03:00"
        ),
    ),
    "no time zone": (
        "time.timezone",
        "Europe/Bukarest",
        '"Europe/Bukarest" is not a time zone; did you mean "Europe/Bucharest"?',
    ),
    "no word for an item": (
        "entered_from.0",
        "UK",
        '"UK" is not a state code; did you mean "GB"?',
    ),
    "a number for a time": (
        "time.value",
        2024,
        "the number 2024 is not a time (an EDTF date or interval, or an interval of instants)",
    ),
    "a missing field": ("time.value", None, 'the incursion has no "time"'),
    "a crossing of no border": (
        "crossing",
        "reported",
        "an incursion with a `crossing` needs the `state` whose border was crossed",
    ),
}


def mistaken(path: str, value: Any) -> dict[str, Any]:
    record = copy.deepcopy(INCURSION)
    if path == "crossing":
        del record["state"]
    if value is None:
        del record[path.partition(".")[0]]
        return record
    node: Any = record
    last = path.rpartition(".")[2]
    for step, after in pairwise(path.split(".")):
        empty: Any = [{}] if after == "0" else {}
        node = node[0] if step == "0" else node.setdefault(step, empty)
    node[0 if last == "0" else last] = value
    return record


def feed_of(record: dict[str, Any]) -> io.BytesIO:
    return io.BytesIO((HEADER + SOURCE + json.dumps(record) + "\n").encode())


def by_validating(path: str, value: Any) -> str:
    notices = ae.validate(feed_of(mistaken(path, value))).notices
    errors = [one for one in notices if one.severity == "error"]
    hints = [f'; did you mean "{one.suggestion}"?' if one.suggestion else "" for one in errors]
    return "\n".join(one.message + hint for one, hint in zip(errors, hints, strict=True))


def by_reading(path: str, value: Any) -> str:
    with pytest.raises(ae.RecordError) as caught:
        ae.read_feed(feed_of(mistaken(path, value)))
    return caught.value.reason


def by_converting(path: str, value: Any) -> str:
    with pytest.raises(FeedError) as caught:
        convert(feed_of(mistaken(path, value)), io.BytesIO(), "jsonl", "json")
    return caught.value.reason


def by_constructing(path: str, value: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        ae.Incursion(**mistaken(path, value))
    return "\n".join(one["msg"] for one in caught.value.errors())


def by_mapping(path: str, value: Any) -> str:
    constants = {"state": "RO", "time.value": "2024-09-08", path: value}
    if path == "crossing":
        del constants["state"]
    tables = {
        "record": "incursion",
        "id": "a-{row}",
        "source": {"id": "s", "kind": "dataset", "publisher": "P", "language": "en"},
        "constants": {name: one for name, one in constants.items() if one is not None},
        "columns": {"Nr": {"field": "note"}},
    }
    with pytest.raises((SettingsError, FeedError)) as caught:
        list(read_sheet(io.BytesIO(b"Nr\n1\n"), SheetMapping.of(tables)))
    return str(caught.value)


WAYS = (by_validating, by_reading, by_converting, by_constructing, by_mapping)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("path", "value", "sentence"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_has_one_sentence(
    path: str, value: Any, sentence: str, way: Callable[[str, Any], str]
) -> None:
    assert sentence in way(path, value)


@pytest.mark.parametrize(
    ("mistake", "at"),
    [
        ('"title": 9', "9"),
        ('"occurrence": "confirmd"', '"confirmd"'),
        ('"titel": 9', '"titel"'),
        ('"extensions": {"no domain": 9}', '"no domain"'),
    ],
)
def test_a_mistake_is_at_the_name_or_at_the_value(mistake: str, at: str) -> None:
    line = json.dumps(INCURSION)[:-1] + f", {mistake}}}"
    feed = io.BytesIO((HEADER + SOURCE + line + "\n").encode())
    [column] = [one.column for one in ae.validate(feed).notices if one.severity == "error"]
    assert line[column - 1 :].startswith(at)


# What only Python can get wrong.


@pytest.mark.parametrize(
    ("make", "code", "sentence"),
    [
        (
            lambda: ae.Incursion(**INCURSION | {"time": "2024-09-08"}),
            "wrong_type",
            (
                '"time" must be an object, not the text "2024-09-08": write '
                'ReportedTime(value="2024-09-08")'
            ),
        ),
        (
            lambda: ae.Incursion(**INCURSION | {"sources": "s"}),
            "wrong_type",
            '"sources" must be a list, not the text "s": write [Citation(source="s")]',
        ),
        (
            lambda: ae.Incursion(**INCURSION | {"sources": ["s"]}),
            "wrong_type",
            'an item of "sources" must be an object, not the text "s": write Citation(source="s")',
        ),
        (
            lambda: ae.Source(
                id="s",
                kind="dataset",
                publisher="P",
                language="en",
                published=date(2025, 9, 10),  # type: ignore[arg-type]
            ),
            "wrong_type",
            '"published" must be text, not a date: write "2025-09-10"',
        ),
        (
            lambda: ae.Claim(aspect="intnt", value="reckless"),  # type: ignore[arg-type]
            "value_not_in_vocabulary",
            '"intnt" is not an aspect; did you mean "intent"?',
        ),
        (
            lambda: ae.Incursion(**INCURSION | {"intent": "reckless"}),
            "unknown_field",
            'an incursion has no field "intent": record it as a claim or an assessment',
        ),
        (
            lambda: ae.Place(name="{suggestion}", role="entri{suggestion}"),  # type: ignore[arg-type]
            "value_not_in_vocabulary",
            '"entri{suggestion}" is not a role of a place',
        ),
    ],
)
def test_a_constructor_says_what_to_write(
    make: Callable[[], object], code: str, sentence: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        make()
    [error] = caught.value.errors()
    assert (error["type"], error["msg"].startswith(sentence)) == (code, True), error["msg"]
    assert sentence in str(caught.value)


def lists_of_values() -> dict[str, tuple[type[Any], str, type[Any]]]:
    """Each field that is a list of values, with its class, and a class of its items."""
    return {
        f"{model.__name__}.{name}": (model, name, next(iter(shape.models.values())))
        for model in value_classes()
        for name, shape in fields_of(model).items()
        if shape.many and shape.models
    }


@pytest.mark.parametrize(
    ("model", "name", "item"), lists_of_values().values(), ids=lists_of_values()
)
def test_a_value_where_a_list_belongs_is_told_once(
    model: type[Any], name: str, item: type[Any]
) -> None:
    """pydantic takes a value for a list of its fields."""
    bare = item.model_construct(**{next(iter(item.model_fields)): "x"})
    with pytest.raises(ValidationError) as caught:
        model(**{name: bare})
    told = [error for error in caught.value.errors() if error["loc"][0] == name]
    what = f"{'an' if item.__name__[0] in 'AEIOU' else 'a'} {item.__name__}"
    hint = f"write {name}=[{item.__name__}(...)]"
    assert [(error["loc"], error["type"], error["msg"]) for error in told] == [
        ((name,), "wrong_type", f'"{name}" must be a list, not {what}: {hint}')
    ]
    assert told[0]["input"] is bare


def test_a_value_where_a_list_of_an_item_belongs_is_told_at_its_place() -> None:
    objects = [{}, {"fates": ae.Fate(fate="crashed")}]
    with pytest.raises(ValidationError) as caught:
        ae.Incursion.model_validate(INCURSION | {"objects": objects})
    [error] = caught.value.errors()
    assert (error["loc"], error["type"]) == (("objects", 1, "fates"), "wrong_type")


def test_a_value_of_another_class_where_a_list_belongs_is_not_suggested() -> None:
    with pytest.raises(ValidationError, match="must be a list, not a Place \\["):
        ae.Incursion(**INCURSION | {"sources": ae.Place(name="x")})


class Unshown:
    """Neither this nor an instance of the classes below can be shown."""

    def __repr__(self) -> str:
        raise RuntimeError

    __str__ = __repr__


class UnshownText(Unshown, str):  # noqa: SLOT000
    pass


class UnshownInteger(Unshown, int):
    pass


class UnshownFloat(Unshown, float):
    pass


class UnshownList(Unshown, list[Any]):
    pass


class UnshownObject(Unshown, dict[str, Any]):
    pass


def endless() -> list[Any]:
    made: list[Any] = []
    made.append(made)
    return made


def deep() -> list[Any]:
    made: list[Any] = []
    for _ in range(5_000):
        made = [made]
    return made


HOSTILE: dict[str, Any] = {
    "a lone surrogate": "\ud800",
    "lone surrogates in a list": ["a\udfff"],
    "a lone surrogate as a key": {"\ud800": 1},
    "an endless list": endless(),
    "an endless object": {"a": endless()},
    "a deep list": deep(),
    "an object without repr": Unshown(),
    "a text without repr": UnshownText("zz"),
    "an integer without repr": UnshownInteger(7),
    "a number without repr": UnshownFloat(7.5),
    "a list without repr": UnshownList([1]),
    "a dictionary without repr": UnshownObject(a=1),
}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_whatever_is_given_the_message_is_ours(hostile: Any) -> None:
    for model in value_classes():
        for name in fields_of(model):
            with suppress(ValidationError):
                model(**{name: hostile})
                continue
            with pytest.raises(ValidationError) as caught:
                model(**{name: hostile})
            assert str(caught.value)
            for error in caught.value.errors():
                assert error["type"] != "invalid_value", error["msg"]
                assert "Input should" not in error["msg"]


@pytest.mark.parametrize(
    "value",
    [
        ae.Source(id="s", kind="dataset", publisher="P"),
        ae.AerialObject(category="missile"),
        ae.Claim(aspect="cause", value="weather"),
    ],
    ids=["a source", "an aerial object", "a claim"],
)
def test_a_change_says_how_to_make_a_changed_copy(value: Any) -> None:
    noun = {"Source": "a source", "AerialObject": "an aerial object"}.get(
        type(value).__name__, "a cause claim"
    )
    sentence = f"{noun} cannot be changed; to make a changed copy, use replace(note=...)"
    for change in (lambda: setattr(value, "note", "x"), lambda: delattr(value, "note")):
        with pytest.raises(ValidationError) as caught:
            change()
        [error] = caught.value.errors(include_url=False)
        assert (error["type"], error["loc"]) == ("frozen_instance", ("note",))
        assert error["msg"] == sentence
    assert value.note is None


@pytest.mark.parametrize(
    ("value", "is_short"),
    [
        ("x" * 40, True),
        ("x" * 41, False),
        (10**40 - 1, True),
        (10**40, False),
        (10**41, False),
        (1 - 10**40, True),
        (-(10**40), False),
        (-0.5, True),
        (True, False),
    ],
)
def test_a_hint_repeats_a_value_only_if_it_is_short(value: Any, *, is_short: bool) -> None:
    with pytest.raises(ValidationError) as caught:
        ae.Incursion(**INCURSION | {"entered_from": value})
    [error] = caught.value.errors()
    start, _, hint = error["msg"].partition(": write ")
    assert start.startswith('"entered_from" must be a list, not ')
    assert hint == (f"[{json.dumps(value)}]" if is_short else "")


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("recorded_at", 'must be text, not a date; an example is "2024-09-08T02:25:00+03:00"'),
        ("revision", "must be a whole number, not a date"),
        ("detected_by", "must be a list, not a date"),
        ("extensions", "must be an object, not a date"),
    ],
)
def test_a_date_gets_an_example_only_where_text_belongs(field: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        ae.Incursion(**INCURSION | {field: date(2024, 9, 8)})
    [error] = caught.value.errors()
    assert error["msg"].removeprefix(f'"{field}" ') == sentence


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("retrieved_at", "2024-09-08T02:25:00", "has no offset from UTC; add Z"),
        ("retrieved_at", "2024-09-08 02:25", "has no offset from UTC; add Z"),
        ("retrieved_at", "tomorrow", "is not an instant with a time zone; an example is"),
        ("retrieved_at", "2024-09-08", "is not an instant with a time zone; an example is"),
        ("language", "2024-09-08T02:25", "is not a language tag; an example is"),
    ],
)
def test_only_an_instant_that_lacks_an_offset_is_told_so(
    field: str, text: str, sentence: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        ae.Source(**{"id": "s", "kind": "dataset", "publisher": "P", field: text})
    [error] = caught.value.errors()
    assert error["msg"].startswith(f'"{text}" {sentence}')


def test_the_suggestion_is_in_the_context() -> None:
    for refuse in (
        lambda: ae.AerialObject(category="drone"),  # type: ignore[arg-type]
        lambda: ae.AerialObject.model_validate({"category": "drone"}),
        lambda: ae.AerialObject.model_validate_json('{"category":"drone"}'),
    ):
        with pytest.raises(ValidationError) as caught:
            refuse()
        [error] = caught.value.errors()
        assert error["loc"] == ("category",)
        assert error["input"] == "drone"
        assert error["ctx"] == {"suggestion": "uncrewed_aircraft"}


def test_json_that_is_none_is_told_as_the_validator_tells_it() -> None:
    with pytest.raises(ValidationError) as caught:
        ae.AerialObject.model_validate_json('{"category":')
    [error] = caught.value.errors()
    assert error["type"] == "json_syntax"
    assert error["msg"].startswith("the text is not valid JSON: EOF while parsing")


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (model, name)
        for model in value_classes()
        for name, shape in fields_of(model).items()
        if shape.vocabulary
    ],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_no_message_lists_more_than_ten_words(model: type[Any], name: str) -> None:
    shape = fields_of(model)[name]
    words = list(map(str, vocabularies()[shape.vocabulary or ""].words))
    given = {name: ["no such word"] if shape.many else "no such word"}
    for refuse in (
        lambda: model(**given),
        lambda: model.model_validate(given),
        lambda: model.model_validate_json(json.dumps(given)),
        lambda: TypeAdapter(model).validate_python(given),
        lambda: TypeAdapter(model).validate_json(json.dumps(given)),
    ):
        with pytest.raises(ValidationError) as caught:
            refuse()
        for error in caught.value.errors():
            listed = error["msg"].replace("'", " ").replace(",", " ").split()
            assert len(set(listed) & set(words)) <= 10, error["msg"]


def test_a_union_of_records_does_not_list_the_codes_of_states() -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(ae.Record).validate_python(INCURSION | {"state": "Romania"})
    [error] = caught.value.errors()
    assert error["type"] == "literal_error"
    assert (
        error["msg"]
        == "Input should be one of the 250 terms of the vocabulary StateCode in the codebook"
    )


# What a value looks like.


def test_a_value_shows_the_fields_that_were_given() -> None:
    drone = ae.AerialObject(category="uncrewed_aircraft", count=ae.ReportedCount(best=1))
    shown = "AerialObject(category='uncrewed_aircraft', count=ReportedCount(best=1))"
    assert repr(drone) == str(drone) == shown
    assert eval(shown, vars(ae)) == drone  # noqa: S307 (it is ours)


def test_the_tag_of_a_class_is_in_its_name() -> None:
    source = ae.Source(id="s", kind="dataset", publisher="P", language="en")
    assert repr(source) == "Source(id='s', kind='dataset', publisher='P', language='en')"
    parsed = ae.Source.model_validate_json(ae.to_json(source))
    assert repr(parsed) == repr(source)


@pytest.mark.parametrize("kind", RECORD_CLASSES)
def test_every_record_class_explains_a_misspelt_field(kind: str) -> None:
    with pytest.raises(ValidationError, match='has no field "nots"; did you mean "note"'):
        RECORD_CLASSES[kind](nots="x")  # type: ignore[call-arg]


# Spelling.


def test_case_and_spaces_do_not_matter_to_spelling() -> None:
    assert near("Crewed Aircraf", ["crewed_aircraft", "missile"]) == ("crewed_aircraft",)
    assert near("missle", ["missile", "missiles"]) == ("missile",)
    assert near("missle", ["missiles", "missile"], most=2) == ("missile", "missiles")
    assert near("x" * 61, ["x" * 61]) == ()
    assert near("zzz", ["abc"]) == ()


def test_long_lists_are_marked() -> None:
    for name, vocabulary in vocabularies().items():
        words = __import__(
            f"airspace_events.vocabulary.{vocabulary.module}", fromlist=[name]
        ).__dict__[name]
        is_marked = hasattr(words.__value__, "__metadata__")
        assert is_marked == (len(vocabulary.words) > 10), name
        assert get_args(words.__value__)


def test_an_integer_too_long_for_a_text_is_refused_as_any_other() -> None:
    with pytest.raises(ValidationError, match="must be text"):
        ae.Incursion(id=10**5000, state="LV", time=ae.ReportedTime(value="2024"))


def test_null_as_a_type_is_reported_as_null() -> None:
    feed = b'{"type":"feed","schema_version":"1.0"}\n{"type":null}\n'
    messages = [notice.message for notice in ae.validate(io.BytesIO(feed)).notices]
    assert "null is not a type of record" in messages
