"""Where every slot stands: whether it applies, whether it is fresh, whether it still fits."""

from __future__ import annotations

import pytest

from bsc_coach.digest import digest_of
from bsc_coach.interview.facts.answers import Accept, Confirm, Decline, Park, Reopen, SlotAnswered, StillRight
from bsc_coach.interview.facts.family import Command
from bsc_coach.interview.facts.lists import MoveItem, RemoveItem, RestoreItem
from bsc_coach.interview.facts.log import JsonValue
from bsc_coach.interview.facts.session import Undo
from bsc_coach.interview.plan import Plan
from bsc_coach.script.model import Script
from bsc_coach.script.slots import StepId
from tests.support.room import Room, baked
from tests.support.scripts import BAKERY, bakery, head, script_of

O1 = "clusters[operations]/candidates[O1]"
O2 = "clusters[operations]/candidates[O2]"
CONFIRM = "ending.confirm"


def stale(room: Room) -> dict[str, list[str]]:
    """Return what is stale and because of which steps."""
    return {
        str(status.slot.step): [str(slot.step) for slot in status.stale_because]
        for status in room.plan.statuses.values()
        if status.stale
    }


def test_the_slots_come_in_file_order_with_lists_expanded_in_item_order() -> None:
    room = Room(bakery())
    first, second = room.add("goods", name="Rye"), room.add("goods", name="Cake")
    steps = [slot.step for slot in room.plan.order[:10]]
    assert steps == [
        "organisation.name", "organisation.kind", "organisation.year", "organisation.ambition",
        "organisation.values", "slogan", "motto", "opened", "goods", "goods.name",
    ]  # fmt: skip
    assert [slot.item for slot in room.plan.order if slot.step == "goods.name"] == [first, second]
    room.do(MoveItem(second, 0))
    assert [slot.item for slot in room.plan.order if slot.step == "goods.name"] == [second, first]


def test_a_list_comes_before_what_is_inside_it() -> None:
    room = baked()
    order = room.plan.order
    for slot in order:
        for depth, (list_id, _) in enumerate(slot.frame):
            around = next((s for s in order if s.step == list_id and s.frame == slot.frame[:depth]), None)
            assert around is None or order.index(around) < order.index(slot)
    assert order.index(room.slot("goods")) < order.index(room.slot("goods[P1]/goods.name"))


def test_a_question_is_pending_until_its_condition_is_known() -> None:
    room = Room(bakery())
    assert room.at("opened").relevance == "pending"
    room.say("organisation.kind", "business")
    assert room.at("opened").relevance == "active"
    room.say("organisation.kind", "public")
    assert room.at("opened").relevance == "dormant"
    room.do(Park(room.slot("organisation.kind")))
    assert room.at("opened").relevance == "pending"


def test_an_answer_that_falls_away_is_kept_and_comes_back() -> None:
    room = baked()
    room.say("organisation.kind", "public")
    assert (room.at("opened").relevance, room.at("opened").value) == ("dormant", "1998-05")
    assert room.plan.answer(room.slot("opened")) is None
    room.say("organisation.kind", "business")
    assert (room.at("opened").relevance, room.at("opened").value) == ("active", "1998-05")


def test_all_inside_a_container_shares_its_fate() -> None:
    told = (
        head('id = "kind"\nkind = "choice"\nask = "?"\nchoices = [{id="a",text="A"},{id="b",text="B"}]')
        + '\n[[step]]\nid = "more"\nkind = "section"\ntitle = "More"\nwhen = { answer = "kind", is = "a" }\n'
        + '\n[[step]]\nid = "name"\nin = "more"\nkind = "text"\nask = "?"\n'
        + '\n[[step]]\nid = "part"\nin = "more"\nkind = "text"\nask = "?"\nwhen = { answered = "name" }\n'
    )
    room = Room(script_of(told))
    assert (room.at("name").relevance, room.at("part").relevance) == ("pending", "pending")
    room.say("kind", "a")
    room.say("name", "x")
    assert (room.at("name").relevance, room.at("part").relevance) == ("active", "active")
    room.say("kind", "b")
    assert (room.at("name").relevance, room.at("part").relevance) == ("dormant", "dormant")


def test_an_answer_is_stale_with_its_reason_and_heals_when_the_old_value_is_back() -> None:
    room = baked()
    assert stale(room) == {}
    room.say("organisation.year", 2031)
    assert stale(room) == {"organisation.ambition": ["organisation.year"]}
    room.say("organisation.year", 2030)
    assert stale(room) == {}


def test_staleness_does_not_run_on_to_what_did_not_change() -> None:
    room = baked()
    room.say("organisation.year", 2031)
    assert "slogan" not in stale(room)
    room.say("organisation.ambition", "Bread at every second door")
    assert stale(room) == {"slogan": ["organisation.ambition"]}


def test_a_basis_that_was_open_and_is_answered_counts_as_changed() -> None:
    room = Room(bakery())
    room.say("organisation.ambition", "Bread at every door")
    assert stale(room) == {}
    room.say("organisation.year", 2030)
    assert stale(room) == {"organisation.ambition": ["organisation.year"]}
    room.do(Undo())
    assert stale(room) == {}


@pytest.mark.parametrize("how", ["park", "decline", "reopen"])
def test_a_basis_that_is_taken_back_counts_as_changed(how: str) -> None:
    room = baked()
    slot = room.slot("organisation.year")
    ways: dict[str, Command] = {"park": Park(slot), "decline": Decline(slot, "no"), "reopen": Reopen(slot)}
    room.do(ways[how])
    assert stale(room) == {"organisation.ambition": ["organisation.year"]}


def test_declining_a_basis_that_was_never_answered_says_something_new() -> None:
    room = baked()
    room.do(Reopen(room.slot("organisation.year")))
    room.say("organisation.ambition", "Bread at every door, whenever")
    room.do(Decline(room.slot("organisation.year"), "we do not plan by years"))
    assert stale(room) == {
        "organisation.ambition": ["organisation.year"],
        "slogan": ["organisation.ambition"],
    }


def test_parking_a_basis_that_was_never_answered_changes_nothing() -> None:
    room = Room(bakery())
    room.say("organisation.ambition", "Bread at every door")
    room.do(Park(room.slot("organisation.year")))
    assert stale(room) == {}


def test_what_to_do_with_a_stale_answer_is_said_by_the_script() -> None:
    room = baked()
    room.say("organisation.year", 2031)
    flagged = room.at("organisation.ambition")
    assert flagged.stale
    assert not flagged.needs_asking
    assert flagged.settled
    assert not room.at("motto").stale
    room.say("organisation.ambition", "Bread at every second door")
    asked = room.at("slogan")
    assert asked.stale
    assert asked.needs_asking


def test_still_right_makes_an_answer_fresh_under_what_holds_now() -> None:
    room = baked()
    room.say("organisation.year", 2031)
    room.do(StillRight(room.slot("organisation.ambition")))
    assert stale(room) == {}
    assert room.at("organisation.ambition").value == "Bread at every door"
    room.say("organisation.year", 2030)
    assert stale(room) == {"organisation.ambition": ["organisation.year"]}


def test_still_right_keeps_what_a_reworded_answer_means() -> None:
    room = baked()
    room.say("organisation.ambition", "Bread at every door, warm", same=True)
    room.say("organisation.year", 2031)
    room.do(StillRight(room.slot("organisation.ambition")))
    assert stale(room) == {}  # the slogan, given under the ambition, means what it meant


def test_still_right_opens_no_look_back_that_was_confirmed_over_the_same_words() -> None:
    room = baked()
    ambition, ready = room.slot("organisation.ambition"), room.slot("ending.confirm")
    room.say("organisation.ambition", "Bread at every door, warm", same=True)
    room.do(Confirm(ready))
    room.do(StillRight(ambition))
    assert room.at("ending.confirm").settled
    room.say("organisation.ambition", "Warm bread at every door", same=True)
    assert room.at("ending.confirm").settled
    room.say("organisation.ambition", "Cake for those who can pay")  # the control
    assert not room.at("ending.confirm").settled


def test_of_two_answers_that_say_the_same_the_later_in_the_list_is_asked_again() -> None:
    def refused(room: Room, *paths: str) -> list[list[str]]:
        return [[refusal.key for refusal in room.at(path).refusals] for path in paths]

    room = baked()
    room.do(RemoveItem(room.item("P1")))
    room.add("goods", name="rye")
    room.do(RestoreItem(room.item("P1")))  # it stands first, where it stood
    assert refused(room, "goods[P1]/goods.name", "goods[P3]/goods.name") == [[], ["already_there"]]

    # So it is in a later pass over a list, which has all of the items at hand.
    around = "clusters[operations]/candidates"
    room.say("clusters[operations]/vital", ["O1", "O2"])
    room.do(RemoveItem(room.item("O2")))
    room.say(f"{around}[O1]/objective.title", "Halve the bread thrown away")
    room.do(RestoreItem(room.item("O2")))
    titles = (f"{around}[O1]/objective.title", f"{around}[O2]/objective.title")
    assert refused(room, *titles) == [[], ["already_there"]]


def test_only_another_wording_makes_nothing_stale() -> None:
    room = baked()
    room.say("organisation.ambition", "Bread at every door, warm", same=True)
    assert stale(room) == {}
    room.say("organisation.ambition", "Bread at every door, warm and early", same=True)
    assert stale(room) == {}
    room.say("organisation.ambition", "Cake for those who can pay")
    assert stale(room) == {"slogan": ["organisation.ambition"]}


def test_rewording_after_a_change_of_meaning_does_not_hide_the_change() -> None:
    room = baked()
    room.say("organisation.ambition", "Cake for those who can pay")
    room.say("organisation.ambition", "Cake for whoever can pay", same=True)
    assert stale(room) == {"slogan": ["organisation.ambition"]}


def test_a_question_that_means_something_else_since_marks_its_answer() -> None:
    room = Room(bakery())
    room.say("organisation.name", "Korenaar")
    raised = script_of(BAKERY.replace('id = "organisation.name"', 'id = "organisation.name"\nrev = 2'))
    later = Room(raised)
    later.happen(*(event for action in room.actions for event in action.do))
    assert later.at("organisation.name").reworded
    assert later.at("organisation.name").stale
    later.do(StillRight(later.slot("organisation.name")))
    assert not later.at("organisation.name").stale


def test_a_removed_item_breaks_a_pick_which_is_asked_again_and_not_shortened() -> None:
    room = baked()
    room.say("clusters[operations]/vital", ["O1", "O2"])
    picked = room.at("clusters[operations]/vital").value
    room.do(RemoveItem(room.item("O1")))
    broken = room.at("clusters[operations]/vital")
    assert [(refusal.key, refusal.values["n"]) for refusal in broken.refusals] == [("item_gone", 1)]
    assert broken.value == picked
    assert broken.needs_asking
    room.do(RestoreItem(room.item("O1")))
    assert room.at("clusters[operations]/vital").refusals == ()


def test_every_picked_item_that_is_gone_is_counted() -> None:
    room = baked()
    room.add("clusters[operations]/candidates", title="Buy flour by the ship")
    room.say("clusters[operations]/vital", ["O1", "O2"])
    room.do(RemoveItem(room.item("O1")), RemoveItem(room.item("O2")))
    broken = room.at("clusters[operations]/vital")
    assert [(refusal.key, refusal.values["n"]) for refusal in broken.refusals] == [("item_gone", 2)]


def test_a_pick_of_fewer_than_a_newer_script_wants_is_asked_again() -> None:
    room = baked()
    later = Room(script_of(BAKERY.replace("count = { min = 1, max = 2 }", "count = { min = 2, max = 2 }")))
    later.happen(*(event for action in room.actions for event in action.do))
    broken = later.at("clusters[operations]/vital")
    assert [(refusal.key, refusal.values) for refusal in broken.refusals] == [
        ("too_few", {"n": 2, "have": 1})
    ]


def test_what_was_said_inside_an_item_sleeps_while_it_is_removed() -> None:
    room = baked()
    kpi = f"{O2}/kpis[O2.1]/kpis.name"
    room.do(RemoveItem(room.item("O2")))
    inside = [s for s in room.plan.statuses.values() if room.item("O2") in dict(s.slot.frame).values()]
    assert {status.relevance for status in inside} == {"dormant"}
    assert room.at(f"{O2}/candidates.title").value == "Halve the waste"
    room.do(RestoreItem(room.item("O2")))
    assert (room.at(kpi).relevance, room.at(kpi).value) == ("active", "Measure of O2")


def test_unpicking_puts_the_later_pass_to_sleep_and_picking_again_wakes_it() -> None:
    room = baked()
    title = f"{O2}/objective.title"
    room.say("clusters[operations]/vital", ["O1"])
    assert (room.at(title).relevance, room.at(title).value) == ("dormant", "Halve the bread thrown away")
    assert room.at(f"{O1}/objective.title").relevance == "active"
    room.say("clusters[operations]/vital", ["O2"])
    assert room.at(title).relevance == "active"


def test_a_hard_limit_that_is_broken_later_makes_an_answer_invalid_and_not_lost() -> None:
    room = baked()
    room.do(RemoveItem(room.item("O1")))
    room.add("clusters[operations]/candidates", title="Shorten the night shift")
    room.do(RestoreItem(room.item("O1")))
    doubled = room.at("clusters[operations]/candidates[O3]/candidates.title")
    assert [refusal.key for refusal in doubled.refusals] == ["already_there"]
    assert doubled.value == "Shorten the night shift"
    assert doubled.needs_asking
    room.say(f"{O1}/candidates.title", "Shorten the night")
    assert room.at("clusters[operations]/candidates[O3]/candidates.title").refusals == ()


def test_a_choice_that_is_not_offered_any_more_is_invalid() -> None:
    told = head(
        'id = "kind"\nkind = "choice"\nask = "?"\nchoices = [{id="a",text="A"},{id="b",text="B"}]',
        'id = "part"\nkind = "choice"\nask = "?"\nchoices = [{id="x",text="X",when={answer="kind",is="a"}},'
        '{id="y",text="Y"}]',
    )
    room = Room(script_of(told))
    room.say("kind", "a")
    room.say("part", "x")
    room.say("kind", "b")
    assert [refusal.key for refusal in room.at("part").refusals] == ["choice_gone"]
    assert room.at("part").value == "x"


def test_a_finished_list_that_holds_too_few_now_is_asked_again() -> None:
    room = baked()
    room.do(RemoveItem(room.item("CM1")))
    short = room.at("clusters[customer]/candidates")
    assert [refusal.key for refusal in short.refusals] == ["too_few"]
    assert short.needs_asking


def test_a_list_left_empty_on_purpose_is_settled() -> None:
    room = Room(bakery())
    room.close("clusters[customer]/candidates", "The shop has one customer")
    left = room.at("clusters[customer]/candidates")
    assert left.settled
    assert left.refusals == ()
    assert room.at("clusters[customer]/vital").relevance == "dormant"


def test_a_confirmation_holds_until_something_it_is_about_changes() -> None:
    room = baked()
    room.do(Confirm(room.slot(CONFIRM)))
    assert room.at(CONFIRM).answer_state == "answered"
    room.say("slogan", "Warm still")
    assert room.at(CONFIRM).answer_state == "open"
    assert room.at(CONFIRM).needs_asking
    room.do(Undo())
    assert room.at(CONFIRM).answer_state == "answered"


def test_what_was_confirmed_may_be_worded_better_and_stays_confirmed() -> None:
    room = baked()
    room.say("slogan", "Still wram")
    room.say("slogan", "Still  warm", same=True)  # before the confirmation: it counts as it stands there
    room.do(Confirm(room.slot(CONFIRM)))
    room.say("slogan", "Still warm", same=True)
    room.say("slogan", "Still warm.", same=True)
    assert room.at(CONFIRM).answer_state == "answered"
    room.say("slogan", "Cold at last")
    assert room.at(CONFIRM).answer_state == "open"
    room.say("slogan", "Still  warm", same=True)  # the words that were confirmed, and now they mean the other
    room.say("slogan", "Cold at last.", same=True)
    assert room.at(CONFIRM).answer_state == "open"
    room.do(Undo(), Undo(), Undo())
    assert room.at(CONFIRM).answer_state == "answered"


@pytest.mark.parametrize("what", ["add", "remove", "move", "park", "fall away"])
def test_whatever_changes_in_scope_unconfirms(what: str) -> None:
    room = baked()
    room.do(Confirm(room.slot(CONFIRM)))
    match what:
        case "add":
            room.add("goods", name="Buns")
        case "remove":
            room.do(RemoveItem(room.item("P2")))
        case "move":
            room.do(MoveItem(room.item("P2"), 0))
        case "park":
            room.do(Park(room.slot("slogan")))
        case _:
            room.say("organisation.kind", "public")
    assert room.at(CONFIRM).answer_state == "open"


def test_a_change_outside_its_sections_leaves_a_confirmation_alone() -> None:
    room = baked(script_of(BAKERY.replace('of = ["about", "shop", ', "of = [")))
    room.do(Confirm(room.slot(CONFIRM)))
    room.say("slogan", "Warm still")
    assert room.at(CONFIRM).answer_state == "answered"


def test_a_confirmation_names_what_is_open_in_the_event() -> None:
    room = baked()
    room.do(Park(room.slot("slogan")), Reopen(room.slot("organisation.name")))
    room.say("organisation.year", 2031)
    room.do(Confirm(room.slot(CONFIRM)))
    fact = room.at(CONFIRM).fact
    assert fact is not None
    assert fact.open_points == ("organisation.name", "organisation.ambition", "slogan")


def test_the_plan_of_a_script_without_any_answers_is_all_open() -> None:
    room = Room(bakery())
    assert {status.answer_state for status in room.plan.statuses.values()} == {"open"}
    assert room.plan.retired() == ()


def test_an_item_is_called_by_its_first_answered_label_else_by_its_short_id() -> None:
    room = baked()
    item = room.add("clusters[operations]/candidates")
    frame = room.plan.state.frames[item]
    assert room.plan.label(frame) == "O3"
    room.say("clusters[operations]/candidates[O3]/candidates.title", "Bake less on Monday")
    assert room.plan.label(frame) == "Bake less on Monday"
    assert room.plan.label(room.plan.state.frames[room.item("O2")]) == "Halve the bread thrown away"
    room.say("clusters[operations]/vital", ["O1"])
    assert room.plan.label(room.plan.state.frames[room.item("O2")]) == "Halve the waste"


def test_what_stands_in_one_part_can_be_gone_through() -> None:
    plan: Plan = baked().plan
    script: Script = plan.script
    found = [status.slot.step for status in plan.within(StepId("shop"))]
    assert found[0] == "goods"
    assert {script.section_of(step) for step in found} == {"shop"}


LISTED = """
[script]
id = "listed"
version = 1
title = "Listed"
languages = ["en"]

[[step]]
id = "part"
kind = "section"
title = "Part"

[[step]]
id = "teams"
in = "part"
kind = "collect"
ask = "Who?"
more = "Who else?"
prefix = "T"
label = ["teams.name"]

[[step]]
id = "teams.name"
in = "teams"
kind = "text"
ask = "Name?"

[[step]]
id = "teams.size"
in = "teams"
kind = "number"
ask = "How many?"

[[step]]
id = "best"
in = "part"
kind = "pick"
ask = "Which is the best?"
from = ["teams"]
count = { min = 1, max = 1 }

[[step]]
id = "because"
in = "part"
kind = "text"
ask = "Why that one?"
basis = ["best"]

[[step]]
id = "all"
in = "part"
kind = "text"
ask = "What have they in common?"
basis = ["teams"]

[[step]]
id = "total"
in = "part"
kind = "number"
ask = "How many in all?"
basis = ["teams.size"]
"""


@pytest.fixture
def listed() -> Room:
    """Two teams, one of them the best, and what rests on it: a reason, what both have, how many there are."""
    room = Room(script_of(LISTED))
    for name, size in (("Red", 3), ("Blue", 4)):
        room.add("teams", name=name, size=size)
    room.say("best", ["T1"])
    room.say("because", "it never gives up")
    room.say("all", "a colour")
    room.say("total", 7)
    assert stale(room) == {}
    return room


@pytest.mark.parametrize(
    ("path", "value", "doubtful"),
    [
        ("teams[T1]/teams.name", "Green", {"because": ["best"], "all": ["teams"]}),
        ("teams[T2]/teams.name", "Green", {"all": ["teams"]}),
        ("teams[T2]/teams.size", 5, {"total": ["teams.size"]}),
        ("best", ["T2"], {"because": ["best"]}),
    ],
)
def test_what_rests_on_an_item_is_doubtful_once_the_item_is_called_otherwise(
    listed: Room, path: str, value: JsonValue, doubtful: dict[str, list[str]]
) -> None:
    listed.say(path, value)
    assert stale(listed) == doubtful
    listed.do(Undo())
    assert stale(listed) == {}


def test_a_mere_rewording_of_an_item_leaves_what_rests_on_it(listed: Room) -> None:
    listed.do(Accept(listed.slot("teams[T1]/teams.name"), "The Red", same=True))
    assert stale(listed) == {}


def test_an_item_that_is_taken_off_makes_what_rests_on_the_list_doubtful(listed: Room) -> None:
    listed.do(RemoveItem(listed.item("T2")))
    assert stale(listed) == {"all": ["teams"], "total": ["teams.size"]}


def test_what_an_older_journal_says_of_a_list_still_holds(listed: Room) -> None:
    """It told the items alone: as long as they are the same, nothing is doubtful."""
    slot = listed.slot("all")
    ids = listed.plan.state.list_at(listed.slot("teams")).live
    listed.happen(SlotAnswered(slot, "a colour", basis={"teams": digest_of(ids)}))
    assert stale(listed) == {}
    listed.do(RemoveItem(listed.item("T2")))
    assert "all" in stale(listed)


def test_what_was_not_looked_at_when_it_was_answered_makes_nothing_doubtful(listed: Room) -> None:
    """An older version of the script asked without the basis; the control has it."""
    listed.happen(SlotAnswered(listed.slot("because"), "it never gives up"))
    listed.say("teams[T1]/teams.name", "Green")
    assert stale(listed) == {"all": ["teams"]}
