"""A slow visit to a record, written without the plans and shortcuts of the fast one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from random import Random
from typing import Any

from pydantic import ValidationError

import damaged_feeds as m
from airspace_events.diagnostics.problem import Parts, Problem
from airspace_events.feeds.locating import Locator, RawRecord
from airspace_events.feeds.reading import losses, record_adapter
from airspace_events.models.records import Record
from airspace_events.reference.tables import RESERVED_ALLIANCES
from airspace_events.validation.record_check import Visitor
from airspace_events.validation.rules import RULES
from airspace_events.validation.rules import texts as rules_of_texts
from airspace_events.validation.rules.rule import Surroundings
from airspace_events.values.base import Value, to_json
from airspace_events.values.json_values import walk
from airspace_events.values.structure import count_keys, named_records

NOW = datetime(2024, 9, 10, tzinfo=UTC)
FAST = Visitor()


def different(data: bytes) -> str | None:
    """Return what the fast visit to a record finds differently from the slow one; None if equal.

    A record that is not valid is not visited.
    """
    try:
        record: Record = record_adapter().validator.validate_json(data)
    except ValidationError:
        return None
    raw = RawRecord(data, 1)
    around = Surroundings(record, raw, NOW)
    found = FAST.visit(around)
    pairs = {
        "names": (found.names, list(names(record))),
        "problems": (told(found.problems), told(problems(record, around))),
        "keys": (found.keys, count_keys(record)),
        "losses": (bool(losses(raw, found.keys)), loses(raw)),
    }
    for what, (fast, slow) in pairs.items():
        if fast != slow:
            return f"{what}: {fast}, but slowly {slow}"
    return None


def names(record: Record) -> Iterator[tuple[Any, ...]]:
    for one in named_records(record):
        is_state = one.name[0].isupper() and "state" in one.reference.kinds
        is_alliance = one.name in RESERVED_ALLIANCES and "alliance" in one.reference.kinds
        if not (is_state or is_alliance):
            yield tuple(one)


def problems(record: Record, around: Surroundings) -> Iterator[Problem]:
    for at, value in values_in(record):
        for rule in RULES:
            if isinstance(value, rule.model) and rule.field in value.model_fields_set:
                found = rule.check(value, around)
                if rule.check is rules_of_texts.unfit_texts:
                    found = unfit_texts(record)
                for one in (found,) if isinstance(found, Problem) else found or ():
                    yield Problem(one.code, one.message, (*at, *one.parts))


def unfit_texts(record: Record) -> Iterator[Problem]:
    """Check every text, without a look at the bytes."""
    for parts, text in walk(json.loads(to_json(record))):
        if isinstance(text, str):
            for check in rules_of_texts._CHECKS:
                yield from check(parts, text)


def values_in(value: Value, at: Parts = ()) -> Iterator[tuple[Parts, Value]]:
    yield at, value
    for name in type(value).model_fields:
        inner = getattr(value, name)
        for number, one in enumerate(inner if isinstance(inner, tuple) else (inner,)):
            if isinstance(one, Value):
                place = (*at, name, number) if isinstance(inner, tuple) else (*at, name)
                yield from values_in(one, place)


def told(found: Iterable[Problem]) -> list[tuple[str, str, str]]:
    return sorted((one.code, repr(one.parts), one.message) for one in found)


def loses(raw: RawRecord) -> bool:
    """Return whether a key stands twice, or a number has too many digits, by a whole search."""
    locator = Locator(raw)
    unsafe = [place for place in locator.unsafe_integers() if place[0][0] == "extensions"]
    return bool(locator.duplicate_keys() or locator.inexact_numbers() or unsafe)


def changed(record: bytes, dice: Random) -> bytes:
    """Return a record that is changed as JSON and spelt in another way, or changed as bytes."""
    if dice.random() < 0.1:
        return m.changed_bytes(record, dice).replace(b"\n", b" ")
    value = json.loads(record)
    for _ in range(dice.randint(0, 2)):
        value = m.changed_json(value, dice)
    separators = dice.choice(((",", ":"), (", ", ": "), (",", " :")))
    text = json.dumps(value, ensure_ascii=dice.random() < 0.3, separators=separators)
    return text.encode(errors="surrogatepass")
