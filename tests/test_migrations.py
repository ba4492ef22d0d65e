"""Records of older versions are brought to this one, and each change is accounted for."""

import copy
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.feeds.migrations import MIGRATIONS, Migrations, migrate
from airspace_events.feeds.rewriting import (
    NOTHING,
    JsonObject,
    Rewrite,
    Rewriting,
    unaccounted,
    value_at,
)
from made_up_version import HEADER, INCURSION, NOW, REPORT, from_0_9, made_up

Parts = tuple[int | str, ...]


def chain() -> Migrations:
    """A made-up 0.8 before the 0.9: the time was text, and objects had a class of things."""
    migrations = made_up()

    @migrations.register("0.8", "0.9")
    def _from_0_8(record: Mapping[str, Any]) -> tuple[JsonObject, Sequence[Rewrite]]:
        rewriting = Rewriting(record)
        rewriting.rename(("things",), "objects", "things are called objects")
        if isinstance(record.get("date"), str):
            time = {"value": record["date"]}
            rewriting.put(("date",), time, "value_wrapped", "a date is an object")
            rewriting.rename(("date",), "when", "date is called when")
        return rewriting.done()

    return migrations


# What comes out.


def test_this_library_knows_no_older_version_yet() -> None:
    assert MIGRATIONS.steps_from("0.9") == ()
    assert MIGRATIONS.steps_from(ae.SCHEMA_VERSION) == ()


def test_a_record_is_brought_to_the_version_that_is_known() -> None:
    now = [json.loads(line) for line in NOW.splitlines()]
    for old, new in zip([HEADER, REPORT, INCURSION], now, strict=True):
        assert migrate("0.9", json.loads(old), made_up()).record == new


def test_each_change_is_told_with_its_place_and_values() -> None:
    migrated = migrate("0.9", json.loads(INCURSION), made_up())
    told = [(one.name, one.pointer, one.after, one.old, one.new) for one in migrated.changes]
    time, depth = {"value": "2024-09-07"}, {"best": 3.5, "unit": "km"}
    assert told == [
        ("field_renamed", "/when", ("time",), time, time),
        ("field_removed", "/priority", None, 2, NOTHING),
        ("unit_changed", "/depth_m", ("depth",), 3500, depth),
        ("field_renamed", "/depth_m", ("depth",), 3500, depth),
        (
            "word_renamed",
            "/objects/1/category",
            ("objects", 1, "category"),
            "drone",
            "uncrewed_aircraft",
        ),
    ]
    assert all(one.message for one in migrated.changes)


def test_a_field_that_is_renamed_stays_in_its_place() -> None:
    fields = list(migrate("0.9", json.loads(INCURSION), made_up()).record)
    assert fields[3:7] == ["time", "crossing", "depth", "objects"]


def test_a_header_tells_its_new_version() -> None:
    migrated = migrate("0.9", json.loads(HEADER), made_up())
    [renamed, version] = migrated.changes
    assert (renamed.pointer, version.pointer) == ("/issuer", "/schema_version")
    assert (version.old, version.new) == ("0.9", "1.0")
    assert "from schema version 0.9 to 1.0" in version.message


def test_migrations_are_chained_and_places_are_those_of_the_first_version() -> None:
    record = {
        "type": "incursion",
        "date": "2024-09-07",
        "things": [{"category": "drone"}],
    }
    before = copy.deepcopy(record)
    migrated = migrate("0.8", record, chain())
    assert migrated.record == {
        "type": "incursion",
        "time": {"value": "2024-09-07"},
        "objects": [{"category": "uncrewed_aircraft"}],
    }
    assert record == before
    assert [one.pointer for one in migrated.changes] == [
        "/things",
        "/date",
        "/date",
        "/date",
        "/things/0/category",
    ]
    assert migrated.place_before(("objects", 0, "category")) == ("things", 0, "category")
    assert migrated.place_before(("time", "value")) == ("date", "value")
    assert migrated.place_before(("type",)) == ("type",)


def test_the_place_of_what_is_new_is_that_of_what_holds_it() -> None:
    migrations = Migrations("1.0")

    @migrations.register("0.9", "1.0")
    def _add(record: Mapping[str, Any]) -> tuple[JsonObject, Sequence[Rewrite]]:
        rewriting = Rewriting(record)
        rewriting.put(("time", "zone"), {"name": "UTC"}, "field_added", "times have a zone")
        return rewriting.done()

    migrated = migrate("0.9", {"time": {"value": "2024"}}, migrations)
    [change] = migrated.changes
    assert (change.before, change.pointer, change.old) == (None, "/time/zone", NOTHING)
    assert migrated.place_before(("time", "zone", "name")) == ("time",)


def test_without_a_way_a_record_stays_as_it_is() -> None:
    record = json.loads(INCURSION)
    for version in ("1.0", "1.7", "2.0", "0.7", ""):
        migrated = migrate(version, record, chain())
        assert migrated.record == record
        assert list(migrated.changes) == []


@pytest.mark.parametrize(
    ("known", "way"),
    [("1.0", ["0.8", "0.9"]), ("1.4", ["0.8", "0.9"]), ("2.0", []), ("0.9", [])],
)
def test_a_way_must_end_within_the_major_version_that_is_known(known: str, way: list[str]) -> None:
    migrations = Migrations(known)
    migrations.register("0.9", "1.0")(from_0_9)
    migrations.register("0.8", "0.9")(from_0_9)
    assert [step.of for step in migrations.steps_from("0.8")] == way


@pytest.mark.parametrize("version", [None, 0.9, ["0.9"], {}, "0.9 ", "x"])
def test_what_is_no_version_has_no_way(version: object) -> None:
    assert made_up().steps_from(version) == ()


@pytest.mark.parametrize("pair", [("0.9", "1.0"), ("1.0", "1.0"), ("1.0", "0.9"), ("1.10", "1.9")])
def test_a_migration_leads_to_a_later_version_and_there_is_one_only(pair: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="no migration from"):
        made_up().register(*pair)


NAMES = st.sampled_from(
    ["type", "when", "time", "date", "things", "objects", "category", "depth_m", "issuer", "~/"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from([0.5, "drone", "x", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
RECORDS = st.dictionaries(NAMES, JSON, max_size=6).flatmap(
    lambda record: st.sampled_from(["feed", "report", "incursion", 5]).map(
        lambda kind: {"schema_version": "0.8", **record, "type": kind}
    )
)


@given(RECORDS)
def test_whatever_a_record_holds_it_is_migrated_and_accounted_for(record: JsonObject) -> None:
    before = copy.deepcopy(record)
    migrated = migrate("0.8", record, chain())
    assert record == before
    for change in migrated.changes:
        if change.before is not None:
            assert value_at(record, change.before) is not NOTHING


# A migration that does not tell what it does is found.

OLD: JsonObject = {"a": 1, "b": {"c": [1, {"d": "x"}], "e": {}}, "f": None}


def renamed(name: str, to: str) -> Rewrite:
    return Rewrite("renamed", "it has another name", (name,), (to,), OLD[name], OLD[name])


# The record that comes out, what is told, and the pointers that are not accounted for.
FORGETFUL: dict[str, tuple[JsonObject, list[Rewrite], list[str]]] = {
    "a field is dropped": ({"b": OLD["b"], "f": None}, [], ["/a"]),
    "a null is dropped": ({"a": 1, "b": OLD["b"]}, [], ["/f"]),
    "an empty object is dropped": ({**OLD, "b": {"c": OLD["b"]["c"]}}, [], ["/b/e"]),
    "an item is dropped": ({**OLD, "b": {"c": [1], "e": {}}}, [], ["/b/c/1/d"]),
    "a value is another": ({**OLD, "a": 2}, [], ["/a"]),
    "a value is of another type": ({**OLD, "a": 1.0}, [], ["/a"]),
    "something is added": ({**OLD, "z": {"y": 5}}, [], ["/z/y"]),
    "a field is renamed": ({"A": 1, "b": OLD["b"], "f": None}, [], ["/a", "/A"]),
    "a part of what moved is dropped": (
        {"a": 1, "B": {"c": OLD["b"]["c"]}, "f": None},
        [Rewrite("renamed", "", ("b",), ("B",), OLD["b"], {"c": OLD["b"]["c"]})],
        ["/b/e"],
    ),
    "it is told of another value": (
        {"A": 1, "b": OLD["b"], "f": None},
        [Rewrite("renamed", "", ("a",), ("A",), 7, 1)],
        ["/a"],
    ),
    "it is told that something else came out": (
        {**OLD, "a": 2},
        [Rewrite("changed", "", ("a",), ("a",), 1, 3)],
        ["/a"],
    ),
    "one takes the place of another": (
        {"a": None, "b": OLD["b"]},
        [renamed("f", "a")],
        ["/a"],
    ),
    "one takes the place of its equal": (
        {"a": 1, "b": OLD["b"], "f": None},
        [Rewrite("renamed", "", ("f",), ("a",), None, 1)],
        ["/a", "/f"],
    ),
    "all is told as dropped": (
        {"z": 1},
        [
            Rewrite("removed", "", (), None, OLD),
            Rewrite("added", "", None, ("z",), NOTHING, 1),
        ],
        ["/a", "/b/e"],
    ),
    "all is told at once": ({"z": 1}, [Rewrite("changed", "", (), (), OLD, {"z": 1})], ["/a"]),
}


@pytest.mark.parametrize(("new", "told", "missing"), FORGETFUL.values(), ids=FORGETFUL.keys())
def test_what_a_migration_forgets_to_tell_is_found(
    new: JsonObject, told: list[Rewrite], missing: list[str]
) -> None:
    assert set(missing) <= set(unaccounted(OLD, new, told))
    migrations = Migrations("1.0")
    migrations.register("0.9", "1.0")(lambda _: (new, told))
    with pytest.raises(ae.RecordError, match="does not tell it") as caught:
        migrate("0.9", OLD, migrations)
    assert caught.value.pointer in unaccounted(OLD, new, told)


def test_what_is_told_is_accounted_for() -> None:
    new = {"A": 1, "b": {"c": [1, {"d": "y"}]}, "z": 5}
    told = [
        renamed("a", "A"),
        Rewrite("word", "", ("b", "c", 1, "d"), ("b", "c", 1, "d"), "x", "y"),
        Rewrite("removed", "", ("b", "e"), None, {}),
        Rewrite("removed", "", ("f",), None, None),
        Rewrite("added", "", None, ("z",), NOTHING, 5),
    ]
    assert unaccounted(OLD, new, told) == []
    assert all(unaccounted(OLD, new, [*told[:n], *told[n + 1 :]]) for n in range(len(told)))


PLACES = st.sampled_from(
    [("a",), ("b",), ("b", "c"), ("b", "c", 0), ("b", "c", 1, "d"), ("b", "e"), ("f",), ("z",)]
)
VALUES = st.sampled_from([0, None, {}, {"c": 1}, [], "x"])
Edit = Callable[[Rewriting], None]
EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.tuples(PLACES, st.sampled_from("abcz")).map(
        lambda one: lambda rewriting: rewriting.rename(one[0], one[1], "renamed")
    ),
    st.tuples(PLACES, VALUES).map(
        lambda one: lambda rewriting: rewriting.put(one[0], one[1], "put", "put")
    ),
    PLACES.map(lambda parts: lambda rewriting: rewriting.remove(parts, "removed", "removed")),
)


@given(st.lists(EDITS, max_size=4))
def test_a_rewriting_keeps_account_of_itself(edits: list[Edit]) -> None:
    before = copy.deepcopy(OLD)
    rewriting = Rewriting(OLD)
    for edit in edits:
        edit(rewriting)
    new, told = rewriting.done()
    assert before == OLD
    assert unaccounted(OLD, new, told) == []
    if new != OLD:
        assert told


def test_what_is_put_is_a_copy_that_later_changes_do_not_reach() -> None:
    empty: JsonObject = {}
    rewriting = Rewriting(OLD)
    rewriting.put(("b",), empty, "put", "put")
    rewriting.put(("b", "c"), empty, "put", "put")
    # What held itself would have no end for whoever goes through it.
    assert empty == {}
    new, told = rewriting.done()
    assert new["b"] == {"c": {}}
    assert unaccounted(OLD, new, told) == []


def test_where_an_object_is_put_for_an_object_each_part_is_told() -> None:
    rewriting = Rewriting(OLD)
    rewriting.put(("b",), {"c": [1], "g": 2}, "shape_changed", "b has another shape")
    new, told = rewriting.done()
    assert new == {"a": 1, "b": {"c": [1], "g": 2}, "f": None}
    assert {(one.before, one.after) for one in told} == {
        (("b",), ("b",)),
        (("b", "c", 1, "d"), None),
        (("b", "e"), None),
        (None, ("b", "g")),
    }
    assert unaccounted(OLD, new, told) == []


@pytest.mark.parametrize(
    "error", [KeyError("x"), TypeError("x"), ValueError("x"), IndexError("x"), ZeroDivisionError()]
)
def test_a_record_that_a_migration_cannot_understand_is_an_error(error: Exception) -> None:
    migrations = Migrations("1.0")

    @migrations.register("0.9", "1.0")
    def _fail(_: Mapping[str, Any]) -> tuple[JsonObject, Sequence[Rewrite]]:
        raise error

    with pytest.raises(ae.RecordError, match="cannot be brought from schema"):
        migrate("0.9", {"id": "a"}, migrations)


def test_a_header_without_its_version_is_told_as_one() -> None:
    [change] = migrate("0.9", {"type": "feed"}, made_up()).changes
    assert (change.before, change.new) == (None, "1.0")


def test_nothing_says_that_it_is_nothing() -> None:
    assert repr(NOTHING) == "NOTHING"
