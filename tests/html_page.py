"""The parts of a page for readers."""

import json
from html.parser import HTMLParser
from typing import Any


class Page(HTMLParser):
    """The parts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, str] = {}
        self._open = ""
        self.rows: list[list[str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = dict(attrs).get("type") or tag
        if tag == "tr":
            self.rows.append([])
        elif tag == "td":
            self.rows[-1].append("")

    def handle_endtag(self, _: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        self.inside[self._open] = self.inside.get(self._open, "") + data
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data

    @property
    def data(self) -> Any:
        return json.loads(self.inside["application/json"])

    @property
    def items(self) -> dict[str, Any]:
        """The items by id, with what the script of the page adds."""
        data, defaults = self.data, {"type": "incursion", "n": [1, 1]}
        lines = data["sources"]
        for item in data["items"]:
            if "sources" in item:
                item["sources"] = [[lines[at] for at in group] for group in item["sources"]]
        return {item["id"]: {**defaults, **item} for item in data["items"]}
