"""Parts of a line that holds a whole item, each read as an answer to one of its questions, by their kind.

A part is read only as a whole: "both commuting" is no choice, and "wards 4 to 9" is no date.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bsc_coach.interview.conditions import offer_at
from bsc_coach.interview.facts.log import JsonValue
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.understanding.above import answer_above
from bsc_coach.interview.understanding.dates import dates_in, tags_of
from bsc_coach.interview.understanding.offered import offered_from
from bsc_coach.interview.understanding.phrases import TypedWords, bare
from bsc_coach.interview.understanding.readings import AskBack, Today, Understood
from bsc_coach.interview.understanding.roles import is_slip, role_meant
from bsc_coach.interview.values import RefusedError, read_date, read_number
from bsc_coach.script.model import Answerable, ChoiceStep, DateStep, NumberStep, TextStep
from bsc_coach.script.slots import Frame, Slot, StepId
from bsc_coach.script.step_parts import Choice
from bsc_coach.text import normal, one_line

_ARROW = re.compile(r"\s*(?:[-–=]*>+|[→⇒➔➜])\s*")
_AMOUNT = re.compile(
    r"[~≈]?\s*(?P<money>[€$£]?)\s*(?P<number>[+-]?\d{1,3}(?: \d{3})+|[+-]?\d[\d.,]*(?<![.,]))"
    r"\s*(?P<percent>%?)\s*(?P<rest>.*)",
    re.DOTALL,
)
_MOST_UNIT_WORDS = 3
_MOST_WORDS_OF_OWNER = 4
_LEAST_LETTERS = 3
"""Letters of a word from which on it may be cut short."""
_FROM_TODAY = {"DAY", "WEEK", "MONTH", "YEAR", "TODAY", "TOMORROW", "OVERMORROW"}
"""Tags of spans and of days that count from today: "within 3 days" is more often a part of a name."""


@dataclass(frozen=True)
class RowQuestions:
    """The questions that a line may answer about a new item, and what its parts are read with."""

    words: TypedWords
    plan: Plan
    steps: tuple[Answerable, ...]
    """The question that adds the item first."""
    frame: Frame
    """That of the item, which is not there yet."""
    today: Today
    owner_above: str = ""
    """Whose the item on the line above is, where several lines are read at once."""

    @property
    def numbers(self) -> tuple[NumberStep, ...]:
        """What is asked in numbers, in order: what it is, and what it is to be."""
        return tuple(step for step in self.steps if isinstance(step, NumberStep))

    @property
    def scores(self) -> tuple[ChoiceStep, ...]:
        """What is answered with a number of a scale."""
        choices = (step for step in self.steps[1:] if isinstance(step, ChoiceStep))
        return tuple(step for step in choices if all(one.id.isdecimal() for one in step.choices))

    @property
    def unit(self) -> TextStep | None:
        """What the numbers count."""
        units = (step for step in self.steps if (step.field or "").endswith(".unit"))
        return next((step for step in units if isinstance(step, TextStep)), None)

    @property
    def owner(self) -> TextStep | None:
        """Who it belongs to: a text for which roles are offered."""
        texts = (step for step in self.steps if isinstance(step, TextStep))
        return next((step for step in texts if step.offer_from), None)

    @property
    def date(self) -> DateStep | None:
        """By when."""
        return next((step for step in self.steps if isinstance(step, DateStep)), None)

    @property
    def role(self) -> TextStep | None:
        """What somebody is in the room: a text whose answers are offered elsewhere."""
        steps = self.plan.script.steps
        offered = {name for one in steps if isinstance(one, TextStep) for name in one.offer_from}
        texts = (step for step in self.steps[1:] if isinstance(step, TextStep))
        return next((step for step in texts if step.id in offered), None)


@dataclass(frozen=True)
class PartRead:
    """What a part answers; a question in ``about`` that has no answer here is left to be asked."""

    about: frozenset[StepId]
    answers: Mapping[StepId, JsonValue]
    lone: bool = False
    """Whether it is one number of which the line does not say which it is."""
    a_range: bool = False
    """Whether it is two numbers with "to" between them and nothing else, as in "on a scale, 1 to 5"."""


def read_part(asked: RowQuestions, text: str, *, behind_numbers: bool = False) -> PartRead | None:
    """Return what a part of a line answers; None where it answers nothing.

    ``behind_numbers``: it stands behind what a number is and is to be, where no name goes on.
    """
    number = _one_number(asked, text)
    return (
        two_numbers(asked, text)
        or (number if number is not None and not number.lone else None)
        or _date(asked, text, anyhow=behind_numbers)
        or number
        or _owner(asked, text, anyhow=behind_numbers)
        or _one_of_the_choices(asked, text)
    )


def choice_said(asked: RowQuestions, step: ChoiceStep, text: str) -> str | None:
    """Return the id of the choice of a step that a part of a row names."""
    return choice_named(asked.words, offer_at(asked.plan, step, asked.frame).choices, text)


def choice_named(words: TypedWords, choices: Sequence[Choice], text: str) -> str | None:
    """Return the id of the choice that a text names: its number, its id, some of its words in a row."""
    said = bare(text)
    if said.isdecimal():
        numbered = {str(number): one.id for number, one in enumerate(choices, start=1)}
        own = all(one.id.isdecimal() for one in choices)
        return next((one.id for one in choices if one.id == said), None if own else numbered.get(said))
    by_id = [one.id for one in choices if one.id.replace("_", " ") == said]
    by_id += [one.id for one in choices if said in words.choices.get(one.id, ())]
    if by_id:
        return by_id[0]
    called, spoken = {one.id: bare(one.text).split() for one in choices}, said.split()
    # "Value proposition" is "The value proposition", and not that and productivity.
    whole = [one for one, name in called.items() if spoken and name[1:] == spoken]
    begun = whole or [one for one, name in called.items() if _has_in_a_row(name, spoken)]
    return begun[0] if len(begun) == 1 else None


def _has_in_a_row(words: list[str], said: list[str]) -> bool:
    """Tell whether words stand in a row among others, each of them perhaps cut short."""
    plain = [re.sub(r"\W", "", word) for word in words]
    rows = (plain[start : start + len(said)] for start in range(len(plain) - len(said) + 1))
    return bool(said) and any(all(map(_is_cut_short, said, row)) for row in rows)


def _is_cut_short(said: str, word: str) -> bool:
    return is_slip(said, word) or (len(said) >= _LEAST_LETTERS and word.startswith(said))


def two_numbers(asked: RowQuestions, text: str) -> PartRead | None:
    """Return what something is and is to be, "31 > 14 days by 2028", with its unit, date and direction."""
    if len(asked.numbers) < 2:
        return None
    sides = _two_sides(asked.words, text)
    if sides is None:
        return None
    first, second = (_amount(asked, side) for side in sides)
    # "18.400 > 19000": what may be two numbers is the one that is like the other.
    if first is None and second is not None:
        first = _amount(asked, sides[0], like=second.number)
    elif second is None and first is not None:
        second = _amount(asked, sides[1], like=first.number)
    not_known = first is None and is_unknown(asked.words, sides[0])
    if first is None and not_known:
        first = _Amount(0, "", "")
    if first is None or second is None or not _is_unit(first.rest):
        return None
    unit, date = _unit_and_date(asked, second.rest)
    if unit is None:
        return None
    # The unit may stand behind either number, the date only behind the second.
    baseline, target = asked.numbers[:2]
    answers: dict[StepId, JsonValue] = {baseline.id: first.number, target.id: second.number}
    about = frozenset(answers)
    if not_known:
        del answers[baseline.id]
    unit = " ".join(part for part in (second.sign or first.sign, unit or first.rest) if part)
    if unit and asked.unit is None:
        return None
    if unit and asked.unit is not None:
        answers[asked.unit.id] = unit
    answers |= date.answers if date is not None else {}
    about |= frozenset(answers) | (date.about if date is not None else frozenset())
    a_range = len(answers) == 2 and not _ARROW.search(text) and text.strip()[:1].isdigit()
    return PartRead(about, answers, a_range=a_range)


def _two_sides(words: TypedWords, text: str) -> tuple[str, str] | None:
    """Return what stands before and behind an arrow, or the word for it."""
    said = _without_first(text.strip(), words.lists["number_from"])
    by_arrow = _ARROW.split(said, maxsplit=1)
    if len(by_arrow) == 2:
        return by_arrow[0], by_arrow[1]
    for phrase in words.lists["number_to"]:
        before, found, after = said.partition(f" {phrase} ")
        if found:
            return before, after
    return None


def is_unknown(words: TypedWords, text: str) -> bool:
    """Tell whether a text says that a number is not there yet: "?", unknown, not measured."""
    said = bare(text)
    unknown = said in words.lists["not_measured"] or words.among("not_known", said)
    return unknown or re.fullmatch(r"\?+", text.strip()) is not None


def _without_first(text: str, phrases: frozenset[str]) -> str:
    """Return a text without a phrase that it begins with, and a colon behind that."""
    for phrase in sorted(phrases, key=len, reverse=True):
        if re.match(rf"{re.escape(phrase)}\b", text, re.IGNORECASE):
            return text[len(phrase) :].lstrip(" :=")
    return text


@dataclass(frozen=True)
class _Amount:
    """A number with its sign (%, €), and what stands behind it."""

    number: int | float
    sign: str
    rest: str


def _amount(asked: RowQuestions, text: str, *, like: float | None = None) -> _Amount | None:
    """Return the number that a text begins with; where it may be two, the one that is ``like`` another."""
    found = _AMOUNT.fullmatch(_without_first(text.strip(), asked.words.lists["about"]).lstrip(". "))
    if found is None:
        return None
    try:
        number = read_number(found["number"].replace(" ", ""), asked.plan.language)
    except RefusedError as refused:
        near = _like(refused, like, asked.plan.language) if like is not None else None
        if near is None:
            return None
        number = near
    # A scale stands right behind the number; "m" may be metres, but not with a currency.
    rest = one_line(found["rest"])
    scale, _, behind = rest.partition(" ")
    if normal(scale) in asked.words.scales and (len(scale) > 1 or found["money"] or scale == "k"):
        number, rest = number * asked.words.scales[normal(scale)], behind
    number = int(number) if number == int(number) else round(number, 6)
    return _Amount(number, found["percent"] or found["money"], rest.strip(" ,"))


def _like(refused: RefusedError, like: float, language: str) -> int | float | None:
    """Return which of the two numbers that a text may be is within ten times another."""
    if refused.refusal.key != "ambiguous_number" or not like:
        return None
    both = (read_number(str(refused.refusal.values[one]), language) for one in ("whole", "fraction"))
    near = [one for one in both if 0.1 < one / like < 10]
    return near[0] if len(near) == 1 else None


def _is_unit(text: str) -> bool:
    return len(text.split()) <= _MOST_UNIT_WORDS and not any(map(str.isdigit, text))


def _unit_and_date(asked: RowQuestions, rest: str) -> tuple[str | None, PartRead | None]:
    """Return the unit and the date that stand behind a number; no unit but None where it is neither."""
    words = rest.split()
    for length in range(min(len(words), _MOST_UNIT_WORDS + 1)):
        unit = " ".join(words[:length]).rstrip(",")
        date = _date(asked, " ".join(words[length:]), anyhow=True)
        if date is not None and _is_unit(unit):
            return unit, date
    return (rest if _is_unit(rest) else None), None


def direction(asked: RowQuestions, answers: Mapping[StepId, JsonValue]) -> dict[StepId, JsonValue]:
    """Return whether up or down is better, as what something is and is to be tell, where that is asked."""
    first, second = (
        (answers.get(step.id) for step in asked.numbers[:2]) if asked.numbers[1:] else (None, None)
    )
    if not isinstance(first, int | float) or not isinstance(second, int | float) or first == second:
        return {}
    steps = (step for step in asked.steps if isinstance(step, ChoiceStep))
    up_or_down = (step for step in steps if {one.id for one in step.choices} == {"up", "down"})
    return {step.id: "up" if second > first else "down" for step in up_or_down}


def _one_number(asked: RowQuestions, text: str) -> PartRead | None:
    """Return a number, and what it is where a word or a date beside it says so."""
    if not asked.numbers:
        return None
    said = text.strip()
    today = _without_first(said, asked.words.lists["number_from"])
    aim = _without_first(said, asked.words.lists["number_aim"])
    step = asked.numbers[0] if today != said and aim == said else asked.numbers[-1]
    amount = _amount(asked, min(today, aim, key=len))
    unit, date = (None, None) if amount is None else _unit_and_date(asked, amount.rest)
    named = not today == aim == said
    lone = date is None and not named
    if amount is None or unit is None or (unit and lone):
        return None
    by_when = normal(amount.rest).split(" ")[0] in asked.words.lists["by_when"]
    if not (named or by_when or amount.sign or unit) and _date(asked, said, anyhow=True) is not None:
        return None  # "14 December 2028", where "14 by December 2028" has a number
    answers: dict[StepId, JsonValue] = {step.id: amount.number}
    unit = " ".join(part for part in (amount.sign, unit) if part)
    if unit and asked.unit is not None:
        answers[asked.unit.id] = unit
    answers |= date.answers if date is not None else {}
    return PartRead(frozenset(answers) | (date.about if date is not None else frozenset()), answers, lone)


def _date(asked: RowQuestions, text: str, *, anyhow: bool) -> PartRead | None:
    """Return the date that a part is; ``anyhow`` where it may count from today, "next year"."""
    step = asked.date
    if step is None or not text.strip():
        return None
    try:
        return PartRead(frozenset({step.id}), {step.id: read_date(text, asked.plan.language)})
    except RefusedError:
        found = dates_in(asked.words, text, asked.today)
    by_when = normal(text).split(" ")[0] in asked.words.lists["by_when"]
    telling = any(map(str.isdigit, text)) and not _FROM_TODAY & set(tags_of(asked.words, text).split())
    if not found or not (anyhow or by_when or telling):
        return None
    return PartRead(frozenset({step.id}), {step.id: found[0]} if len(found) == 1 else {})


def _owner(asked: RowQuestions, text: str, *, anyhow: bool) -> PartRead | None:
    """Return the role in the room that a part is, or whose name it is."""
    step = asked.owner
    if step is not None and asked.words.among("same_as_above", bare(text)):
        above = asked.owner_above or answer_above(asked.plan, Slot(step.id, asked.frame))
        return PartRead(frozenset({step.id}), {step.id: above} if isinstance(above, str) else {})
    offered = offered_from(asked.plan, step) if step is not None else ()
    if step is None or not offered or len(text.split()) > _MOST_WORDS_OF_OWNER + 2:
        return None
    said = one_line(text)
    if any(one.text == said for one in offered):
        return PartRead(frozenset({step.id}), {step.id: said})
    meant = role_meant(asked.words, offered, said)
    match meant:
        case Understood():
            return PartRead(frozenset({step.id}), {step.id: meant.value})
        case AskBack(kind="person"):
            short = anyhow or len(said.split()) <= _MOST_WORDS_OF_OWNER
            return PartRead(frozenset({step.id}), {step.id: meant.choices[0]}) if short else None
        case AskBack(kind="which"):
            if not (anyhow or all(_are_initials(said, str(one)) for one in meant.choices)):
                return None  # "outpatient" is a part of a name before it is a part of a role
            one = meant.choices[0] if len(meant.choices) == 1 else None
            return PartRead(frozenset({step.id}), {step.id: one} if one is not None else {})
        case _:
            cut = [one.text for one in offered if _is_role_cut_short(said, one.text)]
            return PartRead(frozenset({step.id}), {step.id: cut[0]}) if len(cut) == 1 else None


def _is_role_cut_short(said: str, role: str) -> bool:
    """Tell whether a text is a role with its words cut short: "dir techniek"."""
    short, words = bare(said).replace(".", "").split(), bare(role).split()
    return len(short) == len(words) > 1 and all(map(_is_cut_short, short, words))


def _are_initials(said: str, role: str) -> bool:
    return bare(said) == "".join(word[0] for word in bare(role).split())


def _one_of_the_choices(asked: RowQuestions, text: str) -> PartRead | None:
    for step in asked.steps[1:]:
        if isinstance(step, ChoiceStep) and (chosen := choice_said(asked, step, text)) is not None:
            return PartRead(frozenset({step.id}), {step.id: chosen})
    return None
