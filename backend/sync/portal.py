"""Registrations that come in from the provincial portal, with the dossier, at each online service (row 13).

The portal's own id of a request makes the ids of act and case: the same request again is the same registration, and
is found by that id. The portal is nobody's desk: it acts as the system, and nothing is left to forward (row 21).
"""

import hashlib
import json
import secrets
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

from backend.acts import queries as acts
from backend.acts.envelope import Subject
from backend.acts.model import Source
from backend.acts.service import open_personal
from backend.clock import local_date
from backend.database import Transaction
from backend.dossiers import parties
from backend.dossiers import queries as dossiers
from backend.dossiers.errors import PartyUnfit
from backend.dossiers.model import Access, Case, Channel, Code
from backend.dossiers.party_model import (
    Born,
    Name,
    OldNumber,
    Party,
    PartyKind,
    PartyRole,
    Passport,
    Phone,
    TaxCode,
)
from backend.errors import Invalid, SameIdOtherContent
from backend.ids import derived
from backend.keys import KeyRing
from backend.notices.model import Email, Way
from backend.registrations.errors import RegistrationNotFound
from backend.registrations.model import Note
from backend.sync import desk
from backend.units import service as units
from backend.units.model import Model, Unit, UnitKind

PORTAL = derived("system", "portal")
"""Who makes the acts of the portal."""
RequestId = Annotated[str, msgspec.Meta(pattern="^[0-9A-Za-z][0-9A-Za-z._-]{7,63}$")]


class OwnerUnfit(Invalid):
    """Thông tin chủ hồ sơ chưa hợp nhau."""


class OwnerAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The owner. `number`: 12 digits, or the 9 of a CMND. `tax_code`: of an organisation, which has nothing else."""

    name: Name
    kind: PartyKind = PartyKind.PERSON
    number: OldNumber | None = None
    passport: Passport | None = None
    tax_code: TaxCode | None = None
    born: Born | None = None


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One registration. `request_id`: the portal's own, the same however often it is sent. `agency`: identifier of
    the competent agency, in either spelling. `visit_commune`: code of where the courier goes. `model`: how the case is
    served; left out: online service and post together. `note`: other information the citizen gives."""

    request_id: RequestId
    procedure: Code
    dossier_code: Annotated[str, msgspec.Meta(pattern="^[0-9A-Z.-]{1,40}$")]
    agency: Annotated[str, msgspec.Meta(pattern="^[0-9A-Z.]{1,40}$")]
    owner: OwnerAsked
    visit_commune: Annotated[str, msgspec.Meta(pattern="^[0-9]{5}$")]
    address: Annotated[str, msgspec.Meta(min_length=1, max_length=400)] | None = None
    hamlet: Annotated[str, msgspec.Meta(min_length=1, max_length=200)] | None = None
    landmark: Annotated[str, msgspec.Meta(min_length=1, max_length=400)] | None = None
    access: Access | None = None
    phone: Phone | None = None
    shared_phone: bool = False
    email: Email | None = None
    tell_by: Way | None = None
    note: Note | None = None
    model: Model | None = None


async def register(tx: Transaction, ring: KeyRing, asked: Asked, at: datetime) -> Case:
    """The case, as it stands now. The same request again changes nothing.

    Raises SameIdOtherContent, OwnerUnfit, BadAgencyIdentifier, NoSuchUnit, NoSuchCommune, NoSameLevelPost, Refused.
    """
    act = derived("portal", asked.request_id)
    said = hashlib.sha256(msgspec.json.encode(asked, order="sorted")).hexdigest()
    await acts.lock_command(tx, PORTAL, act)
    if await acts.find_inboxed(tx, [(PORTAL, act)]):
        await _must_be_the_same(tx, ring, act, said)
        return await get(tx, asked.request_id)
    _must_fit(asked.owner)
    await desk.act(
        tx,
        ring,
        person=PORTAL,
        id=act,
        subject=Subject("case", _case_of(asked.request_id)),
        kind="register",
        base=0,
        body=await _body(tx, asked, act, local_date(at)),
        personal=_personal(asked, said),
        at=at,
        source=Source.WEBHOOK,
    )
    return await get(tx, asked.request_id)


async def get(tx: Transaction, request_id: str) -> Case:
    """The case that the portal registered under its own id. Raises RegistrationNotFound."""
    found = await dossiers.cases_of(tx, [_case_of(request_id)])
    if not found:
        raise RegistrationNotFound("Cổng chưa đăng ký gì với mã yêu cầu này. Kiểm tra lại mã, hoặc gửi đăng ký.")
    return found[0]


def _case_of(request_id: str) -> UUID:
    return derived("case", "portal", request_id)


class _Kept(msgspec.Struct, frozen=True):
    """What the sealed part keeps of a request beside what was registered."""

    asked: str


async def _must_be_the_same(tx: Transaction, ring: KeyRing, act: UUID, said: str) -> None:
    """By the hash in the sealed part: of what was erased nobody can tell any more, and nothing is registered anew."""
    kept = (await open_personal(tx, ring, [(PORTAL, act)])).get((PORTAL, act))
    if kept is not None and msgspec.json.decode(kept, type=_Kept).asked != said:
        raise SameIdOtherContent(
            "Mã yêu cầu này đã dùng cho một đăng ký có nội dung khác. Gửi nội dung mới với mã yêu cầu mới."
        )


def _must_fit(owner: OwnerAsked) -> None:
    """Said without what was sent: an answer to a program may be logged there. Raises OwnerUnfit."""
    about = derived("case", "portal")
    party = Party(
        case_id=about,
        party_id=about,
        role=PartyRole.OWNER,
        kind=owner.kind,
        name=owner.name,
        passport=owner.passport,
        tax_code=owner.tax_code,
        born=owner.born,
    )
    try:
        parties.must_fit([parties.numbered(party, owner.number)])
    except PartyUnfit:
        raise OwnerUnfit(
            "Số giấy tờ, mã số thuế hoặc ngày sinh chưa đúng, hay không hợp với loại chủ hồ sơ. Xem lại rồi gửi lại.",
            pointer="/owner",
        ) from None


async def _body(tx: Transaction, asked: Asked, act: UUID, on: date) -> dict[str, Any]:
    """The service is the agency's own, so that is where it was registered; nobody was there to support."""
    agency = await units.get_agency(tx, asked.agency, on)
    await units.get_commune(tx, asked.visit_commune, on)
    return {
        "registration_id": str(derived("registration", act.hex)),
        "channel": Channel.PORTAL,
        "procedure": asked.procedure,
        "registered_at_unit": str(agency.id),
        "supporting_unit": str(agency.id),
        "handling_unit": str((await _post(tx, asked.visit_commune, agency, on)).id),
        "competent_unit": str(agency.id),
        "dossier_code": asked.dossier_code,
        "visit_commune": asked.visit_commune,
    } | ({} if asked.model is None else {"model": asked.model})


async def _post(tx: Transaction, commune: str, agency: Unit, on: date) -> Unit:
    """The post that serves the commune; where none is recorded, the one of the agency's level."""
    serving = await units.units_on(tx, on, kind=UnitKind.POST, commune_code=commune)
    return serving[0] if serving else await units.get_same_level_post(tx, agency.id, on)


def _personal(asked: Asked, said: str) -> bytes:
    owner = asked.owner
    about = {"kind": owner.kind, "passport": owner.passport, "tax_code": owner.tax_code, "born": owner.born}
    told = {
        "salt": secrets.token_hex(16),
        "asked": said,
        "owner_name": owner.name,
        "owner_number": owner.number,
        "owner": {name: value for name, value in about.items() if value is not None},
        "phone": asked.phone,
        "address": asked.address,
        "hamlet": asked.hamlet,
        "landmark": asked.landmark,
        "access": asked.access,
        "email": asked.email,
        "tell_by": asked.tell_by,
        "shared_phone": asked.shared_phone or None,
        "note": asked.note,
    }
    return json.dumps({name: value for name, value in told.items() if value is not None}, ensure_ascii=False).encode()
