"""The pretend bank of the demo: testers pay, it tells us on time, late, twice or never, and serves a statement.

What it knows stands in one file of the installation, which every process reads under a lock.
"""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal

import httpx
import msgspec

from backend.clock import Clock, local_date
from backend.config import Settings
from backend.fees import notices
from backend.fees.notices import BankEntry, Notice, Statement
from backend.keys import KeyRing, Purpose

When = Literal["on_time", "late", "late_thrice", "twice", "never"]
LATE = timedelta(hours=5, minutes=28)
"""S20."""
NOTICES, STATEMENT = "/api/bank/notices", "/demo/bank/statement"


class Kept(msgspec.Struct, frozen=True):
    """An entry, and when the notices that are still to be sent are due."""

    entry: BankEntry
    due: list[datetime]


class PretendBank:
    """`file`: where it keeps its books."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def pay(self, bank_bin: str, account: str, amount: int, text: str, when: When, at: datetime) -> BankEntry:
        """Somebody has paid. The text comes back as banks hand it on: lower case, with words around it."""
        late = at + LATE
        due = {"on_time": [at], "late": [late], "late_thrice": [late] * 3, "twice": [at, at], "never": []}[when]
        with self._books() as kept:
            number = len(kept) + 1
            entry = BankEntry(
                entry=f"FT{at:%y%j}{number:06}",
                bank_bin=bank_bin,
                account=account,
                amount=amount,
                text=f"MBVCB.{7_000_000 + number}.{text.lower()}.CT tu 0071000123456",
                credited_at=at,
            )
            kept.append(Kept(entry, due))
        return entry

    def due(self, at: datetime) -> list[BankEntry]:
        """One for each notice that should have been sent by now."""
        with self._books() as kept:
            return [one.entry for one in kept for when in one.due if when <= at]

    def sent(self, entry: str) -> None:
        """One of the notices of an entry went out and was answered: the earliest due."""
        with self._books() as kept:
            kept[:] = [Kept(one.entry, sorted(one.due)[1:]) if one.entry.entry == entry else one for one in kept]

    def statement(self, day: date) -> Statement:
        with self._books() as kept:
            return Statement([one.entry for one in kept if local_date(one.entry.credited_at) == day])

    @contextmanager
    def _books(self) -> Generator[list[Kept]]:
        descriptor = os.open(self._file.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            kept = msgspec.json.decode(self._file.read_bytes(), type=list[Kept]) if self._file.exists() else []
            yield kept
            beside = self._file.with_suffix(".new")
            beside.write_bytes(msgspec.json.encode(kept))
            beside.replace(self._file)
        finally:
            os.close(descriptor)


def pretend_bank(settings: Settings) -> PretendBank:
    return PretendBank(settings.data / "demo-bank.json")


async def send_late(settings: Settings, ring: KeyRing, clock: Clock) -> None:
    """From the job worker, over the line."""
    bank, at = pretend_bank(settings), clock()
    if bank.due(at):
        async with httpx.AsyncClient(base_url=settings.public_url) as client:
            await deliver(bank, ring.current(Purpose.PAYMENT, at).material, client, at)


async def deliver(bank: PretendBank, key: bytes, client: httpx.AsyncClient, at: datetime) -> list[httpx.Response]:
    """Sends every notice that is due, signed now. One that is not taken stays due."""
    answers: list[httpx.Response] = []
    for entry in bank.due(at):
        body = msgspec.json.encode(Notice("account.credited", entry))
        signed = notices.headers(key, f"msg_{entry.entry}", body, at)
        answer = await client.post(NOTICES, content=body, headers=signed | {"Content-Type": "application/json"})
        answers.append(answer)
        if answer.is_success:
            bank.sent(entry.entry)
    return answers
