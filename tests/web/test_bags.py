"""The pages of bags: a post fills one by scanning, the one-stop receives parcel by parcel, both sides sign."""

from html import unescape
from typing import Any
from uuid import UUID

import httpx

from backend.ids import uuid7
from tests.builders_bags import Named, at_the_post
from tests.pages import forms, plain
from tests.web.conftest import Desk, Office

PATH = "/desk/bags"


def said(page: httpx.Response) -> str:
    return plain(page.text)


async def parcels(office: Office, count: int) -> list[tuple[Named, str]]:
    """At the post, each with its item number."""
    async with office.field() as field:
        made = [await at_the_post(field) for _ in range(count)]
        rows = await field.tx.all("SELECT parcel_id, item_number FROM label_sets WHERE parcel_id IS NOT NULL")
    items = {row["parcel_id"]: row["item_number"] for row in rows}
    return [(one, items[UUID(one["parcel_id"])]) for one in made]


async def sent(desk: Desk, path: str, kind: str, **values: Any) -> httpx.Response:
    """The form of that kind as it stands on the page, with some fields filled otherwise."""
    page = await desk.page(path)
    found = forms(page, kind)
    assert found, f"{kind} is not on {path}: {said(page)}"
    return await desk.fill(path, found[0] | values)


async def done(desk: Desk, path: str, kind: str, **values: Any) -> None:
    answer = await sent(desk, path, kind, **values)
    assert answer.status_code == 303, said(answer)


async def on_the_road(office: Office, ut: Desk, *items: str) -> str:
    """The path of a bag with these, tied and offered to the one-stop."""
    to = str(office.town.ground.furnished.one_stop)
    answer = await sent(ut, PATH, "open_bag", tag="tm-0044", to_unit=to)
    assert answer.status_code == 303, said(answer)
    path = answer.headers["location"].partition("?")[0]
    for item in items:
        await done(ut, path, "put_in_bag", scanned=item)
    await done(ut, path, "close_bag", seal_number="T-77")
    await done(ut, path, "offer_bag")
    return path


async def test_a_bag_goes_from_the_post_to_the_one_stop(office: Office) -> None:
    ut, mai = await office.desk("ut"), await office.desk("mai")
    (_, item), (_, other) = await parcels(office, 2)
    path = await on_the_road(office, ut, item, other)
    assert "Đang đến đơn vị mình 1 TM-0044" in said(await mai.page(PATH))
    await done(mai, path, "receive", scanned=item)
    assert "Đã nhận 1/2" in said(await mai.page(path))
    await done(mai, path, "receive", scanned=other)
    await done(mai, path, "receive_bag", seal="yes")
    assert "Nhận 2/2 · Đủ theo bản kê" in said(await ut.page(path))
    await done(mai, path, "sign_bag_record")
    await done(ut, path, "sign_bag_record")
    record = said(await ut.page(f"{path}/record"))
    assert record.count(item) == record.count(other) == 1
    assert "chưa ký" not in record
    assert "Nguyễn Thị Huệ" not in record  # nothing on it is personal


async def test_a_short_bag_is_said_to_be_short_and_asks_the_citizen_for_nothing(office: Office) -> None:
    ut, mai, hung = [await office.desk(name) for name in ("ut", "mai", "hung")]
    (_, item), (lost, other) = await parcels(office, 2)
    path = await on_the_road(office, ut, item, other)
    await done(mai, path, "receive", scanned=item)
    await done(mai, path, "receive_bag", seal="yes")
    for desk in (mai, ut):
        assert "nhận 1/2" in said(await desk.page(path))
        await done(desk, path, "sign_bag_record")
    shown = (await ut.get(f"/api/desk/cases/{lost['case_id']}")).json()
    assert (shown["state"], shown["duties"]) == ("papers_taken", [])
    [incident] = shown["incidents"]
    page = unescape((await ut.page(f"/desk/cases/{lost['case_id']}")).text)
    link = f'<a href="/desk/incidents/{incident["incident_id"]}">Thiếu giấy tờ, bưu gửi</a>'
    assert f'<p class="alarm">Có sự cố: {link}, Mới báo, ' in page
    assert (
        not forms(await mai.page(path), "settle_bag")
        or (await sent(mai, path, "settle_bag", reason="found")).status_code == 409
    )
    await done(hung, path, "settle_bag", reason="incident")


async def test_what_was_missing_may_turn_up_and_the_record_stays_as_it_was_signed(office: Office) -> None:
    """Also what came over by the page of its case is there when the record is made."""
    ut, mai = await office.desk("ut"), await office.desk("mai")
    (one, item), (_, other) = await parcels(office, 2)
    path = await on_the_road(office, ut, item, other)
    assert (await sent(mai, f"/desk/cases/{one['case_id']}", "receive", scanned=item)).status_code == 303
    assert "Đã nhận 1/2" in said(await mai.page(path))
    await done(mai, path, "receive_bag", seal="yes")
    signing = forms(await ut.page(path), "sign_bag_record")[0]
    await done(mai, path, "receive", scanned=other)
    assert forms(await ut.page(path), "sign_bag_record")[0]["shown"] == signing["shown"]
    page = said(await ut.page(path))
    assert "nhận 1/2" in page
    assert "thiếu · nhận sau" in page


async def test_what_is_scanned_must_be_a_parcel_of_ours_and_only_once(office: Office) -> None:
    ut, mai = await office.desk("ut"), await office.desk("mai")
    (_, item), (_, other) = await parcels(office, 2)
    path = await on_the_road(office, ut, item, other)
    await done(mai, path, "receive", scanned=item)
    for text, words in (
        (item, "đã quét nhận rồi"),
        ("A" * 108, "không do bưu điện phát hành"),
        ("hàng gì đó", "không phải nhãn"),
        ("", "chưa có gì"),
    ):
        page = await sent(mai, path, "receive", scanned=text)
        assert page.status_code == 400, text
        assert words in said(page), said(page)
    assert "Đã nhận 1/2" in said(await mai.page(path))


async def test_a_bag_is_not_there_for_other_offices(office: Office) -> None:
    ut, thao = await office.desk("ut"), await office.desk("thao")
    [(_, item)] = await parcels(office, 1)
    path = await on_the_road(office, ut, item)
    assert "TM-0044" not in said(await thao.page(PATH))
    for asked in (path, f"{path}/record"):
        assert (await thao.page(asked)).status_code == 404


async def test_a_form_sent_twice_fills_the_bag_once(office: Office) -> None:
    ut = await office.desk("ut")
    [(_, item)] = await parcels(office, 1)
    to = str(office.town.ground.furnished.one_stop)
    opening = forms(await ut.page(PATH), "open_bag")[0] | {"tag": "TM-1", "to_unit": to}
    paths = {(await ut.fill(PATH, opening)).headers["location"] for _ in range(2)}
    [path] = {one.partition("?")[0] for one in paths}
    putting = forms(await ut.page(path), "put_in_bag")[0] | {"scanned": item}
    assert [(await ut.fill(path, putting)).status_code for _ in range(2)] == [303, 303]
    assert "Trong túi: 1" in said(await ut.page(path))
    taking = forms(await ut.page(path), "take_out_of_bag")[0]
    assert [(await ut.fill(path, taking)).status_code for _ in range(2)] == [303, 303]
    again = await ut.fill(path, taking | {"act": str(uuid7())})
    assert (again.status_code, "không còn trong túi thư" in said(again)) == (400, True)
