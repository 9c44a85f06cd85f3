"""Data model of a script: its steps as frozen dataclasses, and ``Script`` as an index over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, Literal, TypeAlias

from bsc_coach.script.header import Header, Migration, StepRef
from bsc_coach.script.predicates import Predicate
from bsc_coach.script.slots import ItemId, StepId
from bsc_coach.script.step_parts import (
    Bounds,
    Choice,
    Coached,
    Depth,
    FixedItem,
    Late,
    Limit,
    NamesRule,
    Prefix,
    Scale,
    SourceEntry,
    Variant,
)
from bsc_coach.script.tables import Check, ScriptTable, UnionByKind, members_of


class StepBase(ScriptTable):
    """What every step has."""

    id: StepRef
    within: StepRef | None = None
    rev: Annotated[int, Check(ge=1)] = 1
    title: str | None = None
    ask: str | None = None
    short: str | None = None
    """A name of two or three words, for agenda, cards and tables."""
    help: str | None = None
    good: str | None = None
    poor: str | None = None
    reason: str | None = None
    offer: str | None = None
    """Answers that others gave, one a line: whoever likes one takes it over by its number."""
    minutes: Annotated[float, Check(gt=0)] | None = None
    """How long it takes each time it is asked; of a part of the agenda, where its questions do not say."""
    least: Annotated[float, Check(gt=0)] | None = None
    """How long it takes when there is little time; without it, as long as ever."""
    taken_over: bool = True
    """Whether a session that begins with an earlier strategy takes over what that says here and inside it."""
    depth: Depth = "room"
    """At which depth it is asked, with everything inside it."""
    late: Late = "shorten"
    """What happens when there is no time for it; what is inside goes with it, unless it says otherwise."""
    typical: Annotated[float, Check(gt=0)] | None = None
    """How many items a list or a pass usually comes to, or in how many of its items a question is asked."""
    when: Predicate | None = None
    variants: tuple[Variant, ...] = ()


class Container(StepBase):
    """A step that holds others and is not answered itself."""

    title: str = field()  # needed, though the base has a default
    layout: Literal["plain", "table"] = "plain"
    """A table shows the choices and short texts of all its items at once."""


class Section(Container):
    """A part of the agenda."""

    kind: Literal["section"] = "section"


class Fixed(Container):
    """A list whose items the script names."""

    kind: Literal["fixed"] = "fixed"
    field: str | None = None
    items: Annotated[tuple[FixedItem, ...], Check(min_length=1)]

    @property
    def item_ids(self) -> tuple[ItemId, ...]:
        """The ids of the items, in order."""
        return tuple(ItemId(item.id) for item in self.items)

    def text_of(self, item: ItemId) -> str:
        """Return the base text of one of the items, or its id if a newer script has it no more."""
        return next((entry.text for entry in self.items if entry.id == item), item)


class ForEach(Container):
    """A later pass over items of one or more lists."""

    kind: Literal["for_each"] = "for_each"
    field: str | None = None
    over: Annotated[tuple[SourceEntry, ...], Check(min_length=1)]


class QuestionStep(StepBase):
    """A step that is answered."""

    ask: str = field()
    field: str | None = None
    basis: tuple[StepRef, ...] = ()
    on_stale: Literal["keep", "flag", "reask"] = "flag"
    optional: bool = False
    unasked: bool = False
    """The interview never asks it: a command of the talk answers it, and whoever goes to it can change it."""
    offered_when: Predicate | None = None
    """Where it is offered, for one that is optional; answered elsewhere, its answer counts all the same."""
    coach: Coached | None = None
    stand_in: str | None = None
    """Words used where a text mentions this answer and there is none yet."""
    together: StepRef | None = None
    """The round or ballot in which everybody answers it at once, where the facilitator has chosen that."""


class CollectStep(QuestionStep):
    """A list that people fill: add, edit, reorder, remove, and say when it is done."""

    kind: Literal["collect"] = "collect"
    more: str
    prefix: Prefix | None = None
    """Letters of the short ids; absent where the fixed item around gives them, or where the item
    around has a short id of its own to extend (O1 → O1.1)."""
    parent: str | None = None
    """Field of the strategy's item that names the item around this list."""
    label: Annotated[tuple[StepRef, ...], Check(min_length=1)]
    """Steps whose answer names an item; the first that is answered."""
    count: Bounds = Bounds()
    enough: Annotated[int, Check(ge=1)] | None = None
    """With so many items the list is finished without being asked again, unless everything is asked."""
    empty_field: str | None = None
    """Field of the strategy that holds why the list was deliberately left empty."""
    full_when: Predicate | None = None
    """Where it holds, the list is asked only where everything is, and may be left empty."""
    layout: Literal["list", "card", "link"] = "list"
    row: tuple[StepRef, ...] = ()
    """Steps about an item that can be answered with it on one line; the first is the one that adds it."""
    originals: StepRef | None = None
    """The step inside it that keeps what was written in the round, of which an item was made."""
    short_names: bool = False
    """Whether items are a few words each, so that several may stand on one line: "plan > pick > deliver"."""


MayBe = Literal["number", "date", "question", "lines"]
"""What an answer in words may be without being asked back: a bare number or date, a question, many lines."""


class TextStep(QuestionStep):
    """A line of text."""

    kind: Literal["text"] = "text"
    limit: Limit = Limit(max_chars=300)
    may_be: tuple[MayBe, ...] = ()
    offer_from: tuple[StepRef, ...] = ()
    """Steps whose answers are offered by number, and recognised however they are written: roles."""
    start_from: StepRef | None = None
    """Step whose answer is the first wording: Enter alone takes it, and what is typed replaces it."""


class LongTextStep(QuestionStep):
    """A text that may have several lines."""

    kind: Literal["long_text"] = "long_text"
    limit: Limit = Limit()
    may_be: tuple[MayBe, ...] = ()
    each_line: Literal["reading"] | None = None
    """What each line is: a reading of a KPI, the date and the number first."""


class NumberStep(QuestionStep):
    """A number, as either language writes it."""

    kind: Literal["number"] = "number"
    limit: Limit = Limit()


class DateStep(QuestionStep):
    """A date, as coarse as a year."""

    kind: Literal["date"] = "date"


class ChoiceStep(QuestionStep):
    """One of several choices."""

    kind: Literal["choice"] = "choice"
    choices: Annotated[tuple[Choice, ...], Check(min_length=2)]


class SeveralStep(QuestionStep):
    """Some of several choices."""

    kind: Literal["several"] = "several"
    choices: Annotated[tuple[Choice, ...], Check(min_length=2)]
    count: Bounds = Bounds()


class PickStep(QuestionStep):
    """Some of the items collected earlier; the answer is item ids, so a rename breaks nothing."""

    kind: Literal["pick"] = "pick"
    source: Annotated[tuple[SourceEntry, ...], Check(min_length=1)]
    count: Bounds = Bounds(min=1)
    gives: str | None = None
    """What the items picked get in the field, where that is not a mere mark and they have no own answer to
    it: who is picked as the one who decides plays the part of the decider."""


class RoundStep(QuestionStep):
    """Everybody writes for themselves; the answer is what was written, in an order that tells nothing."""

    kind: Literal["round"] = "round"
    names: NamesRule = "nobody"
    limit: Limit = Limit(max_chars=280)
    most: Annotated[int, Check(ge=1)] = 10
    """How many texts one person may write."""


class BallotStep(QuestionStep):
    """Everybody votes; the answer is the ballots, sorted, and never who gave which.

    What is voted on at once are the ballots of all items around it that stand in the same list or pass.
    """

    kind: Literal["ballot"] = "ballot"
    names: NamesRule = "nobody"
    scale: Scale | None = None
    choices: tuple[Choice, ...] = ()
    """The answers; where there are none, and no numbers, those of the question that it prepares."""
    each: Annotated[int, Check(ge=1)] | None = None
    """Dots or points that one person divides over all that is voted on at once."""
    rank: bool = False
    """Whether each person puts all that is voted on at once in order, 1 for the first."""
    sentences: StepRef | None = None
    """Where the sentence of whoever wants one said is kept."""


class ConfirmStep(QuestionStep):
    """A look back over sections: what is settled, open, stale; confirmed with one key."""

    kind: Literal["confirm"] = "confirm"
    of: tuple[StepRef, ...] = ()
    """Sections looked back on; none named means everything before this step."""


Answerable = (
    CollectStep
    | TextStep
    | LongTextStep
    | NumberStep
    | DateStep
    | ChoiceStep
    | SeveralStep
    | PickStep
    | RoundStep
    | BallotStep
    | ConfirmStep
)
Step: TypeAlias = Annotated[Section | Fixed | ForEach | Answerable, UnionByKind()]


def is_measured(step: Step) -> bool:
    """Tell whether a step holds readings: what was measured, and not what people agreed on."""
    return isinstance(step, LongTextStep) and step.each_line is not None


KIND_MODELS = members_of(Step)
"""The kinds of step by the ``kind`` that each is written with."""


class ScriptFile(ScriptTable):
    """A script file as it is written."""

    script: Header
    step: Annotated[tuple[Step, ...], Check(min_length=1)]
    migrate: tuple[Migration, ...] = ()


Translation = Mapping[str, Mapping[str, str]]
"""Translated texts of one language: step id → role (or "choice.ID", "item.ID") → text."""


@dataclass(frozen=True)
class Script:
    """A checked script: every reference in it resolves, and looks back."""

    header: Header
    steps: tuple[Step, ...]
    migrations: tuple[Migration, ...] = ()
    translations: Mapping[str, Translation] = field(default_factory=dict)
    digest: str = ""
    """Digest of the files it was loaded from."""
    derived: dict[Any, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What was derived of it once."""

    @cached_property
    def by_id(self) -> dict[StepId, Step]:
        """Every step by its id."""
        return {step.id: step for step in self.steps}

    @cached_property
    def children(self) -> dict[StepId | None, tuple[Step, ...]]:
        """The steps directly inside each step, in file order; None holds the top level."""
        found: dict[StepId | None, list[Step]] = {}
        for step in self.steps:
            found.setdefault(step.within, []).append(step)
        return {parent: tuple(inside) for parent, inside in found.items()}

    def step(self, step_id: StepId) -> Step:
        """Return a step. Raises KeyError for one that the script does not have."""
        return self.by_id[step_id]

    def inside(self, step_id: StepId | None) -> tuple[Step, ...]:
        """Return the steps directly inside a step (None: the top level), in file order."""
        return self.children.get(step_id, ())

    def section_of(self, step_id: StepId) -> StepId:
        """Find the top-level step that a step stands in."""
        return self._sections[step_id]

    @cached_property
    def _sections(self) -> dict[StepId, StepId]:
        sections: dict[StepId, StepId] = {}
        for step in self.steps:
            sections[step.id] = step.id if step.within is None else sections[step.within]
        return sections

    @cached_property
    def chains(self) -> dict[StepId, tuple[tuple[StepId, ...], ...]]:
        """For each step the lists around it, outermost first; a pass over several lists has several.

        A list counts itself, because its items stand in it; a pass counts the lists it goes over.
        """
        found: dict[StepId, tuple[tuple[StepId, ...], ...]] = {}
        for step in self.steps:
            around = found[step.within] if step.within is not None else ((),)
            if isinstance(step, Fixed | CollectStep):
                found[step.id] = tuple((*chain, step.id) for chain in around)
            elif isinstance(step, ForEach):
                found[step.id] = tuple(
                    dict.fromkeys(chain for source in step.over for chain in found[source.list])
                )
            else:
                found[step.id] = around
        return found

    @cached_property
    def _frames(self) -> dict[StepId, tuple[tuple[StepId, ...], ...]]:
        return {
            step.id: tuple(chain[:-1] for chain in self.chains[step.id])
            if isinstance(step, CollectStep)
            else self.chains[step.id]
            for step in self.steps
        }

    def frames_of(self, step: Step) -> tuple[tuple[StepId, ...], ...]:
        """Return the lists around the slot of ``step`` itself: a list's own slot is outside it."""
        return self._frames[step.id]

    @cached_property
    def prepared(self) -> dict[StepId, Answerable]:
        """The question that each round or ballot prepares, where there is one: its talking variant."""
        return {step.together: step for step in self.asked() if step.together is not None}

    def choosing(self, step: BallotStep) -> BallotStep | ChoiceStep:
        """Return the step whose choices a ballot offers: itself, or the question that it prepares."""
        prepares = self.prepared.get(step.id)
        return prepares if isinstance(prepares, ChoiceStep) and not step.choices else step

    def filling(self, field: str) -> Answerable | None:
        """Find the first step that fills ``field`` of the strategy ("links[].cause"), if there is one."""
        return self._filling.get(field)

    @cached_property
    def _filling(self) -> dict[str, Answerable]:
        found: dict[str, Answerable] = {}
        for step in self.asked():
            if step.field is not None and not (isinstance(step, PickStep) and step.gives):
                found.setdefault(step.field, step)
        return found

    def asked(self) -> Iterator[Answerable]:
        """Yield the steps that are answered, in file order."""
        for step in self.steps:
            if isinstance(step, QuestionStep):
                yield step
