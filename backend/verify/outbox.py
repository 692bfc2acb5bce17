"""Each phone's outbox: no number missing, none used twice, every envelope naming the one before."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec

from backend.verify.report import Key, Report

NUMBER_USED, CHAIN_BROKEN = "number-used", "chain-broken"
"""Reasons beside a command: its number was taken, it names another one before."""


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """One numbered command of a phone, as it lies in the inbox."""

    made_by: UUID
    id: UUID
    seq: int
    prev: str | None
    fingerprint: bytes
    standing: str
    reason: str | None
    received_at: datetime
    after_gap: bool
    """Marked: it ran although the one before it had not come."""
    resolved: bool
    """A person decided about it: it stood in review once, for a reason that need not stand there any more."""


class Line(Protocol):
    """What the centre remembers of a phone's outbox: the number it waits for, and the fingerprint before it."""

    @property
    def next_seq(self) -> int: ...
    @property
    def last_hash(self) -> bytes | None: ...
    @property
    def gone(self) -> bool: ...


class Outboxes:
    """Takes the commands maker by maker, and checks each maker's line in the order of its numbers."""

    def __init__(self, report: Report, lines: Mapping[UUID, Line]) -> None:
        self._report = report
        self._lines = lines
        self._silent = set(lines)
        self._sent: list[Sent] = []
        self._maker: UUID | None = None
        self._next = 1
        self._before: bytes | None = None
        self._aside: set[tuple[int, bytes]] = set()
        """Commands that a person decided about and that share their number with one in the line: of two such commands
        nothing says any more which was first."""
        self._latecomer = False
        """Whether the one before may have come only after its number was given up: then the mark may stand or not."""

    def add(self, sent: Sent) -> None:
        if self._sent and self._sent[0].made_by != sent.made_by:
            self._check_line()
        if sent.made_by in self._lines:
            self._sent.append(sent)

    def end(self) -> None:
        """The last line, and phones of which nothing came."""
        self._check_line()
        for device in sorted(self._silent):
            line = self._lines[device]
            if line.next_seq != 1 or line.last_hash is not None:
                found = {"next_seq": line.next_seq, "last_hash": line.last_hash}
                expected = {"next_seq": 1, "last_hash": None}
                self._report.differs("outbox.hole", "devices", {"id": device}, expected=expected, found=found)

    def _check_line(self) -> None:
        if not self._sent:
            return
        self._maker, self._next, self._before, self._latecomer = self._sent[0].made_by, 1, None, False
        self._aside.clear()
        self._silent.discard(self._maker)
        line = self._lines[self._maker]
        for sent in sorted(self._sent, key=lambda sent: (sent.seq, sent.resolved, sent.id)):
            self._one(sent, line)
        self._sent = []
        self._missing(line.next_seq, given_up=line.gone)
        if self._next == line.next_seq and not self._follows(line.last_hash):
            key = {"id": self._maker}
            self._report.differs("outbox.last-hash", "devices", key, expected=self._before, found=line.last_hash)

    def _one(self, sent: Sent, line: Line) -> None:
        key = {"made_by": sent.made_by, "id": sent.id, "seq": sent.seq}
        whole, late = sent.seq == self._next, sent.resolved or (line.gone and sent.standing in ("review", "set_aside"))
        if sent.reason == NUMBER_USED or (late and not whole and not sent.after_gap):
            self._aside.add((sent.seq, sent.fingerprint))
            return  # It came after its turn, or from a phone that is gone: it was never in the line.
        if sent.standing == "held":
            self._held(sent, line, key)
        elif sent.seq >= line.next_seq and line.gone and sent.standing in ("review", "set_aside"):
            return  # What a phone that is gone still delivers goes to a person, in whatever order it comes.
        elif sent.seq >= line.next_seq:
            self._report.differs("outbox.beyond", "inbox", key, expected={"next_seq": line.next_seq}, found=sent.seq)
        elif sent.seq < self._next:
            self._report.differs("outbox.number-twice", "inbox", key, expected=self._next, found=sent.seq)
        else:
            self._in_line(sent, key)
            self._latecomer = late

    def _follows(self, prev: str | bytes | None) -> bool:
        """Whether that names the command before, or one beside it."""
        named = bytes.fromhex(prev) if isinstance(prev, str) else prev
        return named == self._before or (named is not None and (self._next - 1, named) in self._aside)

    def _held(self, sent: Sent, line: Line, key: Key) -> None:
        if sent.seq <= line.next_seq:
            self._report.differs("queue.held-filled", "inbox", key, expected="decided", found="held")
        else:
            says = f"waits for number {line.next_seq}"
            self._report.explains("queue.held", "inbox", key, since=sent.received_at, says=says)

    def _in_line(self, sent: Sent, key: Key) -> None:
        whole = sent.seq == self._next
        if not whole:
            self._missing(sent.seq, given_up=sent.after_gap)
        elif sent.after_gap and not self._latecomer:
            self._report.differs("outbox.marked", "inbox", key, expected="no gap before it", found="after_gap")
        before = self._before.hex() if self._before is not None else None
        if whole and not self._follows(sent.prev) and sent.reason != CHAIN_BROKEN and not sent.resolved:
            self._report.differs("outbox.prev", "inbox", key, expected=before, found=sent.prev)
        self._next, self._before = sent.seq + 1, sent.fingerprint

    def _missing(self, until: int, *, given_up: bool) -> None:
        """The numbers from the one expected to the one before `until`. `given_up`: nobody waits for them any more."""
        if until <= self._next:
            return
        key = {"made_by": self._maker, "seq": self._next, "to": until - 1}
        if given_up:
            self._report.explains("outbox.never-came", "inbox", key, says="not waited for any more")
        else:
            self._report.differs("outbox.hole", "inbox", key, expected="commands")
