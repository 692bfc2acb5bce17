"""Who is in the demo: the named cast of the stories (F15), and enough colleagues to fill twelve posts.

Names, numbers and badges are invented. Pure: no I/O.
"""

from collections.abc import Iterator
from uuid import UUID

import msgspec

from backend.ids import derived
from backend.staff.model import Post, Role
from backend.units.demo import (
    DISTRICT_POST,
    HOTLINE,
    PROVINCE_COMMITTEE,
    PROVINCE_ONE_STOP,
    PROVINCE_POST,
    demo_unit_id,
    demo_units,
)
from backend.units.model import Unit, UnitId, UnitKind

MY_HIEP, MY_THO = "30112", "28261"
COURIERS_PER_POST = 5
FIRST_DAY_OF_THEIRS = "2025-07-01"

MY_HIEP_POST, MY_HIEP_ONE_STOP, MY_HIEP_AGENCY = (
    demo_unit_id(kind, MY_HIEP) for kind in (UnitKind.POST, UnitKind.ONE_STOP, UnitKind.AGENCY)
)
MY_THO_POST, MY_THO_ONE_STOP, MY_THO_AGENCY = (
    demo_unit_id(kind, MY_THO) for kind in (UnitKind.POST, UnitKind.ONE_STOP, UnitKind.AGENCY)
)

_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương")
_MIDDLES = ("Văn", "Thị", "Hữu", "Ngọc", "Minh", "Thanh", "Quốc")
_GIVENS = ("An", "Bích", "Chiến", "Đào", "Giàu", "Hạnh", "Khánh", "Lợi", "Mười", "Nghĩa", "Phượng", "Sang", "Thắm")


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One person of the service. `named`: of the cast of the stories, with a password of their own."""

    account: str
    name: str
    posts: tuple[Post, ...]
    named: bool = False

    @property
    def id(self) -> UUID:
        """The same in every demo, so that a story may name it."""
        return derived("demo-person", self.account)

    @property
    def courier_at(self) -> UUID | None:
        """The post whose courier this is."""
        return next((post.unit_id for post in self.posts if post.role is Role.COURIER), None)


def _named(account: str, name: str, *posts: tuple[Role, UUID]) -> Member:
    return Member(account=account, name=name, posts=tuple(Post(role, unit) for role, unit in posts), named=True)


NAMED: tuple[Member, ...] = (
    _named("lan", "Nguyễn Thị Lan", (Role.COURIER, MY_HIEP_POST)),
    _named("tu", "Phạm Văn Tú", (Role.COURIER, MY_HIEP_POST), (Role.APPROVER, MY_HIEP_POST)),
    _named("ut", "Trần Văn Út", (Role.DISPATCHER, MY_HIEP_POST)),
    _named("hung", "Trần Văn Hùng", (Role.DISPATCHER, MY_HIEP_POST), (Role.DISPATCHER, PROVINCE_POST)),
    _named("sau", "Nguyễn Văn Sáu", (Role.HEAD_OF_POST, MY_HIEP_POST)),
    _named("giang", "Bùi Thị Giang", (Role.COUNTER_CLERK, MY_HIEP_POST)),
    _named("quy", "Ngô Văn Quý", (Role.CASHIER, MY_HIEP_POST)),
    _named("mai", "Lê Thị Mai", (Role.ONE_STOP_OFFICER, MY_HIEP_ONE_STOP), (Role.ONE_STOP_OFFICER, MY_HIEP_AGENCY)),
    _named("binh", "Huỳnh Văn Bình", (Role.APPROVER, MY_HIEP_ONE_STOP), (Role.APPROVER, MY_HIEP_AGENCY)),
    _named("thao", "Nguyễn Thị Thảo", (Role.ONE_STOP_OFFICER, MY_THO_ONE_STOP), (Role.ONE_STOP_OFFICER, MY_THO_AGENCY)),
    _named("phuc", "Đặng Hữu Phúc", (Role.PROCEDURE_OWNER, PROVINCE_COMMITTEE)),
    _named("kim", "Phạm Thị Kim", (Role.OPERATOR, HOTLINE)),
    _named("hoa", "Võ Thị Hoa", (Role.SUPERVISOR, PROVINCE_ONE_STOP)),
    _named("dung", "Lê Quốc Dũng", (Role.ADMINISTRATOR, PROVINCE_ONE_STOP)),
)
"""The cast of F15, and whom it needs at xã Mỹ Hiệp: head of post, counter clerk, cashier, approver. Tú is approver too,
as at small posts one person is several (F16): who approves never is who collected."""


def cast() -> tuple[Member, ...]:
    """The named ones, then for every post its head and dispatcher, its one-stop's officer, and its couriers."""
    posts = posts_today()
    return (*NAMED, *_offices(posts), *_couriers(posts))


def posts_today() -> list[UnitId]:
    """The twelve posts of communes, Mỹ Hiệp and Mỹ Tho first. The district's is of the past."""
    posts = [unit.id for unit in _latest() if unit.kind is UnitKind.POST and unit.id != DISTRICT_POST]
    first = [MY_HIEP_POST, MY_THO_POST]
    return [*first, *(unit for unit in posts if unit not in first)]


class Hood(msgspec.Struct, frozen=True, kw_only=True):
    """A commune's offices. `identifier`: of the agency, as dossier codes begin with it."""

    commune: str
    post: UUID
    one_stop: UUID
    agency: UUID
    identifier: str


def neighbourhoods() -> list[Hood]:
    """Around each of the twelve posts, in their order."""
    latest = {unit.id: unit for unit in _latest()}
    found: list[Hood] = []
    for post in posts_today():
        code = latest[post].commune_code
        agency = demo_unit_id(UnitKind.AGENCY, code)
        found.append(
            Hood(
                commune=code,
                post=post,
                one_stop=demo_unit_id(UnitKind.ONE_STOP, code),
                agency=agency,
                identifier=latest[agency].identifier or "",
            )
        )
    return found


def unit_names() -> dict[str, UUID]:
    """Name of today -> id, of every unit there is today."""
    return {unit.name: unit.id for unit in _latest() if unit.valid_until is None}


def colleague(post: UUID, role: Role, among: tuple[Member, ...]) -> Member:
    """The first of the cast who has that role there. Raises StopIteration when nobody has."""
    return next(member for member in among if Post(role, post) in member.posts)


def _latest() -> list[Unit]:
    return list({unit.id: unit for unit in demo_units().units}.values())


def _offices(posts: list[UnitId]) -> Iterator[Member]:
    communes = {unit.id: unit.commune_code for unit in _latest()}
    yield _of(0, "truong.tinh", (Role.HEAD_OF_POST, PROVINCE_POST))
    for number, post in enumerate(posts, 1):
        code = communes[post]
        one_stop, agency = demo_unit_id(UnitKind.ONE_STOP, code), demo_unit_id(UnitKind.AGENCY, code)
        if post != MY_HIEP_POST:
            yield _of(3 * number, f"truong.{code}", (Role.HEAD_OF_POST, post), (Role.CASHIER, post))
            yield _of(3 * number + 1, f"dieuphoi.{code}", (Role.DISPATCHER, post), (Role.COUNTER_CLERK, post))
        if post not in (MY_HIEP_POST, MY_THO_POST):
            yield _of(
                3 * number + 2, f"motcua.{code}", (Role.ONE_STOP_OFFICER, one_stop), (Role.ONE_STOP_OFFICER, agency)
            )


def _couriers(posts: list[UnitId]) -> Iterator[Member]:
    for number in range(COURIERS_PER_POST * len(posts)):
        yield _of(50 + number, f"buuta{number + 1:02}", (Role.COURIER, posts[number // COURIERS_PER_POST]))


def _of(number: int, account: str, *posts: tuple[Role, UUID]) -> Member:
    return Member(account=account, name=invented_name(number), posts=tuple(Post(role, unit) for role, unit in posts))


def invented_name(number: int) -> str:
    """Another for each number, up to a thousand."""
    return " ".join(names[number % len(names)] for names in (_FAMILIES, _MIDDLES, _GIVENS))
