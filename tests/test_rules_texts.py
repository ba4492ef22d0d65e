"""Rules about texts: what they find, and on what honest texts they stay silent."""

import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.feeds.locating import RawRecord
from airspace_events.feeds.writing import to_json
from airspace_events.models.base import BaseRecord
from airspace_events.testing import strategies as aes
from airspace_events.validation.codes import FAMILIES
from airspace_events.validation.examples import HEADER, SOURCE
from airspace_events.validation.notices import Notice
from airspace_events.validation.record_check import Visitor
from airspace_events.validation.rules import texts
from airspace_events.validation.rules.rule import Surroundings
from control_texts import CONTROL_TEXTS

OWN = {code.name for code in FAMILIES["texts"]}
WAYS = [
    {"separators": (",", ":"), "ensure_ascii": False},
    {"separators": (",", ":")},
    {"ensure_ascii": False},
    {},
]


def notices(**fields: Any) -> list[Notice]:
    """The notices of a record, which are the same in whatever way its JSON is written."""
    record = {
        "type": "incursion",
        "id": "ee-1",
        "state": "EE",
        "crossing": "reported",
        "time": {"value": "2024-09-07"},
        "sources": [{"source": "a-report"}],
        **fields,
    }
    found: list[list[Notice]] = []
    for way in WAYS:
        feed = "\n".join((HEADER, SOURCE, json.dumps(record, **way)))
        report = ae.validate(BytesIO(feed.encode()))
        found.append([notice for notice in report.notices if notice.code in OWN])
    told = [[(n.code, n.pointer, n.suggestion, n.message) for n in some] for some in found]
    assert told[1:] == told[:-1]
    return found[0]


def codes(**fields: Any) -> list[str]:
    return [notice.code for notice in notices(**fields)]


@pytest.mark.parametrize(
    "text",
    [
        "Drone over Narva",
        "Narva jõe kohal, Rēzekne, Brăila, “drone” … «дрон»",
        "two lines\nand a\ttab",
        'she said "drones", twice: "no" ',
        "a back\\slash, \\n and \\u0041",
        "👩🏽‍✈️ 🇷🇴 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "می‌شود",
        "רחפן \u200e(Shahed-136)\u200f חצה",
        "Дрон упав, Shahed-136 та F-16",
        "10 °C · 5 µm · № 7",
        "no\u00a0break",
    ],
)
def test_honest_texts_are_silent(text: str) -> None:
    text = text.strip()
    assert codes(note=text, title=text, extensions={"example.org": {text: [text]}}) == []


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        (" x", "untrimmed_text", "x"),
        ("x ", "untrimmed_text", "x"),
        ("x, ", "untrimmed_text", "x,"),
        ("x: ", "untrimmed_text", "x:"),
        ("x\n", "untrimmed_text", "x"),
        ("\tx", "untrimmed_text", "x"),
        ("дрон\u00a0", "untrimmed_text", "дрон"),
        ("\u3000x", "untrimmed_text", "x"),
        ('"x" ', "untrimmed_text", '"x"'),
        (" ", "untrimmed_text", None),
        ("x" * 60 + " ", "untrimmed_text", "x" * 60),
        ("x" * 61 + " ", "untrimmed_text", None),
        ("x\x00", "control_character", None),
        ("x\x1b[31m", "control_character", None),
        ("x\r\ny", "control_character", None),
        ("x\x7fy", "control_character", None),
        ("x\x85y", "control_character", None),
        ("x\u202ey\u202c", "bidirectional_control", "xy"),
        ("\u2066x\u2069", "bidirectional_control", "x"),
        ("x\u200ey", "bidirectional_control", "xy"),
        ("x\u200fy", "bidirectional_control", "xy"),
        ("רחפן \u202eחצה", "bidirectional_control", "רחפן חצה"),
        ("x\u200by", "invisible_character", "xy"),
        ("x\ufeffy", "invisible_character", "xy"),
        ("so\u00adft", "invisible_character", "soft"),
        ("x\u2028y", "invisible_character", "x y"),
        ("x\U000e0041", "invisible_character", "x"),
        ("e\u0301", "not_normalized", "é"),
        ("\u212b", "not_normalized", "Å"),
    ],
)
def test_what_is_not_to_be_seen_is_told(text: str, code: str, suggestion: str | None) -> None:
    (notice,) = notices(note=text)
    assert (notice.code, notice.pointer, notice.suggestion) == (code, "/note", suggestion)


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (0x00, 0x08, "control_character"),
        (0x0B, 0x1F, "control_character"),
        (0x7F, 0x9F, "control_character"),
        (0x061C, 0x061C, "bidirectional_control"),
        (0x200E, 0x200F, "bidirectional_control"),
        (0x202A, 0x202E, "bidirectional_control"),
        (0x2066, 0x2069, "bidirectional_control"),
        (0x00AD, 0x00AD, "invisible_character"),
        (0x180E, 0x180E, "invisible_character"),
        (0x200B, 0x200B, "invisible_character"),
        (0x2028, 0x2029, "invisible_character"),
        (0x2060, 0x2064, "invisible_character"),
        (0xFEFF, 0xFEFF, "invisible_character"),
        (0xE0000, 0xE007F, "invisible_character"),
    ],
)
def test_what_is_not_to_be_seen_reaches_from_here_to_there(
    first: int, last: int, code: str
) -> None:
    assert codes(title=f"x{chr(first)}y", note=f"x{chr(last)}y") == [code, code]


BESIDE = (
    "\t\n ~\u00a0\u00ac\u00ae\u061b\u061d\u180d\u200a\u200c\u200d\u2010\u2027"
    "\u202f\u205f\u2065\u206a\ufefe\U000dffff\U000e0080"
)


@pytest.mark.parametrize("char", list(BESIDE))
def test_what_stands_beside_it_is_no_concern(char: str) -> None:
    assert codes(note=f"x{char}y") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" x", "the text begins with white space"),
        ("xy ", "the text ends with white space"),
        (" xy ", "the text begins and ends with white space"),
        ("~ x\x01", "the text must not contain control characters, but has U+0001"),
        (
            "\x03x\x01\x02",
            "the text must not contain control characters, but has U+0001, U+0002, U+0003",
        ),
        (
            "\4\3\2\1",
            (
                "the text must not contain control characters, but has U+0001, U+0002, U+0003 "
                "and 1 "
                "more"
            ),
        ),
    ],
)
def test_a_message_says_where_and_what(text: str, message: str) -> None:
    (notice,) = notices(note=text)
    assert notice.message == message


def test_each_text_is_pointed_at() -> None:
    found = notices(
        places=[{"name": "Narva"}, {"name": " Narva"}],
        extensions={"example.org": {"a ": 1, "b": ["x", "x\u200b"], "c": 10**4000}},
    )
    assert [(notice.code, notice.pointer) for notice in found] == [
        ("untrimmed_text", "/places/1/name"),
        ("untrimmed_text", "/extensions/example.org/a "),
        ("invisible_character", "/extensions/example.org/b/1"),
    ]


def test_a_quotation_is_as_its_source_writes_it() -> None:
    quote = {"exact": "e\u0301 so\u00adft", "prefix": "a ", "suffix": " b"}
    assert codes(sources=[{"source": "a-report", "quote": quote}]) == []
    quote["prefix"] = "a\u202e"
    assert codes(sources=[{"source": "a-report", "quote": quote}]) == ["bidirectional_control"]
    assert codes(sources=[{"source": "a-report", "note": "a "}]) == ["untrimmed_text"]


def test_an_address_is_no_text_to_be_composed() -> None:
    source = SOURCE.replace("a-report", "another")[:-1] + ',"%s":"https://example.org/e\u0301"}'
    for field in ("url", "archive_url"):
        feed = "\n".join((HEADER, source % field))
        assert not [n for n in ae.validate(BytesIO(feed.encode())).notices if n.code in OWN]


MIXED = "Sh\u0430hed"  # with a Cyrillic a


@pytest.mark.parametrize(
    ("text", "is_mixed"),
    [
        (MIXED, True),
        ("over " + MIXED + "-136", True),
        ("F16\u0421", True),
        ("\u0421u27", True),
        ("\u0391lpha", True),
        ("\u00c9\u0430", True),
        ("\u0430\u00c9", True),
        ("\u0430\u03b1", True),
        ("Alph\u03bf", True),
        # The first and the last letters of an alphabet, and those beside them.
        ("\u00c0\u0430", True),
        ("\u024f\u0430", True),
        ("\u0250\u0430", False),
        ("\u00aa\u0430", False),
        ("a\u0370", True),
        ("a\u03ff", True),
        ("a\u0400", True),
        ("a\u052f", True),
        ("a\u0531", False),
        ("Герань-2 (Geran-2)", False),
        ("Телеканал-ICTV", False),
        ("\u0421\u0443-27M", False),
        ("5 μm", False),
        ("ΕΛΛΑΔΑ", False),
    ],
)
def test_a_word_of_a_name_has_one_script(text: str, *, is_mixed: bool) -> None:
    assert codes(title=text) == (["mixed_script_name"] if is_mixed else [])
    assert codes(note=text) == []


@pytest.mark.parametrize(
    "pair", ["a\u03b1", "a\u0430", "\u00e9\u03b1", "\u00e9\u0430", "\u03b1\u0430"]
)
def test_two_scripts_meet_in_either_order(pair: str) -> None:
    for word in (pair, pair[::-1], pair[0] + "1" + pair[1]):
        assert codes(title=word) == ["mixed_script_name"]


def test_names_are_looked_at_wherever_they_stand() -> None:
    assert codes(external_ids=[{"scheme": "x", "value": MIXED}]) == ["mixed_script_name"]
    assert codes(places=[{"admin1": MIXED}]) == ["mixed_script_name"]
    assert codes(extensions={"example.org": {"name": MIXED}}) == []
    assert codes(duration={"verbatim": MIXED}) == []
    (notice,) = notices(objects=[{"category": "unidentified", "designation": MIXED}])
    assert notice.pointer == "/objects/0/designation"
    assert notice.message == f'"{MIXED}" mixes Cyrillic and Latin letters: "\u0430" is Cyrillic'
    assert notice.context["rare"] == ["U+0430"]
    (notice,) = notices(title="Sh\u0430h\u0435d")
    assert notice.message.endswith('"\u0430\u0435" are Cyrillic')


@settings(deadline=None)
@given(
    st.text(
        'aZ\u00e99 -\u0430\u03b1\u03bc\u4e2d\u0301\u0660\u1e40\\\n"\u200b\u00a0',
        min_size=1,
        max_size=6,
    )
)
def test_what_the_bytes_clear_has_nothing_to_find(title: str) -> None:
    found = [one for check in texts._CHECKS for one in check(("title",), title)]
    data = json.dumps({"title": title}, separators=(",", ":"), ensure_ascii=False).encode()
    assert not found or texts._may_be_unfit(data)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(aes.records() | aes.records(note=CONTROL_TEXTS))
def test_what_is_found_does_not_depend_on_how_the_json_is_written(record: BaseRecord) -> None:
    visitor = Visitor(texts.RULES)
    value = json.loads(to_json(record))
    found = []
    for way in WAYS:
        raw = RawRecord(json.dumps(value, **way).encode(), 1)
        surroundings = Surroundings(record, raw, None)  # type: ignore[arg-type]
        found.append(visitor.visit(surroundings).problems)
    assert found[1:] == found[:-1]
