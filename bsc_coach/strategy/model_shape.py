"""Shape of the models of a strategy.toml, as far as faults are told by it: fields, lists, kinds of value."""

from __future__ import annotations

from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

Names = tuple[str, ...]


@cache
def model_at(root: type[BaseModel], names: Names) -> type[BaseModel] | None:
    """Return the model of the table at ``names``, through lists; None where no table stands."""
    model: type[BaseModel] | None = root
    for name in names:
        inner = model.model_fields.get(name) if model is not None else None
        model = None if inner is None else _table_in(inner.annotation)
    return model


@cache
def lists_in(root: type[BaseModel]) -> frozenset[Names]:
    """Return where lists of tables stand, by their names: ("kpis",), ("proposition", "attributes")."""
    found: set[Names] = set()
    for name, told in root.model_fields.items():
        inner = _table_in(told.annotation)
        if inner is None:
            continue
        if get_origin(told.annotation) is tuple:
            found.add((name,))
        else:
            found |= {(name, *names) for names in lists_in(inner)}
    return frozenset(found)


def kinds_at(model: type[BaseModel], name: str) -> set[type]:
    """Return the types that the value of a field may have, None left aside."""
    told = model.model_fields.get(name)
    return set() if told is None else _kinds(told.annotation)


def words_at(model: type[BaseModel], name: str) -> tuple[str, ...]:
    """Return the words that a field may hold, where it is a choice of some."""
    told = model.model_fields.get(name)
    return () if told is None else tuple(dict.fromkeys(_words(told.annotation)))


def _parts(annotation: Any) -> tuple[Any, ...]:
    """Return what an annotation is made of: the members of a union, the element of a tuple."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return get_args(annotation)[:1]
    if origin in (Union, UnionType):
        return tuple(one for one in get_args(annotation) if one is not type(None))
    if origin is tuple:
        return get_args(annotation)[:1]
    return ()


def _table_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for one in _parts(annotation) if (found := _table_in(one)) is not None), None)


def _kinds(annotation: Any) -> set[type]:
    if get_origin(annotation) is Literal:
        return {type(one) for one in get_args(annotation)}
    if get_origin(annotation) is tuple:
        return {tuple}
    if isinstance(annotation, type):
        return {annotation}
    return {kind for one in _parts(annotation) for kind in _kinds(one)}


def _words(annotation: Any) -> list[str]:
    if get_origin(annotation) is Literal:
        return [str(one) for one in get_args(annotation)]
    return [word for one in _parts(annotation) for word in _words(one)]
