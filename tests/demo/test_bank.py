"""The bank's door and the pretend bank: signed, once per entry, late, twice, never; forged and stale is refused."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from backend import postgres
from backend.clock import local_date
from backend.database import Database, connect
from backend.fees import notices
from backend.fees.notices import BankEntry, Notice
from backend.keys import OLD_SECRET_LASTS, KeyRing, Purpose
from backend.sync import bank
from backend.web.bank import pull
from tests.builders import Field
from tests.builders_app import Running, run
from tests.builders_ground import Ground, furnish
from tests.builders_money import ACCOUNT, BIN, Order, an_order

URL = "http://tannha.test/demo/bank/statement"


@dataclass
class Scene:
    """The demo at work, and an order of Lan's."""

    running: Running
    database: Database
    field: Field
    order: Order

    @property
    def key(self) -> bytes:
        return self.running.ring.current(Purpose.PAYMENT, self.running.clock()).material

    async def pays(self, when: str, amount: int = 72_000, **more: Any) -> dict[str, Any]:
        sent = {"amount": amount, "when": when} | (more or {"reference": self.order.reference})
        answer = await self.running.http.post("/demo/bank/payments", json=sent)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def notice(self, entry: BankEntry, **changes: Any) -> httpx.Response:
        body = msgspec.json.encode(Notice("account.credited", entry))
        signed = notices.headers(self.key, "msg_1", body, self.running.clock()) | changes.pop("headers", {})
        content = changes.pop("content", body)
        return await self.running.http.post("/api/bank/notices", content=content, headers=signed)

    def entry(self, **changes: Any) -> BankEntry:
        values: dict[str, Any] = {
            "entry": "FT1",
            "bank_bin": BIN,
            "account": ACCOUNT,
            "amount": 72_000,
            "text": self.order.reference,
            "credited_at": self.running.clock(),
        }
        return BankEntry(**values | changes)

    async def state(self) -> str:
        async with self.database.transaction() as tx:
            return await replace(self.order, field=replace(self.field, tx=tx)).state()

    async def credits(self) -> int:
        async with self.database.transaction() as tx:
            return await tx.value("SELECT count(*) FROM bank_credits")

    async def moves_clock(self, by: timedelta) -> None:
        later = (self.running.clock() + by).isoformat()
        assert (await self.running.http.post("/demo/clock", json={"now": later})).status_code == 200

    async def pulls(self) -> int:
        transport = httpx.ASGITransport(app=self.running.application)  # pyright: ignore[reportArgumentType]
        return await pull(self.database, self.running.ring, self.running.clock, URL, transport=transport)


@pytest.fixture(scope="module")
async def ground(server: postgres.Server, template: str, tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return await furnish(server, template, KeyRing.make(tmp_path_factory.mktemp("ring") / "keys"))


@pytest.fixture
async def scene(ground: Ground, tmp_path: Path) -> AsyncGenerator[Scene]:
    """With keys of its own: some tests make new ones."""
    ring = KeyRing.make(tmp_path / "keys")
    async with ground.copied() as copy:
        database = await connect(copy.app, role="tannha_service", size=2)
        async with database.transaction() as tx:
            field = replace(ground.field(tx), ring=ring)
            order = await an_order(field, 72_000)
            await order.show()
        async with run(copy.app, tmp_path, ring=ring) as running:
            yield Scene(running, database, field, order)
        await database.close()


async def test_a_payment_on_time_is_credited_at_once(scene: Scene) -> None:
    paid = await scene.pays("on_time")
    assert paid["notices"] == [200]
    assert await scene.state() == "credited"


async def test_a_late_notice_comes_when_its_time_has_come(scene: Scene) -> None:
    """S20, from outside: 5 h 28 min later, and then the statement."""
    assert (await scene.pays("late"))["notices"] == []
    await scene.moves_clock(timedelta(hours=5, minutes=27))
    assert await scene.state() == "waiting_transfer"
    await scene.moves_clock(timedelta(minutes=2))
    assert await scene.state() == "credited"
    assert await scene.pulls() == 0
    assert await scene.credits() == 1


async def test_a_notice_twice_is_one_credit(scene: Scene) -> None:
    assert (await scene.pays("twice"))["notices"] == [200, 200]
    assert (await scene.state(), await scene.credits()) == ("credited", 1)


async def test_what_was_never_told_is_found_in_the_statement(scene: Scene) -> None:
    assert (await scene.pays("never"))["notices"] == []
    assert await scene.state() == "waiting_transfer"
    assert await scene.pulls() == 1
    assert await scene.pulls() == 0
    assert await scene.state() == "credited"
    today = local_date(scene.running.clock())
    answer = await scene.running.http.get("/demo/bank/statement", params={"day": today.isoformat()})
    assert [one["amount"] for one in answer.json()["entries"]] == [72_000]
    other = await scene.running.http.get("/demo/bank/statement", params={"day": "2026-01-01"})
    assert other.json() == {"entries": []}


async def test_a_payment_with_any_text_waits_for_a_person(scene: Scene) -> None:
    paid = await scene.pays("on_time", text="Nguyen Thi Hue nop phi")
    assert paid["notices"] == [200]
    async with scene.database.transaction() as tx:
        assert await tx.value("SELECT state FROM bank_credits") == "unmatched"
        assert await bank.place(tx, scene.running.ring, scene.running.clock()) == 0


@pytest.mark.parametrize(
    ("headers", "type_"),
    [
        ({"webhook-signature": "v1,AAAA"}, "notice-forged"),
        ({"webhook-signature": ""}, "notice-forged"),
        ({"webhook-signature": "v2,AAAA"}, "notice-forged"),
        ({"webhook-id": "msg_2"}, "notice-forged"),
        ({"webhook-timestamp": "1"}, "notice-forged"),
        ({"webhook-timestamp": "now"}, "notice-forged"),
    ],
)
async def test_what_the_bank_did_not_sign_is_refused(scene: Scene, headers: dict[str, str], type_: str) -> None:
    answer = await scene.notice(scene.entry(), headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (401, f"urn:tannha:problem:{type_}")
    assert await scene.credits() == 0


async def test_a_notice_whose_body_was_changed_is_refused(scene: Scene) -> None:
    richer = msgspec.json.encode(Notice("account.credited", scene.entry(amount=720_000)))
    answer = await scene.notice(scene.entry(), content=richer)
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:tannha:problem:notice-forged")


@pytest.mark.parametrize(("minutes", "status"), [(-6, 401), (6, 401), (-4, 200), (4, 200)])
async def test_a_notice_of_another_hour_is_refused(scene: Scene, minutes: int, status: int) -> None:
    body = msgspec.json.encode(Notice("account.credited", scene.entry()))
    at = scene.running.clock() + timedelta(minutes=minutes)
    answer = await scene.notice(scene.entry(), content=body, headers=notices.headers(scene.key, "msg_1", body, at))
    assert answer.status_code == status, answer.text
    if status == 401:
        assert answer.json()["type"] == "urn:tannha:problem:notice-stale"


async def test_an_old_secret_counts_for_a_day_after_the_new_one(scene: Scene) -> None:
    old, now = scene.key, scene.running.clock()
    scene.running.ring.rotate(Purpose.PAYMENT, now)
    body = msgspec.json.encode(Notice("account.credited", scene.entry()))
    assert (await scene.notice(scene.entry())).status_code == 200
    signed = notices.headers(old, "msg_1", body, now)
    assert (await scene.notice(scene.entry(), content=body, headers=signed)).json()["known"] is True
    await scene.moves_clock(OLD_SECRET_LASTS + timedelta(minutes=1))
    signed = notices.headers(old, "msg_1", body, scene.running.clock())
    assert (await scene.notice(scene.entry(), content=body, headers=signed)).status_code == 401


async def test_several_signatures_are_enough_when_one_is_right(scene: Scene) -> None:
    body = msgspec.json.encode(Notice("account.credited", scene.entry()))
    signed = notices.headers(scene.key, "msg_1", body, scene.running.clock())
    signed["webhook-signature"] = f"v1a,xx v1,AAAA {signed['webhook-signature']}"
    assert (await scene.notice(scene.entry(), content=body, headers=signed)).status_code == 200


@pytest.mark.parametrize(
    ("changes", "status", "type_"),
    [
        ({"account": "999"}, 404, "account-not-ours"),
        ({"credited_at": datetime(2026, 11, 25)}, 400, "notice-unreadable"),  # noqa: DTZ001
    ],
)
async def test_a_signed_notice_that_cannot_be_booked_says_why(
    scene: Scene, changes: dict[str, Any], status: int, type_: str
) -> None:
    answer = await scene.notice(scene.entry(**changes))
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:tannha:problem:{type_}")


async def test_the_same_entry_with_another_amount_is_a_conflict(scene: Scene) -> None:
    assert (await scene.notice(scene.entry())).status_code == 200
    answer = await scene.notice(scene.entry(amount=1))
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:tannha:problem:bank-entry-changed")


async def test_money_out_is_left_alone(scene: Scene) -> None:
    answer = await scene.notice(scene.entry(direction="out"))
    assert answer.json() == {"booked": False, "known": False, "placed": False}
    assert await scene.credits() == 0


async def test_two_notices_at_one_moment_are_one_credit(scene: Scene) -> None:
    async with asyncio.TaskGroup() as group:
        sent = [group.create_task(scene.notice(scene.entry())) for _ in range(4)]
    assert [task.result().status_code for task in sent] == [200] * 4
    assert (await scene.state(), await scene.credits()) == ("credited", 1)
