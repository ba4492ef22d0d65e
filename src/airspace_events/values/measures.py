"""Reported counts, durations, distances and altitudes."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema
from typing_extensions import TypeAliasType

from airspace_events.values.base import Value
from airspace_events.values.scalars import Name, Number, WholeNumber
from airspace_events.values.time import DateOrInstant
from airspace_events.vocabulary.terms import AltitudeDatum, Unit


class ReportedCount(Value, frozen=True):
    """A count as reported, with only the numbers that the report gives.

    Record "several" as ``verbatim="several"`` without a number. "At least seven" has only
    ``min=7``. "19 violations" has ``best=19``. "About 20" has ``roughly=20``, which neither equals
    nor contradicts 20. For the low, best and high estimates of UCDP GED, use `min`, `best` and
    `max`.
    """

    verbatim: Name | None = None
    """The words of the report, such as "several" or "at least seven"."""
    min: WholeNumber | None = None
    """The smallest number that the words allow."""
    best: WholeNumber | None = None
    """The number that the report gives as exact."""
    roughly: WholeNumber | None = None
    """The number that the report gives as approximate, such as "about 20"; not allowed with
    `best`.
    """
    max: WholeNumber | None = None
    """The largest number that the words allow."""
    as_of: DateOrInstant | None = None
    """The time at which the count was current: an EDTF date or an RFC 3339 instant."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        # Counts are frequent: reading the dictionary in one call is fastest.
        given = self.__dict__
        if given["min"] is not None or given["max"] is not None or given["roughly"] is not None:
            _check_numbers(given)
        elif given["best"] is None and given["verbatim"] is None:
            msg = (
                "a count needs a number (`best`, `min`, `max` or `roughly`) or the words of the "
                "report (`verbatim`)"
            )
            raise PydanticCustomError("empty_value", msg)
        return self


class ReportedQuantity(Value, frozen=True):
    """A quantity with its unit, as reported, such as 12 minutes, 5 NM, 3 km or FL 300."""

    verbatim: Name | None = None
    """The words of the report, such as "a few minutes"."""
    min: Number | None = None
    """The smallest number that the words allow."""
    best: Number | None = None
    """The number that the report gives as exact."""
    roughly: Number | None = None
    """The number that the report gives as approximate, such as "about 5 km"; not allowed with
    `best`.
    """
    max: Number | None = None
    """The largest number that the words allow."""
    unit: Unit | None = None
    """The unit of the numbers; required if there is a number."""
    datum: AltitudeDatum | None = None
    """The level from which an altitude is measured (the vertical reference of AIXM)."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        given = self.__dict__
        is_range = given["min"] is not None or given["max"] is not None
        if not (is_range or given["best"] is not None or given["roughly"] is not None):
            if given["verbatim"] is None:
                msg = (
                    "a quantity needs a number (`best`, `min`, `max` or `roughly`) or the words "
                    "of the report (`verbatim`)"
                )
                raise PydanticCustomError("empty_value", msg)
        elif given["unit"] is None:
            msg = "a quantity with a number needs a `unit`"
            raise PydanticCustomError("unit_missing", msg)
        if is_range or given["roughly"] is not None:
            _check_numbers(given)
        return self


def _check_numbers(given: Mapping[str, Any]) -> None:
    best, roughly = given["best"], given["roughly"]
    if best is not None and roughly is not None:
        msg = "a number must be exact (`best`) or approximate (`roughly`), not both"
        raise PydanticCustomError("exact_and_approximate", msg)
    ordered = (given["min"], best if roughly is None else roughly, given["max"])
    numbers = [one for one in ordered if one is not None]
    if numbers != sorted(numbers):
        msg = "the numbers decrease: {given}; `min` must be the smallest, and `max` the largest"
        raise PydanticCustomError(
            "bounds_out_of_order", msg, {"given": ", ".join(f"{one:g}" for one in numbers)}
        )


@dataclass(frozen=True, slots=True)
class Units:
    """An annotation that restricts a `ReportedQuantity` to the units of one dimension."""

    allowed: tuple[str, ...]
    what: str

    def _check(self, quantity: ReportedQuantity) -> ReportedQuantity:
        unit = quantity.unit
        if unit is not None and unit not in self.allowed:
            msg = '"{unit}" is not a unit of {what}; use one of {allowed}'
            raise PydanticCustomError(
                "wrong_unit",
                msg,
                {"unit": unit, "what": self.what, "allowed": ", ".join(self.allowed)},
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
"""A duration: a quantity in s, min, h or d."""

Distance = TypeAliasType(
    "Distance", Annotated[ReportedQuantity, Units(("m", "km", "ft", "NM", "mi"), "distance")]
)
"""A distance: a quantity in m, km, ft, NM or mi."""

Altitude = TypeAliasType(
    "Altitude", Annotated[ReportedQuantity, Units(("m", "km", "ft", "FL"), "altitude")]
)
"""An altitude: a quantity in m, km, ft or FL, with its datum if known."""


KILOMETRES: Mapping[str, float] = MappingProxyType(
    {"m": 0.001, "km": 1, "ft": 0.0003048, "NM": 1.852, "mi": 1.609344}
)
"""The length of each unit of distance in kilometres."""


class Totals(Value, frozen=True):
    """Total counts, with a field for each kind of count that a report can give.

    Never add up different kinds of counts: nineteen violations are not nineteen drones.
    """

    objects: ReportedCount | None = None
    """The number of objects in the air; an object that crossed twice counts once."""
    sorties: ReportedCount | None = None
    """The number of flights, each from take-off to landing."""
    crossings: ReportedCount | None = None
    """The number of inward border crossings; one object may cross several times."""
    zone_entries: ReportedCount | None = None
    """The number of entries into a zone, such as an identification zone."""
    incidents: ReportedCount | None = None
    """The number of incidents as the speaker counts them; each may involve several objects."""
    attacks: ReportedCount | None = None
    """The number of attacks as the speaker counts them, with or without a border crossing."""
    finds: ReportedCount | None = None
    """The number of objects found on the ground or in the water."""
    places: ReportedCount | None = None
    """The number of places where objects were found or seen, or where something was hit."""
    sightings: ReportedCount | None = None
    """The number of sightings, including those that turned out to be something else."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        for count in self.__dict__.values():
            if count is not None:
                return self
        msg = "totals need at least one count, such as objects or crossings"
        raise PydanticCustomError("empty_value", msg)
