"""A session with silent rounds and ballots, and a strategy in which people differ."""

from __future__ import annotations

from pathlib import Path

from bsc_coach.conversation.submit import submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.script.loader import ScriptSource
from bsc_coach.strategy.closing import Meeting
from bsc_coach.strategy.model import Candidate, Cluster
from bsc_coach.strategy.notes import NamedBallot, Notes, Voted
from tests.support.playing import begun
from tests.support.strategies import RIVERBEND

VOTING = ScriptSource("voting.toml", (Path(__file__).parent / "voting.toml").read_bytes())
"""A script whose rounds and ballots fill the fields that the strategy has for them."""

WRITTEN = ("Patients wait too long", "Nobody answers after five", "The waiting room is full")
TYPED = (
    "/together", "\n".join(WRITTEN), "1 2: Shorten the wait", "", "Beds are not ours to give",
    "/together", "1 1 5 5 4", "4",
)  # fmt: skip
"""A round in the first cluster, an improvement of two ideas, what is to be heard, five ballots, the talk."""


def voted_session(folder: Path, *lines: str) -> Talk:
    """Return the talk of a session with a round and a closed ballot, and then ``lines`` typed."""
    talk = begun(folder, VOTING)
    for line in (*TYPED, *lines):
        reply = submit(talk, line)
        assert not any(turn.speaker == "refusal" for turn in reply.turns), (line, reply.turns)
    return talk


def _candidates() -> tuple[Candidate, ...]:
    """The long list of Riverbend after ballots: three far apart, the rest agreed."""
    changes: tuple[dict[str, object], ...] = (
        {
            "influence_votes": (1, 1, 2, 5, 5, 5, 5),
            "performance_votes": (2, 2, 2, 3, 3, 2, 2),
            "originals": f"{WRITTEN[0]}\n{WRITTEN[2]}",
        },
        {"influence_votes": (1, 1, 1, 5, 5, 5), "performance_votes": (3, 3, 3)},
        {"influence_votes": (2, 2, 3, 3), "originals": "Discharge takes until the afternoon"},
        {"performance_votes": (1, 1, 1, 1, 5, 5, 5), "dots": (0, 0, 0, 1, 2, 2, 3)},
    )
    told = RIVERBEND.candidates
    changed = (one.model_copy(update=change) for one, change in zip(told, changes, strict=False))
    return (*changed, *told[len(changes) :])


VOTED = RIVERBEND.model_copy(
    update={
        "candidates": _candidates(),
        "clusters": (
            *(one for one in RIVERBEND.clusters if one.id != "operations"),
            Cluster(id="operations", written=WRITTEN, said="We score as if the beds were ours"),
        ),
        "links": (
            RIVERBEND.links[0].model_copy(
                update={"confidence_votes": ("high", "high", "medium", "low", "low")}
            ),
            *RIVERBEND.links[1:],
        ),
        "agreement": RIVERBEND.agreement.model_copy(
            update={"map_votes": (1, 2, 4, 5, 5, 5, 5), "map_said": "No place for the night shift"}
        ),
        "meeting": Meeting(
            worth_votes=(2, 3, 4, 4, 5, 5, 5),
            keep="Silent rounds before talk",
            change="Begin at nine",
            change_written=("Begin at nine", "Shorter lunch"),
        ),
    }
)
FAR_APART = VOTED.candidates[1].id
"""On whose influence the team is furthest apart."""
VOTED_NOTES = Notes(
    voted=(
        Voted(
            field="candidates[].influence_votes",
            low=1,
            high=5,
            stale=(FAR_APART,),
            named=(NamedBallot(item=FAR_APART, name="Anna", ballot="1"),),
        ),
        Voted(field="candidates[].dots", low=0, high=3),
    )
)
