"""An application with the guards of staff and a few routes behind them, and a post whose people call at it."""

from collections.abc import AsyncGenerator
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from litestar import Litestar, get, post
from litestar.connection import Request
from litestar.di import NamedDependency, Provide

from backend import transactions
from backend.database import Database, Transaction
from backend.keys import KeyRing
from backend.problems import HANDLERS
from backend.staff import service
from backend.staff.entrance import Entrance
from backend.staff.guards import (
    Desk,
    Phone,
    answer_phone,
    carrier,
    clerk,
    desk_cookie,
    own_page,
)
from backend.staff.model import Carrier, Clerk, Role
from backend.staff.sign_in import open_desk, session_hash
from backend.staff.tokens import make_form_token
from courier_api.sign_in import PhoneSignIn
from tests.builders_dpop import base64url, make_proof, public_jwk, sign
from tests.builders_staff import NOW, PASSWORD, ManualClock, Recorded, a_code, a_courier, a_person, a_post, hired

URL = "https://tannha.example"


@get("/api/courier/bundle", guards=[Phone(Role.COURIER)])
async def bundle(carrier: NamedDependency[Carrier]) -> dict[str, str]:
    return {"person": str(carrier.person_id)}


@post("/api/courier/acts", guards=[Phone()])
async def acts(carrier: NamedDependency[Carrier]) -> dict[str, int]:
    return {"roles": len(carrier.roles)}


@get("/board", guards=[Desk(Role.DISPATCHER)])
async def board(clerk: NamedDependency[Clerk]) -> dict[str, str]:
    return {"name": clerk.name}


@post("/plans", guards=[Desk(), Desk(Role.DISPATCHER)])
async def plan(clerk: NamedDependency[Clerk], request: Request[Any, Any, Any]) -> dict[str, str]:
    return {"name": clerk.name, "day": str((await request.form()).get("day"))}


@post("/sign-in", guards=[own_page], opt={"public": True})
async def desk_sign_in() -> None: ...


@get("/forgotten")
async def forgotten() -> None: ...


@get("/half", guards=[Phone()])
async def without_carrier() -> None: ...


def application(database: Database, ring: KeyRing, clock: ManualClock, record: Recorded, *more: Any) -> Litestar:
    async def tx(request: Request[Any, Any, Any]) -> AsyncGenerator[Transaction]:
        async with transactions.of_request(request, database) as opened:
            yield opened

    app = Litestar(
        [PhoneSignIn, bundle, acts, board, plan, desk_sign_in, *more],
        dependencies={
            "tx": Provide(tx),
            "carrier": Provide(carrier),
            "clerk": Provide(clerk, sync_to_thread=False),
        },
        exception_handlers=HANDLERS,
        before_send=[answer_phone],
        openapi_config=None,
    )
    app.asgi_handler = transactions.Ending(app.asgi_handler)
    app.state["entrance"] = Entrance(
        ring=ring, clock=clock, requests=database, service=database, record=record, public_url=URL
    )
    return app


class House:
    """The application with a post, where Lan is courier and Hùng dispatcher and head."""

    def __init__(self, database: Database, ring: KeyRing) -> None:
        self.database = database
        self.ring = ring
        self.clock = ManualClock()
        self.record = Recorded()
        self.app = application(database, ring, self.clock, self.record)
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app=self.app), base_url=URL)
        self.nonce: str | None = None

    async def furnish(self) -> None:
        async with self.database.transaction() as tx:
            self.post = await a_post(tx)
            self.courier = await a_courier(tx, self.post)
            self.head = (await a_person(tx, "Trần Văn Hùng")).id
            for role in (Role.DISPATCHER, Role.HEAD_OF_POST):
                await hired(tx, self.head, self.post, role)
            await service.set_password(tx, self.head, account="hung", password=PASSWORD, at=NOW)
            await service.set_password(tx, self.courier, account="lan", password=PASSWORD, at=NOW)

    async def ask(
        self, key: ec.EllipticCurvePrivateKey, method: str, path: str, *, token: str | None = None, **told: Any
    ) -> httpx.Response:
        """As a phone does it: with the nonce it last got, and again when the centre gives it a new one."""
        changed = told.pop("proof", {})
        for _ in range(2):
            proof = make_proof(
                key, method, URL + path, at=self.clock.now, nonce=self.nonce, access_token=token, **changed
            )
            headers = {"DPoP": proof} | ({"Authorization": f"DPoP {token}"} if token is not None else {})
            answer = await self.http.request(method, path, headers=headers, **told)
            self.nonce = answer.headers.get("DPoP-Nonce", self.nonce)
            if slug(answer) != "nonce-needed":
                break
        return answer

    async def enrolled(self, key: ec.EllipticCurvePrivateKey) -> dict[str, Any]:
        async with self.database.transaction() as tx:
            code = await a_code(tx, self.post, self.courier, at=self.clock.now)
        body = {"code": code, "public_key": public_jwk(key), "proof": base64url(sign(key, code.encode()))}
        answer = await self.http.post("/api/courier/enrol", json=body)
        assert answer.status_code == 201, answer.text
        self.nonce = answer.headers["DPoP-Nonce"]
        return answer.json()

    async def desk(self, account: str = "hung") -> str:
        """Signs in and puts the cookie into the browser. Returns the token for forms."""
        cookie = await open_desk(
            self.database, self.ring, account=account, password=PASSWORD, address="203.0.113.7", at=self.clock.now
        )
        self.http.cookies.set(desk_cookie(self.app.state["entrance"], "").key, cookie, domain="tannha.example")
        return make_form_token(self.ring, session_hash(cookie), self.clock.now)


def slug(answer: httpx.Response) -> str | None:
    """What was refused, None when nothing was."""
    return answer.json()["type"].rpartition(":")[2] if answer.status_code >= 400 else None
