"""What parsing a record costs now, against an earlier commit.

    git worktree add ../earlier c4bd02570b483d400f4d34fc6e342bd216440c78
    python tests/benchmarks/earlier_parse.py ../earlier/src [--rounds 40]

Each round starts one process for each of the two versions, in turn, and each process parses the
same records many times. The least time of all rounds counts, since other work on the machine only
adds to it. Where the two versions write a fact differently, each gets the record in its own form.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NOW, EARLIER = "now", "earlier"
PARSES, BATCHES = 40, 80
MICROSECONDS = 1e6

TIME = {"value": "2024-09-07T22:30:00+03:00", "timezone": "Europe/Riga"}
DRONES = {
    "category": "uncrewed_aircraft",
    "id": "first",
    "count": {"verbatim": "two drones", "best": 2},
    "designation": "Geran-2",
    "fates": [{"fate": "crashed", "time": {"value": "2024-09-07"}}],
}
PLACE = {
    "name": "Gaigalava",
    "role": "deepest",
    "state": "LV",
    "geometry": {"type": "Point", "coordinates": [27.09, 56.73]},
    "precision": "vicinity",
    "method": "geocoded",
}
SCRAMBLE = {
    "kind": "scramble",
    "by": ["LV"],
    "stage": "done",
    "assets": [{"designation": "F-16", "operator": "LV"}],
}
SMALL: dict[str, Any] = {
    "type": "incursion",
    "id": "lv-2024-09-07",
    "time": {"value": "2024-09-07"},
    "sources": [{"source": "unn-lv"}],
}
SOURCE = {
    "type": "source",
    "id": "unn-lv",
    "kind": "news_report",
    "publisher": "UNN",
    "title": "A drone fell",
    "url": "https://example.org/a-drone-fell",
    "language": "en",
    "published": "2024-09-09",
    "derived_from": [{"source": "lv-mod", "how": "cites"}],
}
STATEMENT: dict[str, Any] = {
    "type": "statement",
    "id": "lv-mod-1",
    "speakers": ["LV"],
    "made": {"value": "2024-09-09", "timezone": "Europe/Riga"},
    "about": ["lv-2024-09-07"],
    "sources": [{"source": "unn-lv"}],
}
INTENT = {"aspect": "intent", "value": "intentional_attack", "polarity": "no_evidence"}
ATTRIBUTION = {"aspect": "attribution", "value": "RU", "involvement": "operated"}
CAUSE = {"aspect": "cause", "value": "loss_of_control", "likelihood": "likely"}
WORD = {"aspect": "characterisation", "value": "violation"}


def full(time_name: str, **judged: Any) -> dict[str, Any]:
    """An incursion with most of what reports tell."""
    cited = [{"source": "unn-lv", "supports": [time_name]}]
    told: dict[str, Any] = {"time": TIME, "sources": cited, "depth": {"best": 90, "unit": "km"}}
    told |= {"entered_from": ["BY"], "places": [PLACE], "detected_by": ["LV"]}
    told |= {"objects": [DRONES], "responses": [SCRAMBLE]}
    return SMALL | told | judged


def claiming(*claims: dict[str, Any]) -> dict[str, Any]:
    """A statement with claims."""
    return STATEMENT | {"claims": claims}


def field(*names: str, **given: Any) -> dict[str, Any]:
    """A claim about fields."""
    return {"aspect": "field", "fields": names, **given}


TWELVE_FACTS = json.loads(
    (Path(__file__).parents[1] / "data" / "twelve_facts.json").read_text(encoding="utf-8")
)
COUNT, DEPTH = {"best": 19}, {"best": 90, "unit": "km"}
RECORDS: dict[str, dict[str, Any]] = {
    "an incursion": {
        NOW: full("time", state="LV", over="land", crossing="reported", occurrence="reported"),
        EARLIER: full(
            "/time",
            airspace={"state": "LV", "over": "land"},
            crossing="reported",
            occurrence="reported",
        ),
    },
    "a small incursion": {
        NOW: SMALL | {"state": "LV", "crossing": "reported"},
        EARLIER: SMALL | {"airspace": {"state": "LV"}},
    },
    "a source": {NOW: SOURCE, EARLIER: SOURCE},
    "a statement with four claims": dict.fromkeys(
        (NOW, EARLIER), claiming(INTENT, ATTRIBUTION, CAUSE, WORD)
    ),
    "a statement with four claims that affirm fields": {
        NOW: claiming(
            field("crossing"),
            field("objects.first.category"),
            field("entered_from", value="BY"),
            field("depth"),
        ),
        EARLIER: claiming(
            {"aspect": "airspace_crossing"},
            {"aspect": "object_type", "value": "uncrewed_aircraft", "pointer": "/objects/0"},
            {"aspect": "entered_from", "value": "BY"},
            {"aspect": "depth", "value": DEPTH},
        ),
    },
    "a statement with four claims of values": {
        NOW: claiming(
            field("totals.crossings", value=COUNT),
            field("objects.first.category", value="uncrewed_aircraft"),
            field("depth", value=DEPTH),
            field("entered_from", value="BY"),
        ),
        EARLIER: claiming(
            {"aspect": "count", "value": COUNT, "counted": "crossings"},
            {"aspect": "object_type", "value": "uncrewed_aircraft", "pointer": "/objects/0"},
            {"aspect": "depth", "value": DEPTH},
            {"aspect": "entered_from", "value": "BY"},
        ),
    },
    "a statement that affirms twelve facts": {
        NOW: claiming(*TWELVE_FACTS["now"]),
        EARLIER: claiming(*TWELVE_FACTS["before"]),
    },
}


def least(data: bytes) -> float:
    """Return the least time of a parse, in seconds."""
    from airspace_events.feeds.reading import record_adapter  # noqa: PLC0415 (of either version)

    parse = record_adapter().validator.validate_json
    parse(data)
    times: list[float] = []
    for _ in range(BATCHES):
        start = time.perf_counter()
        for _ in range(PARSES):
            parse(data)
        times.append((time.perf_counter() - start) / PARSES)
    return min(times)


def measured(source: Path, version: str) -> dict[str, float]:
    """Return the least times of one process with a version."""
    command = [sys.executable, __file__, "--measure", version]
    told = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(source)}
    )
    found: dict[str, float] = json.loads(told.stdout)
    return found


def rows(rounds: list[dict[str, dict[str, float]]]) -> Iterator[str]:
    """A row for each record."""
    yield f"{'':50} {'earlier':>8} {'now':>8} {'ratio':>6}"
    for name in RECORDS:
        earlier, now = (
            min(one[version][name] for one in rounds) * MICROSECONDS for version in (EARLIER, NOW)
        )
        yield f"{name:50} {earlier:8.2f} {now:8.2f} {now / earlier:6.2f}"


def main() -> None:
    """Measure, and print the microseconds and the ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("earlier", type=Path, nargs="?", help="the src folder of that commit")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        lines = {name: json.dumps(of[chosen.measure]).encode() for name, of in RECORDS.items()}
        json.dump({name: least(data) for name, data in lines.items()}, sys.stdout)
        return
    if chosen.earlier is None:
        parser.error("name the src folder of the earlier commit")
    folders = {EARLIER: chosen.earlier, NOW: Path(__file__).parents[2] / "src"}
    rounds = [
        {version: measured(folder, version) for version, folder in folders.items()}
        for _ in range(chosen.rounds)
    ]
    sys.stdout.writelines(row + "\n" for row in rows(rounds))


if __name__ == "__main__":
    main()
