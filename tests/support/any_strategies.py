"""Strategies made by walking the model: two values for each of its fields, whatever is added to it later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from bsc_coach.strategy.model import Part, Strategy
from bsc_coach.strategy.readings import Reading

NO_PARTS = ("format", "language", "names")
"""What a strategy says of itself: no part of it, and no change."""
SAMPLES: tuple[object, ...] = (
    "Amber lamps", "Blue boats", "2027-05", "2028-06-30", "4 3 2 1", "1 2 3 4", 2031, 2042, 3, 4, 12.5, 0,
    "O1", "O2", ("O1",), ("O1", "O2"), ("Amber lamps", "Blue boats"), False, True,
    (Reading(date="2027-03", value=3.5),), (Reading(date="2027-06-30", value=4, note="by hand"),),
)  # fmt: skip
"""What may stand in a field that is no choice; the first two that fit are taken."""


@dataclass(frozen=True)
class Place:
    """One field of one part, by the names of strategy.toml: (kpis, benchmark.value)."""

    part: str
    field: str
    annotation: Any
    model: type[BaseModel]
    """The part itself, or what stands in it: a benchmark."""

    @property
    def name(self) -> str:
        """The last part of its name."""
        return self.field.rpartition(".")[2]

    def __str__(self) -> str:
        return f"{self.part}.{self.field}"


@cache
def parts(of: type[Strategy] = Strategy) -> dict[str, type[Part]]:
    """Return the model of each part of a strategy, by its name: of lists, that of an item."""
    found: dict[str, type[Part]] = {}
    for name, about in of.model_fields.items():
        if name not in NO_PARTS:
            inner = get_args(about.annotation)
            found[name] = inner[0] if inner else about.annotation
    return found


def is_list(part: str) -> bool:
    """Tell whether there are several of a part."""
    return bool(get_args(Strategy.model_fields[part].annotation))


@cache
def places(of: type[Strategy] = Strategy) -> tuple[Place, ...]:
    """Return every field of every part but its id; a list inside a part (attributes) is one of its own."""
    found: list[Place] = []
    for part, model in parts(of).items():
        found += list(_inside(part, model))
        for name, about in model.model_fields.items():
            if listed := _listed(about.annotation):
                found += list(_inside(name, listed))
    return tuple(found)


def _listed(annotation: Any) -> type[Part] | None:
    """Return the model of what a field lists; readings are one value, as they are one answer."""
    inner = get_args(annotation)
    is_part = bool(inner) and isinstance(inner[0], type) and issubclass(inner[0], Part)
    return inner[0] if get_origin(annotation) is tuple and is_part and inner[0] is not Reading else None


def _inside(part: str, model: type[BaseModel], before: str = "") -> Iterator[Place]:
    for name, about in model.model_fields.items():
        annotation = about.annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield from _inside(part, annotation, f"{before}{name}.")
        elif name != "id" and _listed(annotation) is None:
            told: Any = Annotated[(annotation, *about.metadata)] if about.metadata else annotation
            yield Place(part, before + name, told, model)


@cache
def is_reference(name: str) -> bool:
    """Tell whether a field of this name holds ids of points, in whatever part."""
    return any(place.name == name and refers(place) for place in places())


def refers(place: Place) -> bool:
    """Tell whether a place holds the id of a point, or several: an id may stand there, and no other text."""
    return any(fits(place, one) for one in ("O1", ("O1",))) and not any(
        fits(place, one) for one in ("Amber lamps", ("Amber lamps",))
    )


def fits(place: Place, value: object) -> bool:
    """Tell whether a value may stand at a place as it is."""
    try:
        told = TypeAdapter(place.annotation).validate_python(value, strict=True)
    except ValidationError:
        return False
    return type(told) is type(value)


def two_values(place: Place) -> tuple[Any, Any]:
    """Return two values that may stand at a place."""
    choices = sorted(_choices(place.annotation), key=str)
    if choices:
        return _two(place, choices)
    return _two(place, SAMPLES)


def _two(place: Place, among: Sequence[object]) -> tuple[Any, Any]:
    found = [told for told in (*among, *((one,) for one in among)) if fits(place, told)]
    assert len(found) >= 2, f"add what fits at {place} to SAMPLES: {place.annotation}"
    return found[0], found[1]


def choices(place: Place) -> list[object]:
    """Return the choices of a place, none where anything of its kind may stand."""
    return _choices(place.annotation)


def _choices(annotation: Any) -> list[object]:
    """Return the choices that an annotation names, at any depth."""
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    return [found for inner in get_args(annotation) for found in _choices(inner)]


OTHERS: dict[str, Any] = {
    "objectives": [{"id": "O1", "title": "Shorten the wait"}, {"id": "O2", "title": "Keep our nurses"}]
}
"""What else stands in these strategies: something to refer to."""
TITLE = "A calm night"


def models() -> dict[str, type[Part]]:
    """Return the model of every part, those that stand in another one too."""
    return {place.part: _model_of(place.part) for place in places()}


def _model_of(part: str) -> type[Part]:
    for model in parts().values():
        if part in model.model_fields and (listed := _listed(model.model_fields[part].annotation)):
            return listed
    return parts()[part]


def an_item(part: str, item_id: str = "Z7", title: str = TITLE) -> dict[str, Any]:
    """Return an item of a part with what it cannot do without, and its title if it can have one."""
    made: dict[str, Any] = {}
    model = _model_of(part)
    if "id" in model.model_fields:
        made["id"] = next(iter(_choices(model.model_fields["id"].annotation)), item_id)
    for place in places():
        about = place.model.model_fields[place.name]
        if place.part == part and place.model is model:
            if place.name in ("title", "name") and is_several(part):
                made[place.name] = title
            elif about.is_required():
                made[place.name] = two_values(place)[0]
    return made


def is_several(part: str) -> bool:
    """Tell whether there are several of a part, also of one that stands in another."""
    return part not in parts() or is_list(part)


def holding(part: str, *items: dict[str, Any], language: str = "en") -> Strategy:
    """Return a strategy with items in a part; of a part that there is one of, the one."""
    table: dict[str, Any] = {name: list(others) for name, others in OTHERS.items()} | {"language": language}
    if part not in parts():
        around = next(name for name, model in parts().items() if part in model.model_fields)
        table[around] = {part: list(items)}
    elif is_list(part):
        table[part] = [*table.get(part, []), *items]
    else:
        table[part] = dict(*items)
    return Strategy.model_validate(table)


def with_value(place: Place, value: object, language: str = "en") -> Strategy:
    """Return a strategy with a value at a place, or (None) nothing there."""
    made = an_item(place.part) if is_several(place.part) else {}
    *path, last = place.field.split(".")
    target = made
    for name in path:
        target = target.setdefault(name, {})
    target.pop(last, None)
    if value is not None:
        target[last] = value
    return holding(place.part, made, language=language)
