"""Random walks: forward by default, nothing passed comes back, no answer is glued, every detour returns."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from bsc_coach.conversation import as_meant
from bsc_coach.conversation.position import Position
from bsc_coach.interview import navigation
from bsc_coach.interview.plan import SlotStatus
from bsc_coach.script.loader import ScriptSource, bundled_source
from tests.support.scripts import BAKERY, source_of
from tests.support.walking import Walk

SOURCES = {"bakery": lambda: source_of(BAKERY), "bundled": bundled_source}


def walked(folder: Path, source: ScriptSource, seeds: range, steps: int) -> None:
    for seed in seeds:
        (folder / str(seed)).mkdir()
        Walk(folder / str(seed), source, Random(seed)).go(steps)


@pytest.mark.parametrize("name", list(SOURCES))
def test_on_random_walks_one_goes_forward(tmp_path: Path, name: str) -> None:
    walked(tmp_path, SOURCES[name](), range(10), 150)


@pytest.mark.slow
@pytest.mark.parametrize("name", list(SOURCES))
@pytest.mark.parametrize("first", range(0, 200, 20))
def test_on_two_hundred_random_walks_one_goes_forward(tmp_path: Path, name: str, first: int) -> None:
    walked(tmp_path, SOURCES[name](), range(first, first + 20), 150)


def test_a_talk_that_asks_again_what_was_passed_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(status: SlotStatus) -> bool:
        return status.active and (status.needs_asking or status.answer_state == "open")

    monkeypatch.setattr(navigation, "asks_itself", forgetful)
    with pytest.raises(AssertionError, match="was passed, and is asked again"):
        walked(tmp_path, bundled_source(), range(10), 150)


def test_a_detour_that_leads_nowhere_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Position, "_return", lambda self, plan: None)
    with pytest.raises(AssertionError, match=r"did not return|the detour led to"):
        walked(tmp_path, bundled_source(), range(10), 150)


def test_an_answer_that_is_glued_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    once = as_meant.accept
    kept: list[str] = []

    def glued(talk, slot, value, *rest, **more):  # type: ignore[no-untyped-def]
        kept.append(str(value))
        return once(talk, slot, f"{kept[-2]}{value}" if len(kept) > 1 else value, *rest, **more)

    monkeypatch.setattr(as_meant, "accept", glued)
    with pytest.raises(AssertionError, match="was never typed"):
        walked(tmp_path, bundled_source(), range(10), 150)
