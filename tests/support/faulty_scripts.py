"""A sound little script, and every fault a script can have, each as a piece that can be added to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bsc_coach.script.loader import ScriptSource

HERE = Path(__file__).parent
SOUND = (HERE / "sound.toml").read_text("utf-8")
MARK = "#!"


@dataclass(frozen=True)
class Fault:
    """One fault: what is added to the sound script, and the problem that must come of it."""

    key: str
    where: str
    piece: str
    elsewhere: str = ""
    """A line of the sound script, where the problem is told there."""

    def line(self, before: str) -> int:
        """Return the line that must be told when the piece is added to ``before``."""
        if self.elsewhere:
            return line_of(before, self.elsewhere)
        return before.count("\n") + line_of(self.piece, MARK)

    def __str__(self) -> str:
        return f"{self.key}-{self.where.replace(' ', '')}"


def read_faults(text: str) -> list[Fault]:
    """Return the faults in faults.txt."""
    faults = []
    for told in text.split("\n--- ")[1:]:
        heading, _, piece = told.partition("\n")
        key, where, *elsewhere = heading.split(" | ")
        faults.append(Fault(key, where, f"\n{piece.rstrip()}\n", *elsewhere))
    return faults


FAULTS = read_faults((HERE / "faults.txt").read_text("utf-8"))


def source(text: str | bytes, **translations: str) -> ScriptSource:
    """Return a script source of texts."""
    data = text.encode() if isinstance(text, str) else text
    return ScriptSource("mine.toml", data, {name: told.encode() for name, told in translations.items()})


def line_of(text: str, needle: str) -> int:
    """Return the line in which a text stands."""
    return text.count("\n", 0, text.index(needle)) + 1


def ask(name: str, body: str = "", *, kind: str = "text", within: str = "part") -> str:
    """Return a step that is fine but for what ``body`` says."""
    around = f'in = "{within}"\n' if within else ""
    head = f'\n[[step]]\nid = "{name}"\n{around}kind = "{kind}"\nask = "Ask {name}?"\nhelp = "Help."\n'
    return f"{head}{body}\n"
