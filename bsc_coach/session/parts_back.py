"""Parts that came back by ``merge``, and which of them the plenary has gone through: beside the journal.

Where a group has got to in looking things over is a position, and no fact of the strategy: it stands in
``.local/``, on the machine where the parts came together. What is lost there costs a look, and no answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from pydantic import Field, ValidationError

from bsc_coach import sizes
from bsc_coach.interview.facts.lists import ItemAdded
from bsc_coach.interview.facts.log import Action, ActionId, JsonValue
from bsc_coach.interview.plan import Plan
from bsc_coach.script.slots import ItemId
from bsc_coach.session.copies import Came
from bsc_coach.session.disk import Disk, private_folder, write_atomically
from bsc_coach.session.journal import LOCAL
from bsc_coach.session.line_format import Record, decode_line, encode_record, make_record
from bsc_coach.strategy.field_types import Moment
from bsc_coach.strategy.part import Part

NAME = "parts.json"
_TIMELESS = datetime(1970, 1, 1, tzinfo=UTC)


class PartBack(Part):
    """What came from one part, as the plenary is told of it."""

    name: str
    """Of its folder or zip."""
    clusters: tuple[str, ...]
    people: tuple[str, ...] = ()
    said: tuple[tuple[str, int], ...] = Field(default=(), max_length=sizes.ENTRIES * 10)
    """Its actions that were not here before, each by its writer and number."""
    first: Moment
    last: Moment
    called: tuple[tuple[str, str], ...] = ()
    """Items with the short id that they had there: what was added in it, and what is called otherwise."""
    walked: bool = False
    """Whether the plenary has gone through it."""

    @property
    def actions(self) -> frozenset[ActionId]:
        """The actions that came from it."""
        return frozenset(self.said)


def parts_back(folder: Path, disk: Disk) -> tuple[PartBack, ...]:
    """Return what came back so far, in order; nothing where that cannot be read. Never raises."""
    try:
        record = decode_line(disk.below(folder).read(_path(folder), most=sizes.JOURNAL_LINE).strip())
        told = record.body.get("parts") if isinstance(record, Record) else None
        return tuple(PartBack.model_validate(one) for one in told) if isinstance(told, list) else ()
    except (OSError, ValidationError):
        return ()


def keep_parts_back(folder: Path, parts: Sequence[PartBack], disk: Disk) -> None:
    """Keep what came back; that it cannot be kept harms no answer."""
    told = cast("list[JsonValue]", [one.model_dump(mode="json") for one in parts])
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
    parts = list(parts_back(folder, disk))
    for one, other in zip(came, called, strict=True):
        breakout = None if one.copy is None else one.copy.breakout
        if breakout is None or not one.actions:
            continue
        fresh = _part_back(one.path.name, breakout.part, one.actions, other)
        # What came once more from the same part is looked at together with what waits.
        waiting = next(
            (n for n, part in enumerate(parts) if part.name == fresh.name and not part.walked), None
        )
        if waiting is None:
            parts.append(fresh)
        else:
            parts[waiting] = _together(parts[waiting], fresh)
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
    return other.model_copy(
        update={
            "people": tuple(dict.fromkeys((*one.people, *other.people))),
            "said": tuple(dict.fromkeys((*one.said, *other.said))),
            "first": min(one.first, other.first, key=datetime.fromisoformat),
            "last": max(one.last, other.last, key=datetime.fromisoformat),
            "called": tuple({**dict(one.called), **dict(other.called)}.items()),
        }
    )


def called_there(plan: Plan, there: Plan, came: Came) -> dict[ItemId, str]:
    """Return the short ids that a copy has for what it added, and for what is called otherwise here."""
    added = {event.item for action in came.actions for event in action.do if isinstance(event, ItemAdded)}
    shorts, known = plan.state.shorts, there.state.shorts
    return {item: short for item, short in known.items() if item in added or shorts.get(item) != short}
