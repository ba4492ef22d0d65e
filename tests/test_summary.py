"""Summaries: bounds add up to bounds, and nothing that nobody said is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.dossier import CountRange, Tally
from airspace_events.dossier.tallies import Sameness
from airspace_events.testing import strategies as aes
from one_incursion import incursion


def summary(*incursions: ae.Incursion) -> Any:
    return ae.Dossier(incursions).summary()


def crossings(*counts: dict[str, Any] | ae.ReportedCount | None) -> CountRange:
    told = [incursion(id=f"i-{n}", totals=counted(count)) for n, count in enumerate(counts)]
    found = summary(*told).by_kind
    return found["crossing"].crossings if told else CountRange()


def records(groups: Mapping[Any, Mapping[Any, Tally]]) -> dict[Any, dict[Any, int]]:
    """How many records there are in each group, by kind."""
    return {
        word: {kind: tally.records for kind, tally in tallies.items()}
        for word, tallies in groups.items()
    }


def counted(crossings: dict[str, Any] | ae.ReportedCount | None) -> dict[str, Any] | None:
    return crossings and {"crossings": crossings}


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        ({"best": 19}, CountRange(19, 19, 19)),
        ({"min": 7}, CountRange(7, None, None)),
        ({"max": 4}, CountRange(0, None, 4)),
        ({"min": 3, "max": 5}, CountRange(3, None, 5)),
        ({"min": 3, "best": 4, "max": 5}, CountRange(3, 4, 5)),
        ({"min": 3, "best": 4}, CountRange(3, 4, None)),
        ({"best": 4, "max": 5}, CountRange(0, 4, 5)),
        ({"min": 3, "max": 3}, CountRange(3, 3, 3)),
        ({"best": 0}, CountRange(0, 0, 0)),
        ({"verbatim": "several"}, CountRange(0, None, None, unknown=1)),
        (None, CountRange(0, None, None, unknown=1)),
    ],
)
def test_a_count_bounds_what_it_says(count: dict[str, Any] | None, expected: CountRange) -> None:
    assert crossings(count) == expected


def test_sums_carry_along_what_is_known() -> None:
    assert crossings({"best": 3}, {"best": 4}) == CountRange(7, 7, 7)
    assert crossings({"best": 3}, {"min": 7}) == CountRange(10, None, None)
    assert crossings({"min": 3, "best": 4, "max": 5}, {"best": 2}) == CountRange(5, 6, 7)
    assert crossings({"best": 3}, None, {"verbatim": "a few"}) == CountRange(3, None, None, 2)
    assert crossings() == CountRange(0, 0, 0)


@pytest.mark.parametrize(
    ("range_", "words"),
    [
        (CountRange(19, 19, 19), "19"),
        (CountRange(0, 0, 0), "0"),
        (CountRange(7, None, None), "at least 7"),
        (CountRange(23, 40, None), "at least 23, best 40"),
        (CountRange(1, None, 2), "1 to 2"),
        (CountRange(1, 2, 3), "1 to 3, best 2"),
        (CountRange(0, None, 4), "at most 4"),
        (CountRange(0, None, None, 3), "no number"),
        (CountRange(0, None, None), "no exact number"),
    ],
)
def test_a_range_can_be_said(range_: CountRange, words: str) -> None:
    assert str(range_) == words


def test_incursions_are_counted_by_state_and_status() -> None:
    found = summary(
        incursion(id="a", totals=counted({"best": 2})),
        incursion(id="b", state="RO", crossing="disputed"),
        incursion(id="c", occurrence="confirmed", crossing="confirmed"),
    )
    assert records(found.by_state) == {"LV": {"crossing": 2}, "RO": {"crossing": 1}}
    assert found.by_state["LV"]["crossing"].crossings == CountRange(2, None, None, unknown=1)
    assert found.by_state["LV"]["crossing"].incursions == CountRange(2, 2, 2)
    assert records(found.by_status) == {
        "confirmed": {"crossing": 1},
        "disputed": {"crossing": 1},
        "reported": {"crossing": 1},
    }


def test_what_was_discounted_is_in_its_status_only() -> None:
    discounted = incursion(id="a", occurrence="discounted")
    found = summary(discounted, incursion(id="b"))
    assert {kind: tally.records for kind, tally in found.by_kind.items()} == {"crossing": 1}
    assert records(found.by_state) == {"LV": {"crossing": 1}}
    assert records(found.by_status)["discounted"] == {"nothing": 1}
    chosen = ae.Dossier([discounted]).summary([discounted])
    assert records(chosen.by_state) == {"LV": {"nothing": 1}}


def test_kinds_are_counted_apart_and_never_added_up() -> None:
    zones = [{"type": "ADIZ", "entry": "reported"}]
    totals = {name: {"best": 9} for name in ("zone_entries", "sightings")}
    found = summary(
        incursion(id="a", totals={"crossings": {"best": 2}, **totals}),
        incursion(id="b", crossing=None, zones=zones, totals=totals),
        incursion(id="c", crossing=None, totals=totals),
        incursion(id="d", zones=zones, totals={"crossings": {"best": 1}, **totals}),
        incursion(id="e", crossing=None),
    )
    assert records(found.by_state) == {
        "LV": {"adiz_entry": 2, "crossing": 2, "sighting": 1, None: 1}
    }
    none, nine = CountRange(), CountRange(9, 9, 9)
    counts = {kind: tally[2:5] for kind, tally in found.by_kind.items()}
    assert counts == {
        "adiz_entry": (none, nine.plus(nine), none),
        "crossing": (CountRange(3, 3, 3), none, none),
        "sighting": (none, none, nine),
        None: (none, none, none),
    }


def test_the_objects_of_all_groups_may_be_counted_together() -> None:
    flown = [{"category": "missile", "count": {"best": 2}}, {"category": "balloon"}]
    found = summary(incursion(objects=flown, totals={"objects": {"min": 7}}))
    assert found.by_kind["crossing"].objects == CountRange(7, None, None)
    assert found.by_category["missile"]["crossing"].objects == CountRange(2, 2, 2)


def test_stars_are_no_objects_in_the_air() -> None:
    star = {"category": "celestial", "checked": {"result": "something_else"}}
    flown = [star | {"count": {"best": 14}}, {"category": "balloon", "count": {"best": 1}}]
    found = summary(incursion(objects=flown))
    assert found.by_kind["crossing"].objects == CountRange(1, 1, 1)
    assert found.by_category["celestial"]["crossing"].objects == CountRange(14, 14, 14)


def test_an_incursion_over_no_state_and_a_bare_object_are_counted_too() -> None:
    zones = [{"type": "ADIZ", "entry": "reported"}]
    found = summary(incursion(state=None, crossing=None, zones=zones, objects=[{}]))
    assert records(found.by_state) == {None: {"adiz_entry": 1}}
    assert records(found.by_category) == {None: {"adiz_entry": 1}}
    assert records(found.by_status) == {"reported": {"adiz_entry": 1}}


def test_a_record_of_several_is_at_least_one() -> None:
    found = summary(incursion(id="a", scope="aggregate"), incursion(id="b"))
    unknown = CountRange(0, None, None, 2)
    assert found.by_kind["crossing"] == Tally(
        2, CountRange(2, None, None), unknown, CountRange(), CountRange(), unknown
    )


def test_incursions_that_may_be_the_same_are_at_least_one() -> None:
    first = incursion(id="a", totals=counted({"best": 5}))
    second = incursion(
        id="b", totals=counted({"min": 3, "max": 8}), possibly_same_as=[{"incursion": "a"}]
    )
    for found in (summary(first, second), summary(second, first)):
        assert found.by_kind["crossing"].incursions == CountRange(1, None, 2)
        assert found.by_kind["crossing"].crossings == CountRange(5, None, 13)
    third = incursion(id="c", possibly_same_as=[{"incursion": "b"}])
    assert summary(first, second, third).by_kind["crossing"].incursions == CountRange(1, None, 3)


def test_objects_that_went_on_elsewhere_count_once_for_the_least() -> None:
    flown = {"category": "missile", "id": "it", "count": {"best": 2}}
    first = incursion(id="a", objects=[flown])
    for link in ({"same_as": ["a#it"]}, {"possibly_same_as": [{"object": "a#it"}]}):
        second = incursion(id="b", state="EE", objects=[{**flown, **link}])
        found = summary(first, second)
        assert found.by_kind["crossing"].objects == CountRange(2, None, 4)
        assert found.by_kind["crossing"].incursions == CountRange(2, 2, 2)
        assert found.by_state["EE"]["crossing"].objects == CountRange(2, 2, 2)


def test_that_no_object_is_recorded_is_not_that_there_was_none() -> None:
    flown = {"category": "missile", "count": {"best": 2}}
    found = summary(incursion(id="a"), incursion(id="b", objects=[flown]))
    assert found.by_kind["crossing"].objects == CountRange(2, None, None, unknown=1)


def test_objects_are_counted_by_their_category() -> None:
    found = summary(
        incursion(
            objects=[
                {"category": "missile", "count": {"best": 2}},
                {"category": "balloon", "count": {"verbatim": "some"}},
                {"category": "missile", "count": {"min": 1}},
            ]
        )
    )
    assert found.by_category["missile"]["crossing"].objects == CountRange(3, None, None)
    assert found.by_category["balloon"]["crossing"].objects == CountRange(0, None, None, unknown=1)
    assert found.by_kind["crossing"].objects == CountRange(3, None, None, unknown=1)
    assert list(found.by_category) == ["balloon", "missile"]


@pytest.mark.parametrize(
    ("value", "months"),
    [
        ("2024-09-07", {"2024-09": CountRange(1, 1, 1)}),
        ("2024-09", {"2024-09": CountRange(1, 1, 1)}),
        ("2024-09-20T23:30:00Z", {"2024-09": CountRange(1, 1, 1)}),
        # Without a time zone, it may have been October already.
        (
            "2024-09-30T23:30:00Z",
            {"2024-09": CountRange(0, None, 1), "2024-10": CountRange(0, None, 1)},
        ),
        ("2024-09-07?", {"2024-09": CountRange(0, None, 1)}),
        (
            "2024-09-30/2024-10-01",
            {"2024-09": CountRange(0, None, 1), "2024-10": CountRange(0, None, 1)},
        ),
        ("2024-12/2025-01", dict.fromkeys(("2024-12", "2025-01"), CountRange(0, None, 1))),
        ("2024-09/..", {}),
        ("/2024-09-18", {}),
        ("202X", {}),
    ],
)
def test_a_month_has_what_was_in_it_certainly_or_possibly(
    value: str, months: dict[str, CountRange]
) -> None:
    found = summary(incursion(time={"value": value}, totals=counted({"best": 3})))
    tallies = {month: found.by_month[month]["crossing"] for month in found.by_month}
    assert {month: tally.incursions for month, tally in tallies.items()} == months
    unknown = found.month_unknown
    assert (unknown["crossing"].records if unknown else 0) == int(not months)
    if len(months) > 1:
        tally = next(iter(tallies.values()))
        assert tally.crossings == CountRange(0, None, 3)


def test_a_year_spans_its_twelve_months_and_no_more() -> None:
    assert len(summary(incursion(time={"value": "2024"})).by_month) == 12
    assert (
        summary(incursion(time={"value": "2024/2025-01"})).month_unknown["crossing"].records == 1
    )


_counts = st.none() | aes.reported_counts()


@given(st.lists(_counts, max_size=6))
def test_the_least_is_never_more_than_the_most(counts: list[ae.ReportedCount | None]) -> None:
    total = crossings(*counts)
    numbers = [number for number in (total.min, total.best, total.max) if number is not None]
    assert numbers == sorted(numbers)
    assert total.unknown == sum(
        count is None or (count.min, count.best, count.roughly, count.max) == (None,) * 4
        for count in counts
    )


@given(st.lists(aes.incursions(), max_size=4, unique_by=lambda one: one.id))
@example([incursion(id="a"), incursion(id="b", time={"value": "2000-01"}, replaces=["a"])])
def test_the_parts_add_up_to_the_whole(incursions: list[ae.Incursion]) -> None:
    found = ae.Dossier([]).summary(incursions)
    expected = Counter(kind for one in incursions for kind in one.kinds or (None,))
    same = Sameness(incursions)
    # Two records of one incursion, in two months, count once in each month and once in all.
    perhaps_twice = len(incursions) - len({same.of_incursion(one.id) for one in incursions})
    for groups in (found.by_state, found.by_status):
        parts = Counter[Any]()
        for tallies in records(groups).values():
            parts.update(tallies)
        assert parts == expected
    assert {kind: tally.records for kind, tally in found.by_kind.items()} == expected
    for kind, whole in found.by_kind.items():
        months = [tallies[kind] for tallies in found.by_month.values() if kind in tallies]
        most = max((tally.records for tally in months), default=0)
        elsewhen = found.month_unknown[kind].records if kind in found.month_unknown else 0
        assert most + elsewhen <= whole.records
        least = sum(tally.incursions.min for tally in months)
        assert least <= whole.incursions.min + perhaps_twice


def rows(*incursions: ae.Incursion, by: Any) -> dict[tuple[Any, ...], tuple[int, int]]:
    """Return how many records are certainly and possibly in each group."""
    return {
        (*row.group.values(), row.kind): (row.certain.records, row.possible.records)
        for row in ae.Dossier(incursions).summary(by=by)
    }


def test_groups_keep_certain_and_possible_records_apart() -> None:
    told = [
        incursion(id="a", time={"value": "2024-09-07", "timezone": "Europe/Riga"}),
        incursion(id="b", time={"value": "2024-09-30/2024-10-01", "timezone": "Europe/Riga"}),
        incursion(id="c", time={"value": "2024-09?", "timezone": "Europe/Riga"}, state="EE"),
        incursion(
            id="d", time={"value": "../2024"}, crossing=None, totals={"sightings": {"best": 1}}
        ),
    ]
    assert rows(*told, by=("month", "state")) == {
        ("2024-09", "EE", "crossing"): (0, 1),
        ("2024-09", "LV", "crossing"): (1, 1),
        ("2024-10", "LV", "crossing"): (0, 1),
        (None, "LV", "sighting"): (1, 0),
    }
    assert rows(*told, by="state") == {
        ("EE", "crossing"): (1, 0),
        ("LV", "crossing"): (2, 0),
        ("LV", "sighting"): (1, 0),
    }
    assert rows(*told, by=()) == {("crossing",): (3, 0), ("sighting",): (1, 0)}


def test_a_group_counts_the_objects_of_its_category_and_loses_no_record() -> None:
    objects = [{"category": "balloon", "count": {"best": 2}}, {"category": "missile"}]
    told = [incursion(id="a", objects=objects), incursion(id="b")]
    found = ae.Dossier(told).summary(by=("category", "state"))
    assert [(row.group["category"], row.certain.objects) for row in found] == [
        ("balloon", CountRange(2, 2, 2)),
        ("missile", CountRange(0, None, None, unknown=1)),
        (None, CountRange(0, None, None, unknown=1)),
    ]


def test_what_the_desk_has_discounted_counts_by_status_only() -> None:
    told = [incursion(id="a"), incursion(id="b", occurrence="discounted")]
    assert rows(*told, by="state") == {("LV", "crossing"): (1, 0)}
    assert rows(*told, by=("status", "state")) == {
        ("discounted", "LV", "nothing"): (1, 0),
        ("reported", "LV", "crossing"): (1, 0),
    }


@given(st.lists(aes.incursions(), max_size=4, unique_by=lambda one: one.id))
def test_groups_by_month_count_what_the_summary_counts(told: list[ae.Incursion]) -> None:
    dossier = ae.Dossier(told)
    by_month = dossier.summary().by_month
    found = [row for row in dossier.summary(by="month") if row.group["month"] is not None]
    assert {row.group["month"] for row in found} == set(by_month)
    for row in found:
        tally = by_month[row.group["month"] or ""][row.kind]
        assert row.certain.records + row.possible.records == tally.records


def test_a_row_is_words_and_numbers_for_a_data_frame() -> None:
    (row,) = ae.Dossier([incursion(totals={"crossings": {"min": 3}})]).summary(by=("month",))
    found = row.to_dict()
    assert (found["month"], found["kind"], found["certain_records"]) == ("2024-09", "crossing", 1)
    assert (found["certain_crossings_min"], found["certain_crossings_max"]) == (3, None)
    assert found["possible_records"] == 0


def test_an_unknown_group_is_refused() -> None:
    with pytest.raises(ae.UnknownNameError, match=r'"mont": not a summary group.*month'):
        ae.Dossier([]).summary(by=("mont",))  # type: ignore[arg-type]


def test_an_instant_counts_in_the_month_of_the_place() -> None:
    time = {"value": "2024-09-30T22:30:00Z", "timezone": "Europe/Riga"}
    assert rows(incursion(time=time), by="month") == {("2024-10", "crossing"): (1, 0)}
    assert set(summary(incursion(time=time)).by_month) == {"2024-10"}


def test_an_instant_without_a_zone_may_be_in_two_months() -> None:
    late, noon = ({"value": f"2024-09-{hour}:00:00Z"} for hour in ("30T22", "20T12"))
    assert rows(incursion(time=late), by="month") == {
        ("2024-09", "crossing"): (0, 1),
        ("2024-10", "crossing"): (0, 1),
    }
    assert rows(incursion(time=noon), by="month") == {("2024-09", "crossing"): (1, 0)}
