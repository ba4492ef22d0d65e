"""Pages in a real browser, and faults that no page may have."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Frame, Locator, Page, Playwright

WIDE, NARROW = (1280, 800), (390, 844)
READY = "html[data-ready=true]"

_WATCH = """
window.faults = [];
addEventListener("securitypolicyviolation", (event) =>
  faults.push(`refused by the policy: ${event.violatedDirective} ${event.blockedURI}`));
for (const name of ["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "open"])
  window[name] = () => faults.push(`called ${name}`);
"""


def launched(playwright: Playwright) -> Browser:
    """Start the Chromium of this machine, since Playwright's own must be downloaded."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    assert path, f"the tests of the page need one of these programs: {', '.join(names)}"
    return playwright.chromium.launch(executable_path=path)


@dataclass
class Pages:
    """Shows pages from files, and notes what they do that no page may do."""

    browser: Browser
    folder: Path
    faults: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    numbers: Callable[[], int] = field(default_factory=lambda: count().__next__)

    def file(self, html: str) -> str:
        """Write a page into a file, and return its URL."""
        path = self.folder / f"{self.numbers()}.html"
        path.write_text(html, encoding="utf-8")
        self.files.add(path.as_uri())
        return path.as_uri()

    def show(
        self,
        html: str,
        size: tuple[int, int] = WIDE,
        *,
        fragment: str = "",
        ready: str = READY,
        **options: Any,
    ) -> Page:
        """Open a page in a context of its own, and wait until it is ready.

        Args:
            html: the text of the page.
            size: the width and height of the window.
            fragment: the fragment of the URL, with its `#`.
            ready: the selector of an element that exists when the page is ready.
            options: options of the context, such as `color_scheme="dark"`.
        """
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, **options
        )
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        context.add_init_script(_WATCH)
        context.on("request", self._note_request)
        context.on("console", self._note_message)
        context.on("weberror", lambda raised: self.faults.append(f"raised {raised.error}"))
        page = context.new_page()
        page.on("dialog", self._note_dialog)
        page.on("popup", lambda popup: self.faults.append(f"opened {popup.url}"))
        page.on("download", lambda loaded: self.faults.append(f"downloaded {loaded.url}"))
        page.goto(self.file(html) + fragment)
        page.wait_for_selector(ready, state="attached")
        return page

    def close(self) -> list[str]:
        """Close all pages, and return the faults of the pages."""
        for context in self.contexts:
            for page in context.pages:
                if not _answers(page):
                    self.faults.append("does not answer")
                    continue
                for frame in page.frames:
                    self.faults += frame.evaluate(
                        "[...(window.faults ?? []), ...('hacked' in window ? ['hacked'] : [])]"
                    )
            context.close()
        return self.faults

    def _note_request(self, request: Any) -> None:
        if request.url.partition("#")[0] not in self.files:
            self.faults.append(f"requested {request.url}")

    def _note_message(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"wrote to the console: {message.text}")

    def _note_dialog(self, dialog: Any) -> None:
        self.faults.append(f"asked {dialog.message}")
        dialog.dismiss()


def _answers(page: Page) -> bool:
    """Return whether the script of a page has come to an end."""
    from playwright.sync_api import TimeoutError as TooLate  # noqa: PLC0415  # an extra

    try:
        page.wait_for_selector("html", state="attached")
    except TooLate:
        return False
    return True


# What a page shows.


def counts(page: Page) -> tuple[int, int]:
    """The numbers of incidents that match for certain, and possibly, as the page says them."""
    sentence = page.get_by_role("status").inner_text().partition(".")[0].replace(",", "")
    least, *rest = [int(word) for word in sentence.split() if word.isdecimal()]
    most = rest[0] if rest else 0
    # "All 3 to 5 incidents are shown", but "3 incidents match for certain, 2 possibly".
    return least, most - least if " to " in sentence else most


def rows(page: Page) -> list[str]:
    """The ids of the rows of the table that are shown."""
    found: list[str] = page.locator("#rows").evaluate(
        """(table) => [...table.querySelectorAll("tr[data-id]")]
            .filter((row) => row.checkVisibility()).map((row) => row.dataset.id)"""
    )
    return found


def control(page: Page, name: str) -> Locator:
    """The control of a filter, such as `state` or `from`."""
    return page.locator(f"#filter-form [name={name}]")


def choices(page: Page, name: str) -> list[str]:
    """The values of a select, without the first, which stands for all."""
    found: list[str] = control(page, name).evaluate(
        "(select) => [...select.options].map((one) => one.value)"
    )
    return found[1:]


_OVERLAPS = """
(root) => {
  // What is laid out only when it is near the window has no places yet.
  for (const one of document.querySelectorAll("main *")) one.style.contentVisibility = "visible";
  const boxes = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest("script, style, option")) continue;
    if (!parent.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    const clip = {left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity};
    for (let one = parent; one; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.overflow === "visible" || style.display === "inline") continue;
      const edge = one.getBoundingClientRect();
      clip.left = Math.max(clip.left, edge.left);
      clip.top = Math.max(clip.top, edge.top);
      clip.right = Math.min(clip.right, edge.right);
      clip.bottom = Math.min(clip.bottom, edge.bottom);
    }
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      // The box of a line is higher than its letters.
      const spare = box.height / 6;
      const left = Math.max(box.left + 1, clip.left), right = Math.min(box.right - 1, clip.right);
      const top = Math.max(box.top + spare, clip.top);
      const bottom = Math.min(box.bottom - spare, clip.bottom);
      if (right - left < 2 || bottom - top < 2) continue;
      const place = parent.closest("[id], [class]");
      const name = `${place?.id || place?.getAttribute("class") || ""}: ${node.data.trim()}`;
      boxes.push({node, text: name.slice(0, 60), left, right, top, bottom});
    }
  }
  const found = [];
  boxes.sort((one, other) => one.top - other.top);
  boxes.forEach((one, number) => {
    for (const other of boxes.slice(number + 1)) {
      if (other.top >= one.bottom) break;
      // The end of a text that is cut off has two boxes.
      if (one.node === other.node) continue;
      if (one.left < other.right && other.left < one.right)
        found.push(`${one.text} / ${other.text}`);
    }
  });
  return found;
}
"""


def overlaps(page: Page | Frame, selector: str = "body") -> list[str]:
    """The pairs of texts within an element that lie over one another."""
    found: list[str] = page.locator(selector).first.evaluate(_OVERLAPS)
    return found


def is_too_wide(page: Page | Frame) -> bool:
    """Return whether a reader would have to scroll sideways."""
    found: bool = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return found


def colours(page: Page, selector: str) -> list[int]:
    """The numbers of pixels of each colour of an element, the most frequent colour first."""
    from PIL import Image  # noqa: PLC0415  # an extra

    picture = Image.open(io.BytesIO(page.locator(selector).first.screenshot())).convert("RGB")
    found = picture.getcolors(picture.width * picture.height)
    return sorted((number for number, _ in found or ()), reverse=True)


def problems_of_axe(page: Page) -> list[str]:
    """The violations of WCAG 2.2, levels A and AA, that axe finds."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  # an extra

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": tags, "resultTypes": ["violations"]})
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]
