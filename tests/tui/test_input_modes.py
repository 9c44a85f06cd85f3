"""What single keys mean for each kind of question; no screen needed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bsc_coach.conversation.prompt import Cell, ListedItem, Option, Prompt, QuestionTable, TableRow
from bsc_coach.conversation.reply import Question, Reply
from bsc_coach.script.slots import ItemId, Slot, StepId
from bsc_coach.script.step_parts import Bounds
from bsc_coach.tui.input_modes import (
    ChoiceMode,
    Confirming,
    GoTo,
    InTable,
    ListMode,
    MultiChoiceMode,
    Order,
    Redraw,
    Submit,
    answering,
)

HERE = Slot(StepId("a.step"))
PLAIN = Prompt(
    slot=HERE, kind="text", adding=False, section="A", about=None, ask="What?", help=None, good=None,
    poor=None, reason=None, minutes=None, optional=False,
)  # fmt: skip


def options(count: int, *chosen: int) -> tuple[Option, ...]:
    return tuple(Option(n, f"o{n}", f"Option {n}", chosen=n in chosen) for n in range(1, count + 1))


def cell(name: str, *, here: bool = False) -> Cell:
    return Cell(Slot(StepId(name)), name, "", "open", optional=False, here=here)


@pytest.mark.parametrize(
    ("prompt", "asking", "kind"),
    [
        (replace(PLAIN, kind="choice", options=options(3)), None, ChoiceMode),
        (replace(PLAIN, kind="several", options=options(3)), None, MultiChoiceMode),
        (replace(PLAIN, kind="pick", options=options(3), choices=Bounds(min=1, max=1)), None, ChoiceMode),
        (replace(PLAIN, kind="confirm"), None, Confirming),
        (replace(PLAIN, adding=True), None, ListMode),
        (replace(PLAIN, kind="choice", options=options(3), grid=QuestionTable("", (), ())), None, InTable),
    ],
)
def test_each_kind_of_question_has_its_keys(prompt: Prompt, asking: Question | None, kind: type) -> None:
    assert isinstance(answering(prompt, asking), kind)


def test_a_small_question_takes_its_keys_and_no_others() -> None:
    keys = answering(PLAIN, Question("Which?", lambda line: Reply(), keys=("1", "2"), options=options(2)))
    assert keys is not None
    assert keys.key("2") == Submit("2")
    assert keys.key("3") is None


def test_letters_and_digits_are_text_where_text_is_wanted() -> None:
    why_not = Question("Why not?", lambda line: Reply())
    for prompt, asking in ((PLAIN, None), (replace(PLAIN, kind="choice", options=options(2)), why_not)):
        keys = answering(prompt, asking)
        assert keys is not None
        assert [keys.key(key) for key in ("a", "1", "space", "slash", "enter")] == [None] * 5


def test_a_digit_chooses_and_beyond_nine_it_is_typed() -> None:
    assert ChoiceMode(replace(PLAIN, options=options(3))).key("2") == Submit("2")
    assert ChoiceMode(replace(PLAIN, options=options(3))).key("4") == Redraw()
    assert ChoiceMode(replace(PLAIN, options=options(12))).key("1") is None


def test_zero_chooses_the_option_shown_with_it_and_else_the_tenth() -> None:
    shown_with_zero = (Option(0, "none", "None of these"), *options(3))
    assert ChoiceMode(replace(PLAIN, options=shown_with_zero)).key("0") == Submit("0")
    assert ChoiceMode(replace(PLAIN, options=options(3))).key("0") == Redraw()
    in_table = InTable(replace(PLAIN, options=options(10), grid=QuestionTable("", (), ())))
    assert in_table.key("0") == Submit("10")
    marking = MultiChoiceMode(replace(PLAIN, options=options(11)))
    marking.key("0")
    assert marking.key("enter") == Submit("10")


def test_arrows_and_enter_choose_and_the_old_choice_is_only_confirmed() -> None:
    fresh = ChoiceMode(replace(PLAIN, options=options(3)))
    assert fresh.key("enter") == Submit("")
    fresh.key("down")
    fresh.key("down")
    assert fresh.key("enter") == Submit("2")
    again = ChoiceMode(replace(PLAIN, options=options(3, 2)))
    assert again.key("enter") == Submit("")


def test_from_the_first_option_up_leads_out() -> None:
    keys = ChoiceMode(replace(PLAIN, options=options(3, 1)))
    assert keys.key("up") is None
    assert keys.chosen is None


def test_marking_stops_at_the_limit() -> None:
    keys = MultiChoiceMode(replace(PLAIN, options=options(4), choices=Bounds(min=1, max=2)))
    for key in ("1", "2", "3"):
        keys.key(key)
    assert keys.key("enter") == Submit("1 2")
    keys.key("1")
    keys.key("4")
    assert keys.key("enter") == Submit("2 4")


def test_a_space_behind_a_digit_parts_it_from_the_next() -> None:
    keys = MultiChoiceMode(replace(PLAIN, options=options(4)))
    for key in ("1", "space", "2", "space"):
        assert keys.key(key) == Redraw()
    assert keys.key("enter") == Submit("1 2")
    # A second one in a row, or one behind an arrow, marks as ever.
    keys.key("space")
    assert keys.key("enter") == Submit("1")
    for key in ("2", "down", "space"):
        keys.key(key)
    assert keys.key("enter") == Submit("1 2 3")


def test_unchanged_marks_are_not_handed_in_anew() -> None:
    keys = MultiChoiceMode(replace(PLAIN, options=options(4, 1, 3)))
    assert keys.marked == {0, 2}
    assert keys.key("enter") == Submit("")


def test_arrows_walk_through_a_table_over_its_gaps() -> None:
    rows = (
        TableRow("one", (cell("a", here=True), None, cell("c"))),
        TableRow("two", (cell("d"), cell("e"), None)),
    )
    keys = InTable(
        replace(PLAIN, kind="choice", options=options(5), grid=QuestionTable("", ("x", "y", "z"), rows))
    )
    assert keys.key("right") == GoTo(Slot(StepId("c")))
    assert keys.key("down") == GoTo(Slot(StepId("d")))
    assert keys.key("up") == Redraw()
    assert keys.key("5") == Submit("5")
    assert keys.key("6") == Redraw()


def test_items_of_a_list_are_edited_moved_and_removed_with_one_key() -> None:
    items = tuple(ListedItem(ItemId(f"i{n}"), f"O{n}", f"Item {n}") for n in (1, 2, 3))
    keys = ListMode(replace(PLAIN, adding=True, items=items))
    assert keys.key("x") is None, "a letter is text until an item is selected"
    keys.key("up")
    assert keys.key("e") == Order("edit", "O3")
    assert keys.key("u") == Order("move", "O3 2")
    keys.key("up")
    keys.key("down")
    assert keys.key("x") == Order("remove", "O2")
    keys.key("up")
    assert keys.key("b") is None
    assert keys.chosen is None


def test_an_item_of_a_list_moves_down_by_one_and_stays_selected() -> None:
    items = tuple(ListedItem(ItemId(f"i{n}"), f"O{n}", f"Item {n}") for n in (1, 2, 3))
    keys = ListMode(replace(PLAIN, adding=True, items=items))
    for key in ("up", "up", "up"):
        keys.key(key)
    assert keys.key("d") == Order("move", "O1 2")
    assert keys.chosen == 1
    keys.chosen = 2
    assert keys.key("d") == Redraw(), "below the last there is nothing"
    assert keys.chosen == 2


def test_a_look_back_is_confirmed_or_leads_to_a_point() -> None:
    keys = Confirming(replace(PLAIN, kind="confirm", review=(cell("a"), cell("b"))))
    assert keys.guarded
    assert keys.key("enter") == Submit()
    assert keys.key("2") == GoTo(Slot(StepId("b")), come_back=True)
    keys.key("down")
    assert keys.key("enter") == GoTo(Slot(StepId("a")), come_back=True)
