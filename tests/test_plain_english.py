"""Every sentence a person reads is plain English: no word or pattern of a short list is used.

The test reads the messages and docstrings of the source, the definitions in its `.toml` files, and
the documents. It leaves out quotations, inline code, blocks of code and tables. A failure names
the place, and what to write instead.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from document_blocks import ROOT, pages

SENTENCE_LIMIT = 35
MESSAGE_WORDS = 3
MOST_SHOWN = 60
IS_EXPRESSION = re.compile(r"\(\?|\\[dsbw]|\[\^|\[\w-\w")
"""Finds the texts that are regular expressions, which nobody reads as a sentence."""

GENERATED = {"cli.md", "codebook.md", "columns.md", "phrases.md", "pictures.md", "rules.md"}
"""Pages whose sentences come from the source and from `docs/generators`."""

DEFINITION_KEYS = {"about", "because", "definition", "meaning", "means", "note", "reason", "what"}


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that a person reads.

    Attributes:
        kind: `message`, `docstring`, `definition` or `prose`.
        place: the file and the line.
        text: the text, in which quotations and code are left out.
    """

    kind: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A word or a phrase to avoid.

    Attributes:
        found_by: the regular expression that finds it.
        instead: the advice to the writer.
        kinds: the kinds of passages in which it is not allowed; empty for all.
    """

    found_by: str
    instead: str
    kinds: tuple[str, ...] = ()


COMPARATIVES = (
    "longer|more|less|fewer|later|earlier|better|worse|faster|slower|wider|narrower|looser|"
    "stricter|larger|greater|smaller|higher|lower|older|newer"
)

PATTERNS = {
    "whence": Pattern(
        r"\b(whence|whither|hither|thither|hence)\b", "where ... from, where ... to, so"
    ),
    "thereof": Pattern(
        r"\b(there|where|here)(of|in|on|upon|unto|with|to|from)\b",
        "of it, in it, with it; name the noun",
    ),
    "told": Pattern(r"\btold\b(?! apart)", "reported, said, listed, shown; or the active voice"),
    "anew": Pattern(r"\banew\b", "again"),
    "put right": Pattern(r"\b(put|puts|putting) (it |them |this )?right\b", "fix, correct"),
    "be it": Pattern(r"(?<=[,;:(] )be (it|they)\b", "whether it is ... or ..."),
    "is no": Pattern(
        rf"(?<!there\s)\b(is|are|was|were)\s+no\s+(?!(?:{COMPARATIVES})\b)\w+",
        "is not a ..., has no ...",
    ),
    "is none": Pattern(
        r"(?<!there\s)\b(is|are|was|were)\s+(?-i:none)\b(?! (of|the)\b)", "is not a ..., is empty"
    ),
    "wanted": Pattern(r"\b(is|are) wanted\b", "must be, is required, expected"),
    "or perhaps": Pattern(r"\bor perhaps\b", "or possibly, may"),
    "put aside": Pattern(r"\b(put|puts) aside\b", "store"),
    "wrong usage": Pattern(r"\bwrong usage\b", "usage error"),
    "third person": Pattern(
        r"\A\W*(Accepts|Adapts|Builds|Collects|Compares|Computes|Converts|Cuts|Defines|Describes|"
        r"Escapes|Finds|Folds|Follows|Keeps|Loads|Makes|Merges|Opens|Parses|Reads|Recognises|"
        r"Recognizes|Registers|Renders|Resolves|Restricts|Returns|Suggests|Takes|Turns|Writes|"
        r"Yields)\b",
        "start with an imperative verb or a noun phrase: Return ..., A reader of ...",
        ("docstring",),
    ),
    "question word": Pattern(
        r"\A\W*(What|Whether|How|Where(?! it entered from)|Who|Whose)\b",
        "start with a verb or a noun: Return whether ..., The id of ...",
        ("docstring",),
    ),
}


@dataclass(frozen=True, slots=True)
class Exemption:
    """A place where a pattern is right, and why."""

    pattern: str
    file: str
    words: str
    reason: str


EXEMPTIONS: tuple[Exemption, ...] = ()


# What a person reads.


def without(text: str, *expressions: str) -> str:
    """Return a text with one word and the same line ends in the place of each match."""
    for expression in expressions:
        text = re.sub(expression, lambda match: "X" + "\n" * match[0].count("\n"), text)
    return text


def plain(text: str) -> str:
    """Return a text without inline code, quotations and the targets of links."""
    text = re.sub(
        r"\]\([^()]*(?:\([^()]*\)[^()]*)*\)", lambda match: "]" + "\n" * match[0].count("\n"), text
    )
    return without(text, r"(`+)[^`]+?\1", r'"[^"]{1,400}?"', r"“[^”]{1,400}?”", r"https?://\S+")


def text_of(node: ast.AST) -> str | None:
    """Return the text of a string literal, with X for each part that is computed."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            part.value if isinstance(part, ast.Constant) else "X" for part in node.values
        )
    return None


def source_passages(source: str, file: str) -> Iterator[Passage]:
    """Yield the docstrings of a module and its messages: other texts of three words or more."""
    module = ast.parse(source)
    docstrings = [node.value for node in ast.walk(module) if isinstance(node, ast.Expr)]
    joined = [node for node in ast.walk(module) if isinstance(node, ast.JoinedStr)]
    parts = {id(part) for node in joined for part in ast.walk(node) if part is not node}
    for node in ast.walk(module):
        text = text_of(node)
        if text is None or id(node) in parts:
            continue
        place = f"{file}:{node.lineno}"
        if any(node is docstring for docstring in docstrings):
            # Examples and the names of arguments and attributes are code.
            prose = re.sub(r"^ *(?:>>>|\.\.\. ).*$|^ +[\w*]+:", "", text, flags=re.MULTILINE)
            yield Passage("docstring", place, plain(prose))
        elif len(text.split()) >= MESSAGE_WORDS and not IS_EXPRESSION.search(text):
            yield Passage("message", place, plain(text))


def definition_passages(source: str, file: str) -> Iterator[Passage]:
    """Yield the definitions of a `.toml` file."""

    def texts(value: Any, key: str = "") -> Iterator[str]:
        if isinstance(value, dict):
            for name, inner in value.items():
                yield from texts(inner, name)
        elif isinstance(value, list):
            for inner in value:
                yield from texts(inner, key)
        elif isinstance(value, str) and key in DEFINITION_KEYS:
            yield value

    lines = source.splitlines()
    for text in texts(tomllib.loads(source)):
        first = re.split(r"[\n\"\\]", text.strip())[0]
        line = next((number for number, line in enumerate(lines, 1) if first in line), 1)
        yield Passage("definition", f"{file}:{line}", plain(text))


def prose_passages(page: str, file: str) -> Iterator[Passage]:
    """Yield the paragraphs, items and headings of a document, one each.

    Blocks of code, tables, quotations and comments are left out.
    """
    text = re.sub(r"<!--.*?-->", lambda match: "\n" * match[0].count("\n"), page, flags=re.DOTALL)
    started, paragraph, fence = 0, [""], ""
    for number, line in enumerate([*text.splitlines(), ""], 1):
        bare = line.strip()
        mark = re.match(r"`{3,}|~{3,}|:{3,}", bare)
        is_code = bool(fence or mark)
        if mark and (not fence or bare == fence):
            fence = "" if fence else mark[0]
        is_left_out = is_code or not bare or bare[0] in "|>"
        begins = re.match(r"#+ |[-*+] |\d+\. |: ", bare)
        if (is_left_out or begins) and any(paragraph):
            yield Passage("prose", f"{file}:{started}", plain("\n".join(paragraph)))
        if is_left_out or begins:
            paragraph = []
        if not is_left_out:
            if not paragraph:
                started = number
            paragraph.append(re.sub(r"^(#+|[-*+]|\d+\.|:) ", "", bare))
            if bare.startswith("#"):
                yield Passage("prose", f"{file}:{number}", plain(paragraph.pop()))


def passages() -> Iterator[Passage]:
    """Yield everything that a person reads in this project."""
    for folder in ("src", "docs/generators"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from source_passages(path.read_text(encoding="utf-8"), relative(path))
    for path in sorted((ROOT / "src").rglob("*.toml")):
        yield from definition_passages(path.read_text(encoding="utf-8"), relative(path))
    for page, text in pages().items():
        if Path(page).name not in GENERATED:
            yield from prose_passages(text, page)


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# What is wrong with it.


def hits(name: str, passage: Passage) -> Iterator[str]:
    """Yield a line for each place in a passage where a pattern is found."""
    pattern = PATTERNS[name]
    if pattern.kinds and passage.kind not in pattern.kinds:
        return
    for match in re.finditer(pattern.found_by, passage.text, re.IGNORECASE):
        around = " ".join(passage.text[max(0, match.start() - 40) : match.end() + 40].split())
        place = place_in(passage, match.start())
        yield f'{place}: "{match[0]}" in "{around}"; write: {pattern.instead}'


def long_sentences(passage: Passage) -> Iterator[str]:
    """Yield a line for each sentence of a document that has too many words."""
    if passage.kind != "prose":
        return
    start = 0
    for sentence in re.split(r"(?<=[.?!])(?=[\s)])|(?<=[.?!]\*\*)(?=\s)", passage.text):
        length = len(re.findall(r"\w[\w'-]*", sentence))
        if length > SENTENCE_LIMIT:
            begins = " ".join(sentence.split()[:8])
            place = place_in(passage, start + len(sentence) - len(sentence.lstrip()))
            yield f'{place}: {length} words in "{begins} ..."; write sentences of about 20 words'
        start += len(sentence)


def place_in(passage: Passage, at: int) -> str:
    """Return the file and the line of a position in a passage."""
    file, _, line = passage.place.rpartition(":")
    return f"{file}:{int(line) + passage.text.count(chr(10), 0, at)}"


def is_exempt(name: str, hit: str) -> bool:
    return any(
        one.pattern == name and hit.startswith(f"{one.file}:") and one.words in hit
        for one in EXEMPTIONS
    )


def report(found: list[str]) -> str:
    return "\n".join([f"{len(found)} places:", *found[:MOST_SHOWN]])


@pytest.fixture(scope="module")
def everything() -> list[Passage]:
    return list(passages())


@pytest.mark.parametrize("name", PATTERNS)
def test_no_forbidden_words_are_used(name: str, everything: list[Passage]) -> None:
    found = [hit for passage in everything for hit in hits(name, passage)]
    found = [hit for hit in found if not is_exempt(name, hit)]
    assert not found, report(found)


def test_no_sentence_in_the_documents_is_too_long(everything: list[Passage]) -> None:
    found = [hit for passage in everything for hit in long_sentences(passage)]
    assert not found, report(found)


def test_every_exemption_is_needed(everything: list[Passage]) -> None:
    for exemption in EXEMPTIONS:
        found = [hit for passage in everything for hit in hits(exemption.pattern, passage)]
        assert any(is_exempt(exemption.pattern, hit) for hit in found), exemption
        assert exemption.reason


# The guard itself.

BAD_AND_GOOD = [
    ("whence", "Whence it came: a state's code.", "Where it entered from: a state code."),
    ("whence", "It says whither it flew.", "It says where it flew to."),
    ("thereof", "The record and the fields thereof.", "The record and its fields; therefore."),
    ("told", "The problem is told by the validator.", "The validator reports the problem."),
    ("told", "It was told once.", "Classes are told apart by their type."),
    ("anew", "Write the files anew.", "Write the files again. A new file is best."),
    ("put right", "Faults are put right by hand.", "Faults are put in the right order."),
    ("put right", "Putting it right takes an hour.", "Fixing it takes an hour."),
    ("be it", "A text, be it long or short.", "A text may claim to be it."),
    ("is no", "The kind is no kind of source.", "There is no kind; it is no longer used."),
    ("is no", "These were no\nstates.", "They had no states. It is no wider than that."),
    ("is none", "A state that is none.", "There is none. The value is None."),
    ("wanted", "A path is wanted.", "A path is required. The wanted row comes first."),
    ("or perhaps", "One drone or perhaps two.", "One drone, perhaps two."),
    ("put aside", "Claims are put aside.", "Claims are stored."),
    ("wrong usage", "Exit code 2: wrong usage.", "Exit code 2: usage error."),
    ("third person", "Reads a feed.", "Read a feed. Reader of feeds."),
    ("question word", "Whether it is one.", "Return whether it is one."),
    ("question word", "\n    How many there are.", "The number of items."),
    ("question word", "What was found.", "Whatever else."),
]


@pytest.mark.parametrize(("name", "bad", "good"), BAD_AND_GOOD)
def test_the_guard_knows_bad_from_good(name: str, bad: str, good: str) -> None:
    kind = (PATTERNS[name].kinds or ("message",))[0]
    [hit] = hits(name, Passage(kind, "a/file.py:7", bad))
    assert hit.startswith(("a/file.py:7: ", "a/file.py:8: "))
    assert hit.endswith(f"write: {PATTERNS[name].instead}")
    assert list(hits(name, Passage(kind, "a/file.py:7", good))) == []


def test_every_pattern_has_a_bad_example() -> None:
    assert {name for name, *_ in BAD_AND_GOOD} == set(PATTERNS)


SOURCE = '''
"""Docs of a module."""
WORDS = {"told": "by whom"}
class Made:
    """What is made.

    >>> told(1)

    Attributes:
        told: the number.
    """

    field: int
    """The field of it."""

def told(value):
    """Say `told`."""
    expression = r"was (?:told|said) once"
    raise ValueError(f"{value!r} is no {kind(value)} at all")
'''


def test_the_guard_reads_docstrings_and_messages() -> None:
    read = list(source_passages(SOURCE, "a.py"))
    assert sorted((one.kind, one.place, " ".join(one.text.split())) for one in read) == [
        ("docstring", "a.py:14", "The field of it."),
        ("docstring", "a.py:17", "Say X."),
        ("docstring", "a.py:2", "Docs of a module."),
        ("docstring", "a.py:5", "What is made. the number."),
        ("message", "a.py:19", "X is no X at all"),
    ]


def test_the_guard_reads_definitions_and_no_names() -> None:
    source = 'name = "told"\n[a.b]\nmeaning = """\nIt was\ntold."""\nfails = "told"\n'
    [read] = definition_passages(source, "a.toml")
    [hit] = hits("told", read)
    assert hit.startswith("a.toml:5: ")


PAGE = """# A title that was told

A paragraph with `told` and "told
by others" [told](told.md "told"),
over lines.
- An item told

  ```python
  told
  ```

| told | told |
|---|---|
> told
<!-- told
-->
It was
told here.
"""


def test_the_guard_reads_prose_and_no_code_tables_or_quotations() -> None:
    places = [
        hit.split(": ")[0] for one in prose_passages(PAGE, "a.md") for hit in hits("told", one)
    ]
    assert places == ["a.md:1", "a.md:4", "a.md:6", "a.md:18"]


def test_the_guard_counts_the_words_of_a_sentence() -> None:
    words = " ".join(["word"] * SENTENCE_LIMIT)
    code = '`a b c d` and [a](b.md#c-d) "so many words of somebody else"'
    page = f"Short.\n{words} word. Short.\n\n{words}. {words}.\n\n- {words}\n- {words}\n\n"
    found = [hit for one in prose_passages(page, "a.md") for hit in long_sentences(one)]
    assert [hit.split(" words")[0] for hit in found] == ["a.md:2: 36"]
    few = " ".join(["word"] * (SENTENCE_LIMIT - 4))
    assert not [
        hit for one in prose_passages(f"{few} {code}.", "a.md") for hit in long_sentences(one)
    ]
