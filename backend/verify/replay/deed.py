"""One act as it is told again: what the chain says of it, and the body its maker wrote."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from backend.verify.replay.world import day_began, local_day


class _Subject(msgspec.Struct, frozen=True):
    id: UUID


class _Body(msgspec.Struct, frozen=True):
    body: dict[str, Any]
    subject: _Subject


_read = msgspec.json.Decoder(_Body).decode
_outcome = msgspec.json.Decoder(dict[str, str]).decode


class Unreadable(Exception):
    """The command or the outcome cannot be read."""


class Deed(msgspec.Struct, frozen=True, kw_only=True):
    """`command`: the id of the envelope, for a child act its parent's. `of`: the subject that the envelope names.
    `personal`: where it could be opened."""

    subject: UUID
    of: UUID
    n: int
    made_by: UUID
    id: UUID
    command: UUID
    kind: str
    actor: UUID
    rules: int
    occurred_at: datetime
    received_at: datetime
    outcome: Mapping[str, str]
    exceptions: Sequence[str]
    by_courier: bool
    """From a phone, or from paper: nobody can be asked about it again."""
    by_phone: bool
    on_paper: bool
    by_itself: bool
    """A bank's notice or a timer: there was nobody to refuse it to."""
    by_citizen: bool
    """With the card of the case alone."""
    body: Mapping[str, Any]
    personal: bytes | None
    has_personal: bool
    placed: int
    """The order in which acts were decided, across all chains, wherever two of them needed the same row."""

    @property
    def is_child(self) -> bool:
        return self.id != self.command

    def uuid(self, name: str) -> UUID:
        return UUID(self.body[name])

    def uuids(self, name: str) -> list[UUID]:
        return [UUID(value) for value in self.body.get(name) or ()]

    def day(self, name: str) -> date:
        return date.fromisoformat(self.body[name])

    @property
    def registered_at(self) -> datetime:
        """Of what registers: when the act was made or, entered late, when that day began in Việt Nam."""
        on = self.body.get("registered_on")
        if on is None or (day := date.fromisoformat(on)) == local_day(self.occurred_at):
            return self.occurred_at
        return day_began(day)

    def moment(self, name: str) -> datetime | None:
        """None when nothing is said."""
        said = self.body.get(name)
        return None if said is None else datetime.fromisoformat(said)


def deed(row: asyncpg.Record, personal: bytes | None) -> Deed:
    """From a row of `acts` with its command. Raises Unreadable."""
    if row["data"] is None:
        raise Unreadable("its command is missing")
    try:
        command, outcome = _read(row["data"]), _outcome(row["outcome"])
    except (msgspec.MsgspecError, RecursionError) as broken:
        raise Unreadable(str(broken)) from broken
    return Deed(
        subject=row["subject_id"],
        of=command.subject.id,
        n=row["n"],
        made_by=row["made_by"],
        id=row["id"],
        command=row["parent"] or row["id"],
        kind=row["kind"],
        actor=row["actor"],
        rules=row["rules_judged"],
        occurred_at=row["occurred_at"].astimezone(UTC),
        received_at=row["recorded_at"],
        outcome=outcome,
        exceptions=row["exceptions"],
        by_courier=row["source"] in ("device", "paper"),
        by_phone=row["source"] == "device",
        on_paper=row["source"] == "paper",
        by_itself=row["source"] in ("webhook", "timer"),
        by_citizen=row["source"] == "form",
        body=command.body,
        personal=personal,
        has_personal=row["key_id"] is not None,
        placed=row["placed"],
    )
