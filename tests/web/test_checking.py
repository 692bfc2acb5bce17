"""S35 at the desk's own application: who is our courier, and what a wrong answer gives away, which is nothing."""

import hashlib
import re
from base64 import b32decode
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import httpx
import pytest
from PIL import Image

from backend.clock import local_date
from backend.ids import uuid7
from backend.keys import Purpose
from backend.presence.codes import secret_of, totp
from backend.staff import device_queries
from backend.staff.portraits import shown_until
from backend.sync import bundle
from backend.web.limits import Guesses, Rate
from tests.builders import TODAY
from tests.builders_lending import lent
from tests.pages import forms
from tests.web.conftest import Desk, Office
from tests.web.test_parties import carrier

HTML = {"Accept": "text/html"}
NO = "Không đúng: không đưa giấy tờ, không chuyển tiền"


async def begins(office: Office) -> UUID:
    shift = uuid7()
    async with office.field() as field:
        body = {"unit": str(field.post), "day": TODAY.isoformat(), "float_amount": 0}
        assert not (await field.does(shift, "begin_shift", body, subject="shift")).exceptions
    return shift


async def screen(office: Office) -> tuple[str, bytes]:
    """What Lan's phone knows of itself: badge and secret."""
    async with office.field() as field:
        day = await bundle.day(field.tx, field.ring, carrier(field.phone, field.post), None, office.running.clock())
    return day.code.badge, b32decode(day.code.secret + "=" * (-len(day.code.secret) % 8))


async def check(office: Office, badge: str, code: str, **more: Any) -> httpx.Response:
    return await office.http.post("/check", data={"badge": badge, "code": code}, **more)


def now(office: Office) -> datetime:
    return office.running.clock()


async def test_the_code_on_the_screen_is_right_with_first_name_badge_and_portrait(office: Office) -> None:
    await begins(office)
    badge, secret = await screen(office)
    answer = await check(office, badge.lower().replace("-", " "), totp(secret, now(office)), headers=HTML)
    assert answer.status_code == 200
    assert "Đúng, bưu tá của Bưu điện" in answer.text
    assert badge in answer.text
    assert "<dd>Lan</dd>" in answer.text
    assert "Nguyễn" not in answer.text
    assert '<svg class="portrait' in answer.text
    assert answer.headers["refresh"] == "120; url=/check"
    assert "no-store" in answer.headers["cache-control"]
    told = (await check(office, badge, totp(secret, now(office)))).json()
    assert (told["right"], told["first_name"], told["badge"]) == (True, "Lan", badge)


def face(shade: int = 180) -> bytes:
    made = BytesIO()
    Image.new("L", (1200, 1600), shade).save(made, "JPEG")
    return made.getvalue()


async def sets_portrait(
    office: Office, desk: Desk, person: UUID, file: bytes, *, opened: bool = True
) -> httpx.Response:
    """`opened`: the worker has made the clean copy."""
    page = await desk.page("/desk/portraits")
    form = next(one for one in forms(page, "set_portrait") if one["person"] == str(person))
    sent = {"form_token": desk.form_token} | {name: value for name, value in form.items() if name != "picture"}
    files = {"picture": ("mat.jpg", file, "image/jpeg")}
    answer = await desk.http.post("/desk/portraits", data=sent, files=files, headers={"Accept": "text/html"})
    if opened:
        async with office.tx() as tx:
            await tx.run(
                """INSERT INTO masters (file_sha256, master_sha256, bytes, width, height, made_at)
                   SELECT sha256, sha256, bytes, 1200, 1600, received_at FROM files ON CONFLICT DO NOTHING"""
            )
    return answer


async def test_who_got_the_code_right_sees_the_face_for_two_minutes(office: Office) -> None:
    await begins(office)
    badge, secret = await screen(office)
    hung, lan = await office.desk("hung"), office.town.people["lan"]
    assert (await sets_portrait(office, hung, lan, face(), opened=False)).status_code == 303
    early = (await check(office, badge, totp(secret, now(office)))).json()
    assert (early["right"], early["portrait"]) == (True, None), "nobody has opened it yet"
    assert (await sets_portrait(office, hung, lan, face(90))).status_code == 303
    page = await check(office, badge, totp(secret, now(office)), headers=HTML)
    [path] = re.findall(r'<img class="portrait" src="(/check/portraits/[^"]+)"', page.text)
    assert '<svg class="portrait' not in page.text
    shown = await office.http.get(path)
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
    assert "no-store" in shown.headers["cache-control"]
    with Image.open(BytesIO(shown.content)) as picture:
        assert max(picture.size) <= 420
        assert picture.convert("L").getpixel((5, 5)) == pytest.approx(90, abs=3)
    at_desk = await hung.get(f"/desk/portraits/{lan}")
    assert (at_desk.status_code, at_desk.content) == (200, shown.content)
    assert (await (await office.desk("ut")).get(f"/desk/portraits/{lan}")).status_code == 403


async def test_the_address_of_a_face_cannot_be_made_up_kept_or_turned(office: Office) -> None:
    ring, lan, tu = office.town.ring, office.town.people["lan"], uuid7()
    await sets_portrait(office, await office.desk("hung"), lan, face())
    at = now(office)
    key = ring.current(Purpose.PRESENCE, at)
    assert (await office.http.get(f"/check/portraits/{shown_until(key, lan, at)}")).status_code == 200
    right = shown_until(key, lan, at)
    for path in (
        shown_until(key, lan, at - timedelta(seconds=121)),
        shown_until(key, lan, at + timedelta(minutes=5)),
        shown_until(key, tu, at),
        right[:-6] + "AAAAAA",
        ("B" if right[0] != "B" else "C") + right[1:],
        "x",
        "🙂",
        right * 2,
    ):
        answer = await office.http.get(f"/check/portraits/{path}")
        assert answer.status_code in (400, 404), path
        assert b"JFIF" not in answer.content


async def test_a_face_is_set_by_the_head_of_the_courier_s_own_post(office: Office) -> None:
    hung, stranger = await office.desk("hung"), office.town.people["thao"]
    page = await hung.page("/desk/portraits")
    form = forms(page, "set_portrait")[0]
    sent = {"form_token": hung.form_token} | {name: value for name, value in form.items() if name != "picture"}
    none = await hung.http.post("/desk/portraits", data=sent, headers=HTML)
    assert (none.status_code, "Chụp rồi gửi kèm ảnh" in none.text) == (400, True)
    named = sent | {"picture": f"{hashlib.sha256(face()).hexdigest()} 1000 image/jpeg"}
    assert (await hung.http.post("/desk/portraits", data=named, headers=HTML)).status_code == 400, "what nobody sent"
    files = {"picture": ("mat.jpg", face(), "image/jpeg")}
    wrong = await hung.http.post("/desk/portraits", data=sent | {"person": str(stranger)}, files=files, headers=HTML)
    assert wrong.status_code == 404
    async with office.tx() as tx:
        assert await tx.value("SELECT count(*) FROM portraits") == 0


async def test_wrong_old_off_shift_unknown_and_revoked_look_the_same(office: Office) -> None:
    badge, secret = await screen(office)
    off = await check(office, badge, totp(secret, now(office)), headers=HTML)
    await begins(office)
    right = totp(secret, now(office))
    digit = str((int(right[0]) + 5) % 10) + right[1:]
    wrong = await check(office, badge, digit, headers=HTML)
    old = await check(office, badge, totp(secret, now(office) - timedelta(minutes=2)), headers=HTML)
    unknown = await check(office, "DT-KHONGCO", right, headers=HTML)
    async with office.field() as field:
        await device_queries.save_revoked(field.tx, field.phone.device, at=now(office), by=field.hung, lost=False)
    revoked = await check(office, badge, totp(secret, now(office)), headers=HTML)
    pages = {(answer.status_code, answer.text) for answer in (off, wrong, old, unknown, revoked)}
    assert len(pages) == 1
    assert NO in off.text
    assert badge not in off.text


async def test_a_phone_that_was_lent_shows_no_right_code_when_its_lending_is_over(office: Office) -> None:
    """Lan's own and a lent one are both right; one that was lent yesterday evening is not hers any more."""
    await begins(office)
    badge, _ = await screen(office)
    for lent_at, right in ((now(office), True), (now(office) - timedelta(days=1), False)):
        secret = await lent_screen(office, lent_at)
        answer = await check(office, badge, totp(secret, now(office)), headers=HTML)
        assert (NO not in answer.text) is right, answer.text


async def lent_screen(office: Office, at: datetime) -> bytes:
    """The secret of this day on Tú's phone, lent to Lan at that moment."""
    async with office.field() as field:
        phone = await lent(field, field.tu_phone.device, at)
        return secret_of(field.ring, phone.device, field.lan, local_date(now(office)))


async def test_a_colleagues_code_is_not_hers(office: Office) -> None:
    """The badge decides whom the code is held against."""
    await begins(office)
    _, secret = await screen(office)
    async with office.field() as field:
        other = await field.tx.value("SELECT badge FROM people WHERE id = $id", id=field.tu)
    assert NO in (await check(office, other, totp(secret, now(office)), headers=HTML)).text


async def test_1022_gets_the_same_answer_and_every_check_is_kept_without_what_was_typed(office: Office) -> None:
    await begins(office)
    badge, secret = await screen(office)
    kim: Desk = await office.desk("kim")
    assert "Kiểm tra bưu tá" in (await kim.page("/desk")).text
    told = await kim.fill("/desk/check", {"badge": badge, "code": totp(secret, now(office))})
    assert "Đúng, bưu tá của Bưu điện" in told.text
    assert NO in (await kim.fill("/desk/check", {"badge": badge, "code": "12345"})).text
    await check(office, badge, totp(secret, now(office)))
    async with office.field() as field:
        rows = await field.tx.all("SELECT asked_by, courier FROM courier_checks ORDER BY at, check_id")
        assert [tuple(row) for row in rows] == [(field.kim, field.lan), (field.kim, None), (None, field.lan)]


async def test_guesses_are_limited_and_1022_answers_all_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begins(office)
    badge, secret = await screen(office)
    answers = [(await check(office, badge, f"{guess:06}")).status_code for guess in range(200)]
    assert answers.count(429) > 150
    refused = await check(office, badge, "000000", headers=HTML)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    assert "0277 1022" in refused.text
    kim = await office.desk("kim")
    assert "Đúng, bưu tá" in (await kim.fill("/desk/check", {"badge": badge, "code": totp(secret, now(office))})).text
    monkeypatch.setattr(Guesses, "PLACE", Rate(burst=2, per_second=0.001))
    hung = await office.desk("hung")
    said = [await hung.fill("/desk/check", {"badge": badge, "code": "1"}) for _ in range(3)]
    assert [answer.status_code for answer in said] == [200, 200, 429]
    assert "Chờ" in said[-1].text


async def test_a_shift_that_was_left_open_is_over(office: Office) -> None:
    await begins(office)
    async with office.field() as field:
        await field.tx.run("UPDATE shifts SET begun_at = begun_at - interval '1 day'")
    badge, secret = await screen(office)
    assert NO in (await check(office, badge, totp(secret, now(office)), headers=HTML)).text
