"""Phiếu gửi hồ sơ at a desk: printed at the post that took the papers, and nowhere else."""

from uuid import UUID

from backend.ids import uuid7
from backend.staff.model import Role
from backend.units.demo import demo_unit_id
from backend.units.model import UnitKind
from tests.builders_acts import clear, signed, took_papers
from tests.builders_staff import hired
from tests.web.conftest import MY_THO, Office


async def papers_taken(office: Office) -> tuple[UUID, str]:
    async with office.field() as field:
        case, visit, _ = await field.booked()
        await took_papers(field, case, visit)
    return case, visit


async def test_the_post_prints_the_slip_of_what_was_taken(office: Office) -> None:
    case, visit = await papers_taken(office)
    ut = await office.desk("ut")
    path = f"/desk/cases/{case}/slips/{visit}"
    assert f'href="{path}"' in (await ut.page(f"/desk/cases/{case}")).text
    slip = await ut.get(path)
    assert (slip.status_code, slip.headers["content-type"]) == (200, "application/pdf")
    assert slip.content.startswith(b"%PDF-")
    assert slip.headers["content-disposition"] == f'inline; filename="phieu-gui-{str(case)[:8]}.pdf"'


async def test_another_post_finds_no_slip(office: Office) -> None:
    case, visit = await papers_taken(office)
    await is_not_for_another_post(office, f"/desk/cases/{case}/slips/{visit}")


async def is_not_for_another_post(office: Office, path: str) -> None:
    async with office.tx() as tx:
        await hired(tx, office.town.people["thao"], demo_unit_id(UnitKind.POST, MY_THO), Role.DISPATCHER)
    elsewhere = await (await office.desk("thao")).get(path)
    assert elsewhere.status_code == 404, elsewhere.text
    assert b"%PDF" not in elsewhere.content


async def test_what_only_went_home_has_no_slip_and_no_link_to_one(office: Office) -> None:
    """On the visit for a supplement the citizen thought again and had a paper back; nothing was taken."""
    async with office.field() as field:
        case, visit, _ = await field.booked()
        [paper] = await took_papers(field, case, visit)
        for kind, body in (
            ("sign", signed(visit)),
            ("finish_visit", {"visit_id": visit, "outcome": "partly"}),
        ):
            assert (await field.does(case, kind, body)).standing == "applied"
        await clear(field, case)
        booking = field.booking("supplement", window="14:00-15:00")
        await field.at_desk(field.ut, case, "book", booking, base=99)
        again = booking["visit_id"]
        for kind, body in (
            ("record_arrival", {"visit_id": again}),
            ("hand_back_papers", {"visit_id": again, "paper_ids": [paper["id"]]}),
        ):
            assert (await field.does(case, kind, body)).standing == "applied"
        assert await field.tx.value("SELECT changed_hands FROM case_visits WHERE visit_id = $v", v=UUID(again))
    ut = await office.desk("ut")
    page = (await ut.page(f"/desk/cases/{case}")).text
    assert f'href="/desk/cases/{case}/slips/{visit}"' in page
    assert f"/slips/{again}" not in page
    assert (await ut.get(f"/desk/cases/{case}/slips/{again}")).status_code == 404


async def test_where_nothing_was_taken_there_is_no_slip(office: Office) -> None:
    """Not of a visit that only was promised, nor of one of another case, nor of none."""
    taken, visit = await papers_taken(office)
    async with office.field() as field:
        case, promised, _ = await field.booked(seat=2)
    ut = await office.desk("ut")
    for of, which in ((case, promised), (case, visit), (taken, promised), (taken, uuid7())):
        answer = await ut.get(f"/desk/cases/{of}/slips/{which}")
        assert answer.status_code == 404, answer.text
