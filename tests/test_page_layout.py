"""The page for readers in a browser: widths, labels, colours, frames, print and accessibility."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

import airspace_events as ae
from airspace_events.testing import synthetic_records
from one_incursion import incursion
from shown_pages import (
    NARROW,
    WIDE,
    Pages,
    colours,
    control,
    is_too_wide,
    overlaps,
    problems_of_axe,
    rows,
)
from test_page_filters import EXAMPLES, NINE, html_of

pytestmark = pytest.mark.browser

SIZES = {"narrow": NARROW, "wide": WIDE}
VERY_WIDE = (1920, 1080)
VIEWS = ("map-section", "timeline-section", "table-section")
OPEN = "#incident=ro-2024-09-08"
MANY = ae.Dossier(synthetic_records(250))

by_scheme = pytest.mark.parametrize("scheme", ["light", "dark"])


@cache
def many() -> str:
    return MANY.to_html()


@pytest.mark.parametrize(
    ("path", "size"),
    [
        *((str(path), size) for path in EXAMPLES for size in SIZES.values()),
        *((None, size) for size in (*SIZES.values(), VERY_WIDE)),
    ],
    ids=str,
)
def test_no_text_lies_over_another(pages: Pages, size: tuple[int, int], path: str | None) -> None:
    page = pages.show(many() if path is None else html_of(path), size)
    assert overlaps(page) == []
    assert not is_too_wide(page)
    first = rows(page)[0]
    page.goto(page.url.partition("#")[0] + f"#incident={first}")
    assert overlaps(page) == []
    assert not is_too_wide(page)
    for _ in range(3):
        page.get_by_role("button", name="Zoom in").click()
        page.wait_for_timeout(50)
        assert overlaps(page, "#map") == []


def test_any_length_of_time_makes_an_axis(pages: Pages) -> None:
    days = [date(2023, 12, 24) + timedelta(number) for number in range(60)]
    dossier = ae.Dossier(incursion(id=f"day-{day}", time={"value": str(day)}) for day in days)
    page = pages.show(dossier.to_html())
    for first in days[:12:2]:
        for length in (1, 5, 10, 17, 24, 40):
            last = first + timedelta(length)
            page.evaluate(f"location.hash = 'from={first}&to={last}'")
            control(page, "to").and_(page.locator(":visible")).wait_for()
            assert page.locator(".tick").first.is_visible()
            assert overlaps(page, "#timeline") == [], (first, last)


@pytest.mark.parametrize(
    ("path", "scheme"),
    [*((str(path), "light") for path in EXAMPLES), (NINE, "dark"), (None, "light")],
)
def test_the_map_and_the_timeline_are_not_empty(
    pages: Pages, path: str | None, scheme: str
) -> None:
    page = pages.show(many() if path is None else html_of(path), color_scheme=scheme)
    for selector, fewest in {"#map-view": 30, "#timeline": 20}.items():
        found = colours(page, selector)
        assert len(found) > fewest, selector
        assert found[0] / sum(found) < 0.97, selector


@by_scheme
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_axe_finds_no_violation(pages: Pages, size: tuple[int, int], scheme: str) -> None:
    page = pages.show(html_of(NINE), size, color_scheme=scheme)
    assert problems_of_axe(page) == []
    page.goto(page.url + OPEN)
    page.locator("details").evaluate_all("(all) => all.forEach((one) => { one.open = true; })")
    assert problems_of_axe(page) == []


def test_axe_finds_no_violation_on_a_page_of_made_up_incidents(pages: Pages) -> None:
    assert problems_of_axe(pages.show(ae.Dossier(synthetic_records(60)).to_html())) == []


@pytest.mark.parametrize("size", [(600, 400), (320, 256), (1000, 470)], ids=str)
def test_a_low_frame_shows_one_view_at_a_time(pages: Pages, size: tuple[int, int]) -> None:
    width, height = size
    inner = pages.file(html_of(NINE))
    frame = f'<iframe src="{inner}" width="{width}" height="{height}" title="A page"></iframe>'
    text = f'<!doctype html><html lang="en"><title>An article</title><p>Text</p>{frame}'
    page = pages.show(text, ready="iframe")
    shown = page.frame_locator("iframe")
    shown.locator("html[data-ready=true]").wait_for(state="attached")
    links = dict(zip(("Map", "Timeline", "Table"), VIEWS, strict=True))
    for name, view in links.items():
        shown.get_by_role("navigation").get_by_text(name, exact=True).click()
        visible = [one for one in VIEWS if shown.locator(f"#{one}").is_visible()]
        assert visible == [view]
        inside = page.frames[1]
        assert not is_too_wide(inside)
        assert overlaps(inside) == []
    shown.get_by_role("navigation").get_by_text("Map", exact=True).click()
    assert not shown.locator("#legend").is_visible()
    shown.get_by_text("Legend", exact=True).click()
    assert shown.locator("#legend").is_visible()


_BROKEN_WORDS = """
(cells) => cells.flatMap((cell) => {
  const broken = [];
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    for (const word of walker.currentNode.data.matchAll(/\\p{L}+/gu)) {
      const range = document.createRange();
      range.setStart(walker.currentNode, word.index);
      range.setEnd(walker.currentNode, word.index + word[0].length);
      const tops = [...range.getClientRects()].map((box) => box.top);
      if (new Set(tops).size > 1) broken.push(word[0]);
    }
  }
  return broken;
})
"""


def test_the_table_breaks_no_word_and_hides_an_empty_column(pages: Pages) -> None:
    page = pages.show(html_of(NINE))
    cells = page.locator("#table :is(th, td)")
    assert cells.evaluate_all(_BROKEN_WORDS) == []
    assert page.get_by_role("columnheader", name="Statements and responses").is_visible()
    silent = pages.show(ae.Dossier([incursion()]).to_html()).locator("#table")
    assert not silent.get_by_text("Statements and responses").is_visible()
    assert silent.locator("td:visible").count() == silent.locator("th:visible").count()


@by_scheme
def test_print_shows_every_row_on_white(pages: Pages, scheme: str) -> None:
    page = pages.show(many(), color_scheme=scheme)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    events = {one.id for one in MANY if one.type in {"incursion", "series", "finding"}}
    assert len(events) > 100
    assert set(rows(page)) == events
    assert not page.get_by_role("button", name="Zoom in").is_visible()
    assert page.locator(".spoken").count()
    assert not page.locator(".spoken:visible").count()
    background = page.locator("body").evaluate("(body) => getComputedStyle(body).backgroundColor")
    assert background in {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}


def test_without_scripts_the_table_has_every_event(pages: Pages) -> None:
    page = pages.show(html_of(NINE), ready="#rows", java_script_enabled=False)
    dossier = ae.Dossier.read(NINE)
    text = page.locator("#rows").inner_text()
    for event in dossier:
        if event.type in {"incursion", "series"}:
            assert event.title in text
    assert not page.get_by_role("button").first.is_visible()
    assert "JavaScript" in page.locator("main").inner_text()


@pytest.mark.parametrize("options", [{"reduced_motion": "reduce"}, {"forced_colors": "active"}])
def test_a_setting_of_the_reader_keeps_the_page_whole(
    pages: Pages, options: dict[str, Any]
) -> None:
    page = pages.show(html_of(NINE), fragment=OPEN, **options)
    assert len(colours(page, "#map-view")) > 5
    assert overlaps(page) == []


def test_targets_are_large_enough_to_touch(pages: Pages) -> None:
    page = pages.show(html_of(NINE), NARROW, fragment=OPEN, has_touch=True)
    small = page.locator("button:visible, select:visible, summary:visible, input:visible")
    sizes = small.evaluate_all(
        "(all) => all.map((one) => [one.textContent, one.getBoundingClientRect().height])"
    )
    assert [one for one in sizes if one[1] < 24] == []
