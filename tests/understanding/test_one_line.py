"""A whole item typed on one line: what is read and what is left alone, on every way in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bsc_coach.cli.apply import answer_line
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.facts.answers import Reopen, SlotAnswered
from bsc_coach.interview.facts.lists import ItemAdded
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.texts import text_of
from bsc_coach.interview.understanding.readings import Today
from bsc_coach.interview.understanding.row_slips import left_in_name
from bsc_coach.interview.understanding.rows import Answers, read_rows_on_one_line
from bsc_coach.script.model import CollectStep
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.session.samples import read_sample
from bsc_coach.session.session import Session
from bsc_coach.words import say
from tests.support.cli import bsc_coach
from tests.understanding import lines
from tests.understanding.corpus import SAMPLES, TODAY, cases, slot_for
from tests.understanding.lines import LineCase, line_cases, read_as

WRITTEN_FOR, HELD_OUT = line_cases("one_line"), line_cases("one_line_held_out")
UNTOUCHED = line_cases("one_line_untouched") + line_cases("one_line_untouched_held_out")


def recorded_names(plans: dict[str, Plan]) -> list[LineCase]:
    """Return what added each item of the recorded sessions, where that was typed alone."""
    found = []
    for language, name in SAMPLES.items():
        for told in read_sample(name).commands:
            step = plans[language].script.by_id.get(told.get("list", ""))
            if told["do"] == "add" and isinstance(step, CollectStep) and step.row:
                typed = told["answers"][step.row[0]]
                found += [LineCase(language, step.id, typed, {})] if isinstance(typed, str) else []
    return found


def test_there_are_enough_of_each_and_half_of_them_dutch() -> None:
    assert len(WRITTEN_FOR) >= 120
    assert len(UNTOUCHED) >= 60
    for some in (WRITTEN_FOR + HELD_OUT, UNTOUCHED):
        assert 0.35 <= sum(case.language == "nl" for case in some) / len(some) <= 0.6


@pytest.mark.parametrize(
    "some", [WRITTEN_FOR, HELD_OUT, UNTOUCHED], ids=["written for", "held out", "untouched"]
)
def test_a_line_is_read_right(sessions: dict[str, Session], some: list[LineCase]) -> None:
    wrong = {str(one): read_as(sessions[one.language].plan, one) for one in some}
    assert {str(one): wrong[str(one)] for one in some if wrong[str(one)] != one.wanted} == {}


def test_the_names_of_real_sessions_are_left_alone(sessions: dict[str, Session]) -> None:
    plans = {language: session.plan for language, session in sessions.items()}
    names = recorded_names(plans)
    names += [
        LineCase(case.language, case.step, case.typed, {})
        for case in cases("real_answers")
        if getattr(plans[case.language].script.step(case.step), "row", ())
    ]
    assert len(names) > 100
    assert [str(one) for one in names if read_as(plans[one.language], one)] == []


@pytest.mark.parametrize("everything", [True, False])
def test_a_reading_that_is_always_the_same_is_caught(
    sessions: dict[str, Session], monkeypatch: pytest.MonkeyPatch, everything: bool
) -> None:
    """The control: cutting at every comma fails at ordinary names, cutting nothing at whole items."""

    def cut(plan: Plan, slot: Slot, text: str, today: Today) -> Answers | None:
        step = plan.script.step(slot.step)
        parts = [part.strip() for part in text.split(",")]
        if not everything or len(parts) < 2 or not isinstance(step, CollectStep):
            return None
        return tuple(zip(step.row, parts, strict=False))

    monkeypatch.setattr(lines, "read_row", cut)
    some = UNTOUCHED if everything else WRITTEN_FOR
    wrong = [one for one in some if read_as(sessions[one.language].plan, one) != one.wanted]
    assert len(wrong) > 50


@pytest.mark.parametrize(
    ("step", "typed", "expected"),
    [
        (
            "participants",
            "Ann Vos, Director; Tom - planner;Priya Shah (nurse)",
            [["Ann Vos", "Director"], ["Tom", "planner"], ["Priya Shah", "nurse"]],
        ),
        ("candidates", "Cut waits, 5 2; Fill beds 4/3", [["Cut waits", "5", "2"], ["Fill beds", "4", "3"]]),
        ("participants", "Priya Shah; Ward manager", None),  # the controls: one person, names alone, one KPI
        ("participants", "Ann Vos; Tom Hale; Priya Shah", None),
        ("kpis", "complaints, 9 > 3; by December 2028, Head of Ward", None),
    ],
)
def test_several_on_one_line_are_items_with_all_that_is_said_of_them(
    sessions: dict[str, Session], step: str, typed: str, expected: list[list[str]] | None
) -> None:
    plan = sessions["en"].plan
    slot = slot_for(plan, StepId(step))
    read = read_rows_on_one_line(plan, slot, typed, lambda: TODAY)
    assert (read and [[value for _, value in item.answers] for item in read.items]) == expected


# The conversation


def answered(session: Session) -> dict[str, Any]:
    """Return the answers of the last action by the last part of the step, items by their short ids."""
    found = {}
    for event in session.actions[-1].do:
        if isinstance(event, SlotAnswered):
            shorts = session.plan.state.shorts
            value = event.value
            found[event.slot.step.rpartition(".")[2]] = (
                [shorts[one] for one in value] if isinstance(value, tuple) else value  # type: ignore[index]
            )
    return found


def typed_and_undone(talk: Talk, case: LineCase) -> str:
    """Type a line into a conversation and undo it; return what went wrong, or nothing."""
    slot = slot_for(talk.plan, case.step)
    talk.asking = None
    talk.position.go_to(slot)
    before = len(talk.session.actions)
    reply = submit(talk, case.typed)
    if len(talk.session.actions) != before + 1:
        return f"is no action: {reply.turns}"
    events = talk.session.actions[-1].do
    first = next(event for event in events if isinstance(event, SlotAnswered))
    wrong = "" if answered(talk.session) == case.wanted else f"became {answered(talk.session)}"
    if first.typed != case.typed.strip():
        wrong += f" is not kept as it was typed: {first.typed}"
    said = say("typed.understood.row", talk.language, parts="").split(" ")[0]
    if not any(turn.speaker == "coach" and turn.text.startswith(said) for turn in reply.turns):
        wrong += f" nobody said what was read: {reply.turns}"
    submit(talk, "/undo")
    if talk.plan.state.list_at(slot).live != () and first.slot.item in talk.plan.state.list_at(slot).live:
        wrong += " is still there after undo"
    if talk.session.drafts.get(str(slot)) != case.typed.strip():
        wrong += f" undo gave back {talk.session.drafts.get(str(slot))}"
    talk.session.drafts.drop(str(slot))
    return wrong


@pytest.mark.parametrize("language", SAMPLES)
def test_one_line_is_one_action_that_undo_gives_back(sessions: dict[str, Session], language: str) -> None:
    talk = start_talk(sessions[language])
    some = [case for case in WRITTEN_FOR + HELD_OUT if case.language == language]
    wrong = {str(case): typed_and_undone(talk, case) for case in some}
    assert {case: told for case, told in wrong.items() if told} == {}


def test_nothing_of_a_kpi_that_was_in_the_line_is_asked_again(sessions: dict[str, Session]) -> None:
    talk = start_talk(sessions["en"])
    slot = slot_for(talk.plan, StepId("kpis"))
    talk.position.go_to(slot)
    submit(talk, "Median days from referral, 31 > 14 days by December 2028, CFO")
    given = {event.slot for event in talk.session.actions[-1].do if isinstance(event, SlotAnswered)}
    item = next(iter(given)).frame
    asked = []
    while talk.at is not None and talk.at.frame == item and talk.at not in asked:
        asked.append(talk.at)
        talk.position.skip(talk.plan)
    assert len(given) == 7
    assert asked
    assert not given & set(asked)
    submit(talk, "/undo")


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [("M1 > O1 because money helps", "M1"), ("m1 -> o1", "M1"), ("L1 > L2: it helps", "L2")],
)
def test_an_item_that_is_no_cause_or_effect_is_refused_as_ever(
    sessions: dict[str, Session], typed: str, wrong: str
) -> None:
    """A mission has no effect, and nothing leads to an enabler."""
    talk = start_talk(sessions["en"])
    slot = slot_for(talk.plan, StepId("links"))
    talk.position.go_to(slot)
    before = len(talk.session.actions)
    reply = submit(talk, typed)
    assert reply.keep_text
    assert len(talk.session.actions) == before
    assert reply.turns[-1].text == say("interview.refusal.not_an_item", "en", typed=wrong)


def test_pasted_lines_are_one_action_after_one_confirmation(sessions: dict[str, Session]) -> None:
    talk = start_talk(sessions["en"])
    slot = slot_for(talk.plan, StepId("participants"))
    talk.position.go_to(slot)
    before = len(talk.session.actions)
    asked = submit(talk, "1. Anna Vos, Director\n2. Ben Smit – Head of IT\n3. Cem Ak\tNurse\n4. Dora Lee")
    assert asked.turns[-1].text == say("typed.columns", "en", n=4, names="Name, Role")
    submit(talk, "")
    assert len(talk.session.actions) == before + 1
    told = [event.value for event in talk.session.actions[-1].do if isinstance(event, SlotAnswered)]
    assert told == ["Anna Vos", "Director", "Ben Smit", "Head of IT", "Cem Ak", "Nurse", "Dora Lee"]
    submit(talk, "/undo")
    assert talk.session.drafts.get(str(slot)) == (
        "1. Anna Vos, Director\n2. Ben Smit – Head of IT\n3. Cem Ak\tNurse\n4. Dora Lee"
    )


def test_pasted_lines_of_segments_take_their_choice_along(sessions: dict[str, Session]) -> None:
    talk = start_talk(sessions["nl"])
    slot = slot_for(talk.plan, StepId("segments"))
    talk.position.go_to(slot)
    submit(talk, "- Gezinnen, eerste\n- Studenten, bewust niet")
    submit(talk, "")
    added = [event for event in talk.session.actions[-1].do if isinstance(event, ItemAdded)]
    told = [event.value for event in talk.session.actions[-1].do if isinstance(event, SlotAnswered)]
    assert len(added) == 2
    assert told == ["Gezinnen", "primary", "Studenten", "not_served"]
    submit(talk, "/undo")


# apply and line mode


def applied(session: Session, case: LineCase) -> str:
    """Send a line to ``apply`` and undo it; return what went wrong, or nothing."""
    slot = slot_for(session.plan, case.step)
    step = session.plan.script.step(case.step)
    assert isinstance(step, CollectStep)
    of = {"of": session.plan.state.shorts.get(slot.item, slot.item)} if slot.item is not None else {}
    request = {"do": "add", "list": step.id, "answers": {step.row[0]: case.typed}, **of}
    told = answer_line(session, json.dumps(request))
    if not told["accepted"]:
        return f"was answered {told}"
    wrong = "" if answered(session) == case.wanted else f"became {answered(session)}"
    (understood,) = told["understood"]  # type: ignore[misc]
    if understood["typed"] != case.typed or set(understood["value"]) != {
        name for name in step.row if name.rpartition(".")[2] in case.wanted
    }:
        wrong += f" was told as {understood}"
    answer_line(session, '{"do": "undo"}')
    if "cause" not in case.wanted:
        answer_line(session, json.dumps({**request, "literal": True}))
        if len(answered(session)) != 1:
            wrong += " was cut although it is literal"
        answer_line(session, '{"do": "undo"}')
    return wrong


@pytest.mark.parametrize("language", SAMPLES)
def test_apply_reads_the_same_and_says_so(sessions: dict[str, Session], language: str) -> None:
    some = [case for case in WRITTEN_FOR + HELD_OUT if case.language == language]
    wrong = {str(case): applied(sessions[language], case) for case in some}
    assert {case: told for case, told in wrong.items() if told} == {}


@pytest.mark.parametrize("language", SAMPLES)
def test_line_mode_says_what_it_read(
    sample_folder: Callable[[str], Path], tmp_path: Path, language: str
) -> None:
    folder = tmp_path / "session"
    shutil.copytree(sample_folder(SAMPLES[language]), folder)
    some = [
        one
        for one in WRITTEN_FOR[::3]
        if one.language == language and one.step in ("links", "segments", "participants")
    ]
    assert len(some) > 10
    typed = [line for one in some for line in (f"/edit {one.step}", one.typed, "/undo")]
    ran = bsc_coach("open", folder, "--plain", typed="\n".join(typed) + "\n")
    assert ran.code == 0, ran.err
    said = say("typed.understood.row", language, parts="").split(" ")[0]
    read = [line for line in ran.out.splitlines() if f": {said}" in line]
    assert len(read) == len(some)


# What is not read


def coach_said(talk: Talk, step: str, typed: str) -> list[str]:
    """Type a line at a list and take it back; return what the coach said of it."""
    talk.asking = None
    slot = slot_for(talk.plan, StepId(step))
    talk.position.go_to(slot)
    before = len(talk.session.actions)
    reply = submit(talk, typed)
    if len(talk.session.actions) > before:
        talk.asking = None
        submit(talk, "/undo")
        talk.session.drafts.drop(str(slot))
    return [turn.text for turn in reply.turns if turn.speaker == "coach"]


LEFT = [
    ("nl", "kpis", "Aantal leden, 18.400 > 19.000", "“18.400 > 19.000”"),
    ("nl", "kpis", "Aantal leden, week 77 in 2028", "“week 77 in 2028”"),
    ("nl", "kpis", "Aantal leden onbekend > 50", "“onbekend > 50”"),
    ("nl", "initiatives", "Nieuwe website, kwartaal 7 2028", "“kwartaal 7 2028”"),
    ("nl", "candidates", "Facturen zonder verrassing maken, 5 2 4", "“5 2 4”"),
    ("en", "kpis", "Members, 18.400 > 19.000, CFO", "“18.400 > 19.000”"),
    ("en", "initiatives", "New website, quarter 7 2028", "“quarter 7 2028”"),
    ("en", "candidates", "Bill without surprises, 4/5/6", "“4/5/6”"),
]


@pytest.mark.parametrize(("language", "step", "typed", "part"), LEFT)
def test_what_looks_like_more_and_was_not_read_is_said(
    sessions: dict[str, Session], language: str, step: str, typed: str, part: str
) -> None:
    told = coach_said(start_talk(sessions[language]), step, typed)
    assert say("typed.left_in_name", language, n=1, parts=part) in told


@pytest.mark.parametrize(
    ("language", "step", "typed"),
    [
        ("en", "kpis", "First visit to plan, in days"),
        ("en", "kpis", "Waits > 14 days, in the north"),
        ("en", "segments", "Students, 18 to 25"),
        ("nl", "kpis", "Aandeel machines > 10 jaar oud"),
        ("nl", "initiatives", "Inkoop, verkoop en planning in één systeem"),
    ],
)
def test_nothing_is_said_of_an_ordinary_name(
    sessions: dict[str, Session], language: str, step: str, typed: str
) -> None:
    """The control."""
    told = coach_said(start_talk(sessions[language]), step, typed)
    words = [say("typed.left_in_name", language, n=n, parts="") for n in (1, 2)]
    assert not [text for text in told if any(text.endswith(one) for one in words)]


def test_of_real_names_nothing_is_said(sessions: dict[str, Session]) -> None:
    plans = {language: session.plan for language, session in sessions.items()}
    names = recorded_names(plans)
    assert len(names) > 50
    left = {
        str(one): left_in_name(
            plans[one.language], slot_for(plans[one.language], one.step), one.typed, lambda: TODAY
        )
        for one in names
    }
    assert {name: parts for name, parts in left.items() if parts} == {}


@pytest.mark.parametrize(
    ("language", "typed", "said", "step"),
    [
        ("nl", "facturen zonder verrassing maken, 5 22", "22", "candidates.performance"),
        ("en", "bill without surprises; 0/3", "0", "candidates.influence"),
    ],
)
def test_a_score_that_is_none_is_named_and_nothing_is_added(
    sessions: dict[str, Session], language: str, typed: str, said: str, step: str
) -> None:
    talk = start_talk(sessions[language])
    slot = slot_for(talk.plan, StepId("candidates"))
    talk.position.go_to(slot)
    before = len(talk.session.actions)
    asked = submit(talk, typed).turns[-1].text
    assert len(talk.session.actions) == before
    name = say_short(talk, step)
    assert asked.startswith(say("typed.ask.no_score", language, said=said, name=name))
    # A line typed after it is the answer after all.
    submit(talk, "facturen zonder verrassing maken, 5 2")
    assert answered(talk.session) == {
        "title": "facturen zonder verrassing maken", "influence": "5", "performance": "2"
    }  # fmt: skip
    talk.asking = None
    submit(talk, "/undo")
    talk.position.go_to(slot)
    submit(talk, typed)
    submit(talk, "k")
    assert answered(talk.session) == {"title": typed}
    talk.asking = None
    submit(talk, "/undo")


def say_short(talk: Talk, step: str) -> str:
    """Return what a score is called, with its scale."""
    one = talk.plan.script.step(StepId(step))
    slot = slot_for(talk.plan, StepId(step))
    return f"{text_of(talk.plan, one, slot.frame, 'short')} (1–5)"


def test_the_owner_above_is_that_of_the_line_above(sessions: dict[str, Session]) -> None:
    talk = start_talk(sessions["nl"])
    slot = slot_for(talk.plan, StepId("initiatives"))
    talk.position.go_to(slot)
    submit(talk, "Website, CFO, half 2028\nFolder, idem, eind 2028")
    submit(talk, "")
    told = [
        event.value
        for event in talk.session.actions[-1].do
        if isinstance(event, SlotAnswered) and event.slot.step == "initiatives.owner_role"
    ]
    assert told == ["CFO", "CFO"]
    talk.asking = None
    submit(talk, "/undo")
    talk.session.drafts.drop(str(slot))


@pytest.mark.parametrize(
    ("language", "typed", "owner"),
    [("nl", "idem", "IT-manager"), ("nl", "dezelfde", "IT-manager"), ("en", "same", "CIO")],
)
def test_the_same_owner_as_above_at_the_question_itself(
    sessions: dict[str, Session], language: str, typed: str, owner: str
) -> None:
    talk = start_talk(sessions[language])
    slot = slot_for(talk.plan, StepId("kpis.owner_role"))
    submit(talk, f"/edit {slot}")
    talk.session.do(Reopen(slot))
    talk.position.go_to(slot)
    submit(talk, typed)
    assert talk.plan.answer(slot) == owner
    talk.asking = None
    submit(talk, "/undo")
    submit(talk, "/undo")
    talk.session.drafts.drop(str(slot))


# The line typed again


REWORDED = [
    ("nl", "kpis", "opzeggers, 3,2% > 2,5%", "percentage leden dat opzegt, 3,1% > 2,4%",
     {"name": "percentage leden dat opzegt", "baseline": 3.1, "target": 2.4}),
    ("nl", "candidates", "facturen, 5 2", "facturen zonder verrassing maken, 4 2",
     {"title": "facturen zonder verrassing maken", "influence": "4"}),
    ("en", "kpis", "leavers, 3.2% > 2.5%", "share of members who leave, 3.1% > 2.4%",
     {"name": "share of members who leave", "baseline": 3.1, "target": 2.4}),
    ("en", "segments", "Studnts, target", "Students abroad, primary",
     {"name": "Students abroad", "choice": "primary"}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "step", "first", "again", "wanted"), REWORDED)
def test_a_line_typed_again_at_the_name_is_one_action_about_that_item(
    sessions: dict[str, Session], language: str, step: str, first: str, again: str, wanted: dict[str, Any]
) -> None:
    talk = start_talk(sessions[language])
    slot = slot_for(talk.plan, StepId(step))
    talk.asking = None
    talk.position.go_to(slot)
    submit(talk, first)
    name = next(one.slot for one in talk.session.actions[-1].do if isinstance(one, SlotAnswered))
    listed = talk.plan.state.list_at(slot).live
    talk.asking = None
    talk.position.go_to(name)
    reply = submit(talk, again)
    if talk.asking is not None:  # what else it touches is asked first
        reply = submit(talk, "")
    assert answered(talk.session) == wanted
    assert talk.plan.state.list_at(slot).live == listed
    said = say("typed.understood.row", language, parts="").split(" ")[0]
    assert any(turn.speaker == "coach" and turn.text.startswith(said) for turn in reply.turns)
    talk.asking = None
    submit(talk, "/undo")
    assert talk.session.drafts.get(str(name)) == again
    submit(talk, "/undo")
    talk.session.drafts.drop(str(name))
    talk.session.drafts.drop(str(slot))


def test_a_name_reworded_with_commas_stays_a_name(sessions: dict[str, Session]) -> None:
    """The control."""
    talk = start_talk(sessions["en"])
    slot = slot_for(talk.plan, StepId("kpis"))
    talk.asking = None
    talk.position.go_to(slot)
    submit(talk, "Complaints, 31 > 14")
    name = next(one.slot for one in talk.session.actions[-1].do if isinstance(one, SlotAnswered))
    talk.asking = None
    talk.position.go_to(name)
    submit(talk, "Complaints, letters and calls")
    if talk.asking is not None:
        submit(talk, "")
    assert answered(talk.session) == {"name": "Complaints, letters and calls"}
    for _ in range(2):
        talk.asking = None
        submit(talk, "/undo")
    talk.session.drafts.drop(str(name))
    talk.session.drafts.drop(str(slot))


# Several at once


STEPS = {
    "nl": "aanmelden > gesprek met de familie > opbaring > uitvaart > factuur > nazorg",
    "en": "call > talk with the family → laying out -> funeral > bill > care afterwards",
}


@pytest.mark.parametrize("language", SAMPLES)
@pytest.mark.parametrize("between", [">", ","])
def test_steps_on_one_line_are_items_after_one_confirmation(
    sessions: dict[str, Session], language: str, between: str
) -> None:
    talk = start_talk(sessions[language])
    slot = slot_for(talk.plan, StepId("processes"))
    names = [part.strip() for part in STEPS[language].replace("→", ">").replace("->", ">").split(">")]
    typed = STEPS[language] if between == ">" else ", ".join(names)
    talk.asking = None
    talk.position.go_to(slot)
    before = len(talk.session.actions)
    asked = submit(talk, typed).turns[-1].text
    assert str(len(names)) in asked
    assert len(talk.session.actions) == before
    submit(talk, "")
    told = [event.value for event in talk.session.actions[-1].do if isinstance(event, SlotAnswered)]
    assert told == names
    talk.asking = None
    submit(talk, "/undo")
    talk.session.drafts.drop(str(slot))


@pytest.mark.parametrize("language", SAMPLES)
def test_a_line_longer_than_a_name_may_be_is_split_before_it_is_refused(
    sessions: dict[str, Session], language: str
) -> None:
    talk = start_talk(sessions[language])
    slot = slot_for(talk.plan, StepId("processes"))
    names = [f"{name} with whoever comes along" for name in ("call", "talk", "lay out", "bury", "bill")]
    assert len(", ".join(names)) > 120
    talk.asking = None
    talk.position.go_to(slot)
    submit(talk, ", ".join(names))
    submit(talk, "")
    told = [event.value for event in talk.session.actions[-1].do if isinstance(event, SlotAnswered)]
    assert told == names
    talk.asking = None
    submit(talk, "/undo")
    talk.session.drafts.drop(str(slot))


@pytest.mark.parametrize("typed", ["Pick and pack", "Plan, then deliver", "Order > plan"])
def test_a_step_of_some_words_is_one(sessions: dict[str, Session], typed: str) -> None:
    """The control."""
    talk = start_talk(sessions["en"])
    slot = slot_for(talk.plan, StepId("processes"))
    talk.asking = None
    talk.position.go_to(slot)
    submit(talk, typed)
    assert answered(talk.session) == {"name": typed}
    talk.asking = None
    submit(talk, "/undo")
    talk.session.drafts.drop(str(slot))


LINKS = {
    "nl": ("L1 > O1 omdat mensen het dan zien", "O1 > C1 want zo merken klanten het, zeker"),
    "en": ("L1 > O1 because staff see it", "O1 > C1 because patients notice, sure"),
}


@pytest.mark.parametrize("language", SAMPLES)
def test_pasted_links_are_links_after_one_confirmation(sessions: dict[str, Session], language: str) -> None:
    talk = start_talk(sessions[language])
    slot = slot_for(talk.plan, StepId("links"))
    shorts = {short: item for item, short in talk.plan.state.shorts.items()}
    talk.asking = None
    talk.position.go_to(slot)
    before = len(talk.session.actions)
    asked = submit(talk, "\n".join(LINKS[language])).turns[-1].text
    assert asked.startswith(say("typed.columns", language, n=2, names="").split(":")[0])
    assert len(talk.session.actions) == before
    submit(talk, "")
    assert len(talk.session.actions) == before + 1
    events = talk.session.actions[-1].do
    assert sum(isinstance(event, ItemAdded) for event in events) == 2
    told = [event.value for event in events if isinstance(event, SlotAnswered)]
    picked = [value for value in told if isinstance(value, tuple)]
    assert picked == [(shorts["L1"],), (shorts["O1"],), (shorts["O1"],), (shorts["C1"],)]
    assert "high" in told
    talk.asking = None
    submit(talk, "/undo")
    assert talk.session.drafts.get(str(slot)) == "\n".join(LINKS[language])
    talk.session.drafts.drop(str(slot))


def test_pasted_links_with_one_that_cannot_be_are_refused_before_anything_is_asked(
    sessions: dict[str, Session],
) -> None:
    talk = start_talk(sessions["en"])
    slot = slot_for(talk.plan, StepId("links"))
    talk.asking = None
    talk.position.go_to(slot)
    reply = submit(talk, "L1 > O1 because staff see it\nO1 > M9 because it helps")
    assert reply.keep_text
    assert talk.asking is None
    assert reply.turns[-1].text == say("interview.refusal.not_an_item", "en", typed="M9")
