"""Lost and found, damage at a take-over, a count that differs from the slip, a pouch opened by two (F04, F10)."""

import random
from typing import Any
from uuid import UUID

import pytest

from backend.acts.model import Answer
from backend.ids import uuid7
from backend.parcels import queries
from backend.staff.model import Role
from backend.sync.desk import Refused
from tests.builders import Field, a_paper
from tests.builders_acts import (
    begun,
    courier,
    label,
    offered,
    received,
    resolve,
    sealed,
    stock,
    took_papers,
    unit,
)
from tests.builders_incidents import (
    ended,
    frozen,
    handled,
    of_incident,
    reported,
    reporting,
    the_incident,
    touched,
)
from tests.builders_staff import a_person, hired


async def a_parcel(field: Field, *papers: dict[str, Any]) -> tuple[UUID, str, str, list[dict[str, Any]]]:
    """(case, visit, parcel, papers) in Lan's hands."""
    case, visit, _ = await field.booked()
    taken = await took_papers(field, case, visit, *papers)
    number = await field.tx.value("SELECT coalesce(max(number), 0) + 1 FROM label_sets")
    await stock(field, number)
    sealing = sealed(visit, label(number), taken)
    assert (await field.does(case, "seal", sealing)).standing == "applied"
    return case, visit, sealing["parcel_id"], taken


async def to_the_one_stop(field: Field, case: UUID, parcel: str, **changes: Any) -> Answer:
    offer = offered(unit(field.one_stop), parcel)
    await field.does(case, "offer", offer)
    return await field.at_desk(field.mai, case, "receive", received(offer, courier(field.lan)) | changes)


async def held(field: Field, paper: dict[str, Any]) -> tuple[str, str, UUID, str]:
    row = await field.tx.first(
        "SELECT state, holder_kind, holder, condition FROM papers WHERE paper_id = $paper", paper=UUID(paper["id"])
    )
    assert row is not None
    return row["state"], row["holder_kind"], row["holder"], row["condition"]


async def count(field: Field) -> int:
    return await field.tx.value("SELECT count(*) FROM incidents")


async def test_a_parcel_with_fewer_papers_than_the_slip_is_an_incident_against_the_last_holder(field: Field) -> None:
    case, _, parcel, _ = await a_parcel(field, a_paper("to_khai"), a_paper("cccd"))
    await to_the_one_stop(field, case, parcel)
    answer = await field.at_desk(field.mai, case, "open_seal", {"parcel_id": parcel, "counted": 1})
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    row = await the_incident(field)
    assert (row["cause"], row["last_holder_kind"], row["last_holder"]) == ("short", "courier", field.lan)
    assert (row["unit_id"], row["reported_unit"], row["reported_by"]) == (field.post, field.one_stop, field.mai)
    assert await frozen(field, case) == {("case", case), ("parcel", UUID(parcel))}
    assert await field.state(case) == "handed_to_agency"  # no clock stops, no supplement
    assert await field.tx.value("SELECT count(*) FROM duties") == 0


async def test_the_right_count_is_no_incident_and_one_too_many_is(field: Field) -> None:
    case, _, parcel, _ = await a_parcel(field)
    await to_the_one_stop(field, case, parcel)
    await field.at_desk(field.mai, case, "open_seal", {"parcel_id": parcel, "counted": 1})
    assert await count(field) == 0
    other, _, second, _ = await a_parcel(field)
    await to_the_one_stop(field, other, second)
    act = uuid7()
    for _ in range(2):  # two clicks are one act, and one incident
        await field.at_desk(field.mai, other, "open_seal", {"parcel_id": second, "counted": 2}, act=act)
    assert (await the_incident(field))["cause"] == "extra"


async def test_the_officer_who_counted_does_not_end_it_and_the_post_does(field: Field) -> None:
    case, _, parcel, _ = await a_parcel(field)
    await to_the_one_stop(field, case, parcel)
    await field.at_desk(field.mai, case, "open_seal", {"parcel_id": parcel, "counted": 0})
    incident = (await the_incident(field))["incident_id"]
    await handled(field, incident)
    with pytest.raises(Refused, match="Nhờ người khác"):
        await of_incident(field, incident, "end_incident", {"ending": "no_damage"}, by=field.mai)
    await of_incident(field, incident, "end_incident", {"ending": "no_damage"})
    assert await frozen(field, case) == set()


async def test_damage_that_nobody_had_written_down_is_an_incident_against_the_giver(field: Field) -> None:
    case, _, parcel, [paper] = await a_parcel(field)
    await to_the_one_stop(field, case, parcel, condition="wet")
    row = await the_incident(field)
    assert (row["cause"], row["last_holder"]) == ("wet", field.lan)
    assert (await held(field, paper))[3] == "wet"
    assert await frozen(field, case) == {("case", case), ("parcel", UUID(parcel)), ("paper", UUID(paper["id"]))}


async def test_each_paper_may_look_otherwise_and_known_damage_is_no_news(field: Field) -> None:
    torn, whole = a_paper("to_khai") | {"condition": "torn"}, a_paper("cccd")
    case, visit, _ = await field.booked()
    await took_papers(field, case, visit, torn, whole)
    offer = offered(unit(field.one_stop), papers=[torn["id"], whole["id"]])
    await field.does(case, "offer", offer)
    body = received(offer, courier(field.lan))
    seen = [{"paper_id": torn["id"], "condition": "torn"}, {"paper_id": whole["id"], "condition": "faded"}]
    await field.at_desk(field.mai, case, "receive", body | {"conditions": seen})
    assert (await the_incident(field))["cause"] == "faded"
    assert ((await held(field, torn))[3], (await held(field, whole))[3]) == ("torn", "faded")
    again = offered(unit(field.one_stop), papers=[torn["id"], whole["id"]])
    await field.at_desk(field.mai, case, "receive", again_received(again, field))
    assert await count(field) == 1
    assert (await held(field, torn))[3] == "torn"  # damage does not heal by being looked at


def again_received(offer: dict[str, Any], field: Field) -> dict[str, Any]:
    return received(offer, unit(field.one_stop)) | {"condition": "intact"}


async def test_a_lost_paper_stays_in_the_ledger_with_nobody_under_its_incident(field: Field) -> None:
    """And the courier's day closes: lost under an incident is explained."""
    shift = uuid7()
    await field.does(shift, "begin_shift", begun(field, 0), subject="shift")
    case, visit, _ = await field.booked()
    [paper] = await took_papers(field, case, visit)
    closing = {"counted": 0}
    answer = await field.does(shift, "close_shift", closing, subject="shift")
    assert any("papers_unexplained" in one for one in answer.exceptions)
    incident = await reported(field, reporting(field, "lost", touched(case, "paper", paper["id"])))
    answer = await field.does(case, "record_loss", {"incident_id": str(incident), "paper_ids": [paper["id"]]})
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    assert await held(field, paper) == ("lost", "lost", incident, "intact")
    assert await queries.papers_with(field.tx, field.lan) == 0


async def test_what_is_lost_cannot_be_ended_as_found_before_somebody_has_it(field: Field) -> None:
    case, visit, _ = await field.booked()
    [paper] = await took_papers(field, case, visit)
    incident = await reported(field, reporting(field, "lost", touched(case)))
    named = {"incident_id": str(incident), "paper_ids": [paper["id"]]}
    await field.does(case, "record_loss", named)
    assert ("paper", UUID(paper["id"])) in await frozen(field, case)
    await handled(field, incident)
    for ending in ("found", "no_damage"):
        with pytest.raises(Refused) as refused:
            await of_incident(field, incident, "end_incident", {"ending": ending})
        assert refused.value.problem.type.endswith(":still-lost")
    answer = await field.does(case, "record_found", named)
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    assert (await held(field, paper))[:3] == ("in_hand", "courier", field.lan)
    answer = await of_incident(field, incident, "end_incident", {"ending": "found"})
    assert answer.standing == "applied"


async def test_a_lost_parcel_takes_its_papers_along_and_comes_back_sealed(field: Field) -> None:
    case, _, parcel, [paper] = await a_parcel(field)
    incident = await reported(field, reporting(field, "lost", touched(case, "parcel", parcel)))
    named = {"incident_id": str(incident), "parcel_ids": [parcel]}
    await field.does(case, "record_loss", named)
    assert (await held(field, paper))[:3] == ("lost", "lost", incident)
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.hung, case, "record_found", named)
    assert refused.value.problem.type.endswith(":not-the-receiver")
    await field.at_desk(field.hung, case, "record_found", named | {"unit": str(field.post)})
    assert (await held(field, paper))[:3] == ("sealed", "unit", field.post)
    row = await field.tx.first("SELECT state, holder FROM parcels")
    assert row is not None
    assert (row["state"], row["holder"]) == ("sealed", field.post)


async def test_a_paper_found_at_the_one_stop_is_with_the_agency(field: Field) -> None:
    case, visit, _ = await field.booked()
    [paper] = await took_papers(field, case, visit)
    incident = await reported(field, reporting(field, "lost", touched(case)))
    named = {"incident_id": str(incident), "paper_ids": [paper["id"]]}
    await field.does(case, "record_loss", named)
    await field.at_desk(field.mai, case, "record_found", named | {"unit": str(field.one_stop)})
    assert (await held(field, paper))[:3] == ("at_agency", "unit", field.one_stop)


async def test_nothing_is_found_that_was_not_lost_under_that_incident(field: Field) -> None:
    case, visit, _ = await field.booked()
    [paper] = await took_papers(field, case, visit)
    incident = await reported(field, reporting(field, "lost", touched(case)))
    named = {"incident_id": str(incident), "paper_ids": [paper["id"]]}
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.hung, case, "record_found", named | {"unit": str(field.post)})
    assert refused.value.problem.type.endswith((":not-of-this-incident", ":not-now"))
    assert (await held(field, paper))[1:3] == ("courier", field.lan)


async def test_a_loss_under_an_incident_that_nobody_knows_waits_for_a_person(field: Field) -> None:
    case, visit, _ = await field.booked()
    [paper] = await took_papers(field, case, visit)
    answer = await field.does(case, "record_loss", {"incident_id": str(uuid7()), "paper_ids": [paper["id"]]})
    assert answer.standing == "review"
    assert (await held(field, paper))[1:3] == ("courier", field.lan)


async def test_a_loss_that_names_nothing_is_none(field: Field) -> None:
    case, _, _ = await field.booked()
    incident = await reported(field, reporting(field, "lost", touched(case)))
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.hung, case, "record_loss", {"incident_id": str(incident)})
    assert refused.value.problem.type.endswith(":nothing-named")


async def test_what_is_lost_and_paid_for_stays_lost_and_the_case_goes_on(field: Field) -> None:
    case, visit, _ = await field.booked()
    [paper] = await took_papers(field, case, visit)
    incident = await reported(field, reporting(field, "lost", touched(case)))
    await field.does(case, "record_loss", {"incident_id": str(incident), "paper_ids": [paper["id"]]})
    await ended(field, incident, "compensated", postage=26_000, compensation=130_000)
    assert (await held(field, paper))[:3] == ("lost", "lost", incident)
    assert await frozen(field, case) == set()


async def at_the_counter(field: Field) -> tuple[UUID, str, UUID]:
    """(case, parcel, a second person of the post): a pouch at the post."""
    case, _, parcel, _ = await a_parcel(field)
    back = offered(unit(field.post), parcel)
    await field.does(case, "offer", back)
    await field.at_desk(field.ut, case, "receive", received(back, courier(field.lan)))
    second = (await a_person(field.tx, "Lý Thị Hai")).id
    await hired(field.tx, second, field.post, Role.COUNTER_CLERK)
    return case, parcel, second


async def test_two_people_open_a_pouch_on_record_and_seal_it_anew(field: Field) -> None:
    case, parcel, second = await at_the_counter(field)
    body = {"parcel_id": parcel, "second": str(second), "counted": 1, "seal_number": "NP-0099", "reason": "wet"}
    answer = await field.at_desk(field.hung, case, "open_on_record", body)
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    row = await field.tx.first("SELECT state, seal_number, holder FROM parcels")
    assert row is not None
    assert (row["state"], row["seal_number"], row["holder"]) == ("sealed", "NP-0099", field.post)
    assert await count(field) == 0


@pytest.mark.parametrize(
    ("changes", "slug"),
    [
        ({"second": "self"}, "second-person-missing"),
        ({"second": "stranger"}, "second-person-missing"),
        ({"seal_number": "NP-0001"}, "seal-not-new"),
    ],
)
async def test_one_person_alone_or_the_old_seal_will_not_do(field: Field, changes: dict[str, str], slug: str) -> None:
    case, parcel, second = await at_the_counter(field)
    people = {"self": str(field.hung), "stranger": str(field.mai)}
    said = {name: people.get(value, value) for name, value in changes.items()}
    body = {"parcel_id": parcel, "second": str(second), "counted": 1, "seal_number": "NP-0099", "reason": "wet"}
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.hung, case, "open_on_record", body | said)
    assert refused.value.problem.type.endswith(f":{slug}")


async def test_papers_missing_when_two_look_into_a_pouch_are_an_incident(field: Field) -> None:
    case, parcel, second = await at_the_counter(field)
    body = {"parcel_id": parcel, "second": str(second), "counted": 0, "seal_number": "NP-0099", "reason": "torn"}
    await field.at_desk(field.hung, case, "open_on_record", body)
    row = await the_incident(field)
    assert (row["cause"], row["last_holder"], row["reported_by"]) == ("short", field.lan, field.hung)


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_happens_in_whatever_order_a_paper_has_one_holder_at_every_moment(
    field: Field, seed: int
) -> None:
    """And lies in a parcel only where that is. Each step is something a phone says: none is ever refused for state."""
    dice = random.Random(seed)
    case, _, parcel, papers = await a_parcel(field, a_paper("to_khai"), a_paper("cccd"))
    named = [paper["id"] for paper in papers]
    incident = await reported(field, reporting(field, "lost", touched(case)))

    def things() -> dict[str, list[str]]:
        chosen = dice.sample(named, dice.randint(0, 2))
        return {"parcel_ids": [parcel] if dice.random() < 0.5 or not chosen else [], "paper_ids": chosen}

    applied = 0
    for _ in range(25):
        kind = dice.choice(["offer", "receive", "record_loss", "record_found", "open_seal"])
        said: dict[str, Any] = things()
        if kind == "offer":
            said |= {"offer_id": str(uuid7()), "to": unit(dice.choice([field.post, field.one_stop]))}
        elif kind == "receive":
            said |= {"offer_id": str(uuid7()), "giver": unit(field.post), "receiver": courier(field.lan)}
        elif kind == "open_seal":
            said = {"parcel_id": parcel, "counted": 2}
        else:
            said |= {"incident_id": str(incident)}
        answer = await field.does(case, kind, said)
        assert answer.standing in ("applied", "review"), answer
        applied += answer.standing == "applied"
        if answer.standing == "review":
            await resolve(field, answer.id, case, "set_aside")
        await one_holder_each(field, case, incident)
    assert applied >= 15
    assert await field.tx.value("SELECT count(*) FROM papers WHERE case_id = $case", case=case) == 2


async def one_holder_each(field: Field, case: UUID, incident: UUID) -> None:
    rows = await field.tx.all(
        """SELECT p.state, p.holder_kind, p.holder, q.holder_kind AS parcel_kind, q.holder AS parcel_holder, p.parcel_id
           FROM papers AS p LEFT JOIN parcels AS q ON q.case_id = p.case_id AND q.parcel_id = p.parcel_id
           WHERE p.case_id = $case""",
        case=case,
    )
    assert len(rows) == 2
    for row in rows:
        assert row["holder"] in {field.lan, field.post, field.one_stop, incident}
        assert (row["holder_kind"] == "lost") == (row["holder"] == incident) == (row["state"] == "lost"), dict(row)
        if row["parcel_id"] is not None:
            assert (row["holder_kind"], row["holder"]) == (row["parcel_kind"], row["parcel_holder"])
