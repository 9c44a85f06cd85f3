"""Validation of references to other steps: each must exist, be asked before, and be in reach from here."""

from __future__ import annotations

from bsc_coach.script.model import (
    BallotStep,
    CollectStep,
    ConfirmStep,
    DateStep,
    ForEach,
    LongTextStep,
    PickStep,
    QuestionStep,
    RoundStep,
    TextStep,
)
from bsc_coach.script.slots import StepId
from bsc_coach.script.step_parts import Source
from bsc_coach.script.validation.findings import Findings
from bsc_coach.script.validation.outline import Chains, Outline, is_asked, is_list, readable
from bsc_coach.script.validation.shape import StepEntry
from bsc_coach.toml_text import Path


class References:
    """Looking up names for one script, reporting those that do not resolve."""

    def __init__(self, outline: Outline, findings: Findings) -> None:
        self.outline = outline
        self.findings = findings

    def look_up(self, entry: StepEntry, name: StepId, path: Path, *, later: bool = False) -> StepEntry | None:
        """Return the step called ``name``; None when it cannot be used here, which is reported then.

        ``later`` allows a step that is asked after this one.
        """
        if not readable(name):
            return None
        found = self.outline.by_id.get(name)
        if found is None:
            known = [other.step.id for other in self.outline.entries]
            self.findings.add("unknown_step", entry.spot, path, at=name, name=name, known=known)
            return None
        if not later and not self.outline.before(found, entry):
            key = "names_itself" if found is entry else "names_later"
            self.findings.add(key, entry.spot, path, at=name, name=name)
            return None
        return found

    def reachable(self, target: StepEntry, frames: Chains, *, some: bool = False) -> bool:
        """Tell whether a step has one answer as seen from ``frames``: every list around it is around them.

        ``some``: it is enough that one of the frames is such.
        """
        return reachable(self.outline, target, frames, some=some)

    def look_up_answer(
        self, entry: StepEntry, name: StepId, path: Path, frames: Chains, *, some: bool = False
    ) -> StepEntry | None:
        """Return a step whose answer may be asked for at ``frames``; None when not, which is reported."""
        found = self.look_up(entry, name, path)
        if found is None:
            return None
        if not is_asked(found):
            self.findings.add("not_answered", entry.spot, path, at=name, name=name)
            return None
        if not self.reachable(found, frames, some=some):
            self.findings.add(
                "out_of_reach", entry.spot, path, at=name, name=name, list=_list_of(self.outline, found)
            )
            return None
        return found

    def look_up_list(self, entry: StepEntry, name: StepId, path: Path) -> StepEntry | None:
        """Return the list called ``name``, if it can be counted or taken from here."""
        found = self.look_up(entry, name, path)
        if found is None:
            return None
        if not is_list(found):
            self.findings.add("not_a_list", entry.spot, path, at=name, name=name)
            return None
        if any(above is found for above in self.outline.ancestors(entry)):
            self.findings.add("list_not_complete", entry.spot, path, at=name, name=name)
            return None
        return found


def reachable(outline: Outline, target: StepEntry, frames: Chains, *, some: bool = False) -> bool:
    """Tell whether every list around ``target`` is around each of ``frames`` (or around some of them)."""
    chains = outline.around(target)
    if frames is None or chains is None or not frames:
        return True
    fits = [any(set(chain) <= set(frame) for chain in chains) for frame in frames]
    return any(fits) if some else all(fits)


def _list_of(outline: Outline, entry: StepEntry) -> str:
    """Return the list that a step stands in, for telling why it is out of reach."""
    chains = outline.around(entry) or ((),)
    return next((chain[-1] for chain in chains if chain), entry.step.id)


def check_references(refs: References) -> None:
    """Report every name outside conditions and texts that does not resolve."""
    for entry in refs.outline.entries:
        step = entry.step
        if isinstance(step, QuestionStep):
            for name in step.basis:
                _check_basis(refs, entry, name)
        if isinstance(step, ForEach):
            for source in step.over:
                _check_over(refs, entry, source)
        if isinstance(step, PickStep):
            for source in step.source:
                refs.look_up_list(entry, source.list, ("from",))
        if isinstance(step, CollectStep):
            _check_labels(refs, entry, step)
            _check_row(refs, entry, step)
        if isinstance(step, ConfirmStep):
            _check_confirmed(refs, entry, step)
        if isinstance(step, TextStep | LongTextStep) and step.limit.unique_in is not None:
            _check_unique(refs, entry, step.limit.unique_in)
        for name in step.offer_from if isinstance(step, TextStep) else ():
            _check_offered(refs, entry, name)
        if isinstance(step, TextStep) and step.start_from is not None:
            _check_start(refs, entry, step.start_from)
        _check_rounds(refs, entry)


def _check_basis(refs: References, entry: StepEntry, name: StepId) -> None:
    """Report what an answer cannot rest on; all answers in a list that was asked before count as one."""
    found = refs.outline.by_id.get(name)
    frames = refs.outline.around(entry)
    around = refs.outline.around(found) if found is not None else None
    lists = {list_id for chain in around or () for list_id in chain}
    above = {above.step.id for above in refs.outline.ancestors(entry)}
    if found is None or not lists or above & lists:
        refs.look_up_answer(entry, name, ("basis",), frames, some=True)
    elif refs.look_up(entry, name, ("basis",)) is not None and not is_asked(found):
        refs.findings.add("not_answered", entry.spot, ("basis",), at=name, name=name)


def _check_offered(refs: References, entry: StepEntry, name: StepId) -> None:
    """Report answers that cannot be offered: those of something that is not answered in words."""
    found = refs.look_up(entry, name, ("offer_from",))
    if found is not None and not isinstance(found.step, TextStep):
        refs.findings.add("offers_no_text", entry.spot, ("offer_from",), at=name, name=name)


def _check_over(refs: References, entry: StepEntry, source: Source) -> None:
    listed = refs.look_up_list(entry, source.list, ("over",))
    frames = refs.outline.around(entry)
    chains = refs.outline.inside(listed) if listed is not None else None
    if frames is None or chains is None:
        return
    if any(chain[: len(frame)] != frame for frame in frames for chain in chains):
        around = ", ".join(dict.fromkeys(name for frame in frames for name in frame))
        refs.findings.add("pass_across", entry.spot, ("over",), at=source.list, name=source.list, list=around)


def _check_labels(refs: References, entry: StepEntry, step: CollectStep) -> None:
    mine = refs.outline.inside(entry)
    for name in step.label:
        found = refs.look_up(entry, name, ("label",), later=True)
        if found is None:
            continue
        theirs = refs.outline.around(found)
        if not isinstance(found.step, TextStep | LongTextStep | DateStep):
            refs.findings.add("label_not_text", entry.spot, ("label",), at=name, name=name)
        elif mine is not None and theirs is not None and not set(mine) <= set(theirs):
            refs.findings.add("label_elsewhere", entry.spot, ("label",), at=name, name=name, list=step.id)


def _check_row(refs: References, entry: StepEntry, step: CollectStep) -> None:
    """Report what a line that holds a whole item cannot answer, and one that does not begin with its name."""
    mine = refs.outline.inside(entry)
    inside = [child.step for child in refs.outline.children.get(entry.number, ())]
    adding = (
        one
        for one in inside
        if isinstance(one, QuestionStep) and not isinstance(one, CollectStep | ConfirmStep)
    )
    first = next(adding, None)
    for place, name in enumerate(step.row):
        found = refs.look_up(entry, name, ("row",), later=True)
        if found is None:
            continue
        theirs = refs.outline.around(found)
        if place == 0 and first is not None and found.step is not first:
            refs.findings.add("row_without_name", entry.spot, ("row",), at=name, name=name, first=first.id)
        elif not is_asked(found) or isinstance(found.step, CollectStep | ConfirmStep):
            refs.findings.add("not_answered", entry.spot, ("row",), at=name, name=name)
        elif mine is not None and theirs is not None and set(mine) != set(theirs):
            refs.findings.add("row_elsewhere", entry.spot, ("row",), at=name, name=name, list=step.id)
        elif found.step.when is not None:
            refs.findings.add("row_not_always", entry.spot, ("row",), at=name, name=name)


def _check_start(refs: References, entry: StepEntry, name: StepId) -> None:
    """Report a first wording that is not to be had here, or that is no text."""
    found = refs.look_up_answer(entry, name, ("start_from",), refs.outline.around(entry))
    if found is not None and not isinstance(found.step, TextStep):
        refs.findings.add("offers_no_text", entry.spot, ("start_from",), at=name, name=name)


def _check_rounds(refs: References, entry: StepEntry) -> None:
    """Report a way to answer together that is none, and places for what was written that cannot hold it."""
    step, around = entry.step, refs.outline.around(entry)
    if isinstance(step, QuestionStep) and step.together is not None:
        _check_together(refs, entry, step, step.together)
    if isinstance(step, BallotStep) and step.sentences is not None:
        found = refs.look_up_answer(entry, step.sentences, ("sentences",), around)
        _check_keeps_lines(refs, entry, found, "sentences")
    if isinstance(step, CollectStep) and step.originals is not None:
        found = refs.look_up(entry, step.originals, ("originals",), later=True)
        inside = found is None or found.step.within == step.id
        if not inside:
            refs.findings.add(
                "row_elsewhere",
                entry.spot,
                ("originals",),
                at=step.originals,
                name=step.originals,
                list=step.id,
            )
        _check_keeps_lines(refs, entry, found, "originals")


def _check_together(refs: References, entry: StepEntry, step: QuestionStep, name: StepId) -> None:
    """Report what cannot prepare a question; a pick may have a ballot about each of its items."""
    around = refs.outline.around(entry)
    sources = [refs.outline.by_id.get(source.list) for source in getattr(step, "source", ())]
    items = [chain for one in sources if one is not None for chain in refs.outline.inside(one) or ()]
    frames = around if around is None else (*around, *items)
    found = refs.look_up_answer(entry, name, ("together",), frames, some=isinstance(step, PickStep))
    wanted = RoundStep if isinstance(step, CollectStep | LongTextStep) else BallotStep
    if found is not None and not isinstance(found.step, wanted):
        key = "together_no_round" if wanted is RoundStep else "together_no_ballot"
        refs.findings.add(key, entry.spot, ("together",), at=name, name=name)


def _check_keeps_lines(refs: References, entry: StepEntry, found: StepEntry | None, key: str) -> None:
    if found is not None and not isinstance(found.step, LongTextStep):
        name = found.step.id
        refs.findings.add("keeps_no_lines", entry.spot, (key,), at=name, name=name)


def _check_confirmed(refs: References, entry: StepEntry, step: ConfirmStep) -> None:
    for name in step.of:
        found = refs.look_up(entry, name, ("of",))
        if found is not None and found.step.within is not None:
            refs.findings.add("not_a_part", entry.spot, ("of",), at=name, name=name)


def _check_unique(refs: References, entry: StepEntry, name: StepId) -> None:
    path: Path = ("limit", "unique_in")
    found = refs.look_up(entry, name, path)
    if found is None:
        return
    if not is_list(found):
        refs.findings.add("not_a_list", entry.spot, path, at=name, name=name)
        return
    mine, theirs = refs.outline.around(entry), refs.outline.inside(found)
    if mine is not None and theirs is not None and not set(mine) <= set(theirs):
        refs.findings.add("unique_elsewhere", entry.spot, path, at=name, name=name)
