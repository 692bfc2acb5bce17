"""The catalogue as one document that phones carry, named by its content (contract 6). Pure: no I/O.

It holds the versions in force and, so that an offline phone changes by itself at 00:00 (F18), those to come; and those
that ended not long ago, because a case keeps the version of its reception (row 32).
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

import msgspec

from backend.procedures.model import Agency, Content, LegalBasis, ProcedureVersion

KEPT = timedelta(days=400)
"""How long a version that ended is still carried."""
NAME = re.compile("[0-9a-f]{64}")


class Catalogued(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A version as a phone has it. `valid_until`: the first day on which it no longer holds."""

    id: UUID
    code: str
    valid_from: date | None = None
    valid_until: date | None = None
    name: str
    name_en: str | None = None
    field: str | None = None
    agency: Agency | None = None
    official: bool = False
    legal_basis: tuple[LegalBasis, ...] = ()
    content: Content


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """`GET /api/courier/procedures/{sha256}`. `format`: of this document; grows when a phone must be able to tell.
    `versions`: by code and first day."""

    format: int
    versions: tuple[Catalogued, ...]


def written(versions: Iterable[ProcedureVersion], on: date) -> bytes:
    """The document as of a day: the same versions give the same bytes."""
    kept = [one for one in versions if one.valid_until is None or one.valid_until + KEPT > on]
    kept.sort(key=lambda one: (one.code, one.valid_from or date.min))
    return msgspec.json.encode(Catalogue(format=1, versions=tuple(map(_catalogued, kept))), order="deterministic")


def named(document: bytes) -> str:
    """Its name: SHA-256 in hex."""
    return sha256(document).hexdigest()


def _catalogued(version: ProcedureVersion) -> Catalogued:
    return Catalogued(**{name: getattr(version, name) for name in Catalogued.__struct_fields__})
