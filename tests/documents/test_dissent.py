"""Where a team does not agree yet: in every document, from a session and from its strategy.toml alone."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from bsc_coach.documents.context.dissent import LONGEST_BAR
from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.formats import DocumentInput, document_format, known_formats
from bsc_coach.documents.redaction.redacting import redact
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.rounds import KeepNames, OpenRound
from bsc_coach.interview.notes import to_notes
from bsc_coach.interview.projection import to_strategy
from bsc_coach.script.slots import parse_slot
from bsc_coach.strategy.agreement import FEWEST
from bsc_coach.strategy.closing import Meeting
from bsc_coach.strategy.model import Candidate, Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.strategy.toml import examine_file, write_toml
from bsc_coach.words import say
from tests.documents.test_pdf import needs_pdftotext, shown
from tests.support.pages import whole
from tests.support.strategies import NO_NOTES, RIVERBEND, RIVERBEND_NOTES
from tests.support.voting import FAR_APART, VOTED, VOTED_NOTES, WRITTEN, voted_session

LANGUAGES = ("en", "nl")
PDF = pytest.param("pdf", marks=needs_pdftotext)
WHOLE = ["md", "html", PDF, "docx"]
BALLOT = "clusters[operations]/candidates[i00001]/candidates.influence_votes"
TITLE = "clusters[operations]/candidates[i00001]/candidates.title"


def text_of(name: str, folder: Path, strategy: Strategy = VOTED, notes: Notes = VOTED_NOTES) -> str:
    """Return all that can be read in a document, without blanks."""
    if name == "md":
        return bare(re.sub(r"<[^>]*>", "", whole(strategy, notes)))
    (data,) = document_format(name).make(DocumentInput(strategy, notes)).values()
    if name == "pdf":
        text = shown(data, folder)
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [package.read(one).decode() for one in package.namelist() if one.endswith(".xml")]
        text = re.sub(r"<[^>]*>", "", "".join(parts))
    else:
        text = re.sub(r"<[^>]*>", "", data.decode())
    return bare(text)


def bare(text: str) -> str:
    return re.sub(r"[\s\u00a0\u00ad\u200b]+|&\w+;", "", text)


def heading(language: str = "en") -> str:
    return bare(say("document.heading.dissent", language))


def dissent_of(strategy: Strategy, notes: Notes = NO_NOTES) -> str:
    """Return the section of annex.md."""
    return whole(strategy, notes).partition("\n## Where we do not agree yet\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("name", [*WHOLE, "pptx"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_tells_where_the_team_does_not_agree(name: str, language: str, tmp_path: Path) -> None:
    strategy = VOTED.model_copy(update={"language": language})
    text = text_of(name, tmp_path, strategy)
    for told in (heading(language), "Nightshift"[:5], bare("We score as if the beds were ours")):
        assert told.casefold() in text.casefold()
    spread = "1.00" if language == "en" else "1,00"
    assert spread in text
    assert bare("■■■ 3") in text
    assert bare(say("document.sentence.voted_before", language)) in text
    assert heading(language) not in text_of(name, tmp_path, RIVERBEND, RIVERBEND_NOTES)


@pytest.mark.parametrize("name", WHOLE)
def test_what_was_written_stands_with_what_it_became_part_of(name: str, tmp_path: Path) -> None:
    text = text_of(name, tmp_path)
    label = f"{VOTED.candidates[0].id} {VOTED.objectives[0].title}"
    assert bare(WRITTEN[0] + label) in text or bare(f"{WRITTEN[0]}|{label}") in text
    left_over = bare(say("document.nothing.left_over", "en"))
    assert bare(WRITTEN[1]) + left_over in text.replace("|", "")
    assert bare(WRITTEN[0]) + left_over not in text.replace("|", "")


def test_the_two_points_with_the_most_dissent_come_first() -> None:
    told = build_context(VOTED, VOTED_NOTES)["dissent"]
    assert [row["id"] for row in told["first"]] == [FAR_APART, VOTED.candidates[3].id]
    others = [row["spread"] for row in told["others"]]
    assert others == sorted(others, reverse=True)
    assert min(others) > 0.3
    everything = {row["id"] for row in (*told["first"], *told["others"])}
    assert VOTED.candidates[2].id not in everything, "all gave about the same"


def test_what_is_voted_on_twice_of_a_point_stands_together() -> None:
    told = VOTED.candidates
    twice = told[1].model_copy(update={"performance_votes": (1, 1, 1, 2, 4, 5)})
    strategy = VOTED.model_copy(update={"candidates": (told[0], twice, *told[2:])})
    first = build_context(strategy, VOTED_NOTES)["dissent"]["first"]
    assert [row["id"] for row in first] == [FAR_APART, FAR_APART, told[3].id]


def test_mean_spread_and_ballots_are_those_of_the_formula() -> None:
    # Half at 1 and half at 5: a deviation of 2, which is half of the scale.
    row = build_context(VOTED, VOTED_NOTES)["dissent"]["first"][0]
    assert (row["mean"], row["spread"], row["n"]) == (3.0, 1.0, 6)
    assert [(one["answer"], one["n"]) for one in row["counts"]] == [
        ("1", 3), ("2", 0), ("3", 0), ("4", 0), ("5", 3),
    ]  # fmt: skip
    assert row["counts_text"].replace("\u00a0", " ") == "1: ■■■ 3, 2–4: 0, 5: ■■■ 3"


def test_the_manual_shows_such_a_row() -> None:
    row = build_context(VOTED, VOTED_NOTES)["dissent"]["first"][0]
    shown = {"mean", "spread", "distribution"}
    told = " · ".join(f"{one['label']} {one['text']}" for one in row["sheet"] if one["field"] in shown)
    manual = (Path(__file__).parents[2] / "docs" / "documents.md").read_text(encoding="utf-8")
    assert f"{row['voted_on']}: {told}".replace("\u00a0", " ") in manual


def test_a_bar_never_runs_off_the_page() -> None:
    many = (1,) * 150 + (5,) * 50
    candidate = Candidate(id="O1", cluster="operations", title="Shorten the wait", influence_votes=many)
    row = build_context(Strategy(candidates=(candidate,)), Notes())["dissent"]["first"][0]
    bars = {one["answer"]: one["bar"] for one in row["counts"] if one["n"]}
    assert len(bars["1"]) == LONGEST_BAR
    assert 0 < len(bars["5"]) < LONGEST_BAR / 2
    assert "150" in row["counts_text"]


@pytest.mark.parametrize("name", [*WHOLE, "pptx", "minutes"])
def test_without_ballots_or_dissent_there_is_no_such_section(name: str, tmp_path: Path) -> None:
    agreed = tuple(one.model_copy(update={"influence_votes": (4, 4, 5, 5)}) for one in RIVERBEND.candidates)
    strategy = RIVERBEND.model_copy(update={"candidates": agreed})
    assert heading() not in text_of(name, tmp_path, strategy, RIVERBEND_NOTES)


@pytest.mark.parametrize("n", [FEWEST - 1, FEWEST])
def test_of_fewer_than_four_ballots_only_the_mean_is_told(n: int) -> None:
    candidate = Candidate(
        id="O1", cluster="operations", title="Shorten the wait", influence=3, influence_votes=(1, 1, 5, 5)[:n]
    )
    context = build_context(
        Strategy(candidates=(candidate,), meeting=Meeting(worth_votes=(1, 1, 5, 5)[:n])), Notes()
    )
    told = " ".join(
        map(str, (context["dissent"], context["trivial_many"][0]["votes_text"], context["meeting"]))
    )
    assert ("■" in told) == (n >= FEWEST)
    assert ("spread" in context["trivial_many"][0]["votes_text"]) == (n >= FEWEST)
    assert bool(context["dissent"]["first"]) == (n >= FEWEST)


def test_the_table_of_scores_says_what_comes_from_ballots() -> None:
    data = whole(VOTED, VOTED_NOTES).encode()
    selection = data.decode().partition("\n## The vital few and the trivial many\n")[2].partition("\n## ")[0]
    assert "| From ballots |" in selection
    assert "Influence 3.4 (7); Performance 2.3 (7)" in selection
    data = whole(RIVERBEND, RIVERBEND_NOTES).encode()
    assert b"From ballots" not in data


def test_how_the_meeting_was_stands_in_the_minutes_only() -> None:
    (minutes,) = document_format("minutes").make(DocumentInput(VOTED, VOTED_NOTES)).values()
    told = minutes.decode().partition("\n## How the meeting was\n")[2].partition("\n## ")[0]
    assert "4 on average, 7 ballots, spread" in told
    assert "Silent rounds before talk" in told
    assert "Shorter lunch" in told
    strategy = whole(VOTED, VOTED_NOTES).encode()
    assert b"Silent rounds before talk" not in strategy


def test_the_workbook_has_a_sheet_of_dissent(tmp_path: Path) -> None:
    assert bare("Disagreement") in text_of("xlsx", tmp_path)
    assert bare("Disagreement") not in text_of("xlsx", tmp_path, RIVERBEND, RIVERBEND_NOTES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_strategy_toml_alone_gives_the_same_but_for_names(language: str) -> None:
    strategy = VOTED.model_copy(update={"language": language})
    file = examine_file(write_toml(strategy, VOTED_NOTES).encode()).file
    assert b"Anna" not in write_toml(strategy, VOTED_NOTES).encode()
    nameless = tuple(one.model_copy(update={"named": ()}) for one in VOTED_NOTES.voted)
    from_session = dissent_rows(strategy, VOTED_NOTES.model_copy(update={"voted": nameless}))
    assert dissent_rows(file.strategy, file.notes) == from_session
    assert dissent_rows(strategy, VOTED_NOTES) != from_session, "the control: a session has names"


def dissent_rows(strategy: Strategy, notes: Notes) -> object:
    return build_context(strategy, notes)["dissent"]


def test_dots_are_added_up_and_are_no_dissent() -> None:
    candidate = Candidate(id="O1", cluster="operations", title="Shorten the wait", dots=(0, 0, 3, 3))
    assert dissent_of(Strategy(candidates=(candidate,))) == ""
    voted = candidate.model_copy(update={"influence_votes": (1, 1, 5, 5)})
    assert "Shorten the wait" in dissent_of(Strategy(candidates=(voted,)))  # the control


def test_a_session_tells_ballots_of_which_the_point_was_reworded(tmp_path: Path) -> None:
    talk = voted_session(tmp_path / "s")
    stale = say("document.sentence.voted_before", "en")
    assert "O1 Shorten the wait" in (before := dissent_of(to_strategy(talk.plan), to_notes(talk.plan)))
    assert stale not in before
    talk.session.do(Accept(parse_slot(TITLE), "Shorten the wait in triage"))
    assert stale in dissent_of(to_strategy(talk.plan), to_notes(talk.plan))


@pytest.mark.parametrize("names", ["everyone", "nobody"])
def test_names_stand_only_where_everyone_knew_that_everyone_sees_them(tmp_path: Path, names: str) -> None:
    talk, ballot = voted_session(tmp_path / "s"), parse_slot(BALLOT)
    assert talk.session.do(OpenRound(ballot, names)).accepted
    assert talk.session.do(Accept(ballot, "1 1 5 5")).accepted
    kept = talk.session.do(KeepNames(ballot, {"Anna": "1", "Bo": "5"}))
    told = dissent_of(to_strategy(talk.plan), to_notes(talk.plan))
    assert kept.accepted == ("Anna: 1; Bo: 5" in told) == (names == "everyone")
    # Voted on anew, these names say nothing of the ballots that count.
    talk.session.do(Accept(ballot, "2 2 5 5"))
    assert "Anna" not in dissent_of(to_strategy(talk.plan), to_notes(talk.plan))


def test_sentences_texts_and_names_are_redacted() -> None:
    person = VOTED.participants[0].name
    assert person is not None
    strategy = VOTED.model_copy(
        update={
            "agreement": VOTED.agreement.model_copy(update={"map_said": f"{person} will not like it"}),
            "clusters": tuple(
                one.model_copy(update={"written": (f"{person} decides alone",), "said": f"Ask {person}"})
                for one in VOTED.clusters
            ),
        }
    )
    material = redact(DocumentInput(strategy, VOTED_NOTES))
    for name in set(known_formats()) - {"pdf", "docx", "pptx", "xlsx"}:
        for data in document_format(name).make(material).values():
            assert person.encode() not in data
            assert b"Anna" not in data
    plain = whole(strategy, VOTED_NOTES).encode()
    assert plain.count(person.encode()) > 3, "the control"
    assert b"Anna" in plain
