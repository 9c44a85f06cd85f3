"""Commands about the time: how much there is, breaks and talk, ways out when late, what is asked in full."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from bsc_coach.conversation.commands.moves import named_part
from bsc_coach.conversation.prompt import Option
from bsc_coach.conversation.reply import Question, Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.time_words import (
    late_said,
    planned_said,
    preset_said,
    time_of_day,
    way_out_named,
    way_out_said,
)
from bsc_coach.conversation.transcript import Turn
from bsc_coach.interview.asides import has_depths
from bsc_coach.interview.facts.agenda import AgendaPlanned, AskInFull, TakeTime
from bsc_coach.interview.navigation import agenda
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.presets import PRESETS
from bsc_coach.interview.replans import ways_out
from bsc_coach.interview.understanding.time_slots import names_preset, read_time_slot
from bsc_coach.text import normal
from bsc_coach.words import say

USUAL = "half_day"
"""The preset of whoever only presses Enter."""


def ask_for_time(talk: Talk) -> Reply:
    """Ask a new session how long there is, how many people there are, and which breaks."""
    if not has_depths(talk.plan.script):
        return Reply()  # whatever the time, the same is asked; /clock plans it all the same
    options = tuple(
        Option(number, name, say(f"agenda.preset.{name}", talk.language), preset_said(talk.plan, name))
        for number, name in enumerate(PRESETS, start=1)
    )
    usual = next(str(option.number) for option in options if option.id == USUAL)
    # No digit is taken at the touch of its key: a time of day begins with one as well.
    return talk.put(
        Question(
            say("agenda.ask", talk.language),
            lambda line: _planned(talk, line or usual),
            options=options,
            hint=say("agenda.ask_hint", talk.language),
        )
    )


def clock(talk: Talk, rest: str) -> Reply:
    """Plan the time there is; without anything behind it, say how it stands."""
    if rest.strip():
        return _planned(talk, rest)
    if not talk.plan.state.agenda.preset:
        return _note(talk, say("agenda.no_plan", talk.language))
    return _note(talk, planned_said(talk.plan, talk.now()))


def _planned(talk: Talk, text: str) -> Reply:
    command = read_time_slot(text, talk.language, talk.now().astimezone())
    if command is None:
        return talk.refused(say("agenda.not_read", talk.language))
    before = talk.plan.state.agenda
    command = replace(command, people=command.people or before.people)
    if _is_under_way(talk.plan) and not names_preset(text, talk.language):
        # Only the time is another; what is asked stays as it was.
        minutes = command.minutes or before.minutes
        begin = command.begin if command.minutes else before.begin
        command = replace(command, preset=before.preset, begin=begin, minutes=minutes, as_before=True)
    reply = talk.do_here(command)
    # The plan that it leads to says more than the slot.
    return reply if reply.keep_text else _note(talk, planned_said(talk.plan, talk.now()))


def _is_under_way(plan: Plan) -> bool:
    """Tell whether a session that was planned before has come further than its plan."""
    later = (event for action in plan.state.effective for event in action.do)
    return bool(plan.state.agenda.preset) and any(not isinstance(one, AgendaPlanned) for one in later)


def late(talk: Talk, rest: str) -> Reply:
    """Offer three replans, each with what it saves and what the document will lack."""
    ways = ways_out(talk.plan, talk.now(), talk.at)
    if not any(way.saved or way.lost for way in ways):
        return _note(talk, say("agenda.late_nothing", talk.language))
    by_key = {str(number): way for number, way in enumerate(ways, start=1)}
    if (chosen := by_key.get(rest.strip())) is not None:
        return talk.do_here(chosen.command)
    question = say("agenda.late_ask", talk.language, clock=late_said(talk.plan, talk.now())).strip()

    def decided(line: str) -> Reply:
        if not line:
            return talk.note("cancelled")
        way = by_key.get(line.strip())
        return talk.neither(line, question) if way is None else talk.do_here(way.command)

    options = tuple(
        Option(
            int(number),
            way.command.how,
            way_out_named(way, talk.language),
            way_out_said(way, talk.language),
        )
        for number, way in by_key.items()
    )
    hint = say("agenda.late_keys", talk.language)
    return talk.put(
        Question(question, decided, keys=tuple(by_key), options=options, hint=hint, page="choice")
    )


def depth(talk: Talk, rest: str) -> Reply:
    """Ask everything in a part of the agenda, or in all of it; without a name say what is left aside."""
    if not has_depths(talk.plan.script):
        return _note(talk, say("agenda.no_depth", talk.language))
    wanted = normal(rest)
    if not wanted:
        key = "agenda.depth_how" if talk.plan.state.agenda.depth == "room" else "agenda.depth_full"
        return _note(talk, say(key, talk.language))
    if any(wanted == word for word in say("agenda.typed.everything", talk.language).split("|")):
        return _ask_in_full(talk, "")
    if (part := named_part(talk, rest)) is not None:
        return _ask_in_full(talk, part.step)
    return _note(talk, say("agenda.no_part", talk.language, typed=rest.strip()))


def _ask_in_full(talk: Talk, part: str) -> Reply:
    """Ask everything in a part; from the end of a session go there, since nothing else would lead to it."""
    ended = talk.ended
    reply = talk.do_here(AskInFull(part))
    parts = (entry for entry in agenda(talk.plan) if part in ("", entry.step) and entry.minutes_left)
    first = next((entry.first for entry in parts if entry.first is not None), None)
    if ended and first is not None:
        talk.position.jump(first)
    return reply


def pause(talk: Talk, rest: str) -> Reply:
    """Begin a break; the next line ends it."""
    return _apart(talk, "break", "")


def aside(talk: Talk, rest: str) -> Reply:
    """Begin talk that belongs to no question; the next line ends it."""
    return _apart(talk, "talk", rest.strip())


def _apart(talk: Talk, why: Literal["break", "talk"], about: str) -> Reply:
    begin = talk.now()
    words = about or say("agenda.talk_about", talk.language)
    since = say(f"agenda.{why}_since", talk.language, time=time_of_day(begin), about=words)
    hint = say("agenda.goes_on", talk.language)
    return talk.put(
        Question(since, lambda line: talk.do_here(TakeTime(why, begin, about)), hint=hint, page="pause")
    )


def _note(talk: Talk, text: str) -> Reply:
    return Reply((Turn("note", text, talk.at),))
