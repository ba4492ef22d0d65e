"""Strategies for each kind of record."""

from typing import Any

from hypothesis.strategies import SearchStrategy

from airspace_events.models.actors import Alliance, Official, Organization, State
from airspace_events.models.base import BaseRecord
from airspace_events.models.finding import Finding
from airspace_events.models.incursion import Incursion
from airspace_events.models.records import Record
from airspace_events.models.series import Series
from airspace_events.models.source import Source
from airspace_events.models.statement import Statement
from airspace_events.testing.strategies.build import values_of


def sources(**fixed_fields: Any) -> SearchStrategy[Source]:
    """Sources: reports, releases, posts and what else was read.

    Arguments and errors are those of `values_of`.
    """
    return values_of(Source, **fixed_fields)


def states(**fixed_fields: Any) -> SearchStrategy[State]:
    """Records of states, as a feed may have them beside those that are built in.

    Arguments and errors are those of `values_of`.
    """
    return values_of(State, **fixed_fields)


def alliances(**fixed_fields: Any) -> SearchStrategy[Alliance]:
    """Alliances, with memberships; none has the id of one that is built in.

    Arguments and errors are those of `values_of`.
    """
    return values_of(Alliance, **fixed_fields)


def organizations(**fixed_fields: Any) -> SearchStrategy[Organization]:
    """Organizations, and kinds of people that a report names only as such.

    Arguments and errors are those of `values_of`.
    """
    return values_of(Organization, **fixed_fields)


def officials(**fixed_fields: Any) -> SearchStrategy[Official]:
    """Officials, with the posts that they held.

    Arguments and errors are those of `values_of`.
    """
    return values_of(Official, **fixed_fields)


def incursions(**fixed_fields: Any) -> SearchStrategy[Incursion]:
    """Incursions, from one line to all that can be told of one.

    Arguments and errors are those of `values_of`.

    >>> from hypothesis import find
    >>> find(incursions(scope="aggregate"), lambda incursion: True).time.value
    '2000-01-01'
    >>> incursions(scop="aggregate")
    Traceback (most recent call last):
        ...
    TypeError: Incursion has no field "scop"; did you mean scope?
    """
    return values_of(Incursion, **fixed_fields)


def series(**fixed_fields: Any) -> SearchStrategy[Series]:
    """Series of events that are told of together.

    Arguments and errors are those of `values_of`.
    """
    return values_of(Series, **fixed_fields)


def findings(**fixed_fields: Any) -> SearchStrategy[Finding]:
    """Findings on the ground or in the water.

    Arguments and errors are those of `values_of`.
    """
    return values_of(Finding, **fixed_fields)


def statements(**fixed_fields: Any) -> SearchStrategy[Statement]:
    """Statements, with what they claim and what they do.

    Arguments and errors are those of `values_of`.
    """
    return values_of(Statement, **fixed_fields)


def records(**fixed_fields: Any) -> SearchStrategy[Record]:
    """Records of every type, or of those types that have all the fixed fields.

    Arguments and errors are those of `values_of`.

    >>> from hypothesis import find
    >>> find(records(title="A made-up balloon"), lambda record: True).title
    'A made-up balloon'
    """
    made: SearchStrategy[Any] = values_of(BaseRecord, **fixed_fields)
    return made
