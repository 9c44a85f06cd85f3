"""Sorting the KPIs that were there before: one line for each, and a session without any notices nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.cli.apply import answer_line
from bsc_coach.conversation.commands.moves import named_part
from bsc_coach.conversation.headline import headline, said_position
from bsc_coach.conversation.schedule_view import schedule_of
from bsc_coach.conversation.side_views import review
from bsc_coach.conversation.submit import start_talk
from bsc_coach.interview.consequences import after
from bsc_coach.interview.facts.lists import AddItem
from bsc_coach.interview.facts.provenance import TakeOver
from bsc_coach.interview.forecast import forecast
from bsc_coach.interview.navigation import agenda, progress_of
from bsc_coach.interview.projection import to_strategy
from bsc_coach.interview.provenance import unconfirmed
from bsc_coach.interview.reconcile import import_strategy
from bsc_coach.script.slots import Slot, StepId, parse_slot
from bsc_coach.session.session import Session
from bsc_coach.strategy.measures import OldKpi
from bsc_coach.strategy.sorting import goes_on_as, without_kpi
from tests.support.people import Person
from tests.support.sessions import new_session
from tests.support.small_map import add, small_map

BEFORE = (
    {"name": "Days until answered", "unit": "days", "owner_role": "Head of Desk", "target": "< 3"},
    {"name": "Meetings held", "unit": "meetings"},
    {"name": "Days until a letter is answered", "unit": "days", "formula": "Sum of days ÷ letters"},
    {"name": "Sick leave", "unit": "%", "note": "From the yearly report"},
)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """A small map, and four KPIs from before."""
    session = small_map(tmp_path)
    for known in BEFORE:
        answers = {StepId(f"old_kpis.{name}"): value for name, value in known.items()}
        assert session.do(AddItem(parse_slot("old_kpis"), answers)).accepted
    return session


@pytest.fixture
def person(session: Session) -> Person:
    talk = start_talk(session)
    talk.position.jump(Slot(StepId("sorting.begin")))
    return Person(talk)


def old(person: Person, short: str) -> OldKpi:
    return next(one for one in to_strategy(person.talk.plan).old_kpis if one.id == short)


def submissions(person: Person) -> int:
    return len(person.state.effective)


def test_one_line_sorts_one_kpi(person: Person) -> None:
    person.types("1")
    before = submissions(person)
    person.types("o1", "4", "K1", "3")
    assert [old(person, short).verdict for short in ("K1", "K2", "K3", "K4")] == [
        "keep", "later", "merge", "retire",
    ]  # fmt: skip
    assert old(person, "K1").keeps_for == "O1"
    assert old(person, "K3").merged_into == "K1"
    assert submissions(person) == before + 4
    assert "because" in person.at


def test_undo_takes_a_line_back_as_a_whole(person: Person) -> None:
    person.types("1", "O1", "/undo")
    assert (old(person, "K1").verdict, old(person, "K1").keeps_for) == (None, None)


def test_a_digit_leads_to_a_small_question_where_one_is_needed(person: Person) -> None:
    person.types("1", "1")
    assert "keeps_for" in person.at
    person.types("O1", "2")
    assert "merged_into" in person.at
    assert "K2" not in [option.text[:2] for option in person.prompt.options]
    person.types("K1", "3")
    assert "because" in person.at
    person.types("1")
    assert old(person, "K3").because == "Nobody decides anything by it"


def test_an_id_that_leads_nowhere_is_refused(person: Person) -> None:
    person.types("1")
    person.tries("O99")
    person.tries("K1")  # into itself
    assert old(person, "K1").verdict is None


def test_what_the_list_said_stands_beside_the_question(person: Person) -> None:
    person.types("1")
    assert [cell.answer for cell in person.prompt.card] == ["days", "Head of Desk", "< 3"]


def test_where_no_point_is_on_the_map_none_is_asked_for(tmp_path: Path) -> None:
    session = new_session(tmp_path / "new")
    for name in ("Days until answered", "Meetings held"):
        session.do(AddItem(parse_slot("old_kpis"), {StepId("old_kpis.name"): name}))
    person = Person(start_talk(session))
    person.types("/jump KPIs from before")
    assert person.at == "sorting.begin"
    person.types("1", "1")
    assert old(person, "K1").verdict == "keep"
    assert "K2" in person.at
    assert "verdict" in person.at


def test_it_is_skipped_as_a_whole(person: Person) -> None:
    before = submissions(person)
    person.types("2")
    assert submissions(person) == before + 1
    assert not person.at.startswith("old_kpis")
    assert "verdict" not in person.at
    assert to_strategy(person.talk.plan).meeting.sorting == "later"
    assert not any(
        status.needs_asking for status in person.talk.plan.statuses.values() if "old_kpi" in status.step.id
    )


def test_enter_passes_one(person: Person) -> None:
    person.types("1", "", "3", "")
    assert (old(person, "K1").verdict, old(person, "K2").verdict) == (None, "retire")


def test_the_end_tells_what_it_came_to_and_what_is_missing(person: Person) -> None:
    reply = person.types("1", "O1", "3", "", "K1", "CM1")
    told = [turn.text for turn in reply.turns]
    assert "4 KPIs were there before. Stays: 2; goes into another: 1; is retired: 1." in told
    strategy = to_strategy(person.talk.plan)
    missing = [one.id for one in without_kpi(strategy)]
    assert missing == ["I1", "S1", "F1", "F2"]
    assert all(short in told[-1] for short in missing)
    assert "O1" not in told[-1]


def test_an_enabler_without_a_kpi_is_missing_too(session: Session) -> None:
    add(session, "enablers", "People who can plan")
    person = Person(start_talk(session))
    person.talk.position.jump(Slot(StepId("sorting.begin")))
    reply = person.types("1", "O1", "CM1", "I1", "S1")
    assert [one.id for one in without_kpi(to_strategy(session.plan))] == ["L1", "F1", "F2"]
    assert "L1 People who can plan" in reply.turns[-1].text
    person.types("/edit K1", "L1")
    assert "L1" not in [one.id for one in without_kpi(to_strategy(session.plan))]


def test_nothing_goes_into_what_is_retired(person: Person) -> None:
    person.types("1", "3", "")
    assert person.tries("K1") == (
        "K1 Days until answered is retired, so nothing can go into it: choose another, or sort that one "
        "again first (/edit K1)."
    )
    assert old(person, "K2").verdict is None
    person.types("2")
    assert "K1 Days until answered is retired" in person.tries("1")
    assert old(person, "K2").merged_into is None
    person.types("K3")
    assert old(person, "K2").merged_into == "K3"


@pytest.mark.parametrize(
    ("first", "second"), [(("K2",), "K1"), (("K2", "K3"), "K1")], ids=["each into the other", "by a third"]
)
def test_nothing_goes_round_in_a_circle(person: Person, first: tuple[str, ...], second: str) -> None:
    person.types("1", *first)
    last = f"K{len(first) + 1}"
    told = person.tries(second)
    assert "goes into this one itself" in told
    assert told.startswith(f"K{len(first)} ")  # the one that leads back
    assert old(person, last).verdict is None
    person.types("K4")
    assert old(person, last).merged_into == "K4"


def test_an_old_kpi_can_be_sorted_again(person: Person) -> None:
    person.types("1", "O1", "K4", "4", "4", "/edit K1")
    assert person.at == "old_kpis[K1]/old_kpis.verdict"
    person.types("CM1")
    assert old(person, "K1").keeps_for == "CM1"
    # The same verdict typed again asks anew for what it leads to.
    person.types("/edit K2", "2")
    assert "merged_into" in person.at
    person.types("K1")
    assert old(person, "K2").merged_into == "K1"


def test_going_back_asks_for_those_that_were_passed(person: Person) -> None:
    person.types("1", "O1", "", "2", "", "3", "")
    person.types("/jump KPIs from before")
    assert person.at == "sorting.begin"
    before = submissions(person)
    person.types("")
    assert person.at == "old_kpis[K2]/old_kpis.verdict"
    person.types("CM1")
    assert person.at == "old_kpis[K3]/old_kpis.merged_into"
    person.types("K1")
    assert old(person, "K3").merged_into == "K1"
    assert submissions(person) == before + 3
    # Where none was passed, it goes on with what comes next.
    person.types("/jump KPIs from before", "1")
    assert "old_kpis" not in person.at


@pytest.mark.parametrize("typed", ["KPIs", "kpi's"])
def test_a_part_of_that_very_name_comes_before_one_that_begins_so(person: Person, typed: str) -> None:
    person.types(f"/jump {typed}")
    assert person.at.endswith("kpis")
    person.types(f"/jump {typed} from")
    assert person.at == "sorting.begin"


def test_in_dutch_the_exact_name_of_a_part_wins_too_for_every_command(tmp_path: Path) -> None:
    session = small_map(tmp_path, language="nl")
    session.do(AddItem(parse_slot("old_kpis"), {StepId("old_kpis.name"): "Wachttijd"}))
    talk = start_talk(session)
    named = [named_part(talk, name) for name in ("KPI's", "kpis", "KPI's die")]
    assert [part and part.step for part in named] == ["measures", "measures", "sorting"]


def test_before_the_last_one_nothing_is_summed_up(person: Person) -> None:
    reply = person.types("1", "O1")
    assert not any("were there before" in turn.text for turn in reply.turns)


def test_what_stays_is_offered_where_its_point_is_asked_for_kpis(person: Person) -> None:
    person.types("1", "O1", "", "", "")
    short = person.state.item_by_name("O1")
    lists = person.talk.plan.index.of_step[StepId("kpis")]
    here = next(slot for slot in lists if slot.item == short)
    other = next(slot for slot in lists if slot.item != short)
    person.talk.position.jump(other)
    assert not any("Days until answered" in offer for offer in person.prompt.offers)
    person.talk.position.jump(here)
    assert person.prompt.offers[0] == "K1 Days until answered"
    person.types("1")
    strategy = to_strategy(person.talk.plan)
    (kpi,) = strategy.kpis
    assert (kpi.measures, kpi.name, kpi.unit, kpi.owner_role, kpi.target) == (
        "O1", "Days until answered", "days", "Head of Desk", None,
    )  # fmt: skip
    assert goes_on_as(strategy, strategy.old_kpis[0]) == kpi


def test_behind_the_last_one_the_talk_goes_on_with_the_next_part(person: Person) -> None:
    person.types("1", "4", "4", "4", "4")
    assert "measured" in person.at or person.at.startswith("kpis") or "/kpis" in person.at


# Where there are none


@pytest.mark.parametrize("preset", ["everything", "half_day", "90_minutes"])
def test_without_old_kpis_there_is_no_such_part(tmp_path: Path, preset: str) -> None:
    plan = small_map(tmp_path, preset=preset).plan
    assert "sorting" not in [entry.step for entry in agenda(plan)]
    assert not forecast(plan).get((StepId("sorting"), None))
    asked = [one for one in plan.statuses.values() if plan.script.section_of(one.step.id) == "sorting"]
    assert not any(one.needs_asking or (one.active and one.counted) for one in asked)


def test_with_old_kpis_there_is(session: Session) -> None:
    entry = next(entry for entry in agenda(session.plan) if entry.step == "sorting")
    assert entry.status == "untouched"
    assert entry.minutes_left > 0
    assert forecast(session.plan)[StepId("sorting"), None][StepId("old_kpis.verdict")].times == len(BEFORE)


# Taken over, by hand, by a program


def test_a_list_that_came_in_waits_for_no_confirmation(tmp_path: Path) -> None:
    session = small_map(tmp_path)
    known = tuple(OldKpi(id=f"K{n}", **one) for n, one in enumerate(BEFORE, 1))  # type: ignore[arg-type]
    possible = progress_of(session.plan).possible
    with_list = to_strategy(session.plan).model_copy(update={"old_kpis": known})
    taken = session.take_over(with_list, TakeOver("list.csv", "abcd", "2026-11-18"))
    assert [one for one in taken.differences if one.kind == "left"] == []
    assert to_strategy(session.plan).old_kpis == known
    assert not [one for one in unconfirmed(session.plan) if one.step.id.startswith("old_kpis")]
    assert progress_of(session.plan).possible == possible + 1  # whether they are sorted now


def test_last_years_sorting_is_confirmed_only_where_it_is_sorted_again(tmp_path: Path) -> None:
    session = small_map(tmp_path)
    now = to_strategy(session.plan)
    kept = OldKpi(id="K1", name="Days until answered", verdict="keep", keeps_for="O1")
    session.take_over(now.model_copy(update={"old_kpis": (kept,)}), TakeOver("last", "abcd", "2026-11-18"))
    person = Person(start_talk(session))
    person.talk.position.jump(Slot(StepId("sorting.begin")))
    person.types("2")
    assert not any("old_kpis" in str(slot) for slot in waiting(session))
    person.types("/undo", "1")
    assert person.prompt.unconfirmed
    person.types("", "")
    assert not any("old_kpis" in str(slot) for slot in waiting(session))
    assert to_strategy(session.plan).old_kpis == (kept,)


def waiting(session: Session) -> list[Slot]:
    """Return what the interview comes back to."""
    return [slot for slot, status in session.plan.statuses.items() if status.needs_asking]


def test_a_verdict_written_into_the_file_comes_in(session: Session) -> None:
    now = to_strategy(session.plan)
    first, second, *others = now.old_kpis
    edited = now.model_copy(
        update={
            "old_kpis": (
                first.model_copy(update={"verdict": "keep", "keeps_for": "S1"}),
                second.model_copy(update={"verdict": "retire", "because": "Nobody reads it"}),
                *others,
            )
        }
    )
    found = import_strategy(session.plan, edited, session.environment.ids)
    assert [one.kind for one in found.differences] == ["changed"] * 4
    assert to_strategy(after(session.plan, found.events)).old_kpis == edited.old_kpis


def test_apply_sorts_by_address(session: Session) -> None:
    for step, value in (("old_kpis.verdict", "keep"), ("old_kpis.keeps_for", "O1")):
        told = answer_line(session, f'{{"do": "accept", "step": "{step}", "of": "K1", "value": "{value}"}}')
        assert told["accepted"], told
    assert to_strategy(session.plan).old_kpis[0].keeps_for == "O1"


def test_whoever_goes_to_the_empty_list_finds_every_view_and_may_fill_it(tmp_path: Path) -> None:
    session = small_map(tmp_path)
    person = Person(start_talk(session))
    person.types("/edit old_kpis")
    assert said_position(session.plan, parse_slot("old_kpis")) == "KPIs from before"
    assert headline(session.plan, parse_slot("old_kpis")).part == 0
    assert person.types("/where").turns
    assert review(session.plan) is not None
    assert schedule_of(session.plan, person.talk.now())
    person.types("Days until answered")
    assert "sorting" in [entry.step for entry in agenda(session.plan)]
