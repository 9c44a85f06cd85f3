"""What the lines of a plan in text are: aims, measures or actions, by their labels and by how they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bsc_coach.imports.cells import Notation, amount_in, choice_in, date_in
from bsc_coach.imports.entries import BroughtItem, EntryKind, Remark, SourcePlace, Told
from bsc_coach.imports.meanings import meanings
from bsc_coach.imports.outline import Node
from bsc_coach.interview.understanding.readings import Today

_AMOUNT = r"(?:[€$£]\s?)?[-+]?\d[\d.,]*\s?(?:%|‰|(?:k|K|M|mln|mld|million|miljoen)\b)?"
_TARGET = rf"(?P<b>{_AMOUNT})(?P<unit>[^\d,.;()]*)"
_WORDS_BEFORE = "to|naar|tot|at least|minimaal|target:?|doel:?|below|under|above|onder|boven"
_CHANGES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:from|van)\s+(?P<a>{_AMOUNT})(?P<unit_a>[^\d]{{0,20}}?)\s+(?:to|naar|tot)\s+{_TARGET}",
        rf"(?P<a>{_AMOUNT})(?P<unit_a>[^\d]{{0,20}}?)\s*(?:->|→|=>|➜)\s*{_TARGET}",
        rf"(?<![\w-])(?!(?:19|20)\d\d\s*>)(?P<a>{_AMOUNT})(?P<unit_a>\s?[^\W\d_]{{0,12}})\s*>\s*{_TARGET}",
        rf"(?:\b(?:{_WORDS_BEFORE})\s+|(?:≥|≤|>=|<=|>|<)\s*){_TARGET}",
    )
)
"""How a line tells where something stands and where it is to be: from 31 to 20 days, 31 > 20 days, ≥ 92%."""
_WHEN = re.compile(
    r"\b(?:by|before|in|voor|per|uiterlijk|eind|end of)\s+"
    r"((?:[^\W\d_]+\s+){0,3}(?:Q[1-4]\s*)?20\d\d|Q[1-4](?:\s+20\d\d)?)",
    re.IGNORECASE,
)
_SCORE = re.compile(
    r"\s*[(\[]?(?:score|grade|progress|voortgang)?[:\s]*\b[01][.,]\d{1,2}\s*(?:/\s*1(?:\.0)?)?[)\]]\s*$", re.I
)
_OWNER = re.compile(
    r"\s*[(\[](?:owner|eigenaar|lead|trekker|dri)\s*:\s*([^)\]]{2,60})[)\]]\s*$|\s+@([\w.-]{2,40})\s*$", re.I
)
_HAS_NUMBER = re.compile(r"\d")
_ONLY_DATE = re.compile(r"\b(?:Q[1-4]|20\d\d|19\d\d)\b")
_SHORT_UNIT_WORDS = 3
_TEXTS = ("mission", "vision", "values", "segment", "risk")
"""What each text under a heading is one of."""
_LONGEST_VALUE = 300


@dataclass(frozen=True)
class _Under:
    """What a line stands under."""

    kind: str = ""
    """What lines there are, where a heading says so."""
    objective: str = ""
    theme: str = ""
    perspective: str = ""


class OutlineMeaning:
    """The lines of a plan as entries."""

    def __init__(self, notation: Notation, today: Today) -> None:
        self.notation = notation
        self.today = today

    def entries(self, root: Node) -> Iterator[BroughtItem]:
        """Yield what each line is, in the order of the text."""
        for line, text in root.paragraphs:
            yield self._other(line, text, "title")
        title = self._title(root)
        if title is not None:
            yield self._other(title.line, title.text, "title")
            yield from (self._other(line, text, "title") for line, text in title.paragraphs)
        for node in root.walk():
            yield from (self._other(line, text, "part_of") for line, text in node.continued)
        for child in root.children if title is None else title.children:
            yield from self._node(child, _Under())

    def _title(self, root: Node) -> Node | None:
        """Return the one heading that all others stand under: the title of the plan."""
        if len(root.children) != 1 or root.children[0].label or not root.children[0].is_heading:
            return None
        only = root.children[0]
        # With nothing but sentences under it, it is the title of a text and no aim.
        heads = only.children or (only.rank == 1 and only.paragraphs)
        return only if heads and not only.section else None

    def _node(self, node: Node, under: _Under) -> Iterator[BroughtItem]:
        if node.section and not node.label:
            yield from self._section(node, under)
            return
        perspective = (
            choice_in("perspectives", node.text) if node.is_heading and len(node.text) <= 50 else None
        )
        if perspective is not None and not node.label and node.children:
            yield self._other(node.line, node.text, "group")
            yield from self._described(node, "")
            for child in node.children:
                yield from self._node(child, _Under(perspective=node.text, theme=under.theme))
            return
        # A theme and an aim lead what stands under them; all else is one thing.
        kind = self._kind(node, under)
        if kind == "theme":
            description = " ".join(text for _, text in node.paragraphs)
            fields: dict[str, Told] = {"title": node.text}
            yield BroughtItem(
                "theme", self._at(node.line), fields | ({"description": description} if description else {})
            )
            yield from (self._other(line, text, "part_of") for line, text in node.paragraphs)
            for child in node.children:
                yield from self._node(child, _Under(theme=node.text, perspective=under.perspective))
        elif kind == "point":
            yield from self._point(node, under)
        elif kind == "kpi":
            yield from self._measured(node, under)
        elif kind == "initiative":
            yield from self._initiative(node, under)
        else:
            yield from self._plain(node, kind, under)

    def _kind(self, node: Node, under: _Under) -> str:
        """Return what a line is: what its label says, else its heading, else how it stands."""
        if node.label:
            labelled = {"objective": "point"}.get(node.label, node.label)
            if labelled == "theme" and not any(
                child.children or self._is_aim(child) for child in node.children
            ):
                return "point"  # a goal with nothing but measures under it is an aim
            return labelled
        if under.kind:
            return {"objective": "point", "theme": self._theme_or_point(node)}.get(under.kind, under.kind)
        if under.objective:
            return "kpi" if _is_number(node.text) else "initiative"
        if under.theme:
            return "point"
        return self._theme_or_point(node)

    def _theme_or_point(self, node: Node) -> str:
        """Tell a heading of aims from an aim: under an aim stand measures, or nothing."""
        if not node.children:
            return "point"
        under_an_aim = ("kpi", "initiative", "owner")
        if any(child.section in under_an_aim or child.label in under_an_aim for child in node.children):
            return "point"
        if any(
            child.label in ("objective", "theme") or child.section == "objective" for child in node.children
        ):
            return "theme"
        measured = sum(_is_number(child.text) for child in node.children)
        return "point" if measured * 2 >= len(node.children) else "theme"

    def _is_aim(self, node: Node) -> bool:
        return (
            node.label == "objective"
            or node.section == "objective"
            or (not node.label and not node.section and not _is_number(node.text))
        )

    def _section(self, node: Node, under: _Under) -> Iterator[BroughtItem]:
        """Go through what stands under a heading that only says what follows."""
        yield self._other(node.line, node.text, "group")
        if node.section in (*_TEXTS, "note", "owner"):
            yield from self._texts(node, node.section, under)
            return
        inner = _Under(node.section, under.objective, under.theme, under.perspective)
        for line, text in node.paragraphs:
            yield from (
                self._node(Node(text, line, node.rank + 1), inner)
                if inner.objective
                else iter([self._other(line, text, "remark")])
            )
        for child in node.children:
            yield from self._node(child, inner)

    def _texts(self, node: Node, section: str, under: _Under) -> Iterator[BroughtItem]:
        """Take every text under a heading as one thing of its kind: the mission, the values."""
        told = [*node.paragraphs, *((one.line, one.text) for child in node.children for one in child.walk())]
        for line, text in sorted(told):
            if section in _TEXTS:
                kind: EntryKind = section  # type: ignore[assignment]  # the names are those of the entries
                yield BroughtItem(kind, self._at(line), {"title": text})
            else:
                yield self._other(line, text, "remark")

    def _plain(self, node: Node, kind: str, under: _Under) -> Iterator[BroughtItem]:
        if kind in _TEXTS:
            entry_kind: EntryKind = kind  # type: ignore[assignment]
            yield BroughtItem(entry_kind, self._at(node.line), {"title": node.text})
        else:
            yield self._other(node.line, node.text, "remark")
        yield from self._described(node, "")
        for child in node.children:
            yield from self._node(child, under)

    def _point(self, node: Node, under: _Under) -> Iterator[BroughtItem]:
        title, owner = _without_owner(_SCORE.sub("", node.text))
        fields: dict[str, Told] = {"title": title}
        for name, told in (("theme", under.theme), ("perspective", under.perspective), ("owner_role", owner)):
            if told:
                fields[name] = told
        for child in node.children:
            if child.label == "owner":
                fields["owner_role"] = child.text
        description = " ".join(text for _, text in node.paragraphs)
        if description:
            fields["description"] = description
        yield BroughtItem("point", self._at(node.line), fields)
        yield from (self._other(line, text, "part_of") for line, text in node.paragraphs)
        for child in node.children:
            if child.label == "owner":
                yield self._other(child.line, child.text, "part_of")
            else:
                yield from self._node(child, _Under(objective=title, theme=under.theme))

    def _measured(self, node: Node, under: _Under) -> Iterator[BroughtItem]:
        """Take a key result as a KPI with what it says of its target; one without any number is an action."""
        if not _is_number(node.text) and under.objective and not meanings().is_measure(node.text):
            yield from self._initiative(node, under, Remark("no_measure"))
            return
        text, owner = _without_owner(_SCORE.sub("", node.text))
        fields: dict[str, Told] = {"name": _name_of(text)[:_LONGEST_VALUE], **self._target(text)}
        if owner:
            fields["owner_role"] = owner
        if under.perspective:
            fields["perspective"] = under.perspective
        yield BroughtItem("kpi", self._at(node.line), fields, under.objective)
        yield from self._below(node, under)

    def _target(self, text: str) -> Mapping[str, Told]:
        """Return what a line says of where it stands, where it is to be, and by when."""
        told: dict[str, Told] = {}
        when = _WHEN.search(text)
        if when is not None and (date := date_in(when[1], self.notation, self.today)) is not None:
            told["target_date"] = date
        for pattern in _CHANGES:
            found = pattern.search(text)
            if found is None:
                continue
            named = found.groupdict()
            target = amount_in(named["b"].strip(" .,"), self.notation)
            if target is None or _ONLY_DATE.fullmatch(named["b"].strip()):
                continue
            told |= {"target": target.value, "target_text": named["b"].strip(" .,")}
            unit = target.unit or _unit(named.get("unit") or "") or _unit(named.get("unit_a") or "")
            if unit:
                told["unit"] = unit
            before = amount_in((named.get("a") or "").strip(" .,"), self.notation)
            other_unit = _unit(named.get("unit_a") or "")
            if before is not None and other_unit and other_unit != unit:
                told["current_text"] = f"{before.value} {other_unit}"  # 3.5 days are not 3.5 hours
            elif before is not None:
                told |= {"baseline": before.value, "baseline_text": (named.get("a") or "").strip(" .,")}
                if before.value != target.value:
                    told["direction"] = "up" if target.value > before.value else "down"
            return told
        return told

    def _initiative(self, node: Node, under: _Under, *remarks: Remark) -> Iterator[BroughtItem]:
        title, owner = _without_owner(_SCORE.sub("", node.text))
        fields: dict[str, Told] = {"title": title, **({"owner_role": owner} if owner else {})}
        when = _WHEN.search(title)
        if when is not None and (date := date_in(when[1], self.notation, self.today)) is not None:
            fields["end"] = date
        yield BroughtItem("initiative", self._at(node.line), fields, under.objective, remarks)
        yield from self._below(node, under)

    def _below(self, node: Node, under: _Under) -> Iterator[BroughtItem]:
        """Tell what stands under a measure or an action; a line with a label of its own is what that says."""
        yield from self._described(node, "remark")
        for child in node.children:
            if child.label in ("kpi", "initiative", "objective"):
                yield from self._node(child, under)
            else:
                yield from (self._other(one.line, one.text, "remark") for one in child.walk())

    def _described(self, node: Node, key: str) -> Iterator[BroughtItem]:
        yield from (self._other(line, text, key or "remark") for line, text in node.paragraphs)

    def _at(self, line: int) -> SourcePlace:
        return SourcePlace(line, is_row=False)

    def _other(self, line: int, text: str, key: str) -> BroughtItem:
        return BroughtItem("other", self._at(line), {"said": text}, remarks=(Remark(key),))


def _is_number(text: str) -> bool:
    """Tell whether a line has a number that is not only a date."""
    return _HAS_NUMBER.search(_ONLY_DATE.sub("", text)) is not None


def _name_of(text: str) -> str:
    """Return what is measured, where a colon or dash parts it from how it is to change."""
    name, mark, rest = text.rpartition(": ")
    if mark and name and any(pattern.match(rest) for pattern in _CHANGES):
        return name
    return text


def _unit(text: str) -> str:
    """Return what stands behind a number where it is short enough to be a unit."""
    words = re.split(
        r"\b(?:by|before|in|for|of|per|voor|van|op|and|en|at|with|uiterlijk|eind)\b", text.strip()
    )[0].split()
    return " ".join(words) if 0 < len(words) <= _SHORT_UNIT_WORDS else ""


def _without_owner(text: str) -> tuple[str, str]:
    """Return a line without the owner that stands behind it in brackets, and the owner."""
    found = _OWNER.search(text)
    if found is None:
        return text.strip(), ""
    return text[: found.start()].strip(), (found[1] or found[2]).strip()
