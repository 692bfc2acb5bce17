"""S17: a newborn, three procedures, one visit, one payment of 72.000đ; one dossier that could not be served."""

import asyncio
from uuid import UUID

import pytest

from backend.fees.references import reference
from backend.ids import uuid7
from backend.simulate.bundle import Owed
from tests.stories.matter import AGENCY, ONE_PAPER, POST, Matter
from tests.stories.phone import InHand, took_effect
from tests.stories.town import Town

DAY = "2026-12-10"
BIRTH, RESIDENCE, INSURANCE = "1.001193", "1.004222", "1.002759"
"""The last one is in no catalogue of the commune: a phone registers it all the same, and its agency looks at it."""
NEWBORN = {
    "owner_name": "Lê Gia Bảo",
    "owner": {"born": "2026-11-20"},
    "parties": [
        {
            "party_id": str(uuid7()),
            "role": "representative",
            "kind": "person",
            "name": "Lê Văn Tâm",
            "relation": "parent",
            "number": "087190001234",
        }
    ],
}
TOGETHER = 72_000
FLOAT = 100_000


@pytest.mark.begins("2026-12-10T06:30")
async def test_s17_a_household_three_procedures_one_payment(town: Town) -> None:
    await town.clock(DAY, "06:30")
    lan = await town.phone("lan")
    shift, visit = await lan.begins(town.unit(POST), DAY, FLOAT), uuid7()
    birth, residence, insurance = (
        Matter.asked_for(town, lan, NEWBORN, visit, procedure) for procedure in (BIRTH, RESIDENCE, INSURANCE)
    )
    served = (birth, residence)
    for one in (*served, insurance):
        one.checks_identity(lan, "representative")
    birth.takes(lan, (("giay_chung_sinh", "original", 1, 0, 1), *ONE_PAPER))
    for one in (residence, insurance):
        seen = {"visit_id": visit, "paper_id": uuid7(), "component": "giay_chung_sinh", "goes_with": birth.id}
        lan.writes("see_original", one.id, seen)
    residence.takes(lan, ONE_PAPER)
    charges = [
        birth.quotes(lan, ("cuoc", 26_000, "post")),
        residence.quotes(lan, ("le_phi", 20_000, "agency"), ("cuoc", 26_000, "post")),
    ]
    pays_once(lan, list(zip(served, charges, strict=True)))
    for one in served:
        one.seals(lan)
        one.finishes(lan)
    lan.writes("fail_visit", insurance.id, {"visit_id": visit, "reason": "V08"})
    took_effect(await lan.sends())
    shown = [await one.shown() for one in (*served, insurance)]
    assert {found["visits"][0]["state"] for found in shown} == {"partly"}
    assert [found["state_vi"] for found in shown[:2]] == ["Đã nhận giấy, chờ xác nhận"] * 2
    assert sum(charge["amount"] for found in shown for charge in found["charges"]) == TOGETHER
    assert [len([act for act in found["timeline"] if act["kind"] == "sign"]) for found in shown] == [1, 1, 0]
    seen = [paper for found in shown[1:] for paper in found["papers"] if paper["state"] == "seen"]
    assert [(paper["holder_kind"], paper["goes_with"]) for paper in seen] == [("citizen", str(birth.id))] * 2
    [original] = [paper for paper in shown[0]["papers"] if paper["component"] == "giay_chung_sinh"]
    assert original["holder"] == str(lan.person), "the one original is in one hand"
    await has_one_order(town, [birth.id, residence.id])
    for one in served:
        await one.to_the_post(lan)
    await lan.closes(shift, FLOAT + TOGETHER)


@pytest.mark.begins("2026-12-10T11:00")
async def test_s17_a_household_transfers_once(town: Town) -> None:
    """Without network the phone shows one code for both cases; the bank tells once, of the whole."""
    await town.clock(DAY, "11:00")
    tu, visit = await town.phone("tu"), uuid7()
    birth, residence = (Matter.asked_for(town, tu, NEWBORN, visit, procedure) for procedure in (BIRTH, RESIDENCE))
    for one in (birth, residence):
        one.checks_identity(tu, "representative")
        one.takes(tu)
    charges = [
        birth.quotes(tu, ("cuoc", 26_000, "post")),
        residence.quotes(tu, ("le_phi", 20_000, "agency"), ("cuoc", 26_000, "post")),
    ]
    bundle = (await tu.courier.carrier.request("GET", "/api/courier/sync/day")).json()
    code = reference(bundle["reference_blocks"][0]["first_number"] + 300)
    order = {"id": uuid7(), "total": TOGETHER}
    for one, owed in zip((birth, residence), charges, strict=True):
        body = {
            "visit_id": visit,
            "payment_id": uuid7(),
            "account_id": bundle["payees"][0]["account_id"],
            "reference": code,
            "lines": [{"charge_id": charge.charge_id, "amount": charge.amount} for charge in owed],
            "total": sum(charge.amount for charge in owed),
            "order": order,
        }
        tu.writes("show_payment_code", one.id, body)
        one.seals(tu)
        one.finishes(tu)
    took_effect(await tu.sends())
    page = (await town.desk("ut").page(f"/desk/cases/{birth.id}")).text
    assert "cả nhà chuyển một lần 72.000" in page
    sent = {"amount": TOGETHER, "when": "late_thrice", "reference": code}
    assert (await town.line.http.post("/demo/bank/payments", json=sent)).status_code == 200
    await town.clock(DAY, "17:30")
    assert [await has_received(one) for one in (birth, residence)] == [26_000, 46_000]
    for one in (birth, residence):
        found = await one.shown()
        assert ({charge["state"] for charge in found["charges"]}, found["refunds"]) == ({"settled"}, [])
        await one.to_the_post(tu)


async def has_received(one: Matter) -> int:
    """Once it is credited."""
    for _ in range(120):
        [paid] = (await one.shown())["payments"]
        if paid["state"] == "credited":
            break
        await asyncio.sleep(0.5)
    assert paid["state"] == "credited", paid
    return paid["received"]


def pays_once(lan: InHand, parts: list[tuple[Matter, list[Owed]]]) -> None:
    """100.000đ for all, 28.000đ back: a slip for each case, one order."""
    order = {"id": uuid7(), "total": TOGETHER}
    for at, (one, charges) in enumerate(parts):
        total = sum(charge.amount for charge in charges)
        change = 100_000 - TOGETHER if at == 0 else 0
        body = {
            "visit_id": one.case.visit,
            "slip_number": lan.courier.phone.next_slip(),
            "lines": [{"charge_id": charge.charge_id, "amount": charge.amount} for charge in charges],
            "total": total,
            "means": "cash",
            "tendered": total + change,
            "change": change,
            "order": order,
        }
        lan.writes("collect", one.id, body)


async def has_one_order(town: Town, cases: list[UUID]) -> None:
    """Each case has its slip of it, with the total of all; the fee is the agency's, and postage never is (F08)."""
    found = [(await town.desk("ut").shown(case)) for case in cases]
    slips = [slip for case in found for slip in case["slips"]]
    assert len({slip["order_id"] for slip in slips}) == 1
    assert [slip["order_total"] for slip in slips] == [TOGETHER] * 2
    assert sum(slip["total"] for slip in slips) == TOGETHER
    agency, post = f"agency:{town.unit(AGENCY)}", f"postage:{town.unit(POST)}"
    owed = sorted((charge["amount"], charge["payee"]) for case in found for charge in case["charges"])
    assert owed == [(20_000, agency), (26_000, post), (26_000, post)]
