"""People answering a script through the engine alone: commands in, a plan out, nothing on any disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from bsc_coach.interview.consequences import Consequences, after, consequences
from bsc_coach.interview.decide import Stamp, Verdict, decide
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.family import Command
from bsc_coach.interview.facts.lists import AddItem, CloseList
from bsc_coach.interview.facts.log import Action, Event, JsonValue, Source
from bsc_coach.interview.fold import advance, fold
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.planner import make_plan
from bsc_coach.interview.state import State
from bsc_coach.script.model import Script
from bsc_coach.script.slots import ItemId, Slot, StepId, parse_slot
from tests.support.clock import Clock, item_ids
from tests.support.scripts import bakery


class Room:
    """People answering a script: commands in, plan out. Nothing is written anywhere.

    ``folding`` and ``deciding`` can be given broken ones, to see that a test would notice.
    """

    def __init__(
        self,
        script: Script,
        folding: Callable[[Iterable[Action]], State] = fold,
        deciding: Callable[[Plan, Command, Stamp], Verdict] = decide,
    ) -> None:
        self.script = script
        self.folding = folding
        self.deciding = deciding
        self.stamp = Stamp(item_ids())
        self.clock = Clock(seconds=20)
        self.actions: list[Action] = []
        self.plan = make_plan(script, folding(()))

    def decide(self, command: Command) -> Verdict:
        return self.deciding(self.plan, command, self.stamp)

    def attempt(self, command: Command) -> Verdict:
        """Do something if it is accepted."""
        decision = self.decide(command)
        if decision.events:
            self.happen(*decision.events)
        return decision

    def happen(self, *events: Event, shown: datetime | None = None, source: Source = "") -> None:
        """Let events happen as one action, decided or not."""
        number = self.actions[-1].number + 1 if self.actions else 1
        self.actions.append(Action(number, self.clock(), "ann", events, shown=shown, source=source))
        # As a session does: from the state and the plan before, unless a broken fold is on trial.
        going_on = self.folding is fold
        state = advance(self.plan.state, self.actions[-1]) if going_on else self.folding(self.actions)
        self.plan = make_plan(self.script, state, self.plan)

    def do(self, *commands: Command) -> None:
        """Do things that must be accepted."""
        for command in commands:
            decision = self.attempt(command)
            assert decision.events, (command, decision.refusals)

    def refusal(self, command: Command) -> str:
        """Return why something is refused; it leaves no trace."""
        before = (tuple(self.actions), self.plan.state)
        decision = self.attempt(command)
        assert not decision.events
        assert before == (tuple(self.actions), self.plan.state)
        return decision.refusals[0].key

    # Shorter ways to say it

    def slot(self, path: str) -> Slot:
        """Return the slot of a path in which items may stand by their short ids."""
        for short, item in sorted(((s, i) for i, s in self.plan.state.shorts.items()), reverse=True):
            path = path.replace(f"[{short}]", f"[{item}]")
        return parse_slot(path)

    def at(self, path: str) -> SlotStatus:
        """Return where the slot of a path stands."""
        return self.plan.statuses[self.slot(path)]

    def has(self, path: str) -> bool:
        return self.slot(path) in self.plan.statuses

    def say(self, path: str, value: JsonValue, same: bool = False) -> None:
        self.do(Accept(self.slot(path), value, same))

    def add(self, path: str, **answers: JsonValue) -> ItemId:
        """Add an item to a list; ``name`` stands for the step ``LIST.name``."""
        slot = self.slot(path)
        before = set(self.plan.state.shorts)
        self.do(AddItem(slot, {StepId(f"{slot.step}.{name}"): value for name, value in answers.items()}))
        (item,) = set(self.plan.state.shorts) - before
        return item

    def close(self, path: str, reason: str = "") -> None:
        self.do(CloseList(self.slot(path), reason))

    def item(self, short: str) -> ItemId:
        """Return the item with a short id."""
        found = self.plan.state.item_by_name(short)
        assert found is not None
        return found


def affected(plan: Plan, command: Command, stamp: Stamp) -> Consequences:
    """Return what a command would touch elsewhere, before it is accepted."""
    events = decide(plan, command, stamp).events
    return consequences(plan, after(plan, events)) if events else Consequences()


def baked(script: Script | None = None) -> Room:
    """Return the bakery with all of its questions answered but for the confirmation."""
    room = Room(script or bakery())
    room.say("organisation.name", "Korenaar")
    room.say("organisation.kind", "business")
    room.say("organisation.year", 2030)
    room.say("organisation.ambition", "Bread at every door")
    room.say("organisation.values", "Fresh only")
    room.say("slogan", "Still warm")
    room.say("motto", "Rise early")
    room.say("opened", "1998-05")
    room.add("goods", name="Rye", value="value")
    room.add("goods", name="Cake", value="needed")
    room.close("goods")
    room.add("clusters[operations]/candidates", title="Shorten the night shift")
    room.add("clusters[operations]/candidates", title="Halve the waste")
    room.close("clusters[operations]/candidates")
    room.add("clusters[customer]/candidates", title="Know regular customers")
    room.close("clusters[customer]/candidates")
    room.say("clusters[operations]/vital", ["O2"])
    room.say("clusters[customer]/vital", ["CM1"])
    for cluster, short, title in (
        ("operations", "O2", "Halve the bread thrown away"),
        ("customer", "CM1", "Know regulars by name"),
    ):
        around = f"clusters[{cluster}]/candidates[{short}]"
        room.say(f"{around}/objective.title", title)
        room.say(f"{around}/objective.effects", ["quality", "cost"])
        kpis = f"{around}/kpis"
        room.add(kpis, name=f"Measure of {short}", target=12.5, process="P1")
        room.close(kpis)
    return room
