"""Whole feeds, in which whatever a record names is there."""

from typing import Any

from hypothesis import strategies as st

from airspace_events.feeds.header import SCHEMA_VERSION, Feed, FeedHeader
from airspace_events.models.records import Record
from airspace_events.testing.strategies.build import values_of
from airspace_events.testing.strategies.records import records as records_of_all_types
from airspace_events.testing.strategies.reference_linker import Cast


def feeds(
    records: st.SearchStrategy[Record] | None = None,
    *,
    consistent: bool = True,
    min_size: int = 1,
    max_size: int = 6,
) -> st.SearchStrategy[Feed]:
    """Feeds, with their header.

    A consistent feed has no error that `ae.validate` could find: no two records are the same
    revision of one id, every name leads to a record of a right kind, nothing is a part of
    itself. For that, an id or a revision that comes twice is given anew, and so is a name that
    leads nowhere. If nothing in the feed can bear the name, the smallest record that can is
    added; such records come on top of ``max_size``.

    Args:
        records: what to fill it with; records of every type, if not told.
        consistent: whether all that is named is there. If not, only each line is valid by
            itself: names may lead nowhere, and ids may come twice.
        min_size: how many records are drawn at least.
        max_size: how many records are drawn at most.

    Raises:
        ValueError: the sizes do not allow any feed. One without records is never consistent,
            since to have checked nothing is no pass.

    >>> feeds(min_size=0)
    Traceback (most recent call last):
        ...
    ValueError: no feed has 0 to 6 records; min_size is 1 or more
    """
    least = 1 if consistent else 0
    if not least <= min_size <= max_size:
        msg = f"no feed has {min_size} to {max_size} records; min_size is {least} or more"
        raise ValueError(msg)
    filling = records_of_all_types() if records is None else records
    return _feeds(st.lists(filling, min_size=min_size, max_size=max_size), consistent=consistent)


@st.composite
def _feeds(draw: st.DrawFn, lists: st.SearchStrategy[list[Record]], *, consistent: bool) -> Feed:
    held: list[Any] = draw(lists)
    if consistent:
        held = draw(st.permutations(Cast(draw, held).resolved()))
    header = draw(values_of(FeedHeader, schema_version=SCHEMA_VERSION))
    return Feed(header, tuple(held))
