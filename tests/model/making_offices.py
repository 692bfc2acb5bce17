"""Bodies of what offices do about a case: what is agreed, confirmed, booked, merged, answered and given back."""

from datetime import datetime, timedelta, timezone

from backend.ids import uuid7
from tests.builders_acts import Body, party
from tests.model.known import Making, Wanted

VIETNAM = timezone(timedelta(hours=7))
WINDOWS = ("07:00-08:00", "08:00-09:00", "14:00-15:00", "16:00-17:00")
PURPOSES = ("collect", "collect", "supplement", "deliver", "deliver", "return_papers")


class Offices(Making):
    """Each is named as its kind."""

    def forward(self) -> Wanted:
        registration = self.one(self.known.registrations, str(uuid7()))
        return Wanted({"registration_id": registration, "to_unit": str(self.shared.units["post"])})

    def acknowledge_forward(self) -> Wanted:
        return Wanted({"registration_id": self.one(self.known.registrations, str(uuid7()))})

    def confirm(self) -> Wanted:
        charges: list[Body] = []
        if self.often(0.5):
            charge = str(uuid7())
            self.known.charges.append((charge, 8000))
            due_at = self.either("reception", "return")
            charges = [{"charge_id": charge, "line": "le_phi", "amount": 8000, "due_at": due_at}]
        code = self.either(None, None, "H20.12-261125-0301")
        return Wanted({"charges": charges, "dossier_code": code})

    def report_mismatch(self) -> Wanted:
        return Wanted({"field": "owner_name"})

    def correct_registration(self) -> Wanted:
        filer = party("filer", "Nguyễn Văn Con", relation="child")
        removes = [self.known.parties[-1]] if self.known.parties and self.often(0.2) else []
        self.known.parties.append(filer["party_id"])
        code = self.either(None, "H20.12-261125-0301", "H20.12-261125-0302")
        return Wanted({"dossier_code": code, "removes": removes}, {"parties": [filer]})

    def change_recipient(self) -> Wanted:
        named = party("recipient", "Nguyễn Văn Em", relation="sibling", shared_phone=True)
        self.known.parties.append(named["party_id"])
        return Wanted({"proved_by": self.either("card_seen", "vneid", None)}, {"parties": [named]})

    def send_code(self) -> Wanted:
        return Wanted({})

    def change_contact(self) -> Wanted:
        told = {"phone": self.either("0912 345 678", "0987 654 321"), "shared_phone": self.often(0.3)}
        proof = self.either("card_seen", "passport", "code", None)
        return Wanted({"proved_by": proof}, told if self.often(0.8) else {})

    def change_address(self) -> Wanted:
        house = {"hamlet": self.either("Ấp Mỹ Tây", "Ấp Mỹ Đông"), "landmark": "cạnh đình"}
        return Wanted({"proved_by": self.either("card_seen", "vneid", None)}, house if self.often(0.9) else {})

    def change_result_way(self) -> Wanted:
        way = self.either("home", "post", "one_stop")
        return Wanted({"way": way, "proved_by": self.either("card_seen", "card_seen", None)})

    def revoke_mandate(self) -> Wanted:
        mandates = self.listed("mandate", "in_force") or self.known.mandates
        return Wanted({"mandate_id": self.one(mandates, str(uuid7())), "reason": "owner_asked"})

    def merge(self) -> Wanted:
        survivor = str(self.other.case)
        self.known.merged_into.append(survivor)
        return Wanted({"reason": "same_matter", "survivor": survivor})

    def undo_merge(self) -> Wanted:
        return Wanted({"reason": "two_matters", "survivor": self.one(self.known.merged_into, str(uuid7()))})

    def withdraw(self) -> Wanted:
        return Wanted({})

    def accept_withdrawal(self) -> Wanted:
        return Wanted({})

    def refuse_dossier(self) -> Wanted:
        return Wanted({"reason": "not_of_this_agency"}, {"note": "Hồ sơ thuộc nơi khác."})

    def cancel(self) -> Wanted:
        return Wanted({"reason": self.either("citizen_asked", "citizen_asked", "no_reason")})

    def _seat(self) -> Body:
        couriers = list(self.shared.labels)
        return {
            "courier": str(self.chance.choice(couriers)),
            "day": self.day,
            "window": self.either(*WINDOWS),
            "seat": self.chance.randrange(30, 400),
            "agreed": self.often(0.7),
        }

    def book(self) -> Wanted:
        visit = str(uuid7()) if self.often(0.85) else self.one(self.other.visits, str(uuid7()))
        body = {
            "appointment_id": str(uuid7()),
            "visit_id": visit,
            "purpose": self.either(*PURPOSES),
            "unit": str(self.shared.units["post"]),
            "place": self.either("home", "home", "home", "post_counter"),
        }
        return Wanted(body | self._seat())

    def _appointment(self) -> str:
        return self.one(self.known.appointments, str(uuid7()))

    def move_appointment(self) -> Wanted:
        body: Body = {"appointment_id": self._appointment()} | self._seat()
        if self.often(0.4):
            body["visit_id"] = str(uuid7())
        return Wanted(body)

    def cancel_appointment(self) -> Wanted:
        return Wanted({"appointment_id": self._appointment(), "reason": "citizen_asked"})

    def confirm_call(self) -> Wanted:
        outcome = self.either("agreed", "agreed", "change_time", "no_answer", "papers_missing", "cancelled")
        return Wanted({"appointment_id": self._appointment(), "outcome": outcome})

    def answer_guidance(self) -> Wanted:
        return Wanted({"question_id": self.one(self.known.questions, str(uuid7()))}, {"answer": "Có nhận."})

    def urge(self) -> Wanted:
        unit = str(self.shared.units[self.either("post", "agency", "one_stop", "other_post")])
        body = {"urging_id": self.or_again(self.known.urgings), "unit": unit}
        day = self.either("2026-12-09", "2026-12-02", "2026-11-20")
        return Wanted(body | {"answer_by": day}, {"words": "Công dân chờ đã lâu"})

    def answer_urging(self) -> Wanted:
        return Wanted({"urging_id": self.one(self.known.urgings, str(uuid7()))}, {"answer": "Mai đi."})

    def waive(self) -> Wanted:
        return Wanted({"reason": "seen"}, {"note": "Đã xem bản chính"})

    def issue_receipt(self) -> Wanted:
        reached = self.one(self.known.told.get("reached", []), datetime(2026, 11, 25, 8, tzinfo=VIETNAM).isoformat())
        return Wanted({"received_at": reached, "due_on": self.day})

    def report_portal_status(self) -> Wanted:
        return Wanted({"status": self.either(2, 4, 5, 9, 10), "source": "portal"})

    def keep_at_post(self) -> Wanted:
        return Wanted({})

    def return_result(self) -> Wanted:
        return Wanted({})

    def forward_result(self) -> Wanted:
        house = {"address": "Ấp 5", "hamlet": "Mỹ Thạnh", "access": "ferry"}
        return Wanted({"post": str(self.shared.units[self.either("other_post", "other_post", "agency")])}, house)

    def send_back_for_correction(self) -> Wanted:
        return Wanted({"field": "owner_name"}, {"note": "Huê, không phải Huệ"})

    def erase(self) -> Wanted:
        return Wanted({"reason": "citizen_asked"})

    def drop_duty(self) -> Wanted:
        return Wanted({"duty_id": self.one(self.known.told.get("duties", []), str(uuid7())), "reason": "known"})

    def open_duty(self) -> Wanted:
        duty = str(uuid7())
        self.known.told.setdefault("duties", []).append(duty)
        return Wanted({"duty_id": duty, "template": "supplement", "about": str(uuid7())})

    def record_call_back(self) -> Wanted:
        call_back = self.one(self.known.told.get("call_backs", []), str(uuid7()))
        answer = self.either("agrees", "disagrees", "no_answer")
        return Wanted({"call_back_id": call_back, "answer": answer}, {"note": "Có ở nhà, không ai đến"})

    def clear_exception(self) -> Wanted:
        return Wanted(
            {"exception_id": self.one(self.known.told.get("exceptions", []), str(uuid7())), "reason": "looked_at"}
        )
