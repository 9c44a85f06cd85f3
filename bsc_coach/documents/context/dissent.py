"""Dissent in a context: what ballots are far apart about, what was to be heard, what was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from bsc_coach.documents.context import sentences
from bsc_coach.documents.context.tables import Table, label, text_or_none
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.strategy.model import CLUSTERS, Candidate, Strategy
from bsc_coach.strategy.voted import (
    CONFIDENCE,
    DOTS,
    INFLUENCE,
    PERFORMANCE,
    TALKED_ABOUT_FIRST,
    WHOLE_MAP,
    WORTH,
    VotedPoint,
    disputed,
)
from bsc_coach.text import one_line

LONGEST_BAR = 10
"""The longest bar of a distribution, in characters; where more people gave one answer, bars are to scale."""
_LABELS = {
    INFLUENCE: "influence",
    PERFORMANCE: "performance",
    DOTS: "dots",
    CONFIDENCE: "how_sure",
    WHOLE_MAP: "whole_map",
    WORTH: "worth",
}
"""What was voted on, by the name of its label."""
_SAID = {"map_said": "label.whole_map", "links_said": "heading.links"}
"""What was to be heard when the map and its links were voted on, and what it is about."""
_SCORES = (INFLUENCE, PERFORMANCE, DOTS)
_COLUMNS = (
    ("label", "about"), ("voted_on", "voted_on"), ("mean_text", "mean"), ("spread_text", "spread"),
    ("n", "ballots"), ("counts_text", "distribution"), ("named_text", "named"), ("stale_text", "remark_on"),
)  # fmt: skip
_WRITTEN = (("text", "as_written"), ("became_text", "became_part_of"))


def dissent(
    strategy: Strategy, points: Sequence[VotedPoint], titles: dict[str, str | None], speak: DocumentWords
) -> Table:
    """Return what the team does not agree on yet: the most dissent ``first``, ``others``, what was ``said``.

    ``titles`` are what points are called, by their short ids. Nothing is told of what all agree on.
    """
    apart = disputed(one for one in points if one.field != WORTH)
    most = list(dict.fromkeys(one.about_what for one in apart))[:TALKED_ABOUT_FIRST]
    # All that is said of the two points with the most dissent stands together, and then the other points.
    in_order = sorted(apart, key=lambda one: (*most, one.about_what).index(one.about_what))
    rows = [(one.about_what in most, _row(one, titles, speak)) for one in in_order]
    others = tuple(row for is_first, row in rows if not is_first)
    return {
        "first": tuple(row for is_first, row in rows if is_first),
        "others": others,
        "columns": tuple(
            (field, name) for field, name in _COLUMNS if any(row[field] not in (None, "") for row in others)
        ),
        "said": tuple(_said(strategy, speak)),
    }


def _row(point: VotedPoint, titles: dict[str, str | None], speak: DocumentWords) -> Table:
    """One thing that was voted on, with its numbers in words, and in its ``sheet`` ready to loop over."""
    called = point.about or (label(point.item, titles.get(point.item)) if point.item else "")
    voted_on = _about(point, speak)
    stale = speak.say("sentence.voted_before") if point.stale else None
    counts = tuple(_counts(point, speak))
    # Its numbers, and beside them what a reader wants.
    named = "; ".join(
        speak.say("sentence.named_ballot", name=one_line(one.name), ballot=one.ballot) for one in point.named
    )
    row: Table = {
        "id": point.item,
        "label": called or voted_on,
        "voted_on": voted_on if called else None,
        "mean": None if point.choices else round(point.mean, 2),
        "mean_text": _mean(point, speak),
        "spread": None if point.spread is None else round(point.spread, 2),
        "spread_text": None if point.spread is None else _spread(point.spread, speak),
        "n": point.n,
        "counts": counts,
        "counts_text": speak.say("format.comma").join(_runs(counts, speak)) or None,
        "stale": point.stale,
        "stale_text": stale,
        "named": tuple({"name": one.name, "ballot": one.ballot} for one in point.named),
        "named_text": named or None,
    }
    # What is known of it, in the order of a sheet.
    known = {
        "mean": speak.say("sentence.mean_of", mean=row["mean_text"], scale=_scale(point, speak), n=point.n),
        "spread": row["spread_text"],
        "distribution": row["counts_text"],
        "named": row["named_text"],
        "remark_on": row["stale_text"],
    }
    sheet = [
        {"field": name, "label": speak.say(f"label.{name}"), "text": text}
        for name, text in known.items()
        if text
    ]
    return {**row, "title": row["label"], "place": row["voted_on"], "sheet": tuple(sheet)}


def _counts(point: VotedPoint, speak: DocumentWords) -> Iterator[Table]:
    """Yield how many gave each answer, with a bar as text."""
    most = max((n for _, n in point.counts), default=0)
    for place, n in point.counts:
        named = speak.choice("confidence", point.choices[place]) if point.choices else str(place)
        length = n if most <= LONGEST_BAR else -(-n * LONGEST_BAR // most)
        bar = "■" * length
        yield {"answer": named, "n": n, "bar": bar}


def _runs(counts: Iterable[Table], speak: DocumentWords) -> Iterator[str]:
    """Yield each answer with its bar; answers that nobody gave and that follow each other as one."""
    for is_given, together in groupby(counts, lambda one: bool(one["n"])):
        run = tuple(together)
        if is_given:
            yield from (speak.say("sentence.counted", **one) for one in run)
        else:
            ends = dict.fromkeys((run[0]["answer"], run[-1]["answer"]))
            yield speak.say("sentence.counted_none", answer="–".join(ends))


def _mean(point: VotedPoint, speak: DocumentWords) -> str:
    if point.choices:
        return speak.choice("confidence", point.choices[int(point.mean)])
    return speak.number(round(point.mean, 1))


def _scale(point: VotedPoint, speak: DocumentWords) -> str:
    if point.choices:
        ends = [speak.choice("confidence", point.choices[place]) for place in (0, -1)]
        return speak.say("sentence.scale", low=ends[0], high=ends[1])
    return speak.say("sentence.scale", low=point.low, high=point.high)


def _spread(value: float, speak: DocumentWords) -> str:
    """Return a spread with both of its digits: 0.40."""
    return f"{value:.2f}".replace(".", speak.say("format.decimal"))


def _said(strategy: Strategy, speak: DocumentWords) -> Iterator[Table]:
    """Yield the sentences that somebody wanted said, each with what it was said about."""
    by_id = {cluster.id: cluster.said for cluster in strategy.clusters}
    places = [(speak.choice("cluster", name), by_id.get(name)) for name in CLUSTERS]
    places += [(speak.say(about), getattr(strategy.agreement, name)) for name, about in _SAID.items()]
    for about, told in places:
        for line in (text_or_none(told) or "").split("\n"):
            if line.strip():
                yield {"text": line.strip(), "about_text": about}


def votes_of(points: Iterable[VotedPoint], item: str, speak: DocumentWords) -> Table:
    """Return what the ballots about one candidate came to, and in short where its scores come from."""
    own = [one for one in points if one.item == item and one.field in _SCORES]
    short = [speak.say("sentence.from_ballots", **_told(one, speak)) for one in own]
    mark = speak.say("format.semicolon")
    return {
        "votes_text": mark.join(_phrase(one, speak) for one in own) or None,
        "from_ballots_text": mark.join(short) or None,
    }


def _phrase(point: VotedPoint, speak: DocumentWords) -> str:
    """Return ballots on one line: what was voted on, mean, how many, and the spread where that is told."""
    said = speak.say("sentence.voted", about=_about(point, speak), outcome=ballots_text(point, speak))
    return speak.say("sentence.voted_stale", said=said) if point.stale else said


def _told(point: VotedPoint, speak: DocumentWords) -> dict[str, object]:
    spread = None if point.spread is None else _spread(point.spread, speak)
    return {"about": _about(point, speak), "mean": _mean(point, speak), "n": point.n, "spread": spread}


def _about(point: VotedPoint, speak: DocumentWords) -> str:
    return point.asked or speak.say(f"label.{_LABELS[point.field]}")


def agreed(agreement: Table, points: Iterable[VotedPoint], speak: DocumentWords) -> str | None:
    """Return what the team said to the whole: the lowest hands along the way, and ballots on the map."""
    hands = sentences.agreed(agreement, speak)
    votes = [
        speak.say("sentence.map_voted", said=_phrase(one, speak)) for one in points if one.field == WHOLE_MAP
    ]
    return " ".join(one for one in (hands, *votes) if one) or None


def titles_of(context: Table) -> dict[str, str | None]:
    """Return what everything that ballots are given about is called, by its id."""
    links = {
        link["id"]: f"{link['cause_text'] or '…'} → {link['effect_text'] or '…'}" for link in context["links"]
    }
    candidates = {one["id"]: one["title"] for one in (*context["vital_few"], *context["trivial_many"])}
    return {**candidates, **links, **{name: item["title"] for name, item in context["items"].items()}}


def meeting(strategy: Strategy, points: Iterable[VotedPoint], speak: DocumentWords) -> Table:
    """Return how the meeting was: a ``sheet`` of its worth, what to keep and what to change."""
    worth = next((one for one in points if one.field == WORTH), None)
    told = strategy.meeting
    row = None if worth is None else _row(worth, {}, speak)
    numbers = None
    if worth is not None and row is not None:
        parts = [ballots_text(worth, speak), row["counts_text"], row["stale_text"]]
        numbers = speak.say("format.semicolon").join(part for part in parts if part)
    known = {
        "worth": numbers,
        "keep": text_or_none(told.keep),
        "keep_written": "\n".join(map(one_line, told.keep_written)) or None,
        "change": text_or_none(told.change),
        "change_written": "\n".join(map(one_line, told.change_written)) or None,
    }
    # What was agreed on in the words of what was written is told once.
    for name in ("keep", "change"):
        if known[name] == known[f"{name}_written"]:
            known[f"{name}_written"] = None
    sheet = tuple(
        {"field": name, "label": speak.say(f"label.{name}"), "text": text}
        for name, text in known.items()
        if text
    )
    return {**known, "votes": row, "sheet": sheet}


def ballots_text(point: VotedPoint, speak: DocumentWords) -> str:
    """Return what ballots came to: mean, how many, and the spread where that is told."""
    if point.spread is None:
        key = "few_choices" if point.choices else "few"
    else:
        key = "choices" if point.choices else "numbers"
    return speak.say(f"sentence.outcome_{key}", **_told(point, speak))


def written(strategy: Strategy, titles: dict[str, str | None], speak: DocumentWords) -> tuple[Table, ...]:
    """Return what was written in silent rounds as it was, cluster by cluster, and what became of it.

    Each has ``title``, ``rows`` (``text``, and ``became_text``: the candidate, or that it was left over) and
    the ``columns`` of their table.
    """
    texts = {cluster.id: cluster.written for cluster in strategy.clusters}
    told = []
    for name in CLUSTERS:
        own = [one for one in strategy.candidates if one.cluster == name]
        if rows := tuple(_written(texts.get(name, ()), own, titles, speak)):
            told.append({"title": speak.choice("cluster", name), "columns": _WRITTEN, "rows": rows})
    return tuple(told)


def _written(
    texts: Sequence[str], candidates: Iterable[Candidate], titles: dict[str, str | None], speak: DocumentWords
) -> Iterator[Table]:
    left = Counter(texts)
    for one in candidates:
        for line in (text_or_none(one.originals) or "").split("\n"):
            if line:
                left[line] -= 1
                yield {"text": line, "became": one.id, "became_text": label(one.id, titles.get(one.id))}
    for text in texts:
        if left[text] > 0:
            left[text] -= 1
            yield {"text": one_line(text), "became": None, "became_text": speak.say("nothing.left_over")}
