"""The courier's phone without a network: whole visits, killed tabs, swallowed answers; then everything is at the centre
once."""

import random
from collections import Counter

import pytest
from playwright.async_api import Route, expect

from tests.e2e.courier_phone import CourierPhone, Step, courier, labels_of, new_code, serve
from tests.e2e.running_demo import Demo
from tests.e2e.screens import Screens
from tests.e2e.test_phone_without_barriers import in_every_look
from tests.stories.town import Town

KINDS = (
    "record_arrival",
    "check_identity",
    "show_notice",
    "take_papers",
    "collect",
    "sign",
    "seal",
    "finish_visit",
)


@pytest.fixture(scope="module")
def base_url(round_of_lan: Demo) -> str:
    return round_of_lan.url


def verified(demo: Demo) -> None:
    """The verifier tells every act again and counts every paper and đồng."""
    Town(demo).adds_up()


async def test_a_visit_with_the_server_killed_from_a_cold_start(screens: Screens, round_of_lan: Demo) -> None:
    lan = courier(round_of_lan, "lan")
    phone = await CourierPhone.new(screens)
    await phone.enrol(new_code(round_of_lan, "lan"))
    await phone.is_kept()
    round_of_lan.kill()
    await phone.kill_the_tab()
    await expect(phone.page.get_by_text("Nguyễn Thị Huệ")).to_be_visible()
    await phone.arrive()
    await phone.finish()
    await expect(phone.page.get_by_role("alert")).to_contain_text("Chưa nhận giấy tờ nào")
    await phone.button("Quay lại").click()
    await serve(phone, labels_of(round_of_lan, lan["person"])[0], "NP00000001")
    await phone.button("Quay lại").click()
    await phone.counters(saved=9, received=0)
    round_of_lan.again()
    await phone.counters(saved=9, received=9)
    verified(round_of_lan)


async def test_killed_after_every_press_no_step_is_lost_and_none_is_done_twice(
    screens: Screens, round_of_lan: Demo
) -> None:
    """At the next houses the tab is killed again and again, at moments by chance after a press."""
    lan, chance = courier(round_of_lan, "lan"), random.Random(20261128)
    phone = await CourierPhone.new(screens)
    await phone.enrol(new_code(round_of_lan, "lan"))
    await phone.is_kept()
    labels, kills = labels_of(round_of_lan, lan["person"])[1:], 0
    for house in range(2):
        steps: list[tuple[str, Step]] = [
            ("Kiểm tra giấy tờ tùy thân", CourierPhone.identify),
            ("Thông báo xử lý dữ liệu", CourierPhone.tell),
            ("Giấy tờ nhận", CourierPhone.take_papers),
            ("Thu tiền", CourierPhone.collect),
            ("Ký Phiếu gửi hồ sơ", CourierPhone.sign),
            ("Niêm phong", lambda one, at=house: one.seal(labels[at], f"NP1000000{at}")),
        ]
        await phone.arrive()
        for name, step in steps:
            for patience in range(1, 9):
                if await phone.is_ticked(name):
                    break
                await step(phone)
                # Longer each time: on a slow machine what was pressed may not be kept as soon.
                if patience < 8:
                    await phone.page.wait_for_timeout(chance.randrange(0, 120 * patience))
                else:
                    await expect(phone.button(f"{name} (đã xong)").first).to_be_visible()
                kills += 1
                await phone.kill_the_tab()
                await phone.to_the_house()
            await expect(phone.page.get_by_role("button", name=f"{name} (đã xong)")).to_be_visible()
        await phone.finish()
        await expect(phone.page.locator("p.state")).to_have_text("Hoàn thành")
        await phone.button("Quay lại").click()
    assert kills >= 12
    kinds = await made(phone)
    assert {kind: kinds[kind] for kind in KINDS} == dict.fromkeys(KINDS, 2)
    total = sum(kinds.values())
    await phone.counters(saved=total, received=total)
    verified(round_of_lan)


async def made(phone: CourierPhone) -> Counter[str]:
    """Kinds of the acts that lie on the phone."""
    return Counter(one["kind"] for one in await phone.kept("outbox"))


async def test_answers_that_are_swallowed_double_nothing(screens: Screens, round_of_lan: Demo) -> None:
    """The centre hears each act, and the phone does not hear the centre."""
    swallowed = 0
    phone = await CourierPhone.new(screens)
    await phone.enrol(new_code(round_of_lan, "lan"))

    async def swallow(route: Route) -> None:
        nonlocal swallowed
        if swallowed >= 3:
            return await route.continue_()
        swallowed += 1
        await route.fetch()
        await route.abort("connectionreset")

    await phone.page.route("**/api/courier/sync/acts", swallow)
    await phone.button("Bắt đầu đi").click()
    await phone.counters(saved=1, received=1)
    assert swallowed == 3
    verified(round_of_lan)


async def test_a_page_that_is_reloaded_without_a_network_is_still_locked(screens: Screens, round_of_lan: Demo) -> None:
    phone = await CourierPhone.new(screens)
    await phone.enrol(new_code(round_of_lan, "lan"))
    await phone.is_kept()
    await phone.lock()
    await phone.page.context.set_offline(True)
    await phone.kill_the_tab()
    await expect(phone.page.get_by_role("heading", name="Mở khóa")).to_be_visible()
    await phone.unlock("111112")
    await expect(phone.page.get_by_role("alert")).to_contain_text("Còn 9 lần thử")
    assert "Nguyễn" not in await phone.page.inner_text("body")
    await phone.unlock()
    await expect(phone.page.get_by_text("Việc kế tiếp")).to_be_visible()


async def test_a_phone_says_when_it_can_leave_the_network(screens: Screens, round_of_lan: Demo) -> None:
    """The list is there; the network went before the forms came."""
    phone = await CourierPhone.new(screens)
    forms = "**/api/courier/forms/**"
    await phone.page.context.route(forms, lambda one: one.abort())
    await phone.enrol(new_code(round_of_lan, "lan"))
    missing = phone.page.get_by_text("Chưa tải đủ để làm việc khi mất mạng")
    await expect(missing).to_be_visible()
    await in_every_look(phone.page)
    await phone.page.context.unroute(forms)
    await phone.is_kept()
    await expect(missing).to_have_count(0)
    await phone.page.context.set_offline(True)
    await phone.kill_the_tab()
    await expect(phone.page.get_by_text("dùng được khi mất mạng")).to_be_visible()


async def test_ten_wrong_pins_leave_nothing_to_read(screens: Screens, round_of_lan: Demo) -> None:
    lan = courier(round_of_lan, "lan")
    phone = await CourierPhone.new(screens)
    await phone.enrol(new_code(round_of_lan, "lan"))
    await phone.lock()
    for guess in range(9):
        await phone.unlock(f"73915{guess}")
        await expect(phone.page.get_by_role("alert")).to_contain_text(f"Còn {9 - guess} lần thử")
    await phone.unlock("739159")
    await expect(phone.page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    await phone.page.get_by_label("Tài khoản").fill("lan")
    await phone.page.get_by_label("Mật khẩu").fill(lan["password"])
    await phone.button("Đăng nhập").click()
    await phone.choose_pin("618205")
    await expect(phone.page.get_by_text("Việc kế tiếp").or_(phone.page.get_by_text("Đã đi hết"))).to_be_visible()
