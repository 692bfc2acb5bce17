"""The gateway gets each message signed, again under the same id until it takes it, and not for ever."""

import asyncio
import base64
import hashlib
import hmac
import json
from datetime import timedelta
from uuid import uuid4

import pytest

from backend.keys import KeyRing, Purpose
from backend.notices.model import LONGEST_DELAY, delay
from backend.notices.senders import Message, NotSent, Webhook, secrets
from tests.builders import MORNING
from tests.notices.conftest import Post, registered
from tests.notices.listening import listening

MESSAGE = Message(id=uuid4(), channel="sms", to="+84912345678", text="Ket qua da duoc giao.")


def signature(secret: str, headers: dict[str, str], body: bytes) -> str:
    """As the Standard Webhooks specification has it, written anew."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


async def test_a_gateway_can_check_who_sent_what_and_when(ring: KeyRing) -> None:
    with listening() as gateway:
        await Webhook(gateway.url, ring).send(MESSAGE, MORNING)
    [(headers, body)] = gateway.requests
    assert headers["webhook-id"] == str(MESSAGE.id)
    assert headers["webhook-timestamp"] == str(int(MORNING.timestamp()))
    assert headers["webhook-signature"].split() == [signature(one, headers, body) for one in secrets(ring, MORNING)]
    assert json.loads(body)["data"] == {
        "channel": "sms",
        "to": "+84912345678",
        "text": "Ket qua da duoc giao.",
        "subject": None,
    }


async def test_after_a_rotation_both_keys_sign_for_a_day(tmp_path_factory: pytest.TempPathFactory) -> None:
    ring = KeyRing.make(tmp_path_factory.mktemp("rotated") / "keys")
    [old] = secrets(ring, MORNING)
    ring.rotate(Purpose.WEBHOOK, MORNING)
    both = secrets(ring, MORNING + timedelta(hours=1))
    assert both[1] == old != both[0]
    assert secrets(ring, MORNING + timedelta(days=1)) == both[:1]
    with listening() as gateway:
        await Webhook(gateway.url, ring).send(MESSAGE, MORNING + timedelta(hours=1))
    [(headers, body)] = gateway.requests
    assert headers["webhook-signature"].split() == [signature(one, headers, body) for one in both]


@pytest.mark.parametrize(
    ("status", "again"), [(503, True), (429, True), (401, True), (302, True), (400, False), (410, False)]
)
async def test_a_gateway_that_does_not_take_a_message_says_whether_to_try_again(
    ring: KeyRing, status: int, again: bool
) -> None:
    with listening() as gateway:
        gateway.answers, gateway.headers = [status], {"Retry-After": "120", "Location": gateway.url}
        with pytest.raises(NotSent) as refused:
            await Webhook(gateway.url, ring).send(MESSAGE, MORNING)
        assert len(gateway.requests) == 1, "a message is not carried on to another address"
    assert (str(refused.value), refused.value.again) == (f"http-{status}", again)
    assert refused.value.after == timedelta(seconds=120)


async def test_a_gateway_that_is_not_there_is_tried_again(ring: KeyRing) -> None:
    with pytest.raises(NotSent) as refused:
        await Webhook("http://127.0.0.1:9/", ring, seconds=2).send(MESSAGE, MORNING)
    assert (str(refused.value), refused.value.again) == ("unreachable", True)
    with pytest.raises(ValueError, match="no address"):
        Webhook("file:///etc/passwd", ring)


def test_waits_grow_to_an_hour_and_are_never_all_alike() -> None:
    waits = [[delay(tries).total_seconds() for _ in range(50)] for tries in range(1, 30)]
    assert all(len(set(some)) > 40 for some in waits)
    assert all(2.5 <= wait <= 7.5 for wait in waits[0])
    assert all(1800 <= wait <= 5400 for some in waits[12:] for wait in some)
    assert delay(1, timedelta(minutes=10)) >= timedelta(minutes=10)
    assert delay(1, timedelta(days=30)) <= LONGEST_DELAY * 1.5


async def told(post: Post, **personal: object) -> None:
    async with post.field() as field:
        case = await registered(field, **personal)
        await field.at_desk(field.mai, case, "report_mismatch", {"field": "owner_name"}, base=99)


async def test_a_message_goes_again_under_the_same_id_until_it_is_taken(post: Post) -> None:
    await told(post, phone="0912 345 678")
    post.gateway.down = NotSent("http-503")
    assert await post.tell() == []
    [waiting] = await post.rows("SELECT state, tries, sealed FROM notices")
    assert (waiting["state"], waiting["tries"], waiting["sealed"]) == ("waiting", 1, None)
    assert await post.tell() == []
    assert post.gateway.tried == 1, "not before its time"
    await post.tell(minutes=5)
    assert post.gateway.tried == 2
    post.gateway.down = None
    assert len(await post.tell(hours=1)) == 1
    assert await post.tell(hours=1) == []


async def test_a_message_is_given_up_after_a_day_and_then_a_person_tells(post: Post) -> None:
    await told(post, phone="0912 345 678")
    post.gateway.down = NotSent("unreachable")
    for _ in range(40):
        await post.tell(hours=1)
    [notice] = await post.rows("SELECT state, reason, sealed, tries FROM notices")
    assert (notice["state"], notice["reason"], notice["sealed"]) == ("failed", "not_delivered", None)
    assert 10 < notice["tries"] < 40
    [duty] = await post.rows("SELECT template, state FROM duties")
    assert (duty["template"], duty["state"]) == ("mismatch", "open")


async def test_what_a_gateway_never_takes_is_given_up_at_once(post: Post) -> None:
    await told(post, phone="0912 345 678")
    post.gateway.down = NotSent("http-422", again=False)
    await post.tell()
    assert (await post.notices())["mismatch"] == ("failed", "not_delivered")
    assert len(await post.rows("SELECT FROM duties WHERE state = 'open'")) == 1


async def test_two_at_a_time_send_nothing_twice(post: Post) -> None:
    for _ in range(5):
        await told(post, phone="0912 345 678")
    await asyncio.gather(*(post.tell() for _ in range(4)))
    assert len(post.gateway.taken) == len({message.id for message in post.gateway.taken}) == 5
