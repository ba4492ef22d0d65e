"""Suggested corrections for text that is almost a time expression."""

from collections.abc import Iterator

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_YEAR, _DAY_MONTH_YEAR = 4, 3
_BASIC_DATE = len("20240908")
_LAST_MONTH = 12


def candidates(text: str) -> Iterator[str]:
    """Yield corrected versions of the text, which are not necessarily valid."""
    seen = {text}
    for candidate in (_as_set(text), *_as_intervals(text)):
        if candidate not in seen:
            seen.add(candidate)
            yield candidate


def naive_instant(text: str) -> str | None:
    """Return a date and time of day as an instant without an offset, or None for other text.

    >>> naive_instant("2025-10-02 22:18")
    '2025-10-02T22:18:00'
    """
    mended = _repaired(text)
    clock = mended.partition("T")[2]
    is_clock = clock[2::3] == "::" and _is_number(clock.replace(":", ""))
    return mended if is_clock and len(clock) == len("22:18:00") else None


def _as_set(text: str) -> str:
    bare = text.strip()
    if bare[:1] not in ("[", "{") or bare[-1:] not in ("]", "}"):
        return text
    members = (
        "..".join(_point(end.strip()) if end.strip() else "" for end in member.split(".."))
        for member in bare[1:-1].split(",")
    )
    return bare[0] + ",".join(members) + bare[-1]


def _as_intervals(text: str) -> Iterator[str]:
    """Yield the text as a corrected single date, then as an interval for each separator in it."""
    bare = text.strip()
    yield _point(bare)
    for separator in ("/", "--", "\u2013", "\u2014", " - ", " to "):
        start, found, end = bare.partition(separator)
        if found:
            yield f"{_point(start.strip())}/{_point(end.strip())}"


def _point(text: str) -> str:
    """Return a single date or instant with common mistakes corrected."""
    named = {"open": "..", "unknown": "", "now": "..", "present": "..", "...": ".."}
    if text.lower() in named:
        return named[text.lower()]
    text = text.translate(_DASHES).replace("?~", "%").replace("~?", "%")
    body = text.rstrip("?~%")
    return _repaired(body.rstrip()) + text[len(body) :]


def _repaired(body: str) -> str:
    day, separator, clock = _halves(body)
    if separator:
        return f"{_date(day)}T{_clock(clock)}"
    return _date(day)


def _halves(body: str) -> tuple[str, str, str]:
    for separator in ("T", "t", " "):
        day, found, clock = body.partition(separator)
        if found and day[:1].isdigit():
            return day, found, clock.strip()
    return body, "", ""


def _date(text: str) -> str:
    if _is_number(text) and len(text) == _BASIC_DATE:
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if text[:1] in ("y", "Y") and _is_number(text[1:]) and len(text) == _YEAR + 1:
        return text[1:]
    if _is_number(text.lower().lstrip("y").replace("e", "").replace("s", "")):
        return text.upper()
    parts = text.replace(".", "-").replace("/", "-").split("-")
    if _is_mask(parts[0]) and len(parts[0]) == _YEAR:
        return "-".join(_masked(part).zfill(2) for part in parts)
    if (
        len(parts) == _DAY_MONTH_YEAR
        and all(map(_is_number, parts))
        and len(parts[2]) == _YEAR
        and int(parts[0]) > _LAST_MONTH
    ):
        # The day comes first, because no month has this number.
        return "-".join((parts[2], parts[1].zfill(2), parts[0].zfill(2)))
    return text


def _is_mask(text: str) -> bool:
    """Return whether every character is a digit or X; a u counts as X, as in a draft of EDTF."""
    return text.isascii() and _is_number(_masked(text).replace("X", "0"))


def _masked(text: str) -> str:
    return text.replace("u", "X").replace("x", "X")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _clock(text: str) -> str:
    time, offset = text, ""
    for at, char in enumerate(text):
        if char in "zZ+-":
            time, offset = text[:at].strip(), text[at:].upper()
            break
    if _is_number(time) and len(time) in (4, 6):
        time = ":".join(time[at : at + 2] for at in range(0, len(time), 2))
    hour, colon, rest = time.partition(":")
    time = hour.zfill(2) + colon + rest
    if time.count(":") == 1:
        time += ":00"
    sign, hours, minutes = offset[:1], *offset[1:].partition(":")[::2]
    if minutes:
        offset = f"{sign}{hours.zfill(2)}:{minutes}"
    elif _is_number(offset[1:]) and len(offset) == len("+0300"):
        offset = f"{offset[:3]}:{offset[3:]}"
    return time + offset
