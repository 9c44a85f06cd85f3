"""Playing any script to its end: an answer to every question, and a look at everything after each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random

from bsc_coach.conversation.findings import findings
from bsc_coach.conversation.headline import headline
from bsc_coach.conversation.rehearsal.path import WalkedPath, answer_all, text_formats
from bsc_coach.conversation.rehearsal.plausible_answers import PlausibleAnswers
from bsc_coach.conversation.side_views import balance, map_of, pinned, review
from bsc_coach.conversation.submit import start_talk
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.navigation import agenda
from bsc_coach.script.loader import ScriptSource
from bsc_coach.session.opening import create_session
from bsc_coach.strategy.points import vital_few
from tests.support.sessions import same_environment

TEXT_FORMATS = text_formats()


class StuckError(Exception):
    """A script was not played to its end."""


def begun(folder: Path, source: ScriptSource) -> Talk:
    """Return the talk of a new session on a script."""
    talk = start_talk(create_session(folder, source, same_environment()))
    talk.resume()
    return talk


def play(talk: Talk, between: Sequence[str] = ()) -> list[str]:
    """Answer everything until nothing more is asked, looking at all there is to see; return what was typed.

    The lines of ``between`` are typed as well, one after each answer. Raises StuckError when it never ends.
    """
    path, more = WalkedPath(talk), iter(between)
    answers = PlausibleAnswers(Random(1), talk.language, date(2026, 1, 5), passed_by=0, put_off=0)

    def look_and_say_more() -> None:
        look(talk)
        if (line := next(more, None)) is not None:
            path.type(line)
            look(talk)

    answer_all(path, answers, after_each=look_and_say_more)
    if (prompt := talk.prompt()) is not None:
        raise StuckError(f"{prompt.slot} is asked for ever: {path.typed[-6:]}")
    return path.typed


def look(talk: Talk) -> None:
    """Look at all that a front end shows beside a question."""
    plan, strategy = talk.plan, talk.session.strategy()
    assert agenda(plan)
    assert all(entry.title and "\n" not in entry.title for entry in agenda(plan))
    assert headline(plan, talk.at).title
    assert all(section.cells for section in review(plan))
    assert map_of(plan)
    assert balance(strategy).objectives == len(vital_few(strategy))
    assert all(pinned(plan))
    assert all(one.say for one in findings(plan))
    prompt = talk.prompt()
    assert prompt is None or (prompt.ask and prompt.section)
