"""Starting: what a command, and the first picture of a session, cost the processor against their floors.

Run by ``run.py``. Floors and what they are the floor of are measured in turns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from figures import Figure, above, median_of, median_spent, taking_turns, times, walls
from processes import SCRIPT, Spent, python, running
from sessions import Sessions, steady_environment
from terminal import Terminal

from bsc_coach.conversation.submit import start_talk
from bsc_coach.session.opening import open_session

HERE = Path(__file__).parent
EMPTY_APP = python(str(HERE / "empty_app.py"))
STARTS = 9
ALL_ANSWERED = "Everything that had"
"""What the coach says where no question is open."""


def opening(session: Path) -> tuple[str, ...]:
    """Return the command line that opens a session on the screen, as people type it."""
    return (SCRIPT, "open", str(session))


def command_figures(sessions: Sessions) -> list[Figure]:
    """Return the figures of ``--version`` and ``status --json``."""
    spent = median_spent(
        {
            "nothing": running(*python("-c", "pass")),
            "module": running(*python("-m", "bsc_coach", "--version")),
            "script": running(SCRIPT, "--version"),
            "models": running(*python(str(HERE / "twenty_models.py"))),
            "made": running(SCRIPT, "status", str(sessions.answers(200)), "--json"),
            "recorded": running(SCRIPT, "status", str(sessions.riverbend()), "--json"),
        }
    )

    def row(what: str, floor: str, name: str, most: float) -> Figure:
        return times(
            what, spent[floor].processor, spent[name].processor, most, walls(spent[floor], spent[name])
        )

    return [
        row("`python -m bsc_coach --version`", "nothing", "module", 2),
        row("`bsc-coach --version`", "nothing", "script", 2),
        row("`status --json`, 200 answers", "models", "made", 1.7),
        row("`status --json`, Riverbend", "models", "recorded", 1.8),
    ]


@dataclass(frozen=True)
class Painted:
    """What one start took: to the first frame with the question, and to the whole picture."""

    first: Spent
    whole: Spent


def asked(session: Path) -> str:
    """Return the first words that the coach says when a session is opened."""
    talk = start_talk(open_session(session, steady_environment(), read_only=True))
    talk.resume()
    prompt = talk.prompt()
    talk.session.close()
    return ALL_ANSWERED if prompt is None else " ".join(prompt.ask.split()[:4])


def painting(command: tuple[str, ...], words: str = "") -> Callable[[], Painted]:
    """Return what measures one start; ``words`` are in the first picture."""

    def start() -> Painted:
        terminal = Terminal(command)
        try:
            return Painted(terminal.first_frame(words), terminal.whole_picture())
        finally:
            terminal.close()

    return start


def paint_figures(sessions: Sessions) -> list[Figure]:
    """Return the figures of the first picture: 200 answers, Riverbend, and 10,000 events.

    The first frame has heading, agenda, question and composer. The rest, up to what the coach finds, is
    filled in afterwards: that is told as well.
    """
    opened = {
        "200 answers": sessions.answers(200),
        "Riverbend": sessions.riverbend(),
        "10,000 events": sessions.events(10_000),
    }
    works = {name: painting(opening(session), asked(session)) for name, session in opened.items()}
    painted = taking_turns({"empty": painting(EMPTY_APP), **works}, STARTS)
    first = {name: median_of([one.first for one in values]) for name, values in painted.items()}
    whole = {name: median_of([one.whole for one in values]) for name, values in painted.items()}

    def row(what: str, spent: dict[str, Spent], name: str, most: float | None) -> Figure:
        empty = spent["empty"]
        beside = walls(empty, spent[name])
        return times(f"{what}, {name}", empty.processor, spent[name].processor, most, beside)

    empty, long = first["empty"], first["10,000 events"]
    return [
        row("first paint", first, "200 answers", 1.5),
        row("first paint", first, "Riverbend", 1.6),
        above("first paint, 10,000 events", empty.processor, long.processor, 0.4, walls(empty, long)),
        *(row("whole picture, with what the coach finds", whole, name, None) for name in opened),
    ]
