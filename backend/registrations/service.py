"""The acts of registering and forwarding. Returns new and changed rows; nothing is written here."""

from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from backend.clock import local_date
from backend.dossiers import codes
from backend.dossiers.model import Case, Dossier
from backend.registrations.errors import ProcedureNotInCatalogue
from backend.registrations.model import AcknowledgeForward, Forward, Register, RegisterPersonal, Registration
from backend.text import folded


def register(
    case_id: UUID,
    body: Register,
    personal: RegisterPersonal,
    born_of: UUID,
    at: datetime,
    *,
    recipient_class: str | None,
) -> tuple[Case, Dossier, Registration]:
    """`born_of`: the device or desk that made it. `recipient_class`: of the catalogue. Raises BadDossierCode.

    The case's regime is the date of registration until the agency receives it.
    """
    case = Case(
        case_id=case_id,
        state="none",
        procedure=body.procedure,
        channel=body.channel,
        regime_on=local_date(at),
        supporting_unit=body.supporting_unit,
        handling_unit=body.handling_unit,
        competent_unit=body.competent_unit,
        visit_commune=body.visit_commune,
        recipient_class=recipient_class,
        owner_name=personal.owner_name,
        owner_folded=folded(personal.owner_name),
        owner_number=personal.owner_number,
        phone=personal.phone,
        address=personal.address,
        born_of=born_of,
        opened_at=at,
    )
    code = codes.checked(body.dossier_code) if body.dossier_code else None
    registration = Registration(
        case_id=case_id,
        registration_id=body.registration_id,
        channel=body.channel,
        unit_id=body.registered_at_unit,
        registered_at=at,
    )
    return case, Dossier(case_id=case_id, code=code), registration


def must_be_in_catalogue(body: Register, *, known: bool, at: datetime) -> None:
    """`known`: the catalogue has the procedure on that day. Of a request only: what a phone did at a door was done.
    Raises ProcedureNotInCatalogue."""
    if not known:
        raise ProcedureNotInCatalogue(
            f"Ngày {local_date(at):%d/%m/%Y} danh mục không có thủ tục mang mã {body.procedure}."
            " Tìm thủ tục theo tên rồi chọn lại.",
            pointer="/body/procedure",
        )


def forward(registration: Registration, body: Forward, at: datetime) -> Registration:
    return replace(registration, forwarded_to=body.to_unit, forwarded_at=at)


def acknowledge(registration: Registration, _body: AcknowledgeForward, at: datetime) -> Registration:
    return replace(registration, acknowledged_at=at)
