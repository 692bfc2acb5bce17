"""One case from registration to the result in hand, through phone and desks (S01 in small)."""

from uuid import UUID

from backend.ids import uuid7
from tests.builders import Field, a_paper, standings


async def test_a_pick_up_moves_case_visit_papers_and_money(field: Field) -> None:
    case, visit, charges = await field.booked(8000)
    paper = a_paper()
    phone = field.phone
    answers = await field.send(
        phone.make(case, "depart", {"visit_id": visit}),
        phone.make(case, "record_arrival", {"visit_id": visit}),
        phone.make(case, "check_identity", {"visit_id": visit, "party": "owner", "means": "card_seen"}),
        phone.make(case, "take_papers", {"visit_id": visit, "papers": [paper]}),
        phone.make(
            case,
            "sign",
            {
                "visit_id": visit,
                "signature_id": str(uuid7()),
                "document": "slip",
                "mode": "drawn",
                "shown_sha256": "a" * 64,
            },
        ),
        phone.make(
            case,
            "collect",
            {
                "visit_id": visit,
                "slip_number": 1,
                "lines": [{"charge_id": charges[0], "amount": 8000}],
                "total": 8000,
                "means": "cash",
                "tendered": 10000,
                "change": 2000,
            },
        ),
    )
    assert standings(answers) == ["applied"] * 6
    assert [answer.exceptions for answer in answers] == [[]] * 6
    assert await field.tx.value("SELECT state FROM cases WHERE case_id = $case", case=case) == "papers_taken"
    assert await field.tx.value("SELECT state FROM visits WHERE visit_id = $visit", visit=UUID(visit)) == "arrived"
    holder = await field.tx.first("SELECT holder_kind, holder FROM papers WHERE case_id = $case", case=case)
    assert holder is not None
    assert (holder["holder_kind"], holder["holder"]) == ("courier", field.lan)
    cash = await field.tx.value("SELECT amount FROM balances WHERE account = $account", account=f"cash:{field.lan}")
    assert cash == 8000
    assert await field.tx.value("SELECT sum(amount) FROM entries") == 0
