"""What is sent to each route, and to a desk for each act: things that would be right from somebody who may."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from uuid import UUID

from backend.clock import local_date
from backend.dossiers.tokens import token
from backend.eforms.service import newest_forms
from backend.fees.references import reference
from backend.ids import uuid7
from backend.keys import Purpose
from backend.procedures.catalogue import named, written
from backend.procedures.seed import samples
from courier_api.files import BODY_TYPE
from courier_api.phone_app import BUILT
from tests.builders import TODAY, Field, a_paper
from tests.builders_acts import met, paid, signed
from tests.builders_app import wire
from tests.builders_dpop import base64url, make_key, public_jwk, sign
from tests.builders_money import code
from tests.house.crowd import Crowd, With

TUS = {"Tus-Resumable": "1.0.0"}


@dataclass
class Matter:
    """A case with a visit, a charge, and two acts on it that wait: for a person, and for a second person."""

    case: UUID
    visit: str
    charge: str
    reviewed: tuple[UUID, UUID]
    decided: tuple[UUID, UUID]
    """By whom, and the decision."""
    former: tuple[UUID, str]
    """Case and visit of the carrier whose role has ended."""
    upload: str = ""


@dataclass
class Sent:
    """One request. `standing`: whether the answer tells by the standing of an act, not by naming the case."""

    path: str
    more: Mapping[str, Any]
    standing: bool = False


def request(method: str, path: str, matter: Matter, field: Field, crowd: Crowd, who: With | None) -> Sent:
    """`who`: the phone that will send it."""
    filled = path.format(
        case_id=matter.case,
        visit=matter.visit,
        visit_id=matter.visit,
        upload_id=matter.upload,
        bag_id=uuid7(),
        incident_id=uuid7(),
        payment_id=uuid7(),
        slip_number=1,
        person_id=uuid7(),
        page_id=uuid7(),
        shown="nothing",
        token=_token(matter, field),
        file_path=_file_below(path),
        code="2.000635",
        request_id="DVC-20261125-000001",
        stage="cross_check",
        sha256=newest_forms() if "/forms/" in path else _catalogue(),
    )
    if method == "GET":
        return Sent(filled, {})
    bodies: dict[str, Mapping[str, Any]] = {
        "/demo/clock": {"json": {}},
        "/demo/bank/payments": {"json": {}},
        "/api/bank/notices": {"json": {}},
        "/api/portal/registrations": {"json": {}},
        "/api/courier/enrol": {"json": _enrolment()},
        "/api/courier/sign-in": {"json": {"account": "khong-co", "password": "sai"}},
        "/api/desk/sign-in": {"json": {"account": "khong-co", "password": "sai"}},
        "/desk/sign-in": {"data": {"account": "khong-co", "password": "sai"}},
        "/api/courier/refresh": {"json": {"refresh_token": "AAAA"}},
        "/api/courier/sync/last": {"content": b"sealed"},
        "/api/courier/files": {"headers": TUS | {"Upload-Length": "10"}},
        "/api/courier/files/{upload_id}": {
            "headers": TUS | {"Upload-Offset": "0", "Content-Type": BODY_TYPE, "X-HTTP-Method-Override": "PATCH"},
            **({"content": b"x"} if method in {"PATCH", "POST"} else {}),
        },
        "/desk/cases/{case_id}": {"data": {"act": str(uuid7()), "kind": "nothing", "base": "0"}},
        "/desk/review": {"data": {"act": str(uuid7()), "kind": "nothing", "base": "0"}},
        "/desk/calls/{case_id}": {"data": {"act": str(uuid7()), "kind": "nothing", "base": "0"}},
        "/desk/call-backs/{case_id}": {"data": {"act": str(uuid7()), "kind": "nothing", "base": "0"}},
        "/desk/tell/{case_id}": {"data": {"act": str(uuid7()), "kind": "nothing", "base": "0"}},
        "/desk/register": {"data": {"act": str(uuid7())}},
        "/api/desk/acts": {"json": {"id": "nothing"}},
        "/desk/scan": {"data": {"text": _token(matter, field)}},
        "/api/desk/scan": {"json": {"text": f"https://tannha.example/t/{_token(matter, field)}"}},
        "/desk/look-up": {"data": {"number": "A" * 9 + "C", "reason": "checking"}},
        "/t/{token}/pushes": {"json": _browser(field)},
        "/t/{token}/pushes/stop": {"data": {"which": "all"}},
        "/check": {"data": {"badge": "KHONG-CO", "code": "000000"}},
        "/desk/check": {"data": {"badge": "KHONG-CO", "code": "000000"}},
        "/desk/label-sets": {"data": {"act": str(uuid7()), "kind": "nothing", "base": "0"}},
        "/desk/shifts": {"data": {"act": str(uuid7()), "kind": "nothing", "base": "0"}},
        "/desk/day/run-sheet": {"data": {"courier": str(uuid7()), "day": "2026-11-25"}},
        "/desk/cases/{case_id}/paper/{visit}": {"data": {"act": str(uuid7()), "kind": "nothing", "base": "0"}},
        "/desk/portraits": {"data": {"act": str(uuid7()), "kind": "nothing", "base": "0"}},
        "/desk/skills": {"data": {"act": str(uuid7()), "kind": "nothing", "base": "0"}},
        "/desk/digitisation": {"data": {"act": str(uuid7()), "kind": "nothing", "base": "0"}},
        "/desk/bags": {"data": {"act": str(uuid7()), "kind": "open_bag", "base": "0"}},
        "/desk/incidents": {"data": {"act": str(uuid7()), "kind": "report_incident", "base": "0"}},
        "/desk/incidents/{incident_id}": {"data": {"act": str(uuid7()), "kind": "nothing", "base": "0"}},
        "/desk/bags/{bag_id}": {"data": {"act": str(uuid7()), "kind": "nothing", "base": "0"}},
        "/api/desk/enrolment-codes": {"json": {"person": str(field.lan), "unit": str(field.post)}},
        "/desk/enrolment-codes": {"data": {"who": f"{field.lan} {field.post}"}},
        "/api/desk/lending-codes": {"json": {"person": str(field.lan), "unit": str(field.post)}},
        "/desk/lending-codes": {"data": {"who": f"{field.lan} {field.post}"}},
        "/desk/lease-codes": {
            "data": {
                "act": str(uuid7()),
                "phone": str(field.phone.device),
                "challenge": "4821",
                "day": str(local_date(field.at)),
            }
        },
        "/api/courier/borrow": {
            "json": {"code": "48217093", "public_key": _enrolment()["public_key"], "proof": "AAAA"}
        },
    }
    if path == "/api/courier/sync/acts":
        return Sent(filled, {"json": {"acts": [_departure(matter, field, crowd, who)]}}, standing=True)
    return Sent(filled, bodies.get(path, {}))


@cache
def _catalogue() -> str:
    """Of this day."""
    return named(written(samples(), TODAY))


def _file_below(path: str) -> str:
    """One that is there."""
    if path.startswith("/courier/assets/"):
        return next(file.name for file in sorted((BUILT / "assets").iterdir()))
    return "sw.js" if path.startswith("/courier/") else "tannha.css"


def _token(matter: Matter, field: Field) -> str:
    return token(field.ring.current(Purpose.TRACKING, field.at), matter.case, 1)


def _departure(matter: Matter, field: Field, crowd: Crowd, who: With | None) -> dict[str, str | None]:
    """Whoever is going to be refused has numbered nothing."""
    maker = crowd.makers[who] if who in crowd.makers and who is not With.REVOKED else replace(field.phone)
    case, visit = matter.former if who is With.FORMER else (matter.case, matter.visit)
    return wire(maker.make(case, "depart", {"visit_id": visit}))


def _browser(field: Field) -> dict[str, Any]:
    """One that wants to be told: as good a point of the curve as any is our own."""
    point = base64url(field.ring.current(Purpose.VAPID, field.at).point())
    keys = {"p256dh": point, "auth": base64url(bytes(16))}
    return {"endpoint": "https://fcm.googleapis.com/fcm/send/nobody", "keys": keys, "server_key": point}


@cache
def _enrolment() -> Mapping[str, Any]:
    """By a code that nobody made."""
    key, code = make_key(), "TANNHA:ENROL:" + "A" * 26
    return {"code": code, "public_key": public_jwk(key), "proof": base64url(sign(key, code.encode()))}


def act(kind: str, matter: Matter, field: Field) -> dict[str, Any]:
    """A body that decodes and names what is there."""
    visit = matter.visit
    holder = {"kind": "unit", "id": str(field.post)}
    paper = a_paper()
    credit = {
        "credit_id": str(uuid7()),
        "account_id": str(uuid7()),
        "entry": "FT1",
        "amount": 8000,
        "credited_at": field.at.isoformat(),
    }
    return {
        "register": field.registration(),
        "forward": {"registration_id": str(uuid7()), "to_unit": str(field.post)},
        "acknowledge_forward": {"registration_id": str(uuid7())},
        "confirm": {},
        "report_mismatch": {"field": "owner_name"},
        "accept_withdrawal": {},
        "refuse_dossier": {"reason": "not_of_this_agency"},
        "merge": {"survivor": str(uuid7()), "reason": "same_matter"},
        "undo_merge": {"survivor": str(uuid7()), "reason": "another_matter"},
        "hand_back_papers": {"visit_id": visit, "paper_ids": [str(uuid7())]},
        "quote": {"visit_id": visit, "charges": [{"charge_id": str(uuid7()), "line": "le_phi", "amount": 8_000}]},
        "correct_registration": {},
        "change_recipient": {"proved_by": "card_seen"},
        "send_code": {},
        "change_contact": {"proved_by": "card_seen"},
        "change_address": {"proved_by": "card_seen"},
        "change_result_way": {"way": "post", "proved_by": "card_seen"},
        "confirm_call": {"appointment_id": str(uuid7()), "outcome": "agreed"},
        "log_call": {"direction": "out", "outcome": "no_answer"},
        "ask_guidance": {"question_id": str(uuid7())},
        "answer_guidance": {"question_id": str(uuid7())},
        "urge": {"urging_id": str(uuid7()), "unit": str(field.post), "answer_by": TODAY.isoformat()},
        "answer_urging": {"urging_id": str(uuid7())},
        "list_call_back": {
            "call_back_id": str(uuid7()),
            "visit_id": visit,
            "causes": ["random"],
            "courier": str(field.lan),
            "arranged_by": [],
        },
        "rekey": {
            "line_id": str(uuid7()),
            "visit_id": visit,
            "courier": str(field.lan),
            "picture": "a" * 64,
            "acts": [{"kind": "record_arrival", "at": field.at.isoformat(), "body": {"visit_id": visit}}],
        },
        "confirm_rekeyed": {"line_id": str(uuid7())},
        "set_aside_rekeyed": {"line_id": str(uuid7()), "reason": "double"},
        "record_call_back": {"call_back_id": str(uuid7()), "answer": "agrees"},
        "book": replace(field).booking(),
        "move_appointment": {
            "appointment_id": str(uuid7()),
            "courier": str(field.lan),
            "day": TODAY.isoformat(),
            "window": "08:00-09:00",
            "seat": 9,
        },
        "cancel_appointment": {"appointment_id": str(uuid7()), "reason": "citizen_asked"},
        "depart": {"visit_id": visit},
        "record_arrival": {"visit_id": visit},
        "check_identity": met(visit),
        "see_original": {"visit_id": visit, "paper_id": paper["id"], "component": "giay_to_tuy_than"},
        "take_papers": {"visit_id": visit, "papers": [paper]},
        "photograph": {
            "visit_id": visit,
            "page_id": str(uuid7()),
            "paper_id": paper["id"],
            "component": "to_khai",
            "page_number": 1,
            "file": {"sha256": "a" * 64, "bytes": 10, "media_type": "image/webp"},
        },
        "sign": signed(visit),
        "record_unpaid": {"visit_id": visit, "charge_ids": [str(matter.charge)], "reason": "no_money_now"},
        "claim_relief": {"visit_id": visit, "charge_id": str(matter.charge), "relief": "ho_ngheo"},
        "exempt": {"charge_id": str(matter.charge), "relief": "ho_ngheo"},
        "void_charge": {"charge_id": str(matter.charge), "reason": "mistake"},
        "void_signature": {"visit_id": visit, "signature_id": str(uuid7()), "reason": "changed"},
        "read_back": {"visit_id": visit, "document": "to_khai", "form_version": "1", "content_sha256": "a" * 64},
        "show_notice": {"notice": "data_processing", "version": "1", "text_sha256": "a" * 64, "how": "read"},
        "record_consent": {
            "extra": "zalo_messages",
            "given": True,
            "version": "1",
            "text_sha256": "a" * 64,
            "answered_as": "owner",
        },
        "withdraw_consent": {"extra": "zalo_messages"},
        "record_mandate": {
            "mandate_id": str(uuid7()),
            "party_id": str(uuid7()),
            "authority": "mandate",
            "from_day": TODAY.isoformat(),
        },
        "revoke_mandate": {"mandate_id": str(uuid7()), "reason": "owner_asked"},
        "collect": paid(visit, 1, (matter.charge, 8000)),
        "seal": {
            "visit_id": visit,
            "parcel_id": str(uuid7()),
            "label": "0" * 20,
            "seal_number": "NP1",
            "paper_ids": [paper["id"]],
        },
        "finish_visit": {"visit_id": visit, "outcome": "done"},
        "fail_visit": {"visit_id": visit, "reason": "V01"},
        "record_not_gone": {"visit_id": visit},
        "send_anyway": {"visit_id": visit, "missing": ["to_khai"]},
        "defer_photograph": {"visit_id": visit, "paper_ids": [paper["id"]], "reason": "rain"},
        "open_result": {"visit_id": visit, "parcel_id": str(uuid7()), "recipient_class": "owner"},
        "reseal": {"visit_id": visit, "parcel_id": str(uuid7()), "seal_number": "NP2"},
        "invite": {"invitation_id": str(uuid7()), "how": "card"},
        "keep_at_post": {},
        "forward_result": {"post": str(field.post)},
        "return_result": {},
        "send_back_for_correction": {"field": "owner_name"},
        "hand_over_result": {
            "visit_id": visit,
            "paper_ids": [paper["id"]],
            "recipient_class": "owner",
            "relationship": "self",
            "means": "card_seen",
        },
        "offer": {"offer_id": str(uuid7()), "parcel_ids": [], "paper_ids": [], "to": holder},
        "receive": {
            "offer_id": str(uuid7()),
            "parcel_ids": [],
            "paper_ids": [],
            "giver": holder,
            "receiver": holder,
        },
        "open_seal": {"parcel_id": str(uuid7()), "counted": 1},
        "open_on_record": {
            "parcel_id": str(uuid7()),
            "second": str(field.ut),
            "counted": 1,
            "seal_number": "NP9",
            "reason": "wet",
        },
        "record_loss": {"incident_id": str(uuid7()), "paper_ids": [str(uuid7())]},
        "record_found": {"incident_id": str(uuid7()), "paper_ids": [str(uuid7())], "unit": str(field.post)},
        "report_incident": {"cause": "dog", "unit": str(field.post)},
        "add_to_incident": {},
        "take_on_incident": {},
        "end_incident": {"ending": "no_damage"},
        "reopen_incident": {"reason": "not_over"},
        "cross_check": {"result": "passed"},
        "waive": {"reason": "seen"},
        "release_result": {"paper_id": str(uuid7()), "parcel_id": str(uuid7()), "component": "ket_qua"},
        "issue_receipt": {"received_at": "2026-11-25T01:58:00Z", "due_on": "2026-11-30"},
        "report_portal_status": {"status": 2, "source": "portal"},
        "withdraw": {},
        "cancel": {"reason": "citizen_asked"},
        "erase": {"reason": "asked"},
        "clear_exception": {"exception_id": str(uuid7()), "reason": "seen"},
        "resolve_review": {
            "made_by": str(matter.reviewed[0]),
            "act_id": str(matter.reviewed[1]),
            "resolution": "set_aside",
            "reason": "wrong_case",
        },
        "countersign_review": {"made_by": str(matter.decided[0]), "act_id": str(matter.decided[1])},
        "open_duty": {"duty_id": str(uuid7()), "template": "supplement"},
        "record_told": {"duty_id": str(uuid7()), "how": "call"},
        "drop_duty": {"duty_id": str(uuid7()), "reason": "overtaken"},
        "begin_shift": {"unit": str(field.post), "day": TODAY.isoformat(), "float_amount": 0},
        "accept_jobs": {"jobs": []},
        "remit": {"amount": 1000, "unit": str(field.post)},
        "close_shift": {"counted": 0},
        "close_shift_provisionally": {"counted": 0, "awaited": 0},
        "countersign_close": {},
        "record_variance": {"amount": 1000, "reason": "phone_lost"},
        "settle_shift": {},
        "show_payment_code": code(visit, uuid7(), reference(1), (matter.charge, 8000)),
        "record_transfer_said": {"payment_id": str(uuid7())},
        "record_unmatched_credit": credit,
        "record_bank_credit": credit | {"payment_id": str(uuid7())},
        "match_bank_credit": {"credit_id": str(uuid7()), "payment_id": str(uuid7())},
        "lapse_payment": {"payment_id": str(uuid7())},
        "recount_charge": {"charge_id": str(uuid7()), "amount": 1000},
        "open_refund": {"refund_id": str(uuid7()), "amount": 1000, "cause": "overpaid"},
        "approve_refund": {"refund_id": str(uuid7())},
        "pay_refund": {"refund_id": str(uuid7()), "means": "cash"},
        "drop_refund": {"refund_id": str(uuid7()), "reason": "mistake"},
        "report_device_lost": {},
        "revoke_device": {},
        "relabel": {"parcel_id": str(uuid7()), "label": "0" * 20, "seal_number": "NP2"},
        "put_in_bag": {"bag_id": str(uuid7()), "parcel_id": str(uuid7())},
        "take_out_of_bag": {"bag_id": str(uuid7()), "parcel_id": str(uuid7())},
        "open_bag": {"tag": str(uuid7()), "unit": str(field.post), "to_unit": str(field.one_stop)},
        "close_bag": {"parcels": [], "seal_number": "T1"},
        "offer_bag": {"announced": 0},
        "receive_bag": {"unit": str(field.one_stop), "found": [], "missing": [], "seal_intact": True},
        "sign_bag_record": {"side": "giver", "found": 0, "announced": 0, "shown_sha256": "a" * 64},
        "settle_bag": {"reason": "found"},
        "print_label_sets": {"first": 99_000_000, "count": 1},
        "issue_label_sets": {"courier": str(field.lan), "numbers": [99_000_000]},
        "return_label_sets": {"numbers": [99_000_000]},
        "void_label_sets": {"numbers": [99_000_000], "reason": "torn"},
        "record_label_loss": {"numbers": [99_000_000], "reason": "not_found"},
    }[kind]
