"""`demo.json`: what a tester needs to come in from outside. Readable by whoever runs the demo, and by nobody else."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec

from backend.clock import VIETNAM
from backend.staff.model import NAMES, Role

NAME = "demo.json"


class CourierIn(msgspec.Struct, frozen=True, kw_only=True):
    """A courier: how to sign in, at which post, and one-time codes that let a phone in."""

    name: str
    person: UUID
    badge: str
    account: str
    password: str
    unit: UUID
    enrolment_codes: list[str]


class Held(msgspec.Struct, frozen=True, kw_only=True):
    role: Role
    unit: UUID


class DeskIn(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    person: UUID
    account: str
    password: str
    roles: list[Held]


class CaseIn(msgspec.Struct, frozen=True, kw_only=True):
    """`token`: of the public page `/t/<token>`. `look_up_number`: on the citizen's card, if papers were sealed."""

    case_id: UUID
    token: str
    state: str
    dossier_code: str | None
    owner: str
    unit: UUID
    look_up_number: str | None


class LabelIn(msgspec.Struct, frozen=True, kw_only=True):
    """A label set in stock. `holder`: a person or a unit. The rest is on its citizen card."""

    number: int
    label: str
    item_number: str
    card_token: str
    look_up_number: str
    hand_over_word: str
    holder: UUID


class PayeeIn(msgspec.Struct, frozen=True, kw_only=True):
    """Where citizens pay a post."""

    account_id: UUID
    unit: UUID
    bank_bin: str
    account: str
    holder: str


class Handout(msgspec.Struct, frozen=True, kw_only=True):
    """The file. `now`: when the demo last started, by its own clock."""

    base: str
    now: datetime
    couriers: list[CourierIn]
    desks: list[DeskIn]
    units: dict[str, UUID]
    cases: list[CaseIn]
    labels: list[LabelIn]
    payees: list[PayeeIn]
    bank_secret: str
    """Signs notices to `/api/bank/notices` (Standard Webhooks)."""
    portal_secret: str
    """Signs requests to `/api/portal` (docs/api/portal.md): 32 bytes in hexadecimal digits."""


def write(folder: Path, handout: Handout) -> None:
    """Whole or not at all, 0600 from its first byte on."""
    file, beside = folder / NAME, folder / f"{NAME}.new"
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(msgspec.json.format(msgspec.json.encode(handout), indent=1))
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)


def read(folder: Path) -> Handout | None:
    """None when there is none, or one that is not of this version."""
    try:
        return msgspec.json.decode((folder / NAME).read_bytes(), type=Handout)
    except (FileNotFoundError, msgspec.ValidationError):
        return None


def lines(handout: Handout, folder: Path, named: frozenset[str]) -> Iterator[str]:
    """What is printed at the start, for people. `named`: accounts of the cast of the stories."""
    yield f"Tận Nhà · bản thử, dữ liệu không có thật · {handout.now.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
    yield f"  Bàn làm việc · desks      {handout.base}/desk"
    yield f"  Máy bưu tá · phone app    {handout.base}/courier/"
    yield f"  Theo dõi · tracking       {handout.base}/t/{handout.cases[0].token}"
    yield f"  Tất cả · everything       {folder / NAME}"
    yield "  Đăng nhập · sign-ins      tài khoản / mật khẩu"
    for desk in (desk for desk in handout.desks if desk.account in named):
        roles = ", ".join(dict.fromkeys(NAMES[held.role] for held in desk.roles))
        yield f"    {desk.account:<6} / {desk.password}   {desk.name}, {roles}"
    for courier in (courier for courier in handout.couriers if courier.account in named):
        yield f"    {courier.account:<6} / {courier.password}   {courier.name}, {NAMES[Role.COURIER]}"
        yield f"             mã kích hoạt máy: {courier.enrolment_codes[0]}"
