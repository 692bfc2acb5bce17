"""What a form is drawn from: a case, who looks at it, and the offices and people it concerns. Pure: no I/O."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from backend.appointments.slots import HOURS_AT, USUAL, Promised, Slot, slots
from backend.clock import local_date
from backend.fees.payment_model import PayeeAccount
from backend.procedures.model import ProcedureVersion
from backend.staff.competence_model import Competence
from backend.staff.model import Clerk, Post, Role
from backend.sync.own import PROVINCE_WIDE
from backend.units.calendars import OpeningHours
from backend.units.model import POSTS, Place, UnitId, UnitKind
from backend.web.forms.field import Option
from backend.web.money_views import CreditView, HouseholdCharge
from backend.web.office_views import Colleague, UnitLine
from backend.web.views import CaseView, ParcelView
from backend.web.words import COMPONENTS, LINES, Words

Made = TypeVar("Made")

DAYS_AHEAD = 14
"""How far ahead windows are offered."""
RECEIVING = (
    Role.DISPATCHER,
    Role.COUNTER_CLERK,
    Role.HEAD_OF_POST,
    Role.POST_EMPLOYEE_AT_ONE_STOP,
    Role.ONE_STOP_OFFICER,
)
"""Who takes parcels over for an office."""


MATCHING = (Role.CASHIER, Role.HEAD_OF_POST)
"""Who says whose money in suspense is, and so reads what payers wrote."""


class Offices(msgspec.Struct, frozen=True, kw_only=True):
    """What is the same for all cases of a page. `same_level`: by unit; `promised`: at posts, in the days offered.

    `former`: names of those that the cases speak of and that are no more."""

    at: datetime
    units: Mapping[UUID, UnitLine]
    colleagues: Sequence[Colleague]
    hours: Mapping[tuple[UnitId, Place], OpeningHours]
    promised: Sequence[Promised]
    same_level: Mapping[UUID, UUID]
    former: Mapping[UUID, str] = {}
    competence: Competence = Competence()
    """Of these units, and of their couriers."""
    made: dict[Hashable, Any] = msgspec.field(default_factory=dict[Hashable, Any])
    """See `once`."""

    @property
    def today(self) -> date:
        return local_date(self.at)

    def name(self, unit: UUID) -> str:
        found = self.units.get(unit)
        return self.former.get(unit, "Đơn vị cũ") if found is None else found.name

    def posts(self) -> list[UUID]:
        """Those a registration may be forwarded to."""
        return [unit.id for unit in self.units.values() if unit.kind in POSTS]

    def couriers_of(self, unit: UUID) -> tuple[Option, ...]:
        return self.once(
            ("couriers", unit),
            lambda: tuple(
                Option(str(one.person_id), Words(one.name, one.name))
                for one in self.colleagues
                if one.unit_id == unit and one.role == Role.COURIER
            ),
        )

    def slots(self, post: UUID, open_unit: UUID, place: str) -> Sequence[Slot]:
        """Windows of the post at a place, full ones too. `open_unit`: whose hours count there."""
        return self.once(
            ("slots", post, open_unit, place),
            lambda: slots(
                self.hours.get((UnitId(open_unit), HOURS_AT[place]), USUAL),
                place,
                [UUID(one.value) for one in self.couriers_of(post)],
                [one for one in self.promised if one.unit_id == post],
                at=self.at,
                days=DAYS_AHEAD,
            ),
        )

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What many cases of a page need alike is made for the first of them: a list has fifty."""
        if key not in self.made:
            self.made[key] = make()
        return self.made[key]

    def next_day(self) -> date:
        """Today while there is much of it left, else tomorrow."""
        return local_date(self.at + timedelta(hours=10))


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """A case before a clerk."""

    case: CaseView
    clerk: Clerk
    offices: Offices
    version: ProcedureVersion | None
    """The procedure as it is on the case's date; None: not in the catalogue."""
    reached: datetime | None = None
    """When the last of its papers came to the agency, once the check has found them complete."""
    due_on: date | None = None
    """When its result is due by the catalogue, looked up for a page of its own."""
    communes: Sequence[tuple[str, str]] = ()
    """Code and name of those of today, for a page of its own."""
    payee: PayeeAccount | None = None
    """Where citizens pay the post today, for who serves a citizen of the case at a counter."""
    household: Sequence[HouseholdCharge] = ()
    """What the other cases of its visits still owe, for who serves."""
    label_sets: Mapping[str, int] = {}
    """Numbers of those in the clerk's own hands by their labels, for who serves."""
    unmatched: Sequence[CreditView] = ()
    """Money at the post's account that nobody is known to have sent, for who may say whose it is."""

    @property
    def posts(self) -> frozenset[Post]:
        """What the clerk holds at the offices of the case, or for the whole province."""
        return frozenset(
            post for post in self.clerk.posts if post.unit_id in self.case.units or post.role in PROVINCE_WIDE
        )

    @property
    def components(self) -> Mapping[str, Words]:
        """Names of the papers, by code."""
        listed = self.version.content.components if self.version is not None else None
        return COMPONENTS | {one.code: Words(one.name, one.name_en or one.name) for one in listed or ()}

    @property
    def lines(self) -> Mapping[str, Words]:
        """Names of what is paid, by code."""
        listed = self.version.content.fees if self.version is not None else None
        return LINES | {one.code: Words(one.name, one.name_en or one.name) for one in listed or ()}

    def slots(self, place: str) -> Sequence[Slot]:
        """What may be promised to the citizen at a place."""
        return self.offices.slots(self.case.handling_unit, self.open_unit(place), place)

    def open_unit(self, place: str) -> UUID:
        """Whose hours count at a place: a one-stop has hours of its own."""
        return self.case.supporting_unit if place == "one_stop" else self.case.handling_unit

    def units_as(self, *roles: Role) -> list[UUID]:
        """Offices of the case where the clerk holds one of these roles; one-stops first."""
        found = {post.unit_id for post in self.posts if post.role in roles and post.unit_id in self.case.units}
        return sorted(found, key=lambda unit: (not self._is_one_stop(unit), unit))

    def _is_one_stop(self, unit: UUID) -> bool:
        found = self.offices.units.get(unit)
        return found is not None and found.kind == UnitKind.ONE_STOP

    def unit_options(self, units: Sequence[UUID]) -> tuple[Option, ...]:
        return tuple(Option(str(unit), Words(*[self.offices.name(unit)] * 2)) for unit in units)

    def parcel_options(self, parcels: Sequence[ParcelView]) -> tuple[Option, ...]:
        return tuple(Option(str(parcel.parcel_id), parcel_words(parcel)) for parcel in parcels)


def parcel_words(parcel: ParcelView) -> Words:
    """As people call it: the number of its label, or what is in it."""
    if parcel.number is None:
        return Words("Bưu gửi kết quả", "Parcel with the result") if parcel.with_result else Words("Bưu gửi", "Parcel")
    number = f"{parcel.number:05}"
    seal = f", niêm phong {parcel.seal_number}" if parcel.seal_number else ""
    return Words(f"Nhãn {number}{seal}", f"Label {number}{seal}")
