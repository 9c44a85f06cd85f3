"""Tidying the wordings before printing: kept with Enter, taken with a key, or all of a kind, or typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bsc_coach.conversation.prompt_builder import name_of
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.transcript import Turn
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.family import Several

if TYPE_CHECKING:
    from bsc_coach.conversation.tidying import SlippedWording

TAKE, ALL, LEAVE = "1", "a", "0"
"""What takes the wording that is offered, what takes all that are like it, and what ends the walk."""
_FEWEST_AT_ONCE = 3
"""Wordings of one kind, the one that is asked about among them, from which on all may be taken at once."""


@dataclass(frozen=True)
class _Walk:
    """One walk through the wordings: whether it began at the end of the talk, and what was kept so far."""

    from_end: bool
    kept: frozenset[str] = frozenset()

    def keeping(self, *texts: str) -> _Walk:
        return _Walk(self.from_end, self.kept | set(texts))


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
    here, alike = left[0], _like(left)
    keys = (TAKE, LEAVE) if here.tidied.text is not None else (LEAVE,)
    asked = talk.ask(
        _question(talk, here, len(left), len(alike)),
        lambda line: _all_taken(talk, alike, walk) if line == ALL else _answered(talk, here, walk, line),
        about=name_of(talk.plan, here.slots[-1]),
        keys=keys,
    )
    return Reply((*said, *asked.turns), keep_text=asked.keep_text)


def _like(left: list[SlippedWording]) -> list[SlippedWording]:
    """Return the wordings with the same slips as the first, where there are enough to take them at once.

    A correction of spelling is never one of them: whether a word is wrong has to be looked at.
    """

    def kinds(one: SlippedWording) -> set[str]:
        return {mended.kind for mended in one.tidied.mended}

    alike = [one for one in left if kinds(one) == kinds(left[0])]
    one_by_one = kinds(left[0]) & {"spelling", "unfinished"}
    return [] if one_by_one or len(alike) < _FEWEST_AT_ONCE else alike


def _question(talk: Talk, wording: SlippedWording, left: int, alike: int) -> str:
    """Return what is asked about a wording: as it stands, as it would read, and what was changed in it."""
    better = wording.tidied.text
    if better is None:
        return talk.say("tidy.ask_anew", n=left, text=wording.text, leave=LEAVE)
    what = dict.fromkeys(
        talk.say(f"tidy.mended.{one.kind}", was=one.was, now=one.now) for one in wording.tidied.mended
    )
    take = talk.say("tidy.take", letter=TAKE)
    if alike:
        take = f"{take} · {talk.say('tidy.take_all', letter=ALL, n=alike)}"
    return talk.say(
        "tidy.ask", n=left, text=wording.text, better=better, what=" · ".join(what), take=take, leave=LEAVE
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


def _all_taken(talk: Talk, alike: list[SlippedWording], walk: _Walk) -> Reply:
    """Take what is offered for several wordings, as one action."""
    if not alike:
        return talk.refused(talk.say("tidy.nothing_offered"))
    better = {one.text: one.tidied.text or one.text for one in alike}
    changes = tuple(Accept(slot, better[one.text], same=True) for one in alike for slot in one.slots)
    reply = talk.do_here(Several(changes), may_ask=False)
    if reply.keep_text:
        return reply
    return _next(talk, walk.keeping(*better.values()), talk.note("tidy.all_taken", n=len(alike)).turns)


def _through(walk: _Walk, turns: tuple[Turn, ...]) -> Reply:
    """Leave the walk: back to the end of the talk, where that is where it began."""
    return Reply(turns, screen="end" if walk.from_end else None)
