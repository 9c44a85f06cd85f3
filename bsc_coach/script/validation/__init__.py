"""Validation of a script before anybody is interviewed: every fault at once, with place and way out.

The stages follow one another, and each leaves the next as much as can be saved: ``reading`` takes the
TOML apart, ``shape`` makes models of it, ``outline`` tells who stands in what, and the rest look at
ids, names, conditions, texts, fields, migrations and translations. Nothing here raises for a fault.
"""

from __future__ import annotations

from dataclasses import dataclass

from bsc_coach.script.model import Script, Translation
from bsc_coach.script.source import ScriptSource
from bsc_coach.script.validation.conditions import Conditions
from bsc_coach.script.validation.fields import check_fields
from bsc_coach.script.validation.findings import EnoughError, Findings
from bsc_coach.script.validation.migrations import check_migrations
from bsc_coach.script.validation.outline import Outline
from bsc_coach.script.validation.problems import Problem, ScriptErrors, Severity
from bsc_coach.script.validation.reading import read_script
from bsc_coach.script.validation.references import References, check_references
from bsc_coach.script.validation.shape import Shaped, shape
from bsc_coach.script.validation.structure import check_structure
from bsc_coach.script.validation.texts import Texts
from bsc_coach.script.validation.translations import check_translations

__all__ = ["Examined", "Problem", "ScriptErrors", "Severity", "examine", "find_problems"]


@dataclass(frozen=True)
class Examined:
    """A script that was checked: what is wrong with it, and the script where it can be used."""

    problems: tuple[Problem, ...]
    script: Script | None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep the script from being used."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def find_problems(source: ScriptSource) -> tuple[Problem, ...]:
    """Validate a script and its translations: every fault in the order of the files."""
    return examine(source).problems


def examine(source: ScriptSource) -> Examined:
    """Validate a script: every fault, and the script itself when none of them is an error."""
    base = Findings(source.name)
    shaped: Shaped | None = None
    translations: dict[str, Translation] = {}
    sidecars: list[Findings] = []
    try:
        raw = read_script(source.base, base)
        if raw is not None:
            shaped = shape(raw, base)
            outline = Outline(shaped.entries)
            _check_base(shaped, outline, base)
            if shaped.header is not None:
                translations, sidecars = check_translations(source, shaped.header, outline, base)
    except EnoughError:
        pass
    problems = [p for found in (base, *sidecars) for p in sorted(found.problems, key=lambda p: p.line)]
    examined = Examined(tuple(problems), None)
    if examined.errors or shaped is None or shaped.whole is None:
        return examined
    whole = shaped.whole
    script = Script(whole.script, whole.step, whole.migrate, translations, source.digest)
    return Examined(examined.problems, script)


def _check_base(shaped: Shaped, outline: Outline, findings: Findings) -> None:
    refs = References(outline, findings)
    check_structure(outline, findings)
    check_references(refs)
    Conditions(refs).check()
    Texts(refs).check()
    check_fields(outline, findings)
    version = shaped.header.version if shaped.header is not None else None
    check_migrations(outline, shaped.migrations, version, findings)
