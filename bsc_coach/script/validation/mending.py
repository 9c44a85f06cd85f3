"""Error recovery of validation: stand-ins for entries that could not be read, and the known keys."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from inspect import get_annotations
from typing import Any, cast

from bsc_coach.script.model import KIND_MODELS
from bsc_coach.script.tables import ScriptTable, key_of, table_in
from bsc_coach.script.validation.findings import BLAMED
from bsc_coach.toml_text import Path

_TELLING_KEYS = (
    ("choices", "choice"), ("items", "fixed"), ("over", "for_each"), ("from", "pick"), ("label", "collect"),
    ("more", "collect"), ("of", "confirm"), ("ask", "text"),
)  # fmt: skip
UNREADABLE_CHOICE = "unreadable"


def names_of(table_type: type[ScriptTable]) -> list[str]:
    """List the keys that a table may have, as they are written."""
    return [key_of(field.name) for field in fields(cast("Any", table_type))]


@cache
def _nested_tables() -> dict[str, type[ScriptTable]]:
    """Index the tables inside steps by the key that they stand at."""
    classes = dict.fromkeys(part for kind in KIND_MODELS.values() for part in reversed(kind.__mro__[:-1]))
    annotations = [told for part in classes for told in get_annotations(part, eval_str=True).items()]
    return {key_of(name): table for name, told in annotations if (table := table_in(told)) is not None}


def nested_model(path: Path) -> type[ScriptTable] | None:
    """Find the model of the table at ``path`` of a step, or None for the step itself."""
    names = [part for part in path if isinstance(part, str)]
    return _nested_tables().get(names[-1]) if names else None


def guessed_kind(table: dict[str, Any]) -> str:
    """Guess the kind of a step without one from its other keys."""
    return next((kind for key, kind in _TELLING_KEYS if key in table), "section")


def filler(name: str, number: int, *, nested: bool = False) -> Any:
    """Make a stand-in for an entry: it says nothing and breaks no rule; None for one that may be left out."""
    fillers: dict[str, Any] = {
        "id": f"unreadable_{number}" if nested else f"bsc_coach.unnamed_{number + 1}",
        "in": BLAMED,
        "kind": "section",
        "title": "…", "ask": "…", "more": "…", "text": "…", "help": "…",
        "label": [BLAMED], "over": [BLAMED], "from": [BLAMED], "list": BLAMED,
        "of": [BLAMED], "basis": [BLAMED],
        "choices": [{"id": UNREADABLE_CHOICE, "text": "…"}, {"id": f"{UNREADABLE_CHOICE}_too", "text": "…"}],
        "items": [{"id": UNREADABLE_CHOICE, "text": "…"}],
        "when": {"answered": BLAMED}, "each_when": {"answered": BLAMED},
        "offered_when": {"answered": BLAMED}, "full_when": {"answered": BLAMED}, "not": {"answered": BLAMED},
        "all": [{"answered": BLAMED}], "any": [{"answered": BLAMED}],
        "answer": BLAMED, "answered": BLAMED, "parked": BLAMED, "item_in": BLAMED, "item": BLAMED,
        "variants": [{"when": {"answered": BLAMED}}],
        "version": 1, "languages": ["en"], "to": 2,
    }  # fmt: skip
    if name == "count":
        return BLAMED if nested else None
    return fillers.get(name)
