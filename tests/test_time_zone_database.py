"""A time zone database that is missing or broken is an error, and never a verdict on a feed."""

import os
import subprocess
import sys
import zoneinfo
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest

import airspace_events as ae
from airspace_events.validation import workers
from airspace_events.values import time

FEED = b"""\
{"type":"feed","schema_version":"1.0"}
{"type":"source","id":"s","kind":"news_report","publisher":"P","language":"en"}
{"type":"incursion","id":"i","state":"LV","time":{"value":"2024-09-07"},"sources":[{"source":"s"}]}
"""
ZONED = FEED.replace(b'"2024-09-07"', b'"2024-09-07","timezone":"Europe/Riga"')
RIGA = files("tzdata.zoneinfo.Europe").joinpath("Riga").read_bytes()
MISSING = "cannot read the time zone database: the database is missing; install the package tzdata"

Search = Callable[..., None]


@pytest.fixture
def search(monkeypatch: pytest.MonkeyPatch) -> Iterator[Search]:
    """Let zoneinfo search other folders, and the package tzdata only if that is wanted."""

    def forget() -> None:
        zoneinfo.ZoneInfo.clear_cache()
        for cached in (time.zone_named, time.time_zones, time._check_zone):
            cached.cache_clear()

    def search(*folders: Path, tzdata: bool) -> None:
        zoneinfo.reset_tzpath(folders)
        if not tzdata:
            for name in [name for name in sys.modules if name.startswith("tzdata.")]:
                monkeypatch.delitem(sys.modules, name)
            monkeypatch.setitem(sys.modules, "tzdata", None)
        forget()

    yield search
    zoneinfo.reset_tzpath()
    forget()


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A feed that workers would share, however small it is."""
    monkeypatch.setattr(workers, "_WORTH_SHARING", 0)
    (tmp_path / "feed.jsonl").write_bytes(ZONED)
    return tmp_path / "feed.jsonl"


def test_the_package_tzdata_is_enough(search: Search, feed: Path) -> None:
    search(tzdata=True)
    assert ae.validate(feed).ok


@pytest.mark.parametrize("processes", [1, 2])
def test_without_a_database_a_feed_with_a_zone_gets_no_verdict(
    search: Search, feed: Path, processes: int
) -> None:
    search(tzdata=False)
    with pytest.raises(ae.UnreadableError, match=MISSING):
        ae.validate(feed, workers=processes)
    with pytest.raises(ae.UnreadableError, match=MISSING):
        ae.read_feed(feed)
    feed.write_bytes(FEED)
    assert ae.validate(feed, workers=processes).ok


@pytest.mark.parametrize(
    "command", ["validate FEED", "convert FEED FEED.csv", "time 2024 --timezone Europe/Riga"]
)
def test_without_a_database_a_command_says_so_and_exits_with_3(command: str, feed: Path) -> None:
    (feed.parent / "tzdata").mkdir()
    (feed.parent / "tzdata" / "__init__.py").touch()
    path = f"{feed.parent}:{Path(ae.__file__).parent.parent}"
    done = subprocess.run(
        [sys.executable, "-m", "airspace_events", *command.replace("FEED", str(feed)).split()],
        env={**os.environ, "PYTHONPATH": path, "PYTHONTZPATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == f"airspace-events: {MISSING}\n"
    assert not Path(f"{feed}.csv").exists()


@pytest.mark.parametrize("zone", ["Europe/Riga", "UTC", "Europe/Rgia"])
def test_without_a_database_no_zone_is_called_unknown(search: Search, zone: str) -> None:
    search(tzdata=False)
    with pytest.raises(ae.UnreadableError, match=MISSING):
        ae.ReportedTime(value="2024-09-07", timezone=zone)


# What is cut off in its last line is read forever by zoneinfo itself.
@pytest.mark.parametrize("length", [0, 4, 50, len(RIGA) // 2])
def test_a_zone_whose_file_is_broken_is_not_called_unknown(
    search: Search, tmp_path: Path, length: int
) -> None:
    (tmp_path / "Europe").mkdir()
    (tmp_path / "Europe" / "Riga").write_bytes(RIGA[:length])
    search(tmp_path, tzdata=True)
    with pytest.raises(
        ae.UnreadableError, match="the file for Europe/Riga is broken; repair the database"
    ):
        ae.ReportedTime(value="2024-09-07", timezone="Europe/Riga")
    assert ae.ReportedTime(value="2024-09-07", timezone="Europe/Vilnius").earliest


@pytest.mark.parametrize(
    "name",
    [
        "Europe/Rgia",
        "Europe",
        "Europe/",
        "UTC/x",
        "../UTC",
        "A/../../UTC",
        "localtime",
        "",
        "Ж",
        "\0",
    ],
)
def test_other_names_are_still_unknown(name: str) -> None:
    with pytest.raises(ae.TimeExpressionError, match="no time zone with this name"):
        time.zone_named(name)
