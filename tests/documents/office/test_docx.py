"""strategy.docx: the sections of strategy.md, navigable, with a map in shapes."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from bsc_coach.drawing.layout import draw
from bsc_coach.words import say
from tests.documents.office.reading import STRATEGIES, made, xml_of
from tests.support.pages import whole

SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@cache
def document(which: str) -> Any:
    return Document(BytesIO(made("docx", which)))


def headings(which: str, level: int) -> list[str]:
    return [one.text for one in document(which).paragraphs if one.style.name == f"Heading {level}"]


def text_of(which: str) -> str:
    body = document(which)
    cells = (cell.text for table in body.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(one.text for one in body.paragraphs), *cells))


@pytest.mark.parametrize("which", ["riverbend", "empty", "large"])
def test_the_sections_are_those_of_the_markdown_in_its_order(which: str) -> None:
    markdown = whole(*STRATEGIES[which])
    sections = [line[3:] for line in markdown.splitlines() if line.startswith("## ")]
    # On paper the map says whose it is.
    the_map = sections.index(say("document.heading.map", STRATEGIES[which][0].language))
    assert headings(which, 1) == [*sections[:the_map], headings(which, 1)[the_map], *sections[the_map + 1 :]]


def test_what_the_team_settled_is_in_it() -> None:
    strategy, notes = STRATEGIES["riverbend"]
    told = text_of("riverbend")
    titles = [
        one.title
        for one in (*strategy.objectives, *strategy.promises, *strategy.initiatives, *strategy.decisions)
    ]
    names = [kpi.name for kpi in strategy.kpis]
    reasons = [kept.reason for kept in notes.kept] + [point.question for point in notes.points]
    for text in (*titles, *names, *reasons, "Cash in 2027", "no worse than the state median"):
        assert text is not None
        assert text in told


def test_an_empty_strategy_says_so() -> None:
    assert "No KPI has been settled." in text_of("empty")


def test_tables_repeat_their_headings() -> None:
    tables = document("large").tables
    assert len(tables) > 50
    for table in tables:
        marks = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") for row in table.rows]
        assert marks[0] is not None
        assert not any(mark is not None for mark in marks[1:])


def test_the_alarms_stand_before_the_contents() -> None:
    told = [one.text for one in document("riverbend").paragraphs]
    contents = told.index(say("office.word.contents", "en"))
    assert headings("riverbend", 1)[0] == "What was decided"
    for alarm in STRATEGIES["riverbend"][1].alarms:
        (at,) = [at for at, text in enumerate(told) if text.endswith(alarm.say)]
        assert at < contents


def test_the_contents_lead_to_every_chapter() -> None:
    body = document("riverbend").element.body
    begun = {mark.get(qn("w:name")): mark.getparent() for mark in body.iter(qn("w:bookmarkStart"))}
    links = list(body.iter(qn("w:hyperlink")))
    chapters = headings("riverbend", 1)
    assert [link.xpath("string(.)") for link in links] == chapters
    for link in links:
        assert begun[link.get(qn("w:anchor"))].xpath("string(.)") == link.xpath("string(.)")
    assert any("TOC" in (code.text or "") for code in body.iter(qn("w:instrText")))


def test_every_page_has_its_number() -> None:
    footers = [part for name, part in xml_of(made("docx", "riverbend")).items() if "footer" in name]
    codes = [code.text.strip() for part in footers for code in part.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]


def test_the_map_lies_on_its_side() -> None:
    turned = [section.page_width > section.page_height for section in document("riverbend").sections]
    assert turned == [False, True, False]


def test_a_large_map_has_a_page_twice_as_large() -> None:
    areas = [
        document(which).sections[1].page_width * document(which).sections[1].page_height
        for which in ("riverbend", "large")
    ]
    assert areas[1] == pytest.approx(2 * areas[0], rel=0.01)


@pytest.mark.parametrize("which", ["riverbend", "large", "hostile"])
def test_the_map_is_made_of_shapes_with_arrows_between_the_right_ones(which: str) -> None:
    drawing = draw(STRATEGIES[which][0])
    shapes = {}
    arrows = []
    for shape in document(which).element.body.iter(f"{SHAPE}wsp"):
        named = shape.find(f"{SHAPE}cNvPr")
        shapes[named.get("id")] = named.get("name")
        ends = shape.find(f"{SHAPE}cNvCnPr")
        if ends is not None:
            arrows.append((ends.find(f"{DRAWING}stCxn").get("id"), ends.find(f"{DRAWING}endCxn").get("id")))
    assert {box.entry.id for box in drawing.boxes} <= set(shapes.values())
    told = [(shapes[cause], shapes[effect]) for cause, effect in arrows]
    assert told == [(one.cause, one.effect) for one in drawing.routes]
    assert told


def test_the_map_is_told_in_words_too() -> None:
    (picture,) = document("riverbend").element.body.iter(qn("wp:docPr"))
    assert "O1 leads to C1" in picture.get("descr")
    assert picture.get("name") == "Strategy map of Riverbend Regional Hospital"
