"""Every form of EDTF, from a table written from the specification and not from the code."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import airspace_events as ae
from airspace_events.values import edtf

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "data" / "edtf_cases.toml").read_text(encoding="utf-8")
)
DAY, TICK = timedelta(days=1), timedelta(microseconds=1)


def cases(kind: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", CASES[kind], ids=[case["text"] for case in CASES[kind]])


def midnight(day: str | None) -> datetime | None:
    return (
        None
        if day is None
        else datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
    )


@cases("valid")
def test_what_is_edtf_is_read_with_its_bounds(case: dict[str, Any]) -> None:
    time = ae.ReportedTime.parse(case["text"], timezone="UTC")
    if "earliest" in case or "latest" in case:
        expected = tuple(
            datetime.fromisoformat(case[name]) if name in case else None
            for name in ("earliest", "latest")
        )
    else:
        last = midnight(case.get("last"))
        expected = (midnight(case.get("first")), last and last + DAY - TICK)
    assert (time.earliest, time.latest) == expected
    assert time.precision == case["precision"]
    assert time.start_is == case.get("start_is", "known")
    assert time.end_is == case.get("end_is", "known")
    ends = [time.expression.start, time.expression.end]
    assert any(end.uncertain for end in ends if end) == case.get("uncertain", False)
    assert any(end.approximate for end in ends if end) == case.get("approximate", False)


@cases("valid")
def test_what_is_read_is_written_as_it_was(case: dict[str, Any]) -> None:
    time = ae.ReportedTime.parse(case["text"])
    assert time.value == case["text"]
    assert ae.ReportedTime.model_validate_json(time.model_dump_json()) == time


@cases("beyond")
def test_edtf_of_other_years_is_told_from_what_is_no_edtf(case: dict[str, Any]) -> None:
    with pytest.raises(
        ae.TimeExpressionError,
        match="the date is valid EDTF, but this library supports only years",
    ):
        edtf.parse(case["text"])
    with pytest.raises(ValidationError):
        ae.ReportedTime(value=case["text"])


@cases("refused")
def test_what_is_no_edtf_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(ae.TimeExpressionError) as refused:
        edtf.parse(case["text"])
    error = refused.value
    assert "the years" not in error.reason
    assert error.position == case.get("position", error.position)
    assert error.suggestion == case.get("suggestion", error.suggestion)
    with pytest.raises(ValidationError):
        ae.ReportedTime(value=case["text"])
