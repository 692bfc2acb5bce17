"""What happens at a door beside what is plain: a mandate, somebody who cannot write, no money, rain, a torn pouch.

Each is written as the phone of a courier writes it, in the place of the plain act or beside it.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from backend.simulate import door
from backend.simulate.bundle import Owed
from backend.simulate.case import Case
from backend.simulate.citizens import AT_CAFE, AT_HOUSE, citizen
from backend.simulate.courier import Courier
from backend.simulate.expecting import PAID, UNPAID
from backend.simulate.happenings import AT_HOME
from backend.simulate.references import reference

RELIEF = "ho_ngheo"
_RELATION = "child"


def go_there(courier: Courier, case: Case, visit: UUID) -> None:
    """Where the house is on the map, the phone says that it is there, or in a café kilometres away."""
    known = AT_CAFE if case.happening == "from_the_cafe" else AT_HOUSE
    door.go_there(courier, case, visit, known if case.happening in AT_HOME else None)


def fail(courier: Courier, case: Case, visit: UUID, reason: str) -> None:
    """With what proves that somebody was there, or without."""
    if case.happening == "evidence_given":
        door.picture(courier, case, visit, courier.naming.id("gate", case.name), "gate_photo", 1)
        courier.does("log_call", case, {"visit_id": visit, "direction": "out", "outcome": "no_answer"})
        shown = {"visit_id": visit, "reason": reason, "evidence": ["card_left", "gate_photo"], "why_not": "no_signal"}
        case.proofs["evidence_given"] = [courier.does("fail_visit", case, shown, personal={"place": AT_HOUSE})]
    elif case.happening == "from_the_cafe":
        body, where = {"visit_id": visit, "reason": reason}, {"place": AT_CAFE}
        case.proofs["from_the_cafe"] = [courier.does("fail_visit", case, body, personal=where)]
    else:
        door.fail(courier, case, visit, reason)
    case.expects.states = ("confirmed",)


# Papers are taken


def take_papers(courier: Courier, case: Case) -> None:
    """Identity, papers, photographs, the signature under the slip."""
    if case.happening == "by_mandate":
        _by_mandate(courier, case)
    else:
        door.check_identity(courier, case, case.visit, "owner")
    door.take(courier, case)
    if case.happening == "deferred_photograph":
        body = {"visit_id": case.visit, "paper_ids": case.paper_ids, "reason": "rain"}
        case.proofs["deferred_photograph"] = [courier.does("defer_photograph", case, body)]
    else:
        door.photograph_all(courier, case)
    shown = {"papers": [str(paper) for paper in case.paper_ids]}
    if case.happening == "witnessed":
        _witnessed(courier, case, shown)
    else:
        door.sign(courier, case, case.visit, "slip", shown)
    case.expects.held(case.paper_ids, "courier", courier.person)


def _by_mandate(courier: Courier, case: Case) -> None:
    """The owner's child shows a paper that holds today."""
    party = courier.naming.id("party", case.name)
    today = courier.today
    mandate = {
        "mandate_id": courier.naming.id("mandate", case.name),
        "party_id": party,
        "authority": "mandate",
        "from_day": (today - timedelta(days=3)).isoformat(),
        "last_day": (today + timedelta(days=30)).isoformat(),
    }
    who = citizen(courier.chance)
    comes = {"party_id": str(party), "role": "authorised", "name": who.owner_name, "relation": _RELATION}
    case.proofs["by_mandate"] = [courier.does("record_mandate", case, mandate, personal={"parties": [comes]})]
    door.check_identity(courier, case, case.visit, "authorised", party)


def _witnessed(courier: Courier, case: Case, shown: dict[str, Any]) -> None:
    """Who can neither sign nor press a finger has it read aloud before a neighbour, who signs."""
    strokes, _ = door.drawn(courier.chance)
    file = courier.keeps(strokes, case.name, "witness", "strokes")
    seen = {"relation": "neighbour", "strokes_sha256": file.plain_sha256}
    who = citizen(courier.chance)
    # A name that nobody of the cast or among the citizens has.
    told = {"name": f"{who.owner_name} Chứng", "number": who.owner_number, "born": "1988-04-02"}
    evidence = {"mode": "witnessed", "witnesses": [seen]}
    signed = door.sign(courier, case, case.visit, "slip", shown, evidence=evidence, personal={"witnesses": [told]})
    case.proofs["witnessed"] = [signed]


def photograph_later(courier: Courier, case: Case) -> None:
    """At the post, where it is dry."""
    if case.happening == "deferred_photograph":
        door.photograph_all(courier, case)


# What is due


def pay(courier: Courier, case: Case, owed: list[Owed]) -> None:
    if not owed:
        return
    ids = [one.charge_id for one in owed]
    if case.happening == "unpaid":
        body = {"visit_id": case.visit, "charge_ids": ids, "reason": "no_money_now"}
        case.proofs["unpaid"] = [courier.does("record_unpaid", case, body)]
        _expect(case, owed, UNPAID)
    elif case.happening in ("relief_claimed", "exempted"):
        _claim(courier, case, owed)
    elif case.happening == "bank_late":
        _by_transfer(courier, case, owed)
    else:
        door.collect(courier, case, case.visit, owed)


def _claim(courier: Courier, case: Case, owed: list[Owed]) -> None:
    """What is claimed stays due until somebody grants it."""
    claims = [{"visit_id": case.visit, "charge_id": one.charge_id, "relief": RELIEF} for one in owed]
    made = [courier.does("claim_relief", case, claim) for claim in claims]
    case.claimed = {one.charge_id: one.amount for one in owed}
    if case.happening == "relief_claimed":
        case.proofs["relief_claimed"] = made


def _expect(case: Case, owed: list[Owed], states: frozenset[str]) -> None:
    for one in owed:
        case.expects.charged(one.charge_id, one.amount, states)


def _by_transfer(courier: Courier, case: Case, owed: list[Owed], *, order: dict[str, Any] | None = None) -> None:
    """The phone makes the code by itself; the citizen says that the money is on its way. `order`: of a household, whose
    other cases show the same code."""
    number, payee = courier.phone.next_reference(), next(iter(courier.phone.bundle.payees), None)
    if number is None or payee is None:
        courier.without["payee"] += 1
        return
    total = sum(one.amount for one in owed)
    case.payment = (reference(number), total if order is None else order["total"])
    _shows_code(courier, case, owed, case.payment[0], payee.account_id, order)


def _shows_code(
    courier: Courier, case: Case, owed: list[Owed], code: str, account: UUID, order: dict[str, Any] | None
) -> None:
    shown = {
        "visit_id": case.visit,
        "payment_id": courier.naming.id("payment", case.name),
        "account_id": account,
        "reference": code,
        "lines": [{"charge_id": one.charge_id, "amount": one.amount} for one in owed],
        "total": sum(one.amount for one in owed),
    }
    courier.does("show_payment_code", case, shown if order is None else shown | {"order": order})
    courier.does("record_transfer_said", case, {"payment_id": shown["payment_id"]})
    _expect(case, owed, frozenset({"waiting_transfer"}))


def pay_together(courier: Courier, cases: list[Case]) -> None:
    """One sum for the whole house: each case has its slip of it, or its payment under the one reference."""
    known = [(case, courier.phone.bundle.cases.get(case.id)) for case in cases]
    parts = [(case, owed) for case, found in known if found is not None and (owed := found.owes("reception"))]
    order = {
        "id": courier.naming.id("order", cases[0].name),
        "total": sum(one.amount for _, owed in parts for one in owed),
    }
    if cases[0].happening == "household_transfer":
        _transfer_together(courier, parts, order)
        return
    slips = [door.collect(courier, case, case.visit, owed, order=order) for case, owed in parts]
    written = [slip for slip in slips if slip is not None]
    if len(written) == len(cases):
        cases[0].proofs["household_order"] = written


def _transfer_together(courier: Courier, parts: list[tuple[Case, list[Owed]]], order: dict[str, Any]) -> None:
    (first, owed), *others = parts
    _by_transfer(courier, first, owed, order=order)
    if first.payment is not None:
        for case, its_own in others:
            case.paid_with = first
            account = next(iter(courier.phone.bundle.payees)).account_id
            _shows_code(courier, case, its_own, first.payment[0], account, order)


# After the seal


def after_the_seal(courier: Courier, case: Case) -> None:
    if case.parcel is None:
        return
    if case.happening == "relabelled":
        _relabel(courier, case)
    elif case.happening == "torn_pouch":
        _report_torn(courier, case)


def _relabel(courier: Courier, case: Case) -> None:
    """The label is torn: another set's takes its place; the citizen keeps the first card."""
    label = courier.roll.take(courier.phone.bundle.labels)
    if label is None:
        courier.without["label"] += 1
        return
    body = {"parcel_id": case.parcel, "label": label, "seal_number": door.seal_number(courier)}
    case.proofs["relabelled"] = [courier.does("relabel", case, body)]


def _report_torn(courier: Courier, case: Case) -> None:
    """With a photograph. What it touches is frozen until a person has ended it."""
    picture = courier.album.page(case.papers[0].component, courier.chance.randrange(1000))
    file = courier.keeps(picture.data, case.name, "torn")
    case.incident = courier.naming.id("incident", case.name)
    body = {
        "cause": "torn",
        "unit": courier.phone.unit,
        "touches": [{"case_id": case.id, "kind": "parcel", "id": case.parcel}],
        "photographs": [file.plain_sha256],
        "last_holder": {"kind": "courier", "id": courier.person},
    }
    said = {"place": "Cầu ấp 3", "note": "Túi rách khi qua phà, giấy tờ bên trong còn khô."}
    case.reported = courier.tells("report_incident", "incident", case.incident, body, personal=said)


# A result


def before_it_fails(courier: Courier, case: Case, visit: UUID) -> None:
    """A card that invites; or it was opened, read, and something in it is wrong."""
    ending = case.pick_up.delivery.happening if case.pick_up.delivery is not None else None
    if ending == "not_collected":
        courier.does("invite", case, {"invitation_id": courier.naming.id("card", case.name), "how": "card"})
        case.expects.invitations += 1
    elif ending == "wrong_result":
        door.check_identity(courier, case, visit, "recipient")
        it = {"visit_id": visit, "parcel_id": case.result_parcel}
        courier.does("open_result", case, {**it, "recipient_class": "owner"})
        courier.does("reseal", case, {**it, "seal_number": door.seal_number(courier)})


def back_in_her_hands(courier: Courier, case: Case, visit: UUID) -> None:
    """The citizen's own papers, on a visit that brings them home."""
    door.check_identity(courier, case, visit, "owner")
    back = courier.does("hand_back_papers", case, {"visit_id": visit, "paper_ids": case.paper_ids})
    if case.happening is not None:
        case.proofs[case.happening] = [back]
    door.sign(courier, case, visit, "hand_over", {"papers": [str(paper) for paper in case.paper_ids]})
    door.finish(courier, case, visit)
    case.expects.held(case.paper_ids, "citizen", case.id)


def paid(case: Case) -> None:
    """The bank has said so."""
    for charge, (amount, states) in list(case.expects.charges.items()):
        if "waiting_transfer" in states:
            case.expects.charged(charge, amount, PAID)
