"""States and territories: by code, and by whatever name people write."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from airspace_events.errors import AmbiguousNameError, UnknownNameError
from airspace_events.models.actors import NameInLanguage, State
from airspace_events.reference import translations
from airspace_events.reference.names import check_readable, key
from airspace_events.reference.tables import table
from airspace_events.spelling import near


class StateDirectory:
    """All states and territories of ISO 3166-1, and Kosovo.

    It loads its table when it is first asked, and names in other languages only for a name
    that is no English one. A name that two states share is an error that lists them; a name
    of a territory, a region, a city or a former state never becomes the state that holds it.

    >>> states = StateDirectory()
    >>> states.resolve("the Czech Republic").alpha_2
    'CZ'
    >>> states.resolve("Korea")
    Traceback (most recent call last):
        ...
    airspace_events.errors.AmbiguousNameError: "Korea" may be KP (North Korea) or KR (South Korea)
    """

    def __init__(self) -> None:
        # Names as they were written before, so that asking again costs one look.
        self._known: dict[str, State] = {}

    def get(self, code: str) -> State:
        """The state of an ISO 3166-1 alpha-2 code, or XK.

        Raises:
            UnknownNameError: it is no such code.
        """
        try:
            return self._by_code[code]
        except KeyError:
            raise UnknownNameError(code, "no ISO 3166-1 alpha-2 code in upper case") from None

    def resolve(self, name: str, *, language: str | None = None, suggest: bool = True) -> State:
        """The state that is called so: by code, name, former name, demonym or flag.

        Args:
            name: what somebody wrote, in any case, with or without accents.
            language: the language that it is in (as pycountry names it: "uk", "pt_BR"); "en"
                looks in the English table only; without a language, English is tried first
                and then all others.
            suggest: whether an error says which names are near, for which all are compared.

        Raises:
            AmbiguousNameError: it may be any of several states.
            UnknownNameError: it names none; the error says what it is instead, or what is near.
        """
        found = self._known.get(name) if language is None else None
        if found is None:
            check_readable(name)
            found = self._by_code[self._code_of(name, language, suggest=suggest)]
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

    def _code_of(self, name: str, language: str | None, *, suggest: bool) -> str:
        wanted = key(name)
        if not wanted:
            raise UnknownNameError(name, "it has no letters")
        if language in (None, "en") and (code := self._english(name, wanted)):
            return code
        if language != "en":
            codes = translations.codes_of(wanted, language, self._local_names)
            if len(codes) > 1:
                raise self._ambiguity(name, codes)
            if codes:
                return codes[0]
            if language is not None and (code := self._english(name, wanted)):
                return code
        raise UnknownNameError(
            name, "no state is called so", self._near(wanted) if suggest else ()
        )

    def _near(self, wanted: str) -> tuple[str, ...]:
        """The names of the states whose names are spelt much like one."""
        found = near(wanted, self._by_name, most=3)
        return tuple(dict.fromkeys(self._by_code[self._by_name[match]].name for match in found))

    def _english(self, name: str, wanted: str) -> str | None:
        """The code for an English name, folded; with "Republic of" before it at need."""
        bare = wanted.removeprefix("republic of ").removeprefix("the ")
        for candidate, names in ((wanted, self._by_name), (bare, self._by_proper_name)):
            if candidate in self._no_states:
                raise UnknownNameError(name, self._no_states[candidate])
            if candidate in self._ambiguous:
                raise self._ambiguity(name, self._ambiguous[candidate])
            if candidate in names:
                return names[candidate]
        return None

    def _ambiguity(self, name: str, codes: Sequence[str]) -> AmbiguousNameError:
        return AmbiguousNameError(name, {code: self._by_code[code].name for code in codes})

    @cached_property
    def _rows(self) -> Mapping[str, Mapping[str, Any]]:
        return table("states")

    @cached_property
    def _refusals(self) -> Mapping[str, Mapping[str, Any]]:
        return table("not_states")

    @cached_property
    def _by_code(self) -> Mapping[str, State]:
        return {code: _state(code, row) for code, row in self._rows.items()}

    @cached_property
    def _by_proper_name(self) -> Mapping[str, str]:
        """Codes by name, folded: no codes and no demonyms."""
        return {
            key(name): code
            for code, row in self._rows.items()
            for name in (row["name"], row.get("official_name", ""), *row.get("other_names", ()))
            if name
        }

    @cached_property
    def _by_name(self) -> Mapping[str, str]:
        """Codes by everything that stands for a state in English, folded."""
        found = dict(self._by_proper_name)
        for code, row in self._rows.items():
            codes = [code, row.get("alpha_3"), row.get("numeric")]
            for word in (*codes, *row.get("demonyms", ())):
                if word:
                    found[key(word)] = code
        found.update({key(word): code for word, code in self._refusals["codes"].items()})
        return found

    @cached_property
    def _no_states(self) -> Mapping[str, str]:
        rows = {**self._refusals["no_codes"], **self._refusals["no_state"]}
        return {key(name): reason for name, reason in rows.items()}

    @cached_property
    def _ambiguous(self) -> Mapping[str, list[str]]:
        return {key(name): codes for name, codes in self._refusals["ambiguous"].items()}

    @cached_property
    def _local_names(self) -> Mapping[str, Mapping[str, str]]:
        """By language, codes by the everyday names that pycountry's catalogues lack."""
        found: dict[str, dict[str, str]] = {}
        for code, row in self._rows.items():
            for language, names in row.get("local_names", {}).items():
                found.setdefault(language, {}).update({key(name): code for name in names})
        return found


_REMEMBERED = 10_000


def _state(code: str, row: Mapping[str, Any]) -> State:
    english = [NameInLanguage(language="en", name=name) for name in row.get("other_names", ())]
    local = [
        NameInLanguage(language=language, name=name)
        for language, names in row.get("local_names", {}).items()
        for name in names
    ]
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
