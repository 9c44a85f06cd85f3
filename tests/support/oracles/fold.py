"""The state of a session once more: all that counts is replayed from nothing into plain tables.

There is one function for each kind of event. A kind that has none here is a ``LookupError`` as soon as it
happens, and a test compares the kinds with those of the program: whoever adds a family says here, in a few
lines, what its events mean. Only the classes of events and facts are shared with the fold of the program.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any

from bsc_coach.interview.facts.agenda import AgendaPlanned, AgendaReplanned, AskedInFull, TimeTaken
from bsc_coach.interview.facts.answers import (
    AnswerAffirmed,
    LookBackConfirmed,
    SlotAnswered,
    SlotDeclined,
    SlotParked,
    SlotPassed,
    SlotReopened,
)
from bsc_coach.interview.facts.coaching import RemarkKept, RuleMuted
from bsc_coach.interview.facts.lists import (
    ItemAdded,
    ItemMoved,
    ItemRemoved,
    ItemRestored,
    ListClosed,
    ShortIdsGiven,
)
from bsc_coach.interview.facts.log import Action, Event
from bsc_coach.interview.facts.provenance import TookOver
from bsc_coach.interview.facts.rounds import BallotsNamed, RoundLeft, RoundOpened, WayChosen
from bsc_coach.interview.facts.session import ActionRedone, ActionUndone, LanguageSet, ScriptAdopted
from bsc_coach.interview.state import (
    AdoptedFact,
    AgendaFact,
    Break,
    Fact,
    KeptFact,
    ListFact,
    MutedFact,
    RoundFact,
    State,
    TakenOverFact,
    TimeApart,
)
from bsc_coach.script.slots import Frame, ItemId, Slot, StepId, parse_slot


@dataclass
class World:
    """All that was said and counts, in tables that anybody can read."""

    facts: dict[Slot, Fact] = field(default_factory=dict)
    lists: dict[Slot, ListFact] = field(default_factory=dict)
    shorts: dict[ItemId, str] = field(default_factory=dict)
    frames: dict[ItemId, Frame] = field(default_factory=dict)
    kept: dict[tuple[Slot, str], KeptFact] = field(default_factory=dict)
    muted: dict[str, MutedFact] = field(default_factory=dict)
    minted: dict[str, int] = field(default_factory=dict)
    spent: dict[Slot, timedelta] = field(default_factory=dict)
    language: str | None = None
    document_language: str | None = None
    adopted: AdoptedFact | None = None
    agenda: AgendaFact = field(default_factory=AgendaFact)
    apart: tuple[TimeApart, ...] = ()
    taken_over: TakenOverFact | None = None
    disputed: dict[Slot, object] = field(default_factory=dict)
    """Empty in a log of one branch, and of no other one does this tell."""
    renumbered: dict[ItemId, str] = field(default_factory=dict)
    together: frozenset[StepId] = frozenset()
    rounds: dict[Slot, RoundFact] = field(default_factory=dict)
    named: dict[Slot, dict[str, str]] = field(default_factory=dict)
    actions: tuple[Action, ...] = ()
    effective: tuple[Action, ...] = ()
    undone: tuple[Action, ...] = ()
    moments: list[Moment] = field(default_factory=list)
    """Every event that counts, with the world as it was just before it."""

    def list_at(self, slot: Slot) -> ListFact:
        return self.lists.get(slot, ListFact())

    def copied(self) -> World:
        """Return the same world in tables of its own."""
        other = copy(self)
        for entry in fields(self):
            table = getattr(self, entry.name)
            if isinstance(table, dict):
                setattr(other, entry.name, dict(table))
        return other


@dataclass(frozen=True)
class Moment:
    """One event, the action it is part of, and the world before it."""

    event: Event
    action: Action
    before: World


def replayed(actions: Iterable[Action]) -> World:
    """Return the world after a whole log."""
    log = tuple(actions)
    counted, waiting = counting(log)
    world = World(actions=log, effective=counted, undone=waiting)
    world.minted = minted_in(log)
    world.apart = breaks_in(log)
    world.spent = spent_in(log)
    moments = []
    for action in counted:
        for event in action.do:
            moments.append(Moment(event, action, world.copied()))
            MEANING[type(event)](world, action, event)
    world.moments = moments
    return world


def counting(log: Sequence[Action]) -> tuple[tuple[Action, ...], tuple[Action, ...]]:
    """Return the actions that count, and those that redo would bring back, the next one last.

    Undo takes back the latest one that counts, redo brings back the earliest one that waits. Whoever does
    something new gives up what waits. A break neither counts nor is in the way.
    """
    counts: set[int] = set()
    waits: set[int] = set()
    for place, action in enumerate(log):
        about = action.do[0] if action.do else None
        if isinstance(about, TimeTaken | ShortIdsGiven):
            continue
        if isinstance(about, ActionUndone):
            if counts and log[max(counts)].number == about.number:
                waits.add(max(counts))
                counts.remove(max(counts))
        elif isinstance(about, ActionRedone):
            if waits and log[min(waits)].number == about.number:
                counts.add(min(waits))
                waits.remove(min(waits))
        else:
            counts.add(place)
            waits = set()
    return tuple(log[at] for at in sorted(counts)), tuple(log[at] for at in sorted(waits, reverse=True))


def minted_in(log: Sequence[Action]) -> dict[str, int]:
    """Return the highest number of each family of short ids that was ever given, undone or not."""
    highest: dict[str, int] = {}
    for event in (event for action in log for event in action.do if isinstance(event, ItemAdded)):
        letters = event.short.rstrip("0123456789")
        digits = event.short[len(letters) :]
        if letters and digits and (letters.endswith(".") or letters[-1] in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
            highest[letters] = max(int(digits), highest.get(letters, 0))
    return highest


def breaks_in(log: Sequence[Action]) -> tuple[TimeApart, ...]:
    """Return the breaks that were taken and the talk about something else, undone or not."""
    return tuple(
        TimeApart(action.do[0].why, datetime.fromisoformat(action.do[0].begin), action.at, action.do[0].about)
        for action in log
        if action.do and isinstance(action.do[0], TimeTaken)
    )


def spent_in(log: Sequence[Action]) -> dict[Slot, timedelta]:
    """Return the time that went into each question of each outermost item, undone or not.

    An action took from when its question was shown, without the breaks that were noted by then. Where that is
    not known, it took from the action before, at most a quarter of an hour; the first one twenty seconds.
    """
    spent: dict[Slot, timedelta] = {}
    for place, action in enumerate(log):
        slots = [event.slot for event in action.do if getattr(event, "slot", None) is not None]
        if not slots or action.source in ("taken", "edit", "filled"):
            continue  # what was said elsewhere took nobody's time here
        if action.shown is not None:
            took = action.at - action.shown
            for pause in breaks_in(log[:place]):
                overlap = min(pause.end, action.at) - max(pause.begin, action.shown)
                took -= max(overlap, timedelta())
        elif place == 0:
            took = timedelta(seconds=20)
        else:
            took = min(action.at - log[place - 1].at, timedelta(minutes=15))
        where = Slot(slots[0].step, slots[0].frame[:1])
        spent[where] = spent.get(where, timedelta()) + max(took, timedelta())
    return spent


def digest(value: object) -> str:
    """Return a digest as the journal has it."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2s(text.encode(), digest_size=6).hexdigest()


def said(action: Action, state: str, **told: Any) -> Fact:
    """Return a fact of an action: when, by whom and where it was said, and what."""
    return Fact(state, action.number, action.at, action.by, source=action.source, **told)  # type: ignore[arg-type]


# What each event means


def _answered(world: World, action: Action, event: SlotAnswered) -> None:
    fact = said(action, "answered", value=event.value, meaning=digest(event.value))
    before = world.facts.get(event.slot)
    same = event.same and before is not None and before.meaning != ""
    world.facts[event.slot] = changed(
        fact,
        rev=event.rev,
        basis=event.basis,
        meaning=before.meaning if same and before is not None else fact.meaning,
        rewords=before if same else None,
    )


def _affirmed(world: World, action: Action, event: AnswerAffirmed) -> None:
    if event.slot in world.facts:
        before = world.facts[event.slot]
        kept = ("value", "meaning", "reason", "owner", "due")
        fact = said(action, before.answer_state, **{name: getattr(before, name) for name in kept})
        world.facts[event.slot] = changed(fact, rev=event.rev, basis=event.basis, rewords=before)


def _parked(world: World, action: Action, event: SlotParked) -> None:
    about = {"reason": event.reason, "owner": event.owner, "due": event.due}
    world.facts[event.slot] = said(action, "parked", **about)


def _passed(world: World, action: Action, event: SlotPassed) -> None:
    world.facts[event.slot] = said(action, "passed")


def _declined(world: World, action: Action, event: SlotDeclined) -> None:
    world.facts[event.slot] = said(action, "declined", reason=event.reason)


def _reopened(world: World, action: Action, event: SlotReopened) -> None:
    world.facts.pop(event.slot, None)
    if event.slot in world.lists:
        world.lists[event.slot] = changed(world.lists[event.slot], closed=False, reason="")


def _confirmed(world: World, action: Action, event: LookBackConfirmed) -> None:
    told = {"value": event.digest, "meaning": event.digest, "open_points": event.open}
    world.facts[event.slot] = said(action, "answered", **told)


def _added(world: World, action: Action, event: ItemAdded) -> None:
    world.shorts[event.item] = event.short
    world.frames[event.item] = (*event.slot.frame, (event.slot.step, event.item))
    listed = world.list_at(event.slot)
    world.lists[event.slot] = changed(listed, items=(*listed.items, event.item), closed=False, reason="")
    world.facts.pop(event.slot, None)


def _removed(world: World, action: Action, event: ItemRemoved) -> None:
    listed = world.list_at(event.slot)
    world.lists[event.slot] = changed(listed, removed=frozenset({*listed.removed, event.item}))


def _restored(world: World, action: Action, event: ItemRestored) -> None:
    listed = world.list_at(event.slot)
    world.lists[event.slot] = changed(
        listed, removed=frozenset(one for one in listed.removed if one != event.item)
    )


def _moved(world: World, action: Action, event: ItemMoved) -> None:
    listed = world.list_at(event.slot)
    others = [one for one in listed.items if one != event.item]
    if len(others) < len(listed.items):
        others = [*others[: event.to], event.item, *others[event.to :]]
    world.lists[event.slot] = changed(listed, items=tuple(others))


def _closed(world: World, action: Action, event: ListClosed) -> None:
    told = {"closed": True, "reason": event.reason, "taken": action.source == "taken"}
    world.lists[event.slot] = changed(world.list_at(event.slot), **told)
    world.facts.pop(event.slot, None)


def _kept(world: World, action: Action, event: RemarkKept) -> None:
    world.kept[event.slot, event.rule] = KeptFact(event.digest, event.reason, action.by)


def _muted(world: World, action: Action, event: RuleMuted) -> None:
    world.muted = {rule: fact for rule, fact in world.muted.items() if rule != event.rule}
    if event.reason:
        world.muted[event.rule] = MutedFact(event.reason, action.by)


def _planned(world: World, action: Action, event: AgendaPlanned) -> None:
    world.agenda = AgendaFact(
        preset=event.preset,
        depth="room" if event.depth == "room" else "full",
        begin=datetime.fromisoformat(event.begin) if event.begin else action.at,
        minutes=event.minutes,
        sittings=event.sittings,
        people=event.people,
        breaks=tuple(Break(*map(int, one.split("+"))) for one in event.breaks),
        cut=dict(event.cut),  # type: ignore[arg-type]
        short=event.short,
        whole=frozenset(event.whole),
    )


def _replanned(world: World, action: Action, event: AgendaReplanned) -> None:
    known = world.agenda
    world.agenda = changed(known, cut={**known.cut, **event.cut}, short=known.short or event.short)


def _in_full(world: World, action: Action, event: AskedInFull) -> None:
    if not event.part:
        world.agenda = changed(world.agenda, depth="full", cut={}, short=False)
        return
    cut = {name: where for name, where in world.agenda.cut.items() if name != event.part}
    world.agenda = changed(world.agenda, cut=cut, whole=frozenset({*world.agenda.whole, event.part}))


def _spoken(world: World, action: Action, event: LanguageSet) -> None:
    if event.documents:
        world.document_language = event.language
    else:
        world.language = event.language


def _adopted(world: World, action: Action, event: ScriptAdopted) -> None:
    world.adopted = AdoptedFact(event.version, event.digest)

    def step(name: StepId) -> StepId:
        return StepId(event.renames.get(name, name))

    def frame(around: Frame) -> Frame:
        return tuple((step(name), item) for name, item in around)

    def slot(one: Slot) -> Slot:
        return Slot(step(one.step), frame(one.frame))

    def fact(one: Fact) -> Fact:
        return changed(one, basis={str(slot(parse_slot(path))): was for path, was in one.basis.items()})

    world.facts = {slot(where): fact(one) for where, one in world.facts.items()}
    world.lists = {slot(where): one for where, one in world.lists.items()}
    world.frames = {item: frame(around) for item, around in world.frames.items()}
    world.kept = {(slot(where), rule): one for (where, rule), one in world.kept.items()}
    world.rounds = {slot(where): one for where, one in world.rounds.items()}
    world.named = {slot(where): one for where, one in world.named.items()}
    world.together = frozenset(step(one) for one in world.together)


def _took_over(world: World, action: Action, event: TookOver) -> None:
    told = {entry.name: getattr(event, entry.name) for entry in fields(event)}
    world.taken_over = TakenOverFact(action.number, action.at, action.by, **told)


def _way_chosen(world: World, action: Action, event: WayChosen) -> None:
    others = {one for one in world.together if one != event.step}
    world.together = frozenset({*others, StepId(event.step)} if event.together else others)


def _round_opened(world: World, action: Action, event: RoundOpened) -> None:
    """Open a round; one that was open goes on under the name of its first opening."""
    told: Any = {"names": event.names if event.names in ("team", "everyone") else "nobody"}
    first = world.rounds.get(event.slot) if event.again else None
    number, writer, at = action.number, action.writer, action.at
    if first is not None:
        number, writer, at = first.number, first.writer, first.at
    world.rounds[event.slot] = RoundFact(number, writer, at, minutes=event.minutes, seats=event.seats, **told)


def _round_left(world: World, action: Action, event: RoundLeft) -> None:
    if event.slot in world.rounds:
        world.rounds[event.slot] = changed(world.rounds[event.slot], left=True)


def _ballots_named(world: World, action: Action, event: BallotsNamed) -> None:
    world.named[event.slot] = dict(event.names)


def _nothing(world: World, action: Action, event: Event) -> None:
    """Do nothing: what is undone and what time was taken is looked for in the whole log."""


MEANING: Mapping[type[Event], Callable[[World, Action, Any], None]] = {
    SlotAnswered: _answered,
    AnswerAffirmed: _affirmed,
    SlotParked: _parked,
    SlotPassed: _passed,
    SlotDeclined: _declined,
    SlotReopened: _reopened,
    LookBackConfirmed: _confirmed,
    ItemAdded: _added,
    ItemRemoved: _removed,
    ItemRestored: _restored,
    ItemMoved: _moved,
    ListClosed: _closed,
    ShortIdsGiven: _nothing,
    RemarkKept: _kept,
    RuleMuted: _muted,
    AgendaPlanned: _planned,
    AgendaReplanned: _replanned,
    AskedInFull: _in_full,
    TimeTaken: _nothing,
    TookOver: _took_over,
    WayChosen: _way_chosen,
    RoundOpened: _round_opened,
    RoundLeft: _round_left,
    BallotsNamed: _ballots_named,
    LanguageSet: _spoken,
    ScriptAdopted: _adopted,
    ActionUndone: _nothing,
    ActionRedone: _nothing,
}
"""What an event does to the world, by its kind: every kind that there is."""


def changed(one: Any, **told: object) -> Any:
    """Return a fact with other values in some of its fields."""
    return type(one)(**{entry.name: getattr(one, entry.name) for entry in fields(one)} | told)


def unlike(world: World, state: State) -> list[str]:
    """Return the names of the tables that the program has otherwise; every field of a state is looked at."""
    return [
        entry.name
        for entry in fields(State)
        if entry.compare and getattr(world, entry.name) != getattr(state, entry.name)
    ]
