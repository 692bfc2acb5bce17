"""Visits and registrations of a case as a desk is shown them. Pure: no I/O."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from backend.clock import local_date


class VisitView(msgspec.Struct, frozen=True, kw_only=True):
    """The part of one case in a visit, with the appointment for it, if one was made and stands. `met`: somebody was
    met there for this case, or what it was for was done."""

    case_id: UUID
    visit_id: UUID
    purpose: str
    place: str
    day: date
    time_window: str
    state: str
    outcome: str | None
    reason: str | None
    courier: UUID
    courier_name: str
    met: bool
    appointment_id: UUID | None
    appointment_state: str | None
    seat: int | None
    live: bool


class RegistrationView(msgspec.Struct, frozen=True, kw_only=True):
    case_id: UUID
    registration_id: UUID
    channel: str
    unit_id: UUID
    registered_at: datetime
    forwarded_to: UUID | None
    forwarded_at: datetime | None
    acknowledged_at: datetime | None

    @property
    def registered_on(self) -> date:
        return local_date(self.registered_at)


class Trips(msgspec.Struct, frozen=True, kw_only=True):
    """`made`: how often the citizen had to go somewhere. `avoided`: how often somebody came to the home instead."""

    made: int
    avoided: int


def trips_of(visits: Sequence[VisitView]) -> Trips:
    """Of the visits that took place: row 22 wants none that the citizen had to make."""
    at_home = [visit.place == "home" for visit in visits if visit.met]
    return Trips(made=at_home.count(False), avoided=at_home.count(True))
