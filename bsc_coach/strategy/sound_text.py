"""Repair of a strategy.toml that is no valid TOML: what cannot be read is told, and blanked out.

Lines keep their numbers, so that everything else can be read, and found, as if nothing were wrong.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field

from bsc_coach.near_names import close_to
from bsc_coach.strategy.file_faults import FileFault, fault
from bsc_coach.strategy.holding import ALL
from bsc_coach.toml_text import Block, TomlText, salvage

_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_ID = re.compile(r"[ \t]*id[ \t]*=[ \t]*[\"'](?P<id>[^\"'\n]*)[\"'][ \t]*(?:#.*)?$")
_INLINE_ID = re.compile(r"[ \t]*\{[ \t]*id[ \t]*=[ \t]*[\"'](?P<id>[^\"'\n]*)[\"']")
_NAME = re.compile(r"[ \t]*([\w-]+(?:\.[\w-]+)*)[ \t]*[=\"' \t\d]")
_ANY_ID = re.compile(r"\bid[ \t]*=[ \t]*[\"'](?P<id>[^\"'\n]*)[\"']")
_LOOSE_HEAD = re.compile(
    r"[ \t]*(?:\[{1,2}[ \t]*(?P<name>[\w-]+)[ \t]*\]{0,2}|(?P<bare>[\w-]+)\]{1,2})[ \t]*$"
)
_CLOSED_HEAD = re.compile(r"[ \t]*(?:\[[^\[\]]*\]|\[\[[^\[\]]*\]\])[ \t]*")
_HEAD = re.compile(r"[ \t]*(?P<open>\[{1,2})[ \t]*(?P<name>[\w-]+)[ \t]*\]{1,2}")
_SYNTAX = (
    ("twice", r"overwrite|[Dd]eclare|mutate|[Dd]uplicate"),
    ("bracket", r"Unclosed|Expected '\]|Expected '\}"),
    ("equals", r"Expected '='"),
    ("escape", r"Unescaped|hex value"),
    ("quote", r"Illegal character|Unterminated|Expected \"|Expected '\"|string"),
    ("rest", r"Expected newline"),
    ("value", r"Invalid value"),
)
"""Kinds of syntax faults, by what tomllib says of them."""
MOST_ROUNDS = 20
"""Tables taken out, because they do not go together with those before, until the rest is given up."""


@dataclass
class SoundText:
    """A text that is valid TOML, and what was wrong with the one it was made from."""

    text: str
    faults: list[FileFault] = field(default_factory=list)
    lost: dict[tuple[str, int], set[str]] = field(default_factory=dict)
    """Names of entries that were blanked out, by table and number; ALL where nothing could be read."""
    lost_ids: frozenset[str] = frozenset()
    """Ids that stand in lines which were blanked out: their items are not gone."""


def sound_text(text: str, tables: frozenset[str], lists: frozenset[str], *, is_toml: bool) -> SoundText:
    """Return ``text`` as valid TOML; ``tables`` and ``lists`` are the heads that a strategy may have.

    ``is_toml`` says whether it is valid already, so that only heads may be wrong.
    """
    found = SoundText(text)
    lines = text.split("\n")
    if not is_toml:
        _close_heads(found, lines, tables, lists)
    source = TomlText("\n".join(lines), sound=is_toml)
    blocks = [_with_right_head(found, lines, source, block, tables, lists) for block in source.blocks]
    found.text = "\n".join(lines)
    if is_toml and (found.text == text or _is_toml(found.text)):
        return found
    # Each table is read alone, so that a fault in one hides nothing in the others.
    source = TomlText(found.text, sound=False)
    first = Block("", 0, source.blocks[0].start if source.blocks else len(found.text))
    numbers: dict[str, int] = {}
    for name, block in [("", first), *zip(blocks, source.blocks, strict=True)]:
        numbers[name] = numbers.get(name, -1) + 1
        _mend_block(found, lines, source, block, (name, numbers[name]), lists)
    found.text = "\n".join(lines)
    _mend_together(found, lines, source, blocks, lists)
    there = zip(text.split("\n"), lines, strict=True)
    lost = [_ANY_ID.search(line) for line, kept in there if line and not kept]
    found.lost_ids = frozenset(one["id"] for one in lost if one is not None)
    return found


def _close_heads(found: SoundText, lines: list[str], tables: frozenset[str], lists: frozenset[str]) -> None:
    """Read heads that lack a bracket as they were meant: what follows must not fall to the table before."""
    for number, line in enumerate(lines):
        loose = _LOOSE_HEAD.match(line)
        name = (loose["name"] or loose["bare"]) if loose is not None else ""
        if name not in tables | lists or _CLOSED_HEAD.fullmatch(line):
            continue
        right = f"[[{name}]]" if name in lists else f"[{name}]"
        found.faults.append(fault("wrong_brackets", number + 1, name, name=right))
        lines[number] = right


def _is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _with_right_head(
    found: SoundText,
    lines: list[str],
    source: TomlText,
    block: Block,
    tables: frozenset[str],
    lists: frozenset[str],
) -> str:
    """Read a head as it was meant, telling what is wrong with it; return the name of its table."""
    line = source.line(block.start)
    head = _HEAD.match(lines[line - 1])
    if head is None:
        return block.name
    name = block.name
    if name not in tables | lists:
        near = close_to(name, tables | lists)["close"]
        if not near:
            return name  # told as a table that no strategy has
        found.faults.append(fault("unknown_table", line, name, name=name, known=tables | lists))
        name = near
    elif (name in lists) != (head["open"] == "[["):
        written = f"[[{name}]]" if name in lists else f"[{name}]"
        found.faults.append(fault("wrong_brackets", line, name, name=written))
    right = f"[[{name}]]" if name in lists else f"[{name}]"
    lines[line - 1] = right + lines[line - 1][head.end() :]
    return name


def _mend_block(
    found: SoundText,
    lines: list[str],
    source: TomlText,
    block: Block,
    key: tuple[str, int],
    lists: frozenset[str],
) -> None:
    """Blank out what cannot be read of one table."""
    salvaged = salvage(source, block)
    if not salvaged.faults:
        return
    start = source.line(block.start) - 1
    inside = range(start, start + len(source.text[block.start : block.end].splitlines()))
    told = next((found_id["id"] for n in inside if (found_id := _ID.match(lines[n])) is not None), "")
    where = told or _place(*key, lists)
    for one in salvaged.faults:
        line = lines[one.line - 1]
        inline = _INLINE_ID.match(line)
        place, name = inline["id"] if inline else where, _entry_name(line)
        if not place:  # before the first table
            place, name = name or "TOML", ""
        found.faults.append(_syntax_fault(one.line, place, one.message, name))
    if salvaged.given_up:
        found.lost[key] = {ALL}
        kept_id = next((n for n in inside if _ID.match(lines[n]) is not None), -1)
        for n in inside[1 if key[0] else 0 :]:
            lines[n] = lines[n] if n == kept_id else ""
    else:
        changed = {n: kept for n, kept in zip(inside, salvaged.lines, strict=False) if lines[n] != kept}
        found.lost[key] = set(salvaged.lost) | {_entry_name(lines[n]) for n in changed}
        for n, kept in changed.items():
            lines[n] = kept


def _mend_together(
    found: SoundText, lines: list[str], source: TomlText, names: list[str], lists: frozenset[str]
) -> None:
    """Blank out tables that can be read alone, and not beside the others."""
    for _ in range(MOST_ROUNDS):
        try:
            tomllib.loads(found.text)
        except (ValueError, RecursionError) as error:
            place = _AT_LINE.search(str(error))
            line = int(place[1]) if place is not None else len(lines)
            starts = [source.line(block.start) for block in source.blocks]
            number = max((n for n, start in enumerate(starts) if start <= line), default=-1)
            begin = starts[number] if number >= 0 else 1
            end = starts[number + 1] if number + 1 < len(starts) else len(lines) + 1
            name = names[number] if number >= 0 else ""
            place_of = _place(name, names[: max(number, 0)].count(name), lists)
            found.faults.append(_syntax_fault(line, place_of or "TOML", str(error), ""))
            lines[begin - 1 : end - 1] = [""] * (end - begin)
            found.text = "\n".join(lines)
        else:
            return
    found.text = ""


def _syntax_fault(line: int, where: str, message: str, name: str) -> FileFault:
    kind = next((kind for kind, told in _SYNTAX if re.search(told, message)), "unclear")
    return fault("not_toml", line, where, name, syntax=kind)


def _entry_name(line: str) -> str:
    named = _NAME.match(line)
    return named[1] if named is not None else ""


def _place(name: str, number: int, lists: frozenset[str]) -> str:
    return f"{name} {number + 1}" if name in lists else name
