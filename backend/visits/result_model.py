"""A result that could not be handed over: invitations, and where it goes then (F07). Pure: no I/O."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from backend.dossiers.model import Code
from backend.units.calendars import WorkingCalendar


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `invitations`: the recipient was asked to come to the post. `day`: in Việt Nam."""

    case_id: UUID
    invitation_id: UUID
    day: date
    invited_at: datetime
    invited_by: UUID
    how: str


class InvitationRule(msgspec.Struct, frozen=True, kw_only=True):
    """Of `invitation_rules`: what must have been done before a result goes back to the agency."""

    invitations: int
    working_days_apart: int

    def is_met(self, days: Iterable[date], calendar: WorkingCalendar) -> bool:
        """`days` on which the recipient was invited; `calendar`: of the post that invites. Those too close to the one
        before count as one."""
        counted: list[date] = []
        for day in sorted(days):
            if not counted or calendar.working_days_between(counted[-1], day) >= self.working_days_apart:
                counted.append(day)
        return len(counted) >= self.invitations


class Invite(msgspec.Struct, frozen=True, tag_field="kind", tag="invite"):
    """The recipient is asked to come to the post, where the result is kept."""

    invitation_id: UUID
    how: Literal["card", "call", "message", "letter", "in_person"]


class KeepAtPost(msgspec.Struct, frozen=True, tag_field="kind", tag="keep_at_post"):
    """The recipient will come for it."""


class ForwardResult(msgspec.Struct, frozen=True, tag_field="kind", tag="forward_result"):
    """The recipient moved: it goes on to `post`. The new address is the personal part, as of a registration."""

    post: UUID


class ReturnResult(msgspec.Struct, frozen=True, tag_field="kind", tag="return_result"):
    """It goes back to the agency: invited often enough, or for a reason that the law makes final."""


class SendBackForCorrection(msgspec.Struct, frozen=True, tag_field="kind", tag="send_back_for_correction"):
    """It is wrong, and the agency puts it right. `field`: what is wrong; how, is the personal
    part: `{"note": "..."}`."""

    field: Code
