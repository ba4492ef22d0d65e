"""The codebook in Markdown, and a Mermaid diagram of the references between records."""

import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, cast

from airspace_events.feeds.header import FeedHeader
from airspace_events.models.base import BaseRecord
from airspace_events.models.events import Incursion
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.reference.alliances import alliances
from airspace_events.schema.docstrings import class_doc, field_doc
from airspace_events.schema.examples import example_of, examples
from airspace_events.schema.value_rules import name_of_held
from airspace_events.validation.codes import FAMILIES
from airspace_events.values.base import FamilyValue, Value
from airspace_events.values.field_names import ClaimedField, claimable_names
from airspace_events.values.structure import FieldShape, fields_of
from airspace_events.vocabulary.codebook import Term, Vocabulary, vocabularies

#: Targets of references that are not records, and the record that holds each.
_HELD_BY = {"object": "incursion"}


def mermaid() -> str:
    """Return a Mermaid entity-relationship diagram of the record types and their references."""
    lines = ["erDiagram"]
    for kind, model in RECORD_CLASSES.items():
        arrows: dict[str, list[str]] = {}
        for path, named in sorted(named_by(model)):
            target = kind if named == "same" else _HELD_BY.get(named, named)
            arrows.setdefault(target, []).append(path)
        lines += [
            f'    {kind} }}o--o{{ {target} : "{", ".join(dict.fromkeys(paths))}"'
            for target, paths in arrows.items()
        ]
    return "\n".join(lines) + "\n"


def named_by(model: type[Value], seen: tuple[type[Value], ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield pairs of a field name and a type of record that the field can refer to."""
    for name, shape in fields_of(model).items():
        kinds = set(shape.reference.kinds) if shape.reference else set[str]()
        for inner in shape.models.values():
            if inner not in seen:
                kinds |= {kind for _, kind in named_by(inner, (*seen, model))}
        yield from ((name, kind) for kind in kinds)


_KINDS = """\
`Incursion.kinds` returns the [kinds of incursion](#incursionkind) that the record reports. It is
computed from the fields above and never stored. Several kinds may apply.
"""

_OPEN = (
    "the value of [the named field](#fields-that-claims-can-name), or the value that the aspect "
    "requires"
)
_COORDINATES = "positions of [longitude, latitude], nested as the `type` requires"
_EVERY_RECORD = "It also has the fields of [every record](#baserecord).\n"


def codebook() -> str:
    """Return the whole codebook as Markdown."""
    records: list[type[Value]] = [FeedHeader, *RECORD_CLASSES.values()]
    parts = {
        "references": _references(),
        "alliances": _alliances(),
        "records": _models([FeedHeader, BaseRecord, *RECORD_CLASSES.values()]),
        "values": _models(_values_in(records)),
        "claimable": _claimable(),
        "words": _words(),
        "limits": _limits(),
        "standards": _standards(),
    }
    template = (files("airspace_events.schema") / "codebook_template.md").read_text("utf-8")
    return template.format(**{name: "\n".join(lines).rstrip() for name, lines in parts.items()})


def _references() -> Iterator[str]:
    yield from _table_head("record", "refers to")
    for kind, model in RECORD_CLASSES.items():
        named: dict[str, set[str]] = {}
        for field, target in named_by(model):
            named.setdefault(kind if target == "same" else target, set()).add(field)
        targets = "; ".join(
            f"{'an object of an incursion' if target == 'object' else target} in "
            + ", ".join(f"`{name}`" for name in sorted(fields))
            for target, fields in sorted(named.items())
        )
        yield f"| [{kind}](#{model.__name__.lower()}) | {targets} |"


def _alliances() -> Iterator[str]:
    yield from _table_head("id", "name", "kind")
    for alliance in alliances:
        yield f"| `{alliance.id}` | {_cell(alliance.name)} | `{alliance.kind}` |"


def _table_head(*columns: str) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield "|---" * len(columns) + "|"


def _values_in(models: list[type[Value]]) -> list[type[Value]]:
    """Return the value classes in the models, each after the first class that uses it."""
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


def _models(models: Iterable[type[Value]]) -> Iterator[str]:
    for model in models:
        yield from _model(model)


def _model(model: type[Value]) -> Iterator[str]:
    yield f"### {model.__name__}\n"
    yield _without_doctests(class_doc(model)) + "\n"
    if issubclass(model, FamilyValue) and model.is_family_root():
        words = ", ".join(f"`{word}` ({_link(m.__name__)})" for word, m in model.members().items())
        yield f"The field `{model.discriminator()}` selects one of these classes: {words}.\n"
    shared = _fields_documented_in_parent(model)
    yield from _table_head("field", "holds", "default", "example", "meaning")
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


def _claimable() -> Iterator[str]:
    yield from _table_head("name", "target", "`value`")
    for name, found in claimable_names():
        held = name_of_held(found)
        kind = f"{_article(found.kind)} {found.kind}"
        yield f"| `{name}` | {kind} | {_claimed_type(found, held) if held else 'none'} |"


def _claimed_type(found: ClaimedField, name: str) -> str:
    if found.shape is None:
        return _link(name)
    held = _holds(replace(found.shape, many=False))
    return held.replace("[ReportedQuantity]", f"[{name}]")


def _fields_documented_in_parent(model: type[Value]) -> set[str]:
    if issubclass(model, BaseRecord) and model is not BaseRecord:
        return set(fields_of(BaseRecord)) - {"type", "id"}
    root = model.__mro__[1]
    if issubclass(root, FamilyValue) and root.is_family_root():
        same = {
            name for name in fields_of(root) if field_doc(model, name) == field_doc(root, name)
        }
        return same - {root.discriminator()}
    return set()


def _without_doctests(doc: str) -> str:
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


def _words() -> Iterator[str]:
    for vocabulary in vocabularies().values():
        standard = f" From {vocabulary.standard}." if vocabulary.standard else ""
        yield f"### {vocabulary.name}\n"
        yield f"{vocabulary.about}{standard}\n"
        if not vocabulary.terms:
            yield ", ".join(f"`{word}`" for word in vocabulary.words) + "\n"
            continue
        yield from _table_head("term", "meaning", "other standards")
        for term in vocabulary.terms.values():
            codes = "; ".join(f"{scheme}: {code}" for scheme, code in term.crosswalk.items())
            yield f"| `{term.word}` | {_cell(term.definition)} | {_cell(codes)} |"
        yield ""


def _limits() -> Iterator[str]:
    yield from _table_head(
        "requirement",
        "notice",
        "reason why no schema checks it",
        "example that the schema accepts",
    )
    for limit in schema_limits():
        example = f"`{limit.example}`" if limit.example else ""
        notice = f"[`{limit.code}`](rules.md#{limit.code})"
        yield f"| {limit.what} | {notice} | {limit.why} | {example} |"


def _standards() -> Iterator[str]:
    found: dict[str, list[tuple[str, Vocabulary, Term]]] = {}
    for vocabulary in vocabularies().values():
        for term in vocabulary.terms.values():
            for scheme, code in term.crosswalk.items():
                found.setdefault(scheme, []).append((code, vocabulary, term))
    for scheme in sorted(found, key=str.lower):
        yield f"### {scheme}\n"
        yield from _table_head("code", "term", "list")
        for code, vocabulary, term in sorted(found[scheme], key=lambda row: (row[0], row[1].name)):
            yield f"| {_cell(code)} | `{term.word}` | {_link(vocabulary.name)} |"
        yield ""


def _link(name: str) -> str:
    return f"[{name}](#{name.lower()})"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("``", "`")


@dataclass(frozen=True, slots=True)
class Limit:
    """A requirement for a valid feed that no schema can express.

    Attributes:
        code: the code of the notice.
        what: the requirement.
        why: the reason why JSON Schema cannot express it.
        example: invalid JSON that the schema accepts; empty if the page on rules has an example.
        record: the id of the record that the example changes in the made-up feed.
        at: the location in this record, as a JSON Pointer.
    """

    code: str
    what: str
    why: str
    example: str = ""
    record: str = ""
    at: str = ""


# The families of codes before the rules; schema_limits.toml lists their requirements.
_BEFORE_RULES = frozenset({"feeds", "shape", "references", "connections", "reports"})


@cache
def schema_limits() -> tuple[Limit, ...]:
    """Return the requirements that only the validator can check, with their codes."""
    file = files("airspace_events.schema") / "schema_limits.toml"
    table = tomllib.loads(file.read_text("utf-8"))
    reasons: dict[str, str] = table["reasons"]
    listed = [
        Limit(**cast("dict[str, Any]", {**entry, "why": reasons.get(entry["why"], entry["why"])}))
        for entry in table["limits"]
    ]
    rules = [
        Limit(code.name, f"Not allowed: {code.meaning.partition('. ')[0]}.", reasons["rule"])
        for family, codes in FAMILIES.items()
        for code in codes
        if family not in _BEFORE_RULES and code.severity == "error"
    ]
    return (*listed, *rules)
