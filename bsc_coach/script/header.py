"""Which script a file holds, and how answers given under its earlier versions are read under this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated

from bsc_coach.script.slots import StepId
from bsc_coach.script.tables import Check, ScriptTable

Slug = Annotated[str, Check(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$")]
StepRef = Annotated[StepId, Check(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$")]


class Header(ScriptTable):
    """Which script this is."""

    id: Slug
    version: Annotated[int, Check(ge=1)]
    title: str
    languages: Annotated[tuple[Annotated[str, Check(pattern=r"^[a-z]{2}$")], ...], Check(min_length=1)]


class Migration(ScriptTable):
    """How answers given under an earlier version are read under this one."""

    to: Annotated[int, Check(ge=2)]
    rename: Mapping[StepRef, StepRef] = field(default_factory=dict)
    retire: tuple[StepRef, ...] = ()
