"""The session screen: puts the widgets in place, and gives each event to whoever deals with it."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import TextArea

from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.transcript import Turn, latest_turns, transcript
from bsc_coach.interview.schedule import ClockTime
from bsc_coach.script.slots import Slot
from bsc_coach.script.source import ScriptSource
from bsc_coach.tui.actions import bindings
from bsc_coach.tui.session.answer_line import AnswerLine
from bsc_coach.tui.session.columns import ScreenColumns
from bsc_coach.tui.session.commands import order
from bsc_coach.tui.session.controller import FilesWritten, SessionController
from bsc_coach.tui.session.first_frame import FirstFrameScreen
from bsc_coach.tui.session.host import Result
from bsc_coach.tui.session.keys import KeyHandler
from bsc_coach.tui.session.messages import is_link, is_owned_card, new_turns, said_first, section_began
from bsc_coach.tui.session.question_pages import show_question_page
from bsc_coach.tui.session.wall_flow import WallFlow
from bsc_coach.tui.view_model import InitialView, SidePanels, Snapshot, panels_before_coach
from bsc_coach.tui.views.hints import hints_beside, hints_for
from bsc_coach.tui.views.question import QuestionView
from bsc_coach.tui.widgets.agenda import AgendaView
from bsc_coach.tui.widgets.bars import Banner, HeadingLine, HintLine, PinnedLine
from bsc_coach.tui.widgets.composer import Composer
from bsc_coach.tui.widgets.conversation import Conversation
from bsc_coach.tui.widgets.line_view import LineView
from bsc_coach.tui.widgets.panel import PANELS, Panel
from bsc_coach.tui.widgets.question import QuestionSheet
from bsc_coach.tui.widgets.static_text import Plain
from bsc_coach.tui.words import ui
from bsc_coach.tui.worker import SessionWorker

FEWEST_TURNS = 10
"""Turns that are shown when a session opens, and half as many as a larger terminal has lines."""
PATIENCE = 0.15
"""Seconds after which "saving…" is shown; most answers are on the disk before."""


class SessionScreen(FirstFrameScreen):
    """Textual screen of a talk; everything about the session itself is a job of the controller."""

    CSS_PATH = "session.tcss"
    AUTO_FOCUS = "Composer"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]

    def __init__(
        self,
        worker: SessionWorker,
        left: Callable[[str], None],
        opening: InitialView,
        *,
        messages: Sequence[str] = (),
        clock: Callable[[], float] = time.monotonic,
        script: ScriptSource | None = None,
    ) -> None:
        super().__init__()
        self._script = script
        self.left = left
        """Called when the session is left, with the words that are to be printed then."""
        self.controller = SessionController(self, worker)
        self.worker = worker
        self.now: Snapshot | None = None
        self._opening = opening
        self._messages = messages
        self._told_replacing = False
        """Whether the hints say that what is typed replaces what stands in the composer."""
        self._patience: Timer | None = None
        self._on_its_way = ""
        self.line = AnswerLine(self, clock)
        self.keys = KeyHandler(self, self.line)
        self.walls = WallFlow(self)
        self._make_parts()

    def _make_parts(self) -> None:
        """Make the widgets that are spoken to later on; ``compose`` puts them in place."""
        said, language = said_first(self._opening, self._messages), self._opening.now.language
        self.heading = HeadingLine(id="heading")
        self.banner = Banner(id="banner")
        self.agenda = AgendaView(id="agenda")
        self.conversation = Conversation(said, language, id="conversation")
        self.question = QuestionSheet(id="question")
        self.pending = Plain(id="pending")
        self.pinned = PinnedLine(id="pinned")
        self.composer = Composer(id="composer", handle_key=self.keys.handle)
        self.panel = Panel(id="panel")
        self.columns = ScreenColumns(self, self.agenda, self.panel)
        self.hints = HintLine(id="hints")

    def compose(self) -> ComposeResult:
        """Put the parts in place."""
        yield self.heading
        yield self.banner
        with Horizontal(id="body"):
            yield self.agenda
            with Vertical(id="centre"):
                yield self.conversation
                yield self.question
                yield self.pending
                with Vertical(id="foot"):
                    yield self.pinned
                    with Horizontal(id="answer"):
                        yield Plain("›", id="prompt")
                        yield self.composer
            yield self.panel
        yield self.hints
        yield Plain(ui("too_small.say", self._opening.now.language), id="small")

    def on_mount(self) -> None:
        """Show where the talk stands: heading, question and what is typed; the rest follows."""
        now, panel = self._opening.now, self._opening.panel
        if panel in PANELS:
            self.panel.show(panel)
        self.panel.expected = self._opening.panel_expected
        self.columns.fit(self.app.size)
        self.controller.noticed(now)
        self.show(now, fill=True)
        self.begin_drawing()

    def drawn(self) -> None:
        """Go on now that there is a first frame."""
        self.run(self._fill_in())

    async def _fill_in(self) -> None:
        """Show what the first frame left out, what is wanted soonest first; then look at the files."""
        from bsc_coach.tui.session.opening_flow import listen, look_around

        plan, room = self._opening.now.plan, max(self.columns.room.height // 2, FEWEST_TURNS)
        if self._opening.begun:
            latest = await self.worker.do(lambda talk: latest_turns(plan, room))
            self.conversation.show_before(latest)
        self.beside(await self.worker.do(lambda talk: panels_before_coach(talk.plan)))
        if self._opening.begun:
            turns = await self.worker.do(lambda talk: transcript(plan))
            self.conversation.put_before(turns[: len(turns) - len(latest)])
        self.controller.look()
        self.run(listen(self))
        await look_around(self, self._script)

    def on_resize(self, event: events.Resize) -> None:
        """Show as much as there is room for."""
        if event.size != self.columns.room:
            self.columns.fit(event.size)
            self.call_after_refresh(self._resized)

    def _resized(self) -> None:
        """Fit the question in; a window that was too small has taken the focus from the composer."""
        self.show_question()
        if self.focused is None and not self.has_class("tiny"):
            self.composer.focus()

    @property
    def language(self) -> str:
        """The language of the talk."""
        return "en" if self.now is None else self.now.language

    # What came of it

    def started(self, line: str) -> None:
        """A line is on its way to the disk: the composer is free for the next."""
        self._on_its_way = line
        self._patience = self.set_timer(PATIENCE, lambda: self._saving(saving=True))

    def answered(self, reply: Reply, now: Snapshot, line: str | None) -> None:
        """Show what was said, and the question there is now."""
        self._saving(saving=self.controller.busy)
        before = self.now
        said = (*new_turns(reply, now), *section_began(before, now))
        self.conversation.add(said)
        typed = self.line.typed if line is not None else ""
        staying = self.line.staying(reply, before, now, line)
        moved = before is None or (before.slot, before.asking) != (now.slot, now.asking)
        anew = moved or line is not None or self.line.outdated(before, now)
        self.show(now, fill=staying is None and anew and not typed)
        if staying is not None:
            self.line.let_stand(staying, typed)
        elif typed:
            self.line.changed()  # it was typed before there was a question that it could be a draft of
        show_question_page(self, before, now)
        if reply.screen is not None:
            order(self, reply.screen, reply.rest)
        elif before is not None and before.prompt is not None and now.prompt is None and now.asking is None:
            order(self, "end")

    def show(self, now: Snapshot, *, fill: bool = False) -> None:
        """Show where the talk stands; with ``fill`` the composer begins anew."""
        self.line.show(self.now, now)
        self.now = now
        self.heading.now = now
        self.heading.redraw()
        self.banner.show(now.trouble or "")
        self.agenda.show(now)
        self.show_question()
        if fill:
            self.line.prefill(now)
        self.composer.hint(self.line.placeholder(now))
        self.show_hints()
        self.walls.moved(now)

    def beside(self, beside: SidePanels) -> None:
        """Show what stands beside the conversation."""
        self.panel.update(self.language, data=beside)
        self.columns.fold()
        self.pinned.show(ui("pinned.label", self.language), beside.pinned)
        self.fetch_document()

    def fetch_document(self) -> None:
        """Have the document made if it can be seen."""
        if self.panel.showing == "document" and self.panel.display:
            self.run_worker(self._document(), exclusive=True, group="document")

    async def _document(self) -> None:
        from bsc_coach.documents.board.pages import render_whole

        text = await self.worker.do(lambda talk: render_whole(talk.session.strategy(), talk.session.notes()))
        self.panel.update(self.language, document=text)

    def clock_read(self, clock: ClockTime | None) -> None:
        """Show how the time stands after a minute; what shows the same as before is not painted."""
        if self.now is not None:
            self.now = self.heading.now = replace(self.now, clock=clock)
            self.heading.redraw()

    def note_typed(self) -> None:
        """Take note of what stands in the composer as a draft."""
        self.line.changed()

    def give_back(self, line: str) -> None:
        """Put a line that was typed too early into the composer, to be looked at."""
        self.line.give_back(line)

    def files_written(self, written: FilesWritten, *, say_so: bool) -> None:
        """Say what became of the files for people: a failure always, success when it was asked for."""
        if written.fault is not None or say_so:
            self.tell(written.fault or ui("note.written", self.language))
        for name in written.kept:
            self.say("note.kept", name=name)

    def say(self, key: str, **values: object) -> None:
        """Put a note of the program into the conversation."""
        self.tell(ui(key, self.language, **values))

    def tell(self, sentence: str) -> None:
        """Put a sentence into the conversation as a note of the program."""
        self.conversation.add([Turn("note", sentence)])

    def show_hints(self) -> None:
        """Show the keys that act now."""
        if self.panel.has_focus or self.agenda.has_focus:
            hints = hints_beside(self.language, panel=self.panel.has_focus)
        else:
            selecting = self.conversation.selected is not None
            self._told_replacing = self.composer.all_selected
            hints = hints_for(
                self.line.mode,
                self.language,
                selecting=selecting,
                replacing=self._told_replacing,
                owned=self.now is not None and is_owned_card(self.now),
            )
        self.hints.show(hints)

    def on_descendant_focus(self) -> None:
        """Show the keys of what has the focus now."""
        self.show_hints()

    def _saving(self, *, saving: bool) -> None:
        if self._patience is not None:
            self._patience.stop()
        if self.heading.saving != saving:
            self.heading.saving = saving
            self.heading.redraw()
        shown = saving and bool(self._on_its_way)
        if shown != self.pending.display:  # a new text would have the whole screen laid out, seen or not
            self.pending.show(f"› {self._on_its_way}" if shown else "")
            self.pending.display = shown

    def show_question(self) -> None:
        """Show the open question with what is highlighted and marked."""
        if self.now is None:
            return
        if self.line.mode is None:
            self.question.show_done(self.language)
            return
        room = max((self.columns.room.height - 3) * 3 // 4 - 3, 4)
        prompt = self.line.mode.prompt
        self.question.show(
            QuestionView(
                prompt,
                self.line.mode,
                self.now.asking,
                self.language,
                room,
                is_link(self.now, prompt.slot),
                self.line.held,
            )
        )

    # What is typed

    @on(Composer.Submitted)
    def _submitted(self, message: Composer.Submitted) -> None:
        message.stop()
        self.submit(message.text)

    def submit(self, line: str) -> None:
        """Hand in a line."""
        self.keys.select(None)
        self.controller.submit(line)

    @on(TextArea.Changed)
    def _typed(self, message: TextArea.Changed) -> None:
        message.stop()
        self.note_typed()

    @on(TextArea.SelectionChanged)
    def _moved(self, message: TextArea.SelectionChanged) -> None:
        message.stop()
        if self.composer.all_selected != self._told_replacing:
            self.show_hints()

    # Elsewhere on the screen

    @on(Conversation.Selected)
    def _clicked(self, message: Conversation.Selected) -> None:
        self.keys.select(message.number)

    @on(Composer.Paged)
    async def _paged(self, message: Composer.Paged) -> None:
        await self.conversation.page(message.by)

    @on(Composer.PasteCleaned)
    def _cleaned(self, message: Composer.PasteCleaned) -> None:
        self.say("note.cleaned", n=message.removed)

    @on(Composer.PasteUnmarked)
    def _unmarked(self, message: Composer.PasteUnmarked) -> None:
        self.say("note.unmarked")

    @on(Composer.Pasted)
    def _pasted(self, message: Composer.Pasted) -> None:
        order(self, "large_paste", message.text)

    @on(AgendaView.SectionPicked)
    def _picked(self, message: AgendaView.SectionPicked) -> None:
        self.close_sides()
        if message.slot is not None:
            self.controller.go_to(message.slot, come_back=True, wait=True)

    @on(Panel.Left)
    async def _left(self, message: Panel.Left) -> None:
        self.close_sides()
        if message.key is not None:
            await self.composer.take_key(message.key)

    def close_sides(self) -> bool:
        """Give the screen back to the conversation; tell whether something was in front of it."""
        was = self.columns.close_sides()
        self.composer.focus()
        return was

    def push(self, page: Screen[Result], closed: Callable[[Result | None], None] | None = None) -> None:
        """Show a page or a dialog over the session; ``closed`` gets its result."""
        self.app.push_screen(page, closed)

    def run(self, work: Coroutine[None, None, None]) -> None:
        """Let something go on beside the screen."""
        self.run_worker(work)

    def work_on(self, slot: Slot | None, *, page: str = "") -> None:
        """Go to a slot that was picked on another screen, and come back to it."""
        if slot is not None:
            self.controller.go_to(slot, come_back=True, page=page, wait=True)

    def redraw_all(self) -> None:
        """Draw everything anew, because the colours have changed."""
        for sheet in self.query(LineView):
            sheet.redraw()
            sheet.refresh()

    def action_act(self, name: str) -> None:
        """Carry out an action of the registry."""
        order(self, name)
