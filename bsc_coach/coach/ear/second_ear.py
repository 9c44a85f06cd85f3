"""SecondEar: an encoder, a head and the known weak wordings, loaded when the first text is heard."""

from __future__ import annotations

import math
import threading
from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import mul

from bsc_coach.coach.ear.encoders import Encoder, load_encoder
from bsc_coach.coach.ear.head import GROUPS, Known, read_head, read_known
from bsc_coach.coach.ear.heard import Heard, Place
from bsc_coach.coach.ear.shape import SHAPES, shape_of
from bsc_coach.coach.lexicon.word_lists import LANGUAGES
from bsc_coach.errors import EarError

LONGEST = 400
"""Characters of a text that are heard; longer ones are long before they are anything else."""


KIND = 0.1
"""What the likelihood of a kind (its logarithm) counts for beside nearness in meaning, at most one."""
SURE = 0.5
"""How likely a kind has to be among others for its own question to be asked."""


class SecondEar:
    """The second ear. Where its files are damaged it tells so once, and hears nothing from then on."""

    def __init__(self, tell: Callable[[EarError], object]) -> None:
        self._tell = tell
        self._deaf = False
        self._lock = threading.Lock()

    def load(self, language: str) -> bool:
        """Load now what the first text in a language would wait for; tell whether it can be heard."""
        if language not in LANGUAGES:
            return False
        with self._lock:
            if self._deaf:
                return False
            try:
                _judge().load(language)
            except EarError as fault:
                self._deaf = True
                self._tell(fault)
        return not self._deaf

    def heard(self, text: str, place: Place, language: str) -> Heard | None:
        """Return what a text sounds like; None where it sounds well, in another language, or when deaf."""
        return _judge().heard(text[:LONGEST], place, language) if self.load(language) else None


class Judge:
    """Hears by one encoder, which is loaded. Raises EarError where its head is damaged."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        (probe,) = encoder.encode(["a"])
        self._head = read_head(encoder.name, len(probe) + SHAPES)
        self._known: dict[str, Mapping[str, Sequence[tuple[Known, Sequence[float]]]]] = {}

    def load(self, language: str) -> None:
        """Load the known weak wordings of a language. Raises EarError."""
        if language not in self._known:
            self._known[language] = {
                group: list(zip(some, self._vectors(some), strict=True))
                for group, some in read_known(language).items()
            }

    def _vectors(self, some: Sequence[Known]) -> list[Sequence[float]]:
        return [array("f", vector) for vector in self._encoder.encode([one.text for one in some])]

    def heard(self, text: str, place: Place, language: str) -> Heard | None:
        """Return what a text sounds like; None where it sounds well, or nothing that is known is near."""
        (vector,) = self._encoder.encode([text])
        whole = (*vector, *shape_of(text))
        if not self._head.is_weak(whole, place, language):
            return None
        # What is nearest in meaning is often only of the same trade: how likely its kind is counts as well.
        known = self._known[language][GROUPS[place]]
        kinds = self._head.kinds_of(whole, {one.kind for one, _ in known})

        def likeness(one: tuple[Known, Sequence[float]]) -> float:
            return float(sum(map(mul, one[1], vector)))

        like, its = max(known, key=lambda one: likeness(one) + KIND * kinds[one[0].kind])
        if likeness((like, its)) < self._encoder.near:
            return None
        sure = kinds[like.kind] > math.log(SURE)
        return Heard(like.text, like.kind, like.question if sure else like.usual)


@cache
def _judge() -> Judge:
    """The judge of this process. Raises EarError."""
    return Judge(load_encoder())
