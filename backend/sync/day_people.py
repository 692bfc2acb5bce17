"""What a phone needs to know of the people of a case: who may act by what, what they were told and answered. Pure."""

from datetime import date, datetime
from uuid import UUID

import msgspec


class BundledMandate(msgspec.Struct, frozen=True, kw_only=True):
    """By what somebody in the case acts; on its last day it still holds."""

    mandate_id: UUID
    party_id: UUID
    authority: str
    kinship_proved: bool
    from_day: date
    last_day: date | None
    state: str


class BundledConsent(msgspec.Struct, frozen=True, kw_only=True):
    """The last answer to one question; what was never asked is not there."""

    extra: str
    state: str
    version: str
    answered_as: str


class BundledNotice(msgspec.Struct, frozen=True, kw_only=True):
    """The notice was told already, this version of it."""

    notice: str
    version: str
    shown_at: datetime


class BundledReading(msgspec.Struct, frozen=True, kw_only=True):
    """A form that was read back: its content, in hex. `signed`: in a way that counts."""

    document: str
    form_version: str
    content_sha256: str
    signed: bool
