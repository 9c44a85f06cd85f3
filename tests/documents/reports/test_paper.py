"""Slips and worksheets: printed, filled in by hand, typed back, in both languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

import pytest

from bsc_coach.conversation.submit import submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.documents.formats import DocumentInput, document_format
from bsc_coach.documents.redaction.redacting import redact
from bsc_coach.interview.codes import code_of, coded_lines, slot_of
from bsc_coach.interview.facts.agenda import PlanAgenda
from bsc_coach.script.slots import parse_slot
from bsc_coach.strategy.paper import Paper, SheetQuestion, SlipLine, SlipLineKind, VoteSlip
from bsc_coach.words import say
from tests.support.playing import begun
from tests.support.scripts import source_of
from tests.support.strategies import RIVERBEND
from tests.support.voting import VOTING, voted_session

LANGUAGES = ("en", "nl")
TWO_BALLOTS = """
[script]
id = "two"
version = 1
title = "Two"
languages = ["en", "nl"]

[[step]]
id = "points"
kind = "collect"
prefix = "P"
label = ["points.name"]
ask = "Which points?"
more = "Another one?"

[[step]]
id = "points.name"
in = "points"
kind = "text"
ask = "Which point?"

[[step]]
id = "scoring"
kind = "for_each"
over = ["points"]
title = "Scores"

[[step]]
id = "weight"
in = "scoring"
kind = "ballot"
scale = { min = 1, max = 5 }
short = "Weight"
ask = "How heavy is {{ scoring.label }}?"

[[step]]
id = "sure"
in = "scoring"
kind = "ballot"
choices = [{ id = "no", text = "No" }, { id = "perhaps", text = "Perhaps" }, { id = "yes", text = "Yes" }]
short = "Sure"
ask = "Are we sure of {{ scoring.label }}?"
"""


class _Read(HTMLParser):
    """What can be read on a page, by the class of the element that it stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.at: list[str] = []
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br"):
            self.at.append(dict(attrs).get("class") or tag)

    def handle_endtag(self, tag: str) -> None:
        self.at.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append((self.at[-1] if self.at else "", " ".join(data.split())))


def read(name: str, material: DocumentInput) -> list[tuple[str, str]]:
    (data,) = document_format(name).make(material).values()
    page = _Read()
    page.feed(data.decode())
    return page.found


def texts(found: list[tuple[str, str]], kind: str) -> list[str]:
    return [text for at, text in found if at == kind]


def paper(*slips: VoteSlip, questions: tuple[SheetQuestion, ...] = (), people: int = 3) -> DocumentInput:
    told = Paper(answers=7, people=people, recorded=True, slips=slips, questions=questions)
    return DocumentInput(RIVERBEND, paper=told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_slips_are_printed_filled_in_and_typed_back(tmp_path: Path, language: str) -> None:
    talk = begun(tmp_path / "s", source_of(TWO_BALLOTS))
    for line in ("Wait", "Beds", ""):
        submit(talk, line)
    page = read("slips", talk.session.material(language))
    # One slip: its lines in their order, and what can be marked on each.
    slips = page[[at for at, _ in page].index("h3") :]
    lines = [text for at, text in slips if at == "li"][:4]
    assert lines == ["P1 Wait: Weight", "P1 Wait: Sure", "P2 Beds: Weight", "P2 Beds: Sure"]
    assert [text for at, text in slips if at == "mark"][:8] == [*"12345", "1 No", "2 Perhaps", "3 Yes"]
    # Four people mark; each slip is typed as a line of numbers in the order of its lines.
    marked = [(5, 3, 1, 1), (5, 3, 2, 1), (4, 2, 1, 1), (1, 3, 5, 1)]
    submit(talk, "\n".join(" ".join(map(str, slip)) for slip in marked))
    answers = {code_of(talk.plan, slot): status.value for slot, status in talk.plan.statuses.items()}
    by_line = [answers[code] for code in answers if code.startswith(("P1-", "P2-"))]
    assert ("1", "4", "5", "5") in by_line
    assert ("perhaps", "yes", "yes", "yes") in by_line
    assert ("1", "1", "2", "5") in by_line
    assert ("no", "no", "no", "no") in by_line
    # What was voted on is on no slip any more.
    again = read("slips", talk.session.material(language))
    assert "mark" not in {at for at, _ in again}
    assert say("paper.slips.none", language) in texts(again, "note")


def test_a_round_has_room_to_write_and_says_that_it_is_open(tmp_path: Path) -> None:
    talk = begun(tmp_path / "s", VOTING)
    before = read("slips", talk.session.material())
    assert not any("what must go better" in text for text in texts(before, "h3")), "it is talked about"
    submit(talk, "/together")
    asked = [text for text in texts(read("slips", talk.session.material()), "h3") if "Operations" in text]
    assert asked
    assert len(set(asked)) == 1
    submit(talk, "/open 6")
    assert "Operations (open now)" in texts(read("slips", talk.session.material()), "h2")


def test_there_is_a_slip_for_each_who_takes_part(tmp_path: Path) -> None:
    talk = begun(tmp_path / "s", VOTING)
    assert talk.session.do(PlanAgenda("half_day", minutes=120, people=5)).accepted
    found = read("slips", talk.session.material())
    assert texts(found, "h3").count("Was this meeting worth our time?") == 5


def test_dots_points_and_ranks_are_written_and_scales_are_marked() -> None:
    def line(kind: SlipLineKind, low: int, high: int) -> VoteSlip:
        return VoteSlip(
            title="T",
            question="Q",
            each=3 if kind == "dots" else 0,
            lines=(SlipLine(kind=kind, low=low, high=high),),
        )

    cases: tuple[tuple[SlipLineKind, int, int, int], ...] = (
        ("scale", 0, 10, 11), ("scale", 0, 100, 0), ("dots", 0, 3, 0), ("rank", 1, 4, 0),
    )  # fmt: skip
    for kind, low, high, marks in cases:
        found = read("slips", paper(line(kind, low, high), people=1))
        assert len(texts(found, "mark")) == marks
        if not marks:
            assert (f"({low} to {high})" in texts(found, "between")) == (kind == "scale")
    assert any("Divide 3 over the lines" in text for _, text in read("slips", paper(line("dots", 0, 3))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_session_paper_says_where_it_is_made(language: str) -> None:
    strategy = RIVERBEND.model_copy(update={"language": language})
    for name in ("slips", "worksheet"):
        assert say("paper.no_session", language) in texts(read(name, DocumentInput(strategy)), "note")


def test_a_page_is_paper_and_nothing_from_elsewhere(tmp_path: Path) -> None:
    talk = voted_session(tmp_path / "s")
    for name in ("slips", "worksheet"):
        ((path, data),) = document_format(name).make(talk.session.material()).items()
        assert path == PurePosixPath(f"{name}.html")
        page = data.decode()
        assert "size: A4" in page
        assert "<script" not in page
        assert not re.search(r"(src|href)=|url\(", page)
    hostile = SheetQuestion(code="1a", part="p", section="<b>x</b>", question="<script>alert(1)</script>")
    (data,) = document_format("worksheet").make(paper(questions=(hostile,))).values()
    assert b"<script" not in data
    assert b"<b>x" not in data


def test_names_are_redacted_on_paper_too() -> None:
    person = RIVERBEND.participants[0].name
    assert person is not None
    slip = VoteSlip(title="T", question=f"What does {person} see?")
    question = SheetQuestion(code="O3-470k", part="p", section="S", question=f"Ask {person}")
    material = paper(slip, questions=(question,))
    redacted = redact(replace(material, strategy=RIVERBEND))
    for name in ("slips", "worksheet"):
        (data,) = document_format(name).make(redacted).values()
        (plain,) = document_format(name).make(material).values()
        assert person.encode() not in data
        assert person.encode() in plain
    assert redacted.paper.questions[0].code == "O3-470k"


# Codes


def open_codes(talk: Talk) -> dict[str, str]:
    """Return what stands on the worksheet: the name of each question by its code."""
    found = read("worksheet", talk.session.material())
    return dict(zip(texts(found, "code"), texts(found, "h3"), strict=True))


def test_every_question_of_a_session_has_a_code_of_its_own(tmp_path: Path) -> None:
    plan = voted_session(tmp_path / "s").plan
    codes = {slot: code_of(plan, slot) for slot in plan.statuses}
    assert len(set(codes.values())) == len(codes)
    assert all(slot_of(plan, code) == slot for slot, code in codes.items())
    assert all(slot_of(plan, code.upper()) == slot for slot, code in codes.items())


def test_a_slip_of_the_pen_finds_no_other_question(tmp_path: Path) -> None:
    plan = voted_session(tmp_path / "s").plan
    right = {code_of(plan, slot) for slot in plan.statuses}
    wrong = {re.sub(r"[a-z]$", letter, code) for code in right for letter in "acdefhjkmnprtuvwxy"} - right
    assert len(wrong) > 100
    assert [code for code in wrong if slot_of(plan, code) is not None] == []


def test_a_code_stays_that_of_its_question_whatever_is_answered(tmp_path: Path) -> None:
    talk = voted_session(tmp_path / "s")
    before = {code: slot_of(talk.plan, code) for code in open_codes(talk)}
    for line in ("CFO", "Answer the phone", "", "", "", "Head of care"):
        submit(talk, line)
    assert {code: slot_of(talk.plan, code) for code in before} == before


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("12a: yes", [("12a", "yes")]),
        ("O3-47k:the CFO", [("O3-47k", "the CFO")]),
        (" o3 - 47K = the CFO ", [("o3 - 47K", "the CFO")]),
        ("12a) one\ntwo\n13b. three", [("12a", "one\ntwo"), ("13b", "three")]),
        ("no code", [("", "no code")]),
        ("12a:\nbelow it", [("12a", "below it")]),
        ("12a:", []),
        ("We open at 12: and close at 3", [("", "We open at 12: and close at 3")]),
    ],
)
def test_lines_are_read_as_codes_and_answers(typed: str, read_as: list[tuple[str, str]]) -> None:
    assert coded_lines(typed) == read_as


def test_a_question_that_is_gone_has_no_code_any_more(tmp_path: Path) -> None:
    talk = voted_session(tmp_path / "s")
    code = code_of(
        talk.plan, slot := parse_slot("clusters[operations]/candidates[i00001]/objectives.owner_role")
    )
    assert slot_of(talk.plan, code) == slot
    submit(talk, "/undo")
    for _ in range(8):
        submit(talk, "/undo")
    assert slot_of(talk.plan, code) is None
