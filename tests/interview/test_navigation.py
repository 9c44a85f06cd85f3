"""Where to go next and how far we are."""

from __future__ import annotations

from datetime import timedelta
from textwrap import dedent

import pytest

from bsc_coach.interview.facts.answers import Accept, Confirm, Decline, Park, Reopen, SlotAnswered
from bsc_coach.interview.facts.family import Command
from bsc_coach.interview.facts.lists import AddItem, CloseList, RemoveItem
from bsc_coach.interview.facts.log import Source
from bsc_coach.interview.facts.session import Undo
from bsc_coach.interview.fold import fold
from bsc_coach.interview.navigation import agenda, next_slot, progress, resume_slot
from bsc_coach.script.slots import Slot
from tests.support.room import Room, baked
from tests.support.scripts import bakery, script_of


def asked(room: Room, at: str | None) -> str | None:
    slot = next_slot(room.plan, None if at is None else room.slot(at))
    return None if slot is None else str(slot)


def test_a_session_begins_with_the_first_question() -> None:
    assert asked(Room(bakery()), None) == "organisation.name"


def test_the_next_question_is_the_next_open_one() -> None:
    room = Room(bakery())
    room.say("organisation.kind", "business")
    assert asked(room, "organisation.name") == "organisation.year"
    room.do(Park(room.slot("organisation.year")))
    assert asked(room, "organisation.name") == "organisation.ambition"


def test_optional_questions_are_offered_once_in_passing() -> None:
    room = Room(bakery())
    assert asked(room, "organisation.ambition") == "organisation.values"
    room = baked()
    room.do(Reopen(room.slot("organisation.values")), Confirm(room.slot("ending.confirm")))
    assert asked(room, "ending.confirm") is None
    assert asked(room, "organisation.ambition") == "organisation.values"


def test_at_the_end_what_was_left_comes_back() -> None:
    room = baked()
    room.do(Reopen(room.slot("organisation.name")))
    assert asked(room, "goods") == "ending.confirm"
    assert asked(room, "ending.confirm") == "organisation.name"


def test_nothing_is_left_once_everything_is_confirmed() -> None:
    room = baked()
    assert asked(room, None) == "ending.confirm"
    room.do(Confirm(room.slot("ending.confirm")))
    assert asked(room, None) is None
    assert asked(room, "ending.confirm") is None


def test_an_answer_to_be_asked_again_comes_up_in_passing() -> None:
    room = baked()
    room.say("organisation.ambition", "Cake for whoever can pay")
    assert asked(room, "organisation.values") == "slogan"


def test_what_does_not_apply_is_not_asked() -> None:
    room = Room(bakery())
    room.say("organisation.kind", "public")
    assert asked(room, "motto") == "goods"


def test_a_place_that_is_gone_leads_to_what_is_open_first() -> None:
    room = Room(bakery())
    room.say("organisation.name", "Korenaar")
    assert next_slot(room.plan, Slot(room.slot("goods").step, room.slot("goods[x]/goods.name").frame)) == (
        room.slot("organisation.kind")
    )


def test_progress_is_an_interval() -> None:
    room = Room(bakery())
    start = progress(room.plan.statuses.values())
    assert (start.settled, start.stale, start.parked) == (0, 0, 0)
    assert start.settled <= start.certain < start.possible
    room.say("organisation.kind", "public")
    later = progress(room.plan.statuses.values())
    assert later.settled == 1
    assert later.possible == start.possible - 1


def test_progress_counts_each_way_of_being_done() -> None:
    room = baked()
    every = progress(room.plan.statuses.values())
    assert every.settled == every.certain - 1
    room.do(Decline(room.slot("slogan"), "we want none"))
    assert progress(room.plan.statuses.values()).settled == every.settled
    room.do(Park(room.slot("slogan")))
    parked = progress(room.plan.statuses.values())
    assert (parked.settled, parked.certain, parked.parked) == (every.settled - 1, every.certain, 1)
    room.say("organisation.year", 2031)
    assert progress(room.plan.statuses.values()).stale == 1


def test_an_optional_question_counts_once_something_was_said() -> None:
    room = Room(bakery())
    before = progress(room.plan.statuses.values())
    room.say("organisation.values", "Fresh only")
    after = progress(room.plan.statuses.values())
    assert (after.certain, after.settled) == (before.certain + 1, before.settled + 1)


def test_the_agenda_has_a_line_for_each_part_and_each_item_of_a_fixed_list() -> None:
    lines = agenda(Room(bakery()).plan)
    assert [(line.step, line.item, line.title) for line in lines] == [
        ("about", None, "About"),
        ("shop", None, "Shop"),
        ("clusters", "operations", "Operations"),
        ("clusters", "customer", "Customers"),
        ("choosing", None, "Choosing"),
        ("wording", None, "Wording"),
        ("ending", None, "Ending"),
    ]


def test_what_stands_in_no_section_is_on_the_agenda_under_the_words_it_has() -> None:
    told = """
    [script]
    id = "loose"
    version = 1
    title = "Loose"
    languages = ["en"]
    [[step]]
    id = "name"
    kind = "text"
    ask = "Which name?"
    title = "The name"
    short = "Name"
    [[step]]
    id = "goods"
    kind = "collect"
    ask = "What do you make?"
    more = "What else?"
    short = "Goods"
    prefix = "P"
    label = ["goods.name"]
    [[step]]
    id = "goods.name"
    in = "goods"
    kind = "text"
    ask = "What is it called?"
    [[step]]
    id = "ready"
    kind = "confirm"
    ask = "Is this it,\\nor is there more?"
    """
    room = Room(script_of(dedent(told)))
    assert [entry.title for entry in agenda(room.plan)] == [
        "The name",
        "Goods",
        "Is this it, or is there more?",
    ]
    room.add("goods", name="Rye")
    entries = agenda(room.plan)
    assert [(entry.progress.possible, entry.progress.settled) for entry in entries] == [
        (1, 0),
        (2, 1),
        (1, 0),
    ]
    assert entries[1].first == room.slot("goods")


def test_the_agenda_tells_how_each_part_stands() -> None:
    room = Room(bakery())

    def status() -> dict[str, str]:
        return {line.title: line.status for line in agenda(room.plan)}

    assert set(status().values()) == {"untouched"}
    room.say("organisation.name", "Korenaar")
    assert status()["About"] == "begun"
    room = baked()
    assert status()["About"] == status()["Operations"] == status()["Choosing"] == "settled"
    assert status()["Ending"] == "untouched"
    room.say("organisation.year", 2031)
    assert status()["About"] == "check_again"
    room.do(RemoveItem(room.item("CM1")))
    assert (status()["Customers"], status()["Operations"]) == ("check_again", "settled")


def test_a_line_of_the_agenda_leads_to_what_is_wanted_there() -> None:
    room = baked()
    first = {line.title: line.first for line in agenda(room.plan)}
    assert first["Shop"] == room.slot("goods")
    room.do(Reopen(room.slot("goods[P2]/goods.value")))
    first = {line.title: line.first for line in agenda(room.plan)}
    assert first["Shop"] == room.slot("goods[P2]/goods.value")


def test_the_minutes_of_a_part_are_those_between_its_answers_without_the_breaks() -> None:
    room = Room(bakery())
    room.say("organisation.name", "Korenaar")
    room.clock.now += timedelta(minutes=4, seconds=-20)
    room.say("organisation.year", 2030)
    room.clock.now += timedelta(days=3)
    room.add("goods", name="Rye")
    spent = {line.title: line.minutes_elapsed for line in agenda(room.plan)}
    assert spent["About"] == 4 + 1 / 3
    assert spent["Shop"] == 15
    assert {line.title: line.minutes_planned for line in agenda(room.plan)}["About"] == 10


def test_minutes_since_a_question_was_shown_count_whole_and_what_lies_before_for_nobody() -> None:
    room = Room(bakery())
    name, year = room.slot("organisation.name"), room.slot("organisation.year")
    goods = room.slot("goods")

    def answered(command: Command, *, talked: timedelta, pause: timedelta = timedelta()) -> None:
        """After a pause a question is shown; it is answered when it was talked over."""
        room.clock.now += pause
        shown = room.clock.now
        room.clock.now += talked - room.clock.step
        room.happen(*room.decide(command).events, shown=shown)

    def spent() -> dict[str, float]:
        return {line.title: line.minutes_elapsed for line in agenda(room.plan)}

    answered(Accept(name, "Korenaar"), talked=timedelta(minutes=2))
    answered(Accept(year, 2030), talked=timedelta(minutes=38), pause=timedelta(minutes=25))
    assert (spent()["About"], spent()["Shop"]) == (40, 0)
    # Reopened eleven days later, with the coffee of that day between two questions.
    answered(AddItem(goods), talked=timedelta(minutes=6), pause=timedelta(days=11))
    answered(CloseList(goods), talked=timedelta(minutes=3), pause=timedelta(minutes=20))
    assert (spent()["About"], spent()["Shop"]) == (40, 9)
    # Undoing takes the answer back and not the time.
    room.do(Undo())
    assert (spent()["About"], spent()["Shop"]) == (40, 9)
    # Who does not say when it was shown is charged the gap, up to a quarter of an hour.
    room.clock.now += timedelta(hours=1)
    room.say("organisation.ambition", "Bread at every door")
    assert (spent()["About"], spent()["Shop"]) == (55, 9)
    assert room.plan.state == fold(room.actions)


def test_a_question_that_was_shown_after_its_answer_takes_no_minutes_away() -> None:
    room = Room(bakery())
    late = room.clock.now + timedelta(hours=1)
    room.happen(SlotAnswered(room.slot("organisation.name"), "Korenaar"), shown=late)
    assert room.at("organisation.name").value == "Korenaar"
    assert all(line.minutes_elapsed == 0 for line in agenda(room.plan))


def test_a_clock_that_runs_back_takes_no_minutes_away() -> None:
    room = Room(bakery())
    room.say("organisation.name", "Korenaar")
    room.clock.now -= timedelta(days=400)
    room.say("organisation.year", 2030)
    assert all(line.minutes_elapsed >= 0 for line in agenda(room.plan))


def test_a_session_goes_on_after_the_last_thing_said() -> None:
    room = Room(bakery())
    assert resume_slot(room.plan) == room.slot("organisation.name")
    room.say("organisation.year", 2030)
    assert resume_slot(room.plan) == room.slot("organisation.ambition")
    room.add("goods", name="Rye")
    assert resume_slot(room.plan) == room.slot("goods[P1]/goods.value")


@pytest.mark.parametrize("source", ["taken", "edit", "filled"])
def test_what_was_said_elsewhere_moves_nobody_and_takes_no_time(source: Source) -> None:
    room = Room(bakery())
    room.say("organisation.name", "Korenaar")
    here = resume_slot(room.plan)
    elsewhere, typed = (room.decide(Accept(room.slot("organisation.ambition"), "Bread")) for _ in range(2))
    before = room.plan.state.spent
    room.happen(*elsewhere.events, source=source)
    assert (resume_slot(room.plan), room.plan.state.spent) == (here, before)
    room.happen(*typed.events)  # the same, typed in the talk
    assert resume_slot(room.plan) != here
    assert room.plan.state.spent != before


def test_a_session_goes_on_where_there_is_something_even_if_the_last_answer_is_gone() -> None:
    room = Room(bakery())
    room.happen(SlotAnswered(Slot(room.slot("goods").step, ()), "not a list answer"))
    room.happen(SlotAnswered(room.slot("goods[x]/goods.name"), "nobody"))
    assert resume_slot(room.plan) is not None
