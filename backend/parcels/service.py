"""The acts of custody. Returns new and changed rows; nothing is written here."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from backend.dossiers.model import ReleaseResult
from backend.parcels import queries
from backend.parcels.model import (
    HandOver,
    Holder,
    HolderKind,
    LabelSet,
    Offer,
    Paper,
    Parcel,
    Receive,
    Seal,
    SeeOriginal,
    TakePapers,
)

reached_agency = queries.reached_agency


def take_papers(case_id: UUID, body: TakePapers, taker: Holder) -> list[Paper]:
    """What is on the slip is in the taker's hands."""
    return [
        Paper(
            case_id=case_id,
            paper_id=taken.id,
            component=taken.component,
            form=taken.form,
            originals=taken.originals,
            copies=taken.copies,
            condition=taken.condition,
            state="none",
            holder_kind=taker.kind,
            holder=taker.id,
        )
        for taken in body.papers
    ]


def seen(case_id: UUID, body: SeeOriginal, known: Paper | None, by: UUID, at: datetime) -> Paper:
    """An original that is only looked at never leaves the citizen; one that is in other hands stays there."""
    paper = known or Paper(
        case_id=case_id,
        paper_id=body.paper_id,
        component=body.component,
        form="original",
        originals=body.originals,
        copies=0,
        condition=body.condition,
        state="none",
        holder_kind=HolderKind.CITIZEN,
        holder=case_id,
    )
    return replace(paper, seen_by=by, seen_at=at, goes_with=body.goes_with or paper.goes_with)


def seal(
    case_id: UUID, body: Seal, sealer: Holder, papers: Sequence[Paper], ahead: Parcel | None
) -> tuple[Parcel, list[Paper]]:
    """`ahead`: the parcel as a receiver made it known before the sealing was heard of: it is where it was received."""
    if ahead is not None:
        sealer = Holder(ahead.holder_kind, ahead.holder)
    parcel = Parcel(
        case_id=case_id,
        parcel_id=body.parcel_id,
        label=body.label,
        seal_number=body.seal_number,
        state=ahead.state if ahead is not None else "none",
        holder_kind=sealer.kind,
        holder=sealer.id,
    )
    return parcel, [
        replace(paper, parcel_id=body.parcel_id, holder_kind=sealer.kind, holder=sealer.id) for paper in papers
    ]


def bind(label_set: LabelSet, case_id: UUID, parcel_id: UUID) -> LabelSet:
    """The set's label is on the parcel, its card with the citizen: it is out of the courier's stock."""
    return replace(label_set, case_id=case_id, parcel_id=parcel_id, holder_kind=HolderKind.CITIZEN, holder=case_id)


def with_holder(label_set: LabelSet, holder: Holder) -> LabelSet:
    return replace(label_set, holder_kind=holder.kind, holder=holder.id)


def offer(case_id: UUID, body: Offer, giver: Holder, half: HandOver | None, at: datetime) -> HandOver:
    """The giver's half, before or after the receiver's, which says who gave: by then the things are elsewhere."""
    known = half or HandOver(case_id=case_id, offer_id=body.offer_id)
    return replace(
        known,
        giver_kind=known.giver_kind or giver.kind,
        giver=known.giver or giver.id,
        receiver_kind=known.receiver_kind or body.to.kind,
        receiver=known.receiver or body.to.id,
        parcel_ids=known.parcel_ids or body.parcel_ids,
        paper_ids=known.paper_ids or body.paper_ids,
        offered_at=at,
    )


def receive(case_id: UUID, body: Receive, half: HandOver | None, at: datetime) -> HandOver:
    """The receiver's half: it says what was really received, and that is what counts."""
    known = half or HandOver(case_id=case_id, offer_id=body.offer_id)
    return replace(
        known,
        giver_kind=known.giver_kind or body.giver.kind,
        giver=known.giver or body.giver.id,
        receiver_kind=body.receiver.kind,
        receiver=body.receiver.id,
        parcel_ids=body.parcel_ids,
        paper_ids=body.paper_ids,
        received_at=at,
        condition=body.condition,
    )


def is_worse(before: str, said: str) -> bool:
    """Whether a paper that looked so now shows damage that was not there."""
    return said not in ("intact", before)


def looked_at(before: str, said: str) -> str:
    """Known damage does not heal by being looked at once more."""
    return said if is_worse(before, said) else before


def moved(
    parcels: Sequence[Parcel], papers: Sequence[Paper], to: Holder, condition: Callable[[UUID], str] | None = None
) -> tuple[list[Parcel], list[Paper]]:
    """Parcels, what is sealed in them, and loose papers, all with their new holder. `condition`: how each paper looks
    to who takes it over.

    A paper that goes without the parcel it lay in lies in none any more.
    """
    along = {parcel.parcel_id for parcel in parcels}
    return (
        [replace(parcel, holder_kind=to.kind, holder=to.id) for parcel in parcels],
        [
            replace(
                paper,
                holder_kind=to.kind,
                holder=to.id,
                condition=looked_at(paper.condition, condition(paper.paper_id)) if condition else paper.condition,
                parcel_id=paper.parcel_id if paper.parcel_id in along else None,
            )
            for paper in papers
        ],
    )


def handed_over(
    case_id: UUID, parcels: Sequence[Parcel], inside: Sequence[Paper], papers: Sequence[Paper]
) -> tuple[list[Parcel], list[Paper]]:
    """The recipient takes `papers` and opens the `parcels` they lay in; what else was `inside` stays where it is."""
    citizen = {"holder_kind": HolderKind.CITIZEN, "holder": case_id}
    taken = {paper.paper_id for paper in papers}
    return (
        [replace(parcel, **citizen) for parcel in parcels],
        [
            *(replace(paper, parcel_id=None, **citizen) for paper in papers),
            *(replace(paper, parcel_id=None) for paper in inside if paper.paper_id not in taken),
        ],
    )


def as_taken(taken: Paper, known: Paper | None) -> Paper:
    """A paper that a receiver already has stays there: the slip only says what it is."""
    if known is None:
        return taken
    taken = replace(
        taken,
        seen_by=known.seen_by,
        seen_at=known.seen_at,
        superseded=known.superseded,
        picture_deferred=known.picture_deferred,
        goes_with=known.goes_with,
    )
    if known.holder_kind in (HolderKind.CITIZEN, HolderKind.COURIER):
        lies_in = known.parcel_id if known.held_by == taken.held_by else None
        return replace(taken, state=known.state, parcel_id=lies_in)
    return replace(
        taken, state=known.state, parcel_id=known.parcel_id, holder_kind=known.holder_kind, holder=known.holder
    )


def heard_of(case_id: UUID, parcel_id: UUID, receiver: Holder) -> Parcel:
    """A parcel whose sealing has not arrived yet: halves come in any order, days apart."""
    return Parcel(case_id=case_id, parcel_id=parcel_id, state="none", holder_kind=receiver.kind, holder=receiver.id)


def release_result(case_id: UUID, body: ReleaseResult, agency: UUID) -> tuple[Parcel, Paper]:
    """The result is a paper in the agency's hands, in a parcel of its own."""
    parcel = Parcel(case_id=case_id, parcel_id=body.parcel_id, state="none", holder_kind=HolderKind.UNIT, holder=agency)
    paper = Paper(
        case_id=case_id,
        paper_id=body.paper_id,
        component=body.component,
        form="original",
        originals=body.originals,
        copies=body.copies,
        condition="intact",
        is_result=True,
        state="none",
        parcel_id=body.parcel_id,
        holder_kind=HolderKind.UNIT,
        holder=agency,
    )
    return parcel, paper
