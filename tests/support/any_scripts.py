"""Scripts of any shape that the check lets through, told by a strategy of hypothesis.

Whatever a manual allows somebody will write: questions, lists and look backs on the agenda itself, lists in
passes, picks from lists whose items the script names, fields of the strategy filled by steps of any kind.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from hypothesis import strategies as st
from pydantic import BaseModel

from bsc_coach.script.loader import ScriptSource
from bsc_coach.script.step_parts import Coached
from bsc_coach.strategy.model import CLUSTERS, Strategy

ASKED = (
    "text",
    "long_text",
    "number",
    "date",
    "choice",
    "several",
    "pick",
    "round",
    "ballot",
    "confirm",
    "collect",
)
AROUND = ("section", "fixed", "for_each")
LISTS = tuple(
    name
    for name, told in Strategy.model_fields.items()
    if len(get_args(told.annotation)) == 2 and name != "extra"
)
ALONE = (
    "organisation.name", "organisation.kind", "organisation.horizon_year", "proposition.type",
    "proposition.why", "review.first", "review.rhythm", "review.story",
)  # fmt: skip
WORDS = [
    "supplier",
    "production",
    "lead",
    "lag",
    "short",
    "medium",
    "long",
    "low",
    "high",
    "business",
    "public",
    "primary",
    "target",
    "up",
    "down",
]
YES_NO = [{"id": "yes", "text": "Yes"}, {"id": "no", "text": "No"}]
MOST_STEPS = 9


def told_as_toml(value: object) -> str:
    """Return a value as TOML writes it inside a table."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {told_as_toml(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(told_as_toml, value)) + "]"
    return json.dumps(value)


def as_toml(steps: Sequence[dict[str, Any]], version: int = 1) -> str:
    """Return a whole script of steps."""
    head = f'[script]\nid = "any"\nversion = {version}\ntitle = "Any"\nlanguages = ["en"]\n'
    told = ("\n".join(f"{key} = {told_as_toml(value)}" for key, value in step.items()) for step in steps)
    return head + "".join(f"\n[[step]]\n{one}\n" for one in told)


def fields_of(name: str) -> list[str]:
    """Return the fields of an item in a list of the strategy, those of its parts too."""
    told: dict[str, list[str]] = {}
    for one, about in get_args(Strategy.model_fields[name].annotation)[0].model_fields.items():
        part = about.annotation
        inner = list(part.model_fields) if isinstance(part, type) and issubclass(part, BaseModel) else []
        told[one] = [f"{one}.{deeper}" for deeper in inner] or [one]
    return [path for one, paths in told.items() for path in paths if one != "id"]


@dataclass
class Maker:
    """A script in the making; ``pick`` chooses."""

    pick: Callable[[Sequence[Any]], Any]
    steps: list[dict[str, Any]] = field(default_factory=list)
    free: list[str] = field(default_factory=lambda: list(LISTS))
    used: set[str] = field(default_factory=set)

    def sometimes(self) -> bool:
        return bool(self.pick([False, False, True]))

    def named(self, *kinds: str) -> list[str]:
        return [step["id"] for step in self.steps if step["kind"] in kinds]

    def above(self, around: str | None) -> list[str]:
        """Return what a step stands in, the innermost first."""
        by_id = {step["id"]: step for step in self.steps}
        found = []
        while around is not None:
            found.append(around)
            around = by_id[around].get("in")
        return found

    def step(self, around: str | None, kind: str, **more: Any) -> str:
        """Add a step of a kind inside ``around``, with whatever such a step may have."""
        name = f"s{len(self.steps) + 1}"
        told: dict[str, Any] = {"id": name, **({"in": around} if around else {}), "kind": kind}
        if kind in AROUND:
            told["title"] = f"Title {name}"
        else:
            told |= {"ask": f"Ask {name}?", "help": "Help."}
        if kind in ("fixed", "for_each", "section") and self.sometimes():
            told["layout"] = "table"
        told |= more
        self.steps.append(told)
        return name

    def fill(self, around: str | None, depth: int) -> None:
        """Put steps of any kind into a place."""
        for _ in range(self.pick([1, 1, 2, 3])):
            if len(self.steps) < MOST_STEPS:
                self.any_step(
                    around, self.pick((*ASKED, "collect", "text", *AROUND) if depth else ASKED[:-1]), depth
                )

    def any_step(self, around: str | None, kind: str, depth: int) -> None:
        lists = self.named("fixed", "collect")
        if kind in ("pick", "for_each") and not lists:
            kind = "text"
        match kind:
            case "collect":
                self.collect(around, depth)
            case "section":
                self.fill(self.step(around, kind, **self.when()), depth - 1)
            case "fixed":
                clusters = self.sometimes() and "clusters" in self.free
                names = CLUSTERS[:2] if clusters else ("north", "south")
                items = [{"id": one, "text": one.title(), "prefix": one[:1].upper()} for one in names]
                more = {"field": self.taken("clusters")} if clusters else {}
                name = self.step(around, kind, items=items, **more)
                if self.sometimes() or not depth:
                    self.step(name, "text", **self.a_field(name))
                else:
                    self.fill(name, depth - 1)
            case "for_each":
                more = {"field": self.taken(self.pick(self.free))} if self.sometimes() and self.free else {}
                self.fill(
                    self.step(around, kind, over=[self.source(lists)], **more, **self.when()), depth - 1
                )
            case _:
                self.question(around, kind)

    def source(self, lists: list[str]) -> Any:
        """Return a list to take items from, perhaps only those picked before."""
        picks = self.named("pick")
        name = self.pick(lists)
        return (
            {"list": name, "each_when": {"item_in": self.pick(picks)}} if picks and self.sometimes() else name
        )

    def taken(self, name: str) -> str:
        self.free.remove(name)
        return f"{name}[]"

    def collect(self, around: str | None, depth: int) -> None:
        """Add a list; what names its items need not come first in it, nor stand in it at all."""
        more: dict[str, Any] = {"more": "More?", "prefix": "ABCDEFGHIJ"[len(self.steps) % 10], "label": []}
        more["layout"] = self.pick(["list", "card", "link"])
        if self.sometimes():
            more["count"] = self.pick([{"min": 1}, {"max": 2}, {"min": 1, "max": 2}])
        if self.sometimes() and self.free:
            more["field"] = self.taken(self.pick(self.free))
            parent = {"kpis[]": "measures", "candidates[]": "cluster"}.get(more["field"])
            more |= {"parent": parent} if parent else {}
        name = self.step(around, "collect", **more, **self.when())
        made = self.steps[-1]
        if self.sometimes():
            self.fill(name, depth - 1)
        within = self.step(name, "section") if self.sometimes() else name
        made["label"] = [self.step(within, "text", **self.a_field(name))]
        if self.sometimes():
            self.fill(name, depth - 1)

    def a_field(self, around: str | None) -> dict[str, Any]:
        """Return a place in the strategy that a step there can fill, and what it is to the coach."""
        by_id = {step["id"]: step for step in self.steps}
        told: dict[str, Any] = {}
        lists = [by_id[one].get("field") for one in self.above(around) if by_id[one]["kind"] != "section"]
        if lists and lists[0]:
            paths = [f"{lists[0]}.{one}" for one in fields_of(lists[0].removesuffix("[]"))]
        else:
            paths = [] if lists else list(ALONE)
        paths = [path for path in paths if path not in self.used]
        if paths and self.pick([True, True, False]):
            told["field"] = self.pick(paths)
            self.used.add(told["field"])
        if self.sometimes():
            told["coach"] = self.pick(get_args(Coached))
        return told

    def in_list(self, around: str | None) -> bool:
        """Tell whether a place stands inside the items of a list."""
        by_id = {step["id"]: step for step in self.steps}
        return any(by_id[one]["kind"] != "section" for one in self.above(around))

    def when(self) -> dict[str, Any]:
        """Return a condition on something that was asked before, sometimes."""
        if not self.sometimes():
            return {}
        asked = self.named(*ASKED[:-2])
        lists = self.named("collect", "fixed")
        forms: list[Any] = [{"answered": one} for one in asked] + [{"parked": one} for one in asked]
        forms += [{"answer": one, "is": WORDS[0]} for one in self.named("choice")]
        forms += [{"count": one, "at_least": 1} for one in lists]
        return {"when": self.pick(forms)} if forms else {}

    def question(self, around: str | None, kind: str) -> None:
        """Add something that is answered."""
        more = {**self.a_field(around), **self.when()}
        if kind not in ("text", "long_text") and more.get("coach") != "kpi":
            more.pop("coach", None)
        if kind == "confirm":
            more.pop("field", None)
            tops = [step["id"] for step in self.steps if "in" not in step]
            more["of"] = [self.pick(tops)] if tops and self.sometimes() else []
        if kind == "ballot":
            ways: list[dict[str, Any]] = [{"scale": {"min": 1, "max": 5}}, {"choices": YES_NO}]
            ways += [{"each": 3}, {"rank": True}] if self.in_list(around) else []
            more |= self.pick(ways)
        if kind in ("round", "ballot"):
            more.pop("field", None)
        rounds = self.named("round" if kind == "long_text" else "ballot")
        if kind in ("long_text", "choice", "pick") and rounds and self.sometimes():
            more["together"] = self.pick(rounds)
        if kind in ("choice", "several"):
            ids = list(dict.fromkeys([self.pick(WORDS), self.pick(WORDS), "other", "none"]))
            more["choices"] = [{"id": one, "text": one.title()} for one in ids]
        if kind == "pick":
            more["from"] = [self.source(self.named("fixed", "collect"))]
            more["count"] = self.pick([{"min": 0}, {"max": 1}, {"min": 1}, {"min": 1, "max": 1}])
            fills = {step["id"]: step.get("field") for step in self.steps}
            listed = more["from"][0]["list"] if isinstance(more["from"][0], dict) else more["from"][0]
            marked = f"{fills[listed]}.selected"
            if fills[listed] == "candidates[]" and self.sometimes() and marked not in self.used:
                self.used.add(marked)
                more["field"] = marked
        if self.sometimes():
            more["optional"] = True
        earlier = self.named(*ASKED[:-2])
        if earlier and self.sometimes():
            more["basis"] = [self.pick(earlier)]
            more["on_stale"] = self.pick(["flag", "reask", "keep"])
        self.step(around, kind, **more)


def made(pick: Callable[[Sequence[Any]], Any]) -> str:
    """Return a script of steps that ``pick`` chose; not all of them are sound."""
    maker = Maker(pick)
    while len(maker.steps) < 4 or (len(maker.steps) < MOST_STEPS and pick([True, True, False])):
        maker.any_step(None, pick((*ASKED, "collect", *AROUND)), 2)
    return as_toml(maker.steps)


@st.composite
def any_scripts(draw: st.DrawFn) -> ScriptSource:
    """Scripts of any shape; those with faults are for the check to tell."""
    return ScriptSource("any.toml", made(lambda among: draw(st.sampled_from(among))).encode())
