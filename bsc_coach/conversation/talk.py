"""The conversation about one session: where it is, what is asked in between, and what an answer leads to.

Both front ends drive a session through it. Nothing here prints, waits or knows of a screen, and it knows
no command: commands call its methods, and what is said after an answer is handed in as ``after_answer``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from bsc_coach.coach.rule import Finding
from bsc_coach.conversation.live_rounds import LiveRounds
from bsc_coach.conversation.position import Position
from bsc_coach.conversation.prompt import Prompt
from bsc_coach.conversation.prompt_builder import first_inside, name_of, prompt_for
from bsc_coach.conversation.proposals import Proposals
from bsc_coach.conversation.reply import Followup, Question, Reply
from bsc_coach.conversation.timer import MOST, Timer
from bsc_coach.conversation.transcript import Turn, said_in_short, slot_of, turns_of, typed_text
from bsc_coach.errors import FolderError
from bsc_coach.interview.closing_round import Collected
from bsc_coach.interview.decide import Verdict
from bsc_coach.interview.facts.family import Command
from bsc_coach.interview.facts.log import Action
from bsc_coach.interview.facts.session import ActionUndone, Redo, Undo
from bsc_coach.interview.homework import HomeworkRound
from bsc_coach.interview.members import current_round
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.remarks import remarks
from bsc_coach.interview.undoing import undone_by
from bsc_coach.script.model import CollectStep, LongTextStep, TextStep
from bsc_coach.script.slots import Slot
from bsc_coach.session.drafts import BETWEEN, Cursor, load_cursor, save_cursor
from bsc_coach.session.session import Session
from bsc_coach.session.summary import keep_summary
from bsc_coach.text import normal, shorten
from bsc_coach.words import say, say_error

if TYPE_CHECKING:
    from bsc_coach.coach.ear.heard import Ear

if TYPE_CHECKING:
    from bsc_coach.conversation.room_view import RoundResult, Seat

AfterAnswer = Callable[["Talk", Action], Followup | None]
"""A hook that may say something about what was just answered; it changes nothing itself."""

MOST_TOLD = 5
"""Things that others said meanwhile, up to which each is told in words."""
LONGEST_TOLD = 200


@dataclass
class Talk:
    """A conversation about one session."""

    session: Session
    after_answer: tuple[AfterAnswer, ...] = ()
    """What may be said after an answer, in this order; the first that stays with it is the last."""
    position: Position = field(default_factory=Position)
    asking: Question | None = None
    """The small question that the next line answers, if it is no command."""
    homework: HomeworkRound | None = None
    """The questions of one role, where only those are gone through."""
    plenary: bool = False
    """Whether contested places are decided on the way through what came back from the parts."""
    warned_elsewhere: bool = False
    """Whether somebody who left the part that is worked on here was told that others work there."""
    panel: str | None = None
    """The side panel that is open, kept with the position for the next time."""
    live: LiveRounds = field(default_factory=LiveRounds)
    """The round that is open, with what was handed in so far: in memory only."""
    paper: Collected = field(default_factory=Collected)
    """What was collected on paper for it, beside what phones hand in: in memory only."""
    handed_in_there: int = 0
    """How many have handed in to the round of the driver whom this talk reads along with."""
    result: RoundResult | None = None
    """What the last round came to, while the team looks at it."""
    proposals: Proposals = field(default_factory=Proposals)
    """What scribes propose, until the driver takes or drops it: in memory only."""
    seats_here: int = 0
    """How many have joined with phones of their own."""
    timer: Timer | None = None
    """The timer that runs, or that is over and was not followed by another line yet; in memory only."""
    seats: tuple[Seat, ...] = ()
    """Who has joined with a phone, as far as the console tells it."""
    address: str = ""
    """Where phones join; nothing without a room."""
    ear: Ear | None = None
    """The second ear of the coach, once there is one."""
    _shown: tuple[Slot, datetime] | None = None
    """The question on the screen, and since when: what an answer to it counts as time."""
    _told_of_others: int = 0
    _remarks: dict[Slot, tuple[Finding, ...]] = field(default_factory=dict)
    _remarks_of: Plan | None = None
    """The plan that ``_remarks`` were made for."""

    # Where we are

    @property
    def plan(self) -> Plan:
        """The plan of the session: where everything stands."""
        return self.session.plan

    @property
    def language(self) -> str:
        """The language of the conversation."""
        return self.plan.language

    @property
    def at(self) -> Slot | None:
        """The question we are at."""
        return self.position.at

    def prompt(self) -> Prompt | None:
        """Return the question we are at, or None when all that had to be answered is."""
        slot = self.position.settle(self.plan)
        if slot is None:
            return None
        if self._shown is None or self._shown[0] != slot:
            self._shown = (slot, self.now())
        prompt = prompt_for(self.plan, slot, self.remarks_on(slot))
        if prompt.round is not None:
            count = self.live.count + self.paper.most + self.handed_in_there
            handed_in = count if prompt.round.open else 0
            passes = prompt.round.passes and not self.seats_here
            prompt = replace(prompt, round=replace(prompt.round, handed_in=handed_in, passes=passes))
        back = next((one for one in reversed(self.position.returns) if one.slot in self.plan.statuses), None)
        return prompt if back is None else replace(prompt, back_to=name_of(self.plan, back.slot))

    @property
    def ended(self) -> bool:
        """Whether the interview has come to its end: everything is confirmed."""
        return self.position.settle(self.plan) is None and self.position.ended

    def listen_with(self, ear: Ear) -> None:
        """Have the coach listen with an ear from now on."""
        self.ear, self._remarks_of = ear, None

    def remarks_on(self, slot: Slot) -> tuple[Finding, ...]:
        """Return what the coach says of an answer.

        It is looked for once for each plan: after an answer the conversation, the place where the answer
        belongs, and the question that is shown again all need it.
        """
        if self._remarks_of is not self.plan:
            self._remarks_of, self._remarks = self.plan, {}
        if slot not in self._remarks:
            self._remarks[slot] = remarks(
                self.plan, slot, at_home=self.homework is not None, in_talk=True, ear=self.ear
            )
        return self._remarks[slot]

    def resume(self) -> None:
        """Go to where the person was, or to the first question after the last answer.

        Where the program ended without being left, that is the round that was open, else the question they
        were typing into.
        """
        cursor = load_cursor(self.session.folder, disk=self.session.environment.disk) or Cursor()
        self.panel = cursor.panel
        left_properly = cursor.actions == len(self.session.actions)
        self.position.resume(self.plan, cursor, cursor.slot if left_properly else self._broken_off_at())

    def _broken_off_at(self) -> str | None:
        found = current_round(self.plan)
        if found is not None:
            return str(found[0].slots[0])
        records = self.session.journal.records
        typed = self.session.drafts.typed_since(records[-1].at if records else "")
        return None if typed is None else typed.removesuffix(BETWEEN)

    def remember(self) -> None:
        """Keep where the person is for the next time; homework leaves the room where it was."""
        if self.session.read_only:
            return
        folder, disk, actions = self.session.folder, self.session.environment.disk, len(self.session.actions)
        cursor = self.position.cursor(panel=self.panel, actions=actions)
        if self.homework is not None:
            cursor = replace(load_cursor(folder, disk=disk) or Cursor(), actions=actions)
        save_cursor(folder, cursor, disk=disk)
        keep_summary(self.session)

    def what_undo_takes_back(self) -> str:
        """Return in a few words what undo would take back, or nothing."""
        effective, others = self.plan.state.effective, self.session.others_here
        last = next((action for action in reversed(effective) if action.writer not in others), None)
        return "" if last is None else said_in_short(self.plan, last)

    def takes_text(self) -> bool:
        """Tell whether letters and digits are text now, rather than keys of a choice."""
        if self.asking is not None or self.at is None:
            return True
        status = self.plan.status(self.at)
        step = None if status is None else status.step
        if isinstance(step, CollectStep):
            step, _ = first_inside(self.plan, self.at)
        return isinstance(step, TextStep | LongTextStep)

    def now(self) -> datetime:
        """Return the time of day, as the session has it."""
        return self.session.environment.clock()

    def start_timer(self, minutes: float) -> None:
        """Start the timer of a round; 0 stops it."""
        self.timer = Timer(self.now(), min(minutes, MOST)) if minutes > 0 else None

    # What is said

    def say(self, key: str, **values: object) -> str:
        """Return words of the conversation in its language."""
        return say(f"talk.{key}", self.language, **values)

    def means(self, letter: str, what: str) -> bool:
        """Tell whether a letter typed to a small question means ``what``; Enter alone means yes."""
        return letter in self.say(f"letters.{what}").split() or (what == "yes" and not letter)

    def letter(self, line: str) -> str:
        """Return the letter that a line answers a small question with, alone or as a word like yes.

        Any other line is returned as it is: "Ann" is the next name on a list, and no letter.
        """
        said = normal(line)
        return said[:1] if said in self.say("letters.words").split() else said

    def neither(self, line: str, question: str) -> Reply:
        """Return what is said to a line that is none of the letters a small question offers: it stays there.

        The letter that leaves everything as it was does so.
        """
        return self.note("cancelled") if self.means(self.letter(line), "cancel") else self.refused(question)

    def note(self, key: str, **values: object) -> Reply:
        """Return a reply that is a note of the program."""
        return Reply((Turn("note", self.say(key, **values), self.at),))

    def refused(self, sentence: str) -> Reply:
        """Return a reply that says why a line cannot be taken; it stays where it was."""
        return Reply((Turn("refusal", sentence, self.at),), keep_text=True)

    def ask(
        self, text: str, then: Callable[[str], Reply], *, about: str = "", keys: tuple[str, ...] = ()
    ) -> Reply:
        """Put a small question in between; ``then`` gets the line that comes back."""
        return self.put(Question(text, then, about, keys))

    def put(self, question: Question) -> Reply:
        """Put a small question in between."""
        if self.session.read_only:
            return Reply(self.note("read_only").turns, keep_text=True)
        self.asking = question
        return Reply((Turn("coach", question.text, self.at),))

    # What is done

    def move_on(self, slot: Slot, came_in: tuple[Slot, ...] = (), *, edited: bool) -> Reply:
        """Go where the interview goes after ``slot``; back to a page where a detour began on one."""
        self.position.move_on(self.plan, slot, came_in, edited=edited)
        return self._reopening(Reply())

    def _reopening(self, reply: Reply) -> Reply:
        """Have the front end show the page again that somebody came back to, at its line."""
        back, self.position.reopens = self.position.reopens, None
        return reply if back is None else replace(reply, screen=back.page, rest=str(back.line or ""))

    def do(self, command: Command, verdict: Verdict | None = None) -> Reply:
        """Carry a command out, say what came of it, and go where the interview goes next.

        ``verdict`` is what the session decided about this command just now, where somebody asked already.
        """
        return self._do(command, verdict)

    def do_here(self, command: Command, *, may_ask: bool = True, source: str = "") -> Reply:
        """Carry a command out, say what came of it, and stay at the question we are at, if it is still there.

        Without ``may_ask``, what would put a small question in between is left out. ``source`` is where the
        answer comes from.
        """
        return self._do(command, None, moves=False, may_ask=may_ask, source=source)

    def _do(
        self,
        command: Command,
        verdict: Verdict | None,
        *,
        moves: bool = True,
        may_ask: bool = True,
        source: str = "",
    ) -> Reply:
        # Whether an answer is being given anew is known only before it is.
        here = self.plan.status(self.at) if self.at is not None else None
        edited = here is not None and here.answer_state != "open" and not isinstance(here.step, CollectStep)
        try:
            shown = self._shown[1] if self._shown else None
            result = self.session.do(command, verdict, shown=shown, source=source)
        except FolderError as error:
            return self.refused(say_error(error, self.language))
        action = result.action
        if action is None:
            return self.refused(result.refusals[0].sentence(self.language))
        slot = slot_of(action)
        if slot is not None:
            self._shown = None  # the time until now is charged; the next answer begins where it is shown
            self.session.drafts.drop(str(slot))
        turns = [*turns_of(self.plan, action), *self._asides()]
        if isinstance(command, Undo | Redo):
            self.position.go_to_undone(self.plan, action)
            if isinstance(command, Redo):
                self._forget_drafts(action)
            return Reply((*turns, *self._given_back(action)))
        # What is said of the answer, and whether it keeps us there.
        followups = self._followups(action, may_ask=may_ask)
        turns += [turn for followup in followups for turn in followup.turns]
        self.asking = next((one.question for one in followups if one.question is not None), self.asking)
        stay = next((one.stay for one in followups if one.stay is not None), None)
        here_now = self.plan.status(self.at) if self.at is not None else None
        if not moves and here_now is not None and here_now.relevance != "dormant":
            return Reply(tuple(turns))
        if stay is not None:
            self.position.go_to(stay, come_back=here_now is None or not _is_through(here_now))
        else:
            after = self.position.after(self.plan, action)
            self.position.move_on(self.plan, after, result.touched.active, edited=edited)
        return self._reopening(Reply(tuple(turns)))

    def _given_back(self, undoing: Action) -> list[Turn]:
        """Make what was typed the draft again where undo took it back, and say so if it reads otherwise.

        What an answer was reworded from stands there again, and needs no draft.
        """
        given = typed_text(self.plan, undoing) if isinstance(undoing.do[0], ActionUndone) else None
        status = None if given is None else self.plan.status(given.slot)
        if given is None or status is None:
            return []
        if status.answer_state == "answered" and not given.reads_otherwise:
            return []
        self.session.drafts.put(str(given.slot), given.text, handed_in=True)
        told = Turn("note", self.say("typed_before", typed=given.text), given.slot)
        return [told] if given.reads_otherwise else []

    def _forget_drafts(self, redoing: Action) -> None:
        """Forget what undo gave back, once the answer itself is back."""
        again = undone_by(self.session.actions, redoing)
        for event in again.do if again is not None else ():
            slot = getattr(event, "slot", None)
            if slot is not None:
                self.session.drafts.drop(str(slot))

    def _asides(self) -> list[Turn]:
        """Return what has to be said beside any answer: that it is in memory only, what others said."""
        trouble = self.session.trouble
        return [*([Turn("note", trouble)] if trouble is not None else []), *self.others_said()]

    def others_said(self) -> list[Turn]:
        """Return what others said here meanwhile, once: the last things in words, of more their number."""
        fresh = self.session.heard[self._told_of_others :]
        self._told_of_others = len(self.session.heard)
        if not fresh:
            return []
        actions = {action.id: action for action in self.session.actions}
        told = [] if len(fresh) <= MOST_TOLD else [Turn("note", self.session.others or "")]
        for action in (actions[one] for one in fresh[-MOST_TOLD:] if one in actions):
            said = shorten(said_in_short(self.plan, action), LONGEST_TOLD)
            told.append(Turn("note", self.say("other_said", by=action.by, said=said), slot_of(action)))
        return told

    def _followups(self, action: Action, *, may_ask: bool) -> list[Followup]:
        followups = []
        for hook in self.after_answer:
            followup = hook(self, action)
            if followup is None or (followup.question is not None and not may_ask):
                continue
            followups.append(followup)
            if followup.stay is not None:
                break
        return followups


def _is_through(status: SlotStatus) -> bool:
    """Tell whether a list that finishes itself holds enough: nobody comes back to it for more."""
    enough = isinstance(status.step, CollectStep) and status.step.enough is not None
    return enough and not status.needs_asking
