"""A running demo as a story needs it: people, the clock, what was sent, and whether everything still adds up.

Only public HTTP, and the demo's handles. Nothing here looks into a database.
"""

import json
import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import msgspec

from backend.acts.rules import current, load
from backend.simulate import cast
from backend.simulate.camera import make_album
from backend.simulate.carrier import Carrier
from backend.simulate.courier import Courier, Roll
from backend.simulate.faults import Faults
from backend.simulate.files import Files
from backend.simulate.journal import Journal
from backend.simulate.line import Line, Weather
from backend.simulate.naming import Naming
from backend.simulate.phone import Phone
from backend.staff.model import DESK_IDLE
from tests.builders_portal import looks, registers
from tests.e2e.running_demo import Demo
from tests.stories.desk import Desk
from tests.stories.phone import InHand

BEGINS = "2026-11-23T06:30:00+07:00"
"""When the demo starts: a Monday. The clock moves forward only."""
FEW_SETS = 6
"""With fewer label sets a courier gets so many more."""
PROBLEM = "urn:tannha:problem:"
_VERIFY = "import sys; from backend.cli import main; sys.argv[0] = 'tannha'; sys.exit(main())"


class Witness(httpx.AsyncHTTPTransport):
    """Hears every answer of the server, whoever asked."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.unexplained: list[str] = []
        """Refusals of programs without a type of their own, or without words on what to do."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await super().handle_async_request(request)
        said = f"{answer.status_code} {request.method} {request.url.path}"
        if answer.status_code >= 500:
            self.faults.append(said)
        if answer.status_code >= 400 and request.method != "HEAD" and not _is_page(answer):
            told = json.loads(await answer.aread())
            if not (str(told.get("type", "")).startswith(PROBLEM) and told.get("detail")):
                self.unexplained.append(f"{said}: {told}")
        return answer


def _is_page(answer: httpx.Response) -> bool:
    return answer.headers.get("content-type", "").startswith("text/html")


class Town:
    """The named cast of the demo at their desks and phones. `units`: by name."""

    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        self.witness = Witness()
        self.line = Line(demo.url, patience=60, chance=random.Random(1), transport=self.witness)
        self.naming = Naming(1, time.time_ns() // 1_000_000)
        self.journal = Journal(load(current()))
        self.labels: dict[str, dict[str, Any]] = {one["label"]: one for one in demo.cast["labels"]}
        self.given: set[int] = set()
        """Numbers of label sets that have left the stock of the post since the demo began."""
        self._desks: dict[str, Desk] = {}
        self._phones: dict[str, InHand] = {}
        self._gone: Counter[str] = Counter()
        self._spares: Counter[str] = Counter()
        self._roll = Roll(msgspec.convert(demo.cast["labels"], list[cast.Label]))

    def unit(self, name: str) -> UUID:
        return UUID(self.demo.cast["units"][name])

    def name(self, account: str) -> str:
        everybody = (*self.demo.cast["desks"], *self.demo.cast["couriers"])
        return next(one["name"] for one in everybody if one["account"] == account)

    # Who acts

    def desk(self, account: str) -> Desk:
        if account not in self._desks:
            everybody = (*self.demo.cast["desks"], *self.demo.cast["couriers"])
            who = next(one for one in everybody if one["account"] == account)
            self._desks[account] = Desk(self.line, who)
        return self._desks[account]

    async def phone(self, account: str) -> InHand:
        """One for each courier, let in with a code of the demo. Whose label sets run short gets more at the post."""
        if account not in self._phones:
            self._phones[account] = await self._enrolled(account)
        phone = self._phones[account]
        await phone.pulls()
        if len(phone.courier.phone.bundle.labels) < FEW_SETS:
            await self._gives_sets(phone)
        return phone

    async def spare(self, account: str, *, of: str, by: str) -> InHand:
        """For a courier whose own is silent: another phone of `of`, lent with the digits that the desk reads out."""
        self._spares[of] += 1
        lent, borrowed = await self._enrolled(of, code=self._spares[of]), await self._new(account, "mượn")
        desk, post = self.desk(by), self.unit("Bưu điện xã Mỹ Hiệp")
        page = await desk.send("/desk/lending-codes", {"who": f"{borrowed.person} {post}"})
        assert page.status_code == 200, page.text
        [digits] = re.findall(r'class="said">(\d{4} \d{4})<', page.text)
        await borrowed.courier.carrier.borrow(digits.replace(" ", ""), lent.courier.carrier)
        return borrowed

    def loses(self, account: str) -> None:
        """The phone is gone; the next one is let in with the next code."""
        del self._phones[account]
        self._gone[account] += 1

    async def stocks(self, phone: InHand, least: int) -> None:
        """For a day that needs more label sets than usual."""
        while len(phone.courier.phone.bundle.labels) < least:
            await self._gives_sets(phone)

    async def _gives_sets(self, phone: InHand) -> None:
        """By Út, from the stock of the post."""
        post = self.unit("Bưu điện xã Mỹ Hiệp")
        stock = [one["number"] for one in self.labels.values() if one["holder"] == str(post)]
        numbers = [number for number in stock if number not in self.given][:FEW_SETS]
        self.given.update(numbers)
        subject, body = {"kind": "unit", "id": str(post)}, {"courier": str(phone.person), "numbers": numbers}
        answer = await self.desk("ut").act(post, "issue_label_sets", body, subject=subject)
        assert answer.status_code == 200, answer.text
        await phone.pulls()

    async def _enrolled(self, account: str, code: int = 0) -> InHand:
        phone = await self._new(account, str(code) if code else "")
        courier = phone.courier
        await courier.carrier.enrol(courier.who.enrolment_codes[self._gone[account] + code])
        return phone

    async def _new(self, account: str, called: str = "") -> InHand:
        """Not let in yet."""
        told = next(one for one in self.demo.cast["couriers"] if one["account"] == account)
        who = msgspec.convert(told, cast.Courier)
        phone = Phone(f"{account} {called}".strip(), who.person, self.naming)
        weather = Weather(Faults(), random.Random(1), 1)
        carrier = Carrier(phone, self.line, self.journal, weather, account=who.account, password=who.password)
        album = await make_album(1, 1)
        courier = Courier(len(self._phones), who, carrier, self._roll, self.journal, self.naming, album)
        return InHand(courier, Files(0))

    # The demo's handles

    async def now(self) -> datetime:
        return datetime.fromisoformat((await self.line.http.get("/demo/clock")).json()["now"])

    async def clock(self, day: str, hour: str) -> None:
        """Forward to that moment in Việt Nam; phones learn of it. A session at a desk ends when nobody is there."""
        before, later = await self.now(), f"{day}T{hour}:00+07:00"
        answer = await self.line.http.post("/demo/clock", json={"now": later})
        assert answer.status_code == 200, answer.text
        if datetime.fromisoformat(later) - before > DESK_IDLE / 2:
            for desk in self._desks.values():
                desk.goes_home()
        for phone in self._phones.values():
            await phone.pulls()

    async def inbox(self) -> list[dict[str, Any]]:
        """Every message sent, newest first."""
        return (await self.line.http.get("/demo/inbox")).json()["messages"]

    async def today(self, days: int = 0) -> str:
        """The day in Việt Nam, or one so many days later."""
        return f"{await self.now() + timedelta(hours=7, days=days):%Y-%m-%d}"

    # The portal

    async def portal_registers(self, what: dict[str, Any]) -> httpx.Response:
        """What the provincial portal asks, signed now."""
        return await registers(self.line.http, self._portal_secret(), what, await self.now())

    async def portal_looks(self, request_id: str) -> httpx.Response:
        return await looks(self.line.http, self._portal_secret(), request_id, await self.now())

    def _portal_secret(self) -> bytes:
        return bytes.fromhex(self.demo.cast["portal_secret"])

    # What the world may see

    async def track(self, path: str) -> dict[str, Any]:
        """The citizen's page behind `/t/TOKEN`, as JSON."""
        answer = await self.line.http.get(path, headers={"Accept": "application/json"})
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def step(self, path: str) -> str | None:
        """Where the citizen's page says it stands."""
        return next((step["name"] for step in (await self.track(path))["steps"] if step["standing"] == "now"), None)

    # Whether it adds up

    def adds_up(self) -> None:
        """Nothing lost, doubled, forged or inconsistent; the server failed at nothing; every refusal says why."""
        environment = {**os.environ, "TANNHA_DATA": str(self.demo.data)}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-c", _VERIFY, "verify", "--json"]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)  # noqa: S603
        assert done.stdout, done.stderr
        assert (done.returncode, json.loads(done.stdout)["differences"]) == (0, 0), done.stdout
        assert self.witness.faults == []
        assert self.witness.unexplained == []


Towns = Callable[[Demo], Town]
"""A fixture of that type closes the lines of what it gives, also when the test fails."""
