"""The courier's phone when something is wrong with it: its clock, its room, two of it, or it was taken away."""

import asyncio
from datetime import datetime
from uuid import UUID

import pytest
from playwright.async_api import expect

from backend.clock import local_date
from tests.e2e.courier_phone import PERMISSIONS, SIX_DIGITS, CourierPhone, booked_for, new_code
from tests.e2e.running_demo import Demo
from tests.e2e.screens import PHONE, Screens
from tests.stories.desk import words
from tests.stories.town import Town, Towns

A_YEAR_BEHIND = """
(() => {
  const behind = 365 * 24 * 3600 * 1000, There = Date;
  globalThis.Date = class extends There {
    constructor(...given) {
      if (given.length === 0) super(There.now() - behind);
      else super(...given);
    }
    static now() {
      return There.now() - behind;
    }
  };
})();
"""
NO_ROOM = """
(() => {
  const add = IDBObjectStore.prototype.add;
  globalThis.full = false;
  IDBObjectStore.prototype.add = function (...given) {
    if (globalThis.full && this.name === 'outbox')
      throw new DOMException('no room', 'QuotaExceededError');
    return add.apply(this, given);
  };
})();
"""
SHELVES = """() => new Promise((done, failed) => {
    const asked = indexedDB.open('tannha');
    asked.onerror = () => failed(asked.error);
    asked.onsuccess = () => {
        const shelves = asked.result.transaction(['readable', 'device', 'outbox']);
        const readable = shelves.objectStore('readable').getAllKeys();
        const session = shelves.objectStore('device').get('session');
        const outbox = shelves.objectStore('outbox').getAll();
        shelves.oncomplete = () => done({
            readable: readable.result.length,
            device: session.result?.device ?? null,
            sealed: outbox.result.filter((one) => one.sealed !== null).length,
        });
    };
})"""


@pytest.fixture(scope="module")
def base_url(round_of_lan: Demo) -> str:
    return round_of_lan.url


async def a_phone(screens: Screens, demo: Demo, account: str, script: str = "") -> CourierPhone:
    """Enrolled, with all of the app on it. `script`: what is wrong with it."""
    page = await screens.open(**PHONE, **PERMISSIONS)
    if script:
        await page.add_init_script(script)
    phone = CourierPhone(page)
    await phone.enrol(new_code(demo, account))
    await phone.is_kept()
    return phone


async def times_of(town: Town, case: UUID, kind: str) -> list[str]:
    """When the acts of that kind happened, as Út reads it."""
    return [act["occurred_at"] for act in (await town.desk("ut").shown(case))["timeline"] if act["kind"] == kind]


async def test_a_clock_that_is_a_year_behind_changes_nothing(
    towns: Towns, screens: Screens, round_of_lan: Demo
) -> None:
    """What happens is dated by the centre's time, which the phone measures; nothing is late or early by a year."""
    town = towns(round_of_lan)
    one = await booked_for(town, "lan", "Mai Văn Chậm", 8_000)
    phone = await a_phone(screens, round_of_lan, "lan", A_YEAR_BEHIND)
    await phone.page.context.set_offline(True)
    await phone.to_the_stop("Mai Văn Chậm")
    await phone.button("Đã đến", exact=True).click()
    await phone.identify()
    await phone.page.context.set_offline(False)
    await phone.button("Quay lại").click()
    await phone.counters(saved=2, received=2)
    shown = await one.shown()
    assert shown["exceptions"] == []
    [at] = await times_of(town, one.id, "record_arrival")
    assert local_date(datetime.fromisoformat(at)).isoformat() == await town.today()
    await phone.button("Mã xác minh").click()
    await expect(phone.page.locator(".code")).to_have_text(SIX_DIGITS)
    town.adds_up()


async def test_with_no_room_left_nothing_is_half_done(towns: Towns, screens: Screens, round_of_lan: Demo) -> None:
    town = towns(round_of_lan)
    one = await booked_for(town, "lan", "Ngô Thị Đầy", 8_000)
    phone = await a_phone(screens, round_of_lan, "lan", NO_ROOM)
    await phone.to_the_stop("Ngô Thị Đầy")
    await phone.button("Đã đến", exact=True).click()
    await phone.identify()
    await phone.button("Thu tiền").click()
    await phone.page.evaluate("globalThis.full = true")
    await phone.button("Đã thu").click()
    await expect(phone.page.get_by_role("alert")).to_contain_text("Máy đã đầy")
    await phone.page.evaluate("globalThis.full = false")
    await phone.button("Đã thu").click()
    await expect(phone.button("Thu tiền (đã xong)")).to_be_visible()
    await phone.button("Quay lại").click()
    await phone.counters(saved=3, received=3)
    collected = [act for act in (await one.shown())["timeline"] if act["kind"] == "collect"]
    assert len(collected) == 1
    town.adds_up()


async def test_two_phones_of_one_courier_at_one_house(towns: Towns, screens: Screens, round_of_lan: Demo) -> None:
    """Both without a network, both take the same fee: one settles it, the other waits for a person; no đồng is lost."""
    town = towns(round_of_lan)
    one = await booked_for(town, "lan", "Đoàn Thị Đôi", 8_000)
    first = await a_phone(screens, round_of_lan, "lan")
    second = await a_phone(screens, round_of_lan, "lan")
    for phone in (first, second):
        await phone.page.context.set_offline(True)
        await phone.to_the_stop("Đoàn Thị Đôi")
        await phone.button("Đã đến", exact=True).click()
        await phone.identify()
        await phone.collect()
        await expect(phone.button("Thu tiền (đã xong)")).to_be_visible()
        await phone.button("Quay lại").click()
    for phone in (first, second):
        await phone.page.context.set_offline(False)
        await phone.counters(saved=3, received=3)
    shown = await one.shown()
    assert [charge["state"] for charge in shown["charges"]] == ["settled"]
    assert len([act for act in shown["timeline"] if act["kind"] == "collect"]) == 2, "both are in the book"
    town.adds_up()


async def test_a_phone_that_was_taken_away_reads_nothing_and_delivers_what_it_has(
    towns: Towns, screens: Screens, round_of_lan: Demo
) -> None:
    town = towns(round_of_lan)
    one = await booked_for(town, "tu", "Thạch Văn Mất", 8_000)
    phone = await a_phone(screens, round_of_lan, "tu")
    await phone.page.context.set_offline(True)
    await phone.to_the_stop("Thạch Văn Mất")
    await phone.button("Đã đến", exact=True).click()
    await phone.identify()
    before = await phone.page.evaluate(SHELVES)
    assert before["readable"] > 0
    assert before["sealed"] == 2
    await withdrawn(town, UUID(before["device"]))
    await phone.page.context.set_offline(False)
    await phone.kill_the_tab()
    await expect(phone.page.get_by_role("heading", name="Máy này đã bị thu hồi")).to_be_visible(timeout=30_000)
    assert "Thạch Văn Mất" not in await phone.page.inner_text("body")
    assert (await phone.page.evaluate(SHELVES))["readable"] == 0
    assert await waits_for_a_person(town, one.id)
    town.adds_up()


async def withdrawn(town: Town, device: UUID) -> None:
    """By the head of the post."""
    answer = await town.desk("sau").act(device, "revoke_device", {}, subject={"kind": "device", "id": device})
    assert answer.status_code in (200, 201), words(answer)


async def waits_for_a_person(town: Town, case: UUID) -> bool:
    """What the phone had done stands on the page of the case, and has not happened."""
    for _ in range(60):
        if "Xem xét: Đã đến" in (await town.desk("ut").page(f"/desk/cases/{case}")).text:
            return True
        await asyncio.sleep(0.5)
    return False
