"""View models of the session screen: frozen data, made in the worker thread that owns the conversation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bsc_coach.conversation.headline import Headline, headline
from bsc_coach.conversation.prompt import Prompt
from bsc_coach.conversation.reply import Question
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.timer import TimerNow, timer_now
from bsc_coach.interview.breakouts import agenda_here
from bsc_coach.interview.facts.answers import SlotAnswered
from bsc_coach.interview.facts.lists import ItemAdded
from bsc_coach.interview.navigation import AgendaEntry, entry_of, minutes_to_go
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import to_strategy
from bsc_coach.interview.schedule import ClockTime, clock_time
from bsc_coach.script.model import CollectStep
from bsc_coach.script.slots import ItemId, Slot, StepId
from bsc_coach.session.drafts import BETWEEN

if TYPE_CHECKING:
    from bsc_coach.coach.ear.heard import Ear
    from bsc_coach.conversation.findings import FindingLine
    from bsc_coach.conversation.side_views import Balance, MapBand


_ON_MAP = ("missions[]", "outcomes[]", "promises[]", "candidates[]", "objectives[]", "enablers[]")
"""Fields of the lists whose items stand on the map."""


@dataclass(frozen=True)
class Snapshot:
    """Where the talk stands: what the session screen needs after every line."""

    plan: Plan
    language: str
    prompt: Prompt | None
    asking: Question | None
    """The small question in between, if there is one."""
    takes_text: bool
    headline: Headline
    clock: ClockTime | None
    """How the time of the slot stands; None while no clock runs."""
    timer: TimerNow | None
    """How the timer stands; None where there is none."""
    agenda: tuple[AgendaEntry, ...]
    here: tuple[StepId, ItemId | None] | None
    """The agenda entry we are in."""
    answers: int
    """How many actions there are: another number means that something was said."""
    unsaved: int
    trouble: str | None
    saved_at: str
    """Time of the last answer on the disk, or nothing."""
    read_only: bool
    draft: str | None
    """What was half typed for this question."""
    draft_handed_in: bool
    """Whether that was handed in, and not taken."""
    undoes: str
    """What undo would take back, in a few words."""
    ear: Ear | None
    """What the coach listens with, once it is loaded."""

    @property
    def slot(self) -> Slot | None:
        """The slot being asked."""
        return None if self.prompt is None else self.prompt.slot


@dataclass(frozen=True)
class SidePanels:
    """What stands beside the conversation; changes only when something was said."""

    pinned: tuple[str, ...]
    map: tuple[MapBand, ...]
    balance: Balance
    findings: tuple[FindingLine, ...] | None
    """None while the coach has not looked yet."""
    unsettled: int = 0
    """How many points are not settled, as the document counts them; known once the coach has looked."""


@dataclass(frozen=True)
class InitialView:
    """What a session screen shows first."""

    now: Snapshot
    panel: str | None
    begun: bool
    """Whether there is a conversation to take up again; the choice of a language is none."""
    half_typed: str
    """What was typed to a small question when the program ended without being left."""
    panel_expected: bool
    """Whether the panel will probably have something to say, once somebody has looked."""


def opening_of(talk: Talk, *, new: bool = False) -> InitialView:
    """Return what the first frame shows of ``talk``; the conversation and the panels come after it.

    With ``new`` the session was made just now, perhaps with the name in it that was typed for it.
    """
    said = (event for action in talk.plan.state.effective for event in action.do)
    begun = not new and any(isinstance(event, SlotAnswered | ItemAdded) for event in said)
    lists, steps = talk.plan.state.lists, talk.plan.script.by_id
    on_map = any(
        fact.live and isinstance(step := steps.get(slot.step), CollectStep) and step.field in _ON_MAP
        for slot, fact in lists.items()
    )
    now = snapshot_of(talk)
    half_typed = "" if now.slot is None else talk.session.drafts.get(draft_name(now.slot, between=True)) or ""
    return InitialView(now, talk.panel, begun, half_typed, on_map)


def snapshot_of(talk: Talk) -> Snapshot:
    """Return where ``talk`` stands now."""
    session, plan = talk.session, talk.plan
    prompt = talk.prompt()
    slot = None if prompt is None else prompt.slot
    last = session.actions[-1].at.astimezone().strftime("%H:%M") if session.actions else ""
    return Snapshot(
        plan=plan,
        language=talk.language,
        prompt=prompt,
        asking=talk.asking,
        takes_text=talk.takes_text(),
        headline=headline(plan, slot),
        clock=clock_of(talk),
        timer=timer_of(talk),
        agenda=agenda_here(plan),
        here=None if slot is None else entry_of(plan.script, slot),
        answers=len(session.actions),
        unsaved=session.journal.unsaved,
        trouble=session.trouble,
        saved_at=last,
        read_only=session.read_only,
        draft=None if slot is None else session.drafts.get(str(slot)),
        draft_handed_in=slot is not None and session.drafts.was_handed_in(str(slot)),
        undoes=talk.what_undo_takes_back(),
        ear=talk.ear,
    )


def clock_of(talk: Talk) -> ClockTime | None:
    """Return how the time of the slot stands now; nobody looks at the clock where there is no slot."""
    plan = talk.plan
    if plan.part_of is not None or not plan.state.agenda.minutes:
        return None  # the time that was planned is that of everybody together
    return clock_time(plan, minutes_to_go(plan), talk.now())


def timer_of(talk: Talk) -> TimerNow | None:
    """Return how the timer stands now; nobody looks at the clock where there is none."""
    return None if talk.timer is None else timer_now(talk.timer, talk.now(), talk.language)


def draft_name(slot: Slot, *, between: bool = False) -> str:
    """Return the name of a draft: of an answer, or of what is typed to a small question in between."""
    return f"{slot}{BETWEEN}" if between else str(slot)


def beside_of(talk: Talk) -> SidePanels:
    """Return what stands beside the conversation of ``talk``."""
    return side_panels(talk.plan, talk.ear)


def side_panels(plan: Plan, ear: Ear | None) -> SidePanels:
    """Return the side panels with what the coach sees in the whole; pure, so any thread may make them."""
    from bsc_coach.conversation.findings import findings
    from bsc_coach.interview.notes import points_not_settled

    found = findings(plan, ear)
    return replace(panels_before_coach(plan), findings=found, unsettled=points_not_settled(plan))


def panels_before_coach(plan: Plan) -> SidePanels:
    """Return the side panels before the coach has looked: its rules take a while to be read."""
    from bsc_coach.conversation.side_views import balance, map_of, pinned

    return SidePanels(pinned(plan), map_of(plan), balance(to_strategy(plan.for_documents(None))), None)
