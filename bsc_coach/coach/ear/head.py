"""Head and Known: the weights that tell weak from good by a vector, and the weak wordings that are known.

prompts/ear/head_NAME.toml is made by ``benchmarks/train_ear.py`` for the encoder of that name, and holds
whole thousandths. prompts/ear/LANGUAGE.toml is written by people: weak wordings by place and kind, and what
to ask about a kind.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from typing import Any

from bsc_coach.coach.ear.heard import Place
from bsc_coach.errors import EarError
from bsc_coach.parsed_toml import parse_toml
from bsc_coach.resources import asset_dir

UNIT = 1000
"""What the numbers of a head are multiplied with, so that they are whole."""
GROUPS: Mapping[Place, str] = {
    "process": "process", "learning": "state", "customer": "state", "financial": "outcome",
    "mission": "outcome", "proposition": "proposition", "promise": "promise",
}  # fmt: skip
"""Places whose texts are weighed alike, for some have few examples."""
USUAL = "usual"
"""The question of a kind that has none of its own."""


@dataclass(frozen=True)
class Head:
    """Weights for the vectors of one encoder, and what they have to sum up to at each place."""

    weights: Mapping[str, Sequence[int]]
    bias: Mapping[str, int]
    dutch: Mapping[str, int]
    thresholds: Mapping[str, int]
    kinds: Mapping[str, Sequence[int]]
    """Weights that tell kinds of weakness from each other, with a constant at the end."""

    def is_weak(self, vector: Sequence[float], place: Place, language: str) -> bool:
        """Tell whether a text with this vector sounds weak at a place."""
        group = GROUPS[place]
        total = float(sum(map(mul, self.weights[group], vector))) + self.bias[place]
        total += self.dutch[group] if language == "nl" else 0
        return total > self.thresholds[place]

    def kinds_of(self, vector: Sequence[float], among: Collection[str]) -> Mapping[str, float]:
        """Return the logarithm of how likely each of some kinds is for a weak text with this vector."""
        along = (*vector, 1.0)
        sums = {kind: sum(map(mul, self.kinds.get(kind, ()), along)) / UNIT for kind in among}
        whole = math.log(sum(map(math.exp, sums.values())))
        return {kind: one - whole for kind, one in sums.items()}


@dataclass(frozen=True)
class Known:
    """A weak wording that is known, its kind, and what to ask about that kind, or about any."""

    text: str
    kind: str
    question: str
    usual: str


def read_head(name: str, length: int) -> Head:
    """Read the head of an encoder for vectors of a length. Raises EarError."""
    file = f"head_{name}.toml"
    told = _read(file)
    try:
        head = Head(told["weights"], told["bias"], told["dutch"], told["thresholds"], told["kinds"])
        lengths = {len(head.weights[group]) for group in GROUPS.values()}
        lengths |= {len(row) - 1 for row in head.kinds.values()}
        numbers = (*head.weights.values(), *head.kinds.values())
        whole = all(isinstance(one, int) for row in numbers for one in row)
        fits = lengths == {length} and whole and {*GROUPS} <= {*head.bias} & {*head.thresholds}
        fits = fits and {*GROUPS.values()} <= {*head.dutch}
    except (KeyError, TypeError, AttributeError) as fault:
        raise EarError("cli.ear.broken", name=file, fault=str(fault)) from fault
    if not fits:
        raise EarError("cli.ear.broken", name=file, fault=str(sorted(lengths)))
    return head


def read_known(language: str) -> Mapping[str, Sequence[Known]]:
    """Read the known weak wordings of a language by group: for each kind a text with a wording a line.

    Raises EarError.
    """
    file = f"{language}.toml"
    told = _read(file)
    try:
        questions, usual = told["questions"], str(told["questions"][USUAL])
        by_group = {
            group: [
                Known(line.strip(), kind, str(questions.get(kind, usual)), usual)
                for kind, text in kinds.items()
                for line in _lines(text)
            ]
            for group, kinds in told["known"].items()
        }
    except (KeyError, TypeError, AttributeError) as fault:
        raise EarError("cli.ear.broken", name=file, fault=str(fault)) from fault
    missing = [group for group in GROUPS.values() if not by_group.get(group)]
    if missing:
        raise EarError("cli.ear.broken", name=file, fault=missing[0])
    return by_group


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _read(name: str) -> dict[str, Any]:
    """Read one file of prompts/ear."""
    try:
        return parse_toml((asset_dir("prompts") / "ear" / name).read_bytes())
    except (OSError, ValueError) as fault:
        raise EarError("cli.ear.broken", name=name, fault=str(fault)[:200]) from fault
