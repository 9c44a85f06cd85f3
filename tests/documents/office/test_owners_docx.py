"""owners/ROLE.docx: the form of an owner on the first page, the sheets behind it, whatever people wrote."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from bsc_coach.documents.office.owners_docx import owner_documents
from bsc_coach.documents.reports.owners import owner_pages
from tests.documents.office.reading import STRATEGIES

CNO = "chief-nursing-officer.docx"


@cache
def documents(which: str) -> dict[str, Any]:
    made = owner_documents(*STRATEGIES[which])
    return {path.name: Document(BytesIO(data)) for path, data in made.items()}


def first_page(document: Any) -> tuple[list[str], list[list[str]]]:
    """Return what stands before the page ends: its paragraphs, and the rows of its tables."""
    told, rows = [], []
    for part in document.element.body:
        if part.tag == qn("w:tbl"):
            cells = [
                [cell.xpath("string(.)") for cell in row.iter(qn("w:tc"))] for row in part.iter(qn("w:tr"))
            ]
            rows += cells
        else:
            told.append(part.xpath("string(.)"))
        if any(mark.get(qn("w:type")) == "page" for mark in part.iter(qn("w:br"))):
            break
    return told, rows


@pytest.mark.parametrize("which", ["riverbend", "empty", "hostile"])
def test_there_is_one_for_every_page(which: str) -> None:
    pages = owner_pages(*STRATEGIES[which])
    assert {name.removesuffix(".docx") for name in documents(which)} == {path.stem for path in pages}


def test_the_form_stands_on_the_first_page_and_the_sheets_behind_it() -> None:
    document = documents("riverbend")[CNO]
    told, rows = first_page(document)
    assert told[0] == "Chief Nursing Officer"
    assert ["All of it", "What will you stop doing to make room for it?", ""] in rows
    assert not any("What you look after" in one for one in told)
    everything = [one.text for one in document.paragraphs]  # the control
    assert "What you look after" in everything


def test_rows_of_the_form_leave_room_to_write() -> None:
    rows = documents("riverbend")[CNO].element.body.iter(qn("w:tr"))
    high = [row.xpath("string(.)") for row in rows if next(row.iter(qn("w:trHeight")), None) is not None]
    assert any("When do we hear from you?" in one for one in high)
    assert not any(one.startswith("KPI") for one in high)  # the control


def test_hostile_words_stay_text() -> None:
    for document in documents("hostile").values():
        text = document.element.body.xpath("string(.)")
        assert "\x00" not in text
        assert not list(document.element.body.iter("script"))
    assert any(
        "<script>" in one.element.body.xpath("string(.)") or "&amp;" in one.element.body.xpath("string(.)")
        for one in documents("hostile").values()
    )
