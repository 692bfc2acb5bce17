"""A server of a few lines, and one office that asks it: what the witness and the days after make of its answers."""

from datetime import date
from typing import Any
from uuid import UUID

import httpx

from backend.simulate.attention import Attention
from backend.simulate.case import Case, new_case
from backend.simulate.cast import Clerk, Neighbourhood
from backend.simulate.clerks import Province
from backend.simulate.desk import Desk
from backend.simulate.faults import Faults
from backend.simulate.forms import COMPONENTS
from backend.simulate.journal import Journal
from backend.simulate.line import Line, Weather
from backend.simulate.naming import Naming, dice
from backend.simulate.office import Office
from backend.simulate.plan import plan

NOWHERE = {"type": "urn:tannha:problem:not-found", "title": "Không tìm thấy.", "status": 404}
UT, POST, ONE_STOP, AGENCY = (UUID(int=number) for number in range(101, 105))


class Showing(httpx.AsyncBaseTransport):
    """Signs everybody in, and answers by method and path; all other addresses do not exist."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._answers: dict[str, tuple[int, dict[str, Any]]] = {}
        self.says("POST /api/desk/sign-in", json={"form_token": "f"})

    def says(self, asked: str, status: int = 200, **content: Any) -> None:
        """`content`: as `httpx.Response` takes it."""
        self._answers[asked] = (status, content)

    def refuses(self, asked: str, status: int, slug: str) -> None:
        self.says(asked, status, json={"type": f"urn:tannha:problem:{slug}", "title": "", "status": status})

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        asked = f"{request.method} {request.url.path}"
        self.asked.append(asked)
        status, content = self._answers.get(asked, (404, {"json": NOWHERE}))
        return httpx.Response(status, headers={"Set-Cookie": "desk=1"}, request=request, **content)


class Place:
    """One clerk, who is everybody, one case, and the server they ask."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.server = Showing()
        self.line = Line("http://centre.example", patience=1, chance=dice(1), transport=self.server)
        self.calm = Weather(Faults(), dice(1), 1)
        clerk = Clerk(name="Út", person=UT, account="ut", password="", roles=[])
        self.desk = Desk(clerk, self.line, journal, self.calm)
        self.naming = Naming(1, 1)
        self.case: Case = new_case(self.naming, plan(1, 1, 1, Faults()).pick_ups[0], "first", COMPONENTS)
        self.case.expects.states = ("registered",)
        at = Neighbourhood(
            place="xã Một",
            post=POST,
            one_stop=ONE_STOP,
            agency=AGENCY,
            dispatcher=clerk,
            officer=clerk,
            approver=None,
            couriers=[],
        )
        attention = Attention((self.desk, self.desk), (self.desk, self.desk), journal, self.naming)
        province = Province(None, None, None)
        self.office = Office(at, province, {UT: self.desk}, attention, self.naming, date(2026, 11, 23))
