"""The page from which a dispatcher reads out the code for a longer lease: told once, however often the form is sent."""

from uuid import UUID

from backend.clock import local_date
from backend.ids import uuid7
from backend.staff import lengthening
from tests.web.conftest import Desk, Office

PATH = "/desk/lease-codes"


async def phone_of_lan(office: Office) -> UUID:
    async with office.field() as field:
        return field.phone.device


def form(office: Office, phone: UUID, /, **changes: str) -> dict[str, str]:
    today = local_date(office.running.clock()).isoformat()
    return {"act": str(uuid7()), "phone": str(phone), "challenge": "4821", "day": today} | changes


async def told(office: Office, phone: UUID) -> list[UUID]:
    async with office.tx() as tx:
        rows = await tx.all(
            "SELECT actor FROM acts WHERE subject_id = $phone AND kind = 'extend_lease' ORDER BY n", phone=phone
        )
    return [row["actor"] for row in rows]


def expected(office: Office, phone: UUID) -> str:
    secret = lengthening.secret_of(office.town.ring, phone, local_date(office.running.clock()))
    code = lengthening.code_of(secret, 4821)
    return f"{code[:4]} {code[4:]}"


async def test_the_dispatcher_sees_the_code_once_and_the_chain_of_the_phone_hears_who_read_it(office: Office) -> None:
    ut, phone = await office.desk("ut"), await phone_of_lan(office)
    page = await ut.page(PATH)
    assert page.status_code == 200
    assert f'value="{phone}"' in page.text
    sent = form(office, phone)
    for _ in range(2):
        shown = await ut.fill(PATH, sent)
        assert shown.status_code == 200
        assert expected(office, phone) in shown.text
    assert await told(office, phone) == [ut.person]
    assert expected(office, phone) not in (await ut.page(PATH)).text


async def test_what_was_misread_is_said_and_what_was_typed_stays(office: Office) -> None:
    ut, phone = await office.desk("ut"), await phone_of_lan(office)
    for wrong in ({"challenge": "48"}, {"day": "2020-01-01"}, {"day": "hôm nay"}, {"phone": "x"}, {"act": ""}):
        page = await ut.fill(PATH, form(office, phone, **wrong))
        assert expected(office, phone) not in page.text
        assert 'role="alert"' in page.text
    assert 'value="48"' in (await ut.fill(PATH, form(office, phone, challenge="48"))).text
    assert await told(office, phone) == []


async def test_a_supervisor_reads_none_out(office: Office) -> None:
    hoa: Desk = await office.desk("hoa")
    assert (await hoa.page(PATH)).status_code == 403
    assert (await hoa.fill(PATH, form(office, await phone_of_lan(office)))).status_code == 403
