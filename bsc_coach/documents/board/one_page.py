"""The one page for the board, A3: board.svg, whose text stays text; board.html and board.pdf."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import PurePosixPath

from bsc_coach.documents.board.layout import (
    GAP,
    HEIGHT,
    LEFT,
    MARGIN,
    TOP,
    WIDTH,
    box_of,
    page_of,
    placed,
    without_rows,
)
from bsc_coach.documents.brand import PLAIN, Brand
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.map.paper import FONTS, SLIM
from bsc_coach.documents.templating.render import render
from bsc_coach.documents.web.house import house
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.words import say

LAYOUT = "one-page.typ"
"""The layout of board.pdf."""


def render_board(strategy: Strategy, notes: Notes, brand: Brand = PLAIN) -> Mapping[PurePosixPath, str]:
    """Return the page as a picture and for a browser, the same for the same strategy, notes and brand."""
    # It is made for A3, whatever the house prints its other documents on.
    page = {**page_of(strategy, notes), "brand": {**house(brand), "paper": None}}
    wide, high, stands = box_of(page["picture"])
    text = placed(page, stands)
    box = {"x": MARGIN, "y": TOP, "width": LEFT, "height": round(stands, 1), "inside": f"0 0 {wide} {high}"}
    picture = {**page, **asdict(text), "wide": WIDTH, "high": HEIGHT, "box": box}
    # Its ids lead nowhere: what stands behind them is in other documents.
    right = WIDTH - 2 * MARGIN - GAP - LEFT
    sheet = {
        **without_rows(page, text.left),
        "homes": {},
        "size": text.size,
        "block_size": text.block_size,
        "left": LEFT,
        "right": right,
    }
    return {
        PurePosixPath("board.html"): render("board/board.html.j2", sheet),
        PurePosixPath("board.svg"): render("board/board.svg.j2", picture),
    }


def render_board_pdf(strategy: Strategy, notes: Notes, brand: Brand) -> bytes:
    """Return the page as a PDF: tagged, in the house's colour and with its logo; always A3."""
    from bsc_coach.documents.pdf import lay_out

    return lay_out(pdf_page(strategy, notes), strategy, replace(brand, paper="A4"), LAYOUT)


def pdf_page(strategy: Strategy, notes: Notes) -> Table:
    """Return what the layout of board.pdf makes the page of."""
    page = page_of(strategy, notes, FONTS, SLIM)
    wide, high, stands = box_of(page["picture"])
    left = placed(page, stands).left
    told = say("page.map_told", strategy.language, links=page["words"]["heading"]["links"])
    drawn = {"map_wide": wide, "map_high": high, "picture_told": told, "kpis": (), "map_pages": ()}
    return {**without_rows(page, left), **drawn}
