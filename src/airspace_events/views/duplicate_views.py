"""Views of possible duplicates: a card of each pair with reasons, and a table of all pairs."""

from airspace_events.dossier.duplicates import PossibleDuplicate, PossibleDuplicates
from airspace_events.dossier.resemblance import Reason
from airspace_events.models.events import Incursion
from airspace_events.safe_text import counted
from airspace_events.views.card import Card, Line, Row, joined, listed
from airspace_events.views.record_card import record_name
from airspace_events.views.table import Table, table_of
from airspace_events.views.value_lines import count_line, given, short_time_line, spoken


def duplicate_card(pair: PossibleDuplicate) -> Card:
    """Return the card of two incursions that may be the same."""
    title = (f"{spoken(pair.likelihood)}: {pair.first.id} and {pair.second.id}",)
    neither = [reason for reason in pair.reasons if reason.points == 0]
    rows = (
        Row(pair.first.id, (incursion_line(pair.first),)),
        Row(pair.second.id, (incursion_line(pair.second),)),
        Row("For", tuple(map(_reason, pair.supports)) or (("nothing",),)),
        Row("Against", tuple(map(_reason, pair.against)) or (("nothing",),)),
        *((Row("Neither", tuple(map(_reason, neither))),) if neither else ()),
        *((Row("Decided", (given(pair.decided),)),) if pair.decided else ()),
    )
    return Card(title, (), rows)


def incursion_line(one: Incursion) -> Line:
    """Return the state, time, kinds and objects of an incursion, and its title."""
    return joined(
        (
            given(one.state) or ("no state",),
            short_time_line(one.time),
            (", ".join(map(spoken, one.kinds)),),
            listed(
                one.objects,
                lambda flown: (
                    f"{spoken(flown.category or 'kind not reported')}: ",
                    *count_line(flown.count),
                ),
            ),
            record_name(one),
        )
    )


def _reason(reason: Reason) -> Line:
    return (str(reason),)


def duplicates_table(found: PossibleDuplicates) -> Table:
    """Return a table with a row for each pair, the most likely first."""
    groups = counted(len(found.groups), "group")
    left_out = f", {counted(len(found.not_compared), 'incursion')} not compared"
    name = f"Possible duplicates ({groups}{left_out if found.not_compared else ''})"
    return table_of(name, DUPLICATE_COLUMNS, found.pairs, duplicate_row)


DUPLICATE_COLUMNS = ("Likelihood", "First", "Second", "For", "Against", "Decided")


def duplicate_row(pair: PossibleDuplicate) -> tuple[Line, ...]:
    """Return the cells for a pair, with the topics of the reasons but not their details."""
    return (
        (spoken(pair.likelihood),),
        (pair.first.id,),
        (pair.second.id,),
        joined(((reason.topic,) for reason in pair.supports), by=", "),
        joined(((reason.topic,) for reason in pair.against), by=", "),
        given(pair.decided),
    )
