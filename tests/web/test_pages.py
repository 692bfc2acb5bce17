"""The pages of a desk over HTTP, as a browser without JavaScript meets them."""

import asyncio
import re
from html import escape, unescape
from uuid import UUID

import httpx
import pytest

from backend.ids import uuid7
from backend.procedures import service as procedures
from backend.procedures.model import Content
from tests.builders_acts import sealed, signed, stock, took_papers
from tests.builders_staff import PASSWORD
from tests.pages import forms
from tests.procedures.builders import a_version
from tests.sync.test_household import a_household
from tests.web.conftest import Desk, Office

HTML = {"Accept": "text/html"}


async def case_page(desk: Desk, case: UUID) -> httpx.Response:
    page = await desk.page(f"/desk/cases/{case}")
    assert page.status_code == 200, page.text
    return page


async def test_who_is_not_signed_in_is_led_to_the_page_they_wanted(office: Office) -> None:
    away = await office.http.get("/desk/review", headers=HTML)
    assert (away.status_code, away.headers["location"]) == (303, "/desk/sign-in?next=%2Fdesk%2Freview")
    form = await office.http.get(away.headers["location"], headers=HTML)
    assert 'name="next" value="/desk/review"' in form.text
    sent = {"account": "ut", "password": PASSWORD, "next": "/desk/review"}
    there = await office.http.post("/desk/sign-in", data=sent, headers=HTML | {"Sec-Fetch-Site": "same-origin"})
    assert (there.status_code, there.headers["location"]) == (303, "/desk/review")
    assert (await office.http.get("/desk/review", headers=HTML)).status_code == 200


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/desk", "//elsewhere.example", "/desk.evil", "/api/desk"])
async def test_signing_in_leads_nowhere_else(office: Office, wanted: str) -> None:
    sent = {"account": "ut", "password": PASSWORD, "next": wanted}
    there = await office.http.post("/desk/sign-in", data=sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert (there.status_code, there.headers["location"]) == (303, "/desk")


async def test_a_wrong_password_is_told_on_the_page_with_the_account_still_there(office: Office) -> None:
    sent = {"account": "ut", "password": "không đúng đâu nhé"}
    page = await office.http.post("/desk/sign-in", data=sent, headers=HTML | {"Sec-Fetch-Site": "same-origin"})
    assert page.status_code == 401
    assert "Tài khoản hoặc mật khẩu không đúng." in page.text
    assert 'value="ut"' in page.text
    assert sent["password"] not in page.text


async def test_a_sign_in_from_another_site_is_refused(office: Office) -> None:
    sent = {"account": "ut", "password": PASSWORD}
    page = await office.http.post("/desk/sign-in", data=sent, headers=HTML | {"Origin": "https://elsewhere.example"})
    assert page.status_code == 403
    assert "set-cookie" not in page.headers


async def test_signing_out_ends_the_session(office: Office) -> None:
    ut = await office.desk("ut")
    out = await ut.fill("/desk/sign-out", {})
    assert (out.status_code, out.headers["location"]) == (303, "/desk/sign-in")
    assert (await ut.page("/desk")).status_code == 303


@pytest.mark.parametrize("path", ["/desk", "/desk/register", "/desk/review", "/desk/sign-in", "/", "/desk/cases/x"])
async def test_pages_let_nothing_else_in(office: Office, path: str) -> None:
    ut = await office.desk("ut")
    page = await ut.page(path)
    policy = page.headers.get("content-security-policy", "")
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not re.search(r"<script|<style| style=| on[a-z]+=|https?://", page.text), path
    if path.startswith("/desk"):
        assert page.headers["x-content-type-options"] == "nosniff"
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == ("same-origin" if path == "/desk/sign-in" else "no-referrer")


async def test_the_list_says_what_is_next_for_the_role(office: Office) -> None:
    async with office.field() as field:
        await field.confirmed()
    ut, mai = await office.desk("ut"), await office.desk("mai")
    _, _, mine = (await ut.page("/desk")).text.partition("Việc kế tiếp của tôi")
    assert "Nguyễn Thị Huệ" in mine
    assert "Hồ sơ khác" not in mine
    assert "<span>Hẹn</span>" in mine
    assert "<span>Chuyển bưu điện</span>" in (await mai.page("/desk")).text


async def test_a_form_of_the_page_is_an_act(office: Office) -> None:
    async with office.field() as field:
        case, _ = await field.confirmed()
    ut = await office.desk("ut")
    book, *_ = forms(await case_page(ut, case), "book")
    said = {"courier": str(office.town.people["lan"]), "agreed": "yes"}
    done = await ut.fill(f"/desk/cases/{case}", book | said)
    assert (done.status_code, done.headers["location"]) == (303, f"/desk/cases/{case}?done=book"), done.text
    shown = await ut.page(done.headers["location"])
    assert "Đã ghi: Hẹn." in shown.text
    assert "Đã hẹn" in shown.text
    assert "Nguyễn Thị Lan" in shown.text


async def test_two_clicks_on_a_form_are_one_act(office: Office) -> None:
    async with office.field() as field:
        case, _ = await field.confirmed()
    ut = await office.desk("ut")
    book, *_ = forms(await case_page(ut, case), "book")
    clicks = [ut.fill(f"/desk/cases/{case}", book | {"courier": str(office.town.people["lan"])}) for _ in range(2)]
    assert [click.status_code for click in await asyncio.gather(*clicks)] == [303, 303]
    async with office.tx() as tx:
        assert await tx.value("SELECT count(*) FROM acts WHERE kind = 'book'") == 1


async def test_the_form_moves_one_case_of_a_household_and_leaves_the_other_its_visit(office: Office) -> None:
    async with office.field() as field:
        (case, other), visit = await a_household(field, 2)
    ut = await office.desk("ut")
    [move] = forms(await case_page(ut, case), "move_appointment")
    done = await ut.fill(f"/desk/cases/{case}", move | {"slot": "2026-11-25 14:00-15:00"})
    assert done.status_code == 303, done.text
    async with office.tx() as tx:
        rows = await tx.all("SELECT case_id, visit_id, time_window FROM appointments WHERE live")
    told = {row["case_id"]: (str(row["visit_id"]), row["time_window"]) for row in rows}
    assert told[other] == (visit, "07:00-08:00")
    assert told[case][0] != visit
    assert told[case][1] == "14:00-15:00"


async def test_a_day_that_is_none_stays_where_it_was_typed_and_is_refused_there(office: Office) -> None:
    page = await (await office.desk("ut")).page("/desk/register?registered_on=32/13/2025")
    _, _, late = page.text.partition('<details class="part" open>')
    asked = late.partition("</details>")[0]
    assert 'role="alert"' in asked
    assert 'value="32/13/2025"' in asked
    assert page.text.count('role="alert"') == 1


async def test_what_is_refused_is_told_with_what_was_typed_still_there(office: Office) -> None:
    async with office.field() as field:
        await procedures.publish(field.tx, [a_version("1.999999", content=Content())], field.at)  # its papers unknown
        case = await field.registered(procedure="1.999999")
    mai = await office.desk("mai")
    [confirm] = forms(await case_page(mai, case), "confirm")
    typed = confirm | {"dossier_code": "H20.12-261301-0007", "amount1": "8.000", "components": "Tờ khai\nSổ hộ khẩu"}
    page = await mai.fill(f"/desk/cases/{case}", typed)
    assert page.status_code == 400
    assert "tháng 13" in page.text
    assert 'role="alert"' in page.text
    [again] = forms(page, "confirm")
    assert again["act"] == confirm["act"]
    assert (again["dossier_code"], again["amount1"]) == ("H20.12-261301-0007", "8.000")
    assert "Sổ hộ khẩu" in page.text
    done = await mai.fill(f"/desk/cases/{case}", again | {"dossier_code": "H20.12-261101-0007"})
    assert done.status_code == 303, done.text
    assert "8.000\u00a0đ" in (await case_page(mai, case)).text


async def test_a_form_drawn_before_the_step_was_taken_is_refused_in_words(office: Office) -> None:
    async with office.field() as field:
        case = await field.registered()
    mai = await office.desk("mai")
    first, second = [forms(await case_page(mai, case), "confirm")[0] for _ in range(2)]
    assert (await mai.fill(f"/desk/cases/{case}", first)).status_code == 303
    page = await mai.fill(f"/desk/cases/{case}", second)
    assert page.status_code == 409
    assert "Hồ sơ này đã được xác nhận." in page.text


async def test_a_parcel_is_received_by_its_label_its_number_or_by_hand(office: Office) -> None:
    async with office.field() as field:
        case, visit, _ = await field.booked()
        [label] = await stock(field, 412)
        papers = await took_papers(field, case, visit)
        answers = await field.send(
            field.phone.make(case, "sign", signed(visit)),
            field.phone.make(case, "seal", sealed(visit, label, papers)),
            field.phone.make(case, "finish_visit", {"visit_id": visit, "outcome": "done"}),
        )
        assert [str(answer.standing) for answer in answers] == ["applied"] * 3
    ut = await office.desk("ut")
    page = await case_page(ut, case)
    [receive] = forms(page, "receive")
    assert "Nhãn 00412" in page.text
    nothing = await ut.fill(f"/desk/cases/{case}", receive)
    assert nothing.status_code == 400
    assert "Chưa có bưu gửi nào." in nothing.text
    foreign = await ut.fill(f"/desk/cases/{case}", receive | {"scanned": "TN-LABEL-9999"})
    assert foreign.status_code == 400
    assert "không thuộc hồ sơ này" in foreign.text
    done = await ut.fill(f"/desk/cases/{case}", receive | {"scanned": "00412"})
    assert done.status_code == 303, done.text
    assert "Bưu điện xã Mỹ Hiệp</span>" in (await case_page(ut, case)).text
    assert f"/desk/cases/{case}" in (await ut.page("/desk?q=EA000000412VN")).text


async def test_a_registration_leads_to_its_case(office: Office) -> None:
    mai = await office.desk("mai")
    [form] = forms(await mai.page("/desk/register"), "register")
    missing = await mai.fill("/desk/register", form | {"procedure": "2.000635", "phone": "0912 345 678"})
    assert missing.status_code == 400
    assert "Ô này chưa có gì." in missing.text
    assert 'value="0912 345 678"' in missing.text
    [again] = forms(missing, "register")
    assert again["act"] == form["act"]
    done = await mai.fill("/desk/register", again | {"owner_name": "Nguyễn Thị Huệ", "address": "Ấp 1"})
    assert done.status_code == 303, done.text
    shown = await mai.page(done.headers["location"])
    assert "Nguyễn Thị Huệ" in shown.text
    assert "Chờ chuyển bưu điện" in shown.text
    assert "Bưu điện xã Mỹ Hiệp" in shown.text


async def test_s11_a_name_that_fits_three_dossiers_is_asked_for_what_tells_them_apart(office: Office) -> None:
    async with office.field() as field:
        for _ in range(3):
            await field.registered(told={"owner_name": "NGUYỄN THỊ HUỆ"})
    mai = await office.desk("mai")
    [form] = forms(await mai.page("/desk/register"), "register")
    typed = form | {"owner_name": "Nguyễn Thị Huệ", "note": "Nộp thay\nmẹ"}
    only_name = await mai.fill("/desk/register", typed)
    assert only_name.status_code == 400
    assert "Có 3 hồ sơ đang làm mang tên này. Còn cần: thủ tục; và mã hồ sơ, số giấy tờ" in only_name.text
    [again] = forms(only_name, "register")
    assert (again["owner_name"], again["act"]) == ("Nguyễn Thị Huệ", form["act"])
    assert ">Nộp thay\nmẹ</textarea>" in only_name.text
    which = await mai.fill("/desk/register", typed | {"procedure": "2.000635"})
    assert (which.status_code, "Còn cần một trong: mã hồ sơ, số giấy tờ" in which.text) == (400, True)
    other = await mai.fill("/desk/register", typed | {"procedure": "1.001193", "act": str(uuid7())})
    assert other.status_code == 303, "the procedure tells it apart"
    new = await mai.fill("/desk/register", typed | {"procedure": "2.000635", "another": "yes"})
    assert new.status_code == 303, new.text
    numbered = typed | {"procedure": "2.000635", "owner_number": "087200000019", "act": str(uuid7())}
    assert (await mai.fill("/desk/register", numbered)).status_code == 303


async def test_row_19_other_information_is_sealed_shown_on_the_case_and_gone_when_erased(office: Office) -> None:
    mai = await office.desk("mai")
    [form] = forms(await mai.page("/desk/register"), "register")
    said = "Nhà sau chợ, <gọi> trước 9 giờ\nNộp thay mẹ"
    typed = {"procedure": "2.000635", "owner_name": "Trần Văn Tư", "note": said}
    done = await mai.fill("/desk/register", form | typed)
    page = await mai.page(done.headers["location"])
    case = UUID(done.headers["location"].partition("/desk/cases/")[2][:36])
    assert f'<dt>Thông tin khác</dt><dd class="free">{escape(said)}</dd>' in page.text
    assert (await mai.get(f"/api/desk/cases/{case}")).json()["note"] == said
    async with office.field() as field:
        await field.at_desk(field.mai, case, "withdraw", {}, base=99)
        await field.at_desk(office.town.people["hoa"], case, "erase", {"reason": "asked"})
    erased = await case_page(mai, case)
    assert "Thông tin khác</dt>" not in erased.text
    wrong = await mai.fill("/desk/register", form | typed | {"note": "x" * 2001, "act": str(uuid7())})
    assert wrong.status_code == 400


async def register_with(office: Office, procedure: str) -> tuple[Desk, httpx.Response]:
    """Mai fills in the form, and the answer."""
    mai = await office.desk("mai")
    [form] = forms(await mai.page("/desk/register"), "register")
    told = {"procedure": procedure, "owner_name": "Nguyễn Thị Huệ", "address": "Ấp 1"}
    return mai, await mai.fill("/desk/register", form | told)


async def test_the_form_offers_the_catalogue_to_pick_from(office: Office) -> None:
    page = await (await office.desk("mai")).page("/desk/register")
    for line in (
        "2.000635 Cấp bản sao trích lục hộ tịch",
        "1.001193 Đăng ký khai sinh",
        "H20.GPLX Đổi giấy phép lái xe",
    ):
        assert f'<option value="{line}">' in page.text


@pytest.mark.parametrize(
    "typed",
    [
        "2.000635",
        "2.000635 Cấp bản sao trích lục hộ tịch",
        "trích lục hộ tịch",
        "trich luc ho tich",
        "h20.gplx",
        "Đăng ký khai sinh",
        "dang ky khai sinh",
    ],
)
async def test_a_procedure_is_picked_typed_or_said(office: Office, typed: str) -> None:
    mai, done = await register_with(office, typed)
    assert done.status_code == 303, done.text
    shown = (await mai.page(done.headers["location"])).text
    expected = "H20.GPLX" if "gplx" in typed else "1.001193" if "khai" in typed.lower() else "2.000635"
    assert f"<dd>{expected} " in shown


async def test_words_that_fit_several_procedures_are_answered_with_their_codes(office: Office) -> None:
    _, page = await register_with(office, "khai sinh lưu")
    assert page.status_code == 303
    mai, page = await register_with(office, "khai tu")
    assert page.status_code == 400
    text = unescape(page.text)
    assert "Có 3 thủ tục gần với chữ đã gõ: 1.000656 Đăng ký khai tử;" in text
    assert "Gõ mã của thủ tục cần" in text
    assert 'value="khai tu"' in text
    [again] = forms(page, "register")
    assert (await mai.fill("/desk/register", again | {"procedure": "1.000419"})).status_code == 303


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1.999999", "danh mục không có thủ tục 1.999999"),
        ("zzzz qqqq", "Danh mục không có thủ tục nào như vậy"),
        ("", "Ô này chưa có gì."),
    ],
)
async def test_a_procedure_that_is_not_in_the_catalogue_is_told_where_it_was_typed(
    office: Office, typed: str, said: str
) -> None:
    _, page = await register_with(office, typed)
    assert page.status_code == 400
    assert said in unescape(page.text)
    assert 'name="procedure" required aria-describedby' in page.text
    assert 'aria-invalid="true"' in page.text


async def test_a_name_is_text_never_part_of_the_page(office: Office) -> None:
    name = "<script>alert(1)</script>\"'><b>"
    async with office.field() as field:
        case = await field.registered()
        await field.tx.run("UPDATE cases SET owner_name = $name WHERE case_id = $case", name=name, case=case)
    ut = await office.desk("ut")
    for page in (await ut.page("/desk"), await case_page(ut, case)):
        assert "<script" not in page.text
        assert "&lt;script&gt;" in page.text


async def test_a_foreign_case_has_no_page_and_takes_no_form(office: Office) -> None:
    async with office.field() as field:
        case = await field.registered()
    mai, thao = await office.desk("mai"), await office.desk("thao")
    [confirm] = forms(await case_page(mai, case), "confirm")
    page = await thao.page(f"/desk/cases/{case}")
    assert page.status_code == 404
    assert "Không có hồ sơ này." in page.text
    sent = await thao.fill(f"/desk/cases/{case}", confirm | {"form_token": thao.form_token})
    assert sent.status_code == 404
    assert "Nguyễn Thị Huệ" not in page.text + sent.text


async def test_english_is_a_choice_that_is_remembered(office: Office) -> None:
    ut = await office.desk("ut")
    assert "My unit, today" in (await ut.page("/desk?lang=en")).text
    page = await ut.page("/desk")
    assert '<html lang="en">' in page.text
    assert "My unit, today" in page.text
    assert '<html lang="vi">' in (await ut.page("/desk?lang=vi")).text


async def test_a_code_for_a_phone_is_shown_once_as_a_picture_and_as_text(office: Office) -> None:
    hung = await office.desk("hung")
    page = await hung.page("/desk/enrolment-codes")
    assert "Nguyễn Thị Lan" in page.text
    field = office.town.ground.furnished
    made = await hung.fill("/desk/enrolment-codes", {"who": f"{field.lan} {field.post}"})
    assert made.status_code == 200
    assert "<svg" in made.text
    assert re.search(r"TANNHA:ENROL:[A-Z2-7]{26}", made.text)
    assert (await (await office.desk("ut")).page("/desk/enrolment-codes")).status_code == 403


async def test_the_page_of_what_waits_leads_to_the_case(office: Office) -> None:
    async with office.field() as field:
        case, visit, _ = await field.booked()
        await field.send(field.phone.make(case, "finish_visit", {"visit_id": visit, "outcome": "done"}))
    ut = await office.desk("ut")
    page = await ut.page("/desk/review")
    assert f"/desk/cases/{case}" in page.text
    clearing = forms(await case_page(ut, case), "clear_exception")
    assert clearing
    for form in clearing:
        assert (await ut.fill(f"/desk/cases/{case}", form)).status_code == 303
    assert f"/desk/cases/{case}" not in (await ut.page("/desk/review")).text


async def test_an_unknown_address_gets_a_page_for_people_and_a_problem_for_programs(office: Office) -> None:
    page = await office.http.get("/no/such/page", headers=HTML)
    assert page.status_code == 404
    assert "<h1>" in page.text
    told = await office.http.get("/no/such/page")
    assert told.headers["content-type"].startswith("application/problem+json")
