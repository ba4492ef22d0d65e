"""Make a first mapping for a sheet, as TOML that the owner of the sheet can edit.

The fields in the mapping are based only on the evidence in the cells. Comments propose other
settings, such as a field that a column may fill, or a date order if all dates are ambiguous.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from os import PathLike
from typing import Any

from airspace_events.feeds.toml_files import toml_value
from airspace_events.formats.spreadsheets.column_fields import (
    Choice,
    choice_of,
    decided_fields,
    has_hint,
    proposed_field,
    words_of,
)
from airspace_events.formats.spreadsheets.column_profiles import (
    Profile,
    Sample,
    is_blank,
    profile_of,
    sample_of,
    source_id,
)
from airspace_events.formats.spreadsheets.dates import UnfitError, clock_time, split_date
from airspace_events.formats.spreadsheets.keys import fold
from airspace_events.formats.spreadsheets.paths import Target, target_of
from airspace_events.reference.states import states
from airspace_events.safe_text import counted, shown
from airspace_events.vocabulary.codebook import vocabularies

_RECORD = "incursion"
_FEW, _EXAMPLES, _LONG_CELL = 12, 3, 40
_MOST_WORDS = 15
_COMMENTS_AT = 32
_NOON = timedelta(hours=12)
_UNKNOWN = ("n/a", "nan", "null", "unknown")
_CONTENTS = {
    "link": "links",
    "clock": "times of day",
    "position": "positions",
    "number": "numbers",
    "time": "times",
    "state": "states",
}
_QUESTIONS = {
    "state": "if this is the state whose airspace was entered",
    "time": "if this is the time of the event",
    "source.url": "see source.kind and source.publisher above",
    "source.publisher": "see source.kind above",
}


def map_columns(path: str | PathLike[str], **layout: Any) -> str:
    """Return a first mapping for a sheet, in TOML, to edit and then use to convert the sheet.

    The mapping is valid, and its fields are based only on the evidence in the first rows.
    Comments contain proposals and questions about all other settings.

    Args:
        path: the file.
        layout: the mapping keys for the layout of the file, such as ``sheet``, ``header_row`` or
            ``encoding``, if they cannot be detected.

    Raises:
        SettingsError: a key is not valid.
        UnreadableError: the file cannot be opened.
        FormatError: the file cannot be read as a sheet.
    """
    return "".join(f"{line}\n" for line in _Draft(sample_of(path, **layout)).lines())


class _Draft:
    def __init__(self, sample: Sample) -> None:
        self.sample = sample
        self.source = source_id(sample.name)
        self.profiles = [
            profile_of(name, sample.cells[name], is_named_time=has_hint(name, "time"))
            for name in sample.names
        ]
        self.times = [it for it in self.profiles if it.content == "time"]
        self.orders = choice_of(self.times)
        rows = sample.rows - sample.faults.total()
        self.fields = decided_fields(self.profiles, rows)
        self.proposals = {
            it.name: path
            for it in self.profiles
            if it.name not in self.fields
            and (path := proposed_field(it, rows))
            and path not in self.fields.values()
        }
        self.times_proposed = Counter(self.proposals.values())

    def lines(self) -> Iterator[str]:
        """Yield the lines of the mapping."""
        yield from self._preface()
        yield _key("record", _RECORD, "if each row is an incursion; otherwise, enter another type")
        ids = [name for name, path in self.fields.items() if path == "external_ids.0.value"]
        if ids:
            yield _key(
                "id", f"{self.source}-{{{ids[0]}}}", "each cell of this column is different"
            )
        yield _key("keep", f"{self.source}.example", "TODO: your domain name")
        for name, value in self.sample.layout.items():
            yield _key(name, value)
        yield from self._dates()
        yield from self._hours()
        marks = choice_of(it for it in self.profiles if it.content == "number")
        yield from _chosen("decimal", marks)
        yield from self._unknown()
        yield from ("", "[source]")
        yield _key("id", self.source, "the list itself, which each record cites")
        yield _key("kind", "dataset")
        yield _key("publisher", "not stated", "TODO: who publishes the list")
        yield _asked("title", "")
        yield _asked("language", "", "such as en")
        yield from ("", "[constants]")
        yield _asked("state", "", "the code of the state, if all rows are about one state")
        yield _asked("crossing", "reported", "if all rows are border crossings")
        if any(it.startswith("source.") for it in self.proposals.values()):
            yield _asked("source.kind", "news_report", "if a column has the source of each row")
            yield _asked("source.publisher", "not named in the list", "for sources without a name")
        yield from self._words()
        for profile in self.profiles:
            yield ""
            yield from self._column(profile)
        yield from self._joins()

    def _preface(self) -> Iterator[str]:
        sample = self.sample
        first = "" if sample.is_whole else "first "
        yield (
            f"# A first mapping for {_plain(sample.name)},"
            f" based on its {first}{_rows(sample.rows)}."
        )
        for fault, count in sample.faults.most_common(_EXAMPLES):
            yield f"# {_rows(count)} could not be used: {_plain(fault)}."
        for fault, count in sample.cell_faults.most_common(_EXAMPLES):
            yield f"# {counted(count, 'cell')} could not be used: {_plain(fault)}."
        shared = Counter(it.rpartition(" (")[0] for it in sample.names if it.endswith(")"))
        named = [
            f"{n} columns have the name {shown(it)}" for it, n in shared.most_common(1) if n > 1
        ]
        unnamed = sum(it == f"column {at}" for at, it in enumerate(sample.names, 1))
        if unnamed > 1:
            named.append(f"{unnamed} columns have no name")
        if named:
            yield f"# TODO: {named[0]}. If the names are in"
            yield "# several rows, use the options --header-row and --header-rows."
        kept, proposed = len(self.profiles) - len(self.fields), len(self.fields)
        yield (
            f"# Fields are set for {counted(proposed, 'column')}, based on their cells."
            f" The cells of the other {counted(kept, 'column')} are kept unchanged in the records."
        )
        yield "# Each comment with a key is a proposal. To accept it, remove the # before the key."
        yield "# To list all fields and their allowed words, run: airspace-events schema codebook"
        if "time" not in self.fields.values():
            yield "# TODO: choose the column with the time. Rows without a time are not converted."
        if not any(path.startswith("places") for path in self.fields.values()):
            yield "# TODO: choose the state or its column. Rows without a state are not converted."
        yield ""

    def _dates(self) -> Iterator[str]:
        yield from _chosen("date_order", self.orders)
        if any(it.has_short_years for it in self.times):
            yield _asked("century", 2000, "some years have two digits")

    def _hours(self) -> Iterator[str]:
        texts = [text for it in self.profiles if it.content == "clock" for text in it.read]
        texts += [self._clock_in(text) for it in self.times for text in it.read]
        clocks = {it: found for it in texts if (found := clock_time(it, up_to_24=True))}
        if not clocks:
            return
        if any(it.zone is None for it in clocks.values()):
            yield _asked("timezone", "", "the time zone of the sheet's times, such as Europe/Riga")
            yield _asked(
                "local_time", value=True, why="or use the time zone of the state in each row"
            )
        short = [it for it in clocks if clock_time(it, up_to_24=False) is None]
        if short:
            late = [it for it in clocks if clocks[it].start > _NOON and it[-1].isdigit()]
            why = _listed(late) if late else "if 2:25 always means 02:25"
            yield (_key if late else _asked)("hours", 24, why)
        if not all(it.start for it in clocks.values()):
            yield _asked(
                "midnight", "day", 'if 00:00 means an unknown time of day; otherwise "time"'
            )

    def _clock_in(self, text: str) -> str:
        try:
            found = split_date(text, self.orders.best, 2000)
        except UnfitError:
            return ""
        return found.clock if found else ""

    def _unknown(self) -> Iterator[str]:
        found = Counter(
            fold(text)
            for it in self.profiles
            for text in it.cells.elements()
            if is_blank(text) or fold(text) in _UNKNOWN
        )
        if found:
            words = [it for it, _ in found.most_common(_MOST_WORDS)]
            yield _asked("unknown", words, "if these cells mean that the value is unknown")

    def _words(self) -> Iterator[str]:
        found = Counter(
            word.strip(".,;()")
            for it in self.profiles
            if it.content in ("time", "number")
            for text in it.unread
            if any(map(str.isdigit, text))
            for word in text.split()
            if any(map(str.isalpha, word)) and len(word) <= _LONG_CELL
        )
        if found:
            yield from ("", "[words]", "# Words in times and numbers that could not be read:")
            for word, count in found.most_common(_MOST_WORDS):
                yield _asked(
                    toml_value(word), "", f"in {counted(count, 'cell')}; translate it into English"
                )

    def _column(self, profile: Profile) -> Iterator[str]:
        name = profile.name
        yield f"# {_summary(profile)}"
        yield f"[columns.{toml_value(name)}]"
        if name in self.fields:
            yield _key("field", self.fields[name])
            if self.fields[name].startswith("external_ids"):
                yield _key("also", {"external_ids.0.scheme": self.source})
            return
        yield _key("keep", value=True)
        if name in self.proposals:
            yield from self._proposal(profile, self.proposals[name])
        elif profile.content == "position":
            yield _asked("pattern", ["{latitude},{longitude}"], "or with the longitude first")
            for part in ("latitude", "longitude"):
                yield _asked(f"parts.{part}.field", f"places.0.{part}")

    def _proposal(self, profile: Profile, path: str) -> Iterator[str]:
        why = "proposed for several columns; choose one" if self.times_proposed[path] > 1 else ""
        codes = [it for it in profile.read if len(it) == 2]  # noqa: PLR2004 (such as CA)
        if path == "state" and codes:
            meant = states.resolve(codes[0]).name
            why = f"if {shown(codes[0])} is {meant}, and the state whose airspace was entered"
        yield _asked("field", path, why or _QUESTIONS.get(path, ""))
        if path.startswith("external_ids"):
            yield _asked("also", {"external_ids.0.scheme": self.source})
        if path.startswith("source.") and any(";" in it for it in profile.cells):
            yield _asked("split", ";")
        target = target_of(_RECORD, path, {})
        if target.kind == "quantity":
            yield _asked("unit", "", f"the unit, for numbers without one: {_words_in('Unit')}")
        if path.endswith("altitude"):
            yield _asked("also", {f"{path}.datum": ""}, f"above: {_words_in('AltitudeDatum')}")
        if target.kind in ("word", "state"):
            unread = _unread(profile, target)
            if unread and target.kind == "word":
                words = _words_in(target.shape.vocabulary or "")
                yield f"# The meaning of each cell, one of {words}:"
            for text in unread:
                yield _asked(f"values.{toml_value(text)}", "", _rows(profile.cells[text]))

    def _joins(self) -> Iterator[str]:
        names = [it.name for it in self.profiles if set(it.name).isdisjoint("{}")]
        for hints, template in (
            (("start begin from first", "end until to last"), "{{{}}} \N{EN DASH} {{{}}}"),
            (("year", "month", "day"), "{{{}}}-{{{}}}-{{{}}}"),
        ):
            found = [[it for it in names if words_of(it) & set(hint.split())] for hint in hints]
            if all(len(it) == 1 for it in found) and "time" not in self.fields.values():
                parts = [it for (it,) in found]
                yield from ("", "# These columns may form one time:")
                yield f"# [columns.{toml_value(' '.join(parts))}]"
                yield _asked("join", template.format(*parts))
                yield _asked("field", "time")


def _unread(profile: Profile, target: Target) -> list[str]:
    """Return the cells whose meaning may need to be defined; none if there are too many."""
    found = [it for it in profile.unread if not is_blank(it)]
    if target.kind == "word":
        known = map(str, vocabularies()[target.shape.vocabulary or ""].words)
        found = [it for it in found if it not in set(known)]
    return found if len(found) <= _FEW else []


def _words_in(vocabulary: str) -> str:
    return ", ".join(map(str, vocabularies()[vocabulary].words))


def _summary(profile: Profile) -> str:
    cells, content = profile.cells, profile.content
    if not cells:
        return "no cells"
    filled = counted(cells.total(), "cell")
    if content in _CONTENTS:
        found = f"{filled} with {_CONTENTS[content]}, such as {_listed(profile.read)}"
        others = profile.unread
        return f"{found}; others: {_listed(others)}" if others else found
    if len(cells) <= _EXAMPLES or (len(cells) <= _FEW and cells.total() > len(cells)):
        texts = ", ".join(f"{shown(it, _LONG_CELL)} ({n:,})" for it, n in cells.most_common())
        return f"{filled}: {texts}"
    return f"{filled}, {len(cells):,} different: {_listed(cells)}"


def _listed(texts: Iterable[str]) -> str:
    given = list(dict.fromkeys(texts))
    more = ", ..." if len(given) > _EXAMPLES else ""
    return ", ".join(shown(it, _LONG_CELL) for it in given[:_EXAMPLES]) + more


def _chosen(key: str, choice: Choice) -> Iterator[str]:
    """Yield the only choice that fits all cells, or else a comment for each choice."""
    if "" in choice.fitting:
        return
    texts = _listed(it for it in choice.texts if not it.isdecimal())
    if len(choice.fitting) == 1:
        yield _key(key, choice.fitting[0], f"the only choice that fits {texts}")
        return
    yield f"# TODO: choose {key} for {texts}."
    for it, count in choice.counts.items():
        if it:
            yield _asked(key, it, f"fits {count:,} of {len(choice.texts):,} different cells")


def _key(key: str, value: object, why: str = "") -> str:
    return _with_comment(f"{key} = {toml_value(value)}", why)


def _asked(key: str, value: object, why: str = "") -> str:
    return _with_comment(f"# {key} = {toml_value(value)}", why)


def _with_comment(line: str, comment: str) -> str:
    return f"{line.ljust(_COMMENTS_AT - 1)} # {comment}" if comment else line


def _plain(text: str) -> str:
    return shown(text, 200)[1:-1]


def _rows(count: int) -> str:
    return counted(count, "row")
