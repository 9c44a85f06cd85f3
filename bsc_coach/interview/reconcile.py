"""Reconciling an edited strategy file with the session: the differences, and the events that make them so.

People may edit strategy.toml by hand. Nothing in the file is obeyed blindly and nothing is lost: items
that are gone become removed, values that are gone are reopened, and what has no place is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bsc_coach.interview.addresses import family
from bsc_coach.interview.basis import current_basis
from bsc_coach.interview.consequences import after
from bsc_coach.interview.differences import (
    TAKEN_IN,
    Difference,
    DifferenceKind,
    difference,
    said,
    standing_still,
    still_differing,
    tables_of,
)
from bsc_coach.interview.facts.answers import SlotAnswered, SlotReopened
from bsc_coach.interview.facts.lists import ItemAdded, ItemRemoved, ItemRestored, ListClosed
from bsc_coach.interview.facts.log import Event, Value
from bsc_coach.interview.facts.session import LanguageSet
from bsc_coach.interview.implied import with_chosen
from bsc_coach.interview.limits import is_value_of, most_of
from bsc_coach.interview.list_order import ListRoom, moves, passes_over
from bsc_coach.interview.own_questions import fixed_item, own_items
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import about_of, question_of, to_strategy
from bsc_coach.interview.texts import text_of
from bsc_coach.script.fields import FieldPath, field_of, marks_items, parse_field
from bsc_coach.script.model import (
    Answerable,
    BallotStep,
    ChoiceStep,
    CollectStep,
    ConfirmStep,
    Fixed,
    ForEach,
    PickStep,
    QuestionStep,
    RoundStep,
    SeveralStep,
    Step,
)
from bsc_coach.script.slots import Frame, ItemId, Slot, StepId
from bsc_coach.strategy.file_faults import FileFault
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.nested import Table, get


@dataclass(frozen=True)
class Import:
    """What an edited file changes, in words and as events."""

    differences: tuple[Difference, ...] = ()
    events: tuple[Event, ...] = ()
    faults: tuple[FileFault, ...] = ()
    """What of the file cannot be read: it stays as the session has it, until somebody mends the file."""
    remarks: tuple[FileFault, ...] = ()

    @property
    def taken(self) -> tuple[Difference, ...]:
        """The differences that its events take in; the others are only told."""
        return tuple(one for one in self.differences if one.kind in TAKEN_IN)


def import_strategy(plan: Plan, edited: Strategy, ids: Iterator[ItemId]) -> Import:
    """Diff an edited strategy against the session: the differences, and the events that take them in."""
    return _Importing(plan, edited, ids).run()


class _Importing:
    def __init__(self, plan: Plan, edited: Strategy, ids: Iterator[ItemId]) -> None:
        self.plan = plan
        self.before = tables_of(to_strategy(plan.for_documents()))
        self.now = with_chosen(plan.script, self.before, tables_of(edited))
        self.ids = ids
        self.events: list[Event] = []
        self.differences: list[Difference] = []
        self.frames = dict(plan.state.frames)
        self.items = {short: item for item, short in plan.state.shorts.items()}
        self.room = ListRoom()

    def run(self) -> Import:
        if self.now == self.before:
            return Import()
        script = self.plan.script
        if self.now.get("language", "en") != self.before.get("language", "en"):
            language = self.now.get("language", "en")
            if language in script.header.languages:
                self.events.append(LanguageSet(language, self.plan.state.document_language is not None))
                self._tell("changed", "language", self.before.get("language", "en"), language)
        for step in script.steps:
            if isinstance(step, CollectStep):
                self._items_of(step)
        for step in script.asked():
            if not isinstance(step, CollectStep | ConfirmStep):
                self._answers_of(step)
        self._extra()
        for step in script.asked():
            if isinstance(step, CollectStep):
                self._finish(step)
        self._say_what_is_left()
        later = after(self.plan, tuple(self.events)) if self.events else self.plan
        left = tuple(one.what for one in self.differences if one.kind == "left")
        then = tables_of(to_strategy(later.for_documents()))
        self.differences.extend(still_differing(self.now, then, left))
        self.differences.extend(standing_still(self.before, self.now, then))
        return Import(tuple(self.differences), self._on_todays_basis(later))

    def _tell(self, kind: DifferenceKind, what: str, before: object = "", now: object = "") -> None:
        self.differences.append(difference(kind, what, before, now))

    # Items

    def _listed(self, table: Table, step: Step) -> list[Table]:
        path = field_of(step)
        found = get(table, path.outer) if path is not None and path.in_list else None
        return found if isinstance(found, list) else []

    def _parent_of(self, step: CollectStep, entry: Table) -> str | None:
        return entry.get(step.parent) if step.parent is not None else None

    def _items_of(self, step: CollectStep) -> None:
        now, before = self._listed(self.now, step), self._listed(self.before, step)
        known = {entry["id"]: entry for entry in before}
        kept = {entry["id"] for entry in now}
        stay = [self.frames[self.items[entry["id"]]] for entry in before if entry["id"] in kept]
        self.room.taken.update(Slot(step.id, frame[:-1]) for frame in stay)
        for entry in now:
            if entry["id"] not in known:
                self._add(step, entry)
            elif self._parent_of(step, entry) != self._parent_of(step, known[entry["id"]]):
                self._tell("left", f"{entry['id']}.{step.parent}", known[entry["id"]].get(step.parent or ""))
        for entry in before:
            if entry["id"] not in kept:
                frame = self.frames[self.items[entry["id"]]]
                self.events.append(ItemRemoved(Slot(step.id, frame[:-1]), frame[-1][1]))
                self._tell("removed", entry["id"], entry.get("title") or entry.get("name") or "")
        self._tell_full(step)
        self._order(step, [entry["id"] for entry in before], [entry["id"] for entry in now])

    def _tell_full(self, step: CollectStep) -> None:
        """Take what a full list has no room for out of the file, and tell how many there are."""
        for slot, shorts in self.room.left_out(step.id).items():
            name = text_of(self.plan, step, slot.frame, "short") or step.id
            self._tell("full", name, len(shorts), most_of(step.count))
            for entries in (self._listed(self.now, one) for one in passes_over(self.plan.script, step)):
                entries[:] = [entry for entry in entries if entry["id"] not in shorts]

    def _frame_around(self, step: CollectStep, entry: Table) -> Frame | None:
        """Return the frame that an item's list stands in, or None if there is no such place."""
        parent = self._parent_of(step, entry)
        if step.parent is None:
            return () if not self.plan.script.frames_of(step)[0] else None
        if parent in self.items:
            frame = self.frames[self.items[parent]]
            chain = tuple(list_id for list_id, _ in frame)
            return frame if chain in self.plan.script.frames_of(step) else None
        for chain in self.plan.script.frames_of(step):
            around = self.plan.script.step(chain[-1])
            if isinstance(around, Fixed) and any(item.id == parent for item in around.items):
                return ((around.id, ItemId(str(parent))),)
        return None

    def _add(self, step: CollectStep, entry: Table) -> None:
        short = entry["id"]
        around = self._frame_around(step, entry)
        if around is None:
            self._tell("left", short, "", entry.get("title") or entry.get("name") or "")
            return
        slot = Slot(step.id, around)
        if short in self.items:
            item = self.items[short]
            if self.frames[item][:-1] != around:
                self._tell("left", short, "", entry.get("title") or "")
                return
            if not self.room.take(slot, step, short):
                return
            self.events.append(ItemRestored(slot, item))
        else:
            if not short.startswith(self._family(step, around)):
                self._tell("left", short, "", entry.get("title") or entry.get("name") or "")
                return
            if not self.room.take(slot, step, short):
                return
            self._make(slot, short)
        self._tell("added", short, "", entry.get("title") or entry.get("name") or "")

    def _make(self, slot: Slot, short: str) -> None:
        item = next(self.ids)
        self.events.append(ItemAdded(slot, item, short))
        self.items[short] = item
        self.frames[item] = (*slot.frame, (slot.step, item))

    def _family(self, step: CollectStep, around: Frame) -> str:
        if step.prefix is None and around:
            short = next((short for short, item in self.items.items() if item == around[-1][1]), None)
            if short is not None:
                return f"{short}."
        return family(self.plan, step, around)

    def _order(self, step: CollectStep, before: list[str], now: list[str]) -> None:
        """Put the items of each list in the order of the file, new ones where they stand in it."""
        wanted: dict[Slot, list[ItemId]] = {}
        for short in now:
            frame = self.frames.get(self.items.get(short, ItemId("")), ())
            if frame and frame[-1][0] == step.id:
                wanted.setdefault(Slot(step.id, frame[:-1]), []).append(frame[-1][1])
        self.events.extend(list(moves(self.plan.state, wanted, self.events)))
        both = set(before).intersection(now)
        stayed = [short for short in before if short in both]
        order = [short for short in now if short in both]
        if stayed != order:
            self._tell(
                "moved", text_of(self.plan, step, (), "short") or step.id, ", ".join(stayed), ", ".join(order)
            )

    # Answers

    def _answers_of(self, step: Answerable) -> None:
        path = field_of(step)
        if path is None:
            return
        if isinstance(step, PickStep) and step.gives is not None:
            return  # the question that fills the field of each item takes it back
        if marks_items(self.plan.script, step):
            self._marks_of(step, path)
        elif not path.in_list:
            self._one(step, (), get(self.before, path.outer), get(self.now, path.outer))
        else:
            known = {entry["id"]: entry for entry in self._listed(self.before, step)}
            for entry in self._listed(self.now, step):
                frame = self._frame_of(step, entry["id"])
                if frame is not None:
                    before = get(known.get(entry["id"], {}), path.inner)
                    self._one(step, frame, before, get(entry, path.inner))

    def _frame_of(self, step: Step, name: str) -> Frame | None:
        if name in self.items:
            return self.frames[self.items[name]]
        for chain in self.plan.script.frames_of(step):
            around = self.plan.script.step(chain[-1]) if len(chain) == 1 else None
            if isinstance(around, Fixed) and any(item.id == name for item in around.items):
                return ((around.id, ItemId(name)),)
        return None

    def _one(self, step: Answerable, frame: Frame, before: object, now: object) -> None:
        if before == now:
            return
        slot = Slot(step.id, frame)
        what, was = self._name_of(slot, step), said(self.plan, slot, step, before)
        if now is None:
            self.events.append(SlotReopened(slot))
            self._tell("withdrawn", what, was)
            return
        value = self._value(step, now)
        if value is None:
            self._tell("left", what, was, now)
            return
        self.events.append(SlotAnswered(slot, value, step.rev))
        self._tell("changed", what, was, said(self.plan, slot, step, now))

    def _name_of(self, slot: Slot, step: Answerable) -> str:
        about = about_of(self.plan, slot) if slot in self.plan.statuses else None
        if about is None and slot.item is not None:
            about = next((short for short, item in self.items.items() if item == slot.item), None)
        name = text_of(self.plan, step, slot.frame, "short") or question_of(self.plan, Slot(slot.step))
        return f"{about} · {name}" if about else name

    def _value(self, step: Answerable, told: object) -> Value | None:
        """Return a value of the file as an answer, or None when it cannot be one."""
        match step:
            case PickStep():
                shorts = told if isinstance(told, list) else [told]
                items = [
                    self.items.get(str(short)) or fixed_item(self.plan.script, step, short)
                    for short in shorts
                ]
                return tuple(item for item in items if item is not None) if all(items) else None
            case SeveralStep() | BallotStep() | RoundStep():
                return tuple(map(str, told)) if isinstance(told, list) else None
            case ChoiceStep():
                return str(told) if any(choice.id == str(told) for choice in step.choices) else None
            case _:
                return told if isinstance(told, str | int | float) and is_value_of(step, told) else None

    def _marks_of(self, step: Answerable, path: FieldPath) -> None:
        """Turn marks on items (selected = true) back into the picks that made them, one per place."""
        places: dict[Frame, tuple[list[ItemId], list[ItemId]]] = {}
        for which, table in enumerate((self.before, self.now)):
            for entry in self._listed(table, step):
                item = self.items.get(entry["id"])
                if item is None:
                    continue
                chains = self.plan.script.frames_of(step)
                frame = tuple(pair for pair in self.frames[item][:-1] if any(pair[0] in c for c in chains))
                picked = places.setdefault(frame, ([], []))
                if get(entry, path.inner):
                    picked[which].append(item)
        for frame, (before, now) in places.items():
            if before == now:
                continue
            slot = Slot(step.id, frame)
            shorts = {item: short for short, item in self.items.items()}
            event = SlotAnswered(slot, tuple(now), step.rev) if now else SlotReopened(slot)
            self.events.append(event)
            self._tell(
                "changed", self._name_of(slot, step), [shorts[i] for i in before], [shorts[i] for i in now]
            )

    def _extra(self) -> None:
        def keyed(table: Table, name: str) -> dict[tuple[str, str | None], object]:
            return {(one["step"], one.get("about")): one.get(name) for one in table.get("extra", [])}

        before, now = keyed(self.before, "answer"), keyed(self.now, "answer")
        said_before, said_now = keyed(self.before, "said"), keyed(self.now, "said")
        asked = keyed(self.now, "question")
        for slot, short in own_items(self.plan.script, self.now.get("extra", ()), self.items):
            self._make(slot, short)
            self._tell("added", short)
        for name, about in {**now, **before}:
            answer = now.get((name, about))
            step = self.plan.script.by_id.get(StepId(name))
            frame = None if step is None else self._frame_about(step, about)
            if isinstance(step, QuestionStep) and not isinstance(step, CollectStep) and frame is not None:
                self._one(step, frame, before.get((name, about)), answer)
            elif answer is not None and answer != before.get((name, about)):
                said = said_now.get((name, about)) or answer
                self._tell("left", str(asked.get((name, about)) or name), "", said)
            # The words of a choice are those of the script: an edit of them alone goes nowhere, and is said.
            was, is_now = said_before.get((name, about)), said_now.get((name, about))
            if answer == before.get((name, about)) and was and is_now and was != is_now:
                self._tell("left", f"extra {name}", was, is_now)

    def _frame_about(self, step: Step, about: str | None) -> Frame | None:
        """Return the frame of a question about an item, or about none; None where it is not asked so."""
        frame = () if about is None else self._frame_of(step, about)
        if frame is None:
            return None
        chain = tuple(list_id for list_id, _ in frame)
        return frame if chain in self.plan.script.frames_of(step) else None

    # Closing

    def _finish(self, step: CollectStep) -> None:
        """Close lists that hold enough, and the deliberately empty ones with their reason."""
        slots = {Slot(step.id, frame[:-1]) for frame in self.frames.values() if frame[-1][0] == step.id}
        touched = {event.slot for event in self.events if isinstance(event, ItemAdded)}
        for slot in sorted(slots & touched):
            self.events.append(ListClosed(slot))
        if step.empty_field is None:
            return
        path = parse_field(step.empty_field)
        known = {entry["id"]: get(entry, path.inner) for entry in get(self.before, path.outer) or []}
        wanted = {entry["id"]: get(entry, path.inner) for entry in get(self.now, path.outer) or []}
        for name in {**known, **wanted}:
            before, reason, frame = known.get(name), wanted.get(name), self._frame_of_fixed(step, name)
            if reason == before or frame is None:
                continue
            slot = Slot(step.id, frame)
            if reason:
                self.events.append(ListClosed(slot, reason))
            elif slot not in touched:
                self.events.append(SlotReopened(slot))
            self._tell("changed" if reason else "withdrawn", name, before, reason)

    def _frame_of_fixed(self, step: CollectStep, name: str) -> Frame | None:
        for chain in self.plan.script.frames_of(step):
            if chain and isinstance(self.plan.script.step(chain[-1]), Fixed):
                return ((chain[-1], ItemId(name)),)
        return None

    def _on_todays_basis(self, later: Plan) -> tuple[Event, ...]:
        """Give each answer the basis it has once all of the file is in, so that nothing is stale by it."""
        steps = self.plan.script.by_id
        return tuple(
            replace(event, basis=current_basis(later, step, event.slot.frame))
            if isinstance(event, SlotAnswered) and isinstance(step := steps[event.slot.step], QuestionStep)
            else event
            for event in self.events
        )

    def _say_what_is_left(self) -> None:
        """Name the objectives and other items of passes that belong to nothing in the session."""
        for step in self.plan.script.steps:
            if not isinstance(step, ForEach):
                continue
            for entry in self._listed(self.now, step):
                if entry["id"] not in self.items:
                    self._tell("left", entry["id"], "", entry.get("title") or "")
