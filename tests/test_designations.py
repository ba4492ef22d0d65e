"""Designations: which names of aerial objects mean the same."""

import pytest

import airspace_events as ae
from airspace_events.reference.designations import DesignationDirectory


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Shahed-136", "Shahed-136"),
        ("Shahed 136", "Shahed-136"),
        ("shahed136", "Shahed-136"),
        ("Geran-2", "Shahed-136"),
        ("Герань-2", "Shahed-136"),
        ("ГЕРАНЬ-2", "Shahed-136"),
        ("Geran-1", "Shahed-131"),
        ("Gerbera", "Gerbera"),
        ("Su 27", "Su-27"),
        ("F16", "F-16"),
        *((name, name) for name in ("H-6", "J-16", "Y-8", "Y-9", "KJ-500", "BZK-005", "F-22")),
        *((name, name) for name in ("Su-25", "Su-57", "Ka-52", "An-124", "Garpiya", "Chernika")),
        *((name, name) for name in ("FP-1", "FP-2", "Ababil", "Tomahawk", "Cessna 172")),
        *((name, name) for name in ("quadcopter", "radiosonde")),
        ("Oniks", "P-800 Oniks"),
        ("Heron", "IAI Heron"),
        ("MiG-31s", "MiG-31"),
        ("F-16s", "F-16"),
        ("quadcopters", "quadcopter"),
        ("Geran-2 drone", "Shahed-136"),
        ("Geran-2 drones", "Shahed-136"),
        ("Shahed-136/Geran-2", "Shahed-136"),
        ("Il-20 Coot", "Il-20"),
        ("Tu-95 Bear", "Tu-95"),
        ("МиГ-31К", "MiG-31"),
        ("Су-24МР", "Su-24"),
        ("Ту-95МСМ", "Tu-95"),
        ("Х-101", "Kh-101"),
    ],
)
def test_all_spellings_of_a_name_mean_the_same(name: str, meant: str) -> None:
    assert ae.designations.resolve(name).name.startswith(meant)


@pytest.mark.parametrize(
    "name",
    [
        *("Shahed", "Geran 1/2", "Orlan", "Bayraktar", "Iskander", "Hermes", "Shaheds"),
        *("Shahed-type", "Shahed-type drones", "Shahed drone", "Su-27/Su-30", "Coot"),
    ],
)
def test_a_name_of_several_is_an_error_that_lists_them(name: str) -> None:
    with pytest.raises(ae.AmbiguousNameError) as caught:
        ae.designations.resolve(name)
    assert len(caught.value.candidates) > 1


@pytest.mark.parametrize(
    "name",
    ["drone", "UAV", "Tornado", "something else", "", "Mavic drone", "Tornado/F-16", "F-16?"],
)
def test_a_name_that_is_not_listed_is_an_error(name: str) -> None:
    with pytest.raises(ae.UnknownNameError):
        ae.designations.resolve(name)


@pytest.mark.parametrize("name", ["H-9", "J-17", "Su-99", "Kh-70", "F-99"])
def test_a_name_with_another_number_is_no_hint(name: str) -> None:
    with pytest.raises(ae.UnknownNameError) as caught:
        ae.designations.resolve(name)
    assert caught.value.suggestions == ()


def test_a_slip_of_the_pen_is_a_hint() -> None:
    with pytest.raises(ae.UnknownNameError, match='no listed designation is named "Gerberra"'):
        ae.designations.resolve("Gerberra")


def test_an_unknown_name_is_kept_as_reported_by_a_record() -> None:
    thing = ae.AerialObject(category="uncrewed_aircraft", designation="something else")
    assert thing.designation == "something else"


def test_every_name_leads_back_to_its_designation() -> None:
    directory = DesignationDirectory()
    assert len(directory) >= 70
    for one in directory:
        for name in (one.name, *one.aliases):
            assert directory.resolve(name) is one


def test_only_crewed_aircraft_have_a_designator_and_only_missiles_a_subcategory() -> None:
    for one in ae.designations:
        assert one.icao_type is None or one.category == "crewed_aircraft"
        assert one.subcategory is None or one.category == "missile"
        assert one.source


def test_nothing_but_names_and_categories_is_told() -> None:
    assert set(type(next(iter(ae.designations))).model_fields) == {
        "name",
        "aliases",
        "category",
        "subcategory",
        "icao_type",
        "source",
        "checked",
    }
