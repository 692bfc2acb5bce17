"""What desks are shown of messages, and of what a person must tell a citizen."""

from datetime import datetime
from uuid import UUID

import msgspec


class NoticeView(msgspec.Struct, frozen=True, kw_only=True):
    """A message: about what, and what became of it. Never its text nor its address.

    `pushed_at`: when a browser got it, whatever else became of it.
    """

    notice_id: UUID
    template: str
    state: str
    reason: str | None
    channel: str | None
    due_at: datetime
    sent_at: datetime | None
    pushed_at: datetime | None


class DutyView(msgspec.Struct, frozen=True, kw_only=True):
    """What a person must tell, or has told: how, and whom."""

    case_id: UUID
    duty_id: UUID
    template: str
    state: str
    opened_at: datetime
    told_at: datetime | None
    how: str | None
    told_whom: str | None
    told_by_name: str | None


class DutyLine(msgspec.Struct, frozen=True, kw_only=True):
    """An open duty in the list, with what is needed to reach the citizen. `tell_by`: what they chose."""

    case_id: UUID
    duty_id: UUID
    template: str
    opened_at: datetime
    owner_name: str | None
    phone: str | None
    address: str | None
    hamlet: str | None
    landmark: str | None
    access: str | None
    tell_by: str | None
