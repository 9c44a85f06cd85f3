"""Tidying the wordings before printing: one at a time, kept with Enter, taken with a key, or typed anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bsc_coach.conversation.prompt_builder import name_of
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.transcript import Turn
from bsc_coach.interview.commands import Accept, Several

if TYPE_CHECKING:
    from bsc_coach.conversation.tidying import SlippedWording

TAKE, LEAVE = "1", "0"
"""What takes the wording that is offered, and what ends the walk."""


def tidy(talk: Talk, rest: str) -> Reply:
    """Go through the wordings that may be tidied; what is kept is not offered again on this walk."""
    return _next(talk, frozenset(), ()) if _left(talk, frozenset()) else talk.note("tidy.nothing")


def _left(talk: Talk, kept: frozenset[str]) -> list[SlippedWording]:
    """Return the wordings that may be tidied and were not kept."""
    from bsc_coach.conversation.tidying import wordings_to_tidy

    return [one for one in wordings_to_tidy(talk.plan) if one.text not in kept]


def _next(talk: Talk, kept: frozenset[str], said: tuple[Turn, ...]) -> Reply:
    """Ask about the next wording that was not kept; at the end of them go back to where we were."""
    left = _left(talk, kept)
    if not left:
        return _through(talk, (*said, *talk.note("tidy.done").turns))
    here = left[0]
    question = _question(talk, here, len(left))
    keys = (TAKE, LEAVE) if here.tidied.text is not None else (LEAVE,)
    asked = talk.ask(
        question,
        lambda line: _answered(talk, here, kept, line),
        about=name_of(talk.plan, here.slots[-1]),
        keys=keys,
    )
    return Reply((*said, *asked.turns), keep_text=asked.keep_text)


def _question(talk: Talk, wording: SlippedWording, left: int) -> str:
    """Return what is asked about a wording: as it stands, as it would read, and what was changed in it."""
    better = wording.tidied.text
    if better is None:
        return talk.say("tidy.ask_anew", n=left, text=wording.text, leave=LEAVE)
    what = dict.fromkeys(
        talk.say(f"tidy.mended.{one.kind}", was=one.was, now=one.now) for one in wording.tidied.mended
    )
    return talk.say(
        "tidy.ask", n=left, text=wording.text, better=better, what=" · ".join(what), take=TAKE, leave=LEAVE
    )


def _answered(talk: Talk, wording: SlippedWording, kept: frozenset[str], line: str) -> Reply:
    """Take what was typed about a wording; a better one is an answer given anew that means the same."""
    better = wording.tidied.text
    if line in ("", wording.text):
        return _next(talk, kept | {wording.text}, ())
    if line == LEAVE:
        return _through(talk, talk.note("tidy.left").turns)
    if line == TAKE and better is None:
        return talk.refused(talk.say("tidy.nothing_offered"))
    text = better if line == TAKE and better is not None else line
    changes = tuple(Accept(slot, text, same=better is not None) for slot in wording.slots)
    reply = talk.do_here(changes[0] if len(changes) == 1 else Several(changes), may_ask=False)
    if reply.keep_text:
        return reply
    # The question that it answers is not said again: the walk names it.
    said = tuple(turn for turn in reply.turns if turn.speaker == "team")[:1]
    return _next(talk, kept | {text}, said)


def _through(talk: Talk, turns: tuple[Turn, ...]) -> Reply:
    """Leave the walk: back to the end of the talk, where that is where it began."""
    return Reply(turns, screen="end" if talk.prompt() is None else None)
