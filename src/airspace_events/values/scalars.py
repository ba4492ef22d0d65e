"""Types for plain values, such as strings, numbers, codes and instants.

All types are strict: validation never converts a number to text, text to a number, or 1.0 to 1.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import Field, GetCoreSchemaHandler, PlainSerializer, StringConstraints
from pydantic_core import PydanticCustomError, core_schema
from typing_extensions import TypeAliasType


@dataclass(frozen=True, slots=True)
class Form:
    """A description of a plain value, for messages and for the codebook.

    Attributes:
        name: the name of the value, without an article.
        example: a valid example.
        standard: the standard that defines the value, if any.
    """

    name: str
    example: str
    standard: str | None = None


Text = TypeAliasType(
    "Text",
    Annotated[
        str,
        StringConstraints(strict=True, min_length=1, max_length=20_000),
        Form("text", "fragments were found in a field"),
    ],
)
"""Free text in any language, with 1 to 20,000 characters."""

Name = TypeAliasType(
    "Name",
    Annotated[
        str,
        StringConstraints(strict=True, min_length=1, max_length=500),
        Form("name", "Romania"),
    ],
)
"""A name or a title, with 1 to 500 characters."""

LanguageTag = TypeAliasType(
    "LanguageTag",
    Annotated[
        str,
        StringConstraints(
            strict=True, pattern=r"^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$", max_length=35
        ),
        Form("language tag", "ro", "BCP 47"),
    ],
)

WebAddress = TypeAliasType(
    "WebAddress",
    Annotated[
        str,
        StringConstraints(strict=True, pattern=r"^https?://[^\s]+$", max_length=2_000),
        Form("web address", "https://www.example.org/report", "RFC 3986"),
    ],
)

Sha256 = TypeAliasType(
    "Sha256",
    Annotated[
        str,
        StringConstraints(strict=True, pattern=r"^[0-9a-f]{64}$"),
        Form("SHA-256 digest in lower-case hexadecimal", "0" * 64, "FIPS 180-4"),
    ],
)

LocationIndicator = TypeAliasType(
    "LocationIndicator",
    Annotated[
        str,
        StringConstraints(strict=True, pattern=r"^[A-Z]{4}$"),
        Form("ICAO location indicator", "EPWA", "ICAO Doc 7910"),
    ],
)

AircraftType = TypeAliasType(
    "AircraftType",
    Annotated[
        str,
        StringConstraints(strict=True, pattern=r"^[A-Z][A-Z0-9]{1,3}$"),
        Form("ICAO aircraft type designator", "F16", "ICAO Doc 8643"),
    ],
)

FieldName = TypeAliasType(
    "FieldName",
    Annotated[
        str,
        StringConstraints(
            strict=True,
            pattern=r"^[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*(?:-[a-z0-9]+)*)*$",
            max_length=500,
        ),
        Form("name of a field (with list items named by their ids)", "objects.first.count"),
    ],
)
"""A path such as ``objects.first.count``: field names and item ids, separated by dots."""

Namespace = TypeAliasType(
    "Namespace",
    Annotated[
        str,
        StringConstraints(strict=True, pattern=r"^[a-z0-9-]+(?:\.[a-z0-9-]+)+$", max_length=100),
        Form("namespace (a domain name that you control)", "example.org"),
    ],
)

Alpha3 = TypeAliasType(
    "Alpha3",
    Annotated[
        str,
        StringConstraints(strict=True, pattern=r"^[A-Z]{3}$"),
        Form("three-letter code of a state", "ROU", "ISO 3166-1 alpha-3"),
    ],
)

NumericCode = TypeAliasType(
    "NumericCode",
    Annotated[
        str,
        StringConstraints(strict=True, pattern=r"^[0-9]{3}$"),
        Form("three-digit code of a state", "642", "ISO 3166-1 numeric"),
    ],
)

SchemaVersion = TypeAliasType(
    "SchemaVersion",
    Annotated[
        str,
        StringConstraints(strict=True, pattern=r"^(?:0|[1-9][0-9]{0,3})\.(?:0|[1-9][0-9]{0,3})$"),
        Form("schema version", "1.0"),
    ],
)

WholeNumber = TypeAliasType(
    "WholeNumber",
    Annotated[int, Field(strict=True, ge=0, le=1_000_000_000), Form("whole number", "19")],
)
"""A count from 0 to 1,000,000,000."""

PositiveNumber = TypeAliasType(
    "PositiveNumber",
    Annotated[
        int,
        Field(strict=True, ge=1, le=1_000_000_000),
        Form("positive whole number", "1"),
    ],
)


def _without_needless_fraction(value: float) -> float | int:
    return int(value) if value.is_integer() else value


Number = TypeAliasType(
    "Number",
    Annotated[
        float,
        Field(strict=True, ge=-1e9, le=1e9),
        PlainSerializer(_without_needless_fraction, when_used="json"),
        Form("number", "12"),
    ],
)
"""A measured number; in JSON, 12.0 is written as 12."""

Flag = TypeAliasType("Flag", Annotated[bool, Field(strict=True), Form("true or false", "true")])

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The first and last year that the library supports."""

_YEAR = "(?:19[0-9]{2}|2[01][0-9]{2}|2200)"
_RFC3339 = (
    rf"{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
    r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?"
    # "-00:00" is excluded: it means an unknown offset, which a datetime cannot store.
    r"(?:Z|\+(?:[01][0-9]|2[0-3]):[0-5][0-9]"
    r"|-(?:(?:0[1-9]|1[0-9]|2[0-3]):[0-5][0-9]|00:(?:0[1-9]|[1-5][0-9])))"
)


def _check_instant(value: datetime) -> datetime:
    offset = value.utcoffset()
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        msg = "the year must be between {first} and {last}"
        raise PydanticCustomError("out_of_range", msg, {"first": FIRST_YEAR, "last": LAST_YEAR})
    if offset is not None and offset % timedelta(minutes=1):
        msg = "an offset from UTC must be in whole minutes"
        raise PydanticCustomError("malformed_value", msg)
    return value


class _InstantSchema:
    """A validator that accepts only RFC 3339 text and aware `datetime` objects.

    pydantic alone would also accept "1700000000", and would truncate fractions of nine digits.
    """

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        parsed = core_schema.datetime_schema(tz_constraint="aware")
        text = core_schema.chain_schema(
            [core_schema.str_schema(pattern=f"^{_RFC3339}$", strict=True), parsed]
        )
        instant = core_schema.no_info_before_validator_function(
            _check_instant, core_schema.datetime_schema(tz_constraint="aware", strict=True)
        )
        given = core_schema.tagged_union_schema(
            {"text": text, "datetime": instant},
            discriminator=lambda value: "datetime" if isinstance(value, datetime) else "text",
        )
        return core_schema.json_or_python_schema(
            json_schema=text,
            python_schema=given,
        )

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        return {"type": "string", "format": "date-time", "pattern": f"^{_RFC3339}$"}


Instant = TypeAliasType(
    "Instant",
    Annotated[
        datetime,
        _InstantSchema(),
        Form("instant with a time zone", "2024-09-08T02:25:00+03:00", "RFC 3339"),
    ],
)
"""An instant in the years 1900 to 2200: RFC 3339 text with an offset, or an aware datetime."""
