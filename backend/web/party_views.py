"""The parties of a case as a desk is shown them. Pure: no I/O."""

from datetime import date
from uuid import UUID

import msgspec


class PartyView(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is in the case now. `old_number`: of a CMND, to search by."""

    case_id: UUID
    party_id: UUID
    role: str
    kind: str
    relation: str | None
    name: str
    number: str | None
    old_number: str | None
    passport: str | None
    tax_code: str | None
    born: str | None
    phone: str | None
    shared_phone: bool
    authority: str | None
    authority_until: date | None
    since: date | None
    """From which day they may receive, where a change had to wait."""

    @property
    def paper(self) -> str | None:
        """The name of the column that says best who it is."""
        names = ("number", "tax_code", "passport", "old_number")
        return next((name for name in names if getattr(self, name) is not None), None)
