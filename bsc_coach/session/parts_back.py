"""Parts that came back by ``merge``, and which of them the plenary has gone through: beside the journal.

Where a group has got to in looking things over is a position, and no fact of the strategy: it stands in
``.local/``, on the machine where the parts came together. What is lost there costs a look, and no answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bsc_coach import sizes
from bsc_coach.interview.facts.lists import ItemAdded
from bsc_coach.interview.facts.log import Action, ActionId, JsonValue, ids_as_text, read_ids, read_text
from bsc_coach.interview.plan import Plan
from bsc_coach.script.slots import ItemId
from bsc_coach.session.copies import Came
from bsc_coach.session.disk import Disk, private_folder, write_atomically
from bsc_coach.session.journal import LOCAL
from bsc_coach.session.line_format import Record, decode_line, encode_record, make_record

NAME = "parts.json"
_TIMELESS = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class PartBack:
    """What came from one part, as the plenary is told of it."""

    name: str
    """Of its folder or zip."""
    clusters: tuple[str, ...]
    people: tuple[str, ...]
    said: tuple[ActionId, ...]
    """Its actions that were not here before."""
    first: str
    """ISO date and time of the first of them, and of the last."""
    last: str
    called: tuple[tuple[str, str], ...]
    """Items with the short id that they had there: what was added in it, and what is called otherwise."""
    walked: bool = False
    """Whether the plenary has gone through it."""

    def as_json(self) -> dict[str, JsonValue]:
        """Return it as it is kept."""
        return {
            "name": self.name,
            "clusters": list(self.clusters),
            "people": list(self.people),
            "said": list(ids_as_text(self.said)),
            "first": self.first,
            "last": self.last,
            "called": dict(self.called),
            "walked": self.walked,
        }


def _read(told: object) -> PartBack:
    """Return a part as it was kept. Raises UnreadableEventError or ValueError for anything else."""
    match told:
        case {
            "name": str(name),
            "clusters": list(clusters),
            "people": list(people),
            "said": said,
            "first": str(first),
            "last": str(last),
            "called": dict(called),
            "walked": bool(walked),
        }:
            for moment in (first, last):
                datetime.fromisoformat(moment)
            return PartBack(
                name,
                tuple(map(read_text, clusters)),
                tuple(map(read_text, people)),
                read_ids(said),
                first,
                last,
                tuple((item, read_text(short)) for item, short in called.items()),
                walked,
            )
    raise ValueError(repr(told)[:80])


def parts_back(folder: Path, disk: Disk) -> tuple[PartBack, ...]:
    """Return what came back so far, in order; nothing where that cannot be read. Never raises."""
    try:
        record = decode_line(disk.below(folder).read(_path(folder), most=sizes.JOURNAL_LINE).strip())
        told = record.body.get("parts") if isinstance(record, Record) else None
        return tuple(_read(one) for one in told) if isinstance(told, list) else ()
    except (OSError, ValueError):
        return ()


def keep_parts_back(folder: Path, parts: Sequence[PartBack], disk: Disk) -> None:
    """Keep what came back; that it cannot be kept harms no answer."""
    told: list[JsonValue] = [one.as_json() for one in parts]
    record = make_record(1, "parts", _TIMELESS, {"parts": told})
    used = disk.below(folder)
    try:
        private_folder(used, folder / LOCAL)
        write_atomically(used, _path(folder), encode_record(record))
    except OSError:
        return


def _path(folder: Path) -> Path:
    return folder / LOCAL / NAME


def add_parts_back(
    folder: Path, came: Iterable[Came], called: Sequence[dict[ItemId, str]], disk: Disk
) -> tuple[PartBack, ...]:
    """Keep which parts came back with something new, beside those that nobody has gone through; return all.

    ``called`` has for each of them what items are called there.
    """
    known = parts_back(folder, disk)
    parts = list(known)
    for one, other in zip(came, called, strict=True):
        breakout = None if one.copy is None else one.copy.breakout
        if breakout is None or not one.actions:
            continue
        fresh = _part_back(one.path.name or one.path.resolve().name, breakout.part, one.actions, other)
        # What came once more from the same part is looked at together with what waits.
        waiting = next(
            (n for n, part in enumerate(parts) if part.name == fresh.name and not part.walked), None
        )
        if waiting is None:
            parts.append(fresh)
        else:
            parts[waiting] = _together(parts[waiting], fresh)
    if tuple(parts) != known:
        keep_parts_back(folder, parts, disk)
    return tuple(parts)


def _part_back(
    name: str, clusters: tuple[str, ...], actions: Sequence[Action], called: dict[ItemId, str]
) -> PartBack:
    times = sorted(action.at for action in actions)
    return PartBack(
        name=name,
        clusters=clusters,
        people=tuple(dict.fromkeys(action.by for action in actions if action.by)),
        said=tuple(action.id for action in actions),
        first=times[0].isoformat(timespec="seconds"),
        last=times[-1].isoformat(timespec="seconds"),
        called=tuple(called.items()),
    )


def _together(one: PartBack, other: PartBack) -> PartBack:
    """Return what came from a part twice as if it had come at once."""
    return replace(
        other,
        people=tuple(dict.fromkeys((*one.people, *other.people))),
        said=tuple(dict.fromkeys((*one.said, *other.said))),
        first=min(one.first, other.first, key=datetime.fromisoformat),
        last=max(one.last, other.last, key=datetime.fromisoformat),
        called=tuple({**dict(one.called), **dict(other.called)}.items()),
    )


def called_there(plan: Plan, there: Plan, came: Came) -> dict[ItemId, str]:
    """Return the short ids that a copy has for what it added, and for what is called otherwise here."""
    added = {event.item for action in came.actions for event in action.do if isinstance(event, ItemAdded)}
    shorts, known = plan.state.shorts, there.state.shorts
    return {item: short for item, short in known.items() if item in added or shorts.get(item) != short}
