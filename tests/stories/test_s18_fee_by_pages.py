"""S18: certified copies cost by pages: told before, taken wholly, counted by the agency; what is too much goes back."""

import re
from html import unescape

from tests.stories.desk import slug
from tests.stories.matter import POST, Matter
from tests.stories.phone import took_effect
from tests.stories.town import Town

COPIES = "2.000815"


TOLD = {
    (5, 3): "21.000\u00a0đ (Hai mươi mốt nghìn đồng)",
    (250, 1): "200.000\u00a0đ (Hai trăm nghìn đồng)",
    (4, 3): "18.000\u00a0đ (Mười tám nghìn đồng)",
}
"""By pages and copies."""


async def test_s18_the_quote(town: Town) -> None:
    for (pages, copies), amount in TOLD.items():
        told = await quoted(town, page=str(pages), copy=str(copies))
        assert f"Phí, lệ phí: {amount}" in told
        assert "Cước bưu chính: 26.000\u00a0đ" in told, "postage stands apart from the fee"


async def test_s18_a_number_that_is_none_is_told_where_it_was_typed(town: Town) -> None:
    for wrong in ("0", "năm", "-5", "100001", "9" * 40):
        numbers = {"page": wrong, "copy": "3"}
        answer = await town.line.http.get(f"/thu-tuc/{COPIES}", params=numbers, headers={"Accept": "text/html"})
        assert answer.status_code == 400
        assert "Đếm lại rồi nhập lại." in answer.text
        assert f'value="{wrong}"' in answer.text
        assert 'name="copy" value="3"' in answer.text


async def test_s18_who_collected_does_not_approve_although_approver_too(town: Town) -> None:
    tu, desk = await town.phone("tu"), town.desk("tu")
    one = await Matter.registered(town, procedure=COPIES, owner_name="Trần Thị Mận")
    await one.confirmed(21_000)
    await one.booked("tu", await town.today(), "15:00-16:00")
    await one.picked_up(tu)
    await one.to_the_post(tu)
    await one.to_the_one_stop()
    await one.does("mai", "recount_charge", {"amount": "18.000"})
    [owed] = (await one.shown("tu"))["refunds"]
    assert "approve_refund" not in await desk.next(one.id)
    refused = await desk.act(one.id, "approve_refund", {"refund_id": owed["refund_id"]})
    assert (refused.status_code, slug(refused)) == (409, "needs-another"), refused.text
    assert "không được là người đã thu" in refused.json()["detail"]
    assert await refund(one) == (3_000, "quantity_corrected", "due")
    await one.does("binh", "approve_refund")
    assert await refund(one) == (3_000, "quantity_corrected", "approved")
    town.adds_up()


async def test_s18_too_much_goes_back_and_the_books_sum_to_zero_at_every_stage(town: Town) -> None:
    lan = await town.phone("lan")
    one = await Matter.registered(town, procedure=COPIES, owner_name="Trần Thị Sương")
    await one.confirmed(21_000)
    town.adds_up()
    await one.booked("lan", await town.today(), "15:00-16:00")
    await lan.pulls()
    one.arrives(lan)
    one.checks_identity(lan)
    one.takes(lan)
    one.pays(lan)
    took_effect(await lan.sends())
    town.adds_up()
    [charge] = (await one.shown())["charges"]
    assert (charge["amount"], charge["state"]) == (21_000, "settled")
    one.seals(lan)
    one.finishes(lan)
    took_effect(await lan.sends())

    # The agency counts four pages
    await one.to_the_post(lan)
    await one.to_the_one_stop()
    await one.does("mai", "recount_charge", {"amount": "18.000"}, not_by="ut")
    town.adds_up()
    assert await refund(one) == (3_000, "quantity_corrected", "due")
    [owed] = (await one.shown())["refunds"]
    assert owed["owner_unit"] == str(town.unit(POST))
    assert owed["due_on"] > await town.today()
    page = (await town.desk("ut").page(f"/desk/cases/{one.id}")).text
    assert "cơ quan xác định 18.000\u00a0đ" in page
    assert "3.000\u00a0đ: Đếm lại số lượng" in page

    # It ends only when somebody else approves: not who collected, and not before
    paid = {"refund_id": owed["refund_id"], "means": "cash"}
    assert "approve_refund" not in await town.desk("mai").next(one.id)
    for who in ("mai", "ut", "quy", "giang"):
        refused = await town.desk(who).act(one.id, "approve_refund", {"refund_id": owed["refund_id"]})
        assert refused.status_code == 403, who
    await one.does("binh", "approve_refund", not_by="mai")
    town.adds_up()
    assert await refund(one) == (3_000, "quantity_corrected", "approved")
    assert (await town.desk("quy").act(one.id, "pay_refund", paid)).status_code == 200
    assert await refund(one) == (3_000, "quantity_corrected", "paid")


async def refund(one: Matter) -> tuple[int, str, str]:
    [found] = (await one.shown())["refunds"]
    return found["amount"], found["cause"], found["state"]


async def quoted(town: Town, **numbers: str) -> str:
    """The words of the quote on the public page of the procedure."""
    page = await town.line.http.get(f"/thu-tuc/{COPIES}", params=numbers, headers={"Accept": "text/html"})
    assert page.status_code == 200, page.text
    told = page.text.partition('role="status"')[2].partition("</div>")[0]
    plain = re.sub(r"[ \n]+", " ", unescape(re.sub(r"<[^>]*>", " ", told)))
    return plain.strip().replace(" )", ")").replace("( ", "(")
