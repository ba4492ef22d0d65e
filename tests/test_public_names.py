"""The public face: which names there are, and that they cost nothing until they are used."""

import ast
import inspect
import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import airspace_events
from airspace_events import testing

# What stands here stays within a major version. Names may be added, and then here too.
NAMES = [
    "AerialObject",
    "AirspaceEventsError",
    "Alliance",
    "AmbiguousNameError",
    "Assessment",
    "Asset",
    "Check",
    "Citation",
    "Claim",
    "CountPhraseError",
    "DerivedFrom",
    "Designation",
    "DigestError",
    "Dossier",
    "DuplicateRecordError",
    "Effect",
    "ExternalId",
    "Fate",
    "Feed",
    "FeedError",
    "FeedHeader",
    "Finding",
    "FormatError",
    "Geometry",
    "Incursion",
    "Limits",
    "Marking",
    "Membership",
    "MergeError",
    "MissingExtraError",
    "NameInLanguage",
    "Notice",
    "Official",
    "Organization",
    "Period",
    "Place",
    "PossibleIncursion",
    "PossibleObject",
    "Quote",
    "Record",
    "RecordError",
    "Report",
    "ReportedCount",
    "ReportedQuantity",
    "ReportedTime",
    "Response",
    "Retraction",
    "RowError",
    "SCHEMA_VERSION",
    "Series",
    "Settings",
    "SettingsError",
    "Source",
    "SpeechAct",
    "State",
    "Statement",
    "Tenure",
    "TimeExpressionError",
    "TimePhraseError",
    "Totals",
    "UnknownNameError",
    "UnreadableError",
    "UnwritableError",
    "Zone",
    "alliances",
    "assessments",
    "check",
    "claims",
    "designations",
    "diff",
    "digest",
    "dossier",
    "formats",
    "geometry",
    "iter_records",
    "json_schema",
    "merge",
    "places",
    "read_feed",
    "resolve_count",
    "resolve_time",
    "rules",
    "split",
    "states",
    "testing",
    "to_json",
    "validate",
    "write_feed",
]

HEAVY = (
    "airspace_events.cli",
    "airspace_events.feeds",
    "airspace_events.formats",
    "airspace_events.phrases",
    "airspace_events.reference",
    "airspace_events.validation",
    "airspace_events.vocabulary.codebook",
    "dateutil",
    "importlib.metadata",
    "pycountry",
    "tomllib",
    "zoneinfo",
)


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh interpreter has loaded when it has run the code."""
    told = f"{code}\nimport sys, json\nprint(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, check=True, text=True)
    return set(json.loads(run.stdout))


def is_within(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def tree(package: ModuleType = airspace_events) -> ast.Module:
    return ast.parse(Path(inspect.getfile(package)).read_text(encoding="utf-8"))


def names_for_type_checkers(package: ModuleType = airspace_events) -> dict[str, str]:
    """The module from which a type checker takes each name."""
    block = next(
        node
        for node in tree(package).body
        if isinstance(node, ast.If)
        and isinstance(node.test, ast.Name)
        and node.test.id == "TYPE_CHECKING"
    )
    found = {}
    for node in block.body:
        assert isinstance(node, ast.ImportFrom)
        for alias in node.names:
            assert alias.asname == alias.name, "only `X as X` is an export for type checkers"
            assert alias.name not in found
            found[alias.name] = str(node.module)
    return found


def names_at_run_time() -> dict[str, str]:
    """The module from which each name is loaded when it is used."""
    package = airspace_events.__name__
    named = {name: f"{package}.{module}" for name, module in airspace_events._MODULE_OF.items()}
    modules = {
        name: f"{package}.{module}".rpartition(".")[0]
        for name, module in airspace_events._MODULES.items()
    }
    return named | modules


def test_the_public_names_are_these() -> None:
    assert airspace_events.__all__ == NAMES


def test_type_checkers_and_the_interpreter_see_the_same_names() -> None:
    assert names_for_type_checkers() == names_at_run_time()
    assert sorted(names_at_run_time()) == sorted(airspace_events.__all__)


def test_what_tests_use_is_named_for_type_checkers_too() -> None:
    for_type_checkers = names_for_type_checkers(testing)
    modules = {name: f"{testing.__name__}.{module}" for name, module in testing._MODULE_OF.items()}
    modules |= dict.fromkeys(testing._MODULES, testing.__name__)
    assert for_type_checkers == modules
    assert set(modules) == set(testing.__all__) == set(dir(testing))
    for name, module in modules.items():
        assert getattr(testing, name) is getattr(import_module(module), name)
    with pytest.raises(AttributeError, match="has no attribute 'assertvalid'"):
        testing.assertvalid  # noqa: B018


def test_no_name_is_listed_twice() -> None:
    listed = " ".join(airspace_events._NAMES_OF.values()).split()
    assert len(listed) == len(set(listed))
    assert not set(listed) & set(airspace_events._MODULES)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_loads_from_its_module(name: str) -> None:
    value = getattr(airspace_events, name)
    if name in airspace_events._MODULES:
        assert value.__name__ == f"airspace_events.{airspace_events._MODULES[name]}"
    else:
        assert value is getattr(import_module(names_at_run_time()[name]), name)


def test_every_name_is_listed_before_it_is_loaded() -> None:
    code = "import airspace_events as ae; assert dir(ae) == sorted(ae.__all__); import pydantic"
    assert "pydantic" in loaded_by(code)


def test_a_star_import_brings_all_names() -> None:
    code = "from airspace_events import *\nassert validate and Incursion and geometry"
    assert "airspace_events.validation.validator" in loaded_by(code)


@pytest.mark.parametrize("name", ["Incursions", "incursion_", "_Entry", "read_entries", ""])
def test_a_wrong_name_is_an_attribute_error_that_names_it(name: str) -> None:
    with pytest.raises(AttributeError, match=f"'airspace_events' has no attribute {name!r}"):
        getattr(airspace_events, name)
    assert not hasattr(airspace_events, name)


def test_a_wrong_name_cannot_be_imported() -> None:
    with pytest.raises(ImportError, match="cannot import name 'Incursions'"):
        exec("from airspace_events import Incursions")  # noqa: S102 (as a user writes it)


def test_importing_the_library_loads_nothing_of_it() -> None:
    loaded = loaded_by("import airspace_events")
    assert {name for name in loaded if is_within(name, ("airspace_events",))} == {
        "airspace_events"
    }
    others = ("pydantic", "pydantic_core", "typing_extensions", "annotated_types", "click")
    assert {name for name in loaded if is_within(name, others)} == set()


def test_importing_the_library_loads_only_what_its_two_imports_need() -> None:
    more = loaded_by("import airspace_events") - loaded_by("import importlib, typing")
    assert more == {"airspace_events"}


TRIVIAL = "import pydantic\nclass M(pydantic.BaseModel):\n    a: int\nM(a=1)"
ONE_RECORD = """
from airspace_events.models.events import Incursion
Incursion(id="a", state="LV", time={"value": "2024"}, sources=[{"source": "s"}])
"""


@pytest.mark.parametrize(
    "code",
    ["import airspace_events.models.events", ONE_RECORD],
    ids=["imported", "used"],
)
def test_an_incursion_loads_nothing_heavy_beyond_what_pydantic_loads(code: str) -> None:
    more = loaded_by(code) - loaded_by(TRIVIAL)
    assert "airspace_events.models.events" in more
    assert {name for name in more if is_within(name, HEAVY)} == set()


def test_an_incursion_loads_few_modules_beyond_what_pydantic_loads() -> None:
    more = loaded_by(ONE_RECORD) - loaded_by(TRIVIAL)
    foreign = {name for name in more if not is_within(name, ("airspace_events", "pydantic"))}
    assert foreign <= {"calendar", "locale", "_locale", "unicodedata"}


def test_reading_a_feed_loads_no_validator_and_no_words_for_people() -> None:
    more = loaded_by("from airspace_events import iter_records, Limits") - loaded_by(TRIVIAL)
    unneeded = tuple(name for name in HEAVY if name != "airspace_events.feeds")
    assert {name for name in more if is_within(name, unneeded)} == set()
