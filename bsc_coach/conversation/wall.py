"""What stands on the wall: the question, what it is about, the list, the count of ballots; nothing private.

``wall_view`` is pure, and the same for the driver and for those who follow in other processes: made of the
plan, and of where the driver is. What it is not given (drafts, findings, notes, ballots, small questions)
no page and no screen of the wall can show.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from bsc_coach.conversation.commands.rounds import follow_journal
from bsc_coach.conversation.headline import answer_of
from bsc_coach.conversation.prompt_builder import first_inside, options_of
from bsc_coach.conversation.room_view import RoundResult, WallTimer, WallView
from bsc_coach.conversation.round_form import form_of
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.facts.log import JsonValue
from bsc_coach.interview.ideas import ideas_for
from bsc_coach.interview.members import current_round
from bsc_coach.interview.navigation import is_finished, resume_slot, section_title
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.projection import about_of
from bsc_coach.interview.texts import text_of
from bsc_coach.script.model import CollectStep
from bsc_coach.script.slots import Slot, parse_slot
from bsc_coach.session.now_file import DriverNow


def wall_view(plan: Plan, now: DriverNow | None) -> WallView:
    """Return the wall of a session whose driver is at ``now``, with the round that the journal says is open.

    Where nobody has told where the driver is, it is where the session goes on.
    """
    now = now or DriverNow(slot=str(resume_slot(plan) or ""), ended=is_finished(plan))
    status = None if now.ended else _status_at(plan, now.slot)
    told, open_now = _question_at(plan, status), current_round(plan)
    timer, result = now.timer_ends, _result_from(now.result)
    return WallView(
        language=plan.language,
        title=answer_of(plan, "organisation.name"),
        section=told.section,
        about=told.about,
        ask=told.ask,
        items=told.items,
        options=told.options,
        round=None if open_now is None else form_of(plan, *open_now),
        handed_in=now.handed_in if open_now is not None else 0,
        seats=now.seats,
        timer=None if timer is None else WallTimer(timer, now.timer_minutes),
        result=None if result is not None and told.written and not result.lines else result,
        address=now.address,
        ended=now.ended,
        moved=now.moved,
    )


def driver_now(talk: Talk) -> DriverNow:
    """Return where the driver of a talk is, as everybody may know it."""
    prompt_at = None if talk.ended else talk.position.settle(talk.plan)
    timer, result = talk.timer, talk.result
    if result is not None and result.names != "everyone":
        # Who gave what is for the eyes of the team while it looks at it here, and for no file.
        result = replace(result, lines=tuple(replace(line, named=()) for line in result.lines))
    return DriverNow(
        slot="" if prompt_at is None else str(prompt_at),
        ended=talk.ended,
        timer_ends=None if timer is None else timer.ends,
        timer_minutes=0 if timer is None else timer.minutes,
        form="" if talk.live.form is None else talk.live.form.id,
        handed_in=talk.live.count + talk.paper.most,
        seats=talk.seats_here,
        address=talk.address,
        result=None if result is None else asdict(result),
    )


def tell_followers(talk: Talk) -> WallView:
    """Have the wall show where the driver is, here and in other processes; return it.

    To be called at the beginning and after each move, in the thread that the talk belongs to. Homework leaves
    the wall as it was.
    """
    if not talk.session.read_only:
        follow_journal(talk)  # after a restart too, so that ballots can be handed in again
    now = driver_now(talk)
    if talk.homework is None:
        now = talk.session.followers.tell(now)
    return wall_view(talk.plan, now)


@dataclass(frozen=True)
class _QuestionOnWall:
    """The question as the wall tells it; empty where there is none."""

    section: str = ""
    about: str = ""
    ask: str = ""
    items: tuple[tuple[str, str], ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    written: bool = False
    """Whether that is what was written in a round: its outcome is told by it already."""


def _question_at(plan: Plan, status: SlotStatus | None) -> _QuestionOnWall:
    """Return the question at a slot with what is on its list, and what can be chosen.

    For a list that is made of what was written in a round, that is what is in no item of it yet.
    """
    if status is None:
        return _QuestionOnWall()
    slot, step = status.slot, status.step
    asked, frame = step, slot.frame
    items: tuple[tuple[str, str], ...] = ()
    if isinstance(step, CollectStep):
        # A list is answered with the first question of the item that would be added.
        asked, frame = first_inside(plan, slot)
        live = plan.state.list_at(slot).live
        labels = (plan.label((*slot.frame, (slot.step, item))) for item in live)
        items = tuple(
            (plan.state.shorts.get(item, ""), label) for item, label in zip(live, labels, strict=True)
        )
    options = tuple((str(one.number), one.text) for one in options_of(plan, asked, frame, status))
    written = tuple((str(number), idea.label) for number, idea in enumerate(ideas_for(plan, slot), start=1))
    return _QuestionOnWall(
        section=section_title(plan, slot),
        about=about_of(plan, slot) or "",
        ask=text_of(plan, step, slot.frame, "more" if items else "ask") or "",
        items=items,
        options=options or written,
        written=bool(written),
    )


def _status_at(plan: Plan, path: str) -> SlotStatus | None:
    """Return the status of a slot that another process named, where there is one that can be asked."""
    try:
        slot: Slot = parse_slot(path)
    except ValueError:
        return None
    status = plan.status(slot)
    return status if status is not None and status.relevance != "dormant" else None


def _result_from(told: Mapping[str, JsonValue] | None) -> RoundResult | None:
    """Return an outcome that another process told; None for what is none."""
    if told is None:
        return None
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(RoundResult).validate_python(told)
    except ValidationError:
        return None
