"""The rows as the acts so far have made them: plain dictionaries by table and key."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

Row = dict[str, Any]
Key = tuple[Any, ...]
AHEAD = timedelta(hours=7)

KEYS: dict[str, tuple[str, ...]] = {
    "cases": ("case_id",),
    "case_units": ("case_id", "unit_id", "relation"),
    "parties": ("case_id", "party_id"),
    "dossiers": ("case_id",),
    "registrations": ("case_id", "registration_id"),
    "visits": ("visit_id",),
    "invitations": ("case_id", "invitation_id"),
    "case_visits": ("case_id", "visit_id"),
    "bundle": ("case_id", "person_id", "visit_id"),
    "appointments": ("case_id", "appointment_id"),
    "parcels": ("case_id", "parcel_id"),
    "papers": ("case_id", "paper_id"),
    "hand_overs": ("case_id", "offer_id"),
    "pages": ("case_id", "page_id"),
    "replaced_pictures": ("case_id", "page_id", "file_sha256"),
    "signatures": ("case_id", "signature_id"),
    "readings": ("case_id", "document"),
    "mandates": ("case_id", "mandate_id"),
    "notices_shown": ("case_id", "notice"),
    "consents": ("case_id", "extra"),
    "charges": ("case_id", "charge_id"),
    "collections": ("case_id", "collection_id"),
    "payments": ("case_id", "payment_id"),
    "bank_credits": ("credit_id",),
    "refunds": ("case_id", "refund_id"),
    "shifts": ("shift_id",),
    "entries": ("transfer_id", "line"),
    "contacts": ("case_id",),
    "former_contacts": ("case_id", "made_by", "act_id"),
    "duties": ("case_id", "duty_id"),
    "questions": ("case_id", "question_id"),
    "urgings": ("case_id", "urging_id"),
    "incidents": ("incident_id",),
    "incident_things": ("case_id", "incident_id", "kind", "thing_id"),
    "call_backs": ("case_id", "call_back_id"),
    "presence": ("case_id", "visit_id"),
    "house_marks": ("case_id",),
    "run_sheet_lines": ("case_id", "line_id"),
    "exceptions": ("case_id", "exception_id"),
    "touches": ("subject_id", "subject_kind", "field", "n"),
    "label_sets": ("number",),
    "bags": ("bag_id",),
    "bag_parcels": ("bag_id", "parcel_id"),
    "devices": ("id",),
}


class Anything:
    """Stands for a value that cannot be computed from what is at hand: equal to all."""


ANYTHING = Anything()


class OneOf:
    """Stands for several values, of which nobody knows any more which one it was."""

    def __init__(self, *values: object) -> None:
        self._values = values

    def __eq__(self, other: object) -> bool:
        return other in self._values

    def __hash__(self) -> int:
        return hash(self._values)

    def __repr__(self) -> str:
        return " or ".join(map(repr, self._values))


class NotBefore:
    """Stands for a moment of which it is only known that it is not earlier: what had to wait took effect later."""

    def __init__(self, value: datetime) -> None:
        self._value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, datetime) and other >= self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return f"not before {self._value!r}"


class Missing(Exception):
    """An act took effect on a row that no act made. The text names it."""


class World:
    """`put` replaces a row whole; rows are never changed in place."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[Key, Row]] = {table: {} for table in KEYS}
        self._of_case: dict[tuple[str, UUID], dict[Key, None]] = {}
        self._of_visit: dict[UUID, dict[Key, None]] = {}
        self.held_at_close: dict[UUID, int] = {}
        """Đồng that left a courier's cash account when a shift was closed, by the act."""
        self.exceptions_there: set[UUID] = set()
        """Ids of the exceptions that the table has."""
        self.incidents_there: set[UUID] = set()
        """Ids of the incidents that the table has."""
        self.first_reports: set[UUID] = set()
        """Ids of the acts by which they were first reported."""
        self.incidents_due: list[UUID] = []
        """Ids of those that the act told last brought to light."""
        self.contacts_there: set[UUID] = set()
        """Cases of which it is said how the citizen wants to be told."""
        self.divided: dict[UUID, Row] = {}
        """Money that came for several cases, as the chain of its unit told."""
        self.visits_elsewhere: set[UUID] = set()
        """Visits named by these cases that are others'."""
        self.former_there: set[Key] = set()
        """Acts that changed how the citizen is reached, of which it is said how that was before."""
        self.presence_there: dict[Key, Row] = {}
        """How sure the table says that each case's visit was."""
        self.marks_there: set[UUID] = set()
        """Cases whose house is on the map, or was."""
        self.erased_there: set[UUID] = set()
        """Cases of which nothing personal can be read any more."""
        self.parties_there: dict[UUID, list[UUID]] = {}
        """Of each case the parties that the table has."""
        self.parties_unread: set[UUID] = set()
        """Cases of which nobody can read any more who was told to be in them."""
        self.recipient_classes: dict[str, list[Row]] = {}
        """By code of the procedure: its versions, and whom each lets receive the result."""
        self.unit_kinds: dict[UUID, str] = {}
        self.bag_units: dict[UUID, UUID] = {}
        """Of each bag the office that filled it."""
        self.set_numbers: dict[str, int] = {}
        """Of label sets, by what is on the label."""
        self.stock_told = False
        """Whether the label sets here were printed by acts told before, and not taken from the table."""
        self.slip_blocks: dict[UUID, list[tuple[int, int]]] = {}
        """Numbers given to each phone."""
        self.reference_blocks: dict[UUID, list[tuple[int, int]]] = {}
        self.gates: list[Row] = []
        """What offices do, and from when until when, about who has not mastered a model."""
        self.mastered: dict[UUID, list[Row]] = {}
        """By person: which models, from when until when, as it was entered and taken back."""
        self.payees: dict[UUID, Row] = {}
        """Accounts that citizens pay to: whose, and from which day until which."""

    def find(self, table: str, *key: object) -> Row | None:
        return self.rows[table].get(key)

    def get(self, table: str, *key: object) -> Row:
        """Raises Missing."""
        row = self.find(table, *key)
        if row is None:
            raise Missing(f"{table} {', '.join(str(part) for part in key)}")
        return row

    def put(self, table: str, row: Row, /, **changes: object) -> None:
        row = {**row, **changes}
        key = tuple(row[name] for name in KEYS[table])
        self.rows[table][key] = row
        self._of_case.setdefault((table, key[0]), {})[key] = None
        if table == "case_visits":
            self._of_visit.setdefault(row["visit_id"], {})[key] = None

    def drop(self, table: str, row: Row) -> None:
        """The row is no longer there."""
        key = tuple(row[name] for name in KEYS[table])
        del self.rows[table][key]
        del self._of_case[table, key[0]][key]

    def labelled(self, label: str) -> Row | None:
        return self.find("label_sets", self.set_numbers.get(label))

    def of_case(self, table: str, case: UUID) -> list[Row]:
        """Of a table whose key begins with the case."""
        rows = self.rows[table]
        return [rows[key] for key in self._of_case.get((table, case), ())]

    def of_visit(self, visit: UUID) -> list[Row]:
        """What each case needs of a visit."""
        rows = self.rows["case_visits"]
        return [rows[key] for key in self._of_visit.get(visit, ())]

    def has_ended(self, case: UUID, visit: UUID) -> bool:
        """Whether the visit has ended for that case: somebody came, or tried."""
        part = self.find("case_visits", case, visit)
        return part is not None and part["outcome"] not in (None, "cancelled")

    def is_shared(self, visit: UUID, case: UUID) -> bool:
        """Whether another case waits to be served in it: it has neither ended there nor left."""
        return any(row["case_id"] != case and row["outcome"] is None for row in self.of_visit(visit))


def local_day(at: datetime) -> date:
    """The date in Việt Nam, which has been at +07:00 all year round since 1975."""
    return (at + AHEAD).date()


def hour_of(at: datetime) -> int:
    """Of the clock in Việt Nam."""
    return (at + AHEAD).hour


def day_began(day: date) -> datetime:
    """When a date of Việt Nam begins."""
    return datetime.combine(day, time(), UTC) - AHEAD
