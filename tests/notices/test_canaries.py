"""A thousand planted values of citizens and of filers never appear in a message, a log line or a notice row."""

import base64
import random
import unicodedata
from datetime import timedelta
from typing import Any
from uuid import UUID

from backend.fees.queries import give_slip_block
from backend.notices.senders import NotSent
from backend.notices.wording import mobile
from backend.text import unmarked
from tests.builders import ROOM, Field
from tests.builders_acts import met, paid, party
from tests.builders_app import logged
from tests.notices.conftest import Post, registered

CITIZENS = 200
"""Seven values of each; with 1,500 citizens it takes some ten minutes."""
WORDS = ("Nguyễn", "Trần", "Huỳnh", "Đặng", "Phượng", "Thắm", "Kiều", "Được", "Mười", "Khánh", "Ngọc", "Thạnh")


def planted(number: int, chance: random.Random) -> dict[str, str]:
    """Somebody nobody else is: name, identity number, address, e-mail, phone; and who lodges: name, old CMND."""
    name = " ".join([*chance.sample(WORDS, 3), unicodedata.normalize("NFC", f"Ẩn{number:04}ở")])
    return {
        "owner_name": name,
        "owner_number": f"0871990{number:05}",
        "address": f"Hẻm {number:04}/7 Kênh Mỹ Phước",
        "email": f"ai.do.{number:04}@example.vn",
        "phone": f"09123{number:05}",
        "filer": name.replace("Ẩn", "Mẹ"),
        "filer_number": f"3417{number:05}",
    }


def forms(value: str) -> set[str]:
    """As it may be written: composed, decomposed, without marks, base64 of each, bare figures."""
    texts = {value, unicodedata.normalize("NFD", value), unmarked(value), value.replace(" ", "")}
    codes = {base64.b64encode(text.encode()).decode().rstrip("=") for text in texts}
    urls = {base64.urlsafe_b64encode(text.encode()).decode().rstrip("=") for text in texts}
    return {text.casefold() for text in texts | codes | urls}


async def test_planted_values_reach_nobody(post: Post) -> None:
    chance = random.Random(25)
    people = [planted(number, chance) for number in range(CITIZENS)]
    values = [(name, value) for person in people for name, value in person.items()]
    assert len({value for _, value in values}) == 7 * CITIZENS
    with logged() as log:
        for number, person in enumerate(people):
            await lived_through(post, number, person)
        post.gateway.down = NotSent("http-503")
        await post.tell(minutes=1)
        post.gateway.down = None
        texts = await post.tell(minutes=5)
    assert len(texts) == 3 * CITIZENS / 2
    rows = await post.rows("SELECT notices::text AS line FROM notices UNION ALL SELECT duties::text FROM duties")
    told = "\n".join([*texts, *(message.subject or "" for message in post.gateway.taken)]).casefold()
    kept, logs = "\n".join(row["line"] for row in rows).casefold(), log.getvalue().casefold()
    assert len(rows) > 2 * CITIZENS
    assert logs.count("notice not sent: http-503") == len(texts)
    found = [
        (where, name)
        for where, text in (("message", told), ("row", kept), ("log", logs))
        for name, value in values
        for form in forms(value)
        if form in text or form.encode().hex() in text
    ]
    assert found == []
    assert {message.to for message in post.gateway.taken} == {
        person["email"] if number % 3 == 0 else mobile(person["phone"]) for number, person in enumerate(people)
    }, "each reached whom it should, and nobody else"


async def lived_through(post: Post, number: int, person: dict[str, str]) -> None:
    """Registered, and then one of several things that citizens are told of."""
    post.now += timedelta(seconds=6000 // CITIZENS)  # all before the quiet hours
    async with post.field() as field:
        wish = {"tell_by": "email"} if number % 3 == 0 else {}
        filer = party("filer", person["filer"], old_number=person["filer_number"])
        case = await registered(field, parties=[filer], **(person | wish))
        if number % 2:
            await field.at_desk(field.mai, case, "report_mismatch", {"field": "owner_name"}, base=99)
            await field.at_desk(field.ut, case, "cancel", {"reason": "citizen_asked"}, base=99)
        else:
            await visited(field, case, number, person)
        await field.at_desk(field.mai, case, "open_duty", {"duty_id": str(case), "template": "supplement"})


async def visited(field: Field, case: UUID, number: int, person: dict[str, str]) -> None:
    charge = str(UUID(int=number + 1))
    due = {"charge_id": charge, "line": "le_phi", "amount": 8000, "due_at": "reception"}
    await field.at_desk(field.mai, case, "confirm", {"charges": [due]}, base=99)
    at, seat = 8 * 60 + 5 * (number // 2 // ROOM), number // 2 % ROOM + 1
    booking = field.booking(window=f"{at // 60:02}:{at % 60:02}-{at // 60 + 1:02}:{at % 60:02}", seat=seat)
    await field.at_desk(field.ut, case, "book", booking, base=99)
    visit = booking["visit_id"]
    slip, _ = await give_slip_block(field.tx, field.phone.device, 1)
    acts: tuple[tuple[str, dict[str, Any]], ...] = (
        ("record_arrival", {"visit_id": visit}),
        ("check_identity", met(visit)),
        ("collect", paid(visit, slip, (charge, 8000))),
        ("finish_visit", {"visit_id": visit, "outcome": "done"}),
    )
    made = [field.phone.make(case, kind, body, personal={"note": person["owner_name"]}) for kind, body in acts]
    answers = await field.send(*made)
    assert [answer.standing for answer in answers] == ["applied"] * len(made)
    again = field.booking(day="2026-11-30", window=booking["window"], seat=seat)
    await field.at_desk(field.ut, case, "book", again, base=99)
    later = {"courier": str(field.lan), "day": "2026-11-28", "window": booking["window"], "seat": seat}
    await field.at_desk(
        field.ut, case, "move_appointment", {"appointment_id": again["appointment_id"]} | later, base=99
    )
