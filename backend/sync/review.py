"""A person decides about an act in review: it takes effect as it is, on another case, or is set aside with a reason.

What touches money or custody needs two people. There the decision is only proposed, and is carried out when a second
person signs it too, who is neither the one who decided nor the one whose act it is. No table holds a proposal: it is
the latest decision about an act that still waits. Bytes that nobody signed can only be set aside.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec.structs import replace

from backend.acts import envelope
from backend.acts import queries as acts
from backend.acts.model import Act, Inboxed, Source, Standing
from backend.acts.rules import UnknownWord, current, load
from backend.acts.service import Subject
from backend.database import Transaction
from backend.keys import KeyRing
from backend.staff import outbox_queries as staff
from backend.staff.outbox_queries import Outbox
from backend.sync import queries
from backend.sync.batch import Batch, Key
from backend.sync.decide import is_known
from backend.sync.errors import (
    DecisionReplaced,
    NoSuchDecision,
    NoSuchReview,
    SignsOwnAct,
    SignsOwnDecision,
    StillNotPossible,
)
from backend.sync.model import DECODERS, CountersignReview, ResolveReview
from backend.sync.waiting import acts_again, one, release

NOBODYS = frozenset({"unreadable", "unknown-device", "signature-wrong", "no-number", "personal-differs"})
"""Reasons for which there is no act of anybody to apply."""
DECIDED = "resolve_review"
NOBODY_CAN_TELL = "Nội dung không đọc được theo mẫu: để riêng có ghi lý do, rồi hỏi lại người đã làm."
"""Of an act whose body nobody can read there is no refusal that says more."""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decided about an act in review. `made_by`, `id`: of the act they decided by."""

    made_by: UUID
    id: UUID
    at: datetime
    body: ResolveReview

    @property
    def key(self) -> Key:
        return (self.made_by, self.id)

    @property
    def about(self) -> Key:
        """The act in review."""
        return (self.body.made_by, self.body.act_id)


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A decision that waits for a second person. `involved`: who cannot be that: who decided, and whose act it is."""

    decision: Decision
    involved: set[UUID]


def needs_second(kind: str | None) -> bool:
    """Whether what is decided about an act of this kind waits for a second person. `kind` None: nobody can read it."""
    try:
        rule = load(current()).act(kind or "")
    except UnknownWord:
        return False
    return rule.money or rule.custody


async def lock(tx: Transaction, body: ResolveReview) -> dict[UUID, Outbox]:
    """The maker's row is locked before any subject."""
    return await staff.lock_outboxes(tx, [body.made_by])


def subject_of(row: Inboxed) -> Subject:
    """Whose chain decisions about an act in review stand on: its own, of unread bytes that of who carried them."""
    return (
        ("device", row.made_by)
        if row.subject_kind is None or row.subject_id is None
        else (row.subject_kind, row.subject_id)
    )


async def check(tx: Transaction, body: ResolveReview, subject: Subject) -> Inboxed:
    """The act in review. Raises NoSuchReview."""
    row = await _waiting(tx, (body.made_by, body.act_id))
    on_a_case = row.subject_id is None and subject[0] == "case"
    if subject != subject_of(row) and not on_a_case:
        raise NoSuchReview("Việc này thuộc hồ sơ khác. Mở hồ sơ đó để giải quyết.")
    known = row.kind is not None and is_known(row.kind)
    if body.resolution != "set_aside" and (row.reason in NOBODYS or not known):
        raise NoSuchReview("Không đọc được việc này nên chỉ có thể để riêng, có ghi lý do.")
    return row


async def _waiting(tx: Transaction, about: Key) -> Inboxed:
    row = (await acts.find_inboxed(tx, [about])).get(about)
    if row is None or row.standing is not Standing.REVIEW:
        raise NoSuchReview("Việc này không còn chờ xem xét. Tải lại danh sách.")
    return row


async def decision_named(tx: Transaction, body: CountersignReview, subject: Subject) -> Decision:
    """What is to be signed by a second person. It never changes, so nothing is locked. Raises NoSuchDecision."""
    key = (body.made_by, body.act_id)
    row = (await acts.find_inboxed(tx, [key])).get(key)
    if row is None or (row.kind, row.source, row.subject_kind, row.subject_id) != (DECIDED, Source.DESK, *subject):
        raise NoSuchDecision("Không có quyết định này đang chờ người thứ hai. Tải lại danh sách.")
    return _decision(row.made_by, row.id, row.data, row.received_at)


def _decision(made_by: UUID, act_id: UUID, data: bytes, at: datetime) -> Decision:
    """From a command that took effect, and so decodes."""
    return Decision(made_by=made_by, id=act_id, at=at, body=DECODERS[DECIDED].decode(envelope.read(data).body))


async def check_second(
    tx: Transaction, decision: Decision, person: UUID, subject: UUID, devices: Mapping[UUID, Outbox]
) -> Inboxed:
    """The act in review that `person` lets go as the second. `devices`: its maker, locked.

    Raises NoSuchReview, DecisionReplaced, SignsOwnDecision, SignsOwnAct.
    """
    row = await _waiting(tx, decision.about)
    if (await latest_decisions(tx, [subject]))[decision.about].key != decision.key:
        raise DecisionReplaced("Việc này đã có quyết định mới hơn. Tải lại trang, xem quyết định mới rồi ký cùng.")
    if person == decision.made_by:
        raise SignsOwnDecision("Ông/bà là người quyết định việc này. Nhờ người khác có quyền ký cùng.")
    owner = devices[row.made_by].person_id if row.made_by in devices else None
    if person in _makers(row, owner):
        raise SignsOwnAct("Việc này do chính ông/bà làm. Nhờ người khác có quyền ký cùng.")
    return row


def _makers(row: Inboxed, owner: UUID | None) -> set[UUID]:
    """Whose act it is: who says to have done it, and the owner of the phone it came from."""
    return {person for person in (envelope.read(row.data).actor, owner) if person is not None}


async def latest_decisions(tx: Transaction, subjects: Sequence[UUID]) -> dict[Key, Decision]:
    """The last word about each act that ever was in review on these subjects: of one that still is, its proposal."""
    found: dict[Key, Decision] = {}
    for row in await queries.decisions_on(tx, subjects):
        decision = _decision(row.made_by, row.id, row.data, row.received_at)
        found[decision.about] = decision
    return found


async def proposals(tx: Transaction, rows: Mapping[Key, Inboxed]) -> dict[Key, Proposal]:
    """Decisions that wait for a second person. `rows`: acts in review about which it takes two people to decide."""
    latest = await latest_decisions(tx, sorted({row.subject_id for row in rows.values() if row.subject_id is not None}))
    owners = await queries.owners_of(tx, sorted({maker for maker, _ in rows}))
    return {
        key: Proposal(decision=latest[key], involved=_makers(row, owners.get(row.made_by)) | {latest[key].made_by})
        for key, row in rows.items()
        if key in latest
    }


async def settle(
    tx: Transaction, ring: KeyRing, row: Inboxed, body: ResolveReview, devices: dict[UUID, Outbox], at: datetime
) -> None:
    """Carries the decision out, then lets go on what stood behind. Raises StillNotPossible."""
    if body.resolution == "set_aside":
        await acts.change_standing(tx, [replace(row, standing=Standing.SET_ASIDE, reason=body.reason, decided_at=at)])
    else:
        [act] = await acts_again(tx, ring, [row], devices)
        onto = body.case if body.resolution == "apply_to" else None
        await _apply(Batch(tx, ring, devices, {}, at), replace(act, resolved=True, onto=onto))
    if row.subject_id is not None:
        await release(tx, ring, devices, row.subject_id, at)


async def _apply(batch: Batch, act: Act) -> None:
    row = (await one(batch, act))[act.key]
    if row.standing is not Standing.APPLIED:
        why = row.problem.detail if row.problem is not None else NOBODY_CAN_TELL
        raise StillNotPossible(f"Việc này vẫn chưa thể có hiệu lực. {why}")
