"""Sound scripts of any shape, with all that decides what is asked: conditions, depths, offers."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from bsc_coach.script.loader import ScriptSource
from bsc_coach.script.model import Script
from bsc_coach.script.validation import examine
from tests.support.any_scripts import AROUND, ASKED, MOST_STEPS, WORDS, Maker, as_toml


class Richer(Maker):
    """A script in which what is asked depends on more than in most."""

    def condition(self) -> dict[str, Any] | None:
        """Return a condition on what was asked before, perhaps of several; None where nothing was."""
        asked = self.named(*ASKED[:-2])
        lists = self.named("collect", "fixed")
        forms: list[Any] = [{"answered": one} for one in asked] + [{"parked": one} for one in asked[:1]]
        forms += [{"answer": one, "is": "other"} for one in self.named("choice")]
        forms += [{"answer": one, "has": "other"} for one in self.named("several")]
        forms += [{"count": one, self.pick(["at_least", "at_most"]): self.pick([1, 2])} for one in lists]
        if not forms:
            return None
        one, other = self.pick(forms), self.pick(forms)
        return self.pick([one, one, {"not": one}, {"all": [one, other]}, {"any": [one, other]}])

    def when(self) -> dict[str, Any]:
        found = self.condition() if self.sometimes() else None
        return {} if found is None else {"when": found}

    def source(self, lists: list[str]) -> Any:
        found = super().source(lists)
        if not self.sometimes():
            return found
        more = self.condition()
        told = found if isinstance(found, dict) else {"list": found}
        return told | self.pick([{"depth": "full"}, *([{"each_when": more}] if more else [])])

    def step(self, around: str | None, kind: str, **more: Any) -> str:
        if self.sometimes():
            more |= self.pick(
                [
                    {"depth": "full"},
                    {"depth": "full", "late": "homework"},
                    {"late": "leave"},
                    {"depth": "full", "late": "drop"},
                ]
            )
        if kind == "collect" and self.sometimes():
            more["enough"] = 1
        if kind == "collect" and self.sometimes() and (found := self.condition()):
            more["full_when"] = found
        if kind == "for_each" and self.sometimes():
            more["over"] = [*more["over"], self.source(self.named("fixed", "collect"))]
        if kind in ASKED[:-2] and more.get("optional") and self.sometimes() and (found := self.condition()):
            more["offered_when"] = found
        if kind == "text" and around is not None and self.sometimes():
            lists = [one for one in self.above(around) if one in self.named("collect")]
            more |= {"limit": {"unique_in": lists[0], "max_chars": 12}} if lists else {}
        if kind in ("choice", "several") and self.sometimes() and (found := self.condition()):
            more["choices"][0]["when"] = found
        return super().step(around, kind, **more)


def made(draw: st.DrawFn) -> Script | None:
    """Return a script of drawn steps; None where the check has something to say about it."""
    maker = Richer(lambda among: draw(st.sampled_from(among)))
    while len(maker.steps) < 4 or (len(maker.steps) < MOST_STEPS and maker.pick([True, True, False])):
        maker.any_step(None, maker.pick((*ASKED, "collect", *AROUND)), 2)
    found = examine(ScriptSource("any.toml", as_toml(maker.steps).encode()))
    return None if found.problems else found.script


@st.composite
def any_sound_scripts(draw: st.DrawFn) -> Script:
    """Scripts that a session can begin on."""
    script = made(draw)
    return script if script is not None else draw(st.nothing())


assert "other" not in WORDS  # it is a choice of every question that has choices
