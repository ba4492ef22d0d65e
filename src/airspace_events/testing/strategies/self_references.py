"""References within a record, to its own fields but never to the record itself."""

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from hypothesis import strategies as st

from airspace_events.models.base import BaseRecord
from airspace_events.testing.strategies.claimed_fields import (
    claimable_in,
    claimed_values,
    fields_in,
    fitting_claims,
    has_no_fields,
)
from airspace_events.testing.strategies.draft import Draft
from airspace_events.testing.strategies.plain_values import unused_id
from airspace_events.values.assessments import Assessment, FieldAssessment
from airspace_events.values.base import to_json
from airspace_events.values.field_names import claimed_field
from airspace_events.values.measures import ReportedCount
from airspace_events.values.structure import NamedRecord, named_records

R = TypeVar("R", bound=BaseRecord)

_MOST_NAMES = 2


def completed(record: R, draft: Draft) -> R:
    """Return a record that names only its existing fields and never refers to its own id.

    Claims about a built-in state or alliance name no fields, because these records have no
    claimable fields.

    Args:
        record: the record.
        draft: the draft that the record was made from.
    """
    if draft.fields.get("claims") and draft.may_change("claims"):
        record = fitting_claims(
            record, draft.draw, lambda subject: () if has_no_fields(subject) else None
        )
    return _naming_others(_naming_fields(record, draft), draft)


def _naming_others(record: R, draft: Draft) -> R:
    named = {one.name for one in named_records(record)}
    if record.id not in named:
        return record
    if draft.may_change("id"):
        return record.replace(id=unused_id(record.id, named))
    other = unused_id(record.id, named)
    return renamed(record, lambda one: other if one.name == record.id else one.name)


def _naming_fields(record: R, draft: Draft) -> R:
    naming = [name for name in ("sources", "assessments") if draft.fields.get(name)]
    free = [name for name in naming if draft.may_change(name)]
    if not free or not draft.draw(st.booleans()):
        return record
    changes: dict[str, Any] = {}
    for name in free:
        if name == "sources":
            some = _some(list(fields_in(record)))
            changes[name] = tuple(
                one.replace(supports=draft.draw(some)) for one in draft.fields[name]
            )
        else:
            claimable = list(claimable_in(record))
            changes[name] = tuple(_assessed(one, claimable, draft) for one in draft.fields[name])
    return record.replace(**changes)


def _assessed(one: Assessment, names: Sequence[str], draft: Draft) -> Assessment:
    if not isinstance(one, FieldAssessment):
        return one.replace(fields=draft.draw(_some(names)))
    name = draft.draw(st.sampled_from(names))
    values = claimed_values(name, draft.values_of)
    needs_value = claimed_field(name).kind == "list"
    counted = claimed_field(name).is_countable and draft.draw(st.booleans())
    count = draft.draw(draft.values_of(ReportedCount)) if counted else None
    if values is None or not (needs_value or draft.draw(st.booleans())):
        return one.replace(fields=(name,), value=None, count=count)
    return one.replace(fields=(name,), value=draft.draw(values), count=count)


def _some(names: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(names), max_size=_MOST_NAMES).map(tuple)


def renamed(record: R, name_of: Callable[[NamedRecord], str]) -> R:
    """Return a record with changed references.

    Args:
        record: the record.
        name_of: returns the new id for each reference.
    """
    changes = [
        (one.parts, new) for one in named_records(record) if (new := name_of(one)) != one.name
    ]
    if not changes:
        return record
    data: dict[str, Any] = json.loads(to_json(record))
    for parts, new in changes:
        holder: Any = data
        for part in parts[:-1]:
            holder = holder[part]
        holder[parts[-1]] = new
    return type(record).model_validate_json(json.dumps(data))
