"""JSON requests of ``apply``, validated and translated into commands.

They are the public way to drive a session from a script, a recording or an editor.

A question is addressed as in ``addresses``; ``slot`` with the full path works too.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StrictFloat,
    StrictInt,
    StrictStr,
    TypeAdapter,
    ValidationError,
)

from bsc_coach.interview.addresses import address
from bsc_coach.interview.facts import agenda, answers, coaching, lists, rounds, session
from bsc_coach.interview.facts.family import Command
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.presets import preset_for
from bsc_coach.interview.values import RefusedError
from bsc_coach.script.slots import ItemId, Slot, StepId, parse_slot

Answer = StrictStr | StrictInt | StrictFloat | list[StrictStr]


class _Request(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class _AboutSlot(_Request):
    step: str | None = None
    of: str | None = None
    slot: str | None = None


class OneAnswer(_AboutSlot):
    """One answer among several given at once."""

    value: Answer


class AcceptRequest(_AboutSlot):
    """Answer a question; ``same``: only the wording changes; ``literal``: take the text as it stands."""

    do: Literal["accept"]
    value: Answer
    same: bool = False
    literal: bool = False

    def command(self, plan: Plan) -> Command:
        return answers.Accept(_slot(plan, self), self.value, self.same)


class FillRequest(_Request):
    """Answer several questions as one action; ``literal`` takes their texts as they stand."""

    do: Literal["fill"]
    answers: list[OneAnswer] = Field(min_length=1)
    literal: bool = False

    def command(self, plan: Plan) -> Command:
        return answers.Fill(tuple((_slot(plan, one), one.value) for one in self.answers))


class ParkRequest(_AboutSlot):
    """Put a question off, with someone to bring it back and a date."""

    do: Literal["park"]
    reason: str = ""
    owner: str = ""
    due: str = ""

    def command(self, plan: Plan) -> Command:
        return answers.Park(_slot(plan, self), self.reason, self.owner, self.due)


class PassRequest(_AboutSlot):
    """Go past an optional question: it stays open, and is not offered again."""

    do: Literal["pass"]

    def command(self, plan: Plan) -> Command:
        return answers.Pass(_slot(plan, self))


class DeclineRequest(_AboutSlot):
    """Say that a question does not apply, and why."""

    do: Literal["decline"]
    reason: str

    def command(self, plan: Plan) -> Command:
        return answers.Decline(_slot(plan, self), self.reason)


class ReopenRequest(_AboutSlot):
    """Make a question open again; its history stays."""

    do: Literal["reopen"]

    def command(self, plan: Plan) -> Command:
        return answers.Reopen(_slot(plan, self))


class StillRightRequest(_AboutSlot):
    """Say that a stale answer is still right."""

    do: Literal["still_right"]

    def command(self, plan: Plan) -> Command:
        return answers.StillRight(_slot(plan, self))


class KeepRequest(_AboutSlot):
    """Keep an answer against a remark of the coach."""

    do: Literal["keep"]
    check: str
    reason: str

    def command(self, plan: Plan) -> Command:
        return coaching.KeepAnswer(_slot(plan, self), self.check, self.reason)


class MuteRequest(_Request):
    """Let a rule of the coach be silent in this session; without a reason it speaks again."""

    do: Literal["mute"]
    rule: str
    reason: str = ""

    def command(self, plan: Plan) -> Command:
        return coaching.MuteRule(self.rule, self.reason)


class ConfirmRequest(_AboutSlot):
    """Confirm a look back."""

    do: Literal["confirm"]

    def command(self, plan: Plan) -> Command:
        return answers.Confirm(_slot(plan, self))


class AddRequest(_Request):
    """Add an item to a list (in item ``of``, where it stands in one); ``literal`` as for ``accept``."""

    do: Literal["add"]
    list: str
    of: str | None = None
    answers: dict[str, Answer] = {}
    literal: bool = False

    def command(self, plan: Plan) -> Command:
        return lists.AddItem(
            address(plan, self.list, self.of), {StepId(step): value for step, value in self.answers.items()}
        )


class CloseRequest(_Request):
    """Say that a list is finished; ``because`` says why it is deliberately empty."""

    do: Literal["close"]
    list: str
    of: str | None = None
    because: str = ""

    def command(self, plan: Plan) -> Command:
        return lists.CloseList(address(plan, self.list, self.of), self.because)


class RemoveRequest(_Request):
    """Take an item off its list."""

    do: Literal["remove"]
    item: str

    def command(self, plan: Plan) -> Command:
        return lists.RemoveItem(_item(plan, self.item))


class RestoreRequest(_Request):
    """Bring a removed item back."""

    do: Literal["restore"]
    item: str

    def command(self, plan: Plan) -> Command:
        return lists.RestoreItem(_item(plan, self.item))


class MoveRequest(_Request):
    """Put an item at another place of its list, counted from 0."""

    do: Literal["move"]
    item: str
    to: int

    def command(self, plan: Plan) -> Command:
        return lists.MoveItem(_item(plan, self.item), self.to)


class TakeRequest(_AboutSlot):
    """Decide what copies of the session say differently: what the side with this number says, from 1."""

    do: Literal["take"]
    side: StrictInt

    def command(self, plan: Plan) -> Command:
        return lists.TakeSide(_slot(plan, self), self.side)


class LanguageRequest(_Request):
    """Go on in another language."""

    do: Literal["language"]
    to: str
    documents: bool = False

    def command(self, plan: Plan) -> Command:
        return session.SetLanguage(self.to, self.documents)


class UndoRequest(_Request):
    """Take back the last action."""

    do: Literal["undo"]

    def command(self, plan: Plan) -> Command:
        return session.Undo()


class RedoRequest(_Request):
    """Bring back what was undone."""

    do: Literal["redo"]

    def command(self, plan: Plan) -> Command:
        return session.Redo()


class PlanRequest(_Request):
    """Plan the time there is: a preset, else the one that suits ``minutes``; breaks as "90+15"."""

    do: Literal["plan"]
    preset: str = ""
    minutes: StrictInt = Field(0, ge=0)
    people: StrictInt = 0
    begin: AwareDatetime | None = None
    breaks: list[Annotated[StrictStr, Field(pattern=r"^[0-9]{1,4}\+[0-9]{1,4}$")]] = []

    def command(self, plan: Plan) -> Command:
        breaks = tuple(found for one in self.breaks if (found := agenda.read_break(one)) is not None)
        preset = self.preset or preset_for(self.minutes)
        return agenda.PlanAgenda(preset, self.begin, self.minutes, self.people, breaks)


class ReplanRequest(_Request):
    """Leave questions or parts of the agenda out for lack of time: to owners, altogether, to another day.

    With ``short`` what is left takes its least minutes from here on.
    """

    do: Literal["replan"]
    how: Literal["homework", "leave", "sitting"]
    cut: list[str] = Field(min_length=1)
    short: bool = False

    def command(self, plan: Plan) -> Command:
        return agenda.Replan(self.how, dict.fromkeys(self.cut, self.how), self.short)


class InFullRequest(_Request):
    """Ask everything in a part of the agenda after all; without one in all of them."""

    do: Literal["in_full"]
    part: str = ""

    def command(self, plan: Plan) -> Command:
        return agenda.AskInFull(self.part)


class TogetherRequest(_Request):
    """Have a round or ballot come before the question that it prepares, or talk about that one instead."""

    do: Literal["together"]
    step: str
    together: bool = True

    def command(self, plan: Plan) -> Command:
        return rounds.AnswerTogether(StepId(self.step), self.together)


class OpenRoundRequest(_AboutSlot):
    """Open the round that a question belongs to; it is closed by accepting or filling its answers."""

    do: Literal["open_round"]
    names: Literal["", "nobody", "team", "everyone"] = ""
    minutes: StrictInt = Field(0, ge=0)
    seats: StrictInt = Field(0, ge=0)

    def command(self, plan: Plan) -> Command:
        return rounds.OpenRound(_slot(plan, self), self.names, self.minutes, self.seats)


class LeaveRoundRequest(_AboutSlot):
    """Leave an open round without an outcome."""

    do: Literal["leave_round"]

    def command(self, plan: Plan) -> Command:
        return rounds.LeaveRound(_slot(plan, self))


Request = Annotated[
    AcceptRequest | FillRequest | ParkRequest | PassRequest | DeclineRequest | ReopenRequest
    | StillRightRequest | KeepRequest | MuteRequest | ConfirmRequest | AddRequest | CloseRequest
    | RemoveRequest | RestoreRequest | MoveRequest | LanguageRequest | UndoRequest | RedoRequest
    | TakeRequest | PlanRequest | ReplanRequest | InFullRequest | TogetherRequest | OpenRoundRequest
    | LeaveRoundRequest,
    Field(discriminator="do"),
]  # fmt: skip
_ADAPTER: TypeAdapter[Request] = TypeAdapter(Request, config=ConfigDict(defer_build=True))


def request_schema() -> dict[str, Any]:
    """Generate the JSON Schema of one request."""
    return _ADAPTER.json_schema()


def read_request(told: object) -> Request:
    """Validate a JSON object as a request. Raises RefusedError that names the first fault."""
    try:
        return _ADAPTER.validate_python(told)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(part) for part in fault["loc"])
        raise RefusedError("not_a_request", fault=f"{place}: {fault['msg']}"[:200]) from error
    except RecursionError as error:
        raise RefusedError("not_a_request", fault="nesting") from error


def command_of(plan: Plan, request: Request) -> Command:
    """Translate a request into the command that it means in this session.

    Raises RefusedError if it means none: its step, item or list is not there.
    """
    return request.command(plan)


def _item(plan: Plan, name: str) -> ItemId:
    item = plan.state.item_by_name(name)
    if item is None:
        raise RefusedError("no_such_item", item=name[:40])
    return item


def _slot(plan: Plan, about: _AboutSlot) -> Slot:
    if about.slot is not None:
        try:
            return parse_slot(about.slot)
        except ValueError as error:
            raise RefusedError("no_such_question", slot=about.slot[:120]) from error
    if about.step is None:
        raise RefusedError("no_such_question", slot="")
    return address(plan, about.step, about.of)
