"""The case page says what the catalogue says at the case's date, and promises nothing before the agency has all."""

from datetime import UTC, date, datetime
from uuid import UUID

from backend.ids import uuid7
from backend.procedures import service as procedures
from backend.procedures.model import Component, Content, FeeLine, PaperForm, Tier, TimeKind, TimeLimit
from tests.builders import Field
from tests.builders_acts import courier, offered, received, sealed, signed, stock, took_papers, unit
from tests.procedures.builders import a_version
from tests.web.conftest import Desk, Office
from tests.web.test_pages import case_page, forms

FIVE_DAYS = "1.004884"
"""Five working days."""
UNSAID = "1.004772"
"""Of which nobody has found out anything."""


async def brought(field: Field) -> UUID:
    """A case whose papers the one-stop has taken out of their parcel: on Wednesday 25/11/2026."""
    case, booking = await field.registered(procedure=FIVE_DAYS), field.booking()
    visit = booking["visit_id"]
    answer = await field.at_desk(field.ut, case, "book", booking)
    assert answer.standing == "applied", answer
    [label] = await stock(field, 412)
    papers = await took_papers(field, case, visit)
    sealing = sealed(visit, label, papers)
    offer = offered(unit(field.one_stop), sealing["parcel_id"])
    answers = await field.send(
        field.phone.make(case, "sign", signed(visit)),
        field.phone.make(case, "seal", sealing),
        field.phone.make(case, "finish_visit", {"visit_id": visit, "outcome": "done"}),
        field.phone.make(case, "offer", offer),
    )
    assert [str(answer.standing) for answer in answers] == ["applied"] * 4, answers
    for kind, body in (
        ("confirm", {}),
        ("receive", received(offer, courier(field.lan))),
        ("open_seal", {"parcel_id": sealing["parcel_id"], "counted": 1}),
    ):
        answer = await field.at_desk(field.mai, case, kind, body)
        assert answer.standing == "applied", answer
    return case


async def due(desk: Desk, case: UUID) -> tuple[str | None, bool, str | None]:
    told = (await desk.get(f"/api/desk/cases/{case}")).json()
    return told["due_on"], told["due_provisional"], told["received_at"]


async def test_before_the_agency_has_everything_a_date_is_only_expected(office: Office) -> None:
    async with office.field() as field:
        field.at = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
        case = await field.registered(procedure=FIVE_DAYS)
    mai = await office.desk("mai")
    on, provisional, at = await due(mai, case)
    assert (on is not None, provisional, at) == (True, True, None)
    page = (await case_page(mai, case)).text
    assert "dự kiến" in page
    assert "chưa phải ngày hẹn" in page


async def test_the_date_counts_from_the_agencys_receipt_by_its_working_days(office: Office) -> None:
    async with office.field() as field:
        field.at = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
        case = await brought(field)
        received_at = field.at
    mai = await office.desk("mai")
    assert (await due(mai, case))[2] is None
    async with office.field() as field:
        field.at = received_at
        checked = await field.at_desk(field.mai, case, "cross_check", {"result": "passed", "items": []})
        assert checked.standing == "applied", checked
    assert (await due(mai, case))[:2] == ("2026-12-02", True)
    page = await case_page(mai, case)
    assert "dự kiến" in page.text
    [form] = forms(page, "issue_receipt")
    assert form["due_on"] == "02/12/2026"
    assert (await mai.fill(f"/desk/cases/{case}", form)).status_code == 303
    on, provisional, at = await due(mai, case)
    # Wednesday 25/11 + 5 working days; the one-stop received it half a minute before the parcel was opened.
    assert (on, provisional) == ("2026-12-02", False)
    assert at is not None
    assert datetime.fromisoformat(at) < received_at
    page = (await case_page(mai, case)).text
    assert "<strong>02/12/2026</strong>" in page
    assert "dự kiến" not in page


async def test_a_check_not_passed_promises_nothing(office: Office) -> None:
    async with office.field() as field:
        case = await brought(field)
        await field.at_desk(field.mai, case, "cross_check", {"result": "not_passed", "items": []})
    assert (await due(await office.desk("mai"), case))[1:] == (True, None)


async def test_unknown_says_unknown(office: Office) -> None:
    async with office.field() as field:
        case = await field.registered(procedure=UNSAID)
    mai = await office.desk("mai")
    assert (await due(mai, case))[0] is None
    _, _, told = (await case_page(mai, case)).text.partition("Theo danh mục thủ tục")
    told = told.partition("</section>")[0]
    assert told.count("chưa rõ") == 5  # time, due, who receives, papers, fees
    assert "đ một" not in told


async def test_a_case_that_ended_before_waits_for_no_date(office: Office) -> None:
    async with office.field() as field:
        case = await field.registered(procedure=FIVE_DAYS)
        await field.at_desk(field.ut, case, "cancel", {"reason": "citizen_asked"})
    mai = await office.desk("mai")
    assert (await due(mai, case))[0] is None
    assert "Ngày hẹn trả" not in (await case_page(mai, case)).text


async def test_papers_and_fees_are_those_of_the_cases_day_not_of_today(office: Office) -> None:
    code = "1.999999"

    def content(name: str, amount: int) -> Content:
        return Content(
            components=(Component(code="don", name=name, forms=(PaperForm.ORIGINAL,)),),
            fees=(FeeLine(code="phi", name="Phí thẩm định", tiers=(Tier(first=1, amount=amount),)),),
            time=TimeLimit(kind=TimeKind.WORKING_DAYS, count=3),
        )

    async with office.field() as field:
        await procedures.publish(field.tx, [a_version(code, content=content("Đơn cũ", 1_000))], field.at)
        case = await field.registered(procedure=code)
        later = a_version(code, valid_from=date(2026, 11, 26), content=content("Đơn mới", 2_000))
        await procedures.publish(field.tx, [later], field.at)
        field.at = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)
        new = await field.registered(procedure=code)
    mai = await office.desk("mai")
    for one, name, amount in ((case, "Đơn cũ", "1000"), (new, "Đơn mới", "2000")):
        page = await case_page(mai, one)
        _, _, told = page.text.partition("Theo danh mục thủ tục")
        assert name in told
        assert f"{amount[0]}.000\u00a0đ một hồ sơ" in told
        [confirm] = forms(page, "confirm")
        assert (confirm["line1"], confirm["amount1"]) == ("phi", amount)
        ticked = f'name="listed" value="don" checked> <span>{name}'
        assert ticked in page.text
        assert "components" not in confirm
        asked_for_more = confirm | {"listed": ["don"], "components": "Giấy khác"}
        refused = await mai.fill(f"/desk/cases/{one}", asked_for_more)
        assert (refused.status_code, "danh mục đã công bố" in refused.text) == (400, True)
        done = await mai.fill(f"/desk/cases/{one}", confirm | {"listed": ["don"]})
        assert done.status_code == 303, done.text
        _, _, owed = (await case_page(mai, one)).text.partition("Tiền phải nộp")
        assert "Phí thẩm định" in owed.partition("</section>")[0]


async def test_where_nothing_is_to_be_handed_in_nothing_can_be_asked_for(office: Office) -> None:
    """A list that is known to be empty is not one that nobody knows."""
    async with office.field() as field:
        await procedures.publish(field.tx, [a_version("1.999999", content=Content(components=()))], field.at)
        case = await field.registered(procedure="1.999999")
    mai = await office.desk("mai")
    [confirm] = forms(await case_page(mai, case), "confirm")
    assert "components" not in confirm
    refused = await mai.fill(f"/desk/cases/{case}", confirm | {"components": "Sổ hộ khẩu"})
    assert (refused.status_code, "danh mục đã công bố" in refused.text) == (400, True)


async def test_what_a_case_waits_for_has_its_name(office: Office) -> None:
    async with office.field() as field:
        case = await field.registered(procedure="2.000815")
        charge = {"charge_id": str(uuid7()), "line": "phi_chung_thuc", "amount": 4_000, "due_at": "reception"}
        await field.at_desk(field.mai, case, "confirm", {"charges": [charge]})
    page = (await case_page(await office.desk("mai"), case)).text
    assert "Phí chứng thực bản sao: 4.000\u00a0đ" in page
