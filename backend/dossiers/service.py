"""The acts on a case and its dossier. Returns changed rows; nothing is written here."""

from datetime import date, datetime
from uuid import UUID

from msgspec.structs import replace

from backend.clock import local_date
from backend.dossiers import codes
from backend.dossiers.errors import DueWrong, ReceiptIssued, ReceivedOtherwise
from backend.dossiers.model import (
    FINAL_PORTAL_STATUSES,
    Case,
    CaseUnit,
    Confirm,
    Dossier,
    IssueReceipt,
    ReportPortalStatus,
)


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
    return replace(case, agency_confirmed=True, return_cause="none"), replace(dossier, code=code)


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


def issue_receipt(
    dossier: Dossier, body: IssueReceipt, *, by: UUID, at: datetime, reached: datetime | None, latest: date | None
) -> Dossier:
    """`reached`: when the last of the papers came to the agency, by the hand-overs. `latest`: the last day that the
    catalogue allows; None: nobody knows it.

    Issued once, and again when papers have come since. Raises ReceivedOtherwise, ReceiptIssued, DueWrong.
    """
    if body.received_at != reached:
        raise ReceivedOtherwise("Giờ cơ quan nhận đủ hồ sơ vừa thay đổi. Tải lại trang rồi cấp giấy lại.")
    if dossier.received_at is not None and dossier.received_at >= body.received_at:
        raise ReceiptIssued("Đã cấp giấy tiếp nhận và hẹn trả cho hồ sơ này. Mở giấy đã cấp để in lại.")
    if body.due_on < local_date(body.received_at):
        raise DueWrong("Ngày hẹn trả ở trước ngày nhận hồ sơ. Nhập lại ngày hẹn trả.", pointer="/body/due_on")
    if latest is not None and body.due_on > latest:
        raise DueWrong(
            f"Ngày hẹn trả muộn hơn thời hạn của thủ tục. Chọn ngày {latest:%d/%m/%Y} hoặc sớm hơn.",
            pointer="/body/due_on",
        )
    return replace(dossier, received_at=body.received_at, due_on=body.due_on, receipt_at=at, receipt_by=by)


WITH_AGENCY = frozenset({"handed_to_agency", "check_passed", "check_not_passed", "waiting_supplement", "in_progress"})
"""States in which a case is the agency's to end."""


def is_with_agency(case: Case) -> bool:
    return case.state in WITH_AGENCY


WAY = (
    "deferred",
    "registered",
    "waiting_to_forward",
    "waiting_confirmation",
    "mismatch",
    "confirmed",
    "waiting_call",
    "booked",
    "on_the_way",
    "taken_awaiting_confirmation",
    "papers_taken",
    "handed_to_agency",
    "check_not_passed",
    "waiting_supplement",
    "check_passed",
    "in_progress",
)
"""States of cases that may be merged, from the beginning on."""


def may_survive(case: Case, other: Case | None) -> bool:
    """Whether `case` may be merged into the other: of the same owner and procedure, it goes on and has come at least as
    far, so that it need not go back."""
    return (
        other is not None
        and other.case_id != case.case_id
        and other.owner_folded is not None
        and other.owner_folded == case.owner_folded
        and other.procedure == case.procedure
        and {case.state, other.state} <= set(WAY)
        and WAY.index(other.state) >= WAY.index(case.state)
    )


OVER = frozenset({"handed_over", "closed", "withdrawn", "cancelled", "merged"})
"""States in which nothing is waited for any more."""


def over(case: Case, at: datetime) -> Case:
    """In its state: since when it is over. What goes on after all, because papers came late or a merge was undone, is
    not."""
    if case.state in OVER:
        return replace(case, closed_at=case.closed_at or at)
    return replace(case, closed_at=None)


def blanked(case: Case, at: datetime) -> Case:
    """Erasure: what remains says nothing about a person."""
    return replace(
        case,
        owner_name=None,
        owner_folded=None,
        owner_number=None,
        phone=None,
        address=None,
        hamlet=None,
        landmark=None,
        access=None,
        erased_at=at,
    )
