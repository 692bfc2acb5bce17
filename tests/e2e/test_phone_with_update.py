"""The phone's app in the middle of work: a newer version comes, and the system kills the tab at any moment. What was
touched is still there, what was done is done once."""

import asyncio
import contextlib
import random
import re
import shutil
from collections import Counter
from collections.abc import Awaitable, Callable, Generator
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.async_api import Error, Locator, Page, expect

from courier_api.phone_app import BUILT
from tests.e2e.courier_phone import CourierPhone, booked_for, courier, labels_of, new_code
from tests.e2e.running_demo import MORNING, Demo, running_demo
from tests.e2e.screens import Screens
from tests.stories.town import Towns

ROOT = BUILT.parents[2]
KILLS = 30


def beside(folder: Path) -> Path:
    """The same house with a built app of its own: links to everything else. Returns where the app lies."""
    for there, here in ((ROOT, folder), (ROOT / "courier_api", folder / "courier_api")):
        here.mkdir()
        for one in there.iterdir():
            if one.name not in ("courier_api", "pwa", ".git"):
                (here / one.name).symlink_to(one)
    app = folder / "courier_api" / "pwa" / "dist"
    shutil.copytree(BUILT, app)
    return app


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("newer")
    place.chmod(0o755)
    return beside(place / "house")


@pytest.fixture(scope="module")
def house(app: Path) -> Generator[Demo]:
    python = {"PYTHONPATH": str(app.parents[2]), "PYTHONSAFEPATH": "1"}
    with running_demo(TANNHA_NOW=MORNING, **python) as demo:
        yield demo


@pytest.fixture(scope="module")
def base_url(house: Demo) -> str:
    return house.url


def comes_out(app: Path, name: str) -> None:
    """A newer version of the app: its first page is another, and so is the list of its files."""
    page, worker = app / "index.html", app / "sw.js"
    page.write_text(page.read_text().replace("<title>", f'<meta name="{name}" content="yes" /><title>'))
    digest = sha256(page.read_bytes()).hexdigest()[:16]
    text, changed = re.subn(r'(\["/courier/index\.html",")[0-9a-f]{16}', rf"\g<1>{digest}", worker.read_text())
    text, named = re.subn(r'VERSION = "[0-9a-f]{16}"', f'VERSION = "{digest}"', text)
    assert (changed, named) == (1, 1)
    worker.write_text(text)


async def test_a_newer_version_waits_until_the_courier_takes_it_and_the_draft_survives(
    towns: Towns, screens: Screens, house: Demo, app: Path
) -> None:
    town = towns(house)
    one = await booked_for(town, "lan", "Trà Thị Mới", 0)
    phone = await CourierPhone.new(screens)
    await phone.enrol(courier(house, "lan")["enrolment_codes"][0])
    await phone.is_kept()
    await phone.to_the_stop("Trà Thị Mới")
    await phone.button("Đã đến", exact=True).click()
    await phone.identify()
    await phone.to_step("Giấy tờ nhận")
    page = phone.page
    await phone.button("Bản chính +1").first.click()
    await expect(page.locator("output").first).to_have_text("1")
    filled = await page.locator("output").all_inner_texts()
    comes_out(app, "newer")
    await looks_for_it(page)
    await expect(page.get_by_text("Có bản mới. Việc đang làm không mất.")).to_be_visible()
    await page.wait_for_timeout(1_000)
    await expect(page.locator("meta[name=newer]")).to_have_count(0)
    assert await page.locator("output").all_inner_texts() == filled, "nothing is changed under somebody at a door"
    await page.reload()
    await expect(phone.button("Bản chính +1").first).to_be_visible()
    await expect(page.locator("meta[name=newer]")).to_have_count(0)
    await expect(page.locator("output").first).to_be_visible()
    await page.context.set_offline(True)
    await phone.button("Dùng bản mới").click()
    await expect(page.locator("meta[name=newer]")).to_have_count(1)
    await expect(page.get_by_role("heading", name="Giấy tờ nhận", level=1)).to_be_visible()
    await expect(page.locator("output")).to_have_text(filled)
    for seen in await page.get_by_label("Đã xem bản chính").all():
        await seen.check()
    await phone.button("Nhận giấy tờ", exact=True).click()
    await expect(phone.button("Giấy tờ nhận (đã xong)")).to_be_visible()
    await page.context.set_offline(False)
    await phone.button("Quay lại").click()
    await phone.all_received()
    kinds = Counter(act["kind"] for act in (await one.shown())["timeline"])
    assert (kinds["record_arrival"], kinds["check_identity"], kinds["take_papers"]) == (1, 1, 1)
    town.adds_up()


async def looks_for_it(page: Page) -> None:
    """As a browser does by itself every day."""
    await page.evaluate("async () => (await navigator.serviceWorker.getRegistration()).update()")


async def test_a_newer_version_is_taken_with_nothing_open(screens: Screens, house: Demo, app: Path) -> None:
    """On a phone that is locked, and on the day's list; each time the app starts without a network afterwards."""
    phone = await CourierPhone.new(screens)
    await phone.enrol(new_code(house, "tu"))
    await phone.is_kept()
    await phone.lock()
    comes_out(app, "while-locked")
    await is_taken(phone, "while-locked")
    await phone.unlock()
    await expect(phone.page.locator(".counters")).to_be_visible()
    comes_out(app, "on-the-list")
    await is_taken(phone, "on-the-list")
    await expect(phone.page.locator(".counters")).to_be_visible()
    await expect(phone.page.get_by_text("Có bản mới.")).to_have_count(0)


async def is_taken(phone: CourierPhone, name: str) -> None:
    there = f"meta[name={name}]"
    await looks_for_it(phone.page)
    await expect(phone.page.get_by_text("Có bản mới. Việc đang làm không mất.")).to_be_visible()
    await expect(phone.page.locator(there)).to_have_count(0)
    await phone.button("Dùng bản mới").click()
    await expect(phone.page.locator(there)).to_have_count(1)
    await phone.page.context.set_offline(True)
    await phone.kill_the_tab()
    await expect(phone.page.locator(there)).to_have_count(1)
    await phone.page.context.set_offline(False)


Step = Callable[[CourierPhone], Awaitable[None]]


async def killed_in(phone: CourierPhone, step: Step, after: float) -> None:
    """The tab goes while the courier is at it, or a moment later; the next one comes up without a network."""

    async def kill() -> None:
        await asyncio.sleep(after)
        await phone.kill_the_tab()

    killer = asyncio.create_task(kill())
    with contextlib.suppress(Error, AssertionError):  # its page is gone
        await step(CourierPhone(phone.page))
    await killer


async def at_the_house(phone: CourierPhone, name: str, *, arrived: bool) -> None:
    """Unless the visit has ended: then it stays on the list of the day. `arrived`: what was done is read by now."""
    await expect(phone.page.locator(".counters")).to_be_visible()
    if await ended(phone, name).count() == 0:
        await phone.to_the_stop(name)
        there = papers(phone)
        await expect(there if arrived else there.or_(phone.button("Đã đến", exact=True))).to_be_visible()


def ended(phone: CourierPhone, name: str) -> Locator:
    return phone.page.locator("li.over", has_text=name)


def papers(phone: CourierPhone) -> Locator:
    return phone.button("Giấy tờ nhận").first


async def is_done(phone: CourierPhone, name: str, step: str) -> bool:
    if step == "Hoàn thành" or await ended(phone, name).count() > 0:
        return await ended(phone, name).count() > 0
    return await papers(phone).count() > 0 if step == "Đã đến" else await phone.is_ticked(step)


def done_on(phone: CourierPhone, step: str) -> Locator:
    """On the page of the visit, which the step goes back to."""
    if step == "Hoàn thành":
        return phone.page.locator("p.state", has_text=step)
    return papers(phone) if step == "Đã đến" else phone.button(f"{step} (đã xong)").first


async def test_killed_at_thirty_moments_of_visits_without_a_network(
    towns: Towns, screens: Screens, house: Demo
) -> None:
    town, chance = towns(house), random.Random(20261128)
    names = ("Trà Văn Một", "Trà Văn Hai", "Trà Văn Ba")
    cases = [await booked_for(town, "lan", name, 20_000) for name in names]
    labels = labels_of(house, courier(house, "lan")["person"])
    phone = await CourierPhone.new(screens)
    await phone.enrol(courier(house, "lan")["enrolment_codes"][1])
    await phone.is_kept()
    await phone.page.context.set_offline(True)
    kills = 0
    for house_number, name in enumerate(names):
        steps: list[tuple[str, Step]] = [
            ("Đã đến", CourierPhone.arrive),
            ("Kiểm tra giấy tờ tùy thân", CourierPhone.identify),
            ("Thông báo xử lý dữ liệu", CourierPhone.tell),
            ("Giấy tờ nhận", CourierPhone.take_papers),
            ("Thu tiền", CourierPhone.collect),
            ("Ký Phiếu gửi hồ sơ", CourierPhone.sign),
            ("Niêm phong", lambda one, at=house_number: one.seal(labels[at], f"NP6000000{at}")),
            ("Hoàn thành", CourierPhone.finish),
        ]
        await at_the_house(phone, name, arrived=False)
        for step, does in steps:
            for patience in range(1, 9):
                if await is_done(phone, name, step):
                    break
                if patience < 8:
                    await killed_in(phone, does, chance.uniform(0, 0.5 * patience))
                    kills += 1
                    await at_the_house(phone, name, arrived=step != "Đã đến")
                else:  # a slow machine: killed when the screen says that it is done
                    await does(phone)
                    await expect(done_on(phone, step)).to_be_visible()
                    await phone.kill_the_tab()
                    await at_the_house(phone, name, arrived=step != "Đã đến")
            assert await is_done(phone, name, step), step
    while kills < KILLS:  # what a fast machine left over: at rest
        await asyncio.sleep(chance.uniform(0, 0.5))
        await phone.kill_the_tab()
        kills += 1
    made = Counter(one["kind"] for one in await phone.kept("outbox"))
    for kind in ("record_arrival", "check_identity", "show_notice", "take_papers", "collect", "sign", "seal"):
        assert made[kind] == len(names), (kind, made)
    assert made["finish_visit"] == len(names)
    await phone.page.context.set_offline(False)
    await phone.all_received()
    for one in cases:
        kinds = Counter(act["kind"] for act in (await one.shown())["timeline"])
        assert [kinds[kind] for kind in ("record_arrival", "take_papers", "collect", "finish_visit")] == [1, 1, 1, 1]
    town.adds_up()
