"""What the acts on bags do to the rows. A parcel is put in and taken out on its own case; the rest is of the bag.

What is received is received parcel by parcel, each by an act on its case, as without a bag; then the bag as a whole.
"""

from msgspec.structs import replace

from backend.parcels import bags
from backend.parcels.bag_model import (
    Bag,
    BagParcel,
    CloseBag,
    InBag,
    OfferBag,
    OpenBag,
    PutInBag,
    ReceiveBag,
    SettleBag,
    SignBagRecord,
    TakeOutOfBag,
)
from backend.parcels.errors import (
    BagAlreadyOpen,
    BagChanged,
    BagGoesElsewhere,
    NotInThisBag,
    NotTheReceiver,
    NotYourBag,
    ParcelUnknown,
)
from backend.parcels.model import HandOver, Holder, HolderKind, Parcel
from backend.sync import coming_to_light
from backend.sync.doing import Doing, Effect
from backend.sync.door_effects import give


def open_bag(do: Doing, body: OpenBag) -> None:
    if do.world.get(Bag, do.subject) is not None:
        raise BagAlreadyOpen("Túi thư này đã mở. Tải lại trang rồi bỏ bưu gửi vào.")
    do.world.put(bags.opened(do.subject, body, do.act.occurred_at))


def put_in_bag(do: Doing, body: PutInBag) -> None:
    """What the receiver has by now stays there: the two may be told in any order."""
    bag = _own(do, do.bag(body.bag_id))
    do.parcels([body.parcel_id])
    if bag.to_unit not in do.case.offices:
        raise BagGoesElsewhere("Bưu gửi này không đến nơi nhận của túi thư. Bỏ vào túi thư khác.")
    half = do.world.get(HandOver, do.subject, body.offer_id)
    if half is None or half.received_at is None:
        give(do, [body.parcel_id], [], Holder(HolderKind.BAG, bag.bag_id))


def take_out_of_bag(do: Doing, body: TakeOutOfBag) -> None:
    bag = _own(do, do.bag(body.bag_id))
    [parcel] = do.parcels([body.parcel_id])
    if not _is_in(parcel, bag):
        raise NotInThisBag("Bưu gửi này không ở trong túi thư này. Tải lại trang để xem bản kê.")
    give(do, [body.parcel_id], [], Holder(HolderKind.UNIT, bag.unit_id))


def close_bag(do: Doing, body: CloseBag) -> None:
    bag = _own(do, do.bag(do.subject))
    inside = [InBag(row.case_id, row.parcel_id) for row in do.world.all_of(Parcel) if _is_in(row, bag)]
    do.world.put(
        replace(bag, seal_number=body.seal_number, closed_at=do.act.occurred_at),
        *bags.manifest(bag.bag_id, body.parcels, inside),
    )


def offer_bag(do: Doing, body: OfferBag) -> None:
    bag = do.bag(do.subject)
    _, announced = bags.counts(do.world.of_case(BagParcel, bag.bag_id))
    if body.announced != announced:
        raise BagChanged("Số bưu gửi không còn như trên bản kê. Tải lại trang, đếm lại rồi bàn giao.")
    do.world.put(replace(bag, offered_at=do.act.occurred_at))


def receive_bag(do: Doing, body: ReceiveBag) -> None:
    """Everything found is in the receiver's hands already, and nothing of what is missing."""
    bag = do.bag(do.subject)
    receiver = Holder(HolderKind.UNIT, body.unit)
    if body.unit != bag.to_unit or not do.is_in_hands(receiver):
        raise NotTheReceiver("Túi thư này đi đến đơn vị khác. Chỉ đơn vị nhận mới lập biên bản nhận.")
    for parcel in _named(do, body.found):
        if _is_in(parcel, bag):
            raise BagChanged("Có bưu gửi chưa quét nhận. Quét từng bưu gửi rồi lập biên bản lại.")
    for parcel in _named(do, body.missing):
        if not _is_in(parcel, bag):
            raise BagChanged("Vừa nhận thêm bưu gửi của túi thư này. Tải lại trang rồi lập biên bản lại.")
    came, found = bags.received(bag, do.world.of_case(BagParcel, bag.bag_id), body, do.actor, do.act.occurred_at)
    do.world.put(came, *found)
    coming_to_light.on_bag(do, bag, came, body, bags.announced(do.world.of_case(BagParcel, bag.bag_id)))


def sign_bag_record(do: Doing, body: SignBagRecord) -> None:
    bag = do.bag(do.subject)
    unit = bag.unit_id if body.side == "giver" else bag.to_unit
    if not do.is_in_hands(Holder(HolderKind.UNIT, unit)):
        raise NotYourBag("Ông/bà không làm ở đơn vị của bên này. Nhờ người của đơn vị đó ký.")
    rows = do.world.of_case(BagParcel, bag.bag_id)
    do.world.put(bags.signed(bag, rows, body, do.actor, do.act.occurred_at))


def settle_bag(do: Doing, body: SettleBag) -> None:
    bag = do.bag(do.subject)
    do.world.put(replace(bag, settled_by=do.actor, settled_at=do.act.occurred_at, settled_because=body.reason))


def _own(do: Doing, bag: Bag) -> Bag:
    """Raises NotYourBag."""
    if not do.is_in_hands(bag.held_by):
        raise NotYourBag("Túi thư này do đơn vị khác giữ. Mở túi thư của đơn vị mình.")
    return bag


def _is_in(parcel: Parcel, bag: Bag) -> bool:
    return (parcel.holder_kind, parcel.holder) == (HolderKind.BAG, bag.bag_id)


def _named(do: Doing, named: list[InBag]) -> list[Parcel]:
    """Raises ParcelUnknown."""
    found = [do.world.get(Parcel, one.case_id, one.parcel_id) for one in named]
    if None in found:
        raise ParcelUnknown("Có bưu gửi không có trong sổ. Quét lại nhãn trên bưu gửi.")
    return [row for row in found if row is not None]


EFFECTS: dict[str, Effect] = {
    "open_bag": open_bag,
    "put_in_bag": put_in_bag,
    "take_out_of_bag": take_out_of_bag,
    "close_bag": close_bag,
    "offer_bag": offer_bag,
    "receive_bag": receive_bag,
    "sign_bag_record": sign_bag_record,
    "settle_bag": settle_bag,
}
