"""Findings that miss the same of several items are told in one sentence; each of them stays a finding."""

from __future__ import annotations

import string

import pytest

from bsc_coach.coach.catalogue import RuleWords, rule_words, rules
from bsc_coach.coach.check import check_strategy
from bsc_coach.coach.grouping import grouped, told_together
from bsc_coach.coach.lexicon.word_lists import LANGUAGES
from bsc_coach.coach.rule import Finding
from bsc_coach.strategy.model import Candidate, Initiative, Objective, Strategy
from bsc_coach.text import clean

NAMED = [(name, said) for name in rules() for said in rule_words("en")[name].says]


def of_rule(found: tuple[Finding, ...], name: str) -> list[tuple[tuple[str, ...], str]]:
    """Return what is said by a rule, and about which items."""
    groups = grouped(found, lambda one: one)
    return [
        (tuple(one.about[0] for one in group.members if one.about), group.say)
        for group in groups
        if group.members[0].rule == name
    ]


def with_owners(*owners: str | None) -> Strategy:
    """Return a strategy with an objective for each owner."""
    return Strategy(
        candidates=[
            Candidate(id=f"O{n}", cluster="operations", title=f"Shorten step {n}", selected=True)
            for n in range(len(owners))
        ],
        objectives=[
            Objective(id=f"O{n}", title=f"Shorten step {n}", owner_role=owner)
            for n, owner in enumerate(owners)
        ],
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_several_lack_is_one_sentence_that_names_them(language: str) -> None:
    found = check_strategy(with_owners("Planner", "Nurse", "Clerk"), language=language)
    ((items, said),) = of_rule(found, "M20")
    assert items == ("O0", "O1", "O2")
    assert "O0, O1, O2" in said
    assert "“Shorten step 0”" not in said


def test_what_one_lacks_is_said_of_that_one() -> None:
    found = check_strategy(with_owners("Planner"))
    assert of_rule(found, "M20") == [(("O0",), next(one.say for one in found if one.rule == "M20"))]
    assert "“Shorten step 0”" in of_rule(found, "M20")[0][1]


def test_groups_leave_no_finding_out_and_stay_in_the_order_of_the_gravest() -> None:
    found = check_strategy(with_owners(None, "Planner", None))
    groups = grouped(found, lambda one: one)
    assert sorted(map(id, found)) == sorted(id(one) for group in groups for one in group.members)
    ranks = [group.members[0].rank for group in groups]
    assert ranks == sorted(ranks)
    assert all(len({one.severity for one in group.members}) == 1 for group in groups)


def test_a_rule_without_a_sentence_for_several_is_said_one_by_one() -> None:
    alone = Finding("O01", "warn", "a", ("O1",))
    assert told_together([alone, Finding("O01", "warn", "b", ("O2",))])[0] is alone
    several = [Finding("M20", "settle", one, (one,), many="No KPI: {items}.") for one in ("O1", "O2")]
    assert [one.say for one in told_together(several)] == ["No KPI: O1, O2."]


def test_what_is_milder_than_the_rule_is_not_told_with_the_rest() -> None:
    found = [Finding("M20", severity, "x", ("O1",), many="{items}") for severity in ("warn", "hint")]
    assert len(told_together(found)) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_an_owner_nothing_is_counted(language: str) -> None:
    strategy = with_owners(*[None] * 4, *["Planner"] * 9)
    (nobody, one_owner) = of_rule(check_strategy(strategy, language=language), "M23")
    assert nobody[0] == ("O0", "O1", "O2", "O3")
    assert not any(digit in nobody[1].replace("O0, O1, O2, O3", "") for digit in string.digits)
    assert "“Planner”" in one_owner[1]
    assert "9" in one_owner[1]


def test_too_many_projects_on_a_point_are_not_told_as_projects_without_an_end() -> None:
    projects = [
        Initiative(id=f"N{n}", title=f"Step {n}", objectives=("O0",), owner_role="Planner", end="2027-06")
        for n in range(9)
    ]
    strategy = with_owners("Planner").model_copy(update={"initiatives": tuple(projects)})
    ((items, said),) = of_rule(check_strategy(strategy), "M31")
    assert items == ("O0",)
    assert "9" in said
    assert "when does it end" not in said


def test_one_promise_is_not_counted_as_several() -> None:
    strategy = Strategy.model_validate({"promises": [{"id": "C1", "title": "I want to be called back"}]})
    for language, slip in zip(LANGUAGES, ("are 1", "zijn 1"), strict=True):
        (said,) = [one.say for one in check_strategy(strategy, language=language) if one.rule == "V15"]
        assert slip not in said


def test_a_full_cluster_is_not_told_as_a_full_map() -> None:
    strategy = with_owners(*["Planner", "Nurse", "Clerk", "Cook", "Porter"])
    (said,) = [one.say for one in check_strategy(strategy) if one.rule == "M12"]
    assert "5" in said
    assert "tell a strategy" not in said
    assert "Operations" in said


def scored(*clusters: str) -> Strategy:
    """Return a strategy that has chosen all it scored, one candidate for each cluster that is named."""
    return Strategy.model_validate(
        {
            "candidates": [
                {"id": f"X{n}", "cluster": one, "title": f"Step {n}", "influence": 4, "performance": 2,
                 "selected": True}
                for n, one in enumerate(clusters)
            ]
        }
    )  # fmt: skip


def test_where_only_one_of_each_cluster_was_chosen_nothing_could_be_left_out() -> None:
    four = ("operations", "customer", "innovation", "social")
    waiting = {"id": "X9", "cluster": "operations", "title": "Step", "influence": 2, "performance": 4}
    whole = scored(*four).model_dump(mode="json", exclude_none=True)
    few = Strategy.model_validate({**whole, "candidates": [*whole["candidates"], waiting]})
    assert "M17" not in {one.rule for one in check_strategy(few)}
    many = scored(*four, "operations", "operations")
    (said,) = [one.say for one in check_strategy(many) if one.rule == "M17"]
    assert "Operations" in said


def places_in(said: str) -> set[str]:
    return {part for _, part, _, _ in string.Formatter().parse(said) if part}


def faults(words: RuleWords) -> list[str]:
    """Return which of the further sentences of a rule cannot be said."""
    found = []
    for name, said in words.says.items():
        places = places_in(said)
        if not 0 < len(said) <= 190 or clean(said).text != said:
            found.append(f"{name} is too long or not clean")
        if name.endswith("many") and not places & {"items", "words"}:
            found.append(f"{name} names no items")
        if name.endswith("_many") and name.removesuffix("_many") not in words.says:
            found.append(f"{name} has no sentence for one")
        if name.endswith("many") and not places <= {"items", "words", "n"}:
            found.append(f"{name} knows only of one")
    return found


@pytest.mark.parametrize("name", sorted(rules()))
def test_further_sentences_are_whole_in_both_languages(name: str) -> None:
    english, dutch = (rule_words(language)[name] for language in LANGUAGES)
    assert list(english.says) == list(dutch.says)
    assert faults(english) == faults(dutch) == []
    for said, text in english.says.items():
        assert places_in(text) == places_in(dutch.says[said])
        assert text != dutch.says[said]


def test_a_sentence_for_several_that_names_none_is_found_out() -> None:
    """The control of the test above."""
    wrong = RuleWords("a", {"many": "“{word}” has none.", "x_many": "{items}"}, "b", "c", (), ())
    assert len(faults(wrong)) == 3
