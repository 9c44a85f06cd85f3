"""Commands about what the coach says: keep an answer against it, put it elsewhere, mute a rule, ask why."""

from __future__ import annotations

from bsc_coach.conversation.placement import placement_of
from bsc_coach.conversation.reply import Followup, Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.transcript import Turn
from bsc_coach.interview.coaching import context_of, is_rule, rule_says
from bsc_coach.interview.facts.answers import SlotAnswered
from bsc_coach.interview.facts.coaching import KeepAnswer, MuteRule
from bsc_coach.interview.facts.family import Several
from bsc_coach.interview.facts.lists import ListClosed
from bsc_coach.interview.facts.log import SAVED, Action
from bsc_coach.interview.facts.session import SetLanguage
from bsc_coach.interview.projection import shorts_of
from bsc_coach.script.slots import Slot
from bsc_coach.text import normal


def remarks_of(talk: Talk, action: Action) -> Followup | None:
    """Return the remarks on the first answer or list of an action that has any, and what can be done."""
    said = (event.slot for event in action.do if isinstance(event, SlotAnswered | ListClosed))
    remarked = [slot for slot in said if talk.remarks_on(slot)]
    if not remarked:
        return None
    # Of a line that held several answers, it is the one that would be mended.
    slot = next((one for one in remarked if _is_mended_at(talk, one)), remarked[0])
    return Followup(_remark_turns(talk, slot), stay=slot)


def _is_mended_at(talk: Talk, slot: Slot) -> bool:
    """Tell whether what the coach says first of an answer is mended by giving another one there."""
    from bsc_coach.coach.catalogue import rules

    mended_at = rules()[talk.remarks_on(slot)[0].rule].mended_at
    return bool(mended_at) and talk.plan.statuses[slot].step.field == mended_at


def _remark_turns(talk: Talk, slot: Slot) -> tuple[Turn, ...]:
    findings = talk.remarks_on(slot)
    placement = placement_of(talk.plan, slot, findings)
    ways = [talk.say(f"save.{placement.destination}")] if placement is not None else []
    value = talk.plan.answer(slot)
    picked = shorts_of(talk.plan, value) if isinstance(value, tuple) else []
    if any(finding.over_budget for finding in findings) and len(picked) > 1:
        ways.append(talk.say("budget.ways", one=picked[0], other=picked[1]))
    ways.append(talk.say("remark_ways"))
    return (
        *(Turn("coach", finding.say, slot) for finding in findings),
        *(Turn("note", way, slot) for way in ways),
    )


def keep(talk: Talk, rest: str) -> Reply:
    """Keep an answer as it is, against the remarks on it; or a rule by its name, here or on the whole map."""
    slot = talk.at
    name, _, reason = rest.strip().partition(" ")
    if is_rule(name.upper()):
        return _keep_rule(talk, name.upper(), reason)
    findings = () if slot is None else talk.remarks_on(slot)
    if slot is None or not findings:
        return talk.note("nothing_to_keep")

    def kept(because: str) -> Reply:
        if not because:
            return talk.note("cancelled")
        commands = tuple(_kept(talk, slot, finding.rule, because) for finding in findings)
        return talk.do(commands[0] if len(commands) == 1 else Several(commands))

    because = _because(talk, rest)
    if because:
        return kept(because)
    return talk.ask(talk.say("ask.keep_reason"), lambda line: kept(_because(talk, line)))


def _kept(talk: Talk, slot: Slot, name: str, because: str) -> KeepAnswer | MuteRule:
    """Keep an answer against a rule; a list is no answer, and there the map as a whole is kept."""
    is_list = talk.plan.statuses[slot].value is None
    return MuteRule(name, because) if is_list else KeepAnswer(slot, name, because)


def _keep_rule(talk: Talk, name: str, reason: str) -> Reply:
    """Keep what one rule says as it is: the answer we are at, or the map as a whole."""
    here = None if talk.at is None else talk.plan.status(talk.at)
    about_here = here is not None and rule_says(talk.plan, here, name, talk.ear) is not None

    def kept(line: str) -> Reply:
        because = _because(talk, line)
        if not because:
            return talk.note("cancelled")
        return talk.do_here(
            KeepAnswer(here.slot, name, because) if about_here and here else MuteRule(name, because)
        )

    return kept(reason) if _because(talk, reason) else talk.ask(talk.say("ask.keep_reason"), kept)


def _because(talk: Talk, reason: str) -> str:
    """Return a reason without the word that the talk says itself before it; that word alone is none."""
    first, _, rest = reason.strip().partition(" ")
    return rest.strip() if talk.means(normal(first), "because") else reason.strip()


def save(talk: Talk, rest: str) -> Reply:
    """Put what was answered where it belongs, and ask again: nothing that was said goes to waste."""
    slot = talk.at
    placement = None if slot is None else placement_of(talk.plan, slot, talk.remarks_on(slot))
    if placement is None:
        return talk.note("nothing_to_save")
    reply = talk.do_here(placement.command, source=SAVED)
    again = Turn(
        "coach", talk.say(f"again.{placement.kind}", customers=context_of(talk.plan).called_customers), slot
    )
    return Reply((*reply.turns, again), keep_text=reply.keep_text)


def mute(talk: Talk, rest: str) -> Reply:
    """Let a rule be silent in this session, or speak again; alone, the rule of the remark we are at."""
    name, _, reason = rest.strip().partition(" ")
    if not name:
        findings = () if talk.at is None else talk.remarks_on(talk.at)
        if not findings:
            return talk.note("nothing_to_mute")
        name = findings[0].rule

    def muted(because: str) -> Reply:
        return talk.do_here(MuteRule(name, _because(talk, because)))

    if reason.strip() or name.upper() in talk.plan.state.muted:
        return muted(reason)
    return talk.ask(talk.say("ask.mute_reason"), lambda line: muted(line) if line else talk.note("cancelled"))


def why(talk: Talk, rest: str) -> Reply:
    """Tell why the question is asked; with an id, what is behind that point."""
    if rest.strip():
        from bsc_coach.conversation.point_history import behind

        return Reply((Turn("note", behind(talk.session, rest.strip()), talk.at),))
    prompt = talk.prompt()
    reasons = [text for text in (prompt.help, prompt.reason) if text] if prompt is not None else []
    if not reasons:
        return talk.note("no_reason")
    return Reply(tuple(Turn("coach", text, talk.at) for text in reasons))


def example(talk: Talk, rest: str) -> Reply:
    """Show a good and a poor answer to the question."""
    prompt = talk.prompt()
    turns = []
    if prompt is not None and prompt.good:
        turns.append(Turn("coach", talk.say("good_example", text=prompt.good), talk.at))
    if prompt is not None and prompt.poor:
        turns.append(Turn("coach", talk.say("poor_example", text=prompt.poor), talk.at))
    return Reply(tuple(turns)) if turns else talk.note("no_example")


def language(talk: Talk, rest: str) -> Reply:
    """Go on in another language, or have the documents written in one."""
    if not rest.strip():
        languages = ", ".join(talk.plan.script.header.languages)
        return talk.note("language_now", language=talk.language, languages=languages)
    *documents, name = rest.casefold().split()
    if documents and not talk.means(documents[0], "documents"):
        return talk.note("language_how")
    return talk.do_here(SetLanguage(name, documents=bool(documents)))
