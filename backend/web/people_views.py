"""Who signed and how, by what somebody acts, what was told and answered, as a desk is shown it. Pure: no I/O."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec


class SignatureView(msgspec.Struct, frozen=True, kw_only=True):
    """`accepted`: as the paper wants it; else it is kept and counts for nothing. `pages`: photographs of it."""

    signature_id: UUID
    visit_id: UUID
    document: str
    mode: str
    signer: str
    accepted: bool
    hand: str | None
    finger: str | None
    witnesses: int
    pages: int
    state: str
    signed_at: datetime


class ReadingView(msgspec.Struct, frozen=True, kw_only=True):
    """A form that was read back. `content_sha256`: in hex. `signed`: in a way that counts, since it is as it is.
    `content`: what was filled in, as its canonical text; None of a form that was filled in on paper."""

    visit_id: UUID
    document: str
    form_version: str
    content_sha256: str
    read_at: datetime
    read_by_name: str | None
    signed: bool
    content: str | None = None


class PageView(msgspec.Struct, frozen=True, kw_only=True):
    """A photograph by which something can be proved."""

    page_id: UUID
    visit_id: UUID
    component: str
    page_number: int


class MandateView(msgspec.Struct, frozen=True, kw_only=True):
    """`last_day`: on it, it still holds; None: no end is written."""

    mandate_id: UUID
    party_id: UUID
    authority: str
    kinship_proved: bool
    from_day: date
    last_day: date | None
    state: str


class NoticeShownView(msgspec.Struct, frozen=True, kw_only=True):
    notice: str
    version: str
    how: str
    shown_at: datetime
    shown_by_name: str | None


class ConsentView(msgspec.Struct, frozen=True, kw_only=True):
    """The last answer to one question."""

    extra: str
    state: str
    version: str
    answered_as: str
    child_agrees: bool | None
    answered_at: datetime
    withdrawn_at: datetime | None


class PeopleView(msgspec.Struct, frozen=True, kw_only=True):
    """Only where one case is shown."""

    signatures: Sequence[SignatureView] = ()
    readings: Sequence[ReadingView] = ()
    pages: Sequence[PageView] = ()
    mandates: Sequence[MandateView] = ()
    notices: Sequence[NoticeShownView] = ()
    consents: Sequence[ConsentView] = ()
