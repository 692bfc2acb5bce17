"""Steps of a case until somebody knocks at the door: registered, forwarded, confirmed, booked."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

from backend.clock import local_date
from backend.demo.cases import CaseStory
from backend.demo.cast import Member
from backend.ids import uuid7

NIGHT = timedelta(days=1)


async def _register(story: CaseStory, who: Member, channel: str, unit: UUID) -> None:
    place, citizen = story.place, story.citizen
    body = {
        "registration_id": story.registration,
        "channel": channel,
        "procedure": citizen.procedure,
        "registered_at_unit": str(unit),
        "supporting_unit": str(unit if channel != "post" else place.one_stop),
        "handling_unit": str(place.post),
        "competent_unit": str(place.agency),
        "visit_commune": place.commune,
    }
    personal = {
        "owner_name": citizen.name,
        "owner_number": citizen.number,
        "owner": citizen.owner,
        "parties": [{"party_id": str(uuid7()), **party} for party in citizen.parties],
        "phone": citizen.phone,
        "hamlet": citizen.hamlet,
        "landmark": citizen.landmark,
        "place_mark": None if citizen.mark is None else {"lat": citizen.mark[0], "lon": citizen.mark[1]},
        "access": citizen.access,
        "email": citizen.email,
        "tell_by": citizen.tell_by,
    }
    told = {name: value for name, value in personal.items() if value is not None}
    await story.past.at_desk(who, story.case, "register", body, told)


async def register(story: CaseStory) -> None:
    await _register(story, story.place.dispatcher, "post", story.place.post)


async def register_hotline(story: CaseStory) -> None:
    await _register(story, story.place.operator, "hotline", story.place.hotline)


async def register_one_stop(story: CaseStory) -> None:
    await _register(story, story.place.officer, "one_stop", story.place.one_stop)


async def forward(story: CaseStory) -> None:
    to = str(story.place.post)
    await story.desk(story.place.officer, "forward", registration_id=story.registration, to_unit=to)


async def acknowledge(story: CaseStory) -> None:
    await story.desk(story.place.dispatcher, "acknowledge_forward", registration_id=story.registration)


async def confirm(story: CaseStory) -> None:
    on = local_date(story.past.at)
    story.code = f"{story.place.identifier}-{on:%y%m%d}-{story.past.next_code():04}"
    charges = [
        {"charge_id": charge, "line": "le_phi", "amount": amount, "due_at": "reception"}
        for charge, amount in story.charges
    ]
    await story.desk(
        story.place.officer,
        "confirm",
        dossier_code=story.code,
        charges=charges,
        components=await story.past.asked(story.citizen.procedure),
    )


async def report_mismatch(story: CaseStory) -> None:
    await story.desk(story.place.officer, "report_mismatch", field="owner_number")


async def withdraw(story: CaseStory) -> None:
    await story.desk(story.place.officer, "withdraw")


async def cancel(story: CaseStory) -> None:
    await story.desk(story.place.dispatcher, "cancel", reason="citizen_asked")


async def book(story: CaseStory) -> None:
    await story.booked(story.place.courier, "collect", local_date(story.past.at + NIGHT), "08:00-09:00")


async def book_lan(story: CaseStory) -> None:
    await story.booked(story.place.lan, "collect", story.place.today, "07:00-08:00")


async def book_lan_tomorrow(story: CaseStory) -> None:
    await story.booked(story.place.lan, "collect", story.place.next_day, "09:00-10:00", agreed=False)


async def book_tu(story: CaseStory) -> None:
    await story.booked(story.place.tu, "collect", story.place.today, "08:00-09:00", agreed=False)


PLANNING: dict[str, Callable[[CaseStory], Awaitable[None]]] = {
    "register": register,
    "register_hotline": register_hotline,
    "register_one_stop": register_one_stop,
    "forward": forward,
    "acknowledge": acknowledge,
    "confirm": confirm,
    "report_mismatch": report_mismatch,
    "withdraw": withdraw,
    "cancel": cancel,
    "book": book,
    "book_lan": book_lan,
    "book_lan_tomorrow": book_lan_tomorrow,
    "book_tu": book_tu,
}
