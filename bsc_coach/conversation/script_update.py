"""Updating a session to another version of its script: a dry run first, then the migration."""

from __future__ import annotations

from dataclasses import dataclass

from bsc_coach.conversation.prompt_builder import name_of
from bsc_coach.interview.migration import MigrationReport, migrate
from bsc_coach.script.loader import load_script
from bsc_coach.script.slots import Slot
from bsc_coach.script.source import ScriptSource, bundled_source
from bsc_coach.session.command_result import CommandResult
from bsc_coach.session.session import Session
from bsc_coach.text import shorten
from bsc_coach.words import say

NAMES_SHOWN = 5


@dataclass(frozen=True)
class NewerScript:
    """A script to migrate a session to, with the report of the dry run."""

    source: ScriptSource
    version: int
    report: MigrationReport

    def sentences(self, session: Session) -> list[str]:
        """Return the report in words: what stays, what is new, what needs another look."""
        language, report = session.plan.language, self.report
        if report.refusal is not None:
            return [report.refusal.sentence(language)]
        lines = [say("talk.newer.there", language, version=self.version, now=session.script.header.version)]
        counts: dict[str, tuple[Slot, ...]] = {
            "kept": report.kept,
            "retired": report.retired,
            "reworded": report.reworded,
            "invalid": report.invalid,
        }
        for kind, slots in counts.items():
            if slots:
                names = ", ".join(shorten(name_of(session.plan, slot), 40) for slot in slots[:NAMES_SHOWN])
                lines.append(say(f"talk.newer.{kind}", language, n=len(slots), names=names))
        if report.renamed:
            lines.append(say("talk.newer.renamed", language, n=len(report.renamed)))
        if report.new:
            lines.append(say("talk.newer.new", language, n=len(report.new)))
        return lines

    def adopt(self, session: Session) -> CommandResult:
        """Migrate the session to this script."""
        return session.adopt(self.source, dict(self.report.renames))


def newer_script(session: Session, source: ScriptSource | None = None) -> NewerScript | None:
    """Return the dry run of migrating a session to ``source``, by default the script of the program.

    None where it is the script in use, or — when nobody asked for it — not a newer version of it.
    Raises ScriptErrors when the script has faults.
    """
    asked_for = source is not None
    candidate = source if source is not None else bundled_source()
    if candidate.digest == session.script.digest or session.read_only:
        return None
    script = load_script(candidate)
    mine, other = session.script.header, script.header
    if not asked_for and (other.id != mine.id or other.version <= mine.version):
        return None
    return NewerScript(candidate, other.version, migrate(session.script, script, session.state))
