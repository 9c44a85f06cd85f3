"""The question gets the width: lines of 60 to 76 characters, whole meanings, no empty panels."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bsc_coach.conversation.prompt import Option, QuestionTable, TableRow
from bsc_coach.session.environment import Environment
from bsc_coach.tui.input_modes import answering
from bsc_coach.tui.session.columns import AROUND_TEXT, LEAST_TEXT, widths
from bsc_coach.tui.views.question import QuestionView, question_lines
from bsc_coach.tui.views.symbols import REFUSED, REMARK
from bsc_coach.tui.views.text_fit import MEASURE
from tests.support.app import USUAL, enter, frame, press, running, session_screen
from tests.support.sessions import new_session, played
from tests.tui.test_input_modes import PLAIN, cell

MEANINGS = (
    "They would not notice if it stayed as it is.",
    "A nuisance if it fails, never a reason to leave.",
    "Without it the promise cannot be kept, whatever else you do.",
)
SCALE = tuple(
    Option(number, str(number), name, help=meaning)
    for number, (name, meaning) in enumerate(
        zip(("Hardly", "A little", "It decides"), MEANINGS, strict=True), 1
    )
)


@pytest.mark.parametrize("room", range(100, 260))
@pytest.mark.parametrize("wanted", [False, True])
def test_a_line_has_sixty_characters_and_the_panel_gets_what_is_over(room: int, *, wanted: bool) -> None:
    given = widths(room, panel_wanted=wanted)
    text = room - given.agenda - given.panel - AROUND_TEXT
    assert text >= LEAST_TEXT
    assert given.panel == 0 or wanted
    if wanted and room >= 120:
        assert given.panel
        assert text <= MEASURE or given.panel == 72


async def test_a_panel_folds_while_it_has_nothing_to_say(tmp_path: Path, environment: Environment) -> None:
    async with running(new_session(tmp_path / "s", environment)) as pilot:
        screen = session_screen(pilot)
        alone = screen.composer.region.width
        assert not screen.panel.display
        await press(pilot, "f2")
        assert screen.panel.display, "it is shown all the same to whoever asks for it"
        assert screen.composer.region.width < alone, "beside the conversation, and not over it"
        await press(pilot, "f2", "escape")
        assert not screen.panel.display
    async with running(played(tmp_path / "t", 57, environment)) as pilot:
        screen = session_screen(pilot)
        assert screen.panel.display
        assert screen.composer.region.width < alone
        assert screen.panel.data is not None
        assert not screen.panel.data.findings
        await press(pilot, "f4")
        assert "The coach wonders" in frame(pilot)
        await press(pilot, "f4", "escape")
        assert not screen.panel.display
        await press(pilot, "f2")
        assert screen.panel.display


async def test_the_panel_comes_with_the_first_point_of_the_map(
    tmp_path: Path, environment: Environment
) -> None:
    async with running(new_session(tmp_path / "s", environment)) as pilot:
        screen = session_screen(pilot)
        await enter(pilot, "/jump value proposition")
        await enter(pilot, "/jump promises")
        assert not screen.panel.display
        await enter(pilot, "See me within two weeks")
        assert screen.panel.display
        assert "See me within two" in frame(pilot).split("CUSTOMER")[1]


@pytest.mark.parametrize("width", [40, 60, 70, 97, 140])
@pytest.mark.parametrize("table", [False, True])
def test_the_meanings_of_a_scale_are_never_cut_where_one_chooses(width: int, *, table: bool) -> None:
    prompt = replace(PLAIN, kind="choice", options=SCALE)
    if table:
        row = TableRow("O1 Shorten the wait for a first visit", (cell("influence", here=True),))
        prompt = replace(prompt, grid=QuestionTable("Scores", ("Influence",), (row,)))
    mode = answering(prompt, None)
    assert mode is not None
    asked = QuestionView(prompt, mode, None, "en", room=40)
    told = " ".join(" ".join(str(line) for line in question_lines(asked, width).lines).split())
    for option in SCALE:
        assert option.text in told
        assert option.help in told
    assert all(line.cell_length <= width for line in question_lines(asked, width).lines)


def test_an_answer_in_a_table_is_whole_before_the_name_of_its_row_is() -> None:
    said = replace(cell("influence"), answer="It decides", status="answered")
    row = TableRow("O1 Shorten the wait for a first specialist visit", (said, said, said))
    prompt = replace(PLAIN, grid=QuestionTable("", ("Influence", "Performance", "Evidence"), (row,)))
    mode = answering(prompt, None)
    assert mode is not None
    told = str(question_lines(QuestionView(prompt, mode, None, "en", room=20), 67).lines[-1])
    assert told.count("It decides") == 3
    assert "O1 Shorten" in told
    assert "specialist visit" not in told, "the control: there is no room for all of it"


@pytest.mark.parametrize("width", [66, 94])
def test_where_it_goes_back_to_is_said_whole_and_the_two_names_give_way(width: int) -> None:
    long = "locals who go to the pub for a pint after work"
    prompt = replace(PLAIN, about=f"SEG1 {long}", back_to=f"SEG4 {long} · Choice")
    mode = answering(prompt, None)
    assert mode is not None
    told = str(question_lines(QuestionView(prompt, mode, None, "en", room=20), width).lines[0])
    assert re.search(r"SEG1.*… · back to “SEG4.*… · Choice” after this", told), told
    short = replace(prompt, about="SEG1 locals", back_to="Close")
    assert "SEG1 locals · back to “Close” after this" in str(
        question_lines(QuestionView(short, mode, None, "en", room=20), width).lines[0]
    ), "the control"


async def test_the_signs_are_told_while_one_is_in_the_agenda(
    tmp_path: Path, environment: Environment
) -> None:
    async with running(played(tmp_path / "s", 3, environment)) as pilot:
        assert "✓ settled" not in frame(pilot)
        await press(pilot, "f5")
        assert "✓ settled" in frame(pilot)
        await press(pilot, "escape")
        assert "✓ settled" not in frame(pilot)


async def test_a_question_of_the_transcript_names_its_item(tmp_path: Path, environment: Environment) -> None:
    session = played(tmp_path / "s", 30, environment)
    async with running(session) as pilot:
        turns = session_screen(pilot).conversation.turns
        about = {turn.text: turn.about for turn in turns if turn.speaker == "coach"}
        assert about["Which of the eight does this promise make true?"] == "C1 See me within two weeks"
        assert about["Which organisation, or which part of it, are we making a strategy for?"] == ""
        assert not [turn for turn in turns if turn.about and turn.about.split(" ", 1)[1] in turn.text]


async def test_a_refusal_looks_different_from_talk_and_from_a_remark(
    tmp_path: Path, environment: Environment
) -> None:
    async with running(played(tmp_path / "s", 3, environment), size=USUAL) as pilot:
        await enter(pilot, "zebra")
        refusal = session_screen(pilot).conversation.turns[-1]
        assert refusal.speaker == "refusal"
        shown = next(line for line in frame(pilot).splitlines() if refusal.text[:30] in line)
        assert shown.strip().startswith(REFUSED)
        assert REFUSED != REMARK


async def test_what_was_undone_takes_two_lines_at_most(tmp_path: Path, environment: Environment) -> None:
    long = "We listen to everybody who comes in, and " * 8
    async with running(played(tmp_path / "s", 5, environment)) as pilot:
        await enter(pilot, long)
        await press(pilot, "ctrl+t")
        told = session_screen(pilot).conversation.turns[-1]
        assert told.speaker == "note"
        assert "We listen to everybody" in told.text
        assert len(told.text) < 100 < len(long)
