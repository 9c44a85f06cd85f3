"""Small windows, and windows that change all the time."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from bsc_coach.session.environment import Environment
from tests.support.app import frame, paste, running, session_screen, settled
from tests.support.sessions import played


async def test_a_window_that_is_too_small_says_so(tmp_path: Path, environment: Environment) -> None:
    async with running(played(tmp_path / "s", 1, environment)) as pilot:
        for width, height in ((39, 30), (80, 9), (20, 5)):
            await pilot.resize_terminal(width, height)
            await settled(pilot)
            assert session_screen(pilot).has_class("tiny")
            assert frame(pilot).strip().startswith("Window too small"[:width])


@pytest.mark.slow
async def test_the_composer_keeps_its_text_through_a_storm_of_sizes(
    tmp_path: Path, environment: Environment
) -> None:
    async with running(played(tmp_path / "s", 5, environment)) as pilot:
        await paste(pilot, "half an answer")
        for width, height in product((1, 40, 100), (1, 24)):
            await pilot.resize_terminal(width, height)
        await pilot.resize_terminal(120, 40)
        await settled(pilot)
        screen = session_screen(pilot)
        assert screen.composer.text == "half an answer"
        assert screen.composer.has_focus
        assert "half an answer" in frame(pilot)


async def test_conversation_and_composer_have_a_place_in_every_size(
    tmp_path: Path, environment: Environment
) -> None:
    async with running(played(tmp_path / "s", 60, environment)) as pilot:
        screen = session_screen(pilot)
        for width, height in ((40, 10), (40, 12), (60, 16), (99, 24), (100, 30), (200, 60)):
            await pilot.resize_terminal(width, height)
            await settled(pilot)
            assert screen.conversation.region.height >= 1
            assert screen.composer.region.height >= 1
            assert screen.region.contains_region(screen.composer.region)
