"""Recordings of half a day, typed line by line: few submissions, whole content, a document to hand over."""

from __future__ import annotations

import json
import os
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bsc_coach.conversation.commands.clock import ask_for_time
from bsc_coach.conversation.recording import play_sample
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.errors import RecordingFaultError
from bsc_coach.interview.facts.answers import SlotAnswered
from bsc_coach.interview.facts.lists import RemoveItem
from bsc_coach.interview.facts.session import ActionUndone
from bsc_coach.interview.fold import advance, fold
from bsc_coach.interview.navigation import agenda, is_finished, minutes_to_go
from bsc_coach.interview.open_findings import open_findings
from bsc_coach.interview.planner import make_plan
from bsc_coach.interview.schedule import talking_time
from bsc_coach.script.source import bundled_source
from bsc_coach.session.environment import Environment
from bsc_coach.session.journal import JOURNAL
from bsc_coach.session.opening import create_session, open_session
from bsc_coach.session.samples import RecordedLine, read_sample, sample_names
from bsc_coach.session.session import Session
from tests.support.cli import bsc_coach
from tests.support.sessions import same_environment
from tests.support.typing_riverbend import goal_of, typed

MOST_SUBMISSIONS = 120
"""What a team of 7 may have to hand in, for 3 segments, 8 processes, 10 links and 10 KPIs."""
HALF_DAYS = [name for name in sample_names() if read_sample(name).lines]
"""The recordings of typed lines."""
CLUSTERS = ("operations", "customer", "innovation", "social")
TEXT_FORMATS = ("md", "toml", "svg", "html", "minutes", "owners", "ics", "iso", "stratml", "csv")
Folder = Callable[[str], Path]


@pytest.fixture(params=HALF_DAYS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def played(name: str, sample_folder: Folder) -> Iterator[Session]:
    """A recorded session as it stood at its end, to look at."""
    session = open_session(sample_folder(name), Environment(by="ann"), read_only=True)
    yield session
    session.close()


def test_each_sample_is_there_as_half_a_day_too() -> None:
    whole = {name for name in sample_names() if read_sample(name).commands}
    assert {name.removesuffix("_half_day") for name in HALF_DAYS} == whole
    assert all(read_sample(name).preset == "half_day" for name in HALF_DAYS)


def test_it_takes_few_submissions_and_holds_what_a_map_needs(name: str, played: Session) -> None:
    assert len(read_sample(name).lines) <= MOST_SUBMISSIONS
    strategy = played.strategy()
    assert sum(one.vote is not None for one in strategy.participants) >= 7
    assert len([one for one in strategy.segments if one.choice != "not_served"]) >= 3
    assert len(strategy.objectives) >= 8
    assert len(strategy.links) >= 10
    assert len(strategy.kpis) >= 10


@pytest.mark.slow
def test_the_same_content_field_by_field_takes_more_than_that(
    name: str, played: Session, tmp_path: Path
) -> None:
    environment = replace(same_environment(), clock=lambda: read_sample(name).start)
    language = read_sample(name).language
    session = create_session(tmp_path / "s", bundled_source(), environment, language=language)
    talk = start_talk(session)
    talk.resume()
    ask_for_time(talk)
    submit(talk, read_sample(name).lines[0].text)
    lines = list(typed(talk, goal_of(played.plan)))
    assert is_finished(session.plan)
    assert len(session.strategy().kpis) == len(played.strategy().kpis)
    assert len(session.strategy().links) == len(played.strategy().links)
    assert len(lines) > MOST_SUBMISSIONS
    session.close()


def test_at_its_end_it_is_finished_and_nothing_asked_in_the_room_is_open(played: Session) -> None:
    assert is_finished(played.plan)
    assert played.notes().confirmed
    left = [str(one.slot) for one in played.plan.statuses.values() if one.needs_asking or one.refusals]
    assert left == []
    stale = [str(one.slot) for one in played.plan.statuses.values() if one.active and one.stale]
    assert stale == []


def test_the_coach_has_nothing_left_to_say(played: Session) -> None:
    assert open_findings(played.plan) == ()


def test_a_recording_without_one_of_its_links_would_be_told_so(name: str, tmp_path: Path) -> None:
    """The negative control: the coach is not silent because it was never asked."""
    session = play_sample(read_sample(name), tmp_path / "s", same_environment())
    link = session.state.item_by_name("X3")
    assert link is not None
    assert session.do(RemoveItem(link)).accepted
    assert "M03" in {one.finding.rule for one in open_findings(session.plan)}
    session.close()


def test_the_order_is_proposition_clusters_kpis(played: Session) -> None:
    said = [str(event.slot) for action in played.actions for event in action.do if hasattr(event, "slot")]

    def first(part: str) -> int:
        return next(number for number, slot in enumerate(said) if part in slot)

    order = ["proposition.type", *(f"clusters[{one}]/candidates" for one in CLUSTERS), "kpis["]
    places = [first(part) for part in order]
    assert places == sorted(places)


def test_it_shows_what_a_session_is_like(name: str, played: Session) -> None:
    lines = [line.text for line in read_sample(name).lines]
    for command in ("/later ", "/undo", "/break", "/keep ", "/homework"):
        assert any(line.startswith(command) for line in lines), command
    assert any(line.count("\n") > 1 for line in lines)
    assert max(line.after for line in read_sample(name).lines if line.text) > 10 * 60
    assert played.notes().kept
    reworded = [one for action in played.actions for one in action.do if isinstance(one, SlotAnswered)]
    assert any(one.same for one in reworded)
    assert any(point.kind == "parked" for point in played.notes().points)


def test_the_minutes_left_go_down_to_none_and_no_answer_makes_them_more(played: Session) -> None:
    left, after_undo = list[float](), set[int]()
    plan = make_plan(played.script, fold(()))
    for action in played.actions:
        plan = make_plan(played.script, advance(plan.state, action), plan)
        if plan.state.agenda.preset:
            if isinstance(action.do[0], ActionUndone):
                after_undo.add(len(left))
            left.append(minutes_to_go(plan))
    assert len(after_undo) == 1
    grown = [at for at in range(1, len(left)) if left[at] > left[at - 1] + 1e-6]
    assert set(grown) <= after_undo
    assert left[0] > 120
    assert left[-1] == 0


def test_each_minute_is_charged_to_a_part_or_to_the_break(name: str, played: Session) -> None:
    sample, state = read_sample(name), played.plan.state
    lasted = sum(line.after for line in sample.lines[1:])
    [pause] = state.apart
    assert timedelta(minutes=15) == pause.end - pause.begin
    spent = sum(entry.minutes_elapsed for entry in agenda(played.plan))
    assert spent + 15 == pytest.approx(lasted / 60, abs=2)
    # It fits the slot that was said, as planned and as it went.
    assert sum(entry.minutes_planned for entry in agenda(played.plan)) <= talking_time(state.agenda)
    assert lasted / 60 <= state.agenda.minutes


def test_homework_stands_with_the_owners_of_objectives_and_kpis(
    name: str, sample_folder: Folder, played: Session
) -> None:
    told = bsc_coach("homework", sample_folder(name)).out
    strategy = played.strategy()
    owners = {one.owner_role for one in (*strategy.objectives, *strategy.kpis)}
    assert None not in owners
    assert [role for role in owners if f"{role}: " not in told] == []


def test_every_format_of_text_can_be_rendered(name: str, sample_folder: Folder, tmp_path: Path) -> None:
    formats = ",".join(TEXT_FORMATS)
    ran = bsc_coach("render", sample_folder(name), "-o", tmp_path / "out", "--format", formats)
    assert ran.code == 0, ran
    written = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert len(written) >= len(TEXT_FORMATS)
    assert all(path.stat().st_size for path in written)


@pytest.mark.slow
def test_where_it_is_played_changes_nothing(
    name: str, sample_folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = (sample_folder(name) / JOURNAL).read_bytes()
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        play_sample(read_sample(name), tmp_path / "s", same_environment("somebody else")).close()
    finally:
        os.environ["TZ"] = "UTC"
        time.tzset()
    assert (tmp_path / "s" / JOURNAL).read_bytes() == said


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("whenever", "How long is that?"),
        ("/nonsense", "/nonsense"),
        ("/done", ""),
    ],
)
def test_a_line_that_is_not_taken_is_a_fault_of_the_recording(line: str, why: str, tmp_path: Path) -> None:
    sample = read_sample("riverbend_half_day")
    at = 0 if line == "whenever" else 1
    lines = (*sample.lines[:at], RecordedLine(line, 5), *sample.lines[at:])
    with pytest.raises(RecordingFaultError) as caught:
        play_sample(replace(sample, lines=lines), tmp_path / "s", same_environment())
    assert caught.value.values["n"] == at + 1
    assert why in str(caught.value.values["why"])
    # Nobody holds what stands there so far.
    open_session(tmp_path / "s", same_environment()).close()


def test_a_command_that_is_refused_is_a_fault_of_the_recording(tmp_path: Path) -> None:
    sample = read_sample("riverbend")
    commands = (*sample.commands[:3], {"do": "accept", "step": "organisation.kind", "value": "neither"})
    with pytest.raises(RecordingFaultError) as caught:
        play_sample(replace(sample, commands=commands), tmp_path / "s", same_environment())
    assert caught.value.values["n"] == 4


def test_demo_plays_it_and_counts_the_answers_as_all_else_does(tmp_path: Path, name: str) -> None:
    ran = bsc_coach("demo", name, "--to", tmp_path / "here")
    assert ran.code == 0, ran
    told = json.loads(bsc_coach("status", tmp_path / "here", "--json").out)
    assert f"{told['answers']} " in ran.out.partition(".")[0]
    file = tomllib.loads((tmp_path / "here" / "strategy.toml").read_text(encoding="utf-8"))
    assert file["session"]["answers"] == told["answers"] > 80
    assert bsc_coach("render", tmp_path / "here", "--format", "minutes").code == 0
    minutes = (tmp_path / "here" / "minutes.md").read_text(encoding="utf-8")
    assert f"{told['answers']} a" in minutes
