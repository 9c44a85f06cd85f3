"""Plausible random answers: what a person might type to any question, given a source of chance.

Nothing is read here but the prompt and the step; the same source of chance chooses the same lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from bsc_coach.conversation.prompt import Prompt
from bsc_coach.script.model import LongTextStep, NumberStep, QuestionStep, TextStep
from bsc_coach.script.slots import Slot
from bsc_coach.script.step_parts import Limit
from bsc_coach.words import say

OFFER_TAKEN = 0.3
OPENED = 0.5
"""How often a round is opened before what was written and voted on paper is typed."""
TOGETHER = "/together"
MORE_THAN_NEEDED = 2
"""Items that a list may get beyond those that it wants."""
LONG_LIST = 8
"""The same for somebody who has much to say, as one in eight has: some questions come only then."""
PASSED, ANSWERED = "(passed)", "(answered)"
"""What is counted among the choices of a step, besides its own: no id of a choice has such marks."""
LONGEST_NUMBER = 100
FIRST_YEAR = 1900
"""A number that may not be lower than this is a year."""


@dataclass
class PlausibleAnswers:
    """Chooses what is typed; one for each path through a script."""

    random: Random
    language: str
    today: date
    passed_by: float = 0.25
    """How often an optional question is passed with Enter."""
    put_off: float = 0.03
    """How often a question is parked; as often it is declined."""
    together: float = 0.5
    """How often everybody answers at once, where that is offered."""
    chosen: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often each choice of a step was taken, in the paths before as well: rarer ones come first."""
    covers_more: bool = False
    """Whether so it is with the length of lists too, and an optional question is passed no second time before
    it was answered: then a few paths come to more questions."""
    _wanted: dict[Slot, int] = field(default_factory=dict)

    def line(self, prompt: Prompt, step: QuestionStep) -> str:
        """Return what is typed to a question; ``step`` is the one that its answer is judged by."""
        if prompt.remarks and not prompt.adding:
            return self.random.choice(("", f"/keep {self.reason()}"))
        if prompt.by_round and self.random.random() < self.together:
            return TOGETHER
        nothing_to_pick = prompt.kind == "pick" and not prompt.options
        if prompt.adding and (nothing_to_pick or len(prompt.items) >= self._items_wanted(prompt)):
            return ""
        chance = self.random.random()
        if not prompt.adding and prompt.kind != "confirm":
            passes = prompt.round is None or prompt.round.passes  # else Enter opens a round
            step_id = prompt.slot.step
            owed = self.covers_more and self.chosen[step_id, PASSED] > self.chosen[step_id, ANSWERED]
            if prompt.optional and passes and not owed and chance < self.passed_by:
                self.chosen[step_id, PASSED] += 1
                return ""
            if chance > 1 - self.put_off:
                return f"/park {self.reason()}"
            if chance > 1 - 2 * self.put_off:
                return f"/na {self.reason()}"
            self.chosen[step_id, ANSWERED] += 1
        return self.answer(prompt, step)

    def answer(self, prompt: Prompt, step: QuestionStep) -> str:
        """Return an answer that the question has to take."""
        if prompt.offers and self.random.random() < OFFER_TAKEN:
            return str(self.random.randint(1, len(prompt.offers)))
        match prompt.kind:
            case "text" | "long_text":
                return self._text(step.limit if isinstance(step, TextStep | LongTextStep) else Limit())
            case "number":
                return self._number(step.limit if isinstance(step, NumberStep) else Limit())
            case "date":
                return (self.today + timedelta(days=self.random.randint(40, 900))).isoformat()[:7]
            case "choice":
                return self._options(prompt, 1, 1)
            case "several" | "pick":
                most = len(prompt.options) if prompt.choices.max is None else prompt.choices.max
                return self._options(prompt, max(prompt.choices.min, 1), most)
            case "round" | "ballot":
                return self._from_everybody(prompt)
            case "confirm":
                return ""

    def _from_everybody(self, prompt: Prompt) -> str:
        """Return what several people wrote or voted; sometimes a round is opened for it first, with Enter."""
        stands = prompt.round
        if stands is not None and not (stands.open or stands.passes) and self.random.random() < OPENED:
            return ""
        people = self.random.randint(2, 9)
        if prompt.kind == "round":
            return "\n".join(self._text(Limit(max_chars=280)) for _ in range(people))
        low, high = (stands and stands.scale) or (1, max(len(prompt.options), 1))
        return " ".join(str(self.random.randint(low, high)) for _ in range(people))

    def to_small_question(self) -> Sequence[str]:
        """Return what may be typed to a small question in between, until one of it is taken."""
        yes = say("talk.letters.yes", self.language).split()[0]
        soon = (self.today + timedelta(days=90)).isoformat()
        return (self.random.choice(("", yes)), self.reason(), soon, "1")

    def reason(self) -> str:
        """Return why something is kept, parked or declined."""
        return self.random.choice(say("rehearsal.reasons", self.language).split("|"))

    def _items_wanted(self, prompt: Prompt) -> int:
        """Return how long this person makes a list; the mind is made up once."""
        count, step_id = prompt.count, prompt.slot.step
        most = count.min + (LONG_LIST if self.random.randrange(8) == 0 else MORE_THAN_NEEDED)
        most = most if count.max is None else min(most, count.max)
        wanted = self.random.randint(count.min, most)
        if self.covers_more and prompt.slot not in self._wanted:
            lengths = (wanted, *range(count.min, most + 1))
            wanted = min(lengths, key=lambda length: self.chosen[step_id, _items(length)])
            self.chosen[step_id, _items(wanted)] += 1
        return self._wanted.setdefault(prompt.slot, wanted)

    def _text(self, limit: Limit) -> str:
        """Return a sentence that hardly ever comes twice, no longer than it may be, and no shorter."""
        parts = {
            name: self.random.choice(say(f"rehearsal.{name}", self.language).split("|"))
            for name in ("verbs", "subjects", "places")
        }
        sentence = say("rehearsal.sentence", self.language, **parts)
        text = sentence[:1].upper() + sentence[1:]
        while limit.min_chars is not None and len(text) < limit.min_chars:
            text = f"{text} {sentence}"
        if limit.max_chars is not None and len(text) > limit.max_chars:
            return text[-limit.max_chars :].strip()
        return text

    def _number(self, limit: Limit) -> str:
        low = 0 if limit.min is None else int(-(-limit.min // 1))
        if low >= FIRST_YEAR:
            low = max(low, self.today.year + 2)
        high = low + LONGEST_NUMBER if limit.max is None else int(limit.max)
        if limit.min is None and limit.max is not None:
            low = min(low, high)
        if low >= FIRST_YEAR:
            high = min(high, low + 6)
        return str(self.random.randint(min(low, high), high))

    def _options(self, prompt: Prompt, least: int, most: int) -> str:
        """Return the numbers of some options, those that were taken least before."""
        if not prompt.options:
            return "1"
        how_many = min(self.random.randint(least, max(least, min(most, least + 3))), len(prompt.options))
        shuffled = self.random.sample(prompt.options, len(prompt.options))
        rarest = sorted(shuffled, key=lambda option: self.chosen[prompt.slot.step, option.id])
        taken = rarest[:how_many]
        self.chosen.update((prompt.slot.step, option.id) for option in taken)
        return " ".join(str(option.number) for option in sorted(taken, key=lambda option: option.number))


def _items(length: int) -> str:
    """Return under which name the length of a list is counted among the choices of its step."""
    return f"({length} items)"
