"""Dialog for a paste too large to be typed in: taken whole or kept in a file beside, never cut."""

from __future__ import annotations

from pathlib import Path

from bsc_coach.conversation.talk import Talk
from bsc_coach.session.disk import private_folder, write_new
from bsc_coach.session.journal import LOCAL
from bsc_coach.session.session import Session
from bsc_coach.tui.session.host import SessionHost
from bsc_coach.tui.words import ui


def ask_about_paste(host: SessionHost, text: str) -> None:
    """Ask whether a large text is to be taken whole or kept beside with a note."""
    from bsc_coach.tui.screens.dialogs import ChoiceWindow, Way

    language = host.language

    def chosen(way: str | None) -> None:
        if way == "take":
            host.composer.take(text)
        elif way == "keep":
            host.run(_keep(host, text))

    host.push(
        ChoiceWindow(
            ui("paste.question", language, n=len(text), lines=text.count("\n") + 1),
            [Way("keep", ui("paste.keep", language)), Way("take", ui("paste.take", language))],
        ),
        chosen,
    )


async def _keep(host: SessionHost, text: str) -> None:
    def job(talk: Talk) -> Path | None:
        return keep_beside(talk.session, text)

    kept = await host.worker.do(job)
    if kept is None:
        host.composer.take(text)
        host.say("paste.not_kept")
    else:
        host.composer.take(ui("paste.note", host.language, name=f"{LOCAL}/{kept.name}"))


def keep_beside(session: Session, text: str) -> Path | None:
    """Write ``text`` to a new file in the session's own folder; None where the disk does not take it."""
    moment = session.environment.clock().strftime("%Y%m%dT%H%M%S")
    folder, disk = session.folder / LOCAL, session.disk
    try:
        private_folder(disk, folder)
        taken = set(disk.names(folder))
        names = (f"pasted-{moment}{'' if turn == 1 else f'-{turn}'}.txt" for turn in range(1, 1000))
        path = folder / next(name for name in names if name not in taken)
        write_new(disk, path, text.encode("utf-8"))
    except OSError:
        return None
    return path
