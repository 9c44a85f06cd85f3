"""One path through a script: somebody answers it to its end, looks at everything, and has documents made."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Literal

from bsc_coach.conversation.findings import findings
from bsc_coach.conversation.headline import headline
from bsc_coach.conversation.prompt import Prompt
from bsc_coach.conversation.prompt_builder import first_inside, short_name
from bsc_coach.conversation.rehearsal.plausible_answers import PlausibleAnswers
from bsc_coach.conversation.rehearsal.printed_ids import PrintedId
from bsc_coach.conversation.side_views import balance, links_of, map_of, pinned, review
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.documents.formats import document_format, files_of, known_formats
from bsc_coach.interview.facts.lists import AddItem
from bsc_coach.interview.facts.log import TAKEN
from bsc_coach.interview.navigation import agenda
from bsc_coach.script.model import CollectStep, QuestionStep
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.session.session import Session

TRIES = 3
"""Valid answers after which a question that still stands there is one that nobody gets out of."""
MOST_VISITS = 12
"""Times that a question may be asked in one path while nothing is added to it."""
BROUGHT_IN = 3
"""Items of a list that nobody is asked for, which a command would bring in."""
WAYS_OUT = ("/park later", "/na no", "/next")
"""What is typed to leave a question that took none of its answers, so that the path goes on."""


TroubleKind = Literal["crash", "stuck", "nothing_to_choose"]


@dataclass(frozen=True)
class Trouble:
    """What went wrong in a path: a fault of the program, or a question that nobody gets out of."""

    kind: TroubleKind
    step: str
    """The step that was asked then, empty where none was."""
    what: str
    """The exception and where it was raised, or the question."""
    after: int
    """How many lines of the path had been typed."""


@dataclass
class WalkedPath:
    """What one path came to."""

    talk: Talk
    typed: list[str] = field(default_factory=list)
    reached: set[StepId] = field(default_factory=set)
    """The steps that were asked, and those that were answered with the first words of a list item."""
    troubles: list[Trouble] = field(default_factory=list)
    documents: Mapping[str, str] = field(default_factory=dict)
    """Every document that is text, by its file."""
    printed: tuple[PrintedId, ...] = ()

    def tell(self, kind: TroubleKind, what: str) -> None:
        """Keep what went wrong, with where we are."""
        step = "" if self.talk.at is None else self.talk.at.step
        self.troubles.append(Trouble(kind, step, what, len(self.typed)))

    def guard(self, part: Callable[[], object]) -> bool:
        """Do a part of the path; False, with the fault kept, where the program failed."""
        try:
            part()
        except Exception as error:  # whatever it is: told, and the other paths go on
            self.tell("crash", described(error))
            return False
        return True

    def type(self, line: str) -> bool:
        """Submit a line; tell whether something came of it."""
        talk = self.talk
        actions, at, asking = len(talk.session.actions), talk.at, talk.asking
        self.typed.append(line)
        submit(talk, line)
        return len(talk.session.actions) > actions or talk.at != at or talk.asking is not asking


def bring_in(session: Session) -> None:
    """Fill the lists that nobody is asked for, and that stand in no other: they come in from elsewhere."""
    script = session.plan.script
    for step in script.asked():
        if not isinstance(step, CollectStep) or not step.unasked or script.frames_of(step) != ((),):
            continue
        first, _ = first_inside(session.plan, Slot(step.id))
        for number in range(1, BROUGHT_IN + 1):
            brought = {first.id: f"{short_name(session.plan, step, ())} {number}"}
            session.do(AddItem(Slot(step.id), brought), source=TAKEN)


def walk(session: Session, answers: PlausibleAnswers, *, only_enter: bool = False) -> WalkedPath:
    """Answer a session to its end, look at all there is and make its documents; a fault is told.

    With ``only_enter`` whatever takes Enter gets nothing else.
    """
    path = WalkedPath(start_talk(session))
    path.talk.resume()
    if path.guard(lambda: answer_all(path, answers, only_enter=only_enter)):
        path.guard(lambda: _finish(path))
    path.reached |= {slot.step for slot in session.plan.state.facts}
    return path


def _finish(path: WalkedPath) -> None:
    look_at_everything(path.talk)
    path.documents = text_documents(path.talk.session)


def text_formats() -> tuple[str, ...]:
    """Return the names of the formats that are text: those that need no library."""
    return tuple(name for name in known_formats() if not document_format(name).library)


def text_documents(session: Session) -> dict[str, str]:
    """Make every document that is text, of a session as it stands."""
    files = files_of(text_formats(), session.material())
    return {str(name): data.decode("utf-8") for name, data in files.items()}


def look_at_everything(talk: Talk) -> None:
    """Make all that a front end shows beside a question."""
    plan, strategy = talk.plan, talk.session.strategy()
    agenda(plan)
    headline(plan, talk.at)
    review(plan)
    map_of(plan)
    links_of(plan)
    balance(strategy)
    pinned(plan)
    findings(plan)


def described(error: BaseException) -> str:
    """Return what an exception says and where in the program it was raised."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "bsc_coach" in frame.filename]
    place = ""
    if ours:
        parts = PurePath(ours[-1].filename).parts
        inside = Path(*parts[len(parts) - parts[::-1].index("bsc_coach") - 1 :])
        place = f" ({inside.as_posix()}:{ours[-1].lineno}, {ours[-1].name})"
    return f"{type(error).__name__}: {error}{place}"


def answer_all(
    path: WalkedPath,
    answers: PlausibleAnswers,
    *,
    only_enter: bool = False,
    after_each: Callable[[], None] = lambda: None,
) -> None:
    """Answer question after question until nothing more is asked, or nothing leads on.

    ``after_each`` is called after each answer.
    """
    talk = path.talk
    section, place, rounds = "", object(), 0
    visits: Counter[object] = Counter()
    while (prompt := talk.prompt()) is not None:
        path.reached.add(prompt.slot.step)
        if prompt.section != section:
            section = prompt.section
            look_at_everything(talk)
        # The same question again, with nothing more in its list: how often in a row, how often at all.
        before, place = place, _place(talk, prompt)
        rounds = rounds + 1 if place == before else 0
        visits[place] += 1
        empty = prompt.kind in ("choice", "several", "pick") and not (prompt.options or prompt.adding)
        if empty or rounds >= TRIES or visits[place] >= MOST_VISITS:
            kind: TroubleKind = "nothing_to_choose" if empty else "stuck"
            path.tell(kind, prompt.ask if talk.asking is None else talk.asking.text)
            if not _leave(path, prompt):
                return
            visits[place] = 0
            continue
        for line in _lines(talk, prompt, answers, only_enter and visits[place] == 1):
            if path.type(line):
                break
        after_each()


def _place(talk: Talk, prompt: Prompt) -> object:
    return (prompt.slot, len(prompt.items), None if talk.asking is None else talk.asking.text)


def _lines(talk: Talk, prompt: Prompt, answers: PlausibleAnswers, enter: bool) -> Iterator[str]:
    """Yield what is typed to one question until something comes of it, with ``enter`` Enter first."""
    if enter:
        yield ""
    if talk.asking is not None:
        yield from answers.to_small_question()
        return
    step = talk.plan.statuses[prompt.slot].step
    judged: QuestionStep = first_inside(talk.plan, prompt.slot)[0] if isinstance(step, CollectStep) else step
    yield answers.answer(prompt, judged) if enter else answers.line(prompt, judged)


def _leave(path: WalkedPath, prompt: Prompt) -> bool:
    """Leave a question that took none of its answers; False where even that is not possible."""
    for line in WAYS_OUT:
        path.type(line)
        for _ in WAYS_OUT:  # why, who and when
            if path.talk.asking is not None:
                path.type("later")
        if path.talk.at != prompt.slot:
            return True
    return False
