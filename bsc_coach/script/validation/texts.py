"""Validation of texts: those that must be there, and what stands in braces in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bsc_coach.script.model import (
    BallotStep,
    ChoiceStep,
    CollectStep,
    ConfirmStep,
    Container,
    Fixed,
    ForEach,
    PickStep,
    QuestionStep,
    RoundStep,
    SeveralStep,
    Step,
)
from bsc_coach.script.placeholders import ANY_BRACES, PLACEHOLDER
from bsc_coach.script.predicates import leaves, named_step
from bsc_coach.script.slots import StepId
from bsc_coach.script.step_parts import TEXT_ROLES, Variant
from bsc_coach.script.validation.outline import Chains
from bsc_coach.script.validation.references import References, reachable
from bsc_coach.script.validation.shape import StepEntry
from bsc_coach.toml_text import Path

_NOT_PLAIN = re.compile(r"\{%.*?%\}|\{#.*?#\}|\{\{|\}\}")
PLAIN_ROLES = frozenset({"stand_in", "item"})
"""Texts that are shown as they are, so that nothing in braces is filled in."""


@dataclass(frozen=True)
class TextAt:
    """One text of a step: its key in a translation, where it stands, and what it says."""

    key: str
    path: Path
    text: str | None
    role: str
    needed: bool = False
    name: str | None = None
    """An id that stands beside it, by which its line is found."""
    translated: bool = True


def texts_of(entry: StepEntry) -> Iterator[TextAt]:
    """Yield every text of a step, also those that are missing though they are needed."""
    step = entry.step
    needed = _needed(step)
    for role in TEXT_ROLES:
        text = getattr(step, role, None)
        if text is not None or role in needed:
            yield TextAt(role, (role,), text, role, role in needed)
    for number, variant in enumerate(step.variants):
        for role in TEXT_ROLES:
            text = getattr(variant, role, None)
            if text is not None:
                yield TextAt(f"variant.{number}.{role}", ("variants", number, role), text, role, True)
    if isinstance(step, ChoiceStep | SeveralStep | BallotStep):
        for choice in step.choices:
            yield TextAt(f"choice.{choice.id}", ("choices",), choice.text, "choice", True, choice.id)
            if choice.help is not None:
                yield TextAt(f"choice.{choice.id}.help", ("choices",), choice.help, "choice", True, choice.id)
    if isinstance(step, Fixed):
        for item in step.items:
            yield TextAt(f"item.{item.id}", ("items",), item.text, "item", True, item.id)


def _needed(step: Step) -> tuple[str, ...]:
    if isinstance(step, Container):
        return ("title",)
    return ("ask", "more", "help") if isinstance(step, CollectStep) else ("ask", "help")


class Texts:
    """Checking the texts of one script."""

    def __init__(self, refs: References) -> None:
        self.refs = refs
        self.outline = refs.outline

    def check(self) -> None:
        """Report texts that are missing and placeholders that mean nothing."""
        for entry in self.outline.entries:
            for told in texts_of(entry):
                if told.text is None:
                    if not entry.lacks(told.role):
                        self.refs.findings.add("text_missing", entry.spot, name=told.role)
                elif not told.text.strip():
                    self.refs.findings.add("text_empty", entry.spot, told.path, at=told.name, name=told.key)
                elif "{" in told.text or "}" in told.text:
                    self.check_placeholders(self.refs, entry, told, told.text)

    def check_placeholders(self, refs: References, entry: StepEntry, told: TextAt, text: str) -> None:
        """Report what stands in braces in ``text`` and cannot be filled in."""
        add, at = refs.findings.add, told.name
        if told.role in PLAIN_ROLES:
            if _NOT_PLAIN.search(text):
                add("placeholder_here", entry.spot, told.path, at=at, name=told.key)
            return
        frames = self._frames(entry, told)
        for found in ANY_BRACES.finditer(text):
            plain = PLACEHOLDER.fullmatch(found[0])
            if plain is None:
                add("not_plain", entry.spot, told.path, at=at, name=found[0])
            else:
                self._check_reference(refs, entry, told, StepId(plain[1]), frames)
        for found in _NOT_PLAIN.finditer(ANY_BRACES.sub("", text)):
            key = "not_plain" if len(found[0]) > 2 else "braces_unbalanced"
            add(key, entry.spot, told.path, at=at, name=found[0])

    def _frames(self, entry: StepEntry, told: TextAt) -> Chains:
        """Return the lists around a text: for a variant, of the places that its condition can tell of."""
        around = self.outline.around(entry)
        kind, _, rest = told.key.partition(".")
        if kind != "variant" or around is None:
            return around
        variant = entry.step.variants[int(rest.partition(".")[0])]
        return tuple(frame for frame in around if self._tells_of(variant, (frame,))) or around

    def _tells_of(self, variant: Variant, frames: Chains) -> bool:
        named = [self.outline.by_id.get(named_step(leaf)) for leaf in leaves(variant.when)]
        return all(target is None or reachable(self.outline, target, frames) for target in named)

    def _check_reference(
        self, refs: References, entry: StepEntry, told: TextAt, name: StepId, frames: Chains
    ) -> None:
        before, _, last = name.rpartition(".")
        if last == "label" and (StepId(before) in self.outline.by_id or name not in self.outline.by_id):
            self._check_label(refs, entry, told, StepId(before), frames)
            return
        found = refs.look_up(entry, name, told.path)
        if found is None:
            return
        add = refs.findings.add
        step = found.step
        if not isinstance(step, QuestionStep) or isinstance(
            step, CollectStep | ConfirmStep | PickStep | SeveralStep | RoundStep | BallotStep
        ):
            add("no_words_for", entry.spot, told.path, at=told.name, name=name)
        elif step.stand_in is None and not found.lacks("stand_in"):
            add("no_stand_in", entry.spot, told.path, at=told.name, name=name)
        elif not refs.reachable(found, frames):
            around = refs.outline.around(found) or ((),)
            listed = next((chain[-1] for chain in around if chain), name)
            add("out_of_reach", entry.spot, told.path, at=told.name, name=name, list=listed)

    def _check_label(
        self, refs: References, entry: StepEntry, told: TextAt, name: StepId, frames: Chains
    ) -> None:
        found = refs.look_up(entry, name, told.path)
        if found is None:
            return
        add = refs.findings.add
        if not isinstance(found.step, Fixed | CollectStep | ForEach):
            add("no_label", entry.spot, told.path, at=told.name, name=name)
            return
        lists = {source.list for source in found.step.over} if isinstance(found.step, ForEach) else {name}
        if frames is not None and not all(lists & set(frame) for frame in frames) and not found.lacks("over"):
            add("label_out_of_reach", entry.spot, told.path, at=told.name, name=name)
