"""The end of a session as both front ends show it: alarms, what is left to do, and how to come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bsc_coach.conversation.prompt_builder import name_of
from bsc_coach.conversation.putting_together import merge_command
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.tidying import wordings_to_tidy
from bsc_coach.interview.breakouts import asked_in_part, part_name_of, progress_here
from bsc_coach.interview.consequences import after
from bsc_coach.interview.facts.log import Event
from bsc_coach.interview.homework import (
    NOBODY,
    HomeworkRound,
    homework_by_role,
    homework_command,
    taken_home,
)
from bsc_coach.interview.open_findings import alarming, alarms
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.provenance import unconfirmed_by_part
from bsc_coach.script.model import CollectStep, ConfirmStep
from bsc_coach.script.slots import Slot
from bsc_coach.session.document_on_disk import DOCUMENT
from bsc_coach.session.owned_files import STRATEGY
from bsc_coach.session.session import Session
from bsc_coach.strategy.notes import Alarm
from bsc_coach.text import shorten
from bsc_coach.words import say

MOST_OWNERS = 3
"""Owners whose homework is counted one by one in a line."""
LONGEST_OWNER = 30


@dataclass(frozen=True)
class EndLine:
    """A line of the end: what it tells, and the key that does something about it, if one does."""

    text: str
    key: str = ""


@dataclass(frozen=True)
class EndView:
    """What is told at the end of a session, part by part; in between there is an empty line."""

    opening: tuple[EndLine, ...]
    alarms: tuple[EndLine, ...]
    """A heading and the alarms; nothing where the coach has none."""
    todo: tuple[EndLine, ...]
    goodbye: tuple[EndLine, ...]

    @property
    def parts(self) -> tuple[tuple[EndLine, ...], ...]:
        """The parts that there are."""
        return tuple(part for part in (self.opening, self.alarms, self.todo, self.goodbye) if part)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that do something."""
        return tuple(line.key for part in self.parts for line in part if line.key)


def the_end(talk: Talk) -> EndView:
    """Return how a session stands at its end; before that, how it would end now.

    Homework ends with how much of it is done.
    """
    if talk.homework is not None:
        opening = EndLine(homework_said(talk, talk.homework))
        return EndView((opening,), (), (), tuple(_goodbye(talk, talk.homework.role)))
    if talk.plan.part_of is not None:
        ends = tuple(EndLine(line) for line in part_ends(talk.plan, talk.session.folder))
        return EndView(ends, (), (), tuple(_goodbye(talk)))
    told = _told_alarms(talk.plan)
    heading = (EndLine(talk.say("end.alarms", n=len(told))),) if told else ()
    lines = (EndLine(_alarm(talk, one), str(number)) for number, one in enumerate(told, start=1))
    return EndView(tuple(_opening(talk)), (*heading, *lines), tuple(_todo(talk)), tuple(_goodbye(talk)))


def _alarm(talk: Talk, alarm: Alarm) -> str:
    """Return an alarm as a sentence that names what it is about, once."""
    short, _, title = (alarm.about or "").partition(" ")
    about = short if title and title in alarm.say else alarm.about
    return talk.say("end.alarm", about=about, say=alarm.say) if about else alarm.say


def alarm_slots(plan: Plan) -> tuple[Slot | None, ...]:
    """Return the answer to go to for each alarm, None for the map as a whole."""
    return tuple(one.slot for one in alarming(plan.for_documents()))


def unconfirmed(plan: Plan) -> tuple[Slot, ...]:
    """Return the confirmations that were given once, and of which something has changed since."""
    return tuple(
        status.slot
        for status in plan.statuses.values()
        if isinstance(status.step, ConfirmStep) and status.fact is not None and status.answer_state == "open"
    )


def opens_again(plan: Plan, events: tuple[Event, ...]) -> tuple[str, ...]:
    """Return in a sentence which confirmations would no longer hold once ``events`` had happened."""
    if not events:
        return ()
    before, later = set(unconfirmed(plan)), unconfirmed(after(plan, events))
    names = ", ".join(name_of(plan, slot) for slot in later if slot not in before)
    return (say("talk.end.opens_again", plan.language, names=names),) if names else ()


def _told_alarms(plan: Plan) -> tuple[Alarm, ...]:
    """Return the alarms that stand in the documents, in the language of the talk where that is another."""
    written = plan.for_documents()
    if written is plan:
        return alarms(plan)
    here = {(one.rule, one.about): one for one in alarms(plan)}
    return tuple(here.get((one.rule, one.about), one) for one in alarms(written))


def _opening(talk: Talk) -> list[EndLine]:
    left = sum(status.needs_asking for status in talk.plan.statuses.values())
    if unconfirmed(talk.plan):
        return [EndLine(talk.say("end.changed"), talk.say("end.key.confirm"))]
    if talk.prompt() is None:
        waiting = sum(unconfirmed_by_part(talk.plan).values())
        return [EndLine(talk.say("end.finished_but", n=waiting) if waiting else talk.say("end.finished"))]
    return [EndLine(talk.say("end.so_far", n=left))]


def _todo(talk: Talk) -> list[EndLine]:
    """Return what is left to do: tidy, export, what was left open, and who took what home."""
    left = len(wordings_to_tidy(talk.plan))
    names = [name for name in (DOCUMENT, STRATEGY) if (talk.session.folder / name).is_file()]
    lines = [EndLine(talk.say("end.tidy", n=left), talk.say("end.key.tidy"))] if left else []
    key = "documents" if names else "no_documents"
    lines.append(EndLine(talk.say(f"end.{key}", names=", ".join(names)), talk.say("end.key.export")))
    counted = _left_open(talk.plan)
    if counted:
        told = ", ".join(talk.say(f"end.left.{kind}", n=n) for kind, n in counted.items())
        lines.append(EndLine(talk.say("end.open", what=told), talk.say("end.key.review")))
    homework = _homework(talk)
    return [*lines, EndLine(homework)] if homework else lines


def _left_open(plan: Plan) -> Counter[str]:
    """Count what is not settled and nobody took home: to look at again, parked, never answered."""
    kinds = (_kind_of_open(status) for status in plan.statuses.values() if status.active)
    return Counter(kind for kind in kinds if kind is not None)


def _kind_of_open(status: SlotStatus) -> str | None:
    if isinstance(status.step, ConfirmStep) or taken_home(status):
        return None
    if status.disputes:
        return "disputed"
    if status.answer_state == "parked":
        return "parked"
    if status.stale or status.refusals:
        return "stale"
    if status.unconfirmed:
        return None if isinstance(status.step, CollectStep) else "unconfirmed"
    return "open" if status.needs_asking else None


def _homework(talk: Talk) -> str:
    """Return how many questions each owner took home, the most first; nothing where nobody did."""
    by_role = homework_by_role(talk.plan).items()
    asked = {role: n for role, questions in by_role if (n := sum(map(taken_home, questions)))}
    if not asked:
        return ""
    nobody = asked.pop(NOBODY, 0)
    owners: Counter[str] = Counter()
    for role, n in asked.items():
        owners[shorten(role, LONGEST_OWNER)] += n
    listed = owners.most_common(MOST_OWNERS)
    told = [talk.say("end.homework.of", owner=owner, n=n) for owner, n in listed]
    others = owners.total() - sum(n for _, n in listed)
    told += [talk.say("end.homework.others", n=others)] if others else []
    told += [talk.say("end.homework.nobody", n=nobody)] if nobody else []
    command = homework_command(str(talk.session.folder))
    return talk.say("end.homework.all", told=", ".join(told), command=command)


def part_ends(plan: Plan, folder: Path) -> Iterator[str]:
    """Yield how far a part of a session is, and how it comes back to it."""
    of = "" if plan.part_of is None else plan.part_of.of
    left, parked = len(asked_in_part(plan)), progress_here(plan).parked
    told = {"part": part_name_of(plan), "of": of, "command": merge_command(Path(of), [Path(folder.name)])}
    yield say(f"breakouts.ends.{'open' if left else 'done'}", plan.language, n=left, **told)
    if parked:
        yield say("breakouts.ends.parked", plan.language, n=parked)


def homework_begins(talk: Talk, homework: HomeworkRound) -> str:
    """Return what is said before the first question of somebody's homework."""
    key = "begin" if homework.role else "begin_nobody"
    return talk.say(f"homework.{key}", owner=homework.role, n=len(homework.begun))


def homework_said(talk: Talk, homework: HomeworkRound) -> str:
    """Return how much of somebody's homework is done."""
    left = homework.open(talk.plan)
    key = "left" if left else "done"
    return talk.say(f"homework.{key}", n=homework.done(talk.plan), of=len(homework.begun))


def how_to_come_back(session: Session, language: str, homework: str | None = None) -> str:
    """Return the command that opens the session again, or the homework of a role."""
    folder = str(session.folder)
    if homework is not None:
        return say("talk.homework.come_back", language, command=homework_command(folder, homework))
    return say("talk.end.come_back", language, folder=f'"{folder}"' if " " in folder else folder)


def _leaving(talk: Talk) -> str:
    trouble = talk.session.trouble
    return talk.say("end.leave") if trouble is None else talk.say("end.leave_unsaved", trouble=trouble)


def _goodbye(talk: Talk, homework: str | None = None) -> list[EndLine]:
    return [
        EndLine(how_to_come_back(talk.session, talk.language, homework)),
        EndLine(_leaving(talk), talk.say("end.key.leave")),
    ]
