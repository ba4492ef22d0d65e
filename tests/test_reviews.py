"""Reviews of possible duplicates: what an editor fills in, and what becomes of the decisions."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import airspace_events as ae
from airspace_events.cli.commands import airspace_events
from airspace_events.testing import assert_valid
from coverage_truth import dossier_of, synthetic_coverage
from one_incursion import incursion

NOW = "2024-10-01T12:00:00Z"
SOURCE = ae.Source(id="unn-lv", kind="news_report", publisher="Made-up", published="2024-09-09")
NAMES = ("a", "b", "c", "d")


def feed_of(*records: ae.Record) -> ae.Feed:
    return ae.Feed.of([SOURCE, *(records or (incursion(id=name) for name in NAMES))])


def review_of(*pairs: Mapping[str, Any], by: str = "A. Editor") -> str:
    """A review file; each pair is its decision, and the ids of two incursions."""
    lines = [f"by = {json.dumps(by)}"]
    for pair in pairs:
        lines += ["[[pair]]", *(f"{key} = {json.dumps(value)}" for key, value in pair.items())]
    return "\n".join(lines)


def pair(first: str, word: str, second: str, **more: Any) -> dict[str, Any]:
    return {"first": first, "second": second, "decision": word, **more}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(airspace_events, ["duplicates", *words])
    assert result.exit_code == code, result.output
    return result.output


def apply(review: str, feed: ae.Feed | None = None, code: int = 0) -> str:
    ae.write_feed(feed or feed_of(), "feed.jsonl")
    Path("review.toml").write_text(review, encoding="utf-8")
    Path("new.jsonl").unlink(missing_ok=True)
    said = run("feed.jsonl", "--apply", "review.toml", "-o", "new.jsonl", "--now", NOW, code=code)
    assert Path("new.jsonl").exists() is (code == 0)
    return said


def decided(*pairs: Mapping[str, Any], feed: ae.Feed | None = None) -> ae.Dossier:
    """The dossier after a review, whose feed is valid."""
    apply(review_of(*pairs), feed)
    # Two records of one event cite one source, which is not what these tests are about.
    assert_valid("new.jsonl", fail_on="warning")
    return ae.Dossier.read("new.jsonl")


def links(one: ae.Record) -> dict[str, str | None]:
    assert isinstance(one, ae.Incursion)
    return {link.incursion: link.likelihood for link in one.possibly_same_as}


def names(records: Iterable[ae.Record]) -> set[str]:
    return {one.id for one in records if isinstance(one, ae.Incursion)}


# The file.


def test_a_review_has_the_pairs_that_nobody_decided(folder: Path) -> None:
    coverage = synthetic_coverage(30, 2)
    for name, feed in coverage.feeds.items():
        ae.write_feed(feed, folder / f"{name}.jsonl")
    said = run(*map(str, sorted(folder.glob("*.jsonl"))), "--review", "review.toml")
    pairs = dossier_of(coverage).possible_duplicates().pairs
    assert said == f"review.toml: {len(pairs)} pairs to review\n"
    text = Path("review.toml").read_text(encoding="utf-8")
    review = tomllib.loads(text)
    assert review["by"] == ""
    assert [{one["first"], one["second"]} for one in review["pair"]] == [
        {one.first.id, one.second.id} for one in pairs
    ]
    for one in pairs:
        for line in str(one).splitlines():
            assert f"\n# {line}".rstrip() in text


def test_decided_pairs_are_not_asked_again(folder: Path) -> None:
    decided(pair("a", "unsure", "b"), pair("c", "different", "d"), pair("a", "different", "c"))
    run("new.jsonl", "--review", "next.toml")
    review = tomllib.loads((folder / "next.toml").read_text(encoding="utf-8"))
    asked = {"".join(sorted((one["first"], one["second"]))) for one in review["pair"]}
    assert asked == {"ad", "bc", "bd"}


@pytest.mark.usefixtures("folder")
def test_texts_of_records_cannot_leave_their_comment() -> None:
    bad = 'x"""\n[[pair]]\nfirst = "c"\u2028\u202e\x85'.replace("\x85", "")
    feed = feed_of(incursion(id="a", title=bad), incursion(id="b", title="]] = # '''"))
    ae.write_feed(feed, "feed.jsonl")
    run("feed.jsonl", "--review", "review.toml")
    [one] = tomllib.loads(Path("review.toml").read_text(encoding="utf-8"))["pair"]
    assert one == {"first": "a", "second": "b", "decision": "", "note": ""}


def test_decisions_are_never_overwritten(folder: Path) -> None:
    ae.write_feed(feed_of(), "feed.jsonl")
    (folder / "review.toml").write_text("by = 'A. Editor'", encoding="utf-8")
    assert "may already contain decisions" in run("feed.jsonl", "--review", "review.toml", code=2)
    assert (folder / "review.toml").read_text(encoding="utf-8") == "by = 'A. Editor'"


# The decisions.


@pytest.mark.usefixtures("folder")
def test_an_open_pair_changes_nothing() -> None:
    said = apply(review_of(pair("a", "", "b"), by=""))
    assert said == "0 incursions revised: 0 same, 0 different, 0 unsure\n"
    assert Path("new.jsonl").read_bytes() == Path("feed.jsonl").read_bytes()


@pytest.mark.usefixtures("folder")
def test_the_same_incursion_is_counted_once() -> None:
    dossier = decided(pair("b", "same", "a", note="one radar track"))
    assert names(dossier) == {"b", "c", "d"}
    kept = dossier.resolve("a")
    assert (kept.id, kept.revision, kept.replaces) == ("b", 2, ("a",))
    assert dossier.summary().by_kind["crossing"].incursions == (3, 3, 3, 0)
    # Nothing is lost: the merged record is still in the feed.
    assert dossier.revisions("a")[0] == incursion(id="a")


@pytest.mark.usefixtures("folder")
def test_unsure_incursions_share_the_least() -> None:
    dossier = decided(pair("a", "unsure", "b", likelihood="likely"), pair("c", "unsure", "d"))
    assert links(dossier.resolve("a")) == {"b": "likely"}
    assert links(dossier.resolve("c")) == {"d": None}
    assert dossier.resolve("b").revision == dossier.resolve("d").revision == 1
    counted = dossier.summary().by_kind["crossing"].incursions
    assert (counted.min, counted.max) == (2, 4)


@pytest.mark.usefixtures("folder")
def test_different_incursions_stay_apart() -> None:
    dossier = decided(pair("a", "different", "b"))
    assert links(dossier.resolve("a")) == links(dossier.resolve("b")) == {}
    assert dossier.summary().by_kind["crossing"].incursions.min == 4


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("word", ["same", "different", "unsure"])
def test_each_decision_is_kept_with_who_and_when(word: str) -> None:
    dossier = decided(pair("a", word, "b", note="  by the times "), pair("a", "different", "c"))
    record = dossier.resolve("a")
    assert record.recorded_at is not None
    assert record.recorded_at.isoformat() == "2024-10-01T12:00:00+00:00"
    assert record.extensions is not None
    first, second = record.extensions["duplicates.airspace-events"]["decisions"]  # type: ignore[index,call-overload]
    assert first == {
        "incursions": ["a", "b"],
        "decision": word,
        "by": "A. Editor",
        "at": "2024-10-01T12:00:00+00:00",
        "note": "by the times",
    }
    assert "note" not in second


@pytest.mark.usefixtures("folder")
def test_a_group_is_replaced_by_the_first() -> None:
    dossier = decided(
        pair("b", "same", "c"),
        pair("a", "same", "c"),
        pair("d", "unsure", "c"),
        pair("d", "", "a"),
    )
    assert names(dossier) == {"b", "d"}
    assert dossier.resolve("b").replaces == ("c", "a")
    assert links(dossier.resolve("d")) == {"b": None}
    assert dossier.summary().by_kind["crossing"].incursions[::2] == (1, 2)


@pytest.mark.usefixtures("folder")
def test_links_and_decisions_of_a_replaced_record_are_kept() -> None:
    linked = [
        incursion(id="a", possibly_same_as=[{"incursion": "b"}, {"incursion": "c"}]),
        incursion(id="b", possibly_same_as=[{"incursion": "d", "likelihood": "unlikely"}]),
        incursion(id="c", possibly_same_as=[{"incursion": "b", "likelihood": "likely"}]),
        incursion(id="d", replaces=["e"], extensions={"example.org": 1}),
    ]
    dossier = decided(pair("a", "same", "b"), feed=feed_of(*linked))
    assert links(dossier.resolve("a")) == {"c": None, "d": "unlikely"}
    # The link of c to b now means a, so all three incidents may be one.
    assert dossier.summary().by_kind["crossing"].incursions[::2] == (1, 3)
    merged = decided(pair("c", "same", "d"), feed=feed_of(*linked)).resolve("c")
    assert merged.replaces == ("d", "e")
    turned = decided(pair("d", "same", "b"), pair("d", "different", "a"), feed=feed_of(*linked))
    assert links(turned.resolve("d")) == {}
    assert turned.resolve("d").replaces == ("e", "b")
    assert links(turned.resolve("a")) == {"c": None}
    extensions = turned.resolve("d").extensions
    assert extensions is not None
    assert extensions["example.org"] == 1


@pytest.mark.usefixtures("folder")
def test_of_two_links_that_become_one_that_of_the_kept_record_is_kept() -> None:
    linked = [
        incursion(id=name, possibly_same_as=[{"incursion": "c", "likelihood": likelihood}])
        for name, likelihood in (("a", "likely"), ("b", "unlikely"))
    ]
    for kept, other, likelihood in (("a", "b", "likely"), ("b", "a", "unlikely")):
        feed = feed_of(*linked, incursion(id="c"))
        dossier = decided(pair(kept, "same", other), feed=feed)
        assert links(dossier.resolve(kept)) == {"c": likelihood}


def test_a_link_to_a_merged_record_is_counted() -> None:
    one = {"objects": [{"count": {"best": 1}}]}
    linked = incursion(id="c", possibly_same_as=[{"incursion": "b"}], **one)
    kept = incursion(id="a", replaces=["b"], **one)
    dossier = ae.Dossier([kept, incursion(id="b"), linked])
    tally = dossier.summary().by_kind["crossing"]
    assert tally.incursions[::2] == tally.objects[::2] == (1, 2)


@pytest.mark.usefixtures("folder")
def test_a_later_review_adds_its_decisions() -> None:
    decided(pair("a", "unsure", "b", note="first"))
    once = ae.read_feed("new.jsonl")
    dossier = decided(pair("b", "different", "a", note="second"), feed=once)
    assert links(dossier.resolve("a")) == {}
    extensions = dossier.resolve("a").extensions
    assert extensions is not None
    decisions = extensions["duplicates.airspace-events"]["decisions"]  # type: ignore[index,call-overload]
    assert [one["note"] for one in decisions] == ["first", "second"]  # type: ignore[index,union-attr,call-overload]
    assert dossier.resolve("a").revision == 3


@pytest.mark.usefixtures("folder")
def test_the_new_feed_has_the_header_and_all_records() -> None:
    feed = ae.Feed.of(feed_of().records, title="Made-up", generated_at="2024-09-10T00:00:00Z")
    apply(review_of(pair("a", "same", "b")), feed)
    new = ae.read_feed("new.jsonl")
    assert new.header == feed.header.replace(generated_at=NOW)
    assert new.records[: len(feed.records)] == feed.records
    assert len(new.records) == len(feed.records) + 1


# Bad input: each problem is reported with its place, and nothing is written.

GONE = {"at": "2024-09-20T12:00:00Z", "reason": "entered twice"}

BAD: Mapping[str, tuple[list[dict[str, Any]], list[str]]] = {
    "unknown word": (
        [pair("a", "diferent", "b")],
        ['pair 1 (a, b): "diferent" is not a decision; did you mean "different"? Use same, '],
    ),
    "unknown likelihood": (
        [pair("a", "unsure", "b", likelihood="maybe")],
        ['pair 1 (a, b): "maybe" is not a likelihood. Use almost_no_chance, '],
    ),
    "likelihood of the same": (
        [pair("a", "same", "b", likelihood="likely")],
        ['pair 1 (a, b): only a pair with the decision "unsure" can have a likelihood'],
    ),
    "unknown key": (
        [pair("a", "same", "b", desicion="same")],
        ['pair 1: "desicion" is not a valid key; did you mean "decision"?'],
    ),
    "several unknown keys": (
        [pair("a", "same", "b", q="", w="", x="", z="")],
        [f'pair 1: "{key}" is not a valid key' for key in "qwxz"],
    ),
    "wrong type": (
        [pair("a", "same", "b", note=1), {"first": ["a"]}],
        ["pair 1: `note` must be text, not 1", "pair 2: `first` must be text, not a list"],
    ),
    "missing ids": (
        [{"decision": "same"}],
        [
            "pair 1 (?, ?): a pair needs two different incursions",
            *['pair 1 (?, ?): "" is not in the feed'] * 2,
        ],
    ),
    "itself": ([pair("a", "same", "a")], ["pair 1 (a, a): a pair needs two different incursions"]),
    "records that are gone": (
        [pair("a", "same", "zz"), pair("old", "unsure", "merged"), pair("b", "same", "unn-lv")],
        [
            'pair 1 (a, zz): "zz" is not in the feed',
            'pair 2 (old, merged): "old" was retracted',
            'pair 2 (old, merged): "merged" was merged into "d"',
            'pair 3 (b, unn-lv): "unn-lv" has the type "source", not "incursion"',
        ],
    ),
    "recorded later": (
        [pair("new", "same", "a")],
        ['pair 1 (new, a): "new" was recorded after the decision, at 2025'],
    ),
    "twice": (
        [pair("a", "same", "b"), pair("b", "different", "a"), pair("a", "same", "b")],
        [
            "pair 2 (b, a) is decided twice; see pair 1 (a, b)",
            "pair 3 (a, b) is decided twice; see pair 1 (a, b)",
        ],
    ),
    "contradiction": (
        [pair("a", "same", "b"), pair("b", "same", "c"), pair("a", "different", "c")],
        ['pair 3 (a, c) has the decision "different", but other pairs make a and c the same'],
    ),
    "unsure about the same": (
        [pair("a", "unsure", "c"), pair("a", "same", "b"), pair("b", "same", "c")],
        ['pair 1 (a, c) has the decision "unsure", but other pairs make a and c the same'],
    ),
    "contradiction between groups": (
        [pair("a", "same", "b"), pair("a", "different", "c"), pair("c", "unsure", "b")],
        [
            (
                'pair 3 (c, b) has the decision "unsure", but pair 2 (a, c), about the same '
                'incidents, has the decision "different"'
            ),
        ],
    ),
}  # fmt: skip


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", BAD)
def test_a_bad_review_is_refused(name: str) -> None:
    pairs, wanted = BAD[name]
    feed = feed_of(
        *(incursion(id=one) for one in ("a", "b", "c")),
        incursion(id="d", replaces=["merged"]),
        incursion(id="merged"),
        incursion(id="old", retracted=GONE),
        incursion(id="new", recorded_at="2025-01-01T00:00:00Z"),
    )
    *problems, last = apply(review_of(*pairs), feed, code=1).splitlines()
    assert [problem[: len("review.toml: ") + len(text)] for problem, text in zip(
        problems, wanted, strict=True
    )] == [f"review.toml: {text}" for text in wanted]  # fmt: skip
    noun = "problem" if len(wanted) == 1 else "problems"
    assert last == f"{len(wanted)} {noun}; no feed was written"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("review", "message"),
    [
        (review_of(pair("a", "same", "b"), by=" "), "`by` must be the name of the person"),
        ("by = 1\n" + review_of(pair("a", "same", "b"))[16:], "`by` must be the name"),
        ("pairs = []", '"pairs" is not a key of a review file'),
        ("pair = 3", "pair 1 must be a table"),
        ("pair = [3]", "pair 1 must be a table"),
    ],
)
def test_a_file_that_is_no_review_is_refused(review: str, message: str) -> None:
    assert message in apply(review, code=1)


@pytest.mark.usefixtures("folder")
def test_a_file_that_is_not_toml_is_wrong_usage() -> None:
    assert "review.toml is not TOML: " in apply("by =", code=2)


@pytest.mark.usefixtures("folder")
def test_all_problems_are_safe_to_print() -> None:
    said = apply(review_of(pair("\u202ea\n::error::", "sa\x1bme", "b"), by="x"), code=1)
    assert "\x1b" not in said
    assert "\u202e" not in said


@pytest.mark.usefixtures("folder")
def test_options_that_do_not_fit_together_are_wrong_usage() -> None:
    ae.write_feed(feed_of(), "feed.jsonl")
    Path("review.toml").write_text("", encoding="utf-8")
    for words in (
        ("feed.jsonl", "--apply", "review.toml"),
        ("feed.jsonl", "feed.jsonl", "--apply", "review.toml", "-o", "new.jsonl"),
        ("feed.jsonl", "--apply", "review.toml", "-o", "new.jsonl", "--review", "x.toml"),
        ("feed.jsonl", "-o", "new.jsonl"),
        ("feed.jsonl", "--now", NOW),
    ):
        assert "needs one FEED" in (said := run(*words, code=2)) or "need --apply" in said
    assert not Path("new.jsonl").exists()


@pytest.mark.usefixtures("folder")
def test_the_new_feed_never_replaces_the_decisions() -> None:
    ae.write_feed(feed_of(), "feed.jsonl")
    review = review_of(pair("a", "same", "b"))
    Path("review.toml").write_text(review, encoding="utf-8")
    said = run("feed.jsonl", "--apply", "review.toml", "-o", "./review.toml", code=2)
    assert "this would replace" in said
    assert Path("review.toml").read_text(encoding="utf-8") == review


@pytest.mark.usefixtures("folder")
def test_the_new_feed_can_go_to_standard_output() -> None:
    ae.write_feed(feed_of(), "feed.jsonl")
    Path("review.toml").write_text(review_of(pair("a", "same", "b")), encoding="utf-8")
    arguments = ["duplicates", "feed.jsonl", "--apply", "review.toml", "-o", "-"]
    result = CliRunner().invoke(airspace_events, arguments)
    assert len(ae.read_feed(BytesIO(result.stdout_bytes)).records) == len(feed_of().records) + 1
    assert not Path("-").exists()


@pytest.mark.usefixtures("folder")
def test_a_feed_with_invalid_records_is_not_changed() -> None:
    Path("feed.jsonl").write_text('{"type":"feed","schema_version":"1.0"}\n{}\n', encoding="utf-8")
    Path("review.toml").write_text("", encoding="utf-8")
    run("feed.jsonl", "--apply", "review.toml", "-o", "new.jsonl", code=3)
    assert not Path("new.jsonl").exists()
