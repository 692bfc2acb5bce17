"""The acts of registering and forwarding. Returns new and changed rows; nothing is written here."""

from datetime import UTC, date, datetime, time
from uuid import UUID

from msgspec.structs import replace

from backend.clock import VIETNAM, local_date
from backend.dossiers import codes
from backend.dossiers.model import Case, Dossier
from backend.registrations.errors import ProcedureNotInCatalogue, RegistrationDayWrong
from backend.registrations.model import AcknowledgeForward, Forward, Register, RegisterPersonal, Registration
from backend.text import folded
from backend.units.model import Model

BEGAN = date(2020, 8, 27)
"""Since then anybody may register (QĐ 1326/QĐ-UBND-HC)."""


def must_be_a_day(on: date, today: date) -> None:
    """On which somebody may have registered. Raises RegistrationDayWrong."""
    if not BEGAN <= on <= today:
        raise RegistrationDayWrong(
            f"Ngày đăng ký phải từ {BEGAN:%d/%m/%Y} đến {today:%d/%m/%Y}. Ghi ngày trên giấy đăng ký rồi gửi lại.",
            pointer="/registered_on",
        )


def registered_at(body: Register, at: datetime) -> datetime:
    """When the citizen registered: as the act was made or, entered late, when that day began.

    Raises RegistrationDayWrong.
    """
    today = local_date(at)
    if body.registered_on is None or body.registered_on == today:
        return at
    must_be_a_day(body.registered_on, today)
    return datetime.combine(body.registered_on, time(), VIETNAM).astimezone(UTC)


def usual_model(dossier_code: str | None) -> Model:
    """Of a registration that does not say: what belongs to an online dossier is served as QĐ 1326 orders."""
    return "combined" if dossier_code else "home"


def register(
    case_id: UUID,
    body: Register,
    personal: RegisterPersonal,
    born_of: UUID,
    at: datetime,
    *,
    recipient_class: str | None,
) -> tuple[Case, Dossier, Registration]:
    """`born_of`: the device or desk that made it. `recipient_class`: of the catalogue. Raises BadDossierCode,
    RegistrationDayWrong.

    The case's regime is the date of registration until the agency receives it.
    """
    began = registered_at(body, at)
    case = Case(
        case_id=case_id,
        state="none",
        procedure=body.procedure,
        channel=body.channel,
        regime_on=local_date(began),
        supporting_unit=body.supporting_unit,
        handling_unit=body.handling_unit,
        competent_unit=body.competent_unit,
        visit_commune=body.visit_commune,
        model=body.model or usual_model(body.dossier_code),
        recipient_class=recipient_class,
        owner_name=personal.owner_name,
        owner_folded=folded(personal.owner_name),
        owner_number=personal.owner_number,
        phone=personal.phone,
        address=personal.address,
        hamlet=personal.hamlet,
        landmark=personal.landmark,
        access=personal.access,
        born_of=born_of,
        opened_at=at,
    )
    code = codes.checked(body.dossier_code) if body.dossier_code else None
    registration = Registration(
        case_id=case_id,
        registration_id=body.registration_id,
        channel=body.channel,
        unit_id=body.registered_at_unit,
        registered_at=began,
    )
    return case, Dossier(case_id=case_id, code=code), registration


def must_be_in_catalogue(body: Register, *, known: bool, at: datetime) -> None:
    """`known`: the catalogue has the procedure on that day. Of a request only: what a phone did at a door was done.
    Raises ProcedureNotInCatalogue."""
    if not known:
        raise ProcedureNotInCatalogue(
            f"Ngày {body.registered_on or local_date(at):%d/%m/%Y} danh mục không có thủ tục mang mã {body.procedure}."
            " Tìm thủ tục theo tên rồi chọn lại.",
            pointer="/body/procedure",
        )


def forward(registration: Registration, body: Forward, at: datetime) -> Registration:
    return replace(registration, forwarded_to=body.to_unit, forwarded_at=at)


def acknowledge(registration: Registration, _body: AcknowledgeForward, at: datetime) -> Registration:
    return replace(registration, acknowledged_at=at)
