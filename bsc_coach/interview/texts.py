"""Rendering the texts of a script: translation, variants, and placeholders filled with earlier answers."""

from __future__ import annotations

from bsc_coach.interview.conditions import slot_in_frame, truth
from bsc_coach.interview.plan import Plan
from bsc_coach.script.model import ForEach, QuestionStep, Script, Step, StepBase
from bsc_coach.script.placeholders import PLACEHOLDER
from bsc_coach.script.slots import Frame, StepId
from bsc_coach.script.step_parts import Choice, TextRole
from bsc_coach.text import one_line


def text_of(plan: Plan, step: StepBase, frame: Frame, role: TextRole) -> str | None:
    """Return a text of ``step`` as it is asked at ``frame``, or None where the script has none."""
    raw = _variant(plan, step, frame, role) or _translated(plan.script, step, role, plan.language)
    return None if raw is None else fill(plan, raw, frame)


def _variant(plan: Plan, step: StepBase, frame: Frame, role: TextRole) -> str | None:
    translation = plan.script.translations.get(plan.language, {}).get(step.id, {})
    for number, variant in enumerate(step.variants):
        text = getattr(variant, role, None)
        if text is not None and truth(plan, variant.when, frame) is True:
            return translation.get(f"variant.{number}.{role}", str(text))
    return None


def title_in(script: Script, step: StepBase, language: str) -> str | None:
    """Return the title of a step in a language, with nothing filled in."""
    return _translated(script, step, "title", language)


def _translated(script: Script, step: StepBase, role: TextRole, language: str) -> str | None:
    translated = script.translations.get(language, {}).get(step.id, {}).get(role)
    return translated if translated is not None else getattr(step, role, None)


def choice_text(plan: Plan, step: Step, choice: Choice, frame: Frame) -> str:
    """Return a choice as it is offered at ``frame``."""
    translated = plan.script.translations.get(plan.language, {}).get(step.id, {})
    return fill(plan, translated.get(f"choice.{choice.id}", choice.text), frame)


def choice_help(plan: Plan, step: Step, choice: Choice, frame: Frame) -> str:
    """Return what a choice means, or nothing."""
    translated = plan.script.translations.get(plan.language, {}).get(step.id, {})
    return fill(plan, translated.get(f"choice.{choice.id}.help", choice.help or ""), frame)


def fill(plan: Plan, text: str, frame: Frame) -> str:
    """Return ``text`` with each ``{{ reference }}`` replaced by the answer it means at ``frame``."""
    return PLACEHOLDER.sub(lambda found: _mentioned(plan, found[1], frame), text)


def _mentioned(plan: Plan, reference: str, frame: Frame) -> str:
    name, _, last = reference.rpartition(".")
    if last == "label" and StepId(name) in plan.script.by_id:
        return one_line(_label_of(plan, StepId(name), frame))
    slot = slot_in_frame(plan.script, StepId(reference), frame)
    step = plan.script.step(StepId(reference))
    answer = plan.answer(slot)
    if answer is not None:
        choices = {choice.id: choice for choice in getattr(step, "choices", ())}
        told = choice_text(plan, step, choices[str(answer)], frame) if answer in choices else str(answer)
        return one_line(told)
    stand_in = (
        _translated(plan.script, step, "stand_in", plan.language) if isinstance(step, QuestionStep) else None
    )
    return stand_in or "…"


def _label_of(plan: Plan, name: StepId, frame: Frame) -> str:
    """Return the name of the item around ``frame`` that a list or a pass stands for."""
    step = plan.script.step(name)
    lists = {source.list for source in step.over} if isinstance(step, ForEach) else {name}
    for depth in range(len(frame), 0, -1):
        if frame[depth - 1][0] in lists:
            return plan.label(frame[:depth])
    return "…"
