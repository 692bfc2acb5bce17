"""What single kinds of act need beside the rows of their case, as it was looked up before they are decided."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from backend.acts.model import Touch
from backend.fees.payment_model import PayeeAccount
from backend.incidents.model import CompensationRule
from backend.parcels.model import LabelSet
from backend.presence.model import Ended
from backend.procedures.model import Component, Content

Key = tuple[Any, ...]


class LookedUp:
    """Empty where no act of the batch asks for it."""

    def __init__(self) -> None:
        self.decided_at: datetime | None = None
        """When the batch is decided: later than an act of it came, where that had to wait."""
        self.cash: dict[UUID, int] = {}
        self.arrived: dict[UUID, int] = {}
        """By shift: đồng that came since it was counted, of slips made before."""
        self.signs_for: dict[UUID, UUID] = {}
        """By shift that nobody else of its post may sign: the post above."""
        self.sets_with: dict[UUID, set[int]] = {}
        """By courier who counts: numbers of the label sets in the bag, as the centre knows."""
        self.papers_elsewhere: dict[UUID, int] = {}
        """Papers in a courier's hands whose cases are not loaded."""
        self.unit_kinds: dict[UUID, str] = {}
        self.payees: dict[UUID, PayeeAccount] = {}
        """Accounts that acts of the batch name, and those of the orders of its cases."""
        self.set_numbers: dict[str, int] = {}
        """Of the label sets whose labels the batch names."""
        self.next_set_number = 0
        """Where the series of label sets goes on, when somebody prints."""
        self.contents: dict[Key, Content | None] = {}
        """By act for which the procedure counts: what it says on the case's day; None: nothing is on record."""
        self.staff_names: dict[UUID, str] = {}
        """Of those who serve where somebody witnesses."""
        self.divided: dict[UUID, int] = {}
        """By money that came for several cases: đồng that some of them have had."""
        self.changed_from: dict[Key, date] = {}
        """By act that changes who receives, where or how: from which day, where that waits."""
        self.recipient_classes: dict[Key, str | None] = {}
        """By act that registers: who may receive the result, as the catalogue of the day says."""
        self.listed: dict[Key, Component] = {}
        """By act that sees an original: what the catalogue of the case says of it, where it stands there."""
        self.seats: dict[Key, int] = {}
        """By act that promises a window: how many visits the courier, or the counter, takes in it."""
        self.reached: dict[UUID, datetime] = {}
        """By case for which a receipt is issued: when the last of its papers came to the agency."""
        self.latest_due: dict[Key, date] = {}
        """By act that issues a receipt: the last day that the catalogue allows, where it is known."""
        self.bags_opened: dict[UUID, UUID] = {}
        """By bag that an act of the batch opens: the office that will fill it."""
        self.printed: dict[Key, Sequence[LabelSet]] = {}
        """By act: the sets it prints if it takes effect, made where the keys are."""
        self.floors: dict[str, int] = {}
        """How long visits take at least, by purpose, as far as enough of them are known."""
        self.ends: list[Ended] = []
        """Where the couriers of the batch ended other visits of these days."""
        self.touches: list[Touch] = []
        self.incidents_reported: dict[UUID, UUID] = {}
        """By incident that an act of the batch reports: the office where."""
        self.compensations: Sequence[CompensationRule] = ()
        """The dated rules, when somebody ends an incident."""
