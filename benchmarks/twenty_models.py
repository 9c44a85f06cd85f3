"""A floor: a script that imports pydantic and defines 20 models, deferred as the program defers its own."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, create_model


class Base(BaseModel):
    """What the twenty have in common."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


MODELS = [
    create_model(
        f"Model{number}",
        __base__=Base,
        name=(str, ...),
        number=(int, 0),
        note=(str | None, None),
        parts=(tuple[str, ...], ()),
    )
    for number in range(20)
]
