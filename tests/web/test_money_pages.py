"""Money at a desk: how far a payment is, whose a transfer was, and what goes back with whose word."""

from dataclasses import replace

from tests.builders_money import Order, an_order, came
from tests.pages import forms
from tests.web.conftest import Office
from tests.web.test_pages import case_page


async def paid(office: Office, *came_in: tuple[int, str]) -> Order:
    """`came_in`: amount and text; `{}` in it stands for the reference."""
    async with office.field() as field:
        order = await an_order(field, 72_000)
        await order.show()
        for number, (amount, text) in enumerate(came_in):
            await came(field, f"{order.reference}-{number}", amount, text.format(order.reference))
        return order


async def test_the_page_says_how_far_the_money_is(office: Office) -> None:
    order = await paid(office, (80_000, "{}"))
    page = await case_page(await office.desk("ut"), order.case)
    assert order.reference in page.text
    assert "Chuyển thừa" in page.text
    assert "Nộp thừa" in page.text
    assert "8.000" in page.text


async def test_an_approver_agrees_to_a_refund_and_the_dispatcher_cannot(office: Office) -> None:
    order = await paid(office, (80_000, "{}"))
    assert forms(await case_page(await office.desk("ut"), order.case), "approve_refund") == []
    approver = await office.desk("binh")
    [form] = forms(await case_page(approver, order.case), "approve_refund")
    assert (await approver.fill(f"/desk/cases/{order.case}", form)).status_code in (200, 303)
    page = await case_page(approver, order.case)
    assert "Đã duyệt hoàn" in page.text
    assert forms(page, "approve_refund") == []


async def test_only_the_head_of_the_post_reads_what_payers_wrote_and_says_whose_it_is(office: Office) -> None:
    order = await paid(office, (72_000, "nop phi khai sinh"))
    dispatcher = await case_page(await office.desk("ut"), order.case)
    assert forms(dispatcher, "match_bank_credit") == []
    assert "nop phi khai sinh" not in dispatcher.text
    head = await office.desk("hung")
    page = await case_page(head, order.case)
    assert "nop phi khai sinh" in page.text
    [form] = forms(page, "match_bank_credit")
    async with office.tx() as tx:
        form["credit"] = str(await tx.value("SELECT credit_id FROM bank_credits WHERE case_id IS NULL LIMIT 1"))
    await head.fill(f"/desk/cases/{order.case}", form)
    async with office.field() as field:
        assert await replace(order, field=field).state() == "credited"
