"""The phone's outbox, without I/O: what is saved on the phone, what the centre has, and what must be asked again.

"Saved on this phone" and "received by the centre" are two facts. An act leaves the outbox only when the centre's answer
names it by id and fingerprint; a lost answer changes nothing, so it is simply sent again.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec


class Standing(StrEnum):
    """What the centre says of an act it keeps. All of them are acknowledgements; three of them still wait."""

    APPLIED = "applied"
    HELD = "held"
    BEHIND = "behind"
    REVIEW = "review"
    SET_ASIDE = "set_aside"
    REFUSED = "refused"

    @property
    def waits(self) -> bool:
        return self in (Standing.HELD, Standing.BEHIND, Standing.REVIEW)


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """An act as its maker wrote it: exact bytes, never written again. `key` is how the centre knows it."""

    made_by: UUID
    id: UUID
    subject_kind: str
    subject: UUID
    kind: str
    data: bytes
    fingerprint: str
    signature: bytes | None = None
    personal: bytes | None = None

    @property
    def key(self) -> tuple[UUID, UUID]:
        return self.made_by, self.id


class Problem(msgspec.Struct, frozen=True):
    """RFC 9457."""

    type: str
    title: str = ""
    status: Annotated[int, msgspec.Meta(ge=100, le=599)] = 400
    detail: str = ""

    @property
    def slug(self) -> str:
        return self.type.rpartition(":")[2]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The centre's acknowledgement of one act."""

    id: UUID | None
    fingerprint: str
    standing: Standing
    n: int | None = None
    problem: Problem | None = None
    exceptions: Sequence[str] = ()


class Kept(msgspec.Struct, frozen=True):
    """An act the centre has acknowledged, with its last answer."""

    act: Written
    answer: Answer


class Outbox:
    """In the order the acts were made. One phone, one outbox."""

    def __init__(self) -> None:
        self._unsent: dict[UUID, Written] = {}
        self._kept: dict[UUID, Kept] = {}

    def __len__(self) -> int:
        """How many acts are saved here and nowhere else."""
        return len(self._unsent)

    def put(self, act: Written) -> None:
        self._unsent[act.id] = act

    def next(self, most: int, *, later_first: bool = False) -> list[Written]:
        """What to send now, the oldest first. `later_first`: the later half, as when the first half was lost."""
        unsent = list(self._unsent.values())
        start = len(unsent) // 2 if later_first else 0
        return unsent[start : start + most]

    def heard(self, sent: Sequence[Written], answers: Sequence[Answer]) -> list[Kept]:
        """What the centre said to what was sent, in the same order. An answer to something else is none."""
        heard = [
            Kept(act, answer)
            for act, answer in zip(sent, answers, strict=False)
            if answer.fingerprint == act.fingerprint
        ]
        for kept in heard:
            if self._unsent.pop(kept.act.id, None) is not None or kept.act.id in self._kept:
                self._kept[kept.act.id] = kept
        return heard

    def waiting(self) -> list[Written]:
        """What the centre keeps but has not decided: to be asked again."""
        return [kept.act for kept in self._kept.values() if kept.answer.standing.waits]

    def acknowledged(self) -> list[Written]:
        return [kept.act for kept in self._kept.values()]
