"""Bodies of what is done at the door about people, papers and the visit itself."""

from backend.ids import uuid7
from tests.builders import MY_HIEP, a_paper
from tests.builders_acts import Body, met, page, party, signed
from tests.builders_forms import VERSION, filled_copy, hash_of
from tests.model.known import Making, Wanted

FAILS = ("V01", "V02", "V05", "V06", "V08", "V14", "V15", "V18", "H01", "H02", "H07", "H11", "H13", "H15", "H18", "H19")
CONTENTS = ("a" * 64, "b" * 64)
PLACES = (
    {"lat": 10.52, "lon": 105.84, "accuracy": 9.5, "age": 2},
    {"lat": 10.61, "lon": 105.84, "accuracy": 12, "age": 4},
)
PARTIES = ("owner", "owner", "filer", "representative", "authorised", "recipient")


class Visits(Making):
    """Each is named as its kind."""

    def register(self) -> Wanted:
        units = self.shared.units
        agency = self.often(0.9)
        body = {
            "registration_id": self.or_again(self.known.registrations),
            "channel": "post" if not self.at_desk else self.either("post", "one_stop", "hotline"),
            "procedure": self.either("2.000635", "2.000635", "1.004222"),
            "registered_at_unit": str(units["post"] if not self.at_desk else units["one_stop"]),
            "supporting_unit": str(units["one_stop"]),
            "handling_unit": str(units["post"]),
            "competent_unit": str(units["agency"] if agency else units["one_stop"]),
            "visit_commune": MY_HIEP,
            "dossier_code": self.either(None, None, "H20.12-261125-0301"),
        }
        name = "Nguyễn Thị Huệ" if self.often(0.7) else "Trần Thị Sáu"
        told: Body = {"owner_name": name, "phone": "0912 345 678", "address": "Ấp 1"}
        if self.often(0.4):
            mother = party("representative", "Lê Thị Mẹ", relation="parent")
            self.known.parties.append(mother["party_id"])
            told |= {"owner": {"born": self.either("1947", "2018-01-01", "1990-05-05")}, "parties": [mother]}
        if self.often(0.4):
            told |= {"place_mark": {"lat": 10.52, "lon": 105.84}}
        return Wanted(body, told)

    def depart(self) -> Wanted:
        return Wanted(self.at)

    def record_arrival(self) -> Wanted:
        body: Body = self.at
        if self.often(0.85 if self.at_desk else 0.15):
            visit = self.or_again(self.known.visits)
            unplanned: Body = {"unit": str(self.shared.units["post"]), "purpose": self.either("collect", "deliver")}
            if self.at_desk:
                unit = self.shared.offices_of(self.me)[0]
                place = "post_counter" if unit == self.shared.units["post"] else "one_stop"
                purpose = "deliver" if self.known.results else self.either("collect", "supplement", "return_papers")
                unplanned = {"unit": str(unit), "purpose": purpose, "place": place}
            body = {"visit_id": visit, "unplanned": unplanned}
        return Wanted(body, self._place())

    def _place(self) -> Body | None:
        return {"place": self.either(*PLACES)} if self.often(0.3) else None

    def check_identity(self) -> Wanted:
        means = self.either("card_seen", "card_seen", "card_seen", "vneid", "known_to_witness", "none")
        changes: Body = {"party": self.either(*PARTIES), "means": means}
        if self.known.parties and self.often(0.3):
            changes["party_id"] = self.one(self.known.parties, str(uuid7()))
        return Wanted(met(self.visit, **changes))

    def show_notice(self) -> Wanted:
        shown = {"version": "2026-01", "text_sha256": "e" * 64, "notice": "data_processing", "how": "read"}
        return Wanted(shown | ({} if self.at_desk else self.at))

    def record_consent(self) -> Wanted:
        extra = self.either("reuse_papers", "place_mark", "photo_of_person", "zalo_messages", "audio_read_back")
        body = {"extra": extra, "given": self.often(0.6), "version": "2026-01", "text_sha256": "e" * 64}
        who = self.either("owner", "owner", "representative")
        body |= {"answered_as": who, "child_agrees": self.either(None, None, True)}
        return Wanted(body | ({} if self.at_desk else self.at))

    def withdraw_consent(self) -> Wanted:
        return Wanted({"extra": self.one(self.known.told.get("consents", []), "zalo_messages")})

    def read_back(self) -> Wanted:
        """Of a form that tells nothing; or one that tells it, rightly, with another hash, or with something missing."""
        if self.often(0.5):
            content = self.either(*CONTENTS)
            self.known.contents.append(content)
            form = {"document": "to_khai", "form_version": "2026-01", "content_sha256": content}
            return Wanted(self.at | form)
        filled = filled_copy(so_ban_sao=self.either("2", "3", "3", "0"))
        content = hash_of(filled) if self.often(0.9) else "c" * 64
        self.known.contents.append(content)
        form = {"document": "to_khai", "form_version": VERSION, "content_sha256": content}
        return Wanted(self.at | form, {"filled": filled})

    def sign(self) -> Wanted:
        """A slip drawn on glass, or a declaration in ink with its page, its finger and its witnesses."""
        if self.often(0.6):
            document = self.either("slip", "slip", "hand_over", "consent")
            body = signed(self.visit, document, signature_id=self.or_again(self.known.signatures))
            return Wanted(body)
        content = self.one(self.known.contents, "c" * 64)
        mode = self.either("ink", "fingerprint", "drawn", "representative", "witnessed")
        body = signed(self.visit, "to_khai", signature_id=self.or_again(self.known.signatures), shown_sha256=content)
        body |= {"mode": mode, "form_version": "2026-01" if content in CONTENTS else VERSION}
        if self.known.pages and self.often():
            body["page_ids"] = [self.known.pages[-1]]
        if mode == "fingerprint" and self.often():
            body["finger"] = {"hand": "left"}
        personal = None
        if self.often(0.5):
            body["witnesses"] = [{"relation": self.either("neighbour", "heir"), "strokes_sha256": "f" * 64}]
            named = {"name": "Đỗ Thị Thu", "number": "087188001234", "born": self.either("1988", "2015")}
            personal = {"witnesses": [named]}
        return Wanted(body, personal)

    def void_signature(self) -> Wanted:
        signature = self.one(self.known.signatures, str(uuid7()))
        return Wanted(self.at | {"signature_id": signature, "reason": "recounted"})

    def see_original(self) -> Wanted:
        component = "giay_to_tuy_than" if self.often(0.95) else "cccd"
        body = self.at | {"paper_id": self.paper if self.often(0.2) else str(uuid7()), "component": component}
        if self.often(0.2):
            body["goes_with"] = str(self.other.case)
        return Wanted(body)

    def take_papers(self) -> Wanted:
        papers = [a_paper(component) for component in self.either(("to_khai",), ("to_khai", "cccd"))]
        if self.known.papers and self.often(0.1):
            papers.append(self.chance.choice(self.known.papers))
        self.known.papers += [paper for paper in papers if paper not in self.known.papers]
        return Wanted(self.at | {"papers": papers})

    def photograph(self) -> Wanted:
        paper = self.one(self.known.papers, a_paper())
        body = page(self.visit, paper, picture=self.either(b"a page", b"another page"))
        self.known.pages.append(body["page_id"])
        return Wanted(body)

    def defer_photograph(self) -> Wanted:
        return Wanted(
            self.at | {"paper_ids": self.some([one["id"] for one in self.known.papers], str(uuid7())), "reason": "rain"}
        )

    def send_anyway(self) -> Wanted:
        return Wanted(self.at | {"missing": self.either(["cccd"], ["cccd", "giay_khai_sinh"])})

    def finish_visit(self) -> Wanted:
        return Wanted(self.at | {"outcome": self.either("done", "done", "partly", "incomplete_sent")}, self._place())

    def fail_visit(self) -> Wanted:
        fails = [one for one in FAILS if one.startswith("H")] if self.known.results and self.often() else FAILS
        body = self.at | {"reason": self.either(*fails)}
        if self.often(0.4):
            body |= {"evidence": ["card_left", "gate_photo"]}
        return Wanted(body, self._place())

    def record_not_gone(self) -> Wanted:
        return Wanted(self.at | {"reason": self.either("V18", "V16", "V15")})

    def log_call(self) -> Wanted:
        body = {"direction": "out", "outcome": self.either("reached", "no_answer", "busy")}
        return Wanted(body | ({} if self.at_desk or self.often(0.5) else self.at), {"note": "Bà Sáu nghe máy"})

    def ask_guidance(self) -> Wanted:
        body = {"question_id": self.or_again(self.known.questions)}
        return Wanted(body | ({} if self.at_desk else self.at), {"question": "Có nhận bản sao không?"})

    def record_mandate(self) -> Wanted:
        brother = party("authorised", "Lê Văn Anh", relation="relative")
        known = self.known.parties and self.often(0.15)
        who = self.known.parties[-1] if known else brother["party_id"]
        self.known.parties += [] if known else [who]
        body = {
            "mandate_id": self.or_again(self.known.mandates),
            "party_id": who,
            "authority": self.either("mandate", "certified_mandate", "introduction"),
            "from_day": "2026-11-01",
            "last_day": self.either("2026-12-31", "2026-11-24", None),
        }
        return Wanted(body, None if known else {"parties": [brother]})

    def cross_check(self) -> Wanted:
        passed = self.often(0.55)
        items = [] if passed else [{"component": "to_khai", "result": "mismatch"}]
        return Wanted({"result": "passed" if passed else "not_passed", "items": items})

    def record_told(self) -> Wanted:
        duty = self.one(self.known.told.get("duties", []), str(uuid7()))
        return Wanted({"duty_id": duty, "how": self.either("call", "in_person"), "whom": "household"})

    def invite(self) -> Wanted:
        return Wanted({"invitation_id": str(uuid7()), "how": self.either("card", "call", "letter")})
