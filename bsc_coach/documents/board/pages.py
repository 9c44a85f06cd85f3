"""The set of Markdown files: strategy.md with the map beside it, the KPI book and the annex behind it.

Their links lead from one to the other, so that they are made and written together.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from bsc_coach.documents.brand import PLAIN, Brand
from bsc_coach.documents.context.anchors import ANNEX, KPI_BOOK
from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.map.svg import render_svg
from bsc_coach.documents.templating.markdown import tidy
from bsc_coach.documents.templating.render import render
from bsc_coach.errors import DocumentFaultError
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes

STRATEGY = "strategy.md"
MAP = "strategy-map.svg"
PAGES = (STRATEGY, KPI_BOOK, ANNEX)
"""The Markdown files of the set, in the order of reading; each has a template of its name."""


def render_pages(
    strategy: Strategy, notes: Notes, chart: bool = False, brand: Brand = PLAIN
) -> Mapping[PurePosixPath, str]:
    """Return the set: strategy.md, kpis.md and annex.md (CommonMark with GFM tables), and the map as SVG.

    With ``chart``, strategy.md holds the map as a Mermaid chart instead of the picture.

    A map that is too large to be drawn is left out, and strategy.md says so.
    """
    picture = _picture(strategy, notes, brand)
    made = {
        name: _page(name, strategy, notes, chart=chart, has_picture=picture is not None) for name in PAGES
    }
    if picture is not None:
        made[MAP] = picture
    return {PurePosixPath(name): text for name, text in made.items()}


def render_strategy(strategy: Strategy, notes: Notes, *, chart: bool = False) -> str:
    """Return the pages for the board alone, with the map as the picture beside it or as a Mermaid chart."""
    return _page(STRATEGY, strategy, notes, chart=chart)


def render_kpis(strategy: Strategy, notes: Notes) -> str:
    """Return the KPI book: every KPI with its definition."""
    return _page(KPI_BOOK, strategy, notes)


def render_annex(strategy: Strategy, notes: Notes) -> str:
    """Return the annex: all that was settled but the definitions of KPIs."""
    return _page(ANNEX, strategy, notes)


def render_whole(strategy: Strategy, notes: Notes) -> str:
    """Return the pages of the set as one text, for a screen: its links stay within it."""
    return "\n".join(_page(name, strategy, notes, alone=False) for name in PAGES)


def _picture(strategy: Strategy, notes: Notes, brand: Brand) -> str | None:
    try:
        return render_svg(strategy, notes, brand)
    except DocumentFaultError:
        return None


def _page(
    name: str,
    strategy: Strategy,
    notes: Notes,
    *,
    alone: bool = True,
    chart: bool = False,
    has_picture: bool = True,
) -> str:
    """Return one page, the same for the same strategy and notes, whatever words people used in them."""
    context = build_context(strategy, notes)
    told = {"file": name if alone else None, "chart": chart, "picture_file": MAP if has_picture else None}
    return tidy(render(f"{name}.j2", {**context, **told}))
