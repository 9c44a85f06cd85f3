"""Comments in a strategy.toml: each follows what it belongs to, and none is lost; where everything stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bsc_coach.strategy.comments import with_comments
from bsc_coach.toml_places import places_of


@pytest.fixture(params=["riverbend", "brakelman"])
def text(request: pytest.FixtureRequest, sample_folder: Callable[[str], Path]) -> str:
    """The file of a sample, as it was written."""
    return (sample_folder(request.param) / "strategy.toml").read_text(encoding="utf-8")


def commented(text: str) -> str:
    """Return a file with a comment before and behind every line that can have one."""
    lines: list[str] = []
    for number, line in enumerate(text.split("\n")):
        if not line or line.startswith("#:schema"):
            lines.append(line)
            continue
        closes = line.strip() in ("]", "},")
        lines += [] if closes else [f"# before {number}"]
        lines.append(f"{line}  # behind {number}")
    return "\n".join(lines)


def comments_in(text: str) -> list[str]:
    return sorted(re.findall(r"# (?:before|behind) \d+", text))


def test_every_comment_is_put_back_where_it_was(text: str) -> None:
    old = commented(text)
    new = with_comments(old, text)
    assert comments_in(new) == comments_in(old)
    assert tomllib.loads(new) == tomllib.loads(text)
    assert with_comments(new, text) == new
    places = {one: line for line, told in enumerate(new.split("\n")) for one in comments_in(told)}
    for number in re.findall(r"# before (\d+)", old):
        assert places[f"# before {number}"] < places[f"# behind {number}"]


def test_what_is_gone_keeps_its_comments_at_the_end(text: str) -> None:
    new = with_comments(commented(text), "format = 1\n")
    assert len(comments_in(new)) < len(comments_in(commented(text)))  # told with their place: not in our form
    told = [line for line in new.split("\n") if "before" in line or "behind" in line]
    assert len(told) == len(comments_in(commented(text)))
    assert tomllib.loads(new) == {"format": 1}


def test_a_file_without_comments_is_left_alone(text: str) -> None:
    """The control."""
    assert with_comments(text, text) == text
    assert with_comments(text + "#:schema ./other.json", text) == text


def test_what_is_no_toml_has_no_comments_to_keep(text: str) -> None:
    assert with_comments("# mine\nname = [", text) == text


def paths(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the place of every value in a parsed file."""
    yield path
    for name, inner in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from paths(inner, (*path, name))


def test_everything_in_a_file_has_its_line(text: str) -> None:
    lines = text.split("\n")
    places = places_of(text)
    for path in paths(tomllib.loads(text)):
        if path:
            names = [part for part in path if isinstance(part, str)]
            assert path in places.lines
            around = "\n".join(lines[places.lines[path] - 1 :][:1])
            assert names[-1] in around or isinstance(path[-1], int)


def test_lines_of_what_people_write_otherwise() -> None:
    text = (
        'a.b."c d" = 1\n\n[x] # here\nlist = [\n  1, # one\n  { y = """\n# none\n""" },\n]\n[[t.u]]\nv = 2\n'
        "[[t.u]]\nv = '#' # two\n"
    )
    found = places_of(text)
    wanted = {("a", "b", "c d"): 1, ("x", "list", 1, "y"): 6, ("t", "u", 1, "v"): 13, ("x",): 3}
    assert {path: found.lines[path] for path in wanted} == wanted
    assert [(one.text, one.line, one.path, one.behind) for one in found.comments] == [
        ("# here", 3, ("x",), True),
        ("# one", 5, ("x", "list", 0), True),
        ("# two", 13, ("t", "u", 1, "v"), True),
    ]
