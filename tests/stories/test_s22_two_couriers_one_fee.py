"""S22: two couriers take the same fee, both offline: one slip settles it, the other's money is owed back."""

import random
from uuid import UUID

import pytest

from backend.ids import uuid7
from backend.simulate.outbox import Written
from tests.stories.matter import POST, Matter
from tests.stories.phone import InHand
from tests.stories.town import Town

TIMES, FEE, FLOAT = 100, 8_000, 200_000
LINES = 40
"""Fee lines the agency names for one case: there are several cases."""
DAY = "2026-11-26"


@pytest.mark.begins("2026-11-26T06:30")
async def test_s22_two_couriers_one_fee(town: Town) -> None:
    await town.clock(DAY, "06:30")
    lan, tu = await town.phone("lan"), await town.phone("tu")
    shifts = [await phone.begins(town.unit(POST), DAY, FLOAT) for phone in (lan, tu)]
    fees = [fee for left in range(TIMES, 0, -LINES) for fee in await a_case(town, min(LINES, left), lan, tu)]
    assert len(fees) == TIMES
    slips = [(collects(lan, *fee), collects(tu, *fee)) for fee in fees]
    await synced_in_any_order(lan, tu)
    settled = [settles_once(lan, tu, *both) for both in slips]
    assert set(settled) == {lan, tu}, "now the one was first, now the other"
    for case in {case for case, _, _ in fees}:
        await looked_at_and_owed_back(town, case, sum(of == case for of, _, _ in fees))
    for phone, shift in zip((lan, tu), shifts, strict=True):
        await phone.closes(shift, FLOAT + TIMES * FEE)


async def a_case(town: Town, lines: int, lan: InHand, tu: InHand) -> list[tuple[UUID, UUID, UUID]]:
    """With both couriers at its door: (case, visit, charge) of each fee line. Lan heard nothing of the change."""
    one = await Matter.registered(town, owner_name="Hồ Văn Lượm", phone="")
    mai = town.desk("mai")
    charges = [{"charge_id": str(uuid7()), "line": "le_phi", "amount": FEE} for _ in range(lines)]
    assert (await mai.act(one.id, "confirm", {"charges": charges, "components": []})).status_code == 200
    await one.booked("lan", DAY, "07:00-08:00")
    await lan.pulls()
    await one.does("ut", "move_appointment", {"courier": str(tu.person), "agreed": "yes"})
    await tu.pulls()
    for phone in (lan, tu):
        one.arrives(phone)
        one.checks_identity(phone)
    return [(one.id, one.case.visit, UUID(charge["charge_id"])) for charge in charges]


def collects(phone: InHand, case: UUID, visit: UUID, charge: UUID) -> Written:
    slip = phone.courier.phone.next_slip()
    line = {"charge_id": charge, "amount": FEE}
    body = {"visit_id": visit, "slip_number": slip, "lines": [line], "total": FEE, "means": "cash"}
    return phone.writes("collect", case, body | {"tendered": 10_000, "change": 10_000 - FEE})


async def synced_in_any_order(lan: InHand, tu: InHand) -> None:
    """A few acts at a time, now from one phone, now from the other, each carried by either."""
    dice = random.Random(22)
    while left := [phone for phone in (lan, tu) if len(phone.courier.phone.outbox)]:
        phone, carrier = dice.choice(left), dice.choice((lan, tu)).courier.carrier
        batch = phone.courier.phone.outbox.next(dice.randint(1, 6))
        phone.courier.phone.outbox.heard(batch, await carrier.deliver(batch))


def settles_once(lan: InHand, tu: InHand, of_lan: Written, of_tu: Written) -> InHand:
    """Whose slip settles the fee: it is as the rules want it. The other's is taken all the same, and looked at."""
    found = {phone: list(phone.answer(slip).exceptions) for phone, slip in ((lan, of_lan), (tu, of_tu))}
    assert sorted(found.values()) == [[], ["charge:no-such-act-here"]]
    return lan if not found[lan] else tu


async def looked_at_and_owed_back(town: Town, case: UUID, fees: int) -> None:
    """Every fee is settled; the money of every other slip waits for a person, and is to go back to the citizen."""
    ut = town.desk("ut")
    shown = await ut.shown(case)
    assert [charge["state"] for charge in shown["charges"]] == ["settled"] * fees
    assert [one["machine"] for one in shown["exceptions"]].count("charge") == fees
    refunds = [(one["amount"], one["cause"], one["state"], one["owner_unit"]) for one in shown["refunds"]]
    assert refunds == [(FEE, "paid_twice", "due", str(town.unit(POST)))] * fees
    assert f"/desk/cases/{case}" in (await ut.page("/desk/review")).text
