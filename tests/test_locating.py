"""That places lead to what they are said to lead to."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from airspace_events.feeds.locating import Locator, Place, RawRecord, members, pointer


def offset_of(text: str, parts: tuple[int | str, ...], *, name: bool = False) -> int:
    return Locator(RawRecord(text.encode(), 1)).offset_of(parts, name=name)


def duplicate_keys(text: str) -> list[Place]:
    return Locator(RawRecord(text.encode(), 1)).duplicate_keys()


Parts = tuple[int | str, ...]

odd_keys = st.sampled_from(
    ["", "a", "b", "~", "/", "~1", "~01", "a/b", '"', '":', "\\", " ", "0", "1", "é", "🛩", "\x00"]
)
keys = odd_keys | st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
plain = st.none() | st.booleans() | st.integers() | st.floats() | keys
spaces = st.text(" \t\r\n", max_size=3)


def values(depth: int) -> st.SearchStrategy[Any]:
    if not depth:
        return plain
    inner = values(depth - 1)
    return (
        plain
        | st.lists(inner, max_size=4)
        | st.lists(st.tuples(keys, inner), max_size=4).map(dict)
    )


json_values = values(3)


class Writer:
    """Writes JSON with arbitrary white space and escapes, and keeps where each value went."""

    def __init__(self, data: st.DataObject) -> None:
        self._draw = data.draw
        self.text = ""
        self.value_at: dict[Parts, int] = {}
        self.name_at: dict[Parts, int] = {}
        self.twice: list[tuple[Parts, int]] = []

    def space(self) -> None:
        self.text += self._draw(spaces)

    def name(self, text: str) -> None:
        if self._draw(st.booleans()):
            self.text += json.dumps(text, ensure_ascii=self._draw(st.booleans()))
        else:
            units = text.encode("utf-16-be")
            pairs = [units[at : at + 2].hex() for at in range(0, len(units), 2)]
            self.text += '"' + "".join(f"\\u{pair}" for pair in pairs) + '"'

    def value(self, value: Any, at: Parts = ()) -> None:
        if isinstance(value, dict):
            self.object(list(value.items()), at)
        elif isinstance(value, list):
            self.value_at[at] = len(self.text)
            self.text += "["
            for number, item in enumerate(value):
                self.text += "," if number else ""
                self.space()
                self.value(item, (*at, number))
                self.space()
            self.text += "]" if value else self._draw(spaces) + "]"
        else:
            self.value_at[at] = len(self.text)
            self.text += json.dumps(value, ensure_ascii=self._draw(st.booleans()))

    def object(self, items: list[tuple[str, Any]], at: Parts) -> None:
        self.value_at[at] = len(self.text)
        self.text += "{"
        seen = set()
        for number, (name, item) in enumerate(items):
            here = (*at, name)
            self.text += "," if number else ""
            self.space()
            self.name_at[here] = len(self.text)
            if name in seen:
                self.twice.append((here, len(self.text)))
            seen.add(name)
            self.name(name)
            self.space()
            self.text += ":"
            self.space()
            self.value(item, here)
            self.space()
        self.text += "}" if items else self._draw(spaces) + "}"


class TwiceWriter(Writer):
    """Writes members of objects a second time, some with another value, before the last one."""

    def object(self, items: list[tuple[str, Any]], at: Parts) -> None:
        again = []
        if items:
            again = self._draw(st.lists(st.sampled_from([name for name, _ in items]), max_size=2))
        super().object([*((name, self._draw(plain)) for name in again), *items], at)


def written(writer: Writer, value: Any) -> Writer:
    writer.space()
    writer.value(value)
    writer.space()
    return writer


def part_text(text: str, at: int) -> Any:
    return json.JSONDecoder().raw_decode(text, at)[0]


def at_parts(value: Any, parts: Parts) -> Any:
    for part in parts:
        value = value[part]
    return value


@given(json_values, st.data())
def test_every_value_is_found_where_it_was_written(value: Any, data: st.DataObject) -> None:
    writer = written(Writer(data), value)
    for parts, at in writer.value_at.items():
        assert offset_of(writer.text, parts) == at
        assert repr(part_text(writer.text, at)) == repr(at_parts(value, parts))


@given(json_values, st.data())
def test_every_name_is_found_where_it_was_written(value: Any, data: st.DataObject) -> None:
    writer = written(Writer(data), value)
    for parts, at in writer.name_at.items():
        assert offset_of(writer.text, parts, name=True) == at
        assert part_text(writer.text, at) == parts[-1]


@given(json_values, st.data())
def test_no_key_is_called_a_duplicate_that_is_none(value: Any, data: st.DataObject) -> None:
    writer = written(Writer(data), value)
    assert duplicate_keys(writer.text) == []


@given(json_values, st.data())
def test_every_duplicate_key_is_found_at_its_second_name(value: Any, data: st.DataObject) -> None:
    writer = written(TwiceWriter(data), value)
    assert duplicate_keys(writer.text) == sorted(writer.twice, key=lambda item: item[1])
    lost = []
    json.loads(
        writer.text, object_pairs_hook=lambda pairs: lost.append(len(pairs) - len(dict(pairs)))
    )
    assert len(writer.twice) == sum(lost)


@given(json_values, st.data())
def test_of_equal_keys_the_last_one_is_the_place(value: Any, data: st.DataObject) -> None:
    writer = written(TwiceWriter(data), value)
    read = json.loads(writer.text)
    for parts in writer.value_at:
        try:
            expected = at_parts(read, parts)
        except (KeyError, IndexError, TypeError):
            continue
        assert repr(part_text(writer.text, offset_of(writer.text, parts))) == repr(expected)


@given(st.lists(keys | st.integers(0, 99), max_size=5))
def test_a_pointer_is_read_back_as_rfc_6901_says(parts: list[int | str]) -> None:
    text = pointer(tuple(parts))
    read = [part.replace("~1", "/").replace("~0", "~") for part in text.split("/")[1:]]
    assert read == [str(part) for part in parts]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((), ""),
        (("",), "/"),
        (("a/b",), "/a~1b"),
        (("m~n",), "/m~0n"),
        (("~1",), "/~01"),
        (("objects", 0, "category"), "/objects/0/category"),
        (('k"l', " "), '/k"l/ '),
    ],
)
def test_pointers_are_escaped(parts: Parts, expected: str) -> None:
    assert pointer(parts) == expected


DUPLICATES = {
    '{"a":1,"a":2}': [(("a",), 7)],
    r'{"a":1,"\u0061":2}': [(("a",), 7)],
    r'{"\u0061":1,"a":2}': [(("a",), 12)],
    '{"a" :1,"a"\t:2}': [(("a",), 8)],
    '{"a"\n:1,"a"\r\n:2}': [(("a",), 8)],
    '{"a":1,"a":2,"a":3}': [(("a",), 7), (("a",), 13)],
    '[{"a":1},{"a":2}]': [],
    '{"a":{"a":{"a":1}}}': [],
    '[[{"x":[0,{"a":1,"a":2}]}]]': [((0, 0, "x", 1, "a"), 17)],
    '{"a":{"b":1,"b":2},"a":{"c":1,"c":2}}': [
        (("a", "b"), 12),
        (("a",), 19),
        (("a", "c"), 30),
    ],
    '{"":1,"":2}': [(("",), 6)],
    r'{"\"":1,"\u0022":2}': [(('"',), 8)],
    r'{"\ud83d\udee9":1,"🛩":2}': [(("🛩",), 18)],
    '{"\u00e9":1,"e\u0301":2}': [],
    "[]": [],
    '"a"': [],
}


@pytest.mark.parametrize(("text", "expected"), DUPLICATES.items(), ids=range(len(DUPLICATES)))
def test_duplicate_keys_are_found(text: str, expected: list[tuple[Parts, int]]) -> None:
    assert duplicate_keys(text) == expected
    assert duplicate_keys(f" \n{text}\n") == [(parts, at + 2) for parts, at in expected]


def test_a_duplicate_is_found_at_the_depth_that_a_parser_still_reads() -> None:
    depth = 190
    text = '{"a":' * depth + '{"b":1,"b":2}' + "}" * depth
    assert duplicate_keys(text) == [(("a",) * depth + ("b",), text.index('"b":2'))]


@pytest.mark.parametrize(
    ("text", "parts", "expected"),
    [
        ('{"a":{"b":1}}', ("a", "c"), 5),
        ('{"a":{"b":1}}', ("x", "c"), 0),
        ('{"a":[1,2]}', ("a", 2), 5),
        ('{"a":"text"}', ("a", 0), 5),
        ('{"a":1', ("a",), 5),
        ('{"a":tru', ("a",), 0),
        ("  {}", ("a",), 2),
        ("", ("a",), 0),
    ],
)
def test_where_there_is_nothing_the_innermost_value_is_the_place(
    text: str, parts: Parts, expected: int
) -> None:
    assert offset_of(text, parts) == expected


def test_a_number_in_an_object_is_a_name_and_in_an_array_a_position() -> None:
    text = '{"0":["x","y"]}'
    assert offset_of(text, ("0", 1)) == text.index('"y"')
    assert offset_of(text, (0,)) == 0


@given(st.text('{}[]",: \\ua0', max_size=30))
def test_places_in_a_text_that_is_no_json_are_within_it(text: str) -> None:
    assert 0 <= offset_of(text, ("a", 0)) <= len(text)


@pytest.mark.parametrize("text", ['"a"', "1", "null", "", " {}"])
def test_what_is_no_object_and_no_array_has_no_members(text: str) -> None:
    assert list(members(text, 0)) == []
