"""What rules say of texts."""

from airspace_events.validation.codes.code import Code

CODES: tuple[Code, ...] = (
    Code(
        "bidirectional_control",
        "warning",
        "The text has a character that turns the direction of writing, so that it may be shown "
        "in another order than it is stored. Remove it.",
    ),
    Code(
        "control_character",
        "error",
        "The text has a control character, which is no part of any text. Remove it; of such "
        "characters only the line feed and the tab belong in a text.",
    ),
    Code(
        "invisible_character",
        "warning",
        "The text has a character that nobody sees, such as a zero-width space, a soft hyphen or "
        "a byte order mark, so that it is not found by its letters. Remove it.",
    ),
    Code(
        "mixed_script_name",
        "warning",
        "One word of a name mixes Latin, Cyrillic or Greek letters, some of which look alike, so "
        "that it is not found by its letters. Write the word in one script.",
    ),
    Code(
        "not_normalized",
        "info",
        "A letter and its accent are stored apart, or a character has a form that Unicode has "
        "replaced, so that equal texts may differ. Write the text in the form NFC.",
    ),
    Code(
        "untrimmed_text",
        "warning",
        "The text begins or ends with white space, or is nothing else. Remove it.",
    ),
)
