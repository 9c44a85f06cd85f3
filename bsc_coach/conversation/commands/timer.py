"""The timer: started by a round or by hand, shown, and said to be over once; it closes nothing."""

from __future__ import annotations

from dataclasses import replace

from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.timer import left_said, read_timer
from bsc_coach.conversation.transcript import Turn
from bsc_coach.text import normal
from bsc_coach.words import say


def timer(talk: Talk, rest: str) -> Reply:
    """Start a timer, lengthen it or take it off; without anything behind it, say how it stands."""
    wanted = normal(rest)
    if not wanted:
        said = timer_left(talk) or _said_over(talk)
        return _note(talk, said or say("wall.timer.none", talk.language))
    if wanted in say("wall.timer.letters_off", talk.language).split("|"):
        talk.timer = None
        return _note(talk, say("wall.timer.off", talk.language))
    wish = read_timer(wanted)
    if wish is None:
        return talk.refused(say("wall.timer.not_read", talk.language))
    if wish.more and talk.timer is not None:
        talk.timer = talk.timer.longer(wish.minutes, talk.now())
        left = left_said(talk.timer.left(talk.now()))
        return _note(talk, say("wall.timer.longer", talk.language, left=left))
    talk.start_timer(wish.minutes)
    shown = f"{wish.minutes:g}".replace(".", say("wall.timer.point", talk.language))
    n = 1 if wish.minutes == 1 else shown
    return _note(talk, say("wall.timer.started", talk.language, n=n))


def timer_left(talk: Talk) -> str:
    """Return in words how long the timer still runs; nothing where none does."""
    if talk.timer is None or not (left := talk.timer.left(talk.now())):
        return ""
    return say("wall.timer.line", talk.language, left=left_said(left))


def timer_over(talk: Talk) -> tuple[Turn, ...]:
    """Return that the timer is over, once; with the line after that one it is forgotten."""
    if talk.timer is None or not talk.timer.is_over(talk.now()):
        return ()
    if talk.timer.told:
        talk.timer = None
        return ()
    talk.timer = replace(talk.timer, told=True)
    return (Turn("note", say("wall.timer.ended", talk.language)),)


def _said_over(talk: Talk) -> str:
    return "" if talk.timer is None else say("wall.timer.over", talk.language)


def _note(talk: Talk, text: str) -> Reply:
    return Reply((Turn("note", text, talk.at),))
