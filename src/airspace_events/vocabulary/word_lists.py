"""Functions to read the terms of a vocabulary and to shorten errors about long ones."""

from typing import Annotated, Any, get_args, get_origin

from typing_extensions import TypeAliasType


class LongList:
    """Marks a vocabulary of more than ten terms, which pydantic errors do not list.

    The mark changes only the message. pydantic reads it when it builds the schema of a class, so
    it does not slow parsing.
    """

    def __init__(self, name: str) -> None:
        """Store the name of the vocabulary, as in the codebook."""
        self.name = name

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Return the schema of the terms, with a shorter message."""
        from pydantic_core import core_schema  # noqa: PLC0415 (the terms alone do not need pydantic)

        count = len(get_args(source))
        return core_schema.custom_error_schema(
            handler(source),
            custom_error_type="literal_error",
            custom_error_context={
                "expected": f"one of the {count} words of {self.name} in the codebook"
            },
        )


def words_of(vocabulary: TypeAliasType) -> tuple[Any, ...]:
    """Return the terms of a vocabulary, in order."""
    words: Any = vocabulary.__value__
    return get_args(get_args(words)[0] if get_origin(words) is Annotated else words)
