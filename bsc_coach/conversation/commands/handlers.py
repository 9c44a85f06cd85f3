"""What each typed command does to the talk: one small function a command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from bsc_coach.conversation.commands.budget import demote, merge, shelve
from bsc_coach.conversation.commands.ladder import climb, descend
from bsc_coach.conversation.commands.moments import homework
from bsc_coach.conversation.placement import placement_of
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.transcript import Turn
from bsc_coach.interview.coaching import is_rule, remarks, rule_says
from bsc_coach.interview.commands import (
    Command,
    Decline,
    KeepAnswer,
    MoveItem,
    MuteRule,
    Park,
    Redo,
    RemoveItem,
    RestoreItem,
    SetLanguage,
    Several,
    StillRight,
    Undo,
)
from bsc_coach.interview.events import SlotAnswered
from bsc_coach.interview.navigation import agenda, next_slot
from bsc_coach.interview.projection import said_in_words
from bsc_coach.script.model import CollectStep
from bsc_coach.script.slots import ItemId, Slot
from bsc_coach.text import normal

if TYPE_CHECKING:
    from bsc_coach.conversation.talk import Talk


def _back(talk: Talk, rest: str) -> Reply:
    while talk.trail:
        slot = talk.trail.pop()
        status = talk.plan.status(slot)
        if status is not None and status.relevance != "dormant":
            talk.at = slot
            return Reply()
    return talk.note("nothing_back")


def _skip(talk: Talk, rest: str) -> Reply:
    slot = talk.at
    target = next_slot(talk.plan, slot)
    if slot is not None and target is not None:
        talk.trail.append(slot)
    talk.at = target if target is not None else slot
    return Reply() if target is not None else talk.note("all_done")


def _jump(talk: Talk, rest: str) -> Reply:
    wanted = _bare(rest)
    for entry in agenda(talk.plan):
        named = _bare(entry.title).startswith(wanted) or entry.item == wanted
        if wanted and named and entry.first is not None:
            talk.go_to(entry.first, come_back=True)
            return talk.note("jumped", name=entry.title)
    return _edit(talk, rest)


def _bare(name: str) -> str:
    """Return a name as people may type it: KPI's and kpis are one."""
    return normal(name).replace("'", "").replace("’", "")


def _named_item(talk: Talk, name: str) -> ItemId | None:
    """Return the item that people call ``name``, however they write its letters."""
    state = talk.plan.state
    return state.item_by_name(name.strip().upper()) or state.item_by_name(name.strip())


def _edit(talk: Talk, rest: str) -> Reply:
    """Go to an item by short id, or to a step by its id."""
    item = _named_item(talk, rest)
    for slot, status in talk.plan.statuses.items():
        if status.active and ((item is not None and slot.item == item) or slot.step == rest.strip()):
            talk.go_to(slot, come_back=True)
            return Reply()
    return talk.note("no_item", command="edit")


def _park(talk: Talk, rest: str) -> Reply:
    if talk.at is None:
        return talk.note("all_done")
    slot = talk.at
    keys = ("park_reason", "park_owner", "park_due")

    def taken(told: tuple[str, ...]) -> Reply:
        refusals = talk.session.decide(Park(slot, *told)).refusals
        if len(told) == len(keys) or refusals:
            return talk.do(Park(slot, *told))
        return talk.ask(keys[len(told)], lambda line: taken((*told, line)))

    return taken((rest,)) if rest else talk.ask(keys[0], lambda line: taken((line,)))


def _decline(talk: Talk, rest: str) -> Reply:
    if talk.at is None:
        return talk.note("all_done")
    slot = talk.at
    if rest:
        return talk.do(Decline(slot, rest))
    return talk.ask(
        "decline_reason", lambda line: talk.do(Decline(slot, line)) if line else talk.note("cancelled")
    )


def _keep(talk: Talk, rest: str) -> Reply:
    """Keep an answer as it is, against the remarks on it; or a rule by its name, here or on the whole map."""
    slot = talk.at
    name, _, reason = rest.strip().partition(" ")
    if is_rule(name.upper()):
        return _keep_rule(talk, name.upper(), reason)
    found = () if slot is None else remarks(talk.plan, slot)
    if slot is None or not found:
        return talk.note("nothing_to_keep")

    def keep(because: str) -> Reply:
        if not because:
            return talk.note("cancelled")
        kept = tuple(KeepAnswer(slot, one.rule, because) for one in found)
        return talk.do(kept[0] if len(kept) == 1 else Several(kept))

    told = _because(talk, rest)
    return keep(told) if told else talk.ask("keep_reason", lambda line: keep(_because(talk, line)))


def _keep_rule(talk: Talk, name: str, reason: str) -> Reply:
    """Keep what one rule says as it is: the answer we are at, or the map as a whole."""
    here = None if talk.at is None else talk.plan.status(talk.at)
    about_here = here is not None and rule_says(talk.plan, here, name) is not None

    def keep(because: str) -> Reply:
        told = _because(talk, because)
        if not told:
            return talk.note("cancelled")
        stay = talk.at
        reply = talk.do(KeepAnswer(here.slot, name, told) if about_here and here else MuteRule(name, told))
        talk.at = stay
        return reply

    return keep(reason) if _because(talk, reason) else talk.ask("keep_reason", keep)


def _because(talk: Talk, reason: str) -> str:
    """Return a reason without the word that the talk says itself before it; that word alone is none."""
    first, _, rest = reason.strip().partition(" ")
    return rest.strip() if talk.means(normal(first), "because") else reason.strip()


def _save(talk: Talk, rest: str) -> Reply:
    """Put what was answered where it belongs, and ask again: nothing that was said goes to waste."""
    saving = None if talk.at is None else placement_of(talk.plan, talk.at)
    if saving is None:
        return talk.note("nothing_to_save")
    here = talk.at
    reply = talk.do(saving.command)
    if not reply.keep_text:
        talk.at = here
    again = talk.say(f"again.{saving.kind}")
    return Reply((*reply.turns, Turn("coach", again, here)), keep_text=reply.keep_text)


def _mute(talk: Talk, rest: str) -> Reply:
    """Let a rule be silent in this session, or speak again; alone, the rule of the remark we are at."""
    name, _, reason = rest.strip().partition(" ")
    if not name:
        found = () if talk.at is None else remarks(talk.plan, talk.at)
        if not found:
            return talk.note("nothing_to_mute")
        name = found[0].rule
    here = talk.at

    def mute(because: str) -> Reply:
        reply = talk.do(MuteRule(name, _because(talk, because)))
        talk.at = here
        return reply

    if reason.strip() or name.upper() in talk.plan.state.muted:
        return mute(reason)
    return talk.ask("mute_reason", lambda line: mute(line) if line else talk.note("cancelled"))


def _right(talk: Talk, rest: str) -> Reply:
    status = None if talk.at is None else talk.plan.status(talk.at)
    if status is None or not status.stale:
        return talk.note("nothing_stale")
    return talk.do(StillRight(status.slot))


def _done(talk: Talk, rest: str) -> Reply:
    slot = talk.at
    if slot is not None and not isinstance(talk.plan.statuses[slot].step, CollectStep) and slot.frame:
        slot = Slot(slot.frame[-1][0], slot.frame[:-1])
    if slot is None or slot not in talk.plan.statuses:
        return talk.note("all_done")
    talk.at = slot
    return talk.close(slot)


def _about_item(talk: Talk, name: str, rest: str, command: Callable[[ItemId], Command]) -> Reply:
    item = _named_item(talk, rest)
    if item is None:
        return talk.note("no_item", command=name)
    return talk.do(command(item))


def _remove(talk: Talk, rest: str) -> Reply:
    return _about_item(talk, "remove", rest.strip(), RemoveItem)


def _restore(talk: Talk, rest: str) -> Reply:
    return _about_item(talk, "restore", rest.strip(), RestoreItem)


def _move(talk: Talk, rest: str) -> Reply:
    name, _, place = rest.strip().partition(" ")
    if not place.strip().isdecimal():
        return talk.note("no_item", command="move")
    to = max(int(place) - 1, 0)
    return _about_item(talk, "move", name, lambda item: MoveItem(item, to))


def _undo(talk: Talk, rest: str) -> Reply:
    return talk.do(Undo())


def _redo(talk: Talk, rest: str) -> Reply:
    return talk.do(Redo())


def _why(talk: Talk, rest: str) -> Reply:
    """Tell why the question is asked; with an id, what is behind that point."""
    if rest.strip():
        from bsc_coach.conversation.point_history import behind

        return Reply((Turn("note", behind(talk.plan, rest.strip()), talk.at),))
    prompt = talk.prompt()
    told = [text for text in (prompt.help, prompt.reason) if text] if prompt is not None else []
    if not told:
        return talk.note("no_reason")
    return Reply(tuple(Turn("coach", text, talk.at) for text in told))


def _example(talk: Talk, rest: str) -> Reply:
    prompt = talk.prompt()
    turns = []
    if prompt is not None and prompt.good:
        turns.append(Turn("coach", talk.say("good_example", text=prompt.good), talk.at))
    if prompt is not None and prompt.poor:
        turns.append(Turn("coach", talk.say("poor_example", text=prompt.poor), talk.at))
    return Reply(tuple(turns)) if turns else talk.note("no_example")


def _history(talk: Talk, rest: str) -> Reply:
    """Show every wording of this answer, numbered; with a number, give that one again."""
    said = [
        (action, event)
        for action in talk.plan.state.actions
        for event in action.do
        if isinstance(event, SlotAnswered) and event.slot == talk.at
    ]
    if rest.strip().isdecimal() and 1 <= int(rest) <= len(said):
        _, event = said[int(rest) - 1]
        return talk.accept(event.slot, event.value)
    turns = []
    for number, (action, event) in enumerate(said, start=1):
        value = said_in_words(talk.plan, event.slot, event.value)
        when = action.at.strftime("%Y-%m-%d %H:%M")
        line = talk.say("history_line", number=number, when=when, by=action.by, value=value)
        turns.append(Turn("note", line, talk.at))
    if not turns:
        return talk.note("no_history")
    return Reply((*turns, Turn("note", talk.say("history_ways"), talk.at)))


def _language(talk: Talk, rest: str) -> Reply:
    if not rest.strip():
        languages = ", ".join(talk.plan.script.header.languages)
        return talk.note("language_now", language=talk.language, languages=languages)
    *documents, language = rest.casefold().split()
    if documents and not talk.means(documents[0], "documents"):
        return talk.note("language_how")
    here = talk.at
    reply = talk.do(SetLanguage(language, documents=bool(documents)))
    talk.at = here
    return reply


HANDLERS: Mapping[str, Callable[[Talk, str], Reply]] = {
    "back": _back, "next": _skip, "jump": _jump, "edit": _edit,
    "park": _park, "na": _decline, "keep": _keep, "save": _save, "mute": _mute, "right": _right,
    "up": climb, "down": descend, "merge": merge, "demote": demote, "shelve": shelve,
    "homework": homework, "done": _done, "remove": _remove, "restore": _restore, "move": _move,
    "undo": _undo, "redo": _redo, "why": _why, "example": _example,
    "history": _history, "language": _language,
}  # fmt: skip
