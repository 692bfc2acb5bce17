"""People, roles, phones and sessions, and the pure rules about them. No I/O."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

from backend.clock import VIETNAM, local_date


class Role(StrEnum):
    """What a person may be at a unit (F16)."""

    COURIER = "courier"
    DISPATCHER = "dispatcher"
    COUNTER_CLERK = "counter_clerk"
    POST_EMPLOYEE_AT_ONE_STOP = "post_employee_at_one_stop"
    CASHIER = "cashier"
    HEAD_OF_POST = "head_of_post"
    ONE_STOP_OFFICER = "one_stop_officer"
    APPROVER = "approver"
    PROCEDURE_OWNER = "procedure_owner"
    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


NAMES: Mapping[Role, str] = {
    Role.COURIER: "Bưu tá",
    Role.DISPATCHER: "Điều phối viên",
    Role.COUNTER_CLERK: "Giao dịch viên",
    Role.POST_EMPLOYEE_AT_ONE_STOP: "Nhân viên bưu điện tại Một cửa",
    Role.CASHIER: "Thủ quỹ",
    Role.HEAD_OF_POST: "Trưởng bưu cục",
    Role.ONE_STOP_OFFICER: "Công chức một cửa",
    Role.APPROVER: "Người duyệt",
    Role.PROCEDURE_OWNER: "Phụ trách thủ tục",
    Role.OPERATOR: "Tổng đài viên 1022",
    Role.SUPERVISOR: "Giám sát tỉnh",
    Role.ADMINISTRATOR: "Quản trị hệ thống",
}


AT_COUNTERS = frozenset({Role.COUNTER_CLERK, Role.POST_EMPLOYEE_AT_ONE_STOP, Role.ONE_STOP_OFFICER})
"""Who meets citizens and sees what they show."""


class Reach(StrEnum):
    """How far a desk sees: its own units, the whole province for the routes that say so, or the whole province."""

    OWN = "own"
    PARTLY = "partly"
    PROVINCE = "province"


ENROLLING_ANYWHERE = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})

DESK_IDLE = timedelta(minutes=60)
DESK_LONGEST = timedelta(hours=12)
ACCESS_LASTS = timedelta(minutes=15)
REFRESH_GRACE = timedelta(hours=24)
"""For so long the refresh token before the last one gives the last one again: its answer may have been lost."""
DEVICE_IDLE = timedelta(days=60)
"""A phone may be without a network for weeks."""
DEVICE_LONGEST = timedelta(days=180)
CODE_LASTS = timedelta(minutes=15)
LENDING_ENDS = timedelta(hours=4)
"""A phone is lent until so long after midnight: the day's last visit, and the way home."""


BADGE = re.compile(r"[A-Z0-9][A-Z0-9.-]{0,23}")
ACCOUNT = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
LONGEST_NAME = 100


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `people`. `badge`: capital letters, digits, dot and dash."""

    id: UUID
    name: str
    badge: str
    disabled_at: datetime | None = None


class RoleHeld(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `roles_held`: from `since` to `until`, both days included; `until` None = no end known. `taken_at`:
    taken away before its time, effective at once."""

    id: UUID
    person_id: UUID
    unit_id: UUID
    role: Role
    since: date
    until: date | None = None
    given_by: UUID | None = None
    recorded_at: datetime
    taken_at: datetime | None = None

    def held(self, on: date, at: datetime) -> bool:
        """Whether it held at that instant, which lies on the day `on`."""
        within = self.since <= on and (self.until is None or on <= self.until)
        return within and (self.taken_at is None or at < self.taken_at)


class Post(msgspec.Struct, frozen=True):
    """A role held at a unit on the day asked for."""

    role: Role
    unit_id: UUID


class Clerk(msgspec.Struct, frozen=True, kw_only=True):
    """A person signed in at a desk, with what they hold today."""

    person_id: UUID
    name: str
    session: bytes
    posts: tuple[Post, ...]

    def holds(self, *roles: Role) -> bool:
        """Any of `roles`, at any unit."""
        return any(post.role in roles for post in self.posts)

    def units(self, *roles: Role) -> frozenset[UUID]:
        """Units where the person holds any of `roles`; any role at all when none is named."""
        return frozenset(post.unit_id for post in self.posts if not roles or post.role in roles)

    @property
    def reach(self) -> Reach:
        """PROVINCE is served from the database role `tannha_province`; PARTLY only on routes made for the hotline."""
        if self.holds(Role.SUPERVISOR):
            return Reach.PROVINCE
        return Reach.PARTLY if self.holds(Role.OPERATOR) else Reach.OWN


class Carrier(msgspec.Struct, frozen=True, kw_only=True):
    """A phone signed in, who carries it, and what they hold today at the phone's unit."""

    device_id: UUID
    person_id: UUID
    unit_id: UUID
    session: UUID
    roles: frozenset[Role]


class Health(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a phone says of itself with every sync. Unknown fields are passed over: phones may be newer."""

    unsent: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0
    oldest_unsent_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    storage_used: Annotated[int, msgspec.Meta(ge=0, le=2**53)] | None = None
    """Bytes, as is `storage_quota`."""
    storage_quota: Annotated[int, msgspec.Meta(ge=0, le=2**53)] | None = None
    persisted: bool | None = None
    app_version: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    clock_offset_ms: Annotated[int, msgspec.Meta(ge=-(2**53), le=2**53)] | None = None
    battery: Annotated[int, msgspec.Meta(ge=0, le=100)] | None = None
    """Per cent."""


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `devices`. `public_key`: 65 bytes, uncompressed point; `next_seq`: the number its next act must have."""

    id: UUID
    person_id: UUID
    unit_id: UUID
    public_key: bytes
    thumbprint: bytes
    enrolled_at: datetime
    enrolled_by: UUID
    revoked_at: datetime | None = None
    lost_at: datetime | None = None
    next_seq: int = 1
    last_hash: bytes | None = None
    last_contact_at: datetime | None = None
    health: Health | None = None
    lent_until: datetime | None = None
    lent_from: UUID | None = None
    """The spare phone whose lending this is: the same thing in the hand, another key."""

    def usable(self, at: datetime) -> bool:
        """Whether it is not lent, or not longer than that."""
        return self.lent_until is None or at < self.lent_until


class DeviceSession(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `device_sessions`: a family of refresh tokens, of which number `n` is the newest."""

    id: UUID
    device_id: UUID
    person_id: UUID
    opened_at: datetime
    n: int = 0
    refreshed_at: datetime
    revoked_at: datetime | None = None

    def stands(self, at: datetime) -> bool:
        return self.revoked_at is None and at < self.refreshed_at + DEVICE_IDLE and at < self.opened_at + DEVICE_LONGEST

    def after(self, shown: int, at: datetime) -> "DeviceSession | None":
        """The session after the refresh token number `shown`: one further, the same again for the one before the last
        within the grace, None when that token is spent."""
        if shown == self.n:
            return msgspec.structs.replace(self, n=self.n + 1, refreshed_at=at)
        if shown == self.n - 1 and at < self.refreshed_at + REFRESH_GRACE:
            return self
        return None


def lent_until(at: datetime) -> datetime:
    """Some hours into the next day of the province."""
    return datetime.combine(local_date(at) + timedelta(days=1), time(), VIETNAM) + LENDING_ENDS


class EnrolmentCode(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `enrolment_codes`. Used once `device_id` is set. `lends`: a spare phone that is enrolled already."""

    hash: bytes
    person_id: UUID
    unit_id: UUID
    made_by: UUID
    made_at: datetime
    expires_at: datetime
    device_id: UUID | None = None
    session_id: UUID | None = None
    lends: bool = False


class DeviceAct(msgspec.Struct, frozen=True, kw_only=True):
    """What the chain of a phone is told: `enrol_device`, `lend_device`, `extend_lease`, `revoke_device`
    or `report_device_lost`."""

    id: UUID
    kind: str
    device_id: UUID
    actor: UUID
    occurred_at: datetime
    body: dict[str, str]


ANSWERING = (Role.HEAD_OF_POST, *sorted(ENROLLING_ANYWHERE))
"""Who answers for an office: a head of post for that post; supervisor and administrator for any."""


def answers_for(posts: Iterable[Post], unit: UUID, roles: Collection[str]) -> bool:
    """Whether one of these posts, of one of these roles, is at a phone's unit; the province's count anywhere."""
    return any(post.role in roles and (post.role in ENROLLING_ANYWHERE or post.unit_id == unit) for post in posts)


def desk_session_stands(opened_at: datetime, seen_at: datetime, at: datetime) -> bool:
    return at < seen_at + DESK_IDLE and at < opened_at + DESK_LONGEST


class PortraitLine(msgspec.Struct, frozen=True, kw_only=True):
    """A photograph that was sent. `state`: of its file: received, clean, or bad."""

    person_id: UUID
    recorded_at: datetime
    state: str


class Attempts(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `sign_in_attempts`, without its key."""

    failures: int
    last_at: datetime
    succeeded_at: datetime | None = None


class Slowing(msgspec.Struct, frozen=True, kw_only=True):
    """How often one may fail before waiting, and for how long at most. The wait doubles with every failure."""

    free: int
    longest: timedelta

    def wait(self, known: Attempts | None, at: datetime) -> timedelta:
        """How long to wait still before the next try; nothing or less when one may try now."""
        if known is None or known.failures < self.free or at > known.last_at + FORGET_FAILURES:
            return timedelta()
        whole = min(timedelta(seconds=2 ** min(known.failures - self.free, 20)), self.longest)
        return known.last_at + whole - at


BY_ACCOUNT_AND_PLACE = Slowing(free=5, longest=timedelta(minutes=15))
BY_PLACE = Slowing(free=50, longest=timedelta(minutes=1))
BY_ACCOUNT = Slowing(free=100, longest=timedelta(seconds=30))
"""Only for places from which this account never signed in: nobody can lock a colleague out on purpose."""
FORGET_FAILURES = timedelta(hours=1)
FAMILIAR = timedelta(days=30)
"""For so long a place from which an account signed in is known to it."""
