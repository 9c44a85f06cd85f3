"""board.svg and board.html: everything a board looks at on one page of A3, whatever there is of it."""

from __future__ import annotations

import re
from functools import cache

import pytest
from lxml import etree

from bsc_coach.documents.board.layout import HEIGHT, MARGIN, WIDTH, page_of
from bsc_coach.documents.board.one_page import LAYOUT, pdf_page, render_board
from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.pdf import layout_files
from bsc_coach.documents.web.html import page_context
from bsc_coach.drawing.labels import width_of
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.model import Decision, Enabler, Link, Objective, Organisation, Parked, Strategy
from bsc_coach.strategy.notes import Notes
from tests.documents.filling import with_text
from tests.support.hostile import FIXED
from tests.support.strategies import EMPTY, NO_NOTES, RIVERBEND, RIVERBEND_NOTES

SMALLEST = 5.0
LARGE = Strategy(
    objectives=tuple(Objective(id=f"O{n}", title=f"Shorten wait number {n} " * 3) for n in range(1, 61)),
    kpis=tuple(Kpi(id=f"O{n}.1", measures=f"O{n}", name=f"Days of wait {n} " * 4) for n in range(1, 61)),
)
FULL = LARGE.model_copy(
    update={
        "organisation": Organisation(name="A society of very many words " * 9),
        "enablers": tuple(Enabler(id=f"L{n}", title="Trained people") for n in range(1, 20)),
        "decisions": tuple(
            Decision(id=f"D{n}", title="Wait " * 30, dissent="No " * 99) for n in range(1, 20)
        ),
        "parking": tuple(
            Parked(id=f"Q{n}", title="What " * 99, outcome="open", due="2027") for n in range(1, 20)
        ),
    }
)
STRATEGIES = {
    "riverbend": (RIVERBEND, RIVERBEND_NOTES),
    "empty": (EMPTY, NO_NOTES),
    "large": (LARGE, NO_NOTES),
    "full": (FULL, NO_NOTES),
}


@cache
def made(name: str) -> dict[str, str]:
    return {str(path): text for path, text in render_board(*STRATEGIES[name]).items()}


def texts(picture: str) -> list[tuple[float, float, float, str]]:
    """Return the text of the page itself: where each line begins, its size, and what it says."""
    page = etree.fromstring(picture.encode())
    own = [one for one in page if one.tag.endswith("}text")]
    return [
        (float(one.get("x")), float(one.get("y")), float(one.get("font-size")), one.text or "") for one in own
    ]


@pytest.mark.parametrize("name", STRATEGIES)
def test_all_of_it_stands_on_the_page(name: str) -> None:
    found = texts(made(name)["board.svg"])
    assert found
    for x, y, size, text in found:
        assert size >= SMALLEST
        assert x >= MARGIN
        assert x + width_of(text, size) <= WIDTH
        assert MARGIN <= y <= HEIGHT - MARGIN / 2, text


@pytest.mark.parametrize("ending", ["svg", "html"])
def test_the_page_has_map_scorecard_decisions_and_what_comes_next(ending: str) -> None:
    told = " ".join(re.sub("<[^>]*>", " ", made("riverbend")[f"board.{ending}"]).split())
    context = build_context(RIVERBEND, RIVERBEND_NOTES)
    for kpi in RIVERBEND.kpis:
        assert f"{kpi.id} " in told
    assert all(one.id in told for one in (*RIVERBEND.initiatives, *RIVERBEND.decisions))
    for word in ("What we ask the board", "What is next", context["next"][0]["when_text"]):
        assert word in told


def test_what_finds_no_room_in_the_smallest_letters_is_counted() -> None:
    last = [text for *_, text in texts(made("large")["board.svg"]) if "more in strategy.md" in text]
    assert len(last) == 1
    shown = {text.split()[0] for *_, text in texts(made("large")["board.svg"]) if re.match(r"O\d+\.1 ", text)}
    assert len(shown) + int(re.findall(r"\d+", last[0])[0]) == 60


def test_the_same_strategy_gives_the_same_page() -> None:
    assert {str(path): text for path, text in render_board(RIVERBEND, RIVERBEND_NOTES).items()} == made(
        "riverbend"
    )


@pytest.mark.parametrize("text", [*FIXED, "</text></svg><script>", "]]>", "O" * 300])
def test_hostile_words_stay_words(text: str) -> None:
    strategy = Strategy.model_validate(with_text(RIVERBEND.model_dump(), text))
    notes = Notes.model_validate(with_text(RIVERBEND_NOTES.model_dump(), text))
    pages = {str(path): made for path, made in render_board(strategy, notes).items()}
    expected = {one.tag for one in etree.fromstring(made("riverbend")["board.svg"].encode()).iter()}
    assert {one.tag for one in etree.fromstring(pages["board.svg"].encode()).iter()} <= expected
    assert "<script" not in pages["board.html"]
    assert pages["board.html"].count("<td") == pages["board.html"].count("</td>")


@pytest.mark.parametrize("number", [3, 4, 8])
def test_objectives_of_one_cluster_stand_on_the_map_with_their_titles(number: int) -> None:
    strategy = Strategy(
        objectives=tuple(Objective(id=f"O{at}", title=f"Mend{at} the line") for at in range(1, number + 1)),
        enablers=(Enabler(id="L1", title="Drivers who stay"),),
        links=(Link(id="X1", cause="L1", effect="O1"),),
    )
    picture = page_of(strategy, NO_NOTES)["picture"]
    assert [at for at in range(1, number + 1) if f"Mend{at}" not in picture] == []


def test_no_map_is_drawn_that_the_page_does_not_show() -> None:
    page = pdf_page(RIVERBEND, RIVERBEND_NOTES)
    assert "map-0.svg" not in layout_files(page, RIVERBEND, layout=LAYOUT)
    assert "map-0.svg" in layout_files(page_context(RIVERBEND, RIVERBEND_NOTES), RIVERBEND)
