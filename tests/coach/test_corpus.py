"""The corpus: what it must hold, and that its halves share neither sectors nor wordings."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from bsc_coach.coach.catalogue import rules
from bsc_coach.coach.lexicon.word_lists import LANGUAGES
from bsc_coach.coach.rule import Finding
from tests.support.corpus import HALVES, Case, cases, reworded, tally

EVERYTHING = [one for half in HALVES for language in LANGUAGES for one in cases(half, language)]
REWORDED = [one for half in HALVES for language in LANGUAGES for one in reworded(half, language)]


def test_it_is_large_and_half_of_it_is_only_counted() -> None:
    assert len(EVERYTHING) >= 1500
    for language in LANGUAGES:
        sizes = [len(list(cases(half, language))) for half in HALVES]
        assert min(sizes) >= 0.45 * sum(sizes)
    sectors = {one.sector for one in EVERYTHING}
    assert len(sectors) >= 30
    assert min(Counter(one.sector for one in EVERYTHING).values()) >= 15


def test_weaknesses_are_told_in_four_wordings() -> None:
    told: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for half in HALVES:
        for language in LANGUAGES:
            for one in reworded(half, language):
                told[half, language, one.weakness].add(one.text)
    assert len(told) >= 60
    assert {len(texts) for texts in told.values()} == {4}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_parts_share_no_sector_and_no_wording(language: str) -> None:
    halves = [(*cases(half, language), *reworded(half, language)) for half in (*HALVES, "closing")]
    sectors = [{one.sector for one in half} - {""} for half in halves]
    texts = [{one.text.casefold() for one in half} for half in halves]
    for some in (sectors, texts):
        assert sum(map(len, some)) == len(set().union(*some))


@pytest.mark.parametrize(
    "case", sorted({(one.place, one.kind) for one in (*EVERYTHING, *REWORDED) if one.kind})
)
def test_every_kind_has_a_rule_that_speaks_of_it(case: tuple[str, str]) -> None:
    place, kind = case
    assert Case("en", place, "plain", kind, "").rules & set(rules())


def test_a_tally_tells_right_from_wrong() -> None:
    weak = Case("en", "process", "plain", "money", "Increase revenue")
    good = Case("en", "process", "plain", "", "Replenish shelf gaps before the evening peak")
    right = (Finding("O17", "warn", "…"),)
    wrong = (Finding("O09", "hint", "…"),)
    told = tally(iter((weak, good)), lambda case: right)
    assert (told.right, told.any, told.warned, told.hinted) == (1, 1, 1, 0)
    told = tally(iter((weak, good)), lambda case: wrong)
    assert (told.right, told.any, told.warned, told.hinted) == (0, 1, 0, 1)
    told = tally(iter((weak, good)), lambda case: ())
    assert (told.recall, told.heard, told.left_alone) == (0, 0, 1)
