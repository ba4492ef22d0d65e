"""Names of states in other languages, loaded from the catalogues of pycountry when needed."""

import gettext
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from unicodedata import normalize

from airspace_events.errors import UnknownNameError
from airspace_events.reference.names import key, spelling
from airspace_events.reference.tables import table


def codes_of(
    wanted: str,
    languages: Iterable[str] | None,
    local_names: Mapping[str, Mapping[str, str]],
) -> tuple[str, ...]:
    """Return the codes of the states that a folded name may refer to.

    Args:
        wanted: the folded name.
        languages: the languages to try, or None for all languages.
        local_names: state codes by language and by folded name, for names that are missing from
            the catalogues.

    Raises:
        UnknownNameError: the library has no names in one of the languages.
    """
    if languages is None:
        return tuple(sorted(set(_codes_in(wanted, None, local_names))))
    found = (_codes_in(wanted, name, local_names) for name in _catalogues(languages, local_names))
    return tuple(sorted(set[str]().union(*found)))


def _codes_in(
    wanted: str, language: str | None, local_names: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    yield from _index(language).get(wanted, ())
    chosen = local_names.values() if language is None else [local_names.get(language, {})]
    yield from (names[wanted] for names in chosen if wanted in names)


def _catalogues(languages: Iterable[str], local_names: Iterable[str]) -> Iterator[str]:
    """Yield the names of the catalogues for given languages; "zh" has three, "en" has none."""
    known = (*local_names, *(path.parent.parent.name for path in _paths()))
    for language in languages:
        name = language.replace("-", "_")
        meant = {one for one in known if one == name} or {
            one for one in known if one.startswith(f"{name}_")
        }
        if not meant and name != "en":
            raise UnknownNameError(
                language,
                'the library has no names in this language; use a language code such as "uk"',
            )
        yield from sorted(meant)


@cache
def _paths() -> tuple[Path, ...]:
    import pycountry  # noqa: PLC0415 (costs as much as importing pydantic)

    return tuple(sorted(Path(pycountry.LOCALES_DIR).glob("*/LC_MESSAGES/iso3166-1.mo")))


@cache
def _index(language: str | None) -> Mapping[str, frozenset[str]]:
    """Return the state codes by folded name, from all catalogues if the language is None."""
    found: dict[str, set[str]] = {}
    for _, code, translated in _entries(language):
        found.setdefault(key(translated), set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def spellings() -> frozenset[str]:
    """Return all names in the catalogues, in lower case but with their accents."""
    return frozenset(spelling(translated) for _, _, translated in _entries(None))


def _entries(language: str | None) -> Iterator[tuple[str, str, str]]:
    """Yield the language, state code and name of each entry, without the known mistakes."""
    import pycountry  # noqa: PLC0415 (as above)

    mistakes = corrections()
    for path in _paths():
        name = path.parent.parent.name
        if language not in (None, name):
            continue
        with path.open("rb") as stream:
            catalogue = gettext.GNUTranslations(stream)
        for country in pycountry.countries:
            for attribute in ("name", "official_name", "common_name"):
                english = getattr(country, attribute, None)
                if english is None or (translated := catalogue.gettext(english)) == english:
                    continue
                if (name, country.alpha_2, normalize("NFC", translated)) not in mistakes:
                    yield name, country.alpha_2, translated


@cache
def corrections() -> frozenset[tuple[str, str, str]]:
    """Return the language, state code and name of each wrong entry in the catalogues."""
    return frozenset(
        (language, row["state"], normalize("NFC", row["name"]))
        for row in table("catalogue_corrections")["corrections"]
        for language in row["languages"]
    )
