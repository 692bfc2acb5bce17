"""Who plays: the people, offices and labels of `demo.json`, and which of them belong together."""

import os
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import msgspec


class NobodyToPlay(ValueError):
    """The file says too little: no office with courier, dispatcher and one-stop officer."""


class Courier(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    person: UUID
    account: str
    password: str
    unit: UUID
    enrolment_codes: list[str] = []


class PostHeld(msgspec.Struct, frozen=True):
    role: str
    unit: UUID


class Clerk(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever sits at a desk."""

    name: str
    person: UUID
    account: str
    password: str
    roles: list[PostHeld]

    def holds(self, role: str, unit: UUID | None = None) -> bool:
        return any(held.role == role and unit in (None, held.unit) for held in self.roles)


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """A printed label set: what the seal scans, and the token on the citizen's card. `holder`: a courier or a post."""

    number: int
    label: str
    card_token: str
    holder: UUID | None = None


class Earlier(msgspec.Struct, frozen=True, kw_only=True):
    """A case of before. `unit`: the post whose courier served it."""

    unit: UUID | None = None


class Cast(msgspec.Struct, frozen=True, kw_only=True):
    """`demo.json`."""

    base: str = ""
    couriers: list[Courier]
    desks: list[Clerk]
    units: dict[str, UUID]
    cases: list[Earlier] = []
    labels: list[Label] = []

    def who(self, *roles: str, unit: UUID | None = None) -> Clerk | None:
        """The first who holds one of the roles, asked in their order; at the unit, if one is named."""
        return next((clerk for role in roles for clerk in self.desks if clerk.holds(role, unit)), None)


class Neighbourhood(msgspec.Struct, frozen=True, kw_only=True):
    """One commune's post, one-stop and People's Committee, and who works there."""

    place: str
    post: UUID
    one_stop: UUID
    agency: UUID
    dispatcher: Clerk
    officer: Clerk
    approver: Clerk | None
    head: Clerk | None = None
    counter: Clerk | None = None
    couriers: list[Courier]


_POST, _ONE_STOP, _AGENCY = "Bưu điện ", "Trung tâm Phục vụ hành chính công ", "Ủy ban nhân dân "


def neighbourhoods(cast: Cast) -> list[Neighbourhood]:
    """Communes with courier, dispatcher and one-stop officer: first where an approver is, last where couriers may still
    hold papers of earlier days. Raises NobodyToPlay."""
    found: list[Neighbourhood] = []
    for place in _after(_POST, cast.units):
        post, one_stop, agency = (cast.units.get(kind + place) for kind in (_POST, _ONE_STOP, _AGENCY))
        if post is None or one_stop is None or agency is None:
            continue
        dispatcher = cast.who("dispatcher", "head_of_post", unit=post)
        officer = cast.who("one_stop_officer", unit=one_stop)
        couriers = [courier for courier in cast.couriers if courier.unit == post]
        if dispatcher is not None and officer is not None and couriers:
            found.append(
                Neighbourhood(
                    place=place,
                    post=post,
                    one_stop=one_stop,
                    # What an officer releases lies in an office where he works.
                    agency=agency if officer.holds("one_stop_officer", agency) else one_stop,
                    dispatcher=dispatcher,
                    officer=officer,
                    approver=cast.who("approver", unit=agency) or cast.who("approver", unit=one_stop),
                    head=cast.who("head_of_post", unit=post),
                    counter=cast.who("counter_clerk", unit=post),
                    couriers=couriers,
                )
            )
    if not found:
        raise NobodyToPlay("no office has a courier, a dispatcher and a one-stop officer")
    before = {case.unit for case in cast.cases}
    return sorted(found, key=lambda hood: (hood.approver is None, hood.post in before))


def enough(hoods: list[Neighbourhood], couriers: int) -> list[Neighbourhood]:
    """As many of them as have that many couriers, or all."""
    chosen: list[Neighbourhood] = []
    for hood in hoods:
        if sum(len(one.couriers) for one in chosen) < couriers:
            chosen.append(hood)
    return chosen


def _after(prefix: str, names: Iterable[str]) -> list[str]:
    return [name.removeprefix(prefix) for name in names if name.startswith(prefix)]


def default_file() -> Path:
    """`$TANNHA_DATA/demo.json`. Raises NobodyToPlay."""
    data = os.environ.get("TANNHA_DATA")
    if not data:
        raise NobodyToPlay("say where demo.json is: --demo, or TANNHA_DATA")
    return Path(data) / "demo.json"


def read(path: Path) -> Cast:
    """Raises OSError, msgspec.ValidationError."""
    return msgspec.json.decode(path.read_bytes(), type=Cast)
