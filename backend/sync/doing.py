"""One act being carried out: the rows, the act, and what an effect may ask of them."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from backend.acts.model import Act
from backend.appointments.errors import AppointmentNotFound
from backend.appointments.model import Appointment
from backend.dossiers.errors import CaseNotFound
from backend.dossiers.model import Case
from backend.dossiers.tokens import TrackingToken
from backend.errors import NotFound
from backend.fees import service as fees
from backend.fees.errors import ShiftUnknown
from backend.fees.model import Shift
from backend.incidents.errors import IncidentUnknown
from backend.incidents.model import Incident
from backend.parcels.bag_model import Bag
from backend.parcels.errors import BagUnknown, PaperUnknown, ParcelUnknown
from backend.parcels.model import Holder, HolderKind, Paper, Parcel
from backend.sync.world import World
from backend.visits.errors import VisitUnknown
from backend.visits.model import CaseVisit, Visit

R = TypeVar("R", bound=msgspec.Struct)


class Doing(msgspec.Struct):
    """`subject`: whose chain the act is on. `tracking`: makes the first tracking token of a case."""

    world: World
    act: Act
    subject: UUID
    tracking: Callable[[UUID], TrackingToken]
    units: frozenset[UUID] = frozenset()
    """Where the actor holds any role on the day of the act."""
    for_all: bool = False
    """Whether one of these roles is for the whole province."""

    @property
    def actor(self) -> UUID:
        return self.act.envelope.actor

    @property
    def case(self) -> Case:
        return _there(self.world.get(Case, self.subject), CaseNotFound("Không có hồ sơ này. Kiểm tra lại mã."))

    def taker(self, visit_id: UUID) -> Holder:
        """Whose hands things are in: the courier's at the door, the unit's at a counter."""
        if self.act.by_courier:
            return Holder(HolderKind.COURIER, self.actor)
        return Holder(HolderKind.UNIT, self.visit(visit_id).unit_id)

    def is_in_hands(self, holder: Holder) -> bool:
        """Whether the actor may say that things are in these hands: their own, or of a unit they work at."""
        if holder.kind is HolderKind.COURIER:
            return holder.id == self.actor
        return not self.act.by_courier and holder.kind is HolderKind.UNIT and holder.id in self.units

    def visit(self, visit_id: UUID) -> Visit:
        """A phone knows its courier's visits and those the case was ever planned in; a person may decide otherwise."""
        visit = self.world.get(Visit, visit_id)
        if visit is not None and self.act.by_courier and not self.act.resolved:
            planned = self.world.get(CaseVisit, self.subject, visit_id) is not None
            visit = visit if planned or visit.courier == self.actor else None
        return _there(visit, VisitUnknown("Không có lượt phục vụ này. Tải lại danh sách trong ngày."))

    def case_visit(self, visit_id: UUID) -> CaseVisit:
        known = self.world.get(CaseVisit, self.subject, visit_id)
        return known or CaseVisit(case_id=self.subject, visit_id=self.visit(visit_id).visit_id)

    def appointment(self, appointment_id: UUID) -> Appointment:
        return _there(
            self.world.get(Appointment, self.subject, appointment_id),
            AppointmentNotFound("Không có lịch hẹn này. Tải lại trang rồi chọn lại."),
        )

    def papers(self, ids: Iterable[UUID]) -> list[Paper]:
        missing = PaperUnknown("Giấy tờ này chưa được nhận. Xem lại phiếu gửi.")
        return [_there(self.world.get(Paper, self.subject, paper), missing) for paper in ids]

    def parcels(self, ids: Iterable[UUID]) -> list[Parcel]:
        missing = ParcelUnknown("Chưa có bưu gửi này. Quét lại nhãn.")
        return [_there(self.world.get(Parcel, self.subject, parcel), missing) for parcel in ids]

    def incident(self, incident_id: UUID) -> Incident:
        missing = IncidentUnknown("Không có biên bản sự cố này. Mở danh sách sự cố rồi chọn lại.")
        return _there(self.world.get(Incident, incident_id), missing)

    def bag(self, bag_id: UUID) -> Bag:
        missing = BagUnknown("Không có túi thư này. Xem lại mã trên túi, hoặc mở túi thư mới.")
        return _there(self.world.get(Bag, bag_id), missing)

    def shift(self) -> Shift:
        return _there(self.world.get(Shift, self.subject), ShiftUnknown("Chưa có ca này. Bấm Đầu ca trước."))

    def enter(self, transfer: UUID, moves: fees.Moves, *, case: UUID | None) -> None:
        """One transfer in the ledger."""
        entries = fees.transfer(
            transfer, moves, case_id=case, occurred_at=self.act.occurred_at, recorded_at=self.act.received_at
        )
        self.world.put(*entries, *fees.bounded(moves))


def _there(row: R | None, missing: NotFound) -> R:
    if row is None:
        raise missing
    return row


Effect = Callable[[Doing, Any], None]
"""What an act does to the rows.

Of a *request* it raises a Refusal when that cannot be. Of a *fact* it never refuses for state: it raises only when
what the act names does not exist, and then a person looks at it.
"""
