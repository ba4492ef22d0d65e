"""What can be wrong with the bytes and the JSON of a feed, and with its header."""

from airspace_events.validation.codes.code import Code

CODES = (
    Code(
        "byte_order_mark",
        "warning",
        "A byte-order mark stands before the feed. It was skipped here, but other programs may "
        'stumble over it. Save the file as "UTF-8" and not as "UTF-8 with BOM".',
    ),
    Code(
        "wrong_encoding",
        "error",
        "The bytes are not UTF-8. They may be UTF-16, an older encoding such as Windows-1252, or "
        "no text at all. Save the feed as UTF-8.",
    ),
    Code(
        "damaged_gzip",
        "error",
        "The gzip data cannot be unpacked. What stands behind the damage was not read. Fetch the "
        "file again, or pack it again.",
    ),
    Code(
        "truncated_input",
        "error",
        "The input ends before the feed does. What is missing was not checked. Fetch the file "
        "again, or write it again, to its end.",
    ),
    Code(
        "truncated_record",
        "error",
        "A record ends before its JSON does. A brace, a bracket or a quotation mark is not "
        "closed, or a line break stands within the record. Write each record whole, on one line.",
    ),
    Code(
        "json_syntax",
        "error",
        "The text is not JSON at this place. Often it is a comma too many, a quotation mark that "
        "is not straight, a comment, or a word of Python such as `None`. Put it right; a JSON "
        "library never writes it.",
    ),
    Code(
        "nested_too_deeply",
        "error",
        "Values are nested deeper than any record needs. Look for what wraps a value in a list "
        "or an object again and again, mostly in `extensions`.",
    ),
    Code(
        "record_too_large",
        "error",
        "A record is longer than the limit, and was not read. Keep long texts out of records, and "
        "cite where they stand. If it must be so long, set another limit with `ae.Limits`.",
    ),
    Code(
        "feed_too_large",
        "error",
        "The feed is longer than the limit, and was not read to its end. Write it as JSON Lines "
        "instead of one document, or in several feeds. If it must be so long, set another limit "
        "with `ae.Limits`.",
    ),
    Code(
        "no_records",
        "error",
        "The feed has no record. To have checked nothing is no pass. See whether the right file "
        "was named and whether it was written to its end.",
    ),
    Code(
        "duplicate_key",
        "error",
        "A key stands twice in one object. Parsers keep one of them only, mostly the last, and "
        "drop the other in silence. Decide which is meant, and delete the other.",
    ),
    Code(
        "inexact_number",
        "error",
        "A number has more digits than can be kept, or is too near to zero. It would change when "
        "it is read. Round it to what was reported.",
    ),
    Code(
        "unsafe_integer",
        "warning",
        "An integer in `extensions` is beyond `2**53 - 1`. This library keeps it, but JavaScript "
        "and many other programs round it. RFC 8785 cannot write it, so the record has no digest: "
        "`ae.digest` raises `DigestError`. Write an identifier as text.",
    ),
    Code(
        "header_missing",
        "error",
        "The feed does not begin with its header. Write the header before the records: "
        '`{"type":"feed","schema_version":"1.0"}`.',
    ),
    Code(
        "misplaced_header",
        "error",
        "A header stands behind the beginning of the feed, mostly because two feeds were joined "
        "into one file. What follows was read in the version of the first header. Keep each feed "
        "in a file of its own and give `validate` both; it checks them as one. If both headers "
        "have the same `schema_version`, you may delete this line instead.",
    ),
    Code(
        "schema_version_unknown",
        "error",
        "The feed is of another major version of the schema. Its words may mean something else "
        "there. Use a release of this library that reads that version, or convert the feed.",
    ),
    Code(
        "schema_version_newer",
        "warning",
        "The feed is of a newer minor version of the schema than this library knows. What is new "
        "in it is told as an error. Use a newer release of this library.",
    ),
)
