"""Generation of the page of pictures, with a diagram for each record and a map of records."""

from collections.abc import Iterable, Iterator, Mapping

from airspace_events.models.base import BaseRecord
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.schema.codebook import mermaid
from airspace_events.schema.docstrings import class_doc
from airspace_events.values.base import FamilyValue, Value
from airspace_events.values.claims import Claim
from airspace_events.values.objects import AerialObject
from airspace_events.values.responses import Response
from airspace_events.values.structure import FieldShape, fields_of
from airspace_events.vocabulary.codebook import vocabularies
from generators.record_map import mermaid_map

_PREFACE = """\
# Each record as a picture

This page shows the fields of each type of record in a diagram. In each diagram, the first table
lists the fields of the record. Each row shows the name of a field, the kind of its value, and any
remarks. `required` marks a required field, and `[]` marks a list. The arrow `→` marks a reference
to another record by its id, or to a state by its code. For a field with a vocabulary, the row
lists the allowed terms, and `…` stands for further terms. The other tables show the values within
the record. [The codebook](codebook.md) explains each field.
"""

_MAP = """\
The records form four groups: events, statements about events, actors, and sources. The label of
each arrow lists the fields that refer to other records.
"""

_EVERY_ARROW = """\
The next diagram shows the references of each record type.
[The codebook](codebook.md#references-between-records) lists the references in a table.
"""

_WIDEST = 46
_VALUES: tuple[type[Value], ...] = (AerialObject, Response, Claim)
"""The values that have enough fields to need a picture."""


def picture_models() -> Mapping[str, type[Value]]:
    """Return the class that each picture shows, by the title of the picture."""
    values = {value.__name__: value for value in _VALUES}
    return {"every record": BaseRecord, **RECORD_CLASSES, **values}


def picture(title: str) -> str:
    """Return a Mermaid diagram of a record or value, its fields, and the values in them."""
    model = picture_models()[title]
    # A name in Mermaid must not contain a space.
    name = title.replace(" ", "-")
    is_record = issubclass(model, BaseRecord) and model is not BaseRecord
    left_out = set(fields_of(BaseRecord)) - {"type", "id"} if is_record else set[str]()
    shapes = [shape for field, shape in fields_of(model).items() if field not in left_out]
    held = {_class_of(shape).__name__: _class_of(shape) for shape in shapes if shape.models}
    lines = ["erDiagram", *_table(name, shapes)]
    for part, part_model in held.items():
        if part_model is not model:
            lines += _table(part, fields_of(part_model).values())
    for part in held:
        fields = ", ".join(s.name for s in shapes if s.models and _class_of(s).__name__ == part)
        lines.append(f'    {name} ||--o{{ {part} : "{fields}"')
    return "\n".join(lines) + "\n"


def _table(name: str, shapes: Iterable[FieldShape]) -> list[str]:
    return [f"    {name} {{", *(f"        {_row(shape)}" for shape in shapes), "    }"]


def _row(shape: FieldShape) -> str:
    kind, remark = _kind(shape)
    remarks = ", ".join(filter(None, ["required" if shape.required else "", remark]))
    many = "[]" if shape.many else ""
    return f"{shape.name} {kind.replace(' ', '-')}{many}" + (f' "{remarks}"' if remarks else "")


def _kind(shape: FieldShape) -> tuple[str, str]:
    """Return the kind of value of a field, and a remark on it."""
    if shape.models:
        return _class_of(shape).__name__, ""
    if shape.reference:
        kinds = shape.reference.kinds
        return "id", _cut("→ " + ("the same type" if kinds == ("same",) else ", ".join(kinds)))
    if shape.vocabulary:
        vocabulary = vocabularies()[shape.vocabulary]
        return vocabulary.name, _cut(", ".join(map(str, vocabulary.words)))
    if shape.form:
        return shape.form.name.split(" (")[0], ""
    return "word", "" if shape.name == "type" else "depends on the aspect"


def _class_of(shape: FieldShape) -> type[Value]:
    """Return the class of a field's value, or the root class of its family."""
    model = next(iter(shape.models.values()))
    root = model.__mro__[1]
    return root if issubclass(root, FamilyValue) and root.is_family_root() else model


def _cut(text: str) -> str:
    """Return a list of words, cut to a length that fits into a picture."""
    words = text.split(", ")
    while len(", ".join(words)) > _WIDEST and len(words) > 1:
        words.pop()
    cut = ", ".join(words)
    return cut if cut == text else f"{cut}, …"


def picture_page() -> str:
    """Return the whole page as Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _PREFACE
    yield "## References between records\n"
    yield _MAP
    yield f"```mermaid\n{mermaid_map()}```\n"
    for title, model in picture_models().items():
        yield f"## {title}\n"
        yield class_doc(model).split("\n\n")[0].replace("``", "`") + "\n"
        yield f"```mermaid\n{picture(title)}```\n"
        if model is not BaseRecord:
            yield f"[Each field explained](codebook.md#{model.__name__.lower()})\n"
    yield "## References of every record type\n"
    yield _EVERY_ARROW
    yield f"```mermaid\n{mermaid()}```\n"
