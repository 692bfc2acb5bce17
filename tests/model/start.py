"""A village in the middle of its day: what every sequence at the door begins with."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.ids import uuid7
from backend.staff.model import Role
from tests.builders import Field, Phone, a_paper
from tests.builders_acts import (
    another_post,
    begun,
    courier,
    label_of,
    met,
    offered,
    paid,
    printed,
    received,
    sealed,
    signed,
    unit,
)
from tests.builders_money import an_account, came, code, first_slip, references
from tests.builders_staff import a_person, hired
from tests.model.known import Known, Shared
from tests.verify.story import was_enrolled

Body = dict[str, Any]
SETS = 10
"""Label sets in each courier's bag."""


@dataclass(frozen=True)
class Start:
    """Both couriers have a day begun, label sets, slips and payment codes. Cases: two of one house and one alone, all
    booked; one at the agency; one whose result is at the door; one in a parcel at the post, and paid; one whose result
    came back to the post; one whose citizen says that the money was sent; two of a family that comes to the counter of
    the post, where a clerk has a day begun and label sets too, as has one who is lent to the one-stop. 8,000 đồng came,
    and nobody knows whose."""

    cases: tuple[Known, ...]
    at_the_counter: str
    """The visit of that family."""
    shared: Shared
    next_seq: dict[UUID, int]
    last: dict[UUID, bytes | None]

    def known(self) -> list[Known]:
        """For one sequence alone."""
        return copy.deepcopy(list(self.cases))


class Village:
    """Lets happen what happened before."""

    def __init__(self, field: Field) -> None:
        self.field = field

    async def phone(self, of: UUID, kind: str, body: Body, *, phone: Phone | None = None, **more: Any) -> None:
        made = phone or self.field.phone
        [answer] = await self.field.send(made.make(of, kind, body, **more), carrier=made)
        assert (answer.standing, list(answer.exceptions)) == ("applied", []), (kind, answer)

    async def desk(self, person: UUID, of: UUID, kind: str, body: Body, **more: Any) -> None:
        answer = await self.field.at_desk(person, of, kind, body, base=99, **more)
        assert (answer.standing, list(answer.exceptions)) == ("applied", []), (kind, answer)

    async def booked(self, visit: str | None = None) -> Known:
        """Tú's in the morning and Lan's now: it is, or was, on both phones."""
        field, registration = self.field, str(uuid7())
        case = await field.registered(registration_id=registration)
        charges = [(str(uuid7()), 8000, "reception"), (str(uuid7()), 12_000, "reception")]
        lines = [{"charge_id": one, "line": "le_phi", "amount": sum_, "due_at": due} for one, sum_, due in charges]
        await self.desk(field.mai, case, "confirm", {"charges": lines})
        booking = field.booking(courier=str(field.tu)) | ({"visit_id": visit} if visit else {})
        if visit is None:
            await self.desk(field.ut, case, "book", booking)
            places = {name: booking[name] for name in ("appointment_id", "day", "window", "seat")}
            await self.desk(field.ut, case, "move_appointment", places | {"courier": str(field.lan)})
        else:
            booking |= {"courier": str(field.lan)}
            await self.desk(field.ut, case, "book", booking)
        return Known(
            case,
            visits=[booking["visit_id"]],
            appointments=[booking["appointment_id"]],
            charges=[(one, sum_) for one, sum_, _ in charges],
            registrations=[registration],
        )

    async def at_the_door(self, known: Known, visit: str) -> None:
        for kind in ("depart", "record_arrival"):
            await self.phone(known.case, kind, {"visit_id": visit})
        await self.phone(known.case, "check_identity", met(visit))

    async def taken(self) -> Known:
        """Its papers are in Lan's hands, and signed for."""
        known = await self.booked()
        [visit], paper = known.visits, a_paper()
        await self.at_the_door(known, visit)
        await self.phone(known.case, "take_papers", {"visit_id": visit, "papers": [paper]})
        await self.phone(known.case, "sign", signed(visit))
        known.papers.append(paper)
        return known

    async def at_the_post(self) -> Known:
        known = await self.taken()
        slip = await first_slip(self.field, self.field.phone)
        await self.phone(known.case, "collect", paid(known.visits[0], slip, known.charges[0]))
        consent = {"extra": "place_mark", "given": True, "version": "2026-01", "text_sha256": "e" * 64}
        await self.phone(known.case, "record_consent", {"visit_id": known.visits[0], "answered_as": "owner"} | consent)
        [number] = await printed(self.field, to=self.field.lan)
        sealing = sealed(known.visits[0], await label_of(self.field, number), known.papers)
        await self.phone(known.case, "seal", sealing)
        known.parcels.append(sealing["parcel_id"])
        await self._given(known, offered(unit(self.field.post), sealing["parcel_id"]), self.field.ut)
        await self.phone(known.case, "finish_visit", {"visit_id": known.visits[0], "outcome": "done"})
        return known

    async def _given(self, known: Known, offer: Body, to: UUID) -> None:
        await self.phone(known.case, "offer", offer)
        await self.desk(to, known.case, "receive", received(offer, courier(self.field.lan)))

    async def lodged(self) -> Known:
        field, known = self.field, await self.taken()
        await self._given(known, offered(unit(field.one_stop), papers=[known.papers[0]["id"]]), field.mai)
        await self.phone(known.case, "finish_visit", {"visit_id": known.visits[0], "outcome": "done"})
        return known

    async def with_result(self) -> Known:
        """Lan is at the door with it. One charge is still due."""
        field, known = self.field, await self.lodged()
        await self.desk(field.mai, known.case, "cross_check", {"result": "passed", "items": []})
        paper, parcel, charge = str(uuid7()), str(uuid7()), str(uuid7())
        released = {"paper_id": paper, "parcel_id": parcel, "component": "ket_qua"}
        await self.desk(field.mai, known.case, "release_result", released)
        giving = offered(courier(field.lan), parcel)
        await self.desk(field.mai, known.case, "offer", giving)
        await self.phone(known.case, "receive", received(giving, unit(field.agency)))
        booking = field.booking("deliver", window="16:00-17:00")
        await self.desk(field.ut, known.case, "book", booking)
        await self.at_the_door(known, booking["visit_id"])
        due = {"charge_id": charge, "line": "le_phi", "amount": 8000, "due_at": "return", "of": "agency"}
        await self.phone(known.case, "quote", {"visit_id": booking["visit_id"], "charges": [due]})
        known.charges.append((charge, 8000))
        known.visits.append(booking["visit_id"])
        known.appointments.append(booking["appointment_id"])
        known.results.append((paper, parcel))
        return known

    async def came_back(self) -> Known:
        """A result that was refused: it is at the post again."""
        known = await self.with_result()
        await self.phone(known.case, "fail_visit", {"visit_id": known.visits[-1], "reason": "H13"})
        await self._given(known, offered(unit(self.field.post), known.results[0][1]), self.field.ut)
        return known

    async def a_family(self) -> list[Known]:
        """Two cases of one visit, at the counter of the post."""
        field, visit = self.field, str(uuid7())
        found: list[Known] = []
        for amount in (8000, 15_000):
            registration, charge = str(uuid7()), str(uuid7())
            case = await field.registered(registration_id=registration)
            due = {"charge_id": charge, "line": "le_phi", "amount": amount, "due_at": "reception"}
            await self.desk(field.mai, case, "confirm", {"charges": [due]})
            booking = field.booking(place="post_counter", visit_id=visit, window="14:00-15:00")
            await self.desk(field.ut, case, "book", booking)
            known = Known(case, visits=[visit], appointments=[booking["appointment_id"]], registrations=[registration])
            known.charges.append((charge, amount))
            found.append(known)
        return found

    async def said_sent(self, account: UUID, reference: str) -> Known:
        known = await self.booked()
        [visit] = known.visits
        await self.at_the_door(known, visit)
        shown = code(visit, account, reference, known.charges[0])
        await self.phone(known.case, "show_payment_code", shown)
        await self.phone(known.case, "record_transfer_said", {"payment_id": shown["payment_id"]})
        known.payments.append(shown)
        return known


async def begin(field: Field) -> Start:
    """On furnished ground."""
    village = Village(field)
    for phone in await field.tx.all("SELECT id FROM devices"):
        await was_enrolled(field, phone["id"])
    people = await _people(field)
    couriers = {field.lan: field.phone, field.tu: field.tu_phone}
    numbers = {person: await printed(field, SETS, to=person) for person in couriers}
    labels = {person: [await label_of(field, number) for number in own] for person, own in numbers.items()}
    shifts = {person: uuid7() for person in couriers}
    for person, phone in couriers.items():
        await village.phone(shifts[person], "begin_shift", begun(field, 200_000), phone=phone, subject="shift")
    for clerk in (people["clerk"], people["lent"]):
        numbers[clerk] = await printed(field, SETS, to=clerk)
        shifts[clerk] = uuid7()
        await village.desk(clerk, shifts[clerk], "begin_shift", begun(field, 200_000), subject="shift")
    alone = await village.booked()
    cases = [alone, await village.booked(alone.visits[0]), await village.booked()]
    cases += [await village.lodged(), await village.with_result(), await village.at_the_post()]
    cases.append(await village.came_back())
    account = await an_account(field)
    codes = {person: await references(field, phone.device, 12) for person, phone in couriers.items()}
    cases.append(await village.said_sent(account, codes[field.lan].pop(0)))
    cases += await village.a_family()
    await came(field, "FT0", 8000, "ung ho")
    numbers[field.post] = await printed(field, 4)
    shared = Shared(
        people=people,
        units={
            "post": field.post,
            "one_stop": field.one_stop,
            "agency": field.agency,
            "other_post": await another_post(field),
        },
        labels=labels,
        numbers=numbers,
        account=account,
        references=codes,
        slips={person: await first_slip(field, phone) for person, phone in couriers.items()},
        shifts=shifts,
    )
    shared.next_set = numbers[field.post][-1] + 1
    return Start(tuple(cases), cases[-1].visits[0], shared, *_lines(couriers.values()))


async def _people(field: Field) -> dict[str, UUID]:
    people = {name: getattr(field, name) for name in ("ut", "mai", "kim", "hung")}
    for name, full, role, office in (
        ("approver", "Bùi Thị Tám", Role.APPROVER, field.agency),
        ("payer", "Huỳnh Văn Bình", Role.APPROVER, field.post),
        ("clerk", "Lý Thị Chín", Role.COUNTER_CLERK, field.post),
        ("lent", "Cao Thị Mơ", Role.POST_EMPLOYEE_AT_ONE_STOP, field.one_stop),
        ("supervisor", "Ngô Thị Sáu", Role.SUPERVISOR, field.one_stop),
        ("administrator", "Đinh Văn Mười", Role.ADMINISTRATOR, field.one_stop),
    ):
        people[name] = (await a_person(field.tx, full)).id
        await hired(field.tx, people[name], office, role)
    return people


def _lines(phones: Sequence[Phone] | Any) -> tuple[dict[UUID, int], dict[UUID, bytes | None]]:
    made = list(phones)
    return {phone.device: phone.seq + 1 for phone in made}, {phone.device: phone.last for phone in made}
