"""At which answer a rule on choices or on the map can be heard, before the look back over the whole.

Most rules on the map miss what is asked next. These can be sure as soon as the answers they are about
are in, and it is better to hear them there.
"""

from __future__ import annotations

from collections.abc import Mapping

HEARD_AT: Mapping[str, frozenset[str]] = {
    "segments[].choice": frozenset({"V03", "V16"}),
    "proposition.type": frozenset({"V17", "V18"}),
    "proposition.attributes[].role": frozenset({"V05", "V06"}),
    "candidates[].influence": frozenset({"M18"}),
    "candidates[].selected": frozenset({"M12", "M17"}),
    "objectives[].horizon": frozenset({"M14", "M15"}),
    "links[].effect": frozenset({"M08", "M09", "M11"}),
    "links[].because": frozenset({"M10"}),
    "review.first": frozenset({"M40"}),
}
"""The rules that are heard at the answer to a field of the strategy."""
OF_ONE_ITEM = frozenset({"M08", "M09", "M10", "M11", "M12"})
"""Those among them that are about the item around the answer."""
HEARD_TOGETHER = frozenset[str]().union(*HEARD_AT.values()) - OF_ONE_ITEM
"""The others: they wait for the last answer of its kind, and are about all of them."""
