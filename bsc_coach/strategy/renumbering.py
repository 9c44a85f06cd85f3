"""Other short ids for what stands in a strategy: at the thing itself, and wherever another one names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

from pydantic import BaseModel

from bsc_coach.strategy.field_types import ShortId

_Model = TypeVar("_Model", bound=BaseModel)


def ids_in(model: BaseModel) -> Iterator[str]:
    """Yield the short ids that a strategy gives to something."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        if name == "id" and name in _names_of_ids(type(model)):
            yield value
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, BaseModel):
                yield from ids_in(inner)


def with_ids(model: _Model, names: Mapping[str, str]) -> _Model:
    """Return a strategy in which what ``names`` tells is called otherwise."""
    update: dict[str, Any] = {}
    for name in type(model).model_fields:
        value = getattr(model, name)
        is_id = name in _names_of_ids(type(model))
        other = tuple(_with(one, names, is_id=is_id) for one in value) if isinstance(value, tuple) else None
        other = _with(value, names, is_id=is_id) if other is None else other
        if other != value:
            update[name] = other
    return model.model_copy(update=update) if update else model


def _with(value: Any, names: Mapping[str, str], *, is_id: bool) -> Any:
    if isinstance(value, BaseModel):
        return with_ids(value, names)
    return names.get(value, value) if is_id and isinstance(value, str) else value


@cache
def _names_of_ids(model: type[BaseModel]) -> frozenset[str]:
    """Return the fields of a model that hold short ids."""
    told = get_type_hints(model, include_extras=True)
    return frozenset(name for name in model.model_fields if _holds_ids(told[name]))


def _holds_ids(annotation: Any) -> bool:
    return annotation == ShortId or any(_holds_ids(one) for one in get_args(annotation))
