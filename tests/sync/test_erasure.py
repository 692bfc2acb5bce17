"""Erasure: nothing personal can be read any more, in any table; chains and signatures still verify."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import pytest

from backend.acts import envelope
from backend.acts.service import open_personal
from backend.ids import uuid7
from backend.staff.model import Role
from backend.sync.desk import Refused
from backend.sync.reading import public_key
from tests.builders import Field, standings
from tests.builders_acts import met, party
from tests.builders_chains import broken_chains
from tests.builders_forms import filled_copy, read_back
from tests.builders_staff import a_person, hired

ERASURES = 50
SECRETS = (
    "Phan Văn Kín",
    "phan van kin",
    "089123456789",
    "0909 111 222",
    "Hẻm 7 Kênh Kháng Chiến",
    "10.45017, 105.63",
    "Lâm Thị Mẹ",
    "341987654",
    "+81 90 9999 0000",
    "Nhà sau chợ, gọi trước",
    "kin@example.vn",
    "0909 333 444",
    "Kênh Cái Bèo",
    "Tổ 9 Gò Sậy",
)


@pytest.fixture
async def overseer(field: Field) -> UUID:
    person = (await a_person(field.tx, "Bùi Thị Giám")).id
    await hired(field.tx, person, field.post, Role.SUPERVISOR)
    return person


@pytest.fixture(autouse=True)
async def _a_counter(field: Field) -> None:
    """At this small post Út is the counter clerk as well."""
    await hired(field.tx, field.ut, field.post, Role.COUNTER_CLERK)


async def a_secret_case(field: Field) -> UUID:
    """Personal parts from a desk, from a phone, applied and in review; then withdrawn."""
    case = uuid7()
    mother = party("filer", SECRETS[6], old_number=SECRETS[7], phone=SECRETS[8], relation="parent")
    personal: dict[str, Any] = {"owner_name": SECRETS[0], "owner_number": SECRETS[2], "phone": SECRETS[3]}
    personal |= {"address": SECRETS[4], "parties": [mother], "note": SECRETS[9]}
    await field.at_desk(field.mai, case, "register", field.registration(), personal=personal)
    seen = {"proved_by": "card_seen"}
    await field.at_desk(field.ut, case, "change_contact", seen, personal={"phone": SECRETS[11], "email": SECRETS[10]})
    await field.at_desk(field.ut, case, "change_contact", seen, personal={"phone": SECRETS[3]})
    await field.at_desk(field.ut, case, "change_address", seen, personal={"landmark": SECRETS[12]})
    booking = field.booking(seat=1)
    await field.at_desk(field.ut, case, "book", booking, base=9)
    phone, visit = field.phone, booking["visit_id"]
    said = {"filled": filled_copy(nyc_ho_ten=SECRETS[0], nyc_noi_cu_tru=SECRETS[13])}
    answers = await field.send(
        phone.make(case, "depart", {"visit_id": visit}),
        phone.make(case, "record_arrival", {"visit_id": visit}, personal={"place": SECRETS[5]}),
        phone.make(case, "check_identity", met(visit), personal={"owner_name": SECRETS[0]}),
        phone.make(case, "read_back", read_back(visit, said), personal=said),
        phone.make(case, "finish_visit", {"visit_id": visit, "outcome": "partly"}),
    )
    assert standings(answers) == ["applied"] * 5
    await field.at_desk(field.mai, case, "withdraw", {}, base=99, personal={"owner_name": SECRETS[0]})
    return case


async def erased(field: Field, overseer: UUID, case: UUID) -> None:
    answer = await field.at_desk(overseer, case, "erase", {"reason": "asked"}, personal={"asked_by": SECRETS[0]})
    assert answer.standing == "applied"


async def readable(field: Field, secrets: Iterable[str] = SECRETS) -> dict[str, list[str]]:
    """Which secrets stand in which table, as text or as bytes, in the clear."""
    tables = await field.tx.all(
        """SELECT c.relname AS name FROM pg_class AS c JOIN pg_namespace AS s ON s.oid = c.relnamespace
           WHERE s.nspname = 'public' AND c.relkind IN ('r', 'p') AND has_table_privilege(c.oid, 'SELECT')"""
    )
    found: dict[str, list[str]] = {}
    for table in tables:
        rows = await field.tx.connection.fetch(f"SELECT t::text AS line FROM {table['name']} AS t")  # noqa: S608
        text = "\n".join(row["line"] for row in rows)
        seen = [secret for secret in secrets if secret in text or secret.encode().hex() in text]
        if seen:
            found[table["name"]] = seen
    return found


async def personal_parts(field: Field, case: UUID) -> list[bytes]:
    keys = [(row["made_by"], row["act_id"]) for row in await field.tx.all("SELECT made_by, act_id FROM personal")]
    assert keys, case
    return list((await open_personal(field.tx, field.ring, keys)).values())


async def test_before_erasure_it_can_be_read_where_it_should_and_only_there(field: Field) -> None:
    case = await a_secret_case(field)
    assert set(await readable(field)) == {"cases", "parties", "former_contacts", "readings"}
    parts = await personal_parts(field, case)
    assert any(SECRETS[5].encode() in part for part in parts)


async def test_after_fifty_erasures_nothing_personal_is_left_and_the_chains_verify(
    field: Field, overseer: UUID
) -> None:
    for _ in range(ERASURES):
        await erased(field, overseer, await a_secret_case(field))
    assert await readable(field) == {}
    assert await field.tx.value("SELECT count(*) FROM data_keys WHERE wrapped IS NOT NULL") == 0
    assert await personal_parts(field, overseer) == []
    assert await broken_chains(field.tx) == []
    assert await field.tx.value("SELECT count(*) FROM cases WHERE erased_at IS NOT NULL") == ERASURES
    assert await field.tx.value("SELECT count(*) FROM parties") == 0


async def test_what_the_phone_signed_still_verifies_after_erasure(field: Field, overseer: UUID) -> None:
    case = await a_secret_case(field)
    await erased(field, overseer, case)
    rows = await field.tx.all(
        "SELECT i.data, i.signature, d.public_key FROM inbox AS i JOIN devices AS d ON d.id = i.made_by"
    )
    assert len(rows) == 5
    for row in rows:
        assert envelope.is_signed(public_key(row["public_key"]), row["data"], row["signature"])


async def test_a_late_act_about_an_erased_case_is_taken_and_brings_nothing_personal_back(
    field: Field, overseer: UUID
) -> None:
    case = await a_secret_case(field)
    await erased(field, overseer, case)
    visit = str(await field.tx.value("SELECT visit_id FROM visits"))
    late = field.phone.make(case, "check_identity", met(visit), personal={"owner_name": SECRETS[0]})
    said = {"filled": filled_copy(nyc_ho_ten=SECRETS[0])}
    read = field.phone.make(case, "read_back", read_back(visit, said), personal=said)
    assert standings(await field.send(late, read)) == ["applied"] * 2
    assert await readable(field) == {}
    assert not any(SECRETS[0].encode() in part for part in await personal_parts(field, case))
    assert await field.send(late) != []


@pytest.mark.parametrize("why", ["in-review", "exception"])
async def test_a_case_on_which_something_waits_is_not_erased(field: Field, overseer: UUID, why: str) -> None:
    case = await a_secret_case(field)
    visit = str(await field.tx.value("SELECT visit_id FROM visits"))
    more: dict[str, Any] = {"actor": field.tu} if why == "in-review" else {}
    await field.send(field.phone.make(case, "check_identity", met(visit), **more))
    with pytest.raises(Refused) as refused:
        await erased(field, overseer, case)
    assert refused.value.status == 409


async def test_only_a_case_that_has_ended_is_erased_and_only_once_by_who_may(field: Field, overseer: UUID) -> None:
    live = await field.registered()
    for person, case, status in ((overseer, live, 409), (field.mai, live, 403)):
        with pytest.raises(Refused) as refused:
            await field.at_desk(person, case, "erase", {"reason": "asked"})
        assert refused.value.status == status
