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
    assert (await approver.fill(f"/desk/cases/{order.case}", form)).status_code == 303
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


async def test_a_refund_dropped_by_mistake_is_opened_again_for_no_more_than_is_there(office: Office) -> None:
    order = await paid(office, (80_000, "{}"))
    clerk, approver, mai = [await office.desk(name) for name in ("ut", "binh", "mai")]
    path = f"/desk/cases/{order.case}"
    for desk in (clerk, mai, approver):
        assert forms(await case_page(desk, order.case), "open_refund") == [], "the refund is there already"
    [form] = forms(await case_page(approver, order.case), "drop_refund")
    assert (await approver.fill(path, form)).status_code == 303
    assert forms(await case_page(approver, order.case), "open_refund") == [], "whoever approves opens none"
    page = await case_page(clerk, order.case)
    assert "Tiền công dân còn dư: 8.000" in page.text
    [form] = forms(page, "open_refund")
    assert (form["amount"], form["cause"], form["from"]) == ("8000", "overpaid", str(order.payment))
    refused = await clerk.fill(path, form | {"amount": "8001"})
    assert refused.status_code == 400
    assert 'role="alert"' in refused.text
    assert (await clerk.fill(path, form | {"cause": "wrong_tariff"})).status_code == 303
    async with office.tx() as tx:
        rows = await tx.all("SELECT cause, state, amount, payment_id FROM refunds ORDER BY opened_at, refund_id")
    opened = [(row["cause"], row["state"], row["amount"], row["payment_id"]) for row in rows]
    assert ("wrong_tariff", "due", 8_000, order.payment) in opened
    assert len(opened) == 2
    assert forms(await case_page(clerk, order.case), "open_refund") == []
    assert len(forms(await case_page(approver, order.case), "approve_refund")) == 1


async def test_where_all_money_is_owed_no_refund_is_offered(office: Office) -> None:
    order = await paid(office, (72_000, "{}"))
    for account in ("ut", "mai", "hung"):
        assert forms(await case_page(await office.desk(account), order.case), "open_refund") == [], account
