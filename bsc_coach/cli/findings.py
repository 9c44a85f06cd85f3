"""Output formats for findings: lines of text, JSON, and SARIF for code hosts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from bsc_coach import __version__
from bsc_coach.coach.catalogue import rule_words
from bsc_coach.coach.grouping import FindingGroup
from bsc_coach.coach.rule import Finding
from bsc_coach.words import say

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"settle": "error", "warn": "warning", "hint": "note"}
_ID_LINE = re.compile(r"""\bid\s*=\s*["']([A-Za-z0-9._]+)["']""")


def as_line(group: FindingGroup[Finding], language: str) -> str:
    """Format findings that are said in one sentence as a line: severity, rule, item, what the coach says.

    What several are about stands in their sentence.
    """
    one, *others = group.members
    severity = say(f"cli.severity.{one.severity}", language)
    about = "" if others else " ".join(one.about)
    return f"{severity:<10} {one.rule}  {f'{about}  ' if about else ''}{group.say}"


def as_json(one: Finding) -> dict[str, object]:
    """Format a finding on a strategy as a JSON object."""
    return {"rule": one.rule, "severity": one.severity, "say": one.say, "about": list(one.about)}


def as_sarif(findings: Sequence[Finding], file: Path, language: str) -> Mapping[str, object]:
    """Format findings as a SARIF 2.1.0 log, each at the line of ``file`` where its item begins."""
    lines = _lines_of(file)
    words, spare = rule_words(language), rule_words("en")
    used = sorted({one.rule for one in findings})
    rules = [
        {"id": name, "fullDescription": {"text": (words.get(name) or spare[name]).reason}} for name in used
    ]
    driver = {"name": "bsc-coach", "version": __version__, "rules": rules}
    results = [_result(one, used.index(one.rule), file, lines) for one in findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(one: Finding, index: int, file: Path, lines: Mapping[str, int]) -> dict[str, object]:
    line = next((lines[name] for name in one.about if name in lines), 1)
    place = {
        "artifactLocation": {"uri": quote(file.as_posix())},
        "region": {"startLine": line},
    }
    location: dict[str, object] = {"physicalLocation": place}
    if one.about:
        location["logicalLocations"] = [{"name": name} for name in one.about]
    return {
        "ruleId": one.rule,
        "ruleIndex": index,
        "level": _LEVELS[one.severity],
        "message": {"text": one.say},
        "locations": [location],
    }


def _lines_of(file: Path) -> Mapping[str, int]:
    """Return the line number of each id in a strategy.toml; empty without such a file."""
    if not file.is_file():
        return {}
    text = file.read_text(encoding="utf-8", errors="replace")
    found: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if match := _ID_LINE.search(line):
            found.setdefault(match[1], number)
    return found
