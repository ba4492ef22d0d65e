"""The page for readers in a browser: what it counts and shows, by filters, links and keys."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import airspace_events as ae
from airspace_events.dossier.events import status_of
from airspace_events.testing import synthetic_records
from shown_pages import NARROW, Pages, choices, control, counts, rows

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

EXAMPLES = sorted(Path("docs/examples").glob("*-20??-*.jsonl"))
EXAMPLES.append(Path("docs/examples/bucharest-nine.jsonl"))
NINE = "docs/examples/bucharest-nine.jsonl"
EVENTS = {"incursion", "series", "finding"}


@cache
def made_up() -> ae.Dossier:
    return ae.Dossier(synthetic_records(300))


@cache
def html_of(path: Path | str | None) -> str:
    return (made_up() if path is None else ae.Dossier.read(path)).to_html()


def numbers(found: Any) -> tuple[int, int]:
    return len(found.certainly), len(found.possibly)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_example_opens_and_shows_every_event(pages: Pages, path: Path, scheme: str) -> None:
    dossier = ae.Dossier.read(path)
    page = pages.show(html_of(path), color_scheme=scheme)
    events = [record for record in dossier if record.type in EVENTS]
    incursions = [record for record in events if record.type == "incursion"]
    assert sorted(rows(page)) == sorted(event.id for event in events)
    assert counts(page)[0] == len(incursions)
    for event in events:
        page.goto(page.url.partition("#")[0] + f"#incident={event.id}")
        article = page.locator("#incident").inner_text()
        assert (getattr(event, "title", None) or "") in article
        assert "What the desk judged" in article or "WHAT THE DESK JUDGED" in article


@pytest.mark.parametrize("path", [NINE, None], ids=["bucharest-nine", "made up"])
def test_each_choice_counts_as_the_dossier_does(pages: Pages, path: str | None) -> None:
    dossier = made_up() if path is None else ae.Dossier.read(path)
    page = pages.show(html_of(path))
    everything = counts(page)
    statuses = Counter(
        status_of(record) or "no_status_given" for record in dossier if record.type == "incursion"
    )
    for name, expected in {
        "state": lambda value: numbers(dossier.incursions(state=value)),
        "kind": lambda value: numbers(dossier.incursions(kind=value)),
        "status": lambda value: (statuses[value], 0),
        "object": lambda value: numbers(dossier.incursions(category=value)),
    }.items():
        for value in set(choices(page, name)) - {"series", "finding"}:
            control(page, name).select_option(value)
            assert counts(page) == expected(value), (name, value)
            assert len(rows(page)) >= min(sum(counts(page)), 100)
        control(page, name).select_option("")
    assert counts(page) == everything


@pytest.mark.parametrize("path", [NINE, None], ids=["bucharest-nine", "made up"])
def test_dates_count_as_the_dossier_does(pages: Pages, path: str | None) -> None:
    dossier = made_up() if path is None else ae.Dossier.read(path)
    page = pages.show(html_of(path))
    days = sorted(
        {
            bound.date().isoformat()
            for record in dossier
            if record.type == "incursion"
            for bound in (record.time.earliest, record.time.latest)
            if bound
        }
    )
    some = [*days[:: max(1, len(days) // 3)], days[-1], None]
    state = choices(page, "state")[0]
    for first in [None, *some[:-1]]:
        for last in [one for one in some if first is None or one is None or one >= first]:
            control(page, "from").fill(first or "")
            control(page, "to").fill(last or "")
            expected = dossier.incursions(between=(first, last)) if first or last else None
            if expected:
                assert counts(page) == numbers(expected), (first, last)
    control(page, "state").select_option(state)
    control(page, "from").fill(days[len(days) // 2])
    both = dossier.incursions(state=state, between=(days[len(days) // 2], None))
    assert counts(page) == numbers(both)


def test_a_source_leaves_its_incidents(pages: Pages) -> None:
    dossier = ae.Dossier.read(NINE)
    page = pages.show(html_of(NINE))
    for publisher in choices(page, "source"):
        control(page, "source").select_option(publisher)
        of = {one.id for one in dossier if one.type == "source" and one.publisher == publisher}
        cited = {
            one.id
            for one in dossier
            if one.type in EVENTS and of & {citation.source for citation in one.sources}
        }
        assert cited <= set(rows(page))
        assert rows(page)


def test_reset_shows_everything_again(pages: Pages) -> None:
    page = pages.show(html_of(NINE), fragment="#state=LV&from=2024-09-01")
    before = counts(page)
    page.get_by_role("button", name="Reset").click()
    assert control(page, "state").input_value() == ""
    assert counts(page) > before


# Links.


def test_a_link_leads_to_a_filtered_view(pages: Pages) -> None:
    page = pages.show(html_of(NINE), fragment="#state=LV")
    expected = ae.Dossier.read(NINE).incursions(state="LV")
    assert counts(page) == numbers(expected)
    assert control(page, "state").input_value() == "LV"
    assert "lv-2024-09-07" in rows(page)
    assert "ro-overnight" not in rows(page)


def test_a_link_leads_to_an_incident(pages: Pages) -> None:
    page = pages.show(html_of(NINE), NARROW, fragment="#incident=ro-2024-09-08")
    article = page.locator("#incident")
    assert "One drone over Romania, two F-16s sent up" in article.inner_text()
    box = article.get_by_role("heading").first.bounding_box()
    assert box
    assert 0 <= box["y"] < NARROW[1] / 2


@pytest.mark.parametrize(
    "fragment",
    [
        "#state=XX&kind=nonsense",
        "#incident=no-such-incident",
        "#from=yesterday&to=2024-99-99",
        "#unknown=1",
        "#%ff%E0%A4%A",
        "#state=LV&state=LV",
        "#__proto__=1&constructor=x&state=constructor",
        "#incident=__proto__",
        "#" + "x" * 100_000,
        "#<img src=x onerror=hacked=1>",
    ],
    ids=lambda fragment: fragment[:24],
)
def test_an_unknown_link_shows_the_page(pages: Pages, fragment: str) -> None:
    page = pages.show(html_of(NINE), fragment=fragment)
    assert counts(page)[0] >= 1
    control(page, "state").select_option("LV")
    assert counts(page) == numbers(ae.Dossier.read(NINE).incursions(state="LV"))


def test_back_leads_to_the_view_before(pages: Pages) -> None:
    page = pages.show(html_of(NINE))
    everything = counts(page)
    control(page, "state").select_option("LV")
    only = counts(page)
    control(page, "state").select_option("RO")
    page.go_back()
    assert (control(page, "state").input_value(), counts(page)) == ("LV", only)
    page.go_back()
    assert (control(page, "state").input_value(), counts(page)) == ("", everything)
    page.go_forward()
    assert counts(page) == only


# The keyboard.


def has_focus(page: Page, selector: str) -> bool:
    found: bool = page.evaluate("(one) => !!document.activeElement?.closest(one)", selector)
    return found


def tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if has_focus(page, selector):
            return
    pytest.fail(f"the key Tab does not reach {selector}")


def test_keys_reach_a_mark_open_the_incident_and_close_it(pages: Pages) -> None:
    page = pages.show(html_of("docs/examples/munich-2025-10.jsonl"))
    tab_to(page, "#marks")
    before = page.locator("#incident").inner_text()
    page.keyboard.press("ArrowRight")
    assert has_focus(page, "#marks")
    page.keyboard.press("Enter")
    if page.locator("dialog").is_visible():
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    assert "incident=" in page.url
    assert page.locator("#incident").inner_text() != before
    page.keyboard.press("Escape")
    assert "#" not in page.url
    page.wait_for_timeout(100)
    assert has_focus(page, "#marks .mark")


def test_keys_zoom_and_move_the_map(pages: Pages) -> None:
    page = pages.show(html_of(NINE))
    svg = page.locator("#map")
    page.locator("#map-view").focus()
    seen = [svg.inner_html()]
    for key in ("+", "+", "ArrowLeft", "ArrowUp", "-"):
        page.keyboard.press(key)
        page.wait_for_timeout(50)
        seen.append(svg.inner_html())
    assert all(one != other for one, other in pairwise(seen))


def test_the_wheel_scrolls_an_article_and_zooms_with_control(pages: Pages) -> None:
    page = pages.show(html_of(NINE))
    box = page.locator("#map-view").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 100)
    before = page.locator("#base").get_attribute("transform")
    page.mouse.wheel(0, 200)
    page.wait_for_timeout(100)
    assert page.locator("#base").get_attribute("transform") == before
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    page.wait_for_timeout(100)
    assert page.locator("#base").get_attribute("transform") != before
