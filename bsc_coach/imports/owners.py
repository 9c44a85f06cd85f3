"""Owners of what comes in: a role, and the name of whoever has it where both stand in one cell."""

from __future__ import annotations

from dataclasses import replace

from bsc_coach.imports.entries import BroughtItem
from bsc_coach.interview.understanding.phrases import typed_words
from bsc_coach.interview.understanding.rows import name_with_role
from bsc_coach.words import say


def with_role(entry: BroughtItem, language: str) -> BroughtItem:
    """Return an entry whose owner is a role: of "Jonas (harbour master)" the name is told beside it."""
    found = name_with_role(typed_words(language), str(entry.fields.get("owner_role", "")))
    if found is None:
        return entry
    name, role = found
    told = {**entry.unplaced, say("imports.meaning.owner", language): name}
    return replace(entry, fields={**entry.fields, "owner_role": role}, unplaced=told)
