"""Results on the courier's phone: taken along from the post, opened, signed for and handed over without a network; or
not handed over, sealed again and handed in."""

from uuid import UUID

import pytest
from playwright.async_api import expect

from tests.e2e.courier_phone import CourierPhone, courier, new_code
from tests.e2e.running_demo import Demo
from tests.e2e.screens import Screens
from tests.e2e.test_phone_without_barriers import in_every_look
from tests.stories.town import Towns

NGA = "Huỳnh Thị Nga"


@pytest.fixture(scope="module")
def base_url(round_of_lan: Demo) -> str:
    return round_of_lan.url


async def test_a_result_is_taken_along_and_handed_over_without_a_network(
    towns: Towns, screens: Screens, round_of_lan: Demo
) -> None:
    town, lan = towns(round_of_lan), courier(round_of_lan, "lan")
    ut = town.desk("ut")
    [case] = [UUID(one["case_id"]) for one in round_of_lan.cast["cases"] if one["owner"] == NGA]
    await ut.does(case, "offer", {"to": f"courier:{lan['person']}"})
    phone = await CourierPhone.new(screens)
    await phone.enrol(new_code(round_of_lan, "lan"))
    await phone.is_kept()
    before = await in_hand(phone)
    round_of_lan.kill()
    await phone.button("Giao nhận ở bưu cục").click()
    await phone.button("Đã nhận 0 bưu gửi").click()
    receiving = phone.page.locator("section.card", has_text="Nhận từ bưu cục")
    await expect(receiving.get_by_role("alert")).to_contain_text("Đánh dấu ít nhất một bưu gửi")
    await phone.page.get_by_label(NGA).check()
    await in_every_look(phone.page)
    await phone.button("Đã nhận 1 bưu gửi").dblclick()
    await expect(phone.page.get_by_text("Nhận từ bưu cục")).to_have_count(0)
    await phone.button("Quay lại").click()
    await phone.counters(saved=1, received=0)
    await expect(phone.page.get_by_text(f"Giấy tờ đang giữ {before + 1}")).to_be_visible()
    await phone.kill_the_tab()
    await phone.to_the_stop(NGA)
    await phone.button("Đã đến", exact=True).click()
    await phone.identify()
    await too_early(phone)
    await opens(phone)
    await phone.button("Người nhận ký").click()
    await expect(phone.page.get_by_text("NHẬN KẾT QUẢ")).to_be_visible()
    await in_every_look(phone.page)
    await phone.draws("Người nhận đã ký")
    await expect(phone.button("Người nhận ký (đã xong)")).to_be_visible()
    await phone.kill_the_tab()
    await phone.to_the_stop(NGA)
    await hands_over(phone)
    await phone.finish()
    await expect(phone.page.locator("p.state")).to_have_text("Hoàn thành")
    await phone.button("Quay lại").click()
    await expect(phone.page.get_by_text(f"Giấy tờ đang giữ {before}")).to_be_visible()
    await phone.counters(saved=7, received=0)
    round_of_lan.again()
    await phone.counters(saved=7, received=7)
    shown = await ut.shown(case)
    assert [(paper["holder_kind"], paper["state"]) for paper in shown["papers"] if paper["is_result"]] == [
        ("citizen", "with_citizen")
    ]
    assert shown["exceptions"] == []
    town.adds_up()


async def in_hand(phone: CourierPhone) -> int:
    """Papers, as the strip of the first screen counts them."""
    return int((await phone.page.get_by_text("Giấy tờ đang giữ").inner_text()).split()[-1])


async def too_early(phone: CourierPhone) -> None:
    """Nothing leaves the courier's hands before it is opened and signed for."""
    await phone.button("Trao tận tay").click()
    await phone.button("Đã trao kết quả").click()
    await expect(phone.page.get_by_role("alert")).to_contain_text("Mở kết quả trước mặt người nhận trước")
    await in_every_look(phone.page)
    await phone.button("Quay lại").click()


async def opens(phone: CourierPhone) -> None:
    await phone.button("Mở kết quả trước mặt người nhận").click()
    await phone.button("Đã mở và đếm đủ").click()
    await expect(phone.page.get_by_role("alert")).to_contain_text("Đếm và đánh dấu từng giấy tờ")
    await phone.page.get_by_role("checkbox").check()
    await in_every_look(phone.page)
    await phone.button("Đã mở và đếm đủ").click()


async def hands_over(phone: CourierPhone) -> None:
    """A digit misread is noticed on the phone; the owner was called instead; pressed twice it is handed over once."""
    await phone.button("Trao tận tay").click()
    await phone.page.get_by_role("checkbox").check()
    await phone.button("Đã trao kết quả").click()
    await expect(phone.page.get_by_role("alert")).to_contain_text("Gõ mã nhận kết quả, hoặc chọn cách khác")
    await phone.page.get_by_label("Mã nhận kết quả").fill("123456")
    await phone.button("Đã trao kết quả").click()
    await expect(phone.page.get_by_role("alert")).to_contain_text("đọc lại từng số trên thẻ")
    await phone.page.get_by_label("Mã nhận kết quả").fill("")
    await phone.page.get_by_label("Đã gọi chủ hồ sơ theo số đã ghi").check()
    await phone.button("Đã trao kết quả").dblclick()
    await expect(phone.button("Trao tận tay (đã xong)")).to_be_visible()
