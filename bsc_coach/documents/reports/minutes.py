"""minutes.md: the record of a session, as a secretary would hand it in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.context.open_points import who_said
from bsc_coach.documents.context.sentences import within
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords, zone_of
from bsc_coach.documents.templating.markdown import tidy
from bsc_coach.documents.templating.render import render
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Minute, Minutes, Notes, TimeMinute
from bsc_coach.text import normal, one_line
from bsc_coach.words import say, texts

TEMPLATE, FILE = "record/minutes.md.j2", "minutes.md"
_AT_ONCE = 3
"""So many answers that one person confirms in one second were confirmed by one command."""


def render_minutes(strategy: Strategy, notes: Notes, minutes: Minutes) -> str:
    """Return the record of a session as Markdown; without one it says so, and tells the decisions."""
    # Minutes go to people who have none of the other files: nothing in them leads there.
    context = {**build_context(strategy, notes), "file": FILE, "homes": {}}
    context["minutes"] = texts("minutes", strategy.language)
    context["record"] = _Record(minutes, notes, strategy.language).table(context["participants"])
    return tidy(render(TEMPLATE, context))


class _Record:
    """What was said, in the words and order of a reader."""

    def __init__(self, minutes: Minutes, notes: Notes, language: str) -> None:
        self.minutes = minutes
        self.notes = notes
        self.here = bool(minutes.sections)
        """Whether the session itself stands behind it, and not its strategy.toml alone."""
        self.speak = DocumentWords(language)
        self.language = language
        self.spoken = tuple(_together(minute for minute in minutes.said if minute.kind != "taken_over"))
        """What was said here: what was taken over was said elsewhere."""
        days = {minute.at[:10] for minute in self.spoken}
        self.one_day = len(days) < 2
        writers = Counter(minute.by for minute in self.spoken).most_common(1)
        self.writer = writers[0][0] if writers else ""

    def table(self, present: Sequence[Table]) -> Table:
        """Return the record as plain data for the template; ``present`` are those in the room."""
        writer = who_said(self.writer or None, present)
        said = self.spoken
        reworded = [minute for minute in said if minute.kind == "reworded" and not _is_tidied(minute)]
        times = tuple(self._times())
        return {
            "when": self._when() if said else None,
            "nothing_said": say("minutes.nothing_said" if self.here else "minutes.no_record", self.language),
            "counts": self._counts(),
            "writer": say("minutes.writer", self.language, name=writer) if writer else None,
            "reworded": tuple(self._rewording(minute) for minute in reworded),
            "parts": tuple(self._parts()),
            "clock": tuple({"time": self._time(one), "said": self._clock(one)} for one in self.minutes.time),
            "times": times,
            "planned": sum(row["minutes_planned"] or 0 for row in times),
            "taken": sum(row["minutes_elapsed"] for row in times),
        }

    def _when(self) -> str:
        first, last = self.spoken[0].at, self.spoken[-1].at
        zone = _zone_said([minute.at for minute in self.spoken], self.language)
        held = self.notes.sittings
        if len(held) > 1:
            told = [
                say(
                    "minutes.when.sitting",
                    self.language,
                    date=self.speak.date(one.begin[:10]),
                    start=one.begin[11:16],
                    end=one.end[11:16],
                )
                for one in held
            ]
            listed = self.speak.say("format.semicolon").join(told)
            return say("minutes.when.sittings", self.language, n=len(held), sittings=listed, zone=zone)
        return say(
            "minutes.when.day" if self.one_day else "minutes.when.days",
            self.language,
            date=self.speak.date(first[:10]),
            start=first[11:16],
            last=self.speak.date(last[:10]),
            end=last[11:16],
            zone=zone,
        )

    def _counts(self) -> str | None:
        """Return how much was said, in one sentence; what was taken back counts as that alone."""
        kinds = Counter(
            "undone" if minute.undone else "tidied" if _is_tidied(minute) else minute.kind
            for minute in self.spoken
        )
        kinds["answered"] = self.notes.answers
        told = [
            say(
                f"minutes.count.{kind}",
                self.language,
                n=1 if kinds[kind] == 1 else self.speak.number(kinds[kind]),
            )
            for kind in ("answered", "reworded", "parked", "declined", "kept", "undone")
            if kinds[kind]
        ]
        counts = self.speak.listing(told)
        return say("minutes.counts", self.language, counts=counts[:1].upper() + counts[1:]) if told else None

    def _times(self) -> Iterator[Table]:
        """Yield the minutes of every part, of breaks and of talk; nothing for what took none and had none."""
        for part in self.minutes.sections:
            if part.minutes_planned or part.minutes_elapsed:
                yield part.model_dump()
        counted = [one for one in self.minutes.time if not one.undone]
        breaks = [one.breaks for one in counted if one.kind == "planned"]
        for kind, planned in (("break", breaks[-1] if breaks else 0), ("talk", 0)):
            taken = sum(one.minutes for one in counted if one.kind == kind)
            if planned or taken:
                title = say(f"minutes.label.{kind}", self.language)
                yield {"title": title, "minutes_planned": planned or None, "minutes_elapsed": taken}

    def _clock(self, one: TimeMinute) -> str:
        """Return a decision about the time, a break or talk as a sentence."""
        end = (datetime.fromisoformat(one.at) + timedelta(minutes=one.minutes)).isoformat()
        if one.kind == "planned":
            what = self.speak.say("format.comma").join(dict.fromkeys(self._slot(one)))
            told = say("minutes.clock.planned", self.language, what=what)
        elif one.kind == "replanned":
            told = say("minutes.clock.replanned", self.language, how=self._named("how", one.how))
        elif one.kind == "round":
            parts = [say("minutes.clock.minutes", self.language, n=one.minutes)] if one.minutes else []
            parts.append(say(f"interview.names.{one.how}", self.language))
            told = say(
                "minutes.clock.round",
                self.language,
                about=one.about,
                what=self.speak.say("format.comma").join(parts),
            )
        else:
            key = one.kind if one.about else f"{one.kind}_bare"
            told = say(f"minutes.clock.{key}", self.language, about=one.about, n=one.minutes, end=end[11:16])
        return say("minutes.undone", self.language, said=told) if one.undone else told

    def _slot(self, one: TimeMinute) -> Iterator[str]:
        """Yield what was said of a slot: its preset, beginning, length, people and breaks."""
        yield within(self._named("preset", one.how))
        if one.begin:
            yield say("minutes.clock.begin", self.language, time=one.begin[11:16])
        for name in ("minutes", "people", "breaks"):
            if number := getattr(one, name):
                yield say(f"minutes.clock.{name}", self.language, n=number)

    def _named(self, group: str, name: str) -> str:
        """Return the words for a preset or for a way out; the name itself where this program has none."""
        try:
            return say(f"agenda.{group}.{name}", self.language)
        except KeyError:
            return name

    def _time(self, minute: Minute | TimeMinute) -> str:
        return minute.at[11:16] if self.one_day else f"{minute.at[:10]} {minute.at[11:16]}"

    def _rewording(self, minute: Minute) -> Table:
        return {
            "time": self._time(minute),
            "about": say(
                "minutes.about", self.language, about=minute.about, question=minute.short or minute.question
            )
            if minute.about
            else minute.question,
            "before": self._readable(minute.before or ""),
            "after": self._readable(minute.said),
            "why": minute.remark,
            "undone": minute.undone,
        }

    def _parts(self) -> Iterable[Table]:
        """Yield the sections in the order of the agenda, each with its rows in the order of time."""
        grouped: dict[str, list[Minute]] = defaultdict(list)
        for minute in self.spoken:
            grouped[minute.section].append(minute)
        titles = dict.fromkeys([*(part.title for part in self.minutes.sections), *grouped])
        for title in titles:
            if title in grouped:
                yield {
                    "title": title or say("minutes.elsewhere", self.language),
                    "rows": tuple(self._rows(grouped[title])),
                }

    def _rows(self, said: Sequence[Minute]) -> Iterable[Table]:
        """Yield one row for what was said about one item without anything else in between."""
        at = 0
        while at < len(said):
            first, end = said[at], at + 1
            while first.about and end < len(said) and _goes_on(first, said[end]):
                end += 1
            together = said[at:end]
            telling = [minute for minute in together if not _is_its_name(minute)] or together
            yield {
                "time": self._time(first),
                "about": first.about,
                "by": first.by if first.by != self.writer else None,
                "said": tuple(self._said(minute) for minute in telling),
            }
            at = end

    def _said(self, minute: Minute) -> Table:
        text = self._sentence(minute)
        if minute.origin:
            text = say(f"minutes.from.{minute.origin}", self.language, said=text)
        return {
            "asked": (minute.short or minute.question) if minute.about else minute.question,
            "text": say("minutes.undone", self.language, said=text) if minute.undone else text,
        }

    def _sentence(self, minute: Minute) -> str:
        if minute.kind == "answered":
            return self._readable(minute.said)
        told = say(
            f"minutes.said.{minute.kind}",
            self.language,
            said=self._readable(minute.said),
            before=self._readable(minute.before or ""),
        )
        due = say("minutes.due", self.language, date=self.speak.date(minute.due)) if minute.due else None
        bringing_back = [part for part in (minute.owner, due) if part]
        if bringing_back:
            told = say(
                "minutes.bringing_back",
                self.language,
                said=told,
                who=self.speak.say("format.comma").join(bringing_back),
            )
        return (
            say("minutes.because", self.language, said=told, reason=minute.reason) if minute.reason else told
        )

    def _readable(self, said: str) -> str:
        """Return an answer that is a date in words, and any other as it is."""
        return self.speak.date(said)


def _together(said: Iterable[Minute]) -> Iterator[Minute]:
    """Yield what was said, what was confirmed at once in a part as one: nobody went through it one by one."""
    everything = tuple(said)
    at_once = Counter((one.at, one.by) for one in everything if one.kind == "affirmed")
    for (at, by, section, kind, undone), alike in groupby(
        everything, lambda one: (one.at, one.by, one.section, one.kind, one.undone)
    ):
        several = list(alike)
        if kind != "affirmed" or at_once[at, by] < _AT_ONCE:
            yield from several
            continue
        n = str(len(several))
        yield Minute(at=at, by=by, kind="affirmed_together", section=section, said=n, undone=undone)


def _zone_said(times: Iterable[str], language: str) -> str:
    """Return of which place the times are, as ISO dates and times with an offset from UTC tell."""
    zones = dict.fromkeys(zone_of(at) for at in times)
    if list(zones) == ["UTC"]:
        return say("minutes.when.utc", language)
    return say("minutes.when.local", language, zone=", ".join(zones))


def _goes_on(first: Minute, then: Minute) -> bool:
    return (then.about, then.by, then.at[:10]) == (first.about, first.by, first.at[:10])


def _is_its_name(minute: Minute) -> bool:
    """Tell whether an answer only names its item, which the row says already."""
    if minute.kind != "answered" or minute.undone or not minute.about:
        return False
    _, _, title = one_line(minute.about).partition(" ")
    return one_line(minute.said) == title


def _is_tidied(minute: Minute) -> bool:
    """Tell whether the words stayed the same, but for capitals and blanks."""
    return minute.kind == "reworded" and normal(minute.before or "") == normal(minute.said)
