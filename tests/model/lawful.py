"""Every move that is on record, against the rule table as data: a row of it, or a fact with an exception to its name.

Guards are judged again by the verifier; here it is only looked at what has no need of them: that there is a row for the
move, that a request never crosses a rule and waits while an exception of its case is open, and that each exception of
an act has a row of its own for a person to clear.
"""

import json
from collections import defaultdict
from typing import Any
from uuid import UUID

from backend.database import Transaction
from tests.model.told import ACTS, FILE

MACHINES = FILE["machines"]
INITIAL = "none"
OF_A_SUBJECT = {"case", "shift", "device", "consent"}
"""Machines whose outcome names no id of its own: there is one, or one of each name, on a subject."""
Moves = dict[tuple[str, str, str], set[str]]


def _rows() -> Moves:
    """(machine, act, state before) -> states that the table has for after."""
    found: Moves = defaultdict(set)
    for name, machine in MACHINES.items():
        for row in machine["rows"]:
            for state in {*row["from"]} | ({*machine["states"]} if "*" in row["from"] else set()):
                found[name, row["act"], state].add(row["to"] or state)
    return found


def _lands() -> Moves:
    found: Moves = defaultdict(set)
    for name, machine in MACHINES.items():
        for kind, targets in machine["lands"].items():
            for state, sources in targets.items():
                for source in sources:
                    found[name, kind, source].add(state)
    return found


ROWS, LANDS = _rows(), _lands()


async def against_the_rules(tx: Transaction) -> list[str]:
    rows = await tx.all(
        """SELECT subject_kind, subject_id, made_by, id, parent, kind, outcome, exceptions, body
           FROM (SELECT a.*, convert_from(i.data, 'UTF8')::jsonb -> 'body' AS body FROM acts AS a
                 JOIN inbox AS i ON i.made_by = a.made_by AND i.id = coalesce(a.parent, a.id)) AS one ORDER BY placed"""
    )
    before: dict[tuple[UUID | None, str], str] = {}
    open_on: dict[UUID, set[str]] = defaultdict(set)
    found: list[str] = []
    opened = await _opened(tx)
    for row in rows:
        exceptions = list(row["exceptions"])
        found += _of_request(row, exceptions, open_on)
        said = {name.partition(":")[0] for name in exceptions}
        for label, after in json.loads(row["outcome"]).items():
            machine = label.partition(":")[0]
            key = (row["subject_id"] if machine in OF_A_SUBJECT else None, label)
            state = before.get(key, INITIAL)
            crossed = LANDS.get((machine, row["kind"], state), {state}) if machine in said else set[str]()
            if after not in ROWS.get((machine, row["kind"], state), set()) | crossed:
                found.append(f"{label}: {row['kind']} moved it from {state} to {after}, {exceptions}")
            before[key] = after
        if row["parent"] is None or exceptions:
            _follow(row, exceptions, open_on, opened, found)
    return found


def _of_request(row: Any, exceptions: list[str], open_on: dict[UUID, set[str]]) -> list[str]:
    """A child act follows a fact of the household, or only stands in a chain."""
    act = ACTS[row["kind"]]
    if act["kind"] == "fact" or row["parent"] is not None:
        return []
    found = [f"{row['kind']}: a request with {exceptions}"] if exceptions else []
    if act["subject"] == "case" and not act.get("through") and open_on[row["subject_id"]]:
        found.append(f"{row['kind']}: a request went on while an exception was open on {row['subject_id']}")
    return found


def _follow(
    row: Any, exceptions: list[str], open_on: dict[UUID, set[str]], opened: dict[Any, set[str]], found: list[str]
) -> None:
    """Which exceptions are open after this act, by what acts say alone."""
    subject = row["subject_id"]
    if row["kind"] == "clear_exception":
        open_on[subject].discard(json.loads(row["body"])["exception_id"])
    ids = opened.get((subject, row["made_by"], row["parent"] or row["id"]), set())
    if len(ids) < len(set(exceptions)):
        found.append(f"{row['kind']} {row['id']}: {exceptions} and {len(ids)} for a person to clear")
    open_on[subject] |= ids


async def _opened(tx: Transaction) -> dict[Any, set[str]]:
    found: dict[Any, set[str]] = defaultdict(set)
    for row in await tx.all("SELECT case_id, exception_id, made_by, act_id FROM exceptions"):
        found[row["case_id"], row["made_by"], row["act_id"]].add(str(row["exception_id"]))
    return found
