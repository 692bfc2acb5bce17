"""Offices and their people as a desk is shown them. Pure: no I/O."""

from uuid import UUID

import msgspec


class UnitLine(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    kind: str
    name: str
    commune_code: str


class Colleague(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody with a role at a unit today."""

    person_id: UUID
    name: str
    badge: str
    role: str
    unit_id: UUID


class PhoneLine(msgspec.Struct, frozen=True, kw_only=True):
    """A phone in use, and who has it."""

    device: UUID
    name: str
    badge: str
    lent: bool

    @property
    def letters(self) -> str:
        """As the phone shows itself, to be told from another of the same person."""
        return self.device.hex[-6:].upper()
