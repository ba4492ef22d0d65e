"""What rules say of statements."""

from airspace_events.validation.codes.code import Code

CODES: tuple[Code, ...] = (
    Code(
        "signatories_not_members",
        "warning",
        "A state signed for an alliance to which it certainly did not belong when the statement "
        "was made. Check the date and the code. A guest who signs speaks too: name it among the "
        "speakers.",
    ),
    Code(
        "condition_without_conditional",
        "warning",
        "The act has a condition, but is meant as it stands. What holds only if something is so "
        'has the modality `conditional`: "would, if" is not "will".',
    ),
    Code(
        "conditional_without_condition",
        "info",
        "The act is conditional and has no condition. Write in `condition` on what it depends, "
        "if the report tells.",
    ),
    Code(
        "force_without_request",
        "error",
        "Force says how strongly something is asked, and the act is no request. Make it a "
        "request, or leave the force out.",
    ),
    Code(
        "request_to_nobody",
        "info",
        "The request does not say who is asked. Name them in `addressed_to`, or give the words "
        'of the report in `addressed_as`: "neighbours".',
    ),
    Code(
        "act_without_subject",
        "info",
        "The act condemns, deplores or characterises something that is not named. Name the "
        "event in `about` of the statement or of the act.",
    ),
    Code(
        "claim_without_subject",
        "warning",
        "The claim says something of nothing that is named. Name the event in `about` of the "
        "statement or of the claim; in a source, of the claim.",
    ),
)
