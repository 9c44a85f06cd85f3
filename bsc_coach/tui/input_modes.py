"""Input modes: what keys do at each kind of question while nothing is typed (choose, mark, move).

Letters and digits are keys only here, and only where the question offers something to choose; as soon
as there is text in the composer they are text again. Pure: a key goes in, what is to be done comes out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bsc_coach.conversation.prompt import Cell, Option, Prompt, RoundState
from bsc_coach.conversation.reply import Question
from bsc_coach.script.slots import Slot, StepId

GUARD = 0.3
"""Seconds in which a key was meant for the question before, where it would settle more than an answer."""

SECONDS_FOR_ENTER = 1.0
"""Seconds in which an Enter still belongs to the digit before it, which was an answer without one."""

MOST_DIGITS = 9
"""With more to choose from than there are digits, a number is typed and handed in with Enter."""


@dataclass(frozen=True)
class Submit:
    """Act of a key: hand in a line."""

    line: str = ""


@dataclass(frozen=True)
class GoTo:
    """Act of a key: go to another slot; ``come_back`` returns here after the next answer."""

    slot: Slot
    come_back: bool = False


@dataclass(frozen=True)
class Order:
    """Act of a key: carry out a command."""

    name: str
    rest: str = ""


@dataclass(frozen=True)
class Redraw:
    """Act of a key: draw the question anew, because something else is highlighted or marked."""


Act = Submit | GoTo | Order | Redraw


@dataclass
class InputMode:
    """Input mode of a question, and the base of the others: takes text, and leaves every key to it."""

    prompt: Prompt
    chosen: int | None = None
    """The option, item or point that is highlighted, counted from 0."""
    marked: set[int] = field(default_factory=set)

    sort = "text"
    """The name of the hints that go with it."""
    guarded = False
    """Whether an early Enter must not count."""
    by_digit = False
    """Whether a digit chooses one of the options."""

    def __post_init__(self) -> None:
        """Begin with what was answered before; a text has nothing to highlight."""

    def key(self, key: str) -> Act | None:
        """Return what ``key`` does here, or None when it does nothing special."""
        return None

    def chooses(self, key: str) -> bool:
        """Tell whether ``key`` is the digit of one of few options, also where a text is to be replaced."""
        return self.by_digit and _digit(key) is not None and 0 < len(self.prompt.options) <= MOST_DIGITS

    def _step(self, by: int, count: int) -> Redraw | None:
        if not count:
            return None
        if self.chosen == 0 and by < 0:
            self.chosen = None  # further up lies the conversation
            return None
        start = (-1 if by > 0 else count) if self.chosen is None else self.chosen
        self.chosen = max(0, min(start + by, count - 1))
        return Redraw()


class ChoiceMode(InputMode):
    """Single choice: its digit, or arrows and Enter. Beyond nine, numbers are typed."""

    sort = "choice"
    by_digit = True

    def __post_init__(self) -> None:
        """Start at what was chosen before."""
        self.chosen = next((at for at, option in enumerate(self.prompt.options) if option.chosen), None)

    def key(self, key: str) -> Act | None:
        """Choose with a digit or Enter, move with the arrows."""
        options = self.prompt.options
        if len(options) > MOST_DIGITS and _digit(key) is not None:
            return None
        if _digit(key) is not None:
            return _submitted(key, options)
        if key in ("up", "down"):
            return self._step(-1 if key == "up" else 1, len(options))
        if key == "enter":
            if self.chosen is None or options[self.chosen].chosen:
                return Submit()
            return Submit(str(options[self.chosen].number))
        return Redraw() if key == "space" else None


class MultiChoiceMode(InputMode):
    """Multiple choice: space or a digit marks, Enter hands in what is marked."""

    sort = "several"
    by_digit = True

    def __post_init__(self) -> None:
        """Start with what was marked before."""
        self._by_digit = False
        self.marked = {at for at, option in enumerate(self.prompt.options) if option.chosen}

    @property
    def most(self) -> int:
        """How many may be marked at most."""
        return self.prompt.choices.max or len(self.prompt.options)

    def key(self, key: str) -> Act | None:
        """Mark with space or a digit, move with the arrows, hand in with Enter.

        A space behind a digit parts it from the next one, as people type "1 2".
        """
        options, parts = self.prompt.options, key == "space" and self._by_digit
        number = _digit(key)
        self._by_digit = number is not None
        if parts:
            return Redraw()
        if number is not None:
            if number < len(options):
                self.chosen = number
                self._mark(number)
            return Redraw()
        if key in ("up", "down"):
            return self._step(-1 if key == "up" else 1, len(options))
        if key == "space":
            if self.chosen is not None:
                self._mark(self.chosen)
            return Redraw()
        if key == "enter":
            before = {at for at, option in enumerate(options) if option.chosen}
            same = self.marked == before
            return Submit("" if same else " ".join(str(options[at].number) for at in sorted(self.marked)))
        return None

    def _mark(self, at: int) -> None:
        """Mark or unmark; with one allowed the mark moves, beyond the limit nothing is added."""
        if at in self.marked:
            self.marked.discard(at)
        elif self.most == 1:
            self.marked = {at}
        elif len(self.marked) < self.most:
            self.marked.add(at)


class InTable(InputMode):
    """Table cell: arrows walk through the table, a digit answers where there are choices."""

    sort = "table"
    by_digit = True

    def key(self, key: str) -> Act | None:
        """Walk or choose; a space between two digits goes with them."""
        if key == "space" and self.prompt.options:
            return Redraw()
        if _digit(key) is not None and self.prompt.options:
            return _submitted(key, self.prompt.options)
        steps = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
        if key in steps:
            cell = self._beside(*steps[key])
            return Redraw() if cell is None else GoTo(cell.slot)
        return None

    def _beside(self, down: int, right: int) -> Cell | None:
        """Return the next cell in a direction, over the gaps where a column does not apply."""
        rows = [] if self.prompt.grid is None else [row.cells for row in self.prompt.grid.rows]
        here = next(
            ((y, x) for y, row in enumerate(rows) for x, cell in enumerate(row) if cell and cell.here), None
        )
        if here is None:
            return None
        y, x = here[0] + down, here[1] + right
        while 0 <= y < len(rows) and 0 <= x < len(rows[y]):
            if (cell := rows[y][x]) is not None:
                return cell
            y, x = y + down, x + right
        return None


class ListMode(InputMode):
    """List editing: text adds to it; from an empty line the arrows go up into what is on it."""

    sort = "list"

    def key(self, key: str) -> Act | None:
        """Walk in the list; edit, remove or move what is highlighted."""
        items = self.prompt.items
        # from an empty line only "up" leads into the list; every other key is text
        if self.chosen is None:
            if key == "up" and items:
                self.chosen = len(items) - 1
                return Redraw()
            return None
        # on an item: move the highlight, act on the item, or leave the list with any other key
        at, short = self.chosen, items[self.chosen].short
        match key:
            case "up" if at > 0:
                self.chosen = at - 1
            case "down":
                self.chosen = at + 1 if at + 1 < len(items) else None
            case "escape":
                self.chosen = None
            case "enter" | "e":
                return Order("edit", short)
            case "x" | "delete":
                self.chosen = None
                return Order("remove", short)
            case "u" if at > 0:
                self.chosen = at - 1
                return Order("move", f"{short} {at}")
            case "d" if at + 1 < len(items):
                self.chosen = at + 1
                return Order("move", f"{short} {at + 2}")
            case "up" | "u" | "d":
                pass
            case _:
                self.chosen = None
                return None
        return Redraw()


class RoundMode(InputMode):
    """Round or ballot: lines and numbers are typed, and no digit answers by itself."""

    sort = "round"


class HandsMode(InputMode):
    """Ballot of raised hands, which may stay open: Enter alone passes it."""

    sort = "hands"


class Confirming(InputMode):
    """Review of a section: Enter confirms it, a digit or an arrow and Enter goes to a point of it."""

    sort = "confirm"
    guarded = True

    def key(self, key: str) -> Act | None:
        """Confirm, or go to a point."""
        cells = self.prompt.review
        if (number := _digit(key)) is not None:
            return GoTo(cells[number].slot, come_back=True) if number < len(cells) else Redraw()
        if key == "up" and self.chosen == 0:
            self.chosen = None
            return Redraw()
        if key in ("up", "down"):
            if key == "up" and self.chosen is None:
                return None
            return self._step(-1 if key == "up" else 1, len(cells))
        if key == "enter":
            return Submit() if self.chosen is None else GoTo(cells[self.chosen].slot, come_back=True)
        return None


@dataclass
class Between(InputMode):
    """Small question in between: text, and the keys that answer it at once."""

    keys: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    sort = "between"
    guarded = True

    def key(self, key: str) -> Act | None:
        """Answer with a key that stands for an answer."""
        return Submit(key) if key in self.keys else None


NOTHING_ASKED = Prompt(
    slot=Slot(StepId("")), kind="text", adding=False, section="", about=None, ask="", help=None, good=None,
    poor=None, reason=None, minutes=None, optional=False,
)  # fmt: skip
"""The question that a small one stands before when there is no other: at the end of the interview."""


def _at_round(prompt: Prompt, stands: RoundState) -> InputMode:
    return HandsMode(prompt) if stands.passes else RoundMode(prompt)


def answering(prompt: Prompt | None, asking: Question | None) -> InputMode | None:
    """Return how the question is answered with keys; None while there is no question at all."""
    if asking is not None:
        return Between(prompt or NOTHING_ASKED, keys=asking.keys, options=asking.options)
    if prompt is None:
        return None
    if prompt.adding and not prompt.options:
        return ListMode(prompt)
    if prompt.round is not None or prompt.grid is not None:
        return InTable(prompt) if prompt.round is None else _at_round(prompt, prompt.round)
    match prompt.kind:
        case "choice":
            return ChoiceMode(prompt)
        case "several" | "pick":
            return ChoiceMode(prompt) if prompt.choices.max == 1 else MultiChoiceMode(prompt)
        case "confirm":
            return Confirming(prompt)
        case _:
            return InputMode(prompt)


def _submitted(key: str, options: Sequence[Option]) -> Act:
    """Return the choice that a digit key names: the option shown with that number, 0 also for the tenth."""
    wanted = {int(key)} if key != "0" else {0, 10}
    named = next((option for option in options if option.number in wanted), None)
    return Redraw() if named is None else Submit(str(named.number))


def _digit(key: str) -> int | None:
    """Return the option that a digit key stands for, counted from 0; 0 is the tenth."""
    if len(key) == 1 and key.isdecimal():
        return 9 if key == "0" else int(key) - 1
    return None
