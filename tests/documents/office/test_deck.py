"""The deck: a sentence above each slide, what shows it, notes with what it rests on, and no fact lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

import pytest
from pptx import Presentation
from pptx.util import Pt
from pydantic import BaseModel

from bsc_coach.documents.context.document_context import link_sentences
from bsc_coach.documents.context.tables import CHOICES, DATES
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.documents.formats import DocumentInput, document_format
from bsc_coach.documents.office.slides.kpis import bars_of
from bsc_coach.interview.notes import to_notes
from bsc_coach.interview.projection import to_strategy
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.readings import Reading
from bsc_coach.words import say
from tests.documents.office.reading import STRATEGIES, made
from tests.support.riverbend import riverbend_plan, strategy_map
from tests.support.sentinels import play_everything

LEFT_OUT = {
    **dict.fromkeys(
        (
            "kpis.formula", "kpis.source", "kpis.benchmark", "kpis.guard", "kpis.gaming", "kpis.lead_lag",
            "kpis.kind", "kpis.gap", "kpis.process", "kpis.collector_role", "kpis.updater_role",
            "kpis.sponsor_role", "kpis.guard_kpi",
        ),
        "kpis",
    ),
    "old_kpis": "sorting",
    "candidates": "trivial_many",
    "processes": "processes",
    "clusters.written": "written",
    **dict.fromkeys(
        ("candidates.influence_votes", "candidates.performance_votes", "candidates.dots"), "votes"
    ),
    "meeting": "meeting",
}  # fmt: skip
"""What the last slide names, by the fields that it stands for."""


class Slide(NamedTuple):
    """What can be read on a slide, and what its notes tell."""

    title: str
    text: str
    notes: str


def read(data: bytes) -> list[Slide]:
    return [
        Slide(
            slide.shapes.title.text_frame.text,
            "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame),
            slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else "",
        )
        for slide in Presentation(BytesIO(data)).slides
    ]


def deck_of(strategy: Strategy, **parts: Any) -> bytes:
    (data,) = document_format("pptx").make(DocumentInput(strategy, **parts)).values()
    return data


@cache
def hospital() -> tuple[Strategy, bytes]:
    plan = riverbend_plan()
    strategy = to_strategy(plan)
    return strategy, deck_of(strategy, notes=to_notes(plan))


def test_ten_slides_argue_and_one_names_what_they_leave_out() -> None:
    slides = read(hospital()[1])
    assert len(slides) == 11
    assert slides[-1].title == say("deck.title.left_out", "en")


def test_every_title_is_a_sentence_from_the_answers() -> None:
    strategy, data = hospital()
    titles = [slide.title for slide in read(data)[:10]]
    assert titles[0] == strategy.organisation.ambition
    for title, told in zip(
        titles[1:],
        (
            "people over 65 with two or more chronic conditions",
            "Patients choose us because",
            "More healthy years for people in the region",
            "A certified care coordinator on every high-risk ward",
            "10 of 18 improvements",
            "from 31 days to 14 days",
            "January 2027 to December 2029",
            "Waiting is the main reason for leaving the region",
            "15 February 2027",
        ),
        strict=True,
    ):
        assert told in title


def test_a_dissent_that_says_nobody_is_none() -> None:
    strategy, data = hospital()
    assert [one.dissent for one in strategy.decisions if one.id == "D1"] == ["Nobody: all agree"]
    doubts = read(data)[8]
    assert "Nobody" not in doubts.text + doubts.notes
    assert "300 calls a month about bills" in doubts.text  # the control
    assert "300 calls a month about bills" in doubts.notes


def test_no_means_of_a_plan_are_cut() -> None:
    means = "two people of every ward for half a day a week, " * 4 + "and a room"
    strategy = hospital()[0]
    initiatives = tuple(
        one.model_copy(update={"resources": f"{one.id}: {means}"}) for one in strategy.initiatives
    )
    data = deck_of(strategy.model_copy(update={"initiatives": initiatives}))
    plan = [slide for slide in read(data) if "January 2027 to December 2029" in slide.title]
    assert len(plan) > 1
    told = "\n".join(slide.text for slide in plan)
    assert [one.id for one in initiatives if f"{one.id}: {means}" not in told] == []


def test_the_notes_of_the_story_tell_because_of_what_each_link_is_believed() -> None:
    strategy, data = hospital()
    story = read(data)[4]
    assert len(strategy.links) > 20
    assert [one for one in link_sentences(strategy).values() if one not in story.notes] == []
    assert strategy.review.story in story.notes


def test_the_story_is_told_in_builds_from_the_bottom_up() -> None:
    slide = Presentation(BytesIO(hospital()[1])).slides[4]
    rows = [shape for shape in slide.shapes if not shape.is_placeholder]
    built = [int(one) for one in slide._element.xpath(".//p:cTn[@nodeType='clickEffect']//p:spTgt/@spid")]
    assert [row.name for row in rows] == [
        "Learning and growth", "Internal processes", "Customer", "Financial", "Mission",
    ]  # fmt: skip
    assert built == [row.shape_id for row in rows[1:]]
    tops = [row.top for row in rows]
    assert tops == sorted(tops, reverse=True)


def test_bars_are_in_proportion_to_the_numbers() -> None:
    found = bars_of({"now": {"value": 31}, "target": 14, "red": 24})
    assert (found.now, found.target, found.red) == (1.0, 14 / 31, 24 / 31)
    below = bars_of({"now": {"value": -5}, "target": 5, "red": None})
    assert (below.now, below.target, below.red) == (0.0, 1.0, None)
    vast = bars_of({"now": {"value": None}, "target": 10**305, "red": 0})
    assert (vast.now, vast.target, vast.red) == (None, 1.0, 0.0)
    flat = bars_of({"now": {"value": 0}, "target": 0, "red": None})
    assert (flat.now, flat.target) == (0.0, 0.0)


def test_the_bars_on_the_slide_have_these_lengths() -> None:
    slide = Presentation(BytesIO(hospital()[1])).slides[6]
    bars = [shape.width for shape in slide.shapes if "O1.1 " in shape._element._nvXxPr.cNvPr.get("descr", "")]
    assert len(bars) == 2
    assert bars[1] / bars[0] == pytest.approx(14 / 31, rel=0.01)


def test_a_reading_moves_the_bar_and_is_told_with_its_word() -> None:
    strategy, _ = hospital()
    first, *others = strategy.kpis
    read_once = first.model_copy(update={"readings": (Reading(date="2027-03", value=2.4),)})
    slides = read(deck_of(strategy.model_copy(update={"kpis": (read_once, *others)})))
    assert "2.4 → 3%" in slides[6].text
    assert "March 2027" in slides[6].notes
    assert say("document.choice.standing.watch", "en") in slides[6].text


def test_an_initiative_stands_where_its_months_are() -> None:
    slide = Presentation(BytesIO(hospital()[1])).slides[7]
    told = {shape._element._nvXxPr.cNvPr.get("descr", ""): shape for shape in slide.shapes}
    first = next(shape for name, shape in told.items() if name.startswith("N1 "))
    last = next(shape for name, shape in told.items() if name.startswith("N8 "))
    years = [
        shape
        for shape in slide.shapes
        if shape.has_text_frame and re.fullmatch("20[0-9]{2}", shape.text_frame.text)
    ]
    assert [year.text_frame.text for year in years] == ["2027", "2028", "2029"]
    assert first.left == years[0].left
    assert first.width == pytest.approx(years[0].width / 2, rel=0.02)
    assert last.left + last.width == pytest.approx(years[2].left + years[2].width, rel=0.001)


def test_the_title_of_the_plan_tells_what_all_of_it_costs() -> None:
    strategy, _ = hospital()
    organisation = strategy.organisation.model_copy(update={"currency": "$"})
    costing = tuple(one.model_copy(update={"amount": 1000}) for one in strategy.initiatives)
    update = {"organisation": organisation, "initiatives": costing}
    assert "for $8,000" in read(deck_of(strategy.model_copy(update=update)))[7].title
    update = {"organisation": organisation, "initiatives": (*costing[:-1], strategy.initiatives[-1])}
    partly = read(deck_of(strategy.model_copy(update=update)))[7]
    assert "$" not in partly.title, "the sum of some is not what all of it costs"
    assert "$7,000" in partly.notes


@pytest.mark.parametrize("which", tuple(STRATEGIES))
def test_what_is_drawn_stays_on_its_slide(which: str) -> None:
    deck: Any = Presentation(BytesIO(made("pptx", which)))
    for slide in deck.slides:
        for shape in slide.shapes:
            assert 0 <= shape.left <= shape.left + shape.width <= deck.slide_width + Pt(1), shape.name
            assert 0 <= shape.top <= shape.top + shape.height <= deck.slide_height + Pt(1), shape.name


# --- No fact is lost ---


def facts(part: BaseModel, speak: DocumentWords, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every filled field of a strategy by its path, as a reader of the deck would find it."""
    for name in type(part).model_fields:
        value, where = getattr(part, name), f"{path}.{name}" if path else name
        group = CHOICES.get(type(part), {}).get(name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, BaseModel):
                yield from facts(one, speak, where)
            elif one is None or one == "":
                continue
            elif group:
                yield where, speak.choice(group, one)
            elif name in DATES.get(type(part), ()):
                yield where, speak.date(one)
            elif isinstance(one, int | float) and not isinstance(one, bool) and name != "horizon_year":
                yield where, speak.number(one)
            elif not isinstance(one, bool):
                yield where, str(one)


NO_FACT = {"format", "language", "participants.id", "segments.id", "growth_levers.id"}
"""What tells of the file and not of the organisation: ids that no reader of a slide needs."""


def lost(strategy: Strategy, slides: list[Slide]) -> list[tuple[str, str]]:
    """Return the facts that neither reach the deck nor belong to what it says it leaves out."""
    told = " ".join(re.sub(r"\s+", " ", f"{slide.text} {slide.notes}") for slide in slides).casefold()
    speak = DocumentWords(strategy.language)
    named = tuple(
        field
        for field, part in LEFT_OUT.items()
        if say(f"deck.left_out.{part}", strategy.language) in slides[-1].text
    )
    return [
        (where, text)
        for where, text in facts(strategy, speak)
        if where not in NO_FACT
        and " ".join(text.split()).casefold().rstrip(".") not in told
        and not f"{where}.".startswith(tuple(f"{field}." for field in named))
    ]


@pytest.fixture(scope="module")
def everything() -> Strategy:
    """A strategy of which every question was answered, each text with a word of its own."""
    strategy = play_everything(strategy_map(), "en", {}).strategy
    # A decision that is replaced tells that and not what it was before.
    decisions = tuple(one.model_copy(update={"replaces": None}) for one in strategy.decisions)
    return strategy.model_copy(update={"decisions": decisions})


def test_no_fact_of_the_hospital_is_lost() -> None:
    strategy, data = hospital()
    assert lost(strategy, read(data)) == []


def test_no_answer_to_any_question_is_lost(everything: Strategy) -> None:
    assert lost(everything, read(deck_of(everything))) == []


def test_a_fact_that_was_lost_is_found(everything: Strategy) -> None:
    """The control: without its notes, or without the slide on what is left out, the deck lacks much."""
    slides = read(deck_of(everything))
    assert len(lost(everything, [slide._replace(notes="") for slide in slides])) > 20
    assert len(lost(everything, slides[:-1])) > 10
