"""The offices and communes of a day: whom a phone without network may name when it registers at a door (F02)."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, get
from litestar.di import NamedDependency

from backend.clock import local_date
from backend.database import Transaction
from backend.staff.guards import Phone, entrance_of
from backend.staff.model import Carrier
from backend.units import service as units


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """`kind`, `level`: as of a unit. `commune_code`: where it is."""

    id: UUID
    kind: str
    level: str
    name: str
    commune_code: str


class NamedCommune(msgspec.Struct, frozen=True, kw_only=True):
    """Xã, phường."""

    code: str
    name: str


class OfficesOfDay(msgspec.Struct, frozen=True, kw_only=True):
    """`GET /api/courier/offices`. By name."""

    day: date
    offices: list[Office]
    communes: list[NamedCommune]


class Offices(Controller):
    """Who is there today."""

    path = "/api/courier/offices"
    tags = ("offices",)

    @get("/", operation_id="getOffices", guards=[Phone()], summary="Offices and communes as they are today")
    async def today(
        self, request: Request[Any, Any, Any], tx: NamedDependency[Transaction], carrier: NamedDependency[Carrier]
    ) -> OfficesOfDay:
        """To be fetched once a day: without network those of the day before are still good enough to be named."""
        del carrier  # asked for, so that a revoked phone gets nothing
        on = local_date(entrance_of(request).clock())
        return OfficesOfDay(
            day=on,
            offices=[
                Office(id=one.id, kind=one.kind, level=one.level, name=one.name, commune_code=one.commune_code)
                for one in await units.units_on(tx, on)
            ],
            communes=sorted(
                (NamedCommune(code=one.code, name=one.name) for one in await units.communes_on(tx, on)),
                key=lambda one: one.name,
            ),
        )
