"""The commands ``check`` and ``explain``: run the coach on files, sessions and lists; describe a rule."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast, get_args

from bsc_coach.cli import output
from bsc_coach.cli.findings import as_json, as_line, as_sarif
from bsc_coach.cli.kpi_lines import LineFaultError, read_kpi_line
from bsc_coach.cli.output import environment_for
from bsc_coach.cli.sources import DANGLING, read_strategy_file
from bsc_coach.coach.catalogue import rule_words, rules
from bsc_coach.coach.check import Kind, check_kpi, check_strategy, check_wording
from bsc_coach.coach.context import RuleContext, customers_in_general
from bsc_coach.coach.grouping import grouped
from bsc_coach.coach.lexicon.word_lists import LANGUAGES
from bsc_coach.coach.rule import EVERY, LOOK_BACK, RANK, Finding, Rule, Severity
from bsc_coach.errors import EXIT_FINDINGS, EXIT_FINE, BscCoachError, StrategyFileError, UsageError
from bsc_coach.interview.open_findings import is_set_aside
from bsc_coach.interview.plan import Plan
from bsc_coach.session.opening import open_session
from bsc_coach.session.owned_files import STRATEGY
from bsc_coach.session.session import Session
from bsc_coach.strategy.dates import first_day
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.points import PERSPECTIVES, Perspective
from bsc_coach.strategy.strategy_file import StrategyFile
from bsc_coach.text import BYTE_ORDER_MARK, clean, lost_letters
from bsc_coach.words import BASE_LANGUAGE, say

KINDS = (*get_args(Kind), "kpi")
ROWS = PERSPECTIVES
FORMATS = ("text", "json", "sarif")


def check(options: argparse.Namespace) -> int:
    """Run ``check``: print the findings; exit 1 when one is as serious as was asked for."""
    if options.lang:
        output.one_of("--lang", options.lang, LANGUAGES)
    least = cast(Severity, output.one_of("--min-severity", options.min_severity, tuple(RANK)))
    output.one_of("--format", options.format, FORMATS)
    today = _day(options.today)
    if (options.wording is None) == (not options.sources):
        raise UsageError("cli.check_what")
    if options.wording is not None:
        return _check_lines(options, output.language_of(options), today or date.today(), least)
    if len(options.sources) == 1:
        return _check_whole(options, options.sources[0], today, least)
    if options.format != "text":
        raise UsageError("cli.one_source", format=options.format)
    return max([_check_one_of(options, source, today, least) for source in options.sources])


def _check_one_of(options: argparse.Namespace, source: Path, today: date | None, least: Severity) -> int:
    """Check one of several; one that cannot be read does not keep the others from being checked."""
    try:
        return _check_whole(options, source, today, least, lead=f"{source}: ")
    except BscCoachError as error:
        output.tell_failure(error, output.language_of(options), lead=f"{source}: ")
        return error.exit_code


def _check_whole(
    options: argparse.Namespace, source: Path, today: date | None, least: Severity, *, lead: str = ""
) -> int:
    checked = _read(source, options)
    language = options.lang or checked.strategy.language
    ear = output.second_ear(language)
    findings = check_strategy(checked.strategy, language=language, today=today or checked.day, ear=ear)
    told = [one for one in findings if checked.plan is None or not is_set_aside(checked.plan, one)]
    serious = [one for one in told if RANK[one.severity] <= RANK[least]]
    _show(serious, checked.file, options.format, language, lead)
    return EXIT_FINDINGS if serious or checked.faulty else EXIT_FINE


def explain(options: argparse.Namespace) -> int:
    """Run ``explain``: print all that is known about a rule, with its examples."""
    if options.lang:
        output.one_of("--lang", options.lang, LANGUAGES)
    language = output.language_of(options)
    name = options.rule.strip().upper()
    rule = rules().get(name)
    if rule is None:
        last = {one[0]: one for one in rules()}  # of each letter: O24, V19, …
        raise UsageError("cli.no_such_rule", name=options.rule.strip()[:20], **last)
    words = rule_words(language).get(name) or rule_words(BASE_LANGUAGE)[name]
    looks_at = ", ".join(say(f"cli.rule.family.{family}", language) for family in rule.families)
    output.show(f"{name}  {say(f'cli.severity.{rule.severity}', language)}")
    customers = customers_in_general(language)
    sentences = (words.say, *words.says.values())
    facts = (
        ("looks_at", looks_at),
        *(("says", sentence.replace("{customers}", customers)) for sentence in sentences),
        ("reason", words.reason),
        ("source", words.source),
        ("heard", _heard(rule, language)),
        ("misses", ", ".join(rule.misses)),
        ("mended_at", rule.mended_at),
        ("silences", _silenced(rule, language)),
        ("then", "; ".join(_what_then(rule, language))),
    )
    for label, text in facts:
        if text:
            output.show(f"{say(f'cli.rule.{label}', language)}: {text}")
    for label, examples in (("fires", words.fires), ("silent", words.silent)):
        output.show(f"{say(f'cli.rule.{label}', language)}:")
        for one in examples:
            output.show(f"  – {_in_words(one)}")
    return EXIT_FINE


def _in_words(example: str | Mapping[str, Any]) -> str:
    """Return an example as a person reads it: a wording as it stands, a table by what it tells or holds."""
    if isinstance(example, str):
        return example
    if "tell" in example:
        return str(example["tell"])
    text, *rest = sorted(example.items(), key=lambda item: item[0] != "text")
    around = ", ".join(_values_in(value) for _, value in rest)
    return (
        f"{_values_in(text[1])} ({around})"
        if text[0] == "text"
        else ", ".join(filter(None, (_values_in(text[1]), around)))
    )


def _values_in(value: object) -> str:
    """Return what a value holds, without the names of its parts."""
    if isinstance(value, Mapping):
        return " ".join(_values_in(inner) for inner in value.values())
    return ", ".join(_values_in(inner) for inner in value) if isinstance(value, list) else str(value)


def _heard(rule: Rule[Any], language: str) -> str:
    """When the talk asks a rule, in words."""
    if rule.heard_at == LOOK_BACK or (rule.on_the_whole and not rule.heard_at):
        return say("cli.rule.heard_when.whole", language)
    if not rule.heard_at:
        return say("cli.rule.heard_when.answer", language)
    if rule.heard_at.endswith("[]"):
        return say("cli.rule.heard_when.list", language, field=rule.heard_at)
    when = "item" if rule.one_item else "all"
    return say(f"cli.rule.heard_when.{when}", language, field=rule.heard_at)


def _silenced(rule: Rule[Any], language: str) -> str:
    """Which remarks a rule makes superfluous, in words; empty for none."""
    if EVERY in rule.silences:
        return say("cli.rule.silenced.every", language)
    return ", ".join(rule.silences)


def _what_then(rule: Rule[Any], language: str) -> Iterator[str]:
    """Yield what else is done about a remark of a rule, in words."""
    for name in ("first", "over_budget"):
        if getattr(rule, name):
            yield say(f"cli.rule.what_then.{name}", language)
    if rule.belongs_to:
        yield say(f"cli.rule.what_then.{rule.belongs_to}", language)


def _day(given: str | None) -> date | None:
    if given is None:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise UsageError("cli.not_a_day", given=given[:40]) from error


@dataclass(frozen=True)
class _Checked:
    """What is checked, the day it is from where that is known, and the file it stands in.

    Of a session, the plan says what was left aside: that it is missing is no remark.
    """

    strategy: Strategy
    day: date | None
    file: Path
    plan: Plan | None = None
    faulty: bool = False
    """Whether its strategy.toml has faults that somebody made by hand."""


def _read(path: Path, options: argparse.Namespace) -> _Checked:
    if path.is_file():
        return _Checked(_read_file(path, options).strategy, None, path)
    session = open_session(path, environment_for(options), read_only=True)
    for message in session.messages:
        output.tell(message)
    faulty = _tell_edits(session, options.lang or session.plan.language)
    day = first_day(session.notes().session_date)
    source = _Checked(session.strategy(), day, path / STRATEGY, session.plan, faulty)
    session.close()
    return source


def _tell_edits(session: Session, language: str) -> bool:
    """Tell what somebody edited in strategy.toml; return whether it has faults."""
    try:
        edits = session.edited_file()
    except StrategyFileError as error:
        output.tell_failure(error, language)
        return True
    if edits is None:
        return False
    output.tell_edits(edits, language, output.tell)
    return bool(edits.faults)


def _read_file(path: Path, options: argparse.Namespace) -> StrategyFile:
    return read_strategy_file(path, path.read_bytes(), options, remarks=(*DANGLING, "titles_differ"))


def _show(findings: Sequence[Finding], file: Path, form: str, language: str, lead: str) -> None:
    match form:
        case "json":
            output.show_json({"findings": [as_json(one) for one in findings]})
        case "sarif":
            output.show_json(as_sarif(findings, file, language))
        case _:
            for group in grouped(findings, lambda one: one):
                output.show(lead + as_line(group, language))
            count = len(findings)
            summary = say("cli.findings", language, n=count) if count else say("cli.nothing_found", language)
            output.tell(lead + summary)


def _check_lines(options: argparse.Namespace, language: str, today: date, least: Severity) -> int:
    """Answer each line of standard input with one of JSON; exit 1 if a line could not be read."""
    kind = output.one_of("--wording", options.wording, KINDS)
    row = output.one_of("--row", options.row, ROWS)
    ear = output.second_ear(language)
    context = RuleContext(language, row=cast(Perspective, row), today=today, ear=ear)
    faulty = False
    for line in _lines(sys.stdin):
        if lost_letters(line):
            fault = say("cli.not_utf8.line", language)
            answer: dict[str, object] = {"text": clean(line).text, "findings": [], "fault": fault}
        elif kind == "kpi":
            answer = _kpi_line(line, context, least)
        else:
            answer = _wording_line(kind, line, context, least)
        faulty = faulty or "fault" in answer
        output.show_json(answer)
    return EXIT_FINDINGS if faulty else EXIT_FINE


def _lines(stream: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(stream):
        text = line.removeprefix(BYTE_ORDER_MARK) if number == 0 else line
        yield (text if lost_letters(text) else clean(text).text).strip("\n")


def _wording_line(kind: str, line: str, context: RuleContext, least: Severity) -> dict[str, object]:
    findings = check_wording(cast(Kind, kind), line, context)
    return {"text": line, "findings": _as_objects(findings, least)}


def _kpi_line(line: str, context: RuleContext, least: Severity) -> dict[str, object]:
    if not line.strip():
        return {"text": line, "findings": []}
    try:
        read = read_kpi_line(line, context.language)
    except LineFaultError as fault:
        return {"text": line, "findings": [], "fault": str(fault)}
    findings = check_kpi(read.kpi, context, asked=read.asked)
    answer: dict[str, object] = {"text": read.kpi.name or "", "findings": _as_objects(findings, least)}
    return {**answer, "fault": " ".join(read.faults)} if read.faults else answer


def _as_objects(findings: Collection[Finding], least: Severity) -> list[dict[str, str]]:
    return [
        {"rule": one.rule, "severity": one.severity, "say": one.say}
        for one in findings
        if RANK[one.severity] <= RANK[least]
    ]
