"""The acts on mandates. They return new and changed rows; nothing is written here."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from msgspec.structs import replace

from backend.dossiers.errors import MandateBackwards, PartyUnknown
from backend.dossiers.mandate_model import Mandate, RecordMandate
from backend.dossiers.party_model import Party, PartyRole
from backend.procedures.model import Authority
from backend.procedures.people import Shown

ACTING = frozenset({PartyRole.FILER, PartyRole.AUTHORISED})
"""Whose right to act for the owner the procedure decides; a recipient the owner has named, a representative the law."""


def record(case_id: UUID, body: RecordMandate, parties: Iterable[Party], by: UUID, at: datetime) -> Mandate:
    """Raises PartyUnknown, MandateBackwards."""
    if all(party.party_id != body.party_id or party.role is PartyRole.OWNER for party in parties):
        raise PartyUnknown("Người này không có trong hồ sơ. Ghi người được ủy quyền vào hồ sơ trước.")
    if body.last_day is not None and body.last_day < body.from_day:
        raise MandateBackwards("Ngày hết hạn trước ngày bắt đầu. Xem lại trên giấy.", pointer="/body/last_day")
    return Mandate(
        case_id=case_id,
        mandate_id=body.mandate_id,
        party_id=body.party_id,
        authority=body.authority,
        kinship_proved=body.kinship_proved,
        from_day=body.from_day,
        last_day=body.last_day,
        page_id=body.page_id,
        state="none",
        recorded_by=by,
        recorded_at=at,
    )


def revoke(mandate: Mandate, by: UUID, at: datetime) -> Mandate:
    return replace(mandate, revoked_by=by, revoked_at=at)


def is_live(party: Party, own: Iterable[Mandate], on: date) -> bool:
    """Whether nothing has ended by which somebody is in the case: also on the road (F05)."""
    own = list(own)
    if not party.live or (party.authority_until or on) < on or (party.since or on) > on:
        return False
    return not own or any(one.holds(on) for one in own)


def shown_by(party: Party, own: Iterable[Mandate], on: date) -> list[Shown]:
    """The papers by which somebody may act on that day: recorded one by one, or told when they came into the case."""
    papers = [Shown(Authority(one.authority), one.kinship_proved) for one in own if one.holds(on)]
    return papers if party.authority is None else [*papers, Shown(party.authority)]
