"""The table of ids, and what is put aside on disk."""

from hypothesis import given
from hypothesis import strategies as st

from airspace_events.validation.id_table import NO_DAY, HashTable, IdTable
from airspace_events.validation.spool import Spool


@given(st.lists(st.text(max_size=8), max_size=3_000))
def test_a_table_finds_what_a_dictionary_finds(names: list[str]) -> None:
    table, rows = HashTable(), dict[str, int]()
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
    assert (table.kind_of(row), table.flags[row], table.above[row]) == ("", 0, 0)


def test_ids_take_a_few_bytes_each() -> None:
    table = IdTable()
    for number in range(100_000):
        table.row(f"lv-2024-09-07-{number}")
    columns = [value for value in vars(table).values() if hasattr(value, "itemsize")]
    assert sum(column.itemsize * len(column) for column in columns) / 100_000 < 50


def test_a_spool_gives_back_what_it_was_given_as_often_as_asked() -> None:
    spool = Spool()
    held = [["é" * 1_000, number, None, [1, [2]]] for number in range(2_000)]
    for values in held:
        spool.add(*values)
    assert list(spool) == held
    spool.add("more")
    assert list(spool) == [*held, ["more"]]
    assert len(spool) == 2_001
