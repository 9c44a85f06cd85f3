"""Base of every part of a strategy as a pydantic model."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """Base of every part: frozen, and strict about unknown names so that typing errors show."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
