"""JSON Schema of strategy.toml, for editors that complete and check it."""

from __future__ import annotations

import json
from functools import cache

from bsc_coach.strategy.strategy_file import StrategyFile

SCHEMA_FILE = "bsc-coach.schema.json"


def strategy_schema() -> dict[str, object]:
    """Return the JSON Schema of strategy.toml."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "bsc-coach strategy",
        **StrategyFile.model_json_schema(),
    }


@cache
def schema_text() -> str:
    """Return it as the text of a file; made once, because every writing of a strategy compares it."""
    return json.dumps(strategy_schema(), indent=2, ensure_ascii=False) + "\n"
