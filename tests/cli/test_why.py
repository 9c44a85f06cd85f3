"""``why``: what is behind a point, in words and as JSON, and the same in the talk."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bsc_coach.documents.reports.explanation import explained
from bsc_coach.interview.explanation import explain
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.strategy.explanation import Explanation
from bsc_coach.strategy.toml import read_toml
from bsc_coach.text import one_line
from tests.cli.conftest import Run
from tests.support.cli import one_sentence

Folders = Callable[[str], Path]
LISTS = (
    "missions", "outcomes", "promises", "objectives", "candidates", "enablers", "links", "kpis",
    "initiatives", "assumptions", "decisions", "segments", "participants", "processes", "parking",
)  # fmt: skip


def part(told: str, heading: str) -> list[str]:
    """Return the lines that stand under a heading."""
    lines = told.splitlines()
    start = lines.index(heading) + 1
    end = lines.index("", start) if "" in lines[start:] else len(lines)
    return [line.strip() for line in lines[start:end]]


@pytest.mark.parametrize("sample", ["riverbend", "brakelman"])
def test_every_point_of_a_session_has_something_behind_it(sample: str, sample_folder: Folders) -> None:
    session = open_session(sample_folder(sample), Environment(by="Tester"), read_only=True)
    strategy = session.strategy()
    points = [point for name in LISTS for point in getattr(strategy, name)]
    for point in points[::12]:
        about = explain(session.plan, point.id)
        assert about is not None, point.id
        told = "\n".join(explained(about, strategy))
        called = getattr(point, "title", None) or getattr(point, "name", None) or ""
        assert told.startswith(f"{point.id} ")
        assert one_line(called) in told
        assert "2026-11-18" in told
        assert "Facilitator: “" in told
    session.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    "point",
    ["M1", "F1", "C1", "O1", "CM1", "I1", "S1", "L1", "O1.1", "X1", "N1", "A1", "D1", "SEG1", "T1", "Q1"],
)
def test_every_kind_of_point_can_be_asked_for(point: str, run: Run, riverbend_folder: Path) -> None:
    ran = run("why", point, riverbend_folder)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"{point} ")


def test_every_wording_with_its_time_and_author(run: Run, riverbend_folder: Path) -> None:
    said = part(run("why", "O1", riverbend_folder).out, "What was said, and when (UTC)")
    first = said.index("What must become better there? Start with a verb: shorten, keep, find, prevent.")
    wordings = [line.partition(": ")[2] for line in said[first + 1 : first + 3]]
    assert wordings == [
        "“Improve patient satisfaction”",
        "“Shorten the wait for a first specialist visit” – the coach had said: Any competitor could write "
        "this down. “satisfaction” of what exactly, and for whom?",
    ]
    times = [line[: len("2026-11-18 09:54")] for line in said[first + 1 : first + 3]]
    assert times == sorted(times)
    assert all(time.startswith("2026-11-18 ") for time in times)


def test_what_was_taken_back_is_told_and_marked(run: Run, riverbend_folder: Path) -> None:
    ran = run("why", "price", riverbend_folder)
    assert "Daniel Kowalski: “Makes the difference” (taken back)" in ran.out
    assert ran.out.count("(taken back)") == 1


def test_the_choice_and_what_it_was_made_over(run: Run, riverbend_folder: Path) -> None:
    out = run("why", "CM1", riverbend_folder).out
    strategy = read_toml((riverbend_folder / "strategy.toml").read_bytes())
    same = [one for one in strategy.candidates if one.cluster == "customer"]
    (own,) = (one for one in same if one.id == "CM1")
    assert f"priority {own.priority}" in out
    assert f"What we saw: {own.evidence}" in out
    assert f"Why it was chosen: {own.reason}" in out
    dropped = part(out, "Not chosen in the same cluster")
    assert [line.split()[0] for line in dropped] == [one.id for one in same if not one.selected]
    assert all(one.reason in line for one, line in zip(same[3:], dropped, strict=True) if one.reason)
    assert part(out, "Decisions about it")[0].startswith("D2 Billing clarity is dropped for now")
    assert "Owner: Medical Director Chronic Care" in out
    assert "parked: The Medical Director Chronic Care would be the one" in out


def test_links_are_read_as_sentences(run: Run, riverbend_folder: Path) -> None:
    out = run("why", "o1", riverbend_folder).out
    assert any(
        line.startswith("X5  If we keep experienced nurses (S1), then we")
        for line in part(out, "Cause and effect")
    )
    assert part(out, "Measured by")[0].startswith("O1.1 ")
    assert part(out, "Worked on by")[0].startswith("N1 ")
    link = run("why", "X5", riverbend_folder).out
    assert link.startswith("X5 S1 → O1 (cause and effect)")
    assert part(link, "Cause and effect") == [line for line in part(out, "Cause and effect") if "X5" in line]


def test_as_json_it_has_the_same_and_always_the_same_keys(run: Run, riverbend_folder: Path) -> None:
    told = json.loads(run("why", "O1", riverbend_folder, "--json").out)
    assert told.keys() == Explanation.model_fields.keys()
    assert (told["id"], told["kind"], told["gone"]) == ("O1", "objectives", False)
    assert told["scores"]["priority"] == 20
    assert {link["id"] for link in told["links"]} == {"X5", "X7"}
    assert [one["said"] for one in told["said"] if one["before"] == "Improve patient satisfaction"] == [
        "Shorten the wait for a first specialist visit"
    ]
    guide = (Path(__file__).parents[2] / "docs" / "looking-back.md").read_text(encoding="utf-8")
    assert [name for name in told if f"`{name}`" not in guide] == []
    other = json.loads(run("why", "D1", riverbend_folder, "--json").out)
    assert other.keys() == told.keys()


def test_the_folder_comes_second_first_or_not_at_all(
    run: Run, riverbend: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = run("why", "O1", riverbend)
    assert run("why", riverbend, "O1") == second
    monkeypatch.chdir(riverbend)
    assert run("why", "O1") == second


def test_it_touches_nothing(run: Run, riverbend: Path) -> None:
    def content() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in riverbend.rglob("*") if path.is_file()}

    before = content()
    run("why", "O1", riverbend)
    assert content() == before


@pytest.mark.parametrize(("point", "near"), [("O99", "O1, O2"), ("billing", "CM4, D2"), ("zz9", "SEG1–SEG5")])
def test_an_unknown_id_is_answered_with_what_there_is(
    point: str, near: str, run: Run, riverbend_folder: Path
) -> None:
    ran = run("why", point, riverbend_folder)
    assert (ran.code, ran.out) == (2, "")
    assert point in one_sentence(ran)
    assert near in one_sentence(ran)


def test_where_there_is_no_session_it_says_so(run: Run, tmp_path: Path, begun: Path) -> None:
    assert "no session" in one_sentence(run("why", "O1", tmp_path)).lower()
    assert "O1" in one_sentence(run("why", "O1", begun))


@pytest.mark.slow
def test_in_dutch(run: Run, sample_folder: Folders) -> None:
    ran = run("why", "CM2", sample_folder("brakelman"))
    assert "(doelstelling)" in ran.out.splitlines()[0]
    assert "Oorzaak en gevolg" in ran.out
    assert "“Klanten behouden”" in ran.out


def requests(*lines: dict[str, object]) -> str:
    return "".join(json.dumps(line) + "\n" for line in lines)


HOSTILE = "Improve **care** | <b>=1+1</b> \u202eend\u202c {{ x }} [a](b)"


def test_kept_taken_off_and_never_counted(run: Run, begun: Path) -> None:
    def candidate(title: str) -> dict[str, object]:
        return {"do": "add", "list": "candidates", "of": "operations", "answers": {"candidates.title": title}}

    done = run("apply", begun, typed=requests(
        candidate(HOSTILE), candidate("Shorten the queue"), {"do": "remove", "item": "O2"},
        candidate("Never mind this"), {"do": "undo"},
        {"do": "keep", "step": "candidates.title", "of": "O1", "check": "O14", "reason": "so says the board"},
    ))  # fmt: skip
    assert done.code == 0, done.out
    first = run("why", "O1", begun).out
    assert "Improve **care** | <b>=1+1</b> end {{ x }} [a](b)" in first
    (kept,) = part(first, "Kept against the coach’s advice")
    assert kept.endswith("so says the board")
    assert part(first, "Taken off the same list") == ["O2 Shorten the queue"]
    gone = run("why", "O2", begun).out
    assert "not part of the strategy any more" in gone
    assert "taken off the list" in gone
    undone = run("why", "O3", begun).out
    assert "not part of the strategy any more" in undone
    assert "“Never mind this” (taken back)" in undone


def test_in_the_talk_with_an_id_and_without(run: Run, riverbend: Path) -> None:
    told = run("why", "O3", riverbend).out
    talked = run("open", riverbend, "--plain", typed="/edit O1\n/why\n/why O3\n/why zz9\n/quit\n")
    assert all(line.strip() in talked.out for line in told.splitlines())
    assert "There is no “zz9” in this session." in talked.out
    reason = run("open", riverbend, "--plain", typed="/edit O1\n/why\n/quit\n").out
    assert "Kept" not in reason
    assert "What was said, and when" not in reason
    assert len(reason) > len(run("open", riverbend, "--plain", typed="/edit O1\n/quit\n").out)


def test_the_value_proposition_can_be_asked_for_by_its_name(run: Run, sample_folder: Folders) -> None:
    told = run("why", "Value proposition", sample_folder("riverbend")).out.splitlines()
    assert told[0] == "Complete customer solutions (the value proposition)"
    assert "divided ten points" not in told[1]
    assert any("Patients get one plan" in line or "“" in line for line in told[3:])
    dutch = run("why", "waardepropositie", sample_folder("brakelman")).out
    assert dutch.startswith("Productleiderschap (de waardepropositie)")


def test_ten_points_over_the_propositions_are_told(run: Run, riverbend: Path) -> None:
    run("open", riverbend, "--plain", typed="/edit proposition.type\nall of them\n1 2 6 1\n/quit\n")
    told = run("why", "proposition", riverbend).out
    assert "The team divided ten points: 1 for lowest total cost" in told
    assert "6 for complete customer solutions" in told


def test_a_folder_without_a_point_is_told_what_lacks(run: Run, riverbend: Path) -> None:
    ran = run("why", riverbend)
    assert ran.code == 2
    assert f"why O3 {riverbend}" in one_sentence(ran)
