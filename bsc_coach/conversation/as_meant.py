"""Taking what was typed as it was meant: said when it was understood, asked back when it is no answer.

A text that is probably no answer is never refused: a small question comes in between, with one key for each
way on, and whatever else is typed is the answer after all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bsc_coach import sizes
from bsc_coach.conversation.commands.answers import accept, close, hold
from bsc_coach.conversation.commands.coach import why
from bsc_coach.conversation.commands.lists import add, later
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.transcript import Turn
from bsc_coach.conversation.understood import choice_in_words, understood_sentence, wonder
from bsc_coach.interview.facts.answers import Decline, Park
from bsc_coach.interview.facts.log import JsonValue
from bsc_coach.interview.understanding.readings import AskBack, AskedBack, AsTyped, Passed, Understood
from bsc_coach.script.model import CollectStep, LongTextStep, TextStep
from bsc_coach.script.slots import Slot
from bsc_coach.text import normal, shorten
from bsc_coach.words import say

Way = Literal["park", "pass", "decline", "help", "later", "keep", "choice", "back", "close"]
"""What can be done about a text that was asked back."""

_LETTERS = "abcdefghij"
"""What a reading is chosen with, where a text has several."""
_ENTER: dict[AskedBack, Way] = {
    "not_known": "park", "not_applicable": "decline", "question": "help", "tentative": "choice",
    "person": "choice", "list_done": "close", "nothing_above": "back", "bare": "back", "yes_no": "back",
    "which": "back", "owners": "back", "several_lines": "back", "no_score": "back",
}  # fmt: skip
"""What Enter alone does."""
_OTHERS: dict[AskedBack, tuple[Way, ...]] = {
    "not_known": ("park", "decline"), "not_applicable": ("park",), "question": ("later", "park"),
    "tentative": ("park",), "list_done": ("park",),
}  # fmt: skip
"""What single letters do beside taking the text as it stands."""


@dataclass(frozen=True)
class TypedAnswer:
    """A text typed to a question, and the ways that lead back into the conversation."""

    slot: Slot
    text: str
    again: Callable[[str], Reply]
    """Takes another line as the answer."""
    pass_by: Callable[[], Reply]
    """Leaves an optional question open."""


def answer_as_meant(talk: Talk, typed: TypedAnswer) -> Reply:
    """Take a typed answer as it was meant."""
    from bsc_coach.interview.understanding.understand import understand

    reading = understand(talk.plan, typed.slot, typed.text, talk.session.environment.today)
    match reading:
        case AsTyped():
            return _take(talk, typed.slot, typed.text)
        case Passed():
            return _pass_by(talk, typed)
        case Understood():
            return _understood(talk, typed, reading)
        case AskBack():
            return _ask_back(talk, typed, reading)


def _take(talk: Talk, slot: Slot, value: JsonValue, typed: str = "") -> Reply:
    if isinstance(talk.plan.statuses[slot].step, CollectStep):
        return add(talk, slot, str(value))
    return accept(talk, slot, value, typed=typed)


def _understood(talk: Talk, typed: TypedAnswer, reading: Understood) -> Reply:
    """Take the value that was understood, and say so behind the answer."""
    reply = _take(talk, typed.slot, reading.value, typed.text)
    if reply.keep_text:
        return reply
    sentence = understood_sentence(talk.plan, typed.slot, reading, typed.text)
    return reply.telling(Turn("coach", sentence, typed.slot))


def _ask_back(talk: Talk, typed: TypedAnswer, asked: AskBack) -> Reply:
    """Ask what was meant, with a key for each way on."""
    hold(talk, typed.slot, typed.text)
    enter, letters = _ways(talk, typed.slot, asked)
    told = [say(f"typed.enter.{enter}", talk.language, choice=_choice(talk, typed, asked))]
    for letter, (way, number) in letters.items():
        choice = choice_in_words(talk.plan, typed.slot, asked.choices[number]) if way == "choice" else ""
        told.append(say(f"typed.way.{way}", talk.language, letter=letter, choice=choice))
    question = f"{wonder(asked, typed.text, talk.language)} {' · '.join(told)}"
    return talk.ask(question, lambda line: _decided(talk, typed, asked, line))


def _choice(talk: Talk, typed: TypedAnswer, asked: AskBack) -> str:
    return choice_in_words(talk.plan, typed.slot, asked.choices[0]) if asked.choices else ""


def _ways(talk: Talk, slot: Slot, asked: AskBack) -> tuple[Way, dict[str, tuple[Way, int]]]:
    """Return what Enter does, and what each letter does: a way, and the number of a choice."""
    status = talk.plan.statuses[slot]
    enter: Way = _ENTER[asked.kind]
    if status.optional and asked.kind in ("not_known", "not_applicable"):
        enter = "pass"
    letters: dict[str, tuple[Way, int]] = {}
    if enter == "back":
        letters = {_LETTERS[n]: ("choice", n) for n in range(min(len(asked.choices), len(_LETTERS)))}
    ways = [
        way
        for way in (*_OTHERS.get(asked.kind, ()), *(("decline",) if enter == "pass" else ()))
        if way != enter
    ]
    if isinstance(status.step, TextStep | LongTextStep | CollectStep):
        ways.append("keep")
    for way in dict.fromkeys(ways):
        letters[talk.say(f"letters.{way}").split()[0]] = (way, 0)
    return enter, letters


def _decided(talk: Talk, typed: TypedAnswer, asked: AskBack, line: str) -> Reply:
    """Do what was chosen; a letter that is no way leaves it, and a longer line is the answer after all."""
    enter, letters = _ways(talk, typed.slot, asked)
    if line and normal(line) not in letters and not (enter == "help" and talk.means(normal(line), "help")):
        return talk.note("cancelled") if len(line) == 1 and line.isalpha() else typed.again(line)
    way, number = letters.get(normal(line), (enter, 0))
    ways: dict[Way, Callable[[], Reply]] = {
        "park": lambda: talk.do(Park(typed.slot, shorten(asked.reason, sizes.SHORT_TEXT))),
        "pass": lambda: _pass_by(talk, typed),
        "decline": lambda: _decline(talk, typed, asked),
        "help": lambda: why(talk, ""),
        "later": lambda: _put_on_parking_lot(talk, typed),
        "keep": lambda: _take(talk, typed.slot, typed.text),
        "choice": lambda: _understood(talk, typed, Understood(asked.choices[number], "choice")),
        "close": lambda: close(talk, typed.slot),
        "back": lambda: talk.note("cancelled"),
    }
    return ways[way]()


def _pass_by(talk: Talk, typed: TypedAnswer) -> Reply:
    talk.session.drafts.drop(str(typed.slot))
    return typed.pass_by()


def _decline(talk: Talk, typed: TypedAnswer, asked: AskBack) -> Reply:
    """Say that the question does not apply, for the reason that was given, or that is asked for now."""

    def declined(reason: str) -> Reply:
        return talk.do(Decline(typed.slot, shorten(reason or typed.text, sizes.SHORT_TEXT)))

    if asked.reason:
        return declined(asked.reason)
    return talk.ask(say("typed.why_not", talk.language), declined)


def _put_on_parking_lot(talk: Talk, typed: TypedAnswer) -> Reply:
    talk.session.drafts.drop(str(typed.slot))
    return later(talk, typed.text)
