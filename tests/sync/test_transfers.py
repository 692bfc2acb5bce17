"""Money by transfer: credited once per entry of the bank, late, twice, in any order; what is too much is owed back."""

import asyncio
import random
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from backend.database import Database
from backend.fees.errors import AccountNotOurs, BankEntryChanged
from backend.ids import uuid7
from backend.staff.model import Role
from backend.sync import bank
from backend.sync.desk import Refused
from backend.sync.errors import StillNotPossible
from backend.units.demo import demo_unit_id
from backend.units.model import UnitKind
from tests.builders import TODAY, Field
from tests.builders_acts import paid, resolve
from tests.builders_money import ACCOUNT, Order, an_account, an_order, came, code, references
from tests.builders_staff import a_person, hired
from tests.sync.conftest import MakeField
from tests.sync.test_money import ledger


async def refunds(field: Field, case: UUID) -> list[tuple[str, str, int]]:
    rows = await field.tx.all(
        "SELECT cause, state, amount, owner_unit, due_on FROM refunds WHERE case_id = $case ORDER BY amount", case=case
    )
    assert all(row["owner_unit"] == field.post and row["due_on"] >= TODAY for row in rows)
    return [(row["cause"], row["state"], row["amount"]) for row in rows]


async def somebody(field: Field, role: Role, name: str = "Huỳnh Văn Bình") -> UUID:
    person = (await a_person(field.tx, name)).id
    await hired(field.tx, person, field.post, role)
    return person


async def test_a_late_notice_that_comes_three_times_is_credited_once(field: Field) -> None:
    """S20: the code was shown offline, the bank speaks 5 h 28 min later, three times, then the statement."""
    order = await an_order(field, 72_000)
    await order.show()
    states = [await order.state()]
    await field.does(order.case, "record_transfer_said", {"payment_id": str(order.payment)})
    states.append(await order.state())
    field.at += timedelta(hours=5, minutes=28)
    text = f"MBVCB.7788.{order.reference.lower()} chuyen tien"
    booked = [await came(field, "FT26330001", 72_000, text) for _ in range(3)]
    states.append(await order.state())
    assert states == ["waiting_transfer", "said_sent", "credited"]
    assert [(one.known, one.placed) for one in booked] == [(False, True), (True, True), (True, True)]
    assert await order.charge_states() == {"settled"}
    assert await ledger(field) == {f"bank:{field.post}": 72_000, f"agency:{field.agency}": -72_000}
    assert await refunds(field, order.case) == []


async def test_money_before_its_order_waits_in_suspense_and_is_placed_when_the_phone_has_spoken(field: Field) -> None:
    order = await an_order(field, 72_000)
    booked = await came(field, "FT1", 72_000, order.reference)
    assert not booked.placed
    assert await ledger(field) == {
        f"bank:{field.post}": 72_000,
        f"suspense:{field.post}": -72_000,
        f"due:{order.case}": 72_000,
        f"agency:{field.agency}": -72_000,
    }
    assert await bank.place(field.tx, field.ring, field.at) == 0
    await order.show()
    assert await bank.place(field.tx, field.ring, field.at) == 1
    assert await bank.place(field.tx, field.ring, field.at) == 0
    assert await order.state() == "credited"
    assert await ledger(field) == {f"bank:{field.post}": 72_000, f"agency:{field.agency}": -72_000}
    row = await field.tx.first("SELECT state, said, case_id FROM bank_credits")
    assert row is not None
    assert tuple(row) == ("placed", None, order.case)


async def test_in_whatever_order_the_same_is_credited(field: Field) -> None:
    order = await an_order(field, 50_000, 22_000)
    shown = field.phone.make(order.case, "show_payment_code", order.shown)
    said = field.phone.make(order.case, "record_transfer_said", {"payment_id": str(order.payment)})
    for seed in range(30):
        rng = random.Random(seed)
        undone = field.tx.connection.transaction()
        await undone.start()
        for step in rng.sample(["shown", "said", "notice", "notice", "place"], k=5):
            if step == "notice":
                await came(field, "FT1", 72_000, f"NAP {order.reference}")
            elif step == "place":
                await bank.place(field.tx, field.ring, field.at)
            else:
                await field.send(shown if step == "shown" else said)
        await field.send(shown, said)
        await bank.place(field.tx, field.ring, field.at)
        assert await ledger(field) == {f"bank:{field.post}": 72_000, f"agency:{field.agency}": -72_000}, seed
        assert (await order.state(), await order.charge_states()) == ("credited", {"settled"}), seed
        assert await field.tx.value("SELECT count(*) FROM exceptions") == 0
        await undone.rollback()


async def test_what_is_short_is_the_citizens_until_the_rest_comes(field: Field) -> None:
    order = await an_order(field, 72_000)
    await order.show()
    await came(field, "FT1", 50_000, order.reference)
    assert (await order.state(), await order.charge_states()) == ("short", {"waiting_transfer"})
    assert await refunds(field, order.case) == [("short", "due", 50_000)]
    assert (await ledger(field))[f"credit:{order.case}"] == -50_000
    await came(field, "FT2", 22_000, order.reference)
    assert (await order.state(), await order.charge_states()) == ("credited", {"settled"})
    assert await refunds(field, order.case) == [("short", "dropped", 50_000)]
    assert await ledger(field) == {f"bank:{field.post}": 72_000, f"agency:{field.agency}": -72_000}


async def test_a_short_payment_that_went_back_does_not_pay_with_the_next(field: Field) -> None:
    order = await an_order(field, 72_000)
    await order.show()
    await came(field, "FT1", 50_000, order.reference)
    await approved(field, order)
    await pay_back(field, order, "transfer")
    assert await order.state() == "refunded"
    await came(field, "FT2", 22_000, order.reference)
    assert (await order.state(), await order.charge_states()) == ("short", {"waiting_transfer"})
    await came(field, "FT3", 50_000, order.reference)
    assert await order.state() == "credited"
    assert await ledger(field) == {f"bank:{field.post}": 72_000, f"agency:{field.agency}": -72_000}


async def test_what_is_over_and_what_came_twice_is_owed_back(field: Field) -> None:
    order = await an_order(field, 72_000)
    await order.show()
    await came(field, "FT1", 80_000, order.reference)
    await came(field, "FT2", 72_000, order.reference)
    assert await order.state() == "over"
    assert await refunds(field, order.case) == [("overpaid", "due", 8_000), ("paid_twice", "due", 72_000)]
    assert await ledger(field) == {
        f"bank:{field.post}": 152_000,
        f"credit:{order.case}": -80_000,
        f"agency:{field.agency}": -72_000,
    }


async def test_a_transfer_after_cash_is_owed_back_and_cash_after_a_transfer_too(field: Field) -> None:
    order = await an_order(field, 72_000)
    await order.show()
    slip = paid(order.visit, 1, (order.charges[0], 72_000))
    assert list((await field.does(order.case, "collect", slip)).exceptions) == []
    assert await order.state() == "collected"
    await came(field, "FT1", 72_000, order.reference)
    assert await order.state() == "over"
    assert await refunds(field, order.case) == [("paid_twice", "due", 72_000)]

    other = await an_order(field, 8_000)
    await other.show()
    await came(field, "FT2", 8_000, other.reference)
    answer = await field.does(other.case, "collect", paid(other.visit, 2, (other.charges[0], 8_000)))
    assert list(answer.exceptions) == ["charge:no-such-act-here"]
    assert await refunds(field, other.case) == [("paid_twice", "due", 8_000)]
    assert sum((await ledger(field)).values()) == 0


async def test_money_nobody_knows_is_matched_by_the_cashier_and_by_one_only(field: Field) -> None:
    order = await an_order(field, 72_000)
    await order.show()
    booked = await came(field, "FT1", 72_000, "NGUYEN THI HUE nop phi khai sinh")
    assert await field.tx.value("SELECT said FROM bank_credits") == "NGUYEN THI HUE nop phi khai sinh"
    body = {"credit_id": str(booked.credit_id), "payment_id": str(order.payment)}
    with pytest.raises(Refused):
        await field.at_desk(field.ut, order.case, "match_bank_credit", body)
    cashier = await somebody(field, Role.CASHIER)
    answer = await field.at_desk(cashier, order.case, "match_bank_credit", body)
    assert answer.standing == "applied"
    assert (await order.state(), await order.charge_states()) == ("credited", {"settled"})
    assert await ledger(field) == {f"bank:{field.post}": 72_000, f"agency:{field.agency}": -72_000}
    with pytest.raises(Refused) as again:
        await field.at_desk(cashier, order.case, "match_bank_credit", body)
    assert again.value.problem.detail == "Người khác vừa xác định khoản tiền này. Tải lại danh sách."
    assert await field.tx.value("SELECT said FROM bank_credits") is None


async def test_nobody_gives_away_money_that_stands_at_another_post(field: Field) -> None:
    order = await an_order(field, 72_000)
    await order.show()
    elsewhere = demo_unit_id(UnitKind.POST, "28261")
    await an_account(field, elsewhere, account="0277282610001")
    booked = await came(field, "FT1", 72_000, "x", account="0277282610001")
    body = {"credit_id": str(booked.credit_id), "payment_id": str(order.payment)}
    with pytest.raises(Refused, match="sổ chờ"):
        await field.at_desk(field.hung, order.case, "match_bank_credit", body)


async def test_a_text_with_two_orders_is_for_a_person(field: Field) -> None:
    one, other = await an_order(field, 8_000), await an_order(field, 5_000)
    await one.show()
    await other.show()
    assert not (await came(field, "FT1", 13_000, f"{one.reference} {other.reference}")).placed
    assert await bank.place(field.tx, field.ring, field.at) == 0


async def test_an_entry_told_with_another_amount_is_refused(field: Field) -> None:
    order = await an_order(field, 72_000)
    await order.show()
    await came(field, "FT1", 72_000, order.reference)
    with pytest.raises(BankEntryChanged):
        await came(field, "FT1", 90_000, order.reference)
    with pytest.raises(AccountNotOurs):
        await came(field, "FT2", 1_000, order.reference, account="999")


async def test_money_to_an_account_that_was_given_up_is_still_booked(field: Field) -> None:
    await an_account(field, valid_until=TODAY - timedelta(days=30))
    assert not (await came(field, "FT1", 1_000, "x", account=ACCOUNT)).known


async def test_an_order_lapses_when_nothing_comes_and_money_after_it_still_pays(field: Field) -> None:
    order = await an_order(field, 72_000)
    await order.show()
    assert await bank.lapse(field.tx, field.ring, field.at + timedelta(days=6)) == 0
    field.at += timedelta(days=8)
    assert await bank.lapse(field.tx, field.ring, field.at) == 1
    assert (await order.state(), await order.charge_states()) == ("lapsed", {"due"})
    await came(field, "FT1", 72_000, order.reference)
    assert (await order.state(), await order.charge_states()) == ("credited", {"settled"})


async def test_a_phone_does_not_say_what_came_to_the_bank(field: Field) -> None:
    order = await an_order(field, 72_000)
    await order.show()
    told = {
        "credit_id": str(uuid7()),
        "account_id": str(order.account),
        "entry": "FT1",
        "amount": 72_000,
        "credited_at": field.at.isoformat(),
        "payment_id": str(order.payment),
    }
    answer = await field.does(order.case, "record_bank_credit", told)
    assert answer.standing == "review"
    with pytest.raises(StillNotPossible):
        await resolve(field, answer.id, order.case)
    assert (await order.state(), await order.charge_states()) == ("waiting_transfer", {"waiting_transfer"})


async def test_a_reference_of_another_phone_and_a_strange_account_are_looked_at(field: Field) -> None:
    order = await an_order(field, 8_000, 5_000)
    [foreign] = await references(field, field.tu_phone.device, 1)
    lines = [(order.charges[0], 8_000)]
    answer = await field.does(order.case, "show_payment_code", code(order.visit, order.account, foreign, *lines))
    assert (answer.standing, list(answer.exceptions)) == ("applied", ["payment:guard:reference_known"])
    typed = code(order.visit, uuid7(), order.spare[0], *lines)
    answer = await field.does(order.case, "show_payment_code", typed)
    assert answer.standing == "review"
    assert answer.problem is not None
    assert answer.problem.type == "urn:tannha:problem:payee-unknown"


async def test_a_reference_is_never_used_for_a_second_order(field: Field) -> None:
    order = await an_order(field, 8_000)
    await order.show()
    again = code(order.visit, order.account, order.reference, (order.charges[0], 8_000))
    answer = await field.does(order.case, "show_payment_code", again)
    assert answer.standing == "review"
    assert answer.problem is not None
    assert answer.problem.type == "urn:tannha:problem:reference-used"


async def test_a_desk_does_not_open_a_second_order_over_the_same_charge(field: Field) -> None:
    order = await an_order(field, 8_000)
    await order.show()
    clerk = await somebody(field, Role.COUNTER_CLERK)
    [own] = await references(field, clerk, 1)
    body = code(order.visit, order.account, own, (order.charges[0], 8_000))
    with pytest.raises(Refused) as refused:
        await field.at_desk(clerk, order.case, "show_payment_code", body)
    assert order.reference in refused.value.problem.detail


async def approved(field: Field, order: Order, by: UUID | None = None) -> str:
    """The only open refund of the case, with somebody's word."""
    refund = str(
        await field.tx.value(
            "SELECT refund_id FROM refunds WHERE case_id = $c AND state IN ('due', 'approved')", c=order.case
        )
    )
    approver = by or await somebody(field, Role.APPROVER)
    await field.at_desk(approver, order.case, "approve_refund", {"refund_id": refund})
    return refund


async def pay_back(field: Field, order: Order, means: str) -> None:
    refund = await field.tx.value(
        "SELECT refund_id FROM refunds WHERE state = 'approved' AND case_id = $c", c=order.case
    )
    answer = await field.does(order.case, "pay_refund", {"refund_id": str(refund), "means": means})
    assert (answer.standing, list(answer.exceptions)) == ("applied", []), answer


async def test_a_refund_is_approved_by_somebody_who_did_not_collect_and_paid_in_cash(field: Field) -> None:
    order = await an_order(field, 72_000)
    await order.show()
    await came(field, "FT1", 80_000, order.reference)
    await hired(field.tx, field.lan, field.post, Role.APPROVER)
    with pytest.raises(Refused, match="người đã thu"):
        await approved(field, order, by=field.lan)
    await approved(field, order)
    await pay_back(field, order, "cash")
    assert await order.state() == "credited"
    assert await refunds(field, order.case) == [("overpaid", "paid", 8_000)]
    assert await ledger(field) == {
        f"bank:{field.post}": 80_000,
        f"cash:{field.lan}": -8_000,
        f"agency:{field.agency}": -72_000,
    }


async def test_a_large_refund_needs_two_approvers(field: Field) -> None:
    order = await an_order(field, 72_000)
    await order.show()
    await came(field, "FT1", 6_072_000, order.reference)
    first = await somebody(field, Role.APPROVER)
    refund = await approved(field, order, by=first)
    assert await refunds(field, order.case) == [("overpaid", "due", 6_000_000)]
    with pytest.raises(Refused):
        await field.at_desk(first, order.case, "approve_refund", {"refund_id": refund})
    await approved(field, order, by=await somebody(field, Role.APPROVER, "Lê Thị Năm"))
    assert await refunds(field, order.case) == [("overpaid", "approved", 6_000_000)]


async def test_money_paid_back_without_a_word_is_a_fact_and_looked_at(field: Field) -> None:
    order = await an_order(field, 72_000)
    await order.show()
    await came(field, "FT1", 80_000, order.reference)
    refund = await field.tx.value("SELECT refund_id FROM refunds")
    answer = await field.does(order.case, "pay_refund", {"refund_id": str(refund), "means": "cash"})
    assert (answer.standing, list(answer.exceptions)) == ("applied", ["refund:no-such-act-here"])
    assert await refunds(field, order.case) == [("overpaid", "paid", 8_000)]


async def test_nobody_opens_a_refund_for_money_that_is_not_there(field: Field) -> None:
    order = await an_order(field, 72_000)
    await order.show()
    await came(field, "FT1", 80_000, order.reference)
    clerk = await somebody(field, Role.COUNTER_CLERK)
    body = {"refund_id": str(uuid7()), "amount": 1, "cause": "overpaid", "payment_id": str(order.payment)}
    with pytest.raises(Refused, match="0 đồng"):
        await field.at_desk(clerk, order.case, "open_refund", body)
    refund = str(await field.tx.value("SELECT refund_id FROM refunds"))
    approver = await somebody(field, Role.APPROVER)
    await field.at_desk(approver, order.case, "drop_refund", {"refund_id": refund, "reason": "mistake"})
    await field.at_desk(clerk, order.case, "open_refund", body | {"amount": 8_000})
    assert await refunds(field, order.case) == [("overpaid", "dropped", 8_000), ("overpaid", "due", 8_000)]


async def test_two_who_say_at_one_moment_whose_money_it_is_place_it_once(pool: Database, field_in: MakeField) -> None:
    async with pool.transaction() as tx:
        field = field_in(tx)
        orders = [await an_order(field, 8_000), await an_order(field, 8_000)]
        for order in orders:
            await order.show()
        credit = str((await came(field, "FT1", 8_000, "x")).credit_id)

    async def match(order: Order) -> bool:
        body = {"credit_id": credit, "payment_id": str(order.payment)}
        try:
            async with pool.transaction() as tx:
                own = replace(field, tx=tx)
                await own.at_desk(own.hung, order.case, "match_bank_credit", body)
        except Refused:
            return False
        return True

    assert sorted(await asyncio.gather(*map(match, orders))) == [False, True]
    async with pool.transaction() as tx:
        accounts = await ledger(replace(field, tx=tx))
    [unpaid] = [amount for account, amount in accounts.items() if account.startswith("due:")]
    assert (accounts[f"bank:{field.post}"], unpaid, sum(accounts.values())) == (8_000, 8_000, 0)
    assert not any(account.startswith(("suspense:", "credit:")) for account in accounts)


async def test_what_a_refund_promises_pays_nothing_else(field: Field) -> None:
    """The refund of what was short is dropped by mistake and opened again: a top-up then finds nothing of it there."""
    order = await an_order(field, 20_000)
    await order.show()
    await came(field, "FT1", 5_000, order.reference)
    approver, clerk = await somebody(field, Role.APPROVER), field.hung
    short = str(await field.tx.value("SELECT refund_id FROM refunds"))
    await field.at_desk(approver, order.case, "drop_refund", {"refund_id": short, "reason": "mistake"})
    again = {"refund_id": str(uuid7()), "amount": 5_000, "cause": "overpaid"}
    with pytest.raises(Refused, match="còn dư chưa có khoản hoàn là 0 đồng"):
        await field.at_desk(clerk, order.case, "open_refund", again)  # it did not come in cash
    await field.at_desk(clerk, order.case, "open_refund", again | {"payment_id": str(order.payment)})
    await came(field, "FT2", 15_000, order.reference)
    assert (await order.state(), await order.charge_states()) == ("short", {"waiting_transfer"})
    owed = [one for one in await refunds(field, order.case) if one[1] == "due"]
    assert owed == [("overpaid", "due", 5_000), ("short", "due", 15_000)]
    assert (await ledger(field))[f"credit:{order.case}"] == -20_000
    await came(field, "FT3", 5_000, order.reference)
    assert (await order.state(), await order.charge_states()) == ("credited", {"settled"})
    owed = [one for one in await refunds(field, order.case) if one[1] == "due"]
    assert owed == [("overpaid", "due", 5_000)]
    assert (await ledger(field))[f"credit:{order.case}"] == -5_000
