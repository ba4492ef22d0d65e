"""The codebook: every record, value, field and word with its meaning, as Markdown."""

import inspect
import sys
from collections.abc import Iterator

from airspace_events.feeds.header import FeedHeader
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.schema.diagram import mermaid
from airspace_events.schema.field_docs import field_docs
from airspace_events.values.base import FamilyValue, Value
from airspace_events.values.structure import FieldShape, fields_of
from airspace_events.vocabulary.codebook import Vocabulary, vocabularies

_PREFACE = """\
# The codebook

Every record, value, field and word, with its meaning. It is generated from the models and the
vocabularies, and a test holds it to them. Fields marked **required** must be given; whatever is
left out is not known, or has the default that its meaning tells.
"""


def codebook() -> str:
    """The whole codebook."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _PREFACE
    yield "## What names what\n"
    yield "Each arrow is told by the fields that name the record, or hold values that do.\n"
    yield f"```mermaid\n{mermaid()}```\n"
    yield "## Records\n"
    records: list[type[Value]] = [FeedHeader, *RECORD_CLASSES.values()]
    for model in records:
        yield from _model(model)
    yield "## Values\n"
    for model in _values_in(records):
        yield from _model(model)
    yield "## Words\n"
    for vocabulary in vocabularies().values():
        yield from _vocabulary(vocabulary)


def _values_in(models: list[type[Value]]) -> list[type[Value]]:
    """The classes of value that the models hold, each after the first that holds it."""
    found: list[type[Value]] = []
    todo = list(models)
    while todo:
        for shape in fields_of(todo.pop(0)).values():
            for member in shape.models.values():
                root = member.__mro__[1]
                if FamilyValue in root.__bases__ and root not in found:
                    found.append(root)
                if member not in found:
                    found.append(member)
                    todo.append(member)
    return found


def _model(model: type[Value]) -> Iterator[str]:
    yield f"### {model.__name__}\n"
    yield _prose(inspect.getdoc(model) or "") + "\n"
    if issubclass(model, FamilyValue) and model.is_family_root():
        words = ", ".join(f"`{word}` ({_link(m.__name__)})" for word, m in model.members().items())
        yield f"By its `{model.discriminator()}` it is one of: {words}.\n"
    yield "| field | holds | meaning |"
    yield "|---|---|---|"
    docs = field_docs(model)
    for name, shape in fields_of(model).items():
        required = " **required**" if shape.required else ""
        meaning = " ".join(docs.get(name, "The word that names the class.").split())
        yield f"| `{name}`{required} | {_cell(_holds(shape))} | {_cell(meaning)} |"
    yield ""


def _prose(doc: str) -> str:
    """A docstring without its doctests."""
    kept = [part for part in doc.split("\n\n") if not part.lstrip().startswith(">>>")]
    return "\n\n".join(kept).replace("``", "`")


def _holds(shape: FieldShape) -> str:
    roots = {m.__mro__[1] for m in shape.models.values() if FamilyValue in m.__mro__[1].__bases__}
    if roots:
        what = _link(roots.pop().__name__)
    elif shape.models:
        what = _link(next(iter(shape.models.values())).__name__)
    elif shape.vocabulary:
        what = _link(shape.vocabulary)
    elif shape.form:
        standard = f" ({shape.form.standard})" if shape.form.standard else ""
        what = f"{shape.form.name}{standard}"
    else:
        what = "one word" if shape.name in ("type", "aspect") else "as the word demands"
    if shape.reference:
        what = _named(shape.reference.kinds)
    return f"list of: {what}" if shape.many else what


def _named(kinds: tuple[str, ...]) -> str:
    if kinds == ("same",):
        return "names a record of the same type"
    return "names " + ", ".join(f"{_article(kind)} {kind}" for kind in kinds)


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeio" else "a"


def _vocabulary(vocabulary: Vocabulary) -> Iterator[str]:
    standard = f" From {vocabulary.standard}." if vocabulary.standard else ""
    yield f"### {vocabulary.name}\n"
    yield f"{vocabulary.about}{standard}\n"
    if not vocabulary.terms:
        yield ", ".join(f"`{word}`" for word in vocabulary.words) + "\n"
        return
    yield "| word | meaning | elsewhere |"
    yield "|---|---|---|"
    for term in vocabulary.terms.values():
        codes = "; ".join(f"{scheme}: {code}" for scheme, code in term.crosswalk.items())
        yield f"| `{term.word}` | {_cell(term.definition)} | {_cell(codes)} |"
    yield ""


def _link(name: str) -> str:
    return f"[{name}](#{name.lower()})"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("``", "`")


if __name__ == "__main__":
    sys.stdout.write(codebook())
