"""What the acts at the door, of custody and of money do to the rows."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from msgspec.structs import replace

from backend.acts.model import Source
from backend.appointments.model import Appointment
from backend.documents.model import Page, Photograph
from backend.documents.pages import photographed
from backend.dossiers.tokens import TrackingToken
from backend.errors import Invalid
from backend.fees import payments
from backend.fees import service as fees
from backend.fees.errors import ChargeUnknown, ShiftAlreadyOpen
from backend.fees.model import BeginShift, Charge, CloseShift, Collect, Remit, Shift
from backend.parcels import service as parcels
from backend.parcels.errors import NotTheReceiver, PaperElsewhere, PaperNotListed
from backend.parcels.model import (
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
from backend.signatures import service as signatures
from backend.signatures.errors import AlreadySigned
from backend.signatures.model import Sign, Signature
from backend.sync import presence_effects
from backend.sync.case_effects import leave_bundle
from backend.sync.doing import Doing, Effect
from backend.visits.model import CheckIdentity, Depart, FailVisit, FinishVisit, HandOverResult, RecordArrival, Visit


def depart(do: Doing, body: Depart) -> None:
    do.visit(body.visit_id)


def record_arrival(do: Doing, body: RecordArrival) -> None:
    visit = replace(do.visit(body.visit_id), arrived_at=do.act.occurred_at)
    do.world.put(visit)
    presence_effects.arrived(do, visit)


def check_identity(do: Doing, body: CheckIdentity) -> None:
    do.world.put(replace(do.case_visit(body.visit_id), identity_checked=body.means != "none", met=body.party))


def see_original(do: Doing, body: SeeOriginal) -> None:
    do.visit(body.visit_id)
    if do.act.key not in do.world.listed:
        raise PaperNotListed("Danh mục của thủ tục không có giấy tờ này. Chọn lại trong danh sách, hoặc hỏi cơ quan.")
    known = do.world.get(Paper, do.subject, body.paper_id)
    do.world.put(parcels.seen(do.subject, body, known, do.actor, do.act.occurred_at))


def take_papers(do: Doing, body: TakePapers) -> None:
    for paper in parcels.take_papers(do.subject, body, do.taker(body.visit_id)):
        known = do.world.get(Paper, do.subject, paper.paper_id)
        do.world.put(parcels.as_taken(paper, known))
    do.world.put(replace(do.case_visit(body.visit_id), changed_hands=True))


def photograph(do: Doing, body: Photograph) -> None:
    visit = do.visit(body.visit_id)
    do.world.put(photographed(do.subject, body, do.world.get(Page, do.subject, body.page_id)))
    presence_effects.photographed(do, body, visit)


def sign(do: Doing, body: Sign) -> None:
    do.visit(body.visit_id)
    if do.world.get(Signature, do.subject, body.signature_id) is not None:
        raise AlreadySigned("Chữ ký này đã có. Giữ chữ ký đầu; ký lại thì tạo chữ ký mới.")
    do.world.put(signatures.sign(do.subject, body, do.act.occurred_at))
    if body.document in signatures.FOR_WHAT_CHANGED_HANDS:
        do.world.put(replace(do.case_visit(body.visit_id), slip_signed=True))


def collect(do: Doing, body: Collect) -> None:
    do.visit(body.visit_id)
    named = dict.fromkeys(line.charge_id for line in body.lines)
    charges = [do.world.get(Charge, do.subject, charge) for charge in named]
    if None in charges:
        raise ChargeUnknown("Khoản phí này không có trong hồ sơ. Tải lại hồ sơ; tiền đã thu vẫn được ghi lại.")
    unsettled = [charge for charge in charges if charge is not None and charge.settled_by is None]
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
    ahead = do.world.get(Parcel, do.subject, body.parcel_id)
    sealer, papers = do.taker(body.visit_id), do.papers(body.paper_ids)
    if ahead is None:  # what another office received meanwhile does not come back
        papers = [paper for paper in papers if paper.holder_kind is not HolderKind.UNIT or paper.held_by == sealer]
    if do.act.source is not Source.DEVICE and len(papers) < len(body.paper_ids):
        raise PaperElsewhere("Có giấy tờ đang ở đơn vị khác. Nhận bàn giao giấy tờ đó trước rồi niêm phong lại.")
    parcel, papers = parcels.seal(do.subject, body, sealer, papers, ahead)
    do.world.put(parcel, *papers)
    label_set = do.world.labelled(body.label)
    if label_set is not None and label_set.parcel_id is None:
        card = TrackingToken(token_sha256=label_set.card_token_sha256, case_id=do.subject, number=1, live=True)
        do.world.put(parcels.bind(label_set, do.subject, body.parcel_id), card)
        presence_effects.carded(do, do.visit(body.visit_id))


def finish_visit(do: Doing, body: FinishVisit) -> None:
    _end(do, replace(do.visit(body.visit_id), outcome=body.outcome, ended_at=do.act.occurred_at), body)


def fail_visit(do: Doing, body: FailVisit) -> None:
    visit = do.visit(body.visit_id)
    _end(do, replace(visit, outcome="failed", reason=body.reason, ended_at=do.act.occurred_at), body)


def _end(do: Doing, visit: Visit, body: FinishVisit | FailVisit) -> None:
    """The promise is over, the seat used up, and the case leaves the courier's bundle.

    Once: how it ended for this case is not written over by another phone, or by the same one later.
    """
    part = do.case_visit(visit.visit_id)
    if part.has_ended:
        return
    do.world.put(visit, replace(part, outcome=visit.outcome))
    presence_effects.ended(do, visit, body)
    for appointment in do.world.of_case(Appointment, do.subject):
        if appointment.visit_id == visit.visit_id:
            do.world.put(replace(appointment, live=False))
    leave_bundle(do, visit.visit_id)


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
    give(do, body.parcel_ids, body.paper_ids, body.receiver, body.condition)


def give(
    do: Doing, parcel_ids: Sequence[UUID], paper_ids: Sequence[UUID], to: Holder, condition: str | None = None
) -> None:
    """Parcels with what is in them, and loose papers, into other hands."""
    moving = {paper.paper_id: paper for paper in (*_inside(do, parcel_ids), *do.papers(paper_ids))}
    for rows in parcels.moved(do.parcels(parcel_ids), list(moving.values()), to, condition):
        do.world.put(*rows)


def _inside(do: Doing, parcel_ids: Iterable[UUID]) -> list[Paper]:
    named = set(parcel_ids)
    return [paper for paper in do.world.of_case(Paper, do.subject) if paper.parcel_id in named]


def open_seal(do: Doing, body: OpenSeal) -> None:
    do.parcels([body.parcel_id])
    do.world.put(*(replace(paper, parcel_id=None) for paper in _inside(do, [body.parcel_id])))


def hand_over_result(do: Doing, body: HandOverResult) -> None:
    papers = do.papers(body.paper_ids)
    presence_effects.word_said(do, body, do.visit(body.visit_id))
    opened = list(dict.fromkeys(paper.parcel_id for paper in papers if paper.parcel_id is not None))
    for rows in parcels.handed_over(do.subject, do.parcels(opened), _inside(do, opened), papers):
        do.world.put(*rows)
    do.world.put(
        replace(do.case, closed_at=do.act.occurred_at), replace(do.case_visit(body.visit_id), changed_hands=True)
    )


def begin_shift(do: Doing, body: BeginShift) -> None:
    if do.world.get(Shift, do.subject) is not None:
        raise ShiftAlreadyOpen("Ca này đã mở. Mở ca mới bằng nút Đầu ca.")
    shift = Shift(
        shift_id=do.subject,
        courier=do.actor,
        unit_id=body.unit,
        day=body.day,
        state="none",
        float_amount=body.float_amount,
        begun_at=do.act.occurred_at,
    )
    do.world.put(shift)
    do.enter(do.act.envelope.id, fees.begin(shift), case=None)


def remit(do: Doing, body: Remit) -> None:
    do.enter(do.act.envelope.id, fees.remit(do.shift(), body), case=None)


def close_shift(do: Doing, body: CloseShift) -> None:
    shift = do.shift()
    closed, moves = fees.close(shift, body, do.world.cash_of(shift.courier), do.act.occurred_at)
    do.world.put(closed)
    do.enter(do.act.envelope.id, moves, case=None)


EFFECTS: dict[str, Effect] = {
    "depart": depart,
    "record_arrival": record_arrival,
    "check_identity": check_identity,
    "see_original": see_original,
    "take_papers": take_papers,
    "photograph": photograph,
    "sign": sign,
    "collect": collect,
    "seal": seal,
    "finish_visit": finish_visit,
    "fail_visit": fail_visit,
    "offer": offer,
    "receive": receive,
    "open_seal": open_seal,
    "hand_over_result": hand_over_result,
    "begin_shift": begin_shift,
    "remit": remit,
    "close_shift": close_shift,
}
