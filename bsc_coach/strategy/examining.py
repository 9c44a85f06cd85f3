"""Examination of a strategy.toml: every fault at once, and the file without what is at fault.

A file that people edit may have one bad line and ten good ones. So each table is validated alone; what does
not fit is told with its line and taken out. Where the strategy before the edit is at hand (``before``), what
was taken out stands as it stood there: a fault changes nothing.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from bsc_coach import sizes
from bsc_coach.strategy.field_types import REFERENCES
from bsc_coach.strategy.file_faults import FileFault, fault
from bsc_coach.strategy.file_remarks import alike, remarks_on
from bsc_coach.strategy.free_ids import free_id
from bsc_coach.strategy.holding import Before, in_common, in_two_lists, key_of
from bsc_coach.strategy.misfits import errors_of, longest_text, misfit, names_in, wanted
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.model_shape import kinds_at, lists_in, model_at, words_at
from bsc_coach.strategy.nested import Names, get, put
from bsc_coach.strategy.sound_text import SoundText
from bsc_coach.strategy.strategy_file import StrategyFile
from bsc_coach.toml_places import Path, TomlPlaces

RECORD = frozenset(StrategyFile.model_fields) - frozenset(Strategy.model_fields)
"""Tables that tell of the session, and that nobody edits."""
MOST_FAULTS = 200
_ID_FAULTS = ("no_id", "bad_id", "twice_elsewhere")
"""Faults told of one file; whoever has more is not reading them."""
_FILLER_ID = "Z99999"
_MOST_ROUNDS = 50


@dataclass
class _Item:
    """An item of a list: as it was written, and what became of it."""

    place: Names
    """Where its list stands."""
    number: int
    table: dict[str, Any]
    where: str
    held: list[Names] = field(default_factory=list)
    """Fields that stay as they were."""
    unknown: bool = False
    """Whether it cannot be told which item this is."""
    dropped: bool = False


@dataclass(frozen=True)
class ExaminedFile:
    """A strategy file without its faults, and all of them in the order of the file."""

    file: StrategyFile
    faults: tuple[FileFault, ...]
    remarks: tuple[FileFault, ...] = ()
    """What people should know of an edit that can be taken as it stands."""


def examine(
    table: dict[str, Any], places: TomlPlaces, sound: SoundText, before: Before | None
) -> ExaminedFile:
    """Validate the tables of a strategy.toml; ``sound`` is its text, with what of it was no TOML."""
    if not sound.faults and (whole := _as_written(table)) is not None:
        return ExaminedFile(whole, ())
    examining = _Examining(table, places, sound, before or Before({}), known=before is not None)
    file = examining.run()
    faults = tuple(sorted(examining.faults, key=lambda one: (one.line, one.place)))
    if len(faults) > MOST_FAULTS:
        last = faults[MOST_FAULTS - 1]
        more = fault("many_more", last.line, last.where, last.name, n=len(faults) - MOST_FAULTS)
        faults = (*faults[:MOST_FAULTS], more)
    edited = file.session is None or file.edited
    return ExaminedFile(file, faults, tuple(remarks_on(table, places, before)) if edited else ())


class _Examining:
    def __init__(
        self, table: dict[str, Any], places: TomlPlaces, sound: SoundText, before: Before, *, known: bool
    ) -> None:
        self.top = copy.deepcopy(table)
        self.places = places
        self.sound = sound
        self.before = before
        self.known = known
        """Whether the strategy before the edit is at hand, so that a reference to nothing is a slip."""
        self.faults: list[FileFault] = list(sound.faults)
        self.lists: dict[Names, list[_Item]] = {}
        self.held_lists: set[Names] = set()
        self.top_held: list[Names] = []

    def run(self) -> StrategyFile:
        """Return the file without what is at fault."""
        for outer in sorted(lists_in(StrategyFile)):
            self._detach(outer)
        self._check_top()
        for items in self.lists.values():
            for item in items:
                self._check_item(item)
            self._tell_twice(items)
        for item, other in in_two_lists(self.lists, self.before):
            line = self.places.line((*other.place, other.number))
            self._fault("twice_elsewhere", ("id",), item, name=item.where, first=line)
        self._tell_dangling()
        self._hold_what_was_lost()
        return StrategyFile.model_validate(self._together())

    def _tell(self, key: str, where: str, path: Path, /, field: str = "", **values: Any) -> None:
        self.faults.append(fault(key, self.places.line(path), where, field, **values))

    # Lists and tables apart

    def _detach(self, outer: Names) -> None:
        """Take a list out of the tables around it, so that each of its items is validated alone."""
        holder = get(self.top, outer[:-1])
        if not isinstance(holder, dict) or outer[-1] not in holder:
            return
        name, value = ".".join(outer), holder.pop(outer[-1])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self._tell("wrong_brackets", name, outer, name=f"[[{name}]]")
            self.held_lists.add(outer)
            return
        of_answers = outer[0] in RECORD or outer == ("extra",)
        most = max(sizes.ENTRIES if of_answers else sizes.LIST, len(get(self.before.table, outer) or ()))
        if len(value) > most:
            self._tell("too_many_items", name, outer, name=name, have=len(value), n=most)
            self.held_lists.add(outer)
            return
        self.lists[outer] = [
            _Item(outer, number, one, self._where(outer, number, one)) for number, one in enumerate(value)
        ]

    def _where(self, outer: Names, number: int, table: dict[str, Any]) -> str:
        named = table.get("step") if outer == ("extra",) else table.get("id")
        return named if isinstance(named, str) and named.strip() else f"{'.'.join(outer)} {number + 1}"

    # Validation

    def _check_top(self) -> None:
        """Validate what stands in no list."""
        for _ in range(_MOST_ROUNDS):
            self._tell_what_pydantic_takes(StrategyFile, self.top, (), None)
            errors = errors_of(StrategyFile, self.top)
            if not errors:
                return
            for error in errors:
                self._mend(StrategyFile, self.top, error, None)
        self.top = {}

    def _check_item(self, item: _Item) -> None:
        model = model_at(StrategyFile, item.place)
        if model is None:
            return
        for _ in range(_MOST_ROUNDS):
            self._tell_what_pydantic_takes(model, item.table, (), item)
            errors = errors_of(model, item.table)
            if not errors:
                return
            for error in errors:
                self._mend(model, item.table, error, item)
        item.dropped = True

    def _tell_what_pydantic_takes(
        self, model: type[BaseModel], table: dict[str, Any], names: Names, item: _Item | None
    ) -> None:
        """Tell empty texts, too long ones, and yes or no in place of a number: pydantic takes all of them."""
        record = (item.place[0] if item is not None else names[0] if names else "") in RECORD
        for name, value in list(table.items()):
            inner = (*names, name)
            if isinstance(value, dict):
                below = model_at(model, (name,))
                if below is not None:
                    self._tell_what_pydantic_takes(below, value, inner, item)
            elif isinstance(value, str) and not value.strip() and not record and name in model.model_fields:
                if self._before(inner, item) != value:
                    self._fault("empty", inner, item)
                    del table[name]
            elif longest_text(value) > sizes.TEXT and name in model.model_fields:
                if self._before(inner, item) != value:
                    self._fault("too_long", inner, item, have=longest_text(value), n=sizes.TEXT)
                    del table[name]
            elif isinstance(value, bool) and (kinds := kinds_at(model, name)) and bool not in kinds:
                self._fault("wrong_type", inner, item, wanted=wanted(model, name))
                del table[name]

    def _before(self, names: Names, item: _Item | None) -> Any:
        """Return what stood in a field before, or None."""
        if item is None:
            return get(self.before.table, names)
        return get(self.before.item(item.place, key_of(item.table)) or {}, names)

    def _fault(self, key: str, names: Names, item: _Item | None, **values: Any) -> None:
        """Tell a fault of a field, and let the field stay as it was."""
        if item is None:
            self._tell(key, names[0], names, ".".join(names[1:]), **values)
            self.top_held.append(names)
            return
        if names == ("id",) and key in _ID_FAULTS:
            taken = {str(one.table.get("id")) for one in self.lists[item.place]}
            known = self.before.likeliest(item.place, item.table, taken)
            key = key if known is None else f"{key}_known"
            values["free"] = self._free_id(item) if known is None else known["id"]
        self._tell(key, item.where, (*item.place, item.number, *names), ".".join(names), **values)
        item.held.append(names)
        if names == ("id",):
            item.unknown = True
            model = model_at(StrategyFile, item.place)
            words = words_at(model, "id") if model is not None else ()
            item.table["id"] = words[0] if words else _FILLER_ID

    def _mend(
        self, root: type[BaseModel], table: dict[str, Any], error: dict[str, Any], item: _Item | None
    ) -> None:
        """Tell what pydantic found, and take it out of the table."""
        missing = error["type"] == "missing"
        names = names_in(table, error["loc"][:-1] if missing else error["loc"])
        holder = get(table, names if missing else names[:-1])
        model = model_at(root, names if missing else names[:-1])
        if not isinstance(holder, dict) or model is None:
            return
        if missing:
            self._fill(names, str(error["loc"][-1]), holder, item)
            return
        name = names[-1] if names else ""
        if name not in holder:
            return  # another fault of the same field took it out already
        value = holder.pop(name)
        if error["type"] == "extra_forbidden":
            free = [known for known in model.model_fields if known not in holder]
            self._fault("unknown_key", names, item, name=name, known=free or list(model.model_fields))
            near = str(self.faults[-1].values["close"])
            if near and item is not None:
                item.held.append((*names[:-1], near))
            elif near:
                self.top_held.append((*names[:-1], near))
            return
        key, told = misfit(error, model, name, value)
        self._fault(key, names, item, **told)

    def _fill(self, names: Names, name: str, holder: dict[str, Any], item: _Item | None) -> None:
        """Tell a field that must be there and is not; without one before, the whole item says nothing."""
        inner = (*names, name)
        if item is None:
            return
        if inner not in item.held:  # of an empty one, that it is empty has been told
            self._fault("no_id" if inner == ("id",) else "missing_key", inner, item, name=name)
        if inner == ("id",):
            return
        known = self._before(inner, item)
        if known is None:
            item.dropped = True
        holder[name] = known or _FILLER_ID

    # What is wrong between items

    def _tell_twice(self, items: list[_Item]) -> None:
        """Tell ids that stand twice; the one that is more like what was known is taken for the right one."""
        first: dict[object, _Item] = {}
        for item in items:
            key = key_of(item.table)
            if item.unknown or key is None:
                continue
            if key not in first:
                first[key] = item
                continue
            earlier = self.places.line((*item.place, first[key].number))
            free = self._free_id(item)
            path: Path = (*item.place, item.number)
            self._tell("twice", item.where, path, name=item.where, first=earlier, free=free)
            before = self.before.item(item.place, key)
            other = item
            if before is not None and in_common(before, item.table) > in_common(before, first[key].table):
                other, first[key] = first[key], item
            other.unknown = True
            if before is not None:
                first[key].table = copy.deepcopy(before)

    def _free_id(self, item: _Item) -> str:
        """Return an id that nothing has yet, of the kind that the list has."""
        known = {str(one.table.get("id")) for one in self.lists[item.place]}
        known |= {str(one.get("id")) for one in get(self.before.table, item.place) or []}
        return free_id(item.place[0], item.table, known - {_FILLER_ID})

    def _tell_dangling(self) -> None:
        """Tell references to an item that stands neither in the file nor in the strategy before."""
        if not self.known:
            return
        there = [str(item.table.get("id")) for items in self.lists.values() for item in items]
        ids = set(there) | self.before.ids
        for items in self.lists.values():
            for item in items if items and items[0].place[0] not in RECORD else ():
                for name in sorted(REFERENCES):
                    told = item.table.get(name)
                    gone = [one for one in (told if isinstance(told, list) else [told]) if one not in ids]
                    if told is not None and gone:
                        # Looking for what was meant takes long: only as far as faults are told.
                        known = alike(str(gone[0]), there) if len(self.faults) < MOST_FAULTS else ()
                        self._fault("dangling", (name,), item, name=str(gone[0]), known=known)
                        del item.table[name]
                        self._require(item, name)

    def _require(self, item: _Item, name: str) -> None:
        """Drop an item that cannot be without a field, where none was known before."""
        model = model_at(StrategyFile, item.place)
        if model is None or not model.model_fields[name].is_required():
            return
        known = self._before((name,), item)
        item.table[name] = known or _FILLER_ID
        item.dropped = item.dropped or known is None

    # What stays as it was

    def _hold_what_was_lost(self) -> None:
        """Let entries that were no TOML stay as they were."""
        if any(one.key == "not_toml" for one in self.sound.faults):
            # What is not there at all may be part of what could not be read.
            gone = [name for name in self.before.table if name not in self.top and (name,) not in self.lists]
            self.held_lists.update((name,) for name in gone)
        for (name, number), lost in self.sound.lost.items():
            if (name,) in lists_in(StrategyFile):
                items = self.lists.get((name,), [])
                if 0 <= number < len(items):
                    item = items[number]
                    item.held.extend(self.before.fields_of(item.place, key_of(item.table), lost))
                else:
                    self.held_lists.add((name,))
                continue
            self.top_held.extend(self.before.fields_of_top(name, lost, self.top))
            for outer in lists_in(StrategyFile):
                if outer[: len(outer) - 1] == ((name,) if name else ()) and outer not in self.lists:
                    self.held_lists.add(outer)
                elif name and outer[:1] == (name,):
                    for item in self.lists[outer]:
                        item.held.extend(self.before.fields_of(outer, key_of(item.table), lost))

    def _together(self) -> dict[str, Any]:
        """Put the tables together again, with what is held as it was."""
        for names in self.top_held:
            known = get(self.before.table, names)
            if known is not None and get(self.top, names) is None and names not in lists_in(StrategyFile):
                put(self.top, names, copy.deepcopy(known))
        for outer, items in self.lists.items():
            record = outer[0] in RECORD
            if outer in self.held_lists or (record and any(i.held or i.dropped for i in items)):
                self.held_lists.add(outer)
            elif found := list(self._items(items)):
                put(self.top, outer, found)
        self._put_back_what_could_not_be_read()
        for outer in self.held_lists:
            if (known := get(self.before.table, outer)) is not None:
                put(self.top, outer, copy.deepcopy(known))
        return self.top

    def _put_back_what_could_not_be_read(self) -> None:
        """Put items back whose ids stand in lines that were no TOML: nobody took them out."""
        for outer in lists_in(StrategyFile) if self.sound.lost_ids else ():
            known = get(self.before.table, outer) or []
            now = get(self.top, outer) or []
            there = {key_of(one) for one in now}
            gone = [one for one in known if one.get("id") in self.sound.lost_ids and key_of(one) not in there]
            if gone:
                order = {key_of(one): place for place, one in enumerate(known)}
                both = (*now, *copy.deepcopy(gone))
                put(self.top, outer, sorted(both, key=lambda one: order.get(key_of(one), len(order))))

    def _items(self, items: list[_Item]) -> Iterator[dict[str, Any]]:
        taken = {key_of(item.table) for item in items if not item.unknown}
        for item in items:
            if item.unknown:
                known = self.before.likeliest(item.place, item.table, taken)
                if known is not None:
                    taken.add(key_of(known))
                    yield copy.deepcopy(known)
            elif not item.dropped:
                before = self.before.item(item.place, key_of(item.table)) or {}
                for names in item.held:
                    known = get(before, names)
                    if known is not None and get(item.table, names) is None:
                        put(item.table, names, copy.deepcopy(known))
                yield item.table


def _as_written(table: dict[str, Any]) -> StrategyFile | None:
    """Return the file where nobody changed it since a session wrote it: the usual and fast case."""
    try:
        file = StrategyFile.model_validate(table)
    except ValidationError:
        return None
    return file if file.session is not None and not file.edited else None
