"""The page for readers leaves no trace of restricted records, except their number."""

from datetime import UTC, datetime
from typing import Any

import pytest

import airspace_events as ae
from airspace_events.values.time import ReportedTime
from airspace_events.views.page import document
from html_page import Page
from one_incursion import incursion

NOW = datetime(2026, 1, 1, tzinfo=UTC)
RED: Any = {"tlp": "red"}
GONE: Any = {"at": NOW, "reason": "hush"}
DAY = ReportedTime.parse("2024-09-07")

_SECRET: Any = {
    "note": "hush",
    "marking": RED,
    "external_ids": [{"scheme": "x", "value": "hush"}],
}
SECRETS: tuple[ae.Record, ...] = (
    ae.Organization(id="hush-org", name="Hush Service", kind="agency", of="LV", **_SECRET),
    ae.Official(id="hush-official", name="Hush Person", **_SECRET),
    ae.Alliance(id="hush-alliance", name="Hush Pact", kind="coalition", **_SECRET),
    ae.State(id="hush-state", name="Hushland", alpha_2="BY", **_SECRET),
    ae.Series(id="hush-series", title="Hush series", kind="other", **_SECRET),
    ae.Finding(id="hush-finding", found=DAY, place={"name": "Hush"}, **_SECRET),
    ae.Source(
        id="hush-source",
        kind="news_report",
        publisher="Hush Times",
        title="Hush",
        url="https://hush.example",
        claims=[{"aspect": "attribution", "value": "RU", "about": ["open"], "note": "hush"}],
        **_SECRET,
    ),
    ae.Statement(
        id="hush-statement",
        speakers=["LV"],
        made=DAY,
        about=["open"],
        claims=[{"aspect": "intent", "value": "unintentional", "note": "hush"}],
        acts=[{"act": "warn", "content": "hush"}],
        **_SECRET,
    ),
    incursion(
        id="hush-incursion",
        title="Hush",
        sources=[{"source": "hush-source"}],
        objects=[{"id": "jet", "category": "crewed_aircraft"}],
        possibly_same_as=[{"incursion": "open"}],
        **_SECRET,
    ),
)
# The page shows neither retracted nor merged records, so it does not count them.
GONE_SECRETS: tuple[ae.Record, ...] = (
    ae.Organization(
        id="hush-retracted",
        name="Hush Office",
        kind="government_body",
        of="LV",
        retracted=GONE,
        marking=RED,
    ),
    ae.Organization(id="hush-merged", name="Hush Bureau", kind="agency", of="LV", **_SECRET),
)
_ACTORS = ("hush-org", "hush-official", "hush-alliance", "hush-retracted", "hush-merged", "BY")
_SUBJECTS = ("open", *_ACTORS, "hush-series", "hush-finding", "hush-statement", "hush-incursion")
OPEN: tuple[ae.Record, ...] = (
    ae.Organization(
        id="bureau", name="Open Bureau", kind="agency", of="LV", replaces=("hush-merged",)
    ),
    ae.Source(
        id="copy",
        kind="news_report",
        publisher="Copy",
        derived_from=[{"source": "hush-source", "how": "republished"}],
    ),
    incursion(
        id="open",
        sources=[{"source": "hush-source"}, {"source": "copy"}],
        note="hush",
        marking=RED,
    ),
    incursion(
        id="open",
        revision=2,
        recorded_at=NOW,
        during=["hush-series"],
        part_of="hush-series",
        possibly_same_as=[{"incursion": "hush-incursion", "likelihood": "likely"}],
        detected_by=_ACTORS,
        entered_from=["BY"],
        objects=[
            {
                "category": "uncrewed_aircraft",
                "id": "drone",
                "nationality": "BY",
                "same_as": ["hush-incursion#jet"],
                "possibly_same_as": [{"object": "hush-incursion#jet"}],
                "fates": [{"fate": "crashed", "by": _ACTORS}],
                "checked": {"result": "borne_out", "by": _ACTORS},
            }
        ],
        responses=[
            {
                "kind": "scramble",
                "id": "scramble",
                "by": _ACTORS,
                "at_request_of": _ACTORS,
                "addressed_to": _ACTORS,
                "assets": [{"designation": "F-16", "operator": "hush-org"}],
                "time": DAY,
            }
        ],
        assessments=[
            {"aspect": "attribution", "value": "hush-org", "by": "hush-official"},
            {"aspect": "link", "value": "hush-incursion"},
            {"aspect": "field", "fields": ["detected_by"], "value": "hush-org"},
        ],
        sources=[{"source": "hush-source"}, {"source": "copy"}],
    ),
    ae.Series(id="wide", title="Wide", kind="other", part_of="hush-series"),
    ae.Finding(
        id="found",
        found=DAY,
        place={"name": "A field"},
        links=[{"incursion": "hush-incursion", "likelihood": "likely"}],
        found_by=_ACTORS,
        sources=[{"source": "hush-source"}],
    ),
    *(
        ae.Statement(
            id=f"said-{number}",
            speakers=[actor],
            on_behalf_of=[actor],
            signatories=[actor],
            made=DAY,
            about=_SUBJECTS,
            claims=[
                {"aspect": "attribution", "value": actor},
                {"aspect": "link", "value": "hush-incursion"},
                {"aspect": "field", "fields": ["detected_by"], "value": actor},
                {"aspect": "field", "fields": ["responses.scramble.by"], "value": actor},
                {
                    "aspect": "field",
                    "fields": ["objects.drone.same_as"],
                    "value": "hush-incursion#jet",
                },
                {"aspect": "field", "fields": ["effects"], "value": {"kind": "other"}},
            ],
            acts=[
                {
                    "act": "request",
                    "content": "talks",
                    "addressed_to": _ACTORS,
                    "about": _SUBJECTS,
                }
            ],
            sources=[{"source": "hush-source"}],
        )
        for number, actor in enumerate(_ACTORS)
    ),
)


def test_restricted_records_leave_no_trace_but_their_number() -> None:
    text = ae.Dossier((*OPEN, *SECRETS, *GONE_SECRETS)).to_html(now=NOW)
    at = text.lower().find("hush")
    assert at < 0, text[at - 200 : at + 100]
    assert f"{len(SECRETS)} records are left out" in text
    assert "Open Bureau" in text  # the merged record is restricted, but the result is not
    assert "Belarus" in text  # the built-in state takes the place of the restricted record
    everything = ae.Dossier((*OPEN, *SECRETS, *GONE_SECRETS))
    assert "Hush Service" in everything.to_html(now=NOW, include_restricted=True)


def test_totals_leave_no_trace_of_restricted_records(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MOST_ITEMS", 1)
    text = ae.Dossier((*OPEN, *SECRETS)).to_html(now=NOW)
    assert "This page has totals" in text
    assert "hush" not in text.lower()
    assert "1 incident on record" in text


def test_a_restricted_source_is_no_independent_source() -> None:
    page = Page(ae.Dossier((*OPEN, *SECRETS)).to_html(now=NOW))
    item = page.items["open"]
    assert item["sources"] == [[["Copy"]]]
    assert page.data["publishers"] == ["Copy"]
    assert ["Left out: 1 source"] in item["notes"]


def test_copies_of_a_restricted_copy_are_one_source() -> None:
    def source(name: str, origin: str | None = None, **fields: Any) -> ae.Source:
        derived = [{"source": origin, "how": "republished"}] if origin else ()
        return ae.Source(
            id=name, kind="news_report", publisher=name, derived_from=derived, **fields
        )

    chain = (source("one"), source("two", "one", marking=RED), source("three", "two"))
    record = incursion(id="i", sources=[{"source": "one"}, {"source": "three"}])
    assert len(Page(ae.Dossier((*chain, record)).to_html(now=NOW)).items["i"]["sources"]) == 1


def test_a_retracted_source_does_not_count_beside_restricted_records() -> None:
    source = ae.Source(id="s", kind="news_report", publisher="Wrong", retracted=GONE)
    record = incursion(id="i", sources=[{"source": "s"}])
    for others in ((), SECRETS):
        page = Page(ae.Dossier((source, record, *others)).to_html(now=NOW))
        assert "sources" not in page.items["i"]
        assert page.data["publishers"] == []


def test_a_record_merged_into_a_restricted_record_is_left_out() -> None:
    merged = ae.Series(id="first", title="First", kind="other")
    result = ae.Series(id="hush", title="Hush", kind="other", replaces=("first",), marking=RED)
    page = Page(ae.Dossier((merged, result, incursion(id="i", part_of="first"))).to_html(now=NOW))
    assert page.items.keys() == {"i"}
    assert page.items["i"]["notes"] == [["Part of a record that is left out"]]
