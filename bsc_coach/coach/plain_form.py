"""The plain form of an objective: one meaning in the one shape that rules read, however it was written.

English has its verb first: "To lend objects", "The museum will lend objects", "Lending the objects" and
"Reduction of waste" become "lend objects" and "reduce waste". Dutch has the whole verb last: "Verlaging van
de wachttijd", "Het verlagen van de wachttijd" and "De haven verlaagt de wachttijd" become "de wachttijd
verlagen". What has no such shape stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bsc_coach.coach.lexicon.word_lists import Wordlists, wordlists
from bsc_coach.coach.sentence import Sentence, stems_of

_FARTHEST = 8
"""Words of a subject: what stands further on is no verb of the sentence."""
_SAID = 3
"""Words that follow the verb of a whole sentence, and hardly a name: "our crews clear drains at low tide"."""
_LONGEST_NAME = 4
"""Words of a subject that begins with an article: "our night shift crews"."""


def plain_form(read: Sentence, organisation: tuple[str, ...] = ()) -> Sentence:
    """Return a sentence in its plain form; ``organisation`` is the name of the team's own organisation."""
    words = (_english if read.verb_first else _dutch)(read, organisation)
    return read if words == read.words else Sentence(words, read.lists, read.language)


def tells(read: Sentence) -> bool:
    """Tell whether a sentence has a subject and a finite verb of being or being able: "care is near"."""
    at = next((at for at, word in enumerate(read.words[:_FARTHEST]) if read.among("finite_words", word)), 0)
    return at > 0 and not read.clause_before(at)


def pairs(lists: Wordlists, name: str) -> dict[str, str]:
    """Return a list of two words each as a table: the noun and its verb."""
    return {first: second for first, _, second in (entry.partition(" ") for entry in lists.words(name))}


def _english(read: Sentence, name: tuple[str, ...]) -> tuple[str, ...]:
    words = read.words
    purpose = read.list("purpose_starts").at(words, 0) if words else 0
    if purpose and len(words) > purpose and read.is_verb(words[purpose]):
        return words[purpose:]
    acting = _will_act(read) or _english_act(read, name)
    return acting or _english_noun(read) or words


def _will_act(read: Sentence) -> tuple[str, ...]:
    """Return what follows the subject and "will": "the museum will also lend …"."""
    words = read.words
    for at in range(1, min(_FARTHEST, len(words) - 2)):
        if read.among("clause_words", words[at]):
            break
        if length := read.list("future").at(words, at):
            after = at + length
            after += after < len(words) and read.among("adverbs", words[after])
            known = after < len(words) and read.is_verb(words[after]) and words[after] != "be"
            return words[after:] if known else ()
    return ()


def _english_act(read: Sentence, name: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a subject does, with the verb as it stands in a dictionary: "our crews clear drains"."""
    words = read.words
    if name and words[: len(name)] == name and len(words) > len(name) + 1:
        base = third_person(read, words[len(name)])
        return (base, *words[len(name) + 1 :]) if base else ()
    if words[:1] == ("we",) and len(words) > 2 and read.is_verb(words[1]):
        return words[1:]
    began = bool(words) and read.among("subject_starts", words[0])
    for at in range(2 if began else 1, min(_LONGEST_NAME + 1, len(words) - 1)):
        word, before = words[at], words[at - 1]
        ends = ("prepositions", "clause_words", "finite_words")
        if any(read.among(name, word) for name in ends) or read.is_verb(words[0]):
            break
        many = read.among("plurals", before) or (before.endswith("s") and not before.endswith("ss"))
        base = word if many and read.is_verb(word) else third_person(read, word) if began else ""
        if base and _surely_acts(read, base, words[at + 1 :], began=began):
            return (base, *words[at + 1 :])
    return ()


def _surely_acts(read: Sentence, base: str, rest: tuple[str, ...], *, began: bool) -> bool:
    """Tell whether a word that can be a verb is one after this subject, by what follows it."""
    if read.among("determiners", rest[0]) or read.is_verb(rest[0]):
        return True
    if not read.among("ambiguous_verbs", base):
        return True
    return len(rest) >= _SAID + (not began) and not read.among("prepositions", rest[0])


def third_person(read: Sentence, word: str) -> str:
    """Return the verb of "opens"; empty where it is none."""
    if not word.endswith("s") or word.endswith("ss"):
        return ""
    bases = (word[:-1], word[:-2], f"{word[:-3]}y" if word.endswith("ies") else "")
    return next((base for base in bases if base and read.is_verb(base)), "")


def _english_noun(read: Sentence) -> tuple[str, ...]:
    """Return the plain form of a noun or gerund that means a verb: "reduction of", "shortening the"."""
    words = read.words[1:] if read.words and read.among("articles_definite", read.words[0]) else read.words
    if len(words) < 3:
        return ()
    head, after = words[0], words[1]
    known = pairs(read.lists, "nouns_of_doing")
    if head in known and after in ("of", "in"):
        return (known[head], *words[2:])
    if not head.endswith("ing"):
        return ()
    base = next((base for base in _gerund_bases(head) if read.is_verb(base)), "")
    changes = read.among("change_verbs", base)
    once = any(read.among(name, base) for name in ("one_off_verbs", "one_off_with_article", "one_off_works"))
    if base and (changes or once) and after == "of":
        return (base, *words[2:])
    if base and read.list("one_off_phrases").at((base, *words[1:]), 0) > 1:
        return (base, *words[1:])
    object_follows = read.among("determiners", after) or read.among("comparatives", after)
    sure = changes or not read.among("ambiguous_verbs", base)
    if base and (object_follows or (sure and not read.among("prepositions", after))):
        return (base, *words[1:])
    return ()


def _gerund_bases(word: str) -> Iterator[str]:
    stem = word[:-3]
    yield from (stem, f"{stem}e")
    if len(stem) > 2 and stem[-1] == stem[-2]:
        yield stem[:-1]


def _dutch(read: Sentence, name: tuple[str, ...]) -> tuple[str, ...]:
    return _dutch_act(read, name) or _dutch_nouns(read) or read.words


def _dutch_act(read: Sentence, name: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a subject does with the whole verb last: "de haven loodst schepen", "wij bouwen …"."""
    words = read.words
    at = _dutch_finite(read, name)
    if not at:
        return ()
    rest = words[at + 1 :]
    if read.among("future", words[at]):
        return rest if read.is_verb(rest[-1]) else ()
    whole = third_persons(read.language).get(words[at], words[at])
    for place, word in enumerate(rest):
        joined = f"{word}{whole}"
        if read.among("split_parts", word) and read.parted(word, at + 1) and read.is_verb(joined):
            return (*rest[:place], *rest[place + 1 :], joined)
    return (*rest, whole) if read.is_verb(whole) else ()


def _dutch_finite(read: Sentence, name: tuple[str, ...]) -> int:
    """Return where the finite verb of a sentence with a subject stands; 0 for none."""
    words = read.words
    if name and words[: len(name)] == name:
        return len(name) if len(words) > len(name) + 1 and _finite(read, words[len(name)]) else 0
    if words[:1] in (("wij",), ("we",)):
        return int(len(words) > 2)
    if len(words) > _SAID and words[0].endswith(("en", "s")) and read.among("ambiguous_verbs", words[1]):
        return int(read.is_verb(words[1]) and not read.among("prepositions", words[2]))
    if not words or not read.among("subject_starts", words[0]):
        return 0
    for at in range(2, min(_LONGEST_NAME + 1, len(words) - 1)):
        if read.among("clause_words", words[at]) or read.among("prepositions", words[at]):
            break
        many = words[at - 1].endswith(("en", "s")) and read.among("determiners", words[at + 1])
        if _finite(read, words[at]) or (many and read.is_verb(words[at])):
            return at
    return 0


def _finite(read: Sentence, word: str) -> bool:
    return word in third_persons(read.language) or read.among("future", word)


@lru_cache(maxsize=8)
def third_persons(language: str) -> dict[str, str]:
    """Return the forms of Dutch verbs that "he", "she" or a name takes, with the whole verb."""
    lists = wordlists(language)
    nouns = lists.words("finite_nouns")
    alike = nouns | lists.words("auxiliaries")
    found: dict[str, str] = {}
    whole = sorted(lists.words("result_verbs"))
    parts = tuple(sorted(lists.words("split_parts")))
    split = (verb[len(part) :] for verb in whole for part in parts if verb.startswith(part))
    begun = (part + verb for part in ("be", "ver", "ont", "her") for verb in whole)
    for verb in (*whole, *split, *begun):
        for stem in stems_of(verb):
            if stem.endswith("t"):
                if stem not in alike:  # "de gieterij verkort"
                    found.setdefault(stem, verb)
            elif f"{stem}t" not in nouns:
                found.setdefault(f"{stem}t", verb)
    return found


def _dutch_nouns(read: Sentence) -> tuple[str, ...]:
    """Return the plain form of nouns that mean a verb, one or two of them joined by "en"."""
    words = read.words
    began = _noun_of(read, 0)
    if not began:
        return ()
    verb, start = began
    for at in range(start + 1, len(words) - 2):
        second = _noun_of(read, at + 1) if words[at] == "en" else None
        if second:
            return (*words[start:at], verb, "en", *words[second[1] :], second[0])
    return (*words[start:], verb)


def _noun_of(read: Sentence, at: int) -> tuple[str, int] | None:
    """Return the verb that a noun at ``at`` means, and where what it is done to begins."""
    words = read.words
    if at < len(words) and read.among("articles", words[at]):
        at += 1
    if at < len(words) - 3 and (read.among("comparatives", words[at]) or read.among("adverbs", words[at])):
        at += 1
    if at + 2 >= len(words) or words[at + 1] != "van":
        return None
    verb = noun_as_verb(read, words[at])
    return (verb, at + 2) if verb else None


def noun_as_verb(read: Sentence, word: str) -> str:
    """Return the verb that a Dutch noun means: of a change, of something done once, or itself a verb."""
    if word.endswith(("en", "ën")) and read.is_verb(word):
        return word
    if known := pairs(read.lists, "nouns_of_doing").get(word):
        return known
    whole = f"{word[:-3]}en" if word.endswith("ing") else ""
    meant = (
        "change_verbs",
        "one_off_verbs",
        "one_off_works",
        "one_off_with_article",
        "vague_verbs",
        "study_verbs",
    )
    return whole if whole and any(read.among(name, whole) for name in meant) else ""
