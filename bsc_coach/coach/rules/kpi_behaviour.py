"""K21–K29, K34, K35: KPIs that lag, miss their objective, can be gamed, or cost quality."""

from __future__ import annotations

from bsc_coach.coach.kpi_sheet import KpiSheet
from bsc_coach.coach.lexicon.matcher import readable, share_a_stem, words_of
from bsc_coach.coach.rule import Match, rule
from bsc_coach.coach.strategy_view import whole_text
from bsc_coach.strategy.measures import Kpi


@rule("K21", "hint", "kpi")
def only_opinions(sheet: KpiSheet) -> Match | None:
    """All KPIs of an objective ask for opinions, which follow the process itself."""
    if sheet.objective is None:
        return None
    word = sheet.find("opinion_words", sheet.definition)
    if not word or not sheet.is_first or sheet.find("opinion_words", sheet.objective_title):
        return None
    others = (readable(f"{one.name or ''} . {one.formula or ''}") for one in sheet.siblings[1:])
    return Match(word=word) if all(sheet.find("opinion_words", other) for other in others) else None


@rule("K22", "warn", "kpi", misses=("kpis[].guard",))
def tempting_without_guard(sheet: KpiSheet) -> Match | None:
    """A measure that is easily made green, without a guard."""
    if sheet.guard or not sheet.could_tell("guard"):
        return None
    word = sheet.find("tempting", sheet.name)
    return Match(word=word) if word else None


@rule("K23", "hint", "kpi", rests_on=("kpis[].formula", "objectives[].description"))
def unrelated_to_objective(sheet: KpiSheet) -> Match | None:
    """A KPI and its objective without a word in common, or one that belongs to the same thing."""
    if sheet.objective is None or not sheet.name or not sheet.objective_title or not sheet.lists.spoken:
        return None
    text = f"{sheet.name} . {sheet.formula}"
    content = sheet.lists.content
    if share_a_stem(content(sheet.name), content(sheet.objective_title)):
        return None
    if share_a_stem(content(text), content(whole_text(sheet.objective))) or _related(
        text, sheet.objective_title, sheet
    ):
        return None
    return Match(word=sheet.objective.title)


def _related(text: str, title: str, sheet: KpiSheet) -> bool:
    """Tell whether a word list knows a word of the KPI and one of the objective to belong together."""
    groups = [name for name in sheet.lists.lists.lists if name.startswith("related_")]
    return any(sheet.find(group, text) and sheet.find(group, title) for group in groups)


@rule("K24", "warn", "kpi")
def on_two_objectives(sheet: KpiSheet) -> Match | None:
    """The same KPI on another objective."""
    if sheet.view is None or not sheet.name:
        return None
    for other in sheet.view.kpis_by_name.get(sheet.name, ()):
        if other.id == sheet.kpi.id:
            return None
        if other.measures != sheet.kpi.measures:
            return Match(about=(sheet.kpi.id, other.id), values={"other": other.measures})
    return None


@rule("K25", "hint", "kpi")
def many_on_one_objective(sheet: KpiSheet) -> Match | None:
    """More KPIs on one objective than show it."""
    most = int(sheet.lists.threshold("most_kpis_of_one"))
    if len(sheet.siblings) <= most or sheet.siblings[most].id != sheet.kpi.id:
        return None
    about = (sheet.kpi.measures, *(one.id for one in sheet.siblings))
    return Match(word=sheet.kpi.measures, about=about, values={"n": len(sheet.siblings)})


@rule("K26", "warn", "kpi")
def long_term_without_lead(sheet: KpiSheet) -> Match | None:
    """An objective for the long term with lagging KPIs only."""
    objective = sheet.objective
    if objective is None or objective.objective.horizon != "long" or not sheet.is_first:
        return None
    kinds = {one.lead_lag for one in sheet.siblings}
    return Match(about=(sheet.kpi.measures, sheet.kpi.id)) if "lag" in kinds and "lead" not in kinds else None


@rule("K27", "hint", "kpi", mended_at="kpis[].lead_lag")
def outcome_called_lead(sheet: KpiSheet) -> Match | None:
    """A KPI marked as leading that measures what follows: revenue, profit, satisfaction."""
    if sheet.kpi.lead_lag != "lead":
        return None
    small = sheet.lists.words("small_words") | sheet.lists.words("statistics")
    words = [word for word in words_of(sheet.name) if word not in small]
    if not words or sheet.kpi.direction == "down" or sheet.find("within_words", sheet.name):
        return None
    word = sheet.find("outcome_words", words[0]) or sheet.find("outcome_words", words[-1])
    return Match(word=word) if word else None


@rule("K28", "hint", "kpi", mended_at="kpis[].guard")
def tied_to_pay(sheet: KpiSheet) -> Match | None:
    """Somebody's pay depends on the number."""
    word = sheet.find("pay_words", sheet.use)
    if not word:
        return None
    before = words_of(sheet.use[: sheet.use.index(word)])[-5:]
    return None if any(one in sheet.lists.words("denials") for one in before) else Match(word=word)


@rule("K29", "warn", "kpi", misses=("kpis[].guard",))
def effort_without_quality(sheet: KpiSheet) -> Match | None:
    """A KPI about cost, speed or volume, and nothing watches what may get worse."""
    if not sheet.could_tell("guard") or not is_about_effort(sheet.kpi, sheet):
        return None
    if sheet.guard or sheet.kpi.guard_kpi or any((one.guard or "").strip() for one in sheet.siblings):
        return None
    others = (one for one in sheet.siblings if one.id != sheet.kpi.id)
    return None if any(not is_about_effort(one, sheet) for one in others) else Match()


@rule("K34", "settle", "kpi", mended_at="kpis[].guard_kpi")
def guards_itself(sheet: KpiSheet) -> Match | None:
    """A KPI that is to stand guard over itself."""
    return Match(word=sheet.kpi.name or sheet.kpi.id) if sheet.kpi.guard_kpi == sheet.kpi.id else None


@rule("K35", "hint", "kpi", mended_at="kpis[].updater_role")
def in_one_hand(sheet: KpiSheet) -> Match | None:
    """One role answers for a number, gathers it and enters it, and no other number would show a slip."""
    kpi = sheet.kpi
    roles = [readable(one) for one in (kpi.owner_role, kpi.collector_role, kpi.updater_role)]
    alone = all(roles) and len(set(roles)) == 1 and kpi.guard_kpi is None
    return Match(word=kpi.owner_role or "") if alone else None


def is_about_effort(kpi: Kpi, sheet: KpiSheet) -> bool:
    """Tell whether a KPI is about cost, speed or volume: as marked, else by its unit and name."""
    if kpi.kind is not None:
        return kpi.kind == "efficiency"
    unit, name = readable(kpi.unit), readable(kpi.name)
    return bool(sheet.find("effort_units", unit) or sheet.find("effort_words", name))
