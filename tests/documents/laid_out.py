"""What typst lays out in our PDFs, asked of typst itself: no other program is needed to read them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import typst

from bsc_coach.documents.board.one_page import LAYOUT, pdf_page
from bsc_coach.documents.pdf import layout_files
from bsc_coach.documents.web.html import page_context
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes

PARTS = ("heading", "par", "table", "list", "terms", "strong")


def laid_out(strategy: Strategy, notes: Notes) -> str:
    """Return the texts of all headings, paragraphs, tables and lists."""
    return _told(layout_files(page_context(strategy, notes), strategy))


def board_laid_out(strategy: Strategy, notes: Notes) -> str:
    """Return the same of the one page for the board, and the texts of the map on it."""
    files = layout_files(pdf_page(strategy, notes), strategy, layout=LAYOUT)
    return f"{_told(files)} {re.sub('<[^>]*>', ' ', files['map.svg'].decode())}"


def _told(files: Mapping[str, bytes]) -> str:
    return " ".join(text for part in PARTS for text in _texts(json.loads(typst.query(files, part))))  # type: ignore[call-overload]


def _texts(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["text"]] if isinstance(part.get("text"), str) else []
        return [*own, *(text for inner in part.values() for text in _texts(inner))]
    return [text for inner in part for text in _texts(inner)] if isinstance(part, list) else []
