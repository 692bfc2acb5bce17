"""The tables against the model and against the rule table, at the end of a sequence."""

import json
from uuid import UUID

from backend.acts.rules import NO_SUCH_ACT, RuleTable, current, load
from backend.database import Transaction
from tests.builders_chains import broken_chains
from tests.model.apart import apart
from tests.model.expected import Expected


async def differences(tx: Transaction, model: Expected) -> list[str]:
    """What the tables say otherwise than the model. Empty, or the sequence has found a bug."""
    found = await broken_chains(tx)
    found += await _standings(tx, model)
    found += await _proposals(tx, model)
    found += await _custody(tx, model)
    found += await _money(tx, model)
    found += await _promises(tx)
    found += await _against_the_rules(tx)
    return found


async def _standings(tx: Transaction, model: Expected) -> list[str]:
    rows = await tx.all(
        "SELECT made_by, id, standing, seq FROM inbox WHERE source = 'device' AND subject_id IS NOT NULL"
    )
    standings = {(row["made_by"], row["id"]): row["standing"] for row in rows}
    found = apart("standing of", standings, {key: made.standing for key, made in model.known.items()})
    applied = await tx.all("SELECT made_by, id FROM acts WHERE parent IS NULL AND made_by = ANY($d)", d=model.devices)
    effects = {(row["made_by"], row["id"]): True for row in applied}
    found += apart("effect of", effects, {key: True for key, made in model.known.items() if made.standing == "applied"})
    turns = await tx.all("SELECT id, next_seq FROM devices WHERE id = ANY($devices)", devices=model.devices)
    found += apart("turn of", {row["id"]: row["next_seq"] for row in turns if row["next_seq"] > 1}, model.next_seq)
    return found + await _out_of_order(tx, model)


async def _out_of_order(tx: Transaction, model: Expected) -> list[str]:
    """On each subject a phone's acts stand in the order it made them; but for one that came after its turn."""
    late = [made.id for made in model.known.values() if made.out_of_line]
    rows = await tx.all(
        """SELECT a.made_by, a.subject_id, i.seq FROM acts AS a
           JOIN inbox AS i ON i.made_by = a.made_by AND i.id = a.id
           WHERE i.seq IS NOT NULL AND NOT a.id = ANY($late) ORDER BY a.subject_id, a.n""",
        late=late,
    )
    last: dict[tuple[UUID, UUID], int] = {}
    found: list[str] = []
    for row in rows:
        key = (row["made_by"], row["subject_id"])
        if row["seq"] < last.get(key, 0):
            found.append(f"order of {key}: {row['seq']} after {last[key]}")
        last[key] = row["seq"]
    return found


async def _proposals(tx: Transaction, model: Expected) -> list[str]:
    """The latest decision about each act of money or custody that still waits."""
    rows = await tx.all(
        """SELECT DISTINCT ON (i.made_by, i.id) i.made_by, i.id, d.id AS decision FROM inbox AS i
           JOIN inbox AS d ON d.subject_id = i.subject_id AND d.kind = 'resolve_review' AND d.standing = 'applied'
                AND convert_from(d.data, 'UTF8')::jsonb #>> '{body,act_id}' = i.id::text
                AND convert_from(d.data, 'UTF8')::jsonb #>> '{body,made_by}' = i.made_by::text
           WHERE i.standing = 'review' ORDER BY i.made_by, i.id, d.n DESC"""
    )
    open_ones = {(row["made_by"], row["id"]): row["decision"] for row in rows}
    return apart("proposal", open_ones, {key: one.decision for key, one in model.proposals.items()})


async def _custody(tx: Transaction, model: Expected) -> list[str]:
    papers = await tx.all("SELECT paper_id, parcel_id, holder_kind, holder FROM papers")
    parcels = await tx.all("SELECT parcel_id, label, holder_kind, holder FROM parcels")
    found = apart(
        "holder of paper", {str(row["paper_id"]): (row["holder_kind"], row["holder"]) for row in papers}, model.papers
    )
    found += apart(
        "parcel of paper",
        {str(row["paper_id"]): str(row["parcel_id"]) for row in papers if row["parcel_id"] is not None},
        model.inside,
    )
    found += apart(
        "holder of parcel",
        {str(row["parcel_id"]): (row["holder_kind"], row["holder"]) for row in parcels},
        model.parcels,
    )
    labels = {row["label"]: str(row["parcel_id"]) for row in parcels if row["label"] is not None}
    bound = await tx.all("SELECT label, parcel_id FROM label_sets WHERE state = 'bound'")
    found += apart("bound label", {row["label"]: str(row["parcel_id"]) for row in bound}, labels)
    return found + apart("label", labels, model.labels)


async def _money(tx: Transaction, model: Expected) -> list[str]:
    rows = await tx.all("SELECT account, sum(amount)::bigint AS amount FROM entries GROUP BY account")
    ledger = {row["account"]: row["amount"] for row in rows}
    found = [] if sum(ledger.values()) == 0 else [f"the ledger sums to {sum(ledger.values())}"]
    accounts = {f"cash:{who}": amount for who, amount in model.cash.items()}
    accounts |= {f"credit:{case}": -amount for case, amount in model.credit.items() if amount}
    accounts |= {f"due:{case}": 8000 for charge, case in model.charges.items() if charge not in model.settled}
    kept = {name: amount for name, amount in ledger.items() if amount and name.partition(":")[0] != "agency"}
    found += apart("account", kept, accounts)
    balances = await tx.all("SELECT account, amount FROM balances")
    found += apart(
        "balance",
        {row["account"]: row["amount"] for row in balances},
        {name: amount for name, amount in accounts.items() if name.startswith("cash:")},
    )
    charges = await tx.all("SELECT charge_id, settled_by FROM charges WHERE settled_by IS NOT NULL")
    owed = await tx.all("SELECT case_id, sum(amount)::bigint AS owed FROM refunds WHERE state = 'due' GROUP BY case_id")
    left = {case: amount for case, amount in model.credit.items() if amount}
    found += apart("refunds of", {row["case_id"]: row["owed"] for row in owed}, left)
    return found + apart("charge", {str(row["charge_id"]): row["settled_by"] for row in charges}, model.settled)


async def _promises(tx: Transaction) -> list[str]:
    """What a case is told is when its visit is, and the courier who comes has it on the phone."""
    rows = await tx.all(
        """SELECT a.case_id, a.day, a.time_window, v.day AS visit_day, v.time_window AS visit_window, b.present
           FROM appointments AS a JOIN visits AS v USING (visit_id)
           LEFT JOIN bundle AS b ON (b.person_id, b.case_id, b.visit_id) = (v.courier, a.case_id, v.visit_id)
           WHERE a.live AND ((a.unit_id, a.day, a.time_window) <> (v.unit_id, v.day, v.time_window)
                             OR b.present IS DISTINCT FROM true)"""
    )
    return [f"promise: {dict(row.items())}" for row in rows]


async def _against_the_rules(tx: Transaction) -> list[str]:
    """Every move of a machine is a row of the rule table, or an exception opened where the fact landed."""
    table = load(current())
    rows = await tx.all("SELECT subject_id, kind, outcome, exceptions FROM acts ORDER BY subject_id, n")
    visits: dict[str, str] = {}
    states: dict[tuple[UUID, str], str] = {}
    found: list[str] = []
    for row in rows:
        for label, state in json.loads(row["outcome"]).items():
            machine = label.partition(":")[0]
            if machine == "visit":  # of several chains: their order is not that of one
                visits[label] = state
                continue
            unknown = "issued" if machine == "label_set" else table.file.machines[machine].initial
            before = states.get((row["subject_id"], label), unknown)
            if not _is_a_row(table, machine, before, row["kind"], state, row["exceptions"]):
                found.append(f"{label}: {row['kind']} moved it from {before} to {state}, {list(row['exceptions'])}")
            states[row["subject_id"], label] = state
    return found


def _is_a_row(table: RuleTable, machine: str, before: str, kind: str, after: str, exceptions: list[str]) -> bool:
    place = table.file.machines[machine]
    allowed = {row.to or before for row in place.rows if row.act == kind and before in place.sources(row)}
    if after in allowed:
        return True
    landed = table.lands(machine, kind, before) == after
    reasons = [code.partition(":")[2] for code in exceptions if code.partition(":")[0] == machine]
    return landed and any(reason == NO_SUCH_ACT or reason.startswith("guard:") for reason in reasons)
