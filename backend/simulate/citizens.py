"""Invented people of Đồng Tháp: nobody's name, number or address."""

from random import Random
from typing import Any

import msgspec

_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Đoàn", "Trương")
_MIDDLE = ("Văn", "Thị", "Hữu", "Minh", "Ngọc", "Thanh", "Quốc", "Kim", "Thùy", "Bảo", "Hoàng", "Mỹ")
_GIVEN = (
    "Huệ",
    "Sáu",
    "Bình",
    "Hạnh",
    "Tư",
    "Nhàn",
    "Khánh",
    "Lành",
    "Phước",
    "Thảo",
    "Vân",
    "Yến",
    "Đẹt",
    "Út",
    "Cúc",
)


class Citizen(msgspec.Struct, frozen=True, kw_only=True):
    owner_name: str
    owner_number: str
    phone: str
    address: str

    def told(self) -> dict[str, Any]:
        """The personal part of a registration; never in a body."""
        return msgspec.structs.asdict(self)


def citizen(dice: Random) -> Citizen:
    """Numbers begin as no real one does: 000 is no province, 0900 000 nobody's line."""
    return Citizen(
        owner_name=f"{dice.choice(_FAMILY)} {dice.choice(_MIDDLE)} {dice.choice(_GIVEN)}",
        owner_number=f"000{dice.randrange(10**9):09}",
        phone=f"0900 000 {dice.randrange(1000):03}",
        address=f"Số {dice.randrange(1, 400)}, ấp {dice.randrange(1, 7)}, tỉnh Đồng Tháp",
    )


AT_HOUSE = {"lat": 10.52, "lon": 105.84, "accuracy": 12.0, "age": 4.0}
AT_CAFE = {"lat": 10.574, "lon": 105.84, "accuracy": 18.0, "age": 5.0}
"""Six kilometres north of it."""
HOUSE_MARK = {"lat": 10.52, "lon": 105.84}
"""Where a house is, as the citizen says."""


def place(dice: Random) -> dict[str, float]:
    """Where a courier stands, WGS 84, somewhere on the plain: exact places are personal. `accuracy` in metres, `age` in
    seconds."""
    return {
        "lat": round(dice.uniform(10.2, 10.7), 5),
        "lon": round(dice.uniform(105.4, 106.0), 5),
        "accuracy": float(dice.randrange(5, 60)),
        "age": float(dice.randrange(0, 20)),
    }
