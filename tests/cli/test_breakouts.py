"""Breakouts from the split to the plenary: three folders, three people who type, and all of it together."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from itertools import permutations
from pathlib import Path
from random import Random

import pytest

from bsc_coach.conversation.submit import start_talk
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.strategy.toml import read_toml
from tests.cli.conftest import Run
from tests.support.breakouts import CLUSTERS, played_until, recorded, split_in, works
from tests.support.cli import one_sentence
from tests.support.people import Person
from tests.support.two_facilitators import begin, bytes_in, carried_out, copied

FILES = ("journal.jsonl", "strategy.toml", "strategy.md")
PARTS = ("acme-operations", "acme-customer", "acme-innovation+social")
TYPED = {
    "acme-operations": ("Ann", "Shorten the time from call to repair, 4, 2\nKeep the boilers running\n\n"),
    "acme-customer": ("Bob", "1\n1\n1\nAdvise sooner\nGas bill\n\nKeep tenants who could leave, 5, 3\n\n"),
    "acme-innovation+social": ("Carla", "Find homes that can do without gas, 3, 1\n\n1\n"),
}
"""What each group types in line mode, from the first question of its part on."""
REST_OF_OPERATIONS = "2\n2\n\n3\n2\n\n1 2\nIt decides\nIt lasts\n/end\n"
"""What Ann types when she comes back, up to the end of her part."""
SAID = (
    "Shorten the time from call to repair",
    "Keep the boilers running",
    "Keep tenants who could leave",
    "Find homes that can do without gas",
)
YEARS = {"acme-customer": 2031, "acme-innovation+social": 2032}
"""What two groups say differently, of what belongs to neither."""


@pytest.fixture(scope="module")
def typed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session that was split, and whose parts three people have typed in: look, do not touch."""
    home = begin(tmp_path_factory.mktemp("breakouts") / "here" / "acme").parent
    split_in(home / "acme")
    for name, (who, typed) in TYPED.items():
        talk = start_talk(open_session(home / name, Environment(by=who)))
        talk.resume()
        Person(talk).types(*typed.splitlines())
        talk.session.write_strategy()
        talk.session.write_document()
        talk.remember()
        talk.session.close()
    return home


@pytest.fixture
def acme(typed_once: Path, tmp_path: Path) -> Path:
    """The same, to go on with."""
    return copied(typed_once, tmp_path / "here") / "acme"


def parts_of(acme: Path) -> list[Path]:
    return [acme.parent / name for name in PARTS]


def differ(acme: Path) -> None:
    """Let two groups say different things of the year."""
    for name, year in YEARS.items():
        request = {"do": "accept", "step": "organisation.year", "value": year}
        carried_out(acme.parent / name, TYPED[name][0], request)


def questions(out: str) -> int:
    """Return how many small questions of the plenary were put."""
    return len(re.findall(r"^(?:Enter: seen|Go through (?:it|them) together now)", out, re.MULTILINE))


def waiting(run: Run, folder: Path) -> tuple[int, int]:
    told = json.loads(run("status", folder, "--json").out)
    return told["parts_back"], told["disputed"]


# In the parts


def test_each_part_asks_its_own_and_ends_with_the_way_back(run: Run, acme: Path) -> None:
    out = run("--as", "Ann", "open", acme.parent / PARTS[0], "--plain", typed=REST_OF_OPERATIONS).out
    assert "Coach: In which part of this cluster does that belong?" in out
    assert "Which year" not in out
    assert "KPI" not in out
    end = " ".join(out.split())
    assert "That was this part (Operations). Give this folder back to the session “acme”" in end
    assert "bsc-coach merge acme acme-operations" in end


@pytest.mark.slow
def test_a_part_that_has_more_to_ask_says_so_at_the_end(run: Run, acme: Path) -> None:
    out = run("open", acme.parent / PARTS[1], "--plain", typed="/park no idea\n\n\n/end\n").out
    assert re.search(r"[1-9][0-9]* questions of this part \(Customer management\) are still to be asked", out)
    assert "was parked" in out


def test_nothing_of_a_part_comes_back_but_what_was_said(run: Run, acme: Path) -> None:
    run("merge", acme, *parts_of(acme))
    assert not (acme / "breakout.toml").exists()
    told = json.loads(run("status", acme, "--json").out)
    assert told["part_of"] is None
    assert len(told["sections"]) > 10
    assert "part of the session" not in (acme / "strategy.md").read_text(encoding="utf-8")
    part = (acme.parent / PARTS[0] / "strategy.md").read_text(encoding="utf-8")
    assert "This is one part of the session “acme”: Operations." in part  # the control


# Back together


def test_everything_is_there_and_is_told(run: Run, acme: Path) -> None:
    before = [bytes_in(part) for part in parts_of(acme)]
    ran = run("merge", acme, *parts_of(acme))
    assert ran.code == 0
    for (who, _), part in zip(TYPED.values(), parts_of(acme), strict=True):
        assert re.search(rf"actions? by {who} came from {re.escape(str(part))}\.", ran.out)
    assert "3 parts came back. Open the session to go through them together" in ran.out
    text = (acme / "strategy.toml").read_text(encoding="utf-8")
    assert [said for said in SAID if said not in text] == []
    assert [bytes_in(part) for part in parts_of(acme)] == before


def test_in_any_order_and_twice_it_comes_to_the_same_bytes(run: Run, acme: Path, tmp_path: Path) -> None:
    differ(acme)
    found = set()
    for number, order in enumerate(permutations(parts_of(acme))):
        target = copied(acme, tmp_path / f"{number}" / "acme")
        for others in ([[one] for one in order], [list(order)])[number % 2]:
            assert run("merge", target, *others).code == 0
        assert run("merge", target, *reversed(order)).code == 0
        found.add(tuple((target / name).read_bytes() for name in FILES))
    assert len(found) == 1
    two = copied(acme, tmp_path / "two" / "acme")  # the control: without one of them it is another session
    run("merge", two, *parts_of(acme)[:2])
    assert tuple((two / name).read_bytes() for name in FILES) not in found


def test_a_part_that_comes_back_before_and_after_more_work(run: Run, acme: Path) -> None:
    part = acme.parent / PARTS[0]
    run("merge", acme, part)
    assert waiting(run, acme) == (1, 0)
    carried_out(part, "Ann", {"do": "add", "list": "candidates", "of": "operations",
                              "answers": {"candidates.title": "Answer each call within a day"}})  # fmt: skip
    ran = run("merge", acme, part)
    assert "1 action by Ann came" in ran.out
    assert waiting(run, acme) == (1, 0)
    out = run("open", acme, "--plain", typed="\n\n").out
    page = out.partition("New in Operations, 3:")[2].partition("Enter: seen")[0]
    for said in (*SAID[:2], "Answer each call within a day"):
        assert page.count(f" {said}\n") == 1, said
    assert waiting(run, acme) == (0, 0)
    assert "nothing in" in run("merge", acme, part).out
    assert waiting(run, acme) == (0, 0)


def test_two_laptops_at_one_part(run: Run, acme: Path) -> None:
    part, second = acme.parent / PARTS[0], acme.parent / "acme-operations-two"
    shutil.copytree(part, second)
    for folder, who, score in ((part, "Ann", "5"), (second, "Dan", "1")):
        carried_out(folder, who, {"do": "accept", "step": "candidates.influence", "of": "O2", "value": score})
    ran = run("merge", acme, part, second)
    assert f"Operations was worked on in {part} and in {second}" in ran.out
    assert waiting(run, acme) == (2, 1)
    alone = run("merge", copied(acme, acme.parent / "again"), part)  # the control
    assert "was worked on in" not in alone.out


def test_two_who_added_to_one_list_are_told_what_is_called_otherwise(run: Run, acme: Path) -> None:
    part, second = acme.parent / PARTS[0], acme.parent / "acme-operations-two"
    shutil.copytree(part, second)
    for folder, who in ((part, "Ann"), (second, "Dan")):
        request = {"do": "add", "list": "candidates", "of": "operations",
                   "answers": {"candidates.title": f"Answer {who} within a day"}}  # fmt: skip
        carried_out(folder, who, request)
    run("merge", acme, part, second)
    out = run("open", acme, "--plain", typed="\n\n\n").out
    assert "Has another short id now: O3 is O4" in out
    assert re.search(r"O4 Answer (Ann|Dan) within a day", out)


# The plenary


def test_three_parts_that_agree_cost_one_prompt_each_and_one_more(run: Run, acme: Path) -> None:
    run("merge", acme, *parts_of(acme))
    actions = json.loads(run("status", acme, "--json").out)["actions"]
    out = run("open", acme, "--plain", typed="\n" * 4).out
    assert questions(out) == 4
    assert "The plenary is through" in out
    assert out.index("Operations (acme-operations): Ann") < out.index("The plenary is through")
    for said in SAID:
        assert said in out
    assert "Not answered" in out
    assert waiting(run, acme) == (0, 0)
    assert json.loads(run("status", acme, "--json").out)["actions"] == actions  # what was seen is no fact
    assert questions(run("open", acme, "--plain").out) == 0


def test_each_place_where_they_differ_costs_one_decision_more(run: Run, acme: Path) -> None:
    differ(acme)
    run("merge", acme, *parts_of(acme))
    assert waiting(run, acme) == (3, 1)
    out = run("open", acme, "--plain", typed="\n/take 2\n\n\n\n").out
    assert questions(out) == 4
    assert out.index("/take 1") < out.index("New in Operations")
    assert "The plenary is through" in out
    assert waiting(run, acme) == (0, 0)


def test_the_plenary_is_left_and_taken_up(run: Run, acme: Path) -> None:
    run("merge", acme, *parts_of(acme))
    assert "3 parts came back that the plenary has not gone through" in run("status", acme).err
    out = run("open", acme, "--plain", typed="\n\nn\n").out
    assert "goes on with the 2 parts that are left" in out
    assert waiting(run, acme) == (2, 0)
    out = run("open", acme, "--plain", typed="n\n/plenary\n\n\n").out
    assert "Later, then: /plenary" in out
    assert "New in Operations" not in out
    assert "The plenary is through" in out
    again = run("open", acme, "--plain", typed="/plenary\n").out
    assert "The plenary is through" in again


def test_without_parts_there_is_no_plenary(run: Run, acme: Path) -> None:
    assert "No part of this session has come back" in run("open", acme, "--plain", typed="/plenary\n").out
    inside = run("open", acme.parent / PARTS[0], "--plain", typed="/plenary\n").out
    assert "gone through in the session “acme”" in inside


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        ("2 5", 1),
        *(
            pytest.param(*one, marks=pytest.mark.slow)
            for one in (("5 2", 0), ("0 1", 1), ("12:9", 0), ("/take 2", 1), ("2033", None))
        ),
    ],
)
def test_hands_are_counted(typed: str, year: int | None, run: Run, acme: Path) -> None:
    differ(acme)
    run("merge", acme, *parts_of(acme))
    out = run("open", acme, "--plain", typed=f"\n{typed}\n").out
    sides = re.findall(r"^  /take \d  (\d+) ", out, re.MULTILINE)[:2]
    assert sorted(map(int, sides)) == sorted(YEARS.values())
    assert waiting(run, acme)[1] == 0
    chosen = read_toml((acme / "strategy.toml").read_bytes()).organisation.horizon_year
    assert chosen == (2033 if year is None else int(sides[year]))


@pytest.mark.parametrize(
    "typed",
    ["3 3", *(pytest.param(one, marks=pytest.mark.slow) for one in ("0 0", "5", "5 2 1", "-1 2", "5 02"))],
)
def test_a_tie_decides_nothing_and_neither_does_what_counts_nobody(typed: str, run: Run, acme: Path) -> None:
    differ(acme)
    run("merge", acme, *parts_of(acme))
    out = run("open", acme, "--plain", typed=f"\n{typed}\n").out
    assert ("a tie" in out) == (typed == "3 3")
    assert waiting(run, acme) == (3, 1)


@pytest.mark.slow
def test_numbers_that_may_be_the_answer_are_asked_back(run: Run, acme: Path) -> None:
    part, second = acme.parent / PARTS[0], acme.parent / "acme-operations-two"
    shutil.copytree(part, second)
    for folder, who, chosen in ((part, "Ann", ["O1"]), (second, "Dan", ["O1", "O2"])):
        carried_out(folder, who, {"do": "accept", "step": "vital", "of": "operations", "value": chosen})
    run("merge", acme, part, second)
    for line, left in (("c", 1), ("", 0)):
        target = copied(acme, acme.parent / f"hands{left}")
        out = run("open", target, "--plain", typed=f"\n2 1\n{line}\n").out
        assert "Are those hands?" in out
        assert waiting(run, target)[1] == left


def test_in_dutch(run: Run, acme: Path) -> None:
    carried_out(acme, "Ann", {"do": "language", "to": "nl"})
    differ(acme)
    ran = run("merge", acme, *parts_of(acme))
    assert "Er kwamen 3 delen terug." in ran.out
    out = run("open", acme, "--plain", typed="\n3 3\n3 1\n\n\n\n").out
    assert "Nu samen doorlopen? Enter: ja · n: later, met /plenary" in out
    assert "Operationeel (acme-operations): Ann, " in out
    assert "gelijk: dat beslist niets" in out
    assert "plenair doorlopen, en nergens verschillen de delen nog" in out


@pytest.mark.slow
def test_who_only_reads_is_offered_nothing(run: Run, acme: Path) -> None:
    run("merge", acme, *parts_of(acme))
    assert questions(run("open", acme, "--plain", "--read-only").out) == 0
    assert waiting(run, acme) == (3, 0)


def test_what_is_remembered_of_the_walk_may_be_damaged(run: Run, acme: Path) -> None:
    """It costs a look, and no answer."""
    differ(acme)
    run("merge", acme, *parts_of(acme))
    kept = acme / ".local" / "parts.json"
    whole = kept.read_bytes()
    for damaged in (b"", whole[: len(whole) // 2], whole.replace(b"acme", b"emca"), b"\x00" * 500):
        kept.write_bytes(damaged)
        assert waiting(run, acme) == (0, 1)
    kept.write_bytes(whole)
    assert waiting(run, acme) == (3, 1)


# What is amiss


def zipped(folder: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, path.relative_to(folder.parent))
    return target


def test_zips_come_back_as_folders_do(run: Run, acme: Path, tmp_path: Path) -> None:
    folders = copied(acme, tmp_path / "folders" / "acme")
    zips = [zipped(part, acme.parent / f"{part.name}.zip") for part in parts_of(acme)]
    assert run("merge", folders, *parts_of(acme)).code == 0
    assert run("merge", acme, *zips).code == 0
    for name in FILES:
        assert (acme / name).read_bytes() == (folders / name).read_bytes()
    assert waiting(run, acme) == (3, 0)
    assert "Operations (acme-operations.zip): Ann" in run("open", acme, "--plain").out


def test_a_torn_journal_costs_its_line_and_says_so(run: Run, acme: Path) -> None:
    journal = acme.parent / PARTS[0] / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([*lines[:-1], lines[-1][:-20]]))
    torn = journal.read_bytes()
    ran = run("merge", acme, *parts_of(acme))
    assert ran.code == 0
    assert "1 line of the journal in" in ran.out
    assert "damaged" not in run("merge", acme, acme.parent / PARTS[1]).out  # the control
    kept = (acme / "journal.jsonl").read_bytes()
    assert all(line in kept for line in lines[:-1])
    assert journal.read_bytes() == torn


def test_a_strategy_changed_by_hand_is_told_and_stays(run: Run, acme: Path) -> None:
    strategy = acme.parent / PARTS[0] / "strategy.toml"
    text = strategy.read_text(encoding="utf-8")
    strategy.write_text(text.replace("call to repair", "call to cure"), encoding="utf-8")
    ran = run("merge", acme, *parts_of(acme))
    assert ran.out.count("was changed by hand") == 1
    assert "call to cure" not in (acme / "strategy.toml").read_text(encoding="utf-8")
    # The way out that it names: open the part, take the changes in, merge again.
    run("open", acme.parent / PARTS[0], "--plain", typed="y\n")
    again = run("merge", acme, *parts_of(acme))
    assert "was changed by hand" not in again.out
    assert "call to cure" in (acme / "strategy.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "written",
    [
        b"part = 3",
        *(
            pytest.param(one, marks=pytest.mark.slow)
            for one in (b"\xff\xfe", b"", b"part = []\nat = 1", b"[[[")
        ),
    ],
)
def test_a_part_that_cannot_say_what_it_is_asks_all_and_comes_back_all_the_same(
    written: bytes, run: Run, acme: Path
) -> None:
    part = acme.parent / PARTS[0]
    (part / "breakout.toml").write_bytes(written)
    opened = run("status", part)
    assert "nobody knows which part of the session this folder is" in opened.err
    assert "KPIs" in opened.out
    ran = run("merge", acme, part)
    assert ran.code == 0
    assert "nobody knows which part that was" in ran.out
    assert SAID[0] in (acme / "strategy.toml").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_part_of_clusters_that_there_are_none_of_asks_everything(run: Run, acme: Path) -> None:
    file = acme.parent / PARTS[0] / "breakout.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('"operations"', '"logistics"'), encoding="utf-8")
    ran = run("status", file.parent)
    assert "no such cluster" in ran.err
    assert "KPIs" in ran.out


@pytest.mark.slow
def test_a_part_that_takes_in_another_says_where_it_goes(run: Run, acme: Path) -> None:
    one, other = parts_of(acme)[:2]
    ran = run("merge", one, other)
    assert "is itself a part of “acme”" in ran.out
    assert waiting(run, one)[0] == 0
    run("merge", acme, one)
    assert SAID[2] in (acme / "strategy.toml").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_part_that_is_open_gives_what_is_on_its_disk(run: Run, acme: Path) -> None:
    session = open_session(acme.parent / PARTS[0], Environment(by="Ann"))
    assert run("merge", acme, *parts_of(acme)).code == 0
    session.close()


def test_a_stranger_among_the_parts_changes_nothing(run: Run, acme: Path) -> None:
    run("new", acme.parent / "stranger", "--plain", typed="/where\nStrangers Ltd\n")
    before = bytes_in(acme)
    ran = run("merge", acme, *parts_of(acme), acme.parent / "stranger")
    assert "no line in common" in one_sentence(ran)
    assert bytes_in(acme) == before


# Recorded sessions


def partition_of(random: Random) -> list[list[str]]:
    """Divide the clusters among groups in any way."""
    groups: dict[int, list[str]] = {}
    for cluster in CLUSTERS:
        groups.setdefault(random.randrange(len(CLUSTERS)), []).append(cluster)
    return list(groups.values())


@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.slow) for n in range(2, 14))])
def test_however_clusters_are_divided_and_come_back_it_is_the_same_strategy(
    seed: int, run: Run, tmp_path: Path
) -> None:
    """Any groups, any order, some of them twice and before they were done; and with one missing it is not."""
    random = Random(seed)
    begin_at, said, end_at = recorded("riverbend")
    folder = played_until("riverbend", tmp_path / "here" / "riverbend", begin_at)
    groups = partition_of(random)
    assert run("split", folder, *("+".join(group) for group in groups)).code == 0
    parts = [folder.parent / f"riverbend-{'+'.join(group)}" for group in groups]
    missing = random.randrange(len(parts))
    without = copied(folder, tmp_path / "without" / "riverbend")
    for group, part in zip(groups, parts, strict=True):
        work = [request for cluster in group for request in said[cluster]]
        half = random.randrange(len(work) + 1)
        works(part, f"{part.name} first", work[:half])
        if random.random() < 0.5:
            assert run("merge", folder, part).code == 0
        works(part, f"{part.name} then", work[half:])
    order = random.choices(parts, k=2) + random.sample(parts, len(parts))
    assert run("merge", folder, *order).code == 0
    one_room = open_session(played_until("riverbend", tmp_path / "one", end_at), Environment()).strategy()
    together = open_session(folder, Environment(), read_only=True)
    assert together.strategy() == one_room
    assert not together.state.disputed
    assert together.plan.state.renumbered == {}
    others = [part for part in parts if part != parts[missing]]
    if others:
        run("merge", without, *others)
    assert open_session(without, Environment(), read_only=True).strategy() != one_room


@pytest.mark.slow
@pytest.mark.parametrize("name", ["riverbend", "brakelman"])
def test_clusters_worked_out_apart_come_to_what_one_room_said(name: str, run: Run, tmp_path: Path) -> None:
    begin_at, said, end_at = recorded(name)
    assert set(said) == {"operations", "customer", "innovation", "social"}
    folder = played_until(name, tmp_path / "here" / name, begin_at)
    run("split", folder, *said)
    for cluster, requests in said.items():
        works(folder.parent / f"{name}-{cluster}", cluster, requests)
    assert run("merge", folder, *(f"{folder}-{cluster}" for cluster in said)).code == 0
    one_room = open_session(played_until(name, tmp_path / "one", end_at), Environment()).strategy()
    with_breakouts = open_session(folder, Environment(), read_only=True).strategy()
    assert with_breakouts.candidates == one_room.candidates
    assert with_breakouts.objectives == one_room.objectives
    before = open_session(played_until(name, tmp_path / "before", begin_at), Environment()).strategy()
    assert before.candidates != one_room.candidates  # the control
    assert waiting(run, folder) == (4, 0)
