"""The acts of planning and giving visits. Returns new and changed rows; nothing is written here."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec.structs import replace

from backend.appointments.model import Book, MoveAppointment
from backend.clock import VIETNAM, local_date
from backend.visits.errors import VisitOfAnother, VisitOver
from backend.visits.model import Bundled, CaseVisit, Unplanned, Visit


def plan(case_id: UUID, body: Book, shared: Visit | None, known: CaseVisit | None) -> tuple[Visit, CaseVisit, Bundled]:
    """`shared`: the visit as it is, when another case of the household has it already. `known`: this case's part in it.

    Raises VisitOfAnother when that visit is of another unit, courier, day or window, VisitOver when this case's part
    in it has ended: a new try is a new visit.
    """
    wanted = (body.unit, body.courier, body.day, body.window)
    if shared is not None and (shared.unit_id, shared.courier, shared.day, shared.time_window) != wanted:
        raise VisitOfAnother(
            f"Lượt này đã hẹn ngày {shared.day:%d/%m/%Y}, {shared.time_window}, với đơn vị và bưu tá đã giao. "
            "Đặt đúng đơn vị, bưu tá, ngày và khung giờ đó, hoặc tạo lượt mới rồi đặt lịch lại."
        )
    if known is not None and known.has_ended:
        raise VisitOver("Hồ sơ này đã xong ở lượt đó. Tạo lượt mới rồi đặt lịch lại.")
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
    return visit, *_joined(case_id, visit)


def _joined(case_id: UUID, visit: Visit) -> tuple[CaseVisit, Bundled]:
    return (
        CaseVisit(case_id=case_id, visit_id=visit.visit_id),
        Bundled(person_id=visit.courier, case_id=case_id, visit_id=visit.visit_id, present=True),
    )


def begun(
    case_id: UUID, visit_id: UUID, what: Unplanned, shared: Visit | None, *, by: UUID, at: datetime
) -> tuple[Visit, CaseVisit, Bundled]:
    """A visit that nobody planned, or this case's part in it where it has begun for another of the house."""
    visit = shared or Visit(
        visit_id=visit_id,
        unit_id=what.unit,
        courier=by,
        purpose=what.purpose,
        place=what.place,
        day=local_date(at),
        time_window=hour_of(at),
        state="none",
        unplanned=True,
    )
    return visit, *_joined(case_id, visit)


def hour_of(at: datetime) -> str:
    """As a window in Việt Nam: 09:00-10:00."""
    began = at.astimezone(VIETNAM)
    return f"{began:%H}:00-{began + timedelta(hours=1):%H}:00"


def move(case_id: UUID, visit: Visit, body: MoveAppointment) -> tuple[Visit, list[Bundled]]:
    """What leaves a courier's bundle stays in it as a tombstone: the phone must hear that it left."""
    bundled = [
        Bundled(person_id=person, case_id=case_id, visit_id=visit.visit_id, present=person == body.courier)
        for person in sorted({visit.courier, body.courier})
    ]
    return replace(visit, courier=body.courier, day=body.day, time_window=body.window), bundled


def take_out(
    case_id: UUID, left: Visit, visit_id: UUID, purpose: str, body: MoveAppointment
) -> tuple[Visit, CaseVisit, Bundled]:
    """A visit for one case of a household alone, at the same place as the one it `left`."""
    visit = Visit(
        visit_id=visit_id,
        unit_id=left.unit_id,
        courier=body.courier,
        purpose=purpose,
        place=left.place,
        day=body.day,
        time_window=body.window,
        state="none",
    )
    return visit, *_joined(case_id, visit)
