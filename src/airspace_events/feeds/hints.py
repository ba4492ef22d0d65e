"""Hints for bytes that are not a valid feed: the likely mistake and its correction."""

# Files of other formats.

_CONVERT = "to make a feed, use airspace-events convert"
_DECOMPRESS = "decompress it first, because only gzip is supported"
_UNPACK = "unpack the archive first"
_SHEET = "to make a feed from a sheet, use airspace-events convert with --mapping"
_MAKE_MAPPING = "to make a mapping, use airspace-events map-columns"
_SAVE = "save the workbook as XLSX first"
_YAML = "convert the feed to JSON first, for example with yq -o=json"

# The first bytes of files in other formats.
_BINARY_FORMATS = {
    b"PK\x03\x04": f"the file is a workbook or a ZIP archive; {_SHEET}, or unpack the archive",
    b"\xd0\xcf\x11\xe0": f"the file is an old Excel workbook; {_SAVE}",
    b"PAR1": f"the file is in Parquet format; {_CONVERT}",
    b"ARROW1": f"the file is in Arrow format; {_CONVERT}",
    b"\x1f\x8b": "the file is compressed twice with gzip; decompress it once",
    b"BZh": f"the file is compressed with bzip2; {_DECOMPRESS}",
    b"\xfd7zXZ\0": f"the file is compressed with xz; {_DECOMPRESS}",
    b"\x28\xb5\x2f\xfd": f"the file is compressed with Zstandard; {_DECOMPRESS}",
    b"7z\xbc\xaf": f"the file is a 7-Zip archive; {_UNPACK}",
    b"SQLite format 3": "the file is an SQLite database; a feed must be JSON in UTF-8",
    b"%PDF-": "the file is a PDF document; a feed must be JSON in UTF-8",
}
_TAR = slice(257, 262), b"ustar"
_DELIMITERS = (b",", b";", b"\t")
_MOST_COLUMNS_IN_PROSE = 2
_BY_SUFFIX = {
    (".yaml", ".yml"): f"YAML is not supported; {_YAML}",
    (".xlsx", ".xlsm", ".ods"): (
        f"a workbook can be read with --mapping, but cannot be written; {_MAKE_MAPPING}"
    ),
    (".xls", ".xlsb"): f"this kind of workbook is not supported; {_SAVE}",
    (".zip", ".tar", ".tgz", ".tar.gz"): f"archives are not supported; {_UNPACK}",
}


def named_format(file: str) -> str | None:
    """Return a message about the format that a file suffix indicates; None if unknown."""
    found = (why for suffixes, why in _BY_SUFFIX.items() if file.lower().endswith(suffixes))
    return next(found, None)


def binary_format(start: bytes) -> str | None:
    """Return a message about the binary format that the first bytes indicate; None if unknown."""
    for magic, message in _BINARY_FORMATS.items():
        if start.startswith(magic):
            return message
    where, magic = _TAR
    return f"the file is a tar archive; {_UNPACK}" if start[where] == magic else None


def text_format(first: bytes, second: bytes) -> str | None:
    """Return a message about the text format that the first lines indicate; None if unknown.

    The result is also None if the second line begins a JSON object, since then the file is a feed
    with a damaged first line.
    """
    if second.lstrip().startswith(b"{"):
        return None
    if first.lstrip().startswith(b"<") and not first.startswith(b"<<"):
        return (
            "the file is HTML or XML; it may be an error page that was saved instead of the feed"
        )
    if first.startswith(b"version https://git-lfs"):
        return "the file is only a Git LFS pointer; download the feed with git lfs pull"
    if _is_yaml(first, second):
        return f"the file is YAML; {_YAML}"
    if any(first.count(one) == second.count(one) >= _MOST_COLUMNS_IN_PROSE for one in _DELIMITERS):
        return f"the file is a table, such as CSV; {_CONVERT}"
    return None


def _is_yaml(first: bytes, second: bytes) -> bool:
    if first.rstrip() == b"---" or first.startswith(b"%YAML"):
        return True
    return (first.startswith(b"#") or _is_yaml_item(first)) and _is_yaml_item(second)


def _is_yaml_item(line: bytes) -> bool:
    key, colon, rest = line.strip().removeprefix(b"- ").partition(b":")
    is_name = key.strip(b"'\"").replace(b"_", b"").isalnum()
    return is_name and bool(colon) and rest[:1] in (b"", b" ")


# Common text that is not valid JSON.

_DOUBLE = 'JSON requires double quotes (")'
_STRAIGHT = 'JSON requires straight quotes (")'
_COMMENT = "JSON does not allow comments"
_CONFLICT = "resolve the Git merge conflict"

# The keys are the text at the offset of the error.
_HINTS = {
    "'": _DOUBLE,
    "\N{LEFT DOUBLE QUOTATION MARK}": _STRAIGHT,
    "\N{RIGHT DOUBLE QUOTATION MARK}": _STRAIGHT,
    "\N{DOUBLE LOW-9 QUOTATION MARK}": _STRAIGHT,
    "//": _COMMENT,
    "/*": _COMMENT,
    "#": _COMMENT,
    "<<<<<<<": _CONFLICT,
    "=======": _CONFLICT,
    ">>>>>>>": _CONFLICT,
    "```": "remove the Markdown code fence around the feed",
    "\N{ZERO WIDTH NO-BREAK SPACE}": "remove the byte-order mark",
}
_LONGEST_WORD = 20
_CONSTANTS = frozenset(["none", "null", "nil", "undefined", "true", "false"])


def json_hint(text: str, offset: int) -> str:
    """Return a semicolon and a hint that explains invalid JSON, or an empty string.

    Args:
        text: the invalid JSON.
        offset: the index of the first invalid code point.
    """
    for start, hint in _HINTS.items():
        if text.startswith(start, offset):
            return f"; {hint}"
    if text[offset : offset + 1] in ("]", "}") and text[:offset].rstrip().endswith(","):
        return "; remove the comma before the closing bracket"
    word, before = _word_at(text, offset)
    if word.lower() in _CONSTANTS:
        return "; write null, true and false in lower case"
    if word and before.rstrip()[-1:] in ("", "{", "[", ":", ","):
        return '; put names and strings in double quotes (")'
    return ""


def _word_at(text: str, offset: int) -> tuple[str, str]:
    """Return the word at an offset, shortened if it is long, and the text before the word."""
    start = end = offset
    while end < offset + _LONGEST_WORD and text[end : end + 1].isalpha():
        end += 1
    while start < end < start + _LONGEST_WORD and text[start - 1 : start].isalpha():
        start -= 1
    return text[start:end], text[:start]
