"""In a real browser: the button is pressed, what happens is shown, another press and it is over.

No real push service is within reach: the browser's own subscription is stood in for, and what the centre sent to the
one of the tests is handed to the service worker by the browser's tools. All in between is real.
"""

import asyncio
import json
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Page, expect

from tests.builders_dpop import base64url
from tests.e2e.running_demo import Demo
from tests.e2e.screens import DESK, PHONE, Screens
from tests.e2e.test_office import WITHOUT_SCRIPT, looks_well, looks_well_at
from tests.notices.push_service import ABrowser, PushService
from tests.stories.matter import Matter
from tests.stories.town import Town, Towns

NARROW = PHONE | {"viewport": {"width": 320, "height": 640}}
SCREENS = [DESK, PHONE, NARROW, PHONE | {"color_scheme": "dark"}, NARROW | {"color_scheme": "dark"}]
NAMES = ["desk", "phone", "narrow", "dark", "narrow and dark"]
STAND_IN = """
PushManager.prototype.subscribe = async function (options) {
  window.asked = { key: Array.from(options.applicationServerKey), visible: options.userVisibleOnly };
  const given = GIVEN;
  return { endpoint: given.endpoint, toJSON: () => given, unsubscribe: async () => (window.gone = true) };
};
"""
PRESSED = """async () => {
  const opened = [];
  self.clients.openWindow = async (address) => opened.push(address);
  const [notification] = await self.registration.getNotifications();
  self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
  return [opened, (await self.registration.getNotifications()).length];
}"""
SHOWN = """async () => {
  const found = await navigator.serviceWorker.getRegistration(location.pathname);
  return (await found.getNotifications()).map((one) => [one.title, one.body, one.tag, one.lang]);
}"""
MISMATCH = "Thong tin dang ky chua khop. Goi 0277 1022 de sua."


def browser(pushes: PushService) -> ABrowser:
    return pushes.browser(str(uuid4()))


async def stands_in(page: Page, given: ABrowser) -> None:
    """What the browser would have from its push service."""
    keys = {"p256dh": base64url(given.point), "auth": base64url(given.auth)}
    said = json.dumps({"endpoint": given.endpoint, "expirationTime": None, "keys": keys})
    await page.add_init_script(STAND_IN.replace("GIVEN", said))


@pytest.fixture
def town(towns: Towns, demo: Demo) -> Town:
    return towns(demo)


async def tracked(town: Town) -> str:
    """The tracking page of a new case."""
    return (await Matter.registered(town)).tracking


async def opened(screens: Screens, path: str, given: ABrowser, **kind: Any) -> Page:
    page = await screens.open(**kind)
    await page.context.grant_permissions(["notifications"])
    await stands_in(page, given)
    await page.goto(path)
    return page


async def delivered(page: Page, path: str, plain: bytes) -> None:
    """The push service hands it to the browser, which wakes the worker of that page."""
    tools = await page.context.new_cdp_session(page)
    found: dict[str, str] = {}
    tools.on("ServiceWorker.workerRegistrationUpdated", lambda told: _note(found, told))
    await tools.send("ServiceWorker.enable")
    for _ in range(50):
        if path in found:
            break
        await asyncio.sleep(0.1)
    origin = await page.evaluate("location.origin")
    sent = {"origin": origin, "registrationId": found[path], "data": plain.decode()}
    await tools.send("ServiceWorker.deliverPushMessage", sent)


def _note(found: dict[str, str], told: dict[str, Any]) -> None:
    for one in told["registrations"]:
        found["/t/" + one["scopeURL"].rpartition("/t/")[2]] = one["registrationId"]


async def shown(page: Page) -> list[list[str]]:
    for _ in range(50):
        if found := await page.evaluate(SHOWN):
            return found
        await asyncio.sleep(0.1)
    return []


async def test_pressed_told_and_pressed_again(screens: Screens, demo: Demo, town: Town, pushes: PushService) -> None:
    given = browser(pushes)
    matter = await Matter.registered(town)
    path = matter.tracking
    page = await opened(screens, path, given, **PHONE)
    await page.get_by_role("button", name="Bật nhận tin trên máy này").click()
    off = page.get_by_role("button", name="Tắt nhận tin trên máy này")
    await expect(off).to_be_visible()
    await expect(page.get_by_text("Máy này đang nhận tin.", exact=True)).to_be_visible()
    asked = await page.evaluate("window.asked")
    assert (len(asked["key"]), asked["visible"]) == (65, True)
    scopes = "async () => (await navigator.serviceWorker.getRegistrations()).map((one) => one.scope)"
    assert await page.evaluate(scopes) == [demo.url + path], "the worker serves this one page"
    await looks_well(page)

    await matter.does("mai", "report_mismatch", {"field": "owner_name"})
    for _ in range(200):
        if given.endpoint in (pushes.url + one for one in pushes.gateway.paths):
            break
        await asyncio.sleep(0.1)
    number = pushes.gateway.paths.index(given.endpoint.removeprefix(pushes.url))
    plain = given.opened(pushes.gateway.requests[number][1])
    await delivered(page, path, plain)
    [[title, body, tag, lang]] = await shown(page)
    assert (title, body, lang) == ("Tận Nhà", MISMATCH, "vi")
    assert tag == pushes.gateway.requests[number][0]["topic"]
    await delivered(page, path, plain)
    await asyncio.sleep(0.5)
    assert len(await shown(page)) == 1, "it takes its own place"
    [worker] = page.context.service_workers
    assert await worker.evaluate(PRESSED) == [[demo.url + path], 0], "pressed, it leads to the page that asked"

    await off.click()
    await expect(page.get_by_role("button", name="Bật nhận tin trên máy này")).to_be_visible()
    await expect(page.get_by_text("Máy này đang nhận tin.", exact=True)).to_be_hidden()
    assert await page.evaluate("window.gone")
    assert await page.evaluate(scopes) == []
    await page.reload()
    assert await page.locator("#push").get_attribute("data-known") == ""
    told = (await town.line.http.get("/demo/inbox")).json()["messages"]
    assert ["push", "", MISMATCH] in [[one["channel"], one["to"], one["text"]] for one in told]
    await looks_well(page)
    await page.goto("/demo/inbox")
    await looks_well(page)


async def test_what_is_pushed_and_cannot_be_read_is_shown_in_general_words(
    screens: Screens, town: Town, pushes: PushService
) -> None:
    path = await tracked(town)
    page = await opened(screens, path, browser(pushes), **PHONE)
    await page.get_by_role("button", name="Bật nhận tin trên máy này").click()
    await expect(page.get_by_role("button", name="Tắt nhận tin trên máy này")).to_be_visible()
    await delivered(page, path, b"no JSON at all")
    assert [one[1] for one in await shown(page)] == ["Hồ sơ có tin mới. Bấm để xem."]


async def test_a_browser_that_blocks_notifications_is_told_where_to_allow_them(screens: Screens, town: Town) -> None:
    path = await tracked(town)
    page = await screens.open(**PHONE)
    await page.add_init_script("Notification.requestPermission = async () => 'denied'")
    await page.goto(path)
    await page.get_by_role("button", name="Bật nhận tin trên máy này").click()
    await expect(page.get_by_text("Trình duyệt đang chặn thông báo")).to_be_visible()
    await expect(page.get_by_role("button", name="Bật nhận tin trên máy này")).to_be_enabled()
    await looks_well(page)


async def test_a_refusal_is_shown_in_its_own_words_and_leaves_nothing_behind(screens: Screens, town: Town) -> None:
    path = await tracked(town)
    page = await opened(screens, path, ABrowser("https://intranet.example/push"), **PHONE)
    await page.get_by_role("button", name="Bật nhận tin trên máy này").click()
    await expect(page.get_by_text("Chưa gửi được tin đến trình duyệt này.")).to_be_visible()
    assert await page.evaluate("window.gone")
    assert await page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    await looks_well(page)


@pytest.mark.parametrize("screen", SCREENS, ids=NAMES)
async def test_the_button_shuts_nobody_out(
    screens: Screens, town: Town, pushes: PushService, screen: dict[str, Any]
) -> None:
    """On and off, in both languages; then another device stops all of them without a script."""
    path = await tracked(town)
    page = await opened(screens, path, browser(pushes), **screen)
    await expect(page.get_by_role("button", name="Bật nhận tin trên máy này")).to_be_visible()
    await looks_well(page)
    await page.get_by_role("button", name="Bật nhận tin trên máy này").click()
    await expect(page.get_by_role("button", name="Tắt nhận tin trên máy này")).to_be_visible()
    await looks_well(page)
    other = await screens.open(**screen, **WITHOUT_SCRIPT)
    await other.goto(f"{path}?lang=en")
    await expect(other.get_by_role("button", name="Turn on for this device")).to_be_hidden()
    await other.get_by_role("button", name="Stop for all devices").click()
    await expect(other.get_by_role("status").first).to_contain_text("No device is told any more.")
    await expect(other.locator("#push")).to_be_hidden()
    await looks_well_at(other)


async def test_without_a_script_or_without_push_the_page_is_as_it_was(screens: Screens, town: Town) -> None:
    path = await tracked(town)
    unable = await screens.open(**PHONE)
    await unable.add_init_script("delete window.PushManager")
    for page in (unable, await screens.open(**PHONE, **WITHOUT_SCRIPT)):
        await page.goto(path)
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        await expect(page.locator("#push")).to_be_hidden()
