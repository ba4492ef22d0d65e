"""Records to start from."""

import io
import json

import pytest
from click.testing import CliRunner

import airspace_events as ae
from airspace_events.cli.commands import airspace_events
from airspace_events.cli.schema import starters
from airspace_events.models.records import RECORD_CLASSES


def test_there_is_one_of_each_type_and_a_header() -> None:
    assert next(iter(starters())) == "feed"
    assert set(starters()) == {"feed", *RECORD_CLASSES}
    assert all(json.loads(line)["type"] == kind for kind, line in starters().items())


def test_together_they_are_a_feed_without_a_single_notice() -> None:
    report = ae.validate(io.BytesIO("\n".join(starters().values()).encode()))
    assert report.notices == ()
    assert report.records == dict.fromkeys(sorted(RECORD_CLASSES), 1)


@pytest.mark.parametrize("kind", ["feed", *RECORD_CLASSES])
def test_each_is_a_line_that_is_written_again_the_same(kind: str) -> None:
    result = CliRunner().invoke(airspace_events, ["new", kind])
    assert (result.exit_code, result.stdout.count("\n")) == (0, 1)
    model = ae.FeedHeader if kind == "feed" else RECORD_CLASSES[kind]
    assert ae.to_json(model.model_validate_json(result.stdout)).decode() + "\n" == result.stdout


def test_pretty_says_the_same_over_several_lines() -> None:
    result = CliRunner().invoke(airspace_events, ["new", "incursion", "--pretty"])
    assert result.stdout.count("\n") > 10
    assert json.loads(result.stdout) == json.loads(starters()["incursion"])


def test_an_unknown_type_is_refused_with_those_that_there_are() -> None:
    result = CliRunner().invoke(airspace_events, ["new", "incident"])
    assert result.exit_code == 2
    assert "'incursion'" in result.stderr
