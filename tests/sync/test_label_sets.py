"""Label sets are stock with exactly one holder: printed in one series, handed out, taken back, lost, replaced."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from backend.acts.model import Answer
from backend.database import Database
from backend.errors import Refusal
from backend.ids import uuid7
from backend.parcels import cards
from backend.parcels import queries as parcels
from backend.staff.model import Role
from backend.sync.desk import Refused
from backend.units.demo import demo_unit_id
from backend.units.model import UnitKind
from tests.builders import Field, a_paper
from tests.builders_acts import at_the_door, label_of, printed, sealed, took_papers
from tests.builders_staff import a_person, hired
from tests.sync.conftest import MakeField

MY_THO_POST = demo_unit_id(UnitKind.POST, "28261")


async def on_stock(field: Field, kind: str, body: dict[str, Any], *, by: UUID | None = None) -> Answer:
    return await field.at_desk(by or field.ut, field.post, kind, body, subject="unit")


async def by_lan(field: Field, kind: str, body: dict[str, Any]) -> Answer:
    """Her phone says so about the stock of her post."""
    [answer] = await field.send(field.phone.make(field.post, kind, body, subject="unit"))
    return answer


async def where(field: Field, number: int) -> tuple[str, str, UUID]:
    row = await field.tx.first(
        "SELECT state, holder_kind, holder FROM label_sets WHERE number = $number", number=number
    )
    assert row is not None
    return row["state"], row["holder_kind"], row["holder"]


async def sealed_by_lan(field: Field, number: int) -> tuple[UUID, str]:
    """(case, parcel), sealed under one of her sets."""
    case, visit, _ = await field.booked()
    papers = await took_papers(field, case, visit)
    body = sealed(visit, await label_of(field, number), papers)
    answer = await field.does(case, "seal", body)
    assert (answer.standing, list(answer.exceptions)) == ("applied", []), answer
    return case, body["parcel_id"]


async def test_a_set_goes_from_the_stock_to_the_courier_to_the_parcel(field: Field) -> None:
    [number] = await printed(field)
    assert await where(field, number) == ("printed", "unit", field.post)
    await on_stock(field, "issue_label_sets", {"courier": str(field.lan), "numbers": [number]})
    assert await where(field, number) == ("issued", "courier", field.lan)
    case, _ = await sealed_by_lan(field, number)
    assert await where(field, number) == ("bound", "citizen", case)


async def test_numbers_go_on_where_the_last_ended_for_whichever_post(field: Field) -> None:
    assert await printed(field, 3) == [1, 2, 3]
    await hired(field.tx, field.hung, MY_THO_POST, Role.HEAD_OF_POST)
    body = {"first": 4, "count": 2}
    await field.at_desk(field.hung, MY_THO_POST, "print_label_sets", body, subject="unit")
    assert await printed(field) == [6]
    rows = await field.tx.all("SELECT number, unit_id FROM label_sets ORDER BY number")
    units = {row["number"]: row["unit_id"] for row in rows}
    assert units == dict.fromkeys((1, 2, 3, 6), field.post) | dict.fromkeys((4, 5), MY_THO_POST)


@pytest.mark.parametrize("first", [2, 5])
async def test_a_printing_that_leaves_a_gap_or_goes_back_is_refused(field: Field, first: int) -> None:
    await printed(field, 3)
    with pytest.raises(Refused, match="in lại"):
        await on_stock(field, "print_label_sets", {"first": first, "count": 1})
    assert await printed(field) == [4]


async def test_two_posts_that_print_at_the_same_moment_share_no_number(pool: Database, field_in: MakeField) -> None:
    async def prints() -> str:
        try:
            async with pool.transaction() as tx:
                return str((await on_stock(field_in(tx), "print_label_sets", {"first": 1, "count": 5})).standing)
        except Refusal as refused:
            return str(refused.status)

    assert sorted(await asyncio.gather(*(prints() for _ in range(4)))) == ["409", "409", "409", "applied"]
    async with pool.transaction() as tx:
        assert await tx.value("SELECT array_agg(number ORDER BY number) FROM label_sets") == [1, 2, 3, 4, 5]


async def test_one_printing_sent_twice_prints_once(field: Field) -> None:
    act = uuid7()
    for _ in range(2):
        answer = await field.at_desk(
            field.ut, field.post, "print_label_sets", {"first": 1, "count": 2}, subject="unit", act=act
        )
        assert answer.standing == "applied"
    assert await field.tx.value("SELECT count(*) FROM label_sets") == 2


async def test_sets_are_handed_only_to_who_works_there(field: Field) -> None:
    [number] = await printed(field)
    stranger = (await a_person(field.tx, "Nguyễn Văn Xa")).id
    await hired(field.tx, stranger, MY_THO_POST, Role.COURIER)
    with pytest.raises(Refused, match="không làm ở đơn vị này"):
        await on_stock(field, "issue_label_sets", {"courier": str(stranger), "numbers": [number]})
    assert await where(field, number) == ("printed", "unit", field.post)


async def test_a_set_out_with_one_courier_is_not_handed_to_another(field: Field) -> None:
    numbers = await printed(field, 2, to=field.lan)
    with pytest.raises(Refused, match="không còn trong kho"):
        await on_stock(field, "issue_label_sets", {"courier": str(field.tu), "numbers": numbers})
    assert await where(field, numbers[0]) == ("issued", "courier", field.lan)


async def test_nobody_touches_the_stock_of_another_post(field: Field) -> None:
    """Neither with a role at home, nor by naming the own post and foreign numbers."""
    [number] = await printed(field)
    await hired(field.tx, field.mai, MY_THO_POST, Role.HEAD_OF_POST)
    with pytest.raises(Refused, match="vai trò"):
        await on_stock(field, "void_label_sets", {"numbers": [number], "reason": "torn"}, by=field.mai)
    await field.at_desk(field.mai, MY_THO_POST, "print_label_sets", {"first": 2, "count": 1}, subject="unit")
    for kind, body in (
        ("void_label_sets", {"numbers": [number], "reason": "torn"}),
        ("record_label_loss", {"numbers": [number], "reason": "not_found"}),
        ("issue_label_sets", {"courier": str(field.mai), "numbers": [number]}),
    ):
        with pytest.raises(Refused):
            await field.at_desk(field.mai, MY_THO_POST, kind, body, subject="unit")
    assert await where(field, number) == ("printed", "unit", field.post)


async def test_a_post_that_never_printed_takes_nothing_back(field: Field) -> None:
    [number] = await printed(field, to=field.lan)
    await hired(field.tx, field.mai, MY_THO_POST, Role.HEAD_OF_POST)
    with pytest.raises(Refusal, match="chưa in bộ nhãn nào"):
        await field.at_desk(field.mai, MY_THO_POST, "return_label_sets", {"numbers": [number]}, subject="unit")


async def test_a_set_taken_back_can_go_out_again(field: Field) -> None:
    [number] = await printed(field, to=field.lan)
    await on_stock(field, "return_label_sets", {"numbers": [number]})
    assert await where(field, number) == ("printed", "unit", field.post)
    await on_stock(field, "issue_label_sets", {"courier": str(field.tu), "numbers": [number]})
    assert await where(field, number) == ("issued", "courier", field.tu)


@pytest.mark.parametrize(
    ("kind", "state"), [("void_label_sets", "voided"), ("record_label_loss", "lost"), ("return_label_sets", "printed")]
)
async def test_a_courier_says_by_phone_what_became_of_a_set(field: Field, kind: str, state: str) -> None:
    [number] = await printed(field, to=field.lan)
    body = {"numbers": [number]} | ({} if kind == "return_label_sets" else {"reason": "torn"})
    answer = await by_lan(field, kind, body)
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    assert (await where(field, number))[0] == state


async def test_what_a_phone_says_of_a_colleagues_set_waits_for_a_person(field: Field) -> None:
    [number] = await printed(field, to=field.tu)
    answer = await by_lan(field, "return_label_sets", {"numbers": [number]})
    assert answer.standing == "review"
    assert await where(field, number) == ("issued", "courier", field.tu)


async def test_a_lost_set_says_who_had_it_and_comes_back_when_found(field: Field) -> None:
    [number] = await printed(field, to=field.lan)
    await on_stock(field, "record_label_loss", {"numbers": [number], "reason": "not_found"})
    assert await where(field, number) == ("lost", "lost", field.lan)
    await on_stock(field, "return_label_sets", {"numbers": [number]})
    assert await where(field, number) == ("printed", "unit", field.post)


async def test_a_lost_set_that_was_sealed_with_is_bound_with_a_name_for_what_is_wrong(field: Field) -> None:
    [number] = await printed(field, to=field.lan)
    await on_stock(field, "record_label_loss", {"numbers": [number], "reason": "not_found"})
    case, visit, _ = await field.booked()
    papers = await took_papers(field, case, visit)
    answer = await field.does(case, "seal", sealed(visit, await label_of(field, number), papers))
    assert (answer.standing, list(answer.exceptions)) == ("applied", ["label_set:no-such-act-here"])
    assert await where(field, number) == ("bound", "citizen", case)


async def test_a_bound_set_is_neither_spoilt_nor_lost_nor_returned(field: Field) -> None:
    [number] = await printed(field, to=field.lan)
    case, _ = await sealed_by_lan(field, number)
    for kind, body in (
        ("void_label_sets", {"numbers": [number], "reason": "torn"}),
        ("record_label_loss", {"numbers": [number], "reason": "not_found"}),
        ("return_label_sets", {"numbers": [number]}),
    ):
        with pytest.raises(Refused):
            await on_stock(field, kind, body)
        answer = await by_lan(field, kind, body)
        assert list(answer.exceptions) == ["label_set:no-such-act-here"]
    assert await where(field, number) == ("bound", "citizen", case)


async def test_a_torn_label_is_replaced_on_the_same_parcel_in_the_same_hands(field: Field) -> None:
    old, new = await printed(field, 2, to=field.lan)
    case, parcel = await sealed_by_lan(field, old)
    body = {"parcel_id": parcel, "label": await label_of(field, new), "seal_number": "NP-0002"}
    answer = await field.does(case, "relabel", body | {"photographs": ["a" * 64, "b" * 64]})
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    assert await where(field, old) == ("voided", "citizen", case)
    assert await where(field, new) == ("bound", "citizen", case)
    row = await field.tx.first("SELECT label, seal_number, state, holder_kind, holder FROM parcels")
    assert row is not None
    assert tuple(row) == (body["label"], "NP-0002", "sealed", "courier", field.lan)


async def test_the_citizens_old_card_works_on_and_the_new_sets_card_opens_nothing(field: Field) -> None:
    old, new = await printed(field, 2, to=field.lan)
    case, parcel = await sealed_by_lan(field, old)
    body = {"parcel_id": parcel, "label": await label_of(field, new), "seal_number": "NP-0002"}
    await field.does(case, "relabel", body)
    rows = await field.tx.all(
        """SELECT s.number, t.live FROM label_sets AS s
           JOIN tracking_tokens AS t ON t.token_sha256 = s.card_token_sha256"""
    )
    assert [(row["number"], row["live"]) for row in rows] == [(old, True)]
    words = {number: cards.new_card(field.ring, number, field.at).word for number in (old, new)}
    known = await parcels.cards_of(field.tx, case)
    assert cards.is_word_of(field.ring, words[old], known)
    assert not cards.is_word_of(field.ring, words[new], known)


async def test_a_replaced_label_can_be_replaced_again(field: Field) -> None:
    numbers = await printed(field, 3, to=field.lan)
    case, parcel = await sealed_by_lan(field, numbers[0])
    for number in numbers[1:]:
        body = {"parcel_id": parcel, "label": await label_of(field, number), "seal_number": f"NP-{number}"}
        assert list((await field.does(case, "relabel", body)).exceptions) == []
    assert [(await where(field, number))[0] for number in numbers] == ["voided", "voided", "bound"]


async def test_the_label_of_another_parcel_replaces_nothing(field: Field) -> None:
    """Neither of the two parcels loses its label by it."""
    mine, theirs = await printed(field, 2, to=field.lan)
    case, parcel = await sealed_by_lan(field, mine)
    other, _ = await sealed_by_lan(field, theirs)
    body = {"parcel_id": parcel, "label": await label_of(field, theirs), "seal_number": "NP-0002"}
    answer = await field.does(case, "relabel", body)
    assert answer.standing == "review"
    assert answer.problem is not None
    assert answer.problem.type == "urn:tannha:problem:label-used"
    assert [await where(field, number) for number in (mine, theirs)] == [
        ("bound", "citizen", case),
        ("bound", "citizen", other),
    ]


async def test_a_label_does_not_replace_itself(field: Field) -> None:
    [number] = await printed(field, to=field.lan)
    case, parcel = await sealed_by_lan(field, number)
    body = {"parcel_id": parcel, "label": await label_of(field, number), "seal_number": "NP-0002"}
    assert (await field.does(case, "relabel", body)).standing == "review"
    assert await where(field, number) == ("bound", "citizen", case)


async def test_a_new_label_from_another_bag_stands_with_an_exception(field: Field) -> None:
    [mine] = await printed(field, to=field.lan)
    [theirs] = await printed(field, to=field.tu)
    case, parcel = await sealed_by_lan(field, mine)
    body = {"parcel_id": parcel, "label": await label_of(field, theirs), "seal_number": "NP-0002"}
    answer = await field.does(case, "relabel", body)
    assert (answer.standing, list(answer.exceptions)) == ("applied", ["label_set:guard:holder_is_actor"])
    assert await where(field, theirs) == ("bound", "citizen", case)


async def test_a_label_once_replaced_seals_nothing_else(field: Field) -> None:
    """Its parcel has another label by now, so the database alone would let it pass: a card must not open two cases."""
    old, new = await printed(field, 2, to=field.lan)
    case, parcel = await sealed_by_lan(field, old)
    body = {"parcel_id": parcel, "label": await label_of(field, new), "seal_number": "NP-0002"}
    await field.does(case, "relabel", body)
    other, visit, _ = await field.booked()
    papers = await took_papers(field, other, visit)
    answer = await field.does(other, "seal", sealed(visit, await label_of(field, old), papers))
    assert list(answer.exceptions) == ["label_set:no-such-act-here"]
    assert await where(field, old) == ("voided", "citizen", case)
    assert len(await parcels.cards_of(field.tx, other)) == 0


async def test_a_label_once_replaced_replaces_no_other(field: Field) -> None:
    """That it is on the parcel now is a fact; the set stays with its first case, whose card it has."""
    old, new, third = await printed(field, 3, to=field.lan)
    case, parcel = await sealed_by_lan(field, old)
    fresh = {"parcel_id": parcel, "label": await label_of(field, new), "seal_number": "NP-0002"}
    await field.does(case, "relabel", fresh)
    other, theirs = await sealed_by_lan(field, third)
    worn = {"parcel_id": theirs, "label": await label_of(field, old), "seal_number": "NP-0003"}
    answer = await field.does(other, "relabel", worn)
    assert list(answer.exceptions) == ["label_set:no-such-act-here"]
    assert await where(field, old) == ("voided", "citizen", case)


async def test_two_acts_of_one_batch_on_one_set_each_see_what_the_other_did(field: Field) -> None:
    [number] = await printed(field, to=field.lan)
    case, visit, _ = await field.booked()
    await at_the_door(field, case, visit)
    paper, label = a_paper(), await label_of(field, number)
    answers = await field.send(
        field.phone.make(case, "take_papers", {"visit_id": visit, "papers": [paper]}),
        field.phone.make(case, "seal", sealed(visit, label, [paper])),
        field.phone.make(field.post, "void_label_sets", {"numbers": [number], "reason": "torn"}, subject="unit"),
    )
    assert [list(answer.exceptions) for answer in answers] == [[], [], ["label_set:no-such-act-here"]]
    assert await where(field, number) == ("bound", "citizen", case)


async def test_a_seal_in_a_visit_that_nobody_knows_waits_for_a_person(field: Field) -> None:
    """Whether or not its label was on another parcel before."""
    first, second = await printed(field, 2, to=field.lan)
    await sealed_by_lan(field, first)
    for number in (first, second):
        case, visit, _ = await field.booked()
        papers = await took_papers(field, case, visit)
        answer = await field.does(case, "seal", sealed(str(uuid7()), await label_of(field, number), papers))
        assert answer.standing == "review"
