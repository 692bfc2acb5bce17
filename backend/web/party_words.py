"""Parties in words. Pure: no I/O."""

from collections.abc import Sequence
from datetime import date

from backend.dossiers.party_model import PartyKind, PartyRole
from backend.procedures.model import Authority, Relation
from backend.web.party_views import PartyView
from backend.web.procedure_words import AUTHORITIES, RELATIONS
from backend.web.words import Words, day

ROLES = {
    PartyRole.OWNER: Words("Chủ hồ sơ", "Owner"),
    PartyRole.FILER: Words("Người nộp", "Filer"),
    PartyRole.REPRESENTATIVE: Words("Người đại diện, giám hộ", "Representative or guardian"),
    PartyRole.AUTHORISED: Words("Người được ủy quyền", "Authorised person"),
    PartyRole.RECIPIENT: Words("Người nhận kết quả", "Recipient"),
}
KINDS = {
    PartyKind.PERSON: Words("Cá nhân", "Person"),
    PartyKind.ORGANISATION: Words("Tổ chức", "Organisation"),
}
PAPERS = {
    "number": Words("Số định danh", "Personal number"),
    "tax_code": Words("Mã số thuế", "Tax code"),
    "passport": Words("Hộ chiếu", "Passport"),
    "old_number": Words("CMND cũ, chỉ để tra cứu", "Old CMND, to search by only"),
}


def in_order(parties: Sequence[PartyView]) -> list[PartyView]:
    """The owner first, the recipient last."""
    order = list(ROLES)
    return sorted(parties, key=lambda party: (order.index(PartyRole(party.role)), party.name))


def who_words(party: PartyView) -> list[Words]:
    """What is known of somebody, one thing each."""
    said = [RELATIONS[Relation(party.relation)]] if party.relation not in (None, party.role) else []
    said += [KINDS[PartyKind.ORGANISATION]] if party.kind == PartyKind.ORGANISATION else []
    for column, words in PAPERS.items():
        if (value := getattr(party, column)) is not None:
            said.append(Words(f"{words.vi}: {value}", f"{words.en}: {value}"))
    if party.born is not None:
        born = born_words(party.born)
        said.append(Words(f"Sinh {born}", f"Born {born}"))
    return said


def born_words(born: str) -> str:
    """15/01/1990, or the year alone; a day that no calendar has as it was written."""
    if "-" not in born:
        return f"năm {born}"
    try:
        return day(date.fromisoformat(born))
    except ValueError:
        return born


def authority_words(party: PartyView, today: date) -> Words | None:
    """By what they act, and until when."""
    if party.authority is None:
        return None
    said, until = AUTHORITIES[Authority(party.authority)], party.authority_until
    if until is None:
        return said
    if until < today:
        return Words(f"{said.vi}, đã hết hạn ngày {day(until)}", f"{said.en}, ended {day(until)}")
    return Words(f"{said.vi}, đến hết ngày {day(until)}", f"{said.en}, until {day(until)}")


def party_called(party: PartyView) -> Words:
    """Nguyễn Thị Huệ (Chủ hồ sơ)."""
    role = ROLES[PartyRole(party.role)]
    return Words(f"{party.name} ({role.vi})", f"{party.name} ({role.en})")
