"""``/fill``: a worksheet that was filled in by hand, typed back by its numbers."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.codes import code_of, slot_of
from bsc_coach.script.model import LongTextStep, TextStep
from bsc_coach.script.slots import parse_slot
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.words import say
from tests.documents.reports.test_paper import open_codes
from tests.support.cli import bsc_coach
from tests.support.sessions import played, same_environment
from tests.support.voting import voted_session

OWNER = parse_slot("clusters[operations]/candidates[i00001]/objectives.owner_role")
REVIEW = parse_slot("review.first")
LIST = parse_slot("clusters[customer]/candidates")
SAID = parse_slot("clusters[customer]/clusters.said")


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    return voted_session(tmp_path / "s")


def said(talk: Talk, line: str) -> str:
    return "\n".join(turn.text for turn in submit(talk, line).turns)


def test_answers_are_taken_by_their_codes_as_one_action(talk: Talk) -> None:
    owner, review, several = (code_of(talk.plan, slot) for slot in (OWNER, REVIEW, LIST))
    before = len(talk.session.actions)
    told = said(
        talk, f"/fill\n{review}: 3 June 2027\n{several}: Answer the phone\nCall back\n{owner.lower()}: CFO"
    )
    assert say("talk.fill.taken", "en", n=4) in told
    assert "Who owns “Shorten the wait”?" in told, "one sees which question it was"
    assert talk.plan.answer(OWNER) == "CFO"
    assert talk.plan.answer(REVIEW) == "2027-06-03"
    assert len(talk.plan.state.list_at(LIST).live) == 2
    assert len(talk.session.actions) == before + 1
    submit(talk, "/undo")
    assert talk.plan.answer(OWNER) is None
    assert talk.plan.state.list_at(LIST).live == ()


def test_on_one_line_it_takes_one_answer(talk: Talk) -> None:
    said(talk, f"/fill {code_of(talk.plan, OWNER)}: CFO")
    assert talk.plan.answer(OWNER) == "CFO"


def test_what_was_answered_meanwhile_stays(talk: Talk) -> None:
    code = code_of(talk.plan, OWNER)
    submit(talk, "CFO")
    told = said(talk, f"/fill {code}: COO\n{code_of(talk.plan, REVIEW)}: 2027-06-03")
    assert "answered meanwhile: “CFO”" in told
    assert talk.plan.answer(OWNER) == "CFO"
    assert talk.plan.answer(REVIEW) == "2027-06-03"


def test_what_cannot_be_taken_is_told_line_by_line_and_kept(talk: Talk) -> None:
    review, owner = code_of(talk.plan, REVIEW), code_of(talk.plan, OWNER)
    wrong = re.sub(r".$", lambda last: "a" if last[0] != "a" else "c", owner)
    reply = submit(talk, f"/fill nothing before\n{review}: soon enough\n{wrong}: CFO")
    assert reply.keep_text
    assert [turn.speaker for turn in reply.turns] == ["refusal"] * 3
    told = "\n".join(turn.text for turn in reply.turns)
    assert "nothing before" in told
    assert "soon enough" in told
    assert f"{wrong}: CFO" in told
    assert talk.plan.answer(OWNER) is None
    # What is probably no answer is not taken for one.
    assert "Not known yet?" in said(talk, f"/fill {owner}: don't know")
    assert talk.plan.answer(OWNER) is None


def test_line_by_line_until_an_empty_line(talk: Talk) -> None:
    review, owner = code_of(talk.plan, REVIEW), code_of(talk.plan, OWNER)
    assert say("talk.fill.ask", "en") in said(talk, "/fill")
    said(talk, f"{owner}: CFO")
    refused = submit(talk, "CFO again")
    assert refused.keep_text
    said(talk, f"{review}: 2027-06-03")
    assert said(talk, "") == say("talk.fill.done", "en")
    assert talk.plan.answer(OWNER) == "CFO"
    assert talk.plan.answer(REVIEW) == "2027-06-03"
    assert talk.asking is None


def test_several_lines_that_begin_with_another_command_are_an_answer_still(talk: Talk) -> None:
    submit(talk, f"/fill {code_of(talk.plan, OWNER)}: CFO")
    submit(talk, "/edit clusters.said")
    submit(talk, "/back to the roots\nand on")
    assert "/back to the roots\nand on" in [status.value for status in talk.plan.statuses.values()]


def as_long_as_fits(talk: Talk, code: str, words: str) -> str:
    """Return as many whole words as a question takes."""
    slot = slot_of(talk.plan, code)
    assert slot is not None
    step = talk.plan.statuses[slot].step
    assert isinstance(step, TextStep | LongTextStep)
    most = step.limit.max_chars or len(words)
    return words if len(words) <= most else words[: words.rindex(" ", 0, most + 1)]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_worksheet_of_a_real_session_is_typed_back(tmp_path: Path, language: str) -> None:
    """Of the bundled script: every open question in words gets its own code as the answer."""
    session = played(tmp_path / "r", 60, same_environment())
    talk = start_talk(session)
    submit(talk, f"/language {language}")
    codes = open_codes(talk)
    written = [
        code
        for code in codes
        if (slot := slot_of(talk.plan, code)) is not None
        and talk.plan.statuses[slot].step.kind in ("text", "long_text")
    ]
    assert len(written) > 5
    answers = {code: as_long_as_fits(talk, code, f"Answer {code} for the board") for code in written}
    told = said(talk, "/fill\n" + "\n".join(f"{code}: {answers[code]}" for code in reversed(written)))
    assert say("talk.fill.taken", language, n=len(written)) in told
    for code in written:
        slot = slot_of(talk.plan, code)
        assert slot is not None
        assert talk.plan.answer(slot) == answers[code]
    assert not set(written) & set(open_codes(talk))


def test_in_line_mode_a_printed_worksheet_comes_back_over_a_pipe(tmp_path: Path) -> None:
    talk = voted_session(tmp_path / "s")
    talk.session.close()
    folder = tmp_path / "s"
    assert bsc_coach("render", folder, "--format", "worksheet", "-o", tmp_path / "out").code == 0
    page = (tmp_path / "out" / "worksheet.html").read_text(encoding="utf-8")
    codes = re.findall(r'<span class="code">([^<]*)</span>([^<]*)', page)
    (owner,) = (code for code, name in codes if name.endswith("Owner"))
    (review,) = (code for code, name in codes if name.endswith("First review"))
    ran = bsc_coach("open", folder, "--plain", typed=f"/fill\n{owner}: CFO\n{review}: 2027-06-03\n\n/quit\n")
    assert ran.code == 0, ran
    session = open_session(folder, Environment(), read_only=True)
    assert session.plan.answer(OWNER) == "CFO"
    assert session.plan.answer(REVIEW) == "2027-06-03"
    session.close()
    shutil.rmtree(tmp_path / "out")


def test_the_worksheet_of_one_part_has_that_part_alone(tmp_path: Path) -> None:
    talk = voted_session(tmp_path / "s")
    paper = talk.session.material().paper
    alone = paper.of_part("Customer management")
    assert alone is not None
    assert {one.section for one in alone.questions} == {"Customer management"}
    assert paper.of_part("customer") == alone
    assert len(alone.questions) < len(paper.questions)
    talk.session.close()
    ran = bsc_coach(
        "render", tmp_path / "s", "--format", "worksheet", "--part", "nowhere", "-o", tmp_path / "out"
    )
    assert ran.code == 2
    assert "Operations" in ran.err
    ran = bsc_coach(
        "render", tmp_path / "s", "--format", "worksheet", "--part", "customer", "-o", tmp_path / "out"
    )
    page = (tmp_path / "out" / "worksheet.html").read_text(encoding="utf-8")
    assert "Customer management" in page
    assert "Operations" not in page
