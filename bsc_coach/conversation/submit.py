"""Submitting a line: a command, the answer to a small question in between, or the answer to the question.

The front ends begin a conversation with ``start_talk`` and hand in what is typed, or called with a key.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bsc_coach.conversation.as_meant import TypedAnswer, answer_as_meant
from bsc_coach.conversation.commands import rounds
from bsc_coach.conversation.commands.answers import accept, close, hold
from bsc_coach.conversation.commands.cells import fill_cells
from bsc_coach.conversation.commands.clock import clock
from bsc_coach.conversation.commands.coach import remarks_of
from bsc_coach.conversation.commands.end import choose, end
from bsc_coach.conversation.commands.homework import homework_offer
from bsc_coach.conversation.commands.line_anew import answer_line_anew
from bsc_coach.conversation.commands.link_check import link_check
from bsc_coach.conversation.commands.lists import add, later
from bsc_coach.conversation.commands.plenary import hands_counted, plenary_goes_on
from bsc_coach.conversation.commands.proposition_split import divide, wants_all
from bsc_coach.conversation.commands.registry import COMMAND_BY_NAME, SlashCommand
from bsc_coach.conversation.commands.sorting import (
    ask_goal_again,
    choose_by_id,
    sort_passed_again,
    sorting_told,
)
from bsc_coach.conversation.commands.timer import timer_over
from bsc_coach.conversation.position import Position
from bsc_coach.conversation.prompt import Prompt
from bsc_coach.conversation.reply import Question, Reply
from bsc_coach.conversation.talk import AfterAnswer, Talk
from bsc_coach.conversation.transcript import Turn
from bsc_coach.interview.breakouts import asked_in_part, is_elsewhere, part_name_of
from bsc_coach.interview.facts.answers import Accept, Confirm, Pass, StillRight
from bsc_coach.interview.facts.lists import StillHold
from bsc_coach.interview.homework import begin_homework
from bsc_coach.interview.kept_kpis import kept_kpis_for
from bsc_coach.interview.understanding.time_slots import is_time_slot
from bsc_coach.script.model import CollectStep, ConfirmStep
from bsc_coach.script.slots import Slot
from bsc_coach.session.debug_log import debug_log
from bsc_coach.session.session import Session
from bsc_coach.text import normal
from bsc_coach.words import say

AFTER_ANSWER: tuple[AfterAnswer, ...] = (
    remarks_of, homework_offer, link_check, sorting_told, plenary_goes_on,
)  # fmt: skip
"""What may be said after an answer, in this order."""


def start_talk(session: Session, at: Slot | None = None) -> Talk:
    """Return a conversation about ``session``, at a slot or nowhere yet: ``resume`` goes where one was."""
    among = None if session.plan.part_of is None else asked_in_part
    return Talk(session, AFTER_ANSWER, Position(at, among=among))


def start_homework(session: Session, role: str) -> Talk:
    """Return a conversation that asks only what a role took home; ``NOBODY`` asks what nobody owns."""
    talk = start_talk(session)
    talk.homework = begin_homework(session.plan, role)
    talk.position.among = talk.homework.open
    talk.position.settle(session.plan)
    return talk


@dataclass(frozen=True)
class TypedLine:
    """A line as it was meant: an answer, or a command with the rest of the line."""

    text: str
    command: SlashCommand | None = None
    unknown: str = ""
    """The name of a command that does not exist."""


def read_line(line: str) -> TypedLine:
    """Return what a typed line means; a leading ``//`` stands for a slash of the answer itself."""
    bare = line.strip()
    if bare.startswith("//"):
        return TypedLine(line.replace("//", "/", 1))
    name, _, rest = bare[1:].partition(" ")
    if "\n" in name:
        name, _, rest = bare[1:].partition("\n")
    command = COMMAND_BY_NAME.get(name.casefold())
    takes_lines = command is not None and command.takes == "lines"
    if not bare.startswith("/") or ("\n" in bare and not takes_lines):
        return TypedLine(line)
    if command is None:
        return TypedLine(rest.strip(), unknown=name[:40])
    return TypedLine(rest.strip(), command)


def submit(talk: Talk, line: str) -> Reply:
    """Take a line that was typed and return what is said back, what others said meanwhile first."""
    talk.session.take_in()
    if not line.lstrip().startswith("/"):
        talk.result = None
    reply = _taken(talk, line)
    rounds.follow_journal(talk)
    others = (*talk.others_said(), *timer_over(talk))
    return replace(reply, turns=(*others, *reply.turns)) if others else reply


def _taken(talk: Talk, line: str) -> Reply:
    typed = read_line(line)
    if typed.unknown:
        return Reply(talk.note("unknown_command", typed=typed.unknown).turns, keep_text=True)
    if typed.command is not None:
        return run_command(talk, typed.command, typed.text)
    if talk.asking is not None:
        return _answer_in_between(talk, talk.asking, typed.text.strip())
    return _answer(talk, typed.text)


def run_command(talk: Talk, command: SlashCommand, rest: str = "") -> Reply:
    """Carry out a command, as typed with a slash or called with a key."""
    debug_log.log("slash", command=command.name, at=talk.at)
    if command.run is None:
        return Reply(screen=command.name, rest=rest)
    if not command.beside:
        talk.asking = None  # whoever gives a command has left the small question
    reply = command.run(talk, rest)
    if talk.warned_elsewhere or not is_elsewhere(talk.plan, talk.at):
        return reply
    talk.warned_elsewhere = True
    warning = say("breakouts.warned", talk.language, part=part_name_of(talk.plan))
    return replace(reply, turns=(*reply.turns, Turn("note", warning, talk.at)))


def _answer_in_between(talk: Talk, question: Question, line: str) -> Reply:
    """Take the answer to a small question; one that is refused is asked again."""
    talk.asking = None
    reply = question.then(line)
    if reply.keep_text and talk.asking is None:
        # Otherwise what is typed next would be taken for the answer to the question we are at.
        talk.asking = question
    return reply


def _says_still_right(talk: Talk, text: str) -> bool:
    """Tell whether a line says in words of what was taken over that it still holds."""
    phrases = {phrase.strip() for phrase in talk.say("letters.still_right").split(",")}
    return normal(text).rstrip(".!") in phrases


def _answer(talk: Talk, text: str) -> Reply:
    """Take the answer to the question we are at."""
    prompt = talk.prompt()
    if prompt is None:
        return end(talk, "") if not text.strip() else choose(talk, normal(text)) or talk.note("all_done")
    if talk.session.read_only:
        return Reply(talk.note("read_only").turns, keep_text=True)
    # By everybody at once, with Enter alone, by the number of what is offered, or as it stands there already.
    taken = (
        _by_everybody(talk, prompt, text)
        or sort_passed_again(talk, prompt.slot, text)
        or ask_goal_again(talk, prompt.slot, text)
    )
    if taken is not None:
        return taken
    slot, step = prompt.slot, talk.plan.statuses[prompt.slot].step
    if not text.strip() or (prompt.unconfirmed and _says_still_right(talk, text)):
        return _nothing_typed(talk, prompt)
    if (chosen := hands_counted(talk, prompt, text) or _offered(talk, prompt, text)) is not None:
        return chosen
    if isinstance(step, ConfirmStep):
        return _said_instead(talk, text.strip())
    if text.strip() == prompt.answer.strip() and not (prompt.refusals or prompt.adding):
        return _nothing_typed(talk, prompt)

    def passed() -> Reply:
        return _nothing_typed(talk, prompt)

    # Anything else is read for what it means.
    typed = TypedAnswer(slot, text, lambda line: _answer(talk, line), passed)
    all_of_them = wants_all(talk.plan, slot, text) and talk.session.decide(Accept(slot, text)).refusals
    return (
        (divide(talk, slot) if all_of_them else None)
        or _time_instead(talk, slot, text.strip())
        or fill_cells(talk, slot, text)
        or choose_by_id(talk, slot, text)
        or answer_line_anew(talk, slot, text)
        or answer_as_meant(talk, typed)
    )


def _by_everybody(talk: Talk, prompt: Prompt, text: str) -> Reply | None:
    """Take a line at a round, or one that makes an item of what was written in one; None for any other."""
    slot, status = prompt.slot, talk.plan.statuses[prompt.slot]
    if isinstance(status.step, CollectStep):
        return rounds.take_ideas(talk, prompt, text)
    if (looked_at := rounds.numbers_at_a_name(talk, slot, text)) is not None:
        return looked_at
    if prompt.round is None or prompt.sides:
        return None
    if text.strip():
        return rounds.typed(talk, slot, text)
    settled = status.answer_state == "answered" and not prompt.round.open
    return None if settled or prompt.unconfirmed or prompt.round.passes else rounds.entered(talk, slot)


def _said_instead(talk: Talk, text: str) -> Reply:
    """Ask about words typed where Enter confirms: they confirm nothing, and may go to the parking lot."""

    def decided(line: str) -> Reply:
        if not talk.means(talk.letter(line), "yes"):
            return talk.note("cancelled")
        if talk.at is not None:
            talk.session.drafts.drop(str(talk.at))  # it stands on the parking lot now
        return later(talk, text)

    return talk.ask(talk.say("ask.instead_of_confirming", text=text), decided)


def _time_instead(talk: Talk, slot: Slot, text: str) -> Reply | None:
    """Ask about the time there is, typed where the name of the organisation is asked; None for other lines.

    It is planned, or it is the name after all.
    """
    is_name = talk.plan.statuses[slot].step.field == "organisation.name"
    if not is_name or not is_time_slot(text, talk.language, talk.now().astimezone()):
        return None
    question = talk.say("ask.time_instead", text=text)
    hold(talk, slot, text)

    def decided(line: str) -> Reply:
        letter = talk.letter(line)
        if talk.means(letter, "yes"):
            talk.session.drafts.drop(str(slot))
            return clock(talk, text)
        return accept(talk, slot, text) if talk.means(letter, "keep") else talk.neither(line, question)

    return talk.ask(question, decided)


def _offered(talk: Talk, prompt: Prompt, text: str) -> Reply | None:
    """Take the offered answer that a typed number stands for; None for other lines."""
    number = text.strip()
    if not number.isascii() or not number.isdecimal() or not 1 <= int(number) <= len(prompt.offers):
        return None
    offered, slot = prompt.offers[int(number) - 1], prompt.slot
    if int(number) <= len(kept := kept_kpis_for(talk.plan, slot)):
        return talk.do(kept[int(number) - 1].adding)
    is_list = isinstance(talk.plan.statuses[slot].step, CollectStep)
    return add(talk, slot, offered) if is_list else accept(talk, slot, offered)


def _list_complete(talk: Talk, prompt: Prompt) -> Reply:
    """Close a list; one that was finished, and about which there are remarks, is left as it is."""
    if talk.plan.statuses[prompt.slot].answer_state == "answered" and prompt.remarks:
        talk.position.move_on(talk.plan, prompt.slot, edited=False)
        return Reply()
    return close(talk, prompt.slot)


def _nothing_typed(talk: Talk, prompt: Prompt) -> Reply:
    """Enter alone: close the list, still right, the wording to start from, go on past what is optional."""
    status = talk.plan.statuses[prompt.slot]
    if prompt.sides or status.unconfirmed:
        return talk.note("disputed") if prompt.sides else talk.do(StillHold((prompt.slot,)))
    if isinstance(status.step, CollectStep):
        return _list_complete(talk, prompt)
    if isinstance(status.step, ConfirmStep):
        return talk.do(Confirm(prompt.slot))
    if status.answer_state == "answered" and status.stale:
        return talk.do(StillRight(prompt.slot))
    if prompt.start:
        return accept(talk, prompt.slot, prompt.start)
    if status.answer_state == "open" and prompt.optional and not status.passed:
        return talk.do(Pass(prompt.slot))
    if status.answer_state != "open" or prompt.optional:
        return talk.move_on(prompt.slot, edited=status.answer_state != "open")
    return talk.note("nothing_to_say")
