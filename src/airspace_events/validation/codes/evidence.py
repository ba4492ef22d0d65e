"""What rules say of evidence: of sources, claims and judgements."""

from airspace_events.validation.codes.code import Code

CODES: tuple[Code, ...] = (
    Code(
        "record_without_source",
        "warning",
        "The statement, series or finding names no source. Cite in `sources` the report that "
        "it was taken from.",
    ),
    Code(
        "quote_offsets_contradict",
        "error",
        "Start and end of a quotation are not as far apart as its text is long. Count both in "
        "code points of the source's text, the end just behind the last one, or leave them out.",
    ),
    Code(
        "denies_flight_and_gives_route",
        "warning",
        "One speaker denies that anything flew, and affirms how it flew. Who says that it flew "
        "elsewhere denies the `crossing`, not the `occurrence`. Who came to say otherwise has "
        "`as_of` in each claim.",
    ),
    Code(
        "two_operators_claimed",
        "warning",
        "One speaker says flatly that two states operated the same thing. Give the objects an "
        '`id` and name the object of each claim, as in `"fields": ["objects.first"]`; say with '
        "`involvement` what each state did; or give the `likelihood`.",
    ),
    Code(
        "contradictory_claims",
        "warning",
        "One speaker affirms and denies the same of the same subject. Check the polarity, and "
        "what each claim is about; if the speaker came to say otherwise, give `as_of` in each.",
    ),
    Code(
        "confirmed_crossing_of_discounted_event",
        "error",
        "The crossing is confirmed, though the desk has concluded that nothing flew. Discount "
        "the crossing too, or judge the occurrence again.",
    ),
    Code(
        "crossing_surer_than_occurrence",
        "warning",
        "The crossing is confirmed, though it is suspected or in doubt that anything flew. What "
        "crossed did fly: judge the occurrence as sure as the crossing, or the crossing as unsure "
        "as it.",
    ),
    Code(
        "object_surer_than_occurrence",
        "warning",
        "The occurrence is suspected, doubtful or discounted, though an object was shot down, "
        "recovered or the like. If that is so, something flew; if only somebody says so, it is "
        "their claim of the object's `fates`.",
    ),
    Code(
        "nothing_not_discounted",
        "error",
        "Every object turned out to be nothing, so nothing flew, but the `occurrence` is not "
        "`discounted`. Discount it, or correct the category.",
    ),
    Code(
        "agreement_as_claim",
        "warning",
        "A source affirms what a record says, and adds no value of its own. Cite the source in "
        "the record, and name the field in `supports`. A claim of a source needs another value or "
        "another polarity.",
    ),
)
