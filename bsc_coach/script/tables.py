"""Base class of the tables of a script, and the constraints that their annotations carry.

pydantic checks these dataclasses when a script of somebody's own is read (``validation.shape``). Importing
it takes longer than everything else that a session needs to open, so the constraints are metadata of our
own that ask pydantic only when pydantic asks them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NoReturn, Union, dataclass_transform, get_args

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

_KEYS = {"within": "in", "source": "from", "is_": "is", "not_": "not"}
"""Keys of the file that Python has taken for itself, by the field that holds them."""
_FIELDS = {key: name for name, key in _KEYS.items()}


def key_of(name: str) -> str:
    """Name the key in a script file that fills the field ``name``."""
    return _KEYS.get(name, name)


def field_for(key: str) -> str:
    """Name the field that the key of a script file fills."""
    return _FIELDS.get(key, key)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
class ScriptTable:
    """Base class of every table of a script file: a frozen dataclass that is built by keywords.

    The methods that ``dataclass`` would write and compile for each of the thirty classes, which takes longer
    than reading the script, stand here once.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = {
        "extra": "forbid",
        "alias_generator": key_of,
        "populate_by_name": True,
    }
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    _defaults: ClassVar[Mapping[str, Any]]
    _required: ClassVar[frozenset[str]]

    def __init_subclass__(cls) -> None:
        dataclass(init=False, repr=False, eq=False, kw_only=True)(cls)
        defaults: dict[str, Any] = {}
        for one in cls.__dataclass_fields__.values():
            if one.default is not MISSING:
                defaults[one.name] = one.default
            elif one.default_factory is not MISSING:
                defaults[one.name] = one.default_factory()  # made once: nobody changes what a table holds
        cls._defaults = defaults
        cls._required = frozenset(cls.__dataclass_fields__) - defaults.keys()

    def __init__(self, **values: Any) -> None:
        filled = {**self._defaults, **values}
        if len(filled) != len(self._defaults) + len(self._required) or not self._required <= filled.keys():
            raise TypeError(f"{type(self).__name__} does not have these fields: {sorted(values)}")
        self.__dict__.update(filled)

    def __eq__(self, other: object) -> bool:
        return self.__dict__ == other.__dict__ if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__[name] for name in self.__dataclass_fields__))

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={self.__dict__[name]!r}" for name in self.__dataclass_fields__)
        return f"{type(self).__name__}({told})"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(f"cannot delete field {name!r}")


def table_in(annotation: Any) -> type[ScriptTable] | None:
    """Find the table that an annotation holds: alone, optional or several; None for a condition."""
    if isinstance(annotation, type) and issubclass(annotation, ScriptTable):
        return annotation
    inside = get_args(annotation)
    if any(isinstance(part, UnionByKind | UnionByKey) for part in inside):
        return None
    return next(filter(None, map(table_in, inside)), None)


class Check:
    """Constraints of a value, named as ``pydantic.Field`` names them: ``Check(ge=1)``."""

    def __init__(self, **constraints: Any) -> None:
        self.constraints = constraints

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic import Field

        return handler(Annotated[source, Field(**self.constraints)])


class ReadBefore:
    """A function that turns a short way of writing a table into the whole one, before it is checked."""

    def __init__(self, read: Callable[[object], object]) -> None:
        self.read = read

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic import BeforeValidator

        return handler(Annotated[source, BeforeValidator(self.read)])


class UnionByKind:
    """A union of tables that each say in ``kind`` which they are."""

    def tables(self, union: Any) -> dict[str, type[ScriptTable]]:
        """Index the members of a union by the kind that each has as its default."""
        return {table.kind: table for table in get_args(union)}

    def tag(self, tables: Collection[str], value: Mapping[str, object]) -> str | None:
        """Read from the table in a file which member it is."""
        kind = value.get("kind")
        return kind if isinstance(kind, str) else None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic import Field

        return handler(Annotated[source, Field(discriminator="kind")])


class UnionByKey:
    """A union of tables that are told by a key that only one of them has: that of its first field.

    A misspelt neighbour of that key is then a fault of the right table.
    """

    def tables(self, union: Any) -> dict[str, type[ScriptTable]]:
        """Index the members of a union by the key of their first field."""
        return {key_of(fields(table)[0].name): table for table in get_args(union)}

    def tag(self, tables: Collection[str], value: Mapping[str, object]) -> str | None:
        """Read from the table in a file which member it is."""
        return next((key for key in tables if key in value), None)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic import Discriminator, Tag

        tables = self.tables(source)

        def tag(value: object) -> str | None:
            return self.tag(tables, value) if isinstance(value, dict) else None

        tagged: Any = Union[tuple(Annotated[table, Tag(key)] for key, table in tables.items())]  # noqa: UP007
        return handler(Annotated[tagged, Discriminator(tag)])


def members_of(union: Any) -> dict[str, type[ScriptTable]]:
    """Index the members of an annotated union (``Step``, ``Predicate``) by what tells them in a file."""
    tables, mark = get_args(union)
    found: dict[str, type[ScriptTable]] = mark.tables(tables)
    return found
