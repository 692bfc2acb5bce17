"""Scenes of the story about what does not go straight: papers and results that come back, fees not paid, days waited
for, and cases that become one."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from backend.clock import local_date
from backend.database import Transaction
from backend.fees import queries as fees
from backend.ids import uuid7
from backend.parcels import queries as parcels
from backend.run_sheets.model import act_id
from backend.staff import enrolment, lengthening
from backend.staff.model import DeviceAct, Post, Role
from backend.sync import desk, settling
from tests.builders import TODAY, Field, Phone, a_phone_of
from tests.builders_acts import (
    Body,
    another_post,
    at_the_door,
    begun,
    courier,
    met,
    offered,
    paid,
    received,
    signed,
    took_papers,
    unit,
)
from tests.builders_lending import lent
from tests.builders_money import first_slip
from tests.builders_run_sheets import line
from tests.builders_staff import a_person, hired

Enrolled = Callable[[Field, UUID], Awaitable[None]]


class Aside:
    """Tells them one after the other, each in a transaction of its own. `was_enrolled`: begins the chain of a phone."""

    def __init__(self, field: Field, named: dict[str, Any], was_enrolled: Enrolled) -> None:
        self.field, self.named, self._was_enrolled = field, named, was_enrolled

    def scenes(self) -> list[Callable[[], Awaitable[None]]]:
        return [
            self.a_registration_is_forwarded_and_its_visit_moved,
            self.nobody_went,
            self.papers_are_handed_back_at_the_door,
            self.papers_of_a_mismatch_go_home,
            self.a_dossier_is_refused,
            self.a_withdrawal_is_accepted,
            self.two_cases_become_one_and_two_again,
            self.a_check_is_waived_and_the_result_kept_and_sent_on,
            self.a_refused_result_goes_back_to_the_agency,
            self.a_wrong_result_is_corrected,
            self.a_phone_is_dead_and_paper_speaks,
            self.fees_are_not_paid_or_not_owed,
            self.a_day_waits_for_a_silent_phone,
            self.a_spare_phone_is_lent,
            self.a_phone_is_taken_back,
        ]

    async def _phone(self, case: UUID, kind: str, body: Body, *, phone: Phone | None = None, **more: Any) -> None:
        made = phone or self.field.phone
        [answer] = await self.field.send(made.make(case, kind, body, **more), carrier=made)
        assert (answer.standing, list(answer.exceptions)) == ("applied", []), (kind, answer)

    async def _desk(self, person: UUID, case: UUID, kind: str, body: Body, **more: Any) -> None:
        answer = await self.field.at_desk(person, case, kind, body, base=99, **more)
        assert (answer.standing, list(answer.exceptions)) == ("applied", []), (kind, answer)

    async def _somebody(self, name: str, role: Role, office: UUID) -> UUID:
        person = (await a_person(self.field.tx, name)).id
        await hired(self.field.tx, person, office, role)
        return person

    async def _gives(self, case: UUID, paper: Body) -> None:
        """Lan hands a paper to the agency's one-stop."""
        field = self.field
        giving = offered(unit(field.one_stop), papers=[paper["id"]])
        await self._phone(case, "offer", giving)
        await self._desk(field.mai, case, "receive", received(giving, courier(field.lan)))

    async def _at_the_agency(self) -> UUID:
        field = self.field
        case, visit, _ = await field.booked()
        [paper] = await took_papers(field, case, visit)
        await self._phone(case, "sign", signed(visit))
        await self._gives(case, paper)
        await self._phone(case, "finish_visit", {"visit_id": visit, "outcome": "done"})
        assert await field.state(case) == "handed_to_agency"
        return case

    async def _a_result(self, case: UUID) -> tuple[str, str]:
        """(visit, parcel): the agency released it; Lan is at the door with it."""
        field, parcel = self.field, str(uuid7())
        released = {"paper_id": str(uuid7()), "parcel_id": parcel, "component": "ket_qua"}
        await self._desk(field.mai, case, "release_result", released)
        giving = offered(courier(field.lan), parcel)
        await self._desk(field.mai, case, "offer", giving)
        booking = field.booking("deliver", window="16:00-17:00")
        await self._phone(case, "receive", received(giving, unit(field.agency)))
        await self._desk(field.ut, case, "book", booking)
        await at_the_door(field, case, booking["visit_id"])
        return booking["visit_id"], parcel

    async def _back_at_the_post(self, case: UUID, parcel: str) -> None:
        field = self.field
        giving = offered(unit(field.post), parcel)
        await self._phone(case, "offer", giving)
        await self._desk(field.ut, case, "receive", received(giving, courier(field.lan)))

    async def _is(self, case: UUID, state: str) -> None:
        assert await self.field.state(case) == state

    async def a_registration_is_forwarded_and_its_visit_moved(self) -> None:
        """By 1022; the post has it, calls, and comes another day."""
        field, registration = self.field, str(uuid7())
        case = await field.registered(registration_id=registration)
        told = {"registration_id": registration}
        await self._desk(field.mai, case, "forward", told | {"to_unit": str(field.post)})
        await self._desk(field.ut, case, "acknowledge_forward", told)
        booking = field.booking(agreed=False)
        await self._desk(field.ut, case, "book", booking)
        called = {"appointment_id": booking["appointment_id"]}
        await self._desk(field.ut, case, "confirm_call", called | {"outcome": "change_time"})
        field.seat += 1
        moved = {"courier": str(field.lan), "day": "2026-11-27", "window": "14:00-15:00", "seat": field.seat}
        await self._desk(field.ut, case, "move_appointment", called | moved)
        await self._desk(field.ut, case, "confirm_call", called | {"outcome": "agreed"})
        self.named["moved"] = case

    async def nobody_went(self) -> None:
        case, visit, _ = await self.field.booked()
        await self._phone(case, "record_not_gone", {"visit_id": visit, "reason": "V18"})
        await self._is(case, "confirmed")

    async def papers_are_handed_back_at_the_door(self) -> None:
        """Something is missing, it rains, and then the citizen thinks again."""
        field = self.field
        case, visit, _ = await field.booked()
        [paper] = await took_papers(field, case, visit)
        at = {"visit_id": visit}
        await self._phone(case, "send_anyway", at | {"missing": ["cccd", "giay_khai_sinh", "cccd"]})
        await self._phone(case, "defer_photograph", at | {"paper_ids": [paper["id"]], "reason": "rain"})
        await self._phone(case, "hand_back_papers", at | {"paper_ids": [paper["id"]]})
        await self._phone(case, "sign", signed(visit, "hand_over"))
        await self._is(case, "on_the_way")
        self.named |= {"incomplete": case, "deferred_paper": UUID(paper["id"])}

    async def papers_of_a_mismatch_go_home(self) -> None:
        """On a visit of their own."""
        field = self.field
        case, visit, _ = await field.booked()
        [paper] = await took_papers(field, case, visit)
        await self._desk(field.mai, case, "report_mismatch", {"field": "owner_number"})
        booking = field.booking("return_papers", window="15:00-16:00")
        await self._desk(field.ut, case, "book", booking)
        home = booking["visit_id"]
        await at_the_door(field, case, home)
        await self._phone(case, "hand_back_papers", {"visit_id": home, "paper_ids": [paper["id"]]})
        await self._is(case, "closed")

    async def a_dossier_is_refused(self) -> None:
        """Of one nobody has fetched anything; the papers of the other wait to go home."""
        field, reason = self.field, {"reason": "not_of_this_agency"}
        early, _, _ = await field.booked()
        await self._desk(field.mai, early, "refuse_dossier", reason)
        await self._is(early, "closed")
        late = await self._at_the_agency()
        await self._desk(field.mai, late, "refuse_dossier", reason)
        await self._is(late, "return_of_papers")

    async def a_withdrawal_is_accepted(self) -> None:
        field, case = self.field, await self._at_the_agency()
        await self._desk(field.mai, case, "withdraw", {})
        await self._is(case, "handed_to_agency")
        await self._desk(field.mai, case, "accept_withdrawal", {})
        await self._is(case, "return_of_papers")
        self.named["withdrawn"] = case

    async def two_cases_become_one_and_two_again(self) -> None:
        field = self.field
        survivor, lost = await self._at_the_agency(), await field.registered()
        of_two = {"reason": "same_matter", "survivor": str(survivor)}
        await self._desk(field.mai, lost, "merge", of_two)
        await self._is(lost, "merged")
        await self._desk(field.mai, lost, "undo_merge", of_two)
        await self._is(lost, "waiting_confirmation")

    async def a_check_is_waived_and_the_result_kept_and_sent_on(self) -> None:
        """To whoever moved away, after a card, a call and a while at the post."""
        field, case = self.field, await self._at_the_agency()
        item = {"component": "to_khai", "result": "mismatch"}
        await self._desk(field.mai, case, "cross_check", {"result": "not_passed", "items": [item]})
        approver = await self._somebody("Bùi Thị Tám", Role.APPROVER, field.agency)
        await self._desk(approver, case, "waive", {"reason": "seen"}, personal={"note": "Đã xem bản chính"})
        [reached] = (await parcels.reached_agency(field.tx, [case])).values()
        receipt = {"received_at": reached.isoformat(), "due_on": TODAY.isoformat()}
        await self._desk(field.mai, case, "issue_receipt", receipt)
        visit, parcel = await self._a_result(case)
        self.named |= {"invitation": uuid7(), "forwarded": case}
        await self._phone(case, "invite", {"invitation_id": str(self.named["invitation"]), "how": "card"})
        await self._phone(case, "fail_visit", {"visit_id": visit, "reason": "H15"})
        await self._back_at_the_post(case, parcel)
        await self._desk(field.ut, case, "keep_at_post", {})
        await self._desk(field.ut, case, "invite", {"invitation_id": str(uuid7()), "how": "call"})
        house = {"address": "Ấp 5", "hamlet": "Mỹ Thạnh", "access": "ferry"}
        await self._desk(field.ut, case, "forward_result", {"post": str(await another_post(field))}, personal=house)
        await self._is(case, "forwarded")

    async def _checked(self) -> UUID:
        case = await self._at_the_agency()
        await self._desk(self.field.mai, case, "cross_check", {"result": "passed", "items": []})
        return case

    async def a_refused_result_goes_back_to_the_agency(self) -> None:
        case = await self._checked()
        visit, parcel = await self._a_result(case)
        await self._phone(case, "fail_visit", {"visit_id": visit, "reason": "H13"})
        await self._back_at_the_post(case, parcel)
        await self._desk(self.field.ut, case, "return_result", {})
        await self._is(case, "returned_to_agency")

    async def a_wrong_result_is_corrected(self) -> None:
        """Opened at the door and sealed anew; the post sends it back, and a right one takes its place."""
        field, case = self.field, await self._checked()
        visit, parcel = await self._a_result(case)
        it = {"visit_id": visit, "parcel_id": parcel}
        await self._phone(case, "open_result", it | {"recipient_class": "owner"})
        await self._phone(case, "reseal", it | {"seal_number": "NP-0002"})
        await self._phone(case, "fail_visit", {"visit_id": visit, "reason": "H18"})
        await self._back_at_the_post(case, parcel)
        await self._desk(
            field.ut,
            case,
            "send_back_for_correction",
            {"field": "owner_name"},
            personal={"note": "Huê, không phải Huệ"},
        )
        await self._is(case, "back_for_correction")
        right = {"paper_id": str(uuid7()), "parcel_id": str(uuid7()), "component": "ket_qua"}
        await self._desk(field.mai, case, "release_result", right)
        await self._is(case, "result_ready")

    async def a_phone_is_dead_and_paper_speaks(self) -> None:
        """Lan wrote it down; Út types it in, twice, and Hùng lets one of the two stand."""
        field = self.field
        field.at += timedelta(hours=3)  # later than all that phones brought so far
        case, visit, [charge] = await field.booked(5_000, window="17:00-18:00")
        first, _ = await fees.give_slip_block(field.tx, field.lan, 20)
        failed = ("fail_visit", {"reason": "V01"})
        told = line(
            field,
            visit,
            ("record_arrival", {}),
            ("check_identity", met(visit)),
            ("collect", paid(visit, first, (charge, 5_000))),
            failed,
        )
        double = line(field, visit, ("record_arrival", {}), failed)
        said = {"parts": {"3": {"evidence": {"met_whom": "bà Bảy"}}}}
        await self._desk(field.ut, case, "rekey", told, personal=said)
        await self._desk(field.ut, case, "rekey", double)
        await self._desk(field.hung, case, "confirm_rekeyed", {"line_id": told["line_id"]})
        aside = {"line_id": double["line_id"], "reason": "double"}
        await self._desk(field.hung, case, "set_aside_rekeyed", aside)
        await self._is(case, "confirmed")
        self.named |= {"on_paper": case, "line": UUID(told["line_id"]), "paper_act": act_id(UUID(told["line_id"]), 3)}

    async def _who_is_new(self) -> Phone:
        """A courier of her own day, so that nobody else's cash is moved."""
        field = self.field
        person = self.named["new_courier"] = await self._somebody("Đặng Thị Sương", Role.COURIER, field.post)
        phone = await self._new_phone(person)
        shift = self.named["waiting_shift"] = uuid7()
        await self._phone(shift, "begin_shift", begun(field), phone=phone, subject="shift")
        return phone

    async def _new_phone(self, person: UUID) -> Phone:
        phone = await a_phone_of(self.field.tx, self.field.ring, person, self.field.post)
        phone.now = self.field.phone.now
        await self._was_enrolled(self.field, phone.device)
        return phone

    async def fees_are_not_paid_or_not_owed(self) -> None:
        """One for want of money, one of a poor household, one that was paid before it was exempt, one a mistake."""
        field, phone = self.field, await self._who_is_new()
        case, visit, charges = await field.booked(8_000, 9_000, 10_000, 11_000, courier=str(phone.person))
        at = {"visit_id": visit}
        await at_the_door(field, case, visit, phone=phone)
        late = {"charge_id": str(uuid7()), "line": "ban_sao", "amount": 2_000}
        await self._phone(case, "quote", at | {"charges": [late]}, phone=phone)
        unpaid, poor, afterwards, mistake = charges
        await self._phone(case, "record_unpaid", at | {"charge_ids": [unpaid], "reason": "no_money_now"}, phone=phone)
        relief = {"relief": "ho_ngheo"}
        await self._phone(case, "claim_relief", at | relief | {"charge_id": poor}, phone=phone)
        slip = await first_slip(field, phone)
        await self._phone(case, "collect", paid(visit, slip, (afterwards, 10_000)), phone=phone)
        approver = await self._somebody("Lý Văn Chín", Role.APPROVER, field.agency)
        for charge in (poor, afterwards):
            await self._desk(approver, case, "exempt", relief | {"charge_id": charge})
        await self._desk(field.mai, case, "void_charge", {"charge_id": mistake, "reason": "mistake"})
        await self._phone(case, "fail_visit", at | {"reason": "V01"}, phone=phone)
        self.named |= {"relieved": case, "unpaid": UUID(unpaid), "exempted": UUID(poor)}

    async def a_day_waits_for_a_silent_phone(self) -> None:
        """Counted on a spare phone; what was awaited never came, and stands under a name. The day after is plain."""
        field, shift = self.field, self.named["waiting_shift"]
        spare = self.named["spare"] = await self._new_phone(self.named["new_courier"])
        more: Body = {"subject": "shift"}
        counted = {"counted": 331_000, "awaited": 21_000}
        await self._phone(shift, "close_shift_provisionally", counted, phone=spare, **more)
        await self._desk(field.hung, shift, "record_variance", {"amount": 21_000, "reason": "phone_lost"}, **more)
        assert await settling.settle(field.tx, field.ring, field.at) == 0
        await self._desk(field.ut, shift, "countersign_close", {}, **more)
        assert await settling.settle(field.tx, field.ring, field.at) == 1
        next_day = uuid7()
        spare.now += timedelta(days=1)
        begins = begun(field) | {"day": "2026-11-26"}
        await self._phone(next_day, "begin_shift", begins, phone=spare, **more)
        await self._phone(next_day, "close_shift", {"counted": 300_000}, phone=spare, **more)
        await self._desk(field.ut, next_day, "countersign_close", {}, **more)

    async def a_spare_phone_is_lent(self) -> None:
        await lent(self.field, self.named["spare"].device, self.field.at)

    async def a_phone_is_taken_back(self) -> None:
        """And with it what it was lent as; before that a code for a longer lease was read out for it."""
        field = self.field
        posts, spare = [Post(Role.HEAD_OF_POST, field.post)], self.named["spare"].device
        await lengthening.read_out(
            field.tx,
            field.ring,
            spare,
            act=uuid7(),
            challenge="4821",
            day=local_date(field.at),
            posts=posts,
            by=field.hung,
            at=field.at,
            record=self._record,
        )
        await enrolment.revoke_device(field.tx, spare, posts=posts, by=field.hung, at=field.at, record=self._record)

    async def _record(self, tx: Transaction, act: DeviceAct) -> None:
        await desk.record(tx, self.field.ring, act)
