"""Decisions in every document that tells them: whether each holds, since when, which one replaces which."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.formats import DocumentInput, document_format
from bsc_coach.strategy.decisions import replaced_by
from bsc_coach.strategy.model import Decision, Strategy
from tests.documents.office.reading import parts
from tests.documents.test_pdf import needs_pdftotext, shown, squeezed
from tests.support.pages import whole
from tests.support.strategies import NO_NOTES

DECISIONS = (
    Decision(id="D1", title="Deliver everywhere", status="decided", date="2025-11-20"),
    Decision(id="D2", title="Deliver in the region", reason="It lost money", date="2026-11", replaces="D1"),
    Decision(id="D3", title="A new tariff", status="proposed"),
)
STRATEGY = Strategy(decisions=DECISIONS)
PLAIN = Strategy(decisions=tuple(Decision(id=one.id, title=one.title) for one in DECISIONS))


def text_of(name: str, strategy: Strategy) -> str:
    """Return what stands in the document of a format, its markup left out and blanks single."""
    if name == "md":
        return " ".join(whole(strategy, NO_NOTES).split())
    (data,) = document_format(name).make(DocumentInput(strategy)).values()
    if name in ("docx", "pptx"):
        kept = [part for path, part in parts(data).items() if path.endswith(".xml")]
        data = b" ".join(kept)
    return " ".join(re.sub("<[^>]*>", "", data.decode("utf-8")).replace("\u00ad", "").split())


@pytest.mark.parametrize("name", ["md", "html", "docx", "pptx", "minutes"])
def test_every_document_tells_what_no_longer_holds(name: str) -> None:
    told = text_of(name, STRATEGY)
    assert "replaced by D2 Deliver in the region" in told
    assert "proposed, not decided yet" in told
    if name != "pptx":  # slides tell of each decision only what it is and whether it holds
        for part in ("20 November 2025", "November 2026", "Decided on", "Replaces", "It lost money"):
            assert part in told
    for part in ("replaced", "proposed", "Decided on"):  # the control: nothing is known of any
        assert part not in text_of(name, PLAIN)


@needs_pdftotext
def test_the_pdf_tells_it_too(tmp_path: Path) -> None:
    (data,) = document_format("pdf").make(DocumentInput(STRATEGY)).values()
    told = shown(data, tmp_path)
    for part in ("replaced by D2 Deliver in the region", "20 November 2025", "proposed, not decided yet"):
        assert squeezed(part) in told


def test_what_is_said_in_dutch() -> None:
    told = text_of("md", STRATEGY.model_copy(update={"language": "nl"}))
    assert "vervangen door D2 Deliver in the region" in told
    assert "Besloten op: 20 november 2025" in told
    assert "voorgesteld, nog niet besloten" in told


def test_a_decision_that_replaces_itself_or_nothing_known_still_holds() -> None:
    odd = (Decision(id="D1", replaces="D1"), Decision(id="D2", replaces="D9"))
    assert replaced_by(odd) == {"D9": ("D2",)}
    first, second = build_context(Strategy(decisions=odd), NO_NOTES)["decisions"]
    assert (first["status_text"], first["replaces_text"]) == (None, None)
    assert (second["told"], second["replaces_text"]) == ("D2", "D9")


def test_two_that_replace_one_are_both_named() -> None:
    both = (*DECISIONS[:2], Decision(id="D3", title="Deliver on foot", replaces="D1"))
    (first, *_) = build_context(Strategy(decisions=both), NO_NOTES)["decisions"]
    assert first["status_text"] == "replaced by D2 Deliver in the region and D3 Deliver on foot"
