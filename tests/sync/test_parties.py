"""Who is who in a case (F05): told at registration, put right later, and never more than was known."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from backend.dossiers.party_queries import parties_of
from backend.ids import uuid7
from backend.sync.desk import Refused
from tests.builders import Field, a_paper
from tests.builders_acts import Body, party
from tests.procedures.builders import a_version

UNKNOWN = "1.999999"


async def told(field: Field, case: UUID) -> dict[str, Any]:
    """Role -> the party that is still in the case."""
    return {party.role: party for party in await parties_of(field.tx, [case]) if party.live}


async def corrects(field: Field, case: UUID, *parties: Body, **body: Any) -> None:
    answer = await field.at_desk(field.mai, case, "correct_registration", body, personal={"parties": list(parties)})
    assert answer.standing == "applied", answer


async def refusal(field: Field, kind: str, case: UUID, *parties: Body, person: UUID | None = None, **body: Any) -> str:
    with pytest.raises(Refused) as refused:
        await field.at_desk(person or field.mai, case, kind, body, personal={"parties": list(parties)})
    return refused.value.problem.type.rpartition(":")[2]


async def test_a_mother_abroad_lodges_for_a_newborn_without_number(field: Field) -> None:
    mother = party("filer", "Lâm Thị Mẹ", relation="parent", passport="N1234567", phone="+81 90 1234 5678")
    case = await field.registered(told={"owner": {"born": "2026-11-20"}, "parties": [mother]})
    found = await told(field, case)
    assert set(found) == {"owner", "filer"}
    child = found["owner"]
    assert (child.name, child.relation, child.born) == ("Nguyễn Thị Huệ", "owner", "2026-11-20")
    assert (child.number, child.old_number, child.passport) == (None, None, None)
    assert (found["filer"].relation, found["filer"].passport, found["filer"].phone) == (
        "parent",
        "N1234567",
        "+81 90 1234 5678",
    )


@pytest.mark.parametrize(("number", "column"), [("341234567", "old_number"), ("087305012345", "number")])
async def test_the_number_of_a_cmnd_is_kept_apart(field: Field, number: str, column: str) -> None:
    case = await field.registered(told={"owner_number": number, "owner": {"born": "1947"}})
    owner = (await told(field, case))["owner"]
    assert {name: getattr(owner, name) for name in ("number", "old_number")} == {
        "number": None,
        "old_number": None,
    } | {column: number}


async def test_a_company_sends_its_employee_with_a_letter_until_a_day(field: Field) -> None:
    employee = party("filer", "Trần Văn Nhân", relation="employee", authority="introduction")
    director = party("representative", "Lê Thị Giám Đốc", relation="representative")
    parties = [employee | {"authority_until": "2026-12-31"}, director]
    company = {"kind": "organisation", "tax_code": "0102595740-001"}
    case = await field.registered(told={"owner_name": "Bưu điện", "owner": company, "parties": parties})
    found = await told(field, case)
    assert (found["owner"].kind, found["owner"].tax_code) == ("organisation", "0102595740-001")
    assert (found["filer"].authority, found["filer"].authority_until) == ("introduction", date(2026, 12, 31))
    assert found["representative"].name == "Lê Thị Giám Đốc"


WRONG = (
    ({"kind": "organisation", "tax_code": "0102595741"}, "mã số thuế 0102595741 không đúng"),
    ({"kind": "organisation", "born": "1990"}, "tổ chức chỉ có mã số thuế"),
    ({"tax_code": "0102595740"}, "mã số thuế chỉ ghi cho tổ chức"),
    ({"born": "1990-02-30"}, "không có ngày 1990-02-30"),
)


@pytest.mark.parametrize(("said", "why"), WRONG)
async def test_what_cannot_be_is_refused_at_a_desk_and_kept_from_a_door(field: Field, said: Body, why: str) -> None:
    with pytest.raises(Refused, match=why) as refused:
        await field.registered(told={"owner": said})
    assert refused.value.problem.type == "urn:tannha:problem:party-unfit"
    case, body = uuid7(), field.registration(channel="post")
    answer = await field.does(case, "register", body, personal={"owner_name": "Nguyễn Thị Huệ", "owner": said})
    assert answer.standing == "applied", answer


async def test_a_correction_puts_the_owner_right_and_the_case_is_found_by_it(field: Field) -> None:
    case = await field.registered(told={"owner_number": "341234567"})
    owner = (await told(field, case))["owner"]
    right = party("owner", "Nguyễn Thị Huê", number="087305012345", relation="owner")
    await corrects(field, case, right | {"party_id": str(owner.party_id)}, dossier_code="H20.12-261121-0007")
    row = await field.tx.first(
        """SELECT c.owner_name, c.owner_folded, c.owner_number, d.code
           FROM cases AS c JOIN dossiers AS d USING (case_id) WHERE c.case_id = $case""",
        case=case,
    )
    assert row is not None
    assert tuple(row.values()) == ("Nguyễn Thị Huê", "nguyen thi hue", "087305012345", "H20.12-261121-0007")
    assert (await told(field, case))["owner"].old_number is None


async def test_a_mismatch_put_right_goes_back_to_the_agency(field: Field) -> None:
    case = await field.registered(channel="post")
    await field.at_desk(field.mai, case, "report_mismatch", {"field": "dossier_code"})
    assert await field.state(case) == "mismatch"
    await corrects(field, case, dossier_code="H20.12-261121-0007")
    assert await field.state(case) == "waiting_confirmation"


async def test_the_code_of_another_live_case_is_refused(field: Field) -> None:
    await field.registered(dossier_code="H20.12-261121-0007")
    case = await field.registered()
    assert await refusal(field, "correct_registration", case, dossier_code="H20.12-261121-0007") == (
        "live-registration-exists"
    )


async def test_the_code_of_a_dossier_the_agency_closed_is_refused(field: Field) -> None:
    closed = await field.registered(dossier_code="H20.12-261121-0007")
    await field.at_desk(field.mai, closed, "report_portal_status", {"status": 10, "source": "portal"}, base=99)
    case = await field.registered()
    assert await refusal(field, "correct_registration", case, dossier_code="H20.12-261121-0007") == "dossier-closed"


async def test_somebody_added_by_mistake_leaves_the_case_but_the_owner_stays(field: Field) -> None:
    filer = party("filer", "Trần Văn Nhầm")
    case = await field.registered(told={"parties": [filer]})
    owner = (await told(field, case))["owner"]
    assert await refusal(field, "correct_registration", case, removes=[str(owner.party_id)]) == "owner-stays"
    demoted = party("filer", "Ai Đó") | {"party_id": str(owner.party_id)}
    assert await refusal(field, "correct_registration", case, demoted) == "owner-stays"
    await corrects(field, case, removes=[filer["party_id"]])
    assert set(await told(field, case)) == {"owner"}
    assert await refusal(field, "correct_registration", case, removes=[filer["party_id"]]) == "party-unknown"


async def test_who_receives_is_changed_by_the_owner_alone(field: Field) -> None:
    case = await field.registered()
    aunt = party("recipient", "Nguyễn Thị Dì", relation="relative", number="087305012345")
    proved = {"proved_by": "card_seen"}
    assert await refusal(field, "correct_registration", case, aunt) == "recipient-apart"
    assert await refusal(field, "change_recipient", case, aunt) == "not-now"
    assert await refusal(field, "change_recipient", case, aunt, person=field.kim, **proved) == "not-allowed"
    filer = party("filer", "Ai Đó")
    assert await refusal(field, "change_recipient", case, filer, **proved) == "not-the-recipient"
    await field.at_desk(field.mai, case, "change_recipient", proved, personal={"parties": [aunt]})
    assert (await told(field, case))["recipient"].name == "Nguyễn Thị Dì"
    again = proved | {"removes": [aunt["party_id"]]}
    await field.at_desk(field.mai, case, "change_recipient", again, personal={"parties": []})
    assert "recipient" not in await told(field, case)


async def test_nobody_is_told_in_the_body_of_an_act(field: Field) -> None:
    case = await field.registered(told={"parties": [party("filer", "Lâm Thị Mẹ", passport="N1234567")]})
    await corrects(field, case, party("authorised", "Bùi Văn Quyền", tax_code=None, number="087305012345"))
    rows = await field.tx.all("SELECT data FROM inbox WHERE case_id = $case", case=case)
    text = b"".join(row["data"] for row in rows).decode()
    assert len(rows) == 2
    assert [said for said in ("Lâm", "N1234567", "Bùi", "087305012345") if said in text] == []


@pytest.mark.parametrize(("procedure", "said"), [("2.000635", "registered"), ("1.000894", "owner"), ("1.004772", None)])
async def test_who_may_receive_is_what_the_catalogue_says(field: Field, procedure: str, said: str | None) -> None:
    case = await field.registered(procedure=procedure)
    known = await field.tx.value("SELECT recipient_class FROM cases WHERE case_id = $case", case=case)
    assert known == said


async def test_what_the_catalogue_does_not_know_stays_unknown(field: Field) -> None:
    case, body = uuid7(), field.registration(procedure=a_version(UNKNOWN).code, channel="post")
    assert (await field.does(case, "register", body, personal={"owner_name": "Nguyễn Thị Huệ"})).standing == "applied"
    assert await field.tx.value("SELECT recipient_class FROM cases WHERE case_id = $case", case=case) is None


LETTER = {"relation": "employee", "authority": "introduction"}


@pytest.mark.parametrize(
    ("until", "exceptions"), [("2026-11-25", []), (None, []), ("2026-11-24", ["visit:guard:authority_live"])]
)
async def test_an_authority_holds_until_its_last_day_and_on_it(
    field: Field, until: str | None, exceptions: list[str]
) -> None:
    employee = party("filer", "Trần Văn Nhân", **LETTER, authority_until=until)
    case = await field.registered(told={"parties": [employee]})
    assert await takes_from_the_filer(field, case) == exceptions


async def test_who_was_taken_out_of_the_case_stops_the_next_act(field: Field) -> None:
    employee = party("filer", "Trần Văn Nhân", **LETTER)
    case = await field.registered(told={"parties": [employee]})
    await corrects(field, case, removes=[employee["party_id"]])
    assert await takes_from_the_filer(field, case) == ["visit:guard:authority_live"]


async def takes_from_the_filer(field: Field, case: UUID) -> list[str]:
    """What a courier crosses who takes papers from the filer on Wednesday 25/11/2026: it happened all the same."""
    booking = field.booking()
    await field.at_desk(field.ut, case, "book", booking)
    visit = {"visit_id": booking["visit_id"]}
    answers = await field.send(
        field.phone.make(case, "depart", visit),
        field.phone.make(case, "record_arrival", visit),
        field.phone.make(case, "check_identity", {**visit, "party": "filer", "means": "card_seen"}),
        field.phone.make(case, "take_papers", {**visit, "papers": [a_paper()]}),
    )
    assert [str(answer.standing) for answer in answers] == ["applied"] * 4
    return list(answers[-1].exceptions)
