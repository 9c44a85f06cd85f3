"""Command that types a worksheet back: answers with the codes of their questions, in any order."""

from __future__ import annotations

from bsc_coach.conversation.filling import LeftError, commands_of
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.transcript import Turn
from bsc_coach.interview.codes import coded_lines, slot_of
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.family import Command, Several
from bsc_coach.text import one_line


def fill(talk: Talk, rest: str) -> Reply:
    """Take the answers of a worksheet; without any, ask for them until an empty line comes."""
    return (
        _filled(talk, rest)
        if rest.strip()
        else talk.ask(talk.say("fill.ask"), lambda line: _more(talk, line))
    )


def _more(talk: Talk, line: str) -> Reply:
    if not line.strip():
        return talk.note("fill.done")
    reply = _filled(talk, line)
    again = talk.ask(talk.say("fill.more"), lambda line: _more(talk, line))
    return Reply((*reply.turns, *again.turns), keep_text=reply.keep_text)


def _filled(talk: Talk, text: str) -> Reply:
    """Take what can be taken, as one action; say of the rest why it was not."""
    commands: dict[object, Command] = {}
    left: list[str] = []
    for code, told in coded_lines(text):
        slot = slot_of(talk.plan, code) if code else None
        if slot is None:
            key = "fill.no_such" if code else "fill.no_code"
            left.append(talk.say(key, code=code, text=one_line(told)))
            continue
        try:
            for command in commands_of(talk.session, slot, told):
                # An answer is given once, the last one that was typed; a list takes all that are.
                commands[slot if isinstance(command, Accept) else (slot, len(commands))] = command
        except LeftError as why:
            left.append(talk.say("fill.left", code=code, text=one_line(told), why=str(why)))
    turns: tuple[Turn, ...] = ()
    if commands:
        reply = talk.do_here(Several(tuple(commands.values())), may_ask=False)
        if reply.keep_text:
            return reply
        turns = (*reply.turns, *talk.note("fill.taken", n=len(commands)).turns)
        talk.position.settle(talk.plan)
    refused = tuple(Turn("refusal", one, talk.at) for one in left)
    return Reply((*turns, *refused), keep_text=not turns and bool(refused))
