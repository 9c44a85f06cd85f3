"""Dialogs when a session opens: a newer script to migrate to, and a strategy.toml edited outside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bsc_coach.conversation.ending import opens_again
from bsc_coach.conversation.putting_together import (
    copies_said,
    merge_command,
    question_about_copies,
    told_of_merge,
)
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.script_update import NewerScript, newer_script
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.transcript import Turn
from bsc_coach.errors import EarError, StrategyFileError
from bsc_coach.interview.differences import told_first
from bsc_coach.script.source import ScriptSource
from bsc_coach.session.journal import LOCAL
from bsc_coach.tui.screens.dialogs import ChoiceWindow, Way
from bsc_coach.tui.session.host import SessionHost
from bsc_coach.tui.words import ui
from bsc_coach.words import say, say_error

ROOM_FILE = f"{LOCAL}/room.json"

if TYPE_CHECKING:
    from bsc_coach.interview.reconcile import Import


async def look_around(host: SessionHost, script: ScriptSource | None) -> None:
    """Look for what the last sitting, other people or other programs left: script, copies, edits, a room."""
    await look_at_script(host, script)
    await look_at_copies(host)
    await look_at_edits(host)
    await look_at_room(host)


async def listen(host: SessionHost) -> None:
    """Load the coach's second ear beside everything else, and have the coach look again with it."""
    if not await host.worker.do(lambda talk: talk.session.environment.listens):
        return
    from bsc_coach.coach.ear.second_ear import SecondEar

    language, faults = host.language, list[EarError]()
    ear = SecondEar(faults.append)
    if await host.worker.aside(lambda: ear.load(language)):
        await host.controller.listen_with(ear)
    for fault in faults:
        host.tell(say_error(fault, language))


async def look_at_room(host: SessionHost) -> None:
    """Say that a room was open when the program ended: phones wait for it, and one command opens it again."""

    def was_open(talk: Talk) -> bool:
        folder, disk = talk.session.folder, talk.session.environment.disk
        if talk.session.read_only or not (folder / ROOM_FILE).exists():
            return False
        from bsc_coach.room.kept import load_room

        return load_room(folder, disk).is_open

    if await host.worker.do(was_open):
        host.tell(say("room.console.was_open", host.language))


async def look_at_copies(host: SessionHost) -> None:
    """Offer to put copies of the journal that lie beside it together with the session."""

    def look(talk: Talk) -> tuple[list[Path], str] | None:
        copies = talk.session.copies_beside()
        if not copies:
            return None
        if talk.session.read_only:
            return [], copies_said(talk.plan, talk.session.folder, copies)
        return copies, question_about_copies(talk.plan, talk.session.look_at_copies(copies))

    found = await host.worker.do(look)
    if found is None:
        return
    copies, said = found
    if not copies:
        host.controller.step(lambda _: Reply((Turn("note", said),)))
        return
    ways = [Way(name, ui(f"copies.{name}", host.language)) for name in ("take", "later")]

    def chosen(way: str | None) -> None:
        host.controller.step(lambda talk: _put_together(talk, copies, yes=way == "take"))

    host.push(ChoiceWindow(said, ways), chosen)


def _put_together(talk: Talk, copies: list[Path], *, yes: bool) -> Reply:
    if not yes:
        command = merge_command(talk.session.folder, copies)
        said = say("session.merge.stays", talk.language, n=len(copies), command=command)
        return Reply((Turn("note", said),))
    before = talk.plan
    came = talk.session.put_together(copies)
    told = "\n".join(told_of_merge(talk.plan, before, came))
    talk.resume()
    return Reply((Turn("note", told),))


async def look_at_edits(host: SessionHost) -> None:
    """Show what somebody changed in strategy.toml, and ask what becomes of it; until then it stays."""

    def look(talk: Talk) -> tuple[Import, tuple[str, ...]] | str | None:
        if talk.session.read_only:
            return None
        try:
            found = talk.session.edited_file()
            return None if found is None else (found, opens_again(talk.plan, found.events))
        except StrategyFileError as error:
            return say_error(error, talk.language)

    found = await host.worker.do(look)
    host.controller.hold_files = found is not None
    if found is None:
        return
    if isinstance(found, str):
        _ask_unreadable(host, found)
    else:
        _ask(host, *found)


async def look_at_script(host: SessionHost, asked_for: ScriptSource | None) -> None:
    """Tell what another version of the questions would change, and adopt it if the person says so."""

    def look(talk: Talk) -> tuple[NewerScript, list[str]] | None:
        newer = newer_script(talk.session, asked_for)
        return None if newer is None else (newer, newer.sentences(talk.session))

    found = await host.worker.do(look)
    if found is None:
        return
    newer, told = found
    language = host.language
    names = ("later",) if newer.report.refused else ("adopt", "later")
    ways = [Way(name, ui(f"newer.{name}", language)) for name in names]

    def chosen(way: str | None) -> None:
        if way == "adopt":
            host.controller.step(lambda talk: _adopt(talk, newer))

    host.push(ChoiceWindow(told[0], ways, details=[*told[1:], ""]), chosen)


def _adopt(talk: Talk, newer: NewerScript) -> Reply:
    newer.adopt(talk.session)
    return Reply((Turn("note", talk.say("newer.adopted", version=newer.version)),))


def _ask(host: SessionHost, found: Import, opened: tuple[str, ...]) -> None:
    language = host.language
    # Faults first: they are what somebody has to do something about.
    told = [one.told(language) for one in (*found.faults, *found.remarks)]
    told += [*told_first(found.differences, language), *opened]
    take = "take_good" if found.faults else "take"
    names = (take, "aside", "later") if found.events or not found.faults else ("aside", "later")
    ways = [Way(name, ui(f"edits.{name}", language)) for name in names]

    def chosen(way: str | None) -> None:
        if way == take:
            host.controller.hold_files = False
            host.controller.step(lambda talk: _take(talk, found))
        elif way == "aside":
            _put_aside(host)

    question = ui("edits.question", language, n=len(found.differences))
    if found.faults:
        question = ui("edits.faulty", language, n=len(found.faults))
    host.push(ChoiceWindow(question, ways, details=[*told, ""], at="" if found.events else "later"), chosen)


def _ask_unreadable(host: SessionHost, fault: str) -> None:
    language = host.language
    ways = [Way(name, ui(f"edits.{name}", language)) for name in ("aside", "later")]

    def chosen(way: str | None) -> None:
        if way == "aside":
            _put_aside(host)

    question = ui("edits.unreadable", language)
    host.push(ChoiceWindow(question, ways, details=[fault, ""]), chosen)


def _take(talk: Talk, found: Import) -> Reply:
    talk.session.take_edits(found)
    return Reply((Turn("note", ui("edits.taken", talk.language, n=len(found.taken))),))


def _put_aside(host: SessionHost) -> None:
    """Write strategy.toml from the session; the version changed by hand is kept, and named."""
    host.controller.hold_files = False
    host.controller.write_files_now(say_so=True, aside=True)
