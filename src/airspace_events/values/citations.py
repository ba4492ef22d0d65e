"""Where a value comes from: citations of sources, and the words quoted from them."""

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, StringConstraints, model_validator
from pydantic_core import PydanticCustomError, PydanticKnownError
from typing_extensions import TypeAliasType

from airspace_events.values.base import Value
from airspace_events.values.references import SourceRef
from airspace_events.values.scalars import FieldName, Form, Name, Text, WholeNumber
from airspace_events.vocabulary.sources import (
    Derivation,
    InformationCredibility,
    SourceReliability,
)

QuotedWords = TypeAliasType(
    "QuotedWords",
    Annotated[
        str,
        StringConstraints(strict=True, pattern=r"^\s*\S+(?:\s+\S+){0,24}\s*$", max_length=1_000),
        Form("quotation of at most 25 words", "no indication of an intentional attack"),
    ],
)
"""Words quoted from a source: at most 25, since records state facts and copy no texts."""


def _is_no_other_number(value: Any) -> Any:
    # pydantic alone would take true for the word 1, and 1.0.
    if isinstance(value, bool | float):
        raise PydanticKnownError("int_type")
    return value


class Quote(Value, frozen=True):
    """The words of a source on which a value rests (W3C Web Annotation selectors)."""

    exact: QuotedWords
    """The words themselves, at most 25 (TextQuoteSelector)."""
    prefix: Name | None = None
    """Words just before them."""
    suffix: Name | None = None
    """Words just after them."""
    start: WholeNumber | None = None
    """The code point at which they start in the text (TextPositionSelector)."""
    end: WholeNumber | None = None
    """The code point just behind them."""

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.start is not None and self.end is not None and self.start >= self.end:
            msg = "a quotation ends behind its start: {start} to {end}"
            raise PydanticCustomError(
                "bounds_out_of_order", msg, {"start": self.start, "end": self.end}
            )
        return self


class Citation(Value, frozen=True):
    """Says that a source supports this record, or parts of it: the one way to say so."""

    source: SourceRef
    """The source."""
    supports: tuple[FieldName, ...] = ()
    """The fields of this record that it supports, such as ``objects.first.count``; none means
    all of it."""
    quote: Quote | None = None
    """The words of the source."""
    reliability: SourceReliability | None = None
    """How reliable the source is (Admiralty scale); F is "cannot be judged"."""
    credibility: Annotated[InformationCredibility, BeforeValidator(_is_no_other_number)] | None = (
        None
    )
    """How credible this information is (Admiralty scale); 6 is "cannot be judged"."""
    note: Text | None = None
    """Anything else about this use of the source."""


class DerivedFrom(Value, frozen=True):
    """Says that a source was made from another, so that the two are not two (PROV-O)."""

    source: SourceRef
    """The source from which it was made."""
    how: Derivation | None = None
    """How it was made from it; absent when nobody said. It depends on it all the same."""

    @property
    def is_copy(self) -> bool:
        """Whether it adds nothing to the other one; what only cites another says more."""
        return self.how != "cites"
