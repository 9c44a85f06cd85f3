"""Each check remarks on its own examples and leaves its near misses alone; the coach says little."""

from __future__ import annotations

import pytest

from bsc_coach.coach import checks
from bsc_coach.coach.checks import CHECKS, Finding, Severity, reason_for, run_check
from bsc_coach.interview.commands import Accept, KeepAnswer
from bsc_coach.interview.loading import bundled_source, load_script
from bsc_coach.interview.planning import MOST_REMARKS, check_says
from bsc_coach.interview.script import Asked
from tests.interview.scripts import Room, head, script_of

FIRES = [(n, lang, t) for n, c in CHECKS.items() for lang, texts in c.fires_on.items() for t in texts]
SILENT = [(n, lang, t) for n, c in CHECKS.items() for lang, texts in c.silent_on.items() for t in texts]
ALL = ",".join(f'{{ check = "{name}" }}' for name in CHECKS)
ONE = head(f'id = "a"\nkind = "text"\nask = "?"\ncoach = [ {ALL} ]')


@pytest.mark.parametrize(("name", "language", "text"), FIRES)
def test_a_check_remarks_on_its_examples(name: str, language: str, text: str) -> None:
    found = run_check(name, text, language)
    assert found is not None
    assert found.check == name
    assert found.severity == CHECKS[name].severity
    assert found.say
    assert "{" not in found.say


@pytest.mark.parametrize(("name", "language", "text"), SILENT)
def test_a_check_leaves_its_near_misses_alone(name: str, language: str, text: str) -> None:
    assert run_check(name, text, language) is None


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_looks_past_capitals_and_blanks(name: str) -> None:
    for language, texts in CHECKS[name].fires_on.items():
        for text in texts:
            shouted = f"  {text.upper().replace(' ', chr(10) + ' ')}  "
            assert run_check(name, shouted, language) == run_check(name, text, language)


@pytest.mark.parametrize("name", CHECKS)
@pytest.mark.parametrize("text", ["", " ", "…", "42", "{word}", "🚀", "\u2066a\u2069"])
def test_a_check_has_an_opinion_or_none_on_any_text(name: str, text: str) -> None:
    found = run_check(name, text, "en")
    assert found is None or found.say


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_is_silent_in_a_language_it_lacks(name: str) -> None:
    for text in CHECKS[name].fires_on["en"]:
        assert run_check(name, text, "xx") is None


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_can_say_why_it_exists(name: str) -> None:
    assert len(reason_for(name, "en").split()) > 3


def test_a_check_that_does_not_exist_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        run_check("no_such_check", "text", "en")


@pytest.mark.parametrize(
    ("fires", "silent"),
    [({}, {}), ({"en": ("a",)}, {}), ({"en": ()}, {"en": ("b",)}), ({"en": ("a",)}, {"nl": ("b",)})],
)
def test_a_check_cannot_be_registered_without_examples_of_both_kinds(
    fires: dict[str, tuple[str, ...]], silent: dict[str, tuple[str, ...]]
) -> None:
    before = dict(CHECKS)
    with pytest.raises(ValueError, match="needs a wording"):
        checks._check("warn", fires_on=fires, silent_on=silent)
    assert before == CHECKS


def test_every_check_that_the_bundled_script_asks_for_exists() -> None:
    script = load_script(bundled_source())
    asked = {check.check for step in script.steps if isinstance(step, Asked) for check in step.coach}
    assert asked
    assert asked <= set(CHECKS)


def test_at_most_two_remarks_the_most_serious_first(monkeypatch: pytest.MonkeyPatch) -> None:
    severities: dict[str, Severity] = {"starts_with_verb": "hint", "vague_word": "warn", "one_off": "settle"}
    for name, severity in severities.items():
        check = checks.Check(name, severity, lambda words, text, known: words[0], {}, {})
        monkeypatch.setitem(CHECKS, name, check)
    room = Room(script_of(ONE))
    room.say("a", "Anything at all")
    assert [nudge.check for nudge in room.at("a").nudges] == ["one_off", "vague_word"]
    assert len(room.at("a").nudges) == MOST_REMARKS == 2
    room.do(KeepAnswer(room.slot("a"), "one_off", "it is meant so"))
    assert [nudge.check for nudge in room.at("a").nudges] == ["vague_word", "starts_with_verb"]


def test_keeping_an_answer_is_about_that_wording_only() -> None:
    room = Room(script_of(ONE))
    slot = room.slot("a")
    room.do(Accept(slot, "Achieve excellence"))
    assert [nudge.check for nudge in room.at("a").nudges] == ["vague_word"]
    room.do(KeepAnswer(slot, "vague_word", "the name of our programme"))
    assert room.at("a").nudges == ()
    room.do(Accept(slot, "Achieve excellence everywhere"))
    assert [nudge.check for nudge in room.at("a").nudges] == ["vague_word"]


def test_a_kept_remark_can_still_be_told_in_the_document() -> None:
    room = Room(script_of(ONE))
    room.say("a", "Achieve excellence")
    said = check_says(room.plan, room.at("a").step, "vague_word", "Achieve excellence")
    found = run_check("vague_word", "Achieve excellence", "en")
    assert isinstance(found, Finding)
    assert said == found.say
