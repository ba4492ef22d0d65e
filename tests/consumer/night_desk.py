"""What a small desk makes of records: a line for each, and who is spoken of."""

import airspace_events as ae


def headline(incursion: ae.Incursion) -> str:
    """A line for people."""
    where = incursion.state or "no state"
    when = incursion.time.verbatim or incursion.time.value
    return f"{where}: {incursion.title or incursion.id}, {when}"


def denials(statement: ae.Statement) -> tuple[ae.Claim, ...]:
    """What a statement denies."""
    return tuple(claim for claim in statement.claims if claim.polarity == "denied")


def sources_of(feed: ae.Feed) -> dict[str, tuple[str, ...]]:
    """For each incursion of a feed, who published what it rests on."""
    publishers = {one.id: one.publisher for one in feed.records if isinstance(one, ae.Source)}
    return {
        record.id: tuple(publishers[citation.source] for citation in record.sources)
        for record in feed.records
        if isinstance(record, ae.Incursion)
    }
