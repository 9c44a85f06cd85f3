"""Playing any script to its end: an answer to every question, and a look at everything after each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bsc_coach.conversation.findings import findings
from bsc_coach.conversation.headline import headline
from bsc_coach.conversation.prompt import Prompt
from bsc_coach.conversation.side_views import balance, map_of, pinned, review
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.documents.formats import files_of
from bsc_coach.interview.navigation import agenda
from bsc_coach.script.loader import ScriptSource
from bsc_coach.session.session import create_session
from bsc_coach.strategy.points import vital_few
from tests.support.sessions import same_environment

TEXT_FORMATS = ("md", "toml", "svg", "minutes", "owners", "ics", "iso", "stratml", "csv", "html")
MOST_LINES = 800
"""More than any script of the tests needs; a talk that goes round in circles reaches it."""


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
    more = iter(between)
    typed: list[str] = []
    while (prompt := talk.prompt()) is not None:
        if len(typed) > MOST_LINES:
            raise StuckError(f"{prompt.slot} is asked for ever: {typed[-6:]}")
        for line in ways_to_answer(talk, prompt):
            typed.append(line)
            before = len(talk.session.actions)
            submit(talk, line)
            if len(talk.session.actions) > before or talk.at != prompt.slot or talk.asking is not None:
                break
        look(talk)
        if (line := next(more, None)) is not None:
            typed.append(line)
            submit(talk, line)
            look(talk)
    return typed


def ways_to_answer(talk: Talk, prompt: Prompt) -> Iterator[str]:
    """Yield what may be typed to a question, the best first; the last leaves it for later."""
    if talk.asking is not None:
        yield from ("", "y", "because", "2028")
    if prompt.remarks:
        yield "/keep because it is our word for it"
    elif prompt.adding and len(prompt.items) >= max(prompt.count.min, 1):
        yield ""
    number = len(talk.session.actions) + 1
    match prompt.kind:
        case "text" | "long_text":
            yield f"Shorten the wait for bread {number}"
            yield f"Wait {number}"
        case "number":
            yield from (str(number), "2030")
        case "date":
            yield "2028-06"
        case "choice" | "several" | "pick":
            yield from ("1", "1 2", "")
        case "confirm":
            yield ""
    yield from ("nobody", "/right", "/na it is not for us", "/park later", "/next")


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


def documents_of(talk: Talk) -> dict[str, bytes]:
    """Return every document that is text, of a session as it stands."""
    files = files_of(TEXT_FORMATS, talk.session.material())
    return {str(path): data for path, data in files.items()}
