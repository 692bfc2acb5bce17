"""Who is who in a case (F05): its parties, each a person or an organisation, by their relation to the owner. Pure.

A person may have no number, only a year of birth, a CMND that no longer holds, a passport, a phone abroad, a shared
one, or none. Everything here is personal: it lies in the sealed part of acts, and in rows that erasure destroys.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from backend.procedures.model import Authority, Relation

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Number = Annotated[str, msgspec.Meta(pattern="^[0-9]{12}$")]
OldNumber = Annotated[str, msgspec.Meta(pattern="^[0-9]{9}([0-9]{3})?$")]
"""Of a CMND: it proves nothing since 2025, and finds what was filed under it (facts F3)."""
Passport = Annotated[str, msgspec.Meta(pattern="^[A-Z0-9]{5,20}$")]
Phone = Annotated[str, msgspec.Meta(pattern="^[+0-9][0-9 ]{2,18}$")]
Born = Annotated[str, msgspec.Meta(pattern="^[0-9]{4}(-[0-9]{2}-[0-9]{2})?$")]
"""A day, or a year where nobody knows the day."""
TaxCode = Annotated[str, msgspec.Meta(pattern="^[0-9]{10}(-[0-9]{3})?$")]


Proof = Literal["card_seen", "vneid", "passport", "code"]
"""What the owner showed at a counter, or the code that was sent and read out: its digits are in the personal part."""


class PartyRole(StrEnum):
    """Chủ hồ sơ, người nộp, người đại diện hay giám hộ, người được ủy quyền, người nhận kết quả."""

    OWNER = "owner"
    FILER = "filer"
    REPRESENTATIVE = "representative"
    AUTHORISED = "authorised"
    RECIPIENT = "recipient"


class PartyKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `parties`. `authority`: what they act by, until `authority_until` and on that day still. `live`: not
    taken back since. `since`: from which day they may receive, where a change had to wait (F07)."""

    case_id: UUID
    party_id: UUID
    role: PartyRole
    kind: PartyKind
    relation: Relation | None = None
    name: str
    number: str | None = None
    old_number: str | None = None
    passport: str | None = None
    tax_code: str | None = None
    born: str | None = None
    phone: str | None = None
    shared_phone: bool = False
    authority: Authority | None = None
    authority_until: date | None = None
    live: bool = True
    since: date | None = None


class WhoTold(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of somebody beside name and number."""

    kind: PartyKind = PartyKind.PERSON
    old_number: OldNumber | None = None
    passport: Passport | None = None
    tax_code: TaxCode | None = None
    born: Born | None = None
    phone: Phone | None = None
    shared_phone: bool = False


class PartyTold(WhoTold, frozen=True, kw_only=True):
    """A party as it stands in the personal part of an act. `party_id`: made by whoever writes it first."""

    party_id: UUID
    role: PartyRole
    name: Name
    number: Number | None = None
    relation: Relation | None = None
    authority: Authority | None = None
    authority_until: date | None = None


Parties = Annotated[list[PartyTold], msgspec.Meta(max_length=20)]


class PartiesPersonal(msgspec.Struct, frozen=True, kw_only=True):
    """The personal part of `correct_registration` and `change_recipient`: parties new, or as they are now."""

    salt: Annotated[str, msgspec.Meta(min_length=16, max_length=64)]
    parties: Parties = []


Removed = Annotated[list[UUID], msgspec.Meta(max_length=20)]


class CorrectRegistration(msgspec.Struct, frozen=True, tag_field="kind", tag="correct_registration"):
    """What was registered is put right: the dossier code, and the parties but for the recipient. `removes`: parties."""

    dossier_code: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    removes: Removed = []


class ChangeRecipient(msgspec.Struct, frozen=True, tag_field="kind", tag="change_recipient"):
    """The owner names who receives the result (F07). `proved_by`: what was shown at the counter; None: nothing."""

    proved_by: Proof | None = None
    removes: Removed = []
