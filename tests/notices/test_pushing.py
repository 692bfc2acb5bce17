"""Browsers that asked for it are told first; what the owner must hear goes to the contact on file all the same."""

import asyncio
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path
from shutil import copytree
from uuid import UUID

import msgspec
import pytest

from backend.dossiers.tokens import stored, token
from backend.errors import Refusal
from backend.keys import KeyRing, Purpose
from backend.notices import service, subscribing
from backend.notices.errors import (
    BrowserOfAnotherCase,
    BrowserUnusable,
    LinkReplaced,
    PushKeyUnknown,
    PushServiceUnknown,
    TooManyBrowsers,
)
from backend.notices.push_model import MOST_BROWSERS, Push, Services
from backend.notices.pushing import Pushing
from backend.notices.senders import NotSent
from backend.staff.model import Role
from backend.tracking.model import KEPT
from backend.work import sweep_pushes
from tests.builders_acts import party
from tests.builders_staff import hired
from tests.notices.conftest import BASE, Post, at_vietnam, registered
from tests.notices.push_service import ABrowser, PushService, proof, push_service
from tests.notices.test_following import PHONE, booked, overseer, with_a_result

MISMATCH = "Thong tin dang ky chua khop. Goi 0277 1022 de sua."


@pytest.fixture
def pushes(post: Post) -> Generator[PushService]:
    """May be called, and nobody else."""
    with push_service() as found:
        post.services = found.services
        yield found


def link(post: Post, case: UUID) -> bytes:
    return stored(token(post.ring.current(Purpose.TRACKING, post.now), case, 1))


async def asks(post: Post, case: UUID, browser: ABrowser, *, made_for: bytes | None = None) -> None:
    """The browser, behind the case's own link."""
    key = made_for or post.ring.current(Purpose.VAPID, post.now).point()
    async with post.database.transaction() as tx:
        await subscribing.subscribe(
            tx, post.ring, post.services, link(post, case), browser.given, made_for=key, at=post.now
        )


async def mismatched(post: Post, browser: ABrowser | None = None, **personal: object) -> UUID:
    """A case of which the citizen is told something ordinary."""
    async with post.field() as field:
        case = await registered(field, **personal)
        await field.at_desk(field.mai, case, "report_mismatch", {"field": "owner_name"}, base=99)
    if browser is not None:
        await asks(post, case, browser)
    return case


async def subscriptions(post: Post) -> int:
    [row] = await post.rows("SELECT count(*) FROM push_subscriptions")
    return row["count"]


async def channel(post: Post, template: str) -> tuple[str, str | None, bool]:
    [row] = await post.rows(
        "SELECT state, channel, pushed_at FROM notices WHERE template = $template", template=template
    )
    return row["state"], row["channel"], row["pushed_at"] is not None


async def life(post: Post, template: str) -> str:
    """Seconds that are left of it."""
    [row] = await post.rows("SELECT expires_at FROM notices WHERE template = $template", template=template)
    return str(int((row["expires_at"] - post.now).total_seconds()))


async def test_a_browser_is_told_instead_of_the_phone_and_reads_exactly_the_words(
    post: Post, pushes: PushService
) -> None:
    browser = pushes.browser()
    await mismatched(post, browser, phone=PHONE)
    assert await post.tell() == []
    [told] = pushes.told(browser)
    assert told["text"] == MISMATCH
    [headers] = pushes.headers
    claims, key = proof(headers)
    assert claims == {"aud": pushes.url, "exp": int((post.now + timedelta(hours=12)).timestamp()), "sub": BASE}
    assert key == post.ring.current(Purpose.VAPID, post.now).point()
    assert headers["ttl"] == await life(post, "mismatch")
    assert (headers["topic"], len(headers["topic"])) == (told["topic"], 32)
    assert (headers["content-encoding"], headers["urgency"]) == ("aes128gcm", "normal")
    assert await channel(post, "mismatch") == ("sent", "push", True)
    assert await post.tell(hours=5) == []
    assert len(pushes.headers) == 1
    async with post.database.transaction() as tx:
        [sent] = await service.sent(tx, post.ring, most=9)
    assert (sent.channel, sent.said.to, sent.said.text) == ("push", "", MISMATCH)


async def test_who_carries_messages_learns_nothing_by_their_length(post: Post, pushes: PushService) -> None:
    browser = pushes.browser()
    case = await mismatched(post, browser, phone=PHONE)
    await post.tell()
    async with post.field() as field:
        await field.at_desk(field.mai, case, "confirm", {}, base=99)
        await booked(field, case, day="2026-11-27")
    post.now = at_vietnam("2026-11-26 16:00")
    await post.tell()
    assert len({told["text"] for told in pushes.told(browser)}) == 2
    assert len({len(body) for _, body in pushes.gateway.requests}) == 1


async def test_what_is_kept_of_a_browser_is_sealed(post: Post, pushes: PushService) -> None:
    browser = pushes.browser("secret-name")
    await mismatched(post, browser, phone=PHONE)
    [row] = await post.rows("SELECT *, push_subscriptions::text AS line FROM push_subscriptions")
    for part in (b"secret-name", browser.point, browser.auth):
        assert part not in row["sealed"]
        assert part.hex() not in row["line"]
    assert "secret-name" not in row["line"]


async def test_all_browsers_of_a_case_are_told_and_those_of_others_are_not(post: Post, pushes: PushService) -> None:
    first, second, stranger = (pushes.browser(name) for name in ("first", "second", "stranger"))
    case = await mismatched(post, first, phone=PHONE)
    await asks(post, case, second)
    async with post.field() as field:
        other = await registered(field, phone="0987 000 111")
    await asks(post, other, stranger)
    await post.tell()
    assert len(pushes.headers) == 2
    assert sorted(requested for requested in pushes.gateway.paths) == ["/push/first", "/push/second"]


SEEN = {"proved_by": "card_seen"}
CHANGES: dict[str, dict[str, object]] = {
    "change_contact": {"phone": "0987 000 111"},
    "change_recipient": {"parties": [party("recipient", "Nguyễn Thị Dì", relation="relative", number="087305012345")]},
}


async def changed(post: Post, case: UUID, kind: str) -> None:
    """By Út, who is the counter clerk of this small post as well."""
    async with post.field() as field:
        await hired(field.tx, field.ut, field.post, Role.COUNTER_CLERK)
        answer = await field.at_desk(field.ut, case, kind, SEEN, personal=CHANGES[kind], base=99)
        assert answer.standing == "applied", answer


@pytest.mark.parametrize("kind", sorted(CHANGES))
async def test_what_is_changed_in_the_owners_name_goes_to_the_contact_before_it_too(
    post: Post, pushes: PushService, kind: str
) -> None:
    browser = pushes.browser()
    async with post.field() as field:
        case = await registered(field, phone=PHONE)
    await changed(post, case, kind)
    await asks(post, case, browser)
    [text] = await post.tell()
    [told] = pushes.told(browser)
    assert text.startswith(told["text"].rstrip("."))
    assert {message.to for message in post.gateway.taken} == {"+84912345678"}
    name = kind.removeprefix("change_") + "_changed"
    assert await channel(post, name) == ("sent", "sms", True)
    async with post.database.transaction() as tx:
        sent = await service.sent(tx, post.ring, most=9)
    assert [(one.channel, one.said.to) for one in sent] == [("sms", "+84912345678"), ("push", "")]


async def test_what_was_recorded_at_a_visit_is_pushed_without_the_amount_and_sent_with_it(
    post: Post, pushes: PushService
) -> None:
    browser = pushes.browser()
    async with post.field() as field:
        case = await registered(field, phone=PHONE)
        at = {"visit_id": str((await booked(field, case))["visit_id"])}
        for kind, body in (("record_arrival", at), ("finish_visit", {**at, "outcome": "partly"})):
            await field.does(case, kind, body)
    await asks(post, case, browser)
    [text] = await post.tell(minutes=1)
    assert text.startswith("Da nhan 0 giay to. Da thu: 0d.")
    [told] = pushes.told(browser)
    assert told["text"] == "Buu dien da den va nhan giay to. Neu khong dung goi 0277 1022."


async def test_a_code_never_goes_to_a_browser(post: Post, pushes: PushService) -> None:
    async with post.field() as field:
        case = await registered(field, phone=PHONE)
        await field.at_desk(field.kim, case, "send_code", {}, base=99)
    await asks(post, case, pushes.browser())
    [text] = await post.tell()
    assert text.startswith("Ma xac nhan ")
    assert pushes.headers == []


@pytest.mark.parametrize("way", ["call", "paper"])
async def test_who_wants_to_hear_it_from_a_person_is_not_pushed_anything(
    post: Post, pushes: PushService, way: str
) -> None:
    case = await mismatched(post, pushes.browser(), phone=PHONE, tell_by=way)
    assert await post.tell() == []
    assert pushes.headers == []
    assert (await post.notices(case))["mismatch"] == ("for_person", "chosen_person")


@pytest.mark.parametrize("status", [503, 500, 429, 403, 400, 302])
async def test_what_no_push_service_takes_goes_by_message_at_once(post: Post, pushes: PushService, status: int) -> None:
    pushes.gateway.answers = [status]
    pushes.gateway.headers = {"Location": f"{pushes.url}/elsewhere", "Retry-After": "120"}
    await mismatched(post, pushes.browser(), phone=PHONE)
    assert len(await post.tell()) == 1
    assert len(pushes.headers) == 1, "a message is not carried on to another address"
    assert await channel(post, "mismatch") == ("sent", "sms", False)
    assert await subscriptions(post) == 1


@pytest.mark.parametrize("status", [404, 410])
async def test_a_browser_that_is_gone_is_forgotten_and_a_message_goes(
    post: Post, pushes: PushService, status: int
) -> None:
    pushes.gateway.answers = [status]
    await mismatched(post, pushes.browser(), phone=PHONE)
    assert len(await post.tell()) == 1
    assert await subscriptions(post) == 0


async def test_one_browser_that_takes_it_is_enough(post: Post, pushes: PushService) -> None:
    pushes.gateway.answers = [410]
    case = await mismatched(post, pushes.browser("one"), phone=PHONE)
    await asks(post, case, pushes.browser("other"))
    assert await post.tell() == []
    assert await channel(post, "mismatch") == ("sent", "push", True)
    assert await subscriptions(post) == 1


async def test_a_push_service_that_hangs_holds_nobody_up(post: Post, pushes: PushService) -> None:
    pushes.gateway.slow = 1
    pushing = Pushing(post.ring, post.services, lambda: post.now, BASE, seconds=0.1)
    case = await mismatched(post, pushes.browser(), phone=PHONE)
    async with post.database.transaction() as tx:
        machines = await subscribing.machines(tx, post.ring, case)
    pushed = await pushing.push(Push(machines=machines, text=MISMATCH, topic="A" * 32, life=timedelta(hours=1)))
    assert (pushed.taken, str(pushed.failed)) == (0, "unreachable")


async def test_without_phone_and_email_a_browser_is_tried_again_and_then_a_person_tells(
    post: Post, pushes: PushService
) -> None:
    pushes.gateway.answers = [503, 503]
    browser = pushes.browser()
    case = await mismatched(post, browser)
    for _ in range(3):
        await post.tell(hours=1)
    assert [told["text"] for told in pushes.told(browser)] == [MISMATCH] * 3
    assert len({headers["topic"] for headers in pushes.headers}) == 1, "tried again it takes its own place"
    assert (await post.notices(case))["mismatch"] == ("sent", None)
    pushes.gateway.answers = [503] * 99
    other = await mismatched(post, pushes.browser("other"))
    for _ in range(40):
        await post.tell(hours=1)
    assert (await post.notices(other))["mismatch"] == ("failed", "not_delivered")
    [duty] = await post.rows("SELECT state FROM duties WHERE case_id = $case", case=other)
    assert duty["state"] == "open"


async def test_a_browser_that_is_gone_leaves_it_to_a_person_where_there_is_no_other_way(
    post: Post, pushes: PushService
) -> None:
    pushes.gateway.answers = [410]
    case = await mismatched(post, pushes.browser())
    await post.tell()
    assert (await post.notices(case))["mismatch"] == ("for_person", "no_channel")


async def test_an_installation_without_a_gateway_pushes_all_the_same(post: Post, pushes: PushService) -> None:
    """But what the owner must hear is told by a person as well."""
    post.sends = False
    browser = pushes.browser()
    case = await mismatched(post, browser, phone=PHONE)
    await post.tell()
    assert await channel(post, "mismatch") == ("sent", "push", True)
    await changed(post, case, "change_contact")
    await post.tell(minutes=1)
    assert len(pushes.told(browser)) == 2
    assert await channel(post, "contact_changed") == ("for_person", None, True)
    [duty] = await post.rows("SELECT template FROM duties")
    assert duty["template"] == "contact_changed"


async def test_a_message_that_is_tried_again_is_not_pushed_again(post: Post, pushes: PushService) -> None:
    browser = pushes.browser()
    async with post.field() as field:
        case = await registered(field, phone=PHONE)
    await changed(post, case, "change_contact")
    await asks(post, case, browser)
    post.gateway.down = NotSent("http-503")
    await post.tell()
    await post.tell(hours=1)
    post.gateway.down = None
    assert len(await post.tell(hours=2)) == 1
    assert len(pushes.told(browser)) == 1
    async with post.database.transaction() as tx:
        assert [one.channel for one in await service.sent(tx, post.ring, most=9)] == ["sms", "push"]


async def test_nothing_is_pushed_in_the_night_nor_too_late(post: Post, pushes: PushService) -> None:
    post.now = at_vietnam("2026-11-23 22:15")
    browser = pushes.browser()
    await mismatched(post, browser, phone=PHONE)
    await post.tell()
    assert pushes.headers == []
    post.now = at_vietnam("2026-11-24 06:00")
    await post.tell()
    [headers] = pushes.headers
    assert headers["ttl"] == await life(post, "mismatch")
    assert int(headers["ttl"]) < 10080 * 60 - 7 * 3600
    async with post.field() as field:
        case = await registered(field, phone=PHONE)
        visit = str((await booked(field, case))["visit_id"])
        command = field.phone.make(case, "depart", {"visit_id": visit})
        await field.send(command, at=post.now + timedelta(hours=5))
    await asks(post, case, pushes.browser("late"))
    await post.tell(hours=5)
    assert (await post.notices(case))["on_the_way"] == ("dropped", "late")
    assert len(pushes.headers) == 1


async def test_that_the_courier_comes_wakes_a_phone_and_shows_once_for_a_household(
    post: Post, pushes: PushService
) -> None:
    """Whoever has no browser is told by message, though a neighbour's case was pushed."""
    async with post.field() as field:
        first, second, third = [await registered(field, phone=PHONE) for _ in range(3)]
        booking = await booked(field, first)
        for other in (second, third):
            await booked(field, other, visit_id=booking["visit_id"])
        await field.does(first, "depart", {"visit_id": str(booking["visit_id"])})
    await asks(post, first, pushes.browser("first"))
    await asks(post, second, pushes.browser("second"))
    texts = await post.tell(minutes=1)
    assert len([text for text in texts if text.startswith("Buu ta dang den")]) == 1
    assert len(pushes.headers) == 2
    assert len({headers["topic"] for headers in pushes.headers}) == 1
    assert {headers["urgency"] for headers in pushes.headers} == {"high"}


async def test_what_says_more_takes_the_place_of_what_said_less(post: Post, pushes: PushService) -> None:
    browser = pushes.browser()
    async with post.field() as field:
        case = await registered(field, phone=PHONE)
        await with_a_result(field, case)
    await asks(post, case, browser)
    await post.tell()
    async with post.field() as field:
        await booked(field, case, day="2026-11-26", purpose="deliver")
    await post.tell(minutes=1)
    texts = {told["text"]: told["topic"] for told in pushes.told(browser)}
    ready = next(topic for text, topic in texts.items() if text.startswith("Ho so da co ket qua."))
    coming = next(topic for text, topic in texts.items() if text.startswith("Ket qua se duoc phat ngay 26/11"))
    assert ready == coming


async def test_a_browser_keeps_the_key_it_subscribed_to(post: Post, pushes: PushService, tmp_path: Path) -> None:
    post.ring = KeyRing.open(copytree(post.ring.file(Purpose.VAPID).parent, tmp_path / "keys"))
    old = post.ring.current(Purpose.VAPID, post.now)
    browser = pushes.browser()
    case = await mismatched(post, browser, phone=PHONE)
    post.ring.rotate(Purpose.VAPID, post.now)
    new = post.ring.current(Purpose.VAPID, post.now)
    await asks(post, case, pushes.browser("drawn-before"), made_for=old.point())
    await asks(post, case, pushes.browser("drawn-after"))
    await post.tell(minutes=1)
    assert sorted(proof(headers)[1] for headers in pushes.headers) == sorted([old.point(), old.point(), new.point()])
    other = await mismatched(post, pushes.browser("lost"), phone=PHONE)
    post.ring.file(Purpose.VAPID).unlink()
    KeyRing.make(post.ring.file(Purpose.VAPID).parent)
    assert len(await post.tell(minutes=1)) == 1, "no other key of ours can send to it"
    assert await post.rows("SELECT FROM push_subscriptions WHERE case_id = $case", case=other) == []


async def test_a_service_that_is_not_listed_any_more_is_not_called(post: Post, pushes: PushService) -> None:
    await mismatched(post, pushes.browser(), phone=PHONE)
    post.services = Services.read("fcm.googleapis.com")
    assert len(await post.tell()) == 1
    assert pushes.headers == []


async def test_with_the_case_its_browsers_are_forgotten(post: Post, pushes: PushService) -> None:
    browser = pushes.browser()
    case = await mismatched(post, browser, phone=PHONE)
    async with post.field() as field:
        await field.at_desk(field.ut, case, "cancel", {"reason": "citizen_asked"}, base=99)
        await field.at_desk(await overseer(field), case, "erase", {"reason": "asked"}, base=99)
    assert await subscriptions(post) == 0
    await post.tell(minutes=1)
    assert pushes.headers == []
    with pytest.raises(LinkReplaced):
        await asks(post, case, browser)


async def test_with_the_link_its_browsers_are_forgotten(post: Post, pushes: PushService) -> None:
    browser = pushes.browser()
    case = await mismatched(post, browser, phone=PHONE)
    await mismatched(post, pushes.browser("kept"), phone=PHONE)
    async with post.database.transaction() as tx:
        await tx.run("UPDATE tracking_tokens SET live = false WHERE case_id = $case", case=case)
    await post.tell()
    assert post.gateway.texts == [MISMATCH], "without a link in it: the old one is dead"
    assert pushes.gateway.paths == ["/push/kept"]
    await sweep_pushes(post.database, lambda: post.now)
    assert await subscriptions(post) == 1
    with pytest.raises(LinkReplaced):
        await asks(post, case, browser)


async def test_long_after_the_end_its_browsers_are_forgotten(post: Post, pushes: PushService) -> None:
    case = await mismatched(post, pushes.browser(), phone=PHONE)
    await mismatched(post, pushes.browser("open"), phone=PHONE)
    async with post.database.transaction() as tx:
        await tx.run("UPDATE cases SET closed_at = $at WHERE case_id = $case", at=post.now, case=case)
    await sweep_pushes(post.database, lambda: post.now + KEPT)
    assert await subscriptions(post) == 2
    await sweep_pushes(post.database, lambda: post.now + KEPT + timedelta(seconds=1))
    assert await subscriptions(post) == 1


async def test_who_follows_a_merged_case_is_told_of_the_one_that_goes_on(post: Post, pushes: PushService) -> None:
    followed, survivor = pushes.browser("followed"), pushes.browser("survivor")
    async with post.field() as field:
        gone, goes_on = [await registered(field, phone=PHONE) for _ in range(2)]
        await field.tx.run(
            "UPDATE cases SET merged_into = $into, state = 'merged' WHERE case_id = $case", into=goes_on, case=gone
        )
    await asks(post, gone, followed)
    await asks(post, goes_on, survivor)
    async with post.field() as field:
        await field.at_desk(field.mai, goes_on, "report_mismatch", {"field": "owner_name"}, base=99)
    await sweep_pushes(post.database, lambda: post.now)
    assert await post.tell() == []
    assert sorted(pushes.gateway.paths) == ["/push/followed", "/push/survivor"]


async def test_so_many_browsers_and_no_more(post: Post, pushes: PushService) -> None:
    """Also when all of them ask in the same moment; the same once more is not one more."""
    case = await mismatched(post, phone=PHONE)
    browsers = [pushes.browser(str(number)) for number in range(2 * MOST_BROWSERS)]
    answers = await asyncio.gather(*(asks(post, case, one) for one in browsers), return_exceptions=True)
    refused = [answer for answer in answers if answer is not None]
    assert len(refused) == MOST_BROWSERS
    assert {type(one) for one in refused} == {TooManyBrowsers}
    assert await subscriptions(post) == MOST_BROWSERS
    kept = next(one for one, answer in zip(browsers, answers, strict=True) if answer is None)
    await asks(post, case, kept)
    async with post.database.transaction() as tx:
        await subscribing.stop(tx, case, kept.sha256)
    await asks(post, case, pushes.browser("another"))
    async with post.database.transaction() as tx:
        await subscribing.stop(tx, case, None)
    assert await subscriptions(post) == 0


async def test_a_browser_is_of_one_case_and_another_cannot_take_or_stop_it(post: Post, pushes: PushService) -> None:
    browser = pushes.browser()
    case = await mismatched(post, browser, phone=PHONE)
    other = await mismatched(post, phone="0987 000 111")
    with pytest.raises(BrowserOfAnotherCase):
        await asks(post, other, ABrowser(browser.endpoint))
    async with post.database.transaction() as tx:
        await subscribing.stop(tx, other, browser.sha256)
        await subscribing.stop(tx, other, None)
        assert await subscribing.subscribed(tx, case) == [browser.sha256]


async def test_a_foreign_host_and_what_is_no_key_are_refused_with_what_to_do(post: Post, pushes: PushService) -> None:
    case = await mismatched(post, phone=PHONE)
    ours = post.ring.current(Purpose.VAPID, post.now).point()
    good = pushes.browser()
    foreign = ABrowser("https://intranet.example/push")
    broken = msgspec.structs.replace(good.given, auth=b"short")
    for browser, made_for, kind in (
        (foreign.given, ours, PushServiceUnknown),
        (good.given, foreign.point, PushKeyUnknown),
        (broken, ours, BrowserUnusable),
    ):
        with pytest.raises(Refusal) as refused:
            async with post.database.transaction() as tx:
                await subscribing.subscribe(
                    tx, post.ring, post.services, link(post, case), browser, made_for=made_for, at=post.now
                )
        assert type(refused.value) is kind
        assert str(refused.value).endswith(".")
    assert await subscriptions(post) == 0
