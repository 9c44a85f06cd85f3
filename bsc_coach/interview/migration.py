"""Migration of a session to another version of its script: what it would keep, lose, gain and ask again.

A dry run: nothing is changed. Adopting the new script is an ordinary action with the renames from
here; old events are read through them and never rewritten, so undo brings the old script back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bsc_coach.interview.facts.log import Action
from bsc_coach.interview.facts.session import ScriptAdopted, renamed_slot
from bsc_coach.interview.fold import advance
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.planner import make_plan
from bsc_coach.interview.state import State
from bsc_coach.script.model import QuestionStep, Script
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.words import say


@dataclass(frozen=True)
class CannotMigrate:
    """Why a session cannot go on with a script."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, language: str) -> str:
        """Return the reason in words, with a way out."""
        return say(f"script.migration.{self.key}", language, **self.values)


@dataclass(frozen=True)
class MigrationReport:
    """What would become of a session under another version of its script.

    Slots have their names under the new script; retired ones, which it does not have, their last one.
    """

    refusal: CannotMigrate | None = None
    renames: Mapping[str, str] = field(default_factory=dict)
    """Old step ids and what they are called now: what ``AdoptScript`` takes."""
    kept: tuple[Slot, ...] = ()
    """What was said and stays in its place."""
    renamed: tuple[tuple[StepId, StepId], ...] = ()
    """Steps with another id, old and new."""
    retired: tuple[Slot, ...] = ()
    """What was said and has no place any more; it stays in the session under a heading of its own."""
    retired_steps: tuple[StepId, ...] = ()
    new: tuple[StepId, ...] = ()
    """Questions that the old script did not have."""
    reworded: tuple[Slot, ...] = ()
    """Answers to questions whose meaning has changed since."""
    invalid: tuple[Slot, ...] = ()
    """Answers that fit no more: too long now, a choice that is gone, too few items."""

    @property
    def refused(self) -> bool:
        """Whether the session cannot go on with the script at all."""
        return self.refusal is not None


def renames_between(old: Script, new: Script) -> dict[str, str]:
    """Return what each renamed step of ``old`` is called in ``new``, all migrations after one another."""
    called = {step.id: step.id for step in old.steps}
    for migration in sorted(new.migrations, key=lambda migration: migration.to):
        if old.header.version < migration.to <= new.header.version:
            called = {first: migration.rename.get(name, name) for first, name in called.items()}
    return {str(first): str(name) for first, name in called.items() if first != name}


def migrate(old: Script, new: Script, state: State) -> MigrationReport:
    """Return what would become of a session on ``old`` in ``state`` if it went on with ``new``."""
    refusal = _refusal(old, new)
    if refusal is not None:
        return MigrationReport(refusal)
    # The same answers under both scripts.
    renames = renames_between(old, new)
    before = make_plan(old, state)
    later = make_plan(new, _adopted(state, old, new, renames))
    was = {renamed_slot(slot, renames): slot for slot in before.statuses}
    gone_before = {renamed_slot(slot, renames) for slot in _said(before) if slot not in before.statuses}
    # What becomes of each answer.
    kept, retired, reworded, invalid = [], [], [], []
    for slot in _said(later):
        there = later.status(slot)
        if there is None:
            if slot not in gone_before:
                retired.append(slot)
            continue
        kept.append(slot)
        earlier = before.status(was[slot]) if slot in was else None
        if there.reworded and not (earlier is not None and earlier.reworded):
            reworded.append(slot)
        if there.refusals and not (earlier is not None and earlier.refusals):
            invalid.append(slot)
    # What becomes of the questions.
    arriving = {renames.get(step.id, step.id) for step in old.steps}
    return MigrationReport(
        renames=renames,
        kept=tuple(kept),
        renamed=tuple((StepId(first), StepId(name)) for first, name in renames.items() if name in new.by_id),
        retired=tuple(retired),
        retired_steps=tuple(
            step.id
            for step in old.steps
            if renames.get(step.id, step.id) not in new.by_id and _is_asked(step)
        ),
        new=tuple(step.id for step in new.steps if step.id not in arriving and _is_asked(step)),
        reworded=tuple(reworded),
        invalid=tuple(invalid),
    )


def _is_asked(step: object) -> bool:
    return isinstance(step, QuestionStep)


def _refusal(old: Script, new: Script) -> CannotMigrate | None:
    if new.header.id != old.header.id:
        return CannotMigrate("other_script", {"old": old.header.id, "new": new.header.id})
    if new.header.version < old.header.version:
        return CannotMigrate("downgrade", {"old": old.header.version, "new": new.header.version})
    if new.digest == old.digest and new.digest:
        return CannotMigrate("same_script")
    return None


def _adopted(state: State, old: Script, new: Script, renames: Mapping[str, str]) -> State:
    """Return the state as it would be once the new script had been adopted."""
    event = ScriptAdopted(new.header.version, new.digest, renames, old.digest)
    number = state.actions[-1].number + 1 if state.actions else 1
    action = Action(number, datetime(2000, 1, 1, tzinfo=UTC), "", (event,), new.header.version)
    return advance(state, action)


def _said(plan: Plan) -> tuple[Slot, ...]:
    """Return the slots that something was said about, lists with items too, in the order of asking."""
    said = {
        *plan.state.facts,
        *(slot for slot, listed in plan.state.lists.items() if listed.items or listed.closed),
    }
    inside = [slot for slot in plan.statuses if slot in said]
    return (*inside, *sorted(said - set(inside)))
