"""Another version of a script: what a session keeps, loses, gains and must look at again."""

from __future__ import annotations

import pytest

from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.lists import AddItem, CloseList
from bsc_coach.interview.facts.session import AdoptScript, Undo
from bsc_coach.interview.migration import MigrationReport, migrate, renames_between
from bsc_coach.interview.planner import make_plan
from bsc_coach.script.loader import load_script
from bsc_coach.script.model import Script
from bsc_coach.script.slots import Slot, StepId, parse_slot
from tests.support.faulty_scripts import SOUND, source
from tests.support.room import Room

OLD = load_script(source(SOUND))


def newer(*changes: tuple[str, str], migrations: str = "", version: int = 4) -> Script:
    """Return the sound script in its next version, with some text replaced."""
    text = SOUND.replace("version = 3", f"version = {version}")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return load_script(source(text + migrations))


def slots(*paths: str) -> tuple[Slot, ...]:
    """Return the slots with these paths."""
    return tuple(parse_slot(path) for path in paths)


@pytest.fixture
def room() -> Room:
    """Return a session in which some questions were answered."""
    room = Room(OLD)
    room.do(
        Accept(*slots("part.kind"), "firm"),
        Accept(*slots("part.name"), "The Bakery"),
        Accept(*slots("part.words"), "warm bread"),
        AddItem(*slots("teams"), {StepId("teams.name"): "Ovens"}),
        CloseList(*slots("teams")),
    )
    return room


def report(room: Room, new: Script) -> MigrationReport:
    """Return what would become of the session."""
    return migrate(OLD, new, room.plan.state)


def test_a_script_with_other_words_only_keeps_everything(room: Room) -> None:
    told = report(room, newer(("Which words?", "Which other words?")))
    assert not told.refused
    team = next(iter(room.plan.state.shorts))
    assert set(told.kept) == set(
        slots("part.kind", "part.name", "part.words", "teams", f"teams[{team}]/teams.name")
    )
    assert (told.retired, told.new, told.reworded, told.invalid, told.renamed) == ((), (), (), (), ())


RENAMED = newer(
    ('id = "part.words"', 'id = "part.motto"'),
    ('id = "teams"', 'id = "groups"'),
    ('in = "teams"', 'in = "groups"'),
    ('"teams.name"', '"groups.name"'),
    ('}, "teams"]', '}, "groups"]'),
    ('id = "part.marks"', 'id = "part.signs"'),
    migrations="""
[[migrate]]
to = 4
rename = { "part.words" = "part.motto", "teams" = "groups", "teams.name" = "groups.name" }
retire = ["part.marks"]
""",
)


def test_renamed_retired_and_new_steps_are_told(room: Room) -> None:
    room.do(Accept(*slots("part.marks"), ["red"]))
    told = report(room, RENAMED)
    team = next(iter(room.plan.state.shorts))
    assert told.renames == {"part.words": "part.motto", "teams": "groups", "teams.name": "groups.name"}
    assert set(told.renamed) == set(told.renames.items())
    assert told.retired == slots("part.marks")
    assert told.retired_steps == ("part.marks",)
    assert told.new == ("part.signs",)
    assert set(told.kept) == set(
        slots("part.kind", "part.name", "part.motto", "groups", f"groups[{team}]/groups.name")
    )


def test_adopting_reads_old_answers_under_new_names_and_can_be_undone(room: Room) -> None:
    before = room.plan.state
    renames = renames_between(OLD, RENAMED)
    room.do(AdoptScript(4, RENAMED.digest, renames, OLD.digest))
    later = make_plan(RENAMED, room.plan.state)
    team = next(iter(room.plan.state.shorts))
    assert later.answer(*slots("part.motto")) == "warm bread"
    assert later.answer(*slots(f"groups[{team}]/groups.name")) == "Ovens"
    assert room.plan.state.actions[: len(before.actions)] == before.actions
    room.do(Undo())
    assert (room.plan.state.facts, room.plan.state.lists) == (before.facts, before.lists)


def test_a_dry_run_changes_nothing(room: Room) -> None:
    before = room.plan.state
    report(room, RENAMED)
    assert room.plan.state == before


def test_renames_of_several_versions_follow_one_another() -> None:
    new = newer(
        ('id = "part.words"', 'id = "part.motto"'),
        version=6,
        migrations="""
[[migrate]]
to = 6
rename = { "part.slogan" = "part.motto" }
[[migrate]]
to = 5
rename = { "part.words" = "part.slogan" }
[[migrate]]
to = 2
rename = { "part.long_ago" = "part.name" }
""",
    )
    assert renames_between(OLD, new) == {"part.words": "part.motto"}


def test_what_a_fixed_item_held_retires_with_it(room: Room) -> None:
    room.do(
        AddItem(*slots("areas[south]/goals"), {StepId("goals.name"): "Open earlier"}),
        AddItem(*slots("areas[north]/goals"), {StepId("goals.name"): "Bake later"}),
    )
    told = report(
        room,
        newer(
            ('{ id = "south", text = "South", prefix = "S" }', '{ id = "east", text = "East", prefix = "S" }')
        ),
    )
    assert {slot.frame[0][1] for slot in told.retired} == {"south"}
    assert any(slot.step == "goals" and slot.frame[0][1] == "north" for slot in told.kept)


def test_an_answer_that_no_longer_fits_is_told(room: Room) -> None:
    told = report(
        room,
        newer(
            ('{ id = "firm", text = "A firm" }', '{ id = "company", text = "A company" }'),
            ('help = "As people know it."', 'help = "As people know it."\nlimit = { max_chars = 5 }'),
            ("count = { min = 1, max = 3 }", "count = { min = 2, max = 3 }"),
        ),
    )
    assert told.invalid == slots("part.kind", "part.name", "teams")
    assert set(told.invalid) <= set(told.kept)


def test_a_question_with_another_meaning_is_told(room: Room) -> None:
    told = report(room, newer(('help = "As people know it."', 'help = "As people know it."\nrev = 2')))
    assert told.reworded == slots("part.name")


@pytest.mark.parametrize(
    ("new", "key"),
    [
        (newer(version=2), "downgrade"),
        (newer(('id = "sound"', 'id = "other"')), "other_script"),
        (OLD, "same_script"),
    ],
)
def test_what_cannot_be_adopted_is_refused_with_a_reason(room: Room, new: Script, key: str) -> None:
    told = report(room, new)
    assert told.refusal is not None
    assert told.refusal.key == key
    assert told.refusal.sentence("en").endswith(".")
    assert told.kept == ()
