"""P2: the same command has its effect once and hears its current standing for ever; its id means nothing else."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest

from backend.acts import envelope
from backend.database import Database
from backend.ids import uuid7
from backend.sync import service
from backend.sync.gathering import Gathering, Request
from tests.builders import MORNING, Field, standings
from tests.builders_acts import paid, resolve, signed
from tests.builders_ground import Copy
from tests.sync.conftest import MakeField


async def test_the_same_act_again_a_year_later_hears_the_same_and_changes_nothing(field: Field) -> None:
    case, visit, charges = await field.booked(8000)
    collect = field.phone.make(case, "collect", paid(visit, 1, (charges[0], 8000)))
    first = await field.send(collect)
    again = await field.send(collect, at=MORNING + timedelta(days=400))
    assert (first[0].standing, first[0].n, list(first[0].exceptions)) == (
        again[0].standing,
        again[0].n,
        list(again[0].exceptions),
    )
    assert await field.tx.value("SELECT count(*) FROM collections") == 1
    assert await field.tx.value("SELECT sum(amount) FROM entries WHERE account LIKE 'cash:%'") == 8000


async def test_the_same_act_twice_in_one_batch_takes_effect_once_and_both_places_hear_of_it(field: Field) -> None:
    case, visit, charges = await field.booked(8000)
    collect = field.phone.make(case, "collect", paid(visit, 1, (charges[0], 8000)))
    answers = await field.send(collect, collect, collect)
    assert standings(answers) == ["applied"] * 3
    assert answers[0] == answers[1] == answers[2]
    assert await field.tx.value("SELECT count(*) FROM collections") == 1


async def test_the_same_id_with_other_content_is_refused_and_changes_nothing(field: Field) -> None:
    case, visit, _ = await field.booked()
    act = uuid7()
    depart = field.phone.make(case, "depart", {"visit_id": visit}, id=act)
    [first] = await field.send(depart)
    other = field.phone.make(case, "fail_visit", {"visit_id": visit, "reason": "V01"}, id=act)
    [answer] = await field.send(other)
    assert answer.standing == "refused"
    assert answer.problem is not None
    assert (answer.problem.status, answer.problem.type) == (422, "urn:tannha:problem:same-id-other-content")
    assert answer.fingerprint == envelope.fingerprint(other.data).hex()
    assert await field.state(case) == "on_the_way"
    assert await field.tx.value("SELECT count(*) FROM inbox WHERE id = $act", act=act) == 1
    assert (await field.send(depart))[0].standing == first.standing


async def test_both_contents_of_one_id_in_one_batch_each_hear_their_own_answer(field: Field) -> None:
    """New or known, in either order: the one that came first is the act."""
    case, visit, _ = await field.booked()
    act = uuid7()
    depart = field.phone.make(case, "depart", {"visit_id": visit}, id=act)
    other = field.phone.make(case, "fail_visit", {"visit_id": visit, "reason": "V01"}, id=act)
    assert standings(await field.send(depart, other, depart)) == ["applied", "refused", "applied"]
    assert standings(await field.send(depart, other)) == ["applied", "refused"]
    assert standings(await field.send(other, depart)) == ["refused", "applied"]
    assert await field.state(case) == "on_the_way"


async def test_an_id_used_by_one_phone_is_free_for_another(field: Field) -> None:
    """The key is the device and the id."""
    case, visit, _ = await field.booked()
    theirs, their_visit, _ = await field.booked(courier=str(field.tu))
    act = uuid7()
    answers = await field.send(
        field.phone.make(case, "depart", {"visit_id": visit}, id=act),
        field.tu_phone.make(theirs, "depart", {"visit_id": their_visit}, id=act),
    )
    assert standings(answers) == ["applied", "applied"]


async def test_a_held_act_hears_that_it_is_applied_once_the_gap_is_filled(field: Field) -> None:
    case, visit, _ = await field.booked()
    depart = field.phone.make(case, "depart", {"visit_id": visit})
    arrival = field.phone.make(case, "record_arrival", {"visit_id": visit})
    assert standings(await field.send(arrival)) == ["held"]
    assert standings(await field.send(arrival)) == ["held"]
    assert standings(await field.send(depart)) == ["applied"]
    assert standings(await field.send(arrival, depart)) == ["applied", "applied"]


async def test_an_act_that_was_in_review_hears_what_the_person_decided_for_ever(field: Field) -> None:
    case, visit, _ = await field.booked()
    strange = field.phone.make(case, "weigh_parcel", {})
    foreign = field.phone.make(case, "sign", signed(visit), actor=field.tu)
    answers = await field.send(strange, foreign)
    assert standings(answers) == ["review", "behind"]
    await resolve(field, answers[0].id, case, "set_aside")
    assert standings(await field.send(strange, foreign)) == ["set_aside", "review"]
    await resolve(field, answers[1].id, case, "apply")
    heard = await field.send(strange, foreign, at=MORNING + timedelta(days=900))
    assert standings(heard) == ["set_aside", "applied"]
    assert heard[1].n is not None
    assert await field.tx.value("SELECT count(*) FROM signatures") == 1


async def test_two_requests_with_the_same_acts_at_the_same_moment_have_one_effect(
    pool: Database, field_in: MakeField
) -> None:
    async with pool.transaction() as tx:
        field = field_in(tx)
        case, visit, charges = await field.booked(8000)
    acts = [
        field.phone.make(case, "depart", {"visit_id": visit}),
        field.phone.make(case, "record_arrival", {"visit_id": visit}),
        field.phone.make(case, "collect", paid(visit, 1, (charges[0], 8000))),
    ]

    async def send() -> list[str]:
        async with pool.transaction() as tx:
            at = MORNING + timedelta(hours=2)
            return standings(await service.receive(tx, field.ring, acts, carrier=field.phone.device, at=at))

    heard = await asyncio.gather(*(send() for _ in range(8)))
    assert heard == [["applied"] * 3] * 8
    async with pool.transaction() as tx:
        assert await tx.value("SELECT count(*) FROM collections") == 1
        assert await tx.value("SELECT count(*) FROM acts WHERE made_by = $device", device=field.phone.device) == 3


@pytest.mark.parametrize(("table", "key"), [("inbox", "inbox_pkey"), ("acts", "act_takes_effect_once")])
async def test_the_database_itself_refuses_a_command_a_second_time(field: Field, table: str, key: str) -> None:
    """Whatever a later version of this program forgets to look up."""
    case, visit, _ = await field.booked()
    await field.does(case, "depart", {"visit_id": visit})
    columns = await field.tx.value(
        """SELECT string_agg(attname, ', ') FROM pg_attribute
           WHERE attrelid = $table::text::regclass AND attnum > 0 AND attname <> 'n' AND attidentity = ''""",
        table=table,
    )
    again = f"INSERT INTO {table} ({columns}, n) SELECT {columns}, n + 1 FROM {table} WHERE kind = 'depart'"  # noqa: S608
    with pytest.raises(asyncpg.UniqueViolationError) as refused:
        await field.tx.connection.execute(again)
    assert refused.value.constraint_name == key  # pyright: ignore[reportAttributeAccessIssue]


async def test_nobody_hears_that_an_act_was_kept_when_the_commit_failed(
    own_copy: Copy, pool: Database, field_in: MakeField
) -> None:
    """P1: acknowledged is committed. The database is made to fail at the last moment."""
    async with pool.transaction() as tx:
        field = field_in(tx)
        case, visit, _ = await field.booked()
    owner = await asyncpg.connect(own_copy.owner)
    await owner.execute(
        """CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS
               $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$;
           CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON inbox DEFERRABLE INITIALLY DEFERRED
               FOR EACH ROW EXECUTE FUNCTION disk_full()"""
    )
    door = Gathering(pool, field.ring, lambda: MORNING + timedelta(hours=2))
    depart = field.phone.make(case, "depart", {"visit_id": visit})
    request = Request(field.phone.session, field.phone.device, [depart], None)
    with pytest.raises(asyncpg.DiskFullError):
        await door.send(request)
    await owner.execute("DROP TRIGGER at_commit ON inbox")
    await owner.close()
    _, answers = await door.send(request)
    assert standings(answers) == ["applied"]
