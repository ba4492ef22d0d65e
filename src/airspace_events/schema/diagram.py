"""A Mermaid diagram of the records and their references, made from the annotations."""

import sys
from collections.abc import Iterator

from airspace_events.models.records import RECORD_CLASSES
from airspace_events.values.base import Value
from airspace_events.values.structure import fields_of

#: Targets of references that are not records, and the record that holds each.
_HELD_BY = {"object": "incursion"}


def mermaid() -> str:
    """Return an entity-relationship diagram, with an arrow for each field that is a reference."""
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
    """Yield the outermost fields that contain references, with their targets."""
    for name, shape in fields_of(model).items():
        kinds = set(shape.reference.kinds) if shape.reference else set[str]()
        for inner in shape.models.values():
            if inner not in seen:
                kinds |= {kind for _, kind in named_by(inner, (*seen, model))}
        yield from ((name, kind) for kind in kinds)


if __name__ == "__main__":
    sys.stdout.buffer.write(mermaid().encode())
