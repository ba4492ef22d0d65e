"""What all values and records have in common."""

import inspect
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Self, get_args

from pydantic import BaseModel, Field, GetCoreSchemaHandler, ValidationError
from pydantic_core import core_schema, from_json

from airspace_events import class_registry

#: The default of a field whose one word names the class, such as ``type`` of an incursion.
#: It must be written in JSON; in Python the constructor writes it.
TAG: Any = Field()


class _Signature:
    """The signature of a class that is not built yet: pydantic gives one only when it is.

    Notebooks ask for it to show what a constructor takes.
    """

    def __get__(self, instance: object, owner: type[BaseModel]) -> inspect.Signature:
        if instance is not None or owner.__pydantic_complete__:
            raise AttributeError
        owner.model_rebuild()
        return inspect.signature(owner)


class Value(
    BaseModel,
    frozen=True,
    extra="forbid",
    allow_inf_nan=False,
    defer_build=True,
    # Texts of reports are seldom the same, and looking for them costs a twentieth of parsing.
    cache_strings="keys",
):
    """An immutable value. Unknown fields are refused, and nothing is coerced in silence."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Tell of the class to whoever watches."""
        super().__pydantic_init_subclass__(**kwargs)
        class_registry.tell(cls)

    def replace(self, **changes: Any) -> Self:
        """Return a copy with some fields changed, checked as a new one would be.

        Raises:
            pydantic.ValidationError: the changed value is not valid.
        """
        given = {name: getattr(self, name) for name in self.model_fields_set}
        return type(self)(**given | changes)

    def __eq__(self, other: object) -> bool:
        """Whether both are written the same: 1 is not true, and 12:00Z is not 15:00+03:00."""
        if not isinstance(other, Value):
            return NotImplemented
        return type(self) is type(other) and to_json(self) == to_json(other)

    def __hash__(self) -> int:
        return hash(to_json(self))

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """Yield the fields that were given, in their order; a tag is in the name of the class."""
        given, tags = self.model_fields_set, _tags(type(self))
        for name in type(self).model_fields:
            if name in given and name not in tags:
                yield name, getattr(self, name)

    def __str__(self) -> str:
        return repr(self)

    if not TYPE_CHECKING:
        # Type checkers keep the signatures that pydantic gives to all of these.

        def __init__(self, /, **data: Any) -> None:
            try:
                self.__pydantic_validator__.validate_python(data, self_instance=self)
            except ValidationError as error:
                raise _explained(error, type(self), data, in_python=True) from None

        # Parsing goes past this constructor: pydantic takes it for its own.
        __init__.__pydantic_base_init__ = True

        @classmethod
        def model_validate(cls, obj: Any, **options: Any) -> Self:
            """Validate a value, as pydantic does; errors have the sentences of the validator."""
            try:
                return super().model_validate(obj, **options)
            except ValidationError as error:
                raise _explained(error, cls, obj) from None

        @classmethod
        def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
            """Validate JSON, as pydantic does; errors have the sentences of the validator."""
            try:
                return super().model_validate_json(json_data, **options)
            except ValidationError as error:
                raise _explained(error, cls, _parsed(json_data)) from None

        # `copy.replace` of Python 3.13 must not go around the checks either.
        __replace__ = replace
        __signature__ = _Signature()


def _explained(
    error: ValidationError, model: type[BaseModel], given: Any, *, in_python: bool = False
) -> ValidationError:
    """Return an error with this library's sentences.

    What writes the sentences knows fields, vocabularies and states, and so stands far above. It
    is named and not imported: no value needs it to be made, only the message of one that cannot
    be made, and nothing is loaded before there is such a message.
    """
    module = import_module("airspace_events.diagnostics.constructor_errors")
    explained: ValidationError = module.explained(error, model, given, in_python=in_python)
    return explained


def _parsed(data: str | bytes | bytearray) -> Any:
    """Return what JSON holds; None if it is not JSON, which the error says already."""
    try:
        return from_json(data)
    except ValueError:
        return None


def to_json(value: Value) -> bytes:
    """The canonical JSON of a record, or of any value, on one line without its end.

    Keys stand in the order of the fields, defaults and nulls are left out, and characters are
    written as themselves. Equal values give equal bytes, and only they do.
    """
    return value.model_dump_json(exclude_defaults=True, exclude_none=True).encode()


class TaggedValue(Value, frozen=True):
    """A value whose class is told by a tag: a record by ``type``, a claim by ``aspect``.

    In JSON the tag is required. A constructor fills it in, since the class says it already.
    """

    if not TYPE_CHECKING:

        def __init__(self, **data: Any) -> None:
            super().__init__(**_tags(type(self)) | data)

        __init__.__pydantic_base_init__ = True


class FamilyValue(TaggedValue, frozen=True):
    """The root of a family of values, one class for each word of its first field.

    As an annotation the root stands for any member of the family, told apart by that word,
    and calling it makes the member that the word names.
    """

    if not TYPE_CHECKING:

        def __init__(self, **data: Any) -> None:
            if type(self).is_family_root():
                word = data.get(type(self).discriminator())
                member = type(self).members().get(word) if isinstance(word, str) else None
                # The members have the layout of the root, so that the new instance may
                # become one before pydantic fills it.
                self.__class__ = member or type(self)
            super().__init__(**data)

        __init__.__pydantic_base_init__ = True

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Put a member's own fields after its word and value, before those of the family."""
        super().__pydantic_init_subclass__(**kwargs)
        names = list(cls.model_fields)
        put_own_fields_first(cls, behind=names.index("value") + 1 if "value" in names else 2)

    @classmethod
    def is_family_root(cls) -> bool:
        """Whether this class stands for the whole family."""
        return FamilyValue in cls.__bases__

    @classmethod
    def discriminator(cls) -> str:
        """The field whose word tells the members apart."""
        return next(iter(cls.model_fields))

    @classmethod
    def members(cls) -> dict[str, type[Self]]:
        """The members of the family, by the word that names each."""
        return {
            _tags(member)[cls.discriminator()]: member
            for member in cls.__subclasses__()
            if member.__module__ == cls.__module__
        }

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        if not cls.is_family_root():
            return handler(source)
        choices = {word: handler.generate_schema(m) for word, m in cls.members().items()}
        return core_schema.tagged_union_schema(choices, discriminator=cls.discriminator())


def put_own_fields_first(model: type[BaseModel], behind: int) -> None:
    """Order the fields of a class for people: what it adds comes before what it inherits.

    pydantic puts inherited fields first. This must run before it builds the class, as it does
    in ``__pydantic_init_subclass__`` with a deferred build.

    Args:
        model: the class.
        behind: how many of the inherited fields stay in front nevertheless.
    """
    fields = model.__pydantic_fields__
    parent = model.__mro__[1]
    inherited = list(parent.model_fields) if issubclass(parent, BaseModel) else []
    for name in inherited[behind:]:
        fields[name] = fields.pop(name)


@cache
def _tags(model: type[BaseModel]) -> dict[str, str]:
    """The fields of a model that can hold one word only, with that word."""
    return {
        name: words[0]
        for name, field in model.model_fields.items()
        if field.is_required() and len(words := get_args(field.annotation)) == 1
    }
