"""Run rules from other packages, and report a failure of a rule as a problem."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from pydantic import TypeAdapter

from airspace_events.diagnostics.problem import Problem
from airspace_events.safe_text import safe, shown
from airspace_events.validation.codes import CODES
from airspace_events.validation.rules.extension_check import ExtensionCheck
from airspace_events.validation.rules.rule import Check, Rule, Surroundings
from airspace_events.values.base import Value

_LONGEST_REASON = 200
_PROBLEM = TypeAdapter(Problem)


def guarded(rule: Rule) -> Rule:
    """Return a rule that finds the same problems but never raises an error."""
    return rule._replace(check=_Guard(rule))


@dataclass(frozen=True, slots=True)
class _Guard:
    rule: Rule

    def __call__(self, value: Value, around: Surroundings) -> list[Problem]:
        try:
            found = self.rule.check(value, around)
            problems = [found] if isinstance(found, Problem) else found or ()
            return [self._checked(problem) for problem in problems]
        except Exception as error:  # noqa: BLE001 (another package may raise anything)
            name = _name_of(self.rule.check)
            reason = f"{type(error).__name__}: {_text_of(error)}"
            message = f"the rule {name} failed with {shown(reason, _LONGEST_REASON)}"
            return [Problem("rule_failed", message, context={"rule": name})]

    def _checked(self, problem: object) -> Problem:
        if not isinstance(problem, Problem):
            msg = f"a rule must return problems, not {type(problem).__name__}"
            raise TypeError(msg)
        if problem.code not in (self.rule.codes or CODES):
            msg = f"the decorator of the rule does not list the code {problem.code}"
            raise ValueError(msg)
        return _PROBLEM.validate_python(asdict(problem))


def _name_of(check: Check) -> str:
    if isinstance(check, ExtensionCheck):
        return f"for the extensions of {check.namespace}"
    name = getattr(check, "__qualname__", type(check).__qualname__)
    return safe(f"{check.__module__}.{name}")


def _text_of(error: Exception) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001 (as above)
        return "an error without a message"
