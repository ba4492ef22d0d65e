"""Reported numbers: how many, how long, how far, how high. "Several" is not 3."""

from dataclasses import dataclass
from typing import Annotated, Any, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema
from typing_extensions import TypeAliasType

from airspace_events.values.base import Value
from airspace_events.values.scalars import Name, Number, WholeNumber
from airspace_events.values.time import DateOrInstant
from airspace_events.vocabulary.places import AltitudeDatum, Unit


def _check_order(low: float | None, best: float | None, high: float | None) -> None:
    is_in_order = (
        (low is None or best is None or low <= best)
        and (best is None or high is None or best <= high)
        and (low is None or high is None or low <= high)
    )
    if not is_in_order:
        given = [number for number in (low, best, high) if number is not None]
        msg = "min, best and max must not decrease: {given}"
        raise PydanticCustomError(
            "bounds_out_of_order", msg, {"given": ", ".join(f"{n:g}" for n in given)}
        )


class ReportedCount(Value, frozen=True):
    """How many, as reported. Leave out each number that nobody gave.

    "Several" is ``verbatim="several"`` and no number; "at least seven" has ``min=7`` only;
    "19 violations" has ``best=19``. UCDP GED's low, best and high are min, best and max.
    """

    verbatim: Name | None = None
    """The words used: "several", "at least seven"."""
    min: WholeNumber | None = None
    """The least that the words allow."""
    best: WholeNumber | None = None
    """The number given as the number."""
    max: WholeNumber | None = None
    """The most that the words allow."""
    as_of: DateOrInstant | None = None
    """When the count stood so: an EDTF date or an RFC 3339 instant."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.min is not None or self.max is not None:
            _check_order(self.min, self.best, self.max)
        elif self.best is None and self.verbatim is None:
            msg = "a count needs words or a number"
            raise PydanticCustomError("empty_value", msg)
        return self


class ReportedQuantity(Value, frozen=True):
    """How much of a unit, as reported: 12 minutes, 5 NM, 3 km, FL 300."""

    verbatim: Name | None = None
    """The words used: "a few minutes"."""
    min: Number | None = None
    """The least that the words allow."""
    best: Number | None = None
    """The number given as the number."""
    max: Number | None = None
    """The most that the words allow."""
    unit: Unit | None = None
    """The unit of the numbers; without it there can be only words."""
    datum: AltitudeDatum | None = None
    """What an altitude is measured from (AIXM's vertical reference)."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if (self.min, self.best, self.max) == (None,) * 3:
            if self.verbatim is None:
                msg = "a quantity needs words or a number"
                raise PydanticCustomError("empty_value", msg)
        elif self.unit is None:
            msg = "a number needs its unit"
            raise PydanticCustomError("unit_missing", msg)
        _check_order(self.min, self.best, self.max)
        return self


@dataclass(frozen=True, slots=True)
class Units:
    """Narrows a `ReportedQuantity` to the units in which one kind of thing is measured."""

    allowed: tuple[str, ...]
    what: str

    def _check(self, quantity: ReportedQuantity) -> ReportedQuantity:
        if quantity.unit is not None and quantity.unit not in self.allowed:
            msg = '"{unit}" does not measure a {what}; use one of {allowed}'
            raise PydanticCustomError(
                "wrong_unit",
                msg,
                {"unit": quantity.unit, "what": self.what, "allowed": ", ".join(self.allowed)},
            )
        return quantity

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        units = {"unit": {"anyOf": [{"enum": list(self.allowed)}, {"type": "null"}]}}
        return {"allOf": [handler(schema), {"properties": units}]}


Duration = TypeAliasType(
    "Duration", Annotated[ReportedQuantity, Units(("s", "min", "h", "d"), "duration")]
)
"""How long: a quantity in s, min, h or d."""

Distance = TypeAliasType(
    "Distance", Annotated[ReportedQuantity, Units(("m", "km", "ft", "NM", "mi"), "distance")]
)
"""How far: a quantity in m, km, ft, NM or mi."""

Altitude = TypeAliasType(
    "Altitude", Annotated[ReportedQuantity, Units(("m", "km", "ft", "FL"), "altitude")]
)
"""How high: a quantity in m, km, ft or FL, with its datum where that is known."""
