"""A line of the run sheet typed in at a desk: what is unclear is said and nothing typed is lost; pictures are seen by
who may see their case."""

import hashlib
import re
from io import BytesIO
from typing import Any
from uuid import UUID

import httpx
from PIL import Image

from backend.ids import uuid7
from backend.staff.model import Role
from backend.units.demo import demo_unit_id
from backend.units.model import UnitKind
from tests.builders_acts import at_the_door, stock
from tests.builders_staff import hired
from tests.pages import forms
from tests.web.conftest import MY_THO, Desk, Office


def picture(shade: int = 200) -> bytes:
    made = BytesIO()
    Image.new("L", (640, 200), shade).save(made, "JPEG")
    return made.getvalue()


async def booked(office: Office, *amounts: int, **more: Any) -> tuple[UUID, str]:
    async with office.field() as field:
        case, visit, _ = await field.booked(*amounts, **more)
    return case, visit


async def drawn(desk: Desk, path: str) -> dict[str, Any]:
    [form] = forms(await desk.page(path), "rekey")
    form.pop("picture", None)
    return form


async def sent(desk: Desk, path: str, values: dict[str, Any], file: bytes | None, kind: str = "image/jpeg") -> Any:
    files = {"picture": ("dong", file, kind)} if file is not None else None
    told = {"form_token": desk.form_token} | values
    return await desk.http.post(path, data=told, files=files, headers={"Accept": "text/html"})


def said(answer: httpx.Response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text.partition('role="alert"')[2].partition("</div>")[0]).split())


TIMES = {"from": "7:20", "until": "7g30"}


async def typed(office: Office, desk: Desk, case: UUID, visit: str, **values: Any) -> Any:
    path = f"/desk/cases/{case}/paper/{visit}"
    return await sent(desk, path, await drawn(desk, path) | TIMES | values, picture())


async def told(office: Office, case: UUID) -> list[dict[str, Any]]:
    """What the line tells, as its page says."""
    [line] = (await (await office.desk("hung")).get(f"/api/desk/cases/{case}")).json()["lines_on_paper"]
    return line["acts"]


async def test_what_is_unclear_is_said_and_what_was_typed_stands_there(office: Office) -> None:
    case, visit = await booked(office)
    ut = await office.desk("ut")
    path = f"/desk/cases/{case}/paper/{visit}"
    filled = await drawn(ut, path) | {"from": "7 rưỡi", "until": "7:40", "originals-to_khai": "2", "outcome": "done"}
    answer = await sent(ut, path, filled, picture())
    assert answer.status_code == 400
    assert "Ghi giờ và phút" in said(answer)
    [again] = forms(answer, "rekey")
    assert (again["from"], again["originals-to_khai"], again["act"]) == ("7 rưỡi", "2", filled["act"])
    assert "Ảnh đã nhận" in answer.text
    assert again["picture"].split(" ")[0] == hashlib.sha256(picture()).hexdigest()
    done = await sent(ut, path, again | {"from": "7:30", "outcome": "done"}, None)
    assert done.status_code == 303, said(done)
    assert [act["kind"] for act in await told(office, case)] == ["record_arrival", "take_papers", "finish_visit"]


async def test_a_seal_wants_its_label_and_papers(office: Office) -> None:
    case, visit = await booked(office)
    ut = await office.desk("ut")
    for values in ({"seal": "NP-1"}, {"label": "TN-LABEL-0001", "seal": "NP-1"}):
        answer = await typed(office, ut, case, visit, outcome="done", **values)
        assert (answer.status_code, "Niêm phong cần nhãn" in said(answer)) == (400, True)


async def test_no_picture_and_no_picture_at_all(office: Office) -> None:
    case, visit = await booked(office)
    ut = await office.desk("ut")
    path = f"/desk/cases/{case}/paper/{visit}"
    filled = await drawn(ut, path) | TIMES | {"outcome": "done"}
    for file, kind, wanted in ((None, "", "gửi kèm ảnh"), (b"", "image/jpeg", "Chụp"), (b"%PDF", "text/x", "JPEG")):
        answer = await sent(ut, path, filled, file, kind)
        assert answer.status_code == 400
        assert wanted in said(answer)


async def test_the_same_form_twice_is_one_line(office: Office) -> None:
    case, visit = await booked(office)
    ut = await office.desk("ut")
    path = f"/desk/cases/{case}/paper/{visit}"
    filled = await drawn(ut, path) | TIMES | {"outcome": "failed", "reason": "V01"}
    assert [(await sent(ut, path, filled, picture())).status_code for _ in range(2)] == [303, 303]
    assert [act["kind"] for act in await told(office, case)] == ["record_arrival", "fail_visit"]


async def test_what_the_phone_said_before_it_died_is_not_asked_again(office: Office) -> None:
    async with office.field() as field:
        case, visit, _ = await field.booked()
        await at_the_door(field, case, visit)
    ut = await office.desk("ut")
    form = await drawn(ut, f"/desk/cases/{case}/paper/{visit}")
    assert "from" not in form
    answer = await typed(office, ut, case, visit, outcome="done", **{"originals-to_khai": "1"})
    assert answer.status_code == 303, said(answer)
    assert [act["kind"] for act in await told(office, case)] == ["take_papers", "finish_visit"]


async def test_money_and_why_the_rest_was_not_paid(office: Office) -> None:
    case, visit = await booked(office, 8_000, 9_000)
    ut = await office.desk("ut")
    charges = {one["amount"]: one["charge_id"] for one in (await ut.get(f"/api/desk/cases/{case}")).json()["charges"]}
    answer = await typed(
        office, ut, case, visit, charges=charges[8_000], slip="17", unpaid="no_money_now", outcome="partly"
    )
    assert answer.status_code == 303, said(answer)
    acts = await told(office, case)
    assert [act["kind"] for act in acts] == ["record_arrival", "collect", "record_unpaid", "finish_visit"]
    assert acts[1]["figures"]["amount"] == 8_000
    page = (await (await office.desk("hung")).page(f"/desk/cases/{case}")).text
    assert "Thu tiền: 8.000" in page
    assert "phiếu số 17" in page
    assert "Ghi chưa nộp phí: Chưa có tiền" in page
    assert "Hoàn thành một phần" in page


async def test_who_came_by(office: Office) -> None:
    async with office.field() as field:
        case, _ = await field.confirmed()
        await stock(field, 7)
        lan = field.lan
    ut = await office.desk("ut")
    today = (await drawn(ut, f"/desk/cases/{case}/paper/new"))["day"]
    answer = await typed(
        office, ut, case, "new", courier=str(lan), day=today, outcome="done", **{"originals-to_khai": "1"}
    )
    assert answer.status_code == 303, said(answer)
    hung = await office.desk("hung")
    waiting = (await hung.page("/desk/review")).text
    assert "Phiếu giấy chờ xác nhận" in waiting
    assert "Chờ xem xét (1)" in waiting
    [form] = forms(await hung.page(f"/desk/cases/{case}"), "confirm_rekeyed")
    assert (await hung.fill(f"/desk/cases/{case}", form)).status_code == 303
    [visit] = (await hung.get(f"/api/desk/cases/{case}")).json()["visits"]
    assert visit["courier"] == str(lan)


async def test_only_the_post_types_in_and_a_visit_that_ended_is_not_there(office: Office) -> None:
    case, visit = await booked(office)
    for account in ("mai", "kim", "thao"):
        assert (await (await office.desk(account)).page(f"/desk/cases/{case}/paper/{visit}")).status_code == 403, (
            account
        )
    ut = await office.desk("ut")
    for nowhere in (str(uuid7()), "what"):
        answer = await ut.page(f"/desk/cases/{case}/paper/{nowhere}")
        assert answer.status_code == 404
    async with office.tx() as tx:
        await hired(tx, office.town.people["thao"], demo_unit_id(UnitKind.ONE_STOP, MY_THO), Role.DISPATCHER)
    elsewhere = await (await office.desk("thao")).page(f"/desk/cases/{case}/paper/{visit}")
    assert elsewhere.status_code == 404
    assert (await ut.page(f"/desk/cases/{case}/paper/{visit}")).status_code == 200
    async with office.field() as field:
        await field.does(case, "fail_visit", {"visit_id": visit, "reason": "V01"})
    assert (await ut.page(f"/desk/cases/{case}/paper/{visit}")).status_code == 404


async def test_a_picture_is_seen_by_who_may_see_its_case_and_nobody_borrows_anothers(office: Office) -> None:
    case, visit = await booked(office)
    other, elsewhere = await booked(office, seat=2)
    ut, hung = await office.desk("ut"), await office.desk("hung")
    mark = hashlib.sha256(picture()).hexdigest()
    assert (await typed(office, ut, case, visit, outcome="failed", reason="V01")).status_code == 303
    line = {
        "line_id": str(uuid7()),
        "visit_id": elsewhere,
        "courier": (await ut.get(f"/api/desk/cases/{other}")).json()["visits"][0]["courier"],
        "picture": mark,
        "acts": [
            {"kind": "record_arrival", "at": "2026-11-25T00:20:00Z", "body": {"visit_id": elsewhere}},
        ],
    }
    assert (await hung.act(other, "rekey", line)).status_code == 200
    async with office.tx() as tx:
        await tx.run(
            """INSERT INTO masters (file_sha256, master_sha256, bytes, width, height, made_at)
               SELECT sha256, sha256, bytes, 640, 200, received_at FROM files"""
        )
    shown = await hung.page(f"/desk/cases/{case}/pictures/{mark}")
    assert (shown.status_code, shown.headers["content-type"], shown.content) == (200, "image/jpeg", picture())
    assert (await hung.page(f"/desk/cases/{other}/pictures/{mark}")).status_code == 404
    assert (await hung.page(f"/desk/cases/{case}/pictures/{'0' * 64}")).status_code == 404
    assert (await (await office.desk("thao")).page(f"/desk/cases/{case}/pictures/{mark}")).status_code == 404
    assert (await ut.page(f"/desk/cases/{case}/pictures/nothing")).status_code == 400
