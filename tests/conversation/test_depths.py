"""Whole sessions at the depths of people who have little time, by random answers to their end."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest

from bsc_coach.coach.catalogue import rules
from bsc_coach.conversation.rehearsal.path import WalkedPath, walk
from bsc_coach.conversation.rehearsal.plausible_answers import PlausibleAnswers
from bsc_coach.interview import open_findings
from bsc_coach.interview.facts.agenda import PlanAgenda
from bsc_coach.interview.navigation import is_finished, minutes_to_go
from bsc_coach.interview.plan import Plan
from bsc_coach.script.source import bundled_source
from bsc_coach.session.opening import create_session
from tests.support.sessions import same_environment

SHORT = ("90_minutes", "half_day")


def walked(folder: Path, preset: str, seed: int) -> WalkedPath:
    """Answer a whole session of a preset by chance."""
    language = ("en", "nl")[seed % 2]
    session = create_session(folder / f"{seed}", bundled_source(), same_environment(), language=language)
    session.do(PlanAgenda(preset, people=7))
    path = walk(session, PlausibleAnswers(Random(seed), language, date(2026, 11, 18)))
    session.close()
    return path


def told_as_missing(plan: Plan) -> set[tuple[str, str]]:
    """Return (rule, field) where the coach says that a field is missing that was left aside."""
    return {
        (one.finding.rule, field)
        for one in open_findings.open_findings(plan)
        for field in rules()[one.finding.rule].misses
        for step in [plan.script.filling(field)]
        if step is not None
        for slot in plan.index.of_step.get(step.id, ())
        if plan.statuses[slot].aside
        and {plan.state.shorts.get(item, item) for _, item in slot.frame} & set(one.finding.about)
    }


@pytest.mark.parametrize("preset", SHORT)
@pytest.mark.parametrize("seed", range(3))
def test_no_path_ends_with_homework_told_as_missing(tmp_path: Path, preset: str, seed: int) -> None:
    path = walked(tmp_path, preset, seed)
    assert [one for one in path.troubles if one.kind == "crash"] == []
    assert is_finished(path.talk.plan) or path.troubles
    assert told_as_missing(path.talk.plan) == set()


@pytest.mark.slow
@pytest.mark.parametrize("preset", SHORT)
@pytest.mark.parametrize("seed", range(3, 40))
def test_no_path_of_many_ends_with_homework_told_as_missing(tmp_path: Path, preset: str, seed: int) -> None:
    path = walked(tmp_path, preset, seed)
    assert [one for one in path.troubles if one.kind == "crash"] == []
    assert told_as_missing(path.talk.plan) == set()


def test_a_coach_that_does_not_know_what_was_left_aside_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_findings, "is_set_aside", lambda plan, found: False)
    assert told_as_missing(walked(tmp_path, "half_day", 0).talk.plan)


def test_a_finished_session_has_no_minutes_left(tmp_path: Path) -> None:
    paths = [walked(tmp_path, "half_day", seed) for seed in range(4)]
    done = [path.talk.plan for path in paths if is_finished(path.talk.plan)]
    assert done
    assert {minutes_to_go(plan) for plan in done} == {0}
