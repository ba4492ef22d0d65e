"""The words that records may use, and what the codebook says of each."""

import re
from collections import Counter
from importlib import import_module, resources
from pkgutil import iter_modules
from typing import Annotated, Any, get_args, get_origin

import pycountry
import pytest
from typing_extensions import TypeAliasType

from airspace_events import vocabulary
from airspace_events.values.structure import fields_of
from airspace_events.vocabulary import codebook
from airspace_events.vocabulary.codebook import Term, vocabularies
from airspace_events.vocabulary.state_codes import BorderSide, StateCode
from value_classes import value_classes

STANDARDS = {
    "ACLED",
    "AIXM 5.1",
    "Admiralty",
    "CAMEO",
    "EDTF",
    "ICD 203",
    "MISP",
    "NATO UAS class",
    "PLOVER",
    "PROV-O",
    "STIX 2.1",
    "TLP 2.0",
    "UCDP GED",
    "W3C",
    "schema.org",
}
CODES = {"StateCode", "BorderSide"}
"""The vocabularies whose words a standard defines, and the codebook does not."""


def words_of(alias: TypeAliasType) -> list[Any]:
    """The words of a type, which a long list has below a mark."""
    words = alias.__value__
    return list(get_args(get_args(words)[0] if get_origin(words) is Annotated else words))


def aliases() -> dict[str, TypeAliasType]:
    """The types of words that the modules define, found without the codebook."""
    found: dict[str, TypeAliasType] = {}
    for info in iter_modules(vocabulary.__path__):
        module = import_module(f"{vocabulary.__name__}.{info.name}")
        found |= {
            name: value for name, value in vars(module).items() if isinstance(value, TypeAliasType)
        }
    return found


ALIASES = aliases()
by_name = pytest.mark.parametrize("name", sorted(ALIASES))


def terms() -> list[Any]:
    return [
        pytest.param(name, term, id=f"{name}.{term.word}")
        for name, entry in vocabularies().items()
        for term in entry.terms.values()
    ]


by_term = pytest.mark.parametrize(("name", "term"), terms())


def test_every_type_of_words_is_in_the_codebook_and_the_other_way_round() -> None:
    assert sorted(vocabularies()) == sorted(ALIASES)


def test_every_file_of_definitions_is_read() -> None:
    folder = resources.files("airspace_events.vocabulary")
    files = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    assert files == sorted(f"{topic}.toml" for topic in codebook.TOPICS)
    modules = {info.name for info in iter_modules(vocabulary.__path__)}
    assert modules == {"codebook", "state_codes", "terms", "word_lists"}


@by_name
def test_a_type_is_defined_in_the_module_that_the_codebook_names(name: str) -> None:
    entry = vocabularies()[name]
    module = import_module(f"airspace_events.vocabulary.{entry.module}")
    assert vars(module)[name] is ALIASES[name]
    assert ALIASES[name].__name__ == name == entry.name


@by_name
def test_every_word_has_a_definition_and_every_definition_a_word(name: str) -> None:
    entry = vocabularies()[name]
    words = [str(word) for word in words_of(ALIASES[name])]
    assert len(set(words)) == len(words)
    defined = [] if name in CODES else words
    assert [word for word in defined if word not in entry.terms] == [], "words without definition"
    assert [word for word in entry.terms if word not in defined] == [], "definitions without word"
    assert list(entry.terms) == defined, "definitions stand in the order of the words"


@by_name
def test_the_words_of_the_codebook_are_those_of_the_type(name: str) -> None:
    assert list(vocabularies()[name].words) == words_of(ALIASES[name])


@by_name
def test_a_vocabulary_says_what_it_is_called_and_what_it_tells_apart(name: str) -> None:
    entry = vocabularies()[name]
    # The title stands after "no", as in: "dron" is no object category.
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9 -]{2,50}", entry.title), entry.title
    assert not entry.title.startswith(("a ", "an ", "the "))
    assert one_line(entry.about), entry.about
    assert entry.standard is None or one_line(entry.standard + ".")


def test_titles_tell_the_vocabularies_apart() -> None:
    counted = Counter(entry.title for entry in vocabularies().values())
    assert [title for title, number in counted.items() if number > 1] == []


def one_line(text: str) -> bool:
    return text == text.strip() and text.isprintable() and text.endswith(".") and text[0].isupper()


@by_term
def test_a_definition_is_one_line_that_ends_in_a_period(name: str, term: Term) -> None:
    assert one_line(term.definition), name
    assert 5 <= len(term.definition) <= 220


@by_name
def test_no_two_words_have_the_same_definition(name: str) -> None:
    counted = Counter(term.definition for term in vocabularies()[name].terms.values())
    assert [definition for definition, number in counted.items() if number > 1] == []


@by_name
def test_words_are_written_the_same_way(name: str) -> None:
    upper = CODES | {"AirspaceZone", "AltitudeDatum", "SourceReliability", "Unit"}
    shape = r"[A-Za-z]{1,5}|international" if name in upper else r"[a-z]+[12]?(_[a-z]+)*|[1-6]"
    words = [str(word) for word in words_of(ALIASES[name])]
    assert [word for word in words if not re.fullmatch(shape, word)] == []


@by_name
def test_a_synonym_is_no_word_and_belongs_to_one_word_only(name: str) -> None:
    entry = vocabularies()[name]
    owners: dict[str, set[str]] = {}
    for term in entry.terms.values():
        assert len(set(term.synonyms)) == len(term.synonyms), term.word
        for synonym in term.synonyms:
            owners.setdefault(synonym.lower(), set()).add(term.word)
    words = {str(word).lower() for word in entry.words}
    assert {synonym for synonym in owners if synonym in words} == set(), "a synonym that is a word"
    assert {synonym: sorted(of) for synonym, of in owners.items() if len(of) > 1} == {}


@by_term
def test_synonyms_are_written_as_words(name: str, term: Term) -> None:
    for synonym in term.synonyms:
        assert synonym.strip() == synonym != "", name
        assert synonym.isprintable()


@by_term
def test_crosswalks_name_known_standards(name: str, term: Term) -> None:
    assert set(term.crosswalk) <= STANDARDS, name
    assert all(code.strip() == code != "" for code in term.crosswalk.values())


def test_every_known_standard_but_one_is_used() -> None:
    used = {
        standard
        for entry in vocabularies().values()
        for term in entry.terms.values()
        for standard in term.crosswalk
    }
    assert used >= STANDARDS - {"W3C"}


@pytest.mark.parametrize(
    ("name", "standard"),
    [
        ("SourceReliability", "Admiralty"),
        ("InformationCredibility", "Admiralty"),
        ("Likelihood", "ICD 203"),
        ("TrafficLight", "TLP 2.0"),
        ("AirspaceZone", "AIXM 5.1"),
    ],
)
def test_a_list_that_comes_from_a_standard_has_its_code_for_each_word(
    name: str, standard: str
) -> None:
    missing = [
        term.word
        for term in vocabularies()[name].terms.values()
        if standard not in term.crosswalk and term.word != "OTHER"
    ]
    assert missing == []


def test_what_cannot_be_judged_is_no_middle() -> None:
    assert list(words_of(ALIASES["SourceReliability"]))[-1] == "F"
    assert list(words_of(ALIASES["InformationCredibility"]))[-1] == 6
    for name, word in (("SourceReliability", "F"), ("InformationCredibility", "6")):
        assert "judge" in vocabularies()[name].terms[word].definition


def test_state_codes_are_those_of_iso_3166_and_kosovo_in_order() -> None:
    expected = sorted({country.alpha_2 for country in pycountry.countries} | {"XK"})
    assert words_of(ALIASES["StateCode"]) == expected
    assert "XK" not in {country.alpha_2 for country in pycountry.countries}


def test_sides_of_a_border_add_only_international() -> None:
    assert words_of(BorderSide) == [*words_of(StateCode), "international"]


def test_every_vocabulary_is_used_by_some_field() -> None:
    used = {shape.vocabulary for model in value_classes() for shape in fields_of(model).values()}
    computed = {"TimePrecision", "EndKnowledge", "IncursionKind"}
    roots = {"Aspect"}  # Each member of a family holds one of its words.
    assert {name for name in ALIASES if name not in used} == computed | roots


def test_every_closed_list_of_a_field_has_a_name_and_an_entry() -> None:
    for model in value_classes():
        for name, shape in fields_of(model).items():
            if shape.vocabulary is not None:
                assert shape.vocabulary in vocabularies(), f"{model.__name__}.{name}"


def test_the_codebook_cannot_be_changed() -> None:
    entry = vocabularies()["Polarity"]
    with pytest.raises(TypeError):
        vocabularies()["Polarity"] = entry  # type: ignore[index]
    with pytest.raises(TypeError):
        entry.terms["maybe"] = entry.terms["denied"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        entry.title = "changed"  # type: ignore[misc]
