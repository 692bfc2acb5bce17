"""The days after: the bank has told, citizens are called back, invitations run out.

By the demo's clock; where there is none, nothing of this happens.
"""

import re
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from backend.simulate import aside, results
from backend.simulate.attention import read_case
from backend.simulate.carrier import Refused
from backend.simulate.case import Case
from backend.simulate.desk import Desk
from backend.simulate.expecting import FREED, UNPAID
from backend.simulate.giving_up import Told
from backend.simulate.happenings import DISPUTED
from backend.simulate.journal import Finding, Journal
from backend.simulate.noon import CentreClock, comes
from backend.simulate.office import Office

FIRST, NEXT = timedelta(days=5), timedelta(days=3)
"""Two working days are in it, unless there are holidays."""
_TRIES = 4
_PAGE = "/desk/call-backs"
_LINE = re.compile(r'<li>\s*<span class="name"><a href="/desk/cases/([0-9a-f-]{36})">(.*?)</li>', re.DOTALL)
_ASKS = re.compile(r'name="call_back" value="([0-9a-f-]{36})"')
_RED = "mức đỏ"

Served = tuple[Case, Office]


class Afterwards:
    """`supervisor`: who reads the whole list and asks citizens back, as 1022 does. They had no hand in the visits."""

    def __init__(self, clock: CentreClock, supervisor: Desk | None, served: Sequence[Served], journal: Journal) -> None:
        self._clock = clock
        self._supervisor = supervisor
        self._served = list(served)
        self._by_case = {case.id: (case, office) for case, office in served}
        self._journal = journal
        self._asked: set[UUID] = set()
        """Cases."""
        self._tried: set[str] = set()
        """Call-backs."""

    async def go(self) -> None:
        """What cannot go on for one case ends there, and is told."""
        with Told(self._journal, "the days after"):
            if not self._served or not await self._clock.goes_on(FIRST):
                return
            for case, office in self._served:
                if case.paid_at_bank:
                    await self._credited(case, office)
            if self._supervisor is not None:
                await self._call_back(self._supervisor)
            await self._invitations([one for one in self._served if _waits(one[0])])

    async def _credited(self, case: Case, office: Office) -> None:
        """Once, however often the bank tells."""
        aside.paid(case)

        async def so() -> bool:
            page = await read_case(office.officer, case.id)
            known = {one.charge_id: one.state for one in page.charges} if page is not None else {}
            return all(known.get(charge) in states for charge, (_, states) in case.expects.charges.items())

        with Told(self._journal, "the bank's word", subject=case.id, by=case.name):
            there = await comes(so)
            if case.payment is not None:
                self._journal.played[case.happening or ""] += there

    # Call-backs

    async def _call_back(self, desk: Desk) -> None:
        """Whatever is on the list; what must be on it and never comes is lost, and who was asked is on it no more."""
        wanted = {case.id for case, _ in self._served if self._must_be_listed(case)}

        async def all_asked() -> bool:
            return await self._ask_all(desk) == 0 and wanted <= self._asked

        await comes(all_asked)
        for case in wanted - self._asked:
            self._journal.lost.append(Finding(what="not on the call-back list", subject=case))
        for case, _, call_back in await _listed(desk):
            if call_back in self._tried:
                self._journal.wrong.append(Finding(what="still on the call-back list", subject=case))

    def _must_be_listed(self, case: Case) -> bool:
        """It failed, or a fee was not paid; where all of it took effect as it was written."""
        records = self._journal.happened(case.id)
        looked_at = any(record.looked_at for record in records)
        if case.pick_up.cancelled or looked_at or not self._journal.all_applied(case.id):
            return False
        failed = any(record.act.kind == "fail_visit" for record in records)
        return failed or any(states in (UNPAID, FREED) for _, states in case.expects.charges.values())

    async def _ask_all(self, desk: Desk) -> int:
        """Everybody on the list who was not asked yet. How many."""
        lines = [line for line in await _listed(desk) if line[2] not in self._tried]
        operator = self._served[0][1].province.operator
        for number, (case, said, call_back) in enumerate(lines):
            self._tried.add(call_back)
            by_1022 = operator is not None and number % 2 == 0
            with Told(self._journal, "could not be called back", subject=case):
                await self._ask(operator if operator is not None and by_1022 else desk, case, said, call_back)
                self._journal.played["called_back_by_1022"] += by_1022
        return len(lines)

    async def _ask(self, desk: Desk, case: UUID, said: str, call_back: str) -> None:
        mine, office = self._by_case.get(case, (None, None))
        disputed = mine is not None and mine.happening == DISPUTED
        answer = "disagrees" if disputed else "agrees"
        body = {"call_back_id": call_back, "answer": answer}
        act_id = self._served[0][1].naming.id("call back", call_back)
        await desk.act(act_id, "record_call_back", case, body, personal={"note": "Có ở nhà, không ai đến"})
        self._asked.add(case)
        if mine is None or office is None:
            return
        if mine.happening in ("from_the_cafe", "evidence_given"):
            self._journal.expects(
                "the grade is red", subject=case, by=mine.name, before=disputed, now=_RED in said.lower()
            )
        if disputed:
            await self._incident_of(mine, office)
        self._journal.played["call_back_disputed" if disputed else "call_back_agreed"] += 1

    async def _incident_of(self, case: Case, office: Office) -> None:
        """Who says otherwise opens an incident against the courier, which the head of the post ends."""
        page = await read_case(office.officer, case.id) or await read_case(office.dispatcher, case.id)
        opened = [one for one in page.incidents if one.cause == "visit_disputed"] if page is not None else []
        self._journal.expects("an incident of the dispute", subject=case.id, by=case.name, before=1, now=len(opened))
        for one in opened:
            await office.ends(one.incident_id, "no_damage", {})
            case.expects.incidents[one.incident_id] = "no_damage"

    # Invitations

    async def _invitations(self, waiting: list[Served]) -> None:
        for _ in range(_TRIES):
            left: list[Served] = []
            for case, office in waiting:
                with Told(self._journal, "nobody came for it", subject=case.id, by=case.name):
                    left += [] if await _sent_back(case, office) else [(case, office)]
            waiting = left
            if not waiting:
                return
            await self._clock.goes_on(NEXT)
        for case, _ in waiting:
            self._journal.stuck.append(Finding(what="invited and invited", subject=case.id, by=case.name))


async def _listed(desk: Desk) -> list[tuple[UUID, str, str]]:
    """Case, what the line says, and the call-back that may be answered there."""
    page = await desk.page(_PAGE)
    return [(UUID(case), said, asks[1]) for case, said in _LINE.findall(page) if (asks := _ASKS.search(said))]


async def _sent_back(case: Case, office: Office) -> bool:
    """False: not yet. Raises Refused."""
    try:
        await results.not_collected(office, case)
    except Refused as refused:
        if refused.problem.slug != results.NOT_YET:
            raise
        return False
    return True


def _waits(case: Case) -> bool:
    delivery = case.pick_up.delivery
    kept = case.expects.states == ("kept_at_post",)
    return kept and delivery is not None and delivery.happening == "not_collected"
