"""Stages of making a dossier digital (row 5): who does which, how far it is, and the record of what is handed over."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import httpx

from backend.documents import queries as documents
from backend.documents.model import ComponentFile
from backend.ids import uuid7
from backend.staff.model import Role
from backend.units.demo import demo_unit_id
from backend.units.model import UnitKind
from tests.builders import Field
from tests.builders_acts import took_papers
from tests.builders_staff import hired
from tests.pages import forms, plain
from tests.web.conftest import MY_THO, Desk, Office
from tests.web.test_pages import case_page

POST, AGENCY = "Bưu điện xã Mỹ Hiệp", "Ủy ban nhân dân xã Mỹ Hiệp"
RECORD = "Biên bản bàn giao dữ liệu số hóa"
MADE = bytes(range(32))
"""SHA-256 of a PDF."""
STAGES = ("photograph", "arrange", "check_quality", "assemble", "cross_check")


async def pages_photographed(field: Field, case: UUID, visit: str, paper: dict[str, Any], *numbers: int) -> None:
    for number in numbers:
        page = {"visit_id": visit, "page_id": str(uuid7()), "paper_id": paper["id"], "page_number": number}
        file = {"sha256": f"{number:064x}", "bytes": 10, "media_type": "image/webp"}
        body = page | {"component": paper["component"], "file": file}
        assert (await field.does(case, "photograph", body)).standing == "applied"


async def a_case(office: Office, *numbers: int) -> UUID:
    """A paper was taken, and these pages of it photographed."""
    [case] = await cases(office, "2.000635", numbers=numbers)
    return case


async def cases(office: Office, *procedures: str, numbers: Sequence[int] = (1,)) -> list[UUID]:
    """Of each procedure one."""
    found: list[UUID] = []
    async with office.field() as field:
        for procedure in procedures:
            case, _ = await field.confirmed(procedure=procedure)
            booking = field.booking()
            await field.at_desk(field.ut, case, "book", booking)
            [paper] = await took_papers(field, case, booking["visit_id"])
            await pages_photographed(field, case, booking["visit_id"], paper, *numbers)
            found.append(case)
    return found


async def told(desk: Desk, case: UUID) -> list[str]:
    """The stages as they stand on the page of a case."""
    section = (await case_page(desk, case)).text.partition('<section aria-labelledby="digitised">')[2]
    return [plain(one) for one in section.partition("</section>")[0].split("<li>")[1:]]


async def assigns(desk: Desk, *, unit: str = "", **typed: str) -> httpx.Response:
    path = "/desk/digitisation" + (f"?unit={unit}" if unit else "")
    [form] = forms(await desk.page(path), "assign_stage")
    usual = {"stage": "check_quality", "assignee": "office", "basis": "Kế hoạch 25/KH-UBND ngày 25/11/2026"}
    return await desk.fill(path, form | usual | typed)


async def test_the_page_of_a_case_says_who_does_which_stage_and_how_far_it_is(office: Office) -> None:
    case = await a_case(office, 1, 3)
    photograph, arrange, quality, assemble, check = await told(await office.desk("ut"), case)
    assert photograph == f"Chụp Bưu điện: {POST} 1/1 giấy tờ · xong"
    assert arrange == f"Đặt tên và sắp xếp trang Bưu điện: {POST} 0/1 giấy tờ", "the second page is lacking"
    assert quality == f"Kiểm tra chất lượng Bưu điện: {POST} 0/2 trang đạt"
    assert assemble == f"Ghép tệp Bưu điện: {POST} 0/1 tệp"
    assert check == f"Đối chiếu Cơ quan giải quyết: {AGENCY} {RECORD} 0/1 hồ sơ"


async def test_what_is_on_record_moves_the_stages(office: Office) -> None:
    case = await a_case(office, 1, 2)
    async with office.tx() as tx:
        await tx.run("UPDATE pages SET state = 'clean' WHERE case_id = $case", case=case)
        await documents.add_component_file(tx, await pdf(office, case, pages=1))
    ut = await office.desk("ut")
    _, arrange, quality, assemble, _ = await told(ut, case)
    assert arrange.endswith("1/1 giấy tờ · xong")
    assert quality.endswith("2/2 trang đạt · xong")
    assert assemble.endswith("0/1 tệp"), "the PDF is without the second page"
    async with office.field() as field:
        await documents.add_component_file(field.tx, await pdf(office, case, pages=2, version=2))
        await field.tx.run("UPDATE cases SET check_result = 'passed' WHERE case_id = $case", case=case)
    *_, assemble, check = await told(ut, case)
    assert assemble.endswith("1/1 tệp · xong")
    assert check.endswith("1/1 hồ sơ · xong")


async def pdf(office: Office, case: UUID, *, pages: int, version: int = 1) -> ComponentFile:
    async with office.tx() as tx:
        component = await tx.value("SELECT min(component) FROM pages WHERE case_id = $case", case=case)
        at = await tx.value("SELECT now()")
    return ComponentFile(
        case_id=case, component=component, version=version, sha256=MADE, bytes=4711, pages=pages, made_at=at
    )


async def test_both_sides_print_what_is_handed_over_and_nobody_else(office: Office) -> None:
    case = await a_case(office, 1, 2)
    async with office.tx() as tx:
        await documents.add_component_file(tx, await pdf(office, case, pages=2))
        await hired(tx, office.town.people["thao"], demo_unit_id(UnitKind.POST, MY_THO), Role.DISPATCHER)
    path = f"/desk/cases/{case}/digitisation/cross_check"
    for account, name in (("ut", "Trần Văn Út"), ("mai", "Lê Thị Mai")):
        desk = await office.desk(account)
        assert f'href="{path}"' in (await case_page(desk, case)).text
        record = await desk.page(path)
        assert record.status_code == 200, record.text
        text = plain(record.text)
        assert f"Bên giao {POST} · đã làm đến công đoạn Ghép tệp" in text
        assert f"Bên nhận {AGENCY} · làm từ công đoạn Đối chiếu" in text
        assert f"{MADE.hex()} bản 1, 2 trang, 4711 byte" in text
        assert "Cộng 1 thành phần 2 0 1 tệp" in text
        assert re.search(rf"Lập lúc \d\d/\d\d/\d{{4}} \d\d:\d\d, {name}", text)
        assert re.search(r"Bên giao ký …+ Bên nhận ký …+", text), "to be signed by hand"
    elsewhere = await (await office.desk("thao")).page(path)
    assert elsewhere.status_code == 404, elsewhere.text
    assert MADE.hex() not in elsewhere.text


async def test_there_is_no_record_where_nothing_changes_hands(office: Office) -> None:
    """Where the same goes on, where nothing was photographed yet, and at no stage at all."""
    ut = await office.desk("ut")
    async with office.field() as field:
        case, visit, _ = await field.booked()
        [paper] = await took_papers(field, case, visit)
        await pages_photographed(field, case, visit, paper, 1)
        empty, visit, _ = await field.booked()
        await took_papers(field, empty, visit)
    for stage in STAGES[:-1]:
        assert (await ut.get(f"/desk/cases/{case}/digitisation/{stage}")).status_code == 404, stage
    assert (await ut.get(f"/desk/cases/{case}/digitisation/hand_over")).status_code == 400
    assert RECORD not in " ".join(await told(ut, empty))
    assert (await ut.get(f"/desk/cases/{empty}/digitisation/cross_check")).status_code == 404


async def test_a_head_of_post_gives_a_stage_to_the_agency_for_one_procedure(office: Office) -> None:
    hung, ut = await office.desk("hung"), await office.desk("ut")
    done = await assigns(hung, procedure="2.000635")
    assert done.status_code == 303, done.text
    page = plain((await hung.page("/desk/digitisation")).text)
    assert "Riêng thủ tục 2.000635, từ" in page
    assert "Kế hoạch 25/KH-UBND ngày 25/11/2026 · người phân công Trần Văn Hùng" in page
    its, of_another = await cases(office, "2.000635", "1.001193")
    mine = await told(ut, its)
    assert [AGENCY in one for one in mine] == [False, False, True, False, True]
    assert [RECORD in one for one in mine] == [False, False, True, True, True], "there, back, and there again"
    other = await told(ut, of_another)
    assert [AGENCY in one for one in other] == [False, False, False, False, True]


async def test_what_is_set_later_closes_a_row_and_adds_one(office: Office) -> None:
    hung = await office.desk("hung")
    for typed in ({"assignee": "office"}, {"assignee": "office", "since": "01/12/2099"}, {"assignee": "post"}):
        assert (await assigns(hung, **typed)).status_code == 303
    async with office.tx() as tx:
        rows = await tx.all(
            """SELECT assignee, isempty(valid) AS never, upper_inf(valid) AS open, taken_at IS NOT NULL AS taken
               FROM digitisation_stages WHERE unit_id IS NOT NULL ORDER BY recorded_at, id"""
        )
    assert [tuple(row) for row in rows] == [
        ("office", False, False, True),
        ("office", False, True, True),
        ("post", False, True, False),
    ]


async def test_two_clicks_are_one(office: Office) -> None:
    hung = await office.desk("hung")
    [form] = forms(await hung.page("/desk/digitisation"), "assign_stage")
    for _ in range(2):
        sent = form | {"assignee": "office", "basis": "Kế hoạch 1"}
        assert (await hung.fill("/desk/digitisation", sent)).status_code == 303
    async with office.tx() as tx:
        rows = await tx.all("SELECT taken_at FROM digitisation_stages WHERE unit_id IS NOT NULL")
    assert [row["taken_at"] for row in rows] == [None]


async def test_what_is_not_filled_in_right_is_said_with_what_was_typed_still_there(office: Office) -> None:
    hung = await office.desk("hung")
    for typed, said in (
        ({"since": "01/01/2020"}, "Ghi ngày bắt đầu từ hôm nay trở đi"),
        ({"basis": ""}, "Ô này chưa có gì"),
        ({"procedure": "2.999999"}, "danh mục không có thủ tục 2.999999"),
        ({"stage": "sign"}, "Chọn một mục"),
    ):
        refused = await assigns(hung, **typed)
        assert (refused.status_code, said in refused.text) == (400, True), refused.text
    async with office.tx() as tx:
        assert await tx.value("SELECT count(*) FROM digitisation_stages WHERE unit_id IS NOT NULL") == 0


async def test_only_who_answers_for_a_post_says_who_does_what_there(office: Office) -> None:
    elsewhere = str(demo_unit_id(UnitKind.POST, MY_THO))
    ut, hung, hoa = [await office.desk(account) for account in ("ut", "hung", "hoa")]
    assert (await ut.page("/desk/digitisation")).status_code == 403
    assert (await hung.page(f"/desk/digitisation?unit={elsewhere}")).status_code == 403
    [form] = forms(await hung.page("/desk/digitisation"), "assign_stage")
    sent = form | {"assignee": "office", "basis": "Kế hoạch 1"}
    assert (await hung.fill(f"/desk/digitisation?unit={elsewhere}", sent)).status_code == 403
    assert (await assigns(hoa, unit=elsewhere)).status_code == 303
    page = plain((await hung.page("/desk/digitisation?lang=en")).text)
    assert "Check quality Thông báo kết luận Hội nghị 11/8/2022" in page, "at the other post only"
    assert "the province's default" in page
