"""The acts of planning and giving visits. Returns new and changed rows; nothing is written here."""

from uuid import UUID

from msgspec.structs import replace

from backend.appointments.model import Book, MoveAppointment
from backend.visits.errors import VisitOfAnother
from backend.visits.model import Bundled, CaseVisit, Visit


def plan(case_id: UUID, body: Book, shared: Visit | None) -> tuple[Visit, CaseVisit, Bundled]:
    """`shared`: the visit as it is, when another case of the household has it already.

    Raises VisitOfAnother when that visit is of another courier or day.
    """
    if shared is not None and (shared.courier, shared.day) != (body.courier, body.day):
        raise VisitOfAnother("Lượt này đã giao cho bưu tá khác hoặc ngày khác. Tạo lượt mới rồi đặt lịch lại.")
    visit = shared or Visit(
        visit_id=body.visit_id,
        unit_id=body.unit,
        courier=body.courier,
        purpose=body.purpose,
        place=body.place,
        day=body.day,
        time_window=body.window,
        state="none",
    )
    return (
        visit,
        CaseVisit(case_id=case_id, visit_id=body.visit_id),
        Bundled(person_id=body.courier, case_id=case_id, visit_id=body.visit_id, present=True),
    )


def move(case_id: UUID, visit: Visit, body: MoveAppointment) -> tuple[Visit, list[Bundled]]:
    """What leaves a courier's bundle stays in it as a tombstone: the phone must hear that it left."""
    bundled = [
        Bundled(person_id=person, case_id=case_id, visit_id=visit.visit_id, present=person == body.courier)
        for person in sorted({visit.courier, body.courier})
    ]
    return replace(visit, courier=body.courier, day=body.day, time_window=body.window), bundled
