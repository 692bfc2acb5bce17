"""A clerk at a browser without JavaScript: reads pages and fills in their forms; and the JSON behind the pages."""

from typing import Any
from uuid import UUID

import httpx
import msgspec

from backend.ids import uuid7
from backend.simulate.line import Line
from tests.pages import forms

HTML = {"Accept": "text/html"}


class Desk:
    """One clerk, signed in with the first page asked for."""

    def __init__(self, line: Line, who: dict[str, Any]) -> None:
        self._line = line
        self._who = who
        self._cookie = ""
        self._form_token = ""

    @property
    def person(self) -> UUID:
        return UUID(self._who["person"])

    async def page(self, path: str) -> httpx.Response:
        """As a browser shows it; refusals too."""
        await self._signed_in()
        return await self._ask("GET", path)

    async def _ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = HTML | {"Cookie": self._cookie} | more.pop("headers", {})
        return await self._line.http.request(method, path, headers=headers, **more)

    async def _sign_in(self) -> None:
        sent = {"account": self._who["account"], "password": self._who["password"]}
        answer = await self._ask("POST", "/desk/sign-in", data=sent, headers={"Sec-Fetch-Site": "same-origin"})
        assert answer.status_code == 303, answer.text
        self._cookie = answer.headers["Set-Cookie"].partition(";")[0]
        page = await self._ask("GET", "/desk")
        self._form_token = page.text.partition('name="form_token" value="')[2].partition('"')[0]

    async def form(self, path: str, kind: str) -> dict[str, Any]:
        """The first form of that kind, as it is drawn."""
        page = await self.page(path)
        found = forms(page, kind)
        assert found, f"{self._who['account']} is not offered {kind} on {path}: {page.status_code}"
        return found[0]

    async def send(self, path: str, values: dict[str, Any], **files: tuple[str, bytes, str]) -> httpx.Response:
        """A form, under this clerk's own token. `files`: by field, each its name, bytes and media type."""
        await self._signed_in()
        texts = {name: value for name, value in values.items() if name not in files}
        return await self._ask("POST", path, data=texts | {"form_token": self._form_token}, files=files or None)

    async def _signed_in(self) -> None:
        if not self._cookie:
            await self._sign_in()

    def goes_home(self) -> None:
        """Signs in anew before whatever comes next."""
        self._cookie = ""

    async def register(self, **typed: Any) -> UUID:
        """By the page "Đăng ký". Returns the case."""
        form = await self.form("/desk/register", "register")
        answer = await self.send("/desk/register", form | typed)
        assert answer.status_code == 303, words(answer)
        return UUID(answer.headers["location"].partition("/desk/cases/")[2][:36])

    async def does(
        self, case: UUID, kind: str, typed: dict[str, Any] | None = None, *, refused_to: "Desk | None" = None
    ) -> None:
        """It is offered as next; the other one is refused the very same form; then it is done."""
        assert kind in await self.next(case), f"{kind} is not next for {self._who['account']}"
        path = f"/desk/cases/{case}"
        filled = await self.form(path, kind) | (typed or {})
        if refused_to is not None:
            assert kind not in await refused_to.next(case), kind
            assert (await refused_to.send(path, filled)).status_code == 403, kind
        answer = await self.send(path, filled)
        assert answer.status_code == 303, f"{kind}: {words(answer)}"

    async def shown(self, case: UUID) -> dict[str, Any]:
        """The case with all that hangs on it."""
        answer = await self.read(f"/api/desk/cases/{case}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def next(self, case: UUID) -> list[str]:
        """Việc kế tiếp; nothing where the case is not this clerk's."""
        answer = await self.read(f"/api/desk/cases/{case}")
        return [one["kind"] for one in answer.json()["next"]] if answer.status_code == 200 else []

    async def read(self, path: str) -> httpx.Response:
        await self._signed_in()
        return await self._ask("GET", path, headers={"Accept": "application/json"})

    async def act(
        self,
        case: UUID,
        kind: str,
        body: dict[str, Any],
        *,
        act_id: UUID | None = None,
        **more: Any,
    ) -> httpx.Response:
        """What a page would send, as JSON: the answer, whatever it is. `act_id`: when it is sent again."""
        usual = {"id": act_id or uuid7(), "subject": {"kind": "case", "id": case}, "base": 0}
        await self._signed_in()
        headers = {"Form-Token": self._form_token, "Content-Type": "application/json", "Accept": "application/json"}
        sent = msgspec.json.encode(usual | {"kind": kind, "body": body} | more)
        return await self._ask("POST", "/api/desk/acts", content=sent, headers=headers)


def words(answer: httpx.Response) -> str:
    """What a page says went wrong."""
    told = answer.text.partition('role="alert"')[2].partition("</div>")[0]
    return f"{answer.status_code} {told or answer.text[:2000]}"


def slug(answer: httpx.Response) -> str:
    return str(answer.json()["type"]).rpartition(":")[2]
