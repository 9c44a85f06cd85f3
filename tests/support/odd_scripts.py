"""Scripts that a session must run on: those of the documentation and of the tests, and odd but sound ones."""

from __future__ import annotations

import json
from pathlib import Path

from bsc_coach.script.loader import ScriptSource, bundled_source
from tests.interview.test_texts import VARIED
from tests.support.faulty_scripts import SOUND, source
from tests.support.scripts import BAKERY, source_of

HEAD = '[script]\nid = "odd"\nversion = 1\ntitle = "Odd"\nlanguages = ["en"]\n'


def step(name: str, kind: str, *more: str, within: str = "") -> str:
    """Return a step with the texts that its kind needs, and more lines."""
    around = [f'in = "{within}"'] if within else []
    texts = (
        [f'title = "The {name}"'] if kind in ("section", "fixed", "for_each") else [f'ask = "Which {name}?"']
    )
    texts += [] if texts[0].startswith("title") else ['help = "Help."']
    texts += ['more = "Another one?"'] if kind == "collect" else []
    return "\n".join(["", "[[step]]", f'id = "{name}"', *around, f'kind = "{kind}"', *texts, *more, ""])


def listed(name: str, *more: str, prefix: str = "L") -> str:
    """Return a list with a text that names its items."""
    head = step(name, "collect", f'prefix = "{prefix}"', f'label = ["{name}.name"]', *more)
    return head + step(f"{name}.name", "text", within=name)


def fills(name: str) -> str:
    """Return the line that names a place in the strategy."""
    return f'field = "{name}"'


def one_from(*lists: str) -> str:
    """Return the lines that let one item of some lists be picked."""
    return f"from = {json.dumps(lists)}\ncount = {{ max = 1 }}"


YES_NO = 'choices = [{ id = "yes", text = "Yes" }, { id = "no", text = "No" }]'
PLACES = (
    'items = [{ id = "north", text = "North", prefix = "N" }, { id = "south", text = "South", prefix = "S" }]'
)
OPERATIONS = 'items = [{ id = "operations", text = "Operations", prefix = "O" }]'
POINTS = listed("points", fills("promises[]"), prefix="P") + listed("people", fills("enablers[]"), prefix="E")
AIMS = listed("aims", fills("objectives[]"), prefix="O")
ODD = {
    "a text alone": step("name", "text"),
    "a look back alone": step("ready", "confirm"),
    "one of each kind": "".join(
        step(kind, kind, *([YES_NO] if kind in ("choice", "several") else []))
        for kind in ("text", "long_text", "number", "date", "choice", "several", "confirm")
    ),
    "a list": listed("wishes"),
    "a list that holds other kinds first": step("votes", "collect", 'prefix = "V"', 'label = ["why"]')
    + step("ready", "confirm", within="votes")
    + step("about", "collect", 'label = ["about.name"]', within="votes")
    + step("about.name", "text", within="about")
    + step("number", "number", within="votes")
    + step("why", "text", within="votes"),
    "a fixed list with a list in it": step("places", "fixed", PLACES)
    + step("goals", "collect", 'label = ["goals.name"]', within="places")
    + step("goals.name", "text", within="goals"),
    "a pick without a list around it": listed("wishes") + step("best", "pick", one_from("wishes")),
    "a pick that marks, without a list around it": step("clusters", "fixed", fills("clusters[]"), OPERATIONS)
    + step(
        "long", "collect", fills("candidates[]"), 'parent = "cluster"', 'label = ["title"]', within="clusters"
    )
    + step("title", "text", fills("candidates[].title"), within="long")
    + step("vital", "pick", fills("candidates[].selected"), 'from = ["long"]'),
    "a round on the agenda": listed("wishes")
    + step("round", "for_each", 'over = ["wishes"]', 'layout = "table"')
    + step("round.vote", "number", within="round"),
    "a cause in a round that fills the links": POINTS
    + step("round", "for_each", fills("links[]"), 'over = ["people"]')
    + step("cause", "pick", fills("links[].cause"), one_from("people", "points"), within="round")
    + step("effect", "pick", fills("links[].effect"), one_from("points"), within="round")
    + step("because", "text", fills("links[].because"), within="round"),
    "links with an effect alone": POINTS
    + step("links", "collect", 'prefix = "X"', 'label = ["because"]', fills("links[]"), 'layout = "link"')
    + step("effect", "pick", fills("links[].effect"), one_from("points"), within="links")
    + step("because", "text", fills("links[].because"), within="links"),
    "objectives in a list of their own": AIMS
    + step("wording", "long_text", fills("objectives[].title"), 'coach = "objective"', within="aims")
    + step("horizon", "text", fills("objectives[].horizon"), within="aims"),
    "initiatives in a round": AIMS
    + step("doing", "for_each", fills("initiatives[]"), 'over = ["aims"]')
    + step("doing.what", "text", fills("initiatives[].title"), within="doing"),
    "fields of another kind": step("year", "long_text", fills("organisation.horizon_year"))
    + step("kind", "number", fills("organisation.kind"))
    + step("first", "several", fills("review.first"), YES_NO)
    + step("type", "text", fills("proposition.type"))
    + step("kpi", "text", 'coach = "kpi"'),
}
"""Shapes that the manual allows and the script that comes with the program does not have."""


def examples_of_docs() -> dict[str, ScriptSource]:
    """Return every whole script in the documentation."""
    found = {}
    for page in sorted((Path(__file__).parents[2] / "docs").glob("*.md")):
        for number, part in enumerate(page.read_text("utf-8").split("```toml\n")[1:], start=1):
            text = part.partition("```")[0]
            if text.startswith("[script]"):
                found[f"{page.name} {number}"] = source(text)
    return found


DOCS = examples_of_docs()
SOUND_SCRIPTS: dict[str, ScriptSource] = {
    **DOCS,
    "sound": source(SOUND),
    "bakery": source_of(BAKERY),
    "varied": source_of(VARIED),
    **{name: source(HEAD + text) for name, text in ODD.items()},
}
EVERY_SCRIPT = {**SOUND_SCRIPTS, "strategy_map": bundled_source()}
