"""Tidying the wordings before printing: one at a time, kept with Enter, taken with a key, or typed anew."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True)
class _Walk:
    """One walk through the wordings: whether it began at the end of the talk, and what was kept so far."""

    from_end: bool
    kept: frozenset[str] = frozenset()

    def keeping(self, text: str) -> _Walk:
        return _Walk(self.from_end, self.kept | {text})


def tidy(talk: Talk, rest: str) -> Reply:
    """Go through the wordings that may be tidied; what is kept is not offered again on this walk."""
    walk = _Walk(from_end=talk.prompt() is None)
    return _next(talk, walk, ()) if _left(talk, walk) else talk.note("tidy.nothing")


def _left(talk: Talk, walk: _Walk) -> list[SlippedWording]:
    """Return the wordings that may be tidied and were not kept."""
    from bsc_coach.conversation.tidying import wordings_to_tidy

    return [one for one in wordings_to_tidy(talk.plan) if one.text not in walk.kept]


def _next(talk: Talk, walk: _Walk, said: tuple[Turn, ...]) -> Reply:
    """Ask about the next wording that was not kept; at the end of them go back to where we were."""
    left = _left(talk, walk)
    if not left:
        return _through(walk, (*said, *talk.note("tidy.done").turns))
    here = left[0]
    question = _question(talk, here, len(left))
    keys = (TAKE, LEAVE) if here.tidied.text is not None else (LEAVE,)
    asked = talk.ask(
        question,
        lambda line: _answered(talk, here, walk, line),
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


def _answered(talk: Talk, wording: SlippedWording, walk: _Walk, line: str) -> Reply:
    """Take what was typed about a wording; a better one is an answer given anew that means the same."""
    better = wording.tidied.text
    if line in ("", wording.text):
        return _next(talk, walk.keeping(wording.text), ())
    if line == LEAVE:
        return _through(walk, talk.note("tidy.left").turns)
    if line == TAKE and better is None:
        return talk.refused(talk.say("tidy.nothing_offered"))
    text = better if line == TAKE and better is not None else line
    changes = tuple(Accept(slot, text, same=better is not None) for slot in wording.slots)
    reply = talk.do_here(changes[0] if len(changes) == 1 else Several(changes), may_ask=False)
    if reply.keep_text:
        return reply
    # The question that it answers is not said again: the walk names it.
    said = tuple(turn for turn in reply.turns if turn.speaker == "team")[:1]
    return _next(talk, walk.keeping(text), said)


def _through(walk: _Walk, turns: tuple[Turn, ...]) -> Reply:
    """Leave the walk: back to the end of the talk, where that is where it began."""
    return Reply(turns, screen="end" if walk.from_end else None)
