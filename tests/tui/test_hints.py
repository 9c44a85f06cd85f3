"""The hint line tells the keys that act, as people of the language call them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bsc_coach.conversation.prompt import Option, Prompt, QuestionTable
from bsc_coach.tui.input_modes import answering
from bsc_coach.tui.views.hints import hints_for
from tests.tui.test_input_modes import PLAIN, cell, options


def keys(prompt: Prompt, language: str = "en") -> dict[str, str]:
    """Return what the keys do that act on a question, by key."""
    return dict(hints_for(answering(prompt, None), language, selecting=False))


VOTES = tuple(Option(number, str(number), f"Vote {number}") for number in range(6))


@pytest.mark.parametrize(
    ("prompt", "digits"),
    [
        (replace(PLAIN, kind="choice", options=options(2)), "1–2"),
        (replace(PLAIN, kind="choice", options=options(1)), "1"),
        (replace(PLAIN, kind="choice", options=options(9)), "1–9"),
        (replace(PLAIN, kind="choice", options=VOTES), "0–5"),
        (replace(PLAIN, kind="choice", options=VOTES, grid=QuestionTable("", (), ())), "0–5"),
    ],
)
def test_the_digits_are_those_that_choose(prompt: Prompt, digits: str) -> None:
    hints = keys(prompt)
    assert hints[digits] == "choose"
    assert digits == "1–9" or "1–9" not in hints


def test_no_digits_are_told_where_none_acts() -> None:
    table = keys(replace(PLAIN, grid=QuestionTable("", (), ())))
    assert next(iter(table)) == "←↑↓→"
    assert "go to" not in keys(replace(PLAIN, kind="confirm")).values()
    assert keys(replace(PLAIN, kind="confirm", review=(cell("a"), cell("b"))))["1–2"] == "go to"
    long = tuple(cell(str(number)) for number in range(30))
    assert keys(replace(PLAIN, kind="confirm", review=long))["1–9"] == "go to"


def test_the_space_bar_has_a_name_in_each_language() -> None:
    several = replace(PLAIN, kind="several", options=options(3))
    assert keys(several)["Space"] == "mark"
    assert keys(several, "nl")["Spatie"] == "kies"
    assert "Space" not in keys(several, "nl")
