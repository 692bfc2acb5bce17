"""What the acts on label sets do to the rows: printed, handed out, taken back, spoilt, lost, put in a torn one's place.

The stock of an office is its own subject; only a new label for a parcel is an act on the case.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from backend.parcels import service as parcels
from backend.parcels.errors import LabelNotNew, LabelNumbersTaken, NotInThisStock, NotOfThisUnit
from backend.parcels.model import (
    Holder,
    HolderKind,
    IssueLabelSets,
    LabelSet,
    PrintLabelSets,
    RecordLabelLoss,
    Relabel,
    ReturnLabelSets,
    VoidLabelSets,
)
from backend.sync.doing import Doing, Effect


def print_label_sets(do: Doing, body: PrintLabelSets) -> None:
    if body.first != do.world.next_set_number:
        raise LabelNumbersTaken("Số này vừa có người in. Tải lại trang rồi in lại.")
    do.world.put(*do.world.printed[do.act.key])


def issue_label_sets(do: Doing, body: IssueLabelSets) -> None:
    if not do.world.knows("works_at", (body.courier, do.subject)):
        raise NotOfThisUnit("Người nhận bộ nhãn không làm ở đơn vị này hôm nay. Chọn người khác.")
    for row in _in_hand(do, body.numbers, ("printed",)):
        do.world.put(parcels.with_holder(row, Holder(HolderKind.COURIER, body.courier)))


def return_label_sets(do: Doing, body: ReturnLabelSets) -> None:
    """Whoever takes sets back does so into the stock at hand: a courier may serve two posts."""
    for row in _in_hand(do, body.numbers, ("issued", "lost"), of_this_stock=False):
        back = parcels.with_holder(row, Holder(HolderKind.UNIT, do.subject))
        do.world.put(replace(back, unit_id=do.subject))


def void_label_sets(do: Doing, body: VoidLabelSets) -> None:
    """They stay with whom they were: who spoils many is seen."""
    for row in _in_hand(do, body.numbers, ("printed", "issued")):
        do.world.put(row)


def record_label_loss(do: Doing, body: RecordLabelLoss) -> None:
    """The last holder answers for it."""
    for row in _in_hand(do, body.numbers, ("printed", "issued")):
        do.world.put(parcels.with_holder(row, Holder(HolderKind.LOST, row.holder)))


def _in_hand(
    do: Doing, numbers: Sequence[int], states: Sequence[str], *, of_this_stock: bool = True
) -> Iterator[LabelSet]:
    """The sets that the act moves. A set that is elsewhere by now stays there: the rule table has said so already.

    Raises NotInThisStock for one of another office, and for one that is not in the hands of the phone's courier.
    """
    for number in dict.fromkeys(numbers):
        row = do.world.get(LabelSet, number)
        if row is None or row.state not in states:
            continue
        by_courier = do.act.by_courier and not do.act.resolved
        mine = not by_courier or row.holder == do.actor
        if not mine or (of_this_stock and row.unit_id != do.subject):
            raise NotInThisStock(f"Bộ nhãn {number:05} không thuộc kho hoặc tay của ông/bà. Kiểm tra lại số bộ nhãn.")
        yield row


def relabel(do: Doing, body: Relabel) -> None:
    """Same parcel, same holder. The new set's card opens nothing: the citizen keeps the first."""
    [parcel] = do.parcels([body.parcel_id])
    if parcel.label == body.label:
        raise LabelNotNew("Nhãn mới phải khác nhãn cũ. Quét nhãn của bộ nhãn mới.", pointer="/body/label")
    do.world.put(replace(parcel, label=body.label, seal_number=body.seal_number))
    label_set = do.world.labelled(body.label)
    if label_set is not None and label_set.parcel_id is None:
        do.world.put(parcels.bind(label_set, do.subject, body.parcel_id))


EFFECTS: dict[str, Effect] = {
    "print_label_sets": print_label_sets,
    "issue_label_sets": issue_label_sets,
    "return_label_sets": return_label_sets,
    "void_label_sets": void_label_sets,
    "record_label_loss": record_label_loss,
    "relabel": relabel,
}
