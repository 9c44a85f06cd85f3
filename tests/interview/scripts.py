"""Small scripts that hold every construct, and a room in which they are answered without any disk."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta

from bsc_coach.interview.commands import Accept, AddItem, CloseList, Command
from bsc_coach.interview.decide import Consequences, Stamp, Verdict, after, consequences, decide
from bsc_coach.interview.events import Action, Event, JsonValue
from bsc_coach.interview.fold import advance, fold
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.planner import make_plan
from bsc_coach.interview.state import State
from bsc_coach.script.loader import ScriptSource
from bsc_coach.script.model import Script, ScriptFile, Translation
from bsc_coach.script.slots import ItemId, Slot, StepId, parse_slot

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

BAKERY = """
[script]
id = "bakery"
version = 1
title = "Bakery"
languages = ["en"]

[[step]]
id = "about"
kind = "section"
title = "About"
minutes = 10

[[step]]
id = "organisation.name"
in = "about"
kind = "text"
short = "Name"
ask = "Which bakery?"
field = "organisation.name"
limit = { max_chars = 40 }
stand_in = "the bakery"

[[step]]
id = "organisation.kind"
in = "about"
kind = "choice"
short = "Kind"
ask = "What is {{ organisation.name }} there for?"
field = "organisation.kind"
choices = [ { id = "business", text = "To earn a return" }, { id = "public", text = "To fulfil a mission" } ]

[[step]]
id = "organisation.year"
in = "about"
kind = "number"
short = "Year"
ask = "Which year do you look at?"
stand_in = "that year"
field = "organisation.horizon_year"
limit = { integer = true, min = 2000, max = 2100 }

[[step]]
id = "organisation.ambition"
in = "about"
kind = "long_text"
short = "Ambition"
ask = "What do you see in {{ organisation.year }}?"
field = "organisation.ambition"
basis = ["organisation.year"]
limit = { min_chars = 5, max_chars = 200 }

[[step]]
id = "organisation.values"
in = "about"
kind = "long_text"
short = "Values"
ask = "Which values?"
field = "organisation.values"
optional = true

[[step]]
id = "slogan"
in = "about"
kind = "text"
short = "Slogan"
ask = "Which slogan?"
basis = ["organisation.ambition"]
on_stale = "reask"

[[step]]
id = "motto"
in = "about"
kind = "text"
short = "Motto"
ask = "Which motto?"
basis = ["organisation.year"]
on_stale = "keep"
optional = true

[[step]]
id = "opened"
in = "about"
kind = "date"
short = "Opened"
ask = "When did you open?"
when = { answer = "organisation.kind", is = "business" }

[[step]]
id = "shop"
kind = "section"
title = "Shop"
minutes = 5

[[step]]
id = "goods"
in = "shop"
kind = "collect"
short = "Goods"
ask = "What do you make?"
more = "What else?"
field = "processes[]"
prefix = "P"
label = ["goods.name"]
count = { min = 1, max = 4 }
layout = "card"

[[step]]
id = "goods.name"
in = "goods"
kind = "text"
short = "Name"
ask = "What is it called?"
stand_in = "it"
field = "processes[].name"
limit = { min_chars = 2, max_chars = 40, unique_in = "goods" }

[[step]]
id = "goods.value"
in = "goods"
kind = "choice"
short = "Value"
ask = "Would they pay for {{ goods.name }}?"
field = "processes[].value_type"
choices = [
  { id = "value", text = "Yes" },
  { id = "needed", text = "No, but we must" },
  { id = "waste", text = "No" },
]

[[step]]
id = "goods.waste"
in = "goods"
kind = "text"
short = "Waste"
ask = "Why do you make it?"
field = "processes[].bottleneck"
when = { answer = "goods.value", is = "waste" }

[[step]]
id = "clusters"
kind = "fixed"
title = "Processes"
field = "clusters[]"
items = [
  { id = "operations", text = "Operations", prefix = "O" },
  { id = "customer", text = "Customers", prefix = "CM" },
]

[[step]]
id = "candidates"
in = "clusters"
kind = "collect"
short = "Candidates"
ask = "{{ clusters.label }}: what must go better?"
more = "What else in {{ clusters.label }}?"
field = "candidates[]"
parent = "cluster"
label = ["objective.title", "candidates.title"]
count = { min = 1, max = 3 }
empty_field = "clusters[].empty_because"

[[step]]
id = "candidates.title"
in = "candidates"
kind = "text"
short = "Title"
ask = "What must become better?"
field = "candidates[].title"
limit = { min_chars = 3, max_chars = 60, unique_in = "candidates" }
coach = "objective"

[[step]]
id = "choosing"
kind = "section"
title = "Choosing"

[[step]]
id = "choose"
in = "choosing"
kind = "for_each"
title = "The few"
over = ["clusters"]

[[step]]
id = "vital"
in = "choose"
kind = "pick"
short = "Vital few"
ask = "{{ clusters.label }}: which few?"
field = "candidates[].selected"
from = ["candidates"]
count = { min = 1, max = 2 }
when = { count = "candidates", at_least = 1 }

[[step]]
id = "wording"
kind = "section"
title = "Wording"

[[step]]
id = "few"
in = "wording"
kind = "for_each"
title = "Each of the few"
field = "objectives[]"
over = [ { list = "candidates", each_when = { item_in = "vital" } } ]

[[step]]
id = "objective.title"
in = "few"
kind = "text"
short = "Objective"
ask = "How do you word “{{ few.label }}”?"
field = "objectives[].title"
basis = ["candidates.title"]
on_stale = "reask"
limit = { min_chars = 3, max_chars = 60, unique_in = "candidates" }

[[step]]
id = "objective.effects"
in = "few"
kind = "several"
short = "Effects"
ask = "What will people notice?"
field = "objectives[].effects"
optional = true
choices = [
  { id = "quality", text = "Quality" },
  { id = "speed", text = "Speed" },
  { id = "cost", text = "Cost" },
]

[[step]]
id = "kpis"
in = "few"
kind = "collect"
short = "KPIs"
ask = "How will you see “{{ few.label }}”?"
more = "Another one for “{{ few.label }}”?"
field = "kpis[]"
parent = "measures"
label = ["kpis.name"]
count = { max = 2 }
layout = "card"

[[step]]
id = "kpis.name"
in = "kpis"
kind = "text"
short = "Name"
ask = "What do you measure?"
stand_in = "this measure"
field = "kpis[].name"

[[step]]
id = "kpis.target"
in = "kpis"
kind = "number"
short = "Target"
ask = "What should {{ kpis.name }} become?"
field = "kpis[].target"

[[step]]
id = "kpis.process"
in = "kpis"
kind = "pick"
short = "Process"
ask = "In which step of the work?"
field = "kpis[].process"
optional = true
from = ["goods"]
count = { min = 1, max = 1 }

[[step]]
id = "ending"
kind = "section"
title = "Ending"

[[step]]
id = "ending.confirm"
in = "ending"
kind = "confirm"
short = "Confirm"
ask = "Is this it?"
of = ["about", "shop", "clusters", "choosing", "wording"]
"""


def with_help(toml: str) -> str:
    """Return a script in which every question has the help that a script must have."""
    lines = toml.splitlines()
    return "\n".join(
        f'{line}\nhelp = "Say it in your own words."' if line.startswith("ask = ") else line for line in lines
    )


def script_of(toml: str, translations: dict[str, Translation] | None = None) -> Script:
    """Return the script that a TOML text tells."""
    told = ScriptFile.model_validate(tomllib.loads(with_help(toml)))
    return Script(told.script, told.step, told.migrate, translations or {})


def source_of(toml: str) -> ScriptSource:
    """Return a TOML text as the source of a script, for sessions on a disk."""
    return ScriptSource("script.toml", with_help(toml).encode())


def bakery() -> Script:
    """Return the small script with every construct."""
    return script_of(BAKERY)


def head(*steps: str) -> str:
    """Return a script of one section with ``steps`` in it, each without its ``[[step]]`` and ``in``."""
    top = (
        '[script]\nid = "small"\nversion = 1\ntitle = "Small"\nlanguages = ["en"]\n\n'
        '[[step]]\nid = "all"\nkind = "section"\ntitle = "All"\n'
    )
    return top + "".join(
        "\n[[step]]\n" + (step if "\nin = " in step else f'in = "all"\n{step.strip()}') + "\n"
        for step in steps
    )


def item_ids(prefix: str = "i") -> Iterator[ItemId]:
    """Yield item ids, the same ones each time."""
    number = 0
    while True:
        number += 1
        yield ItemId(f"{prefix}{number:04d}")


class Clock:
    """Twenty seconds later at each look."""

    def __init__(self, start: datetime = START) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=20)
        return self.now


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
        self.clock = Clock()
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

    def happen(self, *events: Event) -> None:
        """Let events happen as one action, decided or not."""
        number = self.actions[-1].number + 1 if self.actions else 1
        self.actions.append(Action(number, self.clock(), "ann", events))
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
