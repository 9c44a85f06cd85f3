"""What typst lays out in strategy.pdf, asked of typst itself: no other program is needed to read it."""

from __future__ import annotations

import json
from typing import Any

import typst

from bsc_coach.documents.pdf import layout_files
from bsc_coach.documents.web.html import page_context
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes

PARTS = ("heading", "par", "table", "list", "terms", "strong")


def laid_out(strategy: Strategy, notes: Notes) -> str:
    """Return the texts of all headings, paragraphs, tables and lists."""
    files = layout_files(page_context(strategy, notes), strategy)
    return " ".join(text for part in PARTS for text in _texts(json.loads(typst.query(files, part))))  # type: ignore[call-overload]


def _texts(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["text"]] if isinstance(part.get("text"), str) else []
        return [*own, *(text for inner in part.values() for text in _texts(inner))]
    return [text for inner in part for text in _texts(inner)] if isinstance(part, list) else []
