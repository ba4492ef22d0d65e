"""What can be wrong with what names what."""

from airspace_events.validation.codes.code import Code

CODES = (
    Code(
        "duplicate_id",
        "error",
        "Two records have the same id and the same revision, or the same id and another type. "
        "Give one of them another id. If it is a later state of the same record, give it the next "
        "revision.",
    ),
    Code(
        "unresolved_reference",
        "error",
        "The id names no record of the feeds that are checked. Look for a slip, add the record, "
        "or check the feed together with the one that has it.",
    ),
    Code(
        "wrong_kind_of_record",
        "error",
        "The id names a record of a type that may not be here. A source does not speak, for "
        "instance, and a state is no source. Name the record that is meant.",
    ),
    Code(
        "reserved_id",
        "error",
        "The id belongs to an alliance that the library brings with it. Leave the record out, and "
        "name the alliance by that id. If something else is meant, give it another id.",
    ),
)
