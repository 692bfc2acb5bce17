"""A bag: filled, tied with a manifest, handed over, received parcel by parcel, signed for by both (F04)."""

from typing import Any
from uuid import UUID

import pytest

from backend.errors import Refusal
from backend.ids import uuid7
from backend.sync.desk import Refused
from backend.units.demo import demo_unit_id
from backend.units.model import UnitKind
from tests.builders import Field
from tests.builders_bags import (
    Named,
    at_the_post,
    found,
    of_bag,
    on_the_road,
    opened,
    put_in,
    scanned,
    signing,
)


async def holder(field: Field, one: Named) -> tuple[str, UUID, str]:
    """Of the parcel, and of every paper in it."""
    rows = await field.tx.all(
        """SELECT holder_kind, holder, state FROM parcels WHERE parcel_id = $parcel
           UNION SELECT p.holder_kind, p.holder, q.state FROM papers AS p JOIN parcels AS q USING (case_id, parcel_id)
           WHERE parcel_id = $parcel""",
        parcel=UUID(one["parcel_id"]),
    )
    [row] = rows
    return tuple(row)


async def row(field: Field, bag: UUID) -> dict[str, Any]:
    found = await field.tx.first("SELECT * FROM bags WHERE bag_id = $bag", bag=bag)
    assert found is not None
    return dict(found.items())


async def exceptions(field: Field) -> list[UUID]:
    rows = await field.tx.all("SELECT case_id FROM exceptions WHERE cleared_at IS NULL")
    return [one["case_id"] for one in rows]


async def incidents(field: Field) -> list[tuple[str, UUID, UUID | None]]:
    """(cause, last holder, parcel)."""
    rows = await field.tx.all(
        """SELECT i.cause, i.last_holder, t.thing_id FROM incidents AS i
           LEFT JOIN incident_things AS t ON t.incident_id = i.incident_id AND t.kind = 'parcel' AND t.open"""
    )
    return [(row["cause"], row["last_holder"], row["thing_id"]) for row in rows]


async def test_a_parcel_travels_with_its_bag_until_it_is_received(field: Field) -> None:
    one, other = await at_the_post(field), await at_the_post(field)
    bag = await on_the_road(field, one, other)
    assert await holder(field, one) == ("bag", bag, "bagged")
    for each in (one, other):
        assert (await scanned(field, bag, each)).standing == "applied"
        assert await holder(field, each) == ("unit", field.one_stop, "sealed")
        assert await field.state(UUID(each["case_id"])) == "handed_to_agency"
    await of_bag(field, bag, "receive_bag", found(field, one, other), by=field.mai)
    kept = await row(field, bag)
    assert (kept["state"], kept["result"], kept["holder"]) == ("received", "all_present", field.one_stop)
    assert await exceptions(field) == []


async def test_both_sides_sign_how_many_were_received(field: Field) -> None:
    one = await at_the_post(field)
    bag = await on_the_road(field, one)
    await scanned(field, bag, one)
    await of_bag(field, bag, "receive_bag", found(field, one), by=field.mai)
    with pytest.raises(Refused, match="không còn như lúc xem"):
        await of_bag(field, bag, "sign_bag_record", signing("receiver", 1, 2), by=field.mai)
    with pytest.raises(Refused, match="không làm ở đơn vị"):
        await of_bag(field, bag, "sign_bag_record", signing("giver", 1, 1), by=field.mai)
    await of_bag(field, bag, "sign_bag_record", signing("giver", 1, 1))
    await of_bag(field, bag, "sign_bag_record", signing("receiver", 1, 1), by=field.mai)
    with pytest.raises(Refused, match="đã ký"):
        await of_bag(field, bag, "sign_bag_record", signing("giver", 1, 1), by=field.hung)
    kept = await row(field, bag)
    assert (kept["giver_signed_by"], kept["receiver_signed_by"]) == (field.ut, field.mai)


async def test_what_the_bag_lacks_stays_with_whoever_had_it(field: Field) -> None:
    one, lost = await at_the_post(field), await at_the_post(field)
    bag = await on_the_road(field, one, lost)
    await scanned(field, bag, one)
    await of_bag(field, bag, "receive_bag", found(field, one, missing=(lost,)), by=field.mai)
    kept = await row(field, bag)
    assert (kept["state"], kept["result"]) == ("received_with_difference", "short")
    assert (kept["holder_kind"], kept["holder"]) == ("unit", field.post)
    assert await holder(field, lost) == ("bag", bag, "bagged")
    assert await exceptions(field) == []
    assert await incidents(field) == [("short", field.post, UUID(lost["parcel_id"]))]
    assert await field.state(UUID(lost["case_id"])) == "papers_taken"
    await of_bag(field, bag, "sign_bag_record", signing("giver", 1, 2))
    with pytest.raises(Refused, match="không được là"):
        await of_bag(field, bag, "settle_bag", {"reason": "found"}, by=field.mai)
    assert (await scanned(field, bag, lost)).standing == "applied"  # it turns up later
    await of_bag(field, bag, "settle_bag", {"reason": "found"}, by=field.hung)
    assert (await row(field, bag))["state"] == "received"


async def test_what_nobody_announced_is_received_as_extra(field: Field) -> None:
    one, extra = await at_the_post(field), await at_the_post(field)
    bag = await on_the_road(field, one)
    for each in (one, extra):
        await scanned(field, bag, each)
    await of_bag(field, bag, "receive_bag", found(field, one, extra), by=field.mai)
    kept = await row(field, bag)
    assert (kept["state"], kept["result"]) == ("received_with_difference", "extra")
    assert await exceptions(field) == []
    assert await incidents(field) == [("extra", field.post, UUID(extra["parcel_id"]))]


async def test_a_broken_seal_is_a_difference_even_when_all_is_there(field: Field) -> None:
    one = await at_the_post(field)
    bag = await on_the_road(field, one)
    await scanned(field, bag, one)
    await of_bag(field, bag, "receive_bag", found(field, one, intact=False), by=field.mai)
    assert (await row(field, bag))["result"] == "seal_broken"
    assert await incidents(field) == [("seal_broken", field.post, None)]


async def test_the_record_names_exactly_what_was_scanned(field: Field) -> None:
    one, other = await at_the_post(field), await at_the_post(field)
    bag = await on_the_road(field, one, other)
    await scanned(field, bag, one)
    with pytest.raises(Refused, match="chưa quét nhận"):
        await of_bag(field, bag, "receive_bag", found(field, one, other), by=field.mai)
    with pytest.raises(Refused, match="vừa thay đổi"):
        await of_bag(field, bag, "receive_bag", found(field, one), by=field.mai)
    await scanned(field, bag, other)
    with pytest.raises(Refused, match="nhận thêm"):
        await of_bag(field, bag, "receive_bag", found(field, one, missing=(other,)), by=field.mai)


async def test_a_parcel_nobody_has_heard_of_is_in_no_bag(field: Field) -> None:
    one = await at_the_post(field)
    bag = await opened(field)
    forged = {"bag_id": str(bag), "parcel_id": str(uuid7())}
    with pytest.raises(Refused, match="chưa làm được “Bỏ vào túi thư”"):
        await field.at_desk(field.ut, UUID(one["case_id"]), "put_in_bag", forged)
    await put_in(field, bag, one)
    unheard = {"case_id": str(uuid7()), "parcel_id": str(uuid7())}
    with pytest.raises(Refused, match="không có trong sổ"):
        await of_bag(field, bag, "receive_bag", found(field, unheard), by=field.mai)


async def test_the_same_act_twice_happens_once(field: Field) -> None:
    one = await at_the_post(field)
    bag = await opened(field)
    body, act = {"bag_id": str(bag), "parcel_id": one["parcel_id"]}, uuid7()
    answers = [await field.at_desk(field.ut, UUID(one["case_id"]), "put_in_bag", body, act=act) for _ in range(2)]
    assert answers[0].n == answers[1].n
    with pytest.raises(Refused):
        await put_in(field, bag, one)
    tied, act = {"parcels": [one], "seal_number": "T-1"}, uuid7()
    for _ in range(2):
        assert (await field.at_desk(field.ut, bag, "close_bag", tied, subject="bag", act=act)).standing == "applied"
    assert await field.tx.value("SELECT n FROM subjects WHERE id = $bag", bag=bag) == 2


async def test_the_manifest_names_all_that_is_in_the_bag(field: Field) -> None:
    one, other = await at_the_post(field), await at_the_post(field)
    bag = await opened(field)
    with pytest.raises(Refused, match="Bỏ ít nhất một"):
        await of_bag(field, bag, "close_bag", {"parcels": [], "seal_number": "T-1"})
    for each in (one, other):
        await put_in(field, bag, each)
    with pytest.raises(Refused, match="xem lại bản kê"):
        await of_bag(field, bag, "close_bag", {"parcels": [one], "seal_number": "T-1"})
    body = {"bag_id": str(bag), "parcel_id": other["parcel_id"]}
    await field.at_desk(field.ut, UUID(other["case_id"]), "take_out_of_bag", body)
    assert await holder(field, other) == ("unit", field.post, "sealed")
    await of_bag(field, bag, "close_bag", {"parcels": [one], "seal_number": "T-1"})


async def test_a_bag_is_of_the_offices_at_its_two_ends(field: Field) -> None:
    one = await at_the_post(field)
    elsewhere = demo_unit_id(UnitKind.POST, "28261")
    with pytest.raises(Refusal, match="không đi từ hoặc đến"):
        await of_bag(
            field,
            uuid7(),
            "open_bag",
            {"tag": "TM-9", "unit": str(elsewhere), "to_unit": str(field.one_stop)},
        )
    bag = uuid7()
    away = {"tag": "TM-8", "unit": str(field.post), "to_unit": str(elsewhere)}
    await of_bag(field, bag, "open_bag", away)
    with pytest.raises(Refused, match="không đến nơi nhận"):
        await put_in(field, bag, one)
    with pytest.raises(Refusal, match="không đi từ hoặc đến"):
        await of_bag(field, bag, "close_bag", {"parcels": [], "seal_number": "T"}, by=field.mai)


async def test_a_tag_is_on_one_bag_at_a_time(field: Field) -> None:
    await opened(field)
    with pytest.raises(Refusal, match="chưa nhận xong"):
        await opened(field)
