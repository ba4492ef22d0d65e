"""The fast visit to a record finds what a slow one finds, in valid and in changed records."""

from pathlib import Path
from random import Random

from airspace_events.schema.examples import example_lines
from airspace_events.testing import load_corpus, synthetic_lines
from slow_visit import changed, different

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
CHANGED = 1_500
#: A claimed value that refers to a record, which no example has.
CLAIM = (
    b'{"type":"source","id":"s","kind":"dataset","publisher":"A",'
    b'"claims":[{"aspect":"field","fields":["detected_by"],"value":"a-ministry","about":["x"]}]}'
)


def records() -> list[bytes]:
    feeds = [path.read_bytes() for path in sorted(EXAMPLES.glob("*.jsonl"))]
    feeds += [entry.read() for entry in load_corpus() if entry.file.startswith("codes/")]
    feeds += ["\n".join(example_lines()).encode(), b"".join(synthetic_lines(200, 3))]
    lines = (line for feed in (*feeds, CLAIM) for line in feed.splitlines())
    return [line for line in lines if line.startswith(b'{"type":')]


def test_both_visits_find_the_same_in_records_as_they_stand() -> None:
    assert [found for line in records() if (found := different(line))] == []


def test_both_visits_find_the_same_in_changed_records() -> None:
    dice, lines = Random(1), records()  # noqa: S311 (the cases are the same in every run)
    for _ in range(CHANGED):
        record = dice.choice(lines)
        try:
            data = changed(record, dice)
        except ValueError:
            continue
        assert different(data) is None, data
