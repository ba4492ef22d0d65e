"""The card of a report, with the verdict and the most severe notices."""

from heapq import nsmallest

from airspace_events.validation.notices import Notice, Report, found
from airspace_events.views.card import Card, Line, Row, Said, joined, listed

_WORST_FIRST = ("error", "warning", "info")
_MOST_NOTICES = 10


def report_card(report: Report) -> Card:
    """Return the card of a report, with its verdict, feeds, records and most severe notices."""
    verdict = "Valid" if report.ok else "Not valid"
    ended = () if report.is_complete else (("the feeds were not read to the end",),)
    files = [Said(file) if file != "-" else "a stream" for file in report.files]
    records = [f"{kind}: {number:,}" for kind, number in report.records.items()]
    rows = [
        Row("Feeds", (listed(files, lambda file: (file,)),)),
        Row("Records", (listed(records, lambda line: (line,)) or ("none",),)),
    ]
    if report.notices:
        # Notices of the same severity stay in the order of the feeds.
        worst = nsmallest(
            _MOST_NOTICES, report.notices, key=lambda notice: _WORST_FIRST.index(notice.severity)
        )
        left_out = max(0, sum(report.counts.values()) - len(worst))
        rows.append(Row("Notices", tuple(_notice_line(notice) for notice in worst), left_out))
    return Card((f"{verdict}: {found(report)}",), ended, tuple(rows))


def _notice_line(notice: Notice) -> Line:
    suggestion = (
        () if notice.suggestion is None else ('did you mean "', Said(notice.suggestion), '"?')
    )
    pointer = (Said(notice.pointer),) if notice.pointer else ()
    place = (Said(notice.file), f":{notice.line}:{notice.column}")
    return joined(
        (
            (f"{notice.severity} ({notice.code}): ", Said(notice.message)),
            suggestion,
            joined((place, (Said(notice.record),) if notice.record else (), pointer), by=", "),
        )
    )
