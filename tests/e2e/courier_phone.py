"""A courier's phone in a browser: its screens by what stands on them, one visit step by step."""

import re
from collections.abc import Awaitable, Callable
from itertools import cycle
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.e2e.running_demo import Demo
from tests.e2e.screens import PHONE, Screens
from tests.stories.matter import Matter
from tests.stories.town import Town

PIN = "402917"
AT_THE_HOUSE = {"latitude": 10.5312, "longitude": 105.8391, "accuracy": 18}
PERMISSIONS = {"geolocation": AT_THE_HOUSE, "permissions": ["geolocation"]}


def courier(demo: Demo, account: str) -> dict[str, Any]:
    return next(one for one in demo.cast["couriers"] if one["account"] == account)


def new_code(demo: Demo, account: str) -> str:
    """A set-up code that no phone has used."""
    return courier(demo, account)["enrolment_codes"].pop()


def labels_of(demo: Demo, person: str) -> list[str]:
    return [label["label"] for label in demo.cast["labels"] if label["holder"] == person]


SIX_DIGITS = re.compile(r"^\d{3} \d{3}$")
"""Of the courier's code, which is reckoned after its page is there."""
DELIVERED = 90_000
"""Milliseconds: a phone that was not heard tries again later each time, up to fifteen seconds."""
WINDOWS = cycle(("08:00-09:00", "09:00-10:00", "13:00-14:00", "14:00-15:00", "15:00-16:00", "16:00-17:00"))
"""None of them has room for all houses of the tests."""


async def booked_for(town: Town, account: str, name: str, *fees: int) -> Matter:
    """A pick-up of today, agreed with a citizen of that name."""
    one = await Matter.registered(town, owner_name=name)
    await one.confirmed(*(fee for fee in fees if fee))
    await one.booked(account, await town.today(), next(WINDOWS))
    return one


class CourierPhone:
    """`page`: its one tab; a tab that is closed is opened again in the same phone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @classmethod
    async def new(cls, screens: Screens, **more: Any) -> "CourierPhone":
        page = await screens.open(**PHONE, **PERMISSIONS, **more)
        return cls(page)

    def button(self, name: str | re.Pattern[str], *, exact: bool = False) -> Locator:
        return self.page.get_by_role("button", name=name, exact=exact)

    async def enrol(self, code: str, pin: str = PIN) -> None:
        await self.page.goto("/courier/")
        await self.page.get_by_label("Mã kích hoạt").fill(code)
        await self.button("Kích hoạt", exact=True).click()
        await self.choose_pin(pin)

    async def choose_pin(self, pin: str = PIN) -> None:
        await self.page.get_by_label("Mã PIN (6 số)").fill(pin)
        await self.page.get_by_label("Gõ lại mã PIN").fill(pin)
        await self.button("Lưu mã PIN").click()
        await expect(self.page.get_by_text("Cập nhật lúc")).to_be_visible()

    async def is_kept(self) -> None:
        """All that a day needs lies on the phone: from now on it starts, and works, without a network."""
        await expect(self.page.get_by_text("dùng được khi mất mạng")).to_be_visible(timeout=DELIVERED)
        await self.page.evaluate(
            """async () => {
                await navigator.serviceWorker.ready;
                if (!navigator.serviceWorker.controller)
                    await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done));
            }"""
        )

    async def lock(self) -> None:
        """What is pressed next is pressed on the locked screen."""
        await self.button("Khóa máy").click()
        await expect(self.page.get_by_role("heading", name="Mở khóa")).to_be_visible()

    async def unlock(self, pin: str = PIN) -> None:
        await self.page.get_by_label("Mã PIN (6 số)").fill(pin)
        await self.button("Mở khóa").click()

    async def touched_is_kept(self) -> None:
        """What is half filled in lies on the phone: each touch is written as it is made, under a lock."""
        await self.page.evaluate(
            """async () => {
                const { held, pending } = await navigator.locks.query();
                const drafts = [...held, ...pending].map((one) => one.name).filter((name) => name.startsWith('draft '));
                for (const name of drafts) await navigator.locks.request(name, () => undefined);
            }"""
        )

    async def kill_the_tab(self) -> None:
        """As the system does it: nothing on the page is asked."""
        context = self.page.context
        fresh = await context.new_page()
        await self.page.close(run_before_unload=False)
        self.page = fresh
        await fresh.goto("/courier/")

    async def counters(self, saved: int, received: int) -> None:
        top = self.page.locator(".counters")
        await expect(top).to_contain_text(f"Đã lưu trên máy {saved}")
        await expect(top).to_contain_text(f"Trung tâm đã nhận {received}", timeout=DELIVERED)

    async def all_received(self) -> None:
        """Whatever was kept on the phone, the centre has."""
        await expect(self.page.locator(".counters .whole")).to_be_visible(timeout=DELIVERED)

    # What lies on it

    async def kept(self, shelf: str, name: str | None = None) -> Any:
        """One value of a shelf of the phone, or all of it."""
        return await self.page.evaluate(
            """([shelf, name]) => new Promise((done, failed) => {
                const asked = indexedDB.open('tannha');
                asked.onerror = () => failed(asked.error);
                asked.onsuccess = () => {
                    const place = asked.result.transaction(shelf).objectStore(shelf);
                    const found = name === null ? place.getAll() : place.get(name);
                    found.onsuccess = () => { asked.result.close(); done(found.result); };
                };
            })""",
            [shelf, name],
        )

    async def device(self) -> str:
        return (await self.kept("device", "session"))["device"]

    async def lease_end(self) -> int:
        """Milliseconds since 1970."""
        return (await self.kept("device", "lease"))["until"]

    async def lease_ends_in(self, seconds: int) -> int:
        """As if the day were nearly over."""
        return await self.page.evaluate(
            """(seconds) => new Promise((done) => {
                const asked = indexedDB.open('tannha');
                asked.onsuccess = () => {
                    const both = asked.result.transaction('device', 'readwrite').objectStore('device');
                    const session = both.get('session');
                    const lease = both.get('lease');
                    lease.onsuccess = () => {
                        const until = Date.now() + (session.result.ahead ?? 0) + seconds * 1000;
                        both.put({ ...lease.result, until }, 'lease').onsuccess = () => {
                            asked.result.close();
                            done(until);
                        };
                    };
                };
            })""",
            seconds,
        )

    # One visit

    async def arrive(self) -> None:
        await self.button("Đã đến", exact=True).click()
        await expect(self.button("Giấy tờ nhận")).to_be_visible()

    async def to_the_house(self) -> None:
        await self.button("Mở việc", exact=True).click()
        await expect(self.button("Giấy tờ nhận")).to_be_visible()

    async def to_the_stop(self, name: str) -> None:
        """Whether it is the next one or another of the day."""
        card = self.page.locator("section.next", has_text=name).get_by_role("button", name="Mở việc", exact=True)
        await card.or_(self.button(f"Mở việc của {name}")).first.click()

    async def to_step(self, name: str) -> None:
        """Its page is there: what stands on it may be counted."""
        await self.button(name).first.click()
        await expect(self.page.get_by_role("heading", name=name, level=1)).to_be_visible()

    async def identify(self) -> None:
        await self.button("Kiểm tra giấy tờ tùy thân").first.click()
        await self.page.get_by_role("group", name="Gặp ai?").get_by_role("radio").first.check()
        await self.page.get_by_label("Thẻ căn cước").check()
        await self.button("Đúng người").click()
        await expect(self.button("Kiểm tra giấy tờ tùy thân (đã xong)").first).to_be_visible()

    async def tell(self) -> None:
        await self.button("Thông báo xử lý dữ liệu").click()
        await self.button("Đã đọc cho nghe").click()

    async def take_papers(self) -> None:
        await self.to_step("Giấy tờ nhận")
        for more in await self.button("Bản chính +1").all():
            await more.click()
        for seen in await self.page.get_by_label("Đã xem bản chính").all():
            await seen.check()
        await self.button("Nhận giấy tờ", exact=True).click()

    async def collect(self) -> None:
        await self.button("Thu tiền").click()
        await self.button("Đã thu").click()

    async def sign(self) -> None:
        """By whoever was met: in their own name, or for the owner."""
        await self.button("Ký Phiếu gửi hồ sơ").click()
        await self.draws(re.compile("Công dân đã ký|Đã ký thay chủ hồ sơ"))

    async def draws(self, word: str | re.Pattern[str]) -> None:
        """With a finger, where it says so."""
        slate = self.page.locator("canvas[data-ready]")
        await expect(slate).to_be_visible()
        await slate.scroll_into_view_if_needed()
        box = await slate.bounding_box()
        assert box is not None
        await self.page.mouse.move(box["x"] + 30, box["y"] + 60)
        await self.page.mouse.down()
        for step in range(20):
            await self.page.mouse.move(box["x"] + 30 + step * 10, box["y"] + 60 + (step % 5) * 12)
        await self.page.mouse.up()
        await self.button(word).click()

    async def seal(self, label: str, number: str) -> None:
        await self.button("Niêm phong", exact=False).first.click()
        await self.page.get_by_label("Nhãn", exact=True).fill(label)
        await self.page.get_by_label("Số niêm phong").fill(number)
        await self.page.locator("button[type=submit]").click()

    async def finish(self) -> None:
        await self.button("Hoàn thành").click()
        await self.page.locator("button[type=submit]").click()

    async def is_ticked(self, step: str) -> bool:
        return await self.page.get_by_role("button", name=f"{step} (đã xong)").count() > 0


Step = Callable[[CourierPhone], Awaitable[None]]


async def serve(phone: CourierPhone, label: str, number: str) -> None:
    """All of a pick-up, from the house's page to its end."""
    await phone.identify()
    await phone.tell()
    await phone.take_papers()
    await phone.collect()
    await phone.sign()
    await phone.seal(label, number)
    await expect(phone.button("Niêm phong (đã xong)")).to_be_visible()
    await phone.finish()
    await expect(phone.page.locator("p.state")).to_have_text("Hoàn thành")
