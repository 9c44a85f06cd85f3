"""Commands about lists and their items: add, finish, take off, bring back, move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bsc_coach.conversation.commands.answers import LONGEST_NAME, NAMES_SHOWN, close, hold, in_words
from bsc_coach.conversation.commands.moves import named_item
from bsc_coach.conversation.prompt_builder import first_inside
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.transcript import Turn
from bsc_coach.interview.consequences import Consequences, after, consequences
from bsc_coach.interview.facts.family import Command, Several
from bsc_coach.interview.facts.lists import AddItem, MoveItem, RemoveItem, RestoreItem
from bsc_coach.interview.projection import item_in_words
from bsc_coach.interview.understanding.readings import PastedItem, PastedList
from bsc_coach.script.model import CollectStep, PickStep
from bsc_coach.script.slots import ItemId, Slot
from bsc_coach.text import shorten
from bsc_coach.words import say


def add(talk: Talk, slot: Slot, text: str) -> Reply:
    """Add to the list at ``slot``: one item, or one per line, row or part once that was confirmed."""
    from bsc_coach.interview.understanding.pasted_lists import pasted_list
    from bsc_coach.interview.understanding.phrases import typed_words
    from bsc_coach.interview.understanding.rows import read_row, read_rows, read_rows_on_one_line

    words, step, today = (
        typed_words(talk.language),
        talk.plan.statuses[slot].step,
        talk.session.environment.today,
    )
    # One item with all that its line says, unless several with all that is said of them stand on it.
    several = read_rows_on_one_line(talk.plan, slot, text, today)
    row = read_row(talk.plan, slot, text, today) if several is None else None
    if row is not None:
        return say_left_in_name(
            talk, slot, _add_items(talk, slot, [PastedItem(text.strip(), row)]), [str(row[0][1])]
        )
    # Several lines, of links only such as can be; what is no list is one item.
    pasted = several or read_rows(talk.plan, slot, text, today)
    picked = isinstance(first_inside(talk.plan, slot)[0], PickStep)
    if not isinstance(step, CollectStep) or (picked and pasted is None):
        return _add_items(talk, slot, [_whole(talk, slot, text)])
    if (
        pasted is not None
        and picked
        and (refused := talk.session.decide(_adding(slot, pasted.items)).refusals)
    ):
        return talk.refused(refused[0].sentence(talk.language))
    pasted = pasted or pasted_list(words, talk.plan, step, slot.frame, text)
    items = pasted.items
    if len(items) == 1 and not pasted.columns:
        reply = _add_items(talk, slot, items)
        told = _without_marks(talk, slot, items[0]) if pasted.marks_left_out and not reply.keep_text else ()
        return say_left_in_name(talk, slot, reply.telling(*told), [str(items[0].answers[0][1])])
    if not items:
        return _add_items(talk, slot, [_whole(talk, slot, text)])
    hold(talk, slot, text)
    question = _question(talk, pasted)
    return talk.ask(question, lambda line: _added_lines(talk, slot, pasted, text, question, line))


def say_left_in_name(talk: Talk, slot: Slot, reply: Reply, names: Sequence[str]) -> Reply:
    """Say which parts of a line stay in the name, though they look like more: a number, a date."""
    from bsc_coach.interview.understanding.row_slips import left_in_name

    today = talk.session.environment.today
    left = [part for name in names for part in left_in_name(talk.plan, slot, name, today)]
    if not left or reply.keep_text:
        return reply
    parts = ", ".join(f"“{shorten(part, LONGEST_NAME)}”" for part in left)
    return reply.telling(
        Turn("coach", say("typed.left_in_name", talk.language, n=len(left), parts=parts), slot)
    )


def _without_marks(talk: Talk, slot: Slot, item: PastedItem) -> tuple[Turn, ...]:
    """Say how an item was taken that was typed with its number, or in quotes."""
    value = shorten(str(item.answers[0][1]), LONGEST_NAME)
    return (Turn("coach", say("typed.mark_left_out", talk.language, value=value), slot),)


def _whole(talk: Talk, slot: Slot, text: str) -> PastedItem:
    """Return a text as one item, whatever its lines."""
    first, _ = first_inside(talk.plan, slot)
    return PastedItem(text, ((first.id, text),))


def _question(talk: Talk, pasted: PastedList) -> str:
    """Ask whether to add what a paste was read as."""
    n = len(pasted.items)
    if pasted.split:
        names = ", ".join(f"“{shorten(item.line, LONGEST_NAME)}”" for item in pasted.items[:NAMES_SHOWN])
        more = ", …" if n > NAMES_SHOWN else ""
        return say("typed.split", talk.language, n=n, names=names + more)
    if pasted.columns:
        return say("typed.columns", talk.language, n=n, names=", ".join(pasted.columns))
    marks = f" {say('typed.list_marks', talk.language)}" if pasted.marks_left_out else ""
    return f"{talk.say('items.ask', n=n)}{marks}"


def _added_lines(talk: Talk, slot: Slot, pasted: PastedList, text: str, question: str, line: str) -> Reply:
    letter = talk.letter(line)
    if talk.means(letter, "yes"):
        names = [str(item.answers[0][1]) for item in pasted.items]
        return say_left_in_name(talk, slot, _add_items(talk, slot, pasted.items), names)
    if talk.means(letter, "as_one"):
        one = text if pasted.split else " ".join(_said(item, pasted) for item in pasted.items)
        return _add_items(talk, slot, [_whole(talk, slot, one)])
    return talk.neither(line, question)


def _said(item: PastedItem, pasted: PastedList) -> str:
    """Return an item as one text: a row of a table with all of its cells."""
    return item.line.strip() if pasted.columns else str(item.answers[0][1])


def _add_items(talk: Talk, slot: Slot, items: Sequence[PastedItem]) -> Reply:
    return talk.do(_adding(slot, items))


def _adding(slot: Slot, items: Sequence[PastedItem]) -> Command:
    """Return what adds items; what a line was pasted as is kept where it reads otherwise."""
    adds: list[Command] = []
    for item in items:
        as_pasted = item.answers[0][1] == item.line.strip() and len(item.answers) == 1
        adds.append(AddItem(slot, dict(item.answers), typed="" if as_pasted else item.line))
    return adds[0] if len(adds) == 1 else Several(tuple(adds))


def done(talk: Talk, rest: str) -> Reply:
    """Finish the list we are at, or the one that the item we are in belongs to."""
    slot = talk.at
    if slot is not None and not isinstance(talk.plan.statuses[slot].step, CollectStep) and slot.frame:
        slot = Slot(slot.frame[-1][0], slot.frame[:-1])
    if slot is None or slot not in talk.plan.statuses:
        return talk.note("all_done")
    talk.position.stand_at(slot)
    return close(talk, slot)


def remove(talk: Talk, rest: str) -> Reply:
    """Take an item off its list; where something else falls away with it, that is shown first."""
    item = named_item(talk, rest)
    if item is None:
        return talk.note("no_item", command="remove")
    command = RemoveItem(item)
    verdict = talk.session.decide(command)
    touched = consequences(talk.plan, after(talk.plan, verdict.events)) if verdict.events else Consequences()
    # That its name goes with an item goes without saying.
    names = talk.plan.naming(talk.plan.state.frames[item])
    dormant = tuple(slot for slot in touched.dormant if slot not in names)
    if replace(touched, dormant=dormant) == Consequences():
        return _do_to_item(talk, command)

    def decided(line: str) -> Reply:
        yes = talk.means(talk.letter(line), "yes")
        return _do_to_item(talk, command) if yes else talk.neither(line, question)

    question = talk.say("removal.ask", name=item_in_words(talk.plan, item), what=in_words(talk, touched))
    return talk.ask(question, decided)


def _do_to_item(talk: Talk, command: Command) -> Reply:
    """Change a list and stay at the question; from the end go on to what is to be asked because of it."""
    return talk.do(command) if talk.ended else talk.do_here(command)


def later(talk: Talk, rest: str) -> Reply:
    """Put a remark on the parking lot, and stay at the question."""
    lot, title = (talk.plan.script.filling(field) for field in ("parking[]", "parking[].title"))
    if lot is None or title is None:
        return talk.note("later.nowhere")
    text = rest.strip()
    if not text:
        cancelled = talk.note("cancelled")
        return talk.ask(talk.say("later.ask"), lambda line: later(talk, line) if line else cancelled)
    reply = talk.do_here(AddItem(Slot(lot.id, ()), {title.id: text}), may_ask=False)
    kept = Turn("note", talk.say("later.kept", text=text), talk.at)
    return reply if reply.keep_text else Reply((kept,))


def restore(talk: Talk, rest: str) -> Reply:
    """Bring an item back that was taken off."""
    return _about_item(talk, "restore", rest, RestoreItem)


def move(talk: Talk, rest: str) -> Reply:
    """Move an item to a place on its list, counted from one."""
    name, _, place = rest.strip().partition(" ")
    if not place.strip().isdecimal():
        return talk.note("no_item", command="move")
    to = max(int(place) - 1, 0)
    return _about_item(talk, "move", name, lambda item: MoveItem(item, to))


def _about_item(talk: Talk, command: str, name: str, about: Callable[[ItemId], Command]) -> Reply:
    item = named_item(talk, name)
    return talk.note("no_item", command=command) if item is None else _do_to_item(talk, about(item))
