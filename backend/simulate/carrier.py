"""Brings what a phone wrote to the centre, and the day to the phone: sign-in, proofs, tokens, batches."""

import contextlib
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx
import msgspec

from backend.acts.envelope import sign
from backend.simulate.bundle import Day
from backend.simulate.journal import Journal
from backend.simulate.line import Line, NotHeard, Patience, Weather
from backend.simulate.outbox import Answer, Problem, Written
from backend.simulate.phone import Phone
from backend.simulate.proof import base64url, public_jwk
from backend.simulate.sealed import MEDIA_TYPE, seal, sealing_key

BATCH = 20
"""Acts sent at once; the server takes 200."""
PREFIX = "TANNHA:ENROL:"
LENDS = "TANNHA:LEND:"
CAN_BE_PUT_RIGHT = frozenset({"nonce-needed", "proof-of-another-time"})
"""What the refused answer itself tells a phone how to do better."""
_TRIES = 6
"""How often one request may be put right (nonce, clock, token) before it counts as refused."""


class Refused(Exception):
    """The server will not do it, whatever we repeat. `problem` says why."""

    def __init__(self, answer: httpx.Response, what: str | None = None) -> None:
        self.status = answer.status_code
        self.problem = problem_of(answer)
        asked = what or f"{answer.request.method} {answer.request.url.path}"
        super().__init__(f"{asked}: {self.status} {self.problem.slug}: {self.problem.detail}")


class ShutOut(Refused):
    """This phone was taken away: it may not speak for itself any more."""


def problem_of(answer: httpx.Response) -> Problem:
    """What stands in the answer, or the little that its status says."""
    try:
        return msgspec.json.decode(answer.content, type=Problem)
    except msgspec.MsgspecError:
        return Problem(type="about:blank", title=answer.reason_phrase, status=answer.status_code)


class _Answered(msgspec.Struct, frozen=True):
    answers: Sequence[Answer]


class Carrier:
    """One phone's side of the line. `account`, `password`: of its courier, should its session end."""

    def __init__(
        self, phone: Phone, line: Line, journal: Journal, weather: Weather, *, account: str, password: str
    ) -> None:
        self.phone = phone
        self.line = line
        self.journal = journal
        self.weather = weather
        self._account = account
        self._password = password
        self._nonce: str | None = None
        self._access: str | None = None
        self._refresh: str | None = None

    # Coming in

    async def enrol(self, code: str) -> None:
        """Lets this phone in with a one-time code. The same code and key again: the same answer. Raises Refused."""
        text = code if code.startswith(PREFIX) else PREFIX + code
        key = self.phone.prover.key
        body = {"code": text, "public_key": public_jwk(key), "proof": base64url(sign(key, text.encode()))}
        address = "/api/courier/enrol"
        answer = await self.line.ask(lambda: self.line.http.build_request("POST", address, json=body), self.weather)
        self._note(answer)
        self._let_in(answer)

    async def borrow(self, digits: str, spare: "Carrier") -> None:
        """Makes this the key of a phone that is lent: `spare` proves that it is enrolled. Raises Refused."""
        key = self.phone.prover.key
        proof = base64url(sign(key, f"{LENDS}{digits}".encode()))
        body = {"code": digits, "public_key": public_jwk(key), "proof": proof}
        self._let_in(await spare._proven("POST", "/api/courier/borrow", token=False, json=body))

    def _let_in(self, answer: httpx.Response) -> None:
        if answer.status_code != 201:
            raise Refused(answer)
        told = answer.json()
        self._keep(told)
        keys = [key for key in told["seal_keys"] if key["valid_to"] is None]
        self.phone.enrolled(UUID(told["device"]), UUID(told["unit"]), told["next_seq"], sealing_key(keys[-1]))

    async def _renew(self) -> None:
        """The next access token. Its answer may be lost: the same refresh token again gives the same again."""
        asked = {"refresh_token": self._refresh}
        answer = await self._proven("POST", "/api/courier/refresh", token=False, json=asked)
        if answer.status_code == 401 and problem_of(answer).slug != "device-revoked":
            asked = {"account": self._account, "password": self._password}
            answer = await self._proven("POST", "/api/courier/sign-in", token=False, json=asked)
        if answer.status_code >= 400:
            raise ShutOut(answer) if problem_of(answer).slug == "device-revoked" else Refused(answer)
        self._keep(answer.json())

    def _keep(self, told: dict[str, Any]) -> None:
        self._access, self._refresh = told["access_token"], told["refresh_token"]
        self.phone.clock.measure(datetime.fromisoformat(told["server_time"]))

    # Asking

    async def request(self, method: str, path: str, *, once: bool = False, **more: Any) -> httpx.Response:
        """A request of a phone signed in; renews what has run out. Raises ShutOut, and NotHeard if asked `once`."""
        renewals = 0
        while (answer := await self._proven(method, path, token=True, once=once, **more)).status_code == 401:
            if problem_of(answer).slug == "device-revoked":
                raise ShutOut(answer)
            if (renewals := renewals + 1) > _TRIES:
                raise Refused(answer)
            await self._renew()
        return answer

    async def _proven(self, method: str, path: str, *, token: bool, once: bool = False, **more: Any) -> httpx.Response:
        """With a proof for each try; a missing nonce or a wrong clock is put right on the way."""
        ask, tries = self.line.try_once if once else self.line.ask, 0
        while True:
            answer = await ask(lambda: self._signed(method, path, token=token, **more), self.weather)
            self._note(answer)
            tries += 1
            if answer.status_code != 401 or problem_of(answer).slug not in CAN_BE_PUT_RIGHT or tries == _TRIES:
                return answer

    def _signed(self, method: str, path: str, *, token: bool, **more: Any) -> httpx.Request:
        access = self._access if token else None
        proof = self.phone.prover.prove(
            method, self.line.base + path, at=self.phone.clock.centre(), nonce=self._nonce, access_token=access
        )
        headers = {"DPoP": proof, **more.pop("headers", {})}
        if access is not None:
            headers["Authorization"] = f"DPoP {access}"
        return self.line.http.build_request(method, path, headers=headers, **more)

    def _note(self, answer: httpx.Response) -> None:
        """The nonce and the time that come with answers."""
        self._nonce = answer.headers.get("DPoP-Nonce", self._nonce)
        if (told := answer.headers.get("Tannha-Time")) is not None:
            self.phone.clock.measure(datetime.fromisoformat(told))

    # The day, and the acts

    async def pull(self) -> None:
        """What changed since we last asked."""
        params = {"since": self.phone.bundle.cursor} if self.phone.bundle.cursor is not None else {}
        answer = await self.request("GET", "/api/courier/sync/day", params=params)
        if answer.status_code != 200:
            raise Refused(answer)
        self.phone.bundle.learn(msgspec.json.decode(answer.content, type=Day))

    async def send(self, *, by: "Carrier | None" = None, shuffled: float = 0.0) -> None:
        """Until the outbox is empty. `by`: a colleague's phone. `shuffled`: how often the later half goes first."""
        carrier, outbox = by or self, self.phone.outbox
        patience = self._patience()
        while batch := outbox.next(BATCH, later_first=self.weather.happens(shuffled)):
            try:
                outbox.heard(batch, await carrier.deliver(batch))
            except NotHeard as failed:
                await patience.wait(failed)
            else:
                patience = self._patience()

    async def send_again(self, acts: Sequence[Written], *, by: "Carrier | None" = None) -> None:
        """Acts the centre has: they get their standing as it is now."""
        for start in range(0, len(acts), BATCH):
            batch, patience = acts[start : start + BATCH], self._patience()
            while True:
                try:
                    self.phone.outbox.heard(batch, await (by or self).deliver(batch))
                    break
                except NotHeard as failed:
                    await patience.wait(failed)

    async def send_last(self) -> None:
        """What a phone shut out still may: its acts, sealed for the centre, to a door that answers nothing."""
        key = self.phone.seal_key
        acts = self.phone.outbox.next(BATCH)
        if key is None or not acts:
            return
        batch = {"acts": [on_the_wire(act.data, act.signature, act.personal) for act in acts]}
        sealed = seal(key, msgspec.json.encode(batch))
        for act in acts:
            self.journal.sent(act)
        headers = {"Content-Type": MEDIA_TYPE}
        address = "/api/courier/sync/last"
        await self.line.ask(
            lambda: self.line.http.build_request("POST", address, content=sealed, headers=headers), self.weather
        )
        self.journal.tricks["last words"] += len(acts)

    async def lose_an_answer(self) -> None:
        """What was sent before is sent once more, and nobody hears the answer."""
        acts = [on_the_wire(act.data, act.signature, act.personal) for act in self.phone.outbox.acknowledged()[:BATCH]]
        with contextlib.suppress(NotHeard):
            await self.line.swallow(self._signed("POST", "/api/courier/sync/acts", token=True, json={"acts": acts}))

    def _patience(self) -> Patience:
        return Patience(self.line.patience, self.line.chance)

    async def deliver(self, acts: Sequence[Written]) -> Sequence[Answer]:
        """One batch, once. The journal hears every answer. Raises NotHeard, Refused."""
        for act in acts:
            self.journal.sent(act)
        began = time.monotonic()
        answers = await self.post([on_the_wire(act.data, act.signature, act.personal) for act in acts])
        self.journal.took.append(time.monotonic() - began)
        for act, answer in zip(acts, answers, strict=True):
            self.journal.heard(act, answer)
        return answers

    async def post_until(self, acts: Sequence[dict[str, Any]]) -> Sequence[Answer]:
        """Asked until there is an answer. Raises Refused."""
        patience = self._patience()
        while True:
            try:
                return await self.post(acts)
            except NotHeard as failed:
                await patience.wait(failed)

    async def post(self, acts: Sequence[dict[str, Any]]) -> Sequence[Answer]:
        health = {"unsent": len(self.phone.outbox), "app_version": "simulate", "persisted": True}
        answer = await self.request("POST", "/api/courier/sync/acts", once=True, json={"acts": acts, "health": health})
        if answer.status_code >= 500:
            raise NotHeard(f"{answer.status_code}")
        if answer.status_code != 200:
            raise Refused(answer)
        return msgspec.json.decode(answer.content, type=_Answered).answers


def on_the_wire(data: bytes, signature: bytes | None, personal: bytes | None = None) -> dict[str, Any]:
    """One command of a batch: an envelope's exact bytes, its signature, its personal part."""
    return {
        "envelope": base64url(data),
        "signature": base64url(signature) if signature is not None else None,
        "personal": base64url(personal) if personal is not None else None,
    }
