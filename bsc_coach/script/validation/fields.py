"""Validation of ``field``: the place exists in a strategy, one step fills it, and from the right list."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, TypeAdapter, ValidationError

from bsc_coach.script.fields import parse_field
from bsc_coach.script.model import CollectStep, Fixed, ForEach, PickStep, QuestionStep
from bsc_coach.script.validation.findings import Findings
from bsc_coach.script.validation.outline import Outline, is_list
from bsc_coach.script.validation.shape import StepEntry
from bsc_coach.strategy.model import Strategy

_PATH = re.compile(r"[a-z_]+(\.[a-z_]+)*(\[\](\.[a-z_]+)*)?")
_NOT_FILLED = frozenset({"id", "format", "language", "names", "extra"})
"""Names that the program fills itself."""

Kind = Literal["value", "values", "part", "list"]


@cache
def names_in(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the fields of a part of the strategy that a step may fill."""
    return tuple(name for name in model.model_fields if name not in _NOT_FILLED)


@cache
def _field(model: type[BaseModel], name: str) -> tuple[Kind, type[BaseModel] | None]:
    """Return what a field of a part holds, and the model of its parts."""
    annotation: Any = model.model_fields[name].annotation
    if any(isinstance(one, BeforeValidator) for one in model.model_fields[name].metadata):
        return "value", None  # a list that one answer holds, in lines
    if get_origin(annotation) in (Union, types.UnionType):
        annotation = next(inner for inner in get_args(annotation) if inner is not type(None))
    if get_origin(annotation) is tuple:
        inner = get_args(annotation)[0]
        return ("list", inner) if _is_part(inner) else ("values", None)
    return ("part", annotation) if _is_part(annotation) else ("value", None)


def _is_part(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _walk(path: str) -> tuple[Kind, type[BaseModel] | None, str, tuple[str, ...]]:
    """Follow a path into a strategy: what stands there, or the name that is wrong and what is known."""
    parts = parse_field(path)
    model: type[BaseModel] | None = Strategy
    kind: Kind = "part"
    for names, ends_in_list in ((parts.outer, parts.in_list), (parts.inner, False)):
        for place, name in enumerate(names):
            if model is None:
                return kind, None, name, ()
            if name not in names_in(model):
                return kind, model, name, names_in(model)
            kind, model = _field(model, name)
            if kind == "list" and not (ends_in_list and place == len(names) - 1):
                return kind, model, f"{name}[]", (f"{name}[]",)
        if ends_in_list and kind != "list":
            return kind, model, f"{names[-1]}[]", (names[-1],)
    return kind, model, "", ()


def check_fields(outline: Outline, findings: Findings) -> None:
    """Report fields that do not exist, are filled twice, or are filled from elsewhere."""
    filled: dict[str, StepEntry] = {}
    for entry in outline.entries:
        for key, path in _paths(entry):
            if not _exists(entry, key, path, findings) or getattr(entry.step, "gives", None):
                continue  # a pick gives a value where the question for it was not answered itself
            first = filled.setdefault(path, entry)
            if first is not entry:
                findings.add("filled_twice", entry.spot, (key,), name=path, first=first.step.id)
            if key == "empty_field":
                _check_empty_field(outline, entry, path, findings)
            else:
                _check_place(outline, entry, path, findings)
        _check_parent(outline, entry, findings)


def _paths(entry: StepEntry) -> Iterator[tuple[str, str]]:
    for key in ("field", "empty_field"):
        path = getattr(entry.step, key, None)
        if path is not None and not entry.lacks(key):
            yield key, path


def _exists(entry: StepEntry, key: str, path: str, findings: Findings) -> bool:
    if _PATH.fullmatch(path) is None:
        findings.add("unknown_field", entry.spot, (key,), whole=path, name=path, known=names_in(Strategy))
        return False
    kind, _, wrong, known = _walk(path)
    if wrong:
        findings.add("unknown_field", entry.spot, (key,), whole=path, name=wrong, known=known)
        return False
    wants_list = key == "field" and (is_list(entry) or isinstance(entry.step, ForEach))
    if wants_list is not (kind == "list") or kind == "part":
        wanted = "field_no_list" if wants_list else "field_no_value"
        findings.add(wanted, entry.spot, (key,), name=path)
        return False
    return True


def _list_field(entry: StepEntry | None) -> str | None:
    path = getattr(entry.step, "field", None) if entry is not None else None
    return path if isinstance(path, str) else None


def _check_place(outline: Outline, entry: StepEntry, path: str, findings: Findings) -> None:
    """Report a value that would go to no item, or to one that is not around it."""
    step = entry.step
    around = outline.around(entry)
    if isinstance(step, Fixed):
        _check_items(entry, step, path, findings)
    if not isinstance(step, QuestionStep) or isinstance(step, CollectStep) or around is None:
        return
    parts = parse_field(path)
    if not parts.in_list:
        if any(around):
            findings.add("field_in_list", entry.spot, ("field",), name=path, list=around[0][-1])
        return
    wanted = f"{'.'.join(parts.outer)}[]"
    if isinstance(step, PickStep) and wanted in {_list_field(outline.by_id.get(s.list)) for s in step.source}:
        return  # it marks the items that are picked
    if not _around_fills(outline, entry, wanted):
        findings.add("field_elsewhere", entry.spot, ("field",), name=path, list=wanted)


def _around_fills(outline: Outline, entry: StepEntry, wanted: str) -> bool:
    """Tell whether the item around a step is one of the list that it fills."""
    for above in outline.ancestors(entry):
        if isinstance(above.step, ForEach):
            if wanted == _list_field(above):
                return True
            lists = [outline.by_id.get(source.list) for source in above.step.over]
            return all(listed is None or _list_field(listed) == wanted for listed in lists)
        if is_list(above):
            return _list_field(above) == wanted
    return False


def _check_empty_field(outline: Outline, entry: StepEntry, path: str, findings: Findings) -> None:
    """The reason of an empty list goes to the item around it."""
    parts = parse_field(path)
    wanted = f"{'.'.join(parts.outer)}[]"
    if not parts.in_list or not _around_fills(outline, entry, wanted):
        findings.add("field_elsewhere", entry.spot, ("empty_field",), name=path, list=wanted)


@cache
def _fits(model: type[BaseModel], name: str, value: str) -> bool:
    """Tell whether a field of a part can hold a text."""
    try:
        _adapter(model, name).validate_python(value)
    except ValidationError:
        return False
    return True


@cache
def _adapter(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    field = model.model_fields[name]
    told: Any = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
    return TypeAdapter(told)


def _check_items(entry: StepEntry, step: Fixed, path: str, findings: Findings) -> None:
    _, model, _, _ = _walk(path)
    if model is None or entry.lacks("items"):
        return
    for item in step.items:
        if not _fits(model, "id", item.id):
            findings.add("item_does_not_fit", entry.spot, ("items",), at=item.id, name=item.id, list=path)


def _check_parent(outline: Outline, entry: StepEntry, findings: Findings) -> None:
    """Report a list whose items would lack what the strategy must know of each."""
    step = entry.step
    path = _list_field(entry)
    if not isinstance(step, CollectStep):
        return
    if path is None or _PATH.fullmatch(path) is None:
        return
    kind, model, wrong, _ = _walk(path)
    if wrong or kind != "list" or model is None:
        return
    # What the strategy must know of each item can only come from the item around.
    needed = [name for name, field in model.model_fields.items() if field.is_required() and name != "id"]
    for name in needed:
        if step.parent != name and not entry.lacks("parent"):
            findings.add("parent_field_missing", entry.spot, name=name, list=path)
    if step.parent is None:
        return
    if step.parent not in names_in(model):
        known = names_in(model)
        findings.add(
            "unknown_field", entry.spot, ("parent",), whole=step.parent, name=step.parent, known=known
        )
        return
    # Whatever item may stand around, its id must fit the field; A1 stands for the short ids of people.
    for chain in outline.around(entry) or ():
        if not chain:
            findings.add("parent_without_list", entry.spot, ("parent",), name=step.parent)
            continue
        around = outline.by_id[chain[-1]]
        names = [i.id for i in around.step.items] if isinstance(around.step, Fixed) else ["A1"]
        for name in names:
            if not around.lacks("items") and not _fits(model, step.parent, name):
                findings.add("parent_does_not_fit", entry.spot, ("parent",), name=step.parent, item=name)
