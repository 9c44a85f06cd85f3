"""strategy.pdf: tagged, in the language of the strategy, and what people wrote stays text."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from bsc_coach.documents.pdf import render_pdf
from bsc_coach.documents.templating.render import render_markdown
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.model import Organisation, Strategy
from bsc_coach.strategy.notes import Notes
from tests.documents.filling import with_text
from tests.documents.web.test_html import headings_of
from tests.support.strategies import EMPTY, NO_NOTES, RIVERBEND, RIVERBEND_NOTES

needs_pdftotext = pytest.mark.skipif(
    shutil.which("pdftotext") is None,
    reason="pdftotext (poppler-utils) is missing: no text of a PDF is looked at",
)
HOSTILE = '#panic("x") *b* _i_ $x^2$ <l> @ref `r` #import "@preview/x" \\ //c = h'


def squeezed(text: str) -> str:
    """Return ``text`` without blanks and the hyphens that lines were broken with."""
    return "".join(text.replace("\u00ad", "").split())


def shown(pdf: bytes, tmp_path: Path) -> str:
    """Return what a reader of ``pdf`` sees, squeezed."""
    path = tmp_path / "strategy.pdf"
    path.write_bytes(pdf)
    ran = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
    return squeezed(ran.stdout.decode("utf-8"))


def test_it_is_pdf_ua_with_a_title_and_a_language() -> None:
    named = Strategy(language="nl", organisation=Organisation(name="Zorg & Co", horizon_year=2030))
    made = render_pdf(named, NO_NOTES)
    assert made.startswith(b"%PDF-")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert b"/Lang(nl)" in made
    assert b"Zorg &amp; Co: strategie tot 2030" in made
    assert b"/Marked true" in made


def test_an_empty_strategy_makes_a_document() -> None:
    assert b"<pdfuaid:part>1</pdfuaid:part>" in render_pdf(EMPTY, NO_NOTES)


def test_numbers_that_no_layout_can_count_with_are_told() -> None:
    kpi = Kpi(id="O1.1", measures="O1", baseline=10**300, target=-1e308)
    assert render_pdf(Strategy(kpis=(kpi,)), NO_NOTES).startswith(b"%PDF-")


def test_a_character_that_no_font_has_costs_the_claim_and_not_the_document() -> None:
    made = render_pdf(Strategy(organisation=Organisation(name="Zorg \U0010fffd \U0001f680")), NO_NOTES)
    assert made.startswith(b"%PDF-")


def missing(told: Iterable[str], text: str) -> list[str]:
    return [one for one in told if squeezed(one) not in text]


@needs_pdftotext
def test_every_heading_of_the_markdown_is_there(tmp_path: Path) -> None:
    text = shown(render_pdf(RIVERBEND, RIVERBEND_NOTES), tmp_path)
    headings = list(headings_of(render_markdown(RIVERBEND, RIVERBEND_NOTES)))
    assert len(headings) > 30
    assert missing(headings, text) == []
    assert missing([HOSTILE], text) == [HOSTILE]  # the control, here and of the next


@needs_pdftotext
def test_hostile_answers_stay_text(tmp_path: Path) -> None:
    strategy = Strategy.model_validate(with_text(RIVERBEND.model_dump(), HOSTILE))
    notes = Notes.model_validate(with_text(RIVERBEND_NOTES.model_dump(), HOSTILE))
    text = shown(render_pdf(strategy, notes), tmp_path)
    assert missing([HOSTILE], text) == []
    assert text.count(squeezed(HOSTILE)) > 50
