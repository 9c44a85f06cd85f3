"""Splitting a session into parts for breakout groups: one folder, or one zip, for the clusters of each.

Each part is a copy to go on with: the journal with all that was said so far, the questions, and what git is
told; nothing of ``.local/``, which belongs to a machine. All of them are made, or none.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bsc_coach import sizes
from bsc_coach.errors import FolderError, UsageError
from bsc_coach.interview.branches import heads_of
from bsc_coach.interview.breakouts import cluster_name, cluster_named, clusters_of, slots_by_cluster
from bsc_coach.interview.navigation import asks_itself
from bsc_coach.interview.plan import Plan
from bsc_coach.near_names import close_to, way_out
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.script.source import bundled_source
from bsc_coach.session.breakout import BREAKOUT, Breakout, breakout_as_toml
from bsc_coach.session.copies import union
from bsc_coach.session.disk import Disk, write_atomically, write_new
from bsc_coach.session.folders import made_folder
from bsc_coach.session.journal import JOURNAL
from bsc_coach.session.names import check_folder
from bsc_coach.session.recovery import read_lines
from bsc_coach.session.scripts import GIT_ATTRIBUTES, MERGED_BY_US, kept_script, read_script, script_files
from bsc_coach.session.session import Session
from bsc_coach.words import say


@dataclass(frozen=True)
class NewPart:
    """A part that was made: where it is, its clusters, and how many questions they ask so far."""

    path: Path
    clusters: tuple[str, ...]
    questions: int


def clusters_meant(plan: Plan, typed: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the clusters of each part as somebody named them. Raises UsageError for what is none, or twice.

    One name may hold several, joined by a plus sign; a cluster whose own name has one is looked for first.
    """
    if (clusters := clusters_of(plan.script)) is None:
        raise UsageError("breakouts.split.no_clusters")
    parts = [
        tuple(_meant(plan, one) for one in ([name] if cluster_named(plan, name) else name.split("+")))
        for name in typed
    ]
    named = [one for part in parts for one in part]
    if twice := [one for one in clusters.item_ids if named.count(one) > 1]:
        raise UsageError("breakouts.split.twice", name=cluster_name(plan, twice[0]))
    # In the order of the script, whatever the order in which they were typed.
    return [tuple(one for one in clusters.item_ids if one in part) for part in parts]


def _meant(plan: Plan, typed: str) -> str:
    found = cluster_named(plan, typed)
    if len(found) == 1:
        return found[0]
    clusters = clusters_of(plan.script)
    known = [cluster_name(plan, one) for one in (found or (clusters.item_ids if clusters else ()))]
    ids = [] if found or clusters is None else list(clusters.item_ids)
    near = close_to(typed, [*known, *ids])
    way = way_out(near["close"], ", ".join(known), plan.language)
    key = "several" if found else "unknown"
    raise UsageError(f"breakouts.split.{key}", typed=typed[:80], known=", ".join(known), way=way)


def split(
    session: Session, parts: Sequence[tuple[str, ...]], target: Path, *, zipped: bool = False
) -> list[NewPart]:
    """Make the parts of a session in the folder ``target``, each named after the session and its clusters.

    Raises FolderError, and nothing is made, where one of them is there already or the disk takes none.
    """
    if (part_of := session.plan.part_of) is not None:
        raise FolderError("breakouts.split.part_of_a_part", path=session.folder, of=part_of.of)
    name = session.folder.name if session.folder.name not in ("", "..") else session.folder.resolve().name
    paths = [target / f"{name}-{'+'.join(part)}{'.zip' if zipped else ''}" for part in parts]
    for path in paths:
        check_folder(path.with_suffix("") if zipped else path)
        if path.exists() or path.is_symlink():
            raise FolderError("breakouts.split.exists", path=path)
    disk, made = session.environment.disk, []
    try:
        made_folder(disk, target)
        for part, path in zip(parts, paths, strict=True):
            files = _files_of(session, name, part, [other for other in parts if other != part])
            made.append(path)
            (_put_zip if zipped else _put_folder)(path, files, disk, session.environment.clock())
    except BaseException as error:
        # What stands in the way of a part is somebody else's, who was a moment earlier.
        in_the_way = made.pop() if made and isinstance(error, FileExistsError) else None
        for path in made:
            _take_away(path)
        if in_the_way is not None:
            raise FolderError("breakouts.split.exists", path=in_the_way) from error
        if isinstance(error, OSError):
            raise FolderError("breakouts.split.cannot", path=target, why=error.strerror or "") from error
        raise
    return [
        NewPart(path, part, _questions(session.plan, part)) for part, path in zip(parts, paths, strict=True)
    ]


def _questions(plan: Plan, part: Sequence[str]) -> int:
    """Return how many questions some clusters ask now; lists bring more with each item."""
    slots = slots_by_cluster(plan)
    return sum(asks_itself(plan.statuses[slot]) for one in part for slot in slots.get(one, ()))


def _files_of(
    session: Session, name: str, part: tuple[str, ...], others: Sequence[tuple[str, ...]]
) -> Mapping[str, bytes]:
    """Return the files of a part by name, the journal last: a folder without one holds no session."""
    disk, moment = session.disk, session.environment.clock()
    organisation = session.plan.answer(Slot(StepId("organisation.name")))
    breakout = Breakout(
        of=name,
        organisation=organisation if isinstance(organisation, str) else "",
        part=part,
        others=tuple(others),
        at=moment.astimezone().isoformat(timespec="seconds"),
        by=session.by,
        heads=heads_of(session.actions),
    )
    comment = say("breakouts.comment", session.plan.language)
    source = read_script(session.folder, disk)
    if source is None or source.digest != session.script.digest:
        source = kept_script(session.folder, session.script.digest) or source or bundled_source()
    journal = disk.read(session.folder / JOURNAL, most=sizes.JOURNAL_FILE)
    return {
        BREAKOUT: breakout_as_toml(breakout, comment),
        GIT_ATTRIBUTES: "".join(MERGED_BY_US).encode(),
        **script_files(source),
        JOURNAL: union([read_lines(journal)]),
    }


def _put_folder(path: Path, files: Mapping[str, bytes], disk: Disk, moment: datetime) -> None:
    disk.make_folder(path)
    below = disk.below(path)
    for name, data in files.items():
        write_atomically(below, path / name, data)


def _put_zip(path: Path, files: Mapping[str, bytes], disk: Disk, moment: datetime) -> None:
    """Write a zip with one folder in it, named like the zip."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            told = zipfile.ZipInfo(f"{path.stem}/{name}", moment.timetuple()[:6])
            told.external_attr = 0o600 << 16
            archive.writestr(told, content, zipfile.ZIP_DEFLATED)
    write_new(disk, path, data.getvalue())


def _take_away(path: Path) -> None:
    """Take away what was made of a part, where another one could not be made."""
    shutil.rmtree(path, ignore_errors=True)
    with suppress(OSError):
        path.unlink()
