"""A person who types lines into a talk about a real session in a folder."""

from __future__ import annotations

from pathlib import Path

from bsc_coach.conversation.prompt import Prompt
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.state import State
from bsc_coach.session.opening import create_session, open_session
from tests.support.scripts import BAKERY, source_of
from tests.support.sessions import same_environment


class Person:
    """Someone at the keyboard."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.last = Reply()

    def types(self, *lines: str) -> Reply:
        """Type lines that are taken; return what was said to the last."""
        for line in lines:
            self.last = submit(self.talk, line)
            assert not self.last.keep_text, (line, self.heard())
        return self.last

    def tries(self, line: str) -> str:
        """Type a line that is not taken: it stays in the box, and the coach says why."""
        before = self.state.actions
        self.last = submit(self.talk, line)
        assert self.last.keep_text
        assert self.state.actions == before
        return self.heard()

    def heard(self) -> str:
        return "\n".join(turn.text for turn in self.last.turns)

    @property
    def state(self) -> State:
        return self.talk.plan.state

    @property
    def prompt(self) -> Prompt:
        found = self.talk.prompt()
        assert found is not None
        return found

    @property
    def at(self) -> str:
        """Where we are, with short ids for items."""
        prompt = self.talk.prompt()
        if prompt is None:
            return "done"
        path = str(prompt.slot)
        for item, short in self.state.shorts.items():
            path = path.replace(f"[{item}]", f"[{short}]")
        return path

    def value(self, path: str) -> object:
        """Return the answer at a path with short ids."""
        for slot, status in self.talk.plan.statuses.items():
            told = str(slot)
            for item, short in self.state.shorts.items():
                told = told.replace(f"[{item}]", f"[{short}]")
            if told == path:
                return status.value
        raise KeyError(path)

    def labels(self) -> list[str]:
        """Return what is on the list we are at."""
        return [item.label for item in self.prompt.items]

    def leaves(self) -> None:
        self.talk.remember()
        self.talk.session.close()


def begins(folder: Path, toml: str = BAKERY) -> Person:
    """Start a session in a folder."""
    talk = start_talk(create_session(folder / "session", source_of(toml), same_environment()))
    talk.resume()
    return Person(talk)


def comes_back(folder: Path, *, read_only: bool = False) -> Person:
    """Open the session of a folder again."""
    later = same_environment(ids="j")
    talk = start_talk(open_session(folder / "session", later, read_only=read_only))
    talk.resume()
    return Person(talk)


ABOUT = ("Korenaar", "1", "2030", "Bread at every door", "Fresh only", "Still warm", "", "1998-05")
SHOP = ("Rye", "1", "Cake", "2", "")
OPERATIONS = ("Shorten the night shift", "Halve the waste", "")
CUSTOMER = ("Know regular customers", "")
CHOICE = ("O2", "CM1")
WORDING = (
    "Halve the bread thrown away", "1 3", "Bags a day", "12,5", "P1", "",
    "Know regulars by name", "", "Names known", "80", "", "",
)  # fmt: skip
ALL = (*ABOUT, *SHOP, *OPERATIONS, *CUSTOMER, *CHOICE, *WORDING)
