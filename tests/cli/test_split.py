"""``split``: a part for each breakout group, what is in it, and what is refused."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from bsc_coach.script.loader import bundled_source
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import create_session, open_session
from tests.cli.conftest import Run
from tests.support.cli import one_sentence
from tests.support.odd_scripts import HEAD
from tests.support.scripts import BAKERY, source_of
from tests.support.two_facilitators import BEGIN, begin, bytes_in, carried_out, copied, requests


@pytest.fixture(scope="module")
def acme_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return begin(tmp_path_factory.mktemp("split") / "acme")


@pytest.fixture
def acme(acme_once: Path, tmp_path: Path) -> Path:
    """A session before its clusters."""
    return copied(acme_once, tmp_path / "here" / "acme")


def beside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.parent.iterdir() if path != folder)


def test_each_group_gets_a_folder_beside_the_session(run: Run, acme: Path) -> None:
    before = (acme / "journal.jsonl").read_bytes()
    ran = run("split", acme, "operations", "customer", "innovation+social")
    assert ran.code == 0
    assert beside(acme) == ["acme-customer", "acme-innovation+social", "acme-operations"]
    assert "Innovation + Social and societal" in ran.out
    assert f"bsc-coach merge {acme} {acme}-operations {acme}-customer {acme}-innovation+social" in ran.out
    for part in acme.parent.glob("acme-*"):
        assert sorted(path.name for path in part.iterdir()) == [
            ".gitattributes", "breakout.toml", "journal.jsonl", "script.nl.toml", "script.toml",
        ]  # fmt: skip
        assert (part / "journal.jsonl").read_bytes() == before
    assert (acme / "journal.jsonl").read_bytes() == before


def test_a_part_knows_what_it_is_a_part_of(run: Run, acme: Path) -> None:
    run("split", acme, "operations", "customer", "innovation+social")
    part = json.loads(run("status", f"{acme}-innovation+social", "--json").out)
    assert part["part_of"]["of"] == "acme"
    assert part["part_of"]["clusters"] == ["innovation", "social"]
    assert [one["title"] for one in part["sections"]] == ["Innovation", "Social and societal", "Vital few"]
    whole = json.loads(run("status", acme, "--json").out)  # the control
    assert whole["part_of"] is None
    assert len(whole["sections"]) > 10
    assert part["minutes_left"] < whole["minutes_left"] / 4
    assert part["next"] == {"list": "candidates", "of": "innovation"}
    assert whole["next"] != part["next"]


def test_status_in_words_tells_of_the_part_alone(run: Run, acme: Path) -> None:
    run("split", acme, "operations")
    ran = run("status", f"{acme}-operations")
    assert ran.out.splitlines()[0] == "Acme Housing – Operations"
    assert "Only its questions are asked here" in ran.err
    assert "KPIs" not in ran.out
    assert "KPIs" in run("status", acme).out


@pytest.mark.parametrize(
    ("typed", "clusters"),
    [
        ("operations", ["operations"]),
        ("OPERATIONS", ["operations"]),
        ("Customer management", ["customer"]),
        ("cust", ["customer"]),
        ("Klantmanagement", ["customer"]),
        ("sociaal", ["social"]),
        ("social+operations", ["operations", "social"]),
        ("Innov+klant+social", ["customer", "innovation", "social"]),
    ],
)
def test_a_cluster_goes_by_id_by_name_and_by_its_beginning(
    typed: str, clusters: list[str], run: Run, acme: Path
) -> None:
    assert run("split", acme, typed).code == 0
    (name,) = beside(acme)
    assert name == f"acme-{'+'.join(clusters)}"


def test_in_dutch(run: Run, acme: Path) -> None:
    carried_out(acme, "Ann", {"do": "language", "to": "nl"})
    ran = run("split", acme, "Operationeel", "klant+innovatie")
    assert "Operationeel, 1 vraag om mee te beginnen" in ran.out
    assert "Na afloop, hier: bsc-coach merge" in ran.out
    assert "Klantmanagement + Innovatie" in run("status", f"{acme}-customer+innovation").out
    fault = one_sentence(run("split", acme, "financieel"))
    assert fault.startswith("Deze sessie heeft geen cluster ‘financieel’.")


RENAMED = {"Operations": "Sales + service", "Customer management": "Care at home"}


def test_renamed_clusters_go_by_their_own_names(run: Run, tmp_path: Path) -> None:
    script = tmp_path / "own.toml"
    text = bundled_source().base.decode()
    for ours, own in RENAMED.items():
        text = text.replace(f'text = "{ours}", prefix', f'text = "{own}", prefix')
    script.write_text(text, encoding="utf-8")
    folder = tmp_path / "here" / "care"
    run("new", folder, "--plain", "--script", script, "--lang", "en", typed="/where\nCare Ltd\n")
    ran = run("split", folder, "sales + service", "Care at home+innovation")
    assert ran.code == 0, ran.said
    assert beside(folder) == ["care-customer+innovation", "care-operations"]
    assert "Sales + service, " in ran.out
    assert run("status", f"{folder}-operations").out.startswith("Care Ltd – Sales + service")


def test_what_is_said_afterwards_stays_and_whoever_types_is_not_in_the_way(run: Run, acme: Path) -> None:
    session = open_session(acme, Environment(by="Ann"))
    ran = run("split", acme, "operations")
    assert ran.code == 0
    assert "has this session open now" in ran.err
    session.close()
    carried_out(acme, "Ann", {"do": "accept", "step": "organisation.purpose", "value": "Whom to build for"})
    assert b"Whom to build for" not in (acme.parent / "acme-operations" / "journal.jsonl").read_bytes()
    assert "has this session open now" not in run("split", acme, "social").said  # the control


def test_a_zip_holds_what_a_folder_would(run: Run, acme: Path, tmp_path: Path) -> None:
    assert run("split", acme, "operations", "customer", "--zip", "--to", tmp_path / "stick" / "new").code == 0
    run("split", acme, "operations")
    folder = acme.parent / "acme-operations"
    with zipfile.ZipFile(tmp_path / "stick" / "new" / "acme-operations.zip") as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path / "unpacked")
    unpacked = bytes_in(tmp_path / "unpacked" / "acme-operations")
    assert set(unpacked) == set(bytes_in(folder))
    assert unpacked["journal.jsonl"] == (folder / "journal.jsonl").read_bytes()
    assert beside(acme) == ["acme-operations"]


def test_the_session_is_split_from_inside_its_folder(
    run: Run, acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(acme)
    assert run("split", ".", "operations").code == 0
    assert beside(acme) == ["acme-operations"]


REFUSED = {
    "unknown": (("finance",), "no cluster “finance”"),
    "near": (("inovation",), "“innovation”"),
    "nothing": (("+",), "no cluster"),
    "half": (("operations+",), "no cluster"),
    "several": (("s",), None),
    "twice": (("operations", "operations"), "Operations is named twice"),
    "twice in one": (("social+social",), "Social and societal is named twice"),
    "twice by other names": (("operations+social", "Operationeel"), "Operations is named twice"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_meant_is_refused(name: str, run: Run, acme: Path) -> None:
    typed, said = REFUSED[name]
    ran = run("split", acme, *typed)
    if said is None:
        assert ran.code == 0  # the control: one letter is enough where one cluster begins with it
        return
    assert ran.code == 2
    assert said in one_sentence(ran)
    assert beside(acme) == []


def test_what_is_there_already_stays_and_nothing_else_is_made(run: Run, acme: Path) -> None:
    (acme.parent / "acme-customer").mkdir()
    ran = run("split", acme, "operations", "customer")
    assert ran.code == 1
    assert "is there already" in one_sentence(ran)
    assert beside(acme) == ["acme-customer"]
    assert list((acme.parent / "acme-customer").iterdir()) == []
    run("split", acme, "social", "--zip")
    before = (acme.parent / "acme-social.zip").read_bytes()
    assert run("split", acme, "social", "--zip").code == 1
    assert (acme.parent / "acme-social.zip").read_bytes() == before


def test_a_dead_link_in_the_place_of_a_part_is_in_the_way(run: Run, acme: Path) -> None:
    (acme.parent / "acme-operations").symlink_to(acme.parent / "gone")
    assert run("split", acme, "operations").code == 1
    assert beside(acme) == ["acme-operations"]


def test_a_part_is_not_split_again(run: Run, acme: Path) -> None:
    run("split", acme, "operations+social")
    ran = run("split", f"{acme}-operations+social", "social")
    assert ran.code == 1
    assert "is itself a part of “acme”" in one_sentence(ran)
    assert beside(acme) == ["acme-operations+social"]


@pytest.mark.parametrize("to", ["/proc/nowhere", "file", "file/below"])
@pytest.mark.parametrize("zipped", [False, True])
def test_where_nothing_can_be_written_nothing_is_made(to: str, zipped: bool, run: Run, acme: Path) -> None:
    (acme.parent / "file").write_text("x", encoding="utf-8")
    target = to if to.startswith("/") else acme.parent / to
    ran = run("split", acme, "operations", "--to", target, *(["--zip"] if zipped else []))
    assert ran.code == 1
    assert "with --to" in one_sentence(ran)
    assert beside(acme) == ["file"]


def test_questions_without_clusters_cannot_be_split(run: Run, tmp_path: Path) -> None:
    """The control is a bakery that has one cluster."""
    for name, source in (
        ("odd", f'{HEAD}[[step]]\nid = "name"\nkind = "text"\nask = "Who?"\n'),
        ("bakery", BAKERY),
    ):
        create_session(tmp_path / "here" / name, source_of(source), Environment(by="Ann")).close()
    ran = run("split", tmp_path / "here" / "odd", "operations")
    assert ran.code == 2
    assert "no clusters" in one_sentence(ran)
    assert run("split", tmp_path / "here" / "bakery", "operations").code == 0


def test_a_folder_without_a_session_is_not_split(run: Run, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    assert run("split", tmp_path / "here", "operations").code == 1
    assert list(tmp_path.iterdir()) == [tmp_path / "here"]


def test_damaged_lines_stay_behind(run: Run, acme: Path) -> None:
    journal = acme / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([*lines[:-1], lines[-1][: len(lines[-1]) // 2]]))
    run("split", acme, "operations")
    kept = (acme.parent / "acme-operations" / "journal.jsonl").read_bytes()
    assert kept == b"".join(lines[:-1])
    assert len(BEGIN) == len(lines)


def test_apply_works_in_a_part_as_anywhere(run: Run, acme: Path) -> None:
    run("split", acme, "operations")
    line = {"do": "add", "list": "candidates", "of": "operations",
            "answers": {"candidates.title": "Shorten the time from call to repair"}}  # fmt: skip
    assert run("apply", f"{acme}-operations", typed=requests(line)).code == 0
    assert run("render", f"{acme}-operations", "--format", "md,toml", "-o", acme.parent / "out").code == 0
    for name in ("annex.md", "strategy.toml"):
        (made,) = (acme.parent / "out").rglob(name)
        text = made.read_text(encoding="utf-8")
        assert "Shorten the time from call to repair" in text
        assert ("part of the session “acme”: Operations" in text) == (name == "annex.md")
        assert ("[session.part_of]" in text) == (name == "strategy.toml")


def test_a_part_that_is_shown_to_others_does_not_name_its_folder(run: Run, acme: Path) -> None:
    run("split", acme, "operations")
    run("render", f"{acme}-operations", "--redact", "--format", "md", "-o", acme.parent / "out")
    made = list((acme.parent / "out").rglob("*.md"))
    assert len(made) == 3
    for page in made:
        text = page.read_text(encoding="utf-8")
        assert "one part of a session: Operations" in text
        assert "acme" not in text.casefold()
