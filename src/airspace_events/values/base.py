"""The base classes of all values and records."""

import inspect
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Self, get_args

from pydantic import BaseModel, Field, GetCoreSchemaHandler, ValidationError
from pydantic_core import core_schema, from_json

from airspace_events import class_registry

#: The default of a field whose only word names the class, such as ``type`` of an incursion.
#: The field is required in JSON; in Python the constructor sets it.
TAG: Any = Field()


class _Signature:
    """A descriptor for the signature of a class that pydantic has not built yet.

    Notebooks read the signature to show the arguments of a constructor.
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
    # An instance of a user's subclass is converted to the class that the field requires. Then its
    # output is complete, and any additional field is refused.
    revalidate_instances="subclass-instances",
    # Strings rarely repeat, and searching the cache for them costs 5 % of parsing time.
    cache_strings="keys",
):
    """An immutable value. It rejects unknown fields and never converts types silently."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Register a new value class, and give it a signature."""
        super().__pydantic_init_subclass__(**kwargs)
        class_registry.tell(cls)
        if not cls.__pydantic_complete__:
            # Otherwise a class would inherit the signature of a base that pydantic has built.
            type.__setattr__(cls, "__signature__", _Signature())

    def replace(self, **changes: Any) -> Self:
        """Return a copy with changed fields, validated like a new value.

        Raises:
            pydantic.ValidationError: the changed value is not valid.
        """
        given = {name: getattr(self, name) for name in self.model_fields_set}
        return type(self)(**given | changes)

    def __eq__(self, other: object) -> bool:
        """Return whether both values have the same JSON; 12:00Z does not equal 15:00+03:00."""
        if not isinstance(other, Value):
            return NotImplemented
        return type(self) is type(other) and to_json(self) == to_json(other)

    def __hash__(self) -> int:
        return hash(to_json(self))

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """Yield the fields that were set, except tags, which the class name implies."""
        given, tags = self.model_fields_set, _tags(type(self))
        for name in type(self).model_fields:
            if name in given and name not in tags:
                yield name, getattr(self, name)

    def __str__(self) -> str:
        return repr(self)

    if not TYPE_CHECKING:
        # Type checkers use pydantic's own signatures for these methods.

        def __init__(self, /, **data: Any) -> None:
            try:
                self.__pydantic_validator__.validate_python(data, self_instance=self)
            except ValidationError as error:
                raise _explained(error, type(self), data, in_python=True) from None

        # Parsing skips this constructor, because pydantic treats it as its own.
        __init__.__pydantic_base_init__ = True

        @classmethod
        def model_validate(cls, obj: Any, **options: Any) -> Self:
            """Validate a value, and raise errors with the same messages as `validate`."""
            try:
                return super().model_validate(obj, **options)
            except ValidationError as error:
                raise _explained(error, cls, obj) from None

        @classmethod
        def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
            """Validate JSON, and raise errors with the same messages as `validate`."""
            try:
                return super().model_validate_json(json_data, **options)
            except ValidationError as error:
                raise _explained(error, cls, _parsed(json_data)) from None

        def __setattr__(self, name: str, value: Any) -> None:
            try:
                super().__setattr__(name, value)
            except ValidationError as error:
                raise _explained(error, type(self), None, in_python=True) from None

        def __delattr__(self, name: str) -> None:
            try:
                super().__delattr__(name)
            except ValidationError as error:
                raise _explained(error, type(self), None, in_python=True) from None

        # `copy.replace` of Python 3.13 must run the checks too.
        __replace__ = replace
        __signature__ = _Signature()


def _explained(
    error: ValidationError, model: type[BaseModel], given: Any, *, in_python: bool = False
) -> ValidationError:
    """Return the error with the messages of this library.

    The module that writes the messages is imported late, because it indirectly imports this one.
    """
    module = import_module("airspace_events.diagnostics.constructor_errors")
    explained: ValidationError = module.explained(error, model, given, in_python=in_python)
    return explained


def _parsed(data: str | bytes | bytearray) -> Any:
    """Return the parsed JSON, or None if it is malformed; the caller raises the error."""
    try:
        return from_json(data)
    except ValueError:
        return None


def to_json(value: Value) -> bytes:
    """Return the canonical JSON of a record or value, on one line with no trailing line break.

    Keys are in the order of the fields. Defaults and nulls are omitted, and no character is
    escaped unless JSON requires it. Two values have the same JSON only if they are equal.
    """
    return value.model_dump_json(exclude_defaults=True, exclude_none=True).encode()


class TaggedValue(Value, frozen=True):
    """A value with a tag that identifies its class, such as ``type`` in a record.

    The tag is required in JSON. In Python, the constructor sets it.
    """

    if not TYPE_CHECKING:

        def __init__(self, **data: Any) -> None:
            super().__init__(**_tags(type(self)) | data)

        __init__.__pydantic_base_init__ = True


class FamilyValue(TaggedValue, frozen=True):
    """The root class of a family, with a subclass for each word that the first field allows.

    Used as an annotation, the root class stands for any member of the family. The word in the
    first field selects the member. Calling the root class makes an instance of that member.
    """

    if not TYPE_CHECKING:

        def __init__(self, **data: Any) -> None:
            if type(self).is_family_root():
                word = data.get(type(self).discriminator())
                member = type(self).members().get(word) if isinstance(word, str) else None
                # The members have the same layout as the root, so the new instance can change
                # its class before pydantic fills it.
                self.__class__ = member or type(self)
            super().__init__(**data)

        __init__.__pydantic_base_init__ = True

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Put the member's own fields after the inherited ``value`` or the second field."""
        super().__pydantic_init_subclass__(**kwargs)
        names = list(cls.model_fields)
        put_own_fields_first(cls, behind=names.index("value") + 1 if "value" in names else 2)

    @classmethod
    def is_family_root(cls) -> bool:
        """Return whether this class is the root of a family."""
        return FamilyValue in cls.__bases__

    @classmethod
    def discriminator(cls) -> str:
        """Return the name of the field whose word selects the member."""
        return next(iter(cls.model_fields))

    @classmethod
    def members(cls) -> dict[str, type[Self]]:
        """Return a mapping from the words of the first field to the members that they select."""
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
    """Reorder the fields of a class, so that its own fields come before inherited ones.

    pydantic puts inherited fields first. Call this function before pydantic builds the class, from
    ``__pydantic_init_subclass__`` with a deferred build.

    Args:
        model: the class.
        behind: the number of inherited fields that stay in front of the class's own fields.
    """
    fields = model.__pydantic_fields__
    parent = model.__mro__[1]
    inherited = list(parent.model_fields) if issubclass(parent, BaseModel) else []
    for name in inherited[behind:]:
        fields[name] = fields.pop(name)


@cache
def _tags(model: type[BaseModel]) -> dict[str, str]:
    """Return the word of each required field that allows only one word."""
    return {
        name: words[0]
        for name, field in model.model_fields.items()
        if field.is_required() and len(words := get_args(field.annotation)) == 1
    }
