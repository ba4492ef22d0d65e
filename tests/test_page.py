"""The page for readers: what is in the file. Its behaviour in a browser has tests of its own."""

import base64
import hashlib
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.cli.commands import airspace_events
from airspace_events.safe_text import counted
from airspace_events.testing import strategies as aes
from airspace_events.testing import synthetic_lines
from airspace_events.values.time import ReportedTime
from airspace_events.views.page import document
from airspace_events.views.page.local_times import span_of, when_line
from html_page import Page
from one_incursion import incursion

EXAMPLES = Path("docs/examples")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SOURCE = ae.Source(id="s", kind="news_report", publisher="A made-up paper")


def event(**fields: Any) -> ae.Incursion:
    return incursion(**{"id": "i", "sources": [{"source": "s"}]} | fields)


def page_of(*records: ae.Record, **options: Any) -> Page:
    return Page(ae.Dossier((SOURCE, *records)).to_html(now=NOW, **options))


def marked(**marking: Any) -> dict[str, Any]:
    return {"marking": marking}


def run(*arguments: str, data: bytes | None = None) -> Result:
    return CliRunner().invoke(airspace_events, ["page", *arguments], input=data)


# Times.


@pytest.mark.parametrize(
    ("value", "zone", "words"),
    [
        ("2024-09-07", None, "7 September 2024"),
        ("2024-09-07/2024-09-08", "Europe/Riga", "7 to 8 September 2024"),
        ("2024-09-30/2024-10-02", None, "30 September to 2 October 2024"),
        ("2024-12-31/2025-01-01", None, "31 December 2024 to 1 January 2025"),
        ("2024-09", None, "September 2024"),
        ("2024-09/2024-10", None, "September 2024 to October 2024"),
        ("2024", None, "2024"),
        ("2023/2024", None, "2023 to 2024"),
        ("2024-09-XX", None, "September 2024"),
        ("/2024-09-18?", None, "by 18 September 2024, start not known (uncertain)"),
        ("../2024-09-18", None, "until 18 September 2024"),
        ("2024-09-18/..", None, "since 18 September 2024"),
        ("2024-09-18~/", None, "from 18 September 2024, end not known (approximate)"),
        (
            "[2024-09-07,2024-09-09]",
            None,
            "7 September 2024 or 9 September 2024 (one of these dates)",
        ),
        ("[2024-09-07..2024-09-09]", None, "7 to 9 September 2024 (one of these dates)"),
        ("[2024-09-07]", None, "7 September 2024"),
        ("{2024-09,2024-11..}", None, "September 2024 and since 1 November 2024"),
        ("2024-09-X7", None, "7 to 27 September 2024 (only some days of this period)"),
        ("2024-26", None, "1 June to 24 September 2024"),
        (
            "2024-09-07/2024-09-08T02:00:00+03:00",
            None,
            "7 September 2024 to 02:00 on 8 September 2024 (UTC+03:00)",
        ),
        ("2024-09-07T00:00:00Z/..", None, "since 00:00 on 7 September 2024 (UTC)"),
        (
            "2024-09-07T10:00:00.5Z/2024-09-07T10:00:01Z",
            None,
            "10:00:00.5 to 10:00:01 on 7 September 2024 (UTC)",
        ),
        (
            "2025-10-02T22:18:00+02:00/2025-10-02T22:18:00+02:00",
            "Europe/Berlin",
            "22:18 on 2 October 2025 (local time)",
        ),
        (
            "2025-10-02T23:59:00+02:00/2025-10-03T00:00:00+02:00",
            "Europe/Berlin",
            "23:59 on 2 October 2025 (local time)",
        ),
        (
            "2025-10-02T22:18:00Z/2025-10-02T22:20:00Z",
            None,
            "22:18 to 22:20 on 2 October 2025 (UTC)",
        ),
        (
            "2023-12-14T11:53:00+09:00/2023-12-14T12:10:30+09:00",
            None,
            "11:53 to 12:10:30 on 14 December 2023 (UTC+09:00)",
        ),
        (
            "2025-10-02T22:00:00Z/2025-10-03T02:00:00Z",
            None,
            "22:00 on 2 October 2025 to 02:00 on 3 October 2025 (UTC)",
        ),
    ],
)
def test_a_time_in_words(value: str, zone: str | None, words: str) -> None:
    assert "".join(when_line(ReportedTime.parse(value, timezone=zone))) == words


def test_the_words_of_the_report_come_first() -> None:
    time = ReportedTime(value="2024-09-07/2024-09-08", verbatim="overnight", basis="imputed")
    assert "".join(when_line(time)) == '"overnight", 7 to 8 September 2024 (estimated by the desk)'


@pytest.mark.parametrize(
    ("verbatim", "value", "is_quoted"),
    [
        ("2024-09-07T22:16", "2024-09-07T22:16:00+03:00/2024-09-07T22:17:00+03:00", False),
        ("7 Sept 2024, 22:16", "2024-09-07T22:16:00+03:00/2024-09-07T22:17:00+03:00", False),
        ("2024-09-07T19:16:00Z", "2024-09-07T19:16:00Z/2024-09-07T19:16:00Z", True),
        ("2024-09-07T22:16:00", "2024-09-07T22:16:00+03:00/2024-09-07T22:16:00+03:00", False),
        ("07.09.2024 00:00", "2024-09-07", True),
        ("07.09.2024", "2024-09-07", False),
        ("7-8 September 2024", "2024-09-07/2024-09-08", False),
        ("2024", "2024-09-07", True),
        ("7-9 September 2024", "2024-09-07/2024-09-08", True),
        ("around 7 September 2024", "2024-09-07~", True),
        ("7 septembre 2024", "2024-09-07", True),
        ("2024-09-07, 22:16 or 23:16", "2024-09-07", True),
        ("overnight", "2024-09-07", True),
        ("?", "2024-09-07", True),
    ],
)
def test_words_that_only_repeat_the_date_are_left_out(
    verbatim: str, value: str, *, is_quoted: bool
) -> None:
    time = ReportedTime.parse(value, timezone="Europe/Riga").replace(verbatim=verbatim)
    assert (verbatim in "".join(when_line(time))) is is_quoted


@given(day=st.dates(date(1901, 1, 1), date(2199, 12, 31)), data=st.data())
def test_a_day_is_the_day_of_the_place_in_every_zone(day: Any, data: st.DataObject) -> None:
    zone = data.draw(st.sampled_from(["Etc/GMT-14", "Etc/GMT+12", None]))
    span = span_of(ReportedTime.parse(day.isoformat(), timezone=zone))
    start = (day - date(1970, 1, 1)).days * 24 * 60
    assert span == {"start": start, "end": start + 24 * 60 - 1}


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Asia/Beirut", "2024-03-31"),  # begins at 01:00
        ("Asia/Beirut", "2024-10-26"),  # its last hour comes twice
        ("America/Sao_Paulo", "2018-11-04"),
        ("Pacific/Apia", "2011-12-30"),  # left out
        ("Europe/Riga", "2024-10-27"),
    ],
)
def test_a_day_is_a_day_when_the_clocks_change(zone: str, day: str) -> None:
    time = ReportedTime.parse(day, timezone=zone)
    anywhere = ReportedTime.parse(day)
    assert (when_line(time), span_of(time)) == (when_line(anywhere), span_of(anywhere))


@pytest.mark.parametrize(
    ("value", "words", "minutes"),
    [
        ("00:50:00Z/2024-10-27T01:10:00Z", "03:50 to 04:10 on 27 October 2024 (UTC+03:00)", 20),
        ("00:30:00Z/2024-10-27T01:30:00Z", "03:30 to 04:30 on 27 October 2024 (UTC+03:00)", 60),
        ("01:30:00Z/2024-10-27T01:30:00Z", "03:30 on 27 October 2024 (UTC+02:00)", 0),
        ("02:30:00Z/2024-10-27T02:40:00Z", "04:30 to 04:40 on 27 October 2024 (local time)", 10),
    ],
)
def test_an_hour_that_comes_twice_is_told_apart(value: str, words: str, minutes: int) -> None:
    time = ReportedTime.parse(f"2024-10-27T{value}", timezone="Europe/Riga")
    span = span_of(time)
    assert "".join(when_line(time)) == words
    assert (span["end"] or 0) - (span["start"] or 0) == minutes


@given(aes.reported_times())
def test_the_span_of_a_time_runs_forward(time: ReportedTime) -> None:
    span = span_of(time)
    assert "".join(when_line(time))
    if span["start"] is not None and span["end"] is not None:
        assert span["start"] <= span["end"]


def test_the_local_day_of_a_time_in_utc_is_not_sure() -> None:
    value = "2024-09-07T22:00:00Z/2024-09-07T22:30:00Z"
    assert "isSure" not in span_of(ReportedTime.parse(value, timezone="Europe/Riga"))
    assert span_of(ReportedTime.parse(value))["isSure"] is False


def test_the_extent_of_a_time_is_shown() -> None:
    time = ReportedTime(value="2024-09", extent="repeatedly")
    assert "".join(when_line(time)) == "September 2024 (repeatedly)"


def test_an_end_that_is_not_known_has_no_number() -> None:
    span = span_of(ReportedTime.parse("2024-09-07~/.."))
    assert (span["end"], span["endIs"], span["isSure"]) == (None, "open", False)


def test_instants_with_an_offset_are_shown_in_utc() -> None:
    at = datetime.fromisoformat("2025-01-02T01:30:00+03:00")
    records = (event(), event(revision=2, recorded_at=at))
    feed = ae.Feed.of([SOURCE, *records], title="A feed", generated_at=at)
    page = Page(ae.Dossier(feed).to_html(now=NOW))
    [row] = page.items["i"]["spoken"]
    assert row["when"] == ["2025-01-01 22:30 UTC"]
    assert "Written on 2025-01-01 22:30 UTC" in page.inside["bdi"]


# The file.


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*-20*.jsonl")))
def test_the_page_of_a_worked_example(name: str) -> None:
    dossier = ae.Dossier.read(EXAMPLES / name)
    page = Page(dossier.to_html(now=NOW))
    events = [one.id for one in dossier if one.type in ("incursion", "series", "finding")]
    assert sorted(page.items) == sorted(events)
    assert len(page.rows) == 1 + len(events)  # and the head
    assert not any(name.startswith("on") or name == "style" for _, at in page.tags for name in at)
    assert all(at.get("href", "#").startswith(("#", "http")) for _, at in page.tags)
    assert not any("src" in at for _, at in page.tags)


def test_the_policy_allows_only_the_style_and_the_script_of_the_page() -> None:
    page = page_of(event())
    [policy] = [at["content"] for _, at in page.tags if at.get("http-equiv")]
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    for part in ("style", "module"):
        digest = base64.b64encode(hashlib.sha256(page.inside[part].encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_the_title_is_given_or_from_the_only_feed() -> None:
    feed = ae.Feed.of([SOURCE, event()], title="Made-up <nights>")
    assert Page(ae.Dossier(feed).to_html()).inside["title"] == "Made-up <nights>"
    assert Page(ae.Dossier(feed).to_html(title="Mine")).inside["title"] == "Mine"
    assert page_of(event()).inside["title"] == "Airspace incidents"


DRONE = {"category": "uncrewed_aircraft"}
REZEKNE = {"name": "Rezekne", "admin1": "Latgale", "role": "overflown"}
MOSCOW = {"name": "Moscow", "state": "RU", "role": "origin"}


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"crossing": "reported"}, "Border crossing, Latvia"),
        (
            {"crossing": "reported", "objects": [DRONE], "places": [MOSCOW, REZEKNE]},
            "Border crossing: uncrewed aircraft, Rezekne, Latvia",
        ),
        (
            {"objects": [DRONE], "places": [{"admin1": "Latgale"}]},
            "Uncrewed aircraft, Latgale, Latvia",
        ),
        ({"places": [REZEKNE]}, "Sighting, Rezekne, Latvia"),
        ({"places": [{"name": "Rezekne"}, {"name": "Ludza"}]}, "Incident, Latvia"),
        ({"objects": [{"category": "unidentified"}]}, "Unidentified object, Latvia"),
        ({}, "Incident, Latvia"),
    ],
)
def test_an_incident_without_a_title_is_described(fields: dict[str, Any], title: str) -> None:
    fields = {"crossing": None, "objects": (), **fields}
    assert page_of(event(state="LV", **fields)).items["i"]["title"] == [title]


def test_a_finding_is_described_with_its_place_and_state() -> None:
    place = {"state": "LV", "admin1": "Latgale"}
    finding = ae.Finding(
        id="f", place=place, found=ReportedTime.parse("2024-09-07"), sources=[{"source": "s"}]
    )
    assert page_of(finding).items["f"]["title"] == ["Finding: object, Latgale, Latvia"]


@pytest.mark.parametrize(
    ("places", "where"),
    [
        ([], "Latvia"),
        ([REZEKNE], "LatviaRezekne, Latgale (overflown)"),
        ([MOSCOW], "LatviaMoscow, Russia (origin)"),
    ],
)
def test_the_table_gives_each_place_once(places: list[dict[str, str]], where: str) -> None:
    page = page_of(event(state="LV", places=places))
    assert page.rows[1][2] == where


def test_the_table_counts_a_list_and_its_report_as_sources_but_not_as_independent() -> None:
    report = SOURCE.replace(id="t", url="https://paper.example/1")
    page = page_of(report, event(sources=[{"source": "s"}, {"source": "t"}]))
    assert page.rows[1][6].startswith("2 sources\n")


@given(st.text(min_size=1, max_size=60))
def test_any_text_stays_text(text: str) -> None:
    try:
        record = event(title=f"</script><img src=x onerror=alert(1)>é{text}<!--")
    except ValueError:
        return
    page = page_of(record, event(id="other"))
    plain = page_of(event(title="plain"), event(id="other"))
    assert [tag for tag, _ in page.tags if tag != "bdi"] == [
        tag for tag, _ in plain.tags if tag != "bdi"
    ]
    assert page.items["i"]["title"][0]["s"].startswith("</script><img")


def test_a_name_takes_the_place_of_an_id() -> None:
    page = Page(ae.Dossier.read(EXAMPLES / "latvia-2024-09-07.jsonl").to_html())
    [claim] = page.items["lv-2024-09-07"]["claims"]
    assert claim == {
        "topic": ["intent"],
        "positions": [
            {
                "by": ["North Atlantic Treaty Organization"],
                "polarity": "no evidence",
                "lines": [["intentional attack"]],
                "when": ["by 18 September 2024, start not known (uncertain)"],
            }
        ],
    }


def test_speakers_with_the_same_position_share_it() -> None:
    page = Page(ae.Dossier.read(EXAMPLES / "bucharest-nine.jsonl").to_html())
    claims = page.items["repeated-incursions"]["claims"]
    [joint] = [one for one in claims if one["topic"] == ["crossing"]]
    assert len(joint["positions"]) == 1
    assert "Bulgaria" in "".join(map(str, joint["positions"][0]["by"]))


@pytest.mark.parametrize(
    ("language", "title", "is_marked"),
    [
        ("en", "Night", False),
        (None, "Night", False),
        ("en", "Nuit à Riga", True),
        ("lv", "Nakts", True),
        ("ar", "ليلة", True),
    ],
    ids=["English", "no language", "other letters", "Latvian", "Arabic"],
)
def test_a_text_is_marked_if_it_may_need_a_language_or_a_direction(
    language: str | None, title: str, *, is_marked: bool
) -> None:
    feed = ae.Feed.of([SOURCE, event(title=title)], language=language)
    page = Page(ae.Dossier(feed).to_html())
    assert page.items["i"]["title"] == ([{"s": title}] if is_marked else [title])
    assert page.data["lang"] == language


def said(polarity: str, value: str, **fields: Any) -> dict[str, Any]:
    return {"aspect": "attribution", "polarity": polarity, "value": value, **fields}


def test_one_speaker_may_affirm_one_value_and_deny_another() -> None:
    both = [said("affirmed", "RU", note="on the record"), said("denied", "BY")]
    statement = ae.Statement(
        id="said",
        speakers=["LV"],
        made=ReportedTime.parse("2024-09-09"),
        about=["i"],
        claims=both,
    )
    [claim] = page_of(statement, event()).items["i"]["claims"]
    found = [(one["polarity"], one["lines"]) for one in claim["positions"]]
    assert found == [("affirmed", [["Russia; on the record"]]), ("denied", [["Belarus"]])]


def statement(**fields: Any) -> ae.Statement:
    made = ReportedTime.parse("2024-09-09")
    return ae.Statement(
        **{"id": "said", "speakers": ["LV"], "made": made, "about": ["i"]} | fields
    )


def test_a_claim_about_another_event_is_not_shown() -> None:
    claims = [said("affirmed", "RU", about=["i"]), said("affirmed", "BY")]
    acts = [{"act": "warn", "content": "of jets", "about": ["i"]}, {"act": "warn", "content": "k"}]
    about_both = statement(about=["other"], claims=claims, acts=acts)
    item = page_of(about_both, event(), event(id="other")).items["i"]
    about = {"i": "i", "t": "Border crossing, Latvia"}
    claimed = "Latvia: affirmed: attribution: Russia; warn: of jets; about "
    assert item["spoken"][0]["what"] == [claimed, about]
    assert item["acts"] == [["Latvia: warn: of jets; about ", about]]


def test_a_statement_about_the_widest_series_shows_its_claims() -> None:
    wide = ae.Series(id="wide", kind="other", title="Wide")
    narrow = ae.Series(id="narrow", kind="other", title="Narrow", part_of="wide")
    about_wide = statement(about=["wide"], claims=[said("affirmed", "RU")])
    item = page_of(about_wide, wide, narrow, event(part_of="narrow")).items["i"]
    assert item["spoken"][0]["what"] == ["Latvia: affirmed: attribution: Russia"]
    assert [claim["topic"][-1] for claim in item["claims"]] == [{"i": "wide", "t": "Wide"}]


def test_a_reference_to_a_merged_record_means_the_record_it_was_merged_into() -> None:
    records = (
        event(id="first", title="First"),
        event(
            id="i", title="Merged", replaces=["first"], possibly_same_as=[{"incursion": "first"}]
        ),
        event(id="other", possibly_same_as=[{"incursion": "first", "likelihood": "likely"}]),
        ae.Series(id="old", kind="other", title="Old"),
        ae.Series(id="new", kind="other", title="New", replaces=["old"]),
        event(id="part", part_of="old"),
        ae.Finding(
            id="wreck",
            found=ReportedTime.parse("2024-09-20"),
            place={"name": "A field"},
            links=[{"incursion": "first"}],
        ),
        statement(about=["first"], claims=[said("affirmed", "RU")]),
    )
    items = page_of(*records).items
    link = {"i": "i", "t": "Merged"}
    assert items["other"]["sameAs"] == ["i"]
    assert items["other"]["notes"] == [["May be the same as ", link, " (likely)"]]
    assert items["wreck"]["notes"] == [["May come from ", link]]
    assert items["part"]["notes"] == [["Part of ", {"i": "new", "t": "New"}]]
    assert [row["kind"] for row in items["i"]["spoken"]] == ["statement", "finding"]
    assert items["i"]["spoken"][0]["what"] == ["Latvia: affirmed: attribution: Russia"]


def test_both_incursions_show_that_they_may_be_the_same() -> None:
    one = event(title="One", possibly_same_as=[{"incursion": "other", "likelihood": "likely"}])
    other = event(id="other", title="Two", possibly_same_as=[{"incursion": "i"}])
    items = page_of(one, event(id="other", title="Two")).items
    assert {name: item["sameAs"] for name, item in items.items()} == {
        "i": ["other"],
        "other": ["i"],
    }
    assert items["other"]["notes"] == [
        ["May be the same as ", {"i": "i", "t": "One"}, " (likely)"]
    ]
    notes = page_of(one, other).items["i"]["notes"]
    assert [note[2:] for note in notes] == [[" (likely)"], []]


def test_a_place_and_an_actor_may_have_the_same_id() -> None:
    base = ae.Organization(id="base", name="Base Command", kind="agency", of="LV")
    scramble = {"kind": "scramble", "by": ["base"], "place": "base"}
    places = [{"id": "base", "name": "Lielvārde", "role": "response_base"}]
    claim = {"aspect": "field", "fields": ["responses"], "value": scramble}
    item = page_of(
        base, event(places=places, responses=[scramble]), statement(claims=[claim])
    ).items["i"]
    line = ["scramble by Base Command; at ", {"s": "Lielvārde"}]
    assert item["responses"] == [line]
    assert item["claims"][0]["positions"][0]["lines"] == [line]


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("detected_by", "sky-watch", "Sky Watch"),
        ("detected_by", "LV", "Latvia"),
        ("objects.a.nationality", "RU", "Russia"),
        ("entered_from", "BY", "Belarus"),
        ("entered_from", "international", "international"),
        ("responses.a.reason", "no_radar", '"no_radar"'),
        ("objects.a.icao_type", "SU27", "SU27"),
        ("over", "land", "land"),
    ],
)
def test_a_claimed_value_has_a_name_or_its_own_words(field: str, value: str, shown: str) -> None:
    watch = ae.Organization(id="sky-watch", name="Sky Watch", kind="agency", of="LV")
    claim = {"aspect": "field", "fields": [field], "value": value}
    item = page_of(watch, event(), statement(claims=[claim])).items["i"]
    assert item["claims"][0]["positions"][0]["lines"] == [[shown]]


def headline_places(**place: Any) -> list[Any]:
    found = page_of(event(places=[place])).items["i"]
    return dict(found["headline"])["Places"]


@pytest.mark.parametrize(
    ("coordinates", "words"),
    [
        ((27.33, 56.51), "56.51° N 27.33° E"),
        ((27.1234567, 56.7654321), "56.7654321° N 27.1234567° E"),
        ((-70.5, -33.25), "33.25° S 70.5° W"),
        ((0.00001, -0.00001), "0.00001° S 0.00001° E"),
        ((100, 10, 250), "10° N 100° E"),
        ((0, 0), "0° N 0° E"),
    ],
)
def test_a_position_keeps_all_its_digits(coordinates: Any, words: str) -> None:
    geometry = {"type": "Point", "coordinates": coordinates}
    assert headline_places(geometry=geometry) == [[words]]
    assert headline_places(geometry=geometry, precision="withheld") == [["(position withheld)"]]


def test_a_place_is_shown_with_its_aerodrome_and_its_distance() -> None:
    distance = {"best": 3, "unit": "km"}
    line = ["EVRA (closest distance 3 km)"]
    assert headline_places(facility="EVRA", distance=distance) == [line]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Latvia"),
        ({"places": [{"name": "Gomel", "state": "BY", "role": "origin"}]}, "Latvia"),
        ({"places": [{"name": "Gomel", "state": "BY"}, {"name": "Dricani"}]}, "Latvia: Dricani"),
        ({"places": [{"name": "An airport", "role": "affected"}]}, "Latvia"),
        ({"state": None, "crossing": None, "places": [{"state": "EE"}]}, "Estonia"),
        (
            {
                "state": None,
                "crossing": None,
                "places": [{"geometry": {"type": "Point", "coordinates": (1, 2)}}],
            },
            "2° N 1° E",
        ),
        (
            {"state": None, "crossing": None, "zones": [{"type": "R", "entry": "reported"}]},
            "place not recorded",
        ),
    ],
)
def test_where_an_incursion_happened(fields: Any, words: str) -> None:
    assert page_of(event(**fields)).items["i"]["where"] == [words]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (["2024-09-07"], "7 September 2024"),
        (["2024-09-01", "2024-09-05/.."], "1 to 5 September 2024 or later"),
        (["2024-09-10", "/2024-09-05"], "5 to 10 September 2024 or earlier"),
        (["../2020", "2024-01-01/"], "31 December 2020 to 1 January 2024 or earlier or later"),
        (
            ["2024-09-30T23:30:00+03:00/2024-10-01T00:30:00+03:00"],
            "30 September to 1 October 2024",
        ),
    ],
)
def test_the_header_names_the_dates(values: list[str], words: str) -> None:
    times = [ReportedTime.parse(value) for value in values]
    page = page_of(*(event(id=f"i-{at}", time=time) for at, time in enumerate(times)))
    header = page.inside["p"].partition("The map")[0]
    assert header == f"{counted(len(values), 'incident')} on record in 1 state, {words}"


def test_the_header_counts_what_may_have_happened() -> None:
    discounted = event(id="nothing", state="EE", time={"value": "2020"}, occurrence="discounted")
    finding = ae.Finding(id="wreck", found=ReportedTime.parse("2021"), place={"state": "EE"})
    header = page_of(event(), discounted, finding).inside["p"].partition("The map")[0]
    assert header == "1 incident on record in 1 state, 7 September 2024"
    header = page_of(event(), event(id="some", scope="aggregate")).inside["p"]
    assert header.startswith("At least 2 incidents on record in 1 state, 7 September 2024")


def test_an_assessment_keeps_its_count_and_involvement() -> None:
    assessments = [
        {"aspect": "attribution", "value": "BY", "involvement": "tolerated"},
        {
            "aspect": "field",
            "fields": ["objects.a.nationality"],
            "value": "RU",
            "count": {"best": 2},
        },
    ]
    objects = [{"id": "a", "count": {"best": 3}}]
    item = page_of(event(objects=objects, assessments=assessments)).items["i"]
    assert item["assessed"] == [
        ["attribution: Belarus; tolerated"],
        ["nationality (a): Russia; 2"],
    ]


def test_blank_titles_give_way_to_a_description() -> None:
    feed = ae.Feed.of([SOURCE, event(title=" ")], title=" ")
    page = Page(ae.Dossier(feed).to_html(title=""))
    assert page.inside["title"] == "Airspace incidents"
    assert page.items["i"]["title"] == ["Border crossing, Latvia"]


def test_spaces_that_do_not_break_stay_spaces() -> None:
    title = "Drones\u202f: «\u00a0no\u00a0»\u3000\ttonight"
    assert page_of(event(title=title)).items["i"]["title"] == [{"s": title}]


def test_an_own_name_of_a_state_is_used_everywhere() -> None:
    own = ae.State(id="own-latvia", alpha_2="LV", name="Republic of Latvia")
    item = page_of(own, event()).items["i"]
    assert item["title"] == ["Border crossing, Republic of Latvia"]
    assert item["where"] == ["Republic of Latvia"]
    assert item["marks"][0]["label"] == ["somewhere in Republic of Latvia"]


def test_a_claimed_time_is_in_plain_words() -> None:
    claim = {
        "aspect": "field",
        "fields": ["time"],
        "value": {"value": "2024-09-07/2024-09-08", "verbatim": "overnight"},
        "likelihood": "likely",
    }
    item = page_of(event(), statement(claims=[claim])).items["i"]
    line = ['"overnight", 7 to 8 September 2024; likely']
    assert item["claims"][0]["positions"][0]["lines"] == [line]


def test_reasons_notes_and_bases_are_shown() -> None:
    record = event(
        detected_by=["LV"],
        effects=[{"kind": "other", "count": {"best": 1}, "note": "A fence."}],
        responses=[
            {"kind": "other", "stage": "refused", "reason": "No need.", "note": "Said so later."}
        ],
        assessments=[
            {"aspect": "cause", "value": "jamming", "at": "2024-10-01", "basis": "Two reports."}
        ],
    )
    item = page_of(record).items["i"]
    assert item["effects"] == [["other: 1; A fence."]]
    assert item["responses"] == [["other; refused; No need.; Said so later."]]
    assert item["assessed"] == [["cause: jamming; as of 2024-10-01; Two reports."]]
    assert ["Detected by", [["Latvia"]]] in item["headline"]


def test_the_date_of_a_source_is_in_plain_words() -> None:
    source = SOURCE.replace(title="Night", published="2024-09-08~")
    item = Page(ae.Dossier((source, event())).to_html(now=NOW)).items["i"]
    assert item["sources"] == [[["A made-up paper: Night, 8 September 2024 (approximate)"]]]


@pytest.mark.parametrize(
    ("field", "value", "topic", "line"),
    [
        ("time", {"value": "2024-09-07~"}, "time", "7 September 2024 (approximate)"),
        ("objects.drones.count", {"best": 3}, "count (drones)", "3"),
        ("totals.crossings", {"best": 3}, "crossings (totals)", "3"),
        ("objects.drones.fates.lost.count", {"best": 1}, "count (drones, lost)", "1"),
    ],
)
def test_a_claim_about_a_field_is_in_plain_words(
    field: str, value: dict[str, Any], topic: str, line: str
) -> None:
    drones = {"id": "drones", "fates": [{"id": "lost", "fate": "crashed"}]}
    claim = {"aspect": "field", "fields": [field], "polarity": "affirmed", "value": value}
    statement = ae.Statement(
        id="said", speakers=["LV"], made=ReportedTime.parse("2024-09"), about=["i"], claims=[claim]
    )
    item = page_of(statement, event(objects=[drones])).items["i"]
    [found] = item["claims"]
    assert (found["topic"], found["positions"][0]["lines"]) == ([topic], [[line]])
    assert item["spoken"][0]["what"] == [f"Latvia: affirmed: {topic}: {line}"]


@pytest.mark.parametrize(
    ("precision", "is_shown"),
    [
        ("exact", True),
        ("vicinity", True),
        ("admin2", False),
        ("admin1", False),
        ("linear_or_fuzzy", False),
        ("country", False),
        ("withheld", False),
    ],
)
def test_a_point_that_stands_for_an_area_is_not_shown_as_numbers(
    precision: str, *, is_shown: bool
) -> None:
    point = {"type": "Point", "coordinates": [27.25, 56.5]}
    place = {"name": "Rezekne", "geometry": point, "precision": precision}
    page = page_of(event(places=[place]))
    assert ("56.5° N 27.25° E" in page.rows[1][2]) is is_shown


def test_the_page_explains_the_terms_that_it_uses() -> None:
    statement = ae.Statement(
        id="said",
        speakers=["LV"],
        made=ReportedTime.parse("2024-09-09"),
        about=["i"],
        claims=[said("no_evidence", "RU")],
    )
    text = ae.Dossier((SOURCE, statement, event(occurrence="discounted"))).to_html(now=NOW)
    assert "“no evidence”: The speaker says that there is no sign that the claim" in text
    assert "“discounted”: The desk has concluded that the event did not happen.</p>" in text
    assert "“affirmed”: The" not in text
    assert "Status. " not in ae.Dossier([SOURCE]).to_html(now=NOW)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"occurrence": "confirmed"}, "it happened: confirmed, the border was crossed: reported"),
        (
            {"scope": "aggregate"},
            "the border was crossed: reported, several incidents, recorded as one",
        ),
        ({"crossing": None}, "no status given"),
    ],
    ids=["both", "several", "none"],
)
def test_a_status_says_what_was_judged(fields: dict[str, Any], words: str) -> None:
    assert dict(page_of(event(**fields)).items["i"]["headline"])["Status"] == [[words]]


def test_the_values_of_the_desk_are_complete_and_have_no_empty_rows() -> None:
    objects = [{"designation": f"Type {number}"} for number in range(7)]
    headline = dict(page_of(event(over="land", objects=objects)).items["i"]["headline"])
    assert headline["Over"] == [["land"]]
    assert len(headline["Objects"]) == 7
    assert dict(page_of(event()).items["i"]["headline"]).keys() == {"Status"}
    found = ReportedTime.parse("2024-09-07")
    finding = ae.Finding(id="f", found=found, place={}, condition="fragments", found_by=["LV"])
    assert page_of(finding).items["f"]["headline"] == [
        ["How many", [["number not reported"]]],
        ["Condition", [["fragments"]]],
        ["Found by", [["Latvia"]]],
    ]


def test_only_incursions_have_a_status() -> None:
    series = ae.Series(id="series", kind="other", title="Made up", states=["LV"])
    page = page_of(series, event(crossing="confirmed"))
    assert page.data["statuses"] == ["confirmed"]
    assert [row[4] for row in page.rows[1:]] == ["confirmed", ""]


def test_counts_keep_their_bounds() -> None:
    several = event(id="several", scope="aggregate")
    discounted = event(id="discounted", occurrence="discounted", crossing="discounted")
    items = page_of(event(id="one"), several, discounted).items
    assert {name: item["n"] for name, item in items.items()} == {
        "one": [1, 1],
        "several": [1, None],
        "discounted": [0, 0],
    }


# What is left out.


@pytest.mark.parametrize(
    ("marking", "is_shown"),
    [
        ({"tlp": "clear"}, True),
        *(({"tlp": label}, False) for label in ("green", "amber", "amber_strict", "red")),
        ({"embargo_until": datetime(2026, 1, 1, tzinfo=UTC)}, True),
        ({"embargo_until": datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC)}, False),
        ({"tlp": "clear", "embargo_until": datetime(2027, 1, 1, tzinfo=UTC)}, False),
    ],
    ids=["clear", "green", "amber", "amber strict", "red", "ended", "running", "clear later"],
)
def test_a_restricted_record_is_left_out_and_counted(
    marking: dict[str, Any], *, is_shown: bool
) -> None:
    secret = ae.Series(
        id="hush", kind="other", title="Covert", note="whispering", **marked(**marking)
    )
    records = (secret, event(part_of="hush", during=["hush"]))
    text = ae.Dossier((SOURCE, *records)).to_html(now=NOW)
    assert ("hush" in text, "Covert" in text, "whispering" in text) == (is_shown,) * 3
    assert ("1 record is left out" in text) is not is_shown
    everything = ae.Dossier((SOURCE, *records)).to_html(now=NOW, include_restricted=True)
    assert "Covert" in everything
    assert "is left out" not in everything


def test_a_restricted_source_or_statement_is_left_out() -> None:
    source = SOURCE.replace(publisher="Leaky", marking={"tlp": "red"})
    statement = ae.Statement(
        id="said",
        speakers=["LV"],
        made=ReportedTime.parse("2024-09-09"),
        about=["i"],
        acts=[{"act": "express_concern", "content": "whispered"}],
        marking={"tlp": "amber"},
    )
    text = ae.Dossier((source, statement, event())).to_html(now=NOW)
    assert "Leaky" not in text
    assert "whispered" not in text
    assert "2 records are left out" in text


def test_the_time_of_embargoes_needs_a_zone() -> None:
    with pytest.raises(TypeError, match="must have a time zone"):
        ae.Dossier([SOURCE]).to_html(now=datetime(2026, 1, 1))  # noqa: DTZ001


# Any records.


@given(st.lists(aes.records(), max_size=4), st.booleans())
def test_any_records_make_a_page(records: list[ae.Record], with_all: bool) -> None:  # noqa: FBT001
    dossier = ae.Dossier({(one.id, one.revision): one for one in records}.values())
    page = Page(dossier.to_html(now=NOW, include_restricted=with_all))
    events = {one.id for one in dossier if one.type in ("incursion", "series", "finding")}
    assert page.items.keys() <= events
    assert not with_all or page.items.keys() == events
    assert len(page.rows) == 1 + len(page.items)


@given(aes.feeds())
def test_a_complete_feed_makes_a_page_that_agrees_with_the_dossier(feed: ae.Feed) -> None:
    dossier = ae.Dossier(feed)
    page = Page(dossier.to_html(include_restricted=True))
    for name, item in page.items.items():
        found = dossier.corroboration(name)
        publishers = [page.data["publishers"][at] for at in item.get("publishers", ())]
        assert len(item.get("sources", ())) == found.independent_sources
        assert len(publishers) == len(found.publishers)
        said = dossier.statements_about(name, with_series=True)
        assert len(said) == sum(row["kind"] == "statement" for row in item.get("spoken", ()))


def test_the_same_records_give_the_same_bytes() -> None:
    script = (
        "import sys, airspace_events as ae; from datetime import UTC, datetime\n"
        "now = datetime(2026, 1, 1, tzinfo=UTC)\n"
        "sys.stdout.buffer.write(ae.Dossier.read(sys.argv[1]).to_html(now=now).encode())"
    )
    pages = {
        subprocess.run(
            [sys.executable, "-c", script, str(EXAMPLES / "bucharest-nine.jsonl")],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(pages) == 1


# Sizes.


def test_an_empty_dossier_gives_a_page() -> None:
    page = Page(ae.Dossier([]).to_html())
    assert page.data["items"] == []
    assert "0 incidents on record" in page.inside["p"]


def test_too_many_events_become_totals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MOST_ITEMS", 20)
    dossier = ae.Dossier(ae.iter_records(lines_of(200)))
    page = Page(dossier.to_html(now=NOW, include_restricted=True))
    rows = dossier.states_by_months()
    assert page.data["isTotal"]
    assert [item["n"] for item in page.items.values()] == [[row.least, row.most] for row in rows]
    assert len(page.rows) == 1 + len(rows)
    assert "This page has totals" in page.inside["p"]


def lines_of(number: int) -> BytesIO:
    return BytesIO(b"".join(synthetic_lines(number)))


# The command.


def test_the_command_writes_a_file(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    done = run(str(EXAMPLES / "munich-2025-10.jsonl"), "--output", str(target))
    assert done.exit_code == 0, done.output
    assert ": 15 records with 3 incursions, " in done.stderr
    page = Page(target.read_text(encoding="utf-8"))
    assert page.inside["title"] == "Drones at Munich airport, October 2025"


def test_the_command_says_that_a_page_has_no_incidents(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    ae.write_feed(ae.Feed.of([SOURCE]), feed)
    done = run(str(feed), "--output", str(tmp_path / "page.html"))
    assert ": 1 record with 0 incursions, " in done.stderr


def test_several_feeds_become_one_page() -> None:
    feeds = [str(EXAMPLES / f"{name}.jsonl") for name in ("munich-2025-10", "latvia-2024-09-07")]
    page = Page(run(*feeds, "-o", "-", "--title", "Both").stdout)
    assert page.inside["title"] == "Both"
    assert {"lv-2024-09-07", "munich-2025-10"} <= page.items.keys()


def test_a_feed_that_is_given_twice_counts_once() -> None:
    feed = str(EXAMPLES / "munich-2025-10.jsonl")
    now = ("-o", "-", "--now", "2026-01-01T00:00:00Z")
    once, twice = run(feed, *now), run(feed, feed, *now)
    assert once.stdout == twice.stdout


@pytest.mark.parametrize(("target", "code"), [(".", 2), ("missing/page.html", 3)])
def test_a_page_that_cannot_be_written_is_an_error(target: str, code: int, tmp_path: Path) -> None:
    done = run(str(EXAMPLES / "munich-2025-10.jsonl"), "-o", str(tmp_path / target))
    assert done.exit_code == code
    assert list(tmp_path.iterdir()) == []


def test_the_command_does_not_write_over_its_feed(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_bytes((EXAMPLES / "munich-2025-10.jsonl").read_bytes())
    assert run(str(feed), "-o", str(feed)).exit_code == 2
    assert feed.read_bytes() == (EXAMPLES / "munich-2025-10.jsonl").read_bytes()


@pytest.mark.parametrize("name", ["broken.jsonl", "no-such.jsonl"])
def test_a_feed_that_cannot_be_read_gives_no_page(name: str, tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    assert run(str(EXAMPLES / name), "-o", str(target)).exit_code in (2, 3)
    assert not target.exists()
