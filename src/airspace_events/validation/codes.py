"""Every code that a notice can have, with its severity and its meaning: the one registry."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of notice.

    Attributes:
        name: the stable name.
        severity: ``error`` can never be right, ``warning`` should be looked at, ``info`` is told.
        meaning: what is wrong, and what to do about it.
    """

    name: str
    severity: Severity
    meaning: str


def _registry(*codes: Code) -> Mapping[str, Code]:
    return MappingProxyType({code.name: code for code in codes})


CODES = _registry(
    # The bytes.
    Code("byte_order_mark", "warning", "A byte-order mark stands first. Save without one."),
    Code("wrong_encoding", "error", "The bytes are not UTF-8. Save the feed as UTF-8."),
    Code("damaged_gzip", "error", "The gzip data cannot be unpacked. Fetch or pack them again."),
    Code("truncated_input", "error", "The input ends before the feed does. Fetch it again."),
    Code("truncated_record", "error", "A record ends before its JSON does."),
    Code("json_syntax", "error", "The text is not JSON at this place."),
    Code("nested_too_deeply", "error", "Values are nested deeper than any record needs."),
    Code("record_too_large", "error", "A record is longer than the limit; it was not read."),
    Code("feed_too_large", "error", "The feed is longer than the limit; the rest was not read."),
    Code("no_records", "error", "There is nothing to check. Reading nothing is no pass."),
    Code("duplicate_key", "error", "A key stands twice in one object, and parsers keep one only."),
    Code("inexact_number", "error", "The number has more digits than can be kept. Round it."),
    # The header.
    Code("header_missing", "error", 'A feed begins with {"type": "feed", "schema_version": ...}.'),
    Code("schema_version_unknown", "error", "The schema version is of another major version."),
    Code("schema_version_newer", "warning", "The schema version is newer than this library."),
    # The shape of a record.
    Code("missing_field", "error", "A required field is missing."),
    Code("unknown_field", "error", "The field is not one of this record or value."),
    Code("unknown_record_type", "error", "The type is none of the records."),
    Code("wrong_type", "error", "The value is of another JSON type than the field holds."),
    Code("value_not_in_vocabulary", "error", "The word is none of the closed vocabulary."),
    Code("unknown_state_code", "error", "The code is no ISO 3166-1 alpha-2 code, and not XK."),
    Code("unknown_time_zone", "error", "The name is none of the IANA time zones."),
    Code("malformed_id", "error", "Ids are lower-case letters and digits with single hyphens."),
    Code("malformed_time", "error", "The text is no EDTF date or interval, nor one of instants."),
    Code("malformed_value", "error", "The text has not the form that the field demands."),
    Code("naive_datetime", "error", "A time of day without its offset from UTC is no instant."),
    Code("number_as_date", "error", "A number is no date. Write the date as text."),
    Code("not_finite", "error", "NaN and infinities are not JSON, and no measured value."),
    Code("out_of_range", "error", "The number is outside what it can be."),
    Code("wrong_length", "error", "The text or list is too short or too long."),
    Code("bounds_out_of_order", "error", "A lower bound is above the upper one."),
    Code("empty_value", "error", "A count or quantity needs words or a number."),
    Code("unit_missing", "error", "A number without its unit measures nothing."),
    Code("wrong_unit", "error", "The unit does not measure this kind of thing."),
    Code("end_contradicted", "error", "The period is told to have ended and to go on."),
    Code("claim_without_value", "error", "Only an undetermined claim may leave its value out."),
    Code("malformed_position", "error", "A position is [longitude, latitude], longitude first."),
    Code("ring_not_closed", "error", "The last position of a ring is the first one again."),
    Code("dangling_pointer", "error", "The pointer leads to nothing in this record."),
    Code("invalid_value", "error", "The value is not valid."),
    # References.
    Code("duplicate_id", "error", "Two records have the same id and revision."),
    Code("unresolved_reference", "error", "The id names no record of the feed."),
    Code("wrong_kind_of_record", "error", "The id names a record that may not be here."),
    Code("reserved_id", "error", "The id belongs to an alliance that the library brings with it."),
    # The report itself.
    Code("notices_left_out", "info", "There are more notices of a code than are listed."),
)
"""Every code, by its name."""
