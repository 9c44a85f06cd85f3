"""``homework``: whose questions were taken home, and one owner answering theirs in app or line mode."""

from __future__ import annotations

import argparse

from bsc_coach.cli import output
from bsc_coach.cli.sessions import hold_talk, needs_terminal
from bsc_coach.errors import EXIT_FINDINGS, EXIT_FINE, UsageError
from bsc_coach.interview.homework import NOBODY, homework_by_role, homework_command
from bsc_coach.interview.plan import Plan
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.words import say


def homework(options: argparse.Namespace) -> int:
    """List who took which number of questions home, or ask those of one role, signed by that role."""
    looked_at = open_session(options.folder, output.environment_for(options), read_only=True)
    plan = looked_at.plan
    looked_at.close()
    output.speak_as(options, plan.language)
    typed = " ".join(options.role)
    if not typed and not options.nobody:
        return _list(plan, str(options.folder))
    role = NOBODY if options.nobody else _role(plan, typed)
    if not homework_by_role(plan).get(role):
        raise UsageError("cli.homework.all_owned")
    needs_terminal(options)
    session = open_session(options.folder, Environment(by=options.by or role or None))
    if session.read_only:
        for message in session.messages:
            output.tell(message)
        session.close()
        return EXIT_FINDINGS
    return hold_talk(session, options.plain, homework=role)


def _list(plan: Plan, folder: str) -> int:
    """Print how many questions each role took home, how many nobody owns, and how to begin."""
    asked, language = homework_by_role(plan), plan.language
    for role, questions in asked.items():
        key = "cli.homework.of" if role else "cli.homework.of_nobody"
        output.show(say(key, language, owner=role, n=len(questions)))
    if not asked:
        output.show(say("cli.homework.none", language))
    for role in list(asked)[:1]:
        output.show(say("cli.homework.how", language, command=homework_command(folder, role)))
    return EXIT_FINE


def _role(plan: Plan, typed: str) -> str:
    """Return the role that somebody typed loosely. Raises UsageError where that is none, or several."""
    from bsc_coach.interview.understanding.understand import understand_role

    roles = [role for role in homework_by_role(plan) if role]
    meant = understand_role(plan, roles, typed)
    if len(meant) == 1:
        return meant[0]
    key = "several" if meant else "no_role" if roles else "none"
    raise UsageError(f"cli.homework.{key}", typed=typed[:60], roles=", ".join(meant or roles))
