"""Three-way merge of an edited strategy.toml: what people changed in it, on top of what was said since.

A file that stayed as it was (it had a fault, or its edits were put off) is older than the session. Only where
it differs from what was written then did somebody edit it; everywhere else the session counts.
"""

from __future__ import annotations

from typing import Any

from bsc_coach.strategy.holding import key_of
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.nested import Table


def merged(written: Strategy, edited: Strategy, now: Strategy) -> Strategy:
    """Return ``now`` with everything in which ``edited`` differs from ``written``."""
    if written == now:
        return edited
    told = (
        one.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        for one in (written, edited, now)
    )
    return Strategy.model_validate(_tables(*told))


def _tables(written: Table, edited: Table, now: Table) -> Table:
    result: Table = {}
    for name in {**now, **edited}:
        value = _values(written.get(name), edited.get(name), now.get(name))
        if value is not None:
            result[name] = value
    return result


def _values(written: Any, edited: Any, now: Any) -> Any:
    if written == edited:
        return now
    if all(value is None or isinstance(value, dict) for value in (written, edited, now)):
        return _tables(written or {}, edited or {}, now or {})
    if all(value is None or _is_list_of_items(value) for value in (written, edited, now)):
        return _items(written or [], edited or [], now or [])
    return edited


def _is_list_of_items(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) and key_of(one) is not None for one in value)


def _items(written: list[Table], edited: list[Table], now: list[Table]) -> list[Table]:
    """Merge lists of items by their ids; the order is that of the session unless somebody changed it."""
    before, after, there = ({key_of(one): one for one in each} for each in (written, edited, now))
    stayed = [key for key in before if key in after]
    reordered = stayed != [key for key in after if key in before]
    first, second = (after, there) if reordered else (there, after)
    result = []
    for key in {**first, **second}:
        if key in before and key not in after:
            continue  # taken out by hand
        if key in before and key not in there and before[key] == after[key]:
            continue  # taken off the list in the session since
        if key in after and key not in there:
            result.append(after[key])  # added by hand, or edited after it was taken off the list
            continue
        result.append(_tables(before.get(key, {}), after.get(key, {}), there.get(key, {})))
    return result
