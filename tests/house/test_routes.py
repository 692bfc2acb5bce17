"""Route x role x relation: whoever is not expected gets nothing, and a route or an act without a row fails."""

import re
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from backend import postgres
from backend.acts import envelope
from backend.acts.rules import current, load
from backend.database import Database, connect
from backend.ids import uuid7
from backend.keys import KeyRing
from backend.staff.guards import unguarded
from backend.staff.model import Role
from backend.sync.model import DECODERS
from backend.web.writing import DEVICE_KINDS
from tests.builders import ROOM, Field, a_paper
from tests.builders_acts import decide, printed
from tests.builders_app import Running, run
from tests.builders_bags import opened
from tests.builders_ground import furnish
from tests.builders_incidents import reported, reporting
from tests.house.crowd import At, Crowd, With, close_doors, gather
from tests.house.requests import Matter, Sent, act, request
from tests.house.route_table import (
    ACTS,
    FREE_TO_ALL,
    ON_A_BAG,
    ON_A_DAY,
    ON_A_PHONE,
    ON_A_STOCK,
    ON_AN_INCIDENT,
    ON_ANOTHERS_DAY,
    ROUTES,
    WHOLE_PROVINCE,
    Gets,
)

NAME = "Nguyễn Thị Huệ"
"""Whose papers it is about, in every case here."""
Ask = Callable[[str, Sent], Awaitable[httpx.Response]]
Cell = tuple[str, Gets, Gets]


@dataclass
class Scene:
    """The house with everybody in it."""

    running: Running
    database: Database
    field: Field
    crowd: Crowd

    async def matter(self) -> Matter:
        """A case of Lan's, with acts of two colleagues on it that wait for a person: about one has been decided."""
        async with self.database.transaction() as tx:
            field = replace(self.field, tx=tx)
            hour = 7 + field.seat // ROOM % 10  # a courier takes only so many in each
            window = f"{hour:02}:00-{hour + 1:02}:00"
            case, visit, [charge] = await field.booked(8000, window=window)
            former = self.crowd.makers[With.FORMER].person
            his, his_visit, _ = await field.booked(courier=str(former), window=window)
            stray = self.crowd.makers[With.COLLEAGUE].make(case, "depart", {"visit_id": visit})
            [answer] = await field.send(stray, carrier=self.crowd.makers[With.COLLEAGUE])
            assert answer.standing == "review", answer
            stranger = self.crowd.makers[With.STRANGER]
            taken = stranger.make(case, "take_papers", {"visit_id": visit, "papers": [a_paper()]})
            [answer] = await field.send(taken, carrier=stranger)
            decision = await decide(field, answer.id, case, made_by=stranger.device)
        self.field.at, self.field.seat = field.at, field.seat
        made = envelope.read(stray.data)
        decided = (field.hung, decision)
        return Matter(case, visit, charge, (made.made_by, made.id), decided, (his, his_visit))

    async def sessions_again(self) -> None:
        """After somebody signed out."""
        async with self.database.transaction() as tx:
            await tx.run("UPDATE desk_sessions SET revoked_at = NULL, revoked_because = NULL")
            await tx.run("UPDATE device_sessions SET revoked_at = NULL, revoked_because = NULL")

    def callers(self) -> dict[str, Ask]:
        """By name."""
        crowd = self.crowd
        found: dict[str, Ask] = {"nobody": _plain(crowd.nobody)}
        for (role, at), clerk in crowd.desks.items():
            found[f"{role} at {at}"] = _of_desk(clerk.ask)
        for who, phone in crowd.phones.items():
            found[str(who)] = _of_desk(phone.ask)
        return found


def _plain(http: httpx.AsyncClient) -> Ask:
    async def ask(method: str, sent: Sent) -> httpx.Response:
        return await http.request(method, sent.path, **sent.more)

    return ask


def _of_desk(asks: Callable[..., Awaitable[httpx.Response]]) -> Ask:
    async def ask(method: str, sent: Sent) -> httpx.Response:
        return await asks(method, sent.path, **sent.more)

    return ask


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    return KeyRing.make(tmp_path_factory.mktemp("ring") / "keys")


@pytest.fixture(scope="module")
async def scene(
    server: postgres.Server, template: str, ring: KeyRing, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[Scene]:
    ground = await furnish(server, template, ring)
    url = server.dsn(ground.name, "tannha_app")
    database = await connect(url, role="tannha_service", size=2)
    async with run(url, tmp_path_factory.mktemp("house"), ring=ring) as running:
        crowd = await gather(running, database, ground.furnished)
        async with database.transaction() as tx:
            await close_doors(tx, ground.furnished, crowd)
        yield Scene(running, database, ground.furnished, crowd)
    await database.close()


def routes(running: Running) -> set[tuple[str, str]]:
    """Method and path of all there is, but for the framework's own answers to OPTIONS."""
    return {
        (str(method), re.sub(r"{(\w+):\w+}", r"{\1}", route.path))
        for route in running.application.routes
        for handler in getattr(route, "route_handlers", [])
        for method in handler.http_methods
        if handler.fn.__module__ != "litestar.routes.http"
        and not (method == "OPTIONS" and handler.fn.__module__ == "litestar.static_files")
    }


def test_every_route_has_a_row_and_every_row_a_route(scene: Scene) -> None:
    assert routes(scene.running) - set(ROUTES) == set()
    assert set(ROUTES) - routes(scene.running) == set()


def test_no_route_is_unwatched(scene: Scene) -> None:
    assert unguarded(scene.running.application) == []


def test_every_act_has_a_row_and_every_row_an_act() -> None:
    known = set(DECODERS) | set(DEVICE_KINDS)
    on_days, on_things = ON_A_DAY | set(ON_ANOTHERS_DAY), set(ON_A_PHONE) | set(ON_A_STOCK) | set(ON_A_BAG)
    assert set(ACTS) | on_days | on_things | set(ON_AN_INCIDENT) == known


def test_the_rules_name_the_roles_of_the_table() -> None:
    rules = load(current())
    wrong = {
        kind: sorted({*rules.act(kind).roles} - {"citizen", "system"} ^ {str(role) for role in roles})
        for kind, roles in (ACTS | ON_ANOTHERS_DAY | ON_A_PHONE | ON_A_STOCK | ON_A_BAG | ON_AN_INCIDENT).items()
        if {*rules.act(kind).roles} - {"citizen", "system"} != {str(role) for role in roles}
    }
    assert wrong == {}


def got(answer: httpx.Response, sent: Sent, case: UUID) -> Gets:
    assert answer.status_code < 500, f"{answer.status_code} {answer.text}"
    refused = {401: Gets.SIGN_IN, 403: Gets.NO, 404: Gets.NOTHING}
    if answer.status_code in refused:
        assert str(case) not in answer.text
        assert NAME not in answer.text
        return refused[answer.status_code]
    if sent.standing:
        return Gets.SHOWN if answer.json()["answers"][0]["standing"] == "applied" else Gets.IN
    return Gets.SHOWN if str(case) in answer.text or NAME in answer.text else Gets.IN


async def cells_of_route(scene: Scene, method: str, path: str, matter: Matter) -> list[Cell]:
    row = ROUTES[method, path]
    expected = {"nobody": row.nobody}
    expected |= {f"{role} at {at}": gets for (role, at), gets in row.desks.items()}
    expected |= {str(who): gets for who, gets in row.phones.items()}
    found: list[Cell] = []
    callers = scene.callers()
    for name in sorted(expected, key=lambda name: expected[name] in {Gets.IN, Gets.SHOWN}):
        who = With(name) if name in set(With) else None
        sent = request(method, path, matter, scene.field, scene.crowd, who)
        answer = await callers[name](method, sent)
        found.append((f"{method} {path} for {name}", expected[name], got(answer, sent, matter.case)))
    return found


async def test_whoever_calls_gets_what_the_table_says(scene: Scene) -> None:
    """All routes x all callers."""
    matter = await scene.matter()
    created = await scene.crowd.phones[With.CARRIER].ask(
        "POST", "/api/courier/files", headers={"Tus-Resumable": "1.0.0", "Upload-Length": "10"}
    )
    matter.upload = created.headers["Location"].rpartition("/")[2]
    cells: list[Cell] = []
    for method, path in ROUTES:
        cells += await cells_of_route(scene, method, path, matter)
        await scene.sessions_again()
    assert len(cells) == len(ROUTES) * (1 + len(Role) * len(At) + len(With))
    wrong = [f"{name}: expected {wanted}, got {given}" for name, wanted, given in cells if wanted != given]
    assert not wrong, "\n".join(wrong)


async def test_a_desk_that_shows_no_form_of_ours_changes_nothing(scene: Scene) -> None:
    matter = await scene.matter()
    for method, path in ROUTES:
        if "desk" not in path or method != "POST" or "sign-in" in path:
            continue
        sent = request(method, path, matter, scene.field, scene.crowd, None)
        for clerk in scene.crowd.desks.values():
            answer = await clerk.http.request(method, sent.path, **sent.more)
            assert answer.status_code == 403, f"{path} {answer.text}"


def expected_of_act(kind: str, role: Role, at: At) -> bool:
    if kind in FREE_TO_ALL | {"begin_shift"}:
        return role in ACTS[kind]
    return role in ACTS[kind] and (at not in {At.ELSEWHERE, At.TWO_HATS} or role in WHOLE_PROVINCE)


WITHOUT_RIGHT = {
    "not-allowed",
    "not-your-case",
    "case-not-found",
    "role-needed",
    "no-role-today",
    "form-not-ours",
    "not-your-bag",
    "not-your-incident",
}


def passed(answer: httpx.Response) -> bool:
    """Whether it was let through; what is refused then is a matter of states, not of rights."""
    assert answer.status_code < 500, f"{answer.status_code} {answer.text}"
    assert answer.status_code != 401, answer.text
    return answer.status_code < 400 or answer.json()["type"].rpartition(":")[2] not in WITHOUT_RIGHT


SUBJECTS = {"begin_shift": "shift", "record_unmatched_credit": "unit"}
HERE_BY_ROLE = {role: At.COMPETENT if role in {Role.ONE_STOP_OFFICER, Role.APPROVER} else At.HANDLING for role in Role}


async def test_an_act_is_let_through_for_whom_the_table_says(scene: Scene) -> None:
    """All acts on cases x all roles x here, at another office, with another role here."""
    wrong: list[str] = []
    cells = 0
    for kind in ACTS:
        matter = await scene.matter()
        who = [(role, at) for role in Role for at in (HERE_BY_ROLE[role], At.ELSEWHERE, At.TWO_HATS)]
        for role, at in sorted(who, key=lambda one: expected_of_act(kind, *one)):
            subject = {"kind": SUBJECTS.get(kind, "case"), "id": str(matter.case)}
            if kind in {"register", "begin_shift"}:
                subject["id"] = str(uuid7())
            sent: dict[str, Any] = {
                "id": str(uuid7()),
                "subject": subject,
                "kind": kind,
                "body": act(kind, matter, scene.field),
            }
            if kind == "register":
                sent["personal"] = {"owner_name": "Nguyễn Thị Huệ"}
            answer = await scene.crowd.desks[role, at].ask("POST", "/api/desk/acts", json=sent)
            cells += 1
            if passed(answer) != expected_of_act(kind, role, at):
                wrong.append(f"{kind} by {role} at {at}: {answer.status_code} {answer.text[:300]}")
    assert cells == len(ACTS) * len(Role) * 3
    assert not wrong, "\n".join(wrong)


async def test_nobody_settles_the_day_of_another(scene: Scene) -> None:
    matter = await scene.matter()
    shift = uuid7()
    async with scene.database.transaction() as tx:
        field = replace(scene.field, tx=tx)
        begun = act("begin_shift", matter, field)
        assert (await field.does(shift, "begin_shift", begun, subject="shift")).standing == "applied"
    for kind in sorted(ON_A_DAY):
        for clerk in scene.crowd.desks.values():
            sent = {"id": str(uuid7()), "subject": {"kind": "shift", "id": str(shift)}, "kind": kind}
            answer = await clerk.ask("POST", "/api/desk/acts", json=sent | {"body": act(kind, matter, scene.field)})
            assert answer.status_code == 403, f"{kind} {answer.text}"


async def test_a_day_that_was_counted_is_signed_by_those_who_answer_for_its_post(scene: Scene) -> None:
    """Refused for what is typed, because it was one's own day or is signed already, is another thing."""
    matter = await scene.matter()
    subject = await counted(scene, matter)
    wrong: list[str] = []
    for kind, roles in ON_ANOTHERS_DAY.items():
        for (role, at), clerk in scene.crowd.desks.items():
            sent = {"id": str(uuid7()), "subject": subject, "kind": kind}
            answer = await clerk.ask("POST", "/api/desk/acts", json=sent | {"body": act(kind, matter, scene.field)})
            if (answer.status_code != 403) != (role in roles and at is At.HANDLING):
                wrong.append(f"{kind} by {role} at {at}: {answer.status_code} {answer.text[:200]}")
    assert not wrong, "\n".join(wrong)


async def counted(scene: Scene, matter: Matter) -> dict[str, str]:
    """A day at the counter of the post, whose count waits for a signature."""
    clerk = scene.crowd.desks[Role.COUNTER_CLERK, At.HANDLING]
    async with scene.database.transaction() as tx:
        row = await tx.first("SELECT shift_id FROM shifts WHERE courier = $who AND state = 'open'", who=clerk.person)
    subject = {"kind": "shift", "id": str(uuid7() if row is None else row["shift_id"])}
    for kind in ("begin_shift", "close_shift")[row is not None :]:
        sent = {"id": str(uuid7()), "subject": subject, "kind": kind, "body": act(kind, matter, scene.field)}
        answer = await clerk.ask("POST", "/api/desk/acts", json=sent)
        assert answer.status_code == 200, answer.text
    return subject


async def test_a_phone_is_shut_out_by_those_who_answer_for_it(scene: Scene) -> None:
    device = str(scene.crowd.makers[With.REVOKED].device)
    matter = await scene.matter()
    wrong: list[str] = []
    for kind, roles in ON_A_PHONE.items():
        for (role, at), clerk in scene.crowd.desks.items():
            sent = {"id": str(uuid7()), "subject": {"kind": "device", "id": device}, "kind": kind}
            answer = await clerk.ask("POST", "/api/desk/acts", json=sent | {"body": act(kind, matter, scene.field)})
            may = role in roles and (at is At.HANDLING or role in {Role.SUPERVISOR, Role.ADMINISTRATOR})
            if passed(answer) != may:
                wrong.append(f"{kind} by {role} at {at}: {answer.status_code} {answer.text[:200]}")
    assert not wrong, "\n".join(wrong)


async def test_a_stock_of_label_sets_is_moved_by_those_who_answer_for_it(scene: Scene) -> None:
    """Refused for what is typed is another thing: nobody has the set named here."""
    matter = await scene.matter()
    async with scene.database.transaction() as tx:
        await printed(replace(scene.field, tx=tx))
    wrong: list[str] = []
    for kind, roles in ON_A_STOCK.items():
        for (role, at), clerk in scene.crowd.desks.items():
            subject = {"kind": "unit", "id": str(scene.field.post)}
            sent = {"id": str(uuid7()), "subject": subject, "kind": kind, "body": act(kind, matter, scene.field)}
            answer = await clerk.ask("POST", "/api/desk/acts", json=sent)
            may = role in roles and (at is At.HANDLING or role is Role.ADMINISTRATOR)
            if passed(answer) != may:
                wrong.append(f"{kind} by {role} at {at}: {answer.status_code} {answer.text[:200]}")
    assert not wrong, "\n".join(wrong)


OF_THE_GIVER = {"open_bag", "sign_bag_record"}
"""As they are sent here: a bag of the post, and the signature of its side."""


async def test_a_bag_is_moved_by_the_offices_at_its_two_ends(scene: Scene) -> None:
    matter = await scene.matter()
    async with scene.database.transaction() as tx:
        bag = await opened(replace(scene.field, tx=tx))
    wrong: list[str] = []
    for kind, roles in ON_A_BAG.items():
        for (role, at), clerk in scene.crowd.desks.items():
            subject = {"kind": "bag", "id": str(uuid7() if kind == "open_bag" else bag)}
            sent = {"id": str(uuid7()), "subject": subject, "kind": kind, "body": act(kind, matter, scene.field)}
            answer = await clerk.ask("POST", "/api/desk/acts", json=sent)
            ends = {At.HANDLING} if kind in OF_THE_GIVER else {At.HANDLING, At.SUPPORTING}
            if passed(answer) != (role in roles and at in ends):
                wrong.append(f"{kind} by {role} at {at}: {answer.status_code} {answer.text[:200]}")
    assert not wrong, "\n".join(wrong)


async def test_an_incident_is_moved_by_the_offices_it_concerns(scene: Scene) -> None:
    matter = await scene.matter()
    async with scene.database.transaction() as tx:
        field = replace(scene.field, tx=tx)
        incident = await reported(field, reporting(field, "dog"))
    wrong: list[str] = []
    for kind, roles in ON_AN_INCIDENT.items():
        for (role, at), clerk in scene.crowd.desks.items():
            subject = {"kind": "incident", "id": str(uuid7() if kind == "report_incident" else incident)}
            sent = {"id": str(uuid7()), "subject": subject, "kind": kind, "body": act(kind, matter, scene.field)}
            answer = await clerk.ask("POST", "/api/desk/acts", json=sent)
            anywhere = role in {Role.SUPERVISOR, Role.OPERATOR}
            if passed(answer) != (role in roles and (at is At.HANDLING or anywhere)):
                wrong.append(f"{kind} by {role} at {at}: {answer.status_code} {answer.text[:200]}")
    assert not wrong, "\n".join(wrong)


async def test_the_testers_handles_are_nowhere_but_in_the_demo(scene: Scene, tmp_path: Path) -> None:
    url = scene.running.settings.database_url
    assert url is not None
    settings = {"demo": False, "now": None, "public_url": "https://tannha.example"}
    async with run(url, tmp_path, ring=scene.running.ring, **settings) as serving:
        only = routes(scene.running) - routes(serving)
        assert {path for _, path in only} == {
            "/demo/clock",
            "/demo/inbox",
            "/demo/bank/payments",
            "/demo/bank/statement",
        }
        for method, path in only:
            assert (await serving.http.request(method, path, json={})).status_code == 404
