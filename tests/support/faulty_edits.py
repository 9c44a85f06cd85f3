"""Faulty edits of Riverbend's strategy.toml, each one line for another, and what is to be said of it.

Lines keep their numbers, so that the line of a fault can be counted in the file as it was written.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Edit:
    """One line of the file changed: ``old`` for ``new`` in ``block`` (its first line, and its id)."""

    block: str
    old: str
    new: str
    place: str = ""
    """How the item and its field are called in the fault."""
    what: str = ""
    """A part of what is said to be wrong."""
    way: str = ""
    """A part of the way out that is told."""
    at: str = ""
    """The line that is named, where it is not the one that was changed."""

    @property
    def name(self) -> str:
        """What tells it from the others."""
        return f"{self.block}: {self.old} > {self.new}"

    def where(self, lines: list[str]) -> int:
        """Return the place of the line in the file as it was written, from 0."""
        begin = _block(lines, self.block)
        return lines.index(self.old, begin)

    def line(self, lines: list[str]) -> int:
        """Return the line that is named, from 1."""
        if not self.at:
            return self.where(lines) + 1
        return lines.index(self.at, _block(lines, self.block)) + 1


def _block(lines: list[str], block: str) -> int:
    head, _, short = block.partition(" ")
    for number, line in enumerate(lines):
        if line == head and (not short or lines[number + 1] == f'id = "{short}"'):
            return number
    if not head.startswith("["):
        return next(n for n, line in enumerate(lines) if line.strip().startswith(head))
    raise AssertionError(f"no {block}")


def edited(text: str, *edits: Edit) -> str:
    """Return the text of the file with these edits."""
    lines = text.split("\n")
    after = list(lines)
    for edit in edits:
        after[edit.where(lines)] = edit.new
    return "\n".join(after)


_TOML = "not valid TOML"

FAULTY = (
    # A word that is none of those that may stand there
    Edit(
        "[[objectives]] O2",
        'horizon = "short"',
        'horizon = "shrot"',
        "O2.horizon",
        "“shrot”",
        "mean “short”?",
    ),
    Edit(
        "[[objectives]] O2",
        'aspect = "time"',
        'aspect = "duration"',
        "O2.aspect",
        "“duration”",
        "cost, quality",
    ),
    Edit(
        "[[objectives]] O3",
        '    "quality",',
        '    "qualty",',
        "O3.effects",
        "“qualty”",
        "“quality”",
        "effects = [",
    ),
    Edit(
        "[[segments]] SEG2",
        'choice = "target"',
        'choice = "Target"',
        "SEG2.choice",
        "“Target”",
        "mean “target”?",
    ),
    Edit(
        "[[links]] X2", 'confidence = "high"', 'confidence = "hgh"', "X2.confidence", "“hgh”", "mean “high”?"
    ),
    Edit(
        "[[kpis]] F2.1",
        'frequency = "quarterly"',
        'frequency = "quaterly"',
        "F2.1.frequency",
        "“quat",
        "“quarterly”",
    ),
    Edit(
        "[[kpis]] F2.1",
        'found = "none"',
        'found = "nnone"',
        "F2.1.benchmark.found",
        "“nnone”",
        "mean “none”?",
    ),
    Edit(
        "[organisation]",
        'kind = "public"',
        'kind = "hospital"',
        "organisation.kind",
        "“hospital”",
        "business, public",
    ),
    Edit(
        "[proposition]",
        'type = "solutions"',
        'type = "solution"',
        "proposition.type",
        "“solution”",
        "“solutions”",
    ),
    Edit(
        "[[proposition.attributes]] service",
        'id = "service"',
        'id = "servise"',
        "servise.id",
        "“servise”",
        "“service”",
    ),
    # A name that nothing has
    Edit(
        "[[objectives]] O3",
        'horizon = "medium"',
        'horizn = "medium"',
        "O3.horizn",
        "“horizn”",
        "mean “horizon”?",
    ),
    Edit("[[participants]] T2", 'role = "CFO"', 'rol = "CFO"', "T2.rol", "“rol”", "mean “role”?"),
    Edit("[[outcomes]] F2", "", "priority = 3", "F2.priority", "“priority”", "Known here: "),
    Edit(
        "[organisation]",
        "horizon_year = 2030",
        "horizonyear = 2030",
        "organisation.horizonyear",
        "no field",
        "mean",
    ),
    Edit("[review]", 'rhythm = "monthly"', 'rythm = "monthly"', "review.rythm", "“rythm”", "mean “rhythm”?"),
    Edit("[[kpis]] F3.1", "target = 13100", "tagret = 13100", "F3.1.tagret", "“tagret”", "mean “target”?"),
    Edit(
        "[[enablers]] L2", "[[enablers]]", "[[enabler]]", "enabler", "no part “enabler”", "mean “enablers”?"
    ),
    Edit("[[processes]] P3", "[[processes]]", "[[processes]", "processes", "brackets", "[[processes]]"),
    Edit("[[decisions]] D2", "[[decisions]]", "[decisions]", "decisions", "brackets", "[[decisions]]"),
    # A value of another kind
    Edit(
        "[[participants]] T1",
        'name = "Margaret Osei"',
        "name = 12",
        "T1.name",
        "must be",
        "a text between quotes",
    ),
    Edit("[[participants]] T3", "vote = 4", 'vote = "four"', "T3.vote", "must be", "a whole number"),
    Edit("[[participants]] T4", "vote = 4", "vote = true", "T4.vote", "must be", "a whole number"),
    Edit(
        "[[kpis]] F2.1",
        "target = 68",
        'target = "sixty"',
        "F2.1.target",
        "must be",
        "a number, without quotes",
    ),
    Edit("[[kpis]] F3.1", "red = 13900", "red = inf", "F3.1.red", "must be", "a number"),
    Edit(
        "[[candidates]] O1",
        "selected = true",
        'selected = "chosen"',
        "O1.selected",
        "must be",
        "true or false",
    ),
    Edit(
        "[[initiatives]] N2",
        'process = "P6"',
        'process = ["P6"]',
        "N2.process",
        "must be",
        "a text between quotes",
    ),
    Edit(
        "[[candidates]] O1",
        'subprocess = "production"',
        "subprocess = {}",
        "O1.subprocess",
        "cannot stand",
        "supplier",
    ),
    # Out of range
    Edit("[[participants]] T2", "vote = 4", "vote = 9", "T2.vote", "9 is too large", "Write 5 or less"),
    Edit(
        "[[candidates]] O1",
        "influence = 5",
        "influence = 0",
        "O1.influence",
        "0 is too small",
        "Write 1 or more",
    ),
    Edit(
        "[[links]] X3",
        "delay_months = 4",
        "delay_months = -4",
        "X3.delay_months",
        "too small",
        "Write 0 or more",
    ),
    Edit(
        "[[kpis]] F3.1",
        'target_date = "2030-12"',
        'target_date = "Dec 2030"',
        "F3.1.target_date",
        "no date",
        "2028-06",
    ),
    # Ids
    Edit("[[promises]] C2", 'id = "C2"', 'id = "c2"', "c2.id", "“c2” is no id", "mean “C2”?"),
    Edit("[[processes]] P5", 'id = "P5"', 'id = "treat"', "treat.id", "“treat” is no id", "mean “P5”?"),
    Edit("[[links]] X5", 'id = "X5"', "", "links 5.id", "has no id", "it is X5", "[[links]]"),
    Edit(
        "[[links]] X7",
        'id = "X7"',
        'id = "X6"',
        "X6",
        "stands twice, first in line 658",
        "such as X25",
        "[[links]]",
    ),
    Edit(
        "[[links]] X8",
        'cause = "O2"',
        'cause = "O99"',
        "X8.cause",
        "no O99 in this file",
        "Known here: O1, O2, O3",
    ),
    Edit("[[kpis]] F3.1", 'process = "P5"', 'process = "p5"', "F3.1.process", "“p5” is no id", "such as O3"),
    # Nothing
    Edit(
        "[[outcomes]] F3",
        'title = "Lower the cost of an episode of care"',
        'title = ""',
        "F3.title",
        "empty",
        "delete",
    ),
    Edit(
        "[[assumptions]] A1",
        'owner_role = "Director Outpatient Care"',
        'owner_role = "  "',
        "A1.owner_role",
        "empty",
        "delete",
    ),
    Edit("[[kpis]] F2.1", 'measures = "F2"', "", "F2.1.measures", "must be there", "Add it", "[[kpis]]"),
    # No TOML
    Edit(
        "[[participants]] T3",
        'role = "Chief Medical Officer"',
        'role = "Chief Medical',
        "T3.role",
        _TOML,
        "quote is missing",
    ),
    Edit(
        "[[segments]] SEG3",
        'choice = "target"',
        "choice = target",
        "SEG3.choice",
        _TOML,
        "Put a text between",
    ),
    Edit(
        "[[segments]] SEG4", 'choice = "not_served"', 'choice "not_served"', "SEG4.choice", _TOML, "needs ="
    ),
    Edit("[[outcomes]] F1", 'horizon = "long"', 'horizon = "long" soon', "F1.horizon", _TOML, "new line"),
    Edit("[[kpis]] F3.1", "baseline = 14200", "baseline = 14,200", "F3.1.baseline", _TOML, "new line"),
    Edit("[[links]] X1", "", 'cause = "CM1"', "X1.cause", _TOML, "Keep one of the two"),
)

GOOD = (
    Edit("[review]", 'who = "CEO"', 'who = "Chair of the board"'),
    Edit("[[objectives]] O1", 'horizon = "short"', 'horizon = "medium"'),
    Edit("[[promises]] C1", 'title = "See me within two weeks"', 'title = "See me within ten days"'),
    Edit(
        "[[decisions]] D3",
        'title = "Price is a threshold, not a differentiator"',
        'title = "Price is a threshold"',
    ),
)
