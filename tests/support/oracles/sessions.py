"""Sessions made by hand in which something happens that chance seldom brings about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bsc_coach.interview.facts.agenda import AskInFull, PlanAgenda, Replan, TakeTime
from bsc_coach.interview.facts.answers import Confirm, Decline, Park, Reopen, SlotAnswered, StillRight
from bsc_coach.interview.facts.lists import CloseList, MoveItem, RemoveItem, RestoreItem
from bsc_coach.interview.facts.log import TAKEN, Action
from bsc_coach.interview.facts.provenance import TookOver, as_told_today
from bsc_coach.interview.facts.session import Redo, Undo
from bsc_coach.interview.fold import fold
from bsc_coach.interview.planner import make_plan
from tests.support.room import Room, baked
from tests.support.scripts import script_of

DEPTHS = """
[script]
id = "depths"
version = 1
title = "Depths"
languages = ["en"]

[[step]]
id = "wishes"
kind = "collect"
ask = "What do you hope for?"
more = "What else?"
prefix = "H"
label = ["wishes.text"]
enough = 1
count = { max = 3 }

[[step]]
id = "wishes.text"
in = "wishes"
kind = "text"
ask = "What?"
limit = { max_chars = 10 }

[[step]]
id = "fears"
kind = "collect"
ask = "What do you fear?"
more = "What else?"
prefix = "F"
label = ["fears.text"]
depth = "full"
late = "homework"
when = { count = "wishes", at_least = 1 }

[[step]]
id = "fears.text"
in = "fears"
kind = "text"
ask = "What?"

[[step]]
id = "best"
kind = "pick"
ask = "Which of them?"
from = ["wishes", { list = "fears", each_when = { answered = "fears.text" } }]
count = { min = 1, max = 2 }
optional = true

[[step]]
id = "again"
kind = "for_each"
title = "Again"
over = [{ list = "wishes", each_when = { item_in = "best" } }, "wishes", { list = "fears", depth = "full" }]

[[step]]
id = "again.why"
in = "again"
kind = "text"
ask = "Why?"
basis = ["best", "wishes"]

[[step]]
id = "again.first"
in = "again"
kind = "pick"
ask = "What comes before it?"
from = ["wishes"]
optional = true

[[step]]
id = "end"
kind = "confirm"
ask = "Is this it?"
"""


def _declined_list() -> Room:
    room = baked()
    room.do(Decline(room.slot("clusters[customer]/candidates"), "we have none"))
    return room


def _put_off_and_opened() -> Room:
    room = baked()
    room.do(Park(room.slot("clusters[operations]/candidates"), "later", "Ann", "2028"))
    room.do(Park(room.slot("organisation.kind"), "later"), Reopen(room.slot("goods")))
    room.do(Decline(room.slot("organisation.year"), "none"))
    return room


def _moved_and_removed() -> Room:
    room = baked()
    room.do(MoveItem(room.item("P2"), 0), RemoveItem(room.item("O2")))
    return room


def _twice_the_same() -> Room:
    room = baked()
    room.do(RemoveItem(room.item("P1")))
    room.add("goods", name="rye")
    room.do(RestoreItem(room.item("P1")))
    return room


def _a_title_twice() -> Room:
    room = baked()
    around = "clusters[operations]/candidates"
    room.say("clusters[operations]/vital", ["O1", "O2"])
    room.do(RemoveItem(room.item("O2")))
    room.say(f"{around}[O1]/objective.title", "Halve the bread thrown away")
    room.do(RestoreItem(room.item("O2")))
    return room


def _undone() -> Room:
    room = baked()
    room.add("goods", name="Tart")
    room.do(Undo(), Undo(), Redo(), Undo())
    return room


def _another_name() -> Room:
    room = baked()
    room.say("clusters[operations]/candidates[O2]/candidates.title", "Throw nothing away")
    return room


def _looked_back(*then: Callable[[Room], None]) -> Callable[[], Room]:
    def made() -> Room:
        room = baked()
        room.say("organisation.ambition", "Bread at each door", same=True)
        room.do(Confirm(room.slot("ending.confirm")))
        for change in then:
            change(room)
        return room

    return made


def _affirmed(room: Room) -> None:
    room.do(StillRight(room.slot("organisation.ambition")))


def _reworded(room: Room) -> None:
    room.say("organisation.ambition", "Bread on each doorstep", same=True)


def _meant_otherwise(room: Room) -> None:
    room.say("organisation.ambition", "A shop in each town")


def _worded_back(room: Room) -> None:
    room.say("organisation.ambition", "Bread at each door", same=True)


def _out_of_bounds() -> Room:
    """Answers that a program or an older script gave, and that no limit lets through."""
    room = baked()
    room.happen(SlotAnswered(room.slot("organisation.year"), 1850))
    room.happen(SlotAnswered(room.slot("organisation.name"), "x" * 41))
    room.happen(SlotAnswered(room.slot("organisation.kind"), "charity"))
    room.happen(SlotAnswered(room.slot("clusters[customer]/vital"), (room.item("O1"),)))
    return room


def _time_taken() -> Room:
    """A break in the middle of a question, one before it, and time that nobody measured."""
    room = Room(script_of(DEPTHS))
    room.add("wishes", text="Rest")
    room.do(TakeTime("break", room.clock()))
    shown = room.clock()
    room.do(TakeTime("talk", room.clock(), "the weather"))
    room.happen(SlotAnswered(room.slot("wishes[H1]/wishes.text"), "Sun"), shown=shown)
    room.clock.now += timedelta(hours=2)
    room.say("wishes[H1]/wishes.text", "Sleep")
    return room


def _asked_in_full() -> Room:
    room = _wished()
    room.do(AskInFull("again"), Replan("cut", {"best": "sitting"}, short=True))
    return room


def _wished() -> Room:
    room = Room(script_of(DEPTHS))
    room.do(PlanAgenda("half_day"))
    room.add("wishes", text="Rest")
    room.add("wishes", text="Sun")
    room.say("best", ["H2"])
    room.say("wishes[H1]/again.why", "We are tired")
    room.do(RemoveItem(room.item("H2")))
    return room


def _one_of_the_same_list() -> Room:
    """Inside an item another of its list is picked, and then the item itself by a program with a fault."""
    room = Room(script_of(DEPTHS))
    room.add("wishes", text="Rest")
    room.add("wishes", text="Sun")
    room.do(CloseList(room.slot("wishes")))
    room.say("wishes[H1]/again.first", ["H2"])
    room.happen(SlotAnswered(room.slot("wishes[H2]/again.first"), (room.item("H2"),)))
    return room


def _taken_over() -> Room:
    """Last year's answers in one action; some of them are confirmed, changed or put off since."""
    room = baked()
    events = [event for action in room.actions for event in action.do]
    took = TookOver("2025.toml", "d1", "2025-11-18")
    room.actions = [Action(1, room.clock(), "ann", (took, *events), source=TAKEN)]
    room.plan = make_plan(room.script, fold(room.actions))
    room.do(StillRight(room.slot("slogan")), CloseList(room.slot("goods")))
    room.say("organisation.year", 2031)
    room.do(Park(room.slot("organisation.values"), "later"))
    return room


def _of_the_first_version() -> Room:
    """A journal that says "file" both of what it began with and of what was changed by hand."""
    room = baked()
    began, later = room.actions[:8], room.actions[8:]
    first = Action(
        1, began[0].at, "ann", tuple(event for action in began for event in action.do), source="file"
    )
    room.actions = as_told_today([first, *(replace(one, source="file") for one in later)])
    room.plan = make_plan(room.script, fold(room.actions))
    return room


SESSIONS: dict[str, Callable[[], Room]] = {
    "a list that does not apply": _declined_list,
    "put off, opened again": _put_off_and_opened,
    "moved and removed": _moved_and_removed,
    "twice the same": _twice_the_same,
    "a title twice": _a_title_twice,
    "undone": _undone,
    "another name": _another_name,
    "looked back and affirmed": _looked_back(_affirmed),
    "looked back, reworded and affirmed": _looked_back(_reworded, _affirmed, _reworded),
    "looked back, and meant otherwise": _looked_back(_meant_otherwise),
    "looked back, meant otherwise, and worded as it was": _looked_back(_meant_otherwise, _worded_back),
    "looked back, meant otherwise, worded as it was, and worded otherwise": _looked_back(
        _meant_otherwise, _worded_back, _reworded
    ),
    "out of bounds": _out_of_bounds,
    "time taken": _time_taken,
    "short of time": _wished,
    "asked in full": _asked_in_full,
    "one of the same list": _one_of_the_same_list,
    "taken over": _taken_over,
    "of the first version": _of_the_first_version,
}
