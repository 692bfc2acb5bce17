"""The witness asks: does the server still know everything it acknowledged, and nothing twice?"""

import asyncio
from collections.abc import Awaitable, Iterable, Sequence
from typing import Any
from uuid import UUID, uuid5

from backend.simulate.attention import CasePage, Chained, read_case
from backend.simulate.carrier import Carrier, Refused
from backend.simulate.case import Case
from backend.simulate.desk import Desk
from backend.simulate.expecting import differences
from backend.simulate.files import Files
from backend.simulate.giving_up import Told
from backend.simulate.journal import Finding, Journal, Record, said
from backend.simulate.line import Line, Weather
from backend.simulate.outbox import Standing

_AT_ONCE = 16
CREDIT = "record_bank_credit"
BY_ITSELF = frozenset({CREDIT, "open_duty", "drop_duty", "list_call_back", "report_incident"})
"""What nobody does on a simulated day: the bank tells it, timers do it, another act brings it to light."""
MANY = ("case", "incident")
"""What an act may be about that concerns other cases too: each has a child of it in its chain."""


class Oracle:
    """Asks by public HTTP only, like everybody else."""

    def __init__(self, journal: Journal, line: Line) -> None:
        self.journal = journal
        self.line = line
        self.compared = 0
        """Holders, charges, incidents and states that were asked about."""
        self.cases_compared = 0
        self._slips: dict[int, UUID] = {}
        """By number, whose case it is of."""
        self._makers = {record.act.made_by for record in journal.records.values()}
        self._room = asyncio.Semaphore(_AT_ONCE)

    async def _all(self, questions: Iterable[Awaitable[None]]) -> None:
        """What cannot be asked is told, and the rest is asked all the same."""

        async def one(question: Awaitable[None]) -> None:
            async with self._room:
                with Told(self.journal, "could not be asked"):
                    await question

        await asyncio.gather(*(one(question) for question in questions))

    async def ask_phones(self, carriers: Sequence[tuple[Carrier, Carrier]]) -> None:
        """Everything again, by its own phone or the one that may speak for it: the same standing, the same n."""
        await self._all(own.send_again(own.phone.outbox.acknowledged(), by=by) for own, by in carriers)

    async def ask_desks(self, desks: dict[UUID, Desk]) -> None:
        mine = [r for r in self.journal.records.values() if r.answer is not None and r.act.made_by in desks]
        await self._all(self._ask_desk(desks[record.act.made_by], record) for record in mine)

    async def _ask_desk(self, desk: Desk, record: Record) -> None:
        before = record.answer
        try:
            await desk.again(record.act)
        except Refused as refused:
            now = f"{refused.status} {refused.problem.slug}"
            self.journal.lost.append(self.journal.finding("no longer known", record.act, before=str(before), now=now))

    async def ask_files(self, files: Files, carriers: dict[UUID, Carrier]) -> None:
        """Those whose phone may still ask: an upload belongs to the device that made it."""
        await self._all(
            self._ask_file(files, carriers[received.by], upload, received.bytes)
            for upload, received in files.received.items()
            if received.by in carriers
        )

    async def _ask_file(self, files: Files, carrier: Carrier, upload: UUID, size: int) -> None:
        offset = await files.offset(carrier, upload)
        if offset != size:
            self.journal.lost.append(Finding(what="file", act=upload, before=str(size), now=str(offset)))

    async def ask_cases(self, cases: Sequence[tuple[Case, Sequence[Desk]]]) -> None:
        await self._all(self._ask_case(case, desks) for case, desks in cases)

    async def _ask_case(self, case: Case, desks: Sequence[Desk]) -> None:
        """Its chain holds each applied act once, and nothing else but what follows from them. `desks`: one of them
        may see it."""
        page = None
        for desk in desks:
            page = page or await read_case(desk, case.id)
        if page is None:
            records = [record for record in self.journal.of(case.id) if record.answer is not None]
            applied = [record.act for record in records if record.standing is Standing.APPLIED]
            if applied:
                self.journal.lost.append(self.journal.finding("the case is not there", applied[0]))
            return
        self._compare(case, page)
        self._numbered_once(case, page)
        self._settled(case, page)
        self._as_expected(case, page)

    def _as_expected(self, case: Case, page: CasePage) -> None:
        """Where every act on it took effect: who holds its papers, what is paid, how far it is."""
        if case.pick_up.cancelled or not self.journal.all_applied(case.id):
            return
        self.compared += len(case.expects)
        self.cases_compared += 1
        looked_at = any(record.looked_at for record in self.journal.happened(case.id))
        for one in differences(case.expects, page, looked_at=looked_at):
            self.journal.wrong.append(
                Finding(what=one.what, act=one.thing, subject=case.id, by=case.name, before=one.expected, now=one.found)
            )

    def _compare(self, case: Case, page: CasePage) -> None:
        found: dict[UUID, Chained] = {}
        for chained in page.timeline:
            if chained.id in found:
                self._doubled("stands twice in the chain", case, chained)
            found[chained.id] = chained
        for record in self.journal.of(case.id):
            self._stands(case, record, found.pop(record.act.id, None))
        self._stands_from_paper(case, found)
        about_many = [record.act for record in self.journal.records.values() if record.act.subject_kind in MANY]
        children = {(act.made_by, uuid5(act.id, case.id.hex)) for act in about_many}
        by_itself = [chained for chained in found.values() if (chained.made_by, chained.id) not in children]
        for chained in by_itself:
            if chained.made_by in self._makers or chained.kind not in BY_ITSELF:
                self._doubled("nobody made it", case, chained)
        credits_told = sum(chained.kind == CREDIT for chained in by_itself)
        if credits_told > case.paid_at_bank:
            self.journal.doubled.append(Finding(what="the bank's word counts twice", subject=case.id))
        elif credits_told < case.paid_at_bank:
            self.journal.lost.append(Finding(what="the bank's word", subject=case.id))
        numbers = sorted(chained.n for chained in page.timeline)
        if numbers != list(range(1, len(numbers) + 1)):
            self.journal.doubled.append(Finding(what="numbers of the chain", subject=case.id, now=str(numbers)))

    def _numbered_once(self, case: Case, page: CasePage) -> None:
        """A collection slip's number stands on one slip, whoever gave it: a phone from its block, or a desk."""
        for slip in page.slips:
            if self._slips.setdefault(slip.slip_number, case.id) != case.id:
                self.journal.doubled.append(
                    Finding(what="a slip's number", subject=case.id, by=case.name, now=str(slip.slip_number))
                )

    def _stands(self, case: Case, record: Record, there: Chained | None) -> None:
        """In the chain by its number if it took effect, and else not at all."""
        answer = record.answer
        if answer is not None and answer.standing is Standing.APPLIED:
            if there is None or there.n != answer.n:
                where = "not in the chain" if there is None else "elsewhere in the chain"
                self.journal.lost.append(self.journal.finding(where, record.act, before=said(answer)))
        elif there is not None and (why := _why_not_there(record)) is not None:
            self._doubled(f"in the chain, but {why}", case, there)

    def _stands_from_paper(self, case: Case, found: dict[UUID, Chained]) -> None:
        """Behind the confirmation of a line, what the line tells, in its order, made by who typed it in."""
        line = case.line
        if line is None or not line.confirmed:
            return
        by_number = {chained.n: chained for chained in found.values()}
        for n, kind in enumerate(line.kinds, line.confirmed + 1):
            there = by_number.get(n)
            if there is not None and (there.made_by, there.kind) == (line.typed_by, kind):
                del found[there.id]
            else:
                lost = Finding(what="on paper, and not in the chain", kind=kind, subject=case.id, by=case.name)
                self.journal.lost.append(lost)

    def _doubled(self, what: str, case: Case, chained: Chained) -> None:
        self.journal.doubled.append(
            Finding(what=what, act=chained.id, made_by=chained.made_by, kind=chained.kind, subject=case.id)
        )

    def _settled(self, case: Case, page: CasePage) -> None:
        for waiting in page.reviews:
            self.journal.stuck.append(
                Finding(what=f"still in {waiting.standing}", act=waiting.id, subject=case.id, now=waiting.reason)
            )
        for opened in page.exceptions:
            self.journal.stuck.append(Finding(what="exception still open", subject=case.id, now=opened.reason))

    async def ask_citizens(self, cases: Iterable[Case], weather: Weather) -> int:
        """The token on each card leads to its case, and tells nothing about the person. How many were asked."""
        asked = [case for case in cases if case.card_token is not None and self._sealed(case)]
        await self._all(self._ask_citizen(case, weather) for case in asked)
        return len(asked)

    def _sealed(self, case: Case) -> bool:
        sealed = (record.standing for record in self.journal.of(case.id) if record.act.kind == "seal")
        return Standing.APPLIED in sealed or (case.line is not None and case.line.confirmed > 0)

    async def _ask_citizen(self, case: Case, weather: Weather) -> None:
        headers = {"Accept": "application/json"}
        address = f"/t/{case.card_token}"
        answer = await self.line.ask(lambda: self.line.http.build_request("GET", address, headers=headers), weather)
        if answer.status_code != 200:
            self.journal.lost.append(
                Finding(what="the card leads nowhere", subject=case.id, now=str(answer.status_code))
            )
        for name, value in (("name", case.citizen.owner_name), ("number", case.citizen.owner_number)):
            if value in answer.text:
                self.journal.stuck.append(Finding(what=f"the public page shows a {name}", subject=case.id))


def check_outboxes(journal: Journal) -> None:
    """What never was acknowledged, what still waits, and facts that were refused."""
    for record in journal.records.values():
        answer = record.answer
        if answer is None:
            if record.refused is None:
                journal.stuck.append(journal.finding("never acknowledged", record.act))
        elif answer.standing.waits:
            journal.stuck.append(journal.finding(f"still {answer.standing}", record.act, now=_why(answer)))
        elif answer.standing is Standing.REFUSED and journal.is_fact(record.act.kind):
            journal.stuck.append(journal.finding("a fact was refused", record.act, now=_why(answer)))


def _why_not_there(record: Record) -> str | None:
    """None where it may be there: it was sent and nobody heard what became of it, which is told by itself."""
    if record.refused is not None:
        return "refused"
    if record.answer is not None:
        return str(record.answer.standing)
    return "never sent" if record.sent == 0 else None


def _why(answer: Any) -> str:
    return answer.problem.slug if answer.problem is not None else ""
