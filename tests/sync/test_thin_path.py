"""One whole case (S01): registered at 1022, picked up, handed to the agency, decided, and its result in hand."""

import json
from dataclasses import dataclass
from dataclasses import field as made
from typing import Any
from uuid import UUID

import pytest

from backend.acts.envelope import Subject
from backend.acts.rules import current, load
from backend.clock import local_date
from backend.errors import Refusal
from backend.ids import uuid7
from backend.staff import queries as people
from backend.staff.model import Role
from backend.sync import desk
from backend.sync.offering import Wish, possible
from backend.units.demo import HOTLINE, PROVINCE_POST
from tests.builders import MY_HIEP, Field, a_paper, personal_part
from tests.builders_acts import begun, courier, met, offered, page, paid, received, sealed, signed, stock, unit
from tests.builders_chains import broken_chains
from tests.builders_staff import a_person, hired

CODE = "H20.12-261123-0007"
NAMED_BY = {"visit": "visit_id", "appointment": "appointment_id", "parcel": "parcel_id", "charge": "charge_id"}
"""The field of a body that says which row of a machine is meant."""


@dataclass
class Story:
    """The case as it goes on. `states` is what the centre said of each thing: `case`, `visit:<id>`, ..."""

    field: Field
    case: UUID
    shift: UUID
    stranger: UUID
    states: dict[str, str] = made(default_factory=dict)

    async def phone(self, kind: str, body: dict[str, Any], *, subject: str = "case", **facts: Any) -> None:
        """Lan does it."""
        about = self.shift if subject == "shift" else self.case
        await self._offered_and_refused(Role.COURIER, kind, body, Subject(subject, about), facts)
        answer = await self.field.does(about, kind, body, subject=subject)
        assert (answer.standing, list(answer.exceptions)) == ("applied", []), (kind, answer)
        await self._heard(about, kind)

    async def desk(self, person: UUID, role: Role, kind: str, body: dict[str, Any], **facts: Any) -> None:
        await self._offered_and_refused(role, kind, body, Subject("case", self.case), facts)
        if kind != "register":
            assert await self._possible(person, kind, body), kind
            assert not await self._possible(self.stranger, kind, body), kind
        personal = {"owner_name": "Nguyễn Thị Huệ", "phone": "0912 345 678"} if kind == "register" else None
        answer = await self.field.at_desk(person, self.case, kind, body, personal=personal)
        assert (answer.standing, list(answer.exceptions)) == ("applied", []), (kind, answer)
        await self._heard(self.case, kind)

    async def _offered_and_refused(
        self, role: Role, kind: str, body: dict[str, Any], subject: Subject, facts: dict[str, Any]
    ) -> None:
        """What is next offers it to this role; the cashier is refused, and nothing is kept of her try."""
        table = load(current())
        lead = "shift" if subject.kind == "shift" else table.act(kind).machines[0]
        next_acts = table.next_acts(lead, self._state(lead, body), dict(table.usual) | facts, role)
        assert kind in next_acts, (kind, lead, self._state(lead, body), next_acts)
        with pytest.raises(Refusal) as refused:
            async with self.field.tx.savepoint():
                await desk.act(
                    self.field.tx,
                    self.field.ring,
                    person=self.stranger,
                    id=uuid7(),
                    subject=subject,
                    kind=kind,
                    base=0,
                    body=body,
                    personal=personal_part({"owner_name": "Nguyễn Thị Huệ"}),
                    at=self.field.at,
                )
        assert refused.value.status == 403, (kind, refused.value)

    async def _possible(self, person: UUID, kind: str, body: dict[str, Any]) -> bool:
        """What the desk's page would offer."""
        posts = frozenset(await people.posts_of(self.field.tx, person, local_date(self.field.at)))
        wish = Wish(self.case, kind, body)
        [answer] = await possible(self.field.tx, [wish], person=person, posts=posts, at=self.field.at)
        return answer

    def _state(self, machine: str, body: dict[str, Any]) -> str:
        flat = body | (body.get("lines") or [{}])[0] | {"parcel_id": (body.get("parcel_ids") or [None])[0]}
        flat |= {"parcel_id": body["parcel_id"]} if "parcel_id" in body else {}
        name = f"{machine}:{flat.get(NAMED_BY[machine])}" if machine in NAMED_BY else machine
        return self.states.get(name, "none")

    async def _heard(self, about: UUID, kind: str) -> None:
        outcome = await self.field.tx.value(
            "SELECT outcome FROM acts WHERE subject_id = $about ORDER BY n DESC LIMIT 1", about=about
        )
        self.states |= json.loads(outcome)
        self.states |= {"registration": "waiting_to_forward"} if kind == "register" else {}


@pytest.fixture
async def story(field: Field) -> Story:
    cashier = (await a_person(field.tx, "Đỗ Thị Sương")).id
    await hired(field.tx, cashier, field.post, Role.CASHIER)
    await stock(field, 412)
    return Story(field, uuid7(), uuid7(), cashier)


async def registered_and_booked(story: Story) -> tuple[str, str]:
    """By 1022, late; sent to the post of the same level; given to Lan; confirmed by the agency. (visit, charge)"""
    field, charge = story.field, str(uuid7())
    registration = field.registration(
        channel="hotline", dossier_code=CODE, registered_at_unit=str(HOTLINE), visit_commune=MY_HIEP
    )
    named = {"registration_id": registration["registration_id"]}
    await story.desk(field.kim, Role.OPERATOR, "register", registration, forward_due=True)
    await story.desk(field.kim, Role.OPERATOR, "forward", named | {"to_unit": str(PROVINCE_POST)})
    await story.desk(field.ut, Role.DISPATCHER, "acknowledge_forward", named)
    booking = field.booking()
    await story.desk(field.ut, Role.DISPATCHER, "book", booking, seat_free=True)
    due = {"charge_id": charge, "line": "le_phi", "amount": 8000, "due_at": "reception"}
    await story.desk(
        field.mai, Role.ONE_STOP_OFFICER, "confirm", {"charges": [due], "components": ["to_khai", "giay_to_tuy_than"]}
    )
    return booking["visit_id"], charge


async def picked_up(story: Story, visit: str, charge: str) -> str:
    """The parcel with three papers, sealed at the door."""
    papers = [a_paper(), a_paper("giay_chung_sinh", originals=0, copies=1), a_paper("cccd", originals=0, copies=1)]
    await story.phone("depart", {"visit_id": visit})
    await story.phone("record_arrival", {"visit_id": visit})
    await story.phone("check_identity", met(visit))
    await story.phone("take_papers", {"visit_id": visit, "papers": papers}, identity_checked=True)
    for number, paper in enumerate([*papers, papers[0]], start=1):
        await story.phone("photograph", page(visit, paper, number, b"page %d" % number))
    await story.phone("sign", signed(visit))
    await story.phone("collect", paid(visit, 1, (charge, 8000), tendered=10_000, change=2000))
    sealing = sealed(visit, "TN-LABEL-0412", papers)
    await story.phone("seal", sealing)
    await story.phone("finish_visit", {"visit_id": visit, "outcome": "done"}, slip_signed=True)
    return sealing["parcel_id"]


async def handed_to_the_agency(story: Story, parcel: str) -> None:
    """Lan to the post, the post to the one-stop, which opens and counts."""
    field = story.field
    to_post = offered(unit(field.post), parcel)
    await story.phone("offer", to_post, holder_is_actor=True)
    await story.desk(field.ut, Role.DISPATCHER, "receive", received(to_post, courier(field.lan)))
    to_one_stop = offered(unit(field.one_stop), parcel)
    await story.desk(field.ut, Role.DISPATCHER, "offer", to_one_stop, holder_is_actor=True)
    await story.desk(field.mai, Role.ONE_STOP_OFFICER, "receive", received(to_one_stop, unit(field.post)))
    await story.desk(
        field.mai, Role.ONE_STOP_OFFICER, "open_seal", {"parcel_id": parcel, "counted": 3}, holder_is_actor=True
    )


async def decided(story: Story) -> tuple[str, str]:
    """Checked, in progress, and a result released: (its parcel, its paper)."""
    field, result = story.field, {"paper_id": str(uuid7()), "parcel_id": str(uuid7()), "component": "ket_qua"}
    checked = {"result": "passed", "items": [{"component": "to_khai", "result": "match"}]}
    await story.desk(field.mai, Role.ONE_STOP_OFFICER, "cross_check", checked, delegated=True)
    await story.desk(field.mai, Role.ONE_STOP_OFFICER, "report_portal_status", {"status": 4, "source": "portal"})
    await story.desk(field.mai, Role.ONE_STOP_OFFICER, "release_result", result, check_passed=True)
    return result["parcel_id"], result["paper_id"]


async def delivered(story: Story, parcel: str, paper: str) -> None:
    field = story.field
    to_post = offered(unit(field.post), parcel)
    await story.desk(field.mai, Role.ONE_STOP_OFFICER, "offer", to_post, holder_is_actor=True)
    await story.desk(field.ut, Role.DISPATCHER, "receive", received(to_post, unit(field.agency)), carries_result=True)
    booking = field.booking("deliver")
    visit = booking["visit_id"]
    await story.desk(field.ut, Role.DISPATCHER, "book", booking, seat_free=True, visit_purpose="deliver")
    to_lan = offered(courier(field.lan), parcel)
    await story.desk(field.ut, Role.DISPATCHER, "offer", to_lan, holder_is_actor=True)
    await story.phone("receive", received(to_lan, unit(field.post)), carries_result=True, receiver="courier")
    await story.phone("depart", {"visit_id": visit}, visit_purpose="deliver")
    await story.phone("record_arrival", {"visit_id": visit})
    await story.phone("check_identity", met(visit, party="recipient"))
    handing = {"paper_ids": [paper], "recipient_class": "owner", "relationship": "self", "means": "card_seen"}
    may: dict[str, Any] = {"check_passed": True, "identity_checked": True, "recipient_fits": True}
    await story.phone("hand_over_result", {"visit_id": visit, "word_ok": True} | handing, **may)
    await story.phone("sign", signed(visit, "hand_over"))
    await story.phone("finish_visit", {"visit_id": visit, "outcome": "done"}, slip_signed=True)


async def test_a_whole_case_from_1022_to_the_result_in_hand(story: Story) -> None:
    field, tx = story.field, story.field.tx
    visit, charge = await registered_and_booked(story)
    assert story.states["case"] == "booked"
    await story.phone("begin_shift", begun(field), subject="shift")
    parcel = await picked_up(story, visit, charge)
    assert story.states["case"] == "papers_taken"
    await handed_to_the_agency(story, parcel)
    assert story.states["case"] == "handed_to_agency"
    result, paper = await decided(story)
    assert story.states["case"] == "result_ready"
    await delivered(story, result, paper)
    assert story.states["case"] == "closed"
    await story.desk(
        field.mai, Role.ONE_STOP_OFFICER, "report_portal_status", {"status": 10, "source": "portal"}, portal_status=10
    )
    await story.phone("remit", {"amount": 308_000, "unit": str(field.post)}, subject="shift")
    await story.phone("close_shift", {"counted": 0}, subject="shift")

    assert await tx.value("SELECT portal_status FROM dossiers WHERE case_id = $case", case=story.case) == 10
    holders = await tx.all(
        "SELECT holder_kind, holder, is_result, count(*) FROM papers GROUP BY holder_kind, holder, is_result"
    )
    assert {tuple(row) for row in holders} == {
        ("unit", field.one_stop, False, 3),
        ("citizen", story.case, True, 1),
    }
    assert await tx.value("SELECT amount FROM balances WHERE account = $account", account=f"cash:{field.lan}") == 0
    assert await tx.value("SELECT sum(amount) FROM entries") == 0
    assert await tx.value("SELECT count(*) FROM exceptions") == 0
    assert await broken_chains(tx) == []


async def test_what_the_centre_said_of_each_thing_is_what_the_tables_say(story: Story) -> None:
    visit, charge = await registered_and_booked(story)
    parcel = await picked_up(story, visit, charge)
    await handed_to_the_agency(story, parcel)
    rows = await story.field.tx.all(
        """SELECT 'visit:' || visit_id AS name, state FROM visits
           UNION ALL SELECT 'appointment:' || appointment_id, state FROM appointments
           UNION ALL SELECT 'parcel:' || parcel_id, state FROM parcels
           UNION ALL SELECT 'paper:' || paper_id, state FROM papers
           UNION ALL SELECT 'charge:' || charge_id, state FROM charges
           UNION ALL SELECT 'label_set:' || number, state FROM label_sets
           UNION ALL SELECT 'signature:' || signature_id, state FROM signatures
           UNION ALL SELECT 'payment:' || collection_id, state FROM collections
           UNION ALL SELECT 'case', state FROM cases"""
    )
    said = {name: state for name, state in story.states.items() if name != "registration"}
    assert said == {row["name"]: row["state"] for row in rows}
