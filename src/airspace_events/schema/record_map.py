"""The map: the records in four groups, and which fields of the one name the other.

It is made from the reference annotations, once as a Mermaid flowchart for places that draw it,
and once as SVG for all others.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.sax.saxutils import escape

from airspace_events.models.records import RECORD_CLASSES
from airspace_events.schema.diagram import named_by
from airspace_events.values.structure import fields_of


class Group(NamedTuple):
    """Records that stand for the same kind of thing.

    Attributes:
        kinds: their types.
        about: what they tell.
        x: where the SVG has the group, from the left.
        y: where, from the top.
    """

    kinds: tuple[str, ...]
    about: str
    x: int
    y: int

    @property
    def height(self) -> int:
        """How high its box is."""
        return 36 + 18 * len(self.kinds)


GROUPS: Mapping[str, Group] = {
    "source": Group(("source",), "where it is from", 550, 250),
    "statement": Group(("statement",), "who said what", 10, 38),
    "event": Group(("incursion", "series", "finding"), "what happened", 10, 232),
    "actor": Group(
        ("state", "alliance", "organization", "official"), "who acts and speaks", 550, 10
    ),
}
"""The groups, by the name of each in the Mermaid source."""

_GROUP_OF = {kind: name for name, group in GROUPS.items() for kind in group.kinds}
_GROUP_OF["object"] = "event"
_MOST_FIELDS = 4


def arrows() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """The fields by which records of one group name records of another, in their order."""
    found: dict[tuple[str, str], set[str]] = {}
    for kind, model in RECORD_CLASSES.items():
        for field, named in named_by(model):
            here, there = _GROUP_OF[kind], _GROUP_OF[named if named != "same" else kind]
            if here != there:
                found.setdefault((here, there), set()).add(field)
    order = list(GROUPS)
    pairs = sorted(found, key=lambda pair: [order.index(name) for name in pair])
    return {(here, there): _in_order(here, found[here, there]) for here, there in pairs}


def _in_order(group: str, fields: set[str]) -> tuple[str, ...]:
    every = [name for kind in GROUPS[group].kinds for name in fields_of(RECORD_CLASSES[kind])]
    return tuple(name for name in dict.fromkeys(every) if name in fields)


def _shown(fields: tuple[str, ...]) -> str:
    more = ", ..." if len(fields) > _MOST_FIELDS else ""
    return ", ".join(fields[:_MOST_FIELDS]) + more


def mermaid_map() -> str:
    """The map as a Mermaid flowchart."""
    lines = ["flowchart LR"]
    lines += [
        f'    {name}["<b>{"<br>".join(group.kinds)}</b><br><i>{group.about}</i>"]'
        for name, group in GROUPS.items()
    ]
    lines += [
        f'    {here} -->|"{_shown(fields)}"| {there}' for (here, there), fields in arrows().items()
    ]
    return "\n".join(lines) + "\n"


_WIDTH, _HEIGHT, _BOX = 760, 330, 200
_STYLE = (
    "text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#1f2933}"
    ".b{font-weight:700;font-size:14px}.i{font-style:italic;fill:#52606d}"
    ".l{fill:#0b5cad}.h{fill:#fff;stroke:#fff;stroke-width:5px}"
    ".paper{fill:#fff}.box{fill:#f8fafc;stroke:#243b53;stroke-width:1.5}"
    ".wire{stroke:#7b8794;stroke-width:1.5;fill:none}.tip{fill:#7b8794}"
)


_TIP = (
    '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" '
    'markerHeight="7" orient="auto-start-reverse">'
    '<path class="tip" d="M0 0L10 5L0 10z"/></marker></defs>'
)


class _Line(NamedTuple):
    """A line between two groups, drawn one way or both."""

    start: tuple[int, int]
    end: tuple[int, int]
    label: tuple[int, int]
    anchor: str = "middle"


# Where the lines run that the map can have; what stands beside them comes from the annotations.
_LINES: Mapping[tuple[str, str], _Line] = {
    ("statement", "actor"): _Line((210, 60), (550, 60), (380, 50)),
    ("statement", "event"): _Line((60, 92), (60, 232), (70, 150), "start"),
    ("event", "actor"): _Line((210, 250), (550, 90), (330, 196)),
    ("statement", "source"): _Line((210, 84), (550, 262), (470, 214)),
    ("event", "source"): _Line((210, 294), (550, 294), (380, 284)),
    ("actor", "source"): _Line((700, 118), (700, 250), (690, 176), "end"),
}


def svg_map() -> str:
    """The map as a whole SVG document."""
    size = f'viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}"'
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">',
        "<title>What names what</title>",
        f"<style>{_STYLE}</style>",
        _TIP,
        f'<rect class="paper" width="{_WIDTH}" height="{_HEIGHT}" rx="6"/>',
    ]
    told = dict(arrows())
    labels: list[str] = []
    for (here, there), line in _LINES.items():
        forth, back = told.pop((here, there), ()), told.pop((there, here), ())
        drawn.append(_wire(line, forth=bool(forth), back=bool(back)))
        labels += _labels(line, forth, back)
    if told:
        msg = f"no line is drawn between {next(iter(told))}"
        raise NotImplementedError(msg)
    for group in GROUPS.values():
        labels += _box(group)
    return "\n".join([*drawn, *labels, "</svg>"]) + "\n"


def _wire(line: _Line, *, forth: bool, back: bool) -> str:
    (x1, y1), (x2, y2) = line.start, line.end
    tips = ' marker-end="url(#tip)"' * forth + ' marker-start="url(#tip)"' * back
    return f'<line class="wire" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"{tips}/>'


def _labels(line: _Line, forth: tuple[str, ...], back: tuple[str, ...]) -> Iterator[str]:
    x, y = line.label
    both = [_shown(forth), f"and back: {_shown(back)}" if back else ""]
    for number, text in enumerate(filter(None, both)):
        # Two labels of a level line stand on either side of it.
        below = 26 if line.start[1] == line.end[1] else 16
        at = f'x="{x}" y="{y + below * number}"'
        # Once in white below itself, since not every viewer can draw the edge of a text first.
        for look in "hl":
            yield f'<text class="{look}" {at} text-anchor="{line.anchor}">{escape(text)}</text>'


def _box(group: Group) -> Iterator[str]:
    at = f'x="{group.x}" y="{group.y}" width="{_BOX}" height="{group.height}"'
    yield f'<rect class="box" {at} rx="6"/>'
    for number, kind in enumerate(group.kinds):
        y = group.y + 20 + 18 * number
        yield f'<text class="b" x="{group.x + 12}" y="{y}">{kind}</text>'
    y = group.y + group.height - 10
    yield f'<text class="i" x="{group.x + 12}" y="{y}">{escape(group.about)}</text>'
