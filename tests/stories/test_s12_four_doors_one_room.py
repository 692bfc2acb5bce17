"""S12: the same request through all four doors, sent again and again: one registration a door."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from tests.stories.matter import AGENCY, MY_HIEP, POST
from tests.stories.town import Town

DOORS = {"portal": "portal", "kim": "hotline", "mai": "one_stop", "giang": "post"}
"""Who registers, and the channel that is kept."""
TIMES = 5
WHO = ("owner_name", "owner_number", "phone", "address", "visit_commune")
ALIKE = ("procedure", *WHO, "handling_unit", "competent_unit")


@pytest.mark.parametrize(
    ("owner", "day", "order"),
    [("Bùi Thị Mười", "261119", list(DOORS)), ("Bùi Văn Chót", "261120", list(DOORS)[::-1])],
)
async def test_s12_sent_five_times_once(town: Town, owner: str, day: str, order: list[str]) -> None:
    codes = {who: f"H20.12-{day}-{number:04}" for number, who in enumerate(order, 1200)}
    asked = {
        "procedure": "2.000635",
        "owner_name": owner,
        "owner_number": "087200000112",
        "phone": "0912 000 112",
        "address": "Ấp 4, cạnh cầu",
        "visit_commune": MY_HIEP,
    }
    cases = {who: await through(town, who, asked | {"dossier_code": codes[who]}) for who in order}
    assert len(set(cases.values())) == len(DOORS)
    shown = {who: await town.desk("ut").shown(case) for who, case in cases.items()}
    assert [len(one["registrations"]) for one in shown.values()] == [1] * len(DOORS)
    assert {who: one["registrations"][0]["channel"] for who, one in shown.items()} == DOORS
    assert {who: one["dossier_code"] for who, one in shown.items()} == codes
    assert len({tuple(one[name] for name in ALIKE) for one in shown.values()}) == 1
    found = (await town.desk("ut").read(f"/api/desk/cases?q={owner}")).json()["cases"]
    assert {UUID(one["case_id"]) for one in found} == set(cases.values())
    assert {who for who, case in cases.items() if await may_be_forwarded(town, case)} == {"kim", "mai"}


async def may_be_forwarded(town: Town, case: UUID) -> bool:
    """By anybody who forwards at all."""
    return any(["forward" in await town.desk(who).next(case) for who in ("kim", "mai", "ut")])


async def through(town: Town, who: str, asked: dict[str, Any]) -> UUID:
    return await (by_the_portal(town, asked) if who == "portal" else at_a_desk(town, who, asked))


async def at_a_desk(town: Town, who: str, asked: dict[str, Any]) -> UUID:
    """One form, several clicks: one case."""
    desk = town.desk(who)
    offices = {"competent_unit": str(town.unit(AGENCY)), "handling_unit": str(town.unit(POST))}
    form = await desk.form("/desk/register", "register") | asked | offices

    async def click() -> str:
        answer = await desk.send("/desk/register", form)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    return UUID((await again_and_again(who, click)).partition("/desk/cases/")[2][:36])


async def by_the_portal(town: Town, asked: dict[str, Any]) -> UUID:
    """One request under the portal's own id, sent several times: one case, and the same answer."""
    who = {"name": asked["owner_name"], "number": asked["owner_number"]}
    others = {name: told for name, told in asked.items() if name not in ("owner_name", "owner_number")}
    request = others | {"request_id": f"DVC-{asked['dossier_code']}", "agency": "H20.12", "owner": who}

    async def send() -> str:
        answer = await town.portal_registers(request)
        assert answer.status_code == 200, answer.text
        return answer.text

    said = await again_and_again("portal", send)
    assert (await town.portal_looks(request["request_id"])).text == said
    [found] = (await town.desk("ut").read(f"/api/desk/cases?q={asked['dossier_code']}")).json()["cases"]
    return UUID(found["case_id"])


async def again_and_again(who: str, once: Callable[[], Awaitable[str]]) -> str:
    """At random moments. What every one of them led to."""
    dice = random.Random(who)

    async def after_a_while() -> str:
        await asyncio.sleep(dice.uniform(0, 0.3))
        return await once()

    [led_to] = set(await asyncio.gather(*(after_a_while() for _ in range(TIMES))))
    return led_to
