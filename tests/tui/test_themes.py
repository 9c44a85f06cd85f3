"""Colours: enough contrast in every theme, nothing told by colour alone, none at all where not wanted."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from textual.color import Color

from bsc_coach.session.environment import Environment
from bsc_coach.tui.app import CoachApp
from bsc_coach.tui.themes import NAMES, PALETTES, after
from bsc_coach.tui.views.symbols import CELLS, STATES
from tests.support.app import frame, press, running
from tests.support.clock import Watch
from tests.support.sessions import played

LEAST_CONTRAST = 4.5


def luminance(colour: str) -> float:
    """Return the relative luminance as WCAG 2 defines it."""
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in Color.parse(colour).normalized
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", NAMES)
def test_every_colour_of_text_stands_out(name: str) -> None:
    palette = PALETTES[name]
    inks = (
        palette.text,
        palette.muted,
        palette.coach,
        palette.team,
        palette.mark,
        palette.warn,
        palette.good,
    )
    for ink, ground in product(inks, (palette.ground, palette.side, palette.block)):
        assert contrast(ink, ground) >= LEAST_CONTRAST, (ink, ground)
    assert contrast(palette.on_mark, palette.mark) >= LEAST_CONTRAST


def test_every_state_has_a_sign_of_its_own() -> None:
    for signs in (STATES, CELLS):
        assert len(set(signs.values())) == len(signs)


def test_one_key_goes_through_all_themes() -> None:
    seen = [NAMES[0]]
    while (following := after(seen[-1])) != seen[0]:
        seen.append(following)
    assert seen == list(NAMES)


async def test_a_theme_changes_colours_and_not_a_single_character(
    tmp_path: Path, environment: Environment
) -> None:
    session = played(tmp_path / "s", 7, environment)
    async with running(app=CoachApp(session, theme=NAMES[0], clock=Watch())) as pilot:
        first, seen = frame(pilot), [_colours(pilot.app)]
        for _ in NAMES[1:]:
            await press(pilot, "f12")
            assert frame(pilot) == first
            assert _colours(pilot.app) not in seen
            seen.append(_colours(pilot.app))


async def test_without_colour_there_is_no_chroma(
    tmp_path: Path, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(played(tmp_path / "s", 57, environment)) as pilot:
        assert all(red == green == blue for red, green, blue in _colours(pilot.app))
        assert "[○" in frame(pilot)


async def test_with_colour_there_is(tmp_path: Path, environment: Environment) -> None:
    async with running(played(tmp_path / "s", 1, environment)) as pilot:
        assert any(red != blue for red, _, blue in _colours(pilot.app))


def _colours(app: object) -> set[tuple[int, int, int]]:
    assert isinstance(app, CoachApp)
    found = set()
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            if segment.style is not None:
                for colour in (segment.style.color, segment.style.bgcolor):
                    if colour is not None:
                        found.add(tuple(colour.get_truecolor()))
    return found  # type: ignore[return-value]
