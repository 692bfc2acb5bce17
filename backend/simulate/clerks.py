"""Who sits at the desks of one place, and how they act on a case."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from backend.simulate.attention import Attention
from backend.simulate.carrier import Refused
from backend.simulate.case import Case
from backend.simulate.cast import Neighbourhood
from backend.simulate.desk import Desk
from backend.simulate.faults import Faults
from backend.simulate.line import Weather
from backend.simulate.naming import Naming
from backend.simulate.outbox import Answer

TRIES = 4


class Province:
    """Who serves the whole province: the hotline's operator, and where its registrations are forwarded to. `posts`: all
    there are."""

    def __init__(
        self, operator: Desk | None, hotline: UUID | None, post: UUID | None, posts: Sequence[UUID] = ()
    ) -> None:
        self.operator = operator
        self.hotline = hotline
        self.post = post
        self.posts = posts


class Clerks:
    """Of the post and the one-stop. `calm`: what somebody who is no clerk asks goes through."""

    def __init__(
        self,
        at: Neighbourhood,
        province: Province,
        desks: dict[UUID, Desk],
        attention: Attention,
        naming: Naming,
    ) -> None:
        self.at = at
        self.province = province
        self.dispatcher = desks[at.dispatcher.person]
        self.officer = desks[at.officer.person]
        self.approver = desks[at.approver.person] if at.approver is not None else None
        self.head = desks[at.head.person] if at.head is not None else self.officer
        self.counter = desks[at.counter.person] if at.counter is not None else None
        others = [one for one in (at.head, at.counter) if one is not None and one.person != at.dispatcher.person]
        self.second = desks[others[0].person] if others else None
        """Of the post: who confirms what the dispatcher typed in."""
        self.another_post = next((post for post in province.posts if post != at.post), None)
        self.attention = attention
        self.journal = attention.journal
        self.naming = naming
        self.calm = Weather(Faults(), naming.dice("calm"), 1)

    async def does(
        self,
        desk: Desk,
        kind: str,
        case: Case,
        body: dict[str, Any],
        *,
        personal: dict[str, Any] | None = None,
        click: str = "desk act",
    ) -> Answer:
        """An act on a case. Where the case waits for a person, that person looks first. `click`: another one is another
        act, whatever else is the same. Raises Refused."""
        for tried in range(TRIES):
            act_id = self.naming.id(click, kind, case.name, *map(str, body.values()), tried)
            try:
                answer = await desk.act(act_id, kind, case.id, body, base=case.at, personal=personal)
                break
            except Refused as refused:
                if refused.problem.slug != "waits-for-a-person" or tried == TRIES - 1:
                    raise
            await self.attention.look_at(case.id)
        else:
            raise AssertionError
        case.at = max(case.at, answer.n or 0)
        return answer

    async def refused(self, desk: Desk, kind: str, case: Case, body: dict[str, Any], why: str) -> None:
        """What the centre must not do now."""
        try:
            answer = await self.does(desk, kind, case, body, click="too early")
            found = str(answer.standing)
        except Refused as refused:
            found = refused.problem.slug
        self.journal.expects(f"{kind} is refused", subject=case.id, by=case.name, before=why, now=found)

    async def ends(self, incident: UUID, ending: str, more: dict[str, Any]) -> None:
        """By the head of the post, who takes it on first."""
        for kind, body in (("take_on_incident", {}), ("end_incident", {"ending": ending, **more})):
            act_id = self.naming.id("desk act", kind, incident)
            await self.head.act(act_id, kind, incident, body, subject_kind="incident")
