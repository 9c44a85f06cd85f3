"""``apply``: one line in, one line out; docs/apply.md is run as it stands, and hostile lines are refused."""

from __future__ import annotations

import json
import re
import typing
from pathlib import Path

import jsonschema
import pytest

from bsc_coach import sizes
from bsc_coach.interview.requests import Request
from tests.cli.conftest import Run
from tests.support.cli import bsc_coach

GUIDE = Path(__file__).parents[2] / "docs" / "apply.md"


def examples(kind: str) -> list[str]:
    """Return the lines of the fenced blocks of one kind in the guide, in order."""
    blocks = re.findall(
        rf"^```{kind}\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    return [line for block in blocks for line in block.splitlines()]


def asked_lines() -> list[str]:
    return [*examples("json"), *examples("text")]


def within(shown: object, told: object) -> bool:
    """Tell whether what the guide shows is part of what the program told."""
    if isinstance(shown, dict):
        return isinstance(told, dict) and all(k in told and within(v, told[k]) for k, v in shown.items())
    if isinstance(shown, list):
        return isinstance(told, list) and (
            told == [] if shown == [] else all(any(within(s, t) for t in told) for s in shown)
        )
    return shown == told


@pytest.fixture
def made(tmp_path: Path, run: Run) -> Path:
    """A new session with nothing in it."""
    run("new", tmp_path / "s", "--plain")
    return tmp_path / "s"


def answers_of(out: str) -> list[dict[str, typing.Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_the_guide_shows_what_happens(run: Run, made: Path) -> None:
    ran = run("apply", made, typed="\n".join(asked_lines()) + "\n")
    told, shown = answers_of(ran.out), [json.loads(line) for line in examples("json answer")]
    assert ran.code == 1  # some are refused
    assert len(told) == len(shown) == len(asked_lines())
    for line, one, other in zip(asked_lines(), shown, told, strict=True):
        assert within(one, other), f"{line}\nshown {one}\ntold  {other}"


def test_the_guide_shows_every_request() -> None:
    kinds = {json.loads(line)["do"] for line in examples("json")}
    models = typing.get_args(typing.get_args(Request)[0])
    assert kinds == {model.model_fields["do"].annotation.__args__[0] for model in models}


def test_the_schema_takes_the_examples_and_nothing_else(run: Run, made: Path) -> None:
    schema = json.loads(run("apply", made, "--schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for line in examples("json"):
        validator.validate(json.loads(line))
    for wrong in ({"do": "acept"}, {"do": "undo", "twice": True}, {"do": "park", "step": 1}, [], "undo"):
        assert not validator.is_valid(wrong), wrong


def test_every_answer_says_where_we_are(run: Run, made: Path) -> None:
    for told in answers_of(run("apply", made, typed="\n".join(asked_lines())).out):
        assert {"settled", "certain", "possible"} == set(told["progress"])
        assert told["next"] is None or told["next"]["ask"]
        if told["accepted"]:
            assert set(told) >= {
                "number",
                "saved",
                "added",
                "stale",
                "dormant",
                "active",
                "invalid",
                "remarks",
            }
        else:
            assert set(told["refused"]) == {"key", "say"}
            assert told["refused"]["say"][-1] in ".”"


HOSTILE = {
    "not json": b"organisation.name = Acme",
    "cut off": b'{"do": "accept", "step": "organisation.na',
    "nothing but a number": b"42",
    "null": b"null",
    "an empty list": b"[]",
    "no request": b"{}",
    "unknown request": b'{"do": "explode"}',
    "unknown key": b'{"do": "undo", "hard": true}',
    "wrong kinds": b'{"do": "accept", "step": 7, "value": {"a": 1}}',
    "a flag as value": b'{"do": "accept", "step": "organisation.name", "value": true}',
    "null as value": b'{"do": "accept", "step": "organisation.name", "value": null}',
    "NaN": b'{"do": "accept", "step": "organisation.year", "value": NaN}',
    "infinity": b'{"do": "accept", "step": "organisation.year", "value": -Infinity}',
    "out of range": b'{"do": "accept", "step": "organisation.year", "value": 1e400}',
    "a huge number": b'{"do": "accept", "step": "organisation.year", "value": ' + b"9" * 5_000 + b"}",
    "a fraction of a year": b'{"do": "accept", "step": "organisation.year", "value": 2030.5}',
    "deep nesting": b"[" * 100_000,
    "deep objects": b'{"do":' * 50_000 + b"1" + b"}" * 50_000,
    "deep value": b'{"do": "accept", "step": "organisation.name", "value": ' + b"[" * 900 + b"]" * 900 + b"}",
    "five megabytes where little fits": b'{"do": "accept", "step": "organisation.name", "value": "'
    + b"x" * 5_000_000
    + b'"}',
    "more than a line may have": b'{"do": "accept", "step": "organisation.name", "value": "'
    + b"x" * 8_100_000
    + b'"}',
    "a far too long step": b'{"do": "accept", "step": "' + b"a." * 50_000 + b'a", "value": 1}',
    "a hostile slot": b'{"do": "accept", "slot": "a[../../etc]/b", "value": 1}',
    "an unknown item": b'{"do": "remove", "item": "O99"}',
    "an item of control characters": b'{"do": "remove", "item": "\\u001b]52;c;aGk=\\u0007"}',
    "not utf-8": b'{"do": "acc\xffept", "step": "x", "value": 1}',
    "a place that is none": b'{"do": "move", "item": "O1", "to": -99999999999999999999}',
}


@pytest.mark.parametrize("line", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_line_is_refused_in_words_and_the_next_is_read(line: bytes, run: Run, made: Path) -> None:
    before = (made / "journal.jsonl").read_bytes()
    good = b'{"do": "accept", "step": "organisation.name", "value": "Acme"}'
    ran = run("apply", made, typed=line + b"\n" + good + b"\n")
    refused, accepted = answers_of(ran.out)
    assert ran.code == 1
    assert refused["accepted"] is False
    assert len(json.dumps(refused)) < 2_000
    assert refused["refused"]["say"].isprintable()
    assert accepted["accepted"] is True
    assert (made / "journal.jsonl").read_bytes().startswith(before)
    assert len((made / "journal.jsonl").read_bytes().splitlines()) == 1


def test_control_characters_are_cleaned_on_the_way_in(run: Run, made: Path) -> None:
    line = '{"do": "accept", "step": "organisation.name", "value": "Ac\\u001b[2Jme \\u202eLtd\\u0000"}'
    ran = run("apply", made, typed=line)
    assert answers_of(ran.out)[0]["accepted"] is True
    assert ran.out.isascii()
    kept = json.loads((made / "journal.jsonl").read_text(encoding="utf-8"))["do"][0]["value"]
    assert kept == "Ac[2Jme Ltd"


ASKED = b'{"do": "accept", "step": "organisation.name", "value": "Caf%s Zorg"}\n'


@pytest.mark.parametrize(
    ("letter", "key", "kept"),
    [
        (b"\xe9", "not_utf8", None),
        (b"\xc3", "not_utf8", None),
        (b"\\ud83d", "half_character", None),
        (b"\xc3\xa9", None, "Caf\u00e9 Zorg"),
        (b"\\u00e9", None, "Caf\u00e9 Zorg"),
        (b"\\ud83d\\ude42", None, "Caf\U0001f642 Zorg"),
    ],
)
def test_a_letter_that_was_lost_is_never_replaced(
    letter: bytes, key: str | None, kept: str | None, run: Run, made: Path
) -> None:
    ran = run("apply", made, typed=ASKED % letter)
    (answer,) = answers_of(ran.out)
    assert ran.code == (0 if key is None else 1)
    assert answer["accepted"] is (key is None)
    journal = (made / "journal.jsonl").read_text(encoding="utf-8")
    assert "\ufffd" not in journal
    if key is not None:
        assert answer["refused"]["key"] == key
        assert "UTF-8" in answer["refused"]["say"]
        assert journal == ""
    else:
        assert json.loads(journal)["do"][0]["value"] == kept


def test_a_whole_answer_as_long_as_any_text_where_length_is_free(run: Run, made: Path) -> None:
    value = ("a word and another, " * 4_000)[: sizes.TEXT - 1] + "."
    line = json.dumps({"do": "accept", "step": "organisation.values", "value": value})
    longer = json.dumps({"do": "accept", "step": "organisation.values", "value": f"{value}."})
    refused, accepted = answers_of(run("apply", made, typed=f"{longer}\n{line}").out)
    assert refused["refused"]["key"] == "too_long"
    assert accepted["accepted"] is True
    kept = json.loads((made / "journal.jsonl").read_text(encoding="utf-8"))["do"][0]["value"]
    assert kept == value


def test_a_mark_at_the_start_and_windows_line_ends_do_no_harm(run: Run, made: Path) -> None:
    accept = b'{"do": "accept", "step": "organisation.name", "value": "Acme"}'
    typed = b"\xef\xbb\xbf" + accept + b'\r\n\r\n{"do": "undo"}\r\n'
    assert [one["accepted"] for one in answers_of(run("apply", made, typed=typed).out)] == [True, True]


def test_changes_by_hand_are_told_and_taken_in_when_asked(run: Run, begun: Path) -> None:
    path = begun / "strategy.toml"
    edited = path.read_text(encoding="utf-8").replace("Acme Housing", "Acme Homes")
    path.write_text(edited, encoding="utf-8")
    told = run("apply", begun)
    assert "--take-edits" in told.err
    assert "Acme Housing" in path.read_text(encoding="utf-8")
    path.write_text(edited, encoding="utf-8")
    taken = run("apply", begun, "--take-edits")
    assert "was taken into the session" in taken.err
    assert "Acme Homes" in path.read_text(encoding="utf-8")


def test_over_real_pipes(made: Path) -> None:
    ran = bsc_coach(
        "apply",
        made,
        typed='{"do": "undo"}\n{"do": "accept", "step": "organisation.name", "value": "Äcme"}\n',
    )
    first, second = answers_of(ran.out)
    assert (ran.code, first["refused"]["key"], second["accepted"]) == (1, "nothing_to_undo", True)
    assert "Äcme" in (made / "strategy.toml").read_text(encoding="utf-8")


def test_the_next_question_after_an_item_is_its_list_while_that_is_open(run: Run, made: Path) -> None:
    whole = {"participants.name": "Ann", "participants.role": "Planner", "participants.part": "member"}
    add = json.dumps({"do": "add", "list": "participants", "answers": whole})
    told = answers_of(run("apply", made, typed=add).out)[0]
    assert told["next"] == {"list": "participants", "ask": "Who else is in the room?"}
