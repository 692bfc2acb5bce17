"""The courier's phone: how much is loaded first, how long the list takes on a thin line, a start without a network, and
how long a photographed page is judged.

    python -m tests.bench.phone [--starts 7]

One demo, one browser. Thin: 400 kbit/s and 400 ms each way there and back; nothing kept from before. Slow: the
processor four times slower, no network, everything kept. Medians; a machine that does other things shows more.
"""

import argparse
import asyncio
import gzip
import statistics
import time
from typing import Any

from playwright.async_api import Browser, CDPSession, Page, async_playwright, expect

from backend.clock import local_date, system_clock
from courier_api.phone_app import BUILT
from tests.bench.machine import described
from tests.documents.pages_seen import GOOD, held, sheet
from tests.e2e.camera import CANVAS, hold_up
from tests.e2e.courier_phone import PERMISSIONS, CourierPhone, courier
from tests.e2e.running_demo import Demo, running_demo
from tests.e2e.screens import PHONE, launch

THIN = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWER = 4
LIST = "Việc kế tiếp"


def first_load() -> dict[str, int]:
    """Bytes, compressed, of what the first page asks for; and of everything that is kept."""
    page = (BUILT / "index.html").read_text()
    named = [file for file in sorted((BUILT / "assets").iterdir()) if file.name in page]
    size = {file.name: len(gzip.compress(file.read_bytes(), 6)) for file in named}
    whole = sum(len(gzip.compress(file.read_bytes(), 6)) for file in BUILT.rglob("*") if file.is_file())
    return size | {"all that is kept": whole}


async def shown(page: Page) -> float:
    """Seconds from the press on the app's icon until the list stands there."""
    began = time.monotonic()
    await page.goto("/courier/", wait_until="commit")
    await expect(page.get_by_text(LIST)).to_be_visible(timeout=60_000)
    return time.monotonic() - began


async def throttled(page: Page) -> CDPSession:
    session = await page.context.new_cdp_session(page)
    await session.send("Network.enable")
    return session


async def measure(demo: Demo, starts: int) -> dict[str, list[float]]:
    thin: list[float] = []
    slow: list[float] = []
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        context = await browser.new_context(**PHONE, locale="vi-VN", base_url=demo.url)
        phone = CourierPhone(await context.new_page())
        await phone.enrol(courier(demo, "lan")["enrolment_codes"][0])
        await phone.is_kept()
        for _ in range(starts):
            slow.append(await _without_a_network(phone))
        judged = await _judged(browser, demo, starts)
        for _ in range(starts):
            thin.append(await _on_a_thin_line(phone))
        await browser.close()
    return {
        "list on a thin line, nothing kept": thin,
        "start without a network, processor 4 times slower": slow,
        "a page judged, processor 4 times slower": judged,
    }


async def _judged(browser: Browser, demo: Demo, times: int) -> list[float]:
    """Seconds of each judgement, as the app's own timeline has them: a corner of a page is moved to and fro."""
    context = await browser.new_context(**PHONE, **PERMISSIONS, locale="vi-VN", base_url=demo.url)
    page = await context.new_page()
    await page.add_init_script(CANVAS)
    phone = CourierPhone(page)
    await phone.enrol(courier(demo, "lan")["enrolment_codes"][1])
    await phone.button("Đã đến", exact=True).click()
    await phone.identify()
    await phone.take_papers()
    await phone.button("Chụp giấy tờ").click()
    await phone.button("Chụp", exact=True).first.click()
    await page.locator("video").wait_for()
    await hold_up(page, held(sheet(), GOOD))
    await page.wait_for_timeout(500)
    await phone.button("Chụp", exact=True).click()
    await page.get_by_label("Ảnh vừa chụp").wait_for()
    corner = phone.button("Góc dưới bên phải")
    await corner.focus()
    await (await throttled(page)).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    await page.evaluate("performance.clearMeasures()")
    for step in range(times):
        await page.keyboard.press("ArrowLeft" if step % 2 else "ArrowRight")
        await page.wait_for_timeout(500)
    took = await page.evaluate("performance.getEntriesByName('page judged').map((one) => one.duration / 1000)")
    await context.close()
    return took


async def _without_a_network(phone: CourierPhone) -> float:
    page = await phone.page.context.new_page()
    session = await throttled(page)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    await page.context.set_offline(True)
    took = await shown(page)
    await page.context.set_offline(False)
    await page.close()
    return took


async def _on_a_thin_line(phone: CourierPhone) -> float:
    """The app is thrown away, what the courier did stays."""
    await phone.page.evaluate(
        """async () => {
            for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
            for (const name of await caches.keys()) await caches.delete(name);
        }"""
    )
    page = await phone.page.context.new_page()
    session = await throttled(page)
    await session.send("Network.clearBrowserCache")
    await session.send("Network.emulateNetworkConditions", THIN)
    took = await shown(page)
    await page.close()
    return took


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--starts", type=int, default=7)
    starts: int = asked.parse_args().starts
    print(described())  # noqa: T201
    for name, size in first_load().items():
        print(f"{size / 1000:8.1f} kB gz  {name}")  # noqa: T201
    with running_demo(TANNHA_NOW=f"{local_date(system_clock())}T06:25:00+07:00") as demo:
        measured: dict[str, Any] = asyncio.run(measure(demo, starts))
    for name, took in measured.items():
        print(f"{statistics.median(took):8.2f} s      {name} ({min(took):.2f} to {max(took):.2f})")  # noqa: T201


if __name__ == "__main__":
    main()
