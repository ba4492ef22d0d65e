"""Which notices are wanted: options, files, and what is wrong in them."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import airspace_events as ae
from airspace_events.cli.commands import airspace_events
from airspace_events.formats.spreadsheets.mapping import SheetMapping
from airspace_events.validation.codes import CODES, FAMILIES
from airspace_events.validation.settings import find_settings, read_settings

FEED = (
    b'{"type":"feed","schema_version":"1.0"}\n'
    b'{"type":"statement","id":"said","speakers":["LV"],"made":{"value":"2024"},"abuot":[]}\n'
    b'{"type":"statement","id":"more","speakers":["LV"],"made":{"value":"2024"}}\n'
)


def codes(settings: ae.Settings) -> set[str]:
    return {notice.code for notice in ae.validate(io.BytesIO(FEED), settings=settings).notices}


def test_codes_and_families_are_selected_and_ignored() -> None:
    assert codes(ae.Settings()) == {"unknown_field", "record_without_source"}
    assert codes(ae.Settings.of(select=["unknown_field"])) == {"unknown_field"}
    assert codes(ae.Settings.of(ignore=["unknown_field"])) == {"record_without_source"}
    assert codes(ae.Settings.of(select=["evidence"])) == {"record_without_source"}
    assert codes(ae.Settings.of(select=["evidence"], ignore=["record_without_source"])) == set()


def test_what_is_ignored_is_not_counted() -> None:
    report = ae.validate(io.BytesIO(FEED), settings=ae.Settings.of(ignore=["shape"]))
    assert report.ok
    assert report.counts == {"error": 0, "warning": 1, "info": 0}


def test_a_severity_is_overridden_in_notices_and_counts() -> None:
    settings = ae.Settings.of(severity={"record_without_source": "error", "unknown_field": "info"})
    report = ae.validate(io.BytesIO(FEED), settings=settings)
    told = {notice.code: notice.severity for notice in report.notices}
    assert told == {"record_without_source": "error", "unknown_field": "info"}
    assert report.counts == {"error": 1, "warning": 0, "info": 1}


def test_what_is_left_out_is_always_told() -> None:
    settings = ae.Settings.of(select=["unknown_field"])
    report = ae.validate(io.BytesIO(FEED), settings=settings, notices_per_code=0)
    assert [notice.code for notice in report.notices] == ["notices_left_out"]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_is_all_its_codes(family: str) -> None:
    settings = ae.Settings.of(ignore=[family])
    always = {code.name for code in FAMILIES["reports"]}
    ignored = {code.name for code in FAMILIES[family]} - always
    assert {code for code in CODES if not settings.wants(code)} == ignored


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('ignore = ["record_without_sources"]', 'did you mean "record_without_source"?'),
        ('ignore = "texts"', "must be a list of codes"),
        ("ignore = [1]", "must be a list of codes"),
        ('ingore = ["texts"]', 'did you mean "ignore"?'),
        ('severity = "error"', "must be a table"),
        ('[severity]\nunknown_field = "fatal"', "must be error, warning or info"),
        ('[severity]\nshape = "error"', "'shape' is a family of codes; set the severity of"),
        ('[severity]\nshap = "error"', "'shap' is not a code"),
        ('ignore = ["texs"]', 'is neither a code nor a family of codes; did you mean "texts"?'),
        ("rules_url = 5", "not a web address"),
        ('rules_url = "rules.html"', "write one such as https://example.org/rules.html"),
        ('rules_url = "javascript:alert(1)"', "not a web address"),
        ('rules_url = "https://example.org/a b"', "not a web address"),
        ('rules_url = "https://example.org/\\u202e"', "not a web address"),
        ("ignore = [", "is not TOML"),
        ("\x00", "is not TOML"),
        ("ignore = " + "[" * 100_000, "is not TOML"),
        ("ignore = " + "1" * 10_000, "is not TOML"),
        ("[severity]\nunknown_field = 1", "must be error, warning or info"),
        ("[severity]\nunknown_field = []", "must be error, warning or info"),
    ],
)
def test_a_wrong_file_is_told(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "airspace-events.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ae.SettingsError) as refused:
        read_settings(file)
    assert said in str(refused.value)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"\xff", "line 1, column 1"),
        ('ignore = ["cycle"]\n'.encode("utf-16"), "line 1, column 1"),
        (b'ignore = ["cycle"]\n# caf\xe9 \xe9', "line 2, column 6"),
        ("\ufeff# Łódź ".encode() + b"\x80", "line 1, column 8"),
    ],
)
@pytest.mark.parametrize("read", [read_settings, SheetMapping.load])
def test_a_file_in_another_encoding_is_told_with_its_place(
    read: Callable[[Path], object], data: bytes, place: str, tmp_path: Path
) -> None:
    file = tmp_path / "airspace-events.toml"
    file.write_bytes(data)
    said = f"airspace-events.toml must be UTF-8, but has invalid bytes at {place}"
    with pytest.raises(ae.SettingsError) as refused:
        read(file)
    assert str(refused.value) == said
    run = CliRunner().invoke(airspace_events, ["validate", "-", "--config", str(file)])
    assert (run.exit_code, run.stderr.splitlines()[-1]) == (2, f"Error: {said}")


def test_a_byte_order_mark_before_settings_is_no_part_of_them(tmp_path: Path) -> None:
    file = tmp_path / "airspace-events.toml"
    file.write_text('\ufeffignore = ["cycle"]', encoding="utf-8")
    assert read_settings(file).ignore == {"cycle"}


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("tool = 5", False),
        ("tool = []", False),
        ("[tool]\nother = 1", False),
        ("[[tool.airspace-events]]", True),
        ("[tool]\nairspace-events = 5", True),
        ("[tool]\nairspace-events = []", True),
    ],
)
def test_a_project_file_may_hold_anything(text: str, tmp_path: Path, *, is_found: bool) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_text(text, encoding="utf-8")
    assert find_settings(tmp_path) == (file if is_found else None)
    if is_found:
        with pytest.raises(
            ae.SettingsError, match=r"airspace-events in pyproject.* must be a table"
        ):
            read_settings(file)


def test_a_folder_above_that_may_not_be_looked_into_has_no_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "airspace-events.toml").touch()
    stat = Path.stat

    def refused(self: Path, **how: bool) -> object:
        if tmp_path in self.parents:
            raise PermissionError(13, "Permission denied")
        return stat(self, **how)

    monkeypatch.setattr(Path, "stat", refused)
    assert find_settings(tmp_path) is None


def test_the_address_of_the_rules_may_be_given(tmp_path: Path) -> None:
    file = tmp_path / "airspace-events.toml"
    file.write_text('rules_url = "https://docs.example.org/rules.html"\n', encoding="utf-8")
    settings = read_settings(file)
    assert settings.merged([], ["texts"]).rules_url == "https://docs.example.org/rules.html"


def test_settings_are_found_in_the_folder_or_above_it(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    project = tmp_path / "pyproject.toml"
    project.write_text('[tool.airspace-events]\nignore = ["texts"]\n', encoding="utf-8")
    assert find_settings(inner) == project
    assert read_settings(project) == ae.Settings.of(ignore=["texts"])
    own = tmp_path / "a" / "airspace-events.toml"
    own.write_text('select = ["times"]\n', encoding="utf-8")
    assert find_settings(inner) == own
    (inner / "pyproject.toml").write_text("[tool.other]\n", encoding="utf-8")
    assert find_settings(inner) == own
    (inner / "pyproject.toml").write_text("not [ toml", encoding="utf-8")
    assert find_settings(inner) == own


def test_the_command_line_takes_options_on_top_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("feed.jsonl").write_bytes(FEED)
    Path("airspace-events.toml").write_text('ignore = ["evidence"]\n', encoding="utf-8")

    def run(*options: str) -> tuple[int, str]:
        result = CliRunner().invoke(airspace_events, ["validate", "feed.jsonl", *options])
        return result.exit_code, result.output

    code, output = run()
    assert code == 1
    assert "record_without_source" not in output
    code, output = run("--ignore", "unknown_field,times")
    assert (code, "no problems" in output) == (0, True)
    code, output = run("--select", "tmies")
    assert code == 2
    assert 'did you mean "times"?' in output
    Path("mine.toml").write_text('[severity]\nunknown_field = "warning"\n', encoding="utf-8")
    code, output = run("--config", "mine.toml")
    assert (code, "warning[unknown_field]" in output) == (0, True)
