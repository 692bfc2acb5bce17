"""Which things an act is about, machine by machine, and in what state each of them is before it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from uuid import UUID

import msgspec

from backend.verify.replay import people_acts, transfers_about
from backend.verify.replay.deed import Deed
from backend.verify.replay.world import Key, Row, World

NOT_YET = "none"
UNKNOWN_STATE = ""
"""Of a label set, a bag or an incident, where only the acts of cases are told: what else was done is told apart."""
TOLD_APART = {"bags": "bag_id", "incidents": "incident_id"}
"""What an act on a case names of another chain, by table."""


class Thing(msgspec.Struct, frozen=True):
    """One row that one machine moves. `label` names it in the act's outcome."""

    machine: str
    table: str
    key: Key
    state: str

    @property
    def label(self) -> str:
        return self.machine if self.machine in ("case", "shift", "device") else f"{self.machine}:{self.key[-1]}"


def things(world: World, deed: Deed, machines: Sequence[str]) -> list[Thing]:
    """In the order of the rule's machines, each once. A child act is about its case only."""
    found: list[Thing] = []
    for machine in ("case",) if deed.is_child else machines:
        if machine == "payment":
            orders = transfers_about.orders_about(world, deed)
            found += [Thing(machine, table, key, _state(world, table, key)) for table, key in orders]
        elif machine in _ABOUT:
            table, keys = _ABOUT[machine]
            apart = TOLD_APART.get(table, "") in deed.body
            found += [
                Thing(machine, table, key, UNKNOWN_STATE if apart else _state(world, table, key))
                for key in dict.fromkeys(keys(world, deed))
            ]
    return found


def _state(world: World, table: str, key: Key) -> str:
    row = world.find(table, *key)
    return NOT_YET if row is None or table == "collections" else row["state"]


def _own(_world: World, deed: Deed) -> Iterator[Key]:
    yield (deed.subject,)


def _uuids(deed: Deed, *names: str) -> Iterator[UUID]:
    for name in names:
        value = deed.body.get(name)
        if isinstance(value, list):
            yield from deed.uuids(name)
        elif value is not None:
            yield UUID(value)


def named_visits(chains: Iterable[Iterable[Deed]]) -> set[UUID]:
    """By any of these acts."""
    return {visit for chain in chains for deed in chain for visit in _uuids(deed, "visit_id")}


def _named_visits(world: World, deed: Deed) -> list[UUID]:
    """A new one to move to is not among them, nor one whose end is told again."""
    if deed.kind == "move_appointment":
        return []
    ends = deed.kind in ("finish_visit", "fail_visit", "record_not_gone")
    return [visit for visit in _uuids(deed, "visit_id") if not (ends and world.has_ended(deed.subject, visit))]


def _visits(world: World, deed: Deed) -> Iterator[Key]:
    moves = deed.kind == "move_appointment"
    yield from ((visit,) for visit in _named_visits(world, deed))
    for appointment in _uuids(deed, "appointment_id"):
        row = world.find("appointments", deed.subject, appointment)
        if row is not None:
            yield (row["visit_id"],)
            if moves and world.is_shared(row["visit_id"], deed.subject):
                yield from ((visit,) for visit in _uuids(deed, "visit_id"))
    yield from ((row["visit_id"],) for row in _given_up(world, deed))


def _appointments(world: World, deed: Deed) -> Iterator[Key]:
    yield from ((deed.subject, appointment) for appointment in _uuids(deed, "appointment_id"))
    named = _named_visits(world, deed)
    for row in world.of_case("appointments", deed.subject):
        if row["visit_id"] in named:
            yield (deed.subject, row["appointment_id"])
    yield from ((deed.subject, row["appointment_id"]) for row in _given_up(world, deed))


def _given_up(world: World, deed: Deed) -> list[Row]:
    """Who withdraws, cancels, is refused or merged gives up every appointment still promised."""
    leaving = deed.kind in ("withdraw", "cancel", "refuse_dossier", "merge")
    return [row for row in world.of_case("appointments", deed.subject) if leaving and row["live"]]


def _parcels(world: World, deed: Deed) -> Iterator[Key]:
    """An act that names papers only is about the parcels they are sealed in."""
    yield from ((deed.subject, parcel) for parcel in _uuids(deed, "parcel_id", "parcel_ids"))
    if "parcel_id" not in deed.body and "parcel_ids" not in deed.body:
        for paper in _uuids(deed, "paper_ids"):
            row = world.find("papers", deed.subject, paper)
            if row is not None and row["parcel_id"] is not None:
                yield (deed.subject, row["parcel_id"])


def _papers(world: World, deed: Deed) -> Iterator[Key]:
    """Named, taken, or in a parcel that the act is about."""
    yield from ((deed.subject, paper) for paper in _uuids(deed, "paper_id", "paper_ids"))
    yield from ((deed.subject, UUID(taken["id"])) for taken in deed.body.get("papers") or ())
    parcels = {parcel for _, parcel in _parcels(world, deed)}
    for row in world.of_case("papers", deed.subject):
        if row["parcel_id"] in parcels:
            yield (deed.subject, row["paper_id"])


def _charges(world: World, deed: Deed) -> Iterator[Key]:
    for line in (*(deed.body.get("lines") or ()), *(deed.body.get("charges") or ())):
        yield (deed.subject, UUID(line["charge_id"]))
    yield from ((deed.subject, charge) for charge in _uuids(deed, "charge_id", "charge_ids"))
    yield from ((deed.subject, charge) for charge in transfers_about.charges_about(world, deed))


def numbers(deed: Deed) -> Iterable[int]:
    """Of the label sets that an act on an office's stock names."""
    if deed.kind == "print_label_sets":
        return range(deed.body["first"], deed.body["first"] + deed.body["count"])
    return deed.body.get("numbers") or ()


def _label_sets(world: World, deed: Deed) -> Iterator[Key]:
    """By number; a label that is on no set stands for itself. A new label for a parcel is also about the old one."""
    yield from ((number,) for number in numbers(deed))
    labels = [deed.body.get("label")]
    if deed.kind == "relabel":
        parcel = world.find("parcels", deed.subject, deed.uuid("parcel_id"))
        labels.append(parcel["label"] if parcel is not None else None)
    yield from ((world.set_numbers.get(label, label),) for label in labels if label is not None)


def _bank_credits(_world: World, deed: Deed) -> Iterator[Key]:
    yield (deed.uuid("credit_id"),)


def _bags(_world: World, deed: Deed) -> Iterator[Key]:
    """Named by an act on a case, else the subject itself."""
    yield (deed.uuid("bag_id") if "bag_id" in deed.body else deed.subject,)


def _incidents(_world: World, deed: Deed) -> Iterator[Key]:
    """Named by an act on a case, else the subject itself."""
    yield (deed.uuid("incident_id") if "incident_id" in deed.body else deed.subject,)


def _refunds(world: World, deed: Deed) -> Iterator[Key]:
    yield from transfers_about.refunds_about(world, deed)


def _duties(world: World, deed: Deed) -> Iterator[Key]:
    """Named; and who has the result in hand has nothing left to hear."""
    yield from ((deed.subject, duty) for duty in _uuids(deed, "duty_id"))
    for row in world.of_case("duties", deed.subject):
        if deed.kind == "hand_over_result" and row["state"] == "open":
            yield (deed.subject, row["duty_id"])


def _call_backs(_world: World, deed: Deed) -> Iterator[Key]:
    yield (deed.subject, deed.uuid("call_back_id"))


def _questions(_world: World, deed: Deed) -> Iterator[Key]:
    yield (deed.subject, deed.uuid("question_id"))


def _urgings(_world: World, deed: Deed) -> Iterator[Key]:
    yield (deed.subject, deed.uuid("urging_id"))


def _signatures(world: World, deed: Deed) -> Iterator[Key]:
    """Named; and what a form that is read back anew makes void."""
    if deed.kind == "read_back":
        yield from ((deed.subject, row["signature_id"]) for row in people_acts.outdated(world, deed))
    else:
        yield (deed.subject, deed.uuid("signature_id"))


def _mandates(_world: World, deed: Deed) -> Iterator[Key]:
    yield (deed.subject, deed.uuid("mandate_id"))


def _consents(_world: World, deed: Deed) -> Iterator[Key]:
    yield (deed.subject, deed.body["extra"])


def _run_sheet_lines(_world: World, deed: Deed) -> Iterator[Key]:
    yield (deed.subject, deed.uuid("line_id"))


_ABOUT: dict[str, tuple[str, Callable[[World, Deed], Iterable[Key]]]] = {
    "case": ("cases", _own),
    "visit": ("visits", _visits),
    "appointment": ("appointments", _appointments),
    "parcel": ("parcels", _parcels),
    "paper": ("papers", _papers),
    "charge": ("charges", _charges),
    "label_set": ("label_sets", _label_sets),
    "shift": ("shifts", _own),
    "bag": ("bags", _bags),
    "refund": ("refunds", _refunds),
    "incident": ("incidents", _incidents),
    "bank_credit": ("bank_credits", _bank_credits),
    "device": ("devices", _own),
    "duty": ("duties", _duties),
    "question": ("questions", _questions),
    "urging": ("urgings", _urgings),
    "signature": ("signatures", _signatures),
    "mandate": ("mandates", _mandates),
    "consent": ("consents", _consents),
    "call_back": ("call_backs", _call_backs),
    "run_sheet_line": ("run_sheet_lines", _run_sheet_lines),
}
"""Machines without a table of their own yet move nothing that could be compared."""
