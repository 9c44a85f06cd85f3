"""Folders of sessions that nobody would make: right checksums around events of any kind with any values.

All that is random comes from one ``pick``, of hypothesis or of a seeded generator.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from bsc_coach.interview.facts.log import KEY, Event
from bsc_coach.interview.facts.registry import EVENTS
from bsc_coach.script.loader import ScriptSource, bundled_source
from bsc_coach.script.model import ChoiceStep, Fixed, ForEach, PickStep, Script, SeveralStep, Step
from bsc_coach.script.validation import examine
from bsc_coach.session.line_format import encode_record, make_record
from tests.support.any_scripts import AROUND, ASKED, MOST_STEPS, as_toml
from tests.support.hostile import FIXED, FRAGMENTS
from tests.support.oracles.scripts import Richer

TRICKY = (*FIXED, *(one for one in FRAGMENTS if one != "\ud800"))
Pick = Callable[[Sequence[Any]], Any]

SHORTS = (
    "F1", "F2", "F4", "O1", "S1", "T1", "L1", "F4.1", "F4.1.1", "", " ", "F", "1", "F0", "F-1", "F1.", ".F1",
    "F99999999999999999999999999", "F²", "F٣", "½", "é", "f1", "F1 F2", "F\n1", "A" * 3000, "../../etc",
    "[link](x)", "=1+1", "F1,F2", "--help", "%s", "{0}", "CON",
)  # fmt: skip
ITEMS = ("i1", "i2", "i3", "i4", "nobody", "north", "operations", "", "-", "_", "a b", "ü", "i" * 500)
PLAIN_ITEMS = ("i1", "i2", "i3", "north", "operations", "-", "_", "i" * 300)
NUMBERS = (
    0, 1, -1, 2, 3, 5, 7, 10, 100, 2030, 0.5, -0.5, 1e-9, 1e15, 1e16, 1e300, -1e300, -0.0,
    999_999_999_999_999, -999_999_999_999_999, 10**17, 10**18, 3.0, 1.1,
)  # fmt: skip
DATES = (
    "2027", "2027-03", "2027-03-31", "2026-02-30", "2027-13", "0000", "0001-01-01", "9999-12-31", "9999-12",
    "1000", "2027-00", "99999-01-01", "2027-3-1", "٢٠٢٧", "2027-W01", "yesterday", "-2027",
    "2027-03-31T10:00",
)  # fmt: skip
TEXTS = (
    "", " ", "\n", "a", "A plain answer", "20", "as soon as possible", "other", "none", "scribe",
    "owner", "yes",
    "up", "down", "long", "Customers pay less for heat within 5 years.", "x" * 400, "word " * 300, "\u200f",
    "{{ s1 }}", "{{ s1.label }}", "|", "\\", '"""', "# x", "-", "= 1", "[[x]]", "</svg>", "é" * 60,
    "Reduce cost by 20% by 2030", "Increase", "Klanten betalen minder", "P1", "i1", "F1", "100%", "1.234",
    *TRICKY,
)  # fmt: skip
MOMENTS = (
    "2026-11-22T09:14:03Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1969-12-31T23:59:59Z",
    "2026-11-22T09:14:03", "2026-11-22", "", "soon", "2026-02-30T00:00:00Z", "2026-11-22T09:14:03+14:00",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2038-01-19T03:14:08Z", "09:00", "9:00",
    "25:00",
)  # fmt: skip
READABLE = tuple(one for one in MOMENTS if "T" in one and one[-1] in "Z0" and "02-30" not in one)
OFFSETS = ("+00:00", "+01:00", "-12:00", "+14:00", "+23:59", "-23:59")
WORDS = (
    "full", "room", "everything", "half_day", "two_sittings", "90_minutes", "homework", "leave", "sitting",
    "en", "nl", "fr", "M12", "O10", "O01", "K03", "break", "talk", "shorter", "second", "cut",
)  # fmt: skip
VERSIONS = (1, 2, 3, 4, 0, -1, 10**14)


@dataclass
class Story:
    """What is in the folder of a session, in the making."""

    pick: Pick
    source: ScriptSource
    script: Script
    events: list[dict[str, Any]] = field(default_factory=list)
    items: dict[str, list[tuple[tuple[str, str], ...]]] = field(default_factory=dict)
    """The frames of the items that were added, by their list."""

    def rarely(self) -> bool:
        return bool(self.pick([False] * 15 + [True]))

    # Places

    def slot(self, steps: Sequence[Step] | None = None) -> str:
        """Return a slot that there probably is."""
        if self.rarely():
            return str(
                self.pick(["s1", "nobody", "a[b]/c", "a[b]/a[b]/c", "organisation.name", "x.y", "/", "a[]/b"])
            )
        step = self.pick(steps or self.script.steps)
        frame = self.frame_of(step)
        around = "".join(f"{name}[{item}]/" for name, item in frame)
        return f"{around}{step.id}"

    def frame_of(self, step: Step) -> tuple[tuple[str, str], ...]:
        """Return a frame that a step may stand in: items of the lists around it."""
        frame: tuple[tuple[str, str], ...] = ()
        for around in self.above(step):
            if isinstance(around, ForEach):
                made = [one for over in around.over for one in self.frames_in(over.list)]
            else:
                made = self.frames_in(around.id)
            inner = [one for one in made if one[: len(frame)] == frame]
            if inner or made:
                frame = self.pick(inner or made)
            elif not isinstance(around, ForEach):
                frame = (*frame, (around.id, self.pick(ITEMS)))
        return frame

    def above(self, step: Step) -> list[Step]:
        """Return the lists and passes around a step, the outermost first."""
        found: list[Step] = []
        around = step.within
        while around is not None:
            outer = self.script.by_id[around]
            if outer.kind != "section":
                found.insert(0, outer)
            around = outer.within
        return found

    def frames_in(self, name: str) -> list[tuple[tuple[str, str], ...]]:
        step = self.script.by_id.get(name)
        if isinstance(step, Fixed):
            return [((name, item),) for item in step.item_ids]
        return self.items.get(name, [])

    # Values

    def value(self, step: Step | None) -> Any:
        """Return an answer: most often one that its question may have."""
        if step is None or self.pick([False, False, False, False, True]):
            return self.pick([self.any_text(), self.pick(NUMBERS), self.any_list(), self.pick(DATES)])
        match step:
            case ChoiceStep():
                return self.pick([choice.id for choice in step.choices])
            case SeveralStep():
                return [choice.id for choice in step.choices[: self.pick([1, 2, 3])]]
            case PickStep():
                made = [frame[-1][1] for over in step.source for frame in self.frames_in(over.list)]
                return (
                    list(dict.fromkeys(self.pick(made) for _ in range(self.pick([0, 1, 2])))) if made else []
                )
            case _ if step.kind == "number":
                return self.pick(NUMBERS)
            case _ if step.kind == "date":
                return self.pick(DATES)
            case _:
                return self.any_text()

    def any_text(self) -> str:
        return str(self.pick(TEXTS))

    def any_list(self) -> list[str]:
        return [str(self.pick([*ITEMS, *WORDS, *TEXTS])) for _ in range(self.pick([0, 1, 2, 3]))]

    def table(self) -> dict[str, str]:
        return {self.slot(): str(self.pick([*WORDS, *TEXTS])) for _ in range(self.pick([0, 0, 1, 3]))}

    # Events

    def event(self) -> dict[str, Any]:
        """Return an event of any kind with values of the right types, and often of the right meaning."""
        common = ["answered"] * 12 + ["added"] * 8
        kind = self.pick([*common, *EVENTS])
        made = EVENTS[kind]
        if kind == "added":
            return self.added()
        told: dict[str, Any] = {"t": kind}
        careless = self.rarely()
        for entry in fields(made):
            if careless and self.rarely():
                continue  # left out, whether it may be or not
            told[entry.metadata.get(KEY, entry.name)] = self.field(made, entry.name, str(entry.type), told)
        if careless:
            told[self.pick(["slot", "value", "item", "number", "new"])] = self.pick(
                [None, True, {}, [], 1, "x"]
            )
        return told

    def added(self) -> dict[str, Any]:
        lists = [step for step in self.script.steps if step.kind == "collect"]
        if not lists:
            return {"t": "added", "slot": self.slot(), "item": self.pick(ITEMS), "short": self.pick(SHORTS)}
        step = self.pick(lists)
        frame = self.frame_of(step)
        item = self.pick([f"n{len(self.events)}", f"n{len(self.events)}", self.pick(PLAIN_ITEMS)])
        prefix = getattr(step, "prefix", "X") or "X"
        made = self.items.setdefault(step.id, [])
        short = self.pick([f"{prefix}{len(made) + 1}", f"{prefix}{len(made) + 1}", self.pick(SHORTS)])
        made.append((*frame, (step.id, item)))
        slot = "".join(f"{name}[{one}]/" for name, one in frame) + step.id
        return {"t": "added", "slot": slot, "item": item, "short": short}

    def field(self, made: type[Event], name: str, type_: str, told: dict[str, Any]) -> Any:  # noqa: PLR0911
        """Return a value for a field of an event, by its name where that tells more than its type."""
        match type_:
            case "Slot":
                return self.slot()
            case "ItemId":
                every = [frame[-1][1] for frames in self.items.values() for frame in frames]
                return self.pick([*every, self.pick(ITEMS)])
            case "Value":
                return self.value(self.script.by_id.get(told.get("slot", "").rpartition("/")[2]))
            case "Basis" | "Mapping[str, str]":
                return self.table()
            case "tuple[str, ...]":
                return [*self.any_list(), self.pick(["10:30+15", "10:30", "25:00+99999", "12:00+60"])]
            case "int":
                return self.pick(
                    [1, 1, 2, 3, len(self.events), len(self.events), 0, -1, 90, 480, 10**9, 10**14]
                )
            case "bool":
                return self.pick([True, False])
            case "str":
                if name in ("begin", "as_of", "due"):
                    return self.pick([*MOMENTS, *DATES])
                return self.pick([self.pick(WORDS), self.pick(WORDS), self.any_text(), self.slot()])
        raise LookupError(f"{made.__name__}.{name}: {type_}: say in tests/fuzz what such a field may be")

    # Bytes

    def lines(self) -> Iterator[bytes]:
        """Yield the lines of a journal with actions of one to three events."""
        number = 0
        for _ in range(self.pick([3, 8, 15, 30])):
            do = []
            for _ in range(self.pick([1, 1, 1, 2, 3])):
                self.events.append(self.event())
                do.append(self.events[-1])
            number = number + 1 if not self.rarely() else self.pick([max(number, 1), number + 2, 10**9])
            yield record_line(self.pick, number, do)

    def journal(self) -> bytes:
        return b"".join(self.lines())


def record_line(pick: Pick, number: int, do: Sequence[Any]) -> bytes:
    """Return a line of the journal with a right checksum around events."""
    body: dict[str, Any] = {"by": pick(["ann", "ann", "", "x" * 200, *TRICKY]), "script": pick(VERSIONS)}
    body["do"] = [*do]
    if pick([False, False, True]):
        body |= {"offset": pick(OFFSETS), "source": pick(["", "taken", "edit", "save", "file", "x"])}
    if pick([False, False, True]):
        body["shown"] = pick(READABLE)
    if pick([False] * 39 + [True]):
        body |= {"needs": pick(["0.2.0", "99.0", "x", ""]), "offset": pick(["Z", "+24:00", 1, None])}
        body |= {"do": pick([[*do], [], None, "x", [None], [{"t": "later"}]]), "shown": pick(MOMENTS)}
    now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    moment = pick([now] * 12 + [now.replace(year=year, month=12, day=31) for year in (1, 9999, 1969)])
    return encode_record(make_record(min(number, 10**9), pick(["w1", "w1", "w2"]), moment, body))


def any_steps(pick: Pick) -> list[dict[str, Any]]:
    """Return the steps of a script, not always sound."""
    maker = Richer(pick)
    while len(maker.steps) < 4 or (len(maker.steps) < MOST_STEPS and pick([True, True, False])):
        maker.any_step(None, pick((*ASKED, "collect", *AROUND)), 2)
    told: list[dict[str, Any]] = []
    for step in maker.steps:
        earlier = [one for one in told if one["kind"] in ("text", "long_text", "number", "date", "choice")]
        if "ask" in step and earlier and maker.sometimes():
            named = pick(earlier)
            named["stand_in"] = "it"
            step["ask"] = f"Ask {step['id']} after {{{{ {named['id']} }}}}?"
        told.append(step)
    return told


def any_script(pick: Pick, version: int = 1) -> tuple[ScriptSource, Script]:
    """Return a script that the check lets through: of any shape, or the one that comes with the program."""
    while True:
        if pick([True, False, False, False]):
            source = bundled_source() if version == 1 else changed_kinds(pick)
        else:
            source = ScriptSource("any.toml", as_toml(any_steps(pick), version).encode())
        found = examine(source)
        if found.script is not None and not found.problems:
            return source, found.script


def changed_kinds(pick: Pick) -> ScriptSource:
    """Return a later version of the script that comes with the program,
    some of its questions of other kinds."""
    lines = bundled_source().base.decode().split("\n")
    places = [at for at, line in enumerate(lines) if line.startswith("kind = ")]
    for _ in range(pick([1, 3, 6])):
        lines[pick(places)] = f'kind = "{pick(["text", "long_text", "number", "date"])}"'
    at = next(at for at, line in enumerate(lines) if line.startswith("version = "))
    lines[at] = "version = 99"
    return ScriptSource("later.toml", "\n".join(lines).encode())


@cache
def recorded(folder: Path) -> tuple[bytes, ...]:
    """Return the lines of the journal of a session that was played in ``folder``."""
    return tuple((folder / "journal.jsonl").read_bytes().splitlines(keepends=True))


def mutated(pick: Pick, lines: Sequence[bytes]) -> bytes:
    """Return a journal like a recorded one, with some of its values replaced by any others."""
    kept = [*lines[: pick([20, 60, 120, len(lines)])]]
    script = examine(bundled_source()).script
    assert script is not None
    story = Story(pick, bundled_source(), script)
    for _ in range(pick([1, 3, 10, 40])):
        at = pick(range(len(kept)))
        told = json.loads(kept[at])
        do = told["do"] if isinstance(told["do"], list) else []
        event = pick([one for one in do if isinstance(one, dict)] or [{}])
        name = pick([*event] or ["t"])
        step = script.by_id.get(str(event.get("slot", "")).rpartition("/")[2])
        event[name] = {
            "value": lambda step=step: story.value(pick([step, None])),
            "short": lambda: pick(SHORTS),
            "item": lambda: pick(ITEMS),
            "t": lambda: pick([*EVENTS]),
            "basis": story.table,
        }.get(name, lambda: pick([story.slot(), story.any_text(), pick(NUMBERS), pick(MOMENTS)]))()
        kept[at] = record_line(pick, told["n"], do)
    return b"".join(kept)
