"""K05–K11, K20 and K33: baseline, target, date, red line and frequency that do not fit together."""

from __future__ import annotations

from bsc_coach.coach.formulas import (
    better,
    readings,
    red_line_fits,
    stretch,
)
from bsc_coach.coach.kpi_sheet import KpiSheet
from bsc_coach.coach.rule import LOOK_BACK, Match, rule
from bsc_coach.strategy.dates import first_day, last_day, months_between


@rule("K05", "settle", "kpi", mended_at="kpis[].target")
def target_not_better(sheet: KpiSheet) -> Match | None:
    """A target that is worse than today, going by the direction that is good."""
    kpi = sheet.kpi
    if kpi.baseline is None or kpi.target is None or kpi.direction is None:
        return None
    if not better(kpi.baseline, kpi.target, kpi.direction):
        return None
    arrow = "↑" if kpi.direction == "up" else "↓"
    return Match(
        values={"baseline": sheet.number(kpi.baseline), "target": sheet.number(kpi.target), "arrow": arrow}
    )


@rule("K06", "hint", "kpi", mended_at="kpis[].target")
def target_equals_baseline(sheet: KpiSheet) -> Match | None:
    """A target equal to today, and nothing says that holding it is meant."""
    kpi = sheet.kpi
    if kpi.baseline is None or kpi.target is None or kpi.baseline != kpi.target:
        return None
    text = f"{sheet.definition} . {sheet.use}"
    return None if sheet.find("hold_words", text) else Match(word=sheet.number(kpi.target))


@rule("K07", "warn", "kpi", misses=("kpis[].baseline", "kpis[].baseline_by"))
def unknown_baseline(sheet: KpiSheet) -> Match | None:
    """Nobody knows today's value, and no date says when it will be known."""
    kpi = sheet.kpi
    missed = kpi.baseline is None and kpi.baseline_by is None and sheet.could_tell("baseline")
    return Match() if missed else None


@rule("K08", "settle", "kpi", misses=("kpis[].target_date",))
def no_date_ahead(sheet: KpiSheet) -> Match | None:
    """A target without a date, with one that is past, or one beyond the year of the ambition."""
    due = sheet.kpi.target_date
    if due is None:
        return Match() if sheet.could_tell("target_date") else None
    end, begin = last_day(due), first_day(due)
    if end is None or begin is None:
        return Match(word=due)
    if sheet.today is not None and end < sheet.today:
        return Match(word=due)
    year = sheet.context.horizon_year
    return Match(word=due) if year is not None and begin.year > year else None


@rule("K09", "hint", "kpi", heard_at=LOOK_BACK, mended_at="kpis[].target", rests_on=("initiatives[]",))
def leap_without_project(sheet: KpiSheet) -> Match | None:
    """A target far away and soon, without a project that does something differently."""
    kpi = sheet.kpi
    if kpi.baseline is None or kpi.target is None or sheet.today is None or sheet.initiatives:
        return None
    # Of a KPI alone nobody knows its projects.
    most = sheet.lists.threshold("largest_stretch" if sheet.view is not None else "largest_stretch_alone")
    far, end = stretch(kpi.baseline, kpi.target), last_day(kpi.target_date)
    if far is None or end is None or far <= most:
        return None
    months = months_between(sheet.today, end)
    soon = 0 <= months <= sheet.lists.threshold("stretch_months")
    return Match(values={"percent": f"{far * 100:.0f}"}) if soon else None


@rule("K10", "hint", "kpi", mended_at="kpis[].target")
def perfection(sheet: KpiSheet) -> Match | None:
    """Nothing at all, or everything always, where it is not about something critical."""
    kpi = sheet.kpi
    if kpi.target is None:
        return None
    none_left = kpi.target == 0 and kpi.direction == "down"
    everything = kpi.target == 100 and sheet.is_share and kpi.direction != "down"
    if not (none_left or everything):
        return None
    critical = sheet.find("critical_words", f"{sheet.definition} . {sheet.objective_title}")
    return None if critical else Match(word=sheet.number(kpi.target) + ("%" if everything else ""))


@rule("K11", "warn", "kpi", mended_at="kpis[].red")
def red_line_outside(sheet: KpiSheet) -> Match | None:
    """A red line that does not lie between today and the target."""
    kpi = sheet.kpi
    if kpi.red is None or kpi.baseline is None or kpi.target is None or kpi.baseline == kpi.target:
        return None
    if red_line_fits(kpi.baseline, kpi.target, kpi.red):
        return None
    values = {"baseline": sheet.number(kpi.baseline), "target": sheet.number(kpi.target)}
    return Match(word=sheet.number(kpi.red), values=values)


@rule("K33", "warn", "kpi", mended_at="kpis[].amber")
def amber_line_outside(sheet: KpiSheet) -> Match | None:
    """An amber line that does not lie between the red one and the target."""
    kpi = sheet.kpi
    worse = kpi.red if kpi.red is not None else kpi.baseline
    if kpi.amber is None or worse is None or kpi.target is None or worse == kpi.target:
        return None
    if red_line_fits(worse, kpi.target, kpi.amber) and kpi.amber != kpi.red:
        return None
    return Match(
        word=sheet.number(kpi.amber),
        values={"worse": sheet.number(worse), "target": sheet.number(kpi.target)},
    )


@rule("K20", "warn", "kpi", mended_at="kpis[].frequency")
def too_few_readings(sheet: KpiSheet) -> Match | None:
    """Fewer readings before the target date than one can steer by."""
    kpi = sheet.kpi
    if sheet.today is None or kpi.target_date is None:
        return None
    start = max(filter(None, (sheet.today, first_day(kpi.baseline_by))))
    count = readings(start, kpi.target_date, kpi.frequency)
    least = sheet.lists.threshold("least_readings")
    if count is None or count < 0 or count >= least:
        return None
    return Match(values={"n": int(count)}, mild=count >= least - 1)
