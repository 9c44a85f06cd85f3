"""Words about a round that is asked: who sees what, how it stands, and what can be done now."""

from __future__ import annotations

from bsc_coach.conversation.prompt import Prompt
from bsc_coach.words import say


def round_lines(prompt: Prompt, language: str) -> tuple[str, ...]:
    """Return what stands below the question of a round: the rule on names, and how one goes on."""
    stands = prompt.round
    if stands is None and prompt.ballots:
        key = "talk.rounds.voted_enter" if prompt.start else "talk.rounds.voted"
        return (say(key, language, told=prompt.ballots, answer=prompt.start),)
    if stands is None:
        return (say("talk.rounds.offer", language),) if prompt.by_round else ()
    names = say(f"talk.rounds.names.{stands.names}", language)
    if stands.open:
        key = "talk.rounds.open_now" if stands.handed_in else "talk.rounds.open_empty"
        return names, say(key, language, n=stands.handed_in)
    minutes = f"{stands.minutes:g}"
    key = "talk.rounds.to_open_for" if stands.minutes else "talk.rounds.to_open"
    lines = [names, say(key, language, minutes=minutes)]
    lines.append(say(f"talk.rounds.type_{prompt.kind}", language, **_scale(prompt)))
    return tuple(lines)


def _scale(prompt: Prompt) -> dict[str, object]:
    scale = prompt.round.scale if prompt.round is not None else None
    low, high = scale or (1, len(prompt.options))
    return {"low": low, "high": high}
