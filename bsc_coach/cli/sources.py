"""Reading a strategy that a command is given: the folder of a session, or a strategy.toml alone."""

from __future__ import annotations

import argparse
import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bsc_coach.cli import output
from bsc_coach.cli.output import environment_for
from bsc_coach.coach.alarms import alarms_of
from bsc_coach.coach.check import check_strategy
from bsc_coach.documents.formats import DocumentInput
from bsc_coach.errors import FolderError
from bsc_coach.interview.facts.provenance import TakeOver
from bsc_coach.session.journal import JOURNAL
from bsc_coach.session.opening import open_session
from bsc_coach.session.owned_files import STRATEGY, digest_of_bytes
from bsc_coach.words import languages

if TYPE_CHECKING:
    from bsc_coach.strategy.strategy_file import StrategyFile


DANGLING = ("dangling", "dangling_more")
"""The remarks on references to nothing."""


@dataclass(frozen=True)
class StrategySource:
    """A strategy that was read, with all that its documents are made from."""

    path: Path
    material: DocumentInput
    data: bytes | None = None
    """The bytes of a strategy.toml; None for the folder of a session."""
    number: int = 0
    """The number of the last action in it; 0 for a file."""

    @property
    def digest(self) -> str:
        """The digest of a strategy.toml as it stands, or as the session would write it."""
        from bsc_coach.strategy.toml import write_toml

        data = self.data or write_toml(self.material.strategy, self.material.notes).encode()
        return digest_of_bytes(data)

    def taken_over_into(self, folder: Path) -> TakeOver:
        """Return the command by which a session in ``folder`` takes it over."""
        place = self.path if self.path.is_dir() else self.path.parent
        has_session = (place / JOURNAL).exists()
        notes = self.material.notes
        older = notes.taken_over
        named = self.path.resolve()
        by_folder = not self.path.is_dir() and self.path.name == STRATEGY
        return TakeOver(
            source=f"{named.parent.name}/{named.name}" if by_folder else named.name,
            digest=self.digest,
            as_of=notes.session_date or (older.as_of if older is not None else None) or "",
            folder=_seen_from(folder, place) if has_session else "",
            redacted=notes.redacted or (older is not None and older.redacted),
            edited=notes.edited,
            unconfirmed=older.unconfirmed if older is not None else 0,
        )


def read_strategy_at(path: Path, options: argparse.Namespace, language: str | None = None) -> StrategySource:
    """Read a session folder or a strategy.toml, in another language where one is given.

    What was found on opening a session is told. Raises FolderError, StrategyFileError, UsageError.
    """
    if path.is_file():
        if language is not None:
            output.one_of("--lang", language, languages())
        data = path.read_bytes()
        file = read_strategy_file(path, data, options)
        strategy = file.strategy.model_copy(update={"language": language or file.language})
        notes = file.notes
        if notes.edited or not notes.recorded:
            # Nobody has looked for alarms in what stands there now.
            notes = notes.model_copy(update={"alarms": alarms_of(check_strategy(strategy), strategy)})
        return StrategySource(path, DocumentInput(strategy, notes), data)

    session = open_session(path, environment_for(options), read_only=True)
    for message in session.messages:
        output.tell(message)
    session.close()
    if language is not None and language not in session.script.header.languages:
        raise FolderError("session.no_such_language", language=language)
    return StrategySource(path, session.material(language), number=session.number)


def read_strategy_file(
    path: Path, data: bytes, options: argparse.Namespace, *, remarks: Collection[str] = DANGLING
) -> StrategyFile:
    """Return what stands in a strategy.toml; remarks of these kinds on how it was edited are told.

    Raises StrategyFileError; one with faults carries the path, so that an editor can jump to each.
    """
    from bsc_coach.strategy.file_faults import StrategyFaultsError
    from bsc_coach.strategy.toml import examine_file

    examined = examine_file(data)
    if examined.faults:
        output.speak_as(options, examined.file.language)
        raise StrategyFaultsError(examined.faults, str(path))
    for remark in examined.remarks:
        if remark.key in remarks:
            output.tell(remark.located(str(path), getattr(options, "lang", None) or examined.file.language))
    return examined.file


def _seen_from(folder: Path, older: Path) -> str:
    """Return the way from one folder to another; nothing where there is none, as between two drives."""
    try:
        return Path(os.path.relpath(older.resolve(), folder.resolve())).as_posix()
    except ValueError:
        return ""
