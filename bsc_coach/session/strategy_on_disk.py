"""The strategy.toml in the folder of a session: what people changed in it, and writing it anew.

A file with faults stays where it is, byte for byte, until they are mended. One that says the same as what was
written (with comments, or laid out otherwise) is no edit. Comments are kept whatever is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bsc_coach.errors import StrategyFileError
from bsc_coach.interview.branches import heads_of, known_to
from bsc_coach.interview.facts.log import Action
from bsc_coach.interview.facts.session import ScriptAdopted
from bsc_coach.interview.plan import Plan
from bsc_coach.script.slots import ItemId
from bsc_coach.session.file_on_disk import FileOnDisk
from bsc_coach.session.owned_files import (
    STRATEGY,
    is_ours,
    put_document,
    put_schema,
    read_strategy_file,
    written_last,
)

if TYPE_CHECKING:
    from bsc_coach.interview.reconcile import Import
    from bsc_coach.strategy.examining import ExaminedFile
    from bsc_coach.strategy.strategy_file import StrategyFile

MOST_BEGINNINGS = 6
"""So many places with the same number of answers are looked at in the log of each of them."""
Standing = Literal["ours", "same", "edited", "faulty"]
"""``same``: not the bytes that were written, and what they say is."""


class StrategyOnDisk(FileOnDisk):
    """The strategy.toml in a folder, seen from the session that it belongs to."""

    def edits(self, ids: Iterator[ItemId]) -> Import | None:
        """Return what somebody changed in it since it was written, and its faults; None for neither.

        Raises StrategyFileError when it is no text of a strategy at all.
        """
        data = self._foreign()
        if data is None or _has_two_versions(data):
            return None
        from bsc_coach.interview.called_now import called_now
        from bsc_coach.interview.consequences import after
        from bsc_coach.interview.differences import record_differing
        from bsc_coach.interview.fold import fold
        from bsc_coach.interview.reconcile import Import, import_strategy
        from bsc_coach.strategy.merging import merged
        from bsc_coach.strategy.renumbering import ids_in, with_ids

        # What was edited is what differs from the file as it was written, not from what was said since.
        before, now = self.as_written(), _file_of(self.plan)
        read = _examined(data, before)
        log = self._written_after(read.file)
        if log is not None and not read.faults and not read.file.edited:
            return None
        there = None if log is None else self._file_after(log)
        names: dict[str, str] = {}
        if log is not None and there is not None:
            before, read = there, _examined(data, there)
            names = called_now(fold(log), self.plan.state, ids_in(read.file.strategy))
        edited = merged(with_ids(before.strategy, names), with_ids(read.file.strategy, names), now.strategy)
        found = Import() if edited == now.strategy else import_strategy(self.plan, edited, ids)
        later = _file_of(after(self.plan, found.events)) if found.events else now
        differences = (*found.differences, *record_differing(before, read.file, later))
        if not differences and not read.faults:
            return None
        return replace(found, differences=differences, faults=read.faults, remarks=read.remarks)

    def as_written(self) -> StrategyFile:
        """Return what it said when it was written last; what it would say now where nobody knows."""
        known = self._written_here()
        return (None if known is None else self._file_after(known)) or _file_of(self.plan)

    def _written_here(self) -> Sequence[Action] | None:
        """Return the actions after which the program wrote it here; None where nobody knows."""
        written = written_last(self.folder, STRATEGY, self.disk)
        if written is None:
            return None
        if written.heads:
            return known_to(self.actions, written.heads)
        return [one for one in self.actions if one.number <= written.number]

    def _file_after(self, known: Sequence[Action]) -> StrategyFile | None:
        """Return what the file says after some of the actions; None where the script is another since."""
        from bsc_coach.interview.fold import fold
        from bsc_coach.interview.planner import make_plan

        there = {action.id for action in known}
        since = [event for one in self.actions if one.id not in there for event in one.do]
        if not since:
            return _file_of(self.plan)
        if any(isinstance(event, ScriptAdopted) for event in since):
            return None
        return _file_of(make_plan(self.plan.script, fold(known), part_of=self.plan.part_of))

    def _written_after(self, file: StrategyFile) -> Sequence[Action] | None:
        """Return the actions after which a file was written, by this copy of the session or another one.

        People may have changed it since: its digest is that of the file as it was written. Version control
        and synchronised folders put the file of another copy here.
        """
        if file.session is None or not (digest := file.session.digest):
            return None
        for log in self._places_to_look_at(file.session.answers):
            there = self._file_after(log)
            if there is not None and there.session is not None and there.session.digest == digest:
                return log
        return None

    def _places_to_look_at(self, answers: int) -> Iterator[Sequence[Action]]:
        """Yield where a file with so many answers may have been written, what is likely first."""
        from bsc_coach.interview.provenance import beginnings_with

        yield self.actions
        if (here := self._written_here()) is not None:
            yield here
        # Where each copy had as many answers as the file tells of: the last places of each are looked at.
        for end in self.ends_of_copies():
            known = known_to(self.actions, [end.id])
            yield from islice(beginnings_with(known, answers), MOST_BEGINNINGS)

    @property
    def is_held(self) -> bool:
        """Whether it has faults that people made in it, so that it is not written."""
        return self._standing() == "faulty"

    @property
    def is_edited(self) -> bool:
        """Whether people changed it, without a fault."""
        return self._standing() == "edited"

    def write(self, moment: datetime, *, aside: bool = False) -> Path | None:
        """Write it; return where a version changed by hand was kept, if there was one.

        One with faults is left where it is, unless it is to be put ``aside``. Raises OSError when the disk
        does not take it.
        """
        from bsc_coach.strategy.toml import text_of

        standing = self._standing()
        if standing == "faulty" and not aside:
            return None
        put_schema(self.folder, self.disk)
        data, same = text_of(_file_of(self.plan)).encode(), standing == "same"
        return put_document(
            self.folder,
            STRATEGY,
            data,
            self.disk,
            moment=moment,
            number=self.number,
            heads=heads_of(self.actions),
            same=same,
        )

    def write_anew(self, moment: datetime) -> bool:
        """Write it where it stands as some copy of the session wrote it; tell whether that was done."""
        if not (self.folder / STRATEGY).exists() or self._standing() not in ("ours", "same"):
            return False
        self.write(moment)
        return True

    def _standing(self) -> Standing:
        from bsc_coach.strategy.strategy_file import table_of

        try:
            data = self._foreign()
            if data is None:
                return "ours"
            if _has_two_versions(data):
                return "edited"
            before = self.as_written()
            read = _examined(data, before)
        except StrategyFileError:
            return "faulty"
        if read.faults:
            return "faulty"
        same = table_of(read.file) == table_of(before) or (
            not read.file.edited and self._written_after(read.file) is not None
        )
        return "same" if same else "edited"

    def _foreign(self) -> bytes | None:
        """Return its bytes where it is not as the program wrote it."""
        data = read_strategy_file(self.folder / STRATEGY, self.disk)
        if data is None or is_ours(self.folder, STRATEGY, self.disk, self.number):
            return None  # at most behind: what was said since is in the journal
        return data


def _file_of(plan: Plan) -> StrategyFile:
    from bsc_coach.interview.notes import to_notes
    from bsc_coach.interview.projection import to_strategy
    from bsc_coach.strategy.strategy_file import file_of

    told = plan.for_documents()
    return file_of(to_strategy(told), to_notes(told))


def _examined(data: bytes, before: StrategyFile) -> ExaminedFile:
    from bsc_coach.strategy.toml import examine_file

    return examine_file(data, before)


def _has_two_versions(data: bytes) -> bool:
    """Tell whether git left its conflict marks in a file: nobody can tell what was changed by hand in it."""
    from bsc_coach.strategy.toml import CONFLICT_MARK

    return CONFLICT_MARK.search(data.decode("utf-8", "replace")) is not None


def is_changed_by_hand(data: bytes) -> bool:
    """Tell whether a strategy.toml is not as a session wrote it; nobody can tell of another document."""
    from bsc_coach.strategy.toml import read_file

    try:
        file = read_file(data)
    except StrategyFileError:
        return data.lstrip().startswith((b"format", b"#:schema"))
    return file.edited
