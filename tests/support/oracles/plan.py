"""Where every slot stands once more: everything is asked of script and answers by its definition.

Nothing is walked once and carried along. Whether a slot applies is asked of the place it stands in, which
asks the one around it, up to the agenda; a condition asks where its own slot stands. What an answer rested on
is not read from the journal: the world as it was when the answer was given is asked what it said then. So it
is with a look back: it holds as long as what it looked back on says the same. What was asked once is
remembered, since the same is asked a thousand times; nothing else is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

from bsc_coach.interview.facts.answers import AnswerAffirmed, LookBackConfirmed, SlotAnswered
from bsc_coach.interview.facts.log import Value
from bsc_coach.interview.state import Fact
from bsc_coach.script.model import (
    BallotStep,
    ChoiceStep,
    CollectStep,
    ConfirmStep,
    DateStep,
    Fixed,
    ForEach,
    LongTextStep,
    NumberStep,
    PickStep,
    QuestionStep,
    RoundStep,
    Script,
    Section,
    SeveralStep,
    Step,
    TextStep,
)
from bsc_coach.script.predicates import (
    AllOf,
    AnswerIs,
    AnyOf,
    Count,
    IsAnswered,
    IsParked,
    ItemIn,
    ItemIs,
    Not,
    Predicate,
)
from bsc_coach.script.slots import Frame, ItemId, Slot, StepId
from bsc_coach.script.step_parts import Source
from bsc_coach.text import normal
from tests.support.oracles.fold import Moment, World

UNKNOWN = None
"""The third truth value."""


@dataclass(frozen=True)
class Standing:
    """All that is told of one slot."""

    state: str
    relevance: str
    value: Value | None
    stale_because: tuple[Slot, ...]
    reworded: bool
    refusals: tuple[str, ...]
    aside: str
    """Why the interview does not come to it, if it does not."""
    place: str
    """Where it goes if nobody answers it."""
    unconfirmed: bool
    """Whether it was taken over, and nobody here has said that it is so."""


def tuple_of(value: Value) -> tuple[str, ...]:
    """Return the parts of an answer that has several."""
    return value if isinstance(value, tuple) else (str(value),)


def remembered(asked: Callable[..., Any]) -> Callable[..., Any]:
    """Ask a question about a world only once."""

    @wraps(asked)
    def answered(self: Oracle, *about: Any) -> Any:
        key = (asked.__name__, *about)
        if key not in self.known:
            self.known[key] = asked(self, *about)
        return self.known[key]

    return answered


class Oracle:
    """A script and a world, and what can be asked of the two."""

    def __init__(self, script: Script, world: World) -> None:
        self.script = script
        self.world = world
        self.known: dict[Any, Any] = {}

    def standings(self) -> dict[Slot, Standing]:
        """Return where every slot stands, in the order of asking."""
        return {slot: self.standing(slot) for slot in self.order()}

    # What there is, and in which order

    def order(self) -> list[Slot]:
        """Return every slot: file order, and inside a list item by item."""
        return list(dict.fromkeys(self.slots_inside(None, ())))

    def slots_inside(self, parent: StepId | None, frame: Frame) -> Iterator[Slot]:
        for step in self.script.steps:
            if step.within == parent:
                if isinstance(step, QuestionStep):
                    yield Slot(step.id, frame)
                for inner in self.frames_inside(step, frame):
                    yield from self.slots_inside(step.id, inner)

    def frames_inside(self, step: Step, frame: Frame) -> list[Frame]:
        """Return the frames inside a step that stands in a frame: one an item, or the same in a section."""
        if isinstance(step, Section):
            return [frame]
        if isinstance(step, Fixed):
            return [(*frame, (step.id, ItemId(item.id))) for item in step.items]
        if isinstance(step, CollectStep):
            return [(*frame, (step.id, item)) for item in self.world.list_at(Slot(step.id, frame)).items]
        if isinstance(step, ForEach):
            return self.passed(step.id, frame)
        return []

    @remembered
    def frames_of(self, step_id: StepId | None) -> list[Frame]:
        """Return every frame that stands directly inside a step, or on the agenda itself."""
        if step_id is None:
            return [()]
        step = self.step(step_id)
        inside = [inner for outer in self.frames_of(step.within) for inner in self.frames_inside(step, outer)]
        return list(dict.fromkeys(inside))

    @remembered
    def passed(self, step_id: StepId, frame: Frame) -> list[Frame]:
        """Return the items that a pass goes over: by lists as named; what it leaves out comes last."""
        meant = [
            (source, member)
            for source in self.pass_at(step_id).over
            for member in self.frames_of(source.list)
            if agree(member, frame)
        ]
        within = [m for source, m in meant if self.passing(step_id, frame, source, m) != "dormant"]
        return list(dict.fromkeys([*within, *(member for _, member in meant)]))

    def passing(self, step_id: StepId, frame: Frame, source: Source, member: Frame) -> str:
        """Return whether an item applies in a pass, as one of one of its lists."""
        condition = True if source.each_when is None else self.holds(source.each_when, member)
        return weakest(self.relevance(step_id, frame), self.of_item(member), BY_TRUTH[condition])

    # Whether it applies

    @remembered
    def relevance(self, step_id: StepId, frame: Frame) -> str:
        """Return whether a step applies in a frame: where what it stands in does, and its condition holds."""
        step = self.step(step_id)
        around = self.around(step, frame)
        if step.when is None or around == "dormant":
            return around
        return weakest(around, BY_TRUTH[self.holds(step.when, frame)])

    def around(self, step: Step, frame: Frame) -> str:
        """Return whether the place applies that a step stands in."""
        if step.within is None:
            return "active"
        parent = self.step(step.within)
        if isinstance(parent, Section):
            return self.relevance(parent.id, frame)
        if isinstance(parent, ForEach):
            outer, source = self.came_by(parent, frame)
            if source is None:
                return "dormant"
            return self.passing(parent.id, outer, source, frame)
        return self.of_item(frame)

    def came_by(self, step: ForEach, member: Frame) -> tuple[Frame, Source | None]:
        """Return the frame that a pass stands in where it comes by an item, and the list it has it from.

        The first list counts in which the item may apply; there is none where it is left out of all.
        """
        for outer in reversed(self.frames_of(step.within)):
            if member in self.passed(step.id, outer):
                for source in step.over:
                    if (
                        source.list == member[-1][0]
                        and self.passing(step.id, outer, source, member) != "dormant"
                    ):
                        return outer, source
                return outer, None
        raise AssertionError(f"{step.id} does not come by {member}")

    @remembered
    def of_item(self, frame: Frame) -> str:
        """Return whether the innermost item of a frame applies: it is there, and its list applies."""
        list_id, item = frame[-1]
        outer = Slot(list_id, frame[:-1])
        if isinstance(self.step(list_id), CollectStep):
            declined = self.said(outer) == "declined"
            if item in self.world.list_at(outer).removed or declined:
                return "dormant"
        return self.relevance(*outer)

    def live(self, list_id: StepId) -> list[Frame]:
        """Return the frames of the items of a list that are there and may apply."""
        return [frame for frame in self.frames_of(list_id) if self.of_item(frame) != "dormant"]

    # What was said

    def step(self, step_id: StepId) -> Step:
        return self.script.by_id[step_id]

    def pass_at(self, step_id: StepId) -> ForEach:
        step = self.step(step_id)
        assert isinstance(step, ForEach)
        return step

    def fact(self, slot: Slot) -> Fact | None:
        return self.world.facts.get(slot)

    def said(self, slot: Slot) -> str:
        """Return what was said about a slot: answered, parked, declined, passed; nothing where it is open."""
        fact = self.fact(slot)
        return "" if fact is None else fact.answer_state

    @remembered
    def state(self, slot: Slot) -> str:
        """Return whether a slot is answered, parked, declined or open."""
        step, said = self.step(slot.step), self.said(slot)
        if isinstance(step, CollectStep) and said in ("", "passed"):
            listed = self.world.list_at(slot)
            enough = step.enough is not None and len(listed.live) >= step.enough and not self.in_full(step)
            return "answered" if listed.closed or enough else "open"
        if isinstance(step, ConfirmStep) and said == "answered":
            return "answered" if self.still_confirmed(step, slot) else "open"
        return said if said in ("answered", "parked", "declined") else "open"

    def value(self, slot: Slot) -> Value | None:
        fact = self.fact(slot)
        is_list = isinstance(self.step(slot.step), CollectStep)
        return None if fact is None or is_list or fact.answer_state != "answered" else fact.value

    def answer(self, slot: Slot) -> Value | None:
        """Return the answer of a slot, if there is one that applies."""
        return self.value(slot) if self.relevance(*slot) == "active" else None

    @remembered
    def standing(self, slot: Slot) -> Standing:
        step, fact = self.step(slot.step), self.fact(slot)
        answered = not isinstance(step, CollectStep | ConfirmStep) and self.value(slot) is not None
        active = self.relevance(*slot) == "active"
        return Standing(
            state=self.state(slot),
            relevance=self.relevance(*slot),
            value=self.value(slot),
            stale_because=self.stale_because(step, slot) if answered and active else (),
            reworded=answered and fact is not None and fact.rev < step.rev,
            refusals=self.refusals(step, slot) if active else (),
            aside=self.aside(slot),
            place=self.place(step, slot.frame),
            unconfirmed=self.unconfirmed(step, slot),
        )

    def unconfirmed(self, step: Step, slot: Slot) -> bool:
        fact, listed = self.fact(slot), self.world.list_at(slot)
        finished_elsewhere = isinstance(step, CollectStep) and listed.closed and listed.taken
        taken = finished_elsewhere or (fact is not None and fact.source == "taken")
        return taken and self.place(step, slot.frame) != "record"

    # What is not asked

    @remembered
    def aside(self, slot: Slot) -> str:
        if self.state(slot) != "open" or self.relevance(*slot) != "active" or self.said(slot) == "passed":
            return ""
        place = self.place(self.step(slot.step), slot.frame)
        return "" if place == "record" else place  # what comes in from a list is nothing set aside

    def place(self, step: Step, frame: Frame) -> str:
        """Return where a question goes that is not asked, nothing for one that is."""
        if self.is_round_not_chosen(step):
            return "unasked"
        if isinstance(step, CollectStep) and step.unasked:
            return "record"
        left = self.left_out(step, frame)
        offered = getattr(step, "offered_when", None)
        if not left and offered is not None and self.holds(offered, frame) is not True:
            return "unasked"
        return left or self.by_the_other_way(step, frame)

    def by_the_other_way(self, step: Step, frame: Frame) -> str:
        """Return whether a question waits for the round that was chosen for it."""
        if not isinstance(step, QuestionStep):
            return ""
        if step.together is None or step.together not in self.world.together:
            return ""
        slots = [self.own(step.together, frame)]
        if isinstance(step, PickStep) and self.is_about_each(step.together, frame):
            slots = [one for one in self.order() if one.step == step.together and one.frame[:-1] == frame]
            slots = [one for one in slots if len(one.frame) == len(frame) + 1]
        waits = any(
            self.applies(one) and self.said(one) != "passed" and self.is_to_come(one) for one in slots
        )
        return "unasked" if waits else ""

    def is_round_not_chosen(self, step: Step) -> bool:
        """Tell whether a question is prepared by a round that nobody chose."""
        prepares = any(getattr(one, "together", None) == step.id for one in self.script.steps)
        return prepares and step.id not in self.world.together

    def is_about_each(self, step_id: StepId, frame: Frame) -> bool:
        """Tell whether a ballot stands in a list that is one deeper than a place."""
        around = tuple(list_id for list_id, _ in frame)
        return any(chain[:-1] == around != chain for chain in self.script.chains[step_id])

    def is_to_come(self, slot: Slot) -> bool:
        """Tell whether a round is open, and neither left out nor set aside."""
        return self.state(slot) == "open" and not self.place(self.step(slot.step), slot.frame)

    def left_out(self, step: Step, frame: Frame) -> str:
        """Return where a step goes by the depth of the session, or by what was left out for lack of time."""
        if step.id in self.world.agenda.cut:
            return self.world.agenda.cut[step.id]
        around = self.left_out_around(step, frame)
        asked = step.depth == "room" or self.in_full(step)
        if not around and asked:
            return "unasked" if self.may_be_empty(step, frame) and not self.in_full(step) else ""
        if step.late in ("homework", "drop") and around != "sitting":
            return "homework" if step.late == "homework" else "unasked"
        return around or "leave"

    def may_be_empty(self, step: Step, frame: Frame) -> bool:
        """Tell whether a list is one here that is asked only where everything is."""
        condition = step.full_when if isinstance(step, CollectStep) else None
        return condition is not None and self.holds(condition, frame) is True

    def left_out_around(self, step: Step, frame: Frame) -> str:
        if step.within is None:
            return ""
        parent = self.step(step.within)
        if isinstance(parent, Fixed):
            around = self.left_out(parent, frame[:-1])
            return self.world.agenda.cut.get(f"{parent.id}[{frame[-1][1]}]", around)
        if isinstance(parent, CollectStep):
            return "record" if parent.unasked else self.left_out(parent, frame[:-1])
        if isinstance(parent, ForEach):
            outer, source = self.came_by(parent, frame)
            around = self.left_out(parent, outer)
            gone_over = source is None or source.depth == "room" or self.in_full(parent)
            return around if around or gone_over else "leave"
        return self.left_out(parent, frame)

    def in_full(self, step: Step) -> bool:
        """Tell whether everything is asked in the part of the agenda that a step stands in."""
        while step.within is not None:
            step = self.step(step.within)
        return self.world.agenda.depth == "full" or step.id in self.world.agenda.whole

    # Conditions: true, false, or not known yet

    @remembered
    def holds(self, condition: Predicate, frame: Frame) -> bool | None:
        match condition:
            case AllOf():
                inner = [self.holds(one, frame) for one in condition.all]
                return False if False in inner else UNKNOWN if UNKNOWN in inner else True
            case AnyOf():
                inner = [self.holds(one, frame) for one in condition.any]
                return True if True in inner else UNKNOWN if UNKNOWN in inner else False
            case Not():
                return {True: False, False: True, UNKNOWN: UNKNOWN}[self.holds(condition.not_, frame)]
            case _:
                return self.leaf_holds(condition, frame)

    def leaf_holds(self, condition: Predicate, frame: Frame) -> bool | None:
        match condition:
            case ItemIs():
                return any(one == condition.item and item in condition.wanted for one, item in frame)
            case Count():
                return self.counts(condition, frame)
            case AnswerIs():
                return self.about(
                    condition.answer, frame, lambda slot: self.is_one_of(slot, condition.wanted)
                )
            case IsAnswered():
                return self.about(condition.answered, frame, lambda slot: self.state(slot) == "answered")
            case ItemIn():
                return self.picked(condition.item_in, frame)
            case IsParked():
                slot = self.own(condition.parked, frame)
                known = self.about(condition.parked, frame, lambda _: False)
                return True if self.applies(slot) and self.state(slot) == "parked" else known
            case _:
                raise AssertionError(condition)

    def own(self, step_id: StepId, frame: Frame) -> Slot:
        """Return the slot that a name means in a frame: in the items of the lists that the step stands in."""
        lists = {name for around in self.script.frames_of(self.step(step_id)) for name in around}
        return Slot(step_id, tuple(pair for pair in frame if pair[0] in lists))

    def is_there(self, slot: Slot) -> bool:
        return slot.frame in self.frames_of(self.step(slot.step).within)

    def applies(self, slot: Slot) -> bool:
        return self.is_there(slot) and self.relevance(*slot) == "active"

    def about(self, step_id: StepId, frame: Frame, told: Callable[[Slot], bool]) -> bool | None:
        """Return what is told of an answer; unknown while it is open or parked, or does not apply (yet)."""
        slot = self.own(step_id, frame)
        if not self.applies(slot):
            return UNKNOWN
        if self.state(slot) == "open":
            return False if self.said(slot) == "passed" or self.aside(slot) else UNKNOWN
        return UNKNOWN if self.state(slot) == "parked" else told(slot)

    def is_one_of(self, slot: Slot, wanted: tuple[str, ...]) -> bool:
        value = self.value(slot)
        several = value if isinstance(value, tuple) else () if value is None else (str(value),)
        return bool(set(several) & set(wanted))

    def picked(self, step_id: StepId, frame: Frame) -> bool | None:
        items = tuple(item for _, item in frame)
        found = self.about(step_id, frame, lambda slot: self.is_one_of(slot, items))
        slot = self.own(step_id, frame)
        step = self.step(step_id)
        if found is UNKNOWN and self.applies(slot) and isinstance(step, QuestionStep) and step.optional:
            return False
        return found

    def counts(self, condition: Count, frame: Frame) -> bool | None:
        """Return whether a list has so many items; what is still open may only become more."""
        step = self.step(condition.count)
        lists = [Slot(step.id, outer) for outer in self.frames_of(step.within) if agree(outer, frame)]
        n = sum(1 for member in self.live(step.id) if agree(member[:-1], frame))
        finished = True
        if isinstance(step, CollectStep):
            if not lists or any(self.relevance(*slot) != "active" for slot in lists):
                return UNKNOWN
            finished = step.unasked or all(
                self.state(slot) in ("answered", "declined") or self.aside(slot) for slot in lists
            )
        least = condition.at_least is None or n >= condition.at_least
        most = condition.at_most is None or n <= condition.at_most
        if finished or not most:
            return least and most
        return True if least and condition.at_most is None else UNKNOWN

    # What an answer rests on

    def stale_because(self, step: Step, slot: Slot) -> tuple[Slot, ...]:
        """Return what says something else now than when the answer was given, or last looked at."""
        if not isinstance(step, QuestionStep) or step.on_stale == "keep":
            return ()
        then = self.when_given(slot)
        slots = (self.based(name, slot.frame) for name in step.basis)
        return tuple(one for one in slots if then.has(step, one) and then.says(one) != self.says(one))

    def based(self, step_id: StepId, frame: Frame) -> Slot:
        """Return the slot that a basis means: that of one's own frame, or the step itself outside of all."""
        slot = self.own(step_id, frame)
        full = any(len(around) == len(slot.frame) for around in self.script.frames_of(self.step(step_id)))
        return slot if full else Slot(step_id)

    def has(self, step: Step, slot: Slot) -> bool:
        """Tell whether an answer could rest on a slot: it is there, or all answers of a list are meant."""
        around = {name for chain in self.script.chains[step.id] for name in chain}
        lists = self.script.frames_of(self.step(slot.step))
        return self.is_there(slot) or not any(set(chain) <= around for chain in lists)

    def when_given(self, slot: Slot) -> Oracle:
        """Return the world as it was when the answer was given or affirmed, and not merely reworded."""
        for moment in reversed(self.world.moments):
            event = moment.event
            if isinstance(event, AnswerAffirmed) and event.slot == slot:
                return self.at(moment)
            if isinstance(event, SlotAnswered) and event.slot == slot:
                before = moment.before.facts.get(slot)
                if not (event.same and before is not None and before.answer_state == "answered"):
                    return self.at(moment)
        raise AssertionError(f"{slot} was never answered")

    @remembered
    def _at(self, place: int) -> Oracle:
        moment = self.world.moments[place]
        world = moment.before.copied()
        world.moments = self.world.moments[:place]
        return Oracle(self.script, world)

    def at(self, moment: Moment) -> Oracle:
        """Return what can be asked of the world just before an event."""
        found: Oracle = self._at(next(n for n, one in enumerate(self.world.moments) if one is moment))
        return found

    def says(self, slot: Slot) -> object:
        """Return what a slot says to an answer that rests on it."""
        if not self.is_there(slot):
            within = self.script.frames_of(self.step(slot.step))[0]
            every = self.live(within[-1]) if within else []
            return [self.meaning(Slot(slot.step, frame)) for frame in every]
        if self.relevance(*slot) != "active":
            return "nothing"
        step = self.step(slot.step)
        if isinstance(step, CollectStep):
            return [(item, self.name(item)) for item in self.world.list_at(slot).live]
        if self.said(slot) == "declined":
            return "does not apply"
        value = self.value(slot)
        if isinstance(step, PickStep) and isinstance(value, tuple):
            return [(item, self.name(ItemId(item))) for item in value]
        return self.meaning(slot) or "nothing"

    def name(self, item: ItemId) -> str:
        """Return what an item is called, as far as it matters: the first of its names that was given."""
        frame = self.world.frames.get(item)
        step = self.step(frame[-1][0]) if frame else None
        names = step.label if isinstance(step, CollectStep) and frame is not None else ()
        return next((told for name in names if (told := self.meaning(Slot(name, frame or ())))), "")

    def meaning(self, slot: Slot) -> str:
        """Return what was said before anything was merely put in other words."""
        fact = self.fact(slot)
        while fact is not None and fact.rewords is not None:
            fact = fact.rewords
        return repr(fact.value) if fact is not None and fact.answer_state == "answered" else ""

    # Look backs

    def still_confirmed(self, step: ConfirmStep, slot: Slot) -> bool:
        """Tell whether all that was looked back on says what it said then, if in other words."""
        for moment in reversed(self.world.moments):
            if isinstance(moment.event, LookBackConfirmed) and moment.event.slot == slot:
                then = self.at(moment)
                mine, theirs = self.looked_at(step), then.looked_at(step)
                number = moment.action.number
                return list(mine) == list(theirs) and all(
                    self.same(mine[one], theirs[one], number) for one in mine
                )
        raise AssertionError(f"{slot} was never confirmed")

    def looked_at(self, step: ConfirmStep) -> dict[Slot, object]:
        """Return what a look back is about: answers that apply, and the items of lists, in order."""
        found: dict[Slot, object] = {}
        for slot in self.order():
            if slot.step == step.id:
                break
            about, inside = self.step(slot.step), self.step(slot.step)
            while inside.within is not None:
                inside = self.step(inside.within)
            if isinstance(about, ConfirmStep) or (step.of and inside.id not in step.of):
                continue
            if isinstance(about, LongTextStep) and about.each_line == "reading":
                continue
            if self.relevance(*slot) == "active":
                if isinstance(about, CollectStep):
                    found[slot] = self.world.list_at(slot).live
                elif self.value(slot) is not None:
                    found[slot] = self.fact(slot)
        return found

    def same(self, now: object, then: object, confirmed: int) -> bool:
        """Tell whether an answer says what it said then: in the words it has, or had before it was reworded.

        Where it means something else since, words that it had in between do not count.
        """
        if not isinstance(now, Fact) or not isinstance(then, Fact):
            return now == then
        wordings = [now]
        while wordings[-1].rewords is not None:
            wordings.append(wordings[-1].rewords)
        told = next((one for one in wordings if one.number <= confirmed), now)
        return repr(told.value) == repr(then.value)

    # Limits

    def refusals(self, step: Step, slot: Slot) -> tuple[str, ...]:
        """Return the limits that an answer breaks now."""
        if isinstance(step, CollectStep):
            listed = self.world.list_at(slot)
            on_purpose = listed.reason and not listed.live
            bounded = listed.closed and not on_purpose
            least = 0 if self.may_be_empty(step, slot.frame) else step.count.min
            return number_of(len(listed.live), least, step.count.max) if bounded else ()
        value = self.value(slot)
        if value is None or isinstance(step, DateStep | ConfirmStep):
            return ()
        if isinstance(step, TextStep | LongTextStep):
            return self.text_refusals(step, slot, str(value))
        if isinstance(step, ChoiceStep | SeveralStep | PickStep):
            return self.choice_refusals(step, slot, value if isinstance(value, tuple) else (str(value),))
        if isinstance(step, RoundStep):
            longest = step.limit.max_chars or 10**6
            return ("too_long",) if any(len(text) > longest for text in tuple_of(value)) else ()
        if isinstance(step, BallotStep):
            return () if all(self.can_be_given(step, one) for one in tuple_of(value)) else ("choice_gone",)
        assert isinstance(step, NumberStep)
        assert isinstance(value, int | float)
        low, high = step.limit.min, step.limit.max
        broken = {
            "not_whole": step.limit.integer and not isinstance(value, int),
            "too_low": low is not None and value < low,
            "too_high": high is not None and value > high,
        }
        return tuple(name for name, is_so in broken.items() if is_so)[:1]

    def choice_refusals(
        self, step: ChoiceStep | SeveralStep | PickStep, slot: Slot, chosen: tuple[str, ...]
    ) -> tuple[str, ...]:
        if isinstance(step, PickStep):
            offered = [str(member[-1][1]) for member in self.to_pick(step, slot.frame)]
            gone = "item_gone"
        else:
            gone = "choice_gone"
            offered = [
                choice.id
                for choice in step.choices
                if choice.when is None or self.holds(choice.when, slot.frame) is not False
            ]
        if any(one not in offered for one in chosen):
            return (gone,)
        if isinstance(step, ChoiceStep):
            return ()
        return number_of(len(chosen), step.count.min, step.count.max)

    def to_pick(self, step: PickStep, frame: Frame) -> list[Frame]:
        return [
            member
            for source in step.source
            for member in self.live(source.list)
            if may_be_meant(member, self.seen_from(step, source, frame))
            and (source.each_when is None or self.holds(source.each_when, member) is True)
        ]

    def seen_from(self, step: PickStep, source: Source, frame: Frame) -> Frame:
        """Return a frame without what a pass over the list of a pick goes through on its way to an item."""
        above: Step = step
        while above.within is not None:
            above = self.step(above.within)
            if not isinstance(above, Section):
                break
        if not isinstance(above, ForEach) or not frame or frame[-1][0] != source.list:
            return frame
        outside = {name for outer in self.frames_of(above.within) for name, _ in outer}
        return (*(pair for pair in frame[:-1] if pair[0] in outside), frame[-1])

    def can_be_given(self, step: BallotStep, ballot: str) -> bool:
        """Tell whether one person could have given a ballot, or a few together have its mean."""
        asked: Step = step
        for other in self.script.steps:
            if not step.choices and isinstance(other, ChoiceStep) and other.together == step.id:
                asked = other
        ids = [choice.id for choice in getattr(asked, "choices", ())]
        low, high = (0, step.each) if step.each else (1, 99)
        if step.scale is not None:
            low, high = step.scale.min, step.scale.max
        elif ids and not step.each and not step.rank:
            if not all(one.isdecimal() for one in ids):
                return ballot in ids
            low, high = min(map(int, ids)), max(map(int, ids))
        return ballot.replace(".", "", 1).isdecimal() and low <= float(ballot) <= high

    def text_refusals(self, step: TextStep | LongTextStep, slot: Slot, text: str) -> tuple[str, ...]:
        limit = step.limit
        if limit.min_chars is not None and len(text) < limit.min_chars:
            return ("too_short",)
        if limit.max_chars is not None and len(text) > limit.max_chars:
            return ("too_long",)
        if limit.unique_in is not None:
            # Of two that say the same, the one further down the list repeats the other.
            for frame in self.live(limit.unique_in):
                if frame == slot.frame:
                    break
                other = self.fact(Slot(step.id, frame))
                if other is not None and isinstance(other.value, str) and normal(other.value) == normal(text):
                    return ("already_there",)
        return ()


BY_TRUTH = {True: "active", False: "dormant", UNKNOWN: "pending"}


def weakest(*parts: str) -> str:
    """Return what several together come to: one that is dormant decides, then one that is pending."""
    return next((one for one in ("dormant", "pending") if one in parts), "active")


def may_be_meant(member: Frame, frame: Frame) -> bool:
    """Tell whether an item may be picked at a frame; inside its own list, every one but the item itself."""
    mine = dict(frame)
    name, item = member[-1]
    if name in mine:
        return item != mine[name] and agree(member[:-1], frame)
    return agree(member, frame)


def agree(member: Frame, frame: Frame) -> bool:
    """Tell whether two frames are about the same items, in all lists that both are in."""
    return all(item == other for name, item in member for same, other in frame if name == same)


def number_of(n: int, least: int, most: int | None) -> tuple[str, ...]:
    if n < least:
        return ("too_few",)
    return ("too_many",) if most is not None and n > most else ()
