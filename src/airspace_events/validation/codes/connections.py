"""What can be wrong between records, though each is right by itself."""

from airspace_events.validation.codes.code import Code

CODES = (
    Code(
        "cycle",
        "error",
        "A record is derived from itself, a part of itself, or a merger of itself, by way of "
        "others. Take out the link that is wrong.",
    ),
    Code(
        "sources_before_event",
        "warning",
        "Every source that is cited was published before this could have happened. Check the "
        "dates, or cite the source that reports it. Days are compared with a day to spare.",
    ),
    Code(
        "stated_before_event",
        "warning",
        "The statement was made before what it is about could have happened. Check both dates.",
    ),
    Code(
        "recorded_before_source",
        "warning",
        "The record was written down before a source that it cites was published. Check "
        "`recorded_at`, and what the source says of its date.",
    ),
    Code(
        "post_not_held",
        "warning",
        "On the day of the statement the official held none of the posts that the feed knows of. "
        "Check the date, or add the tenure.",
    ),
    Code(
        "copy_cited_with_original",
        "warning",
        "A source is cited beside the one that it is a copy of: that is one source, not two. Cite "
        "the one that the desk has read.",
    ),
    Code(
        "confirmed_by_one_source",
        "info",
        "`confirmed` rests on one independent source. Add another, or say `reported`.",
    ),
    Code(
        "denied_but_not_disputed",
        "warning",
        "A party denies that it happened or that it crossed, and the headline does not say so. "
        "Make it `disputed`, or `doubtful`, or `discounted`.",
    ),
    Code(
        "denial_of_nothing_said",
        "info",
        "A claim denies what nobody in this feed is recorded to have claimed. Record who said "
        "it, if that is known.",
    ),
    Code(
        "headline_overtaken",
        "warning",
        "A count or a cause was claimed after the record was written down, and the record says "
        "something else. Judge it anew in a revision with its own `recorded_at`.",
    ),
    Code(
        "retracted_but_spoken_of",
        "warning",
        "The desk takes the record back as its own mistake, while statements are about it. If it "
        "turned out not to have happened, its `occurrence` is `discounted` instead.",
    ),
    Code(
        "revision_drops_facts",
        "info",
        "A revision has no value where the one before had one. If that is meant, say why in "
        "`note`; a revision replaces the whole record.",
    ),
    Code(
        "route_does_not_join",
        "warning",
        "An object is said to be the same in two incursions, and where it left the one is not "
        "where it entered the other. Check `exited_to`, `entered_from` and `same_as`.",
    ),
)
