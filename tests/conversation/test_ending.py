"""The end of a session: reached once, told the same everywhere, each line one key away, and come back to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bsc_coach.conversation.ending import EndView, the_end
from bsc_coach.conversation.submit import start_talk
from bsc_coach.interview.facts.answers import Accept, Confirm, Park, Reopen
from bsc_coach.interview.facts.lists import AddItem
from bsc_coach.script.slots import Slot, StepId, parse_slot
from bsc_coach.session.opening import open_session
from bsc_coach.session.session import Session
from tests.support.people import Person
from tests.support.sessions import same_environment

LOOKS = tuple(parse_slot(name) for name in ("readback.confirm", "closing.confirm"))


def at_the_end(own: Session) -> Person:
    """Let a team confirm what it has, whatever that is, and come to the end."""
    own.do(Confirm(LOOKS[0]))
    person = Person(start_talk(own, at=LOOKS[1]))
    person.types("")
    return person


def slots(own: Session, step: str) -> list[Slot]:
    return [slot for slot, status in own.plan.statuses.items() if slot.step == step and status.active]


def undriven(own: Session) -> None:
    own.do(AddItem(parse_slot("outcomes"), {StepId("outcomes.title"): "Win the county contract back"}))


def lines(view: EndView) -> dict[str, str]:
    """Return what each key does."""
    return {line.key: line.text for part in view.parts for line in part if line.key}


def text(view: EndView) -> str:
    return "\n".join(line.text for part in view.parts for line in part)


@pytest.mark.parametrize("sample", ["riverbend", "brakelman"])
def test_a_whole_session_ends_without_an_alarm(sample: str, sample_folder: Callable[[str], Path]) -> None:
    session = open_session(sample_folder(sample), same_environment(), read_only=True)
    talk = start_talk(session)
    talk.resume()
    assert talk.ended
    assert the_end(talk).alarms == ()
    session.close()


def test_after_the_last_confirmation_nothing_skipped_is_asked(own: Session) -> None:
    own.do(Reopen(slots(own, "kpis.benchmark_note")[0]))
    own.do(Reopen(slots(own, "objective.serves")[0]))
    person = at_the_end(own)
    assert person.at == "done"
    assert "Left open: 1 not answered" in text(the_end(person.talk))


def test_a_session_without_a_fault_ends_in_a_few_lines(own: Session) -> None:
    view = the_end(at_the_end(own).talk)
    assert view.alarms == ()
    assert set(lines(view)) == {"e", "q"}
    assert "everything is confirmed" in view.opening[0].text
    assert f"bsc-coach open {own.folder}" in text(view)
    assert "strategy.md, strategy.toml" in lines(view)["e"]


def test_the_alarms_are_those_of_the_documents(own: Session) -> None:
    undriven(own)
    for slot in slots(own, "kpis.direction"):
        own.do(Reopen(slot))
    person = at_the_end(own)
    view, written = the_end(person.talk), own.notes().alarms
    assert 2 < len(written) <= 5
    told = [line.text for line in view.alarms[1:]]
    assert [line.endswith(one.say) for line, one in zip(told, written, strict=True)] == [True] * len(told)
    for line, one in zip(told, written, strict=True):
        assert all(word in line for word in (one.about or "").split())
    assert [line.key for line in view.alarms[1:]] == [str(n + 1) for n in range(len(written))]
    # A control: another strategy has other alarms.
    for slot in slots(own, "kpis.direction"):
        own.do(Accept(slot, "up"))
    assert [line.text for line in the_end(person.talk).alarms[1:]] != told


def test_a_document_in_another_language_has_the_alarms_of_the_screen(own: Session) -> None:
    undriven(own)
    person = at_the_end(own)
    before = text(the_end(person.talk))
    person.types("/language documents nl")
    assert [one.rule for one in own.notes().alarms] == ["M05"]
    assert own.notes().alarms[0].say not in before
    assert the_end(person.talk).alarms[1].text in before


def test_an_alarm_leads_to_its_answer_and_back_to_the_end(own: Session) -> None:
    slot = slots(own, "kpis.direction")[0]
    right = own.plan.answer(slot)
    own.do(Reopen(slot))
    person = at_the_end(own)
    assert person.at == "done"
    person.types("1")
    assert person.talk.at == slot
    person.types(str(right))
    assert person.last.screen == "end"
    assert the_end(person.talk).alarms == ()
    # What was confirmed is another thing now: one key confirms it anew.
    assert "changed since it was confirmed" in text(the_end(person.talk))
    person.types("/end c")
    assert person.last.screen == "end"
    assert person.at == "done"
    assert own.notes().confirmed


def test_an_alarm_may_be_looked_at_and_left_as_it_is(own: Session) -> None:
    first = slots(own, "kpis.target")[0]
    down = own.plan.answer(Slot(StepId("kpis.direction"), first.frame)) == "down"
    own.do(Accept(Slot(StepId("kpis.baseline"), first.frame), 50))
    own.do(Accept(first, 90 if down else 10))
    person = at_the_end(own)
    before = own.number
    person.types("1", "")
    assert person.last.screen == "end"
    assert person.at == "done"
    assert own.number == before


def test_an_outcome_nothing_drives_leads_to_the_links(own: Session) -> None:
    undriven(own)
    person = at_the_end(own)
    person.types("1")
    assert person.talk.at == parse_slot("links")


@pytest.mark.parametrize(("key", "screen"), [("e", "export"), ("r", "review"), ("q", "quit"), ("", "end")])
def test_what_the_front_end_does_at_a_key(own: Session, key: str, screen: str) -> None:
    own.do(Park(slots(own, "kpis.source")[0], "nobody knows", "", ""))
    person = at_the_end(own)
    person.types(key)
    assert person.last.screen == screen


def test_another_line_at_the_end_is_told_what_there_is(own: Session) -> None:
    person = at_the_end(own)
    person.types("What now?")
    assert "/end" in person.heard()
    person.types("/end 9")
    assert "/end 1" in person.heard()


def test_homework_is_counted_by_owner(own: Session) -> None:
    sources = slots(own, "kpis.source")
    for slot, owner in zip(sources, ["CFO", "CFO", "CIO", ""], strict=False):
        own.do(Park(slot, "Homework", owner, ""))
    own.do(Park(sources[4], "nobody knows", "", ""))
    told = text(the_end(at_the_end(own).talk))
    assert "Taken home: CFO 2, CIO 1, without a name 1." in told
    assert f"To answer it: bsc-coach homework {own.folder}" in told
    assert "Left open: 1 parked." in told


def test_before_the_end_it_tells_how_it_stands(own: Session) -> None:
    own.do(Reopen(slots(own, "objective.serves")[0]))
    own.do(Reopen(LOOKS[0]))
    own.do(Reopen(LOOKS[1]))
    person = Person(start_talk(own, at=LOOKS[0]))
    person.types("/end")
    assert person.last.screen == "end"
    assert the_end(person.talk).opening[0].text.startswith("3 questions are still to be answered")


def test_it_is_told_in_dutch(own: Session) -> None:
    undriven(own)
    person = at_the_end(own)
    person.types("/language nl")
    told = text(the_end(person.talk))
    assert "alles is bevestigd" in told
    assert "Terugkomen: bsc-coach open" in told
