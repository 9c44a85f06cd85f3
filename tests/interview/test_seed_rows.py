"""Everything that the method's two source articles ask of an interview is asked, kept and printed.

The rows are data (seed_rows.toml). Each is looked at in a session, one in each language, in which everything
is asked and every text is answered with a word of its own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bsc_coach.coach.catalogue import rule_words, rules
from bsc_coach.script.fields import parse_field
from bsc_coach.script.model import Script
from bsc_coach.script.slots import StepId
from bsc_coach.strategy.comparison import compare
from bsc_coach.strategy.model import CLUSTERS, Strategy
from bsc_coach.strategy.nested import Table, get
from bsc_coach.words import say
from tests.support.pages import whole
from tests.support.riverbend import strategy_map
from tests.support.sentinels import PlayedSession, play_everything
from tests.support.strategies import NO_NOTES

ROWS: Mapping[str, Mapping[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "seed_rows.toml").read_text(encoding="utf-8")
)
LANGUAGES = ("en", "nl")
PICKS = {"links.cause": "O1", "links.effect": "C1", "kpis.process": "P1"}
"""A link that goes from a process to a promise."""


def markdown(strategy: Strategy) -> str:
    return whole(strategy, NO_NOTES)


@dataclass(frozen=True)
class Seen:
    """A played session with its document."""

    played: PlayedSession
    md: str

    @property
    def strategy(self) -> Strategy:
        return self.played.strategy


@cache
def seen(language: str) -> Seen:
    played = play_everything(strategy_map(), language, PICKS)
    return Seen(played, markdown(played.strategy))


def check(row: Mapping[str, Any], session: Seen) -> None:
    """Check one row: raises AssertionError with what is missing."""
    script, language = session.played.script, session.played.language
    assert row.keys() > {"what"}, "nothing answers for this row"
    for step in row.get("steps", ()):
        is_asked(step, session)
        is_kept_and_printed(step, session)
    for rule in row.get("rules", ()):
        assert rule in rules(), f"there is no rule {rule}"
        assert rule_words(language)[rule].say, f"{rule} says nothing"
    for step, ids in row.get("choices", {}).items():
        assert set(ids) <= {choice.id for choice in script.step(StepId(step)).choices}, step
    for step, role, *words in row.get("texts", ()):
        word = words[LANGUAGES.index(language)]
        assert any(word in text for text in texts_of(script, step, role, language)), f"{step}: {word}"
    for key, *words in row.get("words", ()):
        assert words[LANGUAGES.index(language)] in say(key, language), key
    for name in row.get("told", ()):
        TOLD[name](session)


def is_asked(step: str, session: Seen) -> None:
    """A question was asked in the language of the session, with its help, its examples and its reason."""
    assert session.played.asked.get(StepId(step)), f"{step} is not asked"
    if session.played.language == "nl":
        translated = session.played.script.translations["nl"].get(StepId(step), {})
        assert translated.keys() >= {"ask", "help", "good", "poor", "reason"}, f"{step} is not in Dutch"


def is_kept_and_printed(step: str, session: Seen) -> None:
    """What a question was answered with is in the strategy, and the document is another without it."""
    field = session.played.script.step(StepId(step)).field
    assert field, f"{step} fills no field"
    table = session.strategy.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    assert emptied(table, field), f"{field} is not kept"
    assert markdown(Strategy.model_validate(table)) != session.md, f"{field} is not printed"
    words = session.played.words.get(StepId(step), [])
    assert not words or any(word in session.md for word in words), f"{words[0]} is not printed"


def emptied(table: Table, field: str) -> bool:
    """Take a field out of a strategy's table, of every item that has it; tell whether there was one."""
    path = parse_field(field)
    *names, last = path.outer
    for name in names:
        table = table.get(name, {})
    if not path.inner:
        return table.pop(last, None) is not None
    taken = False
    for item in table.get(last, ()):
        inside = get(item, path.inner[:-1]) or {}
        taken = inside.pop(path.inner[-1], None) is not None or taken
    return taken


def texts_of(script: Script, step: str, role: str, language: str) -> Iterator[str]:
    """Yield a text of a step in all its variants."""
    one = script.step(StepId(step))
    if language == script.header.languages[0]:
        yield from (text for part in (one, *one.variants) if (text := getattr(part, role)))
    else:
        told = script.translations[language][StepId(step)].items()
        yield from (text for key, text in told if key == role or key.endswith(f".{role}"))


# What a row asks for beside questions and rules


def gaps_as_numbers(session: Seen) -> None:
    (kpi,) = (one for one in session.strategy.kpis if one.id == "O1.1")
    measured = kpi.model_copy(
        update={
            "unit": "%", "baseline": 68, "target": 85, "direction": "up",
            "benchmark": kpi.benchmark.model_copy(update={"value": 77.5}),
        }
    )  # fmt: skip
    md = markdown(session.strategy.model_copy(update={"kpis": (measured,)}))
    behind = {"en": "17 percentage points to the target; 9.5 percentage points behind the benchmark",
              "nl": "17 procentpunt tot de streefwaarde; 9,5 procentpunt achter op de benchmark"}  # fmt: skip
    assert behind[session.played.language] in md


def what_changed_since(session: Seen) -> None:
    before = session.strategy
    first, *others = before.objectives
    after = before.model_copy(update={"objectives": (first.model_copy(update={"horizon": "long"}), *others)})
    assert [(one.id, one.field) for one in compare(before, after)] == [(first.id, "horizon")]


def customers_before_processes(session: Seen) -> None:
    order = list(session.played.asked)
    assert (
        order.index(StepId("segments")) < order.index(StepId("promises")) < order.index(StepId("candidates"))
    )


def bridge_to_the_customer(session: Seen) -> None:
    titles = {one.id: one.title for one in (*session.strategy.objectives, *session.strategy.promises)}
    link = session.strategy.links[0]
    sentence = next(line for line in session.md.splitlines() if f"({link.cause})" in line)
    assert str(titles[link.cause or ""]) in sentence
    assert str(titles[link.effect or ""]) in sentence


def kpis_on_offer(session: Seen) -> None:
    offers = list(texts_of(session.played.script, "kpis", "offer", session.played.language))
    assert len(offers) >= 16
    assert all(len(offer.strip().splitlines()) == 3 for offer in offers)


def chain_in_one_line(session: Seen) -> None:
    label = say("document.label.chain", session.played.language)
    line = next(one for one in session.md.splitlines() if one.startswith(f"- **{label}:**"))
    strategy, objective = session.strategy, session.strategy.objectives[0]
    kpi = next(one for one in strategy.kpis if one.measures == objective.id)
    process = next(one for one in strategy.processes if one.id == objective.process)
    result = next(one for one in strategy.promises if one.id == "C1")
    flow = [process.name, objective.bottleneck, objective.title, result.title, kpi.name, kpi.owner_role]
    places = [line.find(str(part)) for part in (*flow, kpi.benchmark.source)]
    assert places == sorted(places)
    assert -1 not in places


def nothing_chosen_beforehand(session: Seen) -> None:
    assert StepId("vital") not in session.played.filled_before


def four_headings_of_an_empty_map(session: Seen) -> None:
    language = session.played.language
    md = markdown(Strategy(language=language))
    assert all(f"### {say(f'document.choice.cluster.{one}', language)}" in md for one in CLUSTERS)


def plan_do_check_act(session: Seen) -> None:
    review = session.md.partition(f"## {heading('review', session)}")[2].partition("\n## ")[0]
    labels = [line.partition(":**")[0].removeprefix("- **") for line in review.splitlines() if ":**" in line]
    assert labels[:4] == ["Plan", "Do", "Check", "Act"]


def heading(name: str, session: Seen) -> str:
    return say(f"document.heading.{name}", session.played.language)


TOLD: Mapping[str, Callable[[Seen], None]] = {
    one.__name__: one
    for one in (
        gaps_as_numbers, what_changed_since, customers_before_processes,
        bridge_to_the_customer, kpis_on_offer, chain_in_one_line, nothing_chosen_beforehand,
        four_headings_of_an_empty_map, plan_do_check_act,
    )
}  # fmt: skip


def test_there_are_sixty_seven_rows() -> None:
    english, dutch = ([f"{letter}{n:02}" for n in range(1, last)] for letter, last in (("E", 26), ("N", 43)))
    assert list(ROWS) == [*english, *dutch]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_is_asked_kept_and_printed(language: str) -> None:
    missing = {}
    for name, row in ROWS.items():
        try:
            check(row, seen(language))
        except AssertionError as error:
            missing[name] = str(error)
    assert missing == {}


@pytest.mark.parametrize(
    ("name", "without", "missed"),
    [
        ("N23", "clusters.lost_at", "is not asked"),
        ("N25", "growth_levers.account", "is not asked"),
        ("E15", "kpis.gap", "is not asked"),
    ],
)
def test_control_a_question_that_is_not_asked_is_found_out(name: str, without: str, missed: str) -> None:
    session = seen("en")
    asked = {step: ask for step, ask in session.played.asked.items() if step != without}
    with pytest.raises(AssertionError, match=missed):
        check(ROWS[name], replace(session, played=replace(session.played, asked=asked)))


def test_control_an_answer_that_no_document_prints_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a sheet that forgets the fields of the customer cluster fails their rows and no other."""
    monkeypatch.setattr("bsc_coach.documents.context.sheets.CLUSTER_SHEET", ())
    # Documents are made once for a strategy: another name makes another one of it.
    organisation = seen("en").strategy.organisation.model_copy(update={"name": "another"})
    strategy = seen("en").strategy.model_copy(update={"organisation": organisation})
    played = replace(seen("en").played, strategy=strategy)
    session = Seen(played, markdown(played.strategy))
    for name in ("N23", "N24", "N25"):
        with pytest.raises(AssertionError, match="is not printed"):
            check(ROWS[name], session)
    check(ROWS["N22"], session)


def test_control_an_answer_that_is_not_kept_is_found_out() -> None:
    session = seen("nl")
    lost = session.strategy.model_copy(update={"growth_levers": ()})
    with pytest.raises(AssertionError, match="is not kept"):
        check(ROWS["N25"], replace(session, played=replace(session.played, strategy=lost)))
