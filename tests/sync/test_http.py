"""The courier's door over HTTP: guards, proofs, a transaction per request, answers that can be asked for again."""

import hashlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from litestar import Litestar

from backend import app, config
from backend.clock import MovableClock
from backend.database import Database, connect
from backend.keys import KeyRing
from backend.staff.tokens import make_access
from backend.sync.reading import Command
from tests.builders import Field, a_field
from tests.builders_dpop import base64url, make_proof, thumbprint

BASE = "http://tannha.test"


@dataclass
class Calling:
    """Lan's phone, calling the real application."""

    http: httpx.AsyncClient
    field: Field
    token: str
    clock: MovableClock
    nonce: str | None = None

    async def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        for _ in range(2):
            proof = make_proof(
                self.field.phone.key,
                method,
                BASE + path.partition("?")[0],
                at=self.clock(),
                nonce=self.nonce,
                access_token=self.token,
            )
            headers = {"Authorization": f"DPoP {self.token}", "DPoP": proof}
            answer = await self.http.request(method, path, headers=headers, **more)
            self.nonce = answer.headers.get("DPoP-Nonce", self.nonce)
            if answer.status_code != 401:
                break
        return answer

    async def send(self, *commands: Command) -> httpx.Response:
        acts = [
            {
                "envelope": base64url(command.data),
                "signature": base64url(command.signature or b""),
                "personal": base64url(command.personal) if command.personal else None,
            }
            for command in commands
        ]
        return await self.request("POST", "/api/courier/sync/acts", json={"acts": acts, "health": {"unsent": 3}})


@asynccontextmanager
async def lan_calling(database_url: str, tmp_path: Path) -> AsyncGenerator[Calling]:
    """Entered by the test itself: the application's life must begin and end in one task."""
    settings = msgspec.structs.replace(
        config.read({"TANNHA_DEMO": "true", "TANNHA_NOW": "2026-11-25T09:30:00+07:00", "TANNHA_DATA": str(tmp_path)}),
        database_url=database_url,
        keys=tmp_path / "keys",
    )
    ring = KeyRing.make(settings.keys)
    database: Database = await connect(database_url, role="tannha_service", size=2)
    application: Litestar = app.create(settings)
    clock = MovableClock(settings.now)
    async with database.transaction() as tx:
        field = await a_field(tx, ring)
        phone = field.phone
        token = make_access(
            ring,
            session=phone.session,
            device=phone.device,
            person=phone.person,
            thumbprint=thumbprint(phone.key),
            at=clock(),
        )
    async with (
        application.lifespan(),
        httpx.AsyncClient(transport=httpx.ASGITransport(app=application), base_url=BASE) as http,
    ):
        yield Calling(http, field, token, clock)
    await database.close()


async def test_acts_sent_are_kept_and_the_same_answer_comes_again(database_url: str, tmp_path: Path) -> None:
    async with lan_calling(database_url, tmp_path) as calling:
        database = await connect(database_url, role="tannha_service", size=2)
        async with database.transaction() as tx:
            calling.field.tx = tx
            case, visit, _ = await calling.field.booked()
        depart = calling.field.phone.make(case, "depart", {"visit_id": visit})
        first = await calling.send(depart)
        again = await calling.send(depart)
        assert first.status_code == 200, first.text
        assert first.json()["answers"] == again.json()["answers"]
        assert first.json()["answers"][0]["standing"] == "applied"
        async with database.transaction() as tx:
            assert await tx.value("SELECT count(*) FROM acts WHERE kind = 'depart'") == 1
            assert await tx.value("SELECT state FROM cases WHERE case_id = $case", case=case) == "on_the_way"
        await database.close()


async def test_the_day_comes_whole_then_only_what_changed(database_url: str, tmp_path: Path) -> None:
    async with lan_calling(database_url, tmp_path) as calling:
        database = await connect(database_url, role="tannha_service", size=2)
        async with database.transaction() as tx:
            calling.field.tx = tx
            case, visit, _ = await calling.field.booked(8000)
        day = (await calling.request("GET", "/api/courier/sync/day")).json()
        assert day["full"] is True
        assert [row["case_id"] for row in day["cases"]] == [str(case)]
        assert day["visits"][0]["visit_id"] == visit
        assert day["cases"][0]["owner_name"] == "Nguyễn Thị Huệ"
        assert day["slip_blocks"] == [{"first_number": 1, "last_number": 1000}]
        nothing = (await calling.request("GET", f"/api/courier/sync/day?since={day['cursor']}")).json()
        assert (nothing["full"], nothing["cases"], nothing["gone"]) == (False, [], [])
        await calling.send(calling.field.phone.make(case, "depart", {"visit_id": visit}))
        changed = (await calling.request("GET", f"/api/courier/sync/day?since={nothing['cursor']}")).json()
        assert [row["state"] for row in changed["cases"]] == ["on_the_way"]
        await database.close()


async def test_a_call_without_proof_is_refused_as_a_problem(database_url: str, tmp_path: Path) -> None:
    async with lan_calling(database_url, tmp_path) as calling:
        answer = await calling.http.post("/api/courier/sync/acts", json={"acts": []})
        assert answer.status_code == 401
        assert answer.headers["content-type"].startswith("application/problem+json")
        assert answer.json()["type"].startswith("urn:tannha:problem:")


async def test_the_day_names_the_catalogue_and_the_phone_fetches_it_once(database_url: str, tmp_path: Path) -> None:
    async with lan_calling(database_url, tmp_path) as calling:
        name = (await calling.request("GET", "/api/courier/sync/day")).json()["catalogue"]
        answer = await calling.request("GET", f"/api/courier/procedures/{name}")
        assert answer.status_code == 200
        assert hashlib.sha256(answer.content).hexdigest() == name
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-type"].startswith("application/json")
        codes = {one["code"] for one in answer.json()["versions"]}
        assert codes >= {"2.000635", "1.001193"}


async def test_the_day_names_the_forms_and_the_phone_fetches_them_once(database_url: str, tmp_path: Path) -> None:
    async with lan_calling(database_url, tmp_path) as calling:
        name = (await calling.request("GET", "/api/courier/sync/day")).json()["forms"]
        answer = await calling.request("GET", f"/api/courier/forms/{name}")
        assert answer.status_code == 200
        assert hashlib.sha256(answer.content).hexdigest() == name
        assert "immutable" in answer.headers["cache-control"]
        assert {one["x-version"] for one in answer.json()["forms"]} >= {"khai_sinh.2024-06", "cu_tru_ct01.2025-07"}
        unknown = await calling.request("GET", f"/api/courier/forms/{'0' * 64}")
        assert unknown.status_code == 404
        assert unknown.json()["type"] == "urn:tannha:problem:no-such-forms"
        assert "immutable" not in unknown.headers.get("cache-control", "")


async def test_the_phone_is_told_once_which_offices_and_communes_there_are(database_url: str, tmp_path: Path) -> None:
    async with lan_calling(database_url, tmp_path) as calling:
        answer = await calling.request("GET", "/api/courier/offices")
        assert answer.status_code == 200
        told = answer.json()
        assert "30112" in {one["code"] for one in told["communes"]}
        assert {"post", "agency"} <= {one["kind"] for one in told["offices"]}
        assert all(one["name"] and one["commune_code"] for one in told["offices"])


@pytest.mark.parametrize("name", ["0" * 64, "x", "0" * 63, "%00", "G" * 64])
async def test_a_catalogue_nobody_made_is_not_there(database_url: str, tmp_path: Path, name: str) -> None:
    async with lan_calling(database_url, tmp_path) as calling:
        answer = await calling.request("GET", f"/api/courier/procedures/{name}")
        assert answer.status_code == 404
        assert answer.json()["type"] == "urn:tannha:problem:no-such-catalogue"
        assert "immutable" not in answer.headers.get("cache-control", "")
