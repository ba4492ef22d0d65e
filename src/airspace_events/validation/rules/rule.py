"""Rules, which are functions that check a class of values and return any problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple, TypeVar, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from airspace_events.diagnostics.problem import Problem
from airspace_events.errors import SettingsError
from airspace_events.feeds.locating import RawRecord
from airspace_events.models.base import BaseRecord
from airspace_events.models.records import Record
from airspace_events.spelling import nearest
from airspace_events.validation.codes import Code, Severity
from airspace_events.validation.codes.registry import FAMILY_NAMES
from airspace_events.validation.rules.extension_check import ExtensionCheck
from airspace_events.values.base import Value
from airspace_events.values.scalars import Namespace


class Surroundings(NamedTuple):
    """The record and the time that a rule may use in addition to the value that it checks.

    Attributes:
        record: the record that contains the value, or the checked record itself.
        raw: the bytes of the record.
        now: the instant to use as the current time, if given.
    """

    record: Record
    raw: RawRecord
    now: datetime | None


C = TypeVar("C", bound="Check")
Check = Callable[[Any, Surroundings], Problem | Iterable[Problem] | None]
"""A function that returns one problem of a value, several problems, or None.

A generator function also works, but takes time even if the value has no problem.
"""


class Rule(NamedTuple):
    """A rule that checks the values of one class.

    Attributes:
        model: the value class that the rule checks, including subclasses.
        field: the field that must be present for the rule to run.
        codes: the codes of the problems that the rule can find; empty for a rule that reports
            invalid shapes.
        check: the function that returns the problems.
        own: the codes that a rule from another package defines.
    """

    model: type[Value]
    field: str
    codes: tuple[str, ...]
    check: Check
    own: tuple[Code, ...] = ()


class Rules(list[Rule]):
    """A list of the rules in one module."""

    def rule(self, model: type[Value], *codes: str | Code, field: str) -> Callable[[C], C]:
        """Return a decorator that adds a function to the list as a rule.

        Args:
            model: the value class that the rule checks, including subclasses.
            codes: the codes of the problems that the rule can find. A rule from another package
                defines its own `Code` for each problem.
            field: the field that must be present for the rule to run.

        Raises:
            SettingsError: the class has no such field, no code is given, a code does not have the
                form ``package/problem``, or its package has the name of a family of codes.
        """
        if field not in model.model_fields:
            reason = f"{model.__name__} has no field {field!r}"
            raise SettingsError(reason, nearest(field, tuple(model.model_fields)))
        if not codes:
            reason = f"a rule for {model.__name__} lists no code; list the codes of its problems"
            raise SettingsError(reason)
        own = tuple(code for code in codes if isinstance(code, Code))
        for code in own:
            _check_code(code)
        names = tuple(code.name if isinstance(code, Code) else code for code in codes)

        def register(check: C) -> C:
            self.append(Rule(model, field, names, check, own))
            return check

        return register

    def extension(self, namespace: str, model: type[BaseModel]) -> None:
        """Add a rule that checks the data under a namespace in the `extensions` of records.

        The notices have the codes for invalid shapes, such as ``missing_field``.

        Args:
            namespace: the domain name.
            model: the pydantic class for the data.

        Raises:
            SettingsError: the namespace is not a domain name.
        """
        try:
            TypeAdapter(Namespace).validate_python(namespace)
        except ValidationError:
            reason = f"{namespace!r} is not a namespace; use a domain name that you control"
            raise SettingsError(reason) from None
        self.append(Rule(BaseRecord, "extensions", (), ExtensionCheck(namespace, model)))


def _check_code(code: Code) -> None:
    parts = code.name.split("/")
    if len(parts) != len(("package", "problem")) or not all(map(_is_name, parts)):
        reason = f"{code.name!r} is not a valid code for your own rule; write package/problem"
        raise SettingsError(reason)
    if parts[0] in FAMILY_NAMES:
        reason = f"{parts[0]!r} is a family of codes of the library; rename {code.name!r}"
        raise SettingsError(reason)
    check_severity(code.name, code.severity)
    if code.url is not None:
        check_url(code.url)


def check_severity(code: str, word: object) -> None:
    """Reject a severity that does not exist.

    Raises:
        SettingsError: the severity is not ``error``, ``warning`` or ``info``.
    """
    if word not in get_args(Severity):
        reason = f"the severity of {code} must be error, warning or info"
        raise SettingsError(reason)


def check_url(url: object) -> None:
    """Reject a string that is not a web address.

    Raises:
        SettingsError: the string does not start with ``https://`` or ``http://``, or has a
            character that is not allowed in a web address.
    """
    text = url if isinstance(url, str) and url.isascii() and url.isprintable() else ""
    if not text.startswith(("https://", "http://")) or set(text) & set(' "<>\\^`{|}'):
        reason = f"{url!r} is not a web address; write one such as https://example.org/rules.html"
        raise SettingsError(reason)


def _is_name(text: str) -> bool:
    return text.isascii() and text.isidentifier() and text.islower() and text[0].isalpha()
