"""Making a strategy of what a file says: each entry gets a place, or a reason why it has none."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from bsc_coach import sizes
from bsc_coach.imports.doubles import as_already, as_namesake, differing, is_same_old, namesakes
from bsc_coach.imports.entries import BroughtItem, ListReading, Remark, SourcePlace, Told
from bsc_coach.imports.kpis_in import kpi_fields, old_kpi_fields
from bsc_coach.imports.meanings import meanings
from bsc_coach.imports.places import FreePlaces
from bsc_coach.script.model import Script
from bsc_coach.strategy.model import Strategy
from bsc_coach.text import clean, one_line, shorten

Fate = Literal["aside", "in", "partly", "there", "out"]
"""What became of a row: it came in, or all but something, was there already, has no place, or is no item."""
_ASIDE = frozenset({"headings", "title", "group", "part_of", "total", "remark"})
"""What rows are that are no item of a list."""
_LIST_OF = {
    "mission": "missions", "financial": "outcomes", "customer": "promises", "process": "objectives",
    "learning": "enablers",
}  # fmt: skip
_ID = re.compile(r"\A([A-Z]{1,4}\d{1,5}(?:\.\d{1,4})?)\b")
_FATES: tuple[Fate, ...] = ("aside", "out", "there", "partly", "in")
_LESS = ("no_number", "unplaced", "formula", "double_differs")
_OF_POINTS = ("description", "owner_role", "horizon", "lever", "attribute", "capital")
_OF_OLD_KPIS = ("name", "unit", "target", "owner_role", "note")
_LONGEST_SAID = 90
_LONGEST_TITLE = 300


@dataclass(frozen=True)
class Became:
    """What a row became: the list it stands in, and its id there; without an id a field of the strategy."""

    kind: str
    id: str = ""


@dataclass(frozen=True)
class RowTold:
    """A row or line of a file, what became of it, and what is to be told of that."""

    place: SourcePlace
    said: str
    fate: Fate
    became: tuple[Became, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Made:
    """The strategy with all that came in, and an account of every row."""

    strategy: Strategy
    rows: tuple[RowTold, ...]


def make(reading: ListReading, script: Script, before: Strategy, known: Collection[str], source: str) -> Made:
    """Add what a file says to a strategy; ``known`` are all ids of its session, ``source`` names the file."""
    maker = _Maker(FreePlaces.of(script, before, known), source, before.language)
    maker.with_initiative = {entry.place.key for entry in reading.entries if entry.kind == "initiative"}
    told: dict[tuple[str, int], RowTold] = {}
    for entry in reading.entries:
        row = maker.take(entry)
        key = entry.place.key
        told[key] = row if key not in told else _together(told[key], row)
    return Made(maker.places.strategy(), tuple(told.values()))


def _together(one: RowTold, other: RowTold) -> RowTold:
    """Return one account of two things that a row says: it came in where one of them did."""
    fates = {one.fate, other.fate}
    fate: Fate = "partly" if fates in ({"in", "out"}, {"there", "out"}) else max(fates, key=_FATES.index)
    if "partly" in fates:
        fate = "partly"
    remarks = (*one.remarks, *(remark for remark in other.remarks if remark not in one.remarks))
    became = (*one.became, *(what for what in other.became if what not in one.became))
    said = one.said if other.said in one.said else f"{one.said}; {other.said}"
    return replace(one, said=shorten(said, 2 * _LONGEST_SAID), fate=fate, became=became, remarks=remarks)


class _Maker:
    """Gives each entry its place, one after the other."""

    def __init__(self, places: FreePlaces, source: str, language: str) -> None:
        self.places = places
        self.source = source
        self.language = language
        self.with_initiative: Collection[tuple[str, int]] = ()
        """The rows that tell of an initiative."""
        self._takes: Mapping[str, Callable[[BroughtItem], RowTold]] = {
            "organisation": lambda entry: self._field(entry, "name"),
            "vision": lambda entry: self._field(entry, "ambition"),
            "values": self._values,
            "mission": lambda entry: self._point(
                replace(entry, fields={**entry.fields, "perspective": "mission"})
            ),
            "segment": lambda entry: self._named(entry, "segments", "name"),
            "risk": lambda entry: self._named(entry, "risks", "title"),
            "theme": self._theme_alone,
            "point": self._point,
            "kpi": self._kpi,
            "initiative": self._initiative,
            "link": self._link,
            "other": self._other,
        }

    def take(self, entry: BroughtItem) -> RowTold:
        """Give an entry its place."""
        return self._takes[entry.kind](entry)

    def _told(self, entry: BroughtItem, fate: Fate, became: Iterable[Became] = (), *more: Remark) -> RowTold:
        remarks = (*entry.remarks, *more)
        if entry.unplaced and fate == "in":
            what = "; ".join(f"{name}: {text}" for name, text in entry.unplaced.items())
            remarks = (*remarks, Remark("unplaced", {"what": shorten(what, 300)}))
        less = any(remark.key in _LESS for remark in remarks)
        return RowTold(
            entry.place, _said(entry), "partly" if fate == "in" and less else fate, tuple(became), remarks
        )

    def _other(self, entry: BroughtItem) -> RowTold:
        aside = all(remark.key in _ASIDE for remark in entry.remarks)
        return self._told(entry, "aside" if aside else "out")

    def _field(self, entry: BroughtItem, name: str) -> RowTold:
        organisation = self.places.table.setdefault("organisation", {})
        text = str(entry.fields["title"]).strip()
        if organisation.get(name) == text:
            return self._told(entry, "there", [Became(name)])
        if organisation.get(name):
            return self._told(entry, "out", (), Remark("one_already"))
        organisation[name] = text[: sizes.TEXT]
        return self._told(entry, "in", [Became(name)])

    def _values(self, entry: BroughtItem) -> RowTold:
        """Add a value to those that stand there, a sentence each."""
        organisation = self.places.table.setdefault("organisation", {})
        before, text = organisation.get("values", ""), one_line(str(entry.fields["title"]))
        if text in before:
            return self._told(entry, "there", [Became("values")])
        text = text if text.endswith((".", "!", "?")) else f"{text}."
        organisation["values"] = f"{before} {text}".strip()[: sizes.TEXT]
        return self._told(entry, "in", [Became("values")])

    def _named(self, entry: BroughtItem, name: str, field: str) -> RowTold:
        """Add what has nothing but a name to its list: a group of customers, a risk."""
        title = _title_of(entry)
        if (short := self.places.there(name, title)) is not None:
            return self._there(entry, name, short)
        if not self.places.has_room(name):
            return self._told(entry, "out", (), Remark("full", {"list": name}))
        short = self.places.add(name, self.places.prefixes[name], {field: title})
        return self._told(entry, "in", [Became(name, short)])

    def _theme_alone(self, entry: BroughtItem) -> RowTold:
        title, n = _title_of(entry), len(self.places.list_of("themes"))
        short = self._theme(title, entry.fields.get("description"))
        if short is None:
            return self._told(entry, "out", (), Remark("full", {"list": "themes"}))
        fate: Fate = "in" if len(self.places.list_of("themes")) > n else "there"
        return self._told(entry, fate, [Became("themes", short)])

    def _theme(self, title: str, description: Told | None = None) -> str | None:
        there = self.places.there("themes", title)
        if there is not None:
            return there
        if not self.places.has_room("themes"):
            return None
        item = {"title": title, "description": description}
        return self.places.add("themes", self.places.prefixes["themes"], item)

    def _point(self, entry: BroughtItem) -> RowTold:
        """Give an objective a place on the map: by its perspective, and in the processes by its cluster."""
        title = _title_of(entry)
        theme = entry.fields.get("theme")
        name, cluster, remarks = self._where(entry, title)
        there = self.places.there(name, title) or self.places.point(title)
        if there is not None:
            return self._there(
                entry, self._list_of(there), there, {one: entry.fields.get(one) for one in _OF_POINTS}
            )
        candidate = self.places.there("candidates", title) if name == "objectives" else None
        full = name == "objectives" and candidate is None
        if full and not self.places.has_room("candidates", cluster=cluster):
            return self._told(entry, "out", (), Remark("full", {"list": "objectives"}))
        if not self.places.has_room(name):
            return self._told(entry, "out", (), Remark("full", {"list": name}))
        item: dict[str, Told | None] = {"title": title}
        item |= {one: entry.fields.get(one) for one in _OF_POINTS}
        if theme and name != "missions":
            item["theme"] = self._theme(str(theme))
        if name == "missions":
            remarks += self._of_public_body()
        if name == "objectives":
            short = candidate or self._candidate(title, cluster, entry.fields.get("id"))
            self._objective(short, item)
        else:
            short = self.places.add(name, self.places.prefixes[name], item, entry.fields.get("id"))
        return self._told(entry, "in", [Became(name, short)], *remarks)

    def _of_public_body(self) -> Iterator[Remark]:
        """Whoever states a mission and not what kind of organisation it is, is taken for a public body."""
        organisation = self.places.table.setdefault("organisation", {})
        if not organisation.get("kind"):
            organisation["kind"] = "public"
            yield Remark("kind_guessed")

    def _candidate(self, title: str, cluster: str, wanted: object) -> str:
        item = {"cluster": cluster, "title": title}
        return self.places.add("candidates", self.places.prefixes[f"candidates:{cluster}"], item, wanted)

    def _objective(self, short: str, item: Mapping[str, Told | None]) -> None:
        """Add an objective for a candidate, which is chosen by that."""
        next(one for one in self.places.list_of("candidates") if one["id"] == short)["selected"] = True
        made = {"id": short, **{key: told for key, told in item.items() if told is not None}}
        self.places.list_of("objectives").append(made)
        self.places.called("objectives", short, made)

    def _where(self, entry: BroughtItem, title: str) -> tuple[str, str, list[Remark]]:
        """Return the list that an objective belongs to, its cluster, and what was guessed."""
        known, remarks = meanings(), []
        told = str(entry.fields.get("perspective", ""))
        # Our own tables write "Internal processes: Operations".
        band, _, inside = told.partition(":")
        perspective = known.within("perspectives", band) if band else None
        own = known.within("clusters", inside) if inside else None
        cluster = str(entry.fields.get("cluster") or own or known.exactly("clusters", told) or "")
        if cluster and perspective is None:
            perspective = "process"
        if perspective is None:
            remarks.append(Remark("no_perspective" if not told else "odd_perspective", {"said": told}))
        name = _LIST_OF[perspective or "process"]
        if name == "objectives" and f"candidates:{cluster}" not in self.places.prefixes:
            guessed = known.cluster_of(title)
            clusters = [
                one.partition(":")[2] for one in self.places.prefixes if one.startswith("candidates:")
            ]
            cluster = guessed if guessed in clusters else clusters[0]
            remarks.append(Remark("cluster_guessed", {"cluster": cluster}))
        return name, cluster, remarks

    def _list_of(self, short: str) -> str:
        lists = ("missions", "outcomes", "promises", "objectives", "enablers")
        return next(
            (name for name in lists if any(one["id"] == short for one in self.places.list_of(name))),
            "objectives",
        )

    def _kpi(self, entry: BroughtItem) -> RowTold:
        """Give a KPI its place: at its objective, or on the list of those that are still to be sorted."""
        name = _title_of(entry)
        measures = self._measured_by(entry)
        if measures is not None:
            mine = [one for one in self.places.list_of("kpis") if one.get("measures") == measures]
            own_id = entry.fields.get("id")
            of_id = (one for one in mine if one["id"] == own_id and own_id in self.places.fresh)
            same = next(iter(namesakes("kpis", mine, name)), None) or next(of_id, None)
            fields, remarks = kpi_fields(entry, self.language)
            if same is not None:
                # A row that only names it once more is a double, unless it tells of another initiative.
                is_double = same["id"] in self.places.fresh and entry.place.key not in self.with_initiative
                return self._there(entry, "kpis", same["id"], fields, is_double=is_double)
            if (other := next(iter(namesakes("kpis", self._fresh("kpis"), name)), None)) is not None:
                remarks += [as_namesake(other["id"], differing(other, fields, self.language))]
            if len(mine) < self.places.rooms.get("kpis", sizes.LIST):
                short = self.places.add(
                    "kpis",
                    f"{measures}.",
                    {"measures": measures, **fields, "name": name},
                    entry.fields.get("id"),
                )
                return self._told(entry, "in", [Became("kpis", short)], *remarks)
        return self._old_kpi(entry, name, measures)

    def _measured_by(self, entry: BroughtItem) -> str | None:
        """Return the point that a KPI belongs to: the one it names, or that of its own id, O1 for O1.1."""
        if entry.of and (short := self._referred(entry.of)) is not None:
            return short
        point, dot, _ = str(entry.fields.get("id", "")).partition(".")
        return self._referred(point) if dot else None

    def _old_kpi(self, entry: BroughtItem, name: str, measures: str | None) -> RowTold:
        """Give a KPI a place among those still to be sorted; two of one name are two if they differ."""
        old = {"name": name, **old_kpi_fields(entry, self.language, self.source)}
        same = namesakes("old_kpis", self.places.list_of("old_kpis"), name)
        plain = replace(entry, unplaced={})
        for one in same:
            if all(one.get(field) == old.get(field) for field in _OF_OLD_KPIS if field != "name"):
                return self._there(plain, "old_kpis", one["id"], is_double=one["id"] in self.places.fresh)
        for one in same:
            if is_same_old(one, old, self.language):
                return self._there(plain, "old_kpis", one["id"], old, is_double=True)
        if not self.places.has_room("old_kpis"):
            return self._told(entry, "out", (), Remark("full", {"list": "old_kpis"}))
        short = self.places.add("old_kpis", self.places.prefixes["old_kpis"], old, entry.fields.get("id"))
        more = [Remark("kpis_full", {"point": measures})] if measures is not None else []
        others = same or namesakes("kpis", self._fresh("kpis"), name)
        more += [as_namesake(one["id"], differing(one, old, self.language)) for one in others[:1]]
        more += [Remark("objective_out")] if entry.of and measures is None else []
        return self._told(plain, "in", [Became("old_kpis", short)], *more)

    def _fresh(self, name: str) -> list[dict[str, Any]]:
        return [one for one in self.places.list_of(name) if one["id"] in self.places.fresh]

    def _initiative(self, entry: BroughtItem) -> RowTold:
        title, of = _title_of(entry), self._all_referred(entry.of)
        fields = {name: entry.fields.get(name) for name in ("owner_role", "start", "end", "resources")}
        there = self.places.there("initiatives", title)
        if there is not None:
            # One initiative for several objectives stands in several rows.
            item = next(one for one in self.places.list_of("initiatives") if one["id"] == there)
            item["objectives"] = [*dict.fromkeys([*item.get("objectives", []), *of])]
            return self._there(entry, "initiatives", there, fields)
        if not self.places.has_room("initiatives"):
            return self._told(entry, "out", (), Remark("full", {"list": "initiatives"}))
        letters, wanted = self.places.prefixes["initiatives"], entry.fields.get("id")
        item = {"title": title, **fields, "objectives": of or None}
        short = self.places.add("initiatives", letters, item, wanted)
        return self._told(entry, "in", [Became("initiatives", short)])

    def _link(self, entry: BroughtItem) -> RowTold:
        ends = {
            end: self._referred(str(entry.fields[end])) for end in ("cause", "effect") if end in entry.fields
        }
        cause, effect = ends.get("cause"), ends.get("effect")
        if None in ends.values():
            return self._told(entry, "out", (), Remark("no_ends"))
        for one in self.places.list_of("links"):
            if (one.get("cause"), one.get("effect")) == (cause, effect):
                return self._there(entry, "links", one["id"])
        if not self.places.has_room("links"):
            return self._told(entry, "out", (), Remark("full", {"list": "links"}))
        names = ("kind", "because", "confidence", "delay_months", "seen_in")
        item = {"cause": cause, "effect": effect, **{name: entry.fields.get(name) for name in names}}
        short = self.places.add("links", self.places.prefixes["links"], item, entry.fields.get("id"))
        return self._told(entry, "in", [Became("links", short)])

    def _there(
        self,
        entry: BroughtItem,
        name: str,
        short: str,
        fields: Mapping[str, Any] | None = None,
        *,
        is_double: bool = False,
    ) -> RowTold:
        """Tell of what stands there already; what came in from this file gets what another row of it adds."""
        fate: Fate = "there"
        item = next((one for one in self.places.list_of(name) if one["id"] == short), {})
        what = differing(item, fields or {}, self.language)
        more = [as_already(short, what)] if what or is_double else []
        if short in self.places.fresh:
            fate = "in"
            for field, told in (fields or {}).items():
                if told is not None:
                    item.setdefault(field, told)
        return self._told(entry, fate, [Became(name, short)], *more)

    def _all_referred(self, text: str) -> list[str]:
        """Return the points that a text names, one or several with semicolons between them."""
        whole = self._referred(text) if text else None
        parts = [whole] if whole is not None else [self._referred(part) for part in text.split("; ")]
        return [short for short in parts if short is not None]

    def _referred(self, text: str) -> str | None:
        """Return the point that a text names: by its id, by its title, or as "O1 Its title"."""
        said = one_line(text)
        if (short := self.places.point(said)) is not None:
            return short
        found = _ID.match(said)
        if found is None:
            return None
        points = {one["id"] for name in _LIST_OF.values() for one in self.places.list_of(name)}
        rest = said[found.end() :].strip(" :.-–")
        return found[1] if found[1] in points and (not rest or self.places.point(rest) == found[1]) else None


def _title_of(entry: BroughtItem) -> str:
    title = one_line(clean(str(entry.fields.get("title") or entry.fields.get("name") or "")).text)
    return shorten(title, _LONGEST_TITLE)


def _said(entry: BroughtItem) -> str:
    fields = entry.fields
    text = fields.get("title") or fields.get("name") or fields.get("said") or ""
    if entry.kind == "link":
        text = f"{fields.get('cause', '?')} → {fields.get('effect', '?')}"
    return shorten(one_line(str(text)), _LONGEST_SAID)
