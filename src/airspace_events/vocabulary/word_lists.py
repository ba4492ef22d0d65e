"""The lists of words: how to read one, and how to keep a long one out of an error."""

from typing import Annotated, Any, get_args, get_origin

from typing_extensions import TypeAliasType


class LongList:
    """Marks a vocabulary of more than ten words: an error of pydantic does not list them.

    The mark changes the message and nothing else. It is read when the schema of a class is
    built, so that parsing costs the same with and without it.
    """

    def __init__(self, name: str) -> None:
        """Take the name of the vocabulary, as the codebook has it."""
        self.name = name

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Return the schema of the words, with a shorter message."""
        from pydantic_core import core_schema  # noqa: PLC0415 (words alone need no pydantic)

        count = len(get_args(source))
        return core_schema.custom_error_schema(
            handler(source),
            custom_error_type="literal_error",
            custom_error_context={
                "expected": f"one of the {count} words of {self.name} in the codebook"
            },
        )


def words_of(vocabulary: TypeAliasType) -> tuple[Any, ...]:
    """Return the words of a vocabulary, in their order."""
    words: Any = vocabulary.__value__
    return get_args(get_args(words)[0] if get_origin(words) is Annotated else words)
