"""The texts of a script as they are asked: in the session's language, with earlier answers in place."""

from __future__ import annotations

from bsc_coach.interview.conditions import slot_in_frame, truth
from bsc_coach.interview.plan import Plan
from bsc_coach.script.model import Asked, Choice, ForEach, Script, Step, StepBase, TextRole
from bsc_coach.script.placeholders import PLACEHOLDER
from bsc_coach.script.slots import Frame, StepId
from bsc_coach.text import one_line


def text_of(walk: Plan, step: StepBase, frame: Frame, role: TextRole) -> str | None:
    """Return a text of ``step`` as it is asked at ``frame``, or None where the script has none."""
    raw = _variant(walk, step, frame, role) or _translated(walk.script, step, role, walk.language)
    return None if raw is None else fill(walk, raw, frame)


def _variant(walk: Plan, step: StepBase, frame: Frame, role: TextRole) -> str | None:
    translation = walk.script.translations.get(walk.language, {}).get(step.id, {})
    for number, variant in enumerate(step.variants):
        text = getattr(variant, role, None)
        if text is not None and truth(walk, variant.when, frame) is True:
            return translation.get(f"variant.{number}.{role}", str(text))
    return None


def _translated(script: Script, step: StepBase, role: TextRole, language: str) -> str | None:
    translated = script.translations.get(language, {}).get(step.id, {}).get(role)
    return translated if translated is not None else getattr(step, role, None)


def choice_text(walk: Plan, step: Step, choice: Choice, frame: Frame) -> str:
    """Return a choice as it is offered at ``frame``."""
    translated = walk.script.translations.get(walk.language, {}).get(step.id, {})
    return fill(walk, translated.get(f"choice.{choice.id}", choice.text), frame)


def choice_help(walk: Plan, step: Step, choice: Choice, frame: Frame) -> str:
    """Return what a choice means, or nothing."""
    translated = walk.script.translations.get(walk.language, {}).get(step.id, {})
    return fill(walk, translated.get(f"choice.{choice.id}.help", choice.help or ""), frame)


def fill(walk: Plan, text: str, frame: Frame) -> str:
    """Return ``text`` with each ``{{ reference }}`` replaced by the answer it means at ``frame``."""
    return PLACEHOLDER.sub(lambda found: _mentioned(walk, found[1], frame), text)


def _mentioned(walk: Plan, reference: str, frame: Frame) -> str:
    name, _, last = reference.rpartition(".")
    if last == "label" and StepId(name) in walk.script.by_id:
        return one_line(_label_of(walk, StepId(name), frame))
    slot = slot_in_frame(walk.script, StepId(reference), frame)
    step = walk.script.step(StepId(reference))
    answer = walk.answer(slot)
    if answer is not None:
        choices = {choice.id: choice for choice in getattr(step, "choices", ())}
        told = choice_text(walk, step, choices[str(answer)], frame) if answer in choices else str(answer)
        return one_line(told)
    stand_in = _translated(walk.script, step, "stand_in", walk.language) if isinstance(step, Asked) else None
    return stand_in or "…"


def _label_of(walk: Plan, name: StepId, frame: Frame) -> str:
    """Return the name of the item around ``frame`` that a list or a pass stands for."""
    step = walk.script.step(name)
    lists = {source.list for source in step.over} if isinstance(step, ForEach) else {name}
    for depth in range(len(frame), 0, -1):
        if frame[depth - 1][0] in lists:
            return walk.label(frame[:depth])
    return "…"
