"""S32: the day is counted while one slip still hangs on a silent phone; it becomes final when the phone speaks."""

import asyncio
import re
from uuid import UUID

import httpx
import pytest

from backend.simulate import door
from tests.pages import forms
from tests.stories.desk import slug
from tests.stories.matter import POST, Matter
from tests.stories.phone import InHand, took_effect
from tests.stories.town import Town

DAY = "2026-12-14"
FLOAT, SYNCED, SILENT = 300_000, 963_000, 21_000
COUNTED = FLOAT + SYNCED + SILENT
"""1.284.000đ."""


@pytest.mark.begins("2026-12-14T06:30")
async def test_s32_closing_the_day(town: Town) -> None:
    await town.clock(DAY, "06:30")
    lan = await town.phone("lan")
    shift = await lan.begins(town.unit(POST), DAY, FLOAT)
    one = await Matter.registered(town, owner_name="Bùi Thị Chín", phone="")
    await one.confirmed(SYNCED)
    await one.booked("lan", DAY, "07:00-08:00")
    await one.picked_up(lan)
    await one.to_the_post(lan)
    other = await Matter.registered(town, owner_name="Cao Văn Mười", phone="")
    await other.confirmed(SILENT)
    await other.booked("lan", DAY, "14:00-15:00")
    await lan.pulls()
    await town.clock(DAY, "15:00")
    other.arrives(lan)
    other.checks_identity(lan)
    owed = lan.courier.phone.bundle.cases[other.id].owes("reception")
    door.collect(lan.courier, other.case, other.case.visit, owed)
    assert len(lan.courier.phone.outbox) == 3, "the phone is silent from now on"
    await town.clock(DAY, "17:00")
    await counted_on_another_phone(town, lan, shift)
    assert "Tạm chốt" in await day_of(town, DAY)
    assert f"Chờ đồng bộ {money(SILENT)}" in await day_of(town, DAY)
    assert (await signed(town, shift)).status_code == 303
    assert "Tạm chốt" in await day_of(town, DAY), "a signature does not make up for a slip"
    took_effect(await lan.sends())
    assert "Đã chốt" in await settled(town)
    assert "Chênh lệch" not in await day_of(town, DAY)
    await short_by_5000(town, lan)


async def counted_on_another_phone(town: Town, lan: InHand, shift: UUID) -> None:
    spare = await town.spare("lan", of="tu", by="ut")
    body = {"counted": COUNTED, "awaited": SILENT, "sets_left": await sets_left(town, lan)}
    spare.writes("close_shift_provisionally", shift, body, subject_kind="shift")
    took_effect(await spare.sends())


async def sets_left(town: Town, lan: InHand) -> list[int]:
    """Out = bound, voided and left: the centre knows the first two."""
    return [town.labels[label]["number"] for label in lan.courier.phone.bundle.labels]


async def short_by_5000(town: Town, lan: InHand) -> None:
    """The next day: a reason, and two different people."""
    day = await town.today(1)
    await town.clock(day, "06:30")
    shift = await lan.begins(town.unit(POST), day, FLOAT)
    lan.writes("close_shift", shift, {"counted": FLOAT - 5_000}, subject_kind="shift")
    [answer] = await lan.sends()
    assert list(answer.exceptions) == ["shift:guard:cash_explained"]
    assert (await signed(town, shift)).status_code == 409, "without a reason nobody signs"
    await lan.does("close_shift", shift, {"counted": FLOAT - 5_000, "reason": "wrong_change"}, subject_kind="shift")
    own = await town.desk("lan").act(shift, "countersign_close", {}, subject={"kind": "shift", "id": str(shift)})
    assert (own.status_code, slug(own)) == (403, "not-allowed")
    assert (await signed(town, shift)).status_code == 303
    told = await day_of(town, day)
    assert "Đã chốt" in told
    assert f"Chênh lệch -{money(5_000)}" in told


async def signed(town: Town, shift: UUID) -> httpx.Response:
    """By Út, on the page."""
    ut = town.desk("ut")
    drawn = forms(await ut.page("/desk/shifts"), "countersign_close")
    return await ut.send("/desk/shifts", next(form for form in drawn if form["shift"] == str(shift)))


async def settled(town: Town) -> str:
    """Without a hand: a timer sees that what was awaited has come."""
    for _ in range(120):
        if "Đã chốt" in (told := await day_of(town, DAY)):
            return told
        await asyncio.sleep(0.5)
    return await day_of(town, DAY)


async def day_of(town: Town, day: str) -> str:
    """What Út reads of Lan's day."""
    page = (await town.desk("ut").page("/desk/shifts")).text
    sections = re.findall(r"<section.*?</section>", page, re.S)
    on = "/".join(reversed(day.split("-")))
    said = next(section for section in sections if "Nguyễn Thị Lan" in section and on in section)
    return " ".join(re.sub(r"<[^>]+>", " ", said).split())


def money(amount: int) -> str:
    return f"{amount:,} đ".replace(",", ".")
