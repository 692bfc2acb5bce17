"""What was done on paper while a phone was dead, and is typed in again (F11). Pure: no I/O.

One person types, another confirms: only then the acts take effect, as the courier's, at the time that was written.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from backend.acts.envelope import HexHash
from backend.dossiers.model import Code
from backend.ids import derived

OnPaper = Literal[
    "record_arrival",
    "check_identity",
    "see_original",
    "take_papers",
    "photograph",
    "sign",
    "send_anyway",
    "seal",
    "quote",
    "collect",
    "record_unpaid",
    "open_result",
    "hand_over_result",
    "hand_back_papers",
    "finish_visit",
    "fail_visit",
]
"""Kinds of act that a line can tell of: facts of one visit."""
ON_PAPER: frozenset[str] = frozenset(OnPaper.__args__)
OLDEST = timedelta(days=31)
"""What was written longer ago is no matter of typing any more."""


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """One act as the line tells it. `at`: the time as written. `body`: as a phone would have it, of the same visit."""

    kind: OnPaper
    at: Annotated[datetime, msgspec.Meta(tz=True)]
    body: dict[str, Any]


class Rekey(msgspec.Struct, frozen=True, tag_field="kind", tag="rekey", kw_only=True):
    """A line of the run sheet, typed in. `picture`: SHA-256 of the photograph of the line. `acts`: in the order they
    happened. The personal part: `{"parts": {"<place in acts>": {...}}}`, each as that kind of act has it."""

    line_id: UUID
    visit_id: UUID
    courier: UUID
    picture: HexHash
    acts: Annotated[list[Written], msgspec.Meta(min_length=1, max_length=30)]


class RekeyPersonal(msgspec.Struct, frozen=True):
    """The personal part of `rekey`, by place in `acts`. `salt`: as every personal part has one."""

    parts: dict[str, dict[str, Any]] = {}
    salt: str = ""

    def of(self, place: int) -> dict[str, Any] | None:
        """The personal part of one act, with a salt of its own. None: nothing of it is personal."""
        part = self.parts.get(str(place))
        return None if part is None else {"salt": sha256(f"{self.salt}:{place}".encode()).hexdigest()[:32]} | part


class ConfirmRekeyed(msgspec.Struct, frozen=True, tag_field="kind", tag="confirm_rekeyed"):
    """Somebody else compared the line with its photograph: what it tells takes effect."""

    line_id: UUID


class SetAsideRekeyed(msgspec.Struct, frozen=True, tag_field="kind", tag="set_aside_rekeyed"):
    """The line tells what is on record already, or was typed wrongly: nothing of it takes effect."""

    line_id: UUID
    reason: Code


class RunSheetLine(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `run_sheet_lines`. `tells`: what can happen only once in the visit, each a word, with spaces between.
    `rekeyed_by`: the act `rekey` that typed it in, made by `typed_by`."""

    case_id: UUID
    line_id: UUID
    visit_id: UUID
    courier: UUID
    tells: str
    written_at: datetime
    picture_sha256: bytes
    state: str
    typed_by: UUID
    typed_at: datetime
    rekeyed_by: UUID
    decided_by: UUID | None = None
    decided_at: datetime | None = None


def act_id(line_id: UUID, place: int) -> UUID:
    """Of an act of a line: the same however often it is confirmed."""
    return derived("run-sheet-act", line_id.hex, str(place))


def typed(case_id: UUID, body: Rekey, tells: set[str], *, by: UUID, at: datetime, act: UUID) -> RunSheetLine:
    return RunSheetLine(
        case_id=case_id,
        line_id=body.line_id,
        visit_id=body.visit_id,
        courier=body.courier,
        tells=" ".join(sorted(tells)),
        written_at=body.acts[0].at,
        picture_sha256=bytes.fromhex(body.picture),
        state="none",
        typed_by=by,
        typed_at=at,
        rekeyed_by=act,
    )


def repeats(line: RunSheetLine, courier: UUID, visit: UUID | None, tells: set[str]) -> bool:
    """Whether a confirmed line told of the same thing in the same visit of the same courier."""
    same = (line.state, line.courier, line.visit_id) == ("confirmed", courier, visit)
    return same and not tells.isdisjoint(line.tells.split())
