"""Causes and effects of a card of the map, and the sentences of the links to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from textual.content import Content

from bsc_coach.tui.views.symbols import HERE
from bsc_coach.tui.views.text_fit import cut, plain, wrapped
from bsc_coach.tui.words import ui
from bsc_coach.words import say

if TYPE_CHECKING:
    from bsc_coach.conversation.side_views import MapItem, MapLink

Role = Literal["here", "effect", "cause", "both", "apart"]
"""In focus; an effect of that card, a cause of it, both, or neither."""
EFFECT, CAUSE = "▲", "▼"
"""Effects stand above, causes below."""


@dataclass(frozen=True)
class CardLinks:
    """The card in focus by its short id, and the links that begin or end there."""

    short: str
    effects: tuple[MapLink, ...]
    """Links that begin at the card."""
    causes: tuple[MapLink, ...]
    """Links that end there."""
    chosen: int = 0
    """The place of the chosen one among all its links."""

    @property
    def links(self) -> tuple[MapLink, ...]:
        """All links of the card: those to its effects, then those to its causes."""
        return (*self.effects, *self.causes)

    @property
    def link(self) -> MapLink | None:
        """The chosen link, if there is any."""
        return self.links[self.chosen] if self.chosen < len(self.links) else None

    def other_end(self, link: MapLink) -> str:
        """Return the short id of what a link of the card leads to or comes from."""
        return link.effect if link.cause == self.short else link.cause

    def role_of(self, short: str) -> Role:
        """Return what another card, or this one, is to the card in focus."""
        if short == self.short:
            return "here"
        effect = any(link.effect == short for link in self.effects)
        cause = any(link.cause == short for link in self.causes)
        if effect and cause:
            return "both"
        return "effect" if effect else "cause" if cause else "apart"


def links_around(short: str, links: Sequence[MapLink], chosen: int = 0) -> CardLinks:
    """Return what stands around a card. A link from a card to itself counts once, as an effect."""
    return CardLinks(
        short,
        tuple(link for link in links if link.cause == short),
        tuple(link for link in links if link.effect == short != link.cause),
        chosen,
    )


def link_lines(
    item: MapItem | None, around: CardLinks, titles: Mapping[str, str], width: int, language: str
) -> tuple[list[Content], range]:
    """Return a card with its links, the chosen one read out, and which lines that one takes.

    ``titles`` are those of all cards by short id: what is not among them stands not on the map.
    """
    if item is None:
        return wrapped(say("map.picture.empty", language), width, style="$muted"), range(0)
    about = [item.title or ui("map.unnamed", language)]
    if item.horizon is not None:
        about.append(say(f"document.choice.horizon.{item.horizon}", language))
    if item.kpis:
        about.append(ui("map.measured", language, n=item.kpis))
    lines = wrapped(" · ".join(about), width, style="bold", first=plain(f"{item.short} ", "bold $mark"))
    chosen = range(0)
    for link in around.links:
        sign = EFFECT if link.cause == around.short else CAUSE
        if link is around.link:
            read = wrapped(link.sentence, width, first=Content.styled(f"{HERE}{sign} ", "bold $mark"))
            chosen = range(len(lines), len(lines) + len(read))
            lines += read
        else:
            short = around.other_end(link)
            title = titles.get(short) or ui("map.unnamed" if short in titles else "map.elsewhere", language)
            lines.append(plain(cut(f" {sign} {short} {title}", width), "$muted"))
    if not around.links:
        lines.append(plain(cut(ui("map.nothing", language), width), "$muted"))
    return lines, chosen
