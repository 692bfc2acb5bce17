"""Goes through all cases and shifts, some at a time: loads their acts and rows, tells the acts again, compares."""

import base64
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, LiteralString
from uuid import UUID

import asyncpg

from backend.verify.database import Snapshot
from backend.verify.replay import tables
from backend.verify.replay.batches import households, subjects
from backend.verify.replay.card_codes import CardKeys
from backend.verify.replay.deed import Deed, Unreadable, deed
from backend.verify.replay.incident_acts import blank
from backend.verify.replay.labels import BINDING, check_stock, label_sets, put_unbound
from backend.verify.replay.offices import tell_units
from backend.verify.replay.skills import read_gates, read_mastered
from backend.verify.replay.strays import not_told, without_chain
from backend.verify.replay.telling import Telling
from backend.verify.replay.things import UNKNOWN_STATE, named_visits
from backend.verify.replay.tokens import compare_tokens
from backend.verify.replay.transfers import came, suspended
from backend.verify.replay.transfers_about import credits_named, divided
from backend.verify.replay.world import ANYTHING, Row, World
from backend.verify.report import Report

Open = Callable[[UUID, UUID, UUID, bytes], bytes | None]
"""The personal part of an act (maker, act, data key, sealed), where it can be opened."""

_ACTS: LiteralString = """
SELECT a.subject_id, a.n, a.made_by, a.id, a.parent, a.kind, a.actor, a.rules_judged, a.occurred_at, a.recorded_at,
       a.outcome, a.exceptions, a.placed, i.data, i.source, p.key_id, p.sealed
FROM acts AS a
LEFT JOIN inbox AS i ON i.made_by = a.made_by AND i.id = coalesce(a.parent, a.id)
LEFT JOIN personal AS p
    ON p.made_by = a.made_by AND p.act_id = a.id
        AND a.kind IN (
            'register', 'correct_registration', 'change_recipient', 'change_contact', 'change_address',
            'change_result_way', 'hand_over_result', 'record_unmatched_credit',
            'ask_guidance', 'answer_guidance', 'report_incident', 'add_to_incident', 'record_mandate',
            'record_arrival', 'finish_visit', 'fail_visit', 'forward_result', 'read_back', 'record_consent'
        )
WHERE a.subject_kind = $2 AND a.subject_id = ANY($1::uuid[])
ORDER BY a.subject_id, a.n
"""
_STOCK: LiteralString = """
SELECT a.subject_id, a.n, a.made_by, a.id, a.parent, a.kind, a.actor, a.rules_judged, a.occurred_at, a.recorded_at,
       a.outcome, a.exceptions, a.placed, i.data, i.source, NULL AS key_id
FROM acts AS a
LEFT JOIN inbox AS i ON i.made_by = a.made_by AND i.id = a.id
WHERE (a.subject_kind = 'unit' AND a.kind <> 'record_unmatched_credit')
    OR (a.subject_kind = 'case' AND a.kind = ANY($1::text[]))
ORDER BY a.placed
"""
"""Of offices all, of cases those that bind a label set."""


_IN_SUSPENSE: LiteralString = """
SELECT a.subject_id, a.n, a.made_by, a.id, a.parent, a.kind, a.actor, a.rules_judged, a.occurred_at, a.recorded_at,
       a.outcome, a.exceptions, a.placed, i.data, i.source, p.key_id, p.sealed
FROM acts AS a
LEFT JOIN inbox AS i ON i.made_by = a.made_by AND i.id = a.id
LEFT JOIN personal AS p ON p.made_by = a.made_by AND p.act_id = a.id
WHERE a.id = ANY($1::uuid[]) AND a.kind = 'record_unmatched_credit'
"""
OF_BANK = ("record_unmatched_credit",)
PLACED = ("said", "state", "case_id", "payment_id", "placed_by")
"""What changes of money in suspense when somebody says whose it is."""


class Replay:
    """What is the same for all batches."""

    def __init__(self, snapshot: Snapshot, report: Report, open_: Open, keys: CardKeys) -> None:
        """`keys`: of tracking tokens and cards, as far as they are at hand."""
        self._snapshot = snapshot
        self._report = report
        self._open = open_
        self._keys = keys
        self._roles: Mapping[object, frozenset[str]] = {}
        self._units: dict[UUID, str] = {}
        self._bags: dict[UUID, UUID] = {}
        self._incidents: set[UUID] = set()
        self._reports: set[UUID] = set()
        self._slips: dict[UUID, list[tuple[int, int]]] = defaultdict(list)
        self._references: dict[UUID, list[tuple[int, int]]] = defaultdict(list)
        self._payees: dict[UUID, Row] = {}
        self._recipients: dict[str, list[Row]] = defaultdict(list)
        self._divided: set[UUID] = set()
        self._gates: list[Row] = []
        self._mastered: dict[UUID, list[Row]] = {}

    async def prepare(self) -> None:
        rows = await self._snapshot.all(
            """SELECT p.id, array_remove(array_agg(DISTINCT r.role), NULL) AS roles
               FROM people AS p LEFT JOIN roles_held AS r ON r.person_id = p.id GROUP BY p.id"""
        )
        self._roles = {row["id"]: frozenset(row["roles"]) for row in rows}
        self._units = {row["id"]: row["kind"] for row in await self._snapshot.all("SELECT id, kind FROM units")}
        self._bags = {
            row["bag_id"]: row["unit_id"] for row in await self._snapshot.all("SELECT bag_id, unit_id FROM bags")
        }
        self._incidents = {row["incident_id"] for row in await self._snapshot.all("SELECT incident_id FROM incidents")}
        begun = await self._snapshot.all(
            """SELECT DISTINCT ON (subject_id) id FROM acts WHERE kind = 'report_incident' AND parent IS NULL
               ORDER BY subject_id, n"""
        )
        self._reports = {row["id"] for row in begun}
        for row in await self._snapshot.all("SELECT maker, first_number, last_number FROM slip_blocks"):
            self._slips[row["maker"]].append((row["first_number"], row["last_number"]))
        for row in await self._snapshot.all("SELECT maker, first_number, last_number FROM reference_blocks"):
            self._references[row["maker"]].append((row["first_number"], row["last_number"]))
        for row in await self._snapshot.all(
            "SELECT id, unit_id, lower(valid) AS since, upper(valid) AS until FROM payee_accounts"
        ):
            self._payees[row["id"]] = dict(row.items())
        for row in await self._snapshot.all(
            """SELECT code, lower(valid) AS since, upper(valid) AS until, content ->> 'recipients' AS recipients,
                      recorded_at
               FROM procedure_versions"""
        ):
            self._recipients[row["code"]].append(dict(row.items()))
        self._divided = {row["part_of"] for row in await self._snapshot.all(tables.DIVIDED)}
        self._gates, self._mastered = await read_gates(self._snapshot), await read_mastered(self._snapshot)

    async def cases(self, cases: Sequence[UUID]) -> None:
        """All the cases of every household among them."""
        there = await tables.rows_of(self._snapshot, tables.OF_CASES | tables.OF_SUBJECTS, cases)
        chains = await self._chains("case", cases)
        sets = await label_sets(self._snapshot, cases, chains)
        world = self._world(there)
        for row in sets:
            put_unbound(world, row)
        await self._suspended(world, chains)
        await self._elsewhere(world, chains, there)
        Telling(self._report, world, self._roles, "case").all(chains)
        tell_units(world)
        for table, rows in there.items():
            tables.compare(self._report, table, world.rows[table], rows)
        await self._visits(world, there)
        await compare_tokens(self._snapshot, self._report, world, cases, self._keys.tracking, sets)

    async def stock(self) -> None:
        acts = self._snapshot.rows(_STOCK, list(BINDING))
        await check_stock(self._snapshot, self._report, acts, lambda row: deed(row, None), self._roles, self._keys)

    async def shifts(self, shifts: Sequence[UUID]) -> None:
        there = await tables.rows_of(self._snapshot, tables.OF_SHIFTS | tables.OF_SUBJECTS, shifts)
        chains = await self._chains("shift", shifts)
        world = self._world(there)
        for row in there["entries"].values():
            if row["account"].startswith("cash:"):
                world.held_at_close[row["transfer_id"]] = -row["amount"]
        Telling(self._report, world, self._roles, "shift").all(chains)
        for table, rows in there.items():
            tables.compare(self._report, table, world.rows[table], rows)

    async def apart(self, kind: str, subjects: Sequence[UUID]) -> None:
        """A bag, an incident: its own row. What it holds or touches is told by the cases."""
        there = await tables.rows_of(self._snapshot, tables.APART[kind] | tables.OF_SUBJECTS, subjects)
        world = self._world(there)
        Telling(self._report, world, self._roles, kind).all(await self._chains(kind, subjects))
        for row in await self._snapshot.all(tables.OF_ERASED, subjects):
            blank(world, row["incident_id"], there["incidents"][row["incident_id"],])
        for table, rows in there.items():
            tables.compare(self._report, table, world.rows[table], rows)

    async def _suspended(self, world: World, chains: Sequence[Sequence[Deed]]) -> None:
        """Money that these cases placed and that had stood in suspense: as the chain of its unit told."""
        rows = await self._snapshot.all(_IN_SUSPENSE, credits_named(chains))
        for told in self._chain(rows):
            world.put("bank_credits", suspended(world, told), state="unmatched")
        for told in self._chain(await self._snapshot.all(_IN_SUSPENSE, divided(chains))):
            world.divided[told.uuid("credit_id")] = came(world, told)

    async def units(self, units: Sequence[UUID]) -> None:
        """What the bank told that was nobody's; the rest of an office's chain is told with its stock."""
        there = await tables.rows_of(self._snapshot, tables.OF_UNITS, units)
        chains = [[one for one in chain if one.kind in OF_BANK] for chain in await self._chains("unit", units)]
        world = self._world(there)
        Telling(self._report, world, self._roles, "unit").all(chains)
        for key, row in there["bank_credits"].items():
            told = world.find("bank_credits", *key)
            if told is not None and row["case_id"] is not None:  # where it went is told by that case
                world.put("bank_credits", told, **dict.fromkeys(PLACED, ANYTHING))
            elif told is not None and key[0] in self._divided:  # whose it is, is known since
                world.put("bank_credits", told, said=None)
        for table, rows in there.items():
            tables.compare(self._report, table, world.rows[table], rows)

    async def devices(self, devices: Sequence[UUID]) -> None:
        there = await tables.rows_of(self._snapshot, tables.OF_DEVICES | tables.OF_SUBJECTS, devices)
        chains = await self._chains("device", devices)
        world = self._world(there)
        Telling(self._report, world, self._roles, "device").all(chains)
        for key, row in there["devices"].items():
            if row["thumbprint"] != thumbprint(row.pop("public_key")):
                self._report.differs("replay.device-key", "devices", {"id": key[0]}, expected=row["thumbprint"])
        told = {
            key: {name: value for name, value in row.items() if name != "state"}
            for key, row in world.rows["devices"].items()
        }
        for table, rows in there.items():
            tables.compare(self._report, table, told if table == "devices" else world.rows[table], rows)

    def _world(self, there: Mapping[str, Mapping[Any, Any]]) -> World:
        world = World()
        world.unit_kinds, world.slip_blocks, world.bag_units = self._units, self._slips, self._bags
        world.incidents_there, world.first_reports = self._incidents, self._reports
        world.reference_blocks, world.payees = self._references, self._payees
        world.exceptions_there = {exception for _, exception in there.get("exceptions", ())}
        world.contacts_there = {case for (case,) in there.get("contacts", ())}
        world.former_there = set(there.get("former_contacts", ()))
        world.marks_there = {case for (case,) in there.get("house_marks", ())}
        world.erased_there = {case for (case,), row in there.get("cases", {}).items() if row["erased_at"] is not None}
        world.presence_there = {key: dict(row) for key, row in there.get("presence", {}).items()}
        for case, party in there.get("parties", ()):
            world.parties_there.setdefault(case, []).append(party)
        world.recipient_classes = self._recipients
        world.gates, world.mastered = self._gates, self._mastered
        return world

    async def _visits(self, world: World, there: Mapping[str, Mapping[Any, Any]]) -> None:
        own = {key: row for key, row in world.rows["visits"].items() if key[0] not in world.visits_elsewhere}
        wanted = {key[0] for key in own} | {visit for _, visit in there["case_visits"]}
        rows = await self._snapshot.all(tables.VISITS, sorted(wanted))
        tables.compare(self._report, "visits", own, tables.keyed("visits", rows))

    async def _elsewhere(
        self, world: World, chains: Sequence[Sequence[Deed]], there: Mapping[str, Mapping[Any, Any]]
    ) -> None:
        """Visits that these acts name and in which none of these cases ever had a part: told with those that had."""
        known = {visit for _, visit in there["case_visits"]}
        for row in await self._snapshot.all(tables.VISITS, sorted(named_visits(chains) - known)):
            world.put("visits", dict(row.items()), state=UNKNOWN_STATE)
            world.visits_elsewhere.add(row["visit_id"])

    async def _chains(self, kind: str, subjects: Sequence[UUID]) -> list[list[Deed]]:
        rows = await self._snapshot.all(_ACTS, subjects, kind)
        return [self._chain(list(acts)) for _, acts in groupby(rows, key=lambda row: row["subject_id"])]

    def _chain(self, acts: Iterable[asyncpg.Record]) -> list[Deed]:
        chain: list[Deed] = []
        for row in acts:
            sealed = row["sealed"]
            personal = None if sealed is None else self._open(row["made_by"], row["id"], row["key_id"], sealed)
            try:
                chain.append(deed(row, personal))
            except Unreadable as error:
                key = {"subject_id": row["subject_id"], "n": row["n"], "kind": row["kind"]}
                self._report.differs("replay.body", "acts", key, expected="a body of its kind", found=str(error))
        return chain


async def check_replay(snapshot: Snapshot, report: Report, open_: Open, keys: CardKeys) -> None:
    """Codes `replay.*` and `label.*`."""
    replay = Replay(snapshot, report, open_, keys)
    await replay.prepare()
    together = await households(snapshot)
    async for some in subjects(snapshot, "case", together):
        await replay.cases(some)
    async for some in subjects(snapshot, "shift", {}):
        await replay.shifts(some)
    async for some in subjects(snapshot, "unit", {}):
        await replay.units(some)
    async for some in subjects(snapshot, "device", {}):
        await replay.devices(some)
    for kind in tables.APART:
        async for some in subjects(snapshot, kind, {}):
            await replay.apart(kind, some)
    await replay.stock()
    await not_told(snapshot, report)
    await without_chain(snapshot, report)


def thumbprint(point: bytes) -> bytes:
    """SHA-256 of the key as a JWK with its members in order (RFC 7638). `point`: 0x04, x, y."""
    x, y = (base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in (point[1:33], point[33:]))
    return hashlib.sha256(f'{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}'.encode()).digest()
