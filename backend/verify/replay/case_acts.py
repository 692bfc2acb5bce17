"""What acts on a case, its registration, appointment, visit plan and dossier mean."""

import unicodedata
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from backend.verify.replay import dossier_acts, duty_acts
from backend.verify.replay.deed import Deed
from backend.verify.replay.money_acts import charge_falls_due, is_named
from backend.verify.replay.world import ANYTHING, Missing, OneOf, Row, World, local_day

PERSONAL = ("owner_name", "owner_folded", "owner_number", "phone", "address", "hamlet", "landmark", "access")
GIVEN_UP = "cancelled"
"""How a visit ended for a case that left it before the courier came."""
SAME_PROMISE = ("unit_id", "courier", "day", "time_window")
"""What all cases of a household are told of their visit."""


def register(world: World, deed: Deed) -> None:
    case, born = deed.subject, _new_case(world, deed)
    world.put("cases", born | _personal(deed.personal))
    duty_acts.contact(world, deed)
    for relation in ("supporting", "handling", "competent"):
        unit = born[f"{relation}_unit"]
        world.put("case_units", {"case_id": case, "unit_id": unit, "relation": relation})
    code = deed.body.get("dossier_code") or None
    # A phone's is not refused where another case has the code: then it is that one's until a person merges the two.
    live = OneOf(True, False) if deed.by_courier and code is not None else True
    world.put("dossiers", dossier_acts.mirror(case) | {"code": code, "live": live})
    world.put(
        "registrations",
        {
            "case_id": case,
            "registration_id": deed.uuid("registration_id"),
            "channel": deed.body["channel"],
            "unit_id": deed.uuid("registered_at_unit"),
            "registered_at": deed.registered_at,
            "forwarded_to": None,
            "forwarded_at": None,
            "acknowledged_at": None,
        },
    )


def _recipient_class(world: World, deed: Deed) -> object:
    """Of the catalogue of that day. What came into it afterwards may not have been known then."""
    on = local_day(deed.registered_at)
    for version in world.recipient_classes.get(deed.body["procedure"], ()):
        if (version["since"] or on) <= on and (version["until"] is None or on < version["until"]):
            said = version["recipients"]
            return said if version["recorded_at"] <= deed.received_at else OneOf(said, None)
    return None


def _new_case(world: World, deed: Deed) -> Row:
    return {
        "case_id": deed.subject,
        "state": "none",
        "procedure": deed.body["procedure"],
        "channel": deed.body["channel"],
        "regime_on": local_day(deed.registered_at),
        "supporting_unit": deed.uuid("supporting_unit"),
        "handling_unit": deed.uuid("handling_unit"),
        "competent_unit": deed.uuid("competent_unit"),
        "visit_commune": deed.body.get("visit_commune"),
        "model": deed.body.get("model") or ("combined" if deed.body.get("dossier_code") else "home"),
        "assisted": False,
        "agency_confirmed": False,
        "check_result": "none",
        "checked_by": None,
        "recipient_class": _recipient_class(world, deed),
        "born_of": deed.made_by,
        "opened_at": deed.occurred_at,
        "closed_at": None,
        "erased_at": None,
        "merged_into": None,
        "return_cause": "none",
        "withdrawal_asked": False,
        "result_way": "home",
        "result_from": None,
    }


def _personal(sealed: bytes | None) -> Row:
    """The applicant, where the personal part could be opened."""
    if sealed is None:
        return dict.fromkeys(PERSONAL, ANYTHING)
    told: Mapping[str, Any] = msgspec.json.decode(sealed)
    row: Row = {name: told.get(name) for name in PERSONAL}
    return row | {"owner_folded": folded(told["owner_name"])}


def folded(text: str) -> str:
    """Without tone marks, đ as d, lower case, single spaces."""
    letters = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join(letters.translate(str.maketrans("đĐðÐ", "dddd")).casefold().split())


def forward(world: World, deed: Deed) -> None:
    row = world.get("registrations", deed.subject, deed.uuid("registration_id"))
    world.put("registrations", row, forwarded_to=deed.uuid("to_unit"), forwarded_at=deed.occurred_at)


def acknowledge_forward(world: World, deed: Deed) -> None:
    row = world.get("registrations", deed.subject, deed.uuid("registration_id"))
    world.put("registrations", row, acknowledged_at=deed.occurred_at)


def confirm(world: World, deed: Deed) -> None:
    case = world.get("cases", deed.subject)
    world.put("cases", case, agency_confirmed=True, return_cause="none")
    dossier = dossier_acts.dossier(world, deed.subject)
    world.put("dossiers", dossier, code=deed.body.get("dossier_code") or dossier["code"])
    known, agency = world.of_case("charges", deed.subject), f"agency:{case['competent_unit']}"
    for due in deed.body.get("charges") or ():
        if world.find("charges", deed.subject, UUID(due["charge_id"])) is None and not is_named(known, due, agency):
            charge_falls_due(world, deed, due, agency)


def book(world: World, deed: Deed) -> None:
    body, case, visit = deed.body, deed.subject, deed.uuid("visit_id")
    # A visit that another case of the household has already stays as it is, and is the same promise.
    planned = _planned(deed)
    there = world.find("visits", visit) or planned
    if any(there[name] != planned[name] for name in SAME_PROMISE):
        raise Missing(f"visits {visit} of that unit, courier, day and window")
    world.put("visits", there)
    world.put("case_visits", new_case_visit(case, visit))
    carry(world, case, deed.uuid("courier"), visit, present=True)
    world.put(
        "appointments",
        {
            "case_id": case,
            "appointment_id": deed.uuid("appointment_id"),
            "visit_id": visit,
            "purpose": body["purpose"],
            "unit_id": deed.uuid("unit"),
            "day": deed.day("day"),
            "time_window": body["window"],
            "seat": body["seat"],
            "state": "none",
            "live": True,
            "calls": 0,
            "called_at": None,
            "call_outcome": None,
            "next_call_at": None,
        },
    )


def _planned(deed: Deed) -> Row:
    return {
        "visit_id": deed.uuid("visit_id"),
        "unit_id": deed.uuid("unit"),
        "courier": deed.uuid("courier"),
        "purpose": deed.body["purpose"],
        "place": deed.body.get("place", "home"),
        "day": deed.day("day"),
        "time_window": deed.body["window"],
        "state": "none",
        "outcome": None,
        "reason": None,
        "arrived_at": None,
        "ended_at": None,
        "unplanned": False,
    }


def new_case_visit(case: UUID, visit: UUID) -> Row:
    return {
        "case_id": case,
        "visit_id": visit,
        "identity_checked": False,
        "slip_signed": False,
        "changed_hands": False,
        "met": None,
        "met_party": None,
        "outcome": None,
        "missing": None,
    }


def carry(world: World, case: UUID, courier: UUID, visit: UUID, *, present: bool) -> None:
    """Into a courier's bundle, or out of it: then a tombstone stays."""
    world.put("bundle", {"person_id": courier, "case_id": case, "visit_id": visit, "present": present})


def move_appointment(world: World, deed: Deed) -> None:
    appointment = world.get("appointments", deed.subject, deed.uuid("appointment_id"))
    left = world.get("visits", appointment["visit_id"])
    promise = {"day": deed.day("day"), "time_window": deed.body["window"]}
    courier, goes_alone = deed.uuid("courier"), world.is_shared(left["visit_id"], deed.subject)
    visit = deed.uuid("visit_id") if goes_alone else left["visit_id"]
    carry(world, deed.subject, left["courier"], left["visit_id"], present=False)
    carry(world, deed.subject, courier, visit, present=True)
    if goes_alone:
        _leave_the_others(world, deed, left, visit)
        left = _planned_anew(left, visit, appointment["purpose"])
    world.put("visits", left, courier=courier, **promise)
    world.put("appointments", appointment, visit_id=visit, seat=deed.body["seat"], next_call_at=None, **promise)


def _leave_the_others(world: World, deed: Deed, left: Row, visit: UUID) -> None:
    """Their visit stays as it is."""
    if world.find("visits", visit) is not None:
        raise Missing(f"a new visit, other than {visit}")
    part = world.get("case_visits", deed.subject, left["visit_id"])
    world.put("case_visits", part, outcome=GIVEN_UP)
    world.put("case_visits", new_case_visit(deed.subject, visit))


def _planned_anew(left: Row, visit: UUID, purpose: str) -> Row:
    """At the place of the one that was left; nobody has come yet."""
    nothing_yet = dict.fromkeys(("outcome", "reason", "arrived_at", "ended_at"))
    return left | nothing_yet | {"visit_id": visit, "purpose": purpose, "state": "none", "unplanned": False}


def cancel_appointment(world: World, deed: Deed) -> None:
    _give_up(world, deed, world.get("appointments", deed.subject, deed.uuid("appointment_id")))


OVER = ("handed_over", "closed", "withdrawn", "cancelled", "merged")
"""States in which a case has come to its end."""


def over(world: World, deed: Deed) -> None:
    """Since when: the first act that brought it there counts, and whatever goes on is not over."""
    case = world.find("cases", deed.subject)
    if case is None:
        return
    since = (case["closed_at"] or deed.occurred_at) if case["state"] in OVER else None
    if since != case["closed_at"]:
        world.put("cases", case, closed_at=since)


def give_up_all(world: World, deed: Deed) -> None:
    """Every seat still promised is free again."""
    for appointment in world.of_case("appointments", deed.subject):
        if appointment["live"]:
            _give_up(world, deed, appointment)


def _give_up(world: World, deed: Deed, appointment: Row) -> None:
    """The visit takes place without this case, if at all."""
    case, visit = deed.subject, world.get("visits", appointment["visit_id"])["visit_id"]
    world.put("appointments", appointment, live=False)
    world.put("case_visits", world.find("case_visits", case, visit) or new_case_visit(case, visit), outcome=GIVEN_UP)
    leave_bundle(world, case, visit)


def leave_bundle(world: World, case: UUID, visit: UUID) -> None:
    carry(world, case, world.get("visits", visit)["courier"], visit, present=False)


def confirm_call(world: World, deed: Deed) -> None:
    appointment = world.get("appointments", deed.subject, deed.uuid("appointment_id"))
    said = {"calls": appointment["calls"] + 1}
    if appointment["called_at"] is None or appointment["called_at"] <= deed.occurred_at:
        again = deed.moment("next_try")
        said |= {"called_at": deed.occurred_at, "call_outcome": deed.body["outcome"], "next_call_at": again}
    world.put("appointments", appointment, **said)


def cross_check(world: World, deed: Deed) -> None:
    case = world.get("cases", deed.subject)
    world.put("cases", case, check_result=deed.body["result"], checked_by=deed.actor)


def waive(world: World, deed: Deed) -> None:
    world.put("cases", world.get("cases", deed.subject), check_result="waived")


def erase(world: World, deed: Deed) -> None:
    case = world.get("cases", deed.subject)
    world.put("cases", case | dict.fromkeys(PERSONAL), erased_at=deed.occurred_at)
    duty_acts.blank_contact(world, deed)


def clear_exception(world: World, deed: Deed) -> None:
    opened = world.get("exceptions", deed.subject, deed.uuid("exception_id"))
    if opened["cleared_at"] is not None:
        raise Missing(f"an open exception {opened['exception_id']}")
    world.put("exceptions", opened, cleared_at=deed.received_at, cleared_by=deed.actor)


def only_states(_world: World, _deed: Deed) -> None:
    """The rule table moves the states; nothing else changes."""
