"""A translation file that is made, or refreshed: what is missing gets a place, what people wrote stays."""

from __future__ import annotations

import tomllib

import pytest

from bsc_coach.digest import digest_of
from bsc_coach.errors import UsageError
from bsc_coach.script.loader import ScriptErrors, bundled_source, load_script
from bsc_coach.script.source import ScriptSource
from bsc_coach.script.translation import refreshed, translation_skeleton
from bsc_coach.script.validation import find_problems
from tests.script.test_translations import BASE, translated
from tests.support.faulty_scripts import source

NEW_STEP = """
[[step]]
id = "part.mood"
in = "part"
kind = "choice"
ask = "Which mood?"
help = "One."
choices = [{ id = "gay", text = "Gay" }, { id = "sad", text = "Sad" }]
"""


def refreshed_source(base: str, sidecar: str) -> ScriptSource:
    return source(base, nl=refreshed(source(base, nl=sidecar), "nl").text)


def test_without_a_file_every_text_gets_a_place() -> None:
    told = refreshed(source(BASE), "nl")
    assert told.text == translation_skeleton(source(BASE), "nl")
    assert told.added == told.text.count('= ""')


def test_a_whole_translation_stays_as_it_is_to_the_byte() -> None:
    bundled = bundled_source()
    assert refreshed(bundled, "nl").text.encode() == bundled.translations["nl"]
    windows = bundled.translations["nl"].replace(b"\n", b"\r\n")
    again = ScriptSource(bundled.name, bundled.base, {"nl": windows})
    assert refreshed(again, "nl").text.encode() == windows


def test_a_new_question_gets_its_texts_and_its_digests() -> None:
    base, sidecar = BASE + NEW_STEP, "# Mine\n" + translated() + "\n# The end\n"
    told = refreshed(source(base, nl=sidecar), "nl")
    assert (told.added, told.changed) == (4, 0)
    assert told.text.startswith(sidecar.rstrip())
    table = tomllib.loads(told.text)["part.mood"]
    assert table["ask"] == ""
    assert table["ask_of"] == digest_of("Which mood?")
    assert table["choice.sad_of"] == digest_of("Sad")
    (problem,) = find_problems(source(base, nl=told.text))
    assert (problem.key, problem.where) == ("translation_missing", "part.mood")
    written = told.text.replace('= ""', '= "Woorden"')
    assert find_problems(source(base, nl=written)) == ()
    assert load_script(source(base, nl=written)).translations["nl"]["part.mood"]["ask"] == "Woorden"


def test_a_text_that_is_missing_in_a_table_is_added_at_its_end() -> None:
    lines = translated().splitlines()
    at = lines.index("# Which words?")
    without = "\n".join([*lines[:at], *lines[at + 3 :]]) + "\n"
    told = refreshed(source(BASE, nl=without), "nl")
    assert told.added == 1
    block = told.text[told.text.index('["part.words"]') :]
    block = block[: block.index("\n\n")]
    assert block.endswith(f'# Which words?\nask = ""\nask_of = "{digest_of("Which words?")}"')


def test_what_was_changed_is_marked_and_the_mark_goes_once_it_was_looked_at() -> None:
    base = BASE.replace('ask = "Which words?"', 'ask = "Which other words?"')
    told = refreshed(source(base, nl=translated()), "nl")
    assert (told.added, told.changed) == (0, 1)
    (mark,) = [line for line in told.text.splitlines() if line.startswith("#!")]
    assert "Which other words?" in mark
    assert digest_of("Which other words?") in mark
    lines = told.text.splitlines()
    assert lines[lines.index(mark) + 1] == f'ask_of = "{digest_of("Which words?")}"'
    assert told.text.replace(mark + "\n", "").rstrip() == translated().rstrip()
    # Once more changes nothing; another wording replaces the mark; a digest put right takes it away.
    assert refreshed(source(base, nl=told.text), "nl").text == told.text
    other = BASE.replace('ask = "Which words?"', 'ask = "Whose words?"')
    assert refreshed(source(other, nl=told.text), "nl").text.count("#!") == 1
    done = told.text.replace(digest_of("Which words?") + '"', digest_of("Which other words?") + '"')
    assert "#!" not in refreshed(source(base, nl=done), "nl").text
    assert find_problems(refreshed_source(base, done)) == ()


def test_what_belongs_to_no_question_any_more_is_kept_and_told() -> None:
    sidecar = translated() + '\n["part.gone"]\nask = "Weg"\nask_of = "0"\n'
    told = refreshed(source(BASE, nl=sidecar), "nl")
    assert told.text.rstrip() == sidecar.rstrip()
    assert [problem.key for problem in told.gone] == ["translates_no_step"]


def test_a_text_that_waits_follows_its_original_without_a_mark() -> None:
    base = BASE.replace('ask = "Which words?"', 'ask = "Which other words?"')
    told = refreshed(source(base, nl=translation_skeleton(source(BASE), "nl")), "nl")
    assert "#!" not in told.text
    assert told.changed == 0
    assert told.empty == told.text.count('= ""')
    assert tomllib.loads(told.text)["part.words"]["ask_of"] == digest_of("Which other words?")
    assert "# Which other words?" in told.text


def test_a_translation_without_a_digest_gets_one() -> None:
    line = f'ask_of = "{digest_of("Which words?")}"\n'
    assert line in translated()
    told = refreshed(source(BASE, nl=translated().replace(line, "")), "nl")
    assert (told.added, told.undated) == (0, 1)
    assert find_problems(source(BASE, nl=told.text)) == ()


def test_a_file_that_cannot_be_read_is_not_touched() -> None:
    for sidecar in ('["part.words"\nask = "x"\n', '["part.words"]\nask = 3\n'):
        with pytest.raises(ScriptErrors):
            refreshed(source(BASE, nl=sidecar), "nl")
    with pytest.raises(UsageError):
        refreshed(source(BASE), "en")
