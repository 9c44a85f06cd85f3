"""strategy.pdf: tagged, in the language of the strategy, and what people wrote stays text."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import typst

from bsc_coach.documents.brand import Brand, PaperSize
from bsc_coach.documents.map.paper import room_on
from bsc_coach.documents.pdf import layout_files, render_pdf
from bsc_coach.documents.web.html import page_context
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.model import Organisation, Outcome, Strategy
from bsc_coach.strategy.notes import Notes
from tests.documents.filling import with_text
from tests.documents.web.test_html import headings_of
from tests.support.pages import whole
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


@pytest.fixture(scope="module")
def signed() -> bytes:
    return render_pdf(
        RIVERBEND, RIVERBEND_NOTES, Brand(paper="Letter", version="1.2", signature=True, accent="#8f3b00")
    )


def tags_of(pdf: bytes) -> list[tuple[int, str]]:
    """Return the structure of a PDF that screen readers walk through: how deep each part is, and what."""
    found: list[tuple[int, str]] = []

    def walk(node: Any, depth: int) -> None:
        if isinstance(node, pikepdf.Array):
            for one in node:
                walk(one, depth)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append((depth, str(node.S)))
            walk(node.get("/K"), depth + 1)

    with pikepdf.open(BytesIO(pdf)) as opened:
        walk(opened.Root.StructTreeRoot.K, 0)
    return found


def without_heading(tags: Sequence[tuple[int, str]]) -> int:
    """Return how many tables have no cell that heads others."""
    count = 0
    for at, (depth, name) in enumerate(tags):
        end = next((nth for nth, one in enumerate(tags) if nth > at and one[0] <= depth), len(tags))
        count += name == "/Table" and "/TH" not in [inner for _, inner in tags[at:end]]
    return count


def test_every_table_has_header_cells(signed: bytes) -> None:
    tags = tags_of(signed)
    assert sum(name == "/Table" for _, name in tags) > 10
    assert sum(name == "/LI" for _, name in tags) > 100
    assert without_heading(tags) == 0
    bare = [(depth, "/TD" if name == "/TH" else name) for depth, name in tags]  # the control
    assert without_heading(bare) > 10


def test_the_paper_is_the_one_that_was_asked_for(signed: bytes) -> None:
    with pikepdf.open(BytesIO(signed)) as opened:
        sizes = {tuple(sorted(float(side) for side in page.MediaBox[2:])) for page in opened.pages}
    assert sizes == {(612, 792)}
    assert b"<pdfuaid:part>1</pdfuaid:part>" in signed


@pytest.mark.parametrize(("paper", "taller", "pages"), [("A4", 0, 2), ("Letter", 0, 2), ("A4", 8, 3)])
def test_a_map_that_fills_its_room_leaves_place_for_the_line_below_it(
    paper: PaperSize, taller: int, pages: int
) -> None:
    strategy = Strategy(outcomes=(Outcome(id="F1", title="Earn more"),))
    files = layout_files(page_context(strategy, NO_NOTES), strategy, Brand(paper=paper))
    told = json.loads(files["strategy.json"])
    told["map_pages"][0]["height"] = str(room_on(paper)[1] + taller)  # the last one is the control
    files["strategy.json"] = json.dumps(told).encode()
    with pikepdf.open(BytesIO(typst.compile(files))) as opened:
        across = [page for page in opened.pages if page.MediaBox[2] > page.MediaBox[3]]
    assert len(across) == pages, "the map with the line below it, and the scorecard"


def test_ids_in_the_part_for_the_board_lead_to_what_stands_behind_it(signed: bytes) -> None:
    with pikepdf.open(BytesIO(signed)) as opened:
        pages = [page.objgen for page in opened.pages]
        named = pikepdf.NameTree(opened.Root.Names.Dests)

        def led_to(place: Any) -> int:
            found = named[str(place)] if isinstance(place, pikepdf.String) else place
            return pages.index((found.D if isinstance(found, pikepdf.Dictionary) else found)[0].objgen)

        ways = [
            (at, led_to(link.Dest))
            for at, page in enumerate(opened.pages)
            for link in page.get("/Annots", ())
        ]
    contents = max(at for at, _ in ways)
    of_the_board = [to for at, to in ways if at < contents]
    assert len(of_the_board) > 20
    assert [to for to in of_the_board if to < contents] == []
    assert len([to for at, to in ways if at == contents]) > 10  # the control: the contents lead there too


@needs_pdftotext
def test_the_board_comes_first_and_signs_on_request(signed: bytes, tmp_path: Path) -> None:
    told, plain = (shown(one, tmp_path) for one in (signed, render_pdf(RIVERBEND, RIVERBEND_NOTES)))
    order = ("What was decided", "Scorecard", "What we ask the board", "Signatures", "What stands behind it")
    places = [told.index(squeezed(one)) for one in order]
    assert places == sorted(places)
    assert places[-1] < told.index("Mission and ambition".replace(" ", ""))
    assert "Version1.2·18November2026" in told
    assert "Signatures" not in plain  # the control
    assert "Version" not in plain


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
    # The titles of the pages of the set are those of its files.
    headings = [one for one in headings_of(whole(RIVERBEND, RIVERBEND_NOTES)) if " – " not in one]
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
