"""The records and what names what, as a Mermaid diagram, read from the reference annotations."""

import sys
from collections.abc import Iterator

from airspace_events.models.records import RECORD_CLASSES
from airspace_events.values.base import Value
from airspace_events.values.structure import fields_of

#: What a reference may name besides records, and the record that holds it.
_HELD_BY = {"object": "incursion"}


def mermaid() -> str:
    """An entity-relationship diagram: an arrow for each field that names a record."""
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
    """The outermost fields that name records, or hold values that do, with what is named."""
    for name, shape in fields_of(model).items():
        kinds = set(shape.reference.kinds) if shape.reference else set[str]()
        for inner in shape.models.values():
            if inner not in seen:
                kinds |= {kind for _, kind in named_by(inner, (*seen, model))}
        yield from ((name, kind) for kind in kinds)


if __name__ == "__main__":
    sys.stdout.buffer.write(mermaid().encode())
