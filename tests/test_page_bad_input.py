"""The page for readers in a browser: hostile texts, extreme feeds and feeds without facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from pydantic import BaseModel, ValidationError

import airspace_events as ae
from airspace_events.testing import hostile_bytes, synthetic_records
from one_incursion import incursion
from shown_pages import NARROW, WIDE, Pages, control, counts, is_too_wide, overlaps, rows
from shown_views import FRAGMENTS
from test_page_filters import EXAMPLES, numbers

if TYPE_CHECKING:
    from playwright.sync_api import Page

_Model = TypeVar("_Model", bound=BaseModel)

pytestmark = pytest.mark.browser

HOSTILE = (
    *FRAGMENTS,
    "".join(FRAGMENTS),
    "</script><script>hacked=1</script>",
    "<!--<script>",
    "--></script></style></title></textarea></svg><script>hacked=1</script>",
    "<img src=x onerror=hacked=1>",
    "<svg onload=hacked=1><animate onbegin=hacked=1>",
    '" onmouseover=hacked=1 style=position:fixed;inset:0 x="',
    "' autofocus onfocus=hacked=1 '",
    "<a href=javascript:hacked=1>x</a>",
    "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
    "<base href=https://evil.example><form action=x><input name=items><meta http-equiv=refresh>",
    "<style>*{display:none}</style>",
    "&#60;script&#62;hacked=1&#60;/script&#62;",
    "$title ${data} $$ %s {0} {{1+1}} `${hacked=1}`",
    "\\u003cimg src=x onerror=hacked=1\\u003e",
    "javascript:hacked=1",
    "__proto__",
    "constructor",
    "\ufeff\x00\x1b[31m\x7f",
    "line\r\nline\x85line\u2028line\u2029line",
    "e" + "\u0301" * 400,
    "\ufdfd" * 50,
    "W" * 480,
    "مسيّرة فوق «ريغا» \u200fABC\u200f 123",
    "כטב״ם מעל ריגה <u>",
    "\U0001f600\U000e0041 \ud7ff",
)


def spoiled(record: _Model, texts: Iterator[str]) -> _Model:
    """A record or header with a hostile text in each place that takes one."""
    whole = record.model_dump(mode="json", exclude_unset=True)

    def visit(value: Any) -> None:
        entries = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in list(entries):
            if isinstance(inner, dict | list):
                visit(inner)
            elif isinstance(inner, str):
                value[key] = f"{inner} {next(texts)}"
                try:
                    type(record).model_validate(whole)
                except ValidationError:
                    value[key] = inner

    visit(whole)
    return type(record).model_validate(whole)


def assert_is_text(page: Page) -> None:
    """Check that no text of the feed became an element, an attribute or a link that runs."""
    found = page.evaluate(_FOREIGN)
    assert found == {"scripts": 2, "styles": 1, "foreign": [], "handlers": [], "links": []}


_FOREIGN = """
() => {
  const all = [...document.querySelectorAll("*")];
  const foreign = "img, iframe, object, embed, base, animate, u, form form, [http-equiv=refresh]";
  const links = all.filter((one) => one.hasAttribute("href")).filter((one) => {
    const to = one.getAttribute("href");
    if (to.startsWith("#")) return false;
    const isApart = one.target === "_blank" && one.rel === "noopener noreferrer";
    return !/^https?:/.test(to) || !isApart;
  });
  return {
    scripts: document.scripts.length,
    styles: document.querySelectorAll("style").length,
    foreign: [...document.querySelectorAll(foreign)].map((one) => one.outerHTML),
    handlers: all.flatMap((one) => one.getAttributeNames()).filter((one) => one.startsWith("on")),
    links: links.map((one) => one.outerHTML),
  };
}
"""


def look_at_everything(page: Page) -> None:
    """Open each event, and everything that is folded, and filter once."""
    for name in rows(page)[:20]:
        page.evaluate("(id) => { location.hash = `incident=${id}`; }", name)
        page.wait_for_timeout(20)
        page.locator("#incident details:not([open])").evaluate_all(
            "(all) => all.forEach((one) => { one.open = true; })"
        )
        assert_is_text(page)
        assert not is_too_wide(page)
    for select in page.locator("select:visible").all():
        select.select_option(index=1)
        select.select_option(index=0)
    assert_is_text(page)


@pytest.mark.parametrize("shift", range(0, len(HOSTILE), 7))
def test_hostile_texts_anywhere_are_only_text(pages: Pages, shift: int) -> None:
    texts = iter((*HOSTILE[shift:], *HOSTILE[:shift]) * 1000)
    path = EXAMPLES[shift % len(EXAMPLES)]
    feed = ae.read_feed(path)
    header = spoiled(feed.header, texts)
    dossier = ae.Dossier(ae.Feed(header, tuple(spoiled(one, texts) for one in feed.records)))
    page = pages.show(dossier.to_html(title=HOSTILE[shift]), NARROW if shift % 2 else WIDE)
    assert counts(page)[0] == len(dossier.incursions().certainly)
    look_at_everything(page)


def test_each_hostile_text_is_shown_as_it_is(pages: Pages) -> None:
    plain = [text for text in HOSTILE if text.isascii() and text.isprintable() and text.strip()]
    sources = [
        ae.Source(
            id=f"source-{number}",
            kind="news_report",
            publisher=text,
            title=text,
            url=f"https://example.org/{text.replace(' ', '')}",
        )
        for number, text in enumerate(plain)
    ]
    incursions = [
        incursion(
            id=f"incursion-{number}",
            title=text,
            note=text,
            places=[{"name": text, "geometry": {"type": "Point", "coordinates": [24, 57]}}],
            time={"value": "2024-09-07", "verbatim": text},
            sources=[{"source": f"source-{number}"}],
        )
        for number, text in enumerate(plain)
    ]
    page = pages.show(ae.Dossier([*sources, *incursions]).to_html())
    for number, text in enumerate(plain):
        page.evaluate("(id) => { location.hash = `incident=${id}`; }", f"incursion-{number}")
        page.wait_for_timeout(20)
        shown = page.locator("#incident").text_content() or ""
        assert squeezed(text) in squeezed(shown)
    assert_is_text(page)
    control(page, "source").select_option("__proto__")
    assert counts(page) == (1, 0)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", ["constructor", "to-string", "hasownproperty", "data", "map"])
def test_an_id_that_is_a_name_of_the_script_is_only_an_id(pages: Pages, name: str) -> None:
    records = [incursion(id=name, title="The first"), incursion(id="other", title="The other")]
    page = pages.show(ae.Dossier(records).to_html(), fragment=f"#incident={name}")
    assert "The first" in page.locator("#incident").inner_text()


@pytest.mark.parametrize(
    "family", [one for one in hostile_bytes() if one.is_read], ids=lambda one: one.name
)
def test_a_hostile_feed_that_can_be_read_makes_a_page(
    pages: Pages, family: Any, tmp_path: Any
) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_bytes(family.data)
    dossier = ae.Dossier.read(feed)
    page = pages.show(dossier.to_html())
    assert len(rows(page)) == counts(page)[0] == len(dossier.incursions().certainly)
    assert not is_too_wide(page)


# Extreme feeds.


def test_a_page_without_incidents_says_so(pages: Pages) -> None:
    page = pages.show(ae.Dossier([]).to_html())
    assert counts(page) == (0, 0)
    assert overlaps(page) == []


def test_a_page_of_one_incident_shows_it(pages: Pages) -> None:
    page = pages.show(ae.Dossier([incursion(title="The only one")]).to_html())
    assert "The only one" in page.locator("#incident").inner_text()
    assert counts(page) == (1, 0)


def test_incidents_without_a_place_are_counted_below_the_map(pages: Pages) -> None:
    unknown = {"state": None, "crossing": None, "places": [{"precision": "withheld"}]}
    records = [incursion(id=f"nowhere-{number}", **unknown) for number in range(3)]
    page = pages.show(ae.Dossier(records).to_html())
    assert "3 incidents" in page.locator("#not-on-map").inner_text()
    assert len(rows(page)) == 3


TIMES = ("2024-09/..", "../2024-09", "2024-09/", "/2024-09", "1900", "2200", "202X", "2024-21?")


def test_open_and_vague_times_make_a_timeline(pages: Pages) -> None:
    dossier = ae.Dossier(
        incursion(id=f"time-{number}", title=f"The time {value}", time={"value": value})
        for number, value in enumerate(TIMES)
    )
    page = pages.show(dossier.to_html())
    assert overlaps(page) == []
    shown = page.locator("#timeline").inner_text()
    assert [value for value in TIMES if f"The time {value}" not in shown] == []
    for first, last in (("2024-09-01", "2024-09-30"), ("1950-01-01", "2100-01-01")):
        control(page, "from").fill(first)
        control(page, "to").fill(last)
        assert counts(page) == numbers(dossier.incursions(between=(first, last)))


def test_open_times_alone_make_a_timeline(pages: Pages) -> None:
    records = [incursion(id="since", time={"value": "2024-09-07/.."})]
    records.append(incursion(id="until", time={"value": "/2024-09-07"}))
    page = pages.show(ae.Dossier(records).to_html())
    assert len(rows(page)) == 2
    assert overlaps(page) == []
    assert page.locator("#timeline").bounding_box()


EDGES = {
    "east of the antimeridian": {"type": "Point", "coordinates": [-179.99, -17]},
    "west of the antimeridian": {"type": "Point", "coordinates": [179.99, -17]},
    "on the antimeridian": {"type": "Point", "coordinates": [180, 65]},
    "North Pole": {"type": "Point", "coordinates": [0, 90]},
    "South Pole": {"type": "Point", "coordinates": [0, -90]},
    "area across the antimeridian": {
        "type": "MultiPolygon",
        "coordinates": [
            [[[170, 60], [180, 60], [180, 70], [170, 70], [170, 60]]],
            [[[-180, 60], [-170, 60], [-170, 70], [-180, 70], [-180, 60]]],
        ],
    },
    "line around the pole": {"type": "LineString", "coordinates": [[0, 80], [90, 89], [180, 80]]},
    "area of the whole world": {
        "type": "Polygon",
        "coordinates": [[[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]],
    },
}


@pytest.mark.parametrize("names", [*([name] for name in EDGES), list(EDGES)], ids=" and ".join)
def test_positions_at_the_edges_of_the_map_are_drawn(pages: Pages, names: list[str]) -> None:
    dossier = ae.Dossier(
        incursion(
            id=f"edge-{number}",
            title=name,
            places=[{"name": name, "geometry": EDGES[name], "radius": {"best": 50, "unit": "km"}}]
            if EDGES[name]["type"] == "Point"
            else [{"name": name, "geometry": EDGES[name]}],
        )
        for number, name in enumerate(names)
    )
    page = pages.show(dossier.to_html())
    assert page.locator("#not-on-map").inner_text() == ""
    assert overlaps(page) == []
    assert "NaN" not in page.locator("#map").inner_html()
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Show all").click()
    assert "NaN" not in page.locator("#map").inner_html()


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_texts_of_10_000_characters_break_no_layout(pages: Pages, size: tuple[int, int]) -> None:
    words, word = "A long sentence. " * 588, "x" * 10_000
    records = [
        incursion(
            id=f"long-{number}",
            title=text[:500],
            note=text,
            time={"value": "2024-09-07", "verbatim": text[:500]},
            places=[{"name": text[:500]}],
            responses=[{"kind": "other", "note": text}],
        )
        for number, text in enumerate((words, word))
    ]
    said = [
        ae.Statement(
            id=f"said-{number}",
            speakers=["LV"],
            made={"value": "2024-09-08"},
            about=["long-0", "long-1"],
            acts=[{"act": "characterise", "content": text}],
            sources=[{"source": "unn-lv"}],
        )
        for number, text in enumerate((words, word))
    ]
    page = pages.show(ae.Dossier([*records, *said]).to_html(), size)
    for name in ("long-0", "long-1"):
        page.goto(page.url.partition("#")[0] + f"#incident={name}")
        assert not is_too_wide(page)
        assert overlaps(page) == []
        height = page.evaluate("document.documentElement.scrollHeight")
        assert height < 12_000


def test_names_from_right_to_left_stand_apart(pages: Pages) -> None:
    name = "مسيّرة فوق ريغا"
    source = ae.Source(id="unn-lv", kind="news_report", publisher=name)
    record = incursion(title=name, places=[{"name": name}])
    page = pages.show(ae.Dossier([record, source]).to_html(title=name))
    assert page.locator("h1").inner_text() == name
    directions = page.get_by_text(name, exact=True).evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one).direction)"
    )
    assert "rtl" in directions
    assert overlaps(page) == []


def test_too_many_incidents_are_shown_as_totals(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("airspace_events.views.page.document.MOST_ITEMS", 100)
    dossier = ae.Dossier(synthetic_records(600))
    page = pages.show(dossier.to_html())
    assert "totals" in page.locator("footer").inner_text()
    kind = control(page, "kind").input_value()
    months = [row for row in dossier.states_by_months() if row.kind == kind]
    assert counts(page)[0] == sum(row.least for row in months)
    assert len(rows(page)) == min(len(months), 100)
    assert overlaps(page) == []
    control(page, "state").select_option("EE")
    assert counts(page)[0] == sum(row.least for row in months if row.state == "EE")
