"""Names of states in the languages that pycountry ships, read from its catalogues when needed."""

import gettext
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from airspace_events.errors import UnknownNameError
from airspace_events.reference.names import key

# Catalogues in which the name of one state stands for another, as found by comparing all.
_MISTAKES = frozenset(
    {
        ("ca", "GM"),
        ("crh", "AF"),
        ("cy", "AF"),
        ("cy", "SE"),
        ("fa", "GM"),
        ("fo", "AS"),
        ("ga", "DZ"),
        ("gn", "MY"),
        ("oc", "NI"),
        ("pt_BR", "AF"),
        ("rw", "NE"),
        ("sk", "GM"),
    }
)


def codes_of(
    wanted: str, language: str | None, local_names: Mapping[str, Mapping[str, str]]
) -> tuple[str, ...]:
    """The codes of the states that a folded name may mean in a language, or in any.

    Args:
        wanted: the name, folded.
        language: the language, or None for all of them.
        local_names: by language, codes by folded names that the catalogues lack.
    """
    found = {
        code
        for code in (names.get(wanted) for names in _chosen(local_names, language))
        if code is not None
    }
    found.update(_index(language).get(wanted, ()))
    return tuple(sorted(found))


def _chosen(
    names: Mapping[str, Mapping[str, str]], language: str | None
) -> Iterable[Mapping[str, str]]:
    return names.values() if language is None else [names.get(language, {})]


@cache
def _index(language: str | None) -> Mapping[str, frozenset[str]]:
    """Codes by folded name, in one language or in all."""
    import pycountry  # noqa: PLC0415 (costs as much as importing pydantic)

    folder = Path(pycountry.LOCALES_DIR)
    found: dict[str, set[str]] = {}
    if language is not None and not (folder / language).is_dir():
        raise UnknownNameError(language, "pycountry has no names in this language, such as uk")
    for path in sorted(folder.glob("*/LC_MESSAGES/iso3166-1.mo")):
        name = path.parent.parent.name
        if language is not None and name != language:
            continue
        with path.open("rb") as stream:
            catalogue = gettext.GNUTranslations(stream)
        for country in pycountry.countries:
            if (name, country.alpha_2) in _MISTAKES:
                continue
            for attribute in ("name", "official_name", "common_name"):
                english = getattr(country, attribute, None)
                if english is not None and (translated := catalogue.gettext(english)) != english:
                    found.setdefault(key(translated), set()).add(country.alpha_2)
    return {name: frozenset(codes) for name, codes in found.items()}
