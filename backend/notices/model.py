"""A message on its way, how a citizen wants to be told, and the duty to tell. Pure: no I/O."""

import random
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from backend.clock import VIETNAM
from backend.dossiers.model import Code
from backend.dossiers.party_model import Phone, Proof

Channel = Literal["push", "zalo", "sms", "email"]
"""`push`: to browsers that asked for it on the tracking page; the others reach the contact on file."""
Way = Literal["zalo", "sms", "email", "call", "paper"]
"""What a citizen may choose. `call`, `paper`: no message, a person tells."""
Email = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s.]+$")]
How = Literal["call", "call_back", "in_person", "counter", "paper", "message"]
Whom = Literal["owner", "filer", "representative", "household"]


class State(StrEnum):
    """Of a notice. `for_person`: no message can go, somebody must tell."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"
    FOR_PERSON = "for_person"


class Reason(StrEnum):
    """Why a notice did not go out."""

    LATE = "late"  # its life was over (F24)
    OVERTAKEN = "overtaken"  # it is not true any more
    NEWER = "newer"  # a later act says the same thing anew
    HOUSEHOLD = "household"  # the same phone was told for another case of the visit
    ERASED = "erased"
    NO_CHANNEL = "no_channel"  # neither phone nor e-mail
    CHOSEN_PERSON = "chosen_person"  # the citizen wants a call or paper
    NO_SENDER = "no_sender"  # this installation sends no messages
    NOT_DELIVERED = "not_delivered"  # the gateway did not take it while it was worth sending


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `notices`. `n`: of the act in the case's chain. `duty_due`: a duty to tell is to be opened for it.

    `due_at`: when it should go; `next_at`: when it is next tried; `expires_at`: from when on it is better not sent.
    `channel`: of one that waits, `push` while that is being tried. `pushed_at`: when a browser got it, on whatever
    other channel it goes as well.
    """

    case_id: UUID
    notice_id: UUID
    made_by: UUID
    act_id: UUID
    n: int
    template: str
    visit_id: UUID | None = None
    state: State = State.WAITING
    reason: Reason | None = None
    channel: str | None = None
    duty_due: bool = False
    occurred_at: datetime
    decided_at: datetime
    due_at: datetime
    next_at: datetime
    expires_at: datetime
    tries: int = 0
    sent_at: datetime | None = None
    pushed_at: datetime | None = None
    sealed: bytes | None = None


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What is sealed in a notice: to whom it went, and what it said. `pushed`: what browsers were told beside it."""

    to: str
    text: str
    subject: str | None = None
    pushed: str | None = None


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """A message that went out, opened again."""

    template: str
    channel: str
    at: datetime
    said: Said


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `contacts`: how the citizen wants to be told, where that was said. The phone number is the case's."""

    case_id: UUID
    email: str | None = None
    tell_by: str | None = None
    shared_phone: bool = False


class ContactPersonal(msgspec.Struct, frozen=True):
    """As it stands in the personal part of `register`, beside name and address."""

    email: Email | None = None
    tell_by: Way | None = None
    shared_phone: bool = False


class FormerContact(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `former_contacts`: what was on file before that act changed it, and must hear of the change (F07)."""

    case_id: UUID
    made_by: UUID
    act_id: UUID
    phone: str | None = None
    email: str | None = None
    tell_by: str | None = None
    shared_phone: bool = False


class ChangeContact(msgspec.Struct, frozen=True, tag_field="kind", tag="change_contact"):
    """How the citizen is reached from now on; the personal part says it."""

    proved_by: Proof | None = None


class SendCode(msgspec.Struct, frozen=True, tag_field="kind", tag="send_code"):
    """A code goes to the contact on file: whoever reads it out is the owner (F07)."""


class ChangedContact(ContactPersonal, frozen=True, kw_only=True):
    """The personal part of `change_contact`: everything as it is from now on."""

    salt: Annotated[str, msgspec.Meta(min_length=16, max_length=64)]
    phone: Phone | None = None


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `duties`. `about`: the act that the citizen must hear of."""

    case_id: UUID
    duty_id: UUID
    template: str
    about: UUID | None = None
    state: str
    opened_at: datetime
    told_at: datetime | None = None
    told_by: UUID | None = None
    how: str | None = None
    told_whom: str | None = None
    dropped_because: str | None = None


class OpenDuty(msgspec.Struct, frozen=True, tag_field="kind", tag="open_duty"):
    """The citizen must be told, and no message will do it (F03)."""

    duty_id: UUID
    template: Code
    about: UUID | None = None


class RecordTold(msgspec.Struct, frozen=True, tag_field="kind", tag="record_told"):
    """Somebody told the citizen: how, and whom."""

    duty_id: UUID
    how: How
    whom: Whom = "owner"


class DropDuty(msgspec.Struct, frozen=True, tag_field="kind", tag="drop_duty"):
    """Nothing is left to tell."""

    duty_id: UUID
    reason: Code


FIRST_DELAY, LONGEST_DELAY = timedelta(seconds=5), timedelta(hours=1)


def delay(tries: int, asked: timedelta | None = None) -> timedelta:
    """How long to wait after `tries` attempts: twice as long each time, an hour at most, and never all at once.

    `asked`: by the gateway itself; it is heeded up to the same hour.
    """
    wait = min(LONGEST_DELAY, FIRST_DELAY * 2 ** min(tries - 1, 20))
    jittered = wait * random.uniform(0.5, 1.5)  # noqa: S311  (spreads load, hides nothing)
    return max(jittered, min(asked or timedelta(), LONGEST_DELAY))


class Quiet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hours of the night, in Việt Nam, in which nobody is sent anything (F24)."""

    since: time
    until: time

    def ends(self, at: datetime) -> datetime | None:
        """When the quiet that holds at that instant ends; None when none holds."""
        local = at.astimezone(VIETNAM)
        end = datetime.combine(local.date(), self.until, VIETNAM)
        if local.time() >= self.since:
            return end + timedelta(days=1)
        return end if local.time() < self.until else None
