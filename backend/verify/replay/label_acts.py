"""What acts on an office's stock of label sets mean: printed, handed out, taken back, spoilt, lost."""

from collections.abc import Iterator
from uuid import UUID

from backend.verify.replay.deed import Deed
from backend.verify.replay.things import numbers
from backend.verify.replay.world import ANYTHING, Missing, Row, World


def print_label_sets(world: World, deed: Deed) -> None:
    """What is on label and card is not in the act: it is looked at in the table, with the keys."""
    for number in numbers(deed):
        world.put(
            "label_sets",
            {
                "number": number,
                "label": ANYTHING,
                "item_number": s10(number),
                "unit_id": deed.subject,
                "state": "none",
                **_held("unit", deed.subject),
                "case_id": None,
                "parcel_id": None,
                "card": False,
            },
        )


def s10(number: int) -> str:
    """UPU S10: weights from the left, 11 minus the remainder; 10 is written 0, 11 is written 5."""
    serial = str(number).zfill(8)
    total = sum(int(digit) * int(weight) for digit, weight in zip(serial, "86423597", strict=True))
    rest = 11 - total % 11
    return f"TN{serial}{5 if rest == 11 else rest % 10}VN"


def issue_label_sets(world: World, deed: Deed) -> None:
    for row in _moving(world, deed, "printed"):
        world.put("label_sets", row, **_held("courier", deed.uuid("courier")))


def return_label_sets(world: World, deed: Deed) -> None:
    for row in _moving(world, deed, "issued", "lost", own=False):
        world.put("label_sets", row, unit_id=deed.subject, **_held("unit", deed.subject))


def void_label_sets(world: World, deed: Deed) -> None:
    for row in _moving(world, deed, "printed", "issued"):
        world.put("label_sets", row)


def record_label_loss(world: World, deed: Deed) -> None:
    """Lost with whoever had them last."""
    for row in _moving(world, deed, "printed", "issued"):
        world.put("label_sets", row, **_held("lost", row["holder"]))


def _moving(world: World, deed: Deed, *states: str, own: bool = True) -> Iterator[Row]:
    """Sets in one of these states; those in another stay as they are. Raises Missing for another office's."""
    for number in dict.fromkeys(numbers(deed)):
        row = world.find("label_sets", number)
        if row is not None and row["state"] in states:
            if own and row["unit_id"] != deed.subject:
                raise Missing(f"label set {number} in this stock")
            yield row


def _held(kind: str, holder: UUID) -> Row:
    return {"holder_kind": kind, "holder": holder}
