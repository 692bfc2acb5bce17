"""The acts on a case and its dossier. Returns changed rows; nothing is written here."""

from datetime import datetime

from msgspec.structs import replace

from backend.dossiers import codes
from backend.dossiers.model import FINAL_PORTAL_STATUSES, Case, CaseUnit, Confirm, Dossier, ReportPortalStatus


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
