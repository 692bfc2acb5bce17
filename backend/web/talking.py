"""Calls in the timeline of a case: what became of them, and what was said."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec
from msgspec.structs import replace

from backend.acts.envelope import read
from backend.acts.model import Inboxed
from backend.acts.queries import find_inboxed
from backend.acts.service import open_personal
from backend.database import Transaction
from backend.keys import KeyRing
from backend.web.talk_views import CallSaid
from backend.web.views import ActView

CALLS = frozenset({"log_call", "confirm_call"})
Key = tuple[UUID, UUID]


class _Body(msgspec.Struct, frozen=True):
    outcome: str
    direction: str | None = None


class _Personal(msgspec.Struct, frozen=True):
    note: str | None = None


async def with_calls(services: Transaction, ring: KeyRing, timeline: Sequence[ActView]) -> list[ActView]:
    """For who may see the case. Nothing more is asked where nobody called."""
    calls = [(act.made_by, act.id) for act in timeline if act.kind in CALLS]
    if not calls:
        return list(timeline)
    rows = await find_inboxed(services, calls)
    opened = await open_personal(services, ring, calls)
    return [_with_call(act, rows, opened) for act in timeline]


def _with_call(act: ActView, rows: Mapping[Key, Inboxed], opened: Mapping[Key, bytes]) -> ActView:
    row = rows.get((act.made_by, act.id)) if act.kind in CALLS else None
    if row is None:
        return act
    body = msgspec.json.decode(read(row.data).body, type=_Body)
    note = _note(opened.get((act.made_by, act.id), b"{}"))
    return replace(act, call=CallSaid(direction=body.direction, outcome=body.outcome, note=note))


def _note(personal: bytes) -> str | None:
    try:
        return msgspec.json.decode(personal, type=_Personal).note
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):  # whatever a program sent as a note
        return None
