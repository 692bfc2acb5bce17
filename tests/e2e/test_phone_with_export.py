"""What a phone has not sent goes to the centre by another phone, in a file that nobody can read, and is there once."""

from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.e2e.courier_phone import DELIVERED, CourierPhone, booked_for, courier, labels_of, serve
from tests.e2e.running_demo import MORNING, Demo, running_demo
from tests.e2e.screens import Screens
from tests.e2e.test_phone_without_barriers import in_every_look
from tests.stories.town import Towns

NAME = "Cao Thị Gửi"


@pytest.fixture(scope="module")
def two_phones() -> Generator[Demo]:
    with running_demo(TANNHA_NOW=MORNING) as demo:
        yield demo


@pytest.fixture(scope="module")
def base_url(two_phones: Demo) -> str:
    return two_phones.url


async def on_this_phone(phone: CourierPhone) -> Page:
    await phone.page.locator(".counters button").click()
    await expect(phone.page.get_by_role("heading", name="Việc trên máy")).to_be_visible()
    return phone.page


async def exported(phone: CourierPhone, folder: Path, *, look: bool = False) -> Path:
    page = await on_this_phone(phone)
    if look:
        await in_every_look(page)
    await phone.button("Xuất phần chưa gửi").click()
    await expect(page.get_by_text("Tệp đã sẵn sàng")).to_be_visible()
    async with page.expect_download() as waiting:
        await page.get_by_role("link", name="Lưu tệp vào máy").click()
    download = await waiting.value
    assert download.suggested_filename.endswith(".tnx")
    file = folder / download.suggested_filename
    await download.save_as(file)
    await expect(page.get_by_text("Trên máy kia vào Việc trên máy")).to_be_visible()
    if look:
        await in_every_look(page)
    return file


async def takes(phone: CourierPhone, file: Path) -> None:
    await phone.page.locator("input[type=file]").set_input_files(file)


async def test_a_colleague_carries_a_whole_visit_and_nothing_is_doubled(
    towns: Towns, screens: Screens, two_phones: Demo, tmp_path: Path
) -> None:
    town = towns(two_phones)
    one = await booked_for(town, "lan", NAME, 20_000)
    lan = await CourierPhone.new(screens)
    await lan.enrol(courier(two_phones, "lan")["enrolment_codes"][0])
    await lan.is_kept()
    await lan.page.context.set_offline(True)
    await lan.to_the_stop(NAME)
    await lan.button("Đã đến", exact=True).click()
    await serve(lan, labels_of(two_phones, courier(two_phones, "lan")["person"])[0], "NP40000001")
    await lan.button("Quay lại").click()
    file = await exported(lan, tmp_path, look=True)
    for readable in (NAME, "record_arrival", "take_papers", str(one.id), "DT-"):
        assert readable.encode() not in file.read_bytes()

    tu = await CourierPhone.new(screens)
    await tu.enrol(courier(two_phones, "tu")["enrolment_codes"][0])
    await tu.is_kept()
    page = await on_this_phone(tu)
    whole = file.read_bytes()
    for number, (data, says) in enumerate(
        (
            (whole[:-1], "Tệp bị hỏng hoặc thiếu"),
            (b"PK" + whole, "Đây không phải tệp xuất từ máy bưu tá"),
            (whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:], "Tệp bị hỏng hoặc thiếu"),
        )
    ):
        broken = tmp_path / f"{number}.tnx"
        broken.write_bytes(data)
        await takes(tu, broken)
        await expect(page.get_by_role("alert").filter(has_text=says)).to_be_visible()
        await expect(page.get_by_text("Mang hộ")).to_have_count(0)
    await tu.page.context.set_offline(True)
    await takes(tu, file)
    await expect(page.get_by_text("Máy này sẽ tự gửi hộ")).to_be_visible()
    await expect(page.get_by_text("Mang hộ")).to_contain_text("Trung tâm đã nhận 0 phần")
    await in_every_look(page)
    await takes(tu, file)
    await expect(page.get_by_text("Máy này đã có đủ phần đó")).to_be_visible()
    await tu.kill_the_tab()
    await tu.page.context.set_offline(False)
    page = await on_this_phone(tu)
    await expect(page.locator("p.state", has_text="Mang hộ")).to_be_visible(timeout=DELIVERED)

    shown = await one.shown()
    assert (shown["state_vi"], shown["exceptions"]) == ("Đã nhận giấy tờ", [])
    before = [act["kind"] for act in shown["timeline"]]
    for kind in ("record_arrival", "take_papers", "sign", "seal", "finish_visit"):
        assert before.count(kind) == 1, before
    town.adds_up()

    await lan.page.context.set_offline(False)
    await lan.button("Quay lại").click()
    await lan.all_received()
    assert [act["kind"] for act in (await one.shown())["timeline"]] == before
    await on_this_phone(lan)
    await takes(lan, file)
    await expect(lan.page.get_by_text("Tệp này do chính máy này xuất")).to_be_visible()
    town.adds_up()


async def test_signing_out_before_all_is_sent_needs_the_file_and_a_number(
    towns: Towns, screens: Screens, two_phones: Demo, tmp_path: Path
) -> None:
    town = towns(two_phones)
    await booked_for(town, "tu", "Cao Văn Giao", 0)
    phone = await CourierPhone.new(screens)
    await phone.enrol(courier(two_phones, "tu")["enrolment_codes"][1])
    await phone.is_kept()
    await phone.page.context.set_offline(True)
    await phone.button("Bắt đầu đi").first.click()
    await phone.counters(saved=1, received=0)
    await sign_out(phone)
    await phone.button("Đăng xuất", exact=True).click()
    await expect(phone.page.get_by_role("alert").filter(has_text="Chưa đăng xuất được")).to_be_visible()
    await expect(phone.page.get_by_text("Muốn đăng xuất ngay thì xuất phần chưa gửi")).to_be_visible()
    await phone.button("Quay lại").click()
    await phone.button("Quay lại").click()
    file = await exported(phone, tmp_path)
    await phone.button("Quay lại").click()
    await sign_out(phone)
    await in_every_look(phone.page)
    leave = phone.button("Đăng xuất, máy kia gửi hộ")
    await leave.click()
    await expect(phone.page.get_by_text("Gõ đúng số 1 rồi bấm lại")).to_be_visible()
    await phone.page.get_by_label("Gõ số 1 để xác nhận").fill("1")
    await leave.click()
    await expect(phone.page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    assert "Cao Văn" not in await phone.page.inner_text("body")

    lan = await CourierPhone.new(screens)
    await lan.enrol(courier(two_phones, "lan")["enrolment_codes"][1])
    page = await on_this_phone(lan)
    await takes(lan, file)
    await expect(page.locator("p.state", has_text="Mang hộ")).to_be_visible(timeout=DELIVERED)
    await phone.page.context.set_offline(False)
    await phone.page.get_by_label("Tài khoản").fill("tu")
    await phone.page.get_by_label("Mật khẩu").fill(courier(two_phones, "tu")["password"])
    await phone.button("Đăng nhập").click()
    await phone.choose_pin()
    await phone.counters(saved=1, received=1)
    town.adds_up()


async def sign_out(phone: CourierPhone) -> None:
    await phone.page.locator(".strip").click()
    await phone.button("Đăng xuất khỏi máy này").click()
    await expect(phone.page.get_by_role("heading", name="Đăng xuất khỏi máy này")).to_be_visible()
