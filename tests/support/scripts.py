"""A small script that holds every construct, and ways to make scripts of a few steps."""

from __future__ import annotations

import tomllib

from pydantic import TypeAdapter

from bsc_coach.script.loader import ScriptSource
from bsc_coach.script.model import Script, ScriptFile, Translation

BAKERY = """
[script]
id = "bakery"
version = 1
title = "Bakery"
languages = ["en"]

[[step]]
id = "about"
kind = "section"
title = "About"
minutes = 10

[[step]]
id = "organisation.name"
in = "about"
kind = "text"
short = "Name"
ask = "Which bakery?"
field = "organisation.name"
limit = { max_chars = 40 }
stand_in = "the bakery"

[[step]]
id = "organisation.kind"
in = "about"
kind = "choice"
short = "Kind"
ask = "What is {{ organisation.name }} there for?"
field = "organisation.kind"
choices = [ { id = "business", text = "To earn a return" }, { id = "public", text = "To fulfil a mission" } ]

[[step]]
id = "organisation.year"
in = "about"
kind = "number"
short = "Year"
ask = "Which year do you look at?"
stand_in = "that year"
field = "organisation.horizon_year"
limit = { integer = true, min = 2000, max = 2100 }

[[step]]
id = "organisation.ambition"
in = "about"
kind = "long_text"
short = "Ambition"
ask = "What do you see in {{ organisation.year }}?"
field = "organisation.ambition"
basis = ["organisation.year"]
limit = { min_chars = 5, max_chars = 200 }

[[step]]
id = "organisation.values"
in = "about"
kind = "long_text"
short = "Values"
ask = "Which values?"
field = "organisation.values"
optional = true

[[step]]
id = "slogan"
in = "about"
kind = "text"
short = "Slogan"
ask = "Which slogan?"
basis = ["organisation.ambition"]
on_stale = "reask"

[[step]]
id = "motto"
in = "about"
kind = "text"
short = "Motto"
ask = "Which motto?"
basis = ["organisation.year"]
on_stale = "keep"
optional = true

[[step]]
id = "opened"
in = "about"
kind = "date"
short = "Opened"
ask = "When did you open?"
when = { answer = "organisation.kind", is = "business" }

[[step]]
id = "shop"
kind = "section"
title = "Shop"
minutes = 5

[[step]]
id = "goods"
in = "shop"
kind = "collect"
short = "Goods"
ask = "What do you make?"
more = "What else?"
field = "processes[]"
prefix = "P"
label = ["goods.name"]
count = { min = 1, max = 4 }
layout = "card"

[[step]]
id = "goods.name"
in = "goods"
kind = "text"
short = "Name"
ask = "What is it called?"
stand_in = "it"
field = "processes[].name"
limit = { min_chars = 2, max_chars = 40, unique_in = "goods" }

[[step]]
id = "goods.value"
in = "goods"
kind = "choice"
short = "Value"
ask = "Would they pay for {{ goods.name }}?"
field = "processes[].value_type"
choices = [
  { id = "value", text = "Yes" },
  { id = "needed", text = "No, but we must" },
  { id = "waste", text = "No" },
]

[[step]]
id = "goods.waste"
in = "goods"
kind = "text"
short = "Waste"
ask = "Why do you make it?"
field = "processes[].bottleneck"
when = { answer = "goods.value", is = "waste" }

[[step]]
id = "clusters"
kind = "fixed"
title = "Processes"
field = "clusters[]"
items = [
  { id = "operations", text = "Operations", prefix = "O" },
  { id = "customer", text = "Customers", prefix = "CM" },
]

[[step]]
id = "candidates"
in = "clusters"
kind = "collect"
short = "Candidates"
ask = "{{ clusters.label }}: what must go better?"
more = "What else in {{ clusters.label }}?"
field = "candidates[]"
parent = "cluster"
label = ["objective.title", "candidates.title"]
count = { min = 1, max = 3 }
empty_field = "clusters[].empty_because"

[[step]]
id = "candidates.title"
in = "candidates"
kind = "text"
short = "Title"
ask = "What must become better?"
field = "candidates[].title"
limit = { min_chars = 3, max_chars = 60, unique_in = "candidates" }
coach = "objective"

[[step]]
id = "choosing"
kind = "section"
title = "Choosing"

[[step]]
id = "choose"
in = "choosing"
kind = "for_each"
title = "The few"
over = ["clusters"]

[[step]]
id = "vital"
in = "choose"
kind = "pick"
short = "Vital few"
ask = "{{ clusters.label }}: which few?"
field = "candidates[].selected"
from = ["candidates"]
count = { min = 1, max = 2 }
when = { count = "candidates", at_least = 1 }

[[step]]
id = "wording"
kind = "section"
title = "Wording"

[[step]]
id = "few"
in = "wording"
kind = "for_each"
title = "Each of the few"
field = "objectives[]"
over = [ { list = "candidates", each_when = { item_in = "vital" } } ]

[[step]]
id = "objective.title"
in = "few"
kind = "text"
short = "Objective"
ask = "How do you word “{{ few.label }}”?"
field = "objectives[].title"
basis = ["candidates.title"]
on_stale = "reask"
limit = { min_chars = 3, max_chars = 60, unique_in = "candidates" }

[[step]]
id = "objective.effects"
in = "few"
kind = "several"
short = "Effects"
ask = "What will people notice?"
field = "objectives[].effects"
optional = true
choices = [
  { id = "quality", text = "Quality" },
  { id = "speed", text = "Speed" },
  { id = "cost", text = "Cost" },
]

[[step]]
id = "kpis"
in = "few"
kind = "collect"
short = "KPIs"
ask = "How will you see “{{ few.label }}”?"
more = "Another one for “{{ few.label }}”?"
field = "kpis[]"
parent = "measures"
label = ["kpis.name"]
count = { max = 2 }
layout = "card"

[[step]]
id = "kpis.name"
in = "kpis"
kind = "text"
short = "Name"
ask = "What do you measure?"
stand_in = "this measure"
field = "kpis[].name"

[[step]]
id = "kpis.target"
in = "kpis"
kind = "number"
short = "Target"
ask = "What should {{ kpis.name }} become?"
field = "kpis[].target"

[[step]]
id = "kpis.process"
in = "kpis"
kind = "pick"
short = "Process"
ask = "In which step of the work?"
field = "kpis[].process"
optional = true
from = ["goods"]
count = { min = 1, max = 1 }

[[step]]
id = "ending"
kind = "section"
title = "Ending"

[[step]]
id = "ending.confirm"
in = "ending"
kind = "confirm"
short = "Confirm"
ask = "Is this it?"
of = ["about", "shop", "clusters", "choosing", "wording"]
"""


def with_help(toml: str) -> str:
    """Return a script in which every question has the help that a script must have."""
    lines = toml.splitlines()
    return "\n".join(
        f'{line}\nhelp = "Say it in your own words."' if line.startswith("ask = ") else line for line in lines
    )


def script_of(toml: str, translations: dict[str, Translation] | None = None) -> Script:
    """Return the script that a TOML text tells."""
    told = TypeAdapter(ScriptFile).validate_python(tomllib.loads(with_help(toml)))
    return Script(told.script, told.step, told.migrate, translations or {})


def source_of(toml: str) -> ScriptSource:
    """Return a TOML text as the source of a script, for sessions on a disk."""
    return ScriptSource("script.toml", with_help(toml).encode())


def bakery() -> Script:
    """Return the small script with every construct."""
    return script_of(BAKERY)


def head(*steps: str) -> str:
    """Return a script of one section with ``steps`` in it, each without its ``[[step]]`` and ``in``."""
    top = (
        '[script]\nid = "small"\nversion = 1\ntitle = "Small"\nlanguages = ["en"]\n\n'
        '[[step]]\nid = "all"\nkind = "section"\ntitle = "All"\n'
    )
    return top + "".join(
        "\n[[step]]\n" + (step if "\nin = " in step else f'in = "all"\n{step.strip()}') + "\n"
        for step in steps
    )
