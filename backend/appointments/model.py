"""A promised window. Pure: no I/O."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from backend.dossiers.model import Code

Window = Annotated[str, msgspec.Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$")]
Seat = Annotated[int, msgspec.Meta(ge=1, le=1000)]
Purpose = Literal["collect", "supplement", "exchange", "deliver", "return_papers"]
Place = Literal["home", "post_counter", "one_stop", "mobile_point"]


class Appointment(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `appointments`."""

    case_id: UUID
    appointment_id: UUID
    visit_id: UUID
    purpose: str
    unit_id: UUID
    day: date
    time_window: str
    seat: int
    state: str
    live: bool
    calls: int = 0
    called_at: datetime | None = None
    call_outcome: str | None = None
    next_call_at: datetime | None = None
    """Not before then is the citizen called again; None: as soon as somebody can."""

    @property
    def place(self) -> tuple[date, str, int]:
        """Day, window and seat."""
        return (self.day, self.time_window, self.seat)


class Book(msgspec.Struct, frozen=True, tag_field="kind", tag="book"):
    """A dispatcher promises a window and gives the visit to a courier. `agreed`: the citizen has said yes to it."""

    appointment_id: UUID
    visit_id: UUID
    purpose: Purpose
    unit: UUID
    courier: UUID
    day: date
    window: Window
    seat: Seat
    place: Place = "home"
    agreed: bool = False


class MoveAppointment(msgspec.Struct, frozen=True, tag_field="kind", tag="move_appointment"):
    """The same visit, another window or courier.

    A visit that serves other cases too stays as it is: this case goes to a visit of its own, `visit_id`, which is new.
    `agreed`: the citizen has said yes to the new window.
    """

    appointment_id: UUID
    courier: UUID
    day: date
    window: Window
    seat: Seat
    visit_id: UUID | None = None
    agreed: bool = False


class CancelAppointment(msgspec.Struct, frozen=True, tag_field="kind", tag="cancel_appointment"):
    """The window is given back; the visit will not take place."""

    appointment_id: UUID
    reason: Code


class ConfirmCall(msgspec.Struct, frozen=True, tag_field="kind", tag="confirm_call"):
    """The call before the visit (F20). `next_try`: when to call again, if nobody was reached or nothing was settled."""

    appointment_id: UUID
    outcome: Literal[
        "agreed", "change_time", "change_address", "papers_missing", "no_answer", "wrong_number", "cancelled"
    ]
    next_try: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
