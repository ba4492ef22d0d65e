"""Puts together what was found in the entries of feeds, in their order, into one report."""

from __future__ import annotations

from collections.abc import Iterator

from airspace_events.validation.cross_record.claimed_fields import ClaimedFields
from airspace_events.validation.cross_record.consistency import DatesAcross, Revisions, Routes
from airspace_events.validation.cross_record.denials import Denials
from airspace_events.validation.cross_record.derivation import Cycles, Independence
from airspace_events.validation.facts import Facts
from airspace_events.validation.kept_records import IdTable
from airspace_events.validation.notices import Notice, NoticeCollector, Report, Spot, Where, notice
from airspace_events.validation.record_check import Unreadable
from airspace_events.validation.references import ReferenceCheck
from airspace_events.validation.settings import Settings


class ReportBuilder:
    """What is known of the feeds so far.

    Of each record only its facts are looked at, and only what is needed of them is kept. What
    concerns a record that has not been read yet is put aside on disk until the end of the feeds.

    Attributes:
        collector: the notices, and how many records there are.
    """

    def __init__(self, per_code: int, settings: Settings) -> None:
        self.collector = NoticeCollector(per_code, settings)
        self._table = table = IdTable()
        self._references = ReferenceCheck(table)
        self._claimed_fields = ClaimedFields(table)
        self._dates = DatesAcross(table)
        self._denials = Denials(table)
        self._revisions = Revisions(table)
        self._independence = Independence(table)
        self._routes = Routes()
        self._cycles = Cycles(table)

    def take(self, told: Facts | Unreadable, where: Where) -> None:
        """Take in what an entry tells others; each check is asked only if that concerns it."""
        if isinstance(told, Unreadable):
            self._references.see_unreadable(told.id, told.kind)
            return
        # The id is taken in last: until then the table has only what came before.
        row = self._table.row(told.id)
        self._denials.see(told, row, where)
        if told.event or told.claims:
            self._claimed_fields.see(told, row, where)
        self._revisions.see(told, row, where)
        if told.above or told.replaces:
            self._cycles.see(told, row, where)
        if told.route is not None or told.links:
            self._routes.see(told, where)
        self.collector.add(self._dates.see(told, where))
        if told.sources:
            self.collector.add(self._independence.see(told, where))
        self.collector.add(self._references.see(told, where))

    def end_feed(self, file: str, records_before: int, *, ended_early: bool) -> None:
        """Take in that a feed is at its end."""
        if self.collector.records.total() == records_before and not ended_early:
            message = "the feed has a header and no record"
            self.collector.add([notice("no_records", message, Spot(file, 1))])

    def report(self, files: tuple[str, ...], *, is_complete: bool) -> Report:
        """The report; what is known at the end of the feeds only if they were read to it."""
        if is_complete:
            self.collector.add(self._at_the_end())
        return self.collector.report(files, is_complete=is_complete)

    def _at_the_end(self) -> Iterator[Notice]:
        yield from self._references.at_the_end(self.collector.has_room)
        yield from self._dates.at_the_end()
        # Who claims what bears on how independent the sources must be.
        yield from self._claimed_fields.at_the_end()
        yield from self._independence.at_the_end()
        yield from self._denials.at_the_end()
        yield from self._revisions.at_the_end()
        yield from self._routes.at_the_end()
        yield from self._cycles.at_the_end()
