"""What the acts at the door, of custody and of money do to the rows."""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from msgspec.structs import replace

from backend.clock import local_date
from backend.documents.model import Page, Photograph
from backend.documents.pages import photographed, replaced
from backend.dossiers.tokens import TrackingToken
from backend.errors import Invalid
from backend.fees import payments
from backend.fees import service as fees
from backend.fees.errors import ChargeUnknown
from backend.fees.model import Charge, Collect
from backend.parcels import service as parcels
from backend.parcels.errors import NotTheReceiver, PaperElsewhere, PaperNotListed
from backend.parcels.model import (
    DeferPhotograph,
    HandOver,
    Holder,
    HolderKind,
    Offer,
    OpenSeal,
    Paper,
    Parcel,
    Receive,
    Seal,
    SeeOriginal,
    TakePapers,
)
from backend.procedures.people import is_known_by
from backend.sync import coming_to_light, presence_effects
from backend.sync.doing import Doing, Effect
from backend.visits.model import CheckIdentity, HandOverResult


def check_identity(do: Doing, body: CheckIdentity) -> None:
    known = is_known_by(body.means, local_date(do.act.occurred_at))
    part = do.case_visit(body.visit_id)
    do.world.put(replace(part, identity_checked=known, met=body.party, met_party=body.party_id))


def see_original(do: Doing, body: SeeOriginal) -> None:
    do.visit(body.visit_id)
    if do.act.key not in do.world.listed and body.goes_with is None:
        raise PaperNotListed("Danh mục của thủ tục không có giấy tờ này. Chọn lại trong danh sách, hoặc hỏi cơ quan.")
    known = do.world.get(Paper, do.subject, body.paper_id)
    do.world.put(parcels.seen(do.subject, body, known, do.actor, do.act.occurred_at))


def take_papers(do: Doing, body: TakePapers) -> None:
    for paper in parcels.take_papers(do.subject, body, do.taker(body.visit_id)):
        known = do.world.get(Paper, do.subject, paper.paper_id)
        coming_to_light.on_taking(do, paper, known)
        do.world.put(parcels.as_taken(paper, known))
    do.world.put(replace(do.case_visit(body.visit_id), changed_hands=True))


def photograph(do: Doing, body: Photograph) -> None:
    visit, known = do.visit(body.visit_id), do.world.get(Page, do.subject, body.page_id)
    page = photographed(do.subject, body, known)
    do.world.put(page, *replaced(page, known))
    presence_effects.photographed(do, body, visit)
    if (paper := do.world.get(Paper, do.subject, body.paper_id)) is not None:
        do.world.put(replace(paper, picture_deferred=None))


def collect(do: Doing, body: Collect) -> None:
    do.visit(body.visit_id)
    named = dict.fromkeys(line.charge_id for line in body.lines)
    charges = [do.world.get(Charge, do.subject, charge) for charge in named]
    if None in charges:
        raise ChargeUnknown("Khoản phí này không có trong hồ sơ. Tải lại hồ sơ; tiền đã thu vẫn được ghi lại.")
    unsettled = [charge for charge in charges if charge is not None and charge.wants_money]
    collection, settled, moves = fees.collect(
        do.subject, body, unsettled, do.actor, do.act.envelope.id, do.act.occurred_at
    )
    do.world.put(collection, *settled)
    do.enter(collection.collection_id, moves, case=do.subject)
    rest = body.total - sum(charge.amount for charge in settled)
    _owe_back(do, rest, "paid_twice" if len(unsettled) < len(charges) else "overpaid")


def _owe_back(do: Doing, rest: int, cause: str) -> None:
    """What a slip took and no charge wanted has an owner and a day from now on."""
    if rest > 0:
        do.world.put(
            payments.owed_back(
                do.subject,
                do.act.envelope.id,
                rest,
                cause,
                owner=do.case.handling_unit,
                at=do.act.occurred_at,
                collected_by=do.actor,
            )
        )


def seal(do: Doing, body: Seal) -> None:
    visit, ahead = do.visit(body.visit_id), do.world.get(Parcel, do.subject, body.parcel_id)
    sealer, papers = do.taker(body.visit_id), do.papers(body.paper_ids)
    if ahead is None:  # what another office received meanwhile does not come back
        papers = [paper for paper in papers if paper.holder_kind is not HolderKind.UNIT or paper.held_by == sealer]
    if not do.act.by_courier and len(papers) < len(body.paper_ids):
        raise PaperElsewhere("Có giấy tờ đang ở đơn vị khác. Nhận bàn giao giấy tờ đó trước rồi niêm phong lại.")
    parcel, papers = parcels.seal(do.subject, body, sealer, papers, ahead)
    do.world.put(parcel, *papers)
    label_set = do.world.labelled(body.label)
    if label_set is not None and label_set.parcel_id is None:
        card = TrackingToken(token_sha256=label_set.card_token_sha256, case_id=do.subject, number=1, live=True)
        do.world.put(parcels.bind(label_set, do.subject, body.parcel_id), card)
        presence_effects.carded(do, visit)


def defer_photograph(do: Doing, body: DeferPhotograph) -> None:
    do.visit(body.visit_id)
    do.world.put(*(replace(paper, picture_deferred=body.reason) for paper in do.papers(body.paper_ids)))


def offer(do: Doing, body: Offer) -> None:
    things = [*do.parcels(body.parcel_ids), *do.papers(body.paper_ids)]
    if not things:
        raise Invalid("Chưa chọn bưu gửi hay giấy tờ để bàn giao. Quét nhãn rồi gửi lại.", pointer="/body/parcel_ids")
    half = do.world.get(HandOver, do.subject, body.offer_id)
    giver = Holder(things[0].holder_kind, things[0].holder)
    do.world.put(parcels.offer(do.subject, body, giver, half, do.act.occurred_at))


def receive(do: Doing, body: Receive) -> None:
    if not do.is_in_hands(body.receiver):
        raise NotTheReceiver("Chỉ người nhận mới xác nhận đã nhận. Nhờ người nhận quét mã bàn giao trên máy của họ.")
    half = do.world.get(HandOver, do.subject, body.offer_id)
    do.world.put(parcels.receive(do.subject, body, half, do.act.occurred_at))
    for parcel_id in body.parcel_ids:
        if do.world.get(Parcel, do.subject, parcel_id) is None:
            do.world.put(parcels.heard_of(do.subject, parcel_id, body.receiver))
    coming_to_light.on_receiving(do, body, inside(do, body.parcel_ids), do.papers(body.paper_ids))
    give(do, body.parcel_ids, body.paper_ids, body.receiver, body.of)


def give(
    do: Doing,
    parcel_ids: Sequence[UUID],
    paper_ids: Sequence[UUID],
    to: Holder,
    condition: Callable[[UUID], str] | None = None,
) -> None:
    """Parcels with what is in them, and loose papers, into other hands."""
    moving = {paper.paper_id: paper for paper in (*inside(do, parcel_ids), *do.papers(paper_ids))}
    for rows in parcels.moved(do.parcels(parcel_ids), list(moving.values()), to, condition):
        do.world.put(*rows)


def inside(do: Doing, parcel_ids: Iterable[UUID]) -> list[Paper]:
    named = set(parcel_ids)
    return [paper for paper in do.world.of_case(Paper, do.subject) if paper.parcel_id in named]


def open_seal(do: Doing, body: OpenSeal) -> None:
    [parcel], papers = do.parcels([body.parcel_id]), inside(do, [body.parcel_id])
    coming_to_light.on_counting(do, parcel, body.counted, len(papers))
    do.world.put(*(replace(paper, parcel_id=None) for paper in papers))


def handed_over(do: Doing, paper_ids: Sequence[UUID]) -> None:
    """Into the citizen's hands; the parcels that they lay in are opened."""
    papers = do.papers(paper_ids)
    opened = list(dict.fromkeys(paper.parcel_id for paper in papers if paper.parcel_id is not None))
    for rows in parcels.handed_over(do.subject, do.parcels(opened), inside(do, opened), papers):
        do.world.put(*rows)


def hand_over_result(do: Doing, body: HandOverResult) -> None:
    presence_effects.word_said(do, body, do.visit(body.visit_id))
    handed_over(do, body.paper_ids)
    do.world.put(replace(do.case_visit(body.visit_id), changed_hands=True))


EFFECTS: dict[str, Effect] = {
    "check_identity": check_identity,
    "see_original": see_original,
    "take_papers": take_papers,
    "photograph": photograph,
    "collect": collect,
    "seal": seal,
    "defer_photograph": defer_photograph,
    "offer": offer,
    "receive": receive,
    "open_seal": open_seal,
    "hand_over_result": hand_over_result,
}
