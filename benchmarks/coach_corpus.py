"""How well the coach judges the corpus of labelled wordings, as tables.

Run as ``python benchmarks/coach_corpus.py``: the counting half; ``--half training`` for the half that rules
may be tuned on, ``--kinds`` for a table by kind, ``--seen`` to list the misses of the training half (those of
the counting half are never listed), ``--place process`` for one place only, ``--ear words`` or ``--ear
sentences`` for the rules and the second ear together.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bsc_coach.coach.context import RuleContext
from bsc_coach.coach.ear.encoders import load_sentences, load_words
from bsc_coach.coach.ear.second_ear import Judge as EarJudge
from tests.support.corpus import TODAY, Case, Half, Judge, Tally, by_rules, cases, judged, reworded, tally

LANGUAGES = ("en", "nl")
ENCODERS = {"words": load_words, "sentences": load_sentences}


def with_ear(name: str) -> Judge:
    """Return a judge by the rules and an ear."""
    ear = EarJudge(ENCODERS[name]())
    for language in LANGUAGES:
        ear.load(language)
    return lambda case: judged(case, RuleContext(case.language, today=TODAY, ear=ear))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--half", choices=("training", "counting", "closing"), default="counting")
    parser.add_argument("--kinds", action="store_true")
    parser.add_argument("--seen", action="store_true")
    parser.add_argument("--place", default="")
    parser.add_argument("--ear", choices=tuple(ENCODERS), default="")
    options = parser.parse_args()
    judge = with_ear(options.ear) if options.ear else by_rules
    half: Half = options.half
    _overview(half, options.place, judge)
    if options.kinds:
        _by_kind(half, options.place, judge)
    if options.seen:
        if half != "training":
            sys.exit("The misses of the counting half are not listed: add --half training.")
        _misses(half, options.place, judge)


def _some(half: Half, language: str, place: str) -> Iterator[Case]:
    return (one for one in cases(half, language) if place in ("", one.place))


def _overview(half: Half, place: str, judge: Judge) -> None:
    """Print the table of languages, styles and KPIs, and the reworded weaknesses."""
    print(f"| {half} | good | left alone | hints | weak | right kind | any remark |")
    print("|---|---|---|---|---|---|---|")
    for language in LANGUAGES:
        found = list(_some(half, language, place))
        for name, some in (
            ("wordings, plain", [one for one in found if one.place != "kpi" and one.style == "plain"]),
            ("wordings, published", [one for one in found if one.place != "kpi" and one.style != "plain"]),
            ("KPIs", [one for one in found if one.place == "kpi"]),
        ):
            if some:
                print(f"| {language} {name} {_figures(tally(iter(some), judge))}")
    for language in LANGUAGES:
        told = [one for one in reworded(half, language) if place in ("", one.place)]
        heard: dict[str, list[bool]] = defaultdict(list)
        right = 0
        for one in told:
            findings = judge(one)
            heard[one.weakness].append(bool(findings))
            right += any(finding.rule in one.rules for finding in findings)
        total = sum(map(sum, heard.values()))
        whole = sum(map(all, heard.values()))
        print(
            f"\n{language}: {len(heard)} weaknesses in {len(told)} wordings: {total} heard "
            f"({total / max(len(told), 1):.3f}), {right} in the right kind, {whole} in all of their wordings"
        )


def _figures(one: Tally) -> str:
    alone, hints = f"{one.left_alone:.3f}", f"{one.hints:.3f}"
    return f"| {one.good} | {alone} | {hints} | {one.weak} | {one.recall:.3f} | {one.heard:.3f} |"


def _by_kind(half: Half, place: str, judge: Judge) -> None:
    """Print what was found of each kind, in both languages."""
    print("\n| place, kind | en: right, any, all | nl: right, any, all |")
    print("|---|---|---|")
    counts: dict[tuple[str, str], dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for language in LANGUAGES:
        for one in _some(half, language, place):
            counts[one.place, one.kind][language].add(one, judge(one))
    for (where, kind), tallies in sorted(counts.items()):
        cells = (
            f"{one.right}, {one.any}, {one.weak}"
            if kind
            else f"good {one.good}: {one.warned} warned, {one.hinted} hinted"
            for one in (tallies[language] for language in LANGUAGES)
        )
        print(f"| {where} {kind} | {' | '.join(cells)} |")


def _misses(half: Half, place: str, judge: Judge) -> None:
    """List the good ones that were remarked on, and the weak ones without a remark of the right kind."""
    for language in LANGUAGES:
        for one in (*_some(half, language, place), *reworded(half, language)):
            if place not in ("", one.place):
                continue
            findings = judge(one)
            told = ", ".join(
                f"{found.rule}{'' if found.severity == 'hint' else '!'} {found.word}" for found in findings
            )
            if one.kind and not any(found.rule in one.rules for found in findings):
                print(f"{language} {one.place} {one.kind} {one.weakness}: {one.text} [{told}]")
            elif findings and not one.kind:
                print(f"{language} {one.place} good: {one.text} [{told}]")


if __name__ == "__main__":
    main()
