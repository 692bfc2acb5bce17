"""Acts in, day bundle out."""

import binascii
from datetime import timedelta
from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import Body, QueryParameter

from backend import metrics
from backend.acts.kinds import kind_of
from backend.database import Transaction
from backend.documents.sealing import NotSealed, unseal
from backend.errors import Invalid
from backend.keys import KeyRing
from backend.sealing import CannotOpen
from backend.staff.guards import Phone, entrance_of, proven
from backend.staff.jwk import from_base64url
from backend.staff.model import Carrier, Role
from backend.staff.tokens import Access
from backend.sync import bundle, service
from backend.sync.day import Day
from backend.sync.gathering import Gathering
from backend.sync.gathering import Request as Sending
from backend.sync.model import Answered, Batch, Sent
from backend.sync.reading import Command

MOST_BYTES = 4 * 1024 * 1024
"""Of one batch: 200 acts with their personal parts."""


AT_DOORS = (Role.COURIER, Role.COUNTER_CLERK, Role.POST_EMPLOYEE_AT_ONE_STOP)
"""Who goes to people's doors or receives them: nobody else is told names. What was done is taken in from all."""


_UNREADABLE = (NotSealed, CannotOpen, KeyError, msgspec.MsgspecError, ValueError, RecursionError, Invalid)
"""What was sealed is not what was agreed on, not even text, or for nobody we know."""


class Sync(Controller):
    """What a phone sends and what it asks for."""

    path = "/api/courier/sync"
    tags = ("sync",)

    @post(
        "/acts",
        operation_id="sendActs",
        guards=[Phone()],
        dependencies={"carrier": Provide(proven, sync_to_thread=False)},
        status_code=200,
        request_max_body_size=MOST_BYTES,
        summary="Acts of this phone, or carried for another",
    )
    async def send(
        self,
        request: Request[Any, Any, Any],
        carrier: NamedDependency[Access],
        gathering: NamedDependency[Gathering],
        data: Annotated[Batch, Body()],
    ) -> Answered:
        """With a 200 every act sent is kept, whatever its standing. Sent again, it gets its standing again."""
        ring = entrance_of(request).ring
        commands = [_opened(ring, sent, position) for position, sent in enumerate(data.acts)]
        received_at, answers = await gathering.send(Sending(carrier.session, carrier.device, commands, data.health))
        kinds = (kind_of(command.data) for command in commands)
        metrics.count_acts("phone", zip(kinds, (answer.standing for answer in answers), strict=True))
        return Answered(answers=answers, received_at=received_at)

    @get("/day", operation_id="getDay", guards=[Phone(*AT_DOORS)], summary="The courier's day, or what changed since")
    async def day(
        self,
        request: Request[Any, Any, Any],
        tx: NamedDependency[Transaction],
        carrier: NamedDependency[Carrier],
        since: Annotated[str | None, QueryParameter(max_length=80)] = None,
    ) -> Day:
        """`since`: the cursor of the last answer; none, or one from before a restore: everything."""
        entrance = entrance_of(request)
        longer = timedelta(hours=request.app.state["settings"].lease_hours)
        return await bundle.day(tx, entrance.ring, carrier, since, entrance.clock(), lengthened=longer)


class LastWords(Controller):
    """What a phone that may no longer sign in still delivers, itself or by a carrier."""

    path = "/api/courier/sync/last"
    tags = ("sync",)
    opt = {"public": True}  # noqa: RUF012

    @post(
        "/",
        operation_id="sendLast",
        status_code=204,
        request_max_body_size=MOST_BYTES,
        summary="Acts sealed for the centre; answers nothing",
    )
    async def last(self, request: Request[Any, Any, Any], tx: NamedDependency[Transaction]) -> None:
        """The body: a batch of acts, sealed as originals are. Whatever it was, nothing is said about it."""
        entrance = entrance_of(request)
        try:
            batch = msgspec.json.decode(unseal(entrance.ring, await request.body()), type=Batch)
            commands = [_command(sent, position) for position, sent in enumerate(batch.acts)]
        except _UNREADABLE:
            return
        await service.receive_last(tx, entrance.ring, commands, entrance.clock())


def _opened(ring: KeyRing, sent: Sent, position: int) -> Command:
    """What cannot be opened is kept as it came, for a person to look at: whoever sent it has nothing else."""
    if sent.sealed is None:
        return _command(sent, position)
    try:
        data = from_base64url(sent.sealed)
    except (ValueError, binascii.Error) as error:
        raise _broken(position) from error
    try:
        (act,) = msgspec.json.decode(unseal(ring, data), type=Batch).acts
        return _command(act, position)
    except _UNREADABLE:
        return Command(data=data)


def _broken(position: int) -> Invalid:
    return Invalid("Gói gửi bị hỏng trên đường. Máy giữ nguyên và gửi lại.", pointer=f"/acts/{position}")


def _command(sent: Sent, position: int) -> Command:
    if sent.envelope is None:
        raise _broken(position)
    try:
        return Command(
            data=from_base64url(sent.envelope),
            signature=from_base64url(sent.signature) if sent.signature is not None else None,
            personal=from_base64url(sent.personal) if sent.personal is not None else None,
        )
    except (ValueError, binascii.Error) as error:
        raise _broken(position) from error
