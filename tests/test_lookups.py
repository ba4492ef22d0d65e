"""The look-ups on the command line: which state, who belonged to what, when something was."""

import pytest
from click.testing import CliRunner, Result

from airspace_events.cli.commands import airspace_events


def run(*arguments: str) -> Result:
    return CliRunner().invoke(airspace_events, arguments)


def test_states_are_found_by_any_name() -> None:
    result = run("states", "Romania", "Czech Republic", "UK")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "RO  ROU  Romania",
        "CZ  CZE  Czechia",
        "GB  GBR  United Kingdom",
    ]


def test_without_a_name_all_states_are_listed() -> None:
    lines = run("states").stdout.splitlines()
    assert len(lines) == 250
    assert "XK  ---  Kosovo" in lines


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Congolese", "may be CD"),
        ("Crimea", "peninsula of Ukraine"),
        ("Ro\x1b[31mmania", "the name contains control characters"),
    ],
)
def test_a_name_that_is_none_is_told_and_the_others_are_found(name: str, said: str) -> None:
    result = run("states", name, "Latvia")
    assert result.exit_code == 1
    assert result.stdout == "LV  LVA  Latvia\n"
    assert said in result.stderr
    assert result.stderr.removesuffix("\n").isprintable()


def test_the_members_on_a_day_are_listed_by_name() -> None:
    result = run("members", "B9", "--on", "2024-09-18")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "BG  Bulgaria"
    assert len(result.stdout.splitlines()) == 9


def test_members_for_a_part_of_a_vague_time_are_told_apart() -> None:
    last = run("members", "eu", "--on", "2020").stdout.splitlines()[-1]
    assert last == "GB  United Kingdom  (possibly, or only for part of that time)"


def test_without_a_day_all_memberships_are_listed() -> None:
    lines = run("members", "visegrad").stdout.splitlines()
    assert lines[0] == "CZ  member  from 1993-01-01 on  (succession)"
    assert "GB  member  from 1973-01-01 to 2020-01-31" in run("members", "eu").stdout


@pytest.mark.parametrize(
    "arguments", [("the alliance",), ("nato", "--on", "2024-9-18"), ("nato", "--on", "soon")]
)
def test_what_is_no_alliance_or_no_day_is_one_line(arguments: tuple[str, ...]) -> None:
    result = run("members", *arguments)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1


def test_a_status_that_is_none_is_a_usage_error() -> None:
    assert run("members", "eu", "--status", "friend").exit_code == 2


def test_words_are_told_as_bounds_and_as_a_record_has_them() -> None:
    result = run("time", "overnight", "--reference", "2024-09-08", "--timezone", "Europe/Riga")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "value      2024-09-07T18:00:00+03:00/2024-09-08T09:00:00+03:00",
        "earliest   2024-09-07 15:00:00+00:00",
        "latest     2024-09-08 06:00:00+00:00",
        "precision  instant",
        (
            '{"value":"2024-09-07T18:00:00+03:00/2024-09-08T09:00:00+03:00",'
            '"verbatim":"overnight","reference":"2024-09-08","timezone":"Europe/Riga",'
            '"basis":"resolved"}'
        ),
    ]


def test_an_expression_is_told_as_it_is() -> None:
    lines = run("time", "2022-02-24/..", "--timezone", "Europe/Kyiv").stdout.splitlines()
    assert lines[1:4] == [
        "earliest   2022-02-23 22:00:00+00:00",
        "latest     open end",
        "precision  day",
    ]
    assert lines[4] == '{"value":"2022-02-24/..","timezone":"Europe/Kyiv"}'


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["on Wednesday maybe", "--reference", "2024-09-20"],
            'only "on Wednesday" was understood',
        ),
        (["yesterday"], "needs a reference"),
        (["2024-9"], 'did you mean "2024-09"?'),
        (["2024-02-30"], "the day does not exist in February 2024"),
        (["\x1b[31m", "--reference", "2024-09-08"], "the text contains no known time phrase"),
    ],
)
def test_what_is_no_time_is_told(arguments: list[str], said: str) -> None:
    result = run("time", *arguments)
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stderr.removesuffix("\n").isprintable()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2024", "--timezone", "Mars/Olympus"], "--timezone"),
        (["2024", "--timezone", "localtime"], "no time zone with this name"),
        (["yesterday", "--reference", "last week"], "--reference"),
    ],
)
def test_a_wrong_option_is_named(arguments: list[str], said: str) -> None:
    result = run("time", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_the_help_shows_its_examples_line_by_line() -> None:
    lines = run("time", "-h").stdout.splitlines()
    assert "  airspace-events time 2024-09-07/2024-09-08 --timezone Europe/Riga" in lines
