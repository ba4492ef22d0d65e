"""The page that shows each record as a picture of its parts, and a small map of them all.

Pictures and map are made from the annotations. They are SVG files beside the page, since these
are shown wherever Markdown is shown, and load nothing.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from airspace_events.feeds.atomic_files import atomic_files
from airspace_events.models.base import BaseRecord
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.schema.diagram import mermaid
from airspace_events.schema.docstrings import class_doc
from airspace_events.schema.picture_drawing import Part, Picture, Row, svg
from airspace_events.schema.record_map import mermaid_map, svg_map
from airspace_events.values.base import FamilyValue, Value
from airspace_events.values.claims import Claim
from airspace_events.values.objects import AerialObject
from airspace_events.values.responses import Response
from airspace_events.values.structure import FieldShape, fields_of
from airspace_events.vocabulary.codebook import Vocabulary, vocabularies

_PREFACE = """\
# Each record as a picture

A picture has the fields of a record on the left, and what they hold on the right. A red dot and
bold letters mark what must be given. `[]` is a list, an arrow `→` names another record by its id
(a state by its code), and words with commas between them are words to choose from. What each
field means is told in [the codebook](codebook.md).

The pictures are made from the models, and a test holds them to these.
"""

_MAP = """\
The records come in four groups: what happened, who said what of it, who acts and speaks, and where
all that is from. On each line stand the fields that do the naming.

![Statements name actors and events; events name actors; all name sources.](pictures/map.svg)
"""

_MERMAID = """\
The map of above as a Mermaid diagram, which GitHub and others draw:
"""

_EVERY_ARROW = """\
And every record by itself; [the codebook](codebook.md#what-names-what) has this as a table:
"""

_COMMON = "every record"
_WIDEST = 46
#: The values that hold enough of their own to be worth a picture.
_VALUES: tuple[type[Value], ...] = (AerialObject, Response, Claim)


def pictures() -> dict[str, Picture]:
    """Every picture, by the name of its file without the ending."""
    found = {"every-record": _picture(BaseRecord, _COMMON, set())}
    shared = set(fields_of(BaseRecord)) - {"type", "id"}
    for kind, model in RECORD_CLASSES.items():
        found[kind] = _picture(model, kind, shared)
    for value in _VALUES:
        found[value.__name__.lower()] = _picture(value, value.__name__, set())
    return found


def _picture(model: type[Value], title: str, left_out: set[str]) -> Picture:
    shapes = [shape for name, shape in fields_of(model).items() if name not in left_out]
    held = {_name_of(shape): shape for shape in shapes if shape.models}
    rows = [
        Row(
            f"{shape.name}[]" if shape.many else shape.name,
            _holds(shape, model, _WIDEST - len(shape.name)),
            shape.required,
            _name_of(shape) if shape.models else None,
        )
        for shape in shapes
    ]
    needed = ", ".join(shape.name for shape in shapes if shape.required)
    about = f"The fields of {title}, and what they hold."
    if needed:
        about += f" Required: {needed}."
    return Picture(title, about, tuple(rows), tuple(_part(*pair) for pair in held.items()))


def _part(title: str, shape: FieldShape) -> Part:
    fields = fields_of(_class_of(shape))
    return Part(
        title,
        tuple((f"{f.name}[]" if f.many else f.name, f.required) for f in fields.values()),
    )


def _class_of(shape: FieldShape) -> type[Value]:
    """The class that a field holds; of a family, its root."""
    model = next(iter(shape.models.values()))
    root = model.__mro__[1]
    return root if issubclass(root, FamilyValue) and root.is_family_root() else model


def _name_of(shape: FieldShape) -> str:
    return _class_of(shape).__name__ if shape.models else ""


def _holds(shape: FieldShape, model: type[Value], room: int) -> str:
    if shape.models:
        what = _name_of(shape)
    elif shape.reference:
        kinds = shape.reference.kinds
        what = _cut("→ " + ("the same type" if kinds == ("same",) else ", ".join(kinds)), room)
    elif shape.vocabulary:
        what = _words(vocabularies()[shape.vocabulary], room)
    elif shape.form:
        what = shape.form.name.split(" (")[0]
    else:
        what = _type_of(model) if shape.name == "type" else "as the aspect demands"
    return what


def _words(vocabulary: Vocabulary, room: int) -> str:
    if not vocabulary.terms:
        return vocabulary.title
    return _cut(", ".join(str(word) for word in vocabulary.words), room)


def _type_of(model: type[Value]) -> str:
    words = [kind for kind, record in RECORD_CLASSES.items() if record is model]
    return f'"{words[0]}"' if words else "the kind of record"


def _cut(text: str, room: int) -> str:
    """A list of words, as many of them as there is room for."""
    words = text.split(", ")
    while len(", ".join(words)) > room - 3 and len(words) > 1:
        words.pop()
    cut = ", ".join(words)
    return cut if cut == text else f"{cut}, …"


def picture_page() -> str:
    """The whole page, as Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _PREFACE
    yield "## What names what\n"
    yield _MAP
    found = pictures()
    for name, picture in found.items():
        model = _model_of(name)
        yield f"## {picture.title}\n"
        yield f"{_first_paragraph(model)}\n"
        yield f"![{picture.about}](pictures/{name}.svg)\n"
        if model is not BaseRecord:
            link = model.__name__.lower()
            yield f"[Each field explained](codebook.md#{link})\n"
    yield "## As Mermaid diagrams\n"
    yield _MERMAID
    yield f"```mermaid\n{mermaid_map()}```\n"
    yield _EVERY_ARROW
    yield f"```mermaid\n{mermaid()}```\n"


def _model_of(name: str) -> type[Value]:
    if name == "every-record":
        return BaseRecord
    if name in RECORD_CLASSES:
        return RECORD_CLASSES[name]
    return next(model for model in _VALUES if model.__name__.lower() == name)


def _first_paragraph(model: type[Value]) -> str:
    return class_doc(model).split("\n\n")[0].replace("``", "`")


def write_pictures(folder: Path) -> None:
    """Write the page and its pictures into a folder, as ``docs`` has them."""
    (folder / "pictures").mkdir(exist_ok=True)
    texts = {folder / "pictures" / f"{name}.svg": svg(one) for name, one in pictures().items()}
    texts[folder / "pictures" / "map.svg"] = svg_map()
    texts[folder / "pictures.md"] = picture_page()
    with atomic_files(*texts) as streams:
        for stream, text in zip(streams, texts.values(), strict=True):
            stream.write(text.encode())


if __name__ == "__main__":
    write_pictures(Path(sys.argv[1]))
