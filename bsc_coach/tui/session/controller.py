"""Controller of the session screen: typed lines, drafts, retries and files as jobs of the worker thread.

Lines are handed in one after the other. A line that comes while another is being written waits; it is
handed in afterwards only where that is surely what was meant, else it is given back to be looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from textual.timer import Timer

from bsc_coach.conversation.commands.registry import SlashCommand
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.submit import run_command, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.unsaved import not_written
from bsc_coach.interview.schedule import ClockTime
from bsc_coach.script.slots import Slot
from bsc_coach.session.session import Session
from bsc_coach.tui.view_model import SidePanels, Snapshot, clock_of, draft_name, side_panels, snapshot_of
from bsc_coach.tui.worker import SessionWorker

if TYPE_CHECKING:
    from bsc_coach.coach.ear.heard import Ear

DRAFT_SECONDS = 0.8
DRAFT_CHARACTERS = 20
RETRY_SECONDS = 5.0
FILES_SECONDS = 20.0
CLOCK_SECONDS = 60.0
"""How often the clock is looked at while one runs."""

Step = Callable[[Talk], Reply]


class TypedDraft(NamedTuple):
    """What is being typed, and to what."""

    slot: Slot | None
    text: str
    between: bool = False
    """Whether it is typed to a small question that came in between there."""
    handed_in: bool = False
    """Whether it was handed in and not taken, and stands as it was."""

    def named(self) -> tuple[str, str, bool]:
        """Return it by the name that it has on the disk."""
        return draft_name(self.slot, between=self.between) if self.slot else "", self.text, self.handed_in


class ControllerHost(Protocol):
    """What the controller calls on the screen."""

    def set_timer(self, delay: float, callback: Callable[[], object]) -> Timer:
        """Call something later."""

    def call_after_refresh(self, callback: Callable[[], object]) -> bool:
        """Call something once what has changed is painted."""

    def run(self, work: Coroutine[None, None, None]) -> None:
        """Let something go on beside the screen."""

    def started(self, line: str) -> None:
        """A line is being written."""

    def answered(self, reply: Reply, now: Snapshot, line: str | None) -> None:
        """A line was dealt with."""

    def beside(self, beside: SidePanels) -> None:
        """What stands beside the conversation has changed."""

    def clock_read(self, clock: ClockTime | None) -> None:
        """A minute has gone by."""

    def note_typed(self) -> None:
        """Tell the controller what stands in the composer, also by keys that nobody heard of yet."""

    def give_back(self, line: str) -> None:
        """A line that waited was not meant for this question."""

    def files_written(self, written: FilesWritten, *, say_so: bool) -> None:
        """strategy.toml and strategy.md were written, or could not be."""


class RoomBeside(Protocol):
    """A room of phones that is open beside the session, as the controller and the app see it."""

    def moved(self) -> None:
        """The driver is somewhere else, or something was said."""

    def abort(self) -> None:
        """The session ends: end every connection now."""


class SessionController:
    """Runs a session screen's jobs in order, and never two writing ones at a time."""

    def __init__(self, host: ControllerHost, worker: SessionWorker) -> None:
        self._host = host
        self.worker = worker
        self.busy = False
        self.room: RoomBeside | None = None
        """The room that phones can join, while it is open."""
        self._on_its_way: Future[tuple[Reply, Snapshot]] | None = None
        self.hold_files = True
        """Set until strategy.toml was looked at, and while nobody has decided what becomes of its edits."""
        self._waiting: list[str] = []
        self._steps: list[Step] = []
        """What was decided in a dialog while a line was being written; it is done as soon as that is."""
        self._now: Snapshot | None = None
        self._beside_at = -1
        self._files_timer: Timer | None = None
        self._retry_timer: Timer | None = None
        self._draft_timer: Timer | None = None
        self._clock_timer: Timer | None = None
        self._draft: tuple[str, str, bool] | None = None
        self._draft_saved = ""
        self._kept_last = False
        """Whether what is being typed was put on the disk past the line of jobs, for the last time."""

    # Lines

    @property
    def answer_on_its_way(self) -> bool:
        """Whether a line was handed in and is not dealt with yet; true also where the screen has stopped."""
        return self._on_its_way is not None and not self._on_its_way.done()

    def submit(self, line: str) -> None:
        """Hand in a typed line, or keep it until the one before is written."""
        if self.busy:
            self._waiting.append(line)
            return
        self._start(lambda talk: submit(talk, line), line)

    def command(self, command: SlashCommand, rest: str = "") -> None:
        """Carry out a command that was called with a key."""
        if not self.busy:
            self._start(lambda talk: run_command(talk, command, rest))

    def go_to(self, slot: Slot, *, come_back: bool = False, page: str = "", wait: bool = False) -> None:
        """Go to a slot; ``page`` is the page it was picked on, which one comes back to.

        With ``wait`` it is gone to also once the line before is written: a key was for that line.
        """

        def go(talk: Talk) -> Reply:
            talk.asking = None
            talk.position.go_to(slot, come_back=come_back, page=page)
            return Reply()

        if wait or not self.busy:
            self.step(go)

    def step(self, step: Step) -> None:
        """Do something else with the talk, at the latest once the line before is written, and show it."""
        if self.busy:
            self._steps.append(step)
        else:
            self._start(step)

    def _start(self, step: Step, line: str | None = None) -> None:
        if line is None:
            self.flush_draft()
        elif line.lstrip().startswith("/"):
            self.put_draft()  # what was half typed before the command: the composer holds that no more
        else:
            self.forget_draft(self._draft_saved)  # the line itself is on its way to the disk
        self.busy = True
        self._host.started(line or "")
        self._host.run(self._run(step, line))

    async def _run(self, step: Step, line: str | None) -> None:
        def job(talk: Talk) -> tuple[Reply, Snapshot]:
            reply = step(talk)
            return reply, snapshot_of(talk)

        try:
            self._on_its_way = begun = self.worker.begin(job)
            reply, now = await self.worker.done(begun)
        finally:
            self.busy = False
        self.noticed(now)
        self._host.answered(reply, now, line)
        self._go_on(reply, now)
        if now.answers != self._beside_at:
            self._beside_at = now.answers
            self._host.call_after_refresh(self.look)

    def look(self) -> None:
        """Have the side panels made anew, with what the coach sees in the whole; answers go on meanwhile."""
        if self._now is not None:
            self._host.run(self._look(self._now))

    async def _look(self, now: Snapshot) -> None:
        panels = await self.worker.look(lambda: side_panels(now.plan, now.ear))
        latest = self._now is None or self._now.answers == now.answers
        if panels is not None and latest:
            self._host.beside(panels)

    async def listen_with(self, ear: Ear) -> None:
        """Have the coach listen with an ear from now on, and look anew."""

        def listen(talk: Talk) -> Snapshot:
            talk.listen_with(ear)
            return snapshot_of(talk)

        self.noticed(await self.worker.do(listen))
        self.look()

    def _go_on(self, reply: Reply, now: Snapshot) -> None:
        """Go on with what waits: a decision, or the next line where it is surely meant for this question."""
        if self._steps and not self.busy:
            self._start(self._steps.pop(0))
        lines = [line for line in self._waiting if line.strip()]
        if self.busy or not lines:
            return
        # There is an answer where a remark came or one went back, and a draft where somebody was before.
        begun = now.prompt is not None and bool(now.prompt.answer or now.prompt.start or now.draft)
        if now.takes_text and now.asking is None and not reply.keep_text and not begun:
            self._waiting = lines[1:]
            self.submit(lines[0])
        else:
            self._waiting = []
            self._host.give_back("\n".join(lines))

    def noticed(self, now: Snapshot) -> None:
        """Take in where the talk stands: start and stop what has to be done now and then."""
        before, self._now = self._now, now
        if now.unsaved and self._retry_timer is None:
            self._retry_timer = self._host.set_timer(RETRY_SECONDS, self._retry)
        changed = before is not None and now.answers != before.answers
        if changed and self._files_timer is None:
            self._files_timer = self._host.set_timer(FILES_SECONDS, self.write_files_now)
        self._watch_clock(now.clock)
        if self.room is not None:
            self.room.moved()

    def _watch_clock(self, clock: ClockTime | None) -> None:
        """Look at the clock again in a minute, as long as one runs."""
        if clock is not None and self._clock_timer is None:
            self._clock_timer = self._host.set_timer(CLOCK_SECONDS, self.read_clock)

    def read_clock(self) -> None:
        """Have the time looked at: it goes on while people talk."""
        if self._clock_timer is not None:
            self._clock_timer.stop()
        self._clock_timer = None
        self._host.run(self._read_clock())

    async def _read_clock(self) -> None:
        clock = await self.worker.do(clock_of)
        self._host.clock_read(clock)
        self._watch_clock(clock)

    def _retry(self) -> None:
        self._retry_timer = None
        if self.busy:
            self._retry_timer = self._host.set_timer(RETRY_SECONDS, self._retry)
            return

        def again(talk: Talk) -> Reply:
            talk.session.journal.retry()
            return Reply(keep_text=True)

        self._host.run(self._run_quietly(again))

    async def _run_quietly(self, step: Step) -> None:
        def job(talk: Talk) -> Snapshot:
            step(talk)
            return snapshot_of(talk)

        now = await self.worker.do(job)
        self.noticed(now)
        if not self.busy:
            self._host.answered(Reply(), now, None)

    def look_again(self) -> None:
        """Show where the talk stands, because something has come from elsewhere; what is typed stays."""
        if not self.busy:
            self._host.run(self._run_quietly(lambda talk: Reply(keep_text=True)))

    # Files for people

    def write_files_now(self, *, say_so: bool = False, aside: bool = False) -> None:
        """Write strategy.toml and strategy.md; a failure is told in any case.

        A strategy.toml with faults of people is left where it is, unless it is to be put ``aside``.
        """
        if self._files_timer is not None:
            self._files_timer.stop()
        self._files_timer = None
        if not self.hold_files:
            self._host.run(self._files(say_so=say_so, aside=aside))

    async def _files(self, *, say_so: bool, aside: bool) -> None:
        written = await self.worker.do(lambda talk: write_files(talk.session, aside=aside))
        self._host.files_written(written, say_so=say_so)

    # Drafts

    def typed(self, typed: TypedDraft, *, at_once: bool = False) -> None:
        """Take note of what is being typed; it is on the disk within a second or 20 characters."""
        if typed.slot is None or (draft := typed.named()) == self._draft:
            return
        text = typed.text
        self._draft = draft
        if at_once or abs(len(text) - len(self._draft_saved)) >= DRAFT_CHARACTERS:
            self.put_draft()
        elif self._draft_timer is None:
            self._draft_timer = self._host.set_timer(DRAFT_SECONDS, self.put_draft)

    def forget_draft(self, text: str = "") -> None:
        """Begin anew, with ``text`` standing in the composer that nobody has typed just now."""
        self._stop_draft_timer()
        self._draft, self._draft_saved = None, text

    def flush_draft(self) -> None:
        """Have what is being typed put on the disk now, up to the last key."""
        self._host.note_typed()
        self.put_draft()

    def put_draft(self) -> None:
        """Have what was noted of what is being typed put on the disk now."""
        self._stop_draft_timer()
        if self._draft is None or (self._now is not None and self._now.read_only):
            return
        (name, text, handed_in), self._draft = self._draft, None
        self._draft_saved = text

        def job(talk: Talk) -> None:
            if not self._kept_last:
                keep_draft(talk.session, name, text, handed_in=handed_in)

        self.worker.put(job)

    def keep_last(self, typed: TypedDraft | None) -> None:
        """Put what is being typed on the disk for the last time, from another thread than the screen's.

        It does not wait for the jobs in the line, and drafts among them come too late.
        """
        if typed is None or typed.slot is None or (self._now is not None and self._now.read_only):
            return
        name, text, handed_in = typed.named()
        self._kept_last = True
        self.worker.beside(lambda talk: keep_draft(talk.session, name, text, handed_in=handed_in))

    def _stop_draft_timer(self) -> None:
        if self._draft_timer is not None:
            self._draft_timer.stop()
            self._draft_timer = None


def keep_draft(session: Session, name: str, text: str, *, handed_in: bool = False) -> None:
    """Put a half-typed answer on the disk, or forget it when nothing is left of it."""
    if text.strip():
        session.drafts.put(name, text, handed_in=handed_in)
    else:
        session.drafts.drop(name)


@dataclass(frozen=True)
class FilesWritten:
    """Result of writing strategy.toml and strategy.md."""

    fault: str | None = None
    """Why they could not be written, and where the answers are, in words."""
    kept: tuple[str, ...] = ()
    """Where versions are kept that somebody had changed by hand."""


def write_files(session: Session, *, aside: bool = False) -> FilesWritten:
    """Write strategy.toml, unless it has faults and is not to be put ``aside``, and strategy.md."""
    if session.read_only or not session.actions:
        return FilesWritten()
    try:
        kept = (session.write_strategy(aside=aside), *session.write_document())
    except OSError as error:
        return FilesWritten(not_written(session, error))
    return FilesWritten(kept=tuple(f"{path.parent.name}/{path.name}" for path in kept if path is not None))
