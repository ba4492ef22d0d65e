"""Functions that read the terms of a vocabulary and shorten errors about long vocabularies."""

from typing import Annotated, Any, get_args, get_origin

from typing_extensions import TypeAliasType


class LongList:
    """A marker for a vocabulary of more than ten terms: pydantic errors do not list its terms.

    The marker changes only the message. pydantic reads the marker when it builds the schema of a
    class, so the marker does not slow down parsing.
    """

    def __init__(self, name: str) -> None:
        """Store the name that the vocabulary has in the codebook."""
        self.name = name

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Return the pydantic schema of the terms, with a shorter message."""
        from pydantic_core import core_schema  # noqa: PLC0415 (the terms alone do not need pydantic)

        count = len(get_args(source))
        return core_schema.custom_error_schema(
            handler(source),
            custom_error_type="literal_error",
            custom_error_context={
                "expected": f"one of the {count} terms of the vocabulary {self.name} in the "
                "codebook"
            },
        )


def words_of(vocabulary: TypeAliasType) -> tuple[Any, ...]:
    """Return the terms of a vocabulary, in order."""
    words: Any = vocabulary.__value__
    return get_args(get_args(words)[0] if get_origin(words) is Annotated else words)
