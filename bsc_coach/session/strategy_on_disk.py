"""The strategy.toml in the folder of a session: what people changed in it, and writing it anew.

A file with faults stays where it is, byte for byte, until they are mended. One that says the same as what was
written (with comments, or laid out otherwise) is no edit. Comments are kept whatever is written.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bsc_coach.errors import StrategyFileError
from bsc_coach.interview.facts.session import ScriptAdopted
from bsc_coach.session.owned_files import (
    STRATEGY,
    is_ours,
    put_document,
    put_schema,
    read_strategy_file,
    written_at,
)

if TYPE_CHECKING:
    from bsc_coach.interview.plan import Plan
    from bsc_coach.interview.reconcile import Import
    from bsc_coach.session.session import Session
    from bsc_coach.strategy.examining import Examined
    from bsc_coach.strategy.strategy_file import StrategyFile

Standing = Literal["ours", "same", "edited", "faulty"]
"""``same``: not the bytes that were written, and what they say is."""


def edited_file(session: Session) -> Import | None:
    """Return what somebody changed in strategy.toml since it was written, and its faults; None for neither.

    Raises StrategyFileError when the file is no text of a strategy at all.
    """
    from bsc_coach.interview.consequences import after
    from bsc_coach.interview.differences import record_differing
    from bsc_coach.interview.reconcile import Import
    from bsc_coach.strategy.merging import merged

    data = _foreign(session)
    if data is None:
        return None
    before = as_written(session)
    read = _examined(data, before)
    now = session.strategy()
    edited = merged(before.strategy, read.file.strategy, now)
    found = Import() if edited == now else session.import_strategy(edited)
    later = _file_of(after(session.plan, found.events)) if found.events else before
    differences = (*found.differences, *record_differing(before, read.file, later))
    if not differences and not read.faults:
        return None
    return replace(found, differences=differences, faults=read.faults, remarks=read.remarks)


def as_written(session: Session) -> StrategyFile:
    """Return what strategy.toml said when it was written last; what it would say now where nobody knows."""
    from bsc_coach.interview.fold import fold
    from bsc_coach.interview.planner import make_plan

    number = written_at(session.folder, STRATEGY, session.environment.disk)
    plan = session.plan
    if number is not None and number < session.number:
        since = (event for one in session.actions if one.number > number for event in one.do)
        if not any(isinstance(event, ScriptAdopted) for event in since):
            earlier = fold(one for one in session.actions if one.number <= number)
            plan = make_plan(session.script, earlier)
    return _file_of(plan)


def _file_of(plan: Plan) -> StrategyFile:
    from bsc_coach.interview.notes import to_notes
    from bsc_coach.interview.projection import to_strategy
    from bsc_coach.strategy.strategy_file import file_of

    told = plan.for_documents()
    return file_of(to_strategy(told), to_notes(told))


def is_held(session: Session) -> bool:
    """Tell whether strategy.toml has faults that people made in it, so that it is not written."""
    return _standing(session) == "faulty"


def write_strategy(session: Session, *, aside: bool = False) -> Path | None:
    """Write strategy.toml; return where a version changed by hand was kept, if there was one.

    One with faults is left where it is, unless it is to be put ``aside``. Raises OSError when the disk does
    not take it.
    """
    from bsc_coach.strategy.toml import write_toml

    standing = _standing(session)
    if standing == "faulty" and not aside:
        return None
    disk, folder = session.environment.disk, session.folder
    put_schema(folder, disk)
    return put_document(
        folder,
        STRATEGY,
        write_toml(session.strategy(), session.notes()).encode(),
        disk,
        moment=session.environment.clock(),
        number=session.number,
        same=standing == "same",
    )


def _standing(session: Session) -> Standing:
    from bsc_coach.strategy.strategy_file import table_of

    try:
        data = _foreign(session)
        if data is None:
            return "ours"
        before = as_written(session)
        read = _examined(data, before)
    except StrategyFileError:
        return "faulty"
    if read.faults:
        return "faulty"
    return "same" if table_of(read.file) == table_of(before) else "edited"


def _foreign(session: Session) -> bytes | None:
    """Return the bytes of strategy.toml where it is not as the program wrote it."""
    data = read_strategy_file(session.folder / STRATEGY, session.environment.disk)
    if data is None or is_ours(session.folder, STRATEGY, session.environment.disk, session.number):
        return None  # at most behind: what was said since is in the journal
    return data


def _examined(data: bytes, before: StrategyFile) -> Examined:
    from bsc_coach.strategy.toml import examine_file

    return examine_file(data, before)
