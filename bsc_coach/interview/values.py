"""Answers as values: reading what was typed or sent, and the limits that make one impossible.

A refusal is not a judgement: the answer cannot be kept as it stands, and the text stays where it was.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bsc_coach import sizes
from bsc_coach.interview.ballots import (
    MOST_BALLOTS,
    is_possible,
    kept_ballots,
    scale_of,
    told_ballots,
    written_texts,
)
from bsc_coach.interview.facts.log import JsonValue, Value
from bsc_coach.script.model import (
    Answerable,
    BallotStep,
    ChoiceStep,
    CollectStep,
    ConfirmStep,
    DateStep,
    LongTextStep,
    NumberStep,
    PickStep,
    RoundStep,
    SeveralStep,
    TextStep,
)
from bsc_coach.script.slots import ItemId
from bsc_coach.script.step_parts import Choice
from bsc_coach.strategy.reading_lines import ReadingLine, lines_of, parts_of
from bsc_coach.text import clean, normal, one_line, shorten_at_word
from bsc_coach.words import say


@dataclass(frozen=True)
class Refusal:
    """Why something cannot be accepted: a key in the words catalogue and the values for it."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, language: str) -> str:
        """Return the refusal in words, with a way out."""
        return say(f"interview.refusal.{self.key}", language, **self.values)


class RefusedError(ValueError):
    """Something cannot be accepted; carries the refusal."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.refusal = Refusal(key, values)


@dataclass(frozen=True)
class Offer:
    """What a step offers at one place: its choices, or the items that may be picked."""

    choices: tuple[Choice, ...] = ()
    items: Mapping[ItemId, str] = field(default_factory=dict)
    """Short id by item id, in order."""
    names: Mapping[ItemId, str] = field(default_factory=dict)
    """What the items are called, for whoever types a name."""


def read_value(step: Answerable, raw: JsonValue, offer: Offer, language: str) -> Value:
    """Return ``raw``, typed by a person or sent by a program, as a value of ``step``.

    Raises RefusedError when it cannot be read as one. Limits are looked at by ``broken_limits``.
    """
    match step:
        case TextStep():
            return one_line(_as_text(raw))
        case LongTextStep():
            text = _as_text(raw).strip("\n").rstrip()
            return text if step.each_line is None else _read_readings(text, language)
        case NumberStep():
            return _read_year(raw, language) if is_year(step) else read_number(raw, language)
        case DateStep():
            return read_date(raw, language)
        case ChoiceStep():
            return _one_choice(_as_text(raw), offer)
        case SeveralStep():
            return tuple(dict.fromkeys(_one_choice(part, offer) for part in _parts(raw)))
        case PickStep():
            return tuple(dict.fromkeys(_items(raw, offer)))
        case BallotStep() | RoundStep():
            return _read_ballots(step, raw, offer) if isinstance(step, BallotStep) else _read_texts(raw)
        case CollectStep() | ConfirmStep():
            raise RefusedError("not_answered_so")


def _read_ballots(step: BallotStep, raw: JsonValue, offer: Offer) -> tuple[str, ...]:
    scale = scale_of(step, offer.choices)
    told = told_ballots(raw, scale)
    if told is None or not told or not all(is_possible(ballot, scale) for ballot in told):
        if scale.choices:
            raise RefusedError("not_a_ballot_of_choices", n=len(scale.choices))
        raise RefusedError("not_a_ballot", low=scale.low, high=scale.high)
    if not 2 <= len(told) <= MOST_BALLOTS:
        raise RefusedError("one_ballot" if len(told) < 2 else "too_many", n=MOST_BALLOTS, have=len(told))
    return kept_ballots(told, scale)


def _read_texts(raw: JsonValue) -> tuple[str, ...]:
    texts = written_texts(raw)
    if not texts:
        raise RefusedError("empty")
    if sum(map(len, texts)) > sizes.TEXT:
        raise RefusedError("too_long", n=sizes.TEXT, have=sum(map(len, texts)))
    return texts


def _as_text(raw: JsonValue) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise RefusedError("not_a_text")
    text = clean(str(raw)).text
    if not text.strip():
        raise RefusedError("empty")
    if len(text) > sizes.TEXT:
        raise RefusedError("too_long", n=sizes.TEXT, have=len(text))
    return text


def _read_readings(text: str, language: str) -> str:
    """Return typed readings as a session keeps them. Raises RefusedError for a line that is none."""
    found = []
    for line in filter(str.strip, text.split("\n")):
        parts = parts_of(line)
        if parts is None:
            raise RefusedError("not_a_reading", typed=shorten_at_word(line.strip(), 60))
        day, number, note, source = parts
        value, on = read_number(number, language), read_date(day, language)
        found.append(ReadingLine(date=on, value=value, note=note or None, source=source or None))
    return lines_of(found)


def _parts(raw: JsonValue) -> list[str]:
    """Return the parts of a list, or of a text with commas or blanks between them."""
    if isinstance(raw, str):
        parts = [part for part in re.split(r"[\s,;]+", clean(raw).text) if part]
        parts = [part for part in parts if part.casefold() not in _BETWEEN] or parts
    elif isinstance(raw, Sequence):
        parts = [_as_text(part) for part in raw]
    else:
        parts = [_as_text(raw)]
    if not parts:
        raise RefusedError("empty")
    return parts


BEGINNING = 3
"""Letters that a name has to begin with at least, where it is no whole word of it."""
_BETWEEN = frozenset({"and", "en", "&", "+"})
"""What people say between two things of a list."""


def _one_choice(text: str, offer: Offer) -> str:
    """Return the id of the choice that ``text`` names: by id, by number, or by how it begins."""
    wanted = normal(text)
    ids = [choice.id for choice in offer.choices]
    if wanted in ids:
        return wanted
    if wanted.isdecimal() and 1 <= int(wanted) <= len(ids):
        return ids[int(wanted) - 1]
    exact = [choice.id for choice in offer.choices if normal(choice.text) == wanted]
    if len(exact) == 1:
        return exact[0]
    begun = [choice.id for choice in offer.choices if normal(choice.text).startswith(wanted)]
    if len(begun) == 1:
        return begun[0]
    raise RefusedError("not_a_choice", typed=shorten_at_word(text, 60), n=len(ids))


def _items(raw: JsonValue, offer: Offer) -> Iterator[str]:
    """Yield the items that are named one after the other; a name may have blanks in it."""
    whole = re.split(r"[\n,;]+", clean(raw).text) if isinstance(raw, str) else ()
    if whole and all(_named(part, offer) is not None for part in whole):
        yield from (_one_item(part, offer) for part in whole)
    else:
        yield from (_one_item(part, offer) for part in _parts(raw))


def _named(text: str, offer: Offer) -> ItemId | None:
    """Return the only item that is called so: by its whole name, a word of it, or how it begins."""
    wanted = normal(text).strip()
    called = {item: normal(name).strip() for item, name in offer.names.items()}
    for fits in (
        [item for item, name in called.items() if name == wanted],
        [item for item, name in called.items() if wanted in name.split()],
        [item for item, name in called.items() if len(wanted) >= BEGINNING and name.startswith(wanted)],
    ):
        if fits:
            return fits[0] if len(fits) == 1 else None
    return None


def _one_item(text: str, offer: Offer) -> str:
    wanted = text.strip()
    if ItemId(wanted) in offer.items:
        return wanted
    for item, short in offer.items.items():
        if short.casefold() == wanted.casefold():
            return item
    items = list(offer.items)
    if wanted.isdecimal() and 1 <= int(wanted) <= len(items):
        return items[int(wanted) - 1]
    if (named := _named(wanted, offer)) is not None:
        return named
    code = next((short for short in offer.items.values() if short[-1:].isdecimal()), None)
    said = shorten_at_word(text, 60)
    if code is None:
        raise RefusedError("not_a_name", typed=said)
    raise RefusedError("not_an_item", typed=said, code=code)


FIRST_YEAR, LAST_YEAR = 1000, 9999
_LONE = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}")


def read_number(raw: JsonValue, language: str) -> int | float:
    """Return a number written with a point or a comma; thousands may be grouped.

    A lone separator before exactly three digits means different things in different countries. A comma
    is taken as the language writes it, for decimals in Dutch and for thousands elsewhere; a point is what
    calculators and foreign forms give as well, so ``1.234`` is asked about. Raises RefusedError then, and
    for what is no number.
    """
    if isinstance(raw, bool):
        raise RefusedError("not_a_number", typed=str(raw))
    if isinstance(raw, int | float):
        return _plain(float(raw)) if isinstance(raw, float) else _in_range(raw)
    text = _as_text(raw).strip().replace("\u00a0", " ").replace("\u202f", " ").replace("−", "-")
    text = re.sub(r"\s*%$|^[€$£]\s*", "", text)
    decimal = "," if language == "nl" else "."
    lone = _LONE.fullmatch(text)
    if lone is not None and lone[1] == ".":
        fraction = text.replace(".", ",") if decimal == "," else f"{text}0"
        raise RefusedError("ambiguous_number", typed=text, whole=text.replace(".", ""), fraction=fraction)
    for group, point in ((",", "."), (".", ","), (" ", "."), (" ", ",")):
        # Grouped thousands never begin with a zero: 0,125 is an eighth everywhere.
        pattern = rf"[+-]?(\d+|[1-9]\d{{0,2}}({re.escape(group)}\d{{3}})+)({re.escape(point)}\d+)?"
        if re.fullmatch(pattern, text) and not (lone is not None and group == decimal):
            bare = text.replace(group, "").replace(point, ".")
            if len(bare) > sizes.NUMBER_DIGITS:
                raise RefusedError("number_too_large")
            return _plain(float(bare)) if "." in bare else _in_range(int(bare))
    raise RefusedError("not_a_number", typed=shorten_at_word(text, 40))


def is_year(step: NumberStep) -> bool:
    """Tell whether a number is a year: a whole one, between limits of four digits."""
    low, high = step.limit.min, step.limit.max
    bounded = step.limit.integer and low is not None and high is not None
    return bounded and FIRST_YEAR <= (low or 0) <= (high or 0) <= LAST_YEAR


def _read_year(raw: JsonValue, language: str) -> int | float:
    """Return a year as a number. Raises RefusedError in the words of years where it is none."""
    try:
        return read_number(raw, language)
    except RefusedError as refused:
        if refused.refusal.key == "not_a_number":
            raise RefusedError("not_a_year", **refused.refusal.values) from refused
        raise


def _plain(number: float) -> int | float:
    if not math.isfinite(number):
        raise RefusedError("not_a_number", typed=str(number))
    return _in_range(int(number)) if number == int(number) else number


def _in_range(number: int) -> int:
    if abs(number) > sizes.INTEGER:
        raise RefusedError("number_too_large")
    return number


def read_date(raw: JsonValue, language: str) -> str:
    """Return a date as ISO text, as coarse as it was written: 2028, 2028-06 or 2028-06-30.

    Also reads 30-06-2028, 06-2028 and a month by its name or what it is shortened to, with or without a
    dot. Raises RefusedError otherwise.
    """
    text = normal(_as_text(raw)).replace("/", "-").replace(".", "-")
    if found := re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text):
        year, month, day = found.groups()
    elif found := re.fullmatch(r"(?:(\d{1,2})-)?(\d{1,2})-(\d{4})", text):
        day, month, year = found.groups()
    elif found := re.fullmatch(r"(?:(\d{1,2})[\s-]+)?([^\W\d]{3,})[\s-]+(\d{4})", text):
        day, year = found[1], found[3]
        month = _month_number(found[2], language)
    else:
        raise RefusedError("not_a_date", typed=shorten_at_word(text, 40))
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise RefusedError("no_such_day", typed=shorten_at_word(text, 40)) from error
    parts = [year] + [f"{int(part):02d}" for part in (month, day) if part]
    return "-".join(parts)


def _month_number(name: str, language: str) -> str:
    for tongue in (language, "en"):
        names = say("interview.months", tongue).split()
        short = say("interview.months_short", tongue).split()
        for number, month in enumerate(names, start=1):
            if name == short[number - 1] or month.startswith(name):
                return str(number)
    raise RefusedError("not_a_date", typed=name[:40])
