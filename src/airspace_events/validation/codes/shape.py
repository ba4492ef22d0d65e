"""What can be wrong with the shape of a record."""

from airspace_events.validation.codes.code import Code

CODES = (
    Code(
        "missing_field",
        "error",
        "A required field is missing. Add it; the codebook tells what it holds.",
    ),
    Code(
        "unknown_field",
        "error",
        "The field is none of this record or value. Look for a slip, or put what it tells into "
        "the field that is for it. What no field is for belongs into `note` or `extensions`.",
    ),
    Code(
        "unknown_record_type",
        "error",
        "The type is that of no record. Look for a slip; the codebook lists the types.",
    ),
    Code(
        "wrong_type",
        "error",
        "The value is of another JSON type than the field holds: a number instead of an object, "
        "say, or a text instead of a list. Write it as the field demands.",
    ),
    Code(
        "value_not_in_vocabulary",
        "error",
        "The word is none of those that the field can have. Take the nearest of them, and keep "
        "the words of the report in a `verbatim` or a `note`. The codebook lists them all.",
    ),
    Code(
        "unknown_state_code",
        "error",
        "The code is no ISO 3166-1 alpha-2 code, and not `XK`. Look it up with "
        "`airspace-events states NAME`.",
    ),
    Code(
        "unknown_time_zone",
        "error",
        "The name is none of the IANA time zones. Write one such as `Europe/Riga`; an "
        "abbreviation or an offset is none.",
    ),
    Code(
        "malformed_id",
        "error",
        "An id is lower-case letters and digits with single hyphens between them. A state is "
        "named by its code in capitals. Write the id so, here and wherever it is named.",
    ),
    Code(
        "malformed_time",
        "error",
        "The text is no EDTF date or interval, and no interval of instants. Write `2024-09-07`, "
        "for instance, or `2024-09-07/2024-09-08`. For words such as overnight, ask "
        "`airspace-events time`.",
    ),
    Code(
        "malformed_value",
        "error",
        "The text has not the form that the field demands. The message tells the form; write the "
        "text so, or leave the field out.",
    ),
    Code(
        "naive_datetime",
        "error",
        "A time of day has no offset from UTC, and so is no instant. Write `Z` behind it, or an "
        "offset such as `+03:00`. If the offset is not known, write the day alone where the field "
        "takes one, or leave the field out.",
    ),
    Code(
        "number_as_date",
        "error",
        "A number is no date. Whether it counts seconds or days, or is a year, is not guessed. "
        "Write the date as text, such as `2024-09-07`.",
    ),
    Code(
        "not_finite",
        "error",
        "NaN and infinities are not JSON, and nobody measured them. Leave out a number that is "
        "not known.",
    ),
    Code(
        "out_of_range",
        "error",
        "The number is outside what it can be. Look for a slip, such as a point that is missing "
        "or a latitude and a longitude that changed places.",
    ),
    Code(
        "wrong_length",
        "error",
        "The text or the list is too short or too long. Leave out an optional field that is "
        "empty; give a required one what it needs.",
    ),
    Code(
        "bounds_out_of_order",
        "error",
        "A lower bound is above the upper one, or the best value is outside both. Put them in "
        "order: `min`, `best`, `max`, and the beginning before the end.",
    ),
    Code(
        "empty_value",
        "error",
        "A count or a quantity has neither words nor a number. Give what the report says, or "
        "leave the field out.",
    ),
    Code(
        "unit_missing",
        "error",
        "A quantity has a number and no unit, and so measures nothing. Add the unit that the "
        "report gives.",
    ),
    Code(
        "wrong_unit",
        "error",
        "The unit does not measure this kind of thing: kilometres are no duration. Write the unit "
        "that is meant; the message lists those that fit.",
    ),
    Code(
        "end_contradicted",
        "error",
        "The period is told to have ended and to go on. Leave out `ongoing`, or `last_day`.",
    ),
    Code(
        "claim_without_value",
        "error",
        "The claim has no value, and only one whose polarity is `undetermined` may leave it out. "
        "Say what is claimed, or that it is undetermined.",
    ),
    Code(
        "malformed_position",
        "error",
        "A position is a list of longitude and latitude, in this order, with an elevation behind "
        "them if there is one. Write it so, as numbers.",
    ),
    Code(
        "ring_not_closed",
        "error",
        "The ring of a polygon does not end where it begins. Repeat its first position as its "
        "last.",
    ),
    Code(
        "dangling_pointer",
        "error",
        "The pointer leads to nothing in this record. It is a JSON Pointer from the record on, "
        "such as `/objects/0/category`. Put it right, or add what it should lead to.",
    ),
    Code(
        "invalid_value",
        "error",
        "The value is not valid, for a reason that has no code of its own. The message tells the "
        "reason. It is a gap in this library; please report it.",
    ),
)
