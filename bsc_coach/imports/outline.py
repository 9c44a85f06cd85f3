"""The lines of a plan in text as a tree: headings of Markdown, numbers, bullets, and labels such as KR1."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bsc_coach.imports.meanings import meanings, plain

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r"\s*(?:=+|-{3,}|\*{3,}|_{3,})\s*")
_BULLET = re.compile(r"(\s*)(?:[-*+•·▪◦‣–]|o(?=\s\s*\S))\s+(?:\[[ xX]\]\s*)?(.*)")
_NUMBER = re.compile(r"(\s*)\(?((?:\d{1,2}\.)+\d{0,2}|\d{1,2}(?=[.)]|\s*[:–-]\s))[.):]?\s+(?:[-–]\s+)?(.*)")
_LETTER = re.compile(r"(\s*)\(?([a-z]|[ivx]{1,4})[.)]\s+(.*)")
_LABEL = re.compile(
    r"(?P<word>[^\W\d_][^:\d]{0,40}?)(?:\s*\d{1,2}(?:\.\d{1,2})*|\s+[A-Z](?!\w))?"
    r"\s*(?:[:.–—-]\s+|:\s*|$)(?P<rest>.*)",
    re.DOTALL,
)
_SHORT_LABEL = re.compile(
    r"(?P<word>KR|O|OKR|KPI|SO|G|DS|MS)\s?-?(?P<number>\d{1,2}(?:\.\d{1,2})*)\s*[:.)–-]?\s+(?P<rest>.*)"
)
_SHORT_LABELS = {
    "KR": "kpi", "O": "objective", "OKR": "objective", "KPI": "kpi", "SO": "objective", "G": "theme",
    "DS": "objective", "MS": "kpi",
}  # fmt: skip
_MARKS = re.compile(r"\*\*|__|`|~~")
_EMPHASIS = re.compile(r"(?<!\w)([*_])(?=\S)([^*_]{1,300})\1(?!\w)")
_LINK = re.compile(r"!?\[([^\]\[]{0,300})\]\([^)(]{0,2000}\)")
_LONGEST_LINE = 4_000
"""Characters of a line that is looked at for marks; a longer one is plain text."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BOLD_LINE = re.compile(r"\s*(?:\*\*|__)(.+?)(?:\*\*|__)\s*:?\s*$")
_DEPTHS = {"objective": 1, "kpi": 2, "initiative": 2}
"""How far below a goal a line stands that has only a label."""

_RANK_BOLD, _RANK_LABEL, _RANK_NUMBER, _RANK_BULLET = 7, 8, 10, 30


@dataclass
class Node:
    """A line of a plan with what stands under it."""

    text: str
    line: int
    rank: int
    """How far down it stands: headings from 1, numbers from 10, bullets from 30."""
    label: str = ""
    """What its first words say it is: "KR1: …" is a kpi."""
    section: str = ""
    """What its words say that stands under it: "Key results" has kpis."""
    is_heading: bool = False
    children: list[Node] = field(default_factory=list)
    paragraphs: list[tuple[int, str]] = field(default_factory=list)
    continued: list[tuple[int, str]] = field(default_factory=list)
    """Lines that its text or its last paragraph goes on with."""

    def walk(self) -> Iterator[Node]:
        """Yield the node and all under it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


def tree_of(lines: Sequence[tuple[int, str]]) -> Node:
    """Return the lines of a plan as a tree; the root stands for the whole text."""
    root = Node("", 0, 0)
    open_nodes = [root]
    for line, raw in lines:
        if not raw.strip() or _UNDERLINE.fullmatch(raw):
            continue
        node = _node(raw, line)
        if node is None:
            _paragraph(open_nodes[-1], line, _bare(raw))
            continue
        while open_nodes[-1].rank >= node.rank:
            open_nodes.pop()
        open_nodes[-1].children.append(node)
        # Whose something is heads nothing: what follows stands beside it.
        if node.label != "owner" or node.is_heading:
            open_nodes.append(node)
    return root


def aim_of(heading: str) -> str:
    """Return the aim that a heading names by its label: "## Objective 2: …"; empty for any other."""
    node = _node(heading, 0)
    return node.text if node is not None and node.label == "objective" else ""


def is_labelled(line: str) -> bool:
    """Tell whether a line says itself what it is: "Objective 1.1: …", "KPI: …", "# Goals"."""
    node = _node(line, 0)
    return node is not None and bool(node.label or node.section or node.rank != _RANK_LABEL)


def without_comments(text: str) -> str:
    """Return a text with its HTML comments blanked out, its lines where they were."""
    return _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)


def _paragraph(node: Node, line: int, text: str) -> None:
    """Add a line without a mark: it goes on with the one before, or says more about it."""
    goes_on = text[:1].islower() and not node.is_heading
    if goes_on and not node.paragraphs and node.rank and not node.text.endswith((".", ":", "!", "?")):
        node.text = _joined(node.text, text)
        node.continued.append((line, text))
    elif goes_on and node.paragraphs:
        first, said = node.paragraphs[-1]
        node.paragraphs[-1] = (first, _joined(said, text))
        node.continued.append((line, text))
    else:
        node.paragraphs.append((line, text))


def _joined(before: str, after: str) -> str:
    """Return a line with the one that it goes on with; a hyphen at its end was put there by a line break."""
    if re.search(r"[^\W\d_]-\Z", before):
        return f"{before[:-1]}{after}"
    return f"{before} {after}"


def _node(raw: str, line: int) -> Node | None:
    """Return a line as a node; None for one that is plain text."""
    if len(raw) > _LONGEST_LINE:
        return None
    expanded = raw.expandtabs(4)
    if (heading := _HEADING.fullmatch(expanded)) is not None:
        return _labelled(Node(_bare(heading[2]), line, len(heading[1]), is_heading=True))
    if (bold := _BOLD_LINE.fullmatch(expanded)) is not None:
        return _labelled(Node(_bare(bold[1]), line, _RANK_BOLD, is_heading=True))
    if (number := _NUMBER.fullmatch(expanded)) is not None:
        depth = len([part for part in number[2].split(".") if part])
        return _labelled(Node(_bare(number[3]), line, _RANK_NUMBER + depth + len(number[1]) // 2))
    if (bullet := _BULLET.fullmatch(expanded)) is not None:
        return _labelled(Node(_bare(bullet[2]), line, _RANK_BULLET + len(bullet[1])))
    if (letter := _LETTER.fullmatch(expanded)) is not None:
        return _labelled(Node(_bare(letter[3]), line, _RANK_BULLET - 5 + len(letter[1]) // 2))
    node = _labelled(Node(_bare(expanded), line, _RANK_LABEL))
    if node.label or (node.section and len(node.text) <= 60):
        node.rank += _DEPTHS.get(node.label, 0)
        return node
    return None


def _labelled(node: Node) -> Node:
    """Take the label off a node, where its first words are one, or note what stands under it."""
    known = meanings().tables["labels"]
    short = _SHORT_LABEL.fullmatch(node.text)
    if short is not None and short["rest"].strip():
        node.label, node.text = _SHORT_LABELS[short["word"]], short["rest"].strip()
        return node
    found = _LABEL.fullmatch(node.text)
    meaning = known.get(plain(found["word"])) if found is not None else None
    if found is None or meaning is None:
        node.section = known.get(plain(node.text), "") if len(node.text) <= 60 else ""
        return node
    if found["rest"].strip():
        node.label, node.text = meaning, found["rest"].strip()
    else:
        node.section = meaning
    return node


def _bare(text: str) -> str:
    """Return a text without the marks of Markdown."""
    if len(text) > _LONGEST_LINE:
        return " ".join(text.split())
    told = _MARKS.sub("", _LINK.sub(r"\1", text))
    return " ".join(_EMPHASIS.sub(r"\2", told).split())
