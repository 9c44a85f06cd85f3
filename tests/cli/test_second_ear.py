"""The second ear on the command line: explained, checked, applied, and in line mode."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bsc_coach.cli.apply import answer_line
from bsc_coach.coach.catalogue import rule_words
from bsc_coach.coach.ear import second_ear
from bsc_coach.coach.ear.heard import Heard
from bsc_coach.coach.ear.second_ear import SecondEar
from bsc_coach.coach.lexicon.word_lists import LANGUAGES
from bsc_coach.errors import EarError
from bsc_coach.session.opening import open_session
from tests.support.cli import Ran, one_sentence
from tests.support.ears import Listening
from tests.support.sessions import same_environment

Run = Callable[..., Ran]
TEXT = "Answer growers before the spraying window closes"


@pytest.fixture
def hears_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the second ear hear every text that it is asked about."""
    monkeypatch.setattr(
        SecondEar, "heard", lambda *_: Heard("Be known for our service", "ambition", "And then?")
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_explained(run: Run, language: str) -> None:
    ran = run("explain", "e01", "--lang", language)
    words = rule_words(language)["E01"]
    assert ran.code == 0
    assert words.reason in ran.out
    assert all(text in ran.out for text in (*words.fires, *words.silent))


@pytest.mark.usefixtures("hears_all")
def test_wordings_are_listened_to_where_rules_are_silent(run: Run) -> None:
    ran = run("check", "--wording", "objective", "--lang", "en", typed=f"{TEXT}\nImplement a new system\n")
    first, second = (json.loads(line)["findings"] for line in ran.out.splitlines())
    assert [(one["rule"], one["severity"]) for one in first] == [("E01", "hint")]
    assert "E01" not in {one["rule"] for one in second}


@pytest.mark.usefixtures("hears_all")
def test_a_least_severity_leaves_it_out(run: Run) -> None:
    typed = f"{TEXT}\n"
    ran = run("check", "--wording", "objective", "--lang", "en", "--min-severity", "warn", typed=typed)
    assert json.loads(ran.out)["findings"] == []


@pytest.mark.usefixtures("hears_all")
def test_a_strategy_is_listened_to(run: Run, riverbend: Path) -> None:
    ran = run("check", riverbend / "strategy.toml", "--format", "json")
    found = json.loads(ran.out)["findings"]
    assert {one["rule"] for one in found} == {"E01"}
    assert ran.code == 1


def test_apply_tells_it_beside_the_answer(riverbend: Path) -> None:
    own = open_session(riverbend, same_environment())
    slot = next(one for one in own.plan.order if one.step == "objective.title")
    at = {"step": slot.step, "of": own.plan.state.shorts[slot.item]}
    line = json.dumps({"do": "accept", **at, "value": TEXT})
    heard = answer_line(own, line, Listening("growers"))
    assert heard["accepted"], heard
    assert [one["check"] for one in heard["remarks"]] == ["E01"]  # type: ignore[index, attr-defined]
    line = json.dumps({"do": "keep", **at, "check": "E01", "reason": "Growers know."})
    assert answer_line(own, line)["accepted"]
    own.close()


def test_where_it_cannot_hear_one_sentence_says_so_and_the_rest_goes_on(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise EarError("cli.ear.broken", name="words.bin", fault="empty")

    monkeypatch.setattr(second_ear, "_judge", broken)
    ran = run("check", "--wording", "objective", "--lang", "en", typed=f"{TEXT}\n{TEXT} now\nQuality\n")
    assert ran.code == 0
    assert "words.bin" in one_sentence(ran)
    assert json.loads(ran.out.splitlines()[-1])["findings"]
