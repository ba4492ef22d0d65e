"""Feeds that grow with a number, of families that a slow validator would stumble over.

Each grows about linearly with its number, and so must the work of checking it: the promises count
the steps, and ``benchmarks/growth.py`` measures the time.
"""

from __future__ import annotations

from collections.abc import Callable

from damaged_feeds import HEADER
from small_feeds import DENIAL, INCURSION, SOURCE, STATEMENT, feed, more, repeated

AFFIRMED = '{"aspect":"field","fields":["zones.z#"]}'

GROWING: dict[str, Callable[[int], bytes]] = {
    "brackets": lambda n: feed("[" * 20 * n),
    "brackets of a document": lambda n: b'{"records":[' + b"[" * 20 * n,
    "brackets, again and again": lambda n: feed(*["[" * 150 + "]" * 150] * (n // 8)),
    "braces": lambda n: feed('{"a":' * 10 * n),
    "quotes": lambda n: feed('"' * 40 * n, more(SOURCE, '"note":"' + '\\"' * 20 * n + '"')),
    "colons in a text": lambda n: feed(more(SOURCE, '"note":"' + '\\":' * 10 * n + '"')),
    "backslashes": lambda n: feed(SOURCE[:-1] + "\\" * 40 * n, '{"id":"' + "\\" * 40 * n),
    "spaces": lambda n: feed(" " * 40 * n + SOURCE, SOURCE.replace(":", " " * 10 * n + ":")),
    "blank lines": lambda n: HEADER + b"\n" * 40 * n + feed(SOURCE),
    "a key that stands often": lambda n: feed(more(SOURCE, repeated('"note":"a"', n))),
    "keys that stand twice, within each other": lambda n: feed(
        more(SOURCE, '"extensions":{"a.example":' + '{"a":1,"a":' * 40 + "1" + "}" * 41)
    )
    * (n // 50),
    "long ids": lambda n: feed(SOURCE.replace('"s"', '"' + "a-" * 40 * n + '"')),
    "long names": lambda n: feed(
        more(STATEMENT, '"about":[' + repeated('"' + "a-" * 2_000 + '"', n // 20) + "]")
    ),
    "long times": lambda n: feed(
        more(SOURCE, '"published":"' + "2024-09-" * 40 * n + '"'),
        INCURSION.replace("2024-09-07", "/" * 80 * n),
        INCURSION.replace("2024-09-07", "2024~?%" * 40 * n),
        INCURSION.replace("2024-09-07", "[2024," * 40 * n),
    ),
    "long zones": lambda n: feed(
        INCURSION.replace('"value"', '"timezone":"' + "Europe/" * 40 * n + '","value"')
    ),
    "long texts": lambda n: feed(more(SOURCE, '"note":"' + "drone 5 km " * 40 * n + '"')),
    "long words for a time": lambda n: feed(
        INCURSION.replace('"value"', '"verbatim":"' + "early last " * 20 * n + '","value"')
    ),
    "many errors in one record": lambda n: feed(more(SOURCE, repeated('"k#":1', n))),
    "many wrong items": lambda n: feed(SOURCE, more(INCURSION, f'"objects":[{repeated("#", n)}]')),
    "many objects": lambda n: feed(
        SOURCE,
        more(INCURSION, '"objects":[' + repeated('{"category":"missile","id":"o#"}', n) + "]"),
    ),
    "many numbers": lambda n: feed(
        more(SOURCE, '"extensions":{"a.example":[' + repeated("0.1000000000000000001", n) + "]}")
    ),
    "many citations": lambda n: feed(
        SOURCE, INCURSION.replace('{"source":"s"}', repeated('{"source":"s"}', n))
    ),
    "names that lead nowhere": lambda n: feed(
        SOURCE,
        INCURSION.replace('"s"}', '"s","supports":[' + repeated('"objects.x#"', n) + "]}"),
    ),
    "names of items": lambda n: feed(
        SOURCE,
        more(
            INCURSION.replace('"s"}', '"s","supports":[' + repeated('"objects.o#"', n) + "]}"),
            '"objects":[' + repeated('{"category":"missile","id":"o#"}', n) + "]",
        ),
    ),
    "long names of fields": lambda n: feed(
        SOURCE, INCURSION.replace('"s"}', f'"s","supports":["objects{".objects" * 40 * n}"]}}')
    ),
    "many unresolved references": lambda n: feed(
        more(STATEMENT, '"about":[' + repeated('"x#"', n) + "]")
    ),
    "many sources that come later": lambda n: feed(
        INCURSION.replace('{"source":"s"}', repeated('{"source":"s-#"}', n)),
        *(SOURCE.replace('"s"', f'"s-{number}"') for number in range(n)),
    ),
    "many originals of one source": lambda n: feed(
        more(SOURCE, '"derived_from":[' + repeated('{"source":"x-#"}', n) + "]")
    ),
    "many merged records": lambda n: feed(
        more(SOURCE, '"replaces":[' + repeated('"x-#"', n) + "]")
    ),
    "many denials": lambda n: feed(
        more(STATEMENT, '"about":["RO"],"claims":[' + repeated(DENIAL, n) + "]")
    ),
    "many claims about many": lambda n: feed(
        SOURCE,
        *(INCURSION.replace('"lv"', f'"lv-{number}"') for number in range(n // 2)),
        more(
            STATEMENT,
            f'"about":[{repeated(chr(34) + "lv-#" + chr(34), n // 2)}],'
            f'"claims":[{repeated(DENIAL, n // 2)}]',
        ),
    ),
    "many objects that are the same": lambda n: feed(
        SOURCE,
        more(
            INCURSION,
            '"objects":[{"category":"missile","same_as":['
            + repeated('"x-#@one"', n).replace("@", "#")
            + "]}]",
        ),
    ),
    "many forward references": lambda n: feed(
        *(INCURSION.replace('"lv"', f'"lv-{number}"') for number in range(n // 2)), SOURCE
    ),
    "claims that wait": lambda n: feed(
        *(
            more(
                STATEMENT.replace("said", f"said-{number}"),
                '"about":["lv"],"claims":[{"aspect":"field","fields":["totals.crossings"],'
                '"value":{"best":3}}]',
            )
            for number in range(n // 4)
        ),
        SOURCE,
        INCURSION,
    ),
    "claims about each item": lambda n: feed(
        SOURCE,
        more(
            INCURSION,
            '"objects":['
            + repeated('{"category":"missile","id":"o#","count":{"best":2}}', n)
            + "]",
        ),
        more(
            STATEMENT,
            '"about":["lv"],"claims":['
            + repeated('{"aspect":"field","fields":["objects.o#.count"]}', n)
            + "]",
        ),
    ),
    "claims about each revision": lambda n: feed(
        SOURCE,
        *(more(INCURSION, f'"revision":{number + 1}') for number in range(n // 4)),
        more(
            STATEMENT,
            '"about":["lv"],"claims":['
            + repeated('{"aspect":"field","fields":["objects.o#.count"]}', n // 4)
            + "]",
        ),
    ),
    "claims about many records in one": lambda n: feed(
        SOURCE,
        *(INCURSION.replace('"lv"', f'"lv-{number}"') for number in range(n // 4)),
        more(
            STATEMENT,
            '"claims":['
            + repeated('{"aspect":"field","fields":["depth"],"about":["lv-#"]}', n // 4)
            + "]",
        ),
    ),
    "claims for many": lambda n: feed(
        SOURCE,
        INCURSION,
        more(
            STATEMENT.replace('"RO"', repeated('"voice-#"', n)),
            '"about":["lv"],"claims":['
            + repeated(f'{AFFIRMED},{AFFIRMED[:-1]},"polarity":"denied"}}', n // 2)
            + "]",
        ),
    ),
    "many names in a claim": lambda n: feed(
        SOURCE,
        INCURSION,
        more(
            STATEMENT,
            '"about":["lv"],"claims":[{"aspect":"field","fields":['
            + repeated('"objects.o#"', n)
            + "]}]",
        ),
    ),
    "a chain of copies": lambda n: feed(
        *(
            more(
                SOURCE.replace('"s"', f'"s-{number}"'),
                f'"derived_from":[{{"source":"s-{number + 1}","how":"republished"}}]',
            )
            for number in range(n // 4)
        )
    ),
    "revisions": lambda n: feed(
        *(more(SOURCE, f'"revision":{number + 1}') for number in range(n // 2))
    ),
    "one id again and again": lambda n: feed(*[SOURCE] * (n // 2)),
    "deep extensions": lambda n: feed(
        *[more(SOURCE, '"extensions":{"a.example":' + '{"a":' * 100 + "1" + "}" * 101)] * (n // 16)
    ),
    "wide extensions": lambda n: feed(
        more(SOURCE, '"extensions":{"a.example":{' + repeated('"k#":{"a":[1]}', n) + "}}")
    ),
    "a large ring": lambda n: feed(
        SOURCE,
        more(
            INCURSION,
            '"places":[{"state":"LV","geometry":{"type":"Polygon","coordinates":[['
            + repeated("[24.5,56.#]", n)
            + "]]}}]",
        ),
    ),
    "unresolved references among many ids": lambda n: feed(
        *(SOURCE.replace('"s"', f'"source-{number}"') for number in range(n)),
        *(
            INCURSION.replace('"lv"', f'"lv{number}"').replace('"s"', f'"sorce-{number}"')
            for number in range(n)
        ),
    ),
    "records of a document on one line": lambda n: (
        HEADER[:-1]
        + b',"records":['
        + b",".join(SOURCE.replace('"s"', f'"s{number}"').encode() for number in range(n))
        + b"]}"
    ),
}  # fmt: skip
