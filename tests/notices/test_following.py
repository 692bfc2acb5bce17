"""Messages follow what happened: in the right words, at the right time, to whoever wants them, once."""

from datetime import timedelta
from uuid import UUID

import pytest

from backend.acts import feed
from backend.ids import uuid7
from backend.notices.templates import LONGEST_SMS, PLAIN
from backend.staff.model import Role
from tests.builders import Field, a_paper
from tests.builders_acts import Body, met, paid, signed
from tests.builders_staff import a_person, hired
from tests.notices.conftest import Post, at_vietnam, registered
from tests.sync.test_consents import answer

PHONE, E164 = "0912 345 678", "+84912345678"


async def booked(field: Field, case: UUID, day: str = "2026-11-25", **changes: object) -> dict[str, object]:
    booking = field.booking(day=day, **changes)
    answer = await field.at_desk(field.ut, case, "book", booking, base=99)
    assert answer.standing == "applied", answer
    return booking


async def confirmed(field: Field, **personal: object) -> tuple[UUID, str]:
    """(case, charge)."""
    case = await registered(field, **personal)
    charge = field.registration()["registration_id"]
    due = {"charge_id": charge, "line": "le_phi", "amount": 8000, "due_at": "reception"}
    await field.at_desk(field.mai, case, "confirm", {"charges": [due], "dossier_code": "H20.12-261124-0007"}, base=99)
    return case, charge


async def test_a_visit_is_announced_the_day_before_and_what_was_recorded_is_told(post: Post) -> None:
    post.now = at_vietnam("2026-11-23 09:00")
    async with post.field() as field:
        case, charge = await confirmed(field, phone=PHONE)
        booking = await booked(field, case)
    assert await post.tell() == []
    assert await post.tell(hours=24) == []
    post.now = at_vietnam("2026-11-24 16:00")
    [reminder] = await post.tell()
    assert reminder.startswith("Buu dien hen den nha ong/ba ngay 25/11, 7g00-8g00. Can chuan bi: xem https://")
    post.now = at_vietnam("2026-11-25 07:10")
    async with post.field() as field:
        at = {"visit_id": str(booking["visit_id"])}
        await field.does(case, "depart", at)
    assert await post.tell(minutes=1) == [
        "Buu ta dang den. Hoi ma xac minh tren may buu ta truoc khi dua giay to. 0277 1022."
    ]
    async with post.field() as field:
        papers = [a_paper(), a_paper("ban_sao")]
        for kind, body in (
            ("record_arrival", at),
            ("check_identity", met(at["visit_id"])),
            ("take_papers", {**at, "papers": papers}),
            ("sign", signed(at["visit_id"])),
            ("collect", paid(at["visit_id"], 1, (charge, 8000))),
            ("finish_visit", {**at, "outcome": "done"}),
        ):
            answer = await field.does(case, kind, body)
            assert answer.standing == "applied", answer
    [told] = await post.tell(minutes=1)
    assert told.startswith("Da nhan 2 giay to. Da thu: 8.000d. Neu khong dung goi 0277 1022 trong hom nay. https://")
    assert {message.to for message in post.gateway.taken} == {E164}
    assert all(len(text) <= LONGEST_SMS and PLAIN.issuperset(text) for text in post.gateway.texts)
    assert await post.tell(minutes=5) == []


async def test_the_link_in_a_message_opens_the_citizens_page(post: Post) -> None:
    async with post.field() as field:
        case = await registered(field, phone=PHONE)
        await field.at_desk(field.mai, case, "report_mismatch", {"field": "owner_name"}, base=99)
    [text] = await post.tell()
    token = text.rpartition("/t/")[2]
    assert len(token) == 26
    rows = await post.rows(
        "SELECT case_id FROM tracking_tokens WHERE token_sha256 = sha256(convert_to($token, 'UTF8'))", token=token
    )
    assert [row["case_id"] for row in rows] == [case]


async def test_nobody_is_sent_anything_in_the_night(post: Post) -> None:
    post.now = at_vietnam("2026-11-23 22:15")
    async with post.field() as field:
        case = await registered(field, phone=PHONE)
        await field.at_desk(field.mai, case, "report_mismatch", {"field": "owner_name"}, base=99)
    assert await post.tell() == []
    for hour in ("2026-11-23 23:59", "2026-11-24 00:01", "2026-11-24 05:59"):
        post.now = at_vietnam(hour)
        assert await post.tell() == []
    post.now = at_vietnam("2026-11-24 06:00")
    assert len(await post.tell()) == 1


async def test_on_the_way_hours_too_late_is_not_sent_and_says_why(post: Post) -> None:
    """Its life is measured from the act's own time, not from when we heard of it (F24)."""
    async with post.field() as field:
        case = await registered(field, phone=PHONE)
        booking = await booked(field, case)
        command = field.phone.make(case, "depart", {"visit_id": str(booking["visit_id"])})
        [answer] = await field.send(command, at=post.now + timedelta(hours=5))
        assert answer.standing == "applied"
    assert await post.tell(hours=5) == []
    assert (await post.notices(case))["on_the_way"] == ("dropped", "late")


async def test_on_the_way_is_replaced_by_what_is_true_by_then(post: Post) -> None:
    async with post.field() as field:
        case = await registered(field, phone=PHONE)
        at = {"visit_id": str((await booked(field, case))["visit_id"])}
        await field.send(
            field.phone.make(case, "depart", at),
            field.phone.make(case, "record_arrival", at),
            field.phone.make(case, "fail_visit", {**at, "reason": "V01"}),
            at=post.now + timedelta(minutes=10),
        )
    [text] = await post.tell(minutes=10)
    assert text.startswith("Buu dien da den nhung khong gap.")
    assert (await post.notices(case))["on_the_way"] == ("dropped", "overtaken")


async def test_a_moved_visit_is_told_anew_and_the_old_reminder_is_not(post: Post) -> None:
    post.now = at_vietnam("2026-11-23 09:00")
    async with post.field() as field:
        case = await registered(field, phone=PHONE)
        booking = await booked(field, case)
        there = {"appointment_id": booking["appointment_id"], "courier": str(field.tu), "seat": booking["seat"]}
        only_courier = there | {"day": "2026-11-25", "window": "07:00-08:00"}
        await field.at_desk(field.ut, case, "move_appointment", only_courier, base=99)
    assert await post.tell(minutes=1) == []
    async with post.field() as field:
        later = there | {"day": "2026-11-27", "window": "13:30-14:30"}
        await field.at_desk(field.ut, case, "move_appointment", later, base=99)
    [text] = await post.tell(minutes=1)
    assert text.startswith("Lich hen doi sang ngay 27/11, 13g30-14g30. ")
    post.now = at_vietnam("2026-11-24 16:30")
    assert await post.tell() == []
    post.now = at_vietnam("2026-11-26 16:00")
    [text] = await post.tell()
    assert "ngay 27/11, 13g30-14g30" in text
    reasons = await post.rows("SELECT state, reason FROM notices WHERE template = 'tomorrow' ORDER BY n")
    assert [(row["state"], row["reason"]) for row in reasons] == [
        ("dropped", "newer"),
        ("dropped", "newer"),
        ("sent", None),
    ]


async def test_a_cancelled_visit_is_told_and_not_announced_any_more(post: Post) -> None:
    post.now = at_vietnam("2026-11-23 09:00")
    async with post.field() as field:
        case = await registered(field, phone=PHONE)
        booking = await booked(field, case)
        cancelled = {"appointment_id": booking["appointment_id"], "reason": "citizen_asked"}
        await field.at_desk(field.ut, case, "cancel_appointment", cancelled, base=99)
    [text] = await post.tell(minutes=1)
    assert text.startswith("Lich hen ngay 25/11 da huy.")
    post.now = at_vietnam("2026-11-24 16:00")
    assert await post.tell() == []
    assert (await post.notices(case))["tomorrow"] == ("dropped", "overtaken")


@pytest.mark.parametrize(("same", "messages"), [(True, 1), (False, 2)])
async def test_a_household_with_one_phone_hears_once_that_the_courier_comes(
    post: Post, same: bool, messages: int
) -> None:
    async with post.field() as field:
        first = await registered(field, phone=PHONE)
        second = await registered(field, phone="0912345678" if same else "0987 000 111")
        booking = await booked(field, first)
        await booked(field, second, visit_id=booking["visit_id"])
        await field.does(first, "depart", {"visit_id": str(booking["visit_id"])})
    texts = await post.tell(minutes=1)
    assert len([text for text in texts if text.startswith("Buu ta dang den")]) == messages


@pytest.mark.parametrize(
    ("wish", "channel", "to"),
    [
        ({"phone": PHONE}, "sms", E164),
        ({"phone": "+84 912 345 678"}, "sms", E164),
        ({"phone": "+81 90 1234 5678"}, "sms", "+819012345678"),
        ({"phone": PHONE, "email": "hue@example.vn"}, "sms", E164),
        ({"phone": PHONE, "email": "hue@example.vn", "tell_by": "email"}, "email", "hue@example.vn"),
        ({"phone": PHONE, "tell_by": "zalo"}, "zalo", E164),
        ({"phone": PHONE, "tell_by": "email"}, "sms", E164),
        ({"email": "hue@example.vn"}, "email", "hue@example.vn"),
        ({"phone": "0277 000 012", "email": "hue@example.vn"}, "email", "hue@example.vn"),
    ],
)
async def test_the_citizen_chooses_how_to_be_told(post: Post, wish: dict[str, object], channel: str, to: str) -> None:
    async with post.field() as field:
        case = await registered(field, **wish)
        await field.at_desk(field.mai, case, "report_mismatch", {"field": "owner_name"}, base=99)
    await post.tell()
    [message] = post.gateway.taken
    assert (message.channel, message.to) == (channel, to)
    marked = message.text.startswith("Thông tin đăng ký chưa khớp.")
    assert marked == (channel == "email")
    assert (message.subject is None) == (channel != "email")


ZALO = {"extra": "zalo_messages"}
YES, NO, NOT_ANY_MORE = answer(**ZALO), answer(**ZALO, given=False), None


@pytest.mark.parametrize(
    ("said", "channel"),
    [((), "zalo"), ((YES,), "zalo"), ((NO,), "sms"), ((YES, NOT_ANY_MORE), "sms"), ((NO, YES), "zalo")],
    ids=["chosen", "yes", "no", "not any more", "yes after all"],
)
async def test_who_does_not_want_zalo_is_told_otherwise(
    post: Post, said: tuple[Body | None, ...], channel: str
) -> None:
    async with post.field() as field:
        case = await registered(field, phone=PHONE, tell_by="zalo")
        for one in said:
            kind = "withdraw_consent" if one is NOT_ANY_MORE else "record_consent"
            await field.at_desk(field.kim, case, kind, ZALO if one is NOT_ANY_MORE else one, base=99)
        await field.at_desk(field.mai, case, "report_mismatch", {"field": "owner_name"}, base=99)
    await post.tell()
    assert [(message.channel, message.to) for message in post.gateway.taken] == [(channel, E164)]


async def test_on_a_shared_phone_nobody_reads_what_was_paid(post: Post) -> None:
    async with post.field() as field:
        case = await registered(field, phone=PHONE, shared_phone=True)
        at = {"visit_id": str((await booked(field, case))["visit_id"])}
        for kind, body in (("record_arrival", at), ("finish_visit", {**at, "outcome": "partly"})):
            await field.does(case, kind, body)
    [text] = await post.tell(minutes=1)
    assert text.startswith("Da nhan 0 giay to. Neu khong dung goi")


async def test_what_was_decided_once_is_never_decided_again(post: Post) -> None:
    """Also when a restore begins another epoch, and the follower reads everything anew."""
    async with post.field() as field:
        case = await registered(field, phone=PHONE)
        await field.at_desk(field.mai, case, "report_mismatch", {"field": "owner_name"}, base=99)
    assert len(await post.tell()) == 1
    before = await post.rows("SELECT * FROM notices")
    async with post.database.transaction() as tx:
        await tx.run("UPDATE followers SET epoch = gen_random_uuid()")
    assert await post.tell(minutes=1) == []
    assert await post.rows("SELECT * FROM notices") == before
    [follower] = await post.rows(
        "SELECT f.epoch = i.epoch AS here, f.cursor::text::bigint AS cursor FROM followers AS f, installation AS i"
    )
    assert follower["here"]
    assert follower["cursor"] > 0


async def test_a_restored_follower_loses_nothing_that_came_since(post: Post) -> None:
    async with post.field() as field:
        first = await registered(field, phone=PHONE)
        await field.at_desk(field.mai, first, "report_mismatch", {"field": "owner_name"}, base=99)
    await post.tell()
    async with post.database.transaction() as tx:
        # As after a dump was loaded elsewhere: ids of transactions begin anew, far below the cursor.
        await tx.run("UPDATE followers SET epoch = gen_random_uuid(), cursor = '999999999'::xid8")
    async with post.field() as field:
        second = await registered(field, phone=PHONE)
        await field.at_desk(field.mai, second, "report_mismatch", {"field": "owner_name"}, base=99)
    assert len(await post.tell(minutes=1)) == 1
    assert (await post.notices(second))["mismatch"] == ("sent", None)


async def test_what_is_said_is_sealed_and_erasure_blanks_it(post: Post) -> None:
    async with post.field() as field:
        case = await registered(field, phone=PHONE)
        await field.at_desk(field.mai, case, "report_mismatch", {"field": "owner_name"}, base=99)
    await post.tell()
    [row] = await post.rows("SELECT sealed, notices::text AS line FROM notices")
    assert b"912345678" not in row["sealed"]
    assert "345678" not in row["line"]
    async with post.field() as field:
        await field.at_desk(field.ut, case, "cancel", {"reason": "citizen_asked"}, base=99)
        await field.at_desk(await overseer(field), case, "erase", {"reason": "asked"}, base=99)
    assert await post.tell(minutes=1) == []
    rows = await post.rows("SELECT template, state, reason, sealed FROM notices ORDER BY n")
    assert [(row["template"], row["state"], row["reason"], row["sealed"]) for row in rows] == [
        ("mismatch", "sent", None, None),
        ("cancelled", "dropped", "erased", None),
    ]


async def overseer(field: Field) -> UUID:
    person = (await a_person(field.tx, "Bùi Thị Giám")).id
    await hired(field.tx, person, field.post, Role.SUPERVISOR)
    return person


async def test_a_late_feed_is_read_in_pieces_and_whole_transactions(post: Post) -> None:
    async with post.field() as field:
        for _ in range(7):
            case = await registered(field, phone=PHONE)
            await field.at_desk(field.mai, case, "report_mismatch", {"field": "owner_name"}, base=99)
    async with post.database.transaction() as tx:
        first = await feed.news(tx, "another", {"report_mismatch"}, post.now, most=3)
        second = await feed.news(tx, "another", {"report_mismatch"}, post.now, most=3)
    assert (len(first.acts), first.more, len(second.acts), second.more) == (7, True, 0, False)


async def test_that_a_result_is_ready_is_not_said_once_its_day_is_known(post: Post) -> None:
    async with post.field() as field:
        case = await registered(field, phone=PHONE)
        await with_a_result(field, case)
        booking = await booked(field, case, day="2026-11-26", purpose="deliver")
    assert booking["purpose"] == "deliver"
    [text] = [text for text in await post.tell() if "qua" in text]
    assert text.startswith("Ket qua se duoc phat ngay 26/11, 7g00-8g00. Chuan bi giay to tuy than")
    assert (await post.notices(case))["result_ready"] == ("dropped", "newer")


async def test_who_has_the_result_in_hand_has_nothing_left_to_hear(post: Post) -> None:
    """An open duty does not keep the case open behind the door."""
    async with post.field() as field:
        case = await registered(field)
        result = await with_a_result(field, case)
        visit = str((await booked(field, case, purpose="deliver", window="09:00-10:00"))["visit_id"])
    await post.tell(minutes=1)
    assert {row["state"] for row in await post.rows("SELECT state FROM duties")} == {"open"}
    async with post.field() as field:
        giver = {"kind": "unit", "id": str(field.agency)}
        lan = {"kind": "courier", "id": str(field.lan)}
        things = {"offer_id": str(uuid7()), "parcel_ids": [result["parcel_id"]], "paper_ids": []}
        await field.at_desk(field.mai, case, "offer", {**things, "to": lan})
        for kind, body in (
            ("receive", {**things, "giver": giver, "receiver": lan}),
            ("record_arrival", {"visit_id": visit}),
            ("check_identity", met(visit, party="recipient")),
            (
                "hand_over_result",
                {
                    "visit_id": visit,
                    "paper_ids": [result["paper_id"]],
                    "recipient_class": "owner",
                    "relationship": "self",
                    "means": "card_seen",
                },
            ),
            ("sign", signed(visit, "hand_over")),
            ("finish_visit", {"visit_id": visit, "outcome": "done"}),
        ):
            answer = await field.does(case, kind, body)
            assert (answer.standing, list(answer.exceptions)) == ("applied", []), (kind, answer)
        assert await field.state(case) == "closed"
    assert {row["state"] for row in await post.rows("SELECT state FROM duties")} == {"overtaken"}


async def test_a_case_whose_citizen_was_not_told_stays_open(post: Post) -> None:
    async with post.field() as field:
        case = await registered(field)
        result = await with_a_result(field, case)
        await field.tx.run("UPDATE cases SET state = 'handed_over' WHERE case_id = $case", case=case)
        booking = field.booking("deliver")
        await field.at_desk(field.mai, case, "open_duty", {"duty_id": str(uuid7()), "template": "refund"})
        assert result
        await field.tx.run(
            """INSERT INTO visits (visit_id, unit_id, courier, purpose, place, day, time_window, state)
               VALUES ($visit, $post, $lan, 'deliver', 'home', '2026-11-25', '07:00-08:00', 'arrived')""",
            visit=booking["visit_id"],
            post=field.post,
            lan=field.lan,
        )
        await field.tx.run(
            "INSERT INTO case_visits (case_id, visit_id) VALUES ($case, $visit)", case=case, visit=booking["visit_id"]
        )
        await field.tx.run(
            "INSERT INTO bundle (person_id, case_id, visit_id, present) VALUES ($lan, $case, $visit, true)",
            lan=field.lan,
            case=case,
            visit=booking["visit_id"],
        )
        answer = await field.does(case, "finish_visit", {"visit_id": booking["visit_id"], "outcome": "done"})
        assert answer.standing == "applied"
        assert await field.state(case) == "handed_over"


async def with_a_result(field: Field, case: UUID) -> dict[str, str]:
    """Handed to the agency, checked, and decided: the paper and the parcel of the result."""
    await field.at_desk(field.mai, case, "confirm", {}, base=99)
    await field.tx.run(
        "UPDATE cases SET state = 'check_passed', check_result = 'passed' WHERE case_id = $case", case=case
    )
    result = {"paper_id": str(uuid7()), "parcel_id": str(uuid7()), "component": "ket_qua"}
    answer = await field.at_desk(field.mai, case, "release_result", result, base=99)
    assert answer.standing == "applied", answer
    return result
