"""Pages in a real browser, and faults that no page may have."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

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
