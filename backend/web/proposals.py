"""What waits, with the decisions about it that wait for a second person."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec
from msgspec.structs import asdict, replace

from backend.acts.envelope import Unreadable, read
from backend.acts.model import Inboxed
from backend.acts.queries import find_inboxed
from backend.acts.service import open_personal
from backend.database import Transaction
from backend.keys import KeyRing
from backend.sync.review import Proposal, needs_second, proposals
from backend.web import office_queries
from backend.web.figures import Figures, Numbers, figures_in
from backend.web.views import ActView, CaseView, ProposalView, WaitingRow, WaitingView


async def with_proposals(services: Transaction, waiting: Sequence[WaitingRow]) -> list[WaitingView]:
    """One for one. Nothing more is asked where nothing waits that takes two people."""
    asked = [(one.made_by, one.id) for one in waiting if one.standing == "review" and needs_second(one.kind)]
    rows = await find_inboxed(services, asked) if asked else {}
    found = await proposals(services, rows) if asked else {}
    deciders = sorted({one.decision.made_by for one in found.values()})
    names = await office_queries.people_named(services, deciders) if deciders else {}
    return [
        WaitingView(
            **asdict(one),
            needs_second=needs_second(one.kind),
            figures=figures_of(rows.get((one.made_by, one.id))),
            proposal=_view(found.get((one.made_by, one.id)), names),
        )
        for one in waiting
    ]


def figures_of(row: Inboxed | None) -> Figures:
    """Empty for a body that does not say so, whatever it says instead."""
    try:
        body = msgspec.json.decode(read(row.data).body, type=Numbers) if row is not None else Numbers()
    except (Unreadable, msgspec.MsgspecError):
        return Figures()
    return figures_in(body, counts=row is not None and row.kind == "close_shift")


def _view(proposal: Proposal | None, names: Mapping[UUID, str]) -> ProposalView | None:
    if proposal is None:
        return None
    decision = proposal.decision
    return ProposalView(
        made_by=decision.made_by,
        id=decision.id,
        decided_by=names.get(decision.made_by, ""),
        decided_at=decision.at,
        resolution=decision.body.resolution,
        case=decision.body.case,
        reason=decision.body.reason,
        involved=sorted(proposal.involved),
    )


class _Note(msgspec.Struct, frozen=True):
    note: str | None = None


async def with_notes(services: Transaction, ring: KeyRing, case: CaseView, timeline: Sequence[ActView]) -> CaseView:
    """What citizen and deciders said in their own words, for who may see the case. What was erased is left out."""
    registered = [(one.made_by, one.id) for one in timeline if one.kind == "register"]
    decided = [(one.proposal.made_by, one.proposal.id) for one in case.reviews if one.proposal is not None]
    opened = await open_personal(services, ring, [*registered, *decided])
    reviews = [
        replace(one, proposal=_noted(one.proposal, opened)) if one.proposal is not None else one for one in case.reviews
    ]
    said = (note_in(opened.get(act)) for act in registered)
    return replace(case, reviews=reviews, note=next((note for note in said if note is not None), None))


def _noted(proposal: ProposalView, opened: Mapping[tuple[UUID, UUID], bytes]) -> ProposalView:
    return replace(proposal, note=note_in(opened.get((proposal.made_by, proposal.id))))


def note_in(personal: bytes | None) -> str | None:
    """Of the sealed part of an act. None where there is none, or it was erased."""
    try:
        return msgspec.json.decode(personal or b"{}", type=_Note).note
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):  # whatever a program sent as a note
        return None
