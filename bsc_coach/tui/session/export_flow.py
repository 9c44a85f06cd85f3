"""Export from the app: documents chosen on a page with a preview, written beside the conversation."""

from __future__ import annotations

from pathlib import PurePosixPath

from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.unsaved import not_written
from bsc_coach.errors import BscCoachError
from bsc_coach.session.exporting import Exported
from bsc_coach.tui.session.host import SessionHost
from bsc_coach.tui.views.preview import Shown
from bsc_coach.tui.words import ui
from bsc_coach.words import say_error

MOST_PREVIEW = 40_000
"""Characters of a file that are shown; whoever wants all of it writes it."""
FOR_BROWSERS = frozenset({".html", ".svg"})
"""Files whose text only a browser reads."""


async def export(host: SessionHost, rest: str) -> None:
    """Write the formats that were named, or those chosen on the page."""
    if host.now is not None and host.now.read_only:
        host.say("note.read_only")
        return
    names = tuple(name.strip() for name in rest.replace(",", " ").split())
    if names:
        await _write(host, names)
        return
    from bsc_coach.tui.screens.export import ExportPage

    async def preview(name: str) -> tuple[Shown, ...]:
        return await host.worker.do(lambda talk: preview_of(talk, name))

    folder = await host.worker.do(lambda talk: talk.session.folder)

    def chosen(names: tuple[str, ...] | None) -> None:
        if names:
            host.run(_write(host, names))

    host.push(ExportPage(folder, preview, host.language), chosen)


async def _write(host: SessionHost, names: tuple[str, ...]) -> None:
    host.say("note.writing")
    done = await host.worker.do(lambda talk: written(talk, names))
    if isinstance(done, str):
        host.tell(done)
        return
    if done.files:
        listed = ", ".join(str(path) for path in done.files)
        host.say("note.exported", files=listed, folder=str(done.folder))
    if done.held:
        host.say("note.held")
    for path in done.kept:
        host.say("note.kept", name=f"{path.parent.name}/{path.name}")
    for path in done.left:
        host.say("note.left_from_before", name=f"{path.parent.name}/{path.name}")


def written(talk: Talk, names: tuple[str, ...]) -> Exported | str:
    """Write documents; return what was written, or in words why not."""
    from bsc_coach.session.exporting import export as export_session

    try:
        return export_session(talk.session, names)
    except BscCoachError as error:
        return say_error(error, talk.language)
    except OSError as error:
        return not_written(talk.session, error)


def preview_of(talk: Talk, name: str) -> tuple[Shown, ...]:
    """Return how a format looks: its files as far as they are text, or in a few words why not.

    What a library makes is never text, and takes long: it is not made only to be looked at.
    """
    from bsc_coach.documents.formats import document_format, files_of, formats_called

    try:
        formats_called([name])
        if document_format(name).library:
            return (Shown("", ui("export.no_text", talk.language)),)
        files = files_of([name], talk.session.material())
    except BscCoachError as error:
        return (Shown("", say_error(error, talk.language)),)
    return tuple(_shown(path, data, talk.language) for path, data in files.items())


def _shown(path: PurePosixPath, data: bytes, language: str) -> Shown:
    if path.suffix in FOR_BROWSERS:
        return Shown(str(path), ui("export.browser", language))
    return Shown(str(path), data.decode("utf-8-sig", "replace")[:MOST_PREVIEW], as_paper=path.suffix == ".md")
