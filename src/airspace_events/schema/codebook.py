"""Writes the codebook: every record, value, field and word with its meaning, as Markdown."""

import json
from collections.abc import Iterator
from dataclasses import replace

from airspace_events.feeds.header import FeedHeader
from airspace_events.models.base import BaseRecord
from airspace_events.models.events import Incursion
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.schema.claimed_names import name_of_held
from airspace_events.schema.diagram import named_by
from airspace_events.schema.docstrings import class_doc, field_doc
from airspace_events.schema.examples import example_of, examples
from airspace_events.schema.schema_limits import limits_section
from airspace_events.values.base import FamilyValue, Value
from airspace_events.values.field_names import ClaimedField, claimable_names
from airspace_events.values.structure import FieldShape, fields_of
from airspace_events.vocabulary.codebook import Term, Vocabulary, vocabularies

_PREFACE = """\
# The codebook

Look up the meaning of every record, value, field and word. The page is generated from the models
and the vocabularies. Fields marked **required** must be given. A missing field means that nobody
reported the value, or that it is unknown. Only two fields have a default: `polarity` is
`affirmed`, and `revision` is 1. All examples are made up. The example of a value with several
fields is below its table.

[Each record as a picture](pictures.md) shows how the parts fit together. For a question about a
case, see [how to record it](recording.md).

- [References between records](#references-between-records): the fields that name other records
- [Records](#records): the lines of a feed
- [Values](#values): the parts of records
- [Fields that claims can name](#fields-that-claims-can-name): their names and types
- [Words](#words): the closed lists, with the codes of other standards
- [What the JSON Schema cannot say](#what-the-json-schema-cannot-say): checks of the validator
- [Other standards](#other-standards): from the codes of other standards to the words
"""

_NAMES = """\
Records name other records by id, and states by code. The names are in these fields, or in values
that the fields contain. [The pictures](pictures.md#references-between-records) show them as
diagrams.
"""

_RECORDS = """\
The first line of a feed is its header, and each later line is one of these records.
"""

_CLAIMED = """\
A [claim](#fieldclaim) or an [assessment](#fieldassessment) with the aspect `field` names fields of
an incursion, a series or a finding. `*` stands for the `id` of an item: `objects.first.count` is
the count of the object with the id `first`. The last column gives the type of the claim's `value`,
if it has one. The JSON Schema checks the type too.

- The name of a **value** ends at the value, never inside it: `depth`, not `depth.best`.
- The name of an **item** says only that the item existed. Each of its values has its own name.
- With the name of a **list**, `value` is one item. The claim is that the list contained the item,
  or did not contain it.
- `occurrence` and `crossing` are **propositions**: "something flew", "it crossed the border". A
  claim can use them even if the record does not judge them. `over` and the id of a zone are
  propositions too: "it was over land", "it entered the zone". In a claim about a series or a
  finding, `value` gives the state whose border was crossed.

The fields `id`, `note`, `scope` and `entry`, and the `precision` and `method` of a place, belong
to the editor. A claim cannot name them.
"""

_KINDS = """\
`Incursion.kinds` gives the [kinds of incursion](#incursionkind) that the record reports. It is
computed from the fields above and never stored, and several kinds may apply.
"""

_OPEN = "the type of [the named field](#fields-that-claims-can-name), or of the aspect"
_STANDARDS = """\
Find a word by its code in another standard. Each row has the nearest word, which may differ in
meaning: read the definition of the word.
"""

_EVERY_RECORD = "It also has the fields of [every record](#baserecord).\n"


def codebook() -> str:
    """Return the whole codebook as Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _PREFACE
    yield from _what_names_what()
    yield "## Records\n"
    yield _RECORDS
    records: list[type[Value]] = [FeedHeader, *RECORD_CLASSES.values()]
    described: list[type[Value]] = [FeedHeader, BaseRecord, *RECORD_CLASSES.values()]
    for model in described:
        yield from _model(model)
    yield "## Values\n"
    for model in _values_in(records):
        yield from _model(model)
    yield from _claimed_fields()
    yield "## Words\n"
    for vocabulary in vocabularies().values():
        yield from _vocabulary(vocabulary)
    yield limits_section()
    yield from _other_standards()


def _what_names_what() -> Iterator[str]:
    yield "## References between records\n"
    yield _NAMES
    yield "| a record | names |"
    yield "|---|---|"
    for kind, model in RECORD_CLASSES.items():
        named: dict[str, set[str]] = {}
        for field, target in named_by(model):
            named.setdefault(kind if target == "same" else target, set()).add(field)
        links = "; ".join(_named_in(target, fields) for target, fields in sorted(named.items()))
        yield f"| [{kind}](#{model.__name__.lower()}) | {links} |"
    yield ""


def _named_in(target: str, fields: set[str]) -> str:
    what = "an object of an incursion" if target == "object" else target
    return f"{what} in {', '.join(f'`{name}`' for name in sorted(fields))}"


def _values_in(models: list[type[Value]]) -> list[type[Value]]:
    """Return the value classes used by the models, each after its first user."""
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
    yield _prose(class_doc(model)) + "\n"
    if issubclass(model, FamilyValue) and model.is_family_root():
        words = ", ".join(f"`{word}` ({_link(m.__name__)})" for word, m in model.members().items())
        yield f"Its `{model.discriminator()}` selects one of: {words}.\n"
    shared = _described_elsewhere(model)
    yield "| field | holds | example | meaning |"
    yield "|---|---|---|---|"
    for name, shape in fields_of(model).items():
        if name in shared:
            continue
        required = " **required**" if shape.required else ""
        meaning = " ".join((field_doc(model, name) or "The word that selects the class.").split())
        example = example_of(model, shape)
        shown = f"`{example}`" if example else ""
        holds = _cell(_holds(shape))
        yield f"| `{name}`{required} | {holds} | {_cell(shown)} | {_cell(meaning)} |"
    yield ""
    if model is Incursion:
        yield _KINDS
    if model in examples():
        yield f"```json\n{json.dumps(examples()[model], ensure_ascii=False)}\n```\n"
    if shared and issubclass(model, BaseRecord):
        yield _EVERY_RECORD
    elif shared:
        yield f"It also has the other fields of {_link(model.__mro__[1].__name__)}.\n"


def _claimed_fields() -> Iterator[str]:
    yield "## Fields that claims can name\n"
    yield _CLAIMED
    yield "| name | names | `value` |"
    yield "|---|---|---|"
    for name, found in claimable_names():
        held = name_of_held(found)
        kind = f"{_article(found.kind)} {found.kind}"
        yield f"| `{name}` | {kind} | {_held_by_claim(found, held) if held else 'none'} |"
    yield ""


def _held_by_claim(found: ClaimedField, name: str) -> str:
    """Return the type of the value of a field claim, with a link to its explanation."""
    if found.shape is None:
        return _link(name)
    held = _holds(replace(found.shape, many=False))
    return held.replace("[ReportedQuantity]", f"[{name}]")


def _described_elsewhere(model: type[Value]) -> set[str]:
    """Return the fields that are described once: those of every record, or of a family."""
    if issubclass(model, BaseRecord) and model is not BaseRecord:
        return set(fields_of(BaseRecord)) - {"type", "id"}
    root = model.__mro__[1]
    if issubclass(root, FamilyValue) and root.is_family_root():
        same = {
            name for name in fields_of(root) if field_doc(model, name) == field_doc(root, name)
        }
        return same - {root.discriminator()}
    return set()


def _prose(doc: str) -> str:
    """Return a docstring without its doctests."""
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
    elif shape.is_open:
        what = _OPEN
    else:
        what = "one word"
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
    yield "| word | meaning | other standards |"
    yield "|---|---|---|"
    for term in vocabulary.terms.values():
        codes = "; ".join(f"{scheme}: {code}" for scheme, code in term.crosswalk.items())
        yield f"| `{term.word}` | {_cell(term.definition)} | {_cell(codes)} |"
    yield ""


def _other_standards() -> Iterator[str]:
    yield "## Other standards\n"
    yield _STANDARDS
    found: dict[str, list[tuple[str, Vocabulary, Term]]] = {}
    for vocabulary in vocabularies().values():
        for term in vocabulary.terms.values():
            for scheme, code in term.crosswalk.items():
                found.setdefault(scheme, []).append((code, vocabulary, term))
    for scheme in sorted(found, key=str.lower):
        yield f"### {scheme}\n"
        yield "| code | word here | in |"
        yield "|---|---|---|"
        for code, vocabulary, term in sorted(found[scheme], key=lambda row: (row[0], row[1].name)):
            yield f"| {_cell(code)} | `{term.word}` | {_link(vocabulary.name)} |"
        yield ""


def _link(name: str) -> str:
    return f"[{name}](#{name.lower()})"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("``", "`")
