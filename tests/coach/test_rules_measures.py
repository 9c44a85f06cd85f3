"""The rules on KPIs and on the map: each example in both languages, and what a sheet lets one compute."""

from __future__ import annotations

import re
import string
import tomllib
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from bsc_coach.coach.catalogue import LANGUAGES, rule_words, rules
from bsc_coach.coach.check import check_kpi, check_map
from bsc_coach.coach.context import RuleContext
from bsc_coach.coach.formulas import (
    better,
    gap,
    progress,
    readings,
    red_line_fits,
    stretch,
)
from bsc_coach.coach.lexicon.phrases import LONGEST_LOOK, akin, phrases, readable, stem
from bsc_coach.coach.rule import Finding
from bsc_coach.coach.rules.kpi_definition import is_a_group
from bsc_coach.strategy.model import Benchmark, Enabler, Kpi, Link, Objective, Promise, Strategy
from bsc_coach.text import clean
from tests.coach.examples import Example, example

LEXICON = Path(__file__).parents[2] / "prompts" / "lexicon"
TODAY = date(2026, 11, 18)
MINE = sorted(name for name in rules() if name[0] in "KM")
CASES = [
    pytest.param(language, name, side, number, id=f"{language}-{name}-{side}-{number}")
    for language, name, side in product(LANGUAGES, MINE, ("fires", "silent"))
    for number in range(len(getattr(rule_words(language)[name], side)))
]


def looked_at(one: Example, language: str) -> list[Finding]:
    """Return what the rules on KPIs and maps say of an example."""
    context = RuleContext(language, today=one.today)
    if one.kpi is not None:
        return list(check_kpi(one.kpi, context, one.strategy))
    assert one.strategy is not None
    found = list(check_map(one.strategy, context))
    for kpi in one.strategy.kpis:
        found += check_kpi(kpi, context, one.strategy)
    return found


def kpi(**fields: object) -> Kpi:
    """Return a KPI of O1."""
    return Kpi.model_validate({"id": "O1.1", "measures": "O1", **fields})


def ids(found: tuple[Finding, ...] | list[Finding]) -> set[str]:
    """Return which rules made remarks."""
    return {one.rule for one in found}


@pytest.mark.parametrize(("language", "name", "side", "number"), CASES)
def test_examples(language: str, name: str, side: str, number: int) -> None:
    one = example(getattr(rule_words(language)[name], side)[number])
    assert (name in ids(looked_at(one, language))) == (side == "fires")


def test_an_example_on_the_wrong_side_is_caught() -> None:
    """The control: what each side holds would fail on the other."""
    words = rule_words("en")["K05"]
    assert "K05" in ids(looked_at(example(words.fires[0]), "en"))
    assert "K05" not in ids(looked_at(example(words.silent[0]), "en"))


@pytest.mark.parametrize("name", MINE)
def test_words_are_whole_in_both_languages(name: str) -> None:
    english, dutch = (rule_words(language)[name] for language in LANGUAGES)
    assert english.say != dutch.say
    assert english.reason != dutch.reason
    for words in (english, dutch):
        for told in (
            words.say,
            words.reason,
            words.source,
            *(one["tell"] for one in (*words.fires, *words.silent)),
        ):
            assert told
            assert clean(told).text == told
        assert len(words.say) <= 190
    places = [
        {part for _, part, _, _ in string.Formatter().parse(one.say) if part} for one in (english, dutch)
    ]
    assert places[0] == places[1]


@pytest.mark.parametrize("name", MINE)
def test_what_the_coach_says_has_no_empty_place(name: str) -> None:
    for language in LANGUAGES:
        for told in rule_words(language)[name].fires:
            for one in looked_at(example(told), language):
                if one.rule == name:
                    assert "{" not in one.say
                    assert "“”" not in one.say
                    assert one.severity == rules()[name].severity


def test_the_two_languages_have_the_same_lists() -> None:
    """A list that one language lacks makes its rules silent there: only Dutch compounds may be alone."""
    english, dutch = (set(phrases(language).lists.lists) for language in LANGUAGES)
    assert english <= dutch
    assert dutch - english == {"whole_compounds"}


def test_lists_hold_what_the_finder_understands() -> None:
    for language in LANGUAGES:
        told = tomllib.loads((LEXICON / f"measures_{language}.toml").read_text(encoding="utf-8"))
        for name, listed in told.items():
            entries = listed.split() if isinstance(listed, str) else listed
            assert all(readable(entry) == entry.casefold().strip() for entry in entries), name
            for entry in entries:
                whole = entry.strip("*")
                assert whole, name
                if not name.startswith(("small", "number", "pull")) and re.fullmatch(r"[\w ]+", whole):
                    assert phrases(language).find(name, f"x {whole} x"), (name, entry)


def test_a_star_stands_for_letters_only() -> None:
    lists = phrases("nl")
    assert lists.find("group_words", "het inkoopteam") == "inkoopteam"
    assert not lists.find("group_words", "teamleider")
    assert lists.find("effort_units", "€/stuk") == "€"


@pytest.mark.parametrize(
    ("owner", "language", "group"),
    [
        ("Chief Nursing Officer", "en", False),
        ("Programme Lead Hospital-at-Home", "en", False),
        ("Head of Sales and Marketing", "en", False),
        ("Team leader logistics", "en", False),
        ("Everyone", "en", True),
        ("Sales department", "en", True),
        ("CFO and COO", "en", True),
        ("sales / marketing", "en", True),
        ("Hoofd Kwaliteit en Veiligheid", "nl", False),
        ("Manager Service", "nl", False),
        ("Directeur Techniek", "nl", False),
        ("Directie", "nl", True),
        ("serviceteam", "nl", True),
        ("CFO en COO", "nl", True),
    ],
)
def test_owners(owner: str, language: str, group: bool) -> None:
    assert is_a_group(readable(owner), phrases(language)) is group


def test_formulas() -> None:
    assert better(5, 3, "up")
    assert better(3, 5, "down")
    assert not better(3, 3, "up")
    assert progress(10, 20, 15) == 0.5
    assert progress(31, 14, 31) == 0
    assert progress(5, 5, 5) is None
    assert stretch(31, 14) == pytest.approx(17 / 31)
    assert stretch(-2, 1) == 1.5
    assert stretch(0, 4) is None
    assert gap(70, 77, "up") == 7
    assert gap(31, 28, "down") == 3
    assert red_line_fits(31, 14, 24)
    assert red_line_fits(31, 14, 31)
    assert not red_line_fits(31, 14, 14)
    assert not red_line_fits(31, 14, 10)


def test_readings() -> None:
    assert readings(TODAY, "2028-05", "yearly") == pytest.approx(1.53, abs=0.01)
    assert readings(TODAY, "2027-12", "quarterly") == pytest.approx(4.5, abs=0.1)
    assert readings(TODAY, "2028-05", "per_project") is None
    assert readings(TODAY, "2028-05", None) is None
    assert readings(TODAY, "0000", "monthly") is None


def test_a_note_silences_the_benchmark_rules() -> None:
    held = Benchmark(found="found", value=77, source="3M, five-year definition", year=2011)
    noted = held.model_copy(update={"note": "They count five years, we count three"})
    told = {"name": "Share of revenue from 3-year products", "direction": "up", "baseline": 50, "target": 70}
    context = RuleContext("en", today=TODAY)
    assert {"K13", "K14"} <= ids(check_kpi(kpi(**told, benchmark=held), context))
    assert not {"K12", "K13", "K14"} & ids(check_kpi(kpi(**told, benchmark=noted), context))


def test_what_was_not_asked_for_is_not_missed() -> None:
    bare = kpi(name="First-time fix on service visits", unit="%", formula="fixed ÷ visits × 100")
    context = RuleContext("en", today=TODAY)
    assert {"K19", "K22"} <= ids(check_kpi(bare, context))
    assert not {"K19", "K22", "K29"} & ids(check_kpi(bare, context, asked={"name", "unit", "formula"}))


def test_without_a_day_the_calendar_is_left_alone() -> None:
    old = kpi(name="Median days to repair", direction="down", baseline=9, target=1, target_date="1999-01")
    assert "K08" not in ids(check_kpi(old, RuleContext("en")))
    assert "K08" in ids(check_kpi(old, RuleContext("en", today=TODAY)))
    late = kpi(name="Median days to repair", target_date="2031-01")
    assert "K08" in ids(check_kpi(late, RuleContext("en", horizon_year=2030)))


def test_a_project_carries_a_leap() -> None:
    told = example(rule_words("en")["K09"].fires[0])
    assert told.kpi is not None
    around = Strategy.model_validate(
        {
            "objectives": [{"id": "O1", "title": "Shorten the wait"}],
            "initiatives": [{"id": "N1", "objectives": ["O1"]}],
            "kpis": [told.kpi],
        }
    )
    context = RuleContext("en", today=TODAY)
    assert "K09" in ids(check_kpi(told.kpi, context))
    assert "K09" not in ids(check_kpi(told.kpi, context, around))


def test_one_remark_for_each_fault_of_a_group() -> None:
    kpis = [
        {"id": f"I1.{n}", "measures": "I1", "name": f"Share {n} of revenue", "lead_lag": "lag"}
        for n in (1, 2, 3, 4)
    ]
    around = Strategy.model_validate(
        {"objectives": [{"id": "I1", "title": "Sell more", "horizon": "long"}], "kpis": kpis}
    )
    found = [one.rule for each in around.kpis for one in check_kpi(each, RuleContext("en"), around)]
    assert found.count("K25") == 1
    assert found.count("K26") == 1


HOSTILE = [
    "",
    " ",
    "\u200b",
    "{word}",
    "%s {0} {}",
    "[/b] [@click=x]",
    "مؤشر الأداء",
    "🚑" * 50,
    "a" * 100_000,
    "number of " * 5_000,
    "÷/%≤" * 1_000,
    "\u2066x",
    "ÅÄÖ é ß İ",
    "\n\n",
    "*team* ( [ ^ $ \\",
]


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(text[:12]) for text in HOSTILE])
@pytest.mark.parametrize("language", [*LANGUAGES, "fr"])
def test_hostile_texts(text: str, language: str) -> None:
    told = dict.fromkeys(
        ("name", "unit", "formula", "owner_role", "guard", "source", "decision", "gaming"), text
    )
    one = kpi(
        **told, baseline=0, target=-0.0, red=1e308, target_date="0000-02-31", direction="up", lead_lag="lead"
    )
    around = Strategy(
        objectives=(Objective(id="O1", title=text, description=text), Objective(id="ZZ9", title=text)),
        enablers=(Enabler(id="L1", title=text),),
        promises=(Promise(id="C1", title=text),),
        links=(Link(id="X1", cause="O1", effect="O1", because=text), Link(id="X2", cause="Q1", effect=None)),
        kpis=(one, one),
    )
    context = RuleContext(language, today=TODAY, horizon_year=2030)
    for found in (
        check_kpi(one, context),
        check_kpi(one, context, around),
        check_map(around, context),
    ):
        for remark in found:
            assert remark.say
    assert len(readable(text)) <= 2 * LONGEST_LOOK


def test_a_language_without_lists_is_not_judged_by_its_words() -> None:
    one = kpi(name="Qualité", unit="%", formula="sondage", owner_role="direction", source="excel")
    found = ids(check_kpi(one, RuleContext("fr", today=TODAY)))
    assert not {"K01", "K02", "K15", "K16", "K17", "K19", "K23", "K30"} & found
    assert "K04" in found


def test_extreme_numbers() -> None:
    for baseline, target, red in product((0, -1e308, 1e308, 5, 0.1 + 0.2), repeat=3):
        one = kpi(name="Cost per case", direction="down", baseline=baseline, target=target, red=red)
        assert all(remark.say for remark in check_kpi(one, RuleContext("en", today=TODAY)))


def test_stems_and_kin() -> None:
    assert stem("deliveries", "en") == stem("delivery", "en")
    assert stem("verkorten", "nl") == stem("verkort", "nl")
    assert akin(frozenset({"project"}), frozenset({"projectstart"}))
    assert not akin(frozenset({"bed"}), frozenset({"bedrijf"}))


def test_a_circle_is_told_once_and_deep_chains_do_not_break() -> None:
    count = 3_000
    chain = Strategy(
        objectives=tuple(Objective(id=f"O{n}") for n in range(count)),
        links=tuple(Link(id=f"X{n}", cause=f"O{n}", effect=f"O{(n + 1) % count}") for n in range(count)),
    )
    rings = [one for one in check_map(chain, RuleContext("en")) if one.rule == "M09"]
    assert len(rings) == 1
    assert len(rings[0].about) == count
    assert len(rings[0].say) < 200


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("half", ["a", "b"])
def test_kpis_never_seen_before(language: str, half: str) -> None:
    """Good KPIs of other sectors get no warning, weak ones the remark that they deserve."""
    from bsc_coach.cli.kpi_lines import read_kpi_line

    told = tomllib.loads((Path(__file__).parent / "kpis" / f"{language}.toml").read_text(encoding="utf-8"))
    context = RuleContext(language, today=TODAY)

    def found(line: str) -> tuple[Finding, ...]:
        read = read_kpi_line(line, language)
        return check_kpi(read.kpi, context, asked=read.asked)

    good = told[half]["good"].strip().split("\n")
    warned = [line for line in good if any(one.severity != "hint" for one in found(line))]
    assert warned == []
    weak = [line.split(" ", 1) for line in told[half]["weak"].strip().split("\n")]
    caught = [name for name, line in weak if name in ids(found(line))]
    assert len(caught) >= 0.85 * len(weak)


def test_a_tie_across_the_line_needs_a_reason() -> None:
    told = [
        {"id": "O1", "cluster": "operations", "influence": 4, "performance": 3, "selected": True},
        {"id": "O2", "cluster": "operations", "title": "Billing", "influence": 3, "performance": 2},
    ]
    open_tie = Strategy.model_validate({"candidates": told})
    settled = Strategy.model_validate({"candidates": [told[0], {**told[1], "reason": "First the wait"}]})
    found = [one for one in check_map(open_tie, RuleContext("en")) if one.rule == "M37"]
    assert [one.about for one in found] == [("O2",)]
    assert "M37" not in {one.rule for one in check_map(settled, RuleContext("en"))}
