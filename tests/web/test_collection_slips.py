"""Phiếu thu at a desk: printed where the money was taken, with what was paid, and for nobody else."""

from uuid import UUID

from tests.builders_acts import paid, took_papers
from tests.builders_money import first_slip
from tests.paper import text
from tests.web.conftest import Office
from tests.web.test_slips import is_not_for_another_post


async def collected(office: Office) -> tuple[UUID, int]:
    """Case and number of the slip: 8.000 đ of a note of 10.000 đ."""
    async with office.field() as field:
        case, visit, [charge] = await field.booked(8_000)
        await took_papers(field, case, visit)
        slip = await first_slip(field, field.phone)
        body = paid(visit, slip, (charge, 8_000), tendered=10_000, change=2_000)
        assert (await field.does(case, "collect", body)).standing == "applied"
    return case, slip


async def test_the_post_prints_what_was_paid(office: Office) -> None:
    case, number = await collected(office)
    ut = await office.desk("ut")
    path = f"/desk/cases/{case}/collections/{number}"
    page = (await ut.page(f"/desk/cases/{case}")).text
    assert f'<a href="{path}">Phiếu thu số {number}</a>' in page
    slip = await ut.get(path)
    assert (slip.status_code, slip.headers["content-type"]) == (200, "application/pdf")
    assert slip.headers["content-disposition"] == f'inline; filename="phieu-thu-{number}.pdf"'
    told = text(slip.content).replace("\u00a0", " ")
    for said in (
        "Bưu điện xã Mỹ Hiệp",
        f"PHIẾU THU Số {number}",
        "Cộng 8.000 đ",
        "Tám nghìn đồng",
        "nhận 10.000 đ, thối lại 2.000 đ",
        "Nguyễn Thị Lan",
    ):
        assert said in told, told


async def test_another_post_finds_no_slip(office: Office) -> None:
    case, number = await collected(office)
    await is_not_for_another_post(office, f"/desk/cases/{case}/collections/{number}")


async def test_a_number_that_is_not_of_this_case_is_not_found(office: Office) -> None:
    case, number = await collected(office)
    async with office.field() as field:
        other, _, _ = await field.booked(seat=2)
    ut = await office.desk("ut")
    for of, which in ((other, number), (case, number + 1), (case, 0), (case, -1), (case, 2**70), (case, "x")):
        answer = await ut.get(f"/desk/cases/{of}/collections/{which}")
        assert answer.status_code == 404, answer.text
        assert b"%PDF" not in answer.content
