"""A small installation in which everything happened once: the ground that damage is planted in."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from backend.acts.envelope import Subject
from backend.acts.model import Source
from backend.blobs import BlobStore
from backend.database import Transaction
from backend.dossiers.parties import owner_id
from backend.ids import derived, uuid7
from backend.keys import KeyRing, Purpose
from backend.notices.codes import code_of
from backend.notices.telling import SYSTEM
from backend.staff import enrolment
from backend.staff.model import DeviceAct, Post, Role
from backend.sync import bank, call_backs, desk
from tests.builders import TODAY, Field, a_field, a_paper
from tests.builders_acts import (
    countersign,
    courier,
    decide,
    label_of,
    offered,
    paid,
    party,
    printed,
    received,
    sealed,
    took_papers,
    unit,
)
from tests.builders_bags import at_the_post, found, of_bag, opened, put_in, scanned, signing
from tests.builders_forms import VERSION, filled_copy, hash_of
from tests.builders_incidents import ended, of_incident, reported, reporting, touched
from tests.builders_money import a_household, an_order, came
from tests.builders_staff import a_person, hired
from tests.verify.scenes import Aside

PICTURE, OTHER_PICTURE, MASTER = b"anh to khai", b"anh chua gui", b"anh sach"


@dataclass
class Story:
    """What tests look for, by name, and the place as it was left."""

    place: Field
    named: dict[str, Any] = field(default_factory=dict[str, Any])

    def __getitem__(self, name: str) -> Any:
        return self.named[name]


class Teller:
    """Tells scene after scene, each in a transaction of its own."""

    def __init__(self, ground: Field, files: Path) -> None:
        self.field = ground
        self.files = files
        self.named: dict[str, Any] = {
            "device": ground.phone.device,
            "other_device": ground.tu_phone.device,
            "courier": ground.lan,
            "officer": ground.mai,
            "head": ground.hung,
            "dispatcher": ground.ut,
            "tu": ground.tu,
            "post": ground.post,
            "one_stop": ground.one_stop,
        }

    def scenes(self) -> list[Callable[[], Awaitable[None]]]:
        return [
            self.the_day_begins,
            self.two_cases_are_booked_for_one_visit,
            self.papers_are_taken,
            self.papers_are_handed_to_the_one_stop,
            self.the_result_is_brought,
            self.the_courier_came_after_the_visit_was_cancelled,
            self.a_visit_is_ended_from_the_cafe,
            self.parties_are_put_right,
            self.an_owner_moves,
            self.a_counter_sends_somebody_home,
            self.who_signs_and_who_may,
            self.an_applicant_is_erased,
            self.a_colleague_does_two_things_for_cases_that_are_not_hers,
            self.money_in_review_takes_two,
            self.an_exception_is_cleared,
            self.a_fee_is_paid_by_transfer,
            self.too_much_is_paid_and_goes_back,
            self.a_household_pays_at_once,
            self.the_agency_counts_less,
            self.money_comes_that_nobody_knows,
            self.a_bag_is_short,
            self.a_paper_is_lost_and_found,
            self.a_pouch_is_torn_and_paid_for,
            self.citizens_are_called_back,
            self.citizens_are_told,
            *Aside(self.field, self.named, was_enrolled).scenes(),
            self.some_things_wait,
            self.the_day_ends,
            self.a_phone_is_lost,
        ]

    async def _phone(self, case: UUID, kind: str, body: dict[str, Any], **more: Any) -> None:
        answer = await self.field.does(case, kind, body, **more)
        assert (answer.standing, answer.exceptions) == ("applied", []), (kind, answer)

    async def _desk(self, person: UUID, case: UUID, kind: str, body: dict[str, Any], **more: Any) -> None:
        answer = await self.field.at_desk(person, case, kind, body, **more)
        assert (answer.standing, answer.exceptions) == ("applied", []), (kind, answer)

    async def phones_were_enrolled(self) -> None:
        for phone in await self.field.tx.all("SELECT id FROM devices"):
            await was_enrolled(self.field, phone["id"])

    async def the_day_begins(self) -> None:
        shift = self.named["shift"] = uuid7()
        body = {"unit": str(self.field.post), "day": TODAY.isoformat(), "float_amount": 200000}
        await self._label_sets()
        await self._phone(shift, "begin_shift", body, subject="shift")
        await self._phone(shift, "accept_jobs", {"jobs": []}, subject="shift")

    async def _label_sets(self) -> None:
        """Five are printed, Lan gets four; one is spoilt, one lost, one found again."""
        post, numbers = self.field.post, [1, 2, 3, 4]
        for kind, body in (
            ("print_label_sets", {"first": 1, "count": 5}),
            ("issue_label_sets", {"courier": str(self.field.lan), "numbers": numbers}),
            ("void_label_sets", {"numbers": [3], "reason": "torn"}),
            ("record_label_loss", {"numbers": [4], "reason": "not_found"}),
            ("return_label_sets", {"numbers": [4]}),
        ):
            await self._desk(self.field.ut, post, kind, body, subject="unit")
        self.named["label"], self.named["other_label"] = [await label_of(self.field, number) for number in (1, 2)]

    async def two_cases_are_booked_for_one_visit(self) -> None:
        case, visit, charges = await self.field.booked(8000)
        neighbour, _ = await self.field.confirmed()
        await self._desk(self.field.ut, neighbour, "book", self.field.booking(visit_id=visit))
        self.named |= {"case": case, "visit": UUID(visit), "charge": UUID(charges[0]), "neighbour": neighbour}

    async def papers_are_taken(self) -> None:
        case, at = self.named["case"], {"visit_id": str(self.named["visit"])}
        paper, copy = a_paper(), a_paper("cccd", originals=0, copies=1)
        parcel = str(uuid7())
        self.named |= {"paper": UUID(paper["id"]), "parcel": UUID(parcel)}
        await self._phone(case, "depart", at)
        await self._phone(case, "record_arrival", at)
        await self._phone(case, "check_identity", {**at, "party": "owner", "means": "card_seen"})
        seen = {"paper_id": str(uuid7()), "component": "giay_to_tuy_than"}
        await self._phone(case, "see_original", {**at, **seen})
        await self._phone(case, "take_papers", {**at, "papers": [paper, copy]})
        await self._photographs(case, at, paper["id"])
        kept = {"extra": "place_mark", "given": True, "answered_as": "owner", "version": "2026-01"}
        here = {"place": {"lat": 10.5, "lon": 105.8, "accuracy": 9, "age": 2}}
        await self._phone(case, "record_consent", {**at, **kept, "text_sha256": "e" * 64}, personal=here)
        signed = {"signature_id": str(uuid7()), "document": "slip", "mode": "drawn", "shown_sha256": "a" * 64}
        await self._phone(case, "sign", {**at, **signed})
        await self._phone(case, "collect", {**at, **self._slip(8000, tendered=10000)})
        label = {"parcel_id": parcel, "label": self.named["label"], "seal_number": "S1"}
        await self._phone(case, "seal", {**at, **label, "paper_ids": [paper["id"], copy["id"]]})
        await self._phone(self.named["neighbour"], "fail_visit", {**at, "reason": "V01"})
        await self._phone(case, "finish_visit", {**at, "outcome": "done"})

    def _slip(self, total: int, *, tendered: int) -> dict[str, Any]:
        return {
            "slip_number": 1,
            "lines": [{"charge_id": str(self.named["charge"]), "amount": total}],
            "total": total,
            "means": "cash",
            "tendered": tendered,
            "change": tendered - total,
        }

    async def _photographs(self, case: UUID, at: dict[str, str], paper: str) -> None:
        """One page whose bytes are here and opened, and one that is only expected."""
        pages = [uuid7(), uuid7()]
        self.named |= {"page": pages[0], "expected_page": pages[1]}
        of = {"page_id": str(pages[1]), "paper_id": paper, "component": "to_khai", "page_number": 2}
        blurred = {"sha256": "b1" * 32, "bytes": 9, "media_type": "image/webp"}
        small = {"sha256": "b2" * 32, "sealed_sha256": "b3" * 32, "bytes": 5, "media_type": "image/webp"}
        await self._phone(case, "photograph", {**at, **of, "file": blurred, "preview": small})
        for number, (page, picture) in enumerate(zip(pages, (PICTURE, OTHER_PICTURE), strict=True), start=1):
            file = {
                "sha256": hashlib.sha256(picture).hexdigest(),
                "bytes": len(picture),
                "media_type": "image/webp",
            }
            body = {"page_id": str(page), "paper_id": paper, "component": "to_khai", "page_number": number}
            small = {"sha256": "a1" * 32, "sealed_sha256": "a2" * 32, "bytes": 9, "media_type": "image/webp"}
            preview = {"preview": small} if picture is OTHER_PICTURE else {}
            await self._phone(case, "photograph", {**at, **body, **preview, "file": file})
        store = BlobStore(self.files)
        sha256, master = store.put(PICTURE), store.put(MASTER)
        store.close()
        self.named |= {"file": sha256, "master": master}
        await self.field.tx.run(
            """INSERT INTO files (sha256, bytes, media_type, sealed, received_from, received_at, state, plain_sha256)
               VALUES ($sha256, $bytes, 'image/webp', false, $device, now(), 'clean', $sha256)""",
            sha256=sha256,
            bytes=len(PICTURE),
            device=self.field.phone.device,
        )
        await self.field.tx.run(
            """INSERT INTO masters (file_sha256, master_sha256, bytes, width, height, made_at)
               VALUES ($sha256, $master, $bytes, 10, 10, now())""",
            sha256=sha256,
            master=master,
            bytes=len(MASTER),
        )
        await self.field.tx.run("UPDATE pages SET state = 'clean' WHERE page_id = $page", page=pages[0])

    async def papers_are_handed_to_the_one_stop(self) -> None:
        case, mai = self.named["case"], self.field.mai
        things = {"offer_id": str(uuid7()), "parcel_ids": [str(self.named["parcel"])], "paper_ids": []}
        self.named["offer"] = UUID(str(things["offer_id"]))
        lan = {"kind": "courier", "id": str(self.field.lan)}
        one_stop = {"kind": "unit", "id": str(self.field.one_stop)}
        torn = {"parcel_id": str(self.named["parcel"]), "label": self.named["other_label"], "seal_number": "S2"}
        await self._phone(case, "relabel", torn)
        await self._phone(case, "offer", {**things, "to": one_stop})
        await self._desk(mai, case, "receive", {**things, "giver": lan, "receiver": one_stop})
        await self._desk(mai, case, "open_seal", {"parcel_id": str(self.named["parcel"]), "counted": 2})
        await self._desk(mai, case, "cross_check", {"result": "passed", "items": []})
        for status in (2, 4, 9):
            await self._desk(mai, case, "report_portal_status", {"status": status, "source": "portal"})

    async def the_result_is_brought(self) -> None:
        case, mai = self.named["case"], self.field.mai
        result, parcel = str(uuid7()), str(uuid7())
        self.named |= {"result": UUID(result), "result_parcel": UUID(parcel)}
        released = {"paper_id": result, "parcel_id": parcel, "component": "ket_qua"}
        await self._desk(mai, case, "release_result", released)
        things = {"offer_id": str(uuid7()), "parcel_ids": [parcel], "paper_ids": []}
        giver = {"kind": "unit", "id": str(self.field.agency)}
        lan = {"kind": "courier", "id": str(self.field.lan)}
        await self._desk(mai, case, "offer", {**things, "to": lan})
        await self._phone(case, "receive", {**things, "giver": giver, "receiver": lan})
        booking = self.field.booking("deliver", window="14:00-15:00")
        await self._desk(self.field.ut, case, "book", booking)
        at = {"visit_id": booking["visit_id"]}
        await self._phone(case, "depart", at)
        await self._phone(case, "record_arrival", at)
        await self._phone(case, "check_identity", {**at, "party": "owner", "means": "card_seen"})
        given = {"paper_ids": [result], "recipient_class": "owner", "relationship": "owner", "means": "card_seen"}
        await self._phone(case, "hand_over_result", {**at, **given})

    async def a_visit_is_ended_from_the_cafe(self) -> None:
        """Six kilometres from the house, after one call."""
        case = await self.field.registered(told={"place_mark": {"lat": 10.52, "lon": 105.84}})
        await self._desk(self.field.mai, case, "confirm", {})
        booking = self.field.booking()
        await self._desk(self.field.ut, case, "book", booking)
        at, cafe = {"visit_id": booking["visit_id"]}, {"lat": 10.574, "lon": 105.84, "accuracy": 9.5, "age": 2}
        await self._phone(case, "depart", at)
        await self._phone(case, "record_arrival", at, personal={"place": cafe})
        await self._phone(case, "log_call", at | {"direction": "out", "outcome": "no_answer"})
        lies = {"reason": "V01", "evidence": ["card_left", "gate_photo"]}
        await self._phone(case, "fail_visit", at | lies, personal={"place": cafe})
        self.named |= {"doubted": case, "cafe_visit": UUID(booking["visit_id"])}

    async def citizens_are_called_back(self) -> None:
        """Two days later Kim asks, and nobody is at the phone; then a supervisor, to whom they say that nobody came."""
        assert await call_backs.list_due(self.field.tx, self.field.ring, self.field.at + timedelta(days=2))
        # The scenes that come next are of the day before: when they are over, nobody has looked at them yet.
        await self.field.tx.run(
            """UPDATE call_back_draws
               SET looked_at = (SELECT max(graded_at) FROM presence) + interval '5 minutes 1 second'"""
        )
        case = self.named["doubted"]
        call_back = await self.field.tx.value("SELECT call_back_id FROM call_backs WHERE case_id = $case", case=case)
        asked = {"call_back_id": str(call_back)}
        await self._desk(self.field.kim, case, "record_call_back", asked | {"answer": "no_answer"})
        said = {"note": "Có ở nhà, không ai đến"}
        answer = await self.field.at_desk(
            self.named["supervisor"], case, "record_call_back", asked | {"answer": "disagrees"}, personal=said
        )
        assert list(answer.exceptions) == [], answer
        self.named |= {"call_back": call_back}

    async def the_courier_came_after_the_visit_was_cancelled(self) -> None:
        case, visit, _ = await self.field.booked()
        appointment = await self.field.tx.value(
            "SELECT appointment_id FROM appointments WHERE case_id = $case", case=case
        )
        cancelled = {"appointment_id": str(appointment), "reason": "citizen_asked"}
        await self._desk(self.field.ut, case, "cancel_appointment", cancelled)
        answer = await self.field.does(case, "record_arrival", {"visit_id": visit})
        assert answer.exceptions, answer
        self.named["late"] = case

    async def parties_are_put_right(self) -> None:
        """The owner's name was typed wrong, the filer is another one, and somebody else shall have the result."""
        son = party("filer", "Nguyễn Văn Con", relation="child", old_number="341234567")
        case = self.named["parties"] = await self.field.registered(told={"parties": [son], "owner": {"born": "1947"}})
        owner = party("owner", "Nguyễn Thị Huê", relation="owner", born="1947", party_id=str(owner_id(case)))
        company = party("authorised", "Công ty TNHH Lúa", kind="organisation", tax_code="0102595740")
        body = {"dossier_code": "H20.12-261125-0009", "removes": [son["party_id"]]}
        personal = {"parties": [owner, company | {"authority": "mandate", "authority_until": "2026-12-31"}]}
        await self._desk(self.field.mai, case, "correct_registration", body, personal=personal)
        named = {"parties": [party("recipient", "Nguyễn Văn Em", relation="sibling", shared_phone=True)]}
        await self._desk(self.field.mai, case, "change_recipient", {"proved_by": "card_seen"}, personal=named)
        self.named["filer"] = UUID(son["party_id"])

    async def an_owner_moves(self) -> None:
        """Twice reached otherwise, twice at another house; once where only the owner may have the result."""
        clerk, seen = self.field.ut, {"proved_by": "card_seen"}
        await hired(self.field.tx, clerk, self.field.post, Role.COUNTER_CLERK)
        wish = {"email": "sen@example.vn", "tell_by": "email"}
        for procedure in ("2.000635", "1.001022"):
            case = self.named["elsewhere"] = await self.field.registered(procedure=procedure, told=wish)
            for phone in ("0987 654 321", None):
                told = {} if phone is None else {"phone": phone, "shared_phone": True}
                await self._desk(clerk, case, "change_contact", seen, personal=told)
            for hamlet, commune in (("Ấp Mỹ Đông", "30113"), ("Ấp Mỹ Tây", None)):
                body = seen if commune is None else seen | {"visit_commune": commune}
                await self._desk(clerk, case, "change_address", body, personal={"hamlet": hamlet})
            for way in ("post", "one_stop"):
                await self._desk(self.field.mai, case, "change_result_way", seen | {"way": way})
            await self._desk(clerk, case, "change_contact", seen, personal={"phone": "0912 345 678"})
            sent = uuid7()
            await self._desk(self.field.kim, case, "send_code", {}, act=sent)
            code = code_of(self.field.ring.current(Purpose.CARD, self.field.at), (self.field.kim, sent))
            by_code = {"proved_by": "code", "way": "home"}
            await self._desk(self.field.kim, case, "change_result_way", by_code, personal={"code": code}, base=99)

    async def a_counter_sends_somebody_home(self) -> None:
        """By the clerk of the scene before: the papers were not ready."""
        case, _ = await self.field.confirmed()
        at = {"visit_id": str(uuid7())}
        here = {"unit": str(self.field.post), "purpose": "collect", "place": "post_counter"}
        await self._desk(self.field.ut, case, "record_arrival", at | {"unplanned": here})
        await self._desk(self.field.ut, case, "fail_visit", at | {"reason": "V08"})
        self.named["counter_visit"] = UUID(at["visit_id"])

    async def who_signs_and_who_may(self) -> None:
        """A form read twice and signed twice; a slip of which the signature was void; a mandate taken back; a child."""
        mother = party("representative", "Lê Thị Mẹ", relation="parent")
        told = {"owner": {"born": "2018-01-01"}, "parties": [mother], "place_mark": {"lat": 10.52, "lon": 105.84}}
        case, booking = await self.field.registered(told=told), self.field.booking(window="15:00-16:00")
        self.named["signing"] = case
        await self._desk(self.field.ut, case, "book", booking)
        at = {"visit_id": booking["visit_id"]}
        await self._phone(case, "record_arrival", at)
        who = {"party": "representative", "party_id": mother["party_id"], "means": "known_to_witness"}
        await self._phone(case, "check_identity", {**at, **who})
        shown = {"version": "2026-01", "text_sha256": "e" * 64}
        await self._phone(case, "show_notice", {**at, **shown, "notice": "data_processing", "how": "read"})
        answer = {**at, **shown, "extra": "place_mark", "given": True, "answered_as": "representative"}
        await self._phone(case, "record_consent", {**answer, "child_agrees": True})
        await self._phone(case, "record_consent", {**answer, "extra": "zalo_messages", "given": False})
        await self._desk(self.field.kim, case, "withdraw_consent", {"extra": "place_mark"})
        await self._signed_in_ink(case, at)
        brother = party("authorised", "Lê Văn Anh", relation="relative")
        mandate = {"mandate_id": str(uuid7()), "party_id": brother["party_id"], "authority": "certified_mandate"}
        self.named["mandate"] = UUID(mandate["mandate_id"])
        day = {"from_day": "2026-11-01", "last_day": "2026-12-31"}
        await self._phone(case, "record_mandate", {**mandate, **day}, personal={"parties": [brother]})
        taken_back = {"mandate_id": mandate["mandate_id"], "reason": "owner_asked"}
        await self._desk(self.field.mai, case, "revoke_mandate", taken_back)
        await self._phone(case, "check_identity", {**at, "party": "authorised", "means": "vneid"})
        paper = a_paper()
        answer = await self.field.does(case, "take_papers", {**at, "papers": [paper]})
        assert answer.exceptions == ["visit:guard:authority_live"], answer
        answer = await self.field.does(case, "finish_visit", {**at, "outcome": "done"})
        assert answer.exceptions, answer
        things = {"offer_id": str(uuid7()), "parcel_ids": [], "paper_ids": [paper["id"]]}
        giver = {"kind": "courier", "id": str(self.field.lan)}
        one_stop = {"kind": "unit", "id": str(self.field.one_stop)}
        await self._desk(self.field.mai, case, "receive", {**things, "giver": giver, "receiver": one_stop})

    async def _signed_in_ink(self, case: UUID, at: dict[str, str]) -> None:
        """The first answer changed: its page is void. A drawn declaration is kept and counts for nothing."""
        page, content = str(uuid7()), ""
        picture = {"sha256": hashlib.sha256(b"to khai da ky").hexdigest(), "bytes": 13, "media_type": "image/webp"}
        file = {"paper_id": str(uuid7()), "component": "to_khai", "page_number": 1, "file": picture}
        await self._phone(case, "photograph", {**at, **file, "page_id": page})
        form = {"document": "to_khai", "form_version": VERSION}
        ink = {**at, **form, "mode": "fingerprint", "finger": {"hand": "left"}, "page_ids": [page]}
        witness = {"relation": "neighbour", "strokes_sha256": "f" * 64}
        named = {"witnesses": [{"name": "Đỗ Thị Thu", "number": "087188001234", "born": "1988"}]}
        for said in ({"filled": filled_copy()}, {"filled": filled_copy(nyc_ho_ten="Hue\u0323\u0302 An")}):
            content = hash_of(said["filled"])
            await self._phone(case, "read_back", {**at, **form, "content_sha256": content}, personal=said)
            signs = {**ink, "signature_id": str(uuid7()), "shown_sha256": content, "witnesses": [witness]}
            await self._phone(case, "sign", signs, personal=named)
        self.named["signed_in_ink"] = UUID(str(signs["signature_id"]))
        drawn = {**at, **form, "signature_id": str(uuid7()), "mode": "drawn", "shown_sha256": content}
        answer = await self.field.does(case, "sign", drawn)
        assert answer.exceptions == ["visit:guard:mode_accepted"], answer
        slip = {**at, "signature_id": str(uuid7()), "document": "slip", "mode": "drawn", "shown_sha256": "c" * 64}
        await self._phone(case, "sign", slip)
        await self._phone(case, "void_signature", {**at, "signature_id": slip["signature_id"], "reason": "recounted"})

    async def an_applicant_is_erased(self) -> None:
        mother = party("filer", "Lê Thị Mẹ", relation="parent", born="1961")
        case = self.named["erased"] = await self.field.registered(told={"parties": [mother]})
        await self._asked_and_answered(case)
        said = {"place": "Ấp 1", "note": "Nhà bà Sáu, chó dữ"}
        self.named["forgotten"] = incident = uuid7()
        body = reporting(self.field, "dog", touched(case))
        await of_incident(self.field, incident, "report_incident", body, by=self.field.ut, personal=said)
        await ended(self.field, incident)
        await self._desk(self.field.ut, case, "cancel", {"reason": "citizen_asked"})
        await self._desk(self.named["supervisor"], case, "erase", {"reason": "citizen_asked"})

    async def _asked_and_answered(self, case: UUID) -> None:
        """And the citizen was called."""
        question = uuid7()
        asks = {"question_id": str(question)}
        said = {"question": "Có nhận bản sao không?\r\nBà chỉ có bản sao."}
        await self._desk(self.field.ut, case, "ask_guidance", asks, personal=said)
        await self._desk(self.field.mai, case, "answer_guidance", asks, personal={"answer": " Có nhận. "})
        supervisor = self.named["supervisor"] = (await a_person(self.field.tx, "Ngô Thị Sáu")).id
        await hired(self.field.tx, supervisor, self.field.one_stop, Role.SUPERVISOR)
        urging = uuid7()
        answers = {"urging_id": str(urging)}
        urges = {**answers, "unit": str(self.field.post), "answer_by": TODAY.isoformat()}
        said = {"words": " Bà Sáu chờ đã lâu. "}
        await self._desk(supervisor, case, "urge", urges, personal=said)
        await self._desk(self.field.hung, case, "answer_urging", answers, personal={"answer": "Mai đi"})
        called = {"direction": "out", "outcome": "reached"}
        await self._desk(self.field.kim, case, "log_call", called, personal={"note": "Bà Sáu nghe máy"})
        self.named |= {"question": question, "urging": urging}

    async def a_colleague_does_two_things_for_cases_that_are_not_hers(self) -> None:
        """A person decides: one takes effect, one is set aside."""
        self.named["reviewed"] = case = (await self.field.booked())[0]
        phone = self.field.tu_phone
        visit = await self.field.tx.value("SELECT visit_id FROM case_visits WHERE case_id = $case", case=case)
        made = [phone.make(case, kind, {"visit_id": str(visit)}) for kind in ("depart", "record_arrival")]
        answers = await self.field.send(*made, carrier=phone)
        assert [answer.standing for answer in answers] == ["review", "behind"]
        await self._resolve(case, answers[0].id, "apply")
        answers = await self.field.send(*made, carrier=phone)
        self.named["set_aside"] = answers[1].id
        assert [answer.standing for answer in answers] == ["applied", "review"]
        await self._resolve(case, answers[1].id, "set_aside")

    async def _resolve(self, case: UUID, act: UUID | None, resolution: str) -> None:
        await decide(self.field, act, case, resolution, by=self.field.ut, made_by=self.field.tu_phone.device)

    async def money_in_review_takes_two(self) -> None:
        """A colleague collected: the later decision holds. Papers: once set aside, once waiting for a second person."""
        field, tu = self.field, self.field.tu_phone.device
        case, visit, [charge] = await field.booked(8000)
        collected = await self._in_review(case, "collect", paid(visit, 1001, (charge, 8000)))
        replaced = await decide(field, collected, case, "set_aside", by=field.ut, made_by=tu)
        decided = await decide(field, collected, case, "apply", made_by=tu)
        await countersign(field, decided, case, by=field.mai)
        papers = {"visit_id": visit, "papers": [a_paper()]}
        not_taken = await self._in_review(case, "take_papers", papers)
        await countersign(field, await decide(field, not_taken, case, "set_aside", made_by=tu), case)
        proposed = await self._in_review(case, "take_papers", papers)
        await decide(field, proposed, case, "apply", made_by=tu)
        self.named |= {"two_signed": case, "collected": collected, "replaced": replaced, "decided": decided}
        self.named |= {"not_taken": not_taken, "proposed": proposed}

    async def _in_review(self, case: UUID, kind: str, body: dict[str, Any]) -> UUID:
        """By a colleague whose case it is not."""
        phone = self.field.tu_phone
        [answer] = await self.field.send(phone.make(case, kind, body), carrier=phone)
        assert answer.standing == "review", answer
        assert answer.id is not None
        return answer.id

    async def an_exception_is_cleared(self) -> None:
        case, visit, _ = await self.field.booked()
        answer = await self.field.does(case, "finish_visit", {"visit_id": visit, "outcome": "done"})
        assert answer.exceptions, answer
        for row in await self.field.tx.all("SELECT exception_id FROM exceptions WHERE case_id = $case", case=case):
            body = {"exception_id": str(row["exception_id"]), "reason": "checked_with_courier"}
            await self._desk(self.field.ut, case, "clear_exception", body)
        self.named["cleared"] = case

    async def a_fee_is_paid_by_transfer(self) -> None:
        """The money is there before the phone has spoken."""
        order = await an_order(self.field, 20000)
        self.named |= {"paid_case": order.case, "payment": order.payment}
        booked = await came(self.field, "FT1", 20000, f"NAP {order.reference}")
        self.named["credit"] = booked.credit_id
        await order.show()
        await self._phone(order.case, "record_transfer_said", {"payment_id": str(order.payment)})
        assert await bank.place(self.field.tx, self.field.ring, self.field.at) == 1

    async def too_much_is_paid_and_goes_back(self) -> None:
        order = await an_order(self.field, 20000)
        self.named |= {"refunded_case": order.case, "refunded_payment": order.payment}
        await order.show()
        await came(self.field, "FT2", 5000, order.reference)
        await came(self.field, "FT3", 16000, order.reference)
        await came(self.field, "FT4", 3000, order.reference)
        rows = await self.field.tx.all("SELECT refund_id FROM refunds WHERE state = 'due' ORDER BY amount")
        approver = self.named["approver"] = (await a_person(self.field.tx, "Huỳnh Văn Bình")).id
        await hired(self.field.tx, approver, self.field.post, Role.APPROVER)
        small, large = ({"refund_id": str(row["refund_id"])} for row in rows)
        self.named["refund"] = UUID(small["refund_id"])
        await self._desk(approver, order.case, "approve_refund", small)
        await self._phone(order.case, "pay_refund", {**small, "means": "transfer"})
        await self._desk(approver, order.case, "drop_refund", {**large, "reason": "mistake"})
        again = {"refund_id": str(uuid7()), "amount": 3000, "cause": "overpaid", "payment_id": str(order.payment)}
        await self._desk(self.field.hung, order.case, "open_refund", again)

    async def a_household_pays_at_once(self) -> None:
        """One case is told of before the money comes and one after it; of another household one is never told of."""
        later = {"window": "18:00-19:00"}
        house = await a_household(self.field, 26_000, 46_000, **later)
        other = await a_household(self.field, 5_000, 6_000, **later)
        await house.orders[0].show()
        self.named["whole"] = (await came(self.field, "FT8", 73_000, house.reference)).credit_id
        await house.orders[1].show()
        self.named["household"] = house.orders[1].case
        assert await bank.place(self.field.tx, self.field.ring, self.field.at) == 1
        await other.orders[0].show()
        booked = await came(self.field, "FT10", 11_000, other.reference)
        alone = await an_order(self.field, 6_000, **later)
        await alone.show()
        rest = {"part_of": str(booked.credit_id), "amount": 6_000}
        body = {"credit_id": str(uuid7()), "payment_id": str(alone.payment), "rest": rest}
        await self._desk(self.field.hung, alone.case, "match_bank_credit", body)

    async def the_agency_counts_less(self) -> None:
        order = await an_order(self.field, 21_000)
        self.named["counted_case"] = order.case
        await order.show()
        await came(self.field, "FT7", 21_000, order.reference)
        [line] = order.shown["lines"]
        counted = {"charge_id": line["charge_id"], "amount": 18_000}
        await self._desk(self.field.mai, order.case, "recount_charge", counted)

    async def money_comes_that_nobody_knows(self) -> None:
        """Of two, one is matched and one is not."""
        order = await an_order(self.field, 9000)
        await order.show()
        booked = await came(self.field, "FT5", 9000, "NGUYEN THI HUE nop phi")
        self.named["unknown_credit"] = (await came(self.field, "FT6", 1000, "ung ho")).credit_id
        body = {"credit_id": str(booked.credit_id), "payment_id": str(order.payment)}
        await self._desk(self.field.hung, order.case, "match_bank_credit", body)
        late = await an_order(self.field, 7000)
        await late.show()
        assert await bank.lapse(self.field.tx, self.field.ring, self.field.at + timedelta(days=8)) == 1

    async def a_bag_is_short(self) -> None:
        """One parcel is taken out again, one is there, one is missing and stays so."""
        field = self.field
        one, other, lost = [await at_the_post(field) for _ in range(3)]
        bag = self.named["bag"] = await opened(field)
        for each in (one, other, lost):
            await put_in(field, bag, each)
        back = {"bag_id": str(bag), "parcel_id": other["parcel_id"]}
        await self._desk(field.ut, UUID(other["case_id"]), "take_out_of_bag", back)
        await of_bag(field, bag, "close_bag", {"parcels": [one, lost], "seal_number": "T-77"})
        await of_bag(field, bag, "offer_bag", {"announced": 2})
        await scanned(field, bag, one)
        await of_bag(field, bag, "receive_bag", found(field, one, missing=(lost,)), by=field.mai)
        await of_bag(field, bag, "sign_bag_record", signing("giver", 1, 2))
        await of_bag(field, bag, "sign_bag_record", signing("receiver", 1, 2), by=field.mai)
        await of_bag(field, bag, "settle_bag", {"reason": "incident"}, by=field.hung)
        self.named |= {"bagged": UUID(one["parcel_id"]), "missing": UUID(lost["case_id"])}

    async def a_paper_is_lost_and_found(self) -> None:
        """Two papers: one turns up, one stays lost; what was over is opened again."""
        field = self.field
        case, visit, _ = await field.booked()
        papers = await took_papers(field, case, visit, a_paper(), a_paper("cccd"))
        said = {"place": "Cầu Rạch Miễu", "note": " Rơi khi qua cầu.\r\nTrời mưa. "}
        incident = await reported(field, reporting(field, "lost", touched(case)), personal=said)
        named = {"incident_id": str(incident), "paper_ids": [paper["id"] for paper in papers]}
        await self._phone(case, "record_loss", named)
        await self._phone(case, "record_found", named | {"paper_ids": [papers[0]["id"]]})
        back = offered(unit(field.post), papers=[papers[0]["id"]])
        await self._phone(case, "offer", back)
        await self._desk(field.ut, case, "receive", received(back, courier(field.lan)))
        more = {"touches": [touched(case, "paper", papers[0]["id"])], "photographs": ["c" * 64]}
        await of_incident(field, incident, "add_to_incident", more, by=field.ut, personal={"note": "Đã tìm cả bờ."})
        await ended(field, incident, "replaced", helped_by=str(field.one_stop), paid_by="post")
        await of_incident(field, incident, "reopen_incident", {"reason": "citizen_disagrees"})
        self.named |= {"lost_case": case, "lost_paper": UUID(papers[1]["id"]), "incident": incident}

    async def a_pouch_is_torn_and_paid_for(self) -> None:
        """At the post, by its condition; two look into it and one paper is missing; what was paid is on record."""
        field = self.field
        case, visit, _ = await field.booked()
        [number] = await printed(field, to=field.lan)
        sealing = sealed(visit, await label_of(field, number), await took_papers(field, case, visit))
        await self._phone(case, "seal", sealing)
        offer = offered(unit(field.post), sealing["parcel_id"])
        await self._phone(case, "offer", offer)
        await self._desk(field.ut, case, "receive", received(offer, courier(field.lan)) | {"condition": "torn"})
        looked = {"parcel_id": sealing["parcel_id"], "second": str(field.ut), "counted": 0}
        await self._desk(field.hung, case, "open_on_record", looked | {"seal_number": "NP-0777", "reason": "torn"})
        rows = await field.tx.all("SELECT incident_id, cause FROM incidents ORDER BY reported_at, cause")
        by_cause = {row["cause"]: row["incident_id"] for row in rows}
        await ended(field, by_cause["torn"], "compensated", postage=26_000, compensation=130_000)
        self.named |= {"torn_case": case, "torn": by_cause["torn"], "miscounted": by_cause["short"]}

    async def citizens_are_told(self) -> None:
        """By people and by nobody any more; and one wanted e-mail."""
        field, case = self.field, uuid7()
        self.named["told"] = case
        wish = {"owner_name": "Lê Văn Tám", "email": "tam@example.vn", "tell_by": "email"}
        await self._desk(field.mai, case, "register", field.registration(), personal=wish)
        for number, kind in enumerate(("record_told", "drop_duty")):
            duty = str(uuid7())
            self.named[f"duty_{number}"] = UUID(duty)
            await desk.act(
                field.tx,
                field.ring,
                person=SYSTEM,
                id=uuid7(),
                subject=Subject("case", case),
                kind="open_duty",
                base=0,
                body={"duty_id": duty, "template": "supplement", "about": str(uuid7())},
                personal=None,
                at=field.at,
                source=Source.TIMER,
            )
            more = {"how": "call", "whom": "household"} if kind == "record_told" else {"reason": "known"}
            await self._desk(field.mai, case, kind, {"duty_id": duty, **more})
        await self._asked_and_answered(case)

    async def some_things_wait(self) -> None:
        """Something nobody understands, what stands behind it, and what came before its time."""
        case, visit, _ = await self.field.booked()
        self.named["waiting"] = case
        unknown = await self.field.does(case, "levitate", {"visit_id": visit})
        behind = await self.field.does(case, "depart", {"visit_id": visit})
        self.named |= {"unknown": unknown.id, "behind": behind.id}
        phone = self.field.tu_phone
        shift = {"unit": str(self.field.post), "day": TODAY.isoformat(), "float_amount": 0}
        phone.make(uuid7(), "begin_shift", shift, subject="shift")
        early = phone.make(uuid7(), "remit", {"amount": 1, "unit": str(self.field.post)}, subject="shift")
        [held] = await self.field.send(early, carrier=phone)
        assert [unknown.standing, behind.standing, held.standing] == ["review", "behind", "held"]
        self.named["held"] = held.id

    async def the_day_ends(self) -> None:
        shift = self.named["shift"]
        await self._phone(shift, "remit", {"amount": 100000, "unit": str(self.field.post)}, subject="shift")
        await self._phone(shift, "close_shift", {"counted": 113000}, subject="shift")

    async def a_phone_is_lost(self) -> None:
        """The last thing that happens: what waits in it is not waited for any more."""
        field = self.field
        self.named["lost_device"] = device = field.tu_phone.device
        posts = [Post(Role.HEAD_OF_POST, field.post)]

        async def record(tx: Transaction, act: DeviceAct) -> None:
            await desk.record(tx, field.ring, act)

        await enrolment.report_lost(field.tx, device, posts=posts, by=field.hung, at=field.at, record=record)


async def was_enrolled(field: Field, device: UUID) -> None:
    """The chain of a phone begins with its enrolment, by a head of the post."""
    phone = await field.tx.first("SELECT * FROM devices WHERE id = $device", device=device)
    assert phone is not None
    await hired(field.tx, phone["enrolled_by"], phone["unit_id"], Role.HEAD_OF_POST)
    told = DeviceAct(
        id=derived("enrol_device", str(phone["id"])),
        kind="enrol_device",
        device_id=phone["id"],
        actor=phone["enrolled_by"],
        occurred_at=phone["enrolled_at"],
        body={
            "unit": str(phone["unit_id"]),
            "person": str(phone["person_id"]),
            "thumbprint": phone["thumbprint"].hex(),
        },
    )
    await desk.record(field.tx, field.ring, told)


async def told(connection: Any, ring: KeyRing, files: Path) -> Story:
    """`connection`: under `tannha_service`, outside any transaction."""
    async with connection.transaction():
        teller = Teller(await a_field(Transaction(connection), ring), files)
        await teller.phones_were_enrolled()
    for scene in teller.scenes():
        async with connection.transaction():
            await scene()
    teller.named["neighbour_state"] = await teller.field.state(teller.named["neighbour"])
    return Story(teller.field, teller.named)
