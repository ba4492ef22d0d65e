"""What a report says of itself."""

from airspace_events.validation.codes.code import Code

CODES = (
    Code(
        "notices_left_out",
        "info",
        "There are more notices of a code than are listed. All are counted. Mend what is listed, "
        "which often has one cause, and check again.",
    ),
)
