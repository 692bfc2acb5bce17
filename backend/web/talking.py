"""Calls in the timeline of a case: what became of them, and what was said."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec
from msgspec.structs import asdict

from backend.acts.envelope import read
from backend.acts.model import Inboxed
from backend.acts.queries import find_inboxed
from backend.acts.service import open_personal
from backend.database import Transaction
from backend.keys import KeyRing
from backend.web.proposals import note_in
from backend.web.talk_views import ActRow, ActView, CallSaid

CALLS = frozenset({"log_call", "confirm_call"})
Key = tuple[UUID, UUID]


class _Body(msgspec.Struct, frozen=True):
    outcome: str
    direction: str | None = None


async def with_calls(services: Transaction, ring: KeyRing, timeline: Sequence[ActRow]) -> list[ActView]:
    """For who may see the case. Nothing more is asked where nobody called."""
    calls = [(act.made_by, act.id) for act in timeline if act.kind in CALLS]
    rows = await find_inboxed(services, calls) if calls else {}
    opened = await open_personal(services, ring, calls)
    return [ActView(**asdict(act), call=_call(rows.get((act.made_by, act.id)), opened)) for act in timeline]


def _call(row: Inboxed | None, opened: Mapping[Key, bytes]) -> CallSaid | None:
    if row is None:
        return None
    body = msgspec.json.decode(read(row.data).body, type=_Body)
    note = note_in(opened.get((row.made_by, row.id)))
    return CallSaid(direction=body.direction, outcome=body.outcome, note=note)
