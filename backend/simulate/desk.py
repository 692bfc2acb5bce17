"""One desk: a clerk signed in, who reads cases and writes acts. Two clicks are one act: the id was in the form."""

import asyncio
from typing import Any
from uuid import UUID

import httpx
import msgspec

from backend.simulate.carrier import Refused, problem_of
from backend.simulate.cast import Clerk
from backend.simulate.journal import Journal
from backend.simulate.line import Line, Weather
from backend.simulate.outbox import Answer, Written


class Desk:
    """Shares the line with all others, but not its cookie."""

    def __init__(self, clerk: Clerk, line: Line, journal: Journal, weather: Weather) -> None:
        self.clerk = clerk
        self.line = line
        self.journal = journal
        self.weather = weather
        self._cookie = ""
        self._form_token = ""
        self._signing_in = asyncio.Lock()

    @property
    def person(self) -> UUID:
        return self.clerk.person

    async def sign_in(self) -> None:
        """Raises Refused."""
        body = {"account": self.clerk.account, "password": self.clerk.password}
        # The sign-in page is ours, as a browser would say.
        headers = {"Origin": self.line.base, "Sec-Fetch-Site": "same-origin"}
        answer = await self.line.ask(
            lambda: self.line.http.build_request("POST", "/api/desk/sign-in", json=body, headers=headers), self.weather
        )
        if answer.status_code >= 400:
            raise Refused(answer)
        self._cookie = answer.headers["Set-Cookie"].partition(";")[0]
        self._form_token = answer.json()["form_token"]

    async def act(
        self,
        act_id: UUID,
        kind: str,
        subject: UUID,
        body: dict[str, Any],
        *,
        base: int = 0,
        personal: dict[str, Any] | None = None,
        subject_kind: str = "case",
    ) -> Answer:
        """Written once, asked for until it is answered. Raises Refused: then it has not happened."""
        form = {
            "id": act_id,
            "subject": {"kind": subject_kind, "id": subject},
            "kind": kind,
            "base": base,
            "body": body,
            "personal": personal,
        }
        written = Written(
            made_by=self.person,
            id=act_id,
            subject_kind=subject_kind,
            subject=subject,
            kind=kind,
            data=msgspec.json.encode(form),
            fingerprint="",
        )
        self.journal.made(written, self.clerk.name)
        return await self.again(written)

    async def again(self, written: Written) -> Answer:
        """The same form once more. Raises Refused."""
        self.journal.sent(written)
        answer = await self.request("POST", "/api/desk/acts", content=written.data)
        if answer.status_code >= 400:
            refused = Refused(answer, written.kind)
            self.journal.was_refused(written, refused.problem.slug)
            raise refused
        heard = msgspec.json.decode(answer.content, type=Answer)
        self.journal.heard(written, heard)
        return heard

    async def read(self, path: str, **params: str) -> Any:
        """Raises Refused."""
        answer = await self.request("GET", path, params=params)
        if answer.status_code >= 400:
            raise Refused(answer)
        return answer.json()

    async def form(self, path: str, fields: dict[str, str]) -> bytes:
        """A form as a browser sends it: what comes back. Raises Refused."""
        headers = {"Accept": "text/html", "Content-Type": "application/x-www-form-urlencoded"}
        answer = await self.request("POST", path, headers=headers, data=fields)
        if answer.status_code >= 400:
            raise Refused(answer)
        return answer.content

    async def page(self, path: str) -> str:
        """As a browser shows it. Raises Refused."""
        answer = await self.request("GET", path, headers={"Accept": "text/html"})
        if answer.status_code >= 400:
            raise Refused(answer)
        return answer.text

    async def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Signs in before the first, and again where the session has ended."""
        async with self._signing_in:
            if not self._cookie:
                await self.sign_in()
        answer = await self.line.ask(lambda: self._request(method, path, **more), self.weather)
        if _session_ended(answer):
            await self.sign_in()
            answer = await self.line.ask(lambda: self._request(method, path, **more), self.weather)
        return answer

    def _request(self, method: str, path: str, **more: Any) -> httpx.Request:
        headers = {"Cookie": self._cookie, "Form-Token": self._form_token, "Content-Type": "application/json"}
        headers |= more.pop("headers", {})
        return self.line.http.build_request(method, path, headers=headers, **more)


def _session_ended(answer: httpx.Response) -> bool:
    """A program is told; a browser is led to the page where one signs in."""
    told = answer.status_code == 401 and problem_of(answer).slug == "desk-session-ended"
    return told or answer.is_redirect
