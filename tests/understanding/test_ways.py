"""What is done about a text that was asked back: a key for each way on, and nothing is lost on any."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bsc_coach.conversation.prompt_builder import prompt_for
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.facts.answers import Accept, Reopen, SlotAnswered
from bsc_coach.interview.facts.log import action_body
from bsc_coach.interview.plan import SlotStatus
from bsc_coach.script.slots import Slot, StepId, parse_slot
from bsc_coach.script.source import bundled_source
from bsc_coach.session.opening import create_session, open_session
from bsc_coach.session.session import Session
from tests.support.sessions import same_environment
from tests.understanding.corpus import slot_for


@pytest.fixture
def talk(riverbend: Path) -> Iterator[Talk]:
    """Somebody in a copy of the hospital's session, at the description of its last objective, open again."""
    session = open_session(riverbend, same_environment())
    yield at(session, "objective.description")
    session.close()


def at(session: Session, step: str) -> Talk:
    """Return a talk at the last place where a step is asked, with its answer taken back."""
    slot = slot_for(session.plan, StepId(step))
    if session.plan.statuses[slot].answer_state != "open":
        session.do(Reopen(slot))
    return start_talk(session, at=slot)


def here(talk: Talk, slot: Slot | None) -> SlotStatus:
    assert slot is not None
    return talk.plan.statuses[slot]


def test_enter_parks_what_is_not_known_with_what_was_said_behind_it(talk: Talk) -> None:
    slot = talk.at
    submit(talk, "don't know, Teresa was there")
    submit(talk, "")
    fact = talk.plan.state.facts[here(talk, slot).slot]
    assert (fact.answer_state, fact.reason) == ("parked", "Teresa was there")
    assert talk.session.drafts.get(str(slot)) is None


@pytest.mark.parametrize(
    ("typed", "lines", "reason"),
    [
        ("n/a - that is for the owner", ("",), "that is for the owner"),
        ("n/a", ("", "we have no such thing"), "we have no such thing"),
        ("n/a", ("", ""), "n/a"),
        ("dont know", ("n", "never measured"), "never measured"),
    ],
)
def test_one_key_says_that_it_does_not_apply(
    talk: Talk, typed: str, lines: tuple[str, ...], reason: str
) -> None:
    slot = talk.at
    for line in (typed, *lines):
        submit(talk, line)
    fact = talk.plan.state.facts[here(talk, slot).slot]
    assert (fact.answer_state, fact.reason) == ("declined", reason)


def test_k_takes_a_text_as_it_stands_and_no_more_is_said_of_it(talk: Talk) -> None:
    slot = talk.at
    submit(talk, "n/a")
    submit(talk, "k")
    assert here(talk, slot).value == "n/a"
    assert '"typed"' not in str(action_body(talk.session.actions[-1]))


def test_whatever_else_is_typed_is_the_answer_after_all(talk: Talk) -> None:
    slot = talk.at
    submit(talk, "?")
    submit(talk, "The ward rounds begin before ten.")
    assert here(talk, slot).value == "The ward rounds begin before ten."


def test_a_letter_that_is_no_way_leaves_everything_as_it_was(talk: Talk) -> None:
    slot, before = talk.at, talk.session.actions
    submit(talk, "?")
    submit(talk, "z")
    assert (talk.at, talk.session.actions, talk.asking) == (slot, before, None)
    assert talk.session.drafts.get(str(slot)) == "?"


def test_a_question_is_explained_or_goes_to_the_parking_lot_and_one_stays(talk: Talk) -> None:
    slot = talk.at
    prompt = prompt_for(talk.plan, here(talk, slot).slot)
    submit(talk, "what do you mean by that?")
    assert prompt.help in [turn.text for turn in submit(talk, "h").turns]
    assert talk.at == slot
    submit(talk, "what do you mean by that?")
    submit(talk, "l")
    listed = talk.plan.state.list_at(parse_slot("parking")).live
    assert "what do you mean by that?" in [talk.plan.label(((StepId("parking"), item),)) for item in listed]
    assert (talk.at, here(talk, slot).answer_state) == (slot, "open")


def test_skip_passes_what_is_optional(talk: Talk) -> None:
    talk = at(talk.session, "objective.bottleneck")
    slot = talk.at
    submit(talk, "skip")
    assert talk.at != slot
    assert here(talk, slot).answer_state == "open"


def test_a_person_is_taken_as_their_role_with_enter(talk: Talk) -> None:
    talk = at(talk.session, "objective.owner_role")
    slot = talk.at
    asked = submit(talk, "Priya Raman").turns[-1].text
    assert "Chief Medical Officer" in asked
    submit(talk, "")
    assert here(talk, slot).value == "Chief Medical Officer"
    submit(talk, "/undo")
    assert talk.session.drafts.get(str(slot)) == "Priya Raman"


def test_of_two_owners_one_is_chosen_by_letter(talk: Talk) -> None:
    talk = at(talk.session, "objective.owner_role")
    slot = talk.at
    submit(talk, "CEO and Priya together")
    submit(talk, "b")
    assert here(talk, slot).value == "Chief Medical Officer"


def test_the_people_in_the_room_are_offered_by_number(talk: Talk) -> None:
    talk = at(talk.session, "objective.owner_role")
    prompt = talk.prompt()
    assert prompt is not None
    assert dict(zip(prompt.offers, prompt.offered_by, strict=True))["CIO"] == "Lena Ortiz"
    submit(talk, str(prompt.offers.index("CIO") + 1))
    assert here(talk, prompt.slot).value == "CIO"


def test_no_role_is_made_of_an_open_seat_in_the_room(talk: Talk) -> None:
    """The control: what nobody in the room has is a role as it stands."""
    talk = at(talk.session, "objective.owner_role")
    slot = talk.at
    submit(talk, "Head of Radiology")
    assert here(talk, slot).value == "Head of Radiology"
    assert talk.asking is None


def owner_where(talk: Talk, role: str) -> Talk:
    """Return somebody at the owner of an objective, with another role of the first person in the room."""
    first = next(slot for slot in talk.plan.statuses if slot.step == "participants.role")
    talk.session.do(Accept(first, role, same=True))
    return at(talk.session, "objective.owner_role")


@pytest.mark.parametrize(
    ("role", "typed"),
    [
        ("Chief engineer", "cheif enginer"),
        ("Hoofd Winkels", "het hoofd vd winkels"),
        ("Hoofd van de winkels", "hoofd v/d winkels"),
        ("Werkbegeleider / jobcoach", "de job coach"),
        ("HR-manager", "hrmanager"),
    ],
)
def test_a_role_that_is_written_sloppily_is_that_role_and_is_told(talk: Talk, role: str, typed: str) -> None:
    talk = owner_where(talk, role)
    slot = talk.at
    told = [turn.text for turn in submit(talk, typed).turns]
    assert here(talk, slot).value == role
    assert any(typed in text and role in text for text in told)


@pytest.mark.parametrize(
    ("role", "typed"),
    [
        ("Import manager", "Export manager"),
        ("Internal auditor", "External auditor"),
        ("Head of IT", "Head of HR"),
        ("Hoofd Inkoop", "Hoofd Verkoop"),
        ("Head of Housing", "Head of Nursing"),
        ("CEO", "Whoever follows Priya's deputy"),
    ],
)
def test_another_role_is_not_taken_for_a_slip(talk: Talk, role: str, typed: str) -> None:
    talk = owner_where(talk, role)
    slot = talk.at
    submit(talk, typed)
    assert (talk.asking, here(talk, slot).value) == (None, typed)


@pytest.mark.parametrize("typed", ["Priya of course", "ops manager priya", "the doctor, Priya"])
def test_a_name_among_other_words_is_asked_about(talk: Talk, typed: str) -> None:
    talk = at(talk.session, "objective.owner_role")
    slot = talk.at
    asked = submit(talk, typed).turns[-1].text
    assert "Priya Raman is a person" in asked
    submit(talk, "k")
    assert here(talk, slot).value == typed


def test_a_table_fills_what_its_headings_say(talk: Talk) -> None:
    talk.position.go_to(parse_slot("participants"))
    asked = submit(talk, "Role\tName\nWard sister\tAda Bello\nPorter\tSam Cole").turns[-1].text
    assert "2 lines" in asked
    submit(talk, "")
    said = [event for event in talk.session.actions[-1].do if isinstance(event, SlotAnswered)]
    assert [(event.slot.step, event.value) for event in said] == [
        ("participants.role", "Ward sister"), ("participants.name", "Ada Bello"),
        ("participants.role", "Porter"), ("participants.name", "Sam Cole"),
    ]  # fmt: skip
    submit(talk, "/undo")
    assert talk.session.drafts.get("participants") == "Ward sister\tAda Bello\nPorter\tSam Cole"


def test_several_on_one_line_can_stay_one(talk: Talk) -> None:
    talk.position.go_to(parse_slot("parking"))
    submit(talk, "beds; theatres; parking")
    submit(talk, "1")
    listed = talk.plan.state.list_at(parse_slot("parking")).live
    assert talk.plan.label(((StepId("parking"), listed[-1]),)) == "beds; theatres; parking"


def parking_lot(talk: Talk) -> list[str]:
    listed = talk.plan.state.list_at(parse_slot("parking")).live
    return [talk.plan.label(((StepId("parking"), item),)) for item in listed]


@pytest.fixture
def empty_lot(tmp_path: Path) -> Iterator[Talk]:
    """Somebody at a list with nothing on it."""
    session = create_session(tmp_path / "new", bundled_source(), same_environment())
    yield start_talk(session, at=parse_slot("parking"))
    session.close()


def test_the_numbers_of_items_typed_one_by_one_go_and_that_is_told(empty_lot: Talk) -> None:
    told = []
    for line in ("1. hand it in", "2) sort it", "- 3.sell it"):
        empty_lot.position.go_to(parse_slot("parking"))
        told.append(submit(empty_lot, line).turns[-1].text)
    assert parking_lot(empty_lot) == ["hand it in", "sort it", "sell it"]
    assert [text in said for text, said in zip(parking_lot(empty_lot), told, strict=True)] == [True] * 3
    submit(empty_lot, "/undo")
    assert empty_lot.session.drafts.get("parking") == "- 3.sell it"


@pytest.mark.parametrize("typed", ["2. hand it in", "1.5 posts too many", "1 hour of parking", "10. beds"])
def test_a_number_that_is_not_that_of_the_item_stays(empty_lot: Talk, typed: str) -> None:
    submit(empty_lot, typed)
    assert parking_lot(empty_lot) == [typed]


@pytest.mark.parametrize(
    ("typed", "due"), [("eind 2028", "2028-12"), ("in three weeks", "2026-12-09"), ("2027", "2027")]
)
def test_by_when_is_read_as_people_say_it(talk: Talk, typed: str, due: str) -> None:
    slot = talk.at
    for line in ("/park", "", "", typed):
        submit(talk, line)
    assert talk.plan.state.facts[here(talk, slot).slot].due == due


@pytest.mark.parametrize(
    ("line", "due"), [("a", "2026-11-20"), ("B", "2026-11-27"), ("4 dec", "2026-12-04"), ("", "")]
)
def test_a_date_that_may_be_two_is_chosen_by_letter(talk: Talk, line: str, due: str) -> None:
    slot = talk.at
    for one in ("/park", "", ""):
        submit(talk, one)
    asked = submit(talk, "next friday")
    assert "b 27 November 2026" in asked.turns[-1].text
    told = submit(talk, line).turns[-1].text
    assert talk.plan.state.facts[here(talk, slot).slot].due == due
    assert ("next friday" in told) == (line in ("a", "B"))


@pytest.mark.parametrize(
    ("typed", "owner", "told"),
    [
        ("Priya", "Chief Medical Officer", True),
        ("the cfo", "CFO", True),
        ("CMO", "Chief Medical Officer", True),
        ("CFO", "CFO", False),
        ("Priya of course", "Chief Medical Officer", True),
        ("whoever comes after Priya", "whoever comes after Priya", False),
        ("Head of Radiology", "Head of Radiology", False),
        ("CEO and CFO", "CEO and CFO", False),
        ("May", "May", False),
        ("", "", False),
    ],
)
def test_who_brings_it_back_is_a_role_in_the_room(talk: Talk, typed: str, owner: str, told: bool) -> None:
    slot = talk.at
    submit(talk, "/park")
    submit(talk, "not measured yet")
    reply = submit(talk, typed)
    assert any(typed in turn.text for turn in reply.turns if typed and owner in turn.text) == told
    submit(talk, "")
    fact = talk.plan.state.facts[here(talk, slot).slot]
    assert (fact.reason, fact.owner) == ("not measured yet", owner)


@pytest.mark.parametrize("typed", ["4 dec", "2027-02-15", "12", "next week", "eind maart"])
def test_a_date_brings_nothing_back(talk: Talk, typed: str) -> None:
    slot = talk.at
    submit(talk, "/park")
    submit(talk, "not measured yet")
    refused = submit(talk, typed)
    assert refused.keep_text
    assert "who brings it back?" in refused.turns[-1].text
    for line in ("CFO", ""):
        submit(talk, line)
    assert talk.plan.state.facts[here(talk, slot).slot].owner == "CFO"


def test_dates_count_from_the_day_of_the_session(talk: Talk) -> None:
    assert talk.session.environment.today() == date(2026, 11, 18)
    talk = at(talk.session, "review.first")
    slot = talk.at
    submit(talk, "tomorrow")
    assert here(talk, slot).value == "2026-11-19"


def test_what_was_typed_stands_in_the_journal_only_where_it_reads_otherwise(talk: Talk) -> None:
    talk = at(talk.session, "kpis.target_date")
    submit(talk, "Q4 2028")
    assert action_body(talk.session.actions[-1])["do"][0]["typed"] == "Q4 2028"  # type: ignore[index,call-overload]
    talk = at(talk.session, "kpis.target_date")
    submit(talk, "2028-12")
    assert "typed" not in action_body(talk.session.actions[-1])["do"][0]  # type: ignore[index,operator]
