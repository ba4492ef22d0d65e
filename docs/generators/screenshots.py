"""Screenshots of what the library shows: the page for readers, the HTML report, a notebook.

`python docs/generators/screenshots.py` writes them into `docs/_static`. It needs Chromium and the
extra `browser`, so `python docs/generate.py` does not run it. The pictures have few colours, so
that they are small.
"""

import io
import shutil
from collections.abc import Iterator
from contextlib import chdir
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from click.testing import CliRunner
from PIL import Image
from playwright.sync_api import Page, sync_playwright

import airspace_events as ae
from airspace_events.cli.commands import airspace_events

ROOT = Path(__file__).parent.parent.parent
WIDTH, SCALE, COLOURS = 1280, 1.5, 96

_NOTEBOOK = """\
<!doctype html>
<meta charset="utf-8">
<style>
body { background: white; color: #212121; font: 14px/1.5 "Liberation Sans", sans-serif }
body { margin: 16px }
div { display: flex; gap: 12px; margin-bottom: 12px }
b, pre { font: 13px/1.5 "Liberation Mono", monospace }
b { color: #616161; flex: 0 0 4.5em; padding-top: 9px; text-align: end }
pre { background: #f5f5f5; border: 1px solid #e0e0e0; flex: 1; margin: 0; padding: 8px 12px }
section { flex: 1; overflow: hidden }
</style>
"""

_CELLS = (
    'dossier = ae.Dossier.read("docs/examples/poland-2025-09-10.jsonl")\ndossier',
    'dossier.claims_about("pl-2025-09-10", aspect="intent")',
    'dossier.resolve("statement-klisz")',
)


class Picture(NamedTuple):
    """A page to take a picture of.

    Attributes:
        name: the name of the file, without its suffix.
        html: the page.
        height: the height of the picture in pixels of the page, or None for the whole page.
        fragment: the fragment of the URL, such as `#incident=pl-2025-09-10`.
    """

    name: str
    html: str
    height: int | None = None
    fragment: str = ""


def pictures() -> Iterator[Picture]:
    """Yield the pages to take pictures of."""
    with chdir(ROOT):
        nine = ae.Dossier.read("docs/examples/bucharest-nine.jsonl")
        yield Picture("page", nine.to_html(), 960)
        call = ["validate", "docs/examples/broken.jsonl", "--format", "html"]
        yield Picture("report", CliRunner().invoke(airspace_events, call).output, 715)
        yield Picture("notebook", _notebook())


def _notebook() -> str:
    """Return a page with the cells of a notebook and their results."""
    names = {"ae": ae}
    page = [_NOTEBOOK]
    for number, cell in enumerate(_CELLS, 1):
        *lines, last = cell.splitlines()
        exec("\n".join(lines), names)  # noqa: S102  # the cells above
        shown = eval(last, names)  # noqa: S307  # as above
        page.append(
            f"<div><b>In [{number}]:</b><pre>{escape(cell)}</pre></div>"
            f"<div><b>Out[{number}]:</b><section>{shown._repr_html_()}</section></div>"
        )
    return "".join(page)


def take(page: Page, picture: Picture, folder: Path) -> bytes:
    """Show a page, and return a picture of it with few colours."""
    file = folder / f"{picture.name}.html"
    file.write_text(picture.html, encoding="utf-8")
    page.set_viewport_size({"width": WIDTH, "height": picture.height or 1})
    page.goto(file.as_uri() + picture.fragment)
    if "data-ready" in picture.html:
        page.wait_for_selector("html[data-ready=true]", state="attached")
    taken = page.screenshot(full_page=picture.height is None, animations="disabled")
    written = io.BytesIO()
    few = Image.open(io.BytesIO(taken)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(written, "PNG", optimize=True)
    return written.getvalue()


def main() -> None:
    """Write all pictures."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path)
        page = browser.new_page(device_scale_factor=SCALE, color_scheme="light")
        for picture in pictures():
            file = ROOT / "docs" / "_static" / f"{picture.name}.png"
            file.write_bytes(take(page, picture, Path(folder)))
        browser.close()


if __name__ == "__main__":
    main()
