"""The tree of errors: each can be caught, read, pickled and printed on one line."""

import copy
import inspect
import pickle
import re

import pytest

from airspace_events import errors

ROOT = errors.AirspaceEventsError

CLASSES = [
    value
    for _, value in inspect.getmembers(errors, inspect.isclass)
    if value.__module__ == errors.__name__
]

PARENTS = {
    errors.MergeError: ValueError,
    errors.TimeExpressionError: ValueError,
    errors.TimePhraseError: ValueError,
    errors.CountPhraseError: ValueError,
    errors.UnknownNameError: LookupError,
    errors.AmbiguousNameError: LookupError,
    errors.FeedError: ValueError,
    errors.RecordError: ValueError,
    errors.FormatError: ValueError,
    errors.RowError: ValueError,
    errors.DigestError: ValueError,
    errors.DuplicateRecordError: ValueError,
    errors.SettingsError: ValueError,
    errors.UnreadableError: OSError,
    errors.UnwritableError: OSError,
    errors.MissingExtraError: ImportError,
}

HOSTILE = "a\nb\rc\x1b[31m\u202e\u2028\x85\x7fd"

# One of each, and the attributes that it must have.
MADE = {
    "time": (
        errors.TimeExpressionError(
            "2024-13", 5, "a month is 01 to 12", "2024-12", "naive_datetime"
        ),
        {
            "text": "2024-13",
            "position": 5,
            "reason": "a month is 01 to 12",
            "suggestion": "2024-12",
            "code": "naive_datetime",
        },
    ),
    "time, short": (
        errors.TimeExpressionError("x", 0, "no date"),
        {"text": "x", "position": 0, "suggestion": None, "code": "malformed_time"},
    ),
    "phrase": (
        errors.TimePhraseError("on Wednesday maybe", 13, "not understood", "on Wednesday"),
        {
            "text": "on Wednesday maybe",
            "position": 13,
            "reason": "not understood",
            "understood": "on Wednesday",
            "suggestion": None,
        },
    ),
    "phrase, short": (
        errors.TimePhraseError("soon", 0, "no words for a time", ""),
        {"text": "soon", "position": 0, "understood": ""},
    ),
    "count": (
        errors.CountPhraseError("umpteen", "no words for a number"),
        {"text": "umpteen", "reason": "no words for a number"},
    ),
    "unknown name": (
        errors.UnknownNameError("Rumania", "no state is called so", ("Romania",)),
        {"name": "Rumania", "reason": "no state is called so", "suggestions": ("Romania",)},
    ),
    "unknown name, short": (
        errors.UnknownNameError("", "the text is empty"),
        {"name": "", "reason": "the text is empty", "suggestions": ()},
    ),
    "ambiguous name": (
        errors.AmbiguousNameError("Korea", {"KP": "North Korea", "KR": "South Korea"}),
        {"name": "Korea", "candidates": {"KP": "North Korea", "KR": "South Korea"}},
    ),
    "feed": (
        errors.FeedError("there is nothing here", "feed.jsonl", 3),
        {"reason": "there is nothing here", "file": "feed.jsonl", "line": 3},
    ),
    "feed, short": (
        errors.FeedError("there is nothing here"),
        {"reason": "there is nothing here", "file": "-", "line": None},
    ),
    "merge": (
        errors.MergeError(["a.jsonl:1: no header", "b.jsonl:2: no id"]),
        {"problems": ("a.jsonl:1: no header", "b.jsonl:2: no id")},
    ),
    "record": (
        errors.RecordError("no such word", "feed.jsonl", 4, "/objects/0"),
        {"reason": "no such word", "file": "feed.jsonl", "line": 4, "pointer": "/objects/0"},
    ),
    "record, short": (
        errors.RecordError("no such word"),
        {"reason": "no such word", "file": "-", "line": None, "pointer": ""},
    ),
    "format": (
        errors.FormatError("this is not a number", "feed.csv", 4, "row 3, column count"),
        {
            "reason": "this is not a number",
            "file": "feed.csv",
            "line": 4,
            "place": "row 3, column count",
        },
    ),
    "format, short": (
        errors.FormatError("the file is not GeoJSON"),
        {"reason": "the file is not GeoJSON", "file": "-", "line": None, "place": ""},
    ),
    "row": (
        errors.RowError("this is no day", "list.csv", 4, "row 3, column Day", {"Day": "x"}),
        {
            "reason": "this is no day",
            "file": "list.csv",
            "line": 4,
            "place": "row 3, column Day",
            "cells": {"Day": "x"},
        },
    ),
    "digest": (errors.DigestError("lv-1"), {"record": "lv-1"}),
    "duplicate record": (
        errors.DuplicateRecordError("lv-1", 2),
        {"record": "lv-1", "revision": 2},
    ),
    "settings": (
        errors.SettingsError("'cicle' is neither a code nor a family of codes", "cycle"),
        {"reason": "'cicle' is neither a code nor a family of codes", "suggestion": "cycle"},
    ),
    "settings, short": (
        errors.SettingsError("it is not TOML"),
        {"reason": "it is not TOML", "suggestion": None},
    ),
    "unreadable": (
        errors.UnreadableError("feed.jsonl", "No such file or directory"),
        {"file": "feed.jsonl", "reason": "No such file or directory"},
    ),
    "unwritable": (
        errors.UnwritableError("feed.jsonl", "No space left on device"),
        {"file": "feed.jsonl", "reason": "No space left on device"},
    ),
    "extra": (errors.MissingExtraError("cli"), {"extra": "cli"}),
}

SAID = {
    "time": '"2024-13", at position 5: a month is 01 to 12; did you mean "2024-12"?',
    "time, short": '"x", at position 0: no date',
    "phrase": (
        '"on Wednesday maybe", at position 13: not understood; only "on Wednesday" was understood'
    ),
    "phrase, short": '"soon", at position 0: no words for a time',
    "count": '"umpteen": no words for a number',
    "unknown name": '"Rumania": no state is called so; did you mean Romania?',
    "unknown name, short": '"": the text is empty',
    "ambiguous name": '"Korea" may be KP (North Korea) or KR (South Korea)',
    "feed": "feed.jsonl:3: there is nothing here",
    "feed, short": "-: there is nothing here",
    "merge": "a.jsonl:1: no header (and 1 more problem)",
    "record": "feed.jsonl:4: no such word",
    "record, short": "-: no such word",
    "format": "feed.csv:4: this is not a number (row 3, column count)",
    "format, short": "-: the file is not GeoJSON",
    "row": "list.csv:4: this is no day (row 3, column Day)",
    "duplicate record": (
        "two different records both have the id lv-1 and revision 2; give the later record "
        "the next revision number"
    ),
    "digest": (
        "lv-1 has no digest: its extensions contain an integer above 2**53 - 1, which RFC "
        "8785 does not allow"
    ),
    "settings": "'cicle' is neither a code nor a family of codes; did you mean \"cycle\"?",
    "settings, short": "it is not TOML",
    "unreadable": "cannot read feed.jsonl: No such file or directory",
    "unwritable": "cannot write feed.jsonl: No space left on device",
    "extra": "a required extra is not installed; run: pip install 'airspace-events[cli]'",
}


def test_every_class_is_tried_here() -> None:
    assert {type(error) for error, _ in MADE.values()} | {ROOT} == set(CLASSES)
    assert PARENTS.keys() | {ROOT} == set(CLASSES)


@pytest.mark.parametrize("error", PARENTS, ids=lambda error: error.__name__)
def test_every_class_descends_from_the_root_and_from_the_standard_library(
    error: type[Exception],
) -> None:
    assert issubclass(error, ROOT)
    assert issubclass(error, PARENTS[error])
    with pytest.raises(PARENTS[error]):
        raise next(made for made, _ in MADE.values() if type(made) is error)


@pytest.mark.parametrize("name", MADE)
def test_data_stand_in_attributes(name: str) -> None:
    error, expected = MADE[name]
    assert {key: getattr(error, key) for key in expected} == expected


@pytest.mark.parametrize("name", MADE)
def test_every_attribute_is_told_in_the_docstring(name: str) -> None:
    error, expected = MADE[name]
    told = "\n".join(inspect.getdoc(kind) or "" for kind in type(error).__mro__[:-3])
    for key in expected:
        assert re.search(rf"^ +{key}: ", told, re.MULTILINE), key


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("way", ["pickle", "copy", "deepcopy"])
def test_errors_are_carried_whole(name: str, way: str) -> None:
    error, _ = MADE[name]
    ways = {
        "pickle": lambda: pickle.loads(pickle.dumps(error)),  # noqa: S301 (our own bytes)
        "copy": lambda: copy.copy(error),
        "deepcopy": lambda: copy.deepcopy(error),
    }
    carried = ways[way]()
    assert type(carried) is type(error)
    assert carried.args == error.args
    assert vars(carried) == vars(error)
    assert str(carried) == str(error)


@pytest.mark.parametrize("name", MADE)
def test_what_an_error_says(name: str) -> None:
    assert str(MADE[name][0]) == SAID[name]


@pytest.mark.parametrize(
    "error",
    [
        errors.TimeExpressionError(HOSTILE, 0, "no date", HOSTILE),
        errors.UnknownNameError(HOSTILE, "no state is called so"),
        errors.AmbiguousNameError(HOSTILE, {"KP": "North Korea", "KR": "South Korea"}),
        errors.FeedError(HOSTILE, HOSTILE, 1),
        errors.RecordError(HOSTILE, HOSTILE, 1, HOSTILE),
        errors.FormatError(HOSTILE, HOSTILE, 1, HOSTILE),
        errors.CountPhraseError(HOSTILE, "no words for a number"),
        errors.DigestError(HOSTILE),
        errors.MergeError([HOSTILE]),
        errors.UnreadableError(HOSTILE, HOSTILE),
        errors.UnwritableError(HOSTILE, HOSTILE),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_an_error_says_is_one_line_that_is_safe_to_print(error: Exception) -> None:
    assert str(error).isprintable()


def test_a_long_text_is_cut_in_what_is_said_and_kept_in_the_attribute() -> None:
    error = errors.TimeExpressionError("2" * 10_000, 0, "no date")
    assert len(str(error)) < 200
    assert len(error.text) == 10_000


def test_an_error_of_a_record_is_an_error_of_its_feed() -> None:
    assert issubclass(errors.RecordError, errors.FeedError)
    assert issubclass(errors.FormatError, errors.FeedError)


def test_the_tree_is_drawn_as_it_is() -> None:
    drawn: dict[str, tuple[int, str | None]] = {}
    for line in (errors.__doc__ or "").splitlines():
        if found := re.match(r"^    ([│├└─ ]*)(\w+Error)\b(?: +\((\w+)\))?", line):
            indent, name, parent = found.groups()
            drawn[name] = (len(indent) // 4, parent)
    assert drawn.keys() == {error.__name__ for error in CLASSES}
    for error in CLASSES:
        depth, parent = drawn[error.__name__]
        assert depth == len([kind for kind in error.__mro__[1:] if kind in CLASSES])
        bases = [base.__name__ for base in error.__bases__ if base.__module__ == "builtins"]
        assert bases == ([parent] if parent else ["Exception"] if error is ROOT else [])
