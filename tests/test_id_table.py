"""The table of ids, and what is put aside on disk."""

import tracemalloc
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from airspace_events.feeds import id_table
from airspace_events.feeds.id_table import NO_DAY, HashSet, IdTable, RowMap
from airspace_events.feeds.spool import NumberSpool, Spool

#: Enough ids for what each takes to count for more than what a table takes once.
MANY = 100_000


@given(st.lists(st.text(max_size=8), max_size=3_000))
def test_a_table_finds_what_a_dictionary_finds(names: list[str]) -> None:
    table, rows = IdTable(), dict[str, int]()
    for name in names:
        assert table.find(name) == rows.get(name)
        assert table.row(name) == rows.setdefault(name, len(rows))
    assert len(table) == len(rows)
    assert all(table.find(name) == row for name, row in rows.items())
    assert table.find("a name that is longer than all") is None


def test_a_table_grows_and_keeps_what_it_has() -> None:
    table = IdTable()
    for number in range(20_000):
        row = table.row(f"id-{number}")
        table.first[row] = number
    assert len(table) == 20_000
    assert all(table.first[table.row(f"id-{number}")] == number for number in range(20_000))


def test_a_new_row_knows_nothing() -> None:
    table = IdTable()
    row = table.row("new")
    assert (table.first[row], table.last[row]) == (NO_DAY, NO_DAY)
    assert (table.kind_of(row), table.flags[row], table.above.get(row)) == ("", 0, None)


@given(st.lists(st.text(max_size=8), max_size=3_000))
def test_a_set_holds_what_a_set_holds(names: list[str]) -> None:
    hashes, known = HashSet(), set[str]()
    for name in names:
        assert (name in hashes) == (name in known)
        assert hashes.add(name) == (name not in known)
        known.add(name)
        assert name in hashes
    assert len(hashes) == len(known)


def test_a_table_finds_all_when_its_buckets_were_divided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(id_table, "_FULLEST", 0.01)
    table, some = IdTable(), HashSet()
    for number in range(5_000):
        table.row(f"id-{number}")
        some.add(f"id-{number}")
    table._recent.clear()
    assert len(table._rows._buckets) > 400_000
    assert all(table.find(f"id-{number}") == number for number in range(5_000))
    assert all(f"id-{number}" in some for number in range(5_000))
    assert table.find("id") is None
    assert "id" not in some


@given(st.dictionaries(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1)))
def test_a_map_of_rows_gives_what_a_dictionary_gives(rows: dict[int, int]) -> None:
    held = RowMap()
    for row, other in rows.items():
        assert held.get(row) is None
        held.set(row, other)
    assert all(held.get(row) == other for row, other in rows.items())
    assert len(held) == len(rows)


def test_ids_take_a_few_bytes_each() -> None:
    tracemalloc.start()
    try:
        table = IdTable()
        before, _ = tracemalloc.get_traced_memory()
        for number in range(MANY):
            table.row(f"lv-2024-09-07-{number}")
        table._recent.clear()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (after - before) / MANY < 30


def test_a_set_takes_a_few_bytes_each() -> None:
    names = [f"lv-2024-09-07-{number}" for number in range(MANY)]
    tracemalloc.start()
    try:
        some = HashSet()
        assert all(some.add(name) for name in names)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held / MANY < 15


def test_a_spool_gives_back_what_it_was_given_as_often_as_asked() -> None:
    spool, offsets = Spool(), list[int]()
    held = [["é" * 1_000, number, None, [1, [2]]] for number in range(2_000)]
    for values in held:
        offsets.append(spool.add(*values))
    assert list(spool) == held
    spool.add("more")
    assert list(spool) == [*held, ["more"]]
    assert len(spool) == 2_001
    assert [spool.at(offset) for offset in reversed(offsets)] == held[::-1]


@given(st.lists(st.tuples(*[st.integers(0, 2**64 - 1)] * 3), max_size=50))
def test_a_spool_keeps_numbers_together(added: list[tuple[int, ...]]) -> None:
    spool = NumberSpool()
    repeated = added * 100
    for numbers in repeated:
        spool.add(*numbers)
    chunks = list(spool.chunks(3))
    assert all(len(chunk) % 3 == 0 for chunk in chunks)
    assert [number for chunk in chunks for number in chunk] == list(chain(*repeated))
