"""strategy.docx: the strategy document in Word, to take home and go on with."""

from __future__ import annotations

from collections.abc import Iterable

from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.map.parts import map_pages
from bsc_coach.documents.map.words import title_of
from bsc_coach.documents.office.blocks import Block, Heading, TableBlock, TextBlock, opening, outline
from bsc_coach.documents.office.map_shapes import room_in
from bsc_coach.documents.office.sanitise import date_of, xml_safe
from bsc_coach.documents.office.word_file import A4, WordFile
from bsc_coach.documents.office.word_map import word_map
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.text import one_line
from bsc_coach.words import say


def render_docx(strategy: Strategy, notes: Notes) -> bytes:
    """Return the Word document of ``strategy``; the same bytes for the same answers."""
    strategy, notes = xml_safe(strategy), xml_safe(notes)
    context = build_context(strategy, notes)
    decided, blocks = list(opening(context)), list(outline(context))
    author = one_line(strategy.organisation.name or "")
    paper = WordFile(strategy.language, context["title"], author, date_of(notes))
    paper.title(context["title"])
    paper.paragraph(context["summary"])
    paper.paragraph(context["status"])
    for block in decided:
        _put(paper, block)
    title = title_of(strategy)
    chapters = [*_chapters(decided), title, *_chapters(blocks)]
    paper.contents(say("office.word.contents", strategy.language), chapters)
    for at, page in enumerate(map_pages(strategy, room_in(*A4.room))):
        paper.on_its_side(A4)
        paper.heading(title if at == 0 else page.title, 1 if at == 0 else 2, on_top=True)
        paper.picture(word_map(page, *A4.room, at))
    paper.upright()
    for block in blocks:
        _put(paper, block)
    return paper.data()


def _chapters(blocks: Iterable[Block]) -> list[str]:
    return [one.text for one in blocks if isinstance(one, Heading) and one.level == 1]


def _put(paper: WordFile, block: Block) -> None:
    match block:
        case Heading(text, level):
            paper.heading(text, level)
        case TextBlock(text, label, look):
            paper.paragraph(text, label, look)
        case TableBlock(columns, rows, is_sheet):
            paper.grid(columns, rows, is_sheet=is_sheet)
