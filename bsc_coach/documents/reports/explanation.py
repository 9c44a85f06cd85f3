"""Render the provenance of one point as lines of text, for ``why`` on the command line and in the talk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.context.opening import taken_over
from bsc_coach.documents.context.scores import quadrant, quadrant_text
from bsc_coach.documents.context.sentences import points_divided, quoted_inside, scores
from bsc_coach.documents.context.tables import label
from bsc_coach.documents.context.words import DocumentWords, zone_of
from bsc_coach.strategy.decisions import replaced_by
from bsc_coach.strategy.explanation import Explanation, Named, VoteHistory, Weighed
from bsc_coach.strategy.model import Decision, Strategy
from bsc_coach.strategy.notes import KeptAnswer, Minute, Notes
from bsc_coach.text import one_line
from bsc_coach.words import say, texts

KINDS_WITH_OWNER = frozenset(
    {"objectives", "enablers", "kpis", "initiatives", "assumptions", "risks", "parking"}
)
_NAMED_BY_THE_SCRIPT = frozenset({"attributes", "clusters", "question"})
MOST_NAMED = 12
"""More ids than this are told as families: O1–O6."""
_DIGITS = "0123456789."


def explained(about: Explanation, strategy: Strategy) -> tuple[str, ...]:
    """Return ``about`` as lines in the language of ``strategy``, which it was taken from."""
    speak = DocumentWords.of(strategy)
    sentences = {link["id"]: link["sentence"] for link in build_context(strategy, Notes())["links"]}
    later = replaced_by(strategy.decisions)
    # What there is to tell, part by part.
    links = [sentences.get(link.id) or f"{link.cause or '…'} → {link.effect or '…'}" for link in about.links]
    parts: tuple[tuple[str, Iterable[str]], ...] = (
        ("said", _said(about.said, speak, by_item=about.kind == "question")),
        ("originals", (one_line(text) for text in about.originals)),
        ("voted", (line for one in about.voted for line in _voted(one, speak))),
        ("heard", (one_line(text) for text in about.heard)),
        ("kept", (_kept(one, speak) for one in about.kept)),
        ("decisions", (_decision(one, later, speak) for one in about.decisions)),
        ("links", (f"{link.id}  {read}" for link, read in zip(about.links, links, strict=True))),
        ("themed", _labels(about.themed)),
        ("risks", _labels(about.risks)),
        ("kpis", _labels(about.kpis)),
        ("old_kpis", _labels(about.old_kpis)),
        ("initiatives", _labels(about.initiatives)),
        ("dropped", (_dropped(one, speak) for one in about.dropped)),
        ("removed", _labels(about.removed)),
    )
    # The head, and each part that has something to tell under its heading.
    lines = list(_head(about, speak))
    if about.kind == "proposition":
        lines = list(_choice(strategy, speak))
    for name, told in parts:
        under = [f"  {line}" for line in told]
        if under:
            lines += ["", say(f"why.part.{name}", speak.language, zone=_zones(about)), *under]
    if not about.said and not about.voted:
        lines += ["", say("why.nothing_said", speak.language)]
    if about.taken_over is not None:
        lines += ["", *taken_over(about.taken_over, speak)]
    return tuple(lines)


def explained_earlier(about: Explanation, strategy: Strategy) -> tuple[str, ...]:
    """Return what an older session knows of a point that was taken over from it, with a line before it."""
    lines = (f"  {line}" if line else "" for line in explained(about, strategy))
    return ("", say("why.earlier", strategy.language), *lines)


def families(ids: Sequence[str]) -> str:
    """Return ids as people list them; many of them as families: "O1–O6, CM1–CM6"."""
    if len(ids) <= MOST_NAMED:
        return ", ".join(ids)
    grouped: dict[str, list[str]] = {}
    for one in ids:
        grouped.setdefault("." if "." in one else one.rstrip(_DIGITS), []).append(one)
    return ", ".join(group[0] if len(group) == 1 else f"{group[0]}–{group[-1]}" for group in grouped.values())


def _head(about: Explanation, speak: DocumentWords) -> Iterator[str]:
    kinds = texts("why", speak.language)["kind"]
    kind = kinds.get(about.kind, kinds["list"])
    # An item that the script itself names has no short id that people say.
    said = about.title if about.kind in _NAMED_BY_THE_SCRIPT and about.title else label(about.id, about.title)
    yield say("why.head", speak.language, label=said, kind=kind)
    if about.gone:
        yield say("why.gone", speak.language)
    if about.owner:
        yield say("why.owner", speak.language, owner=one_line(about.owner))
    elif about.kind in KINDS_WITH_OWNER and not about.gone:
        yield say("why.no_owner", speak.language)
    if about.scores is not None:
        yield from _weighing(about.scores, speak)


def _choice(strategy: Strategy, speak: DocumentWords) -> Iterator[str]:
    """Yield the value proposition, and how the team divided ten points over all four of them."""
    chosen = strategy.proposition
    kind = say("why.kind.proposition", speak.language)
    named = speak.choice("proposition", chosen.type) if chosen.type else "–"
    yield say("why.head", speak.language, label=named, kind=kind)
    if divided := points_divided(chosen.points, speak):
        yield divided


def _weighing(weighed: Weighed, speak: DocumentWords) -> Iterator[str]:
    if told := _scores(weighed, speak):
        yield say("why.scores", speak.language, scores=told)
    if weighed.evidence:
        yield say("why.evidence", speak.language, evidence=one_line(weighed.evidence))
    if weighed.reason:
        key = "why.chosen" if weighed.selected else "why.not_chosen"
        yield say(key, speak.language, reason=one_line(weighed.reason))


def _scores(weighed: Weighed, speak: DocumentWords) -> str | None:
    place = quadrant(weighed.influence, weighed.performance)
    told = {**weighed.model_dump(), "quadrant_text": quadrant_text(place, speak, chosen=weighed.selected)}
    return scores(told, speak)


def _zones(about: Explanation) -> str:
    times = [*(one.at for one in about.said), *(vote.at for one in about.voted for vote in one.taken)]
    return ", ".join(dict.fromkeys(zone_of(at) for at in times))


def _voted(voted: VoteHistory, speak: DocumentWords) -> Iterator[str]:
    """Yield what was voted on, each time that it was, and what the talk made of it."""
    yield voted.asked
    for number, vote in enumerate(voted.taken):
        told = {"when": _time(vote.at), "outcome": vote.outcome}
        line = say("why.voted" if number == 0 else "why.voted_again", speak.language, **told)
        yield f"  {say('why.undone', speak.language, line=line) if vote.undone else line}"
    if voted.stale:
        yield f"  {speak.say('sentence.voted_before')}"
    if voted.named:
        ballots = (
            speak.say("sentence.named_ballot", **one.model_dump(include={"name", "ballot"}))
            for one in voted.named
        )
        yield f"  {'; '.join(ballots)}"
    if voted.afterwards:
        key = "why.afterwards" if voted.talked else "why.by_the_middle"
        yield f"  {say(key, speak.language, answer=voted.afterwards)}"


def _time(at: str) -> str:
    return at.replace("T", " ")[: len("2028-06-30 12:00")]


def _said(said: Iterable[Minute], speak: DocumentWords, *, by_item: bool) -> Iterator[str]:
    """Yield each question once, or each item that one was asked about, and under it all that was answered."""
    groups: dict[str, list[Minute]] = {}
    heading = ""
    for minute in said:
        heading = (minute.about if by_item else None) or minute.question or heading
        groups.setdefault(heading, []).append(minute)
    for heading, told in groups.items():
        if heading:
            yield heading
        yield from (f"  {_minute(minute, speak)}" for minute in told)


def _minute(minute: Minute, speak: DocumentWords) -> str:
    reason = (minute.reason, minute.owner, minute.due) if minute.kind == "parked" else (minute.reason,)
    told = {
        "when": _time(minute.at),
        "by": one_line(minute.by),
        "said": quoted_inside(minute.said),
        "reason": " · ".join(one_line(part) for part in reason if part),
    }
    alone = minute.kind == "parked" and not told["reason"]
    line = say(f"why.said_as.{'parked_alone' if alone else minute.kind}", speak.language, **told)
    if minute.origin:
        line = say(f"why.source.{minute.origin}", speak.language, line=line)
    if minute.kind == "reworded" and minute.remark:
        line = say("why.after_remark", speak.language, line=line, remark=minute.remark)
    return say("why.undone", speak.language, line=line) if minute.undone else line


def _kept(kept: KeptAnswer, speak: DocumentWords) -> str:
    told = {name: one_line(text) for name, text in kept.model_dump().items()}
    return say("why.kept_line", speak.language, **{**told, "answer": quoted_inside(kept.answer)})


def _decision(decision: Decision, later: Mapping[str, Sequence[str]], speak: DocumentWords) -> str:
    parts = [label(decision.id, decision.title)]
    if by := later.get(decision.id):
        parts.append(speak.say("sentence.replaced_by", by=speak.listing(by)))
    elif decision.status is not None:
        parts.append(speak.choice("decision_status", decision.status))
    if decision.date:
        parts.append(speak.date(decision.date))
    if decision.replaces and decision.replaces != decision.id:
        parts.append(say("why.replaces", speak.language, id=decision.replaces))
    if decision.reason:
        parts.append(one_line(decision.reason))
    if decision.alternatives:
        parts.append(say("why.alternatives", speak.language, alternatives=one_line(decision.alternatives)))
    if decision.dissent:
        parts.append(say("why.dissent", speak.language, dissent=one_line(decision.dissent)))
    return " – ".join(parts)


def _dropped(weighed: Weighed, speak: DocumentWords) -> str:
    told = [label(weighed.id, weighed.title), _scores(weighed, speak), one_line(weighed.reason or "")]
    return " – ".join(part for part in told if part)


def _labels(named: Iterable[Named]) -> Iterator[str]:
    return (label(one.id, one.title) for one in named)
