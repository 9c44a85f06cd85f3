"""Random walks through a talk: answers, passing, leaving for later, jumps, detours, undo, reopening.

A walk checks itself after each line: nothing that was passed is asked again by itself, a line is kept as it
was typed or not at all, and each detour returns, once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from bsc_coach.conversation.prompt_builder import first_inside
from bsc_coach.conversation.rehearsal.plausible_answers import PlausibleAnswers
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.facts.answers import SlotAnswered
from bsc_coach.interview.navigation import agenda, entry_of
from bsc_coach.script.loader import ScriptSource
from bsc_coach.script.model import CollectStep, LongTextStep, QuestionStep, TextStep
from bsc_coach.script.slots import Slot
from bsc_coach.session.opening import create_session, open_session
from tests.support.sessions import same_environment

BY_ITSELF = ("answer", "pass", "next", "reopen")
"""Ways to go on after which the interview chooses the question."""
WAYS = (
    *("answer",) * 9,
    *("pass",) * 6,
    "jump",
    *("from_here",) * 2,
    "next",
    "edit",
    "undo",
    "redo",
    "reopen",
    "back",
)
TODAY = date(2026, 9, 1)
MOST_LEFT = 120
"""Lines after which the last detour must have returned."""


@dataclass
class Walk:
    """One walk, in a session of its own."""

    folder: Path
    source: ScriptSource
    random: Random
    talk: Talk = field(init=False)
    answers: PlausibleAnswers = field(init=False)
    typed: set[str] = field(default_factory=set)
    count: int = 0

    def __post_init__(self) -> None:
        self.talk = start_talk(create_session(self.folder / "s", self.source, same_environment()))
        self.talk.resume()
        self.answers = PlausibleAnswers(self.random, self.talk.language, TODAY, together=0)

    def go(self, steps: int) -> None:
        """Walk ``steps`` lines, and then until every detour has returned."""
        for _ in range(steps):
            self.take(self.random.choice(WAYS))
        for _ in range(MOST_LEFT):
            if not self.talk.position.returns:
                break
            self.take("answer")
        assert self.talk.position.returns == [], "a detour did not return"
        self.talk.session.close()

    def take(self, way: str) -> None:
        """Take one step, and look at where it has led."""
        talk = self.talk
        before, leading_back = talk.at, [back.slot for back in talk.position.returns]
        said = len(talk.session.actions)
        asked_to = self._types(way)
        while talk.asking is not None and way != "reopen":
            line = "c" if self.random.random() < 0.2 else self.random.choice(self._small())
            self.typed.add(line)  # a small question may keep it as well: why an old KPI goes
            submit(talk, line)
        prompt, talk = self.talk.prompt(), self.talk
        now = None if prompt is None else prompt.slot
        if way in BY_ITSELF and now is not None and now not in (before, asked_to, *leading_back):
            assert not talk.plan.statuses[now].passed, f"{now} was passed, and is asked again"
        self._are_as_typed(said)
        self._came_back(way, leading_back, now)

    def _small(self) -> tuple[str, ...]:
        return tuple(self.answers.to_small_question())

    def _types(self, way: str) -> Slot | None:
        """Type what a way stands for; return where somebody asked to go."""
        talk = self.talk
        prompt = talk.prompt()
        match way:
            case "reopen":
                if self.random.random() < 0.5:
                    talk.remember()  # else the program was killed
                talk.session.close()
                self.count += 1
                again = same_environment(ids=f"r{self.count}")
                self.talk = start_talk(open_session(self.folder / "s", again))
                self.talk.resume()
            case "jump":
                submit(talk, f"/jump {self.random.choice(agenda(talk.plan)).title}")
            case "from_here":
                # As somebody goes back to look at a part from its beginning.
                parts = [entry.first for entry in agenda(talk.plan) if entry.first is not None]
                talk.position.jump(self._first_of(self.random.choice(parts)))
            case "edit":
                submit(talk, f"/edit {self._somewhere()}")
            case "undo" | "redo" | "next" | "back":
                submit(talk, f"/{way}")
            case "pass":
                submit(talk, "")
            case _ if prompt is not None:
                step = talk.plan.script.step(prompt.slot.step)
                asked = first_inside(talk.plan, prompt.slot)[0] if isinstance(step, CollectStep) else step
                assert isinstance(asked, QuestionStep)
                line = self.answers.line(prompt, asked)
                if isinstance(asked, TextStep | LongTextStep) and line and not line.startswith("/"):
                    self.count += 1
                    line = line if line.isdecimal() else f"{line} {self.count}"[-40:].strip()
                self.typed |= {line, *prompt.offers}
                submit(talk, line)
        return self.talk.at

    def _first_of(self, slot: Slot) -> Slot:
        """Return the first question of the part of the agenda that a slot is in."""
        plan = self.talk.plan
        entry = entry_of(plan.script, slot)
        inside = (other for other in plan.order if entry_of(plan.script, other) == entry)
        return next(other for other in inside if plan.statuses[other].active)

    def _somewhere(self) -> str:
        items = [short for short in self.talk.plan.state.items if "." not in short]
        asked = [
            slot.step for slot, status in self.talk.plan.statuses.items() if status.active and not slot.frame
        ]
        return self.random.choice([*items, *asked])

    def _are_as_typed(self, said: int) -> None:
        """Every text that was kept is a line that somebody typed, not two of them in one."""
        for action in self.talk.session.actions[said:]:
            for event in action.do:
                if isinstance(event, SlotAnswered) and isinstance(event.value, str):
                    step = self.talk.plan.script.by_id[event.slot.step]
                    if isinstance(step, TextStep | LongTextStep):
                        kept = event.typed or event.value
                        if step.together is None:
                            assert kept in self.typed, f"{kept!r} was never typed"
                        else:  # the texts of a round, in another order
                            typed = {line for one in self.typed for line in one.split("\n")}
                            assert typed >= set(kept.split("\n")), f"{kept!r} was never typed"

    def _came_back(self, way: str, leading_back: list[Slot], now: Slot | None) -> None:
        """A detour that is over has led to where it began, if that is still asked; and none was forgotten."""
        left = [back.slot for back in self.talk.position.returns]
        if way in ("jump", "from_here", "reopen", "edit") or len(left) >= len(leading_back):
            return
        over = leading_back[len(left) :]
        there = [slot for slot in over if (status := self.talk.plan.status(slot)) and status.active]
        # At the end one is at the last confirmation, and nothing is asked.
        here = self.talk.at if self.talk.ended else now
        assert not there or here in (there[0], there[-1]), f"the detour led to {now}, not to {there}"
