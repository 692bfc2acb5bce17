"""The page of label sets: a post prints, hands out, takes back, voids; nobody sees the words of cards that are out."""

from typing import Any

import httpx
import pytest

from backend.ids import uuid7
from tests import paper
from tests.pages import forms, plain
from tests.web.conftest import Desk, Office

PATH = "/desk/label-sets"


async def page_of(desk: Desk, path: str = PATH) -> httpx.Response:
    page = await desk.page(path)
    assert page.status_code == 200, page.text
    return page


async def sent(desk: Desk, kind: str, **values: Any) -> httpx.Response:
    """The form of that kind as it stands on the page, with some fields filled otherwise."""
    form = next(iter(forms(await page_of(desk), kind)), {"kind": kind, "act": str(uuid7()), "base": "0"})
    return await desk.fill(PATH, form | values)


async def states(office: Office) -> dict[int, tuple[str, str]]:
    async with office.tx() as tx:
        rows = await tx.all("SELECT number, state, holder_kind FROM label_sets ORDER BY number")
    return {row["number"]: (row["state"], row["holder_kind"]) for row in rows}


def said(page: httpx.Response) -> str:
    return plain(page.text)


async def test_a_post_prints_hands_out_takes_back_and_voids(office: Office) -> None:
    ut = await office.desk("ut")
    printed = await sent(ut, "print_label_sets", count="30")
    assert printed.status_code == 303, printed.text
    after = said(await page_of(ut, printed.headers["location"]))
    assert "Đã ghi: In bộ nhãn, 00001–00030" in after
    assert (
        await sent(ut, "issue_label_sets", courier=str(office.town.people["lan"]), numbers="1-20")
    ).status_code == 303
    assert (await sent(ut, "return_label_sets", numbers="19, 20")).status_code == 303
    assert (await sent(ut, "void_label_sets", numbers="1-2", reason="torn")).status_code == 303
    assert (await sent(ut, "record_label_loss", numbers="00003", reason="not_found")).status_code == 303
    found = await states(office)
    assert [number for number, where in found.items() if where == ("issued", "courier")] == list(range(4, 19))
    assert [number for number, where in found.items() if where == ("printed", "unit")] == list(range(19, 31))
    assert found[1] == ("voided", "courier")
    assert found[3] == ("lost", "lost")
    stock = said(await page_of(ut))
    assert "Bưu tá đang giữ 15 Nguyễn Thị Lan 00004–00018 15 bộ" in stock
    assert "Báo mất, người giữ sau cùng 1 Nguyễn Thị Lan 00003 1 bộ" in stock


async def test_a_pack_for_the_day_stands_in_the_form_already(office: Office) -> None:
    ut = await office.desk("ut")
    await sent(ut, "print_label_sets", count="30")
    [form] = forms(await page_of(ut), "issue_label_sets")
    assert ">00001-00020</textarea>" in (await page_of(ut)).text
    assert form["courier"] == str(office.town.people["lan"])


async def test_labels_can_be_scanned_into_the_field(office: Office) -> None:
    ut = await office.desk("ut")
    await sent(ut, "print_label_sets", count="3")
    async with office.tx() as tx:
        rows = await tx.all("SELECT label, item_number FROM label_sets ORDER BY number")
    scanned = f"{rows[0]['label']}\r\n{rows[1]['item_number'].lower()}\r\n"
    assert (await sent(ut, "void_label_sets", numbers=scanned, reason="torn")).status_code == 303
    assert [where for where, _ in (await states(office)).values()] == ["voided", "voided", "printed"]


@pytest.mark.parametrize("typed", ["", "mười hai", "12-", "20-10", "0", "1-9999", "1,2;x"])
async def test_a_number_that_is_none_is_told_where_it_was_typed(office: Office, typed: str) -> None:
    ut = await office.desk("ut")
    await sent(ut, "print_label_sets", count="3")
    page = await sent(ut, "void_label_sets", numbers=typed, reason="torn")
    assert page.status_code == 400, page.text
    assert 'class="field wrong"' in page.text
    assert f">{typed}</textarea>" in page.text
    assert {where for where, _ in (await states(office)).values()} == {"printed"}


async def test_what_the_rules_refuse_is_told_on_the_page(office: Office) -> None:
    ut = await office.desk("ut")
    await sent(ut, "print_label_sets", count="2")
    page = await sent(ut, "return_label_sets", numbers="1")
    assert page.status_code == 409
    assert "Xem lại số bộ nhãn" in page.text


async def test_one_form_sent_twice_prints_once_and_says_the_same(office: Office) -> None:
    ut = await office.desk("ut")
    [form] = forms(await page_of(ut), "print_label_sets")
    first, second = [await ut.fill(PATH, form | {"count": "5"}) for _ in range(2)]
    assert first.headers["location"] == second.headers["location"]
    assert len(await states(office)) == 5
    assert "00001–00005" in said(await page_of(ut, second.headers["location"]))


async def test_two_posts_print_one_after_the_other_whatever_their_pages_said(office: Office) -> None:
    ut, dung = await office.desk("ut"), await office.desk("dung")
    [mine], [theirs] = [forms(await page_of(desk), "print_label_sets") for desk in (ut, dung)]
    assert (await ut.fill(PATH, mine | {"count": "5"})).status_code == 303
    assert (await dung.fill(PATH, theirs | {"count": "5"})).status_code == 303
    assert list(await states(office)) == list(range(1, 11))


async def test_the_sheets_are_a_pdf_whose_codes_are_those_of_the_stock(office: Office) -> None:
    ut = await office.desk("ut")
    await sent(ut, "print_label_sets", count="3")
    sheets = await ut.page(f"{PATH}/sheets?unit={await post_of(office)}&first=1&last=2&layout=a4")
    assert (sheets.status_code, sheets.headers["content-type"]) == (200, "application/pdf")
    assert sheets.headers["cache-control"] == "no-store"
    [page] = paper.pages(sheets.content)
    codes = {told for _, told in paper.seen(page)}
    async with office.tx() as tx:
        rows = await tx.all("SELECT label, item_number FROM label_sets WHERE number <= 2")
    assert {row["label"] for row in rows} | {row["item_number"] for row in rows} < codes
    assert (len(rows), len(codes)) == (2, 6), "of each set two, and one of its card"


async def post_of(office: Office) -> str:
    async with office.field() as field:
        return str(field.post)


async def test_a_set_that_is_out_is_not_printed_again(office: Office) -> None:
    """Its card is in somebody's bag, or a citizen's: nobody at the post needs to see the word."""
    ut = await office.desk("ut")
    await sent(ut, "print_label_sets", count="2")
    await sent(ut, "issue_label_sets", courier=str(office.town.people["lan"]), numbers="1-2")
    sheets = await ut.page(f"{PATH}/sheets?unit={await post_of(office)}&first=1&last=2")
    assert sheets.status_code == 404
    assert "còn trong kho" in sheets.text


async def test_another_posts_stock_is_not_shown_and_not_printed(office: Office) -> None:
    ut, hung = await office.desk("ut"), await office.desk("hung")
    await sent(ut, "print_label_sets", count="2")
    for path in (f"{PATH}?unit={uuid7()}", f"{PATH}/sheets?unit={uuid7()}&first=1&last=2"):
        assert (await hung.page(path)).status_code == 403
    dung = await office.desk("dung")
    page = await page_of(dung, f"{PATH}?unit={await post_of(office)}")
    assert "00001–00002" in page.text
    assert not forms(page, "issue_label_sets")


@pytest.mark.parametrize("account", ["mai", "kim", "hoa", "lan"])
async def test_who_keeps_no_stock_has_no_such_page(office: Office, account: str) -> None:
    desk = await office.desk(account)
    assert (await desk.page(PATH)).status_code == 403
    assert PATH not in (await desk.page("/desk")).text


async def test_an_exception_on_the_stock_is_seen_there(office: Office) -> None:
    """Lan's phone voids a set that nobody ever printed."""
    ut = await office.desk("ut")
    await sent(ut, "print_label_sets", count="1")
    async with office.field() as field:
        body = {"numbers": [77], "reason": "torn"}
        [answer] = await field.send(field.phone.make(field.post, "void_label_sets", body, subject="unit"))
        assert answer.exceptions
    assert "Đang có ngoại lệ: Nhãn chưa được phát hành" in said(await page_of(ut))
