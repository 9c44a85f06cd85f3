"""What stands in for an entry that could not be read, and which keys a table may have."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import BaseModel

from bsc_coach.script import model, predicates
from bsc_coach.script.validation.findings import BLAMED
from bsc_coach.script.validation.tomltext import Path

KIND_MODELS: dict[str, type[model.StepBase]] = {
    "section": model.Section,
    "fixed": model.Fixed,
    "for_each": model.ForEach,
    "collect": model.CollectStep,
    "text": model.TextStep,
    "long_text": model.LongTextStep,
    "number": model.NumberStep,
    "date": model.DateStep,
    "choice": model.ChoiceStep,
    "several": model.SeveralStep,
    "pick": model.PickStep,
    "confirm": model.ConfirmStep,
}
FORM_MODELS: dict[str, type[BaseModel]] = {
    "answer": predicates.AnswerIs,
    "answered": predicates.IsAnswered,
    "parked": predicates.IsParked,
    "count": predicates.Count,
    "item_in": predicates.ItemIn,
    "item": predicates.ItemIs,
    "all": predicates.AllOf,
    "any": predicates.AnyOf,
    "not": predicates.Not,
}
_NESTED: dict[str, type[BaseModel]] = {
    "limit": model.Limit,
    "count": model.Bounds,
    "choices": model.Choice,
    "items": model.FixedItem,
    "over": model.Source,
    "from": model.Source,
    "variants": model.Variant,
}
_TELLING_KEYS = (
    ("choices", "choice"), ("items", "fixed"), ("over", "for_each"), ("from", "pick"), ("label", "collect"),
    ("more", "collect"), ("of", "confirm"), ("ask", "text"),
)  # fmt: skip
UNREADABLE_CHOICE = "unreadable"


@cache
def names_of(model: type[BaseModel]) -> list[str]:
    """Return the keys that a table of this model may have, as they are written."""
    return [field.alias or name for name, field in model.model_fields.items()]


def nested_model(path: Path) -> type[BaseModel] | None:
    """Return the model of the table at ``path`` of a step, or None for the step itself."""
    names = [part for part in path if isinstance(part, str)]
    return _NESTED.get(names[-1]) if names else None


def guessed_kind(table: dict[str, Any]) -> str:
    """Return the kind that a step without one looks most like."""
    return next((kind for key, kind in _TELLING_KEYS if key in table), "section")


def filler(name: str, number: int, *, nested: bool = False) -> Any:
    """Return an entry that says nothing and breaks no rule; None for one that may be left out."""
    fillers: dict[str, Any] = {
        "id": f"unreadable_{number}" if nested else f"bsc_coach.unnamed_{number + 1}",
        "in": BLAMED,
        "kind": "section",
        "title": "…", "ask": "…", "more": "…", "text": "…", "help": "…",
        "label": [BLAMED], "over": [BLAMED], "from": [BLAMED], "list": BLAMED,
        "of": [BLAMED], "basis": [BLAMED],
        "choices": [{"id": UNREADABLE_CHOICE, "text": "…"}, {"id": f"{UNREADABLE_CHOICE}_too", "text": "…"}],
        "items": [{"id": UNREADABLE_CHOICE, "text": "…"}],
        "when": {"answered": BLAMED}, "each_when": {"answered": BLAMED}, "not": {"answered": BLAMED},
        "all": [{"answered": BLAMED}], "any": [{"answered": BLAMED}],
        "answer": BLAMED, "answered": BLAMED, "parked": BLAMED, "item_in": BLAMED, "item": BLAMED,
        "variants": [{"when": {"answered": BLAMED}}],
        "version": 1, "languages": ["en"], "to": 2,
    }  # fmt: skip
    if name == "count":
        return BLAMED if nested else None
    return fillers.get(name)
