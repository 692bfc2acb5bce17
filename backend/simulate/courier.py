"""A courier on the round: the phone in the hand, the roll of labels, the cash, what is still to be sent."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta, timezone
from random import Random
from typing import Any
from uuid import UUID

from backend.simulate import cast
from backend.simulate.camera import Album
from backend.simulate.carrier import Carrier
from backend.simulate.case import Case
from backend.simulate.files import Files, SealedFile, seal_file
from backend.simulate.journal import Journal
from backend.simulate.naming import Naming
from backend.simulate.outbox import Written
from backend.simulate.phone import Phone
from backend.simulate.sheet import Line

VIETNAM = timezone(timedelta(hours=7))


class Roll:
    """The label sets a courier carries: one roll, whichever phone is in the hand. A set binds once. What is in the bag
    is what was given out and was not used, whatever a phone's list says."""

    def __init__(self, labels: list[cast.Label]) -> None:
        self._cards = {label.label: label.card_token for label in labels}
        self._numbers = {label.label: label.number for label in labels}
        self._given: set[str] = set()
        self._used: set[str] = set()

    def gets(self, labels: Iterable[str]) -> None:
        """What was in the bag in the morning, or is put into it."""
        self._given.update(labels)

    def gets_numbers(self, numbers: Collection[int]) -> None:
        """From the post's stock."""
        self.gets(label for label, number in self._numbers.items() if number in numbers)

    def take(self, stock: list[str]) -> str | None:
        """The next of the stock as the phone knows it."""
        label = next((label for label in stock if label not in self._used), None)
        if label is not None:
            self._used.add(label)
        return label

    def left(self) -> list[int] | None:
        """Numbers of the sets in the bag; None where one has no number that we know."""
        numbers = [self.number(label) for label in self._given - self._used]
        return None if None in numbers else sorted(number for number in numbers if number is not None)

    def number(self, label: str) -> int | None:
        return self._numbers.get(label)

    def card_token(self, label: str) -> str | None:
        return self._cards.get(label)


class Courier:
    """`number`: of the phone in the plan. `shift`: of the courier, who may have several phones in a run."""

    def __init__(
        self,
        number: int,
        who: cast.Courier,
        carrier: Carrier,
        roll: Roll,
        journal: Journal,
        naming: Naming,
        album: Album,
    ) -> None:
        self.number = number
        self.who = who
        self.carrier = carrier
        self.roll = roll
        self.journal = journal
        self.naming = naming
        self.album = album
        self.chance: Random = naming.dice("courier", number)
        self.unsent_files: list[SealedFile] = []
        self.cash = 0
        """Đồng collected and not yet remitted."""
        self.line: Line | None = None
        """Of the run sheet, while the phone is dead."""
        self.without: Counter[str] = Counter()
        """What was missing at doors: slip numbers, labels."""

    @property
    def person(self) -> UUID:
        return self.who.person

    @property
    def now(self) -> datetime:
        """By the centre's clock, in Việt Nam."""
        return datetime.fromtimestamp(self.phone.clock.centre(), VIETNAM)

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def phone(self) -> Phone:
        return self.carrier.phone

    def does(self, kind: str, case: Case, body: dict[str, Any], *, personal: dict[str, Any] | None = None) -> Written:
        """An act on a case, saved on the phone, or written on the line."""
        if self.line is not None:
            return self._written(self.line, kind, case, body)
        return self.journal.made(self.phone.write(kind, case.id, body, personal=personal), self.phone.name)

    def _written(self, line: Line, kind: str, case: Case, body: dict[str, Any]) -> Written:
        """With pen on paper: neither signed nor numbered, and not of the journal until somebody types it in."""
        line.adds(kind, body)
        return Written(
            made_by=self.person,
            id=self.naming.id("on paper", case.name, len(line.acts)),
            subject_kind="case",
            subject=case.id,
            kind=kind,
            data=b"",
            fingerprint="",
        )

    def next_slip(self) -> int | None:
        """Of this phone's block, or the one printed for the line."""
        return self.phone.next_slip() if self.line is None else self.line.slip

    def tells(
        self,
        kind: str,
        subject_kind: str,
        subject: UUID,
        body: dict[str, Any],
        *,
        personal: dict[str, Any] | None = None,
    ) -> Written:
        """An act on what is no case: an incident, an office's stock."""
        act = self.phone.write(kind, subject, body, personal=personal, subject_kind=subject_kind)
        return self.journal.made(act, self.phone.name)

    def keeps(self, plain: bytes, *what: object) -> SealedFile:
        """A file, sealed at once."""
        file = seal_file(self.phone, plain, *what)
        self.unsent_files.append(file)
        return file

    async def send(self, files: Files, *, shuffled: float = 0.0) -> None:
        """All that is on the phone: acts first, they say what the files are."""
        await self.carrier.send(shuffled=shuffled)
        unsent, self.unsent_files = self.unsent_files, []
        await files.send(self.carrier, unsent)
