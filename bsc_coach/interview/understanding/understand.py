"""The one entry to what is typed: ``understand`` gives the reading of a text at a slot."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bsc_coach import sizes
from bsc_coach.interview.conditions import offer_at
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.understanding.above import answer_above
from bsc_coach.interview.understanding.dates import dates_in
from bsc_coach.interview.understanding.non_answers import (
    asks_something,
    is_bare_number,
    is_yes_or_no,
    non_answer,
)
from bsc_coach.interview.understanding.numbers import numbers_in
from bsc_coach.interview.understanding.offered import OfferedAnswer, offered_from
from bsc_coach.interview.understanding.pasted_lists import lines_of, marked_lines, without_quotes
from bsc_coach.interview.understanding.phrases import TypedWords, bare, typed_words
from bsc_coach.interview.understanding.readings import (
    AskBack,
    AsTyped,
    Passed,
    Reading,
    Today,
    Understood,
)
from bsc_coach.interview.understanding.roles import role_meant
from bsc_coach.interview.understanding.row_parts import choice_named
from bsc_coach.interview.understanding.row_slips import no_score
from bsc_coach.interview.values import RefusedError, is_year, read_date, read_value
from bsc_coach.script.model import (
    Answerable,
    ChoiceStep,
    CollectStep,
    ConfirmStep,
    DateStep,
    LongTextStep,
    NumberStep,
    QuestionStep,
    TextStep,
)
from bsc_coach.script.slots import Slot
from bsc_coach.text import clean, normal, without_accents

_MORE_NON_ANSWERS = ((DateStep, "no_date_yet"), (NumberStep, "no_number_yet"))
_MOST_LINES = 3
"""Lines of an answer that is to be said in a sentence or two."""

_MOST_WORDS_OF_OWNER = 3
"""Words of a text that stands for a person or a role by a part of it."""


def understand(plan: Plan, slot: Slot, text: str, today: Today) -> Reading:
    """Return how a text typed or sent as the answer to ``slot`` is to be read."""
    words, step = typed_words(plan.language), plan.script.step(slot.step)
    text = clean(text).text
    if not isinstance(step, QuestionStep) or isinstance(step, ConfirmStep):
        return AsTyped()
    if not text.strip() or len(text) > sizes.TEXT_UNDERSTOOD:
        return AsTyped()
    status = plan.status(slot)
    optional = step.optional if status is None else status.optional
    if optional and words.among("passed", bare(text)):
        return Passed()
    if isinstance(step, CollectStep):
        return no_score(plan, slot, text, today) or _added_to_list(words, plan, step, text)
    if words.among("same_as_above", bare(text)) and isinstance(
        step, TextStep | LongTextStep | NumberStep | DateStep
    ):
        above = answer_above(plan, slot)
        usable = above is not None and not isinstance(above, tuple)
        return Understood(above, "above") if usable else AskBack("nothing_above")
    if isinstance(step, TextStep | LongTextStep):
        return _text(words, plan, step, text, today)
    return _value(words, plan, slot, step, text, today)


def _value(words: TypedWords, plan: Plan, slot: Slot, step: Answerable, text: str, today: Today) -> Reading:
    """Return how a text is read where a number, a date or a choice is asked."""
    if _can_be_read(plan, slot, step, text):
        return AsTyped()
    lists = [name for kind, name in _MORE_NON_ANSWERS if isinstance(step, kind)]
    no_answer = non_answer(words, text, *lists)
    if no_answer is not None:
        return no_answer
    found: tuple[str | int | float, ...] = ()
    if isinstance(step, NumberStep):
        found = _numbers(words, plan, slot, step, text, today)
    elif isinstance(step, DateStep):
        found = dates_in(words, text, today, starts=_begins(step))
    elif isinstance(step, ChoiceStep):
        chosen = choice_named(words, offer_at(plan, step, slot.frame).choices, text)
        return AsTyped() if chosen is None else Understood(chosen, "choice")
    if len(found) == 1:
        return Understood(found[0], "date" if isinstance(step, DateStep) else "number")
    if found:
        return AskBack("which", found)
    return asks_something(words, text, dated=True) or AsTyped()


def understand_date(text: str, language: str, today: Today) -> Reading:
    """Return how a date is to be read that is no answer to a step: by when somebody brings something back."""
    try:
        read_date(text, language)
    except RefusedError:
        pass
    else:
        return AsTyped()
    found = dates_in(typed_words(language), text, today)
    if not found:
        return AsTyped()
    return Understood(found[0], "date") if len(found) == 1 else AskBack("which", found)


def understand_owner(plan: Plan, text: str, today: Today) -> Reading:
    """Return how somebody is to be read who brings something back: a role in the room, or as typed.

    A date or a number alone is nobody. Two owners, a text that may be several roles, and a name in a longer
    text ("whoever follows Ann") stay as typed.
    """
    words, said = typed_words(plan.language), without_quotes(clean(text).text)
    a_name_too = " " not in said and not any(map(str.isdigit, said))  # Jan, May, Winter
    if is_bare_number(said) or (not a_name_too and _is_date(words, plan, said, today)):
        return AskBack("bare")
    meant = role_meant(words, _roles_in_the_room(plan), said)
    if isinstance(meant, AskBack):
        one = meant.kind in ("person", "which") and len(meant.choices) == 1
        one = one and len(said.split()) <= _MOST_WORDS_OF_OWNER
        return Understood(meant.choices[0], "role") if one else AsTyped()
    return meant or AsTyped()


def understand_role(plan: Plan, roles: Sequence[str], text: str) -> tuple[str, ...]:
    """Return which of ``roles`` somebody may mean who types one loosely.

    That is the same role, else those that begin so (capitals and accents make no difference), else whoever is
    meant by a name, a short form, or a role with a slip in it.
    """
    wanted = without_accents(normal(text))
    plain = {role: without_accents(normal(role)) for role in roles}
    same = tuple(role for role in roles if plain[role] == wanted)
    begins = tuple(role for role in roles if wanted and plain[role].startswith(wanted))
    if same or begins:
        return same or begins
    names = {one.text: one.name for one in _roles_in_the_room(plan)}
    offered = tuple(OfferedAnswer(role, names.get(role, "")) for role in roles)
    match role_meant(typed_words(plan.language), offered, text):
        case Understood(value=role):
            return (str(role),)
        case AskBack(choices=choices):
            return tuple(role for role in roles if role in choices)
        case _:
            return ()


def _roles_in_the_room(plan: Plan) -> tuple[OfferedAnswer, ...]:
    """Return what the owner of a thing on the parking lot is offered, or else the owner of anything."""
    offering = [one for one in plan.script.steps if isinstance(one, TextStep) and one.offer_from]
    offering.sort(key=lambda one: one.field != "parking[].owner")
    return offered_from(plan, offering[0]) if offering else ()


def _added_to_list(words: TypedWords, plan: Plan, step: CollectStep, text: str) -> Reading:
    """Return how a text is read that would become an item; whoever adds it looks at pasted lines."""
    if "\n" in text.strip():
        return AsTyped()
    if words.among("done", bare(text)):
        return AskBack("list_done")
    if words.among("same_as_above", bare(text)):
        return AskBack("nothing_above")
    inside = next(
        (one for one in plan.script.inside(step.id) if isinstance(one, TextStep | LongTextStep)), None
    )
    if inside is None or plan.script.inside(step.id)[0] is not inside:
        return non_answer(words, text) or AsTyped()
    return _plain_text(words, inside, text) or AsTyped()


def _text(words: TypedWords, plan: Plan, step: TextStep | LongTextStep, text: str, today: Today) -> Reading:
    if "lines" not in step.may_be:
        lines = lines_of(text)
        if len(lines) > _MOST_LINES or marked_lines(lines) > 1:
            return AskBack("several_lines")
    inner, offered = without_quotes(text), offered_from(plan, step)
    owners = role_meant(words, offered, inner.rstrip("? ")) if offered else None
    if isinstance(owners, AskBack) and owners.kind == "owners":
        return owners
    asked = _plain_text(words, step, inner)
    if asked is not None:
        return asked
    is_amount = "number" in step.may_be and is_bare_number(inner)
    digits = any(map(str.isdigit, inner))
    if digits and not is_amount and "date" not in step.may_be and _is_date(words, plan, inner, today):
        return AskBack("bare")
    role = role_meant(words, offered, inner) if offered else None
    if role is not None:
        return role
    return Understood(inner, "quotes") if inner != text.strip() else AsTyped()


def _is_date(words: TypedWords, plan: Plan, text: str, today: Today) -> bool:
    """Tell whether a text is a date and nothing else."""
    try:
        return bool(read_date(text, plan.language))
    except RefusedError:
        return bool(dates_in(words, text, today))


def _plain_text(words: TypedWords, step: TextStep | LongTextStep, text: str) -> AskBack | None:
    """Return why a text is no answer where words are asked; None where it may be one."""
    no_answer = non_answer(words, text)
    if no_answer is not None:
        return no_answer
    if is_yes_or_no(words, text):
        return AskBack("yes_no")
    if "question" not in step.may_be and (asked := asks_something(words, text)) is not None:
        return asked
    return AskBack("bare") if "number" not in step.may_be and is_bare_number(text) else None


def _can_be_read(plan: Plan, slot: Slot, step: Answerable, text: str) -> bool:
    try:
        read_value(step, text, offer_at(plan, step, slot.frame), plan.language)
    except RefusedError as refused:
        return refused.refusal.key in ("ambiguous_number", "number_too_large")
    return True


def _numbers(
    words: TypedWords, plan: Plan, slot: Slot, step: NumberStep, text: str, today: Today
) -> tuple[int | float, ...]:
    if is_year(step):
        years = (int(one[:4]) for one in dates_in(words, text, today))
        return tuple(dict.fromkeys(years))
    months = (step.field or "").endswith("_months")
    return numbers_in(words, text, plan.language, unit=_unit(plan, slot), months=months)


def _unit(plan: Plan, slot: Slot) -> str:
    """Return the unit that was answered beside a number: of the same KPI."""
    for step in plan.script.inside(slot.frame[-1][0]) if slot.frame else ():
        if isinstance(step, QuestionStep) and (step.field or "").endswith(".unit"):
            return str(plan.answer(Slot(step.id, slot.frame)) or "")
    return ""


def _begins(step: DateStep) -> bool:
    """Tell whether something begins at a date, rather than being due by it."""
    return re.search(r"(?:^|[._])start$", step.field or step.id) is not None
