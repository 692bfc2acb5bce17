"""Many phones at once on the same cases, through the real door: nobody waits in a circle, chains have no gap."""

import asyncio
import random
from datetime import timedelta
from uuid import UUID

from backend.acts.model import Answer
from backend.database import Database
from backend.staff.model import Role
from backend.sync.gathering import Gathering, Request
from backend.sync.reading import Command
from tests.builders import MORNING, Field, Phone, a_phone_of
from tests.builders_acts import met, paid, signed
from tests.builders_chains import broken_chains
from tests.builders_staff import a_person, hired
from tests.sync.conftest import MakeField

PHONES, CASES, BATCHES = 8, 10, 12
HEARD = MORNING + timedelta(hours=4)


async def shared_cases(field: Field) -> tuple[list[Phone], list[tuple[UUID, str, str]]]:
    """Cases that went through every courier's hands this morning: (case, visit, charge)."""
    phones = [field.phone, field.tu_phone]
    for number in range(len(phones), PHONES):
        courier = (await a_person(field.tx, f"Bưu tá số {number}")).id
        await hired(field.tx, courier, field.post, Role.COURIER)
        phones.append(await a_phone_of(field.tx, field.ring, courier, field.post))
    cases: list[tuple[UUID, str, str]] = []
    for seat in range(1, CASES + 1):
        case, visit, charges = await field.booked(1000, seat=seat)
        appointment = await field.tx.value("SELECT appointment_id FROM appointments WHERE case_id = $c", c=case)
        for phone in phones[1:]:
            body = {
                "appointment_id": str(appointment),
                "courier": str(phone.person),
                "day": "2026-11-25",
                "window": "07:00-08:00",
                "seat": seat,
            }
            await field.at_desk(field.ut, case, "move_appointment", body, base=99)
        cases.append((case, visit, charges[0]))
    return phones, cases


class Rush:
    """All phones at work; what each made is sent by itself or by whoever stands beside it."""

    def __init__(self, phones: list[Phone], cases: list[tuple[UUID, str, str]], doors: list[Gathering]) -> None:
        self.phones = phones
        self.cases = cases
        self.doors = doors
        self.answers: list[Answer] = []
        self.slips = {phone.device: 1 + 1000 * number for number, phone in enumerate(phones)}

    def some_acts(self, phone: Phone, rng: random.Random) -> list[Command]:
        made: list[Command] = []
        for case, visit, charge in rng.sample(self.cases, k=5):
            kind = rng.choice(["record_arrival", "check_identity", "collect", "sign"])
            if kind == "collect":
                self.slips[phone.device] += 1
                body = paid(visit, self.slips[phone.device], (charge, 1000))
            else:
                body = {"record_arrival": {"visit_id": visit}, "check_identity": met(visit), "sign": signed(visit)}[
                    kind
                ]
            made.append(phone.make(case, kind, body))
        return made

    async def work(self, number: int) -> None:
        rng = random.Random(number)
        phone, beside = self.phones[number], self.phones[(number + 1) % PHONES]
        for _ in range(BATCHES):
            acts = self.some_acts(phone, rng)
            carrier = rng.choice([phone, beside])
            request = Request(carrier.session, carrier.device, acts, None)
            _, answers = await rng.choice(self.doors).send(request)
            self.answers += answers


async def test_eight_phones_on_ten_shared_cases(pool: Database, field_in: MakeField) -> None:
    async with pool.transaction() as tx:
        field = field_in(tx)
        phones, cases = await shared_cases(field)
    rush = Rush(phones, cases, [Gathering(pool, field.ring, lambda: HEARD) for _ in range(4)])
    await asyncio.gather(*(rush.work(number) for number in range(PHONES)))
    assert len(rush.answers) == PHONES * BATCHES * 5
    assert {str(answer.standing) for answer in rush.answers} == {"applied"}
    async with pool.transaction() as tx:
        assert await broken_chains(tx) == []
        assert await tx.value("SELECT sum(amount) FROM entries") == 0
        settled = await tx.value("SELECT count(*) FROM charges WHERE settled_by IS NOT NULL")
        assert settled == CASES
        wrong = await tx.all(
            """SELECT d.id FROM devices AS d WHERE d.next_seq <> 1 + (
                   SELECT count(*) FROM inbox AS i WHERE i.made_by = d.id AND i.standing = 'applied')"""
        )
        assert [row["id"] for row in wrong] == []
        out_of_order = await tx.value(
            """SELECT count(*) FROM (
                   SELECT i.seq, lag(i.seq) OVER (PARTITION BY a.made_by, a.subject_id ORDER BY a.n) AS before
                   FROM acts AS a JOIN inbox AS i ON i.made_by = a.made_by AND i.id = a.id WHERE i.seq IS NOT NULL
               ) AS chained WHERE seq < before"""
        )
        assert out_of_order == 0
        wrong = await tx.all(
            """SELECT e.account FROM entries AS e LEFT JOIN balances AS b USING (account)
               WHERE e.account ~ '^(cash|till):' GROUP BY e.account, b.amount
               HAVING b.amount IS DISTINCT FROM sum(e.amount)"""
        )
        assert [row["account"] for row in wrong] == []
