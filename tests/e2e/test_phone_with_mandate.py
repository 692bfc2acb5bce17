"""Somebody comes for the owner whom the case does not name: at the door, without a network, the courier records the
paper by which they act, meets them and lets them sign. What paper or procedure do not allow is said there too."""

from datetime import date, timedelta

import pytest
from playwright.async_api import expect

from tests.documents.pages_seen import GOOD, held, sheet
from tests.e2e.camera import UPRIGHT, hold_up, replace_camera
from tests.e2e.courier_phone import PERMISSIONS, WINDOWS, CourierPhone, courier, labels_of, new_code
from tests.e2e.running_demo import Demo
from tests.e2e.screens import PHONE, Screens
from tests.e2e.test_phone_without_barriers import in_every_look
from tests.stories.matter import Matter
from tests.stories.town import Town, Towns

MEETING, SIGNING, RECORDING = "Kiểm tra giấy tờ tùy thân", "Ký Phiếu gửi hồ sơ", "Ghi giấy ủy quyền"
WEDDING = "1.000593"
"""Marriage at the citizens' home: both in person, whatever anybody shows."""


@pytest.fixture(scope="module")
def base_url(round_of_lan: Demo) -> str:
    return round_of_lan.url


def written(day: date) -> str:
    """As it stands on paper."""
    return day.strftime("%d/%m/%Y")


async def booked(town: Town, owner: str, **typed: str) -> Matter:
    """A pick-up of today by Lan, without money."""
    one = await Matter.registered(town, owner_name=owner, **typed)
    await one.confirmed()
    await one.booked("lan", await town.today(), next(WINDOWS))
    return one


async def at_the_door(screens: Screens, demo: Demo, name: str) -> CourierPhone:
    """Without a network, where the courier asks who is there. `name`: by whom the house is called."""
    page = await screens.open(**PHONE, **PERMISSIONS)
    await replace_camera(page, UPRIGHT)
    phone = CourierPhone(page)
    await phone.enrol(new_code(demo, "lan"))
    await phone.is_kept()
    await page.context.set_offline(True)
    await phone.to_the_stop(name)
    await phone.button("Đã đến", exact=True).click()
    await phone.to_step(MEETING)
    return phone


async def says_who_acts(phone: CourierPhone, name: str, relation: str) -> None:
    page = phone.page
    await page.get_by_label("Người chưa có trong hồ sơ").check()
    await page.get_by_label("Họ và tên").fill(name)
    await page.get_by_label("Ngày sinh").fill("02/09/1990")
    await page.get_by_label("Số căn cước").fill("087090001234")
    await page.get_by_label("Điện thoại của người làm thay").fill("0912.345.678")
    await page.get_by_label("Người làm thay là gì của chủ hồ sơ?").select_option(relation)


async def shows(phone: CourierPhone, paper: str, first: str, last: str) -> None:
    """A paper, with what stands on it."""
    page = phone.page
    await page.get_by_label(paper, exact=True).check()
    await page.get_by_label("Có hiệu lực từ ngày").fill(first)
    await page.get_by_label("Đến hết ngày").fill(last)


async def is_refused(phone: CourierPhone, why: str) -> None:
    await phone.button("Lưu giấy này").click()
    await expect(phone.page.get_by_role("alert")).to_contain_text(why)


async def photographs_it(phone: CourierPhone) -> None:
    page = phone.page
    await phone.button("Chụp giấy này").click()
    await page.locator("video").wait_for()
    await hold_up(page, held(sheet(), GOOD), UPRIGHT)
    await phone.button("Chụp", exact=True).click()
    await phone.button("Dùng ảnh này").or_(phone.button("Vẫn dùng ảnh này")).click()
    await expect(page.get_by_text("Đã chụp giấy.")).to_be_visible()


async def meets(phone: CourierPhone, name: str) -> None:
    """From the page that asks who is there, back to the house."""
    await phone.page.get_by_role("group", name="Gặp ai?").get_by_label(name).check()
    await phone.page.get_by_label("Thẻ căn cước").check()
    await phone.button("Đúng người").click()
    await expect(phone.button(f"{MEETING} (đã xong)")).to_be_visible()


async def test_a_son_with_a_mandate_is_met_and_signs_without_a_network(
    towns: Towns, screens: Screens, round_of_lan: Demo
) -> None:
    town, owner, son = towns(round_of_lan), "Lâm Thị Ủy", "Lâm Văn Quyền"
    one = await booked(town, owner)
    today = date.fromisoformat(await town.today())
    label = labels_of(round_of_lan, courier(round_of_lan, "lan")["person"])[-5]
    phone = await at_the_door(screens, round_of_lan, owner)
    await is_told_what_is_wrong(phone, son, today)
    await photographs_it(phone)
    await in_every_look(phone.page)
    await phone.touched_is_kept()
    await phone.kill_the_tab()
    page = phone.page
    await phone.to_the_stop(owner)
    await phone.to_step(MEETING)
    await phone.button(RECORDING).click()
    await expect(page.get_by_label("Họ và tên")).to_have_value(son)
    await expect(page.get_by_text("Đã chụp giấy.")).to_be_visible()
    await phone.button("Lưu giấy này").dblclick()
    await expect(page.get_by_role("heading", name=MEETING, level=1)).to_be_visible()
    await meets(phone, son)
    await phone.tell()
    await phone.take_papers()
    await signs(phone, f"{son} · Người được ủy quyền · giấy đến hết ngày {written(today)}")
    await phone.seal(label, "NP30000001")
    await expect(phone.button("Niêm phong (đã xong)")).to_be_visible()
    await phone.finish()
    await expect(page.locator("p.state")).to_have_text("Hoàn thành")
    await page.context.set_offline(False)
    await phone.button("Quay lại").click()
    await phone.all_received()
    shown = await one.shown()
    assert shown["exceptions"] == []
    assert [(each["role"], each["name"]) for each in shown["parties"] if each["name"] == son] == [("authorised", son)]
    kinds = [act["kind"] for act in shown["timeline"]]
    assert (kinds.count("record_mandate"), kinds.count("photograph")) == (1, 1)
    text = (await town.desk("ut").page(f"/desk/cases/{one.id}")).text
    for said in ("giấy ủy quyền, không phải chứng thực", f"đến hết ngày {written(today)}", "Người đại diện ký"):
        assert said in text
    assert "Giấy ủy quyền, giấy giới thiệu, trang 1" in (await town.desk("mai").page(f"/desk/cases/{one.id}")).text
    town.adds_up()


async def is_told_what_is_wrong(phone: CourierPhone, name: str, today: date) -> None:
    """One thing after the other, until nothing but the photograph is missing."""
    page = phone.page
    await in_every_look(page)
    await phone.button(RECORDING).click()
    await expect(page.get_by_role("heading", name=RECORDING, level=1)).to_be_visible()
    await in_every_look(page)
    await is_refused(phone, "Chọn ai làm thay")
    await says_who_acts(phone, name, "Người khác")
    await expect(page.get_by_text("Giấy dùng được với người này: Giấy ủy quyền có chứng thực.")).to_be_visible()
    await shows(phone, "Giấy ủy quyền, không chứng thực", written(today - timedelta(days=30)), "")
    await is_refused(phone, "phải là giấy ủy quyền có chứng thực")
    await in_every_look(page)
    await page.get_by_label("Người làm thay là gì của chủ hồ sơ?").select_option("Con")
    await page.get_by_label("Đến hết ngày").fill(written(today - timedelta(days=1)))
    await is_refused(phone, "Giấy đã hết hạn")
    await page.get_by_label("Đến hết ngày").fill(written(today))
    await is_refused(phone, "Chụp giấy rồi bấm lại")


async def signs(phone: CourierPhone, chosen: str) -> None:
    """For the owner: whoever was met is chosen already."""
    page = phone.page
    await phone.to_step(SIGNING)
    await expect(page.get_by_label("Người đại diện, người được ủy quyền ký thay")).to_be_checked()
    await expect(page.get_by_label(chosen)).to_be_checked()
    await in_every_look(page)
    await phone.draws("Đã ký thay chủ hồ sơ")
    await expect(phone.button(f"{SIGNING} (đã xong)")).to_be_visible()


async def test_who_files_without_a_paper_hands_over_nothing_until_it_is_shown(
    towns: Towns, screens: Screens, round_of_lan: Demo
) -> None:
    """The filer is in the case, and the procedure asks them for a paper."""
    town, owner, daughter = towns(round_of_lan), "Lâm Thị Thiếu", "Lâm Thị Giấy"
    one = await booked(town, owner, filer_name=daughter, filer_relation="child")
    phone = await at_the_door(screens, round_of_lan, daughter)
    page = phone.page
    await page.get_by_role("group", name="Gặp ai?").get_by_label(daughter).check()
    await expect(page.get_by_text(f"Hôm nay {daughter} chưa được làm thay chủ hồ sơ")).to_be_visible()
    await in_every_look(page)
    await meets(phone, daughter)
    await phone.take_papers()
    await expect(page.get_by_role("alert")).to_contain_text("Kết thúc với lý do chưa có ủy quyền")
    await in_every_look(page)
    await phone.button(RECORDING).click()
    await page.get_by_label(daughter).check()
    await shows(phone, "Giấy ủy quyền có chứng thực", "01/11/2026", "")
    await page.get_by_label("Máy không chụp được").check()
    await phone.button("Lưu giấy này").click()
    await expect(page.get_by_role("heading", name="Giấy tờ nhận", level=1)).to_be_visible()
    await phone.button("Nhận giấy tờ", exact=True).click()
    await expect(phone.button("Giấy tờ nhận (đã xong)")).to_be_visible()
    await page.context.set_offline(False)
    await phone.button("Quay lại").click()
    await phone.all_received()
    shown = await one.shown()
    assert shown["exceptions"] == []
    assert sorted(each["holder_kind"] for each in shown["papers"]) == ["citizen", "courier"], "one was only looked at"
    town.adds_up()


async def with_a_result(town: Town, owner: str) -> Matter:
    """Taken by Tư, decided; Lan is to bring the result today."""
    one, tu, today = await Matter.registered(town, owner_name=owner), await town.phone("tu"), await town.today()
    await one.confirmed()
    await one.booked("tu", today, next(WINDOWS))
    await one.picked_up(tu)
    await one.to_the_post(tu)
    await one.to_the_one_stop()
    await one.examined()
    await one.result_released()
    await one.result_to_the_post()
    await one.booked("lan", today, next(WINDOWS), purpose="deliver")
    await one.does("ut", "offer", {"to": f"courier:{courier(town.demo, 'lan')['person']}"})
    return one


async def test_a_neighbour_receives_for_the_owner_by_a_certified_mandate(
    towns: Towns, screens: Screens, round_of_lan: Demo
) -> None:
    town, owner, neighbour = towns(round_of_lan), "Lâm Thị Vắng", "Đỗ Văn Cạnh"
    one = await with_a_result(town, owner)
    page = await screens.open(**PHONE, **PERMISSIONS)
    phone = CourierPhone(page)
    await phone.enrol(new_code(round_of_lan, "lan"))
    await phone.is_kept()
    await page.context.set_offline(True)
    await phone.button("Giao nhận ở bưu cục").click()
    await page.get_by_label(owner).check()
    await phone.button("Đã nhận 1 bưu gửi").click()
    await phone.button("Quay lại").click()
    await phone.to_the_stop(owner)
    await phone.button("Đã đến", exact=True).click()
    await phone.to_step(MEETING)
    await phone.button(RECORDING).click()
    await says_who_acts(phone, neighbour, "Người khác")
    await shows(phone, "Giấy ủy quyền có chứng thực", "01/11/2026", "")
    await page.get_by_label("Máy không chụp được").check()
    await phone.button("Lưu giấy này").click()
    await meets(phone, neighbour)
    await phone.button("Mở kết quả trước mặt người nhận").click()
    await page.get_by_role("checkbox").check()
    await phone.button("Đã mở và đếm đủ").click()
    await phone.button("Người nhận ký").click()
    await phone.draws("Đã ký thay chủ hồ sơ")
    await phone.button("Trao tận tay").click()
    await page.get_by_role("checkbox").check()
    await page.get_by_label("Đã gọi chủ hồ sơ theo số đã ghi").check()
    await in_every_look(page)
    await phone.button("Đã trao kết quả").click()
    await expect(phone.button("Trao tận tay (đã xong)")).to_be_visible()
    await phone.finish()
    await expect(page.locator("p.state")).to_have_text("Hoàn thành")
    await page.context.set_offline(False)
    await phone.button("Quay lại").click()
    await phone.all_received()
    shown = await one.shown()
    assert shown["exceptions"] == []
    assert [each["holder_kind"] for each in shown["papers"] if each["is_result"]] == ["citizen"]
    town.adds_up()


async def test_nobody_marries_by_mandate(towns: Towns, screens: Screens, round_of_lan: Demo) -> None:
    """And the visit ends as the phone says."""
    town, bride = towns(round_of_lan), "Lâm Thị Cưới"
    one = await booked(town, bride, procedure=WEDDING)
    phone = await at_the_door(screens, round_of_lan, bride)
    page = phone.page
    await phone.button(RECORDING).click()
    await expect(page.get_by_text("Thủ tục này chủ hồ sơ phải tự làm, không ai làm thay được")).to_be_visible()
    await expect(phone.button("Lưu giấy này")).to_have_count(0)
    await in_every_look(page)
    await phone.button("Quay lại").click()
    await expect(page.get_by_role("heading", name=MEETING, level=1)).to_be_visible()
    await phone.button("Quay lại").click()
    await phone.to_step("Hoàn thành")
    await phone.button("Không thành công").click()
    await page.get_by_label("Người gặp không đủ quyền, chưa có ủy quyền").check()
    await page.get_by_label("Đã gặp ai").fill("em gái cô dâu")
    await page.get_by_label("Quan hệ với chủ hồ sơ").fill("em")
    await phone.button("Ghi Không thành công").click()
    await expect(page.locator("p.state")).to_have_text("Không thành công")
    await page.context.set_offline(False)
    await phone.button("Quay lại").click()
    await phone.all_received()
    shown = await one.shown()
    assert (shown["exceptions"], [each["reason"] for each in shown["visits"]]) == ([], ["V10"])
    assert "record_mandate" not in [act["kind"] for act in shown["timeline"]]
    town.adds_up()
