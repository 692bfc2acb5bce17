"""A line of the run sheet (F11): what a courier writes of one visit while the phone is dead."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec


class Line(msgspec.Struct, kw_only=True):
    """`at`: when all of it was, by the courier's watch. `slip`: the number printed for it. `acts`: in their order, as a
    phone would have them. `picture`: SHA-256 of the photograph of the line, in hex. `typed_by`: the clerk. `confirmed`:
    the number of the confirmation in the case's chain; the acts stand behind it, and 0 means that they do not."""

    at: datetime
    slip: int
    acts: list[dict[str, Any]] = []
    picture: str = ""
    typed_by: UUID | None = None
    confirmed: int = 0

    def adds(self, kind: str, body: dict[str, Any]) -> None:
        self.acts.append({"kind": kind, "at": self.at.isoformat(), "body": body})

    @property
    def kinds(self) -> list[str]:
        return [one["kind"] for one in self.acts]
