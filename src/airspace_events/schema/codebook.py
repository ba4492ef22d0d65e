"""The codebook: every record, value, field and word with its meaning, as Markdown."""

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

Every record, value, field and word, with its meaning. It is generated from the models and the
vocabularies, and a test holds it to them. Fields marked **required** must be given. A field that
is left out was not reported, or is not known: no default says anything in its place. The two
exceptions are `polarity`, which is `affirmed`, and `revision`, which is 1. Examples are made up;
that of a value with fields of its own stands below the table of these.

If you look for a picture first, [here is one of each record](pictures.md); if you have a question
rather than a field, [here are answers](recording.md).

- [What names what](#what-names-what)
- [Records](#records): what stands on a line of a feed
- [Values](#values): what records hold
- [Fields that claims can name](#fields-that-claims-can-name): their names, and what each holds
- [Words](#words): the closed lists, each word with its code in other standards
- [What the JSON Schema cannot say](#what-the-json-schema-cannot-say): and who says it instead
- [Other standards](#other-standards): the words the other way round, from their codes
"""

_NAMES = """\
Records name others by their ids, and states by their codes, in these fields or in values that the
fields hold. [The pictures](pictures.md#what-names-what) have it as diagrams.
"""

_RECORDS = """\
The first line of a feed is its header, and each line behind it is one of these records.
"""

_CLAIMED = """\
A [claim](#fieldclaim) or an [assessment](#fieldassessment) with the aspect `field` names fields of
an incursion, a series or a finding. `*` stands for the `id` of an item: `objects.first.count` is
the count of the object with the id `first`. The last column says what the `value` of the claim
must be, if it has one; the JSON Schema checks it too.

- The name of a **value** ends at the value, never inside it: `depth`, not `depth.best`.
- The name of an **item** says only that there was such an item. Its values are named themselves.
- At the name of a **list**, `value` is one of its items: the claim is that it was, or was not,
  among them.
- `occurrence` and `crossing` are **propositions**: "something flew", "it crossed the border". A
  claim can make them whether or not the record judges them. So are `over` and the id of a zone:
  "it was over land", "it entered the zone". A claim of a series or a finding says with `value`
  which state's border was crossed.

The fields `id`, `note`, `scope` and `entry`, and the `precision` and `method` of a place, are the
editor's own; nobody can claim them.
"""

_KINDS = """\
`Incursion.kinds` says which [kinds of incursion](#incursionkind) the record reports. It is
computed from the fields above and never stored, and several kinds may hold.
"""

_OPEN = "what [the named field](#fields-that-claims-can-name) holds, or what the aspect demands"
_STANDARDS = """\
For those who know another standard: its codes, and the words here that come nearest. That two
stand in one row does not say that both mean the same: the definition says what a word means here.
"""

_EVERY_RECORD = "Besides, it has the fields that [every record](#baserecord) has.\n"


def codebook() -> str:
    """The whole codebook."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _PREFACE
    yield from _what_names_what()
    yield "## Records\n"
    yield _RECORDS
    records: list[type[Value]] = [FeedHeader, *RECORD_CLASSES.values()]
    told: list[type[Value]] = [FeedHeader, BaseRecord, *RECORD_CLASSES.values()]
    for model in told:
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
    yield "## What names what\n"
    yield _NAMES
    yield "| a record | names |"
    yield "|---|---|"
    for kind, model in RECORD_CLASSES.items():
        named: dict[str, set[str]] = {}
        for field, target in named_by(model):
            named.setdefault(kind if target == "same" else target, set()).add(field)
        told = "; ".join(_named_in(target, fields) for target, fields in sorted(named.items()))
        yield f"| [{kind}](#{model.__name__.lower()}) | {told} |"
    yield ""


def _named_in(target: str, fields: set[str]) -> str:
    what = "an object of an incursion" if target == "object" else target
    return f"{what} in {', '.join(f'`{name}`' for name in sorted(fields))}"


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
    yield _prose(class_doc(model)) + "\n"
    if issubclass(model, FamilyValue) and model.is_family_root():
        words = ", ".join(f"`{word}` ({_link(m.__name__)})" for word, m in model.members().items())
        yield f"By its `{model.discriminator()}` it is one of: {words}.\n"
    shared = _told_elsewhere(model)
    yield "| field | holds | example | meaning |"
    yield "|---|---|---|---|"
    for name, shape in fields_of(model).items():
        if name in shared:
            continue
        required = " **required**" if shape.required else ""
        meaning = " ".join((field_doc(model, name) or "The word that names the class.").split())
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
        yield f"Besides, it has the other fields of {_link(model.__mro__[1].__name__)}.\n"


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
    """What the value of a claim about a field is, with a link to where that is explained."""
    if found.shape is None:
        return _link(name)
    held = _holds(replace(found.shape, many=False))
    return held.replace("[ReportedQuantity]", f"[{name}]")


def _told_elsewhere(model: type[Value]) -> set[str]:
    """The fields that are told where they come from: those of every record, or of a family."""
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
    yield "| word | meaning | elsewhere |"
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
