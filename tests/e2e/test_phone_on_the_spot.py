"""S07: neighbours who ask at the gate. Case, visit, papers, money and parcel are born on the phone alone; then the
centre has everything once."""

from collections.abc import Generator
from uuid import UUID

import pytest
from playwright.async_api import expect

from tests.e2e.camera import CANVAS
from tests.e2e.courier_phone import CourierPhone, courier, labels_of
from tests.e2e.on_the_spot import BAY, NEW, SAU, TITLE, begin, identify, read_card, who
from tests.e2e.running_demo import MORNING, Demo, running_demo
from tests.e2e.screens import Screens
from tests.stories.town import Town, Towns

PROCEDURE, EACH = "Cấp bản sao trích lục hộ tịch", 8_000
"""EACH: đồng a copy."""


@pytest.fixture(scope="module")
def the_day() -> Generator[Demo]:
    """Of its own: it is killed, and its board is counted."""
    with running_demo(TANNHA_NOW=MORNING) as demo:
        yield demo


@pytest.fixture(scope="module")
def base_url(the_day: Demo) -> str:
    return the_day.url


async def lans_phone(screens: Screens, demo: Demo, code: int) -> CourierPhone:
    phone = await CourierPhone.new(screens)
    # Of every tab, also one that is opened after another was killed; an empty page has no camera.
    await phone.page.context.add_init_script(f"if (navigator.mediaDevices) {{ {CANVAS} }}")
    await phone.enrol(courier(demo, "lan")["enrolment_codes"][code])
    await phone.is_kept()
    await phone.button(NEW).click()
    await expect(phone.page.get_by_label("Tìm theo tên hoặc mã")).to_be_visible(timeout=30_000)
    await phone.button("Quay lại").click()
    return phone


async def cases_born(phone: CourierPhone) -> list[UUID]:
    """Of the acts that lie on the phone."""
    return [UUID(one["case_id"]) for one in await phone.kept("outbox") if one["kind"] == "register"]


async def serve(phone: CourierPhone, label: str, seal: str) -> None:
    """From the identity that was checked to the end."""
    await phone.tell()
    await phone.take_papers()
    await phone.collect()
    await phone.sign()
    await phone.seal(label, seal)
    await expect(phone.button("Niêm phong (đã xong)")).to_be_visible()
    await phone.finish()
    await expect(phone.page.locator("p.state")).to_have_text("Hoàn thành")


async def test_two_neighbours_without_a_server(towns: Towns, screens: Screens, the_day: Demo) -> None:
    phone = await lans_phone(screens, the_day, 0)
    labels = labels_of(the_day, courier(the_day, "lan")["person"])
    the_day.kill()
    await phone.kill_the_tab()
    await begin(phone, "trich luc", PROCEDURE)
    await who(phone, SAU, "Ấp 3")
    await phone.button("Số bản +1").click()
    await phone.button("Số bản +1").click()
    await expect(phone.page.locator(".sums .total")).to_contain_text("16.000 đ")
    await phone.touched_is_kept()
    await phone.kill_the_tab()
    await phone.button(NEW).click()
    await expect(phone.page.get_by_text("Bước 3/3")).to_be_visible()
    await expect(phone.page.locator(".sums .total")).to_contain_text("16.000 đ")
    await phone.button("Đăng ký và mở việc").dblclick()
    await expect(phone.page.get_by_role("heading", name=SAU.name)).to_be_visible()
    await phone.kill_the_tab()
    await expect(phone.page.locator(".next")).to_contain_text(SAU.name)
    await phone.to_the_house()
    await identify(phone, SAU)
    await serve(phone, labels[0], "NP20000001")
    await phone.button("Quay lại").click()

    await begin(phone, "2.000635", PROCEDURE)
    await expect(phone.page.get_by_label("Họ và tên")).to_have_value("")
    await who(phone, BAY, "Ấp 4")
    await phone.button("Số bản +1").click()
    await phone.button("Đăng ký và mở việc").click()
    await identify(phone, BAY)
    await serve(phone, labels[1], "NP20000002")
    await phone.button("Quay lại").click()
    for one in (SAU, BAY):
        await expect(phone.page.locator(".line.over", has_text=one.name)).to_have_count(1)
    total = 2 * len(("register", "record_arrival", "quote")) + 2 * 8
    await phone.counters(saved=total, received=0)
    the_day.again()
    await phone.counters(saved=total, received=total)
    cases = await cases_born(phone)
    assert len(set(cases)) == len(cases) == 2
    for one in (SAU, BAY):
        await expect(phone.page.locator(".line.over", has_text=one.name)).to_have_count(1)
    await are_whole(towns(the_day), cases)


async def are_whole(town: Town, cases: list[UUID]) -> None:
    """As if they had been registered beforehand."""
    for case, paid, name in zip(cases, (2 * EACH, EACH), (SAU.name, BAY.name), strict=True):
        shown = await town.desk("ut").shown(case)
        assert (shown["channel"], shown["state_vi"]) == ("post", "Đã nhận giấy, chờ xác nhận")
        assert shown["owner_name"] == name
        settled = [charge["amount"] for charge in shown["charges"] if charge["state"] == "settled"]
        assert settled == [paid]
        assert [parcel["holder"] for parcel in shown["parcels"]] == [shown["visits"][0]["courier"]]
        kinds = [act["kind"] for act in shown["timeline"]]
        assert kinds.count("register") == kinds.count("sign") == kinds.count("collect") == 1
        assert "confirm" in await town.desk("mai").next(case)
    board = (await town.desk("ut").page(f"/desk/day?day={await town.today()}")).text
    assert board.count("phát sinh") == 2
    assert all(one.name in board for one in (SAU, BAY))
    town.adds_up()


async def test_a_card_of_somebody_else_is_said_so_and_what_is_no_card_is_refused(
    screens: Screens, the_day: Demo
) -> None:
    phone = await lans_phone(screens, the_day, 1)
    await phone.page.context.set_offline(True)
    await begin(phone, "trich luc", PROCEDURE)
    await read_card(phone, "Đọc mã thẻ căn cước của chủ hồ sơ", SAU.card())
    await expect(phone.page.get_by_label("Họ và tên")).to_have_value(SAU.name)
    forged = type(SAU)(SAU.name, SAU.number, "02091985")
    await read_card(phone, "Đọc mã thẻ căn cước của chủ hồ sơ", forged.card())
    await expect(phone.page.get_by_role("alert")).to_contain_text("không khớp nhau")
    await phone.page.get_by_label("Ấp, khóm").fill("Ấp 3")
    await phone.button("Tiếp tục").click()
    await phone.button("Đăng ký và mở việc").click()
    await phone.button("Kiểm tra giấy tờ tùy thân").click()
    await read_card(phone, "Đọc mã thẻ căn cước", BAY.card())
    await expect(phone.page.get_by_role("alert")).to_contain_text("không khớp với ai trong hồ sơ")
    await expect(phone.page.get_by_role("radio", checked=True)).to_have_count(0)
    await phone.button("Quay lại").click()
    await phone.button("Quay lại").click()
    await begin(phone, "trich luc", PROCEDURE)
    await who(phone, BAY, "Ấp 4")
    await phone.button("Đăng ký và mở việc").click()
    await expect(phone.page.get_by_role("heading", name=BAY.name)).to_be_visible()
    await phone.button("Quay lại").click()
    await expect(phone.page.locator(".next")).to_contain_text(SAU.name)
    await phone.button(f"Mở việc của {BAY.name}").click()
    await expect(phone.page.get_by_role("heading", name=BAY.name)).to_be_visible()


async def test_who_files_for_another_and_what_is_still_missing(towns: Towns, screens: Screens, the_day: Demo) -> None:
    phone = await lans_phone(screens, the_day, 2)
    page = phone.page
    await begin(phone, "ly lich tu phap so 1", "Cấp Phiếu lý lịch tư pháp số 1")
    await phone.button("Tiếp tục").click()
    await expect(page.get_by_role("alert")).to_contain_text("Chủ hồ sơ: Ghi đủ họ và tên")
    await page.get_by_label("Họ và tên").fill("Phan Văn Tám")
    await page.get_by_label("Ngày sinh").fill("1950")
    await page.get_by_label("Số căn cước").fill("087060000456")
    await page.get_by_label("Ấp, khóm").fill("Ấp 1")
    await phone.button("Tiếp tục").click()
    await expect(page.get_by_role("alert")).to_contain_text("không khớp với năm sinh")
    await page.get_by_label("Số căn cước").fill("")
    await page.get_by_label("Người khác nộp thay").check()
    await phone.button("Tiếp tục").click()
    await expect(page.get_by_role("alert")).to_contain_text("Người nộp: Ghi đủ họ và tên")
    await read_card(phone, "Đọc mã thẻ căn cước của người nộp", BAY.card())
    await phone.button("Tiếp tục").click()
    await expect(page.get_by_role("alert")).to_contain_text("Chọn người nộp là gì của chủ hồ sơ")
    await page.get_by_label("Người nộp là gì của chủ hồ sơ?").select_option("Con")
    await page.get_by_label("Điện thoại để báo tin").fill("0912.345.678")
    await phone.button("Tiếp tục").click()
    await expect(page.get_by_text("Bước 3/3")).to_be_visible()
    await expect(page.get_by_text("Chưa rõ có làm tại nhà được không")).to_be_visible()
    await phone.button("Chỉ đăng ký, hẹn ngày khác").click()
    await page.get_by_label("Công dân muốn hẹn").fill("sáng thứ hai")
    await phone.button("Ghi đăng ký").dblclick()
    await expect(page.get_by_role("status")).to_contain_text("Đã ghi đăng ký cho Phan Văn Tám")
    await expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    await phone.button("Về danh sách trong ngày").click()
    await phone.counters(saved=1, received=1)
    [case] = await cases_born(phone)
    town = towns(the_day)
    shown = await town.desk("ut").shown(case)
    assert (shown["state_vi"], shown["visits"]) == ("Mới đăng ký", [])
    assert {(one["role"], one["name"]) for one in shown["parties"]} == {
        ("owner", "Phan Văn Tám"),
        ("filer", BAY.name),
    }
    page_of_it = (await town.desk("ut").page(f"/desk/cases/{case}")).text
    assert "Công dân muốn hẹn: sáng thứ hai" in page_of_it
    town.adds_up()
