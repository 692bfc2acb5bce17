"""Facts about the windows that are promised: whether one is free, open, has room for another visit, and
somebody who may take it."""

from uuid import UUID

from backend.appointments.model import Appointment, Book
from backend.appointments.slots import HOURS_AT
from backend.sync.sheet import Fact, Facts, FactSheet
from backend.units.model import Place
from backend.visits.model import Visit


def live_appointment(sheet: FactSheet) -> Fact:
    purpose, visit = getattr(sheet.body, "purpose", None), getattr(sheet.body, "visit_id", None)
    return any(
        row.live and row.visit_id != visit and purpose in (None, row.purpose)
        for row in sheet.do.world.of_case(Appointment, sheet.do.subject)
    )


def seat_free(sheet: FactSheet) -> Fact:
    return not sheet.do.world.knows("seat_taken", sheet.do.act.key)


def within_hours(sheet: FactSheet) -> Fact:
    return not sheet.do.world.knows("outside_hours", sheet.do.act.key)


def courier_fits(sheet: FactSheet) -> Fact:
    return not sheet.do.world.knows("courier_unfit", sheet.do.act.key)


def window_has_room(sheet: FactSheet) -> Fact:
    """At home every courier takes so many visits in a window, at a counter all of them together; a household's visit
    counts once. What only stays as it was takes no room."""
    world, body = sheet.do.world, sheet.body
    seats, promise = world.seats.get(sheet.do.act.key), _promise(sheet)
    if seats is None or promise is None:
        return True
    unit, place, own = promise
    there = world.in_window(unit, body.day, body.window)
    on_the_road = HOURS_AT[place] is Place.HOME
    alike = [
        visit
        for visit in there
        if HOURS_AT[visit.place] is HOURS_AT[place] and (not on_the_road or visit.courier == body.courier)
    ]
    return any(visit.visit_id == own for visit in alike) or len(alike) < seats


def _promise(sheet: FactSheet) -> tuple[UUID, str, UUID | None] | None:
    """Whose window is asked for, where people meet, and the visit that goes into it if there is one already."""
    if isinstance(sheet.body, Book):
        return sheet.body.unit, sheet.body.place, sheet.body.visit_id
    appointment = sheet.appointment()
    visit = sheet.do.world.get(Visit, appointment.visit_id) if appointment is not None else None
    if appointment is None or visit is None:
        return None
    stays = sheet.do.world.serves_others(visit.visit_id, sheet.do.subject)
    return appointment.unit_id, visit.place, None if stays else visit.visit_id


OF_WINDOWS: Facts = {
    "live_appointment": live_appointment,
    "seat_free": seat_free,
    "within_hours": within_hours,
    "window_has_room": window_has_room,
    "courier_fits": courier_fits,
}
