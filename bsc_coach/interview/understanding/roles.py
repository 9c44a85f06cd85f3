"""Roles and owners: the people in the room by role or name, however somebody writes them."""

from __future__ import annotations

import re

from bsc_coach.interview.understanding.offered import OfferedAnswer
from bsc_coach.interview.understanding.phrases import TypedWords, bare
from bsc_coach.interview.understanding.readings import AskBack, Understood
from bsc_coach.text import one_line

_BETWEEN_OWNERS = re.compile(r"\s*[/+&,;]\s*|\s+(?:and|en|or|of|samen met|together with)\s+", re.IGNORECASE)
_WITH_BRACKETS = re.compile(r"([^()]+?)\s*\(([^()]+)\)")
_SLASH = re.compile(r"\s+[/+]\s+")
_LEAST_INITIALS = 2
_LEAST_LETTERS = 4
"""Letters of a word by which a role is recognised: "the" or "it" alone is none."""
_LEAST_MISSPELLED = 5
"""Letters from which on a word may have a slip in it: of shorter ones too many differ by a letter."""
_SHORT_WORD = 6
"""Letters up to which a word has one slip at most."""


def role_meant(
    words: TypedWords, offered: tuple[OfferedAnswer, ...], text: str
) -> Understood | AskBack | None:
    """Return which offered role a text means, or what has to be asked; None for a role as it stands."""
    said = one_line(text)
    if any(one.text == said for one in offered):
        return None
    found = _by_role(words, offered, said)
    if found is not None:
        return Understood(found.text, "role")
    person = _by_name(words, offered, said)
    if person is not None:
        return AskBack("person", (person.text,), name=person.name)
    # "Chief Nurse (Priya)", "Priya (chief nurse)"
    if (both := _WITH_BRACKETS.fullmatch(said)) is not None:
        return role_meant(words, offered, both[1]) or role_meant(words, offered, both[2])
    owners = _several(words, offered, said)
    if owners:
        return AskBack("owners", owners)
    near_by = _misspelled(words, offered, said)
    if near_by is not None:
        return Understood(near_by.text, "role")
    person = _with_a_name(words, offered, said)
    if person is not None:
        return AskBack("person", (person.text,), name=person.name)
    near = tuple(one.text for one in offered if _is_short_for(words, said, one.text))
    return AskBack("which", near) if near else None


def _by_role(words: TypedWords, offered: tuple[OfferedAnswer, ...], said: str) -> OfferedAnswer | None:
    """Return the role that a text is, spaces and hyphens aside, or that it is one half of: "lead / coach"."""
    meant = _joined(words, said)
    whole = [one for one in offered if meant and _joined(words, one.text) == meant]
    halves = [one for one in offered if len(meant) >= _LEAST_MISSPELLED and meant in _halves(words, one.text)]
    return whole[0] if whole else halves[0] if len(halves) == 1 else None


def _halves(words: TypedWords, role: str) -> list[str]:
    """Return what stands on either side of a slash in a role, for comparing."""
    return [_joined(words, half) for half in role.split("/")]


def _misspelled(words: TypedWords, offered: tuple[OfferedAnswer, ...], said: str) -> OfferedAnswer | None:
    """Return the one role that a text is but for a letter or two in its long words."""
    found = [one for one in offered if _same_but_for_slips(_heart(words, said), _heart(words, one.text))]
    return found[0] if len(found) == 1 else None


def _same_but_for_slips(said: tuple[str, ...], role: tuple[str, ...]) -> bool:
    return len(said) == len(role) > 0 and all(is_slip(*pair) for pair in zip(said, role, strict=True))


def is_slip(said: str, meant: str) -> bool:
    """Tell whether a word is another one with a slip: the first letter is right ("import" is no "export")."""
    if said == meant:
        return True
    if min(len(said), len(meant)) < _LEAST_MISSPELLED or said[0] != meant[0]:
        return False
    return _slips_between(said, meant) <= (1 if max(len(said), len(meant)) <= _SHORT_WORD else 2)


def _slips_between(one: str, other: str) -> int:
    """Count the letters that are wrong, missing, too many, or changed places with the next one."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        now = [row]
        for column, against in enumerate(other, start=1):
            least = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != against))
            swapped = column > 1 and one[row - 2 : row] == against + other[column - 2] and row > 1
            now.append(min(least, before[column - 2] + 1) if swapped else least)
        before, last = last, now
    return last[-1]


def _with_a_name(words: TypedWords, offered: tuple[OfferedAnswer, ...], said: str) -> OfferedAnswer | None:
    """Return the one person whose first name stands among other words, where no other's role does."""
    among = set(bare(said).split())
    named = [one for one in offered if (first := bare(one.name).split(" ")[0]) in among and len(first) > 2]
    heart = set(_heart(words, said))
    others = [one for one in offered if one not in named and set(_heart(words, one.text)) <= heart]
    return named[0] if len(named) == 1 and not others else None


def _by_name(words: TypedWords, offered: tuple[OfferedAnswer, ...], said: str) -> OfferedAnswer | None:
    """Return the person whose name, first name or last name somebody gave, where only one has it."""
    wanted = " ".join(part for part in bare(said).split(" ") if part.strip(".") not in words.lists["titles"])
    whole = [one for one in offered if bare(one.name) == wanted]
    parts = [
        one for one in offered if wanted in (bare(one.name).split(" ")[0], bare(one.name).split(" ")[-1])
    ]
    named = whole or parts
    return named[0] if wanted and len(named) == 1 else None


def _several(words: TypedWords, offered: tuple[OfferedAnswer, ...], said: str) -> tuple[str, ...]:
    """Return the owners where a text names several, as roles where they are known."""
    together = words.lists["together"]
    marked = any(bare(word) in together for word in said.split(" "))
    split = (part.split() for part in _BETWEEN_OWNERS.split(said))
    parts = [" ".join(word for word in part if bare(word) not in together) for part in split]
    parts = [part for part in parts if part]
    known = [_by_role(words, offered, part) or _by_name(words, offered, part) for part in parts]
    if len(parts) < 2 or not (all(known) or (marked and any(known)) or _SLASH.search(said)):
        return ()
    return tuple(part if one is None else one.text for part, one in zip(parts, known, strict=True))


def _heart(words: TypedWords, role: str) -> tuple[str, ...]:
    """Return the words of a role that tell it from others: without "the", "and", "of", "&"."""
    plain = " ".join(word for word in bare(role).split() if word not in words.lists["small_words"])
    plain = plain.replace("&", " ").replace("-", " ").replace("/", " ").replace(".", "")
    small = words.lists["articles"] | words.lists["small_words"]
    return tuple(word for word in plain.split() if word not in small)


def _joined(words: TypedWords, role: str) -> str:
    return "".join(_heart(words, role))


def _is_short_for(words: TypedWords, said: str, role: str) -> bool:
    """Tell whether a text is the initials of a role, or some of its words."""
    short, long = _heart(words, said), _heart(words, role)
    if len(short) == 1 and len(short[0]) >= _LEAST_INITIALS and short[0] == "".join(word[0] for word in long):
        return True
    telling = any(len(word) >= _LEAST_LETTERS for word in short)
    return telling and len(short) < len(long) and set(short) <= set(long)
