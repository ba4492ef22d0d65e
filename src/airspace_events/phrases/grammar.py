"""A grammar of phrases: forms with places in them, each with the function that reads it.

A form is written as the documentation shows it: ``[on] WEEKDAY`` is a day of the week, with or
without "on". Words in capitals are places, for which the grammar has forms or a function of its
own; ``(a|b)`` is a choice, ``[a|b]`` one that may be left out, and ``DATE:last`` a place whose
value the function takes by the name of ``last``.

First the whole phrase is matched, then the functions are called, so that a function refuses only
what is certainly meant as it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from airspace_events.phrases.words import Word

Reader = Callable[..., Any]
_R = TypeVar("_R", bound=Reader)
Found = tuple[int, Any]
Terminal = Callable[[list[Word], int], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Form:
    """One way to say something.

    Attributes:
        text: the form as it is written.
        convention: the convention by which it is read.
        read: the function that reads it: it takes the context and the values of the places.
    """

    text: str
    convention: str
    read: Reader
    pattern: _Choice


class Match(NamedTuple):
    """A form that fits, with what fits its places."""

    form: Form
    places: tuple[tuple[str, Any], ...]

    def value(self, context: Any) -> Any:
        """What the words mean in a context."""
        values = {
            name: found.value(context) if isinstance(found, Match) else found
            for name, found in self.places
        }
        return self.form.read(context, **values)


class _Literal(NamedTuple):
    word: str


class _Place(NamedTuple):
    kind: str
    name: str


class _Choice(NamedTuple):
    options: tuple[tuple[Any, ...], ...]


@dataclass(slots=True)
class Grammar:
    """The forms of each kind of place."""

    forms: dict[str, list[Form]] = field(default_factory=dict[str, list[Form]])
    terminals: dict[str, Terminal] = field(default_factory=dict[str, Terminal])

    def terminal(self, kind: str) -> Callable[[Terminal], Terminal]:
        """Register a function that finds the values of a kind of place by itself."""

        def register(find: Terminal) -> Terminal:
            self.terminals[kind] = find
            return find

        return register

    def form(self, kind: str, convention: str, *texts: str) -> Callable[[_R], _R]:
        """Register a function as the reader of some forms."""

        def register(read: _R) -> _R:
            for text in texts:
                form = Form(text, convention, read, _compiled(text))
                self.forms.setdefault(kind, []).append(form)
            return read

        return register

    def matches(self, kind: str, words: list[Word]) -> tuple[list[Match], int]:
        """All ways in which the words as a whole are of a kind, and how many words made sense."""
        matcher = _Matcher(self, words)
        found = [value for end, value in matcher.at(kind, 0) if end == len(words)]
        return found, matcher.furthest


def joined(*grammars: Grammar) -> Grammar:
    """One grammar with the forms of several, in their order."""
    whole = Grammar()
    for grammar in grammars:
        whole.terminals.update(grammar.terminals)
        for kind, forms in grammar.forms.items():
            whole.forms.setdefault(kind, []).extend(forms)
    return whole


class _Matcher:
    """Matches the words of one phrase, each kind of place at each word once."""

    def __init__(self, grammar: Grammar, words: list[Word]) -> None:
        self._grammar = grammar
        self._words = words
        self._known: dict[tuple[str, int], list[Found]] = {}
        self.furthest = 0

    def at(self, kind: str, start: int) -> list[Found]:
        """The ends and values of what is of a kind and begins at a word."""
        key = (kind, start)
        if key not in self._known:
            self._known[key] = list(self._find(kind, start))
        return self._known[key]

    def _find(self, kind: str, start: int) -> Iterator[Found]:
        terminal = self._grammar.terminals.get(kind)
        if terminal:
            for end, value in terminal(self._words, start):
                self.furthest = max(self.furthest, end)
                yield end, value
        for form in self._grammar.forms.get(kind, ()):
            for end, places in self._choice(form.pattern, start):
                yield end, Match(form, places)

    def _choice(self, choice: _Choice, start: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
        word = self._words[start].text if start < len(self._words) else None
        for option in choice.options:
            # Most options begin with another word; this is where nearly all of them end.
            if not option or not isinstance(option[0], _Literal) or option[0].word == word:
                yield from self._sequence(option, start)

    def _sequence(
        self, elements: tuple[Any, ...], start: int
    ) -> Iterator[tuple[int, tuple[Any, ...]]]:
        if not elements:
            yield start, ()
            return
        first, rest = elements[0], elements[1:]
        for middle, places in self._element(first, start):
            for end, more in self._sequence(rest, middle):
                yield end, places + more

    def _element(self, element: Any, start: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
        if isinstance(element, _Literal):
            if start < len(self._words) and self._words[start].text == element.word:
                self.furthest = max(self.furthest, start + 1)
                yield start + 1, ()
        elif isinstance(element, _Place):
            for end, value in self.at(element.kind, start):
                yield end, ((element.name, value),)
        else:
            yield from self._choice(element, start)


def _compiled(text: str) -> _Choice:
    spaced = text
    for mark in "[]()|":
        spaced = spaced.replace(mark, f" {mark} ")
    choice, rest = _choice_of(spaced.split())
    if rest:
        msg = f"unbalanced form: {text}"
        raise ValueError(msg)
    return choice


def _choice_of(parts: list[str]) -> tuple[_Choice, list[str]]:
    options: list[tuple[Any, ...]] = []
    elements: list[Any] = []
    while parts and parts[0] not in ("]", ")"):
        part, parts = parts[0], parts[1:]
        if part == "|":
            options.append(tuple(elements))
            elements = []
        elif part in ("[", "("):
            inner, parts = _choice_of(parts)
            parts = parts[1:]
            elements.append(_Choice((*inner.options, ())) if part == "[" else inner)
        elif part[0].isupper():
            kind, _, name = part.partition(":")
            elements.append(_Place(kind, name or kind.lower()))
        else:
            elements.append(_Literal(part))
    options.append(tuple(elements))
    return _Choice(tuple(options)), parts
