"""What happens after the story is told again by the verifier, and comes out as the tables have it."""

from backend.staff.model import Role
from backend.sync.reading import Command
from backend.verify.report import Finding
from tests.builders import a_paper, personal_part, standings
from tests.builders_acts import met, sealed, stock
from tests.builders_staff import hired
from tests.verify.conftest import Damage


async def wrong(damage: Damage) -> list[Finding]:
    """Without what is said of rows whose transaction has not ended: nothing here is committed."""
    return [one for one in (await damage.verified()).findings if one.code != "feed.future"]


async def test_papers_sealed_at_a_counter(damage: Damage) -> None:
    field = await damage.goes_on()
    await hired(field.tx, field.ut, field.post, Role.COUNTER_CLERK)
    case, visit, _ = await field.booked(place="post_counter")
    [label] = await stock(field, 8)
    await field.tx.run("UPDATE label_sets SET holder_kind = 'unit', holder = $post WHERE number = 8", post=field.post)
    papers = [a_paper(), a_paper("cccd")]
    for kind, body in (
        ("record_arrival", {"visit_id": visit}),
        ("check_identity", met(visit)),
        ("take_papers", {"visit_id": visit, "papers": papers}),
        ("seal", sealed(visit, label, papers)),
    ):
        answer = await field.at_desk(field.ut, case, kind, body)
        assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    assert await wrong(damage) == []


async def test_a_torn_personal_part_that_waits_for_its_turn_and_then_for_a_person(damage: Damage) -> None:
    field = await damage.goes_on()
    case, visit, _ = await field.booked()
    depart = field.phone.make(case, "depart", {"visit_id": visit})
    arrival = field.phone.make(case, "record_arrival", {"visit_id": visit}, personal={"place": "10.45, 105.63"})
    swapped = field.phone.make(case, "check_identity", met(visit), personal={"place": "10.45, 105.63"})
    torn = Command(arrival.data, arrival.signature)
    other = Command(swapped.data, swapped.signature, personal_part({"place": "10.00, 105.00"}))
    assert standings(await field.send(torn, other)) == ["held", "held"]
    assert await wrong(damage) == []
    await damage.tx.run("SET LOCAL ROLE tannha_service")
    assert standings(await field.send(depart)) == ["applied"]
    assert [await field.standing(act) for act in (torn, other)] == ["review", "review"]
    assert await wrong(damage) == []
