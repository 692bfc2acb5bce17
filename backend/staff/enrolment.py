"""Letting a phone in, and out again. A phone makes its own key; only the public half ever leaves it."""

import hashlib
import re
import secrets
from base64 import b32decode, b32encode
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from uuid import UUID

from backend.acts.envelope import is_signed
from backend.acts.rules import current, load
from backend.clock import local_date
from backend.database import Transaction
from backend.ids import derived, uuid7
from backend.keys import KeyRing
from backend.staff import device_queries, queries
from backend.staff.device_sign_in import SignedIn, signed_in
from backend.staff.errors import (
    EnrolmentCodeExpired,
    EnrolmentCodeUnknown,
    EnrolmentCodeUsed,
    EnrolmentNotProven,
    KeyRefused,
    NoRoleToday,
    PersonDisabled,
    RoleNeeded,
)
from backend.staff.jwk import JsonWebKey, point, public_key, thumbprint
from backend.staff.model import (
    CODE_LASTS,
    REFRESH_GRACE,
    Device,
    DeviceAct,
    DeviceSession,
    EnrolmentCode,
    Person,
    Post,
    answers_for,
    lent_until,
)

Record = Callable[[Transaction, DeviceAct], Awaitable[None]]
"""Appends an act to the chain of the phone, in the same transaction."""

PREFIX = "TANNHA:ENROL:"
_CODE = re.compile(r"[A-Z2-7]{26}")
_CODE_BYTES = 16


def may(kind: str, posts: Iterable[Post], unit: UUID) -> bool:
    """Whether the rule table gives this act on a phone of `unit` to one of these posts."""
    return answers_for(posts, unit, load(current()).act(kind).roles)


async def make_code(
    tx: Transaction, *, posts: Iterable[Post], made_by: UUID, person: UUID, unit: UUID, at: datetime
) -> str:
    """The text of the QR that lets one phone of `person` in at `unit`: `TANNHA:ENROL:` and 26 characters.

    `posts`: what the maker holds today. Raises RoleNeeded, PersonUnknown, PersonDisabled, NoRoleToday.
    """
    if not may("invite_device", posts, unit):
        raise RoleNeeded("Mã kích hoạt do trưởng bưu cục của đơn vị, giám sát tỉnh hoặc quản trị hệ thống cấp.")
    await working_at(tx, person, unit, at)
    secret = secrets.token_bytes(_CODE_BYTES)
    code = EnrolmentCode(
        hash=hashlib.sha256(secret).digest(),
        person_id=person,
        unit_id=unit,
        made_by=made_by,
        made_at=at,
        expires_at=at + CODE_LASTS,
    )
    await device_queries.add_code(tx, code)
    return _text_of(secret)


async def enrol(
    tx: Transaction, ring: KeyRing, *, code: str, key: JsonWebKey, proof: bytes, at: datetime, record: Record
) -> SignedIn:
    """Lets the phone in and signs it in. The same code from the same key gives the same answer again for a day.

    `proof`: ES256 (`r || s`) over the text `TANNHA:ENROL:<code>`. Raises EnrolmentCodeUnknown, -Expired, -Used,
    EnrolmentNotProven, KeyRefused, KeyAlreadyEnrolled, PersonDisabled, NoRoleToday.
    """
    secret = _secret_of(code)
    public = proven_point(key, _text_of(secret), proof)
    found = await device_queries.lock_code(tx, hashlib.sha256(secret).digest())
    if found is None:
        raise EnrolmentCodeUnknown
    return await use(tx, ring, found, public=public, at=at, record=record)


async def use(
    tx: Transaction,
    ring: KeyRing,
    code: EnrolmentCode,
    *,
    public: bytes,
    at: datetime,
    record: Record,
    spare: UUID | None = None,
) -> SignedIn:
    """What a code gives to the key `public`, once; the same key is given it again for a day. `spare`: the phone that is
    lent with it.

    Raises EnrolmentCodeExpired, EnrolmentCodeUsed, KeyAlreadyEnrolled, PersonDisabled, NoRoleToday.
    """
    if code.device_id is not None and code.session_id is not None:
        device, session = await _again(tx, code.device_id, code.session_id, public, at)
        return signed_in(ring, device, await queries.get_person(tx, code.person_id), session, at=at)
    if at >= code.expires_at:
        raise EnrolmentCodeExpired
    person = await working_at(tx, code.person_id, code.unit_id, at)
    device, session = await _let_in(tx, code, public, at, spare)
    kind = "enrol_device" if spare is None else "lend_device"
    await record(tx, _told(kind, device, actor=code.made_by, at=at))
    return signed_in(ring, device, person, session, at=at)


async def revoke_device(
    tx: Transaction, device: UUID, *, posts: Iterable[Post], by: UUID, at: datetime, record: Record
) -> None:
    """Effective with the next request of the phone, also of what it is lent as. Raises DeviceUnknown, RoleNeeded."""
    known = await device_queries.lock_device(tx, device)
    if not may("revoke_device", posts, known.unit_id):
        raise RoleNeeded("Máy do trưởng bưu cục của đơn vị, giám sát tỉnh hoặc quản trị hệ thống thu hồi.")
    for one in (known, *await device_queries.lent_from(tx, known.id)):
        if one.revoked_at is None:
            await _let_out(tx, one, by=by, at=at, lost=False)
            await record(tx, _told("revoke_device", one, actor=by, at=at))


async def report_lost(
    tx: Transaction, device: UUID, *, posts: Iterable[Post], by: UUID, at: datetime, record: Record
) -> None:
    """Also revokes it, and all that the same phone is lent as. Raises DeviceUnknown, RoleNeeded."""
    known = await device_queries.lock_device(tx, device)
    if not may("report_device_lost", posts, known.unit_id):
        raise RoleNeeded(
            "Báo mất máy: điều phối viên, trưởng bưu cục của đơn vị, giám sát tỉnh hoặc quản trị hệ thống."
        )
    spare = known if known.lent_from is None else await device_queries.lock_device(tx, known.lent_from)
    in_the_hand = {one.id: one for one in (known, spare, *await device_queries.lent_from(tx, spare.id))}
    for one in in_the_hand.values():
        if one.lost_at is None:
            await _let_out(tx, one, by=by, at=at, lost=True)
            await record(tx, _told("report_device_lost", one, actor=by, at=at))


async def working_at(tx: Transaction, person: UUID, unit: UUID, at: datetime) -> Person:
    """Raises PersonUnknown, PersonDisabled, NoRoleToday."""
    found = await queries.get_person(tx, person)
    if found.disabled_at is not None:
        raise PersonDisabled
    if unit not in await queries.units_of(tx, person, local_date(at)):
        raise NoRoleToday
    return found


def _secret_of(code: str) -> bytes:
    """As scanned or typed: small letters, spaces and dashes do no harm. Raises EnrolmentCodeUnknown."""
    text = code.upper().replace(" ", "").replace("-", "").removeprefix(PREFIX)
    if not _CODE.fullmatch(text):
        raise EnrolmentCodeUnknown
    secret = b32decode(text + "======")
    # Some bits of the last letter mean nothing: mistyped there, the code would be the same in another writing.
    if _text_of(secret) != PREFIX + text:
        raise EnrolmentCodeUnknown
    return secret


def _text_of(secret: bytes) -> str:
    return PREFIX + b32encode(secret).decode().rstrip("=")


def proven_point(key: JsonWebKey, text: str, proof: bytes) -> bytes:
    """The public key of a phone that has signed `text` with it. Raises KeyRefused, EnrolmentNotProven."""
    try:
        public = point(key)
    except ValueError as error:
        raise KeyRefused from error
    if not is_signed(public_key(public), text.encode(), proof):
        raise EnrolmentNotProven
    return public


async def _again(
    tx: Transaction, device: UUID, session: UUID, public: bytes, at: datetime
) -> tuple[Device, DeviceSession]:
    """What an enrolment made whose answer was lost on its way. Raises EnrolmentCodeUsed for everybody else."""
    known = await device_queries.lock_device(tx, device)
    found = await device_queries.find_session(tx, session)
    untouched = found is not None and found.stands(at) and found.n == 0 and at < found.opened_at + REFRESH_GRACE
    if found is None or not untouched or known.public_key != public or known.revoked_at is not None:
        raise EnrolmentCodeUsed
    return known, found


async def _let_in(
    tx: Transaction, code: EnrolmentCode, public: bytes, at: datetime, spare: UUID | None
) -> tuple[Device, DeviceSession]:
    """What a phone is lent as ends by itself."""
    device = Device(
        id=uuid7(),
        person_id=code.person_id,
        unit_id=code.unit_id,
        public_key=public,
        thumbprint=thumbprint(public),
        enrolled_at=at,
        enrolled_by=code.made_by,
        lent_until=lent_until(at) if spare is not None else None,
        lent_from=spare,
    )
    session = DeviceSession(id=uuid7(), device_id=device.id, person_id=code.person_id, opened_at=at, refreshed_at=at)
    await device_queries.add_device(tx, device)
    await device_queries.add_session(tx, session)
    await device_queries.save_code_used(tx, code.hash, device=device.id, session=session.id)
    return device, session


async def _let_out(tx: Transaction, device: Device, *, by: UUID, at: datetime, lost: bool) -> None:
    await device_queries.save_revoked(tx, device.id, at=at, by=by, lost=lost)
    await device_queries.end_sessions_of_device(tx, device.id, at=at, because="lost" if lost else "revoked")


def _told(kind: str, device: Device, *, actor: UUID, at: datetime) -> DeviceAct:
    """Each kind happens once to a phone, so its id follows from both."""
    body = {"unit": str(device.unit_id), "person": str(device.person_id), "thumbprint": device.thumbprint.hex()}
    if device.lent_from is not None and device.lent_until is not None:
        body |= {"lent_from": str(device.lent_from), "lent_until": device.lent_until.isoformat()}
    return DeviceAct(
        id=derived(kind, str(device.id)),
        kind=kind,
        device_id=device.id,
        actor=actor,
        occurred_at=at,
        body=body,
    )
