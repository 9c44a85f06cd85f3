"""Our own exports read back: what they tell of the map, its KPIs and its links comes in as it went out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel

from bsc_coach.documents.formats import DocumentInput, files_of
from bsc_coach.imports.making import Made, make
from bsc_coach.imports.reading import read_list
from bsc_coach.imports.strategy_in import add_strategy
from bsc_coach.script.loader import bundled_script
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.toml import read_toml, write_toml
from tests.support.strategies import NO_NOTES, RIVERBEND

AS_DUTCH = RIVERBEND.model_copy(update={"language": "nl"})
EXPORTS = ("csv", "xlsx", "stratml")
TOLD = {
    "csv": ("outcomes", "promises", "objectives", "enablers", "kpis"),
    "xlsx": ("missions", "outcomes", "promises", "objectives", "enablers", "kpis", "links"),
    "stratml": ("missions", "outcomes", "promises", "objectives", "enablers", "kpis", "links", "initiatives"),
}
"""What each export tells of; the register of KPIs has only the points that have one."""
TO_COME_IN_RIGHT = 0.95


@pytest.fixture(scope="module")
def back(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Made]:
    """Every export in both languages, read into a new session: look, do not touch."""
    folder, made = tmp_path_factory.mktemp("exports"), {}
    for strategy in (RIVERBEND, AS_DUTCH):
        for name in EXPORTS:
            ((path, data),) = files_of((name,), DocumentInput(strategy, NO_NOTES)).items()
            there = folder / f"{strategy.language}-{path.name}"
            there.write_bytes(data)
            reading = read_list(there, strategy.language, lambda: date(2026, 11, 30))
            empty = Strategy(language=strategy.language)
            made[name, strategy.language] = make(reading, bundled_script(), empty, (), path.name)
    return made


def fields_of(item: BaseModel) -> dict[str, object]:
    return item.model_dump(exclude_defaults=True, exclude_none=True)


def differing(out: Strategy, back: Strategy, lists: tuple[str, ...]) -> Iterator[str]:
    """Yield what came back otherwise than it went out, or not at all; what is not told is no fault."""
    for name in lists:
        went = {key_of(one): fields_of(one) for one in getattr(out, name)}
        came = {key_of(one): fields_of(one) for one in getattr(back, name)}
        measured = {one.measures for one in out.kpis}
        if lists == TOLD["csv"] and name != "kpis":
            went = {key: one for key, one in went.items() if key in measured}
        if lists == TOLD["stratml"] and name == "links":
            went = {key: one for key, one in went.items() if "effect" in one}  # half a link is no sentence
        for key in {**went, **came}:
            told = {field: value for field, value in came.get(key, {}).items() if field != "id"}
            if key not in went or key not in came or any(went[key].get(one) != told[one] for one in told):
                yield f"{name} {key}: {went.get(key)} came as {came.get(key)}"


def key_of(item: object) -> str:
    """Return what tells an item from others: a link by its ends, for not every export tells its id."""
    cause = getattr(item, "cause", None)
    return f"{cause}-{getattr(item, 'effect', '')}" if cause else str(getattr(item, "id", ""))


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_comes_back(back: dict[tuple[str, str], Made], name: str, language: str) -> None:
    out = RIVERBEND if language == "en" else AS_DUTCH
    wrong = list(differing(out, back[name, language].strategy, TOLD[name]))
    n = sum(len(getattr(out, one)) for one in TOLD[name])
    assert len(wrong) <= (1 - TO_COME_IN_RIGHT) * n, wrong


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("name", ["xlsx", "stratml"])
def test_the_kind_of_a_link_comes_back(name: str, language: str, tmp_path: Path) -> None:
    kinds = (None, "enables", "holds_back")
    with_kpi = {one.measures for one in RIVERBEND.kpis}  # in StratML a relationship stands under a KPI
    links = [one for one in RIVERBEND.links if one.effect and one.cause in with_kpi][: len(kinds)]
    told = [one.model_copy(update={"kind": kind}) for one, kind in zip(links, kinds, strict=True)]
    out = RIVERBEND.model_copy(update={"language": language, "links": tuple(told)})
    ((path, data),) = files_of((name,), DocumentInput(out, NO_NOTES)).items()
    (tmp_path / path.name).write_bytes(data)
    reading = read_list(tmp_path / path.name, language, lambda: date(2026, 11, 30))
    made = make(reading, bundled_script(), Strategy(language=language), (), path.name)
    came = {key_of(one): one.kind for one in made.strategy.links}
    assert came == {key_of(one): one.kind for one in told}


def test_another_target_would_be_seen(back: dict[tuple[str, str], Made]) -> None:
    """The measure itself: a changed value, a lost item and one too many are each one difference."""
    there = back["csv", "en"].strategy
    first, *rest = there.kpis
    base = len(list(differing(RIVERBEND, there, TOLD["csv"])))
    for kpis in (
        (first.model_copy(update={"target": -1}), *rest),
        tuple(rest),
        (*there.kpis, first.model_copy(update={"id": f"{first.measures}.9"})),
    ):
        other = there.model_copy(update={"kpis": kpis})
        assert len(list(differing(RIVERBEND, other, TOLD["csv"]))) == base + 1


def test_every_row_of_an_export_is_accounted_for(back: dict[tuple[str, str], Made]) -> None:
    for (name, language), made in back.items():
        out = [row for row in made.rows if row.fate == "out"]
        assert not out, (name, language, out)


def test_a_strategy_is_added_to_itself_without_a_trace() -> None:
    text = write_toml(RIVERBEND)
    read = read_toml(text.encode())
    made = add_strategy(read, text, bundled_script(), read, ())
    assert made.strategy == read
    assert {row.fate for row in made.rows} == {"there"}


def test_a_strategy_is_added_under_free_ids_with_its_references() -> None:
    other = Strategy.model_validate(
        {
            "candidates": [
                {"id": "O1", "cluster": "operations", "title": "Mend pumps sooner", "selected": True}
            ],
            "objectives": [{"id": "O1", "title": "Mend pumps sooner"}],
            "enablers": [{"id": "L1", "title": "Two mechanics per shift"}],
            "links": [{"id": "X1", "cause": "L1", "effect": "O1"}],
            "kpis": [{"id": "O1.1", "measures": "O1", "name": "Hours a pump stands still"}],
        }
    )
    made = add_strategy(other, "", bundled_script(), RIVERBEND, ())
    added = next(one for one in made.strategy.objectives if one.title == "Mend pumps sooner")
    assert added.id not in {one.id for one in RIVERBEND.objectives}
    (kpi,) = [one for one in made.strategy.kpis if one.name == "Hours a pump stands still"]
    assert (kpi.measures, kpi.id) == (added.id, f"{added.id}.1")
    (link,) = [one for one in made.strategy.links if one.effect == added.id]
    assert link.cause not in {one.id for one in RIVERBEND.enablers}
