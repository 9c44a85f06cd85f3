"""Strategic plans in StratML, Part 1 and 2, whatever their namespace; entities are refused, not resolved.

Agencies give each goal and objective a short name and say it in the description: where that is one sentence,
the sentence is what comes in. Our own files are known by their ids, and come back with all that they tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bsc_coach.errors import ImportFileError
from bsc_coach.imports.cells import Notation, amount_in, choice_in, date_in
from bsc_coach.imports.entries import BroughtItem, ListReading, Remark, SourcePlace, Told
from bsc_coach.imports.meanings import meanings
from bsc_coach.imports.plan_xml import Element, read_xml
from bsc_coach.interview.understanding.readings import Today
from bsc_coach.text import one_line
from bsc_coach.words import languages, say

ROOTS = ("StrategicPlan", "PerformancePlanOrReport")
_ROOT = re.compile(r"<(?:[\w.-]+:)?(?:StrategicPlan|PerformancePlanOrReport)[\s>]")
_LONGEST_SENTENCE = 160
_SHORT_NAME_WORDS = 4
_OWN = "_organisation"
_OWN_ID = re.compile(r"\A(?:O|CM|I|S|F|C|L|M)\d{1,4}\Z")
_IDS = re.compile(r"\(([A-Z]{1,4}\d{1,5})\)")
_REST_OF_OWN = re.compile(r"\A(?P<id>[A-Z]{1,3}\d{1,4}) (?P<title>[^;]+)(?:; (?P<rest>.*))?\Z", re.DOTALL)
_DIGITS = re.compile(r"[-−]?\d[\d.,]*")
_MONTHS = re.compile(r"; [^;]*?(\d+(?:[.,]\d+)?) (?:months?|maand(?:en)?)\b")
_PERIOD = re.compile(
    r"(?:until|t/m) (?P<end2>.+)|(?:from|vanaf) (?P<start2>.+)|(?P<start>.+?) (?:to|t/m) (?P<end>.+)"
)
_OWN_DESCRIPTIONS = {"financial": "lever", "customer": "attribute", "learning": "capital"}
"""What our own files tell of a point in its description, by its perspective."""
_POINT = Notation(comma=False, month_first=False, language="en")
"""What XML Schema writes: 1234.5 and 2027-12-31."""


def is_stratml(text: str) -> bool:
    """Tell whether a text is meant to be a plan in StratML."""
    return text.lstrip().startswith("<") and _ROOT.search(text[:20_000]) is not None


def read_stratml(data: bytes, path: Path, today: Today) -> ListReading:
    """Return what a plan says. Raises ImportFileError for broken or hostile XML, and MissingExtraError."""
    root = read_xml(data, path)
    if root.name not in ROOTS:
        raise ImportFileError("imports.file.other_xml", path=path)
    return ListReading("stratml", tuple(_StratmlPlan(root, today).entries()))


class _StratmlPlan:
    """A plan as entries, from the organisation down to its indicators."""

    def __init__(self, root: Element, today: Today) -> None:
        self.root = root
        self.core = next(root.all("StrategicPlanCore"), root)
        self.today = today
        self.is_own = self.core.said("Organization", "Identifier") == _OWN
        self.initiatives: dict[str, list[str]] = {}

    def entries(self) -> Iterator[BroughtItem]:
        """Yield what the plan says, in its order, what stands about links last."""
        if name := self.root.said("Name"):
            yield self._other(next(self.root.all("Name")), name, "title")
        yield from self._about_all()
        goals = list(self.core.all("Goal"))
        for goal in goals:
            yield from self._goal(goal)
        for goal in goals:
            for objective in goal.all("Objective"):
                yield from self._links(objective)
        for element in (self.root, *goals):
            yield from self._more(element)

    def _about_all(self) -> Iterator[BroughtItem]:
        for organisation in self.core.all("Organization"):
            if name := organisation.said("Name"):
                yield BroughtItem("organisation", self._at(organisation), {"title": name})
            yield from self._stakeholders(organisation)
        for vision in self.core.all("Vision"):
            if text := vision.said("Description"):
                yield BroughtItem("vision", self._at(vision), {"title": text})
        for mission in self.core.all("Mission"):
            if text := mission.said("Description"):
                titles = text.split("; ") if self.is_own else [text]
                for title in titles:
                    yield BroughtItem("mission", self._at(mission), {"title": title})
        for value in self.core.all("Value"):
            if text := ": ".join(filter(None, (value.said("Name"), value.said("Description")))):
                yield BroughtItem("values", self._at(value), {"title": text})

    def _stakeholders(self, element: Element) -> Iterator[BroughtItem]:
        for one in element.all("Stakeholder"):
            if not (name := one.said("Name")):
                continue
            roles = {role.said("RoleType") for role in one.all("Role")}
            if "Beneficiary" in roles:
                yield BroughtItem("segment", self._at(one), {"title": name})
            elif element.name == "Organization" or not roles & {"Performer"}:
                yield self._other(one, name, "stakeholder")

    def _goal(self, goal: Element) -> Iterator[BroughtItem]:
        """Take a goal as a theme of its objectives, or as a perspective where it is called like one."""
        name = goal.said("Name")
        # What it is called tells a perspective; ours tell it by their identifiers.
        known = meanings()
        band, _, cluster = (
            goal.said("Identifier").removeprefix("_").partition("-") if self.is_own else ("", "", "")
        )
        perspective = (
            band or known.exactly("perspectives", name) or (known.exactly("clusters", name) and "process")
        )
        # Then the aim that it is itself, or the theme or perspective of those under it.
        yield from self._stakeholders(goal)
        objectives = list(goal.all("Objective"))
        title, description, remarks = _sentence(goal, self.is_own)
        if perspective is not None:
            yield self._other(goal, name, "group")
            about: dict[str, Told] = {"perspective": band or name, **_some(cluster=cluster)}
        elif not objectives:
            if title:
                fields: dict[str, Told] = {"title": title}
                yield BroughtItem(
                    "point", self._at(goal), fields | _some(description=description), "", remarks
                )
            return
        else:
            about = {"theme": title} if title else {}
            if title:
                yield BroughtItem(
                    "theme", self._at(goal), {"title": title, **_some(description=description)}, "", remarks
                )
        for objective in objectives:
            yield from self._objective(objective, about)

    def _objective(self, objective: Element, about: dict[str, Told]) -> Iterator[BroughtItem]:
        title, description, remarks = _sentence(objective, self.is_own)
        if not title:
            yield self._other(objective, objective.said("Identifier") or "-", "no_name")
            return
        own_id = objective.said("SequenceIndicator")
        fields: dict[str, Told] = {"title": title, **about}
        if _OWN_ID.match(own_id):
            fields["id"] = own_id
        performers = [
            one.said("Name")
            for one in objective.all("Stakeholder")
            if any(role.said("RoleType") == "Performer" for role in one.all("Role")) and one.said("Name")
        ]
        fields |= _some(description=description, owner_role="; ".join(performers))
        if self.is_own and (told := objective.said("Description")):
            name = _OWN_DESCRIPTIONS.get(str(about.get("perspective", "")).partition("-")[0])
            choice = choice_in(f"{name}s", told) if name else None
            fields |= {name: choice} if name and choice else {"description": told}
        for name, text in self._details(objective):
            if name == "horizon" and (horizon := choice_in("horizons", text)):
                fields["horizon"] = horizon
        yield BroughtItem("point", self._at(objective), fields, "", remarks)
        for one in objective.all("Stakeholder"):
            if one.said("Name") and one.said("Name") not in performers:
                yield self._other(one, one.said("Name"), "stakeholder")
        for indicator in objective.all("PerformanceIndicator"):
            yield from self._indicator(indicator, title)
        for line in objective.raw("OtherInformation").split("\n"):
            yield from self._told_line(objective, line, own_id, title)

    def _told_line(self, objective: Element, line: str, own_id: str, title: str) -> Iterator[BroughtItem]:
        """Take a line of what else is told of an objective; ours tell of initiatives so."""
        if not line.strip():
            return
        found = _REST_OF_OWN.match(line.strip())
        if self.is_own and found is not None and not _OWN_ID.match(found["id"]):
            fields: dict[str, Told] = {"title": found["title"], "id": found["id"]}
            yield BroughtItem(
                "initiative", self._at(objective), fields | self._of_initiative(found["rest"] or ""), title
            )
        elif not self.is_own:
            yield self._other(next(objective.all("OtherInformation")), line, "remark")

    def _of_initiative(self, rest: str) -> dict[str, Told]:
        """Return owner, period and means, which stand behind the title with semicolons between them."""
        told: dict[str, Told] = {}
        for part in (part.strip() for part in rest.split("; ") if part.strip()):
            period = self._period(part) if not told.keys() & {"start", "end"} else {}
            if period:
                told |= period
            elif not told:
                told["owner_role"] = part
            else:
                told["resources"] = f"{told['resources']}; {part}" if "resources" in told else part
        return told

    def _period(self, text: str) -> dict[str, Told]:
        """Return the dates of "January 2027 to June 2027", "vanaf 2027" or "until June 2027"."""
        found = _PERIOD.fullmatch(text)
        if found is None:
            return {}
        dates = {name: date_in(said, _POINT, self.today) for name, said in found.groupdict().items() if said}
        return {name.rstrip("2"): date for name, date in dates.items() if date} if all(dates.values()) else {}

    def _details(self, element: Element) -> Iterator[tuple[str, str]]:
        """Yield what one of our own files tells line by line, "Owner: CFO": its meaning, and what it says."""
        if not self.is_own:
            return
        for line in element.raw("OtherInformation").split("\n"):
            label, colon, text = line.partition(": ")
            meaning, sure = meanings().heading(label)
            if colon:
                yield meaning if meaning is not None and sure == 1.0 else label, text.strip()

    def _indicator(self, indicator: Element, objective: str) -> Iterator[BroughtItem]:
        name = (
            indicator.said("MeasurementDimension") or indicator.said("Name") or indicator.said("Description")
        )
        if not name:
            yield self._other(indicator, indicator.said("Identifier") or "-", "no_name")
            return
        told: dict[str, Told] = {"name": name}
        own_id = indicator.said("SequenceIndicator")
        if self.is_own:
            told["id"] = own_id
        unit = indicator.said("UnitOfMeasurement")
        if unit and choice_in("rows", unit) is None and unit not in _no_units():
            told["unit"] = unit
        remarks: list[Remark] = []
        earlier = self._values(indicator, told)
        if earlier:
            remarks.append(Remark("earlier_values", {"what": "; ".join(earlier)}))
        description = indicator.said("Description")
        if description and description != name:
            told["description"] = description
        left = self._own_details(indicator, told)
        if not self.is_own and (other := indicator.said("OtherInformation")):
            told["note"] = other
        yield BroughtItem("kpi", self._at(indicator), told, objective, tuple(remarks), left)

    def _values(self, indicator: Element, told: dict[str, Told]) -> list[str]:
        """Take the last target and the last result into the fields; return the others in words."""
        earlier: list[str] = []
        for kind, name, date_name in (
            ("TargetResult", "target", "target_date"), ("ActualResult", "baseline", "baseline_by"),
        ):  # fmt: skip
            found = [
                one
                for instance in indicator.all("MeasurementInstance")
                for one in instance.all(kind)
                if one.said("NumberOfUnits") or one.said("Description")
            ]
            found.sort(key=lambda one: one.said("EndDate"))
            for one in found[:-1]:
                said = one.said("NumberOfUnits") or one.said("Description")
                earlier.append(f"{said} ({one.said('EndDate')})" if one.said("EndDate") else said)
            for one in found[-1:]:
                amount = amount_in(one.said("NumberOfUnits") or one.said("Description"), _POINT)
                told |= {name: amount.value} if amount is not None else {}
                told[f"{name}_text"] = one.said("NumberOfUnits") or one.said("Description")
                date = date_in(one.said("EndDate"), _POINT, self.today)
                if date is not None and not (self.is_own and name == "baseline"):
                    told[date_name] = _as_coarse(date, one.said("Description"), self.today)
        return earlier

    def _own_details(self, indicator: Element, told: dict[str, Told]) -> dict[str, str]:
        """Take what one of our own files tells line by line; return what has no place, by its label."""
        left: dict[str, str] = {}
        for meaning, text in self._details(indicator):
            choices = {"direction": "directions", "frequency": "frequencies", "lead_lag": "lead_lag"}
            if meaning in choices:
                choice = choice_in(choices[meaning], text)
                told |= {meaning: choice} if choice is not None else {f"{meaning}_text": text}
            elif meaning == "owner":
                told["owner_role"] = text
            elif meaning in ("formula", "source", "guard", "gaming", "decision"):
                told[meaning] = text
            elif meaning == "red":
                # The number alone: its unit, with a scale where it has one, is told of the KPI.
                digits = _DIGITS.search(text)
                amount = amount_in(digits[0].rstrip(".,") if digits else None, _own_notation(text))
                told |= {"red": amount.value} if amount is not None else {}
            elif meaning == "benchmark":
                told["benchmark_source"] = text
                digits = _DIGITS.search(text.split(", ", maxsplit=1)[0])
                amount = amount_in(digits[0].rstrip(".,") if digits else None, _own_notation(text))
                told |= {"benchmark": amount.value} if amount is not None else {}
            else:
                left[meaning] = text
        return left

    def _links(self, objective: Element) -> Iterator[BroughtItem]:
        """Yield the links of one of our own objectives, which stand in sentences and at its first KPI."""
        cause = objective.said("SequenceIndicator")
        if not self.is_own or not _OWN_ID.match(cause):
            return
        relations = {
            relation.said("ReferentIdentifier").removeprefix("_"): relation
            for indicator in objective.all("PerformanceIndicator")
            for relation in indicator.all("Relationship")
        }
        for line in objective.raw("OtherInformation").split("\n"):
            ids = _IDS.findall(line)
            if len(ids) < 2 or ids[0] != cause:
                continue
            fields: dict[str, Told] = {"cause": cause, "effect": ids[1]}
            relation = relations.get(ids[1])
            because = "" if relation is None else relation.said("Description")
            kind = "" if relation is None else choice_in("link_kinds", relation.said("Name")) or ""
            # A relationship always has a name: to drive is what is meant where nobody said anything else.
            fields |= _some(because=because or _because(line), kind=kind if kind != "drives" else "")
            confidence = choice_in("confidences", line.rstrip(".").rpartition(": ")[2])
            fields |= _some(confidence=confidence or "")
            if (months := _MONTHS.search(line)) is not None:
                number = amount_in(months[1], _own_notation(line))
                fields |= {"delay_months": number.value} if number is not None else {}
            yield BroughtItem("link", self._at(objective), fields)

    def _more(self, element: Element) -> Iterator[BroughtItem]:
        for other in element.all("OtherInformation"):
            if not self.is_own and one_line(other.text):
                yield self._other(other, one_line(other.text), "remark")

    def _at(self, element: Element) -> SourcePlace:
        return SourcePlace(element.line, is_row=False)

    def _other(self, element: Element, said: str, key: str) -> BroughtItem:
        return BroughtItem("other", self._at(element), {"said": said}, remarks=(Remark(key),))


def _sentence(element: Element, is_own: bool) -> tuple[str, str, tuple[Remark, ...]]:
    """Return what an element is called, what else is told of it, and what of its name was left out."""
    name, description = element.said("Name"), element.said("Description")
    if is_own:
        return name, "", ()
    is_sentence = bool(description) and len(description) <= _LONGEST_SENTENCE
    if is_sentence and len(name.split()) <= _SHORT_NAME_WORDS:
        title = description.rstrip(".")
        if not name or one_line(name).casefold() in title.casefold():
            return title, "", ()
        return title, "", (Remark("short_name", {"name": name}),)
    return (name or description[:_LONGEST_SENTENCE]), description if name else "", ()


def _because(line: str) -> str:
    for language in languages():
        word = say("document.because.words", language)
        if (at := line.rfind(f", {word} ")) >= 0:
            return re.split(r"; |\.\Z", line[at + len(word) + 3 :])[0]
    return ""


def _no_units() -> frozenset[str]:
    return frozenset(say("stratml.no_unit", language) for language in languages())


def _own_notation(text: str) -> Notation:
    """Return how one of our files writes a number in words: as its language does."""
    comma = (
        re.search(r"\d,\d{1,2}(?!\d)", text) is not None or re.search(r"\d\.\d{3}(?!\d)", text) is not None
    )
    return Notation(comma=comma, month_first=False, language="nl" if comma else "en")


def _as_coarse(date: str, said: str, today: Today) -> str:
    """Return a day as coarse as the words beside it say it: 85% by December 2027."""
    words = said.split()
    for n in (3, 2, 1):
        told = date_in(" ".join(words[-n:]), _POINT, today)
        if told is not None and date.startswith(told):
            return told
    return date


def _some(**told: str) -> dict[str, Told]:
    return {name: text for name, text in told.items() if text}
