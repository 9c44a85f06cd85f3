"""Commands about the answer to a question: give, put off, decline, still right, take back, every wording.

``accept`` and ``close`` are what a plain line comes to as well.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from string import ascii_lowercase

from bsc_coach.conversation.commands.clock import ask_for_time
from bsc_coach.conversation.commands.moves import named_item, named_part
from bsc_coach.conversation.prompt_builder import name_of
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.transcript import Turn, said_in_short
from bsc_coach.conversation.understood import date_in_words, understood_sentence
from bsc_coach.interview.breakouts import is_elsewhere
from bsc_coach.interview.consequences import Consequences, after, consequences
from bsc_coach.interview.disputed_words import side_in_words
from bsc_coach.interview.facts.agenda import AgendaPlanned
from bsc_coach.interview.facts.answers import Accept, Decline, Park, SlotAnswered
from bsc_coach.interview.facts.family import Command, Several
from bsc_coach.interview.facts.lists import CloseList, StillHold, TakeSide
from bsc_coach.interview.facts.log import ELSEWHERE, SAVED, TAKEN, Action, JsonValue
from bsc_coach.interview.facts.session import Redo, Undo
from bsc_coach.interview.navigation import entry_of, next_disputed
from bsc_coach.interview.projection import said_in_words
from bsc_coach.interview.provenance import unconfirmed
from bsc_coach.interview.understanding.readings import AskBack, Understood
from bsc_coach.script.slots import Slot
from bsc_coach.text import normal, shorten
from bsc_coach.words import say

NAMES_SHOWN = 3
LONGEST_NAME = 50
TELLING = 4
"""Letters of a word that tells what a wording is about."""


def accept(
    talk: Talk, slot: Slot, value: JsonValue, also: tuple[Command, ...] = (), *, typed: str = ""
) -> Reply:
    """Answer a slot; when an answer given anew touches other answers, ask before it is taken.

    ``also`` is done with it, as one action. ``typed`` is what the value was understood from, where that
    reads otherwise.
    """
    answer = Accept(slot, value, typed=typed)
    command = _with(answer, also)
    verdict = talk.session.decide(command)
    if verdict.events and talk.plan.statuses[slot].answer_state == "answered":
        touched = consequences(talk.plan, after(talk.plan, verdict.events))
        if touched:
            hold(talk, slot, typed or value)
            question = talk.say("touches.ask", what=in_words(talk, touched))
            return talk.ask(question, lambda line: _accept_decided(talk, answer, also, question, line))
    before = talk.plan.statuses[slot].value if talk.remarks_on(slot) else None
    reply = talk.do(command, verdict)
    if reply.keep_text or not isinstance(before, str) or not _is_another(before, str(value)):
        return reply
    # Perhaps the next answer, typed early: what it took the place of is said.
    return replace(reply, turns=(*reply.turns, *talk.note("in_place_of", text=before).turns))


def _is_another(before: str, now: str) -> bool:
    """Tell whether two wordings have no word in common that tells anything."""
    was, words = ({word for word in normal(text).split() if len(word) >= TELLING} for text in (before, now))
    return not was & words


def _with(command: Command, also: tuple[Command, ...]) -> Command:
    return Several((command, *also)) if also else command


def _accept_decided(talk: Talk, answer: Accept, also: tuple[Command, ...], question: str, line: str) -> Reply:
    """Take the answer to "this touches other answers"."""
    letter = talk.letter(line)
    if talk.means(letter, "yes"):
        return talk.do(_with(answer, also))
    if talk.means(letter, "wording"):
        return talk.do(_with(replace(answer, same=True), also))
    return talk.neither(line, question)


def hold(talk: Talk, slot: Slot, text: JsonValue) -> None:
    """Keep a typed text as the draft of its slot while a small question stands in between."""
    if isinstance(text, str):
        talk.session.drafts.put(str(slot), text, handed_in=True)


def in_words(talk: Talk, touched: Consequences) -> str:
    """Return what an edit touches elsewhere, in words: how many, and the first names."""
    parts = []
    for kind in ("stale", "dormant", "active", "invalid"):
        slots: tuple[Slot, ...] = getattr(touched, kind)
        if slots:
            parts.append(talk.say(f"touches.{kind}", n=len(slots), names=_names(talk, slots)))
    return "; ".join(parts)


def _names(talk: Talk, slots: tuple[Slot, ...]) -> str:
    names = [_cut(name_of(talk.plan, slot)) for slot in slots[:NAMES_SHOWN]]
    if len(slots) > NAMES_SHOWN:
        names.append(talk.say("touches.more", n=len(slots) - NAMES_SHOWN))
    return ", ".join(names)


def _cut(name: str) -> str:
    """Return a name of at most ``LONGEST_NAME`` characters: of a long one the item is cut, not the field."""
    item, dot, field = name.rpartition(" · ")
    tail = f"{dot}{field}" if dot else ""
    return f"{shorten(item or name, max(LONGEST_NAME - len(tail), 0))}{tail}"


def close(talk: Talk, slot: Slot, reason: str = "") -> Reply:
    """Finish a list; an empty one that may not be asks for the reason first."""
    command = CloseList(slot, reason)
    verdict = talk.session.decide(command)
    if verdict.refusals and verdict.refusals[0].key == "empty_needs_reason" and not reason:
        question = f"{verdict.refusals[0].sentence(talk.language)} {talk.say('ask.empty_reason')}"
        return talk.ask(question, lambda line: close(talk, slot, line) if line else Reply())
    return talk.do(command, verdict)


def park(talk: Talk, rest: str) -> Reply:
    """Put a question off: why, who finds out, and by when are asked one after the other."""
    if talk.at is None:
        return talk.note("all_done")
    slot = talk.at
    keys = ("park_reason", "park_owner", "park_due")

    def parked(parts: tuple[str, ...], said: tuple[Turn, ...] = ()) -> Reply:
        if len(parts) == len(keys):
            return _parked_until(talk, Park(slot, *parts))
        command = Park(slot, *parts)
        verdict = talk.session.decide(command)
        if verdict.refusals:
            return talk.do(command, verdict)
        asked = talk.ask(talk.say(f"ask.{keys[len(parts)]}"), lambda line: answered(parts, line))
        return Reply((*said, *asked.turns), keep_text=asked.keep_text)

    def answered(parts: tuple[str, ...], line: str) -> Reply:
        if len(parts) != keys.index("park_owner"):
            return parked((*parts, line))
        owner = owner_meant(talk, slot, line)
        return owner if isinstance(owner, Reply) else parked((*parts, owner.role), owner.said)

    return parked((rest,)) if rest else talk.ask(talk.say(f"ask.{keys[0]}"), lambda line: parked((line,)))


@dataclass(frozen=True)
class OwnerMeant:
    """Who brings something back: a role in the room where one was meant, and what is said about that."""

    role: str
    said: tuple[Turn, ...] = ()


def owner_meant(talk: Talk, slot: Slot, text: str) -> OwnerMeant | Reply:
    """Return who brings something back, or why that cannot be somebody: "4 Dec" is nobody."""
    from bsc_coach.interview.understanding.understand import understand_owner

    reading = understand_owner(talk.plan, text, talk.session.environment.today)
    match reading:
        case Understood():
            told = understood_sentence(talk.plan, slot, reading, text)
            return OwnerMeant(str(reading.value), (Turn("coach", told, slot),))
        case AskBack():
            return talk.refused(say("typed.nobody", talk.language, typed=shorten(text, LONGEST_NAME)))
        case _:
            return OwnerMeant(text)


def _parked_until(talk: Talk, park: Park) -> Reply:
    """Put a question off until a date as people say it, and say which day or month that became."""
    from bsc_coach.interview.understanding.understand import understand_date

    reading = understand_date(park.due, talk.language, talk.session.environment.today)
    match reading:
        case Understood():
            return _parked_until_read(talk, park, str(reading.value))
        case AskBack():
            return _which_date(talk, park, [str(one) for one in reading.choices])
        case _:
            return talk.do(park)


def _parked_until_read(talk: Talk, park: Park, iso: str) -> Reply:
    """Put a question off until the date that ``park`` was understood to mean, and say so."""
    reply = talk.do(replace(park, due=iso))
    value = date_in_words(iso, talk.language)
    told = say("typed.understood.date", talk.language, value=value, typed=park.due)
    return reply.telling(Turn("coach", told, park.slot))


def _which_date(talk: Talk, park: Park, dates: list[str]) -> Reply:
    """Ask which of several dates was meant: a letter takes one, and another date may be typed."""
    by_letter = dict(zip(ascii_lowercase, dates, strict=False))
    choices = " · ".join(f"{letter} {date_in_words(one, talk.language)}" for letter, one in by_letter.items())

    def chosen(line: str) -> Reply:
        iso = by_letter.get(normal(line))
        return (
            _parked_until(talk, replace(park, due=line))
            if iso is None
            else _parked_until_read(talk, park, iso)
        )

    return talk.ask(say("typed.which_date", talk.language, typed=park.due, choices=choices), chosen)


def decline(talk: Talk, rest: str) -> Reply:
    """Say that a question does not apply, and why."""
    if talk.at is None:
        return talk.note("all_done")
    slot = talk.at

    def declined(reason: str) -> Reply:
        return talk.do(Decline(slot, reason)) if reason else talk.note("cancelled")

    return declined(rest) if rest else talk.ask(talk.say("ask.decline_reason"), declined)


def still_right(talk: Talk, rest: str) -> Reply:
    """Affirm an answer that another one has made doubtful, or that was taken over.

    With a part of the agenda, an id or "all": everything taken over there that nobody has confirmed yet.
    """
    if rest.strip():
        return _all_still_right(talk, rest)
    status = None if talk.at is None else talk.plan.status(talk.at)
    if status is not None and status.disputes:
        return talk.note("disputed")
    if status is None or not (status.stale or status.unconfirmed):
        return talk.note("nothing_stale")
    return talk.do(StillHold((status.slot,)))


def _all_still_right(talk: Talk, name: str) -> Reply:
    """Affirm what was taken over in a part or about an item; what needs a look of its own is left."""
    plan, part, item = talk.plan, named_part(talk, name), named_item(talk, name)
    if part is None and item is None and not talk.means(normal(name), "all"):
        return talk.note("no_such_part_to_confirm", name=shorten(name.strip(), LONGEST_NAME))
    # An id is meant before a part that begins with its letters.
    meant = [
        status
        for status in unconfirmed(plan)
        if (item is None or any(one == item for _, one in status.slot.frame))
        and (item is not None or part is None or entry_of(plan.script, status.slot) == (part.step, part.item))
    ]
    if not meant:
        return talk.note("nothing_unconfirmed")
    sound = tuple(one.slot for one in meant if not (one.stale or one.refusals or one.disputes))
    left = tuple(status.slot for status in meant if status.slot not in sound)
    rest = talk.note("left_unconfirmed", n=len(left), names=_names(talk, left)).turns if left else ()
    if not sound:
        return Reply(rest)
    command = StillHold(sound)
    reply = talk.do(command) if talk.at in sound else talk.do_here(command)
    return reply if reply.keep_text else replace(reply, turns=(*reply.turns, *rest))


def take(talk: Talk, rest: str) -> Reply:
    """Take one of the things that copies of the session say differently here, by its number.

    Where they agree, it goes to the next place where they do not.
    """
    status = None if talk.at is None else talk.plan.status(talk.at)
    if status is None or not status.disputes:
        elsewhere = next_disputed(talk.plan, talk.at)
        if elsewhere is None:
            return talk.note("nothing_disputed")
        talk.position.jump(elsewhere)
        return talk.note("disputed_elsewhere", name=name_of(talk.plan, elsewhere))
    slot, dispute = status.slot, status.disputes[0]
    number = int(rest) if rest.strip().isascii() and rest.strip().isdecimal() else 0
    reply = talk.do(TakeSide(slot, number))
    if reply.keep_text:
        return reply
    # What became of an item or a list is said in the words in which it was asked.
    side = dispute.sides[number - 1]
    if side.says != "answered":
        said = side_in_words(talk.plan, slot, dispute, side)
        reply = replace(reply, turns=(Turn("note", talk.say("taken", said=said), slot), *reply.turns[1:]))
    # A list is not left by itself: the next thing to decide comes first.
    now = talk.plan.status(slot)
    elsewhere = next_disputed(talk.plan, slot)
    leads_out = is_elsewhere(talk.plan, elsewhere) and not is_elsewhere(talk.plan, slot)
    stays = talk.at != slot or talk.asking is not None or leads_out
    if elsewhere is not None and not stays and not (now and now.disputes):
        talk.position.jump(elsewhere)
    return reply


def undo(talk: Talk, rest: str) -> Reply:
    """Take the last action back; where that was the answer on how much time there is, ask it again.

    All that was taken over from an earlier strategy goes at once: that is asked back.
    """
    before = talk.plan.state.effective
    if before and before[-1].source == TAKEN:
        question = talk.say("ask.undo_taken_over", what=said_in_short(talk.plan, before[-1]))
        return talk.ask(question, lambda line: _undo_taken_over(talk, question, line))
    reply = talk.do(Undo())
    planned = len(before) == 1 and isinstance(before[0].do[0], AgendaPlanned)
    if reply.keep_text or not planned or talk.homework is not None:
        return reply
    return replace(reply, turns=(*reply.turns, *ask_for_time(talk).turns))


def _undo_taken_over(talk: Talk, question: str, line: str) -> Reply:
    letter = talk.letter(line)
    if letter and talk.means(letter, "yes"):
        return talk.do(Undo())
    if not letter or talk.means(letter, "cancel"):
        return talk.note("cancelled")
    return talk.neither(line, question)


def redo(talk: Talk, rest: str) -> Reply:
    """Do again what was taken back."""
    return talk.do(Redo())


def history(talk: Talk, rest: str) -> Reply:
    """Show every wording of the answer we are at, numbered; with a number, give that one again."""
    if talk.at is None:
        return talk.note("no_history")
    wordings = _wordings(talk, talk.at)
    if rest.strip().isdecimal() and 1 <= int(rest) <= len(wordings):
        return accept(talk, talk.at, wordings[int(rest) - 1][1].value)
    return history_of(talk, talk.at)


def history_of(talk: Talk, slot: Slot) -> Reply:
    """Show every wording of the answer to ``slot``, numbered, with who gave it when."""
    turns = []
    for number, (action, event) in enumerate(_wordings(talk, slot), start=1):
        value = said_in_words(talk.plan, slot, event.value)
        when = action.at.strftime("%Y-%m-%d %H:%M")
        line = talk.say("history_line", number=number, when=when, by=action.by, value=value)
        if action.source in {*ELSEWHERE, SAVED}:
            line = say(f"why.source.{action.source}", talk.language, line=line)
        turns.append(Turn("note", line, slot))
    if not turns:
        return talk.note("no_history")
    return Reply((*turns, Turn("note", talk.say("history_ways"), slot)))


def _wordings(talk: Talk, slot: Slot) -> list[tuple[Action, SlotAnswered]]:
    return [
        (action, event)
        for action in talk.plan.state.actions
        for event in action.do
        if isinstance(event, SlotAnswered) and event.slot == slot
    ]
