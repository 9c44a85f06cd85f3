"""What a session at half a day leaves to owners, and what it does not come to: told, and told as no fault."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest

from bsc_coach.documents.formats import DocumentInput, document_format
from bsc_coach.documents.redaction.redacting import redact
from bsc_coach.interview.facts.agenda import AskInFull, PlanAgenda
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.model import Objective, Organisation, Strategy
from bsc_coach.strategy.notes import LeftAside, LeftQuestion, NotDiscussed, Notes, Point
from bsc_coach.words import say
from tests.documents.templating.test_render import section
from tests.support.pages import unlinked, whole
from tests.support.rooms_in_time import in_the_room
from tests.support.sessions import new_session

STRATEGY = Strategy(
    objectives=(Objective(id="O1", title="Halve the wait", owner_role="Workshop lead"),),
    kpis=(
        Kpi(id="O1.1", measures="O1", name="Days", owner_role="Workshop lead", target=5, target_date="2027"),
    ),
)  # fmt: skip
ASKED = "Should it go up or down?"
LEFT = Notes(
    points=(
        Point(
            kind="parked", section="KPIs", question=ASKED, short="Direction", about="O1.1 Days",
            owner="Workshop lead", left=True, choices=("Higher is better", "Lower is better"),
        ),
    ),
    not_discussed=(
        NotDiscussed(section="Initiatives", questions=()),
        NotDiscussed(
            section="Value proposition",
            questions=(
                LeftQuestion(name="Why this one"),
                LeftQuestion(name="Horizon", of="Promises"),
                LeftQuestion(name="Proof", some=("C1", "C3")),
            ),
        ),
        NotDiscussed(section="KPIs", questions=(LeftQuestion(name="KPIs", some=("C1", "L2")),)),
        NotDiscussed(section="Close", questions=(LeftQuestion(name="Decisions"),), second_sitting=True),
    ),
    left_aside=(
        LeftAside(field="kpis[].direction", items=("O1.1",), to_owner=True),
        LeftAside(field="kpis[].formula", items=("O1.1",), to_owner=True),
        LeftAside(field="kpis[].frequency", items=("O1.1",), to_owner=True),
        LeftAside(field="initiatives[]"),
    ),
)  # fmt: skip


def made(name: str, strategy: Strategy = STRATEGY, notes: Notes = LEFT) -> str:
    files = document_format(name).make(DocumentInput(strategy, notes))
    return unlinked("\n".join(data.decode("utf-8-sig") for data in files.values()))


@pytest.mark.parametrize("name", ["md", "html", "minutes"])
@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_sentence_says_why_it_is_left_and_how_one_comes_back_to_it(name: str, language: str) -> None:
    told = made(name, STRATEGY.model_copy(update={"language": language}))
    for part in ("homework", "not_discussed"):
        assert say(f"document.lead.{part}", language) in told
    assert "/depth" in told
    assert "bsc-coach homework" in told
    settled = made(name, STRATEGY.model_copy(update={"language": language}), Notes())
    assert "/depth" not in settled
    assert "bsc-coach homework" not in settled


def test_word_says_the_same_and_a_pdf_can_be_made_of_it() -> None:
    material = DocumentInput(STRATEGY, LEFT)
    (word,) = document_format("docx").make(material).values()
    paragraphs = [one.text for one in docx.Document(BytesIO(word)).paragraphs]
    assert say("document.lead.homework", "en") in paragraphs
    assert say("document.lead.not_discussed", "en") in paragraphs
    assert "Initiatives: all of it" in paragraphs
    (pdf,) = document_format("pdf").make(material).values()
    assert pdf.startswith(b"%PDF")


def test_homework_that_somebody_parked_is_told_as_it_was() -> None:
    parked = LEFT.points[0].model_copy(update={"left": False})
    told = made("md", notes=Notes(points=(parked,)))
    assert "## Homework by owner" in told
    assert say("document.lead.homework", "en") not in told
    assert "One field is with its owner." in told


def test_what_was_not_discussed_is_told_part_by_part_and_for_which_items() -> None:
    told = section(made("md"), "## What was not discussed")
    assert "- **Initiatives:** all of it\n" in told
    assert "- **Value proposition:** Why this one; horizon (of promises); proof (of C1 and C3)\n" in told
    assert "- **KPIs:** for C1 and L2\n" in told
    assert "- **Close:** for a second sitting: Decisions\n" in told


def test_the_summary_tells_of_owners_and_of_no_fault() -> None:
    first = made("md").split("\n")[2]
    assert "The details are homework of one owner." in first
    assert "What was not discussed can be taken up by a later session." in first
    assert "attention" not in first


def test_an_owner_is_asked_in_full_and_has_room_to_answer() -> None:
    page = made("owners")
    told = section(page, "## What we ask you")
    assert f"| O1.1 Days | {ASKED} (Higher is better / Lower is better) |  |" in told
    assert "bsc-coach homework" in told
    assert "Which is better: higher or lower?" not in page
    assert "| O1.1 Days | Which is better: higher or lower? |  |" in made("owners", notes=Notes())


def test_no_date_is_made_up_for_homework() -> None:
    assert made("ics") == made("ics", notes=Notes())


def test_an_auditor_reads_what_is_homework_and_what_was_not_discussed() -> None:
    told = made("iso")
    assert "| O1 Halve the wait | not discussed | not discussed | ✓ | ✓ | homework | 4 |" in told
    assert "Nothing of what was asked is missing. 2 answers are homework of their owners." in told
    assert "Still to be settled:" not in told
    asked = made("iso", notes=Notes())
    assert "| O1 Halve the wait | open | open | ✓ | ✓ | open | 4 |" in asked
    assert "There are 4 gaps, in 1 of 1 objectives." in asked


def test_a_part_that_nobody_came_to_does_not_read_as_a_failure() -> None:
    left = Notes(
        left_aside=(LeftAside(field="enablers[]"), LeftAside(field="candidates[]", items=("social",)))
    )
    told = made("md", notes=left)
    not_discussed = say("document.nothing.not_discussed", "en")
    assert section(told, "## Learning and growth").strip() == not_discussed
    assert section(told, "### Social and societal").strip() == not_discussed
    assert section(told, "### Innovation").strip() == say("document.nothing.cluster", "en")
    assert not_discussed not in made("md", notes=Notes())


def test_no_name_survives_in_what_was_left_aside() -> None:
    named = NotDiscussed(
        section="Close", questions=(LeftQuestion(name="What Larkfield needs", of="Larkfield"),)
    )
    point = LEFT.points[0].model_copy(update={"choices": ("Larkfield itself", "Others")})
    strategy = STRATEGY.model_copy(update={"organisation": Organisation(name="Larkfield")})
    material = DocumentInput(strategy, Notes(points=(point,), not_discussed=(named,)))
    for name in ("md", "owners", "minutes"):
        plain = document_format(name).make(material)
        twin = document_format(name).make(redact(material))
        assert any(b"Larkfield" in data for data in plain.values())
        assert not any(b"Larkfield" in data for data in twin.values())


@pytest.mark.parametrize("sample", ["riverbend", "brakelman"])
def test_half_a_day_ends_in_documents_without_a_fault_that_is_homework(sample: str, tmp_path: Path) -> None:
    session = in_the_room(tmp_path / "s", sample=sample)
    material, language = session.material(None), session.plan.language
    told = whole(material.strategy, material.notes)
    audited = document_format("iso").make(material).popitem()[1].decode()
    assert say("iso.verdict.asked", language) in audited
    assert "|  |  |  |" not in told
    for point in material.notes.points:
        assert point.left == (point.kind == "parked" and point.on is None)


def test_what_another_question_asked_for_was_discussed(tmp_path: Path) -> None:
    session = new_session(tmp_path / "s")
    session.do(PlanAgenda("half_day"))
    notes = session.notes(None)
    asked = {question.name for part in notes.not_discussed for question in part.questions}
    assert "Why this one" in asked
    assert "Role" not in asked  # which attributes make the difference is asked in one go


def test_a_list_with_items_was_discussed(tmp_path: Path) -> None:
    notes = in_the_room(tmp_path / "s").notes(None)
    parts = {part.section: [one.name for one in part.questions] for part in notes.not_discussed}
    assert "Initiatives" not in parts
    assert "Decisions" not in parts["Close"]


def test_a_session_that_asks_everything_leaves_nothing_aside(tmp_path: Path) -> None:
    session = new_session(tmp_path / "s")
    session.do(PlanAgenda("half_day"))
    assert session.notes(None).left_aside
    session.do(AskInFull())
    assert session.notes(None).left_aside == session.notes(None).not_discussed == ()
