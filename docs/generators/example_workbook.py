"""Generation of the example of an Excel workbook, with the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZipFile, ZipInfo

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DAY_ZERO = datetime(1899, 12, 30, tzinfo=UTC)
_DATE, _DATE_TIME = 1, 2

Cell = str | int | float | date | None

_ABOUT: list[list[Cell]] = [
    ["A made-up tracker of drones and missiles that crossed a border. No row of it happened."],
    ["Times are those of the clocks in the country."],
]
_CROSSINGS: list[list[Cell]] = [
    ["Made-up border crossings in the air (no row of it happened)"],
    ["No.", "First seen", "Last seen", "Country", "Where", None, "Objects", None, None, "Source"],
    [None, None, None, None, "Region", "Town", "Kind", "Crossed", "Shot down", "Name", "Link"],
    [
        1,
        datetime(2024, 9, 7, 22, 16, tzinfo=UTC),
        datetime(2024, 9, 8, 4, 50, tzinfo=UTC),
        "Romania",
        "Tulcea",
        "Grindu",
        "Geran-2",
        3,
        0,
        "Example Daily",
        "https://daily.example/c1",
    ],
    [
        2,
        date(2024, 9, 13),
        None,
        "Poland?",
        "Lublin",
        None,
        "drone",
        "at least 2",
        1,
        "Example Radio",
        "https://radio.example/c2",
    ],
    [
        3,
        datetime(2024, 9, 20, 3, 5, tzinfo=UTC),
        None,
        "Latvia",
        "Latgale",
        "Rezekne",
        "Kh-101",
        1,
        None,
        "Example Daily",
        "https://daily.example/c3",
    ],
    [4, "21 or 22 Sept", None, "Moldova", None, "Borogani", "drone", 1, None, None, None],
    ["Total", None, None, None, None, None, None, 7, 1, None, None],
]
"""The rows of the two sheets, with faults as in real trackers. A workbook has no time zones."""


def example_workbook() -> bytes:
    """Return the workbook, with a sheet about the tracker and a sheet with its rows."""
    sheets = {"About": _ABOUT, "Crossings": _CROSSINGS}
    parts = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            [
                *(("worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(sheets) + 1)),
                ("styles", "styles.xml"),
            ]
        ),
        "xl/styles.xml": _styles(),
    }
    for at, rows in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{at}.xml"] = _sheet(rows)
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, xml in parts.items():
            # Without a time, and without compression, the bytes are the same everywhere.
            archive.writestr(ZipInfo(name), f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}\n')
    return stream.getvalue()


def _content_types(sheets: int) -> str:
    overrides = {
        "workbook.xml": "sheet.main",
        "styles.xml": "styles",
        **{f"worksheets/sheet{at}.xml": "worksheet" for at in range(1, sheets + 1)},
    }
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + "".join(
            f'<Override PartName="/xl/{name}" ContentType="{_TYPES}.{kind}+xml"/>'
            for name, kind in overrides.items()
        )
        + "</Types>"
    )


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for at, (kind, target) in enumerate(targets, 1)
        )
        + "</Relationships>"
    )


def _workbook(names: Iterable[str]) -> str:
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(
            f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="rId{at}"/>'
            for at, name in enumerate(names, 1)
        )
        + "</sheets></workbook>"
    )


def _styles() -> str:
    """Return the styles of cells: no style, a date, and a date with a time of day."""
    return (
        f'<styleSheet xmlns="{_MAIN}">'
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
        '<fonts count="1"><font/></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="3"><xf/><xf numFmtId="14" applyNumberFormat="1"/>'
        '<xf numFmtId="164" applyNumberFormat="1"/></cellXfs>'
        "</styleSheet>"
    )


def _sheet(rows: list[list[Cell]]) -> str:
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetData>'
        + "".join(
            f'<row r="{at}">{"".join(_cells(row, at))}</row>' for at, row in enumerate(rows, 1)
        )
        + "</sheetData></worksheet>"
    )


def _cells(row: list[Cell], number: int) -> Iterable[str]:
    for at, cell in enumerate(row):
        name = f"{chr(ord('A') + at)}{number}"
        if isinstance(cell, str):
            yield f'<c r="{name}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
        elif isinstance(cell, date):
            yield f'<c r="{name}" s="{_style(cell)}"><v>{_day_number(cell)}</v></c>'
        elif cell is not None:
            yield f'<c r="{name}"><v>{cell}</v></c>'


def _style(day: date) -> int:
    return _DATE_TIME if isinstance(day, datetime) else _DATE


def _day_number(day: date) -> int | float:
    """Return the number that a workbook stores for a date."""
    if not isinstance(day, datetime):
        return (day - _DAY_ZERO.date()).days
    return (day - _DAY_ZERO) / timedelta(days=1)
