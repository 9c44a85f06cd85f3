"""What the name, unit and formula of a KPI say: a bare number, a whole that it is divided by, work, a deed.

Told by structure (a plural with a clause behind it, a participle, a unit that counts), so that a sector of
which no list has a word is read like any other. Lists hold what is lexical by nature: units, participles of
the work that staff does, ways to divide.
"""

from __future__ import annotations

import re
from itertools import pairwise

from bsc_coach.coach.kpi_sheet import KpiSheet
from bsc_coach.coach.lexicon.matcher import stem, words_of
from bsc_coach.coach.sentence import Sentence, sentence_of

RATIO = re.compile(r"[÷/]")
_DIVIDED = re.compile(r"[÷/%]|\bp\d\d\b|\d+(?:st|nd|rd|th|e|ste) p")
_LEAST_PLURAL = 4
_HEAD_REACH = 4
"""Words of a name among which the thing that is counted stands."""
_PARTICIPLE = {
    "en": re.compile(r"[a-z-]{3,}(?:ed|ied)"),
    "nl": re.compile(
        r"[a-zë]{0,9}ge[a-zïë]{2,}(?:[dt]|en)|(?:be|ver|ont|her|er|over|onder|mis|door|om)[a-zë]{2,}[dt]"
    ),
}
_PLURAL = {
    "en": re.compile(r"[^\W\d]+(?<![sui])s"),
    "nl": re.compile(r"[^\W\d]+(?:en|ën|(?:e[rlm]|aar|eur|oor|ie|je|ee|[tdln]e|[aouyi]['’]|[ckptw])s)"),
}


def is_plural(word: str, sheet: KpiSheet) -> bool:
    """Tell whether a word looks like the plural of a thing."""
    looks = _PLURAL.get(sheet.context.language)
    if word in sheet.lists.words("irregular_plurals"):
        return True
    return bool(
        looks
        and len(word) >= _LEAST_PLURAL
        and looks.fullmatch(word)
        and word not in sheet.lists.words("no_plurals")
    )


def is_participle(word: str, sheet: KpiSheet) -> bool:
    """Tell whether a word says what was done or happened: decided, held; besloten, gehouden."""
    looks = _PARTICIPLE.get(sheet.context.language)
    listed = any(bool(sheet.find(name, word)) for name in ("done_words", "work_done", "irregular_done"))
    return listed or bool(looks and looks.fullmatch(word))


def _is_bent_participle(word: str, sheet: KpiSheet) -> bool:
    """Tell whether a participle stands before its noun: "paid invoices", "betaalde facturen"."""
    return is_participle(word, sheet) or (word.endswith("e") and is_participle(word[:-1], sheet))


# --- A bare number --------------------------------------------------------------------------------------


def counts_things(sheet: KpiSheet) -> bool:
    """Tell whether the unit is a bare number: "number", or a plural that the name is about."""
    unit = words_of(sheet.unit)
    if not sheet.unit or sheet.find("no_counts", sheet.name):
        return False
    if sheet.unit in sheet.lists.words("count_units"):
        return True
    if not unit or not is_plural(unit[-1], sheet) or sheet.find("measure_units", sheet.unit):
        return False
    named = {stem(word, sheet.context.language) for word in words_of(sheet.name)}
    about = any(stem(unit[-1], sheet.context.language) in one for one in named)
    return about or any(is_plural(word, sheet) for word in words_of(sheet.name)[:_HEAD_REACH])


def is_divided(sheet: KpiSheet, *, by_period: bool = True) -> bool:
    """Tell whether anything divides the count: a sign, "per", a share, a mean.

    A period in a formula does not ("count per month"), and one in the name only ``by_period``.
    """
    if _DIVIDED.search(f"{sheet.name} . {sheet.unit} . {sheet.formula}"):
        return True
    name = sheet.name if by_period else _without_periods(sheet.name, sheet)
    texts = (name, sheet.unit, _without_periods(sheet.formula, sheet))
    return any(sheet.find("divided_words", text) for text in texts)


def _without_periods(text: str, sheet: KpiSheet) -> str:
    """Return a formula without "per month" and "sum of all": a period is no volume, and a sum no share."""
    if summed := sheet.find("sums", text):
        text = text.replace(summed, "")
    words, periods = text.split(), sheet.lists.words("periods")
    return " ".join(
        word
        for word, after in pairwise((*words, ""))
        if not (word == "per" and after.strip(".,;") in periods)
    )


# --- What it is divided by ------------------------------------------------------------------------------


def tells_the_whole(sheet: KpiSheet) -> bool:
    """Tell whether a name says of what it is a share: "those who …", "things with …", "bills paid early"."""
    words, before = _without_count(sheet), sheet.lists.words("restricting_words")
    if has_clause(sheet) or any(word in sheet.lists.words("than_words") for word in words):
        return True
    if is_plural(words[-1] if words else "", sheet) and _is_bent_participle("".join(words[-2:-1]), sheet):
        # "Binnen zes weken verleende vergunningen", "percentage geslaagde kandidaten".
        said_of_them = len(words) > 2 or bool(sheet.find("shares_of", sheet.name))
        if said_of_them and not sheet.formula:
            return True
    if words[:1] and (words[0] in before or words[0] in sheet.lists.words("leading_words")):
        return False  # "on time at the gate": nothing is named
    for at, (word, after) in enumerate(pairwise(words)):
        if is_plural(word, sheet) and after not in sheet.lists.words("joining_words"):
            # In "tevreden gasten" only the last word is the thing.
            last = at + 2 == len(words)
            if not last or is_participle(after, sheet):
                return True
        if word in sheet.lists.words("collectives") and after.endswith("ing"):
            return True  # "crew leaving"
        if after in before:
            return not (is_abstract(word, sheet) or is_participle(word, sheet) or len(words) == 2)
        if is_participle(after, sheet):
            # One thing of which some is lost, paid, sorted; no quality, and no "digitally applied".
            manner = word.endswith(tuple(sheet.lists.words("manner_endings")))
            no_thing = manner or word in sheet.lists.words("generic_measure_words")
            return not (no_thing or is_participle(word, sheet) or len(words) == 2)
    return False


def has_clause(sheet: KpiSheet) -> bool:
    """Tell whether a clause says who or what is meant: "members who …", "% that …"."""
    words, relative = words_of(sheet.name), sheet.lists.words("relative_words")
    leads = bool(words) and words[0] in relative and "%" in sheet.name
    return leads or any(word in relative for word in words[1:])


def is_loose(sheet: KpiSheet) -> bool:
    """Tell whether "of" follows a quality or a use, which leaves open what is divided: "use of the hall"."""
    words = words_of(sheet.name)
    of = next((at for at, word in enumerate(words) if sheet.find("of_words", word)), 0)
    head = words[of - 1] if of else ""
    return head in sheet.lists.words("loose_wholes") or head in sheet.lists.words("generic_measure_words")


def is_abstract(word: str, sheet: KpiSheet) -> bool:
    """Tell whether a word is a quality or a doing, of which nobody can be counted: satisfaction, snelheid."""
    generic = word in sheet.lists.words("generic_measure_words")
    return generic or word.endswith(tuple(sheet.lists.words("abstract_endings")))


def before_clause(sheet: KpiSheet) -> str:
    """Return a name up to its clause: "members" of "members who will come again"."""
    words, relative = words_of(sheet.name), sheet.lists.words("relative_words")
    cut = next((at for at, word in enumerate(words) if word in relative), len(words))
    return " ".join(words[:cut])


def _without_count(sheet: KpiSheet) -> tuple[str, ...]:
    """Return the words of a name without "number of", "share of" before them."""
    words = words_of(sheet.name)
    counted = sheet.find("count_words", sheet.name) or sheet.find("shares_of", sheet.name)
    lead = words_of(counted)
    return words[len(lead) :] if lead and words[: len(lead)] == lead else words


# --- Work that staff does -------------------------------------------------------------------------------


def work_in(sheet: KpiSheet) -> str:
    """Return the work that a name counts: what staff did, by number, by hours or by head; empty for none."""
    if sheet.kpi.direction == "down" or sheet.unit in sheet.lists.words("deed_units"):
        return ""
    whole = _without_count(sheet)
    words = whole[: whole.index("per")] if "per" in whole else whole
    for word, after in pairwise((*words, "")):
        if _is_work(word, sheet):
            # "% of hydrants inspected": with more behind it, it tells how well or for whom.
            said = sheet.is_share and after and after not in sheet.lists.words("by_words")
            return "" if said else word
    if sheet.is_share:
        return ""
    return sheet.find("time_spent", sheet.name) or _hours_of_work(whole, sheet) or _by_head(whole, sheet)


def attended(sheet: KpiSheet) -> str:
    """Return what people sat through, where a name tells no more of them: "who attended the course"."""
    came = has_clause(sheet) and sheet.find("attended_words", sheet.name)
    return sheet.find("activities", sheet.name) if came else ""


def _is_work(word: str, sheet: KpiSheet) -> bool:
    """Tell whether a word is the participle of work, also where Dutch bends it: "opgeleide"."""
    return bool(sheet.find("work_done", word) or sheet.find("work_done", word.removesuffix("e")))


def _hours_of_work(words: tuple[str, ...], sheet: KpiSheet) -> str:
    """Return work that is counted in hours: "hours of supervision", "training hours per employee"."""
    if any(word in sheet.lists.words("other_hours") for word in words):
        return ""
    for at, word in enumerate(words):
        if not sheet.find("work_hours", word):
            continue
        of = 1 if words[at + 1 : at + 2] and sheet.find("of_words", words[at + 1]) else 0
        beside = words[max(0, at - 1) : at] + words[at + 1 + of : at + 2 + of]
        found = next((one for one in beside if sheet.find("activities", one)), "")
        # More hours are wanted of work alone: of anything else they are lost.
        put_in = sheet.kpi.direction == "up" and _are_of_work(words, at, sheet)
        wanted = put_in and (_per_staff(words[at:], sheet) or not is_divided(sheet))
        if found or wanted:
            return found or word
    return ""


def _are_of_work(words: tuple[str, ...], at: int, sheet: KpiSheet) -> bool:
    """Tell whether hours are those of something: "hours of watch", "patrol hours per officer"."""
    if not sheet.find("hour_words", words[at]):
        return False
    after = words[at + 1] if at + 1 < len(words) else "per"
    before = sheet.lists.words("restricting_words") | sheet.lists.words("leading_words")
    return (at == 0 or after == "per") and after not in before


def _by_head(words: tuple[str, ...], sheet: KpiSheet) -> str:
    """Return an activity that is divided by the staff who do it: "visits per adviser"."""
    if not _per_staff(words, sheet):
        return ""
    return next((word for word in words[: words.index("per")] if sheet.find("activities", word)), "")


def _per_staff(words: tuple[str, ...], sheet: KpiSheet) -> bool:
    """Tell whether something is divided by those who work here, not by those they work for."""
    behind = " ".join(words[words.index("per") + 1 :]) if "per" in words else ""
    return bool(sheet.find("role_words", behind) or sheet.find("staff_words", behind))


# --- A deed ---------------------------------------------------------------------------------------------


def deed_in(sheet: KpiSheet) -> bool:
    """Tell whether a name says what somebody will do, once or by plan, and so counts nothing."""
    read = sentence_of(sheet.name, sheet.context.language)
    if len(read.words) < 2 or sheet.find("count_words", " ".join(read.words[:2])):
        return False
    if sheet.unit in sheet.lists.words("deed_units") or _is_named_deed(read, sheet):
        return True
    if read.words[0] in sheet.lists.words("doers") or sheet.find("intentions", before_clause(sheet)):
        return True
    if sheet.find("statistics", read.words[0]) or sheet.find("shares_of", sheet.name):
        return False
    return _orders(read, sheet) if read.verb_first else _dutch_deed(read, sheet)


def _is_named_deed(read: Sentence, sheet: KpiSheet) -> bool:
    """Tell whether a name is a deed as a noun ("launch of …"), or one thing that is there then."""
    deed, first = sheet.find("deed_starts", sheet.name), read.words[0]
    if read.begins("one_off_starts") or (deed and sheet.name.startswith(deed)):
        return True
    if sheet.find("deed_nouns", read.words[-1]):
        return True
    if has_clause(sheet) or any(word.isdecimal() for word in read.words):
        return False
    done = any(sheet.name.endswith(f" {end}") for end in sheet.lists.words("deed_done"))
    one = not any(is_plural(word, sheet) for word in read.words) or read.among("number_words", first)
    return (done and one) or bool(sheet.find("one_thing", first))


def _orders(read: Sentence, sheet: KpiSheet) -> bool:
    """Tell whether an English name is an order: a verb that leads, with something it is done to."""
    word, after = read.words[0], read.words[1]
    if read.begins("one_off_phrases"):
        return True
    takes = read.among("determiners", after) or read.among("articles", after) or after.isdecimal()
    takes = takes or read.among("number_words", after)
    if word.endswith(("s", "ed")) or not (read.is_verb(word) or (word.endswith("ing") and takes)):
        return False
    if takes or word in sheet.lists.words("also_done"):
        return takes
    # "Fill rate of the vans", "catch per trip": a thing that looks like a verb.
    counted = RATIO.search(sheet.formula) or sheet.find("divided_words", sheet.name)
    return not (counted or read.among("ambiguous_verbs", word) or read.is_topic(0))


def _dutch_deed(read: Sentence, sheet: KpiSheet) -> bool:
    """Tell whether a Dutch name is a deed: a whole verb last, or first as a noun ("invoeren van")."""
    first, last = read.words[0], len(read.words) - 1
    noun = read.words[1] if read.among("articles", first) else first
    following = read.words[read.words.index(noun) + 1 :]
    if following[:1] == ("van",) and _whole_verb(read, noun, sheet):
        return True
    counted = has_clause(sheet) or read.clause_before(last) or sheet.find("divided_words", sheet.name)
    if counted or not _whole_verb(read, read.words[last], sheet):
        return False
    in_a_phrase = any(read.among("prepositions", word) for word in read.words[max(0, last - 2) : last])
    return last in read.verbs and not in_a_phrase


def _whole_verb(read: Sentence, word: str, sheet: KpiSheet) -> bool:
    # "Gebouwen", "gevolgen" look like "bouwen" with a particle.
    known = read.among("result_verbs", word) or (read.is_verb(word) and not word.startswith("ge"))
    known = known and not read.among("ambiguous_verbs", word)
    return known and not sheet.find("statistics", word) and word not in sheet.lists.words("also_done")
