"""The table of states by months: its bounds hold what may be, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from math import inf
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.dossier.states_by_months import COUNTS, Count
from airspace_events.errors import UnknownNameError
from airspace_events.testing import strategies as aes
from one_incursion import incursion

Row = tuple[str | None, str | None, str | None, int, int | None]


def table(*incursions: ae.Incursion, **how: Any) -> list[Row]:
    found = ae.Dossier(incursions).states_by_months(**how)
    return [(row.state, row.month, row.kind, row.least, row.most) for row in found]


def at(name: str, value: str, **fields: Any) -> ae.Incursion:
    return incursion(id=name, time={"value": value, "timezone": "Europe/Riga"}, **fields)


def test_a_window_over_two_months_is_possible_in_both() -> None:
    assert table(at("a", "2024-09-07"), at("b", "2024-09-30/2024-10-01")) == [
        ("LV", "2024-09", "crossing", 1, 2),
        ("LV", "2024-10", "crossing", 0, 1),
    ]


def test_a_month_is_that_of_the_place() -> None:
    (row,) = table(at("a", "2024-09-30T22:30:00Z"))
    assert row == ("LV", "2024-10", "crossing", 1, 1)


def test_an_incursion_whose_month_is_unknown_has_a_row_of_its_own() -> None:
    assert table(at("a", "2024-09-07"), at("b", "/2024-09-07"), at("c", "2024-09?")) == [
        ("LV", "2024-09", "crossing", 1, 2),
        ("LV", None, "crossing", 1, 1),
    ]


def test_possible_duplicates_count_once_at_least_and_twice_at_most() -> None:
    second = at("b", "2024-09-08", possibly_same_as=[{"incursion": "a"}])
    assert table(at("a", "2024-09-07"), second) == [("LV", "2024-09", "crossing", 1, 2)]


def test_an_aggregate_has_no_known_most() -> None:
    several = at("a", "2024-09-07", scope="aggregate")
    assert table(several) == [("LV", "2024-09", "crossing", 1, None)]


def test_kinds_and_states_are_never_added_up() -> None:
    zones = [{"type": "ADIZ", "entry": "reported"}]
    told = [
        at("a", "2024-09-07", totals={"crossings": {"min": 2, "max": 3}}),
        at("b", "2024-09-08", zones=zones),
        at("c", "2024-09-09", zones=zones, crossing=None, state="EE"),
        at("d", "2024-09-09", zones=zones, crossing=None, state=None),
    ]
    assert table(*told) == [
        ("EE", "2024-09", "adiz_entry", 1, 1),
        ("LV", "2024-09", "adiz_entry", 1, 1),
        ("LV", "2024-09", "crossing", 2, 2),
        (None, "2024-09", "adiz_entry", 1, 1),
    ]
    assert table(*told[:1], *told[2:], count="crossings") == [("LV", "2024-09", "crossing", 2, 3)]


def test_discounted_incursions_are_counted_only_on_request() -> None:
    told = [at("a", "2024-09-07"), at("b", "2024-09-08", occurrence="discounted")]
    told.append(at("c", "2024-10-08", occurrence="confirmed", crossing="confirmed"))
    assert [row[1:] for row in table(*told)] == [
        ("2024-09", "crossing", 1, 1),
        ("2024-10", "crossing", 1, 1),
    ]
    assert table(*told, status="confirmed") == [("LV", "2024-10", "crossing", 1, 1)]
    assert table(*told, status="discounted") == [("LV", "2024-09", "nothing", 1, 1)]
    assert table(*told, incursions=told[1:2]) == [("LV", "2024-09", "nothing", 1, 1)]


def test_words_that_there_are_not() -> None:
    with pytest.raises(UnknownNameError, match="did you mean incursions"):
        table(count="incursion")
    with pytest.raises(UnknownNameError, match="did you mean confirmed"):
        table(status="confirm")


def test_a_frame_has_types_and_missing_values() -> None:
    several = at(
        "b", "2024-10", scope="aggregate", state=None, crossing=None, places=[{"name": "x"}]
    )
    found = ae.Dossier([at("a", "2024-09-07"), several]).states_by_months()
    first, second = found.frame(), found.frame("polars")
    assert isinstance(first, pd.DataFrame)
    assert {str(one) for one in first.dtypes} == {"string", "Int64"}
    assert pd.isna(first["most"][1])
    assert pd.isna(first["state"][1])
    assert isinstance(second, pl.DataFrame)
    assert second.rows() == [
        ("LV", "2024-09", "crossing", 1, 1),
        (None, "2024-10", None, 1, None),
    ]
    empty = ae.Dossier([]).states_by_months()
    assert list(empty.frame().dtypes) == list(first.dtypes)
    assert empty.frame("polars").schema == second.schema


@given(
    st.lists(aes.incursions(), max_size=5, unique_by=lambda one: one.id), st.sampled_from(COUNTS)
)
@settings(deadline=None)
def test_the_months_of_a_state_hold_its_total(
    incursions: list[ae.Incursion], count: Count
) -> None:
    dossier = ae.Dossier([])
    least: dict[Any, float] = defaultdict(float)
    most: dict[Any, float] = defaultdict(float)
    for row in dossier.states_by_months(incursions, count=count):
        assert row.most is None or 0 <= row.least <= row.most
        least[row.state, row.kind] += row.least
        most[row.state, row.kind] += inf if row.most is None else row.most
    for state, tallies in dossier.summary(incursions).by_state.items():
        for kind, tally in tallies.items():
            total = getattr(tally, count)
            if (state, kind) in least:
                assert least[state, kind] <= (inf if total.max is None else total.max)
                assert most[state, kind] >= total.min
            else:
                assert total.max == 0
