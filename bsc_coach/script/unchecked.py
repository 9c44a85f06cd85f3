"""Deserialising the bundled script into its dataclasses without pydantic and without validation.

The script that comes with the program is checked by its tests; importing pydantic to check it once more
would be a third of the time to the first picture. What the tables are made of stands in the annotations of
the dataclasses only: this reads the same ones as pydantic does.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from functools import cache
from inspect import get_annotations
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin

from bsc_coach.script.tables import ReadBefore, UnionByKey, UnionByKind, field_for

T = TypeVar("T")
Reader = Callable[[Any], Any]


def build(table_type: type[T], table: Mapping[str, Any]) -> T:
    """Build a dataclass from a table with the keys that its fields have in a file."""
    readers = _readers(cast("Any", table_type))
    return table_type(**{(name := field_for(key)): readers[name](value) for key, value in table.items()})


@cache
def _readers(table_type: Any) -> Mapping[str, Reader]:
    """Give the reader of each field, those of a base class first."""
    base = table_type.__mro__[1]
    own = get_annotations(table_type, eval_str=True)
    readers = {name: _reader(annotation) for name, annotation in own.items()}
    return readers if base is object else {**_readers(base), **readers}


def _as_it_is(value: Any) -> Any:
    return value


def _reader(annotation: Any) -> Reader:
    """Make the function that turns a value of TOML into what an annotation asks for."""
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _marked(inside[0], inside[1:])
    if origin in (Union, types.UnionType):
        (needed,) = (part for part in inside if part is not type(None))
        return _reader(needed)
    if origin is tuple:
        read = _reader(inside[0])
        return lambda values: tuple(map(read, values))
    if annotation is float:
        return float
    if isinstance(annotation, type) and is_dataclass(annotation):
        return lambda table: build(annotation, table)
    return _as_it_is


def _marked(annotation: Any, marks: tuple[Any, ...]) -> Reader:
    """Make the function for an annotation with metadata of ours."""
    for mark in marks:
        if isinstance(mark, UnionByKey | UnionByKind):
            tables, tag = mark.tables(annotation), mark.tag
            return lambda table: build(tables[str(tag(tables, table))], table)
        if isinstance(mark, ReadBefore):
            before, read = mark.read, _reader(annotation)
            return lambda value: read(before(value))
    return _reader(annotation)
