"""Each sentence of a report has a record that says it, in which no field says more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter

import airspace_events as ae

#: Sentences as reports have them, each with its record and, for an incursion, its kinds.
SENTENCES = Path(__file__).parent / "data" / "sentences.jsonl"
RECORD: TypeAdapter[ae.Record] = TypeAdapter(ae.Record)
#: The two defaults that stay: a claim is affirmed, and a record is the first of its revisions.
STAY = {"polarity": "affirmed", "revision": 1}


def told(value: BaseModel, before: str = "") -> Iterator[str]:
    """Yield the names of the fields that hold something, without the two defaults."""
    for name in type(value).model_fields:
        held: Any = getattr(value, name)
        if STAY.get(name) == held:
            continue
        for one in held if isinstance(held, tuple) else (held,):
            if isinstance(one, BaseModel):
                yield from told(one, f"{before}{name}.")
            elif one is not None:
                yield before + name


def given(value: dict[str, Any], before: str = "") -> Iterator[str]:
    """Yield the names of the members of a JSON object that hold no further object."""
    for name, held in value.items():
        for one in held if isinstance(held, list) else [held]:
            if isinstance(one, dict):
                yield from given(one, f"{before}{name}.")
            else:
                yield before + name


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()],
    ids=lambda case: case["sentence"],
)
def test_a_record_says_only_what_was_said(case: dict[str, Any]) -> None:
    written = case["record"]
    record = RECORD.validate_json(json.dumps(written))
    assert set(told(record)) == set(given(written))
    assert json.loads(ae.to_json(record)) == written
    if isinstance(record, ae.Incursion):
        assert list(record.kinds) == case["kinds"]
