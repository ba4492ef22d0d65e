"""What rules say of times."""

from airspace_events.validation.codes.code import Code

CODES: tuple[Code, ...] = (
    Code(
        "time_in_future",
        "warning",
        "What is reported begins after the present, as it was given to the validator: mostly a "
        "slip in the year. Correct the time. What is only planned is a response that is "
        "requested, announced or authorised.",
    ),
    Code(
        "zone_of_another_state",
        "warning",
        "The time zone is that of another state than the one concerned. Days and "
        "nights are those of the place, so give a zone of that state, and not the newsroom's.",
    ),
    Code(
        "offset_of_another_zone",
        "warning",
        "An instant is written with an offset from UTC that its time zone did not have then: "
        "often the other one of summer and winter. Check the hour and write the offset of the "
        "zone, or write the instant in UTC with Z.",
    ),
    Code(
        "window_too_long_for_words",
        "warning",
        "The words speak of hours or of a day, and the value spans many days. Write the night or "
        "the day that is meant. If nobody knows which it was, say so: write some day of a month "
        "as 2024-09-XX, mark the dates with ?, or set the basis to imputed; if it was on many "
        "days, set the extent to repeatedly.",
    ),
    Code(
        "words_without_reference",
        "warning",
        "The words mean another time on another day, such as yesterday, last night or on "
        "Wednesday, and no reference says from which day they are read. Give the day of the "
        "report as the reference; if it is not sure, mark it with ?.",
    ),
    Code(
        "words_resolve_elsewhere",
        "warning",
        "Read from the reference, the words give a time that does not touch the value. Correct "
        "the value, or the reference, if the words were said on another day.",
    ),
    Code(
        "incursion_lasts_weeks",
        "warning",
        "An incursion fills more than 21 days, or lasted more than 7. Record what is told "
        "of many incursions as a series, or set the scope to aggregate; or correct the unit.",
    ),
    Code(
        "duration_longer_than_window",
        "warning",
        "The incursion lasted longer than the whole time in which it is said to lie. Correct the "
        "duration or its unit, or make the time wide enough to hold it.",
    ),
    Code(
        "membership_not_in_force",
        "warning",
        "A state invokes a treaty in an alliance of which it was no member on that day. Check the "
        "day, the state and the alliance.",
    ),
    Code(
        "state_not_in_force",
        "warning",
        "The incursion concerns a state which, by its record in the feed, did not exist on that "
        "day. Check the day, or name the state of that time.",
    ),
)
