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
        "`confirmed` rests on one independent source, and fewer than two speakers in a position "
        "to know are recorded to affirm it. These are the state concerned, a treaty alliance of "
        "that state, whoever detected, answered or checked it, and the authorities and officials "
        "of these. Other states and media are not, and those who belong to one state or alliance "
        "count once. If the intruder itself affirms it, no other is needed. Add a source or a "
        "statement, or say `reported`.",
    ),
    Code(
        "denied_but_not_disputed",
        "warning",
        "A party denies that something flew, crossed or entered a zone, and the record gives it "
        "as reported or confirmed. Make `occurrence`, `crossing` or the `entry` of the zone "
        "`disputed`, `doubtful` or `discounted`. Whoever affirms it on a later day denies it no "
        "longer.",
    ),
    Code(
        "denial_of_nothing_said",
        "info",
        "A claim denies what nobody in this feed is recorded to have claimed, suspected or "
        "thought possible. Record who said it, if that is known.",
    ),
    Code(
        "headline_overtaken",
        "warning",
        "A count or a cause was claimed after the record was written down, and the record says "
        "something else. Judge it again in a revision with its own `recorded_at`.",
    ),
    Code(
        "affirmed_value_changed",
        "error",
        "A revision changes a field, or takes an item away, that a claim names without a value, "
        "so that a new value stands for what was said about the old one. Write in `value` which "
        "of them the claim means; if the item is gone, name the list and write the item as "
        "`value`. A claim that was first recorded with the revision or later is about its value.",
    ),
    Code(
        "earlier_revision_missing",
        "info",
        "Claims name fields of this record without a value, and an earlier revision of it is not "
        "in the feeds. If that revision had other values, the claims should write theirs. Check "
        "the feed together with the one that has it, or write the values in the claims.",
    ),
    Code(
        "claimed_field_missing",
        "error",
        "A claim names a field, an item or a place that its subject does not have, or a field "
        "that is empty, or says of an incursion into one state that another border was crossed. "
        "Correct the name, fill the field in, or write the claimed value in `value`. To name an "
        "item, give it an `id`. `over` and zones may be claimed of a series or a finding.",
    ),
    Code(
        "value_repeated",
        "info",
        "A claim repeats the value that its subject has. Leave out `value`: a claim without one "
        "is about what the record says.",
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
