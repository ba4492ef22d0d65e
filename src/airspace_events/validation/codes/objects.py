"""What rules say of objects and counts."""

from airspace_events.validation.codes.code import Code

CODES: tuple[Code, ...] = (
    Code(
        "designation_of_another_category",
        "warning",
        "The make or model is listed under another category than the one given. Check both; if "
        "it is not sure what it was, leave the category out.",
    ),
    Code(
        "count_contradicts_words",
        "warning",
        "The words of a count are a number, and its numbers are others. Keep the words and the "
        "number of one and the same report.",
    ),
    Code(
        "crossings_counted_as_objects",
        "warning",
        "The words that count the objects speak of violations or crossings. Nineteen violations "
        "are not nineteen drones: write the number in `totals.crossings`.",
    ),
    Code(
        "same_as_between_groups",
        "info",
        "A group of objects is told of as the same as one elsewhere, which does not tell which "
        "of them. List each object by itself, or use `possibly_same_as`, unless the group "
        "crossed as a whole.",
    ),
    Code(
        "fate_exceeds_count",
        "error",
        "More of a group are told to have met one fate than the group has. Correct one of the "
        "counts; a bound that nobody gave is left out.",
    ),
    Code(
        "more_fates_than_objects",
        "warning",
        "More of a group have crashed or were shot down than the group has. What was shot down "
        "has not `crashed`, even though it fell: leave one of the fates out, or correct a count.",
    ),
    Code(
        "check_contradicts_category",
        "warning",
        "The result of the check and the category say different things. Write what the check "
        "found as `category`, and what had been reported as `reported_as`.",
    ),
)
