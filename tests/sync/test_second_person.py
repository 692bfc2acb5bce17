"""Four eyes: a decision about money or custody is carried out when a second person signs it, and by nobody alone."""

import asyncio
from dataclasses import replace
from uuid import UUID

import pytest

from backend.database import Database
from backend.errors import Refusal
from backend.ids import uuid7
from backend.staff.model import Role
from backend.sync.desk import Refused
from backend.sync.errors import (
    DecisionReplaced,
    NoSuchDecision,
    NoSuchReview,
    NotYourCase,
    SignsOwnAct,
    SignsOwnDecision,
    StillNotPossible,
)
from backend.units.demo import demo_unit_id
from backend.units.model import UnitKind
from tests.builders import Field, a_paper, standings
from tests.builders_acts import begun, countersign, decide, in_review, met, paid, resolve, sealed, waits
from tests.builders_chains import broken_chains
from tests.builders_staff import a_person, hired
from tests.sync.conftest import MakeField


async def a_collection(field: Field) -> tuple[UUID, UUID]:
    """(case, act): 8.000 đồng that Lan's phone collected in Tú's name."""
    case, visit, charges = await field.booked(8000)
    return case, await in_review(field, case, "collect", paid(visit, 1, (charges[0], 8000)))


async def collected(field: Field) -> int:
    return await field.tx.value("SELECT count(*) FROM entries WHERE account LIKE 'cash:%'")


async def test_the_decider_cannot_countersign_alone(field: Field) -> None:
    case, act = await a_collection(field)
    decision = await decide(field, act, case)
    with pytest.raises(SignsOwnDecision):
        await countersign(field, decision, case, by=field.hung)
    assert await waits(field, field.phone.device, act)
    assert await collected(field) == 0


@pytest.mark.parametrize("who", ["tu", "lan"])
async def test_whose_act_it_is_cannot_let_it_go(field: Field, who: str) -> None:
    """Neither the name that stands on it, nor the owner of the phone that wrote it."""
    case, act = await a_collection(field)
    person = getattr(field, who)
    await hired(field.tx, person, field.post, Role.COUNTER_CLERK)
    decision = await decide(field, act, case)
    with pytest.raises(SignsOwnAct):
        await countersign(field, decision, case, by=person)
    await countersign(field, decision, case)
    assert await collected(field) == 1


async def test_a_newer_decision_replaces_the_one_before(field: Field) -> None:
    case, act = await a_collection(field)
    first = await decide(field, act, case, "apply")
    second = await decide(field, act, case, "set_aside", by=field.ut)
    for by in (field.mai, field.ut):
        with pytest.raises(DecisionReplaced):
            await countersign(field, first, case, by=by)
    await countersign(field, second, case, of=field.ut, by=field.hung)
    assert await field.tx.value("SELECT standing FROM inbox WHERE id = $act", act=act) == "set_aside"
    assert await collected(field) == 0


async def test_a_decision_that_is_not_there_or_was_carried_out_is_refused(field: Field) -> None:
    case, act = await a_collection(field)
    other, _ = await a_collection_elsewhere(field)
    decision = await decide(field, act, case)
    for wrong in (
        countersign(field, uuid7(), case),
        countersign(field, decision, case, of=field.mai),
        countersign(field, decision, other),
    ):
        with pytest.raises(NoSuchDecision):
            await wrong
    await countersign(field, decision, case)
    with pytest.raises(NoSuchReview):
        await countersign(field, decision, case, by=field.mai)
    assert await collected(field) == 1


async def a_collection_elsewhere(field: Field) -> tuple[UUID, UUID]:
    case, visit, charges = await field.booked(8000)
    return case, await in_review(field, case, "collect", paid(visit, 2, (charges[0], 8000)))


async def test_only_a_decision_can_be_countersigned(field: Field) -> None:
    case, act = await a_collection(field)
    booked = await field.tx.value("SELECT id FROM inbox WHERE subject_id = $case AND kind = 'book'", case=case)
    for of, named in ((field.phone.device, act), (field.ut, booked)):
        with pytest.raises(NoSuchDecision):
            await countersign(field, named, case, of=of, by=field.mai)


async def test_what_touches_neither_money_nor_custody_takes_effect_by_one_word(field: Field) -> None:
    case, visit, _ = await field.booked()
    act = await in_review(field, case, "depart", {"visit_id": visit})
    decision = await decide(field, act, case)
    assert not await waits(field, field.phone.device, act)
    with pytest.raises(NoSuchReview):
        await countersign(field, decision, case)


async def test_what_is_still_not_possible_is_refused_and_the_proposal_stays(field: Field) -> None:
    """A paper that nobody took yet is sealed. When its taking comes, the same decision can be signed."""
    case, visit, _ = await field.booked()
    paper = a_paper()
    act = await in_review(field, case, "seal", sealed(visit, "TN-LABEL-0001", [paper]))
    decision = await decide(field, act, case)
    signature = uuid7()
    with pytest.raises(StillNotPossible):
        async with field.tx.savepoint():
            await countersign(field, decision, case, act=signature)
    assert await waits(field, field.phone.device, act)
    assert await field.tx.value("SELECT count(*) FROM inbox WHERE id = $id", id=signature) == 0
    newer = await decide(field, act, case, "set_aside")
    await countersign(field, newer, case)
    assert not await waits(field, field.phone.device, act)


async def test_what_stands_behind_goes_on_only_when_the_second_has_signed(field: Field) -> None:
    case, act = await a_collection(field)
    visit = await field.tx.value("SELECT visit_id FROM case_visits WHERE case_id = $case", case=case)
    later = [
        field.phone.make(case, kind, body)
        for kind, body in (("record_arrival", {"visit_id": str(visit)}), ("check_identity", met(str(visit))))
    ]
    assert standings(await field.send(*later)) == ["behind", "behind"]
    decision = await decide(field, act, case)
    assert [await field.standing(one) for one in later] == ["behind", "behind"]
    await countersign(field, decision, case)
    assert [await field.standing(one) for one in later] == ["applied", "applied"]
    order = await field.tx.all("SELECT kind FROM acts WHERE subject_id = $case ORDER BY n DESC LIMIT 5", case=case)
    assert [row["kind"] for row in order][::-1] == [
        "resolve_review", "countersign_review", "collect", "record_arrival", "check_identity",
    ]  # fmt: skip


async def test_what_is_set_aside_keeps_the_reason_of_who_decided(field: Field) -> None:
    case, act = await a_collection(field)
    await countersign(field, await decide(field, act, case, "set_aside", reason="typed_twice"), case)
    row = await field.tx.first("SELECT standing, reason, decided_at FROM inbox WHERE id = $act", act=act)
    assert row is not None
    assert tuple(row) == ("set_aside", "typed_twice", field.at)


async def test_money_of_a_version_we_do_not_know_yet_is_not_set_aside_by_one_alone(field: Field) -> None:
    """The rules know a receipt from a paper book; what it does here nobody wrote yet."""
    case, _, _ = await field.booked()
    act = await in_review(field, case, "record_paper_receipt", {}, actor=field.lan)
    with pytest.raises(NoSuchReview):
        await decide(field, act, case, "apply")
    decision = await decide(field, act, case, "set_aside")
    assert await waits(field, field.phone.device, act)
    await countersign(field, decision, case)
    assert not await waits(field, field.phone.device, act)


async def test_a_second_person_of_another_office_is_refused(field: Field) -> None:
    case, act = await a_collection(field)
    elsewhere = (await a_person(field.tx, "Người Nơi Khác")).id
    await hired(field.tx, elsewhere, demo_unit_id(UnitKind.POST, "28261"), Role.HEAD_OF_POST)
    decision = await decide(field, act, case)
    with pytest.raises(NotYourCase):
        await countersign(field, decision, case, by=elsewhere)


async def test_a_courier_does_not_countersign(field: Field) -> None:
    case, act = await a_collection(field)
    other = (await a_person(field.tx, "Bưu tá Ba")).id
    await hired(field.tx, other, field.post, Role.COURIER)
    decision = await decide(field, act, case)
    with pytest.raises(Refused) as refused:
        await countersign(field, decision, case, by=other)
    assert refused.value.status == 403


async def test_a_second_person_hired_that_very_morning_counts_before_seven(field: Field) -> None:
    """00:30 UTC is 07:30 in Đồng Tháp; the day of a role is the day there."""
    case, act = await a_collection(field)
    new = (await a_person(field.tx, "Ngô Thị Sáu")).id
    field.at = field.at.replace(day=25, hour=18)  # 01:00 on the 26th in Đồng Tháp
    await hired(field.tx, new, field.post, Role.CASHIER, since=field.at.date().replace(day=26))
    await countersign(field, await decide(field, act, case), case, by=new)
    assert not await waits(field, field.phone.device, act)


async def test_a_decision_about_a_day_is_signed_on_that_day(field: Field) -> None:
    shift = uuid7()
    await field.does(shift, "begin_shift", begun(field), subject="shift")
    remitted = {"amount": 100_000, "unit": str(field.post)}
    act = await in_review(field, shift, "remit", remitted, subject="shift")
    decision = await decide(field, act, shift, "apply", subject="shift")
    assert await field.tx.value("SELECT sum(amount) FROM entries WHERE account LIKE 'cash:%'") == 300_000
    with pytest.raises(SignsOwnDecision):
        await countersign(field, decision, shift, by=field.hung, subject="shift")
    await countersign(field, decision, shift, subject="shift")
    assert not await waits(field, field.phone.device, act)


async def test_a_phone_decides_nothing(field: Field) -> None:
    """Not even that of one who may at a desk, and whatever comes in the same batch."""
    for role in (Role.DISPATCHER, Role.SUPERVISOR):
        await hired(field.tx, field.tu, field.post, role)
    case, visit, charges = await field.booked(8000, courier=str(field.tu))
    act = await in_review(field, case, "collect", paid(visit, 1, (charges[0], 8000)))
    body = {"made_by": str(field.phone.device), "act_id": str(act), "resolution": "apply", "reason": "looked_at"}
    decision = await decide(field, act, case)
    signed = {"made_by": str(field.hung), "act_id": str(decision)}
    phone = field.tu_phone
    answers = await field.send(
        phone.make(case, "erase", {"reason": "asked"}),
        phone.make(case, "resolve_review", body),
        phone.make(case, "countersign_review", signed),
        carrier=phone,
    )
    assert standings(answers) == ["refused"] * 3
    assert await collected(field) == 0


async def test_two_clicks_of_the_second_person_are_one_act(field: Field) -> None:
    case, act = await a_collection(field)
    decision, form = await decide(field, act, case), uuid7()
    first, again = [await countersign(field, decision, case, act=form) for _ in range(2)]
    assert first == again
    assert await field.tx.value("SELECT count(*) FROM acts WHERE kind = 'countersign_review'") == 1
    assert await collected(field) == 1


async def test_two_second_persons_at_the_same_moment_have_one_effect(pool: Database, field_in: MakeField) -> None:
    async with pool.transaction() as tx:
        field = field_in(tx)
        case, act = await a_collection(field)
        decision = await decide(field, act, case)

    async def signs(person: UUID) -> str:
        try:
            async with pool.transaction() as tx:
                await countersign(replace(field, tx=tx), decision, case, by=person)
        except Refusal as refused:
            return refused.slug()
        return "signed"

    assert sorted(await asyncio.gather(signs(field.ut), signs(field.mai))) == ["no-such-review", "signed"]
    async with pool.transaction() as tx:
        field = replace(field, tx=tx)
        assert await collected(field) == 1
        assert await broken_chains(tx) == []
        assert await tx.value("SELECT count(*) FROM acts WHERE kind = 'countersign_review'") == 1


async def test_a_new_decision_and_a_signature_at_the_same_moment_do_not_cross(
    pool: Database, field_in: MakeField
) -> None:
    async with pool.transaction() as tx:
        field = field_in(tx)
        case, act = await a_collection(field)
        decision = await decide(field, act, case)

    async def alone(step: str) -> str:
        try:
            async with pool.transaction() as tx:
                own = replace(field, tx=tx)
                if step == "sign":
                    await countersign(own, decision, case)
                else:
                    await decide(own, act, case, "set_aside", by=field.mai)
        except Refusal as refused:
            return refused.slug()
        return "done"

    told = await asyncio.gather(alone("sign"), alone("decide"))
    assert told in (["done", "no-such-review"], ["decision-replaced", "done"])
    async with pool.transaction() as tx:
        field = replace(field, tx=tx)
        assert await collected(field) == (1 if told[0] == "done" else 0)
        assert await waits(field, field.phone.device, act) is (told[0] != "done")
        if told[0] != "done":
            await resolve(field, act, case)
