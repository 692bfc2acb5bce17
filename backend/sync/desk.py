"""Acts from desks and public forms: no outbox, an answer at once, and a refusal is raised instead of kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from backend.acts import envelope
from backend.acts import queries as acts
from backend.acts.envelope import Subject
from backend.acts.model import Act, Answer, Clocked, Inboxed, Problem, Source, Standing
from backend.acts.rules import current
from backend.acts.service import lock_chains
from backend.database import REFUSED, Transaction, untangled
from backend.errors import Refusal, SameIdOtherContent
from backend.keys import KeyRing
from backend.run_sheets.model import ConfirmRekeyed
from backend.staff import outbox_queries as staff
from backend.staff.model import DeviceAct
from backend.sync import from_paper, review
from backend.sync.batch import Batch
from backend.sync.model import DECODERS, ClearException, CountersignReview, ResolveReview
from backend.sync.refused import refusal_of
from backend.sync.rows import answer_of, inboxed
from backend.sync.waiting import release


class Refused(Refusal):
    """Chưa làm được việc này."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem
        self.status = problem.status  # pyright: ignore[reportAttributeAccessIssue]


class Told(msgspec.Struct, frozen=True):
    """What somebody at a desk does, and when."""

    person: UUID
    id: UUID
    subject: Subject
    kind: str
    body: dict[str, Any]
    personal: bytes | None
    at: datetime


async def act(
    tx: Transaction,
    ring: KeyRing,
    *,
    person: UUID,
    id: UUID,  # noqa: A002
    subject: Subject,
    kind: str,
    base: int,
    body: dict[str, Any],
    personal: bytes | None,
    at: datetime,
    source: Source = Source.DESK,
) -> Answer:
    """`id` was put into the form when it was drawn: two clicks are one act. Nothing is kept of what is refused.

    Raises Refused, SameIdOtherContent.
    """
    await acts.lock_command(tx, person, id)
    if (known := await _known(tx, person, id, subject, kind)) is not None:
        return known
    made = _made(Told(person, id, subject, kind, body, personal, at), base, source)

    async def attempt() -> Answer:
        async with tx.savepoint():
            return answer_of(await _carried_out(tx, ring, made, at))

    return await untangled(attempt)


async def act_together(tx: Transaction, ring: KeyRing, told: Sequence[Told]) -> None:
    """Many at once, each seeing what the ones before it changed: all of them, or none. For what is brought in.

    Raises Refused for the first that may not be, and what the database refuses in the words of the field.
    """
    made = [_made(one, 0, Source.DESK) for one in told]
    try:
        rows = await Batch(tx, ring, {}, {}, told[-1].at).carry_out(made)
    except REFUSED as refused:
        raise refusal_of(refused) from refused
    for row in rows.values():
        if row.standing is not Standing.APPLIED:
            raise Refused(row.problem or UNREADABLE)


def _made(told: Told, base: int, source: Source) -> Act:
    command = envelope.write(
        made_by=told.person,
        id=told.id,
        actor=told.person,
        subject=told.subject,
        kind=told.kind,
        rules=current(),
        base=base,
        occurred_at=told.at,
        body=told.body,
        personal=told.personal,
    )
    return Act(
        envelope=envelope.read(command),
        source=source,
        data=command,
        fingerprint=envelope.fingerprint(command),
        signature=None,
        personal=told.personal,
        carried_by=None,
        received_at=told.at,
        occurred_at=told.at,
        clock=Clocked.SERVER,
    )


async def _carried_out(tx: Transaction, ring: KeyRing, made: Act, at: datetime) -> Inboxed:
    body = _decision(made)
    subject = made.subject[1]
    if isinstance(body, ResolveReview):
        devices = await review.lock(tx, body)
        reviewed = await review.check(tx, body, made.subject)
        row = await _applied(tx, ring, made, at, reviewed=reviewed)
        if not review.needs_second(reviewed.kind):
            await review.settle(tx, ring, reviewed, body, devices, at)
    elif isinstance(body, CountersignReview):
        decision = await review.decision_named(tx, body, made.subject)
        devices = await review.lock(tx, decision.body)
        reviewed = await review.check_second(tx, decision, made.envelope.actor, subject, devices)
        row = await _applied(tx, ring, made, at, reviewed=reviewed)
        await review.settle(tx, ring, reviewed, decision.body, devices, at)
    elif isinstance(body, ClearException):
        waiting = await acts.waiting_on(tx, subject)
        devices = await staff.lock_outboxes(tx, sorted({row.made_by for row in waiting}))
        row = await _applied(tx, ring, made, at)
        await release(tx, ring, devices, subject, at)
    elif isinstance(body, ConfirmRekeyed):
        row = await _applied(tx, ring, made, at)
        await from_paper.carry_out(tx, ring, subject, body.line_id, at)
    else:
        row = await _applied(tx, ring, made, at)
    return row


def _decision(made: Act) -> object:
    """The body of an act that lets others go on, None for all others and for what does not decode."""
    try:
        return LETTING_GO[made.envelope.kind].decode(made.envelope.body)
    except (KeyError, msgspec.MsgspecError):
        return None


LETTING_GO = {
    kind: DECODERS[kind] for kind in ("resolve_review", "countersign_review", "clear_exception", "confirm_rekeyed")
}


async def _applied(
    tx: Transaction, ring: KeyRing, made: Act, at: datetime, *, reviewed: Inboxed | None = None
) -> Inboxed:
    """`reviewed`: the act in review that this one is about; what it would make need not be there yet.

    Raises Refused, and what the database refuses in the words of the field.
    """
    in_review = () if reviewed is None else (made.subject[1],)
    unborn = (made.subject,) if reviewed is not None and made.subject == review.subject_of(reviewed) else ()
    batch = Batch(tx, ring, {}, {}, at, in_review=in_review, unborn=unborn)
    try:
        async with tx.savepoint():
            row = (await batch.carry_out([made]))[made.key]
    except REFUSED as refused:
        raise refusal_of(refused) from refused
    if row.standing is not Standing.APPLIED:
        raise Refused(row.problem or UNREADABLE)
    return row


UNREADABLE = Problem(
    type="urn:tannha:problem:invalid",
    title="Dữ liệu gửi lên chưa đúng.",
    status=400,
    detail="Nội dung biểu mẫu chưa đúng. Xem lại các ô đã nhập rồi gửi lại.",
)


async def _known(tx: Transaction, person: UUID, act_id: UUID, subject: Subject, kind: str) -> Answer | None:
    """The same form sent again: the time of sending differs, so its content cannot be compared by hash."""
    row = (await acts.find_inboxed(tx, [(person, act_id)])).get((person, act_id))
    if row is None:
        return None
    if (row.kind, row.subject_id) != (kind, subject.id):
        raise SameIdOtherContent("Biểu mẫu này đã gửi với nội dung khác. Mở lại biểu mẫu mới rồi nhập lại.")
    return answer_of(row)


async def record(tx: Transaction, ring: KeyRing, told: DeviceAct) -> None:
    """Appends what staff did to a phone (let in, taken away, its lease lengthened) to the chain of that phone.

    The act has been carried out in this very transaction by those who own devices: here it is only kept.
    """
    subject = Subject("device", told.device_id)
    data = envelope.write(
        made_by=told.actor,
        id=told.id,
        actor=told.actor,
        subject=subject,
        kind=told.kind,
        rules=current(),
        base=0,
        occurred_at=told.occurred_at,
        body=told.body,
    )
    made = Act(
        envelope=envelope.read(data),
        source=Source.DESK,
        data=data,
        fingerprint=envelope.fingerprint(data),
        signature=None,
        personal=None,
        carried_by=None,
        received_at=told.occurred_at,
        occurred_at=told.occurred_at,
        clock=Clocked.SERVER,
    )
    chains = await lock_chains(tx, [("device", told.device_id)], [("device", told.device_id)])
    outcome = {"device": DEVICE_STATES[told.kind]}
    n = chains.append(("device", told.device_id), made, outcome=outcome, exceptions=(), rules=current(), case_id=None)
    row = inboxed(made, Standing.APPLIED, told.occurred_at, n=n)
    await Batch(tx, ring, {}, {}, told.occurred_at).keep([row], [made])
    await chains.save(tx)


DEVICE_STATES = {
    "enrol_device": "enrolled",
    "lend_device": "enrolled",
    "extend_lease": "enrolled",
    "revoke_device": "revoked",
    "report_device_lost": "lost",
}
"""Where each of them leaves the phone; `staff` decides who may."""
