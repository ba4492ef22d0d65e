"""The names of columns, from the rows at the top of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from airspace_events.formats.cells import column_name
from airspace_events.safe_text import shown

_BETWEEN = " / "


def column_names(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return a name for each column.

    The names in several rows are joined. A column without a name gets its number as the name. If
    several columns have the same name, a number is added to each.

    >>> column_names([["Date", "Losses", ""], ["", "killed", "wounded"]])
    ('Date', 'Losses / killed', 'Losses / wounded')
    >>> column_names([["Source", "", "Source", ""]])
    ('Source (1)', 'column 2', 'Source (2)')
    """
    named = [[column_name(cell) for cell in row] for row in rows]
    width = max((at for row in named for at, name in enumerate(row, 1) if name), default=0)
    table = [row[:width] + [""] * (width - len(row)) for row in named]
    for above, below in pairwise(table):
        for at in range(1, width):
            # A cell above several names is often merged, or filled only once.
            if below[at] and not above[at]:
                above[at] = above[at - 1]
    joined = [
        _BETWEEN.join(dict.fromkeys(name for name in column if name))
        for column in zip(*table, strict=True)
    ]
    counts, seen = Counter(joined), Counter[str]()
    names: list[str] = []
    for at, name in enumerate(joined, 1):
        seen[name] += 1
        numbered = f"{name} ({seen[name]})" if counts[name] > 1 else name
        names.append(numbered if name else f"column {at}")
    return tuple(names)


def repeated(name: str, names: Iterable[str]) -> str:
    """Return a message if several columns have the same name, or else an empty string."""
    numbered = [it for it in names if it.startswith(f"{name} (") and it.endswith(")")]
    if not numbered or numbered != [f"{name} ({it})" for it in range(1, len(numbered) + 1)]:
        return ""
    return (
        f"{len(numbered)} columns have the name {shown(name)}; in the mapping, call them "
        f"{' and '.join(map(shown, numbered))}"
    )
