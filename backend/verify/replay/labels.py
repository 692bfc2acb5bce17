"""Label sets: numbered without a gap, always with one holder, bound once. All acts that touch one, in their order.

The stock is an office's and the binding a case's, so cases alone cannot tell where a set is: here the acts of all
offices are told, and of the cases' acts what they do to sets.
"""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from typing import Any, LiteralString
from uuid import UUID

import asyncpg

from backend.acts import rules
from backend.verify.database import Snapshot
from backend.verify.replay import tables
from backend.verify.replay.card_codes import CardKeys, wrong_hashes
from backend.verify.replay.deed import Deed, Unreadable
from backend.verify.replay.door_acts import bind
from backend.verify.replay.judging import possible
from backend.verify.replay.telling import Telling
from backend.verify.replay.things import UNKNOWN_STATE, things
from backend.verify.replay.world import ANYTHING, Row, World
from backend.verify.report import Report

BINDING = ("seal", "relabel")
"""Acts of cases that put a label on a parcel."""
SETS: LiteralString = """
    SELECT number, label, item_number, card_token_sha256, look_up_hash, word_hash, unit_id, state, holder_kind, holder,
           case_id, parcel_id
    FROM label_sets ORDER BY number"""
Read = Callable[[asyncpg.Record], Deed]


async def label_sets(snapshot: Snapshot, cases: Sequence[UUID], chains: Sequence[Sequence[Deed]]) -> list[Row]:
    """Those these cases name, and those that say they are bound to one of them."""
    labels = {deed.body["label"] for chain in chains for deed in chain if isinstance(deed.body.get("label"), str)}
    rows = await snapshot.all(
        """SELECT number, label, card_token_sha256, state, holder_kind, holder, case_id, parcel_id FROM label_sets
           WHERE label = ANY($1::text[]) OR case_id = ANY($2::uuid[])""",
        sorted(labels),
        list(cases),
    )
    return [dict(row.items()) for row in rows]


def put_unbound(world: World, row: Row) -> None:
    """As it was before any act of these cases: in somebody's stock."""
    before = {"state": UNKNOWN_STATE, "case_id": None, "parcel_id": None, "card": False}
    world.put("label_sets", row | before | {"holder_kind": ANYTHING, "holder": ANYTHING})
    world.set_numbers[row["label"]] = row["number"]


class Stock:
    """All sets as the acts so far have left them."""

    def __init__(self, report: Report, roles: Mapping[object, frozenset[str]], world: World) -> None:
        self._report = report
        self._world = world
        self._telling = Telling(report, world, roles, "unit")
        self._next = 1

    def tell(self, deed: Deed) -> None:
        if deed.kind in BINDING:
            self._bound(deed)
            return
        if deed.kind == "print_label_sets":
            self._numbered(deed)
        self._telling.one(deed)

    def _numbered(self, deed: Deed) -> None:
        """The series of the installation goes on where it ended, whoever prints."""
        first, count = deed.body.get("first"), deed.body.get("count")
        if first != self._next or not isinstance(count, int):
            key = {"subject_id": deed.subject, "n": deed.n, "kind": deed.kind}
            self._report.differs("label.series", "acts", key, expected=self._next, found=first)
        if isinstance(first, int) and isinstance(count, int):
            self._next = max(self._next, first + count)

    def _bound(self, deed: Deed) -> None:
        """Everything else of the act is told with its case, what is wrong in its body too."""
        try:
            table, concerned = rules.load(deed.rules), things(self._world, deed, ("label_set",))
            for thing in concerned:
                found = deed.outcome.get(thing.label, thing.state)
                verdicts = possible(self._world, deed, table, thing)
                if not any(one.to == found for one in verdicts):
                    key = {"subject_id": deed.subject, "n": deed.n, "kind": deed.kind, "thing": thing.label}
                    expected = [one.to for one in verdicts]
                    self._report.differs("replay.outcome", "acts", key, expected=expected, found=found)
            bind(self._world, deed, card=deed.kind == "seal")
            label = {"case_id": deed.subject, "parcel_id": deed.uuid("parcel_id"), "label": deed.body["label"]}
        except (FileNotFoundError, rules.UnknownWord, rules.BadRuleTable, KeyError, ValueError, TypeError):
            return
        self._world.put("parcels", label)
        for thing in concerned:
            row = self._world.find("label_sets", *thing.key)
            if row is not None:
                self._world.put("label_sets", row, state=deed.outcome.get(thing.label, thing.state))

    def compare(self, row: Mapping[str, Any], keys: CardKeys) -> None:
        """One row of the table with what was told. Told sets that are not asked about are missing: see `missing`."""
        key = {"number": row["number"], "label": row["label"]}
        told = self._world.rows["label_sets"].pop((row["number"],), None)
        if told is None:
            self._report.differs("replay.extra", "label_sets", key, found="a set that no act printed")
            return
        wrong = [name for name, value in told.items() if name in row and value is not ANYTHING and value != row[name]]
        if wrong:
            expected, found = ({name: of[name] for name in wrong} for of in (told, row))
            self._report.differs("replay.differs", "label_sets", key, expected=expected, found=found)
        if different := wrong_hashes(row, keys):
            self._report.differs("label.card", "label_sets", key, expected="made from our keys", found=different)

    def missing(self) -> None:
        for number, told in self._world.rows["label_sets"].items():
            self._report.differs("replay.missing", "label_sets", {"number": number[0]}, expected=told["state"])


async def check_stock(
    snapshot: Snapshot,
    report: Report,
    acts: AsyncGenerator[asyncpg.Record],
    read: Read,
    roles: Mapping[object, frozenset[str]],
    keys: CardKeys,
) -> None:
    """`acts`: of all offices, and of cases those that bind, in the order they were decided."""
    world = World()
    world.stock_told = True
    async for row in snapshot.rows(SETS):
        world.set_numbers[row["label"]] = row["number"]
    units = [row["id"] for row in await snapshot.all("SELECT id FROM subjects WHERE kind = 'unit'")]
    there = await tables.rows_of(snapshot, tables.OF_SUBJECTS, units)
    world.exceptions_there = {exception for _, exception in there["exceptions"]}
    stock = Stock(report, roles, world)
    async for row in acts:
        try:
            stock.tell(read(row))
        except Unreadable as error:
            if row["kind"] not in BINDING:
                key = {"subject_id": row["subject_id"], "n": row["n"], "kind": row["kind"]}
                report.differs("replay.body", "acts", key, expected="a body of its kind", found=str(error))
    for table, rows in there.items():
        tables.compare(report, table, world.rows[table], rows)
    async for row in snapshot.rows(SETS):
        report.counted["label sets"] += 1
        stock.compare(dict(row.items()), keys)
    stock.missing()
