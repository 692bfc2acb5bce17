"""Acts that a phone sealed for the centre as it made them: the same as plain ones, and none that blocks the line."""

import hashlib
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString
from uuid import UUID

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from backend import postgres
from backend.database import Database, Transaction, connect
from backend.documents.sealing import HEADER_BYTES, seal
from backend.ids import uuid7
from backend.keys import KeyRing, Purpose
from backend.staff import enrolment
from backend.staff.model import Post, Role
from backend.sync.reading import Command
from tests.builders import Field, Phone
from tests.builders_app import Caller, Running, calling, run, wire
from tests.builders_dpop import base64url
from tests.builders_ground import Ground, furnish
from tests.builders_staff import NOW, Recorded

PLACE = {"place": "10.45017, 105.63", "note": "Nhà sơn xanh, cạnh cầu sắt"}


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    return KeyRing.make(tmp_path_factory.mktemp("ring") / "keys")


@pytest.fixture(scope="module")
async def ground(server: postgres.Server, template: str, ring: KeyRing) -> Ground:
    return await furnish(server, template, ring)


@dataclass
class Door:
    """The application at work, the people of the place, and what stands in the books."""

    ring: KeyRing
    running: Running
    database: Database
    people: Field

    @property
    def phone(self) -> Phone:
        return self.people.phone

    @asynccontextmanager
    async def tx(self) -> AsyncGenerator[Transaction]:
        async with self.database.transaction() as tx:
            yield tx

    async def told(self, sql: LiteralString, **values: Any) -> Any:
        async with self.tx() as tx:
            return await tx.value(sql, **values)

    async def departures(self, count: int, **personal: str) -> list[Command]:
        """So many visits of Lan, and her setting out for each, as her phone made it."""
        made: list[Command] = []
        async with self.tx() as tx:
            self.people.tx = tx
            for _ in range(count):
                case, visit, _ = await self.people.booked()
                made.append(self.phone.make(case, "depart", {"visit_id": visit}, personal=PLACE | personal))
        return made

    def sealed(self, *acts: Command) -> bytes:
        """As the phone seals them, with what it sends of each as JSON."""
        return self.sealed_text(json.dumps({"acts": [wire(act) for act in acts]}).encode())

    def sealed_text(self, text: bytes) -> bytes:
        key = self.ring.current(Purpose.SEAL, NOW)
        return seal(key.private().public_key(), key.id, text)


@asynccontextmanager
async def a_door(ground: Ground, ring: KeyRing, folder: Path) -> AsyncGenerator[Door]:
    async with ground.copied() as copy:
        database = await connect(copy.app, role="tannha_service", size=2)
        async with database.transaction() as tx:
            people = ground.field(tx)
        async with run(copy.app, folder, ring=ring) as running:
            yield Door(ring, running, database, people)
        await database.close()


@pytest.fixture
async def door(ground: Ground, ring: KeyRing, tmp_path: Path) -> AsyncGenerator[Door]:
    async with a_door(ground, ring, tmp_path) as found:
        yield found


@pytest.fixture
def lan(door: Door) -> Caller:
    return calling(door.running, door.phone)


@pytest.fixture(scope="module")
async def busy_door(ground: Ground, ring: KeyRing, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Door]:
    """One for many acts: each leaves Lan's phone at its next number."""
    async with a_door(ground, ring, tmp_path_factory.mktemp("door")) as found:
        yield found


async def post(caller: Caller, *acts: dict[str, Any], **more: Any) -> httpx.Response:
    return await caller.ask("POST", "/api/courier/sync/acts", json={"acts": list(acts), **more})


async def answers(caller: Caller, *acts: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await post(caller, *acts)
    assert answer.status_code == 200, answer.text
    return answer.json()["answers"]


def closed(sealed: bytes) -> dict[str, Any]:
    """What stands for it on the wire."""
    return {"sealed": base64url(sealed)}


def fingerprint(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


async def test_sealed_it_has_the_same_effect_and_the_same_answer_as_plain(door: Door, lan: Caller) -> None:
    plain, sealed = await door.departures(2)
    [first] = await answers(lan, wire(plain))
    [other] = await answers(lan, closed(door.sealed(sealed)))
    assert other["standing"] == "applied"
    assert other["fingerprint"] == fingerprint(sealed.data)
    same = ("standing", "n", "problem", "exceptions")
    assert [other.get(name) for name in same] == [first.get(name) for name in same]
    async with door.tx() as tx:
        rows = await tx.all(
            "SELECT data, signature, standing, seq, source FROM inbox WHERE made_by = $device ORDER BY seq",
            device=door.phone.device,
        )
        assert [(row["data"], row["signature"]) for row in rows] == [
            (plain.data, plain.signature),
            (sealed.data, sealed.signature),
        ]
        assert {(row["standing"], row["source"]) for row in rows} == {("applied", "device")}
        assert await tx.value("SELECT count(*) FROM cases WHERE state = 'on_the_way'") == 2
        assert await tx.value("SELECT count(*) FROM personal WHERE made_by = $device", device=door.phone.device) == 2


@pytest.mark.parametrize("first", ["plain", "sealed"])
async def test_plain_and_sealed_it_is_one_act(door: Door, lan: Caller, first: str) -> None:
    [made] = await door.departures(1)
    ways = [wire(made), closed(door.sealed(made)), closed(door.sealed(made))]
    sent = ways if first == "plain" else ways[::-1]
    said = [await answers(lan, one) for one in sent]
    assert said[0] == said[1] == said[2]
    assert await door.told("SELECT count(*) FROM acts WHERE kind = 'depart'") == 1
    assert await door.told("SELECT count(*) FROM inbox WHERE made_by = $device", device=door.phone.device) == 1


async def test_plain_and_sealed_in_one_batch_it_is_one_act_with_one_answer(door: Door, lan: Caller) -> None:
    one, other = await door.departures(2)
    said = await answers(lan, closed(door.sealed(one)), wire(other), wire(one), closed(door.sealed(other)))
    assert said[0] == said[2]
    assert said[1] == said[3]
    assert [one["standing"] for one in said] == ["applied"] * 4
    assert await door.told("SELECT count(*) FROM acts WHERE kind = 'depart'") == 2


async def test_sealed_for_the_key_before_it_is_opened_still(door: Door, lan: Caller) -> None:
    """A phone that was away for a week sealed for the key of its last sign-in."""
    [made] = await door.departures(1)
    sealed = door.sealed(made)
    door.ring.rotate(Purpose.SEAL, door.running.clock())
    [said] = await answers(lan, closed(sealed))
    assert said["standing"] == "applied"


async def test_a_colleague_carries_what_she_cannot_read(door: Door) -> None:
    [made] = await door.departures(1)
    tu = calling(door.running, door.people.tu_phone)
    [said] = await answers(tu, closed(door.sealed(made)))
    assert (said["standing"], said["fingerprint"]) == ("applied", fingerprint(made.data))
    row = await door.told("SELECT carried_by FROM inbox WHERE made_by = $maker", maker=door.phone.device)
    assert row == door.people.tu_phone.device


STRANGER = ec.generate_private_key(ec.SECP256R1()).public_key()


def flipped(data: bytes, at: int) -> bytes:
    changed = bytearray(data)
    changed[at] ^= 1
    return bytes(changed)


async def kept_unopened(door: Door, caller: Caller, data: bytes) -> dict[str, Any]:
    """Sends these sealed bytes, twice, and checks what became of them. The answer."""
    [said] = await answers(caller, closed(data))
    assert (said["standing"], said["fingerprint"]) == ("review", fingerprint(data)), said
    assert await answers(caller, closed(data)) == [said]
    async with door.tx() as tx:
        row = await tx.first(
            "SELECT data, standing, reason, carried_by, seq FROM inbox WHERE made_by = $device AND id = $id",
            device=door.phone.device,
            id=UUID(said["id"]),
        )
        assert row is not None
        assert (row["data"], row["standing"], row["seq"]) == (data, "review", None)
        assert row["carried_by"] == door.phone.device
        assert await tx.value("SELECT count(*) FROM inbox WHERE fingerprint = sha256($data)", data=data) == 1
    return said


@pytest.mark.parametrize(
    "what",
    [
        "nothing at all",
        "no sealing",
        "a sealing cut short",
        "a byte changed",
        "the point off the curve",
        "a key we do not know",
        "a stranger's key under our name",
        "no JSON",
        "no batch",
        "no UTF-8",
        "an empty batch",
        "two acts",
        "an act with nothing in it",
        "an act that says more than we know",
        "a sealing in a sealing",
        "an envelope that is no base64url",
        "nested beyond reason",
        "a personal part too large",
    ],
)
async def test_what_nobody_can_open_waits_for_a_person_under_the_hash_of_its_bytes(busy_door: Door, what: str) -> None:
    """A refusal instead would stand at the head of the phone's line for ever."""
    door, lan = busy_door, calling(busy_door.running, busy_door.phone)
    [made] = await door.departures(1)
    good = door.sealed(made)
    key_id = door.ring.current(Purpose.SEAL, NOW).id
    act = wire(made)

    def sealed_act(told: dict[str, Any]) -> bytes:
        return door.sealed_text(json.dumps({"acts": [told]}).encode())

    data = {
        "nothing at all": b"",
        "no sealing": b"\x00\xff" * 90,
        "a sealing cut short": good[: HEADER_BYTES + 3],
        "a byte changed": flipped(good, -1),
        "the point off the curve": flipped(good, 40),
        "a key we do not know": seal(STRANGER, uuid7(), b"{}"),
        "a stranger's key under our name": seal(STRANGER, key_id, b"{}"),
        "no JSON": door.sealed_text("ông Ba".encode()),
        "no batch": door.sealed_text(b"[]"),
        "no UTF-8": door.sealed_text(b'{"acts": [{"envelope": "\xff\xfe"}]}'),
        "an empty batch": door.sealed(),
        "two acts": door.sealed(made, made),
        "an act with nothing in it": door.sealed_text(b'{"acts": [{}]}'),
        "an act that says more than we know": sealed_act(act | {"weather": "rain"}),
        "a sealing in a sealing": sealed_act(closed(good)),
        "an envelope that is no base64url": sealed_act(act | {"envelope": "A"}),
        "nested beyond reason": door.sealed_text(b'{"acts": ' + b"[" * 50_000),
        "a personal part too large": sealed_act(act | {"personal": "A" * 100_004}),
    }[what]
    await kept_unopened(door, lan, data)
    # It took no number and no id: the act itself goes on, and with it whatever comes after.
    [said] = await answers(lan, closed(good))
    assert said["standing"] == "applied"


async def test_what_nobody_can_open_does_not_hold_up_the_rest_of_its_batch(door: Door, lan: Caller) -> None:
    first, second = await door.departures(2)
    rubbish = b"TNS1" + bytes(200)
    said = await answers(lan, closed(door.sealed(first)), closed(rubbish), closed(door.sealed(second)), closed(rubbish))
    assert [one["standing"] for one in said] == ["applied", "review", "applied", "review"]
    assert said[1] == said[3]
    assert said[1]["fingerprint"] == fingerprint(rubbish)


async def test_the_largest_act_a_phone_makes_comes_through(door: Door, lan: Caller) -> None:
    [made] = await door.departures(1, strokes="9" * 74_000)
    [said] = await answers(lan, closed(door.sealed(made)))
    assert said["standing"] == "applied"


async def test_inside_it_is_judged_like_any_other_act(door: Door, lan: Caller) -> None:
    """Sealing hides it from the phone; it makes nothing right that is wrong."""
    first, second = await door.departures(2)
    forged = Command(first.data, bytes(64), first.personal)
    torn = Command(first.data, first.signature, None)
    said = await answers(lan, closed(door.sealed(forged)), closed(door.sealed(second)))
    assert [one["standing"] for one in said] == ["review", "held"]
    assert said[0]["fingerprint"] == fingerprint(first.data)
    [said_of_torn] = await answers(lan, closed(door.sealed(torn)))
    assert said_of_torn["standing"] == "review"


@pytest.mark.parametrize("act", [{}, {"signature": "AAAA"}, {"personal": "AAAA"}, {"envelope": None, "sealed": None}])
async def test_neither_plain_nor_sealed_is_no_act_and_says_which_one(
    door: Door, lan: Caller, act: dict[str, Any]
) -> None:
    [good] = await door.departures(1)
    answer = await post(lan, wire(good), act)
    assert answer.status_code == 400
    problem = answer.json()
    assert problem["type"] == "urn:tannha:problem:invalid"
    assert [one["pointer"] for one in problem["errors"]] == ["/acts/1"]
    assert problem["detail"]
    assert await door.told("SELECT count(*) FROM inbox WHERE made_by = $device", device=door.phone.device) == 0


@pytest.mark.parametrize("text", ["A", "AAAAA"])
async def test_sealed_text_broken_on_its_way_is_asked_for_again(door: Door, lan: Caller, text: str) -> None:
    """The phone still has the right bytes: a person would look at half a letter in vain."""
    answer = await post(lan, {"sealed": text})
    assert answer.status_code == 400
    assert answer.json()["type"] == "urn:tannha:problem:invalid"
    assert await door.told("SELECT count(*) FROM inbox WHERE made_by = $device", device=door.phone.device) == 0


async def test_a_phone_taken_away_delivers_the_very_bytes_that_lay_in_its_outbox(door: Door, lan: Caller) -> None:
    """At the door that answers nothing: sealed once, when it was made, for either door."""
    [made] = await door.departures(1)
    sealed = door.sealed(made)
    async with door.tx() as tx:
        head, at = [Post(Role.HEAD_OF_POST, door.people.post)], door.running.clock()
        device, record = door.phone.device, Recorded()
        await enrolment.revoke_device(tx, device, posts=head, by=door.people.hung, at=at, record=record)
    refused = await post(lan, closed(sealed))
    assert refused.json()["type"] == "urn:tannha:problem:device-revoked"
    kind = {"content-type": "application/vnd.tannha.sealed"}
    for data in (sealed, b"TNS1", door.sealed_text(b'{"acts": [{"envelope": "\xff"}]}'), sealed):
        answer = await door.running.http.post("/api/courier/sync/last", content=data, headers=kind)
        assert (answer.status_code, answer.content) == (204, b"")
    async with door.tx() as tx:
        rows = await tx.all("SELECT data, standing FROM inbox WHERE made_by = $device", device=door.phone.device)
    assert [(row["data"], row["standing"]) for row in rows] == [(made.data, "review")]
