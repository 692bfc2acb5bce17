"""What acts that promise a window need to know: seats, hours, how full it is, and what its courier has mastered."""

from datetime import date
from typing import Any
from uuid import UUID

from backend.acts.model import Act
from backend.appointments import queries as appointments
from backend.appointments import slots
from backend.appointments.model import Appointment, Book, MoveAppointment
from backend.clock import local_date
from backend.database import Transaction
from backend.dossiers.model import Case
from backend.staff import competence
from backend.sync.world import Named, World
from backend.units import service as units
from backend.units.model import Place, UnitId
from backend.visits import queries as visits
from backend.visits.model import Visit


async def seats_hours_and_skill(tx: Transaction, world: World, named: Named) -> None:
    """Whether the seats are taken, the windows lie outside the hours of where people meet, how full they are, and
    whether the couriers have mastered what they are given."""
    asked: list[tuple[Act, Any, bool, UnitId, Place]] = []
    wanted: set[tuple[UUID, date, str]] = set()
    for act, body in named:
        appointment = world.get(Appointment, act.subject[1], body.appointment_id)
        unit = _promising(world, act, body)
        if unit is None:
            continue
        # Where only the courier changes, what was promised stays promised.
        kept = appointment is not None and (body.day, body.window, body.seat) == appointment.place
        if not kept and await appointments.seat_taken(tx, unit, body.day, body.window, body.seat):
            world.note("seat_taken", act.key)
        asked.append((act, body, kept, *_meeting(world, act, body, appointment, unit)))
        wanted.add((unit, body.day, body.window))
    await _promised(tx, world, wanted)
    await _mastered(tx, world, named)
    for on in {local_date(act.occurred_at) for act, *_ in asked}:
        that_day = [one for one in asked if local_date(one[0].occurred_at) == on]
        hours = await units.get_hours_of(tx, sorted({unit for _, _, _, unit, _ in that_day}), on)
        for act, body, kept, unit, place in that_day:
            known = hours.get((unit, place))
            spans = known.spans(body.day) if known is not None else ()
            if known is not None and not kept and not slots.fits(body.window, spans):
                world.note("outside_hours", act.key)
            if (seats := slots.seats_in(body.window, spans)) is not None:
                world.seats[act.key] = seats


async def _promised(tx: Transaction, world: World, windows: set[tuple[UUID, date, str]]) -> None:
    """Other cases' appointments in these windows, and their visits: to be counted, not changed."""
    there = await appointments.promised_in(tx, sorted(windows)) if windows else []
    world.learn(there)
    unread = sorted({row.visit_id for row in there if world.get(Visit, row.visit_id) is None})
    world.learn(await visits.visits_by_id(tx, unread) if unread else [])


def _meeting(
    world: World, act: Act, body: Book | MoveAppointment, appointment: Appointment | None, unit: UUID
) -> tuple[UnitId, Place]:
    """Whose hours count: couriers go out, a counter is open, a one-stop has hours of its own."""
    visit = world.get(Visit, appointment.visit_id) if appointment is not None else None
    place = body.place if isinstance(body, Book) else (visit.place if visit is not None else "home")
    case = world.get(Case, act.subject[1])
    at = case.supporting_unit if place == "one_stop" and case is not None else unit
    return UnitId(at), slots.HOURS_AT[place]


async def _mastered(tx: Transaction, world: World, named: Named) -> None:
    """Whether the gate of the office lets each courier take a case of that model on the day of the visit."""
    asked = [
        (act, unit, case.model, body)
        for act, body in named
        if (unit := _promising(world, act, body)) is not None and (case := world.get(Case, act.subject[1])) is not None
    ]
    offices, people = {unit for _, unit, _, _ in asked}, {body.courier for *_, body in asked}
    known = await competence.known(tx, sorted(offices), sorted(people))
    for act, unit, model, body in asked:
        if not known.fits(unit, model, body.courier, body.day):
            world.note("courier_unfit", act.key)


def _promising(world: World, act: Act, body: Book | MoveAppointment) -> UUID | None:
    """The post whose window it is. None: of an appointment that is not there."""
    appointment = world.get(Appointment, act.subject[1], body.appointment_id)
    return body.unit if isinstance(body, Book) else (appointment.unit_id if appointment else None)
