"""Ear and Heard: what rules may ask about a text that none of them remarks on, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias, get_args

if TYPE_CHECKING:
    from bsc_coach.strategy.points import Perspective

Beside = Literal["proposition", "promise"]
BESIDE: tuple[Beside, ...] = get_args(Beside)
"""Places of a text that is no objective of a row of the map. Segments are not listened to: whether
a name tells enough is known once their traits are."""
Place: TypeAlias = "Perspective | Beside"
"""Where a text stands: the row of an objective, or what it is otherwise."""


@dataclass(frozen=True)
class Heard:
    """What an ear makes of a text that sounds weak: the nearest known weak wording, and what to ask."""

    like: str
    kind: str
    """The kind of weakness of that wording, as the files of prompts/ear name it."""
    question: str


class Ear(Protocol):
    """Something that hears whether a text sounds weak. Two ears are one only if they are the same object."""

    def heard(self, text: str, place: Place, language: str) -> Heard | None:
        """Return what a text sounds like; None where it sounds well, or this ear cannot tell."""
