"""Cards: what is seen of a record, a report and a dossier, in a notebook and on a terminal.

`REWRITE_GOLDEN=1 pytest tests/test_cards.py` writes the golden files anew: read what changed.
"""

import html
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from rich.console import Console
from rich.pretty import pprint

import airspace_events as ae
from airspace_events.safe_text import safe
from airspace_events.testing import strategies as aes
from airspace_events.views import record_card
from airspace_events.views.card import Card, Row, Said, joined, listed, row_of
from airspace_events.views.value_lines import (
    act_line,
    claim_line,
    count_line,
    effect_line,
    object_line,
    period_line,
    place_line,
    quantity_line,
    response_line,
    time_line,
    totals_lines,
    zone_line,
)
from damaged_feeds import steers
from one_incursion import incursion
from shown_views import FORMS, FRAGMENTS, HOSTILE, Notebook, assert_is_safe, drawn

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
GOLDEN = Path(__file__).parent / "data" / "cards"

Shown = ae.Record | ae.Report | ae.Dossier


# The golden files.


def example_record(feed: str, name: str, revision: int = 1) -> ae.Record:
    records = ae.iter_records(EXAMPLES / f"{feed}.jsonl")
    return next(one for one in records if (one.id, one.revision) == (name, revision))


def made_up_alliance() -> ae.Alliance:
    return ae.Alliance(
        id="made-up",
        name="A made-up alliance",
        kind="treaty_alliance",
        memberships=(
            ae.Membership(state="RO", status="member", since="2004-03-29", ongoing=True),
            ae.Membership(state="LV", status="member", since="2004", ongoing=True),
            ae.Membership(state="IS", since="1949-08-24", last_day="1990", status="observer"),
            ae.Membership(state="MD", status="member"),
        ),
    )


def hostile_incursion() -> ae.Incursion:
    """A made-up one that was taken back, with texts that mean harm."""
    return incursion(
        revision=4,
        title="مسيّرة [red]</table><script>alert(1)</script>\u202e\x1b[31m ##[error]",
        retracted={"at": "2024-09-10T12:00:00Z", "reason": "=HYPERLINK(1)"},
        marking={"tlp": "amber_strict", "embargo_until": "2024-09-11T00:00:00+03:00"},
        totals={"crossings": {"min": 2, "max": 4, "best": 3, "verbatim": "רחפנים"}},
        responses=[{"kind": "monitoring"}] * 22,
        assessments=[{"aspect": "intent", "value": "other", "likelihood": "likely"}],
        possibly_same_as=[{"incursion": "lv-2", "likelihood": "unlikely"}],
    )


def small_report() -> ae.Report:
    """A made-up feed in which much is wrong."""
    lines = [
        '{"type":"feed","schema_version":"1.0"}',
        (
            '{"type":"incursion","id":"a","state":"LV","time":{"value":"2024-09-07"},'
            '"objects":[{"category":"dron"}],"sources":[{"source":"s"}]}'
        ),
        *['{"type":"<b>[red]\u202e"}'] * 15,
    ]
    return ae.validate(io.BytesIO("\n".join(lines).encode()), now=datetime(2025, 1, 1, tzinfo=UTC))


CARDS: Mapping[str, Callable[[], Shown]] = {
    "source": lambda: example_record("poland-2025-09-10", "rzeczpospolita-2025-09-16"),
    "source-republished": lambda: example_record("bucharest-nine", "swissinfo-2024-09-18"),
    "state": lambda: ae.states.get("PL"),
    "alliance": made_up_alliance,
    "organization": lambda: example_record("poland-2025-09-10", "ru-ministry-of-defence"),
    "official": lambda: example_record("bucharest-nine", "mircea-geoana"),
    "incursion": lambda: example_record("bucharest-nine", "ro-2024-09-08"),
    "incursion-revised": lambda: example_record("poland-2025-09-10", "pl-2025-09-10", 3),
    "incursion-hostile": hostile_incursion,
    "series": lambda: example_record("bucharest-nine", "attacks-on-ukraine"),
    "finding": lambda: example_record("poland-2025-09-10", "pl-find-wyryki"),
    "statement": lambda: example_record("bucharest-nine", "statement-bucharest-nine"),
    "statement-denial": lambda: example_record("tutorial", "russia-says"),
    "report": small_report,
    "dossier": lambda: ae.Dossier.read(EXAMPLES / "bucharest-nine.jsonl"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", CARDS)
def test_a_card_is_as_its_golden_file_has_it(name: str, form: str) -> None:
    text = FORMS[form](CARDS[name]())
    file = GOLDEN / f"{name}.{form}"
    if os.environ.get("REWRITE_GOLDEN") == "1":
        file.write_text(text, encoding="utf-8", newline="\n")
    assert text == file.read_bytes().decode()


def test_there_is_no_other_golden_file() -> None:
    names = {f"{name}.{form}" for name in CARDS for form in FORMS}
    assert {file.name for file in GOLDEN.iterdir()} == names


# What is safe.


@given(aes.records())
def test_a_card_of_any_record_is_safe(record: ae.Record) -> None:
    assert_is_safe(record)


def hostile_records(bad: str) -> list[ae.Record]:
    """Records that have a text wherever a card shows one."""
    source = {"id": "s", "kind": "other", "language": "en", "publisher": bad}
    place = {"name": bad, "admin1": bad, "admin2": bad}
    count = {"verbatim": bad}
    flown = {"category": "unidentified", "designation": bad, "count": count}
    act = {"act": "warn", "condition": bad, "addressed_as": bad}
    claims = [
        {"aspect": "field", "fields": ["objects.it.designation"], "value": bad},
        {"aspect": "field", "fields": ["responses"], "value": {"kind": "other", "article": bad}},
        {"aspect": "legality_of_engagement", "value": "permitted", "condition": bad},
    ]
    period = {"valid": {"since": "2024"}}
    return [
        ae.Source(**source | {"title": bad}),
        ae.State(id="x", alpha_2="LV", name=bad, official_name=bad, **period),
        ae.Alliance(id="x", name=bad, kind="coalition"),
        ae.Organization(id="x", name=bad, kind="other", **period),
        ae.Official(id="x", name=bad, tenures=[{"post": bad, "of": "LV"}]),
        incursion(
            title=bad,
            retracted={"at": "2024-09-10T12:00:00Z", "reason": bad},
            time={"value": "2024", "verbatim": bad},
            zones=[{"type": "OTHER", "name": bad, "entry": "reported"}],
            totals={"crossings": count},
            duration=count,
            objects=[flown],
            places=[place],
            effects=[{"kind": "death"}],
            responses=[{"kind": "other", "article": bad, "assets": [{"designation": bad}]}],
        ),
        ae.Series(
            id="x", kind="other", title=bad, time={"value": "2024"}, frequency=bad, objects=[flown]
        ),
        ae.Finding(id="x", found={"value": "2024"}, place=place, designation=bad),
        ae.Statement(
            id="x",
            speakers=["LV"],
            speaker_as=bad,
            made={"value": "2024"},
            occasion=bad,
            acts=[{**act, "content": bad}, {**act, "content": bad, "quotation": "direct"}],
            claims=claims,
        ),
    ]


def inert(text: str) -> str:
    """A text in which a build server finds no command."""
    return text.replace("##", "#\\u0023").replace("::", ":\\u003a")


@settings(max_examples=40)
@given(HOSTILE)
@example("".join(FRAGMENTS))
def test_what_a_record_says_is_shown_and_does_nothing(bad: str) -> None:
    seen = safe(bad if len(bad) <= 240 else bad[:239] + "…")
    for record in hostile_records(bad):
        page = assert_is_safe(record)
        # Each text stands apart, so that its direction reaches no further.
        assert page.said
        assert set(page.said) == {seen}
        printed = drawn(record, 20_000)
        # Spaces at the end of a line are none to be seen.
        assert inert(seen).strip(" ") in printed


def test_no_name_turns_the_text_around_it() -> None:
    name = "مسيّرة"
    for record in hostile_records(name):
        text = FORMS["html"](record)
        assert name in text
        assert name not in text.replace(f"<bdi>{name}</bdi>", "")


@given(HOSTILE)
@example("".join(FRAGMENTS))
def test_what_a_notice_says_is_shown_and_does_nothing(bad: str) -> None:
    one = ae.Notice(
        code="json_syntax",
        message=bad,
        file=bad,
        line=1,
        record=bad,
        pointer=bad,
        suggestion=bad,
    )
    report = ae.Report(
        files=(bad,),
        records={bad: 1},
        counts={"error": 1, "warning": 0, "info": 0},
        notices=(one,),
    )
    page = assert_is_safe(report)
    assert len(page.said) == 6 - (bad == "-")
    assert inert(safe(bad)[:100]).strip(" ") in drawn(report, 20_000)


def test_colours_are_those_of_this_library_only() -> None:
    printed = drawn(hostile_incursion(), force_terminal=True, color_system="truecolor")
    assert set(re.findall("\x1b[^m]*m", printed)) == {"\x1b[1m", "\x1b[2m", "\x1b[0m"}
    assert not steers(re.sub("\x1b\\[[012]m|\n", "", printed))


def test_the_markup_of_rich_is_text() -> None:
    printed = drawn(incursion(title="[red]x[/red] :skull: [/]"), color_system="truecolor")
    assert "[red]x[/red] :skull: [/]" in printed


def test_a_list_of_records_can_be_printed_too() -> None:
    records = [incursion(title="\x1b[31m\u202e[red]"), made_up_alliance()]
    printed = drawn(records)
    assert "Incursion(" in printed
    assert "[red]" in printed
    assert not steers(printed.replace("\n", ""))
    file = io.StringIO()
    pprint(records[0], console=Console(file=file, width=80))
    assert "value='2024-09-07'" in file.getvalue()


def test_a_notebook_shows_no_card_of_a_class() -> None:
    # IPython asks the class of what it shows; the class of a record's class has no such method.
    assert not hasattr(type(ae.Incursion), "_repr_html_")


# What it costs.


def test_a_dossier_that_is_shown_again_is_not_counted_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dossier = ae.Dossier([incursion()])
    shown = dossier._repr_html_()
    monkeypatch.setattr(ae.Dossier, "summary", pytest.fail)
    assert dossier._repr_html_() == shown
    assert "LV" in drawn(dossier)


def test_who_parses_records_loads_nothing_of_cards() -> None:
    assert_runs("""
import sys
import airspace_events as ae
ae.Dossier.read("docs/examples/tutorial.jsonl")
ae.validate("docs/examples/tutorial.jsonl")
loaded = {name for name in sys.modules if "card" in name or name.partition(".")[0] == "rich"}
sys.exit(str(loaded) if loaded else 0)
""")


def test_a_notebook_needs_no_rich() -> None:
    assert_runs("""
import sys
sys.modules["rich"] = None
import airspace_events as ae
ae.Dossier.read("docs/examples/tutorial.jsonl")._repr_html_()
ae.validate("docs/examples/tutorial.jsonl")._repr_html_()
ae.states.get("PL")._repr_html_()
""")


def assert_runs(program: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=EXAMPLES.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_of_a_long_list_only_the_first_few_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[ae.AerialObject] = []

    def counted(flown: ae.AerialObject) -> tuple[str, ...]:
        asked.append(flown)
        return object_line(flown)

    monkeypatch.setattr(record_card, "object_line", counted)
    fates = tuple(ae.Fate(fate="exited") for _ in range(1_000))
    flown = ae.AerialObject(category="balloon", designation="x" * 500, fates=fates)
    large = incursion().model_copy(update={"objects": (flown,) * 100_000})
    text = FORMS["html"](large)
    assert len(asked) == 5
    assert "and 99,995 more" in text
    assert "and 995 more" in text
    assert len(text) < 10_000


@pytest.mark.parametrize(
    ("number", "shown", "more"), [(0, 0, None), (5, 5, None), (6, 5, "and 1 more")]
)
def test_a_row_shows_five_lines(number: int, shown: int, more: str | None) -> None:
    row = row_of("Label", ["x"] * number, lambda item: (item,))
    page = Notebook(Card(("t",), (), (row,)).to_html())
    assert page.rows.count("x") == shown
    assert ("not recorded" in page.rows) is (number == 0)
    assert [one for one in page.rows if "more" in one] == ([more] if more else [])


def test_lines_are_put_together_without_empty_ones() -> None:
    assert joined([(), ("a",), (), ("b", "c"), ()]) == ("a", "; ", "b", "c")
    assert joined([]) == ()
    assert "".join(listed("abc", lambda item: (item,), most=2)) == "a, b and 1 more"
    assert listed("", lambda item: (item,)) == ()


def test_a_long_text_is_cut() -> None:
    card = Card(("t",), (), (Row("l", ((Said("x" * 241), Said("y" * 240)),)),))
    assert Notebook(card.to_html()).said == ["x" * 239 + "…", "y" * 240]


# What is said.


def line(pieces: Sequence[str]) -> str:
    return "".join(pieces)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (None, "number not reported"),
        ({"verbatim": "several"}, '"several", no number given'),
        ({"best": 0}, "0"),
        ({"best": 19, "verbatim": "19, not final"}, '19 ("19, not final")'),
        ({"best": 3, "as_of": "2024-09-08"}, "3 (as of 2024-09-08)"),
        ({"min": 7}, "at least 7"),
        ({"max": 4}, "at most 4"),
        ({"min": 2, "max": 3}, "2 to 3"),
        ({"min": 3, "max": 3}, "3"),
        ({"min": 3, "best": 3, "max": 3}, "3"),
        ({"min": 2, "best": 3, "max": 4}, "2 to 4, best 3"),
        ({"min": 7, "best": 7}, "at least 7, best 7"),
    ],
)
def test_a_count_is_said_as_it_was_reported(count: Any, said: str) -> None:
    reported = None if count is None else ae.ReportedCount(**count)
    assert line(count_line(reported)) == said


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        ({"best": 12.0, "unit": "min"}, "12 min"),
        ({"min": 0.25, "unit": "km"}, "at least 0.25 km"),
        ({"best": 300, "unit": "FL", "datum": "STD"}, "300 FL STD"),
        ({"best": 123456789.5, "unit": "m", "verbatim": "far"}, '123456789.5 m ("far")'),
        ({"verbatim": "a few minutes"}, '"a few minutes", no number given'),
    ],
)
def test_a_quantity_is_not_rounded(quantity: Any, said: str) -> None:
    assert line(quantity_line(ae.ReportedQuantity(**quantity))) == said


@pytest.mark.parametrize(
    ("time", "said"),
    [
        ({"value": "2024-09-07"}, "2024-09-07, no time zone given"),
        (
            {"value": "2024-09-07/2024-09-08", "verbatim": "overnight", "timezone": "Europe/Riga"},
            '"overnight"; 2024-09-07/2024-09-08, Europe/Riga',
        ),
        ({"value": "2024-09-07T01:00:00Z"}, "2024-09-07T01:00:00Z"),
        (
            {"value": "2022-02/..", "extent": "repeatedly", "timezone": "Europe/Kyiv"},
            "2022-02/.., Europe/Kyiv; repeatedly; end open",
        ),
        (
            {"value": "/2024-09-18?", "basis": "resolved"},
            (
                "/2024-09-18?, no time zone given; uncertain; calculated from the words of the "
                "report; start unknown"
            ),
        ),
        (
            {"value": "2024-09~", "basis": "imputed", "timezone": "Europe/Riga"},
            "2024-09~, Europe/Riga; approximate; estimated by the desk",
        ),
        (
            {"value": "2024-21", "timezone": "Europe/Riga"},
            "2024-21, Europe/Riga; from 2024-02-29 22:00:00 to 2024-12-23 21:59:59 UTC",
        ),
        (
            {"value": "2024-09-1X", "timezone": "Etc/UTC"},
            "2024-09-1X, Etc/UTC; from 2024-09-10 00:00:00 to 2024-09-19 23:59:59 UTC",
        ),
        (
            {"value": "[2024-09-07,2024-09-09]", "timezone": "Etc/UTC"},
            (
                "[2024-09-07,2024-09-09], Etc/UTC; "
                "from 2024-09-07 00:00:00 to 2024-09-09 23:59:59 UTC"
            ),
        ),
        ({"value": "../2024"}, "../2024, no time zone given; start open"),
        ({"value": "2024/"}, "2024/, no time zone given; end unknown"),
    ],
)
def test_a_time_is_said_in_its_words_and_its_expression(time: Any, said: str) -> None:
    assert line(time_line(ae.ReportedTime(**time))) == said


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ({}, "start unknown, end unknown"),
        ({"since": "2023-12-13", "ongoing": True}, "since 2023-12-13, ongoing"),
        ({"since": "2023", "ongoing": False}, "since 2023, ended, date unknown"),
        ({"last_day": "2024"}, "start unknown, to 2024"),
    ],
)
def test_an_open_end_is_not_an_unknown_end(period: Any, said: str) -> None:
    assert line(period_line(ae.Period(**period))) == said


@pytest.mark.parametrize(
    ("flown", "said"),
    [
        ({}, "uncrewed aircraft: number not reported"),
        (
            {
                "count": {"verbatim": "several"},
                "fates": [{"fate": "exited", "count": {"best": 1}}],
            },
            'uncrewed aircraft: "several", no number given; exited: 1',
        ),
        ({"count": {"best": 1}, "fates": [{"fate": "crashed"}]}, "uncrewed aircraft: 1; crashed"),
        (
            {"count": {"min": 1}, "fates": [{"fate": "shot_down", "by": ["RO"]}]},
            "uncrewed aircraft: at least 1; shot down: number not reported by RO",
        ),
        (
            {"count": {"best": 23}, "fates": [{"fate": "shot_down"}]},
            "uncrewed aircraft: 23; shot down: number not reported",
        ),
        (
            {"designation": "Geran-2", "payload": "no_explosive", "role": "decoy"},
            'uncrewed aircraft: number not reported; decoy; "Geran-2"; payload: no explosive',
        ),
    ],
)
def test_some_of_a_group_are_not_all(flown: Any, said: str) -> None:
    one = ae.AerialObject(category="uncrewed_aircraft", **flown)
    assert line(object_line(one)) == said


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (
            {"aspect": "intent", "value": "intentional_attack", "polarity": "denied"},
            "denied: intent = intentional attack",
        ),
        (
            {"aspect": "intent", "value": "intentional_attack", "polarity": "no_evidence"},
            "no evidence: intent = intentional attack",
        ),
        ({"aspect": "attribution", "polarity": "undetermined"}, "undetermined: attribution"),
        ({"aspect": "field", "fields": ["occurrence", "time"]}, "affirmed: occurrence, time"),
        (
            {"aspect": "attribution", "value": "RU", "involvement": "launched", "about": ["a"]},
            "affirmed: attribution = RU; launched; about a",
        ),
        (
            {"aspect": "field", "fields": ["totals.crossings"], "value": {"roughly": 19}},
            "affirmed: totals.crossings = about 19",
        ),
        (
            {
                "aspect": "field",
                "fields": ["duration"],
                "value": {"best": 12, "unit": "min"},
                "likelihood": "likely",
                "confidence": "high",
            },
            "affirmed: duration = 12 min; likely; confidence: high",
        ),
        (
            {"aspect": "field", "fields": ["responses"], "value": {"kind": "scramble"}},
            "affirmed: responses = scramble",
        ),
        (
            {"aspect": "field", "fields": ["time"], "value": {"value": "2024"}},
            "affirmed: time = 2024, no time zone given",
        ),
        (
            {"aspect": "cause", "value": "jamming", "fields": ["objects.first"]},
            "affirmed: cause of objects.first = jamming",
        ),
        (
            {
                "aspect": "field",
                "fields": ["objects.it.designation"],
                "value": "not_a_word",
                "count": {"min": 2},
            },
            'affirmed: objects.it.designation = "not_a_word"; at least 2',
        ),
        (
            {
                "aspect": "field",
                "fields": ["occurrence"],
                "time": {"value": "2024"},
                "as_of": "2025",
            },
            "affirmed: occurrence; 2024, no time zone given; as of 2025",
        ),
    ],
)
def test_a_claim_says_how_it_is_held(claim: Any, said: str) -> None:
    assert line(claim_line(ae.Claim(**claim))) == said


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ({"act": "condemn"}, "condemn: such acts"),
        (
            {"act": "request", "force": "explore", "addressed_as": "neighbours"},
            'request (explore): such acts; to "neighbours"',
        ),
        (
            {"act": "commit", "modality": "conditional", "condition": "if it is meant"},
            "commit: such acts; condition: if it is meant",
        ),
        ({"act": "commit", "modality": "conditional"}, "commit: such acts; conditional"),
        (
            {"act": "warn", "modality": "hypothetical", "condition": "c", "quotation": "direct"},
            'warn: "such acts"; hypothetical; condition: c',
        ),
    ],
)
def test_would_if_is_not_will(act: Any, said: str) -> None:
    assert line(act_line(ae.SpeechAct(content="such acts", **act))) == said


@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        (
            zone_line(ae.Zone(type="ADIZ", name="KADIZ", entry="confirmed", count={"best": 6})),
            "ADIZ, entry confirmed; KADIZ; 6",
        ),
        (totals_lines(None), ""),
        (totals_lines(ae.Totals(zone_entries={"best": 2}))[0], "zone entries: 2"),
        (
            object_line(
                ae.AerialObject(
                    category="bird",
                    nationality="LV",
                    checked={
                        "result": "something_else",
                        "reported_as": "uncrewed_aircraft",
                        "by": ["LV"],
                    },
                )
            ),
            (
                "bird: number not reported; nationality: LV; checked: something else, reported as "
                "uncrewed aircraft by LV"
            ),
        ),
        (object_line(ae.AerialObject()), "kind not reported: number not reported"),
        (
            effect_line(ae.Effect(kind="injury", place="yard")),
            "injury: number not reported; at yard",
        ),
        (
            response_line(ae.Response(kind="scramble", count={"best": 15}, place="base")),
            "scramble: 15; at base",
        ),
        (place_line(ae.Place()), "place not named"),
        (place_line(ae.Place(name="Borcea", state="RO", role="entry")), "Borcea, RO (entry)"),
        (
            place_line(
                ae.Place(
                    geometry={"type": "Point", "coordinates": [26.5, 44.4]}, precision="vicinity"
                )
            ),
            "longitude 26.5, latitude 44.4 (vicinity)",
        ),
        (effect_line(ae.Effect(kind="none_reported")), "none reported"),
        (effect_line(ae.Effect(kind="death")), "death: number not reported"),
        (
            effect_line(
                ae.Effect(kind="property_damage", count={"best": 1}, cause="defensive_fire")
            ),
            "property damage: 1; cause: defensive fire",
        ),
        (response_line(ae.Response(kind="not_engaged", by=["RO"])), "not engaged by RO"),
        (
            response_line(
                ae.Response(
                    kind="consultation",
                    stage="requested",
                    at_request_of=["PL"],
                    addressed_to=["nato"],
                    article="Article 4",
                    assets=[{"designation": "F-16", "count": {"best": 2}}],
                )
            ),
            "consultation; requested; F-16: 2; at the request of PL; addressed to nato; Article 4",
        ),
    ],
)
def test_values_are_said_in_words(pieces: Sequence[str], said: str) -> None:
    assert line(pieces) == said


def rows_of(shown: Shown) -> dict[str, str]:
    """What stands beside each label."""
    text = FORMS["html"](shown)
    rows = re.findall(r"<tr><th[^>]*>(.*?)</th><td[^>]*>(.*?)</td></tr>", text)
    return {label: html.unescape(re.sub("<[^>]*>", "", cell)) for label, cell in rows}


def test_what_is_unknown_of_an_incursion_is_said_to_be_unknown() -> None:
    assert rows_of(incursion()) == {
        "Kinds": "crossing",
        "State": "LV",
        "When": "2024-09-07, Europe/Riga",
        "Status": "crossing reported",
        "Objects": "not recorded",
        "Effects": "not recorded",
        "Responses": "not recorded",
        "Sources": "1 (unn-lv)",
    }


def test_only_members_of_now_are_listed_as_members() -> None:
    members = [
        ae.Membership(state=state, status=status, ongoing=True)
        for state, status in (("RO", "member"), ("UA", "candidate"), ("CH", "partner"))
    ]
    alliance = made_up_alliance().replace(memberships=members)
    assert rows_of(alliance)["Members"] == "RO"


def test_the_two_judgements_of_the_desk_are_shown_apart() -> None:
    judged = incursion(occurrence="confirmed", crossing="disputed", scope="aggregate")
    said = "occurrence confirmed, crossing disputed; several incursions in one record"
    assert rows_of(judged)["Status"] == said


def test_how_long_how_deep_and_which_way_are_one_row() -> None:
    way = incursion(
        entered_from=["BY"],
        exited_to=["international"],
        duration={"best": 12, "unit": "min"},
        distance={"roughly": 3, "unit": "km"},
        depth={"min": 5, "unit": "NM"},
    )
    said = "from BY; to international; 12 min; about 3 km from the border; at least 5 NM deep"
    assert rows_of(way)["Route"] == said


def test_zones_and_totals_have_rows_of_their_own() -> None:
    seen = incursion(
        crossing=None,
        zones=[{"type": "P", "entry": "suspected"}],
        totals={"sightings": {"best": 3}, "zone_entries": {"verbatim": "some"}},
    )
    assert rows_of(seen) | {"Kinds": "zone entry"} == rows_of(seen)
    assert rows_of(seen)["Zones"] == "P, entry suspected"
    assert rows_of(seen)["Totals"] == 'zone entries: "some", no number givensightings: 3'
    assert rows_of(seen)["Status"] == "not judged"


def test_a_series_tells_its_totals() -> None:
    totals = {"crossings": {"best": 21}}
    told = ae.Series(id="x", kind="other", title="x", time={"value": "2024"}, totals=totals)
    assert rows_of(told)["Totals"] == "crossings: 21"


def test_a_source_that_is_cited_twice_is_one() -> None:
    cited = [{"source": "a", "supports": ["time"]}, {"source": "b"}, {"source": "a"}]
    assert rows_of(incursion(sources=cited))["Sources"] == "2 (a, b)"


def test_that_a_record_was_taken_back_stands_first() -> None:
    text = drawn(hostile_incursion())
    marks = "lv-2024-09-07 · revision 4 · retracted · TLP:AMBER+STRICT · embargo until"
    assert marks in " ".join(text.splitlines())
    assert next(iter(rows_of(hostile_incursion()))) == "Retracted"


def test_a_record_without_a_title_is_called_by_its_id_once() -> None:
    text = FORMS["html"](incursion(revision=2))
    assert text.count("lv-2024-09-07") == 1
    assert "revision 2" in text


# Reports and dossiers.


def notice(code: str, line: int, message: str = "m") -> ae.Notice:
    return ae.Notice(code=code, message=message, file="f.jsonl", line=line)


def test_a_report_shows_the_worst_first() -> None:
    notices = [notice("byte_order_mark", 1), *(notice("json_syntax", at) for at in range(2, 14))]
    report = ae.Report(
        files=("f.jsonl", "-"),
        records={"source": 3},
        counts={"error": 1_012, "warning": 1, "info": 0},
        notices=tuple(notices),
        is_complete=False,
    )
    page = Notebook(FORMS["html"](report))
    assert page.rows[0] == ("Not valid: 1,012 errors, 1 warningthe feeds were not read to the end")
    shown = [row for row in page.rows if "f.jsonl:" in row]
    assert shown == [f"error (json_syntax): m; f.jsonl:{at}:1" for at in range(2, 12)]
    assert page.rows[-1] == "and 1,003 more"
    assert rows_of(report)["Feeds"] == "f.jsonl, a stream"


def test_a_report_that_finds_nothing_says_so() -> None:
    feed = (
        b'{"type":"feed","schema_version":"1.0"}\n'
        b'{"type":"source","id":"s","kind":"other","publisher":"made up","language":"en"}\n'
    )
    report = ae.validate(io.BytesIO(feed))
    assert "Valid: no problems" in drawn(report)
    assert rows_of(report) == {"Feeds": "a stream", "Records": "source: 1"}


def test_a_dossier_adds_nothing_up_that_is_unknown() -> None:
    series = ae.Series(id="x", kind="other", title="x", time={"value": "2022-02/.."})
    records: list[ae.Record] = [
        incursion(totals={"crossings": {"best": 2}}, objects=[{"category": "balloon"}]),
        incursion(id="b", time={"value": "/2024-09-09", "timezone": "Etc/UTC"}),
        incursion(id="c", state="EE", occurrence="doubtful"),
        incursion(id="d", crossing=None, totals={"sightings": {"best": 3}}),
        series,
    ]
    assert rows_of(ae.Dossier(records)) == {
        "Records": "incursion: 4, series: 1",
        "Status": "crossing doubtful: 1, crossing reported: 2, sighting not judged: 1",
        "States": (
            "LV, crossing: 2 on record (incursions: 2, crossings: at least 2 "
            "(1 without a number), objects: no number)"
            "EE, crossing: 1 on record (incursions: 1, crossings: no number, "
            "objects: no number)"
            "LV, sighting: 1 on record (incursions: 1, sightings: 3, objects: no number)"
        ),
        "Time": (
            "incursions: 2024-09-06 21:00:00 to 2024-09-09 23:59:59 UTC; start unknown: 1"
            "series: 2022-01-31 10:00:00 UTC; end open: 1"
        ),
    }


def test_an_empty_dossier_has_a_card() -> None:
    assert set(rows_of(ae.Dossier([])).values()) == {"none"}


def test_what_a_dossier_kept_without_a_date_is_said() -> None:
    then = ae.Dossier([incursion()]).as_known_at("2025-01-01T00:00:00Z")
    assert "records without a known recording time: 1" in drawn(then)
