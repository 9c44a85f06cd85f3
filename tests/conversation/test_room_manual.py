"""What docs/the-room.md shows of rounds is played as it stands there, line by line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bsc_coach.conversation.round_words import round_lines
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.lists import AddItem, CloseList
from bsc_coach.script.slots import ItemId, Slot, StepId
from bsc_coach.script.source import bundled_source
from bsc_coach.session.opening import create_session
from tests.support.sessions import same_environment

PAGE = (Path(__file__).parents[2] / "docs" / "the-room.md").read_text("utf-8")
BLOCKS = re.findall(r"```text played (\S+)\n(.*?)```", PAGE, re.DOTALL)
OPERATIONS = ((StepId("clusters"), ItemId("operations")),)
POINTS = ("Answer the phone sooner", "Stop losing keys", "Know which boiler fails next")


def in_the_room(folder: Path, step: str) -> Talk:
    """A talk with five people in the room and, but where these are asked for, three candidates."""
    session = create_session(folder / "s", bundled_source(), same_environment())
    for name in ("Anna", "Ben", "Cor", "Dee", "Eva"):
        told = {StepId("participants.name"): name, StepId("participants.role"): f"Head of {name}"}
        session.do(AddItem(Slot(StepId("participants")), told))
    session.do(CloseList(Slot(StepId("participants"))))
    candidates = Slot(StepId("candidates"), OPERATIONS)
    for title in POINTS if step != "candidates" else ():
        session.do(AddItem(candidates, {StepId("candidates.title"): title}))
    if step != "candidates":
        session.do(CloseList(candidates))
    session.do(Accept(Slot(StepId("organisation.kind")), "public"))
    talk = start_talk(session)
    talk.position.jump(session.plan.index.of_step[StepId(step)][0])
    return talk


def seen_after(talk: Talk, line: str) -> str:
    """Type a line and return all that is said and shown then; a backslash stands between lines."""
    reply = submit(talk, line.replace("\\", "\n"))
    assert not reply.keep_text, [turn.text for turn in reply.turns]
    prompt = talk.prompt()
    shown = (prompt.ask, *round_lines(prompt, talk.language)) if prompt is not None else ()
    return "\n".join((*(turn.text for turn in reply.turns), *shown))


def play(talk: Talk, block: str) -> None:
    """Type what stands behind the arrows, and look for what stands below."""
    seen = ""
    for line in block.rstrip("\n").split("\n"):
        if line.startswith(">"):
            seen = seen_after(talk, line[1:].strip())
        else:
            assert line in seen, f"{line}\nis not in\n{seen}"


@pytest.mark.parametrize(("step", "block"), BLOCKS, ids=[step for step, _ in BLOCKS])
def test_what_the_page_shows_is_what_one_sees(tmp_path: Path, step: str, block: str) -> None:
    play(in_the_room(tmp_path, step), block)


def test_control_another_outcome_is_noticed(tmp_path: Path) -> None:
    (block,) = (block for step, block in BLOCKS if step == "vital")
    with pytest.raises(AssertionError, match="is not in"):
        play(in_the_room(tmp_path, "vital"), block.replace("7 dots", "8 dots"))
