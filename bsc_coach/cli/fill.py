"""``fill``: pages that owners filled in come back, Markdown or Word, shown before anything is taken."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from bsc_coach.cli import output
from bsc_coach.cli.leaving import write_documents
from bsc_coach.cli.taking import are_taken, session_to_fill, taken_in
from bsc_coach.conversation.ending import opens_again
from bsc_coach.conversation.filling import LeftError, commands_of, possible
from bsc_coach.conversation.page_rows import PageAnswer, PageQuestions, columns_in
from bsc_coach.errors import EXIT_FINDINGS, EXIT_FINE
from bsc_coach.imports.filled_page import FilledPage, read_page
from bsc_coach.interview.codes import coded_lines, slot_of
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.family import Command, Several
from bsc_coach.interview.facts.lists import AddItem
from bsc_coach.interview.projection import to_strategy, value_in_words
from bsc_coach.script.slots import Slot
from bsc_coach.session.session import Session
from bsc_coach.text import normal, one_line, shorten
from bsc_coach.words import say

_QUOTED = 200
_LONGEST_PARKED = 300
"""Letters of what is parked, as its question takes them."""


def fill(options: argparse.Namespace) -> int:
    """Read pages, show what is answered on them, and take it once somebody says so, or with ``--yes``."""
    with session_to_fill(options) as session:
        return EXIT_FINDINGS if session.read_only else _fill(options, session)


def _fill(options: argparse.Namespace, session: Session) -> int:
    language = session.plan.language
    commands: dict[object, Command] = {}
    left = 0
    for path in options.pages:
        page = read_page(path)
        for answer in _answers(page, session):
            left += not _take(session, page, answer, commands)
    if not commands:
        output.show(say("imports.owner_page.none", language))
        return EXIT_FINDINGS if left else EXIT_FINE
    several, n = Several(tuple(commands.values())), len(commands)
    for told in opens_again(session.plan, session.decide(several).events):
        output.show(told)
    if not are_taken(options, say("imports.owner_page.take", language, n=n), language):
        return EXIT_FINDINGS
    if not taken_in(session, several):
        return EXIT_FINDINGS
    output.show(say("imports.owner_page.taken", language, n=n))
    return EXIT_FINE if write_documents(session) and not left else EXIT_FINDINGS


def _answers(page: FilledPage, session: Session) -> Iterator[PageAnswer]:
    """Yield what is answered on a page: in rows of its forms, and on lines with the code of a question."""
    questions = PageQuestions(session.plan)
    for row in page.rows:
        at = columns_in(row.heads)
        if not at or len(row.cells) <= max(at.values()):
            continue
        answer = row.cells[at["answer"]].strip()
        if answer:
            about = row.cells[at["about"]] if "about" in at else row.under
            yield questions.answer(row.number, about, row.cells[at["question"]], answer)
    for code, told in coded_lines("\n".join(page.lines)):
        if code and (slot := slot_of(session.plan, code)) is not None:
            yield PageAnswer(0, "", code, told, slot)


def _take(session: Session, page: FilledPage, answer: PageAnswer, commands: dict[object, Command]) -> bool:
    """Add what takes an answer to ``commands`` and show it; False where it is left, with a sentence."""
    language = session.plan.language
    told = {
        "about": one_line(answer.about),
        "question": shorten(one_line(answer.question), _QUOTED),
        "answer": shorten(one_line(answer.answer), _QUOTED),
    }
    try:
        found = [] if _is_known(session, page, answer) else list(_commands(session, page, answer))
    except LeftError as why:
        output.show(say("imports.owner_page.left", language, **told, why=str(why)))
        return False
    for command in found:
        # An answer is given once, the last one that was written; a list takes all that are.
        key: object = command.slot if isinstance(command, Accept) else len(commands)
        commands[key] = command
    if found:
        output.show(say(f"imports.owner_page.{'parked' if answer.standing else 'answer'}", language, **told))
    return True


def _is_known(session: Session, page: FilledPage, answer: PageAnswer) -> bool:
    """Tell whether the session has an answer already: the page came back twice."""
    plan = session.plan
    if answer.standing:
        parked = {one.title for one in to_strategy(plan).parking}
        return _parked_as(page, answer, plan.language) in parked
    status = plan.status(answer.slot) if answer.slot is not None else None
    if status is None or status.answer_state != "answered":
        return False
    return normal(value_in_words(plan, status)) == normal(answer.answer)


def _commands(session: Session, page: FilledPage, answer: PageAnswer) -> Iterator[Command]:
    """Yield what takes an answer: what an owner says of all of it is parked, with the owner's role."""
    if answer.standing:
        if answer.standing != "agree" or not _is_yes(answer.answer, session.plan.language):
            yield _to_park(session, page, answer)
    elif answer.slot is None:
        raise LeftError(say("imports.owner_page.no_question", session.plan.language))
    else:
        yield from commands_of(session, answer.slot, answer.answer)


def _is_yes(text: str, language: str) -> bool:
    """Tell whether an owner agrees and says no more than that."""
    return normal(text).strip(" .!") in say("imports.owner_page.agrees", language).split()


def _to_park(session: Session, page: FilledPage, answer: PageAnswer) -> Command:
    """Return what parks a remark of an owner, to be talked about. Raises LeftError where nothing is."""
    script, language = session.plan.script, session.plan.language
    listed, title = script.filling("parking[]"), script.filling("parking[].title")
    if listed is None or title is None:
        raise LeftError(say("imports.owner_page.no_question", language))
    outcome, owner = script.filling("parking[].outcome"), script.filling("parking[].owner")
    told = {title.id: _parked_as(page, answer, language)}
    if outcome is not None and owner is not None:
        # Still open, and it is theirs who wrote it.
        told |= {outcome.id: "open", owner.id: one_line(page.title)}
    return possible(session, AddItem(Slot(listed.id), told))


def _parked_as(page: FilledPage, answer: PageAnswer, language: str) -> str:
    told = {"role": page.title, "question": answer.question, "answer": answer.answer}
    return shorten(one_line(say("imports.owner_page.parked_title", language, **told)), _LONGEST_PARKED)
