"""Every fault of a script is told, at its line, with a way out; and one never hides another."""

from __future__ import annotations

import tomllib
from importlib.resources.abc import Traversable

import pytest

from bsc_coach.resources import asset_dir
from bsc_coach.script.loader import bundled_source
from bsc_coach.script.validation import Problem, find_problems
from bsc_coach.script.validation.findings import MOST_PROBLEMS
from tests.support.faulty_scripts import FAULTS, SOUND, Fault, ask, line_of, source

FIRM = '{ answer = "part.kind", is = "firm" }'
PUBLIC = '{ answer = "part.kind", is = "public" }'
ALONE_ONLY = {"double_migration", "rename_onto_itself"}
"""What several migrations to one version add to each other when all faults stand in one file."""


def keys(problems: tuple[Problem, ...]) -> list[str]:
    """Return what kind of problems these are."""
    return [problem.key for problem in problems]


def test_the_sound_script_has_no_problem() -> None:
    assert find_problems(source(SOUND)) == ()


def test_the_script_that_comes_with_the_program_has_no_error() -> None:
    assert [str(problem) for problem in find_problems(bundled_source()) if problem.severity == "error"] == []


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_is_told_and_nothing_else(fault: Fault) -> None:
    problems = find_problems(source(SOUND + fault.piece))
    told = [(problem.key, problem.where, problem.line) for problem in problems]
    assert told == [(fault.key, fault.where, fault.line(SOUND))]


def test_no_fault_hides_another() -> None:
    text, expected = SOUND, set()
    for fault in FAULTS:
        expected.add((fault.key, fault.line(text)))
        text += fault.piece
    told = {(problem.key, problem.line) for problem in find_problems(source(text))}
    assert expected - told == set()
    assert {key for key, _ in told - expected} <= ALONE_ONLY


def test_faults_of_one_step_do_not_hide_each_other() -> None:
    text = SOUND + ask(
        "many",
        "minutes = = 2\nshrot = 'S'\nrev = 0\nbasis = ['part.knd', 'ready.later']\n"
        "good = '{{ part.nmae }} {{ part.words }}'\nfield = 'organisation.nmae'\n"
        "limit = { min_chars = 5, max_chars = 2, uniqe_in = 'teams' }\n"
        "[step.when]\n"
        "all = [{ answer = 'part.kind', is = 'frim' }, { cout = 'teams' }, { answered = 'teams.name' }]",
    )
    told = [problem for problem in find_problems(source(text)) if problem.where == "many"]
    assert sorted(keys(tuple(told))) == sorted([
        "not_toml", "unknown_key", "number_too_small", "unknown_step", "unknown_step", "unknown_step",
        "no_stand_in", "unknown_field", "min_over_max", "unknown_key", "unique_elsewhere", "unknown_choice",
        "unknown_form", "counts_nothing", "out_of_reach",
    ])  # fmt: skip


def test_a_step_that_cannot_be_read_is_still_known_to_others() -> None:
    broken = ask("lost", 'stand_in = "it"\n= = =\n{{{{\n]]]')
    text = SOUND + broken + ask("other", 'basis = ["lost"]\nshort = 7')
    assert keys(find_problems(source(text))) == ["not_toml", "wrong_type"]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_every_sentence_tells_a_way_out(fault: Fault) -> None:
    (problem,) = find_problems(source(SOUND + fault.piece))
    sentence = problem.sentence("en")
    assert sentence.endswith((".", "?"))
    assert sentence.count(". ") + sentence.count("? ") + sentence.count(", so ") + sentence.count("; ") >= 1
    assert str(problem).startswith(f"mine.toml:{problem.line}: {problem.where}: ")


def test_the_words_have_a_sentence_for_every_problem_and_no_more(words: Traversable) -> None:
    told = set(tomllib.loads(words.read_text("utf-8"))["problem"])
    produced = {fault.key for fault in FAULTS}
    others = {
        "too_large", "not_utf8", "too_many_steps", "too_many_choices", "many_more", "no_header", "no_steps",
        "bad_languages", "prefix_of_item_missing", "parent_does_not_fit", "rename_onto_itself",
        "double_language", "no_sidecar", "sidecar_empty", "sidecar_of_base", "undeclared_language",
        "translates_no_step",
        "translates_no_text", "translation_drifted", "translation_missing", "translation_unmarked",
    }  # fmt: skip
    assert told == produced | others


@pytest.fixture
def words() -> Traversable:
    """Return the catalogue of the sentences about scripts."""
    return asset_dir("prompts") / "words" / "en" / "script.toml"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("shrot", "short"), ("minuts", "minutes"), ("on_stael", "on_stale"), ("feild", "field")],
)
def test_a_misspelt_key_is_read_as_what_was_meant(written: str, meant: str) -> None:
    value = {"short": '"S"', "minutes": "0", "on_stale": '"never"', "field": '"no.such"'}[meant]
    problems = find_problems(source(SOUND + ask("typo", f"{written} = {value}")))
    assert f"Did you mean “{meant}”?" in " ".join(problem.sentence("en") for problem in problems)
    assert len(problems) == (1 if meant == "short" else 2)
    assert {problem.line for problem in problems} == {
        line_of(SOUND + ask("typo", written), f"\n{written}") + 1
    }


def test_prefixes_come_from_the_fixed_items_or_are_missed() -> None:
    text = SOUND.replace(', prefix = "S"', "")
    (problem,) = find_problems(source(text))
    assert (problem.key, problem.where) == ("prefix_of_item_missing", "goals")
    assert "south" in problem.sentence("en")


def test_an_item_of_an_item_of_an_item_has_no_short_id() -> None:
    inner = 'more = "?"\nlabel = ["{0}.n"]'
    text = (
        SOUND + ask("in1", inner.format("in1"), kind="collect", within="teams") + ask("in1.n", within="in1")
    )
    assert find_problems(source(text)) == ()
    text += ask("in2", inner.format("in2"), kind="collect", within="in1") + ask("in2.n", within="in2")
    assert [(problem.key, problem.where) for problem in find_problems(source(text))] == [
        ("prefix_missing", "in2")
    ]


def test_the_item_around_a_list_must_be_one_that_the_strategy_knows() -> None:
    text = SOUND.replace(
        "count = { max = 4 }", 'count = { max = 4 }\nfield = "candidates[]"\nparent = "cluster"'
    )
    assert keys(find_problems(source(text))) == ["parent_does_not_fit"]


def test_a_rename_onto_a_step_that_another_rename_made_collides() -> None:
    text = SOUND + (
        '\n[[migrate]]\nto = 2\nrename = { "a" = "part.name" }\n'
        '[[migrate]]\nto = 3\nrename = { "b" = "part.name" }\n'
    )
    assert keys(find_problems(source(text))) == ["rename_onto_itself"]


def test_renames_may_follow_one_another_and_swap() -> None:
    text = SOUND + (
        '\n[[migrate]]\nto = 2\nrename = { "a" = "b", "c" = "part.words" }\nretire = ["old"]\n'
        '[[migrate]]\nto = 3\nretire = ["x.old"]\n'
        'rename = { "b" = "part.name", "x" = "teams", "teams" = "x" }\n'
    )
    assert keys(find_problems(source(text))) == ["renamed_to_nothing"]  # x, which "teams" became
    assert find_problems(source(text.replace(', "x" = "teams", "teams" = "x"', ""))) == ()


def test_asking_order_counts_and_not_only_the_order_in_the_file() -> None:
    text = (
        SOUND
        + ask("late", 'basis = ["ready.q"]').replace('in = "part"', 'in = "part"')
        + ask("ready.q", within="")
    )
    assert keys(find_problems(source(text))) == ["names_later"]
    # In the file it comes first, but the section that it stands in is asked after "part".
    text = SOUND + (
        '\n[[step]]\nid = "tail"\nkind = "section"\ntitle = "Tail"\n'
        + ask("tail.q", within="tail") + ask("part.last", 'basis = ["tail.q"]')
    )  # fmt: skip
    assert keys(find_problems(source(text))) == ["names_later"]


@pytest.mark.parametrize(
    "condition",
    [
        '{ not = { answer = "part.kind", any_of = ["firm", "public"] } }',  # it may be declined
        '{ all = [{ answer = "part.marks", has = "red" }, { answer = "part.marks", has = "blue" }] }',
        '{ any = [{ answer = "part.kind", is = "firm" }, { answer = "part.kind", is = "public" }] }',
        '{ all = [{ parked = "part.kind" }, { not = { answered = "part.name" } }] }',
        '{ count = "teams", at_least = 3 }',
    ],
)
def test_a_condition_that_can_hold_is_left_alone(condition: str) -> None:
    assert find_problems(source(SOUND + ask("may", f"when = {condition}"))) == ()


@pytest.mark.parametrize(
    "condition",
    [
        '{ all = [{ parked = "part.kind" }, { answered = "part.kind" }] }',
        '{ all = [{ answered = "part.name" }, { not = { answered = "part.name" } }] }',
        f"{{ not = {{ any = [{FIRM}, {{ not = {FIRM} }}] }} }}",
        f"{{ all = [{{ answered = 'part.kind' }}, {{ not = {FIRM} }}, {{ not = {PUBLIC} }}] }}",
        '{ not = { count = "teams", at_least = 0 } }',
    ],
)
def test_a_condition_that_cannot_hold_is_told(condition: str) -> None:
    assert keys(find_problems(source(SOUND + ask("cannot", f"when = {condition}")))) == ["never_true"]


def test_a_huge_condition_is_not_worked_out() -> None:
    pair = '{ any = [{ answer = "part.kind", is = "firm" }, { answered = "part.name" }] }'
    condition = f"{{ all = [{', '.join([pair] * 40)}] }}"
    assert find_problems(source(SOUND + ask("huge", f"when = {condition}"))) == ()


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "no_header"),
        (b"\xff\xfe" + SOUND.encode("utf-16-le"), "not_utf8"),
        (SOUND.encode().replace(b"Sound", b"So\xffnd"), "not_utf8"),
        (b"#" * 2_000_001, "too_large"),
        (b"a" + b".a" * 50_000 + b" = 1", "out_of_bounds"),
        (b"a = " + b"[" * 50_000, "not_toml"),
        (SOUND.encode().replace(b"version = 3", b"version = " + b"9" * 5_000), "not_toml"),
        (SOUND.encode() + b"minutes = inf\n", "out_of_bounds"),
        (b"[[step]]\n" * 2_001, "too_many_steps"),
        (SOUND.encode().replace(b'languages = ["en"]', b'languages = ["EN"]'), "bad_languages"),
        (SOUND.encode().replace(b'languages = ["en"]', b'languages = ["en", "en"]'), "double_language"),
        (SOUND.encode()[: SOUND.index("[[step]]")], "no_steps"),
        (b"x = 1\n" + SOUND.encode(), "unknown_table"),
        (b"step = 5\n", "no_header"),
    ],
)
def test_what_is_hardly_a_script_is_a_problem_and_no_crash(data: bytes, key: str) -> None:
    assert key in keys(find_problems(source(data)))


def test_a_condition_nested_beyond_measure_is_told() -> None:
    condition = '{ answered = "part.name" }'
    for _ in range(60):
        condition = f"{{ not = {condition} }}"
    assert keys(find_problems(source(SOUND + ask("deep", f"when = {condition}")))) == ["out_of_bounds"]


def test_telling_faults_has_an_end() -> None:
    problems = find_problems(source(SOUND + ask("endless", "".join(f"zz{n}zz = 1\n" for n in range(5_000)))))
    assert len(problems) == MOST_PROBLEMS + 1
    assert "many_more" in keys(problems)


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("", "")])
def test_line_ends_and_a_byte_order_mark_do_no_harm(change: tuple[str, str]) -> None:
    text = SOUND + ask("end", "shrot = 'S'")
    data = b"\xef\xbb\xbf" + text.replace(*change).encode() if change[0] else b"\xef\xbb\xbf" + text.encode()
    (problem,) = find_problems(source(data))
    assert problem.line == line_of(text, "shrot")


def test_what_a_problem_shows_of_a_script_is_harmless() -> None:
    (problem,) = find_problems(source(SOUND + ask("shown", 'good = "{{ \\u001b]0;x\\u0007 }}"')))
    assert problem.key == "not_plain"
    assert "\x1b" not in str(problem)


def test_a_key_in_quotes_is_found_at_its_line() -> None:
    text = SOUND + ask("quoted", '"shrot" = "S"')
    (problem,) = find_problems(source(text))
    assert problem.line == line_of(text, '"shrot"')


def test_a_line_in_a_long_text_is_not_taken_for_a_table() -> None:
    text = SOUND + ask("long", 'good = """\n[[step]]\nid = "no"\n"""') + ask("after", "shrot = 'S'")
    (problem,) = find_problems(source(text))
    assert (problem.where, problem.line) == ("after", line_of(text, "shrot"))


def test_a_circle_of_parents_is_told_once() -> None:
    text = SOUND + "".join(
        f'\n[[step]]\nid = "ring{n}"\nin = "ring{(n + 1) % 3}"\nkind = "section"\ntitle = "R"\n'
        for n in range(3)
    )
    problems = [problem for problem in find_problems(source(text)) if problem.key != "empty_container"]
    assert [(problem.key, problem.where) for problem in problems] == [
        ("parent_in_itself", "ring0"),
        ("parent_in_itself", "ring1"),
    ]
