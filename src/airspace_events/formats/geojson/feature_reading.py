"""A reader of the records in the features of a GeoJSON document."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import IO

from airspace_events.diagnostics.problem import Problem
from airspace_events.errors import FormatError
from airspace_events.feeds.framing import Limits
from airspace_events.feeds.header import FeedHeader
from airspace_events.feeds.locating import members, position
from airspace_events.feeds.reading import (
    Entry,
    first_error,
    read_entries,
    read_lines,
)
from airspace_events.feeds.streams import name_of, opened
from airspace_events.formats.format import OnHeader, OnProblem, refuse
from airspace_events.formats.geojson.features import Drawing, drawings_of, edits_of, is_drawn
from airspace_events.formats.streamed_json import BrokenJson, Piece, StreamedJson
from airspace_events.models.records import Record
from airspace_events.safe_text import shown

#: The greatest length, in characters, of a feature or another member of the document.
LONGEST_FEATURE = 8 * 2**20

_FEATURE = '{"type":"Feature"'
_GEOMETRIES = {
    "Point",
    "LineString",
    "Polygon",
    "MultiPoint",
    "MultiLineString",
    "MultiPolygon",
    "GeometryCollection",
}
_EXPECTED = "only features with a whole record in properties.record can be read"
# The members that matter in a document without a list of features.
_KEPT = {"type", "id", "geometry", "properties", "records"}
_KNOWN = {*_KEPT, "features", "feed"}

_LONGEST_WORD = 300
_NOTHING = Problem("no_records", "the record is empty", place=(1, 1))

Members = Mapping[str, Piece]


class FeatureReader:
    """A reader of one document: a FeatureCollection or a single Feature."""

    def __init__(
        self, stream: IO[bytes], on_problem: OnProblem | None, on_header: OnHeader | None
    ) -> None:
        self._stream = stream
        self._name = name_of(stream)
        self._on_problem = on_problem
        self._on_header = on_header
        self._kept: dict[str, Piece] = {}
        self._has_features = False
        self._has_told_what_is_expected = False
        # The id of the last record and its other features; None if the record could not be read.
        self._owner = ""
        self._further: Mapping[str, Drawing] | None = None

    def records(self) -> Iterator[Record]:
        """Yield the records, in the order of the features."""
        limits = Limits()
        with opened(self._stream, limits.unpacked_bytes) as stream:
            problem = None
            try:
                document = StreamedJson(stream, self._name, LONGEST_FEATURE)
                yield from self._document(document)
            except BrokenJson as broken:
                problem = broken.error
            if problem is not None:
                refuse(problem, self._on_problem)

    def _document(self, document: StreamedJson) -> Iterator[Record]:
        first = document.peek()
        if not first:
            self._refuse("the file is empty", 1)
            return
        if first != "{":
            self._refuse(
                f"the file is not GeoJSON, because it is not a JSON object; {_EXPECTED}", 1
            )
            return
        document.take("{")
        if document.peek() == "}":
            document.take("}")
        else:
            yield from self._members_of(document)
        yield from self._judge()
        if document.peek():
            self._refuse("the document is followed by additional text", document.line)
        if document.failure is not None:
            refuse(document.failure, self._on_problem)

    def _members_of(self, document: StreamedJson) -> Iterator[Record]:
        seen: set[str] = set()
        end = ","
        while end == ",":
            name = self._name_of_member(document)
            if name in seen:
                self._refuse(f"the key {shown(name)} appears twice", document.line)
            seen |= {name} & _KNOWN
            if name == "features" and document.peek() == "[":
                self._has_features = True
                yield from self._features(document)
            else:
                self._take_member(name, document.value())
            end = document.take(",", "}")

    def _name_of_member(self, document: StreamedJson) -> str:
        if document.peek() != '"':
            document.take('"')
        name = json.loads(document.value().text)
        document.take(":")
        return str(name)

    def _take_member(self, name: str, piece: Piece) -> None:
        if name in _KEPT:
            self._kept[name] = piece
        elif name == "feed":
            self._take_header(piece)

    def _take_header(self, piece: Piece) -> None:
        if self._has_features:
            reason = (
                'the header in "feed" was ignored because it comes after the features; move it '
                "before the features"
            )
            self._refuse(reason, piece.line)
            return
        for entry in read_entries(io.BytesIO(_on_one_line(piece.text))):
            if error := first_error(entry, self._name):
                self._refuse(error.reason, piece.line, "feed")
            elif isinstance(entry.record, FeedHeader) and self._on_header is not None:
                self._on_header(entry.record)

    def _judge(self) -> Iterator[Record]:
        """Report a wrong document type, and yield the record if the document is a Feature."""
        kind = _word(self._kept.get("type"))
        line = self._kept["type"].line if "type" in self._kept else 1
        if self._has_features:
            if kind != "FeatureCollection":
                self._refuse(
                    'the document has features, but its type is not "FeatureCollection"', line
                )
        elif kind == "Feature":
            yield from self._feature(1, self._kept, line)
        elif kind == "FeatureCollection":
            self._refuse('a FeatureCollection must have its features in the list "features"', line)
        elif kind in _GEOMETRIES:
            self._refuse(f"the file is a single {kind} without a record; {_EXPECTED}", line)
        elif kind == "feed" or "records" in self._kept:
            self._refuse("the file is a feed, not GeoJSON; read it as JSON", line)
        else:
            self._refuse(
                f"the file is not GeoJSON, because it has no GeoJSON type; {_EXPECTED}", line
            )

    def _features(self, document: StreamedJson) -> Iterator[Record]:
        document.take("[")
        if document.peek() == "]":
            document.take("]")
            return
        number, end = 0, ","
        while end == ",":
            number += 1
            problem = None
            try:
                yield from self._piece(number, document.value())
                end = document.take(",", "]")
            except BrokenJson as broken:
                problem = broken.error
            if problem is None:
                continue
            place = ", ".join(filter(None, [f"feature {number}", problem.place]))
            problem = FormatError(problem.reason, self._name, problem.line, place)
            # Writers put each feature on a line of its own, so the next one may be complete.
            if not document.go_to_line(_FEATURE):
                raise BrokenJson(problem)
            refuse(problem, self._on_problem)

    def _piece(self, number: int, piece: Piece) -> Iterator[Record]:
        place = f"feature {number}"
        try:
            piece.text.encode()
        except UnicodeEncodeError as error:
            line, column = position(piece.text, error.start)
            column += piece.column - 1 if line == 1 else 0
            place += f", column {column}"
            self._refuse("the bytes are not valid UTF-8", piece.line + line - 1, place)
            return
        try:
            found = self._members(piece, place)
        except RecursionError:
            self._refuse("values are nested too deeply", piece.line, place)
            return
        if found is not None:
            yield from self._feature(number, found, piece.line)

    def _members(self, piece: Piece, place: str) -> Members | None:
        """Return the members, or None if the value is not an object or has a duplicate key."""
        found: dict[str, Piece] = {}
        if not piece.text.startswith("{"):
            self._refuse("the value is not a JSON object", piece.line, place)
            return None
        line, at = piece.line, 0
        for member in members(piece.text, 0):
            line += piece.text.count("\n", at, member.value_at)
            at = member.value_at
            name = str(member.name)
            if name in found:
                self._refuse(f"the key {shown(name)} appears twice", line, place)
                return None
            found[name] = Piece(piece.text[at : member.end], line)
        return found

    def _feature(self, number: int, feature: Members, line: int) -> Iterator[Record]:
        place = f"feature {number}"
        if _word(feature.get("type")) != "Feature":
            self._refuse(f'the type must be "Feature"{self._hint()}', line, place)
            return
        record = None
        try:
            properties = feature.get("properties", Piece("null", line))
            inside: Members | None = {}
            if properties.text != "null":
                inside = self._members(properties, place)
            if inside is not None:
                record, reasons = self._read(feature, inside, line, place)
                for reason in reasons:
                    self._refuse(reason, line, place)
        except RecursionError:
            self._refuse("values are nested too deeply", line, place)
            return
        if record is not None:
            yield record

    def _read(
        self, feature: Members, properties: Members, line: int, place: str
    ) -> tuple[Record | None, Iterable[str]]:
        """Return the record, if any, and the differences between the feature and the record."""
        owner, pointer = (_word(properties.get(name)) for name in ("id", "pointer"))
        piece = properties.get("record")
        if owner and pointer and (piece is None or piece.text == "null"):
            return None, self._edits_of_further_place(owner, pointer, feature, properties)
        if piece is None:
            self._refuse(f"the properties contain no record{self._hint()}", line, place)
            return None, ()
        self._owner, self._further = owner, None
        entry = self._entry(piece)
        if error := first_error(entry, self._name):
            self._refuse(error.reason, piece.line, f"{place}, properties.record")
        record = entry.record
        if record is None or isinstance(record, FeedHeader):
            return None, ()
        if not is_drawn(record):
            return record, ()
        first, *others = drawings_of(record)
        self._owner, self._further = record.id, {one.id: one for one in others}
        return record, edits_of(first, feature, properties)

    def _edits_of_further_place(
        self, owner: str, pointer: str, feature: Members, properties: Members
    ) -> Iterable[str]:
        if owner != self._owner:
            # A record may have many other places, and one notice is enough for all of them.
            self._owner, self._further = owner, None
            owned = f"the feature belongs to the record {shown(owner)}"
            return [f"{owned}, but does not follow the feature that contains this record"]
        if self._further is None:
            return ()
        drawing = self._further.get(owner + pointer)
        if drawing is None:
            lacking = f"{shown(owner)} has no place with coordinates at {shown(pointer)}"
            return [f"{lacking}, or its first feature already shows this place"]
        return edits_of(drawing, feature, properties)

    def _entry(self, piece: Piece) -> Entry:
        """Parse the record in a feature, even if a map tool has converted it to a string."""
        text = piece.text
        if text.startswith('"'):
            text = json.loads(text)
        limits = Limits()
        stream = io.BufferedReader(io.BytesIO(_on_one_line(text)))
        return next(read_lines(stream, limits), Entry(None, problems=(_NOTHING,)))

    def _hint(self) -> str:
        """Return the hint the first time, and an empty string after that."""
        if self._has_told_what_is_expected:
            return ""
        self._has_told_what_is_expected = True
        return f": {_EXPECTED}"

    def _refuse(self, reason: str, line: int | None, place: str = "") -> None:
        refuse(FormatError(reason, self._name, line, place), self._on_problem)


def _word(piece: Piece | None) -> str:
    """Return the value if it is a short string, or else an empty string."""
    text = piece.text if piece is not None else ""
    is_short_text = text.startswith('"') and len(text) <= _LONGEST_WORD
    return str(json.loads(text)) if is_short_text else ""


def _on_one_line(text: str) -> bytes:
    """Replace line breaks with spaces; strings in JSON cannot contain unescaped line breaks."""
    return text.replace("\n", " ").replace("\r", " ").encode(errors="surrogatepass")
