"""Random walks by keys: whatever was refused, remarked on or taken back, no answer is glued to another."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from bsc_coach.interview.facts.answers import SlotAnswered
from bsc_coach.script.loader import bundled_source
from bsc_coach.script.model import LongTextStep, TextStep
from bsc_coach.session.opening import create_session
from bsc_coach.session.session import Session
from bsc_coach.tui.widgets.composer import Composer
from tests.support.app import enter, press, running, session_screen
from tests.support.sessions import same_environment

WORDS = (
    "Halve the wait", "dont know", "zebra", "We have excellent service", "2031", "12", "same as above",
    "Tell them when",
)  # fmt: skip
WAYS = ("type",) * 8 + ("enter", "ctrl+t", "alt+t", "ctrl+o", "ctrl+n", "escape")


async def walked(folder: Path, seed: int, steps: int) -> tuple[Session, set[str]]:
    """Press keys at random; return the session and the lines that were typed."""
    random, typed = Random(seed), set(WORDS)
    session = create_session(folder, bundled_source(), same_environment())
    async with running(session, size=(80, 24)) as pilot:
        for number in range(steps):
            way = random.choice(WAYS)
            if way == "type":
                word = random.choice(WORDS)
                line = f"{word} {number}" if word[0].isupper() else word
                typed.add(line)
                await enter(pilot, line)
            else:
                await press(pilot, way)
            screen = pilot.app.screen
            if screen is not session_screen(pilot):
                await press(pilot, "escape")
    return session, typed


def glued(session: Session, typed: set[str]) -> list[str]:
    """Return the texts that were kept and are more than one line of those typed."""
    steps = session.plan.script.by_id
    texts = [
        event.typed or str(event.value)
        for action in session.actions
        for event in action.do
        if isinstance(event, SlotAnswered) and isinstance(steps[event.slot.step], TextStep | LongTextStep)
    ]
    return [
        text
        for text in texts
        if sum(text.count(word) for word in typed if len(word) > 3) > 1 and text not in typed
    ]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
async def test_no_answer_is_glued_to_another(tmp_path: Path, seed: int) -> None:
    session, typed = await walked(tmp_path / "s", seed, 40)
    assert len(session.actions) > 5
    assert glued(session, typed) == []


@pytest.mark.slow
async def test_a_line_that_stays_with_the_cursor_at_its_end_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill = Composer.fill
    monkeypatch.setattr(Composer, "fill", lambda self, text, *, select=False: fill(self, text, select=False))
    found = []
    for seed in range(6):
        session, typed = await walked(tmp_path / str(seed), seed, 40)
        found += glued(session, typed)
    assert found
