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
        "order: `min`, `best` or `roughly`, `max`, and the beginning before the end.",
    ),
    Code(
        "empty_value",
        "error",
        "A count or a quantity has neither words nor a number, or the totals have no count. Give "
        "what the report says, or leave the field out.",
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
        "The claim has no value, and only one whose polarity is `undetermined` may leave it out, "
        "or one that names fields. Say what is claimed; for a list, name an item or give one.",
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
        "dangling_field",
        "error",
        "The record has no value at this name. Names have dots, and items of lists stand by "
        "their ids, such as `objects.first.category`. Correct the name, or record the value.",
    ),
    Code(
        "malformed_field_name",
        "error",
        "The text is not the name of a field. Write the names of fields with dots, and items of "
        "lists by their ids: `totals.crossings`, `objects.first.count`.",
    ),
    Code(
        "unknown_field_name",
        "error",
        "No incursion, series or finding has such a field that can be claimed. The codebook lists "
        "the names. A name ends at a value, an item or a list, and never inside a value.",
    ),
    Code(
        "misplaced_claim_value",
        "error",
        "The claim has a `value` or a `count` where none fits. A value is for one field, and not "
        "for an item or `occurrence`: make one claim for each value, or leave it out. A count "
        "says how many of the items are meant: leave it out where the field holds none.",
    ),
    Code(
        "suspected_with_likelihood",
        "error",
        "A suspicion has no likelihood. Write the polarity `affirmed` with the likelihood, or "
        "`suspected` without one.",
    ),
    Code(
        "unknown_place",
        "error",
        "The place of an effect, a response or a fate is the id of a place of the same record. "
        "Add the place to `places` with that id, or correct the id.",
    ),
    Code(
        "duplicate_item_id",
        "error",
        "Two items of one list have the same id, so that nothing can point at one of them. Give "
        "each its own.",
    ),
    Code(
        "nowhere",
        "error",
        "The incursion says nothing of where it was. Give the `state` concerned, a zone, or a "
        "place where it happened; an origin, a destination or a base is not where it happened.",
    ),
    Code(
        "counted_twice",
        "error",
        "There is one object, and its `count` says how many objects there were. Write the number "
        "there and leave out `totals.objects`.",
    ),
    Code(
        "crossing_without_state",
        "error",
        "`crossing` judges whether a border was crossed, and `state` does not say whose. Add the "
        "state, or leave `crossing` out.",
    ),
    Code(
        "crossing_missing",
        "error",
        "The field is about a border that was crossed, and the incursion does not say that one "
        "was. Add `crossing` with the status that fits, or leave the field out.",
    ),
    Code(
        "exact_and_approximate",
        "error",
        "A number is exact or approximate. Write `best` for the number itself, or `roughly` for "
        'one given as "about 20".',
    ),
    Code(
        "unchecked_category",
        "error",
        "Only a check shows that a reported object was a bird, a star, a light, a vessel or "
        "nothing. Add `checked` with its result, or write the category that was reported.",
    ),
    Code(
        "invalid_value",
        "error",
        "The value is not valid, for a reason that has no code of its own. The message tells the "
        "reason. It is a gap in this library; please report it.",
    ),
)
