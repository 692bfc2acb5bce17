"""S35: whether it is really the courier: the code on Lan's screen, asked by whoever stands at the gate."""

import hashlib
import hmac
from base64 import b32decode
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.stories.desk import HTML
from tests.stories.matter import POST
from tests.stories.phone import InHand
from tests.stories.town import Town

DAY = "2026-11-30"
NO = "Không đúng: không đưa giấy tờ, không chuyển tiền"


class Screen:
    """The code as the phone makes it by itself, from what the day's bundle gave it."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.badge: str = told["badge"]
        self._secret = b32decode(told["secret"] + "=" * (-len(told["secret"]) % 8))
        self._step, self._digits = told["step"], told["digits"]

    def code(self, at: datetime) -> str:
        mac = hmac.digest(self._secret, (int(at.timestamp()) // self._step).to_bytes(8, "big"), hashlib.sha256)
        at_byte = mac[-1] & 15
        number = int.from_bytes(mac[at_byte : at_byte + 4], "big") & 0x7FFFFFFF
        return str(number % 10**self._digits).zfill(self._digits)


async def screen(phone: InHand) -> Screen:
    answer = await phone.courier.carrier.request("GET", "/api/courier/sync/day")
    return Screen(answer.json()["code"])


async def checks(town: Town, badge: str, code: str) -> httpx.Response:
    return await town.line.http.post("/check", data={"badge": badge, "code": code}, headers=HTML)


@pytest.mark.begins("2026-11-30T07:00")
async def test_s35_is_it_really_the_courier(town: Town) -> None:
    await town.clock(DAY, "07:00")
    lan, kim = await town.phone("lan"), town.desk("kim")
    shown = await screen(lan)
    off_shift = await checks(town, shown.badge, shown.code(await town.now()))
    shift = await lan.begins(town.unit(POST), DAY, 0)
    code = shown.code(await town.now())

    right = await checks(town, shown.badge, code)
    assert "Đúng, bưu tá của Bưu điện xã Mỹ Hiệp, đang trong ca" in right.text
    assert "<dd>Lan</dd>" in right.text
    assert shown.badge in right.text
    assert "<svg" in right.text
    assert right.headers["refresh"].startswith("120;")
    said = await kim.send("/desk/check", {"badge": shown.badge, "code": shown.code(await town.now())})
    assert "Đúng, bưu tá của Bưu điện xã Mỹ Hiệp" in said.text

    digit = code[:-1] + str((int(code[-1]) + 3) % 10)
    wrong = await checks(town, shown.badge, digit)
    later = (await town.now() + timedelta(hours=7, minutes=2)).strftime("%H:%M")
    await town.clock(DAY, later)
    old = await checks(town, shown.badge, code)

    guesses = [(await checks(town, shown.badge, f"{number:06}")).status_code for number in range(1000)]
    assert guesses.count(429) > 900

    await lan.closes(shift, 0)
    assert NO in (await kim.send("/desk/check", {"badge": shown.badge, "code": shown.code(await town.now())})).text

    assert {answer.text for answer in (off_shift, wrong, old)} == {off_shift.text}
    assert NO in off_shift.text


@pytest.mark.begins("2026-11-30T07:30")
async def test_s35_a_revoked_phone_says_no_at_once(town: Town) -> None:
    await town.clock(DAY, "07:30")
    an, kim, sau = await town.phone("buuta03"), town.desk("kim"), town.desk("sau")
    shown, shift = await screen(an), await an.begins(town.unit(POST), DAY, 0)
    asked = {"badge": shown.badge, "code": shown.code(await town.now())}
    assert "Đúng, bưu tá" in (await kim.send("/desk/check", asked)).text
    device = an.courier.phone.device
    assert device is not None
    gone = await sau.act(device, "revoke_device", {}, subject={"kind": "device", "id": str(device)})
    assert gone.status_code == 200, gone.text
    asked["code"] = shown.code(await town.now())
    assert NO in (await kim.send("/desk/check", asked)).text
    town.loses("buuta03")
    again = await town.phone("buuta03")
    asked["code"] = (await screen(again)).code(await town.now())
    assert "Đúng, bưu tá" in (await kim.send("/desk/check", asked)).text
    await again.closes(shift, 0)
