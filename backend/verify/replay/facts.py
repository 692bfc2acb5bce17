"""The facts of the rule table, as far as they follow from the acts. By what does not, nothing is judged.

Unknown stays what the centre looked up elsewhere at that moment (who held which post, which seats were taken, what was
in review): those tables may have moved on since.
"""

from collections.abc import Callable
from uuid import UUID

from backend.acts import rules
from backend.verify.replay.case_acts import GIVEN_UP
from backend.verify.replay.deed import Deed
from backend.verify.replay.things import Thing
from backend.verify.replay.world import ANYTHING, Missing, Row, World

UNKNOWN = None
Value = bool | int | str | None
ENDING = ("finish_visit", "fail_visit", "cancel_appointment", "cancel", "withdraw")
"""Acts for which the other cases of the visit are looked at."""
UNITS = {"one_stop": "one_stop", "agency": "agency"}


class About:
    """One act, the rows before it, and the one thing judged."""

    def __init__(self, world: World, deed: Deed, thing: Thing) -> None:
        self.world = world
        self.deed = deed
        self.thing = thing
        self.row = world.find(thing.table, *thing.key)

    @property
    def case(self) -> Row:
        return self.world.get("cases", self.deed.subject)

    def own(self, table: str) -> list[Row]:
        return self.world.of_case(table, self.deed.subject)

    def citizens_papers(self) -> list[Row]:
        return [paper for paper in self.own("papers") if not paper["is_result"]]

    def with_actor(self) -> list[Row]:
        return [paper for paper in self.citizens_papers() if self._holds(paper)]

    def _holds(self, row: Row) -> bool:
        return (row["holder_kind"], row["holder"]) == ("courier", self.deed.actor)

    def visit(self) -> Row | None:
        if "visit_id" in self.deed.body:
            return self.world.find("visits", self.deed.uuid("visit_id"))
        if "appointment_id" in self.deed.body:
            appointment = self.world.find("appointments", self.deed.subject, self.deed.uuid("appointment_id"))
            return self.world.find("visits", appointment["visit_id"]) if appointment is not None else None
        return self.row if self.thing.table == "visits" else None

    def of_this_case(self) -> Row | None:
        if "visit_id" not in self.deed.body:
            return None
        return self.world.find("case_visits", self.deed.subject, self.deed.uuid("visit_id"))

    def others(self) -> list[Row]:
        """What the other cases need of the visit, without those that left it."""
        visit = self.visit()
        rows = self.world.of_visit(visit["visit_id"]) if visit is not None else ()
        return [row for row in rows if row["case_id"] != self.deed.subject and row["outcome"] != GIVEN_UP]


def value(name: str, about: About) -> Value:
    """None: unknown."""
    try:
        return _FACTS[name](about) if name in _FACTS else UNKNOWN
    except (Missing, KeyError, ValueError, rules.UnknownWord):
        return UNKNOWN


def _live_appointment(about: About) -> Value:
    purpose = about.deed.body.get("purpose")
    return any(row["live"] and purpose in (None, row["purpose"]) for row in about.own("appointments"))


def _visit_purpose(about: About) -> Value:
    visit = about.visit()
    return about.deed.body.get("purpose") or (visit["purpose"] if visit is not None else "collect")


def _open_duties(about: About) -> Value:
    unsettled = sum(charge["settled_by"] is None for charge in about.own("charges"))
    on_the_road = sum(paper["holder_kind"] == "courier" for paper in about.own("papers"))
    return unsettled + on_the_road + _exception_open(about)


def _exception_open(about: About) -> bool:
    return any(row["cleared_at"] is None for row in about.own("exceptions"))


def _carries_result(about: About) -> Value:
    loose, parcels = about.deed.uuids("paper_ids"), about.deed.uuids("parcel_ids")
    return any(
        paper["is_result"] and (paper["paper_id"] in loose or paper["parcel_id"] in parcels)
        for paper in about.own("papers")
    )


def _receiver(about: About) -> Value:
    said = about.deed.body["receiver"]
    if said["kind"] == "courier":
        return "courier"
    kind = about.world.unit_kinds.get(UUID(said["id"])) if said["kind"] == "unit" else None
    return UNITS.get(kind or "", "post")


def _parcels_unopened(about: About) -> Value:
    results = {paper["parcel_id"] for paper in about.own("papers") if paper["is_result"]}
    return sum(
        parcel["state"] in ("sealed", "offered", "bagged") and parcel["parcel_id"] not in results
        for parcel in about.own("parcels")
    )


def _recipient_fits(about: About) -> Value:
    order = ("owner", "registered", "household")
    return order.index(about.deed.body["recipient_class"]) <= order.index(about.case["recipient_class"])


def _identity_checked(about: About) -> Value:
    row = about.of_this_case()
    return row is not None and row["identity_checked"]


def _slip_signed(about: About) -> Value:
    row = about.of_this_case()
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
    if "offer_id" in about.deed.body:
        half = about.world.find("hand_overs", about.deed.subject, about.deed.uuid("offer_id"))
        if half is not None:
            return half["received_at"] is not None
    at_the_door = about.deed.kind in ("take_papers", "seal")
    return at_the_door and about.row is not None and about.row["holder_kind"] == "unit"


def _holder_is_actor(about: About) -> Value:
    """A unit's things are in the hands of who works there, at a desk; who did on that day may have changed since."""
    if about.row is None:
        return False
    if about.row["holder"] is ANYTHING:
        return UNKNOWN
    if about.row["holder_kind"] == "courier":
        return about.row["holder"] == about.deed.actor
    return False if about.deed.by_phone or about.row["holder_kind"] != "unit" else UNKNOWN


def _count_fits(about: About) -> Value:
    parcel = about.deed.uuid("parcel_id")
    return about.deed.body["counted"] == sum(paper["parcel_id"] == parcel for paper in about.own("papers"))


def _label_genuine(about: About) -> Value:
    """Where only cases are told, a set that is there now may have been printed later."""
    if about.world.labelled(about.deed.body["label"]) is None:
        return False
    return True if about.world.stock_told else UNKNOWN


def _label_on_parcel(about: About) -> Value:
    parcel = about.world.get("parcels", about.deed.subject, about.deed.uuid("parcel_id"))
    return about.row is not None and about.world.set_numbers.get(parcel["label"]) == about.row["number"]


def _word_ok(about: About) -> Value:
    """A word that was said is in the personal part, and what it was compared with in keys."""
    if about.deed.body.get("word_ok") is False:
        return False
    return UNKNOWN if about.deed.has_personal else True


def _cash_whole(about: About) -> Value:
    body = about.deed.body
    owed = {charge["charge_id"]: charge["amount"] for charge in about.own("charges")}
    lines = [(UUID(line["charge_id"]), line["amount"]) for line in body["lines"]]
    whole = sum(amount for _, amount in lines) == body["total"] == body["tendered"] - body["change"]
    return whole and all(owed.get(charge) == amount for charge, amount in lines)


def _slip_known(about: About) -> Value:
    """A number of a block that is the phone's now may have been given to it later."""
    blocks = about.world.slip_blocks.get(about.deed.made_by, ())
    return UNKNOWN if any(first <= about.deed.body["slip_number"] <= last for first, last in blocks) else False


def _due_at_return(about: About) -> Value:
    return sum(charge["due_at"] == "return" and charge["settled_by"] is None for charge in about.own("charges"))


_FACTS: dict[str, Callable[[About], Value]] = {
    "forward_due": lambda about: about.deed.body["channel"] in ("hotline", "one_stop"),
    "exception_open": _exception_open,
    "on_the_spot": lambda about: about.deed.by_phone,
    "agency_confirmed": lambda about: about.case["agency_confirmed"],
    "live_appointment": _live_appointment,
    "papers_held": lambda about: sum(paper["holder_kind"] != "citizen" for paper in about.citizens_papers()),
    "papers_at_agency": lambda about: sum(paper["holder_kind"] == "unit" for paper in about.citizens_papers()),
    "grounds_to_cancel": lambda about: about.deed.body.get("reason") in ("citizen_asked", "unreachable", "mistake"),
    "visit_purpose": _visit_purpose,
    "call_outcome": lambda about: about.deed.body["outcome"],
    "open_duties": _open_duties,
    "failure_next": lambda about: rules.failure_next(about.deed.body["reason"]),
    "carries_result": _carries_result,
    "receiver": _receiver,
    "parcels_unopened": _parcels_unopened,
    "check_result": lambda about: about.deed.body["result"],
    "same_person": lambda about: about.case["checked_by"] == about.deed.actor,
    "portal_status": lambda about: about.deed.body["status"],
    "check_passed": lambda about: about.case["check_result"] == "passed",
    "check_waived": lambda about: about.case["check_result"] == "waived",
    "identity_checked": _identity_checked,
    "recipient_fits": _recipient_fits,
    "word_ok": _word_ok,
    "charges_due_at_return": _due_at_return,
    "visit_shared": _visit_shared,
    "visit_outcome": _visit_outcome,
    "visit_papers_unsealed": lambda about: sum(paper["parcel_id"] is None for paper in about.with_actor()),
    "slip_signed": _slip_signed,
    "visit_papers_kept": lambda about: len(about.with_actor()),
    "received_ahead": _received_ahead,
    "holder_is_actor": _holder_is_actor,
    "count_fits": _count_fits,
    "label_genuine": _label_genuine,
    "label_on_parcel": _label_on_parcel,
    "cash_whole": _cash_whole,
    "slip_known": _slip_known,
    "cash_explained": lambda about: True if about.deed.body.get("reason") is not None else UNKNOWN,
}
