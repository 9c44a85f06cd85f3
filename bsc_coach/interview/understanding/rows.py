"""A whole item on one line, read as answers: "Anna Vos, Director", "L1 > O1 because …", "Wait, 31 > 14".

A list names in ``row`` the questions that may be answered with its first. What cannot be read as an answer
to one of the others stays in the name: "Leads, offers and sales" is one. What may be read in several ways is
left out and asked, as it would be alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from bsc_coach.interview.facts.log import JsonValue
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.texts import text_of
from bsc_coach.interview.understanding.pasted_lists import lines_of, lines_without_marks
from bsc_coach.interview.understanding.phrases import TypedWords, bare, typed_words, without_end
from bsc_coach.interview.understanding.readings import PastedItem, PastedList, Today
from bsc_coach.interview.understanding.roles import is_slip
from bsc_coach.interview.understanding.row_parts import (
    PartRead,
    RowQuestions,
    choice_said,
    direction,
    read_part,
    two_numbers,
)
from bsc_coach.script.model import ChoiceStep, CollectStep, PickStep, QuestionStep, TextStep
from bsc_coach.script.slots import ItemId, Slot, StepId
from bsc_coach.text import one_line

Answers = tuple[tuple[StepId, JsonValue], ...]
"""What a line answers, by step; the question that adds the item first."""

_NEW = ItemId("new")
"""Stands for the item that would be added."""
_BETWEEN = re.compile(r"\s*[;\t|]\s*|\s+[-–—]\s+|\s*,(?=\s)\s*|\s*(?<!\d),|\s*,(?!\d)|,(?=\d{4})")
"""What stands between the parts of a line; a comma inside a number does not."""
_PLAIN_BREAK = re.compile(r"\s*[;\t|]\s*|\s+[-–—]\s+")
"""What stands between a name and a role and in no name."""
_AROUND = " \t,;|-–—"
_NUMBERS_BEHIND = re.compile(r"\s(?=(?:\?+|[€$£]?\s?\d[\d.,]*\s*%?)\s*(?:[-–=]*>|[→⇒➔➜])\s*[€$£]?\s?\d)")
"""Where two numbers with an arrow between them begin, behind a name without a comma."""
_LINK = re.compile(
    r"(?P<cause>[A-Za-z]{1,4}\d{1,3}(?:\.\d+)?)(?:\s*(?:[-–=]*>+|[→⇒➔➜])\s*|\s+(?:[^\W\d]+\s+){0,3})"
    r"(?P<effect>[A-Za-z]{1,4}\d{1,3}(?:\.\d+)?)(?P<rest>(?!\w).*)",
    re.DOTALL,
)
"""Two items by their short ids with an arrow or a few words between them, and what is said of it."""
_CHIEF = re.compile(r"C[A-Z]{1,2}O")
_IN_BRACKETS = re.compile(r"([^()]+?)\s*\(([^()]+)\)")
_MOST_WORDS_OF_ROLE = 6
_LEAST_MISSPELLED = 5


def read_row(plan: Plan, slot: Slot, text: str, today: Today, *, owner_above: str = "") -> Answers | None:
    """Return the answers that a line holds beside the one that adds an item to the list at ``slot``.

    None where it holds no other, and where the list names no others. ``owner_above`` is whose the item is
    that stands on the line above, where several are read.
    """
    asked = row_questions(plan, slot, today, owner_above=owner_above)
    if asked is None or "\n" in text.strip():
        return None
    line = text.strip().rstrip(".").strip()
    if isinstance(asked.steps[0], PickStep):
        return _link(asked, line)
    if asked.role is not None:
        return _name_and_role(asked, asked.role, line)
    return _scored(asked, line) or _parts(asked, line)


def row_questions(plan: Plan, slot: Slot, today: Today, *, owner_above: str = "") -> RowQuestions | None:
    """Return what a line may answer about an item of the list at ``slot``; None where it is only its name."""
    step = plan.script.by_id.get(slot.step)
    if not isinstance(step, CollectStep) or not step.row:
        return None
    steps = tuple(one for name in step.row if isinstance(one := plan.script.step(name), QuestionStep))
    frame = (*slot.frame, (step.id, _NEW))
    return RowQuestions(typed_words(plan.language), plan, steps, frame, today, owner_above)


def read_rows(plan: Plan, slot: Slot, text: str, today: Today) -> PastedList | None:
    """Return the items of several lines of which half or more hold more than their name.

    None where they do not, and where the first line is one of headings, or of a drawn table.
    """
    lines = lines_of(text)
    bare_lines, _ = lines_without_marks(plan, slot, lines)
    step = plan.script.by_id.get(slot.step)
    headings = typed_words(plan.language).lists["headings"]
    if not isinstance(step, CollectStep) or len(lines) < 2:
        return None
    first = bare_lines[0].strip()
    if first.startswith("|") or all(bare(part.text) in headings for part in split_line(first)):
        return None
    rows: list[Answers | None] = []
    above = ""
    for line in bare_lines:
        rows.append(read_row(plan, slot, line, today, owner_above=above))
        above = _owner_in(plan, rows[-1]) or above
    if 2 * sum(row is not None for row in rows) < len(rows):
        return None
    read = [row or ((step.row[0], said.strip()),) for row, said in zip(rows, bare_lines, strict=True)]
    answered = {name for row in read for name, _ in row}
    frame = (*slot.frame, (step.id, _NEW))
    columns = (plan.script.step(name) for name in step.row if name in answered)
    shown = tuple(text_of(plan, one, frame, "short") or one.id for one in columns)
    items = tuple(PastedItem(line, row) for line, row in zip(lines, read, strict=True))
    return PastedList(items, shown)


def read_rows_on_one_line(plan: Plan, slot: Slot, text: str, today: Today) -> PastedList | None:
    """Return the items of one line with ";" between them, where each of them holds more than its name.

    None where numbers are asked for: there ";" stands between the parts of one item.
    """
    parts = [part for part in text.split(";") if part.strip()]
    asked = row_questions(plan, slot, today)
    if "\n" in text.strip() or len(parts) < 2 or asked is None or asked.numbers:
        return None
    read = read_rows(plan, slot, "\n".join(parts), today)
    if read is None or any(len(item.answers) < 2 for item in read.items):
        return None
    return replace(read, split=True)


def _owner_in(plan: Plan, row: Answers | None) -> str:
    """Return whose the item of a line is, where it says so."""
    steps = ((plan.script.step(name), value) for name, value in row or ())
    return next((str(value) for step, value in steps if isinstance(step, TextStep) and step.offer_from), "")


# Names with other parts behind them


@dataclass(frozen=True)
class LinePart:
    """A part of a line, and where it begins with the separator before it."""

    start: int
    text: str


def split_line(line: str) -> list[LinePart]:
    """Return the parts of a line, with where each begins, and the separator before it."""
    parts, start, begin = [], 0, 0
    for found in _BETWEEN.finditer(line):
        parts.append(LinePart(begin, line[start : found.start()].strip()))
        start, begin = found.end(), found.start()
    parts.append(LinePart(begin, line[start:].strip()))
    return [part for number, part in enumerate(parts) if part.text or number == 0]


def _parts(asked: RowQuestions, line: str) -> Answers | None:
    """Return a name and what is read behind it: from the end on, as long as parts can be read."""
    parts = _with_numbers_apart(asked, split_line(line), line)
    pair = next((n for n, part in enumerate(parts[1:], start=1) if two_numbers(asked, part.text)), None)
    taken: dict[int, PartRead] = {}
    unread: list[int] = []
    about: set[StepId] = set()
    for number in range(len(parts) - 1, 0, -1):
        behind = pair is not None and number > pair
        read = read_part(asked, parts[number].text, behind_numbers=behind)
        if read is not None and (read.lone or not read.about & about):
            taken[number] = read
            about |= set() if read.lone else read.about
        elif behind:
            unread.append(number)
        else:
            break
    answers = {step: value for read in taken.values() for step, value in read.answers.items()}
    answers |= _lone_numbers(asked, taken)
    if not taken or (len(parts) == 2 and taken[1].a_range):
        return None
    answers |= direction(asked, answers)
    # The name ends where the first part that was read begins; what stands unread behind it is the owner, or
    # goes with the name.
    name = (parts[0].text if min(taken) == 1 else line[: parts[min(taken)].start]).strip(_AROUND)
    rest = [parts[number].text for number in sorted(unread)]
    owner = asked.owner
    if len(rest) == 1 and owner is not None and owner.id not in about and _may_be_role(rest[0]):
        answers[owner.id] = one_line(rest.pop())
    return _in_order(asked, ", ".join([name, *rest]), answers)


def _may_be_role(text: str) -> bool:
    return len(text.split()) <= _MOST_WORDS_OF_ROLE and not any(map(str.isdigit, text))


def _lone_numbers(asked: RowQuestions, taken: dict[int, PartRead]) -> dict[StepId, JsonValue]:
    """Return what single numbers are: two are today and the target, one beside a date is the target.

    Any other stays in the name, with what stands before it: it is taken out of ``taken``.
    """
    lone = sorted(number for number, read in taken.items() if read.lone)
    others = [read.about for read in taken.values() if not read.lone]
    about = {step for steps in others for step in steps}
    if not lone or not about & {step.id for step in asked.numbers}:
        values = [taken[number].answers[asked.numbers[-1].id] for number in lone]
        if len(values) == 2:
            baseline, target = asked.numbers[:2]
            return {**taken[lone[1]].answers, baseline.id: values[0], target.id: values[1]}
        if not lone or (len(values) == 1 and asked.date is not None and asked.date.id in about):
            return {}
    for number in [one for one in taken if one <= lone[-1]]:
        del taken[number]
    return {}


def _with_numbers_apart(asked: RowQuestions, parts: list[LinePart], line: str) -> list[LinePart]:
    """Return the parts with two numbers apart that follow the name without a comma: "Turnover 14% > 9%"."""
    first = parts[0].text
    found = _NUMBERS_BEHIND.search(first)
    if found is None or (read := two_numbers(asked, first[found.end() :])) is None:
        return parts
    if len(parts) == 1 and len(read.answers) <= len(asked.numbers[:2]) + 1:
        return parts  # nothing but two numbers tells that it is no name
    start = line.index(first) + found.start()
    name = without_end(first[: found.start()], asked.words.lists["number_from"])
    return [LinePart(0, name), LinePart(start, first[found.end() :]), *parts[1:]]


def _scored(asked: RowQuestions, line: str) -> Answers | None:
    """Return a name and the scores behind it: as many numbers as are asked for."""
    found = scores_on(asked, line)
    if found is None:
        return None
    said = found.groups()[2:]
    scores = [choice_said(asked, step, one) for step, one in zip(asked.scores, said, strict=True)]
    last = bare(found["name"]).split(" ")[-1]
    in_words = not found["before"].strip() and (
        last in asked.words.lists["keeps_number"] or last[-1:].isdigit()
    )
    if None in scores or in_words:
        return None
    answers: dict[StepId, JsonValue] = {
        step.id: score for step, score in zip(asked.scores, scores, strict=True)
    }
    return _in_order(asked, found["name"], answers)


def scores_on(asked: RowQuestions, line: str) -> re.Match[str] | None:
    """Return the name, what stands behind it, and as many numbers as scores are asked for."""
    steps = asked.scores
    if not steps:
        return None
    name = r"(?P<name>.*?[^\s,;:|(/-])"
    one_digit = r"(\d)" * len(steps)
    one_more = r"(?:\s*[/,;|\t]\s*|\s*[-–—]\s*|\s+)(\d+)" * (len(steps) - 1)
    return re.fullmatch(
        rf"{name}(?P<before>\s*[,;:|(\t]\s*|\s+[-–—]\s+|\s+)(\d+){one_more}\)?", line
    ) or re.fullmatch(rf"{name}(?P<before>\s*[,;:|\t]\s*){one_digit}", line)


# People


def _name_and_role(asked: RowQuestions, step: TextStep, line: str) -> Answers | None:
    """Return the name of somebody and their role, where what follows is one and no second person."""
    found = _PLAIN_BREAK.search(line)
    if found is not None and found.start() > 0 and not _PLAIN_BREAK.search(line, found.end()):
        return _in_order(asked, line[: found.start()], {step.id: line[found.end() :]})
    parts = split_line(line)
    roles = [
        n for n, part in enumerate(parts) if n and _is_role(asked.words, part.text, behind=parts[n - 1].text)
    ]
    if not roles:
        in_brackets = _IN_BRACKETS.fullmatch(line)
        name, role = in_brackets.groups() if in_brackets is not None else ("", "")
        return _in_order(asked, name, {step.id: role}) if _is_role(asked.words, role) else None
    # "Ann, director, Bob, planner" are two people: a role, then something else, then a role.
    if any(later - before > 1 for before, later in pairwise(roles)):
        return None
    start = parts[roles[0]].start
    return _in_order(asked, line[:start], {step.id: line[start:].strip(_AROUND)})


def _is_role(words: TypedWords, text: str, *, behind: str = "") -> bool:
    """Tell whether a text behind a name is a role: a word of one is in it, or it is written as no name is.

    ``behind`` is the name, where a comma stands between: there a role may be known by its small letters.
    """
    said = bare(text)
    if not said or said.strip(".") in words.lists["name_endings"]:
        return False
    if _has_role_word(words, said):
        return True
    initials = text.replace("&", "").replace(".", "")
    if initials.isupper() and 1 < len(initials) <= 5:
        return True
    particles = words.lists["name_particles"]
    if text[:1].islower() and behind[:1].isupper() and said.split(" ")[0] not in particles:
        return True
    # Behind a first name and a family name: one word alone, or one that goes on in small letters.
    _, *others = text.split()
    small = any(word[:1].islower() and bare(word) not in particles for word in others)
    return len(behind.split()) > 1 and behind.istitle() and (not others or small)


def _has_role_word(words: TypedWords, said: str) -> bool:
    """Tell whether a word of a role stands in a text, or a word that ends with one: harbourmaster."""
    known = words.lists["role_words"]
    return any(
        word in known or any(len(one) >= _LEAST_MISSPELLED and word.endswith(one) for one in known)
        for word in re.findall(r"[^\W\d_]+", said)
    )


def name_with_role(words: TypedWords, text: str) -> tuple[str, str] | None:
    """Return the name and the role of "Jonas (harbour master)"; None where these are not surely both.

    A general word alone may belong to what stands before it: "Finance (manager)" is one role.
    """
    found = _IN_BRACKETS.fullmatch(text)
    if found is None:
        return None
    name, role = (part.strip() for part in found.groups())
    said = bare(role)
    is_one = _has_role_word(words, said) and said not in words.lists["role_words"]
    is_one = is_one or _CHIEF.fullmatch(role) is not None
    return (name, role) if is_one and name[:1].isupper() and not _has_role_word(words, bare(name)) else None


# Links


def _link(asked: RowQuestions, line: str) -> Answers | None:
    """Return cause, effect, reason and how sure: "L1 > O1 because staff see it, sure"."""
    cause, effect, *others = asked.steps
    found = _LINK.fullmatch(line)
    if found is None or not isinstance(effect, PickStep):
        return None
    answers: dict[StepId, JsonValue] = {
        cause.id: [found["cause"].upper()],
        effect.id: [found["effect"].upper()],
    }
    rest = found["rest"].strip(_AROUND + ":")
    # How sure is what stands last, behind a comma or alone.
    sure = next((one for one in others if isinstance(one, ChoiceStep)), None)
    before, last = _behind_comma(rest)
    if sure is not None and (chosen := choice_said(asked, sure, last)) is not None:
        answers[sure.id] = chosen
        rest = before.strip(_AROUND)
    reason = next((one for one in others if isinstance(one, TextStep)), None)
    because = _without_because(asked.words, rest)
    if because and reason is None:
        return None
    if because and reason is not None:
        answers[reason.id] = because
    return tuple((step.id, answers[step.id]) for step in asked.steps if step.id in answers)


def _behind_comma(text: str) -> tuple[str, str]:
    """Return a text without what stands behind its last comma, and that."""
    commas = list(re.finditer(r"[,;]|\s[-–—]\s", text))
    return (text[: commas[-1].start()], text[commas[-1].end() :]) if commas else ("", text)


def _without_because(words: TypedWords, text: str) -> str:
    """Return a reason without the word that leads it in, perhaps with a slip in it.

    A word stays that the order of the others goes by: "omdat monteurs het eerder zien".
    """
    first, _, rest = text.partition(" ")
    said = bare(first)

    def meant(name: str) -> str | None:
        known = sorted(words.lists[name])
        slips = (one for one in known if len(said) >= _LEAST_MISSPELLED and is_slip(said, one))
        return said if said in known else next(slips, None)

    if (kept := meant("because_kept")) is not None:
        return f"{kept} {rest}"
    return text if meant("because") is None else rest.strip(_AROUND + ":")


def _in_order(asked: RowQuestions, name: str, answers: dict[StepId, JsonValue]) -> Answers | None:
    """Return the name and the answers in the order of the questions; None where there is no name."""
    named = one_line(name.strip(_AROUND))
    if not named or not answers:
        return None
    told: dict[StepId, JsonValue] = {asked.steps[0].id: named, **answers}
    return tuple((step.id, told[step.id]) for step in asked.steps if step.id in told)
