"""Registering at a gate on the courier's phone, step by step; and the cards of people who do not exist."""

from dataclasses import dataclass

import qrcode
from PIL import Image
from playwright.async_api import expect

from tests.e2e.camera import hold_up
from tests.e2e.courier_phone import CourierPhone

NEW = "+ Đăng ký tại chỗ"
TITLE = "Đăng ký tại chỗ"


@dataclass(frozen=True)
class Neighbour:
    """As an identity card says it: `born` is ddmmyyyy."""

    name: str
    number: str
    born: str
    sex: str = "Nữ"

    def card(self) -> Image.Image:
        fields = (self.number, "", self.name, self.born, self.sex, "Ấp 3, Mỹ Hiệp, Đồng Tháp", "01102022")
        return qrcode.make("|".join(fields)).get_image()


SAU = Neighbour("Trần Thị Sáu Bờ", "087155000123", "02091955")
BAY = Neighbour("Lý Văn Bảy Mương", "087060000456", "15011960", "Nam")


async def begin(phone: CourierPhone, search: str, procedure: str) -> None:
    """From the first screen to the people."""
    await phone.button(NEW).click()
    await phone.page.get_by_label("Tìm theo tên hoặc mã").fill(search)
    await phone.button(procedure).click()
    await expect(phone.page.get_by_text("Bước 2/3")).to_be_visible()


async def read_card(phone: CourierPhone, button: str, card: Image.Image) -> None:
    await hold_up(phone.page, card)
    await phone.button(button).click()
    await expect(phone.page.locator("video")).to_have_count(0, timeout=20_000)


async def who(phone: CourierPhone, neighbour: Neighbour, hamlet: str) -> None:
    """By the card; from the people to papers and money."""
    await read_card(phone, "Đọc mã thẻ căn cước của chủ hồ sơ", neighbour.card())
    await expect(phone.page.get_by_label("Họ và tên")).to_have_value(neighbour.name)
    await expect(phone.page.get_by_role("status").first).to_contain_text("Đã điền theo thẻ")
    await phone.page.get_by_label("Ấp, khóm").fill(hamlet)
    await phone.button("Tiếp tục").click()
    await expect(phone.page.get_by_text("Bước 3/3")).to_be_visible()


async def identify(phone: CourierPhone, neighbour: Neighbour) -> None:
    """The card's code chooses the person; what was looked at the courier says."""
    page = phone.page
    await phone.button("Kiểm tra giấy tờ tùy thân").click()
    await read_card(phone, "Đọc mã thẻ căn cước", neighbour.card())
    await expect(page.get_by_role("status")).to_contain_text("khớp với hồ sơ")
    await phone.button("Đúng người").click()
    await expect(page.get_by_role("alert")).to_contain_text("Chọn người gặp và giấy tờ đã xem")
    await page.get_by_label("Thẻ căn cước", exact=True).check()
    await phone.button("Đúng người").click()
