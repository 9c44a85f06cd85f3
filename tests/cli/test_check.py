"""The coach on the command line: checking sessions, files and lists of wordings, and explaining a rule."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bsc_coach.coach.catalogue import rules as all_rules
from bsc_coach.coach.lexicon.word_lists import LANGUAGES
from tests.support.cli import Ran, one_sentence

Run = Callable[..., Ran]

GOOD = {
    "name": "Median days from referral to first visit",
    "unit": "days",
    "direction": "down",
    "baseline": 31,
    "target": 14,
    "formula": "median(visit date − referral receipt)",
    "frequency": "weekly",
    "target_date": "2028-12",
    "owner": "Director Outpatient Care",
}


def answers(ran: Ran) -> list[dict[str, Any]]:
    """Return the answers, one a line."""
    return [json.loads(line) for line in ran.out.splitlines()]


def rules_named(answer: dict[str, Any]) -> list[str]:
    """Return which rules one answer names."""
    return [one["rule"] for one in answer["findings"]]


def kpis(run: Run, *lines: object, lang: str = "en", today: str = "2026-11-18") -> list[dict[str, Any]]:
    """Return the answers to KPIs."""
    typed = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)
    return answers(run("check", "--wording", "kpi", "--lang", lang, "--today", today, typed=typed))


def test_a_clean_session(run: Run, riverbend: Path) -> None:
    ran = run("check", riverbend)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.strip() == "No remarks."
    ran = run("check", riverbend / "strategy.toml", "--format", "json")
    assert (ran.code, json.loads(ran.out)) == (0, {"findings": []})


def test_a_session_just_begun(run: Run, begun: Path) -> None:
    ran = run("check", begun, "--min-severity", "settle")
    assert ran.code == 1
    assert all(line.startswith("to settle") for line in ran.out.splitlines())
    (line,) = [line for line in ran.out.splitlines() if "M01" in line]
    assert "Innovation" in line
    assert "Operations" in line
    assert ran.err.strip() == "4 remarks."  # one of each cluster


def test_what_several_items_lack_is_one_line_of_text_and_a_finding_each_for_machines(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "strategy.toml"
    objectives = "".join(
        f'[[candidates]]\nid = "O{n}"\ncluster = "operations"\ntitle = "Shorten step {n}"\nselected = true\n'
        f'[[objectives]]\nid = "O{n}"\ntitle = "Shorten step {n}"\n'
        for n in (1, 2, 3)
    )
    file.write_text(f'format = 1\n[organisation]\nname = "Riverside"\n{objectives}', encoding="utf-8")
    ran = run("check", file)
    lines = ran.out.splitlines()
    (unmeasured,) = [line for line in lines if " M20 " in line]
    assert unmeasured.startswith("to settle  M20  ")
    assert "O1, O2, O3" in unmeasured
    (unowned,) = [line for line in lines if " M23 " in line]
    assert "0 of" not in unowned
    signs = [("to settle", "warning", "hint").index(line[:9].strip()) for line in lines]
    assert signs == sorted(signs)
    found = json.loads(run("check", file, "--format", "json").out)["findings"]
    assert [one["about"] for one in found if one["rule"] == "M20"] == [["O1"], ["O2"], ["O3"]]
    assert len({one["say"] for one in found if one["rule"] == "M20"}) == 3
    assert ran.err.strip() == f"{len(found)} remarks."
    assert len(lines) < len(found)


def spoilt(folder: Path) -> Path:
    """Make a fault in the file of the sample: a target on the wrong side."""
    file = folder / "strategy.toml"
    text = file.read_text(encoding="utf-8")
    assert text.count("target = 14\n") == 2
    file.write_text(text.replace("target = 14\n", "target = 44\n", 1), encoding="utf-8")
    return file


def test_a_fault_in_a_file(run: Run, riverbend: Path) -> None:
    file = spoilt(riverbend)
    ran = run("check", file, "--format", "json")
    first = json.loads(ran.out)["findings"][0]
    assert ran.code == 1
    assert (first["rule"], first["severity"], first["about"]) == ("K05", "settle", ["O1.1"])
    dutch = json.loads(run("check", file, "--format", "json", "--lang", "nl").out)["findings"]
    assert next(one["say"] for one in dutch if one["rule"] == "K05") != first["say"]


def test_sarif(run: Run, riverbend: Path) -> None:
    file = spoilt(riverbend)
    log = json.loads(run("check", file, "--format", "sarif").out)
    assert log["version"] == "2.1.0"
    (one,) = log["runs"]
    assert one["tool"]["driver"]["name"] == "bsc-coach"
    first = next(result for result in one["results"] if result["ruleId"] == "K05")
    assert first["level"] == "error"
    assert one["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == "K05"
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"].endswith("strategy.toml")
    line = file.read_text(encoding="utf-8").split("\n")[place["region"]["startLine"] - 1]
    assert line == 'id = "O1.1"'
    assert {result["level"] for result in one["results"]} <= {"error", "warning", "note"}


def test_wordings_line_by_line(run: Run) -> None:
    lines = ["Shorten the wait for a first visit", "", "tbd", "Implement a new planning system"]
    ran = run("check", "--wording", "objective", typed="\n".join(lines) + "\n")
    told = answers(ran)
    assert ran.code == 0
    assert [one["text"] for one in told] == lines
    assert rules_named(told[0]) == rules_named(told[1]) == []
    assert rules_named(told[2]) == ["O22"]
    assert "O03" in rules_named(told[3])
    assert set(told[3]["findings"][0]) == {"rule", "severity", "say"}


def test_rows_and_kinds(run: Run) -> None:
    money = "Increase EBITDA margin\n"
    assert "O17" in rules_named(answers(run("check", "--wording", "objective", typed=money))[0])
    financial = run("check", "--wording", "objective", "--row", "financial", typed=money)
    assert "O17" not in rules_named(answers(financial)[0])
    promise = run("check", "--wording", "promise", "--lang", "nl", typed="Wij leveren snel\n")
    assert "O19" in rules_named(answers(promise)[0])
    segment = run("check", "--wording", "segment", typed="Everyone with a car\n")
    assert "V01" in rules_named(answers(segment)[0])
    statement = run("check", "--wording", "proposition", typed="Innovative solutions with added value\n")
    assert "V10" in rules_named(answers(statement)[0])


def test_kpi_lines(run: Run) -> None:
    told = kpis(
        run,
        GOOD,
        {**GOOD, "target": 45},
        {**GOOD, "owner": "HR", "frequency": "once a year", "target_date": "June 2028"},
        {"name": "Quality"},
        {**GOOD, "baseline": "unknown, measured by 2027-03"},
        {**GOOD, "baseline": "unknown"},
        {**GOOD, "target_date": "Q4 2028"},
        {**GOOD, "target_date": "as soon as possible"},
        {**GOOD, "id": 17, "note": ["anything"]},
    )
    assert [rules_named(one) for one in told] == [
        [],
        ["K05"],
        ["K18", "K20"],
        ["K04", "K08", "K01", "K07", "K18"],
        [],
        ["K07"],
        [],
        ["K08"],
        [],
    ]
    assert [one["text"] for one in told[:4]] == [GOOD["name"]] * 3 + ["Quality"]


def test_numbers_as_the_language_writes_them(run: Run) -> None:
    dutch = {
        "name": "Mediane doorlooptijd van orders",
        "unit": "dagen",
        "direction": "omlaag",
        "formula": "mediaan(oplevering − order)",
        "frequency": "wekelijks",
        "target_date": "31-12-2028",
        "owner": "Hoofd Productie",
    }
    told = kpis(
        run,
        {**dutch, "baseline": "12,5", "target": "8,5"},
        {**dutch, "baseline": "8,5", "target": "12,5 dagen"},
        {**dutch, "baseline": "1.250", "target": "900"},
        lang="nl",
    )
    assert [rules_named(one) for one in told] == [[], ["K05"], []]
    (asked,) = kpis(run, {**GOOD, "target": "1.234"})
    assert asked["findings"] == []
    assert "1234" in asked["fault"]


def test_fields_that_were_not_asked_for_are_not_missed(run: Run) -> None:
    fix = {**GOOD, "name": "First-time fix on service visits", "unit": "%", "formula": "fixed ÷ visits × 100"}
    fix |= {"direction": "up", "baseline": 60, "target": 80}
    guarded = {**fix, "guard": "No second visit within 30 days"}
    told = kpis(run, fix, {**fix, "guard": None}, guarded)
    assert [rules_named(one) for one in told] == [[], ["K22"], []]


def answer_between(run: Run, line: str) -> dict[str, Any]:
    """Return what is said of a broken line that stands between two good ones."""
    ran = run("check", "--wording", "kpi", typed=f"{json.dumps(GOOD)}\n{line}\n{json.dumps(GOOD)}\n")
    told = answers(ran)
    assert ran.code == 1
    assert [bool(one.get("fault")) for one in told] == [False, True, False]
    assert "\n" not in told[1]["fault"]
    assert ran.err == ""
    return told[1]


@pytest.mark.parametrize("line", ["not json", "[1, 2]", '"text"', "[" * 100_000], ids=lambda line: line[:40])
def test_broken_lines_are_answered_in_their_place(run: Run, line: str) -> None:
    assert answer_between(run, line)["findings"] == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "[1]"),
        ("target", "true"),
        ("target", "NaN"),
        ("target", "1e999"),
        ("target", "9" * 400),
        ("target", '{"x": 1}'),
        ("target_date", '"2028-02-31"'),
        ("target_date", "[2028]"),
        ("baseline", '"between 5 and 9"'),
    ],
    ids=lambda told: told[:40],
)
def test_a_field_that_cannot_be_read_is_told_and_the_others_are_looked_at(
    run: Run, field: str, value: str
) -> None:
    said = {**GOOD, field: "@", "owner": "Everyone"}
    told = answer_between(run, json.dumps(said).replace('"@"', value))
    assert told["fault"].startswith(f"{field}: ")
    assert rules_named(told) == ["K18"]  # nothing of the field itself, as if it were missing


HOSTILE = [
    "\u202eevil",
    "\x1b[31mred",
    "🚑" * 200,
    "word " * 20_000,
    "{word} %s {}",
    "مرحبا بالعالم",
    "\ufeffShorten the wait",
]


@pytest.mark.parametrize("kind", ["objective", "promise", "segment", "proposition", "kpi"])
def test_hostile_lines(run: Run, kind: str) -> None:
    ran = run("check", "--wording", kind, typed="\n".join(HOSTILE) + "\n")
    assert len(answers(ran)) == len(HOSTILE)
    assert answers(run("check", "--wording", kind, typed="")) == []


@pytest.mark.parametrize("kind", ["objective", "promise", "segment", "proposition", "kpi"])
def test_a_line_that_is_not_utf8_is_not_judged(run: Run, kind: str) -> None:
    good = b'{"name": "Caf\xc3\xa9s open"}' if kind == "kpi" else b"Open caf\xc3\xa9s"
    ran = run("check", "--wording", kind, typed=good.replace(b"\xc3\xa9", b"\xe9") + b"\n" + good + b"\n")
    lost, whole = answers(ran)
    assert ran.code == 1
    assert "not UTF-8" in str(lost["fault"])
    assert lost["findings"] == []
    assert "fault" not in whole


def test_min_severity_filters_wordings(run: Run) -> None:
    ran = run("check", "--wording", "kpi", "--min-severity", "settle", typed='{"name": "Quality"}\n')
    assert rules_named(answers(ran)[0]) == ["K04", "K08"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("check", "somewhere", "--wording", "kpi"),
        ("check", "--wording", "haiku"),
        ("check", "--wording", "objective", "--row", "moon"),
        ("check", "--wording", "kpi", "--lang", "fr"),
        ("check", "--wording", "kpi", "--today", "tomorrow"),
        ("check", "x", "--format", "xml"),
        ("check", "x", "--min-severity", "loud"),
        ("explain", "Z99"),
        ("explain", "\x1b[31m"),
        ("explain", "K05", "--lang", "fr"),
    ],
)
def test_what_cannot_be_meant(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert one_sentence(ran)


def test_no_session_and_no_strategy(run: Run, tmp_path: Path) -> None:
    assert run("check", tmp_path / "nowhere").code == 1
    broken = tmp_path / "strategy.toml"
    broken.write_text("objectives = 5\n", encoding="utf-8")
    ran = run("check", broken)
    assert ran.code == 1
    fault, summary = ran.err.splitlines()
    assert fault == f"{broken}:1: objectives: The brackets are not right here. Write [[objectives]]."
    assert "has 1 fault" in summary


def test_checking_changes_nothing(run: Run, begun: Path) -> None:
    before = {path: path.read_bytes() for path in begun.rglob("*") if path.is_file()}
    run("check", begun)
    assert {path: path.read_bytes() for path in begun.rglob("*") if path.is_file()} == before


def test_today_can_be_told(run: Run, riverbend: Path) -> None:
    late = run("check", riverbend, "--today", "2035-01-01", "--format", "json")
    assert late.code == 1
    assert "K08" in {one["rule"] for one in json.loads(late.out)["findings"]}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(all_rules()))
def test_every_rule_explains_itself(run: Run, name: str, language: str) -> None:
    ran = run("explain", name.lower(), "--lang", language)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0].startswith(name)
    assert sum(1 for line in lines if line.startswith("  – ")) >= 2


@pytest.mark.parametrize(
    ("name", "language", "line"),
    [
        ("O01", "en", "Heard: as soon as the answer is in"),
        ("V02", "en", "Heard: in the review of the whole, and by check"),
        ("M03", "nl", "Te horen: zodra de lijst links[] af is"),
        ("M07", "nl", "Te horen: bij het terugkijken op het geheel, en met check"),
        ("K19", "en", "Misses: kpis[].source"),
        ("M10", "en", "Heard: at the answer to links[].because, on the item it is about"),
        ("M14", "en", "Heard: once every answer to objectives[].horizon is in"),
        ("O03", "nl", "Maakt overbodig: O01, O10"),
        ("O22", "en", "Makes superfluous: every other remark"),
        ("O02", "en", "And then: comes before other remarks as serious"),
        ("O05", "en", "And then: /save keeps the answer as a KPI"),
        ("M17", "nl", "En dan: het gesprek biedt aan er een weg te laten (/demote), te parkeren (/shelve)"),
    ],
)
def test_a_rule_tells_when_it_is_heard_and_what_follows(
    run: Run, name: str, language: str, line: str
) -> None:
    told = run("explain", name, "--lang", language).out.splitlines()
    assert any(one.startswith(line) for one in told), told


def test_who_asks_for_a_rule_that_there_is_not_hears_which_there_are(run: Run) -> None:
    told = run("explain", "Z99").err
    last = {name[0]: name for name in all_rules()}
    assert all(f"{letter}01 to {name}" in told for letter, name in last.items())


def test_a_rule_tells_nothing_of_what_it_does_not_do(run: Run) -> None:
    told = run("explain", "M03", "--lang", "en").out
    assert "superfluous" not in told
    assert "And then" not in told


def test_several_files_are_each_told_by_name_and_the_worst_counts(
    run: Run, riverbend: Path, begun: Path, tmp_path: Path
) -> None:
    fine, faulty = riverbend / "strategy.toml", begun / "strategy.toml"
    broken = tmp_path / "broken.toml"
    broken.write_text("language = ", encoding="utf-8")
    ran = run("check", fine, riverbend)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.splitlines() == [f"{fine}: No remarks.", f"{riverbend}: No remarks."]
    ran = run("check", broken, faulty, fine, "--min-severity", "warn")
    assert ran.code == 1
    assert {line.partition(": ")[0] for line in ran.out.splitlines()} == {str(faulty)}
    told = [line.partition(": ")[0] for line in ran.err.splitlines()]
    assert told == [f"{broken}:1", str(broken), str(faulty), str(fine)]


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_a_form_for_programs_takes_one_file(form: str, run: Run, riverbend: Path) -> None:
    ran = run("check", riverbend, riverbend / "strategy.toml", "--format", form)
    assert (ran.code, ran.out) == (2, "")
    assert f"--format {form} takes one" in one_sentence(ran)


@pytest.mark.parametrize(
    ("language", "word"), [("en", "How would customers"), ("nl", "Waaraan merken klanten")]
)
def test_explain_speaks_of_customers_in_general(language: str, word: str, run: Run) -> None:
    told = run("explain", "V14", "--lang", language).out
    assert word in told
    assert "{customers}" not in told


def test_what_a_short_session_leaves_aside_is_no_remark(run: Run, tmp_path: Path) -> None:
    run("demo", "riverbend_half_day", "--to", tmp_path / "half")
    ran = run("check", tmp_path / "half")
    assert [line.split()[1:3] for line in ran.out.splitlines()] == [["O05", "CM2"]]  # it was kept, because …
    # The file alone does not know what was left aside.
    assert "K19" in run("check", tmp_path / "half" / "strategy.toml").out
