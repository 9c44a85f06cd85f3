"""Validation of ``[[migrate]]``: what it renames was there, what it leads to is, and nothing collides."""

from __future__ import annotations

from collections.abc import Iterable

from bsc_coach.script.header import Migration
from bsc_coach.script.slots import StepId
from bsc_coach.script.validation.findings import FileSpot, Findings
from bsc_coach.script.validation.outline import Outline, readable


class _KnownIds:
    """The ids known to exist, and known to be gone, as one migration follows the other."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.alive: dict[StepId, FileSpot] = {}
        """Ids that a rename led to, by the migration that did."""
        self.gone: dict[StepId, tuple[FileSpot, str]] = {}

    def take(self, spot: FileSpot, migration: Migration) -> None:
        """Follow one migration, reporting what cannot be."""
        rename = {old: new for old, new in migration.rename.items() if readable(old) and readable(new)}
        retire = [name for name in migration.retire if readable(name)]
        leaving = {*rename, *retire}
        for name in leaving & self.gone.keys():
            key = "rename" if name in rename else "retire"
            self.findings.add(
                "migrates_what_is_gone", spot, (key,), at=name, name=name, before=self.gone[name][0].where
            )
        for name in set(rename) & set(retire):
            self.findings.add("renamed_and_retired", spot, ("retire",), at=name, name=name)
        targets: dict[StepId, StepId] = {}
        for old, new in rename.items():
            first = targets.setdefault(new, old)
            if first != old:
                self.findings.add("renames_collide", spot, ("rename", old), name=new, one=first, other=old)
            elif old == new or (new in self.alive and new not in leaving):
                self.findings.add("rename_onto_itself", spot, ("rename", old), name=new, old=old)
        for name in leaving:
            self.alive.pop(name, None)
            self.gone[name] = (spot, "rename" if name in rename else "retire")
        for new in targets:
            self.alive[new] = spot
            self.gone.pop(new, None)


def check_migrations(
    outline: Outline, migrations: Iterable[tuple[int, Migration]], version: int | None, findings: Findings
) -> None:
    """Report every fault in the migrations of a script."""
    plan = _KnownIds(findings)
    seen: set[int] = set()
    for number, migration in sorted(migrations, key=lambda numbered: numbered[1].to):
        spot = FileSpot("migrate", number, f"migrate {number + 1}")
        if migration.to in seen:
            findings.add("double_migration", spot, ("to",), n=migration.to)
        elif version is not None and migration.to > version:
            findings.add("migration_ahead", spot, ("to",), n=migration.to, version=version)
        seen.add(migration.to)
        plan.take(spot, migration)
    known = [entry.step.id for entry in outline.entries]
    for name, spot in plan.alive.items():
        if name not in outline.by_id:
            findings.add("renamed_to_nothing", spot, ("rename",), at=name, name=name, known=known)
    for name, (spot, key) in plan.gone.items():
        entry = outline.by_id.get(name)
        if entry is not None:
            findings.add("id_used_again", entry.spot, ("id",), name=name, migration=spot.where, how=key)
