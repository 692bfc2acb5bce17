"""Whoever stands at a gate asks whether it is really the courier: six digits that the phone makes by itself."""

import hashlib
import hmac
from base64 import b32decode

from backend.simulate.bundle import CourierCode
from backend.simulate.courier import Courier
from backend.simulate.line import Line, Weather

_JSON = {"Accept": "application/json"}


def on_the_screen(told: CourierCode, at: float) -> str:
    """RFC 6238 over HMAC-SHA-256. `at`: seconds since 1970 by the centre's clock."""
    secret = b32decode(told.secret + "=" * (-len(told.secret) % 8))
    mac = hmac.digest(secret, (int(at) // told.step).to_bytes(8, "big"), hashlib.sha256)
    first = mac[-1] & 0x0F
    number = int.from_bytes(mac[first : first + 4], "big") & 0x7FFFFFFF
    return str(number % 10**told.digits).zfill(told.digits)


async def check_code(courier: Courier, line: Line, weather: Weather, *, misread: bool) -> None:
    """In shift the code is right; `misread`: and another one is not."""
    told = courier.phone.bundle.code
    if told is None:
        return
    right = on_the_screen(told, courier.phone.clock.centre())
    asked = [(right, True)] + ([(_another(right), False)] if misread else [])
    told_rightly = True
    for code, expected in asked:
        form = {"badge": told.badge, "code": code}
        answer = await line.ask(
            lambda form=form: line.http.build_request("POST", "/check", data=form, headers=_JSON), weather
        )
        found = answer.json().get("right") if answer.status_code == 200 else answer.status_code
        said = courier.journal.expects("the code on the screen", by=courier.who.name, before=expected, now=found)
        told_rightly = told_rightly and said
    courier.journal.played["code_checked"] += told_rightly


def _another(code: str) -> str:
    return code[:-1] + str((int(code[-1]) + 5) % 10)
