"""strategy.docx: the strategy document in Word, to take home and go on with."""

from __future__ import annotations

from collections.abc import Iterable

from bsc_coach.documents.brand import PLAIN, Brand
from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.context.opening import version_line
from bsc_coach.documents.map.parts import map_pages
from bsc_coach.documents.map.words import title_of
from bsc_coach.documents.office.blocks import Block, Heading, TextBlock, outline
from bsc_coach.documents.office.board_blocks import decided, for_the_board, scorecard, signature
from bsc_coach.documents.office.map_shapes import room_in
from bsc_coach.documents.office.sanitise import date_of, xml_safe
from bsc_coach.documents.office.word_file import SIZES, WordFile
from bsc_coach.documents.office.word_map import word_map
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.words import texts


def render_docx(strategy: Strategy, notes: Notes, brand: Brand = PLAIN) -> bytes:
    """Return the Word document of ``strategy`` in two parts; the same for the same answers."""
    # For the board: what was decided, the map, the scorecard, what is asked.
    strategy, notes = xml_safe(strategy), xml_safe(notes)
    context = build_context(strategy, notes)
    paper = WordFile(strategy, context["title"], date_of(notes), brand)
    paper.title(context["title"])
    if version := version_line(brand, context):
        paper.paragraph(version)
    paper.paragraph(context["summary"])
    paper.paragraph(context["status"])
    _write(paper, decided(context))
    narrow = bool(brand.font or brand.reference_docx)
    _map_on(paper, strategy, SIZES[brand.paper].room, notes.theme, narrow=narrow)
    paper.on_its_side()
    _write(paper, scorecard(context))
    paper.upright()
    _write(paper, for_the_board(context))
    if brand.signature:
        _write(paper, signature(context, texts("page", strategy.language)["signature"]))
    # All that stands behind it.
    behind = list(outline(context))
    paper.put(TextBlock("", look="page"))
    paper.contents(context["board"]["heading"]["behind"], _chapters(behind))
    _write(paper, behind)
    return paper.data()


def _map_on(
    paper: WordFile, strategy: Strategy, room: tuple[float, float], theme: str | None, *, narrow: bool
) -> None:
    """Write the map on a page of its own, or on several where its letters would be too small on one."""
    for at, page in enumerate(map_pages(strategy, room_in(*room))):
        paper.on_its_side(tight=True)
        title = title_of(strategy, theme) if at == 0 else page.title
        paper.heading(title, 1 if at == 0 else 2, on_top=True)
        paper.picture(word_map(page, *room, at, theme, narrow=narrow))


def _write(paper: WordFile, blocks: Iterable[Block]) -> None:
    for block in blocks:
        paper.put(block)


def _chapters(blocks: Iterable[Block]) -> list[str]:
    return [one.text for one in blocks if isinstance(one, Heading) and one.level == 1]
