"""On the tracking page a browser asks to be told, and not to be told any more; whoever has no link can do neither."""

import re
from collections.abc import AsyncGenerator
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from backend.dossiers.tokens import stored, token
from backend.keys import Purpose
from backend.notices.push_model import MOST_BROWSERS
from tests.builders import MORNING
from tests.builders_app import run
from tests.builders_dpop import base64url
from tests.notices.push_service import ABrowser
from tests.web.conftest import Office, slug
from tests.web.test_citizen import HTML, disguises, gives_away

ENDPOINT = "https://fcm.googleapis.com/fcm/send/dQw4w9WgXcQ:APA91b"
STATIC = Path(__file__).parents[2] / "backend" / "web" / "static"


def link(office: Office, case: UUID) -> str:
    return token(office.town.ring.current(Purpose.TRACKING, MORNING), case, 1)


def server_key(office: Office) -> str:
    return base64url(office.town.ring.current(Purpose.VAPID, office.running.clock()).point())


@pytest.fixture
async def case(office: Office) -> UUID:
    async with office.field() as field:
        return await field.registered()


def says(office: Office, browser: ABrowser, **changes: Any) -> dict[str, Any]:
    """As a browser has it, by `PushSubscription.toJSON()`."""
    keys = {"p256dh": base64url(browser.point), "auth": base64url(browser.auth)}
    return {"endpoint": browser.endpoint, "keys": keys, "server_key": server_key(office)} | changes


async def asks(office: Office, case: UUID, browser: ABrowser, **changes: Any) -> httpx.Response:
    return await office.http.post(f"/t/{link(office, case)}/pushes", json=says(office, browser, **changes))


async def known(office: Office) -> list[bytes]:
    async with office.tx() as tx:
        rows = await tx.all("SELECT endpoint_sha256 FROM push_subscriptions ORDER BY made_at")
    return [row["endpoint_sha256"] for row in rows]


async def test_the_page_has_a_button_that_only_a_browser_that_can_shows(office: Office, case: UUID) -> None:
    page = await office.http.get(f"/t/{link(office, case)}", headers=HTML)
    [box] = re.findall(r'<section id="push"[^>]*>', page.text)
    assert box.endswith(" hidden>")
    assert f'data-key="{server_key(office)}"' in box
    assert f'data-link="{link(office, case)}"' in box
    assert "Nhận tin trên máy này" in page.text
    [script] = re.findall(r'<script src="(/static/[^"]+)" defer></script>', page.text)
    assert page.text.count("<script") == 1
    assert (await office.http.get(script)).headers["content-type"].startswith("text/javascript")
    english = await office.http.get(f"/t/{link(office, case)}?lang=en", headers=HTML)
    assert "Be told on this device" in english.text


async def test_the_worker_reaches_pages_of_cards_and_no_others(office: Office) -> None:
    answer = await office.http.get("/t/worker.js")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "service-worker-allowed" not in answer.headers, "so it stays below /t/"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'"), "it fetches nothing"
    assert answer.headers["cache-control"] == "no-store"
    assert 'addEventListener("fetch"' not in answer.text


def test_what_a_browser_runs_names_no_other_place() -> None:
    for name in ("push.js", "push-worker.js"):
        text = (STATIC / name).read_text(encoding="utf-8")
        assert not re.search(r"https?:|//[a-z]+\.|eval\(|innerHTML|document\.write", text), name


async def test_a_browser_is_told_and_stops_again(office: Office, case: UUID) -> None:
    browser, path = ABrowser(ENDPOINT), f"/t/{link(office, case)}"
    for _ in range(2):  # two presses
        answer = await asks(office, case, browser)
        assert (answer.status_code, answer.json()) == (200, {"machines": 1})
    assert await known(office) == [browser.sha256]
    page = await office.http.get(path, headers=HTML)
    assert f'data-known="{browser.sha256.hex()}"' in page.text
    shown = unescape(page.text) + str(page.headers)
    assert not [
        one for one in (ENDPOINT, says(office, browser)["keys"]["auth"]) for way in disguises(one) if way in shown
    ]
    assert gives_away(page) == []
    for which in ("0" * 64, "nothing", "", browser.sha256.hex()[:-2]):
        answer = await office.http.post(f"{path}/pushes/stop", data={"which": which})
        assert answer.json() == {"machines": 1}, which
    answer = await office.http.post(f"{path}/pushes/stop", data={"which": browser.sha256.hex()})
    assert (answer.status_code, answer.json()) == (200, {"machines": 0})
    assert await known(office) == []


async def test_all_browsers_are_stopped_without_a_script(office: Office, case: UUID) -> None:
    path = f"/t/{link(office, case)}"
    for number in range(3):
        await asks(office, case, ABrowser(f"{ENDPOINT}{number}"))
    page = await office.http.get(path, headers=HTML)
    assert re.search(r'<section id="push"[^>]*"\s*>', page.text), "it is shown where there is something to stop"
    [form] = re.findall(rf'<form method="post" action="{path}/pushes/stop">.*?</form>', page.text, re.DOTALL)
    assert "<strong data-count>3</strong>" in form
    done = await office.http.post(f"{path}/pushes/stop", data={"which": "all"}, headers=HTML)
    assert (done.status_code, done.headers["location"]) == (303, f"{path}?done=pushes")
    assert "Đã ngừng gửi đến mọi máy." in (await office.http.get(f"{path}?done=pushes", headers=HTML)).text
    assert await known(office) == []


REFUSED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"endpoint": "https://intranet.example/push"}, "push-service-unknown"),
    ({"endpoint": "http://fcm.googleapis.com/fcm/send/x"}, "push-service-unknown"),
    ({"endpoint": "https://fcm.googleapis.com@intranet.example/x"}, "push-service-unknown"),
    ({"server_key": base64url(b"\4" + bytes(64))}, "push-key-unknown"),
    ({"server_key": "!" * 87}, "browser-unusable"),
    ({"keys": {"p256dh": base64url(b"\4" + bytes(64)), "auth": base64url(bytes(16))}}, "browser-unusable"),
    ({"keys": {"p256dh": "A" * 87, "auth": "!" * 22}}, "browser-unusable"),
    ({"keys": {"p256dh": "A" * 87}}, "bad-request"),
    ({"endpoint": "https://fcm.googleapis.com/" + "x" * 1000}, "bad-request"),
    ({"endpoint": 7}, "bad-request"),
    ({"case_id": "other"}, "bad-request"),
)


@pytest.mark.parametrize(("changes", "type_"), REFUSED)
async def test_what_is_refused_is_named_and_says_what_to_do(
    office: Office, case: UUID, changes: dict[str, Any], type_: str
) -> None:
    answer = await asks(office, case, ABrowser(ENDPOINT), **changes)
    assert (answer.status_code, slug(answer)) == (400, type_)
    assert answer.json()["detail"].endswith(".")
    assert await known(office) == []


async def test_six_browsers_are_one_too_many(office: Office, case: UUID) -> None:
    for number in range(MOST_BROWSERS):
        assert (await asks(office, case, ABrowser(f"{ENDPOINT}{number}"))).status_code == 200
    answer = await asks(office, case, ABrowser(ENDPOINT))
    assert (answer.status_code, slug(answer)) == (409, "too-many-browsers")
    assert "Ngừng gửi đến mọi máy" in answer.json()["detail"]


async def test_a_browser_of_another_case_is_not_taken_from_it(office: Office, case: UUID) -> None:
    async with office.field() as field:
        other = await field.registered()
    await asks(office, case, ABrowser(ENDPOINT))
    answer = await asks(office, other, ABrowser(ENDPOINT))
    assert (answer.status_code, slug(answer)) == (409, "browser-of-another-case")
    stop = await office.http.post(f"/t/{link(office, other)}/pushes/stop", data={"which": "all"})
    assert stop.json() == {"machines": 0}
    assert len(await known(office)) == 1


async def test_without_a_live_link_nothing_is_begun_or_stopped(office: Office, case: UUID) -> None:
    await asks(office, case, ABrowser(ENDPOINT))
    wrong = await office.http.post(f"/t/{'A' * 26}/pushes", json=says(office, ABrowser(f"{ENDPOINT}2")))
    assert (wrong.status_code, slug(wrong)) == (404, "nothing-behind-this-code")
    async with office.tx() as tx:
        change = "UPDATE tracking_tokens SET live = false WHERE token_sha256 = $hash"
        await tx.run(change, hash=stored(link(office, case)))
    for path in ("pushes/stop", "pushes"):
        sent: dict[str, Any] = (
            {"data": {"which": "all"}} if path.endswith("stop") else {"json": says(office, ABrowser(ENDPOINT))}
        )
        answer = await office.http.post(f"/t/{link(office, case)}/{path}", **sent)
        assert (answer.status_code, slug(answer)) == (404, "nothing-behind-this-code")
    assert len(await known(office)) == 1, "the sweep takes it"


async def test_a_form_of_another_site_cannot_subscribe_anybody(office: Office, case: UUID) -> None:
    """What a browser sends for another site without asking is never JSON."""
    sent = says(office, ABrowser(ENDPOINT))
    path = f"/t/{link(office, case)}/pushes"
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        answer = await office.http.post(path, content=str(sent), headers={"Content-Type": kind})
        assert (answer.status_code, slug(answer)) == (415, "not-json"), kind
    assert await known(office) == []


async def test_who_searches_for_links_by_subscribing_is_stopped(office: Office, case: UUID) -> None:
    sent = says(office, ABrowser(ENDPOINT))
    statuses = [(await office.http.post(f"/t/{number:026}/pushes", json=sent)).status_code for number in range(410)]
    assert (statuses[0], statuses[-1]) == (404, 429)
    stopped = await office.http.post(f"/t/{link(office, case)}/pushes", json=sent)
    assert (stopped.status_code, slug(stopped)) == (429, "too-many-looks")
    assert int(stopped.headers["retry-after"]) >= 1


@pytest.fixture
async def silent(office: Office, tmp_path: Path) -> AsyncGenerator[httpx.AsyncClient]:
    """The same place, run by people who push nothing."""
    url = str(office.running.settings.database_url)
    async with run(url, tmp_path / "silent", ring=office.town.ring, push_services="none") as running:
        yield running.http


async def test_an_installation_that_pushes_nothing_offers_nothing(
    office: Office, case: UUID, silent: httpx.AsyncClient
) -> None:
    page = await silent.get(f"/t/{link(office, case)}", headers=HTML)
    assert "<script" not in page.text
    answer = await silent.post(f"/t/{link(office, case)}/pushes", json=says(office, ABrowser(ENDPOINT)))
    assert slug(answer) == "push-service-unknown"
