"""Absurd files end with a sentence, and long differences with the number of the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bsc_coach import sizes
from bsc_coach.strategy.model import Organisation, Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.strategy.toml import write_toml
from tests.support.cli import bsc_coach
from tests.support.sessions import new_session

SEGMENTS = "\n".join(f'[[segments]]\nid = "SEG{n}"\nname = "Group {n}"' for n in range(1, 4_001))
LINKS = "\n".join(
    f'[[links]]\nid = "X{n}"\ncause = "O{n % 500}"\neffect = "O{n % 400}"' for n in range(1, 5_001)
)
FEW_LINKS = LINKS.partition('[[links]]\nid = "X201"')[0]


@pytest.mark.parametrize("told", [SEGMENTS, LINKS], ids=["items", "links"])
@pytest.mark.parametrize(
    "command",
    ["check FILE", "render FILE --format md,svg -o out", "diff FILE FILE", "new city --plain --from FILE"],
)
def test_a_file_with_absurd_lists_is_refused_in_a_sentence(command: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "absurd.toml").write_text(told)
    ran = bsc_coach(*(part.replace("FILE", "absurd.toml") for part in command.split()), cwd=tmp_path)
    assert ran.code in (1, 2)
    assert f"at most {sizes.LIST} are read" in ran.said
    assert len(ran.said.splitlines()) <= 4
    assert [path.name for path in tmp_path.iterdir()] == ["absurd.toml"]


def test_an_absurd_file_in_the_place_of_a_sessions_own_is_told_and_left_alone(tmp_path: Path) -> None:
    session = new_session(tmp_path / "s")
    session.write_strategy()
    session.close()
    (tmp_path / "s" / "strategy.toml").write_text(SEGMENTS)
    ran = bsc_coach("open", tmp_path / "s", "--plain", typed="\n/quit\n")
    assert f"4000 entries of segments; at most {sizes.LIST} are read" in ran.said
    assert (tmp_path / "s" / "strategy.toml").read_text() == SEGMENTS


def test_references_to_nothing_are_told_up_to_a_number(tmp_path: Path) -> None:
    (tmp_path / "links.toml").write_text(FEW_LINKS)
    told = bsc_coach("check", "links.toml", cwd=tmp_path).err.splitlines()
    assert sum("There is no O" in line for line in told) == sizes.REMARKS_TOLD
    more = 2 * 200 - sizes.REMARKS_TOLD
    assert any(f"And {more} more references to what is not in this file." in line for line in told)


def test_what_has_no_room_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "many.toml").write_text("".join(SEGMENTS.partition('[[segments]]\nid = "SEG251"')[:1]))
    ran = bsc_coach("new", "city", "--plain", "--lang", "nl", "--from", "many.toml", cwd=tmp_path)
    assert ran.code == 0
    assert "op de lijst passen er hooguit 8, dus 242 die er nog meer in het bestand staan" in ran.err
    assert "Group 9" not in ran.said


def test_many_changes_are_told_up_to_a_number_and_the_rest_by_part(tmp_path: Path) -> None:
    parts = (("segments", "SEG", "name"), ("promises", "C", "title"), ("outcomes", "F", "title"))
    text = "\n".join(
        f'[[{part}]]\nid = "{letters}{n}"\n{title} = "Thing {n}"'
        for part, letters, title in parts
        for n in range(1, 251)
    )
    (tmp_path / "new.toml").write_text(text)
    (tmp_path / "old.toml").write_text('[organisation]\nname = "City"\n')
    ran = bsc_coach("diff", "old.toml", "new.toml", cwd=tmp_path)
    lines = ran.out.splitlines()
    assert lines[0] == "751 changes"
    assert sum(line.startswith("  New: ") for line in lines) + 1 >= sizes.CHANGES_TOLD
    # 250 + 250 in the first two parts; of the third and of the organisation, how many.
    assert [line.strip() for line in lines if line.strip().startswith("and ")] == [
        "and 250 more",
        "and 1 more",
    ]
    markdown = bsc_coach("diff", "old.toml", "new.toml", "--format", "md", cwd=tmp_path).out
    assert "- and 250 more" in markdown
    # Data for programs is whole.
    data = json.loads(bsc_coach("diff", "old.toml", "new.toml", "--format", "json", cwd=tmp_path).out)
    assert len(data["changes"]) == 751


def test_a_pdf_of_an_old_session_with_an_endless_word_can_be_made_or_is_told(tmp_path: Path) -> None:
    """Its own file is read whatever it holds; the others of its documents do not mind."""
    long = Strategy(organisation=Organisation(name="a" * (sizes.TEXT + 1)))
    (tmp_path / "strategy.toml").write_text(write_toml(long, Notes(recorded=True, session_date="2026-11-30")))
    ran = bsc_coach("render", "strategy.toml", "--format", "md,svg,pdf", "-o", "out", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "annex.md",
        "kpis.md",
        "strategy-map.svg",
        "strategy.md",
        "strategy.pdf",
    ]
