"""A courier's day on the phone: begun, changed, something went wrong, counted, closed, signed out (S31, S32).

Also without a network."""

import asyncio
import re
from collections.abc import Generator

import httpx
import pytest
from playwright.async_api import expect

from tests.e2e.camera import CANVAS
from tests.e2e.courier_phone import DELIVERED, PERMISSIONS, SIX_DIGITS, CourierPhone, courier, labels_of, serve
from tests.e2e.running_demo import MORNING, Demo, running_demo
from tests.e2e.screens import PHONE, Screens
from tests.e2e.test_phone_without_barriers import in_every_look
from tests.pages import forms, plain
from tests.stories.test_s35_is_it_really_the_courier import checks
from tests.stories.town import Town, Towns

LAN = "Nguyễn Thị Lan"
FLOAT, FIRST, SECOND = 300_000, 8_000, 20_000
"""Đồng: what goes out, and the fees of Lan's first two houses."""


@pytest.fixture(scope="module")
def day() -> Generator[Demo]:
    """A demo whose days are begun and closed here alone."""
    with running_demo(TANNHA_NOW=MORNING) as demo:
        yield demo


@pytest.fixture(scope="module")
def base_url(day: Demo) -> str:
    return day.url


async def let_in(screens: Screens, demo: Demo, account: str, code: int, *, film: bool = False) -> CourierPhone:
    phone = CourierPhone(await screens.open(**PHONE, **PERMISSIONS))
    if film:
        await phone.page.add_init_script(CANVAS)
    await phone.enrol(courier(demo, account)["enrolment_codes"][code])
    await phone.is_kept()
    return phone


async def money(phone: CourierPhone, amount: int) -> None:
    await expect(phone.page.locator(".strip")).to_contain_text(f"Tiền đang giữ {amount:,} đ".replace(",", "."))


async def counts_notes(phone: CourierPhone, amount: int) -> None:
    """In the largest notes."""
    for note in (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000):
        many, amount = divmod(amount, note)
        field = phone.page.get_by_label(f"tờ {note:,} đ".replace(",", "."), exact=True)
        await field.fill(str(many) if many else "")
    assert amount == 0


async def begins(phone: CourierPhone, amount: int = FLOAT) -> None:
    await phone.button("Đầu ca").click()
    await counts_notes(phone, amount)
    await phone.page.get_by_label("Đếm đúng").check()
    await phone.button("Vào ca và nhận việc").click()
    await money(phone, amount)


async def to_the_count(phone: CourierPhone, counted: int) -> None:
    await phone.page.locator(".strip").click()
    await phone.button("Chốt ca").click()
    await counts_notes(phone, counted)
    await phone.page.get_by_label("Đếm đúng").check()


async def home(phone: CourierPhone) -> None:
    """From the page of the day to the first screen."""
    await phone.button("Quay lại").click()
    await expect(phone.page.locator(".strip")).to_be_visible()


async def collects_here(phone: CourierPhone) -> None:
    """At the next house, and nothing else."""
    await phone.arrive()
    await phone.identify()
    await phone.collect()
    await phone.button("Quay lại").click()


async def sections_of(town: Town, name: str) -> list[httpx.Response]:
    """A courier's days on Út's page."""
    page = (await town.desk("ut").page("/desk/shifts")).text
    return [httpx.Response(200, text=one) for one in re.findall(r"<section.*?</section>", page, re.S) if name in one]


async def signs(town: Town, name: str) -> int:
    """By Út, on the page: the one day of that courier that waits for a signature."""
    [drawn] = [form for one in await sections_of(town, name) for form in forms(one, "countersign_close")]
    return (await town.desk("ut").send("/desk/shifts", drawn)).status_code


async def days_of(town: Town, name: str) -> list[str]:
    """What Út reads of a courier's days."""
    return [plain(one.text) for one in await sections_of(town, name)]


async def is_final(town: Town, name: str, how_many: int) -> bool:
    """Without a hand: a timer sees that what was awaited has come."""
    for _ in range(120):
        if sum("Đã chốt" in one for one in await days_of(town, name)) == how_many:
            return True
        await asyncio.sleep(0.5)
    return False


async def test_the_round_is_sketched_without_a_network(screens: Screens, day: Demo) -> None:
    phone = await let_in(screens, day, "lan", 6)
    await phone.page.context.set_offline(True)
    await phone.button("Sơ đồ tuyến").click()
    lines = phone.page.locator("ol .line")
    await expect(lines).to_have_count(3)
    await expect(lines.nth(1)).to_contain_text("Từ điểm trước: 750 m về hướng đông bắc")
    await expect(phone.page.get_by_text("Còn 1 điểm chưa biết vị trí")).to_be_visible()
    await in_every_look(phone.page)
    await phone.button("Mở việc của Trần Văn Ba").click()
    await expect(phone.page.get_by_role("heading", name="Trần Văn Ba")).to_be_visible()


async def test_counted_while_a_slip_is_still_on_the_phone(towns: Towns, screens: Screens, day: Demo) -> None:
    """Without a network from the first house on; when the phone is heard the day becomes final without a hand."""
    town, phone = towns(day), await let_in(screens, day, "lan", 0)
    await expect(phone.page.get_by_text("Chưa vào ca")).to_be_visible()
    await begins(phone)
    await phone.counters(saved=2, received=2)
    await phone.page.context.set_offline(True)
    await phone.arrive()
    await serve(phone, labels_of(day, courier(day, "lan")["person"])[0], "NP00000001")
    await phone.button("Quay lại").click()
    await money(phone, FLOAT + FIRST)
    await to_the_count(phone, FLOAT + FIRST)
    await phone.touched_is_kept()
    await phone.kill_the_tab()
    await phone.page.locator(".strip").click()
    await phone.button("Chốt ca").click()
    await expect(phone.page.get_by_text("Cộng: 308.000 đ")).to_be_visible()
    await phone.page.get_by_label("Đếm đúng").check()
    await expect(phone.button("Chốt ca")).to_have_count(0)
    await phone.button("Tạm chốt").dblclick()
    await home(phone)
    await expect(phone.page.get_by_text("Tạm chốt · Chờ đồng bộ 8.000 đ")).to_be_visible()
    await money(phone, 0)
    await phone.page.context.set_offline(False)
    await phone.counters(saved=12, received=12)
    await expect(phone.page.get_by_text("Chờ đồng bộ")).to_have_count(0)
    assert await signs(town, LAN) == 303
    assert await is_final(town, LAN, 1)
    assert not any("Chênh lệch" in one for one in await days_of(town, LAN))
    town.adds_up()


async def test_counted_on_another_phone_while_the_first_is_silent(towns: Towns, screens: Screens, day: Demo) -> None:
    """S32: the slip hangs on a silent phone; S31: what it may have done is marked on the other."""
    town, dead = towns(day), await let_in(screens, day, "lan", 1)
    await dead.page.locator(".strip").click()
    await dead.button("Đầu ca").click()
    await counts_notes(dead, FLOAT)
    await dead.page.get_by_label("Đếm đúng").check()
    await dead.button("Vào ca và nhận việc").click()
    await home(dead)
    await money(dead, FLOAT)
    await dead.counters(saved=2, received=2)
    await dead.page.context.set_offline(True)
    await collects_here(dead)
    other = await let_in(screens, day, "lan", 2)
    await expect(other.page.get_by_text("Có thể đã làm trên máy khác").first).to_be_visible()
    await money(other, FLOAT)
    await to_the_count(other, FLOAT + SECOND)
    await other.page.get_by_label("Thu trên máy khác").fill(str(SECOND))
    await other.button("Tạm chốt").click()
    await home(other)
    await other.counters(saved=1, received=1)
    told = next(one for one in await days_of(town, LAN) if "Tạm chốt" in one)
    assert "Chờ đồng bộ 20.000 đ" in told
    assert await signs(town, LAN) == 303
    assert any("Tạm chốt" in one for one in await days_of(town, LAN)), "a signature does not make up for a slip"
    await dead.page.context.set_offline(False)
    await dead.counters(saved=5, received=5)
    assert await is_final(town, LAN, 2)
    town.adds_up()


async def test_a_count_that_is_short_needs_a_reason(towns: Towns, screens: Screens, day: Demo) -> None:
    town, phone, tu = towns(day), await let_in(screens, day, "tu", 0), courier(day, "tu")
    await begins(phone)
    await phone.all_received()
    await phone.page.locator(".strip").click()
    await phone.button("Nộp quỹ").click()
    await phone.page.get_by_label("Số tiền nộp").fill("400000")
    await phone.page.locator("button[type=submit]").click()
    await expect(phone.page.get_by_role("alert")).to_contain_text("300.000 đ")
    await phone.page.get_by_label("Số tiền nộp").fill("100000")
    await phone.page.locator("button[type=submit]").dblclick()
    await home(phone)
    await money(phone, 200_000)
    await phone.all_received()
    await to_the_count(phone, 195_000)
    await phone.button("Chốt ca").click()
    await expect(phone.page.get_by_role("alert")).to_contain_text("Tiền đếm được khác sổ mà chưa có lý do")
    await phone.page.get_by_label("Trả nhầm tiền thừa").check()
    await phone.button("Chốt ca").click()
    await expect(phone.page.get_by_text("Đã đếm, chờ người thứ hai ký")).to_be_visible()
    await home(phone)
    await phone.all_received()
    assert await signs(town, tu["name"]) == 303
    told = await days_of(town, tu["name"])
    assert any("Đã chốt" in one and "Chênh lệch -5.000 đ" in one for one in told), told
    town.adds_up()


async def test_an_incident_stands_on_the_visit_at_once(towns: Towns, screens: Screens, day: Demo) -> None:
    """With a picture, without a network, and a tab that is killed before it is reported."""
    town, phone = towns(day), await let_in(screens, day, "lan", 3, film=True)
    await phone.page.context.set_offline(True)
    await phone.button("Báo sự cố").click()
    await phone.button("Báo sự cố này").click()
    await expect(phone.page.get_by_role("alert")).to_contain_text("Chọn việc gì xảy ra")
    await phone.page.get_by_label("Đe dọa, chó dữ").check()
    await phone.page.get_by_label("Chó dữ", exact=True).check()
    next_one = await phone.page.locator("summary").first.inner_text()
    await phone.page.locator("summary").first.click()
    await phone.page.get_by_label("Cả hồ sơ").first.check()
    await phone.page.get_by_label("Ở đâu").fill("Trước cổng")
    await phone.button("Chụp ảnh sự cố").click()
    await expect(phone.page.locator("video")).to_have_js_property("videoWidth", 1280)
    await phone.button("Chụp", exact=True).click()
    await expect(phone.page.get_by_role("status")).to_contain_text("1")
    await phone.button("Xong", exact=True).click()
    await expect(phone.page.get_by_text("Đã chụp 1 ảnh")).to_be_visible()
    await phone.touched_is_kept()
    await phone.kill_the_tab()
    await phone.button("Báo sự cố").click()
    await expect(phone.page.get_by_text("Đã chụp 1 ảnh")).to_be_visible()
    await expect(phone.page.get_by_label("Chó dữ", exact=True)).to_be_checked()
    await phone.button("Báo sự cố này").dblclick()
    touched = phone.page.locator("section, li").filter(has_text=next_one.split(" · ")[0]).filter(has_text="Có sự cố")
    await expect(touched.first).to_be_visible()
    await phone.page.context.set_offline(False)
    await phone.counters(saved=1, received=1)
    assert "Chó dữ" in (await town.desk("ut").page("/desk/incidents")).text
    town.adds_up()


async def test_what_changed_on_the_list_is_said_until_it_is_understood(
    towns: Towns, screens: Screens, day: Demo
) -> None:
    town, phone = towns(day), await let_in(screens, day, "lan", 4)
    await phone.page.locator(".strip").click()
    await phone.button("Đầu ca").click()
    await phone.page.get_by_label("Đếm đúng").check()
    await phone.button("Vào ca và nhận việc").click()
    await home(phone)
    await phone.counters(saved=2, received=2)
    await expect(phone.button("Đã rõ")).to_have_count(0)
    shown = await phone.page.locator(".who, .line:not(.over) .head").all_inner_texts()
    case = next(one for one in day.cast["cases"] if any(one["owner"] in name for name in shown))
    await town.desk("ut").does(case["case_id"], "cancel", {"reason": "citizen_asked"})
    await expect(phone.page.get_by_text(f"Đã hủy: {case['owner']}")).to_be_visible(timeout=DELIVERED)
    await phone.page.context.set_offline(True)
    await phone.button("Đã rõ").dblclick()
    await expect(phone.page.get_by_text("Đã hủy:")).to_have_count(0)
    await phone.page.context.set_offline(False)
    await phone.counters(saved=3, received=3)
    await phone.kill_the_tab()
    await phone.counters(saved=3, received=3)
    await expect(phone.page.get_by_text("Đã hủy:")).to_have_count(0)
    town.adds_up()


async def test_s35_whoever_stands_at_the_gate_may_ask_whether_it_is_the_courier(
    towns: Towns, screens: Screens, day: Demo
) -> None:
    """In the shift that was begun before. The phone has no network; the code is read from its screen."""
    town, phone, lan = towns(day), await let_in(screens, day, "lan", 5), courier(day, "lan")
    await phone.page.context.set_offline(True)
    await phone.button("Mã xác minh").click()
    await expect(phone.page.get_by_text(f"Số hiệu: {lan['badge']}")).to_be_visible()
    shown = phone.page.locator(".code")
    await expect(shown).to_have_text(SIX_DIGITS)
    code = (await shown.inner_text()).replace(" ", "")
    wrong = f"{(int(code[0]) + 1) % 10}{code[1:]}"
    assert "không đưa giấy tờ, không chuyển tiền" in (await checks(town, lan["badge"], wrong)).text
    assert "đang trong ca" in (await checks(town, lan["badge"], code)).text


async def test_signed_out_only_when_the_centre_has_everything(screens: Screens, day: Demo) -> None:
    tu = courier(day, "tu")
    phone = await let_in(screens, day, "tu", 1)
    await phone.page.context.set_offline(True)
    await phone.button("Báo sự cố").click()
    await phone.page.get_by_label("Tai nạn").check()
    await phone.button("Báo sự cố này").click()
    await phone.page.locator(".strip").click()
    await phone.button("Đăng xuất khỏi máy này").click()
    await phone.button("Đăng xuất", exact=True).click()
    await expect(phone.page.get_by_role("alert")).to_contain_text("còn 1 việc và 0 ảnh chưa gửi")
    await phone.lock()
    await phone.page.context.set_offline(False)
    await expect(phone.page.get_by_text("Trung tâm đã nhận 1")).to_be_visible(timeout=DELIVERED)
    await phone.unlock()
    await phone.button("Đăng xuất", exact=True).click()
    await expect(phone.page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    assert await shelves(phone) == {"readable": [], "lease": [], "unsent": []}
    await phone.kill_the_tab()
    await phone.page.get_by_label("Tài khoản").fill("tu")
    await phone.page.get_by_label("Mật khẩu").fill(tu["password"])
    await phone.button("Đăng nhập").click()
    await phone.choose_pin()
    await phone.counters(saved=1, received=1)


async def shelves(phone: CourierPhone) -> dict[str, list[str]]:
    """What can still be read on the phone, and what was not sent."""
    return await phone.page.evaluate(
        """() => new Promise((done, failed) => {
            const asked = indexedDB.open('tannha');
            asked.onerror = () => failed(asked.error);
            asked.onsuccess = () => {
                const shelves = asked.result.transaction(['readable', 'device', 'outbox']);
                const readable = shelves.objectStore('readable').getAllKeys();
                const device = shelves.objectStore('device').getAllKeys();
                const outbox = shelves.objectStore('outbox').getAll();
                shelves.oncomplete = () => done({
                    readable: readable.result,
                    lease: device.result.filter((name) => ['lease', 'open'].includes(name)),
                    unsent: outbox.result.filter((one) => one.standing === null).map((one) => one.kind),
                });
            };
        })"""
    )
