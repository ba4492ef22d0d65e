"""Generation of the feeds of made-up trackers, and of the decisions about their duplicates."""

from datetime import UTC, datetime

from airspace_events.comparing.merging import merge
from airspace_events.dossier.dossier import Dossier
from airspace_events.dossier.histories import Histories
from airspace_events.dossier.review import read_review, review_lines, revised
from airspace_events.feeds.header import Feed
from airspace_events.feeds.writing import feed_lines
from airspace_events.testing import synthetic_coverage

_TRACKERS = ("ash", "birch", "cedar")
_DECIDED = datetime(2015, 4, 15, 12, tzinfo=UTC)


def nights() -> dict[str, bytes]:
    """Return the feeds of three trackers, a review of their merged feed, and the decided feed.

    The decisions are those of a careful editor: if both reports of a pair are about the same
    made-up event, the decision is "unsure"; otherwise it is "different".
    """
    coverage = synthetic_coverage(28, seed=249)
    feeds = {name: coverage.feeds[name] for name in _TRACKERS}
    merged = merge(*feeds.values())
    pairs = Dossier(merged).possible_duplicates().pairs
    blank = "".join(f"{line}\n" for line in review_lines(pairs))
    head, *parts = blank.replace('by = ""', 'by = "A. Editor"').split('decision = ""')
    event_of = coverage.event_of
    words = (
        "unsure" if event_of[pair.first.id] == event_of[pair.second.id] else "different"
        for pair in pairs
    )
    decided = (f'decision = "{word}"{part}' for word, part in zip(words, parts, strict=True))
    review = (head + "".join(decided)).encode()
    histories = Histories((one, one) for one in merged.records)
    changed = revised(read_review(review, "review.toml", histories, _DECIDED), histories, _DECIDED)
    whole = Feed(merged.header, (*merged.records, *changed))
    files = {f"nights/{name}.jsonl": feed for name, feed in feeds.items()}
    files["decided/nights.jsonl"] = whole
    return {
        f"docs/examples/{name}": b"".join(feed_lines(feed.header, feed.records))
        for name, feed in files.items()
    } | {"docs/examples/decided/review.toml": review}
