"""A case that was cancelled or withdrawn gives its dossier back: it may be registered anew, and only once."""

import pytest

from backend.sync.desk import Refused
from tests.builders import Field

CODE = "H20.12-261121-0007"


@pytest.mark.parametrize("kind", ["cancel", "withdraw"])
async def test_the_dossier_of_a_case_given_up_may_be_registered_anew(field: Field, kind: str) -> None:
    first = await field.registered(dossier_code=CODE)
    with pytest.raises(Refused) as twice:
        await field.registered(dossier_code=CODE)
    assert "đang thực hiện" in str(twice.value)
    await field.at_desk(field.mai, first, kind, {"reason": "citizen_asked"}, base=99)
    second = await field.registered(dossier_code=CODE)
    # What the agency says later of the first does not take it back.
    await field.at_desk(field.mai, first, "report_portal_status", {"status": 4, "source": "portal"}, base=99)
    rows = await field.tx.all("SELECT case_id, live FROM dossiers WHERE code = $code", code=CODE)
    assert {row["case_id"]: row["live"] for row in rows} == {first: False, second: True}


async def test_a_dossier_the_agency_closed_is_not_registered_again(field: Field) -> None:
    case = await field.registered(dossier_code=CODE)
    await field.at_desk(field.mai, case, "report_portal_status", {"status": 10, "source": "portal"}, base=99)
    with pytest.raises(Refused) as closed:
        await field.registered(dossier_code=CODE)
    assert "Cơ quan đã trả kết quả hoặc đã dừng" in str(closed.value)
