"""Desks and the public page in a real browser: no barrier, nothing wider than the screen, a case brought forward."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.e2e.running_demo import Demo
from tests.e2e.screens import DESK, PHONE, OpenPage, Screens, barriers

WITHOUT_SCRIPT: dict[str, Any] = {"java_script_enabled": False}


async def looks_well(page: Page) -> None:
    """Nobody is shut out, and nobody has to scroll sideways."""
    assert await barriers(page) == [], page.url
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


async def sign_in(page: Page, demo: Demo, account: str) -> None:
    person = next(one for one in demo.cast["desks"] if one["account"] == account)
    await page.goto("/desk/sign-in")
    await page.get_by_label("Tài khoản").fill(account)
    await page.get_by_label("Mật khẩu").fill(person["password"])
    await page.get_by_role("button", name="Đăng nhập").click()
    await expect(page).to_have_url(f"{demo.url}/desk")


def case_of(demo: Demo, owner: str) -> dict[str, Any]:
    return next(case for case in demo.cast["cases"] if case["owner"] == owner)


@pytest.mark.parametrize("screen", [DESK, PHONE, DESK | {"color_scheme": "dark"}], ids=["desk", "phone", "dark"])
async def test_pages_of_the_dispatcher_have_no_barrier(screens: Screens, demo: Demo, screen: dict[str, Any]) -> None:
    page = await screens.open(**screen)
    await page.goto("/desk")
    await looks_well(page)
    await sign_in(page, demo, "ut")
    await looks_well(page)
    for owner in ("Hồ Thị Mận", "Lý Văn Bảy", "Châu Văn Năm"):
        await page.goto(f"/desk/cases/{case_of(demo, owner)['case_id']}")
        await looks_well(page)
    for path in (
        "/desk/register",
        "/desk/register?registered_on=15/06/2025",
        "/desk/review",
        "/desk/calls",
        "/desk/day",
        "/desk/tell",
        "/demo/inbox",
        "/desk/label-sets",
        "/desk/bags",
        "/desk/look-up",
        "/desk/scan",
        "/desk?state=booked",
        "/desk/cases/nothing",
        "/desk?lang=en",
    ):
        await page.goto(path)
        await looks_well(page)


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
async def test_the_citizens_page_has_no_barrier(screens: Screens, demo: Demo, screen: dict[str, Any]) -> None:
    page = await screens.open(**screen)
    for case in demo.cast["cases"][::5]:
        await page.goto(f"/t/{case['token']}")
        await looks_well(page)
        assert case["owner"] not in await page.content()
        heights = await page.evaluate("[...document.querySelectorAll('.steps .name')].map(name => name.clientHeight)")
        assert max(heights) < 60, "a step's name is squeezed into a column"
    for path in ("/t/WRONG", "/"):
        await page.goto(path)
        await looks_well(page)


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
async def test_the_province_at_one_look_has_no_barrier(screens: Screens, demo: Demo, screen: dict[str, Any]) -> None:
    page = await screens.open(**screen)
    await sign_in(page, demo, "hoa")
    await page.get_by_role("link", name="Toàn tỉnh").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Toàn tỉnh")
    await expect(page.get_by_text("Bưu điện xã Mỹ Hiệp")).to_be_visible()
    await looks_well(page)


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
async def test_a_unit_is_urged_and_answers_without_a_barrier(
    screens: Screens, demo: Demo, screen: dict[str, Any]
) -> None:
    case = f"/desk/cases/{case_of(demo, 'Lý Văn Bảy')['case_id']}"
    words, answer = f"Chờ đã lâu {screen['viewport']['width']}", f"Sáng mai đến {screen['viewport']['width']}"
    hoa, sau = await screens.open(**screen), await screens.open(**screen)
    await sign_in(hoa, demo, "hoa")
    await hoa.goto(case)
    await hoa.locator("summary", has_text="Đôn đốc").click()
    await hoa.get_by_label("Việc cần làm").fill(words)
    await looks_well(hoa)
    await hoa.get_by_role("button", name="Gửi đôn đốc").click()
    await expect(hoa.get_by_role("status")).to_contain_text("Đã ghi: Đôn đốc.")
    await sign_in(sau, demo, "sau")
    await sau.get_by_role("link", name="Đôn đốc (1)").click()
    await expect(sau.get_by_text(words)).to_be_visible()
    await looks_well(sau)
    await sau.get_by_role("link", name="Lý Văn Bảy").first.click()
    await sau.locator("summary", has_text="Trả lời đôn đốc").click()
    await sau.get_by_label("Trả lời").fill(answer)
    await sau.get_by_role("button", name="Gửi trả lời").click()
    await expect(sau.get_by_role("status")).to_contain_text("Đã ghi: Trả lời đôn đốc.")
    await looks_well(sau)
    await hoa.goto("/desk/urgings")
    await expect(hoa.get_by_text(answer)).to_be_visible()
    await looks_well(hoa)


async def test_a_case_is_confirmed_and_booked_without_a_script(screens: Screens, demo: Demo) -> None:
    """Mai sees a mistake told where she typed; Út books for Lan; the citizen's page follows."""
    case = case_of(demo, "Võ Thị Cúc")
    mai, ut, citizen = [await screens.open(**DESK, **WITHOUT_SCRIPT) for _ in range(3)]
    await sign_in(mai, demo, "mai")
    await mai.get_by_role("link", name="Võ Thị Cúc").click()
    await mai.get_by_role("textbox", name="Mã hồ sơ").fill("H20.12-261301-0007")
    await mai.get_by_label("Số tiền (đồng)").first.fill("8.000")
    await mai.get_by_role("button", name="Xác nhận").click()
    await expect(mai.get_by_role("alert")).to_contain_text("tháng 13")
    await expect(mai.get_by_label("Số tiền (đồng)").first).to_have_value("8.000")
    await mai.get_by_role("textbox", name="Mã hồ sơ").fill("H20.12-261101-0007")
    await mai.get_by_role("button", name="Xác nhận").click()
    await expect(mai.get_by_role("status")).to_contain_text("Đã ghi: Xác nhận.")
    await expect(mai.get_by_text("Lệ phí: 8.000 đ", exact=True)).to_be_visible()

    await sign_in(ut, demo, "ut")
    await ut.get_by_role("searchbox").fill("vo thi cuc")
    await ut.get_by_role("button", name="Tìm").click()
    await ut.get_by_role("link", name="Võ Thị Cúc").click()
    await ut.get_by_label("Bưu tá").first.select_option(label="Nguyễn Thị Lan")
    await ut.get_by_role("button", name="Hẹn", exact=True).click()
    await expect(ut.get_by_role("status")).to_contain_text("Đã ghi: Hẹn.")
    await expect(ut.locator(".state.big")).to_have_text("Chờ gọi xác nhận")

    await ut.get_by_role("link", name="Gọi xác nhận").click()
    mine = ut.get_by_role("listitem").filter(has=ut.get_by_role("link", name="Võ Thị Cúc"))
    await expect(mine).to_contain_text("Nguyễn Thị Lan")
    await mine.locator("summary", has_text="Gọi xác nhận").click()
    await mine.get_by_label("Đồng ý giờ hẹn").check()
    await mine.get_by_role("button", name="Ghi cuộc gọi").click()
    await expect(ut.get_by_role("status")).to_contain_text("Đã ghi cuộc gọi")
    await expect(mine).to_have_count(0)

    await citizen.goto(f"/t/{case['token']}")
    await expect(citizen.locator("[aria-current=step]")).to_contain_text("Đã hẹn")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
async def test_label_sets_are_handed_out_and_found_by_scanning(
    screens: Screens, demo: Demo, screen: dict[str, Any]
) -> None:
    """With the keyboard that a scanner is, and without a script."""
    page = await screens.open(**screen, **WITHOUT_SCRIPT)
    await sign_in(page, demo, "ut")
    stock = [one for one in demo.cast["labels"] if one["holder"] == demo.cast["units"]["Bưu điện xã Mỹ Hiệp"]]
    label = stock[0 if screen is DESK else 1]
    await page.get_by_role("link", name="Quét mã").click()
    await page.get_by_label("Nhãn, mã vạch").fill(label["item_number"])
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_contain_text("chưa giao cho ai")
    await page.get_by_role("link", name="Giao bộ nhãn").click()
    await page.get_by_label("Giao cho").select_option(index=0)
    await page.get_by_role("button", name="Giao bộ nhãn").click()
    await expect(page.get_by_role("status")).to_contain_text("Đã ghi: Giao bộ nhãn")
    await page.get_by_role("link", name="Quét mã").click()
    await page.get_by_label("Nhãn, mã vạch").fill(label["label"])
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_contain_text("Bưu tá đang giữ")


async def test_1022_finds_a_case_by_the_number_on_the_card(screens: Screens, demo: Demo) -> None:
    case = next(case for case in demo.cast["cases"] if case["look_up_number"])
    kim = await screens.open(**PHONE)
    await sign_in(kim, demo, "kim")
    await kim.get_by_role("link", name="Tra thẻ").click()
    misheard = case["look_up_number"]
    misheard = ("4" if misheard[0] != "4" else "7") + misheard[1:]
    await kim.get_by_label("Số tra cứu trên thẻ").fill(misheard)
    await kim.get_by_role("button", name="Tra cứu").click()
    await expect(kim.get_by_role("alert")).to_contain_text("ký tự sai")
    await looks_well(kim)
    await kim.get_by_label("Số tra cứu trên thẻ").fill(case["look_up_number"].lower())
    await kim.get_by_role("button", name="Tra cứu").click()
    await expect(kim.get_by_role("status").or_(kim.locator(".state.big")).first).to_be_visible()
    await looks_well(kim)


async def test_a_phone_is_let_in_by_the_code_on_the_screen(screens: Screens, demo: Demo) -> None:
    head = await screens.open(**DESK)
    await sign_in(head, demo, "sau")
    await head.get_by_role("link", name="Mã kích hoạt máy").click()
    await head.get_by_label("Máy của ai").select_option(index=1)
    await head.get_by_role("button", name="Tạo mã").click()
    await expect(head.get_by_role("img", name="Mã QR kích hoạt máy")).to_be_visible()
    await expect(head.locator(".typed")).to_contain_text("TANNHA:ENROL:")
    await looks_well(head)


async def test_whoever_has_signed_out_sees_nothing_more(open_desk: OpenPage, demo: Demo) -> None:
    page = await open_desk()
    await sign_in(page, demo, "mai")
    await page.get_by_role("button", name="Đăng xuất").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập bàn làm việc")
    await page.goto(f"/desk/cases/{case_of(demo, 'Mai Văn Chín')['case_id']}")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập bàn làm việc")


async def test_a_bag_is_filled_and_received_by_scanning(screens: Screens, demo: Demo) -> None:
    """Út at a desk, Mai with a small screen; each page has no barrier."""
    ut, mai = await screens.open(**DESK), await screens.open(**PHONE)
    await sign_in(ut, demo, "ut")
    await sign_in(mai, demo, "mai")
    item = await at_the_post(ut, demo)
    await ut.get_by_role("link", name="Túi thư", exact=True).click()
    await ut.get_by_label("Mã trên túi").fill("TM-0031")
    await ut.get_by_label("Gửi đến").select_option(demo.cast["units"]["Trung tâm Phục vụ hành chính công xã Mỹ Hiệp"])
    await ut.get_by_role("button", name="Mở túi thư").click()
    for text, told in (("TN000000000VN", "Số hiệu bưu gửi này có chữ số sai"), (item, "Đã ghi: Bỏ vào túi thư")):
        await ut.get_by_label("Quét nhãn trên bưu gửi").fill(text)
        await ut.keyboard.press("Enter")
        await expect(ut.get_by_text(told)).to_be_visible()
        await looks_well(ut)
    await ut.locator("summary", has_text="Buộc túi thư").click()
    await ut.get_by_label("Số niêm phong của túi").fill("T-0031")
    await ut.get_by_role("button", name="Buộc túi thư").click()
    await ut.get_by_role("button", name="Bàn giao túi thư").click()
    await expect(ut.get_by_role("status")).to_contain_text("Đã ghi: Bàn giao túi thư")

    await mai.goto("/desk/bags")
    await looks_well(mai)
    await mai.get_by_role("link", name="TM-0031").click()
    await mai.get_by_label("Quét nhãn trên bưu gửi").fill(item)
    await mai.keyboard.press("Enter")
    await expect(mai.get_by_text("Đã quét 1/1")).to_be_visible()
    await looks_well(mai)
    await mai.get_by_label("Niêm phong nguyên vẹn").check()
    await mai.get_by_role("button", name="Nhận túi thư").click()
    await expect(mai.get_by_text("Nhận 1/1", exact=True)).to_be_visible()
    await mai.get_by_role("button", name="Ký biên bản").click()
    await expect(mai.get_by_role("status")).to_contain_text("Đã ghi: Ký biên bản giao nhận")
    await looks_well(mai)
    await mai.get_by_role("link", name="In biên bản giao nhận").click()
    await expect(mai.get_by_role("cell", name=item)).to_be_visible()
    await looks_well(mai)


async def at_the_post(page: Page, demo: Demo) -> str:
    """The item number of a parcel that waits at the post for the one-stop."""
    for case in demo.cast["cases"]:
        if case["state"] == "papers_taken":
            answer = await page.request.get(f"/api/desk/cases/{case['case_id']}")
            for parcel in (await answer.json())["parcels"] if answer.ok else ():
                if parcel["holder_kind"] == "unit" and parcel["item_number"]:
                    return parcel["item_number"]
    raise AssertionError("no parcel waits at the post")


async def test_the_post_asks_and_the_agency_answers_without_a_script(screens: Screens, demo: Demo) -> None:
    """Both see the same thread, on a desk and on a phone; a call stands in the timeline."""
    case = f"/desk/cases/{case_of(demo, 'Hồ Thị Mận')['case_id']}"
    ut, mai = [await screens.open(**screen, **WITHOUT_SCRIPT) for screen in (DESK, PHONE)]
    await sign_in(ut, demo, "ut")
    await ut.goto(case)
    await ut.get_by_text("Hỏi cơ quan").click()
    await ut.get_by_label("Câu hỏi").fill("Bà Mận chỉ có bản sao.\nCó nhận không?")
    await ut.get_by_role("button", name="Gửi câu hỏi").click()
    await expect(ut.get_by_role("status")).to_contain_text("Đã ghi: Hỏi cơ quan.")
    await ut.locator("summary", has_text="Ghi cuộc gọi").click()
    await ut.get_by_text("Không nghe máy").click()
    await ut.get_by_label("Ghi chú").locator("visible=true").fill("Tối gọi lại.")
    await ut.get_by_role("button", name="Ghi cuộc gọi").click()
    await expect(ut.locator(".timeline")).to_contain_text("Gọi đi: Không nghe máy")
    await sign_in(mai, demo, "mai")
    await mai.get_by_role("link", name="Bưu điện hỏi").click()
    await looks_well_at(mai)
    await mai.get_by_role("link", name="Hồ Thị Mận").click()
    await mai.get_by_role("textbox", name="Trả lời").fill("Nhận bản sao.")
    await mai.get_by_role("button", name="Gửi trả lời").click()
    await ut.goto(case)
    for page in (ut, mai):
        await expect(page.get_by_role("list").filter(has_text="Có nhận không?")).to_contain_text("Nhận bản sao.")
        await looks_well_at(page)


async def looks_well_at(page: Page) -> None:
    """A page of a context without scripts, with them: axe is one."""
    context = page.context
    assert context.browser is not None
    seen = await context.browser.new_context(
        storage_state=await context.storage_state(), viewport=page.viewport_size, locale="vi-VN"
    )
    with_script = await seen.new_page()
    await with_script.goto(page.url)
    await looks_well(with_script)
    await seen.close()
