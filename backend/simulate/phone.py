"""A phone: its key, its clock, what it knows of the day, and the acts it writes. No I/O: `carrier` brings them away."""

import itertools
import json
import secrets
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec

from backend.acts import envelope
from backend.acts.envelope import Subject
from backend.acts.rules import current
from backend.simulate.bundle import Bundle
from backend.simulate.naming import Naming
from backend.simulate.outbox import Outbox, Written
from backend.simulate.proof import Prover
from backend.simulate.sealed import SealingKey


class Clock:
    """A phone's own clock, right or wrong, and how far it once measured the centre's to be ahead of it."""

    def __init__(self, wrong_by: timedelta = timedelta()) -> None:
        self._wrong_by = wrong_by.total_seconds()
        self.ahead = 0.0
        """Seconds; added to this clock they give the centre's time."""

    def own(self) -> datetime:
        return datetime.fromtimestamp(time.time() + self._wrong_by, UTC)

    def centre(self) -> float:
        """Seconds since 1970."""
        return time.time() + self._wrong_by + self.ahead

    def measure(self, told: datetime) -> None:
        self.ahead = (told - self.own()).total_seconds()


class Phone:
    """One device of one courier. What it writes is numbered and chained; its key never leaves it."""

    def __init__(self, name: str, person: UUID, naming: Naming, clock: Clock | None = None) -> None:
        self.name = name
        self.person = person
        self.naming = naming
        self.clock = clock or Clock()
        self.prover = Prover(ec.generate_private_key(ec.SECP256R1()))
        self.outbox = Outbox()
        self.bundle = Bundle()
        self.seal_key: SealingKey | None = None
        self.device: UUID | None = None
        self.unit: UUID | None = None
        self.seq = 0
        self.last: bytes | None = None
        self._slips: Iterator[int] = iter(())
        self._references = 0

    def enrolled(self, device: UUID, unit: UUID, next_seq: int, seal_key: SealingKey) -> None:
        self.device, self.unit, self.seal_key = device, unit, seal_key
        self.seq = next_seq - 1

    def write(
        self,
        kind: str,
        subject: UUID,
        body: dict[str, Any],
        *,
        personal: dict[str, Any] | None = None,
        subject_kind: str = "case",
        rules: int | None = None,
    ) -> Written:
        """The next act of this phone, into its outbox. `base` is what was last pulled, own unsent acts not counted."""
        act = self.draft(kind, subject, body, personal=personal, subject_kind=subject_kind, rules=rules)
        self.seq += 1
        self.last = bytes.fromhex(act.fingerprint)
        self.outbox.put(act)
        return act

    def draft(
        self,
        kind: str,
        subject: UUID,
        body: dict[str, Any],
        *,
        personal: dict[str, Any] | None = None,
        subject_kind: str = "case",
        rules: int | None = None,
        made_by: UUID | None = None,
        id: UUID | None = None,  # noqa: A002
    ) -> Written:
        """What would come next, signed with this phone's key, whatever it claims. Not put into the outbox."""
        assert self.device is not None, "a phone writes only once it is enrolled"
        sealed = personal_part(personal)
        maker = made_by or self.device
        act_id = id or self.naming.id("act", self.name, self.seq + 1)
        data = envelope.write(
            made_by=maker,
            id=act_id,
            actor=self.person,
            subject=Subject(subject_kind, subject),
            kind=kind,
            rules=rules or current(),
            base=self.bundle.version(subject),
            occurred_at=self.clock.own(),
            body=body,
            seq=self.seq + 1,
            prev=self.last,
            offset_ms=round(self.clock.ahead * 1000),
            personal=sealed,
        )
        return Written(
            made_by=maker,
            id=act_id,
            subject_kind=subject_kind,
            subject=subject,
            kind=kind,
            data=data,
            fingerprint=envelope.fingerprint(data).hex(),
            signature=envelope.sign(self.prover.key, data),
            personal=sealed,
        )

    def next_slip(self) -> int | None:
        """The number of the next collection slip, from the blocks of this phone; None when it has no number left."""
        if (number := next(self._slips, None)) is None and self.bundle.slip_blocks:
            self._slips = (n for first, last in self.bundle.take_slip_blocks() for n in range(first, last + 1))
            number = next(self._slips, None)
        return number

    def next_reference(self) -> int | None:
        """The number of the next payment reference; None when the block is used up."""
        numbers = (n for one in self.bundle.reference_blocks for n in range(one.first_number, one.last_number + 1))
        number = next(itertools.islice(numbers, self._references, None), None)
        self._references += number is not None
        return number


def personal_part(values: dict[str, Any] | None) -> bytes | None:
    """With a salt, so that the hash in the envelope cannot be guessed."""
    if values is None:
        return None
    return json.dumps({"salt": secrets.token_hex(16), **values}, ensure_ascii=False).encode()
