"""States: a text that is near a code, doubtful, or something else too never becomes a state."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.diagnostics.suggestions import state_code
from airspace_events.reference import translations
from airspace_events.reference.names import initials
from airspace_events.reference.tables import table

CODES = [
    code for state in ae.states for code in (state.alpha_2, state.alpha_3) if code is not None
]
# Abbreviations in states.toml, which are names of their state as they are written.
ABBREVIATIONS = {
    name
    for state in ae.states
    for name in (other.name for other in state.other_names)
    if (initials(name) or name).isupper()
}
LISTED_IN_LOWER_CASE = {"uk", "usa"}


@pytest.mark.parametrize(
    "text",
    [
        *("ČR", "Mỹ", "Áo", "Bỉ", "Nga", "Muş", "Aš", "Ås", "Çan", "Sé", "L.A.", "S.A.", "Ala."),
        *("Kos", "saint", "St", "na", "ro", "Ro", "r.o.", "us", "it", "ＲＯ", "bae", "сша"),
    ],
)
def test_a_text_like_a_code_is_not_the_code(text: str) -> None:
    with pytest.raises(ae.UnknownNameError):
        ae.states.resolve(text)


@given(
    code=st.sampled_from(CODES),
    lower=st.lists(st.booleans(), min_size=3, max_size=3),
    marks=st.lists(
        st.sampled_from(["", "", "\u0301", "\u030c", "\u0327"]), min_size=3, max_size=3
    ),
    point=st.sampled_from(["", "."]),
)
def test_no_text_that_only_case_accents_or_points_tell_from_a_code_resolves(
    code: str, lower: list[bool], marks: list[str], point: str
) -> None:
    letters = (
        (char.lower() if is_lower else char) + mark + point
        for char, is_lower, mark in zip(code, lower, marks, strict=False)
    )
    text = unicodedata.normalize("NFC", "".join(letters))
    bare = text.replace(".", "")
    try:
        found = ae.states.resolve(text).alpha_2
    except LookupError:
        return
    listed = {name.replace(".", "").upper() for name in ABBREVIATIONS}
    is_listed_name = bare in {"BiH", "Lao"} or bare in LISTED_IN_LOWER_CASE
    assert bare == code or bare.upper() in listed or is_listed_name
    assert found == ae.states.resolve(code).alpha_2


def test_no_name_in_any_language_that_is_like_a_code_counts_without_its_language() -> None:
    names = set(translations._index(None)) | {
        name for names in ae.states._local_names.values() for name in names
    }
    like_codes = [
        name for name in names - LISTED_IN_LOWER_CASE if name.replace(" ", "").upper() in CODES
    ]
    assert len(like_codes) > 5
    for name in like_codes:
        with pytest.raises(LookupError):
            ae.states.resolve(name)


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("Mỹ", "vi", "US"),
        ("Áo", "vi", "AT"),
        ("Bỉ", "vi", "BE"),
        ("Nga", "vi", "RU"),
        ("ČR", "cs", "CZ"),
        ("Chine", "fr", "CN"),
        ("Tunis", ["de", "hr"], "TN"),
        ("Brasilia", ("sv", "fi"), "BR"),
        ("Moldavia", "es", "MD"),
        ("中国", "zh", "CN"),
        ("Rumänien", "de-AT", None),
    ],
)
def test_a_language_says_what_a_name_means(
    text: str, language: str | list[str], code: str | None
) -> None:
    if code is None:
        with pytest.raises(ae.UnknownNameError, match="the library has no names in this language"):
            ae.states.resolve(text, language=language)
    else:
        assert ae.states.resolve(text, language=language).alpha_2 == code


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Uman", "a city"),
        ("Malé", "a city"),
        ("Norfolk", "a city"),
        ("Granada", "a city"),
        ("Columbia", "a city"),
        ("Tunis", "a city"),
        ("Brasília", "a city"),
        ("عمان", "a city"),
        ("Inđija", "a city"),
        ("Cameron", "a person's name"),
        ("América", "a region"),
        ("Male", "an English word"),
        ("male", "an English word"),
        ("end", "an English word"),
        ("pain", "an English word"),
        ("chip", "an English word"),
        ("to go", "a series of English words"),
    ],
)
def test_what_is_something_else_too_is_refused_with_what_it_is(text: str, meaning: str) -> None:
    with pytest.raises(ae.UnknownNameError, match=meaning):
        ae.states.resolve(text)


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        (
            table("not_states")["ambiguous_abroad"][english],
            table("not_states")["ambiguous"][english],
        )
        for english in table("not_states")["ambiguous_abroad"]
    ],
)
def test_a_shared_name_is_ambiguous_in_every_language(names: list[str], codes: list[str]) -> None:
    for name in names:
        for language in (None, "de", "ru"):
            with pytest.raises(ae.AmbiguousNameError) as caught:
                ae.states.resolve(name, language=language)
            assert list(caught.value.candidates) == codes


@pytest.mark.parametrize("english", table("not_states")["no_state_abroad"])
def test_what_is_no_state_is_refused_with_the_same_reason_in_every_language(english: str) -> None:
    reason = table("not_states")["no_state"][english]
    for name in table("not_states")["no_state_abroad"][english]:
        for language in (None, "de", "ru"):
            with pytest.raises(ae.UnknownNameError) as caught:
                ae.states.resolve(name, language=language)
            assert caught.value.reason == reason


@pytest.mark.parametrize("english", ["Crimea", "Kaliningrad", "Transnistria"])
def test_a_region_in_the_news_is_known_in_the_languages_around_it(english: str) -> None:
    assert len(table("not_states")["no_state_abroad"][english]) > 20


@pytest.mark.parametrize(
    "text",
    ["Latvia?", "~Latvia", "-Latvia", "Latvia -", "Latvia (?)", "≈Latvia", "¿Letonia?", "LV?"],
)
def test_doubt_is_not_stripped(text: str) -> None:
    with pytest.raises(ae.UnknownNameError, match="may express doubt"):
        ae.states.resolve(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *((name, "XK") for name in ("Косово", "Κόσοβο", "Kosowo", "Koszovó")),
        *((name, "GB") for name in ("Великобританія", "Сполучене Королівство", "British")),
        *((name, "RU") for name in ("Русија", "Расія", "РФ", "Russia's", "Russia’s", "RU")),
        *((name, "RU") for name in ("rosyjski", "russe", "російський", "russisch", "rosyjskie")),
        *((name, "RU") for name in ("российский", "krievu", "venäläinen", "ruský", "orosz")),
        *((name, "BY") for name in ("Bielorrússia", "Beyaz Rusya", "Belorussian")),
        *((name, "BA") for name in ("Bosnia and Hercegovina", "BiH")),
        *((name, "US") for name in ("EEUU", "EE.UU.", "U.S.", "the U.S.'s", "the USA")),
        *((name, "MV") for name in ("المالديف",)),
        *((name, "KP") for name in ("КНДР", "Korea, Dem. Rep.")),
        ("Νότια Κορέα", "KR"),
        ("Συρία", "SY"),
        ("Čehija", "CZ"),
        ("Czech Rep.", "CZ"),
        ("Sakartvelas", "GE"),
        ("mainland China", "CN"),
        ("Eq. Guinea", "GQ"),
        ("తోగో", "TG"),
        ("టోంగా", "TO"),
        ("ហ្កាណា", "GH"),
        ("ហ្គីណេ", "GN"),
    ],
)
def test_a_name_that_reporters_write_is_understood(text: str, code: str) -> None:
    assert ae.states.resolve(text).alpha_2 == code


def test_the_message_names_the_text_and_what_was_meant() -> None:
    with pytest.raises(ae.UnknownNameError) as caught:
        ae.states.resolve("Romani", language="en")
    assert str(caught.value).startswith('no state is named "Romani"; did you mean Romania')


def test_a_hint_may_say_what_the_look_up_does_not_guess() -> None:
    assert state_code("ro") == "RO"
    assert state_code("uk") == "GB"
    assert state_code("zz") is None


@pytest.mark.parametrize("letter", ["y", "Y", " n ", "X"])
def test_a_single_letter_is_not_a_state(letter: str) -> None:
    with pytest.raises(ae.UnknownNameError, match="single letter"):
        ae.states.resolve(letter)
    assert ae.states.resolve("Ý").alpha_2 == "IT"
