"""Every rule over a whole strategy: the samples are clean, findings are in order, and nothing breaks it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bsc_coach.coach.check import check_strategy
from bsc_coach.coach.lexicon.word_lists import LANGUAGES
from bsc_coach.coach.rule import Finding
from bsc_coach.session.samples import read_sample, sample_names
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.model import Attribute, Objective, Strategy
from bsc_coach.strategy.toml import read_toml, write_toml

TODAY = date(2026, 11, 18)


Samples = Callable[[str], Path]


def told_in(folder: Path) -> Strategy:
    """Return the strategy at the end of a recorded session."""
    return read_toml((folder / "strategy.toml").read_bytes())


@pytest.fixture(scope="module")
def riverbend_strategy(sample_folder: Samples) -> Strategy:
    """The strategy at the end of the recorded session of the hospital."""
    return told_in(sample_folder("riverbend"))


def order(one: Finding) -> tuple[int, str, tuple[str, ...]]:
    """Return by what findings are sorted."""
    return one.rank, one.rule, one.about


ASKED_IN_FULL = [name for name in sample_names() if read_sample(name).preset == "everything"]
"""The strategy of a shorter session lacks what is homework; tests of the recordings look at those."""


@pytest.mark.parametrize("name", ASKED_IN_FULL)
def test_a_sample_has_no_finding(name: str, sample_folder: Samples) -> None:
    sample = read_sample(name)
    strategy = told_in(sample_folder(name))
    assert check_strategy(strategy, language=sample.language, today=sample.start.date()) == ()
    assert check_strategy(strategy) == ()


@pytest.mark.parametrize(
    ("changes", "rule", "about"),
    [
        ({"objectives": {"O1": {"title": "Patient satisfaction"}}}, "O", ("O1",)),
        ({"promises": {"C1": {"title": "We provide fast care"}}}, "O19", ("C1",)),
        ({"kpis": {"O1.1": {"target": 45}}}, "K05", ("O1.1",)),
        ({"kpis": {"O1.1": {"direction": None}}}, "K04", ("O1.1",)),
        ({"parking": {"Q1": {"owner": None}}}, "M38", ("Q1",)),
        ({"participants": {"T5": {"vote": 1}}}, "M37", ("T5",)),
        (
            {"objectives": {"I2": {"protected": None}}, "initiatives": {"N6": {"resources": None}}},
            "M35",
            ("I2",),
        ),
        ({"links": {"X7": {"because": "logical"}}}, "M10", ("X7", "O1", "C1")),
        (
            {"kpis": {"I2.1": {"target_date": "2039-12"}, "I2.2": {"target_date": "2039-12"}}},
            "M42",
            ("X16", "I2", "C2"),
        ),
    ],
)
def test_one_fault_in_a_clean_sample(
    riverbend_strategy: Strategy,
    changes: dict[str, dict[str, dict[str, object]]],
    rule: str,
    about: tuple[str, ...],
) -> None:
    spoilt = riverbend_strategy
    for part, items in changes.items():
        entries = tuple(
            one.model_copy(update=items.get(one.id, {})) for one in getattr(riverbend_strategy, part)
        )
        spoilt = spoilt.model_copy(update={part: entries})
    found = check_strategy(spoilt, today=TODAY)
    assert any(one.rule.startswith(rule) and one.about == about for one in found), found


def test_the_notes_of_the_benchmarks_keep_the_coach_silent(riverbend_strategy: Strategy) -> None:
    bare = tuple(
        one.model_copy(update={"benchmark": one.benchmark.model_copy(update={"note": None})})
        for one in riverbend_strategy.kpis
    )
    found = check_strategy(riverbend_strategy.model_copy(update={"kpis": bare}), today=TODAY)
    assert {one.rule for one in found} <= {"K13", "K14"}
    assert ("CM1.1",) in {one.about for one in found if one.rule == "K13"}


def test_most_serious_first_then_by_id(riverbend_strategy: Strategy) -> None:
    sloppy = riverbend_strategy.model_copy(
        update={"links": (), "kpis": riverbend_strategy.kpis[:3], "initiatives": ()}
    )
    found = check_strategy(sloppy, today=TODAY)
    assert len({one.severity for one in found}) == 3
    assert list(found) == sorted(found, key=order)
    parts = ("objectives", "promises", "outcomes", "kpis")
    known = {one.id for part in parts for one in getattr(sloppy, part)}
    assert {name for one in found if one.rule in ("M03", "M04", "M20") for name in one.about} <= known


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_strategy_is_told_what_it_needs(language: str) -> None:
    found = check_strategy(Strategy(language=language), today=TODAY)
    empty = [one.about for one in found if one.rule == "M01"]
    assert empty == [("customer",), ("innovation",), ("operations",), ("social",)]
    assert "M40" not in {one.rule for one in found}


def test_the_language_asked_for_is_spoken(riverbend_strategy: Strategy) -> None:
    spoilt = riverbend_strategy.model_copy(update={"kpis": ()})
    english = [one for one in check_strategy(spoilt) if one.rule == "M20"]
    dutch = [one for one in check_strategy(spoilt, language="nl") if one.rule == "M20"]
    assert [one.about for one in english] == [one.about for one in dutch]
    assert all(one.say != other.say for one, other in zip(english, dutch, strict=True))
    spoken = check_strategy(spoilt.model_copy(update={"language": "nl"}))
    assert dutch == [one for one in spoken if one.rule == "M20"]


def test_an_unknown_language_gets_structure_and_no_word_rules() -> None:
    strange = Strategy(
        language="fr",
        objectives=(Objective(id="O1", title="Améliorer la qualité", horizon="short"),),
        kpis=(Kpi(id="O1.1", measures="O1", name="Qualité", unit="%", formula="sondage"),),
    )
    rules = {one.rule for one in check_strategy(strange, today=TODAY)}
    assert {"M03", "K04", "M15"} <= rules
    assert not {name for name in rules if name[0] in "OV"}
    assert not {"K01", "K02", "K17"} & rules


def test_a_chosen_candidate_counts_before_it_is_described() -> None:
    chosen = {"id": "O1", "cluster": "operations", "title": "Shorten changeovers", "selected": True}
    found = check_strategy(Strategy.model_validate({"candidates": [chosen]}))
    assert ("operations",) not in [one.about for one in found if one.rule == "M01"]
    assert ("O1",) in [one.about for one in found if one.rule == "M20"]


def test_ids_that_lead_nowhere_and_twins_do_no_harm() -> None:
    odd = Strategy.model_validate(
        {
            "objectives": [{"id": "O1"}, {"id": "O1"}, {"id": "ZZ1", "title": "Elsewhere"}],
            "links": [
                {"id": "X1", "cause": "O9", "effect": "C9"},
                {"id": "X1"},
                {"id": "X2", "cause": "O1", "effect": "O1"},
            ],
            "kpis": [{"id": "O7.1", "measures": "O7"}, {"id": "O7.1", "measures": "O7"}],
            "initiatives": [{"id": "N1", "objectives": ["O9", "O9"]}],
            "proposition": {"attributes": [{"id": "brand", "role": "differentiator"}] * 2},
        }
    )
    assert check_strategy(odd, today=TODAY)


TEXTS = st.one_of(
    st.none(), st.text(max_size=60), st.sampled_from(["{0} {word}", "Aantal klachten", "Improve quality"])
)
OBJECTIVES = st.builds(
    Objective,
    id=st.sampled_from(["O1", "O2", "CM1", "I1", "S1"]),
    title=TEXTS,
    description=TEXTS,
    owner_role=TEXTS,
)
KPIS = st.builds(
    Kpi,
    id=st.sampled_from(["O1.1", "CM1.1"]),
    measures=st.sampled_from(["O1", "CM1", "C1"]),
    name=TEXTS,
    unit=st.sampled_from([None, "%", "days"]),
    baseline=st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False)),
    target=st.one_of(st.none(), st.integers(-(10**9), 10**9)),
    target_date=st.sampled_from([None, "2028", "2027-02-31", "0000", "9999-12"]),
    guard=TEXTS,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(OBJECTIVES, max_size=4), st.lists(KPIS, max_size=4), st.sampled_from(["en", "nl", "fr"]))
def test_any_strategy_can_be_checked(objectives: list[Objective], kpis: list[Kpi], language: str) -> None:
    strategy = Strategy(objectives=tuple(objectives), kpis=tuple(kpis), language=language)
    found = check_strategy(strategy, today=TODAY)
    assert list(found) == sorted(found, key=order)
    assert found == check_strategy(strategy, today=TODAY)
    assert all(one.say for one in found)


def test_the_file_gives_what_the_session_gives(riverbend_strategy: Strategy) -> None:
    brand = (Attribute(id="brand", role="differentiator"),)
    proposition = riverbend_strategy.proposition.model_copy(update={"attributes": brand})
    spoilt = riverbend_strategy.model_copy(
        update={"links": riverbend_strategy.links[:4], "proposition": proposition}
    )
    found = check_strategy(spoilt, today=TODAY)
    assert found
    assert check_strategy(read_toml(write_toml(spoilt).encode()), today=TODAY) == found
