"""States and territories, by code and by name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, cast

from airspace_events.arguments import check_argument, wrong_argument
from airspace_events.errors import AmbiguousNameError, UnknownNameError
from airspace_events.models.actors import NameInLanguage, State
from airspace_events.reference import translations
from airspace_events.reference.names import (
    check_readable,
    flag_code,
    initials,
    is_plain,
    key,
    possessor,
    spelling,
)
from airspace_events.reference.tables import table
from airspace_events.safe_text import shown
from airspace_events.spelling import is_misspelling, near

_REMEMBERED = 10_000
_MOST_ALIKE = 3
_LONGEST_CODE = 3
_LOCAL_TABLES = ("local_names", "adjectives", "cldr_names")
_ARTICLES = ("the ", "The ", "THE ")


class StateDirectory:
    """All states and territories of ISO 3166-1, and Kosovo.

    The table of states is loaded on first use. Names in other languages are loaded only if a
    look-up finds no English name. A name shared by several states raises an error that lists the
    states. The name of a territory, a region, a city or a former state is never resolved to the
    state that it belongs to.

    >>> states = StateDirectory()
    >>> states.resolve("the Czech Republic").alpha_2
    'CZ'
    >>> states.resolve("Korea")
    Traceback (most recent call last):
        ...
    airspace_events.errors.AmbiguousNameError: "Korea" may be KP (North Korea) or KR (South Korea)
    """

    def __init__(self) -> None:
        # A cache of names that were looked up before, in their original spelling.
        self._known: dict[str, State] = {}

    def get(self, code: str) -> State:
        """Return the state with the given code, which is an ISO 3166-1 alpha-2 code or XK.

        Raises:
            UnknownNameError: no state has this code.
        """
        check_argument("code", code, (str,), "a str")
        try:
            return self._by_code[code]
        except KeyError:
            raise UnknownNameError(
                code, "a state code must be an ISO 3166-1 alpha-2 code in upper case"
            ) from None

    def resolve(
        self,
        name: str,
        *,
        language: str | Sequence[str] | None = None,
        suggest: bool = True,
    ) -> State:
        """Return the state with this code, name, former name, demonym or flag.

        Codes and abbreviations are case-sensitive: "NGA" is Nigeria, but "Nga" is not. Names may
        be in any case, with or without accents.

        Args:
            name: the text to look up.
            language: one or more languages to try before English, named as in pycountry
                ("uk", "pt_BR"). "en" tries only English. Without a language, English is tried
                first, then all other languages. In that case, a name in another language is
                rejected if it is also an English word, a personal name or a city.
            suggest: whether the error suggests similar names. To find them, the method compares
                the text with all known names.

        Raises:
            AmbiguousNameError: the name may mean several states.
            UnknownNameError: the name is not a state. The error explains another meaning of the
                name, or suggests similar names.
        """
        given: Any = name
        found = self._known.get(name) if language is None and isinstance(given, str) else None
        if found is None:
            check_readable(name)
            languages = (language,) if isinstance(language, str) else language
            if not _are_languages(languages):
                takes = 'a language such as "uk", or a sequence of languages'
                raise wrong_argument("language", language, takes)
            found = self._by_code[self._code_of(name, languages, suggest=suggest)]
            if language is None:
                self._remember(name, found)
        return found

    def __iter__(self) -> Iterator[State]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def _remember(self, name: str, state: State) -> None:
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._known[name] = state

    def _code_of(self, name: str, languages: Sequence[str] | None, *, suggest: bool) -> str:
        bare = _without_article(name.strip())
        wanted = key(bare)
        if not wanted and not flag_code(bare):
            raise UnknownNameError(name, "the name has no letters")
        if code := self._as_written(name, bare):
            return code
        demonym = self._words_without_capital.get(wanted)
        has_capital = bare[:1].isupper() and not bare.isupper()
        if demonym and not has_capital and languages is None:
            reason = f"in lower case, this is an English word; for the state, write {demonym}"
            raise UnknownNameError(name, reason)
        if self._is_like_a_code(bare, wanted) and languages is None:
            raise UnknownNameError(
                name,
                f"write the code as {wanted.replace(' ', '').upper()}; if the text is a "
                "name, specify its language",
            )
        is_english_only = languages is not None and set(languages) == {"en"}
        if languages is None and (code := self._english(name, wanted)):
            return code
        if not is_english_only and (code := self._in_other_languages(name, wanted, languages)):
            return code
        if languages is not None and (code := self._english(name, wanted)):
            return code
        if owner := possessor(name):
            return self._code_of(owner, languages, suggest=suggest)
        raise self._unknown(name, wanted, suggest=suggest)

    def _unknown(self, name: str, wanted: str, *, suggest: bool) -> UnknownNameError:
        alike = near(wanted, self._by_name, most=_MOST_ALIKE) if suggest else ()
        found = [it for it in alike if is_misspelling(wanted, it)]
        names = dict.fromkeys(self._by_code[self._by_name[match]].name for match in found)
        return UnknownNameError(name, f"no state is named {shown(name)}", tuple(names))

    def _as_written(self, name: str, bare: str) -> str | None:
        """Return the state code if the text is a code, a flag or an abbreviation."""
        written = flag_code(bare) or bare.rstrip(".,")
        if written in self._codes:
            return self._codes[written]
        if written in self._refusals["no_codes"]:
            raise UnknownNameError(name, self._refusals["no_codes"][written])
        if written in self._refusals["ambiguous_codes"]:
            raise self._ambiguity(name, self._refusals["ambiguous_codes"][written])
        with_points = (initials(bare) or "").upper()
        if with_points in self._refusals["ambiguous_codes"]:
            raise self._ambiguity(name, self._refusals["ambiguous_codes"][with_points])
        return self._abbreviations.get(with_points)

    def _is_like_a_code(self, bare: str, wanted: str) -> bool:
        """Return whether the text differs from a code only in case, accents or full stops."""
        letters = wanted.replace(" ", "").upper()
        if len(letters) > _LONGEST_CODE or wanted in self._no_states:
            return False
        is_code = letters in self._codes or letters in self._refusals["no_codes"]
        return is_code and bare not in self._short_names

    def _english(self, name: str, wanted: str) -> str | None:
        """Return the code for a folded English name, with or without "Republic of"."""
        bare = wanted.removeprefix("republic of ").removeprefix("the ")
        for candidate, names in ((wanted, self._by_name), (bare, self._by_proper_name)):
            self._refuse_what_is_no_state(name, candidate)
            if candidate in names:
                if not is_plain(spelling(name)):
                    self._refuse_another_meaning(name, names[candidate])
                return names[candidate]
        return None

    def _in_other_languages(
        self, name: str, wanted: str, languages: Sequence[str] | None
    ) -> str | None:
        """Return the code for a name in the given languages, by default all except English."""
        if languages is None:
            # English names and their refusals were already checked.
            codes = translations.codes_of(wanted, None, self._local_names)
            if len(codes) == 1:
                self._refuse_another_meaning(name, codes[0])
            if not self._is_spelt_so(spelling(name)):
                return None
        else:
            if wanted in self._no_states_abroad:
                raise UnknownNameError(name, self._no_states_abroad[wanted])
            if wanted in self._ambiguous_abroad:
                raise self._ambiguity(name, self._ambiguous_abroad[wanted])
            codes = translations.codes_of(wanted, languages, self._local_names)
        if wanted in self._local_abbreviations and not name.isupper():
            return None
        if len(codes) > 1:
            raise self._ambiguity(name, codes)
        return codes[0] if codes else None

    def _is_spelt_so(self, spelt: str) -> bool:
        """Return whether a name has no accents, or has the accents of a known spelling.

        For example, the town "Inđija" is not India, which is "Indija" in several languages.
        """
        if is_plain(spelt):
            return True
        return spelt in self._local_spellings or spelt in translations.spellings()

    def _refuse_another_meaning(self, name: str, code: str) -> None:
        if other := self._other_meanings.get(spelling(name)):
            state = self._by_code[code].name
            reason = f"this is {other}; if {state} is meant, specify the language of the name"
            raise UnknownNameError(name, reason)

    def _refuse_what_is_no_state(self, name: str, wanted: str) -> None:
        if wanted in self._no_states:
            raise UnknownNameError(name, self._no_states[wanted])
        if wanted in self._ambiguous:
            raise self._ambiguity(name, self._ambiguous[wanted])

    def _ambiguity(self, name: str, codes: Iterable[str]) -> AmbiguousNameError:
        return AmbiguousNameError(name, {code: self._by_code[code].name for code in codes})

    @cached_property
    def _rows(self) -> Mapping[str, Mapping[str, Any]]:
        return table("states")

    @cached_property
    def _refusals(self) -> Mapping[str, Mapping[str, Any]]:
        return table("not_states")

    @cached_property
    def _by_code(self) -> Mapping[str, State]:
        local: dict[str, list[NameInLanguage]] = {}
        for language, names_by_code in table("local_names").items():
            for code, names in names_by_code.items():
                tag = language.replace("_", "-").replace("@latin", "-Latn")
                written = [NameInLanguage(language=tag, name=name) for name in names]
                local.setdefault(code, []).extend(written)
        return {code: _state(code, row, local.get(code, ())) for code, row in self._rows.items()}

    @cached_property
    def _codes(self) -> Mapping[str, str]:
        found = dict(self._abbreviations)
        for code, row in self._rows.items():
            for one in (code, row.get("alpha_3"), row.get("numeric")):
                if one:
                    found[one] = code
        return {**found, **self._refusals["codes"]}

    @cached_property
    def _abbreviations(self) -> Mapping[str, str]:
        return {
            (initials(name) or name): code
            for code, row in self._rows.items()
            for name in row.get("other_names", ())
            if _is_abbreviation(name)
        }

    @cached_property
    def _short_names(self) -> frozenset[str]:
        return frozenset(
            name
            for row in self._rows.values()
            for name in (row["name"], *row.get("other_names", ()), *row.get("demonyms", ()))
            if len(name) <= _LONGEST_CODE
        )

    @cached_property
    def _by_proper_name(self) -> Mapping[str, str]:
        return {
            key(name): code
            for code, row in self._rows.items()
            for name in (row["name"], row.get("official_name", ""), *row.get("other_names", ()))
            if name and not _is_abbreviation(name)
        }

    @cached_property
    def _by_name(self) -> Mapping[str, str]:
        demonyms = {
            key(word): code for code, row in self._rows.items() for word in row.get("demonyms", ())
        }
        return {**self._by_proper_name, **demonyms}

    @cached_property
    def _no_states(self) -> Mapping[str, str]:
        english = {key(name): reason for name, reason in self._refusals["no_state"].items()}
        return {**self._no_states_abroad, **english}

    @cached_property
    def _no_states_abroad(self) -> Mapping[str, str]:
        reasons = self._refusals["no_state"]
        return {
            key(name): reasons[english]
            for english, names in self._refusals["no_state_abroad"].items()
            for name in names
        }

    @cached_property
    def _other_meanings(self) -> Mapping[str, str]:
        capitals = self._refusals["capitals_abroad"]["names"]
        return {
            name: meaning
            for meaning, names in table("other_meanings")["meanings"].items()
            for name in names
        } | dict.fromkeys(map(spelling, capitals), "also the capital")

    @cached_property
    def _words_without_capital(self) -> Mapping[str, str]:
        """The demonyms that are also English words, by folded name."""
        return {key(name): name for name in self._refusals["also_words"]["names"]}

    @cached_property
    def _ambiguous(self) -> Mapping[str, list[str]]:
        english = {key(name): codes for name, codes in self._refusals["ambiguous"].items()}
        return {**self._ambiguous_abroad, **english}

    @cached_property
    def _ambiguous_abroad(self) -> Mapping[str, list[str]]:
        codes = self._refusals["ambiguous"]
        return {
            key(name): codes[english]
            for english, names in self._refusals["ambiguous_abroad"].items()
            for name in names
        }

    @cached_property
    def _local_names(self) -> Mapping[str, Mapping[str, str]]:
        """State codes by language and folded name, for names that are missing from pycountry."""
        return _by_language(*(table(name) for name in _LOCAL_TABLES))

    @cached_property
    def _local_spellings(self) -> frozenset[str]:
        return frozenset(map(spelling, self._local_names_as_written))

    @cached_property
    def _local_abbreviations(self) -> frozenset[str]:
        """The folded local abbreviations, which are recognized only in capital letters."""
        return frozenset(key(name) for name in self._local_names_as_written if name.isupper())

    @cached_property
    def _local_names_as_written(self) -> tuple[str, ...]:
        return tuple(
            name
            for languages in map(table, _LOCAL_TABLES)
            for names_by_code in languages.values()
            for names in names_by_code.values()
            for name in names
        )


def _are_languages(languages: object) -> bool:
    return languages is None or (
        isinstance(languages, Sequence)
        and all(isinstance(one, str) for one in cast("Sequence[object]", languages))
    )


def _by_language(*tables: Mapping[str, Mapping[str, list[str]]]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for rows in tables:
        for language, names_by_code in rows.items():
            for code, names in names_by_code.items():
                found.setdefault(language, {}).update({key(name): code for name in names})
    return found


def _without_article(name: str) -> str:
    return next((name[len(one) :].lstrip() for one in _ARTICLES if name.startswith(one)), name)


def _is_abbreviation(name: str) -> bool:
    letters = initials(name) or name
    return letters.isascii() and letters.isalpha() and letters.isupper()


def _state(code: str, row: Mapping[str, Any], local: Iterable[NameInLanguage]) -> State:
    english = [NameInLanguage(language="en", name=name) for name in row.get("other_names", ())]
    return State.model_validate(
        {
            "type": "state",
            "id": key(row["name"]).replace(" ", "-"),
            "alpha_2": code,
            "alpha_3": row.get("alpha_3"),
            "numeric": row.get("numeric"),
            "name": row["name"],
            "official_name": row.get("official_name", row["name"]),
            "other_names": (*english, *local),
            "demonyms": [{"language": "en", "name": name} for name in row.get("demonyms", ())],
            "status": row["status"],
            "dependent_on": row.get("dependent_on"),
            "note": row.get("note"),
        }
    )


states = StateDirectory()
"""All states and territories of ISO 3166-1, and Kosovo."""
