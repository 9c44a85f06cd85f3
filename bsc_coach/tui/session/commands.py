"""Command handlers of the session screen: what each key binding and screen command does."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bsc_coach.conversation.commands.answers import history_of
from bsc_coach.conversation.commands.registry import COMMAND_BY_NAME
from bsc_coach.conversation.prompt_builder import name_of
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.transcript import Turn
from bsc_coach.script.slots import Slot, parse_slot
from bsc_coach.tui.session.host import SessionHost
from bsc_coach.tui.session.leave_flow import leave
from bsc_coach.tui.session.paste_flow import ask_about_paste
from bsc_coach.tui.themes import after
from bsc_coach.tui.view_model import beside_of
from bsc_coach.tui.widgets.panel import PanelName
from bsc_coach.tui.words import ui

Handler = Callable[[SessionHost, str], None]


def order(screen: SessionHost, name: str, rest: str = "", *, slot: Slot | None = None) -> None:
    """Carry out ``name``: a command of the talk, or something that only a screen can do."""
    if slot is not None:
        _ABOUT[name](screen, slot)
    elif name in _HANDLERS:
        _HANDLERS[name](screen, rest)
    else:
        screen.controller.command(COMMAND_BY_NAME[name], rest)


def _side(name: PanelName) -> Handler:
    def handler(screen: SessionHost, rest: str) -> None:
        panel = screen.panel
        over = screen.has_class("panel-over")
        if panel.showing == name and (not over or panel.has_class("open")) and panel.asked_for == name:
            panel.asked_for = None
            screen.close_sides()
            screen.columns.fold()
            open_whole(screen, name)
            return
        panel.asked_for = name
        panel.show(name)
        screen.worker.put(lambda talk: setattr(talk, "panel", name))
        screen.columns.fold()
        if screen.has_class("panel-over"):
            screen.agenda.remove_class("open")
            panel.add_class("open")
            panel.focus()
        screen.fetch_document()
        screen.walls.fetch_console()

    return handler


def _agenda(screen: SessionHost, rest: str) -> None:
    if screen.agenda.has_focus:
        screen.close_sides()
        screen.run(_whole_agenda(screen))
        return
    screen.panel.remove_class("open")
    screen.agenda.add_class("open")
    screen.agenda.focus()


async def _whole_agenda(screen: SessionHost) -> None:
    from bsc_coach.conversation.schedule_view import schedule_of
    from bsc_coach.tui.screens.schedule import SchedulePage

    schedule = await screen.worker.do(lambda talk: schedule_of(talk.plan, talk.now()))
    here = screen.now.here if screen.now is not None else None
    screen.app.push_screen(SchedulePage(schedule, here, screen.language), screen.work_on)


def _theme(screen: SessionHost, rest: str) -> None:
    screen.app.theme = after(screen.app.theme)
    screen.app.call_later(screen.redraw_all)


def _edit(screen: SessionHost, slot: Slot) -> None:
    screen.controller.go_to(slot, come_back=True)


def _history(screen: SessionHost, slot: Slot) -> None:
    screen.controller.step(lambda talk: history_of(talk, slot))


def _depends(screen: SessionHost, slot: Slot) -> None:
    def depends(talk: Talk) -> Reply:
        names = [
            name_of(talk.plan, status.slot)
            for status in talk.plan.statuses.values()
            if status.fact is not None and str(slot) in status.fact.basis
        ]
        key = "note.depends" if names else "note.depends_nothing"
        return Reply((Turn("note", ui(key, talk.language, names="; ".join(names))),))

    screen.controller.step(depends)


def _menu(screen: SessionHost, rest: str) -> None:
    from bsc_coach.tui.screens.menu import MenuScreen

    def chosen(name: str | None) -> None:
        if name in COMMAND_BY_NAME and COMMAND_BY_NAME[name].needs_it:
            screen.composer.fill(f"/{name} ")
        elif name:
            order(screen, name)

    screen.app.push_screen(MenuScreen(screen.language), chosen)


def _line(rest: str) -> Slot | None:
    """Return the line of a page that one comes back to, by the path of its slot."""
    return parse_slot(rest) if rest else None


def _help(screen: SessionHost, rest: str) -> None:
    from bsc_coach.tui.screens.help import HelpPage

    screen.app.push_screen(HelpPage(screen.language))


def _review(screen: SessionHost, rest: str) -> None:
    from bsc_coach.conversation.side_views import review
    from bsc_coach.tui.screens.review import ReviewPage

    async def show() -> None:
        sections = await screen.worker.do(lambda talk: review(talk.plan))
        page = ReviewPage(sections, screen.language, _line(rest))
        screen.app.push_screen(page, lambda slot: screen.work_on(slot, page="review"))

    screen.run(show())


def _end(screen: SessionHost, rest: str) -> None:
    """Show how the session ends, with strategy.toml and strategy.md as they are now."""
    from bsc_coach.conversation.commands.end import choose
    from bsc_coach.conversation.ending import the_end
    from bsc_coach.tui.screens.end import EndPage

    def chosen(key: str | None) -> None:
        if key is not None:
            screen.controller.step(lambda talk: choose(talk, key) or Reply())

    async def show() -> None:
        screen.controller.write_files_now()
        view = await screen.worker.do(the_end)
        screen.app.push_screen(EndPage(view, screen.language), chosen)

    screen.run(show())


def open_whole(screen: SessionHost, name: PanelName) -> None:
    """Show the map, the document or the remarks on a whole screen; the console has no more to show."""
    if name == "map":
        screen.run(_whole_map(screen))
    elif name == "document":
        screen.run(_whole_document(screen))
    elif name == "findings":
        screen.run(_whole_findings(screen, None))


async def _whole_map(screen: SessionHost) -> None:
    from bsc_coach.conversation.side_views import links_of, map_of
    from bsc_coach.tui.screens.map import MapPage

    bands, links = await screen.worker.do(lambda talk: (map_of(talk.plan), links_of(talk.plan)))
    screen.app.push_screen(MapPage(bands, links, screen.language), screen.work_on)


async def _whole_findings(screen: SessionHost, at: Slot | None) -> None:
    from bsc_coach.tui.screens.findings import FindingsPage

    beside = await screen.worker.do(beside_of)
    page = FindingsPage(beside.findings or (), screen.language, at, unsettled=beside.unsettled)
    screen.app.push_screen(page, lambda slot: screen.work_on(slot, page="whole_findings"))


async def _whole_document(screen: SessionHost) -> None:
    from bsc_coach.documents.board.pages import render_whole
    from bsc_coach.tui.screens.document import DocumentPage

    text = await screen.worker.do(lambda talk: render_whole(talk.session.strategy(), talk.session.notes()))
    screen.app.push_screen(DocumentPage(text, screen.language))


def _export(screen: SessionHost, rest: str) -> None:
    """Write what was named ("/export md,html"), or let it be chosen."""
    from bsc_coach.tui.session.export_flow import export

    screen.run(export(screen, rest))


def _room(screen: SessionHost, rest: str) -> None:
    """Let phones join, on the network that was named ("/room 192.168.1.5") or is chosen."""
    from bsc_coach.tui.session.room_flow import room

    screen.run(room(screen, rest))


def _leave(screen: SessionHost, rest: str) -> None:
    screen.run(leave(screen))


def _large_paste(screen: SessionHost, rest: str) -> None:
    ask_about_paste(screen, rest)


_HANDLERS: Mapping[str, Handler] = {
    "menu": _menu,
    "help": _help,
    "review": _review,
    "end": _end,
    "export": _export,
    "room": _room,
    "quit": _leave,
    "large_paste": _large_paste,
    "map": _side("map"),
    "document": _side("document"),
    "findings": _side("findings"),
    "console": _side("console"),
    "wall": lambda screen, rest: screen.walls.toggle(),
    "whole_findings": lambda screen, rest: screen.run(_whole_findings(screen, _line(rest))),
    "agenda": _agenda,
    "theme": _theme,
    "brief": lambda screen, rest: screen.controller.step(
        lambda talk: talk.note("only_in_lines", name="brief")
    ),
}
_ABOUT: Mapping[str, Callable[[SessionHost, Slot], None]] = {
    "edit_of": _edit,
    "history_of": _history,
    "depends_of": _depends,
}
