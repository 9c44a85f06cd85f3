"""Train the second ear: make the heads in prompts/ear, and print what they are worth.

Run as ``python benchmarks/train_ear.py`` with the extra ``ear``, after rules have changed; a minute of one
processor. It learns from the training half of tests/coach/corpus, from half "a" of tests/coach/wordings and
from the samples that come with the program, whose wordings are good; from nothing else. What it prints is
held out: of each sector as an ear hears it that has learned from the others. The thresholds are chosen so
that of all good wordings it remarks on two in a hundred on which no rule does, and on none of the samples.
One seed, so that the same rows and rules give the same heads; ``--dry`` writes nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from bsc_coach.coach.check import check_strategy
from bsc_coach.coach.ear.encoders import Encoder, load_sentences, load_words
from bsc_coach.coach.ear.head import GROUPS, UNIT, read_known
from bsc_coach.coach.ear.heard import Place
from bsc_coach.coach.ear.shape import shape_of
from bsc_coach.coach.rule import Finding
from bsc_coach.conversation.recording import play_sample
from bsc_coach.session.environment import Environment
from bsc_coach.session.samples import read_sample
from tests.support import corpus, golden_wordings

SEED = 20261130
FOLDS = 8
BUDGET = 0.01
"""The share of good wordings that it may remark on beside the rules; with other authors it is more."""
COUNTS = {"old": 0.5, "sample": 5.0}
"""What a row counts for, where not for one: older wordings are more alike, samples must be left alone."""
MARGIN = 0.1
"""How far thresholds lie above the wordings of the sample sessions, which nothing remarks on."""
STRENGTH = 3.0
"""How far weights may grow: the inverse of the penalty."""
ROUNDS = 300
GROUP_NAMES = tuple(dict.fromkeys(GROUPS.values()))
KNOWN_KINDS = {
    group: sorted({one.kind for one in read_known("en")[group] + read_known("nl")[group]})
    for group in GROUP_NAMES
}
KINDS = sorted({kind for kinds in KNOWN_KINDS.values() for kind in kinds})
"""The kinds of which there are known wordings: only those are told from each other."""
LANGUAGES = ("en", "nl")
FOLDER = Path(__file__).parents[1] / "prompts" / "ear"
Numbers = Any
"""An array of numpy."""


@dataclass(frozen=True)
class Row:
    """A labelled wording, and whether no rule remarks on it."""

    language: str
    place: Any
    text: str
    weak: bool
    source: str
    """"corpus", "weaknesses", "old" or "sample"."""
    apart: str
    """What is held out together: a sector, or the wordings of one weakness."""
    silent: bool
    kind: str = ""
    """The kind of weakness, where it is told."""


def main() -> None:
    """Train a head for each encoder, and print the figures."""
    samples = list(_samples())
    rows = [row for row in (*_corpus(), *_old(), *samples) if row.place in GROUPS]
    apart = sorted({row.apart for row in rows if row.apart})
    fold_of = dict(zip(np.random.default_rng(SEED).permutation(apart), _endless(FOLDS), strict=False))
    folds = np.array([fold_of.get(row.apart, -1) for row in rows])
    print("| ear | | weak, rules silent | heard | weak, any remark | good | rules remark | + ear |")
    print("|---|---|---|---|---|---|---|---|")
    for encoder in (load_words(), load_sentences()):
        inputs = _inputs(rows, encoder)
        held_out, guessed = np.zeros(len(rows)), np.full(len(rows), "", object)
        for fold in range(FOLDS):
            learned, asked = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
            weights = _fit(inputs[learned], [rows[one] for one in learned])
            held_out[asked] = [inputs[one] @ weights[GROUPS[rows[one].place]] for one in asked]
            kinds = _fit_kinds(inputs[learned], [rows[one] for one in learned])
            guessed[asked] = [_kind_of(inputs[one], rows[one], kinds) for one in asked]
        weights = _fit(inputs, rows)
        thresholds = _thresholds(rows, held_out)
        for one, row in zip(inputs, rows, strict=True):
            value = one @ weights[GROUPS[row.place]]
            if row.source == "sample" and value + MARGIN > thresholds[row.place]:
                print(f"{encoder.name}: {row.place} has to be above “{row.text}” of a sample")
                thresholds[row.place] = float(value) + MARGIN
        _print(encoder.name, rows, held_out, thresholds)
        right = [kind == row.kind for row, kind in zip(rows, guessed, strict=True) if row.kind in KINDS]
        print(f"{encoder.name}: the kind of a weak one is right in {sum(right)} of {len(right)}")
        if "--dry" not in sys.argv:
            _write(encoder.name, weights, thresholds, _fit_kinds(inputs, rows))


def _endless(count: int) -> Iterator[int]:
    while True:
        yield from range(count)


def _corpus() -> Iterator[Row]:
    """Yield the wordings of the training half; KPIs are for the rules."""
    for language in LANGUAGES:
        for case in corpus.cases("training", language):
            if case.place != "kpi":
                yield _row(case, "corpus", case.sector, corpus.by_rules(case))
        for case in corpus.reworded("training", language):
            yield _row(case, "weaknesses", f"{language} {case.weakness}", corpus.by_rules(case))


def _row(case: corpus.Case, source: str, apart: str, found: Sequence[Finding]) -> Row:
    return Row(case.language, case.place, case.text, bool(case.kind), source, apart, not found, case.kind)


def _old() -> Iterator[Row]:
    """Yield half "a" of the older set."""
    for language in LANGUAGES:
        for case in golden_wordings.cases("a", language):
            place = case.row if case.kind == "objective" else case.kind
            yield Row(language, place, case.text, bool(case.rules), "old", "", silent=False)


class _Asked:
    """An ear that hears nothing, and remembers what it was asked about."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.rows: list[Row] = []

    def heard(self, text: str, place: Place, language: str) -> None:
        """Remember a text."""
        self.rows.append(Row(language, place, text, False, self.source, "", silent=True))


def _samples() -> Iterator[Row]:
    """Yield the wordings of the samples on which no rule remarks: good ones, of which none may be touched."""
    for file in sorted((FOLDER.parent / "samples").glob("*.jsonl")):
        with TemporaryDirectory() as home:
            session = play_sample(read_sample(file.stem), Path(home) / "session", Environment(by="Nobody"))
            asked = _Asked("sample")
            check_strategy(session.strategy(), language=session.plan.language, ear=asked)
            session.close()
            yield from asked.rows


def _inputs(rows: Sequence[Row], encoder: Encoder) -> Numbers:
    """Return a line of numbers a row: its vector and shape, its place, and whether it is Dutch."""
    vectors = encoder.encode([row.text for row in rows])
    return np.array(
        [
            [*vector, *shape_of(row.text), *(row.place == place for place in GROUPS), row.language == "nl"]
            for vector, row in zip(vectors, rows, strict=True)
        ],
        np.float32,
    )


def _fit(inputs: Numbers, rows: Sequence[Row]) -> dict[str, Numbers]:
    """Return the weights of a logistic regression for each group of places, by accelerated descent.

    The weights of a group are those for all places and its own beside them, both with a quadratic penalty: a
    group with few rows stays near the others.
    """
    counts = np.array([COUNTS.get(row.source, 1.0) for row in rows], np.float32)
    target = np.array([row.weak for row in rows], np.float32)
    parts = [np.flatnonzero([GROUPS[row.place] == name for row in rows]) for name in GROUP_NAMES]
    some = [(inputs[part], counts[part], target[part]) for part in parts]
    # The steepest that the sum can be tells how long a step may be; a row counts for all and for its group.
    steepest = 0.5 * np.linalg.eigvalsh(inputs.T @ (counts[:, None] * inputs))[-1] + 1 / STRENGTH
    weights = ahead = np.zeros((1 + len(GROUP_NAMES), inputs.shape[1]), np.float32)
    slow = np.sqrt(1 / STRENGTH / steepest)
    for _ in range(ROUNDS):
        slopes = np.array(
            [
                own.T @ (count * (1 / (1 + np.exp(-own @ (ahead[0] + ahead[at]))) - weak))
                for at, (own, count, weak) in enumerate(some, 1)
            ]
        )
        slopes = np.vstack([slopes.sum(axis=0), slopes])
        after = ahead - (slopes + ahead / STRENGTH) / steepest
        ahead, weights = after + (1 - slow) / (1 + slow) * (after - weights), after
    return {name: weights[0] + weights[at] for at, name in enumerate(GROUP_NAMES, 1)}


def _fit_kinds(inputs: Numbers, rows: Sequence[Row]) -> dict[str, Numbers]:
    """Return weights that tell the kinds of weak wordings from each other (softmax), with a constant last."""
    some = [at for at, row in enumerate(rows) if row.kind in KINDS]
    own = np.hstack([inputs[some][:, : _size_of(inputs)], np.ones((len(some), 1), np.float32)])
    target = np.array([[rows[at].kind == kind for kind in KINDS] for at in some], np.float32)
    steepest = 0.5 * np.linalg.eigvalsh(own.T @ own)[-1] + 1 / STRENGTH
    slow = np.sqrt(1 / STRENGTH / steepest)
    weights = ahead = np.zeros((own.shape[1], len(KINDS)), np.float32)
    for _ in range(ROUNDS):
        likely = np.exp(own @ ahead)
        likely /= likely.sum(axis=1, keepdims=True)
        after = ahead - (own.T @ (likely - target) + ahead / STRENGTH) / steepest
        ahead, weights = after + (1 - slow) / (1 + slow) * (after - weights), after
    return dict(zip(KINDS, weights.T, strict=True))


def _kind_of(line: Numbers, row: Row, kinds: dict[str, Numbers]) -> str:
    """Return the likeliest kind of a wording among those that are known of its group of places."""
    own = np.append(line[: _size_of(line[None])], 1.0)
    return max(KNOWN_KINDS[GROUPS[row.place]], key=lambda kind: own @ kinds[kind])


def _size_of(inputs: Numbers) -> int:
    """Return how many of the numbers of a line are its vector and shape."""
    return int(inputs.shape[1]) - len(GROUPS) - 1


def _thresholds(rows: Sequence[Row], held_out: Numbers) -> dict[str, float]:
    """Return what a wording has to come to: one threshold, higher at places where it would touch too many."""
    touched = [
        (value, row.place)
        for value, row in zip(held_out, rows, strict=True)
        if row.source == "corpus" and row.silent and not row.weak
    ]
    good = [row.place for row in rows if row.source == "corpus" and not row.weak]
    common = _just_above([value for value, _ in touched], BUDGET * len(good))
    found = {}
    for place in GROUPS:
        here = [value for value, one in touched if one == place]
        most = max(1.0, 2 * BUDGET * good.count(place))
        found[place] = max(common, _just_above(here, most))
    return found


def _just_above(values: Sequence[float], most: float) -> float:
    """Return the lowest threshold that at most so many values exceed, halfway to the next lower one."""
    ordered = [*sorted(values, reverse=True), -10.0]
    number = min(int(most), len(ordered) - 2)
    return float(ordered[number] + (ordered[number - 1] if number else ordered[0] + 1)) / 2


def _print(name: str, rows: Sequence[Row], held_out: Numbers, thresholds: dict[str, float]) -> None:
    """Print what an ear hears of what it has not learned from."""
    heard = [row.silent and value > thresholds[row.place] for row, value in zip(rows, held_out, strict=True)]
    parts = [(language, lambda row, own=language: row.language == own) for language in LANGUAGES]
    parts += [(place, lambda row, own=place: row.place == own) for place in GROUPS]
    parts += [("all", lambda row: True)]
    told = list(zip(rows, heard, strict=True))
    for source in ("corpus", "weaknesses"):
        for label, belongs in parts if source == "corpus" else parts[-1:]:
            some = [(row, ear) for row, ear in told if row.source == source and belongs(row)]
            weak, good = ([(row, ear) for row, ear in some if row.weak == side] for side in (True, False))
            silent, found = sum(row.silent for row, _ in weak), sum(ear for _, ear in weak)
            noisy, touched = sum(not row.silent for row, _ in good), sum(ear for _, ear in good)
            remarked = (len(weak) - silent + found) / max(len(weak), 1)
            print(
                f"| {name} | {source}, {label} | {silent} of {len(weak)} | {found} | {remarked:.3f} "
                f"| {len(good)} | {noisy} | {touched} |"
            )


def _write(
    name: str, weights: dict[str, Numbers], thresholds: dict[str, float], kinds: dict[str, Numbers]
) -> None:
    """Write a head in whole thousandths."""
    size = _size_of(weights[GROUP_NAMES[0]][None])
    lines = [f"# Made by benchmarks/train_ear.py for the encoder of {name}; thousandths."]
    lines += ["", "[dutch]", *(f"{group} = {_whole(weights[group][-1])}" for group in GROUP_NAMES)]
    lines += ["", "[bias]"]
    for at, (place, group) in enumerate(GROUPS.items()):
        lines.append(f"{place} = {_whole(weights[group][size + at])}")
    lines += ["", "[thresholds]", *(f"{place} = {_whole(value)}" for place, value in thresholds.items())]
    tables = {"weights": {group: weights[group][:size] for group in GROUP_NAMES}, "kinds": kinds}
    for table, lists in tables.items():
        lines += ["", f"[{table}]"]
        for key, numbers in lists.items():
            values = [str(_whole(one)) for one in numbers]
            lines.append(f"{key} = [")
            lines += [f"    {', '.join(values[first : first + 20])}," for first in range(0, len(values), 20)]
            lines.append("]")
    (FOLDER / f"head_{name}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _whole(value: float) -> int:
    return round(float(value) * UNIT)


if __name__ == "__main__":
    main()
