"""One walk over a record: every rule that concerns a value, and every record that is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, cast

from airspace_events.diagnostics.problem import Parts, Problem
from airspace_events.validation.rules import RULES
from airspace_events.validation.rules.rule import Check, Rule, Surroundings
from airspace_events.values.base import Value
from airspace_events.values.references import Reference
from airspace_events.values.structure import NamedRecord, OpenValue, fields_of, named_in_open


class Found(NamedTuple):
    """What a walk found, in the order of the record's fields.

    Attributes:
        names: the records that are named.
        findings: what the rules found, with the parts of the JSON Pointer from the record on.
    """

    names: list[NamedRecord]
    findings: list[tuple[Parts, Problem]]


class _Plan(NamedTuple):
    """What to look at in a class of value."""

    checks: tuple[tuple[str | None, Check], ...]
    references: tuple[tuple[str, bool, Reference], ...]
    children: tuple[str, ...]


class Walker:
    """Walks over records with some rules."""

    def __init__(self, rules: Iterable[Rule] = RULES) -> None:
        self._rules = tuple(rules)
        self._plans: dict[type[Value], _Plan] = {}

    def walk(self, around: Surroundings) -> Found:
        """Look at every value of a record that a rule or a reference concerns."""
        found = Found([], [])
        self._visit(around.record, (), around, found)
        return found

    def _visit(  # noqa: C901 (a visit is the hot path: a call more for each field would show)
        self, value: Value, at: Parts, around: Surroundings, found: Found
    ) -> None:
        plan = self._plans.get(type(value)) or self._plan(type(value))
        fields, given = value.__dict__, value.__pydantic_fields_set__
        for field, check in plan.checks:
            if field is None or field in given:
                for finding in check(value, around):
                    found.findings.append(((*at, *finding.parts), finding))
        if plan.references:
            found.names.extend(_names(plan, fields, at))
        # In the order of the fields: a set has another one in every process.
        for name in plan.children:
            if name in given:
                child = fields[name]
                if isinstance(child, tuple):
                    for number, one in enumerate(cast("tuple[Value, ...]", child)):
                        self._visit(one, (*at, name, number), around, found)
                elif isinstance(child, Value):
                    self._visit(child, (*at, name), around, found)
                elif child is not None:
                    # Only a value whose type other fields decide is a plain one here.
                    found.names.extend(named_in_open(cast("OpenValue", value), at))

    def _plan(self, model: type[Value]) -> _Plan:
        shapes = fields_of(model).values()
        plan = _Plan(
            tuple(
                (rule.field, rule.check) for rule in self._rules if issubclass(model, rule.model)
            ),
            tuple((f.name, f.many, f.reference) for f in shapes if f.reference),
            tuple(
                f.name
                for f in shapes
                if f.is_open or any(self._concerns(c, (model,)) for c in f.models.values())
            ),
        )
        self._plans[model] = plan
        return plan

    def _concerns(self, model: type[Value], seen: tuple[type[Value], ...]) -> bool:
        """Whether a rule or a reference concerns a class, or what it holds."""
        if model in seen:
            return False
        if any(issubclass(model, rule.model) for rule in self._rules):
            return True
        return any(
            shape.reference
            or shape.is_open
            or any(self._concerns(m, (*seen, model)) for m in shape.models.values())
            for shape in fields_of(model).values()
        )


def _names(plan: _Plan, fields: Mapping[str, Any], at: Parts) -> Iterator[NamedRecord]:
    """The records that the fields of a value name."""
    for name, many, reference in plan.references:
        named = fields[name]
        if many:
            for number, one in enumerate(named):
                yield NamedRecord(one, reference, (*at, name, number))
        elif named is not None:
            yield NamedRecord(named, reference, (*at, name))
