"""A citizen comes to a counter with the papers (F02): everything that happens at a door, by the forms of a desk."""

import asyncio
import re
from collections.abc import Mapping
from html import unescape
from io import BytesIO
from typing import Any
from uuid import UUID

import httpx
from PIL import Image

from backend.fees.vietqr import decode
from backend.ids import uuid7
from backend.staff.model import Role
from tests import paper
from tests.builders import Field
from tests.builders_acts import label, offered, received, stock, unit
from tests.builders_money import ACCOUNT, an_account, came
from tests.builders_staff import hired
from tests.pages import forms, plain
from tests.web.conftest import Desk, Office
from tests.web.test_pages import case_page

EXTRACT = "2.000635"
"""An extract from the register: 8.000 đ for each copy."""


async def a_clerk(office: Office, *sets: int) -> tuple[UUID, Desk]:
    """A case, and Út behind the counter of its post with label sets of her own."""
    async with office.field() as field:
        await hired(field.tx, field.ut, field.post, Role.COUNTER_CLERK)
        case, _ = await field.confirmed(procedure=EXTRACT)
        await stock(field, *sets, holder=field.ut)
        await an_account(field)
    return case, await office.desk("ut")


def picture(shade: int = 200) -> bytes:
    made = BytesIO()
    Image.new("L", (640, 900), shade).save(made, "JPEG")
    return made.getvalue()


async def does(desk: Desk, case: UUID, kind: str, values: Mapping[str, Any] | None = None, file: bytes = b"") -> None:
    """The first form of that kind on the page, filled in and sent; it took effect."""
    answer = await tries(desk, case, kind, values, file)
    assert answer.status_code == 303, plain(answer.text.partition('role="alert"')[2].partition("</div>")[0])


async def tries(
    desk: Desk, case: UUID, kind: str, values: Mapping[str, Any] | None = None, file: bytes = b""
) -> httpx.Response:
    page = await case_page(desk, case)
    found = forms(page, kind)
    assert found, f"no form {kind}: {re.findall('name=.kind. value=.([a-z_]+)', page.text)}"
    sent = {"form_token": desk.form_token} | found[0] | (values or {})
    files = {"picture": ("trang.jpg", file, "image/jpeg")} if file else None
    if file:
        sent.pop("picture", None)
    return await desk.http.post(f"/desk/cases/{case}", data=sent, files=files, headers={"Accept": "text/html"})


async def served(desk: Desk, case: UUID) -> None:
    """The citizen is there, is known, and hands over one paper that was looked at."""
    await does(desk, case, "record_arrival")
    await does(desk, case, "check_identity")
    await does(desk, case, "take_papers", {"component": "to_khai"})


async def slip_signed(desk: Desk, case: UUID) -> None:
    await does(desk, case, "photograph", {"page": "slip"}, picture())
    page = (await _signing(desk, case))["pages"]
    await does(desk, case, "sign", {"document": "slip", "mode": "ink", "pages": page})


async def _signing(desk: Desk, case: UUID) -> dict[str, Any]:
    """With the picture ticked."""
    page = await case_page(desk, case)
    [form] = forms(page, "sign")
    pictured = re.search(r'name="pages" value="([^"]+)"', page.text)
    assert pictured is not None
    return form | {"pages": pictured[1]}


async def rows(office: Office, sql: str) -> list[tuple[Any, ...]]:
    async with office.tx() as tx:
        return [tuple(row) for row in await tx.all(sql)]


async def slips_of(desk: Desk, shown: httpx.Response) -> list[str]:
    """What stands on each Phiếu thu that a case's page leads to."""
    paths = re.findall(r'href="(/desk/cases/[^"]+/collections/[0-9]+)"', shown.text)
    return [paper.text((await desk.get(path)).content).replace("\u00a0", " ") for path in paths]


async def test_a_whole_visit_at_a_counter_by_forms(office: Office) -> None:
    case, ut = await a_clerk(office, 7, 8)
    await served(ut, case)
    await does(ut, case, "quote", {"copy": "3"})
    await does(ut, case, "collect", {"tendered": "50.000"})
    shown = await case_page(ut, case)
    assert "thối lại 26.000" in plain(shown.text)
    [printed] = await slips_of(ut, shown)
    assert "Cộng 24.000 đ" in printed
    assert "nhận 50.000 đ, thối lại 26.000 đ" in printed
    await slip_signed(ut, case)
    assert forms(await case_page(ut, case), "finish_visit") == [], "nothing lies about at a counter when it ends"
    await does(ut, case, "seal", {"label": "8", "seal": "NP-77"})
    await does(ut, case, "finish_visit")
    assert await rows(office, "SELECT total, tendered, change_given FROM collections") == [(24_000, 50_000, 26_000)]
    assert await rows(office, "SELECT account, amount FROM balances") == [(f"cash:{ut.person}", 24_000)]
    assert await rows(office, "SELECT label, seal_number, holder_kind FROM parcels") == [(label(8), "NP-77", "unit")]
    assert await rows(office, "SELECT number FROM label_sets WHERE state = 'bound'") == [(8,)]
    assert await rows(office, "SELECT state, place, outcome FROM visits") == [("done", "post_counter", "done")]
    assert await rows(office, "SELECT count(*) FROM exceptions") == [(0,)]


async def test_a_post_that_supports_the_case_as_well_is_a_post(office: Office) -> None:
    case, ut = await a_clerk(office)
    async with office.tx() as tx:
        await tx.run("UPDATE cases SET supporting_unit = handling_unit")
    await does(ut, case, "record_arrival")
    assert await rows(office, "SELECT place FROM visits") == [("post_counter",)]
    await does(ut, case, "check_identity")


async def test_a_slip_of_a_desk_has_the_next_number_and_what_is_sent_twice_uses_one(office: Office) -> None:
    case, ut = await a_clerk(office)
    await served(ut, case)
    await does(ut, case, "quote", {"copy": "1"})
    [form] = forms(await case_page(ut, case), "collect")
    before = await rows(office, "SELECT max(last_number) FROM slip_blocks")
    answers = [await ut.fill(f"/desk/cases/{case}", form) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303] * 3
    [(slip,)] = await rows(office, "SELECT slip_number FROM collections")
    assert [(slip,)] == await rows(office, "SELECT max(last_number) FROM slip_blocks")
    assert slip == (before[0][0] or 0) + 1
    [printed] = await slips_of(ut, await case_page(ut, case))
    assert f"PHIẾU THU Số {slip} " in printed
    assert "Cộng 8.000 đ" in printed


async def test_a_parcel_sealed_by_many_clicks_at_once_is_sealed_once(office: Office) -> None:
    """Whoever comes last finds the label no longer in the clerk's hands: by this very form."""
    case, ut = await a_clerk(office, 7)
    await served(ut, case)
    await does(ut, case, "quote", {"copy": "1"})
    await does(ut, case, "collect", {"tendered": "8.000"})
    await slip_signed(ut, case)
    [form] = forms(await case_page(ut, case), "seal")
    clicks = (ut.fill(f"/desk/cases/{case}", form | {"label": "7", "seal": "NP-77"}) for _ in range(12))
    answers = await asyncio.gather(*clicks)
    assert [answer.status_code for answer in answers] == [303] * 12, plain(answers[-1].text)
    assert await rows(office, "SELECT number FROM label_sets WHERE state = 'bound'") == [(7,)]


async def test_what_is_refused_uses_no_number_up(office: Office) -> None:
    case, ut = await a_clerk(office)
    await served(ut, case)
    await does(ut, case, "quote", {"copy": "2"})
    before = await rows(office, "SELECT count(*) FROM slip_blocks")
    [form] = forms(await case_page(ut, case), "collect")
    short = await ut.fill(f"/desk/cases/{case}", form | {"tendered": "10.000"})
    assert short.status_code == 400
    assert "Tiền đưa chưa đủ" in plain(short.text)
    [again] = forms(short, "collect")
    assert again["tendered"] == "10.000"
    none = await ut.fill(f"/desk/cases/{case}", form | {"charges": []})
    assert none.status_code == 400
    async with office.tx() as tx:
        await tx.run("UPDATE visits SET state = 'done', outcome = 'done'")
    assert (await ut.fill(f"/desk/cases/{case}", form)).status_code == 409
    assert await rows(office, "SELECT count(*) FROM slip_blocks") == before
    assert await rows(office, "SELECT count(*) FROM collections") == [(0,)]


async def test_a_transfer_is_paid_by_a_code_on_the_counters_screen(office: Office) -> None:
    case, ut = await a_clerk(office)
    await served(ut, case)
    await does(ut, case, "quote", {"copy": "2"})
    page = await case_page(ut, case)
    assert f"Buu dien My Hiep · {ACCOUNT}" in plain(page.text)
    await does(ut, case, "show_payment_code")
    [(payment, reference)] = await rows(office, "SELECT payment_id, reference FROM payments")
    page = await case_page(ut, case)
    path = f"/desk/cases/{case}/payments/{payment}"
    assert f'href="{path}"' in page.text
    shown = await ut.page(path)
    assert shown.status_code == 200, shown.text
    text = re.search(r'<p class="typed">([^<]+)</p>', shown.text)
    assert text is not None
    asked = decode(unescape(text[1]))
    assert (asked.account, asked.amount, asked.name, asked.more["08"]) == (
        ACCOUNT,
        16_000,
        "Buu dien My Hiep",
        reference,
    )
    await does(ut, case, "record_transfer_said")
    assert await rows(office, "SELECT state FROM payments") == [("said_sent",)]


async def test_nobody_sees_the_code_of_another_case_or_from_another_office(office: Office) -> None:
    case, ut = await a_clerk(office)
    await served(ut, case)
    await does(ut, case, "quote", {"copy": "2"})
    await does(ut, case, "show_payment_code")
    [(payment,)] = await rows(office, "SELECT payment_id FROM payments")
    async with office.field() as field:
        other, _ = await field.confirmed()
    assert (await ut.page(f"/desk/cases/{other}/payments/{payment}")).status_code == 404
    thao = await office.desk("thao")
    assert (await thao.page(f"/desk/cases/{case}/payments/{payment}")).status_code == 404


async def test_what_is_not_paid_goes_on_with_its_reason_and_an_approver_decides_a_relief(office: Office) -> None:
    case, ut = await a_clerk(office)
    await served(ut, case)
    await does(ut, case, "quote", {"copy": "1"})
    await does(ut, case, "record_unpaid", {"reason": "claims_exemption"})
    unpaid = "SELECT state, unpaid_because FROM charges WHERE due_at = 'reception'"
    assert await rows(office, unpaid) == [("unpaid", "claims_exemption")]
    assert forms(await case_page(ut, case), "collect"), "money that comes after all is still taken"


async def test_nobody_seals_with_a_set_that_is_in_other_hands(office: Office) -> None:
    case, ut = await a_clerk(office, 7)
    async with office.field() as field:
        await stock(field, 9, holder=field.lan)
    await served(ut, case)
    for scanned in ("9", label(9), "TN-LABEL-9999", "🙂"):
        refused = await tries(ut, case, "seal", {"label": scanned, "seal": "NP-1"})
        assert refused.status_code == 400, scanned
        assert "không do ông/bà đang giữ" in plain(refused.text)
    assert await rows(office, "SELECT count(*) FROM parcels") == [(0,)]
    await does(ut, case, "seal", {"label": label(7), "seal": "NP-1"})


async def test_without_a_set_in_hand_no_seal_is_offered(office: Office) -> None:
    case, ut = await a_clerk(office)
    await served(ut, case)
    assert forms(await case_page(ut, case), "seal") == []


async def test_a_picture_stays_where_something_else_was_wrong(office: Office) -> None:
    case, ut = await a_clerk(office)
    await served(ut, case)
    wrong = await tries(ut, case, "photograph", {"page": "nothing"}, picture())
    assert wrong.status_code == 400
    assert "Ảnh đã nhận" in wrong.text
    [again] = forms(wrong, "photograph")
    assert len(again["picture"].split(" ")) == 3
    done = await ut.fill(f"/desk/cases/{case}", again | {"page": "slip"})
    assert done.status_code == 303, done.text
    assert await rows(office, "SELECT component, page_number FROM pages") == [("slip", 1)]
    async with office.field() as field:
        await hired(field.tx, field.hung, field.post, Role.COUNTER_CLERK)
    hung = await office.desk("hung")
    borrowed = again | {"page": "slip", "act": str(uuid7()), "form_token": hung.form_token}
    assert (await hung.fill(f"/desk/cases/{case}", borrowed)).status_code == 400, "another clerk's picture"
    none = await tries(ut, case, "photograph", {"page": "slip"})
    assert none.status_code == 400
    text = await tries(ut, case, "photograph", {"page": "slip"}, b"no picture at all")
    assert text.status_code == 303, "what it is, the worker finds out"


async def test_a_citizen_who_lacks_a_paper_chooses_and_the_clerk_does_not_refuse(office: Office) -> None:
    case, ut = await a_clerk(office)
    await does(ut, case, "record_arrival")
    await does(ut, case, "check_identity")
    await does(ut, case, "send_anyway")
    [(missing,)] = await rows(office, "SELECT missing FROM case_visits")
    assert "to_khai" in missing.splitlines()
    refused = await tries(ut, case, "send_anyway", {"missing": []})
    assert refused.status_code == 400


async def test_a_visit_that_came_to_nothing_says_why(office: Office) -> None:
    case, ut = await a_clerk(office)
    await does(ut, case, "record_arrival")
    page = await case_page(ut, case)
    assert 'value="V08"' in page.text
    assert 'value="V01"' not in page.text, "nobody is at home at a counter"
    unsaid = await tries(ut, case, "fail_visit", {"reason": "V08", "evidence": " "})
    assert unsaid.status_code == 400
    await does(ut, case, "fail_visit", {"reason": "V08", "evidence": "thiếu tờ khai, hẹn thứ Sáu"})
    assert await rows(office, "SELECT state, outcome, reason FROM visits") == [("failed", "failed", "V08")]


async def a_result_at_the_post(field: Field) -> UUID:
    """It has come to the post of the case, whose owner has come for it."""
    case, _ = await field.confirmed()
    await field.tx.run(
        "UPDATE cases SET state = 'result_ready', check_result = 'passed' WHERE case_id = $case", case=case
    )
    paper, parcel = str(uuid7()), str(uuid7())
    released = {"paper_id": paper, "parcel_id": parcel, "component": "ket_qua"}
    await field.at_desk(field.mai, case, "release_result", released)
    offer = offered(unit(field.post), parcel)
    await field.at_desk(field.mai, case, "offer", offer)
    await field.at_desk(field.ut, case, "receive", received(offer, unit(field.agency), unit(field.post)))
    return case


async def test_a_result_is_handed_over_at_the_counter(office: Office) -> None:
    async with office.field() as field:
        await hired(field.tx, field.ut, field.post, Role.COUNTER_CLERK)
        case = await a_result_at_the_post(field)
    ut = await office.desk("ut")
    await does(ut, case, "record_arrival")
    await does(ut, case, "check_identity")
    page = await case_page(ut, case)
    [form] = forms(page, "hand_over_result")
    unticked = await ut.fill(f"/desk/cases/{case}", form | {"papers": []})
    assert unticked.status_code == 400
    await does(ut, case, "hand_over_result", {"instead": "owner_called"})
    assert await rows(office, "SELECT state FROM cases") == [("handed_over",)]
    assert await rows(office, "SELECT state FROM papers WHERE is_result") == [("with_citizen",)]


async def my_day(desk: Desk, kind: str, values: Mapping[str, Any]) -> httpx.Response:
    [form] = forms(await desk.page("/desk/shifts"), kind)
    return await desk.fill("/desk/shifts", form | values)


async def test_a_clerks_own_day_begins_pays_in_and_is_counted_at_the_desk(office: Office) -> None:
    case, ut = await a_clerk(office, 7, 8)
    assert (await my_day(ut, "begin_shift", {"float": "0"})).status_code == 303
    assert forms(await ut.page("/desk/shifts"), "begin_shift") == []
    await served(ut, case)
    await does(ut, case, "quote", {"copy": "3"})
    await does(ut, case, "collect")
    assert (await my_day(ut, "remit", {"amount": "20.000"})).status_code == 303
    silent = await my_day(ut, "close_shift", {"counted": "3.000", "numbers": "7-8"})
    assert silent.status_code == 409, "less than the books say, and nobody said why"
    assert "3.000" in silent.text
    missing = await my_day(ut, "close_shift", {"counted": "4.000", "numbers": "7"})
    assert missing.status_code == 409, "a label set is not accounted for"
    assert (await my_day(ut, "close_shift", {"counted": "4.000", "numbers": "7-8"})).status_code == 303
    assert await rows(office, "SELECT state, counted, difference FROM shifts") == [("counted", 4_000, 0)]
    assert forms(await ut.page("/desk/shifts"), "countersign_close") == [], "somebody else signs"
    hung = await office.desk("hung")
    [form] = forms(await hung.page("/desk/shifts"), "countersign_close")
    assert (await hung.fill("/desk/shifts", form)).status_code == 303
    assert await rows(office, "SELECT state FROM shifts") == [("closed",)]
    sums = "SELECT split_part(account, ':', 1), sum(amount)::bigint FROM entries GROUP BY 1 ORDER BY 1"
    assert await rows(office, sums) == [
        ("agency", -24_000),
        ("cash", 0),
        ("due", 26_000),
        ("postage", -26_000),
        ("till", 24_000),
    ]


async def a_family(office: Office) -> tuple[UUID, UUID, Desk]:
    """Two cases of one visit at the counter, each with a fee that is due, and the clerk who serves them."""
    async with office.field() as field:
        await hired(field.tx, field.ut, field.post, Role.COUNTER_CLERK)
        booking = field.booking(place="post_counter")
        cases: list[UUID] = []
        for amount, name in ((8_000, "Trần Văn Sáu"), (15_000, "Trần Thị Bảy")):
            case, _ = await field.confirmed(amount, told={"owner_name": name})
            again = booking if not cases else field.booking(place="post_counter", visit_id=booking["visit_id"])
            await field.at_desk(field.ut, case, "book", again)
            cases.append(case)
        await an_account(field)
    ut = await office.desk("ut")
    await does(ut, cases[0], "record_arrival")
    return cases[0], cases[1], ut


async def test_a_household_pays_in_cash_once_with_a_slip_for_each_case(office: Office) -> None:
    one, other, ut = await a_family(office)
    page = await case_page(ut, one)
    assert "Trần Thị Bảy · Lệ phí: 15.000" in plain(page.text)
    [form] = forms(page, "collect")
    sent = form | {"tendered": "50.000"}
    assert [(await ut.fill(f"/desk/cases/{one}", sent)).status_code for _ in range(2)] == [303, 303]
    slips = "SELECT case_id, total, tendered, change_given, order_total FROM collections ORDER BY slip_number"
    assert await rows(office, slips) == [(one, 8_000, 35_000, 27_000, 23_000), (other, 15_000, 15_000, 0, 23_000)]
    assert await rows(office, "SELECT count(DISTINCT order_id) FROM collections") == [(1,)]
    assert await rows(office, "SELECT amount FROM balances WHERE account LIKE 'cash:%'") == [(23_000,)]
    [first], [second] = [await slips_of(ut, await case_page(ut, case)) for case in (one, other)]
    assert ["Cộng 8.000 đ" in first, "Cộng 15.000 đ" in second] == [True, True]
    assert all("Cả nhà nộp tiền mặt một lần 23.000 đ" in slip for slip in (first, second))


async def test_a_household_pays_by_one_transfer_under_one_reference(office: Office) -> None:
    one, other, ut = await a_family(office)
    await does(ut, one, "show_payment_code")
    orders = await rows(office, "SELECT case_id, total, order_total FROM payments ORDER BY total")
    assert orders == [(one, 8_000, 23_000), (other, 15_000, 23_000)]
    [(reference,)] = await rows(office, "SELECT DISTINCT reference FROM payments")
    [(payment,)] = await rows(office, "SELECT payment_id FROM payments WHERE total = 15000")
    shown = await ut.page(f"/desk/cases/{other}/payments/{payment}")
    assert "23.000" in plain(shown.text), "one code for all that the household pays"
    async with office.field() as field:
        await came(field, "e1", 23_000, f"MBVCB {reference} chuyen tien")
    assert await rows(office, "SELECT DISTINCT state FROM payments") == [("credited",)]


async def test_where_one_of_a_household_cannot_pay_so_none_has_paid(office: Office) -> None:
    one, other, ut = await a_family(office)
    [form] = forms(await case_page(ut, one), "collect")
    async with office.field() as field:
        await field.at_desk(field.mai, other, "report_mismatch", {"field": "owner_name"})
        await field.tx.run("UPDATE case_visits SET outcome = 'done' WHERE case_id = $case", case=other)
        await field.tx.run("UPDATE charges SET state = 'voided' WHERE case_id = $case", case=other)
    answer = await ut.fill(f"/desk/cases/{one}", form)
    assert answer.status_code == 303, "what the other owes no more is not asked for"
    assert await rows(office, "SELECT case_id, order_id FROM collections") == [(one, None)]
    unticked = await ut.fill(f"/desk/cases/{one}", form | {"act": str(uuid7()), "charges": []})
    assert unticked.status_code == 400
