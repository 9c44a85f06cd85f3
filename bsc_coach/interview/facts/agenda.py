"""The agenda: how much time there is, at which depth it is asked, what is left out when late, and breaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import ClassVar, assert_never, cast, get_args

from bsc_coach import sizes
from bsc_coach.interview.facts.family import Command, Decider, Family
from bsc_coach.interview.facts.log import Action, Event
from bsc_coach.interview.presets import PRESETS, Preset, left_out_by, preset_for
from bsc_coach.interview.state import AgendaFact, Aside, Break, TimeApart
from bsc_coach.interview.state_builder import StateBuilder
from bsc_coach.interview.values import RefusedError
from bsc_coach.script.model import Fixed, Script
from bsc_coach.script.slots import StepId
from bsc_coach.text import clean, one_line

LONGEST_SLOT = 24 * 60
"""Minutes that one sitting may take at most, as a guard against slips."""
MOST_PEOPLE = 60
MOST_SITTINGS = 20
LONGEST_BREAK = 12
"""Characters of a break as the journal has it, at most."""

_YEARS = range(1970, 9000)
"""Of a moment that one can reckon with; near the ends of the calendar no minutes can be added."""

# Commands


@dataclass(frozen=True)
class PlanAgenda(Command):
    """Say how much time there is: a preset, and what is known of the slot; 0 and None are not known."""

    preset: str
    begin: datetime | None = None
    minutes: int = 0
    people: int = 0
    breaks: tuple[Break, ...] = ()
    as_before: bool = False
    """Whether what is asked stays as it is: its depth, and what was left out or asked in full since."""


@dataclass(frozen=True)
class Replan(Command):
    """Leave out what is named, each to where it goes; what is left may be asked in its least minutes."""

    how: str
    cut: Mapping[str, str] = field(default_factory=dict)
    short: bool = False


@dataclass(frozen=True)
class AskInFull(Command):
    """Ask everything in a part of the agenda, or in all of them (no part), whatever was left out there."""

    part: str = ""


@dataclass(frozen=True)
class TakeTime(Command):
    """A break, or talk about something else, that began then and is over now."""

    why: str
    begin: datetime
    about: str = ""


AgendaCommand = PlanAgenda | Replan | AskInFull | TakeTime

# Events


@dataclass(frozen=True)
class AgendaPlanned(Event):
    """How much time there is, at which depth it is asked, and what a short slot leaves out from the start."""

    kind: ClassVar[str] = "planned"
    since: ClassVar[str] = "0.2.0"
    preset: str
    depth: str = "full"
    begin: str = ""
    minutes: int = 0
    sittings: int = 1
    people: int = 0
    breaks: tuple[str, ...] = ()
    """Each as minutes after the beginning and its length: "90+15"."""
    cut: Mapping[str, str] = field(default_factory=dict)
    short: bool = False
    whole: tuple[str, ...] = ()
    """The parts that go on being asked in full, where they were before."""


@dataclass(frozen=True)
class AgendaReplanned(Event):
    """What is left out from here on because it is late, and where it goes."""

    kind: ClassVar[str] = "replanned"
    since: ClassVar[str] = "0.2.0"
    how: str
    cut: Mapping[str, str] = field(default_factory=dict)
    short: bool = False
    """Whether what is left takes its least minutes from here on."""


@dataclass(frozen=True)
class AskedInFull(Event):
    """A part of the agenda, or all of it, is asked in full after all."""

    kind: ClassVar[str] = "in_full"
    since: ClassVar[str] = "0.2.0"
    part: str = ""


@dataclass(frozen=True)
class TimeTaken(Event):
    """A break or talk about something else, from ``begin`` to the time of the action. It cannot be undone."""

    kind: ClassVar[str] = "time"
    since: ClassVar[str] = "0.2.0"
    holds_always: ClassVar[bool] = True
    why: str
    begin: str
    about: str = ""


AgendaEvent = AgendaPlanned | AgendaReplanned | AskedInFull | TimeTaken

# Decide


def _decide(deciding: Decider, command: AgendaCommand) -> tuple[Event, ...]:
    script = deciding.plan.script
    match command:
        case PlanAgenda():
            return (_planned(deciding, command),)
        case Replan():
            unknown = [name for name in command.cut if not _may_be_cut(script, name)]
            if unknown or not command.how:
                raise RefusedError("agenda_unknown", name=", ".join(unknown)[:120])
            return (AgendaReplanned(command.how, command.cut, command.short),)
        case AskInFull():
            if command.part and command.part not in {step.id for step in script.inside(None)}:
                raise RefusedError("agenda_unknown", name=command.part[:120])
            return (AskedInFull(command.part),)
        case TakeTime():
            about = one_line(clean(command.about).text)[: sizes.SHORT_TEXT]
            return (TimeTaken(command.why, command.begin.isoformat(timespec="seconds"), about),)
        case _:
            assert_never(command)


def _may_be_cut(script: Script, name: str) -> bool:
    """Tell whether a name is that of a step, or of an item that a fixed list on the agenda names."""
    step = script.by_id.get(StepId(name.partition("[")[0]))
    items = step.item_ids if isinstance(step, Fixed) else ()
    return step is not None and name in (step.id, *(f"{step.id}[{item}]" for item in items))


def check_slot(command: PlanAgenda) -> Preset:
    """Return the preset of a plan. Raises RefusedError where there is no such preset, or for odd figures."""
    preset = PRESETS.get(command.preset)
    if preset is None:
        raise RefusedError("agenda_no_preset", name=command.preset[:40])
    minutes = command.minutes or preset.minutes
    pauses = sum(one.minutes for one in command.breaks)
    if minutes > LONGEST_SLOT or (minutes and minutes <= pauses):
        raise RefusedError("agenda_slot", n=minutes)
    if not 0 <= command.people <= MOST_PEOPLE:
        raise RefusedError("agenda_people", n=MOST_PEOPLE)
    return preset


def _planned(deciding: Decider, command: PlanAgenda) -> AgendaPlanned:
    """Return the plan of a slot. Raises RefusedError for what is none."""
    preset, before = check_slot(command), deciding.plan.state.agenda
    kept = command.as_before
    return AgendaPlanned(
        preset=command.preset,
        depth=before.depth if kept else preset.depth,
        begin=command.begin.isoformat(timespec="seconds") if command.begin is not None else "",
        minutes=command.minutes or preset.minutes,
        sittings=preset.sittings,
        people=command.people,
        breaks=tuple(f"{one.after}+{one.minutes}" for one in command.breaks),
        cut=before.cut if kept else left_out_by(preset, deciding.plan.script),
        short=before.short if kept else preset.short,
        whole=tuple(sorted(before.whole)) if kept else (),
    )


# Evolve


def _evolve(state: StateBuilder, action: Action, event: AgendaEvent) -> None:
    before = state.agenda
    match event:
        case AgendaPlanned():
            state.agenda = planned_by(event, action.at)
        case AgendaReplanned():
            cut = {**before.cut, **_asides(event.cut)}
            state.agenda = replace(before, cut=cut, short=before.short or event.short)
        case AskedInFull():
            if event.part:
                kept = {name: aside for name, aside in before.cut.items() if name != event.part}
                state.agenda = replace(before, whole=before.whole | {event.part}, cut=kept)
            else:
                state.agenda = replace(before, depth="full", cut={}, short=False)
        case TimeTaken():
            pass  # ``fold`` takes time whether an action counts or not
        case _:
            assert_never(event)


def planned_by(event: AgendaPlanned, at: datetime) -> AgendaFact:
    """Return the time as an event planned it that happened at ``at``: then it begins, if nobody said when."""
    minutes, begin = _within(event.minutes, LONGEST_SLOT), _moment(event.begin, at)
    return AgendaFact(
        preset=event.preset if event.preset in PRESETS else preset_for(minutes),
        depth="room" if event.depth == "room" else "full",
        begin=begin if begin.year in _YEARS else None,
        minutes=minutes,
        sittings=_within(event.sittings, MOST_SITTINGS) or 1,
        people=_within(event.people, MOST_PEOPLE),
        breaks=tuple(found for one in event.breaks if (found := read_break(one)) is not None),
        cut=_asides(event.cut),
        short=event.short,
        whole=frozenset(event.whole),
    )


def time_apart(action: Action) -> TimeApart | None:
    """Return the time that an action tells of that was spent on no question; None for any other action."""
    event = action.do[0] if action.do else None
    if not isinstance(event, TimeTaken):
        return None
    return TimeApart(event.why, _moment(event.begin, action.at), action.at, event.about)


def _within(told: int, most: int) -> int:
    """Return a number as the journal has it; 0, which is not known, where that is out of all reason."""
    return told if 0 <= told <= most else 0


def _moment(told: str, otherwise: datetime) -> datetime:
    """Return a time as the journal has it; ``otherwise`` where somebody wrote there what is none."""
    try:
        found = datetime.fromisoformat(told)
    except ValueError:
        return otherwise
    return found if found.tzinfo is not None and found.year in _YEARS else otherwise


def _asides(told: Mapping[str, str]) -> dict[str, Aside]:
    """Return where things go; anything that this program does not know counts as not discussed."""
    known = get_args(Aside)
    return {name: cast("Aside", aside) if aside in known else "leave" for name, aside in told.items()}


def read_break(told: str) -> Break | None:
    """Read a break as the journal has it, like "90+15"; None for what is none."""
    after, _, minutes = told.partition("+")
    whole = after.isdecimal() and minutes.isdecimal() and len(told) < LONGEST_BREAK
    return Break(int(after), int(minutes)) if whole else None


AGENDA: Family[AgendaCommand, AgendaEvent] = Family(
    get_args(AgendaCommand), get_args(AgendaEvent), _decide, _evolve
)
