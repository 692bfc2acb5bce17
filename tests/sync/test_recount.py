"""The agency's count is final (F21): what was collected beyond it is the citizen's, and somebody must give it back."""

import pytest

from backend.ids import uuid7
from backend.staff.model import Role
from backend.sync.desk import Refused
from tests.builders import Field
from tests.builders_acts import at_the_door, paid
from tests.builders_money import an_order, came
from tests.sync.test_money import ledger
from tests.sync.test_transfers import refunds, somebody


async def test_cash_beyond_the_count_goes_back_and_the_next_count_takes_off_the_rest(field: Field) -> None:
    case, visit, [charge] = await field.booked(21_000)
    await at_the_door(field, case, visit)
    await field.does(case, "collect", paid(visit, 1, (charge, 21_000)))
    for amount in (18_000, 16_000):
        await field.at_desk(field.mai, case, "recount_charge", {"charge_id": charge, "amount": amount}, base=99)
    assert await refunds(field, case) == [("quantity_corrected", "due", 2_000), ("quantity_corrected", "due", 3_000)]
    assert {row["collected_by"] for row in await field.tx.all("SELECT collected_by FROM refunds")} == {field.lan}
    assert await ledger(field) == {
        f"cash:{field.lan}": 21_000,
        f"credit:{case}": -5_000,
        f"agency:{field.agency}": -16_000,
    }
    body = {"refund_id": str(uuid7()), "amount": 1, "cause": "overpaid"}
    with pytest.raises(Refused, match="0 đồng"):
        await field.at_desk(field.mai, case, "open_refund", body, base=99)


async def test_a_transfer_beyond_the_count_goes_back_too(field: Field) -> None:
    order = await an_order(field, 21_000)
    await order.show()
    await came(field, "FT1", 21_000, order.reference)
    [line] = order.shown["lines"]
    counted = {"charge_id": line["charge_id"], "amount": 18_000}
    await field.at_desk(field.mai, order.case, "recount_charge", counted, base=99)
    assert await refunds(field, order.case) == [("quantity_corrected", "due", 3_000)]
    approver = await somebody(field, Role.APPROVER)
    refund = {"refund_id": str(await field.tx.value("SELECT refund_id FROM refunds"))}
    await field.at_desk(approver, order.case, "approve_refund", refund, base=99)
    await field.does(order.case, "pay_refund", {**refund, "means": "cash"})
    assert (await ledger(field)).get(f"credit:{order.case}") is None


async def test_what_was_paid_for_a_case_that_is_refused_goes_back_whole(field: Field) -> None:
    case, visit, [charge] = await field.booked(21_000)
    await at_the_door(field, case, visit)
    await field.does(case, "collect", paid(visit, 1, (charge, 21_000)))
    whole = {"charge_id": charge, "amount": 0}
    for cause in ("quantity_corrected", "withdrawn", "refused"):
        with pytest.raises(Refused) as refused:
            await field.at_desk(field.mai, case, "recount_charge", whole | {"cause": cause}, base=99)
        assert refused.value.problem.type == "urn:tannha:problem:not-ended-so"
    await field.at_desk(field.mai, case, "refuse_dossier", {"reason": "not_of_this_agency"}, base=99)
    with pytest.raises(Refused, match="lý do khác"):
        await field.at_desk(field.mai, case, "recount_charge", whole | {"cause": "withdrawn"}, base=99)
    await field.at_desk(field.mai, case, "recount_charge", whole | {"cause": "refused"}, base=99)
    assert await refunds(field, case) == [("refused", "due", 21_000)]
    assert await ledger(field) == {f"cash:{field.lan}": 21_000, f"credit:{case}": -21_000}
    with pytest.raises(Refused, match="ít hơn"):
        await field.at_desk(field.mai, case, "recount_charge", whole | {"cause": "refused"}, base=99)


@pytest.mark.parametrize(
    ("collected", "amount", "said"), [(False, 18_000, "Thu xong"), (True, 21_000, "ít hơn"), (True, 30_000, "ít hơn")]
)
async def test_what_was_not_collected_or_is_no_less_is_told(
    field: Field, collected: bool, amount: int, said: str
) -> None:
    case, visit, [charge] = await field.booked(21_000)
    if collected:
        await at_the_door(field, case, visit)
        await field.does(case, "collect", paid(visit, 1, (charge, 21_000)))
    with pytest.raises(Refused, match=said):
        await field.at_desk(field.mai, case, "recount_charge", {"charge_id": charge, "amount": amount}, base=99)
    assert await refunds(field, case) == []
