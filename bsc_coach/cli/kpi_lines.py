"""Lenient parser of KPIs in JSON lines, as people and other programs write them, for the coach to check."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bsc_coach.coach.formulas import MONTHS_BETWEEN
from bsc_coach.coach.lexicon.matcher import phrases
from bsc_coach.interview.values import RefusedError, read_date, read_number
from bsc_coach.strategy.measures import Kpi
from bsc_coach.text import clean, normal, one_line
from bsc_coach.words import say

_TEXTS = {
    "name": "name",
    "unit": "unit",
    "formula": "formula",
    "owner": "owner_role",
    "guard": "guard",
    "source": "source",
    "decision": "decision",
    "gaming": "gaming",
}
_NUMBERS = {"baseline": "baseline", "target": "target", "red": "red"}
_DATES = {"baseline_by": "baseline_by", "target_date": "target_date"}
_ASKED = frozenset(
    {"name", "unit", "direction", "baseline", "target", "formula", "frequency", "target_date", "owner_role"}
)
"""The fields that everybody who writes such a line was asked for."""
_FREQUENCIES = (*MONTHS_BETWEEN, "per_project")
_NUMBER = re.compile(r"[+\-−]?\d[\d.,]*")
_DATE = re.compile(r"\d{4}(?:-\d{1,2}(?:-\d{1,2})?)?")
_QUARTER = re.compile(r"\b[qk]([1-4])\b")


class LineFaultError(ValueError):
    """Raised for a line that is no KPI; carries the sentence that says why."""


@dataclass(frozen=True)
class KpiLine:
    """A parsed KPI, the fields that were asked for, and the faults of single fields."""

    kpi: Kpi
    asked: frozenset[str]
    faults: tuple[str, ...] = ()
    """A sentence for each field that cannot be read; such a field is neither told nor missed."""


def read_kpi_line(line: str, language: str) -> KpiLine:
    """Parse a KPI from a line of JSON. Raises LineFaultError when there is none in it."""
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        fault = one_line(clean(str(error)).text)[:120]
        raise LineFaultError(say("cli.kpi_line.not_json", language, fault=fault)) from error
    if not isinstance(values, dict):
        raise LineFaultError(say("cli.kpi_line.not_an_object", language))
    fields: dict[str, Any] = {"id": "K1", "measures": "K1"}
    faults: dict[str, str] = {}
    for readers, reader in ((_TEXTS, _text), (_NUMBERS, _number), (_DATES, _date)):
        for name, field in readers.items():
            try:
                fields[field] = _read(values.get(name), language, reader)
            except RefusedError as refused:
                fault = one_line(refused.refusal.sentence(language))
                faults[field] = say("cli.kpi_line.wrong_field", language, field=name, fault=fault)
    fields["baseline_by"] = fields.get("baseline_by") or _measured_by(values.get("baseline"))
    fields["direction"] = _named(values.get("direction"), "direction", ("up", "down"), language)
    fields["frequency"] = _named(values.get("frequency"), "frequency", _FREQUENCIES, language)
    asked = _ASKED | {_TEXTS.get(str(name), str(name)) for name in values}
    return KpiLine(Kpi.model_validate(fields), asked - faults.keys(), tuple(faults.values()))


def _read(raw: Any, language: str, reader: Callable[[Any, str], Any]) -> Any:
    """Parse a field with ``reader``; None where it is missing or says "unknown"."""
    return None if raw is None or _is_unknown(raw, language) else reader(raw, language)


def _is_unknown(raw: Any, language: str) -> bool:
    """Tell whether a text says that there is no answer."""
    if not isinstance(raw, str):
        return False
    text, lists = normal(raw), phrases(language)
    return not text or text in lists.words("not_known") or bool(lists.find("unknown_words", text))


def _text(raw: Any, language: str) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise RefusedError("not_a_text")
    return clean(str(raw)).text.strip()


def _number(raw: Any, language: str) -> int | float:
    """Parse a number, also one that stands in a text with its unit or a sign of comparison."""
    try:
        return _unasked(raw, language)
    except RefusedError as refused:
        numbers = _NUMBER.findall(raw) if isinstance(raw, str) else []
        if refused.refusal.key != "not_a_number" or len(numbers) != 1:
            raise
        return _unasked(numbers[0].rstrip(".,"), language)


def _unasked(raw: Any, language: str) -> int | float:
    """Parse a number where nobody can be asked about an ambiguous one: a Dutch point groups thousands."""
    try:
        return read_number(raw, language)
    except RefusedError as refused:
        if refused.refusal.key != "ambiguous_number" or language != "nl":
            raise
        return read_number(str(refused.refusal.values["whole"]), language)


def _date(raw: Any, language: str) -> str | None:
    """Parse a coarse date (year, quarter, month or day); None for a text without a year."""
    text = _text(raw, language)
    try:
        return read_date(text, language)
    except RefusedError as refused:
        year = re.search(r"(?<!\d)(?:19|20|21)\d\d(?!\d)", text)
        if refused.refusal.key != "not_a_date":
            raise
        quarter = _QUARTER.search(normal(text))
        if year is None:
            return None
        return f"{year[0]}-{int(quarter[1]) * 3:02d}" if quarter else year[0]


def _measured_by(raw: Any) -> str | None:
    """Parse the date in “unknown, measured by 2027-03”."""
    if not isinstance(raw, str) or not any(letter.isalpha() for letter in raw):
        return None
    date = _DATE.search(raw)
    try:
        return read_date(date[0], "en") if date else None
    except RefusedError:
        return None


def _named(raw: Any, kind: str, known: tuple[str, ...], language: str) -> str | None:
    """Return the one of ``known`` that a text names, by id or in words; None for another."""
    if not isinstance(raw, str):
        return None
    text = normal(raw)
    if text in known:
        return text
    lists = phrases(language)
    return next((one for one in known if lists.find(f"{kind}_{one}", text)), None)
