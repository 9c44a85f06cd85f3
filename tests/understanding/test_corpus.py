"""The corpus through the reading itself, the conversation of both front ends, line mode, and ``apply``."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bsc_coach.cli.apply import answer_line
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.facts.answers import SlotAnswered
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.understanding.readings import AskBack, AsTyped, Reading, Today
from bsc_coach.script.model import CollectStep, DateStep, NumberStep
from bsc_coach.script.slots import Slot
from bsc_coach.session.session import Session
from bsc_coach.words import say
from tests.support.cli import bsc_coach
from tests.understanding import corpus
from tests.understanding.corpus import SAMPLES, Case, above, cases, is_read_right, recorded_answers, slot_for

HUMAN = cases("human_answers")
HELD_OUT = cases("human_answers_held_out")
REAL = cases("real_answers")


def plan_of(sessions: dict[str, Session], case: Case) -> Plan:
    return sessions[case.language].plan


def test_there_are_enough_of_each_and_half_of_them_dutch() -> None:
    human = HUMAN + HELD_OUT
    assert len(human) >= 400
    assert len(REAL) >= 300
    assert len(recorded_answers()) >= 500
    for some in (human, REAL):
        assert 0.35 <= sum(case.language == "nl" for case in some) / len(some) <= 0.6


@pytest.mark.parametrize("some", [HUMAN, HELD_OUT], ids=["written for", "held out"])
def test_what_people_type_is_read_right(sessions: dict[str, Session], some: list[Case]) -> None:
    assert [str(case) for case in some if not is_read_right(plan_of(sessions, case), case)] == []


def test_real_answers_pass_untouched(sessions: dict[str, Session]) -> None:
    """But for a name that is also how one passes in Dutch; k takes it."""
    touched = [
        str(case)
        for some in (REAL, recorded_answers())
        for case in some
        if not is_read_right(plan_of(sessions, case), case)
    ]
    assert touched == ["participants.name: Pas"]


@pytest.mark.parametrize("reading", [AsTyped(), AskBack("not_known")])
def test_a_reading_that_is_always_the_same_is_caught(
    sessions: dict[str, Session], monkeypatch: pytest.MonkeyPatch, reading: Reading
) -> None:
    """The control: taking everything fails at what people type, asking about everything at real answers."""

    def always(plan: Plan, slot: Slot, text: str, today: Today) -> Reading:
        return reading

    monkeypatch.setattr(corpus, "understand", always)
    some = HUMAN if isinstance(reading, AsTyped) else REAL
    assert sum(not is_read_right(plan_of(sessions, case), case) for case in some) > 250


def plain_part(key: str, language: str) -> str:
    """Return the longest part of a sentence that stands between its places."""
    return max(re.split(r"\{\w+\}", say(key, language)), key=len)


# The conversation, as the app and line mode hold it


def wanted_value(plan: Plan, case: Case) -> object:
    marked = isinstance(case.wanted, str) and case.wanted.startswith("@")
    return above(plan, slot_for(plan, case.step), case.wanted) if marked else case.wanted


def lines_added(talk: Talk) -> list[list[str]]:
    """Return the answers of each item that the last action added."""
    found: dict[object, list[str]] = {}
    for event in talk.session.actions[-1].do:
        if isinstance(event, SlotAnswered):
            found.setdefault(event.slot.frame, []).append(str(event.value))
    return list(found.values())


def typed_and_taken(talk: Talk, case: Case) -> str:
    """Type a case into a conversation and undo it; return what went wrong, or nothing."""
    slot = slot_for(talk.plan, case.step)
    talk.asking = None
    talk.position.go_to(slot)
    wanted, before = wanted_value(talk.plan, case), len(talk.session.actions)
    reply = submit(talk, case.typed)
    if case.reading == "ask":
        sentence = plain_part(f"typed.ask.{case.wanted}", talk.language)
        asked = talk.asking is not None and sentence in talk.asking.text
        held = talk.session.drafts.get(str(slot)) == case.typed
        return "" if asked and held and len(talk.session.actions) == before else "was not asked back"
    if case.reading == "refused":
        return "" if reply.keep_text and len(talk.session.actions) == before else "was taken"
    if case.reading == "pass":
        answered = any(isinstance(event, SlotAnswered) for event in talk.session.actions[-1].do)
        return "answered" if answered and len(talk.session.actions) > before else ""
    if talk.asking is not None:  # lines, or an answer given anew that others rest on
        submit(talk, "")
    if len(talk.session.actions) == before:
        return f"was not taken: {reply.turns}"
    if case.reading == "items":
        wrong = "" if lines_added(talk) == case.wanted else f"became {lines_added(talk)}"
    else:
        event = next(one for one in talk.session.actions[-1].do if isinstance(one, SlotAnswered))
        told = any(case.typed in turn.text or str(event.value) in turn.text for turn in reply.turns)
        right = (event.value, event.typed, told) == (wanted, case.typed, True) or case.reading == "as_typed"
        wrong = "" if right else f"became {event}, said {reply.turns}"
    undone = submit(talk, "/undo")
    if case.reading == "value" and talk.session.drafts.get(str(slot)) != case.typed:
        wrong += f" undo did not give it back: {undone.turns}"
    talk.session.drafts.drop(str(slot))
    return wrong


@pytest.mark.parametrize("language", SAMPLES)
def test_the_conversation_takes_it_as_it_was_meant(sessions: dict[str, Session], language: str) -> None:
    talk = start_talk(sessions[language])
    wrong = {str(case): typed_and_taken(talk, case) for case in HUMAN if case.language == language}
    assert {case: told for case, told in wrong.items() if told} == {}


# apply


def applied(session: Session, case: Case) -> str:
    """Send a case to ``apply`` and undo it; return what went wrong, or nothing."""
    slot = slot_for(session.plan, case.step)
    wanted = wanted_value(session.plan, case)
    step = session.plan.script.step(case.step)
    if isinstance(step, CollectStep):
        first = session.plan.script.inside(step.id)[0].id
        request: dict[str, object] = {"do": "add", "list": step.id, "answers": {first: case.typed}}
        if case.wanted == "list_done":
            return ""  # a program closes a list by closing it
    else:
        request = {"do": "accept", "slot": str(slot), "value": case.typed}
    told = answer_line(session, json.dumps(request))
    if case.reading in ("ask", "pass"):
        why = told.get("meant", {}).get("why")  # type: ignore[attr-defined]
        right = why == (case.wanted if case.reading == "ask" else "not_known")
        if right and not isinstance(step, NumberStep | DateStep):
            literal = answer_line(session, json.dumps({**request, "literal": True}))
            right = literal["accepted"] is True
            answer_line(session, '{"do": "undo"}')
        return "" if right else f"was answered {told}"
    if case.reading == "refused":
        return "" if told["accepted"] is False and "meant" not in told else f"was answered {told}"
    understood = told.get("understood", [])
    answer_line(session, '{"do": "undo"}')
    if case.reading == "as_typed":
        return "" if told["accepted"] and not understood else f"was answered {told}"
    values = [one["value"] for one in understood]  # type: ignore[attr-defined]
    return "" if values == [wanted] else f"was answered {told}"


@pytest.mark.parametrize("language", SAMPLES)
def test_apply_says_what_it_understood_or_why_not(sessions: dict[str, Session], language: str) -> None:
    some = [case for case in HUMAN if case.language == language and case.reading != "items"]
    wrong = {str(case): applied(sessions[language], case) for case in some}
    assert {case: told for case, told in wrong.items() if told} == {}


# Line mode, in a process of its own


@pytest.mark.parametrize("language", SAMPLES)
def test_line_mode_says_it_too(
    sample_folder: Callable[[str], Path], tmp_path: Path, sessions: dict[str, Session], language: str
) -> None:
    folder = tmp_path / "session"
    shutil.copytree(sample_folder(SAMPLES[language]), folder)
    # Dates depend on the day on which this is run; lists and what stands above on where one is.
    some = [
        case
        for case in HUMAN[::3]
        if case.language == language
        and case.reading in ("ask", "value")
        and not isinstance(sessions[language].plan.script.step(case.step), DateStep | CollectStep)
        and not str(case.wanted).startswith("@")
    ]
    assert len(some) > 25
    lines = [
        one for case in some for one in (f"/edit {case.step}", case.typed.replace("\n", "\\\n"), "/undo")
    ]
    ran = bsc_coach("open", folder, "--plain", typed="\n".join(lines) + "\n")
    assert ran.code == 0, ran.err
    for case in some:
        if case.reading == "ask":
            told = {plain_part(f"typed.ask.{case.wanted}", language)}
        else:
            told = {f"“{case.typed}”", plain_part("typed.understood.quotes", language)}
        assert any(sentence in ran.out for sentence in told), case
