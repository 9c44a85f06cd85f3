"""The one page for the board, A3: board.svg, whose text stays text, and board.html, printed on one sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import PurePosixPath

from bsc_coach.documents.board.layout import GAP, HEIGHT, LEFT, MARGIN, TOP, WIDTH, box_of, page_of, placed
from bsc_coach.documents.brand import PLAIN, Brand
from bsc_coach.documents.templating.render import render
from bsc_coach.documents.web.house import house
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes


def render_board(strategy: Strategy, notes: Notes, brand: Brand = PLAIN) -> Mapping[PurePosixPath, str]:
    """Return the page as a picture and for a browser, the same for the same strategy, notes and brand."""
    # It is made for A3, whatever the house prints its other documents on.
    page = {**page_of(strategy, notes), "brand": {**house(brand), "paper": None}}
    wide, high, stands = box_of(page["picture"])
    size, text = placed(page, stands)
    box = {"x": MARGIN, "y": TOP, "width": LEFT, "height": round(stands, 1), "inside": f"0 0 {wide} {high}"}
    picture = {**page, **asdict(text), "wide": WIDTH, "high": HEIGHT, "box": box}
    # Its ids lead nowhere: what stands behind them is in other documents.
    right = WIDTH - 2 * MARGIN - GAP - LEFT
    sheet = {**page, "homes": {}, "size": size, "left": LEFT, "right": right}
    return {
        PurePosixPath("board.html"): render("board/board.html.j2", sheet),
        PurePosixPath("board.svg"): render("board/board.svg.j2", picture),
    }
