"""What is said when copies of a session are put together: who said what came, and what is to be decided."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from bsc_coach.conversation.prompt_builder import name_of
from bsc_coach.interview.breakouts import cluster_name
from bsc_coach.interview.disputed_words import renumbered_in_words, side_lines
from bsc_coach.interview.fold import fold
from bsc_coach.interview.overruled import fallen_away, overruled
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.planner import make_plan
from bsc_coach.script.slots import ItemId
from bsc_coach.session.copies import Came
from bsc_coach.session.splitting import NewPart
from bsc_coach.words import say

LONGEST_SIDE = 200


def merge_command(folder: Path, copies: Sequence[Path]) -> str:
    """Return the command that puts copies together, as it is typed: those beside the journal need no name."""
    elsewhere = [path for path in copies if path.parent != folder]
    return shlex.join(["bsc-coach", "merge", str(folder), *map(str, copies if elsewhere else ())])


def part_made(plan: Plan, part: NewPart) -> str:
    """Return where a part of a session was put, for which clusters, and how many questions they ask."""
    names = " + ".join(cluster_name(plan, one) for one in part.clusters)
    return say("breakouts.split.made", plan.language, path=part.path, names=names, n=part.questions)


def copies_said(plan: Plan, folder: Path, copies: Sequence[Path]) -> str:
    """Return that copies with more answers lie beside a session, and how they are put together."""
    names = ", ".join(path.name for path in copies)
    command = merge_command(folder, copies)
    return say("session.copies", plan.language, n=len(copies), names=names, command=command)


def question_about_copies(plan: Plan, came: Sequence[Came]) -> str:
    """Return the question whether copies that lie beside a session are to be put together with it."""
    n = sum(len(one.actions) for one in came)
    names = ", ".join(one.path.name for one in came)
    return say("session.merge.ask", plan.language, n=n, names=names, people=_people(plan, came))


def _people(plan: Plan, came: Sequence[Came]) -> str:
    names = dict.fromkeys(name for one in came for name in one.people)
    return ", ".join(names) or say("session.merge.nobody", plan.language)


def told_of_merge(plan: Plan, before: Plan, came: Sequence[Came]) -> Iterator[str]:
    """Yield what came from each copy, what is called otherwise, and what the copies say differently."""
    language = plan.language
    for one in came:
        n, people = len(one.actions), _people(plan, [one])
        key = "came" if n else "nothing_new"
        yield say(f"session.merge.{key}", language, n=n, people=people, path=one.path)
        yield from _amiss(plan, one)
    yield from _worked_on_twice(plan, came)
    # What the plenary need not decide.
    sides = [before, *(make_plan(plan.script, fold(one.whole)) for one in came)]
    if any(one.actions for one in came) and (shorts := _called_otherwise(plan, sides)):
        yield renumbered_in_words(plan, shorts)
    if names := overruled(plan):
        yield say("session.merge.overruled", language, n=len(names), names="; ".join(names))
    if slots := tuple(fallen_away(plan, sides)):
        told = "; ".join(name_of(plan, slot) for slot in slots)
        yield say("session.merge.falls_away", language, n=len(slots), names=told)
    yield from told_of_disputes(plan)


def _amiss(plan: Plan, came: Came) -> Iterator[str]:
    """Yield what did not come along from a copy, or what nobody could tell of it."""
    copy, language = came.copy, plan.language
    if copy is None:
        return
    if n := len(copy.reading.bad):
        yield say("breakouts.merge.damaged", language, n=n, path=came.path)
    if copy.edited:
        yield say("breakouts.merge.edited", language, path=came.path)
    if copy.unsure:
        yield say("breakouts.merge.unsure", language, path=came.path)


def _worked_on_twice(plan: Plan, came: Sequence[Came]) -> Iterator[str]:
    """Yield the clusters that two copies brought something of, each with both of them."""
    parts = [
        (one.path, one.copy.breakout.part) for one in came if one.actions and one.copy and one.copy.breakout
    ]
    for n, (path, part) in enumerate(parts):
        for other, clusters in parts[n + 1 :]:
            if path != other and (both := [one for one in part if one in clusters]):
                names = " + ".join(cluster_name(plan, one) for one in both)
                yield say("breakouts.merge.both", plan.language, names=names, one=path, other=other)


def _called_otherwise(plan: Plan, sides: Sequence[Plan]) -> dict[ItemId, str]:
    """Return the short ids of items that one of the copies had called otherwise."""
    shorts = plan.state.shorts
    return {
        item: shorts[item]
        for side in sides
        for item, short in side.state.shorts.items()
        if shorts.get(item, short) != short
    }


def told_of_disputes(plan: Plan) -> Iterator[str]:
    """Yield each place where copies say different things, with what each of them says."""
    if plan.disputes:
        yield say("session.merge.differ", plan.language, n=len(plan.disputes))
    for slot, dispute in plan.disputes:
        yield f"  {name_of(plan, slot)}"
        yield from (f"    {line}" for line in side_lines(plan, slot, dispute, "talk.side", most=LONGEST_SIDE))
