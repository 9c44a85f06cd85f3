"""Whatever is answered: minutes left never grow by it, and replans lose what they say and nothing else.

Walks through the bundled questions at each preset; each property has a control that it can fail.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from bsc_coach.conversation.rehearsal.path import WalkedPath, answer_all
from bsc_coach.conversation.rehearsal.plausible_answers import PlausibleAnswers
from bsc_coach.conversation.submit import start_talk
from bsc_coach.interview.consequences import after
from bsc_coach.interview.facts.agenda import AgendaReplanned, PlanAgenda
from bsc_coach.interview.facts.family import Command
from bsc_coach.interview.facts.rounds import WayChosen
from bsc_coach.interview.facts.session import Undo
from bsc_coach.interview.homework import homework_owner
from bsc_coach.interview.navigation import (
    agenda,
    asks_itself,
    entry_of,
    minutes_to_go,
    section_title,
    title_of,
)
from bsc_coach.interview.notes import to_notes
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.projection import about_of, question_of
from bsc_coach.interview.replans import HOW, WayOut, ways_out
from bsc_coach.interview.texts import text_of
from bsc_coach.script.loader import bundled_source
from bsc_coach.script.model import ConfirmStep
from bsc_coach.script.slots import Slot
from bsc_coach.session.opening import create_session
from bsc_coach.session.session import Session
from bsc_coach.strategy.notes import LeftQuestion
from tests.support.sessions import same_environment

HAIR = 1e-6
"""Minutes that are only rounding."""
Left = Callable[[Plan], float]


@dataclass
class TimedWalk(WalkedPath):
    """Somebody answering, and what was left to do before and after each first answer."""

    left: Left = minutes_to_go
    grown: list[str] = field(default_factory=list)
    """The lines that made more of it."""
    plans: list[Plan] = field(default_factory=list)

    def type(self, line: str) -> bool:
        before, there = self.talk.plan, len(self.talk.session.actions)
        typed = super().type(line)
        actions = self.talk.session.actions[there:]
        slots = [event.slot for action in actions for event in action.do if hasattr(event, "slot")]
        # Whoever chooses that everybody answers at once adds a round: that is no answer.
        chosen = any(isinstance(event, WayChosen) for action in actions for event in action.do)
        first = not chosen and not any(slot in before.state.facts for slot in slots)
        if actions and first and self.left(self.talk.plan) > self.left(before) + HAIR:
            self.grown.append(f"{slots}: {line}: {self.left(before)} → {self.left(self.talk.plan)}")
        if actions:
            self.plans.append(self.talk.plan)
        return typed


def walked(folder: Path, preset: str, seed: int, left: Left = minutes_to_go, most: int = 400) -> TimedWalk:
    """Return a walk through a session at a preset, with some questions passed and some put off."""
    session = create_session(folder / "s", bundled_source(), same_environment())
    session.do(PlanAgenda(preset, people=7))
    talk = start_talk(session)
    talk.resume()
    walk = TimedWalk(talk, left=left)
    answers = PlausibleAnswers(Random(seed), "en", date(2026, 1, 5), passed_by=0.2, put_off=0.05)
    answer_all(walk, answers)
    session.close()
    return walk


def open_questions(plan: Plan) -> float:
    """Return how many questions are asked now: what a total tells that grows with the lists."""
    return sum(asks_itself(one) for one in plan.statuses.values())


# Minutes left


@pytest.mark.parametrize(("preset", "seed"), [("90_minutes", 1), ("half_day", 2), ("half_day", 3)])
def test_minutes_left_never_grow_by_a_first_answer(tmp_path: Path, preset: str, seed: int) -> None:
    walk = walked(tmp_path, preset, seed)
    assert len(walk.plans) > 50
    assert walk.grown == []
    assert minutes_to_go(walk.plans[-1]) < minutes_to_go(walk.plans[0]) / 2


@pytest.mark.slow
@pytest.mark.parametrize(("preset", "seed"), [("two_sittings", 4), ("everything", 5), ("half_day", 6)])
def test_minutes_left_never_grow_where_everything_is_asked(tmp_path: Path, preset: str, seed: int) -> None:
    walk = walked(tmp_path, preset, seed)
    assert walk.grown == []


def test_a_number_of_open_questions_would_grow(tmp_path: Path) -> None:
    """The control."""
    assert walked(tmp_path, "half_day", 2, open_questions).grown


# Replans


def asked(plan: Plan) -> set[Slot]:
    """Return the questions without an answer that the interview comes to by itself."""
    return {slot for slot, one in plan.statuses.items() if asks_itself(one) and one.answer_state == "open"}


def part_of(plan: Plan, slot: Slot) -> str:
    """Return the part of the agenda that a slot is in, as a replan names it."""
    step, item = entry_of(plan.script, slot)
    return step if item is None else f"{step}[{item}]"


def is_cut(plan: Plan, slot: Slot, cut: set[str]) -> bool:
    """Tell whether a replan leaves out a question, or what it stands in."""
    step: str | None = slot.step
    while step is not None:
        if step in cut:
            return True
        step = plan.script.by_id[step].within  # type: ignore[index]
    return part_of(plan, slot) in cut


def name_of(plan: Plan, slot: Slot) -> str:
    step = plan.statuses[slot].step
    return text_of(plan, step, (), "short") or text_of(plan, step, (), "ask") or step.id


def faults_of(plan: Plan, way: WayOut, later: Plan) -> list[str]:
    """Return what a replan loses that it does not say, and what it says and does not lose."""
    before, then, cut = asked(plan), asked(later), set(way.command.cut)
    found = [f"comes in: {slot}" for slot in then - before]
    for slot in before:
        if (slot in then) == is_cut(plan, slot, cut):
            found.append(f"{'kept' if slot in then else 'lost'} against what is cut: {slot}")
    # What the document will lack, as it is told: by part, whole or by the names of questions.
    titles = {(one.step, one.item): one.title for one in agenda(plan)}
    told = {one.part: one.questions for one in way.lost}
    for slot in before - then:
        title = titles[entry_of(plan.script, slot)]
        whole = title in told and not told[title]
        if not whole and name_of(plan, slot) not in told.get(title, ()):
            found.append(f"not told: {slot}")
    for slot in then:
        title = titles[entry_of(plan.script, slot)]
        names = {name_of(plan, one) for one in then if titles[entry_of(plan.script, one)] == title}
        if title in told and (not told[title] or names & set(told[title])):
            found.append(f"told and kept: {slot}")
    # An answer that was given is never lost.
    found += [
        f"changed: {slot}" for slot, one in plan.statuses.items() if later.statuses[slot].value != one.value
    ]
    return found


def printed(plan: Plan, status: SlotStatus) -> bool:
    """Tell whether what was left aside is printed: as homework of its owner, or as not discussed."""
    notes = to_notes(plan)
    if status.aside == "homework":
        asks, about = question_of(plan, status.slot), about_of(plan, status.slot)
        return any(
            (one.kind, one.question, one.about, one.owner)
            == ("parked", asks, about, homework_owner(plan, status))
            for one in notes.points
        )
    if plan.state.list_at(status.slot).live:
        return True  # a list that has items was discussed, and prints them
    return asked_in_fewer_steps(plan, status) or any(
        one.section == section_title(plan, status.slot)
        and one.second_sitting == (status.aside == "sitting")
        and (not one.questions or any(is_named(plan, status, question) for question in one.questions))
        for one in notes.not_discussed  # none are named of a part left out whole
    )


def is_named(plan: Plan, status: SlotStatus, question: LeftQuestion) -> bool:
    """Tell whether a question that was left out is this one, for its item too where others were asked."""
    step, frame = status.step, status.slot.frame
    item = (plan.state.shorts.get(frame[-1][1]) or plan.label(frame)) if frame else ""
    name = text_of(plan, step, frame, "short") or title_of(plan, step, frame)
    return question.name == name and (not question.some or item in question.some)


def asked_in_fewer_steps(plan: Plan, status: SlotStatus) -> bool:
    """Tell whether another question that is asked fills the same field: then it was discussed."""
    return status.step.field is not None and any(
        one.step.field == status.step.field and one.step.id != status.step.id and one.active and not one.aside
        for one in plan.statuses.values()
    )


def replanned(plan: Plan, way: WayOut) -> Plan:
    return after(plan, (AgendaReplanned(way.command.how, way.command.cut, way.command.short),))


@pytest.fixture(scope="module")
def moments(tmp_path_factory: pytest.TempPathFactory) -> list[Plan]:
    """Plans of some walks: at their beginning, in the middle, towards the end."""
    found = []
    for preset, seed in (("90_minutes", 1), ("half_day", 2), ("half_day", 18)):
        plans = walked(tmp_path_factory.mktemp("walk"), preset, seed).plans
        found += [plans[len(plans) * part // 8] for part in (0, 1, 2, 4, 5, 7)]
    return found


def late_at(plan: Plan) -> list[WayOut]:
    """Return the ways out of somebody who is two hours into it, at no question in particular."""
    begin = plan.state.agenda.begin
    assert begin is not None
    return list(ways_out(plan, begin + timedelta(hours=2), None))


def test_three_replans_each_lose_what_they_say_and_nothing_else(moments: list[Plan]) -> None:
    lost = dict.fromkeys(HOW, 0)
    for plan in moments:
        ways = late_at(plan)
        assert [way.command.how for way in ways] == list(HOW)
        for way in ways:
            later = replanned(plan, way)
            assert faults_of(plan, way, later) == [], way.command.how
            lost[way.command.how] += len(asked(plan) - asked(later))
            assert way.saved == round(minutes_to_go(plan) - minutes_to_go(later)) >= 0
    assert all(lost.values())


def test_a_replan_that_loses_something_else_is_noticed(moments: list[Plan]) -> None:
    """The control: one cut more, one cut less, one loss that is not told."""
    noticed = 0
    for plan in moments:
        for way in late_at(plan):
            later = replanned(plan, way)
            if not asked(plan) - asked(later):
                continue
            more = after(later, (AgendaReplanned("leave", {next(iter(asked(later))).step: "leave"}),))
            assert faults_of(plan, way, more)
            assert faults_of(plan, way, plan)
            assert faults_of(plan, replace(way, lost=()), later)
            noticed += 1
    assert noticed


def test_whatever_is_left_out_is_neither_dormant_nor_declined_and_is_printed(moments: list[Plan]) -> None:
    seen = dict.fromkeys(("homework", "leave", "sitting"), 0)
    for plan in moments:
        for later in (plan, *(replanned(plan, way) for way in late_at(plan))):
            for slot, status in later.statuses.items():
                was = plan.statuses[slot]
                assert status.answer_state == was.answer_state
                if was.active or was.answer_state != "open":  # what hung on it was not asked yet
                    assert status.relevance == was.relevance, slot
                if status.aside in seen and not isinstance(status.step, ConfirmStep):
                    seen[status.aside] += 1
                    assert printed(later, status), (slot, status.aside)
                    assert not asks_itself(status)
    assert all(seen.values())


def test_what_is_asked_would_not_be_found_among_what_is_left_out(moments: list[Plan]) -> None:
    """The control."""
    plan = moments[1]
    open_still = [plan.statuses[slot] for slot in asked(plan)]
    assert open_still
    assert not any(printed(plan, status) for status in open_still if status.slot.frame)


@pytest.mark.parametrize("how", HOW)
def test_undo_brings_the_old_plan_back_wherever_one_is(tmp_path: Path, how: str) -> None:
    session = walked_in_part(tmp_path)
    plan = session.plan
    command: Command = next(way.command for way in late_at(plan) if way.command.how == how)
    assert session.do(command).accepted
    assert session.plan.state.agenda != plan.state.agenda
    assert session.do(Undo()).accepted
    assert session.plan.state.agenda == plan.state.agenda
    assert session.plan.statuses == plan.statuses
    assert minutes_to_go(session.plan) == minutes_to_go(plan)
    session.close()


def walked_in_part(folder: Path) -> Session:
    """Return a session of half a day in which the first questions were answered."""
    session = create_session(folder / "s", bundled_source(), same_environment())
    session.do(PlanAgenda("half_day", people=7))
    talk = start_talk(session)
    talk.resume()
    walk = WalkedPath(talk)
    for line in ("Acme", "1", "2030"):
        walk.type(line)
    return session
