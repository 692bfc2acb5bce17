"""Label sets: a set binds once, to the parcel of the first sealing that used it. Its stock is told elsewhere."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from backend.acts import envelope
from backend.acts.envelope import Unreadable
from backend.verify.database import Snapshot
from backend.verify.replay.deed import Deed
from backend.verify.replay.things import UNKNOWN_STATE
from backend.verify.replay.world import ANYTHING, Row, World
from backend.verify.report import Report

BOUND = ("case_id", "parcel_id", "state", "holder_kind", "holder")


class _Sealed(msgspec.Struct, frozen=True):
    label: str | None = None


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


def without_binding(row: Row) -> Row:
    """As it was before any act of ours: in somebody's stock."""
    before = {"state": UNKNOWN_STATE, "case_id": None, "parcel_id": None}
    return row | before | {"holder_kind": ANYTHING, "holder": ANYTHING}


async def compare_labels(snapshot: Snapshot, report: Report, world: World, sets: Sequence[Row]) -> None:
    for row in sets:
        told = world.get("label_sets", row["label"])
        key = {"number": row["number"], "label": row["label"]}
        if told["parcel_id"] is None:
            # Not bound by these cases: it must not say that it is.
            if row["case_id"] is not None and world.find("cases", row["case_id"]) is not None:
                report.differs("replay.extra", "label_sets", key, expected=None, found=_binding(row))
        elif any(told[name] != row[name] for name in BOUND) and not await _elsewhere(snapshot, world, row):
            report.differs("replay.differs", "label_sets", key, expected=_binding(told), found=_binding(row))


def _binding(row: Row) -> Row:
    return {name: row[name] for name in BOUND}


async def _elsewhere(snapshot: Snapshot, world: World, row: Row) -> bool:
    """Whether another case, told in another batch, sealed with the same label, and so may have been the first."""
    if row["case_id"] is None or world.find("cases", row["case_id"]) is not None:
        return False
    sealings = await snapshot.all(
        """SELECT i.data FROM acts AS a JOIN inbox AS i ON i.made_by = a.made_by AND i.id = a.id
           WHERE a.subject_kind = 'case' AND a.subject_id = $1 AND a.kind = 'seal'""",
        row["case_id"],
    )
    return any(_label(sealing["data"]) == row["label"] for sealing in sealings)


def _label(data: bytes) -> str | None:
    try:
        return msgspec.json.decode(envelope.read(data).body, type=_Sealed).label
    except (Unreadable, msgspec.MsgspecError):
        return None
