"""Translation of words into English, by the words that a mapping lists."""

from __future__ import annotations

from airspace_events.formats.spreadsheets.keys import SheetKeys, fold


def in_english(text: str, mapping: SheetKeys) -> str:
    """Replace the words that the mapping translates, longest match first."""
    if not mapping.words:
        return text
    given, found, at = text.split(), list[str](), 0
    most = max(len(words.split()) for words in mapping.words)
    while at < len(given):
        for length in range(min(most, len(given) - at), 0, -1):
            bare, mark = _without_mark(" ".join(given[at : at + length]))
            if (english := mapping.words.get(fold(bare))) is not None:
                found.append(english + mark)
                at += length
                break
        else:
            found.append(given[at])
            at += 1
    return " ".join(filter(None, found))


def _without_mark(text: str) -> tuple[str, str]:
    return (text[:-1], text[-1]) if text.endswith((",", ";")) else (text, "")
