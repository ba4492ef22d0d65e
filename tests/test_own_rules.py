"""Rules and words of other packages: how they are added, and what happens when they fail."""

import dataclasses
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from click.testing import CliRunner
from pydantic import AfterValidator, BaseModel, Field

import airspace_events as ae
from airspace_events.cli.commands import airspace_events
from airspace_events.validation import workers
from airspace_events.validation.rendering import RENDERERS
from airspace_events.validation.rules import RULES as BUILT_IN
from airspace_events.validation.settings import read_settings
from document_blocks import ROOT, blocks
from small_feeds import INCURSION, SOURCE, feed, more

ODD = ae.rules.Code("made_up/odd", "warning", "The made-up state is odd.")
RULES = ae.rules.Rules()


@RULES.rule(ae.Incursion, ODD, field="state")
def odd(incursion: ae.Incursion, _: ae.rules.Surroundings) -> Any:
    return ae.rules.Problem(ODD.name, f"{incursion.state} is odd", ("state",))


SETTINGS = ae.Settings(rules=RULES)
FEED = feed(SOURCE, INCURSION)


def with_rule(check: Any, *codes: ae.rules.Code) -> ae.Settings:
    rules = ae.rules.Rules()
    rules.rule(ae.Incursion, *(codes or (ODD,)), field="state")(check)
    return ae.Settings(rules=[*rules, *RULES])


def found(settings: ae.Settings, data: bytes = FEED) -> list[tuple[str, str, str]]:
    notices = ae.validate(data, settings=settings).notices
    return [(one.code, one.severity, one.pointer) for one in notices]


def test_an_own_rule_runs_beside_all_others() -> None:
    assert found(SETTINGS) == [("made_up/odd", "warning", "/state")]
    [notice] = ae.check(INCURSION.encode(), settings=SETTINGS)
    assert str(notice) == "-:1:39: warning[made_up/odd] LV is odd  (/state)"
    both = more(INCURSION, '"note":" x"')
    assert {code for code, *_ in found(SETTINGS, feed(SOURCE, both))} == {
        "made_up/odd",
        "untrimmed_text",
    }


def test_a_rule_that_is_given_twice_runs_once() -> None:
    assert found(ae.Settings(rules=[*RULES, *RULES])) == found(SETTINGS)
    assert found(SETTINGS.merged([], [], RULES)) == found(SETTINGS)
    typed = ae.Settings(rules=[*TYPED, *TYPED])
    record = {**json.loads(INCURSION), "extensions": {"made-up.example.org": 5}}
    assert len(ae.check(record, settings=typed)) == 1


def test_nothing_changes_without_own_rules() -> None:
    report = ae.validate(FEED)
    assert not report.notices
    assert "own_codes" not in repr(report)


def test_own_codes_are_selected_ignored_and_changed_as_others_are() -> None:
    of = ae.Settings.of
    assert found(of(ignore=["made_up/odd"], rules=RULES)) == []
    assert found(of(ignore=["made_up"], rules=RULES)) == []
    assert found(of(select=["made_up"], rules=RULES)) == found(SETTINGS)
    assert found(of(select=["times"], rules=RULES)) == []
    raised = of(severity={"made_up/odd": "error"}, rules=RULES)
    assert found(raised) == [("made_up/odd", "error", "/state")]
    report = ae.validate(FEED, settings=raised)
    assert report.counts == {"error": 1, "warning": 0, "info": 0}
    with pytest.raises(ae.SettingsError, match='did you mean "made_up/odd"'):
        of(select=["made_up/od"], rules=RULES)
    with pytest.raises(ae.SettingsError, match="neither a code"):
        of(select=["made_up"])


def raising(_: object, __: object) -> None:
    msg = "no \x1b[31m luck"
    raise OSError(msg)


def late(_: object, __: object) -> Iterator[ae.rules.Problem]:
    yield ae.rules.Problem(ODD.name, "first")
    raise RecursionError


class UnspeakableError(Exception):
    def __str__(self) -> str:
        raise ValueError


def unspeakable(_: object, __: object) -> None:
    raise UnspeakableError


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (raising, "OSError: no \\u001b[31m luck"),
        (late, "RecursionError"),
        (unspeakable, "UnspeakableError"),
        (lambda *_: "odd", "a rule must return problems, not str"),
        (lambda *_: 5, "not iterable"),
        (lambda *_: [None], "not NoneType"),
        (lambda *_: ae.rules.Problem("cycle", "x"), "does not list the code cycle"),
        (
            lambda *_: ae.rules.Problem("made_up/other", "x"),
            "does not list the code made_up/other",
        ),
        (lambda *_: ae.rules.Problem(ODD.name, None), "message"),  # type: ignore[arg-type]
        (lambda *_: ae.rules.Problem(ODD.name, "x", 5), "parts"),  # type: ignore[arg-type]
        (lambda *_: ae.rules.Problem(ODD.name, "x", place=(1,)), "place"),  # type: ignore[arg-type]
        (lambda *_: ae.rules.Problem(ODD.name, "x", suggestion=5), "suggestion"),  # type: ignore[arg-type]
    ],
)
def test_a_rule_that_fails_is_named_and_the_others_go_on(check: Any, words: str) -> None:
    report = ae.validate(FEED, settings=with_rule(check))
    failed, other = report.notices
    assert (failed.code, failed.severity, other.code) == ("rule_failed", "error", "made_up/odd")
    assert words in failed.message
    assert check.__qualname__ in failed.message
    assert failed.context["rule"] == f"{__name__}.{check.__qualname__}"
    for render in RENDERERS.values():
        assert "\x1b" not in "\n".join(render(report))


def test_a_rule_without_codes_cannot_report_an_unknown_code() -> None:
    rule = ae.rules.Rule(ae.Incursion, "state", (), lambda *_: ae.rules.Problem("odd", "x"))
    [(code, _, _)] = found(ae.Settings(rules=[rule]))
    assert code == "rule_failed"


def test_a_failed_rule_is_reported_whatever_is_selected() -> None:
    settings = with_rule(raising).merged(["made_up"], [])
    assert "rule_failed" in {code for code, *_ in found(settings)}
    assert found(with_rule(raising).merged([], ["made_up"])) == []


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("cycle", "error"),
        ("made-up/odd", "error"),
        ("made_up/", "error"),
        ("/odd", "error"),
        ("made_up/Odd", "error"),
        ("made_up/odd/x", "error"),
        ("_made/odd", "error"),
        ("mäde/odd", "error"),
        ("made_up/odd", "fatal"),
        ("times/odd", "error"),
    ],
)
def test_a_code_has_a_prefix_and_a_severity(name: str, severity: Any) -> None:
    with pytest.raises(ae.SettingsError):
        ae.rules.Rules().rule(ae.Incursion, ae.rules.Code(name, severity, "x"), field="state")


def test_what_can_never_run_or_collides_is_refused() -> None:
    with pytest.raises(ae.SettingsError, match="no field 'stat'; did you mean \"state\""):
        ae.rules.Rules().rule(ae.Incursion, ODD, field="stat")
    with pytest.raises(ae.SettingsError, match="lists no code"):
        ae.rules.Rules().rule(ae.Incursion, field="state")
    with pytest.raises(ae.SettingsError, match="made_up/odd differently"):
        with_rule(odd, dataclasses.replace(ODD, severity="error"))
    with pytest.raises(ae.SettingsError, match=r"instances of ae\.rules\.Code"):
        ae.Settings(rules=BUILT_IN)
    with pytest.raises(TypeError, match=r"create rules with the decorator of ae\.rules\.Rules"):
        ae.Settings(rules=[odd])  # type: ignore[list-item]
    with pytest.raises(ae.SettingsError, match="not a namespace"):
        ae.rules.Rules().extension("radar", BaseModel)


@pytest.mark.parametrize("form", RENDERERS)
def test_every_report_shows_own_codes(form: str) -> None:
    report = ae.validate(FEED, settings=SETTINGS)
    text = "\n".join(RENDERERS[form](report)).replace("<wbr>", "")
    assert "made_up/odd" in text
    assert form not in ("html", "sarif") or ODD.meaning in text


def test_feeds_that_are_checked_separately_share_own_codes() -> None:
    settings = dataclasses.replace(SETTINGS, rules_url="https://docs.example.org/rules.html")
    report = ae.validate(FEED, FEED, separately=True, settings=settings)
    assert [report.code(one.code) for one in report.notices] == [ODD, ODD]
    assert report.code("cycle").url == "https://docs.example.org/rules.html#cycle"


def test_own_codes_may_have_pages_of_their_own() -> None:
    code = dataclasses.replace(ODD, url="https://desk.example.org/odd")
    rules = ae.rules.Rules()
    rules.rule(ae.Incursion, code, field="state")(odd)
    settings = ae.Settings(rules=rules, rules_url="https://docs.example.org/rules.html")
    report = ae.validate(FEED, settings=settings)
    assert f'"helpUri": "{code.url}"' in "\n".join(RENDERERS["sarif"](report))
    assert f'<a href="{code.url}">made_<wbr>up/<wbr>odd</a>' in "\n".join(
        RENDERERS["html"](report)
    )
    bad = dataclasses.replace(ODD, url="javascript:alert(1)")
    with pytest.raises(ae.SettingsError, match="not a web address"):
        rules.rule(ae.Incursion, bad, field="state")


@pytest.mark.parametrize("can_fork", [True, False])
def test_workers_run_own_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, can_fork: bool
) -> None:
    # Without a fork, a worker gets the rules by the names of their functions.
    monkeypatch.setattr(workers, "_CAN_FORK", can_fork and workers._CAN_FORK)
    monkeypatch.setattr(workers, "_WORTH_SHARING", 0)
    file = tmp_path / "feed.jsonl"
    file.write_bytes(FEED)
    monkeypatch.setattr(workers, "_processors", lambda: 2)
    alone = ae.validate(file, settings=SETTINGS)
    assert alone.notices
    assert ae.validate(file, settings=SETTINGS, workers=2) == alone


# Modules that the command line and the settings file name.


def run(tmp_path: Path, *options: str) -> tuple[int, str]:
    (tmp_path / "feed.jsonl").write_bytes(FEED)
    done = CliRunner().invoke(
        airspace_events, ["validate", str(tmp_path / "feed.jsonl"), *options]
    )
    return done.exit_code, done.output


def test_a_module_is_named_on_the_command_line_or_in_the_settings(tmp_path: Path) -> None:
    assert run(tmp_path)[0] == 0
    code, output = run(tmp_path, "--rules", __name__, "--fail-on", "warning")
    assert (code, "warning[made_up/odd]" in output) == (1, True)
    file = tmp_path / "airspace-events.toml"
    file.write_text(f'rules = ["{__name__}"]\n[severity]\n"made_up/odd" = "error"\n')
    assert read_settings(file).rules == tuple(RULES)
    code, output = run(tmp_path, "--config", str(file))
    assert (code, "error[made_up/odd]" in output) == (1, True)
    assert run(tmp_path, "--config", str(file), "--ignore", "made_up")[0] == 0
    assert run(tmp_path, "--config", str(file), "--rules", __name__)[0] == 1


@pytest.mark.parametrize(
    ("module", "words"),
    [
        ("no_such_module_of_rules", "No module named"),
        ("json", "has no list RULES"),
        ("", "cannot be imported"),
        (".x", "cannot be imported"),
        ("broken_rules", "cannot be imported: ZeroDivisionError"),
        ("list_of_rules", "has no list RULES"),
    ],
)
def test_a_module_without_rules_is_a_usage_error(
    module: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken_rules.py").write_text("1 / 0")
    (tmp_path / "list_of_rules.py").write_text("RULES = []")
    monkeypatch.syspath_prepend(tmp_path)
    code, output = run(tmp_path, "--rules", module)
    assert code == 2
    assert words in output


def test_rules_in_the_settings_are_a_list_of_names(tmp_path: Path) -> None:
    file = tmp_path / "airspace-events.toml"
    file.write_text("rules = 5")
    with pytest.raises(ae.SettingsError, match=r"rules in .* must be a list of modules"):
        read_settings(file)


def test_the_page_shows_the_module_of_the_consumer() -> None:
    [shown] = [one.text for one in blocks() if one.file == "night_desk_rules.py"]
    module = ROOT / "tests" / "consumer" / "night_desk_rules.py"
    assert module.read_text(encoding="utf-8") == f"{shown}\n"


# Data of one's own, under a namespace.


def not_divisible(value: int) -> int:
    return value // 0


class Part(BaseModel, extra="forbid"):
    kind: Literal["radar", "eyewitness"]
    seen: date | None = None
    parts: "dict[str, Part]" = Field(default_factory=dict)


class Other(BaseModel, extra="forbid"):
    size: Annotated[int, Field(gt=0)]


class Whole(BaseModel, extra="forbid"):
    first: Part | None = None
    many: list[Part] = Field(default_factory=list)
    either: Part | Other | None = None
    anything: Any = None
    fails: Annotated[int, AfterValidator(not_divisible)] = 1


TYPED = ae.rules.Rules()
TYPED.extension("made-up.example.org", Whole)
AT = "/extensions/made-up.example.org"


def of_extension(data: Any, namespace: str = "made-up.example.org") -> list[tuple[str, str]]:
    record = {**json.loads(INCURSION), "extensions": {namespace: data}}
    notices = ae.check(record, settings=ae.Settings(rules=TYPED))
    return [(one.code, one.pointer.removeprefix(AT)) for one in notices]


def test_the_context_of_an_extension_has_no_long_keys() -> None:
    """A key that is too long for the pointer is too long for the context, too."""
    record = {**json.loads(INCURSION), "extensions": {"made-up.example.org": {"x" * 500: 1}}}
    [notice] = ae.check(record, settings=ae.Settings(rules=TYPED))
    assert notice.pointer == AT
    assert notice.context == {"field": "made-up.example.org"}


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        ({}, []),
        ({"anything": [{"x": None}], "first": None}, []),
        ({"first": {"kind": "radar", "seen": "2024-09-07"}}, []),
        (5, [("wrong_type", "")]),
        (None, [("wrong_type", "")]),
        ({"first": {"kind": "radra"}}, [("value_not_in_vocabulary", "/first/kind")]),
        ({"first": {"kind": None}}, [("value_not_in_vocabulary", "/first/kind")]),
        ({"first": {}}, [("missing_field", "/first/kind")]),
        ({"first": {"kind": "radar", "seen": "x"}}, [("invalid_value", "/first/seen")]),
        (
            {"many": [{"kind": "radar"}, {"kind": 1}]},
            [("value_not_in_vocabulary", "/many/1/kind")],
        ),
        ({"many": {"0": {}}}, [("wrong_type", "/many")]),
        (
            {"first": {"kind": "radar", "parts": {"a/b": {"kind": "x"}}}},
            [("value_not_in_vocabulary", "/first/parts/a~1b/kind")],
        ),
        ({"frist": 1}, [("unknown_field", "/frist")]),
        ({"fails": "many"}, [("wrong_type", "/fails")]),
        ({"x" * 500: 1}, [("unknown_field", "")]),
        (
            {"either": {"size": 0}},
            [
                ("missing_field", "/either/kind"),
                ("unknown_field", "/either/size"),
                ("out_of_range", "/either/size"),
            ],
        ),
        ({"fails": 1}, [("rule_failed", "")]),
    ],
)
def test_an_own_word_is_checked_by_an_own_class(
    data: Any, problems: list[tuple[str, str]]
) -> None:
    assert sorted(of_extension(data)) == sorted(problems)
    assert of_extension(data, "other.example.org") == []


@pytest.mark.parametrize(
    ("part", "start"),
    [
        ({"kind": "radra"}, '"radra" is not allowed for "kind"'),
        ({"kind": "radar", "seen": "x"}, '"x" is not allowed for "seen": '),
        ({"kind": "radar", "parts": 5}, '"parts" must be an object, not the number 5'),
    ],
)
def test_a_message_on_an_extension_has_the_value_and_the_field(
    part: dict[str, Any], start: str
) -> None:
    record = {**json.loads(INCURSION), "extensions": {"made-up.example.org": {"first": part}}}
    [notice] = ae.check(record, settings=ae.Settings(rules=TYPED))
    assert notice.message.startswith(start)


def test_a_class_that_fails_is_named() -> None:
    record = {**json.loads(INCURSION), "extensions": {"made-up.example.org": {"fails": 1}}}
    [notice] = ae.check(record, settings=ae.Settings(rules=TYPED))
    assert notice.message.startswith(
        "the rule for the extensions of made-up.example.org failed with"
    )
