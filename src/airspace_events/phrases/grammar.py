"""A grammar of phrases: forms with placeholders, and a function for each form.

The documentation shows forms in this notation. ``[on] WEEKDAY`` is a day of the week, with or
without "on". Words in capitals are placeholders. Each placeholder has its own forms, or a function
that finds its values. ``(a|b)`` is a choice, and ``[a|b]`` is an optional choice. The value of the
placeholder ``DATE:last`` is passed to the function as ``last``.

The grammar matches the whole phrase before it calls any function. Therefore a function can refuse
a phrase only if the whole phrase matches its form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from airspace_events.phrases.words import Word

Reader = Callable[..., Any]
_R = TypeVar("_R", bound=Reader)
Found = tuple[int, Any]
Terminal = Callable[[list[Word], int], Iterator[Found]]
_Span = tuple[int, tuple[tuple[str, Any], ...]]
"""The end of a match, and the values of its placeholders."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a phrase.

    Attributes:
        text: the form in the notation of the grammar.
        convention: the name of the convention for this form.
        read: the function that resolves the form, given the context and the values of the
            placeholders.
    """

    text: str
    convention: str
    read: Reader


class Match(NamedTuple):
    """A form that matches a phrase, with the values found for its placeholders."""

    form: Form
    places: tuple[tuple[str, Any], ...]

    def value(self, context: Any) -> Any:
        """Return the meaning of the matched words in a context."""
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


class _Sequence(NamedTuple):
    """A sequence of elements in a form.

    Attributes:
        elements: the literals, placeholders and choices, in order.
        starts: the words and terminals that a match can begin with, and an empty string if the
            sequence can match without any words.
    """

    elements: tuple[Any, ...]
    starts: frozenset[str]


class _Choice(NamedTuple):
    options: tuple[_Sequence, ...]
    starts: frozenset[str]


_NO_WORDS = frozenset({""})
_EMPTY = _Sequence((), _NO_WORDS)


def _one_of(options: list[_Sequence]) -> _Choice:
    return _Choice(tuple(options), frozenset[str]().union(*(it.starts for it in options)))


class _Kind(NamedTuple):
    """A kind of placeholder, with its function and its compiled forms."""

    terminal: Terminal | None
    forms: tuple[tuple[Form, _Choice], ...]
    starts: frozenset[str]


@dataclass(slots=True)
class Grammar:
    """The forms and the functions that find the values of each kind of placeholder."""

    forms: dict[str, list[Form]] = field(default_factory=dict[str, list[Form]])
    terminals: dict[str, Terminal] = field(default_factory=dict[str, Terminal])
    _kinds: dict[str, _Kind] = field(default_factory=dict[str, _Kind])

    def terminal(self, kind: str) -> Callable[[Terminal], Terminal]:
        """Register a function that finds the values of a kind of placeholder."""

        def register(find: Terminal) -> Terminal:
            self.terminals[kind] = find
            return find

        return register

    def form(self, kind: str, convention: str, *texts: str) -> Callable[[_R], _R]:
        """Register a function for one or more forms."""

        def register(read: _R) -> _R:
            for text in texts:
                self.forms.setdefault(kind, []).append(Form(text, convention, read))
            return read

        return register

    def kind(self, name: str) -> _Kind:
        """Return a kind of placeholder; its forms are compiled when a phrase first needs them."""
        known = self._kinds.get(name)
        if known is None:
            terminal = self.terminals.get(name)
            forms = tuple((it, self._compiled(it.text)) for it in self.forms.get(name, ()))
            own = frozenset({name}) if terminal else frozenset[str]()
            starts = own.union(*(choice.starts for _, choice in forms))
            known = self._kinds[name] = _Kind(terminal, forms, starts)
        return known

    def _compiled(self, text: str) -> _Choice:
        spaced = text
        for mark in "[]()|":
            spaced = spaced.replace(mark, f" {mark} ")
        choice, rest = self._choice_of(spaced.split())
        if rest:
            msg = f"unbalanced form: {text}"
            raise ValueError(msg)
        return choice

    def _choice_of(self, parts: list[str]) -> tuple[_Choice, list[str]]:
        options: list[_Sequence] = []
        elements: list[Any] = []
        while parts and parts[0] not in ("]", ")"):
            part, parts = parts[0], parts[1:]
            if part == "|":
                options.append(self._sequence_of(elements))
                elements = []
            elif part in ("[", "("):
                inner, parts = self._choice_of(parts)
                parts = parts[1:]
                elements.append(_one_of([*inner.options, _EMPTY]) if part == "[" else inner)
            elif part[0].isupper():
                kind, _, name = part.partition(":")
                elements.append(_Place(kind, name or kind.lower()))
            else:
                elements.append(_Literal(part))
        options.append(self._sequence_of(elements))
        return _one_of(options), parts

    def _sequence_of(self, elements: list[Any]) -> _Sequence:
        starts = _NO_WORDS
        for element in elements:
            if "" not in starts:
                break
            starts = (starts - _NO_WORDS) | self._starts(element)
        return _Sequence(tuple(elements), starts)

    def _starts(self, element: Any) -> frozenset[str]:
        if isinstance(element, _Literal):
            return frozenset({element.word})
        return self.kind(element.kind).starts if isinstance(element, _Place) else element.starts

    def matches(self, kind: str, words: list[Word]) -> tuple[list[Match], int]:
        """Return all matches of the whole phrase, and the maximum number of words that matched."""
        matcher = _Matcher(self, words)
        found = [value for end, value in matcher.at(kind, 0) if end == len(words)]
        return found, matcher.furthest


def joined(*grammars: Grammar) -> Grammar:
    """Return a grammar with the forms of several grammars, in the same order."""
    whole = Grammar()
    for grammar in grammars:
        whole.terminals.update(grammar.terminals)
        for kind, forms in grammar.forms.items():
            whole.forms.setdefault(kind, []).extend(forms)
    return whole


class _Matcher:
    """A matcher for one phrase. It tries each placeholder at most once at each word."""

    def __init__(self, grammar: Grammar, words: list[Word]) -> None:
        self._grammar = grammar
        self._words = words
        self._known: dict[tuple[str, int], list[Found]] = {}
        self._signs: dict[int, set[str]] = {}
        self.furthest = 0

    def at(self, kind: str, start: int) -> list[Found]:
        """Return the end and the value of each match that begins at a given word."""
        key = (kind, start)
        if key not in self._known:
            self._known[key] = list(self._find(kind, start))
        return self._known[key]

    def _find(self, name: str, start: int) -> Iterator[Found]:
        kind, signs = self._grammar.kind(name), self._signs_at(start)
        if kind.terminal:
            for end, value in kind.terminal(self._words, start):
                self.furthest = max(self.furthest, end)
                yield end, value
        for form, choice in kind.forms:
            # Most forms begin with another word, so this check excludes nearly all of them.
            if not choice.starts.isdisjoint(signs):
                for end, places in self._choice(choice, start):
                    yield end, Match(form, places)

    def _signs_at(self, start: int) -> set[str]:
        """Return the word at a position and the terminals that match at that position."""
        signs = self._signs.get(start)
        if signs is None:
            terminals = self._grammar.terminals.items()
            signs = {name for name, find in terminals if any(find(self._words, start))}
            signs |= {"", *(word.text for word in self._words[start : start + 1])}
            self._signs[start] = signs
        return signs

    def _choice(self, choice: _Choice, start: int) -> list[_Span]:
        signs = self._signs_at(start)
        found: list[_Span] = []
        for elements, starts in choice.options:
            if not starts.isdisjoint(signs):
                found += self._sequence(elements, start)
        return found

    def _sequence(self, elements: tuple[Any, ...], start: int) -> list[_Span]:
        found: list[_Span] = [(start, ())]
        for element in elements:
            found = [
                (end, places + more)
                for at, places in found
                for end, more in self._element(element, at)
            ]
            if not found:
                break
        return found

    def _element(self, element: Any, start: int) -> Iterable[_Span]:
        if isinstance(element, _Literal):
            if start == len(self._words) or self._words[start].text != element.word:
                return ()
            self.furthest = max(self.furthest, start + 1)
            return ((start + 1, ()),)
        if isinstance(element, _Place):
            name = element.name
            return [(end, ((name, value),)) for end, value in self.at(element.kind, start)]
        return self._choice(element, start)
