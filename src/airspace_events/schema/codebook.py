"""The codebook in Markdown, with the meaning of every record, value, field and term."""

import json
from collections.abc import Iterator
from dataclasses import replace

from airspace_events.feeds.header import FeedHeader
from airspace_events.models.base import BaseRecord
from airspace_events.models.events import Incursion
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.reference.alliances import alliances
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

This page is for coders: it explains every record, value, field and term. Look up a field by its
record, or a term by its list. The page is generated from the models and the vocabularies.

- **required** in the column *default* means that you must give the field.
- *none* means that an omitted field has no value: it was not reported, or it is not known.
- `[]` means that an omitted list is empty.
- Only two fields have another default: `polarity` is `affirmed`, and `revision` is 1.

The examples are made up. A value with fields of its own has its example below its table.

[The pictures](pictures.md) show one record of each type.
[How to record](recording.md) answers questions about sentences in reports.

- [References between records](#references-between-records): the fields that refer to other records
- [Built-in alliances](#built-in-alliances): their ids
- [Records](#records): one on each line of a feed
- [Values](#values): the parts of records
- [Fields that claims can name](#fields-that-claims-can-name): their names and their values
- [Words](#words): the closed lists of terms, with codes in other standards
- [What the JSON Schema cannot say](#what-the-json-schema-cannot-say): rules that only `validate`
  checks
- [Other standards](#other-standards): their codes, and the terms for each code
"""

_NAMES = """\
A record refers to a state by its code, and to any other record by its id. This table shows the
fields with references; the fields belong to the record or to its values.
[The pictures](pictures.md#references-between-records) show the same as diagrams.
"""

_ALLIANCES = """\
The library includes these alliances with their memberships. Use their ids in every field that
refers to an alliance, such as `speakers` or `by`. Add a record to your feed only for an alliance
that is not in this table.
"""

_RECORDS = """\
The first line of a feed is its header. Each later line is one of these records.
"""

_CLAIMED = """\
A [claim](#fieldclaim) or an [assessment](#fieldassessment) with the aspect `field` names fields of
an incursion, a series or a finding. `*` is the `id` of an item: `objects.first.count` is the count
of the object with the id `first`. The last column gives the type of the `value` of the claim. The
JSON Schema checks this type too.

- The name of a **value** ends at the value, never inside it: `depth`, not `depth.best`.
- The name of an **item** claims only that the item existed. Name each of its values separately.
- With the name of a **list**, `value` is one of its items. The claim is that the item was, or was
  not, in the list.
- `occurrence` and `crossing` are **propositions**: "something flew", "it crossed the border". A
  claim can be about them even if the record does not judge them. `over` and the id of a zone are
  propositions too: "it was over land", "it entered the zone". In a claim about a series or a
  finding, the `value` of `crossing` is the state whose border was crossed.

The fields `id`, `note`, `scope` and `entry`, and the `precision` and `method` of a place, are the
editor's own. A claim cannot be about them.
"""

_KINDS = """\
`Incursion.kinds` returns the [kinds of incursion](#incursionkind) that the record reports. It is
computed from the fields above and never stored. Several kinds may apply.
"""

_OPEN = (
    "the value of [the named field](#fields-that-claims-can-name), or the value that the aspect "
    "requires"
)
_COORDINATES = "positions of [longitude, latitude], nested as the `type` requires"
_STANDARDS = """\
These tables list the codes of other standards with the closest terms of this codebook. A code and
a term in the same row may differ in meaning, so read the definition of the term.
"""

_EVERY_RECORD = "It also has the fields of [every record](#baserecord).\n"


def codebook() -> str:
    """Return the whole codebook as Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _PREFACE
    yield from _what_names_what()
    yield from _alliances()
    yield "## Records\n"
    yield _RECORDS
    records: list[type[Value]] = [FeedHeader, *RECORD_CLASSES.values()]
    shown: list[type[Value]] = [FeedHeader, BaseRecord, *RECORD_CLASSES.values()]
    for model in shown:
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
    yield "| record | refers to |"
    yield "|---|---|"
    for kind, model in RECORD_CLASSES.items():
        named: dict[str, set[str]] = {}
        for field, target in named_by(model):
            named.setdefault(kind if target == "same" else target, set()).add(field)
        targets = "; ".join(_named_in(target, fields) for target, fields in sorted(named.items()))
        yield f"| [{kind}](#{model.__name__.lower()}) | {targets} |"
    yield ""


def _alliances() -> Iterator[str]:
    yield "## Built-in alliances\n"
    yield _ALLIANCES
    yield "| id | name | kind |"
    yield "|---|---|---|"
    for alliance in alliances:
        yield f"| `{alliance.id}` | {_cell(alliance.name)} | `{alliance.kind}` |"
    yield ""


def _named_in(target: str, fields: set[str]) -> str:
    what = "an object of an incursion" if target == "object" else target
    return f"{what} in {', '.join(f'`{name}`' for name in sorted(fields))}"


def _values_in(models: list[type[Value]]) -> list[type[Value]]:
    """Return the value classes in the models, each after the first class that uses the value."""
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
        yield f"The field `{model.discriminator()}` selects one of these classes: {words}.\n"
    shared = _documented_elsewhere(model)
    yield "| field | holds | default | example | meaning |"
    yield "|---|---|---|---|---|"
    for name, shape in fields_of(model).items():
        if name in shared:
            continue
        meaning = " ".join(
            (field_doc(model, name) or "The word that selects the class of the value.").split()
        )
        example = example_of(model, shape)
        shown = f"`{example}`" if example else ""
        holds = _cell(_holds(shape))
        default = _default(shape)
        yield f"| `{name}` | {holds} | {default} | {_cell(shown)} | {_cell(meaning)} |"
    yield ""
    if model is Incursion:
        yield _KINDS
    if model in examples():
        yield f"```json\n{json.dumps(examples()[model], ensure_ascii=False)}\n```\n"
    if shared and issubclass(model, BaseRecord):
        yield _EVERY_RECORD
    elif shared:
        yield f"It also has the other fields of {_link(model.__mro__[1].__name__)}.\n"


def _default(shape: FieldShape) -> str:
    if shape.required:
        return "**required**"
    if shape.default is None:
        return "none"
    plain = shape.default if isinstance(shape.default, str) else json.dumps(shape.default)
    return f"`{plain}`"


def _claimed_fields() -> Iterator[str]:
    yield "## Fields that claims can name\n"
    yield _CLAIMED
    yield "| name | target | `value` |"
    yield "|---|---|---|"
    for name, found in claimable_names():
        held = name_of_held(found)
        kind = f"{_article(found.kind)} {found.kind}"
        yield f"| `{name}` | {kind} | {_held_by_claim(found, held) if held else 'none'} |"
    yield ""


def _held_by_claim(found: ClaimedField, name: str) -> str:
    """Return the type of the claimed value of a field, with a link to its explanation."""
    if found.shape is None:
        return _link(name)
    held = _holds(replace(found.shape, many=False))
    return held.replace("[ReportedQuantity]", f"[{name}]")


def _documented_elsewhere(model: type[Value]) -> set[str]:
    """Return the inherited fields, which the table of the parent class documents."""
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
    """Return the text of a docstring without its doctests."""
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
    elif shape.name == "coordinates":
        return _COORDINATES
    elif shape.is_open:
        what = _OPEN
    else:
        what = "one word"
    if shape.reference:
        what = _named(shape.reference.kinds)
    return f"list of: {what}" if shape.many else what


def _named(kinds: tuple[str, ...]) -> str:
    if kinds == ("same",):
        return "id of a record of the same type"
    if kinds == ("state",):
        return "[state code](#statecode)"
    *first, last = (_kind_link(kind) for kind in kinds if kind != "state")
    others = f"{', '.join(first)} or {last}" if first else last
    return (
        f"[state code](#statecode), or id of {others}" if "state" in kinds else f"id of {others}"
    )


def _kind_link(kind: str) -> str:
    anchor = "built-in-alliances" if kind == "alliance" else None
    noun = "object of an incursion" if kind == "object" else kind
    text = f"{_article(kind)} {noun}"
    return f"[{text}](#{anchor})" if anchor else text


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeio" else "a"


def _vocabulary(vocabulary: Vocabulary) -> Iterator[str]:
    standard = f" From {vocabulary.standard}." if vocabulary.standard else ""
    yield f"### {vocabulary.name}\n"
    yield f"{vocabulary.about}{standard}\n"
    if not vocabulary.terms:
        yield ", ".join(f"`{word}`" for word in vocabulary.words) + "\n"
        return
    yield "| term | meaning | other standards |"
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
        yield "| code | term | list |"
        yield "|---|---|---|"
        for code, vocabulary, term in sorted(found[scheme], key=lambda row: (row[0], row[1].name)):
            yield f"| {_cell(code)} | `{term.word}` | {_link(vocabulary.name)} |"
        yield ""


def _link(name: str) -> str:
    return f"[{name}](#{name.lower()})"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("``", "`")
