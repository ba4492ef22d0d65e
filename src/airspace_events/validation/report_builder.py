"""Puts together what was found in the entries of feeds, in their order, into one report."""

from __future__ import annotations

from collections import Counter

from airspace_events.validation.cross_record import Connections
from airspace_events.validation.facts import Facts
from airspace_events.validation.id_table import IdTable
from airspace_events.validation.notices import Notice, NoticeCollector, Report
from airspace_events.validation.record_check import Unreadable
from airspace_events.validation.references import ReferenceCheck, Where
from airspace_events.validation.settings import Settings


class Gathering:
    """What is known of the feeds so far.

    Attributes:
        collector: the notices.
        records: how many records there are, by type.
    """

    def __init__(self, per_code: int, settings: Settings) -> None:
        table = IdTable()
        self.collector = NoticeCollector(per_code, settings)
        self.records: Counter[str] = Counter()
        self._references = ReferenceCheck(table)
        self._connections = Connections(table)

    def take(self, told: Facts | Unreadable, where: Where) -> None:
        """Take in what an entry tells others."""
        if isinstance(told, Unreadable):
            self._references.see_unreadable(told.id, told.kind)
            return
        for notice in self._connections.see(told, where):
            self.collector.add(notice)
        for notice in self._references.see(told, where):
            self.collector.add(notice)

    def end_feed(self, file: str, records_before: int, *, ended_early: bool) -> None:
        """Take in that a feed is at its end."""
        if self.records.total() == records_before and not ended_early:
            message = "the feed has a header and no record"
            self.collector.add(Notice(code="no_records", message=message, file=file, line=1))

    def report(self, files: tuple[str, ...], *, is_complete: bool) -> Report:
        """The report; what is known at the end of the feeds only if they were read to it."""
        if is_complete:
            for notice in self._references.at_the_end(self.collector.has_room):
                self.collector.add(notice)
            for notice in self._connections.at_the_end():
                self.collector.add(notice)
        records = dict(sorted(self.records.items()))
        return self.collector.report(files, records, is_complete=is_complete)
