"""The acts on a case and its dossier. Returns changed rows; nothing is written here."""

from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from backend.dossiers import codes
from backend.dossiers.model import Case, CaseUnit, Confirm, Dossier, ReleaseResult, ReportPortalStatus
from backend.parcels.model import HolderKind, Paper, Parcel

FINAL_PORTAL_STATUSES = frozenset({3, 7, 8, 10})
"""Không được tiếp nhận, công dân rút, dừng xử lý, đã trả kết quả: the dossier no longer lives."""


def units_of(case: Case) -> list[CaseUnit]:
    """Own = supporting, handling or competent (F16)."""
    return [
        CaseUnit(case_id=case.case_id, unit_id=case.supporting_unit, relation="supporting"),
        CaseUnit(case_id=case.case_id, unit_id=case.handling_unit, relation="handling"),
        CaseUnit(case_id=case.case_id, unit_id=case.competent_unit, relation="competent"),
    ]


def confirm(case: Case, dossier: Dossier, body: Confirm) -> tuple[Case, Dossier]:
    """Raises BadDossierCode."""
    code = codes.checked(body.dossier_code) if body.dossier_code else dossier.code
    return replace(case, agency_confirmed=True), replace(dossier, code=code)


def report_portal_status(dossier: Dossier, body: ReportPortalStatus, at: datetime) -> Dossier:
    """A late report never overwrites a newer one: the mirror keeps the latest by its own time."""
    if dossier.reported_at is not None and dossier.reported_at > at:
        return dossier
    return replace(
        dossier,
        portal_status=body.status,
        source=body.source,
        reported_at=at,
        live=body.status not in FINAL_PORTAL_STATUSES,
    )


def release_result(case: Case, body: ReleaseResult, unit: UUID) -> tuple[Parcel, Paper]:
    """The result is a paper in the agency's hands, in a parcel of its own."""
    parcel = Parcel(
        case_id=case.case_id, parcel_id=body.parcel_id, state="none", holder_kind=HolderKind.UNIT, holder=unit
    )
    paper = Paper(
        case_id=case.case_id,
        paper_id=body.paper_id,
        component=body.component,
        form="original",
        originals=body.originals,
        copies=body.copies,
        condition="intact",
        is_result=True,
        state="none",
        parcel_id=body.parcel_id,
        holder_kind=HolderKind.UNIT,
        holder=unit,
    )
    return parcel, paper


def blanked(case: Case, at: datetime) -> Case:
    """Erasure: what remains says nothing about a person."""
    return replace(
        case,
        owner_name=None,
        owner_folded=None,
        owner_number=None,
        phone=None,
        address=None,
        erased_at=at,
    )
