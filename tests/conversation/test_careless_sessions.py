"""A deliberately sloppy team, in both languages: persuaded to a clean map, or stubborn to the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bsc_coach.conversation.findings import findings
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.remarks import remarks
from bsc_coach.script.loader import bundled_source
from bsc_coach.script.slots import Slot
from bsc_coach.session.opening import create_session
from bsc_coach.session.samples import read_sample
from bsc_coach.strategy.toml import read_toml
from tests.support.pages import whole
from tests.support.sessions import same_environment
from tests.support.typing_riverbend import Goal, as_typed, next_line, recorded, wanted_at

pytestmark = pytest.mark.slow

SLOPPY = {
    "en": {
        "segments.name": ("Everyone", "All companies in the region"),
        "proposition.statement": ("Innovative solutions with added value",),
        "promises.title": ("We provide fast delivery", "Our people are friendly", "We respond quickly"),
        "outcomes.title": ("Implement a cost programme", "Become the best in the country"),
        "objective.title": (
            "Improve quality", "Implement a new planning system", "Increase customer satisfaction",
            "Reduce rework and increase throughput", "Achieve operational excellence",
            "Customer complaints handling",
            "On-time delivery rate", "Strive to be faster", "Do not lose key people",
        ),
        "kpis.name": ("Quality", "Number of meetings held", "Engagement index", "LinkedIn followers"),
        "kpis.owner_role": ("Management team", "Everyone"),
        "enablers.title": ("Improve competencies", "Always be the best"),
        "review.first": ("2029-12",),
    },
    "nl": {
        "segments.name": ("Iedereen", "Alle bedrijven in Nederland"),
        "proposition.statement": ("Wij ontzorgen met kwaliteit en service",),
        "promises.title": ("Wij leveren snel", "Onze mensen zijn vriendelijk", "Wij reageren snel"),
        "outcomes.title": ("Een kostenprogramma invoeren", "De beste van het land worden"),
        "objective.title": (
            "Kwaliteit verbeteren", "Nieuw planningssysteem invoeren", "Klanttevredenheid verhogen",
            "Faalkosten verlagen en levertijd verkorten", "Processen optimaliseren en borgen",
            "Leverbetrouwbaarheid toeleveranciers",
            "Aantal klachten", "Streven naar kortere levertijd", "Geen klachten meer",
        ),
        "kpis.name": ("Kwaliteit", "Aantal overleggen", "Betrokkenheidsindex", "LinkedIn-volgers"),
        "kpis.owner_role": ("Directie", "Iedereen"),
        "enablers.title": ("Competenties verbeteren", "Altijd de beste zijn"),
        "review.first": ("2029-12",),
    },
}  # fmt: skip
"""What a team says first that has not thought yet, by question."""


@dataclass
class Team:
    """Types a recorded session, but says something sloppy first wherever it can."""

    talk: Talk
    goal: Goal
    stubborn: bool
    said: dict[Slot, str] = field(default_factory=dict)
    """The sloppy answers, by question."""
    heard: dict[Slot, tuple[str, ...]] = field(default_factory=dict)
    """The rules that the coach spoke by to them."""
    reasons: dict[Slot, str] = field(default_factory=dict)

    def talks(self) -> None:
        """Go through the whole interview."""
        for _ in range(6_000):
            line = self._sloppy() or self._better() or next_line(self.talk, self.goal)
            if line is None:
                return
            before = self._named()
            reply = submit(self.talk, line)
            assert not reply.keep_text, (line, self.talk.at, reply.turns)
            for slot in self._named() - before:
                if self._is_sloppy(slot, line):
                    self.said[slot] = line
                    self._listens(slot)
        raise AssertionError(f"still talking at {self.talk.at}")

    def _named(self) -> set[Slot]:
        """Return the answers so far to the questions that sloppy things are said to."""
        return {
            slot
            for slot, one in self.talk.plan.statuses.items()
            if slot.step in SLOPPY["en"] and one.value is not None
        }

    def _is_sloppy(self, slot: Slot, line: str) -> bool:
        return line in SLOPPY[self.talk.language][slot.step]

    def _sloppy(self) -> str | None:
        """Return something sloppy to say to a question that nothing sloppy was said to yet."""
        prompt = self.talk.prompt() if self.talk.asking is None else None
        if prompt is None or prompt.slot in self.said:
            return None
        step = prompt.slot.step
        if prompt.adding:
            wanted = next_line(self.talk, self.goal) or ""
            if not wanted or wanted.startswith("/"):
                return None
            step = self.talk.plan.script.inside(step)[0].id
        elif self.talk.plan.statuses[prompt.slot].value is not None:
            return None
        lines = SLOPPY[self.talk.language].get(step, ())
        used = {one.value for one in self.talk.plan.statuses.values() if one.step.id == step}
        free = [line for line in lines if line not in used]
        return free[len(self.said) % len(free)] if free else None

    def _better(self) -> str | None:
        """Return what a team that listens says instead, where the coach spoke to something sloppy."""
        prompt = self.talk.prompt() if self.talk.asking is None else None
        if prompt is None or self.stubborn or prompt.slot not in self.said or not prompt.remarks:
            return None
        wanted = wanted_at(self.talk, prompt.slot, self.goal)
        return None if wanted is None else as_typed(prompt, wanted["value"])

    def _listens(self, slot: Slot) -> None:
        """Hear what the coach says of the sloppy answer just given, and keep it if one is stubborn."""
        found = remarks(self.talk.plan, slot)
        self.heard[slot] = tuple(one.rule for one in found)
        if not found:
            return
        assert self.talk.at == slot  # one is asked about it at once
        if self.stubborn:
            reason = f"reason number {len(self.reasons) + 1} of this team"
            self.reasons[slot] = reason
            assert not submit(self.talk, f"/keep {reason}").keep_text


def team(folder: Path, sample: str, *, stubborn: bool) -> Team:
    """Return a team that is about to begin the interview of a sample."""
    language = read_sample(sample).language
    session = create_session(folder / "session", bundled_source(), same_environment(), language=language)
    talk = start_talk(session)
    talk.resume()
    return Team(talk, recorded(sample), stubborn)


@pytest.mark.parametrize("sample", ["riverbend", "brakelman"])
def test_who_listens_ends_with_a_clean_map(
    sample: str, tmp_path: Path, sample_folder: Callable[[str], Path]
) -> None:
    own = team(tmp_path, sample, stubborn=False)
    own.talks()
    assert len(own.said) >= 40
    assert [own.said[slot] for slot, rules in own.heard.items() if not rules] == []
    session = own.talk.session
    assert findings(own.talk.plan) == ()
    recorded_one = read_toml((sample_folder(sample) / "strategy.toml").read_bytes())
    assert session.strategy().objectives == recorded_one.objectives
    assert session.strategy().kpis == recorded_one.kpis


@pytest.mark.parametrize("sample", ["riverbend", "brakelman"])
def test_who_is_stubborn_gets_a_document_with_every_reason(sample: str, tmp_path: Path) -> None:
    own = team(tmp_path, sample, stubborn=True)
    own.talks()
    session = own.talk.session
    document = whole(session.strategy(), session.notes())
    assert len(own.reasons) >= 25
    # The recording itself words two of the answers anew; what stands is printed with its reason.
    status = {slot for slot, line in own.said.items() if own.talk.plan.answer(slot) == line}
    assert len(status) >= len(own.reasons) - 2
    assert [reason for slot, reason in own.reasons.items() if slot in status and reason not in document] == []
    kept = {rule for _, rule in own.talk.plan.state.kept}
    # Placeholders and questions (O22, O23) are asked back before the coach sees them.
    assert {"O01", "O03", "O04", "O10", "O14", "O19", "K15", "K18", "M40", "V01"} <= kept
    left = findings(own.talk.plan)
    assert [one for one in left if (one.slot, one.rule) in own.talk.plan.state.kept] == []
