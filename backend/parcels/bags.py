"""What becomes of a bag: filled, tied, handed over, received, signed for. Returns new and changed rows."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from backend.errors import Invalid
from backend.parcels.bag_model import Bag, BagParcel, InBag, OpenBag, ReceiveBag, Result, SignBagRecord
from backend.parcels.errors import BagChanged, RecordDiffers, RecordSigned, SignsForBoth
from backend.parcels.model import HolderKind


def opened(bag_id: UUID, body: OpenBag, at: datetime) -> Bag:
    """Raises Invalid for a bag that would go nowhere."""
    if body.unit == body.to_unit:
        raise Invalid("Túi thư phải đi đến đơn vị khác. Chọn nơi nhận khác.", pointer="/body/to_unit")
    return Bag(
        bag_id=bag_id,
        tag=body.tag,
        unit_id=body.unit,
        to_unit=body.to_unit,
        state="none",
        holder_kind=HolderKind.UNIT,
        holder=body.unit,
        opened_at=at,
    )


def manifest(bag_id: UUID, named: Sequence[InBag], inside: Iterable[InBag]) -> list[BagParcel]:
    """Raises BagChanged unless it names all that is in the bag, and nothing else."""
    if set(named) != set(inside):
        raise BagChanged("Vừa có người bỏ vào hoặc lấy ra bưu gửi. Tải lại trang, xem lại bản kê rồi buộc lại.")
    return [
        BagParcel(bag_id=bag_id, parcel_id=one.parcel_id, case_id=one.case_id, announced=True, found=False)
        for one in named
    ]


def announced(rows: Iterable[BagParcel]) -> set[InBag]:
    return {InBag(row.case_id, row.parcel_id) for row in rows if row.announced}


def result(body: ReceiveBag, expected: set[InBag]) -> Result:
    """A broken seal says most, then what is missing."""
    if not body.seal_intact:
        return "seal_broken"
    if expected - set(body.found):
        return "short"
    return "extra" if set(body.found) - expected else "all_present"


def received(
    bag: Bag, rows: Sequence[BagParcel], body: ReceiveBag, by: UUID, at: datetime
) -> tuple[Bag, list[BagParcel]]:
    """Whoever had the bag still answers for what it lacked. Raises BagChanged, RecordSigned."""
    expected, found = announced(rows), set(body.found)
    if bag.received_at is not None:
        raise RecordSigned("Túi thư này đã lập biên bản nhận. Tải lại trang để xem.")
    if set(body.missing) != expected - found:
        raise BagChanged("Số bưu gửi đã nhận vừa thay đổi. Tải lại trang rồi lập biên bản lại.")
    came = replace(bag, received_at=at, received_by=by, result=result(body, expected))
    if not body.missing:
        came = replace(came, holder_kind=HolderKind.UNIT, holder=body.unit)
    return came, [
        BagParcel(
            bag_id=bag.bag_id,
            parcel_id=one.parcel_id,
            case_id=one.case_id,
            announced=one in expected,
            found=True,
        )
        for one in body.found
    ]


def signed(bag: Bag, rows: Sequence[BagParcel], body: SignBagRecord, by: UUID, at: datetime) -> Bag:
    """Raises RecordDiffers, RecordSigned, SignsForBoth."""
    if bag.received_at is None or (body.found, body.announced) != counts(rows):
        raise RecordDiffers("Số bưu gửi trên biên bản không còn như lúc xem. Tải lại trang, đọc lại rồi ký.")
    if body.side == "giver":
        if bag.giver_signed_by is not None:
            raise RecordSigned("Bên giao đã ký biên bản này. Không cần ký thêm.")
        if bag.receiver_signed_by == by:
            raise SignsForBoth("Ông/bà đã ký cho bên nhận. Nhờ người của bên giao ký.")
        return replace(bag, giver_signed_by=by, giver_signed_at=at)
    if bag.receiver_signed_by is not None:
        raise RecordSigned("Bên nhận đã ký biên bản này. Không cần ký thêm.")
    if bag.giver_signed_by == by:
        raise SignsForBoth("Ông/bà đã ký cho bên giao. Nhờ người của bên nhận ký.")
    return replace(bag, receiver_signed_by=by, receiver_signed_at=at)


def counts(rows: Iterable[BagParcel]) -> tuple[int, int]:
    """(found, announced): "nhận m/n"."""
    kept = list(rows)
    return sum(row.found for row in kept), sum(row.announced for row in kept)
