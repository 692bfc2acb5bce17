"""S20, without the bank: a VietQR shown offline, a notice 5 h 28 min late, three times, then the statement."""

import asyncio
import io
from typing import Any

import pytest
import qrcode
import zxingcpp
from PIL import Image

from backend.fees.references import is_reference, reference
from backend.fees.vietqr import Transfer, decode, encode
from backend.ids import uuid7
from tests.stories.matter import Matter
from tests.stories.phone import InHand, took_effect
from tests.stories.town import Town

DAY = "2026-12-16"
DUE = 72_000


@pytest.mark.begins("2026-12-16T06:30")
async def test_s20_the_bank_is_late(town: Town) -> None:
    await town.clock(DAY, "06:30")
    lan = await town.phone("lan")
    one = await Matter.registered(town, owner_name="Đỗ Văn Mười Một", phone="")
    await one.confirmed(DUE)
    await one.booked("lan", DAY, "07:00-08:00")
    await lan.pulls()
    bundle = (await lan.courier.carrier.request("GET", "/api/courier/sync/day")).json()
    one.arrives(lan)
    one.checks_identity(lan)
    order, payee = shown_offline(one, lan, bundle)
    one.takes(lan)
    one.seals(lan)
    one.finishes(lan)
    took_effect(await lan.sends())
    shown = await one.shown()
    assert shown["state_vi"] == "Đã nhận giấy tờ", "the visit was not held up"
    assert [paid["state"] for paid in shown["payments"]] == ["waiting_transfer"]
    page = await town.track(one.tracking)
    assert page["transfers"] == [{"payee": payee, "reference": order["reference"]}], "as the code on the phone has it"
    assert f"{DUE}" not in str(page)
    await lan.does("record_transfer_said", one.id, {"payment_id": order["payment_id"]})
    assert [paid["state"] for paid in (await one.shown())["payments"]] == ["said_sent"]
    sent = {"amount": DUE, "when": "late_thrice", "reference": order["reference"]}
    paid = (await town.line.http.post("/demo/bank/payments", json=sent)).json()
    assert paid["notices"] == [], "the bank says nothing yet"
    await town.clock(DAY, "13:00")
    await credited(one)
    statement = (await town.line.http.get("/demo/bank/statement", params={"day": DAY})).json()
    assert [entry["amount"] for entry in statement["entries"] if order["reference"].lower() in entry["text"]] == [DUE]
    await town.clock(DAY, "18:00")
    await credited(one)
    assert (await town.track(one.tracking))["transfers"] == []
    await one.to_the_post(lan)


def shown_offline(one: Matter, lan: InHand, bundle: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """From payee and reference of the bundle alone; another reader sees in the picture what was asked."""
    [charge] = lan.courier.phone.bundle.cases[one.id].owes("reception")
    payee = bundle["payees"][0]
    code = reference(bundle["reference_blocks"][0]["first_number"] + 100)
    asked = Transfer(
        bin=payee["bank_bin"], account=payee["account"], amount=DUE, name=payee["holder"], more={"08": code}
    )
    picture = io.BytesIO()
    qrcode.make(encode(asked)).save(picture, kind="PNG")  # pyright: ignore[reportUnknownMemberType]
    [found] = zxingcpp.read_barcodes(Image.open(picture))
    read = decode(found.text)
    assert (read.bin, read.account, read.amount, read.name) == (asked.bin, asked.account, DUE, payee["holder"])
    assert is_reference(read.more["08"])
    order = {
        "visit_id": one.case.visit,
        "payment_id": uuid7(),
        "account_id": payee["account_id"],
        "reference": read.more["08"],
        "lines": [{"charge_id": charge.charge_id, "amount": charge.amount}],
        "total": DUE,
    }
    lan.writes("show_payment_code", one.id, order)
    return order, payee["holder"]


async def credited(one: Matter) -> None:
    """Once, however often it is told."""
    for _ in range(120):
        shown = await one.shown()
        if shown["payments"][0]["state"] == "credited":
            break
        await asyncio.sleep(0.5)
    assert [(paid["received"], paid["state"]) for paid in shown["payments"]] == [(DUE, "credited")]
    assert (shown["refunds"], [charge["state"] for charge in shown["charges"]]) == ([], ["settled"])
