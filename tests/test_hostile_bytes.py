"""The families of bad bytes: each ends as its entry says, and they stay within bounds."""

from __future__ import annotations

import io
import pickle

import pytest

import airspace_events as ae
from airspace_events.testing import HostileBytes, hostile_bytes
from airspace_events.validation.codes import CODES

FAMILIES = {family.name: family for family in hostile_bytes()}

each = pytest.mark.parametrize("family", FAMILIES.values(), ids=str)


@each
def test_the_validator_says_what_the_entry_says(family: HostileBytes) -> None:
    report = ae.validate(io.BytesIO(family.data))
    assert report.is_complete
    assert sorted({notice.code for notice in report.notices}) == list(family.codes)


@each
def test_the_reader_gives_a_feed_or_the_documented_error(family: HostileBytes) -> None:
    if family.is_read:
        assert ae.read_feed(io.BytesIO(family.data)).header.schema_version == "1.0"
    else:
        with pytest.raises(ae.FeedError):
            ae.read_feed(io.BytesIO(family.data))


@each
def test_each_is_told_in_a_few_words(family: HostileBytes) -> None:
    assert 8 < len(family.about) < 70
    assert set(family.codes) <= set(CODES)
    assert repr(family).count(family.name) >= 1
    assert len(repr(family)) < 400, "the bytes are not shown"


def test_they_are_always_the_same_and_all_different() -> None:
    assert hostile_bytes() == tuple(FAMILIES.values())
    made = [family.data for family in FAMILIES.values()]
    assert made == [family.data for family in hostile_bytes()]
    assert len(set(made)) == len(made)
    assert len(FAMILIES) > 60


def test_all_together_they_take_a_few_megabytes() -> None:
    assert sum(len(family.data) for family in FAMILIES.values()) < 4 << 20


def test_the_bytes_are_made_when_they_are_asked_for() -> None:
    assert sum(len(pickle.dumps(family)) for family in hostile_bytes()) < 50_000


def test_some_are_feeds_so_that_a_reader_may_be_too_strict() -> None:
    assert {name for name, family in FAMILIES.items() if not family.codes} == {
        "line_ends_of_windows",
        "last_line_open",
        "gzip_in_parts",
    }


@pytest.mark.parametrize(
    "code",
    [
        "no_records", "wrong_encoding", "byte_order_mark", "nested_too_deeply", "record_too_large",
        "truncated_input", "damaged_gzip", "duplicate_key", "not_finite", "inexact_number",
        "header_missing", "schema_version_newer", "schema_version_unknown", "truncated_record",
    ],
)  # fmt: skip
def test_each_fault_of_bytes_has_a_family(code: str) -> None:
    assert any(code in family.codes for family in FAMILIES.values())
