"""One desk: a clerk signed in, who reads cases and writes acts. Two clicks are one act: the id was in the form."""

import asyncio
from typing import Any
from uuid import UUID

import httpx
import msgspec

from backend.simulate.carrier import Refused, problem_of
from backend.simulate.cast import Clerk
from backend.simulate.drawn import Form, form_of, refused_because
from backend.simulate.journal import Journal
from backend.simulate.line import Line, Weather
from backend.simulate.outbox import Answer, Written

SIGN_IN = "/desk/sign-in"
Values = dict[str, str | list[str]]
"""What is typed, chosen or ticked, by field."""


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
        more = {"base": base, "body": body, "personal": personal}
        return await self.again(self._written(act_id, kind, subject_kind, subject, more))

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

    async def fills(
        self,
        path: str,
        kind: str,
        subject: UUID,
        values: Values | None = None,
        *,
        subject_kind: str = "case",
        picture: tuple[str, bytes] | None = None,
    ) -> Answer:
        """A form of a page, filled in and sent as a browser does; then the same act comes as a program sends it, and
        they are one. `picture`: media type and bytes. Raises NoForm, and Refused: then it has not happened."""
        form = await self.drawn(path, kind)
        written = self.of_form(form, kind, subject, subject_kind)
        try:
            await self.sends(path, form, values or {}, picture)
        except Refused as refused:
            self.journal.was_refused(written, refused.problem.slug)
            raise
        return await self.again(written)

    async def drawn(self, path: str, kind: str) -> Form:
        """Raises NoForm, Refused."""
        return form_of(await self.page(path), kind)

    def of_form(self, form: Form, kind: str, subject: UUID, subject_kind: str) -> Written:
        """The act that a form is: its id was put there when it was drawn. What was typed only the form says."""
        return self._written(UUID(form.value("act")), kind, subject_kind, subject, {"base": 0, "body": {}})

    def _written(self, act_id: UUID, kind: str, subject_kind: str, subject: UUID, more: dict[str, Any]) -> Written:
        told = {"id": act_id, "subject": {"kind": subject_kind, "id": subject}, "kind": kind, **more}
        written = Written(
            made_by=self.person,
            id=act_id,
            subject_kind=subject_kind,
            subject=subject,
            kind=kind,
            data=msgspec.json.encode(told),
            fingerprint="",
        )
        return self.journal.made(written, self.clerk.name)

    async def sends(self, path: str, form: Form, values: Values, picture: tuple[str, bytes] | None = None) -> None:
        """Once, however often it must be sent. Raises Refused with what the page says."""
        more: dict[str, Any] = {"data": {**form.values, **values}}
        if picture is not None:
            media_type, data = picture
            more["files"] = {"picture": (f"trang.{media_type.rpartition('/')[2]}", data, media_type)}
        answer = await self.request("POST", path, headers={"Accept": "text/html"}, **more)
        if answer.status_code >= 400:
            raise Refused(answer, f"{form.value('kind')} by form: {refused_because(answer.text)}")

    async def read(self, path: str, **params: str) -> Any:
        """Raises Refused."""
        answer = await self.request("GET", path, params=params)
        if answer.status_code >= 400:
            raise Refused(answer)
        return answer.json()

    async def form(self, path: str, fields: dict[str, str]) -> bytes:
        """A form as a browser sends it: what comes back. Raises Refused."""
        answer = await self.request("POST", path, headers={"Accept": "text/html"}, data=fields)
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
        headers = {"Cookie": self._cookie, "Form-Token": self._form_token, **more.pop("headers", {})}
        if "content" in more:
            headers["Content-Type"] = "application/json"
        return self.line.http.build_request(method, path, headers=headers, **more)


def _session_ended(answer: httpx.Response) -> bool:
    """A program is told; a browser that asks is led to the page where one signs in, one that sends a form gets a page
    that says so."""
    told = answer.status_code == 401 and problem_of(answer).slug in ("desk-session-ended", "blank")
    return told or answer.headers.get("Location", "").startswith(SIGN_IN)
