"""A hand-over is one id with two halves, which may come in any order, days apart. One holder per paper and parcel."""

import itertools
from typing import Any
from uuid import UUID

import pytest

from backend.sync.desk import Refused
from backend.sync.reading import Command
from tests.builders import Field, a_paper, standings
from tests.builders_acts import at_the_door, clear, courier, offered, received, sealed, signed, stock, took_papers, unit


async def holders(field: Field, case: UUID) -> set[tuple[str, UUID, str]]:
    rows = await field.tx.all(
        """SELECT holder_kind, holder, state FROM papers WHERE case_id = $case
           UNION ALL SELECT holder_kind, holder, state FROM parcels WHERE case_id = $case""",
        case=case,
    )
    return {tuple(row) for row in rows}


async def end(field: Field, case: UUID) -> dict[str, Any]:
    """What remains of a hand-over, without the time each half was heard."""
    rows = await field.tx.all("SELECT * FROM hand_overs WHERE case_id = $case", case=case)
    papers = await field.tx.all(
        "SELECT paper_id, parcel_id, holder_kind, holder, state, component FROM papers WHERE case_id = $case", case=case
    )
    parcels = await field.tx.all(
        "SELECT parcel_id, label, seal_number, holder_kind, holder, state FROM parcels WHERE case_id = $case", case=case
    )
    left_out = ("changed", "offered_at", "received_at", "case_id")
    return {
        "hand_overs": [{name: value for name, value in row.items() if name not in left_out} for row in rows],
        "papers": sorted(tuple(row) for row in papers),
        "parcels": [tuple(row) for row in parcels],
        "case": await field.state(case),
    }


async def test_custody_moves_with_the_receivers_half_alone(field: Field) -> None:
    case, visit, _ = await field.booked()
    [label] = await stock(field, 1)
    papers = await took_papers(field, case, visit)
    sealing = sealed(visit, label, papers)
    await field.does(case, "seal", sealing)
    offer = offered(unit(field.post), sealing["parcel_id"])
    await field.does(case, "offer", offer)
    assert {holder for _, holder, _ in await holders(field, case)} == {field.lan}
    assert await field.tx.value("SELECT state FROM parcels") == "offered"
    await field.at_desk(field.ut, case, "receive", received(offer, courier(field.lan)))
    assert await holders(field, case) == {("unit", field.post, "sealed")}


@pytest.mark.parametrize("order", list(itertools.permutations(["take", "seal", "offer"])), ids="-".join)
@pytest.mark.parametrize("receive_after", [0, 1, 2, 3])
async def test_whenever_the_receivers_half_arrives_the_end_is_the_same(
    field: Field, order: tuple[str, ...], receive_after: int
) -> None:
    """The phone's own acts are numbered and run in order; the post's half comes before, between or after them."""
    case, visit, _ = await field.booked()
    [label] = await stock(field, 1)
    await at_the_door(field, case, visit)
    paper = a_paper()
    sealing = sealed(visit, label, [paper])
    offer = offered(unit(field.post), sealing["parcel_id"])
    acts = {
        "take": field.phone.make(case, "take_papers", {"visit_id": visit, "papers": [paper]}),
        "seal": field.phone.make(case, "seal", sealing),
        "offer": field.phone.make(case, "offer", offer),
    }
    for step in range(4):
        if step == receive_after:
            answer = await field.at_desk(field.ut, case, "receive", received(offer, courier(field.lan)))
            assert answer.standing == "applied"
        if step < 3:
            await field.send(acts[order[step]])
    assert [await field.standing(act) for act in acts.values()] == ["applied"] * 3
    found = await end(field, case)
    assert found == {
        "hand_overs": [
            {
                "offer_id": UUID(offer["offer_id"]),
                "giver_kind": "courier",
                "giver": field.lan,
                "receiver_kind": "unit",
                "receiver": field.post,
                "parcel_ids": [UUID(sealing["parcel_id"])],
                "paper_ids": [],
                "condition": "intact",
            }
        ],
        "papers": [(UUID(paper["id"]), UUID(sealing["parcel_id"]), "unit", field.post, "sealed", paper["component"])],
        "parcels": [(UUID(sealing["parcel_id"]), label, "NP-0001", "unit", field.post, "sealed")],
        "case": "papers_taken",
    }
    assert await field.tx.value("SELECT count(*) FROM exceptions") == 0


async def test_only_who_receives_says_that_it_was_received(field: Field) -> None:
    case, visit, _ = await field.booked()
    papers = await took_papers(field, case, visit)
    offer = offered(unit(field.post), papers=[papers[0]["id"]])
    await field.does(case, "offer", offer)
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.mai, case, "receive", received(offer, courier(field.lan)))
    assert refused.value.problem.type == "urn:tannha:problem:not-the-receiver"
    answer = await field.does(case, "receive", received(offer, courier(field.lan)))
    assert answer.standing == "review"
    assert await holders(field, case) == {("courier", field.lan, "in_hand")}


async def test_courier_to_courier_on_the_road(field: Field) -> None:
    """Tú takes over what Lan cannot bring: two phones, two halves."""
    case, visit, _ = await field.booked()
    theirs = field.booking("supplement", courier=str(field.tu))
    papers = await took_papers(field, case, visit)
    await field.at_desk(field.ut, case, "book", theirs)
    offer = offered(courier(field.tu), papers=[papers[0]["id"]])
    half: Command = field.tu_phone.make(case, "receive", received(offer, courier(field.lan)))
    assert standings(await field.send(half, carrier=field.tu_phone)) == ["applied"]
    assert await holders(field, case) == {("courier", field.tu, "in_hand")}
    answer = await field.does(case, "offer", offer)
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    assert await holders(field, case) == {("courier", field.tu, "in_hand")}


async def test_what_one_does_not_hold_one_cannot_offer_without_somebody_looking(field: Field) -> None:
    case, visit, _ = await field.booked()
    papers = await took_papers(field, case, visit)
    first = offered(unit(field.post), papers=[papers[0]["id"]])
    await field.does(case, "offer", first)
    await field.at_desk(field.ut, case, "receive", received(first, courier(field.lan)))
    answer = await field.does(case, "offer", offered(courier(field.tu), papers=[papers[0]["id"]]))
    assert (answer.standing, list(answer.exceptions)) == ("applied", ["paper:guard:holder_is_actor"])


async def test_a_half_that_names_an_unknown_paper_leaves_nothing_behind(field: Field) -> None:
    case, _, _ = await field.booked()
    unknown = offered(courier(field.lan), papers=[a_paper()["id"]])
    answer = await field.does(case, "receive", received(unknown, courier(field.tu)))
    assert answer.standing == "review"
    assert await field.tx.value("SELECT count(*) FROM hand_overs") == 0


async def test_a_paper_an_office_has_received_is_not_taken_back_by_a_late_sealing(field: Field) -> None:
    case, visit, _ = await field.booked()
    papers = await took_papers(field, case, visit)
    sealing = field.phone.make(case, "seal", sealed(visit, "TN-LABEL-0001", papers))
    given = offered(unit(field.post), papers=[papers[0]["id"]])
    await field.at_desk(field.ut, case, "receive", received(given, courier(field.lan)))
    await field.send(sealing)
    row = await field.tx.first("SELECT holder_kind, holder, parcel_id FROM papers")
    assert row is not None
    assert tuple(row) == ("unit", field.post, None)


async def test_a_paper_a_colleague_holds_is_sealed_as_the_phone_says_and_looked_at(field: Field) -> None:
    case, visit, _ = await field.booked()
    [label] = await stock(field, 1)
    papers = await took_papers(field, case, visit)
    await field.at_desk(field.ut, case, "book", field.booking("supplement", courier=str(field.tu)))
    offer = offered(courier(field.tu), papers=[papers[0]["id"]])
    await field.send(field.tu_phone.make(case, "receive", received(offer, courier(field.lan))), carrier=field.tu_phone)
    answer = await field.does(case, "seal", sealed(visit, label, papers))
    assert (answer.standing, list(answer.exceptions)) == ("applied", ["paper:guard:holder_is_actor"])
    assert await holders(field, case) == {("courier", field.lan, "sealed")}


async def test_a_signature_is_never_written_over(field: Field) -> None:
    """The same signature id again, over something else shown: a person looks at it, the first one stands."""
    case, visit, _ = await field.booked()
    await at_the_door(field, case, visit)
    body = signed(visit)
    assert (await field.does(case, "sign", body)).standing == "applied"
    answer = await field.does(case, "sign", body | {"shown_sha256": "b" * 64})
    assert answer.standing == "review"
    assert await field.tx.value("SELECT shown_sha256 FROM signatures") == bytes.fromhex("a" * 64)


async def in_a_parcel(field: Field, *papers: dict[str, Any]) -> tuple[UUID, str, dict[str, Any]]:
    """(case, visit, sealing): sealed at the door, in Lan's hands."""
    case, visit, _ = await field.booked()
    [label] = await stock(field, 1)
    taken = await took_papers(field, case, visit, *papers)
    sealing = sealed(visit, label, taken)
    await field.does(case, "seal", sealing)
    return case, visit, sealing


async def where(field: Field, *papers: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Parcel, holder and state of each."""
    rows = await field.tx.all("SELECT paper_id, parcel_id, holder_kind, holder, state FROM papers")
    found = {str(row["paper_id"]): tuple(row)[1:] for row in rows}
    return [found[paper["id"]] for paper in papers]


async def test_a_paper_received_out_of_a_sealed_parcel_leaves_it_and_a_person_looks(field: Field) -> None:
    """Lan's parcel was torn open on the road: Tú takes over one paper of two."""
    one, two = a_paper(), a_paper("cccd")
    case, _, sealing = await in_a_parcel(field, one, two)
    await field.at_desk(field.ut, case, "book", field.booking("supplement", courier=str(field.tu)))
    offer = offered(courier(field.tu), papers=[one["id"]])
    half = field.tu_phone.make(case, "receive", received(offer, courier(field.lan)))
    [answer] = await field.send(half, carrier=field.tu_phone)
    assert (answer.standing, list(answer.exceptions)) == ("applied", ["paper:guard:parcel_opened_for"])
    parcel = UUID(sealing["parcel_id"])
    assert await where(field, one, two) == [
        (None, "courier", field.tu, "in_hand"),
        (parcel, "courier", field.lan, "sealed"),
    ]
    # The parcel goes on with what is left in it, and no more moves the one that went.
    await field.does(case, "offer", offered(unit(field.post), sealing["parcel_id"]))
    await clear(field, case)
    whole = received(offered(unit(field.post), sealing["parcel_id"]), courier(field.lan))
    await field.at_desk(field.ut, case, "receive", whole)
    assert [tuple(row)[1:3] for row in await where(field, one, two)] == [
        ("courier", field.tu),
        ("unit", field.post),
    ]


async def test_a_paper_received_with_its_parcel_stays_in_it(field: Field) -> None:
    one = a_paper()
    case, _, sealing = await in_a_parcel(field, one)
    offer = offered(unit(field.post), sealing["parcel_id"], papers=[one["id"]])
    answer = await field.at_desk(field.ut, case, "receive", received(offer, courier(field.lan)))
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    assert await where(field, one) == [(UUID(sealing["parcel_id"]), "unit", field.post, "sealed")]


async def test_a_desk_is_told_to_open_the_parcel_before_it_takes_one_paper_out(field: Field) -> None:
    one, two = a_paper(), a_paper("cccd")
    case, _, sealing = await in_a_parcel(field, one, two)
    with pytest.raises(Refused) as refused:
        await field.at_desk(
            field.ut, case, "receive", received(offered(unit(field.post), papers=[one["id"]]), courier(field.lan))
        )
    assert "Nhận cả bưu gửi" in refused.value.problem.detail
    assert {row[0] for row in await where(field, one, two)} == {UUID(sealing["parcel_id"])}


async def test_a_paper_taken_anew_from_other_hands_is_no_longer_in_their_parcel(field: Field) -> None:
    one, two = a_paper(), a_paper("cccd")
    case, visit, sealing = await in_a_parcel(field, one, two)
    await field.at_desk(field.ut, case, "book", field.booking("supplement", courier=str(field.tu)))
    offer = offered(courier(field.tu), sealing["parcel_id"])
    half = field.tu_phone.make(case, "receive", received(offer, courier(field.lan)))
    await field.send(half, carrier=field.tu_phone)
    answer = await field.does(case, "take_papers", {"visit_id": visit, "papers": [one]})
    assert answer.exceptions
    assert await where(field, one, two) == [
        (None, "courier", field.lan, "in_hand"),
        (UUID(sealing["parcel_id"]), "courier", field.tu, "sealed"),
    ]


@pytest.mark.parametrize("all_of_it", [True, False], ids=["all of it", "one paper of it"])
async def test_who_is_given_a_result_opens_the_parcel_and_what_is_not_taken_stays_with_the_courier(
    field: Field, all_of_it: bool
) -> None:
    """Papers of the citizen stand for a result here: what counts is the parcel they lie in together."""
    one, two = a_paper(), a_paper("cccd")
    case, visit, _ = await in_a_parcel(field, one, two)
    given = {
        "visit_id": visit,
        "paper_ids": [one["id"], two["id"]] if all_of_it else [one["id"]],
        "recipient_class": "owner",
        "relationship": "owner",
        "means": "card_seen",
    }
    answer = await field.does(case, "hand_over_result", given)
    assert answer.standing == "applied"
    assert [code for code in answer.exceptions if not code.startswith("case:")] == []
    handed = (None, "citizen", case, "with_citizen")
    assert await where(field, one, two) == [handed, handed if all_of_it else (None, "courier", field.lan, "in_hand")]
    parcels = await field.tx.all("SELECT state, holder_kind FROM parcels")
    assert [tuple(row) for row in parcels] == [("handed_over", "citizen")]
