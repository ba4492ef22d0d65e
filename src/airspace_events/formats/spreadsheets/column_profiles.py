"""Profile the columns of a sheet: count their different cells, and find the kind of content.

A cell counts as a time or a number only if the sheet reader can read the cell as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache, partial
from itertools import islice
from os import PathLike, fspath
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias, get_args

from airspace_events.errors import AmbiguousNameError, FormatError, UnknownNameError
from airspace_events.formats.cells import DELIMITERS
from airspace_events.formats.spreadsheets.cell_values import read_cell
from airspace_events.formats.spreadsheets.dates import (
    UnfitError,
    WrittenDate,
    clock_time,
    split_date,
)
from airspace_events.formats.spreadsheets.ids import slug
from airspace_events.formats.spreadsheets.keys import FileKeys, SheetColumn
from airspace_events.formats.spreadsheets.mapping import SheetMapping
from airspace_events.formats.spreadsheets.opening import open_sheet
from airspace_events.formats.spreadsheets.paths import target_of
from airspace_events.formats.spreadsheets.sheet import NoSheetError, SheetRow
from airspace_events.phrases.context import DateOrder
from airspace_events.phrases.numbers import (
    DecimalMark,
    UnclearNumberError,
    read_numbers,
)
from airspace_events.reference.states import states

_MOST_ROWS = 2_000
_MOST_TEXT = 1 << 22
_FIRST = 20
_MOST_ABOVE = 10
_HALF, _MOST_STATES = 0.5, 0.9
_LONG_ID = 60

Reads: TypeAlias = Callable[[str], bool]
"""A function that returns whether it can read the text of a cell."""

Content = Literal["empty", "link", "clock", "position", "number", "time", "state", "text"]
"""The kind of content in the cells of a column."""


class Sample(NamedTuple):
    """The first rows of a sheet.

    Attributes:
        name: the name of the file.
        layout: the mapping keys that were needed to open the file, with their values.
        names: the names of the columns, in order.
        header: the row with the names; its number is 0 if the names are not in a row.
        cells: for each column, the number of cells with each text; empty cells are not counted.
        rows: the number of rows read.
        faults: the reasons why rows were not used, with their counts.
        cell_faults: the reasons why cells were not used, with their counts.
        is_whole: whether the sheet has no other rows.
    """

    name: str
    layout: Mapping[str, Any]
    names: tuple[str, ...]
    header: SheetRow
    cells: Mapping[str, Counter[str]]
    rows: int
    faults: Counter[str]
    cell_faults: Counter[str]
    is_whole: bool


class Profile(NamedTuple):
    """The profile of a column.

    Attributes:
        name: the name of the column.
        cells: the number of cells with each text; empty cells are not counted.
        content: the kind of content that at least half of the different cells have. For states,
            nine tenths of the cells must match, because many state codes are also province codes.
        read: the cells that have this content.
        by_choice: the number of cells that can be read with each date order (for times) or decimal
            mark (for numbers). The key is an empty string if neither is set.
        has_short_years: for times, whether some years have two digits.
    """

    name: str
    cells: Counter[str]
    content: Content
    read: tuple[str, ...] = ()
    by_choice: Mapping[str, int] = MappingProxyType({})
    has_short_years: bool = False

    @property
    def unread(self) -> tuple[str, ...]:
        """Return the cells whose content is of another kind, most frequent first."""
        read = frozenset(self.read)
        return tuple(it for it, _ in self.cells.most_common() if it not in read)


def sample_of(path: str | PathLike[str], **layout: Any) -> Sample:
    """Return the first rows of a sheet.

    Args:
        path: the file.
        layout: the mapping keys for the layout of the file; see `FileKeys`.

    Raises:
        SettingsError: a key is not valid.
        UnreadableError: the file cannot be opened.
        FormatError: the file cannot be read as a sheet.
    """
    _mapping(layout)
    found = _sample(path, layout)
    if _has_names(found):
        return found
    # The first row may be a title, which may have more commas than a row has cells.
    delimiters = () if found.header.line is None else DELIMITERS
    rows = range(1, _MOST_ABOVE) if found.header.number else ()
    for delimiter in (None, *delimiters):
        for row in (None, *rows):
            tried = {"delimiter": delimiter, "header_row": row}
            more = {name: it for name, it in tried.items() if it is not None}
            with suppress(FormatError):
                found = max(found, _sample(path, {**more, **layout}), key=_named_cells)
    return found


def _sample(path: str | PathLike[str], layout: Mapping[str, Any]) -> Sample:
    try:
        with open_sheet(path, FileKeys(**layout)) as sheet:
            cells: dict[str, Counter[str]] = {name: Counter() for name in sheet.names}
            faults, cell_faults = Counter[str](), Counter[str]()
            rows = text = 0
            for row in islice(sheet.rows, _MOST_ROWS):
                rows += 1
                if row.fault:
                    faults[row.fault] += 1
                    continue
                cell_faults.update(row.faults.values())
                for name, cell in row.cells.items():
                    # A cell after the last column name is kept, but does not belong to any column.
                    if cell and name in cells and name not in row.faults:
                        cells[name][cell] += 1
                        text += len(cell)
                if text > _MOST_TEXT:
                    break
            is_whole = next(sheet.rows, None) is None
    except NoSheetError as error:
        raise FormatError(error.reason, fspath(path), error.line) from None
    name = Path(path).name
    found = (sheet.names, sheet.header, cells, rows, faults, cell_faults, is_whole)
    return Sample(name, layout, *found)


def _mapping(settings: Mapping[str, Any]) -> SheetMapping:
    source = {"id": "list", "kind": "dataset", "publisher": "-"}
    columns = {"-": {"skip": True}}
    return SheetMapping.of(
        {"record": "incursion", "source": source, "columns": columns, **settings}
    )


def source_id(file: str) -> str:
    """Return an id for the source record of a file, based on the name of the file."""
    return slug(file.partition(".")[0])[:_LONG_ID].strip("-") or "list"


def _has_names(sample: Sample) -> bool:
    """Return whether the header of a sample probably contains column names."""
    named = len(_named(sample))
    return named > 1 and named * 2 > len(sample.names) and sample.rows > sample.faults.total()


def _named(sample: Sample) -> list[str]:
    return [name for at, name in enumerate(sample.names, 1) if name != f"column {at}"]


def _named_cells(sample: Sample) -> int:
    """Return the number of cells in the first rows, counting only columns with a name.

    A link, a time or a number does not count as the name of a column.
    """
    rows = min(sample.rows - sample.faults.total(), _FIRST)
    names = [it for it in _named(sample) if not any(reads(it) for reads in _not_names())]
    return len(names) * rows


def profile_of(name: str, cells: Counter[str], *, is_named_time: bool) -> Profile:
    """Return the profile of a column.

    Args:
        name: the name of the column.
        cells: the number of cells with each text; empty cells are not counted.
        is_named_time: whether the name suggests times. If not, 2024 and 202409 are numbers.
    """
    texts = [it for it, _ in cells.most_common() if not is_blank(it)]
    if not texts:
        return Profile(name, cells, "empty")
    kinds = sorted(_kinds(), key=lambda it: is_named_time and it[0] != "time")
    for content, choices in kinds:
        by_choice = {choice: _fitting(texts, reads) for choice, reads in choices.items()}
        read = frozenset[str]().union(*by_choice.values())
        if len(read) < len(texts) * (_MOST_STATES if content == "state" else _HALF):
            continue
        fitting = tuple(it for it in texts if it in read)
        counts = {choice: len(it) for choice, it in by_choice.items()}
        short = content == "time" and any(map(_has_short_year, fitting))
        return Profile(name, cells, content, fitting, counts, has_short_years=short)
    return Profile(name, cells, "text")


def is_blank(text: str) -> bool:
    """Return whether a cell, such as "-", contains no letters or digits."""
    return not any(map(str.isalnum, text))


def cell_reader(path: str, **settings: Any) -> Reads:
    """Return a function that checks whether a cell can be read as the value of an incursion field.

    Args:
        path: the path of the field.
        settings: the mapping keys that apply, such as ``date_order``.
    """
    keys = _mapping(settings)
    column, target = SheetColumn(field=path), target_of(keys.record, path, {})

    def reads(text: str) -> bool:
        try:
            return not read_cell(text, column, target, keys).complaint or target.kind == "time"
        except UnfitError:
            return False

    return reads


@cache
def _kinds() -> tuple[tuple[Content, Mapping[str, Reads]], ...]:
    """Return the readers for each kind of content, in the order in which they are tried."""
    orders = {
        order: cell_reader("time", century=2000, **({"date_order": order} if order else {}))
        for order in ("", *get_args(DateOrder))
    }
    marks: tuple[DecimalMark | None, ...] = (None, *get_args(DecimalMark))
    return (
        ("link", {"": _is_link}),
        ("clock", {"": _is_clock}),
        ("position", {"": _is_position}),
        ("number", {mark or "": partial(_is_number, mark=mark) for mark in marks}),
        ("time", orders),
        ("state", {"": _is_state}),
    )


@cache
def _not_names() -> tuple[Reads, ...]:
    kinds = dict(_kinds())
    return tuple(
        reads for it in ("link", "clock", "number", "time") for reads in kinds[it].values()
    )


def _fitting(texts: list[str], reads: Reads) -> frozenset[str]:
    """Return the cells that a reader can read; none if it reads too few of the first ones."""
    first = {it for it in texts[:_FIRST] if reads(it)}
    if len(first) * 4 < min(len(texts), _FIRST):
        return frozenset()
    return frozenset(first.union(it for it in texts[_FIRST:] if reads(it)))


def _has_short_year(text: str) -> bool:
    def date_of(century: int | None) -> WrittenDate | None:
        try:
            return split_date(text, "day_first", century) or split_date(
                text, "month_first", century
            )
        except UnfitError:
            return None

    return date_of(2000) is not None and date_of(None) is None


def _is_link(text: str) -> bool:
    return text.startswith(("http://", "https://"))


def _is_clock(text: str) -> bool:
    return clock_time(text, up_to_24=True) is not None


def _is_position(text: str) -> bool:
    """Return whether a cell has two decimal numbers, such as "56.51, 27.33"."""
    parts = text.split(",")
    return len(parts) == 2 and all("." in it and _is_number(it, ".") for it in parts)  # noqa: PLR2004


def _is_number(text: str, mark: DecimalMark | None) -> bool:
    try:
        return read_numbers(text, mark, whole=False) is not None
    except UnclearNumberError:
        return False


def _is_state(text: str) -> bool:
    try:
        states.resolve(text, suggest=False)
    except (UnknownNameError, AmbiguousNameError):
        return False
    return True
