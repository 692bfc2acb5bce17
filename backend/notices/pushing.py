"""Sends what is pushed: to the push services that are listed and to nobody else, sealed for each browser."""

import asyncio
import logging
from datetime import timedelta

import msgspec

from backend.clock import Clock
from backend.keys import KeyRing, Purpose
from backend.notices.push_model import LONGEST_TTL, Machine, Push, Services
from backend.notices.push_sealing import authorization, payload, sealed
from backend.notices.senders import NotSent, post

GONE = frozenset({404, 410})
"""Answers by which a push service says that there is no such browser any more (RFC 8030, 7.3)."""
PROOF_LASTS = timedelta(hours=12)
"""RFC 8292 allows a day; half of it forgives clocks that differ."""
SOON = timedelta(hours=1)
"""What is worth nothing later wakes a phone that sleeps (RFC 8030, 5.3)."""
log = logging.getLogger("tannha.notices")


class Pushed(msgspec.Struct, frozen=True, kw_only=True):
    """`taken`: by how many. `gone`: browsers to forget. `failed`: why others did not take it, one that may be tried
    again before one that may not."""

    taken: int
    gone: tuple[bytes, ...] = ()
    failed: NotSent | None = None


class Pushing:
    """`services`: that may be called. `clock`: of push services, so real time also where testers move another.

    `contact`: how they reach us, an address with https.
    """

    def __init__(
        self, ring: KeyRing, services: Services, clock: Clock, contact: str | None, *, seconds: float = 5.0
    ) -> None:
        self._ring = ring
        self._services = services
        self._clock = clock
        self._contact = contact if contact is not None and contact.startswith("https://") else None
        self._seconds = seconds

    async def push(self, push: Push) -> Pushed:
        """To all its browsers at the same time."""
        answers = await asyncio.gather(*(asyncio.to_thread(self._one, push, machine) for machine in push.machines))
        errors = [(machine, error) for machine, error in zip(push.machines, answers, strict=True) if error is not None]
        for _, error in errors:
            log.warning("push not taken: %s", error)
        gone = tuple(machine.endpoint_sha256 for machine, error in errors if error.status in GONE)
        failed = [error for _, error in errors if error.status not in GONE]
        return Pushed(
            taken=len(answers) - len(errors),
            gone=gone,
            failed=max(failed, key=lambda error: error.again, default=None),
        )

    def _one(self, push: Push, machine: Machine) -> NotSent | None:
        """Why it was not taken."""
        endpoint = machine.browser.endpoint
        if not self._services.takes(endpoint):  # the list was shortened since
            return NotSent("not-listed", again=False)
        try:
            key = self._ring.get(Purpose.VAPID, machine.vapid_key)
        except KeyError:  # no other key of ours can ever send to this browser
            return NotSent("key-lost", again=False, status=410)
        headers = {
            "Authorization": authorization(
                key, endpoint, int((self._clock() + PROOF_LASTS).timestamp()), self._contact
            ),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(_seconds(push.life)),
            "Topic": push.topic,
            "Urgency": "high" if push.life <= SOON else "normal",
        }
        try:
            post(endpoint, sealed(machine.browser, payload(push)), headers, self._seconds)
        except NotSent as error:
            return error
        return None


def _seconds(life: timedelta) -> int:
    return max(0, int(min(life, LONGEST_TTL).total_seconds()))
