"""strategy.docx: the sections of strategy.md, navigable, with a map in shapes."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from bsc_coach.documents.board.pages import render_pages
from bsc_coach.documents.brand import Brand
from bsc_coach.documents.office.docx import render_docx
from bsc_coach.drawing.layout import draw
from bsc_coach.words import say
from tests.documents.office.reading import STRATEGIES, made, xml_of

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


def behind(which: str) -> str:
    """Return what the contents of the second part are called."""
    return say("board.heading.behind", STRATEGIES[which][0].language)


def chapters_behind(which: str) -> list[str]:
    told = document(which).paragraphs
    at = [one.text for one in told].index(behind(which))
    return [one.text for one in told[at:] if one.style.name == "Heading 1"]


@pytest.mark.parametrize("which", ["riverbend", "empty", "large"])
def test_it_has_the_two_parts_of_the_set_of_pages(which: str) -> None:
    pages = render_pages(*STRATEGIES[which])
    board, *others = (
        re.findall(r"^## (?:<a[^>]*></a>)?(.+)$", pages[PurePosixPath(name)], flags=re.MULTILINE)
        for name in ("strategy.md", "kpis.md", "annex.md")
    )
    # On paper the map says whose it is.
    the_map = board.index(say("document.heading.map", STRATEGIES[which][0].language))
    first = headings(which, 1)[: len(board) - 1]
    assert first == [*board[:the_map], first[the_map], *board[the_map + 1 : -1]]
    assert board[-1] == behind(which)
    assert sorted(chapters_behind(which)) == sorted(one for part in others for one in part)


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
    contents = told.index(behind("riverbend"))
    assert headings("riverbend", 1)[0] == "What was decided"
    for alarm in STRATEGIES["riverbend"][1].alarms:
        (at,) = [at for at, text in enumerate(told) if text.endswith(alarm.say)]
        assert at < contents


def test_the_contents_lead_to_every_chapter() -> None:
    body = document("riverbend").element.body
    begun = {mark.get(qn("w:name")): mark.getparent() for mark in body.iter(qn("w:bookmarkStart"))}
    links = list(body.iter(qn("w:hyperlink")))
    chapters = chapters_behind("riverbend")
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
    assert turned == [False, True, True, False]


def branded(brand: Brand, which: str = "riverbend") -> Any:
    return Document(BytesIO(render_docx(*STRATEGIES[which], brand)))


def test_version_and_lines_to_sign_stand_there_on_request() -> None:
    told = [one.text for one in branded(Brand(version="1.2", signature=True)).paragraphs]
    assert "Version 1.2 · 18 November 2026" in told
    assert "Signatures" in told
    plain = [one.text for one in document("riverbend").paragraphs]  # the control
    assert "Signatures" not in plain
    assert not any(text.startswith("Version") for text in plain)


def test_the_paper_and_the_styles_are_those_of_the_house() -> None:
    house = Document()
    house.add_paragraph("what stood in the file of the house")
    house.styles["Heading 1"].font.name = "House Sans"
    kept = BytesIO()
    house.save(kept)
    made_of = branded(Brand(paper="Letter", reference_docx=kept.getvalue()))
    assert made_of.styles["Heading 1"].font.name == "House Sans"
    assert "what stood in the file" not in "".join(one.text for one in made_of.paragraphs)
    first = made_of.sections[0]
    assert (round(first.page_width.pt), round(first.page_height.pt)) == (612, 792)
    plain = document("riverbend")  # the control
    assert plain.styles["Heading 1"].font.name != "House Sans"
    assert round(plain.sections[0].page_height.pt) == 842


def test_a_map_whose_letters_would_be_too_small_has_several_pages() -> None:
    lying = [
        sum(section.page_width > section.page_height for section in document(which).sections)
        for which in ("riverbend", "large")
    ]
    assert lying[0] == 2  # the map, and the scorecard
    assert lying[1] > 3


@pytest.mark.parametrize("which", ["riverbend", "large", "hostile"])
def test_the_map_is_made_of_shapes_with_arrows_between_the_right_ones(which: str) -> None:
    drawing = draw(STRATEGIES[which][0])
    shapes: dict[str, str] = {}
    arrows = []
    for shape in document(which).element.body.iter(f"{SHAPE}wsp"):
        named = shape.find(f"{SHAPE}cNvPr")
        assert named.get("id") not in shapes
        shapes[named.get("id")] = named.get("name")
        ends = shape.find(f"{SHAPE}cNvCnPr")
        if ends is not None:
            arrows.append((ends.find(f"{DRAWING}stCxn").get("id"), ends.find(f"{DRAWING}endCxn").get("id")))
    assert {box.entry.id for box in drawing.boxes} <= set(shapes.values())
    # A link may come in pieces, from joint to joint: each begins where the one before ends.
    ways = {shapes[cause]: shapes[effect] for cause, effect in arrows if "→" in shapes[cause]}
    told = set()
    for cause, effect in arrows:
        if "→" not in shapes[cause]:
            end = shapes[effect]
            while "→" in end:
                end = ways[end]
            told.add((shapes[cause], end))
    assert told == {(one.cause, one.effect) for one in drawing.routes}
    assert told


def test_the_map_is_told_in_words_too() -> None:
    (picture,) = document("riverbend").element.body.iter(qn("wp:docPr"))
    assert "O1 leads to C1" in picture.get("descr")
    assert picture.get("name") == "Strategy map of Riverbend Regional Hospital"
