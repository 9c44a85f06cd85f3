"""Slots print as paths and come back from them; nothing else is a path."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bsc_coach.script.slots import ItemId, Slot, StepId, parse_slot

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,6}(\.[a-z][a-z0-9_]{0,6}){0,2}", fullmatch=True).map(StepId)
ITEMS = st.from_regex(r"[A-Za-z0-9_-]{1,8}", fullmatch=True).map(ItemId)
SLOTS = st.builds(Slot, NAMES, st.lists(st.tuples(NAMES, ITEMS), max_size=3).map(tuple))


@given(SLOTS)
def test_a_slot_comes_back_from_its_path(slot: Slot) -> None:
    assert parse_slot(str(slot)) == slot


@given(SLOTS, SLOTS)
def test_different_slots_have_different_paths(one: Slot, other: Slot) -> None:
    assert (one == other) == (str(one) == str(other))


def test_a_path_is_read_as_it_is_written() -> None:
    slot = parse_slot("clusters[operations]/candidates[k7m2]/candidates.title")
    assert slot.step == "candidates.title"
    assert slot.frame == (("clusters", "operations"), ("candidates", "k7m2"))
    assert slot.item == "k7m2"


def test_a_slot_outside_every_list_has_no_item() -> None:
    assert parse_slot("organisation.name").item is None


@pytest.mark.parametrize(
    "path",
    [
        "", "/", "a/", "/a", "a[b]", "a[]/b", "A.b", "a..b", "a.", ".a", "a b", "a[b c]/d", "a[b]/c[d]",
        "a[b]//c", "../a", "a\n", "1a", "a[b]c/d", "a[[b]]/c", "é.b",
    ],
)  # fmt: skip
def test_what_is_not_a_path_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_slot(path)
