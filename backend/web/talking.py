"""Calls and failed visits in the timeline of a case: what became of them, and what was said."""

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
from backend.web.talk_views import ActRow, ActView, CallSaid, EvidenceSaid

CALLS = frozenset({"log_call", "confirm_call"})
FAILED = frozenset({"fail_visit"})
Key = tuple[UUID, UUID]


class _Body(msgspec.Struct, frozen=True):
    outcome: str
    direction: str | None = None


class _Failure(msgspec.Struct, frozen=True):
    evidence: list[str] = []


class _Evidence(msgspec.Struct, frozen=True):
    evidence: dict[str, str] = {}


async def with_calls(services: Transaction, ring: KeyRing, timeline: Sequence[ActRow]) -> list[ActView]:
    """For who may see the case. Nothing more is asked where nobody called."""
    calls = [(act.made_by, act.id) for act in timeline if act.kind in CALLS | FAILED]
    rows = await find_inboxed(services, calls) if calls else {}
    opened = await open_personal(services, ring, calls)
    told = ((act, rows.get((act.made_by, act.id))) for act in timeline)
    return [ActView(**asdict(act), call=_call(row, opened), evidence=_evidence(row, opened)) for act, row in told]


def _evidence(row: Inboxed | None, opened: Mapping[Key, bytes]) -> list[EvidenceSaid]:
    if row is None or row.kind not in FAILED:
        return []
    said = _said(opened.get((row.made_by, row.id)))
    codes = msgspec.json.decode(read(row.data).body, type=_Failure).evidence
    return [EvidenceSaid(code=code, said=said.get(code)) for code in codes]


def _said(personal: bytes | None) -> Mapping[str, str]:
    try:
        return msgspec.json.decode(personal or b"{}", type=_Evidence).evidence
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):  # whatever a program sent
        return {}


def _call(row: Inboxed | None, opened: Mapping[Key, bytes]) -> CallSaid | None:
    if row is None or row.kind not in CALLS:
        return None
    body = msgspec.json.decode(read(row.data).body, type=_Body)
    note = note_in(opened.get((row.made_by, row.id)))
    return CallSaid(direction=body.direction, outcome=body.outcome, note=note)
