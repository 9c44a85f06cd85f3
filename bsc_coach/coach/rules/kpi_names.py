"""K15, K16 and K30: names that count effort, volume or attention instead of a result."""

from __future__ import annotations

from bsc_coach.coach.kpi_sheet import KpiSheet
from bsc_coach.coach.kpi_wording import attended, counts_things, deed_in, is_divided, work_in
from bsc_coach.coach.lexicon.matcher import words_of
from bsc_coach.coach.rule import Match, rule
from bsc_coach.text import one_line

_HEAD_REACH = 4
"""Words after "number of" among which the thing that is counted stands."""


@rule("K15", "warn", "kpi")
def counts_activity(sheet: KpiSheet) -> Match | None:
    """A name that counts effort (trainings given, meetings held) instead of what changes by it."""
    word = _activity(sheet)
    # Of a share it is known at least how far one is.
    mild = sheet.is_share and word in (work_in(sheet), attended(sheet))
    return Match(word=word, mild=mild) if word else None


def _activity(sheet: KpiSheet) -> str:
    """Return the effort that a name counts; empty for none."""
    name = sheet.name
    if came := attended(sheet):
        return came
    if not name or sheet.find("activity_unless", name) or sheet.find("attention_words", name):
        return ""
    progress = sheet.find("progress_words", name)
    if progress:
        return progress
    counted = sheet.find("count_words", name)
    rest = words_of(name.partition(counted)[2] if counted else name)
    head = _head(rest, sheet)
    done = bool(rest) and rest[0] in sheet.lists.words("done_before")
    if head and sheet.find("activities", head):
        after = rest[rest.index(head) + 1 :][:1]
        received = after[:1] and after[0] in sheet.lists.words("received_words")
        unit_counts = counts_things(sheet) and not is_divided(sheet, by_period=False) and not received
        if counted or done or unit_counts or _is_done(rest, head, sheet):
            return head
    return work_in(sheet)


def _head(words: tuple[str, ...], sheet: KpiSheet) -> str:
    """Return the thing that is counted: the last word before a small word or a participle after it."""
    head = ""
    for word in words[:_HEAD_REACH]:
        done = word in sheet.lists.words("done_words")
        if word in sheet.lists.words("small_words") or (done and head):
            break
        head = word
    return head


def _is_done(words: tuple[str, ...], head: str, sheet: KpiSheet) -> bool:
    """Tell whether the name says no more than that something was done: trainings held per month."""
    done, after = (*words[words.index(head) + 1 :], "", "")[:2]
    if done not in sheet.lists.words("done_words"):
        return False
    return not after or after in sheet.lists.words("done_how_often")


@rule("K16", "hint", "kpi")
def bare_count(sheet: KpiSheet) -> Match | None:
    """A count that is not set against anything, and so grows with the business."""
    word = sheet.find("count_words", sheet.name)
    if not (word or counts_things(sheet)) or is_divided(sheet):
        return None
    # None at all is meant of what is dangerous, and what somebody does is told by another rule.
    danger = not word and sheet.kpi.direction != "up" and sheet.find("critical_words", sheet.name)
    grave = sheet.kpi.target == 0 or danger
    if grave or _activity(sheet) or deed_in(sheet) or counts_attention.look(sheet):
        return None
    return Match(word=word or one_line(sheet.kpi.unit or ""))


@rule("K30", "hint", "kpi")
def counts_attention(sheet: KpiSheet) -> Match | None:
    """A name that counts views and followers, not what a buyer does next."""
    word = sheet.find("attention_words", sheet.name)
    return Match(word=word) if word and not sheet.find("attention_unless", sheet.name) else None
