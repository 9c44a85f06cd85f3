"""What one copy of a session settled over another unasked: settings, and answers that fall away."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from bsc_coach.interview.branches import Branches, goes_straight
from bsc_coach.interview.facts.agenda import AgendaPlanned, AgendaReplanned, AskedInFull
from bsc_coach.interview.facts.coaching import RemarkKept, RuleMuted
from bsc_coach.interview.facts.lists import ItemMoved
from bsc_coach.interview.facts.log import Action, Event
from bsc_coach.interview.facts.rounds import WayChosen
from bsc_coach.interview.facts.session import LanguageSet, ScriptAdopted
from bsc_coach.interview.navigation import title_of
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import question_of
from bsc_coach.script.slots import Slot
from bsc_coach.words import say


def overruled(plan: Plan) -> tuple[str, ...]:
    """Return in words which settings two branches changed, each without knowing of the other.

    The later one counts. Empty as soon as somebody went on knowing both.
    """
    log = plan.state.actions
    if goes_straight(log):
        return ()
    branches = Branches(log)
    if len(branches.heads(log)) < 2:
        return ()
    said: dict[tuple[str, Hashable], list[tuple[Action, Event]]] = {}
    for action in plan.state.effective:
        for event in action.do:
            if (about := _setting(event)) is not None:
                said.setdefault(about, []).append((action, event))
    found = []
    for setting, events in said.items():
        heads = {action.id for action in branches.heads([action for action, _ in events])}
        last = {action.id: event for action, event in events if action.id in heads}
        if any(event != other for event in last.values() for other in last.values()):
            found.append(_in_words(plan, setting))
    return tuple(dict.fromkeys(found))


def _setting(event: Event) -> tuple[str, Hashable] | None:
    """Return what an event sets that holds for more than one answer; None for what people are asked about."""
    match event:
        case LanguageSet():
            return ("documents" if event.documents else "language", None)
        case AgendaPlanned() | AgendaReplanned() | AskedInFull():
            return ("agenda", None)
        case ScriptAdopted():
            return ("script", None)
        case RuleMuted():
            return ("muted", event.rule)
        case RemarkKept():
            return ("kept", (event.slot, event.rule))
        case ItemMoved():
            return ("order", event.slot)
        case WayChosen():
            return ("together", event.step)
    return None


def _in_words(plan: Plan, setting: tuple[str, Hashable]) -> str:
    kind, about = setting
    name = str(about or "")
    if isinstance(about, tuple) and about and isinstance(about[0], Slot):
        name = f"{about[1]}, {question_of(plan, about[0])}" if about[0].step in plan.script.by_id else name
    elif isinstance(about, Slot) and about.step in plan.script.by_id:
        name = title_of(plan, plan.script.step(about.step), about.frame)
    return say(f"interview.setting.{kind}", plan.language, name=name)


def fallen_away(plan: Plan, sides: Iterable[Plan]) -> Iterator[Slot]:
    """Yield slots that applied and were answered in a copy, and do not apply in what the copies come to."""
    seen: set[Slot] = set()
    for side in sides:
        for slot, status in side.statuses.items():
            now = plan.statuses.get(slot)
            gone = now is not None and now.fact is not None and now.relevance == "dormant"
            if gone and _is_off_its_list(plan, slot):
                continue  # somebody took it off, and nobody said anything against that
            if gone and status.active and status.answer_state == "answered" and slot not in seen:
                seen.add(slot)
                yield slot


def _is_off_its_list(plan: Plan, slot: Slot) -> bool:
    """Tell whether an answer is about an item that was taken off its list, or stands inside one."""
    return any(
        item in plan.state.list_at(Slot(step, slot.frame[:depth])).removed
        for depth, (step, item) in enumerate(slot.frame)
    )
