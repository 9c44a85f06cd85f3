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
    near = tuple(one.text for one in offered if _is_short_for(words, said, one.text))
    return AskBack("which", near) if near else None


def _by_role(words: TypedWords, offered: tuple[OfferedAnswer, ...], said: str) -> OfferedAnswer | None:
    return next((one for one in offered if _heart(words, one.text) == _heart(words, said)), None)


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
    plain = bare(role).replace("&", " ").replace("-", " ").replace("/", " ").replace(".", "")
    small = words.lists["articles"] | words.lists["small_words"]
    return tuple(word for word in plain.split() if word not in small)


def _is_short_for(words: TypedWords, said: str, role: str) -> bool:
    """Tell whether a text is the initials of a role, or some of its words."""
    short, long = _heart(words, said), _heart(words, role)
    if len(short) == 1 and len(short[0]) >= _LEAST_INITIALS and short[0] == "".join(word[0] for word in long):
        return True
    telling = any(len(word) >= _LEAST_LETTERS for word in short)
    return telling and len(short) < len(long) and set(short) <= set(long)
