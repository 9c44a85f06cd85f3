"""strategy.docx: the strategy document in Word, to take home and go on with."""

from __future__ import annotations

from collections.abc import Iterable

from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.map.words import title_of
from bsc_coach.documents.office.blocks import Block, Heading, opening, outline
from bsc_coach.documents.office.sanitise import date_of, xml_safe
from bsc_coach.documents.office.word_file import A3, A4, WordFile
from bsc_coach.documents.office.word_map import map_for, word_map
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
        paper.put(block)
    title = title_of(strategy)
    chapters = [*_chapters(decided), title, *_chapters(blocks)]
    paper.contents(say("office.word.contents", strategy.language), chapters)
    drawn = map_for(strategy, *A4.room)
    page = A3 if drawn.is_cut else A4
    if page is A3:
        drawn = map_for(strategy, *page.room)
    paper.on_its_side(page)
    paper.heading(title, 1, on_top=True)
    paper.picture(word_map(strategy, drawn, *page.room))
    paper.upright()
    for block in blocks:
        paper.put(block)
    return paper.data()


def _chapters(blocks: Iterable[Block]) -> list[str]:
    return [one.text for one in blocks if isinstance(one, Heading) and one.level == 1]
