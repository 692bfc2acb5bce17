"""At a door without a network: what may be refused is asked of whoever may answer; somebody signs for the owner; the
citizen keeps a slip; a label that is read says what is next; pictures that were put off are made afterwards."""

import pytest
import qrcode
from playwright.async_api import Locator, Page, expect

from tests import paper
from tests.documents.pages_seen import GOOD, held, sheet
from tests.e2e.camera import UPRIGHT, hold_up, replace_camera
from tests.e2e.courier_phone import PERMISSIONS, WINDOWS, CourierPhone, courier, labels_of, new_code
from tests.e2e.running_demo import Demo
from tests.e2e.screens import PHONE, Screens
from tests.e2e.test_phone_without_barriers import in_every_look
from tests.stories.matter import Matter
from tests.stories.town import Town, Towns

ASKING, SIGNING, SLIP = "Hỏi đồng ý", "Ký Phiếu gửi hồ sơ", "Phiếu cho công dân"
CHILD, MOTHER = "Đỗ Minh Khôi", "Đỗ Thị Mẹ"
STANDING_IN = """() => {
    window.print = () => undefined;
    navigator.clipboard.writeText = async (text) => { window.sent = text; };
}"""
"""For a printer and for what was copied: no test touches those of the machine."""
OWNER, SON = "Lâm Thị Bảy", "Lâm Văn Út"


@pytest.fixture(scope="module")
def base_url(round_of_lan: Demo) -> str:
    return round_of_lan.url


async def booked(town: Town, fee: int, **typed: str) -> Matter:
    """A pick-up of today by Lan."""
    one = await Matter.registered(town, **typed)
    await one.confirmed(*([fee] if fee else []))
    await one.booked("lan", await town.today(), next(WINDOWS))
    return one


async def at_the_door(screens: Screens, demo: Demo, owner: str, met: str) -> CourierPhone:
    """Somebody of the case was met, without a network."""
    page = await screens.open(**PHONE, **PERMISSIONS)
    await replace_camera(page, UPRIGHT)
    phone = CourierPhone(page)
    await phone.enrol(new_code(demo, "lan"))
    await phone.is_kept()
    await page.context.set_offline(True)
    await phone.to_the_stop(owner)
    await phone.button("Đã đến", exact=True).click()
    await meets(phone, met)
    return phone


async def meets(phone: CourierPhone, name: str) -> None:
    await phone.to_step("Kiểm tra giấy tờ tùy thân")
    await phone.page.get_by_role("group", name="Gặp ai?").get_by_label(name).check()
    await phone.page.get_by_label("Thẻ căn cước").check()
    await phone.button("Đúng người").click()
    await expect(phone.button("Kiểm tra giấy tờ tùy thân (đã xong)")).to_be_visible()


async def test_what_may_be_refused_is_asked_of_mother_and_child(
    towns: Towns, screens: Screens, round_of_lan: Demo
) -> None:
    town = towns(round_of_lan)
    told = {"owner_born": "01/03/2015", "representative_name": MOTHER, "representative_relation": "parent"}
    one = await booked(town, 0, owner_name=CHILD, **told)
    phone = await at_the_door(screens, round_of_lan, CHILD, MOTHER)
    page = phone.page
    await phone.to_step(ASKING)
    await expect(page.get_by_text(f"Người trả lời: {MOTHER}")).to_be_visible()
    await in_every_look(page)
    await question(page, "Giữ bản chụp giấy tờ này").get_by_role("button", name="Đồng ý", exact=True).click()
    await expect(page.get_by_text(f"Hỏi cả {CHILD}")).to_be_visible()
    await in_every_look(page)
    await phone.button("Không đồng ý").click()
    await question(page, "Ghi vị trí nhà").get_by_role("button", name="Không đồng ý").dblclick()
    await phone.button("Không hỏi lúc này").click()
    await expect(phone.button(ASKING, exact=True)).to_be_visible()
    await phone.to_step(ASKING)
    await question(page, "Chụp ảnh ông/bà").get_by_role("button", name="Không đồng ý").click()
    await question(page, "Zalo").get_by_role("button", name="Đồng ý", exact=True).click()
    await expect(phone.button("Không hỏi lúc này")).to_have_count(0)
    await in_every_look(page)
    await phone.button("Rút lại: Nhận tin báo qua Zalo?").click()
    await expect(page.locator("li", has_text="Zalo")).to_contain_text("Đã rút lại")
    await phone.button("Hỏi lại: Ghi vị trí nhà để lần sau bưu tá dễ tìm?").click()
    await question(page, "Ghi vị trí nhà").get_by_role("button", name="Đồng ý", exact=True).click()
    await expect(page.get_by_text(f"Hỏi cả {CHILD}")).to_be_visible()
    await phone.button("Đồng ý", exact=True).click()
    await expect(page.locator("li", has_text="Ghi vị trí nhà")).to_contain_text("Đồng ý")
    await expect(page.get_by_text("chưa ghi vị trí nhà")).to_have_count(0)
    await phone.button("Quay lại").click()
    await expect(phone.button(f"{ASKING} (đã xong)")).to_be_visible()
    await nobody_is_photographed(phone)
    await page.context.set_offline(False)
    await phone.button("Quay lại").click()
    await phone.all_received()
    shown = await one.shown()
    assert shown["exceptions"] == []
    kinds = [act["kind"] for act in shown["timeline"]]
    assert (kinds.count("record_consent"), kinds.count("withdraw_consent")) == (5, 1)
    text = (await town.desk("ut").page(f"/desk/cases/{one.id}")).text
    assert "Đã rút lại" in text
    # Where the phone was is on the map from now on, as the acts say.
    town.adds_up()


def question(page: Page, text: str) -> Locator:
    return page.locator("section.card", has_text=text)


async def nobody_is_photographed(phone: CourierPhone) -> None:
    """Who said no is kept out of the pictures that are no pages."""
    await phone.to_step("Hoàn thành")
    await phone.button("Không thành công").click()
    await phone.page.get_by_label("Không có ai ở nhà").check()
    await phone.button("Chụp", exact=True).first.click()
    await expect(phone.page.get_by_text("không để ai lọt vào ảnh")).to_be_visible()
    await phone.button("Xong").click()
    await phone.button("Quay lại").click()


async def test_the_son_signs_the_slip_is_kept_and_the_label_says_what_is_next(
    towns: Towns, screens: Screens, round_of_lan: Demo
) -> None:
    town = towns(round_of_lan)
    told = {"authorised_name": SON, "authorised_relation": "child", "authorised_authority": "certified_mandate"}
    one = await booked(town, 21_000, owner_name=OWNER, owner_born="1940", **told)
    first, second = labels_of(round_of_lan, courier(round_of_lan, "lan")["person"])[-4:-2]
    phone = await at_the_door(screens, round_of_lan, OWNER, SON)
    page = phone.page
    await takes_an_extract(phone)
    await phone.to_step("Chụp giấy tờ")
    await phone.button("Chụp sau tại bưu cục").click()
    await page.get_by_label("Trời mưa").check()
    await page.locator("button[type=submit]").click()
    await phone.button("Quay lại").click()
    await phone.collect()
    await signs_for_the_owner(phone)
    await keeps_the_slip(phone, f"{round_of_lan.url}{one.tracking}")
    await phone.button("Quay lại").click()
    await seals_by_its_label(phone, first)
    await phone.finish()
    await expect(page.locator("p.state")).to_have_text("Hoàn thành")
    await expect(phone.button(SLIP)).to_be_visible()
    await phone.button("Quay lại").click()
    await pictures_that_were_put_off(phone)
    await is_relabelled_and_handed_in(phone, first, second)
    await page.context.set_offline(False)
    await phone.all_received()
    shown = await one.shown()
    assert shown["exceptions"] == []
    assert sorted(each["form"] for each in shown["papers"]) == ["original", "register_copy"]
    assert "Người đại diện ký" in (await town.desk("ut").page(f"/desk/cases/{one.id}")).text
    town.adds_up()


async def takes_an_extract(phone: CourierPhone) -> None:
    """In the form that it has."""
    page = phone.page
    await phone.to_step("Giấy tờ nhận")
    await phone.button("Bản chính +1").first.click()
    await phone.button("Bản sao +1").first.click()
    form = page.get_by_label("Dạng bản sao")
    await expect(form).to_have_value("plain_copy")
    await in_every_look(page)
    await form.select_option("register_copy")
    await phone.button("Nhận giấy tờ", exact=True).click()


async def signs_for_the_owner(phone: CourierPhone) -> None:
    page = phone.page
    await phone.to_step(SIGNING)
    await expect(page.get_by_label("Người đại diện, người được ủy quyền ký thay")).to_be_checked()
    await expect(page.get_by_label(SON)).to_be_checked()
    await expect(page.get_by_text("1 bản sao từ sổ gốc, nguyên vẹn")).to_be_visible()
    await in_every_look(page)
    await phone.button("Đã ký thay chủ hồ sơ").click()
    await expect(page.get_by_role("alert")).to_contain_text(f"{SON} chưa ký")
    await phone.draws("Đã ký thay chủ hồ sơ")
    await expect(phone.button(f"{SIGNING} (đã xong)")).to_be_visible()


async def keeps_the_slip(phone: CourierPhone, tracking: str) -> None:
    """Read, in large letters, sent, and on both kinds of paper, with the code of the card that was scanned."""
    page = phone.page
    await phone.button(SLIP).click()
    slip = page.locator("article.slip")
    for said in ("21.000 đồng", "Hai mươi mốt nghìn đồng", "Không phải biên lai", "chỉ là dự kiến", "0277 1022"):
        await expect(slip).to_contain_text(said)
    await phone.button("Quét thẻ theo dõi").click()
    await hold_up(page, qrcode.make(tracking).get_image(), UPRIGHT)
    await expect(page.get_by_role("img", name="Mã QR trang theo dõi")).to_be_visible(timeout=20_000)
    await in_every_look(page)
    await phone.button("Cho xem").click()
    await in_every_look(page)
    await phone.button("Chữ thường").click()
    await page.evaluate(
        "window.print = () => undefined; navigator.clipboard.writeText = async (text) => { window.sent = text; }"
    )
    await phone.button("Chia sẻ").click()
    await expect(page.get_by_text("Đã chép nội dung phiếu")).to_be_visible()
    assert "PHIẾU THU số" in await page.evaluate("window.sent")
    for button, wide in (("In khổ A4", 210), ("In khổ 80 mm", 80)):
        await phone.button(button).click()
        pdf = await page.pdf(prefer_css_page_size=True)
        told = paper.text(pdf)
        assert "PHIẾU GỬI HỒ SƠ" in told
        assert "Chia sẻ" not in told
        sheets = paper.pages(pdf)
        assert round(sheets[0].width / paper.MM) == wide
        assert [code for one in sheets for code in paper.seen(one)] == [("QRCode", tracking)]


async def seals_by_its_label(phone: CourierPhone, label: str) -> None:
    """From the first screen: the label leads to where papers wait for it."""
    page = phone.page
    await phone.button("Quay lại").click()
    await reads(phone, label)
    await expect(page.get_by_role("status")).to_contain_text("Nhãn của chị/anh, chưa dùng")
    await phone.button(f"Niêm phong cho {OWNER}").click()
    await expect(page.get_by_label("Nhãn", exact=True)).to_have_value(label)
    await page.get_by_label("Số niêm phong").fill("NP20000001")
    await page.locator("button[type=submit]").click()
    await expect(page.get_by_role("status")).to_contain_text(f"Bưu gửi của {OWNER}")
    await in_every_look(page)
    await phone.button("Mở việc của bưu gửi này").click()
    await expect(phone.button("Niêm phong (đã xong)")).to_be_visible()


async def reads(phone: CourierPhone, label: str) -> None:
    """By its camera, from the first screen."""
    await hold_up(phone.page, qrcode.make(label).get_image(), UPRIGHT)
    await phone.button("Quét mã").click()
    await expect(phone.page.get_by_label("Nhãn")).to_have_value(label, timeout=20_000)


async def pictures_that_were_put_off(phone: CourierPhone) -> None:
    page = phone.page
    await to_the_first_screen(phone)
    await phone.button("Ảnh còn phải chụp: 2").click()
    await in_every_look(page)
    await phone.button(f"Chụp 2 giấy tờ của {OWNER}").click()
    await expect(phone.button("Chụp", exact=True).first).to_be_disabled()
    await in_every_look(page)
    await page.get_by_label("Đã mở ở bưu cục, có biên bản").check()
    await phone.button("Chụp", exact=True).first.click()
    await expect(page.locator("video")).to_be_visible()
    await hold_up(page, held(sheet(), GOOD), UPRIGHT)
    await phone.button("Chụp", exact=True).click()
    await phone.button("Dùng ảnh này").or_(phone.button("Vẫn dùng ảnh này")).click()
    await phone.button("Xong").click()
    await phone.button("Quay lại").click()
    await expect(phone.button(f"Chụp 1 giấy tờ của {OWNER}")).to_be_visible()
    await phone.button("Quay lại").click()


async def to_the_first_screen(phone: CourierPhone) -> None:
    """However deep the courier is."""
    strip, back = phone.page.locator(".strip"), phone.button("Quay lại")
    for _ in range(8):
        await expect(strip.or_(back).first).to_be_visible()
        if await strip.count() > 0:
            return
        title = await phone.page.locator("h1").first.inner_text()
        await back.click()
        await expect(phone.page.locator("h1", has_text=title)).to_have_count(0)
    await expect(strip).to_be_visible()


async def is_relabelled_and_handed_in(phone: CourierPhone, first: str, second: str) -> None:
    """Torn, it gets another label; the old one is good for nothing; then it goes to the post, and waits there."""
    page = phone.page
    await reads(phone, first)
    await phone.button("Thay nhãn").click()
    await page.get_by_label("Nhãn mới").fill(first)
    await page.get_by_label("Số niêm phong").fill("NP20000002")
    await phone.button("Đã thay nhãn").click()
    await expect(page.get_by_role("alert")).to_contain_text("Lấy bộ nhãn khác")
    await in_every_look(page)
    await page.get_by_label("Nhãn mới").fill(second)
    await phone.button("Đã thay nhãn").dblclick()
    await expect(page.get_by_role("status")).to_contain_text("đã thay bằng nhãn khác")
    await page.get_by_label("Nhãn").fill(second)
    await phone.button("Xem mã này").click()
    await phone.button("Bàn giao về bưu cục").click()
    await phone.button("Bàn giao 1").click()
    await expect(page.get_by_text("Chờ bưu cục quét nhận: 1")).to_be_visible()
    await to_the_first_screen(phone)
    await reads(phone, second)
    await expect(page.get_by_text("Đã bàn giao, chờ bưu cục quét nhận.")).to_be_visible()
    await in_every_look(page)
    await phone.button("Báo sự cố về bưu gửi này").click()
    await expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)
    await to_the_first_screen(phone)
