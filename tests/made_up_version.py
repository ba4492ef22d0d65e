"""A version 0.9 of the schema that never was, to try migrations with.

In it a source is a ``report``; an incursion has ``when`` for its time, ``depth_m`` in metres, a
``priority``, which nothing stands for now, and calls an uncrewed aircraft a ``drone``.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from airspace_events.feeds.migrations import Migrations
from airspace_events.feeds.rewriting import JsonObject, Rewrite, Rewriting

HEADER = b'{"type":"feed","schema_version":"0.9","issuer":"A made-up desk"}'
REPORT = (
    b'{"type":"report","id":"a-report","kind":"news_report","publisher":"A made-up newsroom",'
    b'"language":"en"}'
)
INCURSION = (
    b'{"type":"incursion","id":"lv-1","state":"LV","when":{"value":"2024-09-07"},"crossing":"reported",'
    b'"depth_m":3500,"priority":2,"objects":[{"category":"unidentified"},{"category":"drone"}],'
    b'"sources":[{"source":"a-report"}]}'
)
FEED = b"\n".join([HEADER, REPORT, INCURSION, b""])
DOCUMENT = HEADER[:-1] + b',"records":[\n' + REPORT + b",\n" + INCURSION + b"]}"

#: The same feed as it is written in version 1.0.
NOW = (
    b'{"type":"feed","schema_version":"1.0","publisher":"A made-up desk"}\n'
    b'{"type":"source","id":"a-report","kind":"news_report","publisher":"A made-up newsroom",'
    b'"language":"en"}\n'
    b'{"type":"incursion","id":"lv-1","state":"LV","time":{"value":"2024-09-07"},"crossing":"reported",'
    b'"depth":{"best":3.5,"unit":"km"},"objects":[{"category":"unidentified"},'
    b'{"category":"uncrewed_aircraft"}],"sources":[{"source":"a-report"}]}\n'
)


def from_0_9(record: Mapping[str, Any]) -> tuple[JsonObject, Sequence[Rewrite]]:
    rewriting = Rewriting(record)
    kind = record.get("type")
    if kind == "feed":
        rewriting.rename(("issuer",), "publisher", "the issuer is called publisher")
    if kind == "report":
        rewriting.put(("type",), "source", "word_renamed", "a report is called a source")
    if kind == "incursion":
        rewriting.rename(("when",), "time", "when is called time")
        rewriting.remove(("priority",), "field_removed", "nothing stands for the priority")
        metres = rewriting.find("depth_m")
        if isinstance(metres, int | float):
            depth = {"best": metres / 1000, "unit": "km"}
            rewriting.put(("depth_m",), depth, "unit_changed", "the depth is in kilometres")
            rewriting.rename(("depth_m",), "depth", "depth_m is called depth")
        objects = rewriting.find("objects")
        for number in range(len(objects) if isinstance(objects, list) else 0):
            parts = ("objects", number, "category")
            if rewriting.find(*parts) == "drone":
                message = "a drone is called an uncrewed aircraft"
                rewriting.put(parts, "uncrewed_aircraft", "word_renamed", message)
    return rewriting.done()


def made_up() -> Migrations:
    migrations = Migrations("1.0")
    migrations.register("0.9", "1.0")(from_0_9)
    return migrations
