"""The page for readers in a browser: its numbers and the axis of its timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import airspace_events as ae
from airspace_events.testing import synthetic_records
from airspace_events.views.page import document
from one_incursion import incursion
from shown_pages import Pages, choices, control, counts
from test_page_filters import NINE, html_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def sentence(dossier: ae.Dossier, pages: Pages, fragment: str = "") -> str:
    return pages.show(dossier.to_html(), fragment=fragment).get_by_role("status").inner_text()


def test_the_sentence_counts_in_plain_words(pages: Pages) -> None:
    one, other = (
        incursion(id="one"),
        incursion(id="other", possibly_same_as=[{"incursion": "one"}]),
    )
    discounted = incursion(id="no", crossing="discounted")
    assert sentence(ae.Dossier([one]), pages) == "1 incident is shown."
    assert sentence(ae.Dossier([one, incursion(id="two")]), pages) == "All 2 incidents are shown."
    assert sentence(ae.Dossier([one, other]), pages).endswith(
        " 2 of them may be the same incident."
    )
    assert sentence(ae.Dossier([one, discounted]), pages) == "1 incident is shown. 1 discounted."
    assert sentence(ae.Dossier([one, discounted]), pages, "#from=1990-01-01") == (
        "1 incident matches for certain. 1 discounted."
    )
    assert sentence(ae.Dossier.read(NINE), pages).startswith("All 3 incidents are shown. Also ")


def test_only_incidents_have_a_status(pages: Pages) -> None:
    page = pages.show(html_of(NINE))
    events = [one for one in ae.Dossier.read(NINE) if one.type in {"series", "finding"}]
    assert events
    assert "no_status_given" not in choices(page, "status")
    assert "status given" not in page.locator("body").inner_text()
    for event in events:
        page.goto(page.url.partition("#")[0] + f"#incident={event.id}")
        assert not page.locator("#incident .status").count()
    for status in choices(page, "status"):
        control(page, "status").select_option(status)
        assert "Also" not in page.get_by_role("status").inner_text()


def numbers_of_states(page: Page) -> list[str]:
    page.wait_for_timeout(400)
    return sorted(page.locator("#marks .state .number").all_text_contents())


def test_a_tinted_state_has_the_number_of_its_incidents(pages: Pages) -> None:
    twice = [incursion(id=name, time={"value": "2024"}) for name in ("first", "second")]
    estonian = incursion(id="ee", state="EE")
    page = pages.show(ae.Dossier([*twice, estonian]).to_html())
    assert numbers_of_states(page) == ["1", "2"]
    assert page.locator("#world .tinted").count() == 2
    control(page, "state").select_option("EE")
    assert numbers_of_states(page) == ["1"]


def test_series_and_findings_add_nothing_to_the_number_of_a_state(pages: Pages) -> None:
    dossier = ae.Dossier.read(NINE)
    page = pages.show(html_of(NINE))
    for state in choices(page, "state"):
        control(page, "state").select_option(state)
        tinted = page.locator("#world .tinted")
        assert tinted.evaluate_all("(all) => all.map((one) => one.dataset.state)") in ([], [state])
        most = len(dossier.incursions(state=state).certainly)
        assert all(int(one or 0) <= most for one in numbers_of_states(page)), state
    control(page, "state").select_option("")
    control(page, "kind").select_option("series")
    assert set(numbers_of_states(page)) == {""}


def test_a_page_of_totals_counts_the_incidents_of_one_kind(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = ae.Dossier(synthetic_records(400))
    monkeypatch.setattr(document, "MOST_ITEMS", 20)
    page = pages.show(dossier.to_html())
    kinds = (
        control(page, "kind")
        .locator("option")
        .evaluate_all("(all) => all.map((one) => one.value)")
    )
    assert len(kinds) > 1
    assert "" not in kinds
    assert control(page, "kind").input_value() == kinds[0]
    assert not control(page, "status").is_visible()
    assert "Totals by state and month" in page.locator("#incident").inner_text()
    assert "status" not in page.locator("#legend").inner_text().lower()
    rows = list(dossier.states_by_months())
    for kind in kinds:
        control(page, "kind").select_option(kind)
        for state in choices(page, "state")[:3]:
            control(page, "state").select_option(state)
            of = [row for row in rows if (row.state, row.kind) == (state, kind)]
            assert counts(page)[0] == sum(row.least for row in of), (kind, state)
            shown = [one.removesuffix("+") for one in numbers_of_states(page)]
            assert shown in ([], [f"{counts(page)[0]:,}"]), (kind, state)
        control(page, "state").select_option("")
    page.get_by_role("button", name="Reset").click()
    assert control(page, "kind").input_value() == kinds[0]


def finding(name: str, time: str) -> ae.Finding:
    place, sources = {"state": "LV"}, [{"source": "unn-lv"}]
    return ae.Finding(id=name, found={"value": time}, place=place, sources=sources)


def test_the_axis_fits_the_incidents_and_cuts_longer_findings(pages: Pages) -> None:
    days = [incursion(id=f"day-{day}", time={"value": f"2024-09-{day}"}) for day in (10, 20)]
    long, before = finding("long", "2021/2026"), finding("before", "2019")
    page = pages.show(ae.Dossier([*days, long, before]).to_html())
    assert all(
        one.endswith(("Sep", "Sep 2024")) for one in page.locator(".tick").all_inner_texts()
    )
    bars = {
        name: page.locator(f"#timeline [data-id={name}] .of-item").get_attribute("class") or ""
        for name in ("day-10", "long", "before")
    }
    cuts = {
        name: [one for one in ("left", "right") if f"cut-{one}" in text]
        for name, text in bars.items()
    }
    assert cuts == {"day-10": [], "long": ["left", "right"], "before": ["left"]}
    track = page.locator("#timeline .rows .track").first.bounding_box()
    widths = [page.locator(f"#timeline [data-id={name}] .of-item").bounding_box() for name in bars]
    assert track
    assert all(one and one["x"] >= track["x"] - 1 for one in widths)
    assert all(
        one and one["x"] + one["width"] <= track["x"] + track["width"] + 1 for one in widths
    )


def test_findings_alone_make_an_axis(pages: Pages) -> None:
    page = pages.show(ae.Dossier([finding("one", "2021"), finding("two", "2023")]).to_html())
    assert "2022" in page.locator(".tick").all_inner_texts()
    assert page.locator(".cut-left, .cut-right, .strip").count() == 0
    assert page.get_by_role("status").inner_text() == "2 findings."
