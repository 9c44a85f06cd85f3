"""Question view: its words, and what there is to choose, mark, fill in or look back on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len
from textual.content import Content

from bsc_coach.conversation.prompt import Cell, Option, Prompt
from bsc_coach.conversation.reply import Question
from bsc_coach.conversation.round_words import round_lines
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.tui.input_modes import InputMode, MultiChoiceMode
from bsc_coach.tui.views.symbols import CELL_STYLES, CELLS, HERE, REFUSED, REMARK, WAITING
from bsc_coach.tui.views.tables import card_lines, grid_lines, window
from bsc_coach.tui.views.text_fit import (
    BLANK,
    MEASURE,
    SPEAKER,
    barred,
    cut,
    cut_name,
    fitted,
    plain,
    shares,
    wrapped,
)
from bsc_coach.tui.words import ui
from bsc_coach.words import say

LIST_ROOM = 8
MOST_HELD = 3
"""Lines of an answer that waits for a small question in between."""
LEAST_MEANING = 24
"""Cells in which the meaning of a choice can be read beside it; with fewer it stands below."""
MOST_CARD = 10
"""Lines of a card that are shown at once, so that the question keeps its explanation."""
LEAST_TABLE = 7
"""Lines below which a table or card gives way to the question alone, which names its place anyway."""


@dataclass(frozen=True)
class QuestionView:
    """A question as it is to be shown."""

    prompt: Prompt
    answering: InputMode
    asking: Question | None
    language: str
    room: int
    """Lines there are for it."""
    linking: bool = False
    """Whether the card is that of a link, and reads as a sentence."""
    held: str = ""
    """The answer that waits for a small question in between."""


@dataclass(frozen=True)
class Drawn:
    """Lines of a question, and the one to keep in view."""

    lines: tuple[Content, ...]
    focus: int


def speaker(language: str, who: str, style: str) -> Content:
    """Return who speaks, in a column of its own; before a refusal stands its sign."""
    if who == "refusal":
        return _signed(REFUSED)
    return plain(fitted(ui(f"speaker.{who}", language), SPEAKER), style)


def question_lines(asked: QuestionView, width: int) -> Drawn:
    """Return the open question in lines of at most ``width`` cells; only a table may be wider than a text."""
    prompt, whole = asked.prompt, width
    width = min(width, SPEAKER + MEASURE)
    if asked.asking is not None:
        return Drawn(tuple(_between(asked, asked.asking, width)), 0)
    head = _head(asked, width)
    beside = whole if prompt.grid is not None or prompt.card else width
    body, focus = _body(replace(asked, room=max(asked.room - len(head), 4)), beside)
    helped = _help(asked, width)
    if prompt.help and len(head) + len(helped) + len(body) <= asked.room:
        head += helped
    drawn_around = (prompt.grid is not None or prompt.card) and asked.room >= LEAST_TABLE + len(head)
    walking = asked.answering.chosen is not None or drawn_around
    return Drawn((*head, *body), focus + len(head) if walking else 0)


def _between(asked: QuestionView, asking: Question, width: int) -> list[Content]:
    """Return a small question in between: what it is about, the answer that waits for it, and its words.

    One with a choice of its own is about nothing else: its options stand below it, with what they mean.
    """
    first = speaker(asked.language, "coach", "bold $coach")
    if asking.options:
        return [
            *wrapped(asking.text, width, style="bold", first=first),
            *option_lines(asking.options, width),
            *wrapped(asking.hint, width, style="$muted", first=Content(" " * SPEAKER)),
        ]
    about = asking.about or asked.prompt.ask
    lines = [plain(" " * SPEAKER + cut(about, width - SPEAKER), "$muted")]
    if asked.held:
        waits = Content.styled(f"{WAITING:>{SPEAKER - 1}} ", "$mark")
        lines += wrapped(asked.held, width, style="$team", first=waits)[:MOST_HELD]
    return lines + wrapped(asking.text, width, style="bold", first=first)


def done_lines(language: str, width: int) -> list[Content]:
    """Return what stands there when everything is answered."""
    return wrapped(ui("question.done", language), width, first=speaker(language, "coach", "bold $coach"))


def _head(asked: QuestionView, width: int) -> list[Content]:
    prompt, language = asked.prompt, asked.language
    lines: list[Content] = []
    indent = Content(" " * SPEAKER)
    about = [prompt.about] if prompt.about and not asked.linking else []
    if prompt.optional:
        about.append(ui("question.optional", language))
    told = _with_way_back(" · ".join(about), prompt.back_to, language, width - SPEAKER)
    if told:
        lines.append(Content.assemble(indent, plain(told, "$muted")))
    first = speaker(language, "coach", "bold $coach")
    lines += wrapped(prompt.ask, width, style="bold", first=first)
    if prompt.judged_by:
        lines += wrapped(say("talk.each_answer", language, ask=prompt.judged_by), width, first=indent)
    for told in round_lines(prompt, language) if prompt.round is None else ():
        lines += wrapped(told, width, style="$muted", first=indent)
    for sign, reason in _attention(prompt, language):
        lines += wrapped(reason, width, style="$warn", first=_signed(sign))
    return lines


def _with_way_back(about: str, back_to: str, language: str, width: int) -> str:
    """Return what a question is about and where it goes back to, in one line; names are cut."""
    if not back_to:
        return cut_name(about, width)
    between = " · " if about else ""
    words = cell_len(say("talk.back_to", language, name="") + between)
    room = shares([cell_len(about), cell_len(back_to)], width - words)
    back = say("talk.back_to", language, name=cut_name(back_to, room[1]))
    return f"{cut_name(about, room[0])}{between}{back}"


def _signed(sign: str) -> Content:
    return Content.styled(f"{sign:>{SPEAKER - 1}} ", "bold $warn")


def _attention(prompt: Prompt, language: str) -> list[tuple[str, str]]:
    """Return what wants attention, with a sign for what cannot be taken and another for what may stay."""
    said = [(REFUSED, say("talk.disputed", language))] if prompt.sides else []
    said += [("", side) for side in prompt.sides]
    said += [(REMARK, finding.say) for finding in prompt.remarks]
    said += [(REFUSED, refusal.sentence(language)) for refusal in prompt.refusals]
    if prompt.unconfirmed:
        said.append((REMARK, prompt.unconfirmed))
    if prompt.stale_because:
        said.append((REMARK, ui("question.stale", language, reasons=", ".join(prompt.stale_because))))
    if prompt.reworded:
        said.append((REMARK, ui("question.reworded", language)))
    return said


def _help(asked: QuestionView, width: int) -> list[Content]:
    if not asked.prompt.help:
        return []
    return wrapped(asked.prompt.help, width, style="$muted", first=Content(" " * SPEAKER))


def _body(asked: QuestionView, width: int) -> tuple[list[Content], int]:
    prompt = asked.prompt
    if asked.room < LEAST_TABLE and (prompt.grid is not None or prompt.card):
        return _options(asked, width) if prompt.options else ([], 0)
    if prompt.round is not None:
        return _round(asked, width), 0
    if prompt.grid is not None:
        options = _short_options(asked, width)
        table, focus = grid_lines(prompt.grid, width, max(asked.room - len(options), 5), asked.language)
        return [*table, *options], focus
    if prompt.kind == "confirm":
        return _look_back(asked, width)
    offers = _offers(asked, width)
    if prompt.adding and not prompt.options:
        listed, focus = _list(replace(asked, room=asked.room - len(offers)), width)
        return [*offers, *listed], focus + len(offers)
    lines = offers
    if prompt.adding:
        lines = [*lines, plain(" " * SPEAKER + _wanted(prompt, asked.language), "$muted")]
    if prompt.card:
        rows = max(asked.room - (len(prompt.options) + 3 if prompt.options else 0) - len(lines), 4)
        card, _ = card_lines(prompt.card, width, min(rows, MOST_CARD), asked.language)
        lines = [*card, *lines]
        if asked.linking:
            lines = [*_sentence(prompt, asked.language, width), *lines]
    if prompt.options:
        chosen, focus = _options(replace(asked, room=asked.room - len(lines)), width)
        return [*lines, *chosen], focus + len(lines)
    return lines, 0


def _round(asked: QuestionView, width: int) -> list[Content]:
    """Return how a round stands, what is voted on at once, and what one ballot may say."""
    prompt, indent = asked.prompt, Content(" " * SPEAKER)
    lines: list[Content] = []
    for told in round_lines(prompt, asked.language):
        lines += wrapped(told, width, style="$muted", first=indent)
    room = max(asked.room - len(lines) - len(prompt.options) - 1, 1)
    members = prompt.round.members if prompt.round is not None else ()
    shown = members if len(members) <= room else members[: room - 1]
    lines += [plain(" " * SPEAKER + cut(member, width - SPEAKER)) for member in shown]
    if len(shown) < len(members):
        lines.append(plain(ui("question.below", asked.language, n=len(members) - len(shown)), "$muted"))
    return [*lines, *option_lines(prompt.options, width)] if prompt.options else lines


# What can be chosen


def _options(asked: QuestionView, width: int) -> tuple[list[Content], int]:
    """Return the options with all their meanings if there is room, else only that of the highlighted one."""
    drawn, focus = _with_meanings(asked, width, all_of_them=True)
    if len(drawn) > asked.room:
        drawn, focus = _with_meanings(asked, width, all_of_them=False)
    return drawn, focus


def _with_meanings(asked: QuestionView, width: int, *, all_of_them: bool) -> tuple[list[Content], int]:
    answering, focus = asked.answering, 0
    lines: list[Content] = []
    several = isinstance(answering, MultiChoiceMode)
    if several:
        lines.append(plain(" " * SPEAKER + _limit(asked), "$muted"))
    for at, option in enumerate(asked.prompt.options):
        here = at == answering.chosen
        box = f"[{'x' if at in answering.marked else ' '}] " if several else ""
        sign = HERE if here else (CELLS["answered"] if option.chosen and not several else " ")
        first = Content.assemble((f"   {sign}", "$mark"), plain(f"{option.number:>3}  {box}", "bold $mark"))
        said = option.text if here or all_of_them else cut(option.text, width - first.cell_length)
        text = wrapped(said, width, style="bold" if here else "", first=first)
        if here:
            focus = len(lines)
            text = [barred(line, width) for line in text]
        lines += text
        if option.help and (all_of_them or here):
            lines += wrapped(option.help, width, style="$muted", first=Content(" " * first.cell_length))
    return lines, focus


def _offers(asked: QuestionView, width: int) -> list[Content]:
    """Return what can be taken over by its number, as far as there is room for it."""
    if not asked.prompt.offers:
        return []
    if asked.prompt.offered_by:
        return _roles(asked, width)
    key = "question.ideas" if asked.prompt.ideas else "question.offers"
    lines = [plain(" " * SPEAKER + cut(ui(key, asked.language), width - SPEAKER), "$muted")]
    for number, offer in enumerate(asked.prompt.offers, start=1):
        lines += wrapped(offer, width, first=plain(f"{number:>{SPEAKER - 2}}  ", "bold $mark"))
    return lines if len(lines) + 3 <= asked.room else lines[: max(asked.room - 3, 0)]


def _roles(asked: QuestionView, width: int) -> list[Content]:
    """Return the roles of the people in the room one behind the other: there may be many."""
    roles = zip(asked.prompt.offers, asked.prompt.offered_by, strict=True)
    told = " · ".join(f"{number} {role} ({name})" for number, (role, name) in enumerate(roles, start=1))
    return [
        plain(" " * SPEAKER + cut(ui("question.roles", asked.language), width - SPEAKER), "$muted"),
        *wrapped(told, width, first=Content(" " * SPEAKER)),
    ][: max(asked.room - 3, 2)]


def _limit(asked: QuestionView) -> str:
    """Return how many are marked and how many may be."""
    count, n = asked.prompt.choices, len(asked.answering.marked)
    if count.max is None:
        key = "question.marked_least" if count.min else "question.marked_any"
        return ui(key, asked.language, n=n, least=count.min)
    if count.min == count.max:
        return ui("question.marked_exact", asked.language, n=n, most=count.max)
    return ui("question.marked", asked.language, n=n, least=count.min, most=count.max)


def _short_options(asked: QuestionView, width: int) -> list[Content]:
    """Return the choices of a table cell with their whole meanings, under the table."""
    return [BLANK, *option_lines(asked.prompt.options, width)] if asked.prompt.options else []


def option_lines(options: Sequence[Option], width: int) -> list[Content]:
    """Return choices with their whole meanings: beside their names, where there is room for that."""
    named = max(cell_len(option.text) for option in options)
    lines: list[Content] = []
    for option in options:
        number = plain(f"   {option.number:>3}  ", "bold $mark")
        if not option.help or width - number.cell_length - named < LEAST_MEANING:
            lines += wrapped(option.text, width, style="bold", first=number)
            indent = Content(" " * number.cell_length)
            lines += wrapped(option.help, width, style="$muted", first=indent) if option.help else []
            continue
        first = Content.assemble(number, plain(fitted(option.text, named), "bold"), "  ")
        lines += wrapped(option.help, width, style="$muted", first=first)
    return lines


# Lists, links, look back


def _list(asked: QuestionView, width: int) -> tuple[list[Content], int]:
    prompt, chosen = asked.prompt, asked.answering.chosen
    if not prompt.items:
        return [plain(" " * SPEAKER + _wanted(prompt, asked.language), "$muted")], 0
    lines = []
    for at, item in enumerate(prompt.items):
        first = Content.assemble("   ", (HERE if at == chosen else " ", "$mark"), " ")
        short = plain(fitted(item.short, 5), "$mark")
        line = Content.assemble(first, short, " ", plain(cut(item.label, width - 12)))
        lines.append(barred(line, width) if at == chosen else line)
    focus = len(lines) - 1 if chosen is None else chosen
    shown, focus = window(
        lines, focus, min(max(asked.room - 1, 3), max(LIST_ROOM, asked.room - 4)), asked.language
    )
    return [*shown, plain(" " * SPEAKER + _wanted(prompt, asked.language), "$muted")], focus


def _wanted(prompt: Prompt, language: str) -> str:
    count, n = prompt.count, len(prompt.items)
    if count.max is None:
        key = "question.listed_least" if count.min else "question.listed_any"
        return ui(key, language, n=n, least=count.min)
    return ui("question.listed", language, n=n, least=count.min, most=count.max)


def _sentence(prompt: Prompt, language: str, width: int) -> list[Content]:
    """Return a link read as one sentence, with an ellipsis for what is not said yet."""
    told = [cell.answer or "…" for cell in prompt.card[:3]] + ["…"] * 3
    because = DocumentWords(language).because(told[2].rstrip(" .;"))
    said = ui("question.link", language, cause=told[0], effect=told[1], because=because)
    return wrapped(said, width, style="$team", first=Content(" " * SPEAKER))


def _look_back(asked: QuestionView, width: int) -> tuple[list[Content], int]:
    cells, chosen = asked.prompt.review, asked.answering.chosen
    head: list[Content] = []
    if asked.prompt.waiting:
        waiting = say("talk.waiting_to_be_confirmed", asked.language, n=asked.prompt.waiting)
        head = wrapped(waiting, width, style="$warn", first=Content(" " * SPEAKER))
    if not cells and head:
        return head, 0
    if not cells:
        said = ui("question.nothing_open", asked.language)
        return wrapped(said, width, style="$good", first=Content(" " * SPEAKER)), 0
    lines = [review_line(cell, at, width, here=at == chosen) for at, cell in enumerate(cells)]
    shown, focus = window(lines, chosen or 0, max(asked.room - 1, 3), asked.language)
    said = ui("question.still_open", asked.language, n=len(cells))
    told = wrapped(said, width, style="$warn", first=Content(" " * SPEAKER))
    return [*head, *told, *shown], focus + len(head) + len(told)


def review_line(cell: Cell, at: int, width: int, *, here: bool) -> Content:
    """Return a point of a look back: its number, how it stands, its name, and what was said."""
    number = f"{at + 1:>3}" if at < 9 else "   "
    line = Content.assemble(
        ("   " + (HERE if here else " "), "$mark"),
        (number, "bold $mark"),
        "  ",
        (CELLS[cell.status], CELL_STYLES[cell.status]),
        " ",
        plain(cut_name(cell.name, max(width - 11, 4))),
    )
    return barred(line, width) if here else line
