"""Appointments of today at all twelve posts, beside the named cases: the full day of a province's couriers.

All invented. They are registered, confirmed and promised through the desks, as everything else here is.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import cycle, islice
from typing import Any
from uuid import UUID

import msgspec

from backend.clock import local_date
from backend.demo.cast import Member, colleague, invented_name, neighbourhoods
from backend.demo.past import Doing, Past
from backend.ids import uuid7
from backend.staff.model import Role

WINDOWS = ("07:00-08:00", "08:00-09:00", "09:00-10:00", "13:00-14:00", "14:00-15:00", "15:00-16:00", "16:00-17:00")
PROCEDURES = (("2.000635", 8_000), ("1.004222", 20_000), ("2.000815", 4_000), ("1.001193", 0), ("1.000656", 0))
"""With what is due at reception, đồng."""
_UNASKED = 3
"""Every third citizen has not been called yet."""


class Somebody(msgspec.Struct, frozen=True, kw_only=True):
    """A citizen of today: of which commune, who registers, who confirms, who comes and when."""

    number: int
    commune: str
    identifier: str
    post: UUID
    one_stop: UUID
    agency: UUID
    dispatcher: Member
    officer: Member
    courier: Member
    window: str
    case: UUID

    @property
    def procedure(self) -> tuple[str, int]:
        return PROCEDURES[self.number % len(PROCEDURES)]


async def fill(past: Past, everybody: tuple[Member, ...], count: int, today: date) -> None:
    """`count` of them, spread over couriers and windows. `past.at`: when they registered. Raises WentWrong."""
    crowd = list(islice(_crowd(everybody), count))
    if crowd:
        await past.at_desks([_registers(one) for one in crowd])
        papers = {procedure: await past.asked(procedure) for procedure, _ in PROCEDURES}
        await past.at_desks([_confirms(past, one, papers) for one in crowd])
        await past.at_desks([_books(past, one, today) for one in crowd])


def _crowd(everybody: tuple[Member, ...]) -> Iterator[Somebody]:
    """Courier after courier, as often as wanted, each time in the next window."""
    rounds = [
        (hood, courier)
        for hood in neighbourhoods()
        for courier in everybody
        if courier.courier_at == hood.post and not courier.named
    ]
    for number, (hood, courier) in enumerate(cycle(rounds)):
        yield Somebody(
            number=number,
            commune=hood.commune,
            identifier=hood.identifier,
            post=hood.post,
            one_stop=hood.one_stop,
            agency=hood.agency,
            dispatcher=colleague(hood.post, Role.DISPATCHER, everybody),
            officer=colleague(hood.one_stop, Role.ONE_STOP_OFFICER, everybody),
            courier=courier,
            window=WINDOWS[number // len(rounds) % len(WINDOWS)],
            case=uuid7(),
        )


def _registers(one: Somebody) -> Doing:
    body = {
        "registration_id": str(uuid7()),
        "channel": "post",
        "procedure": one.procedure[0],
        "registered_at_unit": str(one.post),
        "supporting_unit": str(one.one_stop),
        "handling_unit": str(one.post),
        "competent_unit": str(one.agency),
        "visit_commune": one.commune,
    }
    told = {"owner_name": invented_name(one.number + 100), "hamlet": f"Ấp {one.number % 9 + 1}", "tell_by": "call"}
    return Doing(one.dispatcher, one.case, "register", body, told)


def _confirms(past: Past, one: Somebody, papers: Mapping[str, Sequence[str]]) -> Doing:
    amount = one.procedure[1]
    due: dict[str, Any] = {"charge_id": str(uuid7()), "line": "le_phi", "amount": amount, "due_at": "reception"}
    body = {
        "dossier_code": f"{one.identifier}-{local_date(past.at):%y%m%d}-{past.next_code():04}",
        "charges": [due] if amount else [],
        "components": papers[one.procedure[0]],
    }
    return Doing(one.officer, one.case, "confirm", body)


def _books(past: Past, one: Somebody, today: date) -> Doing:
    body = {
        "appointment_id": str(uuid7()),
        "visit_id": str(uuid7()),
        "purpose": "collect",
        "unit": str(one.post),
        "courier": str(one.courier.id),
        "day": today.isoformat(),
        "window": one.window,
        "seat": past.next_seat(one.post, today, one.window),
        "agreed": one.number % _UNASKED != 0,
    }
    return Doing(one.dispatcher, one.case, "book", body)
