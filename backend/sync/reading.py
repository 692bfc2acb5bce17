"""From bytes on the wire to acts in line: who made it, is it signed, when was it really, whose turn is it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from msgspec.structs import replace

from backend.acts.envelope import Envelope, Unreadable, fingerprint, is_signed, read
from backend.acts.model import Act, Clocked, Inboxed, Source, Standing
from backend.ids import derived
from backend.staff.outbox_queries import Outbox


class Command(msgspec.Struct, frozen=True):
    """As it came: exact bytes, signature, personal part."""

    data: bytes
    signature: bytes | None = None
    personal: bytes | None = None


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """What no one can take for an act of its maker. Kept under the carrier, for a person to look at."""

    command: Command
    id: UUID
    reason: str


PERSONAL_DIFFERS = "personal-differs"
"""The personal part is not the one that was signed."""


@lru_cache(maxsize=4096)
def public_key(point: bytes) -> ec.EllipticCurvePublicKey:
    """From 65 bytes, uncompressed. Parsing costs more than a check, so it is remembered."""
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)


def envelope_of(data: bytes) -> Envelope | None:
    try:
        return read(data)
    except Unreadable:
        return None


def understood(
    command: Command, envelope: Envelope | None, devices: Mapping[UUID, Outbox], carrier: UUID, at: datetime
) -> Act | Unread:
    """An act of an enrolled device, or why not. A wrong signature must not take the id of the act it imitates."""
    mark = fingerprint(command.data)
    if envelope is None:
        return _unread(command, carrier, mark, "unreadable")
    device = devices.get(envelope.made_by)
    if device is None or not is_signed(public_key(device.public_key), command.data, command.signature):
        return _unread(command, carrier, mark, "unknown-device" if device is None else "signature-wrong")
    if envelope.seq is None:
        return _unread(command, carrier, mark, "no-number")
    fits = _personal_fits(envelope, command.personal)
    if not fits and carrier != envelope.made_by:
        return _unread(command, carrier, mark, PERSONAL_DIFFERS)  # its maker still has the right one
    occurred_at, clock = legal_time(envelope, device.enrolled_at, at)
    return Act(
        envelope=envelope,
        source=Source.DEVICE,
        data=command.data,
        fingerprint=mark,
        signature=command.signature,
        personal=command.personal,
        carried_by=carrier,
        received_at=at,
        occurred_at=occurred_at,
        clock=clock,
        amiss=None if fits else PERSONAL_DIFFERS,
    )


def _unread(command: Command, carrier: UUID, mark: bytes, reason: str) -> Unread:
    """The same bytes from the same carrier are the same item, however often they come."""
    return Unread(command=command, id=derived("unread", carrier.hex, mark.hex()), reason=reason)


def _personal_fits(envelope: Envelope, personal: bytes | None) -> bool:
    if personal is None:
        return envelope.personal_hash is None
    return fingerprint(personal).hex() == envelope.personal_hash


def legal_time(envelope: Envelope, not_before: datetime, received_at: datetime) -> tuple[datetime, Clocked]:
    """The claimed time corrected by the measured offset, bounded by enrolment and receipt; unknown offset: receipt."""
    if envelope.offset_ms is None:
        return received_at, Clocked.RECEIPT
    try:
        corrected = envelope.occurred_at + timedelta(milliseconds=envelope.offset_ms)
    except OverflowError:
        return received_at, Clocked.RECEIPT
    if corrected > received_at:
        return received_at, Clocked.BOUNDED
    if corrected < not_before:
        return not_before, Clocked.BOUNDED
    return corrected, Clocked.CORRECTED


class Line(msgspec.Struct):
    """One device's acts in line: those whose turn it is, those that wait for a gap, those out of the line."""

    ready: list[Act]
    held: list[Act]
    misfits: list[tuple[Act, str]]
    next_seq: int
    last_hash: bytes | None


def line_up(device: Outbox, acts: Iterable[Act], *, fill_gaps: bool = False) -> Line:
    """`fill_gaps`: the missing ones will not come any more (5 days, a lost phone): those held run in order, and each
    that comes next after some that are missing is marked."""
    line = Line([], [], [], device.next_seq, device.last_hash)
    for act in sorted(acts, key=lambda act: (act.envelope.seq or 0, act.envelope.id)):
        seq = act.envelope.seq or 0
        if seq < line.next_seq:
            line.misfits.append((act, "number-used"))
        elif seq > line.next_seq and not fill_gaps:
            line.held.append(act)
        else:
            after_gap = seq > line.next_seq
            broken = not after_gap and _hash_of(act) != line.last_hash
            amiss = act.amiss or ("chain-broken" if broken else None)
            placed = replace(act, after_gap=True) if after_gap else act
            (line.ready.append(placed) if amiss is None else line.misfits.append((placed, amiss)))
            line.next_seq, line.last_hash = seq + 1, act.fingerprint
    return line


def _hash_of(act: Act) -> bytes | None:
    return bytes.fromhex(act.envelope.prev) if act.envelope.prev is not None else None


def again(row: Inboxed, personal: bytes | None, device: Outbox | None, *, erased: bool) -> Act:
    """An act that waited, as it was when it came: the time of receipt is the first.

    `personal`: None where no part is stored or none opens. `erased`: its subject was; then the hash alone is enough.
    """
    envelope = read(row.data)
    occurred_at, clock = (
        (row.received_at, Clocked.SERVER)
        if device is None
        else legal_time(envelope, device.enrolled_at, row.received_at)
    )
    return Act(
        envelope=envelope,
        source=row.source,
        data=row.data,
        fingerprint=row.fingerprint,
        signature=row.signature,
        personal=personal,
        carried_by=row.carried_by,
        received_at=row.received_at,
        occurred_at=occurred_at,
        clock=clock,
        amiss=None if _personal_fits(envelope, personal) or (erased and personal is None) else PERSONAL_DIFFERS,
        earlier=True,
        after_gap=row.after_gap,
    )


Blocked = dict[tuple[UUID, UUID], int]
"""(device, subject): the number from which on that device's acts on that subject stand behind something."""


def blocking(rows: Sequence[Inboxed], known: Blocked | None = None) -> Blocked:
    """`known`, and what these rows block: an act in review holds up what its device did later on that subject."""
    blocked = dict(known or {})
    for row in rows:
        if row.standing in (Standing.REVIEW, Standing.BEHIND) and row.subject_id is not None:
            key, seq = (row.made_by, row.subject_id), row.seq or 0
            blocked[key] = min(seq, blocked.get(key, seq))
    return blocked
