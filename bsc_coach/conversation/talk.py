"""The talk: where we are, what was typed, what is said back. Both front ends drive a session through it.

A line that is typed is an answer, a command, or the answer to a small question in between (a reason,
a name, "touches elsewhere: accept?"). Nothing here prints, waits or knows of a screen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bsc_coach.conversation.commands.budget import is_over_budget
from bsc_coach.conversation.commands.handlers import HANDLERS
from bsc_coach.conversation.commands.list_items import add, offered
from bsc_coach.conversation.commands.moments import divide, offer_homework, read_aloud, wants_all
from bsc_coach.conversation.commands.registry import SlashCommand, read_line
from bsc_coach.conversation.placement import placement_of
from bsc_coach.conversation.prompts import Prompt, first_inside, name_of, prompt_for
from bsc_coach.conversation.reply import Question, Reply
from bsc_coach.conversation.transcript import Turn, said_in_short, slot_of, turns_of
from bsc_coach.errors import FolderError
from bsc_coach.interview.coaching import remarks
from bsc_coach.interview.commands import (
    Accept,
    CloseList,
    Command,
    Confirm,
    Redo,
    StillRight,
    Undo,
)
from bsc_coach.interview.decide import Consequences, after, consequences
from bsc_coach.interview.events import Action, ItemAdded, JsonValue, SlotAnswered
from bsc_coach.interview.navigation import following, layout_of, leaves_its_part, next_slot, resume_slot
from bsc_coach.interview.plan import Plan
from bsc_coach.script.model import CollectStep, ConfirmStep, LongTextStep, TextStep
from bsc_coach.script.slots import Frame, Slot, parse_slot
from bsc_coach.session.debug_log import debug_log
from bsc_coach.session.drafts import Cursor, load_cursor, save_cursor
from bsc_coach.session.session import Session
from bsc_coach.text import normal, shorten
from bsc_coach.words import say, say_error

LONGEST_TRAIL = 200
NAMES_SHOWN = 3


@dataclass
class Talk:
    """A conversation about one session."""

    session: Session
    at: Slot | None = None
    trail: list[Slot] = field(default_factory=list)
    returns: list[Slot] = field(default_factory=list)
    detour: Frame = ()
    """The item that somebody stepped aside for; the last of ``returns`` is where from."""
    asking: Question | None = None
    panel: str | None = None
    _told_of_others: int = 0

    # Where we are

    @property
    def plan(self) -> Plan:
        """Where everything stands."""
        return self.session.plan

    @property
    def language(self) -> str:
        """The language of the talk."""
        return self.plan.language

    def prompt(self) -> Prompt | None:
        """Return the question we are at, or None when all that had to be answered is."""
        if self.at is None or self.at not in self.plan.statuses:
            self.at = next_slot(self.plan, None)
        return None if self.at is None else prompt_for(self.plan, self.at)

    def resume(self) -> None:
        """Go to where the person was, or to the first question after the last answer.

        Where the program ended without being left, that is the question they were typing into.
        """
        cursor = load_cursor(self.session.folder, disk=self.session.environment.disk) or Cursor()
        self.trail = self._known(cursor.trail)
        self.returns = self._known(cursor.returns)
        self.panel = cursor.panel
        was = cursor.slot if cursor.actions == len(self.session.actions) else self._typed_into()
        here = self._known((was,) if was else ())
        self.at = here[0] if here and self.plan.statuses[here[0]].active else resume_slot(self.plan)

    def _typed_into(self) -> str | None:
        records = self.session.journal.records
        return self.session.drafts.typed_since(records[-1].at if records else "")

    def remember(self) -> None:
        """Keep where the person is for the next time."""
        if self.session.read_only:
            return
        cursor = Cursor(
            slot=None if self.at is None else str(self.at),
            trail=tuple(str(slot) for slot in self.trail[-LONGEST_TRAIL:]),
            returns=tuple(str(slot) for slot in self.returns),
            panel=self.panel,
            actions=len(self.session.actions),
        )
        save_cursor(self.session.folder, cursor, disk=self.session.environment.disk)

    def _known(self, paths: tuple[str, ...]) -> list[Slot]:
        slots = []
        for path in paths:
            try:
                slot = parse_slot(path)
            except ValueError:
                continue
            if slot in self.plan.statuses:
                slots.append(slot)
        return slots

    def say(self, key: str, **values: object) -> str:
        """Return words of the talk in its language."""
        return say(f"talk.{key}", self.language, **values)

    def means(self, letter: str, what: str) -> bool:
        """Tell whether a letter typed to a small question means ``what``; Enter alone means yes."""
        return letter in self.say(f"letters.{what}").split() or (what == "yes" and not letter)

    def _others(self) -> str | None:
        """Return what another program added to the journal, once for each time it did."""
        told, self._told_of_others = self._told_of_others, len(self.session.journal.foreign)
        return self.session.others if self._told_of_others > told else None

    def note(self, key: str, **values: object) -> Reply:
        """Return a reply that is a note of the program."""
        return Reply((Turn("note", self.say(key, **values), self.at),))

    def ask(self, key: str, then: Callable[[str], Reply]) -> Reply:
        """Put a small question in between; ``then`` gets the line that comes back."""
        if self.session.read_only:
            return Reply(self.note("read_only").turns, keep_text=True)
        self.asking = Question(self.say(f"ask.{key}"), then)
        return Reply((Turn("coach", self.asking.text, self.at),))

    # What is typed

    def submit(self, line: str) -> Reply:
        """Take a line that was typed and return what is said back."""
        typed = read_line(line)
        if typed.unknown:
            return Reply(self.note("unknown_command", typed=typed.unknown).turns, keep_text=True)
        if typed.command is not None:
            return self.command(typed.command, typed.text)
        if self.asking is not None:
            return self._answer_in_between(self.asking, typed.text.strip())
        return self._answer(typed.text)

    def _answer_in_between(self, question: Question, line: str) -> Reply:
        """Take the answer to a small question; one that is refused is asked again."""
        self.asking = None
        reply = question.then(line)
        if reply.keep_text and self.asking is None:
            # Otherwise what is typed next would be taken for the answer to the question we are at.
            self.asking = question
        return reply

    def command(self, command: SlashCommand, rest: str = "") -> Reply:
        """Carry out a command, as typed with a slash or called with a key."""
        debug_log.log("slash", command=command.name, at=self.at)
        if command.screen:
            return Reply(screen=command, rest=rest)
        self.asking = None  # whoever gives a command has left the small question
        return HANDLERS[command.name](self, rest)

    def go_to(self, slot: Slot, *, come_back: bool = False) -> None:
        """Move to a slot; with ``come_back`` return here after the next answer. Changes nothing else."""
        if self.at is not None and slot != self.at:
            self.trail.append(self.at)
            if come_back:
                self.returns.append(self.at)
        self.at = slot

    def _answer(self, text: str) -> Reply:
        prompt = self.prompt()
        if prompt is None:
            return self.note("all_done")
        if self.session.read_only:
            return Reply(self.note("read_only").turns, keep_text=True)
        step = self.plan.statuses[prompt.slot].step
        if not text.strip():
            return self._nothing_typed(prompt)
        text = offered(prompt, text) or text
        if isinstance(step, CollectStep):
            return add(self, prompt.slot, text)
        if isinstance(step, ConfirmStep):
            return self.do(Confirm(prompt.slot))
        if text.strip() == prompt.answer.strip() and not prompt.refusals:
            return self._nothing_typed(prompt)
        return self.accept(prompt.slot, text)

    def _nothing_typed(self, prompt: Prompt) -> Reply:
        """Enter alone: close the list, still right, go on past what is optional or was answered."""
        status = self.plan.statuses[prompt.slot]
        if isinstance(status.step, CollectStep):
            return self.close(prompt.slot)
        if isinstance(status.step, ConfirmStep):
            return self.do(Confirm(prompt.slot))
        if status.answer_state == "answered" and status.stale:
            return self.do(StillRight(prompt.slot))
        if status.answer_state != "open" or prompt.optional:
            self._move_on(prompt.slot, (), edited=status.answer_state != "open")
            return Reply()
        return self.note("nothing_to_say")

    def accept(self, slot: Slot, value: JsonValue) -> Reply:
        """Answer a slot; when that touches other answers, say so first."""
        decision = self.session.decide(Accept(slot, value))
        if decision.refusals and wants_all(self.plan, slot, value):
            return divide(self, slot)
        if decision.refusals:
            return self.refused(decision.refusals[0].sentence(self.language))
        if self.plan.statuses[slot].answer_state == "answered":
            later = after(self.plan, decision.events)
            touched = consequences(self.plan, later)
            if touched:
                what = self._touched(touched)
                self.asking = Question(
                    self.say("touches.ask", what=what), lambda line: self._decided(slot, value, line)
                )
                self.hold(slot, value)
                return Reply((Turn("coach", self.asking.text, slot),))
        return self.do(Accept(slot, value))

    def _decided(self, slot: Slot, value: JsonValue, line: str) -> Reply:
        """Take the answer to "this touches other answers"."""
        letter = normal(line)[:1]
        if self.means(letter, "yes"):
            return self.do(Accept(slot, value))
        if self.means(letter, "wording"):
            return self.do(Accept(slot, value, same=True))
        return self.note("cancelled")

    def hold(self, slot: Slot, text: JsonValue) -> None:
        """Keep a typed text as the draft of its slot while a small question stands in between."""
        if isinstance(text, str):
            self.session.drafts.put(str(slot), text)

    def _touched(self, touched: Consequences) -> str:
        told = []
        for kind in ("stale", "dormant", "active", "invalid"):
            slots: tuple[Slot, ...] = getattr(touched, kind)
            if slots:
                told.append(self.say(f"touches.{kind}", n=len(slots), names=self._names(slots)))
        return "; ".join(told)

    def _names(self, slots: tuple[Slot, ...]) -> str:
        names = [shorten(name_of(self.plan, slot), 50) for slot in slots[:NAMES_SHOWN]]
        if len(slots) > NAMES_SHOWN:
            names.append(self.say("touches.more", n=len(slots) - NAMES_SHOWN))
        return ", ".join(names)

    def close(self, slot: Slot, reason: str = "") -> Reply:
        """Finish a list; an empty one that may not be asks for the reason first."""
        decision = self.session.decide(CloseList(slot, reason))
        if decision.refusals and decision.refusals[0].key == "empty_needs_reason" and not reason:
            said = decision.refusals[0].sentence(self.language)
            self.asking = Question(
                f"{said} {self.say('ask.empty_reason')}",
                lambda line: self.close(slot, line) if line else Reply(),
            )
            return Reply((Turn("coach", self.asking.text, slot),))
        return self.do(CloseList(slot, reason))

    # What comes of it

    def refused(self, sentence: str) -> Reply:
        """Say why a line cannot be taken; it stays where it was."""
        return Reply((Turn("coach", sentence, self.at),), keep_text=True)

    def do(self, command: Command, *, aloud: bool = True) -> Reply:
        """Carry a command out, say what came of it, and go where the interview goes next.

        A link that is whole by it is read ``aloud``.
        """
        here = self.plan.status(self.at) if self.at is not None else None
        edited = here is not None and here.answer_state != "open" and not isinstance(here.step, CollectStep)
        try:
            outcome = self.session.do(command)
        except FolderError as error:
            return self.refused(say_error(error, self.language))
        action = outcome.action
        if action is None:
            return self.refused(outcome.refusals[0].sentence(self.language))
        turns = list(turns_of(self.plan, action))
        slot = slot_of(action)
        if slot is not None:
            self.session.drafts.drop(str(slot))
        for aside in (self.session.trouble, self._others()):
            if aside is not None:
                turns.append(Turn("note", aside))
        if isinstance(command, Undo | Redo):
            self._go_to_undone(action)
            return Reply(tuple(turns))
        remarked = self._remarked(action)
        if remarked is not None:
            turns.extend(self._remarks(remarked))
            if remarked != self.at:
                self.go_to(remarked, come_back=True)
            return Reply(tuple(turns))
        self._move_on(self._moved_from(action), outcome.touched.active, edited=edited)
        turns.extend(offer_homework(self, slot))
        return Reply((*turns, *(read_aloud(self, slot) if aloud else ())))

    def _moved_from(self, action: Action) -> Slot | None:
        """Return the slot that the next question follows: a new card's first one, else where we are."""
        for event in action.do:
            if isinstance(event, ItemAdded) and layout_of(self.plan, event.slot) != "list":
                answers = (e.slot for e in action.do if isinstance(e, SlotAnswered))
                return next(answers, self.at)
        return self.at

    def _move_on(self, slot: Slot | None, came_in: tuple[Slot, ...], *, edited: bool) -> None:
        """Go where the interview goes next: what an edit brought in, back from a jump, or onwards.

        After a jump to something answered, one goes back once it is given anew; after a jump to
        something open, once that part of the agenda is through.
        """
        wanted = [new for new in came_in if self.plan.statuses[new].needs_asking]
        target = wanted[0] if edited and wanted else following(self.plan, slot)
        through = edited or leaves_its_part(self.plan, slot, target) or self._leaves_detour(target)
        if self.returns and not (edited and wanted) and through:
            target = self.returns.pop()
            self.detour = ()
        if self.at is not None and target != self.at:
            self.trail.append(self.at)
            del self.trail[:-LONGEST_TRAIL]
        self.at = target

    def _leaves_detour(self, target: Slot | None) -> bool:
        """Tell whether the item that somebody stepped aside for is through."""
        inside = target is not None and target.frame[: len(self.detour)] == self.detour
        return bool(self.detour) and not inside

    def _go_to_undone(self, undoing: Action) -> None:
        """After undo or redo go to what it was about, if that is still there."""
        number = getattr(undoing.do[0], "number", None)
        action = next((a for a in self.plan.state.actions if a.number == number), None)
        slots = [e.slot for e in action.do if hasattr(e, "slot")] if action is not None else []
        for slot in reversed(slots):
            status = self.plan.status(slot)
            if status is not None and status.active:
                self.go_to(slot)
                return
        self.at = next_slot(self.plan, None) if self.at not in self.plan.statuses else self.at

    def _remarked(self, action: Action) -> Slot | None:
        """Return the first slot just answered that the coach has a remark on."""
        for event in action.do:
            if isinstance(event, SlotAnswered) and remarks(self.plan, event.slot):
                return event.slot
        return None

    def _remarks(self, slot: Slot) -> list[Turn]:
        said = [Turn("coach", finding.say, slot) for finding in remarks(self.plan, slot)]
        ways = [Turn("note", self.say("remark_ways"), slot)]
        if any(is_over_budget(finding) for finding in remarks(self.plan, slot)):
            ways.insert(0, Turn("note", self.say("budget.ways"), slot))
        if (saving := placement_of(self.plan, slot)) is not None:
            ways.insert(0, Turn("note", self.say(f"save.{saving.drawer}"), slot))
        return [*said, *ways]

    def what_undo_takes_back(self) -> str:
        """Return in a few words what undo would take back, or nothing."""
        effective = self.plan.state.effective
        return said_in_short(self.plan, effective[-1]) if effective else ""

    def takes_text(self) -> bool:
        """Tell whether letters and digits are text now, rather than keys of a choice."""
        if self.asking is not None or self.at is None:
            return True
        status = self.plan.status(self.at)
        step = None if status is None else status.step
        if isinstance(step, CollectStep) and self.at is not None:
            step, _ = first_inside(self.plan, self.at)
        return isinstance(step, TextStep | LongTextStep)
