"""Citations of sources, with quotations from them."""

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, StringConstraints, model_validator
from pydantic_core import PydanticCustomError, PydanticKnownError
from typing_extensions import TypeAliasType

from airspace_events.values.base import Value
from airspace_events.values.references import SourceRef
from airspace_events.values.scalars import FieldName, Form, Name, Text, WholeNumber
from airspace_events.vocabulary.terms import Derivation, InformationCredibility, SourceReliability

QuotedWords = TypeAliasType(
    "QuotedWords",
    Annotated[
        str,
        StringConstraints(strict=True, pattern=r"^\s*\S+(?:\s+\S+){0,24}\s*$", max_length=1_000),
        Form("quotation of at most 25 words", "no indication of an intentional attack"),
    ],
)
"""A quotation from a source, limited to 25 words because records must not copy whole texts."""


def _is_no_other_number(value: Any) -> Any:
    # Without this check, pydantic accepts true and 1.0 as 1.
    if isinstance(value, bool | float):
        raise PydanticKnownError("int_type")
    return value


class Quote(Value, frozen=True):
    """A quotation that supports a value (W3C Web Annotation selectors)."""

    exact: QuotedWords
    """The quoted words, at most 25 (TextQuoteSelector)."""
    prefix: Name | None = None
    """The words just before the quotation."""
    suffix: Name | None = None
    """The words just after the quotation."""
    start: WholeNumber | None = None
    """The start of the quotation in the text, in code points from 0 (TextPositionSelector)."""
    end: WholeNumber | None = None
    """The end of the quotation in the text: the position after its last code point."""

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.start is not None and self.end is not None and self.start >= self.end:
            msg = "`end` ({end}) must be greater than `start` ({start})"
            raise PydanticCustomError(
                "bounds_out_of_order", msg, {"start": self.start, "end": self.end}
            )
        return self


class Citation(Value, frozen=True):
    """A citation of a source that supports this record or some of its fields."""

    source: SourceRef
    """The id of the source."""
    supports: tuple[FieldName, ...] = ()
    """The fields of this record that the source supports, such as ``objects.first.count``;
    empty means the whole record."""
    quote: Quote | None = None
    """A quotation from the source."""
    reliability: SourceReliability | None = None
    """The reliability of the source (Admiralty scale); F means "cannot be judged"."""
    credibility: Annotated[InformationCredibility, BeforeValidator(_is_no_other_number)] | None = (
        None
    )
    """The credibility of the information (Admiralty scale); 6 means "cannot be judged"."""
    note: Text | None = None
    """Free text for anything else about the citation."""


class DerivedFrom(Value, frozen=True):
    """The derivation of a source from an earlier source (PROV-O); the two count as one source."""

    source: SourceRef
    """The id of the source from which this source is derived."""
    how: Derivation | None = None
    """The kind of derivation; if absent, the source still counts as derived."""

    @property
    def is_copy(self) -> bool:
        """True if the source only repeats the earlier source and adds no content of its own."""
        return self.how != "cites"
