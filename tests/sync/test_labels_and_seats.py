"""What there is only one of: a label set binds once, a seat is promised once, a purpose has one appointment."""

import asyncio
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from backend.database import Database, Transaction
from backend.errors import Busy, Refusal
from backend.ids import uuid7
from backend.staff.model import Role
from backend.sync import service
from backend.sync.desk import Refused
from tests.builders import MORNING, ROOM, Field, Phone, a_paper, standings
from tests.builders_acts import at_the_door, sealed, stock, took_papers
from tests.builders_staff import hired
from tests.sync.conftest import MakeField


async def two_ready_to_seal(field: Field) -> list[tuple[Phone, UUID, dict[str, object]]]:
    """Lan and Tú at two doors, each about to seal under the very same label."""
    [label] = await stock(field, 412)
    ready: list[tuple[Phone, UUID, dict[str, object]]] = []
    for phone in (field.phone, field.tu_phone):
        case, visit, _ = await field.booked(courier=str(phone.person))
        paper = a_paper()
        await at_the_door(field, case, visit, phone=phone)
        taken = phone.make(case, "take_papers", {"visit_id": visit, "papers": [paper]})
        await field.send(taken, carrier=phone)
        ready.append((phone, case, sealed(visit, label, [paper])))
    return ready


async def bound_to(tx: Transaction) -> list[tuple[str, UUID | None, int]]:
    rows = await tx.all(
        """SELECT l.state, l.case_id, (SELECT count(*) FROM parcels AS p WHERE p.label = l.label) AS parcels
           FROM label_sets AS l"""
    )
    return [tuple(row) for row in rows]


async def test_a_label_set_binds_once_and_the_card_finds_the_case(field: Field) -> None:
    case, visit, _ = await field.booked()
    [label] = await stock(field, 412)
    papers = await took_papers(field, case, visit)
    answer = await field.does(case, "seal", sealed(visit, label, papers))
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    assert await bound_to(field.tx) == [("bound", case, 1)]
    row = await field.tx.first("SELECT holder_kind, holder FROM label_sets")
    assert row is not None
    assert tuple(row) == ("citizen", case)
    card = await field.tx.value(
        "SELECT t.case_id FROM tracking_tokens AS t JOIN label_sets AS l ON l.card_token_sha256 = t.token_sha256"
    )
    assert card == case


async def test_the_same_label_on_a_second_parcel_waits_for_a_person(field: Field) -> None:
    (lan, case, first), (tu, other, second) = await two_ready_to_seal(field)
    assert standings(await field.send(lan.make(case, "seal", first))) == ["applied"]
    [answer] = await field.send(tu.make(other, "seal", second), carrier=tu)
    assert answer.standing == "review"
    assert answer.problem is not None
    assert answer.problem.type == "urn:tannha:problem:label-used"
    assert await bound_to(field.tx) == [("bound", case, 1)]


async def test_a_label_never_printed_and_one_from_another_bag_are_looked_at(field: Field) -> None:
    """The parcel is sealed; what is wrong with its label has a name of its own each time."""
    case, visit, _ = await field.booked()
    await stock(field, 413, holder=field.tu)
    papers = await took_papers(field, case, visit)
    unknown = await field.does(case, "seal", sealed(visit, "TN-LABEL-9999", papers))
    assert (unknown.standing, list(unknown.exceptions)) == ("applied", ["label_set:no-such-act-here"])
    other, other_visit, _ = await field.booked()
    their_papers = await took_papers(field, other, other_visit)
    foreign = await field.does(other, "seal", sealed(other_visit, "TN-LABEL-0413", their_papers))
    assert (foreign.standing, list(foreign.exceptions)) == ("applied", ["label_set:guard:holder_is_actor"])


async def test_two_phones_that_seal_under_one_label_at_the_same_moment(pool: Database, field_in: MakeField) -> None:
    async with pool.transaction() as tx:
        field = field_in(tx)
        ready = await two_ready_to_seal(field)

    async def seal(phone: Phone, case: UUID, body: dict[str, object]) -> str:
        command = phone.make(case, "seal", body)
        async with pool.transaction() as tx:
            at = MORNING + timedelta(hours=3)
            [answer] = await service.receive(tx, field.ring, [command], carrier=phone.device, at=at)
        return str(answer.standing)

    heard = await asyncio.gather(*(seal(*one) for one in ready))
    assert sorted(heard) == ["applied", "review"]
    winner = ready[heard.index("applied")][1]
    async with pool.transaction() as tx:
        assert await bound_to(tx) == [("bound", winner, 1)]


async def test_a_seat_taken_is_refused_with_its_sentence(field: Field) -> None:
    await field.booked()
    other = await field.registered()
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.ut, other, "book", field.booking(seat=1))
    assert refused.value.status == 409
    assert "Chỗ này vừa có người đặt" in refused.value.problem.detail


async def test_a_cancelled_appointment_gives_its_seat_to_the_next(field: Field) -> None:
    case, _, _ = await field.booked()
    appointment = await field.tx.value("SELECT appointment_id FROM appointments")
    body = {"appointment_id": str(appointment), "reason": "citizen_asked"}
    await field.at_desk(field.ut, case, "cancel_appointment", body, base=9)
    other = await field.registered()
    assert (await field.at_desk(field.ut, other, "book", field.booking(seat=1))).standing == "applied"
    assert (await field.at_desk(field.ut, case, "book", field.booking(seat=2), base=9)).standing == "applied"


async def test_a_case_has_one_live_appointment_for_a_purpose(field: Field) -> None:
    case, _, _ = await field.booked()
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.ut, case, "book", field.booking(), base=9)
    assert refused.value.status == 409


async def test_two_bookings_of_one_seat_in_one_batch_are_one_booking(field: Field) -> None:
    """The phone of a courier who plans: the second is refused by the database, and only the second."""
    cases = [await field.registered() for _ in range(2)]
    await hired(field.tx, field.lan, field.post, Role.DISPATCHER)
    await field.tx.run("UPDATE cases SET born_of = $device", device=field.phone.device)
    answers = await field.send(*(field.phone.make(case, "book", field.booking(seat=7), base=9) for case in cases))
    assert standings(answers) == ["applied", "refused"]
    assert answers[1].problem is not None
    assert answers[1].problem.status == 409


async def test_the_database_itself_refuses_a_seat_a_second_time(field: Field) -> None:
    await field.booked()
    with pytest.raises(asyncpg.UniqueViolationError) as refused:
        await field.tx.run(
            """INSERT INTO appointments (case_id, appointment_id, visit_id, purpose, unit_id, day, time_window, seat,
                                         state, live)
               SELECT case_id, gen_random_uuid(), visit_id, 'deliver', unit_id, day, time_window, seat, state, live
               FROM appointments"""
        )
    assert refused.value.constraint_name == "one_seat_one_appointment"  # pyright: ignore[reportAttributeAccessIssue]


async def test_fifty_who_want_the_last_seat_at_once(pool: Database, field_in: MakeField) -> None:
    async with pool.transaction() as tx:
        field = field_in(tx)
        cases = [await field.registered() for _ in range(50)]

    async def book(case: UUID) -> str:
        """Again, where fifty are more than the house has connections for."""
        while True:
            try:
                async with pool.transaction() as tx:
                    answer = await field_in(tx).at_desk(field.ut, case, "book", field.booking(seat=40))
                    return str(answer.standing)
            except Busy:
                continue
            except Refusal as refusal:
                return f"{refusal.status}"

    heard = await asyncio.gather(*(book(case) for case in cases))
    assert sorted(heard) == ["409"] * 49 + ["applied"]
    async with pool.transaction() as tx:
        assert await tx.value("SELECT count(*) FROM appointments WHERE live") == 1
        assert await tx.value("SELECT count(*) FROM visits") == 1
        assert await tx.value("SELECT count(*) FROM cases WHERE state = 'booked'") == 1


async def test_two_dispatchers_who_give_one_courier_the_last_visit_of_a_window(
    pool: Database, field_in: MakeField
) -> None:
    """Each has a seat of its own; what a courier takes in a window is full with one of them."""
    async with pool.transaction() as tx:
        field = field_in(tx)
        for _ in range(ROOM - 1):
            await field.booked()
        cases = [await field.registered() for _ in range(2)]
    bookings = [field.booking() for _ in cases]

    async def book(case: UUID, booking: dict[str, object]) -> str:
        try:
            async with pool.transaction() as tx:
                answer = await field_in(tx).at_desk(field.ut, case, "book", booking)
                return str(answer.standing)
        except Refused as refused:
            return f"{refused.problem.type} {refused.problem.detail}"

    heard = await asyncio.gather(*(book(*one) for one in zip(cases, bookings, strict=True)))
    full = "urn:tannha:problem:window-full Bưu tá, hoặc quầy, đã đủ lượt trong khung giờ này."
    assert sorted(one.partition(" Chọn")[0] for one in heard) == ["applied", full]
    async with pool.transaction() as tx:
        assert await tx.value("SELECT count(*) FROM appointments WHERE live") == ROOM
        other = field.booking(courier=str(field.tu))
        late = cases[1 - heard.index("applied")]
        assert (await field_in(tx).at_desk(field.ut, late, "book", other)).standing == "applied"


async def test_one_form_sent_by_eight_impatient_clicks_is_one_booking(pool: Database, field_in: MakeField) -> None:
    async with pool.transaction() as tx:
        field = field_in(tx)
        case = await field.registered()
    act, booking = uuid7(), field.booking()

    async def click() -> tuple[str, int | None]:
        async with pool.transaction() as tx:
            answer = await field_in(tx).at_desk(field.ut, case, "book", booking, act=act)
            return str(answer.standing), answer.n

    heard = await asyncio.gather(*(click() for _ in range(8)))
    assert len(set(heard)) == 1
    assert heard[0][0] == "applied"
