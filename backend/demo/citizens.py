"""The citizens of the demo and how far each one's case has come. All invented. Pure: no I/O."""

import msgspec

MAIN = ("register", "confirm", "book", "take", "to_post", "to_one_stop", "check", "start", "release", "back", "deliver")
"""The main path, step by step, as far as the parcel with the result waits at the post for its visit."""
MY_HIEP, SECOND, MY_THO = "buuta01", "buuta02", "buuta06"
"""Couriers of earlier days: two of Mỹ Hiệp, one of Mỹ Tho."""
COMMUNES = {MY_HIEP: ("30112", "H20.12"), SECOND: ("30112", "H20.12"), MY_THO: ("28261", "H20.31")}
"""Where they worked: code of the commune, identifier of its People's Committee."""
WHOLE, SHORT, ON_THE_ROAD, OPEN = "TM-0101", "TM-0102", "TM-0103", "TM-0104"
"""Tags of bags: received with all that was announced, received with one missing, on its way, being filled."""
OUT = (*MAIN, "out")
DONE = (*OUT, "hand_over")


class Citizen(msgspec.Struct, frozen=True, kw_only=True):
    """A case: whose, which procedure, and the steps it has taken.

    `owner`, `parties`: what the registration says of who is who. `fees`: đồng, one charge each, due at reception.
    `courier`: account of who went there in the days before, which also says at which post. `bag`: tag of the
    one that the papers go to the one-stop in.
    """

    name: str
    procedure: str
    steps: tuple[str, ...]
    phone: str | None = None
    number: str | None = None
    hamlet: str = "Ấp 1"
    landmark: str | None = None
    mark: tuple[float, float] | None = None
    """Where the house is on the map: latitude and longitude."""
    access: str | None = None
    email: str | None = None
    tell_by: str | None = None
    owner: dict[str, str] = {}
    parties: tuple[dict[str, str], ...] = ()
    fees: tuple[int, ...] = ()
    courier: str = MY_HIEP
    bag: str | None = None


def _by_bag(tag: str, name: str, procedure: str, hamlet: str, landmark: str | None = None) -> Citizen:
    return Citizen(
        name=name, procedure=procedure, hamlet=hamlet, landmark=landmark, courier=SECOND, steps=MAIN[:5], bag=tag
    )


CITIZENS: tuple[Citizen, ...] = (
    # Today's visits: three of Lan, one of Tú, one of Lan with a result, one tomorrow.
    Citizen(
        name="Nguyễn Thị Huệ",
        procedure="2.000635",
        phone="0912 345 678",
        number="087200000001",
        mark=(10.5312, 105.8391),
        fees=(8_000,),
        steps=("register", "confirm", "book_lan"),
    ),
    Citizen(
        name="Trần Văn Ba",
        procedure="1.004222",
        phone="0912 000 002",
        number="087200000002",
        hamlet="Ấp 2",
        landmark="cạnh chùa",
        mark=(10.5352, 105.8446),
        fees=(20_000,),
        steps=("register", "confirm", "book_lan"),
    ),
    Citizen(
        name="Lê Thị Sáu",
        procedure="2.000815",
        hamlet="Ấp 3",
        landmark="nhà lá sau vườn xoài",
        mark=(10.5268, 105.8472),
        access="motorbike",
        fees=(4_000, 10_000),
        steps=("register", "confirm", "book_lan"),
    ),
    Citizen(
        name="Phạm Văn Được",
        procedure="1.001193",
        phone="0912 000 004",
        tell_by="call",
        steps=("register_one_stop", "forward", "acknowledge", "confirm", "book_tu"),
    ),
    Citizen(
        name="Huỳnh Thị Nga",
        procedure="2.000635",
        phone="0912 000 005",
        email="nga@example.vn",
        tell_by="email",
        steps=(*MAIN[:10], "deliver_lan"),
    ),
    Citizen(
        name="Nguyễn Gia Hân",
        procedure="1.001193",
        phone="0912 000 006",
        owner={"born": "2026"},
        parties=({"role": "filer", "name": "Nguyễn Văn Tâm", "relation": "parent", "born": "1994"},),
        steps=("register", "confirm", "book_lan_tomorrow"),
    ),
    # Not booked yet.
    Citizen(name="Võ Thị Cúc", procedure="2.000635", phone="0912 000 007", steps=("register",)),
    Citizen(name="Đặng Văn Hai", procedure="1.004222", phone="0912 000 008", steps=("register_hotline",)),
    Citizen(name="Bùi Thị Lành", procedure="1.003583", steps=("register_one_stop",)),
    Citizen(name="Đỗ Văn Phước", procedure="1.000656", phone="0912 000 010", steps=("register_one_stop", "forward")),
    Citizen(
        name="Hồ Thị Mận",
        procedure="2.000635",
        phone="0912 000 011",
        fees=(8_000,),
        steps=("register", "confirm"),
    ),
    Citizen(
        name="Công ty TNHH Lúa Sạch Tháp Mười",
        procedure="2.001610",
        phone="0277 000 012",
        owner={"kind": "organisation", "tax_code": "1499999930"},
        parties=(
            {"role": "representative", "name": "Đinh Thị Giang Anh", "relation": "representative"},
            {
                "role": "filer",
                "name": "Trần Văn Nhân",
                "relation": "employee",
                "phone": "0912 000 112",
                "authority": "introduction",
                "authority_until": "2027-12-31",
            },
        ),
        fees=(50_000,),
        steps=("register_one_stop", "forward", "acknowledge", "confirm"),
    ),
    Citizen(name="Ngô Văn Tài", procedure="1.004222", phone="0912 000 013", steps=("register", "report_mismatch")),
    Citizen(name="Dương Thị Út", procedure="2.000635", phone="0912 000 014", steps=("register", "cancel")),
    Citizen(
        name="Trịnh Văn Sơn", procedure="1.004222", phone="0912 000 029", steps=("register", "confirm", "withdraw")
    ),
    # Nobody was at home yesterday.
    Citizen(
        name="Tạ Thị Lan Anh",
        procedure="2.000635",
        phone="0912 000 030",
        hamlet="Ấp 5",
        landmark="qua cầu khỉ, nhà thứ hai",
        mark=(10.5246, 105.8412),
        access="boat",
        fees=(8_000,),
        steps=("register", "confirm", "book", "nobody_home"),
    ),
    # On the road and at the agency.
    Citizen(name="Trần Thị Thu", procedure="1.004222", phone="0912 000 015", steps=MAIN[:4]),
    Citizen(name="Lý Văn Bảy", procedure="2.000815", steps=("register", "book", "take")),
    Citizen(
        name="Phan Thị Hồng",
        procedure="2.000635",
        phone="0912 000 017",
        fees=(8_000,),
        courier=SECOND,
        steps=("begin_shift", *MAIN[:5], "close_shift"),
    ),
    Citizen(name="Mai Văn Chín", procedure="1.003583", phone="0912 000 018", steps=MAIN[:6]),
    Citizen(
        name="Cao Thị Liễu",
        procedure="1.000656",
        phone="0912 000 019",
        steps=(*MAIN[:6], "check_not_passed"),
    ),
    Citizen(
        name="Trần Thị Ngọc",
        procedure="1.001193",
        phone="+81 90 1234 5678",
        owner={"passport": "N0000021"},
        parties=({"role": "recipient", "name": "Trần Thị Sương", "relation": "parent", "old_number": "340000021"},),
        steps=MAIN[:7],
    ),
    Citizen(name="Nguyễn Văn Mười", procedure="1.004222", phone="0912 000 021", steps=MAIN[:8]),
    # By bag to the one-stop: received whole, received with one missing, on its way, being filled.
    _by_bag(WHOLE, "Lại Văn Thành", "2.000635", "Ấp 4"),
    _by_bag(WHOLE, "Nguyễn Thị Điệp", "1.004222", "Ấp 1", "sau trường học"),
    _by_bag(WHOLE, "Trương Văn Nghĩa", "2.000815", "Ấp 2"),
    _by_bag(SHORT, "Hà Thị Bông", "1.004222", "Ấp 6"),
    _by_bag(SHORT, "Lưu Văn Đức", "2.000635", "Ấp 6", "gần bến phà"),
    _by_bag(ON_THE_ROAD, "Tăng Thị Hoa", "2.000635", "Ấp 3"),
    _by_bag(ON_THE_ROAD, "Cù Văn Thạnh", "1.004222", "Ấp 5"),
    _by_bag(OPEN, "Doãn Thị Mai", "2.000815", "Ấp 1"),
    # The way back.
    Citizen(name="Lâm Thị Yến", procedure="2.000635", phone="0912 000 022", tell_by="call", steps=MAIN[:9]),
    Citizen(name="Kiều Văn Sang", procedure="2.000815", phone="0912 000 023", steps=MAIN[:10]),
    Citizen(name="Tô Thị Bé", procedure="1.004222", phone="0912 000 024", steps=OUT),
    Citizen(name="Đinh Văn Lộc", procedure="2.000635", phone="0912 000 031", steps=(*OUT, "result_wrong")),
    Citizen(name="Vũ Thị Thơm", procedure="1.004222", phone="0912 000 032", steps=(*MAIN[:6], "report_mismatch")),
    Citizen(name="Châu Văn Năm", procedure="2.000635", phone="0912 000 025", number="087200000025", steps=DONE),
    # Elsewhere: nothing of xã Mỹ Hiệp's.
    Citizen(
        name="Quách Thị Xuân", procedure="2.000635", phone="0912 000 026", courier=MY_THO, steps=("register", "confirm")
    ),
    Citizen(name="Thái Văn Tư", procedure="1.004222", phone="0912 000 027", courier=MY_THO, steps=MAIN[:6]),
    Citizen(name="Lương Thị Kiều", procedure="1.001193", phone="0912 000 028", courier=MY_THO, steps=DONE),
)
