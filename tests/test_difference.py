"""The difference of two feeds: what it finds, how it is shown, and that it makes the new feed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path
from typing import Any, cast

import feedparser
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.cli.commands import airspace_events
from airspace_events.comparing.difference import FeedDifference
from airspace_events.formats.digests import identity
from airspace_events.testing import strategies as aes
from airspace_events.views.change_feed import atom_lines
from airspace_events.views.difference_views import html_lines, json_lines, text_lines
from one_incursion import incursion

NOW = datetime(2031, 3, 4, tzinfo=UTC)
EXAMPLES = Path(__file__).resolve().parents[1] / "docs" / "examples"
MONDAY, TUESDAY = (str(EXAMPLES / f"tracker-{day}.jsonl") for day in ("monday", "tuesday"))
HOSTILE = "\x1b[31m<script>alert(1)</script>\n::error::##[group]\u202e"
few = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def revised(draw: st.DrawFn) -> tuple[ae.Feed, ae.Feed]:
    """A feed, and a feed with some of its records, changed or not, and with others."""
    old, other = draw(aes.feeds()), draw(aes.feeds())
    kept = [one for one in old.records if draw(st.booleans())]
    names = {one.type: one.id for one in old.records}
    changed = [
        one.replace(id=names[one.type]) if one.type in names and draw(st.booleans()) else one
        for one in other.records
    ]
    by_key = {(one.type, one.id, one.revision): one for one in (*kept, *changed)}
    records = draw(st.permutations(list(by_key.values())))
    return old, ae.Feed(other.header, tuple(records))


def identities(records: Iterable[ae.Record]) -> list[bytes]:
    return sorted(map(identity, records))


# Properties.


@few
@given(aes.feeds(), st.randoms(use_true_random=False))
def test_a_feed_does_not_differ_from_itself_in_any_order(feed: ae.Feed, random: Any) -> None:
    shuffled = list(feed.records)
    random.shuffle(shuffled)
    found = ae.diff(feed, ae.Feed(feed.header, tuple(shuffled)))
    assert not found
    assert list(text_lines(found)) == ["no changes"]


@few
@given(revised())
def test_applying_a_difference_gives_the_new_feed(feeds: tuple[ae.Feed, ae.Feed]) -> None:
    old, new = feeds
    made = ae.diff(old, new).apply(old)
    assert made.header == new.header
    assert identities(made.records) == identities(new.records)


@few
@given(revised())
def test_the_json_also_holds_all_that_is_needed(feeds: tuple[ae.Feed, ae.Feed]) -> None:
    old, new = feeds
    document = json.loads("\n".join(json_lines(ae.diff(old, new))))
    parse: Callable[[Any], ae.Record] = lambda one: parsed(json.dumps(one))  # noqa: E731
    gone = {identity(parse(one)) for each in document["records"] for one in each["taken_out"]}
    put_in = [parse(one) for each in document["records"] for one in each["put_in"]]
    kept = [one for one in old.records if identity(one) not in gone]
    assert identities([*kept, *put_in]) == identities(new.records)
    assert ae.FeedHeader(**document["new_header"]) == new.header


def parsed(text: str) -> ae.Record:
    from airspace_events.feeds.reading import record_adapter  # noqa: PLC0415

    return record_adapter().validate_json(text)


@few
@given(revised())
def test_every_difference_is_shown_and_safe_to_print(feeds: tuple[ae.Feed, ae.Feed]) -> None:
    found = ae.diff(*feeds)
    for change in found.records:
        if change.before is not None and change.after is not None:
            last = identity(change.before), identity(change.after)
            shown = change.fields or change.before.revision != change.after.revision
            assert bool(shown) == (last[0] != last[1])
    for line in text_lines(found):
        assert line.isprintable() or not line
        assert "##[" not in line
    page = "\n".join(html_lines(found))
    assert page.isascii()
    assert "<script" not in page


@few
@given(revised())
def test_every_changed_field_shows_two_different_values(feeds: tuple[ae.Feed, ae.Feed]) -> None:
    lines = list(text_lines(ae.diff(*feeds)))
    for line in lines:
        before, arrow, after = line.strip().partition(" -> ")
        assert not arrow or before.partition(": ")[2] != after


@few
@given(revised())
def test_the_change_feed_is_atom(feeds: tuple[ae.Feed, ae.Feed]) -> None:
    check_atom("\n".join(atom_lines(ae.diff(*feeds), NOW)))


def check_atom(text: str) -> Any:
    """Check the requirements of RFC 4287 for feeds and entries."""
    feed = cast("Any", feedparser.parse(text.encode()))
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    assert feed.feed.id
    assert feed.feed.title
    assert feed.feed.updated_parsed
    assert feed.feed.author
    names = [entry.id for entry in feed.entries]
    assert len(set(names)) == len(names)
    for entry in feed.entries:
        assert entry.id.startswith("urn:uuid:")
        assert entry.title
        assert entry.updated_parsed
        assert len(entry.content) == 1  # so the entry needs no link
        assert ">\\u000a<" not in entry.content[0].value
    return feed


# What is found.


def fields(old: ae.Record, new: ae.Record) -> list[str]:
    found = ae.diff(ae.Feed.of([old]), ae.Feed.of([new]))
    return [line.strip() for line in text_lines(found)][1:-1]


def changed(**changes: Any) -> list[str]:
    return fields(BASE, BASE.replace(revision=2, **changes))[:-1]


BASE = incursion(
    objects=[{"id": "jets", "count": {"best": 2}}, {"id": "other"}],
    effects=[{"kind": "injury"}, {"kind": "death"}],
    during=["one", "two"],
)


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ({"crossing": "confirmed"}, ["crossing: reported -> confirmed"]),
        ({"title": "A night"}, ['title: "A night" (added)']),
        ({"during": ["two", "one"]}, ["during: one, two -> two, one"]),
        ({"during": ["two", "three"]}, ["during: one (removed)", "during: three (added)"]),
        (
            {"objects": BASE.objects[::-1]},
            ["objects: kind not reported: 2, kind not reported: number"],
        ),
        (
            {"objects": [{"id": "jets", "count": {"best": 3}}, {"id": "other"}]},
            ["objects.jets.count: 2 -> 3"],
        ),
        ({"objects": BASE.objects[:1]}, ["objects.other: kind not reported: number not reported"]),
        ({"effects": [{"kind": "death"}, {"kind": "injury"}]}, ["effects: injury: number"]),
        ({"effects": [{"kind": "death"}]}, ["effects.0: injury: number not reported (removed)"]),
        ({"extensions": {}}, ["extensions: {} (added)"]),
        ({"extensions": {"a.example": {"b": 1}}}, ['extensions: {"a.example":{"b":1}} (added)']),
        (
            {"time": {"value": "2024-09-08"}},
            ["time: 2024-09-07, Europe/Riga -> 2024-09-08, no"],
        ),
    ],
)
def test_the_fields_that_changed(changes: dict[str, Any], lines: list[str]) -> None:
    found = changed(**changes)
    assert len(found) == len(lines), found
    for line, start in zip(found, lines, strict=True):
        assert line.startswith(start)


EMPTY: list[Any] = [None, {}, [], "", 0, False, {"b": None}, {"b": {}}, {"b": []}]


@pytest.mark.parametrize(("old", "new"), list(permutations(EMPTY, 2)))
def test_empty_values_of_extension_data_differ(old: Any, new: Any) -> None:
    one, other = (incursion(extensions={"a.example": it}) for it in (old, new))
    assert any(line.startswith("extensions.a.example") for line in fields(one, other))


def test_the_kinds_of_change() -> None:
    kept, gone, revised_, withdrawn = (incursion(id=name) for name in "abcd")
    why = {"at": "2031-01-01T00:00:00Z", "reason": "made up"}
    new = [
        kept,
        revised_.replace(revision=2, title="x"),
        withdrawn.replace(revision=2, retracted=why),
        incursion(id="e"),
    ]
    found = ae.diff(ae.Feed.of([kept, gone, revised_, withdrawn]), ae.Feed.of(new))
    assert {one.id: one.kind for one in found.records} == {
        "b": "removed",
        "c": "revised",
        "d": "retracted",
        "e": "added",
    }
    assert dict(found.counts) == {"added": 1, "revised": 1, "retracted": 1, "removed": 1}


def test_a_change_without_a_new_revision_is_reported_as_such() -> None:
    lines = fields(BASE, BASE.replace(title="x"))
    assert lines == ["title: x (added)", "revision 1 was changed without a new number"]


def test_a_change_of_an_earlier_revision_is_found() -> None:
    first, last = BASE, BASE.replace(revision=2, title="x")
    old, new = ae.Feed.of([last]), ae.Feed.of([first, last])
    assert "    revision 1 was added" in text_lines(ae.diff(old, new))
    assert "    revision 1 was removed" in text_lines(ae.diff(new, old))


def test_a_long_text_is_shown_where_it_differs() -> None:
    old, new = (BASE.replace(note="x" * 900 + end) for end in "ab")
    line, _ = fields(old, new)
    assert line.endswith('xxxa" -> "…' + "x" * 20 + 'b"')


def test_the_header_is_compared_without_its_time_of_writing() -> None:
    old = ae.Feed.of([BASE], title="a", generated_at="2031-01-01T00:00:00Z")
    later = ae.Feed.of([BASE], title="a", generated_at="2031-01-02T00:00:00Z")
    assert not ae.diff(old, later)
    assert ae.diff(old, later).apply(old).header == later.header
    lines = list(text_lines(ae.diff(old, ae.Feed.of([BASE], title="b"))))
    assert lines == ["header", "    title: a -> b", "only the header changed"]


def test_a_difference_applies_only_to_the_old_feed() -> None:
    old, new = (ae.Feed.of([incursion(id=name)]) for name in "ab")
    with pytest.raises(ValueError, match="it lacks 1 of the old records, and already has 1 of"):
        ae.diff(old, new).apply(new)


def test_a_difference_is_not_applied_twice() -> None:
    old = ae.Feed.of([incursion(id="a")])
    new = ae.Feed.of([*old.records, incursion(id="b")])
    other = ae.Feed.of([*old.records, incursion(id="b", title="other")])
    for feed in (new, other):
        with pytest.raises(ValueError, match="it lacks 0 of the old records, and already has 1"):
            ae.diff(old, new).apply(feed)


def test_text_from_records_is_inert() -> None:
    old = incursion(title="before", note="x")
    found = ae.diff(ae.Feed.of([old]), ae.Feed.of([old.replace(title=HOSTILE, note="y")]))
    for line in text_lines(found):
        assert line.isprintable()
        assert not line.startswith("::")
        assert "##[" not in line
    assert "<script" not in "\n".join(html_lines(found))
    (entry,) = check_atom("\n".join(atom_lines(found, NOW))).entries
    assert "<script" not in entry.content[0].value


# Embargoes.


def embargoed(day: int, **given_fields: Any) -> ae.Incursion:
    until = f"2031-03-{day:02}T00:00:00Z"
    return incursion(marking={"embargo_until": until}, **given_fields)


def atom_of(old: Iterable[ae.Record], new: Iterable[ae.Record]) -> Any:
    found = ae.diff(ae.Feed.of(old), ae.Feed.of(new))
    return check_atom("\n".join(atom_lines(found, NOW)))


def test_a_change_feed_has_no_record_under_embargo() -> None:
    assert not atom_of([], [embargoed(5)]).entries
    assert len(atom_of([], [embargoed(3)]).entries) == 1


def test_a_change_feed_has_no_value_of_a_revision_under_embargo() -> None:
    secret = embargoed(5, title="Secret")
    (entry,) = atom_of([secret], [incursion(revision=2, title="Public")]).entries
    assert "Secret" not in str(entry)


# The command line.


def run(*arguments: str, **options: Any) -> Result:
    return CliRunner().invoke(airspace_events, ["diff", *arguments], **options)


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_the_exit_code_says_if_there_are_changes_only_on_request(form: str) -> None:
    assert run(MONDAY, TUESDAY, "--format", form).exit_code == 0
    assert run(MONDAY, TUESDAY, "--format", form, "--exit-code").exit_code == 1
    assert run(MONDAY, MONDAY, "--format", form, "--exit-code").exit_code == 0


def bad_feeds() -> Iterator[tuple[str, bytes]]:
    header = b'{"type":"feed","schema_version":"1.0"}\n'
    other = ae.to_json(BASE.replace(title="x"))
    yield "cannot read", b""
    yield ":1: the feed must begin with a header", ae.to_json(BASE)
    yield "schema version 2.0 is not supported", header.replace(b"1.0", b"2.0")
    yield ":2: an incursion has no field", header + ae.to_json(BASE)[:-1] + b',"tiem":1}'
    yield (
        ':3: revision 1 of "lv-2024-09-07" already exists with different contents, on line 2',
        header + ae.to_json(BASE) + b"\n" + other,
    )


@pytest.mark.parametrize(("message", "data"), list(bad_feeds()))
def test_a_feed_that_is_not_valid_is_refused_with_its_place(
    message: str, data: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "bad.jsonl"
    if data:
        file.write_bytes(data)
    for feeds in ([str(file), MONDAY], [MONDAY, str(file)]):
        result = run(*feeds, "--exit-code")
        assert result.exit_code == 3
        assert message.lower() in result.stderr.lower()
        assert str(file) in result.stderr


def test_standard_input_can_be_one_of_the_feeds() -> None:
    data = Path(MONDAY).read_bytes()
    assert run("-", MONDAY, "--exit-code", input=data).exit_code == 0
    assert run(MONDAY, "-", "--exit-code", input=data).exit_code == 0
    assert run("-", "-", input=data).exit_code == 2


def test_the_command_writes_a_change_feed(tmp_path: Path) -> None:
    target = tmp_path / "changes.atom"
    result = run(MONDAY, TUESDAY, "--atom", str(target), "--now", "2031-03-05T00:00:00Z")
    assert result.exit_code == 0
    feed = check_atom(target.read_text(encoding="utf-8"))
    assert [entry.tags[0].term for entry in feed.entries] == ["revised", "retracted", "added"]


def test_the_change_feed_never_replaces_a_feed(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(Path(MONDAY).read_bytes())
    result = run(MONDAY, str(file), "--atom", str(file))
    assert result.exit_code == 2
    assert f"this would replace {file}" in result.stderr
    assert file.read_bytes() == Path(MONDAY).read_bytes()


def test_the_command_reports_records_under_embargo(tmp_path: Path) -> None:
    new, target = tmp_path / "new.jsonl", tmp_path / "changes.atom"
    ae.write_feed(ae.Feed.of([embargoed(5)]), new)
    result = run(MONDAY, str(new), "--atom", str(target), "--now", "2031-03-04T00:00:00Z")
    assert result.stderr == f"{target}: 1 record left out because of an embargo\n"


def test_a_difference_is_a_table_in_a_notebook() -> None:
    found: FeedDifference = ae.diff(MONDAY, TUESDAY)
    assert "Changed records: 4" in found._repr_html_()
