"""board.svg: the one page for the board as a picture, of text that stays text."""

from __future__ import annotations

from dataclasses import asdict

from bsc_coach.documents.board.one_page import HEIGHT, LEFT, MARGIN, TOP, WIDTH, box_of, page_of, placed
from bsc_coach.documents.templating.render import render
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes

TEMPLATE = "board/board.svg.j2"


def render_board_svg(strategy: Strategy, notes: Notes) -> str:
    """Return the page as SVG, the same for the same strategy and notes."""
    page = page_of(strategy, notes)
    wide, high, stands = box_of(page["picture"])
    _, text = placed(page, stands)
    box = {"x": MARGIN, "y": TOP, "width": LEFT, "height": round(stands, 1), "inside": f"0 0 {wide} {high}"}
    return render(TEMPLATE, {**page, **asdict(text), "wide": WIDTH, "high": HEIGHT, "box": box})
