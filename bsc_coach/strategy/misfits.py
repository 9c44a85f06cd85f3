"""Values that do not fit their field, as pydantic finds them, in the terms of people."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from bsc_coach.strategy.model_shape import kinds_at, words_at
from bsc_coach.strategy.nested import Names

_WANTED = ((float, "number"), (int, "whole"), (str, "text"), (bool, "flag"), (tuple, "list"))


def errors_of(model: type[BaseModel], table: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what pydantic finds wrong with a table, unknown names first."""
    try:
        model.model_validate(table)
    except ValidationError as error:
        # Unknown names first: what one was meant for is not missing then.
        found = [dict(one) for one in error.errors(include_url=False)]
        return sorted(found, key=lambda one: one["type"] != "extra_forbidden")
    return []


def names_in(table: dict[str, Any], location: tuple[int | str, ...]) -> Names:
    """Return the names down to a field: pydantic also names the member of a union, and numbers elements."""
    names: list[str] = []
    found: Any = table
    for part in location:
        if not isinstance(found, dict) or not isinstance(part, str) or part not in found:
            break
        names.append(part)
        found = found[part]
    return tuple(names)


def misfit(
    error: dict[str, Any], model: type[BaseModel], name: str, value: object
) -> tuple[str, dict[str, Any]]:
    """Return the key and the values of the sentence for a value that does not fit its field."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "literal_error":
        words = words_at(model, name)
        wrong = error.get("input", value)
        return "bad_word", {"name": str(wrong), "known": words, "words": ", ".join(words)}
    if kind == "string_pattern_mismatch":
        if "A-Z]{1,4}" in context.get("pattern", ""):
            return ("bad_id" if name == "id" else "bad_reference"), {"name": str(value)}
        return {"points": "bad_points", "language": "bad_language", "about": "bad_reference"}.get(
            name, "bad_date"
        ), {"name": str(value)}
    if kind == "greater_than_equal":
        return "too_small", {"name": str(value), "n": context["ge"]}
    if kind == "less_than_equal":
        return "too_large", {"name": str(value), "n": context["le"]}
    return "wrong_type", {"wanted": wanted(model, name)}


def longest_text(value: object) -> int:
    """Return how many characters the longest text has in the value of a field."""
    texts = value if isinstance(value, list) else (value,)
    return max((len(one) for one in texts if isinstance(one, str)), default=0)


def wanted(model: type[BaseModel], name: str) -> str:
    """Return which sort of value a field takes, as the name of its words."""
    kinds = kinds_at(model, name)
    if float in kinds:
        return "number"
    return next((told for kind, told in _WANTED if kind in kinds), "table")
