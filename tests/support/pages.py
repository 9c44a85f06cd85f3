"""The Markdown pages of a strategy as one text, without the links and anchors that ids have in it."""

from __future__ import annotations

import re

from bsc_coach.documents.board.pages import render_whole
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes

_ANCHOR = re.compile(r'<a id="[^"]*"></a>')
_LINK = re.compile(r"\[([A-Z]{1,4}[0-9]+(?:\.[0-9]+)?)\]\((?:\w+\.md)?#\1\)")


def unlinked(markdown: str) -> str:
    """Return a page as it reads."""
    return _LINK.sub(r"\1", _ANCHOR.sub("", markdown))


def whole(strategy: Strategy, notes: Notes) -> str:
    """Return the pages for the board, the KPI book and the annex."""
    return unlinked(render_whole(strategy, notes))
