"""The acts on parties. Returns new and changed rows; nothing is written here."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from msgspec.structs import asdict, replace

from backend.dossiers.errors import NotTheRecipient, OwnerStays, PartyUnfit, PartyUnknown, RecipientApart
from backend.dossiers.model import Case
from backend.dossiers.party_model import Party, PartyKind, PartyRole, PartyTold, WhoTold
from backend.dossiers.tax_codes import is_tax_code
from backend.ids import derived
from backend.procedures.model import Relation
from backend.text import folded

OLD_NUMBER = 9
"""Digits of a CMND."""


def owner_id(case: UUID) -> UUID:
    """Of the owner named at registration, by whom the case is found."""
    return derived("party", case.hex, "owner")


def owner(case: Case, who: WhoTold) -> Party:
    """From the registration itself, which names the owner; `who` says the rest."""
    party = Party(
        case_id=case.case_id,
        party_id=owner_id(case.case_id),
        role=PartyRole.OWNER,
        relation=Relation.OWNER,
        name=case.owner_name or "",
        **asdict(who),
    )
    return numbered(party, case.owner_number)


def numbered(party: Party, number: str | None) -> Party:
    """With a number as people give it: of 9 digits it is an old one (CMND)."""
    old = number is not None and len(number) == OLD_NUMBER
    return replace(party, old_number=number) if old else replace(party, number=number)


def told(case: UUID, parties: Iterable[PartyTold]) -> list[Party]:
    return [Party(case_id=case, **asdict(party)) for party in parties]


def corrected(known: Sequence[Party], parties: Sequence[Party], removes: Iterable[UUID]) -> list[Party]:
    """Everybody but recipients. Raises RecipientApart, OwnerStays, PartyUnknown."""
    gone = _removed(known, removes)
    if any(PartyRole.RECIPIENT in (party.role, _role(known, party)) for party in (*parties, *gone)):
        raise RecipientApart("Người nhận kết quả chỉ chủ hồ sơ được đổi. Dùng việc “Đổi người nhận kết quả”.")
    roles = [(PartyRole.OWNER, party.role) for party in parties if _role(known, party) is PartyRole.OWNER]
    if any(party.role is PartyRole.OWNER for party in gone) or any(was is not now for was, now in roles):
        raise OwnerStays("Không bỏ được chủ hồ sơ. Sửa tên và giấy tờ của chủ hồ sơ, hoặc rút đăng ký này.")
    return [*parties, *gone]


def introduced(known: Sequence[Party], parties: Sequence[Party]) -> list[Party]:
    """Who shows a paper to act for the owner: new, or named before in the same role; neither owner nor recipient.
    Raises RecipientApart, OwnerStays."""
    for party in parties:
        was = _role(known, party)
        if PartyRole.RECIPIENT in (party.role, was):
            raise RecipientApart("Người nhận kết quả chỉ chủ hồ sơ được đổi. Dùng việc “Đổi người nhận kết quả”.")
        if PartyRole.OWNER in (party.role, was):
            raise OwnerStays("Giấy ủy quyền không đổi chủ hồ sơ. Ghi người được ủy quyền rồi gửi lại.")
    return list(parties)


def recipients_changed(known: Sequence[Party], parties: Sequence[Party], removes: Iterable[UUID]) -> list[Party]:
    """Raises NotTheRecipient, PartyUnknown."""
    changed = [*parties, *_removed(known, removes)]
    roles = {role for party in changed for role in (party.role, _role(known, party)) if role is not None}
    if roles - {PartyRole.RECIPIENT}:
        raise NotTheRecipient("Ở đây chỉ đổi người nhận kết quả. Người khác thì dùng việc “Sửa đăng ký”.")
    return changed


def _removed(known: Sequence[Party], removes: Iterable[UUID]) -> list[Party]:
    there = {party.party_id: party for party in known if party.live}
    missing = PartyUnknown("Người này không còn trong hồ sơ. Tải lại trang rồi chọn lại.")
    gone: list[Party] = []
    for party in removes:
        if party not in there:
            raise missing
        gone.append(replace(there[party], live=False))
    return gone


def _role(known: Sequence[Party], party: Party) -> PartyRole | None:
    return next((one.role for one in known if one.party_id == party.party_id), None)


def named(case: Case, parties: Iterable[Party]) -> Case:
    """A case is found by its owner: the columns follow the party."""
    for party in parties:
        if party.party_id == owner_id(case.case_id):
            return replace(
                case,
                owner_name=party.name,
                owner_folded=folded(party.name),
                owner_number=party.number or party.old_number,
            )
    return case


def must_fit(parties: Iterable[Party]) -> None:
    """Of a request only: what a phone wrote at a door is taken as it is. Raises PartyUnfit."""
    for party in parties:
        if (why := _unfit(party)) is not None:
            raise PartyUnfit(f"{party.name}: {why}", pointer="/personal")


def _unfit(party: Party) -> str | None:
    if party.kind is PartyKind.ORGANISATION and (party.number or party.old_number or party.passport or party.born):
        return "tổ chức chỉ có mã số thuế. Bỏ số giấy tờ và ngày sinh, hoặc chọn “Cá nhân”."
    if party.kind is PartyKind.PERSON and party.tax_code is not None:
        return "mã số thuế chỉ ghi cho tổ chức. Bỏ mã số thuế, hoặc chọn “Tổ chức”."
    if party.tax_code is not None and not is_tax_code(party.tax_code):
        return f"mã số thuế {party.tax_code} không đúng, có thể gõ nhầm một chữ số. Xem lại trên giấy đăng ký."
    if party.born is not None and not _is_born(party.born):
        return f"không có ngày {party.born}. Ghi lại ngày sinh, hoặc chỉ ghi năm."
    return None


def _is_born(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text if "-" in text else f"{text}-01-01"))
    except ValueError:
        return False
