"""Words about a round that is asked: who sees what, how it stands, what can be done; and what Enter takes."""

from __future__ import annotations

from collections.abc import Iterator

from bsc_coach.conversation.prompt import Prompt, RoundState
from bsc_coach.words import say


def round_lines(prompt: Prompt, language: str) -> tuple[str, ...]:
    """Return what stands below a question: of a round its names and how one goes on; what Enter takes."""
    stands = prompt.round
    if stands is None and prompt.ballots:
        dots = "dots" if prompt.kind == "pick" else "voted"
        key = f"talk.rounds.{dots}_enter" if prompt.start else f"talk.rounds.{dots}"
        return (say(key, language, told=prompt.ballots, answer=_start(prompt)),)
    if stands is None and prompt.start and prompt.kind == "choice":
        return (say("talk.read_off", language, answer=_start(prompt)),)
    if stands is None:
        return (say("talk.rounds.offer", language),) if prompt.by_round else ()
    names = say(f"talk.rounds.names.{stands.names}", language)
    if stands.open:
        key = "talk.rounds.open_now" if stands.handed_in else "talk.rounds.open_empty"
        return names, say(key, language, n=stands.handed_in)
    # How one votes by phone, and how what is on paper is typed.
    if stands.passes:
        return (*_how_typed(prompt, stands, language), say("talk.rounds.to_pass", language))
    minutes = round(stands.minutes)
    key = "talk.rounds.to_open_for" if minutes else "talk.rounds.to_open"
    return names, say(key, language, n=minutes), *_how_typed(prompt, stands, language)


def _how_typed(prompt: Prompt, stands: RoundState, language: str) -> Iterator[str]:
    """Yield how what is on paper is typed: about one thing, about several, with a sentence to be heard."""
    kind, scale = "dots" if stands.divides else prompt.kind, _scale(prompt)
    yield say(f"talk.rounds.type_{kind}", language, **scale)
    ids = [member.partition(" ")[0] for member in stands.members[:2]]
    if kind == "ballot" and len(ids) > 1:
        yield say("talk.rounds.type_several", language, one=ids[0], other=ids[1], **scale)
    if stands.sentence:
        yield say("talk.rounds.type_sentence", language)


def _start(prompt: Prompt) -> str:
    """Return what Enter alone takes, in words where its id is none."""
    named = next((option.text for option in prompt.options if option.id == prompt.start), prompt.start)
    return prompt.start if prompt.start.isdecimal() else named


def _scale(prompt: Prompt) -> dict[str, object]:
    """Return the least and the most that a ballot may say, and ballots in between as an example."""
    scale = prompt.round.scale if prompt.round is not None else None
    low, high = scale or (1, len(prompt.options))
    return {"low": low, "high": high, "example": f"{high} {high - 1} {high} {low}"}
