"""The facts of the rule table, as far as they follow from the acts. By what does not, nothing is judged.

Unknown stays what the centre looked up elsewhere at that moment (who held which post, which seats were taken, what was
in review): those tables may have moved on since.
"""

from collections.abc import Callable
from uuid import UUID

from backend.acts import rules
from backend.verify.replay import bag_acts, incident_facts, second_person, skills, transfers
from backend.verify.replay.about import UNKNOWN, About, Value
from backend.verify.replay.ending_facts import OF_ENDINGS
from backend.verify.replay.money_acts import wants_money
from backend.verify.replay.people_facts import OF_PEOPLE
from backend.verify.replay.world import ANYTHING, Missing, local_day

ENDING = (
    "finish_visit",
    "fail_visit",
    "record_not_gone",
    "cancel_appointment",
    "cancel",
    "withdraw",
    "merge",
    "refuse_dossier",
)
"""Acts for which the other cases of the visit are looked at."""
UNITS = {"one_stop": "one_stop", "agency": "agency"}


def value(name: str, about: About) -> Value:
    """None: unknown."""
    try:
        return _FACTS[name](about) if name in _FACTS else UNKNOWN
    except (Missing, KeyError, ValueError, rules.UnknownWord):
        return UNKNOWN


def _live_appointment(about: About) -> Value:
    purpose = about.deed.body.get("purpose")
    this = about.deed.uuid("visit_id") if about.deed.body.get("visit_id") else None
    others = [row for row in about.own("appointments") if row["live"] and row["visit_id"] != this]
    return any(purpose in (None, row["purpose"]) for row in others)


def _unsealed(about: About) -> Value:
    return sum(paper["parcel_id"] is None for paper in (*about.with_actor(), *about.at_the_counter()))


def _visit_purpose(about: About) -> Value:
    visit = about.visit()
    return about.deed.body.get("purpose") or (visit["purpose"] if visit is not None else "collect")


def _open_duties(about: About) -> Value:
    unsettled = sum(wants_money(charge) for charge in about.own("charges"))
    on_the_road = sum(paper["holder_kind"] == "courier" for paper in about.own("papers"))
    owed_back = sum(refund["state"] in transfers.STILL_OWED for refund in about.own("refunds"))
    untold = sum(duty["state"] == "open" for duty in about.own("duties"))
    return unsettled + on_the_road + owed_back + untold + incident_facts.open_ones(about) + _exception_open(about)


def _exception_open(about: About) -> bool:
    return any(row["cleared_at"] is None for row in about.own("exceptions"))


def _carries_result(about: About) -> Value:
    loose, parcels = about.deed.uuids("paper_ids"), about.deed.uuids("parcel_ids")
    return any(
        paper["is_result"] and (paper["paper_id"] in loose or paper["parcel_id"] in parcels)
        for paper in about.own("papers")
    )


def _receiver(about: About) -> Value:
    unit = incident_facts.receiving_unit(about.deed)
    if unit is None:
        return "courier"
    kind = about.world.unit_kinds.get(unit)
    return UNITS.get(kind or "", "post")


def _parcels_unopened(about: About) -> Value:
    results = {paper["parcel_id"] for paper in about.own("papers") if paper["is_result"]}
    return sum(
        parcel["state"] in ("sealed", "offered", "bagged") and parcel["parcel_id"] not in results
        for parcel in about.own("parcels")
    )


def _identity_checked(about: About) -> Value:
    row = about.of_this_case()
    return row is not None and row["identity_checked"]


def _slip_signed(about: About) -> Value:
    row = about.of_this_case()
    if row is not None and row["slip_signed"] is ANYTHING:
        return UNKNOWN
    return row is None or row["slip_signed"] or not row["changed_hands"]


def _visit_shared(about: About) -> Value:
    if about.deed.kind not in ENDING:
        return UNKNOWN
    return any(row["outcome"] is None for row in about.others())


def _visit_outcome(about: About) -> Value:
    if about.deed.kind not in ENDING:
        return UNKNOWN
    own = about.deed.body.get("outcome", "failed")
    return own if {row["outcome"] for row in about.others()} <= {own, None} else "partly"


def _received_ahead(about: About) -> Value:
    if about.deed.kind == "offer_bag":
        return about.row is not None and about.row["received_at"] is not None
    if about.deed.kind == "put_in_bag":
        half = about.world.find("hand_overs", about.deed.subject, about.deed.uuid("bag_id"))
        return half is not None and half["received_at"] is not None
    if "offer_id" in about.deed.body:
        half = about.world.find("hand_overs", about.deed.subject, about.deed.uuid("offer_id"))
        if half is not None:
            return half["received_at"] is not None
    at_the_door = about.deed.by_courier and about.deed.kind in ("take_papers", "seal")
    return at_the_door and about.row is not None and about.row["holder_kind"] == "unit"


def _holder_is_actor(about: About) -> Value:
    """A unit's things are in the hands of who works there, at a desk; who did on that day may have changed since."""
    if about.row is None:
        return False
    if about.row["holder"] is ANYTHING:
        return UNKNOWN
    if about.row["holder_kind"] == "courier":
        return about.row["holder"] == about.deed.actor
    return False if about.deed.by_courier or about.row["holder_kind"] != "unit" else UNKNOWN


def _parcel_opened_for(about: About) -> Value:
    parcel = about.row.get("parcel_id") if about.row is not None else None
    if parcel is None or parcel in about.deed.uuids("parcel_ids"):
        return "none"
    return "this" if about.thing.key[1] in about.deed.uuids("paper_ids") else "another"


def _label_genuine(about: About) -> Value:
    """Where only cases are told, a set that is there now may have been printed later."""
    if about.world.labelled(about.deed.body["label"]) is None:
        return False
    return True if about.world.stock_told else UNKNOWN


def _label_on_parcel(about: About) -> Value:
    parcel = about.world.get("parcels", about.deed.subject, about.deed.uuid("parcel_id"))
    return about.row is not None and about.world.set_numbers.get(parcel["label"]) == about.row["number"]


def _cash_whole(about: About) -> Value:
    body = about.deed.body
    owed = {charge["charge_id"]: charge["amount"] for charge in about.own("charges")}
    lines = [(UUID(line["charge_id"]), line["amount"]) for line in body["lines"]]
    whole = sum(amount for _, amount in lines) == body["total"] == body["tendered"] - body["change"]
    return whole and all(owed.get(charge) == amount for charge, amount in lines)


def _slip_known(about: About) -> Value:
    """A number of a block that is the phone's now may have been given to it later."""
    of = about.deed.actor if about.deed.on_paper else about.deed.made_by
    blocks = about.world.slip_blocks.get(of, ())
    return UNKNOWN if any(first <= about.deed.body["slip_number"] <= last for first, last in blocks) else False


def _cash_explained(about: About) -> Value:
    """Of a count, what the courier held is the work of many subjects."""
    if about.deed.body.get("reason") is not None:
        return True
    if "counted" in about.deed.body or about.row is None:
        return UNKNOWN
    return about.row["difference"] == 0 or about.row["reason"] is not None


def _due_at_return(about: About) -> Value:
    return sum(charge["due_at"] == "return" and wants_money(charge) for charge in about.own("charges"))


def _reference_known(about: About) -> Value:
    """Which number it is, the acts do not say; who was never given any cannot have made it."""
    return UNKNOWN if about.world.reference_blocks.get(about.deed.made_by) else False


def _payee_fits(about: About) -> Value:
    payee, on = about.world.payees.get(about.deed.uuid("account_id")), local_day(about.deed.occurred_at)
    return payee is not None and (payee["since"] or on) <= on and (payee["until"] is None or on < payee["until"])


def _amount_fit(about: About) -> Value:
    does = transfers.coming(about.world, about.deed)
    return does.fit if does is not None else "exact"


def _approvals_missing(about: About) -> Value:
    if about.row is None:
        return 1
    return (1 if about.row["amount"] < transfers.MUCH else 2) - len(about.row["approved_by"])


def _refund_whole(about: About) -> Value:
    refund = about.world.find("refunds", about.deed.subject, about.deed.uuid("refund_id"))
    if refund is None or refund["payment_id"] is None:
        return False
    same = [row for row in about.own("refunds") if row["payment_id"] == refund["payment_id"]]
    received = about.world.get("payments", about.deed.subject, refund["payment_id"])["received"]
    return received - sum(row["paid"] for row in same) <= refund["amount"]


_FACTS: dict[str, Callable[[About], Value]] = {
    "forward_due": lambda about: about.deed.body["channel"] in ("hotline", "one_stop"),
    "exception_open": _exception_open,
    "on_the_spot": lambda about: about.deed.by_courier,
    "agency_confirmed": lambda about: about.case["agency_confirmed"],
    "live_appointment": _live_appointment,
    "courier_fits": skills.courier_fits,
    "papers_held": lambda about: sum(paper["holder_kind"] != "citizen" for paper in about.citizens_papers()),
    "papers_at_agency": lambda about: sum(paper["holder_kind"] == "unit" for paper in about.citizens_papers()),
    **OF_ENDINGS,
    "grounds_to_cancel": lambda about: about.deed.body.get("reason") in ("citizen_asked", "unreachable", "mistake"),
    "visit_purpose": _visit_purpose,
    "call_outcome": lambda about: about.deed.body["outcome"],
    "window_agreed": lambda about: about.deed.body.get("agreed", False),
    "open_duties": _open_duties,
    "failure_next": lambda about: rules.failure_next(about.deed.body["reason"]),
    "carries_result": _carries_result,
    "receiver": _receiver,
    "parcels_unopened": _parcels_unopened,
    "check_result": lambda about: about.deed.body["result"],
    "same_person": second_person.same_person,
    "call_back_answer": lambda about: about.deed.body["answer"],
    "reference_known": _reference_known,
    "payee_fits": _payee_fits,
    "amount_fit": _amount_fit,
    "approvals_missing": _approvals_missing,
    "refund_whole": _refund_whole,
    "portal_status": lambda about: about.deed.body["status"],
    "check_passed": lambda about: about.case["check_result"] == "passed",
    "check_waived": lambda about: about.case["check_result"] == "waived",
    "identity_checked": _identity_checked,
    "charges_due_at_return": _due_at_return,
    **OF_PEOPLE,
    "visit_shared": _visit_shared,
    "visit_outcome": _visit_outcome,
    "visit_papers_unsealed": _unsealed,
    "visit_ended": lambda about: about.world.has_ended(about.deed.subject, about.deed.uuid("visit_id")),
    "slip_signed": _slip_signed,
    "visit_papers_kept": lambda about: len(about.with_actor()) + len(about.at_the_counter()),
    "received_ahead": _received_ahead,
    "holder_is_actor": _holder_is_actor,
    **incident_facts.OF_INCIDENTS,
    "parcel_opened_for": _parcel_opened_for,
    "label_genuine": _label_genuine,
    "label_on_parcel": _label_on_parcel,
    "cash_whole": _cash_whole,
    "slip_known": _slip_known,
    "parcels_in_bag": lambda about: len(about.deed.body.get("parcels") or ()),
    "bag_result": lambda about: bag_acts.result(about.world, about.deed),
    "cash_explained": _cash_explained,
}
