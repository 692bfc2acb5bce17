"""A citizen hears of what happened to the papers, and how it ended; of what is only counted differently, nothing."""

from uuid import UUID

from tests.builders import Field
from tests.builders_acts import courier, offered, received, took_papers, unit
from tests.builders_incidents import ended, reported, reporting, the_incident, touched
from tests.notices.conftest import Post, at_vietnam


async def with_papers(field: Field) -> tuple[UUID, str]:
    """(case, paper), in Lan's hands."""
    case, visit, _ = await field.booked()
    [paper] = await took_papers(field, case, visit)
    return case, paper["id"]


async def test_a_citizen_is_told_of_a_loss_and_how_it_ended(post: Post) -> None:
    post.now = at_vietnam("2026-11-25 10:00")
    async with post.field() as field:
        case, paper = await with_papers(field)
        incident = await reported(field, reporting(field, "lost", touched(case, "paper", paper)))
    told = [text for text in await post.tell() if "su co" in text]
    assert len(told) == 1
    assert told[0].startswith("Giay to cua ong/ba co su co, buu dien dang xu ly. Ong/ba chua phai lam gi.")
    async with post.field() as field:
        await ended(field, incident, "compensated", postage=26_000, compensation=130_000)
    [settled] = [text for text in await post.tell(minutes=1) if "Su co" in text]
    assert "130" not in settled  # an amount is told by a person


async def test_what_a_count_brought_to_light_is_told_to_nobody(post: Post) -> None:
    """Nor what concerns no paper of theirs."""
    post.now = at_vietnam("2026-11-25 10:00")
    async with post.field() as field:
        case, paper = await with_papers(field)
        offer = offered(unit(field.post), papers=[paper])
        await field.at_desk(field.ut, case, "receive", received(offer, courier(field.lan)) | {"condition": "torn"})
        assert (await the_incident(field))["cause"] == "torn"
        await reported(field, reporting(field, "short", touched(case)))
        await reported(field, reporting(field, "dog", touched(case)))
    assert [text for text in await post.tell() if "su co" in text.casefold()] == []
    told = await post.notices(case)
    assert told, "of other things the citizen hears"
    assert {"incident", "incident_ended"} & told.keys() == set()
