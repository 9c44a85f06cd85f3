"""The end of a session: shown by the front end, and each of its lines one key away.

What it tells is read when somebody gets there: many starts of the program never do.
"""

from __future__ import annotations

from bsc_coach.conversation.commands.tidy import tidy
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.facts.answers import Confirm
from bsc_coach.interview.facts.family import Several
from bsc_coach.text import normal

PAGE = "end"
"""The page of the front end that shows the end, and that one comes back to."""


def end(talk: Talk, rest: str) -> Reply:
    """Show the end of the session; with the key of one of its lines, do what that line tells."""
    key = normal(rest)
    if not key:
        return Reply(screen=PAGE)
    return choose(talk, key) or talk.note("end.how")


def choose(talk: Talk, key: str) -> Reply | None:
    """Do what a line of the end tells, by its key; None for a key that no line has."""
    from bsc_coach.conversation.ending import alarm_slots, unconfirmed

    if talk.homework is not None and key != talk.say("end.key.leave"):
        return None  # the end of homework shows nothing else
    slots = alarm_slots(talk.plan)
    if key.isdecimal() and 1 <= int(key) <= len(slots):
        slot = slots[int(key) - 1]
        if slot is None:
            return Reply(screen="map")
        talk.position.go_to(slot, come_back=True, page=PAGE)
        return Reply()
    named = {talk.say(f"end.key.{name}"): name for name in ("tidy", "export", "review", "confirm", "leave")}
    match named.get(key):
        case "tidy":
            return tidy(talk, "")
        case "export" | "review" as screen:
            return Reply(screen=screen)
        case "leave":
            return Reply(screen="quit")
        case "confirm" if slots_to_confirm := unconfirmed(talk.plan):
            reply = talk.do(Several(tuple(Confirm(slot) for slot in slots_to_confirm)))
            return Reply(reply.turns, screen=PAGE)
    return None
