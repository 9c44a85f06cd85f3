"""KpiSheet: one KPI with its texts normalised, and the strategy around it where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bsc_coach.coach.context import RuleContext
from bsc_coach.coach.lexicon.matcher import Phrases, phrases, readable
from bsc_coach.coach.strategy_view import StrategyView
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.model import Initiative
from bsc_coach.strategy.points import ProcessPoint
from bsc_coach.words import number_said


@dataclass(frozen=True)
class KpiSheet:
    """The subject of the rules on KPIs."""

    kpi: Kpi
    context: RuleContext
    view: StrategyView | None = None
    asked: frozenset[str] | None = None
    """The fields that could have been filled; None for all. Rules about others are silent."""

    def could_tell(self, field: str) -> bool:
        """Whether ``field`` could have been filled: else its absence means nothing."""
        return self.asked is None or field in self.asked

    @cached_property
    def lists(self) -> Phrases:
        """The word lists of the language."""
        return phrases(self.context.language)

    def number(self, value: float) -> str:
        """Return a number as the language of the session writes it."""
        return number_said(value, self.context.language)

    @property
    def today(self) -> date | None:
        """The day of the session."""
        return self.context.today

    @cached_property
    def name(self) -> str:
        """The name, normalised."""
        return readable(self.kpi.name)

    @cached_property
    def formula(self) -> str:
        """The formula, normalised."""
        return readable(self.kpi.formula)

    @cached_property
    def unit(self) -> str:
        """The unit, normalised."""
        return readable(self.kpi.unit)

    @cached_property
    def guard(self) -> str:
        """The guard, normalised."""
        return readable(self.kpi.guard)

    @cached_property
    def definition(self) -> str:
        """Name, unit and formula."""
        return f"{self.name} . {self.unit} . {self.formula}"

    @cached_property
    def use(self) -> str:
        """What is told about using the number: the decision, the guard, how it could be gamed."""
        texts = (self.kpi.decision, self.kpi.guard, self.kpi.gaming)
        return readable(" . ".join(part for part in texts if part))

    @cached_property
    def is_share(self) -> bool:
        """Tell whether the unit is a percentage (and not percentage points)."""
        return bool(self.unit) and self.unit in self.lists.words("percent_units")

    @cached_property
    def objective(self) -> ProcessPoint | None:
        """The process objective that the KPI shows, where it shows one."""
        return self.view.by_id.get(self.kpi.measures) if self.view else None

    @cached_property
    def objective_title(self) -> str:
        """The title of that objective, normalised; empty without one."""
        return readable(self.objective.title) if self.objective else ""

    @cached_property
    def siblings(self) -> tuple[Kpi, ...]:
        """Every KPI of the same point, this one too, in order; empty without a strategy."""
        return self.view.kpis_of.get(self.kpi.measures, ()) if self.view else ()

    @property
    def is_first(self) -> bool:
        """Tell whether it is the first KPI of its point, which speaks for all of them."""
        return bool(self.siblings) and self.siblings[0].id == self.kpi.id

    @cached_property
    def initiatives(self) -> tuple[Initiative, ...]:
        """The projects that move the same point."""
        return self.view.initiatives_of.get(self.kpi.measures, ()) if self.view else ()

    def find(self, name: str, text: str) -> str:
        """Return the first phrase of a word list in ``text``, or nothing."""
        return self.lists.find(name, text)
