"""The day as a phone knows it: everything once, then what changed. Pure: no I/O."""

from collections.abc import Sequence
from uuid import UUID

import msgspec


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """`amount` in đồng."""

    charge_id: UUID
    amount: int
    due_at: str
    state: str


class Case(msgspec.Struct, frozen=True, kw_only=True):
    case_id: UUID
    version: int
    charges: Sequence[Owed] = ()

    def owes(self, due_at: str) -> list[Owed]:
        return [charge for charge in self.charges if charge.due_at == due_at and charge.state == "due"]


class Given(msgspec.Struct, frozen=True, kw_only=True):
    paper_id: UUID


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    visit_id: UUID
    case_id: UUID
    give: Sequence[Given] = ()


class Gone(msgspec.Struct, frozen=True, kw_only=True):
    case_id: UUID
    visit_id: UUID


class SlipBlock(msgspec.Struct, frozen=True):
    """Numbers of collection slips that only this phone gives out, both ends included."""

    first_number: int
    last_number: int


class ReferenceBlock(msgspec.Struct, frozen=True):
    """Numbers of payment references, the same."""

    first_number: int
    last_number: int


class Payee(msgspec.Struct, frozen=True, kw_only=True):
    """Where citizens pay the phone's unit."""

    account_id: UUID


class CourierCode(msgspec.Struct, frozen=True, kw_only=True):
    """What the code on the screen is made from: RFC 6238 over HMAC-SHA-256. `secret`: base32 without padding."""

    badge: str
    secret: str
    step: int
    digits: int


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """`GET /api/courier/sync/day`, as far as this phone needs it."""

    cursor: str
    full: bool
    cases: Sequence[Case]
    visits: Sequence[Visit]
    gone: Sequence[Gone]
    slip_blocks: Sequence[SlipBlock] = ()
    labels: Sequence[str] = ()
    reference_blocks: Sequence[ReferenceBlock] = ()
    payees: Sequence[Payee] = ()
    code: CourierCode | None = None


class Bundle:
    """What a phone keeps of the answers."""

    def __init__(self) -> None:
        self.cursor: str | None = None
        self.cases: dict[UUID, Case] = {}
        self.visits: dict[tuple[UUID, UUID], Visit] = {}
        self.slip_blocks: set[tuple[int, int]] = set()
        self.labels: list[str] = []
        self.reference_blocks: list[ReferenceBlock] = []
        self.payees: list[Payee] = []
        self.code: CourierCode | None = None
        self._begun: set[tuple[int, int]] = set()

    def learn(self, day: Day) -> None:
        if day.full:
            self.cases.clear()
            self.visits.clear()
        self.cases.update((case.case_id, case) for case in day.cases)
        self.visits.update(((visit.visit_id, visit.case_id), visit) for visit in day.visits)
        for gone in day.gone:
            self.visits.pop((gone.visit_id, gone.case_id), None)
        self.slip_blocks = {(block.first_number, block.last_number) for block in day.slip_blocks} - self._begun
        self.labels = list(day.labels)
        self.reference_blocks, self.payees = list(day.reference_blocks), list(day.payees)
        self.code = day.code
        self.cursor = day.cursor

    def version(self, case: UUID) -> int:
        """The version last pulled; 0 for what this phone never saw, or has just made itself."""
        known = self.cases.get(case)
        return known.version if known is not None else 0

    def take_slip_blocks(self) -> list[tuple[int, int]]:
        """A number is given out once, for ever: a block that was begun is not begun again."""
        taken = sorted(self.slip_blocks)
        self._begun.update(taken)
        self.slip_blocks.clear()
        return taken
