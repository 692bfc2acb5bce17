"""Who may act for the owner today (F05): by the procedure, by a paper, until its last day, unless it was taken back."""

from typing import Any
from uuid import UUID

import pytest

from backend.ids import uuid7
from backend.procedures import people
from backend.procedures.model import Authority, MayAct, Relation
from backend.procedures.people import Shown
from backend.staff.model import Carrier
from backend.sync import bundle
from backend.sync.desk import Refused
from tests.builders import TODAY, Field, a_paper
from tests.builders_acts import Body, party

COPY, BUSINESS, MARRIAGE, COPIES = "2.000635", "1.001612", "1.000894", "2.000815"
"""Relatives by mandate, others by a certified one; anybody by mandate; both in person; anybody."""
STOPPED = ["visit:guard:authority_live"]


class Agent:
    """Somebody who comes for the owner."""

    def __init__(self, field: Field, case: UUID, who: Body) -> None:
        self.field, self.case, self.who = field, case, who
        self.mandate = str(uuid7())

    @classmethod
    async def of(cls, field: Field, procedure: str, role: str = "filer", **who: Any) -> "Agent":
        agent = party(role, "Trần Văn Thay", **who)
        return cls(field, await field.registered(procedure=procedure, told={"parties": [agent]}), agent)

    async def shows(self, authority: str = "mandate", **changes: Any) -> None:
        body = {"mandate_id": self.mandate, "party_id": self.who["party_id"], "authority": authority}
        body |= {"from_day": "2026-11-01", "last_day": "2026-11-30"} | changes
        answer = await self.field.at_desk(self.field.mai, self.case, "record_mandate", body)
        assert answer.standing == "applied", answer

    async def revoked(self) -> None:
        body = {"mandate_id": self.mandate, "reason": "owner_asked"}
        await self.field.at_desk(self.field.mai, self.case, "revoke_mandate", body)

    async def gives_papers(self, *, known: bool = True) -> list[str]:
        """What a courier crosses who takes papers from them on Wednesday 25/11/2026."""
        booking = self.field.booking()
        await self.field.at_desk(self.field.ut, self.case, "book", booking)
        visit = {"visit_id": booking["visit_id"]}
        met = {"party": self.who["role"], "means": "card_seen"}
        met |= {"party_id": self.who["party_id"]} if known else {}
        answers = await self.field.send(
            self.field.phone.make(self.case, "depart", visit),
            self.field.phone.make(self.case, "record_arrival", visit),
            self.field.phone.make(self.case, "check_identity", {**visit, **met}),
            self.field.phone.make(self.case, "take_papers", {**visit, "papers": [a_paper()]}),
        )
        assert [str(answer.standing) for answer in answers] == ["applied"] * 4, answers
        return list(answers[-1].exceptions)


@pytest.mark.parametrize(
    ("procedure", "relation", "authority", "crossed"),
    [
        (COPY, "child", None, STOPPED),
        (COPY, "child", "mandate", []),
        (COPY, "anyone", "mandate", STOPPED),
        (COPY, "anyone", "certified_mandate", []),
        (BUSINESS, "anyone", None, STOPPED),
        (BUSINESS, "anyone", "mandate", []),
        (COPIES, "anyone", None, []),
        (MARRIAGE, "spouse", "certified_mandate", STOPPED),
    ],
)
async def test_the_procedure_says_what_who_acts_must_show(
    field: Field, procedure: str, relation: str, authority: str | None, crossed: list[str]
) -> None:
    agent = await Agent.of(field, procedure, relation=relation)
    if authority is not None:
        await agent.shows(authority)
    assert await agent.gives_papers() == crossed


async def test_a_mandate_taken_back_stops_the_next_act_at_once(field: Field) -> None:
    agent = await Agent.of(field, COPY, relation="child")
    await agent.shows()
    await agent.revoked()
    assert await agent.gives_papers() == STOPPED
    with pytest.raises(Refused):
        await agent.revoked()


@pytest.mark.parametrize(
    ("days", "crossed"),
    [
        ({"last_day": "2026-11-25"}, []),
        ({"last_day": "2026-11-24"}, STOPPED),
        ({"last_day": None}, []),
        ({"from_day": "2026-11-26"}, STOPPED),
    ],
)
async def test_a_paper_holds_from_its_first_day_to_its_last(field: Field, days: Body, crossed: list[str]) -> None:
    agent = await Agent.of(field, COPY, relation="child")
    await agent.shows(**days)
    assert await agent.gives_papers() == crossed


async def test_a_new_paper_goes_on_where_an_old_one_ended(field: Field) -> None:
    agent = await Agent.of(field, BUSINESS, relation="employee")
    await agent.shows("introduction", last_day="2026-11-10")
    agent.mandate = str(uuid7())
    await agent.shows("introduction")
    assert await agent.gives_papers() == []


async def test_one_of_two_who_may_not_is_not_helped_by_the_other(field: Field) -> None:
    agent = await Agent.of(field, COPY, relation="child")
    await agent.shows()
    other = party("filer", "Trần Văn Khác", relation="child")
    await field.at_desk(field.mai, agent.case, "correct_registration", {}, personal={"parties": [other]})
    agent.who = other
    assert await agent.gives_papers() == STOPPED


async def test_a_mandate_is_of_somebody_in_the_case_and_ends_after_it_begins(field: Field) -> None:
    agent = await Agent.of(field, COPY, relation="child")
    for wrong, said in (
        ({"party_id": str(uuid7())}, "party-unknown"),
        ({"last_day": "2026-10-31"}, "mandate-backwards"),
    ):
        with pytest.raises(Refused) as refused:
            await agent.shows(**wrong)
        assert refused.value.problem.type.rpartition(":")[2] == said


async def test_what_a_phone_says_of_a_mandate_brings_its_agent_along(field: Field) -> None:
    case, visit, _ = await field.booked()
    agent = party("authorised", "Bùi Văn Quyền", relation="sibling")
    body = {"mandate_id": str(uuid7()), "party_id": agent["party_id"], "authority": "mandate"}
    answer = await field.does(
        case, "record_mandate", {**body, "from_day": "2026-11-25", "visit_id": visit}, personal={"parties": [agent]}
    )
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    assert await field.tx.value("SELECT name FROM parties WHERE role = 'authorised'") == "Bùi Văn Quyền"


async def test_phones_carry_by_what_somebody_acts(field: Field) -> None:
    agent = await Agent.of(field, COPY, role="authorised", relation="child")
    await agent.shows(kinship_proved=True)
    await field.at_desk(field.ut, agent.case, "book", field.booking())
    phone = field.phone
    carrier = Carrier(
        device_id=phone.device, person_id=phone.person, unit_id=field.post, session=phone.session, roles=frozenset()
    )
    [case] = (await bundle.day(field.tx, field.ring, carrier, None, field.at)).cases
    [one] = case.mandates
    assert (str(one.party_id), one.authority, one.kinship_proved) == (agent.who["party_id"], "mandate", True)
    assert (str(one.from_day), str(one.last_day), one.state) == ("2026-11-01", "2026-11-30", "in_force")


@pytest.mark.parametrize(("role", "said"), [("owner", "owner-stays"), ("recipient", "recipient-apart")])
async def test_a_mandate_changes_neither_owner_nor_recipient(field: Field, role: str, said: str) -> None:
    case, visit, _ = await field.booked()
    agent = party(role, "Người Lạ")
    body = {"mandate_id": str(uuid7()), "party_id": agent["party_id"], "authority": "mandate"}
    answer = await field.does(
        case, "record_mandate", {**body, "from_day": "2026-11-25", "visit_id": visit}, personal={"parties": [agent]}
    )
    assert answer.standing != "applied"
    assert answer.problem is not None
    assert answer.problem.type.endswith(f":{said}")
    assert await field.tx.value("SELECT count(*) FROM parties WHERE name = 'Người Lạ'") == 0


ACTING = (
    MayAct(who=Relation.OWNER, authority=Authority.NONE),
    MayAct(who=Relation.CHILD, authority=Authority.CERTIFIED_MANDATE),
)


@pytest.mark.parametrize(("day", "proved", "enough"), [("2020-07-15", False, False), ("2020-07-15", True, True)])
def test_before_the_circular_of_2020_kinship_was_to_be_proved(day: str, proved: bool, enough: bool) -> None:
    on = type(TODAY).fromisoformat(day)
    assert people.may_act(ACTING, "child", [Shown(Authority.MANDATE, proved)], on) is enough


def test_since_then_a_mandate_of_close_relatives_needs_neither_proof_nor_certification() -> None:
    on = type(TODAY).fromisoformat("2020-07-16")
    assert people.may_act(ACTING, "child", [Shown(Authority.MANDATE)], on)
    assert not people.may_act(ACTING, "child", [], on)
