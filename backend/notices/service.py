"""Acts on duties to tell, and how a citizen wants to be told. Returns changed rows; erasure alone writes."""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec.structs import replace

from backend.acts.service import open_key
from backend.database import Transaction
from backend.keys import KeyRing
from backend.notices import push_queries, queries
from backend.notices.errors import DutyExists, TemplateUnknown
from backend.notices.model import (
    Contact,
    ContactPersonal,
    DropDuty,
    Duty,
    FormerContact,
    OpenDuty,
    Outgoing,
    RecordTold,
    Said,
)
from backend.notices.templates import templates


def contact(case: UUID, wish: ContactPersonal) -> Contact | None:
    """None where nothing was said about it: then it is by whatever is on file."""
    said = changed(case, wish)
    return None if said == Contact(case_id=case) else said


def changed(case: UUID, wish: ContactPersonal) -> Contact:
    return Contact(case_id=case, email=wish.email, tell_by=wish.tell_by, shared_phone=wish.shared_phone)


def former(phone: str | None, known: Contact | None, case: UUID, made_by: UUID, act: UUID) -> FormerContact | None:
    """`act`: which changes it. None where nobody could be reached: then the new contact hears of it."""
    was = known or Contact(case_id=case)
    if phone is None and was.email is None:
        return None
    return FormerContact(
        case_id=case,
        made_by=made_by,
        act_id=act,
        phone=phone,
        email=was.email,
        tell_by=was.tell_by,
        shared_phone=was.shared_phone,
    )


def blanked(known: Contact) -> Contact:
    return Contact(case_id=known.case_id)


def former_blanked(known: FormerContact) -> FormerContact:
    return FormerContact(case_id=known.case_id, made_by=known.made_by, act_id=known.act_id)


def open_duty(known: Duty | None, case: UUID, body: OpenDuty, at: datetime) -> Duty:
    """Raises DutyExists, TemplateUnknown."""
    if known is not None:
        raise DutyExists("Việc phải báo này đã có trong danh sách. Tải lại trang.")
    if body.template not in templates().by_name:
        raise TemplateUnknown("Chọn việc cần báo trong danh sách rồi gửi lại.", pointer="/body/template")
    return Duty(
        case_id=case, duty_id=body.duty_id, template=body.template, about=body.about, state="none", opened_at=at
    )


def record_told(duty: Duty, body: RecordTold, by: UUID, at: datetime) -> Duty:
    """The first telling stays: a second one is in the chain as well, and changes nothing."""
    if duty.told_at is not None:
        return duty
    return replace(duty, told_at=at, told_by=by, how=body.how, told_whom=body.whom)


def drop_duty(duty: Duty, body: DropDuty) -> Duty:
    return replace(duty, dropped_because=body.reason)


async def erase(tx: Transaction, case: UUID) -> None:
    """Part of the act `erase`: nothing of what was said to whom can be read any more."""
    await queries.blank(tx, case)
    await push_queries.drop_of_case(tx, case)


async def sent(tx: Transaction, ring: KeyRing, *, most: int) -> list[Outgoing]:
    """What went out, newest first, opened: for the demo's testers. What was erased is not among it.

    What browsers got beside a message stands for itself: to whom, nobody is told.
    """
    found: list[Outgoing] = []
    for row in await queries.sent(tx, most):
        key = await open_key(tx, ring, ("case", row.case_id))
        if key is not None:
            said = msgspec.json.decode(key.open(row.sealed, row.notice_id.bytes), type=Said)
            found.append(Outgoing(template=row.template, channel=row.channel, at=row.sent_at, said=said))
            if said.pushed is not None:
                beside = Said(to="", text=said.pushed)
                found.append(Outgoing(template=row.template, channel="push", at=row.sent_at, said=beside))
    return found
