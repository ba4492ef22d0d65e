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
        "elsewhere denies the `airspace_crossing`, not the `occurrence`. Who came to say "
        "otherwise has `as_of` in each claim.",
    ),
    Code(
        "two_operators_claimed",
        "warning",
        "One speaker says flatly that two states operated the same thing. Point each claim at "
        "its own object with `pointer`, say with `involvement` what each state did, or give "
        "the `likelihood`.",
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
        "the crossing too, or judge the occurrence anew.",
    ),
    Code(
        "crossing_surer_than_occurrence",
        "warning",
        "The crossing is confirmed, though it is in doubt that anything flew. What crossed did "
        "fly: judge the occurrence as sure as the crossing, or the crossing as unsure as it.",
    ),
    Code(
        "object_surer_than_occurrence",
        "warning",
        "The occurrence is doubtful or discounted, though an object was shot down, recovered or "
        "the like. If that is so, something flew; if only somebody says so, it is their claim "
        "of `outcome`.",
    ),
)
