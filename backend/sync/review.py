"""A person decides about an act in review: it takes effect as it is, on another case, or is set aside with a reason.

What touches money or custody needs a second person, who is neither the one deciding nor the one who acted. Bytes that
nobody signed can only be set aside.
"""

from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from backend.acts import envelope
from backend.acts import queries as acts
from backend.acts.model import Act, Inboxed, Standing
from backend.acts.rules import current, load
from backend.clock import local_date
from backend.database import Transaction
from backend.keys import KeyRing
from backend.staff import outbox_queries as staff
from backend.staff import queries as people
from backend.staff.outbox_queries import Outbox
from backend.sync.batch import Batch
from backend.sync.decide import is_known
from backend.sync.errors import NoSuchReview, SecondPersonNeeded, StillNotPossible
from backend.sync.model import ResolveReview
from backend.sync.waiting import acts_again, one, release

NOBODYS = frozenset({"unreadable", "unknown-device", "signature-wrong", "no-number", "personal-differs"})
"""Reasons for which there is no act of anybody to apply."""


async def lock(tx: Transaction, body: ResolveReview) -> dict[UUID, Outbox]:
    """The maker's row is locked before any subject."""
    return await staff.lock_outboxes(tx, [body.made_by])


async def check(tx: Transaction, body: ResolveReview, person: UUID, subject: UUID, at: datetime) -> Inboxed:
    """The act in review. Raises NoSuchReview, SecondPersonNeeded."""
    row = (await acts.find_inboxed(tx, [(body.made_by, body.act_id)])).get((body.made_by, body.act_id))
    if row is None or row.standing is not Standing.REVIEW:
        raise NoSuchReview("Việc này không còn chờ xem xét. Tải lại danh sách.")
    if row.subject_id not in (None, subject):
        raise NoSuchReview("Việc này thuộc hồ sơ khác. Mở hồ sơ đó để giải quyết.")
    known = row.kind is not None and is_known(row.kind)
    if body.resolution != "set_aside" and (row.reason in NOBODYS or not known):
        raise NoSuchReview("Không đọc được việc này nên chỉ có thể để riêng, có ghi lý do.")
    if known:
        await _check_second(tx, row, body, person, at)
    return row


async def _check_second(tx: Transaction, row: Inboxed, body: ResolveReview, person: UUID, at: datetime) -> None:
    rule = load(current()).act(row.kind or "")
    if not (rule.money or rule.custody):
        return
    second, involved = body.seconded_by, (person, envelope.read(row.data).actor)
    if second is None or second in involved or not await people.posts_of(tx, second, local_date(at)):
        raise SecondPersonNeeded("Việc này động đến tiền hoặc giấy tờ: cần người thứ hai của đơn vị cùng đồng ý.")


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
        why = row.problem.detail if row.problem is not None else ""
        raise StillNotPossible(f"Việc này vẫn chưa thể có hiệu lực. {why}".strip())
