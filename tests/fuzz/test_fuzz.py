"""The small fuzz of the quick suite, its long version, and its negative controls.

A run of an hour: ``python -m tests.fuzz.run``.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bsc_coach.interview.facts.registry import EVENTS
from tests.fuzz.playing import Case, CrashError, any_script_of_the_program
from tests.fuzz.run import play_seed
from tests.fuzz.stories import Story

SEEDS = [*range(4), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(4, 300))]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_command_meets_a_fault(seed: int, tmp_path: Path, riverbend_folder: Path) -> None:
    play_seed(seed, tmp_path / "case", riverbend_folder)


@pytest.mark.parametrize("examples", [2, pytest.param(300, marks=pytest.mark.slow)])
def test_no_folder_that_hypothesis_finds_meets_a_fault(examples: int, riverbend_folder: Path) -> None:
    @settings(max_examples=examples, deadline=None, suppress_health_check=[*HealthCheck])
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        with TemporaryDirectory() as home:
            Case(lambda among: data.draw(st.sampled_from(among)), Path(home), riverbend_folder).play()

    holds()


def as_it_is(moment: datetime) -> datetime:
    return moment


@pytest.mark.parametrize(
    ("place", "planted"),
    [
        pytest.param("bsc_coach.interview.facts.registry.in_any_zone", as_it_is, marks=pytest.mark.slow),
        ("bsc_coach.cli.status.status", lambda options: 1 // 0),
    ],
    ids=["moments that no zone can tell", "a command that divides by nothing"],
)
def test_a_planted_fault_is_found(
    place: str,
    planted: Callable[..., Any],
    tmp_path: Path,
    riverbend_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control."""
    monkeypatch.setattr(place, planted)

    def play_some() -> None:
        for seed in range(20):
            play_seed(seed, tmp_path / str(seed), riverbend_folder)

    with pytest.raises(CrashError):
        play_some()


def test_every_kind_of_event_is_among_them() -> None:
    """What a new family brings is fuzzed without a word from anybody."""
    source, script = any_script_of_the_program()
    story = Story(random.Random(1).choice, source, script)
    assert {story.event()["t"] for _ in range(1500)} == set(EVENTS)
