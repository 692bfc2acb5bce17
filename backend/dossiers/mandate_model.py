"""Giấy ủy quyền, giấy giới thiệu: by what somebody acts for the owner, from when, until which last day. Pure."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from backend.dossiers.model import Code

Paper = Literal["mandate", "certified_mandate", "introduction"]


class Mandate(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `mandates`. `party_id`: who acts by it. `last_day`: on it, it still holds; None: no end is written."""

    case_id: UUID
    mandate_id: UUID
    party_id: UUID
    authority: str
    kinship_proved: bool
    from_day: date
    last_day: date | None
    page_id: UUID | None
    state: str
    recorded_by: UUID
    recorded_at: datetime
    revoked_by: UUID | None = None
    revoked_at: datetime | None = None

    def holds(self, on: date) -> bool:
        return self.state == "in_force" and self.from_day <= on and (self.last_day is None or on <= self.last_day)


class RecordMandate(msgspec.Struct, frozen=True, tag_field="kind", tag="record_mandate"):
    """A mandate or letter of introduction was shown. Who acts by it is a party of the case, or is told in the personal
    part: `{"parties": [...]}`. `page_id`: its photograph. `kinship_proved`: a proof of kinship was shown too."""

    mandate_id: UUID
    party_id: UUID
    authority: Paper
    from_day: date
    last_day: date | None = None
    kinship_proved: bool = False
    page_id: UUID | None = None
    visit_id: UUID | None = None


class RevokeMandate(msgspec.Struct, frozen=True, tag_field="kind", tag="revoke_mandate"):
    """The owner takes it back: from this moment nobody acts by it, also with a result on the road."""

    mandate_id: UUID
    reason: Code
