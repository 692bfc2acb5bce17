"""The portal's door: signed, once per request of the portal, and nothing personal in what it answers."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pytest

from backend import postgres
from backend.database import Database, connect
from backend.ids import derived
from backend.keys import OLD_SECRET_LASTS, KeyRing, Purpose
from backend.sync.portal import PORTAL, Asked
from backend.web.portal import Registered
from backend.web.portal_description import document
from tests.builders import MY_HIEP, Field
from tests.builders_app import Running, run
from tests.builders_ground import Ground, furnish
from tests.builders_portal import REGISTRATIONS, asked, looks, registers, signed

SECRETS = ("Huệ", "Hu\\u1ec7", "087200000301", "0912 345 678", "cạnh cầu")


@dataclass
class Scene:
    """The demo at work, and the portal beside it."""

    running: Running
    database: Database
    field: Field

    @property
    def key(self) -> bytes:
        return self.running.ring.current(Purpose.PORTAL, self.running.clock()).material

    async def registers(self, what: dict[str, Any]) -> httpx.Response:
        return await registers(self.running.http, self.key, what, self.running.clock())

    async def looks(self, request_id: str) -> httpx.Response:
        return await looks(self.running.http, self.key, request_id, self.running.clock())

    async def sends(self, body: bytes, **headers: str) -> httpx.Response:
        """Signed as it should be, but for what is told."""
        right = signed(self.key, "POST", REGISTRATIONS, body, self.running.clock())
        return await self.running.http.post(REGISTRATIONS, content=body, headers=right | headers)

    async def cases(self) -> list[dict[str, Any]]:
        async with self.database.transaction() as tx:
            rows = await tx.all(
                """SELECT c.case_id, c.channel, c.state, c.procedure, c.owner_name, c.owner_number, c.phone, c.address,
                          c.visit_commune, c.supporting_unit, c.handling_unit, c.competent_unit, d.code
                   FROM cases AS c JOIN dossiers AS d ON d.case_id = c.case_id"""
            )
        return [dict(row) for row in rows]


@pytest.fixture(scope="module")
async def ground(server: postgres.Server, template: str, tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return await furnish(server, template, KeyRing.make(tmp_path_factory.mktemp("ring") / "keys"))


@pytest.fixture
async def scene(ground: Ground, tmp_path: Path) -> AsyncGenerator[Scene]:
    """With keys of its own: a test makes new ones."""
    async with ground.copied() as copy:
        database = await connect(copy.app, role="tannha_service", size=2)
        async with run(copy.app, tmp_path, ring=KeyRing.make(tmp_path / "keys")) as running:
            yield Scene(running, database, ground.furnished)
        await database.close()


def slug(answer: httpx.Response) -> str:
    return answer.json()["type"].removeprefix("urn:tannha:problem:")


async def test_what_was_asked_with_the_dossier_is_a_case_that_nobody_must_forward(scene: Scene) -> None:
    answer = await scene.registers(asked(email="hue@noigui.vn", tell_by="email", note="Nộp thay mẹ"))
    assert answer.status_code == 200, answer.text
    [case] = await scene.cases()
    assert case.pop("case_id")
    assert case == {
        "channel": "portal",
        "state": "registered",
        "procedure": "2.000635",
        "owner_name": "Nguyễn Thị Huệ",
        "owner_number": "087200000301",
        "phone": "0912 345 678",
        "address": "Ấp 1, cạnh cầu",
        "visit_commune": MY_HIEP,
        "supporting_unit": scene.field.agency,
        "handling_unit": scene.field.post,
        "competent_unit": scene.field.agency,
        "code": "H20.12-261125-0301",
    }


async def test_the_answer_says_where_it_stands_and_names_nobody(scene: Scene) -> None:
    registered = await scene.registers(asked())
    told = registered.json()
    assert (told["request_id"], told["state"], told["state_vi"]) == ("DVC-20261125-000001", "registered", "Mới đăng ký")
    assert (await scene.looks("DVC-20261125-000001")).json() == told
    page = await scene.running.http.get("/t/" + told["tracking"].rpartition("/t/")[2])
    assert page.status_code == 200
    said = registered.text + scene.running.log.getvalue()
    assert [secret for secret in SECRETS if secret in said] == []


async def test_the_same_request_again_is_the_same_registration(scene: Scene) -> None:
    async with asyncio.TaskGroup() as group:
        sent = [group.create_task(scene.registers(asked())) for _ in range(5)]
    answers = [task.result() for task in sent]
    assert [answer.status_code for answer in answers] == [200] * 5, [answer.text for answer in answers]
    assert len({answer.text for answer in answers}) == 1
    assert len(await scene.cases()) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"owner": {"name": "Nguyễn Thị Huê", "number": "087200000301"}},
        {"address": "Ấp 2"},
        {"dossier_code": "H20.12-261125-0302"},
        {"agency": "H20.31"},
        {"phone": None},
        {"procedure": "1.999999"},
    ],
)
async def test_the_same_id_with_another_content_is_refused_and_changes_nothing(
    scene: Scene, changes: dict[str, Any]
) -> None:
    first = await scene.registers(asked())
    before = await scene.cases()
    answer = await scene.registers(asked(**changes))
    assert (answer.status_code, slug(answer)) == (422, "same-id-other-content")
    assert await scene.cases() == before
    assert (await scene.registers(asked())).json() == first.json()


async def test_the_same_content_written_otherwise_is_the_same(scene: Scene) -> None:
    first = await scene.registers(asked())
    turned = dict(reversed(asked(shared_phone=False, email=None).items()))
    again = await scene.sends(msgspec.json.format(msgspec.json.encode(turned), indent=4))
    assert again.json() == first.json()


async def test_after_erasure_the_same_request_registers_nothing_anew(scene: Scene) -> None:
    await scene.registers(asked())
    async with scene.database.transaction() as tx:
        case = derived("case", "portal", "DVC-20261125-000001")
        await tx.run("UPDATE data_keys SET wrapped = NULL, destroyed_at = now() WHERE subject_id = $case", case=case)
    assert (await scene.registers(asked(address="Ấp 2"))).status_code == 200
    assert len(await scene.cases()) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Portal-Signature": "0" * 64},
        {"Portal-Signature": ""},
        {"Portal-Signature": "xyz"},
        {"Portal-Timestamp": "1"},
        {"Portal-Timestamp": "now"},
        {"Portal-Timestamp": ""},
    ],
)
async def test_what_the_portal_did_not_sign_is_refused(scene: Scene, headers: dict[str, str]) -> None:
    answer = await scene.sends(msgspec.json.encode(asked()), **headers)
    assert (answer.status_code, slug(answer)) == (401, "request-forged")
    assert await scene.cases() == []


async def test_a_signature_is_for_one_body_one_path_and_one_way(scene: Scene) -> None:
    body, at = msgspec.json.encode(asked()), scene.running.clock()
    post = scene.running.http.post
    for others in (
        signed(scene.key, "POST", REGISTRATIONS, msgspec.json.encode(asked(address="Ấp 2")), at),
        signed(scene.key, "POST", f"{REGISTRATIONS}/x", body, at),
        signed(scene.key, "GET", REGISTRATIONS, body, at),
        signed(scene.running.ring.current(Purpose.PAYMENT, at).material, "POST", REGISTRATIONS, body, at),
    ):
        assert slug(await post(REGISTRATIONS, content=body, headers=others)) == "request-forged"
    await scene.registers(asked())
    path = f"{REGISTRATIONS}/DVC-20261125-000001"
    other = signed(scene.key, "GET", f"{REGISTRATIONS}/DVC-20261125-000002", b"", at)
    assert slug(await scene.running.http.get(path, headers=other)) == "request-forged"


@pytest.mark.parametrize("minutes", [-6, 6])
async def test_a_request_of_another_hour_is_refused(scene: Scene, minutes: int) -> None:
    at = scene.running.clock() + timedelta(minutes=minutes)
    answer = await registers(scene.running.http, scene.key, asked(), at)
    assert (answer.status_code, slug(answer)) == (401, "request-stale")


@pytest.mark.parametrize("minutes", [-4, 4])
async def test_a_clock_may_be_a_little_off(scene: Scene, minutes: int) -> None:
    at = scene.running.clock() + timedelta(minutes=minutes)
    answer = await registers(scene.running.http, scene.key, asked(), at)
    assert answer.status_code == 200, answer.text


async def test_an_old_secret_counts_for_a_day_after_the_new_one(scene: Scene) -> None:
    old, http = scene.key, scene.running.http
    scene.running.ring.rotate(Purpose.PORTAL, scene.running.clock())
    assert (await scene.registers(asked())).status_code == 200
    assert (await registers(http, old, asked(), scene.running.clock())).status_code == 200
    later = (scene.running.clock() + OLD_SECRET_LASTS + timedelta(minutes=1)).isoformat()
    assert (await http.post("/demo/clock", json={"now": later})).status_code == 200
    assert slug(await registers(http, old, asked(), scene.running.clock())) == "request-forged"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (b"rubbish", None),
        (b"\xff\xfe", None),
        (b"[" * 5000, None),
        (b"[]", ""),
        (b"{}", "/request_id"),
        (msgspec.json.encode(asked(owner={"number": "087200000301"})), "/owner/name"),
        (msgspec.json.encode(asked(owner={"name": "Huệ", "number": "0872"})), "/owner/number"),
        (msgspec.json.encode(asked(owner={"name": "Huệ", "kind": "Nguyễn Thị Huệ"})), "/owner/kind"),
        (msgspec.json.encode(asked() | {"Huệ": "087200000301"}), ""),
        (msgspec.json.encode(asked(phone="0912 345 678x")), "/phone"),
        (msgspec.json.encode(asked(request_id="1")), "/request_id"),
    ],
)
async def test_what_cannot_be_read_is_refused_by_its_place_and_not_said_again(
    scene: Scene, body: bytes, pointer: str | None
) -> None:
    answer = await scene.sends(body)
    assert (answer.status_code, slug(answer)) == (400, "request-unreadable"), answer.text
    assert [one["pointer"] for one in answer.json().get("errors", [])] == ([] if pointer is None else [pointer])
    said = answer.text + scene.running.log.getvalue()
    assert [secret for secret in SECRETS if secret in said] == []
    assert await scene.cases() == []


@pytest.mark.parametrize(
    ("changes", "status", "type_"),
    [
        ({"procedure": "1.999999"}, 400, "procedure-not-in-catalogue"),
        ({"dossier_code": "000.00.14.H20-201332-0002"}, 400, "bad-dossier-code"),
        ({"agency": "H20.99"}, 404, "no-such-unit"),
        ({"agency": "12"}, 400, "bad-agency-identifier"),
        ({"visit_commune": "00000"}, 404, "no-such-commune"),
        ({"address": "Ấp 1\u202e"}, 400, "unusable-character"),
        ({"owner": {"name": "Huệ", "born": "1980-02-31"}}, 400, "owner-unfit"),
        ({"owner": {"name": "Huệ", "kind": "organisation", "tax_code": "1234567890"}}, 400, "owner-unfit"),
    ],
)
async def test_what_cannot_be_registered_says_why(
    scene: Scene, changes: dict[str, Any], status: int, type_: str
) -> None:
    answer = await scene.registers(asked(**changes))
    assert (answer.status_code, slug(answer)) == (status, type_), answer.text
    assert answer.json()["detail"].endswith(".")
    said = answer.text + scene.running.log.getvalue()
    assert [secret for secret in (*SECRETS, "1980-02-31", "1234567890") if secret in said] == []
    assert await scene.cases() == []
    assert (await scene.registers(asked())).status_code == 200


async def test_a_dossier_that_is_registered_already_is_not_registered_again(scene: Scene) -> None:
    await scene.registers(asked())
    again = await scene.registers(asked("DVC-20261125-000002"))
    assert (again.status_code, slug(again)) == (409, "not-now")
    assert (await scene.looks("DVC-20261125-000002")).status_code == 404
    assert len(await scene.cases()) == 1


async def test_where_no_post_serves_the_commune_the_agencys_post_goes(scene: Scene) -> None:
    async with scene.database.transaction() as tx:
        commune = await tx.value(
            """SELECT code FROM communes AS c
               WHERE valid @> '2026-11-25'::date AND province_code = '82'
                 AND NOT EXISTS (SELECT FROM unit_areas AS a WHERE a.commune_code = c.code)
               ORDER BY code LIMIT 1"""
        )
    assert (await scene.registers(asked(visit_commune=commune))).status_code == 200
    [case] = await scene.cases()
    assert (case["visit_commune"], case["handling_unit"]) == (commune, scene.field.post)


async def test_the_portal_finds_only_what_it_registered_itself(scene: Scene) -> None:
    for unknown in ("DVC-20261125-000009", str(UUID(int=1))):
        answer = await scene.looks(unknown)
        assert (answer.status_code, slug(answer)) == (404, "registration-not-found")


async def test_the_act_is_the_systems_own_and_its_personal_part_is_sealed(scene: Scene) -> None:
    await scene.registers(asked())
    async with scene.database.transaction() as tx:
        [row] = await tx.all("SELECT made_by, source, kind, standing, data FROM inbox")
        sealed = await tx.value("SELECT sealed FROM personal")
    assert (row["made_by"], row["source"], row["kind"], row["standing"]) == (PORTAL, "webhook", "register", "applied")
    assert [secret for secret in SECRETS if secret.encode() in row["data"] + sealed] == []


async def test_the_description_is_served_and_its_example_is_taken(scene: Scene) -> None:
    told = (await scene.running.http.get("/api/portal/openapi.json")).json()
    assert told == document(Asked, Registered)
    there = {route.path for route in scene.running.application.routes if route.path.startswith("/api/portal/reg")}
    assert {path.replace("{request_id}", "{request_id:str}") for path in told["paths"]} == there
    sent = told["paths"][REGISTRATIONS]["post"]["requestBody"]["content"]["application/json"]
    answer = await scene.registers(sent["examples"]["example"]["value"])
    assert answer.status_code == 200, answer.text
    assert set(answer.json()) == set(told["components"]["schemas"]["Registered"]["properties"])
