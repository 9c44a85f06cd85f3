"""An ear for tests: it hears every text that holds a certain word, and remembers what it was asked."""

from __future__ import annotations

from bsc_coach.coach.ear.heard import Heard, Place


class Listening:
    """Hears a weak wording in every text with ``word`` in it."""

    def __init__(self, word: str = "") -> None:
        self.word = word
        self.asked: list[tuple[str, Place, str]] = []

    def heard(self, text: str, place: Place, language: str) -> Heard | None:
        """Return always the same, where the word is there."""
        self.asked.append((text, place, language))
        return Heard("Be known for our service", "ambition", "And then?") if self.word in text else None
