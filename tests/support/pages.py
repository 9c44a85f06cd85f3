"""The Markdown pages of a strategy as one text, and any page without the links and anchors of its ids."""

from __future__ import annotations

import re

from bsc_coach.documents.board.pages import render_whole
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes

_ANCHOR = re.compile(r'<a id="[^"]*"></a>')
_ID = r"([A-Z]{1,4}[0-9]+(?:\.[0-9]+)?)"
_LINK = re.compile(rf"\[{_ID}\]\((?:\w+\.md)?#\1\)")
_HTML_LINK = re.compile(rf'<a href="#{_ID}">\1</a>')


def unlinked(page: str) -> str:
    """Return a page of Markdown or HTML as it reads."""
    return _HTML_LINK.sub(r"\1", _LINK.sub(r"\1", _ANCHOR.sub("", page)))


def whole(strategy: Strategy, notes: Notes) -> str:
    """Return the pages for the board, the KPI book and the annex."""
    return unlinked(render_whole(strategy, notes))
