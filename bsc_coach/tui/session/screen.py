"""The session screen: what is shown where, and what is done with what is typed."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import TextArea

from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.transcript import Turn
from bsc_coach.script.slots import Slot
from bsc_coach.script.source import ScriptSource
from bsc_coach.tui.actions import bindings
from bsc_coach.tui.input_modes import MOST_DIGITS, InputMode, answering
from bsc_coach.tui.session.commands import order
from bsc_coach.tui.session.controller import FilesWritten, SessionController
from bsc_coach.tui.session.keys import KeyHandler
from bsc_coach.tui.session.messages import is_link, new_turns, others_noticed, section_began
from bsc_coach.tui.session.opening_flow import look_at_edits, look_at_script
from bsc_coach.tui.view_model import InitialView, SidePanels, Snapshot, beside_of
from bsc_coach.tui.views.hints import hints_beside, hints_for
from bsc_coach.tui.views.question import QuestionView
from bsc_coach.tui.widgets.agenda import AgendaView
from bsc_coach.tui.widgets.bars import Banner, HeadingLine, HintLine, PinnedLine
from bsc_coach.tui.widgets.composer import Composer
from bsc_coach.tui.widgets.compositor import SparingCompositor
from bsc_coach.tui.widgets.conversation import Conversation
from bsc_coach.tui.widgets.line_view import LineView
from bsc_coach.tui.widgets.panel import PANELS, Panel
from bsc_coach.tui.widgets.question import QuestionSheet
from bsc_coach.tui.widgets.static_text import Plain
from bsc_coach.tui.words import ui
from bsc_coach.tui.worker import SessionWorker

NARROW, WIDE = 100, 150
SHORT = 18
TINY = (40, 10)
PATIENCE = 0.15
"""Seconds after which "saving…" is shown; most answers are on the disk before."""
TEXT_KINDS = ("text", "long_text", "number", "date")


class SessionScreen(Screen[None]):
    """A talk on the screen. Everything about the session itself is an errand in the keeper's thread."""

    CSS_PATH = "session.tcss"
    AUTO_FOCUS = "Composer"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]

    def __init__(
        self,
        keeper: SessionWorker,
        left: Callable[[str], None],
        opening: InitialView,
        *,
        messages: Sequence[str] = (),
        clock: Callable[[], float] = time.monotonic,
        script: ScriptSource | None = None,
    ) -> None:
        super().__init__()
        self._script = script
        self._compositor = SparingCompositor()
        self.left = left
        """Called when the session is left, with the words that are to be printed then."""
        self.clock = clock
        self.errands = SessionController(self, keeper)
        self.steering = KeyHandler(self)
        self.keeper = keeper
        self.now: Snapshot | None = None
        self.data: SidePanels | None = None
        self.answering: InputMode | None = None
        self._opening = opening
        self._room = Size(0, 0)
        self._drawing = False
        """Nothing is drawn while the parts still find their places at the start."""
        self._messages = messages
        self.shown_at = 0.0
        """When the question that is open came on the screen."""
        self._filled = ""
        """What was put into the composer last, and is no draft as long as nobody types in it."""
        self._told_replacing = False
        """Whether the hints say that what is typed replaces what stands in the composer."""
        self._set_aside: str | None = None
        """The answer that a small question came in between of; it comes back if nothing is done."""
        self._patience: Timer | None = None

    def compose(self) -> ComposeResult:
        """Put the parts in place."""
        yield HeadingLine(id="heading")
        yield Banner(id="banner")
        with Horizontal(id="body"):
            yield AgendaView(id="agenda")
            with Vertical(id="centre"):
                yield Conversation(self._said_so_far(), self._opening.now.language, id="conversation")
                yield QuestionSheet(id="question")
                yield Plain(id="pending")
                with Vertical(id="foot"):
                    yield PinnedLine(id="pinned")
                    with Horizontal(id="answer"):
                        yield Plain("›", id="prompt")
                        yield Composer(id="composer", steer=self.steering.steer)
            yield Panel(id="panel")
        yield HintLine(id="hints")
        yield Plain(ui("too_small.say", self._opening.now.language), id="small")

    def on_mount(self) -> None:
        """Show where the talk stands, so that the first picture is the whole one."""
        self._fit(self.app.size)
        now, panel = self._opening.now, self._opening.panel
        if panel in PANELS:
            self.panel.show(panel)
        self.errands.noticed(now)
        self.show(now, fill=True)
        self.beside(self._opening.beside)
        self.call_after_refresh(lambda: self.call_after_refresh(self._settled))

    def _settled(self) -> None:
        """Draw the first picture, now that every part has its place, and only then look further."""
        self._drawing = True
        self.refresh(layout=True, repaint=False)
        self.call_after_refresh(lambda: self.run(self._look_around()))

    async def _look_around(self) -> None:
        """Now that there is a picture: let the coach look at all of it, and at the files."""
        self.beside(await self.keeper.do(beside_of))
        await look_at_script(self, self._script)
        await look_at_edits(self)

    def _compositor_refresh(self) -> None:
        if self._drawing:
            super()._compositor_refresh()
        else:
            self._dirty_widgets.clear()

    def on_resize(self, event: events.Resize) -> None:
        """Show as much as there is room for."""
        if event.size != self._room:
            self._fit(event.size)
            self.call_after_refresh(self._resized)

    def _fit(self, room: Size) -> None:
        self._room = room
        width, height = room
        self.set_class(width < NARROW, "narrow")
        self.set_class(width >= WIDE, "wide-screen")
        self.set_class(height < SHORT, "short")
        self.set_class(width < TINY[0] or height < TINY[1], "tiny")

    def _resized(self) -> None:
        """Fit the question in; a window that was too small has taken the focus from the composer."""
        self.show_question()
        if self.focused is None and not self.has_class("tiny"):
            self.composer.focus()

    def _said_so_far(self) -> list[Turn]:
        """Return what the conversation begins with."""
        language = self._opening.now.language
        welcome = [] if self._opening.begun else [Turn("coach", ui("welcome", language).strip())]
        return [*welcome, *self._opening.turns, *(Turn("note", message) for message in self._messages)]

    # Parts

    @property
    def conversation(self) -> Conversation:
        """What was said so far."""
        return self.query_one("#conversation", Conversation)

    @property
    def composer(self) -> Composer:
        """Where one types."""
        return self.query_one("#composer", Composer)

    @property
    def panel(self) -> Panel:
        """What stands at the right."""
        return self.query_one("#panel", Panel)

    @property
    def agenda(self) -> AgendaView:
        """What stands at the left."""
        return self.query_one("#agenda", AgendaView)

    @property
    def language(self) -> str:
        """The language of the talk."""
        return "en" if self.now is None else self.now.language

    # What came of it

    def started(self, line: str) -> None:
        """A line is on its way to the disk: the composer is free for the next."""
        if line:
            self.query_one("#pending", Plain).show(f"› {line}")
        self._patience = self.set_timer(PATIENCE, lambda: self._saving(saving=True))

    def answered(self, reply: Reply, now: Snapshot, line: str | None) -> None:
        """Show what was said, and the question there is now."""
        self._saving(saving=self.errands.busy)
        before = self.now
        said = (*new_turns(reply, now), *section_began(before, now), *others_noticed(before, now))
        self.conversation.add(said)
        typed = self.composer.text if line is not None else ""
        if reply.keep_text and line:
            self.show(now)
            self._let_stand(line, typed)
        elif self._set_aside and self._is_back(before, now):
            self.show(now)
            self._let_stand(self._set_aside, typed)
        else:
            moved = before is None or (before.slot, before.asking) != (now.slot, now.asking)
            self.show(now, fill=(moved or line is not None) and not typed)
        taken = before is None or before.answers != now.answers
        if now.asking is None or taken:
            self._set_aside = None
        elif self._set_aside is None:
            self._set_aside = line
        if reply.screen is not None:
            order(self, reply.screen, reply.rest)

    def _is_back(self, before: Snapshot | None, now: Snapshot) -> bool:
        """Tell whether a small question was answered so that everything is as it was before it."""
        if before is None or before.asking is None or now.asking is not None:
            return False
        return (before.slot, before.answers) == (now.slot, now.answers)

    def show(self, now: Snapshot, *, fill: bool = False) -> None:
        """Show where the talk stands; with ``fill`` the composer begins anew."""
        same = self.now is not None and (self.now.slot, self.now.asking) == (now.slot, now.asking)
        self.now = now
        if not same:
            self.shown_at = self.clock()
        self.answering = answering(now.prompt, now.asking)
        heading = self.query_one("#heading", HeadingLine)
        heading.now = now
        heading.redraw()
        self.query_one("#banner", Banner).show(now.trouble or "")
        self.agenda.show(now)
        self.show_question()
        if fill:
            self._prefill(now)
        self.composer.hint(self._placeholder(now))
        self.show_hints()

    def beside(self, beside: SidePanels) -> None:
        """Show what stands beside the conversation."""
        self.data = beside
        self.panel.update(self.language, data=beside)
        self.query_one("#pinned", PinnedLine).show(ui("pinned.label", self.language), beside.pinned)
        self.fetch_document()

    def fetch_document(self) -> None:
        """Have the document made if it can be seen."""
        if self.panel.showing == "document" and self.panel.display:
            self.run_worker(self._document(), exclusive=True, group="document")

    async def _document(self) -> None:
        from bsc_coach.documents.templating.render import render_markdown

        text = await self.keeper.do(
            lambda talk: render_markdown(talk.session.strategy(), talk.session.notes())
        )
        self.panel.update(self.language, document=text)

    def give_back(self, line: str) -> None:
        """Put a line that was typed too early into the composer, to be looked at.

        It takes the place of what stood there, but not of what is being typed.
        """
        composer = self.composer
        typed = "" if composer.all_selected else composer.text
        if not typed and composer.text not in ("", self.answer_given):
            self.say("note.replaced")
        self._filled = "\n".join(part for part in (line, typed) if part)
        composer.select_all()
        composer.take(self._filled)
        if not typed:
            composer.select_all()
        self.say("note.given_back")

    def files_written(self, written: FilesWritten, *, say_so: bool) -> None:
        """Say what became of the files for people: a failure always, success when it was asked for."""
        if written.fault is not None:
            self.say("note.files_failed", fault=written.fault)
        elif say_so:
            self.say("note.written")
        for name in written.kept:
            self.say("note.kept", name=name)

    def say(self, key: str, **values: object) -> None:
        """Put a note of the program into the conversation."""
        self.conversation.add([Turn("note", ui(key, self.language, **values))])

    def show_hints(self) -> None:
        """Show the keys that act now."""
        if self.panel.has_focus or self.agenda.has_focus:
            hints = hints_beside(self.language, panel=self.panel.has_focus)
        else:
            selecting = self.conversation.selected is not None
            self._told_replacing = self.composer.all_selected
            hints = hints_for(
                self.answering, self.language, selecting=selecting, replacing=self._told_replacing
            )
        self.query_one("#hints", HintLine).show(hints)

    def on_descendant_focus(self) -> None:
        """Show the keys of what has the focus now."""
        self.show_hints()

    def _saving(self, *, saving: bool) -> None:
        if self._patience is not None:
            self._patience.stop()
        heading = self.query_one("#heading", HeadingLine)
        if heading.saving != saving:
            heading.saving = saving
            heading.redraw()
        pending = self.query_one("#pending", Plain)
        pending.display = saving and bool(str(pending.content).strip())
        if not saving:
            pending.show("")

    def show_question(self) -> None:
        """Show the open question with what is highlighted and marked."""
        sheet = self.query_one("#question", QuestionSheet)
        if self.now is None:
            return
        if self.now.prompt is None or self.answering is None:
            sheet.show_done(self.language)
            return
        room = max((self._room.height - 3) * 3 // 4 - 3, 4)
        prompt = self.now.prompt
        sheet.show(
            QuestionView(
                prompt,
                self.answering,
                self.now.asking,
                self.now.asking_about,
                self.language,
                room,
                is_link(self.now, prompt.slot),
            )
        )

    def _placeholder(self, now: Snapshot) -> str:
        if now.read_only:
            return ui("placeholder.read_only", now.language)
        if self.answering is None:
            return ui("placeholder.done", now.language)
        sort = self.answering.sort
        options = self.answering.prompt.options
        if sort == "table" and not options:
            sort = "table_text"
        if sort == "choice" and len(options) > MOST_DIGITS:
            sort = "choice_long"
        return ui(f"placeholder.{sort}", now.language)

    def _prefill(self, now: Snapshot) -> None:
        """Begin with the answer given before; a draft is still being typed, so nothing of it is selected."""
        self._filled = self.answer_given
        draft = (now.draft or "") if now.asking is None else ""
        self.composer.fill(draft or self._filled, select=draft in ("", self._filled))
        self.errands.forget_draft(draft)

    def _let_stand(self, line: str, typed: str) -> None:
        """Let a line that was not taken stand; what was typed meanwhile takes its place, as if typed now."""
        self._filled = line
        self.composer.fill(line, select=True)
        if typed:
            self.composer.take(typed)
            self.say("note.replaced")

    @property
    def answer_given(self) -> str:
        """The answer given before to the question that is open, where it is one to be typed."""
        if self.now is None or self.now.prompt is None or self.now.asking is not None:
            return ""
        return self.now.prompt.answer if self.now.prompt.kind in TEXT_KINDS else ""

    # What is typed

    @on(Composer.Submitted)
    def _submitted(self, message: Composer.Submitted) -> None:
        message.stop()
        self.submit(message.text)

    def submit(self, line: str) -> None:
        """Hand in a line."""
        self.steering.select(None)
        self.errands.submit(line)

    @on(TextArea.Changed)
    def _typed(self, message: TextArea.Changed) -> None:
        message.stop()
        now, text = self.now, self.composer.text
        if now is None or now.asking is not None or text.startswith("/") or self.errands.busy:
            return
        self.errands.typed(now.slot, "" if text == self._filled else text)

    @on(TextArea.SelectionChanged)
    def _moved(self, message: TextArea.SelectionChanged) -> None:
        message.stop()
        if self.composer.all_selected != self._told_replacing:
            self.show_hints()

    # Elsewhere on the screen

    @on(Conversation.Selected)
    def _clicked(self, message: Conversation.Selected) -> None:
        self.steering.select(message.number)

    @on(Composer.Paged)
    async def _paged(self, message: Composer.Paged) -> None:
        await self.conversation.page(message.by)

    @on(Composer.PasteCleaned)
    def _cleaned(self, message: Composer.PasteCleaned) -> None:
        self.say("note.cleaned", n=message.removed)

    @on(Composer.Pasted)
    def _pasted(self, message: Composer.Pasted) -> None:
        order(self, "large_paste", message.text)

    @on(AgendaView.SectionPicked)
    def _picked(self, message: AgendaView.SectionPicked) -> None:
        self.close_sides()
        if message.slot is not None:
            self.errands.go_to(message.slot, come_back=True)

    @on(Panel.Left)
    def _left(self, message: Panel.Left) -> None:
        self.close_sides()
        if message.typed:
            self.composer.take(message.typed)

    def close_sides(self) -> bool:
        """Give the screen back to the conversation; tell whether something was in front of it."""
        was = (
            self.agenda.has_focus
            or self.panel.has_focus
            or self.agenda.has_class("open")
            or self.panel.has_class("open")
        )
        self.agenda.remove_class("open")
        self.panel.remove_class("open")
        self.composer.focus()
        return was

    def run(self, work: Coroutine[None, None, None]) -> None:
        """Let something go on beside the screen."""
        self.run_worker(work)

    def work_on(self, slot: Slot | None) -> None:
        """Go to a slot that was picked on another screen."""
        if slot is not None:
            self.errands.go_to(slot, come_back=True)

    def redraw_all(self) -> None:
        """Draw everything anew, because the colours have changed."""
        for sheet in self.query(LineView):
            sheet.redraw()

    def action_act(self, name: str) -> None:
        """Carry out an action of the registry."""
        order(self, name)
