"""The rules on KPIs: what is asked, what is told, and texts that mean harm."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from bsc_coach.coach.catalogue import rule_words
from bsc_coach.coach.check import check_kpi, check_map
from bsc_coach.coach.context import RuleContext
from bsc_coach.coach.lexicon.matcher import LONGEST_LOOK, phrases, readable
from bsc_coach.coach.lexicon.word_lists import LANGUAGES
from bsc_coach.coach.rule import Finding
from bsc_coach.coach.rules.kpi_definition import is_a_group
from bsc_coach.strategy.measures import Benchmark, Kpi
from bsc_coach.strategy.model import Enabler, Link, Objective, Promise, Strategy
from tests.coach.examples import example

TODAY = date(2026, 11, 18)


def kpi(**fields: object) -> Kpi:
    """Return a KPI of O1."""
    return Kpi.model_validate({"id": "O1.1", "measures": "O1", **fields})


def ids(found: Iterable[Finding]) -> set[str]:
    """Return which rules made remarks."""
    return {one.rule for one in found}


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
        ("Depot managers", "en", True),
        ("The rangers", "en", True),
        ("Sam Rogers", "en", False),
        ("Regiomanagers", "nl", True),
        ("De boswachters", "nl", True),
        ("Maarten Peters", "nl", False),
        ("Coördinator vrijwilligers", "nl", False),
    ],
)
def test_owners(owner: str, language: str, group: bool) -> None:
    assert is_a_group(readable(owner), phrases(language)) is group


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


def test_whoever_sits_at_the_table_is_no_group() -> None:
    told = kpi(name="Cost per mile driven", owner_role="Finance")
    around = Strategy.model_validate(
        {
            "objectives": [{"id": "O1", "title": "Lower the cost of a mile"}],
            "participants": [{"id": "T1", "name": "Sam Whitby", "role": "finance"}],
            "kpis": [told],
        }
    )
    context = RuleContext("en", today=TODAY)
    assert "K18" in ids(check_kpi(told, context))
    assert "K18" not in ids(check_kpi(told, context, around))


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


@pytest.mark.parametrize(
    ("baseline", "target", "language", "read"),
    [
        (12, 5, "en", "lower is better"),
        (5, 12, "en", "higher is better"),
        (12, 5, "nl", "lager is beter"),
        (5, 5, "en", ""),
        (None, 5, "en", ""),
    ],
)
def test_a_missing_direction_is_read_off_today_and_target(
    baseline: float | None, target: float, language: str, read: str
) -> None:
    told = kpi(name="Median days to repair", baseline=baseline, target=target)
    (said,) = (one.say for one in check_kpi(told, RuleContext(language)) if one.rule == "K04")
    assert read in said
    assert ("12" in said) == bool(read)


@pytest.mark.parametrize(("due", "severity"), [("2029-11", "hint"), ("2028-05", "warn"), ("2031-06", None)])
def test_one_reading_short_of_four_is_only_mentioned(due: str, severity: str | None) -> None:
    told = kpi(name="Yearly turnover of nurses", frequency="yearly", target_date=due)
    found = [one.severity for one in check_kpi(told, RuleContext("en", today=TODAY)) if one.rule == "K20"]
    assert found == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("name", "unit", "language", "rules"),
    [
        ("Staff absence rate", "%", "en", {"K02": "hint"}),
        ("Paid on time", "%", "en", {"K02": "warn"}),
        ("Membership growth since 2025", "%", "en", {"K32": "hint"}),
        ("Members who pay in time", "%", "en", {}),
        ("Hydrants inspected", "%", "en", {"K15": "hint"}),
        ("Hydrants inspected", "number", "en", {"K15": "warn"}),
        ("Hydrants inspected twice a year in the old town", "%", "en", {}),
        ("Broken hydrants", "number", "en", {"K16": "hint"}),
        ("Replace the old hydrants", "number", "en", {"K31": "warn"}),
        ("Schoolverzuim", "%", "nl", {"K02": "hint"}),
        ("Op tijd betaald", "%", "nl", {"K02": "warn"}),
        ("Ledengroei sinds 2025", "%", "nl", {"K32": "hint"}),
        ("Leden die op tijd betalen", "%", "nl", {}),
        ("Geïnspecteerde brandkranen", "aantal", "nl", {"K15": "warn"}),
        ("Kapotte brandkranen", "aantal", "nl", {"K16": "hint"}),
        ("Oude brandkranen vervangen", "aantal", "nl", {"K31": "warn"}),
    ],
)
def test_one_remark_on_what_a_name_counts(name: str, unit: str, language: str, rules: dict[str, str]) -> None:
    told = kpi(name=name, unit=unit, direction="up")
    found = check_kpi(told, RuleContext(language), asked={"name", "unit", "direction"})
    about_the_name = ("K01", "K02", "K15", "K16", "K17", "K30", "K31", "K32")
    assert {one.rule: one.severity for one in found if one.rule in about_the_name} == rules
