"""What desks see on their pages, and who sits at them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from backend.database import Transaction
from backend.parcels import queries as parcels
from tests.model.known import Known, Shared
from tests.model.making_custody import Custody
from tests.model.making_lines import Lines
from tests.model.making_money import Money
from tests.model.making_offices import Offices
from tests.model.making_visits import Visits
from tests.model.told import ACTS


class Maker(Visits, Custody, Money, Offices, Lines):
    """A body for every kind of act that somebody does."""


ROLES = {
    "ut": "dispatcher",
    "mai": "one_stop_officer",
    "kim": "operator",
    "hung": "head_of_post",
    "approver": "approver",
    "payer": "approver",
    "clerk": "counter_clerk",
    "lent": "post_employee_at_one_stop",
    "supervisor": "supervisor",
    "administrator": "administrator",
}
"""Who sits at desks, and as what."""
MADE = [kind for kind in ACTS if hasattr(Maker, kind)]
BY_PHONE = tuple(kind for kind in MADE if "courier" in ACTS[kind]["roles"])
BY_DESK = tuple(kind for kind in MADE if set(ROLES.values()) & set(ACTS[kind]["roles"]))


def where(kind: str, *, at_desk: bool) -> str:
    """An act by what it is called in the count: what phones and desks both do is told apart."""
    return f"{kind} at a desk" if at_desk and kind in BY_PHONE else kind


AT_POST = ("open_bag", "put_in_bag", "take_out_of_bag", "close_bag", "offer_bag", "keep_at_post", "open_on_record")
AT_ONE_STOP = ("receive_bag", "open_seal")
"""Where it is done, of what several offices may do."""


def may(kind: str) -> list[str]:
    """Whoever may do it at a desk, and works where it is done."""
    able = [name for name, role in ROLES.items() if role in ACTS[kind]["roles"]]
    there = {"ut", "hung", "clerk"} if kind in AT_POST else {"mai"} if kind in AT_ONE_STOP else set(able)
    return [name for name in able if name in there] or able


def next_kinds(rows: Sequence[dict[str, Any]], state: str) -> list[str]:
    """What desks may do in this state of a case, as the rule table has it."""
    kinds = {row["act"] for row in rows if state in row["from"] or "*" in row["from"]}
    return [kind for kind in BY_DESK if kind in kinds]


async def look(
    tx: Transaction, known: Known, shared: Shared, offices: Sequence[UUID], clerk: UUID | None = None
) -> None:
    """A desk opens the page of a case: what the centre has made there, where it was booked, what these offices hold,
    who has come to their counters, what is owed, and what the clerk has in hand."""
    row = await tx.first(
        """SELECT
             ARRAY(SELECT refund_id::text FROM refunds WHERE case_id = $case ORDER BY opened_at) AS refunds,
             ARRAY(SELECT duty_id::text FROM duties WHERE case_id = $case ORDER BY opened_at) AS duties,
             ARRAY(SELECT call_back_id::text FROM call_backs WHERE case_id = $case ORDER BY listed_at) AS call_backs,
             ARRAY(SELECT exception_id::text FROM exceptions
                   WHERE case_id = $case AND cleared_at IS NULL ORDER BY opened_at) AS exceptions,
             ARRAY(SELECT extra FROM consents WHERE case_id = $case AND state = 'given') AS consents,
             ARRAY(SELECT credit_id::text FROM bank_credits WHERE case_id IS NULL ORDER BY credited_at) AS credits,
             ARRAY(SELECT concat(w.credit_id, ' ', w.amount - (
                       SELECT coalesce(sum(p.amount), 0) FROM bank_credits AS p WHERE p.part_of = w.credit_id))
                   FROM bank_credits AS w WHERE w.case_id IS NULL ORDER BY w.credited_at) AS rests,
             ARRAY(SELECT appointment_id::text FROM appointments WHERE case_id = $case AND live) AS appointments,
             ARRAY(SELECT visit_id::text FROM appointments WHERE case_id = $case AND live) AS visits,
             ARRAY(SELECT v.visit_id::text FROM visits AS v
                   JOIN case_visits AS o ON o.visit_id = v.visit_id AND o.case_id = $case
                   WHERE v.state = 'arrived' AND v.place IN ('post_counter', 'one_stop') AND o.outcome IS NULL
                     AND v.unit_id = ANY($offices::uuid[]) ORDER BY v.visit_id) AS served,
             ARRAY(SELECT concat(charge_id, ' ', amount) FROM charges
                   WHERE case_id = $case AND settled_by IS NULL AND released_by IS NULL ORDER BY charge_id) AS owed,
             ARRAY(SELECT label FROM label_sets WHERE holder = $clerk AND state = 'issued' ORDER BY number) AS in_hand,
             ARRAY(SELECT number FROM label_sets WHERE holder = $clerk AND state = 'issued' ORDER BY number) AS sets,
             coalesce((SELECT amount FROM balances WHERE account = concat('cash:', $clerk::uuid)), 0) AS cash,
             (SELECT max(number) FROM label_sets) AS last_set""",
        case=known.case,
        offices=list(offices),
        clerk=clerk,
    )
    assert row is not None
    shared.in_hand, shared.sets, shared.cash = list(row["in_hand"]), list(row["sets"]), row["cash"]
    names = ("refunds", "duties", "call_backs", "exceptions", "credits", "rests", "consents", "served", "owed")
    known.told.update({name: list(row[name]) for name in names})
    reached = (await parcels.reached_agency(tx, [known.case])).values()
    known.told["reached"] = [at.isoformat() for at in reached if at is not None]
    for visit in row["visits"]:
        if visit in known.visits:
            known.visits.remove(visit)
        known.visits.append(visit)
    known.appointments += [one for one in row["appointments"] if one not in known.appointments]
    for bag in shared.bags:
        known.told[f"bag:{bag}"] = []
    for name in ("here", "papers_here"):
        known.told[name] = []
    for held in await tx.all(
        """SELECT parcel_id AS id, true AS parcel, holder_kind, holder FROM parcels WHERE case_id = $case
           UNION ALL SELECT paper_id, false, holder_kind, holder FROM papers WHERE case_id = $case AND parcel_id IS NULL
           ORDER BY id""",
        case=known.case,
    ):
        if held["holder_kind"] == "bag" and held["parcel"]:
            known.told.setdefault(f"bag:{held['holder']}", []).append(str(held["id"]))
        if held["holder"] in offices:
            known.told["here" if held["parcel"] else "papers_here"].append(str(held["id"]))
    shared.next_set = row["last_set"] + 1
    states = await tx.all(
        """SELECT 'incident' AS what, incident_id AS id, state FROM incidents
           UNION ALL SELECT 'bag', bag_id, state FROM bags UNION ALL SELECT 'shift', shift_id, state FROM shifts
           UNION ALL SELECT 'refund', refund_id, state FROM refunds WHERE case_id = $case
           UNION ALL SELECT 'charge', charge_id, state FROM charges WHERE case_id = $case
           UNION ALL SELECT 'payment', payment_id, state FROM payments WHERE case_id = $case
           UNION ALL SELECT 'mandate', mandate_id, state FROM mandates WHERE case_id = $case
           UNION ALL SELECT 'line', line_id, state FROM run_sheet_lines WHERE case_id = $case
           UNION ALL SELECT 'visit', visit_id, courier::text FROM visits
               WHERE visit_id IN (SELECT visit_id FROM appointments WHERE case_id = $case) ORDER BY id""",
        case=known.case,
    )
    shared.seen = defaultdict(list)
    for one in states:
        shared.seen[one["what"], one["state"]].append(str(one["id"]))


async def state_of(tx: Transaction, case: UUID) -> str | None:
    return await tx.value("SELECT state FROM cases WHERE case_id = $case", case=case)
