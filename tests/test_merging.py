"""The merge of feeds: nothing is lost, and what contradicts is refused with both places."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.cli.commands import airspace_events
from airspace_events.comparing.parts import NAMESPACE
from airspace_events.formats.digests import identity
from airspace_events.testing import HostileBytes, hostile_bytes
from airspace_events.testing import strategies as aes
from airspace_events.values.structure import named_records
from one_incursion import incursion

EXAMPLES = Path(__file__).resolve().parents[1] / "docs" / "examples"
MONDAY, TUESDAY = (str(EXAMPLES / f"tracker-{day}.jsonl") for day in ("monday", "tuesday"))
WHEN = "2031-03-04T00:00:00Z"
LICENCE = "CC0-1.0"
few = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def overlapping(draw: st.DrawFn) -> tuple[ae.Feed, ae.Feed, ae.Feed]:
    """Three feeds, with some of the records of one consistent feed each."""
    records = list(without_contradictions(draw(aes.feeds()).records))
    headers = st.builds(
        ae.FeedHeader,
        schema_version=st.just("1.0"),
        title=st.sampled_from([None, "a", "b"]),
        publisher=st.sampled_from([None, "A desk"]),
        license=st.sampled_from([None, LICENCE]),
    )
    one, two, three = (
        ae.Feed(draw(headers), tuple(record for record in records if draw(st.booleans())))
        for _ in range(3)
    )
    return one, two, three


def without_contradictions(records: Iterable[ae.Record]) -> Iterator[ae.Record]:
    """The records, without those that contradict others once they are in different feeds."""
    replaced: dict[str, str] = {}
    in_order = sorted(records, key=lambda one: one.revision)
    in_force = {one.id: one.revision for one in in_order if one.retracted is None}
    for record in records:
        by_others = any(
            replaced.setdefault(one, record.id) != record.id for one in record.replaces
        )
        is_overruled = record.revision < in_force.get(record.id, 0)
        if not by_others and not (record.retracted is not None and is_overruled):
            yield record


def merge(*feeds: ae.Feed) -> ae.Feed:
    return ae.merge(*feeds, license=LICENCE)


def contents(feed: ae.Feed) -> tuple[ae.FeedHeader, list[bytes]]:
    return feed.header, sorted(map(identity, feed.records))


def each_once(feeds: Iterable[ae.Feed]) -> list[tuple[ae.FeedHeader, list[bytes]]]:
    found: list[tuple[ae.FeedHeader, list[bytes]]] = []
    for feed in map(contents, feeds):
        if feed not in found:
            found.append(feed)
    return found


# Properties.


@few
@given(overlapping())
def test_merging_is_associative(feeds: tuple[ae.Feed, ae.Feed, ae.Feed]) -> None:
    one, two, three = feeds
    assert merge(merge(one, two), three) == merge(one, merge(two, three)) == merge(*feeds)


@few
@given(overlapping())
def test_merging_is_commutative_but_for_the_order(
    feeds: tuple[ae.Feed, ae.Feed, ae.Feed],
) -> None:
    one, two, _ = feeds
    assert contents(merge(one, two)) == contents(merge(two, one))


@few
@given(overlapping())
def test_merging_is_idempotent(feeds: tuple[ae.Feed, ae.Feed, ae.Feed]) -> None:
    one, two, _ = feeds
    both = merge(one, two)
    assert ae.merge(one, one) == ae.merge(one) == one
    assert merge(both, both) == merge(both, two) == both
    assert contents(merge(two, both)) == contents(both)


@few
@given(overlapping())
def test_splitting_gives_the_feeds_again(feeds: tuple[ae.Feed, ae.Feed, ae.Feed]) -> None:
    assert each_once(ae.split(merge(*feeds))) == each_once(feeds)


@few
@given(aes.feeds(), aes.feeds(), aes.feeds())
def test_prefixes_keep_feeds_apart_and_valid(one: ae.Feed, two: ae.Feed, three: ae.Feed) -> None:
    feeds = [ae.Feed(feed.header, short(feed.records)) for feed in (one, two, three)]
    first = ae.merge(*feeds[:2], prefixes=["x", "y"], license=LICENCE)
    merged = ae.merge(first, feeds[2], prefixes=["m", "z"], license=LICENCE)
    assert len(merged.records) == sum(len(feed.records) for feed in feeds) + 3
    assert ae.validate(merged).ok
    assert [contents(feed) for feed in ae.split(merged)] == [contents(feed) for feed in feeds]


def short(records: Sequence[ae.Record]) -> tuple[ae.Record, ...]:
    """The records, if all ids are short enough for a prefix."""
    names = [one.name for record in records for one in named_records(record)]
    names += [record.id for record in records]
    return tuple(records) if max(map(len, names)) < 120 else ()


@few
@given(aes.records(), aes.records())
def test_any_two_records_are_merged_or_refused(one: ae.Record, two: ae.Record) -> None:
    feeds = [ae.Feed.of([record]) for record in (one, two)]
    try:
        merged = ae.merge(*feeds)
    except ae.MergeError as error:
        is_refused = one.id == two.id or "leads back to" in str(error) or bool(one.replaces)
    else:
        is_refused = False
        assert each_once(ae.split(merged)) == each_once(feeds)
    # Two contents of one revision are never merged.
    same_key = (one.id, one.revision) == (two.id, two.revision)
    assert is_refused or not same_key or identity(one) == identity(two)


# What a merged feed says.


def feed(*records: ae.Record, **header: Any) -> ae.Feed:
    return ae.Feed.of(records, **header)


def parts(record: ae.Record) -> Any:
    return (record.extensions or {}).get(NAMESPACE)


def test_a_merged_record_names_its_feeds_and_they_are_described() -> None:
    shared, own = incursion(id="a"), incursion(id="b", extensions={"a.example": 1})
    merged = ae.merge(feed(shared, title="One"), feed(shared, own, title="Two", publisher="B"))
    one, two, first, second = merged.records
    assert isinstance(one, ae.Source)
    assert isinstance(two, ae.Source)
    assert (one.kind, one.publisher, one.title) == ("dataset", "One", "One")
    assert (two.kind, two.publisher, two.title) == ("dataset", "B", "Two")
    assert one.id.startswith("feed-one-")
    assert parts(first) == {"parts": sorted([one.id, two.id])}
    assert second.extensions == {"a.example": 1, NAMESPACE: {"parts": [two.id]}}


def test_merged_and_split_records_cannot_be_changed_in_place() -> None:
    own = feed(incursion(extensions={"a.example": {"b": [1]}}), title="x")
    merged = ae.merge(own, feed(incursion(id="other")))
    split = chain.from_iterable(part.records for part in ae.split(merged))
    data = [record.extensions for record in (*merged.records, *split) if record.extensions]
    assert len(data) == 5
    for extensions in data:
        for one in (extensions, *extensions.values()):
            with pytest.raises(TypeError, match="cannot be changed in place"):
                cast("dict[str, Any]", one)["c"] = 1


def test_all_revisions_are_kept_and_the_last_counts() -> None:
    old, new = incursion(), incursion(revision=2, title="new")
    merged = ae.merge(feed(new), feed(old, title="x"))
    dossier = ae.Dossier(merged)
    assert len(dossier.revisions(old.id)) == 2
    assert dossier.incursions().certainly[0].title == "new"


def test_an_empty_object_of_extensions_is_kept() -> None:
    feeds = [feed(incursion(extensions={})), feed(incursion(id="b"))]
    assert [contents(one) for one in ae.split(ae.merge(*feeds))] == [
        contents(one) for one in feeds
    ]


def test_records_with_equal_digests_are_the_same_record() -> None:
    one, other = (
        incursion(extensions={"a.example": dict(items)})
        for items in ([("x", 1), ("y", 2)], [("y", 2.0), ("x", 1)])
    )
    assert len(ae.merge(feed(one), feed(other, title="x")).records) == 3
    assert not ae.diff(feed(one), feed(other))


def test_records_without_digests_are_the_same_if_they_are_equal() -> None:
    one, other = (incursion(extensions={"a.example": 2**60 + more}) for more in (0, 1))
    assert not ae.diff(feed(one), feed(one))
    assert ae.diff(feed(one), feed(other)).records


def test_header_fields_are_kept_if_all_agree() -> None:
    merged = ae.merge(
        feed(incursion(), title="a", license=LICENCE, language="en"),
        feed(incursion(), title="b", license=LICENCE, language="en", note="x"),
    )
    assert merged.header == ae.FeedHeader(schema_version="1.0", license=LICENCE, language="en")


def test_a_prefix_reaches_every_reference_and_nothing_else() -> None:
    source = ae.Source(id="s", kind="news_report", publisher="made up", language="en")
    event = incursion(
        id="e",
        sources=[{"source": "s"}],
        replaces=["gone"],
        entered_from=["BY"],
        note="e and s",
        extensions={"a.example": "e"},
        objects=[{"id": "jets", "possibly_same_as": [{"object": "f#jets"}]}],
    )
    said = ae.Statement(id="t", speakers=["nato"], made={"value": "2031"}, about=["e"])
    merged = ae.merge(feed(source, event, said), prefixes=["x-y"])
    _, _, renamed, spoken = merged.records
    assert isinstance(renamed, ae.Incursion)
    assert isinstance(spoken, ae.Statement)
    assert (renamed.id, renamed.sources[0].source, renamed.replaces) == (
        "x-y-e",
        "x-y-s",
        ("x-y-gone",),
    )
    assert renamed.objects[0].possibly_same_as[0].object == "x-y-f#jets"
    assert (renamed.entered_from, renamed.note) == (("BY",), "e and s")
    assert (spoken.speakers, spoken.about) == (("nato",), ("x-y-e",))
    assert (renamed.extensions or {})["a.example"] == "e"


# What contradicts.


RETRACTED = {"at": WHEN, "reason": "made up"}
SOURCE = ae.Source(id="s", kind="news_report", publisher="made up", language="en")
CONTRADICTIONS: dict[str, tuple[list[ae.Feed], str]] = {
    "content": (
        [feed(incursion(id="a")), feed(incursion(id="b"), incursion(id="a", title="x"))],
        'feeds[1]:3: revision 1 of "a" differs from feeds[0]:2 in title ("x", not none)',
    ),
    "marking": (
        [
            feed(incursion(id="a", marking={"embargo_until": WHEN})),
            feed(incursion(id="a")),
        ],
        (
            'feeds[1]:2: revision 1 of "a" differs from feeds[0]:2 in marking (none, not '
            '{"embargo_until":"2031-03-04T00:00:00Z"})'
        ),
    ),
    "empty extension data": (
        [feed(incursion(id="a", extensions={})), feed(incursion(id="a"))],
        'feeds[1]:2: revision 1 of "a" differs from feeds[0]:2 in extensions (none, not {})',
    ),
    "order": (
        [
            feed(incursion(id="a", effects=[{"kind": kind} for kind in kinds]))
            for kinds in (("injury", "death"), ("death", "injury"))
        ],
        (
            'feeds[1]:2: revision 1 of "a" differs from feeds[0]:2 in effects '
            '([{"kind":"death"},{"kind":"injury"}], not [{"kind":"injury"},{"kind":"death"}])'
        ),
    ),
    "type": (
        [feed(incursion(id="s")), feed(SOURCE)],
        'feeds[1]:2: "s" is the id of a source here, but the id of an incursion at feeds[0]:2',
    ),
    "retraction of a revision": (
        [feed(incursion(id="a", retracted=RETRACTED)), feed(incursion(id="a"))],
        (
            'feeds[1]:2: revision 1 of "a" differs from feeds[0]:2 in retracted (none, not '
            '{"at":"2031-03-04T00:00:00Z","reason":"made up"})'
        ),
    ),
    "later revision of a retracted record": (
        [feed(incursion(id="a", retracted=RETRACTED)), feed(incursion(id="a", revision=2))],
        'feeds[1]:2: "a" is retracted at feeds[0]:2, but this later revision is not retracted',
    ),
    "cycle of mergers": (
        [feed(incursion(id="a", replaces=["b"])), feed(incursion(id="b", replaces=["a"]))],
        'feeds[0]:2: "a" is a merger of "b", which leads back to "a" (and 1 more problem)',
    ),
    "two mergers": (
        [feed(incursion(id="a", replaces=["c"])), feed(incursion(id="b", replaces=["c"]))],
        'feeds[1]:2: "b" replaces "c", but so does "a" at feeds[0]:2',
    ),
    "licence": (
        [feed(SOURCE, license="CC0-1.0"), feed(SOURCE)],
        (
            'feeds[1]:1: the feed has no licence, but feeds[0] has the licence "CC0-1.0"; give '
            "the licence of the merged feed with `license`"
        ),
    ),
    "version": (
        [feed(SOURCE), feed(SOURCE, schema_version="1.3")],
        (
            "feeds[1]:1: the schema version is 1.3, but the version of feeds[0] is 1.0; merge "
            "only feeds with the same version"
        ),
    ),
    "two in one feed": (
        [feed(incursion(id="a"), incursion(id="a", title="x"))],
        'feeds[0]:3: revision 1 of "a" already exists with different contents, on line 2',
    ),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_what_contradicts_is_refused_with_both_places(name: str) -> None:
    feeds, message = CONTRADICTIONS[name]
    with pytest.raises(ae.MergeError) as caught:
        ae.merge(*feeds)
    assert str(caught.value) == message


def test_a_revision_of_a_desk_that_knows_of_the_retraction_is_no_contradiction() -> None:
    taken_back, again = incursion(retracted=RETRACTED), incursion(revision=2)
    assert len(ae.merge(feed(taken_back), feed(taken_back, again)).records) == 4


def test_a_retraction_after_a_revision_is_no_contradiction() -> None:
    older, taken_back = incursion(), incursion(revision=2, retracted=RETRACTED)
    assert len(ae.Dossier(ae.merge(feed(older), feed(taken_back)))) == 2


@pytest.mark.parametrize("prefixes", [("a", "a-b"), ("a", "")])
def test_ids_that_collide_through_a_prefix_are_refused(prefixes: tuple[str, str]) -> None:
    two = incursion(id="c" if prefixes[1] else "a-b-c", revision=2)
    with pytest.raises(ae.MergeError, match=r'"a-b-c" is also the id of the record at feeds'):
        ae.merge(feed(incursion(id="b-c")), feed(two), prefixes=prefixes)


def test_a_prefix_that_makes_an_id_too_long_is_refused() -> None:
    with pytest.raises(ae.MergeError, match='an id becomes too long with the prefix "xy"'):
        ae.merge(feed(incursion(id="a" * 127)), prefixes=["xy"])


@pytest.mark.parametrize("prefix", ["A", "a-", "a b", "-", "é"])
def test_a_prefix_must_be_an_id(prefix: str) -> None:
    with pytest.raises(ValueError, match="is not a valid prefix"):
        ae.merge(feed(SOURCE), prefixes=[prefix])


def test_there_must_be_a_feed_for_each_prefix() -> None:
    with pytest.raises(
        ValueError,
        match="at least one feed, and at least as many feeds as prefixes; it got 0 feeds",
    ):
        ae.merge()
    with pytest.raises(ValueError, match="it got 1 feed"):
        ae.merge(feed(SOURCE), prefixes=["a", "b"])


@pytest.mark.parametrize(
    "data",
    [
        None,
        1,
        {},
        {"parts": []},
        {"parts": ["unknown"]},
        {"parts": "feed-x"},
        {"parts": [[]]},
        {"header": 1},
        {"header": {"type": "feed"}},
        {"header": {"type": "feed", "schema_version": "1.0"}, "prefix": 1},
        {"header": {"type": "feed", "schema_version": "1.0"}, "prefix": "x"},
    ],
)
def test_extension_data_that_name_no_feeds_are_a_problem(data: Any) -> None:
    merged = ae.merge(feed(incursion(id="a")), feed(incursion(id="b")))
    *first, last = merged.records
    changed = last.model_copy(update={"extensions": {NAMESPACE: data} if data else None})
    for call in (ae.split, ae.merge):
        with pytest.raises(
            ae.MergeError,
            match=f'record "{last.id}" does not say which original feed it comes from',
        ):
            call(ae.Feed(merged.header, (*first, changed)))


@pytest.mark.parametrize("family", hostile_bytes(), ids=str)
def test_hostile_bytes_are_compared_and_merged_or_refused(family: HostileBytes) -> None:
    for call in (ae.diff, partial(ae.merge, license=LICENCE)):
        if family.is_read:
            call(io.BytesIO(family.data), MONDAY)
        else:
            with pytest.raises((ae.FeedError, ae.MergeError)) as caught:
                call(io.BytesIO(family.data), MONDAY)
            assert str(caught.value).isprintable()


CYCLES = {
    "derived_from": (
        SOURCE.replace(derived_from=[{"source": "t"}]),
        SOURCE.replace(id="t", derived_from=[{"source": "s"}]),
    ),
    "part_of": tuple(
        ae.Series(id=one, title="x", kind="other", part_of=other) for one, other in ("ab", "ba")
    ),
    "parent": tuple(
        ae.Organization(id=one, name="x", kind="agency", parent=other)
        for one, other in ("ab", "ba")
    ),
}


@pytest.mark.parametrize("field", CYCLES)
def test_a_cycle_through_two_feeds_is_refused(field: str) -> None:
    one, other = CYCLES[field]
    with pytest.raises(ae.MergeError, match=r"feeds.0.:2: .* which leads back to") as caught:
        ae.merge(feed(one), feed(other))
    assert len(caught.value.problems) == 2


# The command line.


def run(*arguments: str, **options: Any) -> Result:
    return CliRunner().invoke(airspace_events, ["merge", *arguments], **options)


def test_the_command_merges_and_splits(tmp_path: Path) -> None:
    merged, folder = str(tmp_path / "m.jsonl"), str(tmp_path / "parts")
    result = run(MONDAY, TUESDAY, "-o", merged)
    assert result.exit_code == 0
    assert result.stderr == "2 feeds merged: 7 records, 2 of them in several feeds\n"
    assert ae.validate(merged).ok
    result = run("--split", merged, "-o", folder)
    assert result.exit_code == 0
    read = [ae.read_feed(f"{folder}/feed-{number}.jsonl") for number in (1, 2)]
    assert each_once(read) == each_once(map(ae.read_feed, (MONDAY, TUESDAY)))


def test_the_command_lists_all_problems_and_writes_nothing(tmp_path: Path) -> None:
    one, two, target = (tmp_path / f"{name}.jsonl" for name in "abc")
    ae.write_feed(feed(incursion(id="a"), incursion(id="b")), one)
    ae.write_feed(feed(incursion(id="a", title="x"), incursion(id="b", title="y")), two)
    two.write_text(two.read_text(encoding="utf-8") + '{"type":"incursion"}\n{"x', encoding="utf-8")
    result = run(str(one), str(two), "--output", str(target))
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert [line.partition(": ")[0] for line in lines] == [
        f"{two}:4",
        f"{two}:5",
        f"{two}:2",
        f"{two}:3",
        "4 problems; the feeds were not merged",
    ]
    assert not target.exists()


def test_the_command_renames_by_a_prefix(tmp_path: Path) -> None:
    one, two = tmp_path / "a=b.jsonl", tmp_path / "b.jsonl"
    ae.write_feed(feed(incursion(id="a")), one)
    ae.write_feed(feed(incursion(id="a", title="x")), two)
    result = run(str(one), str(two), "-o", "-", "--prefix", f"{one}=first")
    assert result.exit_code == 0
    ids = [json.loads(line).get("id") for line in result.stdout.splitlines()]
    assert ids[3:] == ["first-a", "a"]
    for wrong in ("first", f"{one}=A", f"{two}x=a"):
        assert run(str(one), "-o", "-", "--prefix", wrong).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["nowhere.jsonl"], 3),
        (["-", "-"], 2),
        (["--split", MONDAY, TUESDAY], 2),
        (["--split", MONDAY, "--license", "x"], 2),
        (["--split", "nowhere.jsonl"], 3),
        ([MONDAY, "--license", ""], 2),
        ([MONDAY, "--license", "x" * 501], 2),
        ([MONDAY, "--prefix", f"{MONDAY}="], 2),
    ],
)
def test_exit_codes(arguments: list[str], code: int, tmp_path: Path) -> None:
    assert run(*arguments, "-o", str(tmp_path / "out")).exit_code == code


def test_the_command_reports_embargoes_and_ids_that_look_alike(tmp_path: Path) -> None:
    one, two = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    held = incursion(id="lv-2031-03-01", marking={"embargo_until": "2199-01-01T00:00:00Z"})
    ae.write_feed(feed(held), one)
    revisions = (incursion(id="lv-20310301", revision=number) for number in (1, 2))
    ae.write_feed(feed(*revisions), two)
    result = run(str(one), str(two), "-o", str(tmp_path / "out.jsonl"))
    assert result.stderr.splitlines() == [
        "2 feeds merged: 3 records, 0 of them in several feeds",
        "do not publish before 2199-01-01T00:00:00+00:00: 1 record under embargo",
        (
            "lv-2031-03-01 and lv-20310301 differ only in hyphens; "
            "check whether they mean the same thing"
        ),
    ]
    kept = ae.read_feed(tmp_path / "out.jsonl").records[2]
    assert kept.marking == held.marking


def test_a_folder_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    result = run("--split", MONDAY, "-o", str(tmp_path / "file"))
    assert result.exit_code == 3


def test_no_feed_is_replaced_and_no_other_format_is_promised(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(Path(MONDAY).read_bytes())
    for output, words in (
        (path, f"this would replace {path}"),
        (tmp_path / "out.csv", "but the merged feed is JSON Lines"),
        (tmp_path / "out.json", "but the merged feed is JSON Lines"),
    ):
        result = run(str(path), TUESDAY, "-o", str(output))
        assert result.exit_code == 2
        assert words in result.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["feed.jsonl"]
    assert path.read_bytes() == Path(MONDAY).read_bytes()


def test_the_parts_of_an_earlier_split_do_not_mix_with_new_parts(tmp_path: Path) -> None:
    (tmp_path / "feed-3.jsonl").write_bytes(b"")
    result = run("--split", MONDAY, "-o", str(tmp_path))
    assert result.exit_code == 3
    assert "the folder already has feed-3.jsonl; choose an empty folder" in result.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["feed-3.jsonl"]
