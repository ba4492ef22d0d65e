"""States: every name that a reader meets resolves, or is refused for what it is."""

import gettext
import io
import subprocess
import sys
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.reference import states as states_module
from airspace_events.reference.states import StateDirectory
from airspace_events.reference.tables import table

DATA = tomllib.loads((Path(__file__).parent / "data" / "state_names.toml").read_text("utf-8"))
REFUSED = table("not_states")
UN_MEMBERS = 193


@pytest.mark.parametrize(("name", "code"), DATA["cases"] + DATA["cases_not_in_pycountry"])
def test_a_name_that_people_write_is_understood(name: str, code: str) -> None:
    assert ae.states.resolve(name).alpha_2 == code


def test_there_are_enough_cases_and_every_un_member_is_among_them() -> None:
    codes = [code for _, code in DATA["cases"]]
    members = {state.alpha_2 for state in ae.states if state.status == "un_member"}
    assert len(codes) >= 500
    assert len(members) == UN_MEMBERS
    assert members <= {code for code in codes if codes.count(code) >= 2}


@pytest.mark.parametrize(("name", "codes"), REFUSED["ambiguous"].items())
def test_a_shared_name_is_an_error_that_lists_the_candidates(name: str, codes: list[str]) -> None:
    with pytest.raises(ae.AmbiguousNameError) as caught:
        ae.states.resolve(name)
    assert list(caught.value.candidates) == codes


@pytest.mark.parametrize("name", [*REFUSED["no_state"], *REFUSED["no_codes"]])
def test_what_is_no_state_never_becomes_one(name: str) -> None:
    with pytest.raises(ae.UnknownNameError) as caught:
        ae.states.resolve(name)
    assert caught.value.reason


def test_enough_names_are_refused() -> None:
    refused = [name for table in ("ambiguous", "no_state", "no_codes") for name in REFUSED[table]]
    assert len(refused) >= 60


@pytest.mark.parametrize(
    "name",
    ["Crimea", "crimea", "Republic of Crimea", "the Kremlin", "USSR", "Scotland", "EU", "NATO"],
)
def test_names_that_are_often_taken_for_states_are_refused(name: str) -> None:
    with pytest.raises(ae.UnknownNameError):
        ae.states.resolve(name)


@pytest.mark.parametrize("country", list(pycountry.countries), ids=lambda country: country.alpha_2)
def test_the_codes_and_names_of_iso_3166_agree_with_pycountry(country: object) -> None:
    state = ae.states.get(country.alpha_2)
    assert (state.alpha_3, state.numeric) == (country.alpha_3, country.numeric)
    for attribute in ("alpha_2", "alpha_3", "numeric", "name", "official_name", "common_name"):
        name = getattr(country, attribute, None)
        if name and name not in REFUSED["ambiguous"]:
            assert ae.states.resolve(name).alpha_2 == country.alpha_2


def test_kosovo_is_the_only_state_that_pycountry_lacks() -> None:
    assert {state.alpha_2 for state in ae.states} - {c.alpha_2 for c in pycountry.countries} == {
        "XK"
    }
    assert len(ae.states) == 250


def test_no_name_stands_for_two_states() -> None:
    directory = StateDirectory()
    seen: dict[str, str] = {}
    for state in directory:
        for other in state.other_names:
            found = directory.resolve(other.name, language=catalogue(other.language))
            assert found.alpha_2 == state.alpha_2
            assert seen.setdefault(other.name.casefold(), state.alpha_2) == state.alpha_2
        names = [state.name, state.official_name or "", *(d.name for d in state.demonyms)]
        for name in filter(None, names):
            if name in REFUSED["ambiguous"]:  # the constitution's name of VG is one
                continue
            assert directory.resolve(name).alpha_2 == state.alpha_2
            assert seen.setdefault(name.casefold(), state.alpha_2) == state.alpha_2


def catalogue(tag: str) -> str:
    """Return the name that pycountry has for a language."""
    return tag.replace("-Latn", "@latin").replace("-", "_")


def test_only_territories_depend_on_a_state_and_all_of_them_do() -> None:
    for state in ae.states:
        assert (state.status == "dependent_territory") == (state.dependent_on is not None)
        if state.dependent_on:
            assert ae.states.get(state.dependent_on).status == "un_member"


def test_every_un_member_has_a_demonym_or_shares_it() -> None:
    shared = {code for codes in REFUSED["ambiguous"].values() for code in codes}
    for state in ae.states:
        if state.status == "un_member":
            assert state.demonyms or state.alpha_2 in shared


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "the text is empty"),
        ("   ", "the text is empty"),
        ("...", "the name has no letters"),
        ("Roma\x00nia", "the name contains control characters"),
        (
            "R\N{CYRILLIC SMALL LETTER O}mania",
            "one word mixes Cyrillic and Latin letters; use one script",
        ),
        ("a" * 1_000_000, "a name must have at most 200 characters"),
    ],
)
def test_text_that_is_no_name_is_refused_with_the_reason(name: str, reason: str) -> None:
    with pytest.raises(ae.UnknownNameError) as caught:
        ae.states.resolve(name)
    assert caught.value.reason == reason
    assert len(str(caught.value)) < 200


@given(st.text(max_size=30))
def test_any_text_ends_in_a_state_or_in_a_lookup_error(name: str) -> None:
    try:
        state = ae.states.resolve(name, language="ro")
    except LookupError:
        return
    assert isinstance(state, ae.State)


def test_a_near_miss_is_told_what_was_probably_meant() -> None:
    with pytest.raises(ae.UnknownNameError, match="did you mean Lithuania"):
        ae.states.resolve("Lituania", language="en")


def test_nothing_near_is_looked_for_where_nobody_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states_module, "near", pytest.fail)
    with pytest.raises(ae.UnknownNameError, match=r'no state is named "Lituania"$'):
        ae.states.resolve("Lituania", language="en", suggest=False)
    unknown = b'{"type":"statement","id":"a","speakers":["lituania"],"made":{"value":"2024"}}'
    feed = b'{"type":"feed","schema_version":"1.0"}\n' + unknown
    codes = {notice.code for notice in ae.validate(io.BytesIO(feed)).notices}
    assert "unresolved_reference" in codes


def test_a_language_can_be_asked_for() -> None:
    assert ae.states.resolve("Rumunia", language="pl").alpha_2 == "RO"
    assert ae.states.resolve("Romania", language="pl").alpha_2 == "RO"
    with pytest.raises(ae.UnknownNameError):
        ae.states.resolve("Rumunia", language="fr")


def test_a_mistake_of_a_catalogue_is_left_out() -> None:
    assert ae.states.resolve("Slovenská republika").alpha_2 == "SK"


@pytest.mark.parametrize(
    "row", table("catalogue_corrections")["corrections"], ids=lambda row: row["name"]
)
def test_every_correction_is_an_entry_of_a_catalogue_and_says_why(row: dict[str, Any]) -> None:
    for language in row["languages"]:
        path = Path(pycountry.LOCALES_DIR) / language / "LC_MESSAGES" / "iso3166-1.mo"
        with path.open("rb") as stream:
            catalogue = gettext.GNUTranslations(stream)
        country = pycountry.countries.get(alpha_2=row["state"])
        names = [getattr(country, name, "") for name in ("name", "official_name", "common_name")]
        entries = {normalize("NFC", catalogue.gettext(name)) for name in names if name}
        assert normalize("NFC", row["name"]) in entries
        found = None
        with suppress(LookupError):
            found = ae.states.resolve(row["name"], language=language).alpha_2
        assert found != row["state"]
    assert row["reason"]


def test_get_takes_codes_only() -> None:
    assert ae.states.get("RO").name == "Romania"
    for wrong in ("ro", "ROU", "Romania", "ZZ"):
        with pytest.raises(ae.UnknownNameError):
            ae.states.get(wrong)


def test_english_names_load_no_other_language() -> None:
    code = (
        "import sys, airspace_events as ae\n"
        "assert not [m for m in sys.modules if m.startswith('airspace_events.')]\n"
        "ae.states.resolve('the Czech Republic')\n"
        "assert 'pycountry' not in sys.modules\n"
        "ae.states.resolve('Roumanie')\n"
        "assert 'pycountry' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_english_alone_can_be_asked_for_and_loads_no_other_language() -> None:
    code = (
        "import sys, airspace_events as ae\n"
        "try: ae.states.resolve('Roumanie', language='en')\n"
        "except LookupError: assert 'pycountry' not in sys.modules\n"
        "else: raise AssertionError\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    "name", ["pole", "poles", "POLE", "polish", "swede", "swedes", "pole's", "kiwi"]
)
def test_an_english_word_is_no_demonym_without_its_capital(name: str) -> None:
    with pytest.raises(ae.UnknownNameError, match=r"English word; for the state, write [PSK]"):
        ae.states.resolve(name)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *(
            ("Pole", "PL"),
            ("the Poles", "PL"),
            ("Polish", "PL"),
            ("Pole's", "PL"),
            ("Swede", "SE"),
        ),
        *(("turkey", "TR"), ("Jordan", "JO"), ("chad", "TD"), ("Georgia", "GE"), ("danish", "DK")),
    ],
)
def test_a_demonym_with_its_capital_and_the_name_of_a_state_are_that_state(
    name: str, code: str
) -> None:
    assert ae.states.resolve(name).alpha_2 == code


@pytest.mark.parametrize(
    ("name", "language", "code"),
    [
        *(
            ("Тунис", "ru", "TN"),
            ("Алжир", "ru", "DZ"),
            ("Туніс", "uk", "TN"),
            ("Túnez", "es", "TN"),
        ),
        *(
            ("Tunus", "tr", "TN"),
            ("Cezayir", "tr", "DZ"),
            ("الجزائر", "ar", "DZ"),
            ("تونس", "ar", "TN"),
        ),
    ],
)
def test_a_name_that_is_also_the_capital_needs_its_language(
    name: str, language: str, code: str
) -> None:
    with pytest.raises(ae.UnknownNameError, match="also the capital"):
        ae.states.resolve(name)
    assert ae.states.resolve(name, language=language).alpha_2 == code


@pytest.mark.parametrize(
    "word", ["radar", "police", "civilian", "Narnia", "suspected", "pilot", "Tulcea", "ministry"]
)
def test_a_word_far_from_any_name_suggests_no_state(word: str) -> None:
    with pytest.raises(ae.UnknownNameError) as caught:
        ae.states.resolve(word)
    assert caught.value.suggestions == ()


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Polnd", "Poland"),
        ("Estoina", "Estonia"),
        ("Lithaunia", "Lithuania"),
        ("Chna", "China"),
        ("Rommania", "Romania"),
        ("Untied Kingdom", "United Kingdom"),
    ],
)
def test_a_misspelling_suggests_the_only_state_with_so_few_edits(word: str, name: str) -> None:
    with pytest.raises(ae.UnknownNameError) as caught:
        ae.states.resolve(word)
    assert caught.value.suggestions == (name,)
