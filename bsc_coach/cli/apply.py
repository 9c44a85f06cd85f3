"""``apply``: commands as JSON lines in, one JSON line back for each. docs/apply.md describes them all."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping

from bsc_coach import sizes
from bsc_coach.cli import output
from bsc_coach.cli.as_meant import AskedBackError, RequestReading
from bsc_coach.cli.output import environment_for
from bsc_coach.coach.ear.heard import Ear
from bsc_coach.conversation.ending import opens_again
from bsc_coach.conversation.prompt_builder import prompt_for
from bsc_coach.conversation.unsaved import REMARK, answers_said, left_unsaved, not_written, unsaved_requests
from bsc_coach.errors import EXIT_FINDINGS, EXIT_FINE, EXIT_INTERRUPTED, BscCoachError
from bsc_coach.interview.addresses import short_address
from bsc_coach.interview.breakouts import progress_here
from bsc_coach.interview.facts.answers import SlotAnswered
from bsc_coach.interview.facts.lists import ItemAdded
from bsc_coach.interview.facts.log import Action
from bsc_coach.interview.navigation import following, resume_slot
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.remarks import remarks
from bsc_coach.interview.requests import command_of, read_request, request_schema
from bsc_coach.interview.values import Refusal, RefusedError
from bsc_coach.script.slots import Slot
from bsc_coach.session.command_result import CommandResult
from bsc_coach.session.last_handler import last_handler
from bsc_coach.session.opening import open_session
from bsc_coach.session.session import Session
from bsc_coach.text import BYTE_ORDER_MARK, clean, lost_letters, one_line, printable
from bsc_coach.words import say, say_error


def apply(options: argparse.Namespace) -> int:
    """Read commands from standard input until it ends; exit 1 if any was refused."""
    if options.schema:
        output.show_json(request_schema())
        return EXIT_FINE
    session = open_session(options.folder, environment_for(options))
    last_handler.watch(session)
    output.speak_as(options, session.plan.language)
    for message in session.messages:
        output.tell(message)
    if session.read_only:
        return EXIT_FINDINGS
    refused, interrupted = not _edits(session, take=options.take_edits), False
    ear = output.second_ear(session.plan.language) if session.environment.listens else None
    # One answer a line; Ctrl+C is an end of the input, too.
    try:
        for line in sys.stdin:
            if _is_for_us(line):
                answer = answer_line(session, line, ear)
                refused = refused or not answer["accepted"]
                output.show_json(answer)
    except KeyboardInterrupt:
        interrupted = True
    # What is on the disk at the end, and what is not.
    written = _write_documents(session)
    output.tell_of_others(session)
    unsaved = left_unsaved(session)
    if unsaved:
        output.show_json({"saved": False, "unsaved": unsaved, "requests": unsaved_requests(session)})
        if written:
            output.tell(answers_said(session))
    session.close()
    if unsaved or refused or not written:
        return EXIT_FINDINGS
    return EXIT_INTERRUPTED if interrupted else EXIT_FINE


def _is_for_us(line: str) -> bool:
    """Tell whether a line is a request: neither blank nor a remark for people."""
    said = line.removeprefix(BYTE_ORDER_MARK).strip()
    return bool(said) and not said.startswith(REMARK)


def _write_documents(session: Session) -> bool:
    """Write both documents; False, with a sentence, when the disk did not take them."""
    try:
        for kept in (session.write_strategy(), *session.write_document()):
            if kept is not None:
                output.tell(say("cli.kept_edited", session.plan.language, path=kept))
    except OSError as error:
        output.tell(not_written(session, error))
        return False
    return True


def _edits(session: Session, *, take: bool) -> bool:
    """Tell what was edited by hand, and take it in if asked; False for a file that has to be mended first."""
    language = session.plan.language
    try:
        edits = session.edited_file()
    except BscCoachError as error:
        output.tell_failure(error, language)
        output.tell(say("cli.file_stays", language))
        return False
    if edits is None:
        return True
    output.tell_edits(edits, language, output.tell)
    for told in opens_again(session.plan, edits.events):
        output.tell(told)
    if take:
        session.take_edits(edits)
    if edits.taken:
        key = "cli.edits_taken" if take else "cli.edits_there"
        output.tell(say(key, language, n=len(edits.taken)))
    return not edits.faults


def answer_line(session: Session, line: str, ear: Ear | None = None) -> Mapping[str, object]:
    """Execute the command in a line of JSON and return the answer as a JSON object.

    With an ``ear``, wordings on which no rule remarks are listened to.
    """
    if len(line) > sizes.REQUEST:
        return _refused(session, Refusal("line_too_long", {"megabytes": sizes.REQUEST // 1_000_000}))
    request = _request_in(line)
    if isinstance(request, Refusal):
        return _refused(session, request)
    try:
        asked = read_request(request)
        command, reading = (
            command_of(session.plan, asked),
            RequestReading(session.plan, session.environment.today),
        )
        outcome = session.do(command if getattr(asked, "literal", False) else reading.read(command))
    except AskedBackError as back:
        return {"accepted": False, "refused": back.refused, "meant": back.meant, **_where(session.plan, None)}
    except RefusedError as refused:
        return _refused(session, refused.refusal)
    except BscCoachError as error:
        return _refused_as(session, error.key, say_error(error, session.plan.language))
    if outcome.action is None:
        return _refused(session, outcome.refusals[0])
    told = {"understood": reading.understood} if reading.understood else {}
    return {**_accepted(session, outcome, outcome.action, ear), **told}


def _request_in(line: str) -> object | Refusal:
    """Return what a line of JSON says, or why it cannot be read; a letter that was lost is never replaced."""
    if lost_letters(line):
        return Refusal("not_utf8")
    try:
        request: object = json.loads(clean(line.removeprefix(BYTE_ORDER_MARK)).text)
        is_whole = not lost_letters(json.dumps(request, ensure_ascii=False))
    except (ValueError, RecursionError) as error:
        return Refusal("not_json", {"fault": clean(str(error)).text[:120]})
    return request if is_whole else Refusal("half_character")


def _refused(session: Session, refusal: Refusal) -> Mapping[str, object]:
    return _refused_as(session, refusal.key, refusal.sentence(session.plan.language))


def _refused_as(session: Session, key: str, sentence: str) -> Mapping[str, object]:
    shown = one_line(printable(sentence))
    return {"accepted": False, "refused": {"key": key, "say": shown}, **_where(session.plan, None)}


def _accepted(
    session: Session, outcome: CommandResult, action: Action, ear: Ear | None
) -> Mapping[str, object]:
    plan = outcome.plan
    added = [event.short for event in action.do if isinstance(event, ItemAdded)]
    answered = [event.slot for event in action.do if isinstance(event, SlotAnswered)]
    remarked = [
        {
            **short_address(plan, slot),
            "check": finding.rule,
            "severity": finding.severity,
            "say": finding.say,
        }
        for slot in answered
        for finding in remarks(plan, slot, ear=ear)
    ]
    touched = outcome.touched
    return {
        "accepted": True,
        "number": action.number,
        "saved": session.journal.unsaved == 0,
        "added": added,
        "stale": [short_address(plan, slot) for slot in touched.stale],
        "dormant": [short_address(plan, slot) for slot in touched.dormant],
        "active": [short_address(plan, slot) for slot in touched.active],
        "invalid": [short_address(plan, slot) for slot in touched.invalid],
        "remarks": remarked,
        **_where(plan, answered[-1] if answered else None),
    }


def _where(plan: Plan, at: Slot | None) -> Mapping[str, object]:
    """Return the part of every answer that says how far the session is and what is asked next."""
    far = progress_here(plan)
    target = following(plan, at) if at is not None else resume_slot(plan)
    question: dict[str, str] | None = None
    if target is not None:
        question = {**short_address(plan, target), "ask": prompt_for(plan, target).ask}
    return {
        "progress": {"settled": far.settled, "certain": far.certain, "possible": far.possible},
        "next": question,
    }
