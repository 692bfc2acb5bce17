"""S12: the same request through every door that is open today, sent again and again: one registration a door."""

import asyncio
import random
from typing import Any
from uuid import UUID

import pytest

from tests.stories.matter import AGENCY, MY_HIEP, POST
from tests.stories.town import Town

DOORS = {"kim": "hotline", "mai": "one_stop", "giang": "post"}
"""Who registers, and the channel that is kept."""
TIMES = 5
WHO = ("owner_name", "owner_number", "phone", "address", "visit_commune")
ALIKE = ("procedure", *WHO, "handling_unit", "competent_unit")


@pytest.mark.parametrize(("owner", "order"), [("Bùi Thị Mười", list(DOORS)), ("Bùi Văn Chót", list(DOORS)[::-1])])
async def test_s12_sent_five_times_once(town: Town, owner: str, order: list[str]) -> None:
    asked = {
        "procedure": "2.000635",
        "owner_name": owner,
        "owner_number": "087200000112",
        "phone": "0912 000 112",
        "address": "Ấp 4, cạnh cầu",
        "visit_commune": MY_HIEP,
        "competent_unit": str(town.unit(AGENCY)),
        "handling_unit": str(town.unit(POST)),
    }
    cases = {who: await sent_again_and_again(town, who, asked) for who in order}
    assert len(set(cases.values())) == len(DOORS)
    shown = {who: await town.desk("ut").shown(case) for who, case in cases.items()}
    assert [len(one["registrations"]) for one in shown.values()] == [1] * len(DOORS)
    assert {who: one["registrations"][0]["channel"] for who, one in shown.items()} == DOORS
    assert len({tuple(one[name] for name in ALIKE) for one in shown.values()}) == 1
    found = (await town.desk("ut").read(f"/api/desk/cases?q={owner}")).json()["cases"]
    assert {UUID(one["case_id"]) for one in found} == set(cases.values())
    forwarding = {who for who, case in cases.items() if "forward" in await town.desk(who).next(case)}
    assert forwarding == {"kim", "mai"}


async def sent_again_and_again(town: Town, who: str, asked: dict[str, Any]) -> UUID:
    """One form, several clicks at random moments: one case."""
    desk, dice = town.desk(who), random.Random(who)
    form = await desk.form("/desk/register", "register") | asked

    async def click() -> str:
        await asyncio.sleep(dice.uniform(0, 0.3))
        answer = await desk.send("/desk/register", form)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    [led_to] = set(await asyncio.gather(*(click() for _ in range(TIMES))))
    return UUID(led_to.partition("/desk/cases/")[2][:36])
