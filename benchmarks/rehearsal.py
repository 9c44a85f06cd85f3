"""What a person types to go on with a session, tried on a copy: lines, and what is asked after each.

Played again in a terminal, the same lines lead to the same questions; the words by which the next one is
known tell when it has been painted.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from sessions import steady_environment

from bsc_coach.conversation.prompt import Prompt
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.session.opening import open_session

FEWEST_CHARACTERS, MOST_CHARACTERS = 12, 36
"""The length of the words that a question is known by: not to be found by chance, and on one line."""
ON_SCREEN = 10
"""Questions that may still be seen, and be painted again when the conversation scrolls."""
PLACES = ("kpis", "enablers", "initiatives", "operations", "customer", "innovation", "segments")
"""Where a list gets one item more when all is answered, one after the other;
the first is where everybody begins."""


@dataclass(frozen=True)
class Line:
    """A line that is typed, and what comes of it."""

    text: str
    next_words: str = ""
    """What the next question is known by; empty where it cannot be told from those before it."""
    takes_text: bool = False
    """Whether the next question takes a text."""


def rehearse(session: Path, count: int) -> list[Line]:
    """Return ``count`` lines that go on with a session. The session is changed: give a copy."""
    talk = start_talk(open_session(session, steady_environment()))
    talk.resume()
    lines: list[Line] = []
    before = deque([""], ON_SCREEN)
    places, one_more = cycle(PLACES), False
    while len(lines) < count:
        prompt = talk.prompt()
        if prompt is None or prompt.kind == "confirm" or not lines:  # a last confirmation would end it
            lines.append(Line(f"/jump {next(places)}"))
            submit(talk, lines[-1].text)
            one_more = True
            continue
        before.append(prompt.ask)
        # Type what fits best; where that is not taken, the next best.
        for text in _answers(prompt, len(lines), one_more=one_more):
            actions = len(talk.session.actions)
            submit(talk, text)
            said = len(talk.session.actions) > actions
            following = talk.prompt()
            moved = talk.asking is None and following is not None and talk.at != prompt.slot
            if said and moved and following is not None:
                words = _known_by(following.ask, "\n".join(before))
                lines.append(Line(text, words, following.kind in ("text", "long_text")))
            else:
                lines.append(Line(text))
            if said or moved:
                one_more = one_more and not prompt.adding
                break
    talk.session.close()
    return lines


def _answers(prompt: Prompt, number: int, *, one_more: bool) -> Iterator[str]:
    """Yield what may be typed to a question, the likeliest first; the last leaves it for later.

    ``one_more`` gives a list an item more than it needs.
    """
    if prompt.remarks:
        yield "/keep because it is our own word for it"
    match prompt.kind:
        case "text" | "long_text":
            enough = prompt.adding and len(prompt.items) >= max(prompt.count.min, 1)
            yield "" if enough and not one_more else f"Answer {number}"
        case "number":
            yield from ("12", "2031")
        case "date":
            yield "2028-06"
        case "choice" | "several" | "pick":
            yield from ("1", "1 2")
        case "confirm":
            yield ""
    yield from ("", "/next")


def _known_by(ask: str, before: str) -> str:
    """Return the first words of a question that stand in none of ``before``."""
    words = ""
    for word in ask.splitlines()[0].split():
        words = f"{words} {word}".strip()
        if len(words) > MOST_CHARACTERS:
            return ""
        if len(words) >= FEWEST_CHARACTERS and words not in before:
            return words
    return ""
