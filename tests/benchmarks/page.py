"""How large the page for readers is, and how fast it opens and filters in a browser.

    python tests/benchmarks/page.py [INCIDENTS ...]

Each round makes the page of that many made-up incidents, opens it in a new window of Chromium, and
filters it by each state and kind. A filter is done when the browser has laid out the next frame.
Times are medians of several rounds, in milliseconds.
"""

import sys
import tempfile
import time
from itertools import accumulate
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

import airspace_events as ae
from airspace_events.testing import synthetic_records
from shown_pages import READY, WIDE, launched

SIZES, ROUNDS, MOST_OPTIONS = (1_000, 5_000), 5, 8
MILLISECONDS = 1e3

FILTER = """
async (select) => {
  const frame = () => new Promise(requestAnimationFrame);
  const times = [];
  for (const option of [...select.options].slice(0, MOST_OPTIONS)) {
    await frame();
    const start = performance.now();
    select.value = option.value;
    select.dispatchEvent(new Event("change", {bubbles: true}));
    await frame();
    document.body.getBoundingClientRect();
    await new Promise((done) => setTimeout(done));
    times.push(performance.now() - start);
  }
  return times;
}
""".replace("MOST_OPTIONS", str(MOST_OPTIONS))


def dossier_of(incidents: int) -> ae.Dossier:
    """The first records of the made-up feed that have this many incursions."""
    records = list(synthetic_records(3 * incidents))
    seen = list(accumulate(record.type == "incursion" for record in records))
    return ae.Dossier(records[: seen.index(incidents) + 1])


def opened(browser: Browser, url: str) -> tuple[Page, float]:
    """A new page, and the milliseconds until it is ready."""
    page = browser.new_page(viewport={"width": WIDE[0], "height": WIDE[1]})
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector(READY, state="attached")
    return page, (time.perf_counter() - start) * MILLISECONDS


def measure(browser: Browser, incidents: int, folder: Path) -> str:
    """Measure the page of this many incidents, and return a row of the table."""
    file = folder / "page.html"
    making, opening, filtering = [], [], []
    dossier = dossier_of(incidents)
    for _ in range(ROUNDS):
        start = time.process_time()
        file.write_text(dossier.to_html(), encoding="utf-8")
        making.append((time.process_time() - start) * MILLISECONDS)
        page, taken = opened(browser, file.as_uri())
        opening.append(taken)
        for select in page.locator("select").element_handles()[:2]:
            filtering += select.evaluate(FILTER)
        page.close()
    size = file.stat().st_size / 1e6
    return (
        f"{incidents:9,} {size:8.2f} {median(making):12.0f} {median(opening):8.0f}"
        f" {median(filtering):9.0f} {max(filtering):12.0f}"
    )


def main() -> None:
    """Measure the sizes that were given, or the usual ones."""
    sizes = [int(one) for one in sys.argv[1:]] or SIZES
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = launched(playwright)
        print("incidents       MB   making, ms open, ms filter, ms slowest, ms")  # noqa: T201
        for incidents in sizes:
            print(measure(browser, incidents, Path(folder)), flush=True)  # noqa: T201
        browser.close()


if __name__ == "__main__":
    main()
